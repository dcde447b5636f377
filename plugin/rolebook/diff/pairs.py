"""Finds which role or person is the same in two states, if a file was renamed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import fields
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar

from rolebook.organisation import Organisation, PersonFile, RoleFile, name_key
from rolebook.schema.records import RoleFields

_MOST = 200
"""So many renamed files are matched by their text; comparing more takes too long."""
_ALIKE = 0.5
"""Share of the lines that two files must have in common to be one, as git has it."""
_TEXT = 3
"""Lines; a shorter text below the front matter is alike by chance."""

AnyFile = TypeVar("AnyFile", RoleFile, PersonFile)


def renamed(before: Organisation, after: Organisation) -> dict[str, str]:
    """The new id of each role whose file has another name, by its old id."""
    gone = {role.id: role.file for role in before.roles.values() if role.id not in after.roles}
    new = {role.id: role.file for role in after.roles.values() if role.id not in before.roles}
    both = [role.file for role in before.roles.values() if role.id in after.roles]
    return renamed_roles(gone, new, both)


def renamed_roles(
    gone: Mapping[str, RoleFile], new: Mapping[str, RoleFile], others: Iterable[RoleFile]
) -> dict[str, str]:
    """Find roles in `gone` that are in `new` under another id: new ids by old ones.

    The new file says so itself among its aliases, or the two have a title that no other role has, not even
    one of `others`. Else most of what they say must be the same, and with it two of these: the holder, the
    role above, the text. People move from one team to another: a title that many have makes no role the same.
    """
    found: dict[str, str] = {}
    left, unpaired = dict(gone), dict(new)
    taken = {_title(file) for file in others}
    by_title = partial(_by_title, taken)
    # The role above may itself be one of the renamed: so look again once those are known.
    for pairs in (_by_alias, by_title, _by_lines, _by_lines):
        for old_id, new_id in pairs(left, unpaired, found):
            if old_id in left and new_id in unpaired:
                found[old_id] = new_id
                del left[old_id], unpaired[new_id]
    return found


def renamed_people(
    gone: Mapping[str, PersonFile], new: Mapping[str, PersonFile], others: Iterable[PersonFile] = ()
) -> dict[str, str]:
    """Find people in `gone` who are in `new` under another id: new ids by old ones.

    The new file has the old one's name among its aliases, or the same person's name or e-mail address, or
    says the same of a person with another name, as none of `others` does.
    """
    found: dict[str, str] = {}
    others = tuple(others)
    by_alias = {alias_id(alias): each.id for each in new.values() for alias in each.fields.aliases}
    for key in (_about, _person_email, _person_name):
        old, now = _unique(gone.values(), key), _unique(new.values(), key)
        taken = set(map(key, others))
        found |= {old[value]: now[value] for value in old if value in now and value not in taken}
    return found | {old_id: by_alias[old_id] for old_id in gone if old_id in by_alias}


def alias_id(alias: str) -> str:
    """The id that an alias stands for; a former path may be written as one, with or without its ending."""
    path = alias.strip().rstrip("/").removesuffix("/index.html")
    return PurePosixPath(path).name.removesuffix(".md").removesuffix(".html")


Files = Mapping[str, RoleFile]
Pairs = Iterator[tuple[str, str]]


def _by_alias(gone: Files, new: Files, found: Mapping[str, str]) -> Pairs:
    pairs = [(alias_id(alias), file.id) for file in new.values() for alias in file.fields.aliases]
    yield from pairs


def _by_title(taken: Set[str], gone: Files, new: Files, found: Mapping[str, str]) -> Pairs:
    old, now = _unique(gone.values(), _title), _unique(new.values(), _title)
    yield from ((old[title], now[title]) for title in old if title in now and title not in taken)


def _by_lines(gone: Files, new: Files, found: Mapping[str, str]) -> Pairs:
    if len(gone) > _MOST or len(new) > _MOST:
        return
    old = {file.id: _lines(file) for file in gone.values()}
    now = {file.id: _lines(file) for file in new.values()}
    alike = [
        (len(old[one] & now[other]) / len(old[one] | now[other]), one, other) for one in old for other in now
    ]
    for share, one, other in sorted(alike, key=lambda each: (-each[0], each[1], each[2])):
        if share >= _ALIKE and _in_common(gone[one], new[other], found) > 1:
            yield one, other


def _in_common(one: RoleFile, other: RoleFile, found: Mapping[str, str]) -> int:
    """Count how many of holder, parent and text are the same."""
    was, now = one.fields, other.fields
    text, lines = _text(one), _text(other)
    return sum(
        (
            bool(_people(was)) and _people(was) == _people(now),
            found.get(was.parent, was.parent) == now.parent,
            len(text & lines) >= max(_TEXT, _ALIKE * len(text | lines)),
        )
    )


def _people(fields: RoleFields) -> set[str]:
    """Who holds a role, or leads a team and belongs to it."""
    named = (fields.owner, *fields.lead, *(each.person for each in fields.members))
    return {name_key(name) for name in named if name}


def _title(file: RoleFile) -> str:
    return name_key(file.fields.title)


def _person_name(file: PersonFile) -> str:
    return name_key(file.fields.name)


def _about(file: PersonFile) -> str:
    """What a person's file says besides the name; empty where that could be true of many."""
    said = [
        f"{field.name}: {value!r}"
        for field in fields(file.fields)
        if field.name not in ("name", "aliases")
        and (value := getattr(file.fields, field.name)) != field.default
    ]
    return "\n".join((*said, file.body.strip())) if len(said) > 1 else ""


def _person_email(file: PersonFile) -> str:
    return file.fields.email.casefold()


def _unique(files: Iterable[AnyFile], key: Callable[[AnyFile], str]) -> dict[str, str]:
    """The id of each file by its key, without empty keys and those that several files have."""
    files = tuple(files)
    times = Counter(map(key, files))
    return {said: file.id for file in files if (said := key(file)) and times[said] == 1}


def _lines(file: RoleFile) -> set[str]:
    """What a role's file says, line by line."""
    said = {
        f"{field.name}: {value!r}"
        for field in fields(file.fields)
        if (value := getattr(file.fields, field.name)) != field.default
    }
    return said | _text(file)


def _text(file: RoleFile) -> set[str]:
    return {line.strip() for line in file.body.splitlines() if line.strip()}
