"""Finds the role that each imported one reports to. A row calls it by its id, its title or its holder."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rolebook.language import N_, gettext, ngettext
from rolebook.organisation import name_key, names_nobody, words_of
from rolebook.problems import Rule, Severity
from rolebook.schema.typos import did_you_mean
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.findings import rows_in_words
from rolebook.spreadsheet.holders import FORMS_OF_ADDRESS, MAX_NAME, ME, alone, remark, turned
from rolebook.spreadsheet.imported_role import ImportedRole
from rolebook.spreadsheet.known_role import KnownRole
from rolebook.spreadsheet.members import parse_names
from rolebook.spreadsheet.role_report import MAX_SHOWN, RoleReport, Why, field_is, read_as
from rolebook.spreadsheet.table import one_line, shortened, whole_number

UNKNOWN_PARENT = Rule(
    "unknown-parent", Severity.WARNING, "A post that reports to no row is at the top of all."
)
AMBIGUOUS_PARENT = Rule("ambiguous-parent", Severity.WARNING, "Only you know which of the posts is meant.")
PARENT_BY_CASE = Rule(
    "parent-by-case", Severity.ADVICE, "Two spellings of one id may be two posts after all."
)
PARENT_BY_PART = Rule(
    "parent-by-part", Severity.ADVICE, "A part of a name may be that of somebody who is in no row."
)
SELF_PARENT = Rule("self-parent", Severity.WARNING, "Nobody reports to themselves.")
PARENT_CYCLE = Rule(
    "parent-cycle", Severity.WARNING, "When posts report in a circle, nobody is in charge of any."
)
_ALSO = "also_reports_to"
_MAX_MISSES, _MAX_COMPARED = 20, 2_000
"""So many unknown names are compared with the known ones, among so many roles: that is quick."""
_MAX_NAMED = 12
"""A message about a circle names this many of its roles."""
_ID, _TITLE, _HOLDER = "id", "title", "holder"
"""By what rows call a role."""
_SHARED_BY_ROWS: Mapping[frozenset[str], str] = {
    frozenset((_ID,)): N_("%(number)s rows have this id"),
    frozenset((_TITLE,)): N_("%(number)s rows have this title"),
    frozenset((_HOLDER,)): N_("%(number)s rows have this holder"),
    frozenset((_ID, _TITLE)): N_("%(number)s rows have this id or title"),
    frozenset((_ID, _HOLDER)): N_("%(number)s rows have this id or holder"),
    frozenset((_TITLE, _HOLDER)): N_("%(number)s rows have this title or holder"),
}
_SHARED_BY_ROLES: Mapping[frozenset[str], str] = {
    frozenset((_ID,)): N_("%(number)s roles have this id"),
    frozenset((_TITLE,)): N_("%(number)s roles have this title"),
    frozenset((_HOLDER,)): N_("%(number)s roles have this holder"),
    frozenset((_ID, _TITLE)): N_("%(number)s roles have this id or title"),
    frozenset((_ID, _HOLDER)): N_("%(number)s roles have this id or holder"),
    frozenset((_TITLE, _HOLDER)): N_("%(number)s roles have this title or holder"),
}
"""Always of more than one."""
_READ_AS = {
    _ID: N_("%(field)s '%(cell)s' is read as the id of %(row)s, '%(role)s'"),
    _TITLE: N_("%(field)s '%(cell)s' is read as the title of %(row)s"),
    _HOLDER: N_("%(field)s '%(cell)s' is read as the holder of %(row)s, '%(role)s'"),
}
_NO_ROW_HAS = {
    _ID: N_("%(field)s is '%(cell)s': no row has this id"),
    _TITLE: N_("%(field)s is '%(cell)s': no row has this title"),
}
_IN_CASE_ONLY = {
    _ID: N_("parents differ in case only from the id of a row"),
    _TITLE: N_("parents differ in case only from the title of a row"),
}
_WITH_ID = re.compile(r"(\S+)\s+[-–—:|]\s*(\S.*)|(\S.*\S)\s*[|#]\s*(\S+)")
"""`101 - Orla Quint`, `Orla Quint | 101`."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One way in which rows call roles: by the id, the title or the holder."""

    called: str
    exact: Mapping[str, Sequence[int]]
    loose: Mapping[str, Sequence[int]]

    def find(self, wanted: str) -> Sequence[int]:
        """The places of the roles that are called `wanted`; spelt exactly so, or else nearly."""
        return self.exact.get(wanted) or self.loose.get(_loose(wanted)) or ()


def _layer(called: str, names: Iterable[str]) -> _Layer:
    exact: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        if name:
            exact.setdefault(name, []).append(at)
            loose.setdefault(_loose(name), []).append(at)
    return _Layer(called, exact, loose)


def _loose(name: str) -> str:
    """`name` without case, leading zeros and the fraction that programs add to whole numbers."""
    key = whole_number(name_key(name).strip("{}"))
    return key.lstrip("0") or "0" if key.isdecimal() else key


@dataclass(frozen=True, slots=True)
class _Match:
    places: Sequence[int]
    layer: _Layer
    spelling: str
    """The part of the cell that was found."""
    is_part: bool = False
    """Whether it is only a part of the holder's name, or something beside it is in no row."""
    called: frozenset[str] = frozenset()
    """By what rows call the places, where the parts of a cell disagree."""

    @property
    def shared(self) -> frozenset[str]:
        """By what the places are called."""
        return self.called or frozenset((self.layer.called,))


class _RoleNames:
    """Finds roles by what other rows call them: by id, else by title, else by holder."""

    def __init__(self, roles: Sequence[ImportedRole], others: Sequence[KnownRole], by_title: bool) -> None:
        self.size = len(roles) + len(others)
        known: list[ImportedRole | KnownRole] = [*roles, *others]
        ids = [_layer(_ID, [_reference(each) for each in known])]
        titles = _layer(_TITLE, [each.title for each in known])
        holders = _layer(_HOLDER, [each.owner for each in known])
        of_files = _layer(_ID, [each.id if isinstance(each, KnownRole) else "" for each in known])
        self.layers = [titles, of_files, holders] if by_title else [*ids, titles, holders]
        self.main = self.layers[0]
        self._misses = 0
        self._has_numbers = any(whole_number(_reference(each)).isdecimal() for each in known)
        self._by_word: dict[str, set[int]] = {}
        for at, each in enumerate(known):
            for word in words_of(each.owner) if len(each.owner) <= MAX_NAME else ():
                self._by_word.setdefault(word, set()).add(at)

    def find(self, wanted: str, at: int) -> _Match | None:
        """Find whom the role `at` means by `wanted`: a name, parts that agree, or part of a name."""
        if len(wanted) > MAX_NAME:
            return self._whole(wanted)
        return (
            self._whole(wanted)
            or self._by_parts(wanted)
            or self._beside(wanted)
            or self._by_words(wanted, at)
        )

    def _whole(self, wanted: str) -> _Match | None:
        for spelling in (wanted, turned(wanted)):
            for layer in self.layers:
                if places := layer.find(spelling):
                    return _Match(places, layer, spelling)
        return None

    def _beside(self, wanted: str) -> _Match | None:
        """Find the holder beside whose name something stands that is no part of it."""
        name = turned(alone(wanted))
        holders = self.layers[-1]
        places = holders.find(name) if name != turned(wanted) else ()
        return _Match(places, holders, name) if places else None

    def _by_words(self, wanted: str, at: int) -> _Match | None:
        """The roles of holders whose names have all words of `wanted`, such as `Dr Quint` for Orla Quint."""
        words = {*words_of(wanted)} - FORMS_OF_ADDRESS
        if not all(map(str.isalpha, words)):  # an id, or a title with a number
            return None
        found = [self._by_word.get(word, set()) for word in words if len(word) > 1]
        places = set[int].intersection(*found) if found else set()
        return _Match(sorted(places), self.layers[-1], wanted, is_part=True) if places - {at} else None

    def near(self, wanted: str) -> str:
        """Suggest what an unknown name may mean; empty where nothing is near."""
        self._misses += 1
        if self._misses > _MAX_MISSES or self.size > _MAX_COMPARED or len(wanted) > MAX_NAME:
            return ""
        return did_you_mean(wanted, (name for layer in self.layers for name in layer.exact))

    def _by_parts(self, wanted: str) -> _Match | None:
        """Find roles by cells such as `Name (ID)` and `ID - Name`."""
        name, note = remark(wanted)
        parts = [name, note] if note else []
        if not parts and (found := _WITH_ID.fullmatch(wanted)):
            parts = [part for part in found.groups() if part]
        matches = [match for part in parts if (match := self._whole(part))]
        if len(matches) < 2:
            return replace(matches[0], is_part=self._misses_an_id(matches[0], parts)) if matches else None
        first, other = matches
        both = [at for at in first.places if at in other.places]
        places = both or sorted({*first.places, *other.places})
        called = frozenset[str]() if both else frozenset((other.layer.called, first.layer.called))
        return _Match(places, first.layer, first.spelling, called=called)

    def _misses_an_id(self, found: _Match, parts: Sequence[str]) -> bool:
        """Whether a number stands beside the holder that `found` has, and numbers are ids here."""
        is_number = any(whole_number(part).isdecimal() for part in parts)
        return is_number and found.layer is self.layers[-1] and self._has_numbers


def add_parents(
    reports: Sequence[RoleReport],
    conventions: Conventions,
    by_title: bool,
    others: Sequence[KnownRole] = (),
    kept: Mapping[str, str] | None = None,
) -> int:
    """Add the parent to every report that has one; what cannot be followed is kept and reported.

    `others` are roles that are in no row and may be parents, too, and `kept` are the parents that files have,
    by the ids of their roles: where a row's cannot be used, they stay. Gives how many roles say that they
    report to nobody.
    """
    names = _RoleNames([report.role for report in reports], others, by_title)
    callers: list[RoleReport | KnownRole] = [*reports, *others]
    parents: dict[int, int] = {}
    tops = 0
    for at, report in enumerate(reports):
        wanted = report.role.cell("parent")
        if name_key(wanted) in ME:
            wanted = conventions.me or wanted
        found = names.find(wanted, at) if wanted else None
        if not wanted or (not found and name_key(wanted) in conventions.root):
            tops += 1
        elif (parent := _parent(callers, report, at, wanted, found, names)) is not None:
            parents[at] = parent
    for cycle in tuple(cycles(parents)):
        _report_cycle([reports[at] for at in cycle])
        del parents[cycle[0]]
    _break_cycles_with_files(reports, parents, kept or {})
    for at, parent in parents.items():
        reports[at].fields.append(("parent", callers[parent].id))
    for at, report in enumerate(reports):
        if above := _also_above(callers, report, at, names, conventions):
            report.fields.append((_ALSO, above))
    return tops


def _break_cycles_with_files(
    reports: Sequence[RoleReport], parents: dict[int, int], kept: Mapping[str, str]
) -> None:
    """Leave out parents that make a circle together with those that files keep."""
    places = {report.id: at for at, report in enumerate(reports)}
    for _ in reports:
        of_files = {
            at: places[kept[report.id]]
            for at, report in enumerate(reports)
            if at not in parents and "parent" in report.unclear and kept.get(report.id) in places
        }
        found = next(iter(cycles(parents | of_files)), None)
        if found is None:
            return
        for at in [each for each in found if each in parents]:
            start = found.index(at)
            _report_cycle([reports[each] for each in (*found[start:], *found[:start])])
            del parents[at]


def _also_above(
    callers: Sequence[RoleReport | KnownRole],
    report: RoleReport,
    at: int,
    names: _RoleNames,
    conventions: Conventions,
) -> tuple[str, ...]:
    """The ids of the roles to which the role `at` reports besides its parent."""
    cell = report.role.columns.of(report.role.row, _ALSO)
    whole = one_line(cell)
    # A title may have a mark that parts names elsewhere, such as Buying/Selling.
    is_one = bool(whole) and names.find(whole, at) is not None
    if not is_one and (names_nobody(whole) or name_key(whole) in conventions.root):
        return ()
    found = []
    for wanted in [whole] if is_one else parse_names(cell):
        place = _parent(callers, report, at, wanted, names.find(wanted, at), names, _ALSO)
        found += [] if place is None else [callers[place].id]
    return tuple(dict.fromkeys(found))


def _parent(
    callers: Sequence[RoleReport | KnownRole],
    report: RoleReport,
    at: int,
    wanted: str,
    found: _Match | None,
    names: _RoleNames,
    field: str = "parent",
) -> int | None:
    """The place of the parent of the role `at`. Where not exactly one is meant, that is reported: None."""
    parent = field_is(field, shortened(wanted, MAX_SHOWN))
    if not found:
        why = Why(
            N_("no row has this title or holder")
            if names.main.called == _TITLE
            else N_("no row has this id, title or holder")
        )
        report.keep(field, UNKNOWN_PARENT, f"{parent}: {why}", wanted, why, hint=names.near(wanted))
        return None
    others = [each for each in found.places if each != at]
    # A table means its own rows before what is in other files.
    rows = [each for each in others if isinstance(callers[each], RoleReport)]
    others = rows if len(rows) == 1 else others
    if not others or (at in found.places and found.layer.called != _HOLDER):
        message = gettext(
            "%(field)s is '%(cell)s', the row itself", field=field, cell=shortened(wanted, MAX_SHOWN)
        )
        report.keep(field, SELF_PARENT, message, wanted, Why("the row itself"))
    elif len(others) > 1 and not (first := _first_of_id(others, found, callers)):
        named = _in_words([callers[each] for each in others])
        are_rows = all(isinstance(callers[each], RoleReport) for each in others)
        why = Why((_SHARED_BY_ROWS if are_rows else _SHARED_BY_ROLES)[found.shared], number=len(others))
        hint = gettext("Write the id or the title of one") if _HOLDER in found.shared else ""
        report.keep(field, AMBIGUOUS_PARENT, f"{parent}: {why} ({named})", wanted, why, hint=hint)
    else:
        place = others[0] if len(others) == 1 else first[0]
        _report_match(report, wanted, found, callers[place], names, field)
        return place
    return None


def _in_words(callers: Sequence[RoleReport | KnownRole]) -> str:
    """Name the rows of imported roles and the files of known ones, as a message lists them."""
    rows = [each.role.row.number for each in callers if isinstance(each, RoleReport)]
    files = [f"{each.id}.md" for each in callers if isinstance(each, KnownRole)]
    return ", ".join([*([rows_in_words(rows)] if rows else []), *files])


def _first_of_id(
    places: Sequence[int], found: _Match, callers: Sequence[RoleReport | KnownRole]
) -> Sequence[int]:
    """Of roles that share an id, the one whose file has it as its name; empty where they share no id."""
    if found.layer.called != _ID or len({_reference(_role(callers[each])) for each in places}) > 1:
        return ()
    # Wherever its row is: the files of the others have a number at their ends.
    return [min(places, key=lambda each: (len(callers[each].id), callers[each].id))]


def _reference(caller: ImportedRole | KnownRole) -> str:
    return caller.reference or (caller.id if isinstance(caller, KnownRole) else "")


def _role(caller: RoleReport | KnownRole) -> ImportedRole | KnownRole:
    return caller.role if isinstance(caller, RoleReport) else caller


def _report_match(
    report: RoleReport,
    wanted: str,
    found: _Match,
    parent: RoleReport | KnownRole,
    names: _RoleNames,
    field: str,
) -> None:
    """Report how a parent was found that is not written as its id, or its title where there are no ids."""
    title = _role(parent).title
    if found.is_part:
        owner = shortened(_role(parent).owner)
        message = gettext(
            "%(field)s is '%(cell)s': no row has this holder", field=field, cell=shortened(wanted)
        )
        done = gettext("Read as '%(name)s', who holds '%(role)s'", name=owner, role=shortened(title))
        cause = gettext("parents are parts of a holder's name")
        for_all = gettext("Read as the only holder whose name has all their words")
        report.add_finding(PARENT_BY_PART, message, done, cause, wanted, done_for_all=for_all)
        return
    place = parent.place_for(report) if isinstance(parent, RoleReport) else f"{parent.id}.md"
    if found.layer is not names.main or found.spelling != wanted:
        message = gettext(
            _READ_AS[found.layer.called],
            field=field,
            cell=shortened(wanted),
            row=place,
            role=shortened(title),
        )
        report.add_reading(f"{field} {found.layer.called} {found.spelling != wanted}", message)
    elif wanted not in found.layer.exact:
        own = _reference(_role(parent)) if found.layer.called == _ID else title
        if whole_number(own) == whole_number(wanted):
            return
        if name_key(own) != name_key(wanted):
            report.add_reading(f"{field} by number", read_as(field, wanted, own))
            return
        message = gettext(_NO_ROW_HAS[found.layer.called], field=field, cell=shortened(wanted))
        done = gettext("Read as '%(cell)s', which differs only in case", cell=shortened(own))
        cause = gettext(_IN_CASE_ONLY[found.layer.called])
        for_all = gettext("Read as the id or title of that row")
        report.add_finding(PARENT_BY_CASE, message, done, cause, wanted, done_for_all=for_all)


def _report_cycle(cycle: Sequence[RoleReport]) -> None:
    shown = [f"{each.id} ({each.place_for(cycle[0])})" for each in cycle]
    if len(shown) > _MAX_NAMED:
        left_out = len(shown) - _MAX_NAMED
        more = ngettext("… %(number)s more …", "… %(number)s more …", left_out)
        shown = [*shown[: _MAX_NAMED - 3], more, *shown[-3:]]
    message = gettext("circular reporting line: %(roles)s", roles=" → ".join([*shown, cycle[0].id]))
    cycle[0].keep("parent", PARENT_CYCLE, message, cycle[0].role.cell("parent"), Why("a circle"))


def cycles(parents: Mapping[int, int]) -> Iterator[tuple[int, ...]]:
    """Each circle of roles once, beginning with its first role."""
    done: set[int] = set()
    for start in sorted(parents):
        walked: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in done and at not in walked:
            walked[at] = None
            at = parents.get(at)
        if at is not None and at in walked:
            members = list(walked)
            circle = members[members.index(at) :]
            first = circle.index(min(circle))
            yield tuple(circle[first:] + circle[:first])
        done.update(walked)
