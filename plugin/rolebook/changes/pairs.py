"""Which role of one state is which role of another, where a file was renamed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import PurePosixPath

from rolebook.organisation import Organisation, Role, name_key

_MOST = 200
"""Renamed files that are told apart by what they say; comparing more with each other takes too long."""
_ALIKE = 0.5
"""Share of the lines that two files must have in common to be one, as git has it."""


def renamed(before: Organisation, after: Organisation) -> dict[str, str]:
    """The new id of each role whose file has another name, by its old id.

    The new file says so itself among its aliases, or the title is the same, or most of its lines are.
    """
    gone = {role.id: role for role in before.roles.values() if role.id not in after.roles}
    new = {role.id: role for role in after.roles.values() if role.id not in before.roles}
    found: dict[str, str] = {}
    for pairs in (_by_alias, _by_title, _by_lines):
        for old_id, new_id in pairs(gone, new):
            if old_id in gone and new_id in new:
                found[old_id] = new_id
                del gone[old_id], new[new_id]
    return found


def alias_id(alias: str) -> str:
    """The id that an alias stands for; a former path may be written as one, with or without its ending."""
    return PurePosixPath(alias.strip().rstrip("/")).name.removesuffix(".md").removesuffix(".html")


def _by_alias(gone: Mapping[str, Role], new: Mapping[str, Role]) -> Iterator[tuple[str, str]]:
    pairs = [(alias_id(alias), role.id) for role in new.values() for alias in role.fields.aliases]
    yield from pairs


def _by_title(gone: Mapping[str, Role], new: Mapping[str, Role]) -> Iterator[tuple[str, str]]:
    old, now = _unique_titles(gone.values()), _unique_titles(new.values())
    yield from ((old[title], now[title]) for title in old if title in now)


def _unique_titles(roles: Iterable[Role]) -> dict[str, str]:
    roles = tuple(roles)
    times = Counter(name_key(role.title) for role in roles)
    return {key: role.id for role in roles if times[key := name_key(role.title)] == 1}


def _by_lines(gone: Mapping[str, Role], new: Mapping[str, Role]) -> Iterator[tuple[str, str]]:
    if len(gone) > _MOST or len(new) > _MOST:
        return
    old = {role.id: _lines(role) for role in gone.values()}
    now = {role.id: _lines(role) for role in new.values()}
    alike = [
        (len(old[one] & now[other]) / len(old[one] | now[other]), one, other) for one in old for other in now
    ]
    for share, one, other in sorted(alike, key=lambda each: (-each[0], each[1], each[2])):
        if share >= _ALIKE:
            yield one, other


def _lines(role: Role) -> set[str]:
    """What a role's file says, line by line."""
    said = {
        f"{field.name}: {value!r}"
        for field in fields(role.fields)
        if (value := getattr(role.fields, field.name)) != field.default
    }
    return said | {line.strip() for line in role.file.body.splitlines() if line.strip()}
