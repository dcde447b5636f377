"""Writes the entries of a list into one cell, and reads them."""

import csv
from collections.abc import Iterable

MARK = ";"
"""Between the entries of a list."""
_BULLETS = "•·‣◦▪ "
"""At the beginnings of a cell's lines."""


def entries_cell(entries: Iterable[str]) -> str:
    """Write the entries with semicolons between them; one that has a semicolon is in quotation marks."""
    return f"{MARK} ".join(map(_quoted, entries))


def _quoted(entry: str) -> str:
    return '"{}"'.format(entry.replace('"', '""')) if MARK in entry or entry.startswith('"') else entry


def entries_of(cell: str, mark: str, as_exported: bool) -> list[str]:
    """List the entries of a cell, parted by line ends and by `mark`."""
    lines = cell.splitlines()
    if as_exported:
        return [part for line in lines for part in (_unquoted(line) if mark == MARK else [line])]
    parts = (line.strip().lstrip(_BULLETS) for line in lines)
    # What an export has put in quotation marks is one, whatever became of its other columns.
    return [
        part
        for line in parts
        for part in (_unquoted(line) if '"' in line and mark == MARK else line.split(mark))
    ]


def _unquoted(cell: str) -> list[str]:
    """What `entries_cell` wrote; the quotation marks are those of CSV."""
    return next(csv.reader([cell], delimiter=MARK, skipinitialspace=True), [])
