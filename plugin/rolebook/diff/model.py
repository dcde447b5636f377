"""What a comparison of two states of an organisation gives."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from rolebook.language import N_, gettext
from rolebook.organisation import Organisation, Person, Role, name_key
from rolebook.problems import Problem
from rolebook.schema.declarations import declarations
from rolebook.schema.records import Hours, RoleFields

ALSO, CHANGED_FILE, DETAILS = N_("also changed"), N_("changed file"), N_("details of the deliverable")
"""For such a change, only that there is one is reported, and not both values."""


@dataclass(frozen=True, slots=True)
class State:
    """An organisation as it was or is, with its problems."""

    organisation: Organisation
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """A digest of each published file beside roles and people, by its path."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What commits say of names: ids after them by ids before them, empty for what is gone."""

    roles: Mapping[str, str]
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that changed: a field of a role, person or offer, or where a file is."""

    what: str
    """In English, whatever the language: programs read it."""
    before: str
    """Empty where there was nothing."""
    after: str
    """Empty where there is nothing."""
    in_words: str = ""
    """What it is in the language that is written in; empty where that is `what`."""

    @property
    def words(self) -> str:
        """What changed, for people."""
        return self.in_words or self.what

    @property
    def mentions(self) -> bool:
        """Whether it only says that `after` is another: a value as it was or is would be too long."""
        return self.what in (ALSO, CHANGED_FILE, DETAILS)


def former_paths() -> str:
    """What the field `aliases` is called, which says where a file was before."""
    return declarations(RoleFields)["aliases"].called("aliases")


def change(what: str, before: str, after: str, **values: str) -> FieldChange:
    """A change of something that is looked up as `what`, with its values."""
    return FieldChange(what % values, before, after, gettext(what, **values))


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role that is another than it was."""

    role: Role
    """As it is now."""
    differences: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A person whose file says something else than before, or has moved."""

    before: Person
    after: Person
    differences: tuple[FieldChange, ...]
    """All changes but the name."""

    @property
    def title(self) -> str:
        """The name, as it was and is where it is another."""
        return f"{self.before.name} → {self.after.name}" if self.renamed else self.after.name

    @property
    def renamed(self) -> bool:
        return name_key(self.before.name) != name_key(self.after.name)


@dataclass(frozen=True, slots=True)
class LoadChange:
    """A person whose roles take more or fewer hours than before."""

    person: Person
    before: Hours
    after: Hours

    @property
    def gained(self) -> float:
        """Hours more than before; negative for fewer."""
        return (self.after.max + self.after.min - self.before.max - self.before.min) / 2


class Names:
    """Names roles by their titles, and adds the id where several have one title."""

    def __init__(self, *organisations: Organisation) -> None:
        times = (Counter(role.title for role in each.roles.values()) for each in organisations)
        self._shared = {title for counted in times for title, number in counted.items() if number > 1}

    def of(self, role: Role) -> str:
        """The name of `role`."""
        return f"{role.title} [{role.id}]" if role.title in self._shared else role.title


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed."""

    before: Organisation
    after: Organisation
    names: Names
    added: tuple[Role, ...]
    retired: tuple[Role, ...]
    """As they were: their files are gone, or say that the role is no more."""
    changed: tuple[RoleChange, ...]
    loads: tuple[LoadChange, ...]
    """Who gains most first, who loses most last."""
    new_problems: tuple[Problem, ...]
    fixed: tuple[Problem, ...]
    ids: Mapping[str, str]
    """The id now of each role that was there before, by its id then; without those that are gone."""
    business: tuple[FieldChange, ...]
    """Offers, promises and functions."""
    undone: tuple[Hours, Hours]
    """Hours that nobody does, before and after."""
    people: tuple[PersonChange, ...]
    joined: tuple[Person, ...]
    """People of whom nothing was known before, and who have a file now."""
    left: tuple[Person, ...]
    """People who had a file, as they were: it is gone, and nothing else names them."""
    person_ids: Mapping[str, str]
    """The same for people with files."""
    files: tuple[FieldChange, ...]
    """Published files beside roles and people."""

    @property
    def renamed(self) -> dict[str, str]:
        """The new id of each role whose file has another name, by its old id."""
        return {was: now for was, now in self.ids.items() if was != now}

    def __bool__(self) -> bool:
        found = (self.added, self.retired, self.changed, self.business, self.people, self.loads, self.files)
        return any((*found, self.joined, self.left, self.new_problems, self.fixed))
