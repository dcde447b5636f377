"""What the commands share: exit codes, opening a handbook, ending with a message."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from rolebook import checks, files, problems
from rolebook.diff.pairs import alias_id
from rolebook.escaping import printable
from rolebook.handbook import Handbook, open_handbook
from rolebook.language import Language, current, gettext, pgettext, written_in
from rolebook.organisation import Role
from rolebook.problems import Problem, Severity
from rolebook.schema.records import WEEK
from rolebook.schema.typos import Known, either
from rolebook.site_config import find_project
from rolebook.spreadsheet.hours import read_hours

T = TypeVar("T")

CLEAN, FOUND, COULD_NOT_RUN = 0, 1, 2
"""Exit codes; the last is also what click gives for words it does not understand."""


def shown(root: Path, path: str) -> str:
    """Name the file at `path` below the handbook's folder `root` as whoever typed the command reaches it.

    From anywhere but above or in the handbook, it is named from the handbook's folder.
    """
    here = Path.cwd()
    if not (root.is_relative_to(here) or here.is_relative_to(root)):
        return path
    return Path(os.path.relpath(root / path, here)).as_posix()


class _HoursType(click.ParamType[Decimal]):
    """Hours a week as people write them, such as `10`, `7,5` or `10 h`, in digits."""

    name = "number"

    def convert(
        self, value: str | Decimal, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Refuses what is not one number, or more hours than a week has."""
        if isinstance(value, Decimal):
            return value
        found = read_hours(value, Decimal(40))
        if found and found.low != found.high:
            low, high = float(found.low), float(found.high)
            in_a_file = f"{{min: {low:g}, max: {high:g}}}"
            self.fail(
                f"'{value}' is a range. Write one number, such as {low:g}; a role's file takes {in_a_file}",
                param,
                ctx,
            )
        if found is None or found.how or found.high > WEEK:
            self.fail(f"'{value}' is not a number of hours a week. Write one such as 10 or 7.5.", param, ctx)
        return found.low


HOURS = _HoursType()
"""The type of an option for hours a week."""

config_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's configuration, with the rolebook options.",
)


def refuse(*sentences: str) -> NoReturn:
    """End the program with what is wrong; for commands that write all or nothing."""
    click.echo(printable(" ".join(filter(None, sentences))).rstrip(), err=True)
    click.echo(gettext("Nothing was written."), err=True)
    sys.exit(COULD_NOT_RUN)


def refuse_unwritten(place: object, error: OSError) -> NoReturn:
    """End the program because `place` could not be written."""
    reason = error.strerror or error
    refuse(gettext("%(file)s cannot be written (%(reason)s).", file=place, reason=reason))


def refuse_unchanged(error: OSError) -> NoReturn:
    """End the program because one of several files could not be changed."""
    reason = error.strerror or error
    if error.filename:
        refuse(gettext("%(file)s cannot be changed (%(reason)s).", file=error.filename, reason=reason))
    refuse(gettext("A file cannot be changed (%(reason)s).", reason=reason))


def refuse_linked(place: object) -> NoReturn:
    """End the program because of a link: links in a repository may lead anywhere."""
    refuse(gettext("%(file)s is a link or behind one, and links are not followed.", file=place))


def refuse_template(problem: Problem) -> NoReturn:
    """End the program because a template of the handbook's own breaks off."""
    refuse(str(problem))


def id_meant(wanted: str, titles: dict[str, str]) -> str:
    """`Did you mean 'x'?` for the ids of `titles` to which, or to whose titles, `wanted` is near."""
    # Of several with one title, the first is named.
    ids = {title: each for each, title in reversed(titles.items())} | {each: each for each in titles}
    meant = dict.fromkeys(ids[word] for word in Known(ids.items()).offered(wanted))
    return gettext("Did you mean %(words)s?", words=either(tuple(meant))) if meant else ""


def role_meant(wanted: str, roles: Mapping[str, Role]) -> str:
    """What a role is called now that was called `wanted`, or those to which `wanted` is near."""
    for role in roles.values():
        if wanted in map(alias_id, role.fields.aliases):
            return gettext("It is now called '%(name)s'.", name=role.id)
    return id_meant(wanted, titles_of(roles))


def titles_of(roles: Mapping[str, Role]) -> dict[str, str]:
    """The titles of roles by their ids."""
    return {each.id: each.title for each in roles.values()}


def refuse_link(given: Path) -> None:
    """End the program if it would write through a link: links in a repository may lead anywhere."""
    if given.is_symlink() if given.is_absolute() else files.has_link(Path(), given.as_posix()):
        refuse(
            gettext(
                "%(file)s is a link or behind one, and links are not followed. Name the folder itself.",
                file=given,
            )
        )


@contextlib.contextmanager
def stopping_whole() -> Iterator[None]:
    """Report Ctrl-C like anything else that keeps a command from writing."""
    # On its own, click ends with 1 here, which means that everything was written.
    try:
        yield
    except (KeyboardInterrupt, click.Abort):  # the latter at a question
        refuse(gettext("Interrupted."))


def _no_config(config_file: Path) -> str:
    """Say that there is no configuration, or that it has another ending."""
    # Text editors add .txt, and MkDocs takes .yaml too.
    others = [config_file.with_suffix(ending) for ending in (".yaml", ".yml.txt", ".yaml.txt", ".txt")]
    if other := next((each for each in others if each.is_file()), None):
        return gettext(
            "There is no %(file)s here, but %(other)s. Rename it to %(file)s.",
            file=config_file.name,
            other=other.name,
        )
    return gettext(
        "There is no %(file)s here. Go to your handbook's folder, or name its file with -f.",
        file=config_file,
    )


def open_or_exit(config_file: Path, audience: str = "") -> Handbook:
    """Open the handbook that the configuration describes; ends the program where there is none.

    It is for `audience` instead of that of its site, if one is given.
    """
    if not config_file.is_file():
        click.echo(printable(_no_config(config_file)), err=True)
        sys.exit(COULD_NOT_RUN)
    project, found = find_project(config_file, checks.CODES)
    if project is None or any(each.rule.severity is Severity.ERROR for each in found):
        root = config_file.parent.resolve()
        here = [replace(each, path=shown(root, each.path)) for each in found]
        with written_in(project.language_of_messages if project else current()):
            click.echo(problems.as_text(here), nl=False, err=True)
        sys.exit(COULD_NOT_RUN)
    write_in(project.language)
    if audience:
        project = replace(project, options=replace(project.options, audience=audience))
    return open_handbook(project, of_options=found)


def write_in(language: Language) -> None:
    """Have the rest of the command write in the language of a handbook."""
    click.get_current_context().with_resource(written_in(language))


def open_without_errors(config_file: Path) -> Handbook:
    """Open the handbook; ends the program where it has errors, since nothing is to be made of half of it."""
    handbook = open_or_exit(config_file)
    if handbook.has_errors:
        errors = [each for each in handbook.problems if each.rule.severity is Severity.ERROR]
        click.echo(problems.as_text(errors), nl=False, err=True)
        click.echo(gettext("Nothing was written."), err=True)
        sys.exit(COULD_NOT_RUN)
    return handbook


_MAX_LETTERS = 20
"""Letters that are shown."""


def warn_of_letters(letters: Iterable[str], form: str = "PDF") -> None:
    """Say which letters a PDF, or a picture of one, lacks, as no font on this machine has them."""
    shown = list(letters)
    if not shown:
        return
    named = " ".join(shown[:_MAX_LETTERS]) + (" …" if len(shown) > _MAX_LETTERS else "")
    message = gettext(
        "The %(form)s shows boxes for these letters, as no font on this machine has them: %(letters)s  "
        "Install a font that has them, such as Noto (noto-fonts.org), and write it again.",
        form=form,
        letters=named,
    )
    click.echo(printable(message))


@contextlib.contextmanager
def progress(items: Iterable[T], number: int, label: str) -> Iterator[Iterable[T]]:
    """Pass on `items`; on a terminal, a bar shows how many of the `number` are done."""
    if sys.stderr.isatty():
        with click.progressbar(items, number, label=label, file=sys.stderr) as shown:
            yield shown
    else:
        yield items


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(question: str) -> bool:
    """Ask until somebody says yes or no, in English or the handbook's language; the Enter key is a yes."""
    yes, no = pgettext("answer", "yes"), pgettext("answer", "no")
    # The language's words count before the English ones: one for no may begin as the English yes does.
    answers = {"y": True, "yes": True, "n": False, "no": False}
    answers |= {no[0].casefold(): False, no.casefold(): False, yes[0].casefold(): True, yes.casefold(): True}

    def read(given: str) -> bool:
        if (answer := answers.get(given.strip().casefold())) is None:
            raise click.UsageError(gettext("Write %(yes)s or %(no)s.", yes=yes, no=no))
        return answer

    asked = f"{question} [{yes[0].upper()}/{no[0].lower()}]"
    return bool(click.prompt(asked, default=yes, show_default=False, err=True, value_proc=read))
