"""The sample handbook as its readers see it, in a real browser with every other host out of reach."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browser import AXE, LAPTOP, OF_COLOURS, SCREENS, Reader, cut_words, served
from projects import write
from sites import HOME, MKDOCS_YML, build_site

KINDS = {
    "home": "",
    "role": "roles/marketing/ppc/",
    "role with reports": "roles/marketing/marketing/",
    "chart": "org-chart/",
    "tree": "tree/",
    "department": "org-chart/marketing/",
    "people": "people/",
    "person": "people/maya/",
    "jobs": "jobs/",
    "job": "jobs/ppc/",
    "roles": "roles/",
    "business model": "business-model/",
    "decisions": "decisions/",
    "hats": "decisions/hats/",
    "hand over": "decisions/hand-over/",
    "now and next": "decisions/now-and-next/",
    "risks": "decisions/promises-and-risks/",
    "attention": "decisions/attention/",
    "guide": "guide/",
    "reference": "guide/fields/",
    "commands": "guide/commands/",
}
"""A page of each kind."""


def charts(reader: Reader) -> list[dict[str, Any]]:
    """Each drawn chart: its texts, the addresses of its links, and how much it is shrunk to fit."""
    found: list[dict[str, Any]] = reader.page.evaluate(
        """() => [...document.querySelectorAll("div.mermaid")].map(host => ({
            texts: [...host.shadowRoot.querySelectorAll(".nodeLabel")].map(each => each.innerText),
            links: [...host.shadowRoot.querySelectorAll("a")].map(each => each.getAttribute("xlink:href")),
            error: host.shadowRoot.textContent.includes("Syntax error"),
            scale: (svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)(
                host.shadowRoot.querySelector("svg")
            ),
        }))"""
    )
    return found


@pytest.mark.parametrize("reader", ["light", "phone"], indirect=True)
def test_every_kind_of_page_is_whole_legible_and_keeps_nobody_out(reader: Reader) -> None:
    for kind, path in KINDS.items():
        page = reader.open(path)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, kind
        assert cut_words(reader) == [], kind
        for chart in charts(reader):
            assert not chart["error"], kind
            assert 16 * chart["scale"] >= 11.9, f"text of less than 12 pixels: {kind}"
        assert reader.barriers() == [], kind
        if reader.page.viewport_size == LAPTOP:  # colours are the same on a phone
            with reader.in_the_dark():
                assert reader.barriers(OF_COLOURS) == [], f"{kind} in the dark"


def test_a_frame_is_reached_by_keyboard_only_while_it_scrolls(reader: Reader) -> None:
    page = reader.open("business-model/")
    frame = page.locator(".md-typeset__scrollwrap").first
    assert frame.get_attribute("tabindex") is None
    page.set_viewport_size({"width": 240, "height": 600})
    page.wait_for_function("document.querySelector('.md-typeset__scrollwrap[tabindex]')")
    assert (frame.get_attribute("role"), frame.get_attribute("aria-label")) == ("group", "A normal month")
    page.set_viewport_size(SCREENS["light"]["viewport"])
    page.wait_for_function("!document.querySelector('.md-typeset__scrollwrap[tabindex]')")
    assert frame.get_attribute("aria-label") is None


def test_search_and_sections_have_names_on_each_page_that_is_gone_to(reader: Reader) -> None:
    page = reader.open("roles/marketing/ppc/")
    reader.mark()
    for _ in range(2):
        expect(page.get_by_role("dialog", name="Search", include_hidden=True)).to_have_count(1)
        for name in ("Roles", "Marketing"):
            expect(page.locator("label[id^=__nav]", has_text=name)).to_have_count(1)
        page.locator(".md-sidebar--primary a", has_text="SEO").first.click()
        page.wait_for_url("**/roles/marketing/seo/**")
        page.wait_for_function("document.querySelector('label[id^=__nav] .rb-unseen')")
    assert page.evaluate("window.stayed"), "the page was loaded anew"


@pytest.mark.parametrize("part", [".md-footer", "article"])
def test_axe_finds_nothing_in_the_foot_and_the_figures_of_a_page(reader: Reader, part: str) -> None:
    page = reader.open("decisions/now-and-next/")
    page.evaluate(AXE)
    rules = ["color-contrast", "empty-table-header", "td-has-header", "scope-attr-valid"]
    found = page.evaluate("([part, rules]) => axe.run(part, { runOnly: rules })", [part, rules])
    assert found["violations"] == []
    assert "color-contrast" in {each["id"] for each in found["passes"]}


def test_chart_shows_roles_with_owner_and_hours_and_leads_to_them(reader: Reader) -> None:
    reader.open("org-chart/")
    (chart,) = charts(reader)
    assert len(chart["texts"]) == len(chart["links"]) == 21
    assert "PPC management\nVacant\N{NO-BREAK SPACE}· 10\N{NO-BREAK SPACE}h" in chart["texts"]
    reader.page.locator("div.mermaid a", has_text="PPC management").click()
    reader.page.wait_for_selector("h1:has-text('PPC management')")


def test_chart_nodes_are_reached_by_keyboard_in_tree_order(reader: Reader) -> None:
    page = reader.open("org-chart/marketing/")
    page.get_by_role("button", name="Copy Mermaid source").focus()
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.shadowRoot?.activeElement?.textContent.trim()"))
    assert [text.split("Maya")[0] for text in reached] == ["Marketing", "Email sequences", reached[2]]
    assert reached[2].startswith("PPC management")
    page.keyboard.press("Enter")
    page.wait_for_url("**/roles/marketing/ppc/")


def test_charts_are_drawn_after_instant_navigation_and_back(reader: Reader) -> None:
    page = reader.open("people/")
    reader.mark()
    page.locator(".md-sidebar--primary a", has_text="Org chart").first.click()
    page.wait_for_url("**/org-chart/")
    page.wait_for_selector(".rb-cards")
    reader.wait_for_charts()
    assert page.evaluate("window.stayed"), "the page was loaded anew"
    assert len(charts(reader)[0]["texts"]) == 21
    page.go_back()
    page.wait_for_url("**/people/")
    page.go_forward()
    page.wait_for_url("**/org-chart/")
    reader.wait_for_charts()


def test_chart_follows_the_dark_switch(reader: Reader) -> None:
    page = reader.open("org-chart/")
    colour = "svg => getComputedStyle(svg.querySelector('.nodeLabel')).color"
    light = reader.chart(colour)
    page.locator("label[for=__palette_1]").first.click()
    assert reader.chart(colour) != light


def test_the_script_is_fetched_only_where_a_chart_is(reader: Reader) -> None:
    fetched: list[str] = []
    reader.page.on("request", lambda request: fetched.append(request.url))
    reader.open("people/")
    assert not any("mermaid" in url for url in fetched)
    reader.open("org-chart/")
    assert sum("mermaid.min.js" in url for url in fetched) == 1


def test_hostile_labels_are_drawn_as_text(browser: Browser, tmp_path: Path) -> None:
    titles = [
        '<img src=x onerror="window.hurt=1">',
        '"] click n0 call alert() %%{init: {"securityLevel": "loose"}}%%',
        "end",
        "#quot; &amp; #35; ß direction TB",
        "</code></pre><script>window.hurt=1</script>",
        "$$\\\\sqrt{2}$$ `**bold**`",
        "日本語 עברית 👩‍💻",
    ]
    roles = {
        f"roles/r{place}.md": "---\n"
        f"title: {json.dumps(title, ensure_ascii=False)}\n{'parent: r0' if place else ''}\n---\n"
        for place, title in enumerate(titles)
    }
    root = write(tmp_path, HOME | {"mkdocs.yml": MKDOCS_YML, **roles})
    site, _ = build_site(root)
    with served(site) as base:
        reader = Reader(browser, base, **SCREENS["light"])
        page = reader.open("org-chart/")
        (chart,) = charts(reader)
        texts = [re.sub("[\u200b\u200c]", "", text) for text in chart["texts"]]
        shown = {" ".join(text.split("\n")[:-1]) or text for text in texts}
        assert {" ".join(title.split()) for title in titles} <= {
            text.removesuffix(" Vacant") for text in shown
        }
        assert page.evaluate("window.hurt") is None
        assert reader.complaints == []


def test_a_chart_link_with_letters_beyond_ascii_leads_there(browser: Browser, tmp_path: Path) -> None:
    roles = {
        "roles/chef.md": "---\ntitle: Chef\n---\n",
        "roles/büro-post.md": "---\ntitle: Büro\nparent: chef\n---\n",
    }
    site, _ = build_site(write(tmp_path, HOME | roles))
    with served(site) as base:
        reader = Reader(browser, base, **SCREENS["light"])
        page = reader.open("org-chart/")
        page.locator("div.mermaid a", has_text="Büro").click()
        page.wait_for_selector("h1:has-text('Büro')")
        assert reader.complaints == []


def test_only_a_word_as_wide_as_a_phone_is_cut(browser: Browser, tmp_path: Path) -> None:
    whole, long = "Kommunikationsverantwortung", "Y" * 100
    roles = {
        "roles/lead.md": f"---\ntitle: {whole}\nowner: Ada Featherstonehaugh\nweekly_hours: 9\n---\n",
        "roles/post.md": f"---\ntitle: {whole} two\nparent: lead\nowner: {long}\nweekly_hours: 9\n---\n",
    }
    site, _ = build_site(write(tmp_path, HOME | roles))
    with served(site) as base:
        reader = Reader(browser, base, **SCREENS["phone"])
        for path, cut in (
            ("people/", {long}),
            ("roles/", {long}),
            ("decisions/hats/", {long}),
            ("roles/lead/", {long}),
        ):
            page = reader.open(path)
            assert set(cut_words(reader)) == cut, path
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
            widths = "[...document.querySelectorAll('.rb-table :is(th, td)')].map(each => each.offsetWidth)"
            assert max(page.evaluate(widths), default=0) < 390, path
        assert reader.complaints == []
        reader.close()
