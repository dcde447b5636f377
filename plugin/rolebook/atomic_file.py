"""Writes files so that each is always whole, old or new, whenever the program is ended."""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from rolebook.scratch_dir import hidden_name, locked


def replace(path: Path, content: bytes, before: bytes | None = None) -> None:
    """Replace what the file holds by `content`; its permissions stay. A link is replaced, not followed.

    Raises:
        OSError: it could not be written, or no longer holds `before` where that is given; it is as it was.
    """
    with _written_beside(path, content) as new:
        if path.is_file():
            shutil.copymode(path, new)
        if before is not None and path.read_bytes() != before:
            raise OSError(errno.EBUSY, "it was changed meanwhile", str(path))
        new.replace(path)


def create(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Make a file that holds `content`, with the permissions `mode` as far as the process gives them.

    Raises:
        FileExistsError: there is one, which is as it was.
        OSError: it could not be written.
    """
    with _written_beside(path, content, mode) as new:
        move(new, path)


def move(source: Path, target: Path) -> None:
    """Move a file to where none is. It is linked there, which fails where one is; renaming could replace it.

    Raises:
        FileExistsError: there is one, which is as it was.
        OSError: it could not be moved.
    """
    try:
        os.link(source, target)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        # Not every disk has links. What is left open is the moment between these two lines.
        if os.path.lexists(target):
            reason = os.strerror(errno.EEXIST)
            raise FileExistsError(errno.EEXIST, reason, source, None, target) from None
        source.rename(target)
    else:
        source.unlink()


@contextlib.contextmanager
def _written_beside(path: Path, content: bytes, mode: int = 0o666) -> Iterator[Path]:
    """Write `content` to a hidden file beside `path`. It is removed afterwards unless it was moved."""
    new = path.with_name(hidden_name())
    lock = None
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            # Whoever tidies up leaves it while it is locked.
            lock = locked(new)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave the name with nothing in it
        yield new
    finally:
        new.unlink(missing_ok=True)
        if lock is not None:
            os.close(lock)
