"""`rolebook check`."""

import posixpath
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from rolebook import atomic_file, files, problems
from rolebook.autofix import Fix, FixedFile, NotFixed, fixed_files, with_todays_options
from rolebook.checks.links import DEAD_LINK
from rolebook.cli.common import CLEAN, COULD_NOT_RUN, FOUND, config_option, open_or_exit, shown
from rolebook.cli.site_check import checked_settings
from rolebook.cli.watch import repeat
from rolebook.escaping import printable
from rolebook.git import GitError, repository
from rolebook.handbook import Handbook
from rolebook.language import gettext, ngettext, written_in
from rolebook.organisation.words import units
from rolebook.problems import Problem, Severity
from rolebook.schema.declarations import RENAMED
from rolebook.schema.typos import is_question

_HELP = """\
Report what is wrong in the handbook. Each line says where it is, and what to write instead.

--fix corrects typing mistakes that have exactly one possible correction: a mistyped field,
choice, parent, person, deliverable or link. A slip is a letter that is wrong, missing, swapped or too
many; in eight letters or more, two of them. What may be somebody else's name, or a word of its own, is
suggested and not changed: no letter of a person's name is changed, and a mistyped id of a role, a
deliverable or a page only if it is not an ordinary word. Options in mkdocs.yml that have
a former name get today's. What is not changed is named with the reason.
Nothing else in a file is changed.

Exit code: 0 when there are no errors and no warnings (advice may be given), 1 when there are,
2 when the check could not run.

\b
Examples:
  rolebook check
  rolebook check --fix
  rolebook check --watch
  rolebook check --format github
"""
FORMS = {
    "text": lambda found: problems.as_text(found, _label),
    "json": problems.as_json,
    "github": problems.as_github,
    "gitlab": problems.as_gitlab,
}
_FROM_THE_TOP = ("github", "gitlab")
"""In these forms, paths are from the top of the repository: git hosts know files so."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
_PASSES = 10
"""Fixing is repeated so often: a fixed name can show what another word was meant to be."""


@click.command(help=_HELP)
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    default="text",
    show_default=True,
    help="text for people, json for programs, github and gitlab for annotations on a pull or merge request.",
)
@click.option(
    "--fix", is_flag=True, help="Fix typing mistakes that have only one possible correction, and list them."
)
@click.option("--watch", is_flag=True, help="Check again after every change; stop with Ctrl-C.")
def check(config_file: Path, form: str, fix: bool, watch: bool) -> None:
    """Check the handbook: report what is wrong, where, and what to write instead."""
    if watch:
        repeat(config_file, lambda: _check(config_file, form, fix), changes_files=fix)
    serious = _check(config_file, form, fix)
    sys.exit(FOUND if serious else CLEAN)


def _check(config_file: Path, form: str, fix: bool) -> bool:
    """Check once and print; whether there are errors or warnings."""
    handbook = open_or_exit(config_file)
    with written_in(handbook.project.language_of_messages):
        return _reported(handbook, config_file, form, fix)


def _reported(handbook: Handbook, config_file: Path, form: str, fix: bool) -> bool:
    """Print what is wrong in the language of the handbook, as `_check`."""
    handbook = _complete(handbook, config_file)
    if fix:
        handbook = _fix(handbook, config_file, to_stderr=form != "text")
    text = FORMS[form](_placed(handbook, form))
    click.echo(text, nl=False)
    if form == "text":
        roles, people = units(handbook.organisation.roles.values()), len(handbook.organisation.people)
        click.echo(
            gettext(
                "%(roles)s, %(people)s: %(problems)s",
                roles=roles,
                people=ngettext("%(number)s person", "%(number)s people", people),
                problems=problems.count(handbook.problems),
            )
        )
    return any(each.rule.severity is not Severity.ADVICE for each in handbook.problems)


def _placed(handbook: Handbook, form: str) -> list[Problem]:
    """The problems, each with the path by which its reader finds the file."""
    root = handbook.project.root
    if form in _FROM_THE_TOP:
        try:
            top = repository(root).prefix
            return [replace(each, path=posixpath.normpath(f"{top}{each.path}")) for each in handbook.problems]
        except GitError:
            pass  # In no repository, nobody reads from its top.
    return [replace(each, path=shown(root, each.path)) for each in handbook.problems]


def _complete(handbook: Handbook, config_file: Path) -> Handbook:
    """Add what only this command looks for."""
    complete = handbook.with_own_checks().with_tried_templates()
    return complete.with_dead_links(checked_settings(config_file))


def _label(severity: Severity) -> str:
    """The severity in its colour; click takes colours out of a pipe."""
    mark = problems.severity_mark(severity)
    return click.style(mark, fg=_COLOURS[severity], bold=severity is Severity.ERROR)


# --- fixing --------------------------------------------------------------------------------------


def _fix(handbook: Handbook, config_file: Path, to_stderr: bool) -> Handbook:
    """Fix what can be fixed and report it; gives the handbook as it is afterwards."""
    for _ in range(_PASSES):
        fixes, not_fixed = _fix_once(handbook)
        for fix in fixes:
            path = shown(handbook.project.root, fix.path)
            line = gettext(
                "%(place)s: '%(before)s' is now '%(after)s'",
                place=f"{path}:{fix.line}",
                before=fix.before,
                after=fix.after,
            )
            label = click.style(gettext("fixed:"), fg="green")
            click.echo(f"{label} {printable(line)}", err=to_stderr)
        if not fixes:
            break
        handbook = _complete(open_or_exit(config_file), config_file)
    for each in (*not_fixed, *_links_not_fixed(handbook)):
        place = f"{shown(handbook.project.root, each.path)}:{each.line}"
        line = gettext(
            "not changed: %(place)s: '%(word)s': %(why)s", place=place, word=_short(each.word), why=each.why
        )
        click.echo(printable(line), err=to_stderr)
    suggested = [each for each in handbook.problems if is_question(each.hint)]
    if settings := sum(each.path == config_file.name for each in suggested):
        line = ngettext(
            "not changed: %(number)s suggestion for %(file)s: "
            "of settings, --fix changes only former names of options",
            "not changed: %(number)s suggestions for %(file)s: "
            "of settings, --fix changes only former names of options",
            settings,
            file=config_file.name,
        )
        click.echo(printable(line), err=to_stderr)
    return handbook


def _links_not_fixed(handbook: Handbook) -> Iterator[NotFixed]:
    """The links for which something is offered, once those are fixed that can be."""
    if DEAD_LINK.code not in handbook.project.options.disabled_checks:
        for each in handbook.links:
            why = each.why_not or gettext(
                "'%(link)s' is meant, but the link is not written plainly", link=each.meant
            )
            yield NotFixed(each.path, each.line, each.link, why)


def _short(word: str) -> str:
    word = " ".join(word.split())
    return f"{word[:40]}…" if len(word) > 40 else word


def _fixed(handbook: Handbook, text: Callable[[str], str | None]) -> Iterator[FixedFile]:
    meant = {(each.path, each.link): each.meant for each in handbook.links if each.meant}
    yield from fixed_files(handbook.organisation, handbook.problems, text, meant)
    for path in dict.fromkeys(each.path for each in handbook.problems if each.rule is RENAMED):
        if (whole := text(path)) is not None and (file := with_todays_options(path, whole)):
            yield file


def _fix_once(handbook: Handbook) -> tuple[list[Fix], list[NotFixed]]:
    """Fix once; gives what was fixed, and what was not clear enough."""
    root, fixes, not_fixed = handbook.project.root, list[Fix](), list[NotFixed]()
    for file in _fixed(handbook, partial(files.exact_text, root)):
        not_fixed += file.not_fixed
        if not file.fixes:
            continue
        try:
            atomic_file.replace(root / file.path, file.after.encode(), file.before.encode())
        except OSError as error:
            message = gettext(
                "%(path)s cannot be written (%(why)s).",
                path=printable(file.path),
                why=error.strerror or error,
            )
            click.echo(message, err=True)
            sys.exit(COULD_NOT_RUN)
        fixes += file.fixes
    return fixes, not_fixed
