"""Makes the organisation after the plan: each role that is marked to go next has its new holder.

It is an organisation like today's, made by the same rules, so every figure and chart can be had of both.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rolebook.analysis.audit import Audit
from rolebook.analysis.money import Money, added_up, monthly
from rolebook.language import N_, gettext
from rolebook.organisation import Holding, Organisation, PersonFile, Role, RoleFile, name_key, organise, slug
from rolebook.schema.records import PersonFields

_INSIDE = frozenset(("employee", "volunteer"))
"""Whoever takes a role on these terms then works inside."""

_NEWCOMER = {
    "employee": N_("New employee"),
    "contractor": N_("New contractor"),
    "agency": N_("New agency"),
    "volunteer": N_("New volunteer"),
    "automation": N_("New automation"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A role that the plan hands over."""

    role: Role
    """As it is today."""
    to: str
    """To whom, by name; empty while that is open."""
    by: dt.date | None

    @property
    def engagement(self) -> str:
        """On which terms somebody takes it who is still to be found."""
        return self.role.fields.engagement or "contractor"


def changes(organisation: Organisation) -> tuple[Change, ...]:
    """The roles that the plan hands over, in the order of their dates."""
    found = [_change(organisation, role) for role in organisation.roles.values() if _is_next(role)]
    return tuple(sorted(found, key=lambda each: (each.by or dt.date.max, each.role.title.casefold())))


def _is_next(role: Role) -> bool:
    plan = role.fields.outsource
    return plan is not None and plan.fit == "next" and role.fields.status != "retired"


def _change(organisation: Organisation, role: Role) -> Change:
    plan = role.fields.outsource
    person = organisation.named(plan.to) if plan else None
    return Change(role, person.name if person else plan.to if plan else "", plan.by if plan else None)


def planned(organisation: Organisation) -> Organisation:
    """The organisation after all changes; `organisation` itself when there are none."""
    moving = changes(organisation)
    if not moving:
        return organisation
    files = {role.id: role.file for role in organisation.roles.values()}
    found = _newcomers(moving)
    new = {each.role.id: _handed_over(each, each.to or next(found)) for each in moving}
    files |= new
    after = organise(
        files.values(),
        [*_people_after(organisation, new.values())],
        organisation.business,
        organisation.business_path,
        organisation.founders,
        today=organisation.day,
    )
    return replace(after, section_audiences=organisation.section_audiences)


def _people_after(organisation: Organisation, moved: Iterable[RoleFile]) -> Iterator[PersonFile]:
    """Everybody with a file, and everybody who gets a role. The unknown are taken to be from outside."""
    known = {person.id: person.file for person in organisation.people.values() if person.file}
    yield from known.values()
    offered: dict[str, set[str]] = {}
    for file in moved:
        person = organisation.named(file.fields.owner)
        if person is None or (person.file is None and not person.founder):
            offered.setdefault(name_key(file.fields.owner), set()).add(file.fields.engagement or "contractor")
    for file in moved:
        if engagements := offered.pop(name_key(file.fields.owner), None):
            engagement = min(engagements - _INSIDE, default=min(engagements))
            fields = PersonFields(name=file.fields.owner, engagement=engagement)
            person = organisation.named(file.fields.owner)
            yield PersonFile(person.id if person else slug(fields.name), "", fields, {})


def _newcomers(moving: Iterable[Change]) -> Iterator[str]:
    """Name those who are still to be found: a specialist for each role, since a role is one craft."""
    wanted = [each.engagement for each in moving if not each.to]
    for place, engagement in enumerate(wanted):
        name = gettext(_NEWCOMER[engagement])
        before = wanted[:place].count(engagement)
        yield name if wanted.count(engagement) == 1 else f"{name} {before + 1}"


def _handed_over(change: Change, to: str) -> RoleFile:
    """The role's file as it will be."""
    fields = change.role.fields
    return replace(
        change.role.file,
        fields=replace(
            fields,
            owner=to,
            performed_by=(),
            status="filled",
            posting=None,
        ),
    )


@dataclass(frozen=True, slots=True)
class Costs:
    """What those who work for pay cost a month, as far as their rates are known."""

    sums: tuple[Money, ...]
    """One for each currency."""
    unknown: int
    """Roles with somebody from outside whose monthly cost is not known."""


def costs(audit: Audit) -> Costs:
    """Add up what those from outside cost a month. Whoever is paid by the month is counted once."""
    known: dict[tuple[str, str], Money] = {}
    unknown = 0
    for role in audit.organisation.active_units:
        paid = list(_paid(role))
        known |= {key: amount for key, amount in paid if amount}
        unknown += any(amount is None for _, amount in paid)
    return Costs(added_up(known.values()), unknown)


def _paid(role: Role) -> Iterator[tuple[tuple[str, str], Money | None]]:
    """Each amount that is paid for a role, with the role and the person."""
    rate = role.fields.rate
    if role.holding is Holding.OUTSOURCED and rate and rate.per == "month":
        yield (role.id, ""), monthly(rate, None, role.fields.seats)
        return
    for share in role.shares():
        if not share.person.outside:
            continue
        own = share.person.fields.rate
        # What is left for somebody can be nothing; in a role without hours it is not known.
        hours = share.hours if share.hours or role.written_hours else None
        # What a role pays that is held inside is meant for whoever takes it over.
        paid = own if own and role.holding is not Holding.OUTSOURCED else rate or own
        if paid is None or paid.per != "month":
            yield (role.id, share.person.id), monthly(paid, hours)
        elif paid is own:
            yield ("", share.person.id), monthly(paid, None)
        else:
            yield (role.id, ""), monthly(paid, None, role.fields.seats)
