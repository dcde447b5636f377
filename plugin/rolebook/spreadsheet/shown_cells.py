"""Finds what a workbook shows that its reader does not give: errors, shares in percent, rows put aside.

Forms: ECMA-376 part 1 (SpreadsheetML), 18.3.1.4 "c (Cell)", 18.3.1.73 "row (Row)", 18.8.22 "font (Font)",
18.8.30 "numFmt (Number Format)"; OpenDocument 1.3 part 3, 19.700 "table:formula", 19.756 "table:visibility".
A sheet is looked through tag by tag, each once, and nothing in it is followed: there are no entities here.
"""

import html
import io
import itertools
import posixpath
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence

from rolebook.spreadsheet import cell_notes, struck_cells
from rolebook.spreadsheet.error_cells import NO_RESULT, UNKNOWN, is_error
from rolebook.spreadsheet.sheet_xml import (
    ATTRIBUTES,
    MAX_COLUMNS,
    MAX_ROWS,
    OPEN_TAGS,
    TAGS,
    attributes_of,
    cells_of_sheet,
    is_on,
    number_in,
    open_cells,
    repeated,
)
from rolebook.spreadsheet.struck_cells import StruckCell

Shown = tuple[int, int, str]
"""A cell's row and column, from 0, and what it shows."""
Merged = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last of cells that are one, each by row and column."""
NO_ARCHIVE = (
    zipfile.BadZipFile,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
)
"""What Python's reader of archives raises for what is none, or a damaged one."""

_TAGS_OF_BOOK = re.compile(rf"<(?:\w+:)?(sheet|Relationship|calcPr)\b({ATTRIBUTES})>")

# Most sheets have neither errors nor formulas without a result, and are not looked at cell by cell.
_IS_ERROR = re.compile(rb"""( t=["'])e(["'])""")
_ERROR_MARKS = (b' t="e"', b" t='e'")
_FORMULA_MARKS = (b"<f", b":f>", b":f ")
_NO_RESULT = rb"\s*(?!<(?:\w+:)?v\b[^<>]*>[^<])"
_SUSPECTS = tuple(re.compile(end + _NO_RESULT) for end in (rb"</(?:\w+:)?f>", rb"<(?:\w+:)?f\b[^<>]*/>"))
_RESULT = re.compile(r"<(?:\w+:)?v\b[^<>]*>([^<]+)<")
_FORMULA = re.compile(r"<(?:\w+:)?f\b")

_FORMATS = re.compile(rf"<(?:\w+:)?numFmt\b({ATTRIBUTES})>")
_STYLES = re.compile(rf"<(?:\w+:)?xf\b({ATTRIBUTES})>")
_FONTS = re.compile(r"<(?:\w+:)?font\b(?:[^<>]*/>|.*?</(?:\w+:)?font>)", re.DOTALL)
_STRUCK = re.compile(rf"<(?:\w+:)?strike\b({ATTRIBUTES})>")
_QUOTED = re.compile(r'"[^"]*"')
_PERCENT_FORMATS = {"9", "10"}
"""Of those that every program knows by their numbers."""
_FIGURE = re.compile(r"[0-9.]{1,30}(?:E-?[0-9]{1,2})?")

_OPEN_MARKS = (b"table:formula=", b'value-type="error"', b'value-type="percentage"')
_ASIDE = ("collapse", "filter")
"""Values of `table:visibility` of a row that nobody sees."""
_BREAK = re.compile(rb"<text:(line-break|tab)\b[^<>]*?(?:/>|></text:(?:line-break|tab)>)")
_SHOWN = re.compile(r"<text:p\b[^<>]*>([^<]+)<")


class Workbook:
    """The sheets of a workbook as its file has them; those of older formats have none."""

    def __init__(self, data: bytes) -> None:
        self._parts: dict[str, zipfile.ZipInfo] = {}
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except NO_ARCHIVE:
            return  # whether it is a workbook at all, its reader says
        # Some programs write names in other case, or with the separator of Windows.
        self._parts = {each.filename.replace("\\", "/").lower(): each for each in self._archive.infolist()}

    @property
    def shows_failures(self) -> bool:
        """Whether the format is one in which errors can be found."""
        return "content.xml" in self._parts or "xl/workbook.xml" in self._parts

    def with_errors_as_text(self) -> bytes:
        """The workbook with texts in place of errors; its reader refuses a file with one it does not know."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as changed:
            for part in self._parts.values():
                xml = self._archive.read(part)
                changed.writestr(part.filename, _IS_ERROR.sub(rb"\1str\2", xml) if b"<" in xml[:9] else xml)
        return made.getvalue()

    def with_breaks_as_text(self) -> bytes | None:
        """An OpenDocument with blanks and line ends in place of their elements, which its reader passes over.

        None where there are none.
        """
        content = self._read("content.xml")
        if not any(mark in content for mark in (b"<text:line-break", b"<text:tab")):
            return None
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as changed:
            for name, part in self._parts.items():
                is_content = name == "content.xml"
                xml = content if is_content else self._archive.read(part)
                changed.writestr(part.filename, _BREAK.sub(_as_text, xml) if is_content else xml)
        return made.getvalue()

    def merged(self, sheet: str) -> Iterator[Merged]:
        """The cells of an OpenDocument that are one with others; the reader gives those of other formats."""
        return _merged_in_open_document(self._read("content.xml"), sheet)

    def shown(self, sheet: str) -> Iterator[Shown]:
        """Such cells of the sheet called `sheet`."""
        if "content.xml" in self._parts:
            return _in_open_document(self._read("content.xml"), sheet)
        xml = self._read(self._part_of(sheet))
        return _in_sheet(xml, self._percent_styles, is_computed=self._is_computed)

    def put_aside(self, sheet: str) -> Iterator[int]:
        """The rows of the sheet, from 0, that are hidden, or that have only cells struck through."""
        if "content.xml" in self._parts:
            return _hidden_in_open_document(self._read("content.xml"), sheet)
        return _aside_in_sheet(self._read(self._part_of(sheet)), self._struck_styles)

    def struck(self, sheet: str) -> Iterator[StruckCell]:
        """The cells of the sheet that are struck through, whole or in part."""
        if "content.xml" in self._parts:
            return struck_cells.in_open_document(self._read("content.xml"), sheet)
        xml, strings = self._read(self._part_of(sheet)), self._read("xl/sharedstrings.xml")
        return struck_cells.in_sheet(xml, self._struck_styles, strings)

    def notes(self, sheet: str) -> Iterator[cell_notes.Note]:
        """The notes of the sheet's cells."""
        if "content.xml" in self._parts:
            return cell_notes.in_open_document(self._read("content.xml"), sheet)
        folder, name = posixpath.split(self._part_of(sheet))
        relations = self._tags(f"{folder}/_rels/{name}.rels")
        parts = [each.get("Target", "") for each in relations if each.get("Type", "").endswith("/comments")]
        return (note for each in parts for note in cell_notes.in_part(self._read(_joined(folder, each))))

    @property
    def _struck_styles(self) -> frozenset[str]:
        """The numbers of the styles in which a text is struck through."""
        xml = self._read("xl/styles.xml").decode(errors="replace")
        struck = {str(at) for at, font in enumerate(_FONTS.findall(xml)) if is_on(_STRUCK, font)}
        return _styles(xml, "fontId", struck)

    @property
    def _percent_styles(self) -> frozenset[str]:
        """The numbers of the styles in which a cell with 0.5 shows 50 %."""
        xml = self._read("xl/styles.xml").decode(errors="replace")
        formats = {
            each.get("numFmtId", "")
            for each in map(attributes_of, _FORMATS.findall(xml))
            if "%" in _QUOTED.sub("", each.get("formatCode", ""))
        }
        return _styles(xml, "numFmtId", formats | _PERCENT_FORMATS)

    @property
    def _is_computed(self) -> bool:
        """Whether formulas have their results; programs that write 0 for each ask for it to be worked out."""
        return not any(tag.get("fullCalcOnLoad") in ("1", "true") for tag in self._tags("xl/workbook.xml"))

    def _part_of(self, name: str) -> str:
        """The part that holds a sheet: the workbook names its relation, which names the part."""
        relation = next(
            (_local(sheet, "id") for sheet in self._tags("xl/workbook.xml") if sheet.get("name") == name), ""
        )
        relations = self._tags("xl/_rels/workbook.xml.rels")
        target = next((each.get("Target", "") for each in relations if each.get("Id") == relation), "")
        return _joined("xl", target)

    def _tags(self, part: str) -> Iterator[dict[str, str]]:
        for tag in _TAGS_OF_BOOK.finditer(self._read(part).decode(errors="replace")):
            yield attributes_of(tag[2])

    def _read(self, part: str) -> bytes:
        try:
            return self._archive.read(self._parts[part]) if part in self._parts else b""
        except NO_ARCHIVE:
            return b""


def _joined(folder: str, target: str) -> str:
    """The part that a relation in a folder names."""
    return posixpath.normpath(posixpath.join(folder, target.replace("\\", "/"))).lstrip("/").lower()


def with_shown(cells: Sequence[Sequence[object]], shown: Iterator[Shown]) -> list[Sequence[object]]:
    """The rows of a sheet with what its cells show in place of what the reader gives."""
    rows = list(cells)
    for row, column, text in shown:
        rows.extend([] for _ in range(row + 1 - len(rows)))
        found = list(rows[row])
        found.extend("" for _ in range(column + 1 - len(found)))
        found[column] = text
        rows[row] = found
    return rows


def _styles(xml: str, attribute: str, wanted: Collection[str]) -> frozenset[str]:
    """The numbers of the styles of cells that have one of the values `wanted`."""
    styles = _STYLES.findall(xml.partition("cellXfs")[2].partition("cellXfs>")[0])
    values = (attributes_of(style).get(attribute, "") for style in styles)
    return frozenset(str(at) for at, value in enumerate(values) if value in wanted)


def _local(attributes: dict[str, str], name: str) -> str:
    """An attribute that has a prefix, whichever that is."""
    return next((value for key, value in attributes.items() if key.endswith(f":{name}")), "")


def _in_sheet(xml: bytes, percent: frozenset[str], *, is_computed: bool) -> Iterator[Shown]:
    has_formulas = any(mark in xml for mark in _FORMULA_MARKS)
    is_suspect = has_formulas and (not is_computed or any(each.search(xml) for each in _SUSPECTS))
    has_shares = any(f' s="{each}"'.encode() in xml for each in percent)
    if not (is_suspect or has_shares or any(mark in xml for mark in _ERROR_MARKS)):
        return
    for cell in cells_of_sheet(xml.decode(errors="replace")):
        kind, result = cell.about.get("t", ""), _RESULT.search(cell.content)
        # A formula whose result is a text without letters is no failure.
        unsaved = kind != "str" and _FORMULA.search(cell.content) and _is_unsaved(result, is_computed)
        if kind == "e" or unsaved:
            yield cell.row, cell.column, _known(result[1] if result and kind == "e" else "")
        elif result and kind in ("", "n") and cell.about.get("s") in percent:
            yield cell.row, cell.column, _percent(result[1])


def _aside_in_sheet(xml: bytes, struck: frozenset[str]) -> Iterator[int]:
    if b" hidden=" not in xml and not any(f' s="{each}"'.encode() in xml for each in struck):
        return
    text = xml.decode(errors="replace")
    tags = list(TAGS.finditer(text))
    starts = [at for at, tag in enumerate(tags) if tag[1] == "row"]
    row = -1
    for start, end in itertools.pairwise([*starts, len(tags)]):
        about = attributes_of(tags[start][2])
        row = int(about["r"]) - 1 if about.get("r", "").isdecimal() else row + 1
        # A cell without anything in it ends with its tag.
        cells = [attributes_of(tag[2]) for tag in tags[start + 1 : end] if not tag[0].endswith("/>")]
        is_struck = bool(cells) and all(cell.get("s") in struck for cell in cells)
        if about.get("hidden") in ("1", "true") or is_struck:
            yield row


def _is_unsaved(result: re.Match[str] | None, is_computed: bool) -> bool:
    return not result or (not is_computed and result[1].strip() == "0")


def _percent(figure: str) -> str:
    """A share as a cell shows it, such as `50 %` for 0.5; what is no figure stays."""
    try:
        return f"{float(figure) * 100:.10g} %" if _FIGURE.fullmatch(figure) else figure
    except ValueError:
        return figure


def _known(shown: str) -> str:
    """What a cell shows, as an error that is known as one."""
    text = html.unescape(shown).strip()
    return text if is_error(text) else UNKNOWN if text else NO_RESULT


def _hidden_in_open_document(xml: bytes, sheet: str) -> Iterator[int]:
    if b"table:visibility=" not in xml:
        return
    is_here, row = False, 0
    for tag in OPEN_TAGS.finditer(xml.decode(errors="replace")):
        if tag[1] == "table":
            is_here, row = attributes_of(tag[2]).get("table:name") == sheet, 0
        elif tag[1] == "table-row" and is_here:
            end = min(MAX_ROWS, row + repeated(tag[2], "rows"))
            if attributes_of(tag[2]).get("table:visibility") in _ASIDE:
                yield from range(row, end)
            row = end


def _in_open_document(xml: bytes, sheet: str) -> Iterator[Shown]:
    if not any(mark in xml for mark in _OPEN_MARKS):
        return
    for cell in open_cells(xml, sheet):
        if shown := _instead(cell.about, cell.content):
            yield from ((row, column, shown) for row in cell.rows for column in cell.columns)


def _as_text(found: re.Match[bytes]) -> bytes:
    return b"\n" if found[1] == b"line-break" else b" "


def _merged_in_open_document(xml: bytes, sheet: str) -> Iterator[Merged]:
    if b"table:number-rows-spanned=" not in xml:
        return
    for cell in open_cells(xml, sheet):
        rows, columns = number_in(cell.about, "rows-spanned"), number_in(cell.about, "columns-spanned")
        if rows > 1 or columns > 1:
            row, column = cell.rows.start, cell.columns.start
            yield (row, column), (min(MAX_ROWS, row + rows) - 1, min(MAX_COLUMNS, column + columns) - 1)


def _instead(about: str, content: str) -> str:
    """What a cell of OpenDocument shows in place of what the reader gives; empty where that is the same."""
    if not any(mark in about for mark in ("formula=", "error", "percentage")):
        return ""
    attributes, shown = attributes_of(about), _SHOWN.search(content)
    if attributes.get("office:value-type") == "percentage":
        return _percent(attributes.get("office:value", ""))
    text = html.unescape(shown[1]).strip() if shown else ""
    if attributes.get("calcext:value-type") == "error" or is_error(text):
        return _known(text) if text else UNKNOWN
    return "" if "office:value-type" in attributes or text else NO_RESULT
