"""Hidden folders in which something is made: what is left behind goes, what is in use stays."""

import atexit
import os
import shutil
import sys
from pathlib import Path

import pytest

from rolebook import scratch_dir
from rolebook.scratch_dir import ScratchDir

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
NAME = ".rolebook-0123456789ab"


def test_what_is_left_behind_goes_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / NAME / "deep").mkdir(parents=True)
    (tmp_path / f"{NAME}c").mkdir()
    (tmp_path / "elsewhere/kept").mkdir(parents=True)
    (tmp_path / f"{NAME[:-1]}c").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{NAME[:-1]}d").write_text("a file", encoding="utf-8")
    (tmp_path / ".rolebook-notes").write_text("a file", encoding="utf-8")
    scratch = ScratchDir.beside(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        scratch.path.name,
        f"{NAME}c",
        f"{NAME[:-1]}c",
        "elsewhere",
        ".rolebook-notes",
    }
    assert (tmp_path / "elsewhere/kept").exists()
    scratch.remove()


def test_what_is_in_use_stays(tmp_path: Path) -> None:
    one = ScratchDir.beside(tmp_path)
    other = ScratchDir.beside(tmp_path)
    assert one.path.is_dir() and other.path.is_dir() and one.path != other.path
    one.remove()
    other.remove()
    assert not list(tmp_path.iterdir())


def test_a_lock_ends_with_its_folder(tmp_path: Path) -> None:
    scratch = ScratchDir.beside(tmp_path)
    lock = scratch._lock
    assert lock is not None and os.fstat(lock)
    scratch.remove()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(lock)


@pytest.mark.parametrize("is_locked", [True, False])
def test_one_that_somebody_tidied_away_is_made_anew(
    is_locked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its making and its lock, or just after that."""
    locked, gone = scratch_dir.locked, list[Path]()

    def tidied(folder: Path) -> int | None:
        lock = locked(folder) if is_locked or gone else None
        if not gone:
            gone.append(folder)
            shutil.rmtree(folder)
        return locked(folder) if lock is None else lock

    monkeypatch.setattr(scratch_dir, "locked", tidied)
    scratch = ScratchDir.beside(tmp_path)
    assert gone and scratch.path not in gone
    assert scratch.path.is_dir()
    scratch.remove()


def test_one_that_was_moved_stays_and_is_not_looked_for_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered: list[object] = []
    monkeypatch.setattr(atexit, "register", registered.append)
    monkeypatch.setattr(atexit, "unregister", registered.remove)
    scratch = ScratchDir.beside(tmp_path)
    assert registered == [scratch.remove]
    scratch.path.rename(tmp_path / "there")
    scratch.remove()
    assert (tmp_path / "there").is_dir()
    assert not registered
