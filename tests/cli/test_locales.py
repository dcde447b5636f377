"""Machines whose locale knows no letters but ASCII, and pipes that know few: the same work is done."""

import json
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


# All commands of a machine are run by one process, which begins as the command does: to start it takes
# longer than most commands.
_MACHINE = """
import json, os, sys
from rolebook import cli

command = cli.main

def every_command():
    with open("commands.json", encoding="utf-8") as source:
        commands = json.load(source)
    here = os.getcwd()
    for at, words in enumerate(commands):
        for stream, name in ((sys.stdout, "out"), (sys.stderr, "err")):
            file = os.open(os.path.join(here, f"{name}{at}"), os.O_WRONLY | os.O_CREAT)
            os.dup2(file, stream.fileno())
            os.close(file)
        os.chdir(os.path.join(here, f"{at}"))
        try:
            command(words, prog_name="rolebook")
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
        with open(os.path.join(here, f"code{at}"), "w") as result:
            result.write(str(code))

cli.main = every_command
cli.run()
"""


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
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_command_does_the_same(
    name: str,
    root: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = tmp_path_factory.mktemp("machine")
    commands = [words.split() for words in (COMMANDS if name == "strict" else COMMANDS[::4])]
    for at in range(len(commands)):
        shutil.copytree(root, machine / f"{at}")
    text = json.dumps(commands)
    write(machine, {"commands.json": text, "run.py": _MACHINE})
    done = subprocess.run(
        [sys.executable, machine / "run.py"], cwd=machine, env={**os.environ, **ENVIRONMENTS[name]}
    )
    assert done.returncode == 0
    for at, words in enumerate(commands):
        code, out, err = ((machine / f"{part}{at}").read_bytes() for part in ("code", "out", "err"))
        other = tmp_path_factory.mktemp("utf-8") / "book"
        shutil.copytree(root, other)
        monkeypatch.chdir(other)
        there = CliRunner().invoke(main, words, prog_name="rolebook")
        assert b"Traceback" not in err, words
        assert (int(code), out) == (there.exit_code, there.stdout_bytes), err.decode(errors="replace")
        assert files(machine / f"{at}") == files(other), words


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_site_is_built_or_it_is_said_what_the_machine_lacks(name: str, root: Path) -> None:
    done = subprocess.run(
        [BIN / "mkdocs", "build", "--strict"],
        cwd=root,
        env={**os.environ, **ENVIRONMENTS[name]},
        capture_output=True,
    )
    reported = done.stderr
    assert b"Traceback" not in reported
    if name in ("C", "strict"):
        assert b"In the shell, set the variable PYTHONUTF8 to 1" in reported
        assert not (root / "site").exists()
    else:
        assert done.returncode == 0, reported.decode(errors="replace")
        assert "Büro".encode() in (root / "site/roles/büro/index.html").read_bytes()
