"""Writes a role's fields as the cells of a row, for an export, and for an update to compare."""

import dataclasses
import json
from decimal import Decimal
from typing import Any

import yaml

from rolebook.schema.declarations import declarations, shown_name
from rolebook.schema.records import ROLE_KIND, Hours, Member, RoleFields
from rolebook.spreadsheet.columns import ROLE_FIELDS, own_names
from rolebook.spreadsheet.entries import entries_cell
from rolebook.spreadsheet.members import Belonging, members_cell, parse_members, parse_names
from rolebook.spreadsheet.own_columns import own_cell
from rolebook.spreadsheet.role_file import Between

OTHERS = tuple(name for name in declarations(RoleFields) if name not in ROLE_FIELDS)
"""Fields that have no column of their own."""


def cell_of(fields: RoleFields, column: str) -> str:
    """Write the cell for the field `column` (see `columns.ROLE_FIELDS`); empty where the role has nothing."""
    if column in own_names(type(fields)):
        return own_cell(fields, column)
    value: Any = getattr(fields, column)
    match column:
        case "kind":
            return "" if value == ROLE_KIND else str(value)
        case "lead" | "also_reports_to":
            return "; ".join(value)
        case "members":
            return members_cell(belonging(fields))
        case "weekly_hours":
            return "" if value is None else _hours(value)
        case "seats":
            return str(value) if value != 1 else ""
        case "deliverable":
            return "\n".join(each.outcome for each in value)
        case "skills":
            return entries_cell(value.must)
        case "tags":
            return entries_cell(value)
        case "location":
            return str(value.place)
    return str(value)


def holds_all(fields: RoleFields, column: str) -> bool:
    """Whether a cell holds all that the role has in the field `column`."""
    match column:
        case "members":
            members = belonging(fields)
            return parse_members(members_cell(members)) == members
        case "lead" | "also_reports_to":
            names: tuple[str, ...] = getattr(fields, column)
            return parse_names("; ".join(names)) == names
        case "deliverable":
            return all(each == type(each)(outcome=each.outcome) for each in fields.deliverable)
        case "skills":
            return not (fields.skills.nice or fields.skills.languages)
        case "location":
            return fields.location == type(fields.location)(place=fields.location.place)
    return True


def other_fields(fields: RoleFields) -> str:
    """Write as YAML what no other cell can hold of the role; empty where that is nothing.

    The owner's own fields have a column each, if they are to be exported.
    """
    found = {
        name: value
        for name, value in _written(fields).items()
        if name not in own_names(type(fields)) and (name not in ROLE_FIELDS or not holds_all(fields, name))
    }
    return _yaml(found).strip()


def yaml_of(fields: RoleFields, name: str) -> str:
    """Write a field of the role as YAML, with its line ends; empty where the role has nothing."""
    return _yaml({each: value for each, value in _written(fields).items() if each == name})


def _yaml(found: dict[str, Any]) -> str:
    text = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=10**6) if found else ""
    return str(text)


def value_of(fields: RoleFields, name: str) -> str:
    """Write a field of the role on one line; with all its details where no cell holds them."""
    if name in own_names(type(fields)) or (name in ROLE_FIELDS and holds_all(fields, name)):
        return cell_of(fields, name)
    value = _written(fields).get(name, "")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str).strip('"')


def _written(record: Any) -> dict[str, Any]:
    """The fields of a record that differ from their defaults."""
    return {
        shown_name(each.name): _plain(value)
        for each in dataclasses.fields(record)
        if (value := getattr(record, each.name)) != each.default
    }


def _plain(value: Any) -> Any:
    """`value` as YAML has it."""
    if isinstance(value, Hours):
        ends = (_plain(value.min), _plain(value.max))
        return ends[0] if ends[0] == ends[1] else dict(zip(("min", "max"), ends, strict=True))
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _written(value) if dataclasses.is_dataclass(value) else value


def belonging(fields: RoleFields) -> tuple[Belonging, ...]:
    """The members of a team as tables have them."""
    return tuple(map(_belonging, fields.members))


def _belonging(member: Member) -> Belonging:
    hours = member.weekly_hours
    low, high = (Decimal(f"{each:.15g}") for each in ((hours.min, hours.max) if hours else (0.0, 0.0)))
    span = None if hours is None else low if low == high else Between(low, high)
    return Belonging(member.person, member.as_, span, since=member.since, until=member.until)


def _hours(hours: Hours) -> str:
    # With a dash, a spreadsheet would read `8-10` as a date.
    return f"{hours.min:.15g}" if hours.min == hours.max else f"{hours.min:.15g} to {hours.max:.15g}"
