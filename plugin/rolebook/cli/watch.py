"""Does a thing again whenever the handbook's files change."""

import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from rolebook import checks, files
from rolebook.cli.common import CLEAN
from rolebook.language import gettext
from rolebook.site_config import find_project

_SECONDS = 0.25
"""Between two looks at the files; ten thousand of them are looked at in a fifth of that."""


def repeat(
    config_file: Path, action: Callable[[], object], changes_files: bool = False, with_pages: bool = False
) -> NoReturn:
    """Do `action` now and after each change, until Ctrl-C. A terminal shows only the last time.

    What an action that itself `changes_files` has changed is no reason to do it again. With `with_pages`, a
    change of a hand-written page, or of a file beside one, counts too.
    """
    seen: object = None
    try:
        while True:
            now = _state(config_file, with_pages)
            if now != seen:
                click.clear()
                with contextlib.suppress(SystemExit):
                    action()
                waiting = gettext("Waiting for changes. Stop with Ctrl-C.")
                click.echo(click.style(waiting, dim=True), err=True)
                # Otherwise as it was before: a change while the action went on is a change, too.
                seen = _state(config_file, with_pages) if changes_files else now
            time.sleep(_SECONDS)
    except KeyboardInterrupt:
        click.echo(err=True)
        sys.exit(CLEAN)


def _state(config_file: Path, with_pages: bool) -> dict[str, tuple[int, int]]:
    """When each of the handbook's files was last changed, and how large it is."""
    root, paths = config_file.parent, [config_file.name]
    project, _ = find_project(config_file, checks.CODES) if config_file.is_file() else (None, ())
    if project:
        root = project.root
        folders = (project.options.roles_dir, project.options.people_dir)
        paths += [path for folder in folders for path in files.markdown_files(root, folder)]
        paths.append(project.business_path)
        if with_pages:
            shown = (project.docs_dir, *folders)
            paths += [path for folder in shown for path in files.below(root, folder)]
        if project.templates_dir:
            paths += map(str, (root / project.templates_dir).rglob("*"))
        if project.options.letterhead:
            paths.append(project.options.letterhead.logo)
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):
            status = (root / path).stat()
            found[path] = (status.st_mtime_ns, status.st_size)
    return found
