"""Charts on paper: in cards, on one sheet where that can be read, else divided among several."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings

from charted import SHAPES, TODAY, Shape, every_holding, name, organisation_of, role_file
from rolebook.charts.layout import CARD, GAP, lay_out
from rolebook.charts.model import Chart, Style
from rolebook.charts.reporting import branch, whole
from rolebook.charts.sheets import LARGEST, LEGIBLE, Paper, Sheet, landscape, sheets
from rolebook.charts.svg import in_cards
from rolebook.organisation import Organisation, organise
from rolebook.schema.records import Hours
from rolebook.wording import initials

SVG = "{http://www.w3.org/2000/svg}"
A4 = Paper(1047.0, 660.0, 57.0)


def shown(sheet: Sheet) -> list[str]:
    """The roles on a sheet, without folds."""
    return [node.target.id for node in sheet.chart.nodes if not node.hidden]


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(in_cards(chart, landscape(chart)))


@given(SHAPES)
@settings(max_examples=10)
def test_every_role_is_on_a_sheet_and_every_fold_names_the_sheet_of_its_team(shape: Shape) -> None:
    organisation = shape.organisation()
    found = sheets(organisation, None, "Us", A4)
    assert {role for sheet in found for role in shown(sheet)} == set(organisation.roles)
    for number, sheet in enumerate(found, 1):
        for node in sheet.chart.nodes:
            if node.hidden:
                on = int(node.detail.removeprefix("Sheet "))
                assert number < on <= len(found)
                assert node.target.id in shown(found[on - 1])
                assert set(shown(found[on - 1])) & {
                    report.id for report in organisation.reports[node.target.id]
                }


@given(SHAPES)
@settings(max_examples=10)
def test_a_chart_fits_its_sheet_at_a_size_that_can_be_read(shape: Shape) -> None:
    for sheet in sheets(shape.organisation(), None, "Us", A4):
        paper = A4.turned if sheet.is_portrait else A4
        assert LEGIBLE <= sheet.scale <= LARGEST
        assert sheet.layout.width * sheet.scale <= paper.width + 0.01
        assert sheet.layout.height * sheet.scale <= paper.height + 0.01


def test_a_portrait_sheet_has_its_head_above_the_chart_too() -> None:
    assert A4.turned == Paper(717.0, 990.0, 57.0)
    assert A4.turned.turned == A4


def flat(reports: int) -> Organisation:
    return organisation_of({"top": "", **{name(at): "top" for at in range(reports)}})


def test_a_chart_of_few_roles_is_one_sheet_in_columns_below_the_top() -> None:
    organisation = organisation_of(
        {"top": "", "a": "top", "b": "top", "c": "top", "a1": "a", "a2": "a", "a3": "a1", "a4": "a1"}
    )
    (sheet,) = sheets(organisation, None, "Us", A4)
    places = {box.node.target.id: box for box in sheet.layout.boxes}
    assert places["a"].y == places["b"].y == places["c"].y > places["top"].bottom
    assert places["a"].x < places["a1"].x == places["a2"].x < places["a3"].x == places["a4"].x
    heads = [places[each] for each in "abc"]
    assert places["top"].middle == pytest.approx((heads[0].x + heads[-1].right) / 2, abs=CARD.width / 2)
    assert all(left.right + GAP <= right.x for left, right in pairwise(heads))
    assert not sheet.is_portrait
    assert sheet.heads == (organisation.roles["top"],)


def test_reports_that_one_sheet_has_no_room_for_go_on_below_the_same_role() -> None:
    found = sheets(flat(300), None, "Us", A4)
    assert len(found) < 10
    assert [shown(sheet)[0] for sheet in found] == ["top"] * len(found)
    listed = [role for sheet in found for role in shown(sheet)[1:]]
    assert listed == [name(at) for at in range(300)]
    assert not any(node.hidden for sheet in found for node in sheet.chart.nodes)


def test_small_teams_share_a_sheet() -> None:
    parents = {"top": ""}
    for head in range(12):
        parents |= {f"h{head:02}": "top", **{f"h{head:02}x{at}": f"h{head:02}" for at in range(8)}}
    found = sheets(organisation_of(parents), None, "Us", A4)
    assert len(found) < 6
    assert [role.id for sheet in found[1:] for role in sheet.heads] == [f"h{head:02}" for head in range(12)]


def test_a_chain_goes_on_from_sheet_to_sheet() -> None:
    chain = {name(at): name(at - 1) if at else "" for at in range(120)}
    found = sheets(organisation_of(chain), None, "Us", A4)
    assert [each for sheet in found for each in shown(sheet)][:3] == [name(0), name(1), name(2)]
    assert 120 / len(found) > 8, "many of them are on each sheet"


def test_the_chart_of_a_role_begins_with_it_and_leaves_out_the_rest() -> None:
    organisation = organisation_of({"top": "", "a": "top", "b": "top", "a1": "a", "a2": "a1"})
    (sheet,) = sheets(organisation, organisation.roles["a"], "A", A4)
    assert shown(sheet) == ["a", "a1", "a2"]
    assert sheet.chart.title == "Organisation chart of A"
    chart = branch(organisation, organisation.roles["a"])
    assert [(node.target.id, node.parent, node.here) for node in chart.nodes] == [
        ("a", None, True),
        ("a1", 0, False),
        ("a2", 1, False),
    ]


def test_several_tops_stand_beside_each_other() -> None:
    (sheet,) = sheets(organisation_of({"one": "", "two": "", "under": "two"}), None, "Us", A4)
    assert shown(sheet) == ["one", "two", "under"]
    assert sheet.heads == ()


def test_a_dotted_line_is_drawn_where_both_roles_are_on_the_sheet() -> None:
    files = [
        role_file("top"),
        role_file("a", parent="top"),
        role_file("b", parent="top", also_reports_to=("a",)),
    ]
    (sheet,) = sheets(organise(files, today=TODAY), None, "Us", A4)
    assert sheet.chart.dotted == ((1, 2),)


def test_a_picture_is_somewhat_wider_than_high() -> None:
    parents = {"top": "", **{name(at): "top" if at < 6 else name(at % 6) for at in range(60)}}
    layout = landscape(whole(organisation_of(parents), "Us"))
    assert layout.height < layout.width < 4 * layout.height


def test_a_card_has_a_face_and_a_bar_of_its_hours_on_one_scale() -> None:
    organisation = every_holding()
    chart = whole(organisation, "Us")
    faces = {node.target.id: node.face for node in chart.nodes}
    assert faces == {
        "owner": "A",
        "support": "B",
        "ppc": "AU",
        "ppc-eu": "+",
        "video": "…",
        "fax": "–",
        "safety": "B",
    }
    lengths = {node.target.id: node.share for node in chart.nodes if node.share}
    assert lengths == {"owner": 1.0, "ppc": 1.0, "safety": 1.0}
    svg = drawn(chart)
    bars = [each for each in svg.iter(f"{SVG}rect") if "rb-hours" in each.get("class", "")]
    assert [each.get("width") for each in bars] == ["72"] * 3
    circles = [each.get("class") for each in svg.iter(f"{SVG}circle")]
    assert circles == [f"rb-face rb-{node.style}" for node in chart.nodes]


def test_short_hours_still_have_a_bar_and_none_have_none() -> None:
    hours = [("top", 100.0), ("half", 50.0), ("short", 0.5), ("none", None)]
    files = [
        role_file(
            role, parent="" if role == "top" else "top", weekly_hours=value and Hours(min=value, max=value)
        )
        for role, value in hours
    ]
    bars = [
        each
        for each in drawn(whole(organise(files, today=TODAY), "Us")).iter(f"{SVG}rect")
        if each.get("height") == "4"
    ]
    assert sorted(float(each.get("width", "")) for each in bars) == [2.0, 36.0, 72.0]


def test_the_boxes_of_cards_have_room_for_their_text_and_stand_apart() -> None:
    chart = whole(flat(40), "Us")
    layout = lay_out(chart, 2000, CARD)
    assert {box.width for box in layout.boxes} == {CARD.width}
    rows: dict[float, list[float]] = {}
    for box in layout.boxes:
        rows.setdefault(box.y, []).append(box.x)
    for xs in rows.values():
        assert all(right - left >= CARD.width + GAP - 0.01 for left, right in pairwise(sorted(xs)))
    assert layout.width <= 2000


def test_a_fold_has_no_face() -> None:
    folds = [node for node in sheets(flat(1), None, "Us", A4)[0].chart.nodes if node.style is Style.FOLD]
    assert folds == []


@pytest.mark.parametrize(
    ("full", "short"),
    [("Ada Lovelace", "AL"), ("Ada", "A"), ("Ada van der Berg", "AB"), ("(Ada) Berg", "B"), ("—", "")],
)
def test_initials_are_those_of_the_first_and_the_last_word(full: str, short: str) -> None:
    assert initials(full) == short
