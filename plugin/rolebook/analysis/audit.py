"""The audit of roles: workload by person and function, capacity, and the roles to review."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rolebook.analysis.crafts import mixed_crafts
from rolebook.organisation import Holding, Organisation, Person, Role
from rolebook.schema.records import NO_HOURS, Hours
from rolebook.wording import half_up

MANY_ROLES = 3
"""From so many roles on, one person as their only cover is a risk: two of them will be needed at once."""
TOP = ""
"""Stands for the function of the roles at the top, which belong to none."""


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person's workload."""

    person: Person
    roles: int
    """How many roles they answer for or do part of."""
    held: int
    """How many of these they answer for."""
    teams: int
    """Teams they belong to."""
    load: Hours
    by_function: Mapping[str, Hours]
    """Their hours by the id of the function's head; `TOP` for roles in no function."""
    roles_by_function: Mapping[str, int]
    """How many of these roles are in a function."""
    teams_by_function: Mapping[str, int]
    """How many of these teams are in a function."""
    over: bool
    """Whether they are over capacity."""

    @property
    def parts(self) -> int:
        """How many roles they do part of that are not theirs."""
        return self.roles - self.held

    @property
    def excess(self) -> Hours:
        """By how many hours they are over capacity; from nothing, if they may be within it."""
        capacity = self.person.fields.weekly_capacity
        return NO_HOURS if capacity is None else self.load.beyond(capacity)


@dataclass(frozen=True, slots=True)
class HolderShare:
    """How much of the roles and of the hours one kind of holder has, such as the founder."""

    holding: Holding
    roles: int
    hours: Hours
    roles_percent: int
    hours_percent: int


@dataclass(frozen=True)
class Audit:
    """The workload of everybody, and the roles to review."""

    organisation: Organisation
    loads: tuple[PersonLoad, ...]
    """Everybody who has a role or belongs to a team, the most hours first."""
    parts: tuple[HolderShare, ...]
    """One each for the founder, in-house, outsourced and vacant, in this order."""
    by_function: Mapping[str, Hours]
    """Hours that roles and teams take, by function; the most first."""
    roles_by_function: Mapping[str, int]
    """Roles by function; where no hours are written, the most first."""
    uncovered: Mapping[str, Hours]
    """Hours that nobody does, by function."""
    overstaffed: tuple[Role, ...]
    """Roles with more people than seats."""
    unstaffed: tuple[Role, ...]
    """Roles that are vacant or name nobody."""
    single_cover: tuple[tuple[Person, tuple[Role, ...]], ...]
    """People who are the only cover of many roles, with those roles."""

    @cached_property
    def several_crafts(self) -> tuple[tuple[Role, str], ...]:
        """Roles that seem to hold several crafts, each with the reason."""
        return tuple((role, why) for role in self.organisation.active_roles if (why := mixed_crafts(role)))

    def part(self, holding: Holding) -> HolderShare:
        return next(part for part in self.parts if part.holding == holding)

    @property
    def over(self) -> tuple[PersonLoad, ...]:
        """Those who are over capacity, the most first."""
        over = (load for load in self.loads if load.over)
        return tuple(sorted(over, key=lambda load: load.excess.min, reverse=True))

    @property
    def perhaps_over(self) -> tuple[PersonLoad, ...]:
        """Those who are over capacity only if their roles take more than the least hours; the most first."""
        perhaps = (load for load in self.loads if load.excess and not load.over)
        return tuple(sorted(perhaps, key=lambda load: load.excess.max, reverse=True))

    @cached_property
    def scale(self) -> float:
        """The most hours a week that anybody works or has: one length for the bars of all."""
        loads = (each.load.max for each in self.loads)
        return max((*loads, *(each.person.fields.weekly_capacity or 0 for each in self.loads)), default=0)

    @cached_property
    def hours(self) -> Hours:
        """All hours that the roles and teams take."""
        return _sum(self.by_function.values())


def audit(organisation: Organisation) -> Audit:
    """The workload in `organisation` today."""
    loads = [_load(organisation, person) for person in organisation.people.values()]
    loads.sort(key=lambda each: (-each.load.max, -each.roles, -each.teams))
    active = organisation.active_roles
    hours = _by_function((_function(organisation, unit), unit.hours) for unit in organisation.active_units)
    roles = Counter(_function(organisation, role) for role in active)
    return Audit(
        organisation=organisation,
        loads=tuple(each for each in loads if each.roles or each.teams),
        parts=_parts(active, loads),
        by_function=dict(sorted(hours.items(), key=lambda entry: (-entry[1].max, -roles[entry[0]]))),
        roles_by_function=roles,
        uncovered=_by_function((_function(organisation, role), role.undone) for role in active),
        overstaffed=tuple(role for role in active if len(role.people) > role.fields.seats),
        unstaffed=tuple(role for role in active if role.vacant or not role.people),
        single_cover=tuple(_covers(active)),
    )


def _load(organisation: Organisation, person: Person) -> PersonLoad:
    shares = organisation.shares.get(person.id, ())
    held = organisation.roles_of(person)
    teams = [team for team, _ in organisation.memberships.get(person.id, ())]
    return PersonLoad(
        person=person,
        roles=len(held),
        held=sum(role.owner == person for role in held),
        teams=len(teams),
        load=organisation.load(person),
        by_function=_by_function((_function(organisation, share.role), share.hours) for share in shares),
        roles_by_function=Counter(_function(organisation, role) for role in held),
        teams_by_function=Counter(_function(organisation, team) for team in teams),
        over=person.id in organisation.overloaded,
    )


def _function(organisation: Organisation, role: Role) -> str:
    function = organisation.functions.get(role.id)
    return function.id if function else TOP


def _by_function(entries: Iterable[tuple[str, Hours]]) -> dict[str, Hours]:
    sums: dict[str, Hours] = {}
    for function, hours in entries:
        sums[function] = sums.get(function, NO_HOURS) + hours
    return sums


_SIDES = (Holding.FOUNDER, Holding.IN_HOUSE, Holding.OUTSOURCED, Holding.VACANT)


def _parts(active: Sequence[Role], loads: Iterable[PersonLoad]) -> tuple[HolderShare, ...]:
    """Count roles by how they are held, and hours by who does them. Hours that nobody does are vacant."""
    roles = dict.fromkeys(_SIDES, 0)
    hours = dict.fromkeys(_SIDES, NO_HOURS)
    for role in active:
        roles[role.holding] += 1
        hours[Holding.VACANT] += role.undone
    for each in loads:
        hours[_side(each.person)] += each.load
    of_roles = percentages(list(roles.values()))
    # The middle of a range: only then do the hours of a role's people add up to the role's.
    of_hours = percentages([each.min + each.max for each in hours.values()])
    return tuple(
        HolderShare(side, roles[side], hours[side], of_roles[place], of_hours[place])
        for place, side in enumerate(_SIDES)
    )


def _side(person: Person) -> Holding:
    if person.founder:
        return Holding.FOUNDER
    return Holding.OUTSOURCED if person.outside else Holding.IN_HOUSE


def _covers(active: Iterable[Role]) -> Iterable[tuple[Person, tuple[Role, ...]]]:
    covered: dict[str, tuple[Person, list[Role]]] = {}
    for role in active:
        if role.cover:
            covered.setdefault(role.cover.id, (role.cover, []))[1].append(role)
    for person, roles in covered.values():
        if len(roles) >= MANY_ROLES:
            yield person, tuple(roles)


def percentages(parts: Sequence[float]) -> tuple[int, ...]:
    """Turn parts of a sum into percent, each rounded by itself; all are 0 when there is nothing to share.

    Equal parts look equal, at the cost of sums such as 99 or 101.
    """
    exact = [Fraction(str(part)) for part in parts]
    total = sum(exact)
    return tuple(half_up(100 * part / total) if total else 0 for part in exact)


def _sum(hours: Iterable[Hours]) -> Hours:
    return sum(hours, NO_HOURS)
