"""On paper nothing of a page is cut off, and a sum stands once, below what it adds up."""

import io
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser

from browser import SCREENS, Reader, cut_words, served
from projects import write
from sites import HOME, build_site

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
            more = "weekly_hours: 12\noutsource: {fit: next}\ndeliverable: Five orders a week\n"
            files[f"roles/{role_id}-{number}.md"] = f"---\n{fields}{more}---\n"
    return files


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
