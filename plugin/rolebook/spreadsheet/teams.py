"""Makes one team of the rows that are about it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rolebook.language import gettext
from rolebook.organisation import name_key
from rolebook.problems import Problem
from rolebook.schema.declarations import OTHER_KIND
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.imported_role import ImportedRole, is_team
from rolebook.spreadsheet.known_role import KnownRole

Key = tuple[str, str]


def united(roles: Sequence[ImportedRole], conventions: Conventions) -> tuple[ImportedRole, ...]:
    """Make one team of all rows that are about it; each of them says who else belongs to it.

    They have the same id, or without ids the same title and parent; a row without a parent is of the only
    team that has its title. Of each column, the first cell with something in it counts.
    """
    teams: dict[Key, list[ImportedRole]] = {}
    found: list[Key | ImportedRole] = []
    named = [role for role in roles if is_team(role, conventions)]
    parents = _parents(named)
    keys = {_key(role, parents) for role in named}
    for role in roles:
        key = _key(role, parents) if name_key(role.title) in parents or role.reference else ("", "")
        # Often only the first row of a team has its kind.
        if not is_team(role, conventions) and (role.cell("kind") or key not in keys):
            found.append(role)
            continue
        if key not in teams:
            found.append(key)
        teams.setdefault(key, []).append(role)
    return tuple(_team(teams[each]) if isinstance(each, tuple) else each for each in found)


def without_memberships(
    roles: Sequence[ImportedRole], known: Sequence[KnownRole], conventions: Conventions
) -> Problem | None:
    """Report the first row that is about a team of its table and is read as a role.

    Where no column says what is a team, `--memberships` did so at the last import.
    """
    teams = [each for each in known if each.is_team and each.was_team]
    by_name = {name: each for each in teams for name in (each.reference, name_key(each.imported_title))}
    silent = [each for each in roles if not {"kind", "members"} & each.columns.places.keys()]
    named = [(each, by_name.get(each.reference or name_key(each.title))) for each in silent]
    rows = Counter(each.row.file for each in silent)
    about = Counter(each.row.file for each, team in named if team)
    for each, team in named:
        file = each.row.file
        if team and not is_team(each, conventions) and (team.table == file or about[file] * 2 > rows[file]):
            message = gettext("the row is read as a role, and %(file)s is a team", file=f"{team.id}.md")
            hint = gettext("Add --memberships, as at the last import")
            return Problem(OTHER_KIND, file, each.row.number, message, hint)
    return None


def _parents(roles: Iterable[ImportedRole]) -> dict[str, set[str]]:
    """Find the parents of teams that have one title, by the title."""
    found: dict[str, set[str]] = {}
    for role in roles:
        found.setdefault(name_key(role.title), set()).update({name_key(role.cell("parent"))} - {""})
    return found


def _key(role: ImportedRole, parents: dict[str, set[str]]) -> Key:
    if role.reference:
        return "", role.reference
    title = name_key(role.title)
    parent = name_key(role.cell("parent"))
    return title, parent or (next(iter(parents[title])) if len(parents[title]) == 1 else "")


def _team(roles: Sequence[ImportedRole]) -> ImportedRole:
    columns = zip(*(role.row.cells for role in roles), strict=False)
    cells = tuple(next((cell for cell in column if cell.strip()), "") for column in columns)
    row = replace(roles[0].row, cells=cells)
    return replace(roles[0], row=row, owner="", rows=tuple(roles))
