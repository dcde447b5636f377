"""Charts of who holds what: each person with their roles beneath."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from rolebook.charts.model import Chart, LinkKind, Node, Style, Target, collapsed_node, role_node, words_of
from rolebook.language import gettext, ngettext
from rolebook.organisation import Organisation, Person, Role
from rolebook.organisation.words import belongs, counted_roles, counted_teams, joined
from rolebook.wording import hours_text

MAX_ROLES = 24
"""A person's box shows so many roles; the rest is folded."""
MAX_NODES = 60
"""Of a chart of several people; whoever holds most comes first."""
_ROOM_FOR_THE_REST = 6
"""A person and a fold of theirs, the fold of all further people, three boxes of vacancies."""


def roles_of(organisation: Organisation, person: Person) -> Chart:
    """One person with all their roles and teams."""
    held = _held(organisation, person)
    nodes = tuple(_person(organisation, person, held, 0))
    title = gettext("Roles of %(name)s", name=person.name)
    return Chart(title, _summary(organisation, person), nodes)


def people(organisation: Organisation) -> Chart:
    """Chart who holds what, as far as it can be read: who has most roles first, vacancies last."""
    held = {person.id: _held(organisation, person) for person in organisation.people.values()}
    busiest = sorted(
        (person for person in organisation.people.values() if held[person.id]),
        key=lambda person: -len(held[person.id]),
    )
    nodes: list[Node] = []
    for shown, person in enumerate(busiest):
        if len(nodes) + min(len(held[person.id]), MAX_ROLES) > MAX_NODES - _ROOM_FOR_THE_REST:
            nodes.append(collapsed_node(len(busiest) - shown, Target(LinkKind.PEOPLE)))
            break
        nodes.extend(_person(organisation, person, held[person.id], len(nodes)))
    nodes.extend(_vacancies(organisation, len(nodes), MAX_NODES - len(nodes)))
    summary = ngettext(
        "%(number)s person and their roles.", "%(number)s people and their roles.", len(busiest)
    )
    return Chart(gettext("Who holds what"), summary, tuple(nodes))


def _held(organisation: Organisation, person: Person) -> Sequence[Node]:
    """List the roles that a person does or answers for, function by function, and then their teams."""
    parts = organisation.shares.get(person.id, ())
    words = {share.role.id: hours_text(share.hours) if share.hours else "" for share in parts}
    teams = organisation.memberships.get(person.id, ())
    words |= {team.id: joined(belongs(each), words.get(team.id, "")) for team, each in teams}
    units = [*organisation.roles_of(person), *(team for team, _ in teams)]

    def order(role: Role) -> tuple[bool, str, str]:
        function = organisation.functions.get(role.id)
        return (role.is_team, function.title.casefold() if function else "", role.title.casefold())

    return [
        replace(role_node(organisation, role), detail=words.get(role.id, gettext("Accountable")), over=False)
        for role in sorted(units, key=order)
    ]


def counts(organisation: Organisation, person: Person) -> str:
    """How many roles and teams somebody has, such as `3 roles, 1 team`."""
    roles, teams = len(organisation.roles_of(person)), len(organisation.memberships.get(person.id, ()))
    held = [counted_roles(roles)] if roles or not teams else []
    return ", ".join([*held, *([counted_teams(teams)] if teams else [])])


def _summary(organisation: Organisation, person: Person) -> str:
    number, of_teams = len(organisation.roles_of(person)), len(organisation.memberships.get(person.id, ()))
    name, roles, teams = person.name, counted_roles(number), counted_teams(of_teams)
    if not of_teams:
        return gettext("%(name)s has %(roles)s.", name=name, roles=roles)
    if not number:
        return gettext("%(name)s belongs to %(teams)s.", name=name, teams=teams)
    return gettext("%(name)s has %(roles)s and belongs to %(teams)s.", name=name, roles=roles, teams=teams)


def _person(organisation: Organisation, person: Person, held: Sequence[Node], place: int) -> Iterator[Node]:
    over = person.id in organisation.overloaded
    load = organisation.load(person)
    words = joined(counts(organisation, person), hours_text(load) if load else "", over)
    leads = Target(LinkKind.PERSON, person.id)
    yield Node(person.name, Style.PERSON, leads, detail=words, over=over)
    yield from _below(held, leads, place, MAX_ROLES)


def _vacancies(organisation: Organisation, place: int, room: int) -> Iterator[Node]:
    roles = [role_node(organisation, role) for role in organisation.roles.values() if role.vacant]
    if roles:
        leads = Target(LinkKind.JOBS)
        yield Node(words_of(Style.VACANT), Style.VACANT, leads, detail=counted_roles(len(roles)))
        yield from _below(roles, leads, place, min(MAX_ROLES, room - 2))


def _below(nodes: Sequence[Node], leads: Target, place: int, most: int) -> Iterator[Node]:
    """Put the first of `nodes` below the one at `place`, and a fold for the rest."""
    for node in nodes[:most]:
        yield replace(node, parent=place)
    if len(nodes) > most:
        yield collapsed_node(len(nodes) - most, leads, place)
