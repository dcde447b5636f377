"""`rolebook move`, `retire` and `split`: which roles there are, and where they stand."""

from decimal import Decimal
from pathlib import Path

import click

from rolebook.cli.changing import (
    EXIT_CODES,
    change,
    changing_options,
    plain_id,
    read,
    refuse_role_there,
    role_called,
)
from rolebook.cli.common import HOURS, refuse
from rolebook.cli.new_files import in_the_way
from rolebook.handbook import Handbook
from rolebook.language import gettext
from rolebook.organisation import slug
from rolebook.reorganisation import Part, Reorganisation, moved, retired, split

_MOVE = f"""\
Move a role or team below another one. The roles below it move along.

ROLE and PARENT are ids or titles. The file stays in its folder.

{EXIT_CODES}
\b
Examples:
  rolebook move ppc-management marketing
  rolebook move "PPC management" "Managing director"
"""
_RETIRE = f"""\
Take a role or team out of all charts and figures. Its page stays.

Roles that report to it must be moved or retired first.

{EXIT_CODES}
\b
Example:
  rolebook retire e-zine
"""
_SPLIT = f"""\
Move part of a role into a new role.

The new role has the same parent and the same holder, so nobody gains or loses work until you assign
it. What goes to it leaves the old role: hours a week, deliverables by their number, and
sections of its page by their heading. Below the top role, the new one reports to it.

{EXIT_CODES}
\b
Examples:
  rolebook split marketing "E-zine" --hours 3 --deliverable 2
  rolebook split marketing "E-zine" --hours 3 --section "Procedure"
"""


@click.command(help=_MOVE)
@click.argument("role")
@click.argument("parent")
@changing_options
def move(role: str, parent: str, yes: bool, dry_run: bool, config_file: Path) -> None:
    """Move a role below another one."""

    def plan(handbook: Handbook) -> Reorganisation:
        organisation = handbook.organisation
        above = role_called(organisation, parent)
        return moved(organisation, read(handbook), role_called(organisation, role), above)

    change(config_file, plan, yes=yes, dry_run=dry_run)


@click.command(help=_RETIRE)
@click.argument("role")
@changing_options
def retire(role: str, yes: bool, dry_run: bool, config_file: Path) -> None:
    """Take a role out of all charts and figures."""

    def plan(handbook: Handbook) -> Reorganisation:
        return retired(handbook.organisation, read(handbook), role_called(handbook.organisation, role))

    change(config_file, plan, yes=yes, dry_run=dry_run)


@click.command("split", help=_SPLIT)
@click.argument("role")
@click.argument("title")
@click.option("--hours", type=HOURS, help="Hours a week of the new role.")
@click.option(
    "--deliverable",
    "deliverables",
    type=click.IntRange(1),
    metavar="NUMBER",
    multiple=True,
    help="A deliverable of the old role, counted from 1.",
)
@click.option(
    "--section", "sections", metavar="HEADING", multiple=True, help="A section of the old role's page."
)
@click.option(
    "--id", "role_id", metavar="ID", default="", help="The file name, if it should differ from the title."
)
@changing_options
def split_(
    role: str,
    title: str,
    hours: Decimal | None,
    deliverables: tuple[int, ...],
    sections: tuple[str, ...],
    role_id: str,
    yes: bool,
    dry_run: bool,
    config_file: Path,
) -> None:
    """Move part of a role into a new role."""
    title = " ".join(title.split())

    def plan(handbook: Handbook) -> Reorganisation:
        if not title:
            refuse(gettext("Give the role a title."))
        new_id = plain_id(role_id or slug(title))
        folder = handbook.project.options.roles_dir
        if there := in_the_way(handbook.project.root / folder, [f"{new_id}.md"]):
            refuse_role_there(new_id, f"{folder}/{there[0]}")
        part = Part(hours or None, tuple(dict.fromkeys(deliverables)), sections)
        found = role_called(handbook.organisation, role)
        return split(handbook.organisation, read(handbook), found, title, new_id, part)

    change(config_file, plan, yes=yes, dry_run=dry_run)
