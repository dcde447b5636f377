"""Finds kinds of business, a folder each in `kinds/`, and writes the roles that they begin with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from rolebook.library.role import LibraryRole, library_role
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

    @property
    def first(self) -> LibraryRole:
        """The role to hand over first."""
        return _known(next(role for role, plan in self.hand_over.items() if plan["fit"] == "next"))

    def role_files(self, owner: str) -> dict[str, str]:
        """The role files by their paths below the folder of roles; `owner` holds each role."""
        return dict(self._role_files(owner))

    def _role_files(self, owner: str) -> Iterator[tuple[str, str]]:
        yield f"{self.top}.md", self._written(self.top, "", owner)
        for function, below in self.roles.items():
            yield f"{function}/{function}.md", self._written(function, self.top, owner)
            for role_id in below:
                yield f"{function}/{role_id}.md", self._written(role_id, function, owner)

    def _written(self, role_id: str, parent: str, owner: str) -> str:
        plan = self.hand_over.get(role_id)
        fields = {
            "parent": f"parent: {parent}\n" if parent else "",
            "owner": f"owner: {scalar(owner)}\n",
            "outsource": _plan(plan) if plan else "",
        }
        promise = next((each for each, roles in self.promises.items() if role_id in roles), "")
        return _known(role_id).written(fields, promise)


def _plan(plan: Mapping[str, str]) -> str:
    return "outsource:\n" + "".join(f"  {name}: {scalar(text)}\n" for name, text in plan.items())


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
    folder = _folder() / kind_id
    tree: dict[str, Any] = yaml.safe_load((folder / "roles.yml").read_text(encoding="utf-8"))
    return Kind(**tree, business_model=(folder / "business-model.md").read_text(encoding="utf-8"))


def kinds() -> Mapping[str, Kind]:
    """All kinds of business by their ids."""
    return {each: kind(each) for each in kind_ids()}


def _folder() -> Traversable:
    return files("rolebook") / "library" / "kinds"
