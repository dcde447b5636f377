"""Joins what was read into an organisation."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rolebook.organisation.model import Organisation
from rolebook.organisation.names import RESERVED_IDS, name_key, names_nobody, natural_key, slug
from rolebook.organisation.role import NOT_TODAY, Holding, Membership, Person, Role
from rolebook.organisation.sources import PersonFile, RoleFile
from rolebook.schema.records import (
    AS_BUILT_IN,
    NO_HOURS,
    TEAM_KIND,
    BusinessModelFields,
    PersonFields,
    RoleFields,
    Sections,
    section_audiences,
)


def organise(
    role_files: Iterable[RoleFile],
    person_files: Iterable[PersonFile] = (),
    business: BusinessModelFields | None = None,
    business_path: str = "",
    founders: Iterable[str] = (),
    sections: Sections = AS_BUILT_IN,
    *,
    today: dt.date,
) -> Organisation:
    """Join what was read. Of files with the same id the first counts.

    `founders` names people who are founders besides those whose files say so; `sections` says who may see
    which sections, where that is not as usual; `today` decides what is current.
    """
    files = {file.id: file for file in reversed(list(role_files))}
    founders = tuple(founders)
    people = _People(person_files, founders)
    roles = [_role(file, people, today) for file in files.values()]
    roles.sort(key=lambda role: (natural_key(role.title), role.id))
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
        founders=founders,
        day=today,
        section_audiences=section_audiences(sections),
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
        """The person called `name`; None for an empty name, and for a word in its place such as `TBD`."""
        key = name_key(name)
        if not key:
            return None
        if known := self.by_name.get(key):
            return known
        if names_nobody(name):
            return None
        return self._add(Person(self._free_id(slug(name) or "person"), name, PersonFields(name=name)))

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
    holding = _holding(fields, owner)
    performers = tuple(
        (person, work.weekly_hours or None)  # hours of 0 say nothing, as elsewhere
        for work in fields.performed_by
        if (person := people.find(work.person)) and _current(work.since, work.until, today)
    )
    return Role(
        file=file,
        owner=owner,
        backup=people.find(fields.backup),
        performers=performers,
        holding=holding,
        title=fields.title or file.id.replace("-", " ").replace("_", " ").capitalize(),
        to_fill=fields.status != "paused" if holding is Holding.VACANT else fields.status == "open",
        members=tuple(_members(fields, people, today)),
    )


def _members(fields: RoleFields, people: _People, today: dt.date) -> Iterator[Membership]:
    """List who belongs to a team today, those who lead it first. Hours of whoever is listed twice add up."""
    leads = {person.id: person for name in fields.lead if (person := people.find(name))}
    found = {person_id: Membership(person, True) for person_id, person in leads.items()}
    for each in fields.members:
        person = people.find(each.person)
        if person and _current(each.since, each.until, today):
            known = found.get(person.id, Membership(person, False))
            found[person.id] = replace(
                known,
                as_=", ".join(dict.fromkeys(filter(None, (known.as_, each.as_)))),
                hours=(known.hours or NO_HOURS) + each.weekly_hours if each.weekly_hours else known.hours,
            )
    yield from found.values()


def _current(since: dt.date | None, until: dt.date | None, today: dt.date) -> bool:
    return (since is None or since <= today) and (until is None or until >= today)


def _holding(fields: RoleFields, owner: Person | None) -> Holding:
    if fields.status in NOT_TODAY:
        return Holding(fields.status)
    if fields.kind == TEAM_KIND:
        return Holding.TEAM
    if owner is None:
        return Holding.IN_HOUSE if fields.status == "filled" else Holding.VACANT
    if owner.founder:
        return Holding.FOUNDER
    return Holding.OUTSOURCED if owner.outside else Holding.IN_HOUSE


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
