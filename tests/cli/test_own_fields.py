"""Fields of the owner's own are read, completed, imported, compared and renamed as built-in ones."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from projects import opened, reported, write
from repositories import commit
from rolebook.cli import main
from rolebook.documents import job_post, pack
from rolebook.documents.job_posting import job_posting
from rolebook.documents.plain_text import as_text
from rolebook.documents.statement import with_statement
from rolebook.forms.config import settings
from rolebook.schema.audience import Audience
from sites import build_site

MKDOCS = """\
site_name: Test
docs_dir: content
theme: {name: material, font: false}
plugins:
  - search
  - rolebook:
      disabled_checks: [no-hours, no-deliverable, unkept-promise]
      fields:
        roles:
          risk: {type: choice, choices: [Low, High], label: Risk class, show: [facts, table, card, export]}
          budget: {type: amount, currency: EUR}
          audited: date
          trained: yes/no
          mentor: person
          sisters: {type: role, list: yes, label: Sister roles}
          secret: {type: text, show: [facts, table]}
        people:
          floor: number
          home: {type: role, label: Home team}
        offers:
          page: web address
        promises:
          guardian: person
"""
ROLE = """\
---
title: Shop
parent: boss
risk: High # last year
budget: 1200.50
audited: 2027-03-31
trained: no
mentor: Ann Ek
sisters: [boss]
secret: the key
---
"""
FILES: dict[str, str | bytes | None] = {
    "mkdocs.yml": MKDOCS,
    "content/index.md": "# Home\n",
    "roles/boss.md": "---\ntitle: Boss\nowner: Ann Ek\nsecret: a first row\n---\n",
    "roles/shop.md": ROLE,
    "people/ann.md": "---\nname: Ann Ek\nfloor: 2\nhome: shop\nphone: +44 (0)20 7946 0958 x12\n"
    "chat: https://chat.example/ann\ncalendar: https://cal.example/ann\nlanguages: [English, Irish]\n---\n",
    "content/business-model.md": "---\noffers: [{id: bread, page: https://example.org/bread}]\n"
    "deliverables: [{id: daily, offer: bread, guardian: Ann Ek}]\n---\n\n# Model\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "book", {path: text for path, text in FILES.items() if text is not None})


def run(root: Path, *words: str) -> Result:
    config = () if words[0] == "import" else ("-f", str(root / "mkdocs.yml"))
    return CliRunner().invoke(main, [*words, *config])


def edited(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_a_sound_handbook_has_no_problems(root: Path) -> None:
    assert reported(root) == ""


@pytest.mark.parametrize(
    ("path", "wrong", "message"),
    [
        ("roles/shop.md", "budgte: 5", "there is no field 'budgte'. Did you mean 'budget'?"),
        ("people/ann.md", "flor: 5", "there is no field 'flor'. Did you mean 'floor'?"),
    ],
)
def test_a_misspelt_field_is_reported_and_fixed(root: Path, path: str, wrong: str, message: str) -> None:
    name, value = wrong.split(": ")
    right = {"budgte": "budget", "flor": "floor"}[name]
    text = (root / path).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(right)]
    (root / path).write_text("".join(lines).replace("---\n", f"---\n{wrong}\n", 1), encoding="utf-8")
    assert f"error: {path}:2: {message} [unknown-field]\n" in reported(root)
    assert run(root, "check", "--fix").exit_code == 0
    assert f"{right}: {value}\n" in (root / path).read_text(encoding="utf-8")


def test_a_misspelt_choice_and_role_are_fixed(root: Path) -> None:
    edited(root, "roles/shop.md", "risk: High", "risk: Hihg")
    edited(root, "roles/shop.md", "[boss]", "[shpo]")
    edited(root, "people/ann.md", "home: shop", "home: shpo")
    said = run(root, "check", "--fix").output
    assert said.count("fixed: ") == 3
    assert (root / "roles/shop.md").read_text(encoding="utf-8") == ROLE.replace("[boss]", "[shop]")
    assert "home: shop\n" in (root / "people/ann.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[boss]", "boss, shop", "there is no role 'boss, shop'. Write [boss, shop]. [unknown-role]"),
        (
            "mentor: Ann Ek",
            "mentor: Ann Ek and Bo",
            "These are several people: write one, or add 'list: yes'",
        ),
        ("mentor: Ann Ek", "mentor: [Ann Ek, Bo]", "Write one person, or add 'list: yes' to the field"),
    ],
)
def test_several_that_are_written_as_one_are_told_apart(root: Path, old: str, new: str, said: str) -> None:
    edited(root, "roles/shop.md", old, new)
    assert said in reported(root)


# --- schema, snippets, forms ---------------------------------------------------------------------


def test_the_schema_takes_own_fields_and_no_misspelt_ones(root: Path) -> None:
    schema = json.loads(run(root, "schema", "role").output)
    valid = jsonschema.Draft7Validator(schema)
    fields: dict[str, Any] = {"title": "Shop", "risk": "Low", "budget": 5, "sisters": ["boss"]}
    assert list(valid.iter_errors(fields)) == []
    assert list(valid.iter_errors(fields | {"budgte": 5}))
    assert list(valid.iter_errors(fields | {"risk": "Medium"}))
    described = schema["properties"]["risk"]["description"]
    assert described == "Risk class. Only colleagues see it."
    model = json.loads(run(root, "schema", "business-model").output)
    assert "guardian" in model["definitions"]["BusinessDeliverable"]["properties"]


def test_an_editor_completes_own_fields(root: Path) -> None:
    found = json.loads(run(root, "schema", "snippets").output)
    assert found["role: risk"]["body"] == ["risk: ${1|Low,High|}"]
    assert "person: floor" in found


def test_without_a_handbook_the_schema_has_the_built_in_fields(tmp_path: Path) -> None:
    schema = json.loads(run(tmp_path, "schema", "role").output)
    assert "title" in schema["properties"]
    assert "risk" not in schema["properties"]


def test_forms_have_own_fields_in_a_part_of_their_own(root: Path) -> None:
    made = settings(opened(root), {"name": "github", "repo": "a/b"})
    roles, people, business = made["config"]["collections"]
    parts = {each["label"]: each["fields"] for each in roles["fields"] if each["widget"] == "object"}
    own = {each["name"]: each for each in parts["More facts"]}
    assert list(own) == ["risk", "budget", "audited", "trained", "mentor", "sisters", "secret"]
    assert own["risk"]["label"] == "Risk class"
    assert own["risk"]["options"] == [{"label": "Low", "value": "Low"}, {"label": "High", "value": "High"}]
    assert own["sisters"]["field"]["collection"] == "roles"
    assert "More facts" in str(people["fields"])
    offers = next(each for each in business["files"][0]["fields"] if each["name"] == "offers")
    assert offers["fields"][-1]["name"] == "page"
    assert made["shapes"]["rolebook-role"]["fields"]["mentor"] == {"kind": "text", "to": "person"}


# --- tables --------------------------------------------------------------------------------------


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_an_export_has_a_column_for_each_field_that_is_to_be_exported(root: Path) -> None:
    shop = next(each for each in table(run(root, "export", "--format", "csv").output) if each["id"] == "shop")
    own = {name: shop[name] for name in ("risk", "budget", "audited", "trained", "mentor", "sisters")}
    assert list(own.values()) == ["High", "1200.5", "2027-03-31", "no", "Ann Ek", "boss"]
    assert "secret" not in shop
    assert "the key" not in str(shop)


def test_an_export_reads_back_as_it_was(root: Path) -> None:
    (root / "all.csv").write_text(run(root, "export", "--format", "csv").output, encoding="utf-8")
    before = (root / "roles/shop.md").read_text(encoding="utf-8")
    done = run(root, "import", str(root / "all.csv"), "--to", str(root / "roles"), "--update")
    assert "0 changed" in done.output
    assert (root / "roles/shop.md").read_text(encoding="utf-8") == before


def test_an_update_changes_own_fields_and_keeps_the_others(root: Path) -> None:
    text = run(root, "export", "--format", "csv").output
    to = ("--to", str(root / "roles"), "--update")
    (root / "all.csv").write_text(text, encoding="utf-8")
    run(root, "import", str(root / "all.csv"), *to)
    changed = text.replace('"1200.5"', '"1300"').replace('"High"', '"low"')
    (root / "all.csv").write_text(changed, encoding="utf-8")
    done = run(root, "import", str(root / "all.csv"), *to)
    assert "budget '1200.5' → '1300'" in done.output
    after = (root / "roles/shop.md").read_text(encoding="utf-8")
    assert after == ROLE.replace("1200.50", "1300").replace("risk: High", "risk: Low")


def test_a_column_is_known_by_the_label_or_by_the_name(root: Path) -> None:
    (root / "new.csv").write_text(
        "id,title,parent,Risk class,Sister Roles,trained,budget\nads,Ads,boss,high,shop; boss,yes,dear\n",
        encoding="utf-8",
    )
    done = run(root, "import", str(root / "new.csv"), "--to", str(root / "roles"))
    assert "budget is 'dear'" in done.output
    written = (root / "roles/ads.md").read_text(encoding="utf-8")
    fields = yaml.load(written.split("---")[1], yaml.BaseLoader)
    assert (fields["risk"], fields["sisters"], fields["trained"]) == ("High", ["shop", "boss"], "yes")
    assert "# budget: dear" in written
    assert reported(root) == ""


def test_a_word_for_nothing_leaves_an_own_field_empty(root: Path) -> None:
    (root / "new.csv").write_text(
        "id,title,parent,secret,sisters,budget,mentor\nads,Ads,boss,-,n/a,tbd,?\n", encoding="utf-8"
    )
    done = run(root, "import", str(root / "new.csv"), "--to", str(root / "roles"))
    assert done.exit_code == 0, done.output
    assert "new.csv: sisters 'n/a' is read as empty (row 2)" in done.output
    assert (root / "roles/ads.md").read_text(encoding="utf-8") == "---\ntitle: Ads\nparent: boss\n---\n"


def test_a_choice_may_be_a_word_for_nothing(root: Path) -> None:
    edited(root, "mkdocs.yml", "[Low, High]", "[None, High]")
    (root / "new.csv").write_text(
        "id,title,parent,risk\nads,Ads,boss,none\ncare,Care,boss,-\n", encoding="utf-8"
    )
    done = run(root, "import", str(root / "new.csv"), "--to", str(root / "roles"))
    assert "risk: None\n" in (root / "roles/ads.md").read_text(encoding="utf-8").replace('"', "")
    assert "risk" not in (root / "roles/care.md").read_text(encoding="utf-8")
    assert "new.csv: risk '-' is read as empty (row 3)" in done.output


def test_a_column_is_mapped_to_an_own_field(root: Path) -> None:
    (root / "new.csv").write_text("id,title,parent,Cost\nads,Ads,boss,40\n", encoding="utf-8")
    words = ("import", str(root / "new.csv"), "--to", str(root / "roles"))
    assert (
        "There is no field 'budgt'. Did you mean 'budget'?" in run(root, *words, "--map", "budgt=Cost").output
    )
    assert run(root, *words, "--map", "budget=Cost").exit_code == 0
    assert "budget: 40\n" in (root / "roles/ads.md").read_text(encoding="utf-8")


def test_programs_get_own_fields_by_name(root: Path) -> None:
    data = json.loads(run(root, "export", "--format", "json").output)
    shop = next(each for each in data["roles"] if each["id"] == "shop")
    assert shop["own"] == {
        "risk": "High",
        "budget": 1200.5,
        "audited": "2027-03-31",
        "trained": False,
        "mentor": "ann",
        "sisters": ["boss"],
    }
    assert data["people"][0]["own"] == {"floor": 2.0, "home": "shop"}
    assert data["offers"][0]["own"] == {"page": "https://example.org/bread"}
    assert data["deliverables"][0]["own"] == {"guardian": "ann"}
    schema = json.loads(run(root, "schema", "data").output)
    jsonschema.Draft202012Validator(schema).validate(data)


# --- changes -------------------------------------------------------------------------------------


def test_diff_says_what_changed_in_own_fields(root: Path) -> None:
    commit(root, FILES)
    edited(root, "roles/shop.md", "budget: 1200.50", "budget: 900")
    edited(root, "people/ann.md", "floor: 2\n", "")
    edited(root, "content/business-model.md", "example.org/bread", "example.org/loaf")
    said = run(root, "diff").output
    assert "Budget: EUR\u00a01,200.50 → EUR\u00a0900" in said
    assert "Floor: 2" in said
    assert "offer bread: Page" in said
    assert "also changed" not in said


def test_a_field_that_is_declared_later_is_a_change_of_those_that_have_it(root: Path) -> None:
    before = FILES | {
        "mkdocs.yml": MKDOCS.replace("          budget: {type: amount, currency: EUR}\n", ""),
        "roles/shop.md": ROLE.replace("budget: 1200.50\n", ""),
    }
    commit(root, before)
    write(root, {path: text for path, text in FILES.items() if text is not None})
    assert "Budget: EUR\u00a01,200.50" in run(root, "diff").output


def test_a_renamed_role_or_person_is_no_change_of_own_fields_and_is_renamed_in_them(root: Path) -> None:
    commit(root, FILES)
    assert run(root, "rename", "boss", "director", "--yes").exit_code == 0
    assert run(root, "rename", "Ann Ek", "Anna Ek", "--id", "anna", "--yes").exit_code == 0
    shop = (root / "roles/shop.md").read_text(encoding="utf-8")
    assert "sisters: [director]\n" in shop
    assert "mentor: Anna Ek\n" in shop
    assert "guardian: Anna Ek" in (root / "content/business-model.md").read_text(encoding="utf-8")
    assert run(root, "rename", "shop", "store", "--yes").exit_code == 0
    assert "home: store\n" in (root / "people/anna.md").read_text(encoding="utf-8")
    assert reported(root) == ""
    said = run(root, "diff").output
    assert "Mentor" not in said
    assert "Sister roles" not in said


# --- what is kept from one build for the next ----------------------------------------------------


def test_a_field_that_is_added_or_changed_is_on_pages_that_a_cache_keeps(root: Path) -> None:
    cached = MKDOCS.replace("      fields:", "      cache_dir: .cache\n      fields:")
    without = cached.replace("label: Risk class, show: [facts, table, card, export]", "show: export")
    write(root, {"mkdocs.yml": without})
    site, _ = build_site(root)
    page, chart = site / "roles/shop/index.html", site / "org-chart/index.html"
    assert "Risk class" not in page.read_text(encoding="utf-8")
    write(root, {"mkdocs.yml": cached})
    build_site(root)
    assert "<dt>Risk class</dt><dd>High</dd>" in page.read_text(encoding="utf-8")
    assert '<span class="rb-own">Risk class: High</span>' in chart.read_text(encoding="utf-8")
    edited(root, "roles/shop.md", "risk: High", "risk: Low")
    build_site(root)
    assert "<dt>Risk class</dt><dd>Low</dd>" in page.read_text(encoding="utf-8")
    assert '<span class="rb-own">Risk class: Low</span>' in chart.read_text(encoding="utf-8")
    assert "<td>Low</td>" in (site / "roles/index.html").read_text(encoding="utf-8")


def test_pages_link_to_what_own_fields_name(root: Path) -> None:
    site, _ = build_site(root, strict=True)
    pages = (site / f"{path}/index.html" for path in ("roles/shop", "people/ann"))
    role, person = (page.read_text(encoding="utf-8") for page in pages)
    assert '<dt>Mentor</dt><dd><a href="../../people/ann/">Ann Ek</a></dd>' in role
    assert '<dt>Sister roles</dt><dd><a href="../boss/">Boss</a></dd>' in role
    shown = re.findall("<dt>(.*?)</dt>", role)[-7:]
    assert shown == ["Risk class", "Budget", "Audited", "Trained", "Mentor", "Sister roles", "Secret"]
    assert "<dt>Budget</dt><dd>EUR\u00a01,200.50</dd>" in role
    assert "<dt>Audited</dt><dd>31 March 2027</dd>" in role
    assert "<dt>Trained</dt><dd>No</dd>" in role
    assert '<dt>Home team</dt><dd><a href="../../roles/shop/">Shop</a></dd>' in person
    assert '<dt>Telephone</dt><dd><a href="tel:+442079460958">+44 (0)20 7946 0958 x12</a></dd>' in person
    assert '<dt>Chat</dt><dd><a href="https://chat.example/ann">https://chat.example/ann</a></dd>' in person
    assert "<dt>Languages</dt><dd>English and Irish</dd>" in person
    model = (site / "business-model/index.html").read_text(encoding="utf-8")
    assert '<em>Page</em> <a href="https://example.org/bread">https://example.org/bread</a>' in model


def test_columns_stand_in_the_order_in_which_fields_are_declared(root: Path) -> None:
    """Whatever the first row has: a new role moves no column."""
    site, _ = build_site(root)
    heads = re.findall(r"<th[^>]*>(.*?)</th>", (site / "roles/index.html").read_text(encoding="utf-8"))
    assert [head for head in heads if head in {"Risk class", "Secret"}] == ["Risk class", "Secret"]


def test_a_statement_of_work_has_no_own_fields_and_search_engines_have_them_as_text(tmp_path: Path) -> None:
    fields = (
        "{tide: {type: text, audience: contractor}, moon: {type: text, audience: public, label: Our moon}}"
    )
    role = (
        "---\ntitle: Shop\nstatus: open\ntide: quite high\nmoon: rather full\ndeliverable: Ten loaves a day\n"
        "posting: {opens: 2026-12-01, apply_email: a@example.com}\n"
        "location: {remote: yes, countries: [Germany]}\n---\n"
    )
    settings = f"site_name: T\ndocs_dir: content\nplugins: [rolebook: {{fields: {{roles: {fields}}}}}]\n"
    root = write(tmp_path, {"mkdocs.yml": settings, "content/index.md": "# Home\n", "roles/shop.md": role})
    handbook = opened(root)
    contractor, public = map(handbook.view_for, (Audience.CONTRACTOR, Audience.PUBLIC))
    text = as_text(with_statement(pack.compose(contractor, "shop", "T")))
    before, after = text.split("STATEMENT OF WORK" if "STATEMENT OF WORK" in text else "Statement of work")
    assert "quite high" in before and "rather full" in before
    assert "quite high" not in after and "rather full" not in after
    found = job_posting(job_post.compose(public, "shop", "T"), "")
    assert "Our moon: rather full" in json.loads(found)["description"]
    assert "quite high" not in found and not any("moon" in name for name in json.loads(found))
