"""Fields of Material's that a role or person file may have for its own page: hide, icon and search."""

import json
import re
from pathlib import Path

import pytest

from projects import reported, write
from sites import HOME, build_site, set_options

MKDOCS = HOME["mkdocs.yml"].replace(" [search, rolebook]", "\n  - search\n  - rolebook")
FILES = {
    **HOME,
    "mkdocs.yml": MKDOCS,
    "roles/boss.md": "---\ntitle: Boss\nowner: ann\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: boss\nhide: [navigation, toc]\nicon: material/store\n"
    "search: {exclude: yes}\n---\n\n## Purpose\n\nSells nails.\n",
    "roles/till.md": "---\ntitle: Till\nparent: shop\nsearch: {boost: 2.5}\n---\n",
    "people/ann.md": "---\nname: Ann\nicon: material/account\nsearch:\n  exclude: true\n---\n\n"
    "Grows pears.\n",
}


def index(site: Path) -> dict[str, dict[str, object]]:
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    return {doc["location"].partition("#")[0]: doc for doc in docs}


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("search", ["text", "titles"])
def test_a_page_is_left_out_of_search_if_its_file_says_so(tmp_path: Path, audience: str, search: str) -> None:
    root = write(tmp_path, FILES)
    set_options(root, audience=audience, search=search, public_pages=["index.md"])
    site, _ = build_site(root)
    text = (site / "search/search_index.json").read_text(encoding="utf-8")
    assert not re.search("nails|pears", text)
    found = index(site)
    assert not found.keys() & {"roles/shop/", "people/ann/"}
    assert "roles/till/" in found
    assert found["roles/till/"]["boost"] == 2.5


def icons(site: Path, page: str) -> int:
    """How many entries of the navigation have an icon on a page."""
    html = (site / page / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a [^>]*class="md-nav__link[^"]*"[^>]*>\s*(<svg|<span)', html)
    return links.count("<svg")


def test_every_page_shows_the_icons_of_the_others(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    set_options(root, cache_dir=".cache", navigation="tree")
    site, _ = build_site(root)
    html = (site / "roles/shop/index.html").read_text(encoding="utf-8")
    assert re.search(r'<div class="md-sidebar md-sidebar--primary"[^>]* hidden>', html)
    shown = {page: icons(site, page) for page in ("roles/boss", "roles/till", "roles/shop")}
    assert set(shown.values()) == {2}  # that of a role and of a person
    now = FILES["roles/till.md"].replace("search", "icon: material/cash\nsearch")
    (root / "roles/till.md").write_text(now, encoding="utf-8")
    build_site(root)
    assert {icons(site, page) for page in shown} == {3}


def test_an_icon_that_the_theme_lacks_is_reported_and_breaks_nothing_off(tmp_path: Path) -> None:
    role = "---\ntitle: Boss\nicon: material/no-such\n---\n"
    root = write(tmp_path, FILES | {"roles/boss.md": role})
    said = "error: roles/boss.md:3: icon is 'material/no-such', and Material has no such icon"
    assert said in reported(root)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "icon: ../../secret/x",
            "icon is '../../secret/x'. Write the name of an icon, such as material/library",
        ),
        ("hide: [everything]", "hide is 'everything'. Write navigation, toc, path, footer, feedback or tags"),
        ("search: no", "search is 'no'. Write the fields exclude, boost"),
        ("template: home.html", "there is no field 'template'. Remove it: pages of roles and people have"),
    ],
)
def test_what_a_theme_would_not_take_is_reported(tmp_path: Path, line: str, said: str) -> None:
    root = write(tmp_path, {"roles/boss.md": f"---\ntitle: Boss\n{line}\n---\n"})
    assert f"error: roles/boss.md:3: {said}" in reported(root)
