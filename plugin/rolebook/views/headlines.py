"""Says in four sentences what an owner wants to know first: capacity, vacancies, hand-over, promises."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rolebook.analysis import Analysis
from rolebook.analysis.audit import PersonLoad
from rolebook.language import gettext, ngettext
from rolebook.organisation import Role
from rolebook.pages.addresses import PROMISES
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.schema.records import NO_HOURS, Hours
from rolebook.wording import day, first_of, hours_text, money, some_hours

_NAMED = 3
"""Roles that a sentence names; more are counted."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence, what it rests on, and the page that says more."""

    words: str
    detail: str
    page: Page
    part: str = ""
    """The part of the page."""
    style: str = ""
    """`over` or `vacant`, if it asks for something to be done."""
    capacity: int | None = None
    """Percent of the work for which there is time; None where that is not the matter."""


def headlines(plan: Plan) -> tuple[Headline, ...]:
    """The four sentences about the organisation of `plan`."""
    decisions = plan.decisions
    return _load(plan, decisions), _vacancies(plan), _next(plan, decisions), _promises(plan, decisions)


def _load(plan: Plan, decisions: Analysis) -> Headline:
    loads, over = decisions.audit.loads, decisions.audit.over
    workload = plan.workload_lists[0]
    if not over and (perhaps := decisions.audit.perhaps_over):
        words = gettext("%(name)s may be over capacity", name=perhaps[0].person.name)
        return Headline(words, _work(perhaps[0]), plan.people[perhaps[0].person.id])
    if not over:
        known = any(each.person.fields.weekly_capacity is not None for each in loads)
        if known:
            hint = gettext("By the hours and capacities in the handbook")
            return Headline(gettext("Nobody is over capacity"), hint, workload)
        hint = gettext("Write weekly_capacity in people's files to see who is over capacity")
        return Headline(gettext("Capacity is not set"), hint, workload)
    most, *others = over
    capacity = most.person.fields.weekly_capacity or 0
    facts = (
        _work(most),
        ngettext(
            "%(part)s of %(number)s role",
            "%(part)s of %(number)s roles",
            len(plan.organisation.active_roles),
            part=most.held,
        ),
        ngettext("part of %(number)s more role", "part of %(number)s more roles", most.parts)
        if most.parts
        else "",
        ngettext("%(number)s more person over capacity", "%(number)s more people over capacity", len(others))
        if others
        else "",
    )
    return Headline(
        gettext("%(name)s is %(hours)s over capacity", name=most.person.name, hours=hours_text(most.excess)),
        " · ".join(filter(None, facts)),
        plan.people[most.person.id],
        style="over",
        capacity=int(100 * capacity / most.load.max),
    )


def _work(load: PersonLoad) -> str:
    capacity = some_hours(load.person.fields.weekly_capacity or 0)
    return gettext("%(hours)s of work for %(capacity)s", hours=hours_text(load.load), capacity=capacity)


def _vacancies(plan: Plan) -> Headline:
    roles = plan.organisation.active_roles
    vacant = [role for role in roles if role.vacant]
    undone = sum((role.undone for role in roles), NO_HOURS)
    jobs = plan.job_lists[0]
    if not vacant:
        every = gettext("Every role has a holder")
        uncovered = gettext("%(hours)s a week that nobody does", hours=hours_text(undone))
        return Headline(gettext("No vacancies"), uncovered if undone else every, jobs)
    words = ngettext("%(number)s vacancy", "%(number)s vacancies", len(vacant))
    return Headline(
        " · ".join(filter(None, (words, _uncovered(undone)))), _named(vacant), jobs, style="vacant"
    )


def _uncovered(undone: Hours) -> str:
    return gettext("%(hours)s vacant", hours=hours_text(undone)) if undone else ""


def _named(roles: Sequence[Role]) -> str:
    return first_of([role.title for role in roles], _NAMED)


def _next(plan: Plan, decisions: Analysis) -> Headline:
    pages = plan.hand_over_lists
    if not decisions.changes and not decisions.candidates:
        nothing = gettext("Nothing left to hand over")
        return Headline(nothing, gettext("Every role is outsourced, or stays in-house"), pages[0])
    change = decisions.changes[0] if decisions.changes else None
    role = change.role if change else decisions.candidates[0].role
    rank = decisions.ranks.get(role.id)
    candidate = None if rank is None else decisions.candidates[rank]
    detail = (
        # Translators: whom a role goes to.
        gettext("to %(name)s", name=change.to) if change and change.to else "",
        gettext("by %(day)s", day=day(change.by)) if change and change.by else "",
        gettext("frees %(hours)s", hours=hours_text(candidate.frees))
        if candidate and candidate.frees
        else "",
        gettext("%(money)s a month", money=money(candidate.cost)) if candidate and candidate.cost else "",
    )
    about = " · ".join(filter(None, detail)) or gettext("No date is set yet")
    if change:
        return Headline(gettext("Hand over next: %(role)s", role=role.title), about, plan.now_and_next)
    return Headline(gettext("Best to hand over next: %(role)s", role=role.title), about, pages[0])


def _promises(plan: Plan, decisions: Analysis) -> Headline:
    promises = decisions.model.promises
    page, part = plan.risk_lists[0], PROMISES
    if not promises:
        hint = gettext("Write down what customers are promised")
        return Headline(gettext("No promises yet"), hint, page, part)
    missing = [promise for promise in promises if not promise.named]
    if missing:
        words = ngettext(
            "%(number)s of %(all)s promises has a holder",
            "%(number)s of %(all)s promises have a holder",
            len(promises) - len(missing),
            all=len(promises),
        )
        names = first_of([promise.name for promise in missing], 1)
        return Headline(words, gettext("Missing: %(names)s", names=names), page, part, style="vacant")
    if waiting := decisions.model.waiting:
        words = ngettext(
            "%(number)s of %(all)s promises needs a vacant role",
            "%(number)s of %(all)s promises need a vacant role",
            len(waiting),
            all=len(promises),
        )
        vacant = gettext("Vacant: %(roles)s", roles=_named(decisions.model.waited_for))
        return Headline(words, vacant, page, part, style="vacant")
    alone = [person for promise in promises if (person := promise.rests_on)]
    words = ngettext("The promise has a holder", "All %(number)s promises have a holder", len(promises))
    if not alone:
        return Headline(words, gettext("None rests on one person alone"), page, part)
    (who, rest), *_ = Counter(person.id for person in alone).most_common()
    name = plan.organisation.people[who].name
    resting = ngettext(
        "%(number)s rests on %(name)s alone", "%(number)s rest on %(name)s alone", rest, name=name
    )
    return Headline(words, resting, page, part)
