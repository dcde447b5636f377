"""Puts new files into a folder, all or none and never over one that is there; changes a file as a whole."""

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rolebook import files
from rolebook.scratch_dir import ScratchDir


def in_the_way(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Files below `folder`, in any of its folders, that are called like one of `names` in any case.

    Raises:
        OSError: the folder cannot be read.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "it is a file, not a folder")
    wanted = {name.casefold() for name in names}
    there = [path for path in files.below(folder, ".") if Path(path).name.casefold() in wanted]
    return tuple(Path(path).as_posix() for path in there)


def write_new(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write `files` (path below `folder` and content; text as UTF-8); folders are made where there are none.

    Every file is complete before it appears in `folder`, whenever the program is ended.

    Raises:
        OSError: something could not be written, or a file is there already; nothing was changed.
    """
    folder = folder.resolve()
    names = []
    with _made(folder.parent), _staged(folder.parent) as staging:
        for name, content in files:
            file = staging / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
            names.append(name)
        if folder.exists():
            _move_all(staging, folder, names)
        else:
            staging.rename(folder)


@contextlib.contextmanager
def taken_away(folder: Path, names: Iterable[str]) -> Iterator[None]:
    """Remove files below `folder`, which come back if what is done meanwhile fails.

    Raises:
        OSError: one could not be removed; all are there.
    """
    names = tuple(names)
    if not names:
        yield
        return
    aside = ScratchDir.beside(folder.resolve().parent)
    try:
        with contextlib.ExitStack() as back:
            for at, name in enumerate(names):
                (folder / name).rename(aside.path / f"{at}.md")
                back.callback((aside.path / f"{at}.md").rename, folder / name)
            yield
            back.pop_all()
    finally:
        aside.remove()


@contextlib.contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make `folder` and its parents; take those away again that stay empty because of a failure."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            for each in missing:
                each.rmdir()
        raise


@contextlib.contextmanager
def _staged(beside: Path) -> Iterator[Path]:
    staging = ScratchDir.beside(beside)
    try:
        yield staging.path
    finally:
        staging.remove()


def _move_all(staging: Path, folder: Path, names: Iterable[str]) -> None:
    moved: list[Path] = []
    with contextlib.ExitStack() as made:
        try:
            for name in names:
                made.enter_context(_made((folder / name).parent))
                _move(staging / name, folder / name)
                moved.append(folder / name)
        except BaseException:
            for path in moved:
                path.unlink(missing_ok=True)
            raise


def _move(source: Path, target: Path) -> None:
    """Move a file to where none is: a link fails where one is, a renaming might replace it."""
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


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Put `after` in place of what the file holds, which is expected to be `before`.

    Raises:
        OSError: it could not be written, or has changed meanwhile; it is as it was.
    """
    target = path.resolve()
    new = target.with_name(f".rolebook-{secrets.token_hex(6)}")
    try:
        new.write_bytes(after)
        shutil.copymode(target, new)
        if target.read_bytes() != before:
            raise OSError(errno.EBUSY, "it was changed meanwhile", str(path))
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def change_all(root: Path, texts: Iterable[tuple[str, str, str]], moves: Mapping[str, str]) -> None:
    """Change files below `root` (path, text before, text after), then move files to new paths by old ones.

    Folders that this leaves empty are removed.

    Raises:
        OSError: something could not be written, or has changed meanwhile; everything is as it was.
    """
    with contextlib.ExitStack() as back:
        for path, before, after in texts:
            replace_file(root / path, before.encode(), after.encode())
            back.callback(replace_file, root / path, after.encode(), before.encode())
        for old, new in moves.items():
            back.enter_context(_made((root / new).parent))
            _rename(root / old, root / new)
            back.callback(_rename, root / new, root / old)
        back.pop_all()
    left = {folder for old in moves for folder in Path(old).parents}
    for folder in sorted(left, key=lambda each: -len(each.parts)):
        with contextlib.suppress(OSError):
            (root / folder).rmdir()


def _rename(source: Path, target: Path) -> None:
    # Where capitals do not count, a name that differs in them only is the same file.
    if target.exists() and target.samefile(source):
        source.rename(target)
    else:
        _move(source, target)
        source.unlink(missing_ok=True)
