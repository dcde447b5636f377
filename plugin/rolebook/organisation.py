"""Roles, people and deliverables as one organisation: the tree, who holds what, hours and load.

Built once from parsed records; everything in it is frozen. It stands for whatever was written, mistakes
included: a role whose parent is unknown or that is part of a cycle is shown at the top, and `checks`
says so. Hours are hours per week.
"""

import datetime as dt
import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from rolebook.schema.audience import Audience
from rolebook.schema.records import (
    NO_HOURS,
    BusinessModelFields,
    Hours,
    PersonFields,
    RoleFields,
    heading_key,
    section_audiences,
)


class Holding(enum.StrEnum):
    """How a seat is held today; outsiders learn no more than whether it is filled."""

    FOUNDER = "founder"
    IN_HOUSE = "in-house"
    OUTSOURCED = "outsourced"
    FILLED = "filled"
    VACANT = "vacant"
    PLANNED = "planned"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person as their file gives them."""

    id: str
    path: str
    fields: PersonFields
    lines: Mapping[str, int]
    body: str = ""


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
        """Whether they are not on the payroll: a contractor, an agency, an automation."""
        outside = ("contractor", "agency", "automation")
        return self.fields.engagement in outside or self.fields.kind in outside


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part of one role."""

    person: Person
    role: "Role"
    hours: Hours


@dataclass(frozen=True, slots=True)
class Role:
    """A seat in the organisation."""

    file: RoleFile
    owner: Person | None
    backup: Person | None
    performers: tuple[tuple[Person, Hours | None], ...]
    """Who does the work today when it is not the owner alone, with their hours where given."""
    holding: Holding
    title: str

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def fields(self) -> RoleFields:
        return self.file.fields

    @property
    def vacant(self) -> bool:
        return self.holding is Holding.VACANT

    @property
    def active(self) -> bool:
        """Whether the seat counts today: planned and retired seats do not."""
        return self.holding not in (Holding.PLANNED, Holding.RETIRED)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who is named in the seat today, the owner first."""
        named = [*([self.owner] if self.owner else []), *(person for person, _ in self.performers)]
        return tuple({person.id: person for person in named}.values())

    @property
    def hours(self) -> Hours:
        """Hours of all its equal seats together."""
        return (self.fields.weekly_hours or NO_HOURS) * self.fields.seats

    def shares(self) -> tuple[Share, ...]:
        """Who does how much of the work.

        The owner alone does all of it. Where others are named, they do the hours that are given for them;
        the rest is shared equally by those named without hours, and stays with the owner if there are none.
        """
        if not self.performers:
            return (Share(self.owner, self, self.hours),) if self.owner else ()
        rest = self.hours - sum((hours for _, hours in self.performers if hours), NO_HOURS)
        open_ended = [person for person, hours in self.performers if hours is None]
        shares = [
            Share(person, self, rest * (1 / len(open_ended)) if hours is None else hours)
            for person, hours in self.performers
        ]
        if self.owner and rest and not open_ended:
            shares.append(Share(self.owner, self, rest))
        return tuple(shares)


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
    day: dt.date
    """The day it stands for: what is dated is current, open or past on this day."""

    section_audiences: Mapping[str, Audience]
    """Who may see a section of a body, by the key of its heading; any other section stays inside."""

    def section_audience(self, heading: str) -> Audience:
        """Who may see a section with this heading."""
        return self.section_audiences.get(heading_key(heading), Audience.INTERNAL)

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
    def functions(self) -> Mapping[str, Role]:
        """The function (marketing, operations …) that a role belongs to, by role id.

        A function is a direct report of a top role, with all below it; a top role belongs to none.
        """
        found: dict[str, Role] = {}
        function = None
        for depth, role in self.tree:
            if depth == 1:
                function = role
            if depth > 0 and function is not None:
                found[role.id] = function
        return found

    @cached_property
    def team_sizes(self) -> Mapping[str, int]:
        """How many roles stand below a role, by role id; roles without reports are absent."""
        sizes: dict[str, int] = {}
        for _, role in reversed(self.tree):
            parent = self.parents.get(role.id)
            if parent is not None:
                sizes[parent.id] = sizes.get(parent.id, 0) + 1 + sizes.get(role.id, 0)
        return sizes

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
        """Each person's parts of active roles, by person id; people without a role are absent."""
        found: dict[str, list[Share]] = {}
        for role in self.roles.values():
            if role.active:
                for share in role.shares():
                    found.setdefault(share.person.id, []).append(share)
        return {person: tuple(parts) for person, parts in found.items()}

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
        return sum((share.hours for share in self.shares.get(person.id, ())), NO_HOURS)

    @cached_property
    def overloaded(self) -> frozenset[str]:
        """Ids of the people whose seats take more hours than they have."""
        return frozenset(
            person.id
            for person in self.people.values()
            if person.fields.weekly_capacity is not None
            and self.load(person).min > person.fields.weekly_capacity
        )

    @property
    def active_roles(self) -> Iterator[Role]:
        return (role for role in self.roles.values() if role.active)


RESERVED_IDS = frozenset({"index", "readme", "con", "prn", "aux", "nul"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)
}
"""Ids that would take the place of a page of the site, or that Windows keeps for devices."""
MAX_ID_BYTES = 120
"""Of an id in UTF-8: file names have at most 255, and archives and addresses need room around it."""


def name_key(name: str) -> str:
    """`name` reduced to what makes it the same name: without regard to case, spaces and Unicode form."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def slug(text: str) -> str:
    """`text` as an id: lower-case letters and digits of any script, joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    whole = re.sub(r"[\W_]+", "-", plain).strip("-")[:80]
    return whole.encode()[:MAX_ID_BYTES].decode(errors="ignore").strip("-")


def organise(
    role_files: Iterable[RoleFile],
    person_files: Iterable[PersonFile] = (),
    business: BusinessModelFields | None = None,
    business_path: str = "",
    founders: Iterable[str] = (),
    public_sections: Iterable[str] = (),
    *,
    today: dt.date,
) -> Organisation:
    """Join what was read. Of files with the same id the first counts.

    `founders` names people who are founders besides those whose files say so; `public_sections` are
    headings that the public may see besides the usual ones; `today` decides what is current.
    """
    files = {file.id: file for file in reversed(list(role_files))}
    people = _People(person_files, founders)
    roles = [_role(file, people, today) for file in files.values()]
    roles.sort(key=lambda role: (role.title.casefold(), role.id))
    by_id = {role.id: role for role in roles}
    parents = {role.id: by_id[role.fields.parent] for role in roles if role.fields.parent in by_id}
    cycles = tuple(_cycles(roles, parents))
    for cycle in cycles:
        for role in cycle:
            del parents[role.id]
    reports: dict[str, list[Role]] = {}
    for role in roles:
        if role.id in parents:
            reports.setdefault(parents[role.id].id, []).append(role)
    return Organisation(
        roles=by_id,
        people=people.in_order(),
        tops=tuple(role for role in roles if role.id not in parents),
        reports={parent: tuple(below) for parent, below in reports.items()},
        parents=parents,
        business=business or BusinessModelFields(),
        business_path=business_path,
        cycles=cycles,
        people_by_name=people.by_name,
        day=today,
        section_audiences=section_audiences(public_sections),
    )


class _People:
    """Finds people by id or name, and adds those that no file describes."""

    def __init__(self, files: Iterable[PersonFile], founders: Iterable[str]) -> None:
        self._founders = {name_key(name) for name in founders}
        self.by_id: dict[str, Person] = {}
        # Ids that differ in case only are one file on many disks and one address on many hosts.
        self._taken = set(RESERVED_IDS)
        self.by_name: dict[str, Person] = {}
        for file in files:
            if file.id not in self.by_id:
                self._add(Person(file.id, file.fields.name or file.id, file.fields, file))

    def find(self, name: str) -> Person | None:
        """The person called `name`; None for an empty name."""
        key = name_key(name)
        if not key:
            return None
        return self.by_name.get(key) or self._add(
            Person(self._free_id(slug(name) or "person"), name, PersonFields(name=name))
        )

    def in_order(self) -> dict[str, Person]:
        ordered = sorted(self.by_id.values(), key=lambda each: (each.name.casefold(), each.id))
        return {person.id: person for person in ordered}

    def _add(self, person: Person) -> Person:
        # The id of a person without a file is made up here; nobody can have meant it as a name.
        keys = {name_key(person.name)} | ({name_key(person.id)} if person.file else set())
        if keys & self._founders:
            person = replace(person, fields=replace(person.fields, founder=True))
        self.by_id[person.id] = person
        self._taken.add(person.id.casefold())
        for key in keys:
            self.by_name.setdefault(key, person)
        return person

    def _free_id(self, wanted: str) -> str:
        taken, number = wanted, 2
        while taken in self._taken:
            taken, number = f"{wanted}-{number}", number + 1
        return taken


def _role(file: RoleFile, people: _People, today: dt.date) -> Role:
    fields = file.fields
    owner = people.find(fields.owner)
    performers = tuple(
        (person, work.weekly_hours)
        for work in fields.performed_by
        if (person := people.find(work.person)) and _current(work.since, work.until, today)
    )
    return Role(
        file=file,
        owner=owner,
        backup=people.find(fields.backup),
        performers=performers,
        holding=_holding(fields, owner, [person for person, _ in performers]),
        title=fields.title or file.id.replace("-", " ").replace("_", " ").capitalize(),
    )


def _current(since: dt.date | None, until: dt.date | None, today: dt.date) -> bool:
    return (since is None or since <= today) and (until is None or until >= today)


def _holding(fields: RoleFields, owner: Person | None, performers: list[Person]) -> Holding:
    if fields.status in ("planned", "retired"):
        return Holding(fields.status)
    holder = owner or (performers[0] if performers else None)
    if fields.status == "open" or (holder is None and fields.status != "filled"):
        return Holding.VACANT
    outside = fields.engagement in ("contractor", "agency", "automation")
    if outside or any(person.outside for person in (holder, *performers) if person):
        return Holding.OUTSOURCED
    return Holding.FOUNDER if holder and holder.founder else Holding.IN_HOUSE


def _cycles(roles: Iterable[Role], parents: Mapping[str, Role]) -> Iterator[tuple[Role, ...]]:
    """Each circle of reporting once, beginning with its first role by title."""
    done: set[str] = set()
    for start in roles:
        walked: dict[str, Role] = {}
        role: Role | None = start
        while role is not None and role.id not in done and role.id not in walked:
            walked[role.id] = role
            role = parents.get(role.id)
        if role is not None and role.id in walked:
            members = list(walked.values())
            circle = members[list(walked).index(role.id) :]
            first = min(range(len(circle)), key=lambda at: (circle[at].title.casefold(), circle[at].id))
            yield tuple(circle[first:] + circle[:first])
        done.update(walked)
