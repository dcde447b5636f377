"""The theme's pieces that are rendered once for many pages: every page is what it would be without."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.utils import get_relative_url

from projects import write
from rolebook.mkdocs_plugin.handbook_page import HandbookPage
from rolebook.mkdocs_plugin.incremental import partial_cache
from rolebook.mkdocs_plugin.incremental.partial_cache import PartialCache
from sites import HOME, MKDOCS_YML, build_site

FOLDERS = st.lists(st.sampled_from(["roles", "jobs", "a", "b"]), max_size=3)
URLS = st.builds(lambda parts, last: "/".join([*parts, last]), FOLDERS, st.sampled_from(["", "x.html", "c/"]))


def page(url: str) -> HandbookPage:
    found = HandbookPage.__new__(HandbookPage)
    found.file = SimpleNamespace(url=url, name="")  # type: ignore[assignment]
    found.is_index, found.children, found.parent = False, None, None
    return found


@given(st.lists(URLS, max_size=5), st.lists(URLS, max_size=2), st.lists(URLS, min_size=2, max_size=6))
def test_pages_of_one_place_write_every_link_alike(
    nav: list[str], links: list[str], pages: list[str]
) -> None:
    config: Any = SimpleNamespace(theme={"logo": "assets/logo.png"}, extra={})
    in_nav: list[Any] = [page(url) for url in nav]
    items = [Section("All", [*in_nav, *(Link("Link", url) for url in links)])]
    shared = PartialCache(Navigation(items, in_nav), config)
    seen: dict[object, list[str]] = {}
    for url in pages:
        place = shared.cache_key("nav", page(url))
        if place is not None:
            ways = [get_relative_url(target, url) for target in (*nav, *links, "assets/logo.png", "")]
            assert seen.setdefault(place, ways) == ways


NAMES = ["marketing", "sales", "ppc", "seo", "video", "mail", "copy"]
ROLES = {"roles/owner.md": "---\ntitle: Owner\nowner: Ada\n---\n"} | {
    f"roles/{'marketing/' if name > 'n' else ''}{name}.md": f"---\ntitle: {name}\n"
    f"parent: {'owner' if name in NAMES[:3] else 'marketing'}\nowner: Person {name}\n---\n"
    for name in NAMES
}
CONFIG = (
    MKDOCS_YML.replace("rolebook]", "mermaid2, rolebook: {navigation: functions}]").replace(
        "font: false", "font: false, features: [navigation.indexes, navigation.prune], logo: roles/logo.png"
    )
    + "nav: [index.md, 'rolebook:roles']\n"
)


def built(root: Path, **settings: object) -> dict[str, bytes]:
    site, _ = build_site(root, **settings)
    return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*.html")}


@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_site_is_the_same_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory_urls: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")
    root = write(tmp_path, HOME | ROLES | {"mkdocs.yml": CONFIG})
    kept: list[str] = []
    keep = PartialCache.store
    monkeypatch.setattr(PartialCache, "store", lambda *given: kept.append(given[2]) or keep(*given))
    shared = built(root, use_directory_urls=directory_urls)
    assert 0 < sum("md-nav--primary" in html for html in kept) < len(shared) / 2  # one for several pages
    monkeypatch.setattr(partial_cache, "install", lambda *given: None)
    assert built(root, use_directory_urls=directory_urls) == shared


def test_a_theme_that_somebody_changed_renders_every_page_by_itself(tmp_path: Path) -> None:
    config = MKDOCS_YML.replace("font: false", "font: false, custom_dir: own")
    own = '<nav class="own">{{ page.title if page }}</nav>'
    root = write(tmp_path, HOME | ROLES | {"mkdocs.yml": config, "own/partials/nav.html": own})
    pages = built(root)
    for name in ("sales", "ppc"):
        assert f'<nav class="own">{name}</nav>'.encode() in pages[f"jobs/{name}/index.html"]
