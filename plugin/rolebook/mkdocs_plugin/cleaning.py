"""What came from role and person files, made harmless in the finished page.

Those files come from many hands and their bodies may hold HTML. Only what is on the lists below reaches a
reader: no script, frame, form or event handler, and no picture that another host would see fetched.
"""

import re
from html import unescape

import nh3

_ANYWHERE = (
    "aria-current aria-hidden aria-label class data-search-exclude dir id lang role style tabindex title"
)
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
# The theme finds its own parts by names that begin so; Markdown makes no others than these.
_THEMES_NAME = re.compile(r"__(?!(?:tabbed|codelineno|span)[-_][\d_-]+$)")
_BLANK = re.compile(r"[\x00-\x20]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
_CHART = re.compile(r'<pre class="rolebook-chart">(.*?)</pre>', re.DOTALL)
_MORE_THAN_A_CHART = re.compile(
    r"<(?!br ?/?>)[a-z/!?]|#\w+;|//|@\{|%%\{|^\s*---\s*$|url\s*\(|\\", re.IGNORECASE | re.MULTILINE
)
"""HTML, encoded characters, addresses, pictures and settings: Mermaid would fetch what they name."""


def clean_parts(html: str, mark: str) -> str:
    """A page with what its author wrote made harmless.

    The page is ours up to the first `mark`, then the author's, ours from the second on, and the author's
    from the third on: there Markdown puts footnotes. An author who hid a mark is the author of it all.
    """
    parts = html.split(mark)
    if len(parts) != 4:
        return clean("".join(parts))
    before, body, after, footnotes = parts
    return f"{before}{clean(body)}{after}{clean(footnotes)}"


def clean(html: str) -> str:
    """`html` with nothing in it that runs, or that another host would see fetched."""
    return _CHART.sub(_chart, _CLEANER.clean(html))


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute that is on the lists; None to drop it."""
    if attribute in _FETCHED and _ELSEWHERE.match(_BLANK.sub("", value)):
        return None
    if attribute in _NAMES and _THEMES_NAME.match(value):
        return None
    if attribute == "class":
        names = value.split()
        return " ".join(names if names == ["rolebook-chart"] else _plain(names))
    return None if tag == "pre" else value


def _plain(names: list[str]) -> list[str]:
    """The classes that do not have a chart drawn: that one must stand alone, so that it can be looked at."""
    return [name for name in names if not name.startswith(("mermaid", "rolebook-chart"))]


def _chart(found: re.Match[str]) -> str:
    """A chart that an author drew, or its source as text where drawing it could fetch something."""
    source = re.fullmatch("<code>([^<]*)</code>", found[1])
    if source and not _MORE_THAN_A_CHART.search(unescape(source[1])):
        return found[0]
    return f"<pre>{found[1]}</pre>"


_CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | set(_MORE_TAGS.split()),
    attributes={tag: set(names.split()) for tag, names in _ATTRIBUTES.items()},
    attribute_filter=_kept,
    filter_style_properties={"left", "text-align", "width"},
    url_schemes={"http", "https", "mailto", "tel"},
    clean_content_tags={"script", "style"},
    link_rel=None,
)
