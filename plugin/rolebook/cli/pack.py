"""`rolebook pack`."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolebook.cli.changing import refuse_no_role, refuse_nobody, refuse_several_roles
from rolebook.cli.common import (
    CLEAN,
    config_option,
    id_meant,
    open_without_errors,
    refuse,
    refuse_link,
    refuse_template,
    refuse_unwritten,
    role_meant,
    stopping_whole,
    warn_of_letters,
)
from rolebook.cli.new_files import in_the_way, write_new
from rolebook.documents import FORMS, pdf
from rolebook.documents.pictures import Pictures, is_available
from rolebook.escaping import printable
from rolebook.handbook import Handbook
from rolebook.language import gettext, ngettext
from rolebook.organisation import Holding, Person, Role, name_key
from rolebook.schema.audience import Audience
from rolebook.schema.typos import did_you_mean
from rolebook.visibility.view import names_in, withheld_from

if TYPE_CHECKING:  # what writes documents is loaded by this command alone, so that the others stay quick
    from rolebook.documents.order import LeavingOrder, Order

_HELP = """\
Write documents to share. They are a pack for the next holder of a role, or its job post.

A leaving list (for colleagues only) says what to take back from somebody who leaves and what to pass on.

A pack (for a contractor) holds the role, its place in the organisation by role titles, what it
delivers and how that is accepted, its procedure, access, reporting, and lists for getting started
and the last day. A job post (for the public) is the text of the job page. Both are made of what
their reader may see, and the command lists what was left out. No file is ever overwritten.

Roles are given by id or title, people by id or name. Each becomes a file named ID-pack.html,
ID-post.txt, ID-leaving.html and so on.

Exit code: 0 when all documents were written, or when --all-open finds no vacant role; 2 when they could
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
    # Translators: such as "2 files of 1 role written to packs."
    said = gettext(
        "%(files)s of %(roles)s written to %(folder)s.",
        files=ngettext("%(number)s file", "%(number)s files", len(roles) * len(forms)),
        roles=ngettext("%(number)s role", "%(number)s roles", len(roles)),
        folder=folder,
    )
    click.echo(said)
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
    said = ngettext(
        "%(number)s file written to %(folder)s.",
        "%(number)s files written to %(folder)s.",
        len(forms),
        folder=folder,
    )
    internal = gettext("Internal, for colleagues only: names people and their access.")
    click.echo(f"{said} {internal}")


def _opened(config_file: Path, forms: tuple[str, ...]) -> Handbook:
    """The handbook, if documents can be made of it in these forms."""
    handbook = open_without_errors(config_file)
    if "pdf" in forms and (why := pdf.why_unavailable()):
        refuse(f"{printable(why)}.")
    return handbook


def _roles(handbook: Handbook, wanted: Sequence[str], all_open: bool) -> list[Role]:
    if wanted:
        return list({role.id: role for role in (_role(handbook, name) for name in wanted)}.values())
    active = list(handbook.organisation.active_roles)
    roles = [role for role in active if role.to_fill] if all_open else active
    if not roles and all_open:
        click.echo(gettext("No role is vacant, so there is nothing to write."))
        sys.exit(CLEAN)
    return roles or refuse(gettext("There is no role."))


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
        refuse_several_roles(name, [role.id for role in found])
    if not found:
        hint = role_meant(name, roles)
        refuse_no_role(name, hint or gettext("Write the name of its file without .md, or its title."))
    if found[0].active and found[0].is_team:
        refuse(
            gettext(
                "'%(role)s' is a team, which nobody takes over. Write packs for the roles below it.",
                role=name,
            )
        )
    if found[0].holding is Holding.PLANNED:
        refuse(gettext("'%(role)s' is a planned role; these are internal.", role=name))
    if not found[0].active:
        refuse(gettext("'%(role)s' is a retired role; these are internal.", role=name))
    return found[0]


def _person(handbook: Handbook, name: str) -> Person:
    """The person whose id or name is `name`."""
    people = handbook.organisation.people
    if found := people.get(name) or handbook.organisation.named(name):
        return found
    names = {person.id: person.name for person in people.values()}
    hint = id_meant(name, names)
    refuse_nobody(name, hint or gettext("Write their name, or the name of their file without .md."))


def _write(folder: Path, order: "Order | LeavingOrder", ids: Sequence[str]) -> None:
    refuse_link(folder)
    names = [name for each in ids for name in order.names(each)]
    try:
        if there := in_the_way(folder, names):
            refuse(
                gettext(
                    "%(folder)s already has %(file)s. Remove it, or name another folder with --to.",
                    folder=folder,
                    file=there[0],
                )
            )
        hidden = len(names) == 1 or not sys.stderr.isatty()
        with click.progressbar(ids, label=gettext("Writing"), file=sys.stderr, hidden=hidden) as shown:
            write_new(folder, (file for each in shown for file in order.files(each)))
    except OSError as error:
        refuse_unwritten(error.filename2 or folder, error)


def _left_out(handbook: Handbook, roles: Sequence[Role], order: "Order") -> Iterator[str]:
    """Report what was left out, so that its owner sees it before anything is sent."""
    for role in roles[:_MAX_ROLES]:
        kept = withheld_from(handbook.organisation, role, order.seen.audience)
        if kept.sections:
            yield ngettext(
                "%(role)s: %(number)s section left out: %(names)s.",
                "%(role)s: %(number)s sections left out: %(names)s.",
                len(kept.sections),
                role=role.id,
                names=", ".join(f"'{heading}'" for heading in kept.sections),
            )
        yield from (_outside_sections(role, begun) for begun in kept.outside)
        if kept.fields:
            yield ngettext(
                "%(role)s: %(number)s field left out: %(names)s.",
                "%(role)s: %(number)s fields left out: %(names)s.",
                len(kept.fields),
                role=role.id,
                names=", ".join(kept.fields),
            )
        if people := names_in(handbook.organisation, order.text(role.id)):
            yield gettext(
                "%(role)s: its text names %(names)s. Read it before you send it.",
                role=role.id,
                names=", ".join(people),
            )
    if (more := len(roles) - _MAX_ROLES) > 0:
        yield ngettext(
            "… and what is left out of %(number)s more role.",
            "… and what is left out of %(number)s more roles.",
            more,
        )


def _outside_sections(role: Role, begun: str) -> str:
    """Report a text that was left out, by how it begins; empty for what is above the first heading."""
    if not begun:
        return gettext(
            "%(role)s: the text above the first heading was left out: it is in no section.", role=role.id
        )
    return gettext(
        "%(role)s: the text from '%(words)s' on was left out: it is in no section.", role=role.id, words=begun
    )


def _missing(pictures: Pictures) -> str:
    if not is_available():
        return gettext(
            "Pictures were left out: the package Pillow is not installed. Install it: %(command)s",
            command="pip install pillow",
        )
    named = ", ".join(dict.fromkeys(name for name in pictures.missing if name))
    return gettext(
        "Pictures that were not found, or are not PNG, JPEG, GIF or WebP, were left out: %(names)s.",
        names=named,
    )
