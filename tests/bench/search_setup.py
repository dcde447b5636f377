"""What search costs a reader's browser: how long it takes to be ready, and how much memory it holds."""

import argparse
import json
import statistics
import tempfile
from collections.abc import Container
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from browser import served, started
from measuring import ram_disk, table
from organisations import PLUGINS, person, title, write_organisation
from sites import build_site

SCROLLS = 40
SETTINGS = {"short entries": "search: titles", "all text": "search: text"}
# Material's worker is sent its index with a message of type 0 and answers with one of type 1.
WATCH = """
const Plain = window.Worker
window.Worker = class extends Plain {
  constructor(...given) {
    super(...given)
    this.addEventListener("message", event => {
      if (event.data.type === 1) window.ready = performance.now() - window.sent
    })
  }
  postMessage(message, ...rest) {
    if (message.type === 0) window.sent = performance.now()
    super.postMessage(message, ...rest)
  }
}
"""


def megabytes(browser: Browser, page: Page) -> float:
    """Memory that the script holds which searches: what it uses, and what it has not yet tidied up."""
    session = browser.new_browser_cdp_session()
    answers: dict[int, dict[str, Any]] = {}

    def answered(sent: dict[str, str]) -> None:
        answer = json.loads(sent["message"])
        answers[answer.get("id", 0)] = answer

    session.on("Target.receivedMessageFromTarget", answered)
    targets = session.send("Target.getTargets")["targetInfos"]
    worker = next(each["targetId"] for each in targets if each["type"] == "worker")
    there = session.send("Target.attachToTarget", {"targetId": worker, "flatten": False})["sessionId"]
    ask = json.dumps({"id": 1, "method": "Runtime.getHeapUsage"})
    session.send("Target.sendMessageToTarget", {"sessionId": there, "message": ask})
    while 1 not in answers:
        page.wait_for_timeout(20)
    session.detach()
    used: float = answers[1]["result"]["usedSize"]
    return used / 1e6


def is_found(page: Page, words: str, wanted: Container[str]) -> bool:
    """Whether `words` find one of the `wanted` role ids, as far down as somebody scrolls."""
    field, results = page.locator(".md-search__input"), page.locator(".md-search-result__item")
    # What the words before them have found stays until the theme hears a key.
    field.fill("")
    field.press("End")
    results.first.wait_for(state="detached", timeout=60_000)
    field.fill(words)
    field.press("End")
    results.first.wait_for(state="attached", timeout=60_000)
    for _ in range(SCROLLS):
        addresses = results.locator("a").evaluate_all("all => all.map(each => each.pathname)")
        if any("/roles/" in each and each.split("/")[-2] in wanted for each in addresses):
            return True
        page.locator(".md-search__scrollwrap").evaluate("each => each.scrollTo(0, each.scrollHeight)")
        page.wait_for_timeout(50)
    return False


def held_by(name: str, root: Path) -> set[str]:
    """Ids of the roles that somebody of this name holds; those who share one are numbered."""
    files = (root / "roles").rglob("*.md")
    return {file.stem for file in files if f"\nowner: {name}" in file.read_text(encoding="utf-8")}


def opened(browser: Browser, address: str, root: Path) -> tuple[float, float, bool]:
    """Seconds until search is ready, megabytes, and whether a role is found by its title and its holder."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(address)
    seconds = page.wait_for_function("window.ready", timeout=120_000).json_value() / 1000
    size = megabytes(browser, page)
    by_title = is_found(page, title(60), {"role-00060"})
    found = by_title and is_found(page, person(1), held_by(person(1), root))
    context.close()
    return seconds, size, found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--roles", type=int, nargs="+", default=[1000, 10_000])
    options.add_argument("--times", type=int, default=3)
    given = options.parse_args()
    rows = []
    for roles in given.roles:
        for name, setting in SETTINGS.items():
            with tempfile.TemporaryDirectory(dir=ram_disk()) as folder, started() as browser:
                plugins = PLUGINS.replace("rolebook", f"rolebook: {{{setting}}}")
                root = write_organisation(Path(folder) / "ours", roles, plugins)
                site, _ = build_site(root)
                index = (site / "search/search_index.json").stat().st_size
                with served(site) as address:
                    found = [opened(browser, address, root) for _ in range(given.times)]
                seconds, size = (statistics.median(each[at] for each in found) for at in (0, 1))
                by_both = "yes" if all(each[2] for each in found) else "no"
                figures = [f"{index / 1e6:.2f}", f"{seconds:.2f}", f"{size:.0f}", by_both]
                rows.append([f"{roles:,}", name, *figures])
    print("# Search in the browser\n")
    head = [
        "roles",
        "index",
        "MB of index",
        "s until ready",
        "MB of memory",
        "role found by title and holder",
    ]
    print(table(head, rows))


if __name__ == "__main__":
    main()
