"""Workbooks as spreadsheets write them, made by hand: Office Open XML and OpenDocument."""

import io
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

Cell = str | int | float | bool | None
Rows = Sequence[Sequence[Cell]]

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(
    sheets: Mapping[str, Rows],
    hidden: Iterable[str] = (),
    merged: str = "",
    hidden_rows: Collection[int] = (),
) -> bytes:
    """A workbook; cells of `merged`, such as `A2:A4`, are one.

    A text `d:N` is day N as Excel counts; one that begins with `~` is struck through. Rows count from 1.
    """
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": _relations({"r0": ("officeDocument", "xl/workbook.xml")}),
        "xl/styles.xml": f'<styleSheet {_MAIN}><fonts><font/><font><strike val="0"/></font>'
        '<font><strike/><sz val="11"/></font></fonts><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf fontId="2"/></cellXfs></styleSheet>',
    }
    entries, related = [], {"s": ("styles", "styles.xml")}
    for at, (name, rows) in enumerate(sheets.items()):
        state = ' state="hidden"' if name in hidden else ""
        entries.append(f'<sheet name="{escape(name)}" sheetId="{at + 1}" r:id="r{at}"{state}/>')
        related[f"r{at}"] = ("worksheet", f"worksheets/sheet{at}.xml")
        lines = "".join(_row(row, number, number in hidden_rows) for number, row in enumerate(rows, 1))
        one = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f"<worksheet {_MAIN}><sheetData>{lines}</sheetData>{one}</worksheet>"
        )
    parts["xl/workbook.xml"] = (
        f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>{"".join(entries)}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = _relations(related)
    return _archive(parts)


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _row(row: Sequence[Cell], number: int, is_hidden: bool) -> str:
    hidden = ' hidden="1"' if is_hidden else ""
    return (
        f'<row r="{number}"{hidden}>{"".join(_cell(cell, number, at) for at, cell in enumerate(row))}</row>'
    )


def _cell(value: Cell, row: int, column: int) -> str:
    place = f'r="{chr(65 + column)}{row}"'
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c {place} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c {place}><v>{value}</v></c>"
    if value.startswith("d:"):
        return f'<c {place} s="1"><v>{value[2:]}</v></c>'
    style = ' s="2"' if value.startswith("~") else ""
    return f'<c {place}{style} t="inlineStr"><is><t>{escape(value.removeprefix("~"))}</t></is></c>'


def ods(rows: Rows, *, protected: bool = False) -> bytes:
    """An OpenDocument spreadsheet of one sheet; `protected` says that it needs a password."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = "".join(f' xmlns:{each}="{office}:{each}:1.0"' for each in ("office", "table", "text"))
    lines = "".join(f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content{names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Roles">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    secret = "<manifest:encryption-data></manifest:encryption-data>" if protected else ""
    entry = f'<manifest:file-entry manifest:full-path="content.xml">{secret}</manifest:file-entry>'
    manifest = f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0">{entry}</manifest:manifest>'
    return _archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _open_cell(value: Cell) -> str:
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    shown = f"<text:p>{escape(value)}</text:p>" if value else ""
    return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'


def _archive(parts: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def noted(kind: str, rows: Rows, note: str) -> bytes:
    """A workbook of a `kind`, xlsx or ods, with a note beside the last cell of the second column."""
    data = xlsx({"Roles": rows}) if kind == "xlsx" else ods(rows)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    if kind == "ods":
        mark = f"<office:annotation><text:p>{escape(note)}</text:p></office:annotation><text:p>{rows[-1][1]}"
        parts["content.xml"] = parts["content.xml"].replace(f"<text:p>{rows[-1][1]}", mark)
        return _archive(parts)
    parts["xl/worksheets/_rels/sheet0.xml.rels"] = _relations({"n": ("comments", "../comments1.xml")})
    parts["xl/comments1.xml"] = (
        f'<comments {_MAIN}><commentList><comment ref="B{len(rows)}"><text><r><t>{escape(note)}</t></r>'
        "</text></comment></commentList></comments>"
    )
    return _archive(parts)
