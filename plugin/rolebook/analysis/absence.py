"""What stops while somebody is away: roles that they hold or do alone, and promises that rest on them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rolebook.analysis.promises import Promise
from rolebook.organisation import Organisation, Person, Role, Share


@dataclass(frozen=True, slots=True)
class Absence:
    """What stops while one person is away."""

    person: Person
    roles: tuple[tuple[Role, Person | None], ...]
    """Each role that stops, the largest first, with who covers it."""
    promises: tuple[Promise, ...]
    """Promises that rest on them alone."""

    @property
    def without_cover(self) -> tuple[Role, ...]:
        return tuple(role for role, cover in self.roles if cover is None)

    @property
    def is_single_point_of_failure(self) -> bool:
        """Whether something stops that nobody else can do."""
        return bool(self.promises or self.without_cover)


def absences(organisation: Organisation, promises: Iterable[Promise]) -> Mapping[str, Absence]:
    """What stops while each person with a role or a team is away, by person id; the most serious first."""
    resting: dict[str, list[Promise]] = {}
    for promise in promises:
        if person := promise.rests_on:
            resting.setdefault(person.id, []).append(promise)
    busy = organisation.shares.keys() | organisation.owned.keys() | organisation.memberships.keys()
    found = [
        Absence(person, tuple(_stopping(organisation, person)), tuple(resting.get(person.id, ())))
        for person in organisation.people.values()
        if person.id in busy
    ]
    found.sort(key=lambda each: (-len(each.promises), -len(each.without_cover), -len(each.roles)))
    return {each.person.id: each for each in found}


def _stopping(organisation: Organisation, person: Person) -> Iterator[tuple[Role, Person | None]]:
    shares = organisation.shares.get(person.id, ())
    for share in sorted(shares, key=lambda share: -share.hours.max):
        if _stops(share):
            yield share.role, share.role.cover_of(person)


def _stops(share: Share) -> bool:
    """Whether a role stops without this person's part: they hold it, or nobody else does any of it."""
    role = share.role
    return not role.is_team and (role.owner == share.person or len(role.shares()) == 1)
