"""A seat, a person, and the organisation that they make: the tree, who holds what, hours and load.

Everything is frozen. Hours are hours per week.
"""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rolebook.body import ANY_SITE, Heading, Reader
from rolebook.organisation.names import KnownNames, name_key
from rolebook.schema.audience import Audience
from rolebook.schema.records import (
    NO_HOURS,
    ROLE_KIND,
    TEAM_KIND,
    BusinessModelFields,
    Hours,
    PersonFields,
    RoleFields,
    heading_key,
)


class Holding(enum.StrEnum):
    """Who answers for a role today: its owner decides, and nobody else.

    Outsiders learn no more than whether it is filled.
    """

    FOUNDER = "founder"
    IN_HOUSE = "in-house"
    OUTSOURCED = "outsourced"
    FILLED = "filled"
    TEAM = "team"
    """Nobody in particular: people belong to it."""
    VACANT = "vacant"
    PLANNED = "planned"
    RETIRED = "retired"


NOT_TODAY = (Holding.PLANNED, Holding.RETIRED)


@dataclass(frozen=True)
class RoleFile:
    """A role as its file gives it."""

    id: str
    path: str
    """The file, relative to the project's folder."""
    fields: RoleFields
    lines: Mapping[str, int]
    """Line of each field that was written."""
    body: str = ""
    body_line: int = 1
    """Line of the body's first line in the file, from 1."""
    reader: Reader = field(default=ANY_SITE, compare=False)
    """Reads the body as the site's own page does."""

    @property
    def sections(self) -> tuple[Heading, ...]:
        """The headings of its body's sections."""
        return self.reader.headings(self.body)


def people_named(fields: RoleFields) -> Iterator[tuple[str, str]]:
    """The names that a role gives, each with its field."""
    yield "owner", fields.owner
    yield "backup", fields.backup
    yield from ((f"performed_by.{place}", work.person) for place, work in enumerate(fields.performed_by))
    yield from ((f"lead.{place}", name) for place, name in enumerate(fields.lead))
    yield from ((f"members.{place}", each.person) for place, each in enumerate(fields.members))
    if fields.outsource:
        yield "outsource", fields.outsource.to


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person as their file gives them."""

    id: str
    path: str
    fields: PersonFields
    lines: Mapping[str, int]
    body: str = ""
    body_line: int = 1
    """Line of the body's first line in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or something, that holds roles."""

    id: str
    name: str
    fields: PersonFields
    file: PersonFile | None = None
    """None for a person who is only named by a role."""

    @property
    def founder(self) -> bool:
        return self.fields.founder

    @property
    def outside(self) -> bool:
        """Whether they are a contractor, an agency or an automation; a founder is none of these."""
        outside = ("contractor", "agency", "automation")
        return not self.founder and (self.fields.engagement in outside or self.fields.kind in outside)


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part of one role."""

    person: Person
    role: "Role"
    hours: Hours


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody who belongs to a team today."""

    person: Person
    leads: bool
    as_: str = ""
    """What they are in it, such as secretary; empty where nothing is said."""
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role or a team: what has a file of its own and a place in the tree."""

    file: RoleFile
    owner: Person | None
    backup: Person | None
    performers: tuple[tuple[Person, Hours | None], ...]
    """Who does the work today when it is not the owner alone, with their hours where given."""
    holding: Holding
    title: str
    to_fill: bool = False
    """Whether somebody is looked for: it is vacant, or its holder looks for the next one."""
    members: tuple[Membership, ...] = ()
    """Who belongs to the team, each person once, those who lead it first; empty for a role."""

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def fields(self) -> RoleFields:
        return self.file.fields

    @property
    def is_team(self) -> bool:
        """Whether it is a team: nobody holds it, so it is never vacant, advertised or handed over."""
        return self.file.fields.kind == TEAM_KIND

    @property
    def leads(self) -> tuple[Person, ...]:
        """Who leads the team."""
        return tuple(each.person for each in self.members if each.leads)

    @property
    def vacant(self) -> bool:
        return self.holding is Holding.VACANT

    @property
    def advertised(self) -> bool:
        """Whether somebody holds it who looks for the next holder."""
        return self.to_fill and not self.vacant

    @property
    def active(self) -> bool:
        """Whether the role counts today: planned and retired roles do not."""
        return self.holding not in NOT_TODAY

    @property
    def counts_as(self) -> str:
        """What it is in a count: a role or a team, planned or retired where it does not count today."""
        kind = TEAM_KIND if self.is_team else ROLE_KIND
        return kind if self.active else f"{self.holding.value} {kind}"

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody named in the role or team today, the owner or those who lead it first."""
        if self.is_team:
            return tuple(each.person for each in self.members)
        named = [*([self.owner] if self.owner else []), *(person for person, _ in self.performers)]
        return tuple({person.id: person for person in named}.values())

    @property
    def written_hours(self) -> Hours:
        """Hours that are written for it, of all its equal seats together."""
        fields = self.file.fields
        hours = fields.weekly_hours or NO_HOURS
        return hours if fields.seats == 1 else hours * fields.seats

    @property
    def given_hours(self) -> Hours:
        """Hours that are written for the people who do its work, or belong to the team."""
        given = [hours for _, hours in self.performers] + [each.hours for each in self.members]
        return sum((hours for hours in given if hours), NO_HOURS)

    @property
    def hours(self) -> Hours:
        """Hours that it takes: those that are written, and at least those of its people.

        A team takes what its members give to it. So the middles of what its people do and of what nobody does
        always add up to the middle of it.
        """
        if self.performers or self.members:
            return self.written_hours.at_least(self.given_hours)
        return self.written_hours

    @property
    def undone(self) -> Hours:
        """The hours that nobody does; none where it has an owner, who does what is left."""
        if self.owner or self.is_team or any(hours is None for _, hours in self.performers):
            return NO_HOURS
        return self.hours - self.given_hours

    def shares(self) -> tuple[Share, ...]:
        """Who does how much of the work, each person once.

        The owner alone does all of it. Where others are named, they do the hours that are given for them;
        the rest is shared equally by those named without hours, and stays with the owner if there are none.
        Of a team, each member has the hours that are given for them; those without hours have no share.
        """
        if self.is_team:
            return tuple(Share(each.person, self, each.hours) for each in self.members if each.hours)
        if not self.performers:
            return (Share(self.owner, self, self.hours),) if self.owner else ()
        rest = self.hours - self.given_hours
        open_ended = [person for person, hours in self.performers if hours is None]
        each_rest = rest * (1 / len(open_ended)) if open_ended else NO_HOURS
        parts = [(person, each_rest if hours is None else hours) for person, hours in self.performers]
        if self.owner and rest and not open_ended:
            parts.append((self.owner, rest))
        by_person: dict[str, Share] = {}
        for person, hours in parts:
            before = by_person.get(person.id)
            by_person[person.id] = Share(person, self, before.hours + hours if before else hours)
        return tuple(by_person.values())


@dataclass(frozen=True, slots=True)
class FormerNames:
    """What roles and people were called before, as far as that is known."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """The id of a role of today by an id that no role has any more."""
    people: Mapping[str, str] = field(default_factory=dict)
    """A person's name, or the name of their file, by the key of a former one: see `name_key`."""


@dataclass(frozen=True)
class Organisation:
    """Everything that was written, joined."""

    roles: Mapping[str, Role]
    """By id, in the order of their titles."""
    people: Mapping[str, Person]
    """By id, in the order of their names."""
    tops: tuple[Role, ...]
    """The roles that report to nobody; in a sound organisation there is one."""
    reports: Mapping[str, tuple[Role, ...]]
    """Direct reports by role id, in the order of their titles; roles without reports are absent."""
    parents: Mapping[str, Role]
    """The role that a role reports to, by role id; a top role is absent."""
    business: BusinessModelFields
    business_path: str
    cycles: tuple[tuple[Role, ...], ...]
    """Roles that report to each other in a circle, in the order of reporting."""
    people_by_name: Mapping[str, Person]
    """People by every form of their name that a role may use: see `name_key`."""
    founders: tuple[str, ...]
    """Names of founders besides those whose files say so."""
    day: dt.date
    """The day it stands for: what is dated is current, open or past on this day."""

    section_audiences: Mapping[str, Audience]
    """Who may see a section of a body, by the key of its heading; any other section stays inside."""
    former: FormerNames = FormerNames()

    def section_audience(self, heading: str) -> Audience:
        """Who may see a section with this heading."""
        return self.section_audiences.get(heading_key(heading), Audience.INTERNAL)

    @cached_property
    def known_names(self) -> KnownNames:
        """Finds everybody's name in a text."""
        return KnownNames(person.name for person in self.people.values())

    def named(self, name: str) -> Person | None:
        """The person that a role means by `name`; None when nobody is called so."""
        return self.people_by_name.get(name_key(name))

    def chain(self, role: Role) -> tuple[Role, ...]:
        """The roles above `role`, from the top down."""
        above: list[Role] = []
        parent = self.parents.get(role.id)
        while parent is not None:
            above.append(parent)
            parent = self.parents.get(parent.id)
        return tuple(reversed(above))

    def below(self, role: Role) -> Iterator[tuple[int, Role]]:
        """All roles below `role` with their depth (1 for a direct report), in the order of the tree."""
        waiting = [(1, each) for each in reversed(self.reports.get(role.id, ()))]
        while waiting:
            depth, each = waiting.pop()
            yield depth, each
            waiting.extend((depth + 1, report) for report in reversed(self.reports.get(each.id, ())))

    @cached_property
    def tree(self) -> tuple[tuple[int, Role], ...]:
        """All roles with their depth (0 for a top role), in the order of the tree."""
        return tuple(entry for top in self.tops for entry in ((0, top), *self.below(top)))

    @cached_property
    def function_heads(self) -> tuple[Role, ...]:
        """The roles and teams at the head of a function (marketing, operations …), in the order of the tree.

        They are the roles that report to the top role. Where several top roles have roles below them, these
        top roles are the heads.
        """
        leading = tuple(top for top in self.tops if self.reports.get(top.id))
        if len(leading) > 1:
            return leading
        return tuple(role for top in leading for role in self.reports[top.id])

    @cached_property
    def functions(self) -> Mapping[str, Role]:
        """The head of the function that a role belongs to, by role id: the role itself or one above it."""
        heads = {role.id for role in self.function_heads}
        found: dict[str, Role] = {}
        function = None
        for depth, role in self.tree:
            if role.id in heads:
                function = role
            elif depth == 0:
                function = None
            if function is not None:
                found[role.id] = function
        return found

    @cached_property
    def team_sizes(self) -> Mapping[str, int]:
        """Number of roles and teams below a role, by role id; roles without reports are absent."""
        return {role: sum(counts.values()) for role, counts in self.counts_below.items()}

    @cached_property
    def counts_below(self) -> Mapping[str, Mapping[str, int]]:
        """How many stand below a role, by `Role.counts_as`, by role id; roles without reports are absent."""
        counts: dict[str, Counter[str]] = {}
        for _, role in reversed(self.tree):
            if parent := self.parents.get(role.id):
                count = counts.setdefault(parent.id, Counter())
                count[role.counts_as] += 1
                count.update(counts.get(role.id, {}))
        return counts

    @cached_property
    def branch_hours(self) -> Mapping[str, Hours]:
        """Hours of a role's active seats with all below it, by role id."""
        hours: dict[str, Hours] = {}
        for _, role in reversed(self.tree):
            own = hours.get(role.id, NO_HOURS) + (role.hours if role.active else NO_HOURS)
            hours[role.id] = own
            if parent := self.parents.get(role.id):
                hours[parent.id] = hours.get(parent.id, NO_HOURS) + own
        return hours

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of a role among its siblings, from 0, by role id; top roles are absent."""
        return {role.id: place for reports in self.reports.values() for place, role in enumerate(reports)}

    @cached_property
    def shares(self) -> Mapping[str, tuple[Share, ...]]:
        """Each person's parts of active roles, and their hours in teams, by person id; others are absent."""
        found: dict[str, list[Share]] = {}
        for role in self.roles.values():
            if role.active:
                for share in role.shares():
                    found.setdefault(share.person.id, []).append(share)
        return {person: tuple(parts) for person, parts in found.items()}

    @cached_property
    def memberships(self) -> Mapping[str, tuple[tuple[Role, Membership], ...]]:
        """The active teams that a person belongs to, by person id, in the order of their titles."""
        found: dict[str, list[tuple[Role, Membership]]] = {}
        for team in self.teams:
            for each in team.members:
                found.setdefault(each.person.id, []).append((team, each))
        return {person: tuple(teams) for person, teams in found.items()}

    def roles_of(self, person: Person) -> tuple[Role, ...]:
        """The active roles that a person works in or answers for; teams are none."""
        named = [share.role for share in self.shares.get(person.id, ()) if not share.role.is_team]
        return tuple({role.id: role for role in (*named, *self.owned.get(person.id, ()))}.values())

    @cached_property
    def owned(self) -> Mapping[str, tuple[Role, ...]]:
        """The active roles that a person is accountable for, by person id."""
        found: dict[str, list[Role]] = {}
        for role in self.roles.values():
            if role.active and role.owner:
                found.setdefault(role.owner.id, []).append(role)
        return {person: tuple(roles) for person, roles in found.items()}

    def load(self, person: Person) -> Hours:
        """The hours that a person's roles take."""
        return self._loads.get(person.id, NO_HOURS)

    @cached_property
    def _loads(self) -> Mapping[str, Hours]:
        return {
            person_id: sum((share.hours for share in shares), NO_HOURS)
            for person_id, shares in self.shares.items()
        }

    @cached_property
    def overloaded(self) -> frozenset[str]:
        """Ids of the people whose seats take more hours than they have."""
        return frozenset(
            person.id
            for person in self.people.values()
            if person.fields.weekly_capacity is not None
            and self.load(person).min > person.fields.weekly_capacity
        )

    @cached_property
    def active_roles(self) -> tuple[Role, ...]:
        """The roles that count today, by title, without teams."""
        return tuple(role for role in self.active_units if not role.is_team)

    @cached_property
    def teams(self) -> tuple[Role, ...]:
        """The teams that there are today, in the order of their titles."""
        return tuple(role for role in self.active_units if role.is_team)

    @cached_property
    def active_units(self) -> tuple[Role, ...]:
        """The roles and teams that count today, by title."""
        return tuple(role for role in self.roles.values() if role.active)
