"""A site for outsiders is whole: no page is missed, no link is dead, nothing leads inside."""

import json
import re
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from projects import MKDOCS_YML, reported, write
from sites import HOME, build_site, copy_sample, dead_links, set_options


def public(root: Path, *pages: str) -> Path:
    """The project at `root`, whose site is now for the public and has the hand-written `pages`."""
    set_options(root, audience="public", public_pages=pages)
    return root


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = public(copy_sample(tmp_path_factory.mktemp("public") / "handbook"), "index.md", "handing-over.md")
    built, _ = build_site(root, strict=True, repo_url="https://example.org/us", edit_uri="edit/main/content")
    return built


def test_every_link_leads_somewhere(site: Path) -> None:
    assert list(dead_links(site)) == []


def test_there_are_roles_charts_and_jobs_and_the_named_pages_only(site: Path) -> None:
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    assert folders == {"assets", "handing-over", "jobs", "org-chart", "roles", "search", "tree"}
    assert {path.name for path in (site / "roles").iterdir()} >= {"ppc", "marketing", "index.html"}


def test_a_link_to_a_page_that_is_not_there_is_text(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "How the business makes money" in home
    assert "business-model" not in home
    assert 'href="roles/ppc/"' in home


def test_no_page_says_where_it_is_edited(site: Path) -> None:
    assert not any("example.org/us" in page.read_text(encoding="utf-8") for page in site.rglob("*.html"))


def test_seats_are_vacant_or_filled(site: Path) -> None:
    role = (site / "roles/seo/index.html").read_text(encoding="utf-8")
    assert '<span class="rb-badge rb-filled">Filled</span>' in role
    assert "<dt>Holder</dt>" not in role
    assert ">Founder<" not in (site / "org-chart/index.html").read_text(encoding="utf-8")


def test_search_knows_nobody_and_no_page_for_colleagues(site: Path) -> None:
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    ours = [doc for doc in docs if re.match("roles|jobs|org-chart|tree", doc["location"])]
    index, docs = json.dumps(ours, ensure_ascii=False), {doc["location"]: doc for doc in ours}
    for inside in (
        "Maya",
        "Brennan",
        "Carvalho",
        "ines",
        "Tomasz",
        "overloaded",
        "stale",
        "decisions/",
        "people/",
    ):
        assert not re.search(rf"\b{inside}\b", index), inside
    assert docs["jobs/"]["words"].startswith("open roles vacant")
    assert docs["roles/seo/"].get("words", "") == "SEO"


def test_files_are_named_by_patterns(tmp_path: Path) -> None:
    config = (
        "site_name: Us\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins:\n  - rolebook\n"
    )
    files = {
        "mkdocs.yml": config,
        "content/img/shown.png": b"x",
        "content/img/deep/shown.png": b"x",
        "content/img/very/deep/deep.png": b"x",
        "content/inside.png": b"x",
        "content/index.md": "![a](img/shown.png) ![b](inside.png) [c](mailto:a@example.org) [d](#x)\n",
        "roles/owner.md": "---\ntitle: Owner\n---\n",
    }
    root = public(write(tmp_path, HOME | files), "*.md", "img/*", "img/**/deep.png")
    built, _ = build_site(root, strict=True)
    assert sorted(path.name for path in built.glob("**/*.png") if "images" not in path.parts) == [
        "deep.png",
        "shown.png",
    ]
    home = (built / "index.html").read_text(encoding="utf-8")
    assert "inside.png" not in home
    assert 'src="img/shown.png"' in home
    assert 'href="mailto:' in home or "&#109;" in home


def test_the_navigation_names_only_what_is_on_the_site(tmp_path: Path) -> None:
    hidden = {
        "Pay of Ada": "inside.md",
        "Board of Ada": "board/",
        "Rates of Ada": "rates.pdf",
        "Ledger of Ada": "https://intranet.example/ada",
        "Plan of Ada": "rolebook-plan.pdf",
        "Notes of Ada": "/notes/",
    }
    nav = [{"Home": "index.md"}, "rolebook", {"Ours": "rolebook:roles"}]
    nav += [{title: target} for title, target in hidden.items()]
    nav += [{"All of Ada": [{title: target} for title, target in hidden.items()]}]
    files = {
        f"content/{name}": "x" for name in ("inside.md", "board/a.txt", "rates.pdf", "rolebook-plan.pdf")
    }
    role = {"roles/owner.md": "---\ntitle: Owner\n---\n"}
    config = f"{MKDOCS_YML}nav: {json.dumps(nav)}\n"
    root = public(write(tmp_path, HOME | files | role | {"mkdocs.yml": config}), "index.md")
    built, _ = build_site(root)
    for path in (*built.rglob("*.html"), *built.rglob("*.json")):
        assert "Ada" not in path.read_text(encoding="utf-8"), path
    assert "Ours" in (built / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("title", "purpose", "body"),
    [
        ("The shop of Ada Quint", "Keeps it", ""),
        ("Shop", "What Ada Quint wants", ""),
        ("Shop", "Keeps it", "## Purpose\n\nAsk\nQuint, Ada.\n"),
    ],
)
def test_nothing_is_built_that_names_somebody(title: str, purpose: str, body: str, tmp_path: Path) -> None:
    role = f"---\ntitle: {title}\nowner: Ada Quint\npurpose: {purpose}\n---\n\n{body}"
    root = write(tmp_path, {"mkdocs.yml": MKDOCS_YML, "roles/shop.md": role, **HOME})
    assert "error" not in reported(root)
    (root / "mkdocs.yml").write_text(
        MKDOCS_YML.replace("disabled_checks", "audience: public\n      disabled_checks"), encoding="utf-8"
    )
    assert reported(root).count("error: roles/shop.md") == 1
    with pytest.raises(Abort):
        build_site(root)
    assert not (root / "site").exists()


@pytest.mark.parametrize("named", ["Zweck", "Purpose", "zweck der rolle"])
def test_a_section_that_stays_inside_does_so_by_each_of_its_headings(tmp_path: Path, named: str) -> None:
    config = MKDOCS_YML.replace(
        "disabled_checks",
        "audience: public\n      language: de\n"
        f"      sections: {{internal: [{named}]}}\n      disabled_checks",
    )
    headings = ("Zweck", "Zweck der Rolle", "Purpose")
    texts = {
        f"roles/r{at}.md": f"---\ntitle: R{at}\n{'parent: r0' if at else ''}\n---\n## {each}\n\nInside.\n\n"
        "## Aufgaben\n\nBacken.\n"
        for at, each in enumerate(headings)
    }
    site, _ = build_site(write(tmp_path, HOME | texts | {"mkdocs.yml": config}))
    pages = [
        path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in (".html", ".json")
    ]
    assert any("Backen." in page for page in pages)
    assert not any("Inside." in page for page in pages)
