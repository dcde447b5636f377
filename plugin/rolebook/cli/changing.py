"""What the commands share that change an organisation: finding roles and people, showing, asking, writing."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from rolebook import files
from rolebook.autofix.field_edits import NotEditable
from rolebook.cli.common import (
    CLEAN,
    config_option,
    confirmed,
    is_terminal,
    open_or_exit,
    refuse,
    refuse_unchanged,
    role_meant,
    shown,
    stopping_whole,
)
from rolebook.cli.new_files import change_all
from rolebook.diff.formats import as_text
from rolebook.escaping import printable
from rolebook.files import UNREADABLE_FILE
from rolebook.front_matter import INVALID_FRONT_MATTER
from rolebook.handbook import Handbook
from rolebook.language import gettext, ngettext
from rolebook.organisation import (
    MAX_ID_BYTES,
    RESERVED_IDS,
    Organisation,
    Person,
    Role,
    name_key,
    slug,
    words_like,
)
from rolebook.reorganisation import NotPossible, Reorganisation, outlook
from rolebook.schema.kinds import days_meant
from rolebook.schema.typos import did_you_mean

Command = TypeVar("Command", bound=Callable[..., Any])

EXIT_CODES = """\
The change is shown in words. On a terminal you are asked before anything is written. All other lines,
comments and quotation marks stay as they are. To undo it, run git checkout, and delete new files yourself.

Exit code: 0 when it was written, 2 when nothing was written.
"""
"""Ends the help of each command."""

yes_option = click.option("--yes", is_flag=True, help="Write without asking.")


def changing_options(command: Command) -> Command:
    """The options of every command that changes an organisation."""
    dry_run = click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
    return dry_run(yes_option(config_option(command)))


def change(
    config_file: Path, plan: Callable[[Handbook], Reorganisation], *, yes: bool, dry_run: bool
) -> NoReturn:
    """Work out a change, show it, ask and write it, all or nothing; ends the program."""
    with stopping_whole():
        handbook = open_or_exit(config_file)
        try:
            planned = plan(handbook)
        except (NotPossible, NotEditable) as error:
            refuse(str(error))
        if not planned.changed and not planned.new:
            click.echo(gettext("The files say this already: nothing was written."))
            sys.exit(CLEAN)
        _show(handbook, planned)
        for note in planned.first:
            click.echo(f"\n{printable(note)}")
        if not dry_run:
            confirm(yes)
            _write(handbook.project.root, planned)
    number = len(planned.changed) + len(planned.new)
    if dry_run:
        said = ngettext("%(number)s file would be written.", "%(number)s files would be written.", number)
    else:
        said = ngettext("%(number)s file written.", "%(number)s files written.", number)
    click.echo(f"\n{said}")
    for note in planned.notes:
        click.echo(printable(note))
    sys.exit(CLEAN)


def confirm(yes: bool) -> None:
    """Ask whether to write, where somebody can be asked; ends the program if not."""
    if not yes and is_terminal() and not confirmed(gettext("Write this?")):
        refuse(gettext("Not confirmed."))


def read(handbook: Handbook) -> Callable[[str], str | None]:
    """Reads files of the handbook as they are."""
    return lambda path: files.exact_text(handbook.project.root, path)


def refuse_unread(handbook: Handbook) -> None:
    """End the program while a file cannot be read: it may name what is changed."""
    for problem in handbook.problems:
        if problem.rule in (UNREADABLE_FILE, INVALID_FRONT_MATTER):
            refuse(
                gettext(
                    "Correct this first, because its references cannot be followed: %(problem)s",
                    problem=problem,
                )
            )


def role_called(organisation: Organisation, wanted: str) -> Role:
    """The one role that is called `wanted`: by its id, its title or the path of its file."""
    roles = organisation.roles
    if wanted in roles:
        return roles[wanted]
    key = name_key(wanted)
    found = [
        role
        for role in roles.values()
        if key in (name_key(role.title), name_key(role.id)) or wanted == role.file.path
    ]
    if len(found) == 1:
        return found[0]
    if found:
        refuse_several_roles(wanted, [role.id for role in found])
    refuse_no_role(wanted, role_meant(wanted, roles))


def refuse_several_roles(wanted: str, ids: Iterable[str]) -> NoReturn:
    """End the program because `wanted` is the name of more than one role."""
    refuse(
        gettext(
            "Several roles are called '%(name)s': %(ids)s. Write one of these ids.",
            name=wanted,
            ids=", ".join(ids),
        )
    )


def refuse_no_role(wanted: str, hint: str) -> NoReturn:
    """End the program because no role is called `wanted`."""
    refuse(gettext("There is no role '%(role)s'.", role=wanted), hint)


def refuse_nobody(wanted: str, hint: str) -> NoReturn:
    """End the program because nobody is called `wanted`."""
    refuse(gettext("There is no person '%(name)s'.", name=wanted), hint)


def person_called(organisation: Organisation, wanted: str) -> Person:
    """The person who is called `wanted`: by name or id."""
    found = organisation.named(wanted)
    if found is None:
        everybody = organisation.people.values()
        # Nobody means the id of somebody without a file, but for a first name alone.
        part = [each for each in everybody if name_key(wanted) in name_key(each.name).split()]
        if len(part) > 1:
            names = ", ".join(each.name for each in part)
            refuse(
                gettext(
                    "Several people are called '%(name)s': %(names)s. Write one of these.",
                    name=wanted,
                    names=names,
                )
            )
        known = words_like(wanted, ((each.id, each.name) for each in everybody))
        near = did_you_mean(wanted, known)
        if not near and part:
            near = gettext("Did you mean %(words)s?", words=f"'{part[0].name}'")
        command = f'rolebook hire "{wanted}"'
        refuse_nobody(wanted, near or gettext("For somebody new, first run: %(command)s", command=command))
    return found


def holder_called(organisation: Organisation, wanted: str) -> Person:
    """The person who is called `wanted` and has a file, where anybody has one."""
    found = person_called(organisation, wanted)
    if found.file is None and any(each.file for each in organisation.people.values()):
        refuse(
            gettext(
                "%(name)s has no file yet. First write one: %(command)s",
                name=found.name,
                command=f'rolebook hire "{found.name}"',
            )
        )
    return found


def plain_id(wanted: str) -> str:
    """`wanted` as the name of a file without .md; ends the program where no file can be called so."""
    found = wanted.removesuffix(".md")
    is_plain = slug(found) == found.casefold().replace("_", "-")
    if not found or not is_plain or len(found.encode()) > MAX_ID_BYTES or found.casefold() in RESERVED_IDS:
        refuse_file_name(found)
    return found


def refuse_file_name(wanted: str) -> NoReturn:
    """End the program because no file can be called `wanted`."""
    refuse(
        gettext(
            "'%(name)s' cannot be the name of a file. Give it one in letters and digits with --id.",
            name=wanted,
        )
    )


def refuse_role_there(role_id: str, place: str) -> NoReturn:
    """End the program because a role of this id is at `place`."""
    refuse(
        gettext(
            "There is a role '%(role)s' already: %(file)s. Give the new one another name with --id.",
            role=role_id,
            file=place,
        )
    )


def day_of(text: str) -> dt.date | None:
    """The day that an option names; None where it was not given."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        refuse(_no_date(text))


def _no_date(text: str) -> str:
    match days_meant(text):
        case (day,):
            return gettext("'%(text)s' is not a date. Write %(day)s.", text=text, day=day)
        case (day, other):
            return gettext(
                "'%(text)s' may be two days. Write %(day)s or %(other)s.", text=text, day=day, other=other
            )
    return gettext("'%(text)s' is not a date. Write year-month-day, such as 2027-03-31.", text=text)


def _show(handbook: Handbook, planned: Reorganisation) -> None:
    found = outlook(handbook.project, handbook.organisation, planned)
    if found.errors:
        refuse(gettext("This would be an error in the handbook: %(problem)s", problem=found.errors[0]))
    looks: dict[str, dict[str, Any]] = {
        "head": {"bold": True},
        "added": {"fg": "green"},
        "gone": {"fg": "red"},
    }
    if found.changes:
        click.echo(as_text(found.changes, lambda text, look: click.style(text, **looks[look])))
    for changed in planned.changed:
        _echo_file(shown(handbook.project.root, changed.path), changed.said)
    for path, text in planned.new.items():
        place = gettext("%(file)s (new)", file=shown(handbook.project.root, path))
        _echo_file(place, text.split("---")[1].strip().splitlines())


def _echo_file(path: str, lines: Iterable[object]) -> None:
    click.echo(printable(path))
    for line in lines:
        click.echo(f"  {printable(str(line))}")


def _write(root: Path, planned: Reorganisation) -> None:
    for path in planned.new:
        if files.has_link(root, path.rpartition("/")[0] or path):
            refuse(gettext("%(file)s is behind a link, and links are not followed.", file=path))
    try:
        texts = ((each.path, each.before, each.after) for each in planned.changed)
        change_all(root, texts, {}, planned.new.items())
    except FileExistsError as error:
        refuse(
            gettext(
                "There is %(file)s already. Give the new file another name with --id.",
                file=error.filename2 or error.filename,
            )
        )
    except OSError as error:
        refuse_unchanged(error)
