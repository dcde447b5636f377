"""Draws a chart as SVG at build time: no script, text that stays text, colours from the palette.

Links are HTML, laid over the boxes: Material's instant navigation does not know links of SVG.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from rolebook.charts.layout import BOX, COLUMN, DETAIL, LEADING, PADDING, TITLE, Box, Layout, lay_out
from rolebook.charts.model import Chart, Node, Style
from rolebook.charts.text import cleaned, safe_address
from rolebook.escaping import in_html
from rolebook.wording import isolated

STYLE = """\
.rb-drawing text { text-anchor: middle; fill: #1f2328 }
.rb-drawing text { font-family: system-ui, "Segoe UI", Roboto, Arial, sans-serif }
.rb-drawing .rb-name { font-size: 13px }
.rb-drawing .rb-quiet { fill: #59636e; font-size: 12px }
.rb-drawing .rb-lines { fill: none; stroke: #818b98; stroke-width: 1.2 }
.rb-drawing .rb-dotted { fill: none; stroke: #818b98; stroke-width: 1.5; stroke-dasharray: 4 4 }
.rb-drawing .rb-box { fill: #ffffff; stroke-width: 1.5 }
.rb-drawing .rb-team { stroke: #b05a9a; stroke-width: 3 }
.rb-drawing .rb-here { stroke-width: 3.5 }
.rb-drawing .rb-founder { stroke: #7a6ff0 }
.rb-drawing .rb-in-house, .rb-drawing .rb-filled, .rb-drawing .rb-person { stroke: #4a86c5 }
.rb-drawing .rb-outsourced { stroke: #2a9d6f }
.rb-drawing .rb-vacant { stroke: #d9622b; stroke-dasharray: 7 4 }
.rb-drawing .rb-planned { stroke: #8a8a94; stroke-dasharray: 2 3 }
.rb-drawing .rb-retired, .rb-drawing .rb-fold { stroke: #8a8a94 }
.rb-drawing .rb-offer, .rb-drawing .rb-deliverable { stroke: #a0762a }
"""
"""The style of a chart that stands alone. On the site, assets/rolebook.css has the same in its colours."""
_ROUND = {Style.OUTSOURCED: 18, Style.PERSON: 12, Style.PLANNED: 8, Style.FOLD: 8}
"""Radius of the corners; the rest have nearly none."""

Href = Callable[[Node], str]
"""Address of the page a node leads to, as it stands in the page's HTML; empty for none."""


def drawing(chart: Chart, href: Href = lambda node: "", width: float = COLUMN) -> Markup:
    """Draw `chart` for a column of `width`, inside a page whose style sheet gives it its looks."""
    return _svg(chart, lay_out(chart, width), Markup(""), href)


def picture(chart: Chart, width: float = COLUMN) -> Markup:
    """Draw `chart` as a file of its own, without links, within `width` CSS pixels if it fits."""
    return Markup('<?xml version="1.0" encoding="UTF-8"?>\n') + self_contained(chart, width) + Markup("\n")


def self_contained(chart: Chart, width: float = COLUMN) -> Markup:
    """Draw `chart` like `picture`, to stand inside the HTML of a document that has no style sheet of ours."""
    # The title is what a PDF says of the drawing to those who cannot see it.
    head = Markup(f"<title>{_words(chart.title, chart.description)}</title><style>{STYLE}</style>")
    return _svg(chart, lay_out(chart, width), head, lambda node: "")


def _svg(chart: Chart, layout: Layout, head: Markup, href: Href) -> Markup:
    path = "".join(map(_line, layout.lines))
    dotted = "".join(map(_curve, layout.dotted))
    beside = f'<path class="rb-dotted" d="{dotted}"/>' if dotted else ""
    size = f"{_short(layout.width)} {_short(layout.height)}"
    wide, high = size.split(" ")
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="rb-drawing" viewBox="0 0 {size}" width="{wide}"'
        f' height="{high}" role="group" aria-label="{_words(chart.title, chart.description)}">'
        f'{head}<path class="rb-lines" d="{path}"/>{beside}'
        f"{''.join(_box(box, href(box.node)) for box in layout.boxes)}</svg>"
    )


def _line(points: Sequence[tuple[float, float]]) -> str:
    """A line that goes across and down only, from point to point."""
    (x, y), *rest = points
    path = f"M{_short(x)} {_short(y)}"
    for across, down in rest:
        if across != x:
            path += f"H{_short(across)}"
        if down != y:
            path += f"V{_short(down)}"
        x, y = across, down
    return path


def _curve(points: Sequence[tuple[float, float]]) -> str:
    start, *rest = (f"{_short(x)} {_short(y)}" for x, y in points)
    return f"M{start}C{' '.join(rest)}"


def _box(box: Box, address: str) -> str:
    here = " rb-here" if box.node.here else ""
    place = f'x="{_short(box.x)}" y="{_short(box.y)}" width="{_short(BOX)}" height="{_short(box.height)}"'
    rect = f'<rect class="rb-box rb-{box.node.style}{here}" {place} rx="{_ROUND.get(box.node.style, 2)}"/>'
    if box.node.style is Style.FOUNDER:
        rect += _inner_sides(box)
    address = safe_address(address)
    if not address:
        return rect + _text(box, "")
    # The link says what the text shows, so the text is not read out a second time. It is HTML: that is how a
    # page reads what stands in a foreignObject.
    label = _words(box.node.title, box.node.detail)
    link = f'<a href="{escape(address)}" aria-label="{label}"></a>'
    text = _text(box, ' aria-hidden="true"')
    return f"{rect}{text}<foreignObject {place}>{link}</foreignObject>"


def _inner_sides(box: Box) -> str:
    """Draw a second line at both sides of a box: it shows a founder without any colour."""
    top, bottom = _short(box.y), _short(box.bottom)
    left, right = _short(box.x + 4), _short(box.x + BOX - 4)
    return f'<path class="rb-founder" d="M{left} {top}V{bottom}M{right} {top}V{bottom}"/>'


def _text(box: Box, hidden: str) -> str:
    lines, y = "", box.y + PADDING
    detail = map(isolated, box.detail)
    for size, style, parts in ((TITLE, "rb-name", box.title), (DETAIL, "rb-quiet", detail)):
        for part in parts:
            y += LEADING * size
            place = f'x="{_short(box.middle)}" y="{_short(y - 0.3 * size)}"'
            lines += f'<tspan class="{style}" {place}>{in_html(part)}</tspan>'
    return f"<text{hidden}>{lines}</text>"


def _words(*parts: str) -> Markup:
    return in_html(", ".join(shown for part in parts if (shown := cleaned(part))))


@lru_cache(maxsize=2**12)  # boxes stand in rows and columns, so most places occur many times
def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
