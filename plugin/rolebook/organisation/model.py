"""A role, a person, and the organisation that they make: the tree, who holds what, hours and load.

Everything is frozen. Hours are hours per week.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rolebook.organisation.names import KnownNames, name_key
from rolebook.organisation.role import Membership, Person, Role, Share
from rolebook.schema.audience import Audience
from rolebook.schema.records import NO_HOURS, BusinessModelFields, Hours, heading_key


@dataclass(frozen=True, slots=True)
class FormerNames:
    """What roles and people are called today, by what they were called before."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """Ids of today's roles by ids that no role has any more."""
    people: Mapping[str, str] = field(default_factory=dict)
    """A person's name, or the name of their file, by the key of a former one: see `name_key`."""


@dataclass(frozen=True)
class Organisation:
    """Everything that was written, joined."""

    roles: Mapping[str, Role]
    """By id, in the order of their titles."""
    people: Mapping[str, Person]
    """By id, in the order of their names."""
    tops: tuple[Role, ...]
    """The roles that report to nobody; in a sound organisation there is one."""
    reports: Mapping[str, tuple[Role, ...]]
    """Direct reports by role id, in the order of their titles; roles without reports are absent."""
    parents: Mapping[str, Role]
    """The role that a role reports to, by role id; a top role is absent."""
    business: BusinessModelFields
    business_path: str
    cycles: tuple[tuple[Role, ...], ...]
    """Roles that report to each other in a circle, in the order of reporting."""
    people_by_name: Mapping[str, Person]
    """People by every form of their name that a role may use: see `name_key`."""
    founders: tuple[str, ...]
    """Names of founders besides those whose files say so."""
    day: dt.date
    """The day it stands for: what is dated is current, open or past on this day."""

    section_audiences: Mapping[str, Audience]
    """Who may see a section of a body, by the key of its heading; any other section is internal."""
    former: FormerNames = FormerNames()
    business_lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each value of the business model, by its place."""

    def section_audience(self, heading: str) -> Audience:
        """Who may see a section with this heading."""
        return self.section_audiences.get(heading_key(heading), Audience.INTERNAL)

    @cached_property
    def known_names(self) -> KnownNames:
        """Finds everybody's name in a text."""
        return KnownNames(person.name for person in self.people.values())

    def named(self, name: str) -> Person | None:
        """The person that a role means by `name`; None when nobody is called so."""
        return self.people_by_name.get(name_key(name))

    @cached_property
    def also_above(self) -> Mapping[str, tuple[Role, ...]]:
        """The roles that a role reports to besides its parent, by role id; most roles are absent.

        What a file names twice counts once; the role itself and its parent do not count.
        """
        found: dict[str, tuple[Role, ...]] = {}
        for role in self.roles.values():
            if role.fields.also_reports_to:
                parent = self.parents.get(role.id)
                left_out = (role.id, parent.id if parent else "")
                named = dict.fromkeys(each for each in role.fields.also_reports_to if each not in left_out)
                if above := tuple(self.roles[each] for each in named if each in self.roles):
                    found[role.id] = above
        return found

    @cached_property
    def also_below(self) -> Mapping[str, tuple[Role, ...]]:
        """The roles that report to a role besides their parents, by role id, in the order of their titles."""
        found: dict[str, list[Role]] = {}
        for role_id, above in self.also_above.items():
            for each in above:
                found.setdefault(each.id, []).append(self.roles[role_id])
        return {role_id: tuple(below) for role_id, below in found.items()}

    def chain(self, role: Role) -> tuple[Role, ...]:
        """The roles above `role`, from the top down."""
        above: list[Role] = []
        parent = self.parents.get(role.id)
        while parent is not None:
            above.append(parent)
            parent = self.parents.get(parent.id)
        return tuple(reversed(above))

    def below(self, role: Role) -> Iterator[tuple[int, Role]]:
        """All roles below `role` with their depth (1 for a direct report), in the order of the tree."""
        waiting = [(1, each) for each in reversed(self.reports.get(role.id, ()))]
        while waiting:
            depth, each = waiting.pop()
            yield depth, each
            waiting.extend((depth + 1, report) for report in reversed(self.reports.get(each.id, ())))

    @cached_property
    def tree(self) -> tuple[tuple[int, Role], ...]:
        """All roles with their depth (0 for a top role), in the order of the tree."""
        return tuple(entry for top in self.tops for entry in ((0, top), *self.below(top)))

    @cached_property
    def function_heads(self) -> tuple[Role, ...]:
        """The roles and teams at the head of a function (marketing, operations …), in the order of the tree.

        They are the roles that report to the top role. Where several top roles have roles below them, these
        top roles are the heads.
        """
        leading = tuple(top for top in self.tops if self.reports.get(top.id))
        if len(leading) > 1:
            return leading
        return tuple(role for top in leading for role in self.reports[top.id])

    @cached_property
    def functions(self) -> Mapping[str, Role]:
        """The head of the function that a role belongs to, by role id: the role itself or one above it."""
        heads = {role.id for role in self.function_heads}
        found: dict[str, Role] = {}
        function = None
        for depth, role in self.tree:
            if role.id in heads:
                function = role
            elif depth == 0:
                function = None
            if function is not None:
                found[role.id] = function
        return found

    @cached_property
    def team_sizes(self) -> Mapping[str, int]:
        """The number of roles and teams below a role, by role id; roles without reports are absent."""
        return {role: sum(counts.values()) for role, counts in self.counts_below.items()}

    @cached_property
    def counts_below(self) -> Mapping[str, Mapping[str, int]]:
        """Counts of what is below a role, by `Role.counts_as`, by role id; only for roles with reports."""
        counts: dict[str, Counter[str]] = {}
        for _, role in reversed(self.tree):
            if parent := self.parents.get(role.id):
                count = counts.setdefault(parent.id, Counter())
                count[role.counts_as] += 1
                count.update(counts.get(role.id, {}))
        return counts

    @cached_property
    def branch_hours(self) -> Mapping[str, Hours]:
        """Hours of each role with all active roles below it, by role id."""
        hours: dict[str, Hours] = {}
        for _, role in reversed(self.tree):
            own = hours.get(role.id, NO_HOURS) + (role.hours if role.active else NO_HOURS)
            hours[role.id] = own
            if parent := self.parents.get(role.id):
                hours[parent.id] = hours.get(parent.id, NO_HOURS) + own
        return hours

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of a role among its siblings, from 0, by role id; top roles are absent."""
        return {role.id: place for reports in self.reports.values() for place, role in enumerate(reports)}

    @cached_property
    def shares(self) -> Mapping[str, tuple[Share, ...]]:
        """Each person's parts of active roles, and their hours in teams, by person id; others are absent."""
        found: dict[str, list[Share]] = {}
        for role in self.roles.values():
            if role.active:
                for share in role.shares():
                    found.setdefault(share.person.id, []).append(share)
        return {person: tuple(parts) for person, parts in found.items()}

    @cached_property
    def memberships(self) -> Mapping[str, tuple[tuple[Role, Membership], ...]]:
        """The active teams that a person belongs to, by person id, in the order of their titles."""
        found: dict[str, list[tuple[Role, Membership]]] = {}
        for team in self.teams:
            for each in team.members:
                found.setdefault(each.person.id, []).append((team, each))
        return {person: tuple(teams) for person, teams in found.items()}

    def roles_of(self, person: Person) -> tuple[Role, ...]:
        """The active roles that a person works in or answers for; teams are none."""
        named = [share.role for share in self.shares.get(person.id, ()) if not share.role.is_team]
        return tuple({role.id: role for role in (*named, *self.owned.get(person.id, ()))}.values())

    @cached_property
    def owned(self) -> Mapping[str, tuple[Role, ...]]:
        """The active roles that a person is accountable for, by person id."""
        found: dict[str, list[Role]] = {}
        for role in self.roles.values():
            if role.active and role.owner:
                found.setdefault(role.owner.id, []).append(role)
        return {person: tuple(roles) for person, roles in found.items()}

    def load(self, person: Person) -> Hours:
        """The hours that a person's roles take."""
        return self._loads.get(person.id, NO_HOURS)

    @cached_property
    def _loads(self) -> Mapping[str, Hours]:
        return {
            person_id: sum((share.hours for share in shares), NO_HOURS)
            for person_id, shares in self.shares.items()
        }

    @cached_property
    def overloaded(self) -> frozenset[str]:
        """Ids of the people who are over capacity."""
        return frozenset(
            person.id
            for person in self.people.values()
            if person.fields.weekly_capacity is not None
            and self.load(person).min > person.fields.weekly_capacity
        )

    @cached_property
    def active_roles(self) -> tuple[Role, ...]:
        """The roles that count today, by title, without teams."""
        return tuple(role for role in self.active_units if not role.is_team)

    @cached_property
    def longest(self) -> float:
        """The hours of the role that takes most: all bars of roles have this scale."""
        return max((role.hours.max for role in self.active_units if role.hours), default=0)

    @cached_property
    def teams(self) -> tuple[Role, ...]:
        """The teams that there are today, in the order of their titles."""
        return tuple(role for role in self.active_units if role.is_team)

    @cached_property
    def active_units(self) -> tuple[Role, ...]:
        """The roles and teams that count today, by title."""
        return tuple(role for role in self.roles.values() if role.active)
