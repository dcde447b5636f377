"""What readers find with the theme's own search, in the sample and in a handbook of ten thousand roles."""

import gzip
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from organisations import person, title
from projects import TODAY
from rolebook.options import Options
from rolebook.organisation import RoleFile, organise
from rolebook.pages.plan import Plan
from rolebook.project import Project
from rolebook.schema.records import Deliverable, RoleFields
from rolebook.views import search

ASK = """async ([script, index, queries]) => {
    const worker = new Worker(script)
    const answer = message => new Promise(resolve => {
        worker.onmessage = event => resolve(event.data.data)
        worker.postMessage(message)
    })
    await answer({ type: 0, data: { ...index, options: { suggest: false } } })
    const found = []
    for (const data of queries) {
        const { items } = await answer({ type: 2, data })
        found.push(items.slice(0, 10).map(group => group[0].location.split("#")[0]))
    }
    worker.terminate()
    return found
}"""


def found(page: Page, index: Any, queries: Iterable[str]) -> dict[str, list[str]]:
    """The pages that the theme's script finds for each query, the first ten."""
    queries = list(queries)
    script = page.evaluate("JSON.parse(document.querySelector('#__config').textContent).search")
    script = page.evaluate("path => new URL(path, location).href", script)
    return dict(zip(queries, page.evaluate(ASK, [script, index, queries]), strict=True))


@pytest.fixture(scope="module")
def sample(browser: Browser, base: str) -> Any:
    """A page of the sample, and its index."""
    page = browser.new_page()
    page.goto(base)
    yield (
        page,
        page.evaluate("path => fetch(path).then(got => got.json())", f"{base}search/search_index.json"),
    )
    page.close()


PAGES = ("", "org-chart/", "roles/marketing/ppc/", "people/maya/", "business-model/")
MAX_SCRIPT = 40 * 1024
"""Bytes that a reader's browser gets, gzipped, before a diagram is reached or the search is opened."""


@pytest.mark.parametrize("path", PAGES)
def test_little_script_is_fetched_before_anybody_opens_the_search(
    browser: Browser, base: str, path: str
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 600}).new_page()
    fetched: dict[str, Response] = {}
    page.on("response", lambda response: fetched.setdefault(response.url, response))
    page.goto(base + path, wait_until="networkidle")
    scripts = {url: each for url, each in fetched.items() if url.endswith(".js")}
    weights = {url: len(gzip.compress(each.body(), 6)) for url, each in scripts.items()}
    assert len(weights) > 3
    assert sum(weights.values()) <= MAX_SCRIPT
    assert not any(".whole." in url for url in weights)
    page.context.close()


@pytest.mark.parametrize("key", ["click", "/"])
def test_the_search_is_fetched_when_it_is_opened_and_answers(browser: Browser, base: str, key: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{base}org-chart/", wait_until="networkidle")
    with page.expect_response(re.compile(r"/search\.\w+\.min\.whole\.js$")):
        if key == "click":
            page.locator(".md-search__input").click()
        else:
            page.keyboard.press(key)
    page.keyboard.type("shipping")
    expect(page.locator(".md-search-result__item h1").first).to_have_text("Shipping")
    page.context.close()


def test_a_link_to_a_search_shows_what_is_found(browser: Browser, base: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{base}?q=shipping")
    expect(page.locator(".md-search-result__item h1").first).to_have_text("Shipping")
    page.context.close()


ANSWERS: Mapping[str, str] = {
    "overloaded": "decisions/hats/",
    "overworked": "decisions/hats/",
    "who covers": "decisions/promises-and-risks/",
    "single point of failure": "decisions/promises-and-risks/",
    "backup": "decisions/promises-and-risks/",
    "vacant": "jobs/",
    "apply": "jobs/",
    "recruiting": "jobs/",
    "outsource": "decisions/hand-over/",
    "delegate": "decisions/hand-over/",
    "stale": "decisions/attention/",
    "out of date": "decisions/attention/",
    "organigram": "org-chart/",
    "ines": "people/ines/",
    "Inês": "people/ines/",
    "ines carvalho": "people/ines/",
    "INES": "people/ines/",
    "graphics ines": "roles/fulfilment/graphics/",
    "Graphics Inês Carvalho": "roles/fulfilment/graphics/",
    "seo maya": "roles/marketing/seo/",
    "SEO Maya Brennan": "roles/marketing/seo/",
    "Video editing Tomasz": "roles/video/video-editing/",
}
"""The page that is to be found first."""


def test_words_that_no_page_uses_find_the_page_that_answers(sample: tuple[Page, Any]) -> None:
    first = {query: pages[:1] for query, pages in found(*sample, ANSWERS).items()}
    assert first == {query: [page] for query, page in ANSWERS.items()}


MANY = 10_000


def holder(at: int) -> str:
    """One of some two hundred names, many of which share a first or a last name."""
    return person(at % 160)


def many() -> Any:
    """The index of a handbook of so many roles, as the theme gets it."""
    files = (
        RoleFile(
            f"r{at}",
            f"roles/r{at}.md",
            RoleFields(
                title=title(at),
                parent=f"r{at // 6}" if at else "",
                owner=holder(at // 3),
                deliverable=(Deliverable(outcome=f"{title(at + 1)} for {holder(at + 2)}"),),
            ),
            {},
        )
        for at in range(MANY)
    )
    plan = Plan(Project(Path("/nowhere"), "docs", "Us", Options()), organise(files, today=TODAY))
    docs = []
    for page in [*plan.roles.values(), *plan.people.values()]:
        shown = re.search(r"<h1.*?>(.*?)</h1>(.*)", str(search.entry(plan, page)))
        heading, text = shown.groups() if shown else (page.title, "")
        doc = {"location": plan.url(page.uri), "title": heading, "text": text}
        search.complete(doc, search.words(plan, page))
        docs.append(doc)
    usual = {"title": 1e3, "text": 1, "tags": 1e6}
    fields = {name: {"boost": boost} for name, boost in (usual | dict(search.FIELDS)).items()}
    config = {"lang": ["en"], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"], "fields": fields}
    return {"config": config, "docs": docs}


def test_a_role_is_first_by_its_title_and_its_holder_among_ten_thousand(sample: tuple[Page, Any]) -> None:
    roles = (3, 30, 300, 3000, 17, 488, 4880, 9999)
    wanted = {title(at): at for at in roles} | {f"{title(at)} {holder(at // 3)}": at for at in roles}
    first = {query: pages[:1] for query, pages in found(sample[0], many(), wanted).items()}
    assert first == {query: [f"roles/r{at}/"] for query, at in wanted.items()}
