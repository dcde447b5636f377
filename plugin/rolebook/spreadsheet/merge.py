"""Compares an imported role with the existing file, field by field, and with what was imported last."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from rolebook.language import gettext
from rolebook.organisation import RoleFile, slug
from rolebook.schema.records import Member, RoleFields
from rolebook.spreadsheet.cells import OTHERS, belonging, cell_of, holds_all, other_fields, value_of, yaml_of
from rolebook.spreadsheet.columns import BODY, OTHER_FIELDS, OWN_COLUMNS, ROLE_FIELDS, own_names
from rolebook.spreadsheet.details import HAVE_DETAILS, with_details
from rolebook.spreadsheet.members import (
    Belonging,
    members_cell,
    members_lines,
    parse_members,
    parse_names,
    with_days,
)
from rolebook.spreadsheet.role_file import plain_body

LAST_IMPORT = ".imported.json"
"""Where the folder of roles keeps what was imported last."""


@dataclass(frozen=True, slots=True)
class LastImport:
    """What a table had for a role at its last import."""

    reference: str
    digest: str
    """That of the row: see `ImportedRole.digest`."""
    cells: Mapping[str, str]
    """By field, as `cells.cell_of` shows them."""
    table: str = ""
    """The table that had the role: see `same_table`. Empty in what earlier versions wrote."""
    is_missed: bool = False
    """Whether no row had the role at the last import: whoever deletes its file then does what was said."""
    is_left_out: bool = False
    """Whether the file was deleted, and the owner said that it counts: the row stays without one."""


def parse_last(text: str) -> dict[str, LastImport]:
    """Read what was imported last, by the id of the role.

    Raises:
        ValueError: the text is not what `last_as_text` wrote.
    """
    try:
        return {
            str(role): LastImport(
                str(each["reference"]),
                str(each["row"]),
                {str(k): str(v) for k, v in each["cells"].items()},
                str(each.get("table", "")),
                bool(each.get("missed", False)),
                bool(each.get("left_out", False)),
            )
            for role, each in json.loads(text)["roles"].items()
        }
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(gettext("it is not what an import wrote")) from error


def last_as_text(roles: Mapping[str, LastImport]) -> str:
    """Write what was imported last, for `parse_last`; a line a value, so that git shows what changed."""
    found = {
        role: {
            "table": each.table,
            "reference": each.reference,
            "row": each.digest,
            "cells": dict(sorted(each.cells.items())),
        }
        | ({"missed": True} if each.is_missed else {})
        | ({"left_out": True} if each.is_left_out else {})
        for role, each in roles.items()
    }
    return json.dumps({"roles": dict(sorted(found.items()))}, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A field in which a file and a table differ."""

    field: str
    file: str
    """The cell as the file has it."""
    table: str
    last: str | None
    """What was imported last; None where that is not known."""
    conflict: str = ""
    """Why the table's cannot simply take its place; empty where it can."""


def differences(
    file: Mapping[str, str],
    table: Mapping[str, str],
    last: Mapping[str, str],
    whole: Mapping[str, bool],
    people: Mapping[str, str],
) -> Iterable[CellDifference]:
    """List the fields in which the table has a new value.

    A field that only the file has changed since the last import is the file's. `people` are the ids of
    people's files by what a file may call them: see `_same`.
    """

    def same(field: str, one: str, other: str) -> bool:
        return _same(field, one, other, people)

    for field, new in table.items():
        now, before = file[field], last.get(field)
        if same(field, now, new) or (before is not None and same(field, before, new)):
            continue
        conflict = ""
        if not whole.get(field, True):
            conflict = gettext("the file has more in it than a cell can hold")
        elif before is None and now:
            conflict = gettext("it is not known who changed it")
        elif before is not None and not same(field, now, before):
            conflict = gettext("both were changed")
        yield CellDifference(field, now, new, before, conflict)


_IN_ANY_ORDER = frozenset({"tags"})
"""Fields in whose lists the order says nothing: another program sorts them otherwise."""


def _same(field: str, one: str, other: str, people: Mapping[str, str]) -> bool:
    return one == other or _comparable(field, one, people) == _comparable(field, other, people)


def _comparable(field: str, cell: str, people: Mapping[str, str]) -> object:
    """What two cells share that say the same: somebody is written as a name, or as the id of their file."""
    match field:
        case "owner":
            return _who(cell, people)
        case "lead":
            return sorted(_who(each, people) for each in cell.split(";"))
        case "members" if not cell.startswith("["):  # that is how all details of members are shown
            return sorted(
                members_cell([replace(each, person=_who(each.person, people))])
                for each in parse_members(cell)
            )
    if "\n" in cell.rstrip("\n"):
        cell = cell.rstrip("\n")  # earlier versions wrote none at the end of several lines
    return sorted(each.strip() for each in cell.split(";")) if field in _IN_ANY_ORDER else cell


def _who(name: str, people: Mapping[str, str]) -> str:
    return people.get(slug(name), slug(name))


def cells_of_role(fields: RoleFields, body: str, columns: Set[str]) -> dict[str, str]:
    """Write the file's cells for `columns`. That of other fields stands for each field it can hold."""
    details = OTHER_FIELDS in columns
    # In the order of the fields: a set's own differs from run to run.
    known = (*OWN_COLUMNS, *own_names(type(fields)))
    names = [each for each in known if each in columns and each not in (BODY, OTHER_FIELDS)]
    found = {each: value_of(fields, each) if details else cell_of(fields, each) for each in names}
    others = (*OTHERS, *(each for each in own_names(type(fields)) if each not in columns))
    found |= {each: value_of(fields, each) for each in others if details}
    # In the one form that tables are read in.
    return found | ({BODY: unicodedata.normalize("NFC", body.strip())} if BODY in columns else {})


def plain_cell(body: str) -> str:
    """The body that a cell with the Markdown of `body` gives where it is read as plain text."""
    return unicodedata.normalize("NFC", plain_body(body.strip()).strip())


def without_former(file: RoleFields, table: RoleFields) -> RoleFields:
    """The fields of a file without members who have a last day and are in the table no more: they stay."""
    named = {slug(each.person) for each in table.members}
    members = (each for each in file.members if not each.until or slug(each.person) in named)
    return replace(file, members=tuple(members))


def without_left(cell: str, file: RoleFields, present: RoleFields) -> str:
    """A cell of members without those of the `file` who are not `present`."""
    left = {slug(each.person) for each in file.members} - {slug(each.person) for each in present.members}
    if not left:
        return cell
    return members_cell(each for each in parse_members(cell) if slug(each.person) not in left)


def with_kept_details(
    file: RoleFile, table: RoleFile, lines: Mapping[str, str], cell: str, people: Mapping[str, str]
) -> tuple[RoleFile, Mapping[str, str]]:
    """A table's role and its fields' `lines` with details of the `file` for which the table has no cell.

    Where it has one, and something stands in it, it says all of them, but for those of members whom the table
    calls otherwise than the file does: see `_who`. `cell` is that of members as it stands in the row.
    """
    fields, kept = table.fields, dict(lines)
    if called := _called_as_in(file.fields, fields, cell, people):
        fields = with_details("members", replace(fields, members=called), file.fields)
        kept["members"] = members_lines(belonging(fields)).yaml
    if other_fields(table.fields):
        return replace(table, fields=fields), kept
    for name in HAVE_DETAILS & lines.keys():
        fields = with_details(name, fields, file.fields)
        lines_of = members_lines(belonging(fields)).yaml if name == "members" else yaml_of(fields, name)
        kept[name] = lines_of
    return replace(table, fields=fields), kept


def _called_as_in(
    file: RoleFields, table: RoleFields, cell: str, people: Mapping[str, str]
) -> tuple[Member, ...] | None:
    """A table's members as the file calls them; None where it calls them so.

    Who leads need not be a member as well, and stays one where both the file and the `cell` name them.
    """
    by_who = {_who(each.person, people): each for each in file.members}
    called = {_who(each.person, people): each for each in table.members}
    named = [_who(each.person, people) for each in parse_members(cell)] if table.lead else []
    order = dict.fromkeys([*(each for each in named if each in called or each in by_who), *called])
    found = tuple(
        replace(called[who], person=by_who.get(who, called[who]).person) if who in called else by_who[who]
        for who in order
    )
    return found if found != table.members else None


def members_kept(file: RoleFields, table: RoleFields) -> tuple[Belonging, ...]:
    """The members that a team has when the table's count, with the days that only the file can say."""
    return with_days(belonging(file), belonging(table))


def names_others(file: RoleFields, last: Mapping[str, str]) -> bool:
    """Whether a file has another holder, leads or members than its table had at the last import."""
    now = {"owner": [file.owner], "lead": file.lead, "members": [each.person for each in file.members]}
    return any(
        _slugs(now[name]) != _slugs(parse_names(last[name]) if name != "members" else _people_in(last[name]))
        for name in now.keys() & last.keys()
    )


def _people_in(cell: str) -> list[str]:
    return [each.person for each in parse_members(cell)]


def _slugs(names: Iterable[str]) -> set[str]:
    return {slug(name) for name in names} - {""}


def whole_fields(file: RoleFields, table: RoleFields, columns: Set[str]) -> dict[str, bool]:
    """For each field of `columns` whether the table can say all that the file has in it."""
    details = OTHER_FIELDS in columns
    if not details:  # the days of members are kept, whatever the table says: see `members_kept`
        undated = tuple(replace(each, since=None, until=None) for each in file.members)
        file = replace(file, members=undated)
    return {
        each: holds_all(file, each) or (details and not holds_all(table, each))
        for each in columns
        if each in ROLE_FIELDS
    }
