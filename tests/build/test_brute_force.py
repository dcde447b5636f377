"""Every figure of random organisations, against a brute force that follows the guide and not the program.

`brute_force` was written from content/guide/figures.md by somebody who had not read the code.
"""

import datetime
import html
import json
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from brute_force import Fields, figures
from projects import write
from random_organisations import DAY, organisation
from sites import build_site

QUICK, LONG = 12, 1_000
"""Organisations, each a site that is built."""
CENT = Fraction(1, 100)
MILLIONTH = Fraction(1, 1_000_000)
WHO = {"Founder": "founder", "In-house": "in-house", "Outsourced": "outsourced", "Vacant": "vacant"}


class Comparison:
    """Collects what differs in one organisation."""

    def __init__(self, seed: int) -> None:
        """Take the seed that is printed."""
        self.seed = seed
        self.differences: list[tuple[str, Any, Any]] = []

    def same(self, what: str, expected: Any, found: Any) -> None:
        """Compare two plain values."""
        if expected != found:
            self.differences.append((what, expected, found))

    def close(self, what: str, expected: Any, found: Any, step: Fraction) -> None:
        """Compare two ranges, up to rounding; nothing at all is zero."""
        expected, found = expected or (0, 0), found or (0, 0)
        if any(abs(one - other) > step / 2 for one, other in zip(expected, found, strict=True)):
            self.differences.append((what, shown(expected), shown(found)))


def shown(pair: Any) -> str:
    """Write a range for reading."""
    return "nothing" if pair is None else f"{float(pair[0])}–{float(pair[1])}"


def pair(value: Any) -> tuple[Fraction, Fraction] | None:
    """Read a range of `rolebook.json`."""
    return None if value is None else (Fraction(str(value["min"])), Fraction(str(value["max"])))


def compare_totals(comparison: Comparison, where: str, expected: Fields, found: Fields) -> None:
    """Compare totals."""
    for key in ("roles", "people", "vacant", "founder_roles_percent", "founder_hours_percent"):
        comparison.same(f"{where}.{key}", expected[key], found[key])
    comparison.same(f"{where}.teams", expected["teams"], found.get("teams", 0))
    without = found.get("specialists_without_cost", 0)
    comparison.same(f"{where}.without_cost", expected["specialists_without_cost"], without)
    comparison.close(f"{where}.hours", expected["hours"], pair(found["hours"]), MILLIONTH)
    costs = {each.get("currency", ""): pair(each) for each in found.get("specialists_cost", [])}
    for currency in sorted(set(costs) | set(expected["specialists_cost"])):
        comparison.close(
            f"{where}.specialists_cost", expected["specialists_cost"].get(currency), costs.get(currency), CENT
        )


def compare_roles(comparison: Comparison, expected: Fields, found: list[Fields]) -> None:
    """Compare each role's holding, function, hours and shares."""
    roles = {role["id"]: role for role in found}
    comparison.same("roles", sorted(expected), sorted(roles))
    for identifier, role in expected.items():
        other = roles.get(identifier, {})
        comparison.same(f"role.holding {identifier}", role["holding"], other.get("holding"))
        comparison.same(f"role.function {identifier}", role["function"], other.get("function", ""))
        if not role["counts"]:
            continue
        comparison.close(f"role.hours {identifier}", role["hours"], pair(other.get("hours")), MILLIONTH)
        there = sorted(member["person"] for member in other.get("members", []))
        comparison.same(f"role.members {identifier}", sorted(role["members"]), there)
        shares: dict[str, Any] = {}
        for share in other.get("shares", []):
            one, two = shares.get(share["person"]), pair(share["hours"])
            shares[share["person"]] = (one[0] + two[0], one[1] + two[1]) if one and two else one or two
        comparison.same(f"role.shares {identifier}", sorted(role["shares"]), sorted(shares))
        for person in set(shares) & set(role["shares"]):
            what = f"role.share {identifier} {person}"
            comparison.close(what, role["shares"][person], shares[person], MILLIONTH)


def compare_people(comparison: Comparison, expected: Fields, found: list[Fields]) -> None:
    """Compare each person's figures."""
    people = {person["id"]: person for person in found}
    comparison.same("people", sorted(expected), sorted(people))
    for identifier, person in expected.items():
        other = people.get(identifier, {})
        comparison.same(f"person.roles {identifier}", person["roles"], other.get("roles", 0))
        comparison.same(f"person.teams {identifier}", person["teams"], other.get("teams", 0))
        for key in ("over", "outside", "founder"):
            comparison.same(f"person.{key} {identifier}", person[key], other.get(key, False))
        comparison.close(f"person.hours {identifier}", person["hours"], pair(other.get("hours")), MILLIONTH)


def compare_plan(comparison: Comparison, expected: Fields, plain: Fields, found: Fields) -> None:
    """Compare candidates and changes."""
    names = {person["id"]: person["name"] for person in plain["people"]}
    changes = [
        {
            "role": change["role"],
            "to": names.get(change["to"], change["to"]) or "",
            "by": change["by"].isoformat() if change["by"] else None,
        }
        for change in expected["changes"]
    ]
    others = [
        {"role": each["role"], "to": each.get("to", ""), "by": each.get("by")}
        for each in found.get("changes", [])
    ]
    comparison.same("changes", changes, others)
    if changes and not found.get("after"):
        comparison.same("after", "something", None)
    ranked = [each["role"] for each in expected["candidates"]]
    listed = [each["role"] for each in found.get("candidates", [])]
    comparison.same("candidates", sorted(ranked), sorted(listed))
    exact = {each["role"]: each for each in expected["candidates"]}
    if sorted(ranked) == sorted(listed):
        last = datetime.date.max
        keys = [
            (-exact[role]["exact"], exact[role]["by"] or last, exact[role]["title"].casefold())
            for role in listed
        ]
        comparison.same("candidates.order", ranked if keys != sorted(keys) else listed, listed)
    for other in found.get("candidates", []):
        identifier = other["role"]
        if identifier not in exact:
            continue
        each = exact[identifier]
        comparison.same(f"candidate.score {identifier}", each["score"], other["score"])
        for reason, value in each["values"].items():
            comparison.same(f"candidate.{reason} {identifier}", value, other["values"].get(reason))
        comparison.close(f"candidate.frees {identifier}", each["frees"], pair(other.get("frees")), MILLIONTH)
        cost = other.get("cost")
        money, currency = each["cost"] or (None, "")
        comparison.close(f"candidate.cost {identifier}", money, pair(cost), CENT)
        comparison.same(f"candidate.currency {identifier}", currency, (cost or {}).get("currency", ""))


def rows(page: str) -> list[list[str]]:
    """Read the rows of all tables of a page as texts."""
    result = []
    for row in re.findall(r"<tr>(.*?)</tr>", page, flags=re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)
        texts = [re.sub(r"<[^>]*>", " ", re.sub(r"<br>", ";", cell)) for cell in cells]
        result.append([" ".join(html.unescape(text).split()) for text in texts])
    return result


def numbers(text: str) -> tuple[Fraction, Fraction]:
    """Read a range as pages show it."""
    found = [Fraction(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
    if not found:
        return Fraction(0), Fraction(0)
    return found[0], found[-1]


def compare_pages(comparison: Comparison, expected: Fields, names: dict[str, str], site: Path) -> None:
    """Compare the figures of the pages of workload, of now and next, and of the start page."""
    totals, after = expected["totals"], expected["after"]
    workload = rows((site / "decisions/hats/index.html").read_text(encoding="utf-8"))
    people = {names.get(identifier, identifier): each for identifier, each in expected["people"].items()}
    seen = Counter(row[0] for row in workload)
    with_teams = any("Teams" in row for row in workload)
    for row in workload:
        side = WHO.get(row[0], "")
        if len(row) == 5 and side and row[2].endswith("%"):
            comparison.same(f"workload.{side} roles", str(totals["held"][side]), row[1])
            comparison.same(f"workload.{side} percent", f"{totals['held_percent'][side]}%", row[2])
            comparison.close(f"workload.{side} hours", totals["side_hours"][side], numbers(row[3]), CENT)
            comparison.same(f"workload.{side} hours percent", f"{totals['side_percent'][side]}%", row[4])
        name = row[0].removesuffix(" founder")
        if name in people and seen[row[0]] == 1 and len(row) > 2:
            # Those they hold, and those of others that they do part of.
            found = sum(map(int, re.findall(r"\d+", row[1])))
            comparison.same(f"workload.person {name} roles", people[name]["roles"], found)
            if with_teams:
                comparison.same(f"workload.person {name} teams", str(people[name]["teams"] or ""), row[2])
            hours = re.sub(r" (of|h of) .*", "", row[3 if with_teams else 2])
            comparison.close(
                f"workload.person {name} hours", people[name]["hours"] or (0, 0), numbers(hours), CENT
            )
    path = site / "decisions/now-and-next/index.html"
    if not path.exists():
        comparison.same("now-and-next page", bool(expected["changes"]), False)
        return
    for row in rows(path.read_text(encoding="utf-8")):
        if len(row) != 3:
            continue
        for when, each, cell in (("now", totals, row[1]), ("next", after, row[2])):
            what = f"now-and-next.{when} {row[0]}"
            if row[0] == "Founder's hours a week":
                comparison.close(what, each["side_hours"]["founder"], numbers(cell), CENT)
            elif row[0] == "Founder's share of hours":
                comparison.same(what, f"{each['side_percent']['founder']}%", cell)
            elif row[0] == "Founder's roles":
                comparison.same(what, str(each["held"]["founder"]), cell)
            elif row[0] == "Outsourced roles":
                comparison.same(what, str(each["held"]["outsourced"]), cell)
            elif row[0] == "Vacant roles":
                comparison.same(what, str(each["held"]["vacant"]), cell)
            elif row[0] == "Vacant hours a week":
                comparison.close(what, each["side_hours"]["vacant"], numbers(cell), CENT)
            elif row[0] == "People over capacity":
                comparison.same(what, each["over"], int(numbers(cell)[0]))


def compare(seed: int, folder: Path) -> Comparison:
    """Build one organisation and compare it."""
    texts, plain = organisation(seed)
    comparison = Comparison(seed)
    site, _ = build_site(write(folder, texts))
    found = json.loads((site / "rolebook.json").read_text(encoding="utf-8"))
    errors = [each["message"] for each in found["problems"] if each["severity"] == "error"]
    comparison.same("errors", [], errors)
    expected = figures(plain)
    comparison.same("day", DAY.isoformat(), found["day"])
    compare_totals(comparison, "totals", expected["totals"], found["totals"])
    compare_totals(comparison, "after", expected["after"], found["plan"].get("after") or found["totals"])
    compare_roles(comparison, expected["roles"], found["roles"])
    compare_people(comparison, expected["people"], found["people"])
    compare_plan(comparison, expected, plain, found["plan"])
    promises = {each["id"]: sorted(each.get("roles", [])) for each in found["deliverables"]}
    comparison.same("promises", {key: each["roles"] for key, each in expected["promises"].items()}, promises)
    names = {person["id"]: person["name"] for person in found["people"]}
    compare_pages(comparison, expected, names, site)
    return comparison


@pytest.mark.fuzz
def test_every_figure_is_what_the_guide_says(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = datetime.datetime.combine(DAY, datetime.time(12), datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
    number = LONG if request.config.getoption("long") else QUICK
    reported = [
        f"{seed}: {what}: expected {expected}, found {found}"
        for seed in range(number)
        for what, expected, found in compare(seed, tmp_path / str(seed)).differences
    ]
    assert reported == []
