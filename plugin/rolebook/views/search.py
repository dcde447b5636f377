"""What the search index holds of the generated pages.

An index is loaded whole into every reader's browser, and each heading is an entry of it. So what stands on
another page already is left out, and in a large organisation a role is one short entry.
"""

from markupsafe import Markup

from rolebook.organisation import Role
from rolebook.pages.plan import Page, Plan

MAX_ROLES = 500
"""Roles whose pages are searched in full: their index loads in a moment on a phone, too."""

NOTHING = Markup("")
_TITLE_ONLY = Markup("<p></p>")
_ENTRY = Markup('<h1 id="role">{}</h1><p>{}</p>')
"""The plugin for search takes as a title what has an id."""
_REPEATING = frozenset({"department", "job"})
"""Kinds of pages on which nothing stands that the page of a role does not say."""
_NAMING = frozenset(
    {"person", "tree", "roles-list", "people-list", "jobs-list", "hats", "hand-over", "attention"}
)
"""Kinds of pages that name what is found by itself."""


def entry(plan: Plan, page: Page) -> Markup | None:
    """HTML of the one entry that `page` has, besides its title: `NOTHING` for none; None for all of it."""
    if page.kind in _REPEATING or _is_further(plan, page):
        return NOTHING
    if is_full(plan):
        return None
    if isinstance(page.subject, Role) and page.kind == "role":
        return _role(page.subject)
    return _TITLE_ONLY if page.kind in _NAMING else None


def is_full(plan: Plan) -> bool:
    """Whether roles' pages are searched in full."""
    mode = plan.project.options.search
    return mode == "text" or (mode == "auto" and len(plan.organisation.roles) <= MAX_ROLES)


def _is_further(plan: Plan, page: Page) -> bool:
    """Whether it is a later part of a list, or a branch of the tree."""
    if page.kind == "tree":
        return page.uri != plan.tree.uri
    return isinstance(page.subject, int) and page.subject > 0


def _role(role: Role) -> Markup:
    """Its title with who holds it and does its work, and what it produces.

    The theme ranks whatever is found in a title above all else. Elsewhere, a holder's name would stand below
    every person who shares a part of it.
    """
    people = [role.owner, *(person for person, _ in role.performers)]
    names = dict.fromkeys(person.name for person in people if person)
    title = " · ".join(filter(None, (role.title, ", ".join(names))))
    outcomes = [each.outcome for each in role.fields.deliverable] or [role.fields.purpose]
    return _ENTRY.format(title, " ".join(outcomes))
