"""Finds the sections of plain bodies by their lines: every reader of Markdown agrees on them.

Most bodies are plain, and reading them by lines takes a twentieth of the time that a parser takes. What is
plain was found by comparing readers on a hundred thousand bodies; `tests/attack` repeats that.
"""

import re
from collections.abc import Iterator
from functools import cache

from rolebook.language import Language, any_of, current

_MARKERS = r"(?:[^\S\n]|[>*+:~-]|\d+[.)]|\[\^[^\]\n]*\]:|\[[ xX]\][ ])*"
"""What may stand before a text on its line: blanks, and the marks of quotations, lists and definitions."""
# Parts between blank lines that cannot change how the text below them is read.
_CODE = re.compile(r"\n\n```[\w+.-]*\n(?:(?![^\S\n]*(?:```|~~~))[^\n]*\n)*?```(?=\n)")
_COMMENT = re.compile(r"\n\n<!--(?!-?>)(?:(?!--)[^<#])*-->(?=\n\n)")
_INLINE = re.compile(
    r'<(?:br ?/?|https?://[^\s<>]*|[\w.+-]+@[\w.-]+|img(?: [\w-]+="[^"<>\n]*")* ?/?)>'
    r"|<(b|i|em|strong|code|kbd|sub|sup|u|small)>[^<>\n`]*</\1>"
)
_HTML = re.compile(r"<[A-Za-z/!?%]")
_NAME = r"[^\\`*_\[\]<>{}&:\n#~^=$ ](?:[^\\`*_\[\]<>{}&:\n#~^=$]|:(?=[ \n])|&(?= ))*"
_HEADINGS = re.compile(rf"\n(?:\n(?:\#{{1,2}} {_NAME}|\#{{3,6}} [^\n\\{{#<]*[^\n\\{{#< ] ?)(?=\n))+")
_ODD_HEADING = re.compile(rf"\n{_MARKERS}\#")
_ODD_FENCE = re.compile(rf"\n{_MARKERS}(?:```|~~~)")
_UNDERLINE = re.compile(r"\n[ \t>]*(?:-+|=+)[ \t]*(?=\n)")

_HEADING = re.compile(r"^(#{1,2}) ([^\n]*)$", re.MULTILINE)
_DEFINITION = re.compile(r"\[([^\[\]]*)\]:")


def is_plain(body: str) -> bool:
    """Whether every reader of Markdown finds the same sections in `body`, each begun by a line `## …`."""
    text = f"\n\n{body}\n\n"
    if not text.replace("\n", " ").replace("\t", " ").isprintable():
        return False
    if "```" in text:
        text = _CODE.sub("\n\nx", text)
    if ("```" in text or "~~~" in text) and _ODD_FENCE.search(text):
        return False
    if "<" in text:
        text = _INLINE.sub("x", _COMMENT.sub("\n\nx", text))
        if _HTML.search(text):
            return False
    if "///" in text or "8<-" in text:
        return False
    if "#" in text:
        text = _HEADINGS.sub("\n\nx", text)
        if "#" in text and _ODD_HEADING.search(text):
            return False
    underlines = (
        _UNDERLINE.finditer(text) if any(mark in text for mark in ("\n-", "\n=", "\n ", "\n>")) else ()
    )
    return all(text[found.start() - 1] == "\n" for found in underlines)


def sections(body: str) -> Iterator[tuple[str, str]]:
    """The heading of each `##` section of a plain body, and the Markdown below it."""
    text = _CODE.sub(_blanked, f"\n\n{body}\n")
    parts = _HEADING.split(text)[1:]
    for level, heading, below in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if level == "##":
            yield heading.strip(), below


def has_text(markdown: str) -> bool:
    """Whether a section of a plain body says anything. A comment or a note of what to write is nothing."""
    return says_something(_COMMENT.sub("\n\n", f"\n\n{markdown}\n\n"))


def says_something(text: str) -> bool:
    """Whether a line of `text` is more than a note that something is to be written."""
    to_do = _to_do(current())
    return any(line.strip() and not to_do.match(line) for line in text.split("\n"))


@cache
def _to_do(language: Language) -> re.Pattern[str]:
    own = "".join(f"|(?:{any_of([note])}) *[.…:]*$" for note in language.words.to_do)
    noted = rf"[\W\d_]*(?:to do(?::|\s*$)|(?:todo|tbd|tba|lorem ipsum)\b{own})"
    return re.compile(noted, re.IGNORECASE)


def definitions(markdown: str) -> tuple[str, ...]:
    """Names of the link addresses that may be defined in a text, such as `board` in `[board]: https://…`."""
    return tuple(name.strip().lower() for name in _DEFINITION.findall(markdown))


def _blanked(code: re.Match[str]) -> str:
    """Blank out fenced code, so that nothing in it looks like a heading or a definition. Its length stays."""
    return "\n\n```" + re.sub(r"[^\n]", "x", code[0][5:])
