"""A table in a workbook: the sheet that has the header, its cells as text."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rolebook.problems import Problem
from rolebook.spreadsheet.table import UNUSABLE_TABLE, column_key, header_place

SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What files of spreadsheets begin with: a ZIP archive, or Microsoft's older container."""
MAX_UNPACKED = 500_000_000
"""Bytes that the parts of a workbook may have together."""
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""The part of an Office file that has a password (MS-OFFCRYPTO)."""
_MANIFEST, _LARGEST_MANIFEST = "META-INF/manifest.xml", 1_000_000
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
)
"""What Python's reader of archives raises for what is none, or a damaged one."""
_SAVE_AS = "Open it in a spreadsheet and save it as .xlsx or as CSV"


Merged = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last of cells that are one, each by row and column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's rows, numbered as the spreadsheet does, and what there is to report of the choice."""

    records: list[list[str]]
    note: str


def sheet_of(file: str, data: bytes, name: str, wanted: Collection[str]) -> Sheet | Problem:
    """The sheet called `name`; without one, the first visible sheet with a `wanted` column in its header."""
    # Imported here so that commands that read no workbook load no reader.
    import python_calamine

    if _is_protected(data):
        return _unusable(file, "it is protected by a password", "Save a copy without one")
    if _unpacked(data) > MAX_UNPACKED:
        return _unusable(file, "it is too large when unpacked", "Save the sheet of the roles alone")
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                each.name
                for each in book.sheets_metadata
                if each.visible == python_calamine.SheetVisibleEnum.Visible
                and each.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
            names = book.sheet_names if name else shown
            sheets = {each: _cells(book, each) for each in names if name in ("", each)}
    except BaseException as error:
        # The reader's panics are no Exceptions: pyo3, "PanicException".
        if not isinstance(error, python_calamine.CalamineError) and "Panic" not in type(error).__name__:
            raise
        return _unusable(file, "it is not readable as a workbook", _SAVE_AS)
    if name and not sheets:
        listed = ", ".join(f"'{each}'" for each in names)
        return _unusable(file, f"no sheet is called '{name}'", f"The sheets are {listed}")
    return _chosen(file, {each: _records(*cells) for each, cells in sheets.items()}, wanted)


def _cells(book: Any, name: str) -> tuple[list[list[object]], Sequence[Merged]]:
    """All cells of a sheet from its first row and column on, and which of them are one."""
    sheet = book.get_sheet_by_name(name)
    return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ()


def _unpacked(data: bytes) -> int:
    """Bytes of all parts; 0 for what is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except _NO_ARCHIVE:
        return 0


def _is_protected(data: bytes) -> bool:
    """Whether a password is needed: an encrypted package of Office, or OpenDocument with encrypted parts."""
    if _ENCRYPTED_PACKAGE in data:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"encryption-data" in archive.open(_MANIFEST).read(_LARGEST_MANIFEST)
    except (*_NO_ARCHIVE, KeyError):
        return False


def _unusable(file: str, message: str, hint: str) -> Problem:
    return Problem(UNUSABLE_TABLE, file, 0, message, hint)


def _chosen(file: str, sheets: Mapping[str, list[list[str]]], wanted: Collection[str]) -> Sheet | Problem:
    filled = {name: records for name, records in sheets.items() if header_place(records) is not None}
    if not filled:
        return _unusable(file, "it has no sheet with anything in it", "Its first row has to name the columns")
    with_header = [name for name, records in filled.items() if _has_header(records, wanted)]
    chosen = [*with_header, *filled][0]
    others = ", ".join(f"'{each}'" for each in filled if each != chosen)
    note = f"{file}: the sheet '{chosen}' was read; for {others}, add --sheet." if others else ""
    return Sheet(filled[chosen], note)


def _has_header(records: Sequence[Sequence[str]], wanted: Collection[str]) -> bool:
    place = header_place(records, wanted)
    return place is not None and any(column_key(cell) in wanted for cell in records[place])


def _records(cells: Iterable[Iterable[object]], merged: Iterable[Merged]) -> list[list[str]]:
    records = [[_text(value) for value in row] for row in cells]
    _fill_down(records, merged)
    while records and not any(records[-1]):
        records.pop()
    width = max((at + 1 for record in records for at, cell in enumerate(record) if cell), default=0)
    return [record[:width] for record in records]


def _fill_down(records: list[list[str]], merged: Iterable[Merged]) -> None:
    """Give every row that has something the value of a cell that is one with those above it."""
    for (first, column), (last, _) in merged:
        for row in records[first + 1 : last + 1]:
            if any(row):
                row[column] = records[first][column]


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
        case dt.time():
            return f"{value.hour}:{value.minute:02d}"
        case _:
            return str(value)
