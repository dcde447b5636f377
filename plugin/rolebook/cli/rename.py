"""`rolebook rename`."""

import sys
from pathlib import Path

import click

from rolebook.autofix.rename import NotRenamed, Renaming, rename_person, rename_role
from rolebook.cli.changing import confirm, refuse_unread, yes_option
from rolebook.cli.common import (
    CLEAN,
    config_option,
    id_meant,
    is_terminal,
    open_or_exit,
    refuse,
    shown,
    stopping_whole,
    titles_of,
)
from rolebook.cli.new_files import change_all
from rolebook.escaping import printable
from rolebook.handbook import Handbook
from rolebook.organisation import MAX_ID_BYTES, RESERVED_IDS, Person, Role, name_key, slug
from rolebook.wording import counted

_HELP = """\
Rename a role, a department or a person, and everything that names them.

OLD is a role's or a person's file name without .md, or their title or name. NEW in small letters
and hyphens, such as growth, is the new file name only; anything else, such as "Growth team", is the
new title or name, and the file name follows. A folder that is called like the role is renamed too.

Fields, links between pages, addresses of the site (site_url), the navigation in mkdocs.yml and the
option founders are changed; every other byte stays as it is. The old file name becomes an alias, so
that old addresses redirect. What is not changed is listed with its line: the old name in prose, and
configurations that mkdocs.yml inherits from. On a terminal you are asked before anything is written.

Exit code: 0 when everything was renamed, 2 when nothing was written.

\b
Examples:
  rolebook rename marketing growth
  rolebook rename marketing "Growth team"
  rolebook rename "Maya Brennan" "Maya Walsh"
  rolebook rename e-zine newsletter --dry-run
"""


_MAX_MENTIONS = 20
"""So many places that still have the old name are listed."""


@click.command(help=_HELP)
@click.argument("old")
@click.argument("new")
@click.option(
    "--id", "file_id", metavar="ID", default="", help="The file name, if it should differ from NEW."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
@yes_option
@config_option
def rename(old: str, new: str, file_id: str, dry_run: bool, yes: bool, config_file: Path) -> None:
    """Rename a role, a department or a person, and everything that names them."""
    with stopping_whole():
        handbook = open_or_exit(config_file)
        refuse_unread(handbook)
        found = _found(handbook, old)
        try:
            renaming = _renaming(handbook, found, " ".join(new.split()), file_id.removesuffix(".md"))
        except NotRenamed as error:
            refuse(str(error))
        is_asked = not dry_run and not yes and is_terminal()
        if dry_run or is_asked:
            _report(handbook.project.root, renaming, "would be")
        if not dry_run:
            confirm(yes)
            _write(handbook.project.root, renaming)
    if not dry_run and not is_asked:
        _report(handbook.project.root, renaming, "is now")
    if isinstance(found, Role) and not dry_run and _is_id(new):
        click.echo(f"The title is still '{found.title}'. For another one, write it in place of {new}.")
    if isinstance(found, Person) and not found.file and not handbook.project.options.history:
        _report_lost_address(handbook, found, " ".join(new.split()))
    sys.exit(CLEAN)


def _found(handbook: Handbook, wanted: str) -> Role | Person:
    """The one role or person that is called `wanted`."""
    organisation = handbook.organisation
    key = name_key(wanted)
    by_path: dict[str, Role | Person] = {role.file.path: role for role in organisation.roles.values()}
    by_path |= {person.file.path: person for person in organisation.people.values() if person.file}
    if named := by_path.get(wanted):
        return named
    roles = [role for role in organisation.roles.values() if key in (name_key(role.title), name_key(role.id))]
    roles = [organisation.roles[wanted]] if wanted in organisation.roles else roles
    person = organisation.named(wanted)
    found: list[Role | Person] = [*roles, *([person] if person else [])]
    if len(found) == 1:
        return found[0]
    if found:
        places = [each.file.path for each in found if each.file]
        refuse(f"Several are called '{wanted}'. Write one of these: {', '.join(places)}.")
    people = {person.id: person.name for person in organisation.people.values()}
    hint = id_meant(wanted, people | titles_of(organisation.roles))
    refuse(f"No role and no person is called '{wanted}'. {hint}")


def _is_id(word: str) -> bool:
    plain = word.removesuffix(".md")
    return bool(plain) and plain == plain.casefold() and slug(plain) == plain.replace("_", "-")


def _renaming(handbook: Handbook, found: Role | Person, new: str, file_id: str) -> Renaming:
    organisation, project = handbook.organisation, handbook.project
    if isinstance(found, Role):
        title = "" if _is_id(new) else new
        new_id = _free_id(handbook, found, file_id or (slug(new) if title else new.removesuffix(".md")))
        if new_id == found.id and title in ("", found.title):
            refuse(f"The role is called '{found.id}' already.")
        return rename_role(project, organisation, found, new_id, title)
    name = "" if _is_id(new) and found.file else new
    if name and (other := organisation.named(name)) and other is not found:
        refuse(f"There is somebody called '{name}' already.")
    wanted = file_id or (_person_id(found, name) if name else new.removesuffix(".md"))
    new_id = _free_id(handbook, found, wanted)
    if new_id == found.id and name in ("", found.name):
        refuse(f"They are called '{found.name}' already, in a file called '{found.id}'.")
    return rename_person(project, organisation, found, new_id, name)


def _person_id(person: Person, name: str) -> str:
    """The file name that follows from a new `name`: in whole or by the first name, as before."""
    if person.id == slug(person.name):
        return slug(name)
    if person.id == slug(person.name.split()[0]):
        return slug(name.split()[0])
    return person.id


def _free_id(handbook: Handbook, found: Role | Person, new_id: str) -> str:
    """`new_id`, if a file of `found` can have that name."""
    organisation = handbook.organisation
    plain = slug(new_id) == new_id.casefold().replace("_", "-")
    if not new_id or not plain or len(new_id.encode()) > MAX_ID_BYTES or new_id.casefold() in RESERVED_IDS:
        refuse(f"'{new_id}' cannot be the name of a file. Give it one in letters and digits with --id.")
    others: list[Role | Person] = [*organisation.roles.values()]
    if isinstance(found, Person):
        others = [*organisation.people.values()]
    for other in others:
        if other is not found and other.file and other.id.casefold() == new_id.casefold():
            refuse(f"There is '{other.file.path}' already. Give the file another name with --id.")
    return new_id


def _write(root: Path, renaming: Renaming) -> None:
    texts = ((file.path, file.before, file.after) for file in renaming.files)
    try:
        change_all(root, texts, renaming.moves)
    except OSError as error:
        refuse(f"{error.filename or 'A file'} cannot be changed ({error.strerror or error}).")


def _report(root: Path, renaming: Renaming, now: str) -> None:
    fixes = [fix for file in renaming.files for fix in file.fixes]
    for fix in fixes:
        said = f":{fix.line}: '{fix.before}' {now} '{fix.after}'" if fix.line else f": + alias '{fix.after}'"
        click.echo(printable(f"{shown(root, fix.path)}{said}"))
    for old, new in renaming.moves.items():
        click.echo(printable(f"{shown(root, old)} {now} {shown(root, new)}"))
    places = counted(sum(fix.line > 0 for fix in fixes), "reference")
    files = counted(len(renaming.files), "file")
    click.echo(f"{places} in {files}, {counted(len(renaming.moves), 'file')} renamed.")
    if renaming.mentions:
        click.echo("Not changed, since only you know whether it is meant:")
    for each in renaming.mentions[:_MAX_MENTIONS]:
        click.echo(printable(f"  {shown(root, each.path)}:{each.line}: '{each.word}'"))
    if (more := len(renaming.mentions) - _MAX_MENTIONS) > 0:
        click.echo(f"  and {more:,} more.")


def _report_lost_address(handbook: Handbook, person: Person, name: str) -> None:
    """Report that no file keeps the former address of `person`, and how one can."""
    folder = handbook.project.options.people_dir
    file = shown(handbook.project.root, f"{folder}/{slug(name)}.md")
    kept = f"'name: {name}' and 'aliases: [{person.id}.md]'"
    lost = f"No file keeps the former address of their page, people/{person.id}/."
    click.echo(printable(f"{lost} To redirect it, write {file} with {kept}."))
