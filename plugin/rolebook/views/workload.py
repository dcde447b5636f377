"""What the workload pages show: plain values and nothing else (see `profiles`)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from rolebook.analysis.audit import PersonLoad
from rolebook.language import gettext
from rolebook.organisation import Holding, Person, Role
from rolebook.organisation.words import HOLDINGS, detail
from rolebook.pages.page import Link, Page
from rolebook.pages.paging import chunk
from rolebook.pages.plan import Plan
from rolebook.schema.records import Hours
from rolebook.views.heat import Cell, Heat, heat
from rolebook.views.lists import Context, part, place, tables_script

MAX_UNFOLDED = 25
"""People whose rows are in no fold."""
MAX_LISTED = 20
"""Roles of a list that are named; the rest is counted."""
MAX_NAMED_PEOPLE = 6
"""People of one role that are named."""


class WorkloadPages:
    """Gives the template of such pages its values."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def context(self, page: Page) -> Context:
        """The values for one of the pages."""
        audit = self._plan.decisions.audit
        rows = [self._row(each) for each in chunk(audit.loads, place(page))]
        return {
            **part(page, self._plan.workload_lists),
            "script": tables_script(self._plan, page),
            "scale": audit.scale,
            "teams": bool(self._plan.organisation.memberships),
            "columns": [column.title for column in self._heat.columns],
            "rows": rows[:MAX_UNFOLDED],
            "folded": rows[MAX_UNFOLDED:],
            "whole": None if place(page) else self._whole(),
        }

    @cached_property
    def _heat(self) -> Heat:
        return heat(self._plan.decisions.audit)

    def _row(self, load: PersonLoad) -> Context:
        person = load.person
        return {
            "person": self._plan.people[person.id].link,
            "founder": person.founder,
            "edit": self._plan.edit(person.file.path) if person.file else "",
            "roles": load.held,
            "parts": load.parts,
            "teams": load.teams,
            "load": load.load,
            "capacity": person.fields.weekly_capacity,
            "over": load.over,
            "cells": self._heat.cells(load.by_function, load.roles_by_function, load.teams_by_function),
        }

    def _whole(self) -> Context:
        """What is said of the whole business, on the first page."""
        audit = self._plan.decisions.audit
        return {
            "hours": audit.hours,
            "cells": self._cells(audit.by_function, audit.roles_by_function),
            "vacant": audit.part(Holding.VACANT).hours,
            "vacant_cells": self._cells(audit.uncovered, {}),
            "parts": [(gettext(HOLDINGS[each.holding]), each) for each in audit.parts],
            "unstaffed": len(audit.unstaffed),
            "unstaffed_roles": self._roles((role, detail(role)) for role in audit.unstaffed[:MAX_LISTED]),
            "overstaffed": len(audit.overstaffed),
            "overstaffed_roles": self._roles(
                (role, _names(role.people)) for role in audit.overstaffed[:MAX_LISTED]
            ),
            "several_crafts": len(audit.several_crafts),
            "several_crafts_roles": self._roles(audit.several_crafts[:MAX_LISTED]),
            "all_roles": self._plan.role_lists[0].link,
            "shown": MAX_LISTED,
        }

    def _cells(self, hours: Mapping[str, Hours], roles: Mapping[str, int]) -> list[Cell]:
        """The cells of one row without their shades."""
        return [replace(cell, shade=0) for cell in self._heat.cells(hours, roles, {})]

    def _roles(self, roles: Iterable[tuple[Role, str]]) -> list[tuple[Link, str, str]]:
        """Each role, what is said of it, and where it is edited."""
        plan = self._plan
        return [(plan.roles[role.id].link, words, plan.edit(role.file.path)) for role, words in roles]


def _names(people: Sequence[Person]) -> str:
    names = ", ".join(person.name for person in people[:MAX_NAMED_PEOPLE])
    return f"{names} …" if len(people) > MAX_NAMED_PEOPLE else names
