"""Whoever follows the messages of a role's file to the letter ends with what they meant."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from literal_reader import follow
from projects import opened, reported, write
from rolebook.parse import parse
from rolebook.problems import Problem, Severity
from rolebook.schema.records import Deliverable, Hours, Outsource, PersonFields, RoleFields, Skills, Tool

BOSS = {
    "roles/marketing.md": "---\ntitle: Marketing\nowner: tom\n---\n",
    "people/tom.md": "---\nname: Tom\n---\n",
}
ORDERS = "Ten orders a week at under 9 euros each"
MOST_STEPS = 9


def errors(text: str, tmp_path: Path, path: str = "roles/ppc.md") -> list[Problem]:
    """What is wrong with one file in a handbook that is right otherwise."""
    handbook = opened(write(tmp_path, {**BOSS, path: text}))
    found = [each for each in handbook.problems if each.path == path]
    return sorted(
        (each for each in found if each.rule.severity is not Severity.ADVICE),
        key=lambda each: each.rule.severity is not Severity.ERROR,
    )


def mended(text: str, tmp_path: Path, path: str = "roles/ppc.md") -> str:
    """The file when its author has followed all that is said of it."""
    for _ in range(MOST_STEPS):
        wrong = errors(text, tmp_path, path)
        if not wrong:
            return text
        text = follow(text, wrong[0])
    raise AssertionError(f"there is no end of it: {wrong[0]}\n{text}")


def front(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", ""))


def of_deliverables(values: dict[str, Any]) -> list[str]:
    return [each.outcome for each in values.get("deliverable", ())]


TITLE, PARENT = "title: PPC", "parent: marketing"

TEXTS = {
    "a note below a field": ((TITLE, PARENT, "weekly_hours: 10", f"deliverable: {ORDERS}", "# ask Tom"), 6),
    "a wrapped sentence": ((TITLE, PARENT, "deliverable: Ten orders a week", "at under 9 euros each"), 5),
    "a wrapped sentence in the middle": ((TITLE, "purpose: Sell more to", "people who like it", PARENT), 4),
    "a wrapped sentence in a list": ((TITLE, PARENT, "tags:", "  - Ten orders", "each week"), 6),
    "a wrapped sentence in a group": (
        (TITLE, PARENT, "deliverable:", "  - outcome: Ten orders", "each week", "    measure: Orders"),
        6,
    ),
    "a sentence that begins with the name of a field": (
        (TITLE, PARENT, "purpose: Sell more for the", "parent company and its friends"),
        5,
    ),
}
"""Files without the two spaces, or the sign, that the line with this number needs."""


@pytest.mark.parametrize("case", TEXTS)
def test_a_line_without_a_colon_is_named_itself(case: str, tmp_path: Path) -> None:
    lines, line = TEXTS[case]
    broken = front(*(each.removeprefix("# ") for each in lines))
    first, *_ = errors(broken, tmp_path)
    assert (first.line, first.message) == (line, "this line is neither 'name: value' nor part of a list")
    if "note" in case:
        assert first.hint.endswith("begin it with '# ' if it is a note")
        assert errors(front(*lines), tmp_path) == []
        return
    values = values_of(mended(broken, tmp_path))
    told = " ".join(str(value) for value in values.values())
    assert all(word in told for word in lines[line - 2].split()), told


def values_of(text: str, record: type = RoleFields) -> dict[str, Any]:
    parsed, found = parse("roles/ppc.md", text, record)
    assert parsed and not found, found
    return parsed.values


SLIPS: dict[str, tuple[tuple[str, ...], int, dict[str, Any]]] = {
    "a wide colon": ((TITLE, "parent\uff1a marketing"), 3, {"parent": "marketing"}),
    "a comment as on pages": ((TITLE, "<!-- note -->", PARENT), 3, {"title": "PPC", "parent": "marketing"}),
    "a comment as in programs": ((TITLE, PARENT, "// note"), 4, {"title": "PPC"}),
    "no colon": ((TITLE, "parent marketing"), 3, {"parent": "marketing"}),
    "an apostrophe in single quotes": (("title: 'Maya's PPC'", PARENT), 2, {"title": "Maya's PPC"}),
    "an apostrophe behind one quote": (("title: 'Maya's PPC", PARENT), 2, {"title": "Maya's PPC"}),
    "quotes in quotes": (('title: "The "best" PPC"', PARENT), 2, {"title": 'The "best" PPC'}),
    "both quotes": (('title: "Maya\'s "best" PPC"', PARENT), 2, {"title": 'Maya\'s "best" PPC'}),
    "an apostrophe in a list": ((TITLE, PARENT, "tags:", "  - 'Maya's ads'"), 5, {"tags": ("Maya's ads",)}),
    "a quote that is not closed": (('title: "PPC', PARENT, 'purpose: "Sell"'), 2, {"title": "PPC"}),
    "a link": ((TITLE, "parent: [marketing](marketing.md)"), 3, {"parent": "marketing"}),
    "an at sign": ((TITLE, PARENT, "purpose: @home for all"), 4, {"purpose": "@home for all"}),
    "bold": (("title: **PPC**", PARENT), 2, {"title": "PPC"}),
    "bold in part": (("title: **PPC** and more", PARENT), 2, {"title": "PPC and more"}),
    "an ampersand": (("title: &Co KG", PARENT), 2, {"title": "&Co KG"}),
    "an exclamation mark": (("title: !PPC", PARENT), 2, {"title": "!PPC"}),
    "a number sign": (("title: #1 PPC", PARENT), 2, {"title": "#1 PPC"}),
    "a sign of blocks": (("title: > PPC", PARENT), 2, {"title": "PPC"}),
    "another sign of blocks": (("title: | PPC", PARENT), 2, {"title": "PPC"}),
    "more than": ((TITLE, PARENT, "purpose: > 100 orders"), 4, {"purpose": "> 100 orders"}),
    "a dash behind a name": (("title: - PPC", PARENT), 2, {"title": "PPC"}),
    "a question mark": (("title: ? PPC", PARENT), 2, {"title": "? PPC"}),
    "two fields too far in": (("  title: PPC", "  parent: marketing", "tags: a"), 2, {"title": "PPC"}),
    "a group on one line": ((TITLE, PARENT, "outsource: fit: next"), 4, {"outsource": Outsource(fit="next")}),
    "a group that is not indented": (
        (TITLE, PARENT, "outsource:", "fit: next", "by: 2027-03-01"),
        5,
        {"outsource": Outsource(fit="next", by=dt.date(2027, 3, 1))},
    ),
    "a group without its name": (
        (TITLE, PARENT, "fit: next"),
        4,
        {"outsource": Outsource(fit="next")},
    ),
    "a group beside its first field": (
        (TITLE, PARENT, "outsource: next", "by: 2027-03-01"),
        5,
        {"outsource": Outsource(fit="next", by=dt.date(2027, 3, 1))},
    ),
    "a group with no-break spaces": (
        (TITLE, PARENT, "outsource:", "\u00a0\u00a0fit: next"),
        5,
        {"outsource": Outsource(fit="next")},
    ),
    "commas as in programs": (
        ('"title": "PPC",', '"parent": "marketing"'),
        2,
        {"title": "PPC", "parent": "marketing"},
    ),
    "a colon in a text": ((TITLE, PARENT, "purpose: One: two"), 4, {"purpose": "One: two"}),
    "a semicolon for a colon": ((TITLE, PARENT, "purpose; ads"), 4, {"purpose": "ads"}),
    "an arrow for a colon": ((TITLE, "parent -> marketing"), 3, {"parent": "marketing"}),
    "two fields of a group without its name": (
        (TITLE, PARENT, "fit: next", "by: 2027-03-01"),
        4,
        {"outsource": Outsource(fit="next", by=dt.date(2027, 3, 1))},
    ),
    "an entry that is too far in": ((TITLE, PARENT, "tags:", "  - a", "    - b"), 6, {"tags": ("a", "b")}),
    "an entry without a dash": ((TITLE, PARENT, "tags:", "  a", "  - b"), 5, {"tags": ("a", "b")}),
    "another entry without a dash": ((TITLE, PARENT, "tags:", "  - a", "  b"), 6, {"tags": ("a", "b")}),
    "an entry on the line of the name": ((TITLE, PARENT, "tags: a", "  - b"), 4, {"tags": ("a", "b")}),
    "an entry of people without a dash": (
        (TITLE, PARENT, "tools:", "  - name: Ads", "    access: all", "  name: Shop"),
        7,
        {"tools": (Tool(name="Ads", access="all"), Tool(name="Shop"))},
    ),
    "a name of people": (("name: PPC", PARENT), 2, {"title": "PPC"}),
    "a name in German": ((TITLE, "\u00fcbergeordnet: marketing"), 3, {"parent": "marketing"}),
    "hours in German": ((TITLE, PARENT, "Wochenstunden: 10"), 4, {"weekly_hours": Hours(min=10, max=10)}),
    "hours with a word": (
        (TITLE, PARENT, "weekly_hours: 10 hours a week"),
        4,
        {"weekly_hours": Hours(min=10, max=10)},
    ),
    "hours with a slash": (
        (TITLE, PARENT, "weekly_hours: 10h/week"),
        4,
        {"weekly_hours": Hours(min=10, max=10)},
    ),
    "a range of hours": (
        (TITLE, PARENT, "weekly_hours: 5-8 h per week"),
        4,
        {"weekly_hours": Hours(min=5, max=8)},
    ),
    "hours in words": (
        (TITLE, PARENT, "weekly_hours: ten hours"),
        4,
        {"weekly_hours": Hours(min=10, max=10)},
    ),
    "a field of a group too far in": (
        (TITLE, PARENT, "tools:", "  - name: Ads", "      access: all"),
        6,
        {"tools": (Tool(name="Ads", access="all"),)},
    ),
    "a field of a group too far out": (
        (TITLE, PARENT, "tools:", "  - name: Ads", "   access: all"),
        6,
        {"tools": (Tool(name="Ads", access="all"),)},
    ),
    "a field of a group where its entry begins": (
        (TITLE, PARENT, "tools:", "  - name: Ads", "  access: all"),
        6,
        {"tools": (Tool(name="Ads", access="all"),)},
    ),
    "a field of a group with a dash": (
        (TITLE, PARENT, "tools:", "  - name: Ads", "    - access: all"),
        6,
        {"tools": (Tool(name="Ads", access="all"),)},
    ),
    "a field with a dash": ((TITLE, "- parent: marketing", "tags: a"), 3, {"parent": "marketing"}),
    "the first field with a dash": (("- title: PPC", PARENT), 2, {"title": "PPC"}),
    "a field whose name is bold": (("**title**: PPC", PARENT), 2, {"title": "PPC"}),
    "a field that is bold up to the colon": (("**title:** PPC", PARENT), 2, {"title": "PPC"}),
    "a field whose name is code": ((TITLE, "`parent`: marketing"), 3, {"parent": "marketing"}),
    "a field below an entry that is a text": (
        (TITLE, PARENT, "tools:", "  - Ads and more", "    access: all"),
        6,
        {"tools": (Tool(name="Ads and more", access="all"),)},
    ),
    "a list that begins too far out": (
        (TITLE, PARENT, "skills:", "  must:", "- a", "- b"),
        6,
        {"skills": Skills(must=("a", "b"))},
    ),
    "the first entry of a list too far out": (
        (TITLE, PARENT, "skills:", "  must:", "- a", "    - b"),
        6,
        {"skills": Skills(must=("a", "b"))},
    ),
    "an entry too far out": (
        (TITLE, PARENT, "skills:", "  must:", "    - a", " - b"),
        7,
        {"skills": Skills(must=("a", "b"))},
    ),
    "a colon in an entry": ((TITLE, PARENT, "tags:", "  - a: b c"), 5, {"tags": ("a: b c",)}),
    "a colon in an entry of groups": (
        (TITLE, PARENT, "deliverable:", "  - Orders: all sent", "    cadence: daily"),
        5,
        {"deliverable": (Deliverable(outcome="Orders: all sent", cadence="daily"),)},
    ),
    "a tool with its access behind a colon": (
        (TITLE, PARENT, "tools:", "  - Ads: all"),
        5,
        {"tools": (Tool(name="Ads", access="all"),)},
    ),
    "a result for an outcome": (
        (TITLE, PARENT, "deliverable:", "  - result: All sent"),
        5,
        {"deliverable": (Deliverable(outcome="All sent"),)},
    ),
    "one entry with a number": ((TITLE, PARENT, "tags:", "  1. a b"), 5, {"tags": ("a b",)}),
    "full time": ((TITLE, PARENT, "weekly_hours: full-time"), 4, {"weekly_hours": Hours(min=40, max=40)}),
}


@pytest.mark.parametrize("case", SLIPS)
def test_a_slip_is_gone_when_its_remedy_is_followed(case: str, tmp_path: Path) -> None:
    lines, line, meant = SLIPS[case]
    first, *_ = errors(front(*lines), tmp_path)
    assert first.line == line, first
    values = values_of(mended(front(*lines), tmp_path))
    assert {name: values.get(name) for name in meant} == meant


BULLETS = ("  * Ten orders|  * Two", "* Ten orders|* Two", "\u2022 Ten orders|\u2022 Two")
WRITTEN = (*BULLETS, "  \u2022 Ten orders|  \u2022 Two", "  -Ten orders|  -Two", "-Ten orders|-Two")


@pytest.mark.parametrize(
    "entries", (*WRITTEN, "  1. Ten orders|  2. Two", "  \u2013 Ten orders|  \u2013 Two")
)
def test_a_list_with_other_signs_becomes_a_list(entries: str, tmp_path: Path) -> None:
    text = front(TITLE, PARENT, "deliverable:", *entries.split("|"))
    assert errors(text, tmp_path)[0].line == 5
    assert of_deliverables(values_of(mended(text, tmp_path))) == ["Ten orders", "Two"]


@pytest.mark.parametrize(
    "line",
    [
        "deliverable: '* Ten orders'",
        "deliverable:\n  - Ten orders\n    a week - or more",
        "deliverable: Ten orders\n  a week",
        "deliverable:\n- Ten orders\n- Two",
        "purpose: We sell\n  - ads",
        "tags: +49 30 1234",
        "tags: 1. Bundesliga and 2. Bundesliga",
        "purpose: |\n  We sell:\n  \u2022 ads\n  * more ads",
        "purpose: \u2022 ads",
        "purpose: R&D & more # note",
        "purpose: >\n  We sell",
        "purpose: 'Maya''s ads'",
        'purpose: "We sell\n  ads"',
        "tags: [a, b] # note",
        "out_of_scope: -10 degrees and less",
        "purpose: what follows: and more".replace(": and", " and"),
        "outsource: {fit: next, by: 2027-03-01}",
        "tags:\n- a\n- b",
        "skills:\n  must:\n  - a\n  - b",
        "tools:\n- name: Ads\n  access: all\n- name: Shop",
        'tags: ["a: b", c]',
        "tags: [1. FC Nuremberg]",
        "tools:\n  - slack\n  - name: Ads",
    ],
)
def test_what_looks_alike_is_right(line: str, tmp_path: Path) -> None:
    assert errors(front(TITLE, PARENT, line), tmp_path) == []


def test_text_above_the_fields_goes_to_the_page(tmp_path: Path) -> None:
    text = f"PPC role\n{front(TITLE, PARENT)}"
    (only,) = errors(text, tmp_path)
    assert (only.line, only.message) == (1, "there is text above the fields")
    assert mended(text, tmp_path) == f"{front(TITLE, PARENT)}PPC role\n"


@pytest.mark.parametrize(
    "title", ["title: [PPC]", "title: {{PPC}}", "title: !PPC", "title: #1", "titel: PPC", "title:"]
)
def test_a_title_that_is_there_is_not_asked_for_again(title: str, tmp_path: Path) -> None:
    (only,) = errors(front(title, PARENT), tmp_path)
    assert only.line == 2 and "Add a line" not in only.hint


def test_a_title_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    (only,) = errors(front(PARENT, "purpose: X"), tmp_path)
    assert only.hint == "Add a line 'title: \u2026'"


PEOPLE = {
    "title: Tom": "Write 'name'",
    "mobile: +353 1 234 5678": "Write 'phone'",
    "slack: '@jo'": "Write 'chat'",
    "birthday: 2000-01-01": "Write it as text below the second ---",
    "role: packer": "Write this person's name under 'owner' in the file of each role",
    "department: Packing": "Write this person's name under 'owner' in the file of each role",
    "manager: tom": "Write in the file of each role under 'parent' to which role it reports",
    "picture: tom.jpg": "Write 'photo'",
    "hours: 10": "Write 'weekly_capacity'",
    "owner: tom": "Write it in the file of the role that they hold",
}


@pytest.mark.parametrize("line", PEOPLE)
def test_a_field_of_a_role_in_a_person_has_its_place(line: str, tmp_path: Path) -> None:
    lines = (line,) if line.startswith("title") else ("name: Jo", line)
    (only,) = errors(front(*lines), tmp_path, "people/jo.md")
    assert only.hint == PEOPLE[line]


def test_a_title_beside_a_name_is_no_second_name(tmp_path: Path) -> None:
    (only,) = errors(front("name: Jo", "title: Packer"), tmp_path, "people/jo.md")
    assert only.hint == PEOPLE["role: packer"]


@pytest.mark.parametrize(("line", "hint"), [
    ("reports_to: marketing", "Write it in 'parent' on line 3, and remove this line"),
    ("date: 2027-03-01", "Remove the line, or write it as text below the second ---"),
    ("author: Tom", "Remove the line, or write it as text below the second ---"),
])  # fmt: skip
def test_a_hint_does_not_lead_to_another_error(line: str, hint: str, tmp_path: Path) -> None:
    (only,) = errors(front(TITLE, PARENT, line), tmp_path)
    assert only.hint.endswith(hint)
    assert "nearest" not in only.hint


@pytest.mark.parametrize("amount", ["1.200,50", "1,200.50", "1 200,50", "1'200.50"])
def test_an_amount_with_thousands_is_shown_as_it_is_to_be_written(amount: str, tmp_path: Path) -> None:
    (only,) = errors(front(TITLE, PARENT, f"rate: {amount}"), tmp_path)
    assert only.hint.endswith("here 1200.50")


def test_cents_behind_a_comma_do_not_become_hundreds(tmp_path: Path) -> None:
    (only,) = errors(front(TITLE, PARENT, "rate: 45,50 EUR"), tmp_path)
    assert only.hint == "Write {amount: 45.50, currency: EUR, per: hour}"


@pytest.mark.parametrize(
    "line", ["title: '", "title: a: b", "title: {", "title: \x7f", "a:\n- b\nc", "title: %", "? a", "a: !<"]
)
def test_no_message_has_the_words_of_a_parser(line: str, tmp_path: Path) -> None:
    said = " ".join(each.message for each in errors(front(line, PARENT), tmp_path))
    assert said
    assert not any(word in said for word in ("YAML", "mapping", "sequence", "token", "byte", "expected"))


def test_roles_that_are_parted_by_commas_become_a_list(tmp_path: Path) -> None:
    (only,) = errors(front(TITLE, PARENT, "also_reports_to: marketing, tills"), tmp_path)
    assert only.hint == "Write [marketing, tills]"


def test_the_fields_of_a_group_that_may_be_a_list_are_named(tmp_path: Path) -> None:
    (only,) = errors(front(TITLE, PARENT, "skills:", "  - must: Ads", "  - nice: Mail"), tmp_path)
    assert only.hint == "Write its fields below it, without '- ': must, nice, languages"
    assert errors(front(TITLE, PARENT, "skills:", "  - Ads", "  - Mail"), tmp_path) == []


def test_the_fields_of_a_group_that_is_a_list_are_named(tmp_path: Path) -> None:
    (only,) = errors(front(TITLE, PARENT, "outsource:", "  - fit: next"), tmp_path)
    assert only.hint == "Write its fields below it, without '- ': fit, reason, by, to"


def test_a_person_is_read_as_one(tmp_path: Path) -> None:
    text = front("name: Jo", "weekly_capacity: 30 h/week")
    assert values_of(mended(text, tmp_path, "people/jo.md"), PersonFields)["weekly_capacity"] == 30
    assert reported(tmp_path) == ""
