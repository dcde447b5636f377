"""`rolebook assign`, `vacate`, `leave` and `hire`: who holds which role."""

import posixpath
from decimal import Decimal
from pathlib import Path

import click

from rolebook.cli.changing import (
    EXIT_CODES,
    change,
    changing_options,
    day_of,
    holder_called,
    person_called,
    plain_id,
    read,
    refuse_unread,
    role_called,
)
from rolebook.cli.common import HOURS, refuse
from rolebook.handbook import Handbook
from rolebook.language import gettext
from rolebook.organisation import name_key, names_nobody
from rolebook.reorganisation import Reorganisation, assigned, hired, left, vacated
from rolebook.schema.declarations import declarations
from rolebook.schema.kinds import Choice
from rolebook.schema.records import PersonFields
from rolebook.spreadsheet.role_file import number
from rolebook.yaml_text import scalar

_ASSIGN = f"""\
Give a role to somebody. PERSON becomes its owner, and it is no longer advertised. Whoever held it before
does no part of it any more; others under performed_by stay.

The plan under outsource becomes done, to PERSON; if PERSON is a founder, no name stays in it. If PERSON
was the backup, the backup is removed. The page is to be reviewed in half a year. If --from is a day
still to come, the holder stays, and the plan under outsource says who takes the role over, and when.

ROLE is an id or a title, PERSON a name or the name of a file in people/. For somebody new, run
rolebook hire first.

{EXIT_CODES}
\b
Examples:
  rolebook assign ppc-management aoife
  rolebook assign "PPC management" "Aoife Byrne" --hours 6
  rolebook assign ppc-management aoife --from 2027-03-01
"""
_VACATE = f"""\
Make a role vacant. Nobody holds it, and its holder does none of its work any more.

If it was outsourced, its plan becomes next. It is not advertised yet. If --on is a day still to
come, the holder stays, and the plan under outsource says by when to hand it over.

{EXIT_CODES}
\b
Examples:
  rolebook vacate ppc-management
  rolebook vacate "PPC management" --on 2027-03-31
"""
_LEAVE = f"""\
Take somebody out of every role and team. The access to take back is listed; make their leaving list first
(rolebook pack --leaving).

Their file gets the last day. What they own is vacant; they do no part of a role, cover nobody and
belong to no team. If the day is still to come, they keep their roles, which are planned to be handed
over by then, and their parts of roles and teams end on that day: run the same command again after it.

{EXIT_CODES}
\b
Examples:
  rolebook leave aoife --on 2027-03-31
  rolebook leave "Aoife Byrne" --on 2027-03-31 --dry-run
"""
_HIRE = f"""\
Write the file of somebody new, so that roles can name them.

The file is called like the first name, or like the whole name if somebody has the first already.

{EXIT_CODES}
\b
Examples:
  rolebook hire "Aoife Byrne" --engagement contractor --capacity 12
  rolebook hire "Aoife Byrne" --id aoife-b --email aoife@example.com --from 2027-03-01
"""


def _choice(field: str) -> click.Choice[str]:
    kind = declarations(PersonFields)[field].kind
    return click.Choice(kind.words if isinstance(kind, Choice) else ())


@click.command(help=_ASSIGN)
@click.argument("role")
@click.argument("person")
@click.option("--hours", type=HOURS, help="Hours a week that the role takes from now on.")
@click.option("--from", "first_day", metavar="DAY", default="", help="The first day, such as 2027-03-01.")
@changing_options
def assign(
    role: str,
    person: str,
    hours: Decimal | None,
    first_day: str,
    yes: bool,
    dry_run: bool,
    config_file: Path,
) -> None:
    """Give a role to somebody."""

    def plan(handbook: Handbook) -> Reorganisation:
        begins = day_of(first_day)
        organisation = handbook.organisation
        found = role_called(organisation, role)
        holder = holder_called(organisation, person)
        return assigned(organisation, read(handbook), found, holder, _digits(hours), begins)

    change(config_file, plan, yes=yes, dry_run=dry_run)


@click.command(help=_VACATE)
@click.argument("role")
@click.option(
    "--on", "last_day", metavar="DAY", default="", help="The holder's last day, such as 2027-03-31."
)
@changing_options
def vacate(role: str, last_day: str, yes: bool, dry_run: bool, config_file: Path) -> None:
    """Make a role vacant."""

    def plan(handbook: Handbook) -> Reorganisation:
        ends = day_of(last_day)
        return vacated(handbook.organisation, read(handbook), role_called(handbook.organisation, role), ends)

    change(config_file, plan, yes=yes, dry_run=dry_run)


@click.command(help=_LEAVE)
@click.argument("person")
@click.option("--on", "last_day", metavar="DAY", default="", help="The last day, such as 2027-03-31.")
@changing_options
def leave(person: str, last_day: str, yes: bool, dry_run: bool, config_file: Path) -> None:
    """Take somebody out of every role and team."""

    def plan(handbook: Handbook) -> Reorganisation:
        ends = day_of(last_day) or refuse(gettext("Write the last day after --on, such as 2027-03-31."))
        refuse_unread(handbook)
        return left(handbook.organisation, read(handbook), person_called(handbook.organisation, person), ends)

    change(config_file, plan, yes=yes, dry_run=dry_run)


@click.command(help=_HIRE)
@click.argument("name")
@click.option("--engagement", type=_choice("engagement"), help="How they work for you.")
@click.option("--kind", type=_choice("kind"), help="What they are, if not a person.")
@click.option("--capacity", type=HOURS, help="Hours a week that they have for you.")
@click.option("--email", default="", help="Their e-mail address.")
@click.option("--timezone", default="", help="Their time zone, such as Europe/Dublin.")
@click.option("--from", "first_day", metavar="DAY", default="", help="The first day, such as 2027-03-01.")
@click.option(
    "--id", "file_id", metavar="ID", default="", help="The file name, if it should differ from the name."
)
@changing_options
def hire(
    name: str,
    engagement: str | None,
    kind: str | None,
    capacity: Decimal | None,
    email: str,
    timezone: str,
    first_day: str,
    file_id: str,
    yes: bool,
    dry_run: bool,
    config_file: Path,
) -> None:
    """Write the file of somebody new."""
    name = " ".join(name.split())

    def plan(handbook: Handbook) -> Reorganisation:
        if not name_key(name) or names_nobody(name):
            refuse(gettext("'%(name)s' is not a name.", name=name))
        begins = day_of(first_day)
        fields = {
            "kind": kind or "",
            "engagement": engagement or "",
            "weekly_capacity": _digits(capacity),
            "email": scalar(email) if email else "",
            "timezone": scalar(timezone) if timezone else "",
            "starts": begins.isoformat() if begins else "",
        }
        folder = posixpath.normpath(handbook.project.options.people_dir)
        done = hired(handbook.organisation, folder, name, fields, plain_id(file_id) if file_id else "")
        for path in done.new:
            plain_id(posixpath.basename(path))
        return done

    change(config_file, plan, yes=yes, dry_run=dry_run)


def _digits(hours: Decimal | None) -> str:
    return "" if hours is None else number(hours)
