"""Which posts are teams, and the rows of one team as one post."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rolebook.organisation import name_key
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.post import Post, is_team

Key = tuple[str, str]


def united(posts: Sequence[Post], conventions: Conventions) -> tuple[Post, ...]:
    """`posts`, with those that are about one team as one: each of them says who else belongs to it.

    They have the same id, or without ids the same title and parent; a row without a parent is of the only
    team that has its title. Of each column, the first cell with something in it counts.
    """
    teams: dict[Key, list[Post]] = {}
    found: list[Key | Post] = []
    parents = _parents(post for post in posts if is_team(post, conventions))
    for post in posts:
        if not is_team(post, conventions):
            found.append(post)
            continue
        key = _key(post, parents)
        if key not in teams:
            found.append(key)
        teams.setdefault(key, []).append(post)
    return tuple(_team(teams[each]) if isinstance(each, tuple) else each for each in found)


def _parents(posts: Iterable[Post]) -> dict[str, set[str]]:
    """What teams of one title are part of, by the title."""
    found: dict[str, set[str]] = {}
    for post in posts:
        found.setdefault(name_key(post.title), set()).update({name_key(post.cell("parent"))} - {""})
    return found


def _key(post: Post, parents: dict[str, set[str]]) -> Key:
    if post.reference:
        return "", post.reference
    title = name_key(post.title)
    parent = name_key(post.cell("parent"))
    return title, parent or (next(iter(parents[title])) if len(parents[title]) == 1 else "")


def _team(posts: Sequence[Post]) -> Post:
    columns = zip(*(post.row.cells for post in posts), strict=False)
    cells = tuple(next((cell for cell in column if cell.strip()), "") for column in columns)
    row = replace(posts[0].row, cells=cells)
    return replace(posts[0], row=row, owner="", rows=tuple(posts))
