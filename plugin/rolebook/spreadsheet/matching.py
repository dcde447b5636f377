"""Finds which row of a table describes which existing role.

By id; else by title and holder; else by a title, or a title below the same role, that only one has. What is
then left and may be the same is a question for the owner.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rolebook.organisation import name_key, slug
from rolebook.spreadsheet.imported_role import ImportedRole
from rolebook.spreadsheet.same_table import same_tables
from rolebook.spreadsheet.table import Row

_PAIR = 2
"""A title of one row and of one role is nobody else's."""


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role that is there already."""

    id: str
    title: str
    owner: str
    parent: str
    """The id of the role it reports to; empty without one."""
    reference: str = ""
    """The id that a table had for it when it was last imported; empty where that is not known."""
    imported_title: str = ""
    imported_owner: str = ""
    """What the table had then; somebody may have changed the file since."""
    digest: str = ""
    """That of its row then."""
    people: tuple[str, ...] = ()
    """Who leads a team or belongs to it."""
    table: str = ""
    """The table that had it last: see `same_table`; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class KnownRoles:
    """The roles that are there before an import."""

    changing: tuple[KnownRole, ...] = ()
    """Those that a row may describe."""
    staying: tuple[KnownRole, ...] = ()
    """Those beside them that stay as they are, and may be parents."""
    elsewhere: tuple[KnownRole, ...] = ()
    """Those in the handbook's other folders: they may be parents, and nothing else gets their ids."""


NO_ROLES = KnownRoles()


@dataclass(frozen=True, slots=True)
class Question:
    """A row that may describe one of some roles, or a new one."""

    row: Row
    title: str
    owner: str
    roles: tuple[KnownRole, ...]
    why: str
    """What the row and the roles have in common."""


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
        self._take_answers(answers)
        moved = self._has_moved()
        self._by(lambda imported: imported.reference, lambda role: role.reference, unless=moved)
        self._by(lambda imported: slug(imported.reference), lambda role: role.id, unless=moved)
        self._by(lambda imported: imported.digest, lambda role: role.digest, same=True)
        self._by(_called, lambda role: _title_and_holder(role.imported_title, role.imported_owner))
        self._by(_called, lambda role: _title_and_holder(role.title, role.owner))
        self._by(
            lambda imported: name_key(imported.title),
            lambda role: name_key(role.title),
            unless=_any_of(self._holder_went_elsewhere(), self._is_of_another_table()),
        )
        self._ask(
            lambda imported: name_key(imported.title), lambda role: name_key(role.title), "the same title"
        )
        self._ask(lambda imported: slug(imported.owner), lambda role: slug(role.owner), "the same holder")
        self._ask(_members, lambda role: frozenset(map(slug, role.people)), "the same members")

    def _take_answers(self, answers: Mapping[str, str]) -> None:
        for at, imported in list(self.waiting.items()):
            rows = [each.row for each in imported.rows] or [imported.row]
            for place in (name for row in rows for name in (str(row.number), f"{row.file}:{row.number}")):
                if place in answers:
                    self.waiting.pop(at, None)
                    if answers[place] in self.free:
                        self._pair(at, self.free[answers[place]])

    def _pair(self, at: int, role: KnownRole) -> None:
        self.matches.ids[at] = role.id
        self.waiting.pop(at, None)
        del self.free[role.id]

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
                for at, role in zip(places, roles, strict=False):
                    if not unless(self.imported[at], role):
                        self._pair(at, role)
                continue
            wanted = {at: name_key(self.imported[at].cell("parent")) for at in places}
            often, below = Counter(wanted.values()), self._by_parent(roles)
            for at in places:
                of_parent = below.get(wanted[at], ())
                if len(of_parent) != 1 or unless(self.imported[at], of_parent[0]):
                    continue
                if sum(often[name] for name in self._parent_names(of_parent[0])) == 1:
                    self._pair(at, of_parent[0])

    def _has_moved(self) -> Callable[[ImportedRole, KnownRole], bool]:
        """Whether an id stands beside what says that it is another role's now.

        Running numbers move on when somebody adds or deletes a row, and each table has its own. A role may
        get another title or another holder, and seldom both.
        """
        rows, titles = Counter(map(_called, self.imported)), Counter(_title(each) for each in self.imported)
        known = Counter(name_key(_imported(role)[0]) for role in self.roles.values())
        held = Counter(_title_and_holder(*_imported(role)) for role in self.roles.values())

        def is_elsewhere(imported: ImportedRole, role: KnownRole) -> bool:
            title, owner = _imported(role)
            was, now = _title_and_holder(title, owner), _called(imported)
            if was != now and ((was and rows[was] > 0) or (now and held[now] > 0)):
                return True
            is_known = titles[name_key(title)] > 0 or known[_title(imported)] > 0
            return is_known and _is_another(imported, role)

        files = self._files_with_other_ids(is_elsewhere)

        def moved(imported: ImportedRole, role: KnownRole) -> bool:
            in_such_a_file = imported.row.file in files and _is_another(imported, role)
            return in_such_a_file or is_elsewhere(imported, role)

        return moved

    def _files_with_other_ids(
        self, is_elsewhere: Callable[[ImportedRole, KnownRole], bool]
    ) -> frozenset[str]:
        """The files in which ids moved on, or most stand beside another title and holder than before."""
        by_id = {role.reference or role.id: role for role in self.roles.values()}
        all_, other, moved = Counter[str](), Counter[str](), set[str]()
        for imported in self.imported:
            role = by_id.get(imported.reference) or by_id.get(slug(imported.reference))
            if imported.reference and role:
                file = imported.row.file
                all_[file] += 1
                other[file] += _is_another(imported, role)
                moved |= {file} if is_elsewhere(imported, role) else set()
        most = {file for file, number in other.items() if number >= _PAIR and number * 2 > all_[file]}
        return frozenset(most | moved)

    def _is_of_another_table(self) -> Callable[[ImportedRole, KnownRole], bool]:
        """Whether a role is kept up to date from another table than that of a row."""
        now = {role: self.imported[at].row.file for at, role in self.matches.ids.items()}
        last = {role.id: role.table for role in self.roles.values() if role.table}
        tables = same_tables(now, last)

        def is_of_another(imported: ImportedRole, role: KnownRole) -> bool:
            file = imported.row.file
            table = file if file in last.values() else tables.get(file, "")
            return bool(role.table) and table != role.table and bool(imported.owner or role.owner)

        return is_of_another

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
        names = (parent.id, parent.title, parent.owner, parent.reference) if parent else ("",)
        return {name_key(name) for name in names}

    def _ask(
        self,
        of_imported: Callable[[ImportedRole], Hashable],
        of_role: Callable[[KnownRole], Hashable],
        why: str,
    ) -> None:
        for places, found in self._groups(of_imported, of_role):
            roles = tuple(found)
            for at in places:
                imported = self.waiting.pop(at)
                self.matches.questions.append(
                    Question(imported.row, imported.title, imported.owner, roles, why)
                )


def _members(imported: ImportedRole) -> frozenset[str]:
    """Whom the rows of a team name."""
    return frozenset(slug(row.owner) for row in imported.rows if row.owner)


def _any_of(
    *reasons: Callable[[ImportedRole, KnownRole], bool],
) -> Callable[[ImportedRole, KnownRole], bool]:
    return lambda imported, role: any(reason(imported, role) for reason in reasons)


def _title(imported: ImportedRole) -> str:
    return name_key(imported.title)


def _imported(role: KnownRole) -> tuple[str, str]:
    """The title and the holder of a role as its table had them last."""
    return role.imported_title or role.title, role.imported_owner or role.owner


def _is_another(imported: ImportedRole, role: KnownRole) -> bool:
    """Whether a row has neither the title nor the holder of a role."""
    title, owner = _imported(role)
    same_owner = bool(owner) and slug(imported.owner) == slug(owner)
    return _title(imported) != name_key(title) and not same_owner


def _called(imported: ImportedRole) -> tuple[str, str] | None:
    return _title_and_holder(imported.title, imported.owner)


def _title_and_holder(title: str, owner: str) -> tuple[str, str] | None:
    """What a role can be known by; None where nobody holds it, since vacancies are all alike."""
    return (name_key(title), slug(owner)) if owner else None
