"""The roles as a CSV table that a spreadsheet opens and `rolebook import` reads back."""

import csv
import io
from collections import Counter
from dataclasses import fields

from rolebook.organisation import Organisation, Role
from rolebook.schema.fields import shown_name
from rolebook.schema.records import RoleFields
from rolebook.spreadsheet.cells import cell_of, holds_all
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
    if column == "id":
        return role.id
    return role.title if column == "title" else cell_of(role.fields, column)


def _other_fields(role: RoleFields) -> list[str]:
    names = [
        shown_name(field.name).replace("_", " ")
        for field in fields(role)
        if field.name not in ROLE_FIELDS and getattr(role, field.name) != field.default
    ]
    names += [f"{what} of skills" for what in ("nice", "languages") if getattr(role.skills, what)]
    names += [f"details of {name}" for name in ("deliverable", "location") if not holds_all(role, name)]
    return names
