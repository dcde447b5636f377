"""Whatever moment a command is killed at, every file is whole: as it was, or as it was to be."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from projects import write

pytestmark = pytest.mark.fuzz

ROLES = 40
TIMES, LONG = 8, 60
"""How often each command is killed; the latter with `--long`."""

DRIVER = """
import os, signal, sys
from rolebook.cli import main

def run(folder, words, killed_at, told):
    os.chdir(folder)
    moments = 0
    def count(event, args):
        nonlocal moments
        writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if writes or event in ("os.link", "os.rename", "os.mkdir", "os.remove", "os.rmdir"):
            moments += 1
            if moments == killed_at:
                # Right there, or within the writing that follows; an alarm ends a process as a kill does.
                signal.setitimer(signal.ITIMER_REAL, (killed_at % 4) * 0.00002 + 0.000001)
    sys.addaudithook(count)
    try:
        main(words)
    except SystemExit:
        os.write(told, str(moments).encode())
        os._exit(0)

words, folders = sys.argv[2:], sorted(os.listdir())
before, chosen = 0, [float(each) for each in sys.argv[1].split(",")]
for folder, share in zip(folders, [None, *chosen]):
    ours, theirs = os.pipe()
    if os.fork() == 0:
        run(folder, words, 0 if share is None else 1 + int(share * before), theirs)
    os.close(theirs)
    os.wait()
    before = before or int(os.read(ours, 20))
print(before)
"""
"""Runs a command once whole, to count the moments at which it writes, then kills it at chosen ones."""


def role(at: int, field: str) -> str:
    return f"---\n{field}: Role {at}\n{'parent: r0' if at else 'tags: [a]'}\n---\n"


def handbook(root: Path, field: str) -> Path:
    roles = {f"roles/r{at}.md": role(at, field) for at in range(ROLES)}
    rows = "".join(f"n{at},Role {at},{'n0' if at else ''}\n" for at in range(ROLES))
    return write(root, roles | {"seats.csv": f"id,title,parent\n{rows}", "content/index.md": "# Home\n"})


def every_role(root: Path, field: str) -> None:
    """No role file is lost or half-written."""
    for at in range(ROLES):
        assert (root / f"roles/r{at}.md").read_text(encoding="utf-8") in (role(at, field), role(at, "title"))


def new_folder(name: str) -> Callable[[Path], None]:
    """The folder is there with all its files, or not at all."""
    whole: set[str] = set()

    def check(root: Path) -> None:
        there = {path.relative_to(root).as_posix(): path.stat().st_size for path in (root / name).rglob("*")}
        whole.update(() if whole else (f"{path} {size}" for path, size in there.items()))
        assert not there or {f"{path} {size}" for path, size in there.items()} == whole

    return check


def new_file(name: str) -> Callable[[Path], None]:
    whole: list[str] = []

    def check(root: Path) -> None:
        if (root / name).exists():
            whole.append((root / name).read_text(encoding="utf-8"))
            assert whole[-1] == whole[0]

    return check


CASES: dict[str, tuple[list[str], str, Callable[[Path], None]]] = {
    "import": (["import", "seats.csv", "--to", "new"], "title", new_folder("new")),
    "init": (
        ["init", "begun", "--yes", "--from-csv", "seats.csv", "--no-guide"],
        "title",
        new_folder("begun"),
    ),
    "new": (["new", "Fresh", "--parent", "r0"], "title", new_file("roles/fresh.md")),
    "check --fix": (["check", "--fix"], "titel", lambda root: None),
    "pack": (["pack", "--all", "--format", "html,md", "--to", "packs"], "title", new_folder("packs")),
    "export csv": (["export", "--format", "csv", "--to", "out.csv"], "title", new_file("out.csv")),
    "export markdown": (["export", "--format", "markdown", "--to", "site"], "title", new_folder("site")),
}


@pytest.mark.parametrize("case", CASES)
def test_a_killed_command_leaves_files_whole(case: str, long: bool, tmp_path: Path) -> None:
    words, field, check = CASES[case]
    times = LONG if long else TIMES
    moments = random.Random(case)
    folders = [handbook(tmp_path / f"{at:03}", field) for at in range(times + 1)]
    shares = ",".join(str(moments.random()) for _ in range(times))
    run = subprocess.run(
        [sys.executable, "-c", DRIVER, shares, *words], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout.splitlines()[-1]) > 2
    for root in folders:
        every_role(root, field)
        check(root)
    print(f"{times} kills of {case}: every file whole")
