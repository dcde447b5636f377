"""`rolebook edit`."""

import contextlib
import sys
from pathlib import Path

import click

from rolebook import checks
from rolebook.cli.common import CLEAN, config_option, open_or_exit, refuse, stopping_whole
from rolebook.cli.form_server import LOOPBACK, form_server
from rolebook.escaping import printable
from rolebook.forms.config import settings, title
from rolebook.forms.page import as_json, page_files
from rolebook.git import GitError, repository
from rolebook.handbook import Handbook, open_handbook
from rolebook.language import gettext, written_in
from rolebook.site_config import find_project

_HELP = """\
Edit roles, people and the business model with forms. They are in a browser on this machine.

Open the address that is printed in Chrome, Edge or Brave, and choose the folder that is named with it.
The page itself changes files there when you save: only those you have changed, and only the lines of
the fields you have changed. This command writes nothing; it serves the page, to this machine alone.

Nothing is committed or published: run rolebook check, then commit as usual. Stop with Ctrl-C.

Exit code: 0 when it was stopped, 2 when it could not be started.

\b
Examples:
  rolebook edit
  rolebook edit --port 8800
"""


@click.command(help=_HELP)
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=8733,
    show_default=True,
    help="Where on this machine. A browser remembers the folder for each port.",
)
@config_option
def edit(port: int, config_file: Path) -> None:
    """Edit the handbook with forms, in a browser on this machine."""
    with stopping_whole():
        handbook = open_or_exit(config_file)
        try:
            prefix = repository(handbook.project.root).prefix
        except GitError as error:
            refuse(gettext("The forms need a folder that is kept with git."), str(error))
        folder = _top(handbook.project.root, prefix)
        made = _made(handbook, folder, prefix)

        def now() -> bytes:
            """Who and what there is now; as it was while `mkdocs.yml` cannot be read."""
            project, _ = find_project(config_file, checks.CODES)
            if project is None:
                return made
            with written_in(project.language):  # threads of a server begin with English
                return _made(open_handbook(project), folder, prefix)

        try:
            server = form_server(port, page_files(title(handbook.project), {}), now)
        except OSError:
            refuse(
                gettext(
                    "Port %(port)s is taken, perhaps by another 'rolebook edit'. Add, say, %(option)s.",
                    port=str(port),
                    option=f"--port {port + 1}",
                )
            )
    message = gettext(
        "Open %(address)s in Chrome, Edge or Brave, choose 'Work with Local Repository'\n"
        "and then this folder: %(folder)s\n"
        "The page writes the files that you change there. Stop with Ctrl-C.",
        address=f"http://{LOOPBACK}:{port}/",
        folder=printable(str(folder)),
    )
    click.echo(message)
    with server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    sys.exit(CLEAN)


def _top(root: Path, prefix: str) -> Path:
    """The top of the repository that a handbook at `prefix` is in."""
    return root.parents[prefix.count("/") - 1] if prefix else root


def _made(handbook: Handbook, folder: Path, prefix: str) -> bytes:
    # The page asks for the folder on this machine by its name; on which host it is is of no interest then.
    backend = {
        "name": "github",
        "repo": f"local/{folder.name}",
        "branch": "main",
        "auth_methods": ["token"],
    }
    return as_json(settings(handbook, backend, prefix, is_local=True))
