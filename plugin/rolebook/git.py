"""The only reader of git: commits, and the files they hold, from git's objects.

Neither the work tree nor the index is touched or relied on, and no program that a repository names is run.
Knows nothing of roles.
"""

import contextlib
import hashlib
import os
import posixpath
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from rolebook.files import MAX_BYTES, Tree
from rolebook.language import N_, gettext

_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.mailmap=false",
    "log.showRoot=true",
    "log.showSignature=false",
    # A folder in the work tree that looks like a repository is none: it could hide what is to be compared.
    "safe.bareRepository=explicit",
)
"""With these, no program that a repository names is run, and nothing is fetched (git-config(1))."""
_SAFE = ("--no-pager", "--no-optional-locks", *(word for each in _SETTINGS for word in ("-c", each)))
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH")
"""Beginnings of git's variables that a person sets. A hook gets others, which lead to another place."""
_FIXED = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
"""Git fetches nothing that a partial clone lacks: a configuration names the program for it (git(1))."""
_LINK, _FILE = "120000", "100"
"""How the mode of a symbolic link and of a file begins in a tree."""
_LOG = (
    *("log", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames"),
    *("--no-relative", "--no-ext-diff", "--no-textconv", "-z", "--format=%x00%H %ct"),
)
"""Names every option that a person's own settings could change."""
_NOT_FETCHED = N_(
    "Some files of the history were not fetched (a partial clone). Clone the repository without --filter."
)
MAX_TREE = 300_000_000
"""Bytes of a commit that are read."""
MAX_ANSWER = 100_000_000
"""Bytes of one answer of git's; a few objects can stand for billions of files."""
_AT_ONCE = 500
"""Objects that are asked for at once; of at most 100 kB each, they fit into one answer."""


class GitError(Exception):
    """What went wrong, in words for whoever typed the command."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and the files that it changed, against the first of those before it."""

    hash: str
    time: int
    """Seconds since 1970, as whoever committed it had it."""
    changed: Mapping[str, str]
    """The object that each changed path holds afterwards; empty for a path that is gone."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a handbook's folder is in."""

    folder: Path
    """The handbook's folder."""
    prefix: str
    """Where it is below the top of the repository: empty, or a path that ends in `/`."""

    def commit(self, revision: str) -> str:
        """The hash of the commit that `revision` names.

        Raises:
            GitError: there is none.
        """
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self._run(*words, check=False).decode().strip()
        if not found and revision == "HEAD":
            raise GitError(
                gettext(
                    "There is no commit yet. To make one, run: %(command)s",
                    command="git add . && git commit -m 'Our handbook'",
                )
            )
        if not found and self.is_shallow:
            raise GitError(
                gettext(
                    "Git knows no '%(revision)s' here: "
                    "only part of the history was fetched (a shallow clone).",
                    revision=revision,
                )
            )
        if not found:
            raise GitError(gettext("Git knows no '%(revision)s' here.", revision=revision))
        return found

    def merge_base(self, one: str, other: str) -> str:
        """The last commit that both have in common; both are hashes.

        Raises:
            GitError: there is none.
        """
        found = self._run("merge-base", one, other, check=False).decode().split()
        if not found:
            raise GitError(
                gettext(
                    "The two have no commit in common: "
                    "only part of the history was fetched (a shallow clone)."
                )
                if self.is_shallow
                else gettext("The two have no commit in common.")
            )
        return found[0]

    @property
    def is_shallow(self) -> bool:
        """Whether only the last part of the history is here."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def tree(self, commit: str, suffixes: Iterable[str]) -> Tree:
        """The files of `commit` whose names end in one of `suffixes`, and its links.

        Pages elsewhere in the repository are left out; a configuration may inherit from anywhere in it.

        Raises:
            GitError: no disk can hold such a commit, or it is too large.
        """
        wanted = tuple(suffixes)
        objects: dict[str, str] = {}
        links, too_large, size = set[str](), set[str](), 0
        for path, mode, object_id, length in self._entries(commit):
            ours = path.startswith(self.prefix) or not path.endswith(".md")
            here = posixpath.relpath(path, self.prefix or ".")
            if mode.startswith(_LINK):
                links.add(here)
            elif ours and path.endswith(wanted) and mode.startswith(_FILE):
                if length > MAX_BYTES:
                    too_large.add(here)
                else:
                    objects[here] = object_id
                    size += length
        if size > MAX_TREE:
            message = gettext(
                "The handbook in %(commit)s has more than %(most)s MB of text.",
                commit=commit[:10],
                most=MAX_TREE // 1_000_000,
            )
            raise GitError(message)
        found = zip(objects, self.contents(objects.values()), strict=True)
        contents = {path: data for path, data in found if data is not None}
        return Tree(contents, frozenset(links), frozenset(too_large))

    def _entries(self, commit: str) -> list[tuple[str, str, str, int]]:
        """Path, mode, object and length of each file of `commit`."""
        found: dict[str, tuple[str, str, str, int]] = {}
        for entry in filter(None, self._run("ls-tree", "-r", "-z", "-l", "--full-tree", commit).split(b"\0")):
            about, _, name = entry.partition(b"\t")
            mode, _, object_id, length = about.decode().split()
            path = os.fsdecode(name)
            if path in found or not _is_tame(path):
                message = gettext(
                    "The commit %(commit)s has a file twice, or one that no disk can hold: '%(path)s'.",
                    commit=commit[:10],
                    path=path,
                )
                raise GitError(message)
            found[path] = path, mode, object_id, int(length) if length.isdecimal() else 0
        for path in found:
            if any(str(folder) in found for folder in PurePosixPath(path).parents):
                message = gettext(
                    "The commit %(commit)s has a file and a folder of one name: '%(path)s'.",
                    commit=commit[:10],
                    path=path,
                )
                raise GitError(message)
        return list(found.values())

    def objects(self, commit: str, folders: Iterable[str]) -> dict[str, str]:
        """The object of each file of `commit` below `folders` of the handbook's folder, by its path."""
        begins = tuple(f"{folder}/" for folder in folders)
        found = {}
        for path, mode, object_id, _ in self._entries(commit):
            here = posixpath.relpath(path, self.prefix or ".")
            if here.startswith(begins) and mode.startswith(_FILE):
                found[here] = object_id
        return found

    def contents(self, objects: Iterable[str]) -> Iterator[bytes | None]:
        """What each of `objects` holds, in their order; None for what is larger than a page may be.

        Raises:
            GitError: one of them is not here.
        """
        left = iter(objects)
        while some := list(islice(left, _AT_ONCE)):
            fits = [size <= MAX_BYTES for size in self._sizes(some)]
            found = self._held(each for each, small in zip(some, fits, strict=True) if small)
            yield from (next(found) if small else None for small in fits)

    def _sizes(self, objects: Iterable[str]) -> Iterator[int]:
        """Bytes of each of `objects`."""
        sizes = self._run("cat-file", "--batch-check=%(objectsize)", given=_lines(objects))
        for line in sizes.decode().splitlines():
            if not line.isdecimal():
                raise GitError(gettext(_NOT_FETCHED))
            yield int(line)

    def _held(self, objects: Iterable[str]) -> Iterator[bytes]:
        """What each of `objects`, which are here, holds."""
        written = self._run("cat-file", "--batch=%(objectsize)", given=_lines(objects))
        at = 0
        while at < len(written):
            start = written.index(b"\n", at) + 1
            end = start + int(written[at:start])
            yield written[start:end]
            at = end + 1

    def log(self, paths: Iterable[str]) -> Iterator[Commit]:
        """The commits that changed files below `paths` of the handbook's folder, the last first.

        A merge counts as one change, on the day of the merge. In a shallow clone, the first commit that is
        here seems to add every file.
        """
        output = self._run(*_LOG, "HEAD", "--", *(f":(literal){path}" for path in paths))
        for part in output.split(b"\0\0"):
            fields = part.strip(b"\n").lstrip(b"\0").split(b"\0")
            head, *entries = (os.fsdecode(field) for field in fields)
            if not head:
                continue
            commit, _, time = head.partition(" ")
            yield Commit(commit, int(time), dict(self._changed(entries)))

    def _changed(self, entries: list[str]) -> Iterator[tuple[str, str]]:
        pairs = zip(entries[::2], entries[1::2], strict=False)
        for about, path in pairs:
            _, mode, _, object_id, _ = about.strip().split(" ")
            if path.startswith(self.prefix):
                inside = mode.startswith(_FILE)
                yield path.removeprefix(self.prefix), object_id if inside else ""

    def _run(self, *words: str, given: bytes = b"", check: bool = True) -> bytes:
        try:
            found, errors, code = _answer(("git", *_SAFE, *words), self.folder, given)
        except OSError as error:
            why = error.strerror or error
            raise GitError(gettext("Git cannot be started (%(why)s).", why=why)) from None
        if len(found) > MAX_ANSWER:
            most = MAX_ANSWER // 1_000_000
            raise GitError(
                gettext("The list of the repository's files is longer than %(most)s MB.", most=most)
            )
        if check and code:
            said = _said(errors.decode(errors="replace"))
            raise GitError(said or gettext("Git ended with %(code)s.", code=code))
        return found


def _answer(command: tuple[str, ...], folder: Path, given: bytes) -> tuple[bytes, bytes, int]:
    """Run a program: what it writes, its errors, its exit code. It is ended if it writes too much."""
    kept = {name: text for name, text in os.environ.items() if _is_kept(name)}
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe, env=kept | _FIXED) as run,
        ThreadPoolExecutor(2) as meanwhile,
    ):
        assert run.stdin and run.stdout and run.stderr
        meanwhile.submit(_give, run.stdin, given)
        errors = meanwhile.submit(run.stderr.read)
        found = run.stdout.read(MAX_ANSWER + 1)
        if len(found) > MAX_ANSWER:
            run.kill()
        return found, errors.result(), run.wait()


def _give(stdin: IO[bytes], given: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), stdin:
        stdin.write(given)


def _is_kept(variable: str) -> bool:
    return variable.startswith(_KEPT) or not variable.startswith("GIT_")


def repository(folder: Path) -> Repository:
    """The repository that `folder` is in.

    Raises:
        GitError: it is in none, or git does not say.
    """
    there = Repository(folder, "")
    prefix = there._run("rev-parse", "--show-prefix")
    return Repository(folder, os.fsdecode(prefix.removesuffix(b"\n")))


_POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize {}\n"
"""What Git LFS keeps of a file (Git LFS specification)."""
_CHUNK, _MAX_TEXT = 1_000_000, 10_000_000
"""Bytes that are read at once, and of a text whose line ends git may change."""


def _lines(objects: Iterable[str]) -> bytes:
    return "".join(f"{each}\n" for each in objects).encode()


def object_ids(file: Path) -> list[str]:
    """The ids of objects in which git may keep a file with the content of `file`, the usual one first.

    Git can change line ends when it reads a file, and keeps a pointer in the place of a large one (Git LFS).

    Raises:
        OSError: the file cannot be read.
    """
    size = file.stat().st_size
    hashes = *_blob_hashes(size), hashlib.sha256()
    with file.open("rb") as opened:
        while some := opened.read(_CHUNK):
            for each in hashes:
                each.update(some)
    *ids, content = (each.hexdigest() for each in hashes)
    kept = [_POINTER.format(content, size).encode()]
    if size <= _MAX_TEXT:
        kept.insert(0, file.read_bytes().replace(b"\r\n", b"\n"))
    for data in kept:
        for each in _blob_hashes(len(data)):
            each.update(data)
            ids.append(each.hexdigest())
    return ids


def _blob_hashes(size: int) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """Hashes of an object of so many bytes, in repositories of both kinds."""
    found = hashlib.sha1(usedforsecurity=False), hashlib.sha256()
    for each in found:
        each.update(b"blob %d\0" % size)
    return found


def is_committed(folder: Path, path: str) -> bool:
    """Whether the last commit has something at `path` below `folder`; no, if git cannot be asked."""
    try:
        return bool(repository(folder)._run("ls-tree", "HEAD", "--", path))
    except GitError:
        return False


def _said(text: str) -> str:
    """What git wrote, with the way out that it names."""
    reasons = [line.removeprefix("fatal: ") for line in text.splitlines() if line.startswith("fatal: ")]
    if not reasons:
        last = text.strip().splitlines()[-1:]
        return gettext("Git says: %(text)s.", text=last[0]) if last else ""
    if "promisor" in reasons[0] or reasons[0].startswith("transport '"):
        return gettext(_NOT_FETCHED)
    if reasons[0].startswith("not a git repository"):
        return gettext(
            "This folder is in no git repository. To begin one, run: %(command)s", command="git init -b main"
        )
    remedies = [line.strip() for line in text.splitlines() if line.startswith("\t")]
    reason = reasons[0].rstrip(".")
    if remedies:
        return gettext("Git says: %(text)s. Run: %(command)s", text=reason, command=remedies[0])
    return gettext("Git says: %(text)s.", text=reason)


def _is_tame(path: str) -> bool:
    """Whether a path in a commit is harmless as the path of a file on any disk."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or part.casefold() == ".git" for part in parts)
