"""Machines whose locale knows no letters but ASCII, and pipes that know few: the same work is done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from projects import write
from repositories import commit
from rolebook.cli import main
from sites import MKDOCS_YML

BIN = Path(sys.executable).parent
ENVIRONMENTS = {
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "POSIX": {"LC_ALL": "POSIX"},
    "strict": {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii:strict",
    },
    "cp1252": {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
}
FILES = {
    "mkdocs.yml": MKDOCS_YML.replace("Test", "Büro & Söhne"),
    "content/index.md": "# Über uns\n\n[Büro](../roles/büro.md)\n",
    "roles/owner.md": "---\ntitle: Owner\nowner: Zoë\n---\n",
    "roles/büro.md": "---\ntitle: Büro 销售\nparent: owner\nowner: Zoë\n---\n## Purpose\n\nDa → ist.\n",
    "people/zoë.md": "---\nname: Zoë\n---\n",
    "rows.csv": "Title,Name,Reports to\nKüche,Ann,\nHerd 销,Çem,Küche\n",
}
COMMANDS = (
    *("check", "check --format json", "check --format github", "check --fix", "diff HEAD"),
    *("diff HEAD --format json", "export --format csv", "export --format json --to out.json"),
    *("export --format markdown --to out", "pack büro --to packs", "pack büro --post --format txt,md"),
    *("new Küche --parent owner", "rename büro kontör", "import rows.csv --to new --dry-run"),
    *("import rows.csv --to new", "schema role"),
)


def run(root: Path, environment: dict[str, str], *words: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [os.fsencode(BIN / words[0]), *map(os.fsencode, words[1:])],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    commit(tmp_path, {})
    return write(tmp_path, {"mkdocs.yml": FILES["mkdocs.yml"], "roles/büro.md": FILES["roles/büro.md"] + "x"})


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


# Every command where least is possible, and elsewhere those that read, write and say the most.
@pytest.mark.parametrize(
    ("name", "words"),
    [
        *(("strict", words) for words in COMMANDS),
        *((name, words) for name in ENVIRONMENTS if name != "strict" for words in COMMANDS[::4]),
    ],
)
def test_every_command_does_the_same(
    name: str,
    words: str,
    root: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path_factory.mktemp("utf-8") / "book"
    shutil.copytree(root, other)
    here = run(root, ENVIRONMENTS[name], "rolebook", *words.split())
    monkeypatch.chdir(other)
    there = CliRunner().invoke(main, words.split(), prog_name="rolebook")
    assert b"Traceback" not in here[2]
    assert here[:2] == (there.exit_code, there.stdout_bytes), here[2].decode(errors="replace")
    assert files(root) == files(other)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_site_is_built_or_it_is_said_what_the_machine_lacks(name: str, root: Path) -> None:
    code, _, reported = run(root, ENVIRONMENTS[name], "mkdocs", "build", "--strict")
    assert b"Traceback" not in reported
    if name in ("C", "strict"):
        assert b"In the shell, set the variable PYTHONUTF8 to 1" in reported
        assert not (root / "site").exists()
    else:
        assert code == 0, reported.decode(errors="replace")
        assert "Büro".encode() in (root / "site/roles/büro/index.html").read_bytes()
