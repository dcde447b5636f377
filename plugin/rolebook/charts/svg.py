"""Draws a chart as SVG at build time: no script, text that stays text, colours from the palette.

Links are HTML, laid over the boxes: Material's instant navigation does not know links of SVG.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from rolebook.charts.layout import (
    CARD,
    COLUMN,
    DETAIL,
    LEADING,
    PADDING,
    TITLE,
    Box,
    Layout,
    lay_out,
    turned_over,
)
from rolebook.charts.model import Chart, Node, Style
from rolebook.charts.text import cleaned, safe_address
from rolebook.escaping import in_html
from rolebook.language import RIGHT_TO_LEFT, current
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
_FACES = {
    Style.FOUNDER: ("#5a4bd6", "#eceafd"),
    Style.IN_HOUSE: ("#1f5fae", "#e3eefb"),
    Style.FILLED: ("#1f5fae", "#e3eefb"),
    Style.OUTSOURCED: ("#0f6b48", "#dcf3e7"),
    Style.VACANT: ("#b03d0c", "#ffffff"),
    Style.TEAM: ("#8a3274", "#f8e6f3"),
    Style.PLANNED: ("#565b66", "#f6f7f9"),
    Style.RETIRED: ("#565b66", "#f6f7f9"),
}
"""Of a card's face: the colour of its letters, and what is behind them."""
_RINGS = {
    Style.OUTSOURCED: "stroke-width: 1.5px",
    Style.VACANT: "stroke-width: 1.5px; stroke-dasharray: 4px 3px",
    Style.TEAM: "stroke-width: 3px",
    Style.PLANNED: "stroke-width: 1.5px; stroke-dasharray: 1.5px 3px",
    Style.RETIRED: "stroke-width: 1.5px",
}
"""Around a face: they show without any colour how a role is held. The rest have none."""
_OF_FACES = "".join(
    f".rb-drawing .rb-face.rb-{style} {{ fill: {behind}; stroke: {colour}; "
    f"{_RINGS.get(style, 'stroke: none')} }}\n"
    f".rb-drawing :is(.rb-initials, .rb-hours).rb-{style} {{ fill: {colour} }}\n"
    for style, (colour, behind) in _FACES.items()
)
CARD_STYLE = f"""\
.rb-drawing text {{ fill: #1f2328; font-family: system-ui, "Segoe UI", Roboto, Arial, sans-serif }}
.rb-drawing .rb-name {{ font-size: 13px; font-weight: 600 }}
.rb-drawing .rb-quiet {{ fill: #565b66; font-size: 12px }}
.rb-drawing .rb-initials {{ font-size: 10px; font-weight: 600; text-anchor: middle }}
.rb-drawing .rb-lines {{ fill: none; stroke: #818897; stroke-width: 1.2 }}
.rb-drawing .rb-dotted {{ fill: none; stroke: #818897; stroke-width: 1.5; stroke-dasharray: 4 4 }}
.rb-drawing .rb-card {{ fill: #ffffff; stroke: #b4b9c5; stroke-width: 1 }}
.rb-drawing .rb-card.rb-vacant {{ stroke: #b03d0c; stroke-width: 1.5; stroke-dasharray: 5 3 }}
.rb-drawing .rb-card:is(.rb-planned, .rb-retired, .rb-fold) {{ stroke-dasharray: 5 3 }}
.rb-drawing .rb-card.rb-here {{ stroke: #565b66; stroke-width: 2 }}
{_OF_FACES}"""
"""The style of a chart of cards: the colours of assets/rolebook.css in the light."""
_FACE = 12.0
"""Radius of a face."""
_INITIALS = 10.0
"""Font size of the letters in it."""
_LINE_OVER = Markup('<div class="{}" style="{}: {:.2f}px; top: {:.2f}px; font-size: {:.2f}px">{}</div>')
_FACE_OVER = Markup(
    '<div class="face {}" style="{}: {:.2f}px; top: {:.2f}px; font-size: {:.2f}px; width: {:.2f}px; '
    'line-height: {:.2f}px">{}</div>'
)
_BAR = 72.0
"""Length of the longest bar of hours."""
_ROUND = {Style.OUTSOURCED: 18, Style.PERSON: 12, Style.PLANNED: 8, Style.FOLD: 8}
"""Radius of the corners; the rest have nearly none."""

Href = Callable[[Node], str]
"""Where the link of a node leads: an address for the page's HTML; empty for none."""


def drawing(chart: Chart, href: Href = lambda node: "", width: float = COLUMN) -> Markup:
    """Draw `chart` for a column of `width`, inside a page whose style sheet gives it its looks."""
    return _svg(chart, lay_out(chart, width), Markup(""), lambda box: _box(box, href(box.node)))


def picture(chart: Chart, layout: Layout) -> Markup:
    """Draw `chart` in cards as a file of its own, without links."""
    return Markup('<?xml version="1.0" encoding="UTF-8"?>\n') + in_cards(chart, layout) + Markup("\n")


def in_cards(chart: Chart, layout: Layout) -> Markup:
    """Draw `chart`, which was laid out with `CARD`, in cards as the site has them in the light."""
    return _svg(chart, layout, _head(chart, CARD_STYLE), lambda box: _card(box) + _card_text(box))


def in_cards_of_html(chart: Chart, layout: Layout, scale: float) -> Markup:
    """The same for a PDF: its texts are HTML, laid over the drawing.

    WeasyPrint writes texts of SVG from left to right, in whatever script they are.
    """
    drawn = _svg(chart, layout, _head(chart, CARD_STYLE), _card, scale)
    width, boxes = layout.width, _directed(layout).boxes
    return Markup('<div class="chart" style="width: {}px">{}{}</div>').format(
        _short(layout.width * scale), drawn, Markup().join(_text_over(box, scale, width) for box in boxes)
    )


def self_contained(chart: Chart, width: float = COLUMN) -> Markup:
    """Draw `chart` in plain boxes, for the HTML of a document that has no style sheet of ours."""
    return _svg(chart, lay_out(chart, width), _head(chart, STYLE), lambda box: _box(box, ""))


def _head(chart: Chart, style: str) -> Markup:
    # The title is what a PDF says of the drawing to those who cannot see it.
    return Markup(f"<title>{_words(chart.title, chart.description)}</title><style>{style}</style>")


def _svg(
    chart: Chart, layout: Layout, head: Markup, draw: Callable[[Box], str], scale: float = 1.0
) -> Markup:
    layout = _directed(layout)
    path = "".join(map(_line, layout.lines))
    dotted = "".join([*map(_curve, layout.dotted), *map(_line, layout.detours)])
    beside = f'<path class="rb-dotted" d="{dotted}"/>' if dotted else ""
    size = f"{_short(layout.width)} {_short(layout.height)}"
    wide, high = _short(layout.width * scale), _short(layout.height * scale)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="rb-drawing" viewBox="0 0 {size}" width="{wide}"'
        f' height="{high}"{_direction()} role="group" aria-label="{_words(chart.title, chart.description)}">'
        f'{head}<path class="rb-lines" d="{path}"/>{beside}'
        f"{''.join(map(draw, layout.boxes))}</svg>"
    )


def _directed(layout: Layout) -> Layout:
    """The layout as the current language reads it: from right to left, it is turned over."""
    return turned_over(layout) if current().is_from_the_right else layout


def _direction() -> str:
    return f' direction="{RIGHT_TO_LEFT}"' if current().is_from_the_right else ""


def _inside(box: Box, distance: float) -> float:
    """A place in a box, so far from the side at which a line begins."""
    return box.right - distance if current().is_from_the_right else box.x + distance


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
    place = (
        f'x="{_short(box.x)}" y="{_short(box.y)}" width="{_short(box.width)}" height="{_short(box.height)}"'
    )
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


def _card(box: Box) -> str:
    node = box.node
    here = " rb-here" if node.here else ""
    place = (
        f'x="{_short(box.x)}" y="{_short(box.y)}" width="{_short(box.width)}" height="{_short(box.height)}"'
    )
    card = f'<rect class="rb-card rb-{node.style}{here}" {place} rx="7"/>'
    if node.face:
        x, y = _inside(box, PADDING + _FACE), box.y + PADDING + _FACE
        card += f'<circle class="rb-face rb-{node.style}" cx="{_short(x)}" cy="{_short(y)}" r="{_FACE:.0f}"/>'
    if node.share:
        long = max(2.0, _BAR * node.share)
        left = _inside(box, PADDING + CARD.inset) - (long if current().is_from_the_right else 0)
        place = f'x="{_short(left)}" y="{_short(box.bottom - PADDING - 2)}"'
        size = f'width="{_short(long)}" height="4" rx="2"'
        card += f'<rect class="rb-hours rb-{node.style}" {place} {size}/>'
    return card


def _card_text(box: Box) -> str:
    node, face = box.node, ""
    if node.face:
        x, y = _inside(box, PADDING + _FACE), box.y + PADDING + _FACE + 3.5
        place = f'x="{_short(x)}" y="{_short(y)}"'
        face = f'<text class="rb-initials rb-{node.style}" {place}>{in_html(node.face)}</text>'
    return f"{face}<text>{_lines_of_text(box, _inside(box, PADDING + CARD.inset))}</text>"


def _text_over(box: Box, scale: float, width: float) -> Markup:
    """The text of a card, at its place over a drawing of that scale and `width`."""
    node, top = box.node, box.y + PADDING
    from_the_right = current().is_from_the_right
    side = "right" if from_the_right else "left"
    begin = width - box.right if from_the_right else box.x
    texts = Markup()
    if node.face:
        place = [begin + PADDING, top, _INITIALS, 2 * _FACE, 2 * _FACE]
        texts += _FACE_OVER.format(node.style, side, *(each * scale for each in place), in_html(node.face))
    begin += PADDING + CARD.inset
    for size, name, parts in ((TITLE, "title", box.title), (DETAIL, "detail", map(isolated, box.detail))):
        for part in parts:
            texts += _LINE_OVER.format(name, side, begin * scale, top * scale, size * scale, in_html(part))
            top += LEADING * size
    return texts


def _inner_sides(box: Box) -> str:
    """Draw a second line at both sides of a box: it shows a founder without any colour."""
    top, bottom = _short(box.y), _short(box.bottom)
    left, right = _short(box.x + 4), _short(box.right - 4)
    return f'<path class="rb-founder" d="M{left} {top}V{bottom}M{right} {top}V{bottom}"/>'


def _text(box: Box, hidden: str) -> str:
    return f"<text{hidden}>{_lines_of_text(box, box.middle)}</text>"


def _lines_of_text(box: Box, x: float) -> str:
    lines, y = "", box.y + PADDING
    detail = map(isolated, box.detail)
    for size, style, parts in ((TITLE, "rb-name", box.title), (DETAIL, "rb-quiet", detail)):
        for part in parts:
            y += LEADING * size
            place = f'x="{_short(x)}" y="{_short(y - 0.3 * size)}"'
            lines += f'<tspan class="{style}" {place}>{in_html(part)}</tspan>'
    return lines


def _words(*parts: str) -> Markup:
    return in_html(", ".join(shown for part in parts if (shown := cleaned(part))))


@lru_cache(maxsize=2**12)  # boxes stand in rows and columns, so most places occur many times
def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
