"""The four sentences of the home page: capacity, vacancies, the next hand-over, promises."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from projects import opened, write
from rolebook.pages.plan import Plan
from rolebook.views.headlines import Headline, headlines
from rolebook.wording import NO_BREAK

MAYA = "name: Maya Hill"


def said(folder: Path, roles: list[str], people: dict[str, str], promises: str = "") -> tuple[Headline, ...]:
    """The sentences about a boss and `roles` below: fields of each, and those of people."""
    files = {"roles/boss.md": "---\ntitle: Boss\nowner: Maya Hill\nweekly_hours: 10\n---\n"}
    for number, fields in enumerate(roles, 1):
        files[f"roles/r{number}.md"] = f"---\ntitle: Role {number}\nparent: boss\n{fields}\n---\n"
    for name, fields in people.items():
        files[f"people/{name}.md"] = f"---\n{fields}\n---\n"
    if promises:
        files["content/business-model.md"] = f"---\ndeliverables: {promises}\n---\n"
    handbook = opened(write(folder, files))
    found = headlines(Plan(handbook.project, handbook.organisation))
    assert not re.search(r"\d h\b", "".join(each.words + each.detail for each in found)), (
        "a line could break there"
    )
    return tuple(
        replace(each, words=each.words.replace(NO_BREAK, " "), detail=each.detail.replace(NO_BREAK, " "))
        for each in found
    )


@pytest.mark.parametrize(
    ("roles", "people", "words", "detail", "capacity"),
    [
        (
            [],
            {},
            "Capacity is not set",
            "Write weekly_capacity in people's files to see who is over capacity",
            None,
        ),
        (
            [],
            {"maya": f"{MAYA}\nweekly_capacity: 10"},
            "Nobody is over capacity",
            "By the hours and capacities in the handbook",
            None,
        ),
        (
            [],
            {"maya": f"{MAYA}\nweekly_capacity: 8"},
            "Maya Hill is 2 h over capacity",
            "10 h of work for 8 h · 1 of 1 role",
            80,
        ),
        (
            [
                "owner: Maya Hill\nweekly_hours: {min: 0, max: 3}",
                "owner: Bo Low\nweekly_hours: {min: 8, max: 12}",
            ],
            {"maya": f"{MAYA}\nweekly_capacity: 10", "bo": "name: Bo Low\nweekly_capacity: 8"},
            "Bo Low may be over capacity",
            "8–12 h of work for 8 h",
            None,
        ),
        (
            ["owner: Maya Hill\nweekly_hours: {min: 5, max: 10}", "owner: Bo Low\nweekly_hours: 9"],
            {"maya": f"{MAYA}\nweekly_capacity: 11", "bo": "name: Bo Low\nweekly_capacity: 8"},
            "Maya Hill is 4–9 h over capacity",
            "15–20 h of work for 11 h · 2 of 3 roles · 1 more person over capacity",
            55,
        ),
        (
            ["owner: Cy Dow\nweekly_hours: 30", "owner: Bo Low\nweekly_hours: 9"],
            {
                "maya": f"{MAYA}\nweekly_capacity: 9",
                "bo": "name: Bo Low\nweekly_capacity: 8",
                "cy": "name: Cy Dow\nweekly_capacity: 20",
            },
            "Cy Dow is 10 h over capacity",
            "30 h of work for 20 h · 1 of 3 roles · 2 more people over capacity",
            66,
        ),
    ],
)
def test_the_first_names_who_is_most_over_capacity_and_by_how_much(
    roles: list[str], people: dict[str, str], words: str, detail: str, capacity: int | None, tmp_path: Path
) -> None:
    headline = said(tmp_path, roles, people)[0]
    assert (headline.words, headline.detail, headline.capacity) == (words, detail, capacity)
    assert headline.style == ("over" if capacity else "")
    named = [name for name in ("Maya Hill", "Cy Dow", "Bo Low") if words.startswith(name)]
    assert headline.page.title == (named[0] if named else "Workload")


@pytest.mark.parametrize(
    ("roles", "words", "detail"),
    [
        (["owner: Maya Hill"], "No vacancies", "Every role has a holder"),
        (
            ["owner: Bo Low\nweekly_hours: 10\nperformed_by: [{person: Cy Dow, hours: 4}]"],
            "No vacancies",
            "Every role has a holder",
        ),
        ([""], "1 vacancy", "Role 1"),
        (
            ["weekly_hours: 5", "weekly_hours: {min: 2, max: 4}"],
            "2 vacancies · 7–9 h vacant",
            "Role 1 and Role 2",
        ),
        (["", "", ""], "3 vacancies", "Role 1, Role 2 and Role 3"),
        (["", "", "", ""], "4 vacancies", "Role 1, Role 2, Role 3 and 1 more"),
        (["status: retired", "status: planned"], "No vacancies", "Every role has a holder"),
    ],
)
def test_the_second_names_vacancies_and_the_hours_that_nobody_does(
    roles: list[str], words: str, detail: str, tmp_path: Path
) -> None:
    headline = said(tmp_path, roles, {})[1]
    assert (headline.words, headline.detail) == (words, detail)
    assert headline.style == ("" if words.startswith("No") else "vacant")


@pytest.mark.parametrize(
    ("roles", "words", "detail"),
    [
        ([], "Nothing left to hand over", "Every role is outsourced, or stays in-house"),
        (["owner: Maya Hill"], "Best to hand over next: Role 1", "No date is set yet"),
        (["owner: Maya Hill\nweekly_hours: 5"], "Best to hand over next: Role 1", "frees 5 h"),
        (
            [
                "owner: Maya Hill\nweekly_hours: 5\n"
                "outsource: {fit: next, to: Flo Beck, by: 2027-02-01}\n"
                "rate: {amount: 20, currency: EUR, per: hour}"
            ],
            "Hand over next: Role 1",
            "to Flo Beck · by 1 February 2027 · frees 5 h · EUR 433 a month",
        ),
    ],
)
def test_the_third_names_the_next_hand_over_with_its_day_and_cost(
    roles: list[str], words: str, detail: str, tmp_path: Path
) -> None:
    headline = said(tmp_path, roles, {})[2]
    assert (headline.words, headline.detail) == (words, detail)
    assert headline.style == ""


@pytest.mark.parametrize(
    ("promises", "roles", "words", "detail"),
    [
        ("", [], "No promises yet", "Write down what customers are promised"),
        (
            "[{id: a, name: Fast}, {id: b, name: Fresh}]",
            [],
            "0 of 2 promises have a holder",
            "Missing: Fast and 1 more",
        ),
        (
            "[{id: a, name: Fast}, {id: b, name: Fresh}]",
            ["owner: Bo Low\ndeliverable: {outcome: Speed, for: a}"],
            "1 of 2 promises has a holder",
            "Missing: Fresh",
        ),
        (
            "[{id: a, name: Fast}]",
            ["owner: Bo Low\ndeliverable: {outcome: Speed, for: a}"],
            "The promise has a holder",
            "1 rests on Bo Low alone",
        ),
        (
            "[{id: a, name: Fast}, {id: b, name: Fresh}, {id: c, name: Fair}]",
            [
                "owner: Bo Low\ndeliverable: {outcome: Speed, for: a}",
                "owner: Cy Dow\ndeliverable: [{outcome: Taste, for: b}, {outcome: Price, for: c}]",
            ],
            "All 3 promises have a holder",
            "2 rest on Cy Dow alone",
        ),
        (
            "[{id: a, name: Fast}, {id: b, name: Fresh}]",
            [
                "owner: Bo Low\nbackup: Cy Dow\n"
                "deliverable: [{outcome: Speed, for: a}, {outcome: Taste, for: b}]"
            ],
            "All 2 promises have a holder",
            "None rests on one person alone",
        ),
    ],
)
def test_the_fourth_names_promises_without_a_holder_or_with_one_person_alone(
    promises: str, roles: list[str], words: str, detail: str, tmp_path: Path
) -> None:
    headline = said(tmp_path, roles, {}, promises)[3]
    assert (headline.words, headline.detail) == (words, detail)
    assert headline.style == ("vacant" if "Missing" in detail else "")
