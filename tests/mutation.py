"""Plants faults in a room of the program, one at a time, and says which of them the tests notice.

The faults are drawn from a seed, so a run can be repeated. Each is tried in a copy of the program: first
against the tests that use the room, then, with --whole, against all others.
"""

import argparse
import ast
import copy
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "plugin/rolebook"
SLOW = ("test_readme.py", "test_mutation.py")
"""Tests that need the network, and those of this module; those in `browser/` are left out, too."""
HELPERS = {"mkdocs_plugin": "sites|rebuilds|serving"}
"""Modules of the tests whose use is the use of a room."""
_INERT = ("annotation", "returns", "decorator_list")
"""Parts of a program in which a fault changes nothing that anybody sees."""
PATIENCE = 900
"""Seconds after which a run of tests is given up: the fault is noticed, as an endless loop."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of a module's text, and what stands there instead."""

    module: str
    """Its path below the package."""
    line: int
    start: int
    end: int
    """The piece's bytes in the module."""
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.before} → {self.after}"


def faults(package: Path, room: str) -> list[Fault]:
    """All faults that can be planted in `room`, a folder or a module of the package."""
    there = package / room
    files = sorted(there.rglob("*.py")) if there.is_dir() else [package / f"{room}.py"]
    return [fault for file in files for fault in _of_module(file, file.relative_to(package).as_posix())]


def _of_module(file: Path, name: str) -> Iterator[Fault]:
    data = file.read_bytes()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node, after in _changes(ast.parse(data)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        before = data[start:end].decode()
        yield Fault(name, node.lineno, start, end, " ".join(before.split()), after)


def _changes(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Nodes of the program with what can stand in the place of each."""
    for node in _running(tree):
        match node:
            case ast.Compare(ops=[op]) if type(op) in _COMPARED:
                yield node, _with(node, ops=[_COMPARED[type(op)]()])
            case ast.BoolOp():
                yield node, _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
            case ast.UnaryOp(op=ast.Not()):
                yield node, f"bool({ast.unparse(node.operand)})"
            case ast.BinOp() if type(node.op) in _COUNTED:
                yield node, _with(node, op=_COUNTED[type(node.op)]())
            case ast.Constant(value=bool()):
                yield node, str(not node.value)
            case ast.Constant(value=int()):
                yield node, str(node.value + 1)
            case ast.If() | ast.IfExp():
                yield node.test, "False"
                yield node.test, "True"
            case ast.Expr(value=ast.Call()):
                yield node, "pass"
            case ast.Continue():
                yield node, "break"


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below `node` that do something.

    Types do nothing, nor do the words `frozen` and `slots` above a class; the parts of a text have no places.
    """
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if name in _INERT or (isinstance(node, ast.ClassDef) and name == "keywords"):
                continue
            if not isinstance(child, ast.AST | None):
                continue
            if child is not None and not isinstance(child, ast.JoinedStr):
                yield child
                yield from _running(child)


def _with(node: ast.expr, **changed: object) -> str:
    other = copy.copy(node)
    for name, value in changed.items():
        setattr(other, name, value)
    return f"({ast.unparse(other)})"


def tests_of(module: str, folder: Path) -> tuple[list[Path], list[Path]]:
    """The quick test files that use a module's room, those that name the module first; and all others."""
    parts = module.removesuffix(".py").removesuffix("/__init__").split("/")
    room, name = parts[0], parts[-1]
    used = re.compile(
        rf"\brolebook\.{room}\b|import .*\b{room}\b|^from ({HELPERS.get(room, '-')}) ", re.MULTILINE
    )
    named = re.compile(rf"\b{name}\b")
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(folder.rglob("test_*.py"))}
    quick = {
        file: text for file, text in texts.items() if file.name not in SLOW and file.parent.name != "browser"
    }
    near = [file for file, text in quick.items() if used.search(text)]
    near.sort(key=lambda file: named.search(texts[file]) is None)
    return near, [file for file in quick if file not in near]


def is_noticed(fault: Fault | None, tests: list[Path]) -> bool:
    """Whether one of `tests` fails with the fault."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "plugin"
        shutil.copytree(ROOT / "plugin", copied, ignore=shutil.ignore_patterns("__pycache__"))
        if fault:
            file = copied / "rolebook" / fault.module
            data = file.read_bytes()
            file.write_bytes(data[: fault.start] + fault.after.encode() + data[fault.end :])
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-p",
            "no:cacheprovider",
            "-n",
            "2",
            *map(str, tests),
        ]
        own = os.environ | {"PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=own, capture_output=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return True
    return done.returncode != 0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("room", help="a folder or module of the package, such as mkdocs_plugin or git")
    options.add_argument("number", type=int, nargs="?", default=10, help="how many faults (10)")
    options.add_argument("seed", type=int, nargs="?", default=1)
    options.add_argument("--whole", action="store_true", help="try those that survive against all tests")
    given = options.parse_args()
    there = faults(PACKAGE, given.room)
    drawn = random.Random(given.seed).sample(there, min(given.number, len(there)))
    survived = []
    for fault in drawn:
        near, others = tests_of(fault.module, ROOT / "tests")
        noticed = is_noticed(fault, near) or (given.whole and is_noticed(fault, others))
        print("caught  " if noticed else "SURVIVED", fault, flush=True)
        if not noticed:
            survived.append(fault)
    print(f"{given.room}: {len(drawn) - len(survived)} of {len(drawn)} caught, of {len(there)} possible")


if __name__ == "__main__":
    main()
