"""Reads the fields of an imported role from its row, and writes the text of its role file."""

import re

from rolebook.files import MAX_BYTES
from rolebook.language import gettext
from rolebook.organisation import name_key, names_nobody
from rolebook.problems import Rule, Severity
from rolebook.schema.declarations import OTHER_KIND
from rolebook.schema.kinds import MAX_TEXT, OUT_OF_RANGE, WRONG_VALUE
from rolebook.spreadsheet.cell_values import LISTS, add_field, add_text, report_empty, says_nothing
from rolebook.spreadsheet.columns import BODY, own_names
from rolebook.spreadsheet.conventions import ROLE_WORDS, Conventions
from rolebook.spreadsheet.empty_words import is_nothing
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
from rolebook.spreadsheet.role_report import (
    MAX_SHOWN,
    UNREAD_CELL,
    RoleReport,
    Why,
    field_is,
    read_as_name,
)
from rolebook.spreadsheet.table import one_line, shortened
from rolebook.spreadsheet.team_fields import (
    read_team,
    report_no_member,
    report_other_order,
    report_other_spelling,
    report_title,
)

MISSING_TITLE = Rule(
    "missing-title", Severity.WARNING, "The title is the role's name on every page and chart."
)


def read_fields(report: RoleReport, conventions: Conventions) -> None:
    """Add all fields but the parent, which is another row's matter, to `report`."""
    for cell in report.role.row.beyond:
        report.note("", "cell", cell, Why("it is beyond the last column"))
    report_failed(report)
    _unread(report)
    _title(report)
    if report.role.rows:
        read_team(report, conventions)
        return
    _role(report, conventions)


def _role(report: RoleReport, conventions: Conventions) -> None:
    _kind(report)
    add_field(report, "engagement", report.role.cell("engagement"))
    for name in ("purpose", "location"):
        add_text(report, name, report.role.cell(name))
    for name in LISTS:
        add_text(report, name, report.role.columns.of(report.role.row, name).strip(" \t"))
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
            message = gettext(
                "'%(column)s' has '%(cell)s', but %(field)s is read from another column",
                column=column,
                cell=shortened(cell, MAX_SHOWN),
                field=field,
            )
            hint = gettext(
                "If they belong together, write %(option)s, in their order",
                option=f'--map {field}="{columns.together(field)}"',
            )
            if field in _OF_FIGURES:
                hint = gettext("Write what is meant into one cell")
            why = Why("%(field)s is read from another column", field=field)
            report.leave_out(field, UNREAD_CELL, message, cell, why, name=column, hint=hint)


def _kind(report: RoleReport) -> None:
    """Report a kind that is neither role nor team, and fields that only teams have."""
    kind = report.role.cell("kind")
    if name_key(kind) not in ROLE_WORDS:
        message = gettext("%(field)s is '%(cell)s', which is read as a role", field="kind", cell=kind)
        hint = gettext("If it is a team, add %(option)s", option=f'--team "{kind}"')
        report.keep("kind", WRONG_VALUE, message, kind, Why("no kind"), hint=hint)
    for name in ("lead", "members", "as"):
        cell = report.role.cell(name)
        if name == "members" and names_none(cell):
            report_no_member(report, cell)
        elif cell:
            message = gettext(
                "%(field)s is '%(cell)s', and the row is no team", field=name, cell=shortened(cell)
            )
            hint = gettext("Write %(word)s in the column 'kind', if it is one", word="team")
            report.keep(name, OTHER_KIND, message, cell, Why("only teams have it"), hint=hint)


def _title(report: RoleReport) -> None:
    if not add_field(report, "title", report.role.title):
        title = f"Untitled post {report.role.reference[:80]}".strip()
        report.fields.append(("title", title))
        report.unclear.add("title")
        if not report.role.title:
            _report_no_title(report, report.role.cell("title"), title)


def _report_no_title(report: RoleReport, cell: str, title: str) -> None:
    if cell:
        why = Why("it says nothing") if is_nothing(cell) else Why("only a number")
        report.note("title", "title", cell, why)
        message = gettext("the row has no title, only '%(cell)s'", cell=shortened(cell))
    else:
        report.note("title", "title", cell, Why("the row has none"))
        message = gettext("the row has no title")
    if report.is_there:
        done = gettext("%(file)s keeps its title", file=report.file)
        for_all = gettext("The role files keep their titles")
    else:
        done = gettext("%(file)s calls it '%(title)s'", file=report.file, title=title)
        for_all = gettext("The role files call them '%(title)s'", title="Untitled post")
    report.add_finding(MISSING_TITLE, message, done, gettext("they have no title"), done_for_all=for_all)


def _holder(report: RoleReport, conventions: Conventions) -> None:
    """Read the owner and the status; a word in place of the owner can mean a status, such as `retired`."""
    cell, reference = report.role.cell("owner"), report.role.reference
    word = name_key(cell)
    status = ""
    if report.role.columns.as_exported and report.role.forms.has(cell):
        add_field(report, "owner", cell)
    elif word in conventions.retired:
        status = "retired"
    elif name_key(reference) in conventions.retired:
        status = "retired"
        add_field(report, "owner", report.role.owner)
        report.add_reading("retired", gettext("the id '%(id)s' is read as a retired role", id=reference))
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
    elif names_nobody(cell) or (names_none(cell) and not names_a_group(cell)):
        report.note("owner", "owner", cell, Why("not a name"))
        report.add_finding(
            PLACEHOLDER_HOLDER,
            gettext(
                "%(field)s is '%(cell)s', which is not a name",
                field="owner",
                cell=shortened(cell, MAX_SHOWN),
            ),
            gettext("%(file)s is vacant", file=report.file),
            gettext("%(field)s is not a name", field="owner"),
            cell,
            done_for_all=gettext("These roles are vacant"),
        )
    elif name_key(cell) in ME and not conventions.me:
        hint = gettext("Write the name, or add --me with yours")
        report.keep("owner", UNCLEAR_HOLDER, field_is("owner", cell), cell, Why("not a name"), hint=hint)
    elif names_a_group(cell):
        hint = gettext("A role has one owner: write the name")
        report.keep("owner", UNCLEAR_HOLDER, field_is("owner", cell), cell, Why("not a name"), hint=hint)
    elif report.role.forms.title_named(cell):
        report_title(report, "owner", cell, cell)
    elif not report.role.owner:
        hint = gettext("A role has one owner: write one name")
        message = gettext(
            "%(field)s is '%(cell)s', which may be several people",
            field="owner",
            cell=shortened(cell, MAX_SHOWN),
        )
        report.keep("owner", UNCLEAR_HOLDER, message, cell, Why("several people"), hint=hint)
    elif add_field(report, "owner", report.role.owner):
        _odd_name(report, cell)


def _odd_name(report: RoleReport, cell: str) -> None:
    """Report an owner's name that has more to it, or that was written in another way."""
    name, words = remark(report.role.owner)
    now = report.role.owner
    if words:
        report.add_finding(
            UNCLEAR_HOLDER,
            gettext(
                "%(field)s is '%(cell)s': '%(words)s' is now part of the name",
                field="owner",
                cell=cell,
                words=f"({words})",
            ),
            gettext("If it should not be, write '%(name)s'", name=name),
            gettext("words in brackets are now part of the owner's name"),
            cell,
            done_for_all=gettext("Where they should not be, write the name alone"),
        )
    elif (named := with_function(cell)) != cell:
        name, words = remark(named)
        report.add_finding(
            UNCLEAR_HOLDER,
            gettext(
                "%(field)s is '%(cell)s', and '%(words)s' is no part of a name",
                field="owner",
                cell=cell,
                words=words,
            ),
            _with_now(report, gettext("Write '%(name)s'", name=name), now),
            gettext("%(field)s is a name with more behind it", field="owner"),
            cell,
            done_for_all=gettext("Write the names alone"),
        )
    elif report.role.seems_two or _joins_two(report, without_pronouns(cell)):
        report.add_finding(
            UNCLEAR_HOLDER,
            gettext("%(field)s is '%(cell)s', which may be two people", field="owner", cell=cell),
            _with_now(report, gettext("Write one name"), now),
            gettext("%(field)s may be two people", field="owner"),
            cell,
            done_for_all=gettext("Write one name each"),
        )
    elif (
        may_be_more(report.role.owner)
        or report.role.forms.has_another(report.role.owner)
        or begins_with_function(report.role.owner)
    ):
        report.add_finding(
            UNCLEAR_HOLDER,
            gettext("%(field)s is '%(cell)s', which may be more than a name", field="owner", cell=cell),
            _with_now(report, gettext("If it is, write the name alone"), now),
            gettext("%(field)s may be more than a name", field="owner"),
            cell,
            done_for_all=gettext("Where it is, write the name alone"),
        )
    elif full := report.role.forms.in_full(report.role.owner):
        report.add_finding(
            UNCLEAR_HOLDER,
            gettext("%(field)s is '%(cell)s', which may be %(name)s", field="owner", cell=cell, name=full),
            _with_now(report, gettext("If it is, write the whole name"), now),
            gettext("%(field)s may be a short form of another name", field="owner"),
            cell,
            done_for_all=gettext("Where it is, write the whole name"),
        )
    elif report.role.forms.may_be_none(report.role.owner):
        report.add_finding(
            UNCLEAR_HOLDER,
            gettext(
                "%(field)s is '%(cell)s', and other names have a first and a last one",
                field="owner",
                cell=cell,
            ),
            _with_now(report, gettext("If it is nobody's name, empty the cell"), now),
            gettext("%(field)s is no first and last name, as others are", field="owner"),
            cell,
            done_for_all=gettext("Where it is nobody's name, empty the cell"),
        )
    elif numbers := numbers_beside(report.role.owner):
        report.add_finding(
            UNCLEAR_HOLDER,
            gettext(
                "%(field)s is '%(cell)s', and another row has a different number beside this name",
                field="owner",
                cell=cell,
            ),
            gettext(
                "If they are one person, write the name alone; '%(number)s' is now part of it",
                number=numbers[0],
            ),
            gettext("different numbers stand beside one owner's name"),
            cell,
            done_for_all=gettext(
                "If they are one person, write the name alone; they are now different people"
            ),
        )
    elif known := report.role.forms.in_other_order(report.role.owner):
        report_other_order(report, "owner", report.role.owner, known)
    elif known := report.role.forms.otherwise_spelt(report.role.owner):
        report_other_spelling(report, "owner", report.role.owner, known)
    elif report.role.owner != cell:
        # What is beside the name, whatever that says; or else the form of the whole.
        beside = cell.replace(report.role.owner, "") or cell
        kind = "owner: " + re.sub(r"[^\W\d][\w ]*", "x", re.sub(r"\d+", "0", beside))
        report.add_reading(kind, read_as_name("owner", cell, now))
    elif turned(cell) != cell:
        report.add_finding(
            UNCLEAR_HOLDER,
            gettext(
                "%(field)s is '%(cell)s', which may be a last and a first name, or two people",
                field="owner",
                cell=cell,
            ),
            _with_now(report, gettext("Write '%(name)s', or one name", name=turned(cell)), now),
            gettext("%(field)s may be a last and a first name, or two people", field="owner"),
            cell,
            done_for_all=gettext("Write first names first, and one name"),
        )


def _with_now(report: RoleReport, hint: str, now: str) -> str:
    """A `hint` with what a new file has; what an update writes into a file has a line of its own."""
    if report.is_there:
        return hint
    is_now = gettext("It is now '%(now)s'", now=now)
    return f"{hint}. {is_now}"


def _joins_two(report: RoleReport, name: str) -> bool:
    return may_be_two(name) or report.role.forms.joins_two(name)


def text_of(report: RoleReport) -> str:
    """The role file; a body that makes it too large to be read is left out and reported."""
    body = report.role.columns.of(report.role.row, BODY)
    if says_nothing(report, [body]):
        report_empty(report, BODY, body)
        body = ""
    own = own_names(report.role.columns.record)
    text = role_file(report.fields, body, is_markdown=report.role.columns.as_exported, own=own)
    if len(text.encode()) <= MAX_BYTES:
        return text
    message = gettext(
        "%(field)s makes a page larger than %(most)s kB", field="body", most=str(MAX_BYTES // 1000)
    )
    report.keep("body", OUT_OF_RANGE, message, one_line(body), Why("too long for a page"))
    return role_file(report.fields, own=own)
