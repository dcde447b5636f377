"""Finds cells of a workbook that are struck through, whole or in part: what somebody crossed out is over.

Forms: ECMA-376 part 1, 18.4.8 "si (String Item)", 18.4.4 "r (Rich Text Run)", 18.4.10 "strike";
OpenDocument 1.3 part 3, 20.378 "style:text-line-through-style".
"""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rolebook.spreadsheet.sheet_xml import attributes_of, cells_of_sheet, is_on, open_cells

_STRIKE = re.compile(r"<(?:\w+:)?strike\b([^<>]*)>")
_STRING = re.compile(r"<(?:\w+:)?(si|is)\b[^<>]*>(.*?)</(?:\w+:)?\1>", re.DOTALL)
_RUN = re.compile(r"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(r"<(?:\w+:)?t\b[^<>]*>([^<]*)</")
_VALUE = re.compile(r"<(?:\w+:)?v\b[^<>]*>\s*([0-9]{1,9})\s*<")
_STYLE = re.compile(r"<style:style\b([^<>]*)>(.*?)</style:style>", re.DOTALL)
_LINE_THROUGH = re.compile(r"""style:text-line-through-style=["'](?!none)""")
_SPAN = re.compile(r"<text:span\b([^<>]*)>([^<]*)</text:span>")
_PARAGRAPH = re.compile(r"<text:p\b[^<>]*>(.*?)</text:p>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class StruckCell:
    """A cell that is struck through."""

    row: int
    column: int
    """From 0."""
    left: str
    """What of its text is not struck through."""


def in_sheet(xml: bytes, styles: Collection[str], strings: bytes) -> Iterator[StruckCell]:
    """The struck cells of a sheet of Office Open XML; `styles` are those that strike a whole cell."""
    shared = _left_of_shared(strings)
    if not (shared or styles or b"strike" in xml):
        return
    for cell in cells_of_sheet(xml.decode(errors="replace")):
        if not cell.content.strip():
            continue
        left = _left(cell.about, cell.content, shared)
        if cell.about.get("s") in styles:
            yield StruckCell(cell.row, cell.column, "")
        elif left is not None:
            yield StruckCell(cell.row, cell.column, left)


def _left(about: Mapping[str, str], content: str, shared: Mapping[int, str]) -> str | None:
    """What is left of a cell's text; None where nothing of it is struck through."""
    if about.get("t") == "s" and (number := _VALUE.search(content)):
        return shared.get(int(number[1]))
    inline = _STRING.search(content) if about.get("t") == "inlineStr" else None
    return _left_of(inline[2]) if inline else None


def _left_of_shared(strings: bytes) -> dict[int, str]:
    if b"strike" not in strings:
        return {}
    items = enumerate(_STRING.finditer(strings.decode(errors="replace")))
    return {at: left for at, item in items if (left := _left_of(item[2])) is not None}


def _left_of(string: str) -> str | None:
    """What of a string's runs is not struck through; None where no run is."""
    runs = _RUN.findall(string)
    kept = [run for run in runs if not is_on(_STRIKE, run)]
    if len(kept) == len(runs):
        return None
    return html.unescape("".join(text for run in kept for text in _TEXT.findall(run))).strip()


def in_open_document(xml: bytes, sheet: str) -> Iterator[StruckCell]:
    """The struck cells of a sheet of OpenDocument."""
    if b"text-line-through-style" not in xml:
        return
    text = xml.decode(errors="replace")
    names = {
        attributes_of(about).get("style:name", "")
        for about, style in _STYLE.findall(text)
        if _LINE_THROUGH.search(style)
    }
    for cell in open_cells(xml, sheet):
        paragraphs = "\n".join(_PARAGRAPH.findall(cell.content))
        if not paragraphs:
            continue
        is_whole = attributes_of(cell.about).get("table:style-name") in names
        kept = _SPAN.sub(lambda span: _unless_struck(span, names), paragraphs)
        if is_whole or kept != paragraphs:
            left = "" if is_whole else html.unescape(_TAG.sub("", kept)).strip()
            yield from (StruckCell(row, column, left) for row in cell.rows for column in cell.columns)


def _unless_struck(span: re.Match[str], names: Collection[str]) -> str:
    return "" if attributes_of(span[1]).get("text:style-name") in names else span[0]
