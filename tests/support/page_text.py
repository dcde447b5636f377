"""A built page as lines of text that can be read and compared: blocks, their classes, links, figures."""

import re
from html.parser import HTMLParser

_LINES = frozenset(
    [
        "article",
        "aside",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "hr",
        "img",
        "input",
        "label",
        "li",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "script",
        "section",
        "select",
        "summary",
        "table",
        "title",
        "tr",
        "ul",
    ]
)
"""Elements that begin a line."""
_CELLS = ("td", "th")
_SHOWN = ("href", "src", "alt", "title", "id", "class", "name", "content", "value", "style", "type", "open")
_WITHOUT_END = ("hr", "img", "input", "meta")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._drawings += tag == "svg"
        if tag in _LINES or tag == "svg":
            self.lines.append("")
        shown = " ".join(_attribute(name, value) for name, value in attrs if _is_shown(name, value))
        if self._drawings and tag not in ("svg", "a"):
            return
        if tag in _LINES or tag in _CELLS or shown:
            self.lines[-1] += f"<{tag}{shown and ' '}{shown}>"

    def handle_endtag(self, tag: str) -> None:
        self._drawings -= tag == "svg"
        if tag in _LINES and tag not in _WITHOUT_END:
            self.lines.append("")
        elif tag in ("text", "title"):
            self.lines[-1] += " "

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def _is_shown(name: str, value: str | None) -> bool:
    return name in _SHOWN or name.startswith("aria-") or (name.startswith("data-") and bool(value))


def _attribute(name: str, value: str | None) -> str:
    return name if not value else f'{name}="{value}"'


def page_text(html: str) -> str:
    """What is between the marks of a page's content, and its title, description and data for searchers."""
    head = "".join(
        re.findall(r'<title>.*?</title>|<meta name="(?:description|robots)"[^>]*>', html, re.DOTALL)
    )
    data = "".join(re.findall(r'<script type="application/ld\+json">.*?</script>', html, re.DOTALL))
    article = re.search(r"<article\b.*?</article>", html, re.DOTALL)
    text = _Text()
    text.feed(head + data + (article[0] if article else ""))
    lines = (re.sub(r"[^\S\xa0]+", " ", line).strip(" ") for line in text.lines)
    return "".join(f"{line}\n" for line in lines if line)
