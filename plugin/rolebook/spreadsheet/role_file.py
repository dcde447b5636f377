"""Writes role files: front matter as YAML that reads back exactly, and a body of plain text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rolebook.escaping import printable
from rolebook.schema.declarations import declarations, shown_name
from rolebook.schema.records import RoleFields
from rolebook.spreadsheet.table import shortened
from rolebook.yaml_text import scalar

ORDER = tuple(map(shown_name, declarations(RoleFields)))
_PLACES = {name: place for place, name in enumerate(ORDER)}
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
"""YAML forbids them even in comments."""
_MAX_COMMENT = 300
"""Characters of a cell that a comment shows."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A line for whoever reviews the file."""

    text: str


@dataclass(frozen=True, slots=True)
class Between:
    """A range of numbers, such as 8 to 10 hours."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Written:
    """A field as YAML that has been looked at."""

    yaml: str


Value = str | Decimal | Between | tuple[str, ...] | Comment | Written


def role_file(
    fields: Iterable[tuple[str, Value]], body: str = "", *, is_markdown: bool = False, own: Iterable[str] = ()
) -> str:
    """Write a role file: these fields in the order of `RoleFields`, a body of plain text or Markdown.

    Comments stand where the field they are about would; those about no field stand first, and the owner's
    `own` fields last.
    """
    places = {**dict.fromkeys(own, len(ORDER)), **_PLACES}
    ordered = sorted(fields, key=lambda field: places.get(field[0], -1))
    front = "".join(line(name, value) for name, value in ordered)
    shown = body.strip("\n") if is_markdown else plain_body(body)
    return f"---\n{front}---\n" + (f"\n{shown}\n" if shown else "")


def left_out(name: str, cell: str, why: str) -> Comment:
    """Make a comment that keeps a `cell`, since it cannot be used as the field `name`."""
    return Comment(f"{name}: {shortened(cell, _MAX_COMMENT)}  ({why})")


_ALSO_CALLED = {
    "weekly_hours": ("fte",),
    "lead": ("owner",),
    "members": ("owner", "as", "weekly_hours", "fte"),
}
"""Other names that a comment about a field can have."""


def without_left_out(front: str, names: Iterable[str]) -> str:
    """Front matter without the comments in which an import kept cells for the fields `names`."""
    called = {other for name in names for other in (name, *_ALSO_CALLED.get(name, ()))}
    any_name = "|".join(map(re.escape, sorted(called)))
    return re.sub(rf"^# (?:{any_name}): .*  \(row \d+ of .*\)\r?\n", "", front, flags=re.MULTILINE)


def line(name: str, value: Value) -> str:
    """The field as YAML, with its line ends."""
    if isinstance(value, Comment):
        return f"# {_NONCHARACTERS.sub('', printable(value.text))}\n"
    if isinstance(value, Written):
        return value.yaml
    if isinstance(value, Decimal):
        return f"{name}: {number(value)}\n"
    if isinstance(value, Between):
        return f"{name}: {{min: {number(value.low)}, max: {number(value.high)}}}\n"
    if isinstance(value, tuple):
        return f"{name}:\n" + "".join(f"  - {scalar(each)}\n" for each in value)
    return f"{name}: {scalar(value)}\n"


def number(value: Decimal) -> str:
    """`value` in digits, without zeros at the end of its fraction."""
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


_ALWAYS = frozenset("\\`*_{}[]<>&#+=~^|$@")
_FIRST_WORD = re.compile(r"\w*[.)]")
_COLON = re.compile(r":(?=\S)")
_DASHES = re.compile(r"--+")
_WEB = re.compile(r"(?<=www)\.", re.IGNORECASE)


def plain_body(text: str) -> str:
    """`text` as Markdown that shows it and does nothing: a paragraph a line, without indents.

    Whatever a generator might read as Markdown, HTML, a snippet, a template or a link is written as
    a character reference, which is text in every dialect.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(_plain_line(line) for line in lines if line)


def _plain_line(line: str) -> str:
    active = {at for at, char in enumerate(line) if char in _ALWAYS}
    if line[0].isascii() and not line[0].isalnum():
        active.add(0)
    if first := _FIRST_WORD.match(line):
        active.add(first.end() - 1)
    for pattern in (_COLON, _DASHES, _WEB):
        active.update(at for found in pattern.finditer(line) for at in range(*found.span()))
    return "".join(f"&#{ord(char)};" if at in active else char for at, char in enumerate(line))
