"""What an owner decides from, against figures worked out anew from the files, the long way round."""

import random
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies import BUSINESS, OUTSIDE, PEOPLE, TODAY, company, role_files
from rolebook.analysis.audit import TOP, Audit, audit, percentages
from rolebook.analysis.crafts import mixed_crafts
from rolebook.analysis.handover import Candidate, rank
from rolebook.analysis.money import Money, added_up, lacking, monthly
from rolebook.analysis.promises import business_model
from rolebook.analysis.readiness import readiness
from rolebook.analysis.relief import Relief, relief
from rolebook.analysis.scenario import changes, costs, planned
from rolebook.checks.posts import several_crafts
from rolebook.options import HourValue, Weights
from rolebook.organisation import Holding, Organisation, PersonFile, RoleFile, organise
from rolebook.schema.records import (
    Deliverable,
    Hours,
    Outsource,
    PersonFields,
    Posting,
    Rate,
    RoleFields,
    Skills,
    Work,
)

Files = list[RoleFile]
Span = tuple[float, float]
EXAMPLES = 40
"""Of each test: they are many, and their companies take a while to think up."""


def of_companies(*more: st.SearchStrategy[Any]) -> Callable[[Any], Any]:
    """Runs a test with the files of many companies, and with what is drawn from `more`."""
    return lambda test: settings(max_examples=EXAMPLES)(given(role_files(), *more)(test))


# --- the long way round ----------------------------------------------------------------------------


def active(files: Files) -> Files:
    return [file for file in files if file.fields.status not in ("planned", "retired")]


def named(file: RoleFile) -> list[str]:
    """Everybody named in a seat."""
    names = [file.fields.owner, *(work.person for work in file.fields.performed_by)]
    return list(dict.fromkeys(name for name in names if name))


def is_vacant(file: RoleFile) -> bool:
    return not file.fields.owner and file.fields.status != "filled"


def is_outside(who: str) -> bool:
    return who in PEOPLE and (PEOPLE[who].engagement in OUTSIDE or PEOPLE[who].kind in OUTSIDE)


def is_founder(who: str) -> bool:
    return who in PEOPLE and PEOPLE[who].founder


def is_held_outside(file: RoleFile) -> bool:
    return is_outside(file.fields.owner) and not is_founder(file.fields.owner)


def is_held_by_a_founder(file: RoleFile) -> bool:
    return is_founder(file.fields.owner)


def needed(file: RoleFile) -> Span:
    hours, seats = file.fields.weekly_hours, file.fields.seats
    written = (hours.min * seats, hours.max * seats) if hours else (0.0, 0.0)
    given = [work.weekly_hours for work in file.fields.performed_by if work.weekly_hours]
    return max(written[0], sum(each.min for each in given)), max(written[1], sum(each.max for each in given))


def done(file: RoleFile) -> dict[str, Span]:
    """Who does how much of a seat; hours of 0 are unknown."""
    low, high = needed(file)
    work = file.fields.performed_by
    if not work:
        return {file.fields.owner: (low, high)} if file.fields.owner else {}
    found = {
        each.person: (each.weekly_hours.min, each.weekly_hours.max) for each in work if each.weekly_hours
    }
    rest = sorted((low - sum(a for a, _ in found.values()), high - sum(b for _, b in found.values())))
    rest = [max(0.0, end) for end in rest]
    others = [each.person for each in work if not each.weekly_hours]
    others = others or ([file.fields.owner] if rest[1] else [])
    for other in filter(None, others):
        before = found.get(other, (0.0, 0.0))
        found[other] = (before[0] + rest[0] / len(others), before[1] + rest[1] / len(others))
    return found


def load(files: Files, who: str) -> Span:
    parts = [done(file).get(who, (0.0, 0.0)) for file in active(files)]
    return sum(low for low, _ in parts), sum(high for _, high in parts)


def overloaded(files: Files, who: str) -> bool:
    capacity = PEOPLE[who].weekly_capacity if who in PEOPLE else None
    return capacity is not None and load(files, who)[0] > capacity


def way_up(files: Files, file: RoleFile) -> Files:
    """The roles above one, from the top down, and itself."""
    by_id = {each.id: each for each in files}
    above = by_id.get(file.fields.parent)
    return [*(way_up(files, above) if above else []), file]


def function_of(files: Files, file: RoleFile) -> str:
    """The id of the head of a role's function; `TOP` for none."""
    way = way_up(files, file)
    above = {each.fields.parent for each in files}
    leading = [each for each in files if not each.fields.parent and each.id in above]
    if len(leading) > 1:
        return way[0].id if way[0] in leading else TOP
    return way[1].id if way[1:] else TOP


def span(hours: Hours) -> Any:
    return pytest.approx((hours.min, hours.max))


def ids(roles: Iterable[Any]) -> set[str]:
    return {role.id for role in roles}


# --- the business model ----------------------------------------------------------------------------


@of_companies()
def test_every_promise_is_on_one_side(files: Files) -> None:
    model = business_model(company(files))
    assert [promise.deliverable for promise in model.promises] == list(BUSINESS.deliverables)
    unkept = {promise.deliverable.id for promise in model.without_role}
    for promise in model.promises:
        key = promise.deliverable.id
        producers = [file for file in active(files) if any(d.for_ == key for d in file.fields.deliverable)]
        assert ids(promise.roles) == ids(producers)
        assert len(promise.roles) == len(producers)
        assert (key in unkept) == (not producers)
        assert promise.named == any(named(file) and not is_vacant(file) for file in producers)
    sides = [promise for promise in model.promises if promise.named]
    assert len(sides) + len(model.without_role) + len(model.without_holder) == len(model.promises)


@of_companies()
def test_every_role_keeps_a_promise_or_works_inward_or_produces_nothing(files: Files) -> None:
    model = business_model(company(files))
    known = {each.id for each in BUSINESS.deliverables}
    expected: dict[str, set[str]] = {"outward": set(), "inward": set(), "idle": set()}
    for file in active(files):
        kept = {each.for_ for each in file.fields.deliverable} & known
        side = "outward" if kept else "inward" if file.fields.deliverable else "idle"
        expected[side].add(file.id)
    assert ids(model.internal_roles) == expected["inward"]
    assert ids(model.roles_without_output) == expected["idle"]
    assert ids(role for promise in model.promises for role in promise.roles) == expected["outward"]


@of_companies()
def test_every_promise_stands_below_its_offer_once(files: Files) -> None:
    model = business_model(company(files))
    reported = [(sold.name, [each.deliverable.id for each in sold.promises]) for sold in model.offers]
    assert reported == [("One", ["d1", "d2"]), ("o2", ["d3"]), ("", ["d4"])]


@of_companies()
def test_functions_without_a_role(files: Files) -> None:
    present = ids(active(files))
    expected = [name for name in ("R1", "r2", "Law") if name.lower() not in present]
    assert list(business_model(company(files)).empty_functions) == expected


# --- the audit -------------------------------------------------------------------------------------


@of_companies()
def test_hours_of_everybody_and_of_every_function(files: Files) -> None:
    found = audit(company(files))
    hats = {each.person.id: each for each in found.loads}
    for who in {name for file in active(files) for name in named(file)}:
        assert load(files, who) == span(hats[who].load)
        assert hats[who].over == overloaded(files, who)
        assert hats[who].roles == sum(
            1 for file in active(files) if who in done(file) or file.fields.owner == who
        )
        by_function: dict[str, list[Span]] = {}
        for file in active(files):
            if who in done(file):
                by_function.setdefault(function_of(files, file), []).append(done(file)[who])
        assert set(hats[who].by_function) == set(by_function)
        for function, spans in by_function.items():
            total = (sum(low for low, _ in spans), sum(high for _, high in spans))
            assert total == span(hats[who].by_function[function])
    assert [each.load.max for each in found.loads] == sorted(
        (each.load.max for each in found.loads), reverse=True
    )


@of_companies()
def test_hours_add_up_to_what_all_seats_take_and_shares_to_a_hundred_percent(files: Files) -> None:
    found = audit(company(files))
    total = sum(sum(needed(file)) for file in active(files))
    assert found.hours.min + found.hours.max == pytest.approx(total)
    for function_id, hours in found.by_function.items():
        mine = [needed(file) for file in active(files) if function_of(files, file) == function_id]
        assert span(hours) == (sum(low for low, _ in mine), sum(high for _, high in mine))
        assert found.roles_by_function[function_id] == len(mine)
    sides = {part.holding: part for part in found.parts}
    left = [sum(needed(file)) - sum(map(sum, done(file).values())) for file in active(files)]
    undone = sides[Holding.VACANT].hours
    assert undone.min + undone.max == pytest.approx(sum(left))
    assert all(
        hours == pytest.approx(0)
        for hours, file in zip(left, active(files), strict=True)
        if file.fields.owner
    )
    assert sum(part.hours.min + part.hours.max for part in found.parts) == pytest.approx(total)
    for part in found.parts:
        middle = part.hours.min + part.hours.max
        assert part.hours_percent == pytest.approx(100 * middle / total if total else 0, abs=0.500001)
    assert sum(part.roles for part in found.parts) == len(active(files))
    assert sides[Holding.FOUNDER].hours.max == pytest.approx(
        sum(load(files, who)[1] for who in PEOPLE if is_founder(who))
    )
    assert sides[Holding.OUTSOURCED].hours.max == pytest.approx(
        sum(load(files, who)[1] for who in PEOPLE if is_outside(who))
    )


@of_companies()
def test_roles_by_who_holds_them(files: Files) -> None:
    sides = {part.holding: part.roles for part in audit(company(files)).parts}
    vacant = [file for file in active(files) if is_vacant(file)]
    outside = [file for file in active(files) if is_held_outside(file)]
    assert sides[Holding.VACANT] == len(vacant)
    assert sides[Holding.OUTSOURCED] == len(outside)
    rest = [file for file in active(files) if file not in vacant and file not in outside]
    assert sides[Holding.FOUNDER] == sum(map(is_held_by_a_founder, rest))


@of_companies()
def test_seats_to_look_at(files: Files) -> None:
    found = audit(company(files))
    seats = active(files)
    assert ids(found.overstaffed) == ids(file for file in seats if len(named(file)) > file.fields.seats)
    assert ids(found.unstaffed) == ids(file for file in seats if is_vacant(file) or not named(file))
    covers = {
        who: {file.id for file in seats if file.fields.backup == who}
        for who in {file.fields.backup for file in seats} - {""}
    }
    reported = {person.id: ids(roles) for person, roles in found.single_cover}
    assert reported == {who: roles for who, roles in covers.items() if len(roles) >= 3}
    assert ids(role for role, _ in found.several_crafts) == ids(
        file for file in seats if len(file.fields.skills.must) > 5
    )


@given(st.lists(st.integers(0, 1000).map(float), min_size=1, max_size=9))
def test_each_percentage_is_rounded_by_itself(parts: list[float]) -> None:
    found = percentages(parts)
    if not sum(parts):
        assert set(found) == {0}
        return
    for part, percent in zip(parts, found, strict=True):
        away = Fraction(part) * 100 / Fraction(sum(parts)) - percent
        assert Fraction(-1, 2) <= away < Fraction(1, 2)


def test_percentages_of_equal_parts_are_equal() -> None:
    assert percentages([3, 3, 3, 2]) == (27, 27, 27, 18)
    assert percentages([1, 7]) == (13, 88)
    assert percentages([0.1, 0.7]) == (13, 88)


@pytest.mark.parametrize(
    ("title", "skills", "why"),
    [
        ("PPC management", 3, ""),
        ("Video and podcasts", 0, "Its title names two things: “Video” and “podcasts”."),
        ("Sales & marketing", 0, "Its title names two things: “Sales” and “marketing”."),
        ("Bookkeeping / payroll", 0, "Its title names two things: “Bookkeeping” and “payroll”."),
        *(
            (title, 0, "")
            for title in ("R&D", "Q & A", "R&D 8", "Head of R&D", "A/B testing", "É+Ü", "P&L&M")
        ),
        ("R&Dev", 0, "Its title names two things: “R” and “Dev”."),
        ("HR&D", 0, "Its title names two things: “HR” and “D”."),
        ("4&5", 0, "Its title names two things: “4” and “5”."),
        ("R & D and Q&A", 0, "Its title names two things: “R&D” and “Q&A”."),
        ("Legal/R&D", 0, "Its title names two things: “Legal” and “R&D”."),
        ("IT + HR", 0, "Its title names two things: “IT” and “HR”."),
        ("Brand management", 0, ""),
        ("Android", 5, ""),
        ("Copy", 6, "It requires 6 skills; a specialist has two or three."),
        ("&", 0, ""),
        ("and " * 5000, 0, ""),
    ],
)
def test_crafts_mixed_in_one_seat(title: str, skills: int, why: str) -> None:
    file = RoleFile("a", "", RoleFields(title=title.strip(), skills=Skills(must=("x",) * skills)), {})
    reported = mixed_crafts(organise([file], today=TODAY).roles["a"])
    assert reported == why or (len(title) > 100 and reported)


def test_the_check_and_the_audit_agree_on_skills_of_several_crafts() -> None:
    skills = Skills(must=("Premiere", "Copywriting", "Google Ads"))
    fields = RoleFields(title="Media", skills=skills, posting=Posting(opens=TODAY))
    seats = organise([RoleFile("a", "a.md", fields, {})], today=TODAY)
    reported = "come from 3 crafts: advertising, video, writing"
    assert [(role.id, why) for role, why in audit(seats).several_crafts] == [("a", f"Its skills {reported}.")]
    assert [found.message for found in several_crafts.find(seats)] == [f"the skills {reported}"]


# --- what to hand over next ------------------------------------------------------------------------

WEIGHTS = st.builds(Weights, **{each.name: st.integers(0, 100) for each in fields(Weights)})


def is_kept(file: RoleFile) -> bool:
    fit = file.fields.outsource.fit if file.fields.outsource else ""
    has_come_back = is_vacant(file) or is_held_by_a_founder(file)
    return fit == "no" or (fit == "done" and not has_come_back)


def is_at_the_top(files: Files, file: RoleFile) -> bool:
    tops = [each for each in files if not each.fields.parent]
    reports = [each for each in files if each.fields.parent == file.id]
    return file in tops and bool(reports or len(tops) == 1)


def values(files: Files, file: RoleFile) -> dict[str, int]:
    """The parts of a seat's score, as the page that shows them describes them."""
    plan, hours, produced = file.fields.outsource, file.fields.weekly_hours, file.fields.deliverable
    reports = [each for each in active(files) if each.fields.parent == file.id]
    measured = [each for each in produced if each.measure or each.acceptance]
    if is_vacant(file) or any(overloaded(files, who) for who in named(file)):
        holder = 100
    else:
        holder = 80 if any(map(is_founder, named(file))) else 20
    size = 0.0 if not (hours and hours.max) else min(100.0, max(0.0, 100 - 4 * (hours.max - 15)))
    return {
        "plan": {"next": 100, "maybe": 50}.get(plan.fit if plan else "", 25),
        "holder": holder,
        "hours": floor(size + 0.5),
        "deliverable": 100
        if produced and measured == list(produced)
        else 70
        if measured
        else 40
        if produced
        else 0,
        "procedure": 0 if "To do" in file.body or file.body.split("\n\n", 1)[-1] == "" else 100,
        "independence": 0 if reports else max(0, 100 - 20 * len(tied(files, file))),
    }


def tied(files: Files, file: RoleFile) -> set[str]:
    """The other seats that give something to a seat or receive from it, its parent and reports apart."""
    seats = {each.id: each for each in active(files)}
    pairs = {
        (each.id, deliverable.receiver.lower())
        for each in seats.values()
        for deliverable in each.fields.deliverable
    }
    others = {b for a, b in pairs if a == file.id} | {a for a, b in pairs if b == file.id}
    return {
        other
        for other in others & set(seats)
        if other != file.id and other != file.fields.parent and seats[other].fields.parent != file.id
    }


@of_companies(WEIGHTS)
def test_the_ranking_is_what_its_description_says(files: Files, weights: Weights) -> None:
    found = rank(company(files), weights)
    could_go = [
        file
        for file in active(files)
        if not is_kept(file) and not is_held_outside(file) and not is_at_the_top(files, file)
    ]
    assert ids(each.role for each in found) == ids(could_go)
    total = sum(getattr(weights, each.name) for each in fields(weights))
    by_id = {file.id: file for file in could_go}
    for each in found:
        expected = values(files, by_id[each.role.id])
        assert {reason.name: reason.value for reason in each.reasons} == expected
        points = sum(getattr(weights, name) * value for name, value in expected.items())
        assert each.points == points
        assert each.score == (floor(Fraction(points, total) + Fraction(1, 2)) if total else 0)
        assert 0 <= each.score <= 100
    far = TODAY.replace(year=2099)

    def key(each: Candidate) -> tuple[Any, ...]:
        plan = each.role.fields.outsource
        return -each.points, (plan.by if plan else None) or far, each.role.title

    assert [key(each) for each in found] == sorted(map(key, found))


@of_companies(WEIGHTS, st.sampled_from([each.name for each in fields(Weights)]), st.integers(1, 50))
def test_a_greater_weight_never_moves_a_seat_below_one_with_a_lower_value(
    files: Files, weights: Weights, name: str, more: int
) -> None:
    organisation = company(files)
    heavier = replace(weights, **{name: getattr(weights, name) + more})
    before, after = rank(organisation, weights), rank(organisation, heavier)
    place = {each.role.id: at for at, each in enumerate(after)}
    value = {each.role.id: {r.name: r.value for r in each.reasons}[name] for each in before}
    for at, first in enumerate(before):
        for second in before[at + 1 :]:
            if value[first.role.id] >= value[second.role.id]:
                assert place[first.role.id] < place[second.role.id]


@of_companies(st.randoms(use_true_random=False))
def test_the_ranking_does_not_depend_on_the_order_of_files(files: Files, rnd: random.Random) -> None:
    shuffled = list(files)
    rnd.shuffle(shuffled)
    first, second = rank(company(files), Weights()), rank(company(shuffled), Weights())
    assert [each.role.id for each in first] == [each.role.id for each in second]


VALUE = HourValue(amount=50, currency="EUR")


@pytest.mark.parametrize(
    ("values", "frees", "net"),
    [
        ({"owner": "zoe", "weekly_hours": Hours(min=6, max=6)}, (6, 6), (1200, 1200)),
        ({"owner": "zoe"}, None, None),
        ({"weekly_hours": Hours(min=6, max=6)}, (0, 0), (-100, -100)),
        ({}, (0, 0), (-100, -100)),
        # Somebody from outside does all of it.
        (
            {"owner": "zoe", "weekly_hours": Hours(min=6, max=6), "performed_by": (Work(person="out"),)},
            (0, 0),
            (-100, -100),
        ),
        # Somebody in-house does it, and nobody knows for how long.
        ({"performed_by": (Work(person="zoe"),)}, None, None),
        (
            {"performed_by": (Work(person="zoe"), Work(person="kim", weekly_hours=Hours(min=2, max=2)))},
            None,
            None,
        ),
        # All the hours are somebody else's.
        (
            {
                "weekly_hours": Hours(min=2, max=2),
                "performed_by": (Work(person="zoe"), Work(person="kim", weekly_hours=Hours(min=2, max=2))),
            },
            (2, 2),
            (50 * 2 * 52 / 12 - 100,) * 2,
        ),
    ],
)
def test_what_is_freed_may_be_nothing_or_unknown(
    values: dict[str, Any], frees: tuple[float, float] | None, net: tuple[float, float] | None
) -> None:
    monthly, once = (Rate(amount=100, currency="EUR", per=per) for per in ("month", "fixed"))
    people = [
        PersonFile(who, f"people/{who}.md", PersonFields(name=who.title(), engagement=terms), {})
        for who, terms in (("zoe", "employee"), ("kim", "employee"), ("out", "contractor"))
    ]
    for rate, cost in ((monthly, 100), (once, 0), (Rate(amount=9), None)):
        fields = RoleFields(title="X", parent="top", rate=rate, **values)
        files = [
            RoleFile("top", "roles/top.md", RoleFields(title="Top"), {}),
            RoleFile("x", "roles/x.md", fields, {}),
        ]
        (found,) = rank(organise(files, people, today=TODAY), Weights())
        assert (span(found.frees) if found.frees is not None else None) == frees
        expected = None if net is None or cost is None else tuple(each + 100 - cost for each in net)
        left = found.net(VALUE)
        assert (left and (left.min, left.max)) == (expected and pytest.approx(expected))
        assert found.net(None) is None
        assert left is None or found.net(HourValue(amount=50, currency="USD")) is None or not cost


@of_companies()
def test_what_a_seat_frees_and_costs(files: Files) -> None:
    by_id = {file.id: file for file in files}
    for each in rank(company(files), Weights()):
        file = by_id[each.role.id]
        inside = [hours for who, hours in done(file).items() if not is_outside(who)]
        if each.frees is None:
            assert not each.role.fields.weekly_hours and (0, 0) in inside
        else:
            assert (sum(low for low, _ in inside), sum(high for _, high in inside)) == span(each.frees)
        rate = file.fields.rate
        plan = file.fields.outsource
        if rate is None and plan and plan.to.lower() in PEOPLE:
            rate = PEOPLE[plan.to.lower()].rate
        assert each.rate == rate
        if each.cost and rate:
            assert rate.per in ("hour", "month")
            pair = ends(rate)
            assert pair is not None
            low, high = needed(file)
            if rate.per == "month":
                low = high = file.fields.seats * 12 / 52
            assert each.cost.min * 12 == pytest.approx(pair[0] * low * 52)
            assert each.cost.max * 12 == pytest.approx(pair[1] * high * 52)
            assert each.cost.currency == rate.currency


def test_the_worth_of_freed_hours() -> None:
    file = RoleFile("a", "", RoleFields(parent="b", owner="Ada", weekly_hours=Hours(min=6, max=12)), {})
    top = RoleFile("b", "", RoleFields(), {})
    (candidate,) = rank(organise([file, top], today=TODAY), Weights())
    assert candidate.worth(HourValue(amount=50.0, currency="EUR")) == Money(1300.0, 2600.0, "EUR")
    assert candidate.worth(None) is None


POINTS = {
    "Deliverable defined": {"deliverable": (Deliverable(outcome="x"),)},
    "Hours a week known": {"weekly_hours": Hours(min=1, max=1)},
    "Skills listed": {"skills": Skills(must=("x",))},
    "Cover is named": {"backup": "Ada"},
}


@pytest.mark.parametrize("words", POINTS)
def test_a_point_of_the_checklist_is_done_by_what_it_asks_for(words: str) -> None:
    file = RoleFile("a", "", RoleFields(**POINTS[words]), {})
    done_points = [each.words for each in readiness(organise([file], today=TODAY).roles["a"]) if each.done]
    assert done_points == [words]


# --- money -----------------------------------------------------------------------------------------

MONEY = st.builds(
    lambda low, more, currency: Money(low, low + more, currency),
    st.integers(0, 10**6).map(float),
    st.integers(0, 1000).map(float),
    st.sampled_from(["EUR", "GBP", "USD", ""]),
)


@given(st.lists(MONEY))
def test_currencies_are_never_added_together(amounts: list[Money]) -> None:
    sums = added_up(amounts)
    assert [each.currency for each in sums] == sorted({each.currency for each in amounts})
    for each in sums:
        mine = [amount for amount in amounts if amount.currency == each.currency]
        assert (each.min, each.max) == (sum(a.min for a in mine), sum(a.max for a in mine))


@pytest.mark.parametrize(
    ("rate", "hours", "seats", "expected"),
    [
        (Rate(amount=45, currency="EUR", per="hour"), (10, 10), 1, Money(1950, 1950, "EUR")),
        (Rate(min=20, max=24, currency="EUR", per="hour"), (12, 12), 1, Money(1040, 1248, "EUR")),
        (Rate(min=20, max=30, currency="GBP", per="hour"), (6, 12), 1, Money(520, 1560, "GBP")),
        (Rate(min=30, per="hour"), (12, 12), 1, None),
        (Rate(amount=3000, currency="EUR"), (10, 10), 1, None),
        (Rate(amount=900, currency="EUR", per="month"), (0, 0), 2, Money(1800, 1800, "EUR")),
        (Rate(amount=900, per="fixed"), (12, 12), 1, None),
        (Rate(amount=900, per="deliverable"), (12, 12), 1, None),
        (Rate(amount=45, currency="EUR", per="hour"), (0, 0), 1, Money(0, 0, "EUR")),
        (Rate(amount=45, currency="EUR", per="hour"), None, 1, None),
        (Rate(amount=900, currency="EUR", per="month"), None, 1, Money(900, 900, "EUR")),
        (Rate(currency="EUR", per="hour"), (12, 12), 1, None),
        (None, (12, 12), 1, None),
    ],
)
def test_a_cost_a_month(rate: Rate | None, hours: Span | None, seats: int, expected: Money | None) -> None:
    assert monthly(rate, hours and Hours(min=hours[0], max=hours[1]), seats) == expected


@pytest.mark.parametrize(
    ("written", "helper", "expected"),
    [
        (10, 10, ((Money(0, 0, "EUR"),), 0)),
        (10, 4, ((Money(520, 520, "EUR"),), 0)),
        (0, 10, ((), 1)),
    ],
)
def test_nothing_is_paid_for_no_hours_if_that_is_known(
    written: float, helper: float, expected: tuple[tuple[Money, ...], int]
) -> None:
    rate = Rate(amount=20, currency="EUR", per="hour")
    agency = PersonFile("agency", "", PersonFields(name="Agency", kind="agency", rate=rate), {})
    work = (
        Work(person="Ben", weekly_hours=Hours(min=helper, max=helper)),
        Work(person="agency"),
    )
    fields = RoleFields(weekly_hours=Hours(min=written, max=written), performed_by=work)
    found = costs(audit(organise([RoleFile("a", "", fields, {})], [agency], today=TODAY)))
    assert (found.sums, found.unknown) == expected


# --- relief ----------------------------------------------------------------------------------------


def of(*people: PersonFile, roles: Files) -> Relief | None:
    organisation = organise([RoleFile("top", "", RoleFields(title="Top"), {}), *roles], people, today=TODAY)
    candidates = rank(organisation, Weights())
    return relief(organisation, planned(organisation), candidates)


def somebody(name: str, capacity: float | None, **more: Any) -> PersonFile:
    return PersonFile(name, "", PersonFields(name=name.title(), weekly_capacity=capacity, **more), {})


def work(role_id: str, owner: str, hours: float, **more: Any) -> RoleFile:
    fields = RoleFields(
        title=role_id, parent="top", owner=owner, weekly_hours=Hours(min=hours, max=hours), **more
    )
    return RoleFile(role_id, "", fields, {})


def exactly(hours: float) -> Hours:
    return Hours(min=hours, max=hours)


NEXT = Outsource(fit="next", to="zoe")


def test_the_busiest_founder_is_relieved_and_else_whoever_is_most_over_capacity() -> None:
    jobs = [work("a", "ada", 5), work("b", "bea", 7), work("c", "cid", 9), work("d", "dan", 11)]
    founders = [somebody("ada", 1, founder=True), somebody("bea", None, founder=True)]
    others = [somebody("cid", 3), somebody("dan", 6)]
    for people, name in (
        ([*founders, *others], "Bea"),
        (others, "Cid"),
        ([somebody("cid", 9), somebody("dan", 10)], "Dan"),
        ([somebody("eve", 1, founder=True), somebody("dan", 10)], "Dan"),
    ):
        found = of(*people, roles=jobs)
        assert found is not None
        assert found.person.name == name
    assert of(somebody("cid", 9), somebody("dan", 11), roles=jobs) is None


def test_each_candidate_leaves_what_it_and_those_above_it_do_not_take() -> None:
    jobs = [work("a", "ada", 5, outsource=NEXT), work("b", "bea", 7), work("c", "ada", 9), work("d", "", 3)]
    found = of(somebody("ada", 4, founder=True), roles=jobs)
    assert found is not None
    # The planned one, the founder's, the vacant one, the colleague's.
    assert list(found.after_each) == [exactly(9), exactly(0), exactly(0), exactly(0)]
    assert (found.today, found.after_plan) == (exactly(14), exactly(9))
    assert (found.further, found.after_further) == (1, exactly(0))


@pytest.mark.parametrize(("capacity", "further", "left"), [(9, 0, 9), (8.99, 1, 5), (5, 1, 5), (4.99, 2, 0)])
def test_so_many_more_are_handed_over_as_bring_the_load_within_capacity(
    capacity: float, further: int, left: float
) -> None:
    jobs = [work("a", "ada", 5, outsource=NEXT), work("b", "ada", 4), work("c", "ada", 5)]
    found = of(somebody("ada", capacity, founder=True), roles=jobs)
    assert found is not None
    assert (found.further, found.after_further) == (further, exactly(left))
    assert found.excess(found.after_plan).min == pytest.approx(9 - capacity)


def test_roles_on_the_list_may_not_be_enough() -> None:
    jobs = [work("a", "ada", 5), work("b", "ada", 9, outsource=Outsource(fit="no"))]
    found = of(somebody("ada", 2, founder=True), roles=jobs)
    assert found is not None
    assert (found.further, found.after_further) == (1, exactly(9))
    assert found.excess(found.after_further).min == 7


def test_a_founder_without_a_capacity_is_never_over_it() -> None:
    found = of(somebody("ada", None, founder=True), roles=[work("a", "ada", 99)])
    assert found is not None
    assert (found.excess(found.today).min, found.further) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "value", "net"),
    [
        ({"owner": "ada", "rate": Rate(amount=30.0, currency="EUR", per="hour")}, 50, (20, 20)),
        ({"owner": "ada", "rate": Rate(min=20.0, max=60.0, currency="EUR", per="hour")}, 50, (-10, 30)),
        ({"owner": "ada", "rate": Rate(amount=30.0, currency="USD", per="hour")}, 50, None),
        ({"owner": "ada"}, 50, None),
        ({"owner": "ada", "rate": Rate(amount=30.0, currency="EUR", per="hour")}, None, None),
        ({"owner": "", "rate": Rate(amount=30.0, currency="EUR", per="hour")}, 50, (-30, -30)),
        ({"owner": "", "rate": Rate(amount=30.0, currency="EUR", per="hour")}, None, None),
    ],
)
def test_net_is_what_the_freed_hours_are_worth_less_the_cost(
    fields: dict[str, Any], value: float | None, net: Span | None
) -> None:
    file = RoleFile("a", "", RoleFields(title="A", parent="top", weekly_hours=exactly(12), **fields), {})
    top = RoleFile("top", "", RoleFields(title="Top"), {})
    (found,) = rank(organise([top, file], today=TODAY), Weights())
    given = found.net(HourValue(amount=value, currency="EUR") if value else None)
    # Twelve hours a week are 52 a month.
    assert given == (None if net is None else Money(52 * net[0], 52 * net[1], "EUR"))


# --- now and next ----------------------------------------------------------------------------------


def is_next(file: RoleFile) -> bool:
    plan = file.fields.outsource
    return plan is not None and plan.fit == "next" and file.fields.status != "retired"


@of_companies()
def test_the_plan_hands_over_what_goes_next_and_nothing_else(files: Files) -> None:
    before = company(files)
    after = planned(before)
    assert ids(change.role for change in changes(before)) == ids(filter(is_next, files))
    assert [role.id for _, role in after.tree] == [role.id for _, role in before.tree]
    taken: list[str] = []
    for file in files:
        was, will_be = before.roles[file.id], after.roles[file.id]
        if not is_next(file):
            assert [person.id for person in will_be.people] == [person.id for person in was.people]
            assert will_be.holding is was.holding
            continue
        (holder,) = will_be.people
        to = file.fields.outsource.to if file.fields.outsource else ""
        assert not will_be.vacant
        if to:
            assert holder.name.lower() == to.lower()
        else:
            inside = file.fields.engagement == "employee"
            assert will_be.holding is (Holding.IN_HOUSE if inside else Holding.OUTSOURCED)
            taken.append(holder.id)
    assert len(set(taken)) == len(taken), "one newcomer has two seats"


@of_companies()
def test_the_plan_takes_from_the_founders_what_they_do_in_the_seats_that_go(files: Files) -> None:
    before, after = company(files), planned(company(files))
    gone = [done(file) for file in active(files) if is_next(file)]
    for who in filter(is_founder, PEOPLE):
        freed = sum(each[who][1] for each in gone if who in each)
        assert after.load(after.people[who]).max == pytest.approx(load(files, who)[1] - freed)
    assert before.section_audiences == after.section_audiences


def ends(rate: Rate) -> Span | None:
    if rate.amount is not None:
        return rate.amount, rate.amount
    return None if rate.min is None or rate.max is None else (rate.min, rate.max)


def specialists_cost(files: Files) -> tuple[list[Money], int]:
    """Every amount that is paid a month, and how many roles have one that is not known."""
    amounts: list[Money] = []
    by_the_month: dict[str, Money] = {}
    unknown = 0
    for file in active(files):
        rate = file.fields.rate
        if is_held_outside(file) and rate and rate.per == "month":
            pair = ends(rate) if rate.currency else None
            unknown += pair is None
            amounts += [Money(*(end * file.fields.seats for end in pair), rate.currency)] if pair else []
            continue
        known = True
        for who, (low, high) in done(file).items():
            if is_founder(who) or not is_outside(who):
                continue
            own = PEOPLE[who].rate
            each = (rate or own) if is_held_outside(file) else (own or rate)
            pair = ends(each) if each and each.currency else None
            if each and pair and each.per == "month":
                amount = Money(*pair, each.currency)
                if each is own:
                    by_the_month[who] = amount
                else:
                    amounts.append(amount)
            elif each and pair and each.per == "hour" and (high > 0 or file.fields.weekly_hours):
                week = (pair[0] * low, pair[1] * high)
                amounts.append(Money(week[0] * 52 / 12, week[1] * 52 / 12, each.currency))
            else:
                known = False
        unknown += not known
    return [*amounts, *by_the_month.values()], unknown


@of_companies()
def test_what_specialists_cost(files: Files) -> None:
    found = costs(audit(company(files)))
    amounts, unknown = specialists_cost(files)
    assert found.unknown == unknown
    assert [each.currency for each in found.sums] == sorted({each.currency for each in amounts})
    for each in found.sums:
        mine = [amount for amount in amounts if amount.currency == each.currency]
        assert each.min == pytest.approx(sum(amount.min for amount in mine))
        assert each.max == pytest.approx(sum(amount.max for amount in mine))


def test_without_a_plan_nothing_is_made_anew() -> None:
    organisation = company([])
    assert planned(organisation) is organisation


# --- size ------------------------------------------------------------------------------------------


def everything(organisation: Organisation) -> Audit:
    business_model(organisation)
    rank(organisation, Weights())
    return audit(planned(organisation))


def test_a_deep_chain_is_walked() -> None:
    files = [
        RoleFile(
            f"r{at}",
            "",
            RoleFields(parent=f"r{at - 1}" if at else "", owner="Ada", outsource=Outsource(fit="next")),
            {},
        )
        for at in range(2000)
    ]
    assert everything(organise(files, today=TODAY)).part(Holding.OUTSOURCED).roles == 2000


@of_companies()
def test_figures_of_a_company_can_be_had_of_every_company(files: Files) -> None:
    everything(company(files))


def test_a_founder_who_holds_nothing_today_is_one_after_the_plan() -> None:
    plan = Outsource(fit="next", to="Zed")
    files = [
        RoleFile("a", "", RoleFields(), {}),
        RoleFile("b", "", RoleFields(parent="a", outsource=plan), {}),
    ]
    after = planned(organise(files, founders=["zed"], today=TODAY))
    assert after.roles["b"].holding is Holding.FOUNDER


@pytest.mark.parametrize(
    ("rate", "hours", "lacks"),
    [
        (None, 5, ("a rate",)),
        (None, 0, ("a rate", "the hours")),
        (Rate(amount=5, currency="EUR", per="hour"), 5, ()),
        (Rate(amount=5, currency="EUR", per="hour"), 0, ("the hours",)),
        (Rate(amount=5, currency="EUR", per="month"), 0, ()),
        (Rate(amount=5, per="month"), 0, ("the currency",)),
        (Rate(currency="EUR", per="hour"), 5, ("the amount",)),
        (Rate(amount=5, currency="EUR"), 5, ("the unit of the rate (hour or month)",)),
        (Rate(amount=5, currency="EUR"), 0, ("the unit of the rate (hour or month)", "the hours")),
        (Rate(amount=5, currency="EUR", per="fixed"), 0, ()),
        (Rate(min=5, max=6, currency="EUR", per="month"), 0, ()),
        (Rate(min=5, currency="EUR", per="month"), 0, ("the highest amount",)),
        (Rate(max=6, currency="EUR", per="hour"), 5, ("the lowest amount",)),
    ],
)
def test_what_a_cost_lacks(rate: Rate | None, hours: float, lacks: tuple[str, ...]) -> None:
    assert lacking(rate, Hours(min=hours, max=hours)) == lacks
    known = not lacks and rate is not None and rate.per != "fixed"
    assert (monthly(rate, Hours(min=hours, max=hours) if hours else None) is not None) == known


def test_who_is_most_over_capacity_is_the_first_of_those_who_are() -> None:
    work = {"ann": (40, 38), "bo": (30, 10), "cy": (12, 20), "di": (9, 6)}
    people = [
        PersonFile(who, f"people/{who}.md", PersonFields(name=who, weekly_capacity=has), {})
        for who, (_, has) in work.items()
    ]
    roles = [
        RoleFile(f"r-{who}", "", RoleFields(title=who, owner=who, weekly_hours=Hours(min=does, max=50)), {})
        for who, (does, _) in work.items()
    ]
    over = audit(organise(roles, people, today=TODAY)).over
    assert [(each.person.id, each.excess.min) for each in over] == [("bo", 20), ("di", 3), ("ann", 2)]
