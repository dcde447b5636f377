"""HTML that is ready, told apart from the Markdown around it.

A page's text is Markdown all the way through, as any generator reads it. A driver that can insert HTML
itself takes the ready parts out first: to convert them would take longer than all else, and change nothing.
"""

import re

from markupsafe import Markup

# Markdown drops these two characters wherever it finds them, so nobody can mean them.
_BEGIN, _END = "\x02", "\x03"
_READY = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
_PLACE = re.compile(r'<hr data-rolebook="(\d+)" ?/?>')


def ready(html: str) -> Markup:
    """`html` marked as ready: whole elements, on lines of their own."""
    return Markup(f"{_BEGIN}{unmarked(html)}{_END}")


def unmarked(text: str) -> str:
    """`text` without marks."""
    return str(text).replace(_BEGIN, "").replace(_END, "")


def apart(text: str) -> tuple[str, tuple[str, ...]]:
    """The Markdown of `text` with a rule in the place of each ready part, and the parts."""
    parts: list[str] = []

    def taken(found: re.Match[str]) -> str:
        parts.append(found[1])
        return f'\n<hr data-rolebook="{len(parts) - 1}">\n\n'

    return unmarked(_READY.sub(taken, text)), tuple(parts)


def together(html: str, parts: tuple[str, ...]) -> str:
    """The page's HTML with each of `parts` in its place.

    Whoever writes such a rule in a file of their own gets another copy of their page's part, or the rule.
    """

    def put(found: re.Match[str]) -> str:
        number = int(found[1])
        return parts[number] if number < len(parts) else found[0]

    return _PLACE.sub(put, html)
