"""Whether a seat can be handed over: what is written down already, and what is still in somebody's head."""

import msgspec

from rolebook.organisation import Role
from rolebook.schema.records import heading_key

PROCEDURES = frozenset(heading_key(heading) for heading in ("Procedure", "How to do it"))
"""Headings under which a page says how the work is done."""


class Point(msgspec.Struct, frozen=True):
    """One point of the checklist."""

    name: str
    done: bool
    words: str
    """What is there, or what to add."""


def readiness(role: Role) -> tuple[Point, ...]:
    """The checklist of a seat, in the order in which it is worked through."""
    fields = role.fields
    produced = fields.deliverable
    return (
        _point(
            "deliverable", bool(produced), "What it produces is written down", "Write down what it produces"
        ),
        _point(
            "acceptance",
            bool(produced) and all(each.acceptance or each.measure for each in produced),
            "Each result says when it is accepted or how it is measured",
            "Say of each result when it is accepted, or how it is measured",
        ),
        _point("hours", bool(fields.weekly_hours), "Its hours a week are counted", "Count its hours a week"),
        _point(
            "skills",
            bool(fields.skills.must),
            "The skills it needs are listed",
            "List the skills it needs",
        ),
        _point(
            "procedure",
            has_procedure(role),
            "The procedure is written down",
            "Write the procedure down",
        ),
        _point(
            "tools",
            bool(fields.tools),
            "Its tools and access are listed",
            "List its tools and who gets which access",
        ),
        _point(
            "trial_task",
            fields.trial_task is not None,
            "A small trial task is prepared",
            "Prepare a small trial task",
        ),
        _point("cover", role.backup is not None, "Somebody can stand in", "Name somebody who can stand in"),
    )


def has_procedure(role: Role) -> bool:
    """Whether the role's page says how its work is done."""
    return any(each.has_text and heading_key(each.text) in PROCEDURES for each in role.file.sections)


def _point(name: str, done: bool, there: str, missing: str) -> Point:
    return Point(name, done, there if done else missing)
