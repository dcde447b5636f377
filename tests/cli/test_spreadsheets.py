"""Spreadsheets as people have them: names for parents, hours in words, titles above the header, dirt."""

import random
import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import Result

from imports import Import, findings
from projects import opened, write
from rolebook.organisation import names_nobody
from rolebook.spreadsheet.hours import read_hours

WEEK = Decimal(40)


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return Import(tmp_path)


def people(
    imported: Import,
    *rows: str,
    header: str = "Job,Who,Boss",
    more: tuple[str, ...] = (),
    to: str = "roles",
) -> Result:
    return imported("\n".join((header, *rows)) + "\n", more=more, to=to)


# Who is meant by a parent


def test_a_parent_is_found_by_the_name_of_its_holder(imported: Import) -> None:
    result = people(imported, "Boss,Orla Quint,", "Shop,Bram,orla quint", "Till,Eve,Bram", "Bar,Ida,Bram")
    assert result.exit_code == 0
    assert [imported.front(each).get("parent") for each in ("shop", "till", "bar")] == [
        "boss",
        "shop",
        "shop",
    ]
    assert result.stdout.startswith(
        "a.csv: parent 'orla quint' is read as the holder of row 2, 'Boss' (row 3; likewise rows 4 and 5)\n"
    )


@pytest.mark.parametrize(
    "written",
    [
        "Orla Quint (101)",
        "Quint, Orla",
        "101 - Orla Quint",
        "Orla Quint | 101",
        "101.0",
        "Boss (101)",
        "{101}",
    ],
)
def test_a_parent_can_be_written_in_many_ways(imported: Import, written: str) -> None:
    result = people(imported, "101,Boss,Orla Quint,", f'102,Shop,Bram,"{written}"', header="Ref,Job,Who,Boss")
    assert result.exit_code == 0, result.stdout
    assert imported.front("102")["parent"] == "101"


def test_a_name_and_an_id_of_two_rows_are_not_followed(imported: Import) -> None:
    rows = ("1,Boss,Orla Quint,", "2,Shop,Bram,", "3,Till,Eve,Bram (1)")
    result = people(imported, *rows, header="Ref,Job,Who,Boss")
    assert findings(result) == ["a.csv:4: ambiguous-parent"]
    assert "parent is 'Bram (1)': 2 rows have this id or holder (rows 2 and 3)" in result.stdout


def test_an_id_tells_apart_the_roles_of_one_holder(imported: Import) -> None:
    rows = ("1,Boss,Orla Quint,", "2,Buyer,Orla Quint,", "3,Till,Eve,Orla Quint (2)")
    assert people(imported, *rows, header="Ref,Job,Who,Boss").exit_code == 0
    assert imported.front("3")["parent"] == "2"


def test_a_name_of_two_rows_is_not_followed_and_the_rows_are_named(imported: Import) -> None:
    result = people(imported, "Boss,Orla,", "Buyer,Orla,Boss", "Shop,Bram,Orla")
    assert findings(result) == ["a.csv:4: ambiguous-parent"]
    assert "parent is 'Orla': 2 rows have this holder (rows 2 and 3)." in result.stdout
    assert "# parent: Orla" in imported.text("shop")


def test_whoever_holds_two_roles_may_report_to_the_other(imported: Import) -> None:
    assert people(imported, "Boss,Orla,", "Buyer,Orla,Orla").exit_code == 0
    assert imported.front("buyer")["parent"] == "boss"


def test_nobody_is_their_own_manager(imported: Import) -> None:
    result = people(imported, "Boss,Orla,Orla", "Shop,Shop,Shop")
    assert findings(result) == ["a.csv:2: self-parent", "a.csv:3: self-parent"]


def test_a_title_is_found_where_there_are_ids(imported: Import) -> None:
    result = people(imported, "1,Boss,Orla,", "2,Shop,Bram,Boss", header="Ref,Job,Who,Boss")
    assert result.exit_code == 0
    assert imported.front("2")["parent"] == "1"


def test_an_id_counts_before_a_title_and_a_title_before_a_name(imported: Import) -> None:
    rows = ("1,2,Ann,", "2,Ann,Bo,", "3,x,Cy,2", "4,y,Di,Ann")
    people(imported, *rows, header="Ref,Job,Who,Boss")
    assert (imported.front("3")["parent"], imported.front("4")["parent"]) == ("2", "2")


def test_vacant_and_unnamed_holders_are_nobodys_manager(imported: Import) -> None:
    result = people(imported, "a,Vacant,", "b,N/D,", "c,TBH,", "d,x,Vacant", "e,y,N/D", "f,z,TBH")
    assert [each for each in findings(result) if "parent" in each] == [
        "a.csv:5: unknown-parent", "a.csv:6: unknown-parent", "a.csv:7: unknown-parent",
    ]  # fmt: skip


def test_a_word_for_nobody_that_is_a_title_is_that_title(imported: Import) -> None:
    people(imported, "XX,Orla,", "Shop,Bram,xx")
    assert imported.front("shop")["parent"] == "xx"


def test_a_misspelt_parent_is_shown_what_is_near(imported: Import) -> None:
    result = people(imported, "Boss,Orla Quint,", "Shop,Bram,Orla Qiunt")
    assert "Did you mean 'Orla Quint'? It was left out" in result.stdout


def test_one_cause_is_one_line_with_values_and_rows(imported: Import) -> None:
    rows = [f"r{at},n{at},{'Gone' if at < 12 else 'Lost'}" for at in range(15)]
    result = people(imported, *rows, more=("--report", str(imported.folder / "report.txt")))
    assert findings(result) == ["a.csv:2: unknown-parent"]
    assert (
        "15 rows: parent: no row has this title or holder: 'Gone' (rows 2, 3, 4 and 9 more), "
        "'Lost' (rows 14, 15 and 16)." in result.stdout
    )
    assert "15 issues to review: 15 unknown-parent." in result.stdout
    assert (imported.folder / "report.txt").read_text(encoding="utf-8").count("[unknown-parent]") == 15


def test_rows_of_two_files_share_no_line(imported: Import) -> None:
    text = "Job,Boss\n" + "".join(f"r{at},Gone\n" for at in range(2))
    assert len(findings(imported(text, text.replace("r", "s")))) == 4


def test_three_rows_of_a_cause_get_a_line_each(imported: Import) -> None:
    assert len(findings(people(imported, *(f"r{at},,Gone" for at in range(3))))) == 3


# Whose name


def test_last_name_first_is_turned_where_all_are_written_so(imported: Import) -> None:
    result = people(imported, 'Boss,"Quint, Orla",', 'Shop,"Tell, Bram","Quint, Orla"')
    assert result.exit_code == 0
    assert imported.front("shop") == {"title": "Shop", "parent": "boss", "owner": "Bram Tell"}
    assert "owner 'Quint, Orla' is read as Orla Quint (row 2; likewise row 3)" in result.stdout


def test_last_name_first_is_turned_where_one_is_written_both_ways(imported: Import) -> None:
    people(imported, 'Boss,"Quint, Orla",', "Shop,Bram,Orla Quint", 'Till,"Fox, Eve",Shop')
    assert (imported.front("boss")["owner"], imported.front("till")["owner"]) == ("Orla Quint", "Eve Fox")


def test_one_name_with_a_comma_shows_nothing(imported: Import) -> None:
    people(imported, 'Boss,"Quint, Orla",')
    assert imported.front("boss")["owner"] == "Quint, Orla"


def test_other_names_with_a_comma_stay(imported: Import) -> None:
    people(imported, "Boss,Orla Quint,", 'Books,"Ash, Bo",', 'Law,"Fox & Sons, Ltd",')
    assert (imported.front("books")["owner"], imported.front("law")["owner"]) == (
        "Ash, Bo",
        "Fox & Sons, Ltd",
    )


def test_first_and_last_name_make_one_name(imported: Import) -> None:
    (imported.folder / "a.csv").write_text(
        "Job,First name,Surname\nx,Orla,Quint\ny,Bram,\nz,,\n", encoding="utf-8"
    )
    words = ("--map=title=Job", "--map=owner=Surname", "--map=owner=First name")
    assert imported.run(str(imported.folder / "a.csv"), *words).exit_code == 0
    assert [imported.front(each).get("owner") for each in "xyz"] == ["Orla Quint", "Bram", None]


def test_any_columns_can_be_joined(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Job,Ruf,Haus\nx,Orla,Quint\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"), "--map=title=Job", "--map=owner=Ruf + Haus")
    assert imported.front("x")["owner"] == "Orla Quint"


@pytest.mark.parametrize(
    "word", ["TBH", "tbd", "T.B.C.", "?", "Open – SRE", "vacant (was Bram)", "Open: lead"]
)
def test_a_word_in_place_of_a_name_is_no_person(imported: Import, word: str) -> None:
    result = people(imported, f"x,{word},")
    assert findings(result) == ["a.csv:2: placeholder-holder"]
    assert f"owner is '{word}'" in result.stdout
    assert imported.front("x") == {"title": "x"}
    assert f"# owner: {word}  (row 2 of a.csv: not a name)\n" in imported.text("x")


@pytest.mark.parametrize(
    "word",
    [
        "APPOINTMENT NEEDED",
        "to be hired",
        "Position open",
        "New hire",
        "n/a",
        "-",
        "xxx",
        "(vacant)",
        "nobody",
        *("vakant", "offen", "noch offen", "N.N.", "N. N.", "NN", "(N.N.)", "unbesetzt", "nicht besetzt"),
        *("nachzubesetzen", "zu besetzen", "offen ab 1.3.", "Stelle vakant", "derzeit unbesetzt (war Bram)"),
        *("à pourvoir", "A pourvoir", "poste vacant", "non pourvu", "vacante", "por cubrir", "sin asignar"),
        *(
            "por definir",
            "puesto vacante",
            "nadie",
            "vago",
            "a definir",
            "vacature",
            "n.t.b.",
            "da assegnare",
        ),
        *("ledig", "Ledigt", "onbezet", "ubesat", "ubesatt", "avoin", "neobsazeno", "do obsadzenia", "boş"),
        *("вакансия", "Вакантно", "не назначен", "Elternzeit", "parental leave", "maternity cover (Ann)"),
        *("not filled", "z.Zt. nicht besetzt", "On leave", "Candidate identified", "Q3 hire", "k/A"),
        *("Backfill Ada Hill", "backfill for Ada", "currently on leave", "✓", "→", "Interim", "acting"),
        *("see row 3", "siehe Zeile 3", "voir note 2", "ver fila 4", "see notes", "See the org chart"),
        *("Karenzvertretung", "Vertretung", "wird noch benannt", "folgt", "à confirmer", "a nomear"),
        *("rotating", "im Wechsel", "pendiente", "pending", "sans objet", "não se aplica", "Suplencia"),
    ],
)
def test_words_for_nobody(word: str) -> None:
    assert names_nobody(word)


@pytest.mark.parametrize(
    "name",
    [
        "Ann Open",
        "Open-Door Ltd",
        "Hope Vacanti",
        "Needed Hire Ltd",
        "Nadia",
        "Tb",
        "Role Lee",
        "X Æ",
        "NN Group",
        "Ana Vago",
        "Nadie Lopes",
        "Offen Meier",
        "Stelle Dubois",
        "N. Neri",
        "Gesuch",
        "Ab Seiter",
        "Ledig Kofoed",
        "Avoine",
        "Sick Leavey",
        "Notta Open",
        "Candida Tate",
        "Q Hire",
        "Leave Olsen",
        "K. Adler",
        "Back Fill Ltd",
        *("See Kok Wah", "Siehe Meier", "Ver Onica", "Interim Partners", "Ada (interim)", "acting: Ada Hill"),
        *("Folgert", "Pendleton", "Vea Nunes"),
    ],
)
def test_names_that_are_near_a_word_for_nobody(name: str) -> None:
    assert not names_nobody(name)


@pytest.mark.parametrize("cell", ["Jess / Tom", "Jess/Tom", "Jess; Tom", "Jess + Tom", '"Jess\nTom"'])
def test_two_names_are_no_person(imported: Import, cell: str) -> None:
    result = people(imported, f"x,{cell},")
    assert findings(result) == ["a.csv:2: unclear-holder"]
    assert imported.front("x") == {"title": "x"}


def test_me_is_whoever_says_so(imported: Import) -> None:
    assert findings(people(imported, "x,me,")) == ["a.csv:2: unclear-holder"]
    (imported.roles / "x.md").unlink()
    result = people(imported, "x,Me,", "y,Bo,me", more=("--me", "Ruth Wren"))
    assert result.exit_code == 0
    assert (imported.front("x")["owner"], imported.front("y")["parent"]) == ("Ruth Wren", "x")


def test_words_in_brackets_after_a_name_are_reported_but_a_number_goes(imported: Import) -> None:
    result = people(imported, "x,Books (external),", "y,Ann Ash (104),")
    assert findings(result) == ["a.csv:2: unclear-holder"]
    assert (imported.front("x")["owner"], imported.front("y")["owner"]) == ("Books (external)", "Ann Ash")


# Ids


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("9b2f3c4d-0000-4a4a-8b8b-1234567890ab", "long numbers"),
        ("orla.quint@example.com", "e-mail addresses"),
        ("Orla Quint", "names of people"),
    ],
)
def test_ids_that_should_be_in_no_address_give_way_to_titles(
    imported: Import, reference: str, why: str
) -> None:
    rows = (f"{reference},Boss,Orla Quint,", f"7,Shop,Bram,{reference.upper()}")
    result = people(imported, *rows, header="Ref,Job,Who,Boss")
    assert imported.stems == {"boss", "7"}
    assert imported.front("7")["parent"] == "boss"
    assert f"Ids that are {why}" in result.stdout
    words = (
        f"--map={field}={column}" for field, column in (("id", "Ref"), ("title", "Job"), ("owner", "Who"))
    )
    imported.run(str(imported.folder / "a.csv"), *words, "--keep-ids", to="kept")
    assert not (imported.folder / "kept" / "boss.md").exists()


def test_a_column_of_names_gives_no_ids(imported: Import) -> None:
    (imported.folder / "a.csv").write_text(
        "Full name,Job,Boss\nOrla Quint,Boss,\nBram,Shop,Orla Quint\n", encoding="utf-8"
    )
    words = ("--map=id=Full name", "--map=title=Job", "--map=parent=Boss")
    imported.run(str(imported.folder / "a.csv"), *words)
    assert imported.stems == {"boss", "shop"}
    assert imported.front("shop")["parent"] == "boss"


def test_whole_numbers_lose_the_fraction_that_programs_add(imported: Import) -> None:
    assert people(imported, "101.0,a,Ann,", "102.0,b,Bo,101", header="Ref,Job,Who,Boss").exit_code == 0
    assert imported.front("102")["parent"] == "101"


def test_numbers_with_fractions_stay(imported: Import) -> None:
    people(imported, "1.0,a,x,", "1.1,b,y,1.0", header="Ref,Job,Who,Boss")
    assert imported.stems == {"1-0", "1-1"}


@pytest.mark.parametrize("header", ["Job,Who,Why", "Ref,Job,Who"])
def test_ids_do_not_depend_on_the_order_of_rows(tmp_path: Path, header: str) -> None:
    rows = [
        f"{title},{name},{why}" for title in ("Clerk", "clerk", "Clerk 2") for name in "ab" for why in "tu"
    ]
    chance = random.Random(1)
    found = set()
    for number in range(4):
        imported = Import(tmp_path / str(number))
        imported.folder.mkdir()
        chance.shuffle(rows)
        people(imported, *rows, header=header)
        texts = ((each, imported.text(each)) for each in sorted(imported.stems))
        found.add(tuple((stem, text.split("title:")[1]) for stem, text in texts))
    assert len(found) == 1


def test_a_deleted_post_is_retired(imported: Import) -> None:
    result = people(imported, "Deleted,Clerk,Ann,", "Deleted,Driver,Bo,", header="Ref,Job,Who,Boss")
    assert imported.front("clerk") == {"title": "Clerk", "owner": "Ann", "status": "retired"}
    assert imported.front("driver")["status"] == "retired"
    assert "the id 'Deleted' is read as a retired role (rows 2 and 3)" in result.stdout


# Hours


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("10h/week", 10, 10), ("3 hrs", 3, 3), ("7,5", 7.5, 7.5), ("1/2 day", 4, 4), ("½ day", 4, 4),
        ("1 1/2 days", 12, 12), ("1½ days", 12, 12), ("1.5 FTE", 60, 60), ("50 %", 20, 20), ("50%", 20, 20),
        ("full-time", 40, 40), ("Full time", 40, 40), ("half-time", 20, 20), ("ca. 4", 4, 4),
        ("~6 h", 6, 6),
        ("20 hours per week", 20, 20), ("37.5 h p.w.", 37.5, 37.5), ("8h/day", 40, 40),
        ("2 days a week", 16, 16),
        ("26 h/month", 6, 6), ("52 hours a year", 1, 1), ("90 min", 1.5, 1.5), ("38:30", 38.5, 38.5),
        ("1h30", 1.5, 1.5), ("1 h 30 min", 1.5, 1.5), ("5-8", 5, 8), ("10–20 hrs", 10, 20),
        ("10h - 12h", 10, 12),
        ("8 to 10.5", 8, 10.5),
        ("20-10", 10, 20), ("0", 0, 0), (",5", 0.5, 0.5), (".5", 0.5, 0.5), ("40.0", 40, 40),
        ("10 Std./Woche", 10, 10), ("1 day", 8, 8), ("2 days", 16, 16), ("0,125 fte", 5, 5),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(cell: str, low: float, high: float) -> None:
    found = read_hours(cell, WEEK)
    assert found is not None
    assert (float(found.low), float(found.high)) == (low, high)


@pytest.mark.parametrize(
    "cell",
    [
        "many", "1,000", "-1", "5/8", "up to 10", "10+", "<10", "10 h - 2 days", "1/0 day",
        "2 days/day", "1 fte/month",
        "part-time", "10 x 3", "2026-05-08", "", "h", "1:75", "9" * 5000, "10 bananas", "1 2 h",
    ],
)  # fmt: skip
def test_hours_that_may_mean_anything_are_not_read(cell: str) -> None:
    assert read_hours(cell, WEEK) is None


def test_a_share_of_a_week_is_what_a_number_means_where_that_is_said() -> None:
    found = read_hours("0,5", WEEK, "fte")
    assert found is not None
    assert (found.low, found.how) == (20, "")


def test_each_way_to_read_hours_is_reported_once(imported: Import) -> None:
    result = imported("Job,Hours\na,1.5 fte\nb,2 fte\nc,1 day\nd,10 h\n")
    assert result.exit_code == 0
    week = "a full week is 37.5 h, see --full-week (row 2; likewise row 3)"
    assert f"a.csv: weekly_hours '1.5 fte' is read as 56.25 h a week; {week}\n" in result.stdout
    assert "weekly_hours '1 day' is read as 7.5 h a week; a day is 7.5 h, see --full-week" in result.stdout
    assert "'10 h'" not in result.stdout


def test_hours_that_cannot_be_used_are_quoted_whole_with_what_to_write(imported: Import) -> None:
    result = imported("Job,Hours\nx,Full-timeish as far as anybody can tell from the contract\n")
    assert (
        "weekly_hours is 'Full-timeish as far as anybody can tell from the contract'. "
        "Write the hours a week in digits, such as 10 or 7.5. It was left out" in result.stdout
    )


def test_a_share_in_percent_or_words_is_an_fte(imported: Import) -> None:
    imported("Job,FTE\na,50 %\nb,full-time\nc,30 h\nd,0.5-1\n")
    hours = [imported.front(each)["weekly_hours"] for each in "abcd"]
    assert hours == [18.75, 37.5, 30, {"min": 18.75, "max": 37.5}]


# How the table is cut, and where its header is


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nJob;Boss\r\na;\r\nb;a\r\n",
        "SEP=|\nJob|Boss\na|\nb|a\n",
        "Job|Boss\na|\nb|a\n",
        "Org chart 2026;;\n;;\nJob;Boss;\na;;\nb;a;\n",
        "Org chart, as of May\n\nJob;Boss\na;\nb;a\n",
        "Exported on,2026-05-01,by,me\nJob,Boss\na,\nb,a\n",
    ],
)
def test_the_header_is_found(imported: Import, text: str) -> None:
    assert imported(text).exit_code == 0
    assert imported.front("b") == {"title": "b", "parent": "a"}


def test_rows_below_a_delimiter_line_are_numbered_as_a_spreadsheet_shows_them(imported: Import) -> None:
    assert findings(imported("sep=;\nJob;Boss\na;z\n")) == ["a.csv:2: unknown-parent"]


def test_a_header_below_a_title_is_named_when_it_holds_no_title(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Org chart\n\nSeat;Reports to\nx;\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert result.exit_code == 2
    assert "The columns are 'Seat', 'Reports to'." in result.stderr
    assert 'If their contents match their names, add --map title="Seat"' in result.stderr
    assert "The header was read from row 3 of a.csv." in result.stderr


# Columns


def test_a_column_that_is_called_like_a_field_but_for_spaces_is_read(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Title,Parent,Weekly hours\nBoss,,40\n", encoding="utf-8")
    assert imported.run(str(imported.folder / "a.csv")).exit_code == 0
    assert imported.front("boss")["weekly_hours"] == 40


def test_map_adds_to_what_the_header_says(imported: Import) -> None:
    (imported.folder / "a.csv").write_text(
        "Title,Parent,Hours,Location\nBoss,,40,North\nShop,Boss,8,South\n", encoding="utf-8"
    )
    words = ("--map=weekly_hours=Hours", "--map=tags=Location")
    assert imported.run(str(imported.folder / "a.csv"), *words).exit_code == 0
    assert imported.front("shop") == {"title": "Shop", "parent": "boss", "weekly_hours": 8, "tags": ["South"]}


def test_a_field_can_be_left_out(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Title,Status\nBoss,busy\n", encoding="utf-8")
    assert imported.run(str(imported.folder / "a.csv"), "--map=status=").exit_code == 0


def test_columns_that_are_not_used_are_named_with_the_field_they_may_be(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Title,Hours per week,Shoe,Empty\nBoss,40,9,\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert result.exit_code == 1
    assert (
        "a.csv: the column 'Hours per week' is not used and may be the field 'weekly_hours'. "
        'If it is, add --map weekly_hours="Hours per week"; '
        "if it is not, add --map weekly_hours=. [unused-column]\n" in result.stdout
    )
    assert "a.csv: not used: 'Shoe'.\n" in result.stdout
    assert imported.run(str(imported.folder / "a.csv"), "--map=weekly_hours=", to="again").exit_code == 0


def test_first_and_last_name_are_offered_together(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Title,Last name,First name\nBoss,Quint,Orla\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert (
        "the columns 'First name' and 'Last name' are not used and may be the field 'owner'" in result.stdout
    )
    assert '--map owner="First name+Last name"' in result.stdout


def test_the_column_that_parents_are_in_is_offered_as_ids(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Title,No,Parent\nBoss,1,\nShop,2,1\nTill,3,2\n", encoding="utf-8")
    assert 'If it is, add --map id="No"' in imported.run(str(imported.folder / "a.csv")).stdout


# Rows that are no role, or twice the same


@pytest.mark.parametrize(
    "title", ["[Job title]", "<role>", "Total", "Sum", "Example", "e.g. Manager", "Job", "title"]
)
def test_rows_that_are_no_role_are_left_out_and_reported(imported: Import, title: str) -> None:
    result = imported(f"Job\nHead\n{title}\n")
    assert findings(result) == ["a.csv:3: template-row"]
    assert imported.stems == {"head"}


def test_the_same_row_twice_is_reported(imported: Import) -> None:
    result = imported("Job,Who\nHead,Ann\nHead,Bo\nHead,Ann\n")
    assert findings(result) == ["a.csv:4: repeated-row"]
    assert "the row is the same as row 2" in result.stdout
    assert len(imported.stems) == 3


@pytest.mark.parametrize(
    ("rows", "found"),
    [("Cook,\nCook,\n", []), ("Cook,Ann\nCook,Ann\n", ["a.csv:4: repeated-row"]), ("Cook,\nCook,Ann\n", [])],
)
def test_equal_rows_are_reported_if_they_say_more_than_a_title(
    rows: str, found: list[str], imported: Import
) -> None:
    result = imported(f"Job,Who\nHead,Zed\n{rows}")
    assert findings(result) == found
    assert len(imported.stems) == 3


def test_the_same_member_twice_is_counted_once_and_reported(imported: Import) -> None:
    table = (
        "Job,Who,as,weekly_hours\nGuild,Ann,chair,2\nOps,Ann,chair,2\nGuild,Ann,chair,2\nGuild,Ann,chair,1\n"
    )
    result = imported(table, more=("--memberships",))
    assert findings(result) == ["a.csv:4: repeated-row", "a.csv:5: repeated-row"]
    assert "the row is the same as row 2. It was left out." in result.stdout
    assert imported.front("guild")["members"] == [{"person": "Ann", "as": "chair", "weekly_hours": 3}]


@pytest.mark.parametrize("unit", ["post ", "a,", "a/", "a (", "a - ", "[a](", "x@.", "1/", "- "])
def test_long_cells_take_no_longer(imported: Import, unit: str) -> None:
    cell = unit * 20_000 + "@,"
    started = time.monotonic()
    imported(f'Ref,Job,Who,Hours\n"{cell}","{cell}","{cell}","{cell}"\n')
    assert time.monotonic() - started < 10


# Differences that cannot be seen


def test_unicode_forms_and_letters_that_nobody_sees_make_no_other_name(imported: Import) -> None:
    result = people(
        imported, "B\u00fcro,Zo\u00eb,", "Shop,Bo,Bu\u0308ro", "Till,Cy,B\u00fc\u200bro", "Bar,Di,Zoe\u0308"
    )
    assert [imported.front(each)["parent"] for each in ("shop", "till", "bar")] == ["b\u00fcro"] * 3
    assert findings(result) == ["a.csv:4: control-characters"]


def test_links_in_cells_are_their_text(imported: Import) -> None:
    rows = ('"[CEO](../../ceo/index.md), founder",[Ann](x.md),', '"Clerk",Bo,"[CEO](a.md), founder"')
    result = people(imported, *rows)
    assert result.exit_code == 0
    assert imported.front("ceo-founder") == {"title": "CEO, founder", "owner": "Ann"}
    assert imported.front("clerk")["parent"] == "ceo-founder"
    assert "title '[CEO](../../ceo/index.md), founder' is read as 'CEO, founder'" in result.stdout


# What programs for personnel and for charts write

EXPORTS = {
    "BambooHR": """\
Employee #,Last Name First Name,First Name,Last Name,Job Title,Location,Reporting To,Employment Status
1001,"Quint, Orla",Orla,Quint,Managing Director,Dublin,,Full-Time
1002,"Tell, Bram",Bram,Tell,Head of Shop,Dublin,Orla Quint,Full-Time
1003,"Fox, Eve",Eve,Fox,Sales Assistant,Cork,Bram Tell,Part-Time
""",
    "Google Workspace": """\
First Name [Required],Last Name [Required],Email Address [Required],Employee Title,Manager Email
Orla,Quint,orla@x.org,Managing Director,
Bram,Tell,bram@x.org,Head of Shop,orla@x.org
Eve,Fox,eve@x.org,Sales Assistant,bram@x.org
""",
    "Entra": """\
displayName,id,jobTitle,department,manager,officeLocation
Orla Quint,9b2f3c4d-0000-4a4a-8b8b-000000000001,Managing Director,Board,,Dublin
Bram Tell,9b2f3c4d-0000-4a4a-8b8b-000000000002,Head of Shop,Shop,9b2f3c4d-0000-4a4a-8b8b-000000000001,X
Eve Fox,9b2f3c4d-0000-4a4a-8b8b-000000000003,Sales Assistant,Shop,9b2f3c4d-0000-4a4a-8b8b-000000000002,X
""",
    "Visio": """\
Name,Unique_ID,Title,Reports_To,Department,Telephone,Master_Shape
Orla Quint,ID1,Managing Director,,Board,123,0
Bram Tell,ID2,Head of Shop,ID1,Shop,123,1
Eve Fox,ID3,Sales Assistant,ID2,Shop,123,2
""",
    "Lucidchart": """\
Employee ID,Name,Supervisor ID,Role,Email,Image URL
1,Orla Quint,,Managing Director,o@x.org,
2,Bram Tell,1,Head of Shop,b@x.org,
3,Eve Fox,2,Sales Assistant,e@x.org,
""",
    "Deel": """\
Worker Name,Worker Type,Job Title,Country,Direct Manager,Contract Status,Weekly Hours
Orla Quint,Employee,Managing Director,IE,,active,40
Bram Tell,EOR Employee,Head of Shop,IE,Orla Quint,active,37.5
Eve Fox,Contractor,Sales Assistant,PT,Bram Tell (2),active,20
""",
    "HiBob": """\
Display name,Employee ID,Email,Job title,Department,Reports to,Reports to email,Site,Start date,FTE %
Orla Quint,1,o@x.org,Managing Director,Board,,,Dublin,2020-01-01,100%
Bram Tell,2,b@x.org,Head of Shop,Shop,Orla Quint,o@x.org,Dublin,2021-01-01,80%
Eve Fox,3,e@x.org,Sales Assistant,Shop,Bram Tell,b@x.org,Porto,2022-01-01,50%
""",
}


@pytest.mark.parametrize("program", EXPORTS)
def test_an_export_says_what_to_add_and_is_then_the_organisation(imported: Import, program: str) -> None:
    (imported.folder / "a.csv").write_text(EXPORTS[program], encoding="utf-8")
    first = imported.run(str(imported.folder / "a.csv"), "--dry-run")
    words = re.findall(r'--map (\w+)="([^"]+)"', first.output)
    result = imported.run(str(imported.folder / "a.csv"), *(f"--map={field}={name}" for field, name in words))
    assert result.exit_code in (0, 1)
    roles = [imported.front(stem) for stem in sorted(imported.stems)]
    by_title = {role["title"]: role for role in roles}
    assert {title: role["owner"] for title, role in by_title.items()} == {
        "Managing Director": "Orla Quint", "Head of Shop": "Bram Tell", "Sales Assistant": "Eve Fox"
    }  # fmt: skip
    stems = dict(zip((role["title"] for role in roles), sorted(imported.stems), strict=True))
    titles = ("Managing Director", "Head of Shop", "Sales Assistant")
    parents = [by_title[title].get("parent") for title in titles]
    assert parents == [None, stems["Managing Director"], stems["Head of Shop"]]
    assert not any("quint" in stem or "@" in stem for stem in imported.stems)


@pytest.mark.parametrize("wanted", ["Quint", "orla", "Frau Orla Quint", "Mme Quint"])
def test_a_manager_may_be_a_part_of_the_only_name_that_has_it(imported: Import, wanted: str) -> None:
    result = people(imported, "Boss,Dr. Orla Quint,", f"Shop,Bram Orr,{wanted}")
    assert findings(result) == ["a.csv:3: parent-by-part"]
    assert "Orla Quint', who holds 'Boss'" in result.stdout
    assert imported.front("shop")["parent"] == "boss"


def test_a_part_of_a_name_that_two_have_is_nobody(imported: Import) -> None:
    result = people(
        imported, "Boss,Orla Quint,", "Cook,Ann Quint,Boss", "Shop,Bram Orr,Quint", "Bar,Cy Moe,Moe"
    )
    assert findings(result) == ["a.csv:4: ambiguous-parent", "a.csv:5: unknown-parent"]


def test_a_number_in_a_holder_s_name_is_no_part_by_which_they_are_called(imported: Import) -> None:
    result = people(imported, "Boss,Holder 12,", "Shop,Bram Orr,12", "Bar,Cy,Holder 1")
    assert findings(result) == ["a.csv:3: unknown-parent", "a.csv:4: unknown-parent"]


def test_headings_between_the_rows_are_reported(imported: Import) -> None:
    rows = (
        "SALES,,",
        "Head,Ann,",
        "Rep,Bo,Head",
        "TOP,,",
        "Cook,Cy,TOP",
        "BAKERY,,",
        "Baker,Di,Head",
        "x,Y,TOP",
    )
    rows += ("z,Z,TOP",)
    result = people(imported, *rows)
    assert findings(result) == ["a.csv:2: heading-row", "a.csv:7: heading-row"]
    assert "nothing but 'SALES'. It was written as sales.md: delete it if it is a heading." in result.stdout


def test_a_table_of_titles_has_no_headings(imported: Import) -> None:
    assert findings(imported("Job,Who\nHead,\nCook,\nBaker,Ann\n")) == []


def test_a_comma_in_one_name_of_many_is_reported(imported: Import) -> None:
    result = people(imported, "Boss,Orla Quint,", 'Shop,"Lou, Max",Boss')
    assert findings(result) == ["a.csv:3: unclear-holder"]
    assert "owner is 'Lou, Max', which may be a last and a first name, or two people" in result.stdout


def test_headers_in_other_languages_are_advised(tmp_path: Path) -> None:
    headers = {
        "Stelle;Stelleninhaber;Vorgesetzter;Wochenstunden;Abteilung": "title owner parent weekly_hours tags",
        "Poste;Titulaire;Responsable hiérarchique;Temps de travail": "title owner parent weekly_hours",
        "Puesto;Responsable;Depende de;Horas semanales;Área": "title owner parent weekly_hours tags",
        "Name;Type;Reports to;Person": "title kind parent owner",
    }
    for header, fields in headers.items():
        said = refused(tmp_path, f"{header}\n")
        for column, field in zip(header.split(";"), fields.split(), strict=False):
            assert f'--map {field}="{column}"' in said
        assert "Did you mean" not in said


def test_who_is_asked_for_titles_learns_how_to_name_them(tmp_path: Path) -> None:
    said = refused(tmp_path, "Punkt;Rolle 1;Rolle 2\nAnna;Einkauf;Lager\n")
    assert 'Say which of them has the names of the roles: --map title="…".' in said


def refused(folder: Path, table: str) -> str:
    """What is said of a table whose columns nobody has named."""
    (folder / "a.csv").write_text(table, encoding="utf-8")
    return Import(folder).run(str(folder / "a.csv")).output


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        *(("media jornada", 20), ("mi-temps", 20), ("à mi-temps", 20), ("temps plein", 40), ("halbtags", 20)),
        *(("20 h/semana", 20), ("20 horas por semana", 20), ("5 Stunden je Woche", 5), ("3 h par jour", 15)),
        *(("8 h al día", None), ("104 h/an", 2), ("12 uren", 12), ("0,8 ETP", 32), ("Teilzeit", None)),
        *(
            ("1 jornada", 40),
            ("3/4 etatu", 30),
            ("pełny etat", 40),
            ("pół etatu", 20),
            ("20 godz. tygodniowo", 20),
        ),
        *(
            ("20 timer i uge", 20),
            ("32 tim/vecka", 32),
            ("TC", 40),
            ("20 ч. в неделю", 20),
            ("0,5 ставки", 20),
        ),
        *(("20 時間/週", 20), ("10 hodin týdně", 10), ("1 kurs", None)),
    ],
)
def test_hours_in_other_languages(cell: str, hours: float | None) -> None:
    found = read_hours(cell, Decimal(40))
    assert (found.high if found else None) == hours


def test_a_table_of_examples_only_says_which_they_are(imported: Import) -> None:
    result = people(imported, "[Your title],[Name],", "e.g. Baker,,")
    assert result.exit_code == 2
    assert "No row is a role. a.csv:2: " in result.output and "template-row" in result.output


@pytest.mark.parametrize(
    "header",
    [
        ("Name", "Vorname"),
        ("Nom de famille", "Prénom"),
        ("Nom", "Prénom usuel"),
        ("Apellidos", "Nombre"),
        ("Cognome", "Nome"),
        ("Sobrenome", "Nome"),
        ("Achternaam", "Voornaam"),
        ("Efternamn", "Förnamn"),
        ("Nazwisko", "Imię"),
        ("Zuname", "Vorname"),
        ("Employee Last Name", "Employee First Name"),
        ("Legal Last Name", "Preferred First Name"),
        ("LNAME", "FNAME"),
        ("姓", "名"),
    ],
)
def test_a_first_and_a_last_name_in_any_language_make_one_name(
    imported: Import, header: tuple[str, str]
) -> None:
    last, first = header
    text = f"{last},{first},Title\nQuint,Orla,Boss\n"
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), f"--map=owner={last}", f"--map=owner={first}")
    assert (imported.front("boss")["owner"], result.exit_code) == ("Orla Quint", 0)
    (imported.roles / "boss.md").unlink()
    offered = imported.run(str(imported.folder / "a.csv"))
    assert f'--map owner="{first}+{last}"' in offered.stdout


def test_beside_both_names_whoever_is_responsible_is_the_manager(imported: Import) -> None:
    text = "Matricule;Nom;Prénom;Intitulé du poste;Responsable\n1;Roy;Ève;Cheffe;\n2;Bel;Léo;Aide;Ève Roy\n"
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    offered = imported.run(str(imported.folder / "a.csv")).stderr
    assert '--map parent="Responsable"' in offered and '--map owner="Prénom+Nom"' in offered


def test_a_second_cell_for_a_field_is_reported_and_kept(imported: Import) -> None:
    (imported.folder / "a.csv").write_text(
        "Title,Dept,Site\nA,Sales,Cork\nB,,Cork\nC,Cork,cork\n", encoding="utf-8"
    )
    result = imported.run(str(imported.folder / "a.csv"), "--map=tags=Dept", "--map=tags=Site")
    assert result.stdout.startswith(
        "a.csv:2: 'Site' has 'Cork', but tags is read from another column. If they belong together, "
        'write --map tags="Dept+Site", in their order. '
        "It was left out and kept as a comment in a.md. [unread-cell]\n"
    )
    assert "1 unread-cell" in result.stdout
    assert imported.front("a")["tags"] == ["Sales"] and "Cork" in imported.text("a")
    assert imported.front("b")["tags"] == ["Cork"]


@pytest.mark.parametrize(
    ("hours", "share", "taken", "kept", "reported"),
    [
        ("40", "1", 40, "", ""),
        ("37.5", "1", 37.5, "", ""),
        ("15", "0.4", 15, "", ""),
        ("0", "0", 0, "", ""),
        ("48", "1", 48, "", ""),
        ("30", "1", 30, "", ""),
        ("40", "0.5", 40, "fte", "'40', and fte '0.5'. Check which is right: the hours were taken."),
        ("37.5", "2", 37.5, "fte", "'37.5', and fte '2'."),
        ("49", "1", 49, "fte", "'49', and fte '1'."),
        ("29", "1", 29, "fte", "'29', and fte '1'."),
        ("20", "some", 20, "fte", "'20', and fte 'some'."),
        ("part-time", "0.5", 18.75, "weekly_hours", "'part-time', so the hours are those of fte '0.5'."),
    ],
)
def test_hours_and_shares_that_differ_are_reported(
    imported: Import, hours: str, share: str, taken: float, kept: str, reported: str
) -> None:
    (imported.folder / "a.csv").write_text(f"Title,Hours,FTE\nA,{hours},{share}\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--map=weekly_hours=Hours", "--map=fte=FTE")
    assert imported.front("a")["weekly_hours"] == taken
    assert result.exit_code == bool(reported)
    assert (f"a.csv:2: weekly_hours is {reported}" in result.stdout) == bool(reported)
    comments = [line.split(":")[0] for line in imported.text("a").splitlines() if line.startswith("# ")]
    assert comments == [f"# {kept}"] * bool(kept)


@pytest.mark.parametrize(
    ("owner", "read"),
    [
        ("Eve Long, Tom Short, Ian Poe", None),
        ("Eve Long / Tom Short", None),
        ("Eve (50%), Tom (50 %)", None),
        ("Eve Long (away until 06/2027)", "Eve Long (away until 06/2027)"),
        ("Eve Long (20 h), Tom Short (0.5 FTE)", None),
        ("Long, Eve (she/her)", "Eve Long"),
        ("Eve Long (they/them)", "Eve Long"),
        ("Quint, Orla, PhD", "Quint, Orla, PhD"),
    ],
)
def test_lists_of_people_are_nobody_and_pronouns_no_part_of_a_name(
    imported: Import, owner: str, read: str | None
) -> None:
    table = f'Title,Owner,Parent\nHead,"Stone, Ada",\nDeputy,Ben Hill,Ada Stone\nMaths,"{owner}",Head\n'
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert imported.front("maths").get("owner") == read
    assert ("may be several people" in result.stdout) == (read is None)


@pytest.mark.parametrize(
    ("owner", "is_two"),
    [
        ("Eve Long and Tom Short", True),
        ("Eve & Tom Long", True),
        ("Eva Lang und Tom Kurz", True),
        ("Piotr i Anna Nowak", True),
        ("Eve Long, Tom Short", True),
        ("Smith & Sons", False),
        ("Johnson & Johnson", False),
        ("José Ortega y Gasset", False),
        ("Maria da Silva e Souza", False),
        ("Sofie von und zu Wied", False),
        ("de la Cruz, María José", False),
        ("Bright and Co.", False),
        ("Long, Eve", False),
        ("Eve Long", False),
    ],
)
def test_what_may_be_two_people_is_reported_and_stays_a_name(
    imported: Import, owner: str, is_two: bool
) -> None:
    table = f'Title,Owner,Parent\nHead,"Stone, Ada",\nDeputy,Ben Hill,Ada Stone\nMaths,"{owner}",Head\n'
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert imported.front("maths")["owner"]
    assert (
        f"a.csv:4: owner is '{owner}', which may be two people. Write one name" in result.stdout
    ) == is_two


@pytest.mark.parametrize(("others", "is_two"), [(3, True), (0, False)])
def test_where_long_names_are_usual_they_are_one_person(imported: Import, others: int, is_two: bool) -> None:
    short = "".join(f'Clerk {at},"Roe{at}, Eve",Head\n' for at in range(others))
    table = f'Title,Owner,Parent\nHead,"Ruiz Gil, Ana Eva",\n{short}Maths,"Long Sy, Tom Mo",Head\n'
    for at in range(others):
        table += f'Cook {at},"Fox{at}, Tom",Head\n'
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert imported.front("maths")["owner"] == "Tom Mo Long Sy"
    assert ("owner is 'Long Sy, Tom Mo', which may be two people" in result.stdout) == is_two


def test_a_heading_is_reported_where_nobody_reports_to_anybody(imported: Import) -> None:
    table = "Title,Owner,weekly hours\nSALES,,\nSeller,Cy Low,30\nBuyer,Dee Wu,30\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == ["a.csv:2: heading-row"]
    (imported.folder / "b.csv").write_text("Title,Owner\nSales,\nSeller,Cy Low\n", encoding="utf-8")
    assert findings(imported.run(str(imported.folder / "b.csv"), to="other")) == []


@pytest.mark.parametrize("headings", [1, 2, 4, 7])
def test_headings_are_reported_however_many_they_are(headings: int, imported: Import) -> None:
    bare = "".join(f"Department {at},,\n" for at in range(headings))
    table = f"Title,Owner,Weekly hours\nSeller,Cy Low,30\n{bare}Buyer,Dee Wu,30\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert f"{headings} heading-row" in result.stdout


@pytest.mark.parametrize(
    ("title", "is_footer"),
    [
        *((each, True) for each in ("Page 1 of 1", "Seite 2/3", "Source: HR", "Quelle: Personal")),
        *((each, True) for each in ("Printed 01.05.2026 12:00", "Approved: ______", "Note: part time")),
        *((each, True) for each in ("* = part time", "Stand: 1. Mai", "Stand 05/2026", "Approved by: ____")),
        *((each, True) for each in ("*) until May", "© The Shop", "Version 3", "Last updated: May")),
        *((each, False) for each in ("Page", "Source manager", "Note taker", "Printer", "Key account")),
        *((each, False) for each in ("Version control", "Stand-in", "Date keeper", "Cook *")),
    ],
)
def test_what_stands_below_a_table_is_no_role(title: str, is_footer: bool, imported: Import) -> None:
    result = people(imported, "Head,Ann,", "Cook,Bo,Head", "Baker,Cy,Head", f'"{title}",,')
    assert findings(result) == ["a.csv:5: template-row" if is_footer else "a.csv:5: heading-row"]
    assert len(imported.stems) == (3 if is_footer else 4)
    assert findings(people(imported, "Head,Ann", f'"{title}",Bo', header="Job,Who", to="held")) == []


def test_teams_of_one_title_below_two_parents_are_named(imported: Import) -> None:
    table = "Title,Parent,Owner\nOps,North,Ada\nOps,South,Cy\nNorth,,Dee\nSouth,,Eve\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--memberships")
    assert "'Ops' below 'North' and 'Ops' below 'South' are read as two teams (row 3)" in result.stdout
    assert imported.stems == {"ops", "ops-2", "north", "south"}


@pytest.mark.parametrize(
    ("table", "advice"),
    [
        (
            "Numer;Stanowisko;Przełożony;Pracownik\n101;Dyrektor;;Jan\n102;Biuro;101;Ewa\n103;Auto;101;Jo\n",
            '--map id="Numer" --map title="Stanowisko" --map parent="Przełożony" --map owner="Pracownik".',
        ),
        (
            "Ref;Post;Line;Person\nA1;Head;;Jan\nA2;Clerk;A1;Ewa\nA3;Cook;A1;Jo\n",
            '--map id="Ref" --map title="Post" --map owner="Person" --map parent="Line".',
        ),
        (
            "No;Post;Prio;Person\n1;Head;1;Jan\n2;Clerk;1;Ewa\n3;Cook;1;Jo\n",
            '--map title="Post" --map owner="Person".',
        ),
        (
            "Code;Post;Zu;Person\nA1;Head;A1;Jan\nA2;Clerk;A1;Ewa\nA3;Cook;A1;Jo\n",
            '--map title="Post" --map owner="Person".',
        ),
    ],
)
def test_columns_that_refer_to_rows_are_found_by_what_they_hold(
    imported: Import, table: str, advice: str
) -> None:
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    assert f"add {advice}" in imported.run(str(imported.folder / "a.csv")).stderr


@pytest.mark.parametrize(
    "word",
    ["NULL", "(blank)", "0", "frozen", "On hold", "New post", "Open req #2231", "3 people", "see above",
     "ausgeschrieben", "En cours de recrutement", "空缺"],
)  # fmt: skip
def test_more_words_for_nobody(imported: Import, word: str) -> None:
    (imported.folder / "a.csv").write_text(f"Title,Owner\nA,{word}\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    assert "owner" not in imported.front("a")


def test_of_two_rows_of_headings_the_names_of_the_columns_are_read(imported: Import) -> None:
    text = "Post,,Holder,,Hours\nTitle,Parent,First name,Last name,Weekly hours\nBoss,,Ada,Stone,40\n"
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    words = ("--map=owner=First name", "--map=owner=Last name")
    assert imported.run(str(imported.folder / "a.csv"), *words).exit_code == 0
    assert imported.front("boss") == {"title": "Boss", "owner": "Ada Stone", "weekly_hours": 40}


def test_sums_beside_any_column_and_another_header_are_no_roles(imported: Import) -> None:
    text = "Nr,Title,Parent,Owner,Hours\n1,Boss,,Ada,40\nTotal,,,,40\nNr,Title,,Owner,Std\n2,Cook,Boss,,5\n"
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--map=weekly_hours=Hours")
    assert imported.stems == {"boss", "cook"}
    assert "a.csv:3: the row is 'Total', which is no role's title" in result.stdout
    assert "a.csv:4: the row is the header once more" in result.stdout


def test_hours_of_several_functions_in_one_team_are_added(imported: Import) -> None:
    text = "Circle,Member,Function,Hours\nA,Ben Hill,Lead,3\nA,Ben Hill,Secretary,1\n"
    text += "B,Cy Low,Clerk,2\n" + "B,Cy Low,Scribe,1 to 2\n" * 2
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    maps = ("--map=title=Circle", "--map=owner=Member", "--map=as=Function", "--map=weekly_hours=Hours")
    imported.run(str(imported.folder / "a.csv"), "--memberships", *maps)
    (ben,) = imported.front("a")["members"]
    assert (ben["as"], ben["weekly_hours"]) == ("Secretary", 4)
    (cy,) = imported.front("b")["members"]
    assert (cy["as"], cy["weekly_hours"]) == ("Clerk, Scribe", {"min": 3, "max": 4})


def test_the_wte_of_hospitals_is_fte(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Title,Hours\nA,0.5 WTE\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"), "--map=weekly_hours=Hours")
    assert imported.front("a")["weekly_hours"] == 18.75


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1001 Ada Stone", "Ada Stone"),
        ("1001 - Ada Stone", "Ada Stone"),
        ("Ada Stone - 1001", "Ada Stone"),
        ("Ada Stone | 1001", "Ada Stone"),
        ("Ada Stone <ada@x.example>", "Ada Stone"),
        ("Ada Stone*", "Ada Stone"),
        ("Ada Stone¹", "Ada Stone"),
        ("Stone, Ada †", "Ada Stone"),
        ("Studio 54", "Studio 54"),
        ("3M", "3M"),
        ("Ada-Maria Stone", "Ada-Maria Stone"),
        ("24 Hour Plumbers", "24 Hour Plumbers"),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(imported: Import, written: str, read: str) -> None:
    table = f'Title,Owner,Parent\nHead,"Low, Cy",\nCook,"{written}",Cy Low\n'
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert imported.front("cook")["owner"] == read
    assert (
        written == read
        or f"owner '{written}' is read as {read}" in result.stdout
        or "Low, Cy" in result.stdout
    )


def test_a_curly_apostrophe_makes_no_other_person(tmp_path: Path) -> None:
    roles = {
        f"roles/{at}.md": f"---\ntitle: {at}\nowner: Pat O{mark}Neill\n---\n"
        for at, mark in (("a", "'"), ("b", "’"))
    }
    assert len(opened(write(tmp_path, roles)).organisation.people) == 1


@pytest.mark.parametrize("row", ["Vacant,Vacant", "Ada,Vacant", "N/D,N/D", "TBC,"])
def test_a_vacancy_in_the_columns_of_both_names_is_one(imported: Import, row: str) -> None:
    (imported.folder / "a.csv").write_text(f"Title,First,Last\nBoss,{row}\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"), "--map=owner=First", "--map=owner=Last")
    assert "owner" not in imported.front("boss")


def test_all_columns_of_a_name_are_in_the_remedy(imported: Import) -> None:
    (imported.folder / "a.csv").write_text(
        "Title,Achternaam,Tussenvoegsel,Voornaam\nBoss,Berg,van den,Anna\n", encoding="utf-8"
    )
    maps = [f"--map=owner={each}" for each in ("Voornaam", "Tussenvoegsel", "Achternaam")]
    result = imported.run(str(imported.folder / "a.csv"), *maps)
    assert '--map owner="Voornaam+Achternaam+Tussenvoegsel", in their order' in result.stdout


@pytest.mark.parametrize(
    ("title", "owner", "is_sum"),
    [
        ("Zwischensumme", "", True),
        ("Summe:", "", True),
        ("TOTAL (4)", "", True),
        ("Total FTE", "", True),
        ("Total général", "", True),
        ("合计", "", True),
        ("Total Rewards Manager", "", False),
        ("Sum", "Sum Wei", False),
        ("Average", "", True),
    ],
)
def test_sums_are_no_roles_and_roles_no_sums(imported: Import, title: str, owner: str, is_sum: bool) -> None:
    text = f"Title,Owner,Parent,Weekly hours\nBoss,Ada,,40\n{title},{owner},Boss,9\n"
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    assert (len(imported.stems) == 1) == is_sum


FIGURES = (
    *(
        "of which vacant",
        "Davon unbesetzt",
        "dont vacants",
        "其中空缺",
        "Mean",
        "Ø per role",
        "Ø",
        "Avg. hours",
    ),
    *(
        "Durchschnitt je Rolle",
        "Media per ruolo",
        "Headcount",
        "Head count:",
        "FTE",
        "Total FTEs",
        "VZÄ",
        "Totaux",
    ),
    *("Full week", "Hours per week", "Number of roles", "Anzahl der Stellen", "Vacant positions", "Vakanzen"),
)
NO_FIGURES = (
    *(
        "Mean machine operator",
        "FTE planner",
        "Headcount analyst",
        "Vacant property manager",
        "Media",
        "Open position",
    ),
    *(
        "Average adjuster",
        "Full week cook",
        "Numbers",
        "Davonport guide",
        "Open positions recruiter",
        "Effective head",
    ),
)


@pytest.mark.parametrize("title", FIGURES)
def test_figures_about_the_rows_above_are_left_out(title: str, imported: Import) -> None:
    rows = f"Boss,,Ada,40\nCook,Boss,,10\n{title},,,20\n"
    (imported.folder / "a.csv").write_text(f"Title,Parent,Owner,Weekly hours\n{rows}", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == ["a.csv:4: template-row"]
    assert f"the row is '{title}', which is no role's title. It was left out." in result.stdout
    assert imported.stems == {"boss", "cook"}


@pytest.mark.parametrize("title", NO_FIGURES)
def test_one_more_row_at_the_top_that_nobody_holds_is_written_and_reported(
    title: str, imported: Import
) -> None:
    rows = f"Boss,,Ada,40\nCook,Boss,,10\n{title},,,20\n"
    table = imported.folder / "a.csv"
    table.write_text(f"Title,Parent,Owner,Weekly hours\n{rows}", encoding="utf-8")
    result = imported.run(str(table))
    assert findings(result) == ["a.csv:4: template-row"]
    assert (
        f"'{title}' reports to nobody and nobody holds it, as if it were a sum. It was written as"
        in result.stdout
    )
    assert len(imported.stems) == 3
    assert imported.run(str(table), "--update").exit_code == 0, "it is said once"


@pytest.mark.parametrize(
    "rows",
    [
        "Boss,,Ada,40\nCook,Boss,,10\nFTE,Boss,,20\n",
        "Boss,,Ada,40\nCook,Boss,,10\nFTE,,Ben Low,20\n",
        "FTE,,,40\nCook,FTE,Ben Low,20\n",
        "Boss,,Ada,40\nCook,Boss,,10\nOther boss,,,20\nDriver,Other boss,,20\n",
        "Boss,,Ada,40\nCook,,,10\nDriver,,,20\n",
        "Boss,,,40\nCook,Boss,,10\n",
        "Boss,,Ada,40\nCook,Boss,,10\nAdviser,,Ben Low,20\n",
        "Boss,,Ada,40\nCook,Boss,,10\nAdviser,,vacant,20\n",
        "Boss,,Ada,40\nCook,Boss,,10\nAdviser,xx,,20\n",
    ],
)
def test_roles_at_the_top_are_no_figures(rows: str, imported: Import) -> None:
    (imported.folder / "a.csv").write_text(f"Title,Parent,Owner,Weekly hours\n{rows}", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == []
    assert len(imported.stems) == rows.count("\n")


def test_a_title_without_a_figure_is_no_figure(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("id,title,owner\n1,Boss,Ada\n2,Mean,\n", encoding="utf-8")
    assert imported.run(str(imported.folder / "a.csv")).exit_code == 0
    assert imported.stems == {"1", "2"}


def test_figures_of_a_team_are_its_members(imported: Import) -> None:
    rows = "Boss,,,Ada,40\nCook,Boss,,,10\nCouncil,,team,,20\n"
    (imported.folder / "a.csv").write_text(f"Title,Parent,Kind,Owner,Weekly hours\n{rows}", encoding="utf-8")
    assert "as if it were a sum" not in imported.run(str(imported.folder / "a.csv")).stdout


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("Dr. Ada Stone", "Ada Stone"), ["Ada Stone", "Ada Stone"]),
        (("Ms Ada Stone", "Prof. Dr. Ada Stone"), ["Ada Stone", "Ada Stone"]),
        (("Dr. Ada Stone", "Cy Low"), ["Dr. Ada Stone", "Cy Low"]),
        (("Don Draper", "Draper"), ["Don Draper", "Draper"]),
        (('"Stone, Dr. Ada"', '"Stone, Ada"'), ["Ada Stone", "Ada Stone"]),
        (("1001 Ada Stone", "Ada Stone (1001)"), ["Ada Stone", "Ada Stone"]),
        (("1001 Ada Stone", "Ada Stone <ada2@x.example>"), ["Ada Stone", "Ada Stone"]),
    ],
)
def test_a_name_with_and_without_a_form_of_address_is_one_person(
    imported: Import, cells: tuple[str, str], read: list[str]
) -> None:
    result = people(imported, f"a,{cells[0]},", f"b,{cells[1]},a")
    assert [imported.front(each)["owner"] for each in "ab"] == read
    assert findings(result) == []


def test_a_form_of_address_goes_where_a_parent_has_none(imported: Import) -> None:
    result = people(imported, "a,Dr. Ada Stone,", "b,Cy Low,Ada Stone")
    assert (imported.front("a")["owner"], imported.front("b")["parent"]) == ("Ada Stone", "a")
    assert "owner 'Dr. Ada Stone' is read as Ada Stone (row 2)" in result.stdout


@pytest.mark.parametrize(
    "parent",
    ["1001 Ada Stone", "Ada Stone - 1001", "Ada Stone*", "Ada Stone <ada@x.example>", '"Stone, Ada (1001)"'],
)
def test_what_stands_beside_the_name_of_a_parent_is_no_part_of_it(imported: Import, parent: str) -> None:
    result = people(imported, "a,Ada Stone,", "b,Cy Low,a", f"c,Di Poe,{parent}")
    assert (imported.front("c").get("parent"), findings(result)) == ("a", [])
    assert f"parent '{parent.strip(chr(34))}' is read as the holder of row 2" in result.stdout


def test_each_way_in_which_a_name_is_written_is_reported(imported: Import) -> None:
    rows = ("a,1001 Ada Stone,", "b,1002 Ben Hill,", "c,Cy Low*,", "d,Di Poe <di@x.example>,")
    said = people(imported, *rows).stdout
    assert "owner '1001 Ada Stone' is read as Ada Stone (row 2; likewise row 3)" in said
    assert "owner 'Cy Low*' is read as Cy Low (row 4)" in said
    assert "owner 'Di Poe <di@x.example>' is read as Di Poe (row 5)" in said


@pytest.mark.parametrize("form", ["{} Ada Stone", "Ada Stone - {}", "Ada Stone ({})"])
def test_different_numbers_beside_one_name_are_different_people_until_somebody_says_so(
    imported: Import, form: str
) -> None:
    result = people(imported, f"a,{form.format(1001)},", f"b,{form.format(1002)},a", "c,Cy Low,b")
    assert imported.front("a")["owner"] != imported.front("b")["owner"]
    assert findings(result) == ["a.csv:2: unclear-holder", "a.csv:3: unclear-holder"]


def test_the_numbers_of_rows_beside_a_name_tell_nobody_apart(imported: Import) -> None:
    rows = ("101,a,Ada Stone (101),", "102,b,102 Ada Stone,101")
    assert people(imported, *rows, header="Ref,Job,Who,Boss").exit_code == 0
    assert [imported.front(each)["owner"] for each in ("101", "102")] == ["Ada Stone", "Ada Stone"]


def test_hours_that_are_not_the_same_in_total_are_reported(imported: Import) -> None:
    said = imported("Job,FTE\na,7.5\nb,2.6\nc,7.5\n").stdout
    assert (
        "a.csv: fte '7.5' is read as 35.16 h for each of 8 seats: 281.28 h in place of 281.25 h "
        "(rows 2 and 4)\n" in said
    )


def test_a_range_from_the_higher_number_is_reported(imported: Import) -> None:
    assert "weekly_hours '9-5' is read as 5 to 9 h a week" in imported("Job,Hours\na,9-5\n").stdout


@pytest.mark.parametrize(
    "above",
    [
        "Post,,Holder,,Hours\n",
        "Post,Post,Holder,Holder,Hours\n",
        "Organisation,,,,\nPost,,Holder,,Hours\n",
        "Post,,Holder,,Hours\n(one a row),,,,\n",
        "Title,Head Office,,,\n",
    ],
)
def test_the_row_with_most_of_the_columns_that_are_named_is_the_header(imported: Import, above: str) -> None:
    text = f"{above}Title,Parent,First name,Last name,Weekly hours\nBoss,,Ada,Stone,40\nPost,Boss,,,\n"
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    words = ("--map=owner=First name", "--map=owner=Last name")
    assert imported.run(str(imported.folder / "a.csv"), *words).exit_code == 0
    assert imported.front("boss") == {"title": "Boss", "owner": "Ada Stone", "weekly_hours": 40}
    assert imported.front("post") == {"title": "Post", "parent": "boss"}


def test_columns_of_other_fields_show_the_header_where_the_titles_are_misspelt(imported: Import) -> None:
    text = "Staff list,Position,2026\nJob,Who,Boss\nHead,Ada,\n"
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    words = ("--map=title=Jop", "--map=owner=Who", "--map=parent=Boss")
    said = imported.run(str(imported.folder / "a.csv"), *words).output
    assert "The columns are 'Job', 'Who', 'Boss'." in said


def test_notes_without_a_title_are_no_roles(imported: Import) -> None:
    table = "Ref,Job,Who,Boss,Why\n1,Boss,Ada,,\n,,As of May 2026,,\n,,,,*) on leave\n3,,,,\n"
    result = imported(table)
    assert imported.stems == {"1", "3"}
    assert findings(result) == ["a.csv:3: template-row", "a.csv:4: template-row", "a.csv:5: missing-title"]
    assert "the row has nothing but 'As of May 2026', and no title. It was left out." in result.stdout


def test_parents_are_found_among_the_roles_that_are_there(imported: Import) -> None:
    assert imported("Ref,Job,Who\n1,Head,Ada\n2,Cook,Ben\n").exit_code == 0
    (imported.roles / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    rows = "3,Clerk,Cy,Ada\n4,Scribe,Di,1\n5,Porter,Ed,Cook\n6,Maid,Flo,Nobody\n"
    result = imported(f"Ref,Job,Who,Boss\n{rows}")
    assert [imported.front(each).get("parent") for each in "3456"] == ["1", "1", "2", None]
    assert findings(result) == ["a.csv:5: unknown-parent"]
    assert (imported.roles / "broken.md").exists()


def test_a_role_that_is_there_is_no_rows_without_an_update(imported: Import) -> None:
    assert imported("Job,Who\nHead,Ada\n").exit_code == 0
    result = imported("Job,Who\nHead,Ben\n")
    assert (result.exit_code, "already has head.md" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Ben Hill or Cy Low", True),
        ("Ben Hill → Cy Low", False),
        ("Ben Hill -> Cy Low", False),
        ("ex Ben Hill", True),
        ("Ben Hill?", True),
        ("Ben Hill ab 1.3.", True),
        ("Interim: Eve Long", True),
        ("Various", False),
        ("alle", False),
        ("TRUE", False),
        ("Team", False),
        ("External", False),
        ("all staff", False),
        ("alle Mitarbeiter", False),
        ("self", False),
    ],
)
def test_what_is_more_than_a_name_is_reported(imported: Import, cell: str, kept: bool) -> None:
    result = people(imported, f"a,{cell},")
    assert findings(result) == ["a.csv:2: unclear-holder"]
    assert ("owner" in imported.front("a")) is kept
    members = imported(f"Job,Who\nb,{cell}\n", more=("--memberships",), to="teams")
    assert findings(members) == ["a.csv:2: unclear-holder"] or not kept


@pytest.mark.parametrize("name", ["Studio 54", "3M", "Alla Bo", "Exeter Ltd", "Ann Noor", "Jean-Luc Ou"])
def test_what_is_a_name_alone_is_not_reported(imported: Import, name: str) -> None:
    assert findings(people(imported, f"a,{name},")) == []


@pytest.mark.parametrize(
    ("hours", "fte", "seats", "read"),
    [
        ("75", "2", None, {"title": "a", "weekly_hours": 37.5, "seats": 2}),
        ("37.5", "1", None, {"title": "a", "weekly_hours": 37.5}),
        ("20", "0.5", None, {"title": "a", "weekly_hours": 20}),
        ("37.5", "2", "2", {"title": "a", "weekly_hours": 37.5, "seats": 2}),
        ("10-20", "0.4", None, {"title": "a", "weekly_hours": {"min": 10, "max": 20}}),
    ],
)
def test_hours_and_shares_that_agree_are_those_of_all_seats(
    imported: Import, hours: str, fte: str, seats: str | None, read: dict[str, object]
) -> None:
    result = imported(f"Job,Hours,FTE,Seats\na,{hours},{fte},{seats or ''}\n")
    assert (imported.front("a"), findings(result)) == (read, [])


@pytest.mark.parametrize(
    ("hours", "fte", "seats", "each"),
    [("37.5", "2", "2", 37.5), ("75", "2", "2", 37.5), ("40", "1", "1", 40)],
)
def test_hours_are_those_of_one_seat_or_of_all_as_the_share_says(
    imported: Import, hours: str, fte: str, seats: str, each: float
) -> None:
    result = imported(f"Job,Hours,FTE,Seats\na,{hours},{fte},{seats}\n")
    assert (imported.front("a")["weekly_hours"], findings(result)) == (each, [])


@pytest.mark.parametrize(
    ("header", "names", "read"),
    [
        ("姓,名", "王,伟", "王伟"),
        ("Vezetéknév,Keresztnév", "Nagy,Anna", "Nagy Anna"),
        ("Last name,First name", "Quint,Orla", "Orla Quint"),
    ],
)
def test_last_names_stand_first_in_languages_that_write_them_so(
    imported: Import, header: str, names: str, read: str
) -> None:
    (imported.folder / "a.csv").write_text(f"Title,{header}\nBoss,{names}\n", encoding="utf-8")
    words = [f"--map=owner={each}" for each in header.split(",")]
    assert imported.run(str(imported.folder / "a.csv"), *words).exit_code == 0
    assert imported.front("boss")["owner"] == read


def test_a_column_of_names_alone_is_no_column_of_titles(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Name,Hours\nAda,3\n", encoding="utf-8")
    said = imported.run(str(imported.folder / "a.csv")).stderr
    assert '--map owner="Name"' in said and '--map title="Name"' not in said


def test_readings_of_different_forms_get_a_line_each(imported: Import) -> None:
    rows = "Boss,1001 Ada Stone\nCook,1002 Ben Hill\nMaid,Cy Low <cy@x.example>\n"
    (imported.folder / "a.csv").write_text(f"Title,Owner\n{rows}", encoding="utf-8")
    said = imported.run(str(imported.folder / "a.csv")).stdout
    assert "owner '1001 Ada Stone' is read as Ada Stone (row 2; likewise row 3)" in said
    assert "owner 'Cy Low <cy@x.example>' is read as Cy Low (row 4)" in said


def test_short_forms_of_address_are_no_part_of_a_manager(imported: Import) -> None:
    rows = "Chef,Frau Dr. Anna Weiß,\nBuch,Hr. Klaus Groß,Fr. Dr. Weiß\nLager,Klaus Groß,Fr. Weiß\n"
    table = f"Title,Owner,Parent\n{rows}Aushilfe,div.,Lager\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    fronts = {each: imported.front(each) for each in ("buch", "lager", "aushilfe")}
    assert [each.get("parent") for each in fronts.values()] == ["chef", "chef", "lager"]
    assert [each.get("owner") for each in fronts.values()] == ["Klaus Groß", "Klaus Groß", None]
    assert "owner is 'div.'. A role has one owner: write the name" in result.stdout


@pytest.mark.parametrize("member", ["me", "Myself", "I"])
def test_me_in_a_team_is_whoever_is_named(member: str, imported: Import) -> None:
    table = f"Job,Who\nGuild,Ann\nGuild,{member}\n"
    result = imported(table, more=("--memberships",))
    assert findings(result) == ["a.csv:3: unclear-holder"]
    assert f"owner is '{member}'. Write the name, or add --me with yours." in result.stdout
    assert imported.front("guild")["members"] == ["Ann"]
    imported(table, more=("--memberships", "--me", "Ruth Wren", "--update"))
    assert imported.front("guild")["members"] == ["Ann", "Ruth Wren"]


NUMBERED = [
    "Vacant*",
    "*vacant*",
    "TBH 1",
    "TBD 2",
    "Vacant 1",
    "New Hire #2",
    "TBH1",
    "Backfill",
    "Headcount 3",
]


@pytest.mark.parametrize("owner", NUMBERED)
def test_words_for_nobody_with_numbers_and_marks(owner: str, imported: Import) -> None:
    result = people(imported, f"x,{owner},")
    assert findings(result) == ["a.csv:2: placeholder-holder"]
    assert "owner" not in imported.front("x")


@pytest.mark.parametrize("name", ["Ada 2", "Studio 54", "Penny Open", "Backfillers Ltd", "Opening Night"])
def test_names_with_numbers_stay(name: str, imported: Import) -> None:
    people(imported, f"x,{name},")
    assert imported.front("x")["owner"] == name


def test_two_known_names_are_no_last_and_first_name(imported: Import) -> None:
    rows = (
        'CEO,"Stone, Ada",\nCTO,"Hill, Ben",CEO\nCFO,"Low, Cy","Stone, Ada"\nOps,"Ben Hill, Ada Stone",CFO\n'
    )
    (imported.folder / "a.csv").write_text(f"Title,Owner,Parent\n{rows}", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == ["a.csv:5: unclear-holder"]
    assert "owner is 'Ben Hill, Ada Stone', which may be several people" in result.stdout
    assert [imported.front(each).get("owner") for each in ("cfo", "ops")] == ["Cy Low", None]
    imported.run(str(imported.folder / "a.csv"), "--memberships", to="teams")
    assert "members:\n  - Ben Hill\n  - Ada Stone\n" in (imported.folder / "teams/ops.md").read_text("utf-8")


def test_a_name_and_an_id_that_disagree_are_reported(imported: Import) -> None:
    rows = "1,CEO,,Ada Stone\n3,Dev,1,Ben Hill\n5,Help,Ben Hill (1),Di Mo\n4,Test,Ben Hill (99),Cy Low\n"
    (imported.folder / "a.csv").write_text(f"id,title,parent,owner\n{rows}", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == ["a.csv:4: ambiguous-parent", "a.csv:5: parent-by-part"]
    assert "'Ben Hill (1)': 2 rows have this id or holder (rows 2 and 3). Write the id" in result.stdout
    assert imported.front("4")["parent"] == "3" and "parent" not in imported.front("5")


def test_a_holder_has_one_seat_whatever_the_share(imported: Import) -> None:
    result = imported("Job,Who,FTE\na,Ada,1.04\nb,Ben,1.5\nc,Cy,2.5\nd,,2.5\n")
    fronts = {each: imported.front(each) for each in "abcd"}
    assert [(each.get("weekly_hours"), each.get("seats")) for each in fronts.values()] == [
        *((39, None), (56.25, None), (None, None)),
        (31.25, 3),
    ]
    assert findings(result) == ["a.csv:4: wrong-value"]
    assert "fte is '2.5' for Cy alone. Write the share of one holder, such as 0.8 or 80 %" in result.stdout


@pytest.mark.parametrize(
    ("cells", "warned"), [("100,80", True), ("100,9", False), ("50,100.0", True), ("1,80", False)]
)
def test_numbers_that_may_be_percent_are_noticed(cells: str, warned: bool, imported: Import) -> None:
    one, other = cells.split(",")
    result = imported(f"Job,FTE\na,{one}\nb,{other}\n")
    assert ("may be percent. If they are, write 80 % or 0.8. [shares-for-hours]" in result.stdout) == warned


def test_last_names_stand_first_in_teams_as_elsewhere(imported: Import) -> None:
    board = 'Board,team,,Ada Stone,"Ben Hill; Cy Low"'
    safety = 'Safety,team,Board,"Hill, Ben","Stone, Ada; Low, Cy (2 h)"'
    table = f"title,kind,parent,lead,members\n{board}\n{safety}\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    said = imported.run(str(imported.folder / "a.csv")).stdout
    assert imported.front("safety")["lead"] == "Ben Hill"
    assert imported.front("safety")["members"] == ["Ada Stone", {"person": "Cy Low", "weekly_hours": 2}]
    assert "lead 'Hill, Ben' is read as Ben Hill (row 3)" in said


HILL = "r0,Boss,,,Ada Hill,,\nr1,Shop,,r0,Ben Low,,\n"


def board(imported: Import, lead: str, members: str) -> Result:
    table = f'Id,Title,Kind,Parent,Owner,Lead,Members\n{HILL}r2,Board,team,r0,,"{lead}","{members}"\n'
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    return imported.run(str(imported.folder / "a.csv"))


@pytest.mark.parametrize("word", ["n/a", "N/A", "k/A", "n/d", "-", "TBC", "vacant", "On leave"])
def test_a_word_for_nobody_is_nobody_in_a_team(word: str, imported: Import) -> None:
    result = board(imported, word, word)
    assert imported.front("r2") == {"title": "Board", "kind": "team", "parent": "r0"}
    # The words of --vacant and --unnamed are said to be nobody, and nobody needs to review them.
    assert f"lead {'' if word in ('n/d', 'vacant') else 'has '}'{word}'" in result.stdout


@pytest.mark.parametrize("slash", ["Ann Nor/Abe Dow", "Ann Nor / Abe Dow", "n/a / Ann Nor; Abe Dow"])
def test_a_slash_is_between_two_members(slash: str, imported: Import) -> None:
    board(imported, "", slash)
    assert imported.front("r2")["members"] == ["Ann Nor", "Abe Dow"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Dr. Ada Hill", "Ada Hill"),
        ("Ben Low <ben@x.org>", "Ben Low"),
        ("Ben Low ben@x.org", "Ben Low"),
        ("Ada Hill*", "Ada Hill"),
        ("1001 Ada Hill", "Ada Hill"),
        ("Ada Hill (she/her)", "Ada Hill"),
        ("• Ada Hill", "Ada Hill"),
        ("- Ada Hill", "Ada Hill"),
    ],
)
def test_who_leads_and_who_belongs_is_read_like_a_holder(written: str, read: str, imported: Import) -> None:
    result = board(imported, written, "Cy Fox")
    assert (imported.front("r2")["lead"], result.exit_code) == (read, 0)
    imported.run(str(imported.folder / "a.csv"), "--map=lead=Members", "--map=members=Lead", to="other")
    assert f"members:\n  - {read}\n" in (imported.folder / "other/r2.md").read_text("utf-8")
    assert f"lead '{written}' is read as {read}" in result.stdout or written[0] in "•-"
    owner = people(imported, "x,Ada Hill", f"y,{written}", "z,Ben Low", header="Job,Who", to="owners")
    assert owner.exit_code == 0
    assert f"owner: {read}\n" in (imported.folder / "owners/y.md").read_text("utf-8")


@pytest.mark.parametrize("word", ["all staff", "Everyone", "the whole team", "External", "me"])
def test_nobody_in_particular_is_nobody_in_a_team(word: str, imported: Import) -> None:
    result = board(imported, word, f"{word}; Cy Fox")
    assert findings(result) == ["a.csv:4: unclear-holder"] * 2
    assert imported.front("r2").get("lead") is None and imported.front("r2")["members"] == ["Cy Fox"]


@pytest.mark.parametrize("name", ["Hill, A.", "Hill, Ada May"])
def test_a_last_name_first_in_a_team_is_reported_where_others_stand_otherwise(
    name: str, imported: Import
) -> None:
    result = board(imported, name, f"{name}; Low, B.")
    assert "unclear-holder" in result.stdout and name in result.stdout


@pytest.mark.parametrize("cell", ["• Ada Hill\n• Ben Low", "- Ada Hill\n- Ben Low"])
def test_a_list_with_bullets_is_several_people(cell: str, imported: Import) -> None:
    result = people(imported, f'x,"{cell}",')
    assert findings(result) == ["a.csv:2: unclear-holder"]
    assert imported.front("x") == {"title": "x"}
    board(imported, "", cell)
    assert imported.front("r2")["members"] == ["Ada Hill", "Ben Low"]


@pytest.mark.parametrize("name", ["Hill Ada", "HILL Ada", "hill  ada"])
def test_a_name_with_its_words_in_another_order_is_reported(name: str, imported: Import) -> None:
    result = board(imported, name, "Cy Fox")
    assert findings(result) == ["a.csv:4: unclear-holder"]
    assert f"lead is '{' '.join(name.split())}', and 'Ada Hill' has the same words" in result.stdout
    result = people(imported, "x,Ada Hill", f"y,{name}", "z,Ada Hills", header="Job,Who", to="owners")
    assert findings(result) == ["a.csv:3: unclear-holder"]


def test_what_nobody_is_called_in_a_team_is_reported(imported: Import) -> None:
    rows = 'Dev,,,deputy,role,Di Mo\nBoard,Dev,"Ben Hill; Cy Low",chair,team,\nSafety,Dev,,chair,team,\n'
    (imported.folder / "a.csv").write_text(f"title,parent,members,as,kind,owner\n{rows}", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == [
        "a.csv:2: field-of-other-kind",
        "a.csv:3: wrong-value",
        "a.csv:4: wrong-value",
    ]
    assert "# as: chair" in imported.text("board") and "# as: deputy" in imported.text("dev")


def test_what_later_rows_say_of_a_team_is_reported(imported: Import) -> None:
    rows = "Safety,Ada Stone,Keep us safe,x,,team\nSafety,Ben Hill,Keep all safe,x,retired,team\n"
    table = f"title,owner,purpose,tags,status,kind\n{rows}"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--memberships")
    assert findings(result) == ["a.csv:3: unread-cell", "a.csv:3: unread-cell"]
    front = imported.front("safety")
    assert (front["purpose"], front["tags"], front.get("status")) == ("Keep us safe", ["x"], None)
    assert "# purpose: Keep all safe" in imported.text("safety")


@pytest.mark.parametrize("word", ["Subtotal IT", "Sous-total", "Zwischensumme Nord", "Razem"])
def test_sums_of_a_part_are_no_roles(word: str, imported: Import) -> None:
    result = imported(f"Ref,Job,Boss,Hours\n1,CEO,,40\n{word},,,40\n")
    assert findings(result) == ["a.csv:3: template-row"]
    assert imported.stems == {"1"}


def test_a_member_with_other_hours_is_added_up_and_reported(imported: Import) -> None:
    rows = "Safety,Ada Stone,,2\nSafety,Ada Stone,,3\nSafety,Ada Stone,chair,1\n"
    (imported.folder / "a.csv").write_text(f"title,owner,as,weekly_hours\n{rows}", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--memberships")
    assert findings(result) == ["a.csv:3: repeated-row"]
    assert "Ada Stone is in row 2 already, called the same. Their hours were added up." in result.stdout


@pytest.mark.parametrize(
    ("lead", "members", "reported"),
    [
        ("Ada Stone (interim)", "Ben Hill", 1),
        ("Ada Stone", "Ada Stone and Ben Hill; Cy Low - secretary; Di Mo: treasurer", 3),
        ("Ada Stone", "Jean-Luc Smith-Jones; Ben Hill (chair)", 0),
    ],
)
def test_what_may_be_more_than_a_name_in_a_team(
    lead: str, members: str, reported: int, imported: Import
) -> None:
    table = f"title,kind,parent,lead,members\nBoard,team,,{lead},{members}\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == ["a.csv:2: unclear-holder"] * reported


def test_a_sheet_is_named_once(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("title\nBoss\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--sheet", "A", "--sheet", "B")
    assert result.exit_code == 2 and "give it once" in result.output


def test_lists_are_split_at_lines_and_at_semicolons(imported: Import) -> None:
    (imported.folder / "a.csv").write_text('title,skills,tags\nA,"• a; b\n• c","x;y\nz"\n', encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    front = imported.front("a")
    assert (front["skills"], front["tags"]) == (["a", "b", "c"], ["x", "y", "z"])


def test_a_parent_may_be_the_id_of_a_file_that_is_there(imported: Import) -> None:
    imported.roles.mkdir()
    (imported.roles / "managing-director.md").write_text("---\ntitle: The boss\n---\n", encoding="utf-8")
    (imported.folder / "a.csv").write_text("title,parent\nOps,managing-director\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    assert imported.front("ops")["parent"] == "managing-director"


def test_rows_of_a_team_need_its_kind_once(imported: Import) -> None:
    board = "Board,team,CEO,Ada Stone,chair\nBoard,,CEO,Cy Low,\nBoard,role,CEO,Ed No,\n"
    rows = f"CEO,,,Ada Stone,\n{board}Chef,,CEO,Di Mo,\n"
    (imported.folder / "a.csv").write_text(f"title,kind,parent,owner,as\n{rows}", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    assert imported.stems == {"ceo", "board", "board-2", "chef"}
    boards = [imported.front(each) for each in ("board", "board-2")]
    assert sorted(str(each.get("members") or each.get("owner")) for each in boards) == [
        "Ed No",
        "[{'person': 'Ada Stone', 'as': 'chair'}, 'Cy Low']",
    ]


def test_who_is_two_things_leads_as_in_two_rows(imported: Import) -> None:
    rows = 'Safety,Ada Stone,"chair, treasurer"\nAudit,Ada Stone,chair\nAudit,Ada Stone,treasurer\n'
    (imported.folder / "a.csv").write_text(f"title,owner,as\n{rows}", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"), "--memberships")
    for team in ("safety", "audit"):
        front = imported.front(team)
        assert front["lead"] == "Ada Stone"
        assert front["members"] == [{"person": "Ada Stone", "as": "chair, treasurer"}]


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("1.800 Std/Jahr", 34.62), ("1,800 h/year", 34.62), ("1'800 h/Jahr", 34.62),
        ("1 607 heures/an", 30.9), ("20 ore settimanali", 20), ("37 t/uke", 37), ("40 óra/hét", 40),
        ("39 Wochenstunden", 39), ("1.5 h", 1.5),
    ],
)  # fmt: skip
def test_hours_of_a_year_have_thousands(cell: str, hours: float, imported: Import) -> None:
    people(imported, f'Cook,"{cell}"', header="Job,Hours")
    assert imported.front("cook")["weekly_hours"] == hours


@pytest.mark.parametrize(
    "owner",
    ["TBH Q3 2026", "TBH-1", "posto vacante", "wird gesucht", "2", "x", "vakante", "libre", "te werven"],
)
def test_vacancies_with_a_number_a_quarter_or_in_other_words(owner: str, imported: Import) -> None:
    result = people(imported, "Head,Zed Ox", f"Cook,{owner}", header="Job,Who")
    assert "owner" not in imported.front("cook")
    assert findings(result) == ["a.csv:3: placeholder-holder"]


@pytest.mark.parametrize(
    ("owner", "is_two"),
    [
        ("Ann Hill y Bo Li", True), ("Ann Hill og Bo Li", True), ("Ann Hill u. Bo Li", True),
        ("José Ortega y Gasset", False), ("Maria da Silva e Souza", False), ("Ida En Lo", False),
    ],
)  # fmt: skip
def test_two_full_names_with_a_word_between_are_reported(owner: str, is_two: bool, imported: Import) -> None:
    result = people(imported, "Head,Zed Ox", f"Cook,{owner}", header="Job,Who")
    assert ("may be two people" in result.stdout) == is_two
    assert imported.front("cook")["owner"] == owner


@pytest.mark.parametrize("after", ["MSc", "M.Sc.", "MA", "CFO", "LL.M."])
def test_what_follows_a_name_is_no_first_name(after: str, imported: Import) -> None:
    people(imported, "Head,Zed Ox", f'Cook,"Ann Hill, {after}"', header="Job,Who")
    assert imported.front("cook")["owner"] == f"Ann Hill, {after}"
    assert (
        f"Write '{after} Ann Hill'"
        not in people(imported, f'Cook,"Ann Hill, {after}"', more=("--update",)).stdout
    )


@pytest.mark.parametrize(
    "total",
    [
        "Total,2,60",
        "Total roles,,60",
        "Total: 12,,60",
        "Insgesamt,,60",
        "Σ,,60",
        "Gesamt: 2 Stellen,,60",
        "Count,3,60",
    ],
)
def test_a_sum_with_a_count_is_no_role(total: str, imported: Import) -> None:
    result = people(imported, "Head,Zed Ox,40", "Cook,Ann Hill,20", total, header="Job,Who,Hours")
    assert imported.stems == {"head", "cook"}
    assert findings(result) == ["a.csv:4: template-row"]


def test_somebody_who_totals_things_is_a_role(imported: Import) -> None:
    people(imported, "Head,Zed Ox,40", "Count,Ann Hill,20", header="Job,Who,Hours")
    assert imported.front("count")["owner"] == "Ann Hill"


@pytest.mark.parametrize(
    ("row", "is_role"), [(",,Total,61", False), ("Sum,,Sum Wei,9", True), ("Buyer,,Total,9", True)]
)
def test_a_word_for_a_sum_in_place_of_a_name_is_one_where_there_is_no_title(
    row: str, is_role: bool, imported: Import
) -> None:
    people(imported, "Head,,Zed Ox,40", "Cook,Head,Ann Hill,20", row, header="Job,Boss,Who,Hours")
    assert len(imported.stems) == 2 + is_role


@pytest.mark.parametrize("note", ["Hours are contractual", "End of the list", "* plus overtime"])
def test_a_note_below_a_table_is_reported(note: str, imported: Import) -> None:
    rows = ("MD,,Ann Day,40", "Cook,MD,Bob Eve,20", "Baker,MD,Cy Fox,20", f"{note},,,")
    assert findings(people(imported, *rows, header="Job,Boss,Who,Hours")) == ["a.csv:5: heading-row"]


def test_dotted_lines_are_whole_titles_or_parted_and_may_be_none(imported: Import) -> None:
    rows = (
        "Head,,,Ada Hill\nBuying/Selling,Head,-,Ben Low\nBuying,Head,N/A,Hal Low\nSelling,Head,none,Cy Fox\n"
        "Baker,Head,Buying/Selling,Di Moor\nCook,Head,Buying; Selling,Eve Ray\nClerk,Head,XX,Flo Kay\n"
    )
    (imported.folder / "a.csv").write_text(f"title,parent,also_reports_to,owner\n{rows}", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == []
    also = {each: imported.front(each).get("also_reports_to") for each in imported.stems}
    assert {each: lines for each, lines in also.items() if lines} == {
        "baker": ["buying-selling"],
        "cook": ["buying", "selling"],
    }


@pytest.mark.parametrize(
    "word", ["currently advertised", "empty", "Advert out", "vrij", "to recruit", "agency temp"]
)
def test_more_words_in_place_of_a_name_leave_the_role_vacant(word: str, imported: Import) -> None:
    people(imported, "Head,Ann Hill", f"Cook,{word}", header="Job,Who")
    assert "owner" not in imported.front("cook")


def test_what_only_later_rows_of_a_team_say_is_no_contradiction(imported: Import) -> None:
    table = "title,kind,parent,owner,purpose\nCEO,,,Zed,\nSafety,team,CEO,Ann,\n"
    table += "Safety,team,CEO,Bea,Keeps us safe\nSafety,team,CEO,Cy,Keeps us safe\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == []
    assert imported.front("safety")["purpose"] == "Keeps us safe"


def test_what_another_row_says_of_a_team_s_title_and_parent_is_reported(imported: Import) -> None:
    table = "id,title,kind,parent,owner\n1,CEO,,,Zed\n2,Cook,,1,Ann\n3,Safety,team,1,Ann\n"
    table += "3,Safety group,team,2,Bea\n"
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert "title is 'Safety group', and another row of the team says it" in result.stdout
    assert "parent is '2', and another row of the team says it" in result.stdout
    assert imported.front("3")["parent"] == "1"


def test_a_name_with_a_comma_in_a_team_is_reported(imported: Import) -> None:
    rows = ("Board,Bo Li,", "Board,Cy Toe,", 'Council,"Hill, Ann",chair', "Council,Eve Yu,")
    (imported.folder / "a.csv").write_text("\n".join(("title,owner,as", *rows)), encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--memberships")
    assert "owner has 'Hill, Ann', which may be more than one name" in result.stdout


@pytest.mark.parametrize("owner", ["ditto", "''", "wie oben", "idem"])
def test_as_above_is_nobody_s_name(owner: str, imported: Import) -> None:
    result = people(imported, "Head,Zed Ox", f"Cook,{owner}", header="Job,Who")
    assert "owner" not in imported.front("cook")
    assert findings(result) == ["a.csv:3: unclear-holder"]


def test_an_address_after_a_comma_is_no_name(imported: Import) -> None:
    people(imported, "Head,Zed Ox", 'Cook,"Ben Low, ben.low@example.com"', header="Job,Who")
    assert imported.front("cook")["owner"] == "Ben Low"


def test_the_last_of_some_equal_hours_is_no_sum(imported: Import) -> None:
    people(imported, "Head,Zed Ox,40", "Cook,,20", "Clerk,Bo Li,60", header="Job,Who,Hours")
    assert imported.stems == {"head", "cook", "clerk"}


def test_two_columns_make_one_title(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("Role,Level\nPacker,3\nBuyer,\n", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"), "--map=title=Role+Level")
    assert [imported.front(each)["title"] for each in ("packer-3", "buyer")] == ["Packer 3", "Buyer"]


def test_a_column_without_a_name_is_noted(imported: Import) -> None:
    (imported.folder / "a.csv").write_text("title,,owner,\nPacker,blue,Ann Hill,\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert "not used: 'column B'." in result.stdout


@pytest.mark.parametrize("total", ["Total Sales", "Sales subtotal", "Summe Sales", "Total (3)"])
def test_the_sum_of_a_department_is_no_role(imported: Import, total: str) -> None:
    rows = f"Head,,Ann Hill,4\nSeller,Head,Bob Low,5\n{total},,,9\nBuyer,Head,Cy Stone,3\n"
    (imported.folder / "a.csv").write_text(f"title,parent,owner,weekly_hours\n{rows}", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    assert sorted(path.stem for path in imported.roles.rglob("*.md")) == ["buyer", "head", "seller"]


def test_a_role_called_after_a_total_is_kept(imported: Import) -> None:
    rows = "Head,,Ann Hill\nTotal quality lead,Head,\nTotal Sales,,Bob Low\n"
    (imported.folder / "a.csv").write_text(f"title,parent,owner\n{rows}", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    assert sorted(path.stem for path in imported.roles.rglob("*.md")) == [
        "head",
        "total-quality-lead",
        "total-sales",
    ]


def test_a_last_row_without_hours_is_no_sum_of_those_above(imported: Import) -> None:
    rows = "Head,,Ann Hill,4\nSeller,Head,Bob Low,5\nBuyer,Head,Cy Stone,9\nPacker,,,\n"
    (imported.folder / "a.csv").write_text(f"title,parent,owner,weekly_hours\n{rows}", encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"))
    assert (imported.roles / "packer.md").is_file()


NOBODYS = re.split(
    ", ",
    "Interim, ✓, see row 3, siehe Zeile 3, voir ligne 3, ver fila 3, ver linha 3, Karenzvertretung, "
    "Elternzeitvertretung, Krankheitsvertretung, Aushilfe, folgt, wird noch benannt, Temp, locum, "
    "Intérimaire, à confirmer, à nommer, en attente, Sans titulaire, pendiente, por confirmar, sin "
    "titular, interina, Suplencia, em aberto, em recrutamento, a contratar, licença maternidade, →",
)
GROUPS = re.split(
    ", ",
    "Marketing dept., HR department, Abteilung Einkauf, Marketing-Abteilung, Buchhaltung, HR, "
    "Vorstand, équipe marketing, Service comptabilité, département des ventes, La direction, "
    "Departamento de ventas, Equipo de ventas, Recursos Humanos, Equipe de vendas, Setor financeiro, "
    "Diretoria",
)
NAMES = re.split(
    ", ",
    "Frank Interim, Ada Temp, Anna Vertretung, Jo Locum, Eva Folgt, Max Vorstand, Cy Service, Ana "
    "Baja, Luis Pendiente, Bo Sales, Ortega y Gasset, Marks & Spencer, Springer Verlag, Tom Reihe",
)


@pytest.mark.parametrize(
    ("words", "code"), [(NOBODYS, "placeholder-holder"), (GROUPS, "unclear-holder")], ids=["nobody", "groups"]
)
def test_words_in_place_of_a_name_are_nobody_in_five_languages(
    words: list[str], code: str, imported: Import
) -> None:
    rows = [f"r{at},{word}," for at, word in enumerate(words)]
    result = people(imported, "Boss,Ada Hill,", *rows, more=("--report", str(imported.folder / "all.txt")))
    report = (imported.folder / "all.txt").read_text("utf-8")
    assert [word for word in words if f"'{word}'" not in report] == []
    assert f"{len(words)} {code}" in result.stdout
    assert [word for at, word in enumerate(words) if "owner" in imported.front(f"r{at}")] == []


def test_names_that_are_like_such_words_are_names(imported: Import) -> None:
    rows = [f"r{at},{name}," for at, name in enumerate(NAMES)]
    assert "Nothing to review." in people(imported, "Boss,Ada Hill,", *rows).stdout
    assert [imported.front(f"r{at}")["owner"] for at in range(len(NAMES))] == NAMES


@pytest.mark.parametrize("both", ["Ada & Ben", "Ada and Ben", "Ada und Ben", "Ada y Ben", "Ada et Ben"])
def test_first_names_of_two_people_of_the_table_may_be_two(both: str, imported: Import) -> None:
    result = people(imported, "Boss,Ada Hill,", "Shop,Ben Low,Boss", f"Till,{both},Boss")
    assert findings(result) == ["a.csv:4: unclear-holder"]
    header = "Job,Kind,Boss,Who,Lead,Members"
    rows = ("Boss,,,Ada Hill,,", "Shop,,Boss,Ben Low,,", f"Crew,team,Boss,,{both},{both}")
    team = people(
        imported, *rows, header=header, to="teams", more=("--map", "lead=Lead", "--map", "kind=Kind")
    )
    assert [each for each in findings(team) if "unclear" in each] == ["a.csv:4: unclear-holder"] * 2


def test_an_address_is_whose_row_says_so(imported: Import) -> None:
    header = "title,kind,parent,owner,lead,members"
    rows = (
        "Boss,,,Ada Hill,,",
        "Shop,,Boss,Ben Low <ben@x.org>,,",
        "Till,,Boss,BEN@x.org,,",
        "Crew,team,Boss,,ben@x.org,mailto:ben@x.org; Cy Day",
        "Bar,,Boss,cy@x.org,,",
    )
    (imported.folder / "a.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert findings(result) == ["a.csv:6: unclear-holder"]
    assert imported.front("till")["owner"] == "Ben Low"
    assert imported.front("crew")["lead"] == "Ben Low"
    assert imported.front("crew")["members"] == ["Cy Day"]  # who leads is not listed twice


def test_a_function_behind_a_comma_is_what_a_member_is(imported: Import) -> None:
    result = board(imported, "", "Ada Hill, Chair; Cy Fox, Schriftführer; Low, Ben")
    assert "members 'Ada Hill, Chair' is read as Ada Hill (Chair)" in result.stdout
    assert imported.front("r2")["members"] == [
        {"person": "Ada Hill", "as": "Chair"},
        {"person": "Cy Fox", "as": "Schriftführer"},
        "Ben Low",
    ]


@pytest.mark.parametrize(
    "group",
    [
        *("Marketing dept.", "HR department", "Dept. of Sales", "Sales team", "Abteilung Einkauf"),
        *("équipe support", "Departamento de ventas", "Back office", "a temp"),
    ],
)
def test_a_part_of_the_business_is_no_person(imported: Import, group: str) -> None:
    result = people(imported, f"x,{group},")
    assert findings(result) == ["a.csv:2: unclear-holder"]
    assert imported.front("x") == {"title": "x"}
    assert f"# owner: {group}" in imported.text("x")


@pytest.mark.parametrize(
    "name", ["Post Office", "Office Angels", "Teamster Olsen", "Intern Al", "Ada Teamson"]
)
def test_names_that_are_near_a_part_of_a_business(imported: Import, name: str) -> None:
    assert people(imported, f"x,{name},").exit_code == 0
    assert imported.front("x")["owner"] == name


ELEVEN = [
    f"r{at},{first} {last},"
    for at, (first, last) in enumerate(zip("ABCDEFGHIJK", "LMNOPQRSTUV", strict=True))
]


def test_one_word_among_names_of_two_is_reported_and_stays(imported: Import) -> None:
    result = people(imported, *ELEVEN, "x,Facilitair,")
    assert findings(result) == ["a.csv:13: unclear-holder"]
    assert "owner is 'Facilitair', and other names have a first and a last one" in result.stdout
    assert imported.front("x")["owner"] == "Facilitair"


def test_one_word_among_first_names_is_a_name(imported: Import) -> None:
    assert people(imported, "a,Ada,", "b,Ben,", "c,Cy Day,", "x,Facilitair,").exit_code == 0


def test_an_address_is_whoever_has_it_in_another_row(imported: Import) -> None:
    result = people(imported, "a,Ben Low <ben@x.org>,", "b,ben@X.org,", "c,cy@x.org,")
    assert [imported.front(each)["owner"] for each in "abc"] == ["Ben Low", "Ben Low", "cy@x.org"]
    assert findings(result) == ["a.csv:4: unclear-holder"]
    assert "owner 'ben@X.org' is read as Ben Low" in result.stdout


def test_whom_a_team_names_is_read_like_a_holder(imported: Import) -> None:
    text = (
        "Title,Kind,Owner,Lead,Members\nBoss,,Ben Low <ben@x.org>,,\nA,,Ada Hill,,\nB,,Eve Long,,\n"
        "T,team,,Ada & Eve,ben@x.org; Interim; Marketing dept.; see row 3\n"
    )
    (imported.folder / "a.csv").write_text(text, encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"))
    assert imported.front("t") == {"title": "T", "kind": "team", "lead": "Ada & Eve", "members": ["Ben Low"]}
    assert sorted(findings(result)) == [
        *["a.csv:5: placeholder-holder"] * 2,
        *["a.csv:5: unclear-holder"] * 2,
    ]


@pytest.mark.parametrize(
    "odd", ["wird betreut", "(Ann Oak)", "Vertretung Ann Oak", "Ann Oak 20h", "via Ann Oak"]
)
def test_a_name_within_more_words_and_small_letters_are_reported(imported: Import, odd: str) -> None:
    result = people(imported, *ELEVEN, "x,Ann Oak,", f"y,{odd},")
    assert findings(result) == ["a.csv:14: unclear-holder"]


def test_a_longer_name_of_its_own_is_none(imported: Import) -> None:
    assert people(imported, *ELEVEN, "x,Ann Oak,", "y,Ann Oakley,", "z,Joann Oak,").exit_code == 0


@pytest.mark.parametrize("firm", ["Team Blau GmbH", "Abteilung Sechs GmbH", "Low & Partners LLP"])
def test_a_firm_that_is_called_like_a_part_of_a_business_is_a_holder(imported: Import, firm: str) -> None:
    people(imported, f"x,{firm},")
    assert imported.front("x")["owner"] == firm


SIX = ["a,Ada Hill,", "b,Ben Low,", "c,Cy Day,", "d,Eva Conti,", "e,Max Drost,", "f,Zoe Ahlers,"]


@pytest.mark.parametrize("number", [1, 2, 5])
def test_one_word_among_names_of_two_is_reported_however_many_there_are(
    imported: Import, number: int
) -> None:
    odd = ["CEO", "ChatGPT", "Werkstudent", "Steuerberater", "stagiaire"][:number]
    result = people(imported, *SIX, *(f"x{at},{each}," for at, each in enumerate(odd)))
    assert {*findings(result)} == {
        f"a.csv:{at + 8}: unclear-holder" for at in range(number if number < 4 else 1)
    }
    assert "no first and last name, as others are: 'CEO'" in result.stdout or number < 4


@pytest.mark.parametrize("word", ["geen", "n.v.t.", "personne", "aucun", "ninguno", "nessuno", "ninguém"])
def test_nobody_has_more_names(imported: Import, word: str) -> None:
    assert findings(people(imported, f"x,{word},")) == ["a.csv:2: placeholder-holder"]


@pytest.mark.parametrize("me", ["ich", "moi", "yo", "ik", "eu"])
def test_whoever_made_the_table_is_asked_for_the_name(imported: Import, me: str) -> None:
    assert "Write the name, or add --me with yours" in people(imported, f"x,{me},").stdout


@pytest.mark.parametrize(
    ("short", "is_reported"),
    [
        *(("A. Hill", True), ("A Hill", True), ("Ada H.", True), ("Frau Hill", True), ("Mme. Hill", True)),
        *(("Herr Braun", True), ("B. Hill", False), ("Ada G.", False), ("Adam Hill", False)),
    ],
)
def test_a_short_form_of_another_name_is_reported_and_stays(
    imported: Import, short: str, is_reported: bool
) -> None:
    result = people(imported, *SIX, f"x,{short},")
    assert findings(result) == (["a.csv:8: unclear-holder"] if is_reported else [])
    assert imported.front("x")["owner"] == short
    assert ("which may be Ada Hill" in result.stdout) == (is_reported and "Braun" not in short)


def with_field_names(imported: Import, table: str) -> Result:
    """Import a table whose columns are called like fields."""
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    return imported.run(str(imported.folder / "a.csv"))


TEAM = "Id,Title,Kind,Parent,Owner,Lead,Members\nr0,Boss,,,Ada Hill,,\nr1,Crew,team,r0,,{},{}\n"


@pytest.mark.parametrize(
    ("members", "read"),
    [
        ("Ben Low (ben@x.org); Ed Fox - ed@x.org", ["Ben Low", "Ed Fox"]),
        ("Gus Gil: gus@x.org; Cy Day | cy@x.org", ["Gus Gil", "Cy Day"]),
        ("Ben Low (Chair, ben@x.org)", [{"person": "Ben Low", "as": "Chair"}]),
        ("Ben Low (ben@x.org, 2 h)", [{"person": "Ben Low", "weekly_hours": 2}]),
        (
            "Ada Hill, Chair, Ben Low, Kassenwart",
            [{"person": "Ada Hill", "as": "Chair"}, {"person": "Ben Low", "as": "Kassenwart"}],
        ),
        ("Ben Low, Head of Sales; Cy Day", [{"person": "Ben Low", "as": "Head of Sales"}, "Cy Day"]),
        ("Ben Low, Chair, 2 h", [{"person": "Ben Low", "as": "Chair", "weekly_hours": 2}]),
        ("Ada Hill, 3 h", [{"person": "Ada Hill", "weekly_hours": 3}]),
        ("Hill, Ada, Chair", [{"person": "Ada Hill", "as": "Chair"}]),
        ("Hill, Ada", ["Ada Hill"]),
        ("Smith Jones, Stewart", ["Smith Jones, Stewart"]),
    ],
)
def test_what_stands_beside_a_member_is_no_part_of_the_name(
    imported: Import, members: str, read: list[object]
) -> None:
    result = with_field_names(imported, TEAM.format("Zoe Zed", f'"{members}"'))
    assert imported.front("r1")["members"] == read
    assert "rows 3 and 3" not in result.stdout


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        (
            "lead",
            "Ben Low, Treasurer",
            "lead has 'Ben Low, Treasurer', and 'Treasurer' is no part of a name. Write 'Ben Low'",
        ),
        ("lead", "Chair Ben Low", "lead has 'Chair Ben Low', which may be more than a name"),
        (
            "lead",
            "Low, Ben",
            "lead has 'Low, Ben', which may be a last and a first name, or two. Write 'Ben Low'",
        ),
        (
            "owner",
            "Ben Low, Treasurer",
            "owner is 'Ben Low, Treasurer', and 'Treasurer' is no part of a name. Write 'Ben Low'",
        ),
        ("owner", "Chair Ben Low", "owner is 'Chair Ben Low', which may be more than a name"),
    ],
)
def test_what_somebody_is_behind_a_name_is_not_put_before_it(
    imported: Import, field: str, cell: str, said: str
) -> None:
    table = TEAM.format(f'"{cell}"', "Cy Day") if field == "lead" else f'Id,Title,Owner\nr0,Boss,"{cell}"\n'
    assert said in with_field_names(imported, table).stdout


@pytest.mark.parametrize(
    ("one", "other", "is_reported"),
    [
        ("Jean-Luc Noël", "Jean Luc Noel", True),
        ("Maria Müller", "Mária Muller", True),
        ("Maria Müller", "Maria Mueller", True),
        ("山田 太郎", "山田太郎", True),
        ("김철수", "김 철수", True),
        ("Ada Hill", "Ada M. Hill", True),
        ("Ada Hill", "Ada Hull", False),
        ("Ada Hill", "Eda Hill", False),
        ("Seat 1", "Seat 2", False),
    ],
)
def test_a_name_that_is_spelt_in_two_ways_is_reported(
    imported: Import, one: str, other: str, is_reported: bool
) -> None:
    result = people(imported, f"a,{one},", f"b,{other},a", "c,Zoe Ahlers,a", "d,Tom Birk,a")
    assert findings(result) == (["a.csv:3: unclear-holder"] if is_reported else [])
    assert imported.front("b")["owner"] == other


@pytest.mark.parametrize("short", ["Berg", "J. van den Berg", "Ahlers", "Zoe"])
def test_a_part_of_somebody_s_name_is_reported_in_a_small_table(imported: Import, short: str) -> None:
    result = people(imported, "a,Jan van den Berg,", "b,Zoe Ahlers,a", "c,Tom Birk,a", f"d,{short},a")
    assert findings(result) == ["a.csv:5: unclear-holder"]


@pytest.mark.parametrize("firm", ["Team Rynkeby AB", "Equipe Rocket SARL"])
def test_firms_of_other_countries_are_holders(imported: Import, firm: str) -> None:
    people(imported, f"x,{firm},")
    assert imported.front("x")["owner"] == firm


@pytest.mark.parametrize("cell", ["0170 123", "+49 30 1234", "1980-05-01", "未定", "Zeile 3"])
def test_what_has_no_name_in_it_is_no_holder(imported: Import, cell: str) -> None:
    assert findings(people(imported, f"x,{cell},")) == ["a.csv:2: placeholder-holder"]
    assert "owner" not in imported.front("x")


@pytest.mark.parametrize(
    ("heading", "cell", "hours"),
    [
        ("Hours per month", "160", 36.92),
        ("Std./Monat", "80", 18.46),
        ("Days per week", "2", 15),
        ("Monthly hours", "40 h", 40),
        ("Hours per week", "20", 20),
        ("Weekly hours", "20", 20),
        ("Hours a year", "1040", 20),
        ("Monatsstunden", "80", 18.46),
        ("Horas al mes", "80", 18.46),
        ("Annual hours", "1040", 20),
        ("Hours per week (5-day week)", "20", 20),
        ("Wochenstunden (5-Tage-Woche)", "20", 20),
        ("Hours per week, day shift", "20", 20),
        ("Hours (full days = 8)", "20", 20),
        ("Hours per week incl. 1 day per month", "20", 20),
        ("Percent", "50", 18.75),
    ],
)
def test_a_heading_names_the_unit_of_its_figures(
    imported: Import, heading: str, cell: str, hours: float
) -> None:
    (imported.folder / "a.csv").write_text(f'Title,"{heading}"\nBoss,{cell}\n', encoding="utf-8")
    imported.run(str(imported.folder / "a.csv"), "--map", f"weekly_hours={heading}")
    assert imported.front("boss")["weekly_hours"] == pytest.approx(hours, abs=0.02)


@pytest.mark.parametrize("heading", ["Hours per fortnight", "Hours per 2 weeks", "Half days per week"])
def test_figures_under_a_heading_of_another_unit_are_reported(imported: Import, heading: str) -> None:
    (imported.folder / "a.csv").write_text(f"Title,{heading}\nBoss,20\n", encoding="utf-8")
    result = imported.run(str(imported.folder / "a.csv"), "--map", f"weekly_hours={heading}")
    assert findings(result) == ["a.csv:2: wrong-value"] and "weekly_hours" not in imported.front("boss")


def test_several_roles_that_report_to_nobody_are_counted(imported: Import) -> None:
    result = with_field_names(imported, "Parent,Title\n,Boss\nBoss,Shop\n,IT\n,HR\n")
    assert (
        "3 of 4 roles report to nobody. Where an empty cell means the one above, fill it in." in result.stdout
    )
    (imported.folder / "b.csv").write_text("Parent,Title\n,Boss\nBoss,Shop\n", encoding="utf-8")
    assert "report to nobody" not in imported.run(str(imported.folder / "b.csv"), to="other").stdout
