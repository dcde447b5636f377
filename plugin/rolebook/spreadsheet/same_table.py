"""Finds which table that was imported before a file is: next month's often has another name."""

from collections import Counter
from collections.abc import Iterable, Mapping


def same_tables(now: Mapping[str, str], last: Mapping[str, str], files: Iterable[str] = ()) -> dict[str, str]:
    """Find the name that each file's table has had since its first import.

    `now` has the file that each role is in, `last` the table that had it before, by the ids of the roles; of
    `files`, some may have no roles. A file is a table if half of its roles were in that one, or half of that
    one's are in it; else if it is called so. Any other is a new table, which is called like the file.
    """
    sizes, tables = Counter(now.values()), Counter(last.values())
    shared = Counter((file, last[role]) for role, file in now.items() if role in last)
    found: dict[str, str] = {}
    for (file, table), number in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        if file not in found and number * 2 >= min(sizes[file], tables[table]):
            found[file] = table
    taken = {*tables, *found.values()}
    for file in dict.fromkeys((*files, *sizes)):
        if file not in found:
            found[file] = file if file in tables else _free(file, taken)
            taken.add(found[file])
    return found


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
