"""A role that is there before an import, as far as an import needs to know it."""

from dataclasses import dataclass

FILLED = "filled"
"""The status of a role that somebody holds, named or not."""


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role that is there already."""

    id: str
    title: str
    owner: str
    parent: str
    """The id of the role it reports to; empty without one."""
    reference: str = ""
    """The id that a table had for it when it was last imported; empty where that is not known."""
    imported_title: str = ""
    imported_owner: str = ""
    """What the table had then; somebody may have changed the file since."""
    digest: str = ""
    """That of its row then."""
    people: tuple[str, ...] = ()
    """Who leads a team or belongs to it."""
    table: str = ""
    """The table that had it last: see `same_table`; empty where that is not known."""
    is_team: bool = False
    was_team: bool = False
    """Whether its rows were about a team at the last import."""
    is_unnamed: bool = False
    """Whether somebody holds it who is not named."""
    is_corrected: bool = False
    """Whether its file names others than its row did then: somebody has decided who is meant."""
    is_deleted: bool = False
    """Whether its file was deleted: a row can be about it all the same, and nobody is asked for it."""


@dataclass(frozen=True, slots=True)
class KnownRoles:
    """The roles that are there before an import."""

    changing: tuple[KnownRole, ...] = ()
    """Those that a row may describe."""
    staying: tuple[KnownRole, ...] = ()
    """Those beside them that stay as they are, and may be parents."""
    elsewhere: tuple[KnownRole, ...] = ()
    """Those in the handbook's other folders: they may be parents, and nothing else gets their ids."""
    people: tuple[str, ...] = ()
    """The names of people who have a file, and the ids of their files."""


NO_ROLES = KnownRoles()
