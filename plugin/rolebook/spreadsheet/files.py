"""Reads a table from a file, in whatever form a spreadsheet writes it."""

from collections.abc import Collection
from dataclasses import replace

from rolebook.language import gettext
from rolebook.problems import Problem, Rule, Severity
from rolebook.spreadsheet import delimited, workbook
from rolebook.spreadsheet.findings import RowFinding, gathered
from rolebook.spreadsheet.role_report import MAX_SHOWN
from rolebook.spreadsheet.table import Row, Table, one_line, shortened, table_of

ROW_ASIDE = Rule("row-aside", Severity.ADVICE, "A row that is hidden or struck through may be over.")
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
    return replace(table, problems=(*problems, *table.problems)) if isinstance(table, Table) else table


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
    return replace(table, rows=rows, problems=(*table.problems, *aside, *struck), note=sheet.note)


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
