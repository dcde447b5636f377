"""Charts of who holds what: each person with their roles beneath."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from rolebook.charts.model import Chart, LinkKind, Node, Style, Target, collapsed_node, role_node
from rolebook.organisation import Organisation, Person, Role
from rolebook.organisation.words import belongs, joined
from rolebook.wording import counted, hours_text, listed

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
    return Chart(f"Roles of {person.name}", f"{person.name} {_has(organisation, person)}.", nodes)


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
    summary = f"{counted(len(busiest), 'person', 'people')} and their roles."
    return Chart("Who holds what", summary, tuple(nodes))


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
        replace(role_node(organisation, role), detail=words.get(role.id, "Accountable"), over=False)
        for role in sorted(units, key=order)
    ]


def counts(organisation: Organisation, person: Person) -> str:
    """How many roles and teams somebody has, such as `3 roles, 1 team`."""
    roles, teams = len(organisation.roles_of(person)), len(organisation.memberships.get(person.id, ()))
    held = [counted(roles, "role")] if roles or not teams else []
    return ", ".join([*held, *([counted(teams, "team")] if teams else [])])


def _has(organisation: Organisation, person: Person) -> str:
    roles, teams = len(organisation.roles_of(person)), len(organisation.memberships.get(person.id, ()))
    held = [f"has {counted(roles, 'role')}"] if roles or not teams else []
    return listed([*held, *([f"belongs to {counted(teams, 'team')}"] if teams else [])])


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
        yield Node("Vacant", Style.VACANT, leads, detail=counted(len(roles), "role"))
        yield from _below(roles, leads, place, min(MAX_ROLES, room - 2))


def _below(nodes: Sequence[Node], leads: Target, place: int, most: int) -> Iterator[Node]:
    """Put the first of `nodes` below the one at `place`, and a fold for the rest."""
    for node in nodes[:most]:
        yield replace(node, parent=place)
    if len(nodes) > most:
        yield collapsed_node(len(nodes) - most, leads, place)
