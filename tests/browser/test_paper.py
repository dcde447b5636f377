"""On paper nothing of a page is cut off, and a sum stands once, below what it adds up."""

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser

from browser import SCREENS, Reader, cut_words, served
from organisations import write_organisation
from projects import opened, write
from repositories import commit
from sites import HOME, MKDOCS_YML, build_site, copy_sample

FUNCTIONS = (
    *("Accounting", "Communications", "Customer support", "Fulfilment", "Human resources", "Marketing"),
    *("Operations", "Production", "Research and development"),
)
WIDTHS = {"A4": 605, "Letter": 626}
"""What the margins of the theme, 25 mm, leave of the paper, in pixels."""
PAGES = (
    *("", "business-model/", "decisions/", "decisions/attention/", "decisions/hand-over/", "decisions/hats/"),
    *(
        "decisions/now-and-next/",
        "decisions/promises-and-risks/",
        "jobs/",
        "jobs/marketing/",
        "org-chart/",
        "org-chart/marketing/",
        "people/",
    ),
    *("people/person-1/", "roles/", "roles/owner/", "roles/marketing/", "roles/safety-committee/", "tree/"),
)
BEYOND = """() => [...document.querySelectorAll("article *")].filter(each => {
    const box = each.getBoundingClientRect()
    return box.width > 0 && box.height > 0 && box.right > window.innerWidth + 1
        && getComputedStyle(each).visibility === "visible" && !each.closest("legend, .mermaid")
}).map(each => each.outerHTML.slice(0, 80)).slice(0, 3)"""
"""The boxes that go beyond the paper, which does not scroll."""


def handbook() -> dict[str, str]:
    """Nine functions and thirty people; one of them has a role in each function and belongs to a team."""
    home = "# Home\n\n<!-- rolebook: numbers -->\n\n<!-- rolebook: org-chart -->\n"
    model = "---\noffers: [{id: o, name: Bread}]\ndeliverables: [{id: found, name: Found, offer: o}]\n---\n"
    files = HOME | {"content/index.md": home, "content/business-model.md": model}
    files["roles/owner.md"] = "---\ntitle: Owner\nowner: person-1\nweekly_hours: 4\n---\n"
    for number in range(1, 31):
        name = f"Person Featherstonehaugh {number}"
        files[f"people/person-{number}.md"] = f"---\nname: {name}\nweekly_capacity: 20\n---\n"
    members = "".join(f"- {{person: person-{number}, weekly_hours: 1}}\n" for number in range(1, 9))
    team = f"title: Safety committee\nkind: team\nparent: owner\nmembers:\n{members}"
    files["roles/safety-committee.md"] = f"---\n{team}---\n"
    for place, title in enumerate(FUNCTIONS):
        role_id = title.lower().replace(" ", "-")
        fields = f"title: {title}\nparent: owner\nowner: person-1\nweekly_hours: {{min: 10, max: 14}}\n"
        promise = "deliverable: {outcome: Ten enquiries a week, for: found}\n"
        files[f"roles/{role_id}.md"] = f"---\n{fields}{promise}---\n"
        for number in range(3):
            fields = f"title: {title} {number}\nparent: {role_id}\nowner: person-{place * 3 + number + 2}\n"
            more = "weekly_hours: {min: 10.25, max: 12.75}\noutsource: {fit: next}\n"
            more += "deliverable: Five orders a week\n"
            files[f"roles/{role_id}-{number}.md"] = f"---\n{fields}{more}---\n"
    return files


NAMES = ("José Ångström", "Управление Качеством", "Østergård Featherstonehaugh")


def dated() -> dict[str, str]:
    """Roles and people with all columns that their lists can have, the next review of few."""
    files = HOME | {"mkdocs.yml": MKDOCS_YML.replace("rolebook]", "{rolebook: {history: yes}}]")}
    files["roles/top.md"] = "---\ntitle: Managing director\nreview_by: 2026-09-23\n---\n"
    for at, name in enumerate(NAMES):
        files[f"people/p{at}.md"] = f"---\nname: {name}\nweekly_capacity: 10\n---\n"
        fields = f"title: Customer Success Management {at}\nparent: top\nowner: p{at}\nweekly_hours: 110\n"
        files[f"roles/r{at}.md"] = f"---\n{fields}also_reports_to: [seo]\n---\n"
    files["roles/seo.md"] = "---\ntitle: Search engine optimisation\nparent: top\n---\n"
    return files


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("dated")
    commit(root, dict(dated()), date="2026-09-30T12:00:00Z")
    site, _ = build_site(root)
    with served(site) as address:
        yield address


@pytest.mark.parametrize("paper", WIDTHS)
def test_lists_with_all_columns_are_printed_with_whole_words_and_small_dates(
    browser: Browser, lists: str, paper: str
) -> None:
    reader = Reader(browser, lists, **SCREENS["light"])
    for path, head in (("roles/", "Next review"), ("people/", "Last change")):
        page = reader.open(path)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": WIDTHS[paper], "height": 900})
        assert (path, cut_words(reader)) == (path, [])
        assert page.evaluate(BEYOND) == []
        first, dates = (
            page.locator("thead th", has_text=each).bounding_box() for each in (HEADS[path], head)
        )
        assert first and dates and dates["width"] < first["width"] < WIDTHS[paper] / 2
    reader.close()


HEADS = {"roles/": "Role", "people/": "Person"}


@pytest.fixture(scope="module")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site, _ = build_site(copy_sample(tmp_path_factory.mktemp("sample") / "handbook"))
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site, _ = build_site(write(tmp_path_factory.mktemp("paper"), dict(handbook())))
    with served(site) as address:
        yield address


def test_no_page_goes_beyond_the_paper(browser: Browser, base: str) -> None:
    reader = Reader(browser, base, **SCREENS["light"])
    beyond = {}
    for path in PAGES:
        page = reader.open(path)
        page.emulate_media(media="print")
        for paper, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            if found := page.evaluate(BEYOND):
                beyond[path, paper] = found
            if path == "decisions/hats/":
                assert cut_words(reader) == [], paper
        page.emulate_media(media="screen")
        page.set_viewport_size(SCREENS["light"]["viewport"])
    assert beyond == {}
    reader.close()


@pytest.mark.parametrize("paper", WIDTHS)
def test_a_fold_of_the_workload_holds_its_table_on_paper_with_the_room_of_the_one_before(
    browser: Browser, base: str, paper: str
) -> None:
    reader = Reader(browser, base, **SCREENS["light"])
    page = reader.open("decisions/hats/")
    page.locator(".rb-rest > summary").click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": WIDTHS[paper], "height": 900})
    main, fold, table = (
        page.locator(each).first.bounding_box() for each in (".rb-heat", ".rb-rest", ".rb-rest table")
    )
    assert main and fold and table
    assert fold["x"] <= table["x"] and table["x"] + table["width"] <= fold["x"] + fold["width"]
    assert table["width"] == main["width"] <= WIDTHS[paper]
    reader.close()


def test_hours_and_what_is_over_capacity_are_two_figures(browser: Browser, base: str) -> None:
    reader = Reader(browser, base, **SCREENS["light"])
    page = reader.open("decisions/hats/")
    row = page.locator("tr", has=page.get_by_role("link", name="Person Featherstonehaugh 1", exact=True))
    words = " ".join(row.locator("td").nth(2).inner_text().split())
    assert words == "95–131 h of 20, 75–111 h over capacity"
    reader.close()


def test_a_sum_is_printed_once(browser: Browser, base: str) -> None:
    reader = Reader(browser, base, **SCREENS["light"])
    for path, said in (("decisions/hats/", "All roles and teams"), ("people/person-1/", "Total")):
        page = reader.open(path)
        page.locator("table:has(tfoot) tbody tr").first.evaluate(
            "row => { for (let i = 0; i < 60; i++) row.after(row.cloneNode(true)) }"
        )
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
        texts = " ".join(each.extract_text() for each in printed.pages)
        assert len(printed.pages) > 1
        assert " ".join(texts.split()).count(said) == 1, path
    reader.close()


def printed(reader: Reader, path: str, paper: str = "A4") -> list[str]:
    """The text of each sheet of a page."""
    page = reader.open(path)
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper))).pages
    # Some fonts have one glyph for `fi`.
    return [unicodedata.normalize("NFKC", each.extract_text()) for each in sheets]


@pytest.mark.parametrize("paper", WIDTHS)
def test_a_small_chart_is_printed_in_cards_on_one_sheet(
    browser: Browser, sample_site: str, paper: str
) -> None:
    reader = Reader(browser, sample_site, **SCREENS["light"])
    (sheet,) = printed(reader, "org-chart/", paper)
    text = " ".join(sheet.split())
    assert "Video editing" in text and "Vacant" in text
    assert "As a diagram" not in text and "Download" not in text
    reader.close()


def test_a_chart_of_many_roles_is_printed_as_an_outline_and_nothing_is_lost(
    browser: Browser, tmp_path: Path
) -> None:
    root = write_organisation(tmp_path / "many", 150)
    with served(build_site(root)[0]) as base:
        reader = Reader(browser, base, **SCREENS["light"])
        sheets = printed(reader, "org-chart/")
        reader.close()
    text = " ".join(" ".join(sheets).split())
    assert len(sheets) <= 3
    roles = opened(root).organisation.roles.values()
    assert [role.title for role in roles if role.title not in text] == []
    for role in roles:
        shown = f"{role.title} · {role.owner.name if role.owner else 'Vacant'} · {role.hours.min:g}"
        assert shown in text


def test_a_chart_of_sixty_roles_is_in_cards_and_of_sixty_one_an_outline(
    browser: Browser, tmp_path: Path
) -> None:
    borders = []
    for number in (60, 61):
        roles = {f"roles/r{at}.md": f"---\ntitle: R{at}\nparent: r0\n---\n" for at in range(1, number)}
        site, _ = build_site(
            write(tmp_path / str(number), HOME | {"roles/r0.md": "---\ntitle: R0\n---\n"} | roles)
        )
        with served(site) as base:
            reader = Reader(browser, base, **SCREENS["light"])
            page = reader.open("org-chart/")
            page.emulate_media(media="print")
            borders.append(
                page.evaluate("getComputedStyle(document.querySelector('.rb-card')).borderBottomWidth")
            )
            page.emulate_media(media="screen")
            reader.close()
    assert borders[0] != "0px" == borders[1]


COLOURS = """() => [...document.querySelectorAll("article, article *")]
    .filter(each => each.checkVisibility())
    .map(each => {
        const { color, backgroundColor, borderTopColor, fill, stroke } = getComputedStyle(each)
        return [each.localName, each.classList, color, backgroundColor, borderTopColor, fill, stroke].join()
    })"""


@pytest.mark.parametrize("path", ["", "people/maya/", "decisions/hats/", "roles/marketing/ppc/"])
def test_a_page_that_is_dark_on_the_screen_is_printed_like_one_that_is_light(
    browser: Browser, sample_site: str, path: str
) -> None:
    found = {}
    for screen in ("light", "dark"):
        reader = Reader(browser, sample_site, **SCREENS[screen])
        page = reader.open(path)
        dark = page.evaluate("document.body.dataset.mdColorScheme === 'slate'")
        assert dark == (screen == "dark")
        on_screen = page.evaluate(COLOURS)
        page.emulate_media(media="print", color_scheme=SCREENS[screen]["color_scheme"])
        # Links take a moment to change their colour.
        page.wait_for_function("!document.getAnimations().length")
        found[screen] = page.evaluate(COLOURS)
        page.emulate_media(media="screen", color_scheme=SCREENS[screen]["color_scheme"])
        assert on_screen != found["light"] or screen == "light"
        reader.close()
    assert found["dark"] == found["light"]


def test_a_diagram_that_repeats_the_cards_is_not_printed(browser: Browser, sample_site: str) -> None:
    reader = Reader(browser, sample_site, **SCREENS["light"])
    text = " ".join(printed(reader, ""))
    assert "PPC management" in text and "Show as a diagram" not in text
    assert reader.page.locator("details.rb-outline").count() == 1
    reader.close()


NOT_DRAWN = ".rb-chart:not(.rb-drawn)"


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with a chart that an author wrote, far below the first screen."""
    page = "# Own\n\n" + "A line.\n\n" * 120 + "```mermaid\nflowchart LR\n  a --> b\n```\n"
    files = HOME | {"content/own.md": page, "roles/top.md": "---\ntitle: Top\n---\n"}
    site, _ = build_site(write(tmp_path_factory.mktemp("charted"), files))
    with served(site) as address:
        yield address


def test_charts_are_printed_also_if_nobody_has_scrolled_to_them(browser: Browser, charted: str) -> None:
    reader = Reader(browser, charted, **SCREENS["phone"])
    page = reader.page
    page.goto(f"{charted}own/")
    page.wait_for_function(f"!document.querySelector('{NOT_DRAWN}')")
    assert page.evaluate("scrollY") == 0
    (far,) = page.evaluate("[[...document.querySelectorAll('.rb-chart')].at(-1).getBoundingClientRect().top]")
    assert far > 2 * SCREENS["phone"]["viewport"]["height"]
    reader.close()


def test_paper_says_that_a_chart_was_not_drawn_yet(browser: Browser, charted: str) -> None:
    reader = Reader(browser, charted, **SCREENS["light"])
    page = reader.page
    page.route("**/mermaid.min.js", lambda route: None)
    page.goto(f"{charted}own/")
    page.emulate_media(media="print")
    chart = page.locator(NOT_DRAWN).first
    said = chart.evaluate("figure => getComputedStyle(figure, '::before').content")
    assert "Print the page once more" in said
    view = chart.locator(".rb-chart-view")
    assert view.evaluate("each => getComputedStyle(each).minHeight") == "0px"
    page.unroute_all(behavior="ignoreErrors")
    reader.close()


def test_no_legend_is_cut_by_the_end_of_a_sheet(browser: Browser, sample_site: str) -> None:
    reader = Reader(browser, sample_site, **SCREENS["light"])
    for path in ("", "business-model/", "people/"):
        page = reader.open(path)
        page.emulate_media(media="print")
        breaks = (
            "[...document.querySelectorAll('.rb-legend')].map(each => getComputedStyle(each).breakInside)"
        )
        assert set(page.evaluate(breaks)) == {"avoid"}, path
        page.emulate_media(media="screen")
    reader.close()
