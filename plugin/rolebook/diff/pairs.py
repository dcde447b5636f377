"""Finds which role or person is the same in two states, if a file was renamed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import fields
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar

from rolebook.organisation import PersonFile, RoleFile, name_key
from rolebook.schema.records import RoleFields

_MOST = 200
"""So many renamed files are matched by their text; comparing more takes too long."""
_ALIKE = 0.5
"""Share of the lines that two files must have in common to be one, as git has it."""
_TEXT = 3
"""Lines; a shorter text below the front matter is alike by chance."""

AnyFile = TypeVar("AnyFile", RoleFile, PersonFile)


def same_roles(
    before: Mapping[str, RoleFile],
    after: Mapping[str, RoleFile],
    others: Iterable[RoleFile] = (),
    followed: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Find each role of `before` in `after`: its id there by its id before.

    A name can be used again: then the role that had it before is in a new file that says so, by its alias,
    its title or most of its lines, if that file is more like it. `others` are in both. Where the commits
    between the two were `followed`, they say it: the id after them by the id before, empty for what is gone.
    """
    return _same(before, after, others, followed, _Alike().has_moved, renamed_roles)


def same_people(
    before: Mapping[str, PersonFile],
    after: Mapping[str, PersonFile],
    others: Iterable[PersonFile] = (),
    followed: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The same for people."""
    return _same(before, after, others, followed, _is_called, renamed_people)


Renamed = Callable[[Mapping[str, AnyFile], Mapping[str, AnyFile], Iterable[AnyFile]], Mapping[str, str]]
Moved = Callable[[AnyFile, AnyFile, AnyFile], bool]
"""Whether a file, rather than the one that has its name now, is in another one."""


def _same(
    before: Mapping[str, AnyFile],
    after: Mapping[str, AnyFile],
    others: Iterable[AnyFile],
    followed: Mapping[str, str] | None,
    moved: Moved[AnyFile],
    renamed: Renamed[AnyFile],
) -> dict[str, str]:
    if followed is None:
        found = {each: each for each in before if each in after}
        found |= _moved_away(before, after, moved)
        for old, now in _taken_over(before, after, moved, found).items():
            found = {each: there for each, there in found.items() if there != now} | {old: now}
    else:
        found = {old: now for old in before if (now := followed.get(old, old)) in after}
    there = set(found.values())
    gone = {old: file for old, file in before.items() if old not in found}
    new = {now: file for now, file in after.items() if now not in there}
    both = [before[old] for old in found]
    both += others
    return found | dict(renamed(gone, new, both)) if gone and new else found


def _moved_away(
    before: Mapping[str, AnyFile], after: Mapping[str, AnyFile], moved: Moved[AnyFile]
) -> dict[str, str]:
    """Find files whose names others have now: their new ids by their old ones."""
    found: dict[str, str] = {}
    changed = [each for each in before if each in after and before[each] != after[each]]
    new = [each for each in after if each not in before]
    suspects = [each for each in changed if _is_another(before[each], after[each], has_new=bool(new))]
    if len(new) > _MOST or len(suspects) > _MOST:
        return found
    while new:
        now = new.pop()
        old = next((old for old in suspects if moved(before[old], after[old], after[now])), "")
        if old:
            found[old] = now
            suspects.remove(old)
            new.append(old)  # Whatever is called so now may have been called otherwise.
    return found | _swapped(suspects, before, after, moved)


def _taken_over(
    before: Mapping[str, AnyFile],
    after: Mapping[str, AnyFile],
    moved: Moved[AnyFile],
    found: Mapping[str, str],
) -> dict[str, str]:
    """Find files that have the name now of another one, which is gone: the new ids by the old ones."""
    gone = [each for each in before if each not in found]
    there = {old for old, now in found.items() if old == now and _name(before[old]) != _name(after[old])}
    if len(gone) > _MOST or len(there) > _MOST:
        return {}
    taken: dict[str, str] = {}
    for old in gone:
        now = next((each for each in there if moved(before[old], before[each], after[each])), "")
        if now:
            taken[old] = now
            there.remove(now)
    return taken


def _is_another(was: AnyFile, here: AnyFile, *, has_new: bool) -> bool:
    """Whether a file may be about something else than before; `has_new` files, its title may be the same."""
    return _name(was) != _name(here) or (has_new and not _says_the_same(was, here))


def _swapped(
    suspects: Iterable[str],
    before: Mapping[str, AnyFile],
    after: Mapping[str, AnyFile],
    moved: Moved[AnyFile],
) -> dict[str, str]:
    """Find files that swapped their names, two or more in a circle."""
    suspects = tuple(suspects)
    named = _unique((after[each] for each in suspects), _name)
    found = {
        old: now
        for old in suspects
        if (now := named.get(_name(before[old]), old)) != old and moved(before[old], after[old], after[now])
    }
    while set(found) != set(found.values()):
        found = {old: now for old, now in found.items() if old in found.values() and now in found}
    return found


class _Alike:
    """Compares what roles' files say; each is taken apart once."""

    def __init__(self) -> None:
        self._lines: dict[int, set[str]] = {}

    def has_moved(self, was: RoleFile, here: RoleFile, there: RoleFile) -> bool:
        share = self._share(was, there)
        if was.id in map(alias_id, there.fields.aliases) or _title(was) == _title(there):
            return share > self._share(was, here)
        is_alike = share >= _ALIKE and _in_common(was, there, {}) > 1
        return is_alike and share > self._share(was, here)

    def _share(self, one: RoleFile, other: RoleFile) -> float:
        return _part(self._said(one), self._said(other))

    def _said(self, file: RoleFile) -> set[str]:
        if id(file) not in self._lines:
            self._lines[id(file)] = _lines(file)
        return self._lines[id(file)]


def _is_called(was: PersonFile, here: PersonFile, there: PersonFile) -> bool:
    """Whether somebody's name or address, or an alias, is in another file."""
    if _person_email(was) and _person_email(was) in (_person_email(here), _person_email(there)):
        return _person_email(was) != _person_email(here)
    return was.id in map(alias_id, there.fields.aliases) or _person_name(was) == _person_name(there)


def is_alike(one: RoleFile | PersonFile, other: RoleFile | PersonFile) -> bool:
    """Whether a file that was away is there again, and not only its name."""
    if isinstance(one, RoleFile) and isinstance(other, RoleFile):
        return _title(one) == _title(other) or _says_the_same(one, other)
    return _name(one) == _name(other)


def _says_the_same(one: RoleFile | PersonFile, other: RoleFile | PersonFile) -> bool:
    """Whether most of what two files say is the same; two of people are known by the name."""
    if isinstance(one, RoleFile) and isinstance(other, RoleFile):
        return _part(_lines(one), _lines(other)) >= _ALIKE
    return True


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
    alike = [(_part(old[one], now[other]), one, other) for one in old for other in now]
    for share, one, other in sorted(alike, key=lambda each: (-each[0], each[1], each[2])):
        # Whoever has been found meanwhile is in neither.
        if share >= _ALIKE and one in gone and other in new and _in_common(gone[one], new[other], found) > 1:
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


def _name(file: RoleFile | PersonFile) -> str:
    return _title(file) if isinstance(file, RoleFile) else _person_name(file)


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
    # What a text says of somebody stays the same under another name.
    body = file.body.replace(file.fields.name, "").strip()
    return "\n".join((*said, body)) if len(said) > 1 else ""


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


def _part(one: Set[str], other: Set[str]) -> float:
    """The part of the lines of both that they have in common."""
    return len(one & other) / len(one | other)


def _text(file: RoleFile) -> set[str]:
    return {line.strip() for line in file.body.splitlines() if line.strip()}
