"""Finds headings by the lines of a body, and says why readers of Markdown may find others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r" {0,3}##[ \t](.*)")
_UNDERLINE = re.compile(r" {0,3}-+[ \t]*")
_TEXT = re.compile(r" {0,3}[^\W\d_]")
"""A line that is text to everybody: it begins with a letter."""
_COMMENT = re.compile(r"^ {0,3}<!--.*?-->", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A line that readers of Markdown take differently. What follows it is not shown outside."""

    line: int
    """In the body, from 1."""
    cause: str
    remedy: str


def headings(body: str) -> Iterator[tuple[int, str]]:
    """The second-level headings of `body` that are not in fenced code or a comment, with their lines."""
    fence, before, above = "", "", ""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), body)
    for number, line in enumerate(text.split("\n"), 1):
        if marker := _FENCE.match(line):
            if not fence:
                fence = marker[1]
            elif marker[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif not fence and (found := _HEADING.fullmatch(line)):
            yield number, _without_closing_hashes(found[1].strip(" \t"))
        elif not fence and _UNDERLINE.fullmatch(line) and _TEXT.match(above) and not before.strip():
            yield number - 1, above.strip()
        before, above = above, line


def _without_closing_hashes(title: str) -> str:
    bare = title.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else title


# Each pattern is tried on every line, whatever it holds: none may try a piece of a line in two ways.
_CAUSES = (
    (
        r"[ \t]*<!--(?!.*-->)",
        "a comment begins here and may hide a heading",
        "Close it with --> on a line of its own, or delete it",
    ),
    (r"[ \t]*<\?", "what begins with <? is never shown", "Delete it, or write &lt;?"),
    (r"[ \t]*</?[hH][1-6]\b", "a heading is written as HTML", "Write it as a line that begins with '## '"),
    (
        r" {0,3}#{1,2}[^\s#]",
        "there is no space after the #",
        "Write '## ' and then the heading; where # is text, write \\#",
    ),
    (
        r"(?:[ \t]|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))+#{1,2}(?:[ \t]|\w)",
        "a heading is indented, or in a list or a quotation",
        "Begin it at the start of its line, below a blank line; where # is text, write \\#",
    ),
    (
        r"[ \t]*(?:`{3,}|~{3,})",
        "fenced code may not be closed in the way it was opened",
        "Write ``` alone on a line above the code and below it",
    ),
    (
        r"[ \t]*</?[A-Za-z]",
        "HTML is next to a heading, or is not closed",
        "Put a blank line below it, and close what it opens",
    ),
    (
        r"[ \t]*(?:-+|=+)[ \t]*$",
        "some programs take the text above this line for a heading",
        "Put a blank line above it, or write the heading as a line that begins with '## '",
    ),
    (
        r".*[\x0b\x0c\x1c-\x1e\x85\xa0\u200b-\u200f\u2028\u2029\ufeff]",
        "this line has a character that cannot be seen",
        "Type the line again",
    ),
)
_PATTERNS = tuple((re.compile(pattern), cause, remedy) for pattern, cause, remedy in _CAUSES)


def difference(body: str) -> Disagreement:
    """The most likely reason why readers find other sections in `body`."""
    lines = body.split("\n")
    for pattern, cause, remedy in _PATTERNS:
        for number, line in enumerate(lines, 1):
            if pattern.match(line):
                return Disagreement(number, cause, remedy)
    above = next((number for number, _ in headings(body) if number > 1 and lines[number - 2].strip()), 1)
    return Disagreement(above, "there is no blank line above a heading", "Put a blank line above it")
