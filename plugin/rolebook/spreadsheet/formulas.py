"""Finds cells of a workbook that show an error, or whose formula has no result: its reader finds them empty.

Forms: ECMA-376 part 1 (SpreadsheetML), 18.3.1.4 "c (Cell)"; OpenDocument 1.3 part 3, 19.700 "table:formula".
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from rolebook.spreadsheet.table import NO_RESULT

Places = Mapping[tuple[int, int], str]
"""What such cells show, by row and column, from 0."""
MAX_FOUND = 10_000
"""Cells of one sheet; a table in which more fail is no use."""

_SHEET = re.compile(rb"""<(?:\w+:)?c\b(?P<about>[^>]*[^>/])>(?P<content>.*?)</(?:\w+:)?c>""", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_IS_ERROR = re.compile(rb"""\bt=["']e["']""")
_RESULT = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_MAY_FAIL = re.compile(rb"""\bt=["']e["']|<(?:\w+:)?f\b""")
_OPEN = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def failed(data: bytes) -> dict[str, Places]:
    """Such cells of each sheet of the workbook, by its name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "content.xml" in archive.namelist():
                return dict(_of_open_document(archive.read("content.xml")))
            return {name: dict(_of_sheet(archive.read(part))) for name, part in _sheets(archive)}
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, NotImplementedError, OSError):
        return {}  # whether it is a workbook at all, its reader says


def with_errors(cells: Sequence[Sequence[object]], found: Places) -> list[list[object]]:
    """The rows of a sheet with what its cells show that the reader found empty."""
    rows = [list(row) for row in cells]
    for (row, column), text in found.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return rows


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the part that it is in."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
            target = targets.get(relation, "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            if part in archive.namelist():
                yield sheet.get("name", ""), part


def _of_sheet(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    # Most sheets have neither errors nor formulas, and are not looked at cell by cell.
    if not _MAY_FAIL.search(xml):
        return
    number = 0
    for cell in _SHEET.finditer(xml):
        is_error = _IS_ERROR.search(cell["about"])
        if not is_error and not _FORMULA.search(cell["content"]):
            continue
        result, place = _RESULT.search(cell["content"]), _PLACE.search(cell["about"])
        if place and (is_error or not result) and number < MAX_FOUND:
            number += 1
            text = result[1].decode(errors="replace") if result else NO_RESULT
            yield (int(place[2]) - 1, _column(place[1])), text


def _column(letters: bytes) -> int:
    """The number of a column, from 0, such as 27 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _of_open_document(xml: bytes) -> Iterator[tuple[str, Places]]:
    if b'value-type="error"' not in xml:
        return
    for table in ElementTree.fromstring(xml).iter(f"{_OPEN}table"):
        yield table.get(f"{_OPEN}name", ""), dict(_of_table(table))


def _of_table(table: ElementTree.Element) -> Iterator[tuple[tuple[int, int], str]]:
    at = 0
    for row in table.iter(f"{_OPEN}table-row"):
        column = 0
        for cell in row:
            if cell.get(f"{_CALC}value-type") == "error":
                yield (at, column), "".join(cell.itertext()).strip() or NO_RESULT
            column += int(cell.get(f"{_OPEN}number-columns-repeated", "1"))
        at += int(row.get(f"{_OPEN}number-rows-repeated", "1"))
