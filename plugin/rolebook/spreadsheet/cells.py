"""A role's fields as the cells of a row: what an export writes, and what an update compares."""

from typing import Any

from rolebook.schema.records import Hours, RoleFields


def cell_of(fields: RoleFields, column: str) -> str:
    """What a row has for the field `column` (see `columns.ROLE_FIELDS`); empty where the role has nothing."""
    value: Any = getattr(fields, column)
    match column:
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


def holds_all(fields: RoleFields, column: str) -> bool:
    """Whether a cell holds all that the role has in the field `column`."""
    match column:
        case "deliverable":
            return all(each == type(each)(outcome=each.outcome) for each in fields.deliverable)
        case "skills":
            return not (fields.skills.nice or fields.skills.languages)
        case "location":
            return fields.location == type(fields.location)(place=fields.location.place)
    return True


def _hours(hours: Hours) -> str:
    # With a dash, a spreadsheet would read `8-10` as a date.
    return f"{hours.min:.15g}" if hours.min == hours.max else f"{hours.min:.15g} to {hours.max:.15g}"


def _listed(items: list[str] | tuple[str, ...], mark: str) -> str:
    """The items one a line, or parted by `mark` where none of them has it."""
    if mark != "\n" and not any(mark in item for item in items):
        return f"{mark} ".join(items)
    lines = "\n".join(items)
    return f"{lines}\n" if len(items) == 1 and mark in lines else lines
