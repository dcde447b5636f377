"""The org chart's cards: how they are cut into pages, and how a reader goes through them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from browser import SCREENS, Reader, served
from charted import SHAPES, Shape, name, organisation_of
from projects import opened, write
from rolebook.pages import branches
from rolebook.pages.branches import anchor, cut_branches
from rolebook.pages.plan import Plan
from sites import HOME, build_site, copy_sample


def rows(html: str) -> list[str]:
    return re.findall(r'<li id="seat-(.*?)"', html)


def pages_of(root: Path) -> tuple[Plan, dict[str, str]]:
    """The plan of a project, and the text of the tree's pages by their URI."""
    handbook = opened(root)
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    return plan, {page.uri: renderer.page(page) for parts in plan.branches.values() for page in parts}


@given(SHAPES)
@settings(max_examples=40)
def test_branches_are_cut_until_a_page_is_short(shape: Shape) -> None:
    organisation = shape.organisation()
    most = 12
    cut = cut_branches(organisation, most)

    def on_one_page(role_id: str) -> int:
        reports = organisation.reports.get(role_id, ()) if role_id else organisation.tops
        return sum(1 + (0 if role.id in cut else on_one_page(role.id)) for role in reports)

    for branch in ("", *cut):
        direct = organisation.reports[branch] if branch else organisation.tops
        assert on_one_page(branch) <= max(most, len(direct))
    assert not cut or len(organisation.roles) > most


def test_a_deep_chain_is_cut_too() -> None:
    organisation = organisation_of({name(at): name(at - 1) if at else "" for at in range(3000)})
    assert len(cut_branches(organisation, 1000)) == 2


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branches, "MAX_ROWS", 4)


@pytest.mark.usefixtures("short_pages")
def test_every_role_stands_once_and_where_its_address_says(tmp_path: Path) -> None:
    plan, texts = pages_of(copy_sample(tmp_path / "sample"))
    found = [row for text in texts.values() for row in rows(text)]
    assert sorted(found) == sorted(plan.organisation.roles)
    assert len(texts) > 4 and max(len(rows(text)) for text in texts.values()) <= 5
    for role in plan.organisation.roles.values():
        address, fragment = plan.card("index.md", role).split("#")
        (uri,) = (uri for uri in texts if plan.url(uri) == address)
        assert fragment == anchor(role)
        assert role.id in rows(texts[uri])


def test_a_branch_says_how_many_roles_and_hours_it_has(tmp_path: Path) -> None:
    _, texts = pages_of(copy_sample(tmp_path / "sample"))
    for words, hours in (("5 roles below", "27\xa0h"), ("2 roles below", "15–17\xa0h")):
        assert f'<span>{words} · <span class="rb-whole">{hours}</span></span>' in texts["org-chart/index.md"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample, its tree cut into many pages."""
    root = copy_sample(tmp_path_factory.mktemp("tree") / "handbook")
    Image.new("RGB", (40, 40), "navy").save(root / "people/maya.png")
    maya = root / "people/maya.md"
    text = maya.read_text(encoding="utf-8").replace("---\n", "---\nphoto: maya.png\n", 1)
    maya.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, served(root / "site") as address:
        patch.setattr(branches, "MAX_ROWS", 8)
        build_site(root, strict=True, site_url=address)
        yield address


def visible(page: Page) -> list[str]:
    """Titles of the rows that can be seen."""
    titles = page.locator(".rb-branches li[id] > .rb-card > a:not(.rb-apply):visible")
    return [text.strip() for text in titles.all_inner_texts()]


TOP = ["Managing director", "Customer support", "Fulfilment", "Marketing", "Operations", "Video"]
AT_FIRST = [*TOP, "Video editing", "Video production"]
"""The other branches stand on pages of their own."""


def test_folds_of_a_small_organisation_are_open(reader: Reader) -> None:
    assert visible(reader.open("org-chart/")) == AT_FIRST


def test_photos_are_shown_also_on_cards_that_are_fetched(reader: Reader) -> None:
    page = reader.open("org-chart/")
    faces = page.locator("#seat-shipping .rb-face img")
    assert faces.count() == 0
    page.locator("#seat-fulfilment > details > summary").click()
    faces.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#seat-shipping .rb-face img').naturalWidth > 0")
    # Where the page is that shows them does not matter.
    assert str(faces.get_attribute("src")).startswith("http://")


def test_a_chart_is_searched_without_accents_and_by_keyboard(reader: Reader) -> None:
    page = reader.open("org-chart/")
    find = page.get_by_label("Find a role")
    find.fill("ines")
    find.press("Enter")
    page.wait_for_function("document.activeElement.textContent === 'Graphics'")
    assert page.locator(".rb-found > .rb-card > a:visible").all_inner_texts() == ["Graphics"]
    find.press("Escape")
    page.wait_for_function("!document.querySelector('.rb-sought, [hidden].rb-column')")
    assert find.input_value() == ""


def test_whoever_helps_covers_or_belongs_to_a_team_is_found_in_any_letters(
    browser: Browser, tmp_path: Path
) -> None:
    street = "parent: boss\nperformed_by: [{person: Søren Ærø}]\nbackup: Eve Gray\n"
    files = HOME | {
        "roles/boss.md": "---\ntitle: Boss\nowner: Łukasz Żak\n---\n",
        "roles/desk.md": "---\ntitle: Desk\nparent: boss\nowner: Zoë O’Brien\n---\n",
        "roles/a.md": "---\ntitle: A\nparent: boss\nowner: Ann\nbackup: Zoë O’Brien\n---\n",
        "roles/b.md": "---\ntitle: B\nparent: boss\nowner: Zac\nbackup: Zoë O’Brien\n---\n",
        "roles/web.md": f"---\ntitle: Straße\n{street}---\n",
        "roles/crew.md": "---\ntitle: Crew\nkind: team\nparent: boss\nmembers: [{person: Đorđe Cruz}]\n---\n",
    }
    build_site(write(tmp_path, files))
    with served(tmp_path / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}org-chart/")
        for words, title, said in [
            ("lukasz", "Boss", "1 role"),
            ("soren aero", "Straße", "1 role"),
            ("eve", "Straße", "0 roles, and 1 to cover"),
            ("STRASSE", "Straße", "1 role"),
            ("dorde", "Crew", "1 role"),
        ]:
            page.get_by_label("Find a role").fill(words)
            expect(page.locator(".rb-found > .rb-card > a:not(.rb-apply):visible")).to_have_text([title])
            expect(page.locator(".rb-tools output")).to_have_text(said)
        page.get_by_label("Find a role").fill("zoe o'brien")
        expect(page.locator(".rb-tools output")).to_have_text("1 role, and 2 to cover")
        page.get_by_label("Find a role").fill("o'brien desk")
        expect(page.locator(".rb-tools output")).to_have_text("1 role")
        page.close()


def test_arrow_keys_walk_through_the_cards(reader: Reader) -> None:
    page = reader.open("org-chart/")
    page.locator("#seat-video > .rb-card > a").focus()

    def press(key: str) -> str:
        page.keyboard.press(key)
        return str(page.evaluate("document.activeElement.textContent"))

    assert [press(key) for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft")] == [
        "Video editing", "Video production", "Video", "Managing director",
    ]  # fmt: skip
    assert press("ArrowUp") == "Managing director"
    assert press("ArrowRight") == "Customer support"
    assert press("ArrowUp") == "Managing director"


def test_three_views_need_no_script(browser: Browser, base: str) -> None:
    reader = Reader(browser, base, java_script_enabled=False, **SCREENS["light"])
    page = reader.page
    page.goto(f"{base}org-chart/")
    covers = page.locator(".rb-cover:visible")
    assert covers.count() == 0
    page.get_by_label("Cover", exact=True).check()
    assert "No cover" in covers.all_inner_texts()
    assert {text.removeprefix("Covered by ") for text in covers.all_inner_texts()} >= {"Maya Brennan"}
    page.get_by_label("Hours", exact=True).check()
    assert covers.count() == 0

    def shade(seat: str) -> str:
        card = page.locator(f"#seat-{seat} > .rb-card")
        return str(card.evaluate("card => getComputedStyle(card).backgroundColor"))

    assert shade("video-production") != shade("video")
    reader.close()


def test_the_script_for_diagrams_is_fetched_when_somebody_comes_near(browser: Browser, base: str) -> None:
    reader = Reader(browser, base, **SCREENS["phone"])
    page = reader.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}org-chart/")
    page.wait_for_load_state("networkidle")
    assert not any("mermaid" in url for url in asked)
    page.locator("#as-a-diagram").scroll_into_view_if_needed()
    page.wait_for_selector(".rb-chart.rb-drawn")
    assert any(url.endswith("mermaid.min.js") for url in asked)
    reader.close()


def test_a_branch_opens_in_place_though_it_has_a_page_of_its_own(reader: Reader) -> None:
    page = reader.open("org-chart/")
    branch = page.locator("#seat-marketing")
    assert branch.locator("details").first.get_attribute("data-branch")
    branch.locator("summary").first.click()
    page.wait_for_selector("#seat-ppc")
    assert "PPC management" in visible(page)
    page.locator("#seat-ppc a").first.click()
    page.wait_for_selector("h1:has-text('PPC management')")


@pytest.mark.parametrize(
    ("words", "status", "found"),
    [
        ("ppc", "", ["PPC management"]),
        ("tomasz", "", ["Video editing"]),
        ("", "vacant", ["Customer support", "PPC management"]),
        ("vacant support", "", ["Customer support"]),
        ("support", "outsourced", []),
    ],
)
def test_roles_are_found_by_title_person_and_status(
    reader: Reader, words: str, status: str, found: list[str]
) -> None:
    page = reader.open("org-chart/")
    page.get_by_label("Find a role").fill(words)
    page.get_by_label("Status").select_option(status)
    reported = "1 role" if len(found) == 1 else f"{len(found)} roles"
    page.wait_for_function(f"document.querySelector('.rb-tools output').textContent === '{reported}'")
    shown = page.locator(".rb-found > .rb-card > a:not(.rb-apply):visible")
    assert shown.all_inner_texts() == found
    assert len(visible(page)) <= len(found) + 2, "besides them, only what stands above them"
    page.get_by_label("Find a role").fill("")
    page.get_by_label("Status").select_option("")
    page.wait_for_function("document.querySelector('.rb-tools output').textContent === ''")
    assert page.locator(".rb-branches li[id][hidden]").count() == 0


def test_all_branches_open_and_close(reader: Reader) -> None:
    page = reader.open("org-chart/")
    page.get_by_role("button", name="Expand all").click()
    page.wait_for_selector("#seat-e-zine:visible")
    assert len(visible(page)) == 21
    page.get_by_role("button", name="Collapse all").click()
    assert visible(page) == TOP


def test_the_address_of_a_seat_opens_the_branches_around_it(reader: Reader) -> None:
    page = reader.open("roles/marketing/e-zine/")
    page.get_by_text("Find in the org chart").click()
    expect(page.locator("#seat-e-zine.rb-found")).to_be_visible()


def test_without_a_script_every_seat_can_be_walked_to(browser: Browser, base: str) -> None:
    reader = Reader(browser, base, java_script_enabled=False, **SCREENS["light"])
    page = reader.page
    page.goto(f"{base}org-chart/")
    assert visible(page) == AT_FIRST
    assert not page.get_by_label("Find a role").is_visible()
    page.locator("#seat-marketing summary").first.click()
    page.locator("#seat-marketing").get_by_text("Show this team").click()
    assert visible(page)[:2] == ["Email sequences", "PPC management"]
    reader.close()
