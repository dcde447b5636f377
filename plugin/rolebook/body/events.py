"""Cleaned HTML as a stream of its parts: well-formed, as nh3 writes it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

_VOID = "area br col hr img input path source wbr"
VOID = frozenset(_VOID.split())
"""Elements that hold nothing."""
_INLINE = "a abbr b code del em i ins kbd mark s small span strong sub sup u"
INLINE = frozenset(_INLINE.split())
"""Elements that are parts of a line."""


@dataclass(frozen=True, slots=True)
class Open:
    """A start tag."""

    tag: str
    attributes: dict[str, str]
    markup: str

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(self.attributes.get("class", "").split())


@dataclass(frozen=True, slots=True)
class Close:
    """An end tag."""

    tag: str

    @property
    def markup(self) -> str:
        return f"</{self.tag}>"


@dataclass(frozen=True, slots=True)
class TextRun:
    """Text, as a reader sees it."""

    text: str

    @property
    def markup(self) -> str:
        return escape(self.text, quote=False)


Event = Open | Close | TextRun


_PART = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^">]|"[^"]*")*)>|[^<]+|<')
_ATTRIBUTE = re.compile(r'([^\s="]+)(?:="([^"]*)")?')


def events(html: str) -> Iterator[Event]:
    """The parts of `html` in their order."""
    for found in _PART.finditer(str(html)):
        closes, tag, attributes = found.groups()
        if tag is None:
            yield TextRun(unescape(found[0]))
        elif not closes:
            pairs = _ATTRIBUTE.findall(attributes)
            yield Open(tag, {name: unescape(value) for name, value in pairs}, found[0])
        elif tag not in VOID:
            yield Close(tag)


def heading(opened: Open, stream: Iterator[Event]) -> tuple[str, bool]:
    """The text of the heading that `opened`, read to its end, and whether nothing but text is in it.

    The mark of a link to the heading itself is no part of its text.
    """
    depth, hidden, text, is_text = 1, 0, "", True
    for event in stream:
        if isinstance(event, Open) and event.tag not in VOID:
            depth += 1
            is_text = is_text and event.tag in INLINE
            hidden = hidden or (depth if "headerlink" in event.classes else 0)
        elif isinstance(event, Close):
            hidden = 0 if depth == hidden else hidden
            depth -= 1
        elif isinstance(event, TextRun) and not hidden:
            text += event.text
        if not depth:
            break
    return " ".join(text.split()), is_text
