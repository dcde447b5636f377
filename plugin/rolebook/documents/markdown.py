"""A document as Markdown, to paste where HTML cannot go.

CommonMark and Python-Markdown read the same in it, and what is text in the document is text to both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from rolebook.body.tree import Element, Node
from rolebook.documents.document import Document
from rolebook.documents.writer import LISTS, Writer, indented

_INDENT = 4
"""Blanks before what is in a list's item: Python-Markdown asks for four, CommonMark takes them."""
_APART = "<!-- -->"
"""Between a list or a quotation and what would be taken for part of it."""
_TAKES = re.compile(r"(?:-|\d+\.|>) ")
_IS_TAKEN = re.compile(r"(?:-|\d+\.|>| {3}) ")
_ACTIVE = re.compile(r"[\\`*_\[\]{]|<|&(?=#?\w+;)|~(?=~)|(?<=~)~")
_BEGINNING = re.compile(
    r"(\d+(?=[.)](?: |$))|)([-+](?!\w)|[#>!|]|=(?!\w)|:(?=[ :-])|\?(?=\?\?)|/(?=//)|(?<=\d)[.)])"
)
"""A character that would make its line something else than text, and the number before it."""
_BACKSLASH = frozenset("\\`*_[]{#>!-+.)")
"""Escaped by a backslash for both readers; any other character by its number."""
_UNSAFE = str.maketrans({char: f"%{ord(char):02X}" for char in " \"'()<>[]\\^`{|}"})
_MARKS = {"strong": "**", "em": "*", "del": "~~"}


def as_markdown(document: Document) -> str:
    """`document` as Markdown; what is text in it stays text."""
    return _Markdown().document(document)


class _Markdown(Writer):
    rule = "***"  # no sign of a list, which could begin with it

    def blocks(self, nodes: Iterable[Node]) -> Iterator[str]:
        before = ""
        for block in super().blocks(nodes):
            if _TAKES.match(before) and _IS_TAKEN.match(block):
                yield _APART
            yield block
            before = block

    def joined(self, pieces: Iterable[str]) -> str:
        line = ""
        for piece in pieces:
            if line.endswith("!") and piece.startswith("["):
                line = f"{line[:-1]}\\!"  # or the link would be a picture
            is_run = line[-1:] == piece[:1] and piece[:1] in ("`", "*", "~")
            line += f" {piece}" if is_run else piece
        return line

    def text(self, text: str) -> str:
        return _ACTIVE.sub(lambda found: _escaped(found[0]), text)

    def marked(self, element: Element, text: str) -> str:
        if element.tag == "code":
            return _code(" ".join(element.text.split()))
        if element.tag == "a" and (address := element.attributes.get("href")):
            return f"[{text}]({_address(address)})"
        mark = _MARKS.get(element.tag, "")
        return f"{mark}{text}{mark}"

    def paragraph(self, line: str) -> str:
        return "  \n".join(map(_begun, line.split("\n")))

    def heading(self, level: int, line: str) -> str:
        text = line.rstrip("#")
        closing = r"\#" * (len(line) - len(text))
        return f"{'#' * level} {text}{closing}"

    def code(self, lines: Sequence[str]) -> str:
        return indented("\n".join(map(str.rstrip, lines)), " " * _INDENT)

    def table(self, rows: Sequence[Sequence[str]]) -> str:
        width = max(map(len, rows))
        head, *body = ([*row, *[""] * (width - len(row))] for row in rows)
        return "\n".join(map(_row, (head, ["---"] * width, *body)))

    def item(self, item: Element) -> list[str]:
        blocks = super().item(item)
        # Python-Markdown knows no item that begins with code or a quotation.
        return ["&nbsp;", *blocks] if blocks and blocks[0].startswith((" ", ">")) else blocks

    def marker(self, sign: str, item: Element) -> tuple[str, str]:
        # Where a first line or code is read by its indent, the item's own is as wide as both readers want it.
        first = next((node for node in item.children if not isinstance(node, str) or node.strip()), "")
        is_wide = any(item.all("pre")) or (isinstance(first, Element) and first.tag in LISTS)
        begun = f"{sign} ".ljust(_INDENT if is_wide else 0)
        return begun, " " * max(_INDENT, len(begun))


def _escaped(char: str) -> str:
    return f"\\{char}" if char in _BACKSLASH else {"<": "&lt;", "&": "&amp;"}.get(char) or f"&#{ord(char)};"


def _begun(line: str) -> str:
    """A line whose beginning is text, too."""
    found = _BEGINNING.match(line)
    return f"{found[1]}{_escaped(found[2])}{line[found.end() :]}" if found else line


def _code(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _address(address: str) -> str:
    return re.sub(r"&(?=#?\w+;)", "&amp;", address.translate(_UNSAFE))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
