"""Puts charts on sheets of paper: on one if it can be read there, else a part of the organisation on each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import TypeVar

from msgspec.structs import replace

from rolebook.charts.layout import CARD, DROP, GAP, Layout, lay_out
from rolebook.charts.model import Chart, LinkKind, Node, Target, card_node, collapsed_node, dotted_lines
from rolebook.charts.reporting import MAX_DOTTED
from rolebook.language import gettext
from rolebook.organisation import Organisation, Role

T = TypeVar("T")

LEGIBLE = 2 / 3
"""No chart is shrunk further: the smallest of its letters, of 12 CSS pixels, are 6 points high then."""
LARGEST = 1.25
"""A chart of few roles is not blown up to fill its sheet."""
_MUCH = 0.7
"""A chart with this part of the size of another one, or less, is much smaller."""
_LOWEST = 46.0
"""Height of the lowest card."""
_CARD = (CARD.width + GAP) * (_LOWEST + 16 + DROP)
"""About what a card takes of a chart, with what is between it and the next ones."""
_WIDTHS = (0.8, 1.0, 1.25, 1.6, 2.1, 3.0)
"""Widths that are tried, as parts of that which a chart without gaps would have."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The room for a chart on a sheet in landscape, and above it, in CSS pixels."""

    width: float
    height: float
    head: float = 0.0

    @property
    def turned(self) -> "Paper":
        """The same sheet in portrait."""
        return Paper(self.height + self.head, self.width - self.head, self.head)


LANDSCAPE = Paper(1.414, 1.0)
"""The shape of a picture that is on no paper."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart, laid out for a sheet, and how much it is shrunk to fit."""

    chart: Chart
    layout: Layout
    scale: float
    is_portrait: bool
    heads: tuple[Role, ...] = ()
    """Whose teams it shows, if it does not begin at the top."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Roles that belong on a sheet together, with everything below them, and whom they report to."""

    head: Role | None
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class _Filled:
    """Parts that fit on a sheet, so many levels of them; 0 for all."""

    parts: tuple[_Part, ...]
    levels: int = 0


def landscape(chart: Chart) -> Layout:
    """Lay out the whole of `chart` somewhat wider than high."""
    return _best(_tried(chart, LANDSCAPE), lambda layout: _scale(layout, LANDSCAPE))


def sheets(organisation: Organisation, role: Role | None, name: str, paper: Paper) -> tuple[Sheet, ...]:
    """Draw `role` and all below it, or the whole organisation, on as few sheets as can be read."""
    tops = (role,) if role else organisation.tops
    first = _Part(tops[0], organisation.reports.get(tops[0].id, ())) if len(tops) == 1 else _Part(None, tops)
    return _Sheets(organisation, name, paper).of(first)


def _tried(chart: Chart, paper: Paper) -> Iterator[Layout]:
    """Lay out `chart` in many ways: first as the site shows it, with one row of columns."""
    yield lay_out(chart, inf, CARD, in_columns=True)
    width = sqrt(len(chart.nodes) * _CARD * paper.width / paper.height)
    for in_columns in (True, False):
        for factor in _WIDTHS:
            yield lay_out(chart, max(CARD.width, factor * width), CARD, in_columns)


def _best(tried: Iterable[T], scale: Callable[[T], float], least: float = 0.0) -> T:
    """The first of those `tried`, which reads most easily, if it is not much smaller than another one."""
    first, *others = tried
    largest = max((first, *others), key=scale)
    return first if scale(first) >= max(least, _MUCH * scale(largest)) else largest


def _scale(layout: Layout, paper: Paper) -> float:
    return min(paper.width / layout.width, paper.height / layout.height)


@dataclass(frozen=True, slots=True)
class _Sheets:
    organisation: Organisation
    name: str
    paper: Paper

    def of(self, first: _Part) -> tuple[Sheet, ...]:
        filled = tuple(self._divided(first))
        numbers: dict[str, int] = {}
        for number, each in enumerate(filled, 1):
            for part in each.parts:
                if part.head:
                    numbers.setdefault(part.head.id, number)
        return tuple(self._sheet(each, numbers) for each in filled)

    def _divided(self, first: _Part) -> Iterator[_Filled]:
        waiting = [first]  # the next one last
        while waiting:
            part = waiting.pop()
            if not self._fits(_Filled((part,))):
                shown, left = self._begun(part)
                yield shown
                waiting += reversed(left)
                continue
            together = [part]
            while waiting and self._fits(_Filled((*together, waiting[-1]))):
                together.append(waiting.pop())
            yield _Filled(tuple(together))

    def _begun(self, part: _Part) -> tuple[_Filled, tuple[_Part, ...]]:
        """As much of `part` as fits, which as a whole does not, and what is left of it."""
        rest: tuple[_Part, ...] = ()
        if not self._fits(_Filled((part,), 1)):
            most = self._most(part)
            rest = (_Part(part.head, part.roles[most:]),)
            part = _Part(part.head, part.roles[:most])
        shown, deeper = _Filled((part,), 1), _Filled((part,), 2)
        while self._folded(shown) and self._fits(deeper):
            shown, deeper = deeper, _Filled((part,), deeper.levels + 1)
        folded = self._folded(shown)
        teams = (_Part(self.organisation.roles[each], self.organisation.reports[each]) for each in folded)
        return shown, (*teams, *rest)

    def _folded(self, filled: _Filled) -> list[str]:
        """The ids of roles below which there is more."""
        return [node.target.id for node in self._nodes(filled) if node.hidden]

    def _most(self, part: _Part) -> int:
        """How many roles of `part` fit, one at least."""
        fits, too_many = 1, len(part.roles)
        while fits + 1 < too_many:
            half = (fits + too_many) // 2
            if self._fits(_Filled((_Part(part.head, part.roles[:half]),), 1)):
                fits = half
            else:
                too_many = half
        return fits

    def _fits(self, filled: _Filled) -> bool:
        room = self.paper.width * self.paper.height / LEGIBLE**2
        nodes: list[Node] = []
        for node in self._nodes(filled):
            nodes.append(node)
            if len(nodes) * CARD.width * _LOWEST > room:
                return False
        return any(sheet.scale >= LEGIBLE for sheet in self._tried(self._chart(nodes)))

    def _sheet(self, filled: _Filled, numbers: Mapping[str, int]) -> Sheet:
        nodes = [
            replace(node, detail=_sheet_number(numbers[node.target.id])) if node.hidden else node
            for node in self._nodes(filled)
        ]
        found = _best(self._tried(self._chart(nodes)), lambda sheet: sheet.scale, LEGIBLE)
        heads = tuple(part.head for part in filled.parts if part.head)
        return Sheet(found.chart, found.layout, found.scale, found.is_portrait, heads)

    def _tried(self, chart: Chart) -> Iterator[Sheet]:
        for paper, is_portrait in ((self.paper, False), (self.paper.turned, True)):
            for layout in _tried(chart, paper):
                yield Sheet(chart, layout, min(LARGEST, _scale(layout, paper)), is_portrait)

    def _chart(self, nodes: Sequence[Node]) -> Chart:
        shown = [node.title for node in nodes if not node.hidden]
        dotted = dotted_lines(self.organisation, nodes)[:MAX_DOTTED]
        title = gettext("Organisation chart of %(name)s", name=self.name)
        return Chart(title, ", ".join(shown), tuple(nodes), dotted)

    def _nodes(self, filled: _Filled) -> Iterator[Node]:
        place = -1
        for part in filled.parts:
            head = None
            if part.head:
                head = place = place + 1
                yield card_node(self.organisation, part.head)
            waiting = [(1, head, role) for role in reversed(part.roles)]
            while waiting:
                level, above, role = waiting.pop()
                place += 1
                yield card_node(self.organisation, role, above)
                reports = self.organisation.reports.get(role.id, ())
                if level != filled.levels:
                    waiting += ((level + 1, place, each) for each in reversed(reports))
                elif reports:
                    yield _fold(self.organisation, role, place)
                    place += 1


def _fold(organisation: Organisation, role: Role, place: int) -> Node:
    fold = collapsed_node(organisation.team_sizes[role.id], Target(LinkKind.CHART, role.id), place)
    return replace(fold, detail=_sheet_number(99))


def _sheet_number(number: int) -> str:
    return gettext("Sheet %(number)s", number=number)
