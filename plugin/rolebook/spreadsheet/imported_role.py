"""A row of a table as the role that it describes: other rows may call it by its id, title or holder."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rolebook.organisation import name_key, names_nobody
from rolebook.spreadsheet.columns import ColumnMap
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.empty_words import is_nothing
from rolebook.spreadsheet.holders import (
    ME,
    NO_FORMS,
    NameForms,
    TitledRow,
    alone,
    name_forms,
    names_a_group,
    several,
    without_pronouns,
)
from rolebook.spreadsheet.members import names_none, parse_member, parse_names, with_function
from rolebook.spreadsheet.table import Row, one_line


@dataclass(frozen=True, slots=True)
class ImportedRole:
    """A role as a row of a table describes it."""

    row: Row
    columns: ColumnMap
    reference: str
    """The id as the table has it; empty without one."""
    title: str
    owner: str
    """Who holds it, `First Last`; empty where that is nobody, or not clear."""
    forms: NameForms = NO_FORMS
    """How names are written in the tables."""
    rows: tuple["ImportedRole", ...] = ()
    """Of a team, each of its rows as if it were alone: a row names members. Empty for a role."""
    above: str = ""
    """What the row has as its parent; where that is the id of a row, what is called so."""

    def cell(self, field: str) -> str:
        """The row's cell for `field` as one line; empty without one."""
        return one_line(self.columns.of(self.row, field))

    @property
    def seems_two(self) -> bool:
        """Whether the owner's name, `Last, First`, may be the names of two people."""
        return self.forms.seem_two(alone(self.cell("owner"), self.reference))

    @property
    def digest(self) -> str:
        """A digest that two rows share if they have the same in every field, whatever their ids are."""
        roles = self.rows or (self,)
        fields = sorted(self.columns.places.keys() - {"id"})
        cells = [{field: each.columns.of(each.row, field) for field in fields} for each in roles]
        for cell, each in zip(cells, roles, strict=True):
            cell.update({"parent": each.above} if "parent" in cell else {})
        return hashlib.sha256(json.dumps(cells if self.rows else cells[0]).encode()).hexdigest()[:16]


def imported_roles(
    rows: Sequence[tuple[Row, ColumnMap]], conventions: Conventions, known: Iterable[str] = ()
) -> tuple[ImportedRole, ...]:
    """Make a role of each row.

    All rows together, and the names of holders that are `known`, show whether last names are written first.
    """
    bare = [
        ImportedRole(row, columns, one_line(columns.of(row, "id")), _title(row, columns), "")
        for row, columns in rows
    ]
    owners = [(each.cell("owner"), each.reference) for each in bare]
    in_teams = [(name, "") for each in bare for name in _named_in_teams(each)]
    forms = name_forms([*owners, *in_teams], (each.cell("parent") for each in bare), known)
    forms = replace(forms, titles=_titles(bare, forms, conventions))
    above = _above(bare)
    return tuple(
        replace(
            each,
            above=above(each),
            owner=_owner(each, forms, conventions),
            forms=forms,
        )
        for each in bare
    )


def _titles(
    roles: Iterable[ImportedRole], forms: NameForms, conventions: Conventions
) -> Mapping[str, TitledRow]:
    """The rows by their titles; some call a role like the person who holds it, whose name that is then."""
    of_title: dict[str, list[ImportedRole]] = {}
    for role in roles:
        of_title.setdefault(name_key(role.title), []).append(role)
    return {
        title: TitledRow(same[0].row.number, _owner(same[0], forms, conventions) if len(same) == 1 else "")
        for title, same in of_title.items()
        if title and not any(name_key(each.cell("owner")) == title for each in same)
    }


def _title(row: Row, columns: ColumnMap) -> str:
    title = one_line(columns.of(row, "title"))
    is_none = columns.without_words(row, "title") or (is_nothing(title) and not columns.as_exported)
    return "" if is_none else title


def _above(roles: Sequence[ImportedRole]) -> Callable[[ImportedRole], str]:
    """Make a function that says what the parent of a row is called: ids may be numbers that move on."""
    by_id = {(each.row.file, each.reference): each for each in reversed(roles) if each.reference}
    titles = Counter((each.row.file, name_key(each.title)) for each in roles)

    def called(role: ImportedRole) -> str:
        parent = by_id.get((role.row.file, role.cell("parent")))
        if not parent or not parent.title:
            return role.cell("parent")
        is_only = titles[parent.row.file, name_key(parent.title)] == 1
        return parent.title if is_only else f"{parent.title} ({parent.cell('owner')})"

    return called


def _named_in_teams(role: ImportedRole) -> Iterator[str]:
    """The names in the columns of who leads a team and who belongs to it."""
    for field in ("lead", "members"):
        for text in parse_names(role.columns.of(role.row, field)):
            yield parse_member(without_pronouns(with_function(text))).member.person


def is_team(role: ImportedRole, conventions: Conventions) -> bool:
    """Whether the row is about a team: its kind says so, or it has members."""
    kind = name_key(role.cell("kind"))
    # Such as `marker team`, `security committee`.
    named = kind in conventions.teams or kind.endswith(tuple(f" {word}" for word in conventions.teams))
    members = role.cell("members")
    names_members = bool(members) and not names_none(members)
    return conventions.memberships or named or (not kind and names_members)


def _owner(role: ImportedRole, forms: NameForms, conventions: Conventions) -> str:
    cell = role.cell("owner")
    key = name_key(cell)
    if role.columns.as_exported and forms.has(cell):
        return cell
    if key in ME:
        return conventions.me
    if key in conventions.vacant | conventions.unnamed | conventions.retired:
        return ""
    if (
        names_nobody(cell)
        or names_none(cell)
        or names_a_group(cell)
        or forms.title_named(cell)
        or forms.are_two(cell)
        or several(role.columns.of(role.row, "owner").strip())
    ):
        return ""
    return forms.name_in(cell, role.reference)
