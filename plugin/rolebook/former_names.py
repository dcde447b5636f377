"""Finds what roles and people are called today that files name as before: from aliases and from git.

Git is asked only if something names a role or a person that is not there.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from rolebook import files
from rolebook.diff.pairs import alias_id, renamed_people, renamed_roles
from rolebook.git import GitError, Repository, repository
from rolebook.organisation import (
    FormerNames,
    Organisation,
    PersonFile,
    RoleFile,
    name_key,
    people_named,
    roles_named,
)
from rolebook.parse import person_file, role_file
from rolebook.project import Project

_MAX_FILES = 300
"""If more files were renamed at once, it is another handbook."""
_MAX_NAMES = 50
"""Git is asked for so many names. If more are unknown, they never existed."""
_MAX_STATES = 3_000
"""A former name is looked for in so many states of people's files."""


def former_names(
    project: Project,
    organisation: Organisation,
    more_roles: Iterable[str] = (),
    more_people: Iterable[str] = (),
) -> FormerNames:
    """Find the former names of roles and people of `organisation`, as far as something still needs them.

    `more_roles` are ids, and `more_people` keys of names, that something other than a field names.
    """
    roles, people = _aliases(organisation)
    named = {*_missing_roles(organisation), *more_roles}
    missing = named - organisation.roles.keys() - roles.keys()
    unknown = {*_missing_people(organisation), *more_people} - people.keys()
    if project.tree is None and 0 < len(missing) + len(unknown) <= _MAX_NAMES:
        try:
            there = repository(project.root)
            roles |= _roles_in_git(there, project, organisation, missing)
            people |= _people_in_git(there, project, organisation, unknown)
        except GitError:
            pass  # Without a history nobody knows more than the files say.
    return FormerNames(roles, people)


def _missing_roles(organisation: Organisation) -> Iterator[str]:
    for role in organisation.roles.values():
        for _, name in roles_named(role.fields):
            if name and name not in organisation.roles:
                yield name


def _missing_people(organisation: Organisation) -> Iterator[str]:
    if any(person.file for person in organisation.people.values()):
        for role in organisation.roles.values():
            for _, name in people_named(role.fields):
                person = organisation.named(name)
                if person and person.file is None:
                    yield name_key(name)


def _aliases(organisation: Organisation) -> tuple[dict[str, str], dict[str, str]]:
    """What aliases in the files say; a former name that several have had is left out."""
    roles = _only_one(
        (alias_id(alias), role.id) for role in organisation.roles.values() for alias in role.fields.aliases
    )
    people = _only_one(
        (name_key(alias_id(alias)), person.id)
        for person in organisation.people.values()
        for alias in person.fields.aliases
    )
    return {name: each for name, each in roles.items() if name not in organisation.roles}, people


def _only_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, meant in pairs:
        found.setdefault(name, set()).add(meant)
    return {name: meant.pop() for name, meant in found.items() if len(meant) == 1}


@dataclass(frozen=True, slots=True)
class _Step:
    """The files that one commit, or a change that is not committed yet, took away and added."""

    gone: Mapping[str, str]
    """Objects by path."""
    come: Mapping[str, str]
    """Objects by path; empty for what is in no commit."""


AnyFile = TypeVar("AnyFile", RoleFile, PersonFile)
Pairing = Callable[[Mapping[str, AnyFile], Mapping[str, AnyFile], Iterable[AnyFile]], Mapping[str, str]]


class _Past(Generic[AnyFile]):
    """The commits of a folder, with its files as they are `now` as the last change of all."""

    def __init__(
        self,
        there: Repository,
        folder: str,
        now: Iterable[AnyFile],
        parse: Callable[[str, bytes], AnyFile | None],
        pair: Pairing[AnyFile],
    ) -> None:
        self._there = there
        self._parse: Callable[[str, bytes], AnyFile | None] = parse
        self._pair: Pairing[AnyFile] = pair
        self._now: dict[str, AnyFile] = {file.path: file for file in now}
        self._ids: Set[str] = {file.id for file in self._now.values()}
        self._states: list[tuple[str, str]] = []
        self._steps = list(self._read(folder))

    def _read(self, folder: str) -> Iterator[_Step]:
        """The steps, the first first."""
        held: dict[str, str] = {}
        for commit in [*self._there.log([folder])][::-1]:
            pages = {path: each for path, each in commit.changed.items() if files.is_page(path)}
            gone = {path: held.pop(path) for path, each in pages.items() if not each and path in held}
            come = {path: each for path, each in pages.items() if each and path not in held}
            written = {path: each for path, each in pages.items() if each}
            held |= written
            self._states += written.items()
            if gone and come:
                yield _Step(gone, come)
        yield _Step(
            {path: each for path, each in held.items() if path not in self._now},
            {path: "" for path in self._now if path not in held},
        )

    def id_now(self, former: str) -> str:
        """The id that the file called `former` has today; empty where nobody knows."""
        first = 0
        while former not in self._ids:
            steps = range(first, len(self._steps))
            at = next((at for at in reversed(steps) if former in map(_id, self._steps[at].gone)), None)
            if at is None:
                return ""
            gone, come = self._files(self._steps[at])
            others = [file for file in self._now.values() if file.id not in come]
            former, first = self._pair(gone, come, others).get(former, ""), at + 1
        return former

    def _files(self, step: _Step) -> tuple[dict[str, AnyFile], dict[str, AnyFile]]:
        """What was taken away and what was added, by id."""
        if len(step.gone) + len(step.come) > _MAX_FILES:
            return {}, {}
        committed: list[tuple[str, str]] = [(path, each) for path, each in step.come.items() if each]
        written: list[AnyFile] = [self._now[path] for path, each in step.come.items() if not each]
        gone = {file.id: file for file in self.states(step.gone.items())}
        come = {file.id: file for file in self.states(committed)}
        # What could not be read then is as it is today.
        written += [self._now[path] for path, _ in committed if _id(path) not in come and path in self._now]
        return gone, come | {file.id: file for file in written}

    def states(self, wanted: Iterable[tuple[str, str]] | None = None) -> Iterator[AnyFile]:
        """The files that are `wanted`, each a path with an object; without any, all that ever were."""
        pairs = [*dict.fromkeys(self._states if wanted is None else wanted)][-_MAX_STATES:]
        contents = self._there.contents(each for _, each in pairs)
        for (path, _), data in zip(pairs, contents, strict=True):
            if data is not None and (file := self._parse(path, data)):
                yield file


def _id(path: str) -> str:
    return unicodedata.normalize("NFC", PurePosixPath(path).stem)


def _roles_in_git(
    there: Repository, project: Project, organisation: Organisation, missing: Set[str]
) -> dict[str, str]:
    if not missing:
        return {}
    files = [role.file for role in organisation.roles.values()]
    read = partial(role_file, record=project.records.role)
    past = _Past(there, project.options.roles_dir, files, read, renamed_roles)
    return {role_id: now for role_id in missing if (now := past.id_now(role_id))}


def _people_in_git(
    there: Repository, project: Project, organisation: Organisation, missing: Set[str]
) -> dict[str, str]:
    if not missing:
        return {}
    files = [person.file for person in organisation.people.values() if person.file]
    read = partial(person_file, record=project.records.person)
    past = _Past(there, project.options.people_dir, files, read, renamed_people)
    found: dict[str, str] = {}
    for file in past.states():
        for key in {name_key(file.fields.name), name_key(file.id)} & missing:
            now = organisation.people.get(past.id_now(file.id))
            if now and now.file:
                found[key] = now.id if key == name_key(file.id) else now.name
    return found
