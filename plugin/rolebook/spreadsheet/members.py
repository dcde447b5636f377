"""Who belongs to a team, as cells name them. Hours are hours per week."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from rolebook.organisation import name_key
from rolebook.spreadsheet.role_file import Between, Written, number, scalar
from rolebook.spreadsheet.table import one_line

LEAD_WORDS = frozenset({"lead", "leader", "team lead", "team leader", "leads"})
"""What somebody is in a team who leads it, and nothing else."""
_LEADS = re.compile(
    r"(?:.*\W)?(?:co-?)?(?:leads?|leader|chair|chairs|chairperson|chairwoman|chairman|head)", re.IGNORECASE
)
"""What somebody is in a team who leads it, and may be something else besides."""
_BESIDE = re.compile(r"(?P<name>.*\S)\s*\((?P<details>[^()]*)\)")
_HOURS = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:\s*(?:to|-|–)\s*(?P<high>\d+(?:\.\d+)?))?\s*h(?:ours?)?")
_MARKS = re.compile(r"[;/+]")


@dataclass(frozen=True, slots=True)
class Belonging:
    """Somebody who belongs to a team."""

    person: str
    as_: str = ""
    hours: Decimal | Between | None = None


def leads(as_: str) -> bool:
    """Whether who is called so in a team leads it."""
    return _LEADS.fullmatch(as_) is not None


def parse_members(cell: str) -> tuple[Belonging, ...]:
    """The members that a cell names, such as `Ada Stone (secretary, 3 h); Ben Hill`."""
    return tuple(map(_belonging, parse_names(cell)))


def parse_names(cell: str) -> tuple[str, ...]:
    """The names in a cell: one a line, else parted by semicolons, else by commas if they are whole names."""
    if "\n" in cell or "\r" in cell:
        parts = cell.splitlines()
    elif _MARKS.search(cell):
        parts = _MARKS.split(cell) if "(" not in cell else cell.split(";")
    else:
        parts = _outside_brackets(cell)
        parts = parts if all(len(part.split()) > 1 for part in parts) else [cell]
    return tuple(name for part in parts if (name := one_line(part)))


def _outside_brackets(cell: str) -> list[str]:
    """The parts of a cell between commas that are not in brackets."""
    return re.split(r",(?![^()]*\))", cell)


def _belonging(name: str) -> Belonging:
    found = _BESIDE.fullmatch(name)
    if not found:
        return Belonging(name)
    words, hours = [], None
    for detail in map(str.strip, found["details"].split(",")):
        if hours is None and (figure := _HOURS.fullmatch(detail)):
            low, high = Decimal(figure["low"]), Decimal(figure["high"] or figure["low"])
            hours = low if low == high else Between(low, high)
        else:
            words.append(detail)
    return Belonging(found["name"], ", ".join(words), hours)


def members_cell(members: Iterable[Belonging]) -> str:
    """Members as a cell has them, for `parse_members`."""
    shown = []
    for each in members:
        hours = f"{_hours_words(each.hours)} h" if each.hours is not None else ""
        details = ", ".join(filter(None, (each.as_, hours)))
        shown.append(f"{each.person} ({details})" if details else each.person)
    return "; ".join(shown)


def _hours_words(hours: Decimal | Between) -> str:
    if isinstance(hours, Between):
        return f"{number(hours.low)} to {number(hours.high)}"
    return number(hours)


def members_lines(members: Iterable[Belonging]) -> Written:
    """The field as YAML; nobody's is no field."""
    lines = []
    for each in members:
        if not each.as_ and each.hours is None:
            lines.append(f"  - {scalar(each.person)}\n")
            continue
        lines.append(f"  - person: {scalar(each.person)}\n")
        lines += [f"    as: {scalar(each.as_)}\n"] if each.as_ else []
        if isinstance(each.hours, Between):
            ends = f"min: {number(each.hours.low)}, max: {number(each.hours.high)}"
            lines.append(f"    weekly_hours: {{{ends}}}\n")
        elif each.hours is not None:
            lines.append(f"    weekly_hours: {number(each.hours)}\n")
    return Written(f"members:\n{''.join(lines)}" if lines else "")


def united(everybody: Iterable[Belonging]) -> tuple[tuple[str, ...], tuple[Belonging, ...]]:
    """Who leads a team and who belongs to it, each person once; `everybody` is as the rows have them."""
    found: dict[str, Belonging] = {}
    leading: dict[str, str] = {}
    for each in everybody:
        key = name_key(each.person)
        if leads(each.as_):
            leading.setdefault(key, each.person)
        as_ = "" if name_key(each.as_) in LEAD_WORDS else each.as_
        known = found.setdefault(key, Belonging(each.person))
        words = ", ".join(dict.fromkeys(filter(None, (*known.as_.split(", "), as_))))
        found[key] = replace(known, as_=words, hours=known.hours if each.hours is None else each.hours)
    # Who leads and is nothing else need not be listed a second time.
    members = [
        each for key, each in found.items() if key not in leading or each.as_ or each.hours is not None
    ]
    return tuple(leading.values()), tuple(members)
