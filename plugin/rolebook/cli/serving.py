"""Shows a handbook in the browser that `rolebook init` has just written."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import click

from rolebook.escaping import printable

_HERE = "127.0.0.1"
_USUAL = 8000
"""The port that MkDocs uses, and that the guide names."""
_PATIENCE = 10
"""Seconds that MkDocs gets to end."""


def serve(folder: Path) -> None:
    """Serve the handbook in `folder` until Ctrl-C, and open the browser as soon as it is built."""
    port = _free_port()
    other = "" if port == _USUAL else f" Port {_USUAL} is taken by another program."
    click.echo(
        f"\nThe handbook opens in your browser, at http://{_HERE}:{port}/.{other} To end it, press Ctrl-C."
    )
    # MkDocs of this very environment: `uvx`, which installs nothing, puts no `mkdocs` on the path.
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--open", "--dev-addr", f"{_HERE}:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    served = subprocess.Popen(command, cwd=folder, env=environment)
    try:
        served.wait()
    except KeyboardInterrupt:
        # A terminal interrupts both; another program may interrupt this one alone.
        served.terminate()
        _end(served)
        click.echo(f"\nEnded. Your handbook is in {printable(str(folder))}.")
    except BaseException:
        served.kill()
        raise


def _end(served: subprocess.Popen[bytes]) -> None:
    try:
        served.wait(_PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        served.kill()
        served.wait()


def _free_port() -> int:
    """The usual port, or any other if that is taken."""
    for port in (_USUAL, 0):
        with socket.socket() as tried:
            # As servers do: a port that somebody left a moment ago is free.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, sys.platform != "win32")
            try:
                tried.bind((_HERE, port))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    return _USUAL
