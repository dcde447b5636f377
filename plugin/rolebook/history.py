"""Reads from git how an organisation came to be as it is: its changes by month, and former holders.

One walk through the commits that changed files of roles, people or the business model; every state of a file
is read once. Days are those of the commits: see `clock`.
"""

import datetime as dt
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from rolebook import attachments, files
from rolebook.clock import day_of
from rolebook.diff.compare import compare
from rolebook.diff.model import Changes, State
from rolebook.diff.pairs import alias_id, renamed_people, renamed_roles
from rolebook.git import Commit, GitError, Repository, repository
from rolebook.organisation import (
    NOT_TODAY,
    Organisation,
    PersonFile,
    Role,
    RoleFile,
    name_key,
    organise,
    people_named,
)
from rolebook.parse import business_model, person_file, role_file
from rolebook.problems import Rule, Severity
from rolebook.project import Project
from rolebook.schema.records import BusinessModelFields

NO_HISTORY = Rule(
    "no-history",
    Severity.WARNING,
    "If the history is missing, so are its redirects from former addresses.",
)
MAX_MONTHS = 24
"""So many months with changes are shown; earlier ones are in git."""

Tree = Mapping[str, str]
"""The object of each file by its path."""


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
    """What git knows of an organisation."""

    months: tuple[Month, ...]
    """The last first; months without a change are absent."""
    begins: dt.date
    """The day of the first commit that is here."""
    cut_off: bool
    """Whether there was more, and only the last part was fetched (a shallow clone)."""
    holders: Mapping[str, tuple[FormerHolder, ...]]
    """Who held a role before, the last first, by role id; roles without such are absent."""
    moved: Mapping[str, str]
    """Where a role's file has moved: the role's id by the file's former path."""
    moved_people: Mapping[str, str]
    """The same for people."""
    names: frozenset[str]
    """What people were ever called, and their files."""
    hidden: frozenset[str]
    """Ids of roles that were never anything but planned or retired."""

    def former(self, role: Role) -> tuple[FormerHolder, ...]:
        """Who held `role` before, the last first."""
        return self.holders.get(role.id, ())


def read_history(project: Project, organisation: Organisation) -> History | None:
    """Read the history of the project's files; None without a commit of them.

    Raises:
        GitError: git cannot answer.
    """
    there = repository(project.root)
    options = project.options
    paths = [
        posixpath.normpath(each) for each in (options.roles_dir, options.people_dir, project.business_path)
    ]
    commits = [*there.log(paths)][::-1]
    return _HistoryReader(there, commits, organisation, paths).build() if commits else None


def why_there_is_none(root: Path) -> str:
    """Why git has no history of the files in `root`; empty where it has."""
    try:
        repository(root).commit("HEAD")
    except GitError as error:
        return str(error)
    return ""


class _HistoryReader:
    """Reads the state of the organisation after each commit, from the first to the last."""

    def __init__(
        self, there: Repository, commits: Sequence[Commit], today: Organisation, paths: Sequence[str]
    ) -> None:
        self._there, self._commits, self._today = there, commits, today
        roles, people, business = paths
        self._folders = roles, people
        objects = dict.fromkeys(
            (path, each)
            for commit in commits
            for path, each in commit.changed.items()
            if each and files.is_page(path)
        )
        contents = there.contents(each for _, each in objects)
        self._files: dict[tuple[str, str], RoleFile] = {}
        self._people: dict[tuple[str, str], PersonFile] = {}
        self._business: dict[tuple[str, str], BusinessModelFields] = {}
        self._business_path = business
        for (path, each), data in zip(objects, contents, strict=True):
            if data is None:
                continue
            if path == business:
                self._business[path, each] = business_model(path, data)
            elif path.startswith(f"{people}/") and (person := person_file(path, data)):
                self._people[path, each] = person
            elif path.startswith(f"{roles}/") and (role := role_file(path, data)):
                self._files[path, each] = role

    def build(self) -> History:
        months = tuple(self._months())
        roles = [roles for roles, _ in self._renames]
        return History(
            months=months[::-1][:MAX_MONTHS],
            begins=_day(self._commits[0]),
            cut_off=self._there.is_shallow,
            holders=self._holders(roles),
            moved=self._moved_roles(roles),
            moved_people=self._moved_people(),
            names=frozenset(self._names()),
            hidden=frozenset(self._hidden()),
        )

    def _months(self) -> Iterator[Month]:
        """List what changed in each month. The first commit is where the history begins, and no change."""
        states = list(self._states())
        before = self._state(states[0][1])
        for first, tree in states[1:]:
            after = self._state(tree)
            changes = compare(before, after)
            if changes:
                yield Month(first, changes)
            before = after

    def _states(self) -> Iterator[tuple[dt.date, Tree]]:
        """The tree after the first commit, then the tree at the end of each month with a commit."""
        tree: dict[str, str] = {}
        for at, commit in enumerate(self._commits):
            tree.update(commit.changed)
            month = _day(commit).replace(day=1)
            following = self._commits[at + 1] if at + 1 < len(self._commits) else None
            if at == 0 or following is None or _day(following).replace(day=1) != month:
                yield month, {path: each for path, each in tree.items() if each}

    def _state(self, tree: Tree) -> State:
        beside = {path: each for path, each in tree.items() if self._is_beside(path)}
        return State(self._organisation(tree), files=beside)

    def _is_beside(self, path: str) -> bool:
        """Whether a file is one that is published beside roles or people."""
        return any(attachments.may_be_published(path, folder) for folder in self._folders)

    def _organisation(self, tree: Tree) -> Organisation:
        there = sorted(tree.items())
        business = self._business.get((self._business_path, tree.get(self._business_path, "")))
        return organise(
            [file for each in there if (file := self._files.get(each))],
            [person for each in there if (person := self._people.get(each))],
            business,
            today=self._today.day,
        )

    @cached_property
    def _renames(self) -> tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]:
        """Find, for each commit, the new ids of roles and of people by their old ones."""
        found = []
        roles, people = dict[str, RoleFile](), dict[str, PersonFile]()
        for commit in self._commits:
            found.append(
                (
                    _renamed_by(commit, roles, self._files, renamed_roles),
                    _renamed_by(commit, people, self._people, renamed_people),
                )
            )
        return tuple(each for each in found if any(each))

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
                yield file.id, self._called(file.fields.owner)

    def _called(self, name: str) -> str:
        """The name today of somebody whom a role file called `name`."""
        person = self._today.people_by_name.get(name_key(name))
        if person is None or person.file is None:
            person = self._today.people.get(self._former_names.get(name_key(name), ""), person)
        return person.name if person else name

    @cached_property
    def _former_names(self) -> dict[str, str]:
        """The id of each person of today by the keys of the names and ids that they had before."""
        ids = _ids_now({file.id: file.id for file in self._people.values()}, self._people_renames)
        found: dict[str, str] = {}
        for file in self._people.values():
            found |= dict.fromkeys((name_key(file.fields.name), name_key(file.id)), ids[file.id])
        return found

    def _moved_roles(self, renames: Iterable[Mapping[str, str]]) -> dict[str, str]:
        """Find today's role for each former path: what git knows, and what its files once named."""
        roles = self._today.roles
        now = {role.file.path for role in roles.values()}
        ids = _ids_now({path: file.id for (path, _), file in self._files.items()}, renames)
        # Where roles were merged, the one that is left names the others among its former paths.
        merged = {alias_id(alias): role.id for role in roles.values() for alias in role.fields.aliases}
        ids = {path: each if each in roles else merged.get(each, "") for path, each in ids.items()}
        found = {alias: ids[path] for (path, _), file in self._files.items() for alias in file.fields.aliases}
        found |= {path: role_id for path, role_id in ids.items() if path not in now}
        return {path: role_id for path, role_id in found.items() if role_id in roles}

    def _names(self) -> Iterator[str]:
        for file in self._files.values():
            yield from (name for _, name in people_named(file.fields) if name)
        for person in self._people.values():
            yield from (person.fields.name, person.id, *map(alias_id, person.fields.aliases))

    def _hidden(self) -> Iterator[str]:
        files = self._files.values()
        active = {file.id for file in files if file.fields.status not in NOT_TODAY}
        yield from (file.id for file in files if file.id not in active)

    @property
    def _people_renames(self) -> list[Mapping[str, str]]:
        return [people for _, people in self._renames]

    def _moved_people(self) -> dict[str, str]:
        people = {person.id: person.file for person in self._today.people.values() if person.file}
        now = {file.path for file in people.values()}
        ids = _ids_now({path: file.id for (path, _), file in self._people.items()}, self._people_renames)
        return {path: each for path, each in ids.items() if path not in now and each in people}


AnyFile = TypeVar("AnyFile", RoleFile, PersonFile)
Pairing = Callable[[Mapping[str, AnyFile], Mapping[str, AnyFile], Iterable[AnyFile]], Mapping[str, str]]


def _renamed_by(
    commit: Commit,
    there: dict[str, AnyFile],
    files: Mapping[tuple[str, str], AnyFile],
    paired: Pairing[AnyFile],
) -> Mapping[str, str]:
    """Find what `commit` renamed among the files that are `there`, by path; it updates `there`."""
    before = {file.id for file in there.values()}
    gone = [there.pop(path) for path in commit.changed if path in there]
    come = {path: file for path, each in commit.changed.items() if (file := files.get((path, each)))}
    others = list(there.values()) if gone and come else []
    there |= come
    after = {file.id for file in come.values()}
    old = {file.id: file for file in gone if file.id not in after}
    new = {file.id: file for file in come.values() if file.id not in before}
    return paired(old, new, others) if old and new else {}


def _ids_now(ids: Mapping[str, str], renames: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """`ids` after `renames`, the first first."""
    now = dict(ids)
    for names in renames:
        now = {path: names.get(each, each) for path, each in now.items()}
    return now


def _day(commit: Commit) -> dt.date:
    return day_of(commit.time)
