"""Finds headings by the lines of a body, and says why readers of Markdown may find others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.language import N_

_HEADING = re.compile(r" {0,3}##[ \t](.*)")
_UNDERLINE = re.compile(r" {0,3}-+[ \t]*")
_TEXT = re.compile(r" {0,3}[^\W\d_]")
"""A line that is text to everybody: it begins with a letter."""
_COMMENT = re.compile(r"^ {0,3}<!--.*?-->", re.DOTALL | re.MULTILINE)
_TOP = re.compile(r" {0,3}#[ \t]+([^ \t].*)")
"""A heading of the first level."""
_LIKE_TOP = re.compile(r" {0,3}(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+)*(?:#[ \t]*[^\s#]|<[hH]1\b)")
"""One in a list or a quotation, without a blank, or in HTML: GitHub takes some of these for text."""
_SETEXT = re.compile(r" {0,3}=+[ \t]*")
_MAX_SHOWN = 60
_WORDS = re.compile(r"[^\W_]")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")


@dataclass(frozen=True, slots=True)
class Outside:
    """Where text is in no section."""

    line: int
    """In the body, from 1."""
    written: str
    """The line that begins no section; empty where the text is above all headings."""
    heading: str
    """The words of a heading of the first level; empty where the line may be meant as text."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A line that readers of Markdown take differently. What follows it is not shown outside."""

    line: int
    """In the body, from 1."""
    cause: str
    """As the key of its translations, as the next: what is found is kept."""
    remedy: str


def headings(body: str) -> Iterator[tuple[int, str]]:
    """The second-level headings of `body` that are not in fenced code or a comment, with their lines."""
    before, above = "", ""
    for number, line, is_code in numbered_lines(body):
        if not is_code and (found := _HEADING.fullmatch(line)):
            yield number, _without_closing_hashes(found[1].strip(" \t"))
        elif not is_code and _UNDERLINE.fullmatch(line) and _TEXT.match(above) and not before.strip():
            yield number - 1, above.strip()
        before, above = above, line


def merge_mark(body: str) -> int:
    """The line of `body`, from 1, at which a merge left both versions of a text; 0 where none did."""
    if "<<<<<<< " not in body or ">>>>>>> " not in body:
        return 0
    plain = [(number, line) for number, line, is_code in numbered_lines(body) if not is_code]
    first = next((number for number, line in plain if line.startswith("<<<<<<< ")), 0)
    return first if any(line.startswith(">>>>>>> ") for number, line in plain if number > first) else 0


def outside(body: str) -> Iterator[Outside]:
    """Where text of `body` is in no section: above all headings, or at one of the first level."""
    begun = {number for number, _ in headings(body)}
    lines = [*numbered_lines(body)]
    above, is_outside = Outside(0, "", ""), True
    for (number, line, is_code), below in zip(lines, [*(line for _, line, _ in lines[1:]), ""], strict=True):
        if number in begun:
            is_outside = False
        elif not is_code and (top := _top(number, line, below)):
            above, is_outside = top, True
            if not top.heading:
                yield top
                is_outside = False
        elif is_outside and _WORDS.search(line) and not _SETEXT.fullmatch(line):
            yield above if above.line else Outside(number, "", "")
            is_outside = False


def _top(number: int, line: str, below: str) -> Outside | None:
    """The heading of the first level that a line is; its text is empty where it may not be meant as one."""
    if found := _TOP.match(line):
        return Outside(number, _cut(line), _cut(_without_closing_hashes(found[1].strip(" \t"))))
    if _LIKE_TOP.match(line):
        return Outside(number, _cut(line), "")
    if _TEXT.match(line) and _SETEXT.fullmatch(below):
        return Outside(number, _cut(line), _cut(line))
    return None


def _cut(line: str) -> str:
    text = line.strip()
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def numbered_lines(body: str) -> Iterator[tuple[int, str, bool]]:
    """The lines of `body` without comments, from 1, and whether each is in or at the edge of fenced code."""
    fence = ""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), body)
    for number, line in enumerate(text.split("\n"), 1):
        was_code = bool(fence)
        if marker := _FENCE.match(line):
            if not fence:
                fence = marker[1]
            elif marker[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        yield number, line, was_code or bool(marker)


def _without_closing_hashes(title: str) -> str:
    bare = title.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else title


# Each pattern is tried on every line, whatever it holds: none may try a piece of a line in two ways.
_CAUSES = (
    (
        r"[ \t]*<!--(?!.*-->)",
        N_("a comment begins here and may hide a heading"),
        N_("Close it with --> on a line of its own, or delete it"),
    ),
    (r"[ \t]*<\?", N_("what begins with <? is never shown"), N_("Delete it, or write &lt;?")),
    (
        r"[ \t]*</?[hH][1-6]\b",
        N_("a heading is written as HTML"),
        N_("Write it as a line that begins with '## '"),
    ),
    (
        r" {0,3}#{1,2}[^\s#]",
        N_("there is no space after the #"),
        N_("Write '## ' and then the heading; where # is text, write \\#"),
    ),
    (
        r"(?:[ \t]|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))+#{1,2}(?:[ \t]|\w)",
        N_("a heading is indented, or in a list or a quotation"),
        N_("Begin it at the start of its line, below a blank line; where # is text, write \\#"),
    ),
    (
        r"[ \t]*(?:`{3,}|~{3,})",
        N_("fenced code may not be closed in the way it was opened"),
        N_("Write ``` alone on a line above the code and below it"),
    ),
    (
        r"[ \t]*</?[A-Za-z]",
        N_("HTML is next to a heading, or is not closed"),
        N_("Put a blank line below it, and close what it opens"),
    ),
    (
        r"[ \t]*(?:-+|=+)[ \t]*$",
        N_("some programs take the text above this line for a heading"),
        N_("Put a blank line above it, or write the heading as a line that begins with '## '"),
    ),
    (
        r".*[\x0b\x0c\x1c-\x1e\x85\xa0\u200b-\u200f\u2028\u2029\ufeff]",
        N_("this line has a character that cannot be seen"),
        N_("Type the line again"),
    ),
)
_PATTERNS = tuple((re.compile(pattern), cause, remedy) for pattern, cause, remedy in _CAUSES)


_ODD_WORDS = re.compile(r"[<{]|\]\(|\]\[|&#?\w+;")
"""What makes of the words of a heading others: HTML, attributes, links, characters by their names."""
_LOOK_ALIKE = re.compile(
    r"^[^\w\n#&\\]*(?:\d{1,9}[.)][^\w\n#&\\]*)?"
    r"(?:\\[#=-]|&(?:#0{0,5}35|#[xX]0{0,5}23|num);|(?<=[^\n])#{1,2}(?!#))",
    re.MULTILINE,
)


def look_alike(body: str) -> Disagreement | None:
    """The first line that is no heading and may look like one where it is shown."""
    found = _LOOK_ALIKE.search(body)
    if not found:
        return None
    line = body.count("\n", 0, found.end()) + 1
    return Disagreement(
        line,
        N_("this line looks like a heading and is none, so the section ends here"),
        N_("Put a word before the # or the line, or write '## ' and then the heading"),
    )


def difference(body: str) -> Disagreement:
    """The most likely reason why readers find other sections in `body`."""
    lines = body.split("\n")
    for pattern, cause, remedy in _PATTERNS:
        for number, line in enumerate(lines, 1):
            if pattern.match(line):
                return Disagreement(number, cause, remedy)
    begun = tuple(headings(body))
    if odd := next((number for number, text in begun if _ODD_WORDS.search(text)), 0):
        hint = N_("Write the heading as plain words, such as '## Purpose'")
        return Disagreement(odd, N_("a heading is more than plain words"), hint)
    above = next((number for number, _ in begun if number > 1 and lines[number - 2].strip()), 1)
    return Disagreement(above, N_("there is no blank line above a heading"), N_("Put a blank line above it"))
