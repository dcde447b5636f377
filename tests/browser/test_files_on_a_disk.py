"""A site that is opened from a disk, without any server: its charts are drawn and its links lead on."""

import pytest
from playwright.sync_api import Browser

from browser import OPEN_SHADOWS
from sites import build_site, copy_sample


def test_pages_work_when_their_files_are_opened(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = copy_sample(tmp_path_factory.mktemp("disk") / "handbook")
    site, logged = build_site(root, use_directory_urls=False)
    assert [line for line in logged if "'navigation.instant' is left out" in line]
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(OPEN_SHADOWS)
    page.goto((site / "org-chart/index.html").as_uri())
    page.locator("#as-a-diagram").scroll_into_view_if_needed()
    chart = page.locator("div.mermaid svg")
    chart.wait_for()
    chart.locator("a").filter(has_text="Marketing").first.click()
    page.wait_for_url("**/roles/marketing/marketing.html")
    page.get_by_role("link", name="PPC management").first.click()
    page.wait_for_url("**/roles/marketing/ppc.html")
    assert complaints == []
    page.close()


def test_a_served_site_keeps_what_its_owner_switched_on(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = copy_sample(tmp_path_factory.mktemp("served") / "handbook")
    site, _ = build_site(root)
    assert "navigation.instant" in (site / "index.html").read_text(encoding="utf-8")
