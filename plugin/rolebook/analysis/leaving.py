"""What is to be done when somebody leaves: access to take back, and all that names them to pass on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rolebook.analysis.scenario import Change, changes
from rolebook.organisation import Membership, Organisation, Person, Role, Share, name_key
from rolebook.schema.records import Tool

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Access:
    """A kind of access that somebody has, over all of their roles."""

    tool: Tool
    """As the first role names it."""
    roles: tuple[Role, ...]
    admins: tuple[str, ...]
    """The names of those who take it back, besides the one who leaves."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What one person leaves behind."""

    person: Person
    access: tuple[Access, ...]
    """What to take back."""
    admin_of: tuple[tuple[Role, Tool], ...]
    """Tools to which they give and take access, each with the role that says so."""
    held: tuple[tuple[Role, Person | None], ...]
    """Roles that they hold, each with who covers it."""
    shares: tuple[Share, ...]
    """Their parts of roles that they do not hold."""
    memberships: tuple[tuple[Role, Membership], ...]
    covers: tuple[Role, ...]
    """Roles that they cover."""
    posts: tuple[Role, ...]
    """Advertised roles that are theirs, or for which they get the applications."""
    hand_overs: tuple[Change, ...]
    """Planned hand-overs from them and to them."""


def leavings(organisation: Organisation) -> Mapping[str, Leaving]:
    """What each person leaves behind, by person id."""
    admin_of = _by_person(_administering(organisation))
    covers = _by_person((role.cover, role) for role in organisation.active_roles)
    posts = _by_person(_advertising(organisation))
    hand_overs = _by_person(_handing_over(organisation))
    return {
        person.id: Leaving(
            person=person,
            access=tuple(_access(organisation, person)),
            admin_of=admin_of.get(person.id, ()),
            held=tuple((role, role.cover_of(person)) for role in organisation.owned.get(person.id, ())),
            shares=tuple(
                share
                for share in organisation.shares.get(person.id, ())
                if share.role.owner != person and not share.role.is_team
            ),
            memberships=organisation.memberships.get(person.id, ()),
            covers=covers.get(person.id, ()),
            posts=posts.get(person.id, ()),
            hand_overs=hand_overs.get(person.id, ()),
        )
        for person in organisation.people.values()
    }


def _by_person(pairs: Iterable[tuple[Person | None, Named]]) -> dict[str, tuple[Named, ...]]:
    """What belongs to each person, by person id."""
    found: dict[str, list[Named]] = {}
    for person, each in pairs:
        if person:
            found.setdefault(person.id, []).append(each)
    return {person_id: tuple(each) for person_id, each in found.items()}


def _access(organisation: Organisation, person: Person) -> Iterator[Access]:
    found: dict[tuple[str, str], list[tuple[Role, Tool]]] = {}
    for role in organisation.roles_of(person):
        for tool in role.fields.tools:
            found.setdefault((name_key(tool.name), name_key(tool.access)), []).append((role, tool))
    for given in found.values():
        admins = (organisation.named(tool.admin) for _, tool in given if tool.admin)
        names = (admin.name for admin in admins if admin and admin != person)
        roles = {role.id: role for role, _ in given}
        yield Access(given[0][1], tuple(roles.values()), tuple(dict.fromkeys(names)))


def _administering(organisation: Organisation) -> Iterator[tuple[Person | None, tuple[Role, Tool]]]:
    for role in organisation.active_roles:
        for tool in role.fields.tools:
            if tool.admin:
                yield organisation.named(tool.admin), (role, tool)


def _advertising(organisation: Organisation) -> Iterator[tuple[Person, Role]]:
    by_email = {
        person.fields.email.casefold(): person
        for person in organisation.people.values()
        if person.fields.email
    }
    for role in organisation.active_roles:
        if role.to_fill:
            posting = role.fields.posting
            reader = by_email.get(posting.apply_email.casefold()) if posting else None
            yield from ((person, role) for person in _each_once(*role.people, reader))


def _handing_over(organisation: Organisation) -> Iterator[tuple[Person, Change]]:
    for change in changes(organisation):
        receiver = organisation.named(change.to) if change.to else None
        yield from ((person, change) for person in _each_once(*change.role.people, receiver))


def _each_once(*people: Person | None) -> Iterable[Person]:
    return {person.id: person for person in people if person}.values()
