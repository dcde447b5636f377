"""Joins what a cell says of a field with details of it that no cell holds."""

from dataclasses import replace

from rolebook.organisation import slug
from rolebook.schema.records import Deliverable, Member, RoleFields
from rolebook.spreadsheet.cells import cell_of

HAVE_DETAILS = frozenset({"deliverable", "members", "skills", "location"})
"""Fields of which a cell holds a part."""


def with_details(name: str, own: RoleFields, details: RoleFields) -> RoleFields:
    """The field `name` as its cell has it in `own`, with the `details` of everything that is as it was."""
    match name:
        case "skills":
            return replace(own, skills=replace(details.skills, must=own.skills.must))
        case "location":
            return replace(own, location=replace(details.location, place=own.location.place))
        case "members":
            return replace(own, members=_members(own.members, details.members))
        case _:
            by_text = {_text(each): each for each in details.deliverable}
            found = tuple(by_text.get(_text(each), each) for each in own.deliverable)
            return replace(own, deliverable=found)


def replaced(own: RoleFields, details: RoleFields) -> tuple[str, str] | None:
    """A deliverable that has details and another text now, as it was and as it is; None without one.

    A line that is deleted goes with its details. Nobody can tell whether one in its place is the same.
    """
    texts, before = {_text(each) for each in own.deliverable}, {_text(each) for each in details.deliverable}
    new = [each.outcome for each in own.deliverable if _text(each) not in before]
    gone = [
        each.outcome
        for each in details.deliverable
        if _text(each) not in texts and each != Deliverable(outcome=each.outcome)
    ]
    return (gone[0], new[0]) if gone and new else None


def _text(deliverable: Deliverable) -> str:
    return " ".join(deliverable.outcome.split())


def _members(own: tuple[Member, ...], before: tuple[Member, ...]) -> tuple[Member, ...]:
    """Who belongs to a team: whoever is called as before is as before, and others keep their days."""
    by_cell = {_cell(each): each for each in before}
    by_name = {slug(each.person): each for each in before}
    return tuple(
        by_cell.get(_cell(each))
        or (
            replace(each, since=known.since, until=known.until)
            if (known := by_name.get(slug(each.person)))
            else each
        )
        for each in own
    )


def _cell(member: Member) -> str:
    return cell_of(RoleFields(members=(member,)), "members")
