"""What stands on the pages that list roles, people or job descriptions.

As with the pages about one of them, the templates get plain values and nothing else (see `profiles`).
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from rolebook.charts import people
from rolebook.language import N_, gettext
from rolebook.organisation import Organisation, Person, Role
from rolebook.organisation.words import LEADS, units
from rolebook.pages import kinds
from rolebook.pages.addresses import ASSETS_DIR
from rolebook.pages.kinds import PageKind
from rolebook.pages.page import Link, Page
from rolebook.pages.paging import chunk
from rolebook.pages.plan import Plan
from rolebook.views.cards import Cards
from rolebook.views.facts import Column, cells, columns
from rolebook.wording import listed

Context = dict[str, Any]
OUTSIDE = {
    "employee": N_("employee"),
    "contractor": N_("contractor"),
    "agency": N_("agency"),
    "volunteer": N_("volunteer"),
    "automation": N_("automation"),
}
"""How somebody who is outside works for the organisation, after their name."""


class Lists:
    """Gives the templates of such pages their values."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._organisation: Organisation = plan.organisation
        self.contexts: Mapping[PageKind, Callable[[Page], Context]] = {
            kinds.ROLE_LIST: self._roles,
            kinds.PERSON_LIST: self._people,
            kinds.JOB_LIST: self._jobs,
        }

    def _roles(self, page: Page) -> Context:
        return {
            **part(page, self._plan.role_lists),
            "total": units(self._by_title),
            "overview": self._plan.overview.link,
            "script": tables_script(self._plan, page),
            "reviews": any(role.fields.review_by for role in self._by_title),
            "history": self._has_history,
            "own": self._of_roles,
            "rows": [self._role(each) for each in chunk(self._by_title, place(page))],
        }

    def _role(self, role: Role) -> Context:
        parent = self._organisation.parents.get(role.id)
        return {
            "role": self._plan.roles[role.id].link,
            "unit": role,
            "owner": self._plan.people[role.owner.id].link if role.owner else None,
            "leads": listed(person.name for person in role.leads[:LEADS]),
            "done_by": listed(person.name for person in role.people) if role.vacant else "",
            "hours": role.hours,
            "review": role.fields.review_by,
            "overdue": bool(role.fields.review_by and role.fields.review_by < self._organisation.day),
            "changed": self._changed(role.file.path),
            "parent": self._plan.roles[parent.id].link if parent else None,
            "also_above": [
                self._plan.roles[each.id].link for each in self._organisation.also_above.get(role.id, ())
            ],
            "own": cells(self._plan, role.fields, self._of_roles),
        }

    def _people(self, page: Page) -> Context:
        chart = None if place(page) else people.people(self._organisation)
        return {
            **part(page, self._plan.people_lists),
            "total": len(self._by_name),
            "teams": bool(self._organisation.memberships),
            "script": tables_script(self._plan, page),
            "history": self._has_history,
            "own": self._of_people,
            "rows": [self._person(each) for each in chunk(self._by_name, place(page))],
            "scale": self._plan.decisions.audit.scale,
            "chart": chart,
            "cards": Cards.of(self._plan, page.uri).holders(chart) if chart else None,
        }

    def _person(self, person: Person) -> Context:
        fields = person.fields
        held = self._organisation.roles_of(person)
        own = sum(role.owner == person for role in held)
        return {
            "person": self._plan.people[person.id].link,
            "founder": person.founder,
            "outside": gettext(OUTSIDE[fields.engagement or fields.kind]) if person.outside else "",
            "roles": own,
            "parts": len(held) - own,
            "teams": len(self._organisation.memberships.get(person.id, ())),
            "load": self._organisation.load(person),
            "capacity": fields.weekly_capacity,
            "changed": self._changed(person.file.path) if person.file else None,
            "own": cells(self._plan, fields, self._of_people),
        }

    @cached_property
    def _of_roles(self) -> tuple[Column, ...]:
        """The columns of the owner's fields."""
        return columns(role.fields for role in self._by_title)

    @cached_property
    def _of_people(self) -> tuple[Column, ...]:
        return columns(person.fields for person in self._by_name)

    @property
    def _has_history(self) -> bool:
        """Whether colleagues see when a file was changed."""
        return self._plan.history is not None and not self._plan.project.is_public

    def _changed(self, path: str) -> dt.date | None:
        """The day on which the file at `path` was last changed, as far as git knows."""
        return self._plan.history.changed.get(path) if self._plan.history and self._has_history else None

    def _jobs(self, page: Page) -> Context:
        jobs = chunk(self._vacant_first, place(page))
        return {
            **part(page, self._plan.job_lists),
            "vacant": [(*self._job(each), _lead(each)) for each in jobs if each.to_fill],
            "held": [self._job(each) for each in jobs if not each.to_fill],
        }

    def _job(self, role: Role) -> tuple[Link, Any]:
        """The job description under the role's title, and the hours."""
        return Link(role.title, self._plan.jobs[role.id].uri), role.written_hours

    @cached_property
    def _by_title(self) -> Sequence[Role]:
        return list(self._organisation.roles.values())

    @cached_property
    def _by_name(self) -> Sequence[Person]:
        return list(self._organisation.people.values())

    @cached_property
    def _vacant_first(self) -> Sequence[Role]:
        return sorted(self._organisation.active_roles, key=lambda role: not role.to_fill)


def part(page: Page, pages: Sequence[Page]) -> Context:
    """For any part of a list: the page itself, all pages of the list, whether this is the first one."""
    return {"page": page.link, "pages": [each.link for each in pages], "first": place(page) == 0}


def tables_script(plan: Plan, page: Page) -> str:
    """The address of the script for long tables, as `page` writes it."""
    return plan.file(page.uri, f"{ASSETS_DIR}/tables.js")


def place(page: Page) -> int:
    """Which part of its list a page is, from 0."""
    assert isinstance(page.subject, int)
    return page.subject


def _lead(role: Role) -> str:
    produced = role.fields.deliverable
    return produced[0].outcome if produced else role.fields.purpose
