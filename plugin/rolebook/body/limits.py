"""Limits what a body may hold: no file keeps Markdown's readers busy (see tests/attack/test_limits.py)."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from rolebook.files import MAX_BYTES, UNREADABLE_FILE
from rolebook.front_matter import MarkdownFile
from rolebook.language import N_, gettext
from rolebook.problems import Problem

# What follows bounds the work that a body makes for Markdown's readers, some of which grows with the square
# of what is in it: tests/attack/test_limits.py measures that.
MAX_BODY_NESTING = 50
"""Lists and quotes in a body; Markdown's readers give up at about a hundred."""
MAX_LINES = 1_500
"""Of a body; a hundred kilobytes of prose have fewer."""
MAX_MARKS = 10_000
"""Characters of a body that mean something in Markdown, such as * and `."""
MAX_CELLS = 4_000
"""Columns times rows of the tables of a body."""
MAX_MARKERS = 5_000
"""Signs of lists and quotes at the beginnings of a body's lines."""
MAX_ABBREVIATIONS = 100
"""In a body; each is looked for in every word."""
MAX_BLOCKS = 500
"""Lines of a body that open or close a block with ///."""
MAX_CONTENTS = 5
"""Tables of contents in a body: each lists every heading."""
MAX_ACCENTS = 30
"""Marks on one letter: Unicode has them put in order, which takes the square of their number."""
MAX_BLANKS = 1_000
"""Side by side: some extensions look for the end of them from each."""
MAX_SEARCHED = 5_000_000
"""In each paragraph, the number of [ and < times its length: a reader looks for the end of each."""
# With the line end before it a line is found several times as fast as with ^.
_DEEP = re.compile(rf"\n(?:\t| {{4}}|>[ ]?|[-*+][ \t]+|\d+[.)][ \t]+){{{MAX_BODY_NESTING + 1}}}")
_MARK = re.compile(r"[\\\\*_`\[\]<>&!~|#^=+{}:@$\"']|[Ww][Ww][Ww]\.")
"""Quotation marks are made curly by one extension, and www. is an address to another."""
_DELIMITERS = re.compile(r"\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+(?=\n|\Z)")
"""The row of a table between its head and its body."""
_LEADING = re.compile(r"\n[ \t]*(?:(?:>|(?:[-*+]|\d+[.)])[ \t])[ \t]*)+")
"""The signs of lists and quotes that a line begins with."""
_BLANKS = re.compile(rf"(?<![^\S\n])[^\S\n]{{{MAX_BLANKS + 1}}}")
_SIGNS = re.compile(rf"[^\w\x00-\x7f]{{{MAX_ACCENTS + 1},}}")
_ABBREVIATION = re.compile(r"\n[ \t>]*\*\[")
_BLOCK = re.compile(r"\n[ \t>]*///")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0\ufdd1]")
"""Characters that no text needs: they would reach a terminal, or programs use them for themselves."""


def problem(document: MarkdownFile) -> Problem | None:
    """Why no page can be made of the body of `document`."""
    body = UNSEEN.sub("", document.body)
    if deep := _DEEP.search(f"\n{body}"):
        line = document.body_line + body.count("\n", 0, deep.start())
        message = gettext("lists and quotes are nested more than %(most)s deep", most=MAX_BODY_NESTING)
        return Problem(UNREADABLE_FILE, document.path, line, message, gettext("Use fewer levels"))
    for message, amount, limit in _amounts(body):
        if amount > limit:
            hint = gettext("Split it into several pages")
            return Problem(UNREADABLE_FILE, document.path, 0, gettext(message, most=limit), hint)
    return None


def _amounts(body: str) -> Iterator[tuple[str, int, int]]:
    """Measure what makes work in `body`: what is said of too much, how much there is and may be."""
    yield N_("the page has more than %(most)s lines"), body.count("\n") + 1, MAX_LINES
    if len(body) > MAX_MARKS:
        message = N_(
            "the page has more than %(most)s characters such as * and `, which mean something in Markdown"
        )
        yield message, len(_MARK.findall(body)), MAX_MARKS
    if "*[" in body or "///" in body:
        message = N_("the page has more than %(most)s abbreviations")
        yield message, _times(_ABBREVIATION, body), MAX_ABBREVIATIONS
        message = N_("the page has more than %(most)s lines that begin with ///")
        yield message, _times(_BLOCK, body), MAX_BLOCKS
    longest = MAX_BLANKS + 1 if _BLANKS.search(body) else 0
    yield N_("the page has more than %(most)s spaces in a row"), longest, MAX_BLANKS
    if not body.isascii():
        message = N_("the page has more than %(most)s marks on one letter")
        yield message, max(_accents(body), default=0), MAX_ACCENTS
    message = N_("the page has more than %(most)s tables of contents, [TOC]")
    yield message, body.count("[TOC]"), MAX_CONTENTS
    signs = sum(sum(map(each.count, "-*+>.)")) for each in _LEADING.findall(f"\n{body}"))
    yield N_("the page has more than %(most)s signs of lists and quotes"), signs, MAX_MARKERS
    # A column takes four characters at least, and a row two: cells are at most a 32nd of the square.
    if "|" in body and len(body) ** 2 > 32 * MAX_CELLS:
        yield N_("the page has more than %(most)s cells in tables"), sum(_cells(body)), MAX_CELLS
    if body.count("[") + body.count("<") > MAX_SEARCHED // MAX_BYTES:
        searched = sum((part.count("[") + part.count("<")) * len(part) for part in body.split("\n\n"))
        message = N_("the page has too many of the characters [ and < in one paragraph")
        yield message, searched, MAX_SEARCHED


def _times(beginning: re.Pattern[str], body: str) -> int:
    return len(beginning.findall(f"\n{body}"))


def _accents(body: str) -> Iterator[int]:
    """The number of marks on one letter, for letters with many."""
    for run in _SIGNS.findall(body):
        for is_mark, some in groupby(run, key=lambda char: unicodedata.combining(char) > 0):
            yield sum(1 for _ in some) if is_mark else 0


def _cells(body: str) -> Iterator[int]:
    """The number of cells of each table, or more."""
    for row in _DELIMITERS.finditer(body):
        end = body.find("\n\n", row.end())
        rows = body.count("\n", row.end(), end if end >= 0 else len(body)) + 1
        yield (row[0].count("|") + 1) * rows
