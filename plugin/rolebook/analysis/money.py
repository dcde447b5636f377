"""Money a month: ranges stay ranges, and currencies are never added together."""

from collections.abc import Iterable
from dataclasses import dataclass

from rolebook.language import N_, gettext
from rolebook.schema.records import DIGITS, Hours, Rate

WEEKS, MONTHS = 52, 12
"""In a year. So a month has 4⅓ weeks; with four, each year would lose a month's work."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount from `min` to `max` in one currency. An empty currency is the owner's own."""

    min: float
    max: float
    currency: str


def monthly(rate: Rate | None, hours: Hours | None, seats: int = 1) -> Money | None:
    """What a month costs with `hours` a week in each of `seats` at `rate`; None where either is unknown.

    A fixed price, or one for each deliverable, is not a cost a month; nor is an amount that does not say what
    it is for, or in which currency.
    """
    ends = _ends(rate) if rate else None
    if rate is None or ends is None or not rate.currency or rate.per not in ("hour", "month"):
        return None
    low, high = ends
    if rate.per == "month":
        return Money(low * seats, high * seats, rate.currency)
    if hours is None:
        return None
    return by_the_hour(low, high, hours, rate.currency)


def by_the_hour(low: float, high: float, hours: Hours, currency: str) -> Money:
    """What a month costs with `hours` a week, if an hour costs `low` to `high`."""
    return Money(low * hours.min * WEEKS / MONTHS, high * hours.max * WEEKS / MONTHS, currency)


def lacking(rate: Rate | None, hours: Hours) -> tuple[str, ...]:
    """What must be written down before a monthly cost is known; empty where there never is one."""
    if rate is None:
        return (gettext("a rate"), *([] if hours else [gettext("the hours")]))
    given = rate.amount is not None, rate.min is not None, rate.max is not None
    # Translators: these follow "add", as in "add the amount and the hours".
    found = {
        N_("the amount"): not any(given),
        N_("the highest amount"): given == (False, True, False),
        N_("the lowest amount"): given == (False, False, True),
        N_("the currency"): not rate.currency,
        N_("the unit of the rate (hour or month)"): not rate.per,
        N_("the hours"): rate.per in ("", "hour") and not hours,
    }
    return tuple(gettext(words) for words, is_missing in found.items() if is_missing)


def _ends(rate: Rate) -> tuple[float, float] | None:
    """The least and the most that is paid; None if one of them is unknown, as of `from 30` or `up to 50`."""
    if rate.amount is not None:
        return rate.amount, rate.amount
    return None if rate.min is None or rate.max is None else (rate.min, rate.max)


def added_up(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum for each currency, in the order of their names."""
    sums: dict[str, Money] = {}
    for each in amounts:
        before = sums.get(each.currency, Money(0, 0, each.currency))
        low, high = round(before.min + each.min, DIGITS), round(before.max + each.max, DIGITS)
        sums[each.currency] = Money(low, high, each.currency)
    return tuple(sums[currency] for currency in sorted(sums))
