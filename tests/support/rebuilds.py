"""Builds of a project, each in a process that knows nothing of another, or all in one as `mkdocs serve` does.

Processes are forked from one that has only imported the libraries, so they cost no start.
"""

import gc
import importlib.metadata
import logging
import multiprocessing
import os
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import markdown
import mkdocs
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import _serve_url

from sites import compile_templates_once, logged

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        *("markdown.extensions.admonition", "markdown.extensions.footnotes", "markdown.extensions.tables"),
        *("material.plugins.search.plugin", "mermaid2.plugin", "mkdocs.commands.build", "mkdocs.livereload"),
        *("pymdownx.highlight", "pytest", "rolebook.json_export.build", "rolebook.mkdocs_plugin"),
        "rolebook.rendering.renderer",
    ]
)
_PASSING = (
    "INFO Documentation built in ",
    "INFO Building documentation to directory: ",
    "INFO rolebook: Could not write the build cache: ",
)
"""What a build tells of its own time, its place and its cache."""
_PAGE = "Building page "

HOST, PORT = "127.0.0.1", 8000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a build depends on besides its files."""

    epoch: int = 1_795_000_000
    """The second of the build, which tells the day."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """Values of the program's own constants, by module and name."""
    newer: tuple[str, ...] = ()
    """Libraries of which there is a newer version, which gives other pages."""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """What a build reported."""

    refused: str
    """The kind of error that ended it; empty when there is a site."""
    lines: tuple[str, ...]
    """What was logged from INFO up, sorted."""
    pages: tuple[str, ...]
    """The pages that MkDocs built one by one, in their order."""


@dataclass(frozen=True, slots=True)
class Order:
    """A build that is wanted."""

    root: Path
    site: Path
    surroundings: Surroundings
    options: Mapping[str, Any] = field(default_factory=dict)
    """Options of the plugin besides those in mkdocs.yml."""
    served: bool = False
    """Whether the site is for `mkdocs serve`, at its address."""


class Build:
    """A build in a new process, at work from the beginning."""

    def __init__(self, order: Order) -> None:
        self._answer, there = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=_once, args=(there, order))
        self._process.start()
        there.close()

    def built(self) -> Built:
        built = _received(self._answer)
        self._process.join()
        self._answer.close()
        return built

    def end_after(self, seconds: float) -> None:
        """End it in the midst of its work."""
        self._process.join(seconds)
        self._process.kill()
        self._process.join()
        self._answer.close()


class Server:
    """A process that builds again and again, as `mkdocs serve` does while files are edited."""

    def __init__(self) -> None:
        self._line, there = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(there,))
        self._process.start()
        there.close()

    def ask(self, order: Order) -> None:
        self._line.send(order)

    def built(self) -> Built:
        return _received(self._line)

    def end(self) -> None:
        self._line.close()
        self._process.join()


def _received(line: Connection) -> Built:
    answer: Built | str = line.recv()
    assert not isinstance(answer, str), answer
    return answer


def _once(line: Connection, order: Order) -> None:
    gc.disable()  # The process ends before there is much to collect.
    _get_ready(order)
    line.send(_told(order, "build"))


def _serve(line: Connection) -> None:
    order = line.recv()
    _get_ready(order)
    line.send(_told(order, "serve"))
    with suppress(EOFError, ConnectionError):
        while True:
            line.send(_told(line.recv(), ""))


def _told(order: Order, command: str) -> Built | str:
    """What the build reported, or how the test itself failed."""
    os.environ["SOURCE_DATE_EPOCH"] = str(order.surroundings.epoch)
    try:
        return _build(order, command)
    except Exception:
        return traceback.format_exc()


def _build(order: Order, command: str) -> Built:
    refused, pages = "", _Pages()
    builder = logging.getLogger("mkdocs.commands.build")
    builder.setLevel(logging.DEBUG)
    builder.addHandler(pages)
    with logged() as lines:
        try:
            config = _config(order)
            if command:
                config.plugins.on_startup(command=command, dirty=False)
            build(config, serve_url=config.site_url if order.served else None)
        except Exception as error:
            refused = type(error).__name__
    builder.removeHandler(pages)
    reported = sorted(
        line.replace(str(order.root), "ROOT") for line in lines if not line.startswith(_PASSING)
    )
    return Built(refused, tuple(reported), tuple(pages.uris))


def _config(order: Order) -> MkDocsConfig:
    file = order.root / "mkdocs.yml"
    more: dict[str, Any] = {"strict": True} if order.surroundings.strict else {}
    if order.options:
        more["plugins"] = _with_options(
            yaml.safe_load(file.read_text(encoding="utf-8"))["plugins"], order.options
        )
    config = load_config(str(file), site_dir=str(order.site), **more)
    if order.served:
        config.site_url = _serve_url(HOST, PORT, urlsplit(config.site_url or "/").path)
    return config


def _with_options(plugins: list[Any], options: Mapping[str, Any]) -> list[Any]:
    """`plugins` with `options` for this one."""
    named = [each if isinstance(each, dict) else {each: {}} for each in plugins]
    return [
        {name: {**given, **options} if name == "rolebook" else given for name, given in each.items()}
        for each in named
    ]


class _Pages(logging.Handler):
    """Which pages MkDocs builds."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.uris: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(_PAGE):
            self.uris.append(message.removeprefix(_PAGE))


def _get_ready(order: Order) -> None:
    """Make this process what the order wants it to be, but for the day, which goes on."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    folder = order.root.parent
    compile_templates_once(folder / "templates")
    for name, value in order.surroundings.limits.items():
        module, _, constant = name.rpartition(".")
        setattr(import_module(module), constant, value)
    for library in order.surroundings.newer:
        _install_newer(library, folder / "newer" / library)
        _NEWER[library]()


def _install_newer(library: str, folder: Path) -> None:
    """Have Python find another version of it, as far as its name goes."""
    described = folder / f"{library.lower()}-99.dist-info"
    entries = importlib.metadata.distribution(library).read_text("entry_points.txt") or ""
    written = {
        "METADATA": f"Metadata-Version: 2.1\nName: {library}\nVersion: 99\n",
        "entry_points.txt": entries,
    }
    described.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        # Another process may be reading it.
        being_written = folder / f"{name}.{os.getpid()}"
        being_written.write_text(text, encoding="utf-8")
        being_written.replace(described / name)
    sys.path.insert(0, str(folder))


def _newer_markdown() -> None:
    """Pages end with another line."""
    before = markdown.Markdown.convert
    markdown.Markdown.convert = lambda self, text: before(self, text) + "<p>newer</p>"  # type: ignore[method-assign]


def _newer_mkdocs() -> None:
    """Pages name it."""
    mkdocs.__version__ = "1.99"


_NEWER = {"Markdown": _newer_markdown, "mkdocs": _newer_mkdocs}
"""What becomes different with a newer version."""
