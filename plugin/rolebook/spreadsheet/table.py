"""An export as columns and rows: decoding, delimiter, quotation marks, row numbers."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.problems import Problem, Rule, Severity
from rolebook.spreadsheet.guard import unguarded

UNUSABLE_TABLE = Rule(
    "unusable-table", Severity.ERROR, "Without columns and rows there is nothing to import."
)
GUESSED_ENCODING = Rule(
    "guessed-encoding", Severity.WARNING, "Read in the wrong encoding, names lose their accents."
)
BROKEN_QUOTES = Rule(
    "broken-quotes",
    Severity.WARNING,
    "A quotation mark that is never closed swallows the rows that follow.",
)
RAGGED_ROW = Rule(
    "ragged-row", Severity.WARNING, "A cell too many or too few moves others under wrong headings."
)
CONTROL_CHARACTERS = Rule(
    "control-characters", Severity.WARNING, "Invisible characters in a name make it another name."
)
RULES = (UNUSABLE_TABLE, GUESSED_ENCODING, BROKEN_QUOTES, RAGGED_ROW, CONTROL_CHARACTERS)

DELIMITERS = (",", ";", "\t")
"""Those that are looked for; of two that fit equally, the first."""
_LARGEST_CELL = 2**31 - 1
"""Characters; the most that the csv module accepts on every platform."""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SAVE_AS = "Save it from the spreadsheet as 'CSV UTF-8'"


@dataclass(frozen=True, slots=True)
class Row:
    """One record of an export."""

    file: str
    number: int
    """As a spreadsheet numbers it: the header is 1 where nothing stands above it."""
    cells: tuple[str, ...]
    """One a column, in the order of the columns."""
    beyond: tuple[str, ...] = ()
    """Cells that stand to the right of the last column, where they are not empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """One export."""

    file: str
    """Its name, as it is told."""
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty_rows: int
    problems: tuple[Problem, ...]


def one_line(text: str) -> str:
    """`text` with every run of white space as one space, and none around it."""
    return " ".join(text.split())


def shortened(text: str, most: int = 80) -> str:
    """`text`, or its first `most` characters."""
    return text if len(text) <= most else f"{text[:most]}…"


def parse_table(file: str, data: bytes, delimiter: str = "") -> Table | Problem:
    """The export `data`; or why it cannot be used. Without `delimiter`, the header tells it."""
    decoded = _decode(file, data)
    if isinstance(decoded, Problem):
        return decoded
    text, problems = decoded
    records, broken = _records(text, delimiter or _delimiter(text))
    header = next((at for at, record in enumerate(records) if _names_columns(record)), None)
    if header is None:
        hint = "Its first row has to name the columns"
        return Problem(UNUSABLE_TABLE, file, 0, "the file is empty", hint)
    columns = tuple(one_line(_CONTROL.sub("", cell)) for cell in records[header])
    rows: list[Row] = []
    for number, record in enumerate(records[header + 1 :], header + 2):
        if any(map(str.strip, record)):
            rows.append(_row(file, number, record, len(columns), problems))
    if broken:
        done = "Cells were taken as they came: compare the rows from here on"
        message = "a quotation mark is not closed, or text follows it"
        problems.append(Problem(BROKEN_QUOTES, file, broken, message, done))
    empty = len(records) - header - 1 - len(rows)
    return Table(file, columns, tuple(rows), empty, tuple(problems))


def _decode(file: str, data: bytes) -> tuple[str, list[Problem]] | Problem:
    """The text, with what is to be told about it; the fallback is what Windows wrote for long."""
    if data.startswith(_WORKBOOKS):
        return Problem(UNUSABLE_TABLE, file, 0, "this is a workbook, not a CSV file", _SAVE_AS)
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.count(0) > len(data) // 4:
        return Problem(UNUSABLE_TABLE, file, 0, "this is not text in a known encoding", _SAVE_AS)
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"line {line} of the file is not UTF-8 text"
    if encoding == "utf-16":
        return Problem(UNUSABLE_TABLE, file, 0, "this is not readable as UTF-16 text", _SAVE_AS)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return Problem(UNUSABLE_TABLE, file, 0, "this is not text in a known encoding", _SAVE_AS)
    done = "It was read as Windows-1252: look at names with accents"
    return text, [Problem(GUESSED_ENCODING, file, 0, message, done)]


def _delimiter(text: str) -> str:
    """The delimiter that splits the header into most columns."""
    return max(DELIMITERS, key=lambda each: _width(text, each))


def _width(text: str, delimiter: str) -> int:
    records = _parsed(text, delimiter, strict=False)
    return next((len(record) for record in records if _names_columns(record)), 0)


def _names_columns(record: list[str]) -> bool:
    return any(char.isalnum() for cell in record for char in cell)


def _records(text: str, delimiter: str) -> tuple[list[list[str]], int]:
    """All records, and the number of the first with wrong quotation marks, or 0."""
    records: list[list[str]] = []
    try:
        for record in _parsed(text, delimiter, strict=True):
            records.append(record)
    except csv.Error:
        return list(_parsed(text, delimiter, strict=False)), len(records) + 1
    return records, 0


def _parsed(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    # The limit belongs to the module, not to a reader: it is put back for whoever else reads CSV.
    limit = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    finally:
        csv.field_size_limit(limit)


def _row(file: str, number: int, record: list[str], width: int, problems: list[Problem]) -> Row:
    cells = [_CONTROL.sub("", cell) for cell in record]
    changed = cells != record
    cells = [unguarded(cell) for cell in cells]
    beyond = tuple(shown for cell in cells[width:] if (shown := one_line(cell)))
    if changed:
        message = "cells hold control characters"
        problems.append(Problem(CONTROL_CHARACTERS, file, number, message, "They were left out"))
    if len(cells) < width or beyond:
        message = f"the row has {len(cells)} cells, the header {width}"
        done = "What stands beyond is kept as a comment"
        if not beyond:
            done = "The missing cells count as empty"
        problems.append(Problem(RAGGED_ROW, file, number, message, done))
    cells += [""] * (width - len(cells))
    return Row(file, number, tuple(cells[:width]), beyond)
