"""Columns of fields that the handbook's owner has declared: called like their names or their labels."""

import datetime as dt
from typing import Any

import yaml

from rolebook.schema.declarations import shown_name
from rolebook.schema.kinds import Choice, ListOf, Report
from rolebook.schema.own_fields import EXPORT, own_declarations
from rolebook.spreadsheet.cell_values import node_of, report_empty, says_nothing
from rolebook.spreadsheet.entries import MARK, entries_cell, entries_of
from rolebook.spreadsheet.role_file import Written
from rolebook.spreadsheet.role_report import MAX_SHOWN, RoleReport, Why, field_is
from rolebook.spreadsheet.table import one_line


def exported_names(record: type) -> tuple[str, ...]:
    """What files call those own fields of a record class that an export shows."""
    known = own_declarations(record).items()
    return tuple(shown_name(name) for name, each in known if EXPORT in each.shown_in)


def own_cell(record: Any, name: str) -> str:
    """Write the cell for an own field; empty where it holds nothing."""
    attributes = {shown_name(each): each for each in own_declarations(type(record))}
    value = getattr(record, attributes[name]) if name in attributes else None
    if not isinstance(value, tuple):
        return _text(value)
    return entries_cell(map(_text, value))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.15g}"
        case dt.date():
            return value.isoformat()
    return str(value)


def read_own(report: RoleReport) -> None:
    """Add what the row has in columns of own fields; what such a field does not take is reported."""
    columns = report.role.columns
    for name, declaration in own_declarations(columns.record).items():
        shown = shown_name(name)
        cell = columns.of(report.role.row, shown).strip(" \t")
        if not cell:
            continue
        found = Report("")
        is_list = isinstance(declaration.kind, ListOf)
        written = _entries(cell, columns.as_exported) if is_list else one_line(cell)
        value = declaration.kind.parse(node_of(written), shown, found)
        is_choice = isinstance(declaration.kind, Choice)
        # A choice may be such a word.
        if (found.problems or not is_choice) and says_nothing(
            report, [written] if isinstance(written, str) else written
        ):
            report_empty(report, shown, cell)
        elif found.problems:
            problem, whole = found.problems[0], one_line(cell)
            message = field_is(shown, whole) if len(whole) <= MAX_SHOWN else problem.message
            report.keep(shown, problem.rule, message, cell, Why("not usable"), hint=problem.hint)
        elif value not in (None, "", ()):
            report.fields.append((shown, Written(_yaml(shown, value))))


def _entries(cell: str, as_exported: bool) -> tuple[str, ...]:
    return tuple(item for each in entries_of(cell, MARK, as_exported) if (item := one_line(each)))


def _yaml(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return f"{name}: {_text(value)}\n"
    if isinstance(value, tuple):
        value = [_plain(each) for each in value]
    text = yaml.safe_dump({name: _plain(value)}, allow_unicode=True, width=10**6)
    return str(text)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
