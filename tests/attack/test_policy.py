"""The published site works under the Content-Security-Policy that the guide gives, and under no less."""

import re
from pathlib import Path

import material
import pytest
from playwright.sync_api import Browser

from browser import Reader, served
from projects import write
from sites import HOME, MKDOCS_YML, POLICY, SAFETY_GUIDE, build_site, copy_sample

PAGES = ("", "roles/marketing/ppc/", "org-chart/", "people/maya/", "tree/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(copy_sample(tmp_path_factory.mktemp("sample") / "handbook"))[0]


def test_the_site_works_under_the_policy(site: Path, browser: Browser) -> None:
    with served(site, POLICY) as address:
        reader = Reader(browser, address)
        for path in PAGES:
            reader.open(path)
        reader.page.locator("input[name=query]").click()
        reader.page.keyboard.type("shipping")
        reader.page.wait_for_selector(".md-search-result__item")
        assert reader.complaints == []
        reader.close()


def asking_elsewhere(address: str, browser: Browser) -> list[str]:
    """What goes wrong where a page asks another host for a picture, a script and data."""
    reader = Reader(browser, address)
    reader.open("")
    reader.page.evaluate(
        """() => {
            document.body.append(Object.assign(new Image(), { src: "https://elsewhere.example/x.png" }))
            const script = document.createElement("script")
            document.body.append(Object.assign(script, { src: "https://elsewhere.example/x.js" }))
            fetch("https://elsewhere.example/x").catch(() => {})
        }"""
    )
    reader.page.wait_for_timeout(200)
    reader.close()
    return reader.complaints


def test_the_policy_keeps_a_page_from_other_hosts(site: Path, browser: Browser) -> None:
    with served(site, POLICY) as address:
        complaints = asking_elsewhere(address, browser)
    assert len([each for each in complaints if "Content Security Policy" in each]) >= 3
    assert not any("ERR_NAME_NOT_RESOLVED" in each for each in complaints)


def test_without_the_policy_other_hosts_are_asked(site: Path, browser: Browser) -> None:
    with served(site) as address:
        complaints = asking_elsewhere(address, browser)
    assert len([each for each in complaints if each.startswith("request: https://elsewhere.example/x")]) == 3
    assert len([each for each in complaints if "ERR_NAME_NOT_RESOLVED" in each]) == 3


def test_every_form_of_the_policy_in_the_guide_is_the_same() -> None:
    forms = re.findall(r"default-src [^\"\n]*", SAFETY_GUIDE)
    assert len(forms) == 4
    assert set(forms) == {POLICY}


@pytest.mark.parametrize("own", [False, True], ids=["as it comes", "with the theme's own link"])
def test_no_git_host_is_asked(own: bool, browser: Browser, tmp_path: Path) -> None:
    """A git host that is asked for stars when a page is viewed would know who reads it."""
    settings = MKDOCS_YML + "repo_url: https://github.com/owner/handbook\nedit_uri: edit/main/content/\n"
    files = {"roles/boss.md": "---\ntitle: Boss\n---\n"}
    if own:
        settings = settings.replace("font: false", "font: false, custom_dir: mine")
        theirs = Path(material.__file__).parent / "templates/partials/source.html"
        files["mine/partials/source.html"] = theirs.read_text(encoding="utf-8")
    site, _ = build_site(write(tmp_path, HOME | files | {"mkdocs.yml": settings}))
    with served(site) as address:
        reader = Reader(browser, address)
        for path in ("", "roles/boss/"):
            page = reader.open(path)
            assert (
                page.locator("a.md-source").first.get_attribute("href") == "https://github.com/owner/handbook"
            )
            page.wait_for_timeout(300)
        asked = [each for each in reader.complaints if each.startswith("request: https://api.github.com")]
        assert bool(asked) == own
        assert own or reader.complaints == []
        reader.close()
