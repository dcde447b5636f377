"""`rolebook rename`."""

import sys
from pathlib import Path

import click

from rolebook.autofix.rename import NotRenamed, Renaming, rename_person, rename_role
from rolebook.cli.changing import confirm, refuse_file_name, refuse_unread, yes_option
from rolebook.cli.common import (
    CLEAN,
    config_option,
    id_meant,
    is_terminal,
    open_or_exit,
    refuse,
    refuse_unchanged,
    shown,
    stopping_whole,
    titles_of,
)
from rolebook.cli.new_files import change_all
from rolebook.escaping import printable
from rolebook.handbook import Handbook
from rolebook.language import gettext, ngettext
from rolebook.organisation import MAX_ID_BYTES, RESERVED_IDS, Person, Role, name_key, slug

_HELP = """\
Rename a role, a department or a person. Everything that names them is changed, too.

OLD is a role's or a person's file name without .md, or their title or name. NEW in small letters
and hyphens, such as growth, is the new file name only; anything else, such as "Growth team", is the
new title or name, and the file name follows. A folder that is called like the role is renamed too.

Fields, links between pages, addresses of the site (site_url), the navigation in mkdocs.yml and the
option founders are changed, and nothing else. The old file name becomes an alias, so
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
            _report(handbook.project.root, renaming, is_done=False)
        if not dry_run:
            confirm(yes)
            _write(handbook.project.root, renaming)
    if not dry_run and not is_asked:
        _report(handbook.project.root, renaming, is_done=True)
    if isinstance(found, Role) and not dry_run and _is_id(new):
        message = gettext(
            "The title is still '%(title)s'. For another one, write it in place of %(name)s.",
            title=found.title,
            name=new,
        )
        click.echo(message)
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
        refuse(
            gettext(
                "Several are called '%(name)s'. Write one of these: %(files)s.",
                name=wanted,
                files=", ".join(places),
            )
        )
    people = {person.id: person.name for person in organisation.people.values()}
    hint = id_meant(wanted, people | titles_of(organisation.roles))
    refuse(gettext("No role and no person is called '%(name)s'.", name=wanted), hint)


def _is_id(word: str) -> bool:
    plain = word.removesuffix(".md")
    return bool(plain) and plain == plain.casefold() and slug(plain) == plain.replace("_", "-")


def _renaming(handbook: Handbook, found: Role | Person, new: str, file_id: str) -> Renaming:
    organisation, project = handbook.organisation, handbook.project
    if isinstance(found, Role):
        title = "" if _is_id(new) else new
        new_id = _free_id(handbook, found, file_id or (slug(new) if title else new.removesuffix(".md")))
        if new_id == found.id and title in ("", found.title):
            refuse(gettext("The role is called '%(role)s' already.", role=found.id))
        return rename_role(project, organisation, found, new_id, title)
    name = "" if _is_id(new) and found.file else new
    if name and (other := organisation.named(name)) and other is not found:
        refuse(gettext("There is somebody called '%(name)s' already.", name=name))
    wanted = file_id or (_person_id(found, name) if name else new.removesuffix(".md"))
    new_id = _free_id(handbook, found, wanted)
    if new_id == found.id and name in ("", found.name):
        refuse(
            gettext(
                "They are called '%(name)s' already, in a file called '%(file)s'.",
                name=found.name,
                file=found.id,
            )
        )
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
        refuse_file_name(new_id)
    others: list[Role | Person] = [*organisation.roles.values()]
    if isinstance(found, Person):
        others = [*organisation.people.values()]
    for other in others:
        if other is not found and other.file and other.id.casefold() == new_id.casefold():
            refuse(
                gettext(
                    "There is '%(file)s' already. Give the file another name with --id.",
                    file=other.file.path,
                )
            )
    return new_id


def _write(root: Path, renaming: Renaming) -> None:
    texts = ((file.path, file.before, file.after) for file in renaming.files)
    try:
        change_all(root, texts, renaming.moves)
    except OSError as error:
        refuse_unchanged(error)


def _report(root: Path, renaming: Renaming, *, is_done: bool) -> None:
    fixes = [fix for file in renaming.files for fix in file.fixes]
    for fix in fixes:
        place = shown(root, fix.path)
        if fix.line:
            change = _changed(f"'{fix.before}'", f"'{fix.after}'", is_done)
            said = f"{place}:{fix.line}: {change}"
        else:
            said = gettext("%(file)s: + alias '%(alias)s'", file=place, alias=fix.after)
        click.echo(printable(said))
    for old, new in renaming.moves.items():
        click.echo(printable(_changed(shown(root, old), shown(root, new), is_done)))
    references = sum(fix.line > 0 for fix in fixes)
    click.echo(_counts(references, len(renaming.files), len(renaming.moves), is_done=is_done))
    if renaming.mentions:
        click.echo(gettext("Not changed, since only you know whether it is meant:"))
    for each in renaming.mentions[:_MAX_MENTIONS]:
        click.echo(printable(f"  {shown(root, each.path)}:{each.line}: '{each.word}'"))
    if (more := len(renaming.mentions) - _MAX_MENTIONS) > 0:
        click.echo("  " + ngettext("and %(number)s more.", "and %(number)s more.", more))


def _changed(before: str, after: str, is_done: bool) -> str:
    """One line of what a renaming changes."""
    if is_done:
        return gettext("%(before)s is now %(after)s", before=before, after=after)
    return gettext("%(before)s would be %(after)s", before=before, after=after)


def _counts(references: int, files: int, moves: int, *, is_done: bool) -> str:
    """How much a renaming changes; each count has its own words, as all three have their own number."""
    changed = ngettext("%(number)s reference", "%(number)s references", references)
    places = ngettext("%(number)s file", "%(number)s files", files)
    if is_done:
        renamed = ngettext("%(number)s file renamed", "%(number)s files renamed", moves)
    else:
        renamed = ngettext("%(number)s file to rename", "%(number)s files to rename", moves)
    # Translators: such as "3 references in 2 files, 1 file renamed."
    return gettext(
        "%(references)s in %(files)s, %(renamed)s.", references=changed, files=places, renamed=renamed
    )


def _report_lost_address(handbook: Handbook, person: Person, name: str) -> None:
    """Report that no file keeps the former address of `person`, and how one can."""
    folder = handbook.project.options.people_dir
    file = shown(handbook.project.root, f"{folder}/{slug(name)}.md")
    message = gettext(
        "No file keeps the former address of their page, %(page)s. "
        "To redirect it, write %(file)s with '%(name)s' and '%(aliases)s'.",
        page=f"people/{person.id}/",
        file=file,
        name=f"name: {name}",
        aliases=f"aliases: [{person.id}.md]",
    )
    click.echo(printable(message))
