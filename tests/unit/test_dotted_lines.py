"""Dotted lines: whom a role reports to besides its parent, in data, charts and documents."""

import datetime as dt
import itertools
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook.charts.dotted import crosses
from rolebook.charts.layout import BOX, COLUMN, DROP, GAP, lay_out
from rolebook.charts.mermaid import flowchart
from rolebook.charts.model import Chart, LinkKind, Node, Style, Target, card_node
from rolebook.charts.people import people
from rolebook.charts.reporting import MAX_DOTTED, department, neighbourhood, overview, whole
from rolebook.charts.svg import drawing
from rolebook.documents import job_post, pack
from rolebook.organisation import Organisation, RoleFile, organise, roles_named
from rolebook.organisation.words import TITLES, titles
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import values_of
from rolebook.schema.records import PERSON, ROLE, Outsource, Reporting, RoleFields, Tool, Work
from rolebook.views.cards import Cards
from rolebook.visibility.view import view_for

TODAY = dt.date(2027, 1, 15)


def role_file(role_id: str, **values: object) -> RoleFile:
    fields = RoleFields(**{"title": role_id.capitalize(), **values})  # type: ignore[arg-type]
    return RoleFile(role_id, f"roles/{role_id}.md", fields, {})


def of(*files: RoleFile) -> Organisation:
    return organise(files, today=TODAY)


def ids(roles: object) -> list[str]:
    return [role.id for role in roles]  # type: ignore[attr-defined]


COMPANY = of(
    role_file("boss"),
    role_file("art", parent="boss", also_reports_to=("shop",)),
    role_file("shop", parent="boss", also_reports_to=("art",)),
    role_file("till", parent="shop", also_reports_to=("boss", "art", "boss", "till", "shop", "nobody")),
)


# --- what is declared ------------------------------------------------------------------------------


def test_references_are_found_by_their_declared_kind_in_lists_and_groups() -> None:
    fields = RoleFields(
        parent="boss",
        also_reports_to=("art", "shop"),
        owner="Ann",
        performed_by=(Work(person="Ben"), Work(person="Cy")),
        lead=("Di",),
        tools=(Tool(name="Till", admin="Ed"),),
        outsource=Outsource(to="Flo"),
        reporting=Reporting(to="till", cadence="boss"),
    )
    assert [*roles_named(fields)] == [
        ("parent", "boss"),
        ("also_reports_to.0", "art"),
        ("also_reports_to.1", "shop"),
        ("reporting.to", "till"),
    ]
    assert [*values_of(fields, ROLE)] == [*roles_named(fields)]
    assert [*values_of(fields, PERSON)] == [
        ("owner", "Ann"),
        ("performed_by.0.person", "Ben"),
        ("performed_by.1.person", "Cy"),
        ("lead.0", "Di"),
        ("outsource.to", "Flo"),
        ("tools.0.admin", "Ed"),
    ]


def test_a_role_that_names_nobody_has_no_references() -> None:
    assert [*roles_named(RoleFields(title="Boss"))] == []


# --- what counts -----------------------------------------------------------------------------------


def test_a_dotted_line_counts_once_and_not_to_the_parent_the_role_itself_or_nobody() -> None:
    assert {role: ids(above) for role, above in COMPANY.also_above.items()} == {
        "art": ["shop"],
        "shop": ["art"],
        "till": ["boss", "art"],
    }
    assert {role: ids(below) for role, below in COMPANY.also_below.items()} == {
        "shop": ["art"],
        "art": ["shop", "till"],
        "boss": ["till"],
    }


def test_a_dotted_line_moves_nobody_in_the_tree_and_makes_no_circle() -> None:
    assert [role.id for _, role in COMPANY.tree] == ["boss", "art", "shop", "till"]
    assert COMPANY.cycles == () and ids(COMPANY.tops) == ["boss"]


def test_the_first_titles_are_named_and_the_rest_is_counted() -> None:
    roles = [*of(*(role_file(each) for each in "abcde")).roles.values()]
    assert titles([]) == ""
    assert titles(roles[:TITLES]) == "A, B and C"
    assert titles(roles[: TITLES + 1]) == "A, B, C and 1 more"


# --- who sees it -----------------------------------------------------------------------------------


def test_outsiders_read_no_role_that_is_not_there_today() -> None:
    files = (
        role_file("boss"),
        role_file("planned", parent="boss", status="planned"),
        role_file("retired", parent="boss", status="retired"),
        role_file("shop", parent="boss"),
        role_file("art", parent="planned", also_reports_to=("planned", "retired", "shop", "boss")),
    )
    inside, seen = of(*files), view_for(of(*files), Audience.PUBLIC)
    assert ids(inside.also_above["art"]) == ["retired", "shop", "boss"]
    art = seen.organisation.roles["art"]
    assert art.fields.parent == "boss", "the planned role between them is not shown"
    assert art.fields.also_reports_to == ("shop",)
    assert ids(seen.organisation.also_above["art"]) == ["shop"]


def test_a_job_description_says_to_whom_else_the_role_reports() -> None:
    seen = view_for(COMPANY, Audience.PUBLIC)
    terms = {role: job_post.compose(seen, role, "The Mill").terms for role in COMPANY.roles}
    assert terms["boss"] == ()
    assert terms["art"] == ("You report to Boss.", "You also report to Shop.")
    assert terms["till"] == ("You report to Shop.", "You also report to Boss and Art.")


def test_a_pack_says_to_whom_else_the_role_reports() -> None:
    seen = view_for(COMPANY, Audience.CONTRACTOR)
    glance = {role: pack.compose(seen, role, "The Mill").document.parts[0].html for role in COMPANY.roles}
    assert "Also reports to" not in glance["boss"]
    assert "<li><em>Also reports to:</em> Boss, Art</li>" in glance["till"]


# --- charts ----------------------------------------------------------------------------------------


def lines(chart: Chart) -> list[tuple[str, str]]:
    return [(chart.nodes[above].target.id, chart.nodes[below].target.id) for above, below in chart.dotted]


def test_charts_have_the_dotted_lines_between_the_roles_that_they_show() -> None:
    every = [("shop", "art"), ("art", "shop"), ("boss", "till"), ("art", "till")]
    assert lines(overview(COMPANY, "Us")) == every
    assert lines(whole(COMPANY, "Us")) == every
    assert lines(department(COMPANY, COMPANY.roles["shop"])) == [], "the others are not on it"
    assert lines(neighbourhood(COMPANY, COMPANY.roles["till"])) == [("boss", "till")]
    assert people(COMPANY).dotted == ()


def test_a_chart_s_description_says_to_whom_else_its_role_reports() -> None:
    described = {role.id: neighbourhood(COMPANY, role).description for role in COMPANY.roles.values()}
    assert described["till"].startswith("Till reports to Shop, and also to Boss and Art; ")
    assert described["boss"].startswith("Boss reports to nobody; ")


def test_the_legend_explains_dotted_lines_where_there_are_some() -> None:
    assert ("dotted", "Also reports to") in overview(COMPANY, "Us").legend
    assert "dotted" not in dict(department(COMPANY, COMPANY.roles["shop"]).legend)


def test_mermaid_draws_dotted_lines_dotted() -> None:
    source = flowchart(overview(COMPANY, "Us"), lambda node: "")
    assert re.findall(r"^n\d+ -\.- n\d+$", source, re.MULTILINE) == [
        "n2 -.- n1",
        "n1 -.- n2",
        "n0 -.- n3",
        "n1 -.- n3",
    ]


def test_mermaid_gets_dotted_lines_from_the_upper_level_to_the_lower() -> None:
    nodes = tuple(
        Node("x", Style.TEAM, Target(LinkKind.ROLE, str(at)), above)
        for at, above in enumerate([None, 0, 1, 0])
    )
    source = flowchart(Chart("", "", nodes, ((2, 3), (0, 2), (3, 1))), lambda node: "")
    assert re.findall(r"n\d -\.- n\d", source) == ["n3 -.- n2", "n0 -.- n2", "n3 -.- n1"]


@pytest.mark.parametrize("number", [MAX_DOTTED, MAX_DOTTED + 1])
def test_a_chart_on_a_page_has_no_more_dotted_lines_than_can_be_followed(number: int) -> None:
    pairs = list(itertools.permutations(range(9), 2))[:number]
    above = {below: tuple(f"r{up}" for up, each in pairs if each == below) for below in range(9)}
    crowd = (role_file(f"r{at}", parent="boss", also_reports_to=above[at]) for at in range(9))
    organisation = of(role_file("boss"), *crowd)
    for page in (overview(organisation, "Us"), department(organisation, organisation.roles["boss"])):
        assert len(page.dotted) == MAX_DOTTED
    assert len(whole(organisation, "Us").dotted) == number, "an export leaves nothing out"


def test_a_hostile_title_stays_text_in_every_form() -> None:
    evil = '<b onclick="x">"]; click n0'
    organisation = of(
        role_file("boss"),
        role_file("evil", title=evil, parent="boss"),
        role_file("art", parent="boss", also_reports_to=("evil",)),
    )
    chart = overview(organisation, "Us")
    forms = [drawing(chart), cards(organisation)]
    assert not any("<b " in form for form in forms)


def placed(shape: list[int | None], *dotted: tuple[int, int]) -> Chart:
    nodes = (Node("x", Style.TEAM, Target(LinkKind.ROLE, str(at)), above) for at, above in enumerate(shape))
    return Chart("", "", tuple(nodes), dotted)


def test_a_dotted_line_leads_down_beside_the_solid_ones() -> None:
    layout = lay_out(placed([None, 0, 0, 0], (0, 1)))
    top, below = layout.boxes[:2]
    (start, *bends, end), beside = layout.dotted[0], DROP / 2
    assert start == (top.middle + beside, top.bottom) and end == (below.middle + beside, below.y)
    assert [x for x, _ in bends] == [start[0], end[0]] and bends[0][1] == bends[1][1]
    assert layout.dotted == lay_out(placed([None, 0, 0, 0], (1, 0))).dotted, "it has no direction"


@st.composite
def shapes(draw: st.DrawFn) -> Chart:
    """A tree of up to 24 boxes, and dotted lines between any of them."""
    number = draw(st.integers(3, 24))
    above: list[int | None] = [None, *(draw(st.integers(0, at)) for at in range(number - 1))]
    places = st.integers(0, number - 1)
    pairs = draw(st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1]), max_size=6))
    return placed(in_order(above), *pairs)


def in_order(above: list[int | None]) -> list[int | None]:
    """The same tree with each box right before those below it."""
    below: dict[int | None, list[int]] = {}
    for at, over in enumerate(above):
        below.setdefault(over, []).append(at)
    order: list[int] = []
    to_come = [0]
    while to_come:
        order.append(at := to_come.pop())
        to_come += below.get(at, [])
    new = {at: place for place, at in enumerate(order)}
    return [None if (over := above[at]) is None else new[over] for at in order]


@given(shapes(), st.sampled_from([COLUMN, 400.0, 2000.0]), st.booleans())
def test_no_dotted_line_runs_behind_a_third_box_where_there_is_a_way_around(
    chart: Chart, width: float, in_columns: bool
) -> None:
    layout = lay_out(chart, width, in_columns=in_columns)
    assert len(layout.dotted) + len(layout.detours) == len(chart.dotted)
    for detour in layout.detours:
        assert not crosses(detour, layout.boxes)
        assert all(x == to_x or y == to_y for (x, y), (to_x, to_y) in pairwise(detour))
    for x, y in (point for line in (*layout.detours, *layout.dotted) for point in line):
        assert 0 <= x <= layout.width and 0 <= y <= layout.height


def test_a_dotted_line_to_somebody_two_levels_below_leads_around_the_one_between() -> None:
    layout = lay_out(placed([None, 0, 1], (0, 2)))
    assert layout.dotted == ()
    (way,) = layout.detours
    assert way[0][1] == layout.boxes[0].bottom and way[-1][1] == layout.boxes[2].y
    assert 'class="rb-dotted" d="M' in drawing(placed([None, 0, 1], (0, 2)))


def test_a_dotted_line_between_neighbours_is_short_and_one_over_others_leads_below_them() -> None:
    layout = lay_out(placed([None, 0, 0, 0], (1, 2), (3, 1)))
    _, left, middle, right = layout.boxes
    ((near, far),) = zip(layout.dotted, layout.detours, strict=True)
    assert near[0] == (left.x + BOX, left.y + left.height / 2) and near[-1][0] == middle.x
    assert near[-1][0] - near[0][0] == GAP
    assert {y for _, y in near} == {left.y + left.height / 2}
    assert far[0] == (left.middle + DROP / 2, left.bottom)
    assert far[-1] == (right.middle + DROP / 2, right.bottom)
    assert max(y for _, y in far) == left.bottom + DROP / 4 < layout.height


def test_a_drawing_has_a_path_for_dotted_lines_only_where_there_are_some() -> None:
    assert 'class="rb-dotted"' not in drawing(placed([None, 0]))
    drawn = drawing(placed([None, 0, 0], (1, 2)))
    assert re.search(r'<path class="rb-dotted" d="M[\d.]+ [\d.]+C[\d. ]+"/><rect', drawn)


# --- cards -----------------------------------------------------------------------------------------


def cards(organisation: Organisation) -> str:
    shown = Cards(
        organisation,
        False,
        href=lambda role: f"{role.id}/",
        photo_href=lambda person: "",
        job_href=lambda role: "",
        branch_hrefs=lambda role: [],
        leads=lambda target: "",
    )
    return str(shown.tree(organisation.tops, frozenset()))


def test_a_card_says_to_whom_else_the_role_reports() -> None:
    found = re.findall(r'<span class="rb-also">(.*?)</span>', cards(COMPANY))
    assert found == ["Also reports to Shop", "Also reports to Art", "Also reports to Boss and Art"]


def test_a_card_of_a_chart_that_is_a_file_says_it_too() -> None:
    nodes = {role_id: card_node(COMPANY, role).detail for role_id, role in COMPANY.roles.items()}
    assert [each.partition("Also reports to ")[2] for each in nodes.values() if "Also" in each] == [
        *("Shop", "Art", "Boss and Art")
    ]
