"""`rolebook pack`."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolebook.cli.common import (
    CLEAN,
    config_option,
    id_meant,
    open_without_errors,
    refuse,
    refuse_link,
    refuse_template,
    stopping_whole,
    titles_of,
    warn_of_letters,
    write_in_language_of,
)
from rolebook.cli.new_files import in_the_way, write_new
from rolebook.documents import FORMS, pdf
from rolebook.documents.pictures import Pictures, is_available
from rolebook.escaping import printable
from rolebook.handbook import Handbook
from rolebook.organisation import Person, Role, name_key
from rolebook.schema.audience import Audience
from rolebook.schema.typos import did_you_mean
from rolebook.visibility.view import names_in, withheld_from
from rolebook.wording import counted

if TYPE_CHECKING:  # what writes documents is loaded by this command alone, so that the others stay quick
    from rolebook.documents.order import LeavingOrder, Order

_HELP = """\
Write documents to share: a pack for the next holder of a role, or its job post.

A leaving list (for colleagues only) says what to take back from somebody who leaves and what to pass on.

A pack (for a contractor) holds the role, its place in the organisation by role titles, what it
delivers and how that is accepted, its procedure, access, reporting, and lists for getting started
and the last day. A job post (for the public) is the text of the job page. Both are made of what
their reader may see, and the command lists what was left out. No file is ever overwritten.

Roles are given by id or title, people by id or name. Each becomes a file named ID-pack.html,
ID-post.txt, ID-leaving.html and so on.

Exit code: 0 when all documents were written, or no role is vacant with --all-open; 2 when they could
not be written, and none was.

\b
Examples:
  rolebook pack ppc
  rolebook pack ppc customer-support --format html,pdf --sow --to hand-over
  rolebook pack --all-open --post --format txt,md
  rolebook pack --leaving maya --format html,pdf
"""
_MAX_ROLES = 20
"""For so many roles, what was left out is listed one by one."""


def _forms(_context: click.Context, _option: click.Parameter, given: str) -> tuple[str, ...]:
    forms = tuple(dict.fromkeys(form.strip().lower() for form in given.split(",") if form.strip()))
    for form in forms:
        if form not in FORMS:
            hint = did_you_mean(form, FORMS)
            raise click.BadParameter(f"'{printable(form)}' is none of {', '.join(FORMS)}. {hint}".strip())
    if not forms:
        raise click.BadParameter(f"write one or more of {', '.join(FORMS)}")
    return forms


@click.command(help=_HELP)
@click.argument("wanted", metavar="[ROLE]...", nargs=-1)
@click.option("--all-open", is_flag=True, help="All vacant roles.")
@click.option("--all", "everything", is_flag=True, help="All roles except planned and retired ones.")
@click.option("--post", is_flag=True, help="The public job post instead of the pack.")
@click.option(
    "--leaving", metavar="PERSON", help="The leaving list of a person, for colleagues only, instead of packs."
)
@click.option("--sow", is_flag=True, help="Add a statement of work to the pack: a template with blanks.")
@click.option(
    "--format",
    "forms",
    metavar="FORM,FORM…",
    default="html",
    show_default=True,
    callback=_forms,
    help="html (one file, for screen and paper), pdf, md (Markdown), txt (plain text).",
)
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path("packs"),
    show_default=True,
    help="Folder for the documents; created if needed.",
)
@config_option
def pack(
    wanted: Sequence[str],
    all_open: bool,
    everything: bool,
    post: bool,
    leaving: str | None,
    sow: bool,
    forms: tuple[str, ...],
    folder: Path,
    config_file: Path,
) -> None:
    """Write documents that you can give away."""
    if leaving is not None:
        if wanted or all_open or everything or post or sow:
            raise click.UsageError("A leaving list is about a person: leave out roles and other documents.")
        _write_leaving_list(leaving, forms, folder, config_file)
        return
    if [bool(wanted), all_open, everything].count(True) != 1:
        raise click.UsageError("Name the roles, or write --all-open, or --all.")
    if post and sow:
        raise click.UsageError("A statement of work belongs to a pack, not to a job post.")
    with stopping_whole():
        handbook = _opened(config_file, forms)
        roles = _roles(handbook, wanted, all_open)
        # Imported here: it takes 20 ms, and of the commands only this one writes documents.
        from rolebook.documents.order import Order

        audience = Audience.PUBLIC if post else Audience.CONTRACTOR
        project = handbook.project
        pictures = Pictures(project.root)
        pages, head = handbook.document_pages(refuse_template), handbook.letterhead
        client = head.client if head else ""
        view = handbook.view_for(audience)
        order = Order(view, project.name, pictures, forms, pages, client, post, sow)
        with pdf.undrawn() as letters:
            _write(folder, order, [role.id for role in roles])
    for line in _left_out(handbook, roles, order):
        click.echo(printable(line))
    warn_of_letters(letters)
    if pictures.missing:
        click.echo(printable(_missing(pictures)))
    number = counted(len(roles) * len(forms), "file")
    click.echo(f"{number} of {counted(len(roles), 'role')} written to {folder}.")
    sys.exit(CLEAN)


def _write_leaving_list(name: str, forms: tuple[str, ...], folder: Path, config_file: Path) -> None:
    with stopping_whole():
        handbook = _opened(config_file, forms)
        person = _person(handbook, name)
        from rolebook.analysis.leaving import leavings
        from rolebook.documents.order import LeavingOrder

        organisation = handbook.organisation
        order = LeavingOrder(
            leavings(organisation),
            handbook.project.name,
            organisation.day,
            forms,
            handbook.document_pages(refuse_template),
        )
        with pdf.undrawn() as letters:
            _write(folder, order, [person.id])
    warn_of_letters(letters)
    number = counted(len(forms), "file")
    click.echo(f"{number} written to {folder}. Internal, for colleagues only: names people and their access.")


def _opened(config_file: Path, forms: tuple[str, ...]) -> Handbook:
    """The handbook, if documents can be made of it in these forms."""
    if "pdf" in forms and (why := pdf.why_unavailable()):
        refuse(f"{printable(why)}.")
    return write_in_language_of(open_without_errors(config_file))


def _roles(handbook: Handbook, wanted: Sequence[str], all_open: bool) -> list[Role]:
    if wanted:
        return list({role.id: role for role in (_role(handbook, name) for name in wanted)}.values())
    active = list(handbook.organisation.active_roles)
    roles = [role for role in active if role.to_fill] if all_open else active
    if not roles and all_open:
        click.echo("No role is vacant, so there is nothing to write.")
        sys.exit(CLEAN)
    return roles or refuse("There is no role.")


def _role(handbook: Handbook, name: str) -> Role:
    """The role whose id or title is `name`, or the only one whose first words these are."""
    roles, key = handbook.organisation.roles, name_key(name)
    found = [roles[name]] if name in roles else []
    found = found or [role for role in roles.values() if name_key(role.title) == key]
    if not found and key:
        found = [
            role
            for role in roles.values()
            if name_key(role.title).startswith(f"{key} ") or role.id.startswith(f"{key}-")
        ]
    if len(found) > 1:
        ids = ", ".join(role.id for role in found)
        refuse(f"Several roles are called '{name}': {ids}. Write one of these ids.")
    if not found:
        hint = id_meant(name, titles_of(roles)) or "Write the name of its file without .md, or its title."
        refuse(f"There is no role '{name}'. {hint}")
    if found[0].active and found[0].is_team:
        refuse(f"'{name}' is a team, which nobody takes over. Write packs for the roles below it.")
    if not found[0].active:
        refuse(f"'{name}' is a {found[0].holding} role; these are internal.")
    return found[0]


def _person(handbook: Handbook, name: str) -> Person:
    """The person whose id or name is `name`."""
    people = handbook.organisation.people
    if found := people.get(name) or handbook.organisation.named(name):
        return found
    names = {person.id: person.name for person in people.values()}
    hint = id_meant(name, names) or "Write their name, or the name of their file without .md."
    return refuse(f"There is no person '{name}'. {hint}")


def _write(folder: Path, order: "Order | LeavingOrder", ids: Sequence[str]) -> None:
    refuse_link(folder)
    names = [name for each in ids for name in order.names(each)]
    try:
        if there := in_the_way(folder, names):
            refuse(f"{folder} already has {there[0]}. Remove it, or name another folder with --to.")
        hidden = len(names) == 1 or not sys.stderr.isatty()
        with click.progressbar(ids, label="Writing", file=sys.stderr, hidden=hidden) as shown:
            write_new(folder, (file for each in shown for file in order.files(each)))
    except OSError as error:
        refuse(f"{error.filename2 or folder} cannot be written ({error.strerror or error}).")


def _left_out(handbook: Handbook, roles: Sequence[Role], order: "Order") -> Iterator[str]:
    """Report what was left out, so that its owner sees it before anything is sent."""
    for role in roles[:_MAX_ROLES]:
        kept = withheld_from(handbook.organisation, role, order.seen.audience)
        if kept.sections:
            named = ", ".join(f"'{heading}'" for heading in kept.sections)
            yield f"{role.id}: {counted(len(kept.sections), 'section')} left out: {named}."
        for begun in kept.outside:
            where = f"from '{begun}' on" if begun else "above the first heading"
            yield f"{role.id}: the text {where} was left out: it is in no section."
        if kept.fields:
            yield f"{role.id}: {counted(len(kept.fields), 'field')} left out: {', '.join(kept.fields)}."
        if people := names_in(handbook.organisation, order.text(role.id)):
            yield f"{role.id}: its text names {', '.join(people)}. Read it before you send it."
    if len(roles) > _MAX_ROLES:
        yield f"… and what is left out of {counted(len(roles) - _MAX_ROLES, 'more role')}."


def _missing(pictures: Pictures) -> str:
    if not is_available():
        return "Pictures were left out: the package Pillow is not installed. Install it: pip install pillow"
    named = ", ".join(dict.fromkeys(name for name in pictures.missing if name))
    return f"Pictures that were not found, or are not PNG, JPEG, GIF or WebP, were left out: {named}."
