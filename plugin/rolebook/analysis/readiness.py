"""Whether a role is ready to be handed over: what is written down, and what is still missing."""

import msgspec

from rolebook.language import N_, gettext
from rolebook.organisation import Role
from rolebook.schema.records import is_procedure


class Point(msgspec.Struct, frozen=True):
    """One point of the checklist."""

    name: str
    done: bool
    words: str
    """What is there, or what to add."""


def readiness(role: Role) -> tuple[Point, ...]:
    """The checklist of a role, in the order in which it is worked through."""
    fields = role.fields
    produced = fields.deliverable
    return (
        _point("deliverable", bool(produced), N_("Deliverable defined"), N_("Define the deliverable")),
        _point(
            "acceptance",
            bool(produced) and all(each.acceptance or each.measure for each in produced),
            N_("Every deliverable can be measured or accepted"),
            N_("Say how each deliverable is measured or accepted"),
        ),
        _point("hours", bool(fields.weekly_hours), N_("Hours a week known"), N_("Add the hours a week")),
        _point(
            "skills",
            bool(fields.skills.must),
            N_("Skills listed"),
            N_("List the skills required"),
        ),
        _point(
            "procedure",
            has_procedure(role),
            N_("Procedure written"),
            N_("Write the procedure"),
        ),
        _point(
            "tools",
            bool(fields.tools),
            N_("Tools and access listed"),
            N_("List the tools and the access needed"),
        ),
        _point(
            "trial_task",
            fields.trial_task is not None,
            N_("Trial task prepared"),
            N_("Prepare a small trial task"),
        ),
        _point(
            "cover",
            role.cover is not None,
            N_("Cover is named"),
            N_("Name who covers when the holder is away"),
        ),
    )


def has_procedure(role: Role) -> bool:
    """Whether the role's page says how its work is done."""
    return any(each.has_text and is_procedure(each.text) for each in role.file.sections)


def _point(name: str, done: bool, there: str, missing: str) -> Point:
    return Point(name, done, gettext(there if done else missing))
