"""`mkdocs serve` hears of a change when it happens, wherever the system tells of all of them.

MkDocs looks at the date of every file twice a second instead, because Linux's inotify says nothing of what
happens on another machine's disk or behind a symbolic link, nor once its watches are used up
(https://github.com/mkdocs/mkdocs/pull/2477). So each folder is looked at first, and where any of this may
be, it stays as MkDocs has it.
"""

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from watchdog.events import (
    DirDeletedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

log = get_plugin_logger("rolebook")

OWN_DISKS = frozenset(
    {"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "ramfs", "tmpfs", "xfs", "zfs"}
)
"""File systems that nobody writes to behind this system's back."""
_CHANGES: list[type[FileSystemEvent]] = [
    FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileMovedEvent, DirDeletedEvent
]  # fmt: skip
"""Not opening and reading, which the build does itself; nor writing, until the file is whole and closed."""
_IN_PASSING = (".*.sw?", "4913", ".#*", "#*#", "*~")
"""What Vim and Emacs put beside a file while it is edited."""
QUIET = 0.05
"""Seconds without a change after which building begins; MkDocs waits for 0.1.

An editor's save is over within 2 ms. `git checkout` of 100 or 1,000 files paused for up to 20 ms, and once
in 24 times for 35; a longer pause costs one more build.
"""


def watch_at_once(server: LiveReloadServer, config: MkDocsConfig) -> None:
    """Have `server` hear at once of changes in what it watches, wherever that can be trusted."""
    if sys.platform != "linux" or not isinstance(server.observer, PollingObserver):
        return
    try:
        prompt = Observer()
        prompt.start()
    except OSError as error:
        log.debug(f"Changes are looked for twice a second: {error}.")
        return
    # MkDocs only schedules, starts and stops what it has here.
    server.observer = _TwoObservers(prompt, server.observer)  # type: ignore[assignment]
    server.build_delay = QUIET
    for path in filter(None, (config.docs_dir, config.config_file_path, *config.theme.dirs)):
        with contextlib.suppress(KeyError):  # the theme is watched only where that was asked for
            server.unwatch(path)
            server.watch(path)


class _TwoObservers:
    """Watches each folder with inotify if that can be trusted there, else by polling."""

    def __init__(self, prompt: BaseObserver, polling: BaseObserver) -> None:
        self._prompt = prompt
        self._polling = polling
        self._at_once: set[ObservedWatch] = set()
        self._folders: set[Path] = set()

    def schedule(
        self, event_handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> ObservedWatch:
        try:
            watch = self._watched_at_once(_Changes(event_handler), path, recursive)
        except OSError as error:
            log.debug(f"Changes in {path} are looked for twice a second: {error}.")
            return self._polling.schedule(event_handler, path, recursive=recursive)
        self._at_once.add(watch)
        return watch

    def _watched_at_once(self, changes: "_Changes", path: str, recursive: bool) -> ObservedWatch:
        folders = set(_folders(Path(path), recursive))
        before = _watches()
        watch = self._prompt.schedule(changes, path, recursive=recursive, event_filter=_CHANGES)
        if _watches() - before < len(folders - self._folders):
            self._prompt.unschedule(watch)
            raise OSError("inotify has too few watches")
        self._folders |= folders
        return watch

    def unschedule(self, watch: ObservedWatch) -> None:
        (self._prompt if watch in self._at_once else self._polling).unschedule(watch)

    def start(self) -> None:
        self._polling.start()

    def stop(self) -> None:
        self._prompt.stop()
        self._polling.stop()

    def join(self) -> None:
        self._prompt.join()
        self._polling.join()


class _Changes(FileSystemEventHandler):
    """Tells MkDocs of changes to files.

    Of the files in a folder that was moved away inotify says nothing, and MkDocs passes over folders: so
    the folder is told as if it were a file.
    """

    def __init__(self, told: FileSystemEventHandler) -> None:
        self._told = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        if isinstance(event, DirDeletedEvent):
            event = FileDeletedEvent(event.src_path)
        if not all(_is_in_passing(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path):
            self._told.dispatch(event)


def _is_in_passing(path: str) -> bool:
    return any(fnmatchcase(Path(path).name, pattern) for pattern in _IN_PASSING)


def _folders(path: Path, recursive: bool) -> Iterator[Path]:
    """The folders from which inotify tells of all that happens to `path`.

    Raises:
        OSError: It does not tell all.
    """
    mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    if foreign := file_systems(mounts, PurePosixPath(path.resolve())) - OWN_DISKS:
        raise OSError(f"they may come from elsewhere ({', '.join(sorted(foreign))})")
    if path.is_symlink():
        raise OSError("it is a symbolic link")
    if path.is_file():
        yield path.parent
    elif not recursive:
        yield path
    else:
        yield path
        for each in path.rglob("*"):
            if each.is_symlink():
                raise OSError(f"{each} is a symbolic link")
            if each.is_dir():
                yield each


def file_systems(mountinfo: str, folder: PurePosixPath) -> set[str]:
    """The types of the file systems that `folder` and all in it lie on, by `/proc/self/mountinfo`."""
    types = {}
    for line in mountinfo.splitlines():
        mount, _, file_system = line.partition(" - ")
        point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), mount.split(" ")[4])
        types[PurePosixPath(point)] = file_system.split(" ")[0]  # the last one hides those before it
    around = max(
        (point for point in types if folder.is_relative_to(point)), key=lambda point: len(point.parts)
    )
    return {types[around]} | {name for point, name in types.items() if point.is_relative_to(folder)}


def _watches() -> int:
    """How many folders inotify watches for this process."""
    texts = (
        file.read_text(encoding="utf-8") for file in Path("/proc/self/fdinfo").iterdir() if file.exists()
    )
    return sum(text.count("inotify wd:") for text in texts)
