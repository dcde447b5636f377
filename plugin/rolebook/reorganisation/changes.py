"""A change of an organisation: which files it writes, and what it leaves to people."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rolebook.autofix.field_edits import FieldChange, fields_in, with_changes
from rolebook.language import gettext
from rolebook.organisation import Organisation, Person, Role
from rolebook.schema.declarations import declarations, shown_name
from rolebook.schema.records import RoleFields
from rolebook.yaml_text import scalar

ROLE_ORDER = tuple(map(shown_name, declarations(RoleFields)))

ReadText = Callable[[str], str | None]
"""Reads the text of the file at a path, with its line ends; None where there is none."""


class NotPossible(Exception):
    """Why nothing is changed, in words for whoever asked for it."""


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A file before and after a change, line ends and all."""

    path: str
    before: str
    after: str
    said: tuple[str, ...]
    """What changes in it, field by field."""


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What is written, all of it or nothing."""

    changed: tuple[ChangedText, ...] = ()
    new: Mapping[str, str] = field(default_factory=dict)
    """Texts of new files by path."""
    first: tuple[str, ...] = ()
    """What is better done before anything is written."""
    notes: tuple[str, ...] = ()
    """What is left to do that no file can do, such as taking back access."""


def word_for(person: Person) -> str:
    """What a file calls `person`, as YAML."""
    return scalar(person.id if person.file else person.name, in_brackets=True)


def day_text(day: dt.date) -> str:
    """`day` as a file has it."""
    return day.isoformat()


class Written:
    """What the file of a role says, whether or not it is right."""

    def __init__(self, organisation: Organisation, text: str) -> None:
        self._organisation = organisation
        self.fields = fields_in(text)

    def names(self, word: object, person: Person) -> bool:
        """Whether a file that says `word` means `person`."""
        found = self._organisation.named(word) if isinstance(word, str) else None
        return found is not None and found.id == person.id

    def items(self, name: str) -> list[Any]:
        """The items of a list; one that is written without a list is a list of one."""
        value = self.fields.get(name)
        if not value:
            return []
        return value if isinstance(value, list) else [value]

    def entries_of(self, name: str, person: Person) -> Iterator[tuple[int, Any]]:
        """The items of the list `name` that are about `person`, and their places: from the last."""
        for at, item in reversed([*enumerate(self.items(name))]):
            if self.names(item.get("person") if isinstance(item, dict) else item, person):
                yield at, item

    def says(self, name: str) -> str:
        """The word of a field, or of the plan's `fit`, in small letters; empty where there is none."""
        word = self.plan.get("fit") if name == "fit" else self.fields.get(name)
        return word.strip().lower() if isinstance(word, str) else ""

    @property
    def plan(self) -> dict[str, Any]:
        """What stands under `outsource`; a word alone is its `fit`."""
        plan = self.fields.get("outsource") or {}
        return plan if isinstance(plan, dict) else {"fit": str(plan)}

    def planned(self, **wanted: str | None) -> list[FieldChange]:
        """The changes that make the plan say what is `wanted`; None removes a part of it."""
        plan, written = self.plan, self.fields.get("outsource")
        if not isinstance(written, dict):
            now = {"fit": scalar(plan["fit"])} if plan.get("fit") else {}
            now = {name: value for name, value in (now | wanted).items() if value is not None}
            if now == {"fit": scalar(plan.get("fit", ""))} or not now:
                return []
            alone = now["fit"] if list(now) == ["fit"] else ""
            inside = ", ".join(f"{name}: {value}" for name, value in now.items())
            return [FieldChange(("outsource",), alone or f"{{{inside}}}")]
        set_ = [
            FieldChange(("outsource", name), value) for name, value in wanted.items() if value is not None
        ]
        gone = [name for name, value in wanted.items() if value is None and name in plan]
        return [*set_, *(FieldChange(("outsource", name)) for name in gone)]


def access_of(role: Role) -> tuple[str, ...]:
    """The tools of `role` to which its holder has access."""
    return tuple(tool.name for tool in role.fields.tools)


def text_of(read: ReadText, path: str) -> str:
    """The text of the file at `path`.

    Raises:
        NotPossible: there is none.
    """
    text = read(path)
    if text is None:
        raise NotPossible(gettext("%(file)s cannot be read.", file=path))
    return text


def changed(
    read: ReadText, path: str, changes: Iterable[FieldChange], order: tuple[str, ...] = ROLE_ORDER
) -> tuple[ChangedText, ...]:
    """The file at `path` with the changes; nothing where there are none."""
    before, fields = text_of(read, path), tuple(changes)
    after = with_changes(path, before, fields, order)
    said = tuple(map(str, fields))
    return (ChangedText(path, before, after, said),) if after != before else ()
