"""Finds columns that lost most of their values since the last import, or in which most have other rows now.

An export without the right to see a column, or a column that was sorted alone, looks like many changes of one
kind at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_ASKED_FOR_EACH = frozenset({"title", "kind", "status", "also_reports_to"})
"""Fields that have questions of their own, or follow from others."""
_FEW = 2
"""So many values are a column; one alone is a cell that somebody emptied."""
_MOVED = 3
"""So many values that have changed rows are more than two people who have changed places."""


@dataclass(frozen=True, slots=True)
class RowThen:
    """What a role's cells were, are and would be, by field."""

    role: str
    """Its id."""
    last: Mapping[str, str]
    """At the last import."""
    file: Mapping[str, str]
    """As its file has them."""
    table: Mapping[str, str]
    is_as_before: bool
    """Whether the row says what it said at the last import: what it takes away was not taken away then."""


@dataclass(frozen=True, slots=True)
class DoubtfulColumn:
    """A column whose changes may be an accident."""

    field: str
    roles: tuple[str, ...]
    """The ids of those whose cells are empty, or have another row's value."""
    all: int
    """Cells that had a value at the last import."""
    is_emptied: bool
    """Else most of its values have changed rows."""


def doubtful_columns(rows: Sequence[RowThen]) -> Iterator[DoubtfulColumn]:
    """Find the fields of one table's `rows` of which only the owner knows whether they are as meant."""
    for name in sorted({name for row in rows for name in row.table} - _ASKED_FOR_EACH):
        had = [row for row in rows if name in row.table and row.last.get(name)]
        emptied = [row for row in had if not row.table[name]]
        lost = [row for row in emptied if row.file.get(name)]
        are_most = len(emptied) >= _FEW and len(emptied) * 2 > len(had)
        if lost and (are_most or any(row.is_as_before for row in lost)):
            yield DoubtfulColumn(name, _roles(lost), len(had), is_emptied=True)
        moved = _moved(name, had)
        if len(moved) >= _MOVED and len(moved) * 2 > len(had):
            yield DoubtfulColumn(name, _roles(moved), len(had), is_emptied=False)


def _moved(name: str, rows: Iterable[RowThen]) -> list[RowThen]:
    """The rows with a value that another row had at the last import; each row's value is another's once."""
    changed = [row for row in rows if row.table[name] not in (row.last[name], row.file.get(name))]
    theirs, found = Counter(row.last[name] for row in changed), []
    for row in changed:
        if row.table[name] and theirs[row.table[name]]:
            theirs[row.table[name]] -= 1
            found.append(row)
    return found


def _roles(rows: Iterable[RowThen]) -> tuple[str, ...]:
    return tuple(row.role for row in rows)
