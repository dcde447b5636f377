"""Reads the fields of an imported role from its row, and writes the text of its role file."""

import re

from rolebook.files import MAX_BYTES
from rolebook.organisation import name_key, names_nobody
from rolebook.problems import Rule, Severity
from rolebook.schema.declarations import OTHER_KIND
from rolebook.schema.kinds import MAX_TEXT, OUT_OF_RANGE, WRONG_VALUE
from rolebook.spreadsheet.cell_values import LISTS, add_field
from rolebook.spreadsheet.columns import BODY, own_names
from rolebook.spreadsheet.conventions import ROLE_WORDS, Conventions
from rolebook.spreadsheet.failures import report_failed
from rolebook.spreadsheet.holders import (
    ME,
    PLACEHOLDER_HOLDER,
    UNCLEAR_HOLDER,
    may_be_more,
    may_be_two,
    names_a_group,
    numbers_beside,
    remark,
    turned,
    without_pronouns,
)
from rolebook.spreadsheet.members import begins_with_function, names_none, with_function
from rolebook.spreadsheet.other_fields import read_other_fields, report_links
from rolebook.spreadsheet.own_columns import read_own
from rolebook.spreadsheet.role_file import role_file
from rolebook.spreadsheet.role_hours import add_hours
from rolebook.spreadsheet.role_report import MAX_SHOWN, UNREAD_CELL, RoleReport
from rolebook.spreadsheet.table import one_line, shortened
from rolebook.spreadsheet.team_fields import read_team, report_no_member, report_other_order

MISSING_TITLE = Rule(
    "missing-title", Severity.WARNING, "The title is the role's name on every page and chart."
)


def read_fields(report: RoleReport, conventions: Conventions) -> None:
    """Add all fields but the parent, which is another row's matter, to `report`."""
    for cell in report.role.row.beyond:
        report.note("", "cell", cell, "it is beyond the last column")
    report_failed(report)
    _unread(report)
    _title(report)
    if report.role.rows:
        read_team(report, conventions)
        return
    _role(report, conventions)


def _role(report: RoleReport, conventions: Conventions) -> None:
    _kind(report)
    for name in ("purpose", "engagement", "location"):
        add_field(report, name, report.role.cell(name))
    for name in LISTS:
        add_field(report, name, report.role.columns.of(report.role.row, name).strip(" \t"))
    add_hours(report, conventions.full_week)
    _holder(report, conventions)
    read_own(report)
    read_other_fields(report)
    report_links(report)


_OF_FIGURES = ("weekly_hours", "fte", "positions", "members")
"""Fields whose cells make no sense put together."""


def _unread(report: RoleReport) -> None:
    """Report cells of a field that has several columns, where another one counts."""
    columns = report.role.columns
    for field in columns.places:
        for column, cell in columns.unread(report.role.row, field):
            message = (
                f"'{column}' has '{shortened(cell, MAX_SHOWN)}', but {field} is read from another column"
            )
            hint = f'If they belong together, write --map {field}="{columns.together(field)}", in their order'
            hint = "Write what is meant into one cell" if field in _OF_FIGURES else hint
            why = f"{field} is read from another column"
            report.leave_out(field, UNREAD_CELL, message, cell, why, name=column, hint=hint)


def _kind(report: RoleReport) -> None:
    """Report a kind that is neither role nor team, and fields that only teams have."""
    kind = report.role.cell("kind")
    if name_key(kind) not in ROLE_WORDS:
        hint = f'If it is a team, add --team "{kind}"'
        report.keep(
            "kind", WRONG_VALUE, f"kind is '{kind}', which is read as a role", kind, "no kind", hint=hint
        )
    for name in ("lead", "members", "as"):
        cell = report.role.cell(name)
        if name == "members" and names_none(cell):
            report_no_member(report, cell)
        elif cell:
            message = f"{name} is '{shortened(cell)}', and the row is no team"
            hint = "Write team in the column 'kind', if it is one"
            report.keep(name, OTHER_KIND, message, cell, "only teams have it", hint=hint)


def _title(report: RoleReport) -> None:
    if not add_field(report, "title", report.role.title):
        title = f"Untitled post {report.role.reference[:80]}".strip()
        report.fields.append(("title", title))
        report.unclear.add("title")
        if not report.role.title:
            cell = report.role.cell("title")
            report.note("title", "title", cell, "only a number" if cell else "the row has none")
            report.add_finding(
                MISSING_TITLE,
                f"the row has no title, only '{shortened(cell)}'" if cell else "the row has no title",
                f"{report.id}.md keeps its title"
                if report.is_there
                else f"{report.id}.md calls it '{title}'",
                "they have no title",
                done_for_all="The role files keep their titles"
                if report.is_there
                else "The role files call them 'Untitled post'",
            )


def _holder(report: RoleReport, conventions: Conventions) -> None:
    """Read the owner and the status; a word in place of the owner can mean a status, such as `retired`."""
    cell, reference = report.role.cell("owner"), report.role.reference
    word = name_key(cell)
    status = ""
    if report.role.columns.as_exported:
        add_field(report, "owner", cell)
    elif word in conventions.retired:
        status = "retired"
    elif name_key(reference) in conventions.retired:
        status = "retired"
        add_field(report, "owner", report.role.owner)
        report.add_reading("retired", f"the id '{reference}' is read as a retired role")
    elif word in conventions.unnamed:
        status = "filled"
    elif word not in conventions.vacant:
        _named_holder(report, cell, conventions)
    if not add_field(report, "status", report.role.cell("status")) and status:
        report.fields.append(("status", status))


def _named_holder(report: RoleReport, cell: str, conventions: Conventions) -> None:
    """Add the owner that `cell` names, unless that is nobody, or not clear."""
    if not cell or len(cell) > MAX_TEXT:
        add_field(report, "owner", cell)
    elif names_nobody(cell):
        report.note("owner", "owner", cell, "not a name")
        report.add_finding(
            PLACEHOLDER_HOLDER,
            f"owner is '{shortened(cell, MAX_SHOWN)}', which is not a name",
            f"{report.id}.md is vacant",
            "owner is not a name",
            cell,
            done_for_all="These roles are vacant",
        )
    elif name_key(cell) in ME and not conventions.me:
        hint = "Write the name, or add --me with yours"
        report.keep("owner", UNCLEAR_HOLDER, f"owner is '{cell}'", cell, "not a name", hint=hint)
    elif names_a_group(cell):
        hint = "A role has one owner: write the name"
        report.keep("owner", UNCLEAR_HOLDER, f"owner is '{cell}'", cell, "not a name", hint=hint)
    elif not report.role.owner:
        hint = "A role has one owner: write one name"
        message = f"owner is '{shortened(cell, MAX_SHOWN)}', which may be several people"
        report.keep("owner", UNCLEAR_HOLDER, message, cell, "several people", hint=hint)
    elif add_field(report, "owner", report.role.owner):
        _odd_name(report, cell)


def _odd_name(report: RoleReport, cell: str) -> None:
    """Report an owner's name that has more to it, or that was written in another way."""
    name, words = remark(report.role.owner)
    if words:
        report.add_finding(
            UNCLEAR_HOLDER,
            f"owner is '{cell}': '({words})' is now part of the name",
            f"If it should not be, write '{name}'",
            "words in brackets are now part of the owner's name",
            cell,
            done_for_all="Where they should not be, write the name alone",
        )
    elif (named := with_function(cell)) != cell:
        name, words = remark(named)
        report.add_finding(
            UNCLEAR_HOLDER,
            f"owner is '{cell}', and '{words}' is no part of a name",
            f"Write '{name}'; it is now '{report.role.owner}'",
            "owner is a name with more behind it",
            cell,
            done_for_all="Write the names alone; they are now names as they stand",
        )
    elif report.role.seems_two or _joins_two(report, without_pronouns(cell)):
        report.add_finding(
            UNCLEAR_HOLDER,
            f"owner is '{cell}', which may be two people",
            f"Write one name; it is now '{report.role.owner}'",
            "owner may be two people",
            cell,
            done_for_all="Write one name each; they are now one person each",
        )
    elif (
        may_be_more(report.role.owner)
        or report.role.forms.has_another(report.role.owner)
        or begins_with_function(report.role.owner)
    ):
        report.add_finding(
            UNCLEAR_HOLDER,
            f"owner is '{cell}', which may be more than a name",
            f"If it is, write the name alone; it is now '{report.role.owner}'",
            "owner may be more than a name",
            cell,
            done_for_all="Where it is, write the name alone; they are now names as they stand",
        )
    elif full := report.role.forms.in_full(report.role.owner):
        report.add_finding(
            UNCLEAR_HOLDER,
            f"owner is '{cell}', which may be {full}",
            f"If it is, write the whole name; it is now '{report.role.owner}'",
            "owner may be a short form of another name",
            cell,
            done_for_all="Where it is, write the whole name; they are now names as they stand",
        )
    elif report.role.forms.may_be_none(report.role.owner):
        report.add_finding(
            UNCLEAR_HOLDER,
            f"owner is '{cell}', and other names have a first and a last one",
            f"If it is nobody's name, empty the cell; it is now '{report.role.owner}'",
            "owner is no first and last name, as others are",
            cell,
            done_for_all="Where it is nobody's name, empty the cell; they are now names as they stand",
        )
    elif numbers := numbers_beside(report.role.owner):
        report.add_finding(
            UNCLEAR_HOLDER,
            f"owner is '{cell}', and another row has a different number beside this name",
            f"If they are one person, write the name alone; '{numbers[0]}' is now part of it",
            "different numbers stand beside one owner's name",
            cell,
            done_for_all="If they are one person, write the name alone; they are now different people",
        )
    elif known := report.role.forms.in_other_order(report.role.owner):
        report_other_order(report, "owner", report.role.owner, known)
    elif report.role.owner != cell:
        # What is beside the name, whatever that says; or else the form of the whole.
        beside = cell.replace(report.role.owner, "") or cell
        kind = "owner: " + re.sub(r"[^\W\d][\w ]*", "x", re.sub(r"\d+", "0", beside))
        report.add_reading(kind, f"owner '{cell}' is read as {report.role.owner}")
    elif turned(cell) != cell:
        report.add_finding(
            UNCLEAR_HOLDER,
            f"owner is '{cell}', which may be a last and a first name, or two people",
            f"Write '{turned(cell)}', or one name; it is now a name as it stands",
            "owner may be a last and a first name, or two people",
            cell,
            done_for_all="Write first names first, and one name; they are now names as they stand",
        )


def _joins_two(report: RoleReport, name: str) -> bool:
    return may_be_two(name) or report.role.forms.joins_two(name)


def text_of(report: RoleReport) -> str:
    """The role file; a body that makes it too large to be read is left out and reported."""
    body = report.role.columns.of(report.role.row, BODY)
    own = own_names(report.role.columns.record)
    text = role_file(report.fields, body, is_markdown=report.role.columns.as_exported, own=own)
    if len(text.encode()) <= MAX_BYTES:
        return text
    message = f"body makes a page larger than {MAX_BYTES // 1000} kB"
    report.keep("body", OUT_OF_RANGE, message, one_line(body), "too long for a page")
    return role_file(report.fields, own=own)
