"""Reads hours a week: those of a role with its seats, and those of the members of a team."""

import re
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from rolebook.language import gettext
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.kinds import WRONG_VALUE, Number
from rolebook.spreadsheet.cell_values import KINDS, problems_with, value_of_cell
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.hours import ReadHours, read_hours, with_unit
from rolebook.spreadsheet.role_file import Between, number
from rolebook.spreadsheet.role_report import MAX_SHOWN, RoleReport, Why, field_is
from rolebook.spreadsheet.table import shortened
from rolebook.wording import either

MANY_HOURS = Rule(
    "many-hours",
    Severity.ADVICE,
    "Hours a month, or those of all seats in one figure, make every total wrong.",
)

_FTE = Number("the share of a full week in digits, such as 1 or 0.5", 0, 100_000)
_MAX_WEEKS = 2
"""Full weeks of work that one person can have, at most."""
_MOST_LIKELY = 60
"""Hours a week that one seat can have."""
_DAY = re.compile(r"\d{4}-(\d{2})-(\d{2})")


def report_hours(report: RoleReport, what: str, hours: Decimal | Between, how: str) -> None:
    """Report how hours were read that are written in another way."""
    span = (hours.low, hours.high) if isinstance(hours, Between) else (hours,)
    low, high = number(span[0]), number(span[-1])
    if len(span) > 1:
        message = gettext(
            "%(cell)s is read as %(low)s to %(high)s h a week; %(how)s",
            cell=what,
            low=low,
            high=high,
            how=how,
        )
    else:
        message = gettext("%(cell)s is read as %(hours)s h a week; %(how)s", cell=what, hours=low, how=how)
    report.add_reading(how, message)


def hours_of_member(
    report: RoleReport, conventions: Conventions, *, somebody: bool
) -> Decimal | Between | None:
    """Read the hours of whoever a team's row names. If it names nobody (not `somebody`), report them."""
    name, cell = _column_of_hours(report, conventions.full_week)
    if not cell or _is_shared(report, "weekly_hours", name, cell):
        return None
    if not somebody:
        message = gettext(
            "%(field)s is '%(cell)s', and the row names nobody whose hours they are",
            field=name,
            cell=shortened(cell, MAX_SHOWN),
        )
        hint = gettext("Write whose they are in the column of owners")
        why = Why("nobody's hours")
        report.keep("weekly_hours", WRONG_VALUE, message, cell, why, name=name, hint=hint)
        return None
    found = read_hours(cell, conventions.full_week, "fte" if name == "fte" else "hour")
    if not found or problem_of_hours(found.high):
        _unusable_hours(report, name, cell)
        return None
    hours = found.low if found.low == found.high else Between(found.low, found.high)
    if found.how:
        report_hours(report, f"{name} '{cell}'", hours, found.how)
    return hours


def _is_shared(report: RoleReport, field: str, name: str, cell: str) -> bool:
    """Whether a cell for a field is one with the cell above, which is reported: it counts once."""
    if not cell or not report.role.columns.is_merged(report.role.row, name):
        return False
    message = gettext(
        "%(field)s '%(cell)s' is in one cell with the row above",
        field=name,
        cell=shortened(cell, MAX_SHOWN),
    )
    hint = gettext("Write what each row has: it was read for the first one")
    why = Why("in one cell with the row above")
    report.keep(field, WRONG_VALUE, message, cell, why, name=name, hint=hint)
    return True


def problem_of_hours(most: Decimal) -> Problem | None:
    """What is wrong with so many hours a week; None where nothing is."""
    return next(iter(problems_with("weekly_hours", KINDS["weekly_hours"], f"{most:f}").problems), None)


def add_hours(report: RoleReport, full_week: Decimal) -> None:
    """Read hours and seats. A share of a full week (`fte`) covers all the row's seats; a holder has one."""
    name, cell = _column_of_hours(report, full_week)
    cell = "" if _is_shared(report, "weekly_hours", name, cell) else cell
    of_seats = report.role.cell("seats")
    of_seats = "" if _is_shared(report, "seats", "seats", of_seats) else of_seats
    seats = value_of_cell(report, "seats", of_seats)
    found = read_hours(cell, full_week, "fte" if name == "fte" else "hour") if cell else None
    if found and name == "fte" and report.role.owner and found.high > _MAX_WEEKS * full_week:
        _report_too_many(report, cell)
    elif found:
        low, high = found.low, found.high
        share = found if name == "fte" else _share_of(report, full_week)
        if share and not (isinstance(seats, Decimal) or report.role.owner) and share.low == share.high:
            seats = max(Decimal(1), (share.low / full_week).to_integral_value(ROUND_CEILING))
        if share and isinstance(seats, Decimal):
            low, high = ((end / seats).quantize(Decimal("0.01"), ROUND_HALF_UP) for end in (low, high))
            _report_rounding(report, f"{name} '{cell}'", high, seats, found.high)
        is_added = _add_hours(report, name, cell, low, high)
        if is_added and high > _MOST_LIKELY and not found.how and not report.role.columns.as_exported:
            _report_many(report, name, cell)
        if is_added and found.how:
            report_hours(report, f"{name} '{cell}'", low if low == high else Between(low, high), found.how)
    elif cell:
        _unusable_hours(report, name, cell)
    if isinstance(seats, Decimal) and (seats != 1 or of_seats):
        report.fields.append(("seats", seats))


def _share_of(report: RoleReport, full_week: Decimal) -> ReadHours | None:
    """The share of a full week that the hours agree with, if they are those of all the row's seats."""
    hours = read_hours(report.role.cell("weekly_hours"), full_week, "hour")
    share = read_hours(report.role.cell("fte"), full_week, "fte")
    return share if hours and share and _agree(hours, 1, share, full_week) else None


def _report_too_many(report: RoleReport, cell: str) -> None:
    message = gettext(
        "%(field)s is '%(cell)s' for %(name)s alone",
        field="fte",
        cell=cell,
        name=shortened(report.role.owner),
    )
    hint = gettext(
        "Write the share of one holder, such as %(examples)s, or the hours as %(field)s",
        examples=either(("0.8", "80 %")),
        field="weekly_hours",
    )
    why = Why("too many for one holder")
    report.keep("weekly_hours", WRONG_VALUE, message, cell, why, name="fte", hint=hint)


def _report_rounding(report: RoleReport, what: str, each: Decimal, seats: Decimal, total: Decimal) -> None:
    """Report hours for each of some seats that are not the same in total."""
    if each * seats != total:
        message = gettext(
            "%(cell)s is read as %(hours)s h for each of %(seats)s seats: "
            "%(together)s h in place of %(total)s h",
            cell=what,
            hours=number(each),
            seats=number(seats),
            together=number(each * seats),
            total=number(total),
        )
        report.add_reading("rounded", message)


def _column_of_hours(report: RoleReport, full_week: Decimal) -> tuple[str, str]:
    """The field that says how many hours a role takes, with its cell; reports what the other one says."""
    cell, share = report.role.cell("weekly_hours"), report.role.cell("fte")
    if cell:
        cell = with_unit(cell, report.role.columns.name("weekly_hours"))
    if not (cell and share):
        return ("fte", share) if share else ("weekly_hours", cell)
    hours, part = read_hours(cell, full_week, "hour"), read_hours(share, full_week, "fte")
    if part and not hours:
        why = Why("the hours are those of %(field)s '%(cell)s'", field="fte", cell=share)
        message = gettext(
            "%(field)s is '%(cell)s', so the hours are those of %(other)s '%(share)s'",
            field="weekly_hours",
            cell=shortened(cell, MAX_SHOWN),
            other="fte",
            share=share,
        )
        report.leave_out("weekly_hours", WRONG_VALUE, message, cell, why, name="weekly_hours", hint="")
        return "fte", share
    seats = report.role.cell("seats")
    times = int(seats) if seats.isdecimal() and len(seats) < 9 else 1
    if hours and not (part and any(_agree(hours, each, part, full_week) for each in (times, 1))):
        message = gettext(
            "%(field)s is '%(cell)s', and %(other)s '%(share)s'",
            field="weekly_hours",
            cell=shortened(cell, MAX_SHOWN),
            other="fte",
            share=shortened(share, MAX_SHOWN),
        )
        hint = gettext("Check which is right: the hours were taken")
        why = Why("%(field)s says something else", field="weekly_hours")
        report.leave_out("weekly_hours", WRONG_VALUE, message, share, why, name="fte", hint=hint)
    return "weekly_hours", cell


def _agree(hours: ReadHours, times: int, part: ReadHours, full_week: Decimal) -> bool:
    """Whether so many hours can be such a share of a full week, which is not the same everywhere."""
    if hours.low <= part.low <= part.high <= hours.high:
        return True
    weeks = part.high / full_week
    return 30 <= hours.high * times / weeks <= 48 if weeks else not hours.high


def _add_hours(report: RoleReport, name: str, cell: str, low: Decimal, high: Decimal) -> bool:
    if problem := problem_of_hours(high):
        message = gettext(
            "%(field)s is '%(cell)s', which is %(hours)s hours a week for each seat",
            field=name,
            cell=cell,
            hours=number(high),
        )
        why = Why("not usable")
        report.keep("weekly_hours", problem.rule, message, cell, why, name=name, hint=problem.hint)
        return False
    report.fields.append(("weekly_hours", low if low == high else Between(low, high)))
    return True


def _report_many(report: RoleReport, name: str, cell: str) -> None:
    """Report hours that are probably those of a month, or of several seats."""
    report.add_finding(
        MANY_HOURS,
        gettext(
            "%(field)s is '%(cell)s', which is more than anybody works in a week",
            field=name,
            cell=shortened(cell, MAX_SHOWN),
        ),
        gettext("It was written: if it is of a month or of all seats, write the hours of one seat a week"),
        gettext("%(field)s is more than anybody works in a week", field=name),
        cell,
        done_for_all=gettext(
            "They were written: if they are of a month or of all seats, write the hours of one seat a week"
        ),
    )


def _unusable_hours(report: RoleReport, name: str, cell: str) -> None:
    kind = _FTE if name == "fte" else KINDS["weekly_hours"]
    problem = next(iter(problems_with(name, kind, cell).problems), None)
    rule, hint = (
        (problem.rule, problem.hint)
        if problem
        else (WRONG_VALUE, gettext("Write %(values)s", values=kind.expects))
    )
    shown = shortened(cell, MAX_SHOWN)
    message = field_is(name, shown)
    if day := _DAY.fullmatch(cell):
        message = gettext(
            "%(field)s is '%(cell)s', which a spreadsheet has made a date of", field=name, cell=shown
        )
        low, high = sorted((int(day[1]), int(day[2])))
        hint = gettext("Write %(low)s to %(high)s, if that is meant", low=str(low), high=str(high))
    report.keep("weekly_hours", rule, message, cell, Why("not usable"), name=name, hint=hint)
