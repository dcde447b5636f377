"""The forms are made from the declarations, and name the handbook's files, roles and people."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from declared_texts import shown
from projects import MKDOCS_YML, opened, write
from rolebook.forms.config import FORMS, settings, title
from rolebook.forms.fields import SOURCE, fields
from rolebook.forms.page import page_files, policy
from rolebook.forms.parts import BUSINESS, PERSON, ROLE, Form
from rolebook.forms.shape import shape
from rolebook.language import written_in
from rolebook.schema.declarations import declarations, shown_name

FILES = {
    "roles/boss.md": "---\ntitle: Boss\nowner: Ada King\n---\n",
    "people/ada.md": "---\nname: Ada King\n---\n",
}
BACKEND = {"name": "github", "repo": "local/shop"}


def by_name(form: Form) -> dict[str, Any]:
    found = {}
    for field in fields(form):
        found[field["name"]] = field
        if field["name"].startswith("part"):
            found |= {each["name"]: each for each in field["fields"]}
    return found


def all_fields(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in found:
        yield field
        yield from all_fields(field.get("fields", []))
        yield from all_fields([field["field"]] if "field" in field else [])


@pytest.mark.parametrize("form", [ROLE, PERSON, BUSINESS])
def test_every_field_is_in_the_form_once(form: Form) -> None:
    assert sorted(form.names) == sorted(declarations(form.record))


def test_the_five_of_the_card_come_first_and_the_rest_is_folded() -> None:
    names = [field["name"] for field in fields(ROLE)]
    assert names[:5] == ["title", "parent", "owner", "weekly_hours", "deliverable"]
    assert names[5:] == ["part1", "part2", "part3", "part4", "part5", "part6", "body", SOURCE]
    part = fields(ROLE)[5]
    assert (part["label"], part["collapsed"]) == ("People", True)
    assert part["summary"] == "Who does the work, Cover, Engagement, Seats, Also reports to"
    assert [field["name"] for field in fields(BUSINESS)] == [
        *("offers", "deliverables", "functions", "body", SOURCE),
    ]


def test_only_a_title_or_a_name_is_required() -> None:
    required = [field["name"] for field in fields(ROLE)[:5] if field["required"]]
    assert required == ["title"]
    assert [field["name"] for field in fields(PERSON)[:5] if field["required"]] == ["name"]


@pytest.mark.parametrize(
    ("form", "name", "expected"),
    [
        (ROLE, "title", {"label": "Title", "widget": "string", "hint": "The role's name."}),
        (ROLE, "parent", {"label": "Reports to", "widget": "relation", "collection": "roles"}),
        (ROLE, "owner", {"widget": "relation", "collection": "people", "display_fields": ["name"]}),
        (ROLE, "purpose", {"widget": "text"}),
        (ROLE, "review_by", {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}),
        (ROLE, "seats", {"widget": "number", "value_type": "int", "min": 1, "max": 100_000}),
        (ROLE, "deliverable", {"label": "Deliverables", "label_singular": "Deliverable", "widget": "list"}),
        (ROLE, "deliverable", {"summary": "{{fields.outcome}}", "max": 500}),
        (ROLE, "also_reports_to", {"label_singular": "Role", "max": 50}),
        (ROLE, "rate", {"label": "Pay", "widget": "object"}),
        (PERSON, "weekly_capacity", {"widget": "number", "value_type": "float", "min": 0, "max": 168}),
        (PERSON, "email", {"widget": "string", "type": "email"}),
        (PERSON, "timezone", {"label": "Time zone", "widget": "string"}),
        (BUSINESS, "deliverables", {"label": "Promises", "label_singular": "Promise"}),
        (BUSINESS, "offers", {"summary": "{{fields.id}}"}),
    ],
)
def test_a_field_is_what_its_declaration_says(form: Form, name: str, expected: dict[str, Any]) -> None:
    assert by_name(form)[name].items() >= expected.items()


def test_groups_within_fields_are_declared_as_well() -> None:
    inner = {field["name"]: field for field in by_name(ROLE)["deliverable"]["fields"]}
    assert inner["for"]["value_field"] == "deliverables.*.id"
    assert inner["outcome"]["required"]
    assert inner["acceptance"]["field"]["label"] == "Condition"
    promise = {field["name"]: field for field in by_name(BUSINESS)["deliverables"]["fields"]}
    assert (promise["offer"]["file"], promise["offer"]["value_field"]) == ("business-model", "offers.*.id")
    rate = {field["name"]: field for field in by_name(ROLE)["rate"]["fields"]}
    assert "EUR" in rate["currency"]["options"]
    assert rate["show"]["options"] == [{"label": "Yes", "value": True}, {"label": "No", "value": False}]
    assert rate["per"]["options"][0] == {"label": "Hour", "value": "hour"}
    posting = {field["name"]: field for field in by_name(ROLE)["posting"]["fields"]}
    assert (posting["apply_url"]["type"], posting["apply_email"]["type"]) == ("url", "email")


def test_labels_read_like_words() -> None:
    for form in (ROLE, PERSON, BUSINESS):
        for field in all_fields(fields(form)):
            if field["name"] != SOURCE:
                assert field["label"][0].isupper() and "_" not in field["label"], field


def test_the_shape_has_fields_as_files_have_them() -> None:
    role = shape(ROLE)
    assert list(role["fields"]) == [shown_name(name) for name in declarations(ROLE.record)]
    assert role["name"] == "title"
    assert role["parts"]["part1"] == ["performed_by", "backup", "engagement", "seats", "also_reports_to"]
    known = role["fields"]
    assert known["weekly_hours"] == {"kind": "hours"}
    assert known["rate"]["short"] == "amount"
    assert known["skills"]["short"] == "must"
    assert known["outsource"]["short"] == "fit"
    assert known["posting"]["short"] == ""
    assert known["deliverable"]["of"]["fields"]["for"] == {"kind": "text", "to": "deliverable"}
    assert shape(BUSINESS)["name"] == ""


def test_paths_and_names_are_those_of_the_handbook(tmp_path: Path) -> None:
    options = "      roles_dir: seats\n      people_dir: staff\n"
    nested = {
        "mkdocs.yml": MKDOCS_YML + options,
        "seats/Boss.md": FILES["roles/boss.md"],
        "seats/a/b/Sales.md": "---\ntitle: Sales\nparent: Boss\nowner: Somebody Else\n---\n",
        "staff/ada.md": FILES["people/ada.md"],
    }
    made = settings(opened(write(tmp_path / "flat", FILES)), BACKEND, is_local=True)
    roles, people, business = made["config"]["collections"]
    assert (made["isLocal"], roles["folder"], people["folder"]) == (True, "roles", "people")
    assert business["files"][0]["file"] == "content/business-model.md"
    assert "nested" not in roles
    assert made["names"]["role"] == {"boss": "boss"}
    assert made["names"]["person"]["ada king"] == "ada"

    made = settings(opened(write(tmp_path / "nested", nested)), BACKEND, "shop/book/")
    roles, people, business = made["config"]["collections"]
    assert (made["isLocal"], roles["folder"], people["folder"]) == (
        False,
        "shop/book/seats",
        "shop/book/staff",
    )
    assert business["files"][0]["file"] == "shop/book/content/business-model.md"
    assert roles["nested"] == {"subfolders": False}
    assert made["names"]["role"] == {"Boss": "Boss", "Sales": "a/b/Sales"}
    assert "somebody else" not in made["names"]["person"]


def test_each_kind_of_file_has_its_format(tmp_path: Path) -> None:
    made = settings(opened(write(tmp_path, FILES)), BACKEND)
    assert list(made["shapes"]) == list(FORMS)
    roles, people, business = made["config"]["collections"]
    assert [roles["format"], people["format"], business["files"][0]["format"]] == list(FORMS)
    assert not roles["delete"] and not people["duplicate"]


def test_the_page_loads_only_its_own_files_and_asks_only_named_hosts() -> None:
    page = page_files("<Shop> & 'more'", {"a": "ä"}, "https://git.example")
    text = page["index.html"].decode()
    assert "&lt;Shop&gt; &amp;" in text and "<Shop>" not in text
    assert "connect-src &#39;self&#39; blob: data: https://git.example;" in text
    assert "connect-src 'self' blob: data:;" in policy()
    assert page["handbook.json"].decode() == '{\n "a": "ä"\n}\n'
    named = ("forms.js", "format.js", "forms.css", "sveltia-cms.min.js", "yaml.min.js")
    assert all(page[name] for name in named)
    assert sum(name.startswith("assets/") for name in page) == 3
    assert "sveltia-cms.LICENSE.txt" in page


def test_the_bundle_asks_for_the_fonts_that_are_there() -> None:
    page = page_files("Shop", {})
    bundle = page["sveltia-cms.min.js"].decode()
    fonts = [name for name in page if name.endswith(".woff2")]
    assert len(fonts) == 3
    assert all(f'"{name}"' in bundle for name in fonts)


def test_the_notices_name_what_is_in_the_bundle() -> None:
    notices = page_files("Shop", {})["sveltia-cms.LICENSE.txt"].decode()
    for package in (
        "@sveltia/cms 0.221.1",
        "svelte ",
        "lexical ",
        "dompurify ",
        "yaml ",
        "turndown ",
        "react ",
    ):
        assert f"\n{package}" in notices, package
    assert "SIL Open Font License" in notices or "SIL OPEN FONT LICENSE" in notices


def test_the_forms_are_in_the_language_of_the_handbook(made_up: str, tmp_path: Path) -> None:
    own = "fields: {roles: {shift: {type: text, label: Early shift, meaning: when it begins}}}"
    settings_of = f"    - rolebook:\n        language: {made_up}\n        {own}\n"
    project = {"mkdocs.yml": MKDOCS_YML.partition("  - rolebook")[0] + settings_of.replace("    -", "  -")}
    handbook = opened(write(tmp_path, {**FILES, **project}))
    with written_in(handbook.project.language):
        found = settings(handbook, BACKEND)
        page = page_files(title(handbook.project), found)["index.html"].decode()
    collections = found["config"]["collections"]
    read = {*shown(collections), found["config"]["app_title"], *found["texts"].values()}
    words = {word for text in read for word in re.findall(r"(?<!\w)[A-Za-z]{3,}(?!\w)", text)}
    assert words == {"Early", "shift", "Test"} | {"When", "begins"}
    assert f'<html lang="{made_up}">' in page
    assert "The forms need" not in page
