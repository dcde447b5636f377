"""One row of a table as a post: its reference, its title and its holder, by which other rows may call it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from rolebook.organisation import name_key, names_nobody
from rolebook.spreadsheet.columns import Cells
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.holders import ME, NameOrder, name_order, remark, several
from rolebook.spreadsheet.members import names_none
from rolebook.spreadsheet.table import Row, one_line


@dataclass(frozen=True, slots=True)
class Post:
    """A row with what others may call it by."""

    row: Row
    cells: Cells
    reference: str
    """As the column of ids has it; empty without one."""
    title: str
    owner: str
    """Who holds it, `First Last`; empty where that is nobody, or not clear."""
    rows: tuple["Post", ...] = ()
    """Of a team, the posts of its rows, each with who belongs to it; no other has any."""

    def cell(self, field: str) -> str:
        """The row's cell for `field` as one line; empty without one."""
        return one_line(self.cells.of(self.row, field))

    @property
    def digest(self) -> str:
        """The same for rows that have the same for every field."""
        posts = self.rows or (self,)
        fields = sorted(self.cells.places)
        cells = [{field: each.cells.of(each.row, field) for field in fields} for each in posts]
        return hashlib.sha256(json.dumps(cells if self.rows else cells[0]).encode()).hexdigest()[:16]


def posts_of(rows: Sequence[tuple[Row, Cells]], conventions: Conventions) -> tuple[Post, ...]:
    """The posts of `rows`; how their holders are written is seen from all rows together."""
    bare = [
        Post(row, cells, one_line(cells.of(row, "id")), one_line(cells.of(row, "title")), "")
        for row, cells in rows
    ]
    order = name_order([each.cell("owner") for each in bare], [each.cell("parent") for each in bare])
    return tuple(
        Post(each.row, each.cells, each.reference, each.title, _owner(each, order, conventions))
        for each in bare
    )


def is_team(post: Post, conventions: Conventions) -> bool:
    """Whether the row is about a team: its kind says so, or it has members."""
    kind = name_key(post.cell("kind"))
    # Such as `marker team`, `security committee`.
    named = kind in conventions.teams or kind.endswith(tuple(f" {word}" for word in conventions.teams))
    members = post.cell("members")
    names_members = bool(members) and not names_none(members)
    return conventions.memberships or named or (not kind and names_members)


def _owner(post: Post, order: NameOrder, conventions: Conventions) -> str:
    cell = post.cell("owner")
    key = name_key(cell)
    if post.cells.as_exported:
        return cell
    if key in ME:
        return conventions.me
    if key in conventions.vacant | conventions.unnamed | conventions.retired:
        return ""
    if names_nobody(cell) or several(post.cells.of(post.row, "owner").strip()):
        return ""
    name, note = remark(cell)
    # `Orla Quint (101)`: the number is the row's own, or could be nobody's name.
    plain = note and (name_key(note) == name_key(post.reference) or note.isdigit() or "@" in note)
    return order.first_last(name if plain else cell)
