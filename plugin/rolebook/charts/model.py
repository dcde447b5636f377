"""What a chart shows: which roles, how they hang together, what is folded away.

A chart is chosen so that it can be read without zooming in a text column: few levels from left to right,
a limited number of nodes. What is left out is counted in a node of its own that leads there. The same model
gives the picture and the list beside it, so both always say the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rolebook.organisation import Holding, Organisation, Role
from rolebook.schema.records import Hours

MAX_NODES = 40
"""Comfortable to read; dagre draws it in about 150 ms."""
MOST_NODES = 60
"""Allowed where fewer would show nothing below the top."""
MAX_LEVELS = 4
"""As many as stand side by side in Material's text column (688 px) at natural size."""
MAX_SIBLINGS = 24
"""Reports of one role that are shown before the rest is folded."""
NO_BREAK = "\N{NO-BREAK SPACE}"
NEAR_SIBLINGS = 8
"""Siblings and reports that a 'you are here' chart shows before the rest is folded."""


@dataclass(frozen=True, slots=True)
class Node:
    """A role in a chart, or a fold that stands for roles which are not shown."""

    role: Role
    """The role itself; for a fold, the role below which the hidden ones stand."""
    parent: int | None
    """Place of the node above it among the chart's nodes."""
    hidden: int = 0
    """0 for a role; for a fold, how many roles it stands for."""
    continues: bool = False
    """For a fold: whether a whole level is hidden, which that role's own chart shows."""
    here: bool = False
    """Whether the chart is about this role."""

    @property
    def title(self) -> str:
        return f"+{self.hidden:,} more" if self.hidden else self.role.title

    @property
    def detail(self) -> str:
        """Who holds the seat and how many hours a week it takes."""
        return "" if self.hidden else detail(self.role)


@dataclass(frozen=True, slots=True)
class Chart:
    """Nodes in the order of the tree, each after the one above it."""

    title: str
    description: str
    nodes: tuple[Node, ...]

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """The ways of holding a seat that occur, for the legend."""
        found = {node.role.holding for node in self.nodes if not node.hidden}
        return tuple(holding for holding in Holding if holding in found)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is folded."""
        return not any(node.hidden for node in self.nodes)


def detail(role: Role) -> str:
    """Who holds the seat and how many hours a week it takes, such as `Ada · 10 h`."""
    parts = (holder(role), hours_text(role.hours) if role.hours else "")
    return f"{NO_BREAK}· ".join(part for part in parts if part)


def holder(role: Role) -> str:
    """Who holds the seat, in as few words as a chart has room for."""
    if role.holding in (Holding.VACANT, Holding.PLANNED, Holding.RETIRED):
        return role.holding.value.capitalize()
    names = [role.owner.name] if role.owner else [person.name for person, _ in role.performers[:1]]
    seats = f"{role.fields.seats} seats" if role.fields.seats > 1 else ""
    return " · ".join(part for part in (*names, seats) if part)


def hours_text(hours: Hours) -> str:
    """Hours a week, such as `10 h` or `8–10 h`."""
    low, high = f"{hours.min:,.4g}", f"{hours.max:,.4g}"
    if hours.max >= 1000:
        low, high = f"{hours.min:,.0f}", f"{hours.max:,.0f}"
    return f"{low}{NO_BREAK}h" if low == high else f"{low}–{high}{NO_BREAK}h"


def overview(organisation: Organisation, name: str) -> Chart:
    """The whole organisation, from the top down to the level that can still be read."""
    nodes = tuple(_unfold(organisation, organisation.tops))
    return Chart(
        f"Organisation chart of {name}",
        _summary(f"{len(organisation.roles):,} role{_s(len(organisation.roles))}", nodes),
        nodes,
    )


def department(organisation: Organisation, role: Role) -> Chart:
    """A role with everything below it, down to the level that can still be read."""
    top, *below_it = _unfold(organisation, (role,))
    nodes = (replace(top, here=True), *below_it)
    below = organisation.team_sizes.get(role.id, 0)
    return Chart(
        f"Organisation chart of {role.title}",
        _summary(f"{role.title} and {below:,} role{_s(below)} below", nodes),
        nodes,
    )


def neighbourhood(organisation: Organisation, role: Role) -> Chart:
    """You are here: the two roles above, the siblings, the reports."""
    nodes: list[Node] = []
    for above in organisation.chain(role)[-2:]:
        nodes.append(Node(above, len(nodes) - 1 if nodes else None))
    parent = len(nodes) - 1 if nodes else None
    siblings = organisation.reports[nodes[-1].role.id] if nodes else (role,)
    shown = _around(siblings, organisation.places.get(role.id, 0))
    for sibling in shown:
        here = sibling.id == role.id
        nodes.append(Node(sibling, parent, here=here))
        if here:
            nodes.extend(_near_reports(organisation, role, len(nodes) - 1))
    if parent is not None and len(siblings) > len(shown):
        nodes.append(Node(nodes[parent].role, parent, hidden=len(siblings) - len(shown)))
    return Chart(f"Where {role.title} stands", _reporting_line(organisation, role), tuple(nodes))


def _near_reports(organisation: Organisation, role: Role, place: int) -> Iterator[Node]:
    reports = organisation.reports.get(role.id, ())
    for report in reports[:NEAR_SIBLINGS]:
        yield Node(report, place)
    if len(reports) > NEAR_SIBLINGS:
        yield Node(role, place, hidden=len(reports) - NEAR_SIBLINGS)


def _around(siblings: Sequence[Role], place: int) -> Sequence[Role]:
    """At most `NEAR_SIBLINGS` of `siblings`, with the one at `place` among them."""
    first = max(0, min(place - NEAR_SIBLINGS // 2, len(siblings) - NEAR_SIBLINGS))
    return siblings[first : first + NEAR_SIBLINGS]


def _reporting_line(organisation: Organisation, role: Role) -> str:
    parent = organisation.parents.get(role.id)
    reports = len(organisation.reports.get(role.id, ()))
    above = f"{role.title} reports to {parent.title}" if parent else f"{role.title} reports to nobody"
    below = f"{reports} role{' reports' if reports == 1 else 's report'} to it"
    return f"{above}; {below}."


def _summary(what: str, nodes: Sequence[Node]) -> str:
    shown = sum(1 for node in nodes if not node.hidden)
    folded = shown < len(nodes)
    return f"{what}; {shown:,} of them on this chart." if folded else f"{what}, and who holds them."


def _s(number: int) -> str:
    return "" if number == 1 else "s"


def _unfold(organisation: Organisation, tops: Sequence[Role]) -> Iterator[Node]:
    """The nodes of a chart that begins with `tops`, in the order of the tree."""
    levels = _levels(organisation, tops)
    yielded = 0
    shown, folds = _split(organisation, tops, None, None)
    waiting = [(1, node) for node in reversed([*shown, *folds])]
    while waiting:
        level, node = waiting.pop()
        place, yielded = yielded, yielded + 1
        yield node
        reports = organisation.reports.get(node.role.id, ())
        if node.hidden or not reports:
            continue
        if level < levels:
            shown, folds = _split(organisation, reports, node.role, place)
            below = [*shown, *folds]
        else:
            hidden = organisation.team_sizes[node.role.id]
            below = [Node(node.role, place, hidden=hidden, continues=True)]
        waiting.extend((level + 1, each) for each in reversed(below))


def _split(
    organisation: Organisation, roles: Sequence[Role], parent: Role | None, place: int | None
) -> tuple[list[Node], list[Node]]:
    """The nodes of the first `MAX_SIBLINGS` of `roles`, and a fold for the rest."""
    rest = roles[MAX_SIBLINGS:]
    hidden = sum(1 + organisation.team_sizes.get(each.id, 0) for each in rest)
    folds = [Node(parent or rest[0], place, hidden=hidden)] if rest else []
    return [Node(role, place) for role in roles[:MAX_SIBLINGS]], folds


def _levels(organisation: Organisation, tops: Sequence[Role]) -> int:
    """How many levels of a chart that begins with `tops` fit."""
    level = list(tops[:MAX_SIBLINGS])
    levels, total, limit = 1, len(level) + (len(tops) > MAX_SIBLINGS), MOST_NODES
    while levels < MAX_LEVELS:
        rows = [organisation.reports.get(role.id, ()) for role in level]
        below = [report for row in rows for report in row[:MAX_SIBLINGS]]
        wide = sum(1 for row in rows if len(row) > MAX_SIBLINGS)
        folds = sum(1 for role in below if organisation.reports.get(role.id))
        if not below or total + len(below) + wide + folds > limit:
            break
        total += len(below) + wide
        level, levels, limit = below, levels + 1, MAX_NODES
    return levels
