"""Which column of an export holds which field: what `--map FIELD=COLUMN` says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rolebook.organisation import name_key
from rolebook.problems import Problem
from rolebook.schema.kinds import did_you_mean
from rolebook.spreadsheet.table import UNUSABLE_TABLE, Row, Table

ROLE_FIELDS = (
    *("title", "parent", "owner", "weekly_hours", "seats", "deliverable", "purpose", "status"),
    *("engagement", "skills", "location", "tags"),
)
"""Fields of a role that one cell can hold."""
FIELDS = ("id", *ROLE_FIELDS, "fte", "body")
"""All that a column can be mapped to."""

_EXAMPLE = '--map title="Job Title"'

MappedColumns = Mapping[str, tuple[str, ...]]
"""The columns of each mapped field; the first with something in its cell counts."""


def parse_map(pairs: Iterable[str]) -> MappedColumns:
    """The columns of each field, from words such as `title=Job Title`.

    Raises:
        ValueError: a word that is not understood; its text says which, and what to write instead.
    """
    found: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        field, column = field.strip(), column.strip()
        if not (equals and field and column):
            raise ValueError(f"'{pair}' is not FIELD=COLUMN. Write, say, {_EXAMPLE}.")
        if field not in FIELDS:
            meant = did_you_mean(field, FIELDS) or f"The fields are {', '.join(FIELDS)}."
            raise ValueError(f"There is no field '{field}'. {meant}")
        found[field] = (*found.get(field, ()), column)
    if found and "title" not in found:
        raise ValueError(f"No column holds the title. Add, say, {_EXAMPLE}.")
    return found


def named_like_fields(tables: Iterable[Table]) -> MappedColumns:
    """The fields that columns of `tables` are called like; the title is always among them."""
    tables = tuple(tables)
    found = {field for field in FIELDS if any(_places(table, field) for table in tables)}
    return {field: (field,) for field in FIELDS if field in found | {"title"}}


@dataclass(frozen=True, slots=True)
class Cells:
    """Finds the cells of a table's rows by field."""

    places: Mapping[str, tuple[int, ...]]

    def of(self, row: Row, field: str) -> str:
        """The first cell for `field` that is not empty, as it stands; else empty."""
        cells = (row.cells[place] for place in self.places.get(field, ()))
        return next((cell for cell in cells if cell.strip()), "")


def cells_of(table: Table, mapped: MappedColumns) -> Cells | Problem:
    """Where the fields are in `table`; a `Problem` where that cannot be told."""
    places: dict[str, tuple[int, ...]] = {}
    for field, columns in mapped.items():
        for column in columns:
            found = _places(table, column)
            if len(found) > 1:
                message = f"{len(found)} columns are called '{column}'"
                return Problem(UNUSABLE_TABLE, table.file, 0, message, "Give them different names")
            places[field] = (*places.get(field, ()), *found)
    if not places["title"]:
        wanted = " or ".join(f"'{column}'" for column in mapped["title"])
        message = f"no column is called {wanted}, so there are no titles"
        return Problem(UNUSABLE_TABLE, table.file, 0, message, _listed(table.columns))
    return Cells(places)


def missing_columns(tables: Iterable[Table], mapped: MappedColumns) -> str:
    """What to tell of mapped columns that none of `tables` has; empty when there are none such."""
    tables = tuple(tables)
    known = tuple(dict.fromkeys(column for table in tables for column in table.columns if column))
    missing = [
        f"No column is called '{column}'. {did_you_mean(column, known)}".strip()
        for columns in mapped.values()
        for column in columns
        if not any(_places(table, column) for table in tables)
    ]
    return f"{' '.join(missing)} {_listed(known)}." if missing else ""


def _places(table: Table, column: str) -> tuple[int, ...]:
    """Where columns of this name are: written exactly so, or else but for case and spaces."""
    exact = tuple(at for at, each in enumerate(table.columns) if each == column)
    key = name_key(column)
    return exact or tuple(at for at, each in enumerate(table.columns) if name_key(each) == key)


def _listed(columns: Iterable[str]) -> str:
    named = [f"'{column}'" for column in columns if column]
    more = f" and {len(named) - 40} more" if len(named) > 40 else ""
    return f"The columns are {', '.join(named[:40])}{more}"
