"""A file as a table, in whatever form a spreadsheet writes it."""

from collections.abc import Collection
from dataclasses import replace

from rolebook.problems import Problem
from rolebook.spreadsheet import delimited
from rolebook.spreadsheet.table import UNUSABLE_TABLE, Table, table_of

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def parse_table(
    file: str, data: bytes, delimiter: str = "", wanted: Collection[str] = frozenset({"title"})
) -> Table | Problem:
    """The table in `data`; or why it cannot be used.

    `delimiter` is between two cells; without one, it is found from the header, which has one of the
    columns that are `wanted` (by `column_key`).
    """
    if data.startswith(_WORKBOOKS):
        save = "Save it from the spreadsheet as 'CSV UTF-8'"
        return Problem(UNUSABLE_TABLE, file, 0, "this is a workbook, not a CSV file", save)
    found = delimited.records_of(file, data, delimiter, wanted)
    if isinstance(found, Problem):
        return found
    records, problems = found
    table = table_of(file, records, wanted)
    if isinstance(table, Problem):
        return table
    return replace(table, problems=(*problems, *table.problems))
