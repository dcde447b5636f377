"""Writes a folder of exported files, and writes it again: only files that it wrote are replaced or removed.

What was written is listed in the folder, with the digests of the files. So a file that somebody has changed
since is known, as is one that was never ours.
"""

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from rolebook import atomic_file, files
from rolebook.cli.new_files import write_new
from rolebook.language import gettext
from rolebook.scratch_dir import ScratchDir

LIST = ".exported.json"
"""The list, in the folder."""
SETTINGS = "mkdocs.yml"
"""A file that its owner may change: then it stays as it is."""
Content = str | bytes


class ChangedFileError(Exception):
    """A file was changed after it was written, so it is neither replaced nor removed."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def was_exported(folder: Path) -> bool:
    """Whether an export has made the folder."""
    return (folder / LIST).is_file() and not (folder / LIST).is_symlink()


def write_exported(folder: Path, written: Iterable[tuple[str, Content]]) -> bool:
    """Write the files (path below `folder` and content), and remove those that the last export alone had.

    Gives whether all were written: the settings are not, if their owner has changed them.

    Raises:
        ChangedFileError: somebody has changed one of the other files; nothing was changed.
        OSError: a file of somebody else's is in the way, and nothing was changed; or one cannot be written.
    """
    if not was_exported(folder):
        _write_first(folder, written)
        return True
    folder = folder.resolve()
    before = _listed(folder)
    staging = ScratchDir.beside(folder.parent)
    try:
        now = _staged(staging.path, written)
        kept = {name for name in now if name == SETTINGS and _is_changed(folder, name, before, now)}
        for name in sorted((now.keys() | before.keys()) - kept):
            _refuse_others(folder, name, before, now)
        digests = {name: before[name] if name in kept else (digest,) for name, digest in now.items()}
        # Whoever is ended half-way leaves files of both exports, and the next one has to know them.
        both = {name: (*before.get(name, ()), *digests.get(name, ())) for name in before.keys() | now.keys()}
        _write_list(folder, both)
        for name, digest in now.items():
            if name not in kept and _digest_of(folder / name) != digest:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                atomic_file.replace(folder / name, (staging.path / name).read_bytes())
        _remove(folder, before.keys() - now.keys())
        _write_list(folder, digests)
    finally:
        staging.remove()
    return not kept


def _write_first(folder: Path, written: Iterable[tuple[str, Content]]) -> None:
    digests: dict[str, tuple[str, ...]] = {}

    def noted() -> Iterable[tuple[str, Content]]:
        for name, content in written:
            digests[name] = (_digest(_data(content)),)
            yield name, content
        yield LIST, _as_text(digests)

    write_new(folder, noted())


def _staged(folder: Path, written: Iterable[tuple[str, Content]]) -> dict[str, str]:
    """Write the files where nobody sees them; gives their digests."""
    digests = {}
    for name, content in written:
        data = _data(content)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        digests[name] = _digest(data)
    return digests


def _refuse_others(
    folder: Path, name: str, before: Mapping[str, tuple[str, ...]], now: Mapping[str, str]
) -> None:
    """Refuse to write or remove a file that is not as an export left it."""
    if files.has_link(folder, name):
        reason = gettext("it is behind a link, and links are not followed")
        raise OSError(errno.ELOOP, reason, str(folder / name))
    if name not in before and os.path.lexists(folder / name):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder / name))
    if _is_changed(folder, name, before, now):
        raise ChangedFileError(name)


def _is_changed(
    folder: Path, name: str, before: Mapping[str, tuple[str, ...]], now: Mapping[str, str]
) -> bool:
    there = _digest_of(folder / name)
    return bool(there) and name in before and there not in (*before[name], now.get(name))


def _remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files, and folders that are empty without them."""
    for name in names:
        (folder / name).unlink(missing_ok=True)
        for above in PurePosixPath(name).parents[:-1]:
            with contextlib.suppress(OSError):
                (folder / above).rmdir()


def _listed(folder: Path) -> dict[str, tuple[str, ...]]:
    """What the last export wrote. A list that is none, or that leads elsewhere, lists nothing."""
    try:
        listed = json.loads((folder / LIST).read_bytes())
        return {name: tuple(map(str, digests)) for name, digests in listed.items() if _is_inside(name)}
    except (ValueError, AttributeError, TypeError):
        return {}


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    is_plain = not set(name) & set("\\:\0") and name == path.as_posix()
    return is_plain and bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _write_list(folder: Path, digests: Mapping[str, Iterable[str]]) -> None:
    atomic_file.replace(folder / LIST, _as_text(digests).encode())


def _as_text(digests: Mapping[str, Iterable[str]]) -> str:
    plain = {name: [*dict.fromkeys(each)] for name, each in sorted(digests.items())}
    return json.dumps(plain, indent=0) + "\n"


def _data(content: Content) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    """The digest of what a file holds; empty if it is not there."""
    try:
        return _digest(path.read_bytes())
    except FileNotFoundError:
        return ""
