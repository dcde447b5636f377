"""Makes HTML from role and person files harmless.

Those files come from many hands and their text may hold HTML. Only what is on the lists below reaches a
reader: no script, frame, form or event handler, no picture that another host would see fetched, and no
name or class by which the theme or a script of ours would find something.
"""

import re
from html import unescape

import nh3

_ANYWHERE = "aria-hidden aria-label class data-search-exclude dir id lang role style tabindex title"
_MORE_TAGS = "audio input label path source svg tfoot video"
_ATTRIBUTES = {
    "*": _ANYWHERE,
    "a": "href name target",
    "audio": "src controls",
    "details": "open",
    "img": "src alt width height loading",
    "input": "type name checked disabled",
    "label": "for",
    "ol": "start",
    "path": "d",
    "source": "src type",
    "svg": "xmlns viewBox",
    "td": "colspan rowspan",
    "th": "colspan rowspan scope",
    "video": "src controls poster width height",
}
_FETCHED = ("src", "poster")
_NAMES = ("id", "name", "for")
_NAME = re.compile(r"(?!__|rb-|seat-)[\w.:-]+|__(?:tabbed|codelineno|span)[-_][\d_-]+")
"""Names that the theme and we do not use; `__…` is how the theme finds its own parts."""
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Of addresses that links may lead to."""
_BLANK = re.compile(r"[\x00-\x20]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)

CHART = "rolebook-chart"
"""Class of a chart's source, which a script draws."""
_CHART = re.compile(rf'<pre class="{CHART}"><code>([^<]*)</code></pre>')
_MORE_THAN_A_CHART = re.compile(
    r"<(?!br ?/?>)[a-z/!?]|#\w+;|//|@\{|%%\{|^\s*---\s*$|url\s*\(|\\", re.IGNORECASE | re.MULTILINE
)
"""What no chart may hold: HTML, codes, addresses, pictures, settings. Mermaid would fetch them."""
MAX_CHART_WORK = 200
"""Lines and arrows of all charts of a text; a browser draws as many in two or three seconds."""
_STATEMENT = re.compile(r"[\n;]")
_ARROW = re.compile(r"[-=~.]{2,}")
_AND = re.compile(r"\s&\s")
_EMPTY = re.compile(r"\bspace\s*:\s*(\d+)")
"""Empty boxes of a block chart, by their number."""
_MERMAID = re.compile(r'<code class="language-mermaid">[^<]*')
"""A chart that is shown as text, as in documents."""
_COMMENT = re.compile(r"^[ \t]*%%[^\n<]*\n?", re.MULTILINE)
"""A line of a chart that nobody sees drawn."""

# What Python-Markdown and its extensions write, by the parts of the theme that show it.
_CLASSES = (
    "admonition admonition-title inline end note abstract summary tldr info todo tip hint important"
    " success check done question help faq warning caution attention failure fail missing danger error bug"
    " example quote cite tabbed-set tabbed-alternate tabbed-labels tabbed-content tabbed-block task-list"
    " task-list-item task-list-control task-list-indicator highlight highlighttable linenos linenodiv"
    " linenums code codehilite filename footnote footnote-ref footnote-backref headerlink toc toctitle"
    " arithmatex keys progress progress-bar progress-label critic caption twemoji emojione gemojione"
    " rb-chart rb-chart-view"
)
_CLASS = re.compile(r"language-[\w+-]+|key-[\w-]+|[a-z]{1,3}\d?|__span")
"""The language of code, keys, and what a syntax highlighter calls its parts."""
_KNOWN_CLASSES = frozenset(_CLASSES.split())
_TAG_END = r'(?:[^">]|"[^"]*")*>'
_INPUT = re.compile(rf"<input\b{_TAG_END}")
_SWITCH = re.compile(r'\stype="(?:checkbox|radio)"')
"""Inputs of task lists and tabs are kept; any other input asks the reader for something."""
_ICON = re.compile(rf"(<svg\b{_TAG_END}(?:<path\b{_TAG_END}</path>)*</svg>)")
_SVG = re.compile(rf"</?svg\b{_TAG_END}")
_ROLE = re.compile(r"doc-[a-z]+|img|presentation|none|note")


def clean(html: str) -> str:
    """Remove from `html` whatever runs, or is fetched from another host."""
    cleaned = _INPUT.sub(_if_switch, _CLEANER.clean(html))
    return _MERMAID.sub(lambda found: _COMMENT.sub("", found[0]), _only_charts(_only_icons(cleaned)))


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute that is on the lists; None to drop it."""
    if attribute in _FETCHED and _ELSEWHERE.match(_BLANK.sub("", value)):
        return None
    if attribute in _NAMES and not _NAME.fullmatch(value):
        return None
    if attribute == "role" and not _ROLE.fullmatch(value):
        return None
    if attribute == "class":
        names = value.split()
        # The element has the chart's class and no other, so that a chart is recognised by its first letters.
        is_chart = tag == "pre" and names == [CHART]
        return CHART if is_chart else " ".join(filter(is_known_class, names)) or None
    return None if tag == "pre" else value


def _if_switch(element: re.Match[str]) -> str:
    return element[0] if _SWITCH.search(element[0]) else ""


def _only_icons(html: str) -> str:
    """Remove drawings that hold more than paths: one that is not closed takes in what follows it."""
    if "<svg" not in html:
        return html
    return "".join(part if at % 2 else _SVG.sub("", part) for at, part in enumerate(_ICON.split(html)))


def is_known_class(name: str) -> bool:
    """Whether an author may give an element this class."""
    return name in _KNOWN_CLASSES or bool(_CLASS.fullmatch(name))


def _only_charts(html: str) -> str:
    """Leave the class of a chart only to charts that a script may draw; others are shown as text.

    A chart holds nothing but text, so one cannot be hidden in another.
    """
    parts: list[str] = []
    at, work = 0, 0
    for found in _CHART.finditer(html):
        parts.append(_nameless(html[at : found.start()]))
        source = unescape(found[1])
        work += _work(source)
        is_drawn = work <= MAX_CHART_WORK and not _MORE_THAN_A_CHART.search(source)
        parts.append(_COMMENT.sub("", found[0]) if is_drawn else _nameless(found[0]))
        at = found.end()
    return "".join((*parts, _nameless(html[at:])))


def _work(chart: str) -> int:
    """Lines and arrows of a chart, as far as they make work: `a & b --> c & d` is four arrows."""
    lines = [line for line in _STATEMENT.split(chart) if line.strip()]
    arrows = sum(max(1, len(_ARROW.findall(line))) + len(_AND.findall(line)) ** 2 for line in lines)
    return arrows + sum(int(number[:9]) for number in _EMPTY.findall(chart))


def _nameless(html: str) -> str:
    return html.replace(f'<pre class="{CHART}">', "<pre>")


_CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | set(_MORE_TAGS.split()),
    attributes={tag: set(names.split()) for tag, names in _ATTRIBUTES.items()},
    attribute_filter=_kept,
    filter_style_properties={"text-align", "width"},
    url_schemes=set(SCHEMES),
    clean_content_tags={"script", "style"},
    link_rel=None,
)
