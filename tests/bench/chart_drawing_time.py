"""How long a reader waits for the chart on each kind of page, on a processor four times slower."""

import argparse
import html
import re
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from browser import served, started
from sites import build_site, copy_sample

SLOWER = 4
PAGES = {
    "overview": "org-chart/",
    "department": "org-chart/marketing/",
    "role": "roles/marketing/seo/",
    "home": "",
}
# When the first chart stands in the page, in milliseconds since the page was asked for.
WATCH = """
new MutationObserver((changes, observer) => {
  if (!document.querySelector("div.mermaid, pre.mermaid[data-processed] > svg")) return
  observer.disconnect()
  requestAnimationFrame(() => { window.drawn = performance.now() })
}).observe(document, { childList: true, subtree: true, attributes: true })
"""
BARE = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>Mermaid alone</title>
<body style="width: 688px"><pre class="mermaid">{}</pre>
<script src="assets/rolebook/mermaid.min.js"></script>
"""


def bare(site: Path, path: str) -> str:
    """A page with the first chart of another and nothing but Mermaid; its address."""
    text = (site / path / "index.html").read_text()
    source = re.search(r'<pre class="mermaid"><code>(.*?)</code>', text, re.DOTALL)
    assert source is not None, path
    name = f"bare-{len(path)}.html"
    (site / name).write_text(BARE.format(html.escape(html.unescape(source[1]))))
    return name


def waited(browser: Browser, address: str) -> float:
    """In a fresh browser profile, in seconds."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    drawn: float = page.wait_for_function("window.drawn", timeout=60_000).json_value()
    context.close()
    return drawn / 1000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        root = copy_sample(Path(folder) / "handbook")
        with served(root / "site") as address:
            site, _ = build_site(root, site_url=address)
            print(f"Seconds until the chart is drawn, {SLOWER} times slower, median of {given.times}")
            print("| page | handbook | Mermaid alone |")
            print("|---|---|---|")
            for name, path in PAGES.items():
                both = (address + path, address + bare(site, path))
                # By turns, so that what else the machine does falls on both.
                rounds = [[waited(browser, each) for each in both] for _ in range(given.times)]
                ours, alone = (statistics.median(found) for found in zip(*rounds, strict=True))
                print(f"| {name} | {ours:.2f} | {alone:.2f} |", flush=True)


if __name__ == "__main__":
    main()
