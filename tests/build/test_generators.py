"""The sample handbook, exported and built by other generators, is page by page what MkDocs makes of it."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from combinations import Built, contains, environment
from sites import copy_sample, set_options

pytestmark = pytest.mark.neighbours
GENERATORS = ("zensical", "properdocs", "mkdocs")
DRAWN = "business-model/"
AUDIENCES = ("internal", "public")


@dataclass(frozen=True)
class Edition:
    """The sample for one audience: the site that MkDocs and the plugin make, and the export."""

    plugin: Built
    exported: dict[str, Path]
    """By the generator that it is made for."""


def run(programs: Path, *words: str | Path, cwd: Path) -> str:
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    ran = subprocess.run(
        [programs / words[0], *words[1:]], cwd=cwd, env=quiet, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


@pytest.fixture(scope="module", params=AUDIENCES)
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    programs, root = environment(), copy_sample(tmp_path_factory.mktemp(request.param) / "sample")
    set_options(root, audience=request.param, public_pages=["index.md"])
    exported = {name: root.parent / name for name in ("mkdocs", "zensical")}
    for name, goal in exported.items():
        export = ("rolebook", "export", "--format", "markdown", "--audience", request.param)
        run(programs, *export, "--generator", name, "--to", goal, cwd=root)
    said = run(programs, "mkdocs", "build", cwd=root)
    return Edition(Built(0, said, root / "site"), exported)


@pytest.fixture(scope="module", params=GENERATORS)
def built(request: pytest.FixtureRequest, edition: Edition) -> Built:
    name = request.param
    if name == "zensical":
        folder, words, programs = edition.exported["zensical"], ["build"], environment("zensical")
    else:
        folder, words, programs = edition.exported["mkdocs"], ["build", "--strict"], environment()
    goal = folder / f"of-{name}"
    said = run(programs, name, *words, cwd=folder)
    (folder / "site").rename(goal)
    return Built(0, said, goal)


def test_pages_are_those_of_the_plugin(edition: Edition, built: Built) -> None:
    ours, theirs = edition.plugin.pages(), built.pages()
    assert ours - theirs == set()
    assert {page for page in theirs - ours if not page.startswith("assets/")} == set()


def test_links_lead_somewhere(edition: Edition, built: Built) -> None:
    assert built.complaints == []
    assert built.dead() - edition.plugin.dead() == set()


def test_pages_have_the_words_and_charts_of_the_plugin(edition: Edition, built: Built) -> None:
    for page in sorted(edition.plugin.pages() - {"404.html"}):
        ours, theirs = edition.plugin.text(page), built.text(page)
        wanted = edition.plugin.words(page).replace("Show as a diagram", "")
        if page == f"{DRAWN}index.html":  # Its diagrams stand open, and their keys after them.
            assert set(built.words(page).split()) >= set(wanted.split())
        else:
            assert contains(built.words(page), wanted), page
        assert charts(theirs) == charts(ours), page


def test_pages_have_the_tags_of_the_plugin(edition: Edition, built: Built) -> None:
    found = {page: tags(built.text(page)) for page in edition.plugin.pages()}
    assert found == {page: tags(edition.plugin.text(page)) for page in found}
    assert any(found.values()) == ("people/index.html" in found)  # outsiders see none


def tags(html: str) -> list[str]:
    return sorted(re.findall(r'class="md-tag[ "][^>]*>\s*([^<]*?)\s*<', html))


def charts(html: str) -> int:
    """How many charts a page has, drawn already or to be drawn in the browser."""
    return len(re.findall(r'<pre[^>]* class="?mermaid\b|class="?rb-drawing\b', html))


def test_vacancies_have_the_data_that_search_engines_read(edition: Edition, built: Built) -> None:
    found = {page: postings(built.text(page)) for page in edition.plugin.pages()}
    assert found == {page: postings(edition.plugin.text(page)) for page in found}
    assert any(found.values())


def postings(html: str) -> list[object]:
    scripts = re.findall(r'<script type="?application/ld\+json"?[^>]*>(.*?)</script>', html, re.DOTALL)
    return [json.loads(each) for each in scripts]
