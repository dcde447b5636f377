"""The faults that are planted to try the tests are faults: the module still parses, and is another one."""

import ast
from pathlib import Path

import pytest

import mutation


@pytest.mark.parametrize(
    ("code", "faulty"),
    [
        ("x = a < b", ["x = (a <= b)"]),
        ("x = a not in b", ["x = (a in b)"]),
        ("x = a and b", ["x = (a or b)"]),
        ("x = not a", ["x = bool(a)"]),
        ("x = a + 1", ["x = (a - 1)", "x = a + 2"]),
        ("x = True", ["x = False"]),
        ("if é: f()", ["if False: f()", "if True: f()", "if é: pass"]),
        ("x: list[1] = f'{1 + 1}'", []),
        ("def f() -> 1: return 'a'", []),
        ("@dataclass(frozen=True)\nclass A(B, frozen=True): pass", []),
    ],
)
def test_each_kind_of_fault(code: str, faulty: list[str], tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text(code, encoding="utf-8")
    data = code.encode()
    found = [
        (data[: fault.start] + fault.after.encode() + data[fault.end :]).decode()
        for fault in mutation.faults(tmp_path, "room")
    ]
    assert sorted(found) == sorted(faulty)


def test_every_fault_of_the_program_can_be_run() -> None:
    for room in ("mkdocs_plugin", "git"):
        there = mutation.faults(mutation.PACKAGE, room)
        assert len(there) > 50
        for fault in there[::20]:
            data = (mutation.PACKAGE / fault.module).read_bytes()
            changed = data[: fault.start] + fault.after.encode() + data[fault.end :]
            assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(data)), fault


def test_tests_that_name_a_module_come_first() -> None:
    near, others = mutation.tests_of("mkdocs_plugin/internals.py", Path(__file__).parents[1])
    names = [file.name for file in near]
    assert names.index("test_internals.py") < names.index("test_preview.py")
    assert others and not {*near} & {*others}
