"""Finds which row of a table describes which existing role.

By id; else by title and holder; else by a title, or a title below the same role, that only one has. What is
then left and may be the same is a question for the owner. So is a row with a role's id, another title and
another holder, where ids count the rows or most others changed as much.
"""

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from rolebook.organisation import name_key, slug
from rolebook.organisation.names import natural_key
from rolebook.spreadsheet.imported_role import ImportedRole
from rolebook.spreadsheet.known_role import FILLED, KnownRole
from rolebook.spreadsheet.moved_ids import (
    called,
    files_that_count_rows,
    files_with_running_numbers,
    ids_that_moved,
    is_another,
    title_and_holder,
)
from rolebook.spreadsheet.moved_titles import imported_title, titles_that_moved
from rolebook.spreadsheet.same_table import same_tables
from rolebook.spreadsheet.table import Row

_PAIR = 2
"""A title of one row and of one role is nobody else's."""


class Common(Enum):
    """What a row and roles have in common."""

    TITLE = "title"
    HOLDER = "holder"
    MEMBERS = "members"
    ID = "id"
    ID_AND_TITLE = "id-and-title"


@dataclass(frozen=True, slots=True)
class Question:
    """A row that may describe one of some roles, or a new one."""

    row: Row
    title: str
    owner: str
    roles: tuple[KnownRole, ...]
    """Those of the row's table come first."""
    why: Common
    is_unnamed: bool = False
    """Whether somebody holds it who is not named."""


@dataclass(slots=True)
class Matches:
    """What was found."""

    ids: dict[int, str] = field(default_factory=dict)
    """The ids of roles that are there already, by the place of the imported role that is the same one."""
    questions: list[Question] = field(default_factory=list)


def match(
    imported: Sequence[ImportedRole], known: Iterable[KnownRole], answers: Mapping[str, str]
) -> Matches:
    """Find which known role each imported one is.

    `answers` are the ids of the roles for rows (by number, or `file:number`), empty for new roles.
    """
    return _Matching(imported, known, answers).matches


class _Matching:
    def __init__(
        self, imported: Sequence[ImportedRole], known: Iterable[KnownRole], answers: Mapping[str, str]
    ) -> None:
        self.imported = imported
        self.roles = {role.id: role for role in known}
        self.free = dict(self.roles)
        self.waiting = dict(enumerate(imported))
        self.matches = Matches()
        self.tables = self._tables()
        self._asked: set[str] = set()
        """Titles of rows for which an answer names a role: others of the title wait for one of their own."""
        self._take_answers(answers)
        running = files_with_running_numbers(imported)
        # Where rows are numbered, a number says less than a row that is the same word for word.
        self._by_content(lambda imported: imported.row.file in running)
        renumbered, counted = self._renumbered(running), running | files_that_count_rows(imported)
        moved = _any_of(
            ids_that_moved(imported, self.roles.values(), running, renumbered),
            lambda imported, role: imported.row.file in counted and is_another(imported, role),
        )
        left = self._ask_where_titles_moved(counted)
        self._by(lambda imported: imported.reference, lambda role: role.reference, unless=moved)
        self._by(lambda imported: slug(imported.reference), lambda role: role.id, unless=moved)
        self._by_content()
        self._by(called, lambda role: title_and_holder(role.imported_title, role.imported_owner))
        self._by(called, lambda role: title_and_holder(role.title, role.owner))
        # What the table said last comes first: somebody may have changed a title in the file.
        titles = (lambda role: name_key(role.imported_title), lambda role: name_key(role.title))
        for of_role in titles:
            elsewhere = _any_of(
                self._holder_went_elsewhere(),
                self._is_of_another_table,
                lambda imported, role: name_key(imported.title) in self._asked | left,
            )
            self._by(lambda imported: name_key(imported.title), of_role, unless=elsewhere)
        for of_role in titles:
            self._ask(lambda imported: name_key(imported.title), of_role, Common.TITLE)
        self._ask(lambda imported: slug(imported.owner), lambda role: slug(role.owner), Common.HOLDER)
        self._ask(_members, lambda role: frozenset(map(slug, role.people)), Common.MEMBERS)
        # Numbers that moved on are those of other rows, and each table counts its own.
        self._ask(
            lambda imported: "" if imported.row.file in renumbered else imported.reference,
            lambda role: role.reference or role.id,
            Common.ID,
            unless=lambda imported, role: (
                imported.row.file in running and self._is_of_another_table(imported, role)
            ),
        )

    def _ask_where_titles_moved(self, counted: Container[str]) -> frozenset[str]:
        """Ask about rows whose holder stays with the id, as that of a person, and whose title is elsewhere.

        Returns the titles that such rows had. Files in which ids are `counted` have rules of their own.
        """
        titles = titles_that_moved(self.imported, self.roles.values())
        left = set[str]()
        for at, imported in list(self.waiting.items()):
            role = titles.role_of(imported)
            if imported.row.file in counted or not role or role.id not in self.free:
                continue
            if titles.have_moved(imported, role):
                other = titles.known.get(name_key(imported.title))
                is_free = other is not None and other.id in self.free and not other.is_deleted
                roles = (other, role) if other and is_free else (role,)
                why = Common.ID_AND_TITLE if len(roles) > 1 else Common.ID
                self.waiting.pop(at)
                self.matches.questions.append(_question(imported, roles, why))
                left.add(imported_title(role))
        return frozenset(left)

    def _take_answers(self, answers: Mapping[str, str]) -> None:
        for at, imported in list(self.waiting.items()):
            rows = [each.row for each in imported.rows] or [imported.row]
            for place in (name for row in rows for name in (str(row.number), f"{row.file}:{row.number}")):
                if place in answers:
                    self.waiting.pop(at, None)
                    if answers[place] in self.free:
                        self._asked.add(name_key(imported.title))
                        self._pair(at, self.free[answers[place]])

    def _pair(self, at: int, role: KnownRole) -> None:
        self.matches.ids[at] = role.id
        self.waiting.pop(at, None)
        del self.free[role.id]

    def _by_content(self, applies: Callable[[ImportedRole], bool] = lambda imported: True) -> None:
        """Pair rows that are the same word for word as at the last import, in the same table."""
        self._by(
            lambda imported: (self.tables[imported.row.file], imported.digest) if applies(imported) else None,
            lambda role: (role.table, role.digest),
            same=True,
        )
        # Earlier versions wrote no table.
        self._by(
            lambda imported: imported.digest if applies(imported) else None,
            lambda role: "" if role.table else role.digest,
            same=True,
        )

    def _renumbered(self, running: Container[str]) -> frozenset[str]:
        """Of the files with `running` numbers, those in which rows with a match have another number now."""
        return frozenset(
            self.imported[at].row.file
            for at, role in self.matches.ids.items()
            if self.imported[at].row.file in running
            and self.roles[role].reference not in ("", self.imported[at].reference)
        )

    def _groups(
        self, of_imported: Callable[[ImportedRole], Hashable], of_role: Callable[[KnownRole], Hashable]
    ) -> list[tuple[list[int], list[KnownRole]]]:
        """Those still without a pair that agree in one thing: the imported ones and the known ones."""
        places: dict[Hashable, list[int]] = {}
        for at, imported in self.waiting.items():
            if of_imported(imported):
                places.setdefault(of_imported(imported), []).append(at)
        roles: dict[Hashable, list[KnownRole]] = {}
        for role in self.free.values():
            roles.setdefault(of_role(role), []).append(role)
        return [(found, roles[key]) for key, found in places.items() if key in roles]

    def _by(
        self,
        of_imported: Callable[[ImportedRole], Hashable],
        of_role: Callable[[KnownRole], Hashable],
        *,
        same: bool = False,
        unless: Callable[[ImportedRole, KnownRole], bool] = lambda imported, role: False,
    ) -> None:
        """Pair an imported and a known role that alone agree in one thing, or alone do so below one parent.

        `same` says that nothing tells those of one group apart: it does not matter which is which. Two are no
        pair if something speaks against it (`unless`).
        """
        for places, roles in self._groups(of_imported, of_role):
            if same or len(places) == len(roles) == 1:
                in_order = sorted(roles, key=lambda role: natural_key(role.reference or role.id))
                for at, role in zip(places, in_order, strict=False):
                    if not unless(self.imported[at], role):
                        self._pair(at, role)
                continue
            if len(roles) == 1:
                continue  # of its rows, the one below the same role need not be the old one
            wanted = {at: name_key(self.imported[at].above) for at in places}
            often, below = Counter(wanted.values()), self._by_parent(roles)
            for at in places:
                of_parent = below.get(wanted[at], ())
                if len(of_parent) != 1 or unless(self.imported[at], of_parent[0]):
                    continue
                if sum(often[name] for name in self._parent_names(of_parent[0])) == 1:
                    self._pair(at, of_parent[0])

    def _tables(self) -> Mapping[str, str]:
        """The table that each file is, as it was called at first: most rows are still as they were."""
        roles: dict[Hashable, str] = {role.digest: role.id for role in self.roles.values()}
        for role in self.roles.values():
            roles[title_and_holder(role.imported_title, role.imported_owner) or role.digest] = role.id
        now = {
            roles.get(row.digest) or roles.get(called(row) or "") or f"row {at}": row.row.file
            for at, row in enumerate(self.imported)
        }
        last = {role.id: role.table for role in self.roles.values() if role.table}
        files = frozenset(last.values()) & {row.row.file for row in self.imported}
        return {**same_tables(now, last), **{file: file for file in files}}

    def _is_of_another_table(self, imported: ImportedRole, role: KnownRole) -> bool:
        """Whether a role is kept up to date from another table than that of a row."""
        return role.table not in ("", self.tables[imported.row.file])

    def _holder_went_elsewhere(self) -> Callable[[ImportedRole, KnownRole], bool]:
        """Whether several roles have the title, and who held this one is in another row without a match."""
        titles = Counter(name_key(each.title) for each in self.imported)
        titles.update(name_key(each.title) for each in self.roles.values())
        holders = Counter(slug(self.imported[at].owner) for at in self.waiting)

        def went(imported: ImportedRole, role: KnownRole) -> bool:
            holder = slug(role.owner)
            others = holders[holder] - (slug(imported.owner) == holder)
            return titles[name_key(role.title)] > _PAIR and bool(holder) and others > 0

        return went

    def _by_parent(self, roles: Iterable[KnownRole]) -> dict[str, list[KnownRole]]:
        """The roles by each name that a row may have for their parent."""
        found: dict[str, list[KnownRole]] = {}
        for role in roles:
            for name in self._parent_names(role):
                found.setdefault(name, []).append(role)
        return found

    def _parent_names(self, role: KnownRole) -> set[str]:
        parent = self.roles.get(role.parent)
        if not parent:
            return {""}
        names = (parent.id, parent.title, parent.imported_title, parent.owner, parent.reference)
        return {name_key(name) for name in names if name}

    def _ask(
        self,
        of_imported: Callable[[ImportedRole], Hashable],
        of_role: Callable[[KnownRole], Hashable],
        why: Common,
        unless: Callable[[ImportedRole, KnownRole], bool] = lambda imported, role: False,
    ) -> None:
        for places, found in self._groups(of_imported, of_role):
            there = [role for role in found if not role.is_deleted]
            for at in places:
                imported = self.imported[at]
                table = self.tables[imported.row.file]
                may_be = (role for role in there if not unless(imported, role))
                roles = tuple(sorted(may_be, key=lambda role: role.table != table))
                if not roles:
                    continue
                self.waiting.pop(at)
                self.matches.questions.append(_question(imported, roles, why))


def _question(imported: ImportedRole, roles: tuple[KnownRole, ...], why: Common) -> Question:
    is_unnamed = not imported.owner and name_key(imported.cell("status")) == FILLED
    return Question(imported.row, imported.title, imported.owner, roles, why, is_unnamed)


def _members(imported: ImportedRole) -> frozenset[str]:
    """Whom the rows of a team name."""
    return frozenset(slug(row.owner) for row in imported.rows if row.owner)


def _any_of(
    *reasons: Callable[[ImportedRole, KnownRole], bool],
) -> Callable[[ImportedRole, KnownRole], bool]:
    return lambda imported, role: any(reason(imported, role) for reason in reasons)
