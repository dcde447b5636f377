"""What `rolebook import` makes of spreadsheets: role files, findings, and nothing by half."""

import errno
import html
import importlib
import os
import re
import unicodedata
from pathlib import Path

import markdown
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from imports import MAPS, Import, findings
from projects import opened, write
from rolebook import front_matter
from rolebook.cli import main, tables
from rolebook.problems import Severity
from rolebook.schema.declarations import parse_fields
from rolebook.schema.kinds import Report
from rolebook.schema.records import RoleFields
from rolebook.spreadsheet.role_file import left_out, plain_body, role_file


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return Import(tmp_path)


# What becomes of a sound table


def test_every_field_is_written_in_the_order_of_the_reference(imported: Import) -> None:
    result = imported(
        "Text,Ref,Job,Boss,Who,Hours,Seats,Why,State,Contract,Skills,Tags,Place,Result\n"
        ",A1,Owner,,Maya,10,1,,,,,,,\n"
        "Calls only.,B2,Sales,A1,Ann,7.5,2,To sell,filled,Employee,talk; write,p;q;,Leeds,Ten deals\n"
    )
    assert result.exit_code == 0
    assert imported.text("b2") == (
        "---\ntitle: Sales\nparent: a1\nowner: Ann\nweekly_hours: 7.5\nseats: 2\n"
        "deliverable: Ten deals\npurpose: To sell\nstatus: filled\nengagement: employee\n"
        "skills:\n  - talk\n  - write\nlocation: Leeds\ntags:\n  - p\n  - q\n---\n\nCalls only.\n"
    )


def test_the_summary_tells_files_and_that_nothing_was_found(imported: Import) -> None:
    result = imported("Ref,Job\n1,Owner\n")
    assert result.stdout == (f"1 role file written to {imported.roles}: 1 from a.csv.\nNothing to review.\n")


def test_several_files_with_columns_of_their_own_make_one_organisation(imported: Import) -> None:
    (imported.folder / "s.csv").write_text("Ref,Job\n9,Head\n", encoding="utf-8")
    (imported.folder / "j.csv").write_text("Line,Generic\n9,Clerk\n", encoding="utf-8")
    files = [str(imported.folder / name) for name in ("s.csv", "j.csv")]
    maps = ["--map=id=Ref", "--map=title=Job", "--map=title=Generic", "--map=parent=Line"]
    assert imported.run(*files, *maps).exit_code == 0
    assert imported.front("clerk") == {"title": "Clerk", "parent": "9"}


def test_the_first_column_with_something_in_it_counts(imported: Import) -> None:
    (imported.folder / "s.csv").write_text("A,B\nx,y\n,z\n", encoding="utf-8")
    imported.run(str(imported.folder / "s.csv"), "--map=title=A", "--map=title=B")
    assert imported.stems == {"x", "z"}


def test_columns_are_found_without_regard_to_case_and_spaces(imported: Import) -> None:
    (imported.folder / "s.csv").write_text("Job\u00a0 title \nx\n", encoding="utf-8")
    assert imported.run(str(imported.folder / "s.csv"), "--map=title=job Title").exit_code == 0


def test_titles_give_ids_where_there_are_none(imported: Import) -> None:
    result = imported("Ref,Job\n,Adviser\n,Adviser\n,adviser!\n")
    assert result.exit_code == 0
    assert imported.stems == {"adviser", "adviser-2", "adviser-3"}
    assert "3 ids made from titles." in result.stdout


def test_a_number_that_is_added_never_takes_the_id_of_another_row(imported: Import) -> None:
    imported("Ref,Job\n,A\nA,first\nA,second\nA-2,third\n")
    assert imported.front("a")["title"] == "first"
    assert imported.front("a-2")["title"] == "third"
    assert imported.front("a-3")["title"] == "second"


def test_parents_are_titles_where_no_column_holds_ids(imported: Import) -> None:
    result = imported("Job,Boss\nOwner,\nSales Lead,Owner\nClerk,sales lead\n")
    assert imported.front("clerk")["parent"] == "sales-lead"
    assert findings(result) == ["a.csv:4: parent-by-case"]


def test_ids_that_name_pages_or_devices_get_a_number(imported: Import) -> None:
    result = imported("Ref,Job\nindex,a\nCON,b\n")
    assert imported.stems == {"index-2", "con-2"}
    assert findings(result) == ["a.csv:2: changed-id", "a.csv:3: changed-id"]


def test_an_id_of_any_script_fits_the_longest_file_name(imported: Import) -> None:
    name = "\U00020000" * 80
    imported(f"Ref,Job\n{name},a\n{name},b\n")
    assert len(imported.stems) == 2


# Hours


@pytest.mark.parametrize(
    ("fte", "seats", "hours"),
    [
        ("1", None, 37.5),
        ("0.88", None, 33),
        (".5", None, 18.75),
        ("0,5", None, 18.75),
        ("4.86", 5, 36.45),
        ("4.2", 5, 31.5),
        ("3", 3, 37.5),
        ("0", None, 0),
    ],
)
def test_fte_is_the_share_of_a_full_week(imported: Import, fte: str, seats: int | None, hours: float) -> None:
    assert imported(f"Job;FTE\nx;{fte}\n").exit_code == 0
    assert imported.front("x").get("seats") == seats
    assert imported.front("x")["weekly_hours"] == hours


def test_the_full_week_can_be_given(imported: Import) -> None:
    imported("Job,FTE\nx,0.5\n", more=("--full-week=40",))
    assert imported.front("x")["weekly_hours"] == 20


def test_given_seats_share_the_fte_of_the_row(imported: Import) -> None:
    imported("Job,FTE,Seats\nx,2.6,4\n")
    assert imported.front("x") == {"title": "x", "weekly_hours": 24.38, "seats": 4}


def test_given_hours_count_before_an_fte(imported: Import) -> None:
    imported("Job,FTE,Hours\nx,2,5\n")
    assert imported.front("x") == {"title": "x", "weekly_hours": 5}


@pytest.mark.parametrize("week", ["0", "nan", "200"])
def test_a_full_week_is_a_number_of_hours(imported: Import, week: str) -> None:
    assert imported("Job,FTE\nx,1\n", more=("--full-week", week)).exit_code == 2


@pytest.mark.parametrize(
    ("column", "cell", "kept", "code"),
    [
        ("FTE", "N/D", "fte", "wrong-value"),
        ("FTE", "1,000", "fte", "wrong-value"),
        ("FTE", "-1", "fte", "out-of-range"),
        ("Hours", "many", "weekly_hours", "wrong-value"),
        ("Hours", "169", "weekly_hours", "out-of-range"),
        ("Seats", "2.5", "seats", "wrong-value"),
        ("State", "busy", "status", "wrong-value"),
        ("Contract", "friend", "engagement", "wrong-value"),
    ],
)
def test_a_value_that_cannot_be_used_stays_as_a_comment(
    imported: Import, column: str, cell: str, kept: str, code: str
) -> None:
    result = imported(f"Job;{column}\nx;{cell}\n")
    assert result.exit_code == 1
    assert imported.text("x") == (f"---\ntitle: x\n# {kept}: {cell}  (row 2 of a.csv: not usable)\n---\n")
    assert findings(result) == [f"a.csv:2: {code}"]


def test_hours_of_too_few_seats_are_left_out(imported: Import) -> None:
    result = imported("Job,FTE,Seats\nx,9,2\n")
    assert imported.front("x") == {"title": "x", "seats": 2}
    assert findings(result) == ["a.csv:2: out-of-range"]


# Who holds the seat


@pytest.mark.parametrize(
    ("word", "fields"),
    [
        ("Vacant", {}),
        ("VACANT ", {}),
        ("", {}),
        ("N/D", {"status": "filled"}),
        ("Eliminated", {"status": "retired"}),
        ("Ann Ash", {"owner": "Ann Ash"}),
    ],
)
def test_words_in_place_of_an_owner(imported: Import, word: str, fields: dict[str, str]) -> None:
    assert imported(f"Job,Who\nx,{word}\n").exit_code == 0
    assert imported.front("x") == {"title": "x", **fields}


def test_words_can_be_given(imported: Import) -> None:
    given_words = ("--vacant=tbc", "--unnamed=", "--retired=gone")
    result = imported("Job,Who\na,TBC\nb,\nc,gone\nd,Vacant\n", more=given_words)
    held = [imported.front(stem) for stem in "abcd"]
    assert [each.get("status") for each in held] == [None, "filled", "retired", None]
    assert [each.get("owner") for each in held] == [None, None, None, None]
    assert findings(result) == ["a.csv:5: placeholder-holder"]


def test_the_status_of_the_row_counts_before_the_word(imported: Import) -> None:
    imported("Job,Who,State\nx,N/D,paused\n")
    assert imported.front("x")["status"] == "paused"


# Who reports to whom


@pytest.mark.parametrize(("root", "more"), [("XX", ()), ("xx", ()), ("", ()), ("Board", ("--root=board",))])
def test_words_that_mean_nobody(imported: Import, root: str, more: tuple[str, ...]) -> None:
    assert imported(f"Ref,Job,Boss\n1,x,{root}\n", more=more).exit_code == 0
    assert "parent" not in imported.front("1")


def test_a_parent_is_found_without_regard_to_case_and_that_is_reported(imported: Import) -> None:
    result = imported("Ref,Job,Boss\nDFE-1,a,XX\nDfE-2,b,DfE-1\n")
    assert imported.front("dfe-2")["parent"] == "dfe-1"
    assert findings(result) == ["a.csv:3: parent-by-case"]


def test_a_parent_written_exactly_wins(imported: Import) -> None:
    result = imported("Ref,Job,Boss\nDFE-1,a,XX\nDfE-1,b,XX\n3,c,DfE-1\n4,d,DFE-1\n")
    assert imported.front("3")["parent"] == "dfe-1-2"
    assert imported.front("4")["parent"] == "dfe-1"
    assert findings(result) == ["a.csv:3: changed-id"]


def test_a_parent_that_may_be_two_posts_is_left_out(imported: Import) -> None:
    result = imported("Ref,Job,Boss\nDFE-1,a,XX\nDfE-1,b,XX\n3,c,dfe-1\n")
    assert imported.text("3") == (
        "---\ntitle: c\n# parent: dfe-1  (row 4 of a.csv: 2 rows have this id)\n---\n"
    )
    assert findings(result) == ["a.csv:3: changed-id", "a.csv:4: ambiguous-parent"]


def test_a_title_that_two_posts_have_is_no_parent(imported: Import) -> None:
    assert findings(imported("Job,Boss\nLead,\nLead,\nClerk,Lead\n")) == ["a.csv:4: ambiguous-parent"]


def test_a_parent_that_is_no_row_stays_as_a_comment(imported: Import) -> None:
    result = imported("Ref,Job,Boss\n1,x,DfE-5050\n")
    assert "# parent: DfE-5050  (row 2 of a.csv: no row has this id, title or holder)\n" in imported.text("1")
    assert result.stdout.startswith(
        "a.csv:2: parent is 'DfE-5050': no row has this id, title or holder. "
        "It was left out and kept as a comment in 1.md. [unknown-parent]\n"
    )


def test_nobody_reports_to_themselves(imported: Import) -> None:
    result = imported("Ref,Job,Boss\nA,x,a\nA,y,A\n")
    assert "parent" not in imported.front("a") | imported.front("a-2")
    assert findings(result) == [
        "a.csv:2: self-parent", "a.csv:3: duplicate-id", "a.csv:3: self-parent"
    ]  # fmt: skip


def test_a_circle_is_opened_at_its_first_row(imported: Import) -> None:
    result = imported("Ref,Job,Boss\n9,out,2\n3,c,1\n1,a,2\n2,b,3\n")
    assert findings(result) == ["a.csv:3: parent-cycle"]
    assert "3 (row 3) → 1 (row 4) → 2 (row 5) → 3" in result.stdout
    parents = {stem: imported.front(stem).get("parent") for stem in "9312"}
    assert parents == {"9": "2", "3": None, "1": "2", "2": "3"}


# Dirt


def test_a_second_row_with_an_id_gets_a_file_and_a_comment(imported: Import) -> None:
    result = imported("Ref,Job\n7,a\n7,b\n", "Ref,Job\n7,a\n")
    assert imported.text("7-3") == "---\n# id: 7  (row 3 of a.csv: the id of row 2)\ntitle: b\n---\n"
    assert "(row 2 of b.csv: the id of row 2 of a.csv, and the rows are the same)" in imported.text("7-2")
    assert findings(result) == ["a.csv:3: duplicate-id", "b.csv:2: duplicate-id"]


def test_a_row_without_title_is_written_for_review(imported: Import) -> None:
    result = imported("Ref,Job\nP 4, \n")
    assert imported.text("p-4") == (
        "---\ntitle: Untitled post P 4\n# title:   (row 2 of a.csv: the row has none)\n---\n"
    )
    assert findings(result) == ["a.csv:2: missing-title"]


def test_ragged_rows_are_reported(imported: Import) -> None:
    result = imported("Ref,Job,Why\n1,a\n2,b,c,over,there\n3,d,e,,\n")
    assert findings(result) == ["a.csv:2: ragged-row", "a.csv:3: ragged-row"]
    assert "# cell: over  (row 3 of a.csv: it is beyond the last column)\n" in imported.text("2")


def test_empty_rows_are_passed_over_and_counted(imported: Import) -> None:
    result = imported("Ref,Job\n\n,\n1,a\n , \n")
    assert result.exit_code == 0
    assert imported.stems == {"1"}
    assert "3 empty rows passed over." in result.stdout


def test_rows_are_numbered_as_a_spreadsheet_does(imported: Import) -> None:
    result = imported('\nRef,"Job"\n1,"a\nb\nc"\n\n1,d\n')
    assert findings(result) == ["a.csv:5: duplicate-id"]
    assert imported.front("1")["title"] == "a b c"


def test_a_quotation_mark_that_is_never_closed_is_reported(imported: Import) -> None:
    result = imported('Ref,Job\n1,a\n2,"b\n3,c\n')
    assert findings(result) == ["a.csv:3: broken-quotes"]


def test_control_characters_are_left_out_and_reported(imported: Import) -> None:
    result = imported("Ref,Job\n1,a\0b\x1b[31m\n")
    assert imported.front("1")["title"] == "ab[31m"
    assert findings(result) == ["a.csv:2: control-characters"]


def test_nothing_in_a_cell_reaches_the_terminal(imported: Import) -> None:
    result = imported("Ref,Job,Boss\n1,a,\u202eevil\u2028\n")
    assert "\u202e" not in result.stdout + imported.text("1")


@pytest.mark.parametrize(
    ("column", "times"),
    [*((column, 100_000) for column in ("Job", "Why", "Tags", "Text", "Boss", "Ref")), ("Text", 350_000)],
)
def test_huge_cells_leave_files_that_can_be_read(imported: Import, column: str, times: int) -> None:
    other = "Ref" if column == "Job" else "Job"
    result = imported(f"{other},{column}\nx,{'<<;' * times}\n")
    assert result.exit_code == 1 or column == "Ref"
    assert len(result.stdout) < 2000
    assert all(path.stat().st_size < 10_000 for path in imported.roles.iterdir())


# Files in many forms


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends_are_found(
    imported: Import, encoding: str, delimiter: str, line_end: str
) -> None:
    rows = [("Ref", "Job"), ("1", "Zoë"), ("2", "Ø")]
    text = line_end.join(delimiter.join(row) for row in rows)
    (imported.folder / "a.csv").write_bytes(text.encode(encoding))
    result = imported.run(str(imported.folder / "a.csv"), "--map=id=Ref", "--map=title=Job")
    assert result.exit_code == 0
    assert imported.front("1")["title"] == "Zoë"


def test_a_file_in_the_encoding_of_old_windows_is_reported(imported: Import) -> None:
    result = imported("Job\nZoë\n".encode("cp1252"))
    assert imported.front("zoë")["title"] == "Zoë"
    assert findings(result) == ["a.csv: guessed-encoding"]


def test_a_delimiter_can_be_given(imported: Import) -> None:
    assert imported("Job|a,b\nx|y\n", more=("--delimiter=|",)).exit_code == 0


@pytest.mark.parametrize(
    ("content", "reported"),
    [
        (b"", "the file is empty"),
        (b"\n \n,,\n", "the file is empty"),
        (b"Job\n", "There are no rows"),
        (b"PK\x03\x04...", "it is not readable as a workbook"),
        (b"\xd0\xcf\x11\xe0...", "it is not readable as a workbook"),
        (b"<html><table><tr><td>Job</td></tr></table>", "this is a web page"),
        ("Job\nx\n".encode("utf-16-le"), "not text in a known encoding"),
        (b"\xff\xfeJ", "not readable as UTF-16"),
        (b"Job\n\x81\xff\n", "not text in a known encoding"),
        (b"Name\nx\n", "No column is called 'Job'."),
        (b"Job,Job\nx,y\n", "2 columns are called 'Job'"),
    ],
)
def test_a_file_that_is_no_table_is_refused(imported: Import, content: bytes, reported: str) -> None:
    result = imported(content)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reported in result.stderr
    assert imported.everything == set()


def test_a_table_that_is_too_large_is_refused(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    run = imported("Seat\nOwner of the house\n")
    assert run.exit_code == 2
    assert "is larger than" in run.output


def test_a_missing_file_is_refused(imported: Import) -> None:
    result = imported.run("nowhere.csv", "--map=title=Job")
    assert result.exit_code == 2
    assert "nowhere.csv cannot be read (No such file or directory)" in result.stderr


def test_a_file_without_any_title_column_is_refused(imported: Import) -> None:
    result = imported("Ref,Job\n1,x\n", "Ref,Name\n2,y\n")
    assert result.exit_code == 2
    assert "b.csv: no column is called 'Job'" in result.stderr


@pytest.mark.parametrize(
    ("mapped", "reported"),
    [
        ("titel=Job", "Did you mean 'title'?"),
        ("hat=Job", "The fields are id, title,"),
        ("title", "is not FIELD=COLUMN"),
        ("id=Job", "No column is called 'title'."),
        ("title=Jobs", "No column is called 'Jobs'. Did you mean 'Job'? The columns are 'Job', 'Why'."),
    ],
)
def test_a_mapping_that_is_not_understood_is_refused(imported: Import, mapped: str, reported: str) -> None:
    (imported.folder / "a.csv").write_text("Job,Why\nx,y\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--map", mapped)
    assert result.exit_code == 2
    assert reported in result.stderr
    assert imported.everything == set()


# All or nothing, and never over a file that is there


def test_files_are_added_to_a_folder(imported: Import) -> None:
    write(imported.folder, {"roles/old.md": "old"})
    assert imported("Job\nnew\n").exit_code == 0
    assert imported.stems == {"old", "new"}


@pytest.mark.parametrize("there", ["new.md", "team/New.md"])
def test_a_file_that_is_there_stops_everything(imported: Import, there: str) -> None:
    write(imported.folder, {f"roles/{there}": "old"})
    before = imported.everything
    result = imported("Job\nfirst\nnew\n")
    assert result.exit_code == 2
    assert f"already has {there}." in result.stderr
    assert imported.everything == before


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(imported.folder, {"roles/new.md": "theirs"})
    before = imported.everything
    command = importlib.import_module("rolebook.cli.import_")
    monkeypatch.setattr(command, "in_the_way", lambda *_: ())
    assert imported("Job\nfirst\nnew\n").exit_code == 2
    assert imported.text("new") == "theirs"
    assert imported.everything == before


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("number", [1, 2])
def test_a_failure_to_write_leaves_nothing(
    imported: Import, monkeypatch: pytest.MonkeyPatch, exists: bool, number: int
) -> None:
    if exists:
        imported.roles.mkdir()
    before = imported.everything
    written: list[Path] = []

    def fails(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:5])
        written.append(path)
        assert imported.roles not in path.parents, "nothing is written where role files are read"
        if len(written) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return 5

    exports = "Job\na\nb\n"
    (imported.folder / "a.csv").write_text(exports, encoding="utf-8")
    monkeypatch.setattr(Path, "write_bytes", fails)
    words = (str(imported.folder / "a.csv"), "--map=title=Job")
    result = imported.run(*words, "--report", str(imported.folder / "report.txt"))
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert imported.everything == before


def test_a_failure_between_two_files_takes_the_first_away(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(imported.folder, {"roles/old.md": "old"})
    before = imported.everything
    link, moved = os.link, []

    def fails(source: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) == 2:
            raise FileExistsError(errno.EEXIST, "File exists", str(target))
        link(source, target)

    monkeypatch.setattr(os, "link", fails)
    assert imported("Job\na\nb\n").exit_code == 2
    assert len(moved) == 2
    assert imported.everything == before


def test_a_disk_without_links_is_written_to(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_source: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    imported.roles.mkdir()
    monkeypatch.setattr(os, "link", fails)
    assert imported("Job\na\n").exit_code == 0
    assert imported.stems == {"a"}


def test_a_disk_without_links_keeps_what_is_there(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_source: Path, target: Path) -> None:
        target.write_text("theirs", encoding="utf-8")
        raise PermissionError(errno.EPERM, "no links here")

    imported.roles.mkdir()
    monkeypatch.setattr(os, "link", fails)
    result = imported("Job\na\n")
    assert f"{imported.roles / 'a.md'} cannot be written (File exists)" in result.stderr
    assert imported.text("a") == "theirs"


def test_folders_are_made_and_a_failure_takes_them_away(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", fails)
        assert imported("Job\na\n", to="x/y/roles").exit_code == 2
    assert imported.everything == set()
    assert imported("Job\na\n", to="x/y/roles").exit_code == 0
    assert imported.everything == {"x", "y", "roles", "a.md"}


def test_a_new_folder_can_be_read_by_whom_the_umask_allows(imported: Import) -> None:
    imported("Job\na\n")
    (imported.folder / "usual").mkdir()
    assert imported.roles.stat().st_mode == (imported.folder / "usual").stat().st_mode


def test_an_interruption_leaves_nothing(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupted)
    result = imported("Job\na\n")
    assert (result.exit_code, result.stderr) == (2, "Interrupted.\nNothing was written.\n")
    assert imported.everything == set()


def test_a_file_in_place_of_the_folder_is_refused(imported: Import) -> None:
    write(imported.folder, {"roles": "a file"})
    result = imported("Job\na\n")
    assert result.exit_code == 2
    assert f"{imported.roles} cannot be written (it is a file, not a folder)." in result.stderr
    assert imported.roles.read_text(encoding="utf-8") == "a file"


def test_the_report_holds_what_is_reported(imported: Import) -> None:
    report = imported.folder / "report.txt"
    result = imported("Job,Boss\na,Ø\n", more=("--report", str(report)))
    assert result.exit_code == 1
    assert report.read_bytes() == result.stdout.encode()


def test_a_report_is_never_overwritten(imported: Import) -> None:
    write(imported.folder, {"report.txt": "mine"})
    result = imported("Job\na\n", more=("--report", str(imported.folder / "report.txt")))
    assert result.exit_code == 2
    assert f"{imported.folder / 'report.txt'} cannot be written (File exists)." in result.stderr
    assert not imported.roles.exists()
    assert (imported.folder / "report.txt").read_text(encoding="utf-8") == "mine"


def test_a_report_in_a_folder_that_is_not_there_is_refused(imported: Import) -> None:
    report = imported.folder / "nowhere" / "report.txt"
    result = imported("Job\na\n", more=("--report", str(report)))
    assert result.exit_code == 2
    assert f"{report} cannot be written" in result.stderr
    assert imported.everything == set()


def test_findings_are_in_order_and_counted(imported: Import) -> None:
    result = imported("Ref,Job,Boss\n1,a,\n1,b,\n", "Ref,Job,Boss\n2,,9\n1,c,\n")
    assert findings(result) == [
        "a.csv:3: duplicate-id", "b.csv:2: missing-title", "b.csv:2: unknown-parent",
        "b.csv:3: duplicate-id",
    ]  # fmt: skip
    assert result.stdout.endswith("4 issues to review: 2 duplicate-id, 1 missing-title, 1 unknown-parent.\n")


def test_help_shows_examples_and_exit_codes() -> None:
    shown = CliRunner().invoke(main, ["import", "--help"]).stdout
    assert '--map parent="Reports to" \\\n' in shown
    assert "Exit code: 0 when" in shown


# Whatever the cells hold

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
YAML_TEXTS = [
    "no",
    "Yes",
    "~",
    "null",
    "1e3",
    "0x1F",
    "012",
    "1:30",
    "2027-01-04",
    "- a",
    "a: b",
    "a #b",
    "y",
    "#",
]
YAML_TEXTS += ["'", '"', "\\", "---", "...", "&a", "*a", "!x", "%y", "@z", "`", "{", "[", "<<", "=", ":"]
TRICKY = st.sampled_from(YAML_TEXTS)
CELL = ANYTHING | TRICKY | st.builds(lambda *parts: "".join(parts), TRICKY, ANYTHING)
LINE = CELL.map(lambda text: " ".join(unicodedata.normalize("NFC", text).split())).filter(bool)


@given(LINE, st.lists(LINE, min_size=1), LINE)
@example("\ufeff\ufffe\uffff\x00\x86", ["\x7f", "a:"], "\u2028\ufffe")
def test_text_reads_back_exactly(title: str, tags: list[str], cell: str) -> None:
    text = role_file([("tags", tuple(tags)), ("title", title), ("owner", left_out("x", cell, "y"))])
    document = front_matter.split("x.md", text)
    assert isinstance(document, front_matter.MarkdownFile)
    assert isinstance(document.front, yaml.MappingNode)
    values, _ = parse_fields(document.front, RoleFields, report := Report("x.md"))
    assert (values, report.problems) == ({"title": title, "tags": tuple(tags)}, [])
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        loaded = yaml.load(text.split("\n---\n")[0].removeprefix("---\n"), loader)
        assert loaded == {"title": title, "tags": tags}


PUNCTUATION = st.text(st.sampled_from(" \n\t!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~1ax"), max_size=30)
MARKDOWN = ["# h", "1. a", "a) b", "    code", "--8<-- 'x'", "<b>x</b>", "https://x.y", "www.x.org"]
MARKDOWN += ["!!! note", "??? x", "/// y", "=== 'z'", "a\n===", "a | b\n--|--", "*[a]: b", "a\n:   b"]
MARKDOWN += ["[a](b)", "![a](b)", "{{ x }}", "{% x %}", "&lt;", ":smile:", "==x==", "~~x~~", "^^x^^"]
MARKDOWN += ["a@b.org", "- [ ] x", "[^1]: x", "[TOC]", "$x$", "++a++", "`x`", "{: .x }", "\\*", "a  \nb"]
BODY = ANYTHING | PUNCTUATION | st.sampled_from(MARKDOWN)
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
EXTENSIONS = ["extra", "admonition", "toc", "pymdownx.details", "pymdownx.superfences"]
EXTENSIONS += ["pymdownx.tabbed", "pymdownx.tilde", "pymdownx.caret", "pymdownx.mark", "pymdownx.keys"]
EXTENSIONS += ["pymdownx.emoji", "pymdownx.magiclink", "pymdownx.tasklist", "pymdownx.snippets"]
EXTENSIONS += ["pymdownx.arithmatex", "pymdownx.blocks.admonition", "pymdownx.critic"]


def paragraphs(shown: str) -> list[str]:
    """The text of HTML that is nothing but paragraphs of text."""
    assert re.fullmatch(r"(<p>[^<]*</p>\n*)*", shown), shown
    return [html.unescape(text) for text in re.findall(r"<p>([^<]*)</p>", shown)]


@given(BODY)
def test_a_body_is_shown_as_it_is(body: str) -> None:
    body = re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]", "", body)  # no cell has them
    wanted = [" ".join(line.split()) for line in body.splitlines() if line.strip()]
    text = plain_body(body)
    assert paragraphs(GITHUB.render(text)) == wanted
    assert paragraphs(markdown.markdown(text, extensions=EXTENSIONS)) == wanted


CELLS = st.lists(st.lists(CELL, max_size=4), min_size=1, max_size=6)
REFERENCES = st.sampled_from(["", "A", "a", "B", "A-2", "a 2", "XX", "index", "?", "ß", "ss"])
POSTS = st.lists(st.tuples(REFERENCES, CELL | REFERENCES, REFERENCES, CELL, CELL), min_size=1)


@given(POSTS, st.booleans())
def test_whatever_is_imported_passes_the_check(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], with_ids: bool
) -> None:
    folder = Import(tmp_path_factory.mktemp("any"))
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    (folder.folder / "a.csv").write_bytes(f"Ref,Job,Boss,FTE,Skills\n{quoted}\n".encode())
    fields = ["title", "parent", "fte", "skills", *(["id"] if with_ids else [])]
    result = folder.run(str(folder.folder / "a.csv"), *(f"--map={field}={MAPS[field]}" for field in fields))
    if not any("".join(row).strip() for row in rows):
        return
    if "No row is a role." in result.output:
        assert "template-row" in result.output
        return
    assert result.exit_code in (0, 1), result.output
    options = "plugins:\n  - rolebook:\n      allow_multiple_roots: yes\n"
    handbook = opened(write(folder.folder, {"mkdocs.yml": options}))
    assert not [each for each in handbook.problems if each.rule.severity is Severity.ERROR]


def test_a_level_beside_no_title_is_no_title(tmp_path: Path) -> None:
    imported = Import(tmp_path)
    rows = "Head,,,Ada Hill\n,3,Head,Flo Low\nCook,2,Head,Ben Low\n,Senior,Head,Cy Toe\n"
    (tmp_path / "t.csv").write_text(f"Role,Level,parent,owner\n{rows}", encoding="utf-8")
    result = imported.run(str(tmp_path / "t.csv"), "--map=title=Role+Level")
    assert findings(result) == ["t.csv:3: missing-title"]
    assert "the row has no title, only '3'. untitled-post.md calls it 'Untitled post'." in result.stdout
    assert "# title: 3" in imported.text("untitled-post")
    assert imported.stems == {"head", "untitled-post", "cook-2", "senior"}


def test_a_number_in_the_column_of_titles_is_a_title(tmp_path: Path) -> None:
    imported = Import(tmp_path)
    assert imported("Job,Who\n24/7,Ada Hill\n112,Ben Low\n").exit_code == 0
    assert (imported.front("112")["title"], imported.front("24-7")["title"]) == ("112", "24/7")


# Titles in place of names


def test_the_title_of_a_row_in_place_of_a_name_is_nobody(imported: Import) -> None:
    result = imported(
        "Job,Boss,Who\nManaging Director,,Ada Hill\nShop Manager,Managing Director,Ben Low\n"
        "Packer,Shop Manager,Shop Manager\nDriver,Shop Manager,managing director\nCook,Shop Manager,Cy Day\n"
    )
    assert findings(result) == ["a.csv:4: unclear-holder", "a.csv:5: unclear-holder"]
    assert "owner has 'Shop Manager', which is the title of row 3. Did you mean 'Ben Low'?" in result.stdout
    assert "which is the title of row 2. Did you mean 'Ada Hill'?" in result.stdout
    assert "owner" not in imported.front("packer")
    assert "# owner: Shop Manager  (row 4 of a.csv: the title of a role)" in imported.text("packer")
    assert imported.front("cook")["owner"] == "Cy Day"


def test_the_title_of_several_rows_in_place_of_a_name_names_none_of_their_holders(imported: Import) -> None:
    result = imported(
        "Job,Boss,Who\nHead,,Ada Hill\nClerk,Head,Ben Low\nClerk,Head,Cy Day\nDriver,Head,Clerk\n"
    )
    assert "owner has 'Clerk', which is the title of row 3. Write the name of who is meant" in result.stdout
    assert "owner" not in imported.front("driver")


def test_the_title_of_a_row_among_members_is_nobody(imported: Import) -> None:
    result = imported(
        "Job,Boss,Who,kind,lead,members\nShop Manager,,Ben Low,,,\n"
        "Crew,Shop Manager,,team,Shop Manager,Cy Day; Shop Manager\n",
    )
    assert result.stdout.count("which is the title of row 2. Did you mean 'Ben Low'?") == 2
    assert imported.front("crew")["members"] == ["Cy Day"]


def test_a_role_that_is_called_like_its_holder_keeps_it(imported: Import) -> None:
    result = imported("Job,Boss,Who\nAda Hill,,Ada Hill\nBen Low,Ada Hill,Ben Low\nShop,Ada Hill,Ben Low\n")
    assert (result.exit_code, imported.front("shop")["owner"]) == (0, "Ben Low")


# Cells that say that they are empty


@pytest.mark.parametrize("word", ["-", "n/a", "N.A.", "none", "TBD", "?", "TODO", "—", "keine", "à définir"])
def test_a_word_for_nothing_in_a_column_of_text_leaves_it_empty(imported: Import, word: str) -> None:
    result = imported(
        "Job,Boss,Who,Why,Skills,Tags,Place,Result,Text\n"
        f"Head,,Ada Hill,{word},{word},{word},{word},{word},{word}\n"
        f"Clerk,Head,Ben Low,To sell,{word},a; b,{word},{word},{word}\n"
    )
    assert result.exit_code == 0
    assert imported.front("head") == {"title": "Head", "owner": "Ada Hill"}
    assert imported.front("clerk")["tags"] == ["a", "b"]
    assert f"a.csv: skills '{word}' is read as empty (rows 2 and 3)" in result.stdout
    assert result.stdout.count("is read as empty") == 6
    assert imported.text("head").endswith("---\n")


def test_a_text_that_has_a_word_for_nothing_among_others_stays(imported: Import) -> None:
    result = imported(
        "Job,Boss,Who,Why,Skills,Tags,Place,Result\n"
        "Head,,Ada Hill,None of us waits,C#; x-,24/7; NA,Todos Santos,-\\-\n"
    )
    front = imported.front("head")
    assert (front["purpose"], front["skills"], front["location"]) == (
        "None of us waits",
        ["C#", "x-"],
        "Todos Santos",
    )
    assert front["tags"] == ["24/7", "NA"]
    assert "read as empty (row 2)" in result.stdout


def test_a_word_for_nothing_among_the_entries_of_a_list_is_none_of_them(imported: Import) -> None:
    result = imported("Job,Boss,Who,Skills\nHead,,Ada Hill,C++; -\nClerk,Head,Ben Low,a; n/a; b\n")
    assert imported.front("head")["skills"] == ["C++"]
    assert imported.front("clerk")["skills"] == ["a", "b"]
    assert "skills '-' is read as empty (row 2; likewise row 3)" in result.stdout


@pytest.mark.parametrize("word", ["-", "n/a", "TBD", "None", "?"])
def test_a_word_for_nothing_is_no_title(imported: Import, word: str) -> None:
    result = imported(f"Job,Boss,Who\nHead,,Ada Hill\n{word},Head,Ben Low\nNone of it,Head,Cy Day\n")
    assert f"the row has no title, only '{word}'" in result.stdout
    assert imported.front("untitled-post")["owner"] == "Ben Low"
    assert imported.front("none-of-it")["title"] == "None of it"


def test_a_team_has_no_text_for_a_dash_either(imported: Import) -> None:
    result = imported("Job,Boss,Who,Why,Tags,kind,members\nCrew,,,-,n/a,team,Ada Hill\n")
    assert imported.front("crew") == {"title": "Crew", "kind": "team", "members": ["Ada Hill"]}
    assert result.exit_code == 0


# A second table below the first

ROLES = "title,owner,weekly_hours\nBoss,Ada Hill,40\nShop,Ben Low,20\nPack,Cy Day,10\nDrive,Di Eve,5\n"


@pytest.mark.parametrize(
    "second",
    [
        ",,\nPerson,Phone,\nAda Hill,0170 123,\nBen Low,0170 456,\n",
        "Person,Birthday,Holidays\nAda Hill,1 May,30\nBen Low,2 June,28\n",
        ",,\nFirm,Phone,Rooms\nSauber Ltd,0170 123,4\nHelp Ltd,0170 456,5\n",
        ",,\nTitle,Firm,Contact\nCleaning,Sauber Ltd,Eva Ry\n",
        ",,\nAda Hill,0170 123,\nBen Low,0170 456,\n",
    ],
    ids=["phones", "no row between", "firms", "titles", "no header"],
)
def test_a_second_table_below_the_first_is_left_out(second: str, imported: Import) -> None:
    (imported.folder / "t.csv").write_text(ROLES + second, encoding="utf-8")
    result = imported.run(str(imported.folder / "t.csv"))
    assert [each.split(": ")[1] for each in findings(result)] == ["template-row"]
    assert "a second table begins with '" in result.stdout
    assert imported.stems == {"boss", "shop", "pack", "drive"}
    assert imported.front("boss")["owner"] == "Ada Hill"


@pytest.mark.parametrize(
    "more",
    [
        ",,\nCook,Ed Fox,\nBake,Flo Go,\n",
        ",,\nCook,vacant,\nBake,,30\n",
        ",,\nAda Hill,Ada Hill,\nBake,Flo Go,3\n",
    ],
)
def test_roles_below_an_empty_row_are_roles(more: str, imported: Import) -> None:
    (imported.folder / "t.csv").write_text(ROLES + more, encoding="utf-8")
    result = imported.run(str(imported.folder / "t.csv"))
    assert "second table" not in result.stdout
    assert len(imported.stems) == 6


@pytest.mark.parametrize(
    "cell", ["0170 123", "+49 30 1234", "1 May", "20 h", "Room 12", "Raum 3b", "Tel. 0170"]
)
def test_a_holder_with_figures_is_asked_about(cell: str, imported: Import) -> None:
    (imported.folder / "t.csv").write_text(f"{ROLES}Cook,{cell},5\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "t.csv"))
    assert findings(result) in (["t.csv:6: unclear-holder"], ["t.csv:6: placeholder-holder"])


@pytest.mark.parametrize("cell", ["Studio 54", "3M", "May Roome", "Jan Telford", "Seat 1"])
def test_a_name_like_a_room_or_a_month_is_a_name(cell: str, imported: Import) -> None:
    (imported.folder / "t.csv").write_text(f"title,owner\nBoss,Ada\nCook,{cell}\n", encoding="utf-8")
    assert imported.run(str(imported.folder / "t.csv")).exit_code == 0


# Hours that no week has


def test_hours_of_a_month_in_a_column_of_weekly_hours_are_reported(imported: Import) -> None:
    result = imported(
        "Job,Boss,Who,Seats,Hours\nBoss,,Ada Hill,1,60\nDriver,Boss,,3,120\n"
        "Nurse,Boss,,4,160\nCook,Boss,Cy Day,,61\n"
    )
    assert findings(result) == [f"a.csv:{row}: many-hours" for row in (3, 4, 5)]
    assert (
        "weekly_hours is '120', which is more than anybody works in a week. It was written: "
        "if it is of a month or of all seats, write the hours of one seat a week"
    ) in result.stdout
    assert imported.front("driver")["weekly_hours"] == 120


# Two header rows


@pytest.mark.parametrize("again", ["Owner,Weekly hours", "Next owner,Next hours"])
def test_names_of_columns_below_headings_of_groups_are_refused_where_they_are_there_twice(
    again: str, imported: Import
) -> None:
    (imported.folder / "t.csv").write_text(
        f"Title,Current,,Planned,\nTitle,Owner,Weekly hours,{again}\n"
        "Boss,Ada Hill,40,Ada Hill,30\nShop,Ben Low,20,Cy Day,10\n",
        encoding="utf-8",
    )
    result = imported.run(str(imported.folder / "t.csv"))
    if again == "Owner,Weekly hours":
        assert result.exit_code == 2
        assert "2 columns are called 'owner'. Give them different names" in result.stderr
    else:
        assert (result.exit_code, imported.front("shop")["owner"]) == (0, "Ben Low")
