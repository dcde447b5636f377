"""Writes the roles as a CSV table that a spreadsheet opens and `rolebook import` reads back."""

import csv
import io
import unicodedata

from rolebook.organisation import Organisation, Role
from rolebook.spreadsheet import columns
from rolebook.spreadsheet.cells import cell_of, other_fields
from rolebook.spreadsheet.columns import OWN_COLUMNS
from rolebook.spreadsheet.guard import guarded
from rolebook.spreadsheet.own_columns import exported_names

MAX_CELL = 32_767
"""Characters that a cell of a spreadsheet holds: Microsoft, "Excel specifications and limits"."""


def as_csv(organisation: Organisation) -> str:
    """Write a row for each role, in the order of the tree, in the columns that import knows by name."""
    text = io.StringIO()
    # With a byte order mark, spreadsheets know the encoding; lines end as RFC 4180 has it.
    text.write("\ufeff")
    rows = csv.writer(text, quoting=csv.QUOTE_ALL)
    names = _columns(organisation)
    rows.writerow(names)
    for _, role in organisation.tree:
        rows.writerow([guarded(_cell(role, name)) for name in names])
    return text.getvalue()


def too_long(organisation: Organisation) -> tuple[str, ...]:
    """The ids of roles with a cell that is longer than a spreadsheet takes."""
    names = _columns(organisation)
    return tuple(
        role.id
        for role in organisation.roles.values()
        if any(len(guarded(_cell(role, name))) > MAX_CELL for name in names)
    )


def _columns(organisation: Organisation) -> tuple[str, ...]:
    """The columns, those of the owner's own fields before the rest of the fields."""
    of_roles = {type(role.fields) for role in organisation.roles.values()}
    own = dict.fromkeys(name for record in of_roles for name in exported_names(record))
    at = OWN_COLUMNS.index(columns.OTHER_FIELDS)
    return (*OWN_COLUMNS[:at], *own, *OWN_COLUMNS[at:])


def _cell(role: Role, column: str) -> str:
    match column:
        case "id":
            return role.id
        case "title":
            return role.title
        case columns.OTHER_FIELDS:
            return other_fields(role.fields)
        case columns.BODY:
            return unicodedata.normalize("NFC", role.file.body.strip("\n"))
    return cell_of(role.fields, column)
