"""Posts and packs in a real browser: copied, opened without a network, on a phone and on paper."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from browser import Reader, barriers, served
from rolebook.cli import main
from sites import build_site, copy_sample, set_options

SCREENS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1100, "height": 900}},
    "dark phone": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_sample(tmp_path_factory.mktemp("sample") / "handbook")
    role = root / "roles/marketing/ppc.md"
    role.write_text(
        role.read_text(encoding="utf-8").replace("closes: 2026-12-18", "closes: 2099-12-18"), encoding="utf-8"
    )
    config = root / "mkdocs.yml"
    set_options(root, post_limit=1000)
    where = ["-f", str(config), "--to", str(root / "packs")]
    done = CliRunner().invoke(main, ["pack", "ppc", "video-editing", "--sow", *where])
    assert done.exit_code == 0, done.output
    return root


@pytest.fixture(scope="module")
def base(root: Path) -> Iterator[str]:
    with served(root / "site") as address:
        build_site(root, site_url=address)
        yield address


def test_a_post_is_copied_also_after_instant_navigation(browser: Browser, base: str) -> None:
    reader = Reader(browser, base)
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("jobs/")
    reader.mark()
    page.locator("article a", has_text="PPC management").first.click()
    page.wait_for_selector(".rb-paste")
    page.locator(".rb-paste summary").click()
    for form, words in {"text": "\n\nPPC MANAGEMENT\n\n", "Markdown": "\n\n# PPC management\n\n"}.items():
        button = page.get_by_role("button", name=f"Copy as {form}")
        button.focus()
        page.keyboard.press("Enter")
        status = button.locator("xpath=following-sibling::*[@role='status']")
        status.filter(has_text="Copied.").wait_for()
        assert words in page.evaluate("navigator.clipboard.readText()")
    assert page.evaluate("window.stayed")
    assert page.locator("body script.rb-posting").count() == 0
    assert reader.complaints == []
    reader.close()


def test_a_post_that_is_too_long_for_a_marketplace_says_by_how_much(browser: Browser, base: str) -> None:
    reader = Reader(browser, base)
    page = reader.open("jobs/ppc/")
    page.locator(".rb-paste summary").click()
    length = len(page.locator("#rb-paste-1").input_value())
    assert f"{length:,} characters" in page.locator(".rb-paste").inner_text()
    reported = page.locator(".rb-too-long").first.inner_text()
    assert reported.startswith(f"Too long for most job boards by {length - 1000:,} characters (limit 1,000).")
    found = barriers(page)
    assert found == [], json.dumps(found, indent=1)
    reader.close()


def test_search_engines_read_the_vacancy_in_the_head_of_its_page(root: Path, base: str) -> None:
    head, _, body = (root / "site/jobs/ppc/index.html").read_text(encoding="utf-8").partition("</head>")
    assert '<script type="application/ld+json" class="rb-posting">{"@context"' in head
    assert "rb-posting" not in body
    assert "rb-posting" not in (root / "site/jobs/seo/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ["ppc", "video-editing"])
def test_a_pack_opens_without_a_network_and_fits(
    browser: Browser, root: Path, role: str, screen: str
) -> None:
    # The policy in the file would keep the tests' own scripts out, too.
    context = browser.new_context(bypass_csp=True, offline=True, **SCREENS[screen])
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((root / f"packs/{role}-pack.html").as_uri())
    assert [url for url in asked[1:] if not url.startswith("data:")] == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.locator("script").count() == 0
    assert page.locator("svg text").first.bounding_box()
    assert barriers(page) == []
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_pack_prints_within_the_paper(browser: Browser, root: Path, paper: str) -> None:
    page = browser.new_page()
    page.goto((root / "packs/video-editing-pack.html").as_uri())
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper)))
    assert 3 <= len(printed.pages) <= 8
    assert all(len(each.extract_text()) > 200 for each in printed.pages)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": {"A4": 642, "Letter": 664}[paper], "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.close()
