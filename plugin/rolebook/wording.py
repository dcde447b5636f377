"""Writes figures, dates and lists as people read them: `10 h`, `EUR 1,950`, `3 May 2026`, `a, b and c`."""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from typing import Protocol

NO_BREAK = "\N{NO-BREAK SPACE}"

_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_RUN = re.compile(rf"{_RIGHT_TO_LEFT}(?:[^\w·▲,]*{_RIGHT_TO_LEFT})*")
_ISOLATED = "\N{FIRST STRONG ISOLATE}\\g<0>\N{POP DIRECTIONAL ISOLATE}"


class Range(Protocol):
    """Two numbers, which may be one and the same, such as hours a week."""

    @property
    def min(self) -> float: ...
    @property
    def max(self) -> float: ...


class Amount(Range, Protocol):
    """A range of money."""

    @property
    def currency(self) -> str:
        """An ISO 4217 code; empty when unknown."""
        ...


class Pay(Protocol):
    """An amount, or a range, and what it pays for."""

    @property
    def amount(self) -> float | None: ...
    @property
    def min(self) -> float | None: ...
    @property
    def max(self) -> float | None: ...
    @property
    def currency(self) -> str: ...
    @property
    def per(self) -> str: ...


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name, such as `AL` for Ada Lovelace."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in dict.fromkeys(words[:1] + words[-1:]))


_PER = {"": "", "hour": "an hour", "month": "a month", "fixed": "in total", "deliverable": "per deliverable"}


def number(value: float) -> str:
    """A number with at most two digits after the point, such as `1,250`, `7.5` and `131.25`."""
    cents = f"{value:,.2f}"
    if round(value, 2) != value:  # of the two nearest the greater one, as the decimals say and not the bits
        cents = f"{Decimal(repr(float(value))).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"
    return cents.rstrip("0").rstrip(".")


def hours_text(hours: Range) -> str:
    """Hours a week, such as `10 h` or `8–10 h`."""
    high = number(hours.max)
    low = high if hours.min == hours.max else number(hours.min)
    return f"{low}{NO_BREAK}h" if low == high else f"{low}–{high}{NO_BREAK}h"


def price(amount: float) -> str:
    """A price as somebody pays it: whole, or with both digits of its cents."""
    return f"{amount:,.2f}".removesuffix(".00")


def money(amount: Amount) -> str:
    """An amount, such as `EUR 1,950` or `EUR 1,040–1,248`; below nothing `EUR −165 to 43`."""
    low, high = (
        f"{half_up(Fraction(repr(float(end)))):,}".replace("-", "−") for end in (amount.min, amount.max)
    )
    dash = "–" if amount.min >= 0 else " to "
    figures = low if low == high else f"{low}{dash}{high}"
    return f"{amount.currency}{NO_BREAK}{figures}" if amount.currency else figures


def half_up(number: Fraction) -> int:
    """The whole number that is nearest; of two the greater one."""
    return floor(number + Fraction(1, 2))


def pay_text(rate: Pay | None) -> str:
    """Such as `EUR 1,200 to 1,500 a month`; empty when there is no amount."""
    if rate is None:
        return ""
    if rate.amount is not None:
        before, figures = "", _figure(rate.amount)
    elif rate.min is not None and rate.max is not None:
        before, figures = "", f"{_figure(rate.min)} to {_figure(rate.max)}"
    elif rate.min is not None:
        before, figures = "from ", _figure(rate.min)
    elif rate.max is not None:
        before, figures = "up to ", _figure(rate.max)
    else:
        return ""
    return f"{before}{f'{rate.currency} {figures}'.strip()} {_PER[rate.per]}".strip()


def _figure(amount: float) -> str:
    cents = f"{amount:,.2f}"
    return cents.removesuffix(".00") if round(amount, 2) == amount else f"{amount:,.10g}"


def day(date: dt.date) -> str:
    """A day, such as `3 May 2026`."""
    return f"{date.day} {date:%B %Y}"


def short_day(date: dt.date) -> str:
    """The same where there is little room, such as `3 May`; the year is clear."""
    return f"{date.day} {date:%b}"


def unbroken_day(date: dt.date) -> str:
    """The same for a page: its number stays beside its month."""
    return day(date).replace(" ", NO_BREAK, 1)


def listed(words: Iterable[str]) -> str:
    """Such as `a, b and c`."""
    words = list(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def isolated(text: str) -> str:
    """`text` with words that are read from right to left kept to themselves: no figure stands among them."""
    return _RUN.sub(_ISOLATED, text)


def numbered(name: str) -> Iterator[str]:
    """List `name`, `name-2`, `name-3` and so on, for whoever needs one that is free."""
    yield name
    yield from (f"{name}-{number}" for number in itertools.count(2))


def counted(number: int, one: str, many: str = "") -> str:
    """`number` with its noun, such as `1 role` or `1,200 people`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
