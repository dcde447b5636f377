"""Shows a handbook in the browser that `rolebook init` has just written."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import click

from rolebook.escaping import printable
from rolebook.language import gettext

_HERE = "127.0.0.1"
_USUAL = 8000
"""The port that MkDocs uses, and that the guide names."""
_PATIENCE = 10
"""Seconds that MkDocs gets to end."""


def serve(folder: Path) -> None:
    """Serve the handbook in `folder` until Ctrl-C, and open the browser as soon as it is built."""
    port = _free_port()
    sentences = [gettext("The handbook opens in your browser, at %(address)s.", address=_address(port))]
    if port != _USUAL:
        sentences.append(gettext("Port %(port)s is taken by another program.", port=str(_USUAL)))
    sentences.append(gettext("To end it, press Ctrl-C."))
    click.echo(f"\n{' '.join(sentences)}")
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
        click.echo("\n" + gettext("Ended. Your handbook is in %(folder)s.", folder=printable(str(folder))))
    except BaseException:
        served.kill()
        raise


def _address(port: int) -> str:
    return f"http://{_HERE}:{port}/"


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
