"""`rolebook chart`."""

import sys
from pathlib import Path

import click

from rolebook.cli.changing import role_called
from rolebook.cli.common import (
    CLEAN,
    config_option,
    open_without_errors,
    refuse,
    refuse_link,
    refuse_unwritten,
    stopping_whole,
    warn_of_letters,
)
from rolebook.cli.new_files import write_new
from rolebook.documents import pdf, png
from rolebook.escaping import printable
from rolebook.handbook import Handbook
from rolebook.language import gettext
from rolebook.options import PAPERS
from rolebook.organisation import Organisation, Role
from rolebook.schema.audience import Audience

FORMS = (".pdf", ".png", ".svg")
_HELP = """\
Write the org chart as PDF, PNG or SVG. It is that of the whole organisation, or of a role and all
below it.

A PDF is for paper. A chart that would be too small to read on one sheet is divided: "Sheet 3" below
a role says where its team is. A PNG, for slides, and an SVG have the chart in one picture.

Charts are for colleagues: they name people. With --audience contractor or public they show role titles,
whether each role is filled, and nobody's name. No file is ever overwritten.

Exit code: 0 when the chart was written; 2 when it could not be.

\b
Examples:
  rolebook chart --to chart.pdf
  rolebook chart marketing --to marketing.pdf --paper a3
  rolebook chart --to chart.png --audience contractor
"""


def _ending(_context: click.Context, _option: click.Parameter, given: Path) -> Path:
    if given.suffix.lower() not in FORMS:
        raise click.BadParameter(
            f"'{printable(given.name)}' ends in none of {', '.join(FORMS)}. Write a name such as chart.pdf."
        )
    return given


@click.command(help=_HELP)
@click.argument("wanted", metavar="[ROLE]", required=False)
@click.option(
    "--to",
    "goal",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    callback=_ending,
    help="A new file; its ending, .pdf, .png or .svg, says in what form.",
)
@click.option(
    "--paper",
    type=click.Choice(PAPERS, case_sensitive=False),
    help=f"Size of a PDF's sheets.  [default: {PAPERS[0]}]",
)
@click.option(
    "--audience",
    type=click.Choice([each.name.lower() for each in Audience], case_sensitive=False),
    default="internal",
    show_default=True,
    help="Who reads it.",
)
@config_option
def chart(wanted: str | None, goal: Path, paper: str | None, audience: str, config_file: Path) -> None:
    """Write the org chart as PDF, PNG or SVG."""
    form = goal.suffix.lower()
    if paper and form != ".pdf":
        raise click.UsageError(f"--paper is for a PDF; {form[1:].upper()} is one picture, of any size.")
    reader = Audience[audience.upper()]
    with stopping_whole():
        handbook = open_without_errors(config_file)
        if why := _why_unavailable(form):
            refuse(f"{printable(why)}.")
        inside = reader is Audience.INTERNAL
        seen = handbook.organisation if inside else handbook.view_for(reader).organisation
        if not seen.roles:
            refuse(gettext("There is no role."))
        role = role_called(seen, wanted) if wanted else None
        with pdf.undrawn() as letters:
            _write(goal, _drawn(handbook, seen, role, form, paper or PAPERS[0], inside))
    warn_of_letters(letters, form[1:].upper())
    said = gettext("%(file)s is written.", file=goal)
    click.echo(printable(f"{said} {_for_whom(reader)}"))
    sys.exit(CLEAN)


def _for_whom(reader: Audience) -> str:
    match reader:
        case Audience.INTERNAL:
            return gettext("Internal, for colleagues only: names people.")
        case Audience.CONTRACTOR:
            return gettext("For contractor readers.")
        case Audience.PUBLIC:
            return gettext("For public readers.")


def _why_unavailable(form: str) -> str:
    if form == ".svg":
        return ""
    return (png.why_unavailable() if form == ".png" else "") or pdf.why_unavailable()


def _drawn(
    handbook: Handbook, seen: Organisation, role: Role | None, form: str, paper: str, inside: bool
) -> bytes:
    # Imported here: of the commands only this one draws charts.
    from rolebook.documents.chart_sheets import INTERNAL, chart_pdf, chart_png, chart_svg

    name, note = handbook.project.name, INTERNAL if inside else ""
    if form == ".pdf":
        return chart_pdf(seen, role, name, paper, note)
    if form == ".svg":
        return chart_svg(seen, role, name)
    picture = chart_png(seen, role, name, note)
    if not picture.is_legible:
        message = gettext(
            "The chart has so many roles that a picture's letters are too small to be read. Name a role, "
            "for the chart of its team, or write a PDF or an SVG."
        )
        click.echo(message)
    return picture.data


def _write(goal: Path, content: bytes) -> None:
    refuse_link(goal.parent)
    try:
        write_new(goal.parent, [(goal.name, content)])
    except FileExistsError:
        refuse(gettext("%(file)s is there already. Name another with --to.", file=goal))
    except OSError as error:
        refuse_unwritten(error.filename or goal, error)
