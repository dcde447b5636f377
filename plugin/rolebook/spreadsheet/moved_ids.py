"""Finds rows whose id is by now that of another role.

Running numbers move on when somebody adds or deletes a row, and each table has its own. A role may get
another title or another holder, and seldom both.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence, Set
from itertools import pairwise, takewhile

from rolebook.organisation import name_key, slug
from rolebook.spreadsheet.imported_role import ImportedRole
from rolebook.spreadsheet.known_role import KnownRole
from rolebook.spreadsheet.table import whole_number

_DIGITS = 9
_PART = re.compile(r"\d+|[^\W\d_]+")
_STEPS = (1, 5, 10, 100)
"""By which people count who leave room between rows."""
_FIRST = frozenset({"0", "1", "01", "001", "a"})
"""Where the parts of a number such as 2.1 begin."""
_ROMAN = re.compile(r"(?=.)(?:X{0,3})(?:IX|IV|V?I{0,3})")
_OF_ROMAN = {"I": 1, "V": 5, "X": 10}
_GAPS = 2
"""Up to so many numbers for each row, ids that go up are a count from which rows were deleted."""
_PAIR = 2
"""One id beside another title and holder may be a role that changed; two are none by chance."""


def ids_that_moved(
    imported: Sequence[ImportedRole],
    roles: Collection[KnownRole],
    running: Set[str],
    renumbered: Set[str],
) -> Callable[[ImportedRole, KnownRole], bool]:
    """Make a function that says of a row and the role with its id whether the row is about another role.

    `running` are the files whose ids are running numbers. Of these, the numbers of some say nothing any more:
    those that are known to be `renumbered`, and those in which a row has the number of another role.
    """
    rows, titles = Counter(map(called, imported)), Counter(_title(each) for each in imported)
    known = Counter(name_key(_imported(role)[0]) for role in roles)
    held = Counter(title_and_holder(*_imported(role)) for role in roles)

    def is_elsewhere(row: ImportedRole, role: KnownRole) -> bool:
        title, owner = _imported(role)
        was, now = title_and_holder(title, owner), called(row)
        if was != now and ((was and rows[was] > 0) or (now and held[now] > 0)):
            # Under ids that somebody chose, two people have changed places.
            return row.row.file in running or is_another(row, role)
        is_known = titles[name_key(title)] > 0 or known[_title(row)] > 0
        # One id that somebody chose stays, whatever else of its row changes.
        return row.row.file in running and is_known and is_another(row, role)

    files = _files_with_other_ids(imported, roles, is_elsewhere)

    say_nothing = renumbered | (files & running)

    def moved(row: ImportedRole, role: KnownRole) -> bool:
        is_moved = row.row.file in files and is_another(row, role)
        return row.row.file in say_nothing or is_moved or is_elsewhere(row, role)

    return moved


def files_with_running_numbers(imported: Sequence[ImportedRole]) -> frozenset[str]:
    """The files whose ids count up from row to row."""
    numbers: dict[str, list[int]] = {}
    others = set[str]()
    for each in imported:
        number = whole_number(each.reference)
        if number.isdecimal() and len(number) <= _DIGITS:
            numbers.setdefault(each.row.file, []).append(int(number))
        elif each.reference:
            others.add(each.row.file)
    return frozenset(
        file
        for file, found in numbers.items()
        if file not in others and all(after == before + 1 for before, after in pairwise(found))
    )


def files_that_count_rows(imported: Sequence[ImportedRole]) -> frozenset[str]:
    """The files whose ids count up from row to row, such as P1 and P2, 1.1 and 1.2, 10 and 20, or a and b."""
    references: dict[str, list[str]] = {}
    for each in imported:
        references.setdefault(each.row.file, []).append(each.reference)
    return frozenset(file for file, found in references.items() if len(found) > 1 and _counts(found))


def _counts(references: Sequence[str]) -> bool:
    numbers = [_number(each) for each in references]
    goes_up = all(numbers) and all(before < after for before, after in pairwise(numbers))
    if goes_up and numbers[-1] - numbers[0] < _GAPS * len(numbers):
        return True  # Rows may have been deleted since they were counted.
    parts = [_PART.findall(each.casefold()) for each in references]
    return any(all(_follows(*pair, step) for pair in pairwise(parts)) for step in _STEPS)


def _number(reference: str) -> int:
    """The number that an id is, also in Roman numerals; 0 for any other."""
    if reference.isdecimal() and len(reference) <= _DIGITS:
        return int(reference)
    return _roman(reference.upper()) if _ROMAN.fullmatch(reference.upper()) else 0


def _roman(numeral: str) -> int:
    values = [_OF_ROMAN[letter] for letter in numeral]
    return sum(
        value if value >= after else -value for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def _follows(before: Sequence[str], after: Sequence[str], step: int) -> bool:
    """Whether an id is the next one after another: a part counts on; those behind it begin anew or stay."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    part, behind = after[same : same + 1], after[same + 1 :]
    if same == len(before):
        return not behind and bool(part) and part[0] in _FIRST
    begins_anew = all(each in _FIRST for each in behind)
    return (
        bool(part) and _is_next(before[same], part[0], step) and (behind == before[same + 1 :] or begins_anew)
    )


def _is_next(before: str, after: str, step: int) -> bool:
    if before.isdecimal() and after.isdecimal():
        return int(after) == int(before) + step
    return len(before) == len(after) == 1 and ord(after) == ord(before) + 1


def _files_with_other_ids(
    imported: Sequence[ImportedRole],
    roles: Collection[KnownRole],
    is_elsewhere: Callable[[ImportedRole, KnownRole], bool],
) -> frozenset[str]:
    """The files in which ids moved on, or most stand beside another title and holder than before."""
    by_id = {role.reference or role.id: role for role in roles}
    all_, other, moved = Counter[str](), Counter[str](), set[str]()
    for each in imported:
        role = by_id.get(each.reference) or by_id.get(slug(each.reference))
        if each.reference and role:
            file = each.row.file
            all_[file] += 1
            other[file] += is_another(each, role)
            moved |= {file} if is_elsewhere(each, role) else set()
    most = {file for file, number in other.items() if number >= _PAIR and number * 2 > all_[file]}
    return frozenset(most | moved)


def _title(imported: ImportedRole) -> str:
    return name_key(imported.title)


def _imported(role: KnownRole) -> tuple[str, str]:
    """The title and the holder of a role as its table had them last."""
    return role.imported_title or role.title, role.imported_owner or role.owner


def is_another(imported: ImportedRole, role: KnownRole) -> bool:
    """Whether a row has neither the title nor the holder of a role."""
    title, owner = _imported(role)
    same_owner = bool(owner) and slug(imported.owner) == slug(owner)
    return _title(imported) != name_key(title) and not same_owner


def called(imported: ImportedRole) -> tuple[str, str] | None:
    """The title and the holder of a row, see `title_and_holder`."""
    return title_and_holder(imported.title, imported.owner)


def title_and_holder(title: str, owner: str) -> tuple[str, str] | None:
    """What a role can be known by; None where nobody holds it, since vacancies are all alike."""
    return (name_key(title), slug(owner)) if owner else None
