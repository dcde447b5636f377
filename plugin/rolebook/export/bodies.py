"""What authors of role and person files wrote, as Markdown that brings no HTML and no address that runs.

The site cleans what Markdown has made of a body (`body.cleaning`); here another program makes it, and what
one program takes for code is text to another. So HTML, attribute lists and short codes are written as text in
a way that holds for both: with characters beside them that nobody sees and that no program takes for the
beginning of anything. Character references would be shown as they are in code.
"""

import re

_ACTIVE = re.compile(r"<(?=[A-Za-z/!?%])|&(?=#|colon|tab|newline)|\{", re.IGNORECASE)
_JOINER = "\u2060"
_AS_TEXT = {"<": f"<{_JOINER}", "&": f"&{_JOINER}", "{": f"{_JOINER}{{{_JOINER}"}
"""An attribute list follows a space or an element, and so not a joiner; nothing else begins with one."""
_RUNS = re.compile(r"\b(java[\s\\]*script|vb[\s\\]*script|data)([\s\\]*):", re.IGNORECASE)


def harmless(markdown: str) -> str:
    """`markdown` without HTML and attributes of its own, and without addresses that run."""
    escaped = _ACTIVE.sub(lambda found: _AS_TEXT[found[0]], markdown)
    return _RUNS.sub(lambda found: f"{found[1]}{found[2]}{_JOINER}:", escaped)
