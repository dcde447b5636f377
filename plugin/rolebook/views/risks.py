"""What the pages about promises and risks show: plain values and nothing else (see `profiles`)."""

from collections.abc import Sequence

from rolebook.analysis.absence import Absence
from rolebook.analysis.promises import Promise
from rolebook.organisation import Person, Role
from rolebook.organisation.words import holder
from rolebook.pages.addresses import AWAY, PROMISES
from rolebook.pages.page import Link, Page
from rolebook.pages.paging import chunk
from rolebook.pages.plan import Plan
from rolebook.views.lists import Context, part, place, tables_script

MAX_LISTED = 20
"""Promises, people and roles of a list that are named; the rest is counted."""
MAX_NAMED = 8
"""Roles and people of one promise, and promises and roles of one person, that are named."""
MAX_UNFOLDED = 25
"""People whose rows are in no fold."""

Named = tuple[list[Link], int]
"""The first of some links, and how many more there are."""


class RiskPages:
    """Gives the template of such pages its values."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def context(self, page: Page) -> Context:
        """The values for one of the pages."""
        absences = list(self._plan.decisions.absences.values())
        rows = [self._row(each) for each in chunk(absences, place(page))]
        return {
            **part(page, self._plan.risk_lists),
            "script": tables_script(self._plan, page),
            "rows": rows[:MAX_UNFOLDED],
            "folded": rows[MAX_UNFOLDED:],
            "whole": None if place(page) else self._whole(absences),
        }

    def _row(self, absence: Absence) -> Context:
        stops = absence.roles or absence.promises
        return {
            "person": self._plan.people[absence.person.id].link,
            "part": AWAY if stops else "",
            "roles": len(absence.roles),
            "without_cover": len(absence.without_cover),
            "promises": len(absence.promises),
        }

    def _whole(self, absences: Sequence[Absence]) -> Context:
        """What is said of the whole business, on the first page."""
        model, audit = self._plan.decisions.model, self._plan.decisions.audit
        at_risk_first = sorted(model.promises, key=_rank)
        failing = [each for each in absences if each.is_single_point_of_failure]
        own = [role for role in self._plan.organisation.active_roles if role.covers_itself]
        return {
            "promises": len(model.promises),
            "promises_part": PROMISES,
            "without_holder": sum(not promise.named for promise in model.promises),
            "waiting": len(model.waiting),
            "resting": sum(promise.rests_on is not None for promise in model.promises),
            "promise_rows": [self._promise(each) for each in at_risk_first[:MAX_LISTED]],
            "business": self._plan.business.link if self._plan.business else None,
            "failing": len(failing),
            "failing_people": [self._failing(each) for each in failing[:MAX_LISTED]],
            "own_cover": len(own),
            "own_cover_roles": [self._own_cover(role) for role in own[:MAX_LISTED]],
            "single_cover": len(audit.single_cover),
            "covering": [
                (self._plan.people[person.id].link, len(roles), self._roles(roles))
                for person, roles in audit.single_cover[:MAX_LISTED]
            ],
            "everybody": self._plan.people_lists[0].link,
            "all_roles": self._plan.role_lists[0].link,
            "shown": MAX_LISTED,
        }

    def _promise(self, promise: Promise) -> Context:
        alone = promise.rests_on
        return {
            "promise": Link(promise.name, self._business_uri),
            "part": _anchor(promise),
            "roles": [(self._plan.roles[role.id].link, holder(role)) for role in promise.roles[:MAX_NAMED]],
            "more_roles": len(promise.roles[MAX_NAMED:]),
            "covers": self._people(promise.covers),
            "named": promise.named,
            "waits_for": self._roles(promise.waits_for),
            "shared": len(self._people_of(promise)),
            "rests_on": self._plan.people[alone.id].link if alone else None,
        }

    @staticmethod
    def _people_of(promise: Promise) -> set[str]:
        return {person.id for role in promise.roles for person in role.people}

    def _failing(self, absence: Absence) -> Context:
        promises = absence.promises
        return {
            "person": self._plan.people[absence.person.id].link,
            "promises": [
                (Link(each.name, self._business_uri), _anchor(each)) for each in promises[:MAX_NAMED]
            ],
            "more_promises": len(promises[MAX_NAMED:]),
            "roles": self._roles(absence.without_cover),
        }

    def _own_cover(self, role: Role) -> tuple[Link, Link, str]:
        """The role, who is named as its cover, and where it is edited."""
        assert role.backup
        plan = self._plan
        return plan.roles[role.id].link, plan.people[role.backup.id].link, plan.edit(role.file.path)

    def _roles(self, roles: Sequence[Role]) -> Named:
        return [self._plan.roles[role.id].link for role in roles[:MAX_NAMED]], len(roles[MAX_NAMED:])

    def _people(self, people: Sequence[Person]) -> Named:
        return [self._plan.people[each.id].link for each in people[:MAX_NAMED]], len(people[MAX_NAMED:])

    @property
    def _business_uri(self) -> str:
        """The page of the business model, which is there as soon as there is a promise."""
        assert self._plan.business
        return self._plan.business.uri


def _rank(promise: Promise) -> int:
    """Those without a holder come first, then those that need a vacant role or rest on one person."""
    if not promise.named:
        return 0
    return 1 if promise.waits_for else 2 if promise.rests_on else 3


def _anchor(promise: Promise) -> str:
    return f"promise-{promise.number}"
