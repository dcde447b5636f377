"""Draws the ways of dotted lines between boxes that have their places: none runs behind a third box."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

MAX_WAYS = 80
"""Of the ways around boxes, so many of the shortest are tried."""
_PARTS = 16
"""Straight pieces for which a bent line is looked at."""

Point = tuple[float, float]
Line = tuple[Point, ...]


class Place(Protocol):
    """Where a box is."""

    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def middle(self) -> float: ...


def bent(one: Place, other: Place, gap: float, drop: float) -> Line:
    """A line between the sides of two boxes that face each other; it bends towards its two middle points.

    `gap` is between boxes of a row, and `drop` between rows.
    """
    upper, lower = sorted((one, other), key=lambda box: (box.y, box.x))
    if upper.bottom <= lower.y:
        # Beside the solid lines, which are in the middle.
        start, end = (upper.middle + drop / 2, upper.bottom), (lower.middle + drop / 2, lower.y)
        middle = (start[1] + end[1]) / 2
        return start, (start[0], middle), (end[0], middle), end
    left, right = sorted((one, other), key=lambda box: box.x)
    start, end = (left.right, (left.y + left.bottom) / 2), (right.x, (right.y + right.bottom) / 2)
    # Below what is between them.
    depth = max(left.bottom, right.bottom) + drop / 2 if end[0] - start[0] > gap else start[1]
    return start, (start[0] + gap, depth), (end[0] - gap, depth), end


def around(one: Place, other: Place, boxes: Sequence[Place], gap: float, drop: float) -> Line | None:
    """The shortest way of three corners and more between two boxes that crosses no box; None without one."""
    upper, lower = sorted((one, other), key=lambda box: (box.y, box.x))
    is_below = upper.bottom <= lower.y
    start = (upper.middle + drop / 2, upper.bottom)
    end = (lower.middle + drop / 2, lower.y if is_below else lower.bottom)
    first, last = start[1] + drop / 4, end[1] + (-drop / 4 if is_below else drop / 4)
    beside = {start[0], end[0], *(x for box in boxes for x in (box.x - gap / 2, box.right + gap / 2))}
    from_left = [x for x in beside if x >= min(box.x for box in boxes)]
    ways = sorted(from_left, key=lambda x: (abs(x - start[0]) + abs(x - end[0]), x))[:MAX_WAYS]
    for x in ways:
        line = (start, (start[0], first), (x, first), (x, last), (end[0], last), end)
        if not crosses(line, boxes):
            return line
    return None


def crosses(line: Sequence[Point], boxes: Iterable[Place]) -> bool:
    """Whether a line of straight pieces goes through the inside of a box."""
    spans = [
        (min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)) for (x, y), (to_x, to_y) in pairwise(line)
    ]
    return any(
        box.x < right and left < box.right and box.y < bottom and top < box.bottom
        for box in boxes
        for left, right, top, bottom in spans
    )


def pieces(bend: Sequence[Point]) -> Iterator[Point]:
    """Points of a bent line, from its beginning to its end."""
    for part in range(_PARTS + 1):
        t = part / _PARTS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield (
            sum(weight * x for weight, (x, _) in zip(weights, bend, strict=True)),
            sum(weight * y for weight, (_, y) in zip(weights, bend, strict=True)),
        )
