"""Reads and writes who belongs to a team, as cells name them. Hours are hours per week."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from rolebook.organisation import name_key, slug
from rolebook.spreadsheet.holders import MAX_NAME, without_address, without_bullets
from rolebook.spreadsheet.hours import read_hours
from rolebook.spreadsheet.role_file import Between, Written, number
from rolebook.spreadsheet.table import one_line
from rolebook.yaml_text import scalar

FULL_WEEK = Decimal("37.5")
"""Hours of a full week where nobody said how many it has."""
LEAD_WORDS = frozenset({"lead", "leader", "team lead", "team leader", "leads"})
"""What somebody is in a team who leads it, by `name_key`, and nothing that a page would say besides."""
_LEADS = LEAD_WORDS | {
    *("co-lead", "co lead", "colead", "co-leader", "lead link", "circle lead", "head"),
    *("chair", "chairs", "co-chair", "chairperson", "chairwoman", "chairman"),
}
"""What somebody is in a team who leads it; with any other word (former, deputy) it may mean another thing."""
_FUNCTIONS = _LEADS | {
    *(
        "deputy",
        "vice-chair",
        "vice chair",
        "secretary",
        "treasurer",
        "president",
        "vice president",
        "member",
    ),
    *("coordinator", "facilitator", "clerk", "scribe", "observer", "adviser", "advisor", "scrum master"),
    *("vorsitz", "vorsitzende", "vorsitzender", "stellvertreter", "stellvertreterin", "schriftführer"),
    *("schriftführerin", "kassier", "kassierer", "kassiererin", "kassierin", "leitung", "leiter", "leiterin"),
    *("mitglied", "beisitzer", "beisitzerin", "sprecher", "sprecherin", "obmann", "obfrau", "protokoll"),
    *("président", "présidente", "vice-président", "trésorier", "trésorière", "secrétaire", "responsable"),
    *("membre", "presidente", "presidenta", "tesorero", "tesorera", "secretario", "secretaria", "vocal"),
    *("secretário", "secretária", "tesoureiro", "tesoureira", "coordinador", "coordinadora", "coordenador"),
    *("coordenadora", "suplente", "membro", "miembro"),
}
"""What somebody is in a team, and nobody's first name."""
_FUNCTION = re.compile(
    r"(?:deputy|vice|co|acting|assistant|head|chief|director|vp|lead|leiter(?:in)?)(?:[ -].+)?|c[efotmi]o|"
    r"(?:[^ ].*[ -])?(?:manager|director|officer|coordinator|secretary|treasurer|chair(?:man|woman|person)?)|"
    r"(?:kassen|haus|zeug|geräte|platz|jugend|sport|presse|schrift)wart(?:in)?|"
    r"\S+(?:leiter(?:in)?|führer(?:in)?|meister(?:in)?|meester|sprecher(?:in)?)"
)
"""The same in more words than can be listed, by `name_key`."""
_BESIDE = re.compile(r"(?P<name>[^()]*[^\s()])\s*\((?P<details>(?:[^()]|\([^()]*\))*)\)")
_BETWEEN_DETAILS = re.compile(r"(\s*(?:;|(?<!\d),|,(?!\d))\s*)")
"""Semicolons, and commas that are not in a number; in brackets, so that `split` keeps them."""
_NUMBER = re.compile(r"[-+~<>≈]?\s*\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|ère|re|e|de|ste|º|ª|\.|:a|:e)(?:[\s-]|$)")
_OUTSIDE_BRACKETS = r"(?![^()]*\))"
_MARKS = re.compile(rf"(?:[;+]|(?<!\b[nk])/|/(?![ad]\b)){_OUTSIDE_BRACKETS}", re.IGNORECASE)
"""Of several names; the stroke in `n/a` is none."""
_LAST_AND_FIRST = 2
"""Parts of a name with a comma in it."""
_COMMA = re.compile(rf",{_OUTSIDE_BRACKETS}")


@dataclass(frozen=True, slots=True)
class Belonging:
    """Somebody who belongs to a team."""

    person: str
    as_: str = ""
    hours: Decimal | Between | None = None
    leads: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    """The first and the last day, which only a file says."""


def leads(as_: str) -> bool:
    """Whether somebody who is called so in a team leads it."""
    return any(name_key(part) in _LEADS for part in re.split("[;,]", as_))


def with_function(text: str) -> str:
    """Write `Ada Hill, Chair` and `Hill, Ada, Chair` as `Ada Hill (Chair)`; any other text stays."""
    parts = [part.strip() for part in text.split(",")]
    name = parts[:1] if " " in parts[0] else parts[1::-1]
    what = parts[len(name) :]
    is_plain = all(parts) and not _IN_BRACKETS.search(text) and not any(map(_says_what, name))
    if not (is_plain and what and all(map(_says_what, what))):
        return text
    return f"{' '.join(name)} ({', '.join(what)})"


_IN_BRACKETS = re.compile(r"[()]")


def _says_what(part: str) -> bool:
    """Whether `part` is what somebody is, or hours, and nobody's name."""
    key = name_key(part)
    is_of_hours = bool(_NUMBER.match(part)) and any(map(_is_of_a_unit, part))
    return key in _FUNCTIONS or is_of_hours or (len(key) <= MAX_NAME and _FUNCTION.fullmatch(key) is not None)


def begins_with_function(name: str) -> bool:
    """Whether `name` is a full name behind what somebody is, such as `Chair Ada Hill`."""
    first, _, rest = name.partition(" ")
    return " " in rest and name_key(first) in _FUNCTIONS


def names_none(cell: str) -> bool:
    """Whether `cell` holds something that cannot be names: it has no letters, such as `12`."""
    return bool(cell.strip()) and not any(map(str.isalpha, cell))


def parse_members(cell: str) -> tuple[Belonging, ...]:
    """The members that a cell names, such as `Ada Stone (secretary, 3 h); Ben Hill`."""
    return tuple(parse_member(name).member for name in parse_names(cell))


def parse_names(cell: str) -> tuple[str, ...]:
    """The names in a cell: parted by line ends and semicolons, else by commas if there are whole names.

    Two words with a comma between them are one name, and what is in brackets parts nothing.
    """
    cell = without_bullets(cell)
    if "\n" in cell or "\r" in cell:
        parts = [part for line in cell.splitlines() for part in _MARKS.split(line)]
    elif _MARKS.search(cell):
        parts = _MARKS.split(cell)
    else:
        parts = _with_functions(_COMMA.split(cell))
        whole = [len(part.split()) > 1 for part in parts]
        is_list = all(whole) or len(parts) > _LAST_AND_FIRST
        parts = parts if is_list else [cell]
    return tuple(name for part in parts if (name := one_line(part)))


def _with_functions(parts: Iterable[str]) -> list[str]:
    """Leave what somebody is with the name before it: `Ada Hill`, `Chair` is one."""
    found: list[str] = []
    for part in parts:
        if found and _says_what(part.strip()):
            found[-1] += f",{part}"
        else:
            found.append(part)
    return found


@dataclass(frozen=True, slots=True)
class ReadMember:
    """Somebody as a cell names them."""

    member: Belonging
    hours: str = ""
    """The words that are read as hours; empty without any."""
    how: str = ""
    """How these were read, in words; empty where they say it all."""
    numbers: str = ""
    """What else is in the brackets and has no letters: nobody can tell what it means."""


def read_member(text: str, full_week: Decimal) -> ReadMember:
    """Read whom a hand-written cell names; numbers that may mean anything are left out."""
    read = parse_member(without_address(text), full_week)
    parts = [part.strip() for part in re.split(r"[;,]", read.member.as_)]
    numbers = ", ".join(part for part in parts if _is_no_function(part))
    if not numbers:
        return read
    words = ", ".join(part for part in parts if part and not _is_no_function(part))
    return replace(read, member=replace(read.member, as_=words), numbers=numbers)


def _is_no_function(words: str) -> bool:
    """Whether nobody can be called so in a team: `12`, `10+ h`; `2nd chair` and `2. Vorsitzende` can."""
    begins = _NUMBER.match(words)
    return names_none(words) or (begins is not None and not _ORDINAL.match(words))


def parse_member(text: str, full_week: Decimal = FULL_WEEK) -> ReadMember:
    """Read whom `text` names, with what is in brackets.

    A number alone is no hours: it may be the person's own, or a year.
    """
    found = _BESIDE.fullmatch(text)
    if not found:
        return ReadMember(Belonging(text))
    parts = _BETWEEN_DETAILS.split(found["details"].strip())
    for at in range(0, len(parts), 2):
        if any(map(_is_of_a_unit, parts[at])) and (hours := read_hours(parts[at], full_week)):
            words = "".join(parts[: at - 1] + parts[at + 1 :] if at else parts[2:])
            span = hours.low if hours.low == hours.high else Between(hours.low, hours.high)
            return ReadMember(Belonging(found["name"], words, span), parts[at], hours.how)
    return ReadMember(Belonging(found["name"], "".join(parts)))


def _is_of_a_unit(char: str) -> bool:
    return char.isalpha() or char == "%"


def members_cell(members: Iterable[Belonging]) -> str:
    """Write members into a cell, for `parse_members`."""
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
    """Write the field as YAML; without members there is none."""
    lines = []
    for each in members:
        if each == Belonging(each.person):
            lines.append(f"  - {scalar(each.person)}\n")
            continue
        lines.append(f"  - person: {scalar(each.person)}\n")
        lines += [f"    as: {scalar(each.as_)}\n"] if each.as_ else []
        if isinstance(each.hours, Between):
            ends = f"min: {number(each.hours.low)}, max: {number(each.hours.high)}"
            lines.append(f"    weekly_hours: {{{ends}}}\n")
        elif each.hours is not None:
            lines.append(f"    weekly_hours: {number(each.hours)}\n")
        lines += [f"    {name}: {day}\n" for name in ("since", "until") if (day := getattr(each, name))]
    return Written(f"members:\n{''.join(lines)}" if lines else "")


def with_days(file: Iterable[Belonging], table: Iterable[Belonging]) -> tuple[Belonging, ...]:
    """Give the members that a table names the days that the file has for them.

    Who is in the table no more stays where the file says until when they belonged to the team.
    """
    file, table = tuple(file), tuple(table)
    days = {slug(each.person): (each.since, each.until) for each in file}
    named = {slug(each.person) for each in table}
    left = (each for each in file if each.until and slug(each.person) not in named)
    return (
        *(
            replace(each, since=since, until=until)
            for each in table
            for since, until in [days.get(slug(each.person), (None, None))]
        ),
        *left,
    )


def listed(everybody: Iterable[Belonging]) -> tuple[tuple[str, ...], tuple[Belonging, ...]]:
    """Part who leads a team from who belongs to it, as an exported table names them."""
    everybody = tuple(everybody)
    return (
        tuple(each.person for each in everybody if each.leads),
        tuple(each for each in everybody if not each.leads),
    )


def united(everybody: Iterable[Belonging]) -> tuple[tuple[str, ...], tuple[Belonging, ...]]:
    """Sum up who leads a team and who belongs to it, each once; `everybody` is as the rows name them."""
    found: dict[str, Belonging] = {}
    leading: dict[str, str] = {}
    seen: set[tuple[str, str, Decimal | Between | None]] = set()
    for each in everybody:
        key = name_key(each.person)
        if each.leads:
            leading.setdefault(key, each.person)
        as_ = "" if each.leads and name_key(each.as_) in LEAD_WORDS else each.as_
        known = found.setdefault(key, Belonging(each.person))
        words = ", ".join(dict.fromkeys(filter(None, (*known.as_.split(", "), as_))))
        # A row that is there twice says nothing new; another one is about other hours.
        more = None if (key, each.as_, each.hours) in seen else each.hours
        seen.add((key, each.as_, each.hours))
        found[key] = replace(known, as_=words, hours=_both(known.hours, more))
    # Who leads and is nothing else need not be listed a second time.
    members = [
        each for key, each in found.items() if key not in leading or each.as_ or each.hours is not None
    ]
    return tuple(leading.values()), tuple(members)


def _both(some: Decimal | Between | None, more: Decimal | Between | None) -> Decimal | Between | None:
    """The hours of both together."""
    if some is None or more is None:
        return some if more is None else more
    ends = [(each.low, each.high) if isinstance(each, Between) else (each, each) for each in (some, more)]
    low, high = (sum(each, Decimal()) for each in zip(*ends, strict=True))
    return low if low == high else Between(low, high)
