"""A word as long as an address with a key in it leaves every page as wide as its screen, and its paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browser import SCREENS, Reader, served
from hostile import every_field, page
from repositories import commit
from rolebook.schema.records import BusinessModelFields, PersonFields, RoleFields
from sites import MKDOCS_YML, build_site

LONG = "Donaudampfschiff" * 10
CONFIG = MKDOCS_YML.replace("rolebook]", f"{{rolebook: {{history: yes, founders: [{LONG}]}}}}]")
PAGES = (
    *("", "business-model/", "changes/", "decisions/", "decisions/attention/", "decisions/hand-over/"),
    *(
        "decisions/hats/",
        "decisions/now-and-next/",
        "decisions/promises-and-risks/",
        "jobs/",
        "jobs/boss/",
        "jobs/help/",
        "org-chart/",
    ),
    *(
        "org-chart/boss/",
        "people/",
        "people/ann/",
        "roles/",
        "roles/boss/",
        "roles/help/",
        "roles/team/",
        "tree/",
    ),
)
"""A page of each kind."""


def handbook() -> dict[str, str | bytes | None]:
    """Files with a long word in every field that takes text, and in the texts below."""
    role = every_field(RoleFields, LONG) | {"owner": "ann", "aliases": [], "weekly_hours": 12}
    role |= {"deliverable": [every_field(RoleFields, LONG)["deliverable"][0] | {"for": LONG}]}
    boss, helps = (
        role | {"parent": "", "status": "filled"},
        role | {"parent": "boss", "status": "open", "owner": ""},
    )
    team = every_field(RoleFields, LONG, of="team") | {"kind": "team", "parent": "boss", "status": None}
    table = f"| {LONG} |\n|---|\n| {LONG} |\n"
    body = f"## {LONG}\n\n{LONG} `{LONG}` [{LONG}](https://example.org/{LONG})\n\n- {LONG}\n\n{table}"
    person = every_field(PersonFields, LONG) | {"aliases": [], "weekly_capacity": 5}
    return {
        "mkdocs.yml": CONFIG,
        "content/index.md": f"# {LONG}\n\n<!-- rolebook: numbers -->\n<!-- rolebook: org-chart -->\n\n{body}",
        "content/business-model.md": page(every_field(BusinessModelFields, LONG), body),
        "people/ann.md": page(person, body),
        "roles/boss.md": page(boss, body),
        "roles/help.md": page(helps, body),
        "roles/team.md": page(team, body),
    }


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("wide")
    files = handbook()
    before = {"roles/old.md": page({"title": LONG}), "roles/help.md": page({"title": "x", "owner": LONG})}
    commit(root, files | before)
    commit(root, files | {"roles/old.md": None}, date="2026-12-01T12:00:00Z")
    site, _ = build_site(root)
    with served(site) as address:
        yield address


@pytest.mark.parametrize("screen", ["light", "phone"])
def test_a_word_of_160_letters_leaves_every_page_as_wide_as_the_screen(
    browser: Browser, base: str, screen: str
) -> None:
    reader = Reader(browser, base, **SCREENS[screen])
    wide = {path: found for path in PAGES if (found := reader.open(path).evaluate(TOO_WIDE))}
    assert wide == {}
    reader.close()


TOO_WIDE = """() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth
    const cut = [...document.querySelectorAll("article *")].filter(each =>
        !each.matches(".rb-chart-view, legend")
        && each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1
        && ["hidden", "clip"].includes(getComputedStyle(each).overflowX))
    return [...(wide > 0 ? [wide] : []), ...cut.map(each => each.outerHTML.slice(0, 80))]
}"""
"""By how much a page is wider than its window, and the boxes whose text is cut off."""
