"""Places the boxes of a chart that is drawn at build time.

The reports of a role stand side by side while they fit into the width, and in rows beneath each other
where they do not: the same rule gives a chart for a text column and, with more width, a poster.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rolebook.charts.dotted import Line, around, bent, crosses, pieces
from rolebook.charts.model import Chart, Node
from rolebook.charts.text import cleaned, lines

COLUMN = 688.0
"""Width of Material's text column in CSS pixels."""
BOX = 154.0
"""Width of a box: four stand side by side in the column."""
GAP = 14.0
"""Between two boxes of a row."""
DROP = 22.0
"""Between a box and the row below it."""
INDENT = 22.0
"""How far rows beneath each other stand to the right of the box above them."""
PADDING = 8.0
MARGIN = 2.0
TITLE, DETAIL = 13.0, 12.0
"""Font sizes in CSS pixels; below 12 a chart is hard to read."""
LEADING = 1.28
TITLE_LINES, DETAIL_LINES = 5, 4
"""The most that a box has of each: long titles, a team's members, two leads and hours have room."""


@dataclass(frozen=True, slots=True)
class BoxSize:
    """How wide boxes are, and what room their text has in them."""

    width: float
    inset: float
    """Room to the left of the text."""
    title: float
    """Font size at which titles are measured: letters that are bold are wider than their size."""
    foot: float
    """Room below the text."""

    @property
    def room(self) -> float:
        return self.width - self.inset - 2 * PADDING


PLAIN = BoxSize(BOX, inset=0.0, title=TITLE, foot=0.0)
CARD = BoxSize(184.0, inset=32.0, title=1.14 * TITLE, foot=6.0)
"""A box with a face at its left, its title in bold and a bar of its hours at its foot."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place; all in CSS pixels, from the top left corner."""

    node: Node
    x: float
    y: float
    height: float
    title: tuple[str, ...]
    detail: tuple[str, ...]
    width: float = BOX

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """A chart's boxes in the order of its nodes, and the lines between them."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    """Each a series of points, joined by straight strokes."""
    dotted: tuple[Line, ...]
    """Each from a point to another, with the two towards which it bends between them."""
    detours: tuple[Line, ...]
    """Dotted lines around other boxes: each a series of points, joined by straight strokes."""


def turned_over(layout: Layout) -> Layout:
    """The same from right to left."""

    def turned(lines: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(tuple((layout.width - x, y) for x, y in line) for line in lines)

    boxes = tuple(replace(box, x=layout.width - box.right) for box in layout.boxes)
    lines, dotted, detours = map(turned, (layout.lines, layout.dotted, layout.detours))
    return replace(layout, boxes=boxes, lines=lines, dotted=dotted, detours=detours)


@dataclass(slots=True)
class _Block:
    """A box with everything below it, while it is laid out."""

    box_width: float
    box_height: float
    below: list["_Block"] = field(default_factory=list)
    rows: list[list["_Block"]] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    indent: float = 0.0
    """Left side of the box within the block."""
    x: float = 0.0
    y: float = 0.0


def lay_out(chart: Chart, width: float = COLUMN, size: BoxSize = PLAIN, in_columns: bool = False) -> Layout:
    """Place the chart's boxes within `width` if they fit: a box is never narrowed.

    In columns, what is below the reports of the one at the top hangs there, beneath each other.
    """
    texts = [_text(node, size) for node in chart.nodes]
    blocks = [_Block(size.width, _box_height(*text) + size.foot) for text in texts]
    crown = _Block(size.width, 0.0)
    depths: list[int] = []
    for node, block in zip(chart.nodes, blocks, strict=True):
        depths.append(0 if node.parent is None else depths[node.parent] + 1)
        (crown if node.parent is None else blocks[node.parent]).below.append(block)
    # What stands below a box comes after it, so backwards each finds its rows measured.
    heads = 1 if len(crown.below) == 1 else 0
    for block, depth in zip(reversed(blocks), reversed(depths), strict=True):
        is_column = in_columns and depth >= heads
        _arrange(block, 0.0 if is_column else width - 2 * MARGIN - INDENT * depth)
    _stack(crown, width - 2 * MARGIN, 0.0)
    above = _gap(crown, crown.rows[0]) if crown.rows else 0.0
    crown.x, crown.y = MARGIN, MARGIN - above
    for block in (crown, *blocks):
        _place(block)
    boxes = tuple(
        Box(node, block.x + block.indent, block.y, block.box_height, *text, size.width)
        for node, block, text in zip(chart.nodes, blocks, texts, strict=True)
    )
    lines_drawn = tuple(line for block in blocks for line in _lines(block))
    dotted = tuple(_dotted(boxes, chart.dotted))
    bends, detours = (tuple(line for line, is_bent in dotted if is_bent == kind) for kind in (True, False))
    width, height = crown.width + 2 * MARGIN, crown.height - above + 2 * MARGIN
    beyond = [point for line, _ in dotted for point in line]
    width = max([width, *(x + MARGIN for x, _ in beyond)])
    height = max([height, *(y + MARGIN for _, y in beyond)])
    return Layout(width, height, boxes, lines_drawn, bends, detours)


def _dotted(boxes: Sequence[Box], pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[Line, bool]]:
    """A line for each pair of boxes, and whether it is bent: else it leads around others."""
    for one, other in pairs:
        line = bent(boxes[one], boxes[other], GAP, DROP)
        others = [box for at, box in enumerate(boxes) if at not in (one, other)]
        way = around(boxes[one], boxes[other], boxes, GAP, DROP) if crosses([*pieces(line)], others) else None
        yield (line, True) if way is None else (way, False)


def _text(node: Node, size: BoxSize) -> tuple[tuple[str, ...], tuple[str, ...]]:
    title = lines(cleaned(node.title) or "—", size.room, size.title, TITLE_LINES)
    return title, lines(cleaned(node.detail), size.room, DETAIL, DETAIL_LINES)


def _box_height(title: tuple[str, ...], detail: tuple[str, ...]) -> float:
    return 2 * PADDING + LEADING * (TITLE * len(title) + DETAIL * len(detail))


def _arrange(block: _Block, room: float) -> None:
    """Decide the rows of the blocks below `block`, and the block's own size."""
    wide = _row_width(block.below)
    if len(block.below) < 2 or wide <= room:
        block.rows = [block.below] if block.below else []
        if block.below:
            first, last = block.below[0], block.below[-1]
            block.indent = (first.indent + wide - last.width + last.indent) / 2
        block.width = max(wide, block.indent + block.box_width)
        block.height = block.box_height + _rows_height(block)
    else:
        _stack(block, room, INDENT)


def _stack(block: _Block, room: float, indent: float) -> None:
    """Put the blocks below `block` into rows beneath each other, as many side by side as fit."""
    for each in block.below:
        if block.rows and _row_width([*block.rows[-1], each]) <= room - indent:
            block.rows[-1].append(each)
        else:
            block.rows.append([each])
    for row in block.rows:
        if _hangs(block, row):
            row[0].indent = 0.0  # the line to it is short then
    block.width = max([block.box_width, *(indent + _row_width(row) for row in block.rows)])
    block.height = block.box_height + _rows_height(block)


def _row_width(row: Sequence[_Block]) -> float:
    return sum(each.width for each in row) + GAP * (len(row) - 1)


def _rows_height(block: _Block) -> float:
    return sum(_gap(block, row) + max(each.height for each in row) for row in block.rows)


def _gap(block: _Block, row: Sequence[_Block]) -> float:
    """How much room `row` needs above it; a box beside the line down needs less."""
    return GAP if _hangs(block, row) else DROP


def _hangs(block: _Block, row: Sequence[_Block]) -> bool:
    return len(block.rows) > 1 and len(row) == 1


def _place(block: _Block) -> None:
    """Tell the blocks below `block`, which has its own place, theirs."""
    inset = block.width - max(map(_row_width, block.rows)) if len(block.rows) > 1 else 0.0
    top = block.y + block.box_height
    for row in block.rows:
        top += _gap(block, row)
        left = block.x + inset
        for each in row:
            each.x, each.y = left, top
            left += each.width + GAP
        top += max(each.height for each in row)


def _lines(block: _Block) -> Iterator[Line]:
    """From the box of `block` to each box below it."""
    left, bottom = block.x + block.indent, block.y + block.box_height
    down = left + (INDENT / 2 if len(block.rows) > 1 else block.box_width / 2)
    for row in block.rows:
        for each in row:
            goal = each.x + each.indent
            if _hangs(block, row):
                level = each.y + each.box_height / 2
                yield (down, bottom), (down, level), (goal, level)
            else:
                level = each.y - DROP / 2
                middle = goal + each.box_width / 2
                yield (down, bottom), (down, level), (middle, level), (middle, each.y)
