"""Fills the pages from which an owner decides."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any

from rolebook.analysis import Analysis
from rolebook.analysis.audit import Audit
from rolebook.analysis.handover import Candidate
from rolebook.analysis.promises import Promise
from rolebook.analysis.scenario import costs
from rolebook.charts import moves
from rolebook.charts.promises import promises
from rolebook.language import N_, gettext
from rolebook.organisation import Organisation, Role
from rolebook.pages import kinds
from rolebook.pages.kinds import PageKind
from rolebook.pages.page import Page
from rolebook.pages.paging import MAX_ROWS, chunk
from rolebook.pages.plan import Plan
from rolebook.problems import Problem
from rolebook.schema.own_fields import FACTS
from rolebook.views.attention import IssueGroup, grouped
from rolebook.views.facts import shown_facts
from rolebook.views.lists import Context, place
from rolebook.views.workload import MAX_LISTED

MAX_CHARTS = 8
"""Offers that have a chart; a page with more is slow to draw."""

_STILL_TO_BE_FOUND = {
    "employee": N_("an employee still to be found"),
    "contractor": N_("a contractor still to be found"),
    "agency": N_("an agency still to be found"),
    "volunteer": N_("a volunteer still to be found"),
    "automation": N_("an automation still to be chosen"),
}


class DecisionPages:
    """Fills the pages of a plan that its owner decides from."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._decisions: Analysis = plan.decisions
        self.contexts: Mapping[PageKind, Callable[[Page], Context]] = {
            kinds.DECISIONS: self._summary,
            kinds.NOW_AND_NEXT: self._now_and_next,
            kinds.ATTENTION: self._attention,
        }

    def business_model(self) -> Context:
        """For the block on the page of the business model."""
        decisions = self._decisions
        drawn = {
            place: promises(decisions.organisation, sold)
            for place, sold in enumerate(decisions.model.offers[:MAX_CHARTS])
            if sold.promises
        }
        own = partial(shown_facts, self._plan, place=FACTS)
        return {"model": decisions.model, "charts": drawn, "shown": MAX_LISTED, "own": own}

    @cached_property
    def promises(self) -> Mapping[str, Promise]:
        """The promises of the business model by their id."""
        return {promise.deliverable.id: promise for promise in self._decisions.model.promises}

    def _summary(self, page: Page) -> Context:
        decisions = self._decisions
        return {
            "model": decisions.model,
            "audit": decisions.audit,
            "best": decisions.candidates[0] if decisions.candidates else None,
            "changes": decisions.changes,
            "problems": len(self._plan.problems),
        }

    def _now_and_next(self, page: Page) -> Context:
        decisions = self._decisions
        ids = [change.role.id for change in decisions.changes]
        return {
            "changes": decisions.changes,
            "wanted": {engagement: gettext(words) for engagement, words in _STILL_TO_BE_FOUND.items()},
            "sides": [
                _side(gettext("Today"), decisions.organisation, decisions.audit, ids),
                _side(gettext("After the plan"), decisions.next, decisions.next_audit, ids),
            ],
            "worth": [
                (candidate, candidate.worth(decisions.options.owner_hour_value))
                for change in decisions.changes
                if (candidate := self._candidate(change.role)) and candidate.frees
            ],
        }

    def _candidate(self, role: Role) -> Candidate | None:
        place = self._decisions.ranks.get(role.id)
        return None if place is None else self._decisions.candidates[place]

    @cached_property
    def _groups(self) -> Sequence[tuple[IssueGroup, Sequence[Problem]]]:
        return grouped(self._plan.problems)

    @cached_property
    def _things(self) -> Sequence[tuple[IssueGroup, Problem]]:
        return [(group, problem) for group, found in self._groups for problem in found]

    def _attention(self, page: Page) -> Context:
        pages = self._plan.attention_lists
        begins = accumulate((len(found) for _, found in self._groups), initial=0)
        return {
            "groups": [
                (group, len(found), pages[begin // MAX_ROWS])
                for (group, found), begin in zip(self._groups, begins, strict=False)
            ],
            "rows": groupby(chunk(self._things, place(page)), key=itemgetter(0)),
            "about": self._about,
            "pages": pages,
        }

    def _about(self, path: str) -> tuple[str, Page | None]:
        """What the file at `path` is called on the site, and its page."""
        page = self._plan.by_source.get(path)
        return (page.title, page) if page else (path, None)


def _side(
    when: str, organisation: Organisation, audit: Audit, ids: Sequence[str]
) -> tuple[str, Audit, Any, Any]:
    title = gettext("%(when)s: the roles that change", when=when)
    return when, audit, costs(audit), moves.roles(organisation, title, ids)
