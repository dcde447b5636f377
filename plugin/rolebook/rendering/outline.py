"""Writes a chart as a nested HTML list, which every chart has as its text."""

from collections.abc import Callable

from markupsafe import Markup, escape

from rolebook.charts.model import Chart, Node
from rolebook.escaping import in_html


def outline(chart: Chart, href: Callable[[Node], str]) -> Markup:
    """The nodes of `chart` as nested lists with the chart's own links, in its order."""
    parts: list[str] = []
    depths: list[int] = []
    open_lists = 0
    for node in chart.nodes:
        depth = 0 if node.parent is None else depths[node.parent] + 1
        depths.append(depth)
        if depth < open_lists:
            parts.append("</li>" + "</ul></li>" * (open_lists - depth - 1))
        else:
            parts.append('<ul class="rb-tree">')
        open_lists = depth + 1
        parts.append(f"<li>{_item(node, href(node))}")
    parts.append("</li></ul>" * open_lists)
    return Markup("".join(parts))


def _item(node: Node, address: str) -> str:
    title = in_html(node.title)
    item = f'<a href="{escape(address)}">{title}</a>' if address else title
    return f'{item} <span class="rb-detail">{in_html(node.detail)}</span>' if node.detail else item
