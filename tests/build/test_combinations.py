"""Sites of other plugins, themes and settings are as clean with Rolebook as without it."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from combinations import ALONE, CASES, Built, Case, build, contains, environment, versions
from repositories import NOBODY, commit, git
from sites import HOME, SAMPLE

GUIDE = (SAMPLE / "content/guide/neighbours.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([\w. -]+) \| (\d[\w.]*) \|", GUIDE, re.MULTILINE))
"""The versions that the guide names, by package."""
OURS = ("roles/", "people/", "org-chart/", "jobs/", "decisions/", "links/")
HAS_CHARTS = ("org-chart/", "roles/shop/")


@pytest.fixture(scope="session")
def programs() -> Path:
    return environment()


@pytest.fixture(scope="session")
def alone(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ALONE, tmp_path_factory.mktemp("alone") / "mill", programs, with_rolebook=True)


@pytest.mark.neighbours
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_site_is_as_clean_as_without_rolebook(case: Case, alone: Built, tmp_path: Path) -> None:
    programs = environment(case.environment)
    without = build(case, tmp_path / "without", programs, with_rolebook=False)
    assert without.code == 0, without.said
    site = build(case, tmp_path / "with", programs, with_rolebook=True)
    added = [line for line in site.complaints if line not in without.complaints]
    if case.fails:
        assert site.code != 0
        assert case.fails in site.said
        return
    assert site.code == 0, site.said
    assert added == []
    assert ".rolebook-" not in site.said
    assert site.dead() - without.dead() == case.dead
    assert list(faults(case, site, alone)) == []
    own = "how/start/"
    if own in case.expects or "exclude" in case.name:
        return
    assert charts(site, own) == charts(without, own)


def faults(case: Case, site: Built, alone: Built) -> Iterator[str]:
    """What made pages lack on `site`, of what they have where Rolebook stands alone."""
    for page in sorted(alone.pages()):
        uri = page.removesuffix("index.html")
        if not uri.startswith(OURS):
            continue
        text = site.text(site.page(uri))
        if not text:
            yield f"{uri} is not there"
        if len(re.findall(r"<h1\b", text)) != 1 or "<hr data-rolebook" in text:
            yield f"{uri} has no title, or holes"
        if "words" not in case.without and not contains(site.words(site.page(uri)), alone.words(page)):
            yield f"{uri} lacks words"
    shop = site.text(site.page("roles/shop/"))
    if "edit" not in case.without and not re.search(r"edit/main/(sub/)?roles/shop\.md", shop):
        yield "there is no link for editing"
    if "search" not in case.without and not any(each.startswith("roles/shop") for each in site.index()):
        yield "the search does not find a role"
    if "charts" not in case.without:
        yield from (f"{uri} lacks charts" for uri in HAS_CHARTS if charts(site, uri) != charts(alone, uri))
    if "nav" not in case.without and (lacking := navigation(alone) - navigation(site)):
        yield f"the navigation lacks {lacking}"
    for uri, pattern in case.expects.items():
        if not re.search(pattern, site.text(site.page(uri))):
            yield f"{uri} lacks {pattern}"


def charts(site: Built, uri: str) -> int:
    return len(re.findall(r'<pre[^>]* class="?mermaid\b', site.text(site.page(uri))))


def navigation(site: Built) -> set[str]:
    text = site.text(site.page("roles/"))
    return set(re.findall(r'<a href="?([^"# >]+)"? class="?md-nav__link', text))


@pytest.mark.neighbours
def test_mike_publishes_the_site(programs: Path, tmp_path: Path) -> None:
    files = {**HOME, "roles/boss.md": "---\ntitle: Boss\n---\n"}
    commit(tmp_path, files)
    environment = {**NOBODY, "PATH": f"{programs}:/usr/bin:/bin"}
    command = [programs / "mike", "deploy", "1.0", "--branch", "pages"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    listed = git(tmp_path, "ls-tree", "-r", "--name-only", "pages")
    assert "1.0/roles/boss/index.html" in listed.split()


def test_the_guide_names_the_packages_and_versions_that_are_tried() -> None:
    tried = {case.package for case in CASES if case.package} | {"mike", "zensical"}
    assert {name: version for name, version in versions().items() if name in tried} == ROWS
    assert set(ROWS) == tried


def test_the_guide_says_which_packages_do_not_work() -> None:
    failing = {case.package for case in CASES if case.fails}
    said = set(re.findall(r"^\| ([\w. -]+) \| [\w.]+ \| \*\*no\*\*", GUIDE, re.MULTILINE))
    assert said == failing
