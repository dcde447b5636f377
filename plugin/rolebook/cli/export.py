"""`rolebook export`."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NoReturn

import click

from rolebook import checks, problems
from rolebook.charts.mermaid import flowchart
from rolebook.charts.reporting import whole
from rolebook.cli.common import (
    CLEAN,
    FOUND,
    config_option,
    open_or_exit,
    progress,
    refuse,
    refuse_link,
    refuse_template,
    refuse_unwritten,
    stopping_whole,
)
from rolebook.cli.exported_folder import SETTINGS, ChangedFileError, was_exported, write_exported
from rolebook.cli.new_files import write_new
from rolebook.cli.watch import repeat
from rolebook.escaping import printable
from rolebook.export.backstage import as_backstage
from rolebook.export.table import MAX_CELL, as_csv, too_long
from rolebook.handbook import Handbook
from rolebook.language import gettext, ngettext, written_in
from rolebook.problems import Severity
from rolebook.site_config import plain_settings
from rolebook.wording import numbered

_HELP = """\
Export the handbook for other programs. That is a file of the organisation, or all pages for another
site generator.

\b
csv        one row for each role, with all its fields and its text, for a spreadsheet;
           rolebook import reads it back
json       roles, people, promises and plans for programs; rolebook schema data says in what form
mermaid    a chart of every role, as Mermaid has it
backstage  Group and User entities for a Backstage catalog
markdown   every page, with a mkdocs.yml that any generator can take the order of pages from

Without --to, it is printed; markdown is always a folder. Nothing that is there is overwritten, except that
a folder of markdown can be exported again: only its own files are replaced or removed. All of it is for
colleagues: it holds names, and markdown holds everything that the handbook shows. With --audience public,
markdown holds what the public edition shows.

Exit code: 0 when it was written, 1 when it was written without the roles that have errors, 2 when
nothing was written. Notes and errors go to the error output.

\b
Examples:
  rolebook export --format csv --to roles.csv
  rolebook export --format backstage > catalog-info.yaml
  rolebook export --format markdown --to published
  rolebook export --format markdown --to published --generator zensical --watch
  rolebook export --format markdown --to outside --audience public
"""


def _mermaid(handbook: Handbook) -> str:
    return flowchart(whole(handbook.organisation, handbook.project.name), lambda node: "")


def _json(handbook: Handbook) -> str:
    # Imported here: it takes 5 ms, and most commands write no data.
    from rolebook.json_export.build import DATA

    return handbook.data(handbook.plan())[DATA].decode()


_UNREAD = frozenset(rule.code for rule in checks.RULES if rule.severity is Severity.ERROR)
"""Errors by themselves; what an owner, or a check of hers, makes one is exported all the same."""
_MAX_ROLES = 5
"""Roles that are named."""
_INTERNAL, _PUBLIC = "internal", "public"
_MKDOCS, _ZENSICAL = "mkdocs", "zensical"
FORMS: dict[str, Callable[[Handbook], str]] = {
    "csv": lambda handbook: as_csv(handbook.organisation),
    "json": _json,
    "mermaid": _mermaid,
    "backstage": lambda handbook: as_backstage(handbook.organisation),
}


@click.command(help=_HELP)
@click.option("--format", "form", type=click.Choice([*FORMS, "markdown"]), required=True, help="See above.")
@click.option(
    "--to",
    "goal",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A new file; for markdown, a new folder or that of the last export.",
)
@click.option(
    "--audience",
    type=click.Choice([_INTERNAL, _PUBLIC]),
    default=_INTERNAL,
    show_default=True,
    help="Who markdown is for: public gives the public edition, without people.",
)
@click.option(
    "--generator",
    type=click.Choice([_MKDOCS, _ZENSICAL]),
    default=_MKDOCS,
    show_default=True,
    help="What builds the markdown: zensical, or mkdocs and all that pass over HTML as it does.",
)
@click.option("--watch", is_flag=True, help="Export markdown again after every change; stop with Ctrl-C.")
@config_option
def export(
    form: str, goal: Path | None, audience: str, generator: str, watch: bool, config_file: Path
) -> None:
    """Export the organisation for other programs, or the whole handbook for another site generator."""
    if form != "markdown" and (watch or audience == _PUBLIC or generator == _ZENSICAL):
        raise click.UsageError("--watch, --audience and --generator are for --format markdown only.")

    def once() -> int:
        return _export(form, goal, audience, generator, config_file)

    if watch:
        repeat(config_file, once, with_pages=True)
    sys.exit(once())


def _export(form: str, goal: Path | None, audience: str, generator: str, config_file: Path) -> int:
    """Export once; gives the exit code."""
    with stopping_whole():
        handbook = open_or_exit(config_file, audience)
        with written_in(handbook.project.language):
            return _exported(handbook, form, goal, generator, config_file)


def _exported(handbook: Handbook, form: str, goal: Path | None, generator: str, config_file: Path) -> int:
    if form == "markdown":
        _write_site(handbook, config_file, goal or _refuse_no_folder(), generator)
    elif goal is None:
        click.echo(FORMS[form](handbook), nl=False)
    else:
        _write(goal.parent, [(goal.name, FORMS[form](handbook))], goal)
        click.echo(printable(gettext("%(file)s written.", file=goal)))
    if form == "csv" and (long := too_long(handbook.organisation)):
        click.echo(printable(_cut_in(long)), err=True)
    errors = [each for each in handbook.problems if each.rule.severity is Severity.ERROR]
    if errors:
        click.echo(problems.as_text(errors), nl=False, err=True)
        if any(each.rule.code in _UNREAD for each in errors):
            said = gettext("The export lacks everything these errors are about: correct them first.")
            click.echo(said, err=True)
    return FOUND if errors else CLEAN


def _cut_in(ids: Sequence[str]) -> str:
    """Say that a spreadsheet would cut cells of these roles."""
    more = len(ids) - _MAX_ROLES
    roles = ", ".join(ids[:_MAX_ROLES])
    if more > 0:
        return ngettext(
            "A spreadsheet cuts cells at %(most)s characters, and %(roles)s and %(number)s more have more. "
            "The file has all of it: do not import it again after a spreadsheet has saved it.",
            "A spreadsheet cuts cells at %(most)s characters, and %(roles)s and %(number)s more have more. "
            "The file has all of it: do not import it again after a spreadsheet has saved it.",
            more,
            most=MAX_CELL,
            roles=roles,
        )
    return gettext(
        "A spreadsheet cuts cells at %(most)s characters, and %(roles)s have more. "
        "The file has all of it: do not import it again after a spreadsheet has saved it.",
        most=MAX_CELL,
        roles=roles,
    )


def _refuse_no_folder() -> NoReturn:
    refuse(gettext("Name a new folder, such as %(option)s.", option=f"--to {_new()}"))


def _write_site(handbook: Handbook, config_file: Path, goal: Path, generator: str) -> None:
    # Imported here: it takes 90 ms with its templates, half of what a small handbook takes to check.
    from rolebook.export.site import Site

    errors = [each for each in handbook.problems if each.rule.severity is Severity.ERROR]
    if errors:
        click.echo(problems.as_text(errors), nl=False, err=True)
        refuse(gettext("Correct these errors first: a handbook with errors is not exported."))
    if os.path.lexists(goal) and not was_exported(goal):
        refuse(
            gettext(
                "%(folder)s is there already. Name a new folder, such as %(option)s.",
                folder=goal,
                option=f"--to {_new()}",
            )
        )
    site = Site(handbook, plain_settings(config_file), refuse_template, generator == _ZENSICAL)
    with progress(site, len(site), gettext("Writing")) as files:
        is_complete = _write_again(goal, files)
    if not is_complete:
        said = gettext(
            "%(file)s was changed after the export and stays as it is. To have it written again, delete it.",
            file=goal / SETTINGS,
        )
        click.echo(printable(said), err=True)
    said = ngettext(
        "The handbook is in %(folder)s: %(number)s file written.",
        "The handbook is in %(folder)s: %(number)s files written.",
        len(site),
        folder=goal,
    )
    click.echo(printable(said))


def _new() -> str:
    """The name of a folder that is not here yet."""
    return next(name for name in numbered("published") if not os.path.lexists(name))


def _write_again(goal: Path, files: Iterable[tuple[str, str | bytes]]) -> bool:
    """Write the files of a site; whether all were written."""
    refuse_link(goal)
    try:
        return write_exported(goal, files)
    except ChangedFileError as changed:
        said = gettext(
            "%(file)s was changed after the export. Make the change in the handbook, and delete this file.",
            file=goal / changed.path,
        )
        refuse(said)
    except FileExistsError as error:
        said = gettext(
            "%(file)s is there already, and is not from the last export. Rename or delete it.",
            file=error.filename,
        )
        refuse(said)
    except OSError as error:
        refuse_unwritten(error.filename or goal, error)


def _write(folder: Path, files: Iterable[tuple[str, str | bytes]], goal: Path) -> None:
    refuse_link(folder)
    try:
        write_new(folder, files)
    except FileExistsError:
        refuse(gettext("%(file)s is there already. Name another with --to.", file=goal))
    except OSError as error:
        refuse_unwritten(error.filename or goal, error)
