"""The rooms of the house import downwards only, and quick commands load no site generator."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rolebook

PACKAGE = Path(rolebook.__file__).parent
REPOSITORY = Path(__file__).parents[2]

ROOMS = (
    "escaping",
    "language",
    "wording",
    "problems",
    "clock",
    "malformed",
    "yaml_text",
    "files",
    "front_matter",
    "attachments",
    "workflows",
    "body",
    "git",
    "scratch_dir",
    "atomic_file",
    "schema",
    "options",
    "project",
    "blocks",
    "build_folders",
    "site_values",
    "site_config",
    "page_fields",
    "organisation",
    "parse",
    "strays",
    "load",
    "library",
    "slips",
    "examples",
    "photos",
    "analysis",
    "visibility",
    "charts",
    "diff",
    "history",
    "former_names",
    "documents",
    "checks",
    "own_checks",
    "option_checks",
    "pages",
    "views",
    "rendering",
    "template_checks",
    "template_trial",
    "dead_links",
    "json_export",
    "spreadsheet",
    "autofix",
    "reorganisation",
    "handbook",
    "export",
    "forms",
)
"""From the ground up: a room imports itself and rooms before it, and nothing else of the package."""

DRIVERS = ("mkdocs_plugin", "cli")
"""Import any room, and not each other."""

ONLY_FOR = {
    "spreadsheet": {"cli", "export"},
    "autofix": {"cli", "reorganisation"},
    "export": {"cli"},
    "forms": {"cli"},
}
"""Rooms that only some drivers, and no other room, may import."""

LIBRARIES = {
    "PIL": {"documents", "photos"},
    "babel": {"language", "wording"},
    "click": {"cli"},
    "jinja2": {"rendering", "template_checks", "mkdocs_plugin", "cli"},
    "markdown": {"body", "mkdocs_plugin"},
    "markdown_it": {"body", "spreadsheet"},
    "markupsafe": {
        "escaping",
        "language",
        "visibility",
        "charts",
        "documents",
        "pages",
        "views",
        "rendering",
        "mkdocs_plugin",
    },
    "material": {"mkdocs_plugin", "cli"},
    "mkdocs": {"mkdocs_plugin", "cli"},
    "msgspec": {"charts", "json_export", "analysis", "mkdocs_plugin", "pages", "rendering"},
    "nh3": {"visibility", "body", "documents"},
    "packaging": {"mkdocs_plugin"},
    "pathspec": {"pages"},
    "platformdirs": {"mkdocs_plugin"},
    "python_calamine": {"spreadsheet"},
    "weasyprint": {"documents"},
    "pypdfium2": {"documents"},
    "yaml": {
        *("yaml_text", "front_matter", "schema", "options", "site_config", "site_values", "page_fields"),
        *("parse", "library", "spreadsheet", "autofix", "export", "cli"),
    },
}
"""The rooms that may import a library that is not Python's own."""


def modules(package: Path) -> Iterator[tuple[str, Path]]:
    """The package's modules, each with its room; the package's own `__init__` is in none."""
    for file in sorted(package.rglob("*.py")):
        yield file.relative_to(package).parts[0].removesuffix(".py"), file


def imported(file: Path, package: Path) -> Iterator[str]:
    """Dotted names of what a module imports, wherever in it: inside a function counts, too."""
    folders = file.relative_to(package.parent).parts[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = folders[: len(folders) - node.level + 1] if node.level else ()
            base = ".".join([*start, *(node.module or "").split(".")]).strip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def objection(room: str, name: str) -> str:
    """Why `room` may not import `name`; empty when it may."""
    first, *rest = name.split(".")
    if first in sys.stdlib_module_names:
        return ""
    if first != "rolebook":
        return "" if room in LIBRARIES.get(first, ()) else f"may not import {first}"
    target = rest[0] if rest else ""
    if target == room:
        return ""
    if target not in ROOMS and target not in DRIVERS:
        return f"imports {name}, which is no room"
    if room not in ONLY_FOR.get(target, {room}):
        return f"may not import {target}"
    below = ROOMS if room in DRIVERS else ROOMS[: ROOMS.index(room)]
    return "" if target in below else f"imports {target}, which is not below it"


def objections(package: Path) -> list[str]:
    found = []
    for room, file in modules(package):
        names = set(imported(file, package))
        path = file.relative_to(package).as_posix()
        if room == "__init__":
            found += [f"{path}: imports {name}" for name in sorted(names)]
        elif room not in ROOMS and room not in DRIVERS:
            found.append(f"{path}: {room} is not in the list of rooms")
        else:
            reported = {why for name in names if (why := objection(room, name))}
            found += [f"{path}: {why}" for why in sorted(reported)]
    return found


def test_imports_point_down() -> None:
    assert objections(PACKAGE) == []


@pytest.mark.parametrize(
    ("path", "code", "reported"),
    [
        ("files.py", "from rolebook.problems import Problem", ""),
        ("files.py", "from rolebook.schema.kinds import Text", "imports schema, which is not below it"),
        ("files.py", "from rolebook import schema", "imports schema, which is not below it"),
        ("files.py", "import rolebook.schema.kinds", "imports schema, which is not below it"),
        ("files.py", "from . import schema", "imports schema, which is not below it"),
        ("files.py", "from .schema import kinds", "imports schema, which is not below it"),
        ("schema/kinds.py", "from . import audience", ""),
        ("schema/kinds.py", "from ..load import load", "imports load, which is not below it"),
        ("schema/kinds.py", "from .. import load", "imports load, which is not below it"),
        ("schema/kinds.py", "def f():\n    import mkdocs.config", "may not import mkdocs"),
        ("checks.py", "from rolebook.handbook import x", "imports handbook, which is not below it"),
        ("handbook.py", "import click", "may not import click"),
        ("handbook.py", "import requests", "may not import requests"),
        ("handbook.py", "from rolebook.cli import main", "imports cli, which is not below it"),
        ("handbook.py", "from rolebook.spreadsheet import x", "may not import spreadsheet"),
        ("handbook.py", "from rolebook import util", "imports rolebook.util, which is no room"),
        ("cli/check.py", "import click, sys\nfrom rolebook import handbook, spreadsheet", ""),
        ("cli/a.py", "from rolebook import mkdocs_plugin", "imports mkdocs_plugin, which is not below it"),
        ("mkdocs_plugin/a.py", "from rolebook import cli", "imports cli, which is not below it"),
        ("util.py", "import os", "util is not in the list of rooms"),
        ("__init__.py", "from rolebook.files import x", "imports rolebook.files.x"),
    ],
)
def test_a_wrong_import_is_noticed(path: str, code: str, reported: str, tmp_path: Path) -> None:
    file = tmp_path / "rolebook" / path
    file.parent.mkdir(parents=True)
    file.write_text(code, encoding="utf-8")
    assert objections(tmp_path / "rolebook") == ([f"{path}: {reported}"] if reported else [])


def test_the_architecture_document_lists_the_rooms() -> None:
    """In their order, with files that exist."""
    document = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms, _, rest = document.partition("## The way of a role")
    assert tuple(re.findall(r"^\| `(\w+)` \|", rooms, re.MULTILINE)) == ROOMS
    named = set(re.findall(r"`([a-z_]+(?:[/.][a-z_]+)+(?:\.py|/)?)`", rest))
    assert len(named) > 15
    paths = {name if "/" in name or name.endswith(".py") else name.replace(".", "/") for name in named}
    missing = {path for path in paths if not any(_is_there(folder, path) for folder in (PACKAGE, REPOSITORY))}
    assert missing == set()


def _is_there(folder: Path, path: str) -> bool:
    """Whether a file, a folder, a module, or something in a module is at `path`."""
    module, _, thing = path.rpartition("/")
    if (folder / path).exists() or (folder / f"{path}.py").is_file():
        return True
    code = folder / f"{module}.py"
    definition = rf"^(?:class|def) {thing}\b"
    return code.is_file() and bool(re.search(definition, code.read_text(encoding="utf-8"), re.MULTILINE))


def loaded_by(statement: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after `statement`."""
    reported = "import sys; print(*{name.split('.')[0] for name in sys.modules})"
    run = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{reported}"], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


@pytest.mark.parametrize(
    ("statement", "needed", "unwanted"),
    [
        ("import rolebook.handbook, rolebook.checks", {"yaml"}, {"mkdocs", "material", "click"}),
        ("import rolebook.cli", {"click"}, {"mkdocs", "material"}),
    ],
)
def test_quick_commands_load_no_site_generator(statement: str, needed: set[str], unwanted: set[str]) -> None:
    loaded = loaded_by(statement)
    assert loaded >= needed
    assert loaded & unwanted == set()
