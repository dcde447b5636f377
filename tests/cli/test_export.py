"""What `rolebook export` gives to others: tables that come back, entities, pages for any generator."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import unicodedata
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from projects import TODAY, opened, reported, write
from rolebook.cli import main
from rolebook.cli.new_files import write_new
from rolebook.export.backstage import as_backstage
from rolebook.export.bodies import harmless
from rolebook.export.table import as_csv
from rolebook.organisation import Organisation, RoleFile, organise
from rolebook.pages.links import in_markdown
from rolebook.parse import role_file
from rolebook.schema.records import Deliverable, Hours, Location, Rate, RoleFields, Skills, TrialTask, Work
from rolebook.spreadsheet.columns import with_named_like_fields
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.files import parse_table
from rolebook.spreadsheet.guard import guarded, unguarded
from rolebook.spreadsheet.rows import Imported, import_tables
from rolebook.spreadsheet.table import Table
from sites import HOME, SAMPLE, build_site, copy_sample, dead_links, outside_addresses


def export(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["export", "-f", str(root / "mkdocs.yml"), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


# --- tables ----------------------------------------------------------------------------------------

# What people write on one line, formulas included, but for control characters, which no file may hold.
# Number signs alone are what a spreadsheet shows of a column that is too narrow, and are reported.
TEXTS = (
    st.text(
        st.sampled_from("=+-@';,\"ab é漢") | st.characters(exclude_categories=["C", "Z"]),
        min_size=1,
        max_size=12,
    )
    .map(lambda text: unicodedata.normalize("NFC", " ".join(text.split()) or "x"))
    .filter(lambda text: text.strip("#"))
)
ITEMS = st.lists(TEXTS, max_size=3).map(tuple)
NUMBERS = st.integers(0, 1680).map(lambda tenths: tenths / 10)
HOURS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Hours(min=min(ends), max=max(ends)))
FIELDS = st.fixed_dictionaries(
    {"title": TEXTS},
    optional={
        "owner": TEXTS.filter(lambda name: name.casefold() not in ("vacant", "n/d", "eliminated")),
        "weekly_hours": HOURS,
        "seats": st.integers(1, 9),
        "deliverable": ITEMS.map(lambda items: tuple(Deliverable(outcome=item) for item in items)),
        "purpose": TEXTS,
        "status": st.sampled_from(["planned", "open", "filled", "paused", "retired"]),
        "engagement": st.sampled_from(["employee", "agency"]),
        "skills": ITEMS.map(lambda items: Skills(must=items)),
        "location": TEXTS.map(lambda place: Location(place=place)),
        "tags": ITEMS,
    },
)
CONVENTIONS = Conventions()


def organisation(fields: list[dict[str, Any]]) -> Organisation:
    """Roles r0, r1 …, each reporting to the one before."""
    return organise(
        [
            RoleFile(f"r{at}", f"roles/r{at}.md", RoleFields(parent=f"r{at - 1}" if at else "", **each), {})
            for at, each in enumerate(fields)
        ],
        today=TODAY,
    )


def imported(text: str) -> Imported:
    table = parse_table("x.csv", text.encode())
    assert isinstance(table, Table)
    found = import_tables([table], with_named_like_fields([table], {}), CONVENTIONS)
    assert isinstance(found, Imported)
    return found


@given(st.lists(FIELDS, min_size=1, max_size=4))
@example([{"title": "=1+1", "owner": "'=x", "tags": ("a;b",), "skills": Skills(must=("a;b", "c"))}])
@example([{"title": "-", "deliverable": (Deliverable(outcome="@a"), Deliverable(outcome="b"))}])
def test_a_table_comes_back_as_the_same_organisation(
    tmp_path_factory: pytest.TempPathFactory, fields: list[dict[str, Any]]
) -> None:
    before = organisation(fields)
    found = imported(as_csv(before))
    assert found.problems == ()
    root = write(tmp_path_factory.mktemp("x"), {f"roles/{name}": text for name, text in found.files.items()})
    after = opened(root).organisation
    assert {each: role.fields for each, role in after.roles.items()} == {
        each: role.fields for each, role in before.roles.items()
    }


@given(TEXTS)
@example("\t=x")
@example("''=x")
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = guarded(text)
    assert cell[:1] not in tuple("=+-@\t\r")
    assert unguarded(cell) == text


def test_no_cell_of_a_table_is_a_formula() -> None:
    hostile = {"title": '=HYPERLINK("http://x")', "owner": "+1", "purpose": "@SUM(A1)", "tags": ("-1",)}
    rows = list(csv.reader(io.StringIO(as_csv(organisation([hostile])))))
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]


def test_hours_are_no_date_to_a_spreadsheet() -> None:
    text = as_csv(organisation([{"title": "X", "weekly_hours": Hours(min=8, max=10.5)}]))
    assert "8 to 10.5" in text
    (file,) = imported(text).files.values()
    assert "weekly_hours: {min: 8, max: 10.5}\n" in file


def test_the_sample_comes_back_whole(tmp_path: Path) -> None:
    result = export(SAMPLE, "--format", "csv", "--to", str(tmp_path / "roles.csv"))
    assert (result.exit_code, result.stderr) == (0, "")
    write(tmp_path, {})
    again = CliRunner().invoke(main, ["import", str(tmp_path / "roles.csv"), "--to", str(tmp_path / "roles")])
    assert again.exit_code == 0, again.output
    before, after = opened(SAMPLE).organisation, opened(tmp_path).organisation
    assert {each: role.fields for each, role in before.roles.items()} == {
        each: role.fields for each, role in after.roles.items()
    }
    assert {each: role.file.body.strip() for each, role in before.roles.items()} == {
        each: role.file.body.strip() for each, role in after.roles.items()
    }
    assert as_csv(after) == as_csv(before)


MORE = st.fixed_dictionaries(
    {},
    optional={
        "backup": TEXTS,
        "performed_by": st.lists(
            st.builds(Work, person=TEXTS, weekly_hours=st.none() | HOURS), max_size=2
        ).map(tuple),
        "skills": st.builds(Skills, must=ITEMS, nice=ITEMS),
        "deliverable": st.lists(st.builds(Deliverable, outcome=TEXTS, cadence=TEXTS), max_size=2).map(tuple),
        "rate": st.builds(Rate, amount=NUMBERS, show=st.booleans(), currency=st.just("EUR")),
        "review_by": st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
        "out_of_scope": ITEMS,
        "trial_task": st.builds(TrialTask, brief=TEXTS, paid=st.none() | st.booleans()),
    },
)
BODIES = st.sampled_from(
    ["", "## Purpose\n\nWe do *it*.\n", "=1+1\n", "- a\n\n    code\n",
      "\n\n---\n\n| a |\n|---|\n", "<b>x</b> &#58; é\n"]
)  # fmt: skip


@given(FIELDS, MORE, BODIES)
def test_a_table_brings_back_every_field_and_the_text(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any], more: dict[str, Any], body: str
) -> None:
    role = RoleFile("r0", "roles/r0.md", RoleFields(**(fields | more)), {}, body)
    found = imported(as_csv(organise([role], today=TODAY)))
    assert found.problems == ()
    root = write(tmp_path_factory.mktemp("x"), {f"roles/{name}": text for name, text in found.files.items()})
    (after,) = opened(root).organisation.roles.values()
    assert after.fields == role.fields
    assert after.file.body.strip("\n") == body.strip("\n")


@pytest.mark.parametrize("title", ["{", "?", "-", "…"])
def test_a_title_without_letters_is_no_role_to_which_others_report(title: str) -> None:
    found = imported(as_csv(organisation([{"title": title}, {"title": "Cook"}])))
    assert found.problems == ()


def test_a_cell_that_was_changed_counts_before_its_details() -> None:
    fields = {
        "title": "X",
        "deliverable": (Deliverable(outcome="Ten deals", cadence="weekly"),),
        "backup": "Bo",
    }
    found = imported(as_csv(organisation([fields])).replace('"Ten deals"', '"Nine deals"'))
    (file,) = found.files.values()
    assert "deliverable: Nine deals\n" in file
    assert "backup: Bo\n" in file
    assert [each.message for each in found.problems] == [
        "deliverable was changed, so what other_fields says of 'Ten deals' is left out"
    ]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("[", "a bracket is not closed"),
        ("a: b: c", "there is a second ': ' on this line"),
        ("just text", "it is no list of fields"),
        ("- a", "it is no list of fields"),
        ("color: red", "there is no field 'color'"),
        ("review_by: soon", "review_by is 'soon'"),
        ("a: &x 1\nb: *x", "the reference *x is not followed"),
    ],
)
def test_other_fields_that_are_not_readable_are_left_out_and_reported(cell: str, why: str) -> None:
    text = as_csv(organisation([{"title": "X", "backup": "Bo"}]))
    found = imported(text.replace('"backup: Bo"', f'"{cell}"'))
    (file,) = found.files.values()
    assert [each.rule.code for each in found.problems] == ["wrong-value"]
    assert found.problems[0].message.startswith(f"other_fields cannot be read: {why}")
    assert "title: X\n---\n" in file


def test_a_text_of_a_table_of_ones_own_is_plain() -> None:
    text = "id,title,body\n1,X,<b>*a*</b>\n"
    (file,) = imported(text).files.values()
    assert "&#60;b&#62;&#42;a&#42;" in file


def test_a_text_that_a_spreadsheet_would_cut_is_named(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/x.md": f"---\ntitle: X\n---\n\n{'word ' * 8000}\n"})
    result = export(root, "--format", "csv")
    assert result.exit_code == 0
    assert "A spreadsheet cuts cells at 32,767 characters, and x have more." in result.stderr


def test_a_changed_table_is_an_update(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/x.md": "---\ntitle: X\nbackup: Bo # away\n---\n\n## Purpose\n\nOld.\n"})
    table = tmp_path / "roles.csv"
    words = ["import", str(table), "--to", str(root / "roles"), "--update"]
    text = export(root, "--format", "csv").stdout
    table.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(main, words).exit_code == 0
    table.write_text(text.replace("Old.", "New.").replace("backup: Bo", "backup: Cy"), encoding="utf-8")
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert "backup 'Bo' → 'Cy'" in result.stdout
    expected = "---\ntitle: X\nbackup: Cy # away\n---\n\n## Purpose\n\nNew.\n"
    assert (root / "roles/x.md").read_text(encoding="utf-8") == expected


OTHERS = """\
title: X
deliverable:
  outcome: Ten deals
  cadence: weekly
backup: Bo # away
review_by: 2027-01-01
rate: {amount: 50, currency: EUR, per: hour} # as agreed
"""


@pytest.mark.parametrize(
    ("in_table", "in_file", "after", "said"),
    [
        (("amount: 50", "amount: 60"), None, ("amount: 50", "amount: 60"), "rate"),
        (("backup: Bo\n", ""), None, ("backup: Bo # away\n", ""), "backup 'Bo' → ''"),
        (("cadence: weekly", "cadence: daily"), None, ("weekly", "daily"), "deliverable"),
        (("backup: Bo", "backup: Bo\nversion: 7"), None, None, "other_fields cannot be read"),
        (("amount: 50", "amount: 60"), ("Bo #", "Cy #"), ("amount: 50", "amount: 60"), "rate"),
        (("backup: Bo", "backup: Cy"), ("Bo #", "Di #"), None, "backup is 'Di' here and 'Cy' in row"),
        (
            ("2027-01-01", "2027-02-02"),
            ("Bo #", "Di #"),
            ("2027-01-01", "2027-02-02"),
            "review_by '2027-01-01' → '2027-02-02'",
        ),
        (None, ("backup: Bo # away\n", ""), None, "0 changed, 1 unchanged"),
    ],
)
def test_other_fields_are_updated_one_by_one(
    in_table: tuple[str, str] | None,
    in_file: tuple[str, str] | None,
    after: tuple[str, str] | None,
    said: str,
    tmp_path: Path,
) -> None:
    """What a table changed is written, what the file changed stays, both are a conflict of that field."""
    root = write(tmp_path, {"roles/x.md": f"---\n{OTHERS}---\n"})
    text = export(root, "--format", "csv").stdout
    table, file = tmp_path / "roles.csv", root / "roles/x.md"
    words = ["import", str(table), "--to", str(root / "roles"), "--update"]
    table.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(main, words).exit_code == 0
    written = f"---\n{OTHERS}---\n"
    if in_file:
        written = written.replace(*in_file)
        file.write_text(written, encoding="utf-8")
    if in_table:
        assert in_table[0] in text
        table.write_text(text.replace(*in_table), encoding="utf-8")
    result = CliRunner().invoke(main, words)
    assert said in result.stdout
    now = file.read_text(encoding="utf-8")
    assert parsed(now) == parsed(written.replace(*after) if after else written)
    assert "'" not in now


DETAILED = """\
title: Boss
deliverable:
  - outcome: A plan for the quarter
    cadence: weekly
    acceptance: [a, b]
  - outcome: B
skills: {must: [knots], languages: [de]}
location: {remote: yes, countries: [DE, FR], place: Bonn}
"""
TEAM = """\
title: Council
kind: team
members:
  - {person: Ada, as: chair, since: 2026-01-01}
  - Ben
"""


@pytest.mark.parametrize(
    ("front", "in_table", "in_file"),
    [
        (DETAILED, ('"knots"', '"knots\nz"'), ("must: [knots]", "must: [knots, z]")),
        (DETAILED, ('"knots"', '""'), ("must: [knots], ", "")),
        (DETAILED, ("quarter\nB", "quarter\nB2"), ("outcome: B\n", "outcome: B2\n")),
        (DETAILED, ("quarter\nB", "quarter\nB\nC"), ("  - outcome: B\n", "  - outcome: B\n  - C\n")),
        (DETAILED, ("A plan for the quarter\nB", "B\nA plan for the quarter"), None),
        (DETAILED, ('"Bonn"', '"Berlin"'), ("place: Bonn", "place: Berlin")),
        (DETAILED, ('"Bonn"', '""'), (", place: Bonn", "")),
        (TEAM, ("; Ben", "; Ben; Cy"), ("  - Ben\n", "  - Ben\n  - Cy\n")),
        (TEAM, ("Ada (chair)", "Ada"), ("as: chair, ", "")),
        (TEAM, ("Ada (chair); ", ""), ("  - {person: Ada, as: chair, since: 2026-01-01}\n", "")),
    ],
)
def test_what_is_as_it_was_in_a_changed_cell_keeps_its_details(
    front: str, in_table: tuple[str, str], in_file: tuple[str, str] | None, tmp_path: Path
) -> None:
    root = write(tmp_path, {"roles/x.md": f"---\n{front}---\n"})
    text = export(root, "--format", "csv").stdout
    table, file = tmp_path / "roles.csv", root / "roles/x.md"
    assert text.count(in_table[0]) == 1
    table.write_text(text.replace(*in_table), encoding="utf-8")
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    written = front.replace(*in_file) if in_file else front
    if in_file is None:
        first, second = parsed(f"---\n{front}---\n").deliverable
        assert parsed(file.read_text(encoding="utf-8")).deliverable == (second, first)
        return
    assert written != front
    assert parsed(file.read_text(encoding="utf-8")) == parsed(f"---\n{written}---\n")


@pytest.mark.parametrize(
    ("front", "gone", "after"),
    [
        ('skills: {must: [x, "y; z"], nice: [w]}', 'x; ""y', 'skills: {must: ["y; z"], nice: [w]}'),
        ('skills: {must: ["y; z", x], nice: [w]}', 'z""; x', 'skills: {must: ["y; z"], nice: [w]}'),
        ('tags: [x, "y; z"]', 'x; ""y', 'tags: ["y; z"]'),
        ("""tags: [x, '"y"; z', 5" pipe]""", 'x; """"""y', """tags: ['"y"; z', 5" pipe]"""),
        ("tags: [x, y, z]", "x; y", "tags: [y, z]"),
    ],
)
def test_an_entry_with_a_semicolon_stays_one_when_another_is_deleted(
    front: str, gone: str, after: str, tmp_path: Path
) -> None:
    root = write(tmp_path, {"roles/x.md": f"---\ntitle: Boss\n{front}\n---\n"})
    text = export(root, "--format", "csv").stdout
    table, file = tmp_path / "roles.csv", root / "roles/x.md"
    assert gone in text
    table.write_text(text.replace(gone, gone.replace("x; ", "").replace("; x", "")), encoding="utf-8")
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert parsed(file.read_text(encoding="utf-8")) == parsed(f"---\ntitle: Boss\n{after}\n---\n")
    assert "{" not in result.output
    assert ('"y; z"' in result.output) == ("y; z" in front)


@pytest.mark.parametrize("order", [("ada", "ben"), ("ben", "ada")])
@pytest.mark.parametrize("kept", ["title members other_fields", "id title members other_fields", ""])
@pytest.mark.parametrize("month", [1, 2])
def test_who_leads_and_belongs_to_a_team_stays_whatever_columns_are_left(
    kept: str, order: tuple[str, str], month: int, tmp_path: Path
) -> None:
    members = "".join(f"  - {each}\n" for each in order)
    team = f"---\ntitle: Team\nkind: team\nlead: ben\nmembers:\n{members}---\n"
    root = write(tmp_path, {"roles/team.md": team})
    rows = list(csv.DictReader(io.StringIO(export(root, "--format", "csv").stdout.removeprefix("\ufeff"))))
    names = kept.split() or [each for each in rows[0] if each != "id"]
    table = tmp_path / "roles.csv"
    for columns in ([*rows[0]], names)[2 - month :]:
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
        CliRunner().invoke(main, words)
    assert (root / "roles/team.md").read_text(encoding="utf-8") == team


@pytest.mark.parametrize("called", ["Ada Hill", "ada hill", "ADA", "Ada  Hill"])
def test_a_member_who_is_called_otherwise_keeps_days_and_details(called: str, tmp_path: Path) -> None:
    members = (
        "  - person: ada\n    as: Deputy (IT)\n    since: 2020-01-01 # by hand\n  # about ben\n  - ben\n"
    )
    team = f"---\ntitle: Team\nkind: team\nmembers:\n{members}---\n"
    person = {"people/ada.md": "---\nname: Ada Hill\n---\n", "mkdocs.yml": "plugins: [rolebook]\n"}
    root = write(tmp_path, {"roles/team.md": team, **person})
    table, text = tmp_path / "roles.csv", export(root, "--format", "csv").stdout
    assert '"ada (Deputy (IT)); ben"' in text
    table.write_text(
        text.replace("ada (Deputy (IT)); ben", f"{called} (Deputy (IT)); ben; Cy Day"), encoding="utf-8"
    )
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    CliRunner().invoke(main, words)
    assert (root / "roles/team.md").read_text("utf-8") == team.replace("  - ben\n", "  - ben\n  - Cy Day\n")


def test_ids_with_commas_between_them_are_several(tmp_path: Path) -> None:
    team = "---\ntitle: Team\nkind: team\nlead: ada\nmembers: [ben, cy, di]\n---\n"
    root = write(tmp_path, {"roles/team.md": team})
    table, text = tmp_path / "roles.csv", export(root, "--format", "csv").stdout
    table.write_text(text.replace("ben; cy; di", "ben, cy, eve"), encoding="utf-8")
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    CliRunner().invoke(main, words)
    assert [each.person for each in parsed((root / "roles/team.md").read_text("utf-8")).members] == [
        "ben",
        "cy",
        "eve",
    ]


@pytest.mark.parametrize(
    ("cell", "written", "said"),
    [
        ("vacant", None, ""),
        ("N.N.", None, "which is not a name"),
        ("Low, Ben", "Ben Low", ""),
        ("Ben Low / Cy Day", "Ben Low", "which may be several people"),
        ("0170 123", None, "which is not a name"),
        ("Cy Day", "Cy Day", ""),
    ],
)
def test_what_somebody_types_into_an_exported_table_is_read_as_in_any_other(
    cell: str, written: str | None, said: str, tmp_path: Path
) -> None:
    shop = "---\ntitle: Shop\nparent: boss\nowner: Ben Low\n---\n"
    root = write(
        tmp_path, {"roles/boss.md": "---\ntitle: Boss\nowner: Ada Hill\n---\n", "roles/shop.md": shop}
    )
    table, text = tmp_path / "roles.csv", export(root, "--format", "csv").stdout
    table.write_text(text.replace("Ben Low", cell), encoding="utf-8")
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    result = CliRunner().invoke(main, words)
    assert parsed((root / "roles/shop.md").read_text("utf-8")).owner == (written or ""), result.output
    assert said in result.output


@pytest.mark.parametrize("gone", ["body", "other_fields", "lead"])
def test_somebody_is_added_to_a_team_that_is_led_by_a_member(gone: str, tmp_path: Path) -> None:
    team = '---\ntitle: Team\nkind: team\nlead: [ben, cy]\nmembers: [ada, ben, cy]\ntags: ["a; b", c]\n---\n'
    root = write(tmp_path, {"roles/team.md": team})
    rows = list(csv.DictReader(io.StringIO(export(root, "--format", "csv").stdout.removeprefix("\ufeff"))))
    rows[0] |= {"members": rows[0]["members"] + "; ed", "tags": rows[0]["tags"] + "; d"}
    table = tmp_path / "roles.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [each for each in rows[0] if each != gone], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    CliRunner().invoke(
        main, ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    )
    now = parsed((root / "roles/team.md").read_text("utf-8"))
    assert [each.person for each in now.members] == ["ada", "ben", "cy", "ed"]
    assert (now.lead, now.tags) == (("ben", "cy"), ("a; b", "c", "d"))


def test_a_line_that_is_added_to_a_cell_parts_entries_as_semicolons_do(tmp_path: Path) -> None:
    front = "title: Team\nkind: team\nmembers: [{person: ada, as: Chair}, ben]\ntags: [a, b]\nlead: eve\n"
    root = write(tmp_path, {"roles/team.md": f"---\n{front}---\n"})
    text = export(root, "--format", "csv").stdout
    table = tmp_path / "roles.csv"
    table.write_text(text.replace("ben", "ben;\nCy Day", 1).replace("a; b", "a; b\nc"), encoding="utf-8")
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    assert CliRunner().invoke(main, words).exit_code == 0
    now = parsed((root / "roles/team.md").read_text(encoding="utf-8"))
    assert [each.person for each in now.members] == ["ada", "ben", "Cy Day"] and now.tags == ("a", "b", "c")


@pytest.mark.parametrize("columns", ["", "other_fields", "lead", "lead other_fields"])
@pytest.mark.parametrize("month", [1, 2])
def test_a_column_that_is_taken_out_of_an_export_changes_nothing(
    columns: str, month: int, tmp_path: Path
) -> None:
    members = "members:\n  - {person: ada, as: Chair, weekly_hours: 2}\n  - ben\n"
    team = f"title: Team\nkind: team\nlead: ben\n{members}"
    root = write(tmp_path, {"roles/team.md": f"---\n{team}---\n", "roles/x.md": f"---\n{WITH_DETAILS}---\n"})
    before = {path: path.read_bytes() for path in root.glob("roles/*.md")}
    rows = list(csv.DictReader(io.StringIO(export(root, "--format", "csv").stdout.removeprefix("\ufeff"))))
    table = tmp_path / "roles.csv"
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    for gone in ([], columns.split())[2 - month :]:
        with table.open("w", encoding="utf-8", newline="") as file:
            names = [each for each in rows[0] if each not in gone]
            writer = csv.DictWriter(file, names, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        result = CliRunner().invoke(main, words)
        assert "0 new, 0 changed, 2 unchanged" in result.stdout, result.output
    assert {path: path.read_bytes() for path in root.glob("roles/*.md")} == before


WITH_DETAILS = """\
title: Shop
deliverable:
  - outcome: Ten reports
    cadence: weekly
performed_by:
  - {person: ada, weekly_hours: 2}
skills: {must: ["a, b", c], nice: [d]}
location: {place: Ghent, remote: yes, countries: [DE, FR]}
"""


@pytest.mark.parametrize("is_empty", [True, False])
def test_an_emptied_cell_of_other_fields_takes_what_has_no_column(is_empty: bool, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/x.md": f"---\n{WITH_DETAILS}---\n"})
    table, text = tmp_path / "roles.csv", export(root, "--format", "csv").stdout
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    table.write_text(text, encoding="utf-8")
    CliRunner().invoke(main, words)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    others = yaml.safe_load(rows[0]["other_fields"].replace("\n'", "\n"))
    others["skills"] = {"must": ["a, b", "c"]}
    rows[0]["other_fields"] = "" if is_empty else yaml.safe_dump(others)
    rows[0]["location"] = "Bruges"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = CliRunner().invoke(main, words)
    now = parsed((root / "roles/x.md").read_text(encoding="utf-8"))
    assert now.location.remote and now.location.place == "Bruges", result.output
    assert now.deliverable[0].cadence == "weekly"
    assert bool(now.performed_by) != is_empty
    assert bool(now.skills.nice) == is_empty
    assert "True" not in result.output


def test_details_of_an_entry_with_another_text_are_not_lost_to_a_table(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/x.md": f"---\n{DETAILED}---\n"})
    text = export(root, "--format", "csv").stdout
    table, file = tmp_path / "roles.csv", root / "roles/x.md"
    before = file.read_bytes()
    table.write_text(text.replace('"A plan for the quarter\nB', '"A plan for a year\nB'), encoding="utf-8")
    words = ["import", str(table), "--to", str(root / "roles"), "--update", "--prefer", "table"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "'A plan for a year' has replaced 'A plan for the quarter'" in result.stdout
    assert "x.md keeps what it had" in result.stdout
    assert file.read_bytes() == before
    both = text.replace("A plan for the quarter", "A plan for a year")
    table.write_text(both, encoding="utf-8")
    assert CliRunner().invoke(main, words).exit_code == 0
    assert parsed(file.read_text(encoding="utf-8")).deliverable[0].outcome == "A plan for a year"
    assert parsed(file.read_text(encoding="utf-8")).deliverable[0].cadence == "weekly"


def parsed(text: str) -> RoleFields:
    role = role_file("roles/x.md", text.encode())
    assert role
    return role.fields


def test_names_for_a_catalogue_are_not_anothers_when_a_role_is_added() -> None:
    def names(*ids: str) -> dict[str, str]:
        files = [RoleFile(each, f"roles/{each}.md", RoleFields(title=each), {}) for each in ids]
        entities = yaml.safe_load_all(as_backstage(organise(files, today=TODAY)))
        return {each["spec"]["profile"]["displayName"]: each["metadata"]["name"] for each in entities}

    before = names("市场", "销售", "a-b", "büro")
    after = names("会计", "市场", "销售", "a-b", "a_b", "büro")
    assert {each: after[each] for each in before} == before
    assert len(set(after.values())) == 6
    assert (before["a-b"], before["büro"]) == ("a-b", "buro")


def test_what_errors_are_about_is_reported_as_missing(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/x.md": "---\ntitle: X\nweekly_hours: many\n---\n"})
    for form in ("csv", "json", "mermaid", "backstage"):
        result = export(root, "--format", form)
        assert result.exit_code == 1
        assert "error: roles/x.md:3: weekly_hours is 'many'" in result.stderr
        assert "weekly_hours: many" not in result.stdout


# --- files -----------------------------------------------------------------------------------------


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    goal = tmp_path / "there"
    goal.write_text("mine", encoding="utf-8")
    for form in ("csv", "json", "mermaid", "backstage", "markdown"):
        result = export(SAMPLE, "--format", form, "--to", str(goal))
        assert result.exit_code == 2
        assert "is there already" in result.output
    assert goal.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [goal]


def test_markdown_needs_a_folder() -> None:
    result = export(SAMPLE, "--format", "markdown")
    assert (result.exit_code, result.output.splitlines()[0]) == (
        2,
        "Name a new folder, such as --to published.",
    )


def test_the_folder_that_is_offered_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "published").mkdir()
    monkeypatch.chdir(tmp_path)
    for more in ((), ("--to", "published")):
        assert "such as --to published-2." in export(SAMPLE, "--format", "markdown", *more).output


def test_a_handbook_with_errors_is_not_published(tmp_path: Path) -> None:
    write(tmp_path, {"roles/x.md": "---\nparent: nowhere\n---\n"})
    result = export(tmp_path, "--format", "markdown", "--to", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert "unknown-parent" in result.output
    assert not (tmp_path / "new").exists()


# --- Backstage and Mermaid -------------------------------------------------------------------------

NAME = re.compile(r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*")


@given(st.lists(FIELDS, min_size=1, max_size=5))
def test_backstage_entities_are_named_and_linked_as_it_demands(fields: list[dict[str, Any]]) -> None:
    reported = list(yaml.safe_load_all(as_backstage(organisation(fields))))
    names = {
        kind: [each["metadata"]["name"] for each in reported if each["kind"] == kind]
        for kind in ("Group", "User")
    }
    for each in (*names["Group"], *names["User"]):
        assert NAME.fullmatch(each) and len(each) <= 63
    for kind in names.values():
        assert len({name.casefold() for name in kind}) == len(kind)
    for each in reported:
        spec = each["spec"]
        if each["kind"] == "Group":
            assert spec["type"] in ("team", "role")
            assert {spec.get("parent"), *spec["children"]} <= {None, *names["Group"]}
            assert set(spec["members"]) <= set(names["User"])
        else:
            assert set(spec["memberOf"]) <= set(names["Group"])


def test_the_number_of_files_that_is_reported_is_theirs(tmp_path: Path) -> None:
    there = {
        "content/index.md": "# Home\n",
        "content/plan.png": b"\x89PNG\r\n\x1a\n",
        "roles/boss.md": "---\ntitle: B\naliases: [old/chief, older/chief]\n---\n",
        "people/ada.md": "---\nname: Ada\naliases: [eda]\n---\n",
    }
    root = write(tmp_path / "h", there)
    result = export(root, "--format", "markdown", "--to", str(tmp_path / "goal"))
    written = [path for path in (tmp_path / "goal").rglob("[!.]*") if path.is_file()]
    assert f"goal: {len(written)} files written." in result.output


def test_a_file_of_the_owner_s_is_not_replaced_by_one_of_ours(tmp_path: Path) -> None:
    own = {
        "content/index.md": "# Home\n",
        "content/rolebook.json": '{"own": 1}\n',
        "roles/boss.md": "---\ntitle: B\n---\n",
    }
    root = write(tmp_path / "h", own)
    export(root, "--format", "markdown", "--to", str(tmp_path / "goal"))
    assert (tmp_path / "goal/docs/rolebook.json").read_text("utf-8") == '{"own": 1}\n'


def test_backstage_gets_every_role_that_is_not_retired_and_who_holds_it() -> None:
    roles = [{"title": "A"}, {"title": "B", "owner": "Ada é"}, {"title": "C", "status": "retired"}]
    reported = list(yaml.safe_load_all(as_backstage(organisation(roles))))
    assert [(each["kind"], each["metadata"]["name"]) for each in reported] == [
        ("Group", "r0"), ("Group", "r1"), ("User", "ada-e"),
    ]  # fmt: skip
    assert reported[1]["spec"] == {
        "type": "team", "profile": {"displayName": "B"}, "parent": "r0", "children": [], "members": ["ada-e"],
    }  # fmt: skip
    assert reported[2]["spec"]["memberOf"] == ["r1"]


def test_backstage_names_that_would_be_equal_get_a_digest_and_long_ones_are_cut() -> None:
    files = [
        RoleFile(each, f"roles/{each}.md", RoleFields(title=each), {})
        for each in ("a b", "a_b", "é-é", "É-É", "漢", "x" * 54 + "-y", "x" * 54, "x" * 53 + "-y")
    ]
    reported = yaml.safe_load_all(as_backstage(organise(files, today=TODAY)))
    names = {each["spec"]["profile"]["displayName"]: each["metadata"]["name"] for each in reported}
    digests = {each: hashlib.sha256(each.encode()).hexdigest()[:8] for each in names}
    assert names == {
        "a b": f"a-b-{digests['a b']}",
        "a_b": f"a-b-{digests['a_b']}",
        "é-é": f"e-e-{digests['é-é']}",
        "É-É": f"E-E-{digests['É-É']}",
        "漢": f"role-{digests['漢']}",
        "x" * 54 + "-y": f"{'x' * 54}-{digests['x' * 54 + '-y']}",
        "x" * 54: f"{'x' * 54}",
        "x" * 53 + "-y": f"{'x' * 53}",
    }


def test_json_is_of_its_schema() -> None:
    reported = json.loads(export(SAMPLE, "--format", "json").stdout)
    schema = json.loads(CliRunner().invoke(main, ["schema", "data"]).stdout)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(reported)) == []
    assert len(reported["roles"]) == 21
    assert list(jsonschema.Draft202012Validator(schema).iter_errors({**reported, "roles": [{}]})) != []


def test_what_is_exported_is_for_colleagues_whomever_the_site_is_for(tmp_path: Path) -> None:
    config = "site_name: T\ndocs_dir: content\nplugins: [{rolebook: {audience: public}}]\n"
    root = write(tmp_path, {"mkdocs.yml": config, "roles/x.md": "---\ntitle: X\nowner: Ada\n---\n"})
    for form in ("csv", "json", "mermaid", "backstage"):
        assert "Ada" in export(root, "--format", form).stdout


def test_mermaid_has_every_role() -> None:
    result = export(SAMPLE, "--format", "mermaid")
    assert result.exit_code == 0
    assert len(re.findall(r"^n\d+\W", result.stdout, re.MULTILINE)) == 21 + 20


# --- Markdown --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = copy_sample(tmp_path_factory.mktemp("x") / "sample")
    (sample / "roles/marketing/plan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    goal = sample.parent / "published"
    result = export(sample, "--format", "markdown", "--to", str(goal))
    assert result.exit_code == 0, result.output
    return goal


def test_every_page_is_built_by_another_generator(published: Path) -> None:
    """Plain MkDocs stands for any: it knows nothing of role files here, and refuses dead links."""
    settings = yaml.unsafe_load((published / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["plugins"] == ["search", "tags"]
    site, lines = build_site(published, strict=True, validation={"links": {"anchors": "warn"}})
    assert [line for line in lines if not line.startswith("INFO")] == []
    assert list(dead_links(site)) == []
    assert outside_addresses(site) == set()
    assert (site / "roles/marketing/plan.png").read_bytes() == b"\x89PNG\r\n\x1a\n"


def test_pages_hold_what_the_site_shows(published: Path) -> None:
    home = (published / "docs/index.md").read_text(encoding="utf-8")
    assert "<!-- rolebook:" not in home and 'class="rb-drawing"' in home
    assert "[Maya](people/maya.md)" in home
    page = (published / "docs/roles/marketing/ppc.md").read_text(encoding="utf-8")
    assert "[starter guide](../../business-model.md)" in page
    assert "```mermaid" not in page


def test_the_order_is_the_authors(published: Path) -> None:
    nav = yaml.unsafe_load((published / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert [each if isinstance(each, str) else next(iter(each)) for each in nav] == [
        "Overview",
        "Org chart",
        "Roles",
        "People",
        "Open roles (2)",
        "Plan",
        "business-model.md",
        "handing-over.md",
        "Help",
    ]


def test_the_order_and_titles_of_a_navigation_are_kept(tmp_path: Path) -> None:
    nav = "nav: [{Last first: z.md}, {Group: [a.md, {Here: index.md}]}, https://example.org]\n"
    pages = {f"content/{name}.md": f"# {name}\n" for name in "az"}
    write(tmp_path / "own", {**HOME, **pages, "roles/x.md": "---\ntitle: X\n---\n"})
    with (tmp_path / "own/mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(nav)
    goal = tmp_path / "published"
    assert export(tmp_path / "own", "--format", "markdown", "--to", str(goal)).exit_code == 0
    settings = yaml.unsafe_load((goal / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["nav"][:3] == [
        {"Last first": "z.md"}, {"Group": ["a.md", {"Here": "index.md"}]}, "https://example.org",
    ]  # fmt: skip


HOSTILE = """\
<script>hurt()</script> <!-- x --> `<img src=x onerror=hurt()>` \\`<b>\\`
[a](javascript:hurt()) [b](JAVA&#115;CRIPT:hurt()) <javascript:hurt()>
[d](x){ onclick="hurt()" }

[c]: data:text/html,x

```js <script>
<script>hurt()</script>
```

```
<script>hurt()</script>
"""


def test_bodies_bring_nothing_that_runs(tmp_path: Path) -> None:
    """Each line by itself and all together, made HTML by the configuration that is exported."""
    roles = {
        f"roles/x{at}.md": f"---\ntitle: X\n---\n{text}\n"
        for at, text in enumerate([HOSTILE, *HOSTILE.splitlines()])
    }
    config = "site_name: T\ndocs_dir: content\nplugins: [{rolebook: {allow_multiple_roots: yes}}]\n"
    write(tmp_path / "a", {"mkdocs.yml": config, "content/index.md": "# Home\n", **roles})
    result = export(tmp_path / "a", "--format", "markdown", "--to", str(tmp_path / "b"))
    assert result.exit_code == 0, result.output
    site, _ = build_site(tmp_path / "b")
    bad = re.compile(r'<script>hurt|<img src=x|<!-- x|<[^>]+onclick|href="(javascript|data):', re.IGNORECASE)
    for page in (site / "roles").rglob("index.html"):
        article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        assert not bad.search(article), page
        assert "rolebook:" not in article


CODE = '<b onclick="x">&#115;</b> {"a": 1} {{ x }} {% y %} f() { .z }'


@pytest.mark.parametrize(
    "body",
    [
        f"```js\n{CODE}\n```",
        f"text `{CODE}` text",
        f"~~~\n{CODE}\n~~~",
        f"text\n\n    {CODE}\n",
        f"- item\n\n        {CODE}\n",
    ],
)
def test_code_shows_what_was_written(body: str) -> None:
    markdown = harmless(body)
    for html in (MarkdownIt("commonmark").render(markdown), Markdown(extensions=["extra"]).convert(markdown)):
        (shown,) = re.findall(r"<code[^>]*>(.*?)</code>", html, re.DOTALL)
        assert unescape(shown).replace("\u2060", "").strip() == CODE
        assert "<b" not in html


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('[a](x.md) and [b](<x y.md>) ![c](x.png "t")', '[a](X) and [b](<X>) ![c](X "t")'),
        ("[a]: x.md 'title'", "[a]: X 'title'"),
        ("`[a](x.md)` [b](x.md)", "`[a](x.md)` [b](X)"),
        ("``a ` [a](x.md)`` [b](x.md)", "``a ` [a](x.md)`` [b](X)"),
        ("```\n[a](x.md)\n```\n[b](x.md)", "```\n[a](x.md)\n```\n[b](X)"),
        ("~~~~\n[a](x.md)\n~~~\n[a](x.md)\n~~~~\n[b](x.md)", "~~~~\n[a](x.md)\n~~~\n[a](x.md)\n~~~~\n[b](X)"),
        ("a ` b [c](x.md)", "a ` b [c](X)"),
        ("text (x.md) [x]", "text (x.md) [x]"),
    ],
)
def test_links_are_found_in_markdown(text: str, after: str) -> None:
    assert in_markdown(text, lambda link: "X") == after


def test_nothing_is_written_behind_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links that a repository holds lead anywhere."""
    root = write(tmp_path / "h", {"content/index.md": "# Home\n", "roles/boss.md": "---\ntitle: B\n---\n"})
    table = tmp_path / "t.csv"
    table.write_text("title\nA\n", encoding="utf-8")
    outside = write(tmp_path / "outside", {"sub/x.txt": "x"})
    (root / "lnk").symlink_to(outside)
    (root / "real").mkdir()
    (root / "real/.imported.json").symlink_to(outside / "last.json")
    monkeypatch.chdir(root)
    for words in (
        ["export", "--format", "json", "--to", "lnk/x.json"],
        ["export", "--format", "markdown", "--to", "lnk/x"],
        ["pack", "boss", "--to", "lnk/sub"],
        ["import", str(table), "--to", "lnk"],
        ["import", str(table), "--to", str(root / "lnk")],
        ["import", str(table), "--to", "lnk/new", "--update"],
        ["import", str(table), "--to", "new", "--report", "lnk/report.txt"],
        ["import", str(table), "--to", "real", "--update"],
    ):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 2, words
        assert "links are not followed" in result.output
    (root / "roles").rename(root / "content/roles")
    (root / "roles").symlink_to(outside)
    with pytest.raises(OSError, match="links are not followed"):
        write_new(root, [("a.md", "a"), ("roles/a.md", "a")])
    assert not (root / "a.md").exists()
    result = CliRunner().invoke(main, ["new", "X"])
    assert "links are not followed" in result.output
    assert sorted(path.name for path in outside.rglob("*")) == ["content", "mkdocs.yml", "sub", "x.txt"]


CELLS = st.text("ab;,\t\n\"'=+-@＝ ", max_size=12)


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_no_cell_is_a_formula_whatever_parts_the_cells(cells: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow([guarded(cell) for cell in cells])
    for mark in ",;\t":
        for row in csv.reader(io.StringIO(text.getvalue(), newline=""), delimiter=mark):
            assert [cell for cell in row if cell.startswith(tuple("=+-@＝"))] == []
    assert [unguarded(guarded(cell)) for cell in cells] == cells


HOSTILE_BODIES = (
    '```python hl_lines="1"\nx = 1\n```\n<img src=x onerror="alert(1)">\n\n``` ```',
    '## Heading { onclick="alert(1)" }',
    "text\n{: onclick=alert(1) }",
    "[b](javascript\\:alert(1))",
    "[b](java\\script:alert(1))",
    "{{< script >}}{{% raw %}}",
    "~~~\n<script>alert(1)</script>",
    "    <script>alert(1)</script>",
    "`<b onclick=x>` <svg onload=x>",
    "[x]: javascript&colon;alert(1)\n\n[x]",
    "![x](http://other.example/x.png) ![x]( //other.example/x) ![x](<http://other.example>)",
    "![x][y] ![y] ![y][]\n\n[y]: http://other.example/x.png",
    "![a [b](pic.png) c](http://other.example/x.png)",
    "![y](pic.png \n\n![y](pic.png `)` \n\n[y]:\n  http://other.example/x.png",
    "![x](/\\\\other.example/x) ![x](http&#58;//other.example/x) ![x](htt\\p://other.example/x)",
    "[a](file:///etc/passwd) [b](ms-msdt:/id) [c](ms\\-msdt\\:/id) [d][e]\n\n[e]:\n  intent:x",
    '!!! note inline end md-dialog md-dialog--active\n    text\n\n- a\n\n    ??? md-dialog "t"\n        x',
    '!!! md-dialog\n    x\n\n???+md-dialog "t"\n    x',
)

HARMLESS_BODIES = (
    "![plan](pic.png) ![plan](../a/pic-1.png 'The plan') [a](https://x.example) [b](mailto:a@b.example)",
    '!!! warning "Mind"\n    text\n\n??? note inline end\n    text',
)


@pytest.mark.parametrize("body", HARMLESS_BODIES)
def test_an_exported_body_is_what_its_author_wrote(body: str) -> None:
    assert harmless(body) == body


@pytest.mark.parametrize("body", HOSTILE_BODIES)
def test_an_exported_body_brings_no_html_in_any_dialect(body: str) -> None:
    markdown = harmless(body)
    pages = [
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown),
        Markdown(
            extensions=["extra", "toc", "pymdownx.superfences", "admonition", "pymdownx.details"]
        ).convert(markdown),
        Markdown().convert(markdown),
    ]
    for html in pages:
        assert not re.search(r"<(script|img|svg|b)\b|<[^>]*\bon\w+\s*=", html), html
        assert not re.search(r'href="[^"]*script\\?:', html), html
        assert not re.search(r'(?:src|href)="(?!https?:)[a-z][a-z0-9+.-]*:', html), html
        assert not re.search(r'src="(?!pic)|class="[^"]*md-', html), html
    # Hugo and kramdown run what follows a brace; an attribute list of Python-Markdown follows a space.
    assert re.findall(r"(?<!\u2060)\{|\{(?!\u2060)", markdown) == []


@pytest.mark.parametrize("letter", ["x", "я", "語"])
def test_ids_of_equal_titles_that_are_long_come_back_from_a_table(letter: str, tmp_path: Path) -> None:
    """Their numbers make them longer than a title's id is, and no longer than a file's name may be."""
    first, table = tmp_path / "first.csv", tmp_path / "roles.csv"
    rows = "".join(f"{letter * 150},{number}\n" for number in range(12))
    first.write_text(f"title,weekly_hours\n{rows}", encoding="utf-8")
    root = write(tmp_path / "h", {"content/index.md": "# Home\n"})
    words = ["import", str(first), "--to", str(root / "roles")]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert "reserved-id" not in reported(root)
    table.write_text(export(root, "--format", "csv").stdout, encoding="utf-8")
    again = CliRunner().invoke(main, ["import", str(table), "--to", str(root / "roles"), "--update"])
    assert "0 new, 0 changed, 12 unchanged, 0 not in the table." in again.output
    anew = CliRunner().invoke(main, ["import", str(table), "--to", str(tmp_path / "anew")])
    assert anew.exit_code == 0, anew.output
    assert {path.name for path in (tmp_path / "anew").iterdir()} == {
        path.name for path in (root / "roles").iterdir()
    }


def test_blanks_at_the_beginning_of_a_text_come_back(tmp_path: Path) -> None:
    text = "---\ntitle: X\n---\n\n    code\n\nlast\n"
    root = write(tmp_path, {"roles/x.md": text})
    assert export(root, "--format", "csv", "--to", str(tmp_path / "x.csv")).exit_code == 0
    CliRunner().invoke(main, ["import", str(tmp_path / "x.csv"), "--to", str(tmp_path / "back")])
    assert (tmp_path / "back/x.md").read_text("utf-8") == text


@pytest.mark.parametrize("gone", ["seats", "status", "tags"])
def test_a_table_that_lost_a_column_is_still_an_export(gone: str, tmp_path: Path) -> None:
    text = "---\ntitle: X\nowner: Ada Stone\n---\n\n## Purpose\n\n1. *Work*\n"
    root = write(tmp_path, {"roles/x.md": text})
    rows = [
        [*row] for row in csv.reader(io.StringIO(export(root, "--format", "csv").stdout.lstrip("\ufeff")))
    ]
    at = rows[0].index(gone)
    made = io.StringIO()
    csv.writer(made).writerows([row[:at] + row[at + 1 :] for row in rows])
    text_of_table = made.getvalue().replace("title,", "Title,")
    (tmp_path / "x.csv").write_text(text_of_table, encoding="utf-8")
    CliRunner().invoke(main, ["import", str(tmp_path / "x.csv"), "--to", str(tmp_path / "back")])
    assert (tmp_path / "back/x.md").read_text("utf-8") == text


def test_an_export_that_is_imported_at_once_changes_nothing(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", "---\ntitle: Büro\n---\n\nöffentlich\n")
    root = write(tmp_path, {"roles/b.md": text})
    table = tmp_path / "x.csv"
    table.write_text(export(root, "--format", "csv").stdout, encoding="utf-8")
    assert unicodedata.is_normalized("NFC", table.read_text("utf-8"))
    result = CliRunner().invoke(main, ["import", str(table), "--to", str(root / "roles"), "--update"])
    assert "0 new, 0 changed, 1 unchanged" in result.stdout and result.exit_code == 0


def test_a_member_that_a_table_adds_takes_no_days_from_others(tmp_path: Path) -> None:
    members = "  - person: Cy Low\n    since: 2026-01-01\n  - Di Mo\n"
    text = f"---\ntitle: X\nkind: team\nmembers:\n{members}---\n"
    root = write(tmp_path, {"roles/x.md": text})
    table, words = (
        tmp_path / "x.csv",
        ["import", str(tmp_path / "x.csv"), "--to", str(root / "roles"), "--update"],
    )
    exported = export(root, "--format", "csv").stdout
    for written in (exported, exported.replace("Low; Di Mo", "Low; Di Mo; Ed No")):
        table.write_text(written, encoding="utf-8")
        result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    added = text.replace("  - Di Mo\n", "  - Di Mo\n  - Ed No\n")
    assert parsed((root / "roles/x.md").read_text("utf-8")) == parsed(added)


def test_a_text_that_a_table_did_not_change_stays_markdown_without_the_column_of_other_fields(
    tmp_path: Path,
) -> None:
    text = "---\ntitle: Boss\nowner: Ada\n---\n\n## Procedure\n\n1. A\n2. B *q*; c\n"
    root = write(tmp_path, {"roles/boss.md": text})
    words = ("-f", f"{root}/mkdocs.yml")
    table = root / "t.csv"
    assert CliRunner().invoke(main, ["export", "--format", "csv", "--to", str(table), *words]).exit_code == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        kept = ("id", "title", "owner", "body")
        rows = [{name: row[name] for name in kept} for row in csv.DictReader(file)]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = CliRunner().invoke(
        main, ["import", str(table), "--to", f"{root}/roles", "--update", "--prefer", "table"]
    )
    assert "0 changed" in done.output, done.output
    assert (root / "roles/boss.md").read_text(encoding="utf-8") == text


# --- Markdown, again and again ---------------------------------------------------------------------

MILL = "site_name: The Mill\ndocs_dir: content\n"
SMALL = {
    "mkdocs.yml": f"{MILL}plugins: [rolebook]\n",
    "content/index.md": "# Home\n\n[Boss](../roles/boss.md)\n",
    "content/old.md": "# Old\n",
    "roles/boss.md": "---\ntitle: Boss\nowner: Ada\n---\n",
    "roles/team/shop.md": "---\ntitle: Shop\nparent: boss\nowner: Ada\n---\n\n## Notes\n\nTOKNOTES\n",
}


def again(root: Path, goal: Path, *more: str) -> Result:
    return export(root, "--format", "markdown", "--to", str(goal), *more)


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_an_export_can_be_repeated(tmp_path: Path) -> None:
    root, goal = write(tmp_path / "h", SMALL), tmp_path / "goal"
    assert again(root, goal).exit_code == 0
    first = held(goal)
    times = {name: (goal / name).stat().st_mtime_ns for name in first}
    put(goal, "docs/mine.md", "# Mine\n")
    put(goal, "theme/main.html", "mine")
    (root / "roles/team/shop.md").rename(root / "roles/shop.md")
    (root / "content/old.md").unlink()
    put(root, "roles/boss.md", "---\ntitle: Chief\nowner: Ada\n---\n")
    result = again(root, goal)
    assert result.exit_code == 0, result.output
    now = held(goal)
    assert "Chief" in now["docs/roles/boss.md"].decode()
    assert "docs/roles/shop.md" in now and "docs/roles/team/shop.md" not in now
    assert not (goal / "docs/roles/team").exists()
    assert "docs/old.md" not in now
    assert (now["docs/mine.md"], now["theme/main.html"]) == (b"# Mine\n", b"mine")
    same = "docs/assets/rolebook/rolebook.css"
    assert (goal / same).stat().st_mtime_ns == times[same]
    assert not [name for name in now if ".rolebook-" in name]
    assert again(root, tmp_path / "new").exit_code == 0
    del now["docs/mine.md"], now["theme/main.html"]
    assert held(tmp_path / "new") == now


def test_settings_that_their_owner_has_changed_stay(tmp_path: Path) -> None:
    root, goal = write(tmp_path / "h", SMALL), tmp_path / "goal"
    again(root, goal)
    (goal / "mkdocs.yml").write_text("site_name: Mine\n", encoding="utf-8")
    put(root, "roles/boss.md", "---\ntitle: Chief\n---\n")
    for _ in range(2):
        result = again(root, goal)
        assert result.exit_code == 0
        assert "mkdocs.yml was changed after the export and stays as it is." in result.stderr
        assert (goal / "mkdocs.yml").read_text("utf-8") == "site_name: Mine\n"
    assert "Chief" in (goal / "docs/roles/boss.md").read_text("utf-8")
    (goal / "mkdocs.yml").unlink()
    assert again(root, goal).stderr == ""
    assert "The Mill" in (goal / "mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize("page", ["docs/roles/boss.md", "docs/old.md"])
def test_a_page_that_somebody_has_changed_is_neither_replaced_nor_removed(page: str, tmp_path: Path) -> None:
    root, goal = write(tmp_path / "h", SMALL), tmp_path / "goal"
    again(root, goal)
    put(goal, page, "mine")
    (root / "content/old.md").unlink()
    put(root, "roles/team/shop.md", "---\ntitle: Other\nparent: boss\n---\n")
    before = held(goal)
    result = again(root, goal)
    assert result.exit_code == 2
    assert f"{page} was changed after the export. Make the change in the handbook" in result.output
    assert held(goal) == before


def test_a_file_that_is_not_of_the_export_is_not_replaced(tmp_path: Path) -> None:
    root, goal = write(tmp_path / "h", SMALL), tmp_path / "goal"
    again(root, goal)
    put(goal, "docs/roles/new.md", "mine")
    put(root, "roles/new.md", "---\ntitle: New\nparent: boss\n---\n")
    before = held(goal)
    result = again(root, goal)
    assert result.exit_code == 2
    assert "new.md is there already, and is not from the last export." in result.output
    assert held(goal) == before


@pytest.mark.parametrize(
    "name", ["../outside.txt", "docs/../../outside.txt", "{outside}", "docs/link/outside.txt"]
)
def test_a_list_of_files_that_leads_elsewhere_removes_nothing(name: str, tmp_path: Path) -> None:
    root, goal = write(tmp_path / "h", SMALL), tmp_path / "goal"
    again(root, goal)
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    (goal / "docs/link").symlink_to(tmp_path)
    listed = json.loads((goal / ".exported.json").read_bytes())
    listed[name.format(outside=outside)] = [hashlib.sha256(b"mine").hexdigest()]
    (goal / ".exported.json").write_text(json.dumps(listed), encoding="utf-8")
    again(root, goal)
    assert outside.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("listed", ["", "[]", "nothing", '{"docs/index.md": 1}', '{"": []}'])
def test_a_list_that_is_none_makes_all_files_somebody_else_s(listed: str, tmp_path: Path) -> None:
    root, goal = write(tmp_path / "h", SMALL), tmp_path / "goal"
    again(root, goal)
    (goal / ".exported.json").write_text(listed, encoding="utf-8")
    before = held(goal)
    result = again(root, goal)
    assert result.exit_code == 2
    assert "is there already" in result.output
    assert held(goal) == before


def test_a_folder_that_no_export_made_is_not_written_to(tmp_path: Path) -> None:
    root = write(tmp_path / "h", SMALL)
    goal = tmp_path / "goal"
    put(goal, "mine.md", "mine")
    assert again(root, goal).exit_code == 2
    assert held(goal) == {"mine.md": b"mine"}


# --- Markdown for outsiders ------------------------------------------------------------------------


def test_outsiders_get_what_the_public_edition_shows(tmp_path: Path) -> None:
    settings = (
        f"{MILL}repo_url: https://git.example/mill\nedit_uri: edit/main/content/\n"
        "theme: {name: material, logo: logo.png}\nnav: [index.md, secret.md, rolebook]\n"
        "plugins: [tags, {redirects: {redirect_maps: {a.md: secret.md}}}, "
        "{rolebook: {public_pages: [index.md]}}]\n"
    )
    more = {
        "mkdocs.yml": settings,
        "content/index.md": "# Home\n\n[Shop](../roles/team/shop.md), [x](secret.md), "
        "[who](../people/ada.md)\n",
        "content/secret.md": "# TOKSECRET\n",
        "content/logo.png": b"\x89PNG\r\n\x1a\n",
        "roles/team/plan.png": b"\x89PNG\r\n\x1a\nTOKBESIDE",
        "people/ada.md": "---\nname: Ada Qname\n---\n",
    }
    root, goal = write(tmp_path / "h", SMALL | more), tmp_path / "goal"
    assert again(root, goal).exit_code == 0
    assert "docs/people/ada.md" in held(goal)
    result = again(root, goal, "--audience", "public")
    assert result.exit_code == 0, result.output
    there = held(goal)
    for name, data in there.items():
        for hidden in (b"TOK", b"Qname", b"git.example", b"secret", b"ada.md"):
            assert hidden not in data, name
    assert "docs/logo.png" in there
    home = there["docs/index.md"].decode()
    assert "[Shop](roles/shop.md), [x](#), [who](#)" in home
    assert "docs/roles/shop.md" in there
    assert not [name for name in there if name.startswith("docs/people/")]


def test_what_is_wrong_on_a_public_edition_only_stops_the_export_for_outsiders(tmp_path: Path) -> None:
    more = {"roles/boss.md": "---\ntitle: Boss\ndeliverable: Plans of Zelda Qname's\n---\n"}
    people = {"people/zelda.md": "---\nname: Zelda Qname\n---\n"}
    root = write(tmp_path / "h", SMALL | more | people)
    assert again(root, tmp_path / "inside").exit_code == 0
    result = again(root, tmp_path / "outside", "--audience", "public")
    assert result.exit_code == 2
    assert "roles/boss.md:3" in result.output
    assert not (tmp_path / "outside").exists()


def test_watching_exports_again_after_each_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, goal = write(tmp_path / "h", SMALL), tmp_path / "goal"
    page, home = goal / "docs/roles/boss.md", goal / "docs/index.md"
    seen = []

    def meanwhile(seconds: float) -> None:
        seen.append(("Chief" in page.read_text("utf-8"), "Changed" in home.read_text("utf-8")))
        if len(seen) == 1:
            put(root, "roles/boss.md", "---\ntitle: Chief\n---\n")
        elif len(seen) == 2:
            put(root, "content/index.md", "# Changed\n")
        elif len(seen) == 3:
            put(root, "roles/boss.md", "---\nparent: nobody\n---\n")
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr("rolebook.cli.watch.time.sleep", meanwhile)
    result = again(root, goal, "--watch")
    assert result.exit_code == 0
    assert seen == [(False, False), (True, False), (True, True), (True, True)]
    assert "roles/boss.md:2" in result.stderr


@pytest.mark.parametrize("more", [("--audience", "public"), ("--watch",), ("--generator", "zensical")])
def test_only_markdown_is_watched_or_for_somebody(more: tuple[str, ...]) -> None:
    assert export(SAMPLE, "--format", "json", *more).exit_code == 2


# --- what an exported site takes over --------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ("repo_url: https://git.example/m\nedit_uri: edit/main/content/", "https://git.example/m/edit/main"),
        ("repo_url: https://git.example/m/\nedit_uri: edit/main/content", "https://git.example/m/edit/main"),
        ("edit_uri: https://git.example/x/content/", "https://git.example/x/content/.."),
        (
            "repo_url: https://git.example/m\nedit_uri: '?path=content/'",
            "https://git.example/m?path=content/..",
        ),
        (
            "repo_url: https://git.example/m\nedit_uri_template: 'e/content/{path}'",
            "https://git.example/m/e",
        ),
        ("repo_url: https://git.example/m", ""),
        ("edit_uri: edit/main/content/", ""),
    ],
)
def test_pages_have_the_edit_link_that_mkdocs_gives_them(settings: str, address: str, tmp_path: Path) -> None:
    root = write(tmp_path / "h", SMALL | {"mkdocs.yml": f"{SMALL['mkdocs.yml']}{settings}\n"})
    again(root, tmp_path / "goal")
    role = (tmp_path / "goal/docs/roles/team/shop.md").read_text(encoding="utf-8")
    links = re.findall(r'<a class="md-content__button[^>]* href="([^"]*)"', role)
    assert links == ([f"{address}/roles/team/shop.md"] if address else [])
    home = (tmp_path / "goal/docs/index.md").read_text(encoding="utf-8")
    assert ("index.md" in home) == bool(address)
    made = (tmp_path / "goal/docs/roles/index.md").read_text(encoding="utf-8")
    assert "md-content__button" not in made


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_links_in_html_begin_where_the_generator_has_them_begin(generator: str, tmp_path: Path) -> None:
    """Those in Markdown lead from file to file in both."""
    root = write(tmp_path / "h", SMALL)
    again(root, tmp_path / "goal", "--generator", generator)
    docs = tmp_path / "goal/docs"
    shop = (docs / "roles/team/shop.md").read_text(encoding="utf-8")
    assert f'href="{"../../" if generator == "mkdocs" else "../"}boss/"' in shop
    roles = (docs / "roles/index.md").read_text(encoding="utf-8")
    assert 'href="team/shop/"' in roles
    assert "[Boss](roles/boss.md)" in (docs / "index.md").read_text(encoding="utf-8")


def test_settings_of_the_site_are_taken_over_by_an_allowlist(tmp_path: Path) -> None:
    settings = (
        "site_url: https://example.org/mill/\ncopyright: The Mill\nuse_directory_urls: false\n"
        "repo_url: https://git.example/mill\nsite_dir: /tmp/elsewhere\nhooks: [hook.py]\n"
        "extra_css: [own.css, https://styles.example/x.css]\nextra_javascript: [own.js]\n"
        "theme: {name: material, language: de, custom_dir: mine, logo: logo.png}\n"
    )
    plugins = f"{MILL}plugins: [material/tags, macros, rolebook]\n"
    more = {"mkdocs.yml": plugins + settings, "mine/x.html": "", "hook.py": "", "content/logo.png": "x"}
    more["content/own.css"] = more["content/own.js"] = "x"
    result = again(write(tmp_path / "h", SMALL | more), tmp_path / "goal")
    assert result.exit_code == 0, result.output
    found = yaml.safe_load((tmp_path / "goal/mkdocs.yml").read_text(encoding="utf-8"))
    assert found["site_url"] == "https://example.org/mill/"
    assert (found["copyright"], found["use_directory_urls"]) == ("The Mill", False)
    assert (found["repo_url"], found["edit_uri"]) == ("https://git.example/mill", "")
    assert found["plugins"] == ["search", "tags"]
    assert {name: found["theme"][name] for name in ("name", "language", "logo")} == {
        "name": "material", "language": "de", "logo": "logo.png",
    }  # fmt: skip
    assert found["extra_css"] == ["assets/rolebook/rolebook.css", "own.css"]
    assert not {"site_dir", "hooks", "extra_javascript"} & found.keys()
    assert "custom_dir" not in found["theme"]
    shop = (tmp_path / "goal/docs/roles/team/shop.md").read_text(encoding="utf-8")
    assert 'href="../boss.html"' in shop
