"""Charts of who reports to whom: which roles they show, and what is folded away.

A chart is chosen so that it can be read without zooming in a text column: few levels, a limited number of
nodes. What is left out is counted in a node of its own that leads there.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from rolebook.charts.model import (
    Chart,
    LinkKind,
    Node,
    Style,
    Target,
    card_node,
    collapsed_node,
    dotted_lines,
    role_node,
)
from rolebook.language import gettext, ngettext
from rolebook.organisation import Organisation, Role
from rolebook.organisation.words import counted_units, titles, units

EASY_NODES = 40
"""Comfortable to read; dagre draws it in about 150 ms."""
MAX_NODES = 60
"""Allowed where fewer would show nothing below the top."""
MAX_LEVELS = 4
"""As many as stand side by side in Material's text column (688 px) at natural size."""
MAX_SIBLINGS = 24
"""A role shows so many reports; the rest is folded."""
MAX_DOTTED = 60
"""Dotted lines of a chart on a page; more cannot be followed, and Mermaid draws 500 lines at most."""
NEAR_SIBLINGS = 8
"""A 'you are here' chart shows so many siblings and so many reports; the rest is folded."""


def overview(organisation: Organisation, name: str) -> Chart:
    """The whole organisation, from the top down to the level that can still be read."""
    nodes = tuple(_unfold(organisation, organisation.tops))
    return Chart(
        gettext("Organisation chart of %(name)s", name=name),
        _summary(_roles(organisation), nodes),
        nodes,
        _dotted(organisation, nodes),
    )


def whole(organisation: Organisation, name: str) -> Chart:
    """Every role of the organisation: a poster, not for a page."""
    places: dict[str, int] = {}
    nodes: list[Node] = []
    for _, role in organisation.tree:
        parent = organisation.parents.get(role.id)
        places[role.id] = len(nodes)
        nodes.append(card_node(organisation, role, places[parent.id] if parent else None))
    return Chart(
        gettext("Organisation chart of %(name)s", name=name),
        _summary(_roles(organisation), nodes),
        tuple(nodes),
        dotted_lines(organisation, nodes),
    )


def branch(organisation: Organisation, role: Role) -> Chart:
    """A role and everything below it: a poster, like `whole`."""
    nodes: list[Node] = []
    waiting: list[tuple[int | None, Role]] = [(None, role)]
    while waiting:
        above, each = waiting.pop()
        place = len(nodes)
        nodes.append(card_node(organisation, each, above, here=above is None))
        waiting += ((place, report) for report in reversed(organisation.reports.get(each.id, ())))
    below = counted_units(organisation.counts_below.get(role.id, {}))
    return Chart(
        gettext("Organisation chart of %(name)s", name=role.title),
        _summary(gettext("%(role)s with %(roles)s below", role=role.title, roles=below), nodes),
        tuple(nodes),
        dotted_lines(organisation, nodes),
    )


def department(organisation: Organisation, role: Role) -> Chart:
    """A role with everything below it, down to the level that can still be read."""
    top, *below_it = _unfold(organisation, (role,))
    nodes = (replace(top, here=True), *below_it)
    below = counted_units(organisation.counts_below.get(role.id, {}))
    return Chart(
        gettext("Organisation chart of %(name)s", name=role.title),
        _summary(gettext("%(role)s with %(roles)s below", role=role.title, roles=below), nodes),
        nodes,
        _dotted(organisation, nodes),
    )


def neighbourhood(organisation: Organisation, role: Role) -> Chart:
    """You are here: the two roles above, the siblings, the reports."""
    nodes: list[Node] = []
    above = organisation.chain(role)[-2:]
    for each in above:
        nodes.append(role_node(organisation, each, len(nodes) - 1 if nodes else None))
    parent = len(nodes) - 1 if nodes else None
    siblings = organisation.reports[above[-1].id] if above else (role,)
    shown = _around(siblings, organisation.places.get(role.id, 0))
    for sibling in shown:
        here = sibling.id == role.id
        nodes.append(role_node(organisation, sibling, parent, here))
        if here:
            nodes.extend(_near_reports(organisation, role, len(nodes) - 1))
    if above and len(siblings) > len(shown):
        nodes.append(
            collapsed_node(len(siblings) - len(shown), Target(LinkKind.REPORTS, above[-1].id), parent)
        )
    return Chart(
        gettext("Where %(role)s fits", role=role.title),
        _reporting_line(organisation, role),
        tuple(nodes),
        _dotted(organisation, nodes),
    )


def _dotted(organisation: Organisation, nodes: Sequence[Node]) -> tuple[tuple[int, int], ...]:
    return dotted_lines(organisation, nodes)[:MAX_DOTTED]


def _near_reports(organisation: Organisation, role: Role, place: int) -> Iterator[Node]:
    reports = organisation.reports.get(role.id, ())
    for report in reports[:NEAR_SIBLINGS]:
        yield role_node(organisation, report, place)
    if len(reports) > NEAR_SIBLINGS:
        yield collapsed_node(len(reports) - NEAR_SIBLINGS, Target(LinkKind.REPORTS, role.id), place)


def _around(siblings: Sequence[Role], place: int) -> Sequence[Role]:
    """At most `NEAR_SIBLINGS` of `siblings`, with the one at `place` among them."""
    first = max(0, min(place - NEAR_SIBLINGS // 2, len(siblings) - NEAR_SIBLINGS))
    return siblings[first : first + NEAR_SIBLINGS]


def _reporting_line(organisation: Organisation, role: Role) -> str:
    parent = organisation.parents.get(role.id)
    reports = organisation.reports.get(role.id, ())
    others = titles(organisation.also_above.get(role.id, ()))
    known = {"role": role.title, "parent": parent.title if parent else "", "others": others}
    if parent and others:
        above = gettext("%(role)s reports to %(parent)s, and also to %(others)s", **known)
    elif parent:
        above = gettext("%(role)s reports to %(parent)s", **known)
    elif others:
        above = gettext("%(role)s reports to nobody, and also to %(others)s", **known)
    else:
        above = gettext("%(role)s reports to nobody", **known)
    below = ngettext("%(roles)s reports to it", "%(roles)s report to it", len(reports), roles=units(reports))
    return above + gettext("; ") + below + "."


def _summary(what: str, nodes: Sequence[Node]) -> str:
    shown = sum(1 for node in nodes if not node.hidden)
    folded = shown < len(nodes)
    if folded:
        return ngettext(
            "%(what)s; %(number)s of them on this chart.",
            "%(what)s; %(number)s of them on this chart.",
            shown,
            what=what,
        )
    outside = any(node.style is Style.FILLED for node in nodes)
    if all(node.style is Style.TEAM for node in nodes):
        return f"{what}."
    led = any(node.style is Style.TEAM for node in nodes)
    if outside:
        return gettext("%(what)s, and which of them are filled.", what=what)
    if led:
        return gettext("%(what)s, and who holds or leads them.", what=what)
    return gettext("%(what)s, and who holds them.", what=what)


def _roles(organisation: Organisation) -> str:
    return units(organisation.roles.values())


def _unfold(organisation: Organisation, tops: Sequence[Role]) -> Iterator[Node]:
    """Make the nodes of a chart that begins with `tops`, in the order of the tree."""
    levels = _levels(organisation, tops)
    yielded = 0
    waiting = _row(organisation, tops, 1, None, Target(LinkKind.ROLES))
    while waiting:
        level, parent, each = waiting.pop()
        place, yielded = yielded, yielded + 1
        if isinstance(each, Node):
            yield each
            continue
        yield role_node(organisation, each, parent)
        reports = organisation.reports.get(each.id, ())
        if reports and level < levels:
            waiting += _row(organisation, reports, level + 1, place, Target(LinkKind.REPORTS, each.id))
        elif reports:
            fold = collapsed_node(organisation.team_sizes[each.id], Target(LinkKind.CHART, each.id), place)
            waiting.append((level + 1, place, fold))


def _row(
    organisation: Organisation, roles: Sequence[Role], level: int, parent: int | None, rest: Target
) -> list[tuple[int, int | None, Role | Node]]:
    """The first `MAX_SIBLINGS` of `roles` and a fold that leads to the `rest`, the last one first."""
    hidden = sum(1 + organisation.team_sizes.get(role.id, 0) for role in roles[MAX_SIBLINGS:])
    folds = [collapsed_node(hidden, rest, parent)] if hidden else []
    shown: list[Role | Node] = [*roles[:MAX_SIBLINGS], *folds]
    return [(level, parent, each) for each in reversed(shown)]


def _levels(organisation: Organisation, tops: Sequence[Role]) -> int:
    """How many levels of a chart that begins with `tops` fit."""
    level = list(tops[:MAX_SIBLINGS])
    levels, total, limit = 1, len(level) + (len(tops) > MAX_SIBLINGS), MAX_NODES
    while levels < MAX_LEVELS:
        rows = [organisation.reports.get(role.id, ()) for role in level]
        below = [report for row in rows for report in row[:MAX_SIBLINGS]]
        wide = sum(1 for row in rows if len(row) > MAX_SIBLINGS)
        folds = sum(1 for role in below if organisation.reports.get(role.id))
        # What is folded stands one further to the right, where it takes a place of its own.
        too_wide = levels + 1 + bool(folds) > MAX_LEVELS
        if not below or too_wide or total + len(below) + wide + folds > limit:
            break
        total += len(below) + wide
        level, levels, limit = below, levels + 1, EASY_NODES
    return levels
