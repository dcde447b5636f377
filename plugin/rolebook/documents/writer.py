"""Writes the tree of a document as text: what Markdown and plain text share."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rolebook.body.tree import Element, Node, tree
from rolebook.documents.document import Document

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_SPACES = re.compile(" {2,}")
_BREAK = re.compile(r" *\n[ \n]*")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = ("ul", "ol")
_SAME = {"b": "strong", "i": "em", "s": "del"}
_MAX_START_DIGITS = 8
"""The number that a list begins with has no more digits; CommonMark reads nine, and more are to follow."""


class Writer(ABC):
    """Writes blocks with an empty line between them; a form says how each kind is marked."""

    rule = "---"
    """A line across the page."""

    def document(self, document: Document) -> str:
        """All of `document`, without its drawings."""
        root = tree(document.article(pictures=False))
        return "\n\n".join(self.blocks(root.children)) + "\n"

    def blocks(self, nodes: Iterable[Node]) -> Iterator[str]:
        """The blocks among `nodes`; what is between two blocks is a paragraph."""
        for is_inline, group in groupby(nodes, is_inline_node):
            if is_inline:
                yield from self._paragraph(group)
                continue
            for element in group:
                assert isinstance(element, Element)
                yield from self._block(element)

    def line(self, nodes: Iterable[Node], within: tuple[str, ...] = ()) -> str:
        """What is in a paragraph, with the author's line breaks; `within` are the elements around it."""
        text = self.joined(self._inline(node, within) for node in nodes)
        return _BREAK.sub("\n", _SPACES.sub(" ", text))

    def joined(self, pieces: Iterable[str]) -> str:
        """Pieces of a line after one another."""
        return "".join(pieces)

    @abstractmethod
    def text(self, text: str) -> str:
        """Text of a line."""

    @abstractmethod
    def marked(self, element: Element, text: str) -> str:
        """Put marks around `text`, the content of an `element` such as `strong`."""

    @abstractmethod
    def paragraph(self, line: str) -> str:
        """A paragraph."""

    @abstractmethod
    def heading(self, level: int, line: str) -> str:
        """A heading; `level` is 1 to 6."""

    @abstractmethod
    def code(self, lines: Sequence[str]) -> str:
        """Lines of code."""

    @abstractmethod
    def table(self, rows: Sequence[Sequence[str]]) -> str:
        """Cells by rows."""

    @abstractmethod
    def marker(self, sign: str, item: Element) -> tuple[str, str]:
        """What begins an `item` with the `sign` `-` or `1.`, and what stands before its other lines."""

    def item(self, item: Element) -> list[str]:
        """The blocks of a list's item."""
        return list(self.blocks(item.children))

    def _block(self, element: Element) -> Iterator[str]:
        tag, children = element.tag, element.children
        if tag in _HEADINGS:
            line = self.line(children).replace("\n", " ").strip()
            yield from [self.heading(_HEADINGS[tag], line)] if line else []
        elif tag in LISTS:
            yield from self._list(element)
        elif tag == "blockquote":
            yield from self._quotation(children)
        elif tag == "pre":
            lines = element.text.strip("\n").split("\n")
            yield from [self.code(lines)] if any(map(str.strip, lines)) else []
        elif tag == "table":
            rows = [[self._cell(cell) for cell in row.all("th", "td")] for row in element.all("tr")]
            yield from [self.table([row for row in rows if row])] if any(map(any, rows)) else []
        elif tag == "hr":
            yield self.rule
        elif tag in ("dt", "summary") and all(map(is_inline_node, children)):
            yield from self._paragraph([replace(element, tag="strong", is_inline=True)])
        else:
            yield from self.blocks(children)

    def _paragraph(self, nodes: Iterable[Node]) -> Iterator[str]:
        line = self.line(nodes)
        if line.strip():
            yield self.paragraph(line.strip(" \n"))

    def _inline(self, node: Node, within: tuple[str, ...]) -> str:
        if isinstance(node, str):
            return self.text(_BLANKS.sub(" ", node))
        if node.tag == "br":
            return "\n"
        if node.tag == "img":
            return self.text(f"({node.attributes.get('alt', '')})")
        if not node.is_inline:  # a block in a table's cell
            return f" {self.line(node.children, within)} "
        element = replace(node, tag=_SAME.get(node.tag, node.tag))
        text = self.line(node.children, (*within, element.tag))
        inner = text.strip(" \n")
        if not inner or element.tag in within:
            return text
        before, _, after = text.partition(inner)
        return f"{before}{self.marked(element, inner)}{after}"

    def _cell(self, cell: Element) -> str:
        return self.line(cell.children).replace("\n", " ").strip()

    def _list(self, element: Element) -> Iterator[str]:
        items = [child for child in element.children if isinstance(child, Element)]
        number = _start(element) if element.tag == "ol" else None
        between = "\n" if all(_is_tight(item) for item in items) else "\n\n"
        written: list[str] = []
        for item in items:
            begun, indent = self.marker("-" if number is None else f"{number + len(written)}.", item)
            if text := between.join(self.item(item)):
                written.append(begun + indented(text, indent).lstrip(" "))
        if written:
            yield between.join(written)

    def _quotation(self, nodes: Iterable[Node]) -> Iterator[str]:
        if quoted := "\n\n".join(self.blocks(nodes)):
            yield "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))


def is_inline_node(node: Node) -> bool:
    """Whether `node` is part of a line."""
    return isinstance(node, str) or node.is_inline


def indented(text: str, by: str) -> str:
    """The lines of `text` with `by` before each that has something in it."""
    return "\n".join(f"{by}{line}" if line else "" for line in text.split("\n"))


def _is_tight(item: Element) -> bool:
    """Whether an item is a line, or a line with one list below it."""
    nodes = [node for node in item.children if not isinstance(node, str) or node.strip()]
    line = nodes[:-1] if nodes and not is_inline_node(nodes[-1]) else nodes
    last = nodes[-1] if len(line) < len(nodes) else None
    below_line = isinstance(last, Element) and last.tag in LISTS and _start(last) == 1
    return all(map(is_inline_node, line)) and (last is None or bool(line and below_line))


def _start(element: Element) -> int:
    number = element.attributes.get("start", "")
    return int(number) if number.isdecimal() and len(number) <= _MAX_START_DIGITS else 1
