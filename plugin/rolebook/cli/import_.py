"""`rolebook import`."""

import contextlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from rolebook.cli.common import (
    CLEAN,
    FOUND,
    confirmed,
    is_terminal,
    refuse,
    refuse_link,
    refuse_unwritten,
    stopping_whole,
    write_in,
)
from rolebook.cli.new_files import in_the_way, taken_away
from rolebook.cli.questions import asked, refuse_wrong, with_ids
from rolebook.cli.role_folder import known_roles, open_folder, project_of
from rolebook.cli.starter import untouched_examples
from rolebook.cli.tables import HowToRead, imported_or_refused, read_tables, table_options
from rolebook.cli.update import FILE, TABLE, Update, update_of, without_files, write
from rolebook.escaping import printable
from rolebook.language import figure, gettext, ngettext
from rolebook.spreadsheet.files import without_torn
from rolebook.spreadsheet.rows import Imported
from rolebook.spreadsheet.table import Table

_HELP = """\
Write a role file for each row of a spreadsheet. It may be .xlsx, .ods or CSV.

Nothing is changed silently. What cannot be used (a parent that is no row, hours that are no
number) is left out, stays as a comment in its role file, and is reported with its row.

Columns that are called like fields (title, parent, owner, weekly hours …) hold them, as in a table
that `rolebook export` wrote; --map adds others. The header may have titles above it.

Ids become file names; rows without an id get theirs from their title, as do rows whose id is a name,
an e-mail address or a long number of a program. A parent is an id, else a title, else the name of
who holds one row; "Name (ID)" and "Last, First" are understood. Hours may be "10h/week", "7,5",
"1/2 day", "50 %", "1.5 FTE" or "full-time". Skills and tags are split at semicolons. The body is shown
as plain text. Columns, and words in place of names and parents, are found without regard to case;
giving such a word replaces the default, except with --team, which adds one.

A row is about a team if its column kind says so, or if it has members: "Ada Stone (secretary, 3 h); Ben
Hill". Several rows may say each who belongs to a team: they become one file.

With --update, a row describes the role that has its id; else its title and its holder; else a title that
no other has. A row with an id of a role and another title and another holder is asked about if ids count
the rows (1, 2, 3 …), or if most rows are so. Fields that the table changed since the last import are
written into the role's file, and nothing else in it is touched. A field that the table and somebody in
the file have changed is a conflict: it is asked about, or reported and left as it is. What was imported
last is kept in .imported.json in DIR. Several tables can be kept in one DIR: a role is missed only in the
table that had it last.

Exit code: 0 when all rows were written and there is nothing to review, 1 when they were written and
there is, 2 when nothing was written.

\b
Example: a table of roles with the columns Role, Reports to, Who, Hours:
  rolebook import roles.csv --to roles \\
    --map title=Role --map parent="Reports to" \\
    --map owner=Who --map weekly_hours=Hours --vacant tbc

\b
Example: the same table, a month later:
  rolebook import roles.csv --to roles --update --dry-run

\b
Example: who belongs to which circle, a row each:
  rolebook import members.csv --to roles --memberships \\
    --map title=Circle --map parent="Part of" --map owner=Member --map as=Function

\b
Example: the two files of a UK public body's organogram, whose junior
posts have no ids, no names, and columns of their own:
  rolebook import senior.csv junior.csv --to roles \\
    --map id="Post Unique Reference" \\
    --map title="Job Title" --map title="Generic Job Title" \\
    --map parent="Reports to Senior Post" \\
    --map parent="Reporting Senior Post" \\
    --map owner=Name --unnamed N/D --unnamed "" \\
    --map fte=FTE --map fte="Number of Posts in FTE" \\
    --map purpose="Job/Team Function" --map tags=Unit
"""
_MAX_FILES = 5
_MOST_NAMED = 20
"""Example roles that a line names."""
"""Files in the way that are named."""


def _answers(_context: click.Context, _option: click.Parameter, given: Iterable[str]) -> dict[str, str]:
    pairs = [word.partition("=") for word in given]
    if wrong := next((word for word, equals, _ in pairs if not (word and equals)), None):
        raise click.BadParameter(f"'{wrong}' is not ROW=ID. Write, say, --match 5=sales.")
    return {word.strip(): role.strip() for word, _, role in pairs}


@click.command("import", help=_HELP)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for the role files, one a row. No file in it is overwritten.",
)
@table_options
@click.option(
    "--update",
    is_flag=True,
    help="Change the role files that are in DIR already; without it, DIR may have none of the rows' files.",
)
@click.option(
    "--remove-examples/--keep-examples",
    "remove",
    default=None,
    help="Whether to remove the example roles of rolebook init, if nobody has changed or extended them.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.option(
    "--match",
    "answers",
    metavar="ROW=ID",
    multiple=True,
    callback=_answers,
    help="With --update: the row of this number describes this role; without an id, a new one. Of several "
    "tables, a row is named with its file, as in roles.csv:5.",
)
@click.option(
    "--prefer",
    type=click.Choice([FILE, TABLE]),
    default=None,
    help="With --update: whose value counts in a conflict.",
)
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Also write the report to a new file, with a line for each row.",
)
def import_(
    files: Sequence[Path],
    how: HowToRead,
    folder: Path,
    report: Path | None,
    update: bool,
    dry_run: bool,
    answers: Mapping[str, str],
    prefer: str | None,
    remove: bool | None,
) -> None:
    """Write a role file for each row of a spreadsheet: .xlsx, .ods or CSV."""
    with stopping_whole():
        if project := project_of(folder.resolve()):
            write_in(project.language)
        for written in (folder, report.parent) if report else (folder,):
            refuse_link(written)
        tables = read_tables(files, how)
        if update:
            tables = tuple(map(without_torn, tables))
        untouched = untouched_examples(folder, remove)
        gone = untouched if _to_remove(untouched, remove) else ()
        there = open_folder(folder, with_roles=update, without=gone)
        answers = with_ids(answers, there)
        refuse_wrong(answers, (row for table in tables for row in table.rows), there)
        roles, moved = known_roles(there, gone)
        imported = imported_or_refused(tables, how, roles, answers, there.record)
        if imported.questions:
            answers = {**answers, **asked(imported.questions, several_tables=len(tables) > 1)}
            imported = imported_or_refused(tables, how, roles, answers, there.record)
        changes = update_of(there, imported, prefer or "", tables, moved)
        changes.problems += without_files(changes)
        issues = [*imported.problems, *changes.problems]
        if not update:
            _refuse_in_the_way(folder, imported, gone)
        summary = _summary(imported, tables, changes, update=update, dry_run=dry_run)
        summary += _examples_in_words(untouched, gone, remove, dry_run=dry_run)
        every = _lines([*imported.every_problem, *changes.problems, *summary])
        if not dry_run:
            _write(changes, report, every, gone)
    click.echo(_lines([*issues, *summary]), nl=False)
    sys.exit(FOUND if issues else CLEAN)


def _summary(
    imported: Imported, tables: Iterable[Table], changes: Update, *, update: bool, dry_run: bool
) -> list[str]:
    """Sum up an import, below what there is to review."""
    tables = tuple(tables)
    lines = [*imported.notes, *(changes.lines if update else [])]
    if update and dry_run:
        lines.append(
            gettext(
                "%(folder)s: would be written: %(summary)s",
                folder=changes.folder.path,
                summary=changes.summary,
            )
        )
    elif update:
        lines.append(f"{changes.folder.path}: {changes.summary}")
    else:
        lines.append(_written_in_words(imported, tables, changes.folder.path, dry_run=dry_run))
    if titled := imported.ids_from_titles:
        lines.append(ngettext("%(number)s id made from titles.", "%(number)s ids made from titles.", titled))
    if empty := sum(table.empty_rows for table in tables):
        lines.append(
            ngettext("%(number)s empty row passed over.", "%(number)s empty rows passed over.", empty)
        )
    problems = [*imported.every_problem, *changes.problems]
    kinds = Counter(problem.rule.code for problem in problems)
    each = ", ".join(f"{figure(number)} {code}" for code, number in sorted(kinds.items()))
    found = ngettext(
        "%(number)s issue to review: %(codes)s.",
        "%(number)s issues to review: %(codes)s.",
        kinds.total(),
        codes=each,
    )
    lines.append(found if each else gettext("Nothing to review."))
    return lines


def _written_in_words(imported: Imported, tables: Iterable[Table], folder: Path, *, dry_run: bool) -> str:
    number = len(imported.files)
    # Translators: rows of a table, such as "12 from roles.csv".
    rows = [gettext("%(number)s from %(file)s", number=len(each.rows), file=each.file) for each in tables]
    if dry_run:
        return ngettext(
            "%(number)s role file would be written to %(folder)s: %(rows)s.",
            "%(number)s role files would be written to %(folder)s: %(rows)s.",
            number,
            folder=folder,
            rows=", ".join(rows),
        )
    return ngettext(
        "%(number)s role file written to %(folder)s: %(rows)s.",
        "%(number)s role files written to %(folder)s: %(rows)s.",
        number,
        folder=folder,
        rows=", ".join(rows),
    )


def _lines(lines: Iterable[object]) -> str:
    return "".join(f"{printable(str(line))}\n" for line in lines)


def _to_remove(examples: Sequence[str], remove: bool | None) -> bool:
    """Whether to remove the untouched examples; where nobody can be asked, they stay."""
    if remove is None and examples and is_terminal():
        question = ngettext(
            "The roles here are the %(number)s example of rolebook init. Remove them?",
            "The roles here are the %(number)s examples of rolebook init. Remove them?",
            len(examples),
        )
        return confirmed(question)
    return bool(remove)


def _examples_in_words(
    examples: Sequence[str], gone: Sequence[str], remove: bool | None, *, dry_run: bool
) -> Iterator[str]:
    if gone and dry_run:
        yield ngettext(
            "%(number)s example role would be removed.",
            "%(number)s example roles would be removed.",
            len(gone),
        )
    elif gone:
        yield ngettext("%(number)s example role removed.", "%(number)s example roles removed.", len(gone))
    elif examples and remove is None:
        # Once files of the table are beside them, the option takes nothing away.
        names = ", ".join([*examples[:_MOST_NAMED], *(["…"] if len(examples) > _MOST_NAMED else [])])
        hint = gettext("Delete them if they are not yours: %(files)s", files=names)
        if dry_run:
            hint = gettext("Add --remove-examples to remove them.")
        stay = ngettext(
            "%(number)s example role of rolebook init stay.",
            "%(number)s example roles of rolebook init stay.",
            len(examples),
        )
        yield f"{stay} {hint}"


def _refuse_in_the_way(folder: Path, imported: Imported, gone: Sequence[str]) -> None:
    try:
        there = [path for path in in_the_way(folder, imported.files) if path not in gone]
    except OSError as error:
        refuse_unwritten(folder, error)
    if there:
        refuse(_already_there(folder, there))


def _already_there(folder: Path, there: Sequence[str]) -> str:
    shown = ", ".join(there[:_MAX_FILES])
    if (more := len(there) - _MAX_FILES) > 0:
        return ngettext(
            "%(folder)s already has %(files)s and %(number)s more. "
            "Add --update, or name another folder with --to.",
            "%(folder)s already has %(files)s and %(number)s more. "
            "Add --update, or name another folder with --to.",
            more,
            folder=folder,
            files=shown,
        )
    return gettext(
        "%(folder)s already has %(files)s. Add --update, or name another folder with --to.",
        folder=folder,
        files=shown,
    )


def _write(changes: Update, report: Path | None, text: str, gone: Sequence[str]) -> None:
    """Write the report, then the role files, and remove those that go; a failure leaves all as it was."""
    try:
        with _written_report(report, text), taken_away(changes.folder.path, gone):
            write(changes)
    except OSError as error:
        # A file that was to be moved has two names; the first is in the hidden folder beside DIR.
        of_report = report is not None and error.filename == str(report)
        place = report if of_report else error.filename2 or error.filename or changes.folder.path
        refuse_unwritten(place, error)


@contextlib.contextmanager
def _written_report(report: Path | None, text: str) -> Iterator[None]:
    """Write `text` to a new file, and remove it again if what follows fails."""
    if not report:
        yield
        return
    file = report.open("x", encoding="utf-8", newline="\n")
    try:
        with file:
            file.write(text)
        yield
    except BaseException:
        report.unlink(missing_ok=True)
        raise
