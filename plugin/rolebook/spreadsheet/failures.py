"""Reports the cells of a row in which a formula failed, or has no result."""

from collections.abc import Mapping
from dataclasses import replace

from rolebook.language import N_, gettext
from rolebook.problems import Rule, Severity
from rolebook.spreadsheet.error_cells import NO_RESULT
from rolebook.spreadsheet.role_report import RoleReport, Why
from rolebook.wording import listed

ERROR_CELL = Rule(
    "error-cell", Severity.WARNING, "Where a formula failed, the spreadsheet shows an error and no value."
)
_CORRECT = N_("Correct the formula, or write the value")
_SAVE = N_("Open the file in a spreadsheet and save it there, or write the value")
_A_FORMULA = "a formula"
"""In a comment, in place of a result."""
_OF_MEMBERS = frozenset({"owner", "as", "weekly_hours", "fte", "lead", "members"})
_ALSO: Mapping[str, tuple[str, ...]] = {"fte": ("weekly_hours", "seats"), "owner": ("status",)}
"""Fields that a column of another field says something of."""


def report_failed(report: RoleReport) -> None:
    """Report all such cells of the role's row, or its team's rows, and keep each as a comment."""
    for role in report.role.rows or (report.role,):
        _report_row(replace(report, role=role), in_team=bool(report.role.rows))


def _report_row(report: RoleReport, *, in_team: bool) -> None:
    failed = list(report.role.columns.failed(report.role.row))
    for field, _, shown in failed:
        unsaved = shown == NO_RESULT
        why = Why("its result is not in the file") if unsaved else Why("a formula failed")
        report.note("" if field == "id" else field, field, _A_FORMULA if unsaved else shown, why)
        if not report.role.cell(field):
            report.unclear.update((field, *_ALSO.get(field, ())))
        if in_team and field in _OF_MEMBERS:
            report.unclear.update(("lead", "members"))
    for unsaved in (False, True):
        if some := [each for each in failed if (each[2] == NO_RESULT) is unsaved]:
            _report_cells(report, some, unsaved=unsaved)


def _report_cells(report: RoleReport, failed: list[tuple[str, str, str]], *, unsaved: bool) -> None:
    hint = gettext(_SAVE if unsaved else _CORRECT)
    if unsaved:
        found = listed(dict.fromkeys(f"'{column}'" for _, column, _ in failed))
        message = gettext("there is a formula without its result in %(columns)s", columns=found)
    else:
        each = (
            gettext("'%(column)s' is '%(cell)s'", column=column, cell=shown) for _, column, shown in failed
        )
        found = listed(dict.fromkeys(each))
        message = (
            gettext("%(cells)s: a formula failed", cells=found)
            if len(failed) == 1
            else gettext("%(cells)s: formulas failed", cells=found)
        )
    report.add_finding(
        ERROR_CELL,
        message,
        f"{hint}. {report.left_out}",
        gettext("formulas have no result") if unsaved else gettext("formulas failed"),
        found.replace("'", ""),
        done_for_all=f"{hint}. {report.all_left_out}",
    )
