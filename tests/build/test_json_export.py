"""`rolebook.json`: what it holds, that its schema describes it, and that it stands on the site."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, ValidationError

from companies import company, role_files
from projects import opened, write
from rolebook.json_export.build import DATA, SCHEMA, files, json_schema
from rolebook.options import Options
from rolebook.organisation import RoleFile
from rolebook.pages.plan import Plan
from rolebook.project import Project
from sites import HOME, SAMPLE, build_site

PROJECT = Project(Path("/nowhere"), "content", "Us", Options())


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(json_schema())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def sample() -> Plan:
    return opened(SAMPLE).plan()


def data(plan: Plan) -> Any:
    return json.loads(files(plan)[DATA])


def test_the_sample_is_what_its_schema_says(sample: Plan, validator: Draft202012Validator) -> None:
    validator.validate(data(sample))


@settings(max_examples=40)
@given(role_files())
def test_every_company_is_what_the_schema_says(each: list[RoleFile]) -> None:
    plan = Plan(PROJECT, company(each))
    Draft202012Validator(json.loads(json_schema())).validate(data(plan))


@pytest.mark.parametrize(
    "change",
    [
        {"totals": {}},
        {"roles": [{"id": "a"}]},
        {"day": 5},
        {"plan": {"candidates": [{"role": "a", "score": 101, "values": {}}]}},
        {"colour": "red"},
    ],
)
def test_the_schema_refuses_what_is_wrong(
    change: dict[str, Any], sample: Plan, validator: Draft202012Validator
) -> None:
    with pytest.raises(ValidationError):
        validator.validate(data(sample) | change)


def test_the_schema_explains_what_is_not_plain() -> None:
    reported = json.loads(json_schema())
    assert reported["$defs"]["Dataset"]["description"] == "A handbook made with Rolebook, as data."
    assert all(each.get("description") for each in reported["$defs"].values())


def test_the_sample_as_data(sample: Plan) -> None:
    reported = data(sample)
    roles = {role["id"]: role for role in reported["roles"]}
    assert list(roles) == list(sample.organisation.roles)
    support = roles["customer-support"]
    assert support["holding"] == "vacant"
    assert support["hours"] == {"min": 12, "max": 12}
    assert support["shares"] == [{"person": "maya", "hours": {"min": 5, "max": 5}}]
    assert support["page"] == "roles/support/customer-support/"
    assert "owner" not in support
    people = {person["id"]: person for person in reported["people"]}
    assert people["maya"]["over"] and people["maya"]["founder"]
    assert people["maya"]["hours"] == {"min": 71, "max": 71}
    kept = {each["id"]: each.get("roles", []) for each in reported["deliverables"]}
    assert kept["bake-help"] == ["customer-support"]
    assert [each["role"] for each in reported["plan"]["changes"]] == ["ppc", "customer-support"]
    assert [each["role"] for each in reported["plan"]["candidates"][:2]] == ["ppc", "customer-support"]
    assert reported["plan"]["candidates"][1]["cost"] == {"min": 1040, "max": 1248, "currency": "EUR"}
    assert reported["totals"]["founder_hours_percent"] > reported["plan"]["after"]["founder_hours_percent"]
    assert len(reported["problems"]) == len(sample.problems)


def test_the_data_is_the_same_however_often_it_is_made(sample: Plan) -> None:
    assert files(sample) == files(opened(SAMPLE).plan())
    other = replace(sample, organisation=company([]))
    assert files(sample) != files(other)


def test_the_data_stands_on_the_site_unless_its_author_has_a_file_there(tmp_path: Path) -> None:
    root = write(tmp_path, HOME | {"roles/owner.md": "---\ntitle: Owner\n---\n"})
    site, _ = build_site(root)
    assert json.loads((site / DATA).read_text(encoding="utf-8"))["$schema"] == SCHEMA
    assert (site / SCHEMA).read_text(encoding="utf-8") == json_schema()
    write(tmp_path, {f"content/{DATA}": "mine"})
    site, _ = build_site(root)
    assert (site / DATA).read_text(encoding="utf-8") == "mine"


def test_money_has_cents(tmp_path: Path) -> None:
    files_of_it = {
        "roles/boss.md": "---\ntitle: Boss\nowner: Ada\n---\n",
        "roles/ppc.md": "---\ntitle: PPC\nparent: boss\nowner: Ben\nengagement: contractor\nweekly_hours: 7\n"
        "rate: {min: 10.01, max: 20.07, currency: EUR, per: hour}\n---\n",
        "people/ben.md": "---\nname: Ben\nengagement: contractor\n---\n",
    }
    (cost,) = data(opened(write(tmp_path, files_of_it)).plan())["totals"]["specialists_cost"]
    # 7 hours for 52 / 12 weeks a month: 303.6366… and 608.79.
    assert cost == {"min": 303.64, "max": 608.79, "currency": "EUR"}
