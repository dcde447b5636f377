"""Makes columns and rows of a table: finds its header, numbers its rows, evens out its cells."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rolebook.language import gettext, ngettext
from rolebook.organisation import name_key
from rolebook.problems import Problem, Rule, Severity
from rolebook.spreadsheet.error_cells import is_error
from rolebook.spreadsheet.guard import unguarded

UNUSABLE_TABLE = Rule(
    "unusable-table", Severity.ERROR, "Without columns and rows there is nothing to import."
)
RAGGED_ROW = Rule(
    "ragged-row", Severity.WARNING, "A cell too many or too few moves others under wrong headings."
)
CONTROL_CHARACTERS = Rule(
    "control-characters", Severity.WARNING, "Invisible characters in a name make it another name."
)

MAX_ROWS, MAX_COLUMNS = 50_000, 1_000
_WHOLE_NUMBER = re.compile(r"(\d+)[.,]0+")
_MAX_ROWS_ABOVE = 20
"""Among which the header is looked for."""
_MAX_HEADINGS = 2
"""Rows in which the header can stand below the headings of its groups."""
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""What nobody sees; joiners are left, which scripts and pictures need."""

Record = Sequence[str]
"""The cells of one row, as they come."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of an export."""

    file: str
    number: int
    """As a spreadsheet numbers it: the header is 1 where nothing is above it."""
    cells: tuple[str, ...]
    """One a column, in the order of the columns."""
    beyond: tuple[str, ...] = ()
    """Cells that stand to the right of the last column, where they are not empty."""
    failed: Mapping[int, str] = field(default_factory=dict)
    """What cells show where a formula failed, by their place; among `cells`, they are empty."""
    merged: frozenset[int] = frozenset()
    """The places of cells that are one with the cell above them, whose value they have."""


@dataclass(frozen=True, slots=True)
class Table:
    """One export."""

    file: str
    """Its name, as it is reported."""
    columns: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    empty_rows: int
    problems: tuple[Problem, ...]
    note: str = ""
    """What there is to report of how it was read; empty when that is nothing."""
    torn: frozenset[int] = frozenset()
    """The numbers of rows of which a wrong quotation mark leaves open where a cell ends."""


def one_line(text: str) -> str:
    """Make one space of every run of white space in `text`, and none around it."""
    return " ".join(text.split())


def whole_number(text: str) -> str:
    """`101.0`, as programs write it, as `101`; anything else as it is."""
    found = _WHOLE_NUMBER.fullmatch(text)
    return found[1] if found else text


def shortened(text: str, most: int = 80) -> str:
    """`text`, or its first `most` characters."""
    return text if len(text) <= most else f"{text[:most]}…"


def column_key(name: str) -> str:
    """Reduce `name` to what makes it the same column: `Weekly hours` is `weekly_hours`."""
    return " ".join(re.sub(r"[\s_-]+", " ", name_key(name)).split())


def header_place(records: Sequence[Record], wanted: Collection[str] = ()) -> int | None:
    """Find the header; None where no row names columns.

    It is the row with most of the `wanted` columns (by `column_key`): the first, or the one below if that has
    more columns. Without any, it is the first row that names columns, but for titles of one cell above it.
    """
    rows = [(at, _filled(record)) for at, record in enumerate(records) if any(map(_names_something, record))]
    first = rows[:_MAX_ROWS_ABOVE]
    most = max((wanted_among(cells, wanted) for _, cells in first), default=0)
    if most:
        best = [(at, cells) for at, cells in first if wanted_among(cells, wanted) == most]
        # Above the names of columns there can be headings of groups of columns, each with the same names.
        (at, cells), (below, more) = [*best, best[0]][:2]
        return below if len(more) > len({*cells}) and below - at <= _MAX_HEADINGS else at
    if first and len(first[0][1]) == 1:
        return next((at for at, cells in first if len(cells) > 1), first[0][0])
    return first[0][0] if first else None


def wanted_among(cells: Iterable[str], wanted: Collection[str]) -> int:
    """How many of the `wanted` columns have their names in `cells`."""
    return len({column_key(cell) for cell in cells}.intersection(wanted))


def table_of(file: str, records: Sequence[Record], wanted: Collection[str] = ()) -> Table | Problem:
    """Make a table of `records`; or say why there is none."""
    header = header_place(records, wanted)
    if header is None:
        hint = gettext("Its first row has to name the columns")
        return Problem(UNUSABLE_TABLE, file, 0, gettext("the file is empty"), hint)
    if (number := len(records[header])) > MAX_COLUMNS:
        return _too_large(
            file,
            gettext(
                "the table has %(number)s columns, and %(most)s can be imported",
                number=number,
                most=MAX_COLUMNS,
            ),
        )
    if (number := sum(map(any, records))) > MAX_ROWS:
        return _too_large(
            file,
            gettext(
                "the table has %(number)s rows, and %(most)s can be imported", number=number, most=MAX_ROWS
            ),
        )
    columns = [one_line(_clean(cell)) for cell in records[header]]
    problems: list[Problem] = []
    rows: list[Row] = []
    for number, record in enumerate(records[header + 1 :], header + 2):
        if any(map(str.strip, record)):
            rows.append(_row(file, number, record, len(columns), problems))
    empty = len(records) - header - 1 - len(rows)
    return Table(file, tuple(columns), header + 1, tuple(rows), empty, tuple(problems))


def _too_large(file: str, message: str) -> Problem:
    return Problem(UNUSABLE_TABLE, file, 0, message, gettext("Save the part with the roles alone"))


def _filled(record: Record) -> list[str]:
    return [cell for cell in record if cell.strip()]


def _names_something(cell: str) -> bool:
    return any(char.isalnum() for char in cell)


def _clean(cell: str) -> str:
    """Bring `cell` to one Unicode form, without characters that nobody sees."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", cell))


def _row(file: str, number: int, record: Record, width: int, problems: list[Problem]) -> Row:
    changed = any(_CONTROL.search(cell) for cell in record)
    cells = [unguarded(_clean(cell)) for cell in record]
    failed = {at: cell.strip() for at, cell in enumerate(cells[:width]) if is_error(cell)}
    cells = ["" if at in failed else cell for at, cell in enumerate(cells)]
    beyond = tuple(shown for cell in cells[width:] if (shown := one_line(cell)))
    if changed:
        message = gettext("cells contain invisible characters")
        problems.append(Problem(CONTROL_CHARACTERS, file, number, message, gettext("They were left out")))
    if len(cells) < width or beyond:
        message = ngettext(
            "the row has %(number)s cells, the header %(columns)s",
            "the row has %(number)s cells, the header %(columns)s",
            len(cells),
            columns=width,
        )
        done = gettext("What is beyond is kept as a comment")
        if not beyond:
            done = gettext("The missing cells count as empty")
        problems.append(Problem(RAGGED_ROW, file, number, message, done))
    cells += [""] * (width - len(cells))
    return Row(file, number, tuple(cells[:width]), beyond, failed)
