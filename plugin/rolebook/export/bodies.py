"""Makes Markdown from role and person files harmless: no HTML, and no address that runs.

The site cleans what Markdown has made of a body (`body.cleaning`); here another program makes it, and what
one program takes for code is text to another. So HTML, attribute lists, short codes, pictures of other hosts
and boxes that are called like parts of the theme are written as text in a way that holds for all: with
characters beside them that nobody sees and that no program takes for the beginning of anything. Character
references would be shown as they are in code.
"""

import re

from rolebook.body.cleaning import SCHEMES, is_known_class

_ACTIVE = re.compile(r"<(?=[A-Za-z/!?%])|&(?=#|colon|tab|newline)|\{", re.IGNORECASE)
_JOINER = "\u2060"
_AS_TEXT = {"<": f"<{_JOINER}", "&": f"&{_JOINER}", "{": f"{_JOINER}{{{_JOINER}"}
"""An attribute list follows a space or an element, and so not a joiner; nothing else begins with one."""
_RUNS = re.compile(r"\b(java[\s\\]*script|vb[\s\\]*script|data)([\s\\]*):", re.IGNORECASE)
_ADDRESS = re.compile(r"(\](?:\(|:)\s*)([a-z][\w+.\\-]*)([\s\\]*):", re.IGNORECASE)
"""Where a link leads, and its scheme."""
_TITLE = r"""(?:\s+(?:"[^"`\n]*"|'[^'`\n]*'))?"""
_FOREIGN_PICTURE = re.compile(rf"!(?=\[)(?!\[[^\[\]\\`\n]*\]\([\w.][\w./%~+-]*{_TITLE}\))")
"""A picture that is not, in all programs, one of the handbook's own files."""
_BOX = re.compile(r"(!!!|\?\?\?\+?)(?= ?([\w-]+(?: +[\w-]+)*))")


def harmless(markdown: str) -> str:
    """Disarm in `markdown` what runs, is fetched from another host or looks like a part of the theme."""
    text = _ACTIVE.sub(lambda found: _AS_TEXT[found[0]], markdown)
    text = _RUNS.sub(lambda found: f"{found[1]}{found[2]}{_JOINER}:", text)
    text = _ADDRESS.sub(_if_safe, text)
    text = _FOREIGN_PICTURE.sub(f"!{_JOINER}", text)
    return _BOX.sub(_if_known, text)


def _if_safe(address: re.Match[str]) -> str:
    return (
        address[0] if address[2].casefold() in SCHEMES else f"{address[1]}{_JOINER}{address[2]}{address[3]}:"
    )


def _if_known(box: re.Match[str]) -> str:
    return box[0] if all(map(is_known_class, box[2].split())) else f"{box[0]}{_JOINER}"
