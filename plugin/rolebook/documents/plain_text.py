"""A document as plain text, for a mail or a form: no marks but those of lists."""

from collections.abc import Sequence

from rolebook.body.tree import Element
from rolebook.documents.document import Document
from rolebook.documents.writer import Writer, indented

MAX_UPPER_LEVEL = 2
"""Headings down to this level are in capitals."""


def as_text(document: Document) -> str:
    """`document` as plain text; the address of a link is behind its words."""
    return _PlainText().document(document)


class _PlainText(Writer):
    def text(self, text: str) -> str:
        return text

    def marked(self, element: Element, text: str) -> str:
        address = element.attributes.get("href", "") if element.tag == "a" else ""
        shown = address.removeprefix("mailto:")
        return f"{text} ({shown})" if shown not in ("", text) else text

    def paragraph(self, line: str) -> str:
        return line

    def heading(self, level: int, line: str) -> str:
        return line.upper() if level <= MAX_UPPER_LEVEL else line

    def code(self, lines: Sequence[str]) -> str:
        return indented("\n".join(map(str.rstrip, lines)), "    ")

    def table(self, rows: Sequence[Sequence[str]]) -> str:
        return "\n".join(" | ".join(row).rstrip() for row in rows)

    def marker(self, sign: str, item: Element) -> tuple[str, str]:
        return f"{sign} ", " " * (len(sign) + 1)
