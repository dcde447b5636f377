"""The tables that an owner compares with, in a browser and on paper."""

import csv
import io
import json
import re
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from browser import SCREENS, Reader, served
from projects import write
from rolebook.pages.paging import MAX_ROWS
from rolebook.spreadsheet.guard import guarded
from sites import HOME, MKDOCS_YML, build_site

PEOPLE = MAX_ROWS + 5


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a handbook whose lists have a second page; the last by name and by hours is Zoë."""
    task = "---\ntitle: Task {0:03}\nparent: top\nowner: Person {0:03}\nweekly_hours: {1}\n---\n"
    roles = {f"roles/r{at:03}.md": task.format(at, at % 30 + 2) for at in range(PEOPLE - 1)}
    roles |= {
        "roles/top.md": "---\ntitle: Top\n---\n",
        "roles/zz.md": "---\ntitle: Zürich\nparent: top\nowner: Zoë\nweekly_hours: 1\n---\n",
    }
    site, _ = build_site(write(tmp_path_factory.mktemp("large"), HOME | roles))
    with served(site) as base:
        yield base


@pytest.fixture
def of_large(browser: Browser, large: str) -> Iterator[Reader]:
    reader = Reader(browser, large, **SCREENS["light"])
    yield reader
    assert reader.complaints == []
    reader.close()


def shown(page: Page) -> list[str]:
    """The names in the rows that can be seen."""
    names: list[str] = page.evaluate(
        "[...document.querySelectorAll('.rb-rows > tbody > tr')].filter(row => row.checkVisibility())"
        ".map(row => row.querySelector('a').textContent)"
    )
    return names


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_hand_over_plan_prints_on_two_pages_with_every_role_figure_and_what_is_left_to_do(
    reader: Reader, paper: str
) -> None:
    page = reader.open("decisions/hand-over/")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper)))
    assert len(printed.pages) == 2
    text = " ".join(" ".join(each.extract_text() for each in printed.pages).split())
    assert "leaves 45 h of work for 45 h" in text
    for words in ("PPC management", "Legal 58 1 h", "24 h", "Write the procedure", "How the score is"):
        assert words in text
    left = page.locator(".rb-candidate summary .rb-detail").all_inner_texts()
    assert len(left) > 10
    for words in left:
        assert " ".join(words.split()) in text
    page.emulate_media(media="print")
    wide = "document.querySelector('.rb-ranked').offsetWidth - document.querySelector('article').offsetWidth"
    page.set_viewport_size({"width": 600, "height": 900})
    assert page.evaluate(wide) <= 0


def test_a_score_leads_to_its_reasons_and_opens_them(reader: Reader) -> None:
    page = reader.open("decisions/hand-over/")
    reasons = page.locator("#seat-seo .rb-columns")
    assert not reasons.is_visible()
    page.get_by_role("link", name="Reasons for the score 81 of SEO").click()
    reasons.wait_for()
    assert page.locator(".rb-candidate[open]").count() == 1


def test_people_are_found_in_the_fold_and_on_further_pages(of_large: Reader) -> None:
    page = of_large.open("decisions/hats/")
    assert len(shown(page)) == 25
    assert page.evaluate("document.documentElement.scrollHeight") < 3500
    assert of_large.barriers() == []
    find = page.get_by_role("searchbox", name="Find a person in the table")
    said = page.locator(".rb-tools output")
    find.fill("zoe")
    expect(said).to_have_text("1 row")
    assert shown(page) == ["Zoë"]
    find.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/zo%C3%AB/")
    page.go_back()
    find.fill("person 00")
    expect(said).to_have_text("12 rows")
    assert sorted(shown(page)) == [f"Person {at:03}" for at in (*range(10), 100, 200)]
    find.fill("nobody")
    expect(said).to_have_text("0 rows")
    find.press("Escape")
    expect(said).to_have_text("")
    assert len(shown(page)) == 25


def test_roles_are_sorted_found_and_saved_over_all_pages(of_large: Reader) -> None:
    page = of_large.open("roles/")
    assert len(shown(page)) == MAX_ROWS
    assert of_large.barriers() == []
    for name in ("Pages of this list", "Pages of this list, at its end"):
        assert page.get_by_role("navigation", name=name, exact=True).count() == 1
    first = page.get_by_role("columnheader", name="Role")
    expect(first).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Role").press("Enter")
    expect(first).to_have_attribute("aria-sort", "descending")
    assert len(shown(page)) == PEOPLE + 1
    assert shown(page)[:2] == ["Zürich", "Top"]
    page.get_by_role("button", name="Hours").click()
    assert first.get_attribute("aria-sort") is None
    assert shown(page)[0] == "Zürich"  # 1 h
    assert shown(page)[-1] == "Top"  # no hours are written
    page.get_by_role("button", name="Hours").click()
    expect(page.get_by_role("columnheader", name="Hours")).to_have_attribute("aria-sort", "descending")
    hours = [page.locator(".rb-rows tbody tr").nth(at).locator("td").nth(2).inner_text() for at in (0, -1)]
    assert hours == ["31\N{NO-BREAK SPACE}h", ""]
    assert of_large.barriers() == []
    page.get_by_role("searchbox").fill("zur")
    expect(page.locator(".rb-tools output")).to_have_text("1 row")
    assert table(saved(page)) == [
        {
            "Role": "Zürich",
            "Holder": "Zoë",
            "Status": "",
            "Hours a week": "1",
            "Hours a week, at most": "1",
            "Reports to": "Top",
            "Also reports to": "",
        }
    ]


def saved(page: Page) -> list[list[str]]:
    """The rows of the file that a click on the button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def table(rows: list[list[str]]) -> list[dict[str, str]]:
    """The rows below the first one, by the names of their columns."""
    head, *below = rows
    return [dict(zip(head, row, strict=True)) for row in below]


TITLES = [
    *("=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "'=1"),
    *("Marketing;=1+1;", "Marketing;'\"＝1", "a;+1;-1"),
    *("O’Brien’s", "D‘Arcyʼs", "Ku´a`"),
    *('A "b", c', "1=1", "Sales; Ops", "a-b"),
]
SHOWN_IN_ROWS = {
    "roles/top.md": "---\ntitle: Top\nowner: Ana\nweekly_hours: 1\n---\n",
    "roles/range.md": "---\ntitle: Range\nparent: top\nalso_reports_to: [side, plain]\nowner: Ben\n"
    "weekly_hours: {min: 8, max: 10.5}\nreview_by: 2020-01-09\n---\n",
    "roles/side.md": "---\ntitle: Side, salt\nparent: top\nowner: Ben\nweekly_hours: 4\n"
    "review_by: 2999-01-09\n---\n",
    "roles/plain.md": "---\ntitle: Plain\nparent: top\n---\n",
    "people/ana.md": "---\nname: Ana\nfounder: yes\nweekly_capacity: 40\n---\n",
    "people/ben.md": "---\nname: Ben\nkind: agency\nengagement: contractor\nweekly_capacity: 10\n---\n",
}


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a handbook with roles that are named like formulas, and rows with all they can show."""
    roles = {
        f"roles/r{at}.md": f"---\ntitle: {json.dumps(title)}\nowner: Ana\nweekly_hours: 100\n"
        f"review_by: 2027-01-{at + 1:02}\n---\n"
        for at, title in enumerate(TITLES)
    }
    options = MKDOCS_YML.replace("rolebook]", "{rolebook: {allow_multiple_roots: yes}}]")
    files = HOME | {"mkdocs.yml": options} | roles | SHOWN_IN_ROWS
    site, _ = build_site(write(tmp_path_factory.mktemp("titled"), files))
    with served(site) as base:
        yield base


@pytest.fixture
def of_titled(browser: Browser, titled: str) -> Iterator[Reader]:
    reader = Reader(browser, titled, **SCREENS["light"])
    yield reader
    assert reader.complaints == []
    reader.close()


def test_no_saved_cell_is_a_formula_whatever_parts_the_cells(of_titled: Reader) -> None:
    rows = table(saved(of_titled.open("roles/")))
    names = {row["Next review"]: row["Role"] for row in rows}
    found = [names[f"2027-01-{at + 1:02}"] for at in range(len(TITLES))]
    assert found == [guarded(title) for title in TITLES]
    assert found[:2] == ["'=1+1", "'+1"]
    assert found[-4:] == TITLES[-4:]


@pytest.mark.parametrize("path", ["roles/", "org-chart/"])
@pytest.mark.parametrize("words", ["o'brien's", "d’arcy's", "ku'a'"])
def test_a_name_is_found_by_any_apostrophe(of_titled: Reader, path: str, words: str) -> None:
    page = of_titled.open(path)
    page.get_by_role("searchbox", name="Find a role").fill(words)
    expect(page.locator(".rb-tools output")).to_have_text(re.compile("^1 r(ow|ole)$"))
    page.get_by_role("searchbox", name="Find a role").fill("o'arcy")
    expect(page.locator(".rb-tools output")).to_have_text(re.compile("^0 r(ow|ole)s$"))


def test_a_saved_role_has_all_that_its_row_shows_in_columns_and_hours_as_numbers(of_titled: Reader) -> None:
    rows = {row["Role"]: row for row in table(saved(of_titled.open("roles/")))}
    assert rows["Range"] == {
        "Role": "Range",
        "Holder": "Ben",
        "Status": "",
        "Hours a week": "8",
        "Hours a week, at most": "10.5",
        "Reports to": "Top",
        "Also reports to": "Side, salt, Plain",
        "Next review": "2020-01-09",
        "Review": "overdue",
    }
    top, plain, side = rows["Top"], rows["Plain"], rows["Side, salt"]
    assert (top["Hours a week"], top["Hours a week, at most"]) == ("1", "1")
    assert (plain["Holder"], plain["Status"], plain["Hours a week"]) == ("", "Vacant", "")
    assert (side["Next review"], side["Review"], side["Also reports to"]) == ("2999-01-09", "", "")


def test_a_saved_person_has_a_name_an_engagement_and_the_hours_over_capacity(of_titled: Reader) -> None:
    ana, ben = table(saved(of_titled.open("people/")))
    assert ben == {
        "Person": "Ben",
        "Engagement": "contractor",
        "Roles": "2",
        "Parts of other roles": "",
        "Hours a week": "12",
        "Hours a week, at most": "14.5",
        "Capacity, hours a week": "10",
        "Hours over capacity": "2",
    }
    assert ana["Engagement"] == "founder"
    assert ana["Hours a week"] == f"{100 * len(TITLES) + 1}"  # shown with a comma
    assert ana["Hours over capacity"] == f"{100 * len(TITLES) + 1 - 40}"


def test_people_are_sorted_by_keyboard_and_saved_without_the_picture(reader: Reader) -> None:
    page = reader.open("people/")
    page.get_by_role("button", name="Hours").press("Enter")
    expect(page.get_by_role("columnheader", name="Hours")).to_have_attribute("aria-sort", "ascending")
    assert shown(page) == ["Inês Carvalho", "Orla Hennessy", "Tomasz Wilk", "Maya Brennan"]
    page.keyboard.press("Enter")
    assert shown(page)[0] == "Maya Brennan"
    rows = saved(page)
    assert rows[0][:3] == ["Person", "Engagement", "Roles"]
    assert rows[1] == ["Maya Brennan", "founder", "16", "2", "71", "71", "45", "26"]


def test_without_a_script_tables_are_plain(browser: Browser, large: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{large}roles/")
        assert page.locator(".rb-rows tbody tr").count() == MAX_ROWS
        assert page.locator(".rb-rows button").count() == 0
        assert not page.locator(".rb-filter").is_visible()
        page.goto(f"{large}decisions/hats/")
        page.locator(".rb-rest > summary").click()
        assert page.locator(".rb-rest tbody tr").first.is_visible()


def test_a_short_table_needs_no_finding(reader: Reader) -> None:
    page = reader.open("decisions/hats/")
    assert len(shown(page)) == 4
    assert page.locator(".rb-tools, .rb-rest").count() == 0
