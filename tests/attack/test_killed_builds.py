"""Processes that are killed while they write: what is there is whole, what is the owner's is untouched.

Before that they change nothing. A few kills each time; hundreds with `--long`, which prints what they hit.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from projects import write
from shapes import tree
from sites import HOME, MKDOCS_YML

pytestmark = pytest.mark.fuzz

ROWS = 300
PLAIN = MKDOCS_YML.replace("name: material, font: false", "name: mkdocs").replace("search, ", "")
IMPORT = ["import", "seats.csv", "--map", "title=Seat", "--map", "id=Id", "--to"]
RUN = "import sys; from rolebook.cli import main; main()"


def finished(command: list[str], root: Path, kill_within: float | None = None) -> bool:
    """Runs a command, killed at a random moment once it has begun to write; whether it came to its end."""
    run = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before = set(hidden(root))
    while kill_within and run.poll() is None and set(hidden(root)) <= before:
        time.sleep(0.001)
    try:
        run.wait(timeout=kill_within and random.uniform(0, kill_within))
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
    return run.returncode >= 0


def importing(folder: str) -> list[str]:
    return [sys.executable, "-c", RUN, *IMPORT, folder]


@pytest.fixture
def kills(long: bool) -> int:
    return 100 if long else 3


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}


def hidden(root: Path) -> list[Path]:
    return list(root.glob(".rolebook-*"))


@pytest.mark.parametrize("there", [False, True], ids=["a-new-folder", "a-folder-with-files"])
def test_a_killed_import(there: bool, kills: int, tmp_path: Path) -> None:
    rows = "".join(f"r{at},Role {at}\n" for at in range(ROWS))
    (tmp_path / "seats.csv").write_text(f"Id,Seat\n{rows}", encoding="utf-8")
    assert finished(importing("whole"), tmp_path)
    expected = contents(tmp_path / "whole")
    assert len(expected) == ROWS
    found: Counter[str] = Counter()
    for number in range(kills):
        folder = tmp_path / f"roles-{number}"
        if there:
            write(folder, {"mine.md": "mine"})
        finished(importing(folder.name), tmp_path, 0.2)
        made = contents(folder)
        if there:
            assert made.pop("mine.md") == "mine"
        else:
            assert len(made) in (0, ROWS)
        assert made.items() <= expected.items(), "every file is whole"
        found["left hidden folders"] += bool(hidden(tmp_path))
        found["nothing" if not made else "everything" if len(made) == ROWS else "a part"] += 1
    assert finished(importing("last"), tmp_path)
    assert hidden(tmp_path) == []
    print(f"{kills} kills of an import: {dict(found)}")


def test_a_killed_build(kills: int, tmp_path: Path) -> None:
    root = write(tmp_path / "book", HOME | {"mkdocs.yml": PLAIN} | tree(60))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    assert finished(command, root)
    pages = sorted(path.relative_to(root) for path in (root / "site").rglob("*"))
    found: Counter[str] = Counter()
    for number in range(kills):
        write(root, {"mkdocs.yml": PLAIN, "roles/r1.md": f"---\ntitle: Build {number}\nparent: r0\n---\n"})
        came_to_its_end = finished(command, root, 2)
        assert sorted(path.relative_to(root) for path in (root / "site").rglob("*")) == pages
        shown = {
            (root / "site" / page).read_text(encoding="utf-8").count(f"Build {number}") > 0
            for page in ("roles/r1/index.html", "roles/index.html", "jobs/r1/index.html")
        }
        assert len(shown) == 1, "pages of two builds stand beside each other"
        found["left hidden folders"] += bool(hidden(root))
        found["new site" if shown == {True} else "last site"] += 1
        assert shown == {True} or not came_to_its_end
    assert finished(command, root)
    assert hidden(root) == []
    print(f"{kills} kills of a build: {dict(found)}")
