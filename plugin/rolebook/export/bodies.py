"""What authors of role and person files wrote, as Markdown that brings no HTML and no address that runs.

The site cleans what Markdown has made of a body (`body.cleaning`); here another program makes it, and what
one program takes for code is text to another. So HTML, attribute lists and short codes are written as text
everywhere: outside code as character references, which code would show; inside it with characters beside them
that nobody sees and that no program takes for the beginning of anything.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from rolebook.pages.links import code

_ACTIVE = re.compile(r"<(?=[A-Za-z/!?%])|&(?=#|colon|tab|newline)|\{", re.IGNORECASE)
_AS_TEXT = {"<": "&lt;", "&": "&amp;", "{": "&#123;"}
_JOINER = "\u2060"
_IN_CODE = {"<": f"<{_JOINER}", "&": f"&{_JOINER}", "{": f"{_JOINER}{{{_JOINER}"}
"""An attribute list follows a space or an element, and so not a joiner; nothing else begins with one."""
_RUNS = re.compile(r"\b(java[\s\\]*script|vb[\s\\]*script|data)([\s\\]*):", re.IGNORECASE)


def harmless(markdown: str, code_in: Callable[[str], Iterable[tuple[int, int]]] = code) -> str:
    """`markdown` without HTML and attributes of its own, and without addresses that run.

    `code_in` says where code is; whatever it says, nothing runs.
    """
    parts, at = [], 0
    for start, end in code_in(markdown):
        parts += [_written(markdown[at:start], _AS_TEXT), _written(markdown[start:end], _IN_CODE)]
        at = end
    escaped = "".join((*parts, _written(markdown[at:], _AS_TEXT)))
    return _RUNS.sub(lambda found: f"{found[1]}{found[2]}{_JOINER}:", escaped)


def _written(text: str, forms: Mapping[str, str]) -> str:
    return _ACTIVE.sub(lambda found: forms[found[0]], text)
