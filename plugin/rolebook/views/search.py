"""What the search index holds of the generated pages.

An index is loaded whole into every reader's browser, and each heading is an entry of it. So what stands on
another page already is left out, and in a large organisation a role is one short entry.
"""

from markupsafe import Markup

from rolebook.organisation import Role
from rolebook.pages import kinds
from rolebook.pages.kinds import Search
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan

MAX_ROLES = 500
"""Roles whose pages are searched in full: their index loads in a moment on a phone, too."""

NOTHING = Markup("")
_TITLE_ONLY = Markup("<p></p>")
_ENTRY = Markup('<h1 id="role">{}</h1><p>{}</p>')
"""The plugin for search takes as a title what has an id."""


def entry(plan: Plan, page: Page) -> Markup | None:
    """What search finds of `page` besides its title, as HTML; `NOTHING`, or None for the whole page."""
    search = page.kind.search
    if search is Search.NOTHING or _is_further(page):
        return NOTHING
    if search is Search.TEXT or is_full(plan):
        return None
    if search is Search.ENTRY and isinstance(page.subject, Role):
        return _role(page.subject)
    return _TITLE_ONLY


def is_full(plan: Plan) -> bool:
    """Whether roles' pages are searched in full."""
    mode = plan.project.options.search
    return mode == "text" or (mode == "auto" and len(plan.organisation.roles) <= MAX_ROLES)


def _is_further(page: Page) -> bool:
    """Whether it is a later part of a list, or a branch of the chart."""
    return page.kind is kinds.TREE or (isinstance(page.subject, int) and page.subject > 0)


def _role(role: Role) -> Markup:
    """Its title with who holds it and does its work, and what it produces.

    The theme ranks whatever is found in a title above all else. Elsewhere, a holder's name would stand below
    every person who shares a part of it.
    """
    people = role.leads if role.is_team else [role.owner, *(person for person, _ in role.performers)]
    names = dict.fromkeys(person.name for person in people if person)
    title = " · ".join(filter(None, (role.title, ", ".join(names))))
    outcomes = [each.outcome for each in role.fields.deliverable] or [role.fields.purpose]
    return _ENTRY.format(title, " ".join(outcomes))
