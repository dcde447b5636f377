"""Draws a chart of a few roles, each below its parent: small enough to stand beside another."""

from collections.abc import Iterable

from rolebook.charts.model import Chart, LinkKind, Node, Target, collapsed_node, role_node
from rolebook.charts.reporting import MAX_NODES
from rolebook.language import ngettext
from rolebook.organisation import Organisation, Role


def roles(organisation: Organisation, title: str, ids: Iterable[str]) -> Chart:
    """Chart the roles with these ids as `organisation` has them, those with one parent together."""
    wanted = set(ids)
    teams: dict[str, list[Role]] = {}
    for _, role in organisation.tree:
        if role.id in wanted:
            parent = organisation.parents.get(role.id)
            teams.setdefault(parent.id if parent else "", []).append(role)
    nodes: list[Node] = []
    for parent_id, team in teams.items():
        above = len(nodes) if parent_id else None
        if parent_id:
            nodes.append(role_node(organisation, organisation.roles[parent_id]))
        nodes.extend(role_node(organisation, role, above, here=True) for role in team)
    hidden = sum(1 for node in nodes[MAX_NODES - 1 :] if node.here)
    folds = [collapsed_node(hidden, Target(LinkKind.ROLES))] if len(nodes) > MAX_NODES and hidden else []
    shown = nodes[: MAX_NODES - 1] if folds else nodes
    return Chart(title, _summary(len(wanted)), (*shown, *folds))


def _summary(number: int) -> str:
    return ngettext("%(number)s role that changes.", "%(number)s roles that change.", number)
