"""Commands that change holders, people and reporting lines: what they write, and what they refuse."""

import difflib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from projects import TODAY, opened, write
from rolebook import atomic_file
from rolebook.cli import changing, main
from rolebook.cli import rename as renaming
from ways_to_write import BLOCK, COMMANDS, FILES, WAYS

GOLDEN = Path(__file__).parents[1] / "golden/reorganising"
ADVERTS = "roles/adverts.md"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800014400")  # TODAY at noon


def run(root: Path, *words: str, answer: str = "") -> Result:
    result = CliRunner().invoke(
        main, [words[0], "-f", str(root / "mkdocs.yml"), *words[1:]], input=answer or None
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def texts(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def handbook(root: Path, adverts: str = BLOCK, **others: str) -> Path:
    return write(root, FILES | {ADVERTS: adverts} | others)


def differences(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    for path in sorted({*before, *after}):
        was, now = (each.get(path, "").splitlines(keepends=True) for each in (before, after))
        for line in list(difflib.unified_diff(was, now, path, path, n=0))[2:]:
            if not line.startswith("@@"):
                yield f"{path}: {line[0]} {line[1:].removesuffix(chr(10))!r}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_way_to_write_a_role(command: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    words, parts = COMMANDS[command], []
    for at, (way, text) in enumerate(WAYS.items()):
        root = handbook(tmp_path / str(at), text)
        before = texts(root)
        result = run(root, *words)
        after = texts(root)
        assert (after == before) == (result.exit_code == 2)
        parts.append("\n".join((f"=== {way}", result.output, *differences(before, after), "")))
        if command == "hire":
            break
    said = "\n".join(parts)
    golden = GOLDEN / f"{command.replace(' ', '-')}.txt"
    if request.config.getoption("bless") and not os.environ.get("CI"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text(encoding="utf-8")


def test_a_filled_vacancy_is_what_the_guide_lists(tmp_path: Path) -> None:
    root = handbook(tmp_path)
    assert run(root, "assign", "adverts", "aoife").exit_code == 0
    role = opened(root).organisation.roles["adverts"]
    assert (role.owner and role.owner.name, role.fields.status, role.fields.posting) == (
        "Aoife Byrne",
        "",
        None,
    )
    plan = role.fields.outsource
    assert plan
    assert (plan.fit, plan.to, plan.reason, plan.by) == ("done", "aoife", "", None)
    assert str(role.fields.review_by) == "2027-07-16"
    assert role.backup is None, "nobody is their own cover"


def _from(day: str) -> list[str]:
    return ["assign", "adverts", "aoife", "--from", day]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["assign", "advert", "aoife"], "There is no role 'advert'. Did you mean 'adverts'"),
        (["assign", "shipping", "aoife"], "There is no role 'shipping'. It is now called 'packing'."),
        (["new", "Labels", "--parent", "shipping"], "no role 'shipping'. It is now called 'packing'."),
        (["leave", "Ed End", "--on", "2027-12-31"], "The last day of Ed End is 31 December 2027 already"),
        (["vacate", "Twin"], "Several roles are called 'Twin': one, two. Write one of these ids."),
        (["assign", "adverts", "Aoive Byrne"], "no person 'Aoive Byrne'. Did you mean 'Aoife Byrne'?"),
        (["assign", "adverts", "Bob"], 'For somebody new, first run: rolebook hire "Bob"'),
        (["assign", "adverts", "Stranger Danger"], "has no file yet. First write one: rolebook hire"),
        (["leave", "Silva", "--on", "2027-01-01"], "Did you mean 'Ines Silva'?"),
        (["assign", "council", "aoife"], "'Council' is a team and has no holder"),
        (["vacate", "council"], "'Council' is a team and has no holder"),
        (["split", "council", "X", "--hours", "1"], "'Council' is a team"),
        (["vacate", "one"], "'Twin' is already vacant."),
        (["assign", "adverts", "aoife", "--hours", "0.9"], "have 1 h of it already"),
        (["assign", "adverts", "ines", "--hours", "2.9"], "have 3 h of it already"),
        (_from("1 March"), "'1 March' is not a date. Write year-month-day"),
        (_from("1 March 2027"), "'1 March 2027' is not a date. Write 2027-03-01."),
        (_from("31.3.2027"), "Write 2027-03-31."),
        (_from("3/31/2027"), "Write 2027-03-31."),
        (_from("1/3/2027"), "may be two days. Write 2027-03-01 or 2027-01-03."),
        (_from("3/3/2027"), "Write 2027-03-03."),
        (_from("31/31/2027"), "Write year-month-day, such as 2027-03-31."),
        (["leave", "late", "--on", "2027-01-31"], "The first day of Late Comer is 1 February 2027."),
        (["retire", "marketing"], "Move or retire first what reports to 'Marketing': Adverts."),
        (["retire", "gone"], "'Gone' is already retired."),
        (["move", "boss", "adverts"], "'Adverts' is below 'Boss': the reporting line would be a circle."),
        (["move", "adverts", "Adverts"], "'Adverts' cannot report to itself."),
        (["move", "adverts", "marketing"], "'Adverts' already reports to 'Marketing'."),
        (["hire", "aoife byrne"], "There is somebody called 'Aoife Byrne' already: people/aoife.md."),
        (["hire", "New One", "--id", "ADA"], "There is 'people/ada.md' already."),
        (["hire", "New One", "--id", "a/b"], "'a/b' cannot be the name of a file."),
        (["hire", "!"], "'!' is not a name."),
        (["hire", "TBD"], "'TBD' is not a name."),
        (["hire", " "], "'' is not a name."),
        (["split", "adverts", "X"], "Say what goes to the new role"),
        (["split", "adverts", " ", "--hours", "1"], "Give the role a title."),
        (["split", "adverts", "X", "--hours", "6"], "'Adverts' takes 6\u00a0h a week. Write fewer than 6"),
        (["split", "gone", "X", "--hours", "1"], "'Gone' has no hours to give away."),
        (["split", "adverts", "X", "--deliverable", "3"], "no deliverable 3: the role has 2 deliverables."),
        (["split", "adverts", "X", "--section", "A"], "no section 'A'. Sections: 'Procedure' and 'Notes'."),
        (["split", "adverts", "Marketing", "--hours", "1"], "There is a role 'marketing' already"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_writes_nothing(words: list[str], says: str, tmp_path: Path) -> None:
    twin = "---\ntitle: Twin\nparent: boss\n---\n"
    others = {
        "roles/one.md": twin,
        "roles/two.md": twin.replace("boss\n", "boss\nowner: Stranger Danger\n"),
        "roles/gone.md": "---\ntitle: Gone\nparent: boss\nstatus: retired\n---\n",
        "roles/packing.md": "---\ntitle: Packing\nparent: boss\naliases: [roles/old/shipping.md]\n---\n",
        "people/ed.md": "---\nname: Ed End\nends: 2027-12-31\n---\n",
        "people/late.md": "---\nname: Late Comer\nstarts: 2027-02-01\n---\n",
    }
    root = handbook(tmp_path, **others)
    before = texts(root)
    result = run(root, *words)
    assert says in result.output
    assert result.output.endswith("Nothing was written.\n")
    assert result.exit_code == 2
    assert texts(root) == before


@pytest.mark.parametrize(
    "words",
    [
        ["assign", "adverts", "aoife", "--hours", "1"],
        ["assign", "adverts", "ines", "--hours", "3"],
        ["leave", "late", "--on", "2027-02-01"],
        ["split", "adverts", "X", "--hours", "5.9"],
        ["split", "adverts", "X", "--deliverable", "2"],
        ["vacate", "roles/adverts.md"],
        ["hire", "Ada Lovelace"],
    ],
    ids=" ".join,
)
def test_what_can_just_be_done_is_done(words: list[str], tmp_path: Path) -> None:
    others = {"people/late.md": "---\nname: Late Comer\nstarts: 2027-02-01\n---\n"}
    assert run(handbook(tmp_path, **others), *words).exit_code == 0


@pytest.mark.parametrize(("day", "owner"), [("2027-01-15", "aoife"), ("2027-01-16", "ines")])
def test_a_first_day_to_come_is_a_plan(day: str, owner: str, tmp_path: Path) -> None:
    assert str(TODAY) == "2027-01-15"
    root = handbook(tmp_path)
    assert run(root, "assign", "adverts", "aoife", "--from", day).exit_code == 0
    fields = opened(root).organisation.roles["adverts"].fields
    assert fields.owner == owner
    assert fields.outsource
    assert fields.outsource.to == "aoife"
    assert fields.outsource.fit == ("done" if owner == "aoife" else "next")


@pytest.mark.parametrize(("day", "is_vacant"), [("2027-01-15", True), ("2027-01-16", False)])
def test_a_last_day_to_come_leaves_the_holder(day: str, is_vacant: bool, tmp_path: Path) -> None:
    for words in (["vacate", "adverts", "--on", day], ["leave", "ines", "--on", day]):
        root = handbook(tmp_path / words[0])
        assert run(root, *words).exit_code == 0
        assert (opened(root).organisation.roles["adverts"].owner is None) == is_vacant


@pytest.mark.parametrize(
    ("plan", "to"),
    [
        ("{fit: done, to: ines}", ""),
        ("{fit: next, to: Ines Silva}", ""),
        ("{fit: done, to: aoife}", "aoife"),
        ("done", ""),
    ],
)
def test_a_role_is_not_planned_for_whoever_gives_it_up(plan: str, to: str, tmp_path: Path) -> None:
    front = f"title: Adverts\nparent: marketing\nowner: ines\noutsource: {plan}"
    root = handbook(tmp_path, f"---\n{front}\n---\n")
    assert run(root, "vacate", "adverts", "--on", "2027-02-01").exit_code == 0
    fields = opened(root).organisation.roles["adverts"].fields
    assert fields.outsource and (fields.outsource.fit, fields.outsource.to) == ("next", to)
    assert str(fields.outsource.by) == "2027-02-01"


def test_whoever_leaves_is_in_no_role_and_no_team(tmp_path: Path) -> None:
    root = handbook(tmp_path)
    said = run(root, "leave", "ines", "--on", "2027-01-10").output
    assert "Take back the access of Ines Silva to:\n  Mail (Adverts)\n" in said
    assert said.index("rolebook pack --leaving ines") < said.index("files written")
    assert "Ines Silva gives access to Till (Sales): name somebody else under 'admin'." in said
    organisation = opened(root).organisation
    named = {
        role.id
        for role in organisation.roles.values()
        if "ines" in {each.id for each in (*role.people, role.backup) if each}
    }
    assert named == set()
    assert str(organisation.people["ines"].fields.ends) == "2027-01-10"
    assert texts(root)["roles/marketing.md"] == FILES["roles/marketing.md"].replace(
        "backup: ines # for now\n", "# for now\n"
    )


def test_parts_that_begin_or_end_otherwise_are_dated_right(tmp_path: Path) -> None:
    shares = (
        "{person: ines, until: 2027-02-01}", "{person: ines, until: 2027-03-02}",
        "{person: ines, since: 2027-03-02}", "{person: ines, since: 2027-03-01}",
    )  # fmt: skip
    front = "---\ntitle: Adverts\nparent: marketing\nowner: ada\nperformed_by:\n"
    root = handbook(tmp_path, front + "".join(f"  - {each}\n" for each in shares) + "---\n")
    assert run(root, "leave", "ines", "--on", "2027-03-01").exit_code == 0
    assert texts(root)[ADVERTS] == (
        f"{front}  - {shares[0]}\n  - {{person: ines, until: 2027-03-01}}\n"
        "  - {person: ines, since: 2027-03-01, until: 2027-03-01}\n---\n"
    )


@pytest.mark.parametrize("second", ["2027-02-01", "2027-03-01"])
def test_another_last_day_takes_the_place_of_the_first(second: str, tmp_path: Path) -> None:
    shares = "performed_by:\n  - {person: ines, until: 2027-01-31}\n  - ines\n"
    plan = "{fit: next, by: 2027-01-20}"
    front = f"---\ntitle: Adverts\nparent: marketing\nowner: ines\n{shares}"
    root = handbook(tmp_path, front + "---\n")
    write(
        root,
        {"roles/other.md": f"---\ntitle: Other\nparent: marketing\nowner: ines\noutsource: {plan}\n---\n"},
    )
    other = texts(root)["roles/other.md"]
    for last in ("2027-02-14", second):
        assert run(root, "leave", "ines", "--on", last).exit_code == 0
    fields = opened(root).organisation.roles["adverts"].fields
    assert fields.outsource and str(fields.outsource.by) == second
    assert [str(each.until) for each in fields.performed_by] == ["2027-01-31", second]
    assert texts(root)["roles/other.md"] == other


@pytest.mark.parametrize("second", ["2027-02-01", "2027-05-01"])
def test_a_role_is_given_up_on_the_day_that_was_said_last(second: str, tmp_path: Path) -> None:
    root = handbook(tmp_path)
    for last in ("2027-03-01", second):
        assert "nothing was written" not in run(root, "vacate", "adverts", "--on", last).output
    fields = opened(root).organisation.roles["adverts"].fields
    assert fields.outsource and str(fields.outsource.by) == second


@pytest.mark.parametrize(
    "name",
    ["Silva, Ines", "Inés Silva", "Ines-Silva", "Dr. Ines Silva", "SILVA Ines", "I. Silva", "Ines B. Silva"],
)
def test_nobody_gets_a_second_file_under_another_spelling(name: str, tmp_path: Path) -> None:
    root = handbook(tmp_path)
    before = texts(root)
    assert "There is somebody called 'Ines Silva' already" in run(root, "hire", name).output
    assert texts(root) == before
    assert run(root, "hire", name, "--id", "another").exit_code == 0


@pytest.mark.parametrize("name", ["Ina Silva", "B. Silva", "Ines Salva", "Silva"])
def test_somebody_else_gets_a_file(name: str, tmp_path: Path) -> None:
    root = handbook(tmp_path)
    assert run(root, "hire", name).exit_code == 0


def test_to_whom_a_role_that_is_given_up_should_go_is_said(tmp_path: Path) -> None:
    front = (
        "title: Adverts\nparent: marketing\nowner: ines\noutsource: {fit: next, by: 2027-02-01, to: aoife}"
    )
    root = handbook(tmp_path, f"---\n{front}\n---\n")
    assert "'Adverts' should go to Aoife" in run(root, "vacate", "adverts", "--on", "2027-03-01").output


@pytest.mark.parametrize(("last", "is_over"), [("2027-01-15", True), ("2027-01-16", False)])
def test_access_is_taken_back_when_somebody_has_left(last: str, is_over: bool, tmp_path: Path) -> None:
    said = run(handbook(tmp_path), "leave", "ines", "--on", last).output
    assert ("Take back the access of Ines Silva" in said) == is_over
    assert "gives access to Till (Sales): name somebody else under 'admin'." in said


def test_access_that_another_role_needs_is_not_taken_back(tmp_path: Path) -> None:
    tools = "tools: [Mail, Adverts console]\n"
    front = f"---\ntitle: Adverts\nparent: marketing\nowner: ines\n{tools}---\n"
    root = handbook(tmp_path, front)
    write(root, {"roles/news.md": "---\ntitle: News\nparent: marketing\nowner: ines\ntools: [Mail]\n---\n"})
    said = run(root, "vacate", "adverts", "--dry-run").output
    assert "Take back the access of Ines Silva to Adverts console." in said
    said = run(root, "assign", "adverts", "aoife", "--dry-run").output
    assert "to Mail and Adverts console, and to nothing else." in said
    assert "Take back the access of Ines Silva to Adverts console." in said


def test_a_first_day_is_noted_once(tmp_path: Path) -> None:
    root = handbook(tmp_path)
    assert run(root, "assign", "adverts", "aoife", "--from", "2027-01-10").exit_code == 0
    assert texts(root)["people/aoife.md"] == FILES["people/aoife.md"].replace(
        "hour\n---", "hour\nstarts: 2027-01-10\n---"
    )
    assert run(root, "assign", "sales", "aoife", "--from", "2027-01-12").exit_code == 0
    assert "starts: 2027-01-10\n" in texts(root)["people/aoife.md"]


def test_a_new_person_has_the_first_name_as_id_unless_somebody_else_has_it(tmp_path: Path) -> None:
    root = handbook(tmp_path, **{"roles/two.md": "---\ntitle: Two\nparent: boss\nowner: Noor\n---\n"})
    assert "roles named" not in run(root, "hire", "Zed Vos").output
    assert run(root, "hire", "Ada Lovelace").exit_code == 0
    assert run(root, "hire", "Noor Vos").exit_code == 0, "a role names another Noor"
    assert "1 role named Noor already." in run(root, "hire", "Noor").output
    there = {path for path in texts(root) if path.startswith("people/")}
    assert there == {
        *(path for path in FILES if path.startswith("people/")),
        "people/zed.md", "people/ada-lovelace.md", "people/noor-vos.md", "people/noor.md",
    }  # fmt: skip


def test_without_files_of_people_a_name_is_enough(tmp_path: Path) -> None:
    roles = {path: text for path, text in FILES.items() if path.startswith("roles/")}
    root = write(tmp_path, roles | {ADVERTS: BLOCK})
    assert run(root, "assign", "adverts", "Aoife").exit_code == 0
    assert "owner: aoife  # since May\n" in texts(root)[ADVERTS]


def test_a_name_with_a_comma_stays_one_in_brackets(tmp_path: Path) -> None:
    roles = {path: text for path, text in FILES.items() if path.startswith("roles/")}
    sales = roles["roles/sales.md"].replace("aoife", '"King, Bo"')
    root = write(tmp_path, roles | {"roles/sales.md": sales, ADVERTS: WAYS["shorthand"]})
    assert run(root, "assign", "adverts", "King, Bo", "--from", "2027-02-01").exit_code == 0
    assert 'outsource: {fit: next, by: 2027-02-01, to: "King, Bo"}\n' in texts(root)[ADVERTS]


def test_a_new_error_stops_it(tmp_path: Path) -> None:
    root = handbook(tmp_path)
    before = texts(root)
    result = run(root, "hire", "Ann Ek", "--email", "nowhere")
    assert "This would be an error in the handbook: people/ann.md:3: " in result.output
    assert (result.exit_code, texts(root)) == (2, before)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    for name, words in COMMANDS.items():
        root = handbook(tmp_path / name)
        before = texts(root)
        result = run(root, *words, "--dry-run")
        assert result.exit_code == 0
        assert "would be written." in result.output
        assert texts(root) == before


@pytest.mark.parametrize(("answer", "is_written"), [("n\n", False), ("y\n", True), ("", False)])
@pytest.mark.parametrize(
    "words", [*COMMANDS.values(), ["rename", "adverts", "ads"]], ids=lambda words: words[0]
)
def test_a_terminal_asks(
    words: list[str], answer: str, is_written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "is_terminal", lambda: True)
    monkeypatch.setattr(renaming, "is_terminal", lambda: True, raising=False)
    root = handbook(tmp_path)
    before = texts(root)
    result = run(root, *words, answer=answer)
    assert "Write this? [Y/n]" in result.output
    assert (result.exit_code == 0, texts(root) != before) == (is_written, is_written)


@pytest.mark.parametrize(
    "words", [*COMMANDS.values(), ["rename", "adverts", "ads"]], ids=lambda words: words[0]
)
def test_yes_answers(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "is_terminal", lambda: True)
    result = run(handbook(tmp_path), *words, "--yes")
    assert "Write this?" not in result.output
    assert result.exit_code == 0


def test_a_file_that_cannot_be_edited_stops_all(tmp_path: Path) -> None:
    root = handbook(tmp_path, **{"roles/zoo.md": "---\ntitle: Zoo\nparent: boss\nowner: &a ines\n---\n"})
    before = texts(root)
    result = run(root, "leave", "ines", "--on", "2027-01-10")
    assert "roles/zoo.md:4: " in result.output
    assert "a text that begins with & must be in quotes" in result.output
    assert (result.exit_code, texts(root)) == (2, before)


def test_a_file_that_cannot_be_read_stops_somebody_who_leaves(tmp_path: Path) -> None:
    root = handbook(tmp_path, **{"roles/zoo.md": "---\ntitle: 'Zoo\n---\n"})
    before = texts(root)
    result = run(root, "leave", "ines", "--on", "2027-01-10")
    assert "Correct this first" in result.output
    assert (result.exit_code, texts(root)) == (2, before)
    assert run(root, "vacate", "adverts").exit_code == 0, "it needs that role's file alone"


def test_all_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, calls = atomic_file.replace, iter(range(100))

    def full(path: Path, content: bytes, before: bytes | None = None) -> None:
        if next(calls) == 2:
            raise OSError(28, "No space left on device", str(path))
        really(path, content, before)

    root = handbook(tmp_path)
    before = texts(root)
    monkeypatch.setattr(atomic_file, "replace", full)
    result = run(root, "leave", "ines", "--on", "2027-01-10")
    assert "cannot be changed (No space left on device)." in result.output
    assert (result.exit_code, texts(root)) == (2, before)


def test_a_new_role_goes_when_the_old_one_cannot_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes, before: bytes | None = None) -> None:
        raise OSError(28, "No space left on device", str(path))

    root = handbook(tmp_path)
    before = texts(root)
    monkeypatch.setattr(atomic_file, "replace", full)
    assert run(root, *COMMANDS["split"]).exit_code == 2
    assert texts(root) == before


def test_a_file_is_never_written_through_a_link(tmp_path: Path) -> None:
    root = handbook(tmp_path / "book")
    for file in (root / "people").iterdir():
        file.unlink()
    (root / "people").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (root / "people").symlink_to(tmp_path / "elsewhere")
    result = run(root, "hire", "Ann")
    assert "links are not followed" in result.output
    assert (result.exit_code, [*(tmp_path / "elsewhere").iterdir()]) == (2, [])


_SECTIONS = """\
---
title: Adverts
parent: marketing
---

Intro.

## One

A.

```
## Two
```

## Last

Z.
"""


@pytest.mark.parametrize(
    ("heading", "rest", "moved"),
    [
        ("ONE", "\n\nIntro.\n\n## Last\n\nZ.\n", "\n\n## One\n\nA.\n\n```\n## Two\n```\n"),
        (
            "last",
            "\n\nIntro.\n\n## One\n\nA.\n\n```\n## Two\n```\n",
            "\n\n## Last\n\nZ.\n",
        ),
    ],
)
def test_a_split_moves_whole_sections(heading: str, rest: str, moved: str, tmp_path: Path) -> None:
    root = handbook(tmp_path, _SECTIONS)
    assert run(root, "split", "adverts", "Leaflets", "--section", heading).exit_code == 0
    assert texts(root)[ADVERTS] == "---\ntitle: Adverts\nparent: marketing\n---" + rest
    assert texts(root)["roles/leaflets.md"] == "---\ntitle: Leaflets\nparent: marketing\n---" + moved


@pytest.mark.parametrize("hours", ["1", "1 h", "1,0"])
def test_a_split_says_that_one_role_is_new_and_the_other_smaller(hours: str, tmp_path: Path) -> None:
    role = "---\ntitle: Adverts\nparent: marketing\npurpose: More orders.\nweekly_hours: 4\n---\n\n"
    body = "".join(f"{line} of the procedure.\n" for line in ("One", "Two", "Three", "Four", "Five"))
    root = handbook(tmp_path, f"{role}## Procedure\n\n{body}\n## Notes\n\nA note.\n")
    said = run(root, "split", "adverts", "Leaflets", "--hours", hours, "--section", "Procedure").output
    assert re.search(r"New roles\n +\+ Leaflets \(", said)
    assert "Adverts → Leaflets" not in said
    assert re.search(r"Adverts\n +hours a week: 4\sh → 3\sh", said)


HOURS = {
    "ten": "'ten' is not a number of hours a week. Write one such as 10 or 7.5.",
    "full-time": "'full-time' is not a number of hours a week.",
    "169": "'169' is not a number of hours a week.",
    "5-8": "'5-8' is a range. Write one number, such as 5; a role's file takes {min: 5, max: 8}",
}
WITH_HOURS = (
    "assign adverts aoife --hours",
    "new X --hours",
    "hire Bo --capacity",
    "split adverts L --hours",
)


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("words", WITH_HOURS)
def test_hours_that_are_no_number_are_refused_with_what_to_write(
    words: str, hours: str, tmp_path: Path
) -> None:
    root = handbook(tmp_path)
    before = texts(root)
    result = run(root, *words.split(), hours)
    assert (result.exit_code, texts(root)) == (2, before)
    assert HOURS[hours] in " ".join(result.output.split())


def test_hours_are_read_as_people_write_them(tmp_path: Path) -> None:
    for at, hours in enumerate(("7.5", "7,5", "7.5 h", "7.5 hours a week")):
        root = handbook(tmp_path / str(at))
        assert run(root, "assign", "adverts", "aoife", "--hours", hours).exit_code == 0
        assert opened(root).organisation.roles["adverts"].hours.min == 7.5


def test_a_comment_beside_a_removed_value_stays(tmp_path: Path) -> None:
    text = "---\ntitle: Adverts\nparent: marketing\nowner: ada # since 2020\nbackup: aoife\n---\n"
    root = handbook(tmp_path, text)
    assert run(root, "vacate", "adverts").exit_code == 0
    found = texts(root)[ADVERTS]
    assert "\n# since 2020\nbackup: aoife\n" in found and "owner" not in found
    assert opened(root).organisation.roles["adverts"].vacant


def test_what_the_files_say_already_is_not_written(tmp_path: Path) -> None:
    root = handbook(tmp_path)
    assert run(root, "assign", "adverts", "aoife").exit_code == 0
    before = texts(root)
    result = run(root, "assign", "adverts", "aoife")
    assert (result.exit_code, texts(root)) == (0, before)
    assert result.output.strip() == "The files say this already: nothing was written."


def test_a_split_takes_several_sections_in_their_order(tmp_path: Path) -> None:
    root = handbook(tmp_path, _SECTIONS)
    assert run(root, "split", "adverts", "L", "--section", "Last", "--section", "One").exit_code == 0
    assert texts(root)[ADVERTS] == "---\ntitle: Adverts\nparent: marketing\n---\n\nIntro.\n"
    assert texts(root)["roles/l.md"].endswith("---\n\n## One\n\nA.\n\n```\n## Two\n```\n\n## Last\n\nZ.\n")


def test_a_split_below_the_top_role_reports_to_it(tmp_path: Path) -> None:
    root = handbook(tmp_path)
    assert run(root, "split", "boss", "Chair", "--hours", "1").exit_code == 0
    assert (
        texts(root)["roles/chair.md"] == "---\ntitle: Chair\nparent: boss\nowner: ada\nweekly_hours: 1\n---\n"
    )


def test_a_split_does_not_guess_where_a_section_ends(tmp_path: Path) -> None:
    root = handbook(tmp_path, _SECTIONS.replace("Intro.", "<!--"))
    before = texts(root)
    result = run(root, "split", "adverts", "Leaflets", "--section", "One")
    assert "It is unclear where the sections of roles/adverts.md end" in result.output
    assert (result.exit_code, texts(root)) == (2, before)


def test_what_reports_to_the_old_parent_is_pointed_out(tmp_path: Path) -> None:
    for to, is_said in (("marketing", True), ("sales", False)):
        text = BLOCK.replace("status: open\n", f"reporting: {{to: {to}}}\n")
        said = run(handbook(tmp_path / to, text), "move", "adverts", "sales").output
        assert ("'reporting.to' still says 'marketing'" in said) == is_said


def test_a_share_of_the_former_holder_goes_and_those_of_others_stay(tmp_path: Path) -> None:
    root = handbook(tmp_path)
    said = run(root, "assign", "adverts", "aoife").output
    assert "Part of the work is still done by Ada King: see 'performed_by'." in said
    assert "Ines Silva does no part of it any more." in said
    shares = [share.person.name for share in opened(root).organisation.roles["adverts"].shares()]
    assert sorted(shares) == ["Ada King", "Aoife Byrne"]
    again = run(root, "assign", "adverts", "aoife").output
    assert "any more" not in again
    assert "Take back" not in again


def test_who_has_no_role_leaves_nothing_to_vacate(tmp_path: Path) -> None:
    root = handbook(tmp_path, **{"people/ed.md": "---\nname: Ed End\n---\n"})
    said = run(root, "leave", "Ed End", "--on", "2027-12-31", "--yes").output
    assert "ends: 2027-12-31" in said
    assert "vacates what is left" not in said
