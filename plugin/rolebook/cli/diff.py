"""`rolebook diff`."""

import contextlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from rolebook import attachments, checks, files
from rolebook.cli.common import CLEAN, COULD_NOT_RUN, config_option, open_or_exit, write_in
from rolebook.clock import today
from rolebook.diff.compare import compare
from rolebook.diff.formats import as_json, as_markdown, as_text
from rolebook.diff.model import State
from rolebook.escaping import printable
from rolebook.git import GitError, Repository, object_ids, repository
from rolebook.handbook import open_handbook
from rolebook.language import gettext
from rolebook.organisation import organise
from rolebook.project import Project
from rolebook.site_config import find_project

_HELP = """\
Show what has changed in the organisation. That is roles, holders, hours, deliverables and issues.

Without REVISION, the last commit is compared with the files as they are now; with one, that commit.
A..B compares two commits, and A...B what B has changed since it left A. Nothing but git's own
records is read for a commit, and nothing is checked out.

Exit code: 0, whether or not something has changed; 2 when the diff could not run.

\b
Examples:
  rolebook diff
  rolebook diff main
  rolebook diff v1..v2 --format json
  rolebook diff origin/main...HEAD --format markdown
"""
_READ = (".md", ".yml", ".yaml")
"""Endings of the files that say what an organisation is."""
_LOOKS: dict[str, dict[str, Any]] = {"head": {"bold": True}, "added": {"fg": "green"}, "gone": {"fg": "red"}}


@click.command(help=_HELP)
@click.argument("revision", default="HEAD", metavar="[REVISION | A..B | A...B]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="text for people, markdown for a comment on a pull request, json for programs.",
)
@config_option
def diff(revision: str, form: str, config_file: Path) -> None:
    """Say what has changed in the organisation."""
    try:
        there = repository(config_file.parent.resolve())
        before, after = _commits(there, revision)
        name, language = config_file.name, _language_now(there, after, config_file)
        old = _state(there, before, name, language)
        new = _state(there, after, name, language) if after else _state_now(config_file, old)
    except GitError as error:
        click.echo(printable(str(error)), err=True)
        sys.exit(COULD_NOT_RUN)
    changes = compare(old, new)
    if form == "text":
        click.echo(f"{_compared(before[:10], after[:10])}\n")
        click.echo(as_text(changes, lambda text, look: click.style(text, **_LOOKS[look])), nl=False)
    else:
        click.echo(as_json(changes) if form == "json" else as_markdown(changes), nl=False)
    sys.exit(CLEAN)


def _compared(before: str, after: str) -> str:
    if after:
        return gettext("From %(before)s to %(after)s", before=before, after=after)
    return gettext("From %(before)s to the files here", before=before)


def _commits(there: Repository, revision: str) -> tuple[str, str]:
    """The commits to compare. The second is empty if the files as they are now are meant."""
    if "..." in revision:
        one, _, other = revision.partition("...")
        after = there.commit(other or "HEAD")
        return there.merge_base(there.commit(one or "HEAD"), after), after
    one, dots, other = revision.partition("..")
    return there.commit(one or "HEAD"), there.commit(other or "HEAD") if dots else ""


def _state_now(config_file: Path, before: State) -> State:
    """Read the files as they are. A published file is unchanged if git would keep it as `before`."""
    handbook = open_or_exit(config_file)
    kept = frozenset(before.files.values())
    beside = {}
    for folder in _folders(handbook.project):
        for path in files.below(handbook.project.root, folder):
            if attachments.may_be_published(path, folder) and files.is_regular(handbook.project.root, path):
                with contextlib.suppress(OSError):  # one that cannot be read is in no site either
                    ids = object_ids(handbook.project.root / path)
                    beside[path] = next((each for each in ids if each in kept), ids[0])
    return State(handbook.organisation, handbook.problems, beside)


def _folders(project: Project) -> tuple[str, str]:
    return project.options.roles_dir, project.options.people_dir


def _language_now(there: Repository, after: str, config_file: Path) -> str:
    """The code of the later handbook's language: the earlier one's messages are compared in it, too."""
    tree = there.tree(after, _READ) if after else None
    config = there.folder / config_file.name if tree else config_file
    is_there = files.is_there(tree, config_file.name) if tree else config_file.is_file()
    project = find_project(config, checks.CODES, tree)[0] if is_there else None
    return project.language_wanted if project else ""


def _state(there: Repository, commit: str, config_name: str, language: str) -> State:
    """Read the organisation as it was in `commit`; an empty one if it had no handbook yet.

    What is wrong with it is said in the `language` of this code.
    """
    tree = there.tree(commit, _READ)
    config = there.folder / config_name
    project = find_project(config, checks.CODES, tree)[0] if files.is_there(tree, config_name) else None
    if project is None:
        return State(organise((), today=today()))
    project = replace(project, options=replace(project.options, language=language))
    write_in(project.language)
    handbook = open_handbook(project)
    objects = there.objects(commit, _folders(project))
    beside = {
        path: each
        for path, each in objects.items()
        if any(attachments.may_be_published(path, folder) for folder in _folders(project))
    }
    return State(handbook.organisation, handbook.problems, beside)
