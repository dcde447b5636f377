"""Marks finished HTML in a page's Markdown, takes it out before the conversion, and puts it back after it.

A page's text is Markdown all the way through, as any generator reads it. A driver that can insert HTML
itself takes the finished parts out first: to convert them would take longer than everything else, and
change nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

# Markdown drops these two characters wherever it finds them, so nobody can mean them.
_BEGIN, _END = "\x02", "\x03"
_FINISHED = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
_PLACE = re.compile(r'<hr data-rolebook="(\d+)" ?/?>')


def finished(html: str) -> Markup:
    """Mark `html` as finished: Markdown leaves it as it is. It must be whole elements, on lines of their own.

    Templates use it as a filter, for what they write as HTML.
    """
    return Markup(f"{_BEGIN}{unmarked(html)}{_END}")


def unmarked(text: str) -> str:
    """`text` without marks."""
    return str(text).replace(_BEGIN, "").replace(_END, "")


@dataclass(frozen=True, slots=True)
class Parts:
    """The text of a page, taken apart."""

    markdown: str
    """What Rolebook wrote. A `<hr>` with a number stands for each finished part, the last for `authored`."""
    finished: tuple[str, ...] = ()
    authored: str | None = None
    """Markdown of the role's or person's file; None on a page of ours alone."""


def apart(text: str, mark: str) -> Parts:
    """Take the page `text` apart. What an author wrote, if anything, stands between two `mark`s."""
    before, *rest = text.split(mark) if mark else [text]
    parts: list[str] = []

    def taken(found: re.Match[str]) -> str:
        parts.append(found[1])
        return _place(len(parts) - 1)

    if len(rest) != 2:
        return Parts(unmarked(_FINISHED.sub(taken, "".join((before, *rest)))), tuple(parts))
    authored, after = rest
    ours = unmarked(_FINISHED.sub(taken, f"{before}{mark}{after}"))
    return Parts(ours.replace(mark, _place(len(parts))), tuple(parts), authored)


def _place(number: int) -> str:
    return f'\n<hr data-rolebook="{number}">\n\n'


def together(html: str, parts: Sequence[str]) -> str:
    """Put each of `parts` into its place in the page's HTML.

    Whoever writes such a rule in a file of their own gets another copy of their page's part, or the rule.
    """

    def put(found: re.Match[str]) -> str:
        number = int(found[1])
        return parts[number] if number < len(parts) else found[0]

    return _PLACE.sub(put, html)
