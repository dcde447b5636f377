"""Says what words in a table mean."""

from dataclasses import dataclass
from decimal import Decimal

from rolebook.spreadsheet.members import FULL_WEEK

TEAM_WORDS = (
    *("team", "sub-team", "circle", "sub-circle", "committee", "sub-committee", "squad", "tribe", "guild"),
    *("chapter", "working group", "interest group", "project group", "task force", "group", "board"),
    *("council", "department", "unit", "division"),
)
"""These words in the column `kind` mean a team."""
ROLE_WORDS = frozenset({"", "role", "post", "position", "seat", "job"})
"""These words in the column `kind` mean a role."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """What an export's words mean; they are compared without regard to case."""

    root: frozenset[str] = frozenset({"xx"})
    """In place of a parent, these words mean that the role reports to nobody."""
    vacant: frozenset[str] = frozenset({"vacant"})
    """In place of an owner, these words mean that the role is vacant."""
    unnamed: frozenset[str] = frozenset({"n/d"})
    """In place of an owner, these words mean that somebody holds the role and is not named."""
    retired: frozenset[str] = frozenset({"eliminated", "deleted"})
    """In place of an owner or an id, these words mean that the role is retired."""
    full_week: Decimal = FULL_WEEK
    """Hours of a full-time equivalent of 1."""
    me: str = ""
    """Whom "me" means; empty where nobody said."""
    teams: frozenset[str] = frozenset(TEAM_WORDS)
    """In the column `kind`, these words mean a team."""
    memberships: bool = False
    """Whether every row says that somebody belongs to a team."""
    keep_ids: bool = False
    """Whether ids are taken as they are, even if they are names or addresses of people."""
