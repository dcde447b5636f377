"""Where there is little room: whole words on cards, even rows, a sign of what goes on beside the screen."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from browser import LAPTOP, SCREENS, Reader, cut_words, served
from projects import write
from sites import HOME, build_site

TITLES = (
    *("Administration", "Fulfilment", "Marketing", "Product", "Communications"),
    *("Human resources", "Infrastructure", "Operations", "Photography"),
)
BELOW = ("Bookkeeping", "Search optimisation", "Customer support")
HOME_PAGE = "# Home\n\n<!-- rolebook: numbers -->\n\n<!-- rolebook: org-chart -->\n"
CODE = "| `status` | counts | when |\n|---|---|---|\n| `retired` | `rolebook.json` | never |\n"
TABLE = "| | How many | On average | In a month |\n|---|---|---|---|\n| Further orders | 1 | 2 | 3 |\n"


def handbook(functions: int) -> dict[str, str]:
    """So many functions with roles below them, all of one person who has too much to do."""
    files = HOME | {
        "content/index.md": HOME_PAGE,
        "content/month.md": f"# A month\n\n{TABLE}",
        "content/code.md": f"# Code\n\n{CODE}",
        "content/wide.md": f"# Wide\n\n{TABLE.replace(' |', 'aaaaaaaaaaaaaaaaaaaa |')}",
        "people/maya.md": "---\nname: Maya Hollingsworth\nfounder: yes\nweekly_capacity: 40\n---\n",
        "roles/top.md": "---\ntitle: Managing director\nowner: maya\nweekly_hours: 3-6\n---\n",
    }
    for at, title in enumerate(TITLES[:functions]):
        files[f"roles/f{at}.md"] = (
            f"---\ntitle: {title}\nparent: top\nowner: maya\nweekly_hours: {{min: 10, max: 14}}\n---\n"
        )
        for each, below in enumerate(BELOW):
            files[f"roles/f{at}-{each}.md"] = (
                f"---\ntitle: {below}\nparent: f{at}\nowner: maya\n"
                "weekly_hours: {min: 10.5, max: 12}\noutsource: {fit: maybe}\n---\n"
            )
    files["roles/top.md"] = files["roles/top.md"].replace("3-6", "{min: 3, max: 6}")
    return files


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, str]]:
    """The addresses of handbooks by how many functions they have."""
    addresses = {}
    servers = []
    for number in (4, 5, 9):
        site, _ = build_site(write(tmp_path_factory.mktemp("functions"), dict(handbook(number))))
        servers.append(served(site))
        addresses[number] = servers[-1].__enter__()
    yield addresses
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture(scope="module")
def long_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a handbook whose titles and names are longer than a card is wide."""
    files = handbook(9)
    for path, text in files.items():
        text = text.replace("Bookkeeping", "Donaudampfschifffahrtsgesellschaft").replace(
            "Photography", "W" * 30
        )
        files[path] = text.replace("Maya Hollingsworth", "Maya Wolfeschlegelsteinhausenberger")
    site, _ = build_site(write(tmp_path_factory.mktemp("long"), files))
    with served(site) as address:
        yield address


@pytest.fixture
def laptop(browser: Browser, sites: dict[int, str]) -> Iterator[Reader]:
    reader = Reader(browser, sites[4], **SCREENS["light"])
    yield reader
    reader.close()


@pytest.fixture
def phone(browser: Browser, sites: dict[int, str]) -> Iterator[Reader]:
    reader = Reader(browser, sites[4], **SCREENS["phone"])
    yield reader
    reader.close()


def rows(page: Page, items: str) -> list[int]:
    """How many boxes stand beside each other in each row."""
    tops: list[float] = page.evaluate(
        "items => [...document.querySelectorAll(items)].map(each => each.getBoundingClientRect().top)", items
    )
    return [tops.count(top) for top in dict.fromkeys(tops)]


@pytest.mark.parametrize(("number", "even"), [(4, [4]), (5, [3, 2]), (9, [4, 4, 1])])
def test_columns_of_a_chart_are_even_and_lines_end_where_a_row_does(
    browser: Browser, sites: dict[int, str], number: int, even: list[int]
) -> None:
    reader = Reader(browser, sites[number], **SCREENS["light"])
    page = reader.open("")
    assert rows(page, ".rb-root > .rb-across > .rb-column") == even
    # Half of a column for the one that ends a row, and for the others all of it and the gap.
    ends = page.evaluate(
        """() => [...document.querySelectorAll(".rb-root > .rb-across > .rb-column")].map(each =>
            parseFloat(getComputedStyle(each, "::after").right) > 0)"""
    )
    last = [sum(even[: at + 1]) - 1 for at in range(len(even))]
    assert [at for at, ended in enumerate(ends) if ended] == last
    drawn = "getComputedStyle(document.querySelector('.rb-root > .rb-across'), '::after').content"
    assert (page.evaluate(drawn) != "none") == (len(even) > 1)
    reader.close()


@pytest.mark.parametrize("width", [1600, 1280, 1000, 800, 600, 390])
def test_words_and_ranges_on_cards_are_whole_on_every_screen(laptop: Reader, width: int) -> None:
    for path in ("", "org-chart/", "people/", "people/maya/", "roles/f0/"):
        page = laptop.open(path)
        page.set_viewport_size({"width": width, "height": 900})
        assert cut_words(laptop) == [], path
        ranges = page.locator(".rb-canvas summary .rb-whole, .rb-card .rb-size b")
        assert {each.evaluate("each => each.getClientRects().length") for each in ranges.all()} <= {1}


SMALLEST = """() => Math.min(...[...document.querySelectorAll(".rb-card, .rb-card *")].filter(each =>
    each.checkVisibility() && [...each.childNodes].some(child => child.nodeType === 3 && child.data.trim())
).map(each => parseFloat(getComputedStyle(each).fontSize)))"""


@pytest.mark.parametrize("width", [1600, 1280, 800, 600, 390, 320])
def test_no_letters_on_cards_are_too_small_also_of_long_words(
    browser: Browser, long_words: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in ("org-chart/", "people/", "people/maya/", "roles/f0/"):
        page.goto(f"{long_words}{path}")
        assert page.evaluate(SMALLEST) >= 12, path
        cards = "[...document.querySelectorAll('.rb-card')]"
        assert not page.evaluate(f"{cards}.some(each => each.scrollWidth > each.clientWidth + 1)"), path
    page.close()


def test_words_on_cards_are_whole_on_paper(laptop: Reader) -> None:
    for path in ("", "people/maya/"):
        page = laptop.open(path)
        page.emulate_media(media="print")
        for width in (605, 626):
            page.set_viewport_size({"width": width, "height": 900})
            assert cut_words(laptop) == [], (path, width)
        page.emulate_media(media="screen")
        page.set_viewport_size(LAPTOP)


def test_no_line_of_a_diagram_ends_within_a_range(laptop: Reader) -> None:
    page = laptop.open("org-chart/")
    page.wait_for_selector(".rb-chart.rb-drawn")
    cut = laptop.chart(
        """svg => [...svg.querySelectorAll(".nodeLabel p")].flatMap(label => {
            const texts = document.createTreeWalker(label, NodeFilter.SHOW_TEXT)
            const found = []
            while (texts.nextNode()) {
                for (const part of texts.currentNode.data.matchAll(/[\\d.]+–\\S*/g)) {
                    const range = document.createRange()
                    range.setStart(texts.currentNode, part.index)
                    range.setEnd(texts.currentNode, part.index + part[0].length)
                    found.push(new Set([...range.getClientRects()].map(each => each.top)).size)
                }
            }
            return found
        })"""
    )
    assert len(cut) > 10 and set(cut) == {1}


@pytest.mark.parametrize("width", [1600, 1280, 1100, 960, 700, 390])
def test_four_headlines_are_in_one_row_or_in_two_or_each_in_its_own(laptop: Reader, width: int) -> None:
    page = laptop.open("")
    page.set_viewport_size({"width": width, "height": 900})
    assert rows(page, ".rb-headlines > li") in ([4], [2, 2], [1, 1, 1, 1])
    ranges = page.locator(".rb-headlines .rb-whole")
    assert ranges.count() >= 2
    assert {each.evaluate("each => each.getClientRects().length") for each in ranges.all()} == {1}


def edge(frame: Locator, side: str) -> int:
    """How bright what is at a side of a frame is, above its lower end."""
    picture = Image.open(io.BytesIO(frame.screenshot())).convert("L")
    found = picture.getpixel((2 if side == "left" else picture.width - 3, picture.height - 6))
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize("path", ["decisions/hand-over/", "decisions/hats/", "wide/"])
def test_a_table_that_goes_on_beside_a_phone_has_a_shadow_there(phone: Reader, path: str) -> None:
    page = phone.open(path)
    frame = page.locator(".rb-scroll, .md-typeset__scrollwrap").first
    assert frame.evaluate("each => each.scrollWidth > each.clientWidth")
    assert edge(frame, "right") < 225 < edge(frame, "left")
    frame.evaluate("each => { each.scrollLeft = each.scrollWidth }")
    assert edge(frame, "left") < 225 < edge(frame, "right")


def test_a_table_that_fits_has_none_and_four_short_columns_fit(phone: Reader) -> None:
    page = phone.open("month/")
    frame = page.locator(".md-typeset__scrollwrap").first
    assert frame.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert min(edge(frame, "left"), edge(frame, "right")) > 225


def test_code_in_a_table_is_whole_on_a_phone(phone: Reader) -> None:
    pieces = phone.open("code/").locator("td code, th code").all()
    assert [each.evaluate("each => each.getClientRects().length") for each in pieces] == [1, 1, 1]


def test_heads_of_the_hand_over_plan_stand_on_one_line(phone: Reader) -> None:
    page = phone.open("decisions/hand-over/")
    heads = page.locator(".rb-ranked thead th").all()
    assert {each.evaluate("each => getComputedStyle(each).verticalAlign") for each in heads} == {"bottom"}


@pytest.mark.parametrize("screen", ["light", "phone"])
def test_what_is_over_capacity_is_said_on_one_line(
    browser: Browser, sites: dict[int, str], screen: str
) -> None:
    reader = Reader(browser, sites[4], **SCREENS[screen])
    for path, words in (
        ("people/maya/", ".rb-load strong"),
        ("people/", ".rb-over-text"),
        ("decisions/hats/", ".rb-over-text"),
    ):
        said = reader.open(path).locator(words).first
        assert said.evaluate("each => each.getClientRects().length") == 1, path
    reader.close()
