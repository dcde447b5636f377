"""Readers who choose their own colours or more contrast, zoom, or space letters out, see all of each page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser import SCREENS, Reader, served
from projects import write
from sites import build_site

PAGES = (
    "",
    "org-chart/",
    "people/",
    "people/maya/",
    "roles/marketing/ppc/",
    "decisions/hats/",
    "business-model/",
)
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
"""The spacing that WCAG 1.4.12 names."""
CUT = """() => [...document.querySelectorAll("article *")].filter(each => {
    const style = getComputedStyle(each)
    return each.checkVisibility() && each.textContent.trim()
        && !each.closest(".rb-unseen, legend, .rb-chart, pre, textarea")
        && [style.overflowX, style.overflowY].includes("hidden")
        && (each.scrollWidth > each.clientWidth + 2 || each.scrollHeight > each.clientHeight + 2)
}).map(each => each.outerHTML.slice(0, 80))"""
"""What has more text than it shows."""
BARS = """() => [
    ...document.querySelectorAll(".rb-bar > span, .rb-time > i, .rb-card .rb-length")
].map(bar => {
    const behind = getComputedStyle(bar).backgroundColor
    return [behind, getComputedStyle(bar.parentElement).backgroundColor]
})"""
"""The colour of each bar, and of what is behind it."""


@pytest.mark.parametrize("width", [640, 320])
def test_nothing_is_cut_off_at_twice_and_four_times_the_size(reader: Reader, width: int) -> None:
    page = reader.page
    page.set_viewport_size({"width": width, "height": 450})
    for path in PAGES:
        reader.open(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert page.evaluate(CUT) == [], path


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_cut_off_with_letters_spaced_out(reader: Reader, width: int) -> None:
    page = reader.page
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        reader.open(path)
        page.add_style_tag(content=SPACED)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert page.evaluate(CUT) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_are_seen_in_colours_of_the_readers_own(reader: Reader, scheme: str) -> None:
    page = reader.page
    page.emulate_media(forced_colors="active", color_scheme="dark" if scheme == "dark" else "light")
    for path in ("org-chart/", "people/maya/", "decisions/hats/"):
        reader.open(path)
        bars = page.evaluate(BARS)
        assert bars, path
        assert [pair for pair in bars if pair[0] == pair[1] or pair[0].startswith("rgba")] == [], path
    parts = "[...document.querySelectorAll('.rb-stack > span')]"
    edges = page.evaluate(f"{parts}.map(each => getComputedStyle(each).borderTopStyle)")
    assert set(edges) == {"solid", "double", "dashed"}


def test_more_contrast_makes_lines_and_quiet_text_strong(browser: Browser, reader: Reader) -> None:
    page = reader.open("decisions/hats/")
    quiet = "getComputedStyle(document.querySelector('.rb-table small')).color"
    usual = page.evaluate(quiet)
    page.emulate_media(contrast="more")
    strong = page.evaluate(quiet)
    assert strong != usual
    assert strong == page.evaluate("getComputedStyle(document.querySelector('article h1')).color")
    page.emulate_media(contrast="no-preference")


# --- the owner's ---------------------------------------------------------------------------------

OURS = """\
:root { --rb-in-house: #112233; --rb-vacant: #223344; --rb-card: #ddeeff; --rb-face-vacant: #334455; }
[data-md-color-scheme="slate"] { --rb-card: #102030; --rb-face-vacant: #334455; }
"""
OWN_SITE = """\
site_name: Test
docs_dir: content
theme:
  name: material
  font: false
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default}
    - {media: "(prefers-color-scheme: dark)", scheme: slate}
plugins: [search, mermaid2, rolebook: {first_charts: diagram}]
extra_css: [ours.css]
"""
OWN_ROLES = {
    "mkdocs.yml": OWN_SITE,
    "content/index.md": "# Home\n",
    "content/ours.css": OURS,
    "roles/owner.md": "---\ntitle: Owner\nowner: Ada\nweekly_hours: 9\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: owner\nstatus: open\n---\n",
}
LINES = """() => {
    const drawing = document.querySelector("div.mermaid").shadowRoot
    const box = held => drawing.querySelector(`.node${held} [style*="stroke:"]`)
    return [".in-house", ".vacant"].map(held => getComputedStyle(box(held)).stroke)
}"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = write(tmp_path_factory.mktemp("colours"), OWN_ROLES)
    build_site(root)
    with served(root / "site") as address:
        yield address


def colour(page: Page, selector: str, of: str) -> str:
    return str(page.eval_on_selector(selector, f"each => getComputedStyle(each).{of}"))


@pytest.mark.parametrize(("screen", "card"), [("light", "rgb(221, 238, 255)"), ("dark", "rgb(16, 32, 48)")])
def test_a_style_sheet_of_the_owner_changes_charts_bars_and_cards(
    screen: str, card: str, browser: Browser, own: str
) -> None:
    reader = Reader(browser, own, **SCREENS[screen])
    page = reader.page
    reader.open("org-chart/")
    page.wait_for_selector(".rb-chart.rb-drawn")
    assert colour(page, ".rb-card", "backgroundColor") == card
    assert colour(page, ".rb-card.rb-vacant", "borderTopColor") == "rgb(51, 68, 85)"
    assert page.evaluate(LINES) == ["rgb(17, 34, 51)", "rgb(34, 51, 68)"]
    reader.open("people/ada/")
    assert colour(page, ".rb-bar > span", "backgroundColor") == "rgb(17, 34, 51)"
    assert reader.complaints == []
    reader.close()
