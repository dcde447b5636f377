"""Imports tables in one call: tables in, role files and findings out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rolebook.language import gettext
from rolebook.organisation import name_key
from rolebook.problems import Problem, Rule, Severity, in_order
from rolebook.schema.records import RoleFields
from rolebook.spreadsheet.columns import (
    BODY,
    OTHER_FIELDS,
    ROLE_FIELDS,
    ColumnMap,
    MappedColumns,
    column_map,
    own_names,
    unused_columns,
)
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.findings import Reading, RowFinding, gathered, in_words
from rolebook.spreadsheet.holders import MAX_NAME, UNCLEAR_HOLDER
from rolebook.spreadsheet.imported_role import imported_roles, is_team
from rolebook.spreadsheet.known_role import NO_ROLES, KnownRole, KnownRoles
from rolebook.spreadsheet.matching import Question, match
from rolebook.spreadsheet.parents import add_parents
from rolebook.spreadsheet.role_fields import read_fields, text_of
from rolebook.spreadsheet.role_file import Comment, line
from rolebook.spreadsheet.role_ids import identify, report_ids
from rolebook.spreadsheet.role_report import RoleReport
from rolebook.spreadsheet.second_table import without_second
from rolebook.spreadsheet.table import Row, Table, one_line, shortened
from rolebook.spreadsheet.teams import united, without_memberships
from rolebook.spreadsheet.template_rows import TEMPLATE_ROW, has_figure, template_rows
from rolebook.wording import either

HEADING_ROW = Rule("heading-row", Severity.ADVICE, "A heading between the rows becomes a vacant role.")
REPEATED_ROW = Rule(
    "repeated-row", Severity.WARNING, "A row that is in a table twice becomes two roles with twice the hours."
)
SHARES_FOR_HOURS = Rule(
    "shares-for-hours", Severity.WARNING, "Half a week that is read as half an hour makes every total wrong."
)

_SHARE = re.compile(r"0?[.,]\d+|1(?:[.,]0+)?")
_PERCENT = re.compile(r"[1-9]\d(?:[.,]\d+)?|100(?:[.,]0+)?")
_WORTH_COMPARING = 2
"""Filled cells of a row that can be the same row as another, not just a role of the same title."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A role as a row has it."""

    row: Row
    reference: str
    digest: str
    lines: Mapping[str, str]
    """The YAML of each field that the row has."""
    columns: frozenset[str]
    """The fields for which the row has a cell that is empty or can be used."""
    implied: frozenset[str]
    """Fields in `columns` that have no column of their own: a word in place of an owner may mean a status."""
    cells: Mapping[str, str]
    """What stands in the columns of fields; nothing of a team with several rows."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of some tables."""

    files: Mapping[str, str]
    """The text of each role file by its name, in the order of the rows."""
    problems: tuple[Problem, ...]
    """What to review; many rows with one cause share a line."""
    every_problem: tuple[Problem, ...]
    """The same with a line for every row."""
    notes: tuple[str, ...]
    """How cells were understood, and what was not used."""
    roles: Mapping[str, Entry]
    """By id, in the order of the rows."""
    questions: tuple[Question, ...]
    holders: tuple[str, ...]
    """The names of everybody who holds a role, each once."""
    ids_from_titles: int
    tops: int
    """Rows that say that they report to nobody."""


def import_tables(
    tables: Sequence[Table],
    mapped: MappedColumns,
    conventions: Conventions,
    before: KnownRoles = NO_ROLES,
    answers: Mapping[str, str] | None = None,
    record: type[RoleFields] = RoleFields,
) -> Imported | Problem:
    """Make a role file of every row of `tables`; a `Problem` where a table's columns do not fit.

    Rows that describe a role that was there `before` get its id; `answers` say which they are: see
    `matching.match`. `record` declares the fields of a role, where the handbook has some of its own.
    """
    known = before.changing
    rows: list[tuple[Row, ColumnMap]] = []
    of_tables: list[Problem] = []
    notes: list[str] = []
    findings: list[RowFinding] = []
    for read in tables:
        table = read
        columns = column_map(table, mapped, record)
        if isinstance(columns, Problem):
            return columns
        table, of_second = without_second(table, columns)
        unused, note = unused_columns(table, columns, mapped)
        of_tables += [*table.problems, *of_second, *unused]
        notes += filter(None, (table.note, note))
        of_tables += _shares(table, columns)
        templates = {each.row.number: each for each in template_rows(table, columns, conventions)}
        findings += templates.values()
        rows += [(row, columns) for row in table.rows if row.number not in templates]
    people = [*before.people, *(name for each in known for name in (each.owner, *each.people))]
    of_rows = imported_roles(rows, conventions, people)
    if forgotten := without_memberships(of_rows, known, conventions):
        return forgotten
    roles = united(of_rows, conventions)
    matches = match(roles, known, answers or {})
    taken = {each.id for each in (*known, *before.elsewhere)}
    identified = identify(roles, conventions, matches.ids, taken)
    there = {each.id for each in known}
    reports = [RoleReport(role, id_, id_ in there) for role, id_ in zip(roles, identified.ids, strict=True)]
    report_ids(reports, identified)
    _report_repeated(reports)
    _report_teams_of_one_title(reports, conventions)
    in_no_row = [each for each in known if each.id not in matches.ids.values()]
    parents = [*before.staying, *before.elsewhere, *in_no_row]
    kept = {each.id: each.parent for each in known}
    tops = add_parents(reports, conventions, "id" not in mapped, parents, kept)
    if tops > 1 and not known:
        notes.append(_many_tops(tops, len(reports)))
    _report_headings(reports)
    _report_figures(reports)
    files = {}
    for report in reports:
        read_fields(report, conventions)
        files[f"{report.id}.md"] = text_of(report)
    last = {each.id: each for each in known}
    findings += [each for report in reports for each in _still_to_review(report, last.get(report.id))]
    new = (report for report in reports if not _is_as_before(report, last.get(report.id)))
    readings: Iterable[Reading] = (each for report in new for each in report.readings)
    return Imported(
        files=files,
        problems=in_order([*of_tables, *gathered(findings)]),
        every_problem=in_order([*of_tables, *(each.problem for each in findings)]),
        notes=(*notes, *identified.notes, *in_words(readings)),
        roles={report.id: _entry(report) for report in reports},
        questions=tuple(matches.questions),
        holders=tuple({name_key(name): name for each in reports for name in _owner(each)}.values()),
        ids_from_titles=identified.from_titles,
        tops=tops,
    )


def _many_tops(tops: int, roles: int) -> str:
    """Say that several roles report to nobody: an empty cell can mean the one above it."""
    return gettext(
        "%(number)s of %(all)s roles report to nobody. Where an empty cell means the one above, fill it in.",
        number=tops,
        all=roles,
    )


def _is_as_before(report: RoleReport, known: KnownRole | None) -> bool:
    return known is not None and report.role.digest == known.digest


def _still_to_review(report: RoleReport, known: KnownRole | None) -> Iterator[RowFinding]:
    """What to report of a row: of one that is as at the last import, no advice again.

    Nor who is meant, where somebody has decided that in the file since.
    """
    for each in report.findings:
        is_decided = known is not None and known.is_corrected and each.rule is UNCLEAR_HOLDER
        if not _is_as_before(report, known) or not (is_decided or each.rule.severity == Severity.ADVICE):
            yield each


def _owner(report: RoleReport) -> Iterator[str]:
    yield from (value for name, value in report.fields if name == "owner" and isinstance(value, str))
    yield from report.belonging


def _entry(report: RoleReport) -> Entry:
    mapped = {field for field, places in report.role.columns.places.items() if places}
    implied = {"status"} if "owner" in mapped else set()
    implied |= {"weekly_hours", "seats"} if "fte" in mapped else set()
    is_read_from_words = report.role.rows and not report.role.columns.as_exported
    implied |= {"kind", "lead", "members"} if is_read_from_words else set()
    known = {*ROLE_FIELDS, *own_names(report.role.columns.record), OTHER_FIELDS, BODY}
    columns = (mapped | implied) & known - report.unclear
    lines = {
        name: line(name, value) for name, value in report.fields if name and not isinstance(value, Comment)
    }
    row, of_row = report.role.row, report.role.columns.as_written
    return Entry(
        row,
        report.role.reference,
        report.role.digest,
        lines,
        frozenset(columns),
        frozenset(implied - mapped),
        {name: of_row(row, name) for name in mapped & {*ROLE_FIELDS} if len(report.role.rows) <= 1},
    )


def _shares(table: Table, columns: ColumnMap) -> Iterator[Problem]:
    """Report a column of hours in which no number is more than 1."""
    if columns.as_exported:
        return
    hours = [(row, cell) for row in table.rows if (cell := one_line(columns.of(row, "weekly_hours")))]
    if len(hours) > 1 and all(_SHARE.fullmatch(cell) for _, cell in hours):
        column = columns.name("weekly_hours")
        message = gettext(
            "no role has more than 1 hour in '%(column)s', so these may be shares of a full week",
            column=column,
        )
        option = f'--map weekly_hours= --map fte="{column}"'
        hint = gettext("If they are, add %(option)s", option=option)
        yield Problem(SHARES_FOR_HOURS, table.file, hours[0][0].number, message, hint)
    shares = [(row, cell) for row in table.rows if (cell := one_line(columns.of(row, "fte")))]
    if len(shares) > 1 and all(_PERCENT.fullmatch(cell) for _, cell in shares):
        message = gettext(
            "every number in '%(column)s' is 10 to 100, so these may be percent", column=columns.name("fte")
        )
        hint = gettext("If they are, write %(examples)s", examples=either(("80 %", "0.8")))
        yield Problem(SHARES_FOR_HOURS, table.file, shares[0][0].number, message, hint)


def _report_headings(reports: Sequence[RoleReport]) -> None:
    """Report rows with nothing but a title, to which no row reports, where most others say more.

    Others that report to somebody say more; where no row does, those with two other cells at least: with only
    a column of holders, a row without one is a vacancy. However many have nothing but a title, they are
    compared with the others.
    """
    bare = [report for report in reports if _filled(report) == 1 and not report.role.row.failed]
    of_files = Counter(report.role.row.file for report in reports)
    others = of_files - Counter(report.role.row.file for report in bare)
    below = Counter(report.role.row.file for report in reports if report.role.cell("parent"))
    full = Counter(report.role.row.file for report in reports if _filled(report) > _WORTH_COMPARING)
    parents = {value for report in reports for name, value in report.fields if name == "parent"}
    named = {name_key(report.role.cell("parent")) for report in reports}
    for report in bare:
        file = report.role.row.file
        is_parent = report.id in parents or name_key(report.role.title) in named
        say_more = below[file] * 2 > others[file] or (not below[file] and full[file] * 2 > others[file])
        if not say_more or is_parent or report.role.columns.as_exported:
            continue
        report.add_finding(
            HEADING_ROW,
            gettext("the row has nothing but '%(cell)s'", cell=shortened(report.role.title)),
            gettext("It was written as %(file)s: delete it if it is a heading", file=report.file),
            gettext("they have nothing but a title"),
            report.role.title,
            done_for_all=gettext("All were written: delete those that are headings"),
        )


def _report_figures(reports: Sequence[RoleReport]) -> None:
    """Report rows that may be figures about the others: one more at the top, and nobody holds it.

    Where no row reports to another, all are at the top.
    """
    with_parents = {each.role.row.file for each in reports if each.role.cell("parent")}
    parents = {value for each in reports for name, value in each.fields if name == "parent"}
    seen = set[str]()
    for report in reports:
        role, file = report.role, report.role.row.file
        if role.rows or role.cell("parent"):
            continue
        is_first, is_figure = file not in seen, has_figure(role.row, role.columns)
        seen.add(file)
        is_alone = file in with_parents and not role.cell("owner") and report.id not in parents
        if is_first or not (is_alone and is_figure) or report.is_there or role.columns.as_exported:
            continue
        report.add_finding(
            TEMPLATE_ROW,
            gettext(
                "'%(role)s' reports to nobody and nobody holds it, as if it were a sum",
                role=shortened(role.title),
            ),
            gettext(
                "It was written as %(file)s: delete it if it is no role, or write whom it reports to",
                file=report.file,
            ),
            gettext("they report to nobody and nobody holds them, as if they were sums"),
            role.title,
            done_for_all=gettext(
                "All were written: delete those that are no roles, or write whom they report to"
            ),
        )


def _filled(report: RoleReport) -> int:
    """How many cells of the row are not empty."""
    return sum(bool(cell.strip()) for cell in report.role.row.cells)


def _report_teams_of_one_title(reports: Sequence[RoleReport], conventions: Conventions) -> None:
    """Say which teams share a title: their rows differ in the parent alone, perhaps by mistake."""
    first: dict[str, RoleReport] = {}
    for report in reports:
        role = report.role
        if not is_team(role, conventions) or role.reference or role.columns.as_exported:
            continue
        earlier = first.setdefault(name_key(role.title), report)
        if earlier is not report:
            above = [
                shortened(each.role.cell("parent"), MAX_NAME) or gettext("nobody")
                for each in (earlier, report)
            ]
            message = gettext(
                "'%(team)s' below '%(one)s' and '%(team)s' below '%(other)s' are read as two teams",
                team=shortened(role.title),
                one=above[0],
                other=above[1],
            )
            report.add_reading("teams of one title", message)


def _report_repeated(reports: Sequence[RoleReport]) -> None:
    """Report rows that are the same as an earlier one; those with ids of their own are reported as such."""
    first: dict[tuple[object, ...], RoleReport] = {}
    for report in reports:
        _report_repeated_members(report)
        row = report.role.row
        if report.role.reference or _filled(report) < _WORTH_COMPARING:
            continue
        earlier = first.setdefault((row.cells, *report.role.columns.places), report)
        if earlier is not report:
            report.add_finding(
                REPEATED_ROW,
                gettext("the row is the same as %(row)s", row=earlier.place_for(report)),
                gettext(
                    "It was written as %(file)s; for equal roles, write one row and their number as seats",
                    file=report.file,
                ),
                gettext("they are the same as an earlier row"),
                done_for_all=gettext(
                    "All were written; for equal roles, write one row and their number as seats"
                ),
            )


def _report_repeated_members(report: RoleReport) -> None:
    """Report rows of a team that say once more what an earlier one says: somebody belongs to it once."""
    first: dict[tuple[str, ...], RoleReport] = {}
    members: dict[tuple[str, str], RoleReport] = {}
    for role in report.role.rows:
        of_row = replace(report, role=role)
        earlier = first.setdefault(role.row.cells, of_row)
        same = members.setdefault((name_key(role.owner), role.cell("as")), of_row) if role.owner else of_row
        if earlier is of_row and same is not of_row:
            of_row.add_finding(
                REPEATED_ROW,
                gettext(
                    "%(name)s is in %(row)s already, called the same",
                    name=role.owner,
                    row=same.place_for(of_row),
                ),
                gettext("Their hours were added up"),
                gettext("their members are in an earlier row of the team, called the same"),
                role.owner,
            )
        if earlier is not of_row:
            of_row.add_finding(
                REPEATED_ROW,
                gettext("the row is the same as %(row)s", row=earlier.place_for(of_row)),
                gettext("It was left out"),
                gettext("they are the same as an earlier row of their team"),
                done_for_all=gettext("They were left out"),
            )
