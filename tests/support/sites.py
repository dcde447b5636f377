"""Real MkDocs builds: of projects written as text, and of the sample handbook."""

import hashlib
import json
import logging
import marshal
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jinja2
import mkdocs.plugins
import mkdocs.utils
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from rolebook.cli import installed

SAMPLE = Path(__file__).parents[2]
SAMPLE_PARTS = ("mkdocs.yml", "content", "roles", "people")

MKDOCS_YML = """\
site_name: Test
docs_dir: content
theme: {name: material, font: false}
plugins: [search, rolebook]
"""
HOME = {"mkdocs.yml": MKDOCS_YML, "content/index.md": "# Home\n"}
"""What a site needs besides its roles."""

SAFETY_GUIDE = (SAMPLE / "content/guide/safety.md").read_text(encoding="utf-8")
(POLICY,) = re.findall(r"^default-src .*$", SAFETY_GUIDE, re.MULTILINE)
"""The Content-Security-Policy that the guide gives."""


def pack_the_program_once() -> None:
    """Handbooks that tests begin get one wheel of the program, packed once."""
    pack = installed.wheel_of
    packed: dict[tuple[str, str], bytes] = {}

    def once(found: Distribution) -> bytes:
        key = found.name, found.version
        if key not in packed:
            packed[key] = pack(found)
        return packed[key]

    installed.wheel_of = once


def copy_sample(goal: Path) -> Path:
    """The sample handbook as somebody would copy it, in the new folder `goal`."""
    goal.mkdir(parents=True)
    for part in SAMPLE_PARTS:
        source = SAMPLE / part
        if source.is_dir():
            shutil.copytree(source, goal / part)
        else:
            shutil.copy2(source, goal / part)
    return goal


def set_options(root: Path, **options: object) -> None:
    """Give the plugin, which is the last one in the project's list, these options in place of its own."""
    config = root / "mkdocs.yml"
    before, plugins = config.read_text(encoding="utf-8").split("\nplugins:\n")
    written = f"  - rolebook: {json.dumps(options)}"
    plugins = re.sub(r"^  - rolebook(:.*(\n {6}.*)*)?$", written, plugins, count=1, flags=re.MULTILINE)
    config.write_text(f"{before}\nplugins:\n{plugins}", encoding="utf-8")


def build_site(root: Path, **settings: object) -> tuple[Path, list[str]]:
    """Builds the site of the project at `root`; gives its folder and what was logged from INFO up."""
    with logged() as lines:
        _build(root, settings)
    return root / "site", lines


def refused_build(root: Path, **settings: object) -> list[str]:
    """Tries to build a site that must be refused; gives what was logged."""
    with logged() as lines, pytest.raises(Abort):
        _build(root, settings)
    return lines


def _build(root: Path, settings: dict[str, object]) -> None:
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"), **settings)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def compile_templates_once(folder: Path) -> None:
    """Half of a small site's time goes into the theme's templates, whose code another build has left."""
    folder.mkdir(exist_ok=True)
    before = jinja2.Environment.compile

    def compiled(env: jinja2.Environment, source: str, *names: Any, **more: Any) -> Any:
        settings = env.trim_blocks, env.lstrip_blocks, env.autoescape, sorted(env.extensions)
        place = folder / hashlib.sha256(repr((source, names, settings)).encode()).hexdigest()
        if place.exists():
            return marshal.loads(place.read_bytes())
        code = before(env, source, *names, **more)
        being_written = place.with_suffix(f".{os.getpid()}")
        being_written.write_bytes(marshal.dumps(code))
        being_written.rename(place)
        return code

    jinja2.Environment.compile = compiled  # type: ignore[method-assign,assignment]


def list_themes_once() -> None:
    """Another half goes into listing the theme's ten thousand icons, all of which MkDocs passes over."""
    before = jinja2.FileSystemLoader.list_templates
    packages = str(Path(jinja2.__file__).parents[1])
    found: dict[str, list[str]] = {}

    def listed(loader: jinja2.FileSystemLoader) -> list[str]:
        names: set[str] = set()
        for folder in loader.searchpath:
            if folder not in found or not folder.startswith(packages):
                alone = before(jinja2.FileSystemLoader(folder, loader.encoding, loader.followlinks))
                found[folder] = [name for name in alone if not name.startswith(".icons/")]
            names.update(found[folder])
        return sorted(names)

    jinja2.FileSystemLoader.list_templates = listed  # type: ignore[method-assign]


def find_what_is_installed_once() -> None:
    """MkDocs looks through all installed packages for plugins and themes, in every check and build."""
    for module in (mkdocs.plugins, mkdocs.utils):
        module.entry_points = cache(module.entry_points)  # type: ignore[attr-defined]


@contextmanager
def logged() -> Iterator[list[str]]:
    """What MkDocs and its plugins say meanwhile, from INFO up."""
    handler = _Lines()
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.getMessage()}")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def addresses(html: str) -> list[str]:
    """Every address in a page: of links, scripts, styles, pictures and chart nodes."""
    links = _Links()
    links.feed(html)
    return links.found + re.findall(r"^click n\d+ href &quot;(.*?)&quot;", html, re.MULTILINE)


def dead_links(site: Path) -> Iterator[str]:
    """Addresses within the site that lead to no file, as `page: address`."""
    for page in sorted(site.rglob("*.html")):
        if page.name == "404.html":
            continue  # its addresses are relative to the root of the site's host
        for address in addresses(page.read_text(encoding="utf-8")):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = page.parent / unquote(parts.path)
            if target.is_dir():
                target /= "index.html"
            if not target.is_file():
                yield f"{page.relative_to(site)}: {address}"


def outside_addresses(site: Path) -> set[str]:
    """Addresses on other hosts that a browser would fetch on opening a page."""
    fetched = re.compile(r'<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)="?(https?:)?//([^"\s>]+)')
    return {
        found[2]
        for page in site.rglob("*.html")
        for found in fetched.finditer(page.read_text(encoding="utf-8"))
        if 'rel="canonical"' not in found[0]
    }
