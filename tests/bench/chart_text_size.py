"""How large the text of charts is in Material's text column, over generated organisations of all shapes."""

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from importlib.resources import files

from playwright.sync_api import Page

from browser import started
from rolebook.charts import reporting
from rolebook.charts.mermaid import flowchart
from rolebook.charts.model import Chart
from rolebook.organisation import Organisation, RoleFile, organise
from rolebook.schema.records import Hours, RoleFields

COLUMN = 688
"""Pixels of Material's text column on a laptop."""
NATURAL, LEAST = 16, 12
"""Pixels of Mermaid's text, and of the smallest text that a page shows; a wider chart moves sideways."""
WORDS = "head of customer support finance video editing sales PPC legal shipping data and operations lead"
NAMES = ("", "Ada", "Maya Brennan", "Inês Carvalho", "Jean-Baptiste Grenouille-Saint-Aubin")
TODAY = dt.date(2027, 1, 15)
WIDTH = """async source => {
  const { svg } = await mermaid.render("chart", source)
  return new DOMParser().parseFromString(svg, "text/html").querySelector("svg").viewBox.baseVal.width
}"""


def organisation(dice: random.Random) -> Organisation:
    """From a handful of roles to hundreds, from a chain to a single wide row."""
    size = round(10 ** dice.uniform(0.3, 2.8))
    reach = dice.choice((1, 2, 4, 10, 40, size))
    deep = dice.random() < 0.5
    roles = []
    for number in range(size):
        above = number - 1 - dice.randrange(reach) if deep else dice.randrange(max(1, min(number, reach)))
        roles.append(role(f"r{number}", f"r{max(0, above)}" if number else "", dice))
    return organise(roles, today=TODAY)


def role(role_id: str, parent: str, dice: random.Random) -> RoleFile:
    title = " ".join(dice.choices(WORDS.split(), k=dice.randint(1, 5)))
    hours = float(dice.randint(1, 40))
    fields = RoleFields(
        title=title, parent=parent, owner=dice.choice(NAMES), weekly_hours=Hours(min=hours, max=hours)
    )
    return RoleFile(role_id, f"roles/{role_id}.md", fields, {})


def charts(each: Organisation, dice: random.Random) -> Iterator[tuple[str, Chart]]:
    roles = list(each.roles.values())
    heads = [role for role in roles if each.reports.get(role.id)] or roles
    yield "overview", reporting.overview(each, "Us")
    yield "department", reporting.department(each, dice.choice(heads))
    yield "you are here", reporting.neighbourhood(each, dice.choice(roles))


def measured(page: Page, trees: int, seed: int) -> dict[str, list[float]]:
    """The size at which each chart would fit the column, by kind."""
    dice = random.Random(seed)
    sizes: dict[str, list[float]] = {}
    for _ in range(trees):
        for kind, chart in charts(organisation(dice), dice):
            width = page.evaluate(WIDTH, flowchart(chart, lambda node: "../roles/"))
            sizes.setdefault(kind, []).append(NATURAL * min(1, COLUMN / width))
    return sizes


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--trees", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with started() as browser:
        page = browser.new_page()
        page.set_content("<!doctype html><title>Charts</title>")
        page.add_script_tag(
            content=(files("rolebook") / "assets/vendor/mermaid.min.js").read_text(encoding="utf-8")
        )
        page.evaluate("mermaid.initialize({ startOnLoad: false })")
        sizes = measured(page, given.trees, given.seed)
    print(f"Text that fits {COLUMN} px, in px; {given.trees:,} organisations, seed {given.seed}")
    print("| chart | least | 1 % | 5 % | 25 % | median | below 12 px, so it moves sideways |")
    print("|---|---|---|---|---|---|---|")
    for kind, found in sizes.items():
        found.sort()
        ranks = [found[int(share * (len(found) - 1))] for share in (0, 0.01, 0.05, 0.25, 0.5)]
        below = 100 * sum(size < LEAST for size in found) / len(found)
        print(f"| {kind} | {' | '.join(f'{size:.1f}' for size in ranks)} | {below:.1f} % |")


if __name__ == "__main__":
    main()
