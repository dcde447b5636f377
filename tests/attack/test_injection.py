"""Whatever stands in role files: no script runs, nothing is fetched from elsewhere, text is shown as text."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import Reader, served
from hostile import CHARTS, bodies, every_field, labels, page
from projects import write
from rolebook.schema.records import BusinessModelFields, PersonFields, RoleFields
from sites import HOME, MKDOCS_YML, POLICY, build_site

pytestmark = pytest.mark.fuzz

EXTENSIONS = """\
repo_url: https://git.example/owner/handbook
edit_uri: edit/main/content/
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
"""
PLUGINS = """
  - search
  - tags
  - rolebook:
      allow_multiple_roots: yes
      disabled_checks: [unknown-person, unknown-deliverable, vacant-by-name]
"""
TEAM = 20
"""Roles that report to one, so that all of them are on its chart."""
INSPECT = """pages => {
    const foreign = [], texts = {}
    for (const [path, html] of Object.entries(pages)) {
        const page = new DOMParser().parseFromString(html, "text/html")
        const article = page.querySelector("article") ?? page.body  // a redirect has none
        texts[path] = [page.title, article.textContent]
        const not = (each, why) => foreign.push(`${path}: ${why}: ${each.outerHTML.slice(0, 300)}`)
        for (const each of page.querySelectorAll("iframe, object, embed, base, applet, math, [srcset]"))
            not(each, "element")
        // A chart and a long table have one form and one script of ours.
        const tables = ["roles", "people", "decisions/hats"].map(folder => [folder, "tables"])
        const [folder, script] = [["org-chart", "cards"], ...tables].find(([folder]) =>
            folder === "org-chart" ? path.startsWith(folder) : path === `${folder}/index.html`) ?? []
        const ours = [".rb-tools > form", `script[src$='rolebook/${script}.js']`]
        for (const each of folder ? ours : []) article.querySelector(each)?.remove()
        const unwanted = "script, style, link, form, meta, template, [id^=__config]"
        for (const each of article.querySelectorAll(unwanted))
            not(each, "element in the text")
        for (const each of page.querySelectorAll("*"))
            for (const { name, value } of each.attributes) {
                if (/^on/.test(name)) not(each, "handler")
                if (!/^(href|src|poster|action|data)$/.test(name)) continue
                const address = new URL(value, location.origin)
                if (/^(javascript|data|vbscript|file):$/.test(address.protocol)) not(each, "scheme")
                const link = name === "href" && /^(a|link)$/.test(each.localName)
                if (address.origin !== location.origin && !link) not(each, "fetched")
            }
    }
    return { foreign, texts }
}"""
"""What a browser makes of pages without running anything: what is foreign in them, and their texts."""


@dataclass(frozen=True)
class Hostile:
    """A served site with a role for every label, in all its fields, and a role for every body."""

    labels: list[str]
    folder: Path
    address: str

    def paths(self, *patterns: str) -> list[str]:
        found = (path.parent for each in patterns for path in self.folder.glob(f"{each}/index.html"))
        return sorted(f"{path.relative_to(self.folder).as_posix()}/" for path in found)


@pytest.fixture(scope="module")
def hostile(long: bool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    tried = labels(1200 if long else 130)
    options = MKDOCS_YML.replace(" [search, rolebook]\n", PLUGINS)
    root = write(
        tmp_path_factory.mktemp("hostile"), HOME | {"mkdocs.yml": options + EXTENSIONS} | files(tried)
    )
    site, _ = build_site(root)
    with served(site) as address:
        yield Hostile(tried, site, address)


def files(tried: list[str]) -> dict[str, str]:
    today = {"opens": dt.date.today().isoformat(), "closes": dt.date.today().isoformat()}
    found = {
        "roles/boss.md": page({"title": "Boss"}),
        "content/business-model.md": page(every_field(BusinessModelFields, tried[0])),
        "content/index.md": "# Home\n\n<!-- rolebook: org-chart -->\n",
        "content/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    }
    for number, label in enumerate(tried):
        fields = every_field(RoleFields, label)
        fields |= {"parent": f"team-{number // TEAM}", "status": "open"}
        fields["posting"] |= today
        found[f"roles/label-{number}.md"] = page(fields)
        if number < TEAM:
            team = every_field(RoleFields, label, of="team") | {"kind": "team", "status": "paused"}
            found[f"roles/people-{number}.md"] = page(team | {"parent": "boss"})
        found[f"roles/team-{number // TEAM}.md"] = page({"title": f"Team {number // TEAM}", "parent": "boss"})
    for number, body in enumerate(bodies()):
        found[f"roles/body-{number}.md"] = page({"title": f"Body {number}", "parent": "boss"}, body)
    together = "\n\n".join(bodies())
    found["roles/bodies.md"] = page({"title": "All bodies", "parent": "boss"}, together)
    for number, body in enumerate(CHARTS):
        found[f"roles/chart-{number}.md"] = page({"title": f"Chart {number}", "parent": "boss"}, body)
    for number, body in enumerate(bodies()[:20]):
        found[f"people/body-{number}.md"] = page({"name": f"Person {number}"}, body)
        about = every_field(PersonFields, tried[number % len(tried)])
        found[f"people/label-{number}.md"] = page(about | {"name": f"{about['name']} {number}"})
    return found


def shown(text: str) -> str:
    """`text` without what a page may leave out: white space, and characters that are not to be seen."""
    kept = (char for char in unicodedata.normalize("NFC", text) if char.isprintable() and not char.isspace())
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cf", "Mn"))


def test_no_page_holds_anything_foreign_and_texts_are_as_written(
    hostile: Hostile, browser: Browser, long: bool
) -> None:
    reader = Reader(browser, hostile.address)
    reader.page.goto(hostile.address)
    patterns = ["**"] if long else ["roles/*", "jobs/label-*", "people/*", "org-chart/*", "tags"]
    foreign: list[str] = []
    seen: dict[str, list[str]] = {}
    # A browser takes some hundred pages at once, not thousands.
    # Further pages of the chart show what its first ones show.
    every = [path for path in hostile.paths(*patterns) if not path.startswith(("tree/", "lists/tree/"))]
    for first in range(0, len(every), 200):
        some = every[first : first + 200]
        pages = {path: (hostile.folder / path / "index.html").read_text(encoding="utf-8") for path in some}
        found = reader.page.evaluate(INSPECT, pages)
        foreign += found["foreign"]
        seen |= found["texts"]
    assert foreign == []
    for number, label in enumerate(hostile.labels):
        for place in ("roles", "jobs"):
            texts = [shown(text) for text in seen[f"{place}/label-{number}/"]]
            assert all(shown(label) in text for text in texts), (place, label)
    assert reader.complaints == []
    reader.close()


def test_nothing_happens_when_pages_are_opened(hostile: Hostile, browser: Browser, long: bool) -> None:
    paths = ["", "roles/", "org-chart/team-0/", "roles/bodies/", *hostile.paths("roles/chart-*")]
    if long:
        more = hostile.paths("org-chart/*", "roles/body-*", "people/*", "jobs/label-*")
        paths += ["org-chart/", "people/", "jobs/", "business-model/", *more]
    reader = Reader(browser, hostile.address)
    # Pictures that a body names and that are not there are asked for here, at this address.
    missing = re.compile(r"console: Failed to load resource: .* 404")
    for path in paths:
        page = reader.open(path)
        assert page.evaluate("window.hurt") is None, path
        assert page.url == hostile.address + path
        assert [each for each in reader.complaints if not missing.match(each)] == [], path
    reader.close()


def one_of_each_kind(hostile: Hostile, long: bool) -> list[str]:
    """A page of every folder and level of the site, and so of every template; redirects lead to others.

    Of the people whom hostile names make, `long` has all, else a few; what all of their pages hold is looked
    at above.
    """
    kinds: dict[tuple[str, ...], str] = {}
    for path in hostile.paths("*", "*/**"):
        if 'http-equiv="refresh"' in (hostile.folder / path / "index.html").read_text(encoding="utf-8"):
            continue
        first, *rest = path.strip("/").split("/")
        form = re.sub(r"(^|-)\d+$", "", rest[-1]) if rest else ""
        if first == "people" and form not in ("", "label", "body", "person") and not long:
            form = str(ord(form[0]) % 6)
        kinds.setdefault((first, form, str(len(rest))), path)
    return ["", *kinds.values(), "404.html"]


@pytest.mark.parametrize("policy", ["", POLICY], ids=["without a policy", "with the policy"])
def test_a_page_of_every_kind_keeps_to_itself(
    policy: str, hostile: Hostile, browser: Browser, long: bool
) -> None:
    paths = one_of_each_kind(hostile, long)
    assert {"roles", "jobs", "people", "org-chart", "tags", "business-model"} <= {
        path.split("/")[0] for path in paths
    }
    missing = re.compile(r"console: Failed to load resource: .* 404")
    with served(hostile.folder, policy) as address:
        reader = Reader(browser, address)
        for path in paths[:: 1 if long or not policy else 4]:  # what the policy allows, ran without it
            page = reader.open(path)
            assert page.evaluate("window.hurt") is None, path
            assert page.url == address + path
            assert [each for each in reader.complaints if not missing.match(each)] == [], path
        reader.close()


def test_nothing_in_a_body_writes_to_the_terminal(tmp_path: Path) -> None:
    body = "# \x1b[31m\n\n[a](\x1b[31m.md) [b](&#27;[31m.md) ![c](%1b[31m.png) [d](#\x9b31m) <p id='\x1b'>\n"
    root = write(tmp_path, HOME | {"roles/boss.md": page({"title": "Boss"}, body), "content/index.md": body})
    _, logged = build_site(root)
    assert all(char.isprintable() for line in logged[2:] for char in line if char != "\n")


def test_charts_show_labels_as_written(hostile: Hostile, browser: Browser, long: bool) -> None:
    reader = Reader(browser, hostile.address)
    for team in range(0, len(hostile.labels) // TEAM, 1 if long else 4):
        text = shown(
            reader.open(f"org-chart/team-{team}/").evaluate(
                "document.querySelector('article').innerText + [...document.querySelectorAll('div.mermaid')]"
                ".map(host => host.shadowRoot.textContent).join('')"
            )
        )
        assert "Syntaxerror" not in text
        for label in hostile.labels[team * TEAM : (team + 1) * TEAM]:
            assert shown(label)[:40] in text, label
    reader.close()
