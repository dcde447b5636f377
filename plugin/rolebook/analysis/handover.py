"""Which role to hand over next: every role with a score, and the reasons for it in words.

A role's score is the weighted mean of six values from 0 to 100. All of them are whole numbers, so the order
is exact: a greater weight never moves a role down that has the higher value in what it weighs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

import msgspec

from rolebook.analysis.coupling import ties
from rolebook.analysis.money import Money, by_the_hour, lacking, monthly
from rolebook.analysis.readiness import Point, has_procedure, readiness
from rolebook.language import N_, gettext, ngettext
from rolebook.options import HourValue, Weights
from rolebook.organisation import Holding, Organisation, Person, Role
from rolebook.schema.declarations import declarations
from rolebook.schema.records import NO_HOURS, Hours, Rate
from rolebook.wording import half_up, listed

FEW_HOURS = 15
"""Hours a week up to which a role is small: a specialist can take it beside other customers."""
FULL_TIME = 40
"""Hours a week from which the value for size is 0."""
TIE = 20
"""A role's independence falls by this much for each role that exchanges deliverables with it."""


class Reason(msgspec.Struct, frozen=True):
    """One part of a score."""

    name: str
    """The field of `Weights` that it is multiplied with."""
    value: int
    """From 0 to 100."""
    words: str


@dataclass(frozen=True)
class Candidate:
    """A role that could be handed over."""

    role: Role
    reasons: tuple[Reason, ...]
    points: int
    """The sum of its values, each times its weight."""
    score: int
    """The same from 0 to 100."""
    frees: Hours | None
    """Hours a week that it takes off those who work inside; None if nobody knows."""
    freed: tuple[Person, ...]
    """Who inside the organisation does it today."""
    rate: Rate | None
    """What it pays: its own, or that of the person it goes to."""
    cost: Money | None
    """A month, where that can be said."""

    @cached_property
    def readiness(self) -> tuple[Point, ...]:
        return readiness(self.role)

    def worth(self, value: HourValue | None) -> Money | None:
        """What the freed hours are worth a month, when an hour is worth `value`; None if that is unknown."""
        if value is None or self.frees is None:
            return None
        return by_the_hour(value.amount, value.amount, self.frees, value.currency)

    def net(self, value: HourValue | None) -> Money | None:
        """What the freed hours are worth a month less the cost; None where that cannot be said."""
        worth = self.worth(value)
        if worth is None or self.lacking:
            return None
        cost = self.cost or Money(0, 0, worth.currency)
        if worth.currency != cost.currency:
            return None
        return Money(worth.min - cost.max, worth.max - cost.min, worth.currency)

    @property
    def planned(self) -> bool:
        """Whether the plan hands it over."""
        return self.role.fields.outsource is not None and self.role.fields.outsource.fit == "next"

    @property
    def lacking(self) -> tuple[str, ...]:
        """What must be written down before the cost can be calculated."""
        return lacking(self.rate, self.role.hours)


def rank(organisation: Organisation, weights: Weights) -> tuple[Candidate, ...]:
    """Order the roles that could be handed over, the best first; of equal ones, the one planned first.

    The role at the top is never one of them: it is the one that hands over.
    """
    tied = ties(organisation)
    leading = {role.id for role in organisation.tops if organisation.reports.get(role.id)}
    if len(organisation.tops) == 1:
        leading |= {role.id for role in organisation.tops}
    total = sum(_weight(weights, name) for name in declarations(Weights))
    found = [
        _candidate(organisation, role, tied.get(role.id, 0), weights, total)
        for role in organisation.active_roles
        if role.id not in leading and _could_go(role)
    ]
    return tuple(sorted(found, key=_order))


def _order(candidate: Candidate) -> tuple[int, date, str, str]:
    plan = candidate.role.fields.outsource
    by = plan.by if plan and plan.by else date.max
    return -candidate.points, by, candidate.role.title.casefold(), candidate.role.id


def _could_go(role: Role) -> bool:
    """Whether the role is in-house and not marked to stay there."""
    plan = role.fields.outsource
    fit = plan.fit if plan else ""
    # Whoever it was handed over to may have left it since.
    is_done = fit == "done" and role.holding not in (Holding.VACANT, Holding.FOUNDER)
    return not is_done and fit != "no" and role.holding is not Holding.OUTSOURCED


def _weight(weights: Weights, name: str) -> int:
    return int(getattr(weights, name))


def _candidate(organisation: Organisation, role: Role, tied: int, weights: Weights, total: int) -> Candidate:
    reasons = (
        _plan(role),
        _holder(organisation, role),
        _hours(role),
        _deliverable(role),
        _procedure(role),
        _independence(organisation, role, tied),
    )
    points = sum(_weight(weights, reason.name) * reason.value for reason in reasons)
    inside = [share for share in role.shares() if not share.person.outside]
    is_known = bool(role.fields.weekly_hours) or all(share.hours for share in inside)
    rate = role.fields.rate or _rate_of_next(organisation, role)
    return Candidate(
        role=role,
        reasons=reasons,
        points=points,
        score=half_up(Fraction(points, total)) if total else 0,
        frees=sum((share.hours for share in inside), NO_HOURS) if is_known else None,
        freed=tuple(share.person for share in inside if share.hours),
        rate=rate,
        cost=monthly(rate, role.hours or None, role.fields.seats),
    )


def _rate_of_next(organisation: Organisation, role: Role) -> Rate | None:
    person = organisation.named(role.fields.outsource.to) if role.fields.outsource else None
    return person.fields.rate if person else None


def _plan(role: Role) -> Reason:
    plan = role.fields.outsource
    fit = plan.fit if plan else ""
    values = {
        "next": (100, N_("Planned as the next to hand over.")),
        "maybe": (50, N_("Marked as a possible hand-over.")),
        "": (25, N_("Nothing is decided yet.")),
        "done": (25, N_("Was handed over, and has come back.")),
    }
    value, words = values[fit]
    return Reason("plan", value, gettext(words))


def _holder(organisation: Organisation, role: Role) -> Reason:
    if role.vacant:
        done = gettext("Vacant. Partly done by %(names)s.", names=_names(role.people))
        return Reason("holder", 100, done if role.people else gettext("Vacant. The work waits."))
    over = [person for person in role.people if person.id in organisation.overloaded]
    if over:
        words = gettext("Would relieve %(names)s (over capacity).", names=_names(over))
        return Reason("holder", 100, words)
    founders = [person for person in role.people if person.founder]
    if founders:
        words = ngettext(
            "Would relieve %(names)s (founder).",
            "Would relieve %(names)s (founders).",
            len(founders),
            names=_names(founders),
        )
        return Reason("holder", 80, words)
    return Reason("holder", 20, gettext("The holder has capacity for it."))


def _names(people: Iterable[Person]) -> str:
    return listed(person.name for person in people)


def _hours(role: Role) -> Reason:
    hours = role.fields.weekly_hours
    if not hours:
        return Reason("hours", 0, gettext("Its hours are unknown, so it cannot be offered to anybody."))
    if hours.max <= FEW_HOURS:
        return Reason("hours", 100, gettext("Small enough for a specialist to take on beside other work."))
    value = half_up(Fraction(str(max(0.0, FULL_TIME - hours.max))) * 100 / (FULL_TIME - FEW_HOURS))
    if value:
        return Reason(
            "hours",
            value,
            gettext("More than %(hours)s hours a week; fewer would be easier.", hours=FEW_HOURS),
        )
    return Reason("hours", 0, gettext("A full-time job; split it first."))


def _deliverable(role: Role) -> Reason:
    produced = role.fields.deliverable
    measured = sum(1 for each in produced if each.measure or each.acceptance)
    if not produced:
        return Reason("deliverable", 0, gettext("No deliverable is defined."))
    if measured == len(produced):
        return Reason("deliverable", 100, gettext("Clear enough for an outsider to judge the result."))
    if measured:
        return Reason("deliverable", 70, gettext("Some deliverables can be measured, others cannot yet."))
    return Reason("deliverable", 40, gettext("Defined, but not how it is measured."))


def _procedure(role: Role) -> Reason:
    if has_procedure(role):
        return Reason("procedure", 100, gettext("The page says how the work is done."))
    return Reason("procedure", 0, gettext("There is no written procedure."))


def _independence(organisation: Organisation, role: Role, tied: int) -> Reason:
    if reports := sum(1 for each in organisation.reports.get(role.id, ()) if each.active):
        words = ngettext("%(number)s role reports to it.", "%(number)s roles report to it.", reports)
        return Reason("independence", 0, words)
    if not tied:
        return Reason("independence", 100, gettext("No other role depends on it, and it depends on none."))
    words = ngettext("Depends on %(number)s other role.", "Depends on %(number)s other roles.", tied)
    return Reason("independence", max(0, 100 - TIE * tied), words)
