"""Reports the cells of a row in which a formula failed, or has no result."""

from collections.abc import Mapping
from dataclasses import replace

from rolebook.problems import Rule, Severity
from rolebook.spreadsheet.error_cells import NO_RESULT
from rolebook.spreadsheet.role_report import RoleReport
from rolebook.wording import listed

ERROR_CELL = Rule(
    "error-cell", Severity.WARNING, "Where a formula failed, the spreadsheet shows an error and no value."
)
_CORRECT = "Correct the formula, or write the value"
_SAVE = "Open the file in a spreadsheet and save it there, or write the value"
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
        why = "its result is not in the file" if unsaved else "a formula failed"
        report.note("" if field == "id" else field, field, "a formula" if unsaved else shown, why)
        if not report.role.cell(field):
            report.unclear.update((field, *_ALSO.get(field, ())))
        if in_team and field in _OF_MEMBERS:
            report.unclear.update(("lead", "members"))
    for unsaved in (False, True):
        if some := [each for each in failed if (each[2] == NO_RESULT) is unsaved]:
            _report_cells(report, some, unsaved=unsaved)


def _report_cells(report: RoleReport, failed: list[tuple[str, str, str]], *, unsaved: bool) -> None:
    hint = _SAVE if unsaved else _CORRECT
    if unsaved:
        found = listed(dict.fromkeys(f"'{column}'" for _, column, _ in failed))
        message = f"there is a formula without its result in {found}"
    else:
        found = listed(dict.fromkeys(f"'{column}' is '{shown}'" for _, column, shown in failed))
        message = f"{found}: {'a formula' if len(failed) == 1 else 'formulas'} failed"
    report.add_finding(
        ERROR_CELL,
        message,
        f"{hint}. {report.left_out}",
        "formulas have no result" if unsaved else "formulas failed",
        found.replace("'", ""),
        done_for_all=f"{hint}. {report.all_left_out}",
    )
