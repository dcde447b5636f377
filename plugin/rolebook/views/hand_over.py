"""What the pages of roles to hand over show: plain values and nothing else (see `profiles`)."""

from collections.abc import Mapping

from rolebook.analysis.handover import Candidate
from rolebook.analysis.relief import Relief
from rolebook.language import N_, gettext, ngettext
from rolebook.organisation import Role
from rolebook.pages.branches import anchor
from rolebook.pages.page import Link, Page
from rolebook.pages.paging import chunk
from rolebook.pages.plan import MAX_EXPLAINED_ON_PAGE, MAX_EXPLAINED_ROLES, Plan
from rolebook.schema.declarations import declarations
from rolebook.schema.records import Hours
from rolebook.views.lists import Context, part, place
from rolebook.wording import hours_text, listed, some_hours

MAX_NAMED_PEOPLE = 3
"""People whose hours a role frees that are named."""
REASONS = {
    "plan": N_("Your plan"),
    "holder": N_("Workload"),
    "hours": N_("Size"),
    "deliverable": N_("Deliverables"),
    "procedure": N_("Procedure"),
    "independence": N_("Independence"),
}
"""How the parts of a score are called."""
HandingOver = tuple[Link, str, int, int]
"""The page with its reasons, the part of it, how many points of the checklist are done, and of how many."""


class HandOverPages:
    """Gives the template of such pages its values."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._decisions = plan.decisions
        weights = plan.decisions.options.hand_over_weights
        self._weights = {name: getattr(weights, name) for name in declarations(type(weights))}

    def context(self, page: Page) -> Context:
        """The values for one of the pages."""
        candidates = self._decisions.candidates
        first = place(page) * MAX_EXPLAINED_ON_PAGE
        shown = chunk(candidates[:MAX_EXPLAINED_ROLES], place(page), MAX_EXPLAINED_ON_PAGE)
        relief = self._decisions.relief
        is_last = page == self._plan.hand_over_lists[-1]
        return {
            **part(page, self._plan.hand_over_lists),
            "verdict": verdict(relief, len(self._decisions.changes)) if relief else "",
            "relieved": relief.person.name if relief else "",
            "candidates": [self._entry(rank, each) for rank, each in enumerate(shown, first + 1)],
            "left_out": max(0, len(candidates) - MAX_EXPLAINED_ROLES) if is_last else 0,
            "weights": self._weights,
            "owner_hour": self._decisions.options.owner_hour_value,
        }

    def from_role(self, role: Role) -> HandingOver | None:
        """What a role's page says of it; None when the role stays, or ranks below what is shown."""
        rank = self._decisions.ranks.get(role.id)
        if self._plan.project.is_public or rank is None or rank >= MAX_EXPLAINED_ROLES:
            return None
        page = self._plan.hand_over_lists[rank // MAX_EXPLAINED_ON_PAGE]
        return page.link, anchor(role), *_ready(self._decisions.candidates[rank])

    def _entry(self, rank: int, candidate: Candidate) -> Context:
        role, plan, relief = candidate.role, self._plan, self._decisions.relief
        done, points = _ready(candidate)
        planned = role.fields.outsource
        return {
            "rank": rank,
            "anchor": anchor(role),
            "title": role.title,
            "score": candidate.score,
            "hours": role.hours,
            "cost": candidate.cost,
            "rate": candidate.rate,
            "lacking": listed(candidate.lacking),
            "done": done,
            "points": points,
            "role": plan.roles[role.id].link,
            "job": plan.jobs[role.id].link if plan.has(plan.jobs[role.id]) else None,
            "edit": plan.edit(role.file.path),
            "why": planned.reason if planned else "",
            "frees": candidate.frees,
            "freed": [plan.people[each.id].link for each in candidate.freed[:MAX_NAMED_PEOPLE]],
            "frees_others": len(candidate.freed) > MAX_NAMED_PEOPLE,
            "worth": candidate.worth(self._decisions.options.owner_hour_value),
            "net": candidate.net(self._decisions.options.owner_hour_value),
            "left": relief.after_each[rank - 1] if relief else None,
            "planned": candidate.planned,
            "by": planned.by if planned else None,
            "reasons": [
                (gettext(REASONS[each.name]), each.words, each.value, self._weights[each.name])
                for each in candidate.reasons
            ],
            "checklist": [(point.done, point.words) for point in candidate.readiness],
            "missing": [point.words for point in candidate.readiness if not point.done],
        }


def _ready(candidate: Candidate) -> tuple[int, int]:
    """How many points of its checklist are done, and how many there are."""
    points = candidate.readiness
    return sum(point.done for point in points), len(points)


def verdict(relief: Relief, planned: int) -> str:
    """What a plan of so many hand-overs does for whom it is to relieve, and what it takes beyond it."""
    first, further = _after(relief, planned), _further(relief, planned)
    return gettext("; ").join(filter(None, (first, further))) + "."


def _after(relief: Relief, planned: int) -> str:
    capacity, load = relief.person.fields.weekly_capacity, relief.after_plan
    name, work = relief.person.name, _hours(load)
    if capacity is None:
        if not planned:
            return gettext(
                "Nothing is planned yet: %(name)s has %(hours)s of work a week; capacity not set",
                name=name,
                hours=work,
            )
        return ngettext(
            "After the planned hand-over, %(name)s has %(hours)s of work a week; capacity not set",
            "After the %(number)s planned hand-overs, %(name)s has %(hours)s of work a week;"
            " capacity not set",
            planned,
            name=name,
            hours=work,
        )
    if excess := relief.excess(load):
        return _too_much(relief, planned, _hours(excess))
    known = {"name": name, "hours": work, "capacity": some_hours(capacity)}
    if relief.may_exceed(load):
        return _perhaps(planned, known)
    if not planned:
        return gettext(
            "Nothing is planned yet: %(name)s is within capacity,"
            " with %(hours)s of work for %(capacity)s a week",
            **known,
        )
    return ngettext(
        "After the planned hand-over, %(name)s is within capacity,"
        " with %(hours)s of work for %(capacity)s a week",
        "After the %(number)s planned hand-overs, %(name)s is within capacity,"
        " with %(hours)s of work for %(capacity)s a week",
        planned,
        **known,
    )


def _perhaps(planned: int, known: Mapping[str, str]) -> str:
    if not planned:
        return gettext(
            "Nothing is planned yet: %(name)s may be over capacity,"
            " with %(hours)s of work for %(capacity)s a week",
            **known,
        )
    return ngettext(
        "After the planned hand-over, %(name)s may still be over capacity,"
        " with %(hours)s of work for %(capacity)s a week",
        "After the %(number)s planned hand-overs, %(name)s may still be over capacity,"
        " with %(hours)s of work for %(capacity)s a week",
        planned,
        **known,
    )


def _too_much(relief: Relief, planned: int, hours: str) -> str:
    name = relief.person.name
    if not planned:
        return gettext("Nothing is planned yet: %(name)s is %(hours)s over capacity", name=name, hours=hours)
    if relief.excess(relief.today):
        return ngettext(
            "After the planned hand-over, %(name)s is still %(hours)s over capacity",
            "After the %(number)s planned hand-overs, %(name)s is still %(hours)s over capacity",
            planned,
            name=name,
            hours=hours,
        )
    return ngettext(
        "After the planned hand-over, %(name)s is %(hours)s over capacity",
        "After the %(number)s planned hand-overs, %(name)s is %(hours)s over capacity",
        planned,
        name=name,
        hours=hours,
    )


def _further(relief: Relief, planned: int) -> str:
    """How many hand-overs more bring them within capacity; nothing if they are."""
    if not relief.excess(relief.after_plan):
        return ""
    if relief.after_further == relief.after_plan:
        if planned:
            return gettext("no other role on this list frees any of it")
        return gettext("no role on this list frees any of it")
    known = {
        "hours": _hours(relief.after_further),
        "capacity": some_hours(relief.person.fields.weekly_capacity or 0),
    }
    if relief.excess(relief.after_further):
        if planned:
            return gettext(
                "handing over every other role on this list as well still leaves %(hours)s of work for"
                " %(capacity)s",
                **known,
            )
        return gettext(
            "handing over every role on this list still leaves %(hours)s of work for %(capacity)s", **known
        )
    if planned:
        return ngettext(
            "handing over the next role as well leaves %(hours)s of work for %(capacity)s",
            "handing over the next %(number)s roles as well leaves %(hours)s of work for %(capacity)s",
            relief.further,
            **known,
        )
    return ngettext(
        "handing over the first role leaves %(hours)s of work for %(capacity)s",
        "handing over the first %(number)s roles leaves %(hours)s of work for %(capacity)s",
        relief.further,
        **known,
    )


def _hours(hours: Hours) -> str:
    return hours_text(hours) if hours else gettext("no hours")
