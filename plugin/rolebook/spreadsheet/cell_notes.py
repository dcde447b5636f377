"""Finds the notes of a workbook's cells, which stand beside what is in them.

Forms: ECMA-376 part 1, 18.7.3 "comment (Comment)"; OpenDocument 1.3 part 3, 14.1 "office:annotation".
"""

import html
import re
from collections.abc import Iterator

from rolebook.spreadsheet.sheet_xml import attributes_of, open_cells, place_of

# What is open ends where the next one begins, so no letter is looked at from everywhere.
_NOTE = re.compile(r"<(?:\w+:)?comment\b([^<>]*)>((?:(?!</?(?:\w+:)?comment\b).)*+)</", re.DOTALL)
_TEXT = re.compile(r"<(?:\w+:)?t\b[^<>]*>([^<]*)</")
_ANNOTATION = re.compile(
    r"<office:annotation\b[^<>]*>((?:(?!</?office:annotation\b).)*+)</office:annotation>", re.DOTALL
)
_PARAGRAPH = re.compile(r"<text:p\b[^<>]*>((?:(?!</?text:p\b).)*+)</text:p>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")

Note = tuple[int, str]
"""The row, from 0, and the text."""


def in_part(xml: bytes) -> Iterator[Note]:
    """The notes in a part of Office Open XML that has those of a sheet."""
    for about, content in _NOTE.findall(xml.decode(errors="replace")):
        place = place_of(attributes_of(about).get("ref", ""))
        text = html.unescape("".join(_TEXT.findall(content))).strip()
        if place and text:
            yield place[0], text


def in_open_document(xml: bytes, sheet: str) -> Iterator[Note]:
    """The notes in a sheet of OpenDocument."""
    if b"<office:annotation" not in xml:
        return
    for cell in open_cells(xml, sheet):
        for note in _ANNOTATION.findall(cell.content):
            paragraphs = " ".join(_PARAGRAPH.findall(note))
            if cell.rows and (text := html.unescape(_TAG.sub("", paragraphs)).strip()):
                yield cell.rows.start, text
