"""Reads the value of a cell for one field of a role, and reports what the field does not take."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import yaml

from rolebook.language import gettext
from rolebook.schema.declarations import declarations
from rolebook.schema.kinds import MAX_TEXT, OUT_OF_RANGE, Kind, Report
from rolebook.schema.records import RoleFields
from rolebook.spreadsheet.empty_words import is_nothing
from rolebook.spreadsheet.entries import MARK, entries_of
from rolebook.spreadsheet.role_file import Value
from rolebook.spreadsheet.role_report import MAX_SHOWN, RoleReport, Why, field_is
from rolebook.spreadsheet.table import one_line, shortened, whole_number

KINDS: dict[str, Kind[Any]] = {name: each.kind for name, each in declarations(RoleFields).items()}
LISTS = {"skills": MARK, "tags": MARK, "deliverable": "\n"}
"""Fields with lists, and what stands between the items of a cell on one line."""
_CHOICES = ("status", "engagement")
_NUMBERS = ("seats",)
_STRING, _SEQUENCE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq"


def says_nothing(report: RoleReport, entries: Iterable[str]) -> bool:
    """Whether nothing but words and marks stand there that people write into a cell to leave it empty.

    An exported table of other roles says what their files have; where they are there, that is compared.
    """
    if _is_of_other_roles(report):
        return False
    written = [each for each in entries if each.strip()]
    return bool(written) and all(map(is_nothing, written))


def _is_of_other_roles(report: RoleReport) -> bool:
    return report.role.columns.as_exported and not report.is_there


def add_text(report: RoleReport, field: str, cell: str) -> None:
    """Add a field of text with what `cell` holds, without what says that there is nothing."""
    entries = entries_of(cell, LISTS[field], as_exported=False) if field in LISTS else [cell]
    if says_nothing(report, entries):
        report_empty(report, field, cell)
        return
    empty = [each for each in entries if each.strip() and is_nothing(each)]
    # An export puts an entry with a semicolon in quotation marks: such a cell stays as it is.
    if empty and '"' not in cell and not _is_of_other_roles(report):
        report_empty(report, field, empty[0].strip())
        cell = "\n".join(each for each in entries if each.strip() and not is_nothing(each))
    add_field(report, field, cell)


def report_empty(report: RoleReport, field: str, cell: str) -> None:
    """Say that a cell is read as empty, once for its column."""
    message = gettext("%(field)s '%(cell)s' is read as empty", field=field, cell=shortened(one_line(cell)))
    report.add_reading(f"empty-{field}", message)


def add_field(report: RoleReport, field: str, cell: str) -> bool:
    """Add the field with what `cell` holds; False when it holds nothing that can be used."""
    value = value_of_cell(report, field, cell)
    if value is not None:
        report.fields.append((field, value))
    return value is not None


def value_of_cell(report: RoleReport, field: str, cell: str) -> Value | None:
    """Read `cell` for `field`. None when it is empty or cannot be used; that is reported."""
    if not cell:
        return None
    if len(cell) > MAX_TEXT:
        message = gettext("%(field)s is longer than %(most)s characters", field=field, most=str(MAX_TEXT))
        report.keep(field, OUT_OF_RANGE, message, shortened(cell), Why("too long for a field"))
        return None
    written = _written(field, cell, report.role.columns.as_exported)
    if problem := next(iter(problems_with(field, KINDS[field], written).problems), None):
        whole = one_line(cell)
        message = field_is(field, whole) if len(whole) <= MAX_SHOWN else problem.message
        report.keep(field, problem.rule, message, cell, Why("not usable"), hint=problem.hint)
        return None
    if field in _NUMBERS:
        return Decimal(str(written))
    return written.lower() if isinstance(written, str) and field in _CHOICES else written or None


def _written(field: str, cell: str, as_exported: bool) -> str | tuple[str, ...]:
    if field in LISTS:
        items = tuple(
            item for each in entries_of(cell, LISTS[field], as_exported) if (item := one_line(each))
        )
        return items[0] if field == "deliverable" and len(items) == 1 else items
    return whole_number(cell) if field in _NUMBERS else cell


def problems_with(field: str, kind: Kind[Any], written: str | tuple[str, ...]) -> Report:
    """Have the field's own kind judge the value: no problems when it is accepted."""
    report = Report("")
    kind.parse(node_of(written), field, report)
    return report


def node_of(written: str | tuple[str, ...]) -> yaml.Node:
    """Make of a value what a file would have."""
    if isinstance(written, str):
        return yaml.ScalarNode(_STRING, written)
    return yaml.SequenceNode(_SEQUENCE, [yaml.ScalarNode(_STRING, each) for each in written])
