"""Finds kinds of business, a folder each in `kinds/`, and writes the roles that they begin with.

`general/` beside them is what a guided start begins with when the business is of none of these kinds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from rolebook.library.role import LibraryRole, library_role
from rolebook.schema.records import NO_HOURS, Hours
from rolebook.yaml_text import scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of business, with the roles and promises that it begins with."""

    title: str
    summary: str
    """What such a business sells, in a few words."""
    top: str
    """The role that all others report to; like all below, an id of the library."""
    roles: Mapping[str, Sequence[str]]
    """The roles of each function."""
    promises: Mapping[str, Sequence[str]]
    """By the promises of the business model: the roles that deliver each."""
    hand_over: Mapping[str, Mapping[str, str]]
    """The plan for some of the roles."""
    business_model: str
    """The page of the business model, with blanks to fill in."""
    holders: Mapping[str, str] = field(default_factory=dict)
    """Who holds a role in place of the owner; an empty name for a vacant role."""
    own_hours: Mapping[str, Hours] = field(default_factory=dict)
    """Hours that the owner gave to roles, in place of those of the library."""

    @property
    def role_ids(self) -> tuple[str, ...]:
        """All its roles, each after the one that it reports to."""
        return (self.top, *(each for function, below in self.roles.items() for each in (function, *below)))

    @property
    def first(self) -> LibraryRole | None:
        """The role to hand over first."""
        planned = (role for role, plan in self.hand_over.items() if plan["fit"] == "next")
        return next(map(_known, planned), None)

    def hours(self, role_id: str) -> Hours:
        """The hours that one of its roles takes."""
        return self.own_hours.get(role_id) or _known(role_id).file.fields.weekly_hours or NO_HOURS

    def role_files(self, owner: str) -> dict[str, str]:
        """The role files by their paths below the folder of roles; `owner` holds each role."""
        return dict(self._role_files(owner))

    def _role_files(self, owner: str) -> Iterator[tuple[str, str]]:
        yield f"{self.top}.md", self._written(self.top, "", owner)
        for function, below in self.roles.items():
            folder = f"{function}/" if below else ""
            yield f"{folder}{function}.md", self._written(function, self.top, owner)
            for role_id in below:
                yield f"{function}/{role_id}.md", self._written(role_id, function, owner)

    def _written(self, role_id: str, parent: str, owner: str) -> str:
        plan = self.hand_over.get(role_id)
        holder = self.holders.get(role_id, owner)
        fields = {
            "parent": f"parent: {parent}\n" if parent else "",
            "owner": f"owner: {scalar(holder)}\n" if holder else "",
            "outsource": _plan(plan) if plan else "",
        }
        if hours := self.own_hours.get(role_id):
            fields["weekly_hours"] = f"weekly_hours: {_written_hours(hours)}\n"
        promise = next((each for each, roles in self.promises.items() if role_id in roles), "")
        return _known(role_id).written(fields, self.role_ids, promise)


def _plan(plan: Mapping[str, str]) -> str:
    return "outsource:\n" + "".join(f"  {name}: {scalar(text)}\n" for name, text in plan.items())


def _written_hours(hours: Hours) -> str:
    low, high = f"{hours.min:g}", f"{hours.max:g}"
    return low if low == high else f"{{min: {low}, max: {high}}}"


def _known(role_id: str) -> LibraryRole:
    role = library_role(role_id)
    if role is None:
        raise LookupError(f"the library has no role '{role_id}'")
    return role


@cache
def kind_ids() -> tuple[str, ...]:
    """The ids of all kinds of business."""
    return tuple(sorted(folder.name for folder in _folder().iterdir()))


@cache
def kind(kind_id: str) -> Kind:
    """The kind of business with this id, which is one of `kind_ids`."""
    return _read(_folder() / kind_id)


@cache
def general() -> Kind:
    """What a business of any other kind is likely to have."""
    return _read(files("rolebook") / "library" / "general")


def kinds() -> Mapping[str, Kind]:
    """All kinds of business by their ids."""
    return {each: kind(each) for each in kind_ids()}


def _read(folder: Traversable) -> Kind:
    tree: dict[str, Any] = yaml.safe_load((folder / "roles.yml").read_text(encoding="utf-8"))
    return Kind(**tree, business_model=(folder / "business-model.md").read_text(encoding="utf-8"))


def _folder() -> Traversable:
    return files("rolebook") / "library" / "kinds"
