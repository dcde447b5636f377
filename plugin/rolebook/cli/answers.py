"""Reads what an owner answers to the questions of `rolebook init --guided`, and refuses what is not clear."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import click

from rolebook.cli.library import not_there
from rolebook.escaping import printable
from rolebook.language import gettext
from rolebook.library.kind import Kind
from rolebook.library.role import named
from rolebook.library.tailored import Price
from rolebook.organisation import name_key, names_nobody, words_of
from rolebook.schema.records import WEEK, Hours
from rolebook.schema.standards import CURRENCIES, CURRENCY_WORDS, SIGNS
from rolebook.spreadsheet.holders import ME, may_be_two, remark, several
from rolebook.spreadsheet.hours import read_hours

_LONGEST = 200
"""Characters of an answer: names, and promises of one sentence."""
_FULL_WEEK = Decimal(40)
_NUMBERS = re.compile(r"(not\s+)?(\d+(?:\s*[-–]\s*\d+)?(?:\s*[,\s]\s*\d+(?:\s*[-–]\s*\d+)?)*)", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![.,]?\d)")
_DENIED = re.compile(r"(not|no|without|only|just)\s+(.+)", re.IGNORECASE)
_JOINED = re.compile(r"\s(?:and|&|\+|or)\s|[/,+]", re.IGNORECASE)
"""Between the names of two people."""
_LARGEST = 12
"""Characters of a price."""


class Unclear(click.UsageError):
    """Why an answer is asked for again."""


def tidy(given: str) -> str:
    """An answer on one line, without what a terminal would obey."""
    text = " ".join(printable(given).split())
    if len(text) > _LONGEST:
        raise Unclear(
            gettext(
                "Write at most %(most)s characters; there is room for more in the handbook.", most=_LONGEST
            )
        )
    return text


def name(text: str) -> str:
    """The owner's own name; `Owner` if it is left out."""
    if text and (names_nobody(text) or name_key(text) in ME):
        raise Unclear(gettext("'%(name)s' is no name that others know you by. Write your name.", name=text))
    return text or "Owner"


def one_name(text: str) -> str:
    """The answer, which is one person's name; refused if it can be anything else."""
    if not any(map(str.isalpha, text)):
        message = gettext("'%(text)s' has no letter. Write a name, or nobody.", text=text)
        if any(map(str.isdigit, text)):
            message += " " + gettext("Hours are asked for next.")
        raise Unclear(message)
    if read_hours(text, _FULL_WEEK):
        raise Unclear(
            gettext("'%(text)s' are hours, which are asked for next. Write a name, or nobody.", text=text)
        )
    name, note = remark(text)
    if note:
        raise Unclear(gettext("Write the name alone: %(name)s.", name=name))
    if several(text) or may_be_two(text) or _JOINED.search(text):
        raise Unclear(
            gettext(
                "'%(text)s' seems to be more than one person. Write who answers for it; others come later.",
                text=text,
            )
        )
    return text


def is_owner(name: str, owner: str) -> bool:
    """Whether a name is the owner's: in full, or the first name alone."""
    words, known = words_of(name), words_of(owner)
    return name_key(name) in (*ME, "owner") or words in (known, known[:1])


def price(text: str) -> Price | None:
    """What is paid, such as `45 EUR a month`; None if it is left out."""
    if not text:
        return None
    found = _AMOUNT.search(text)
    before, after = (text[: found.start()], text[found.end() :]) if found else ("", "")
    if not found or before.rstrip().endswith(("-", "−")) or re.match(r"\s*[-–]\s*\d", after):
        raise Unclear(gettext("Write one number with its currency, such as 45 EUR a month."))
    amount = _plain_number(found[1])
    if len(amount) > _LARGEST:
        raise Unclear(gettext("This is more than anybody pays. Write a number such as 45."))
    currency, after = _currency(before, after)
    return Price(amount, currency, " ".join(after.split()).strip(" ,;"))


def _currency(before: str, after: str) -> tuple[str, str]:
    """The currency that is named before or after the amount, and what else follows that."""
    codes = {
        word: word.upper()
        for word in re.findall(r"\b[A-Z]{3}\b|\b(?:eur|usd|gbp|chf)\b", f"{before} {after}")
    }
    words = {
        word: CURRENCY_WORDS.get(word.casefold(), "") for word in re.findall(r"\w+", f"{before} {after}")
    }
    for word, code in (SIGNS | words | codes).items():
        if word in before + after and code in CURRENCIES:
            return code, after.replace(word, " ", 1)
    return "", after


def _plain_number(written: str) -> str:
    """The number in digits with a point, whichever marks part its thousands and its cents."""
    cents = re.search(r"[.,](\d{1,2})$", written)
    whole = re.sub(r"\D", "", written[: cents.start()] if cents else written)
    return f"{whole}.{cents[1]}" if cents else whole


def hours(text: str) -> Hours:
    """The hours of a week, or a range of them."""
    found = read_hours(text, _FULL_WEEK)
    if found is None or found.high > WEEK:
        raise Unclear(
            gettext("'%(text)s' are no hours of a week. Write a number such as 5, 7.5 or 2-3.", text=text)
        )
    return Hours(min=float(found.low), max=float(found.high))


def chosen(text: str, most: int) -> tuple[frozenset[int], tuple[str, ...]]:
    """The numbers that an answer keeps, all if it names none, and its own words, parted by semicolons."""
    kept: set[int] = set()
    left_out: set[int] = set()
    own: list[str] = []
    for part in filter(None, (each.strip() for each in text.split(";"))):
        if found := _NUMBERS.fullmatch(part):
            (left_out if found[1] else kept).update(_numbers(found[2], most))
        else:
            own.append(part)
    return frozenset(kept or range(1, most + 1)) - left_out, tuple(own)


def _numbers(text: str, most: int) -> frozenset[int]:
    """The numbers of a list such as `1, 3-5`; each is on a list of `most`."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", text):
        if max(len(first), len(last)) > len(str(most)) or not 1 <= int(first) <= int(last or first) <= most:
            shown = f"{first}-{last}" if last else first
            raise Unclear(
                gettext(
                    "'%(number)s' is not on the list. Write numbers from 1 to %(last)s.",
                    number=shown,
                    last=most,
                )
            )
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def chosen_roles(text: str, ids: Sequence[str]) -> tuple[list[str], list[str]]:
    """The roles of the list that an answer keeps, by number or name, and those of the library that it adds.

    The role at the top is always kept.
    """
    places = {each: number for number, each in enumerate(ids, 1)}
    _, words = chosen(text, len(ids))
    numbered = [part for part in map(str.strip, text.split(";")) if _NUMBERS.fullmatch(part)]
    added = []
    for denied, name in _names(words):
        if not (role := named(name)):
            raise Unclear(not_there(name))
        if role.id in places:
            numbered.append(f"{denied}{places[role.id]}")
        elif denied:
            raise Unclear(gettext("%(role)s is not on the list.", role=role.title))
        else:
            added.append(role.id)
    kept, _ = chosen("; ".join(numbered), len(ids))
    if 1 not in kept and all(each.casefold().startswith("not") for each in numbered):
        raise Unclear(gettext("Role 1 is at the top of the chart and stays."))
    return [each for each in ids if places[each] in kept], added


def _names(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each name in lists such as `only shipping, payroll` or `not shipping`; before it `not ` or nothing."""
    for part in words:
        found = _DENIED.fullmatch(part)
        denied = "not " if found and found[1].casefold() in ("not", "no", "without") else ""
        for listed in (found[2] if found else part).split(","):
            for name in [listed] if named(listed.strip()) else re.split(r"\band\b", listed):
                if name.strip():
                    yield denied, name.strip()


def by_role(known: Kind, text: str, example: str) -> Iterator[tuple[str, str]]:
    """Each role that the answer names by its number, with what it says of it."""
    ids = known.role_ids
    for part in filter(None, (each.strip() for each in text.split(";"))):
        numbers, colon, said = (each.strip() for each in part.partition(":"))
        listed = _NUMBERS.fullmatch(numbers)
        if not colon or not said or not listed or listed[1]:
            raise Unclear(
                gettext(
                    "'%(text)s' is not clear. Write the number, a colon and the rest: %(example)s",
                    text=part,
                    example=example,
                )
            )
        for number in sorted(_numbers(listed[2], len(ids))):
            yield ids[number - 1], said
