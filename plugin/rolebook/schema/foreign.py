"""Says what to write in place of fields as other programs and people call them."""

import re
from collections.abc import Sequence

from rolebook.schema.kinds import OTHER_FIELDS
from rolebook.schema.typos import did_you_mean, nearest

_BELOW = "Write it as text below the second ---"
_IN_PERSON = "Write it in the person's own file, or as text below the second ---"
_MEANT = {
    "parent": "boss, line_manager, manager, managed_by, report_to, reports_to, superior, supervisor",
    "title": "job_title, jobtitle, position, role, role_name, role_title",
    "owner": "assignee, employee, filled_by, held_by, holder, incumbent, person, responsible, who",
    "performed_by": "contractors, helpers",
    "lead": "chair, chairs, coordinator, leader, leaders, leads, led_by, team_lead",
    "members": "membership, people, team_members",
    "backup": "cover, covered_by, deputy, substitute",
    "weekly_hours": "hours, hours_a_week, hours_per_week, time, weekly_time, workload",
    "rate": "compensation, cost, hourly_rate, pay, price, salary, wage",
    "deliverable": "deliverables, output, outputs, result, results",
    "purpose": "goal, mission, summary",
    "weekly_capacity": "available_hours, availability, capacity, capacity_hours",
    "starts": "start_date, started, joined",
    "ends": "end_date, ended, left",
    "name": "full_name, fullname",
    "skills": "requirements, qualifications",
    "seats": "headcount, number_of_seats, positions",
    "location": "country, office, place, workplace",
    "review_by": "review, review_date, next_review",
}
_NAMES = {foreign: ours for ours, names in _MEANT.items() for foreign in names.split(", ")}
_ELSEWHERE = {
    **dict.fromkeys(("email", "mail", "phone", "telephone", "slack", "photo", "picture"), _IN_PERSON),
    **dict.fromkeys(("birthday", "start_date", "starts", "end_date"), _IN_PERSON),
    **dict.fromkeys(("notes", "note", "comments", "responsibilities", "procedure", "duties"), _BELOW),
    **dict.fromkeys(("description", "about", "details", "links"), _BELOW),
    **dict.fromkeys(
        ("department", "team", "division", "unit", "function"),
        "A department is a role, too: name it under 'parent'",
    ),
}
"""Fields that no file has, and where to write what is in them."""


def instead_of(name: str, is_inside: bool, known: Sequence[str]) -> str:
    """What to write in place of the field `name` beside `known` fields; `is_inside`: in a group of fields."""
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    if (ours := _NAMES.get(plain)) in known:
        return f"Write '{ours}'"
    if not is_inside and plain in _ELSEWHERE:
        return _ELSEWHERE[plain]
    meant = "" if plain in OTHER_FIELDS else did_you_mean(name, known)
    if meant:
        return meant
    if is_inside or len(known) <= 5:
        return f"The fields are {', '.join(known)}"
    near = nearest(plain, known, 3, 0.5)
    nearest_are = "field is" if len(near) == 1 else "fields are"
    named = f"The nearest {nearest_are} {', '.join(near)}; any" if near else "Any"
    return f"{named} other text goes below the second ---"
