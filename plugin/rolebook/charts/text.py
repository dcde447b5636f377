"""Prepares what is written into a chart: cleans, measures and breaks text, and checks addresses."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from rolebook.wording import NO_BREAK

_NARROW = frozenset("iljtfrI.,:;'|!()[]{}·/-` ")
_WIDE = frozenset("mwMWQ@%&#+<=>^~—…▲")
_MARKS = (f"{NO_BREAK}▲", NO_BREAK)
"""Where a word that is too wide is broken first: before the mark of who has too much work."""
_SAFE_ADDRESS = re.compile(r"(?:\.\./)*(?:[A-Za-z0-9._~%-][A-Za-z0-9._~/%-]*)?(?:#[A-Za-z0-9_-]+)?")
_EM = {"narrow": 0.36, "usual": 0.58, "capital": 0.71, "wide": 0.93, "full": 1.05}
"""Width of a character in ems: a little more than in the widest of the usual system fonts."""


@lru_cache(maxsize=2**14)  # a role stands in the charts of all its neighbours
def cleaned(text: str) -> str:
    """Bring text to NFC on one line, without control, format and direction characters; joiners stay."""
    kept = (
        " " if char.isspace() and char != NO_BREAK else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or char in "\u200c\u200d" or not unicodedata.category(char).startswith("C")
    )
    return " ".join(word for word in "".join(kept).split(" ") if word)


def width(text: str, size: float) -> float:
    """About how wide `text` is drawn at a font size, in the size's unit; rather more than less."""
    return size * sum(map(_ems, text))


@cache
def _ems(char: str) -> float:
    return _EM[_kind(char)]


def _kind(char: str) -> str:
    if char in _NARROW or char == NO_BREAK:
        return "narrow"
    if char in _WIDE:
        return "wide"
    if char.isascii():
        return "capital" if char.isupper() else "usual"
    if unicodedata.combining(char):
        return "narrow"
    if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF:
        return "full"
    return "capital"


@lru_cache(maxsize=2**14)
def lines(text: str, room: float, size: float, most: int) -> tuple[str, ...]:
    """Break `text` into at most `most` lines that fit into `room`; what is cut off ends with an ellipsis."""
    found: list[str] = []
    for word in _pieces(text, room, size):
        if found and width(f"{found[-1]} {word}", size) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) <= most:
        return tuple(found)
    return (*found[: most - 1], _ended(found[most - 1], room, size))


def _pieces(text: str, room: float, size: float) -> Iterator[str]:
    """The words of `text`, those wider than `room` broken."""
    for word in text.split(" "):
        yield from _parts(word, room, size)


def _parts(word: str, room: float, size: float) -> Iterator[str]:
    if word and width(word, size) <= room:
        yield word
        return
    for mark in _MARKS:
        if mark in word.strip(NO_BREAK):
            first, _, last = word.strip(NO_BREAK).partition(mark)
            yield from _parts(first, room, size)
            yield from _parts(mark.lstrip(NO_BREAK) + last, room, size)
            return
    piece = ""
    for char in word:
        if piece and width(piece + char, size) > room:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def breakable(text: str, room: float, size: float) -> str:
    """`text` with places at which a word that is wider than `room` may be broken."""
    return " ".join("\N{ZERO WIDTH SPACE}".join(_parts(word, room, size)) for word in text.split(" "))


def _ended(line: str, room: float, size: float) -> str:
    while width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def safe_address(address: str) -> str:
    """Keep `address` if it is a plain relative one: a link that could do harm becomes empty."""
    return address if _SAFE_ADDRESS.fullmatch(address) else ""
