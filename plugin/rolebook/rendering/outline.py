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
    also: dict[int, list[Node]] = {}
    for above, below in chart.dotted:
        also.setdefault(below, []).append(chart.nodes[above])
    for place, node in enumerate(chart.nodes):
        depth = 0 if node.parent is None else depths[node.parent] + 1
        depths.append(depth)
        if depth < open_lists:
            parts.append("</li>" + "</ul></li>" * (open_lists - depth - 1))
        else:
            parts.append('<ul class="rb-tree">')
        open_lists = depth + 1
        lines = ", ".join(_link(each, href(each)) for each in also.get(place, ()))
        parts.append(f"<li>{_item(node, href(node))}{_ALSO.format(lines) if lines else ''}")
    parts.append("</li></ul>" * open_lists)
    return Markup("".join(parts))


_ALSO = ' <span class="rb-detail">also reports to {}</span>'


def _link(node: Node, address: str) -> str:
    title = str(in_html(node.title))
    return f'<a href="{escape(address)}">{title}</a>' if address else title


def _item(node: Node, address: str) -> str:
    item = _link(node, address)
    return f'{item} <span class="rb-detail">{in_html(node.detail)}</span>' if node.detail else item
