"""Front matter becomes values of the declared types or problems, and nobody sees more than they may."""

import dataclasses
import datetime as dt
import itertools
import subprocess
import sys
import types
import typing
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import MISSING, is_dataclass, make_dataclass
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rolebook import files, front_matter
from rolebook.problems import Problem
from rolebook.schema import kinds, records, standards
from rolebook.schema.audience import Audience, visible
from rolebook.schema.declarations import RULES, declarations, declared, parse_fields, shown_name
from rolebook.schema.kinds import EMAIL, PHONE, WEB_ADDRESS, Pattern, Report
from rolebook.schema.records import BusinessModelFields, PersonFields, RoleFields
from rolebook.schema.typos import did_you_mean, either, having

PUBLIC, CONTRACTOR, INTERNAL = Audience
RECORDS = (RoleFields, PersonFields, BusinessModelFields)
PARTS = [
    each
    for each in vars(records).values()
    if isinstance(each, type) and is_dataclass(each) and each.__module__ == records.__name__
]


def parse(text: str, record: type = RoleFields) -> tuple[dict[str, Any], list[Problem]]:
    """The values and problems of front matter."""
    node = front_matter.compose("x.md", text)
    if isinstance(node, Problem):
        return {}, [node]
    if not isinstance(node, yaml.MappingNode):
        return {}, []
    report = Report("x.md")
    values, _ = parse_fields(node, record, report)
    return values, report.problems


def value_of(text: str, record: type = RoleFields) -> Any:
    """The value of the one field in `text`, which is sound."""
    values, wrong = parse(text, record)
    assert wrong == []
    (value,) = values.values()
    return value


# --- whatever is written -------------------------------------------------------------------------


def is_of(value: Any, declared_type: Any) -> bool:
    """Whether `value` is what a dataclass field's annotation says, in all its parts."""
    origin, arguments = typing.get_origin(declared_type), typing.get_args(declared_type)
    if origin is types.UnionType:
        return any(is_of(value, each) for each in arguments)
    if origin is tuple:
        return type(value) is tuple and all(is_of(item, arguments[0]) for item in value)
    if is_dataclass(declared_type):
        hints = typing.get_type_hints(declared_type)
        return type(value) is declared_type and all(
            is_of(getattr(value, name), hint) for name, hint in hints.items()
        )
    return type(value) is declared_type


NAMES = sorted({shown_name(name) for each in PARTS for name in declarations(each)})
SCALARS = st.one_of(
    st.sampled_from(["", "~", "yes", "ten", "1:30", "-3", "10h", "4,5", "200", "1e9", "012", "é"]),
    st.sampled_from(["2027-03-31", "2027-02-30", "filled", "opne", "next", "hour", "maya", "!x y"]),
    st.integers(-1, 400).map(str),
    st.floats().map(str),
    st.text(max_size=20).map(lambda text: yaml.safe_dump(text).removesuffix("...\n").strip()),
)


def in_brackets(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Lists and groups, mostly of fields that exist, written in YAML's brackets."""
    pairs = st.tuples(st.sampled_from(NAMES), inner).map(": ".join)
    return st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(pairs, max_size=5).map(lambda items: f"{{{', '.join(items)}}}"),
    )


VALUES = st.recursive(SCALARS, in_brackets, max_leaves=8)
FRONT = st.lists(st.tuples(st.sampled_from(NAMES), VALUES).map(": ".join), max_size=8)
NOISE = st.text(st.sampled_from("-?:,[]{}#&*!|>'\"%@` \t\nab01=<~\u2028\x85\ufeff\x00é"))


@settings(max_examples=200)
@given(st.one_of(FRONT.map("\n".join), NOISE), st.sampled_from(RECORDS))
@example("performed_by: &a [*a]\noutsource: &b {fit: *b}", RoleFields)
@example("&a\ntitle: Owner\nlocation: *a", RoleFields)
@example("? {title: x}\n: y\n? [z]\n: {}", RoleFields)
def test_values_are_of_their_types_and_the_rest_is_problems(text: str, record: type) -> None:
    values, wrong = parse(text, record)
    hints = typing.get_type_hints(record)
    assert [name for name, value in values.items() if not is_of(value, hints[name])] == []
    assert is_of(record(**values), record)
    last_line = len(text.splitlines()) + 1
    for problem in wrong:
        assert problem.rule in (
            files.UNREADABLE_FILE,
            front_matter.INVALID_FRONT_MATTER,
            *RULES,
            *kinds.RULES,
        )
        assert 0 <= problem.line <= last_line
        assert problem.message
        assert problem.hint


@pytest.mark.parametrize("record", PARTS, ids=lambda record: record.__name__)
def test_defaults_are_of_their_types(record: type) -> None:
    assert is_of(record(), record)


@pytest.mark.parametrize("record", PARTS, ids=lambda record: record.__name__)
def test_every_field_is_explained(record: type) -> None:
    for declaration in declarations(record).values():
        assert declaration.meaning
        assert declaration.kind.expects


# --- values --------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@settings(max_examples=300)
@given(TEXT, st.booleans())
@example("no", False)
@example("012", False)
@example("1:30", False)
@example("~", False)
@example("=", False)
def test_text_is_read_as_it_was_written(text: str, readable: bool) -> None:
    front = yaml.safe_dump({"title": text}, allow_unicode=readable)
    values, wrong = parse(front)
    assert wrong == []
    assert values["title"] == unicodedata.normalize("NFC", " ".join(text.split()))


@pytest.mark.parametrize("text", ["no", "yes", "012", "1:30", "0x1F", "1e3", "2027-01-01", "on"])
def test_a_plain_word_stays_text(text: str) -> None:
    assert value_of(f"title: {text}") == text


@pytest.mark.parametrize("text", ["", "~", "null", "# nothing", "\n"])
def test_a_field_with_nothing_after_it_says_nothing(text: str) -> None:
    assert parse(f"owner: {text}") == ({}, [])


def test_text_has_a_limit() -> None:
    assert len(value_of("purpose: " + "x" * kinds.MAX_TEXT)) == kinds.MAX_TEXT
    values, (problem,) = parse("purpose: " + "x" * (kinds.MAX_TEXT + 1))
    assert values == {}
    assert problem.rule is kinds.OUT_OF_RANGE


def hours(low: float, high: float) -> records.Hours:
    return records.Hours(min=low, max=high)


@given(st.decimals(0, 168, places=2))
def test_hours_are_the_number_that_was_written(number: Any) -> None:
    exact = float(number)
    assert value_of(f"weekly_hours: {number}") == hours(exact, exact)


@given(st.decimals(0, 168, places=1), st.decimals(0, 168, places=1))
def test_a_range_of_hours_is_in_order(low: Any, high: Any) -> None:
    values, wrong = parse(f"weekly_hours: {{min: {low}, max: {high}}}")
    if low <= high:
        assert values == {"weekly_hours": hours(float(low), float(high))}
    else:
        assert [problem.rule for problem in wrong] == [kinds.WRONG_VALUE]
        assert values == {}


@given(st.integers(0, 10**12))
def test_an_amount_is_exact(amount: int) -> None:
    assert value_of(f"rate: {amount}").amount == amount


@given(st.one_of(st.integers(169), st.integers(max_value=-1)))
def test_hours_beyond_a_week_are_refused(number: int) -> None:
    values, (problem,) = parse(f"weekly_hours: {number}")
    assert values == {}
    assert problem.rule in (kinds.OUT_OF_RANGE, kinds.WRONG_VALUE)


@pytest.mark.parametrize(
    "text", ["1e2", "0x10", "1_0", "+5", ".5", "5.", "nan", ".inf", "1 0", "½", "²", "'1,2,3'", "--1"]
)
def test_what_is_not_digits_is_not_a_number(text: str) -> None:
    values, (problem,) = parse(f"weekly_hours: {text}")
    assert values == {}
    assert problem.rule is kinds.WRONG_VALUE


@given(st.dates())
def test_a_date_is_the_day_that_was_written(day: dt.date) -> None:
    assert value_of(f"review_by: {day.isoformat()}") == day


@pytest.mark.parametrize("text", ["2027-13-01", "2027-W01-1", "20270101", "0000-01-01", "٢٠٢٧-٠١-٠١"])
def test_no_day_of_the_calendar(text: str) -> None:
    values, (problem,) = parse(f"review_by: {text}")
    assert values == {}
    assert problem.rule is kinds.WRONG_VALUE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status: Open", "open"),
        ("tags: one", ("one",)),
        ("tags: [one, ~, '', two]", ("one", "", "two")),
        ("performed_by: maya", (records.Work(person="maya"),)),
        ("performed_by: [{person: maya}]", (records.Work(person="maya"),)),
        ("deliverable: {outcome: A, for: b}", (records.Deliverable(outcome="A", for_="b"),)),
        ("outsource: next", records.Outsource(fit="next")),
        ("skills: [a, b]", records.Skills(must=("a", "b"))),
        ("skills: {nice: a}", records.Skills(nice=("a",))),
        ("rate: 45", records.Rate(amount=45.0)),
        ("location: Dublin", records.Location(place="Dublin")),
        ("trial_task: {brief: A, pass: B}", records.TrialTask(brief="A", pass_="B")),
        ("seats: 3", 3),
        ("purpose: >-\n  two\n  lines\n\n  more", "two lines more"),
    ],
)
def test_shorter_ways_of_writing(text: str, expected: Any) -> None:
    assert value_of(text) == expected


def test_lines_are_those_of_the_values() -> None:
    node = front_matter.compose("x.md", "title: Owner\n\ntags:\n  - a\nfor: x\n", lines_before=1)
    report = Report("x.md", lines_before=1)
    _, lines = parse_fields(node, RoleFields, report)
    assert lines == {"title": 2, "tags": 5, "tags.0": 5}
    assert [problem.line for problem in report.problems] == [6]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("titel", "title"),
        ("TITLE", "title"),
        ("performedby", "performed_by"),
        ("name", ""),
        ("", ""),
        ("x" * 9999, ""),
    ],
)
def test_near_misses(word: str, meant: str) -> None:
    known = ["title", "owner", "performed_by"]
    assert did_you_mean(word, known) == (f"Did you mean '{meant}'?" if meant else "")


# --- who may see it ------------------------------------------------------------------------------

SEEN_BY_THE_PUBLIC = {
    *("title", "kind", "parent", "also_reports_to", "weekly_hours", "seats", "deliverable", "purpose"),
    *("engagement", "skills", "location", "trial_task", "posting"),
    *("hide", "icon", "search"),  # how the page looks and is found, on a public site, too
}
SEEN_BY_CONTRACTORS = SEEN_BY_THE_PUBLIC | {"tools", "reporting", "out_of_scope"}


@pytest.mark.parametrize(
    ("audience", "names"),
    [(PUBLIC, SEEN_BY_THE_PUBLIC), (CONTRACTOR, SEEN_BY_CONTRACTORS)],
)
def test_what_may_leave_is_decided_here_too(audience: Audience, names: set[str]) -> None:
    """A new field, or a wider audience for an old one, has to be allowed in this list as well."""
    found = {name for name, each in declarations(RoleFields).items() if each.audience <= audience}
    assert found == names


def test_only_pay_can_be_released() -> None:
    released = {
        (record.__name__, name)
        for record in PARTS
        for name, each in declarations(record).items()
        if each.shown_when
    }
    assert released == {("RoleFields", "rate")}


PARTS_SEEN_BY = {
    PUBLIC: {"Hours", "Deliverable", "Skills", "Rate", "Location", "TrialTask", "Posting", "Search"},
    CONTRACTOR: {"Tool", "Reporting"},
    INTERNAL: {
        *(
            "Work",
            "Member",
            "Outsource",
            "Offer",
            "BusinessDeliverable",
            "PersonFields",
            "BusinessModelFields",
            "Sections",  # an option
        ),
    },
}


@pytest.mark.parametrize("record", [part for part in PARTS if part is not RoleFields])
def test_what_may_leave_of_a_part(record: type) -> None:
    (audience,) = (each for each, names in PARTS_SEEN_BY.items() if record.__name__ in names)
    stricter = {("Tool", "admin"): INTERNAL}
    for name, declaration in declarations(record).items():
        assert declaration.audience == stricter.get((record.__name__, name), audience)


def test_contractors_do_not_see_who_gives_the_access() -> None:
    tool = records.Tool(name="Google Ads", access="standard", admin="maya")
    shown = visible(RoleFields(tools=(tool,)), CONTRACTOR)
    assert shown.tools == (records.Tool(name="Google Ads", access="standard"),)


def marked(declared_type: Any, numbers: Iterator[int], draw: Any) -> Any:
    """A value of the type in which every text, number and date occurs only once."""
    origin, arguments = typing.get_origin(declared_type), typing.get_args(declared_type)
    if origin is types.UnionType:
        present = draw(st.booleans())
        return marked(arguments[0], numbers, draw) if present else None
    if origin is tuple:
        return tuple(marked(arguments[0], numbers, draw) for _ in range(draw(st.integers(0, 2))))
    if is_dataclass(declared_type):
        hints = typing.get_type_hints(declared_type)
        return declared_type(**{name: marked(hint, numbers, draw) for name, hint in hints.items()})
    if declared_type is bool:
        return draw(st.booleans())
    if declared_type is dt.date:
        return dt.date.fromordinal(700_000 + next(numbers))
    return declared_type(next(numbers))


@st.composite
def roles(draw: Any) -> RoleFields:
    return marked(RoleFields, itertools.count(1000), draw)


def leaves(value: Any, audience: Audience) -> Iterator[tuple[Any, Audience]]:
    """The texts, numbers and dates in `value`, each with the audience that its way down demands."""
    if isinstance(value, tuple):
        for item in value:
            yield from leaves(item, audience)
    elif is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            released = isinstance(inner, records.Rate) and inner.show
            own = PUBLIC if released else field.metadata["declaration"].audience
            yield from leaves(inner, max(audience, own))
    elif value is not None and not isinstance(value, bool):
        yield value, audience


def shown_to(role: RoleFields, audience: Audience) -> set[Any]:
    """What of `role` is in the record made for `audience`; defaults are not in a marked record."""
    everything = {value for value, _ in leaves(role, PUBLIC)}
    return {value for value, _ in leaves(visible(role, audience), PUBLIC)} & everything


@given(roles())
def test_nobody_sees_more_than_they_may(role: RoleFields) -> None:
    for audience in Audience:
        allowed = {value for value, demanded in leaves(role, PUBLIC) if demanded <= audience}
        assert shown_to(role, audience) == allowed


@given(roles())
def test_each_audience_sees_what_the_one_outside_it_sees(role: RoleFields) -> None:
    public, contractor, internal = (shown_to(role, audience) for audience in Audience)
    assert public <= contractor <= internal
    assert visible(role, INTERNAL) == role


@given(roles(), st.sampled_from(Audience))
def test_what_is_hidden_leaves_no_trace(role: RoleFields, audience: Audience) -> None:
    hidden = {str(value) for value, demanded in leaves(role, PUBLIC) if demanded > audience}
    shown = repr(visible(role, audience))
    assert [value for value in hidden if value in shown] == []


def test_pay_is_public_when_its_owner_shows_it() -> None:
    shown = RoleFields(rate=records.Rate(amount=45, show=True))
    hidden = RoleFields(rate=records.Rate(amount=45))
    assert visible(shown, PUBLIC).rate == shown.rate
    assert visible(hidden, CONTRACTOR).rate is None


def test_a_hidden_field_needs_a_default() -> None:
    field = declared(kinds.Text(), INTERNAL, "a secret", default=MISSING)
    secret = make_dataclass("Secret", [("word", str, field)])
    with pytest.raises(TypeError, match=r"Secret\.word needs a default"):
        visible(secret("x"), PUBLIC)


# --- structures that are built to break a reader -------------------------------------------------


def nested(depth: int, opening: str, closing: str) -> str:
    return "tags: " + opening * depth + "x" + closing * depth


def indented(depth: int, key: str) -> str:
    return "\n".join(" " * level + key for level in range(depth))


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(lambda depth: nested(depth, "[", "]"), id="lists"),
        pytest.param(lambda depth: nested(depth, "{a: ", "}"), id="groups"),
        pytest.param(lambda depth: nested(depth, "[{a: ", "}]"), id="lists of groups"),
        pytest.param(lambda depth: "tags:\n " + "- " * depth, id="dashes"),
        pytest.param(lambda depth: indented(depth, "a:"), id="fields"),
        pytest.param(lambda depth: indented(depth, "-"), id="items"),
    ],
)
def test_nesting_ends_at_its_limit(shape: Callable[[int], str]) -> None:
    assert isinstance(front_matter.compose("x.md", shape(front_matter.MAX_NESTING // 2 - 1)), yaml.Node)
    problem = front_matter.compose("x.md", shape(front_matter.MAX_NESTING + 1))
    assert isinstance(problem, Problem)
    assert problem.message == "lists and fields are nested more than 20 deep"


HOSTILE = {
    "open brackets": "'[' * 300_000",
    "open groups": "'{a: ' * 200_000",
    "dashes": "'- ' * 400_000",
    "question marks": "'? ' * 400_000",
    "question marks in a field": "'tags:\\n ' + '? ' * 400_000",
    "dashes and question marks": "'- ? ' * 200_000",
    "many unknown fields": "''.join(f'k{n}: 1\\n' for n in range(60_000))",
    "closed brackets": "'[' * 300_000 + ']' * 300_000",
    "in a field": "'title: ' + '[{' * 300_000",
    "indentation": "'\\n'.join(' ' * n + 'a:' for n in range(1300))",
    "aliases of aliases": (
        "'a0: &a0 [x]\\n' + ''.join(f'a{n}: &a{n} [{(f\"*a{n - 1}, \" * 9)}]\\n' for n in range(1, 40))"
    ),
    "a list in itself": "'tags: &a [*a, *a]\\nperformed_by: *a\\nskills: {must: *a}'",
    "a group in itself": "'&a\\nlocation: *a\\ndeliverable: [*a, *a]\\nrate: *a'",
    "a long scalar": "'title: ' + 'x' * 900_000",
    "many items": "'tags:\\n' + '- a\\n' * 100_000",
}
READ_IT = """
from rolebook import files, front_matter
from rolebook.schema.declarations import declarations, parse_fields
from rolebook.schema.kinds import Report
from rolebook.schema.records import RoleFields
node = front_matter.compose("x.md", {text})
if hasattr(node, "value"):
    parse_fields(node, RoleFields, Report("x.md"))
print("read")
"""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_structures_are_read_or_refused_in_time(text: str) -> None:
    """In a process of its own: a composer that recurses too deep takes Python down with it."""
    run = subprocess.run(
        [sys.executable, "-c", READ_IT.format(text=text)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "read\n"), run.stderr


ADDRESSES = {
    "jobs@example.com": True,
    "büro@bäckerei.example": True,
    "jobs?bcc=spy@evil.example&subject=x": False,
    "jobs@example.com?bcc=spy@evil.example": False,
    "a@b.example,c@d.example": False,
    "a%0d@b.example": False,
    "jobs@localhost": False,
}
WEB = {
    "https://example.com/jobs?id=1": True,
    "http://example.com": True,
    "https://good.example@evil.example/": False,
    "https://good.example\\\\@evil.example/": False,
    "https://example.com/a@b": True,
}


PHONES = {
    "+353 1 234 5678": True,
    "(01) 234-5678 ext. 12": True,
    "+44 (0)20 7946 0958": True,
    "0171/1234567": True,
    "call me": False,
    "+353": False,
    "+1;phone-context=evil.example": False,
    '+1 555 0100" onclick=x': False,
}
KINDS = [
    *((EMAIL, each) for each in ADDRESSES),
    *((WEB_ADDRESS, each) for each in WEB),
    *((PHONE, each) for each in PHONES),
]


@pytest.mark.parametrize(("kind", "text"), KINDS)
def test_addresses_and_numbers_lead_where_they_seem_to(kind: Pattern, text: str) -> None:
    assert bool(kind.form.fullmatch(text)) == (ADDRESSES | WEB | PHONES)[text]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a",), "'a'"),
        (("a", "b"), "'a' or 'b'"),
        (("a", "b", "c"), "'a', 'b' or 'c'"),
        (tuple("abcd"), "'a', 'b' or 'c'"),
    ],
)
def test_what_can_be_chosen_from_is_named(words: tuple[str, ...], said: str) -> None:
    assert either(words) == said


# --- names of standards --------------------------------------------------------------------------


def test_a_time_zone_is_any_text_where_the_machine_has_no_list() -> None:
    assert parse("timezone: Nope/X", PersonFields)[1] != []
    nowhere = dataclasses.replace(standards.TIME_ZONE, names=frozenset[str])
    report = Report("x.md")
    assert nowhere.parse(yaml.ScalarNode("tag:yaml.org,2002:str", "Nope/X"), "timezone", report) == "Nope/X"
    assert report.problems == []


def test_names_of_standards_are_kept_as_the_standard_writes_them() -> None:
    assert value_of("timezone: EUROPE/dublin", PersonFields) == "Europe/Dublin"
    rate = value_of("rate: {amount: 1, currency: chf, per: hour}", PersonFields)
    assert rate.currency == "CHF"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("ppc", ["ppc-management", "content"], ("ppc-management",)),
        ("PPC man", ["ppc-management", "ppc"], ("ppc-management",)),
        ("book", ["bookkeeping"], ("bookkeeping",)),
        ("keeping", ["bookkeeping"], ()),
        ("dublin", ["Europe/Dublin"], ("Europe/Dublin",)),
        ("pp", ["pp-c"], ()),
        ("ads", ["ads-a", "ads-b", "ads-c", "ads-d", "ads-e"], ("ads-a", "ads-b", "ads-c", "ads-d", "ads-e")),
        ("ads", ["ads-a", "ads-b", "ads-c", "ads-d", "ads-e", "ads-f"], ()),
        ("", ["x"], ()),
    ],
)  # fmt: skip
def test_a_part_of_a_name_finds_it(word: str, known: list[str], meant: tuple[str, ...]) -> None:
    assert having(word, known) == meant


def test_a_part_of_a_name_is_offered_after_slips_of_it() -> None:
    assert did_you_mean("ppc", ["ppc-management"]) == "Did you mean 'ppc-management'?"
    assert did_you_mean("markting", ["marketing", "markting-plan"]) == "Did you mean 'marketing'?"
    assert did_you_mean("shop", ["shop-manager", "shops-online", "mail"]) == (
        "Did you mean 'shop-manager' or 'shops-online'?"
    )
