"""How an organisation came to be as it is: its changes by month, and who held a role before, from git.

One walk through the commits that changed role files; every state of a file is read once. People are those of
today, who may have had other files then. Days are those of the commits: see `clock`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rolebook import read
from rolebook.changes.compare import Changes, State, compare
from rolebook.clock import day_of
from rolebook.git import Commit, GitError, Repository, repository
from rolebook.load import role_file
from rolebook.organisation import Organisation, Role, name_key, organise
from rolebook.problems import Rule, Severity

NO_HISTORY = Rule(
    "no-history",
    Severity.WARNING,
    "A history that was asked for and is silently missing takes its redirects with it.",
)
MONTHS = 24
"""Months that are told, those in which something changed; what was before is in git."""

Tree = Mapping[str, str]
"""The object of each role file by its path."""


@dataclass(frozen=True, slots=True)
class Month:
    """What changed in a month."""

    first: dt.date
    changes: Changes


@dataclass(frozen=True, slots=True)
class FormerHolder:
    """Somebody who held a role before."""

    name: str
    since: dt.date | None
    """None where that is not known: the history begins later."""
    until: dt.date


@dataclass(frozen=True, slots=True)
class History:
    """What git tells of an organisation."""

    months: tuple[Month, ...]
    """The last first; months without a change are absent."""
    begins: dt.date
    """The day of the first commit that is here."""
    cut_off: bool
    """Whether there was more, and only the last part was fetched (a shallow clone)."""
    holders: Mapping[str, tuple[FormerHolder, ...]]
    """Who held a role before, the last first, by role id; roles without such are absent."""
    moved: Mapping[str, str]
    """The id of the role that once was in a file, by the file's path, where it is in another today."""

    def former(self, role: Role) -> tuple[FormerHolder, ...]:
        """Who held `role` before, the last first."""
        return self.holders.get(role.id, ())


def read_history(root: Path, folder: str, organisation: Organisation) -> History | None:
    """The history of the role files in `root/folder`; None without a commit of them.

    Raises:
        GitError: git does not tell.
    """
    there = repository(root)
    commits = list(there.log([folder]))[::-1]
    return _History(there, commits, organisation).told() if commits else None


def why_there_is_none(root: Path) -> str:
    """What keeps git from telling of the files in `root`; empty where nothing does."""
    try:
        repository(root).commit("HEAD")
    except GitError as error:
        return str(error)
    return ""


class _History:
    """Reads the states that the commits, the first first, have left."""

    def __init__(self, there: Repository, commits: Sequence[Commit], today: Organisation) -> None:
        self._there, self._commits, self._today = there, commits, today
        self._people = [person.file for person in today.people.values() if person.file]
        objects = dict.fromkeys(
            (path, each)
            for commit in commits
            for path, each in commit.changed.items()
            if each and read.is_page(path)
        )
        contents = there.contents(each for _, each in objects)
        self._files = {
            key: file
            for key, data in zip(objects, contents, strict=True)
            if data is not None and (file := role_file(key[0], data)) is not None
        }

    def told(self) -> History:
        months = tuple(self._months())
        renamed = [month.changes.renamed for month in months]
        return History(
            months=months[::-1][:MONTHS],
            begins=_day(self._commits[0]),
            cut_off=self._there.is_shallow,
            holders=self._holders(renamed),
            moved=self._moved(renamed),
        )

    def _months(self) -> Iterator[Month]:
        """What each month changed; the first commit is where the history begins, and no change."""
        states = list(self._states())
        before = State(self._organisation(states[0][1]))
        for first, tree in states[1:]:
            after = State(self._organisation(tree))
            changes = compare(before, after)
            if changes:
                yield Month(first, changes)
            before = after

    def _states(self) -> Iterator[tuple[dt.date, Tree]]:
        """The tree after the first commit, then that at the end of each month with a commit."""
        tree: dict[str, str] = {}
        for at, commit in enumerate(self._commits):
            tree.update(commit.changed)
            month = _day(commit).replace(day=1)
            following = self._commits[at + 1] if at + 1 < len(self._commits) else None
            if at == 0 or following is None or _day(following).replace(day=1) != month:
                yield month, {path: each for path, each in tree.items() if each}

    def _organisation(self, tree: Tree) -> Organisation:
        files = (self._files.get((path, each)) for path, each in sorted(tree.items()))
        return organise([file for file in files if file], self._people, today=self._today.day)

    def _holders(self, renamed: Iterable[Mapping[str, str]]) -> dict[str, tuple[FormerHolder, ...]]:
        held: dict[str, tuple[str, dt.date | None]] = {}
        former: dict[str, list[FormerHolder]] = {}
        for commit in self._commits:
            since = None if commit is self._commits[0] else _day(commit)
            for role_id, owner in self._owners(commit):
                before, begun = held.get(role_id, ("", None))
                if name_key(owner) != name_key(before):
                    if before:
                        former.setdefault(role_id, []).append(FormerHolder(before, begun, _day(commit)))
                    held[role_id] = owner, since
        for names in renamed:
            for old, new in names.items():
                former[new] = [*former.pop(old, []), *former.get(new, [])]
        return {
            role_id: tuple(sorted(each, key=lambda holder: holder.until, reverse=True))
            for role_id, each in former.items()
            if each and role_id in self._today.roles
        }

    def _owners(self, commit: Commit) -> Iterator[tuple[str, str]]:
        """The owner that each role file has after a commit that changed it, by role id."""
        for path, each in commit.changed.items():
            file = self._files.get((path, each))
            if file:
                person = self._today.people_by_name.get(name_key(file.fields.owner))
                yield file.id, person.name if person else file.fields.owner

    def _moved(self, renamed: Iterable[Mapping[str, str]]) -> dict[str, str]:
        now = {role.file.path for role in self._today.roles.values()}
        ids = {path: PurePosixPath(path).stem for path, _ in self._files if path not in now}
        for names in renamed:
            ids = {path: names.get(role_id, role_id) for path, role_id in ids.items()}
        return {path: role_id for path, role_id in ids.items() if role_id in self._today.roles}


def _day(commit: Commit) -> dt.date:
    return day_of(commit.time)
