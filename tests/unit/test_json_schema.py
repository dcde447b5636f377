"""The JSON Schemas accept what the program accepts, and refuse what it refuses."""

import json
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from rolebook.cli import main
from rolebook.schema.declarations import (
    Group,
    declarations,
    parse_fields,
    shown_name,
    take_out_of_other_kinds,
)
from rolebook.schema.json_schema import schemas
from rolebook.schema.kinds import (
    EMAIL,
    ICON,
    PHONE,
    WEB_ADDRESS,
    AnyOf,
    Choice,
    Day,
    Kind,
    ListOf,
    Number,
    Pattern,
    Report,
    Whole,
    YesNo,
)
from rolebook.schema.records import PAGE_FIELDS, BusinessModelFields, PersonFields, RoleFields
from rolebook.schema.standards import Listed
from sites import SAMPLE

RECORDS = {"role": RoleFields, "person": PersonFields, "business-model": BusinessModelFields}
VALIDATORS = {name: jsonschema.Draft7Validator(schema) for name, schema in schemas().items()}
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


def values(kind: Kind[Any]) -> st.SearchStrategy[Any]:
    """What people can write for a field of this kind."""
    match kind:
        case Number():
            return st.integers(int(kind.low), int(min(kind.high, 10**9)))
        case Whole():
            return st.integers(int(kind.number.low), int(kind.number.high))
        case YesNo():
            return st.booleans()
        case Choice():
            return st.sampled_from(kind.words)
        case Day():
            return st.dates().map(str)
        case Listed():
            return st.sampled_from(sorted(kind.names()))
        case Pattern() if kind is ICON:
            return st.sampled_from(["material/library", "simple/git"])
        case Pattern() if kind is PHONE:
            return st.integers(10**8, 10**12).map(lambda number: f"+{number}")
        case Pattern():
            return WORDS.map(
                lambda word: f"https://{word}abc" if "http" in kind.form.pattern else f"{word}@{word}.example"
            )
        case ListOf():
            return values(kind.kind) | st.lists(st.none() | values(kind.kind), max_size=2)
        case AnyOf():
            return values(kind.plain) | values(kind.group)
        case Group():
            group = groups(kind.record).filter(
                lambda each: None in (low := each.get("min"), high := each.get("max")) or low <= high
            )
            return group | values(declarations(kind.record)[kind.shorthand].kind) if kind.shorthand else group
    return WORDS


def groups(record: type) -> st.SearchStrategy[dict[str, Any]]:
    known = {shown_name(name): each for name, each in declarations(record).items()}
    needed = {name: values(each.kind) for name, each in known.items() if each.required}
    others = {name: st.none() | values(each.kind) for name, each in known.items() if not each.required}
    return st.fixed_dictionaries(needed, optional=others)


def of_its_kind(record: type, front: dict[str, Any]) -> dict[str, Any]:
    """`front` without the fields of other kinds of things."""
    kind = front.get("kind") or "role"
    others = [shown_name(name) for name, each in declarations(record).items() if kind in each.instead]
    return {name: value for name, value in front.items() if name not in others}


def complaints(what: str, front: Any) -> tuple[list[str], list[str]]:
    """What the program and the schema say of front matter."""
    node = yaml.compose(yaml.safe_dump(front, allow_unicode=True))
    assert isinstance(node, yaml.MappingNode)
    report = Report("x.md")
    allowed = PAGE_FIELDS if what == "business-model" else ()
    values, lines = parse_fields(node, RECORDS[what], report, also_allowed=allowed)
    take_out_of_other_kinds(values, lines, RECORDS[what], report)
    return [str(each) for each in report.problems], [
        each.message for each in VALIDATORS[what].iter_errors(front)
    ]


@pytest.mark.parametrize("what", RECORDS)
def test_a_schema_is_a_schema(what: str) -> None:
    jsonschema.Draft7Validator.check_schema(schemas()[what])


@pytest.mark.parametrize(
    "path", [*sorted(SAMPLE.glob("[rp][oe]*/**/*.md")), SAMPLE / "content/business-model.md"]
)
def test_the_sample_is_accepted(path: Any) -> None:
    what = {"roles": "role", "people": "person"}.get(path.relative_to(SAMPLE).parts[0], "business-model")
    text = path.read_text(encoding="utf-8").split("---\n")[1]
    front = json.loads(json.dumps(yaml.safe_load(text), default=str))
    assert [each.message for each in VALIDATORS[what].iter_errors(front)] == []


@settings(max_examples=60)
@given(st.data(), st.sampled_from(sorted(RECORDS)))
def test_what_is_right_is_accepted_by_both(data: st.DataObject, what: str) -> None:
    naming = {"role": {"title": "x"}, "person": {"name": "x"}}.get(what, {})
    front = of_its_kind(RECORDS[what], data.draw(groups(RECORDS[what])) | naming)
    assert complaints(what, front) == ([], [])


@pytest.mark.parametrize(
    ("what", "front"),
    [
        ("role", {"titel": "x"}),
        ("role", {"status": "opne"}),
        ("role", {"weekly_hours": 169}),
        ("role", {"weekly_hours": "ten"}),
        ("role", {"weekly_hours": {"min": 1}}),
        ("role", {"weekly_hours": [1]}),
        ("role", {"seats": 1.5}),
        ("role", {"deliverable": {"cadence": "weekly"}}),
        ("role", {"deliverable": [{"outcome": ""}]}),
        ("role", {"deliverable": [["x"]]}),
        ("role", {"tools": [{"name": "x", "acess": "y"}]}),
        ("role", {"review_by": "31.3.2027"}),
        ("role", {"posting": {"apply_url": "javascript:x"}}),
        ("role", {"title": ["x"]}),
        ("role", {"owner": {"name": "x"}}),
        ("role", {"kind": "team", "owner": "x"}),
        ("role", {"kind": "team", "weekly_hours": 3}),
        ("role", {"kind": "team", "seats": 2}),
        ("role", {"kind": "team", "skills": ["x"]}),
        ("role", {"kind": "role", "lead": "x"}),
        ("role", {"kind": None, "lead": "x"}),
        ("role", {"members": ["x"]}),
        ("person", {"kind": "robot"}),
        ("person", {"founder": "perhaps"}),
        ("person", {"email": "nobody"}),
        ("business-model", {"offers": [{"name": "x"}]}),
        ("business-model", {"offers": [{"id": "x", "currency": "EUX"}]}),
        ("role", {"rate": {"amount": 1, "currency": "EUX"}}),
        ("business-model", {"deliverables": "x"}),
    ],
)
def test_what_is_wrong_is_refused_by_both(what: str, front: dict[str, Any]) -> None:
    naming = {"role": {"title": "x"}, "person": {"name": "x"}}.get(what, {})
    ours, theirs = complaints(what, naming | front)
    assert ours
    assert theirs


@pytest.mark.parametrize(
    "front",
    [
        {"kind": "team", "owner": "", "seats": 1, "skills": [], "rate": None, "location": {}},
        {"kind": "team", "lead": "x", "members": ["y", {"person": "z", "as": "scribe"}]},
        {"kind": None, "owner": "x", "lead": []},
    ],
)
def test_what_counts_for_nothing_is_no_field_of_another_kind(front: dict[str, Any]) -> None:
    assert complaints("role", {"title": "x"} | front) == ([], [])


def test_only_the_name_is_required() -> None:
    assert [each.message for each in VALIDATORS["role"].iter_errors({})] == ["'title' is a required property"]
    assert [each.message for each in VALIDATORS["person"].iter_errors({})] == [
        "'name' is a required property"
    ]


@pytest.mark.parametrize("kind", [EMAIL, ICON, PHONE, WEB_ADDRESS])
def test_patterns_are_those_of_javascript(kind: Pattern) -> None:
    """Python forgives an escaped quotation mark; JavaScript's Unicode mode does not."""
    assert '\\"' not in kind.form.pattern


def test_the_command_prints_json() -> None:
    for what in (*RECORDS, "snippets"):
        result = CliRunner().invoke(main, ["schema", what])
        assert result.exit_code == 0
        assert json.loads(result.stdout)


def test_snippets_have_places_to_fill_in() -> None:
    result = json.loads(CliRunner().invoke(main, ["schema", "snippets"]).stdout)
    bodies = {name: "\n".join(each["body"]) for name, each in result.items()}
    assert bodies["role: status"] == "status: ${1|planned,open,filled,paused,retired|}"
    assert bodies["role: tools"] == "tools:\n  - name: $1\n    access: $2\n    admin: $3"
    assert bodies["role: trial_task"].splitlines()[:3] == ["trial_task:", "  brief: $1", "  hours: $2"]
