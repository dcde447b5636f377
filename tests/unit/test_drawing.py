"""Charts drawn at build time: where boxes stand, what they say, where they lead."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from playwright.sync_api import Browser

from charted import (
    ADVERSARIAL,
    SHAPES,
    TODAY,
    Shape,
    charts_of,
    every_holding,
    name,
    organisation_of,
    role_file,
)
from rolebook.charts.layout import BOX, CARD, COLUMN, DETAIL, GAP, PADDING, PLAIN, TITLE, Layout, lay_out
from rolebook.charts.model import Chart
from rolebook.charts.reporting import overview, whole
from rolebook.charts.sheets import landscape
from rolebook.charts.svg import (
    CARD_STYLE,
    STYLE,
    drawing,
    in_cards,
    in_cards_of_html,
    picture,
    self_contained,
)
from rolebook.charts.text import lines, width
from rolebook.language import language, written_in
from rolebook.organisation import organise
from rolebook.pages.assets import asset

SVG = "{http://www.w3.org/2000/svg}"


def overlapping(layout: Layout) -> list[tuple[str, str]]:
    """Pairs of boxes without a gap, found by comparing each with those that begin above its end."""
    found = []
    boxes = sorted(layout.boxes, key=lambda box: box.y)
    for place, box in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other.y >= box.bottom:
                break
            if abs(box.x - other.x) < BOX + GAP - 0.01:
                found.append((box.node.title, other.node.title))
    return found


@given(SHAPES)
@settings(max_examples=15)
def test_boxes_stand_apart_inside_the_picture_and_below_what_they_hang_on(shape: Shape) -> None:
    for chart in charts_of(shape.organisation()):
        layout = lay_out(chart)
        assert overlapping(layout) == []
        for box in layout.boxes:
            assert box.x >= 0 and box.y >= 0
            assert box.x + BOX <= layout.width and box.bottom <= layout.height
            if box.node.parent is not None:
                assert box.y > layout.boxes[box.node.parent].bottom


@given(SHAPES)
@settings(max_examples=15)
def test_a_chart_fits_the_text_column_at_its_natural_size(shape: Shape) -> None:
    for chart in charts_of(shape.organisation()):
        assert lay_out(chart).width <= COLUMN
    assert min(TITLE, DETAIL) >= 12


@given(SHAPES)
@settings(max_examples=15)
def test_a_line_leads_from_each_box_to_the_one_above_it_and_through_no_other(shape: Shape) -> None:
    for chart in charts_of(shape.organisation()):
        layout = lay_out(chart)
        below = [box for box in layout.boxes if box.node.parent is not None]
        assert len(layout.lines) == len(below)
        ends = {points[-1] for points in layout.lines}
        for box in below:
            assert {(box.middle, box.y), (box.x, box.y + box.height / 2)} & ends
        for points in layout.lines:
            for (x, y), (goal_x, goal_y) in pairwise(points):
                assert x == goal_x or y == goal_y, "lines run straight"
                for box in layout.boxes:
                    beside = max(x, goal_x) <= box.x or min(x, goal_x) >= box.x + BOX
                    above_or_below = max(y, goal_y) <= box.y or min(y, goal_y) >= box.bottom
                    assert beside or above_or_below, f"a line through {box.node.title}"


def test_a_poster_of_many_roles_is_about_as_wide_as_asked() -> None:
    parents = {"top": "", **{name(at): "top" if at < 30 else name(at % 30) for at in range(900)}}
    whole = whole_of(parents)
    narrow, wide = lay_out(whole, 2000), lay_out(whole, 6000)
    assert narrow.width <= 2000 < wide.width <= 6000
    assert narrow.height > 2 * wide.height


def test_a_chain_of_two_thousand_is_drawn() -> None:
    chain = {name(at): name(at - 1) if at else "" for at in range(2000)}
    assert len(lay_out(whole_of(chain), 1000).boxes) == 2000


def whole_of(parents: dict[str, str]) -> Chart:
    return whole(organisation_of(parents), "Us")


def texts(svg: str) -> list[str]:
    return [" ".join(part.text or "" for part in text) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_box_says_who_holds_the_seat_and_leads_to_it() -> None:
    chart = overview(every_holding(), "Us")
    svg = ET.fromstring(drawing(chart, lambda node: f"../roles/{node.target.id}/#direct-reports"))
    links = list(svg.iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == [
        f"../roles/{node.target.id}/#direct-reports" for node in chart.nodes
    ]
    labels = {link.get("aria-label") for link in links}
    assert {"Owner, Ada\xa0· 8–10\xa0h", "Customer support, Bo · 3 seats"} <= labels
    assert "PPC (Google & Meta) Ads R Us\xa0· 8–10\xa0h" in texts(str(drawing(chart)))


def test_a_linked_box_is_not_read_out_twice() -> None:
    chart = overview(every_holding(), "Us")
    for svg, hidden in ((drawing(chart, lambda node: "x"), "true"), (drawing(chart), None)):
        assert {text.get("aria-hidden") for text in ET.fromstring(svg).iter(f"{SVG}text")} == {hidden}


def test_a_picture_stands_alone() -> None:
    chart = whole(every_holding(), "Us")
    svg = picture(chart, landscape(chart))
    assert svg.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns=')
    assert "<style>" in svg
    assert "href" not in svg and "foreignObject" not in svg and "var(" not in svg


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_a_drawing_is_sound_whatever_was_written(text: str) -> None:
    files = [role_file("a", title=text or "a", owner=text), role_file("b", title=text or "b", parent="a")]
    svg = ET.fromstring(drawing(overview(organise(files, today=TODAY), "Us"), lambda node: "../a/"))
    names = {element.tag.rpartition("}")[2] for element in svg.iter()}
    assert names <= {"svg", "path", "rect", "text", "tspan", "foreignObject", "a"}


def test_long_words_are_broken_and_long_titles_end_with_an_ellipsis() -> None:
    room = BOX - 2 * PADDING
    assert lines("Pay-per-click", room, TITLE, 3) == ("Pay-per-click",)
    broken = lines("Donaudampfschifffahrtsgesellschaftskapitän", room, TITLE, 3)
    assert len(broken) > 1 and "".join(broken) == "Donaudampfschifffahrtsgesellschaftskapitän"
    long = lines("word " * 50, room, TITLE, 3)
    assert len(long) == 3 and long[-1].endswith("…")
    assert all(width(line, TITLE) <= room for line in (*broken, *long))


WIDE = [
    "WWWWWWWW MMMMMMMM WWWWW",
    "HEAD OF CAPITALS AND QUARTERLY MANAGEMENT",
    "##################",
    "日本語の長い役職名 マネージャー",
    "Ärzteöffnungsübungsplätze",
    "Менеджер по закупкам",
    "مدير المشتريات العام",
    "👩‍💻 Head of 🚀🚀🚀🚀🚀🚀🚀🚀🚀",
]


@pytest.mark.parametrize(
    ("drawn", "room"),
    [
        (lambda chart: self_contained(chart, 4000), BOX - 4),
        (lambda chart: in_cards(chart, lay_out(chart, 4000, CARD)), CARD.room + PADDING - 2),
    ],
    ids=["box", "card"],
)
def test_every_line_fits_into_its_box(browser: Browser, drawn: Callable[[Chart], str], room: float) -> None:
    titles = [*WIDE, *ADVERSARIAL]
    files = [role_file(f"r{at}", title=title or "x", owner=title) for at, title in enumerate(titles)]
    svg = drawn(whole(organise(files, today=TODAY), "Us"))
    page = browser.new_page()
    page.set_content(svg)
    found = page.evaluate(
        """() => [...document.querySelectorAll("tspan")]
            .map(line => [line.getComputedTextLength(), line.textContent])"""
    )
    page.close()
    assert len(found) > len(titles)
    assert [text for width, text in found if width > room] == []


@pytest.mark.parametrize(
    "styles",
    [STYLE, CARD_STYLE, asset("rolebook.css").read_text(encoding="utf-8")],
    ids=["document", "cards", "site"],
)
def test_text_is_as_large_as_its_boxes_were_made_for(styles: str) -> None:
    for part, size in (("rb-name", TITLE), ("rb-quiet", DETAIL)):
        rule = re.search(rf"\.rb-drawing \.{part} {{([^}}]*)}}", styles)
        assert rule and f"font-size: {size:g}px" in rule[1]


def corners(path: str) -> list[list[tuple[float, float]]]:
    """The points of each line as a browser reads them: M begins one, H goes across, V up or down."""
    found: list[list[tuple[float, float]]] = []
    for command, first, second in re.findall(r"([MHV])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if command == "M":
            found.append([(float(first), float(second))])
        else:
            x, y = found[-1][-1]
            found[-1].append((float(first), y) if command == "H" else (x, float(first)))
    return found


@given(SHAPES)
@settings(max_examples=10)
def test_lines_are_drawn_from_point_to_point(shape: Shape) -> None:
    for chart in charts_of(shape.organisation()):
        path = ET.fromstring(drawing(chart)).find(f"{SVG}path")
        assert path is not None
        lines = [[(float(f"{x:.1f}"), float(f"{y:.1f}")) for x, y in line] for line in lay_out(chart).lines]
        straight = [[line[0], *(b for a, b in pairwise(line) if a != b)] for line in lines]
        assert corners(path.get("d") or "") == straight


def test_a_team_s_box_has_room_for_its_members_two_leads_and_hours() -> None:
    (only,) = overview(organisation_of({"a": ""}), "Us").nodes
    detail = "Team · 14 members · led by Maya Brennan, Ursula Abernathy and 2 more · 12 h"
    node = replace(only, detail=detail)
    assert " ".join(lay_out(Chart("Us", "", (node,))).boxes[0].detail) == detail


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Łukasz Wiśniewski\u00a0▲\u00a07.5–12.5\u00a0h", ("Łukasz", "Wiśniewski", "▲ 7.5–12.5\u00a0h")),
        ("Maya\u00a0▲\u00a05\u00a0h", ("Maya\u00a0▲\u00a05\u00a0h",)),
        ("Wilhelmina\u00a0Featherstone", ("Wilhelmina", "Featherstone")),
    ],
)
def test_a_line_is_broken_between_words_and_never_in_a_number(text: str, broken: tuple[str, ...]) -> None:
    assert lines(text, 100, 12, 4) == tuple(each.replace("▲ ", "▲\u00a0") for each in broken)


def chart_of(title: str) -> Chart:
    role = role_file("only", title=title)
    return whole(organise([role], [], None, today=TODAY), "")


def test_a_title_of_seventy_letters_is_whole_on_a_card() -> None:
    title = "Senior programme manager, international partnerships and development"
    for size in (PLAIN, CARD):
        (box,) = lay_out(chart_of(title), size=size).boxes
        assert " ".join(box.title) == title


def test_texts_in_a_pdf_are_html_over_the_drawing() -> None:
    chart = chart_of("ניהול מוצר")
    html = in_cards_of_html(chart, lay_out(chart, size=CARD), 0.5)
    assert "<text" not in html and "<tspan" not in html
    assert re.search(
        r'<div class="title" style="left: [0-9.]+px; top: [0-9.]+px; font-size: 6.50px">ניהול מוצר<', html
    )


def test_from_right_to_left_a_chart_is_the_same_turned_over() -> None:
    chart = whole_of({"top": "", "a": "top", "b": "top", "c": "b"})
    flat = lay_out(chart, 1000, CARD)
    drawn = in_cards(chart, flat)
    with written_in(language("he")):
        turned = in_cards(chart, flat)
        over = in_cards_of_html(chart, flat, 1)
    assert 'direction="rtl"' in turned and "direction" not in drawn
    assert "right: " in over and "left: " not in over
    place = re.compile(r'<rect class="rb-card[^"]*" x="([\d.]+)"')
    before, after = (sorted(map(float, place.findall(each))) for each in (drawn, turned))
    assert len(before) == 4
    assert after == pytest.approx(sorted(flat.width - CARD.width - x for x in before), abs=0.2)
