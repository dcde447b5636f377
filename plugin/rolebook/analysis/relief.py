"""How many hours handing over leaves the person who is to be relieved."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from rolebook.analysis.handover import Candidate
from rolebook.organisation import Organisation, Person
from rolebook.schema.records import DIGITS, NO_HOURS, Hours


@dataclass(frozen=True, slots=True)
class Relief:
    """What handing over does for one person."""

    person: Person
    today: Hours
    after_plan: Hours
    """After the hand-overs that are planned."""
    further: int
    """So many more candidates, the best first, bring them within capacity; all if they are not enough."""
    after_further: Hours
    after_each: Sequence[Hours]
    """After each candidate and all that rank above it."""

    def excess(self, load: Hours) -> Hours:
        """By how many hours `load` is over their capacity; nothing if it may be within, or none is set."""
        return load.beyond(self._capacity) if load.min > self._capacity else NO_HOURS

    def may_exceed(self, load: Hours) -> bool:
        """Whether the upper end of `load` is over their capacity."""
        return load.max > self._capacity

    @property
    def _capacity(self) -> float:
        capacity = self.person.fields.weekly_capacity
        return inf if capacity is None else capacity


def relief(organisation: Organisation, after: Organisation, candidates: Sequence[Candidate]) -> Relief | None:
    """What handing over does for the busiest founder, or else for whoever is most over capacity.

    `after` is the organisation after the plan. None if no founder works and nobody is over capacity.
    """
    person = _busiest_founder(organisation) or _most_over_capacity(organisation)
    if person is None:
        return None
    today = organisation.load(person)
    after_plan = after.load(person)
    further, left = 0, after_plan
    for each in candidates:
        if _excess(left, person) <= 0:
            break
        if not each.planned:
            further, left = further + 1, left - _share(each, person)
    shares = (_share(each, person) for each in candidates)
    _, *after_each = accumulate(shares, Hours.__sub__, initial=today)
    return Relief(person, today, after_plan, further, left, after_each)


def _share(candidate: Candidate, person: Person) -> Hours:
    return next((share.hours for share in candidate.role.shares() if share.person.id == person.id), NO_HOURS)


def _busiest_founder(organisation: Organisation) -> Person | None:
    founders = (person for person in organisation.people.values() if person.founder)
    busy = (person for person in founders if organisation.load(person))
    return max(busy, key=lambda person: organisation.load(person).max, default=None)


def _most_over_capacity(organisation: Organisation) -> Person | None:
    over = (person for person in organisation.people.values() if person.id in organisation.overloaded)
    return max(over, key=lambda person: _excess(organisation.load(person), person), default=None)


def _excess(load: Hours, person: Person) -> float:
    """By how much `load` is more than the person's capacity; below 0 there is time left, without one too."""
    capacity = person.fields.weekly_capacity
    return -inf if capacity is None else round(load.min - capacity, DIGITS)
