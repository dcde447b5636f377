"""A table that is imported again: what it changes, what it leaves, and what only the owner knows."""

import errno
import json
import os
import random
import re
import shlex
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from imports import Import, findings
from projects import write
from rolebook.autofix.fields import with_fields
from rolebook.cli import main
from rolebook.cli import update as command
from rolebook.organisation import slug
from rolebook.parse import role_file
from rolebook.scratch_dir import locked
from rolebook.spreadsheet.merge import LAST_IMPORT, parse_last
from rolebook.spreadsheet.role_file import ORDER

FIRST = "Job,Boss,Who,Hours\nHead,,Ann,40\nClerk,Head,Bo,20\nClerk,Head,Cy,30\nDriver,Head,Di,10\n"


class Again(Import):
    """Imports with `--update`."""

    def again(self, text: str, *more: str) -> Result:
        return self(text, more=("--update", *more))

    def edit(self, stem: str, old: str, new: str) -> None:
        text = self.text(stem)
        assert old in text
        (self.roles / f"{stem}.md").write_bytes(text.replace(old, new).encode())

    @property
    def texts(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.roles.rglob("*") if path.is_file()}


@pytest.fixture
def there(tmp_path: Path) -> Again:
    """A folder into which a first table was imported."""
    found = Again(tmp_path)
    assert found(FIRST).exit_code == 0
    return found


def test_the_same_table_changes_nothing(there: Again) -> None:
    before = there.texts
    result = there.again(FIRST)
    assert result.exit_code == 0
    assert "0 new, 0 changed, 4 unchanged, 0 not in the table." in result.stdout
    assert there.texts == before


@pytest.mark.parametrize("order", [("Zoe", "Ann"), ("Ann", "Zoe")])
def test_who_reports_to_an_id_that_two_rows_have_stays_below_the_first(
    order: tuple[str, str], tmp_path: Path
) -> None:
    there = Again(tmp_path)
    heads = "".join(f"x,Head,,{name}\n" for name in order)
    table = f"Ref,Job,Boss,Who\n{heads}y,Clerk,x,Bo\n"
    assert there(table).exit_code == 1
    assert there.front("y")["parent"] == "x"
    assert "0 new, 0 changed, 3 unchanged" in there.again(table).stdout


def test_the_order_of_rows_changes_nothing(there: Again) -> None:
    before = there.texts
    header, *rows = FIRST.splitlines()
    random.Random(3).shuffle(rows)
    assert there.again("\n".join((header, *rows))).exit_code == 0
    assert there.texts == before


def test_fields_that_the_table_changed_are_written_and_nothing_else(there: Again) -> None:
    there.edit("clerk", "owner: Bo\n", "# hired in May\nowner:   Bo   # part time\nreview_by: 2027-01-01\n")
    before = there.text("clerk")
    result = there.again(FIRST.replace("Bo,20", "Bo,25"))
    assert result.exit_code == 0
    assert there.text("clerk") == before.replace("weekly_hours: 20", "weekly_hours: 25")
    assert f"changed: {there.roles / 'clerk.md'}: weekly_hours '20' → '25'\n" in result.stdout


def test_a_new_row_is_a_new_file_and_a_row_that_is_gone_is_reported(there: Again) -> None:
    result = there.again(
        "Job,Boss,Who,Hours\nHead,,Ann,40\nClerk,Head,Bo,20\nClerk,Head,Cy,30\nCook,Clerk,Flo,5\n"
    )
    assert result.exit_code == 1
    assert f"{there.roles / 'driver.md'}: no row has this role." in result.stdout
    assert "1 new, 0 changed, 3 unchanged, 1 not in the table." in result.stdout
    assert there.stems == {"head", "clerk", "clerk-2", "driver", "cook"}


def test_a_retired_role_need_not_be_in_a_row(there: Again) -> None:
    there.edit("driver", "title: Driver\n", "title: Driver\nstatus: retired\n")
    assert there.again(FIRST.replace("Driver,Head,Di,10\n", "")).exit_code == 0


def test_a_field_that_only_the_file_changed_is_the_files(there: Again) -> None:
    there.edit("clerk", "owner: Bo", "owner: Eve")
    there.edit("clerk", "weekly_hours: 20", "weekly_hours: 21")
    there.edit("clerk-2", "owner: Cy", "owner: Bo")
    before = there.texts
    assert there.again(FIRST).exit_code == 0
    assert there.texts == before


def test_a_field_that_both_changed_is_a_conflict_and_is_left(there: Again) -> None:
    there.edit("driver", "weekly_hours: 10", "weekly_hours: 12")
    before = there.text("driver")
    changed = FIRST.replace("Di,10", "Di,15")
    result = there.again(changed)
    assert result.exit_code == 1
    assert (
        f"{there.roles / 'driver.md'}:5: weekly_hours is '12' here and '15' in row 5 of a.csv, "
        "and was '10' at the last import: both were changed." in result.stdout
    )
    assert there.text("driver") == before
    assert there.again(changed).exit_code == 1, "it stays a conflict"


@pytest.mark.parametrize(("prefer", "hours"), [("table", 15), ("file", 12)])
def test_whose_value_counts_can_be_said(there: Again, prefer: str, hours: int) -> None:
    there.edit("driver", "weekly_hours: 10", "weekly_hours: 12")
    changed = FIRST.replace("Di,10", "Di,15")
    assert there.again(changed, "--prefer", prefer).exit_code == 0
    assert there.front("driver")["weekly_hours"] == hours
    assert there.again(changed).exit_code == 0, "it is settled"


def test_a_conflict_in_one_field_does_not_keep_another_back(there: Again) -> None:
    there.edit("driver", "weekly_hours: 10", "weekly_hours: 12")
    there.again(FIRST.replace("Driver,Head,Di,10", "Driver,Clerk 2,Di,15"))
    result = there.again(FIRST.replace("Driver,Head,Di,10", "Driver,Cy,Di,15"))
    assert there.front("driver") == {
        "title": "Driver",
        "parent": "clerk-2",
        "owner": "Di",
        "weekly_hours": 12,
    }
    assert [each for each in result.stdout.splitlines() if "conflict" in each]


def test_on_a_terminal_a_conflict_is_asked_about(there: Again, monkeypatch: pytest.MonkeyPatch) -> None:
    there.edit("driver", "weekly_hours: 10", "weekly_hours: 12")
    monkeypatch.setattr(command, "is_terminal", lambda: True)
    (there.folder / "a.csv").write_text(FIRST.replace("Di,10", "Di,15"), encoding="utf-8")
    maps = ["--map=title=Job", "--map=parent=Boss", "--map=owner=Who", "--map=weekly_hours=Hours"]
    words = ["import", str(there.folder / "a.csv"), *maps, "--to", str(there.roles), "--update"]
    result = CliRunner().invoke(main, words, input="table\n")
    assert result.exit_code == 0
    assert "Which counts?" in result.output
    assert there.front("driver")["weekly_hours"] == 15


def test_a_new_holder_of_a_title_that_only_one_has_is_the_same_role(there: Again) -> None:
    result = there.again(FIRST.replace("Di,10", "Eli,10"))
    assert result.exit_code == 0
    assert there.front("driver")["owner"] == "Eli"


def test_a_holder_who_left_leaves_a_vacancy(there: Again) -> None:
    assert there.again(FIRST.replace("Di,10", ",10")).exit_code == 0
    assert "owner" not in there.front("driver")


def test_holders_who_kept_their_title_keep_their_role(there: Again) -> None:
    rows = ["Job,Boss,Who,Hours", "Clerk,Head,Aa,1", "Head,,Ann,40", "Clerk,Head,Cy,30", "Clerk,Head,Bo,20"]
    there.again("\n".join((*rows, "Driver,Head,Di,10")))
    owners = {stem: there.front(stem)["owner"] for stem in ("clerk", "clerk-2", "clerk-3")}
    assert owners == {"clerk": "Bo", "clerk-2": "Cy", "clerk-3": "Aa"}


def test_what_only_the_owner_knows_is_asked_and_nothing_is_written(there: Again) -> None:
    before = there.texts
    table = FIRST.replace("Clerk,Head,Bo", "Clerk,Head,Gus").replace("Clerk,Head,Cy", "Clerk,Head,Hal")
    result = there.again(table)
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "a.csv:3: 'Clerk' (Gus) has the same title as clerk (Clerk, Bo), clerk-2 (Clerk, Cy). "
        "Add --match 3=clerk, or --match 3= for a new role.\n" in result.stderr
    )
    assert "2 rows may be about a role that is there already. Only you know." in result.stderr
    assert there.texts == before
    assert there.again(table, "--match", "3=clerk-2", "--match=a.csv:4=").exit_code == 1
    assert there.front("clerk-2")["owner"] == "Gus"
    assert there.front("clerk-3")["owner"] == "Hal"


@pytest.mark.parametrize(
    ("answers", "reported"),
    [
        (["9=clerk"], "there is no row 9."),
        (["3=clark"], "there is no role 'clark'. Did you mean 'clerk'?"),
        (["3=cle"], "there is no role 'cle'. Did you mean 'clerk' or 'clerk-2'?"),
        (["3=zzz"], "there is no role 'zzz'."),
        (["3=clerk", "4=clerk"], "'clerk' is given to 2 rows."),
        (["clerk"], "'clerk' is not ROW=ID."),
    ],
)
def test_an_answer_that_fits_nothing_is_refused(there: Again, answers: list[str], reported: str) -> None:
    before = there.texts
    result = there.again(FIRST, *(f"--match={each}" for each in answers))
    assert result.exit_code == 2
    assert reported in result.stderr
    assert there.texts == before


def test_a_holder_with_another_title_is_asked_about(there: Again) -> None:
    table = FIRST.replace("Driver,Head,Di", "Head of transport,Head,Di")
    assert "has the same holder as driver (Driver, Di)" in there.again(table).stderr
    assert there.again(table, "--match", "5=driver").exit_code == 0
    assert there.front("driver")["title"] == "Head of transport"


def test_equal_vacancies_are_not_asked_about(there: Again) -> None:
    table = FIRST + "Cook,Head,,\nCook,Head,,\n"
    assert there.again(table).exit_code == 1, "two rows are the same"
    before = there.texts
    there.again(table)
    assert there.texts == before


def test_rows_that_differ_in_nothing_but_hours_are_reported_apart(there: Again) -> None:
    vacant = [f"Cook,Head,,{hours}" for hours in range(1, 13)]
    there.again(FIRST + "\n".join(vacant))
    before = there.texts
    vacant.reverse()
    assert there.again(FIRST + "\n".join(vacant)).exit_code == 0
    assert there.texts == before
    assert (
        "has the same title as" in there.again(FIRST + "\n".join(vacant[1:] + ["Cook,Head,,20"] * 2)).stderr
    )


def test_ids_of_the_table_count_before_titles_and_names(tmp_path: Path) -> None:
    there = Again(tmp_path)
    there("Ref,Job,Who\nann@x.org,Head,Ann\nbo@x.org,Clerk,Bo\n")
    assert there.again("Ref,Job,Who\nbo@x.org,Head of all,Cy\nann@x.org,Adviser,Ann\n").exit_code == 0
    assert there.front("clerk") == {"title": "Head of all", "owner": "Cy"}
    assert there.front("head") == {"title": "Adviser", "owner": "Ann"}


def test_roles_without_a_row_can_be_parents(there: Again) -> None:
    result = of_shops(there, "Job,Boss,Who\nCook,Clerk,Flo\nSous,Di,Gil\n")
    assert "shops.csv is a new table" in result.stdout
    assert "0 not in the table" in result.stdout
    assert there.front("sous")["parent"] == "driver"
    assert "'Clerk': 2 roles have this title (clerk.md, clerk-2.md)" in result.stdout


def test_a_cell_that_cannot_be_used_takes_nothing_away(there: Again) -> None:
    before = there.texts
    result = there.again(FIRST.replace("Di,10", "Di,many").replace("Driver,Head", "Driver,Haed"))
    assert findings(result) == ["a.csv:5: unknown-parent", "a.csv:5: wrong-value"]
    assert {**there.texts, LAST_IMPORT: b""} == {**before, LAST_IMPORT: b""}


@pytest.mark.parametrize(
    ("more", "done"), [((), "calls it 'Untitled post ops'"), (("--update",), "keeps its title")]
)
def test_a_role_keeps_its_title_where_its_cell_was_emptied(
    more: tuple[str, ...], done: str, tmp_path: Path
) -> None:
    there = Again(tmp_path)
    if more:
        there("Ref,Job,Boss\nboss,Boss,\nops,Operations,boss\n")
    result = there("Ref,Job,Boss\nboss,Boss,\nops,,boss\n", more=more)
    assert f"the row has no title. ops.md {done}. [missing-title]" in result.stdout
    assert there.front("ops")["title"] == ("Operations" if more else "Untitled post ops")


def test_without_the_last_import_every_difference_is_a_conflict(there: Again) -> None:
    (there.roles / LAST_IMPORT).unlink()
    result = there.again(FIRST.replace("Di,10", "Di,15"))
    assert (
        "weekly_hours is '10' here and '15' in row 5 of a.csv: it is not known who changed it."
        in result.stdout
    )
    assert there.front("driver")["weekly_hours"] == 10


def test_a_field_with_more_than_a_cell_holds_is_not_replaced(tmp_path: Path) -> None:
    there = Again(tmp_path)
    there("Job,Result\nHead,Ten deals\n")
    there.edit("head", "deliverable: Ten deals\n", "deliverable:\n  outcome: Ten deals\n  cadence: weekly\n")
    before = there.text("head")
    assert there.again("Job,Result\nHead,Ten deals\n").exit_code == 0
    result = there.again("Job,Result\nHead,Nine deals\n")
    assert "the file has more in it than a cell can hold" in result.stdout
    assert there.text("head") == before


def test_a_dry_run_shows_what_would_be_done(there: Again) -> None:
    before = there.texts
    result = there.again(FIRST.replace("Di,10", "Di,15") + "Cook,Head,Flo,5\n", "--dry-run")
    assert result.exit_code == 0
    assert "driver.md: weekly_hours '10' → '15'\n" in result.stdout
    assert f"new: {there.roles / 'cook.md'} (row 6)\n" in result.stdout
    assert ": would be written: 1 new, 1 changed, 3 unchanged, 0 not in the table." in result.stdout
    assert there.texts == before


def test_a_dry_run_of_a_first_import_writes_nothing(tmp_path: Path) -> None:
    found = Import(tmp_path)
    result = found(FIRST, more=("--dry-run",))
    assert "4 role files would be written to" in result.stdout
    assert not found.roles.exists()


def test_files_in_folders_are_changed_where_they_are(there: Again) -> None:
    (there.roles / "team").mkdir()
    (there.roles / "driver.md").rename(there.roles / "team" / "driver.md")
    assert there.again(FIRST.replace("Di,10", "Di,15")).exit_code == 0
    assert "weekly_hours: 15" in (there.roles / "team/driver.md").read_text(encoding="utf-8")


def test_a_second_table_is_added_to_what_is_known(there: Again) -> None:
    assert there("Job,Who\nCook,Flo\n").exit_code == 0
    known = parse_last((there.roles / LAST_IMPORT).read_text(encoding="utf-8"))
    assert set(known) == {"head", "clerk", "clerk-2", "driver", "cook"}


def missing(result: Result) -> list[str]:
    """The role files that are in no row, as they are reported."""
    return re.findall(r"([\w-]+\.md): .* \[missing-row\]", result.stdout)


def of_shops(there: Again, text: str, *more: str, update: bool = True) -> Result:
    """Import another table into the same folder."""
    (there.folder / "shops.csv").write_text(text, encoding="utf-8")
    maps = [f"--map={pair}" for pair in ("title=Job", "parent=Boss", "owner=Who")]
    return there.run(str(there.folder / "shops.csv"), *maps, *(["--update"] if update else []), *more)


def test_two_tables_are_kept_up_to_date_in_one_folder(there: Again) -> None:
    shops = "Job,Boss,Who\nShop lead,,Eve\nCashier,Shop lead,Flo\nBaker,Shop lead,Gus\n"
    first = "Job,Boss,Who\nShop lead,,Eve\nCashier,Shop lead,Flo\n"
    assert of_shops(there, first, update=False).exit_code == 0
    for _ in range(2):
        for result in (there.again(FIRST), of_shops(there, shops)):
            assert missing(result) == []
            assert "a new table" not in result.stdout
    assert missing(there.again(FIRST.replace("Driver,Head,Di,10\n", ""))) == ["driver.md"]
    assert missing(of_shops(there, shops.replace("Baker,Shop lead,Gus\n", ""))) == ["baker.md"]
    guard = "Job,Boss,Who\nGuard,,Kim\n"
    assert missing(of_shops(there, guard)) == ["baker.md", "cashier.md", "shop-lead.md"]


def test_next_month_s_table_has_another_name(there: Again) -> None:
    (there.folder / "a.csv").rename(there.folder / "november.csv")
    gone = FIRST.replace("Driver,Head,Di,10\n", "Cook,Head,Flo,5\nMaid,Head,Gil,5\nNurse,Head,Hal,5\n")
    (there.folder / "november.csv").write_text(gone, encoding="utf-8")
    maps = [f"--map={field}" for field in ("title=Job", "parent=Boss", "owner=Who", "weekly_hours=Hours")]
    result = there.run(str(there.folder / "november.csv"), *maps, "--update")
    assert missing(result) == ["driver.md"]


def test_a_role_that_goes_to_another_table_is_in_that_one(there: Again) -> None:
    shops = "Job,Boss,Who\nShop lead,,Eve\nCashier,Shop lead,Flo\n"
    assert of_shops(there, shops, update=False).exit_code == 0
    fewer = FIRST.replace("Driver,Head,Di,10\n", "")
    assert missing(of_shops(there, f"{shops}Driver,Shop lead,Di\n", "--match", "4=driver")) == []
    assert missing(there.again(fewer)) == []


@pytest.mark.parametrize("update", [(), ("--update",)])
def test_a_folder_of_the_handbook_s_roles_knows_the_others(update: tuple[str, ...], there: Again) -> None:
    write(there.folder, {"mkdocs.yml": "site_name: X\nplugins: [rolebook]\n", "docs/index.md": "# X\n"})
    table = "Ref,Job,Boss,Who\nlead,IT lead,Head,Eve\nclerk,Clerk,lead,Flo\nx,Tester,Driver,Gus\n"
    for _ in range(2 if update else 1):
        result = there(table, to="roles/it", more=update)
        files = {path.name: path.read_text(encoding="utf-8") for path in there.roles.glob("it/*.md")}
        assert set(files) == {"lead.md", "clerk-3.md", "x.md"}
        assert "parent: head" in files["lead.md"]
        assert "parent: driver" in files["x.md"]
        assert "parent: lead" in files["clerk-3.md"]
        assert missing(result) == []
    if not update:
        assert "the id 'clerk' is that of another role. It was written as clerk-3.md" in result.stdout
    assert "there is no" not in CliRunner().invoke(main, ["check", "-f", f"{there.folder}/mkdocs.yml"]).output


def test_a_parent_is_a_row_before_it_is_another_file(there: Again) -> None:
    write(there.folder, {"mkdocs.yml": "plugins: [rolebook]\n"})
    assert there("Job,Boss,Who\nHead,,Eve\nTester,Head,Gus\n", to="roles/it").exit_code == 0
    assert "parent: head-2" in (there.roles / "it/tester.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"roles": {"x": 1}}', '{"roles": {"x": {"cells": {}, "row": ""}}}', "\xff"]
)
def test_a_broken_note_of_the_last_import_is_refused(there: Again, text: str) -> None:
    (there.roles / LAST_IMPORT).write_bytes(text.encode("latin-1"))
    result = there.again(FIRST)
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_a_file_that_is_no_role_stops_everything(there: Again) -> None:
    write(there.folder, {"roles/broken.md": "---\ntitle: [\n---\n"})
    result = there.again(FIRST.replace("Di,10", "Di,15"))
    assert result.exit_code == 2
    assert "broken.md is not readable as a role" in result.stderr
    assert there.front("driver")["weekly_hours"] == 10


def test_a_failure_to_write_leaves_everything_as_it_was(
    there: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = there.texts

    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(command, "write_new", fails)
    result = there.again(FIRST.replace("Di,10", "Di,15") + "Cook,Head,Flo,5\n")
    assert result.exit_code == 2
    assert there.texts == before


def test_the_note_of_the_last_import_is_text_that_git_compares_by_line(there: Again) -> None:
    text = (there.roles / LAST_IMPORT).read_text(encoding="utf-8")
    assert '"owner": "Bo"' in text
    assert json.loads(text)["roles"]["clerk"]["cells"]["weekly_hours"] == "20"


VALUES = st.sampled_from(["", "Ann", "Bo", "Cy"])
ROWS = st.lists(VALUES, min_size=3, max_size=3)


@given(ROWS, ROWS, ROWS, st.sampled_from(["", "file", "table"]))
def test_a_field_is_never_lost_to_a_table(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[str],
    edited: list[str],
    second: list[str],
    prefer: str,
) -> None:
    there = Again(tmp_path_factory.mktemp("x"))

    def table(owners: list[str]) -> str:
        return "Ref,Job,Who\n" + "".join(f"r{at},Job {at},{name}\n" for at, name in enumerate(owners))

    there(table(first))
    for at, name in enumerate(edited):
        owner = f"owner: {name}\n" if name else ""
        (there.roles / f"r{at}.md").write_text(f"---\ntitle: Job {at}\n{owner}---\n", encoding="utf-8")
    result = there.again(table(second), *(["--prefer", prefer] if prefer else []))
    emptied = [at for at, each in enumerate(first) if each and not second[at]]
    if prefer != "table" and len(emptied) > 1 and len(emptied) * 2 > len([*filter(None, first)]):
        # A column that lost most of its cells says nothing of those.
        second = [first[at] if at in emptied else each for at, each in enumerate(second)]
    is_new = all(new not in then for new, *then in zip(second, first, edited, strict=True))
    if prefer != "table" and is_new and sorted(first) == sorted(second) and all(first):
        second = first  # Nor does one that was sorted alone.
    for at, (before, now, new) in enumerate(zip(first, edited, second, strict=True)):
        conflict = len({before, now, new}) == 3 or (before not in (now, new) and now != new)
        kept = now if conflict and prefer != "table" else new if before == now or conflict else now
        assert there.front(f"r{at}").get("owner", "") == kept
        reported = f"r{at}.md:" in result.stdout and f"is '{now}' here and '{new}'" in result.stdout
        assert reported or not (conflict and not prefer)


def test_an_update_that_was_killed_is_done_by_the_next(there: Again) -> None:
    known = (there.roles / LAST_IMPORT).read_bytes()
    changed = FIRST.replace("Di,10", "Di,15")
    there.again(changed)
    (there.roles / LAST_IMPORT).write_bytes(known)
    result = there.again(changed)
    assert (result.exit_code, "4 unchanged" in result.stdout) == (0, True)


# Fields in files that somebody wrote


@pytest.mark.parametrize(
    ("front", "lines", "expected"),
    [
        ("title: A\n", {"owner": "owner: B\n"}, "title: A\nowner: B\n"),
        ("title: A\ntags: [x]\n", {"owner": "owner: B\n"}, "title: A\nowner: B\ntags: [x]\n"),
        ("tags: [x]\n", {"title": "title: A\n"}, "title: A\ntags: [x]\n"),
        ("title: A # why\nowner: B\n", {"title": "title: C\n"}, "title: C # why\nowner: B\n"),
        ("title: 'A'  # why\n", {"title": 'title: "C: d"\n'}, 'title: "C: d"  # why\n'),
        ("title: A\nowner: B\n", {"owner": ""}, "title: A\n"),
        ("title: A\ntags:\n  - x\n  - y\n# note\nowner: B\n", {"tags": ""}, "title: A\n# note\nowner: B\n"),
        ("tags:\n- x\n\nowner: B\n", {"tags": "tags:\n  - z\n"}, "tags:\n  - z\n\nowner: B\n"),
        (
            "purpose: >\n  long\n  text\nowner: B\n",
            {"purpose": "purpose: short\n"},
            "purpose: short\nowner: B\n",
        ),
        ("purpose: a\n  b\nowner: B\n", {"purpose": "purpose: c\n"}, "purpose: c\nowner: B\n"),
        ("weekly_hours: {min: 1, max: 2}\n", {"weekly_hours": "weekly_hours: 3\n"}, "weekly_hours: 3\n"),
        ("owner:\ntitle: A\n", {"owner": "owner: B\n"}, "owner: B\ntitle: A\n"),
    ],
)
def test_a_field_is_written_where_it_is(front: str, lines: dict[str, str], expected: str) -> None:
    body = "---\n\n## Purpose\n\n---\ntitle: no field\n"
    assert with_fields(f"---\n{front}{body}", lines, ORDER) == f"---\n{expected}{body}"
    crlf = f"\ufeff---\n{front}{body}".replace("\n", "\r\n")
    assert with_fields(crlf, lines, ORDER) == f"\ufeff---\n{expected}{body}".replace("\n", "\r\n")


@pytest.mark.parametrize(
    "front", ["{title: A}\n", "title: &a A\nowner: *a\n", "no fields\n", "title: A\ntitle: B\n"]
)
def test_what_is_not_written_a_field_a_line_is_left_alone(front: str) -> None:
    assert with_fields(f"---\n{front}---\n", {"title": "title: C\n"}, ORDER) is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_beside_a_field_that_is_removed_stays(end: str) -> None:
    old = "---\ntitle: A\nweekly_hours: 42  # my note\ntags: [a] # mine\nowner: B\n---\n".replace("\n", end)
    for name, was, now in (
        ("weekly_hours", "weekly_hours: 42  # my note", "# my note"),
        ("tags", "tags: [a] # mine", "# mine"),
        ("owner", f"owner: B{end}", ""),
    ):
        assert with_fields(old, {name: ""}, ORDER) == old.replace(was, now)


def test_a_body_is_replaced_as_a_whole() -> None:
    old = "---\ntitle: A\n---\nold\n"
    assert with_fields(old, {}, ORDER, "new\n\ntext") == "---\ntitle: A\n---\n\nnew\n\ntext\n"
    assert with_fields(old, {}, ORDER, "") == "---\ntitle: A\n---\n"


LINE = st.sampled_from(
    ["title: A", "title: 'x' # y", "owner: B", "tags: [a, b]", "tags:\n  - a", "# note", "",
     "purpose: |\n  a\n\n  b",
     "skills:\n  must:\n    - x\n  nice: [y]", "weekly_hours: {min: 1, max: 2}", "location:"]
)  # fmt: skip


@given(st.lists(LINE, max_size=6), st.sampled_from(["title: New\n", "tags:\n  - new\n", "owner: ''\n", ""]))
def test_other_fields_stay_as_they_are(lines: list[str], written: str) -> None:
    text = "---\n" + "".join(f"{each}\n" for each in lines) + "---\nbody\n"
    name = written.partition(":")[0] or "tags"
    changed = with_fields(text, {name: written}, ORDER)
    before = role_file("x.md", text.encode())
    if changed is None or before is None:
        return
    after = role_file("x.md", changed.encode())
    assert after is not None
    assert after.body == before.body
    others = {each for each in ORDER if each != name}
    assert {each: getattr(after.fields, each) for each in others} == {
        each: getattr(before.fields, each) for each in others
    }
    assert changed.count("# note") == text.count("# note")


def test_of_long_texts_a_message_shows_where_they_differ(tmp_path: Path) -> None:
    there = Again(tmp_path)
    same = "Our work begins at six. " * 40
    table = "Job,Boss,Who,Text\nHead,,Ann,{}\n"
    words = ("--map=body=Text",)
    there(table.format(f"{same}Then we bake."), more=words)
    there.edit("head", "Then we bake", "Then we rest")
    result = there.again(table.format(f"{same}Then we sing."), *words)
    (line,) = [line for line in result.stdout.splitlines() if "[conflict]" in line]
    assert "begins at six. Then we rest.' here and '…" in line
    assert "Then we sing.' in row 2" in line and "Then we bake.' at the last import" in line
    assert len(line) < 700


NURSES = "Job,Boss,Who,Hours\nDirector,,Ada Stone,40\n{}Nurse,Director,Cy Low,20\nNurse,Director,Vacant,10\n"


def test_a_title_that_several_have_is_no_sign_where_its_holder_is_in_another_row(tmp_path: Path) -> None:
    there = Again(tmp_path)
    assert there(NURSES.format("Nurse,Director,Ben Hill,30\n")).exit_code == 0
    before = there.texts
    now = "Senior nurse,Director,Ben Hill,32\nNurse,Director,Gus Ray,36\n"
    result = there.again(NURSES.format(now))
    assert result.exit_code == 2 and there.texts == before
    assert "Gus Ray" in result.output and "Ben Hill" in result.output and "--match" in result.output
    moved = there.again(NURSES.format("Nurse,Director,Gus Ray,36\n"))
    assert moved.exit_code == 0, moved.output  # Ben has gone, and Gus has come


def test_of_one_title_the_parent_tells_who_is_new_and_a_second_below_it_is_a_question(tmp_path: Path) -> None:
    there = Again(tmp_path)
    top = "Job,Boss,Who\nHead,,Ann\nNorth,Head,Bo\nSouth,Head,Cy\n"
    assert there(f"{top}Packer,North,Di Moor\nPacker,South,Flo Beck\n").exit_code == 0
    assert there.again(f"{top}Packer,South,Hal Wood\nPacker,North,Eve Low\n").exit_code == 0
    held = {there.front(each)["parent"]: there.front(each)["owner"] for each in ("packer", "packer-2")}
    assert held == {"north": "Eve Low", "south": "Hal Wood"}
    result = there.again(f"{top}Packer,South,Kit Dale\nPacker,North,Max Ray\nPacker,North,Ida Poe\n")
    assert result.exit_code == 2 and result.output.count("Add --match") == 2
    assert all(name in result.output for name in ("Max Ray", "Ida Poe")) and "Kit Dale" not in result.output


@pytest.mark.parametrize(("first", "second"), [("100377", "104401"), ("boxes", "bags"), ("P-119", "P-139")])
@pytest.mark.parametrize("owner", ["", "Bob Ivy"])
def test_an_id_that_somebody_chose_stays_when_a_title_of_several_changes(
    first: str, second: str, owner: str, imported: Import
) -> None:
    def table(title: str, owner: str) -> str:
        top = "id,title,parent,owner,weekly_hours\n900,Head,,Ada Hill,40\n"
        return f"{top}{first},{title},900,{owner},13\n{second},Packer,900,Cy Fox,9\n"

    file = imported.folder / "t.csv"
    file.write_text(table("Packer", "Ann Hay" if owner else ""), encoding="utf-8")
    imported.run(str(file))
    file.write_text(table("Shipping clerk", owner), encoding="utf-8")
    result = imported.run(str(file), "--update")
    assert "0 new, 1 changed, 2 unchanged, 0 not in the table" in result.stdout
    assert imported.front(first.lower())["title"] == "Shipping clerk"


def test_a_reporting_line_to_a_renamed_role_is_the_table_s_to_move(imported: Import) -> None:
    header = "title,parent,also_reports_to,owner\nBoss,,,Ada Hill\nCook,Boss,,Ben Low\nBaker,Boss,,Hal Low\n"
    file = imported.folder / "t.csv"
    file.write_text(f"{header}Pot,Cook,Baker; Boss,Cy Fox\nPan,Cook,,Di Moor\n", encoding="utf-8")
    imported.run(str(file))
    (imported.roles / "cook.md").rename(imported.roles / "chef.md")
    for stem in ("pot", "pan"):
        text = imported.text(stem).replace("parent: cook", "parent: chef")
        (imported.roles / f"{stem}.md").write_text(text, encoding="utf-8")
    assert "0 new, 0 changed, 5 unchanged" in imported.run(str(file), "--update").stdout
    file.write_text(f"{header}Pot,Baker,Cook; Boss,Cy Fox\nPan,Cook,,Di Moor\n", encoding="utf-8")
    result = imported.run(str(file), "--update")
    assert "0 new, 1 changed, 4 unchanged" in result.stdout and result.exit_code == 0
    front = imported.front("pot")
    assert (front["parent"], front["also_reports_to"]) == ("baker", ["chef", "boss"])


def test_last_names_are_read_as_before_when_other_rows_change(tmp_path: Path) -> None:
    there = Again(tmp_path)
    table = 'Job,Boss,Who\nHead,,Ann Ek\nClerk,Head,"Low, Cy"\nDriver,Head,{}\n'
    assert there(table.format("Cy Low")).exit_code == 0
    assert there.front("clerk")["owner"] == "Cy Low"
    assert there.again(table.format("Di Poe")).exit_code == 0
    assert there.front("clerk")["owner"] == "Cy Low"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_could_not_be_used_once_is_no_comment_any_more_when_the_field_is_set(
    tmp_path: Path, end: str
) -> None:
    there = Again(tmp_path)
    there("Job,Boss,Who,FTE,Hours\nHead,,Ann,,\nClerk,Haed,a / b,often,\nCook,Haed,,,often\n")
    assert there.text("clerk").count("\n# ") == 3
    kept = "# parent: to be discussed with Ann\n"
    there.edit("clerk", "title: Clerk\n", f"title: Clerk\n{kept}")
    for stem in ("clerk", "cook"):
        path = there.roles / f"{stem}.md"
        path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    there.again("Job,Boss,Who,FTE,Hours\nHead,,Ann,,\nClerk,Head,Bo,1,\nCook,Head,,,\n", "--prefer=table")
    clerk = there.text("clerk").replace(end, "\n")
    assert clerk == f"---\ntitle: Clerk\nparent: head\nowner: Bo\nweekly_hours: 37.5\n{kept}---\n"
    assert "# parent" not in there.text("cook") and "# weekly_hours: often" in there.text("cook")


def test_a_report_speaks_of_no_comment_in_a_file_that_was_there(there: Again) -> None:
    said = there.again(FIRST.replace("Di,10", "Di,ten") + "Cook,Head,Flo,ten\n").stdout
    assert (
        "weekly_hours is 'ten'. Write the hours a week in digits, such as 10 or 7.5, here 10. "
        "It was left out, and driver.md keeps what it had. [" in said
    )
    assert "# " not in there.text("driver") and there.front("driver")["weekly_hours"] == 10
    assert "It was left out and kept as a comment in cook.md" in said


def test_vacancies_of_one_title_are_told_apart_by_nobody(tmp_path: Path) -> None:
    there = Again(tmp_path)
    assert there(NURSES.format("Nurse,Director,Ben Hill,30\n")).exit_code == 0
    before = there.texts
    now = "Job,Boss,Who,Hours\nDirector,,Ada Stone,40\nNurse,Director,Cy Low,20\nNurse,Director,Vacant,30\n"
    result = there.again(now)
    assert (result.exit_code, there.texts) == (2, before)
    assert "a.csv:4: 'Nurse' (vacant) has the same title as nurse (Nurse, " in result.output


def test_the_only_vacancy_of_a_title_is_found_without_a_holder(tmp_path: Path) -> None:
    there = Again(tmp_path)
    assert there(NURSES.format("")).exit_code == 0
    assert there.again(NURSES.format("").replace("Vacant,10", "Vacant,12")).exit_code == 0


def test_members_are_read_as_before_when_their_names_are_turned(tmp_path: Path) -> None:
    there = Again(tmp_path)
    words = ("--memberships", "--map=as=Function", "--map=owner=Member")
    table = "Job,Member,Function,Hours\nA,{},Cook,2\n"
    assert there(table.format("Cy Low"), more=words).exit_code == 0
    result = there.again(table.format('"Low, Cy"'), *words)
    assert (result.exit_code, there.front("a")["members"][0]["person"]) == (0, "Cy Low")


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return Import(tmp_path)


def test_comments_in_a_list_stay_when_it_is_changed(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("title,skills,tags\nDev,a; b,p; q\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    file = imported.roles / "dev.md"
    skills = "skills:\n  must:\n    # must have\n    - a # since 2020\n    - b\n"
    text = f"---\ntitle: Dev\n{skills}tags: [p, q] # keep\n---\n"
    file.write_text(text, encoding="utf-8")
    (imported.folder / "a.csv").write_text("title,skills,tags\nDev,a; b; c,q; r\n", encoding="utf-8")
    assert imported.run(str(imported.folder / "a.csv"), "--update").exit_code == 0
    now = file.read_text("utf-8")
    assert "skills:\n  # must have\n  # since 2020\n  must:\n" in now
    assert "tags: # keep\n  - q\n  - r\n" in now


CREW = """members:
    # in order of age
    - person: Zoe Zed # note
      since: 2026-01-01
    # about Zed Two
    - "Zed Two" # the "second" one
    # about Al
    - Al B
"""

OTHER_ORDER = """members:
    # in order of age
    # about Al
    - Al B
    - person: Zoe Zed # note
      since: 2026-01-01
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (
            "Zoe Zed; Zed Three; Al B",
            CREW.replace('    # about Zed Two\n    - "Zed Two" # the "second" one', "    - Zed Three"),
        ),
        ("Zoe Zed; Al B", CREW.replace('    # about Zed Two\n    - "Zed Two" # the "second" one\n', "")),
        ("Al B; Zoe Zed", OTHER_ORDER),
        ("Zoe Zed; Zed Two; Al B; New One (chair)", f"{CREW}    - person: New One\n      as: chair\n"),
    ],
)
def test_members_that_stay_are_as_they_were_written(
    members: str, expected: str, end: str, imported: Import
) -> None:
    table = imported.folder / "a.csv"
    head = "title,kind,lead,members\nCrew,team,Eve C,"
    table.write_text(f'{head}"Zoe Zed; Zed Two; Al B"\n', encoding="utf-8")
    imported.run(str(table))
    file = imported.roles / "crew.md"
    front = f"---\ntitle: Crew\nkind: team\nlead: Eve C\n{CREW}purpose: x\n---\n"
    file.write_bytes(front.replace("\n", end).encode())
    table.write_text(f'{head}"{members}"\n', encoding="utf-8")
    result = imported.run(str(table), "--update")
    assert "1 changed" in result.stdout and result.exit_code == 0, result.output
    assert file.read_bytes().decode() == front.replace(CREW, expected).replace("\n", end)


def test_a_comment_stays_with_its_member_who_is_something_else_now(imported: Import) -> None:
    table = imported.folder / "a.csv"
    head = "title,kind,lead,members\nCrew,team,Eve C,"
    table.write_text(f'{head}"Ada Hill (chair); Ben Low (secretary)"\n', encoding="utf-8")
    imported.run(str(table))
    text = imported.text("crew").replace(
        "as: secretary\n", "as: secretary\n    since: 2026-01-01 # by hand\n"
    )
    assert "# by hand" in text
    (imported.roles / "crew.md").write_text(text, encoding="utf-8")
    table.write_text(f'{head}"Ada Hill (chair); Ben Low (treasurer, 3 h)"\n', encoding="utf-8")
    assert "1 changed" in imported.run(str(table), "--update").stdout
    assert "- person: Ben Low\n    # by hand\n    as: treasurer\n" in imported.text("crew")


def test_comments_about_nobody_go_when_somebody_is_a_member(imported: Import) -> None:
    table = imported.folder / "m.csv"
    words = [
        "--memberships",
        *(f"--map={each}" for each in ("title=Circle", "owner=Member", "as=Function", "weekly_hours=Hours")),
    ]
    head = "Circle,Member,Function,Hours\nBoard,Ada Hill,Chair,2\nBoard,"
    table.write_text(f"{head}N.N.,Deputy,1\n", encoding="utf-8")
    imported.run(str(table), *words)
    assert "# as: Deputy" in imported.text("board")
    table.write_text(f"{head}Gus Gil,Deputy,1\n", encoding="utf-8")
    imported.run(str(table), *words, "--update")
    assert "Gus Gil" in imported.text("board") and "#" not in imported.text("board")


def test_a_column_in_which_nothing_stands_any_more_takes_nothing_away(tmp_path: Path) -> None:
    there, text = Again(tmp_path), "Job,Boss,Who,Hours\nHead,,Ann,40\nClerk,Head,Bo,20\nDriver,Head,Di,10\n"
    there(text)
    before = {stem: there.text(stem) for stem in ("head", "clerk", "driver")}
    result = there.again("Job,Boss,Who,Hours\nHead,,,40\nClerk,,,20\nDriver,,,10\n")
    assert "owner: 3 of 3 cells that had something at the last import are empty" in result.stdout
    assert "parent: 2 of 2 cells that had something at the last import are empty" in result.stdout
    assert {stem: there.text(stem) for stem in before} == before
    result = there.again(text.replace("Di,10", ",10"))
    assert "owner 'Di' → ''" in result.stdout, "one empty cell is a vacancy"


def test_a_circle_with_what_files_keep_is_not_written(tmp_path: Path) -> None:
    there = Again(tmp_path)
    there("Ref,Job,Boss,Who\n4,D,,Ada Hill\n1,A,3,Ben Low\n2,B,4,Cy Day\n3,C,4,Di Eve\n")
    result = there.again("Ref,Job,Boss,Who\n4,D,,Ada Hill\n1,A,2,Ben Low\n2,B,1,Cy Day\n3,C,1,Di Eve\n")
    assert "circular reporting line: 3" in result.stdout
    parents = {stem: there.front(stem).get("parent") for stem in "1234"}
    for start in parents:
        at, steps = start, 0
        while parents.get(at or ""):
            at, steps = str(parents[at or ""]), steps + 1
            assert steps < len(parents), parents


def test_a_role_that_its_table_takes_out_of_retirement_is_no_conflict(there: Again) -> None:
    there.again(FIRST.replace("Bo,", "Deleted,"))
    assert there.front("clerk")["status"] == "retired"
    result = there.again(FIRST.replace("Bo,", "Cy Day,"))
    assert result.exit_code == 0 and "[conflict]" not in result.stdout
    assert "status" not in there.front("clerk")


def test_another_order_of_members_is_no_change(imported: Import) -> None:
    rows = ["Safety,Ada Stone,2", "Safety,Ben Hill,3"]
    for order, more in ((rows, ()), (rows[::-1], ("--update",))):
        table = "\n".join(["title,owner,weekly hours", *order])
        (imported.folder / "a.csv").write_text(f"{table}\n", encoding="utf-8")
        hours = "--map=weekly_hours=weekly hours"
        result = imported.run(str(imported.folder / "a.csv"), "--memberships", hours, *more)
    assert "0 changed, 1 unchanged" in result.stdout


def test_a_former_member_stays_and_is_no_conflict_later(imported: Import) -> None:
    def update(members: str, *more: str) -> str:
        (imported.folder / "a.csv").write_text(
            f"title,kind,members\nSafety,team,{members}\n", encoding="utf-8"
        )
        return imported.run(str(imported.folder / "a.csv"), *more).stdout

    update("Ada Stone (2 h); Ben Hill (3 h)")
    file = imported.roles / "safety.md"
    file.write_text(
        file.read_text("utf-8").replace("Ben Hill\n", "Ben Hill\n    until: 2027-12-31\n"), "utf-8"
    )
    assert "members 'Ada Stone (2 h)' → 'Ada Stone (4 h)'" in update("Ada Stone (4 h)", "--update")
    assert "0 changed, 1 unchanged" in update("Ada Stone (4 h)", "--update")
    assert "members 'Ada Stone (4 h)' → 'Ada Stone (5 h)'" in update("Ada Stone (5 h)", "--update")
    members = imported.front("safety")["members"]
    assert [(each["person"], each["weekly_hours"]) for each in members] == [("Ada Stone", 5), ("Ben Hill", 3)]


def test_a_renamed_role_is_that_of_its_row(imported: Import) -> None:
    (imported.folder / "a.csv").write_text(
        "id,title,parent,purpose\nboss,Boss,,\ndev,Dev,boss,Old\n", "utf-8"
    )
    imported.run(str(imported.folder / "a.csv"))
    text = imported.text("dev").replace("title: Dev\n", "title: Developer\naliases: [dev.md]\n")
    (imported.roles / "developer.md").write_text(text, encoding="utf-8")
    (imported.roles / "dev.md").unlink()
    assert "0 new, 0 changed" in imported.run(str(imported.folder / "a.csv"), "--update").stdout
    (imported.folder / "a.csv").write_text(
        "id,title,parent,purpose\nboss,Boss,,\ndev,Dev,boss,New\n", "utf-8"
    )
    said = imported.run(str(imported.folder / "a.csv"), "--update").stdout
    assert "purpose 'Old' → 'New'" in said and "conflict" not in said
    assert imported.stems == {"boss", "developer"}


def test_what_was_imported_last_is_named_when_it_is_broken(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("title\nBoss\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    (imported.roles / ".imported.json").write_text("<<<<<<< HEAD", encoding="utf-8")
    said = imported.run(str(imported.folder / "a.csv"), "--update").stderr
    assert f"{imported.roles / '.imported.json'} cannot be read" in said


@pytest.mark.parametrize(
    ("words", "as_"),
    [
        *(("10+ h", None), ("2 d/w", None), ("2h/fortnight", None), ("-3 h", None), ("~ 4", None)),
        *(("2nd chair", "2nd chair"), ("2. Vorsitzende", "2. Vorsitzende"), ("1er adjoint", "1er adjoint")),
    ],
)
def test_what_begins_with_a_number_is_no_function(words: str, as_: str | None, imported: Import) -> None:
    table = f"title,kind,members\nBoard,team,Ada Stone ({words})\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    said = imported.run(str(imported.folder / "a.csv")).stdout
    assert imported.front("board")["members"] == [{"person": "Ada Stone", "as": as_} if as_ else "Ada Stone"]
    assert (f"'{words}' beside Ada Stone may mean anything" in said) == (as_ is None)
    offered = "3 h" if any(map(str.isalpha, words)) else f"{words} h"
    assert (f"write 'Ada Stone ({offered})'" in said) == (as_ is None)


def test_a_deleted_file_comes_back_only_when_that_is_said(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("title,parent\nBoss,\nOps,Boss\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    (imported.roles / "ops.md").unlink()
    result = imported.run(str(imported.folder / "a.csv"), "--update")
    assert "ops.md: the file was deleted, and row 3 of a.csv has the role." in result.stdout
    assert (result.exit_code, imported.stems) == (1, {"boss"})
    assert imported.run(str(imported.folder / "a.csv"), "--update", "--prefer", "file").exit_code == 0
    assert imported.stems == {"boss"}
    imported.run(str(imported.folder / "a.csv"), "--update", "--prefer", "table")
    assert imported.stems == {"boss", "ops"}


def test_each_row_is_offered_a_role_of_its_own(imported: Import) -> None:
    for rows, more in (("Dev,CEO,Cy\nDev,CEO,Di", ()), ("Dev,CEO,Bo\nDev,CEO,Al", ("--update",))):
        table = f"title,parent,owner\nCEO,,Ada\n{rows}\n"
        (imported.folder / "a.csv").write_text(table, encoding="utf-8")
        said = imported.run(str(imported.folder / "a.csv"), *more).stderr
    assert "Add --match 3=dev," in said and "Add --match 4=dev-2," in said


def test_many_rows_of_one_title_with_new_holders_are_matched_in_a_moment(imported: Import) -> None:
    for name, more in (("P", ()), ("N", ("--update",))):
        rows = "".join(f"Nurse,CEO,{name}{at} Q{at}\n" for at in range(3_000))
        (imported.folder / "a.csv").write_text(f"title,parent,owner\nCEO,,Ada\n{rows}", encoding="utf-8")
        began = time.process_time()
        result = imported.run(str(imported.folder / "a.csv"), *more)
    assert result.exit_code == 2 and "--match 3=nurse" in result.stderr
    assert time.process_time() - began < 20


def test_a_member_without_days_who_is_in_the_table_no_more_goes(imported: Import) -> None:
    for members, more in (("Ada Stone; Ben Hill", ()), ("Ada Stone", ("--update",))):
        table = f"title,kind,members,tags\nSafety,team,{members},{members}\n"
        (imported.folder / "a.csv").write_text(table, encoding="utf-8")
        said = imported.run(str(imported.folder / "a.csv"), *more).stdout
    assert "members 'Ada Stone; Ben Hill' → 'Ada Stone'" in said
    assert imported.front("safety")["members"] == ["Ada Stone"]
    assert [line for line in imported.text("safety").splitlines() if line.endswith(" ")] == []


def test_running_numbers_that_moved_on_are_no_ids(imported: Import) -> None:
    table = "id,title,parent,owner\n1,CEO,,Zed Ox\n2,Cook,1,Ann Hill\n3,Baker,2,Ben Low\n"

    def again(text: str, *more: str) -> Result:
        (imported.folder / "t.csv").write_text(text, encoding="utf-8")
        return imported.run(str(imported.folder / "t.csv"), *more)

    again(table)
    (imported.roles / "2.md").write_text(imported.text("2") + "\n## Procedure\n\nCook.\n", encoding="utf-8")
    moved = table.replace("2,Cook,1", "2,CFO,1,Dee Fox\n3,Cook,1").replace("3,Baker,2", "4,Baker,3")
    for _ in range(2):
        result = again(moved, "--update")
        assert (imported.front("2")["title"], imported.front("3")["title"]) == ("Cook", "Baker")
        assert "Cook." in imported.text("2")
        assert imported.front("2-2") == {"title": "CFO", "parent": "1", "owner": "Dee Fox"}
        assert imported.front("3")["parent"] == "2"
    assert "0 new, 0 changed, 4 unchanged" in result.stdout


def changed(imported: Import, ids: Sequence[str], many: int, *more: str) -> Result:
    """Import a table with these ids twice; then so many rows have another title and another holder."""
    table = imported.folder / "t.csv"
    for number, words in ((0, ()), (many, ("--update", *more))):
        letters = [("VWXYZU" if at < number else "ABCDEF")[at] for at in range(len(ids))]
        rows = [f"{id_},Craft {each},Pat {each * 3}\n" for id_, each in zip(ids, letters, strict=True)]
        table.write_text(f"id,title,owner\n{''.join(rows)}", encoding="utf-8")
        result = imported.run(str(table), *words)
    return result


@pytest.mark.parametrize(
    ("ids", "many"),
    [
        (("HR-104", "HR-217", "HR-350"), 1),
        (("104", "217", "350", "351"), 2),
        (("shop", "pack", "drive", "cook", "sell", "bake"), 3),
        (("P1", "P3", "P4"), 1),
    ],
)
def test_an_id_that_somebody_chose_is_the_same_role_with_a_new_title_and_holder(
    ids: Sequence[str], many: int, imported: Import
) -> None:
    assert changed(imported, ids, many).exit_code == 0
    assert imported.front(ids[0].lower()) == {"title": "Craft V", "owner": "Pat VVV"}
    assert len(imported.stems) == len(ids)


@pytest.mark.parametrize(
    ("ids", "many"),
    [
        # Where most rows changed so, these may be other roles, whatever their ids are.
        (("HR-104", "HR-217", "HR-350"), 2),
        (("217", "350", "400", "401", "500", "502"), 4),
        (("shop", "pack", "drive"), 2),
        # Ids that count the rows are those of whatever row has their place.
        (("1", "2", "3", "4"), 1),
        (("1", "2", "3", "4", "5"), 3),
        (("P1", "P2", "P3", "P4"), 1),
        (("R-001", "R-002", "R-003", "R-004"), 1),
        (("1001", "1002", "1003", "1004"), 2),
        (("a", "b", "c", "d"), 1),
        (("10", "20", "30", "40"), 1),
        (("1.1", "1.2", "1.3", "2", "2.1"), 1),
        (("1a", "2a", "3a", "4a"), 1),
        (("A1", "A2", "B1", "B2"), 1),
        (("2024-1", "2024-2", "2024-3"), 1),
        (("1", "3", "4", "7"), 1),
        (("I", "II", "III", "IV"), 1),
        (("i", "ii", "iv", "ix", "x"), 1),
    ],
)
def test_an_id_with_a_new_title_and_holder_is_asked_about_where_nobody_can_know(
    ids: Sequence[str], many: int, imported: Import
) -> None:
    result = changed(imported, ids, many)
    first = slug(ids[0])
    assert result.exit_code == 2
    asked = (
        f"t.csv:2: 'Craft V' (Pat VVV) has the same id as {first} (Craft A, Pat AAA). Add --match 2={first}"
    )
    assert asked in result.stderr
    assert imported.front(first)["title"] == "Craft A"
    answers = [f"--match={at + 2}={slug(ids[at])}" for at in range(many)]
    again = imported.run(str(imported.folder / "t.csv"), "--update", *answers)
    assert again.exit_code == 0 and f"0 new, {many} changed" in again.stdout
    assert imported.front(first)["title"] == "Craft V"


@pytest.mark.parametrize("ids", [("1", "3", "40", "78"), ("7", "3", "4", "1"), ("X", "I", "V", "II")])
def test_an_id_that_counts_nothing_stays_whatever_its_row_says(ids: Sequence[str], imported: Import) -> None:
    assert "0 new, 1 changed" in changed(imported, ids, 1).stdout


def test_a_new_role_in_the_place_of_one_that_is_gone_keeps_away_from_its_text(imported: Import) -> None:
    assert changed(imported, ("1", "2", "3", "4"), 1, "--match", "2=").exit_code == 1
    assert imported.front("1")["title"] == "Craft A" and imported.front("1-2")["title"] == "Craft V"
    for _ in range(2):
        result = imported.run(str(imported.folder / "t.csv"), "--update")
        assert "0 new, 0 changed, 4 unchanged, 1 not in the table" in result.stdout


def test_rows_of_several_tables_are_named_with_their_file(imported: Import) -> None:
    tables = ("Job,Who\nHead,Zed Ox\nCook,Ann Hill\n", "Job,Who\nDriver,Kim Ray\nBaker,Ben Low\n")
    imported(*tables)
    changed = (tables[0].replace("Cook", "Chef"), tables[1])
    result = imported(*changed, more=("--update",))
    assert "Add --match a.csv:3=cook, or --match a.csv:3= for a new role" in result.stderr
    refused = imported(*changed, more=("--update", "--match", "3=cook"))
    assert (
        refused.exit_code,
        "several tables have a row 3. Write, say, --match a.csv:3=cook." in refused.stderr,
    ) == (
        2,
        True,
    )
    assert imported(*changed, more=("--update", "--match", "a.csv:3=cook")).exit_code == 0
    assert imported.front("cook")["title"] == "Chef"
    assert imported.front("baker") == {"title": "Baker", "owner": "Ben Low"}


def test_what_half_changed_is_the_same_table(imported: Import) -> None:
    rows = [f"Role {at},Pat {'ABCDEFGHI'[at]}" for at in range(9)]
    imported("\n".join(("Job,Who", *rows[:6])))
    (imported.folder / "b.csv").write_text("\n".join(("Job,Who", *rows[3:9])), encoding="utf-8")
    result = imported.run(str(imported.folder / "b.csv"), "--map=title=Job", "--map=owner=Who", "--update")
    assert missing(result) == ["role-0.md", "role-1.md", "role-2.md"]
    few = imported(
        "\n".join(("Job,Who", rows[8], *(f"New {at},Kim {at}x" for at in range(9)))), more=("--update",)
    )
    assert "a new table" not in few.stdout, "it is called as it was"


def test_a_trial_run_refuses_what_the_import_refuses(there: Again) -> None:
    result = there(FIRST, more=("--dry-run",))
    assert (result.exit_code, "roles already has" in result.stderr) == (2, True)


def test_who_leads_a_team_and_is_listed_as_a_member_stays_both(tmp_path: Path) -> None:
    people = "lead:\n  - Cy Toe\n  - Bea Low\nmembers:\n  - Bea Low\n  - Dee Fox\n"
    team = f"---\ntitle: Board\nkind: team\n{people}---\n"
    write(tmp_path, {"mkdocs.yml": "plugins: [rolebook]\n", "roles/board.md": team})
    table = tmp_path / "out.csv"
    CliRunner().invoke(
        main, ["export", "--format", "csv", "--to", str(table), "-f", f"{tmp_path}/mkdocs.yml"]
    )
    found = Import(tmp_path)
    assert found.run(str(table), "--update").exit_code == 0
    found.run(str(table), to="new")
    assert (tmp_path / "new/board.md").read_text(encoding="utf-8") == team


def after(imported: Import, first: str, second: str) -> dict[str, object]:
    """The first line of each role's own text by the title that its file has after an update."""
    path = imported.folder / "t.csv"
    for text, more in ((first, ()), (second, ("--update",))):
        path.write_text(f"id,title,parent,owner\n{text}", encoding="utf-8")
        result = imported.run(str(path), *more)
        rows = re.findall(r"has the same id as .* or (--match \d+=) for a new role", result.stderr)
        if rows:
            imported.run(str(path), *more, *(row.replace(" ", "=", 1) for row in rows))
        if not more:
            for file in imported.roles.glob("*.md"):
                file.write_text(f"{file.read_text('utf-8')}\n{imported.front(file.stem)['title']}\n", "utf-8")
    found: dict[str, object] = {}
    for file in sorted(imported.roles.glob("*.md")):
        title = str(imported.front(file.stem)["title"])
        assert title not in found, "the role is there twice"
        found[title] = file.read_text("utf-8").split("---\n")[2].strip()
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "1,Head,,Ada Hill\n2,Buyer,Head,Ben Low\n3,Packer,Head,\n",
            "1,Head,,Ada Hill\n2,Clerk,Head,Dora Fox\n3,Buyer,Head,Ben Low\n4,Packer,Head,\n",
        ),
        (
            "1,Head,,Ada\n2,Buyer,Head,Ben\n3,Packer,Head,\n4,Driver,Head,Cy\n",
            "1,Head,,Ada\n2,Buyer,Head,Ben\n3,Clerk,Head,Dora\n4,Packer,Head,\n5,Driver,Head,Cy\n",
        ),
        (
            "1,Head,,Ada\n2,Buyer,Head,Ben\n3,Packer,Head,\n4,Cook,Head,\n5,Driver,Head,Cy\n",
            "1,Head,,Ada\n2,Packer,Head,\n3,Cook,Head,\n4,Driver,Head,Cy\n",
        ),
        (
            "1,Head,,Ada\n2,Buyer,Head,Ben\n3,Packer,Head,Eva\n4,Driver,Head,Cy\n5,Cook,Head,Dan\n",
            "1,Head,,Ada\n2,Buyer,Head,Ben\n3,Driver,Head,Cy\n4,Cook,Head,Dan\n",
        ),
        (
            "1,Head,,\n2,Buyer,Head,\n3,Packer,Head,\n4,Driver,Head,\n",
            "1,Head,,\n2,Buyer,Head,\n3,Clerk,Head,\n4,Packer,Head,\n5,Driver,Head,\n",
        ),
    ],
)
def test_texts_stay_with_their_roles_when_numbers_move_on(first: str, second: str, imported: Import) -> None:
    for title, text in after(imported, first, second).items():
        assert text == ("" if title == "Clerk" else title)


@pytest.mark.parametrize("seed", range(12))
def test_texts_stay_with_their_roles_whatever_rows_come_and_go(seed: int, imported: Import) -> None:
    """Tables of roles with titles of their own, some of them vacant, numbered anew each month."""
    dice = random.Random(seed)
    roles = {
        f"Role {at}": f"Pat {chr(65 + at)}x" if dice.random() < 0.7 else ""
        for at in range(dice.randrange(4, 20))
    }

    def table() -> str:
        above, lines = "", []
        for number, (title, owner) in enumerate(roles.items(), 1):
            lines.append(f"{number},{title},{above},{owner}")
            above = above or title
        return "\n".join(lines)

    first = table()
    for _ in range(dice.randrange(1, 4)):
        gone = dice.choice([*roles][1:])
        del roles[gone]
        items = list(roles.items())
        items.insert(dice.randrange(1, len(items) + 1), (f"New {gone}", dice.choice(["", f"Kim {gone}x"])))
        roles = dict(items)
    new = {each for each in roles if each.startswith("New ")}
    found = after(imported, first, table())
    assert set(found) >= set(roles)
    # What is new may have the place of what is gone: that is asked about.
    assert {title: text for title, text in found.items() if text != ("" if title in new else title)} == {}


@pytest.mark.parametrize(
    "second",
    [
        "1,Head,,Ada\n2,Packer,Head,Ben\n3,Packer,Head,Eva\n4,Packer,Head,Cy\n",
        "1,Head,,Ada\n2,Packer,Head,Cy\n3,Packer,Head,Dan\n4,Packer,Head,Eva\n",
        "1,Head,,Ada\n2,Packer,Head,Cy\n",
    ],
)
def test_holders_of_one_title_keep_their_files_when_numbers_move_on(second: str, imported: Import) -> None:
    (imported.folder / "t.csv").write_text(
        "id,title,parent,owner\n1,Head,,Ada\n2,Packer,Head,Eva\n3,Packer,Head,Cy\n", encoding="utf-8"
    )
    imported.run(str(imported.folder / "t.csv"))
    (imported.folder / "t.csv").write_text(f"id,title,parent,owner\n{second}", encoding="utf-8")
    imported.run(str(imported.folder / "t.csv"), "--update")
    assert (imported.front("2")["owner"], imported.front("3")["owner"]) == ("Eva", "Cy")
    owners = [str(imported.front(each).get("owner")) for each in imported.stems]
    assert len(owners) == len(set(owners))


def test_numbers_of_a_second_table_are_not_those_of_the_first(imported: Import) -> None:
    def table(name: str, rows: str, *more: str) -> Result:
        (imported.folder / name).write_text(f"id,title,parent,owner\n{rows}", encoding="utf-8")
        return imported.run(str(imported.folder / name), *more)

    first = "1,Head,,Ada Hill\n2,Buyer,1,Ben Low\n3,Packer,1,Eva Rust\n"
    second = "1,Warehouse lead,,Cy Stone\n2,Packer,1,Tom Ash\n3,Driver,1,\n"
    table("a.csv", first)
    for answer in (("--match", "3="), ()):
        result = table("b.csv", second, "--update", *answer)
        assert imported.front("1") == {"title": "Head", "owner": "Ada Hill"}
        assert imported.front("3") == {"title": "Packer", "parent": "1", "owner": "Eva Rust"}
        assert imported.front("2-2") == {"title": "Packer", "parent": "1-2", "owner": "Tom Ash"}
        assert imported.front("1-2") == {"title": "Warehouse lead", "owner": "Cy Stone"}
    assert missing(result) == []
    assert "0 new, 0 changed, 3 unchanged" in table("a.csv", first, "--update").stdout


def test_a_title_of_another_table_is_asked_about(imported: Import) -> None:
    def table(name: str, rows: str, *more: str) -> Result:
        (imported.folder / name).write_text(f"title,parent,owner\n{rows}", encoding="utf-8")
        return imported.run(str(imported.folder / name), *more)

    table("a.csv", "Head,,Ada Hill\nBuyer,Head,Ben Low\nPacker,Head,Eva Rust\n")
    rows = "Warehouse lead,Head,Cy Stone\nPacker,Warehouse lead,Tom Ash\n"
    assert "Add --match 3=packer, or --match 3= for a new role" in table("b.csv", rows, "--update").stderr
    assert table("b.csv", rows, "--update", "--match", "3=").exit_code == 0
    assert imported.front("packer")["owner"] == "Eva Rust"
    assert "2 unchanged" in table("b.csv", rows, "--update").stdout


@pytest.mark.parametrize("header", ["title,parent,owner", "id,title,owner"])
def test_a_file_that_was_moved_to_another_folder_is_not_written_again(header: str, imported: Import) -> None:
    write(imported.folder, {"mkdocs.yml": "plugins: [rolebook]\n"})
    row = "ck,Cook,Dan Oak" if header.startswith("id") else "Cook,Head,Dan Oak"
    table = imported.folder / "t.csv"
    table.write_text(
        f"{header}\n{row}\n" + ("" if header.startswith("id") else "Head,,Ada\n"), encoding="utf-8"
    )
    imported.run(str(table), to="roles/shop")
    name = "ck.md" if header.startswith("id") else "cook.md"
    (imported.roles / "kitchen").mkdir()
    (imported.roles / "shop" / name).rename(imported.roles / "kitchen" / name)
    before = sorted(imported.roles.rglob("*.md"))
    result = imported.run(str(table), "--update", to="roles/shop")
    assert "the file is in another folder now, and row 2 of t.csv has the role" in result.stdout
    assert sorted(imported.roles.rglob("*.md")) == before


def test_a_title_that_was_changed_in_the_file_to_one_of_another_row_is_no_exchange(imported: Import) -> None:
    table = imported.folder / "t.csv"
    table.write_text("id,title,parent,owner\nck,Cook,wt,\nwt,Waiter,,Eva Rust\n", encoding="utf-8")
    imported.run(str(table))
    file = imported.roles / "ck.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("title: Cook", "title: Waiter"), encoding="utf-8"
    )
    result = imported.run(str(table), "--update")
    assert (imported.front("ck")["title"], imported.front("wt")["title"]) == ("Waiter", "Waiter")
    assert "--match" not in result.stdout + result.stderr


def test_one_answer_decides_nothing_about_another_row_of_the_title(imported: Import) -> None:
    table = imported.folder / "t.csv"
    header = "title,parent,owner,weekly_hours\nHead,,Ada Hill,40\n"
    table.write_text(f"{header}Packer,Head,Cy Stone,10\nPacker,Head,Di Moor,12\n", encoding="utf-8")
    imported.run(str(table))
    table.write_text(f"{header}Packer,Head,Flo Beck,10\nPacker,Head,Eve Low,30\n", encoding="utf-8")
    result = imported.run(str(table), "--update", "--match", "3=packer")
    assert result.exit_code == 2
    assert "Add --match 4=packer-2, or --match 4= for a new role" in result.stderr
    both = ("--match", "3=packer", "--match", "4=")
    assert imported.run(str(table), "--update", *both).exit_code == 1
    assert imported.front("packer-2")["owner"] == "Di Moor"
    assert imported.front("packer-3")["owner"] == "Eve Low"


@pytest.mark.parametrize("owner", ["", "Cy Stone"])
def test_a_title_that_was_changed_in_the_file_is_that_of_its_row(owner: str, imported: Import) -> None:
    table = imported.folder / "t.csv"
    header = "title,parent,owner,weekly_hours\nHead,,Ada Hill,40\n"
    table.write_text(f"{header}Baker,Head,{owner},8\n", encoding="utf-8")
    imported.run(str(table))
    file = imported.roles / "baker.md"
    file.write_text(file.read_text("utf-8").replace("title: Baker", "title: Bread baker"), encoding="utf-8")
    table.write_text(f"{header}Baker,Head,Flo Beck,11\n", encoding="utf-8")
    assert imported.run(str(table), "--update").exit_code == 0
    assert imported.front("baker") == {
        "title": "Bread baker", "parent": "head", "owner": "Flo Beck", "weekly_hours": 11
    }  # fmt: skip


def test_what_was_imported_last_follows_a_file_that_was_renamed(imported: Import) -> None:
    table = imported.folder / "t.csv"
    table.write_text(
        "title,parent,owner,weekly_hours\nHead,,Ada Hill,40\nCook,Head,Cy Stone,9\n", encoding="utf-8"
    )
    imported.run(str(table))
    (imported.roles / "cook.md").rename(imported.roles / "chef.md")
    write(imported.roles, {"chef.md": "---\ntitle: Cook\nparent: head\n---\n"})
    result = imported.run(str(table), "--update")
    assert "0 new, 0 changed, 2 unchanged, 0 not in the table" in result.stdout
    assert imported.front("chef") == {"title": "Cook", "parent": "head"}


def test_the_id_of_a_renamed_file_is_free_for_a_new_row(imported: Import) -> None:
    table = imported.folder / "t.csv"
    header = "id,title,parent,owner\n1,Head,,Ada Hill\n2,Cook,1,Cy Stone\n"
    table.write_text(f"{header}3,Clerk,1,\n", encoding="utf-8")
    imported.run(str(table))
    (imported.roles / "3.md").rename(imported.roles / "clerk.md")
    assert "3 unchanged, 0 not in the table" in imported.run(str(table), "--update").stdout
    table.write_text(f"{header}3,Driver,1,\n4,Clerk,1,\n", encoding="utf-8")
    result = imported.run(str(table), "--update")
    assert "1 new, 0 changed, 3 unchanged, 0 not in the table" in result.stdout
    assert (imported.front("3")["title"], imported.front("clerk")["title"]) == ("Driver", "Clerk")


def test_an_id_that_is_a_file_of_another_row_is_said_to_be(imported: Import) -> None:
    table = imported.folder / "t.csv"
    header = "id,title,parent,owner\n1,Head,,Ada Hill\n"
    table.write_text(f"{header}2,Baker,1,Di Moor\n", encoding="utf-8")
    imported.run(str(table))
    table.write_text(f"{header}2,Cook,1,Cy Stone\n3,Baker,1,Di Moor\n", encoding="utf-8")
    result = imported.run(str(table), "--update")
    assert "the id '2' is that of 2.md, which row 4 describes. It was written as 2-2.md" in result.stdout


def test_a_name_beside_a_word_for_nobody_is_kept(imported: Import) -> None:
    table = imported.folder / "t.csv"
    table.write_text(
        "title,First,Last\nCook,Di,tbd\nBaker,Vacant,Vacant\nClerk,tbc,\nHead,,open\n", encoding="utf-8"
    )
    result = imported.run(str(table), "--map=owner=First+Last")
    assert "owner is 'tbd (Di)', which is not a name" in result.stdout
    assert "# owner: tbd (Di)" in (imported.roles / "cook.md").read_text(encoding="utf-8")
    assert {imported.front(each).get("owner") for each in ("cook", "baker", "clerk", "head")} == {None}


@pytest.mark.parametrize(("first", "second"), [("R-2", "R-3"), ("van", "lorry"), ("102", "105")])
@pytest.mark.parametrize(
    ("now", "then"), [("Hal Wood", "Flo Low"), ("Eve Ford", "Flo Low"), ("", "Flo Low"), ("Hal Wood", "")]
)
def test_under_ids_that_somebody_chose_people_change_places_and_not_files(
    first: str, second: str, now: str, then: str, imported: Import
) -> None:
    def table(one: str, two: str) -> str:
        return (
            "id,title,parent,owner,weekly_hours,purpose\n900,Head,,Ada Hill,40,\n"
            f"{first},Driver,900,{one},10,Bread van\n{second},Driver,900,{two},20,Lorry\n"
        )

    file = imported.folder / "t.csv"
    file.write_text(table("Flo Low", "Hal Wood"), encoding="utf-8")
    imported.run(str(file))
    file.write_text(table(now, then), encoding="utf-8")
    assert imported.run(str(file), "--update").exit_code == 0
    for stem, owner, purpose in ((first, now, "Bread van"), (second, then, "Lorry")):
        front = imported.front(stem.lower())
        assert (front.get("owner", ""), front["purpose"]) == (owner, purpose)


class Numbered(Import):
    """Imports of one table without `--map`; each file has its role's purpose as its text."""

    def first(self, rows: str, *more: str) -> None:
        self.again(rows, *more, update=False)
        for stem in self.stems:
            with (self.roles / f"{stem}.md").open("a", encoding="utf-8") as file:
                file.write(f"\n{self.front(stem).get('purpose', '')}\n")

    def again(self, rows: str, *more: str, update: bool = True, name: str = "t.csv") -> Result:
        text = f"id,title,parent,owner,weekly_hours,purpose\n{rows}"
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.run(str(self.folder / name), *(["--update"] if update else []), *more)

    def own_text(self, stem: str) -> str:
        return self.text(stem).split("---\n")[2].strip()

    @property
    def strangers(self) -> list[str]:
        """The files in which the text is not that of the role."""
        texts = {stem: self.own_text(stem) for stem in self.stems}
        return [stem for stem, text in texts.items() if text and text != self.front(stem)["purpose"]]


@pytest.fixture
def numbered(tmp_path: Path) -> Numbered:
    return Numbered(tmp_path)


DESKS = (
    "1,Head,,Ada Hill,40,\n2,Clerk,1,,12,Post\n3,Clerk,1,,8,Phone\n4,Clerk,1,,30,Desk\n5,Seller,1,,10,Shop\n"
)


def test_a_new_vacancy_in_front_of_others_of_its_title_has_a_file_of_its_own(numbered: Numbered) -> None:
    numbered.first(DESKS)
    now = (
        "1,Head,,Ada Hill,40,\n2,Clerk,1,,20,Mail\n3,Clerk,1,,12,Post\n"
        "4,Clerk,1,,8,Phone\n5,Clerk,1,,30,Desk\n6,Seller,1,,10,Shop\n"
    )
    for _ in range(2):
        result = numbered.again(now)
        assert numbered.strangers == []
        assert numbered.front("2-2")["purpose"] == "Mail"
    assert "0 new, 0 changed, 6 unchanged, 0 not in the table" in result.stdout


def test_another_order_of_vacancies_with_running_numbers_changes_nothing(numbered: Numbered) -> None:
    numbered.first(DESKS)
    result = numbered.again(
        "1,Head,,Ada Hill,40,\n2,Seller,1,,10,Shop\n3,Clerk,1,,30,Desk\n4,Clerk,1,,12,Post\n"
        "5,Clerk,1,,8,Phone\n"
    )
    assert "0 new, 0 changed, 5 unchanged" in result.stdout
    assert numbered.strangers == []


@pytest.mark.parametrize("owner", ["", "Flo Beck"])
def test_where_numbers_moved_on_a_row_that_changed_is_asked_about(owner: str, numbered: Numbered) -> None:
    numbered.first(DESKS)
    now = f"1,Head,,Ada Hill,40,\n2,Clerk,1,{owner},9,Phone\n3,Clerk,1,,30,Desk\n4,Seller,1,,10,Shop\n"
    result = numbered.again(now)
    assert result.exit_code == 2
    assert (
        f"'Clerk' ({owner or 'vacant'}) has the same title as 2 (Clerk, vacant), 3 (Clerk," in result.stderr
    )
    result = numbered.again(now, "--match", "3=3")
    assert "2.md: no row has this role" in result.stdout
    assert numbered.front("3")["weekly_hours"] == 9 and numbered.strangers == []


CLERKS = (
    "1,Head,,Ada Hill,40,\n2,Clerk,1,,12,Post\n3,Clerk,1,,8,Phone\n4,Clerk,1,,30,Desk\n5,Cook,1,Ben Low,9,\n"
)


@pytest.mark.parametrize(
    "now",
    [
        # That numbers moved on is known by the row of the desk alone, which is the same word for word.
        "1,Head,,Ada Hill,40,\n2,Clerk,1,,30,Desk\n3,Clerk,1,,9,Mail\n4,Clerk,1,,5,Fax\n"
        "5,Cook,1,Ben Low,9,\n",
        # Here it is known by the cook alone.
        "1,Head,,Ada Hill,40,\n2,Cook,1,Ben Low,7,\n3,Clerk,1,,9,Mail\n4,Clerk,1,,5,Fax\n",
    ],
)
def test_one_row_shows_that_the_numbers_of_its_table_moved_on(now: str, numbered: Numbered) -> None:
    numbered.first(CLERKS)
    result = numbered.again(now)
    assert result.exit_code == 2
    assert "'Clerk' (vacant) has the same title as 2 (Clerk, vacant), 3 (Clerk" in result.stderr
    assert numbered.front("3")["purpose"] == "Phone" and numbered.strangers == []


def test_where_numbers_moved_on_a_title_that_only_one_has_is_the_same_role(numbered: Numbered) -> None:
    numbered.first(DESKS)
    result = numbered.again("1,Head,,Ada Hill,40,\n2,Seller,1,,11,Shop\n3,Clerk,1,,30,Desk\n")
    assert "5.md: weekly_hours '10' → '11'" in result.stdout
    assert missing(result) == ["2.md", "3.md"] and numbered.strangers == []


def test_ids_that_are_no_running_numbers_count_before_what_rows_say(numbered: Numbered) -> None:
    rows = "1,Head,,Ada Hill,40,\n7,Clerk,1,,{},\n9,Clerk,1,,{},\n"
    numbered.first(rows.format(10, 20))
    assert "0 new, 2 changed, 1 unchanged" in numbered.again(rows.format(20, 10)).stdout
    assert (numbered.front("7")["weekly_hours"], numbered.front("9")["weekly_hours"]) == (20, 10)


def test_numbers_that_stay_are_ids_of_vacancies_too(numbered: Numbered) -> None:
    numbered.first(DESKS)
    result = numbered.again(DESKS.replace("12,Post", "13,Post").replace("8,Phone", "9,Phone"))
    assert "0 new, 2 changed, 3 unchanged, 0 not in the table" in result.stdout
    assert (numbered.front("2")["weekly_hours"], numbered.front("3")["weekly_hours"]) == (13, 9)


def test_parents_that_are_running_numbers_are_known_by_their_titles(numbered: Numbered) -> None:
    numbered.first(
        "1,Head,,Ada Hill,40,\n2,Shop lead,1,Ben Low,9,\n3,Kitchen lead,1,Cy Toe,9,\n"
        "4,Cook,2,Eva Rust,3,Bread\n5,Cook,3,Eva Rust,4,Soup\n"
    )
    result = numbered.again(
        "1,Head,,Ada Hill,40,\n2,Night lead,1,Dan Oak,9,\n3,Shop lead,1,Ben Low,9,\n"
        "4,Kitchen lead,1,Cy Toe,9,\n5,Cook,3,Eva Rust,5,Bread\n6,Cook,4,Eva Rust,6,Soup\n"
    )
    assert result.exit_code == 1, "a file has another name than its number"
    assert numbered.strangers == []
    assert [numbered.front(each)["weekly_hours"] for each in ("4", "5")] == [5, 6]


@pytest.mark.parametrize("first", ["2", "3"])
def test_equal_vacancies_below_leads_of_one_title_stay_below_their_lead(
    first: str, numbered: Numbered
) -> None:
    leads = {"2": "Ann Ek", "3": "Bob Fay"}
    numbered.first(
        f"1,Head,,Ada Hill,40,\n2,Lead,1,{leads['2']},9,\n3,Lead,1,{leads['3']},9,\n"
        "4,Nurse,2,,20,\n5,Nurse,3,,20,\n"
    )
    other = "3" if first == "2" else "2"
    result = numbered.again(
        f"1,Head,,Ada Hill,40,\n2,Lead,1,{leads[first]},9,\n3,Lead,1,{leads[other]},9,\n"
        "4,Nurse,2,,20,\n5,Nurse,3,,20,\n"
    )
    assert "0 new, 0 changed, 5 unchanged" in result.stdout


def test_equal_rows_keep_their_order(numbered: Numbered) -> None:
    def rows(first: int) -> str:
        return "".join(f"{at},Nurse,1,,20,\n" for at in range(first, first + 11))

    numbered.first(f"1,Head,,Ada Hill,40,\n{rows(2)}")
    result = numbered.again(f"1,Head,,Ada Hill,40,\n{rows(2)}")
    assert "the id" not in result.stdout
    result = numbered.again(f"1,Head,,Ada Hill,40,\n2,Cook,1,,5,\n{rows(3)}")
    assert "the id '2' is that of 2.md, which row 4 describes" in result.stdout
    last = parse_last((numbered.roles / LAST_IMPORT).read_text("utf-8"))
    assert {at: last[str(at)].reference for at in range(2, 13)} == {at: str(at + 1) for at in range(2, 13)}


def test_a_row_that_two_tables_have_is_that_of_its_own_table(numbered: Numbered) -> None:
    rows = "1,Head,,Ada Hill,40,\n2,Clerk,1,,12,\n"
    numbered.again(rows, update=False, name="a.csv")
    numbered.again("1,Shop lead,,Ben Low,40,\n2,Head,1,Cy Toe,4,\n3,Clerk,2,,12,\n", name="b.csv")
    before = (numbered.roles / LAST_IMPORT).read_text("utf-8")
    result = numbered.again("1,Shop lead,,Ben Low,40,\n2,Head,1,Cy Toe,4,\n3,Clerk,2,,12,\n", name="b.csv")
    assert "0 new, 0 changed, 3 unchanged, 0 not in the table" in result.stdout
    assert (numbered.roles / LAST_IMPORT).read_text("utf-8") == before


@pytest.mark.parametrize("seed", range(10))
def test_vacancies_of_one_title_keep_their_texts_when_rows_come_or_go(seed: int, numbered: Numbered) -> None:
    """Several vacancies of a few titles below two leads, numbered anew, parents and all."""
    dice = random.Random(seed)
    leads = [("Shop lead", "Head", "Ben Low"), ("Kitchen lead", "Head", "Cy Toe")]
    names = [f"Work {at}" for at in range(12)]
    vacancies = [
        (dice.choice(["Clerk", "Cook"]), dice.choice(["Shop lead", "Kitchen lead"]), "", name)
        for name in names
    ]

    def table(roles: list[tuple[str, ...]]) -> str:
        rows = [("Head", "", "Ada Hill"), *roles]
        number = {row[0]: str(at) for at, row in enumerate(rows, 1)}
        cells = [(row[0], number.get(row[1], ""), row[2], "9", *row[3:]) for row in rows]
        return "".join(f"{at},{','.join(each)}\n" for at, each in enumerate(cells, 1))

    now = [*leads, *vacancies[:8]]
    numbered.first(table(now))
    now = [*now[:2], *now[3:]] if seed % 2 else [*now, *vacancies[8:]]
    dice.shuffle(now)
    assert numbered.again(table(now)).exit_code in (0, 1)
    assert numbered.strangers == []
    purposes = [str(numbered.front(stem).get("purpose")) for stem in numbered.stems]
    assert len(purposes) - purposes.count("None") == len(set(purposes) - {"None"})


# Files that are not there any more


def test_who_deletes_a_file_that_is_in_no_row_has_its_name_free_for_a_new_row(numbered: Numbered) -> None:
    numbered.first(DESKS)
    rest = "1,Head,,Ada Hill,40,\n2,Clerk,1,,12,Post\n3,Clerk,1,,8,Phone\n4,Clerk,1,,30,Desk\n"
    assert missing(numbered.again(rest)) == ["5.md"]
    assert missing(numbered.again(rest)) == ["5.md"], "it is said until something is done"
    (numbered.roles / "5.md").unlink()
    result = numbered.again(f"{rest}5,Driver,1,Eva Rust,9,\n")
    assert f"new: {numbered.roles / '5.md'} (row 6)" in result.stdout
    assert numbered.front("5")["title"] == "Driver"


def test_a_row_that_comes_back_is_known(numbered: Numbered) -> None:
    numbered.first(DESKS)
    numbered.again(DESKS.replace("5,Seller,1,,10,Shop\n", ""))
    assert "5.md: weekly_hours '10' → '11'" in numbered.again(DESKS.replace("10,Shop", "11,Shop")).stdout
    assert '"missed"' not in (numbered.roles / LAST_IMPORT).read_text("utf-8")


def test_what_is_neither_in_a_file_nor_in_a_row_is_forgotten(numbered: Numbered) -> None:
    numbered.first(DESKS)
    (numbered.roles / "5.md").unlink()
    rest = DESKS.replace("5,Seller,1,,10,Shop\n", "")
    assert numbered.again(rest, "--dry-run").exit_code == 0
    assert numbered.again(rest).exit_code == 0
    assert "5" not in parse_last((numbered.roles / LAST_IMPORT).read_text("utf-8"))
    write(numbered.roles, {"shop.md": "---\ntitle: Seller\nparent: 1\n---\n"})
    assert missing(numbered.again(rest)) == []


@pytest.mark.parametrize("hours", ["9", "11"])
def test_a_file_that_was_renamed_and_deleted_is_named_as_it_was_called(hours: str, imported: Import) -> None:
    table = imported.folder / "t.csv"
    header = "title,parent,owner,weekly_hours\nHead,,Ada Hill,40\n"
    table.write_text(f"{header}Cook,Head,,9\n", encoding="utf-8")
    imported.run(str(table))
    (imported.roles / "cook.md").rename(imported.roles / "chef.md")
    imported.run(str(table), "--update")
    (imported.roles / "chef.md").unlink()
    table.write_text(f"{header}Cook,Head,,{hours}\n", encoding="utf-8")
    result = imported.run(str(table), "--update")
    assert (
        f"{imported.roles / 'chef.md'}: the file was deleted, and row 3 of t.csv has the role"
        in result.stdout
    )
    assert "made from titles" not in result.stdout and imported.stems == {"head"}
    settled = imported.run(str(table), "--update", "--prefer", "file")
    assert (settled.exit_code, imported.stems) == (0, {"head"})
    again = imported.run(str(table), "--update")
    assert f"left out: {imported.roles / 'chef.md'} (row 3): the file was deleted" in again.stdout
    assert (again.exit_code, imported.stems) == (0, {"head"})
    imported.run(str(table), "--update", "--prefer", "table")
    assert imported.stems == {"head", "chef"}
    assert "2 unchanged" in imported.run(str(table), "--update").stdout
    (imported.roles / "chef.md").unlink()
    assert imported.run(str(table), "--update").exit_code == 1, "it is asked anew"


def test_nobody_is_asked_about_a_deleted_file(imported: Import) -> None:
    table = imported.folder / "t.csv"
    header = "title,parent,owner\nHead,,Ada Hill\n"
    table.write_text(f"{header}Cook,Head,Cy Toe\nCook,Head,Di Moor\n", encoding="utf-8")
    imported.run(str(table))
    for stem in ("cook", "cook-2"):
        (imported.roles / f"{stem}.md").unlink()
    table.write_text(f"{header}Baker,Head,Cy Toe\n", encoding="utf-8")
    result = imported.run(str(table), "--update")
    assert (result.exit_code, imported.stems) == (0, {"head", "baker"})


# Tables of memberships, imported again without saying so

CIRCLES = "title,parent,owner,as\nBoard,,Ada Hill,chair\nShop,Board,Ben Low,\nShop,Board,Cy Toe,\n"


@pytest.fixture
def circles(imported: Import) -> Import:
    """A folder of two teams from a table of memberships."""
    (imported.folder / "m.csv").write_text(CIRCLES, encoding="utf-8")
    assert imported.run(str(imported.folder / "m.csv"), "--memberships").exit_code == 0
    return imported


@pytest.mark.parametrize("name", ["m.csv", "december.csv"])
@pytest.mark.parametrize("more", ["", "Garden,Board,Di Moor,\n"])
def test_a_table_of_memberships_is_known_again(name: str, more: str, circles: Import) -> None:
    table = circles.folder / name
    table.write_text(CIRCLES + more, encoding="utf-8")
    result = circles.run(str(table), "--update")
    assert result.exit_code == 2
    assert (
        f"{name}:2: the row is read as a role, and board.md is a team. "
        "Add --memberships, as at the last import." in result.stderr
    )
    result = circles.run(str(table), "--update", "--memberships")
    assert f"{1 if more else 0} new, 0 changed, 2 unchanged, 0 not in the table" in result.stdout


def test_a_team_with_an_id_is_known_by_it(imported: Import) -> None:
    table = imported.folder / "m.csv"
    table.write_text("id,title,owner\nb,Board,Ada Hill\n", encoding="utf-8")
    imported.run(str(table), "--memberships")
    table.write_text("id,title,owner\nb,Council,Ada Hill\n", encoding="utf-8")
    assert "b.md is a team. Add --memberships" in imported.run(str(table), "--update").stderr
    table.write_text("id,title,owner\nx,Board,Ada Hill\n", encoding="utf-8")
    assert "Add --memberships" not in imported.run(str(table), "--update", "--match", "2=").output


def test_a_role_of_another_table_may_be_called_like_a_team(circles: Import) -> None:
    (circles.folder / "r.csv").write_text("title,owner\nBoard,Ada Hill\nHead,Di Moor\n", encoding="utf-8")
    result = circles.run(str(circles.folder / "r.csv"), "--update")
    assert (
        "'Board' (Ada Hill) has the same title as board (Board, a team). Add --match 2=board" in result.stderr
    )
    before = circles.text("board")
    result = circles.run(str(circles.folder / "r.csv"), "--update", "--match", "2=board")
    assert (
        "board.md: it is a team, and row 2 of r.csv is read as a role. "
        "Write team in a column 'kind', or remove 'kind: team' here." in result.stdout
    )
    assert (result.exit_code, circles.text("board")) == (1, before)


def test_a_role_that_became_a_team_in_its_file_is_asked_about_only_when_its_row_changes(there: Again) -> None:
    there.edit("driver", "owner: Di\n", "kind: team\nlead: Di\n")
    there.edit("driver", "weekly_hours: 10\n", "")
    before = there.text("driver")
    assert there.again(FIRST).exit_code == 0
    changed = there.again(FIRST.replace("Di,10", "Eli,10"), "--prefer", "table")
    assert "it is a team, and row 5 of a.csv is read as a role" in changed.stdout
    assert (changed.exit_code, there.text("driver")) == (1, before)
    assert there.again(FIRST.replace("Driver,Head", "Driver,Cy")).exit_code == 0
    assert there.front("driver")["parent"] == "clerk-2"


def test_a_team_that_is_one_no_more_in_a_column_of_kinds_becomes_a_role(imported: Import) -> None:
    table = imported.folder / "m.csv"
    table.write_text("title,kind,owner\nBoard,team,Ada Hill\n", encoding="utf-8")
    imported.run(str(table))
    table.write_text("title,kind,owner\nBoard,role,Ada Hill\n", encoding="utf-8")
    result = imported.run(str(table), "--update")
    assert "is a team" not in result.output


# What `--match` is offered


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("staff list.csv", '"staff list.csv:{}"'),
        ("staff(2).csv", '"staff(2).csv:{}"'),
        ("staff$x.csv", "'staff$x.csv:{}'"),
        ("people-ä.csv", "people-ä.csv:{}"),
    ],
)
def test_what_is_offered_can_be_typed(name: str, written: str, imported: Import) -> None:
    header = "title,parent,owner\n"
    staff, other = imported.folder / name, imported.folder / "b.csv"
    staff.write_text(f"{header}Head,,Ada Hill\nPacker,Head,Cy Stone\n", encoding="utf-8")
    other.write_text(f"{header}Packer,Head,Eve Low\n", encoding="utf-8")
    imported.run(str(staff), str(other))
    staff.write_text(f"{header}Head,,Ada Hill\nPacker,Head,Flo Beck\n", encoding="utf-8")
    other.write_text(f"{header}Packer,Head,Gus Ray\n", encoding="utf-8")
    said = imported.run(str(staff), str(other), "--update").stderr
    ours = "packer" if imported.front("packer")["owner"] == "Cy Stone" else "packer-2"
    for answer in (f"3={ours}", "3="):
        option = f"--match {written.format(answer)}"
        assert option in said
        assert shlex.split(option)[1] == f"{name}:{answer}"


def test_the_file_is_named_where_several_tables_were_given(imported: Import) -> None:
    tables = ("Job,Who\nHead,Zed Ox\nCook,Ann Hill\n", "Job,Who\nDriver,Kim Ray\nBaker,Ben Low\n")
    imported(*tables)
    (imported.roles / "cook.md").unlink()
    assert "or add --match a.csv:3=ID with the id" in imported(*tables, more=("--update",)).stdout
    assert "or add --match 3=ID with the id" in imported(tables[0], more=("--update",)).stdout


def test_a_role_of_the_rows_table_is_offered_first(imported: Import) -> None:
    header = "title,parent,owner,weekly_hours\n"
    (imported.folder / "b.csv").write_text(f"{header}Packer,Head,Eve Low,10\nPacker,Head,,8\n", "utf-8")
    staff = imported.folder / "staff.csv"
    staff.write_text(f"{header}Head,,Ada Hill,40\nPacker,Head,Cy Stone,10\nBaker,Head,Di Moor,8\n", "utf-8")
    imported.run(str(staff), str(imported.folder / "b.csv"))
    (cys,) = [each for each in imported.stems if imported.front(each).get("owner") == "Cy Stone"]
    assert cys != "packer", "another comes first by its name"
    staff.write_text(staff.read_text("utf-8").replace("Cy Stone", "Flo Ford"), encoding="utf-8")
    result = imported.run(str(staff), "--update")
    assert f"Add --match 3={cys}, or --match 3= for a new role" in result.stderr
    assert imported.run(str(staff), "--update", "--match", f"3={cys}").exit_code == 0
    assert imported.front(cys)["owner"] == "Flo Ford"


def test_a_vacancy_of_a_new_table_is_not_that_of_another_one(imported: Import) -> None:
    header = "title,parent,owner\n"
    first, second = imported.folder / "a.csv", imported.folder / "b.csv"
    first.write_text(f"{header}Head,,Ada Hill\nCashier,Head,\nBaker,Head,Bo Li\n", encoding="utf-8")
    second.write_text(f"{header}Manager,Head,Cy Toe\nCashier,Head,\nCook,Head,Di Poe\n", encoding="utf-8")
    imported.run(str(first))
    result = imported.run(str(second), "--update")
    assert "b.csv:3: 'Cashier' (vacant) has the same title as cashier (Cashier, vacant)" in result.stderr
    assert imported.run(str(second), "--update", "--match", "3=").exit_code == 0
    for table in (first, second, first):
        result = imported.run(str(table), "--update")
        assert "0 new, 0 changed, 3 unchanged, 0 not in the table" in result.stdout
    assert {"cashier", "cashier-2"} <= imported.stems


def test_vacancies_are_known_where_no_table_was_noted(imported: Import) -> None:
    table = imported.folder / "a.csv"
    table.write_text("title,parent,owner,purpose\nCashier,,,Till 1\nCashier,,,Till 2\n", encoding="utf-8")
    imported.run(str(table))
    noted = imported.roles / LAST_IMPORT
    noted.write_text(noted.read_text("utf-8").replace('"table": "a.csv"', '"table": ""'), encoding="utf-8")
    assert "0 new, 0 changed, 2 unchanged" in imported.run(str(table), "--update").stdout


def test_vacancies_of_a_table_with_another_name_are_known(imported: Import) -> None:
    table = "title,parent,owner,purpose\nCashier,,,Till 1\nCashier,,,Till 2\nCook,,,\n"
    for name, more in (("a.csv", ()), ("december.csv", ("--update",))):
        (imported.folder / name).write_text(table, encoding="utf-8")
        result = imported.run(str(imported.folder / name), *more)
    assert "0 new, 0 changed, 3 unchanged, 0 not in the table" in result.stdout


@pytest.mark.parametrize("parents", [("Head", "Baker"), ("Baker", "Head"), ("Head", "Head")])
def test_of_two_rows_with_the_title_of_one_role_only_the_owner_knows_which_it_is(
    parents: tuple[str, str], imported: Import
) -> None:
    top = "title,parent,owner,weekly_hours,purpose\nHead,,Ada Hill,40,\nBaker,Head,Cy Fox,5,x\n"
    table = imported.folder / "a.csv"
    table.write_text(f"{top}Porter,Head,,36,Night\n", encoding="utf-8")
    imported.run(str(table))
    one, other = parents
    rows = f"Porter,{one},Eve Low,26,Day\nPorter,{other},Flo Ivy,36,Night\n"
    table.write_text(top + rows, encoding="utf-8")
    result = imported.run(str(table), "--update")
    assert result.exit_code == 2 and result.output.count("Add --match") == 2
    assert imported.run(str(table), "--update", "--match", "5=porter", "--match", "4=").exit_code == 0
    assert imported.front("porter")["owner"] == "Flo Ivy"


def with_people(tmp_path: Path, *names: str) -> Import:
    files = {f"people/{name.split()[0].lower()}.md": f"---\nname: {name}\n---\n" for name in names}
    return Import(write(tmp_path, files | {"mkdocs.yml": "plugins: [rolebook]\n"}))


SHOP = "title,parent,owner\nBoss,,Ada Hill\nShop,Boss,{}\n"


def test_a_name_without_a_file_is_reported_where_people_have_files(tmp_path: Path) -> None:
    there = with_people(tmp_path, "Ada Hill", "Ben Low")
    table = tmp_path / "t.csv"
    for owner, more in (("Ben Low", ()), ("ben", ("--update",)), ("vacant", ("--update",))):
        table.write_text(SHOP.format(owner), encoding="utf-8")
        result = there.run(str(table), *more)
        assert result.exit_code == 0, result.output
    table.write_text(SHOP.format("Flo Fi"), encoding="utf-8")
    result = there.run(str(table), "--update")
    assert result.exit_code == 1
    assert "no person's file has the name 'Flo Fi'. Correct the names, or write files" in result.stdout
    assert "rolebook hire 'Flo Fi'. [no-person-file]" in result.stdout
    assert there.front("shop")["owner"] == "Flo Fi"


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("Ben-Low", "'Ben-Low'. Did you mean 'Ben Low'?"),
        ("Ben Löw", "'Ben Löw'. Did you mean 'Ben Low'?"),
        ("Low Ben", "'Low Ben'. Did you mean 'Ben Low'?"),
        ("Flo Fi", "'Flo Fi'. Correct the names"),
    ],
)
def test_a_name_without_a_file_is_reported_as_a_check_does(owner: str, said: str, tmp_path: Path) -> None:
    there = with_people(tmp_path, "Ada Hill", "Ben Low")
    (tmp_path / "t.csv").write_text(SHOP.format(owner), encoding="utf-8")
    assert f"no person's file has the name {said}" in there.run(str(tmp_path / "t.csv")).stdout
    checked = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")]).stdout
    assert f"no person is called {said.partition('. Correct')[0]}" in checked


def test_a_name_that_no_file_has_is_not_missed(tmp_path: Path) -> None:
    """Somebody has another name now, which only the table does not know."""
    there = with_people(tmp_path, "Ada Hill", "Ben Low")
    (tmp_path / "t.csv").write_text(SHOP.format("Ben Low"), encoding="utf-8")
    there.run(str(tmp_path / "t.csv"))
    CliRunner().invoke(main, ["rename", "Ben Low", "Ben Day", "--yes", "-f", str(tmp_path / "mkdocs.yml")])
    assert there.front("shop")["owner"] == "Ben Day"
    result = there.run(str(tmp_path / "t.csv"), "--update")
    assert "2 unchanged" in result.stdout and result.exit_code == 0, result.output


def test_what_was_converted_is_reported_once(tmp_path: Path) -> None:
    """Advice and readings about a row come again when the row changes; a warning comes until it is mended."""
    there, table = Import(tmp_path), tmp_path / "t.csv"
    text = "title,parent,owner\nBoss,,Ada Hill\nShop,Ada Hill,vakant\nPack,Boss,Ben Low ab 1.3.\n"
    table.write_text(text, encoding="utf-8")
    first = there.run(str(table)).stdout
    assert "owner is 'vakant'" in first and "is read as the holder of row 2" in first
    again = there.run(str(table), "--update")
    assert findings(again) == ["t.csv:4: unclear-holder"]
    assert "read as" not in again.stdout
    table.write_text(text.replace("vakant", "vakant "), encoding="utf-8")
    assert findings(there.run(str(table), "--update")) == ["t.csv:4: unclear-holder"]
    table.write_text(text.replace("vakant", "unbesetzt").replace(" ab 1.3.", ""), encoding="utf-8")
    changed = there.run(str(table), "--update")
    assert findings(changed) == ["t.csv:3: placeholder-holder"] and "is read as the holder" in changed.stdout
    assert there.run(str(table), "--update").exit_code == 0


def test_without_any_file_of_a_person_a_name_needs_none(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(SHOP.format("Flo Fi"), encoding="utf-8")
    assert with_people(tmp_path).run(str(tmp_path / "t.csv")).exit_code == 0


@pytest.mark.parametrize(("name", "read"), [("Low, Ben", "Ben Low"), ("Dr. Ben Low", "Ben Low")])
def test_a_name_is_read_as_that_of_the_person_who_has_a_file(name: str, read: str, tmp_path: Path) -> None:
    there = with_people(tmp_path, "Ada Hill", "Ben Low")
    (tmp_path / "t.csv").write_text(SHOP.format(f'"{name}"'), encoding="utf-8")
    assert there.run(str(tmp_path / "t.csv")).exit_code == 0
    assert there.front("shop")["owner"] == read


@pytest.mark.parametrize(
    ("field", "cell", "written"),
    [
        ("owner", "Ben Low", "owner: ben"),
        ("lead", "Ben Low; Ada Hill", "lead: [ada, ben]"),
        ("members", "Ben Low (scribe); Ada Hill", "members: [ada, {person: ben, as: scribe}]"),
    ],
)
def test_a_person_with_a_new_name_is_no_conflict(field: str, cell: str, written: str, tmp_path: Path) -> None:
    there = with_people(tmp_path, "Ada Hill", "Ben Low")
    kind = "" if field == "owner" else "team"
    table = f"title,parent,kind,{field}\nBoss,,,\nShop,Boss,{kind},{cell}\n"
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    assert there.run(str(tmp_path / "t.csv")).exit_code == 0
    front = f"title: Shop\nparent: boss\n{f'kind: {kind}' if kind else ''}\n{written}\n"
    (there.roles / "shop.md").write_text(f"---\n{front}---\n", encoding="utf-8")
    write(tmp_path, {"people/ben.md": "---\nname: Ben High\n---\n"})
    (tmp_path / "t.csv").write_text(table.replace("Ben Low", "Ben High"), encoding="utf-8")
    result = there.run(str(tmp_path / "t.csv"), "--update")
    assert result.exit_code == 0 and "0 new, 0 changed, 2 unchanged" in result.stdout, result.output
    (tmp_path / "t.csv").write_text(table.replace("Ben Low", "Ada Hill"), encoding="utf-8")
    assert "1 changed" in there.run(str(tmp_path / "t.csv"), "--update").stdout


def test_what_a_killed_update_left_is_removed_by_the_next_and_what_is_in_use_is_not(there: Again) -> None:
    left, used = (there.roles / f".rolebook-{digit * 12}" for digit in "12")
    for path in (left, used, there.roles / ".rolebook-notes"):
        path.write_bytes((there.roles / "clerk.md").read_bytes())
    lock = locked(used)
    assert there.again(FIRST.replace("Bo,20", "Bo,21")).exit_code == 0
    hidden = {path.name for path in there.roles.iterdir() if path.name.startswith(".rolebook")}
    assert hidden == {used.name, ".rolebook-notes"}
    assert lock is not None
    os.close(lock)


def test_a_role_that_is_retired_here_and_not_in_the_table_is_reported(imported: Import) -> None:
    table = imported.folder / "t.csv"
    for hours, holder, words in ((10, "Ed Fox", ()), (12, "Ben Low", ("--update",))):
        table.write_text(
            f"title,owner,weekly_hours\nBoss,Ada Hill,5\nDrive,{holder},{hours}\n", encoding="utf-8"
        )
        result = imported.run(str(table), *words)
        file = imported.roles / "drive.md"
        if not words:
            assert result.exit_code == 0
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("---\ntitle", "---\nstatus: retired\ntitle", 1), encoding="utf-8")
    assert result.exit_code == 1
    assert (
        "the role is retired here, and row 3 of t.csv changes it. Remove 'status: retired'" in result.output
    )
    assert "Ben Low" in file.read_text(encoding="utf-8")
    # Nothing is said of one that the table leaves as it is.
    assert "retired here" not in imported.run(str(table), "--update").output


def test_a_column_that_is_gone_is_named_and_the_files_keep_what_they_have(imported: Import) -> None:
    table = imported.folder / "t.csv"
    table.write_text("title,owner,weekly_hours\nBoss,Ada Hill,5\n", encoding="utf-8")
    assert "no column any more" not in imported.run(str(table)).output
    table.write_text("title,owner\nBoss,Ada Hill\n", encoding="utf-8")
    said = imported.run(str(table), "--update").output
    assert "no column any more for weekly_hours: the files keep what they have." in said
    assert imported.front("boss")["weekly_hours"] == 5


@pytest.mark.parametrize("role", ["1-1", "1.1"])
def test_an_answer_names_a_role_by_its_file_or_by_its_id_in_the_table(role: str, imported: Import) -> None:
    table = "id,title,parent,owner\n1,Boss,,Ada Hill\n1.1,Shop,1,Ben Low\n1.2,Pack,1,Cy Day\n"
    file = imported.folder / "t.csv"
    file.write_text(table, encoding="utf-8")
    assert imported.run(str(file)).exit_code == 0
    file.write_text(table.replace("1.1,Shop,1,Ben Low", "1.1,Cook,1,Di Eve"), encoding="utf-8")
    assert imported.run(str(file), "--update").exit_code == 2
    assert imported.run(str(file), "--update", f"--match=3={role}").exit_code == 0
    assert imported.front("1-1")["title"] == "Cook"
    assert "there is no role '1.9'" in imported.run(str(file), "--update", "--match=3=1.9").stderr


# Columns that change as a whole

SKILLED = "title,parent,owner,skills\nBoss,,Ada Hill,\nShop,Boss,Ben Low,sewing\nPack,Boss,Cy Day,knots\n"
SKILLED += "Drive,Boss,Di Eve,cars\nCook,Boss,Ed Fox,soups\n"


def table_of(imported: Import, text: str, *words: str) -> Result:
    """Import the same table with another text."""
    (imported.folder / "t.csv").write_text(text, encoding="utf-8")
    return imported.run(str(imported.folder / "t.csv"), *words)


@pytest.mark.parametrize("left", ["", "-", "soups"])
def test_a_column_that_lost_most_of_its_cells_takes_nothing_away_unasked(left: str, imported: Import) -> None:
    table_of(imported, SKILLED)
    emptied = SKILLED.replace("sewing", "").replace("knots", "").replace("cars", "").replace("soups", left)
    number = 3 if left == "soups" else 4
    for _ in range(2):
        result = table_of(imported, emptied, "--update")
        assert (
            f"t.csv: skills: {number} of 4 cells that had something at the last import are empty. The files "
            "keep what they have: correct the table, or add --prefer table or --prefer file. [changed-column]"
        ) in result.stdout
        assert (result.exit_code, imported.front("shop")["skills"]) == (1, ["sewing"])
    assert "0 changed" in table_of(imported, SKILLED, "--update").stdout
    result = table_of(imported, emptied, "--update", "--prefer", "table")
    assert "roles/shop.md: skills 'sewing' → ''" in result.stdout
    assert "skills" not in imported.front("shop")


def test_a_column_that_was_emptied_is_kept_for_good_where_the_owner_says_so(imported: Import) -> None:
    table_of(imported, SKILLED)
    emptied = re.sub(r",\w+$", ",", SKILLED.partition("\n")[2], flags=re.MULTILINE)
    emptied = f"title,parent,owner,skills\n{emptied}"
    assert table_of(imported, emptied, "--update", "--prefer", "file").exit_code == 0
    result = table_of(imported, emptied, "--update")
    assert (result.exit_code, imported.front("shop")["skills"]) == (0, ["sewing"])


def test_one_cell_that_is_filled_again_takes_nothing_away_from_the_others(imported: Import) -> None:
    table = "title,parent,owner\nBoss,,Ada Hill\nShop,Boss,Ben Low\n"
    table_of(imported, table)
    both = table.replace("Ada Hill", "").replace("Ben Low", "")
    assert "owner: 2 of 2 cells" in table_of(imported, both, "--update").stdout
    result = table_of(imported, table.replace("Ada Hill", "").replace("Ben Low", "Cy Day"), "--update")
    assert "owner: 1 of 2 cells" in result.stdout
    assert [imported.front(each)["owner"] for each in ("boss", "shop")] == ["Ada Hill", "Cy Day"]


def test_a_column_that_was_sorted_alone_moves_nobody_unasked(imported: Import) -> None:
    table_of(imported, SKILLED)
    moved = {"Ben Low": "Ed Fox", "Cy Day": "Ben Low", "Di Eve": "Cy Day", "Ed Fox": "Gus Ny"}
    table = re.sub("|".join(moved), lambda found: moved[found[0]], SKILLED)
    result = table_of(imported, table, "--update")
    assert "owner: 3 of 5 cells have now what other rows had at the last import" in result.stdout
    assert result.exit_code == 1
    assert [imported.front(each)["owner"] for each in ("shop", "pack", "cook")] == [
        "Ben Low",
        "Cy Day",
        "Gus Ny",
    ]
    table_of(imported, table, "--update", "--prefer", "table")
    assert imported.front("pack")["owner"] == "Ben Low"


def test_cells_that_change_beside_others_that_stay_ask_nothing(imported: Import) -> None:
    table_of(imported, SKILLED)
    # Two have changed places, one skill and one holder are gone, and a column of few values is another.
    swapped = SKILLED.replace("Ben Low", "X").replace("Cy Day", "Ben Low").replace("X", "Cy Day")
    result = table_of(imported, swapped.replace("cars", "").replace("Ed Fox", ""), "--update")
    assert (result.exit_code, imported.front("shop")["owner"]) == (0, "Cy Day")
    assert "owner" not in imported.front("cook")
    assert "skills" not in imported.front("drive")


def test_the_owner_is_asked_about_a_column(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    table_of(imported, SKILLED)
    monkeypatch.setattr(command, "is_terminal", lambda: True)
    path = imported.folder / "t.csv"
    path.write_text(
        "title,parent,owner,skills\nBoss,,,\nShop,Boss,,sewing\nPack,Boss,,knots\n", encoding="utf-8"
    )
    words = ["import", str(path), "--to", str(imported.roles), "--update"]
    result = CliRunner().invoke(main, words, input="table\n")
    assert (
        "t.csv: owner: 3 of 3 cells that had something at the last import are empty. Which counts?"
        in result.stdout
    )
    assert "owner" not in imported.front("shop")


BROKEN = "title,parent,owner,weekly_hours,tags\nBoss,,Ada Hill,40,x\nShop,Boss,Ben Low,20,y\n"
BROKEN += "Pack,Shop,Cy Day,10,z\n"


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        ("Ben Low,", '",', "row 3"),
        ("Ben Low,20,y\nPack,Shop,Cy Day", '",20,y\nPack,Shop,"Cy Day"', "row 3"),
        ("Shop,Boss,Ben Low", '"Shop"x,Boss,Di Eve', "row 3"),
    ],
)
def test_a_row_that_cannot_be_cut_changes_nothing(old: str, new: str, rows: str, imported: Import) -> None:
    table_of(imported, BROKEN)
    before = {stem: imported.text(stem) for stem in imported.stems}
    result = table_of(imported, BROKEN.replace(old, new).replace("Hill,40", "Hill,38"), "--update")
    assert (
        f"nothing was changed by {rows}, and no role is reported as missing. [broken-quotes]" in result.stdout
    )
    assert "missing-row" not in result.stdout and "ragged" not in result.stdout
    assert imported.stems == before.keys()
    assert [imported.text(each) for each in ("shop", "pack")] == [before["shop"], before["pack"]]
    assert imported.front("boss")["weekly_hours"] == 38
    # The month after, a row that is gone is missed as ever.
    whole = BROKEN.replace("Hill,40", "Hill,38").replace("Pack,Shop,Cy Day,10,z\n", "")
    assert "pack.md: no row has this role" in table_of(imported, whole, "--update").stdout


def test_a_quotation_mark_that_is_right_swallows_nothing(imported: Import) -> None:
    table_of(imported, BROKEN)
    result = table_of(imported, BROKEN.replace("20,y", '15,"y\nw"'), "--update")
    assert (result.exit_code, imported.front("shop")["weekly_hours"]) == (0, 15)


@pytest.mark.parametrize("owner", ["Ben Low?", "Ben Low +"])
def test_nothing_is_said_to_be_in_a_file_that_is_not(owner: str, imported: Import) -> None:
    table_of(imported, SKILLED)
    result = table_of(imported, SKILLED.replace("Ben Low", owner), "--update")
    assert "0 changed" in result.stdout and "is now" not in result.stdout
    assert imported.front("shop")["owner"] == "Ben Low"


def test_a_name_that_was_corrected_in_the_file_is_asked_about_no_more(imported: Import) -> None:
    table = SKILLED.replace("Ed Fox", "Hill")
    result = table_of(imported, table)
    assert "which may be Ada Hill. If it is, write the whole name. It is now 'Hill'." in result.stdout
    text = imported.text("cook").replace("owner: Hill", "owner: Ada Hill")
    (imported.roles / "cook.md").write_text(text, encoding="utf-8")
    result = table_of(imported, table, "--update")
    assert (result.exit_code, imported.text("cook")) == (0, text)
    # Another word for somebody is asked about again.
    assert "unclear-holder" in table_of(imported, table.replace(",Hill,", ",Low,"), "--update").stdout


def test_a_member_who_was_corrected_in_the_file_is_asked_about_no_more(imported: Import) -> None:
    table = "title,parent,owner,kind,members\nBoss,,Ada Hill,,\nCrew,Boss,,team,Ben Low; Hill; Cy Day\n"
    assert "unclear-holder" in table_of(imported, table).stdout
    text = imported.text("crew").replace("- Hill", "- Ada Hill")
    (imported.roles / "crew.md").write_text(text, encoding="utf-8")
    assert table_of(imported, f"{table}Shop,Boss,Ed Fox,,\n", "--update").exit_code == 0
    assert imported.text("crew") == text


STAFF = "4711,Boss,,Ada Hill\n4812,Shop,4711,Ben Low\n4900,Pack,4711,Cy Day\n4903,Drive,4711,Ed Fox\n"
STAFF = f"id,title,parent,owner\n{STAFF}4950,Cook,4711,Flo Go\n"


@pytest.mark.parametrize(
    ("changes", "answers", "holders"),
    [
        (
            {"4812,Shop,4711,Ben Low": "4812,Drive,4711,Ben Low", "4903,Drive": "4903,Shop"},
            ("--match=3=4903", "--match=5=4812"),
            {"4812": "Ed Fox", "4903": "Ben Low"},
        ),
        (
            {"4812,Shop,4711,Ben Low": "4812,Boss deputy,4711,Ben Low\n5000,Shop,4711,Gus Ny"},
            ("--match=3=", "--match=4=4812"),
            {"4812": "Gus Ny"},
        ),
        (
            {"4812,Shop": "4812,Drive", "4903,Drive,4711,Ed Fox": "5001,Shop,4711,Eva Ry"},
            ("--match=3=4903", "--match=5=4812"),
            {"4812": "Eva Ry", "4903": "Ben Low"},
        ),
    ],
    ids=["two change places", "a newcomer has the title", "one leaves"],
)
def test_a_title_that_goes_to_another_personnel_number_is_asked_about(
    changes: dict[str, str], answers: tuple[str, ...], holders: dict[str, str], imported: Import
) -> None:
    table_of(imported, STAFF)
    now = STAFF
    for old, new in changes.items():
        now = now.replace(old, new)
    before = {stem: imported.text(stem) for stem in imported.stems}
    result = table_of(imported, now, "--update")
    assert result.exit_code == 2
    assert "t.csv:3: " in result.stderr and "4812 (Shop, Ben Low)" in result.stderr
    assert {stem: imported.text(stem) for stem in imported.stems} == before
    assert table_of(imported, now, "--update", *answers).exit_code < 2
    titles = {"4812": "Shop", "4903": "Drive"}
    assert {each: imported.front(each)["owner"] for each in holders} == holders
    assert {each: imported.front(each)["title"] for each in holders} == {
        each: titles[each] for each in holders
    }
    result = table_of(imported, now, "--update")
    assert result.exit_code < 2 and " 0 changed" in result.stdout


def test_the_question_names_the_role_of_the_title_and_that_of_the_id(imported: Import) -> None:
    table_of(imported, STAFF)
    now = STAFF.replace("4812,Shop", "4812,Drive").replace("4903,Drive", "4903,Shop")
    assert (
        "'Drive' (Ben Low) has the title of the first and the id of the second of 4903 (Drive, Ed Fox)"
        in table_of(imported, now, "--update").stderr
    )
    # The ids may be those of roles all the same.
    assert table_of(imported, now, "--update", "--match=3=4812", "--match=5=4903").exit_code == 0
    assert (imported.front("4812")["title"], imported.front("4812")["owner"]) == ("Drive", "Ben Low")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("4812,Shop", "4812,Store"),
        ("4812,Shop,4711,Ben Low", "4812,Shop,4711,Gus Ny"),
        ("4812,Shop,4711,Ben Low", "4812,Cook,4711,Ben Low"),
        ("4950,Cook,4711,Flo Go", "4950,Cook,4711,Flo Go\n4960,Cook,4711,Gus Ny"),
    ],
)
def test_a_title_that_no_other_number_loses_is_no_question(old: str, new: str, imported: Import) -> None:
    table_of(imported, STAFF)
    assert table_of(imported, STAFF.replace(old, new), "--update").exit_code == 0


def test_a_question_says_of_whom_nobody_knows_the_name_that_they_are_there(imported: Import) -> None:
    table = "title,parent,status,purpose\nHead,,filled,\nClerk,Head,filled,Post\nClerk,Head,filled,Phone\n"
    table_of(imported, table)
    result = table_of(imported, table.replace("Post", "Mail").replace("Phone", "Desk"), "--update")
    assert "'Clerk' (not named) has the same title as clerk (Clerk, not named)" in result.stderr
    result = table_of(
        imported, table.replace("filled,Post", ",Mail").replace("filled,Phone", ",Desk"), "--update"
    )
    assert "'Clerk' (vacant) has the same title as clerk (Clerk, not named)" in result.stderr
