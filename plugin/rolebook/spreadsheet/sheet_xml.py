"""Reads the rows and cells of a workbook's sheets tag by tag, each once; nothing in them is followed.

Forms: ECMA-376 part 1 (SpreadsheetML), 18.3.1.4 "c (Cell)", 18.3.1.73 "row (Row)"; OpenDocument 1.3 part 3,
9.1.4 "table:table-cell".
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""Of a sheet, in all formats."""
ATTRIBUTES = r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*"""
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
TAGS = re.compile(rf"<(?:\w+:)?(row|c)\b({ATTRIBUTES})>")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
OPEN_TAGS = re.compile(rf"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])({ATTRIBUTES})>")


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a tag."""
    return {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(text)}


def is_on(mark: re.Pattern[str], xml: str) -> bool:
    """Whether a property such as `<strike/>`, for which `mark` looks, is there and not switched off."""
    found = mark.search(xml)
    return found is not None and attributes_of(found[1]).get("val") not in ("0", "false")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of Office Open XML."""

    row: int
    column: int
    """From 0."""
    about: Mapping[str, str]
    """Its attributes."""
    content: str


def cells_of_sheet(text: str) -> Iterator[SheetCell]:
    """The cells of the sheet `text` that a spreadsheet has room for."""
    tags = list(TAGS.finditer(text))
    ends = [each.start() for each in tags[1:]] + [len(text)]
    row, column = -1, -1
    for tag, end in zip(tags, ends, strict=False):
        about = attributes_of(tag[2])
        place = _PLACE.fullmatch(about.get("r", "")) if tag[1] == "c" else None
        if tag[1] == "row":
            row, column = int(about["r"]) - 1 if about.get("r", "").isdecimal() else row + 1, -1
            continue
        row, column = (int(place[2]) - 1, _column(place[1])) if place else (row, column + 1)
        if 0 <= row < MAX_ROWS and column < MAX_COLUMNS:
            yield SheetCell(row, column, about, text[tag.end() : end])


def place_of(reference: str) -> tuple[int, int] | None:
    """The row and the column, from 0, of a cell that is called such as B3."""
    place = _PLACE.fullmatch(reference)
    return (int(place[2]) - 1, _column(place[1])) if place else None


def _column(letters: str) -> int:
    """The number of a column, from 0, such as 27 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell of OpenDocument, which may stand for several beside and below it."""

    about: str
    """Its attributes."""
    content: str
    rows: range
    columns: range


def open_cells(xml: bytes, sheet: str) -> Iterator[OpenCell]:
    """The cells of the sheet of an OpenDocument."""
    text = xml.decode(errors="replace")
    tags = list(OPEN_TAGS.finditer(text))
    ends = [each.start() for each in tags[1:]] + [len(text)]
    is_here, rows, column = False, range(0), 0
    for tag, end in zip(tags, ends, strict=False):
        if tag[1] == "table":
            is_here, rows = attributes_of(tag[2]).get("table:name") == sheet, range(0)
        elif not is_here:
            continue
        elif tag[1] == "table-row":
            rows = range(rows.stop, min(MAX_ROWS, rows.stop + repeated(tag[2], "rows")))
            column = 0
        else:
            times = min(repeated(tag[2], "columns"), MAX_COLUMNS - column)
            yield OpenCell(tag[2], text[tag.end() : end], rows, range(column, column + times))
            column += times


def repeated(attributes: str, what: str) -> int:
    """For how many rows or columns a tag of OpenDocument stands."""
    return number_in(attributes, f"{what}-repeated")


def number_in(attributes: str, what: str) -> int:
    """A number that a tag of OpenDocument has for a table; 1 without one."""
    found = re.search(rf"""\btable:number-{what}=["']([0-9]{{1,10}})["']""", attributes)
    return int(found[1]) if found else 1
