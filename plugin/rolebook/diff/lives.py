"""Follows roles and people through commits, whatever their files are called."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import count
from typing import Generic, TypeVar

from rolebook.diff.pairs import is_alike
from rolebook.git import Commit
from rolebook.organisation import PersonFile, RoleFile

AnyFile = TypeVar("AnyFile", RoleFile, PersonFile)
Same = Callable[[Mapping[str, AnyFile], Mapping[str, AnyFile], Iterable[AnyFile]], Mapping[str, str]]


class Lives(Generic[AnyFile]):
    """Knows which role, or person, each file was about.

    A life is a number. It stays when a file gets another name; a name that is used again has another life.
    """

    def __init__(
        self,
        commits: Iterable[Commit],
        files: Mapping[tuple[str, str], AnyFile],
        same: Same[AnyFile],
        kept: Set[int],
    ) -> None:
        """`files` are by path and object; `kept` are the numbers of the commits whose states are kept."""
        self._files: Mapping[tuple[str, str], AnyFile] = files
        self._same: Same[AnyFile] = same
        self._numbers = count()
        self._there: dict[str, AnyFile] = {}
        self._ended: dict[str, tuple[int, AnyFile]] = {}
        self._by_id: dict[str, int] = {}
        self.by_path: dict[str, int] = {}
        """The last life with a file at each path."""
        self.by_alias: dict[str, int] = {}
        """The last life that named each of its former paths."""
        self.states: dict[int, Mapping[str, int]] = {}
        """The life of each id after each commit that is kept."""
        self.steps: list[tuple[tuple[int, AnyFile], ...]] = []
        """What each commit wrote: lives with their files."""
        self.ended: list[tuple[int, ...]] = []
        """The lives that each commit ended; one whose file comes back goes on."""
        for at, commit in enumerate(commits):
            self.steps.append(tuple(self._step(commit)))
            if at in kept:
                self.states[at] = dict(self._by_id)
        self.ids = {life: each for each, life in self._by_id.items()}
        """The id that each life has after the last commit."""

    def between(self, before: int, after: int) -> dict[str, str]:
        """The id after a commit, by the id after an earlier one; empty for what is gone."""
        ids = {life: each for each, life in self.states[after].items()}
        return {each: ids.get(life, "") for each, life in self.states[before].items()}

    def _step(self, commit: Commit) -> Iterator[tuple[int, AnyFile]]:
        gone = [self._there.pop(path) for path in commit.changed if path in self._there]
        come = {
            path: file for path, each in commit.changed.items() if (file := self._files.get((path, each)))
        }
        ended = self._follow({file.id: file for file in gone}, {file.id: file for file in come.values()})
        self.ended.append(tuple(ended))
        self._there |= come
        for path, file in come.items():
            life = self.by_path[path] = self._by_id[file.id]
            self.by_alias |= dict.fromkeys(file.fields.aliases, life)
            yield life, file

    def _follow(self, before: Mapping[str, AnyFile], after: Mapping[str, AnyFile]) -> Iterable[int]:
        """Give the files of a commit their lives; returns those of the files that it took away."""
        same = self._same(before, after, self._there.values()) if before and after else {}
        lives = {old: self._by_id.pop(old) for old in before if old in self._by_id}
        self._by_id |= {now: lives[old] for old, now in same.items() if old in lives}
        ended = {old: (life, before[old]) for old, life in lives.items() if old not in same}
        self._ended |= ended
        for each, file in after.items():
            if each not in self._by_id:
                self._by_id[each] = self._again(file)
        return [life for old, (life, _) in ended.items() if old in self._ended]

    def _again(self, file: AnyFile) -> int:
        """The life of a file whose name is new: that of one that was away, or another."""
        life, last = self._ended.get(file.id, (-1, file))
        if life < 0 or not is_alike(last, file):
            return next(self._numbers)
        del self._ended[file.id]
        return life
