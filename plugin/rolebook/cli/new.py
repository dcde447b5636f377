"""`rolebook new`."""

import posixpath
import sys
from collections.abc import Collection, Iterable
from decimal import Decimal
from pathlib import Path

import click

from rolebook.cli.changing import (
    refuse_no_role,
    refuse_nobody,
    refuse_role_there,
    refuse_several_roles,
)
from rolebook.cli.common import (
    CLEAN,
    HOURS,
    config_option,
    id_meant,
    open_or_exit,
    refuse,
    refuse_unwritten,
    role_meant,
    shown,
    stopping_whole,
)
from rolebook.cli.library import not_there
from rolebook.cli.new_files import in_the_way, write_new
from rolebook.escaping import printable
from rolebook.files import has_link
from rolebook.handbook import Handbook
from rolebook.language import gettext
from rolebook.library.role import LibraryRole, named
from rolebook.organisation import MAX_ID_BYTES, RESERVED_IDS, Organisation, name_key, slug
from rolebook.project import Project
from rolebook.schema.declarations import declarations
from rolebook.schema.records import ROLE_KIND, TEAM_KIND, RoleFields
from rolebook.spreadsheet.role_file import Value, Written, line, role_file

_HELP = """\
Write the file of a new role or team. It has the fields and sections to fill in.

The file stands beside that of the role it reports to, and its name is made from the title. No file
is ever overwritten.

With --like, the file begins as that of a role of the library: what is not given, its title included, is
the library's. It reports to the role that it reports to there, if your handbook has one with that id.

Exit code: 0 when the file was written, 2 when nothing was written.

\b
Examples:
  rolebook new "PPC management" --parent marketing --hours 10
  rolebook new Shipping --parent fulfilment --owner maya --edit
  rolebook new "Search advertising" --like paid-search --parent marketing
  rolebook new "Safety committee" --team --lead maya --member tomasz
"""
# Nothing has to be deleted: what nobody has filled in counts as not there.
_BODY = """
## Responsibilities

<!-- What the holder is responsible for, as a list. -->

## Procedure

<!-- What the holder does, step by step. -->

## Done when

<!-- What others can see when the work is done. -->
"""
_TO_FILL_IN = {
    "owner": "# who is accountable; leave out while the role is vacant",
    "weekly_hours": "# how many hours a week the role takes",
    "deliverable": "# the result, with a number and how often, such as 20 orders packed a day",
}
_TEAM_BODY = """
## Purpose

<!-- Why the team exists. -->

## Responsibilities

<!-- What the team decides or takes care of, as a list. -->
"""
_OF_A_TEAM = {
    "lead": "# who leads it, one or several",
    "members": "# who belongs to it; if useful, with their function and hours",
    "purpose": "# why the team exists, in one sentence",
}


@click.command(help=_HELP)
@click.argument("title", default="")
@click.option("--parent", metavar="ROLE", default="", help="The role it reports to, by id or title.")
@click.option(
    "--like", metavar="ROLE", default="", help="The role of the library to begin with; see rolebook library."
)
@click.option("--owner", metavar="PERSON", default="", help="Who is accountable for the result.")
@click.option("--team", "is_team", is_flag=True, help="Create a team, with members instead of a holder.")
@click.option("--lead", "leads", metavar="PERSON", multiple=True, help="With --team: who leads it.")
@click.option("--member", "members", metavar="PERSON", multiple=True, help="With --team: who belongs to it.")
@click.option("--hours", type=HOURS, help="Hours a week that the role takes.")
@click.option("--deliverable", metavar="TEXT", default="", help="What the role produces.")
@click.option(
    "--id", "role_id", metavar="ID", default="", help="The file name, if it should differ from the title."
)
@click.option("--edit", is_flag=True, help="Then open the file in your editor ($EDITOR).")
@config_option
def new(
    title: str,
    parent: str,
    like: str,
    owner: str,
    hours: Decimal | None,
    deliverable: str,
    is_team: bool,
    leads: tuple[str, ...],
    members: tuple[str, ...],
    role_id: str,
    edit: bool,
    config_file: Path,
) -> None:
    """Write the file of a new role or team, with its fields and sections to fill in."""
    with stopping_whole():
        handbook = open_or_exit(config_file)
        known = _like(like, is_team) if like else None
        title = " ".join(title.split())
        if not title and not known:
            refuse(gettext("Give the role a title."))
        above = _parent(handbook, parent or _usual_parent(handbook, known))
        written: dict[str, Value | None] = {
            "title": title,
            "parent": above,
            "owner": _owner(handbook.organisation, owner),
            "weekly_hours": hours,
            "deliverable": " ".join(deliverable.split()),
            "kind": TEAM_KIND if is_team else "",
            "lead": tuple(_owner(handbook.organisation, name) for name in leads),
            "members": tuple(_owner(handbook.organisation, name) for name in members),
        }
        _refuse_other_kind({name for name, value in written.items() if value}, is_team)
        usual_id = slug(title) if title or not known else known.id
        path = _path(handbook, above, _id(role_id or usual_id))
        body = _TEAM_BODY if is_team else _BODY
        ids = handbook.organisation.roles
        text = _taken_over(known, written, ids) if known else role_file(_fields(written)) + body
        _write(handbook.project, path, text)
    click.echo(gettext("%(file)s written.", file=shown(handbook.project.root, path)))
    if known:
        click.echo(gettext("What you did not give comes from the library: adapt it to your business."))
        if known.id in ids:
            there = ids[known.id].title
            click.echo(
                printable(
                    gettext("The handbook has '%(role)s' already: is the work of both the same?", role=there)
                )
            )
    if edit:
        click.edit(filename=str(handbook.project.root / path))
    sys.exit(CLEAN)


def _parent(handbook: Handbook, wanted: str) -> str:
    """The id of the role called `wanted`; empty where the first role is written."""
    roles = handbook.organisation.roles
    if not wanted:
        if roles and not handbook.project.options.allow_multiple_roots:
            option = f"--parent {handbook.organisation.tops[0].id}"
            refuse(gettext("Which role does it report to? Add, say, %(option)s.", option=option))
        return ""
    if wanted in roles:
        return wanted
    found = [
        role.id for role in roles.values() if name_key(wanted) in (name_key(role.title), role.id.casefold())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        refuse_several_roles(wanted, found)
    hint = role_meant(wanted, roles)
    refuse_no_role(wanted, hint or gettext("Write the name of its file without .md, or its title."))


def _like(wanted: str, is_team: bool) -> LibraryRole:
    """The role of the library called `wanted`."""
    if is_team:
        refuse(gettext("The library has roles and no teams. Leave out --team or --like."))
    return named(wanted) or refuse(not_there(wanted))


def _usual_parent(handbook: Handbook, known: LibraryRole | None) -> str:
    """The role that a role of the library reports to; empty where the handbook has none of this id."""
    return known.parent if known and known.parent in handbook.organisation.roles else ""


def _taken_over(known: LibraryRole, written: dict[str, Value | None], roles: Collection[str]) -> str:
    """The library's file with what was given in place of its own; `roles` are the ids of the handbook."""
    given = {name: line(name, value) for name, value in written.items() if value not in (None, "", ())}
    return known.written({"parent": "", **given}, roles)


def _owner(organisation: Organisation, wanted: str) -> str:
    """`wanted`, where it can be the name of somebody."""
    known = {each.id: each.name for each in organisation.people.values() if each.file}
    person = organisation.people_by_name.get(name_key(wanted))
    if wanted and known and (person is None or person.file is None):
        hint = id_meant(wanted, known) or gettext("Write a file for this person in people/ first.")
        refuse_nobody(wanted, hint)
    return " ".join(wanted.split())


def _refuse_other_kind(given: Iterable[str], is_team: bool) -> None:
    """End the program if an option was given that only roles, or only teams, have."""
    options = {"weekly_hours": "hours", "members": "member"}
    kind = TEAM_KIND if is_team else ROLE_KIND
    for name in given:
        if kind in declarations(RoleFields)[name].instead:
            option = options.get(name, name)
            if is_team:
                refuse(gettext("A team has no %(option)s. Write --lead and --member.", option=option))
            refuse(gettext("A role has no %(option)s. Add --team, or write --owner.", option=option))


def _id(wanted: str) -> str:
    role_id = wanted.removesuffix(".md")
    if (
        not role_id
        or slug(role_id) != role_id.casefold().replace("_", "-")
        or len(role_id.encode()) > MAX_ID_BYTES
    ):
        refuse(
            gettext(
                "'%(name)s' cannot be the name of a role's file. "
                "Give it one in letters and digits with --id.",
                name=role_id,
            )
        )
    if role_id.casefold() in RESERVED_IDS:
        refuse(gettext("'%(file)s' is reserved. Give the file another name with --id.", file=f"{role_id}.md"))
    return role_id


def _path(handbook: Handbook, parent: str, role_id: str) -> str:
    """Where the file goes: beside that of the role above."""
    folder = handbook.project.options.roles_dir
    if there := in_the_way(handbook.project.root / folder, {f"{role_id}.md": ""}):
        refuse_role_there(role_id, posixpath.normpath(f"{folder}/{there[0]}"))
    if parent:
        folder = posixpath.dirname(handbook.organisation.roles[parent].file.path)
    return posixpath.normpath(f"{folder}/{role_id}.md")


def _fields(written: dict[str, Value | None]) -> list[tuple[str, Value]]:
    """Write what was given, and the rest as empty fields with what belongs there."""
    given = [(name, value) for name, value in written.items() if value not in (None, "", ())]
    to_fill_in = _OF_A_TEAM if written["kind"] else _TO_FILL_IN
    missing = [
        (name, Written(f"{name}:  {text}\n")) for name, text in to_fill_in.items() if name not in dict(given)
    ]
    return [*given, *missing]


def _write(project: Project, path: str, text: str) -> None:
    folder = project.options.roles_dir
    if has_link(project.root, folder):
        refuse(
            gettext(
                "The folder %(folder)s is a link or behind one, and links are not followed.", folder=folder
            )
        )
    try:
        write_new(project.root / folder, [(posixpath.relpath(path, folder), text)])
    except OSError as error:
        refuse_unwritten(path, error)
