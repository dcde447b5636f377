"""Finds and reads a handbook's files, in a folder or in a commit.

Knows nothing of what they hold. Whatever is there, the answer is text and problems, never an exception.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rolebook import malformed
from rolebook.language import gettext
from rolebook.problems import Problem, Rule, Severity

UNREADABLE_FILE = Rule(
    "unreadable-file",
    Severity.ERROR,
    "A file that cannot be read cannot be part of the handbook, and nobody would notice it missing.",
)

MAX_BYTES = 100_000
"""A page of a handbook is text that people read; a larger file is a mistake."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a commit, in memory: nothing of it is ever on a disk."""

    contents: Mapping[str, bytes]
    """The content of files by their paths from the handbook's folder; elsewhere in the repository is
    `../`."""
    links: frozenset[str]
    """Paths of symbolic links."""
    too_large: frozenset[str]
    """Paths of files that nobody reads."""

    def below(self, folder: str) -> Iterator[str]:
        """The paths below `folder`, sorted, without hidden files and folders."""
        for path in sorted((*self.contents, *self.links, *self.too_large)):
            inside = path.removeprefix(f"{folder}/")
            if inside != path and not any(part.startswith(".") for part in inside.split("/")):
                yield path


Root = Path | Tree
"""Where a handbook's files are: a folder, or a commit."""


def markdown_files(root: Root, folder: str) -> Iterator[str]:
    """Paths of the `.md` files below `root/folder`, sorted, relative to `root`, with `/`.

    Skips hidden files and folders, and `README.md`, which a git host shows for a folder.
    """
    yield from (path for path in below(root, folder) if is_page(path))


def below(root: Root, folder: str, hidden: bool = False) -> Iterator[str]:
    """Paths of the files below `root/folder`, sorted, relative to `root`, with `/`.

    Skips links and, unless `hidden`, hidden files and folders; a commit's tree has none.
    """
    if isinstance(root, Tree):
        yield from (path for path in root.below(folder) if path not in root.links)
        return
    if not os.path.isdir(root / folder) or has_link(root, folder):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
        return
    for where, folders, names in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if hidden or not name.startswith("."))
        at = Path(where).relative_to(root).as_posix()
        for name in sorted(names):
            if (hidden or name[0] != ".") and not os.path.islink(f"{where}/{name}"):  # noqa: PTH114 (a tenth of the time)
                yield f"{at}/{name}"


def folders_beside(root: Root, folder: str) -> Iterator[str]:
    """The folders beside `root/folder`, relative to `root`, sorted, without hidden ones and links."""
    above, _, _ = folder.rpartition("/")
    begin = f"{above}/" if above else ""
    if isinstance(root, Tree):
        inside = (path.removeprefix(begin) for path in root.contents if path.startswith(begin))
        names = {path.partition("/")[0] for path in inside if "/" in path}
    else:
        try:
            names = {entry.name for entry in os.scandir(root / above) if entry.is_dir(follow_symlinks=False)}
            # Where capitals do not count, one folder has several names.
            names = {name for name in names if not _is_same(root / begin / name, root / folder)}
        except (OSError, ValueError):
            return
    others = (f"{begin}{name}" for name in sorted(names) if not name.startswith("."))
    yield from (other for other in others if other != folder)


def pages_at_top(root: Root) -> Iterator[str]:
    """Names of the `.md` files directly in `root`, sorted, without links."""
    if isinstance(root, Tree):
        names = [path for path in root.contents if "/" not in path]
    else:
        names = [entry.name for entry in os.scandir(root) if entry.is_file(follow_symlinks=False)]
    yield from (name for name in sorted(names) if is_page(f"/{name}") and not name.startswith("."))


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def is_folder(root: Path, folder: str) -> bool:
    """Whether there is such a folder below `root`."""
    return os.path.isdir(root / folder)  # noqa: PTH112 (Path.is_dir raises where a name is too long)


def folders(root: Path) -> list[str]:
    """The names of the folders in `root` that are not hidden."""
    return sorted(each.name for each in root.iterdir() if each.is_dir() and not each.name.startswith("."))


def folder_problems(root: Root, folder: str) -> Iterator[Problem]:
    """Report links and folders below `root/folder` that `below` skips though they are not hidden."""
    if isinstance(root, Tree):
        yield from (_link(path) for path in root.below(folder) if path in root.links)
        return
    if has_link(root, folder):
        yield _link(folder)
        return
    if not os.path.isdir(root / folder):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
        return
    refused: list[OSError] = []
    for where, folders, names in os.walk(root / folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *names):
            if not name.startswith(".") and os.path.islink(f"{where}/{name}"):  # noqa: PTH114 (a tenth of the time)
                yield _link(Path(where, name).relative_to(root).as_posix())
    for error in refused:
        at = Path(str(error.filename)).relative_to(root).as_posix()
        message = gettext("the folder cannot be read (%(why)s)", why=error.strerror)
        yield Problem(UNREADABLE_FILE, at, 0, message, gettext("Check its permissions"))


def has_link(root: Path, path: str) -> bool:
    """Whether `path` below `root`, or a folder on the way there, is a symbolic link."""
    parts = path.split("/")
    return any(os.path.islink(root / "/".join(parts[:end])) for end in range(1, len(parts) + 1))  # noqa: PTH114 (no exceptions)


def is_own_file(root: Path, path: str) -> bool:
    """Whether there is a file at `root/path`, below `root` and without a link on the way."""
    is_below = not path.startswith(("/", "../")) and "/../" not in path
    return is_below and not has_link(root, path) and (root / path).is_file()


def is_regular(root: Root, path: str) -> bool:
    """Whether what is at `root/path` is a file, and no pipe, socket or device; a commit has nothing else."""
    return (
        isinstance(root, Tree)
        or not os.path.lexists(root / path)
        or stat.S_ISREG((root / path).stat().st_mode)
    )


def _link(path: str) -> Problem:
    hint = gettext("Put the file or folder itself here")
    return Problem(UNREADABLE_FILE, path, 0, gettext("this is a link, and links are not followed"), hint)


def start_of(root: Root, path: str, size: int) -> bytes:
    """Read the first `size` bytes of the file at `root/path`; none where it cannot be read."""
    if isinstance(root, Tree):
        return root.contents.get(path, b"")[:size]
    file = root / path
    try:
        if not file.is_file():
            return b""
        with file.open("rb") as opened:
            return opened.read(size)
    except OSError:
        return b""


def is_page(path: str) -> bool:
    """Whether the file at `path` is a page; `README.md` is what a git host shows for a folder."""
    return path.endswith(".md") and not path.endswith("/README.md")


def read_text(root: Root, path: str, most: int = MAX_BYTES) -> str | Problem:
    """Read the text at `root/path`, of `most` bytes, with plain line ends; or say why it cannot be had."""

    def unreadable(message: str, hint: str, line: int = 0) -> Problem:
        return Problem(UNREADABLE_FILE, path, line, message, hint)

    data = _data(root, path, most, unreadable)
    if isinstance(data, Problem):
        return data
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if found := malformed.encoding(data):
            return unreadable(*found, 1)
        line = data.count(b"\n", 0, error.start) + 1
        return unreadable(
            gettext("a letter in this line is not saved as UTF-8"),
            gettext("Save the file with the encoding UTF-8"),
            line,
        )
    return plain_line_ends(text)


def _data(root: Root, path: str, most: int, unreadable: Callable[[str, str], Problem]) -> bytes | Problem:
    """Read the file at `root/path`; or say why it cannot be had."""

    def too_large() -> Problem:
        return unreadable(
            gettext("the file is larger than %(most)s kB", most=most // 1000),
            gettext("Put pictures and data into files of their own"),
        )

    def gone() -> Problem:
        return unreadable(gettext("the file is not there"), gettext("Put it there"))

    if isinstance(root, Tree):
        if path in root.links:
            return _link(path)
        if path in root.too_large:
            return too_large()
        return root.contents[path] if path in root.contents else gone()
    file = root / path
    try:
        if has_link(root, path):
            return _link(path)
        about = file.lstat()
        if not stat.S_ISREG(about.st_mode):
            return unreadable(
                gettext("not a regular file"), gettext("Rename it so that it does not end in .md")
            )
        return too_large() if about.st_size > most else file.read_bytes()
    except FileNotFoundError:
        return gone()
    except ValueError:
        return unreadable(gettext("no file can have this name"), gettext("Correct it"))
    except OSError as error:
        return unreadable(
            gettext("the file cannot be read (%(why)s)", why=error.strerror),
            gettext("Check its permissions"),
        )


def exact_text(root: Path, path: str) -> str | None:
    """The text of the file at `root/path` with its line ends as they are.

    None where there is none, no text in it, or a link on the way.
    """
    try:
        is_file = not has_link(root, path) and (root / path).is_file()
        return (root / path).read_bytes().decode("utf-8") if is_file else None
    except (OSError, ValueError):
        return None


def is_there(root: Root, path: str) -> bool:
    """Whether there is something at `root/path`."""
    if isinstance(root, Tree):
        return path in root.contents or path in root.links or path in root.too_large
    return os.path.lexists(root / path)


def plain_line_ends(text: str) -> str:
    """Turn the line ends of any system in `text` into line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
