"""Dotted lines in files: what `rename`, `check --fix`, `diff`, `export` and `import` make of them."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from imports import Import, findings
from projects import MKDOCS_YML, opened, reported, write
from rolebook.cli import main
from rolebook.diff.compare import compare
from rolebook.diff.model import State
from rolebook.export.table import as_csv
from rolebook.json_export.build import dataset, json_schema
from rolebook.organisation import Organisation
from rolebook.views import profiles

FILES = {
    "roles/boss.md": "---\ntitle: Boss\n---\n",
    "roles/art.md": "---\ntitle: Art\nparent: boss\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: boss\n---\n",
    "roles/till.md": "---\ntitle: Till\nparent: shop\nalso_reports_to: [art, boss]\n---\n",
}


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return Import(tmp_path)


def take(imported: Import, table: str) -> Result:
    """Import `table`, whose columns are called like fields."""
    (imported.folder / "a.csv").write_text(table, encoding="utf-8")
    return imported.run(str(imported.folder / "a.csv"))


def run(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, [*words[:1], "-f", str(root / "mkdocs.yml"), *words[1:]])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def organisation(root: Path, **changed: str) -> Organisation:
    files = {f"roles/{name}.md": text for name, text in changed.items()}
    return opened(write(root, FILES | files)).organisation


# --- rename and fix --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("also_reports_to: [boss, art]  # both", "also_reports_to: [boss, studio]  # both"),
        ("also_reports_to: art", "also_reports_to: studio"),
        ("also_reports_to:\n  - art\n  - boss", "also_reports_to:\n  - studio\n  - boss"),
        ("also_reports_to: [arts]", "also_reports_to: [arts]"),
    ],
)
def test_a_rename_reaches_dotted_lines(before: str, after: str, tmp_path: Path) -> None:
    text = f"---\ntitle: Till\nparent: shop\n{before}\n---\n"
    write(tmp_path, FILES | {"roles/till.md": text})
    assert run(tmp_path, "rename", "art", "studio").exit_code == 0
    assert (tmp_path / "roles/till.md").read_text(encoding="utf-8") == text.replace(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[bsos, boss]", "[bsos, boss]"),  # boss is there already
        ("[bsos]", "[boss]"),
        ("[shpo]", "[shpo]"),  # the parent
        ("[tlil]", "[tlil]"),  # the role itself
        ("[Art]", "[art]"),
        ("[studio]", "[art]"),  # its former name
        ("[made-up]", "[made-up]"),
    ],
)
def test_a_slip_in_a_dotted_line_is_fixed_where_it_says_something(
    before: str, after: str, tmp_path: Path
) -> None:
    till = f"---\ntitle: Till\nparent: shop\nalso_reports_to: {before}\n---\n"
    art = "---\ntitle: Art\nparent: boss\naliases: [roles/studio.md]\n---\n"
    write(tmp_path, FILES | {"roles/till.md": till, "roles/art.md": art})
    run(tmp_path, "check", "--fix")
    assert (tmp_path / "roles/till.md").read_text(encoding="utf-8") == till.replace(before, after)


def test_an_unknown_parent_is_no_matter_of_dotted_lines(tmp_path: Path) -> None:
    till = "---\ntitle: Till\nparent: shpo\nalso_reports_to: [made-up]\n---\n"
    write(tmp_path, FILES | {"roles/till.md": till})
    assert reported(tmp_path).count("[unknown-parent]") == 1
    assert reported(tmp_path).count("[unknown-role]") == 1
    run(tmp_path, "check", "--fix")
    assert "parent: shop\n" in (tmp_path / "roles/till.md").read_text(encoding="utf-8")


# --- diff ------------------------------------------------------------------------------------------


def changes(one: Organisation, other: Organisation) -> list[tuple[str, str, str, str]]:
    found = compare(State(one), State(other))
    return [
        (each.role.id, what.what, what.before, what.after)
        for each in found.changed
        for what in each.differences
        if what.what == "also reports to"
    ]


def till(lines: str) -> str:
    return f"---\ntitle: Till\nparent: shop\n{lines}---\n"


def test_new_and_gone_dotted_lines_are_changes(tmp_path: Path) -> None:
    one = organisation(tmp_path / "one")
    other = organisation(tmp_path / "other", till=till("also_reports_to: [boss]\n"))
    none = organisation(tmp_path / "none", till=till(""))
    assert changes(one, other) == [("till", "also reports to", "Art, Boss", "Boss")]
    assert changes(none, one) == [("till", "also reports to", "", "Art, Boss")]
    assert changes(one, one) == []


def test_another_order_or_another_title_is_no_change_of_dotted_lines(tmp_path: Path) -> None:
    one = organisation(tmp_path / "one")
    turned = organisation(tmp_path / "turned", till=till("also_reports_to: [boss, art]\n"))
    titled = organisation(tmp_path / "titled", art="---\ntitle: Studio\nparent: boss\n---\n")
    assert changes(one, turned) == changes(one, titled) == []


def test_a_role_that_goes_takes_its_dotted_lines_along(tmp_path: Path) -> None:
    one = organisation(tmp_path / "one")
    files = {path: text for path, text in FILES.items() if path != "roles/art.md"}
    other = opened(write(tmp_path / "other", files)).organisation
    assert changes(one, other) == [("till", "also reports to", "Art, Boss", "Boss")]


# --- exports ---------------------------------------------------------------------------------------


def test_the_data_has_dotted_lines_by_id(tmp_path: Path) -> None:
    data = dataset(opened(write(tmp_path, FILES)).plan())
    assert {role.id: role.also_reports_to for role in data.roles} == {
        "boss": (),
        "art": (),
        "shop": (),
        "till": ("art", "boss"),
    }
    assert "also_reports_to" in json.loads(json_schema())["$defs"]["Role"]["properties"]


def test_a_table_has_dotted_lines_in_a_column_of_their_own(tmp_path: Path) -> None:
    rows = [*csv.DictReader(io.StringIO(as_csv(organisation(tmp_path)).removeprefix("\ufeff")))]
    assert {row["id"]: row["also_reports_to"] for row in rows} == {
        "boss": "",
        "art": "",
        "shop": "",
        "till": "art; boss",
    }
    assert not any(row["other_fields"] for row in rows)


def test_an_exported_table_comes_back(tmp_path: Path, imported: Import) -> None:
    table = as_csv(organisation(tmp_path / "book"))
    take(imported, table)
    assert imported.front("till") == {"title": "Till", "parent": "shop", "also_reports_to": ["art", "boss"]}


# --- import ----------------------------------------------------------------------------------------

TABLE = "id,title,parent,owner,also_reports_to\n1,Boss,,Ann,\n2,Art,1,Ben,\n3,Shop,1,Cy,\n"


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("2", ["2"]),
        ("2; 1", ["2", "1"]),
        ("Art;Boss", ["2", "1"]),
        ("Ben", ["2"]),
        ("2; Art", ["2"]),
        ("", None),
    ],
)
def test_a_row_calls_its_other_superiors_by_id_title_or_holder(
    cell: str, ids: list[str] | None, imported: Import
) -> None:
    take(imported, f'{TABLE}4,Till,3,Di,"{cell}"\n')
    assert imported.front("4").get("also_reports_to") == ids
    assert imported.front("4")["parent"] == "3"


@pytest.mark.parametrize(
    ("cell", "code", "kept"),
    [
        ("2; 77", "unknown-parent", ["2"]),
        ("4; 2", "self-parent", ["2"]),
        ("Twin", "ambiguous-parent", None),
    ],
)
def test_a_superior_that_is_not_found_is_kept_as_a_comment(
    cell: str, code: str, kept: list[str] | None, imported: Import
) -> None:
    result = take(imported, f'{TABLE}5,Twin,1,Ed,\n6,Twin,1,Flo,\n4,Till,3,Di,"{cell}"\n')
    assert code in str(findings(result))
    text = imported.text("4")
    assert "\n# also_reports_to: " in text
    assert yaml.safe_load(text.split("---\n")[1]).get("also_reports_to") == kept


def test_a_column_that_is_likely_to_hold_dotted_lines_is_offered(imported: Import) -> None:
    result = take(imported, "id,title,parent,Dotted line manager\n1,Boss,,\n2,Art,1,\n3,Shop,1,2\n")
    assert "may be the field 'also_reports_to'" in result.output
    assert imported.front("3")["parent"] == "1"


# --- pages -----------------------------------------------------------------------------------------


def pages(root: Path, options: str = "") -> dict[str, str]:
    """The pages of roles and the list of roles as Markdown."""
    settings = MKDOCS_YML.replace("  - rolebook:\n", f"  - rolebook:\n{options}")
    handbook = opened(write(root, FILES | {"mkdocs.yml": settings}))
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    found = {role: renderer.page(page) for role, page in plan.roles.items()}
    return found | {"list": renderer.page(plan.role_lists[0])}


@pytest.mark.parametrize("options", ["", "      audience: public\n"])
def test_pages_name_dotted_lines_in_both_directions(options: str, tmp_path: Path) -> None:
    shown = pages(tmp_path, options)
    above = '<dt>Also reports to</dt><dd><a href="../art/">Art</a>, <a href="../boss/">Boss</a></dd>'
    assert above in shown["till"]
    below = shown["art"].partition("## Also report here")[2]
    assert '<li><a href="../till/">Till</a>' in below and "And " not in below
    assert "Also reports to</dt>" not in shown["shop"] and "Also report here" not in shown["shop"]
    row = next(line for line in shown["list"].splitlines() if ">Till</a>" in line)
    row = re.sub(r' data-[\w-]+="[^"]*"', "", row)
    assert '>Shop</a> <small>also <a href="art/">Art</a>, <a href="boss/">Boss</a>' in row
    assert len(re.findall("<small[^>]*>also", shown["list"])) == 1


def test_a_page_lists_so_many_dotted_lines_and_counts_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        write(tmp_path, {f"roles/t{number}.md": f"---\ntitle: T{number}\nalso_reports_to: boss\n---\n"})
    monkeypatch.setattr(profiles, "MAX_LISTED", 3)
    below = pages(tmp_path)["boss"].partition("## Also report here")[2]
    assert below.count("<li>") == 3 and "<p>And 1 more.</p>" in below
    monkeypatch.setattr(profiles, "MAX_LISTED", 4)
    below = pages(tmp_path)["boss"].partition("## Also report here")[2]
    assert below.count("<li>") == 4 and "more" not in below
