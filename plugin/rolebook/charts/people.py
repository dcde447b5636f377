"""Charts of who holds what: each person with their hats beneath."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from rolebook.charts.model import Chart, LinkKind, Node, Style, Target, collapsed_node, role_node
from rolebook.organisation import Organisation, Person, Role
from rolebook.organisation.words import joined
from rolebook.wording import counted, hours_text

MAX_ROLES = 24
"""Of one person that are shown before the rest is folded."""
MAX_NODES = 60
"""Of a chart of several people; whoever holds most comes first."""
_ROOM_FOR_THE_REST = 6
"""A person and a fold of theirs, the fold of all further people, three boxes of empty seats."""


def hats(organisation: Organisation, person: Person) -> Chart:
    """One person with all their hats."""
    held = _hats(organisation, person)
    nodes = tuple(_person(organisation, person, held, 0))
    return Chart(f"Hats of {person.name}", f"{person.name} wears {counted(len(held), 'hat')}.", nodes)


def people(organisation: Organisation) -> Chart:
    """Who holds what, as far as it can be read; the people with most hats first, then the empty seats."""
    held = {person.id: _hats(organisation, person) for person in organisation.people.values()}
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
    nodes.extend(_empty_seats(organisation, len(nodes), MAX_NODES - len(nodes)))
    summary = f"{counted(len(busiest), 'person', 'people')} and their hats."
    return Chart("Who holds what", summary, tuple(nodes))


def _hats(organisation: Organisation, person: Person) -> Sequence[Node]:
    """The roles a person does or answers for, those of one function beside each other."""
    parts = organisation.shares.get(person.id, ())
    hours = {share.role.id: hours_text(share.hours) if share.hours else "" for share in parts}
    roles = {share.role.id: share.role for share in parts}
    for role in organisation.owned.get(person.id, ()):
        roles.setdefault(role.id, role)

    def order(role: Role) -> tuple[str, str]:
        function = organisation.functions.get(role.id)
        return (function.title.casefold() if function else "", role.title.casefold())

    return [
        replace(role_node(organisation, role), detail=hours.get(role.id, "Answers for it"), over=False)
        for role in sorted(roles.values(), key=order)
    ]


def _person(organisation: Organisation, person: Person, held: Sequence[Node], place: int) -> Iterator[Node]:
    over = person.id in organisation.overloaded
    load = organisation.load(person)
    words = joined(counted(len(held), "hat"), hours_text(load) if load else "", over)
    leads = Target(LinkKind.PERSON, person.id)
    yield Node(person.name, Style.PERSON, leads, detail=words, over=over)
    yield from _below(held, leads, place, MAX_ROLES)


def _empty_seats(organisation: Organisation, place: int, room: int) -> Iterator[Node]:
    seats = [role_node(organisation, role) for role in organisation.roles.values() if role.vacant]
    if seats:
        leads = Target(LinkKind.JOBS)
        yield Node("Nobody yet", Style.VACANT, leads, detail=counted(len(seats), "empty seat"))
        yield from _below(seats, leads, place, min(MAX_ROLES, room - 2))


def _below(nodes: Sequence[Node], leads: Target, place: int, most: int) -> Iterator[Node]:
    """The first of `nodes` below the one at `place`, and a fold for the rest."""
    for node in nodes[:most]:
        yield replace(node, parent=place)
    if len(nodes) > most:
        yield collapsed_node(len(nodes) - most, leads, place)
