"""The only reader of git: commits, and the files they hold, from git's objects.

Neither the work tree nor the index is touched or relied on, and no program that a repository names is run.
Knows nothing of roles.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_SAFE = ("--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")
_LINK, _FILE = "120000", "100"
"""How the mode of a symbolic link and of a file begins in a tree."""
_LOG = "--format=%x00%H %ct"


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
        if not found:
            raise GitError(f"Git knows no '{revision}' here{self._why_missing()}.")
        return found

    def merge_base(self, one: str, other: str) -> str:
        """The last commit that both have in common; both are hashes.

        Raises:
            GitError: there is none.
        """
        found = self._run("merge-base", one, other, check=False).decode().split()
        if not found:
            raise GitError(f"The two have no commit in common{self._why_missing()}.")
        return found[0]

    @property
    def is_shallow(self) -> bool:
        """Whether only the last part of the history is here."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def _why_missing(self) -> str:
        return ": only part of the history was fetched (a shallow clone)" if self.is_shallow else ""

    def export(self, commit: str, suffixes: Iterable[str], goal: Path) -> None:
        """Write the files of `commit` whose names end in one of `suffixes` into the new folder `goal`.

        Pages elsewhere in the repository are left out; a configuration may inherit from anywhere in it.
        """
        wanted = tuple(suffixes)
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
        objects: dict[str, tuple[str, str]] = {}
        for entry in filter(None, listed):
            about, _, name = entry.partition(b"\t")
            mode, _, object_id = about.decode().split(" ")
            path = os.fsdecode(name)
            ours = path.startswith(self.prefix) or not path.endswith(".md")
            if ours and path.endswith(wanted) and mode.startswith((_FILE, _LINK)) and _is_tame(path):
                objects[path] = (object_id, mode)
        contents = self.contents(object_id for object_id, _ in objects.values())
        for (path, (_, mode)), content in zip(objects.items(), contents, strict=True):
            file = goal / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if mode == _LINK:
                file.symlink_to(os.fsdecode(content))
            else:
                file.write_bytes(content)

    def contents(self, objects: Iterable[str]) -> Iterator[bytes]:
        """What each of `objects` holds, in their order."""
        wanted = "".join(f"{each}\n" for each in objects)
        told = self._run("cat-file", "--batch", given=wanted.encode()) if wanted else b""
        at = 0
        while at < len(told):
            line_end = told.index(b"\n", at)
            *_, kind, size = told[at:line_end].decode().split(" ")
            if not size.isdecimal():
                raise GitError(f"An object of the history is not here ({kind} {size}).")
            start = line_end + 1
            at = start + int(size) + 1
            yield told[start : at - 1]

    def log(self, paths: Iterable[str]) -> Iterator[Commit]:
        """The commits that changed files below `paths` of the handbook's folder, the last first.

        A merge counts as one change, on the day of the merge. In a shallow clone, the first commit that is
        here seems to add every file.
        """
        words = ("log", "--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames", "-z", _LOG)
        told = self._run(*words, "HEAD", "--", *(f":(literal){path}" for path in paths))
        for part in told.split(b"\0\0"):
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
        # An object that a partial clone lacks is not fetched: what is asked for is what is here.
        environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
        try:
            run = subprocess.run(
                ("git", *_SAFE, *words), cwd=self.folder, input=given, capture_output=True, env=environment
            )
        except OSError as error:
            raise GitError(f"Git cannot be started ({error.strerror or error}).") from None
        if check and run.returncode:
            said = run.stderr.decode(errors="replace").strip().splitlines()
            raise GitError(f"Git says: {said[-1] if said else run.returncode}")
        return run.stdout


def repository(folder: Path) -> Repository:
    """The repository that `folder` is in.

    Raises:
        GitError: it is in none, or there is no git.
    """
    there = Repository(folder, "")
    try:
        prefix = there._run("rev-parse", "--show-prefix")
    except GitError as error:
        if str(error).startswith("Git cannot"):
            raise
        raise GitError(f"{folder} is in no git repository.") from None
    return Repository(folder, os.fsdecode(prefix.removesuffix(b"\n")))


def _is_tame(path: str) -> bool:
    """Whether a path from a tree stays where it is put."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and ".git" not in parts
