"""What authors of role and person files wrote, as Markdown that brings no HTML and no address that runs.

The site cleans what Markdown has made of a body (`body.cleaning`); here another program makes it. What
one program takes for code is text to another, so HTML, attribute lists and short codes are written as text
everywhere, in code as well: there, the character reference is shown.
"""

import re

_HTML = re.compile(r"<(?=[A-Za-z/!?%])|&(?=#|colon|tab|newline)|\{", re.IGNORECASE)
_AS_TEXT = {"<": "&lt;", "&": "&amp;", "{": "&#123;"}
_RUNS = re.compile(r"\b(java[\s\\]*script|vb[\s\\]*script|data)([\s\\]*):", re.IGNORECASE)


def harmless(markdown: str) -> str:
    """`markdown` without HTML and attributes of its own, and without addresses that run."""
    escaped = _HTML.sub(lambda found: _AS_TEXT[found[0]], markdown)
    return _RUNS.sub(lambda found: f"{found[1]}{found[2]}\u2060:", escaped)
