"""A real browser on a real site: served from this machine, with every other host out of reach."""

import functools
import http.server
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, ViewportSize, sync_playwright

from install_browser import HOW_TO, find_browser

# Quiet on a machine without network; the sandbox needs rights that a container does not give; and all
# pages of a profile share a process, which knows the theme's and Mermaid's scripts from the page before.
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    "--process-per-site",
    # No other host is found. To look at each request here would do, too, but leaves a browser without cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

# Material draws charts into closed shadow roots; tests need to look and click inside.
OPEN_SHADOWS = """
const attach = Element.prototype.attachShadow
Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }) }
"""

DRAWN = """() => {
    const left = [...document.querySelectorAll("pre.mermaid")].filter(each => each.checkVisibility())
    left[0]?.scrollIntoView({ behavior: "instant" })
    return !left.length
}"""
"""Whether every chart that can be seen is drawn; goes to the first one that is not."""

LAPTOP: ViewportSize = {"width": 1280, "height": 900}
SCREENS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": LAPTOP},
    "dark": {"color_scheme": "dark", "viewport": LAPTOP},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "has_touch": True},
}


@contextmanager
def served(site: Path, policy: str = "") -> Iterator[str]:
    """The address of `site`, served on the loopback interface, with a Content-Security-Policy if given."""
    handler = functools.partial(_Quiet, policy, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, policy: str, *args: Any, **more: Any) -> None:
        self._policy = policy
        super().__init__(*args, **more)

    def end_headers(self) -> None:
        if self._policy:
            self.send_header("Content-Security-Policy", self._policy)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def started() -> Iterator[Browser]:
    """A browser; without one the tests fail and say how to get one."""
    executable = find_browser()
    assert executable is not None, HOW_TO
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable), args=ARGUMENTS)
        yield browser
        browser.close()


@functools.cache
def profile(browser: Browser, **settings: Any) -> BrowserContext:
    """A profile for all readers with the same settings: a new one has to understand every script anew."""
    context = browser.new_context(**settings)
    context.add_init_script(OPEN_SHADOWS)
    # The process ends with its last page; this one stays.
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=""))
    page.goto("http://127.0.0.1/")
    return context


# All that axe tells of a page would take longer to hand over than to find.
FOUND = """rules => axe.run(
    { resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}) },
).then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"""
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that can find in the dark what they do not find in the light."""


def barriers(page: Page, rules: Sequence[str] = ()) -> list[Any]:
    """What axe finds in the page, of any impact; by all rules without `rules`."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE)
    found: list[Any] = page.evaluate(FOUND, list(rules))
    return found


class Reader:
    """Somebody reading the site for the first time: a browser page that remembers what went wrong."""

    def __init__(
        self,
        browser: Browser,
        base: str,
        color_scheme: Literal["light", "dark"] = "light",
        viewport: ViewportSize = LAPTOP,
        **settings: Any,
    ) -> None:
        self.base = base
        self.complaints: list[str] = []
        """Console errors, script errors, dialogs and requests to other hosts."""
        self.context = profile(browser, **settings)
        self.context.on("request", self._request)
        self.page: Page = self.context.new_page()
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(color_scheme=color_scheme)
        self._forget()
        self.page.on("console", self._console)
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def open(self, path: str) -> Page:
        """The page at `path`, with its charts drawn."""
        self.page.goto(self.base + path)
        self.wait_for_charts()
        return self.page

    def wait_for_charts(self) -> None:
        """Go to each chart that is in no closed fold, since it is drawn then, and back to the beginning."""
        self.page.wait_for_function(DRAWN, timeout=20_000)
        self.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        # The theme then puts the site's name in place of the page's; half-way there it is pale.
        at_top = "scrollY > 0 || !document.querySelector('.md-header__title--active')"
        # Asked from outside: a policy of the page forbids Playwright to ask again from within.
        while not self.page.evaluate(at_top):
            self.page.wait_for_timeout(50)
        self._settle()

    @contextmanager
    def in_the_dark(self) -> Iterator[None]:
        """The page after a click on the switch for dark; afterwards as it was."""
        self._switch(1, "slate")
        yield
        self._switch(0, "default")

    def _switch(self, palette: int, scheme: str) -> None:
        self.page.locator(f"label[for=__palette_{palette}]").first.click()
        self.page.wait_for_function(f"document.body.dataset.mdColorScheme === '{scheme}'")
        self.wait_for_charts()
        self._settle()

    def _settle(self) -> None:
        """End what moves: colours that are still on their way are neither light nor dark."""
        self.page.evaluate(
            "document.getAnimations().filter(each => each.effect.getComputedTiming().endTime < Infinity)"
            ".forEach(each => each.finish())"
        )

    def mark(self) -> None:
        """Mark the document, lost when a page is loaded anew: as every one is until the theme has the map."""
        there = "performance.getEntriesByType('resource').some(each => each.name.endsWith('/sitemap.xml'))"
        self.page.wait_for_function(there)
        self.page.evaluate("window.stayed = true")

    def chart(self, question: str) -> Any:
        """What a function says of the first chart's `svg`."""
        drawing = "document.querySelector('div.mermaid').shadowRoot.querySelector('svg')"
        return self.page.evaluate(f"({question})({drawing})")

    def barriers(self, rules: Sequence[str] = ()) -> list[Any]:
        return barriers(self.page, rules)

    def close(self) -> None:
        self.page.close()
        self.context.clear_permissions()
        self.context.remove_listener("request", self._request)

    def _forget(self) -> None:
        """Forget what earlier readers of the site have chosen and fetched."""
        memory = self.context.new_cdp_session(self.page)
        memory.send("Storage.clearDataForOrigin", {"origin": self.base, "storageTypes": "all"})
        memory.send("Network.clearBrowserCache")
        memory.detach()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.complaints.append(f"request: {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")


def cut_words(reader: Reader) -> list[str]:
    """The words in the handbook's tables, facts and cards that begin on one line and end on another."""
    found: list[str] = reader.page.evaluate(
        r"""() => [...document.querySelectorAll(".rb-table, .rb-facts, .rb-cards")].flatMap(block => {
            const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
            const cut = []
            while (texts.nextNode()) {
                for (const word of texts.currentNode.data.matchAll(/[\p{L}\p{N}@.]+/gu)) {
                    const range = document.createRange()
                    range.setStart(texts.currentNode, word.index)
                    range.setEnd(texts.currentNode, word.index + word[0].length)
                    if (new Set([...range.getClientRects()].map(each => each.top)).size > 1) cut.push(word[0])
                }
            }
            return cut
        })"""
    )
    return found
