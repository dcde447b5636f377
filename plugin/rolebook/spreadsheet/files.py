"""Reads a table from a file, in whatever form a spreadsheet writes it."""

from collections.abc import Collection
from dataclasses import replace

from rolebook.language import gettext
from rolebook.problems import Problem, Rule, Severity
from rolebook.spreadsheet import delimited, workbook
from rolebook.spreadsheet.findings import RowFinding, gathered, rows_in_words
from rolebook.spreadsheet.role_report import MAX_SHOWN
from rolebook.spreadsheet.table import RAGGED_ROW, Row, Table, one_line, shortened, table_of

ROW_ASIDE = Rule("row-aside", Severity.ADVICE, "A row that is hidden or struck through may be over.")
CELL_NOTE = Rule("cell-note", Severity.ADVICE, "What a note of a cell says is in no role file.")
STRUCK_CELL = Rule(
    "struck-cell", Severity.WARNING, "Whoever was crossed out and stays in a file holds a role for nobody."
)


def parse_table(
    file: str,
    data: bytes,
    delimiter: str = "",
    wanted: Collection[str] = frozenset({"title"}),
    sheet: str = "",
) -> Table | Problem:
    """Read the table in `data`; or say why it cannot be used.

    `delimiter` is between two cells of a text; without one, it is found from the header, which has one of
    the columns that are `wanted` (by `column_key`). `sheet` is that of a workbook; without one, it is the
    first with such a header.
    """
    if data.startswith(workbook.SIGNATURES):
        found = workbook.sheet_of(file, data, sheet, wanted)
        if isinstance(found, Problem):
            return found
        table = table_of(file, found.records, wanted)
        return _of_sheet(table, found) if isinstance(table, Table) else table
    text = delimited.records_of(file, data, delimiter, wanted)
    if isinstance(text, Problem):
        return text
    records, problems = text
    table = table_of(file, records, wanted)
    if isinstance(table, Problem):
        return table
    broken = next((each.line for each in problems if each.rule is delimited.BROKEN_QUOTES), 0)
    return replace(table, problems=(*problems, *table.problems), torn=_torn(table, broken))


def _torn(table: Table, broken: int) -> frozenset[int]:
    """The rows that the first wrong quotation mark, in the record `broken`, may have cut wrongly."""
    ragged = {each.line for each in table.problems if each.rule is RAGGED_ROW}
    return frozenset(
        row.number
        for row in table.rows
        if 0 < broken <= row.number
        and (row.number == broken or row.number in ragged or any("\n" in cell for cell in row.cells))
    )


def without_torn(table: Table) -> Table:
    """The table without rows that a wrong quotation mark has cut, for files that have more than they say."""
    if not table.torn:
        return table
    rules = (delimited.BROKEN_QUOTES, RAGGED_ROW)
    others = (each for each in table.problems if not (each.rule in rules and each.line in table.torn))
    message = gettext("a quotation mark is not closed, or text follows it")
    done = gettext(
        "Correct it: nothing was changed by %(rows)s, and no role is reported as missing",
        rows=rows_in_words(table.torn),
    )
    problem = Problem(delimited.BROKEN_QUOTES, table.file, min(table.torn), message, done)
    rows = tuple(row for row in table.rows if row.number not in table.torn)
    return replace(table, rows=rows, problems=(problem, *others))


def _of_sheet(table: Table, sheet: workbook.Sheet) -> Table:
    """The table, with which of its rows the sheet has merged or put aside."""
    merged: dict[int, set[int]] = {}
    for at, column in sheet.filled:
        merged.setdefault(at + 1, set()).add(column)
    rows = tuple(replace(row, merged=frozenset(merged.get(row.number, ()))) for row in table.rows)
    numbers = {at + 1 for at in sheet.aside}
    aside = gathered(_aside(row) for row in rows if row.number in numbers)
    by_number = {row.number: row for row in rows}
    struck = gathered(_struck(by_number[at + 1], text) for at, text in sheet.struck if at + 1 in by_number)
    notes = gathered(_noted(by_number[at + 1], text) for at, text in sheet.notes if at + 1 in by_number)
    return replace(table, rows=rows, problems=(*table.problems, *aside, *struck, *notes), note=sheet.note)


def _noted(row: Row, text: str) -> RowFinding:
    return RowFinding(
        CELL_NOTE,
        row,
        gettext("a cell has the note '%(note)s'", note=shortened(one_line(text), MAX_SHOWN)),
        gettext("It was not imported: write it into a cell if it is to stay"),
        gettext("cells have notes"),
        shortened(one_line(text)),
        gettext("They were not imported: write them into cells if they are to stay"),
    )


def _struck(row: Row, text: str) -> RowFinding:
    return RowFinding(
        STRUCK_CELL,
        row,
        gettext("'%(cell)s' is struck through, or a part of it", cell=shortened(one_line(text), MAX_SHOWN)),
        gettext("What is struck through was left out"),
        gettext("cells are struck through, or parts of them"),
        shortened(one_line(text)),
    )


def _aside(row: Row) -> RowFinding:
    done = gettext("It was read as the others are. If it is over, delete it from the sheet, and its file")
    rest = gettext(
        "They were read as the others are. If they are over, delete them from the sheet, and their files"
    )
    message = gettext("the row is hidden or struck through in the sheet")
    return RowFinding(
        ROW_ASIDE, row, message, done, gettext("hidden or struck through in the sheet"), "", rest
    )
