"""What authors of role and person files wrote, as Markdown that brings no HTML and no address that runs.

The site cleans what Markdown has made of a body (`mkdocs_plugin.cleaning`); here somebody else's program
makes it, so whatever could become HTML is written as text. Only fenced code that every dialect takes for code
is left as it is; in other code, the character reference is shown.
"""

import re

_FENCE = re.compile(r"(`{3,}|~{3,}) ?[\w+-]*[ \t]*")
_HTML = re.compile(r"<(?=[A-Za-z/!?])|&(?=#|colon|tab|newline)", re.IGNORECASE)
_RUNS = re.compile(r"\b(java\s*script|vb\s*script|data)\s*:", re.IGNORECASE)


def harmless(markdown: str) -> str:
    """`markdown` without HTML of its own, and without addresses that run."""
    lines = markdown.split("\n")
    shown: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of_code(lines, at)
        if end:
            shown += lines[at:end]
            at = end
        else:
            shown.append(_text(lines[at]))
            at += 1
    return "\n".join(shown)


def _end_of_code(lines: list[str], start: int) -> int:
    """The place behind the fenced code that begins at `start`; 0 where none begins, or it is never closed."""
    opening = _FENCE.fullmatch(lines[start])
    if not opening:
        return 0
    closing = (at for at in range(start + 1, len(lines)) if lines[at].rstrip() == opening[1])
    return next(closing, -1) + 1


def _text(line: str) -> str:
    escaped = _HTML.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", line)
    return _RUNS.sub(lambda found: f"{found[1]}\u2060:", escaped)
