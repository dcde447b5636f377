"""Reads the sheets of a workbook in a process of its own.

A file of a kilobyte can ask for more memory than any machine has, and the reader of workbooks, which is not
written in Python, then ends the process that it runs in. So another process reads, within bounds, and writes
what it read as JSON.
"""

import contextlib
import datetime as dt
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from rolebook.spreadsheet import shown_cells
from rolebook.spreadsheet.shown_cells import Merged
from rolebook.spreadsheet.struck_cells import StruckCell

UNREADABLE, TOO_LARGE = "unreadable", "too-large"
"""Why there is no book: the process that reads knows no language, and imports as little as it can."""
MAX_CELLS = 5_000_000
"""Of all sheets that are read, those that are empty included."""
MAX_MEMORY = 2_000_000_000
"""Bytes; where the system can bound a process."""
MAX_SECONDS = 30
MAX_TEXT = 100_000_000
"""Characters of all cells together; few of a file can stand in many cells."""

_DURATION = re.compile(r"PT(\d{1,6})H(\d\d)M\d\d(?:\.\d+)?S")
"""More than a day, as OpenDocument writes it and its reader gives it."""


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook has."""

    names: list[str]
    """Of the sheets that may be read: all when one is asked for by name, else the visible ones."""
    records: dict[str, list[list[str]]]
    """The rows of each sheet that was read, numbered as the spreadsheet does."""
    filled: dict[str, list[list[int]]]
    """Of each sheet, the row and the column, from 0, of cells that are one with the cell above them."""
    aside: dict[str, list[int]]
    """Of each sheet, the rows, from 0, that are hidden or struck through."""
    struck: dict[str, list[tuple[int, str]]]
    """Of each sheet, the row, from 0, and the text of cells in other rows that are struck through."""
    notes: dict[str, list[tuple[int, str]]]
    """Of each sheet, the row, from 0, and the text of the notes of cells."""
    shows_failures: bool
    """Whether errors of formulas are among the cells; if not, those are empty."""


def read(data: bytes, name: str = "") -> Book | str:
    """Read the sheet called `name`, or without one all that are visible; or say why it cannot be read."""
    # Without -P, a file in the folder of the workbook could stand in for a module of Python's.
    command = [sys.executable, "-P", "-m", __name__, name]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired:
        return TOO_LARGE
    if run.returncode:
        return TOO_LARGE
    answer = json.loads(run.stdout)
    return answer if isinstance(answer, str) else Book(**answer)


def main() -> None:
    """Read the workbook that comes in, and write its `Book`, or why there is none."""
    _bound_memory()
    # Imported here: only this process, which has little memory and is ended after a while, loads the reader.
    import python_calamine

    found: Book | str
    try:
        found = _read(sys.stdin.buffer.read(), sys.argv[1])
    except MemoryError:
        found = TOO_LARGE
    except BaseException as error:
        # The reader's panics are no Exceptions: pyo3, "PanicException".
        if not isinstance(error, python_calamine.CalamineError) and "Panic" not in type(error).__name__:
            raise
        found = UNREADABLE
    answer = json.dumps(found if isinstance(found, str) else asdict(found))
    sys.stdout.write(answer if len(answer) <= MAX_TEXT else json.dumps(TOO_LARGE))


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _read(data: bytes, name: str) -> Book | str:
    import python_calamine

    parts = shown_cells.Workbook(data)
    try:
        return _book(parts.with_breaks_as_text() or data, name, parts)
    except python_calamine.CalamineError:
        if not parts.shows_failures:
            raise
        return _book(parts.with_errors_as_text(), name, parts)


def _book(data: bytes, name: str, parts: shown_cells.Workbook) -> Book | str:
    import python_calamine

    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        shown = [
            each.name
            for each in book.sheets_metadata
            if each.visible == python_calamine.SheetVisibleEnum.Visible
            and each.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        names = book.sheet_names if name else shown
        room, records, filled, aside, struck, notes = MAX_CELLS, {}, {}, {}, {}, {}
        for each in names:
            if name not in ("", each):
                continue
            sheet = book.get_sheet_by_name(each)
            room -= sheet.total_height * sheet.total_width
            if room < 0:
                return TOO_LARGE
            cells = shown_cells.with_shown(sheet.to_python(skip_empty_area=False), parts.shown(each))
            merged = sheet.merged_cell_ranges or parts.merged(each)
            found = [[_text(value) for value in row] for row in cells]
            aside[each] = list(parts.put_aside(each))
            of_rows = (cell for cell in parts.struck(each) if cell.row not in aside[each])
            struck[each] = list(_without_struck(found, of_rows))
            notes[each] = list(parts.notes(each))
            filled[each] = [[row, column] for row, column in _fill_down(found, merged)]
            records[each] = _without_margins(found)
    return Book(names, records, filled, aside, struck, notes, parts.shows_failures)


def _without_margins(records: list[list[str]]) -> list[list[str]]:
    """The rows without those that are empty at the end, and without empty columns there."""
    while records and not any(records[-1]):
        records.pop()
    width = max((at + 1 for record in records for at, cell in enumerate(record) if cell), default=0)
    return [record[:width] for record in records]


def _without_struck(records: list[list[str]], struck: Iterable[StruckCell]) -> Iterator[tuple[int, str]]:
    """Take what is struck through out of cells; gives the rows and the texts of these."""
    for cell in struck:
        if cell.row < len(records) and cell.column < len(row := records[cell.row]) and row[cell.column]:
            yield cell.row, row[cell.column]
            row[cell.column] = cell.left


def _fill_down(records: list[list[str]], merged: Iterable[Merged]) -> Iterator[tuple[int, int]]:
    """Give every row that has something the value of a cell that is one with those above it.

    Gives the places of these cells.
    """
    for (first, column), (last, _) in merged:
        for at, row in enumerate(records[first + 1 : last + 1], first + 1):
            if any(row) and column < len(row) and column < len(records[first]):
                row[column] = records[first][column]
                yield at, column


def _text(value: object) -> str:
    """A cell as a person would write it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.15g}"
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
        case str() if found := _DURATION.fullmatch(value):
            return f"{int(found[1])}:{found[2]}"
        case dt.time():
            return f"{value.hour}:{value.minute:02d}"
        case _:
            return str(value)


if __name__ == "__main__":
    main()
