"""`rolebook library`."""

import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from rolebook.cli.common import COULD_NOT_RUN, FOUND
from rolebook.escaping import printable
from rolebook.language import N_, gettext, ngettext
from rolebook.library.role import LibraryRole, library_role, library_roles, named, with_words
from rolebook.schema.records import NO_HOURS
from rolebook.schema.typos import did_you_mean
from rolebook.wording import hours_text

_HELP = """\
List roles that small businesses hand over, by function. With WORDS, list those that have all of them in their
title, purpose, skills, deliverables or tags, with what each is for.

Each has deliverables, hours, skills, tools, a procedure, a trial task and a list for the first week.
rolebook new --like takes one into your handbook, where you make it yours.

Exit code: 0 when roles were listed or one was shown, 1 when no role has these words, 2 when there is
no role to show.

\b
Examples:
  rolebook library
  rolebook library advertising
  rolebook library --show paid-search
"""
_AT_THE_TOP = N_("At the top")
_TO_READ, _TO_TAKE = "rolebook library --show ID", "rolebook new --like ID"


@click.command(help=_HELP)
@click.argument("words", nargs=-1)
@click.option("--show", "shown", metavar="ROLE", default="", help="Print the file of a role, by id or title.")
def library(words: tuple[str, ...], shown: str) -> None:
    """List, find or print roles of the library."""
    if shown:
        role = named(shown)
        if role is None:
            click.echo(printable(not_there(shown)), err=True)
            sys.exit(COULD_NOT_RUN)
        click.echo(role.text, nl=False)
        return
    found = with_words(words) if words else library_roles()
    if not found:
        said = gettext("No role of the library has '%(words)s'. Try fewer words.", words=" ".join(words))
        click.echo(printable(said))
        sys.exit(FOUND)
    click.echo("\n".join(_lines(found, with_purpose=bool(words))))
    number = ngettext("%(number)s role.", "%(number)s roles.", len(found))
    hint = gettext("To read one: %(read)s. To take it over: %(take)s", read=_TO_READ, take=_TO_TAKE)
    click.echo(f"\n{number} {hint}")


def not_there(wanted: str) -> str:
    """Say that the library has no role `wanted`, and what it has instead."""
    near = [role.id for role in with_words([wanted])[:3]]
    said = gettext("There is no role '%(role)s' in the library.", role=wanted)
    if near:
        hint = gettext("It has %(roles)s.", roles=", ".join(near))
    else:
        to_list = gettext("To list them: %(command)s", command="rolebook library")
        hint = did_you_mean(wanted, _names()) or to_list
    return f"{said} {hint}"


def _names() -> Iterator[str]:
    for role in library_roles():
        yield from (role.id, role.title)


def _lines(roles: Sequence[LibraryRole], *, with_purpose: bool) -> Iterator[str]:
    width = max(len(role.id) for role in roles)
    for at, (heading, below) in enumerate(_by_function(roles)):
        yield "\n" * bool(at) + (gettext(heading) if heading == _AT_THE_TOP else heading)
        for role in below:
            hours = hours_text(role.file.fields.weekly_hours or NO_HOURS)
            yield f"  {role.id:<{width}}  {hours:>8}  {role.title}"
            if with_purpose:
                yield f"  {'':<{width}}            {role.file.fields.purpose}"


def _by_function(roles: Iterable[LibraryRole]) -> Iterator[tuple[str, list[LibraryRole]]]:
    """Group roles under the title of their function, which comes first itself."""
    functions = {role.parent for role in library_roles() if role.parent}
    groups: dict[str, list[LibraryRole]] = {}
    for role in roles:
        own = role.id in functions and role.parent
        groups.setdefault(_title(role.id if own else role.parent), []).append(role)
    for title in sorted(groups, key=lambda each: (each != _AT_THE_TOP, each)):
        yield title, sorted(groups[title], key=lambda role: (role.id not in functions, role.id))


def _title(role_id: str) -> str:
    role = library_role(role_id)
    return role.title if role else _AT_THE_TOP
