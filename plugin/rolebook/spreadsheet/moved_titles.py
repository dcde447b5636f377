"""Finds rows whose title is elsewhere than at the last import, while the holder stays with the id.

Then the id is that of a person, such as a personnel number, and a role's file may be about another role.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rolebook.organisation import name_key, slug
from rolebook.spreadsheet.imported_role import ImportedRole
from rolebook.spreadsheet.known_role import KnownRole


@dataclass(frozen=True, slots=True)
class MovedTitles:
    """Where titles are and were that one role has."""

    known: Mapping[str, KnownRole]
    """The roles by the titles that only they had at the last import."""
    rows: Mapping[str, ImportedRole]
    """The rows by the titles that only they have."""
    by_id: Mapping[str, KnownRole]
    """The roles by their ids, as tables have them or as files are called."""
    titles: frozenset[tuple[str, str]]
    """The ids of roles, each with the title that its row has."""

    def role_of(self, row: ImportedRole) -> KnownRole | None:
        """The role with the id of a row."""
        return self.by_id.get(row.reference) or self.by_id.get(slug(row.reference))

    def have_moved(self, row: ImportedRole, role: KnownRole) -> bool:
        """Whether a row and the `role` with its id have one holder, and one of their titles is elsewhere."""
        was, now = imported_title(role), name_key(row.title)
        holder = role.imported_owner or role.owner
        if was == now or not holder or slug(row.owner) != slug(holder) or row.columns.as_exported:
            return False
        return self._has_left(now) or self._is_elsewhere(was)

    def _has_left(self, title: str) -> bool:
        """Whether a role had a title that its own row has no more."""
        role = self.known.get(title)
        return role is not None and (role.id, title) not in self.titles

    def _is_elsewhere(self, title: str) -> bool:
        """Whether a title that one role had is in another row."""
        row = self.rows.get(title)
        role = self.role_of(row) if row else None
        return title in self.known and row is not None and (not role or imported_title(role) != title)


def titles_that_moved(imported: Sequence[ImportedRole], roles: Collection[KnownRole]) -> MovedTitles:
    """Compare the titles of rows with those that `roles` had at the last import."""
    now = Counter(name_key(each.title) for each in imported)
    then = Counter(map(imported_title, roles))
    by_id = {each.id: each for each in roles} | {each.reference: each for each in roles if each.reference}
    found = MovedTitles(
        {title: each for each in roles if then[title := imported_title(each)] == 1},
        {title: each for each in imported if now[title := name_key(each.title)] == 1},
        by_id,
        frozenset(),
    )
    ids = ((found.role_of(each), name_key(each.title)) for each in imported if each.reference)
    return MovedTitles(
        found.known, found.rows, by_id, frozenset((role.id, title) for role, title in ids if role)
    )


def imported_title(role: KnownRole) -> str:
    """The title of a role as its table had it last, by `name_key`."""
    return name_key(role.imported_title or role.title)
