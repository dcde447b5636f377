"""The last good site stays whole, whatever becomes of the next one; and nothing else is left."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

from projects import write
from rolebook.mkdocs_plugin import atomic_site_dir
from sites import HOME, MKDOCS_YML, build_site, refused_build

OWNER = "---\ntitle: Owner\n---\n"
PLAIN = MKDOCS_YML.replace("name: material, font: false", "name: mkdocs").replace("search, ", "")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "book", HOME | {"mkdocs.yml": PLAIN, "roles/owner.md": OWNER})


def state(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def beside(site: Path) -> list[str]:
    """What is in the project besides what was written into it."""
    return sorted(
        {path.name for path in site.parent.iterdir()}
        - {"mkdocs.yml", "content", "roles", "hook.py", "__pycache__"}
    )


def started(root: Path, **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload,no-any-return]


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def hook(root: Path, code: str) -> None:
    """Have a build run `code` when all pages are written."""
    (root / "hook.py").write_text(f"def on_post_build(config):\n    {code}\n", encoding="utf-8")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("hooks: [hook.py]\n")


def test_a_finished_site_is_all_that_is_left(root: Path) -> None:
    site, _ = build_site(root)
    write(root, {"mkdocs.yml": PLAIN, "roles/owner.md": OWNER.replace("Owner", "Boss")})
    build_site(root)
    assert "Boss" in (site / "roles/owner/index.html").read_text(encoding="utf-8")
    assert beside(site) == ["site"]


@pytest.mark.parametrize(
    ("error", "reported"),
    [
        ("ValueError('x')", ValueError),
        ("OSError(28, 'No space left on device', 'page.html')", PluginError),
        ("KeyboardInterrupt", KeyboardInterrupt),
        ("SystemExit(3)", SystemExit),
    ],
)
def test_a_build_that_breaks_off_changes_nothing(
    root: Path, error: str, reported: type[BaseException]
) -> None:
    site, _ = build_site(root)
    before = state(site)
    hook(root, f"raise {error}")
    (root / "roles/owner.md").write_text(OWNER.replace("Owner", "Boss"), encoding="utf-8")
    with pytest.raises(reported):
        build_site(root)
    assert state(site) == before


def test_a_full_disk_is_reported_in_words(root: Path) -> None:
    site, _ = build_site(root)
    before = state(site)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

    run = started(root, preexec_fn=little_room)
    _, reported = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "Traceback" not in reported
    assert "cannot be read or written (File too large). The previous site was kept." in reported
    assert (state(site), beside(site)) == (before, ["site"])


def test_a_strict_build_with_warnings_changes_nothing(root: Path) -> None:
    site, _ = build_site(root)
    before = state(site)
    write(root, {"mkdocs.yml": PLAIN, "roles/owner.md": OWNER + "[gone](gone.md)\n"})
    refused_build(root, strict=True)
    assert (state(site), beside(site)) == (before, ["site"])
    build_site(root)
    assert state(site) != before


def test_a_killed_build_changes_nothing_and_the_next_one_tidies_up(root: Path) -> None:
    hook(root, "import time; time.sleep(60)")
    run = started(root)
    wait_until(lambda: any(root.glob(".rolebook-*/sitemap.xml")))
    site, _ = build_site(write(root, {"mkdocs.yml": PLAIN}))
    before = state(site)
    assert len(beside(site)) == 2, "the folder of a build that still runs is let alone"
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    assert state(site) == before
    assert len(beside(site)) == 2
    build_site(root)
    assert beside(site) == ["site"]


def test_builds_at_once_leave_a_whole_site(root: Path) -> None:
    runs = [started(root) for _ in range(2)]
    assert [(*run.communicate(timeout=60), run.returncode) for run in runs] == [(None, "", 0)] * 2
    at_once = state(root / "site")
    site, _ = build_site(root)
    assert state(site).keys() == at_once.keys()
    assert beside(site) == ["site"]


def test_hidden_files_in_the_site_stay_as_mkdocs_leaves_them(root: Path) -> None:
    write(
        root,
        {
            "mkdocs.yml": PLAIN,
            "site/.git/config": "mine",
            "site/old.html": "old",
            "site/404.html": "",
            "site/sitemap.xml.gz": "",
        },
    )
    site, _ = build_site(root)
    assert (site / ".git/config").read_text(encoding="utf-8") == "mine"
    assert not (site / "old.html").exists()
    assert (site / "roles/owner/index.html").exists()
    assert beside(site) == ["site"]


OTHERS = {
    "roles": "a build empties it",
    "roles/site": "it is part of",
    "people": "a build empties it",
    ".git": "a build empties it",
    "theme": "a build empties it",
    ".": "a build empties it",
    "..": "a build empties it",
    "pictures": "has files that were not written by a build",
    "../elsewhere": "has files that were not written by a build",
}


@pytest.mark.parametrize("folder", OTHERS)
def test_no_other_folder_is_emptied(folder: str, root: Path) -> None:
    config = PLAIN.replace("theme: {name: mkdocs}", "theme: {name: mkdocs, custom_dir: theme}")
    files = {
        "mkdocs.yml": config,
        "people/ada.md": "---\nname: Ada\n---\n",
        ".git/config": "x",
        "theme/x.html": "x",
    }
    write(root, files | {"pictures/a.png": "x", "../elsewhere/index.html": "mine"})
    before = state(root.parent)
    with pytest.raises(Abort):
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(root / folder)))
    assert state(root.parent) == before


@pytest.mark.parametrize("folder", OTHERS)
def test_the_folder_is_refused_in_words(folder: str, root: Path) -> None:
    write(root, {"pictures/a.png": "x", "../elsewhere/index.html": "mine"})
    sources = tuple(root / name for name in ("roles", "people", ".git", "theme"))
    with pytest.raises(PluginError, match=OTHERS[folder]):
        atomic_site_dir.refuse_other_folders((root / folder).resolve(), sources, Path("/home/somebody"), root)


@pytest.mark.parametrize(
    ("there", "source", "said"),
    [
        ({"site/mine.txt": "x"}, "roles", "such as site-2."),
        ({"site/mine.txt": "x", "site-2": "a file"}, "roles", "such as site-3."),
        ({"site/404.html": "", "site/sitemap.xml.gz": ""}, "site", "such as site-2."),
        ({"site/mine.txt": "x"}, ".", "Name another folder as 'site_dir' in mkdocs.yml."),
    ],
)
def test_the_folder_that_is_offered_can_be_used(
    there: dict[str, str], source: str, said: str, root: Path
) -> None:
    write(root, there)
    sources = ((root / source).resolve(),)
    with pytest.raises(PluginError) as refused:
        atomic_site_dir.refuse_other_folders(root / "site", sources, Path("/home/somebody"), root)
    assert said.casefold() in str(refused.value).casefold()
    for name in re.findall("such as (.*)[.]", str(refused.value)):
        atomic_site_dir.refuse_other_folders(root / name, sources, Path("/home/somebody"), root)


@pytest.mark.parametrize(
    "own", ["404.html sitemap.xml", "search/search_index.json", "sitemap.xml.gz", "x/404.html"]
)
def test_a_website_that_somebody_wrote_is_not_emptied(own: str, root: Path) -> None:
    write(root, {"mkdocs.yml": PLAIN} | {f"site/{name}": "mine" for name in ("index.html", *own.split())})
    before = state(root / "site")
    assert any("has files that were not written by a build" in line for line in refused_build(root))
    assert state(root / "site") == before


@pytest.mark.parametrize("mark", ["assets/rolebook/rolebook.css", "404.html sitemap.xml.gz"])
def test_a_site_that_was_built_is_replaced(mark: str, root: Path) -> None:
    write(root, {"mkdocs.yml": PLAIN} | {f"site/{name}": "old" for name in ("old.html", *mark.split())})
    site, _ = build_site(root)
    assert not (site / "old.html").exists()


def test_a_copy_that_breaks_off_leaves_what_is_known_for_a_site(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {"mkdocs.yml": PLAIN, "site/.hidden": "", "site/404.html": "", "site/sitemap.xml.gz": ""})
    monkeypatch.setattr(atomic_site_dir.shutil, "copytree", lambda *_, **__: exec("raise KeyboardInterrupt"))
    with pytest.raises(KeyboardInterrupt):
        build_site(root)
    monkeypatch.undo()
    assert [path.name for path in (root / "site").rglob("*") if path.is_file()] != [".hidden"]
    build_site(root)


def test_a_user_without_a_home_can_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that is run as any user; the system's answer is played."""
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", lambda _: {}["nobody"])
    with pytest.raises(RuntimeError):
        Path.home()
    config = PLAIN.replace("rolebook", "rolebook: {cache_dir: .cache/x}")
    build_site(write(root, {"mkdocs.yml": config}))
    assert not (root / "~").exists() and not Path("~").exists()


def test_a_home_is_no_site(root: Path) -> None:
    with pytest.raises(PluginError, match="a build empties it"):
        atomic_site_dir.refuse_other_folders(root, (), root / "me", root)
    atomic_site_dir.refuse_other_folders(root / "site", (), root / "me", root)


@pytest.mark.parametrize(
    "error", ["ConnectionError('name not known')", "OSError(2, 'no', '/elsewhere/font')"]
)
def test_what_another_program_says_is_not_said_of_the_site(error: str, root: Path) -> None:
    hook(root, f"raise {error}")
    with pytest.raises(OSError, match=r"name not known|no"):
        build_site(root)


def test_a_link_to_the_site_stays_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (root / "site").symlink_to(tmp_path / "www")
    build_site(root)
    assert (root / "site").is_symlink()
    assert (tmp_path / "www/roles/owner/index.html").exists()


def test_who_comes_after_the_build_finds_the_site_where_it_was_named(root: Path) -> None:
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    build(config)
    assert config.site_dir == str(root / "site")
    assert (root / "site/index.html").exists()


def test_a_site_that_cannot_be_written_is_reported(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is played: the administrator, who runs tests in containers, may write anywhere."""
    site, _ = build_site(root)
    monkeypatch.setattr(atomic_site_dir.os, "access", lambda path, mode: Path(path) != site)
    assert any(
        f"{site} cannot be read or written (Permission denied)." in line for line in refused_build(root)
    )
    assert beside(site) == ["site"]


def test_a_file_in_place_of_the_site_is_reported(root: Path) -> None:
    (root / "site").write_text("mine", encoding="utf-8")
    assert any("site is a file." in line for line in refused_build(root))
    assert (root / "site").read_text(encoding="utf-8") == "mine"


def test_without_room_beside_it_the_site_is_built_in_its_place(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, _ = build_site(root)

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(atomic_site_dir.ScratchDir, "beside", refuse)
    (root / "roles/owner.md").write_text(OWNER.replace("Owner", "Boss"), encoding="utf-8")
    build_site(root)
    assert "Boss" in (site / "roles/owner/index.html").read_text(encoding="utf-8")


def test_where_folders_cannot_be_exchanged_they_are_renamed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, _ = build_site(root)
    monkeypatch.setattr(atomic_site_dir, "_exchanged", lambda one, other: False)
    (root / "roles/owner.md").write_text(OWNER.replace("Owner", "Boss"), encoding="utf-8")
    build_site(root)
    assert "Boss" in (site / "roles/owner/index.html").read_text(encoding="utf-8")
    assert beside(site) == ["site"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
def test_folders_are_exchanged_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not atomic_site_dir._exchanged(tmp_path / "other", tmp_path / "one"):
        pytest.skip("this disk cannot exchange folders")
    atomic_site_dir._exchange(tmp_path / "one", tmp_path / "other")
    monkeypatch.delattr(Path, "rename")
    atomic_site_dir._exchange(tmp_path / "one", tmp_path / "other")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["other"]
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["one"]


def test_a_site_that_stands_aside_is_brought_back(root: Path) -> None:
    site, _ = build_site(root)
    before = state(site)
    site.rename(root / ".site-last")
    write(root, {"mkdocs.yml": PLAIN, "roles/owner.md": OWNER + "[gone](gone.md)\n"})
    with pytest.raises(Abort):
        build_site(root, strict=True)
    assert (state(site), beside(site)) == (before, ["site"])
