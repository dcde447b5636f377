"""Describes a role in a few words: who holds it and how many hours a week it takes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from rolebook.language import N_, gettext, ngettext
from rolebook.organisation.role import Holding, Membership, Role
from rolebook.wording import NO_BREAK, first_of, hours_text, isolated, listed

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


HOLDINGS = {
    # Translators: how a role is held, as a label.
    Holding.FOUNDER: N_("Founder"),
    Holding.IN_HOUSE: N_("In-house"),
    Holding.OUTSOURCED: N_("Outsourced"),
    Holding.FILLED: N_("Filled"),
    Holding.TEAM: N_("Team"),
    Holding.VACANT: N_("Vacant"),
    Holding.PLANNED: N_("Planned"),
    Holding.RETIRED: N_("Retired"),
}
"""What each way to hold a role is called."""
STATUSES = HOLDINGS | {
    # Translators: the status of a role.
    Holding.FOUNDER: N_("Filled by a founder"),
    Holding.IN_HOUSE: N_("Filled in-house"),
}
"""The same as a status."""
_TEAMS = HOLDINGS | {
    Holding.PLANNED: N_("Planned team"),
    Holding.RETIRED: N_("Retired team"),
}
_NOBODYS = (Holding.VACANT, Holding.PLANNED, Holding.RETIRED)


def status(role: Role) -> str:
    """How the role is held, such as `Vacant`, `Filled in-house` or `Planned team`."""
    return gettext((_TEAMS if role.is_team else STATUSES)[role.holding])


ENGAGEMENTS = {
    "employee": N_("Employee"),
    "contractor": N_("Contractor"),
    "agency": N_("Agency"),
    "volunteer": N_("Volunteer"),
    "automation": N_("Automation"),
    "person": N_("Person"),
}
"""How somebody works for the organisation, or what they are, by what is written in their file."""


def engagement(written: str) -> str:
    """How somebody works for the organisation, such as `Contractor`."""
    return gettext(ENGAGEMENTS[written])


def holder(role: Role) -> str:
    """Who holds the role, in as few words as a chart has room for, such as `Vacant, done by Ada`.

    Of a team, who leads it and how many belong to it.
    """
    if role.holding is Holding.TEAM:
        return _team(role)
    if role.holding in _NOBODYS:
        if role.vacant and role.people:
            return gettext("Vacant, done by %(names)s", names=listed(person.name for person in role.people))
        return status(role)
    names = [role.owner.name] if role.owner else [person.name for person, _ in role.performers[:1]]
    number = role.fields.seats
    seats = ngettext("%(number)s seat", "%(number)s seats", number) if number > 1 else ""
    return " · ".join(part for part in (*names, seats) if part)


LEADS = 2
"""A team in a few words names so many who lead it."""


def _team(role: Role) -> str:
    members, names = len(role.members), [person.name for person in role.leads]
    parts = (
        gettext(HOLDINGS[Holding.TEAM]),
        ngettext("%(number)s member", "%(number)s members", members) if members else "",
        gettext("led by %(names)s", names=first_of(names, LEADS)) if names else "",
    )
    return " · ".join(filter(None, parts))


TITLES = 3
"""A role in a few words names so many roles to which it also reports."""


def titles(roles: Sequence[Role]) -> str:
    """Name the first of `roles`, and how many more there are; empty for none."""
    return first_of([role.title for role in roles], TITLES)


def belongs(membership: Membership) -> str:
    """What somebody is in a team, such as `Lead, secretary`."""
    # Translators: what somebody is in a team.
    lead = gettext("Lead") if membership.leads else ""
    return ", ".join(filter(None, (lead, membership.as_))) or gettext("Member")


def units(roles: Iterable[Role]) -> str:
    """How many roles and teams `roles` are, such as `21 roles, 3 teams and 1 planned role`."""
    return counted_units(Counter(role.counts_as for role in roles))


def counted_units(counts: Mapping[str, int]) -> str:
    """Write counts by `Role.counts_as` in words, such as `21 roles and 3 teams`; zeros are left out."""
    return listed(
        count(number) for kind, count in _COUNTED.items() if (number := counts.get(kind))
    ) or counted_roles(0)


def counted_roles(number: int) -> str:
    """Such as `21 roles`."""
    return ngettext("%(number)s role", "%(number)s roles", number)


def counted_teams(number: int) -> str:
    """Such as `3 teams`."""
    return ngettext("%(number)s team", "%(number)s teams", number)


_COUNTED: Mapping[str, Callable[[int], str]] = {
    "role": counted_roles,
    "team": counted_teams,
    "planned role": lambda number: ngettext("%(number)s planned role", "%(number)s planned roles", number),
    "planned team": lambda number: ngettext("%(number)s planned team", "%(number)s planned teams", number),
    "retired role": lambda number: ngettext("%(number)s retired role", "%(number)s retired roles", number),
    "retired team": lambda number: ngettext("%(number)s retired team", "%(number)s retired teams", number),
}
"""How many there are, in words, by `Role.counts_as` and in the order in which they are named."""
