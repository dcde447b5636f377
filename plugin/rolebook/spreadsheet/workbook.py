"""Finds the table in a workbook: it is in the sheet that has the header."""

import io
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rolebook.language import N_, gettext
from rolebook.problems import Problem
from rolebook.spreadsheet import sheets
from rolebook.spreadsheet.columns import FIELDS
from rolebook.spreadsheet.shown_cells import NO_ARCHIVE
from rolebook.spreadsheet.table import UNUSABLE_TABLE, column_key, header_place, wanted_among

SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What files of spreadsheets begin with: a ZIP archive, or Microsoft's older container."""
MAX_UNPACKED = 500_000_000
"""Bytes that the parts of a workbook may have together."""
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""The part of an Office file that has a password (MS-OFFCRYPTO)."""
_MANIFEST, _LARGEST_MANIFEST = "META-INF/manifest.xml", 1_000_000
_SAVE_AS = N_("Open it in a spreadsheet and save it as .xlsx or as CSV")
_NO_BOOK = {
    sheets.UNREADABLE: N_("it is not readable as a workbook"),
    sheets.TOO_LARGE: N_("a sheet is too large"),
}
_SAVE_ALONE = N_("Save the sheet of the roles alone, without rows and columns that are empty")

_FIELDS = frozenset(map(column_key, FIELDS))
"""Of a role, as columns are compared."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's rows, numbered as the spreadsheet does, and what there is to report of the choice."""

    records: list[list[str]]
    filled: list[list[int]]
    """The row and the column, from 0, of cells that are one with the cell above them."""
    aside: list[int]
    """The rows, from 0, that are hidden or struck through."""
    struck: list[tuple[int, str]]
    """The row, from 0, and the text of cells in other rows that are struck through, whole or in part."""
    notes: list[tuple[int, str]]
    """The row, from 0, and the text of the notes of cells."""
    note: str


def sheet_of(file: str, data: bytes, name: str, wanted: Collection[str]) -> Sheet | Problem:
    """Find the sheet called `name`; without one, the first visible one with most of the `wanted` columns."""
    if _is_protected(data):
        return _unusable(file, gettext("it is protected by a password"), gettext("Save a copy without one"))
    if _unpacked(data) > MAX_UNPACKED:
        return _unusable(file, gettext("it is too large when unpacked"), gettext(_SAVE_ALONE))
    book = sheets.read(data, name)
    if isinstance(book, str):
        hint = _SAVE_AS if book == sheets.UNREADABLE else _SAVE_ALONE
        return _unusable(file, gettext(_NO_BOOK[book]), gettext(hint))
    if name and not book.records:
        listed = ", ".join(f"'{each}'" for each in book.names)
        message = gettext("no sheet is called '%(sheet)s'", sheet=name)
        return _unusable(file, message, gettext("The sheets are %(sheets)s", sheets=listed))
    chosen = _chosen(file, book, wanted)
    if isinstance(chosen, Problem) or book.shows_failures:
        return chosen
    old = gettext(
        "%(file)s: cells with an error were read as empty ones; save it as .xlsx to have them reported.",
        file=file,
    )
    return replace(chosen, note=f"{chosen.note} {old}".strip())


def _unpacked(data: bytes) -> int:
    """Bytes of all parts; 0 for what is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except NO_ARCHIVE:
        return 0


def _is_protected(data: bytes) -> bool:
    """Whether a password is needed: an encrypted package of Office, or OpenDocument with encrypted parts."""
    if _ENCRYPTED_PACKAGE in data:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"encryption-data" in archive.open(_MANIFEST).read(_LARGEST_MANIFEST)
    except (*NO_ARCHIVE, KeyError):
        return False


def _unusable(file: str, message: str, hint: str) -> Problem:
    return Problem(UNUSABLE_TABLE, file, 0, message, hint)


def _chosen(file: str, book: sheets.Book, wanted: Collection[str]) -> Sheet | Problem:
    filled = {name: records for name, records in book.records.items() if header_place(records) is not None}
    if not filled:
        message = gettext("it has no sheet with anything in it")
        return _unusable(file, message, gettext("Its first row has to name the columns"))
    chosen = max(filled, key=lambda name: _strength(filled[name], wanted))
    others = ", ".join(f"'{each}'" for each in filled if each != chosen)
    note = ""
    if others:
        note = gettext(
            "%(file)s: the sheet '%(sheet)s' was read; for %(others)s, add --sheet.",
            file=file,
            sheet=chosen,
            others=others,
        )
    return Sheet(
        records=filled[chosen],
        filled=book.filled[chosen],
        aside=book.aside[chosen],
        struck=book.struck[chosen],
        notes=book.notes[chosen],
        note=note,
    )


def _strength(records: Sequence[Sequence[str]], wanted: Collection[str]) -> tuple[bool, int, int]:
    """Whether a sheet has rows, how many of the wanted columns, and how many that are called like fields."""
    place = header_place(records, wanted)
    if place is None:
        return False, 0, 0
    header = records[place]
    has_rows = any(map(any, records[place + 1 :]))
    return has_rows, wanted_among(header, wanted), wanted_among(header, _FIELDS)
