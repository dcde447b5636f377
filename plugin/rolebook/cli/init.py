"""`rolebook init`."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from rolebook import files
from rolebook.cli import guided as questions
from rolebook.cli.common import CLEAN, FOUND, open_or_exit, refuse, refuse_unwritten, stopping_whole
from rolebook.cli.forms import repository_named, write_forms
from rolebook.cli.installed import EditableError
from rolebook.cli.new_files import write_new
from rolebook.cli.role_folder import Folder
from rolebook.cli.serving import serve
from rolebook.cli.starter import HOSTS, Answers, starter, untouched_examples
from rolebook.cli.tables import HowToRead, imported_or_refused, read_tables, table_options
from rolebook.cli.update import update_of
from rolebook.escaping import printable
from rolebook.forms.hosts import Repository
from rolebook.language import N_, gettext, ngettext
from rolebook.library.kind import Kind, general, kind, kind_ids, kinds
from rolebook.organisation import name_key, names_nobody
from rolebook.schema.typos import did_you_mean
from rolebook.spreadsheet.holders import ME
from rolebook.spreadsheet.merge import LAST_IMPORT, last_as_text
from rolebook.spreadsheet.rows import Imported

_HELP = """\
Start a handbook in DIR. It has a few roles, you, the business model, and what publishing needs; with --kind,
the 12 to 20 roles of such a business, all held by you, its promises, and what to hand over first.

Asks four questions at most; those answered by options are not asked. --guided asks twelve at most:
what you sell and promise, which roles produce it, who does each today and for how long. No file that
is there already is touched.

Exit code: 0 when the handbook was written, 1 when it was written and the spreadsheet left findings
to review, 2 when nothing was written.

\b
Examples:
  rolebook init our-handbook
  rolebook init . --business "The Patient Loaf" --owner "Maya Brennan" --yes
  rolebook init our-handbook --guided --serve
  rolebook init our-handbook --kind web-shop
  rolebook init our-handbook --from roles.xlsx --map title=Role --map parent="Reports to" --vacant tbc
"""
_NOWHERE, _NONE = "nowhere", "none"
_TITLES = {"github": "GitHub", "gitlab": "GitLab"}
_OF_NO_KIND = N_("four roles that nearly every business has")
_EVERYONE, _COLLEAGUES = "everyone", "colleagues"


@click.command(help=_HELP)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--business", metavar="NAME", help="The name of the business.")
@click.option("--owner", metavar="NAME", help="Your name: you hold the first roles.")
@click.option(
    "--kind",
    "kind_id",
    metavar="KIND",
    show_default=_NONE,
    help="The kind of business whose roles and promises the handbook begins with: "
    f"{', '.join(kind_ids())}, or none.",
)
@click.option(
    "--guided", is_flag=True, help="Ask step by step, show the chart as it grows, and begin with the answers."
)
@click.option(
    "--host",
    type=click.Choice([*HOSTS, _NOWHERE], case_sensitive=False),
    help="Where the handbook is published from.",
)
@click.option(
    "--readers",
    type=click.Choice([_EVERYONE, _COLLEAGUES], case_sensitive=False),
    help="Who may read the published site: everyone gets the public edition, without people.",
)
@click.option(
    "--forms",
    "forms_for",
    metavar="OWNER/NAME",
    default="",
    callback=repository_named,
    help="Include the page with forms for this repository of the host; see rolebook forms.",
)
@click.option(
    "--guide/--no-guide",
    default=True,
    show_default=True,
    help="Whether to include the guide in the handbook.",
)
@click.option(
    "--examples/--no-examples",
    default=True,
    show_default=True,
    help="Whether to include examples: three roles below yours, an offer and two promises.",
)
@click.option(
    "--yes", "-y", is_flag=True, help="Ask nothing; use the default for everything not given as an option."
)
@click.option(
    "--serve", "serving", is_flag=True, help="Then show the handbook in the browser, until you press Ctrl-C."
)
@click.option(
    "--from",
    "--from-csv",
    "tables",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Make the roles of the rows of a spreadsheet (.xlsx, .ods, CSV), with the options that follow; "
    "see rolebook import.",
)
@table_options
def init(
    folder: Path,
    business: str | None,
    owner: str | None,
    kind_id: str | None,
    guided: bool,
    host: str | None,
    readers: str | None,
    forms_for: str,
    guide: bool,
    examples: bool,
    yes: bool,
    serving: bool,
    tables: tuple[Path, ...],
    how: HowToRead,
) -> None:
    """Begin a handbook in DIR."""
    imported = None
    with stopping_whole():
        known = _kind(_NONE if kind_id is None else kind_id, with_table=bool(tables), examples=examples)
        _refuse_a_second_one(folder, with_table=bool(tables))
        if guided:
            _refuse_with_guided({"--yes": yes, "--from": bool(tables), "--no-examples": not examples})
            known = general() if kind_id is not None and known is None else known
            answers = _guided(business, owner, known, host)
        else:
            me = _not_me(how.conventions.me or owner or "")
            imported = _imported(tables, how, me) if tables else None
            question = gettext("What is the name of the business?")
            business = _asked(question, business, "Our business", yes)
            question = gettext("What is your name?")
            owner = me if imported else _not_me(_asked(question, owner, "Owner", yes))
            answers = Answers(business=business, owner=owner, host=_host(host, yes), kind=known)
            answers = replace(answers, examples=examples)
            answers = _with_table(answers, folder, imported) if imported else answers
        readers = _readers(readers, yes or guided or not answers.host)
        answers = replace(answers, guide=guide, for_everyone=readers == _EVERYONE)
        if forms_for and not answers.host:
            refuse(gettext("The forms sign in to a git host. Add --host github or --host gitlab."))
        written, kept = _write(folder, _texts(answers))
        if forms_for:
            write_forms(open_or_exit(folder / "mkdocs.yml"), Repository(answers.host, forms_for))
    _report(folder, written, kept, imported)
    if answers.host:
        _report_host(answers.host, folder, for_everyone=answers.for_everyone)
    if answers.kind:
        _report_kind(answers.kind, guided=guided)
    if serving:
        serve(folder)
    sys.exit(FOUND if imported and imported.problems else CLEAN)


def _refuse_with_guided(others: Mapping[str, bool]) -> None:
    for option, given in others.items():
        if given:
            refuse(
                gettext(
                    "--guided asks for what %(option)s leaves out. Leave out one of the two.", option=option
                )
            )


def _guided(business: str | None, owner: str | None, known: Kind | None, host: str | None) -> Answers:
    host = "" if host == _NOWHERE else host
    names = [" ".join(printable(each).split()) for each in (business or "", _not_me(owner or ""))]
    found = questions.asked(questions.Given(business=names[0], owner=names[1], kind=known, host=host))
    people = dict.fromkeys(each for each in found.kind.holders.values() if each)
    return Answers(
        business=found.business, owner=found.owner, host=found.host, holders=tuple(people), kind=found.kind
    )


def _refuse_a_second_one(folder: Path, *, with_table: bool) -> None:
    if folder.exists() and not folder.is_dir():
        refuse(gettext("%(file)s is a file. Name a folder for the handbook.", file=folder))
    there = [name for name in ("mkdocs.yml", "mkdocs.yaml") if os.path.lexists(folder / name)]
    there += list(files.markdown_files(folder, "roles"))[:1]
    if there and with_table and untouched_examples(folder / "roles", remove=None):
        refuse(
            gettext(
                "%(folder)s has a handbook with the example roles. To put yours in their place: %(command)s",
                folder=folder,
                command=f"rolebook import TABLE --to {folder / 'roles'} --remove-examples",
            )
        )
    if there:
        refuse(
            gettext(
                "%(folder)s has a handbook already (%(file)s). Name another folder.",
                folder=folder,
                file=there[0],
            )
        )


def _kind(wanted: str, *, with_table: bool, examples: bool) -> Kind | None:
    """The kind of business called `wanted`, by its id or title; None where none is wanted."""
    key = name_key(wanted)
    if key == _NONE:
        return None
    found = next((each for each, known in kinds().items() if key in (each, name_key(known.title))), "")
    if not found:
        for each, known in kinds().items():
            click.echo(f"{each:<17} {known.summary}", err=True)
        click.echo(f"{_NONE:<17} {gettext(_OF_NO_KIND)}\n", err=True)
        hint = did_you_mean(wanted, kind_ids()) or gettext("Write one of these.")
        refuse(questions.no_kind(wanted), hint)
    if with_table:
        refuse(gettext("The roles come from --kind or from a spreadsheet. Leave out --kind or --from."))
    if not examples:
        refuse(gettext("The roles of a kind of business are examples. Leave out --kind or --no-examples."))
    return kind(found)


def _asked(question: str, given: str | None, default: str, yes: bool) -> str:
    if given is None:
        given = default if yes else click.prompt(question, default=default)
    return " ".join(printable(str(given)).split()) or default


def _host(given: str | None, yes: bool) -> str:
    choices = click.Choice([*HOSTS, _NOWHERE], case_sensitive=False)
    if given is None:
        question = gettext("Where do you publish it (nowhere if you do not know yet)?")
        given = _NOWHERE if yes else click.prompt(question, default=_NOWHERE, type=choices)
    return "" if given == _NOWHERE else given


def _readers(given: str | None, yes: bool) -> str:
    if given is None and not yes:
        choices = click.Choice([_EVERYONE, _COLLEAGUES], case_sensitive=False)
        click.echo(gettext("The public edition has the roles, and no people, hours of people or notes."))
        question = gettext("Who may read the published site?")
        given = click.prompt(question, default=_EVERYONE, type=choices)
    return given or _EVERYONE


def _not_me(name: str) -> str:
    if name and (name_key(name) in ME or names_nobody(name) or not any(map(str.isalpha, name))):
        refuse(
            gettext(
                "'%(name)s' would be a person of this name. Write yours, such as %(option)s.",
                name=name,
                option='--owner "Ruth Wren"',
            )
        )
    return name


def _with_table(answers: Answers, folder: Path, imported: Imported) -> Answers:
    return replace(
        answers,
        table=_table(folder, imported),
        holders=imported.holders,
        allow_multiple_roots=imported.tops > 1,
    )


def _table(folder: Path, imported: Imported) -> dict[str, str]:
    """Make role files of a table, and the record that `rolebook import --update` needs."""
    last = update_of(Folder(folder, {}, None, {}, False), imported, "").last
    return {**imported.files, LAST_IMPORT: last_as_text(last)}


def _imported(files: tuple[Path, ...], how: HowToRead, me: str) -> Imported:
    how = replace(how, conventions=replace(how.conventions, me=me))
    return imported_or_refused(read_tables(files, how), how)


def _texts(answers: Answers) -> dict[str, str | bytes]:
    try:
        return starter(answers)
    except EditableError:
        refuse(
            gettext(
                "This rolebook runs from its sources ('%(how)s'), which no other machine has. "
                "In their folder, type: %(command)s",
                how="pip install -e",
                command="pip wheel --no-deps . && pip install mkdocs_rolebook-*.whl",
            )
        )


def _write(folder: Path, texts: Mapping[str, str | bytes]) -> tuple[list[str], list[str]]:
    """Write those of `texts` whose files do not exist; gives what was written and what was there."""
    kept = [path for path in texts if os.path.lexists(folder / path)]
    new = {path: text for path, text in sorted(texts.items()) if path not in kept}
    try:
        write_new(folder, new.items())
    except OSError as error:
        refuse_unwritten(error.filename2 or folder, error)
    return list(new), kept


def _report(folder: Path, written: list[str], kept: list[str], imported: Imported | None) -> None:
    for line in (*imported.problems, *imported.notes) if imported else ():
        click.echo(printable(str(line)))
    if imported and imported.tops > 1:
        several = ngettext(
            "%(number)s role reports to nobody, so mkdocs.yml has '%(setting)s'. "
            "Take it out when one is meant to be at the top.",
            "%(number)s roles report to nobody, so mkdocs.yml has '%(setting)s'. "
            "Take it out when one is meant to be at the top.",
            imported.tops,
            setting="allow_multiple_roots: yes",
        )
        click.echo(several)
    click.echo(_written_to(folder, len(written)))
    for path in kept:
        click.echo(gettext("%(file)s was there already and is as it was.", file=path))
    click.echo("\n" + gettext("Next:"))
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {_quoted(printable(str(folder)))}")
    click.echo("  rolebook check\n  mkdocs serve")


def _written_to(folder: Path, number: int) -> str:
    if folder.resolve() == Path.cwd():
        return ngettext(
            "A handbook is in this folder: %(number)s file written.",
            "A handbook is in this folder: %(number)s files written.",
            number,
        )
    return ngettext(
        "A handbook is in %(folder)s: %(number)s file written.",
        "A handbook is in %(folder)s: %(number)s files written.",
        number,
        folder=printable(str(folder)),
    )


def _quoted(path: str) -> str:
    """A path as a shell reads it: that of Windows knows double quotes alone."""
    return subprocess.list2cmdline([path]) if os.name == "nt" else shlex.quote(path)


def _report_host(host: str, folder: Path, *, for_everyone: bool) -> None:
    """Say how the handbook comes to its host; in a repository, that is known already."""
    is_published = for_everyone or host != "github"
    if not is_published:
        message = gettext(
            "GitHub Pages are for everybody to read, so nothing is published there. Each run keeps the\n"
            "handbook as a download for those who can see the repository. To publish it for colleagues\n"
            "alone, use one of the hosts in the guide, under Publishing."
        )
        click.echo(f"\n{message}")
    if any((each / ".git").exists() for each in (folder.resolve(), *folder.resolve().parents)):
        return
    if is_published:
        message = gettext(
            "To publish it there, make an empty, private repository on %(host)s, and type in the handbook:",
            host=_TITLES[host],
        )
    else:
        message = gettext(
            "To keep it there, make an empty, private repository on %(host)s, and type in the handbook:",
            host=_TITLES[host],
        )
    click.echo(f"\n{message}")
    click.echo('  git init -b main\n  git add .\n  git commit -m "Our handbook"')
    click.echo("  git remote add origin ADDRESS-OF-THE-REPOSITORY\n  git push -u origin main")


def _report_kind(known: Kind, *, guided: bool) -> None:
    if guided:
        message = gettext(
            "What you skipped is an example, and 'rolebook check' counts what is still to change."
        )
    else:
        message = gettext(
            "The roles are those of the kind '%(kind)s', and you hold all of them.\n"
            "  Delete those that your business does not have, and correct the hours of the others.\n"
            "  Fill in %(file)s.",
            kind=known.title,
            file="content/business-model.md",
        )
    click.echo(f"\n{message}")
    if known.first:
        said = gettext("To hand over first: %(role)s.", role=known.first.title)
        click.echo(f"  {said} {known.hand_over[known.first.id]['reason']}")
