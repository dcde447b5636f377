"""Files are written as a whole or not at all."""

import os
from pathlib import Path

import pytest

from rolebook import atomic_file


def test_a_replaced_file_keeps_its_permissions_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o640)
    atomic_file.replace(file, b"new", before=b"old")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_is_written_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").symlink_to("a")
    atomic_file.replace(tmp_path / "b", b"new")
    assert not (tmp_path / "b").is_symlink()
    assert [(tmp_path / name).read_bytes() for name in ("a", "b")] == [b"old", b"new"]


@pytest.mark.parametrize("fails", ["replace", "fsync"])
def test_a_failure_leaves_the_file_as_it_was(
    fails: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*words: object) -> None:
        raise OSError(28, "No space left")

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, fails, full)
    with pytest.raises(OSError, match="No space left"):
        atomic_file.replace(tmp_path / "a", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_file_is_never_made_over_another(tmp_path: Path) -> None:
    atomic_file.create(tmp_path / "a", b"one", 0o600)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        atomic_file.create(tmp_path / "a", b"two")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"one"]
