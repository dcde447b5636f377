"""Makes hidden folders in which something is prepared, so that it appears in its place all at once.

Whoever is ended half-way leaves such a folder behind, or a hidden file, and the next one to work beside it
takes it away. A lock, which the system ends with its process, marks those that are still in use.
"""

import atexit
import contextlib
import os
import re
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_NAME = re.compile(r"\.rolebook-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class ScratchDir:
    """A hidden folder of one process."""

    path: Path
    _lock: int | None
    """The open folder that is locked; None where the system or the disk has no locks."""

    @classmethod
    def beside(cls, folder: Path) -> "ScratchDir":
        """Make one in `folder`, on the same disk as what is there, and remove those left behind.

        Raises:
            OSError: `folder` cannot be written.
        """
        remove_left(folder)
        while True:
            path = folder / hidden_name()
            path.mkdir()
            # Somebody who tidies up may have found it before it was locked.
            with contextlib.suppress(BlockingIOError, FileNotFoundError):
                staging = cls(path, locked(path))
                if path.exists():
                    atexit.register(staging.remove)
                    return staging
                staging.remove()

    def remove(self) -> None:
        """Take the folder away with what is in it; one that has been moved stays where it is."""
        atexit.unregister(self.remove)
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            with contextlib.suppress(OSError):
                os.close(self._lock)


def hidden_name() -> str:
    """A name for something that is there for a moment."""
    return f".rolebook-{secrets.token_hex(6)}"


def remove_left(folder: Path) -> None:
    """Remove what somebody left in `folder` who was ended half-way."""
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name) and not path.is_symlink():
            with contextlib.suppress(OSError):
                lock = locked(path)
                if lock is not None:
                    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
                    os.close(lock)


def locked(path: Path) -> int | None:
    """Open and lock a hidden folder or file; None where there are no locks.

    Raises:
        BlockingIOError: another process has it.
        FileNotFoundError: it is gone.
    """
    if sys.platform == "win32":
        return None
    opened = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        raise
    except OSError:
        os.close(opened)
        return None
    return opened
