"""Cuts the sections of a body from the HTML that its page shows.

Whatever readers of Markdown disagree about must not let out what is internal:

- a heading of the first two levels ends a section, wherever it is: in a list, a quotation, a fold;
- only a second-level heading that is in nothing else begins one;
- a line that looks like a heading, though it is text here, ends one too. In a body that all readers read
  alike, that is only one that looks like a heading of the second level: `| # | Task |` is a table there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rolebook.body.events import INLINE, VOID, Close, Event, Open, TextRun, events, heading
from rolebook.body.plain import says_something

_ENDS = ("h1", "h2")
_AS_WRITTEN = ("pre", "code")
"""Elements in which a line that looks like a heading is no heading to anybody."""
_UNDERLINED = r"^[^\n]*\n[ \t]*(?:-{2,}|={2,})[ \t]*$"
_LOOKS_LIKE_HEADING = re.compile(rf"^[ \t\xa0]*(?:#{{1,2}}(?:[ \t\xa0]|$)|##\w)|{_UNDERLINED}", re.MULTILINE)
_LOOKS_LIKE_SECTION = re.compile(rf"^[ \t\xa0]*##(?:[ \t\xa0\w]|$)|{_UNDERLINED}", re.MULTILINE)


@dataclass(slots=True)
class BodySection:
    """A section: its heading as a reader sees it, and the text below."""

    heading: str
    events: list[Event] = field(default_factory=list)
    is_cut_short: bool = False
    """Whether a line that looks like a heading ends it."""

    @property
    def html(self) -> str:
        return "".join(each.markup for each in self.events)

    @property
    def has_text(self) -> bool:
        """Whether it shows more than a note that something is to be written."""
        text = "".join(each.text for each in self.events if isinstance(each, TextRun))
        pictures = (isinstance(each, Open) and each.tag == "img" for each in self.events)
        return says_something(text) or any(pictures)


def sections(html: str, *, is_plain: bool) -> tuple[BodySection, ...]:
    """The sections of a body that became `html`; `is_plain` says that all readers read it alike."""
    return tuple(_Cutter(_LOOKS_LIKE_SECTION if is_plain else _LOOKS_LIKE_HEADING).cut(html))


class _Cutter:
    """Walks through the HTML once."""

    def __init__(self, look_alike: re.Pattern[str]) -> None:
        self._look_alike = look_alike
        self._open: list[str] = []
        """Elements that are open at the moment."""
        self._part: BodySection | None = None
        self._begins_line = True

    def cut(self, html: str) -> Iterator[BodySection]:
        stream = events(html)
        for event in stream:
            if isinstance(event, Open) and event.tag in _ENDS:
                if self._part:
                    yield self._finished(self._part)
                is_top = event.tag == "h2" and not self._open
                text, is_text = heading(event, stream)
                self._part = BodySection(text) if is_top and is_text and text else None
                self._begins_line = True
            elif rest := self._add(event):
                yield self._finished(rest)
        if self._part:
            yield self._finished(self._part)

    def _add(self, event: Event) -> BodySection | None:
        """Add what is no heading to the section. If a line in it looks like one, return the section."""
        if isinstance(event, TextRun):
            return self._add_text(event)
        if self._part:
            self._part.events.append(event)
        if isinstance(event, Close):
            self._open.pop()
        elif event.tag not in VOID:
            self._open.append(event.tag)
        self._begins_line = event.tag not in INLINE or (self._begins_line and event.tag != "code")
        return None

    def _add_text(self, event: TextRun) -> BodySection | None:
        part, text = self._part, event.text
        is_text = not any(tag in _AS_WRITTEN for tag in self._open)
        found = self._look_alike.search(text, 0 if self._begins_line else _second_line(text))
        self._begins_line = text.endswith("\n") or (self._begins_line and not text.strip())
        if part is None:
            return None
        if not (found and is_text):
            part.events.append(event)
            return None
        part.events.append(TextRun(text[: found.start()]))
        part.is_cut_short = True
        self._part = None
        return part

    def _finished(self, part: BodySection) -> BodySection:
        """Close in `part` whatever is still open."""
        part.events += [Close(tag) for tag in reversed(self._open)]
        return part


def _second_line(text: str) -> int:
    return text.find("\n") + 1 or len(text)
