"""A tree as a nested HTML list: the text that stands beside every chart."""

from collections.abc import Callable

from markupsafe import Markup

from rolebook.charts.model import Chart, Node

_ITEM = Markup('<a href="{}">{}</a>')
_DETAIL = Markup(' <span class="rb-detail">{}</span>')


def outline(chart: Chart, href: Callable[[Node], str]) -> Markup:
    """The nodes of `chart` as nested lists with the chart's own links, in its order."""
    parts: list[Markup] = []
    depths: list[int] = []
    open_lists = 0
    for node in chart.nodes:
        depth = 0 if node.parent is None else depths[node.parent] + 1
        depths.append(depth)
        if depth < open_lists:
            parts.append(Markup("</li>") + Markup("</ul></li>") * (open_lists - depth - 1))
        else:
            parts.append(Markup('<ul class="rb-tree">'))
        open_lists = depth + 1
        parts.append(Markup("<li>") + _item(node, href(node)))
    parts.append(Markup("</li></ul>") * open_lists)
    return Markup("").join(parts)


def _item(node: Node, address: str) -> Markup:
    item = _ITEM.format(address, node.title) if address else Markup.escape(node.title)
    return item + (_DETAIL.format(node.detail) if node.detail else Markup(""))
