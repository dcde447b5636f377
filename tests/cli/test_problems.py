"""Problems as text, JSON and GitHub annotations: in order, and harmless whatever a file holds."""

import json
import os
import re
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from projects import write
from repositories import commit
from rolebook import problems
from rolebook.cli import main
from rolebook.problems import Problem, Rule, Severity

ERROR = Rule("wrong-value", Severity.ERROR, "Why.")
WARNING = Rule("several-roots", Severity.WARNING, "Why.")
ADVICE = Rule("no-hours", Severity.ADVICE, "Why.")

ESCAPES = "\x1b[2J\x1b]8;;https://evil\x07\x9b31m\x00\x08\x7f"
BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BREAKS = "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def problem(
    message: str = "it is wrong",
    hint: str = "Write it right",
    *,
    rule: Rule = ERROR,
    path: str = "roles/ppc.md",
    line: int = 3,
) -> Problem:
    return Problem(rule, path, line, message, hint)


def test_text_is_one_line_a_problem() -> None:
    found = [problem(), problem("no hint", "", rule=WARNING), problem(rule=ADVICE, line=0)]
    assert problems.as_text(found) == (
        "error: roles/ppc.md:3: it is wrong. Write it right. [wrong-value]\n"
        "warning: roles/ppc.md:3: no hint. [several-roots]\n"
        "advice: roles/ppc.md: it is wrong. Write it right. [no-hours]\n"
    )


def test_a_hint_that_asks_ends_with_its_question_mark() -> None:
    reported = str(problem("there is no role 'ownr'", "Did you mean 'owner'?"))
    assert ": there is no role 'ownr'. Did you mean 'owner'? [" in reported


def test_json_holds_everything_as_it_is() -> None:
    found = [problem(f'"é" {ESCAPES}{BIDI}{BREAKS}', "", rule=ADVICE, path="roles/ü.md", line=0)]
    reported = problems.as_json(found)
    assert json.loads(reported) == [
        {
            "code": "no-hours",
            "severity": "advice",
            "path": "roles/ü.md",
            "line": 0,
            "message": f'"é" {ESCAPES}{BIDI}{BREAKS}',
            "hint": "",
        }
    ]
    assert all(char == "\n" or " " <= char <= "~" for char in reported)


def test_github_has_its_own_words_for_severities() -> None:
    found = [problem(rule=ERROR), problem("a", "", rule=WARNING, line=0), problem(rule=ADVICE)]
    assert problems.as_github(found) == (
        "::error file=roles/ppc.md,line=3,title=wrong-value::it is wrong. Write it right.\n"
        "::warning file=roles/ppc.md,line=1,title=several-roots::a.\n"
        "::notice file=roles/ppc.md,line=3,title=no-hours::it is wrong. Write it right.\n"
    )


def test_github_escapes() -> None:
    found = [problem("100 %, a: b,\nc::d", "%0A", path="roles/50%: a,b.md")]
    assert problems.as_github(found) == (
        "::error file=roles/50%25%3A a%2Cb.md,line=3,title=wrong-value::100 %25, a: b, c::d. %250A.\n"
    )


def unescaped(text: str) -> str:
    """As GitHub's runner reads a property: `actions/runner`, ActionCommand.cs."""
    for escape, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escape, char)
    return text


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, TEXT)
@example("%2C%3A%0A%25", "a,b::c")
def test_github_reads_back_what_was_reported(message: str, path: str) -> None:
    message = f"'{message}' is wrong"
    reported = problems.as_github([problem(message, "", path=path)])
    command = re.fullmatch(r"::error file=([^,:]*),line=3,title=wrong-value::(.*)\n", reported)
    assert command
    assert unescaped(command[1]) == problems.printable(path)
    assert unescaped(command[2]) == problems.printable(message) + "."


@pytest.mark.parametrize("form", [problems.as_text, problems.as_json, problems.as_github])
def test_no_problems(form: object) -> None:
    assert callable(form)
    assert form([]) == ("[]\n" if form is problems.as_json else "")


@pytest.mark.parametrize("hostile", [ESCAPES, BIDI, BREAKS, "\ud800", "\ufeff\u2060\u00ad", "\U000e0041"])
def test_nothing_hostile_is_printed(hostile: str) -> None:
    found = [problem(f"a{hostile}b", f"c{hostile}d", path=f"e{hostile}f")]
    for reported in (problems.as_text(found), problems.as_github(found)):
        assert reported.count("\n") == 1
        assert reported.removesuffix("\n").isprintable()
        reported.encode()


@given(st.text())
def test_printable_text_is_one_line_that_can_be_printed(text: str) -> None:
    reported = problems.printable(text)
    assert len(reported.splitlines()) <= 1
    assert problems.printable(reported) == reported
    assert not {unicodedata.category(char) for char in reported} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("text", ["Inês Duarte", "日本語", "مرحبا", "👩", "a\u00a0b", "ﬂ"])
def test_printable_leaves_every_script_alone(text: str) -> None:
    assert problems.printable(text) == text


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\rb"])
def test_words_do_not_run_together_where_a_line_ends(text: str) -> None:
    assert problems.printable(text) == "a b"


def test_order_is_by_file_line_and_code() -> None:
    ordered = [
        problem(path="a.md", line=9),
        problem(path="b.md", line=0),
        problem(path="b.md", line=2, rule=ADVICE),
        problem(path="b.md", line=2, rule=WARNING),
        problem("a", path="b.md", line=2),
        problem("b", "Write a", path="b.md", line=2),
        problem("b", "Write b", path="b.md", line=2),
        problem(path="b.md", line=10),
    ]
    assert problems.in_order(reversed(ordered)) == tuple(ordered)


def test_a_problem_that_is_found_twice_is_reported_once() -> None:
    assert problems.in_order([problem(), problem()]) == (problem(),)


@pytest.mark.parametrize(
    ("errors", "warnings", "advice", "reported"),
    [
        (0, 0, 0, "no issues"),
        (1, 0, 0, "1 error"),
        (2, 1, 0, "2 errors, 1 warning"),
        (0, 2, 1, "2 warnings, 1 piece of advice"),
        (1, 1, 2, "1 error, 1 warning, 2 pieces of advice"),
        (1200, 0, 0, "1,200 errors"),
    ],
)
def test_the_closing_line(errors: int, warnings: int, advice: int, reported: str) -> None:
    rules = [ERROR] * errors + [ADVICE] * advice + [WARNING] * warnings
    assert problems.count(problem(rule=rule) for rule in rules) == reported


SMALL = {"roles/boss.md": "---\ntitle: Boss\n---\n", "roles/x.md": "---\ntitle: X\nparent: bss\n---\n"}


@pytest.mark.parametrize("stands", [".", "book", "book/roles", "elsewhere"])
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
def test_files_are_named_as_their_reader_reaches_them(
    stands: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path, {f"book/{path}": text for path, text in SMALL.items()})
    write(tmp_path / "book", {})
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / stands)
    config = os.path.relpath(tmp_path / "book/mkdocs.yml")
    said = CliRunner().invoke(main, ["check", "-f", config, "--format", form]).output
    here = {".": "book/roles/x.md", "book/roles": "x.md"}.get(stands, "roles/x.md")
    if form == "text":
        assert said.startswith(f"error: {here}:3: there is no role")
    elif form == "github":
        assert "::error file=book/roles/x.md,line=3," in said
    else:
        (only,) = json.loads(said)
        if form == "json":
            assert only["path"] == here
        else:
            assert only["location"] == {"path": "book/roles/x.md", "lines": {"begin": 3}}
            assert (only["severity"], only["check_name"]) == ("critical", "unknown-parent")
            assert len(only["fingerprint"]) == 64


def test_a_report_for_gitlab_is_ascii() -> None:
    """Whatever encoding a runner's file is read in, its letters are right."""
    there = Problem(ERROR, "roles/x.md", 1, "no person is called '销售'")
    report = problems.as_gitlab([there])
    assert report.isascii()
    assert json.loads(report)[0]["description"] == "no person is called '销售'."


def test_outside_of_a_repository_a_host_gets_paths_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "book", SMALL)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["check", "-f", "book/mkdocs.yml", "--format", "github"]).output
    assert "file=book/roles/x.md" in said


def test_what_is_not_fixed_is_explained(tmp_path: Path) -> None:
    write(
        tmp_path,
        SMALL | {"roles/y.md": "---\ntitle: Y\nparent: bosss\nowner: ann\nstatus: fillled-in\n---\n"},
    )
    said = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml"), "--fix"]).output
    assert "not changed: roles/y.md:5: 'fillled-in': 'filled' is more than a slip away" in said


@pytest.mark.parametrize("text", ["##[error]", "###", "a ## b", "#"])
def test_json_has_no_command_for_a_host(text: str) -> None:
    written = problems.as_json([Problem(Rule("x", Severity.ERROR, ""), text, 1, text)])
    assert "##" not in written
    assert json.loads(written)[0]["path"] == json.loads(written)[0]["message"] == text


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("weekly_hours: 2 days", "such as 10 or 7.5."),
        ("weekly_hours: 30 minutes", "such as 10 or 7.5."),
        ("weekly_hours: 0.5 FTE", "such as 10 or 7.5."),
        ("weekly_hours: 12 hours", "such as 10 or 7.5, here 12."),
        ("weekly_hours: 14-10", "Write {min: 10, max: 14}."),
        ("seats: 2 people", ", here 2."),
        ("rate: $500 per post", "Write {amount: 500, currency: USD, per: deliverable}."),
        (
            "rate: 3000 EUR",
            "Write {amount: 3000, currency: EUR, per: …} with hour, month, fixed or deliverable",
        ),
        ("rate: 50 EUR per lesson", "Write {amount: 50, currency: EUR, per: …} with hour, month"),
        ("rate: 3000 EUR per month", "Write {amount: 3000, currency: EUR, per: month}."),
        ("rate: 45 EUR", "Write {amount: 45, currency: EUR, per: hour}."),
    ],
)
def test_a_remedy_keeps_what_was_meant(line: str, remedy: str, tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "plugins: [rolebook]\n", "roles/x.md": f"---\ntitle: X\n{line}\n---\n"})
    said = CliRunner().invoke(main, ["check", "-f", f"{tmp_path}/mkdocs.yml"]).output
    assert remedy in said, said


def test_a_role_whose_file_cannot_be_read_is_not_missed_elsewhere(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "plugins: [rolebook]\n",
        "roles/boss.md": "---\ntitle: Boss\n---\n",
        "roles/marketing.md": "---\ntitle: Marketing\nparent: boss\n weekly_hours: 10\n---\n",
        "roles/sales.md": "---\ntitle: Sales\nparent: marketing\n---\n",
        "roles/till.md": "---\ntitle: Till\nparent: gone\n---\n",
    }
    write(tmp_path, files)
    said = CliRunner().invoke(main, ["check", "-f", f"{tmp_path}/mkdocs.yml"]).output
    assert "there is no role 'marketing'" not in said
    assert "there is no role 'gone'" in said and "marketing.md:4" in said


@pytest.mark.parametrize("name", ["mkdocs.yaml", "mkdocs.yml.txt"])
def test_settings_with_another_ending_are_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text("site_name: Test\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert result.stderr == f"There is no mkdocs.yml here, but {name}. Rename it to mkdocs.yml.\n"


def test_a_folder_without_settings_is_no_handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.txt").write_text("site_name: Test\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "Go to your handbook's folder" in CliRunner().invoke(main, ["check"]).stderr
