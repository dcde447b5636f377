"""Reads who holds a role: names in many forms, and words in place of names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rolebook.organisation import name_key, names_nobody
from rolebook.problems import Rule, Severity

PLACEHOLDER_HOLDER = Rule(
    "placeholder-holder", Severity.ADVICE, "A word in place of a name would become a person with hours."
)
UNCLEAR_HOLDER = Rule(
    "unclear-holder", Severity.WARNING, "One person answers for a role; only you know which is meant."
)

MAX_NAME = 300
"""Characters of a cell that may be a name; the forms below are not looked for in a longer one."""
ME = frozenset({"me", "myself", "i"})
"""Whoever made the table."""
_SEVERAL = re.compile(r"[^/;+]*\w\s*(?:/|;|\+|\n)\s*\w[^;+]*")
_LAST_FIRST = re.compile(r"([^,]*\w[^,]*),\s*([^,]*\w[^,]*)")
_AFTER_A_NAME = frozenset(
    [
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "phd",
        "md",
        "mba",
        "esq",
        "cpa",
        "ltd",
        "inc",
        "llc",
        "llp",
        "plc",
        "gmbh",
        "ag",
        "co",
        "bv",
        "sa",
    ]
)
"""What follows a comma without being a first name."""
_PRONOUNS = re.compile(
    r"\(\s*(?:she|he|they|ze|xe|sie|er|elle|il|iel|ella|él)(?:\s*/\s*\w+){1,2}\s*\)", re.IGNORECASE
)
_BESIDE_A_NAME = re.compile(r"\s*<[^<>]*@[^<>]*>|[*†‡§¹²³⁴-⁹]+\s*$")
_NUMBERED = re.compile(r"(?:\d{3,}\s*[-–—:|#]?\s+)?(?P<name>\D*[^\W\d])(?:\s*[-–—|#]\s*\d{3,})?")
"""`1001 Ada Stone`, `Ada Stone - 1001`."""
_WORD = r"\w[\w.'’-]*"
_TWO_PEOPLE = re.compile(
    rf"{_WORD}(?: {_WORD}){{0,3}} (?<!von )(?:and|&|und|et|i|и) {_WORD}(?: {_WORD}){{1,3}}"
)
"""With a first and a last name at the end; `y` and `e` join the last names of one person."""
_FIRMS = frozenset(
    (
        *("co", "company", "cie", "sons", "söhne", "fils", "partner", "partners", "associates", "brothers"),
        *("daughters", "family", "team", *_AFTER_A_NAME),
    )
)
"""The last word of a firm's name."""
_REMARK = re.compile(r"(.*\S)\s*\(([^()]*)\)")


def turned(name: str) -> str:
    """Turn `Last, First` into `First Last`; any other name stays."""
    found = _LAST_FIRST.fullmatch(name) if len(name) <= MAX_NAME else None
    if not found or _plain(found[2]) in _AFTER_A_NAME or _plain(found[2].split()[-1]) in _FIRMS:
        return name
    return f"{found[2].strip()} {found[1].strip()}"


@dataclass(frozen=True, slots=True)
class NameOrder:
    """How the names of a table are written."""

    last_first: bool
    """Whether those with a comma are `Last, First`."""

    def first_last(self, name: str) -> str:
        """`name` as `First Last`."""
        return turned(name) if self.last_first else name


def name_order(holders: Iterable[str], others: Iterable[str] = ()) -> NameOrder:
    """Find how `holders` are written: `Last, First` if all have a comma, or if one is written both ways.

    `others` are names of the same people elsewhere.
    """
    names = [each for each in holders if each and not names_nobody(each)]
    with_comma = [each for each in names if turned(each) != each]
    plain = {name_key(each) for each in (*names, *others) if each and turned(each) == each}
    confirmed = any(name_key(turned(each)) in plain for each in with_comma)
    return NameOrder(confirmed or len(with_comma) == len(names) > 1)


def several(cell: str) -> bool:
    """Whether `cell` seems to name more than one person."""
    if len(cell) > MAX_NAME:
        return False
    listed = [
        each for each in re.split("[,、，]", cell) if _plain(each) and _plain(each) not in _AFTER_A_NAME
    ]
    return (
        len(listed) > 2
        or (len(listed) > 1 and "," not in cell)
        or _SEVERAL.fullmatch(without_pronouns(cell)) is not None
    )


def may_be_two(name: str) -> bool:
    """Whether `name` seems to be the names of two people, such as `Eve and Tom Long`, and no firm's."""
    plain = " ".join(name.split())
    if len(name) > MAX_NAME or not plain or _plain(plain.split()[-1]) in _FIRMS:
        return False
    return turned(name) == name and _TWO_PEOPLE.fullmatch(plain) is not None


def without_pronouns(name: str) -> str:
    """Take words such as `(she/her)` out of `name`."""
    return _PRONOUNS.sub("", name).strip()


def bare(name: str) -> str:
    """Take an e-mail address, marks of footnotes and a personnel number off a name."""
    if len(name) > MAX_NAME:
        return name
    plain = _BESIDE_A_NAME.sub("", name).strip()
    found = _NUMBERED.fullmatch(plain)
    return found["name"] if found else plain or name


def _plain(word: str) -> str:
    return word.casefold().replace(".", "").strip()


def remark(name: str) -> tuple[str, str]:
    """Split a cell into the name and what is in brackets after it, such as `Orla Quint (101)`."""
    found = _REMARK.fullmatch(name) if len(name) <= MAX_NAME else None
    return (found[1], found[2].strip()) if found else (name, "")
