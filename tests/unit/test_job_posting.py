"""JSON-LD of a vacancy: schema.org's words, Google's rules, and nothing while something is lacking."""

import datetime as dt
import html
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import TODAY
from rolebook.documents.job_post import compose
from rolebook.documents.job_posting import job_posting, lacking
from rolebook.organisation import RoleFile, organise
from rolebook.schema.audience import Audience
from rolebook.schema.records import Deliverable, Hours, Location, Posting, Rate, RoleFields
from rolebook.visibility.view import view_for

POSTING = Posting(opens=TODAY, closes=dt.date(2027, 2, 3), apply_email="jobs@example.org")
SOUND: dict[str, Any] = {
    "title": "Video editor",
    "deliverable": (Deliverable(outcome="Two videos a week are online"),),
    "location": Location(remote=True, countries=("Ireland",)),
    "posting": POSTING,
}

# What of schema.org's vocabulary (version 29, https://schema.org/JobPosting) a posting may use: the
# properties of each type, and what each property's value may be.
VOCABULARY: dict[str, dict[str, tuple[str, ...]]] = {
    "JobPosting": {
        "title": ("Text",),
        "description": ("Text",),
        "datePosted": ("Date", "DateTime"),
        "validThrough": ("Date", "DateTime"),
        "hiringOrganization": ("Organization", "Person"),
        "identifier": ("PropertyValue", "Text", "URL"),
        "directApply": ("Boolean",),
        "jobLocationType": ("Text",),
        "applicantLocationRequirements": ("AdministrativeArea", "Country"),
        "jobLocation": ("Place",),
        "employmentType": ("Text",),
        "baseSalary": ("MonetaryAmount", "Number", "PriceSpecification"),
        "totalJobOpenings": ("Integer",),
    },
    "Organization": {"name": ("Text",), "sameAs": ("URL",)},
    "PropertyValue": {"name": ("Text",), "value": ("Text", "Number", "Boolean")},
    "Country": {"name": ("Text",)},
    "AdministrativeArea": {"name": ("Text",)},
    "Place": {"address": ("PostalAddress", "Text")},
    "PostalAddress": {"addressLocality": ("Text",), "addressCountry": ("Country", "Text")},
    "MonetaryAmount": {"currency": ("Text",), "value": ("QuantitativeValue", "Number", "Text")},
    "QuantitativeValue": {
        "value": ("Number", "Text"),
        "minValue": ("Number",),
        "maxValue": ("Number",),
        "unitText": ("Text",),
    },
}
DATE = re.compile(r"\d{4}-\d\d-\d\d")
REQUIRED = {"title", "description", "datePosted", "hiringOrganization"}
"""By Google, besides a place: `jobLocation`, or remote work with the countries it can be done from."""
EMPLOYMENT = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "VOLUNTEER"}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}


def posted(site: str = "", day: dt.date = TODAY, **values: Any) -> dict[str, Any]:
    """The posting of a role with these fields; empty when there is none."""
    text = written(site, day, **values)
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def written(site: str = "", day: dt.date = TODAY, **values: Any) -> str:
    role = RoleFile("seat", "roles/seat.md", RoleFields(**(SOUND | values)), {})
    public = view_for(organise([role], today=day), Audience.PUBLIC)
    return job_posting(compose(public, "seat", "Us"), site)


def objections(value: dict[str, Any]) -> list[str]:
    """What in `value` is not schema.org's."""
    kind = value["@type"]
    found = []
    for name, content in value.items():
        if name.startswith("@"):
            continue
        allowed = VOCABULARY.get(kind, {}).get(name)
        if allowed is None:
            found.append(f"{kind} has no {name}")
            continue
        for each in content if isinstance(content, list) else [content]:
            if isinstance(each, dict):
                found += [] if each["@type"] in allowed else [f"{name} is no {each['@type']}"]
                found += objections(each)
            elif not fits(each, allowed):
                found.append(f"{name} is {each!r}")
    return found


def fits(value: object, allowed: tuple[str, ...]) -> bool:
    if isinstance(value, bool):
        return "Boolean" in allowed
    if isinstance(value, int | float):
        return "Number" in allowed or ("Integer" in allowed and value == int(value))
    assert isinstance(value, str)
    if set(allowed) & {"Date", "DateTime"}:
        return bool(DATE.match(value)) and bool(dt.datetime.fromisoformat(value))
    return bool(set(allowed) & {"Text", "URL"})


CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "several countries": {"location": Location(remote=True, countries=("Ireland", "Spain"))},
    "union": {"location": Location(remote=True, countries=("EU",))},
    "on site": {"location": Location(place="Galway", countries=("Ireland",))},
    "both": {"location": Location(remote=True, place="Galway", countries=("Ireland",))},
    "paid by the hour": {"rate": Rate(amount=45, currency="EUR", per="hour", show=True)},
    "paid by the month": {"rate": Rate(min=1200.5, max=1500, currency="eur", per="month", show=True)},
    "paid in all": {"rate": Rate(amount=300, currency="EUR", per="fixed", show=True)},
    "pay not shown": {"rate": Rate(amount=45, currency="EUR")},
    "employee": {"engagement": "employee", "weekly_hours": Hours(min=10, max=20)},
    "whole job": {"engagement": "employee", "weekly_hours": Hours(min=38, max=38)},
    "agency": {"engagement": "agency"},
    "volunteer": {"engagement": "volunteer"},
    "seats": {"seats": 3},
    "no last day": {"posting": Posting(opens=TODAY, apply_url="https://x.org")},
    "no way to apply": {"posting": Posting(opens=TODAY)},
}


@pytest.mark.parametrize("case", CASES)
def test_a_posting_is_schema_org_s_and_has_what_google_requires(case: str) -> None:
    found = posted(**CASES[case])
    assert found["@context"] == "https://schema.org/"
    assert found["@type"] == "JobPosting"
    assert objections(found) == []
    assert found.keys() >= REQUIRED
    remote = found.get("jobLocationType") == "TELECOMMUTE" and "applicantLocationRequirements" in found
    assert remote or "jobLocation" in found
    assert found.get("employmentType", "PART_TIME") in EMPLOYMENT
    if "baseSalary" in found:
        assert found["baseSalary"]["value"]["unitText"] in UNITS
        assert re.fullmatch("[A-Z]{3}", found["baseSalary"]["currency"])


def test_the_vocabulary_is_not_met_by_anything() -> None:
    wrong = {"name": "x", "datePosted": "soon", "directApply": "yes", "jobLocation": {"@type": "Country"}}
    assert objections(posted() | wrong) == [
        "datePosted is 'soon'",
        "directApply is 'yes'",
        "JobPosting has no name",
        "jobLocation is no Country",
    ]


@pytest.mark.parametrize(
    ("case", "name", "value"),
    [
        ("plain", "validThrough", "2027-02-03T23:59:59"),
        ("plain", "directApply", True),
        ("no way to apply", "directApply", False),
        ("no last day", "validThrough", None),
        ("plain", "jobLocation", None),
        ("plain", "applicantLocationRequirements", {"@type": "Country", "name": "Ireland"}),
        ("union", "applicantLocationRequirements", {"@type": "AdministrativeArea", "name": "EU"}),
        ("on site", "jobLocationType", None),
        (
            "on site",
            "jobLocation",
            {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Galway",
                    "addressCountry": "Ireland",
                },
            },
        ),
        ("paid in all", "baseSalary", None),
        ("pay not shown", "baseSalary", None),
        ("employee", "employmentType", "PART_TIME"),
        ("whole job", "employmentType", "FULL_TIME"),
        ("agency", "employmentType", "CONTRACTOR"),
        ("plain", "employmentType", None),
        ("seats", "totalJobOpenings", 3),
        ("plain", "identifier", {"@type": "PropertyValue", "name": "Us", "value": "seat"}),
        ("plain", "hiringOrganization", {"@type": "Organization", "name": "Us"}),
    ],
)
def test_what_a_posting_says(case: str, name: str, value: object) -> None:
    assert posted(**CASES[case]).get(name) == value


@pytest.mark.parametrize(
    ("figures", "written"),
    [
        ({"amount": 45}, {"value": 45}),
        ({"min": 30, "max": 40}, {"minValue": 30, "maxValue": 40}),
        ({"min": 30}, {"minValue": 30}),
        ({"max": 40}, {"maxValue": 40}),
    ],
)
def test_pay_is_an_amount_or_what_is_known_of_its_range(figures: dict[str, float], written: object) -> None:
    rate = Rate(currency="eur", per="hour", show=True, **figures)
    salary = posted(rate=rate)["baseSalary"]
    assert salary["currency"] == "EUR"
    assert {
        name: each for name, each in salary["value"].items() if name.endswith(("alue", "Value"))
    } == written


def test_the_organisation_s_site_is_named() -> None:
    assert posted(site="https://us.example/")["hiringOrganization"]["sameAs"] == "https://us.example/"


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"posting": Posting(apply_email="a@x.org")}, ["'opens' under 'posting'"]),
        ({"location": Location(remote=True)}, ["'countries' under 'location'"]),
        ({"location": Location()}, ["'countries' under 'location', or 'remote: yes' with them"]),
        ({"deliverable": ()}, ["'deliverable'"]),
        ({"deliverable": (), "purpose": "Why."}, []),
    ],
)
def test_without_what_is_required_there_is_no_posting(values: dict[str, Any], missing: list[str]) -> None:
    assert list(lacking(RoleFields(**(SOUND | values)))) == missing
    assert (posted(**values) == {}) is bool(missing)


@pytest.mark.parametrize(
    ("day", "is_there"),
    [(TODAY, True), (POSTING.closes, True), (dt.date(2027, 2, 4), False), (dt.date(2027, 1, 14), False)],
)
def test_a_posting_is_gone_when_it_closes(day: dt.date, is_there: bool) -> None:
    assert bool(posted(day=day)) is is_there


def test_a_held_seat_has_no_posting() -> None:
    assert posted(owner="Ada") == {}


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60))
def test_no_text_ends_the_script_or_begins_a_macro(text: str) -> None:
    words = " ".join(text.split())
    raw = written(title=f"T</script>{{{{ x }}}}{words}", purpose=f"{{% y %}} & {words}")
    assert not re.search(r"[<>&]|\{\{(?!\")|\{%|\{#", raw)
    assert json.loads(raw)["title"] == f"T</script>{{{{ x }}}}{words}"
    assert words in html.unescape(json.loads(raw)["description"])
