"""How soon a page is seen and can be used, on a processor four times slower, and how much script it takes.

LCP: when the largest part of it is shown. TBT: how long the processor was too busy to answer, beyond
50 ms at a time. CLS: how much of it jumped. Script: what was fetched before anybody scrolled, gzipped.
"""

import argparse
import gzip
import statistics
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response

from browser import served, started
from measuring import table
from organisations import write_organisation
from sites import build_site, copy_sample

SLOWER = 4
QUIET = 3000
"""Milliseconds after which nothing moves any more."""
SAMPLE = {
    "overview": "org-chart/",
    "home": "",
    "role": "roles/marketing/ppc/",
    "person": "people/maya/",
    "business model": "business-model/",
}
MANY = {
    "overview": "org-chart/",
    "home": "",
    "role": "roles/team-000/role-00001/",
    "person": "people/ada-abel/",
}
WATCH = """
window.seen = { lcp: 0, tbt: 0, cls: 0 }
const watch = (type, act) => new PerformanceObserver((list) => list.getEntries().forEach(act))
  .observe({ type, buffered: true })
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime })
watch("longtask", (entry) => { seen.tbt += entry.duration - 50 })
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value })
"""


def measured(browser: Browser, base: str, path: str) -> tuple[float, float, float, float]:
    """LCP and TBT in milliseconds, CLS, and kilobytes of script, in a fresh browser profile."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH)
    page = context.new_page()
    fetched: dict[str, Response] = {}
    page.on("response", lambda response: fetched.setdefault(response.url, response))
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(base + path)
    page.wait_for_timeout(QUIET)
    seen = page.evaluate("window.seen")
    scripts = [each for url, each in fetched.items() if urlsplit(url).path.endswith(".js")]
    weight = sum(len(gzip.compress(each.body(), 6)) for each in scripts) / 1024
    context.close()
    return seen["lcp"], seen["tbt"], seen["cls"], weight


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    rows = []
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        sites = {
            "sample": (build_site(copy_sample(Path(folder) / "sample"))[0], SAMPLE),
            "300 roles": (build_site(write_organisation(Path(folder) / "many", 300))[0], MANY),
        }
        for name, (site, pages) in sites.items():
            with served(site) as base:
                for kind, path in pages.items():
                    runs = [measured(browser, base, path) for _ in range(rounds)]
                    lcp, tbt, cls, script = (statistics.median(each) for each in zip(*runs, strict=True))
                    figures = (f"{lcp:,.0f} ms", f"{tbt:,.0f} ms", f"{cls:.3f}", f"{script:,.1f} KiB")
                    rows.append((name, kind, *figures))
    print(table(("Handbook", "Page", "LCP", "TBT", "CLS", "Script, gzipped"), rows))


if __name__ == "__main__":
    main()
