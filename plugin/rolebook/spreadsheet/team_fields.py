"""Reads the fields of a team from all of its rows: who leads it, who belongs to it, what it is for."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rolebook.language import gettext, ngettext
from rolebook.organisation import name_key, names_nobody
from rolebook.schema.declarations import OTHER_KIND
from rolebook.schema.kinds import MAX_ITEMS, OUT_OF_RANGE, WRONG_VALUE
from rolebook.schema.records import TEAM_KIND
from rolebook.spreadsheet.cell_values import add_field, add_text
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.holders import (
    ME,
    PLACEHOLDER_HOLDER,
    UNCLEAR_HOLDER,
    may_be_more,
    may_be_two,
    names_a_group,
    remark,
    turned,
    without_pronouns,
)
from rolebook.spreadsheet.imported_role import ImportedRole
from rolebook.spreadsheet.members import (
    Belonging,
    begins_with_function,
    leads,
    listed,
    members_cell,
    members_lines,
    names_none,
    parse_member,
    parse_names,
    read_member,
    united,
    with_function,
)
from rolebook.spreadsheet.other_fields import read_other_fields, report_links
from rolebook.spreadsheet.own_columns import read_own
from rolebook.spreadsheet.role_file import Between
from rolebook.spreadsheet.role_hours import hours_of_member, problem_of_hours, report_hours
from rolebook.spreadsheet.role_report import (
    MAX_SHOWN,
    UNREAD_CELL,
    RoleReport,
    Why,
    field_is,
    read_as_name,
)
from rolebook.spreadsheet.table import one_line, shortened

_BESIDE_A_NAME = re.compile(r"\s[-–—]\s|:|\(.*\)$")
_OF_HOLDERS = frozenset({"filled", "open", "vacant", "active"})
"""A status that says whether somebody holds a role."""


def read_team(report: RoleReport, conventions: Conventions) -> None:
    """Read who leads a team and who belongs to it from its rows, and the fields that roles have as well."""
    report.fields.append(("kind", TEAM_KIND))
    add_text(report, "purpose", report.role.cell("purpose"))
    for name in ("deliverable", "tags"):
        add_text(report, name, report.role.columns.of(report.role.row, name).strip(" \t"))
    belonging = tuple(each for row in report.role.rows for each in _belonging(report, row, conventions))
    leading, members = listed(belonging) if report.role.columns.as_exported else united(belonging)
    report.belonging += dict.fromkeys([*leading, *(each.person for each in members)])
    if leading:
        report.fields.append(("lead", leading[0] if len(leading) == 1 else leading))
    if members:
        report.fields.append(("members", members_lines(members[:MAX_ITEMS])))
    if more := members[MAX_ITEMS:]:
        message = ngettext("the team has %(number)s member", "the team has %(number)s members", len(members))
        why = Why("more than %(most)s", most=str(MAX_ITEMS))
        report.keep("members", OUT_OF_RANGE, message, members_cell(more), why)
    for name in ("engagement", "skills", "location", "seats"):
        if cell := report.role.cell(name):
            message = gettext("a team has no '%(field)s'", field=name)
            report.keep(name, OTHER_KIND, message, cell, Why("a team has none"))
    _report_other_rows(report)
    _status(report, conventions)
    read_own(report)
    read_other_fields(report)
    report_links(report)


def _report_other_rows(report: RoleReport) -> None:
    """Report what later rows of a team say of it: the first that says something counts, not a member's."""
    for row in report.role.rows[1:]:
        of_row = replace(report, role=row)
        for name in ("title", "parent", "purpose", "deliverable", "tags", "status"):
            of_team = report.role.rows[0] if name == "status" else report.role
            cell = row.cell(name)
            if cell and name_key(cell) != name_key(of_team.cell(name)):
                message = gettext(
                    "%(field)s is '%(cell)s', and another row of the team says it",
                    field=name,
                    cell=shortened(cell, MAX_SHOWN),
                )
                why = Why("read from another row")
                of_row.leave_out(name, UNREAD_CELL, message, cell, why, name=name, hint="")


def _status(report: RoleReport, conventions: Conventions) -> None:
    """Read a team's status: planned or retired. A team is neither open nor filled."""
    # In another row, a status is a member's.
    cell, word = report.role.rows[0].cell("status"), name_key(report.role.cell("owner"))
    if {word, name_key(report.role.reference)} & conventions.retired - {""} and not cell:
        report.fields.append(("status", "retired"))
    elif name_key(cell) in _OF_HOLDERS:
        message = gettext(
            "%(field)s '%(cell)s' is left out, since nobody holds a team", field="status", cell=cell
        )
        report.add_reading("status of a team", message)
    else:
        add_field(report, "status", cell)


def _belonging(report: RoleReport, row: ImportedRole, conventions: Conventions) -> Iterator[Belonging]:
    """Read who belongs to a team from one of its rows; `report` gets what there is to report of the row."""
    of_row = replace(report, role=row)
    named = tuple(_named_in_row(of_row, conventions))
    hours, as_ = hours_of_member(of_row, conventions, somebody=bool(named)), row.cell("as")
    # Where a column says who leads, what else somebody is called decides nothing; an export has one.
    says_who_leads = bool(row.columns.places.get("lead")) or row.columns.as_exported
    if as_ and not named:
        message = gettext(
            "%(field)s is '%(cell)s', and the row has no owner who is called so",
            field="as",
            cell=shortened(as_, MAX_SHOWN),
        )
        hint = gettext("Write it behind the member's name, as in 'Ada Stone (chair)'")
        of_row.keep("as", WRONG_VALUE, message, as_, Why("nobody's"), hint=hint)
    yield from (Belonging(name, as_, hours, not says_who_leads and leads(as_)) for name in named)
    for name in parse_names(row.columns.of(row.row, "lead")):
        if person := _person(of_row, "lead", name, name, conventions):
            _report_more_than_a_name(of_row, "lead", person)
            yield Belonging(person, leads=True)
    for each in _members(of_row, conventions):
        yield replace(each, leads=not says_who_leads and leads(each.as_))


def _person(report: RoleReport, field: str, name: str, cell: str, conventions: Conventions) -> str:
    """Who is meant by `name`, which is all or a part of a `cell`; empty for nobody, which is reported."""
    role = report.role
    if role.columns.as_exported and role.forms.has(name):
        return "" if reports_nobody(report, field, name, cell) else name
    if name_key(name) in conventions.vacant | conventions.unnamed | conventions.retired:
        message = gettext("%(field)s '%(name)s' is no member of the team", field=field, name=name)
        report.add_reading(f"{field}: nobody in a team", message)
        return ""
    if name_key(name) in ME:
        if not conventions.me:
            hint = gettext("Write the name, or add --me with yours")
            report.keep(field, UNCLEAR_HOLDER, field_is(field, name), cell, Why("not a name"), hint=hint)
        return conventions.me
    if names_a_group(name):
        message = gettext("%(field)s has '%(cell)s'", field=field, cell=shortened(cell, MAX_SHOWN))
        hint = gettext("Write the names of who belongs to it")
        report.keep(field, UNCLEAR_HOLDER, message, cell, Why("not a name"), hint=hint)
        return ""
    if role.forms.title_named(name):
        report_title(report, field, name, cell)
        return ""
    return "" if reports_nobody(report, field, name, cell) else _first_last(report, field, name)


def _first_last(report: RoleReport, field: str, name: str) -> str:
    """`name` as `First Last` with nothing beside it; reported where the table has it in another form."""
    found = report.role.forms.name_in(name)
    if found != name:
        report.add_reading(f"{field}: another form", read_as_name(field, name, found))
    if first := report.role.forms.in_other_order(found):
        report_other_order(report, field, found, first)
    elif first := report.role.forms.otherwise_spelt(found):
        report_other_spelling(report, field, found, first)
    elif (named := with_function(found)) != found and field != "owner":
        alone, words = remark(named)
        message = gettext(
            "%(field)s has '%(cell)s', and '%(words)s' is no part of a name",
            field=field,
            cell=shortened(name, MAX_SHOWN),
            words=words,
        )
        done = gettext("Write '%(name)s'", name=alone)
        cause = gettext("%(field)s has a name with more behind it", field=field)
        report.add_finding(UNCLEAR_HOLDER, message, done, cause, name)
    elif turned(found) != found and field != "owner":
        message = gettext(
            "%(field)s has '%(cell)s', which may be a last and a first name, or two",
            field=field,
            cell=shortened(name, MAX_SHOWN),
        )
        done = gettext("Write '%(name)s', or a semicolon between two people", name=turned(found))
        cause = gettext("%(field)s may be a last and a first name", field=field)
        report.add_finding(UNCLEAR_HOLDER, message, done, cause, name)
    return found


def report_title(report: RoleReport, field: str, name: str, cell: str) -> None:
    """Report the title of a row in place of the name of who holds it; `name` is all or a part of a `cell`."""
    named = report.role.forms.title_named(name)
    hint = gettext("Write the name of who is meant")
    if named and named.holder:
        hint = gettext("Did you mean '%(entry)s'?", entry=shortened(named.holder))
    row = named.number if named else 0
    message = gettext(
        "%(field)s has '%(cell)s', which is the title of row %(row)s",
        field=field,
        cell=shortened(name, MAX_SHOWN),
        row=str(row),
    )
    report.keep(field, UNCLEAR_HOLDER, message, cell, Why("the title of a role"), hint=hint)


def report_other_order(report: RoleReport, field: str, name: str, first: str) -> None:
    """Report a name that has the words of the `first` one in another order: one person would be two."""
    report.add_finding(
        UNCLEAR_HOLDER,
        gettext(
            "%(field)s is '%(cell)s', and '%(other)s' has the same words",
            field=field,
            cell=shortened(name, MAX_SHOWN),
            other=shortened(first, MAX_SHOWN),
        ),
        gettext("If they are one person, write the name in one order"),
        gettext("another name has the same words in another order"),
        name,
        done_for_all=gettext("If they are one person each, write the names in one order"),
    )


def report_other_spelling(report: RoleReport, field: str, name: str, first: str) -> None:
    """Report a name that is the `first` one but for accents, hyphens or blanks: one person would be two."""
    report.add_finding(
        UNCLEAR_HOLDER,
        gettext(
            "%(field)s is '%(cell)s', and another row has '%(other)s'",
            field=field,
            cell=shortened(name, MAX_SHOWN),
            other=shortened(first, MAX_SHOWN),
        ),
        gettext("If they are one person, write the name in one way"),
        gettext("another name has the same letters"),
        name,
        done_for_all=gettext("If they are one person each, write the names in one way"),
    )


def _named_in_row(report: RoleReport, conventions: Conventions) -> Iterator[str]:
    """Read whom the owner's cell of a team's row names."""
    role = report.role
    written = role.columns.of(role.row, "owner").strip()
    if role.owner:
        _report_more_than_one_name(report, role.owner)
        yield role.owner
        return
    for name in parse_names(written):
        if person := _person(report, "owner", name, name, conventions):
            _report_more_than_one_name(report, person)
            yield person


def _report_more_than_one_name(report: RoleReport, name: str) -> None:
    role = report.role
    joins_two = may_be_two(name) or role.forms.joins_two(name)
    if joins_two or may_be_more(name) or (not role.forms.last_first and turned(name) != name):
        message = gettext(
            "%(field)s has '%(cell)s', which may be more than one name",
            field="owner",
            cell=shortened(name, MAX_SHOWN),
        )
        done = gettext("If it is, write a row for each member")
        cause = gettext("%(field)s may be more than one name", field="owner")
        report.add_finding(UNCLEAR_HOLDER, message, done, cause, name)


def _members(report: RoleReport, conventions: Conventions) -> Iterator[Belonging]:
    """Read whom the cell of members names; hours that no week has are reported."""
    cell = report.role.columns.of(report.role.row, "members")
    if names_none(cell):
        report_no_member(report, one_line(cell))
        return
    as_exported = report.role.columns.as_exported
    for written in parse_names(cell):
        text = written if as_exported else with_function(written)
        if text != written:
            report.add_reading("members: what they are", read_as_name("members", written, text))
        parse = parse_member if as_exported else read_member
        read = parse(text if as_exported else without_pronouns(text), conventions.full_week)
        name = _person(report, "members", read.member.person, text, conventions)
        if not name:
            continue
        each, person = replace(read.member, person=name), shortened(name)
        _report_more_than_a_name(report, "members", name)
        if read.numbers:
            message = gettext(
                "'%(numbers)s' beside %(name)s may mean anything", numbers=read.numbers, name=person
            )
            hours = "3" if any(map(str.isalpha, read.numbers)) else read.numbers
            hint = gettext("If these are hours a week, write '%(words)s'", words=f"{each.person} ({hours} h)")
            why = Why("a number without a word")
            report.leave_out("members", WRONG_VALUE, message, text, why, name="members", hint=hint)
        most = each.hours.high if isinstance(each.hours, Between) else each.hours
        if most is not None and (problem := problem_of_hours(most)):
            message = gettext("the hours of %(name)s are '%(hours)s'", name=person, hours=read.hours)
            why = Why("not usable")
            report.keep("weekly_hours", problem.rule, message, text, why, hint=problem.hint)
            each = replace(each, hours=None)
        elif each.hours is not None and read.how:
            beside = gettext("'%(words)s' beside %(name)s", words=read.hours, name=person)
            report_hours(report, beside, each.hours, read.how)
        yield each


def _report_more_than_a_name(report: RoleReport, field: str, name: str) -> None:
    forms = report.role.forms
    is_known = report.role.columns.as_exported and forms.has(name)
    if is_known or with_function(name) != name:
        return
    if not (_is_more_than_a_name(name) or forms.joins_two(name) or forms.has_another(name)):
        _report_short_name(report, field, name)
        return
    message = gettext(
        "%(field)s has '%(cell)s', which may be more than a name",
        field=field,
        cell=shortened(name, MAX_SHOWN),
    )
    if field == "members":
        done = gettext("If it is, write 'Name (what they are, 2 h)', with a semicolon between two people")
    else:
        done = gettext("If it is, write the name, with a semicolon between two people")
    cause = gettext("%(field)s may be more than a name", field=field)
    report.add_finding(UNCLEAR_HOLDER, message, done, cause, name)


def _report_short_name(report: RoleReport, field: str, name: str) -> None:
    """Report a name that may be a short form of another, or nobody's."""
    forms = report.role.forms
    if full := forms.in_full(name):
        message = gettext(
            "%(field)s has '%(cell)s', which may be %(name)s",
            field=field,
            cell=shortened(name, MAX_SHOWN),
            name=full,
        )
        done = gettext("If it is, write the whole name")
        cause = gettext("%(field)s may have a short form of another name", field=field)
        report.add_finding(UNCLEAR_HOLDER, message, done, cause, name)
    elif forms.may_be_none(name) and not (forms.in_other_order(name) or forms.otherwise_spelt(name)):
        message = gettext(
            "%(field)s has '%(cell)s', and other names have a first and a last one",
            field=field,
            cell=shortened(name, MAX_SHOWN),
        )
        done = gettext("If it is nobody's name, take it out")
        cause = gettext("%(field)s has no first and last name, as others", field=field)
        report.add_finding(UNCLEAR_HOLDER, message, done, cause, name)


def _is_more_than_a_name(name: str) -> bool:
    """Whether there is a number in it, a dash, brackets, a second name, or a comma, but for `Last, First`."""
    if may_be_two(name) or may_be_more(name) or begins_with_function(name) or _BESIDE_A_NAME.search(name):
        return True
    # One comma may be that of `Last, First`: see `_first_last`.
    return any(map(str.isdigit, name)) or (turned(name) == name and "," in name)


def report_no_member(report: RoleReport, cell: str) -> None:
    """Report a cell of members in which there is a word for nobody."""
    hint = gettext("Write the names of the members, or leave it empty")
    message = gettext(
        "%(field)s is '%(cell)s', which names nobody", field="members", cell=shortened(cell, MAX_SHOWN)
    )
    report.keep("members", WRONG_VALUE, message, cell, Why("no names"), hint=hint)


def reports_nobody(report: RoleReport, field: str, name: str, cell: str) -> bool:
    """Whether `name` is a word for nobody, which is reported, and `cell` kept as a comment."""
    if not names_nobody(name) and not names_none(name):
        return False
    report.note(field, field, cell, Why("not a name"))
    report.add_finding(
        PLACEHOLDER_HOLDER,
        gettext(
            "%(field)s has '%(cell)s', which is not a name", field=field, cell=shortened(cell, MAX_SHOWN)
        ),
        report.left_out,
        gettext("%(field)s has something that is not a name", field=field),
        cell,
        done_for_all=report.all_left_out,
    )
    return True
