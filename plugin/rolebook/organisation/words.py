"""A role in a few words: who holds it and how many hours a week it takes."""

from rolebook.organisation.model import Holding, Role
from rolebook.wording import NO_BREAK, hours_text, listed

OVER = "▲"
"""Stands after the name of somebody whose seats take more hours than they have."""


def detail(role: Role, over: bool = False) -> str:
    """Who holds the seat and how many hours a week it takes, such as `Ada · 10 h`."""
    hours = role.hours
    return joined(holder(role), hours_text(hours) if hours else "", over)


def joined(first: str, second: str, over: bool = False) -> str:
    """Two short facts on one line, with the mark between them for somebody who is over capacity."""
    if over:
        return NO_BREAK.join(part for part in (first, OVER, second) if part)
    return f"{NO_BREAK}· ".join(part for part in (first, second) if part)


_NOBODYS = (Holding.VACANT, Holding.PLANNED, Holding.RETIRED)


def holder(role: Role) -> str:
    """Who holds the role, in as few words as a chart has room for, such as `Vacant, done by Ada`."""
    if role.holding in _NOBODYS:
        done_by = listed(person.name for person in role.people) if role.vacant else ""
        return f"{role.holding.value.capitalize()}{f', done by {done_by}' if done_by else ''}"
    names = [role.owner.name] if role.owner else [person.name for person, _ in role.performers[:1]]
    seats = f"{role.fields.seats} seats" if role.fields.seats > 1 else ""
    return " · ".join(part for part in (*names, seats) if part)
