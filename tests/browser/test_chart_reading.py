"""Charts in the hands of a reader: by mouse, finger, keyboard, on paper, without a script, from a disk."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import SCREENS, Reader, served
from projects import write
from sites import HOME, build_site

HANDS = "".join(f"  a{place}[Pair of hands {place}] --> a{place + 1}\n" for place in range(20))
AUTHORED = f"""\
# Home

```mermaid
graph TD
  here["1 < 2 & 3"] --> there
  click here href "roles/owner.html" "The owner"
```

```mermaid
graph LR
{HANDS}```

```mermaid
graph LR
  this is --- no [chart
```
"""
IN_A_ROLE = """
```mermaid
graph LR
  order --> bake
```

```mermaid
graph LR
  order["<img src=//elsewhere.example/x.png>"] --> bake
```
"""
"""A chart, and one that Rolebook does not let Mermaid draw."""
COPY = "Copy Mermaid source"


@pytest.fixture(scope="module")
def authored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a handbook whose author drew charts, to be opened from a disk."""
    root = tmp_path_factory.mktemp("authored")
    files = {"content/index.md": AUTHORED, "roles/owner.md": f"---\ntitle: Owner\n---\n{IN_A_ROLE}"}
    site, _ = build_site(write(root, HOME | files), use_directory_urls=False)
    return site


@pytest.fixture
def phone(browser: Browser, base: str) -> Iterator[Page]:
    """The sample's chart on a phone, where it is wider than the screen."""
    reader = Reader(browser, base, **SCREENS["phone"])
    page = reader.open("org-chart/")
    to_the_diagram(page)
    page.get_by_role("button", name="Zoom in").wait_for()
    yield page
    assert reader.complaints == []
    reader.close()


def to_the_diagram(page: Page) -> None:
    """Bring the diagram to the top of the screen, with room below it to scroll on."""
    page.add_style_tag(content=".md-footer { margin-top: 40rem }")
    page.locator("#as-a-diagram").evaluate("each => each.scrollIntoView({ behavior: 'instant' })")


def place(page: Page) -> dict[str, float]:
    """Where the first chart and the view on it are."""
    settled(page)
    found: dict[str, float] = page.evaluate(
        """() => { const view = document.querySelector(".rb-chart-view")
                   const chart = view.firstElementChild.getBoundingClientRect()
                   const seen = view.getBoundingClientRect()
                   return { left: chart.left - seen.left, right: seen.right - chart.right, width: chart.width,
                            seen: seen.width, height: chart.height, view: seen.height } }"""
    )
    return found


def settled(page: Page) -> None:
    """Wait until what was asked for is drawn."""
    page.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )


def box(page: Page, text: str) -> tuple[float, float]:
    """The middle of a node."""
    found = page.locator("div.mermaid a", has_text=text).first.bounding_box()
    assert found is not None
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


# --- copying ---------------------------------------------------------------------------------------


# Where a page came over plain http, as on an intranet, browsers give its scripts no clipboard.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


def copied(reader: Reader, which: int = 0) -> str:
    """What the reader pastes after copying a chart."""
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    figure = reader.page.locator("figure.rb-chart").nth(which)
    figure.get_by_role("button", name=COPY).click()
    expect(figure.get_by_role("status")).to_have_text("Copied")
    elsewhere = reader.context.new_page()
    elsewhere.goto(reader.base)
    pasted = str(elsewhere.evaluate("navigator.clipboard.readText()"))
    elsewhere.close()
    return pasted


def test_copied_source_is_a_fenced_block_that_leads_to_this_site(reader: Reader, base: str) -> None:
    page = reader.open("org-chart/marketing/")
    text = copied(reader)
    assert re.fullmatch(r"```mermaid\n---\nconfig:\n.*\n```\n", text, re.DOTALL)
    linked = re.findall(r'^click n\d+ href "(.*)"$', text, re.MULTILINE)
    cards = page.locator(".rb-card > a:not(.rb-apply)")
    assert set(linked) == set(cards.evaluate_all("links => links.map(link => link.href)"))
    assert all(address.startswith(base) for address in linked)
    drawn = page.evaluate("text => mermaid.render('copied', text).then(({svg}) => svg)", text[11:-5])
    assert "PPC management" in drawn


def test_copied_source_of_an_author_is_what_was_written(browser: Browser, authored: Path) -> None:
    with served(authored) as address:
        reader = Reader(browser, address, **SCREENS["light"])
        reader.page.add_init_script(NO_CLIPBOARD)
        reader.page.goto(f"{address}index.html")
        reader.page.get_by_role("button", name=COPY).nth(1).wait_for()
        assert copied(reader) == (
            '```mermaid\ngraph TD\n  here["1 < 2 & 3"] --> there\n'
            f'  click here href "{address}roles/owner.html" "The owner"\n```\n'
        )
        reader.close()


# --- links -----------------------------------------------------------------------------------------


def test_a_click_on_a_node_does_not_load_the_page_anew(reader: Reader) -> None:
    page = reader.open("org-chart/")
    reader.mark()
    page.locator("div.mermaid a", has_text="Shipping").click()
    page.wait_for_selector("h1:has-text('Shipping')")
    page.go_back()
    page.wait_for_selector(".rb-cards")
    reader.wait_for_charts()
    page.locator("div.mermaid a", has_text="Fulfilment").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Fulfilment')")
    assert page.evaluate("window.stayed")


def test_a_click_with_the_control_key_opens_another_tab(reader: Reader) -> None:
    page = reader.open("org-chart/")
    with reader.context.expect_page() as opened:
        page.locator("div.mermaid a", has_text="Shipping").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/roles/fulfilment/shipping/")
    assert page.url.endswith("/org-chart/")


# --- keyboard --------------------------------------------------------------------------------------


def test_every_node_gets_the_keyboard_in_tree_order_and_is_seen_then(phone: Page) -> None:
    phone.locator(".rb-chart-view").focus()
    listed = phone.locator(".rb-cards .rb-card > a:not(.rb-apply)").all_inner_texts()
    assert len(listed) == 21
    reached = []
    for _ in listed:
        phone.keyboard.press("Tab")
        settled(phone)
        node = phone.evaluate(
            """() => { const node = document.activeElement.shadowRoot.activeElement
                       const [box, seen] = [node, document.querySelector(".rb-chart-view")].map(
                           each => each.getBoundingClientRect())
                       return { text: node.textContent.trim(), outline: getComputedStyle(node).outlineStyle,
                                seen: box.left >= seen.left && box.right <= seen.right
                                   && box.top >= 0 && box.bottom <= innerHeight } }"""
        )
        assert node["seen"], node
        assert node["outline"] == "solid"
        reached.append(node["text"])
    assert all(text.startswith(title) for text, title in zip(reached, listed, strict=True)), reached


def test_arrow_keys_move_a_wide_chart(phone: Page) -> None:
    phone.locator(".rb-chart-view").focus()
    phone.keyboard.press("ArrowRight")
    assert place(phone)["left"] == pytest.approx(-60, abs=1)
    phone.keyboard.press("ArrowLeft")
    assert place(phone)["left"] == pytest.approx(0, abs=1)


# --- zoom ------------------------------------------------------------------------------------------


def test_buttons_zoom_and_show_the_whole_chart(phone: Page) -> None:
    before = place(phone)
    phone.get_by_role("button", name="Zoom in").click()
    larger = place(phone)
    assert larger["width"] == pytest.approx(1.3 * before["width"], rel=0.01)
    assert larger["view"] == pytest.approx(larger["height"], abs=1)
    phone.get_by_role("button", name="Zoom out").click()
    assert place(phone)["width"] == pytest.approx(before["width"], rel=0.01)
    phone.get_by_role("button", name="Fit to width").click()
    whole = place(phone)
    assert whole["width"] == pytest.approx(whole["seen"], abs=1)
    assert whole["left"] == pytest.approx(0, abs=1)


def test_axe_finds_nothing_serious_in_a_chart_that_zooms(browser: Browser, base: str) -> None:
    for colours in ("light", "dark"):
        reader = Reader(browser, base, **SCREENS["phone"] | {"color_scheme": colours})
        reader.open("org-chart/").get_by_role("button", name="Zoom in").wait_for()
        assert reader.barriers() == []
        reader.close()


def test_a_chart_that_is_left_is_no_longer_held(phone: Page) -> None:
    phone.evaluate("window.left = document.querySelector('.rb-chart-view')")
    phone.locator("div.mermaid a", has_text="Marketing").click()
    phone.wait_for_function("!window.left.isConnected && !window.left.hasAttribute('tabindex')")


def test_a_wheel_scrolls_the_page_and_zooms_with_the_control_key(phone: Page) -> None:
    before = place(phone)
    x, y = box(phone, "Marketing")
    phone.mouse.move(x, y)
    begun = phone.evaluate("scrollY")
    phone.mouse.wheel(0, 100)
    phone.wait_for_function(f"scrollY === {begun} + 100")
    assert place(phone)["width"] == before["width"]
    x, y = box(phone, "Marketing")
    phone.mouse.move(x, y)
    phone.keyboard.down("Control")
    phone.mouse.wheel(0, -100)
    phone.keyboard.up("Control")
    phone.wait_for_function("document.querySelector('div.mermaid').style.transform.includes('1.1')")
    assert place(phone)["width"] > before["width"]
    assert box(phone, "Marketing") == (pytest.approx(x, abs=3), pytest.approx(y, abs=3))


def test_a_drag_moves_the_chart_and_opens_nothing(phone: Page) -> None:
    x, y = box(phone, "Marketing")
    phone.mouse.move(x, y)
    phone.mouse.down()
    phone.mouse.move(x - 50, y, steps=4)
    phone.mouse.up()
    assert place(phone)["left"] == pytest.approx(-50, abs=1)
    phone.mouse.move(x - 50, y)
    phone.mouse.down()
    phone.mouse.move(x - 2000, y, steps=4)
    phone.mouse.up()
    assert place(phone)["right"] == pytest.approx(0, abs=1)
    assert phone.url.endswith("/org-chart/")


def fingers(page: Page, *ways: tuple[tuple[float, float], tuple[float, float]], steps: int = 8) -> None:
    """Fingers on a touch screen, each from one point to another."""
    screen = page.context.new_cdp_session(page)

    def touch(kind: str, part: float) -> None:
        points = [{"x": x + (to_x - x) * part, "y": y + (to_y - y) * part} for (x, y), (to_x, to_y) in ways]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if part < 2 else []})

    touch("touchStart", 0)
    for step in range(1, steps + 1):
        touch("touchMove", step / steps)
        settled(page)
    touch("touchEnd", 2)
    settled(page)


def test_one_finger_scrolls_the_page_or_moves_the_chart(phone: Page) -> None:
    begun = phone.evaluate("scrollY")
    fingers(phone, ((200, 500), (200, 300)))
    phone.wait_for_function(f"scrollY > {begun} + 100")
    assert place(phone)["left"] == 0
    fingers(phone, ((300, 400), (150, 400)))
    assert place(phone)["left"] == pytest.approx(-150, abs=10)
    assert phone.url.endswith("/org-chart/")


def test_two_fingers_zoom_the_chart_and_not_the_page(phone: Page) -> None:
    before = place(phone)
    fingers(phone, ((150, 450), (50, 450)), ((200, 450), (300, 450)))
    assert place(phone)["width"] > 1.3 * before["width"]
    assert phone.evaluate("visualViewport.scale") == 1


def test_what_zooms_is_fetched_once_and_only_where_a_chart_is_wide(browser: Browser, base: str) -> None:
    for screen, times in (("light", 0), ("phone", 1)):
        reader = Reader(browser, base, **SCREENS[screen])
        fetched: list[str] = []
        reader.page.on("request", lambda request, fetched=fetched: fetched.append(request.url))
        reader.open("org-chart/")
        reader.open("org-chart/marketing/")
        reader.page.wait_for_load_state("networkidle")
        buttons = reader.page.get_by_role("button", name="Fit to width")
        expect(buttons).to_have_count(times)
        names = [url.rpartition("/")[2] for url in fetched]
        # The second page of a phone is a new document.
        assert names.count("panzoom.min.js") == names.count("chart-zoom.js") == 2 * times
        reader.close()


def test_a_chart_becomes_zoomable_when_the_window_shrinks_and_plain_when_it_grows(reader: Reader) -> None:
    page = reader.open("org-chart/")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Zoom in").click()
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(page.get_by_role("button", name="Zoom in")).to_be_hidden()
    whole = place(page)
    assert whole["width"] == pytest.approx(whole["seen"], abs=1)
    assert whole["view"] == pytest.approx(whole["height"], abs=1)


def test_a_wide_chart_scrolls_when_what_zooms_cannot_be_had(browser: Browser, base: str) -> None:
    reader = Reader(browser, base, **SCREENS["phone"])
    reader.page.route("**/panzoom.min.js", lambda route: route.abort())
    page = reader.open("org-chart/")
    page.wait_for_load_state("networkidle")
    view = page.locator(".rb-chart-view")
    assert view.evaluate("view => { view.scrollLeft = 50; return view.scrollLeft }") == 50
    assert all("ERR_FAILED" in complaint for complaint in reader.complaints)
    reader.close()


# --- paper, no script, a disk ----------------------------------------------------------------------


# A browser that prints does not tell the page's scripts how wide things have become.
PRINTER = """
const Observer = window.ResizeObserver
window.ResizeObserver = class extends Observer {
  constructor(act) { super((...seen) => matchMedia("print").matches || act(...seen)) }
}
"""


@pytest.mark.parametrize("path", ["org-chart/", "org-chart/marketing/"])
def test_paper_shows_the_whole_chart_in_dark_on_white(browser: Browser, base: str, path: str) -> None:
    paper = {"width": 390, "height": 200}
    reader = Reader(browser, base, **SCREENS["dark"] | {"viewport": paper})
    reader.page.add_init_script(PRINTER)
    page = reader.open(path)
    page.get_by_role("button", name="Zoom in").click()
    settled(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name=COPY)).to_be_hidden()
    drawn: dict[str, Any] = reader.chart(
        """svg => { const box = svg.getBoundingClientRect()
                    const view = svg.getRootNode().host.parentElement.getBoundingClientRect()
                    return { width: box.width, height: box.height, gap: box.left - view.left,
                             room: view.width - box.width, rest: view.bottom - box.bottom,
                             ink: getComputedStyle(svg.querySelector(".nodeLabel")).color } }"""
    )
    assert drawn["height"] < paper["height"]
    assert drawn["gap"] >= 0
    assert drawn["room"] >= 0
    assert drawn["rest"] >= -1
    assert max(numbers(drawn["ink"])[:3]) < 100
    page_ink = page.evaluate("getComputedStyle(document.querySelector('.md-typeset')).color")
    assert max(numbers(page_ink)[:3]) < 100
    white = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert numbers(white)[:3] == [255, 255, 255]
    reader.close()


def numbers(colour: str) -> list[float]:
    return [float(number) for number in re.findall(r"[\d.]+", colour)]


def test_without_a_script_words_stand_in_place_of_a_chart(
    browser: Browser, base: str, authored: Path
) -> None:
    reader = Reader(browser, base, **SCREENS["light"], java_script_enabled=False)
    page = reader.page
    page.goto(f"{base}org-chart/")
    expect(page.locator("noscript.rb-instead > p")).to_be_visible()
    expect(page.locator("figure.rb-chart")).to_be_hidden()
    expect(page.locator("figure.rb-chart + .rb-legend")).to_be_hidden()
    expect(page.locator(".rb-card > a").first).to_be_visible()
    reader.close()
    with served(authored) as address:
        reader = Reader(browser, address, **SCREENS["light"], java_script_enabled=False)
        reader.page.goto(f"{address}index.html")
        said = "figure => getComputedStyle(figure, '::before').content"
        assert "drawn by a script" in reader.page.locator("figure.rb-chart").first.evaluate(said)
        expect(reader.page.get_by_text('here["1 < 2')).to_be_visible()
        reader.close()


def test_from_a_disk_charts_are_drawn_and_lead_on(browser: Browser, authored: Path) -> None:
    reader = Reader(browser, f"{authored.as_uri()}/", **SCREENS["phone"])
    page = reader.open("org-chart/index.html")
    page.locator("div.mermaid a", has_text="Owner").click()
    page.wait_for_url("**/roles/owner.html")
    page.goto(f"{reader.base}index.html")
    page.get_by_role("button", name="Fit to width").wait_for()
    assert only_the_broken_chart(reader)
    reader.close()


def test_a_chart_in_a_role_is_drawn_and_one_that_would_fetch_something_is_shown_as_text(
    browser: Browser, authored: Path
) -> None:
    reader = Reader(browser, f"{authored.as_uri()}/", **SCREENS["light"])
    page = reader.open("roles/owner.html")
    expect(page.get_by_role("button", name=COPY)).to_have_count(1)
    expect(page.locator("pre", has_text="elsewhere.example")).to_be_visible()
    assert reader.complaints == []
    reader.close()


def only_the_broken_chart(reader: Reader) -> bool:
    """Whether the author's mistake is all that went wrong."""
    return [each.startswith("script: Parse error") for each in reader.complaints] == [True]


def test_an_authors_charts_are_drawn_as_written_and_a_broken_one_stays_as_text(
    browser: Browser, authored: Path
) -> None:
    with served(authored) as address:
        reader = Reader(browser, address, **SCREENS["light"])
        page = reader.page
        page.goto(f"{address}index.html")
        page.wait_for_selector(".rb-undrawn")
        broken = page.locator(".rb-undrawn pre")
        assert "this is --- no [chart" in broken.inner_text()
        expect(broken).to_be_visible()
        page.get_by_role("button", name="Fit to width").wait_for()
        assert reader.chart("svg => svg.querySelector('.nodeLabel').textContent") == "1 < 2 & 3"
        assert page.locator("body > svg, body > [id^=d__mermaid]").count() == 0, (
            "Mermaid's picture of an error"
        )
        assert only_the_broken_chart(reader)
        reader.close()


LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ODD_NAMES = {
    "roles/top.md": "---\ntitle: Top\nowner: Renée כהן\nweekly_hours: 2\n---\n",
    "roles/a.md": f"---\ntitle: {LONG_WORD}\nparent: top\nowner: Łukasz לוי כץ\nweekly_hours: 3\n---\n",
    "roles/b.md": f"---\ntitle: Head of {LONG_WORD}\nparent: top\n"
    "owner: Wolfeschlegelsteinhausenbergerdorff\nweekly_hours: 4\n---\n",
    "roles/c.md": "---\ntitle: Customer success management\nparent: top\nowner: Ana\nweekly_hours: 5\n---\n",
    "people/r.md": "---\nname: Renée כהן\nweekly_capacity: 1\n---\n",
}


@pytest.fixture(scope="module")
def odd_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a handbook with words wider than a box, and names that are read from right to left."""
    site, _ = build_site(write(tmp_path_factory.mktemp("odd"), HOME | ODD_NAMES))
    with served(site) as address:
        yield address


@pytest.mark.parametrize("path", ["org-chart/", "org-chart/operations/"])
def test_boxes_are_of_one_width_and_lines_keep_out_of_them(reader: Reader, path: str) -> None:
    reader.open(path)
    reader.wait_for_charts()
    widths = reader.chart(WIDTHS)
    assert len(widths) > 3
    assert max(widths) - min(widths) < 3
    assert reader.chart(CROSSED) == []


def test_links_in_a_chart_are_underlined_under_the_mouse_only(reader: Reader) -> None:
    page = reader.open("org-chart/")
    reader.wait_for_charts()
    underlined = """svg => [...svg.querySelectorAll("a .nodeLabel")]
        .filter(each => getComputedStyle(each).textDecorationLine !== "none").map(each => each.innerText)"""
    page.mouse.move(0, 0)
    assert reader.chart(underlined) == []
    page.locator("div.mermaid a", has_text="Shipping").hover()
    assert [text.split("\n")[0] for text in reader.chart(underlined)] == ["Shipping"]


WIDTHS = """svg => [...svg.querySelectorAll(".node .label-container")].map(box => box.getBBox().width)"""

CROSSED = """svg => [...svg.querySelectorAll("path.flowchart-link")].flatMap(line => {
    const boxes = [...svg.querySelectorAll(".label-container")].map(box => box.getBoundingClientRect())
    const places = [...Array(51).keys()].map(step =>
        line.getPointAtLength(step / 50 * line.getTotalLength()).matrixTransform(line.getScreenCTM()))
    return places.filter(({ x, y }) => boxes.some(box =>
        box.left + 3 < x && x < box.right - 3 && box.top + 3 < y && y < box.bottom - 3))
        .map(() => line.dataset.id)
})"""
"""The lines that cross a box, or begin inside it."""

OUTSIDE = """svg => [...svg.querySelectorAll(".node")].flatMap(node => {
    const box = node.querySelector("rect, polygon, path").getBoundingClientRect()
    const words = document.createRange()
    words.selectNodeContents(node.querySelector(".nodeLabel"))
    return [...words.getClientRects()]
        .filter(line => line.width > 1)
        .filter(line => line.left < box.left || line.right > box.right
            || line.top < box.top || line.bottom > box.bottom || box.width > 260)
        .map(line => node.textContent)
})"""
"""The boxes whose words do not keep inside them, or that are as wide as a long word."""

ORDER = r"""texts => [...texts].flatMap(text => {
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
    const places = []
    while (walk.nextNode()) {
        const { data } = walk.currentNode
        for (const [at, char] of [...data].entries()) {
            if (!/[\p{L}\p{N}▲·]/u.test(char)) continue
            const range = document.createRange()
            range.setStart(walk.currentNode, at)
            range.setEnd(walk.currentNode, at + 1)
            const { left, top } = range.getBoundingClientRect()
            places.push([Math.round(top / 8), left, char])
        }
    }
    places.sort(([row, left], [other, right]) => row - other || left - right)
    return places.map(([, , char]) => char).join("")
})"""
"""The letters and figures of each text as they are seen, from left to right."""


def test_a_word_wider_than_a_box_is_broken_and_stays_in_it(browser: Browser, odd_names: str) -> None:
    reader = Reader(browser, odd_names, **SCREENS["light"])
    reader.open("org-chart/").locator("div.mermaid").first.wait_for()
    assert reader.chart(OUTSIDE) == []
    assert reader.chart("svg => svg.querySelectorAll('.node').length") == 4
    reader.close()


def test_figures_stand_behind_names_that_are_read_from_right_to_left(
    browser: Browser, odd_names: str
) -> None:
    reader = Reader(browser, odd_names, **SCREENS["light"])
    page = reader.open("org-chart/")
    page.locator("div.mermaid").first.wait_for()
    seen = reader.chart(f"svg => ({ORDER})(svg.querySelectorAll('.nodeLabel'))")
    assert "TopRenéeןהכ▲2h" in seen
    assert any(text.endswith("Łukaszץכיול·3h") for text in seen)
    reader.open("roles/top/")
    rows = page.locator(".rb-reports .rb-detail").evaluate_all(ORDER)
    assert "Łukaszץכיול·3h" in rows
    reader.close()
