"""Pages are kept only where all is known that has a part in them, and in a place of their own."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from projects import write
from repositories import commit
from rolebook.mkdocs_plugin import internals
from rolebook.mkdocs_plugin.incremental.site_fingerprint import (
    _files,
    config_fingerprint,
    uncacheable_reason,
)
from sites import HOME, MKDOCS_YML, build_site, refused_build, set_options

CACHED = """\
site_name: Test
docs_dir: content
theme: {name: material, font: false}
plugins:
  - search
  - rolebook
"""
SLUGS = (
    "markdown_extensions:\n  - toc:\n"
    "      slugify: !!python/object/apply:pymdownx.slugs.slugify {{kwds: {{case: {}}}}}"
)
OWNER = {"roles/owner.md": "---\ntitle: Owner\n---\n"}


def config_of(root: Path, more: str = "") -> MkDocsConfig:
    write(root, HOME | OWNER | {"mkdocs.yml": MKDOCS_YML + more})
    return load_config(str(root / "mkdocs.yml"))


@pytest.mark.parametrize(
    "more",
    [
        "",
        "plugins: [search, tags, mermaid2, rolebook]",
        "exclude_docs: drafts/\nnot_in_nav: odd/*",
        "extra: {since: 2026-01-01, list: [1, 2.5, yes]}",
        "markdown_extensions: [footnotes, pymdownx.details, {toc: {permalink: true}}]",
        SLUGS.format("lower"),
        "markdown_extensions: [{toc: {slugify: !!python/name:pymdownx.slugs.slugify }}]",
    ],
)
def test_of_these_all_is_known(tmp_path: Path, more: str) -> None:
    text = MKDOCS_YML.replace("plugins: [search, rolebook]\n", "") if "plugins" in more else MKDOCS_YML
    write(tmp_path, HOME | OWNER | {"mkdocs.yml": f"{text}{more}\n"})
    assert uncacheable_reason(load_config(str(tmp_path / "mkdocs.yml"))) == ""


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("hooks: [hook.py]", "a hook"),
        ("extra_templates: [all.txt]", "a template of your own"),
        ("plugins: [search, meta, rolebook]", "the plugin 'material/meta'"),
        ("markdown_extensions: [pymdownx.snippets]", "the Markdown extension 'pymdownx.snippets'"),
        ("markdown_extensions: [{toc: {slugify: !!python/name:os.path.basename }}]", "the setting"),
        ("theme: {name: material, custom_dir: overrides}", "a theme that was changed"),
        ("theme: readthedocs", "a theme that was changed"),
    ],
)
def test_of_these_it_is_not(tmp_path: Path, more: str, reason: str) -> None:
    given = more.partition(":")[0]
    lines = [line for line in MKDOCS_YML.splitlines() if not line.startswith(f"{given}:")]
    (tmp_path / "overrides").mkdir()
    files = {"mkdocs.yml": "\n".join([*lines, more, ""]), "hook.py": "", "content/all.txt": ""}
    write(tmp_path, HOME | OWNER | files)
    assert uncacheable_reason(load_config(str(tmp_path / "mkdocs.yml"))).startswith(reason)


def test_settings_are_reported_apart(tmp_path: Path) -> None:
    """Also those that are functions, or what MkDocs makes of a list of files."""

    def settings(at: int, more: str) -> Any:
        return config_fingerprint(config_of(tmp_path / f"{at}", f"{more}\n"))

    variants = [
        "",
        "exclude_docs: a/",
        "exclude_docs: b/",
        SLUGS.format("lower"),
        SLUGS.format("fold"),
        "copyright: Us",
        "extra_javascript: [a.js]",
        "extra_javascript: [{path: a.js, defer: true}]",
    ]
    found = [settings(at, more) for at, more in enumerate(variants)]
    assert all(one != other for at, one in enumerate(found) for other in found[at + 1 :])
    assert found == [settings(at, more) for at, more in enumerate(variants, len(variants))]


@pytest.mark.parametrize(
    "folder", ["content", "content/kept", "roles/kept", "site/kept", ".git", ".git/x", "."]
)
def test_pages_are_not_left_among_those_of_the_handbook(tmp_path: Path, folder: str) -> None:
    write(tmp_path, HOME | OWNER | {"mkdocs.yml": CACHED})
    set_options(tmp_path, cache_dir=folder)
    before = {path for path in tmp_path.rglob("*") if "site" not in path.parts}
    said = " ".join(refused_build(tmp_path))
    assert f"The folder '{folder}' of the option 'cache_dir' " in said
    assert "such as .cache/rolebook." in said
    assert {path for path in tmp_path.rglob("*") if "site" not in path.parts} == before


def test_the_folder_that_is_offered_for_pages_is_no_link(tmp_path: Path) -> None:
    write(tmp_path, HOME | OWNER | {"mkdocs.yml": CACHED})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".cache").symlink_to("elsewhere")
    set_options(tmp_path, cache_dir=".cache/rolebook")
    assert "such as .rolebook-cache." in " ".join(refused_build(tmp_path))


def test_pages_are_not_left_where_a_link_leads(tmp_path: Path) -> None:
    root, victim = write(tmp_path / "book", HOME | OWNER | {"mkdocs.yml": CACHED}), tmp_path / "victim"
    victim.mkdir()
    (root / ".cache").symlink_to(victim)
    set_options(root, cache_dir=".cache/kept")
    assert "is a symbolic link or inside one" in " ".join(refused_build(root))
    assert not list(victim.iterdir())


def test_pages_that_somebody_put_into_git_are_not_used(tmp_path: Path) -> None:
    """They, and links among them, may be those of a pull request."""
    root = write(tmp_path, HOME | OWNER | {"mkdocs.yml": CACHED})
    set_options(root, cache_dir="kept")
    files = {"mkdocs.yml": (root / "mkdocs.yml").read_text(encoding="utf-8"), ".gitignore": "site/\nkept/\n"}
    commit(root, files)
    _, said = build_site(root)
    assert not [line for line in said if "cache_dir" in line]
    commit(root, files | {".gitignore": "site/\n"})
    before = {path: path.stat().st_mtime_ns for path in (root / "kept").rglob("*")}
    _, said = build_site(root)
    assert [line for line in said if "git has files of it" in line]
    assert before == {path: path.stat().st_mtime_ns for path in (root / "kept").rglob("*")}


def test_what_is_not_ours_stays_in_the_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        HOME | OWNER | {"mkdocs.yml": CACHED, "kept/pages/ab/notes.txt": "Mine", "kept/pages/x": "y"},
    )
    set_options(tmp_path, cache_dir="kept")
    build_site(tmp_path)
    first = {path for path in (tmp_path / "kept").rglob("*") if path.is_file()}
    (tmp_path / "roles/owner.md").write_text("---\ntitle: Boss\n---\n", encoding="utf-8")
    shutil.rmtree(tmp_path / "site")
    build_site(tmp_path)
    second = {path for path in (tmp_path / "kept").rglob("*") if path.is_file()}
    assert (tmp_path / "kept/pages/ab/notes.txt").read_text(encoding="utf-8") == "Mine"
    assert first - second, "pages that are not wanted any more are there"


def test_without_the_index_that_is_known_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of the theme may have its entries elsewhere."""
    write(tmp_path, HOME | OWNER | {"mkdocs.yml": CACHED})
    set_options(tmp_path, cache_dir="kept")
    monkeypatch.setattr(internals, "search_entries", lambda config: None)
    build_site(tmp_path)
    assert not (tmp_path / "kept").exists()


def test_a_build_of_no_page_has_the_whole_index(tmp_path: Path) -> None:
    write(tmp_path, HOME | OWNER | {"mkdocs.yml": CACHED})
    set_options(tmp_path, cache_dir="kept", audience="public")
    indexes = [(build_site(tmp_path)[0] / "search/search_index.json").read_bytes() for _ in range(2)]
    assert b"Owner" in indexes[0]
    assert indexes[0] == indexes[1]


def test_a_site_with_its_history_keeps_pages_until_git_tells_more(tmp_path: Path) -> None:
    root = write(tmp_path / "book", HOME | OWNER | {"mkdocs.yml": CACHED, ".gitignore": ".kept/\nsite/\n"})
    set_options(root, history=True, cache_dir=".kept")
    settings = {"mkdocs.yml": (root / "mkdocs.yml").read_text(encoding="utf-8")}
    commit(root, settings, "2026-01-05T12:00:00Z")
    holders = ("Ada", "Ben")
    for month, holder in enumerate(holders, 2):
        role = f"---\ntitle: Owner\nowner: {holder}\n---\n"
        (root / "roles/owner.md").write_text(role, encoding="utf-8")
        build_site(root)
        commit(root, settings | {"roles/owner.md": role}, f"2026-{month:02}-05T12:00:00Z")
        for _ in range(2):
            site, _ = build_site(root)
            assert holder in (site / "changes/index.html").read_text(encoding="utf-8")
    assert "Former holders" in (site / "roles/owner/index.html").read_text(encoding="utf-8")


def test_another_program_keeps_no_page_of_this_one(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "", "views/role.html.jinja": "", "views/style.css": "", "views/x/b.py": ""})
    assert [each.name for each in _files(tmp_path)] == ["a.py", "role.html.jinja", "b.py"]
