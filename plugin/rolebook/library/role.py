"""Finds roles of the library, a file each in `roles/`, and writes them for a handbook."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rolebook.organisation import RoleFile, name_key
from rolebook.parse import role_file

ORDER = (
    *("title", "parent", "owner", "weekly_hours", "purpose", "deliverable", "outsource", "skills", "tools"),
    *("out_of_scope", "trial_task", "tags"),
)
"""The fields of a role of the library, and of one that is written for a handbook."""
FOR_A_HANDBOOK = frozenset({"owner", "outsource"})
"""Fields that no file of the library has: a handbook decides them."""
_FIELD = re.compile(r"^(\w+):.*\n(?:[ ].*\n)*", re.MULTILINE)
_FIRST_OUTCOME = re.compile(r"\A(deliverable:\n  - outcome: .*\n)")
_RECEIVER = re.compile(r"^    receiver: (.*)\n", re.MULTILINE)
_PROMISE = re.compile(r"^    for: .*\n", re.MULTILINE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class LibraryRole:
    """A role that a handbook can begin with."""

    text: str
    """Its file, word by word."""
    file: RoleFile

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def title(self) -> str:
        return self.file.fields.title

    @property
    def parent(self) -> str:
        """The role that it reports to, if the handbook has it."""
        return self.file.fields.parent

    def written(self, fields: Mapping[str, str], roles: Collection[str], promise: str = "") -> str:
        """The file for a handbook: these fields, as YAML, in place of its own; empty ones are left out.

        Its first deliverable is for `promise`. Of those it delivers to, the ones among `roles` are named.
        """
        front, body = _parts(self.text)
        front = _RECEIVER.sub(lambda found: found[0] if found[1] in roles else "", front)
        own = {found[1]: found[0] for found in _FIELD.finditer(front)}
        if promise:
            own["deliverable"] = _FIRST_OUTCOME.sub(rf"\g<1>    for: {promise}\n", own["deliverable"])
        own |= fields
        return "---\n" + "".join(own.get(name, "") for name in ORDER) + f"---\n{body}"

    def is_written_as(self, text: str) -> bool:
        """Whether `text` is its file as `written`, with nothing changed but what a handbook decides."""
        return _undecided(text) == _undecided(self.text)


@cache
def role_ids() -> tuple[str, ...]:
    """The ids of all roles of the library."""
    return tuple(sorted(file.name.removesuffix(".md") for file in _folder().iterdir()))


@cache
def library_role(role_id: str) -> LibraryRole | None:
    """The role of the library with this id."""
    if role_id not in role_ids():
        return None
    data = _data(role_id)
    file = role_file(f"roles/{role_id}.md", data)
    return LibraryRole(data.decode(), file) if file else None


def role_texts() -> tuple[str, ...]:
    """The files of all roles of the library, word by word."""
    return tuple(_data(each).decode() for each in role_ids())


def library_roles() -> tuple[LibraryRole, ...]:
    """All roles of the library, in the order of their ids."""
    return tuple(role for each in role_ids() if (role := library_role(each)))


def named(name: str) -> LibraryRole | None:
    """The role of the library with this id or title."""
    key = name_key(name)
    return next((role for role in library_roles() if key in (role.id, name_key(role.title))), None)


def with_words(words: Iterable[str]) -> tuple[LibraryRole, ...]:
    """Find the roles that have all of `words`, or words that begin like them."""
    wanted = [word for each in words for word in _words(each)]
    if not wanted:
        return ()
    return tuple(
        role
        for role in library_roles()
        if all(any(known.startswith(word) for known in _known(role)) for word in wanted)
    )


def _known(role: LibraryRole) -> frozenset[str]:
    """The words by which a role is found."""
    fields = role.file.fields
    outcomes = (each.outcome for each in fields.deliverable)
    skills = (*fields.skills.must, *fields.skills.nice)
    texts = (role.id, fields.title, fields.purpose, *fields.tags, *skills, *outcomes)
    return frozenset(word for text in texts for word in _words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _parts(text: str) -> tuple[str, str]:
    """The front matter of a file, with whatever is before it, and its body."""
    before, _, rest = text.partition("---\n")
    front, _, body = rest.partition("---\n")
    return before + front, body


def _undecided(text: str) -> tuple[str, str]:
    """The parts of a file without what a handbook decides: parent, holder, promise, receivers and plan."""
    front, body = _parts(text)
    for name in ("parent", *FOR_A_HANDBOOK):
        front = re.sub(rf"^{name}:.*\n(?:[ ].*\n)*", "", front, flags=re.MULTILINE)
    return _RECEIVER.sub("", _PROMISE.sub("", front)), body


def _data(role_id: str) -> bytes:
    return (_folder() / f"{role_id}.md").read_bytes()


def _folder() -> Traversable:
    return files("rolebook") / "library" / "roles"
