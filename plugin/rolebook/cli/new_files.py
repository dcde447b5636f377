"""Puts new files into a folder, never over one that is there, and changes and moves files: all or none."""

import contextlib
import errno
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rolebook import atomic_file
from rolebook.files import below, has_link
from rolebook.language import gettext
from rolebook.scratch_dir import ScratchDir, remove_left


def in_the_way(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Files below `folder`, in any of its folders, that are called like one of `names` in any case.

    Raises:
        OSError: the folder cannot be read.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, gettext("it is a file, not a folder"))
    wanted = {name.casefold() for name in names}
    there = [path for path in below(folder, ".") if Path(path).name.casefold() in wanted]
    return tuple(Path(path).as_posix() for path in there)


def write_new(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write `files` (path below `folder` and content; text as UTF-8); folders are made where there are none.

    Every file is complete before it appears in `folder`, whenever the program is ended.

    Raises:
        OSError: something could not be written, a file is there already, or a folder below is a link; nothing
            was changed.
    """
    folder = folder.resolve()
    names = []
    with _made(folder.parent), _staged(folder.parent) as staging:
        for name, content in files:
            _refuse_link(folder, name)
            file = staging / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
            names.append(name)
        if folder.exists():
            _move_all(staging, folder, names)
        else:
            staging.rename(folder)


def _refuse_link(folder: Path, name: str) -> None:
    above, _, _ = name.rpartition("/")
    if above and has_link(folder, above):
        reason = gettext("it is behind a link, and links are not followed")
        raise OSError(errno.ELOOP, reason, str(folder / name))


@contextlib.contextmanager
def taken_away(folder: Path, names: Iterable[str]) -> Iterator[None]:
    """Remove files below `folder`; they come back if what is done inside fails.

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
                atomic_file.move(staging / name, folder / name)
                moved.append(folder / name)
        except BaseException:
            for path in moved:
                path.unlink(missing_ok=True)
            raise


def change_all(
    root: Path,
    texts: Iterable[tuple[str, str, str]],
    moves: Mapping[str, str],
    added: Iterable[tuple[str, str]] = (),
) -> None:
    """Change files below `root` (path, text before, text after), then move files to new paths by old ones.

    Files that are `added` (path, text) are written first. Folders that a move leaves empty are removed.

    Raises:
        OSError: something could not be written, or has changed meanwhile; everything is as it was.
    """
    texts = tuple(texts)
    for folder in {(root / path).parent for path, _, _ in texts}:
        remove_left(folder)
    with contextlib.ExitStack() as back:
        for path, text in added:
            back.enter_context(_made((root / path).parent))
            atomic_file.create(root / path, text.encode())
            back.callback((root / path).unlink)
        for path, before, after in texts:
            atomic_file.replace(root / path, after.encode(), before.encode())
            back.callback(atomic_file.replace, root / path, before.encode(), after.encode())
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
        atomic_file.move(source, target)
