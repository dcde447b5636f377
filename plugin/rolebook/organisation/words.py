"""Describes a role in a few words: who holds it and how many hours a week it takes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rolebook.organisation.role import Holding, Membership, Role
from rolebook.wording import NO_BREAK, counted, hours_text, isolated, listed

OVER = "▲"
"""Marks somebody who is over capacity."""


def detail(role: Role, over: bool = False) -> str:
    """Who holds the role and its hours a week, such as `Ada · 10 h`."""
    hours = role.hours
    return joined(holder(role), hours_text(hours) if hours else "", over)


def joined(first: str, second: str, over: bool = False) -> str:
    """Two short facts on one line, with the mark between them for somebody who is over capacity."""
    first = isolated(first)
    if over:
        return NO_BREAK.join(part for part in (first, OVER, second) if part)
    return f"{NO_BREAK}· ".join(part for part in (first, second) if part)


_NOBODYS = (Holding.VACANT, Holding.PLANNED, Holding.RETIRED)


def holder(role: Role) -> str:
    """Who holds the role, in as few words as a chart has room for, such as `Vacant, done by Ada`.

    Of a team, who leads it and how many belong to it.
    """
    if role.holding is Holding.TEAM:
        return _team(role)
    if role.holding in _NOBODYS:
        done_by = listed(person.name for person in role.people) if role.vacant else ""
        of_team = " team" if role.is_team else ""
        return f"{role.holding.value.capitalize()}{of_team}{f', done by {done_by}' if done_by else ''}"
    names = [role.owner.name] if role.owner else [person.name for person, _ in role.performers[:1]]
    seats = f"{role.fields.seats} seats" if role.fields.seats > 1 else ""
    return " · ".join(part for part in (*names, seats) if part)


LEADS = 2
"""A team in a few words names so many who lead it."""


def _team(role: Role) -> str:
    leads = [person.name for person in role.leads[:LEADS]]
    if more := len(role.leads) - len(leads):
        leads.append(f"{more:,} more")
    parts = (
        "Team",
        counted(len(role.members), "member") if role.members else "",
        f"led by {listed(leads)}" if leads else "",
    )
    return " · ".join(filter(None, parts))


TITLES = 3
"""A role in a few words names so many roles to which it also reports."""


def titles(roles: Sequence[Role]) -> str:
    """Name the first of `roles`, and how many more there are; empty for none."""
    more = [f"{len(roles) - TITLES:,} more"] if len(roles) > TITLES else []
    return listed([*(role.title for role in roles[:TITLES]), *more])


def belongs(membership: Membership) -> str:
    """What somebody is in a team, such as `Lead, secretary`."""
    return ", ".join(filter(None, ("Lead" if membership.leads else "", membership.as_))) or "Member"


_COUNTED = ("role", "team", "planned role", "planned team", "retired role", "retired team")


def units(roles: Iterable[Role]) -> str:
    """How many roles and teams `roles` are, such as `21 roles, 3 teams and 1 planned role`."""
    return counted_units(Counter(role.counts_as for role in roles))


def counted_units(counts: Mapping[str, int]) -> str:
    """Write counts by `Role.counts_as` in words, such as `21 roles and 3 teams`; zeros are left out."""
    return listed(counted(counts[each], each) for each in _COUNTED if counts.get(each)) or counted(0, "role")
