"""Spreadsheets as `import` and `init` take them: files, columns, role files made of their rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from rolebook.cli.common import refuse
from rolebook.escaping import printable
from rolebook.organisation import name_key
from rolebook.problems import Problem
from rolebook.spreadsheet.columns import (
    FIELDS,
    MappedColumns,
    missing_columns,
    parse_map,
    with_named_like_fields,
)
from rolebook.spreadsheet.files import parse_table
from rolebook.spreadsheet.matching import KnownRole
from rolebook.spreadsheet.post import TEAM_WORDS, Conventions
from rolebook.spreadsheet.rows import Imported, import_tables
from rolebook.spreadsheet.table import Table, column_key

MAX_BYTES = 20_000_000
"""Of one table; the largest organisations take a twentieth of that."""


def _map(_context: click.Context, _option: click.Parameter, given: Iterable[str]) -> MappedColumns:
    try:
        return parse_map(given)
    except ValueError as error:
        raise click.BadParameter(printable(str(error))) from None


def _teams(_context: click.Context, _option: click.Parameter, given: Iterable[str]) -> frozenset[str]:
    return frozenset({*TEAM_WORDS, *map(name_key, given)})


map_option = click.option(
    "--map",
    "mapped",
    metavar="FIELD=COLUMN",
    multiple=True,
    callback=_map,
    help="Which column holds which field, besides those that are called like fields. Given twice for one "
    "field, the first cell with something in it counts; a first and a last name make one name, as do columns "
    "that are joined by +. Without a column, the field is not read. "
    f"The fields: {', '.join(FIELDS)}.",
)
sheet_option = click.option(
    "--sheet",
    metavar="NAME",
    default="",
    help="Which sheet of a workbook; the first visible one whose header has the titles.",
)
me_option = click.option(
    "--me", metavar="NAME", default="", help="Whom 'me' in place of an owner or a parent means: your name."
)
team_option = click.option(
    "--team",
    "teams",
    metavar="WORD",
    multiple=True,
    callback=_teams,
    help="In a column of kinds: the row is about a team, whose owner, hours and 'as' are those of a member. "
    "Rows of one team are one file. Team, circle, committee, squad, working group and the like are known "
    "without the option.",
)


def read_tables(
    files: Sequence[Path], mapped: MappedColumns, delimiter: str = "", sheet: str = ""
) -> tuple[Table, ...]:
    """The tables in `files`; ends the program where one cannot be used."""
    wanted = {column_key(each) for each in mapped.get("title", ("title",))}
    stems = Counter(file.name for file in files)
    tables = []
    for file in files:
        name = file.name if stems[file.name] == 1 else file.as_posix()
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                most = f"{MAX_BYTES // 10**6} MB"
                refuse(f"{file} is larger than {most}. Save the sheet of the roles alone.")
            table = parse_table(name, data, delimiter, wanted, sheet)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            refuse(f"{file} cannot be read ({reason}).")
        if isinstance(table, Problem):
            refuse(str(table))
        tables.append(table)
    return tuple(tables)


def imported_or_refused(
    tables: Sequence[Table],
    mapped: MappedColumns,
    conventions: Conventions,
    known: Sequence[KnownRole] = (),
    answers: Mapping[str, str] | None = None,
) -> Imported:
    """What becomes of `tables`, see `import_tables`; ends the program where their columns do not fit."""
    mapped = with_named_like_fields(tables, mapped)
    if missing := missing_columns(tables, mapped):
        refuse(missing)
    imported = import_tables(tables, mapped, conventions, known, answers)
    if isinstance(imported, Problem):
        refuse(str(imported))
    if not imported.files:
        refuse("There is no row below the columns' names.")
    return imported
