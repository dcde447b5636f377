"""Spreads lists that are too long for one page over several."""

from collections.abc import Sequence
from typing import TypeVar

from rolebook.language import gettext
from rolebook.organisation import Role
from rolebook.pages import branches, kinds
from rolebook.pages.addresses import LISTS, TREE
from rolebook.pages.kinds import PageKind
from rolebook.pages.page import Page

MAX_ROWS = 200
"""Rows of a list page; longer lists go on on the next page."""
Row = TypeVar("Row")


def list_pages(folder: str, title: str, rows: int, kind: PageKind, size: int = MAX_ROWS) -> tuple[Page, ...]:
    """The pages of a list of so many `rows`, `size` on each; the first is the folder's own."""
    parts = max(1, -(-rows // size))
    first = Page(f"{folder}/index.md", title, kind, 0)
    more = (
        Page(f"{LISTS}/{folder}/{part + 1}.md", _further(title, part), kind, part) for part in range(1, parts)
    )
    return first, *more


def branch_pages(stem: str, title: str, role: Role | None, rows: int) -> tuple[Page, ...]:
    """The pages of a branch of the tree."""
    first = Page(f"{TREE}/{stem}.md", title, kinds.TREE, role)
    more = (
        Page(f"{LISTS}/{TREE}/{stem}/{part + 1}.md", _further(title, part), kinds.TREE, role)
        for part in range(1, -(-rows // branches.MAX_ROWS))
    )
    return first, *more


def _further(title: str, part: int) -> str:
    return gettext("%(title)s, page %(number)s", title=title, number=part + 1)


def chunk(rows: Sequence[Row], part: int, size: int = MAX_ROWS) -> list[Row]:
    """The rows of a list page."""
    return list(rows[part * size : (part + 1) * size])
