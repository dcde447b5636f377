"""The list of what builds leave for each other is whole, or it is none."""

import os
import shutil
from pathlib import Path

import pytest

from rolebook.mkdocs_plugin.incremental import build_cache
from rolebook.mkdocs_plugin.incremental.build_cache import (
    EMPTY,
    BuildCache,
    CachedPage,
    CachedSite,
    PageMetadata,
    digest,
)
from rolebook.mkdocs_plugin.incremental.cache_key import VARIABLE, cache_key

METADATA = PageMetadata(
    digest(b"<p>"),
    {"roles/ppc.md": True, "roles/gone.md": False},
    ["tasks"],
    {"roles/ppc.md": {"tasks": "ppc.md#tasks"}},
    [{"location": "roles/seo/", "title": "SEO", "text": "<p>Ada</p>"}],
    [("money", False, None)],
)
CACHED = CachedSite(b"look", b"facts", {"seo": b"body"}, {"roles/seo.md": CachedPage.of(b"0" * 16, METADATA)})


@pytest.fixture
def cache(tmp_path: Path) -> BuildCache:
    left = BuildCache(tmp_path / "cache", b"secret")
    left.put(b"0" * 16, b"<p>")
    left.close(CACHED)
    assert left.failed is None
    return left


def test_the_next_build_gets_what_was_left(cache: BuildCache) -> None:
    found = cache.read()
    assert found == CACHED
    assert found.pages["roles/seo.md"].metadata == METADATA
    assert cache.html(found.pages["roles/seo.md"]) == b"<p>"


def test_a_site_without_pages_is_left_in_a_folder_that_is_made_for_it(tmp_path: Path) -> None:
    left = BuildCache(tmp_path / "of/two/folders", b"secret")
    left.close(CachedSite(b"look"))
    assert left.failed is None
    assert left.read() == CachedSite(b"look")


def test_of_a_list_with_any_other_letter_nothing_is_kept(cache: BuildCache, tmp_path: Path) -> None:
    file = tmp_path / "cache/pages.list"
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.read() == EMPTY
    for other in (b"", whole[:-1], whole + b"\0"):
        file.write_bytes(other)
        assert cache.read() == EMPTY


def test_a_list_of_another_form_is_none(cache: BuildCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_cache, "_CACHE_SCHEMA", b"another")
    assert cache.read() == EMPTY


def test_a_list_that_somebody_else_wrote_is_none(cache: BuildCache, tmp_path: Path) -> None:
    assert cache.read() == CACHED
    assert BuildCache(tmp_path / "cache", b"another secret").read() == EMPTY
    packed = (tmp_path / "cache/pages.list").read_bytes()[16:]
    for forged in (digest(packed), digest(build_cache._CACHE_SCHEMA, packed), b"0" * 16):
        (tmp_path / "cache/pages.list").write_bytes(forged + packed)
        assert cache.read() == EMPTY


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and pipes")
def test_nothing_is_written_where_a_link_leads(cache: BuildCache, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    key = b"0" * 16
    file = tmp_path / "cache/pages" / key.hex()[:2] / key.hex()[2:]
    for linked in (file, file.parent, file.parent.parent, tmp_path / "cache/pages.list"):
        elsewhere.mkdir()
        (elsewhere / "mine").write_bytes(b"mine")
        shutil.move(linked, tmp_path / "aside")
        linked.symlink_to(elsewhere if (tmp_path / "aside").is_dir() else elsewhere / "mine")
        build = BuildCache(tmp_path / "cache", b"secret")
        build.put(key, b"<p>")
        build.close(CACHED)
        assert build.failed is not None
        assert [each.name for each in elsewhere.iterdir()] == ["mine"]
        assert (elsewhere / "mine").read_bytes() == b"mine"
        linked.unlink()
        shutil.move(tmp_path / "aside", linked)
        shutil.rmtree(elsewhere)


def test_an_empty_folder_in_place_of_a_file_goes_and_one_with_files_stays(
    cache: BuildCache, tmp_path: Path
) -> None:
    key = b"0" * 16
    for file in (tmp_path / "cache/pages" / key.hex()[:2] / key.hex()[2:], tmp_path / "cache/pages.list"):
        for mine in (None, file / "mine"):
            file.unlink()
            file.mkdir()
            if mine:
                mine.write_bytes(b"mine")
            build = BuildCache(tmp_path / "cache", b"secret")
            build.put(key, b"<p>")
            build.close(CACHED)
            assert (build.failed is not None) == file.is_dir() == bool(mine)
        shutil.rmtree(file)
        build = BuildCache(tmp_path / "cache", b"secret")
        build.put(key, b"<p>")
        build.close(CACHED)
        assert build.read() == CACHED and build.html(CACHED.pages["roles/seo.md"]) == b"<p>"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_no_pipe_keeps_a_build_waiting(cache: BuildCache, tmp_path: Path) -> None:
    page = CACHED.pages["roles/seo.md"]
    for name in (f"pages/{page.key.hex()[:2]}/{page.key.hex()[2:]}", "pages.list"):
        (tmp_path / "cache" / name).unlink()
        os.mkfifo(tmp_path / "cache" / name)
    assert cache.html(page) is None
    assert cache.read() == EMPTY
    cache.put(page.key, b"<p>")
    assert cache.failed is not None


def test_a_secret_is_a_persons_or_a_workflows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "one")
    one = cache_key()
    monkeypatch.setenv(VARIABLE, "two")
    assert len({one, cache_key()}) == 2
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.setattr(
        "rolebook.mkdocs_plugin.incremental.cache_key.user_state_path", lambda *_, **__: tmp_path / "state"
    )
    mine = cache_key()
    assert mine is not None and len(mine) == 32
    assert cache_key() == mine
    assert (tmp_path / "state/cache-key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "state/cache-key").write_bytes(b"")
    assert cache_key() is None
    monkeypatch.setattr(
        "rolebook.mkdocs_plugin.incremental.cache_key.user_state_path", lambda *_, **__: Path("~/state")
    )
    assert cache_key() is None and not Path("~").exists()
    monkeypatch.setattr(
        "rolebook.mkdocs_plugin.incremental.cache_key.user_state_path", lambda *_, **__: Path("/dev/null")
    )
    assert cache_key() is None
