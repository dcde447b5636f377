"""Reads from git how an organisation came to be as it is: its changes by month, and former holders.

One walk through the commits that changed files of roles, people or the business model; every state of a file
is read once. Days are those of the commits: see `clock`.
"""

import datetime as dt
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from rolebook import attachments, files
from rolebook.clock import day_of
from rolebook.diff.compare import compare
from rolebook.diff.lives import Lives
from rolebook.diff.model import Changes, Followed, State
from rolebook.diff.pairs import alias_id, same_people, same_roles
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
from rolebook.schema.own_fields import Records
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
    ids: Mapping[str, str]
    """Today's ids of its roles, by the ids at its end; without roles that are gone since."""
    person_ids: Mapping[str, str]
    """The same for people."""


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
    changed: Mapping[str, dt.date]
    """The day of the last change of each file, by its path."""
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
    return _HistoryReader(there, commits, organisation, paths, project.records).build() if commits else None


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
        self,
        there: Repository,
        commits: Sequence[Commit],
        today: Organisation,
        paths: Sequence[str],
        records: Records,
    ) -> None:
        self._there, self._today = there, today
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
            if path == business and (model := business_model(path, data, records.business)):
                self._business[path, each] = model
            elif path.startswith(f"{people}/") and (person := person_file(path, data, records.person)):
                self._people[path, each] = person
            elif path.startswith(f"{roles}/") and (role := role_file(path, data, records.role)):
                self._files[path, each] = role

        unread = objects.keys() - self._files.keys() - self._people.keys() - self._business.keys()
        commits = self._commits = [*_readable(commits, unread)]
        ends = self._ends = [*_ends(commits)]
        self._role_lives = Lives(commits, self._files, same_roles, {*ends})
        self._person_lives = Lives(commits, self._people, same_people, {*ends})

    def build(self) -> History:
        months = tuple(self._months())
        return History(
            months=months[::-1][:MAX_MONTHS],
            begins=_day(self._commits[0]),
            cut_off=self._there.is_shallow,
            holders=self._holders(),
            moved=self._moved_roles(),
            moved_people=self._moved_people(),
            changed={path: _day(commit) for commit in self._commits for path in commit.changed},
            names=frozenset(self._names()),
            hidden=frozenset(self._hidden()),
        )

    def _months(self) -> Iterator[Month]:
        """List what changed in each month. The first commit is where the history begins, and no change."""
        states = zip(self._ends, map(self._state, self._trees()), strict=True)
        last = self._ends[-1]
        for (begin, before), (end, after) in pairwise(states):
            followed = self._between(begin, end)
            if changes := compare(before, after, followed):
                today = self._between(end, last)
                yield Month(_month(self._commits[end]), changes, today.roles, today.people)

    def _between(self, begin: int, end: int) -> Followed:
        return Followed(self._role_lives.between(begin, end), self._person_lives.between(begin, end))

    def _trees(self) -> Iterator[Tree]:
        """The tree after the first commit, then the tree at the end of each month with a commit."""
        tree: dict[str, str] = {}
        for at, commit in enumerate(self._commits):
            tree.update(commit.changed)
            if at in self._role_lives.states:
                yield {path: each for path, each in tree.items() if each}

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

    def _holders(self) -> dict[str, tuple[FormerHolder, ...]]:
        held: dict[int, tuple[str, dt.date | None]] = {}
        former: dict[int, list[FormerHolder]] = {}
        for commit, life, owner in self._owners():
            before, begun = held.get(life, ("", None))
            if name_key(owner) != name_key(before):
                if before:
                    former.setdefault(life, []).append(FormerHolder(before, begun, _day(commit)))
                held[life] = owner, None if commit is self._commits[0] else _day(commit)
        ids, today = self._role_lives.ids, self._today.roles
        return {
            ids[life]: tuple(sorted(each, key=lambda holder: holder.until, reverse=True))
            for life, each in former.items()
            if ids.get(life) in today
        }

    def _owners(self) -> Iterator[tuple[Commit, int, str]]:
        """The owner that each role has after each commit that wrote its file, or took it away."""
        people: dict[str, int] = {}
        for at, commit in enumerate(self._commits):
            for life, person in self._person_lives.steps[at]:
                people |= dict.fromkeys((name_key(person.fields.name), name_key(person.id)), life)
            for life, role in self._role_lives.steps[at]:
                yield commit, life, self._called(role.fields.owner, people)
            yield from ((commit, life, "") for life in self._role_lives.ended[at])

    def _called(self, name: str, people: Mapping[str, int]) -> str:
        """The name today of somebody whom a role file called `name` when `people` were called so."""
        key = name_key(name)
        life = people.get(key)
        if life is None:
            known = self._today.people_by_name.get(key)
            if known and known.file:
                return known.name
            life = self._last_names.get(key)
        if life is None:
            return name
        person = self._today.people.get(self._person_lives.ids.get(life, ""))
        # Who has no file any more is called as the last one said.
        return person.name if person and person.file else self._last_titles.get(life, "") or name

    @cached_property
    def _last_titles(self) -> dict[int, str]:
        """What each person's file called them last."""
        steps = self._person_lives.steps
        return {life: file.fields.name for step in steps for life, file in step if file.fields.name}

    @cached_property
    def _last_names(self) -> dict[str, int]:
        """The person who was the last with a name or an id, by its key."""
        return {
            name_key(name): life
            for step in self._person_lives.steps
            for life, file in step
            for name in (file.fields.name, file.id)
        }

    def _moved_roles(self) -> dict[str, str]:
        """Find today's role for each former path: what git knows, and what its files once named."""
        roles, lives = self._today.roles, self._role_lives
        now = {role.file.path for role in roles.values()}
        # Where roles were merged, the one that is left names the others among its former paths.
        merged = {alias_id(alias): role.id for role in roles.values() for alias in role.fields.aliases}
        last = {life: file.id for step in lives.steps for life, file in step}
        ids = {life: lives.ids.get(life) or merged.get(each, "") for life, each in last.items()}
        found = {alias: ids[life] for alias, life in lives.by_alias.items()}
        found |= {path: ids[life] for path, life in lives.by_path.items() if path not in now}
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

    def _moved_people(self) -> dict[str, str]:
        people = {person.id: person.file for person in self._today.people.values() if person.file}
        now = {file.path for file in people.values()}
        lives = self._person_lives
        ids = {path: lives.ids.get(life, "") for path, life in lives.by_path.items()}
        return {path: each for path, each in ids.items() if path not in now and each in people}


def _readable(commits: Sequence[Commit], unread: Set[tuple[str, str]]) -> Iterator[Commit]:
    """The commits as if each file could be read after each.

    One that cannot be is as it was before; one that may have been renamed, as it is once it can be read.
    """
    there: set[str] = set()
    for at, commit in enumerate(commits):
        changed: dict[str, str] = {}
        may_rename = "" in commit.changed.values()
        for path, each in commit.changed.items():
            is_read = (path, each) not in unread
            if is_read or (may_rename and path not in there):
                changed[path] = each if is_read else _next(path, commits[at + 1 :], unread)
                (there.add if changed[path] else there.discard)(path)
        yield replace(commit, changed=changed)


def _next(path: str, commits: Iterable[Commit], unread: Set[tuple[str, str]]) -> str:
    """The object that the file at `path` is next, once it can be read; empty if it is taken away before."""
    objects = (commit.changed[path] for commit in commits if path in commit.changed)
    return next((each for each in objects if (path, each) not in unread), "")


def _ends(commits: Sequence[Commit]) -> Iterator[int]:
    """The numbers of the first commit and of the last one of each month."""
    for at, commit in enumerate(commits):
        following = commits[at + 1] if at + 1 < len(commits) else None
        if at == 0 or following is None or _month(following) != _month(commit):
            yield at


def _month(commit: Commit) -> dt.date:
    return _day(commit).replace(day=1)


def _day(commit: Commit) -> dt.date:
    return day_of(commit.time)
