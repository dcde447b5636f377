"""Gives every imported role an id, which names its role file."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rolebook.language import N_, gettext
from rolebook.organisation import RESERVED_IDS, cut_id, name_key, slug
from rolebook.problems import Rule, Severity
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.holders import MAX_NAME
from rolebook.spreadsheet.imported_role import ImportedRole
from rolebook.spreadsheet.role_report import RoleReport, Why
from rolebook.spreadsheet.table import shortened, whole_number

DUPLICATE_ID = Rule(
    "duplicate-id", Severity.WARNING, "What reports to an id that two posts have may mean either."
)
CHANGED_ID = Rule("changed-id", Severity.WARNING, "Two ids that make the same file name need two files.")
_GUID = re.compile(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_NAMES_PEOPLE = re.compile(r".*\bname|employee|person|worker|holder|mitarbeiter|who", re.IGNORECASE)
"""What a column of people's names is called."""


class _Stems:
    """Hands out file names, none twice."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {_key(each) for each in (*RESERVED_IDS, *taken)}
        self._next: dict[str, int] = {}

    def free(self, wanted: str) -> bool:
        return _key(wanted) not in self._taken

    def take(self, wanted: str) -> str:
        """Take `wanted`, or if it is taken `wanted-2`, `wanted-3` and so on."""
        given, number = wanted, self._next.get(wanted, 2)
        while not self.free(given):
            suffix = f"-{number}"
            given, number = cut_id(wanted, room=len(suffix)) + suffix, number + 1
        self._next[wanted] = number
        self._taken.add(_key(given))
        return given


def _key(name: str) -> str:
    # Disks that disregard case disregard the Unicode form as well.
    return unicodedata.normalize("NFC", name.casefold())


@dataclass(frozen=True, slots=True)
class Identified:
    """The ids of the imported roles, and what they were made from."""

    ids: tuple[str, ...]
    firsts: Mapping[str, int]
    """The place of the first role with each reference."""
    stems: tuple[str, ...]
    """What the id of each role should be; several may ask for the same."""
    given: Mapping[int, str]
    """Those that were there already."""
    taken: frozenset[str]
    """Those of roles that are no row's."""
    from_titles: int
    notes: tuple[str, ...]


def identify(
    roles: Sequence[ImportedRole],
    conventions: Conventions,
    given: Mapping[int, str],
    taken: Iterable[str] = (),
) -> Identified:
    """Give every role an id of its own. It does not depend on the order of the rows.

    Ids are in addresses that the public may see, so they are made from titles where the references are
    names or addresses of people, or say nothing to a reader. The first role of each reference chooses
    first, so that a number that is added to another's id never takes the id that a row asks for; then come
    repeated references, then titles. Roles that ask for the same id are ordered by what their rows hold.
    Roles with an id that is `given` have it already; ids that are `taken` are nobody's.
    """
    taken = frozenset(taken)
    order = sorted(range(len(roles)), key=lambda at: (roles[at].reference, *_content(roles[at]), at))
    firsts: dict[str, int] = {}
    for at in order:
        if roles[at].reference:
            firsts.setdefault(roles[at].reference, at)
    unfit = {} if conventions.keep_ids else _unfit(roles, conventions)
    whole = _whole_numbers(firsts)
    by_reference = tuple(
        "" if at in unfit else slug(whole.get(role.reference, role.reference))
        for at, role in enumerate(roles)
    )
    wanted = tuple(
        reference or slug(role.title) or "untitled-post"
        for reference, role in zip(by_reference, roles, strict=True)
    )
    repeated = {at for at, role in enumerate(roles) if firsts.get(role.reference, at) != at}
    stems = _Stems((*taken, *given.values()))
    ids = dict(given)
    for by_title in (False, True):
        waiting = []
        for at in order:
            if at in given or by_title == bool(by_reference[at]):
                continue
            if stems.free(wanted[at]) and (by_title or at not in repeated):
                ids[at] = stems.take(wanted[at])
            else:
                waiting.append(at)
        ids |= {at: stems.take(wanted[at]) for at in waiting}
    reasons = dict.fromkeys(why for why in unfit.values() if why)
    notes = tuple(map(gettext, reasons))
    titled = sum(not each for at, each in enumerate(by_reference) if at not in given)
    in_order = tuple(ids[at] for at in range(len(roles)))
    return Identified(in_order, firsts, by_reference, given, taken - {*given.values()}, titled, notes)


def _content(role: ImportedRole) -> tuple[object, ...]:
    """What tells apart roles of one title, wherever their rows are."""
    return role.owner.casefold(), role.row.cells


def _unfit(roles: Sequence[ImportedRole], conventions: Conventions) -> dict[int, str]:
    """What to say of references that should not be ids, by their roles' places; empty for words."""
    found = {}
    for at, role in enumerate(roles):
        if not 0 < len(role.reference) <= MAX_NAME or role.columns.as_exported:
            continue
        if name_key(role.reference) in conventions.retired:
            found[at] = ""
        elif _GUID.fullmatch(role.reference):
            found[at] = N_(
                "Ids that are long numbers of a program are in no file name; to keep them, add --keep-ids."
            )
        elif _EMAIL.fullmatch(role.reference):
            found[at] = N_("Ids that are e-mail addresses are in no file name; to keep them, add --keep-ids.")
        elif _names_holder(role):
            found[at] = N_("Ids that are names of people are in no file name; to keep them, add --keep-ids.")
    return found


def _names_holder(role: ImportedRole) -> bool:
    key = name_key(role.reference)
    if role.owner and key in (name_key(role.owner), name_key(role.cell("owner"))):
        return True
    called = role.columns.name("id")
    return bool(_NAMES_PEOPLE.fullmatch(called)) and not any(char.isdigit() for char in role.reference)


def _whole_numbers(references: Iterable[str]) -> dict[str, str]:
    """`101.0` as `101`, where no reference has another fraction."""
    found = {each: whole for each in references if (whole := whole_number(each)) != each}
    fractions = [each for each in references if re.fullmatch(r"\d+[.,]\d+", each)]
    return found if len(found) == len(fractions) else {}


def report_ids(reports: Sequence[RoleReport], identified: Identified) -> None:
    """Report references that were used before, and those that could not become the id."""
    by_id = {report.id: report for report in reports}
    for at, report in enumerate(reports):
        reference, wanted = report.role.reference, identified.stems[at]
        if not reference:
            continue
        first = reports[identified.firsts[reference]]
        if first is not report:
            if wanted or report.role.columns.as_exported:
                _report_duplicate(report, first)
        elif at not in identified.given and report.id != wanted and (wanted or not slug(reference)):
            message = _why_changed(report, by_id.get(wanted), wanted, is_taken=wanted in identified.taken)
            done = gettext("It was written as %(file)s", file=report.file)
            cause = gettext("the id cannot be the file's name")
            report.add_finding(CHANGED_ID, message, done, cause, reference)


def _why_changed(report: RoleReport, other: RoleReport | None, wanted: str, *, is_taken: bool) -> str:
    """Why an id is not the name of its role's file."""
    reference = shortened(report.role.reference)
    if other and other.is_there:
        return gettext(
            "the id '%(id)s' is that of %(file)s, which %(row)s describes",
            id=reference,
            file=f"{wanted}.md",
            row=other.place_for(report),
        )
    if other:
        return gettext(
            "the id '%(id)s' makes the same file name as '%(other)s' in %(row)s",
            id=reference,
            other=shortened(other.role.reference),
            row=other.place_for(report),
        )
    if is_taken:
        return gettext("the id '%(id)s' is that of another role", id=reference)
    return gettext("the id '%(id)s' cannot be a file's name", id=reference)


def _report_duplicate(report: RoleReport, first: RoleReport) -> None:
    reference = shortened(report.role.reference)
    same = report.role.row.cells == first.role.row.cells and report.role.columns == first.role.columns
    place = first.place_for(report)
    if same:
        message = gettext(
            "the id '%(id)s' is that of %(row)s, and the rows are the same", id=reference, row=place
        )
        cause = gettext("the id is that of an earlier row, and the rows are the same")
        why = Why("the id of %(row)s, and the rows are the same", row=first.where_for(report))
    else:
        message = gettext("the id '%(id)s' is that of %(row)s", id=reference, row=place)
        cause = gettext("the id is that of an earlier row")
        why = Why("the id of %(row)s", row=first.where_for(report))
    report.add_finding(
        DUPLICATE_ID,
        message,
        gettext(
            "It was written as %(file)s; who reports to '%(id)s' is below %(first)s",
            file=report.file,
            id=reference,
            first=first.file,
        ),
        cause,
        reference,
        done_for_all=gettext("All were written; who reports to such an id is below the first"),
    )
    report.note("", "id", reference, why)
