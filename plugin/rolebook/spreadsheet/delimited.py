"""Reads a table that is text: finds its encoding, its delimiter and its quotation marks."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Collection, Iterator

from rolebook.language import N_, gettext
from rolebook.problems import Problem, Rule, Severity
from rolebook.spreadsheet.table import UNUSABLE_TABLE, column_key, header_place

GUESSED_ENCODING = Rule(
    "guessed-encoding", Severity.WARNING, "Read in the wrong encoding, names lose their accents."
)
BROKEN_QUOTES = Rule(
    "broken-quotes",
    Severity.WARNING,
    "A quotation mark that is never closed swallows the rows that follow.",
)

DELIMITERS = (",", ";", "\t", "|")
"""The delimiters that are tried; of two that fit equally, the first counts."""
_MAX_CELL = 2**31 - 1
"""Characters; the most that the csv module accepts on every platform."""
_SAVE_AS = N_("Save it from the spreadsheet as 'CSV UTF-8'")
_UNKNOWN_ENCODING = N_("this is not text in a known encoding")
_DELIMITER_LINE = re.compile(r"sep=([^\r\n])\r?\n?", re.IGNORECASE)
"""Excel's own first line that names the delimiter; Excel shows and counts no row for it."""
_WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html|table|meta)\b", re.IGNORECASE)
_MAX_SAMPLE_ROWS = 20
"""Rows that show how a table is cut."""


def records_of(
    file: str, data: bytes, delimiter: str = "", wanted: Collection[str] = ()
) -> tuple[list[list[str]], list[Problem]] | Problem:
    """Read the rows in `data`, with what to report; or say why there are none.

    Without `delimiter`, it is found by the header, where one of the `wanted` columns shows which row that is.
    """
    decoded = _decode(file, data)
    if isinstance(decoded, Problem):
        return decoded
    text, problems = decoded
    if _WEB_PAGE.match(text):
        message = gettext("this is a web page that is called a spreadsheet")
        hint = gettext("Open it in a spreadsheet and save it as .xlsx")
        return Problem(UNUSABLE_TABLE, file, 0, message, hint)
    if named := _DELIMITER_LINE.match(text):
        delimiter, text = delimiter or named[1], text[named.end() :]
    records, broken = _records(text, delimiter or _delimiter(text, wanted))
    if broken:
        done = gettext("Cells were read as they are: compare the rows from here on")
        message = gettext("a quotation mark is not closed, or text follows it")
        problems.append(Problem(BROKEN_QUOTES, file, broken, message, done))
    return records, problems


def _decode(file: str, data: bytes) -> tuple[str, list[Problem]] | Problem:
    """Decode the text, with what to report of it; the fallback is what Windows wrote for long."""
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.count(0) > len(data) // 4:
        return _unreadable(file, _UNKNOWN_ENCODING)
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = gettext("line %(line)s of the file is not UTF-8 text", line=str(line))
    if encoding == "utf-16":
        return _unreadable(file, N_("this is not readable as UTF-16 text"))
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return _unreadable(file, _UNKNOWN_ENCODING)
    done = gettext("It was read as Windows-1252: look at names with accents")
    return text, [Problem(GUESSED_ENCODING, file, 0, message, done)]


def _unreadable(file: str, message: str) -> Problem:
    return Problem(UNUSABLE_TABLE, file, 0, gettext(message), gettext(_SAVE_AS))


def _delimiter(text: str, wanted: Collection[str]) -> str:
    """Find the delimiter: it cuts out a wanted column, or else cuts the header into most columns."""
    return max(DELIMITERS, key=lambda each: _fit(text, each, wanted))


def _fit(text: str, delimiter: str, wanted: Collection[str]) -> tuple[bool, int]:
    records = list(itertools.islice(_parsed(text, delimiter, strict=False), _MAX_SAMPLE_ROWS))
    place = header_place(records, wanted)
    if place is None:
        return False, 0
    header = records[place]
    return any(column_key(cell) in wanted for cell in header) and len(header) > 1, len(header)


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
    limit = csv.field_size_limit(_MAX_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    finally:
        csv.field_size_limit(limit)
