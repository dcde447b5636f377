"""A handbook in a language that is read from right to left, and one whose theme is laid out so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import rolebook
from browser import SCREENS, Reader, served
from projects import write
from pseudo import write_catalogue
from rolebook import language as languages
from rolebook.language import language
from sites import HOME, MKDOCS_YML, build_site

TEMPLATE = Path(rolebook.__file__).parent / "locale" / "rolebook.pot"
ROLES = {
    "people/ada.md": "---\nname: Ada\nweekly_capacity: 20\n---\n",
    "roles/top.md": "---\ntitle: Top\nowner: Ada\nweekly_hours: 5\n---\n",
    **{
        f"roles/{name}.md": f"---\ntitle: {name.title()}\nparent: {above}\nowner: Ada\nweekly_hours: 4\n---\n"
        for name, above in (
            *(("bakery", "top"), ("shop", "top"), ("school", "bakery"), ("video", "school")),
            *(("bread", "bakery"), ("cake", "bakery"), ("till", "shop"), ("shelf", "shop"), ("door", "shop")),
        )
    },
}
HEBREW = MKDOCS_YML.replace("font: false", "font: false, language: he")
TURNED = MKDOCS_YML.replace("font: false", "font: false, direction: rtl")
PAGES = ("", "org-chart/", "roles/", "people/ada/", "roles/bakery/", "decisions/", "decisions/hand-over/")
PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module", params=[HEBREW, TURNED], ids=["language", "theme"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that is laid out from right to left."""
    folder = tmp_path_factory.mktemp("rtl")
    write_catalogue(TEMPLATE, folder / "locale", "he")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "FOLDER", folder / "locale")
        language.cache_clear()
        site, _ = build_site(write(folder / "book", {**HOME, **ROLES, "mkdocs.yml": request.param}))
    language.cache_clear()
    with served(site) as address:
        yield address


@pytest.fixture(params=["wide", "phone"])
def turned(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Reader]:
    size = {"viewport": PHONE} if request.param == "phone" else {"viewport": {"width": 1280, "height": 900}}
    reader = Reader(browser, base, **{**SCREENS["light"], **size})
    yield reader
    assert reader.complaints == []
    reader.close()


def places(page: Page, *selectors: str) -> list[float]:
    """Where the middle of the first element of each selector is, from the left."""
    found: list[float] = page.evaluate(
        "selectors => selectors.map(selector => document.querySelector(selector).getBoundingClientRect())"
        ".map(({ left, right }) => (left + right) / 2)",
        list(selectors),
    )
    return found


def test_no_page_is_wider_than_the_screen(turned: Reader) -> None:
    for address in PAGES:
        page = turned.open(address)
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, address


def test_cards_begin_at_their_right(turned: Reader) -> None:
    page = turned.open("org-chart/")
    face, title = places(page, ".rb-root > .rb-card > :first-child", ".rb-root > .rb-card > a")
    assert face > title
    if page.viewport_size != PHONE:
        first, last = places(
            page, ".rb-root > .rb-across > :first-child", ".rb-root > .rb-across > :last-child"
        )
        assert first > last


def test_columns_of_a_table_begin_at_its_right(turned: Reader) -> None:
    page = turned.open("roles/")
    first, second = places(page, ".rb-table th:nth-child(1)", ".rb-table th:nth-child(2)")
    assert first > second


_BOXES = """name => {
  const { shadowRoot } = document.querySelector(".rb-chart-view > *")
  const node = [...shadowRoot.querySelectorAll(".node")].find((each) => each.textContent.startsWith(name))
  const { left, right } = node.getBoundingClientRect()
  return { left, right, seen: 0 <= left && right <= innerWidth }
}"""


def test_a_diagram_begins_at_its_right_and_with_that_in_sight(turned: Reader) -> None:
    page = turned.open("org-chart/")
    page.evaluate("() => { document.querySelector('.rb-chart').scrollIntoView() }")
    page.locator(".rb-chart.rb-drawn").first.wait_for()
    page.wait_for_function(f"() => ({_BOXES})('Top').seen")
    assert page.evaluate(_BOXES, "Video")["right"] < page.evaluate(_BOXES, "Top")["left"]
