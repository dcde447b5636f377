"""Writes figures, dates and lists as people read them: `10 h`, `EUR 1,950`, `3 May 2026`, `a, b and c`."""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Protocol

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_percent

from rolebook.language import Language, current, figure, gettext, ngettext

NO_BREAK = "\N{NO-BREAK SPACE}"
_CENT = Decimal("0.01")

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


def number(value: float) -> str:
    """A number with at most two digits after the point, such as `1,250`, `7.5` and `131.25`."""
    # Of the two nearest the greater one, as the decimals say and not the bits.
    exact = Decimal(repr(float(value)))
    return figure(exact if exact == exact.to_integral_value() else exact.quantize(_CENT, ROUND_HALF_UP), "##")


def hours_text(hours: Range) -> str:
    """Hours a week, such as `10 h` or `8–10 h`."""
    high = number(hours.max)
    low = high if hours.min == hours.max else number(hours.min)
    if low == high:
        return some_hours(hours.max)
    # Translators: hours a week.
    return gettext("%(low)s–%(high)s\u00a0h", low=low, high=high)


def some_hours(hours: float) -> str:
    """Hours, such as `7.5 h`."""
    # Translators: "h" is the sign for hours.
    return gettext("%(hours)s\u00a0h", hours=number(hours))


def percent(value: int) -> str:
    """A share, such as `66%`."""
    return _percent(current(), value)


@lru_cache(maxsize=2**8)
def _percent(language: Language, value: int) -> str:
    return format_percent(Decimal(value) / 100, locale=language.locale)


def price(amount: float) -> str:
    """A price as somebody pays it: whole, or with both digits of its cents."""
    cents = Decimal(f"{amount:.2f}")
    return figure(cents, "" if cents == cents.to_integral_value() else "00")


def money(amount: Amount) -> str:
    """An amount, such as `EUR 1,950` or `EUR 1,040–1,248`; below nothing `EUR −165 to 43`."""
    low, high = (
        figure(half_up(Fraction(repr(float(end))))).replace("-", "−") for end in (amount.min, amount.max)
    )
    if low == high:
        return with_currency(amount.currency, low)
    if amount.min < 0:
        return with_currency(amount.currency, gettext("%(low)s to %(high)s", low=low, high=high))
    return with_currency(amount.currency, f"{low}–{high}")


def with_currency(currency: str, figures: str, space: str = NO_BREAK) -> str:
    """Figures with the code of a currency, such as `EUR 1,950`; alone where the currency is unknown."""
    if not currency:
        return figures
    pattern = current().locale.currency_formats["standard"].pattern
    first = pattern.index("¤") < pattern.index("0")
    return space.join((currency, figures) if first else (figures, currency))


def half_up(number: Fraction) -> int:
    """The whole number that is nearest; of two the greater one."""
    return floor(number + Fraction(1, 2))


def pay_text(rate: Pay | None) -> str:
    """Such as `EUR 1,200 to 1,500 a month`; empty when there is no amount."""
    if rate is None:
        return ""
    pay = _pay(rate)
    if not pay:
        return ""
    match rate.per:
        case "hour":
            return gettext("%(pay)s an hour", pay=pay)
        case "month":
            return gettext("%(pay)s a month", pay=pay)
        case "fixed":
            return gettext("%(pay)s in total", pay=pay)
        case "deliverable":
            return gettext("%(pay)s per deliverable", pay=pay)
    return pay


def _pay(rate: Pay) -> str:
    if rate.amount is not None:
        return _amount(rate, rate.amount)
    if rate.min is not None and rate.max is not None:
        low, high = _alike(rate.min, rate.max)
        figures = gettext("%(low)s to %(high)s", low=low, high=high)
        return with_currency(rate.currency, figures, " ")
    if rate.min is not None:
        return gettext("from %(pay)s", pay=_amount(rate, rate.min))
    if rate.max is not None:
        return gettext("up to %(pay)s", pay=_amount(rate, rate.max))
    return ""


def _amount(rate: Pay, amount: float) -> str:
    return with_currency(rate.currency, _figures(amount), " ")


def _alike(*amounts: float) -> Iterator[str]:
    """The figures of prices that stand side by side: all have cents, or none has."""
    are_prices = all(round(amount, 2) == amount for amount in amounts)
    if are_prices and any(amount != round(amount) for amount in amounts):
        yield from (figure(Decimal(f"{amount:.2f}"), "00") for amount in amounts)
    else:
        yield from map(_figures, amounts)


def _figures(amount: float) -> str:
    return price(amount) if round(amount, 2) == amount else exactly(amount)


def exactly(value: float) -> str:
    """A number with all its digits, such as `1,250.125`."""
    return figure(Decimal(f"{value:.10g}"), "#" * 10)


def day(date: dt.date) -> str:
    """A day, such as `3 May 2026`."""
    return _day(current(), date)


@lru_cache(maxsize=2**12)
def _day(language: Language, date: dt.date) -> str:
    written = format_date(date, "long", language.locale)
    first = _first_of_month(language) if date.day == 1 else ""
    return f"{first}{written.removeprefix('1')}" if first else written


def _first_of_month(language: Language) -> str:
    """The ordinal by which a language calls the first day of a month; CLDR has no pattern for it."""
    match language.locale.language:
        case "fr":
            return "1er"
        case "pt":
            # As in Brazil; elsewhere, Portuguese has the plain number.
            return "1º" if language.locale.territory in (None, "BR") else ""
    return ""


def short_day(date: dt.date) -> str:
    """The same where there is little room, such as `3 May`; the year is clear."""
    return format_skeleton("MMMd", date, locale=current().locale)


def unbroken_day(date: dt.date) -> str:
    """The same for a page: its number stays beside its month."""
    return day(date).replace(" ", NO_BREAK, 1)


def table_day(date: dt.date) -> str:
    """The same in a column of days, such as `3 Sept 2026`."""
    return format_date(date, "medium", current().locale).replace(" ", NO_BREAK, 1)


def month(date: dt.date) -> str:
    """The month of a day, such as `May 2026`."""
    return format_skeleton("yMMMM", date, locale=current().locale)


def listed(words: Iterable[str]) -> str:
    """Such as `a, b and c`."""
    return format_list(list(words), locale=current().locale)


def first_of(words: Sequence[str], most: int) -> str:
    """The first of `words`, and how many more there are, such as `a, b and 3 more`."""
    rest = len(words) - most
    return listed([*words[:most], more(rest)] if rest > 0 else words)


def more(number: int) -> str:
    """At the end of a list, how many are not named."""
    return ngettext("%(number)s more", "%(number)s more", number)


def either(words: Iterable[str]) -> str:
    """Such as `a, b or c`."""
    return format_list(list(words), "or", current().locale)


def isolated(text: str) -> str:
    """`text` with words that are read from right to left kept to themselves: no figure stands among them."""
    return _RUN.sub(_ISOLATED, text)


def numbered(name: str) -> Iterator[str]:
    """List `name`, `name-2`, `name-3` and so on, for whoever needs one that is free."""
    yield name
    yield from (f"{name}-{number}" for number in itertools.count(2))


def counted(number: int, one: str, many: str = "") -> str:
    """`number` with its noun, such as `1 role` or `1,200 people`; for what is in English only."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
