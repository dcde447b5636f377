"""What `rolebook check` says, one behaviour a golden file."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from check_goldens import GOLDENS, Golden, bless, read
from projects import MKDOCS_YML, opened, reported, write
from rolebook import checks
from rolebook import language as languages
from rolebook.checks.declaration import Check
from rolebook.cli import main


@pytest.mark.parametrize("file", GOLDENS, ids=lambda file: file.stem)
def test_golden(
    file: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if file.stem == "no-catalogue":  # the catalogues that there are change from time to time
        monkeypatch.setattr(languages, "FOLDER", tmp_path)
    golden = read(file)
    now = reported(write(tmp_path, golden.files))
    if request.config.getoption("bless") and now != golden.problems:
        bless(file, golden, now)
    else:
        assert now == golden.problems


def test_every_golden_says_what_it_shows() -> None:
    assert [file.name for file in GOLDENS if not read(file).sentence] == []


def test_every_rule_is_shown_in_a_golden_file() -> None:
    assert set().union(*(read(file).codes for file in GOLDENS)) == checks.CODES


def test_every_check_is_applied() -> None:
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.iter_modules(checks.__path__, "rolebook.checks.")
    ]
    written = {
        id(each): each for module in modules for each in vars(module).values() if isinstance(each, Check)
    }
    assert [each.rule.code for each in written.values() if each not in checks.CHECKS] == []


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


def test_blessing_writes_what_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


NESTED = """\
---
title: A
parent: boss
owner: ann
performed_by:
  - weekly_hours: 3

    person: unknown-a
  - {weekly_hours: 1,
     person: unknown-b}
deliverable:
  -
  - outcome: Ten reports a month
    measure: >-
      counted at
      the end
    for: unknown-c
tools:
  - Drill
  - name: Saw
    access: read

    admin: unknown-d
outsource:
  fit: maybe
  reason: >-
    It costs
    less
  to: unknown-e
reporting:
  rhythm: weekly

  to: unknown-f
posting:
  opens: 2026-03-01
  apply_email: a@example.org
  questions:
    - Who is Bob Brown?
  closes: 2026-01-01
---
"""
TEAM = """\
---
title: T
kind: team
parent: boss
lead: [ann,
       unknown-g]
members:
  - as: secretary
    weekly_hours: 3
    person: unknown-h
---
"""


def test_a_problem_has_the_line_of_the_value_however_deep_it_is(tmp_path: Path) -> None:
    files = {
        "roles/a.md": NESTED,
        "roles/t.md": TEAM,
        "roles/boss.md": "---\ntitle: Boss\n---\n",
        "people/ann.md": "---\nname: Ann\n---\n",
        "people/bob.md": "---\nname: Bob Brown\n---\n",
        "content/business-model.md": "---\ndeliverables: [{id: fast, name: Fast}]\n---\n",
    }
    handbook = opened(write(tmp_path, files))
    found = [(each.path, each.line, f"{each.message} {each.hint}") for each in handbook.problems]
    for path in ("roles/a.md", "roles/t.md"):
        for number, text in enumerate(files[path].splitlines(), 1):
            for name in re.findall("unknown-[a-z]", text):
                assert [(each[0], each[1]) for each in found if f"'{name}'" in each[2]] == [(path, number)]
    lines = {each.rule.code: each.line for each in handbook.problems if each.path == "roles/a.md"}
    assert lines["ends-before-it-begins"] == NESTED.splitlines().index("  closes: 2026-01-01") + 1
    assert lines["name-in-public-text"] == NESTED.splitlines().index("    - Who is Bob Brown?") + 1
    slips = NESTED.replace("unknown-e", "Bob-Brown").replace("unknown-f", "bsos")
    write(tmp_path, {"roles/a.md": slips})
    config = str(tmp_path / "mkdocs.yml")
    before = re.findall(
        r"a.md:(\d+): (?:no person is called|there is no role) '(?:Bob-Brown|bsos)'", checked(config)
    )
    fixed = re.findall(r"a.md:(\d+): '(?:Bob-Brown|bsos)' is now", checked(config, "--fix"))
    assert sorted(before) == sorted(fixed) and len(fixed) == 2


def test_an_entry_that_is_wrong_moves_no_line(tmp_path: Path) -> None:
    deliverables = "- {measure: 3}\n- outcome: Ten a day\n  for: gone"
    text = f"---\ntitle: A\ndeliverable:\n{deliverables}\n---\n"
    handbook = opened(write(tmp_path, {"roles/a.md": text}))
    assert [each.line for each in handbook.problems if each.rule.code == "unknown-deliverable"] == [6]


def checked(config: str, *more: str) -> str:
    return CliRunner().invoke(main, ["check", "-f", config, *more]).output
