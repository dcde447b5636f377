"""Which row of a table describes which role that is there already.

By id; else by title and holder; else by a title, or a title below the same role, that only one has. What is
then left and may be the same is a question for the owner.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rolebook.organisation import name_key, slug
from rolebook.spreadsheet.post import Post
from rolebook.spreadsheet.table import Row


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role that is there already."""

    id: str
    title: str
    owner: str
    parent: str
    """The id of the role it reports to; empty without one."""
    reference: str = ""
    """The id that a table had for it when it was last imported; empty where that is not known."""
    imported_title: str = ""
    imported_owner: str = ""
    """What the table had then; somebody may have changed the file since."""
    digest: str = ""
    """That of its row then."""


@dataclass(frozen=True, slots=True)
class Question:
    """A row that may describe one of some roles, or a new one."""

    row: Row
    title: str
    owner: str
    roles: tuple[KnownRole, ...]
    why: str
    """What the row and the roles have in common."""


@dataclass(slots=True)
class Matches:
    """What was found."""

    ids: dict[int, str] = field(default_factory=dict)
    """The id of the role for the place of each post that describes one."""
    questions: list[Question] = field(default_factory=list)


def match(posts: Sequence[Post], known: Iterable[KnownRole], answers: Mapping[str, str]) -> Matches:
    """The roles that `posts` describe.

    `answers` are the ids of the roles for rows (by number, or `file:number`), empty for new roles.
    """
    return _Matching(posts, known, answers).matches


class _Matching:
    def __init__(self, posts: Sequence[Post], known: Iterable[KnownRole], answers: Mapping[str, str]) -> None:
        self.posts = posts
        self.roles = {role.id: role for role in known}
        self.free = dict(self.roles)
        self.waiting = dict(enumerate(posts))
        self.matches = Matches()
        self._take_answers(answers)
        self._by(lambda post: post.reference, lambda role: role.reference)
        self._by(lambda post: slug(post.reference), lambda role: role.id)
        self._by(lambda post: post.digest, lambda role: role.digest, same=True)
        self._by(_called, lambda role: (name_key(role.imported_title), slug(role.imported_owner)))
        self._by(_called, lambda role: (name_key(role.title), slug(role.owner)))
        self._by(lambda post: name_key(post.title), lambda role: name_key(role.title))
        self._ask(lambda post: name_key(post.title), lambda role: name_key(role.title), "the same title")
        self._ask(lambda post: slug(post.owner), lambda role: slug(role.owner), "the same holder")

    def _take_answers(self, answers: Mapping[str, str]) -> None:
        for at, post in list(self.waiting.items()):
            for place in (str(post.row.number), f"{post.row.file}:{post.row.number}"):
                if place in answers:
                    self.waiting.pop(at, None)
                    if answers[place] in self.free:
                        self._pair(at, self.free[answers[place]])

    def _pair(self, at: int, role: KnownRole) -> None:
        self.matches.ids[at] = role.id
        self.waiting.pop(at, None)
        del self.free[role.id]

    def _groups(
        self, of_post: Callable[[Post], Hashable], of_role: Callable[[KnownRole], Hashable]
    ) -> list[tuple[list[int], list[KnownRole]]]:
        """The posts and the roles that have the same of something, where both are left."""
        places: dict[Hashable, list[int]] = {}
        for at, post in self.waiting.items():
            if of_post(post):
                places.setdefault(of_post(post), []).append(at)
        roles: dict[Hashable, list[KnownRole]] = {}
        for role in self.free.values():
            roles.setdefault(of_role(role), []).append(role)
        return [(found, roles[key]) for key, found in places.items() if key in roles]

    def _by(
        self,
        of_post: Callable[[Post], Hashable],
        of_role: Callable[[KnownRole], Hashable],
        *,
        same: bool = False,
    ) -> None:
        """Pair posts and roles that are the only ones with the same of something, or below the same role.

        `same` says that nothing tells those of one group apart: it does not matter which is which.
        """
        for places, roles in self._groups(of_post, of_role):
            if same or len(places) == len(roles) == 1:
                for at, role in zip(places, roles, strict=False):
                    self._pair(at, role)
                continue
            for at in places:
                below = [role for role in roles if self._is_below(at, role)]
                also = [each for each in places if below and self._is_below(each, below[0])]
                if len(below) == len(also) == 1:
                    self._pair(at, below[0])

    def _is_below(self, at: int, role: KnownRole) -> bool:
        """Whether the post reports to the role that `role` reports to, as far as names show."""
        wanted, parent = name_key(self.posts[at].cell("parent")), self.roles.get(role.parent)
        names = (parent.id, parent.title, parent.owner, parent.reference) if parent else ("",)
        return wanted in {name_key(name) for name in names}

    def _ask(
        self, of_post: Callable[[Post], Hashable], of_role: Callable[[KnownRole], Hashable], why: str
    ) -> None:
        for places, roles in self._groups(of_post, of_role):
            for at in places:
                post = self.waiting.pop(at)
                self.matches.questions.append(Question(post.row, post.title, post.owner, tuple(roles), why))


def _called(post: Post) -> tuple[str, str]:
    return name_key(post.title), slug(post.owner)
