"""Reads spreadsheets for `import` and `init`: files, columns, and the role files made of their rows."""

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from rolebook.cli.common import refuse
from rolebook.escaping import printable
from rolebook.language import gettext
from rolebook.organisation import name_key
from rolebook.problems import Problem
from rolebook.schema.records import WEEK, RoleFields
from rolebook.spreadsheet.columns import (
    FIELDS,
    MappedColumns,
    missing_columns,
    names_of_header,
    parse_map,
    unknown_field,
    with_named_like_fields,
)
from rolebook.spreadsheet.conventions import TEAM_WORDS, Conventions
from rolebook.spreadsheet.files import parse_table
from rolebook.spreadsheet.known_role import NO_ROLES, KnownRoles
from rolebook.spreadsheet.rows import Imported, import_tables
from rolebook.spreadsheet.table import Table

MAX_BYTES = 20_000_000
"""Of one table; the largest organisations take a twentieth of that."""


def _map(_context: click.Context, _option: click.Parameter, given: Iterable[str]) -> MappedColumns:
    try:
        return parse_map(given)
    except ValueError as error:
        raise click.BadParameter(printable(str(error))) from None


def _teams(_context: click.Context, _option: click.Parameter, given: Iterable[str]) -> frozenset[str]:
    return frozenset({*TEAM_WORDS, *map(name_key, given)})


def _words(_context: click.Context, _option: click.Parameter, given: Iterable[str]) -> frozenset[str]:
    return frozenset(name_key(word) for word in given)


def _delimiter(_context: click.Context, _option: click.Parameter, given: str) -> str:
    delimiter = {"tab": "\t", "\\t": "\t"}.get(given.lower(), given)
    if len(delimiter) > 1 or delimiter in ("\r", "\n", '"'):
        raise click.BadParameter("write one character, or the word tab")
    return delimiter


def _full_week(_context: click.Context, _option: click.Parameter, given: float) -> Decimal:
    if not (math.isfinite(given) and 0 < given <= WEEK):
        raise click.BadParameter(f"write a number of hours from 1 to {WEEK}")
    return Decimal(str(given))


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How to read tables: what the options of `table_options` say."""

    mapped: MappedColumns
    conventions: Conventions
    delimiter: str
    """Between two cells; empty to find it."""
    sheet: str
    """Which sheet of a workbook; empty to find it."""


def _only_once(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> str:
    """The value of an option that a call can have once: another one would be passed over."""
    if len(given) > 1:
        raise click.BadParameter("give it once; save each sheet as a file to import several", context, option)
    return given[0] if given else ""


_OPTIONS = (  # in the order in which they are shown
    click.option(
        "--map",
        "mapped",
        metavar="FIELD=COLUMN",
        multiple=True,
        callback=_map,
        help="Which column holds which field, besides those that are called like fields. Given twice for "
        "one field, the first cell with something in it counts, and what another holds is reported; a first "
        "and a last name make one name, as do columns that are joined by +. "
        "Without a column, the field is not read. "
        f"The fields: {', '.join(FIELDS)}.",
    ),
    click.option(
        "--sheet",
        metavar="NAME",
        multiple=True,
        callback=_only_once,
        help="Which sheet of a workbook; the first visible one with most of the columns that are named.",
    ),
    click.option(
        "--delimiter",
        metavar="CHARACTER",
        default="",
        callback=_delimiter,
        help="Between two cells; found from the header if it is a comma, a semicolon, a tab or |.",
    ),
    click.option(
        "--keep-ids",
        is_flag=True,
        help="Take ids as they are for file names and addresses, even if they are names or e-mail addresses.",
    ),
    click.option(
        "--me",
        metavar="NAME",
        default="",
        help="Whom 'me' in place of an owner or a parent means: your name.",
    ),
    click.option(
        "--root",
        metavar="WORD",
        multiple=True,
        default=["XX"],
        show_default=True,
        callback=_words,
        help="In place of a parent: reports to nobody, as does an empty cell.",
    ),
    click.option(
        "--vacant",
        metavar="WORD",
        multiple=True,
        default=["Vacant"],
        show_default=True,
        callback=_words,
        help="In place of an owner: nobody holds the role, as with an empty cell.",
    ),
    click.option(
        "--unnamed",
        metavar="WORD",
        multiple=True,
        default=["N/D"],
        show_default=True,
        callback=_words,
        help='In place of an owner: somebody holds the role and is not named. "" for empty cells.',
    ),
    click.option(
        "--retired",
        metavar="WORD",
        multiple=True,
        default=["Eliminated", "Deleted"],
        show_default=True,
        callback=_words,
        help="In place of an owner or an id: the role is no more.",
    ),
    click.option(
        "--full-week",
        metavar="HOURS",
        type=float,
        default=37.5,
        show_default=True,
        callback=_full_week,
        help="The hours of an fte of 1. The fte of a row covers all its seats: an fte of 2.6 becomes three "
        "equal seats if no column gives their number and no holder is named.",
    ),
    click.option(
        "--team",
        "teams",
        metavar="WORD",
        multiple=True,
        callback=_teams,
        help="In a column of kinds: the row is about a team, whose owner, hours and 'as' are those of a "
        "member. Rows of one team are one file. Team, circle, committee, squad, working group and the like "
        "are known without the option.",
    ),
    click.option(
        "--memberships",
        is_flag=True,
        help="Every row says that somebody belongs to a team: rows with one id or title are one team.",
    ),
)


def table_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the options that say how tables are read; it gets them as `how`, a `HowToRead`."""

    @functools.wraps(command)
    def with_how(mapped: MappedColumns, delimiter: str, sheet: str, **others: Any) -> None:
        words = {field.name: others.pop(field.name) for field in fields(Conventions)}
        command(how=HowToRead(mapped, Conventions(**words), delimiter, sheet), **others)

    return functools.reduce(lambda with_options, option: option(with_options), reversed(_OPTIONS), with_how)


def read_tables(files: Sequence[Path], how: HowToRead) -> tuple[Table, ...]:
    """Read the tables in `files`; ends the program where one cannot be used."""
    wanted = names_of_header(how.mapped)
    stems = Counter(file.name for file in files)
    tables = []
    for file in files:
        name = file.name if stems[file.name] == 1 else file.as_posix()
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                refuse(
                    gettext(
                        "%(file)s is larger than %(most)s MB. Save the sheet of the roles alone.",
                        file=file,
                        most=MAX_BYTES // 10**6,
                    )
                )
            table = parse_table(name, data, how.delimiter, wanted, how.sheet)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            refuse(gettext("%(file)s cannot be read (%(reason)s).", file=file, reason=reason))
        if isinstance(table, Problem):
            refuse(str(table))
        tables.append(table)
    return tuple(tables)


def imported_or_refused(
    tables: Sequence[Table],
    how: HowToRead,
    roles: KnownRoles = NO_ROLES,
    answers: Mapping[str, str] | None = None,
    record: type[RoleFields] = RoleFields,
) -> Imported:
    """Make role files of `tables`, see `import_tables`; ends the program where their columns do not fit."""
    if unknown := unknown_field(how.mapped, record):
        refuse(unknown)
    mapped = with_named_like_fields(tables, how.mapped, record)
    if missing := missing_columns(tables, mapped):
        refuse(missing)
    imported = import_tables(tables, mapped, how.conventions, roles, answers, record)
    if isinstance(imported, Problem):
        refuse(str(imported))
    if not imported.files:
        left_out = " ".join(map(str, imported.problems))
        if left_out:
            refuse(gettext("No row is a role."), left_out)
        refuse(gettext("There are no rows below the header."))
    return imported
