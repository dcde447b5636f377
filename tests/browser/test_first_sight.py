"""What is seen at once: it stays in place when the rest arrives, and takes no script for what is unseen."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from browser import served
from projects import write
from sites import HOME, build_site

SHIFTS = """
window.shifted = 0
new PerformanceObserver(list => list.getEntries().forEach(each => { shifted += each.value }))
  .observe({ type: "layout-shift", buffered: true })
"""
MOST = 0.02
"""How much of a page may move, as browsers count it."""
FIRST_PART = "seat-f3"
"""Where the page that is on its way stops for a while: the third of nine columns is there."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = HOME | {"roles/top.md": "---\ntitle: Managing director\n---\n"}
    for at in range(9):
        files[f"roles/f{at}.md"] = f"---\ntitle: Function {at}\nparent: top\n---\n"
        files[f"roles/b{at}.md"] = f"---\ntitle: Bookkeeping {at}\nparent: f{at}\n---\n"
    return build_site(write(tmp_path_factory.mktemp("shifts"), files))[0]


@contextmanager
def slowly(page: str, base: str) -> Iterator[tuple[str, threading.Event]]:
    """The address of `page`, whose second half comes when the event is set; the rest is at `base`."""
    rest = threading.Event()
    at = page.index(f'<li id="{FIRST_PART}"')
    parts = page.replace("../", base).encode(), page[at:].replace("../", base).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(parts[0][: -len(parts[1])])
            self.wfile.flush()
            rest.wait(20)
            self.wfile.write(parts[1])

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/org-chart/", rest
    finally:
        rest.set()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("width", [1280, 1600])
def test_columns_and_tools_stay_where_they_are_when_the_rest_of_a_chart_arrives(
    browser: Browser, site: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    text = (site / "org-chart/index.html").read_text(encoding="utf-8")
    with served(site) as base, slowly(text, base) as (address, rest):
        page.goto(address, wait_until="commit")
        page.wait_for_function("document.querySelectorAll('.rb-column').length === 3")
        page.wait_for_timeout(300)  # it is painted
        place = "JSON.stringify([...document.querySelectorAll('.rb-views, .rb-column')].slice(0, 4).map("
        place += "each => [each.getBoundingClientRect().x, each.getBoundingClientRect().y]))"
        before = page.evaluate(place)
        rest.set()
        page.wait_for_load_state()
        page.wait_for_timeout(300)
        assert page.evaluate(place) == before
        assert page.evaluate("shifted") <= MOST
        assert len(page.locator(".rb-column").all()) == 9
    page.close()


@pytest.mark.parametrize("height", [800, 1600])
def test_a_diagram_of_promises_costs_nothing_until_it_is_opened(
    browser: Browser, base: str, height: int
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": height}).new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{base}business-model/", wait_until="networkidle")
    page.evaluate("scrollTo(0, document.querySelector('#who-delivers-which-promise').offsetTop)")
    page.wait_for_timeout(500)
    assert not [url for url in fetched if "mermaid.min" in url]
    assert page.locator("#promise-1").is_visible()
    page.get_by_text("Show as a diagram").first.click()
    page.wait_for_selector(".rb-chart.rb-drawn")
    assert [url for url in fetched if "mermaid.min" in url]
    page.context.close()
