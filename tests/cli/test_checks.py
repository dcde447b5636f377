"""What `rolebook check` says, one behaviour a file in `golden/checks/`.

A golden file holds a sentence, then a project's files (`=== path`, with `[bom]` and `[crlf]` where
the bytes matter) and last, after `=== problems`, what is told about them. A project without
`mkdocs.yml` gets the one in `projects.py`. `pytest --bless` writes what the program says now: read
the difference before you commit it.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from projects import MKDOCS_YML, opened, told, write
from rolebook import checks

FOLDER = Path(__file__).parents[1] / "golden" / "checks"
GOLDENS = sorted(FOLDER.glob("*.txt"))
HEADER = re.compile(r"^=== (\S+)((?: \[(?:bom|crlf)\])*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Golden:
    sentence: str
    files: dict[str, bytes]
    before_problems: str
    problems: str

    @property
    def codes(self) -> set[str]:
        return set(re.findall(r"^[a-z]+: \S+: ([a-z-]+): ", self.problems, re.MULTILINE))


def read(file: Path) -> Golden:
    return parse(file.read_text(encoding="utf-8"))


def parse(text: str) -> Golden:
    sentence, *parts = HEADER.split(text)
    sections = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    *files, (last, _, problems) = sections
    assert last == "problems", "a golden ends with its problems"
    paths = [path for path, _, _ in files]
    assert len(set(paths)) == len(paths), "a file stands twice"
    contents = {path: encode(content, flags) for path, flags, content in files}
    return Golden(sentence.strip(), contents, text.removesuffix(problems), problems)


def encode(content: str, flags: str) -> bytes:
    if "[crlf]" in flags:
        content = content.replace("\n", "\r\n")
    return content.encode("utf-8-sig" if "[bom]" in flags else "utf-8")


def bless(file: Path, golden: Golden, told: str) -> None:
    if os.environ.get("CI"):
        pytest.fail("golden files are blessed by people who read them, not by a CI run")
    file.write_text(golden.before_problems + told, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("file", GOLDENS, ids=lambda file: file.stem)
def test_golden(file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    golden = read(file)
    now = told(write(tmp_path, golden.files))
    if request.config.getoption("bless") and now != golden.problems:
        bless(file, golden, now)
    else:
        assert now == golden.problems


def test_every_golden_says_what_it_shows() -> None:
    assert [file.name for file in GOLDENS if not read(file).sentence] == []


def test_every_rule_is_shown_in_a_golden_file() -> None:
    assert set().union(*(read(file).codes for file in GOLDENS)) == checks.CODES


def test_every_rule_has_its_own_code_and_a_reason() -> None:
    codes = [rule.code for rule in checks.RULES]
    assert len(set(codes)) == len(codes)
    for rule in checks.RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code)
        assert rule.reason.endswith("."), rule.code


SHOWN = {
    code: file
    for file in GOLDENS
    if "mkdocs.yml" not in read(file).files
    for code in sorted(read(file).codes)
}
"""For each rule that is about files and organisations, a golden file that shows it."""


@pytest.mark.parametrize(("code", "file"), SHOWN.items(), ids=SHOWN)
def test_a_rule_that_is_switched_off_is_all_that_goes(code: str, file: Path, tmp_path: Path) -> None:
    golden = read(file)
    quiet = MKDOCS_YML.replace("no-hours", f"no-hours, {code}")
    handbook = opened(write(tmp_path, {**golden.files, "mkdocs.yml": quiet}))
    assert {problem.rule.code for problem in handbook.problems} == golden.codes - {code}


def test_blessing_writes_what_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    file = tmp_path / "x.txt"
    file.write_text("Why.\n\n=== roles/a.md\ntext\n=== problems\nerror: old\n", encoding="utf-8")
    bless(file, read(file), "error: new\n")
    blessed = read(file)
    assert blessed == Golden(
        "Why.",
        {"roles/a.md": b"text\n"},
        "Why.\n\n=== roles/a.md\ntext\n=== problems\n",
        "error: new\n",
    )


def test_a_ci_run_does_not_bless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    file = tmp_path / "x.txt"
    with pytest.raises(pytest.fail.Exception, match="not by a CI run"):
        bless(file, Golden("", {}, "", ""), "")
    assert not file.exists()
