"""The `rolebook` command: a driver like the plugin, and the only room that knows click.

One module a command, or a family of short ones; what they share is in `common`.
"""

import io
import os
import sys

import click

from rolebook.cli.chart import chart
from rolebook.cli.check import check
from rolebook.cli.diff import diff
from rolebook.cli.edit import edit
from rolebook.cli.export import export
from rolebook.cli.forms import forms
from rolebook.cli.import_ import import_
from rolebook.cli.init import init
from rolebook.cli.library import library
from rolebook.cli.new import new
from rolebook.cli.pack import pack
from rolebook.cli.rename import rename
from rolebook.cli.schema import schema
from rolebook.cli.staffing import assign, hire, leave, vacate
from rolebook.cli.structure import move, retire, split_


class _Commands(click.Group):
    """Commands, and words for those that people expect here and MkDocs has."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in _OF_MKDOCS:
            raise click.UsageError(f"The site is made by MkDocs: {_OF_MKDOCS[args[0]]}")
        return super().resolve_command(ctx, args)


_OF_MKDOCS = {"build": "mkdocs build --strict", "serve": "mkdocs serve"}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mkdocs-rolebook", message="rolebook %(version)s")
def main() -> None:
    """Turn plain role files into an organisation's handbook."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows takes a few letters of one alphabet only; programs on its other end expect UTF-8.
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # answers that are piped in may have any encoding


def run() -> None:
    """Run the command as a process of its own, in Python's UTF-8 mode.

    Names of files are UTF-8 wherever a handbook is written. On a machine whose locale knows no letters but
    ASCII, Python would read each other letter as several; there, the same command begins again in that mode.
    """
    if sys.getfilesystemencoding() != "utf-8":
        environment = {**os.environ, "PYTHONUTF8": "1"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
    main()


_STAFFING = (assign, vacate, hire, leave)
_STRUCTURE = (move, split_, retire)
for command in (
    init,
    library,
    new,
    edit,
    forms,
    *_STAFFING,
    *_STRUCTURE,
    rename,
    check,
    diff,
    import_,
    pack,
    chart,
    export,
    schema,
):
    main.add_command(command)
