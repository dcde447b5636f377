"""`mkdocs serve` builds at once, and once, when somebody saves; and polls where it would not hear of it."""

import sys
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

from projects import write
from rolebook.mkdocs_plugin import watching
from serving import previewed
from sites import HOME, MKDOCS_YML


def role(title: str) -> str:
    return f"---\ntitle: {title}\n---\n"


PLAIN = MKDOCS_YML.replace("name: material, font: false", "name: mkdocs").replace("search, ", "")
FILES = HOME | {
    "mkdocs.yml": PLAIN,
    "roles/boss.md": role("Boss"),
    "roles/spare.md": role("Spare"),
    "roles/team/cook.md": role("Cook"),
}
POLLED = 0.1
"""Seconds that pass at the least where MkDocs finds a change by itself."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="MkDocs polls elsewhere")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "book", FILES)


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def put_in_place_of(file: Path, beside: Path) -> None:
    """As most editors save."""
    beside.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    beside.rename(file)


def put_aside_and_anew(file: Path) -> None:
    """As Vim saves at times."""
    aside = file.rename(f"{file}~")
    file.write_text(aside.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    aside.unlink()


def delete_and_put(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.unlink()
    file.write_text(text + "\n", encoding="utf-8")


@linux
def test_every_kind_of_change_is_built_once_and_at_once(root: Path) -> None:
    roles, boss = root / "roles", root / "roles/boss.md"
    put(root / "bar/deep/waiter.md", role("Waiter"))
    changes: dict[str, Callable[[], object]] = {
        "a role in place": lambda: put(boss, role("Chief")),
        "a role renamed over": lambda: put_in_place_of(boss, roles / ".boss.md.swp"),
        "a role put aside": lambda: put_aside_and_anew(boss),
        "a role deleted and written": lambda: delete_and_put(boss),
        "a page": lambda: put(root / "content/index.md", "# At home\n"),
        "the configuration": lambda: put_in_place_of(root / "mkdocs.yml", root / "new.yml"),
        "a file renamed": lambda: boss.rename(roles / "chief.md"),
        "a file deleted": (roles / "spare.md").unlink,
        "a folder renamed": lambda: (roles / "team").rename(roles / "kitchen"),
        "a file in it": lambda: put(roles / "kitchen/cook.md", role("Chef")),
        "a folder moved away": lambda: (roles / "kitchen").rename(root / "kitchen"),
        "a folder moved here": lambda: (root / "bar").rename(roles / "bar"),
        "a file deep in it": lambda: put(roles / "bar/deep/waiter.md", role("Server")),
        "a file in a new folder": lambda: put(roles / "till/cashier.md", role("Cashier")),
    }
    with previewed(root) as preview:
        waited = []
        for number, (name, change) in enumerate(changes.items(), 2):
            waited.append(preview.wait(change).building)
            time.sleep(POLLED)
            assert preview.builds() == number, name
        assert min(waited) < POLLED

        for file in root.rglob("*.md"):
            file.read_bytes()
        put(roles / ".cashier.md.swp", "Vim's own")
        with (roles / "till/cashier.md").open("a") as unfinished:
            unfinished.write("More")
            unfinished.flush()
            time.sleep(0.5 + POLLED)
            assert preview.builds() == number, "nothing was saved"
            preview.wait(unfinished.close)


def nothing(root: Path, patch: pytest.MonkeyPatch) -> None:
    pass


def link(root: Path, patch: pytest.MonkeyPatch) -> None:
    (root / "content/linked.md").symlink_to(root / "roles/boss.md")


def linked_folder(root: Path, patch: pytest.MonkeyPatch) -> None:
    (root / "content").rename(root / "elsewhere")
    (root / "content").symlink_to(root / "elsewhere")


def network(root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(watching, "file_systems", lambda mountinfo, folder: {"ext4", "nfs"})


def no_watch_left(root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(watching, "_watches", lambda: 0)


def no_inotify_left(root: Path, patch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(24, "inotify instance limit reached")

    patch.setattr(watching, "Observer", refuse)


def windows(root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(watching.sys, "platform", "win32")


@linux
@pytest.mark.parametrize(
    ("arranged", "polled"),
    [
        (nothing, []),
        (link, ["content"]),
        (linked_folder, ["content"]),
        (network, ["book", "content"]),
        (no_watch_left, ["book", "content"]),
        (no_inotify_left, ["book", "content"]),
        (windows, ["book", "content"]),
    ],
)
def test_what_cannot_be_heard_of_is_polled(
    arranged: Callable[[Path, pytest.MonkeyPatch], None],
    polled: list[str],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arranged(root, monkeypatch)
    config = load_config(str(root / "mkdocs.yml"))
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(root / "site"))
    polling = server.observer
    server.watch(config.docs_dir)
    server.watch(str(root / "mkdocs.yml"))
    watching.watch_at_once(server, config)
    try:
        assert isinstance(polling, PollingObserver)
        assert sorted(Path(each.watch.path).name for each in polling.emitters) == polled
        server.unwatch(config.docs_dir)
        assert "content" not in {Path(each.watch.path).name for each in polling.emitters}
    finally:
        server.shutdown()


MOUNTS = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw
30 27 0:27 / /home/us rw - nfs4 server:/us rw
31 30 0:28 / /home/us/a\040disk rw - vfat /dev/sdb rw
32 31 0:29 / /home/us/a\040disk rw - xfs /dev/sdc rw
33 27 0:30 / /book/pages rw - virtiofs pages rw
"""


@pytest.mark.parametrize(
    ("folder", "types"),
    [
        ("/", {"proc", "ext4", "nfs4", "xfs", "virtiofs"}),
        ("/book", {"ext4", "virtiofs"}),
        ("/book/pages/guide", {"virtiofs"}),
        ("/book/pagesix", {"ext4"}),
        ("/home", {"ext4", "nfs4", "xfs"}),
        ("/home/us/a disk/book", {"xfs"}),
    ],
)
def test_file_systems_are_found(folder: str, types: set[str]) -> None:
    assert watching.file_systems(MOUNTS.strip(), PurePosixPath(folder)) == types
