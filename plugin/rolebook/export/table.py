"""The roles as a CSV table that a spreadsheet opens and `rolebook import` reads back."""

import csv
import io
from collections import Counter
from dataclasses import fields
from typing import Any

from rolebook.organisation import Organisation, Role
from rolebook.schema.fields import shown_name
from rolebook.schema.records import Hours, RoleFields
from rolebook.spreadsheet.columns import OWN_COLUMNS, ROLE_FIELDS
from rolebook.spreadsheet.guard import guarded


def as_csv(organisation: Organisation) -> str:
    """A row for each role, in the order of the tree, with the columns that import knows by name."""
    text = io.StringIO()
    # With a byte order mark, spreadsheets know the encoding; lines end as RFC 4180 has it.
    text.write("\ufeff")
    rows = csv.writer(text, quoting=csv.QUOTE_ALL)
    rows.writerow(OWN_COLUMNS)
    for _, role in organisation.tree:
        rows.writerow([guarded(_cell(role, column)) for column in OWN_COLUMNS])
    return text.getvalue()


def left_out(organisation: Organisation) -> str:
    """What a table has no room for and some roles have, in words; empty when that is nothing."""
    found: Counter[str] = Counter()
    for role in organisation.roles.values():
        found.update(name for name in _other_fields(role.fields))
        found["the text of the page"] += bool(role.file.body.strip())
    return ", ".join(f"{name} ({number:,})" for name, number in found.items() if number)


def _cell(role: Role, column: str) -> str:
    value: Any = role.id if column == "id" else getattr(role.fields, column)
    match column:
        case "title":
            return role.title
        case "weekly_hours":
            return "" if value is None else _hours(value)
        case "seats":
            return str(value) if value != 1 else ""
        case "deliverable":
            return _listed([each.outcome for each in value], "\n")
        case "skills":
            return _listed(value.must, ";")
        case "tags":
            return _listed(value, ";")
        case "location":
            return str(value.place)
    return str(value)


def _hours(hours: Hours) -> str:
    # With a dash, a spreadsheet would read `8-10` as a date.
    return f"{hours.min:.15g}" if hours.min == hours.max else f"{hours.min:.15g} to {hours.max:.15g}"


def _listed(items: list[str] | tuple[str, ...], mark: str) -> str:
    """The items one a line, or parted by `mark` where none of them has it."""
    if mark != "\n" and not any(mark in item for item in items):
        return f"{mark} ".join(items)
    lines = "\n".join(items)
    return f"{lines}\n" if len(items) == 1 and mark in lines else lines


def _other_fields(role: RoleFields) -> list[str]:
    names = [
        shown_name(field.name).replace("_", " ")
        for field in fields(role)
        if field.name not in ROLE_FIELDS and getattr(role, field.name) != field.default
    ]
    names += [f"{what} of skills" for what in ("nice", "languages") if getattr(role.skills, what)]
    if any(each != type(each)(outcome=each.outcome) for each in role.deliverable):
        names.append("details of deliverables")
    if role.location != type(role.location)(place=role.location.place):
        names.append("details of the location")
    return names
