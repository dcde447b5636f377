"""Cuts the tree of the whole organisation into pages that stay light.

A branch that would make its page too long goes on a page of its own, and its row leads there.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from rolebook.organisation import Organisation, Role

MAX_ROWS = 600
"""Cards of a page, as far as cutting branches can keep it so short."""
MAX_OF_DEPARTMENT = 60
"""About so many has the chart of one role with those below it."""


def cut_branches(organisation: Organisation, most: int) -> frozenset[str]:
    """Ids of the roles whose reports stand on pages of their own, so that none has more than `most` rows."""
    cut: set[str] = set()
    rows: dict[str, int] = {}

    def shortened(roles: Sequence[Role]) -> int:
        """Count the rows that `roles` and all below them take, once the longest branches are cut."""
        total = sum(1 + rows.get(role.id, 0) for role in roles)
        for role in sorted(roles, key=lambda role: -rows.get(role.id, 0)):
            if total <= most or not rows.get(role.id):
                break
            cut.add(role.id)
            total -= rows.pop(role.id)
        return total

    for _, role in reversed(organisation.tree):
        if reports := organisation.reports.get(role.id):
            rows[role.id] = shortened(reports)
    shortened(organisation.tops)
    return frozenset(cut)


def homes(organisation: Organisation, cut: frozenset[str]) -> Mapping[str, tuple[str, int]]:
    """Find the branch in which each role's row stands, and the part of its page. The first branch is ""."""
    found: dict[str, tuple[str, int]] = {}
    for place, top in enumerate(organisation.tops):
        found[top.id] = "", place // MAX_ROWS
    for _, role in organisation.tree:
        if parent := organisation.parents.get(role.id):
            part = organisation.places[role.id] // MAX_ROWS
            found[role.id] = (parent.id, part) if parent.id in cut else found[parent.id]
    return found


def anchor(role: Role) -> str:
    """The name of a role's row on the page."""
    return anchor_of(role.id)


def anchor_of(role_id: str) -> str:
    """The name of the row of the role with this id; a prefix keeps it apart from the theme's own names."""
    return f"seat-{quote(role_id)}"
