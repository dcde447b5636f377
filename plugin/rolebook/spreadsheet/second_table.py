"""Finds where a second table begins below the first one: its rows are no roles, and often private."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rolebook.language import gettext, ngettext
from rolebook.organisation import name_key
from rolebook.problems import Problem
from rolebook.spreadsheet.columns import ColumnMap
from rolebook.spreadsheet.holders import alone
from rolebook.spreadsheet.table import Row, Table, one_line, shortened
from rolebook.spreadsheet.template_rows import TEMPLATE_ROW, is_called_title
from rolebook.wording import listed

_HEADING = 2
"""Cells that a header has at least."""
_LOOKED_AT = 20
"""Rows below a header that show what they are about."""


def without_second(table: Table, columns: ColumnMap) -> tuple[Table, tuple[Problem, ...]]:
    """The table up to where a second one begins, which is reported. One that Rolebook exported has none."""
    at = 0 if columns.as_exported else _beginning(table.rows, columns)
    if not at:
        return table, ()
    row, number = table.rows[at], len(table.rows) - at
    cells = listed(f"'{shortened(one_line(cell))}'" for cell in row.cells if cell.strip())
    message = gettext("a second table begins with %(cells)s", cells=cells)
    done = ngettext(
        "Its %(number)s row was left out: import it from a file of its own if it has roles",
        "Its %(number)s rows were left out: import them from a file of their own if they are roles",
        number,
    )
    problem = Problem(TEMPLATE_ROW, table.file, row.number, message, done)
    return replace(table, rows=table.rows[:at]), (problem,)


@dataclass(frozen=True, slots=True)
class _Rows:
    rows: Sequence[Row]
    titles: Sequence[str]
    owners: Sequence[str]
    held: Mapping[str, int]
    """The first row of each holder."""
    first_figure: int
    """The first row with a figure in place of a name."""

    def is_apart(self, at: int) -> bool:
        """Whether an empty row is above."""
        return self.rows[at].number > self.rows[at - 1].number + 1

    def begins(self, at: int) -> bool:
        """Whether a second table begins: with a heading above it, its header, or people without one."""
        if self.is_apart(at) and _filled(self.rows[at]) == 1 and at + 1 < len(self.rows):
            return self.is_header(at + 1, is_apart=True)
        are_people = self.is_apart(at) and at + 1 < len(self.rows) and all(self.people(at, at))
        return are_people or self.is_header(at, is_apart=self.is_apart(at))

    def is_header(self, at: int, *, is_apart: bool) -> bool:
        """Whether the rows below a header are of other things; without an empty row above it, of people."""
        if at + 1 == len(self.rows) or not (is_apart or self.is_person(at + 1, at)):
            return False
        cells = [cell for cell in self.rows[at].cells if cell.strip()]
        if len(cells) < _HEADING or not all(map(_is_word, cells)):
            return False
        people = self.people(at + 1, at)
        if not is_apart:
            return all(people) and " " not in self.owners[at]
        figures = [_is_figure(owner) for owner in self.owners[at + 1 : at + 1 + _LOOKED_AT]]
        is_other = sum(figures) * 2 > len(figures) and self.first_figure > at
        return sum(people) * 2 > len(people) or is_other or is_called_title(self.titles[at])

    def people(self, start: int, at: int) -> list[bool]:
        """Of some rows from `start`, which are called like somebody who holds a role above the row `at`."""
        return [self.is_person(each, at) for each in range(start, min(start + _LOOKED_AT, len(self.rows)))]

    def is_person(self, each: int, at: int) -> bool:
        """Whether a row is called like a holder above the row `at`, and is not held by the same."""
        title = self.titles[each]
        return self.held.get(title, at) < at and name_key(self.owners[each]) != title


def _beginning(rows: Sequence[Row], columns: ColumnMap) -> int:
    """Where a second table begins; 0 without one."""
    titles = [name_key(one_line(columns.of(row, "title"))) for row in rows]
    owners = [one_line(columns.of(row, "owner")) for row in rows]
    held: dict[str, int] = {}
    for at, owner in enumerate(owners):
        held.setdefault(name_key(alone(owner)), at)
    held.pop("", None)
    first_figure = next((at for at, owner in enumerate(owners) if _is_figure(owner)), len(rows))
    found = _Rows(rows, titles, owners, held, first_figure)
    return next((at for at in range(1, len(rows)) if found.begins(at)), 0)


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_word(cell: str) -> bool:
    return any(map(str.isalpha, cell)) and not _is_figure(cell)


def _is_figure(cell: str) -> bool:
    return any(map(str.isdigit, cell))
