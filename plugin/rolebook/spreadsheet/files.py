"""Reads a table from a file, in whatever form a spreadsheet writes it."""

from collections.abc import Collection
from dataclasses import replace

from rolebook.problems import Problem
from rolebook.spreadsheet import delimited, workbook
from rolebook.spreadsheet.table import Table, table_of


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
        if not isinstance(table, Table):
            return table
        merged: dict[int, set[int]] = {}
        for at, column in found.filled:
            merged.setdefault(at + 1, set()).add(column)
        rows = (replace(row, merged=frozenset(merged.get(row.number, ()))) for row in table.rows)
        return replace(table, rows=tuple(rows), note=found.note)
    text = delimited.records_of(file, data, delimiter, wanted)
    if isinstance(text, Problem):
        return text
    records, problems = text
    table = table_of(file, records, wanted)
    return replace(table, problems=(*problems, *table.problems)) if isinstance(table, Table) else table
