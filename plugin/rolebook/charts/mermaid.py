"""Writes a chart in Mermaid's flowchart language.

Everything that came from a file is encoded, so that no label can end its quotes, add a line or bring
markup (the rules and what they were tested against: `label`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from html import escape

from markupsafe import Markup

from rolebook.charts.model import Chart, Node, Style
from rolebook.charts.text import breakable, cleaned, safe_address
from rolebook.language import Language, current, gettext
from rolebook.wording import isolated

MAX_LABEL = 70
"""Characters of one line of a label."""
MAX_SOURCE = 40_000
"""Characters of a whole chart; Mermaid refuses 50,000."""
_SHORTER = (MAX_LABEL, 40, 20)
"""Lengths of labels that are tried until a chart fits: a sign can take nine characters in Mermaid."""
_MAX_ADDRESS = 200

_FIGURE = Markup("""\
<figure class="rb-chart"{} data-search-exclude>
<div class="rb-chart-view"><pre class="rolebook-chart"><code>{}</code></pre></div>
</figure>""")

_ROOM = Markup(' style="--rb-room:{}px"')

Href = Callable[[Node], str]
"""Where the link of a node leads: an address for the page's HTML."""

_ABREAST, _DOWN = 56, 92
"""Pixels that a box of two lines takes with the space to the next one, beside it and below it."""
MAX_ABREAST = 4
"""Boxes that stand side by side in Material's text column at a legible size."""

_WIDEST, _FONT = 172, 16
"""Pixels of the widest line of a box, and of its letters."""

# Compact boxes keep the text at its natural size in a text column; below a spacing of 20 an edge can
# cross a box.
_HEADER = """\
---
config:
  layout: dagre
  flowchart: {{nodeSpacing: 14, rankSpacing: 36, wrappingWidth: {widest}, padding: 8, curve: {curve}}}
---
flowchart {direction}
"""
_SHAPES = {
    Style.FOUNDER: ('[["', '"]]'),
    Style.IN_HOUSE: ('["', '"]'),
    Style.OUTSOURCED: ('(["', '"])'),
    Style.FILLED: ('["', '"]'),
    Style.TEAM: ('["', '"]'),
    Style.VACANT: ('["', '"]'),
    Style.PLANNED: ('("', '")'),
    Style.RETIRED: ('["', '"]'),
    Style.PERSON: ('{{"', '"}}'),
    Style.OFFER: ('[/"', '"/]'),
    Style.DELIVERABLE: ('>"', '"]'),
    Style.FOLD: ('("', '")'),
}
# Told apart by shape and line, with colour on top. The colours are mid-tones with a contrast of at
# least 3:1 to white and to Material's dark background.
_STYLES = {
    Style.FOUNDER: "stroke:#7a6ff0,stroke-width:1.5px",
    Style.IN_HOUSE: "stroke:#4a86c5,stroke-width:1.5px",
    Style.OUTSOURCED: "stroke:#2a9d6f,stroke-width:1.5px",
    Style.FILLED: "stroke:#4a86c5,stroke-width:1.5px",
    Style.TEAM: "stroke:#b05a9a,stroke-width:3px",
    Style.VACANT: "stroke:#d9622b,stroke-width:2px,stroke-dasharray:7 4",
    Style.PLANNED: "stroke:#8a8a94,stroke-width:1.5px,stroke-dasharray:2 3",
    Style.RETIRED: "stroke:#8a8a94,stroke-width:1px",
    Style.FOLD: "stroke:#8a8a94,stroke-width:1px",
    Style.PERSON: "stroke:#8a8a94,stroke-width:1.5px",
    Style.OFFER: "stroke:#a0762a,stroke-width:2px",
    Style.DELIVERABLE: "stroke:#a0762a,stroke-width:1.5px",
}
_HERE = "stroke-width:3.5px"
_PLAIN = re.compile(r"[A-Za-z0-9 ]")


def flowchart(chart: Chart, href: Href) -> str:
    """`chart` as Mermaid source, ending with a line break. Nodes stand in the order of the tree."""
    for most in _SHORTER:
        source = _source(chart, href, most)
        if len(source) <= MAX_SOURCE:
            break
    return source


def _source(chart: Chart, href: Href, most: int) -> str:
    """Write `chart` with labels of at most `most` characters."""
    lines = [f"{_header(chart)}accTitle: {_words(chart.title)}", f"accDescr: {_words(chart.description)}"]
    for place, node in enumerate(chart.nodes):
        lines.append(f"n{place}{_box(node, most)}:::{node.style}")
        if node.parent is not None:
            lines.append(f"n{node.parent} --- n{place}")
        address = safe_address(href(node))
        if 0 < len(address) <= _MAX_ADDRESS:
            lines.append(f'click n{place} href "{address}"')
    lines += _dotted(chart)
    used = {node.style for node in chart.nodes}
    lines += [f"classDef {style} {_STYLES[style]}" for style in _STYLES if style in used]
    if here := [f"n{place}" for place, node in enumerate(chart.nodes) if node.here]:
        lines += [f"classDef here {_HERE}", f"class {','.join(here)} here"]
    return "\n".join(lines) + "\n"


def _dotted(chart: Chart) -> Iterator[str]:
    """Each dotted line from the upper level to the lower: so it moves no box to another level."""
    levels = _levels(chart)
    for line in chart.dotted:
        upper, lower = sorted(line, key=lambda place: levels[place])
        yield f"n{upper} -.- n{lower}"


def _levels(chart: Chart) -> Sequence[int]:
    """How many boxes are above each, itself included."""
    levels: list[int] = []
    for node in chart.nodes:
        levels.append(1 if node.parent is None else levels[node.parent] + 1)
    return levels


def _abreast(chart: Chart) -> int:
    """How many boxes stand beside each other: those with nothing below them."""
    above = {node.parent for node in chart.nodes}
    return sum(1 for place in range(len(chart.nodes)) if place not in above)


def _header(chart: Chart) -> str:
    """From the top down where that is narrow enough, as people draw charts; else from left to right."""
    if _abreast(chart) <= MAX_ABREAST:
        return _HEADER.format(widest=_WIDEST, curve="bumpY", direction="TB")
    return _HEADER.format(
        widest=_WIDEST, curve="bumpX", direction="RL" if current().is_from_the_right else "LR"
    )


def _box(node: Node, most: int) -> str:
    before, after = _SHAPES[node.style]
    text = label(node.title, most)
    if node.detail:
        text += f"<br/>{label(node.detail, most, isolated)}"
    return f"{before}{text}{after}"


@lru_cache(maxsize=2**14)  # a role stands in the charts of all its neighbours
def label(text: str, most: int = MAX_LABEL, finish: Callable[[str], str] = str) -> str:
    """One line of a label: what Mermaid could read as anything but text becomes `#code;`.

    A word that is wider than a box may be broken: Mermaid makes a box as wide as the word, and its text not.

    Besides all ASCII punctuation that is `ß` and the word `direction`, which the lexer takes even
    inside quotes. `ﬂ` and `¶` are Mermaid's own placeholders for encoded characters, and two dollars would
    begin a formula.
    """
    plain = finish(breakable(_shortened(_cleaned(text), most), _WIDEST, _FONT)) or "—"
    encoded = "".join(char if _is_plain(char) else f"#{ord(char)};" for char in plain)
    return encoded.replace("direction ", "direction#32;")


def _is_plain(char: str) -> bool:
    if char.isascii():
        return bool(_PLAIN.match(char))
    return char != "ß" and unicodedata.category(char)[0] in "LMN"


def _cleaned(text: str) -> str:
    """`text` on one line, without Mermaid's own placeholders and without the beginning of a formula."""
    plain = cleaned(text.replace("ﬂ", "fl").replace("¶", ""))
    return re.sub(r"\$(?=\$)", "$\N{ZERO WIDTH NON-JOINER}", plain)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _words(text: str) -> str:
    """Keep letters, digits and plain punctuation: accTitle and accDescr know no escapes."""
    kept = "".join(char if char.isalnum() or char in " .,-()'" else " " for char in _cleaned(text))
    return " ".join(kept.split())[:300]


def figure(source: str, room: int = 0) -> Markup:
    """A chart's `source` as HTML that the search index leaves out; a script draws it.

    Its place is kept so many pixels high until then; 0 where nobody knows.
    """
    return _FIGURE.format(_ROOM.format(room) if room else "", Markup(escape(source)))


def words_for_scripts() -> Markup:
    """What the script that draws a chart, and the styles of one that is not drawn, say in its figure."""
    return _words_for_scripts(current())


@cache
def _words_for_scripts(language: Language) -> Markup:
    words = {
        "copy": gettext("Copy Mermaid source"),
        "copied": gettext("Copied"),
        "not-copied": gettext("This browser does not allow copying"),
        "zoom-in": gettext("Zoom in"),
        "zoom-out": gettext("Zoom out"),
        "fit": gettext("Fit to width"),
        "moves": gettext("Chart; the arrow keys move it"),
        "undrawn": gettext("This chart could not be drawn. This is its text:"),
        "no-script": gettext("This chart is drawn by a script, which does not run here. This is its text:"),
        "too-soon": gettext("This chart was still being drawn. Print the page once more."),
    }
    return Markup(" ").join(Markup('data-{}="{}"').format(*each) for each in words.items())


def room(chart: Chart) -> int:
    """About how many pixels high a chart is drawn."""
    if _abreast(chart) <= MAX_ABREAST:
        return _DOWN * max(_levels(chart), default=0)
    return _ABREAST * _abreast(chart)
