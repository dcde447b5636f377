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
_REMARK = re.compile(r"(.*\S)\s*\(([^()]*)\)")


def turned(name: str) -> str:
    """Turn `Last, First` into `First Last`; any other name stays."""
    found = _LAST_FIRST.fullmatch(name) if len(name) <= MAX_NAME else None
    if not found or found[2].casefold().replace(".", "").strip() in _AFTER_A_NAME:
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
    return len(cell) <= MAX_NAME and _SEVERAL.fullmatch(cell) is not None


def remark(name: str) -> tuple[str, str]:
    """Split a cell into the name and what is in brackets after it, such as `Orla Quint (101)`."""
    found = _REMARK.fullmatch(name) if len(name) <= MAX_NAME else None
    return (found[1], found[2].strip()) if found else (name, "")
