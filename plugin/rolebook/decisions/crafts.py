"""Whether one seat asks for several crafts, as far as its title and its list of skills tell."""

import re

from rolebook.organisation import Role

MANY_SKILLS = 6
"""Needed skills from which a seat asks for somebody who hardly exists."""
_JOINED = re.compile(r"(?P<one>\w[\w .-]*?)\s*(?:\band\b|&|\+|/)\s*(?P<other>\w[\w .-]*)", re.IGNORECASE)


def mixed_crafts(role: Role) -> str:
    """Why the seat seems to hold several crafts, as a sentence; empty when it does not."""
    must = len(role.fields.skills.must)
    if must >= MANY_SKILLS:
        return f"It asks for {must} skills at once; a specialist has two or three."
    if joined := _JOINED.search(role.title):
        return f"Its title names two things: “{joined['one'].strip()}” and “{joined['other'].strip()}”."
    return ""
