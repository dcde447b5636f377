"""Says in four sentences what an owner wants to know first: capacity, vacancies, hand-over, promises."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rolebook.analysis import Analysis
from rolebook.organisation import Role
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.schema.records import NO_HOURS, Hours
from rolebook.wording import NO_BREAK, counted, day, hours_text, listed, money, number

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
    if not over:
        known = any(each.person.fields.weekly_capacity is not None for each in loads)
        if known:
            return Headline(
                "Nobody is over capacity", "By the hours and capacities in the handbook", workload
            )
        hint = "Write weekly_capacity in people's files to see who has too much"
        return Headline("Capacity is not set", hint, workload)
    most, *others = over
    capacity = most.person.fields.weekly_capacity or 0
    roles = f"{most.roles:,} of {counted(len(plan.organisation.active_roles), 'role')}"
    more = f"{counted(len(others), 'more person', 'more people')} over capacity" if others else ""
    return Headline(
        f"{most.person.name} is {number(most.excess)}{NO_BREAK}h over capacity",
        " · ".join(
            filter(None, (f"{hours_text(most.load)} of work for {number(capacity)}{NO_BREAK}h", roles, more))
        ),
        plan.people[most.person.id],
        style="over",
        capacity=int(100 * capacity / most.load.max),
    )


def _vacancies(plan: Plan) -> Headline:
    roles = plan.organisation.active_roles
    vacant = [role for role in roles if role.vacant]
    undone = sum((role.undone for role in roles), NO_HOURS)
    jobs = plan.job_lists[0]
    uncovered = f"{hours_text(undone)} a week that nobody does" if undone else ""
    if not vacant:
        return Headline("No vacancies", uncovered or "Every role has a holder", jobs)
    words = counted(len(vacant), "vacancy", "vacancies")
    return Headline(
        " · ".join(filter(None, (words, _uncovered(undone)))), _named(vacant), jobs, style="vacant"
    )


def _uncovered(undone: Hours) -> str:
    return f"{hours_text(undone)} uncovered" if undone else ""


def _named(roles: Sequence[Role]) -> str:
    names = [role.title for role in roles[:_NAMED]]
    return listed([*names, f"{len(roles) - _NAMED:,} more"] if len(roles) > _NAMED else names)


def _next(plan: Plan, decisions: Analysis) -> Headline:
    pages = plan.hand_over_lists
    if not decisions.changes and not decisions.candidates:
        return Headline("Nothing left to hand over", "Every role is outsourced, or stays in-house", pages[0])
    change = decisions.changes[0] if decisions.changes else None
    role = change.role if change else decisions.candidates[0].role
    rank = decisions.ranks.get(role.id)
    candidate = None if rank is None else decisions.candidates[rank]
    detail = (
        f"to {change.to}" if change and change.to else "",
        f"by {day(change.by)}" if change and change.by else "",
        f"frees {hours_text(candidate.frees)}" if candidate and candidate.frees else "",
        f"{money(candidate.cost)} a month" if candidate and candidate.cost else "",
    )
    words = "Hand over next" if change else "Best to hand over next"
    about = " · ".join(filter(None, detail)) or "No date is set yet"
    return Headline(f"{words}: {role.title}", about, plan.now_and_next if change else pages[0])


def _promises(plan: Plan, decisions: Analysis) -> Headline:
    promises = decisions.model.promises
    page, part = plan.risk_lists[0], "promises"
    if not promises:
        return Headline("No promises yet", "Write down what customers are promised", page, part)
    missing = [promise for promise in promises if not promise.named]
    if missing:
        words = f"{len(promises) - len(missing):,} of {counted(len(promises), 'promise')} have a holder"
        names = [promise.name for promise in missing]
        return Headline(words, f"Missing: {_first(names)}", page, part, style="vacant")
    alone = [person for promise in promises if (person := promise.rests_on)]
    words = (
        "The promise has a holder" if len(promises) == 1 else f"All {len(promises):,} promises have a holder"
    )
    if not alone:
        return Headline(words, "None rests on one person alone", page, part)
    (who, rest), *_ = Counter(person.id for person in alone).most_common()
    name = plan.organisation.people[who].name
    return Headline(words, f"{counted(rest, 'rests', 'rest')} on {name} alone", page, part)


def _first(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1:,} more"
