"""Keeps the last good site whole until the next one is finished.

MkDocs empties the site's folder and then writes into it, so a build that ends half-way costs the site. Here
it writes into a hidden folder beside it, and the two are exchanged at the end.
"""

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import clean_directory

from rolebook.build_folders import MADE_BY_US, site_refusal
from rolebook.language import gettext
from rolebook.mkdocs_plugin.internals import named_in_log, will_be_refused
from rolebook.scratch_dir import ScratchDir

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class AtomicSiteDir:
    """The folder of a site that is being built, which the whole site enters in one step."""

    config: MkDocsConfig
    site_dir: str
    """As the configuration names it."""
    folder: Path
    """The same, links followed."""
    staging: ScratchDir | None
    """Where it is built; None when that has to be the site's own folder."""
    begun: int = 0
    """When it was made, by its disk's clock."""
    end_naming: Callable[[], None] = lambda: None
    """Lets the log call that folder by its own name again."""

    @classmethod
    def begin(cls, config: MkDocsConfig) -> "AtomicSiteDir":
        """Have the site of `config` built where the last one is not touched."""
        folder = Path(config.site_dir).resolve()
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            _recover_interrupted_swap(folder)
            staging = _staging(folder)
        except OSError as error:
            raise PluginError(_cannot(error, folder)) from error
        if staging is None:
            return cls(config, config.site_dir, folder, None)
        # Readers of the log know the site's own folder, and the other one is gone when they look.
        begun = staging.path.stat().st_mtime_ns
        end_naming = named_in_log(str(staging.path), config.site_dir)
        site = cls(config, config.site_dir, folder, staging, begun, end_naming)
        config.site_dir = str(staging.path)
        return site

    def finish(self, reused: Set[str] = frozenset()) -> bool:
        """Put the site in its place, unless MkDocs is about to refuse it; gives whether it is there.

        `reused` are paths of files that stay as they are in the last site.
        """
        if not self.staging or will_be_refused(self.config):
            return False
        _take_over(self.folder, self.staging.path, self.begun)
        if reused:
            _merge(self.staging.path, self.folder, reused)
        else:
            _swap_in(self.staging.path, self.folder)
        self.abandon()
        return True

    def abandon(self) -> None:
        """Remove what is not in its place."""
        self.config.site_dir = self.site_dir
        self.end_naming()
        if self.staging:
            self.staging.remove()

    def explain(self, error: Exception) -> None:
        """Report an error of the disk in plain words.

        Raises:
            PluginError: `error` is about a file.
        """
        if isinstance(error, OSError) and self._is_ours(error):
            state = (
                gettext("The previous site was kept.")
                if self.staging
                else gettext("The site is incomplete: build again.")
            )
            raise PluginError(f"{_cannot(error, self.folder)} {state}") from error

    def _is_ours(self, error: OSError) -> bool:
        """Whether `error` is about the site's files; a network's is reported as it is."""
        if error.errno in _NO_ROOM:
            return True
        if not isinstance(error.filename, str):
            return False
        folders = (self.folder, self.staging.path) if self.staging else (self.folder,)
        return any(Path(error.filename).is_relative_to(folder) for folder in folders)


def refuse_other_folders(folder: Path, sources: Sequence[Path], home: Path, root: Path) -> None:
    """See that `folder`, which a build empties, is a site's and nothing else. Those of `root` can be offered.

    Raises:
        PluginError: it holds, or is part of, one of `sources` or `home`, or has files that no build wrote.
    """
    if refusal := site_refusal(folder, sources, home, root):
        raise PluginError(". ".join(refusal) + ".")


def _cannot(error: OSError, folder: Path) -> str:
    place = error.filename if isinstance(error.filename, str) else folder
    why = error.strerror or error
    return gettext("%(place)s cannot be read or written (%(why)s).", place=place, why=why)


def _staging(folder: Path) -> ScratchDir | None:
    writable = os.access(folder, os.W_OK)
    if folder.exists() and not writable:
        raise PermissionError(13, os.strerror(13), str(folder))
    try:
        return ScratchDir.beside(folder.parent)
    except OSError:
        # A disk of its own in a folder that may not be written to, as containers have.
        if writable:
            return None
        raise


def _take_over(folder: Path, staging: Path, since: int) -> None:
    """Copy what was written into `folder` by plugins that noted its name before the build began."""
    for name in _files(folder):
        if (folder / name).lstat().st_mtime_ns > since and not (staging / name).exists():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / name, staging / name, follow_symlinks=False)


def _swap_in(staging: Path, folder: Path) -> None:
    if not folder.exists():
        staging.rename(folder)
    elif _is_replaceable(folder, staging):
        shutil.copymode(folder, staging)
        _exchange(staging, folder)
    else:
        clean_directory(str(folder))
        # The first file is the one by which the next build knows the folder, should this one be ended here.
        (folder / MADE_BY_US).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(staging / MADE_BY_US, folder / MADE_BY_US)
        shutil.copytree(staging, folder, dirs_exist_ok=True)


def _merge(staging: Path, folder: Path, reused: Set[str]) -> None:
    """Move what is in `staging` into `folder`, and remove everything else there but `reused`."""
    fresh = set(_files(staging))
    for old in _files(folder):
        if old not in reused and old not in fresh:
            (folder / old).unlink()
            _remove_empty(folder / old, folder)
    for new in fresh:
        (folder / new).parent.mkdir(parents=True, exist_ok=True)
        (staging / new).replace(folder / new)


def _files(folder: Path) -> Iterator[str]:
    """The files below `folder`, by their paths with `/`."""
    top = str(folder)
    for place, _, names in os.walk(top):
        inside = place[len(top) + 1 :].replace(os.sep, "/")
        yield from (f"{inside}/{name}" if inside else name for name in names)


def _remove_empty(file: Path, top: Path) -> None:
    """Remove the folders below `top` that `file` was the last one in."""
    with contextlib.suppress(OSError):
        for folder in file.parents:
            if folder == top:
                break
            folder.rmdir()


def _is_replaceable(folder: Path, staging: Path) -> bool:
    """Whether `folder` is nothing but a site: neither a disk, nor somebody else's, nor with hidden files."""
    here, there = folder.stat(), staging.stat()
    if (here.st_dev, here.st_uid, here.st_gid) != (there.st_dev, there.st_uid, there.st_gid):
        return False
    hidden = (path for path in folder.iterdir() if path.name.startswith("."))
    return all((staging / path.name).exists() for path in hidden)


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change places, in one step if the system can do that."""
    if _exchanged(one, other):
        return
    backup = _backup_path(other)
    other.rename(backup)
    try:
        one.rename(other)
    except BaseException:
        backup.rename(other)
        raise
    backup.rename(one)


def _exchanged(one: Path, other: Path) -> bool:
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE, see rename(2)
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def _backup_path(folder: Path) -> Path:
    """Where the last site is for a moment if the system cannot exchange two folders."""
    return folder.with_name(f".{folder.name}-last")


def _recover_interrupted_swap(folder: Path) -> None:
    """Undo a swap that was interrupted."""
    if not folder.exists() and _backup_path(folder).exists():
        _backup_path(folder).rename(folder)
