"""Charts: what they show of any tree, their Mermaid text, and the same tree as a list."""

import os
import random
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from charted import (
    ADVERSARIAL,
    SHAPES,
    TODAY,
    Shape,
    charts_of,
    every_holding,
    few,
    name,
    organisation_of,
    role_file,
)
from rolebook.charts.mermaid import MAX_ABREAST, MAX_LABEL, MAX_SOURCE, flowchart, label, safe_address
from rolebook.charts.model import Chart, LinkKind, Node, Style, Target, collapsed_node
from rolebook.charts.people import people as people_chart
from rolebook.charts.people import roles_of
from rolebook.charts.reporting import (
    MAX_LEVELS,
    MAX_SIBLINGS,
    NEAR_SIBLINGS,
    department,
    neighbourhood,
    overview,
)
from rolebook.charts.svg import drawing
from rolebook.organisation import (
    Organisation,
    PersonFile,
    organise,
)
from rolebook.organisation.words import holder
from rolebook.schema.records import Hours, PersonFields, Work
from rolebook.wording import hours_text

MAX_NODES = 60
"""Of any chart: more are too small to read (design/mermaid-facts.md)."""
GOLDENS = Path(__file__).parents[1] / "golden" / "pages"


def ids(roles: Iterable[Any]) -> list[str]:
    return [role.id for role in roles]


# --- what a chart shows ----------------------------------------------------------------------------


def depths(chart: Chart) -> list[int]:
    found: list[int] = []
    for node in chart.nodes:
        found.append(0 if node.parent is None else found[node.parent] + 1)
    return found


def stood_for(organisation: Organisation, chart: Chart, fold: Node) -> list[str]:
    """The roles that `fold` hides, found the long way."""
    if fold.target.kind is LinkKind.CHART:
        return ids(role for _, role in organisation.below(organisation.roles[fold.target.id]))
    above = None if fold.parent is None else chart.nodes[fold.parent].target.id
    siblings = organisation.reports[above] if above else organisation.tops
    beside = {node.target.id for node in chart.nodes if node.parent == fold.parent and not node.hidden}
    hidden = [role for role in siblings if role.id not in beside]
    return ids(each for role in hidden for each in (role, *(r for _, r in organisation.below(role))))


def all_counted(organisation: Organisation, chart: Chart) -> list[str]:
    """Every role that `chart` shows or counts, as often as it does."""
    found: list[str] = []
    for node in chart.nodes:
        hidden = stood_for(organisation, chart, node) if node.hidden else [node.target.id]
        assert len(hidden) == (node.hidden or 1)
        found += hidden
    return sorted(found)


@given(SHAPES)
@settings(max_examples=35)
def test_a_chart_can_be_read(shape: Shape) -> None:
    for chart in charts_of(shape.organisation()):
        assert len(chart.nodes) <= MAX_NODES
        assert max(depths(chart)) < MAX_LEVELS


@given(SHAPES)
@settings(max_examples=35)
def test_nodes_stand_in_the_order_of_the_tree(shape: Shape) -> None:
    organisation = shape.organisation()
    for chart in charts_of(organisation):
        path: list[int] = []
        for place, (node, depth) in enumerate(zip(chart.nodes, depths(chart), strict=True)):
            del path[depth:]
            assert node.parent == (path[-1] if path else None)
            above = chart.nodes[path[-1]].target.id if path else None
            if not node.hidden and above is not None:
                assert organisation.parents[node.target.id].id == above
            path.append(place)


@given(SHAPES)
@settings(max_examples=35)
def test_siblings_stand_by_title_and_a_fold_after_them(shape: Shape) -> None:
    for chart in charts_of(shape.organisation()):
        for parent in {node.parent for node in chart.nodes}:
            row = [node for node in chart.nodes if node.parent == parent]
            assert all(not node.hidden for node in row[:-1])
            titles = [node.title for node in row if not node.hidden]
            assert titles == sorted(titles)


@given(SHAPES)
@settings(max_examples=35)
def test_every_role_is_shown_or_counted_once(shape: Shape) -> None:
    organisation = shape.organisation()
    whole = overview(organisation, "Us")
    assert all_counted(organisation, whole) == sorted(organisation.roles)
    for role in few(organisation):
        below = ids(each for _, each in organisation.below(role))
        assert all_counted(organisation, department(organisation, role)) == sorted([role.id, *below])


@given(SHAPES)
@settings(max_examples=35)
def test_a_department_shows_its_top_and_some_of_its_reports(shape: Shape) -> None:
    organisation = shape.organisation()
    for role in few(organisation):
        chart = department(organisation, role)
        assert [(node.target.id, node.hidden) for node in chart.nodes if node.here] == [(role.id, 0)]
        assert chart.nodes[0].here
        shown = {node.target.id for node in chart.nodes if not node.hidden}
        reports = organisation.reports.get(role.id, ())
        assert not reports or shown & set(ids(reports)), "a chart that leads only to itself"


@given(SHAPES)
@settings(max_examples=35)
def test_you_are_here(shape: Shape) -> None:
    organisation = shape.organisation()
    for role in few(organisation):
        chart = neighbourhood(organisation, role)
        here = [place for place, node in enumerate(chart.nodes) if node.here]
        assert [chart.nodes[place].target.id for place in here] == [role.id]
        assert len(chart.nodes) <= 2 + 2 * (NEAR_SIBLINGS + 1)
        above = ids(organisation.chain(role)[-2:])
        assert ids(node.target for node in chart.nodes[: len(above)]) == above
        beside = organisation.reports[above[-1]] if above else (role,)
        assert row_size(chart, chart.nodes[here[0]].parent) == len(beside)
        assert row_size(chart, here[0]) == len(organisation.reports.get(role.id, ()))


def row_size(chart: Chart, parent: int | None) -> int:
    return sum(node.hidden or 1 for node in chart.nodes if node.parent == parent)


def test_a_wide_department_shows_its_reports_even_if_each_has_some_too() -> None:
    parents = {"top": "", **{name(at): "top" for at in range(30)}}
    parents |= {name(30 + at): name(at) for at in range(30)}
    chart = overview(organisation_of(parents), "Us")
    assert [node.hidden for node in chart.nodes] == [0, *[0, 1] * MAX_SIBLINGS, 2 * (30 - MAX_SIBLINGS)]
    assert len(chart.nodes) <= MAX_NODES


def test_folded_siblings_count_too() -> None:
    parents = {"a": "", "b": ""}
    parents |= {name(at): "ab"[at % 2] for at in range(60)}
    parents |= {name(60 + at): name(at) for at in range(10)}
    assert len(overview(organisation_of(parents), "Us").nodes) <= MAX_NODES


def test_many_tops_are_folded_like_siblings() -> None:
    parents = {name(top): "" for top in range(120)}
    parents |= {name(120 + top): name(top) for top in range(120)}
    chart = overview(organisation_of(parents), "Us")
    assert len(chart.nodes) == 2 * MAX_SIBLINGS + 1
    assert (chart.nodes[-1].parent, chart.nodes[-1].hidden) == (None, 2 * (120 - MAX_SIBLINGS))


def test_a_deep_chain_leads_on_from_chart_to_chart() -> None:
    organisation = organisation_of({name(at): name(at - 1) if at else "" for at in range(2000)})
    role, hops = organisation.tops[0], 0
    while (last := department(organisation, role).nodes[-1]).hidden:
        role, hops = organisation.roles[last.target.id], hops + 1
    assert (role.id, hops) == (name(1996), 998)
    assert len(neighbourhood(organisation, role).nodes) == 4


def test_a_chart_says_in_words_what_it_shows() -> None:
    small = organisation_of({"a": "", "b": "a"})
    assert overview(small, "Us").description == "2 roles, and who holds them."
    assert department(small, small.roles["a"]).description == "A with 1 role below, and who holds them."
    assert neighbourhood(small, small.roles["a"]).description == "A reports to nobody; 1 role reports to it."
    assert neighbourhood(small, small.roles["b"]).description == "B reports to A; 0 roles report to it."
    many = organisation_of({"a": "", **{name(at): "a" for at in range(1, 1200)}})
    assert overview(many, "Us").description == "1,200 roles; 25 of them on this chart."


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (8, 8, "8\xa0h"),
        (7.5, 10, "7.5–10\xa0h"),
        (0, 0.25, "0–0.25\xa0h"),
        (999.5, 999.5, "999.5\xa0h"),
        (1000.5, 12345.6, "1,000.5–12,345.6\xa0h"),
        (131.25, 43272.320000000014, "131.25–43,272.32\xa0h"),
    ],
)
def test_hours_are_written_shortly(low: float, high: float, text: str) -> None:
    assert hours_text(Hours(min=low, max=high)) == text


# --- Mermaid ---------------------------------------------------------------------------------------


def matches_golden(name: str, now: str, request: pytest.FixtureRequest) -> bool:
    """Whether `now` is what golden/pages/ holds; with --bless it is written there."""
    file = GOLDENS / name
    if request.config.getoption("bless") and not os.environ.get("CI"):
        file.write_text(now, encoding="utf-8", newline="\n")
    return file.read_text(encoding="utf-8") == now


def test_golden_flowchart(request: pytest.FixtureRequest) -> None:
    organisation = every_holding()
    chart = department(organisation, organisation.roles["owner"])
    chart = replace(chart, nodes=(*chart.nodes, collapsed_node(1234, Target(LinkKind.ROLE, "ppc"), 0)))
    others = {Style.PERSON, Style.FILLED, Style.OFFER, Style.DELIVERABLE}
    assert {node.style for node in chart.nodes} == set(Style) - others
    text = flowchart(chart, lambda node: "" if node.here else f"../../roles/{node.target.id}/")
    assert matches_golden("flowchart.txt", text, request)


def test_who_holds_a_seat() -> None:
    assert {role.id: holder(role) for role in every_holding().roles.values()} == {
        "owner": "Ada",
        "support": "Bo · 3 seats",
        "safety": "Team · 4 members · led by Bo, Cleo and 1 more",
        "ppc": "Ads R Us",
        "ppc-eu": "Vacant",
        "video": "Planned",
        "fax": "Retired",
    }


TEXTS = st.text(max_size=90) | st.lists(st.sampled_from([*ADVERSARIAL[:20], "direction ", " "])).map("".join)
CODE = re.compile(r"#(\d+);")


def decoded(text: str) -> str:
    return CODE.sub(lambda code: chr(int(code[1])), text)


def cleaned(text: str) -> str:
    """What of `text` a label keeps, before it is cut and encoded."""
    text = unicodedata.normalize("NFC", text).replace("ﬂ", "fl").replace("¶", "")
    text = re.sub(r"[^\S\xa0]", " ", text)
    gone = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")}
    text = "".join(char for char in text if char not in gone - set("\u200c\u200d"))
    text = re.sub(" +", " ", text).strip(" ")
    return re.sub(r"\$(?=\$)", "$\N{ZERO WIDTH NON-JOINER}", text)


def all_examples(test: Any) -> Any:
    for text in ADVERSARIAL:
        test = example(text)(test)
    return test


@all_examples
@given(TEXTS)
def test_a_label_holds_nothing_that_mermaid_could_read(text: str) -> None:
    rest = CODE.sub("", label(text))
    for char in rest:
        if char.isascii():
            assert char.isalnum() or char == " "
        else:
            assert unicodedata.category(char)[0] in "LMN"
            assert char not in "ßﬂ"
    assert "direction " not in label(text)
    assert "$$" not in decoded(label(text))


@all_examples
@given(TEXTS)
def test_a_label_reads_as_it_was_written(text: str) -> None:
    whole, shown = cleaned(text), decoded(label(text)).replace("\N{ZERO WIDTH SPACE}", "")
    if len(whole) <= MAX_LABEL:
        assert shown == (whole or "—")
    else:
        assert shown == whole[: MAX_LABEL - 1].rstrip() + "…"


def test_a_word_may_be_broken_only_where_it_is_wider_than_a_box() -> None:
    assert decoded(label("Customer success management · 12 h")) == "Customer success management · 12 h"
    assert decoded(label("n" * 18)) == "n" * 18
    assert decoded(label(f"Head {'n' * 19}s of")) == f"Head {'n' * 18}\u200bns of"
    assert decoded(label("n" * 40)) == f"{'n' * 18}\u200b{'n' * 18}\u200b{'n' * 4}"


def test_a_box_keeps_its_figures_apart_from_names_read_from_right_to_left() -> None:
    files = [role_file("a", title="דוח 2024", owner="Renée כהן", weekly_hours=Hours(min=2, max=2))]
    chart = overview(organise(files, today=TODAY), "Us")
    assert "דוח 2024<br/>Renée \u2068כהן\u2069\xa0· 2\xa0h" in decoded(flowchart(chart, lambda _: ""))
    svg = str(drawing(chart))
    assert ">Renée \u2068כהן\u2069\xa0· 2\xa0h</tspan>" in svg and ">דוח 2024</tspan>" in svg


WORDS = r'[^"\[\](){}<>&%:]*'
LINE = re.compile(
    rf"""n\d+(\[\["|\(\["|\["|\("){WORDS}(<br/>{WORDS})?("\]\]|"\]\)|"\]|"\)):::[a-z-]+
    |n\d+\ ---\ n\d+
    |click\ n\d+\ href\ "[A-Za-z0-9._~/%\#-]+"
    |classDef\ [a-z-]+\ [a-z0-9:\#,.\ -]+
    |class\ n\d+\ here
    |acc(Title|Descr):\ [^"<>\#;%{{}}&]+""",
    re.VERBOSE,
)


@all_examples
@given(TEXTS)
@settings(max_examples=50)
def test_no_text_makes_a_line_of_its_own(text: str) -> None:
    files = [role_file("a", title=text, owner=text), role_file("b", title=text, parent="a")]
    organisation = organise(files, today=TODAY)
    chart = department(organisation, organisation.roles["a"])
    header, lines = flowchart(chart, lambda node: text).split("flowchart TB\n")
    assert header.startswith("---\nconfig:\n")
    assert [line for line in lines.splitlines() if not LINE.fullmatch(line)] == []


def test_no_source_is_longer_than_mermaid_takes() -> None:
    signs = "\N{PERSON FROWNING}" * 70
    files = [role_file(name(at), title=signs, owner=signs, parent=name(0) if at else "") for at in range(60)]
    chart = overview(organise(files, today=TODAY), "Us")
    chart = replace(chart, nodes=(chart.nodes * 3)[:MAX_NODES])
    source = flowchart(chart, lambda node: f"../{'a' * 180}/{node.target.id}/")
    assert "click n59" in source
    assert len(source) <= MAX_SOURCE
    assert "click" not in flowchart(chart, lambda node: f"../{'a' * 200}/{node.target.id}/")


def test_labels_are_cut_when_the_source_would_be_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Keeper of the very long list of everything that has ever been promised"
    chart = overview(organise([role_file("a", title=title)], today=TODAY), "Us")
    whole = flowchart(chart, lambda node: "")
    monkeypatch.setattr("rolebook.charts.mermaid.MAX_SOURCE", len(whole))
    assert flowchart(chart, lambda node: "") == whole
    monkeypatch.setattr("rolebook.charts.mermaid.MAX_SOURCE", len(whole) - 1)
    assert len(flowchart(chart, lambda node: "")) < len(whole)


@pytest.mark.parametrize(("reports", "direction"), [(0, "TB"), (MAX_ABREAST, "TB"), (MAX_ABREAST + 1, "LR")])
def test_a_chart_runs_from_the_top_down_while_it_is_narrow(reports: int, direction: str) -> None:
    organisation = organisation_of({"top": "", **{name(at): "top" for at in range(reports)}})
    assert f"\nflowchart {direction}\n" in flowchart(overview(organisation, "Us"), lambda node: "")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("", True),
        ("../", True),
        ("../../roles/ppc/", True),
        ("../roles/marketing/ppc.html", True),
        ("../../roles/ppc/#direct-reports", True),
        ("../roles/m%C3%BCller%20%26%20co/", True),
        ("./", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("https://example.org/", False),
        ("//example.org/", False),
        ("/absolute/", False),
        ("data:text/html,x", False),
        ('x" onclick="y', False),
        ("a b/", False),
        ("a/\n", False),
        ("müller/", False),
        ("a?b=c", False),
        ("a#b#c", False),
        ("a\\b", False),
    ],
)
def test_only_plain_relative_addresses_become_links(address: str, safe: bool) -> None:
    assert safe_address(address) == (address if safe else "")


# --- the list beside the chart ---------------------------------------------------------------------


# --- who holds what ----------------------------------------------------------------------------------


@given(SHAPES, st.integers(1, 60))
@settings(max_examples=35)
def test_every_hat_is_shown_or_counted(shape: Shape, people: int) -> None:
    dice = random.Random(shape.seed)
    owners = [f"P{dice.randrange(people)}" if dice.random() < 0.9 else "" for _ in range(shape.roles)]
    files = [
        role_file(name(at), title=f"R{at}", owner=owner, parent=name(0) if at else "")
        for at, owner in enumerate(owners)
    ]
    organisation = organise(files, today=TODAY)
    whole = people_chart(organisation)
    assert len(whole.nodes) <= MAX_NODES
    for chart, held in [
        (roles_of(organisation, person), {role.id for role in organisation.owned[person.id]})
        for person in organisation.people.values()
    ]:
        assert len(chart.nodes) <= MAX_NODES
        assert chart.nodes[0].title in owners
        shown = {node.target.id for node in chart.nodes[1:] if not node.hidden}
        assert shown <= held
        assert len(shown) + sum(node.hidden for node in chart.nodes) == len(held)
    shown_people = sum(node.style is Style.PERSON for node in whole.nodes)
    folded = [node.hidden for node in whole.nodes if node.target.kind is LinkKind.PEOPLE]
    assert shown_people + sum(folded) == len(set(owners) - {""})
    assert ("Vacant" in {node.title for node in whole.nodes}) == ("" in owners)


def test_a_hat_says_what_part_of_the_work_it_is() -> None:
    files = [
        role_file(
            "books",
            title="Books",
            owner="Orla",
            weekly_hours=Hours(min=6, max=6),
            performed_by=(Work(person="Ada", weekly_hours=Hours(min=6, max=6)),),
        )
    ]
    organisation = organise(files, today=TODAY)
    said = {
        person.name: [node.detail for node in roles_of(organisation, person).nodes]
        for person in organisation.people.values()
    }
    assert said == {"Ada": ["1 role\xa0· 6\xa0h", "6\xa0h"], "Orla": ["1 role", "Accountable"]}


def test_a_holder_with_more_seats_than_hours_is_marked() -> None:
    files = [role_file("a", title="A", owner="Ada", weekly_hours=Hours(min=50, max=50))]
    person = PersonFile("ada", "people/ada.md", PersonFields(name="Ada", weekly_capacity=40), {})
    organisation = organise(files, [person], today=TODAY)
    chart = overview(organisation, "Us")
    assert chart.nodes[0].detail == "Ada\xa0▲\xa050\xa0h"
    assert chart.legend == (("in-house", "In-house"), ("over", "Over capacity"))
    assert overview(organise(files, today=TODAY), "Us").nodes[0].detail == "Ada\xa0· 50\xa0h"
