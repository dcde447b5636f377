"""`mkdocs serve` as it runs while somebody writes."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wait:
    """Of somebody who saved a file, in seconds."""

    building: float
    """Until the build began."""
    reload: float
    """Until the browser was told to reload."""


@dataclass
class Preview:
    """A site that is served, and built anew after each change."""

    address: str
    log: Path
    patience: float
    """Seconds after which waiting for a reload is given up."""
    seen: int = 0
    """Which build is served: the time of its beginning, in milliseconds of the monotonic clock."""

    def wait(self, change: Callable[[], object]) -> Wait:
        """Make a change and wait for its reload."""
        began = time.monotonic()
        change()
        before = self.seen
        while self.seen == before:
            self.seen = int(got(f"{self.address}livereload/{before}/1", self.patience))
        return Wait(self.seen / 1000 - began, time.monotonic() - began)

    def builds(self) -> int:
        return self.log.read_text(encoding="utf-8").count("Building documentation")


@contextmanager
def previewed(root: Path, *options: str, patience: float = 20) -> Iterator[Preview]:
    """The project at `root`, served until left; what is logged goes into a file beside it."""
    host = f"127.0.0.1:{free_port()}"
    preview = Preview(f"http://{host}/", root.parent / f"{root.name}.log", patience)
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", host, *options]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1796000000"}
    with preview.log.open("wb") as log:
        server = subprocess.Popen(command, cwd=root, env=quiet, stdout=log, stderr=log)
    try:
        preview.seen = _first(preview, server)
        yield preview
    finally:
        server.terminate()
        server.wait()


def _first(preview: Preview, server: subprocess.Popen[bytes]) -> int:
    """The build that is served first, once it is."""
    until = time.monotonic() + preview.patience
    while True:
        try:
            found = re.search(r"livereload\((\d+),", got(preview.address, preview.patience))
        except OSError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(preview.log.read_text(encoding="utf-8")) from None
            time.sleep(0.05)
            continue
        assert found is not None, "the server does not reload pages"
        return int(found[1])


def got(address: str, patience: float) -> str:
    with urllib.request.urlopen(address, timeout=patience) as answer:
        text: str = answer.read().decode()
        return text


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
