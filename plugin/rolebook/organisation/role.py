"""A role with its holders, hours and shares, and the people who hold it."""

import enum
from dataclasses import dataclass

from rolebook.organisation.sources import PersonFile, RoleFile
from rolebook.schema.records import NO_HOURS, ROLE_KIND, TEAM_KIND, Hours, PersonFields, RoleFields


class Holding(enum.StrEnum):
    """Who answers for a role today: its owner decides, and nobody else.

    Outsiders learn no more than whether it is filled.
    """

    FOUNDER = "founder"
    IN_HOUSE = "in-house"
    OUTSOURCED = "outsourced"
    FILLED = "filled"
    TEAM = "team"
    """A team: nobody holds it, people belong to it."""
    VACANT = "vacant"
    PLANNED = "planned"
    RETIRED = "retired"


NOT_TODAY = (Holding.PLANNED, Holding.RETIRED)


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
    """Who its file names as cover, and may hold the role themselves."""
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
        """Whether its holder looks for the next one."""
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
    def cover(self) -> Person | None:
        """Who steps in while the holder is away; nobody can cover for themselves."""
        return None if self.covers_itself else self.backup

    def cover_of(self, person: Person) -> Person | None:
        """Who steps in while `person` is away; nobody if that is `person`."""
        return self.backup if self.backup != person else None

    @property
    def covers_itself(self) -> bool:
        """Whether the person named as cover holds the role, or does its work alone."""
        if self.backup is None:
            return False
        return self.backup == self.owner or [share.person for share in self.shares()] == [self.backup]

    @property
    def written_hours(self) -> Hours:
        """The hours a week in its file, for all its equal seats."""
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
        """The hours that nobody does. With an owner there are none: the owner does what is left."""
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
