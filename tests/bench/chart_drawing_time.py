"""How long a reader waits for the chart on each kind of page, on a processor four times slower."""

import argparse
import re
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from browser import served, started
from sites import build_site, copy_sample, set_options

SLOWER = 4
PAGES = {
    "overview": "org-chart/",
    "department": "org-chart/marketing/",
}
"""Those whose diagram is drawn without being asked for; elsewhere it is in a fold."""
# When the first chart stands in the page, in milliseconds since the page was asked for.
WATCH = """
new MutationObserver((changes, observer) => {
  if (!document.querySelector(".rb-drawing, div.mermaid, pre.mermaid[data-processed] > svg")) return
  observer.disconnect()
  requestAnimationFrame(() => { window.drawn = performance.now() })
}).observe(document, { childList: true, subtree: true, attributes: true })
"""
BARE = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>Mermaid alone</title>
<body style="width: 688px"><pre class="mermaid">{}</pre>
<script src="assets/rolebook/mermaid.min.js"></script>
"""


def sample(root: Path, **options: object) -> Path:
    """The site of the sample handbook, with these options of the plugin."""
    copy_sample(root)
    set_options(root, **options)
    site, _ = build_site(root)
    return site


def bare(site: Path, path: str) -> str:
    """A page with the first chart of another and nothing but Mermaid; its address."""
    text = (site / path / "index.html").read_text(encoding="utf-8")
    source = re.search(r'<pre class="mermaid"><code>(.*?)</code>', text, re.DOTALL)
    assert source is not None, path
    name = f"bare-{path.replace('/', '-')}.html"
    (site / name).write_text(BARE.format(source[1]), encoding="utf-8")
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
        shipped = sample(Path(folder) / "shipped")
        mermaid = sample(Path(folder) / "mermaid", static_charts=[])
        with served(shipped) as ours, served(mermaid) as theirs:
            print(f"Seconds until the chart is drawn, {SLOWER} times slower, median of {given.times}")
            print("| chart | as shipped | by Mermaid | Mermaid on a bare page |")
            print("|---|---|---|---|")
            for name, path in PAGES.items():
                addresses = (ours + path, theirs + path, theirs + bare(mermaid, path))
                # By turns, so that what else the machine does falls on all.
                rounds = [[waited(browser, each) for each in addresses] for _ in range(given.times)]
                medians = [statistics.median(found) for found in zip(*rounds, strict=True)]
                print(f"| {name} | {' | '.join(f'{found:.2f}' for found in medians)} |", flush=True)


if __name__ == "__main__":
    main()
