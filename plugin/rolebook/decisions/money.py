"""Money a month: ranges stay ranges, and currencies are never added together."""

from collections.abc import Iterable
from dataclasses import dataclass

from rolebook.schema.records import Hours, Rate

WEEKS, MONTHS = 52, 12
"""Of a year, so a month has 4⅓ weeks; four weeks a month would lose a month's work in every year."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, from `min` to `max`, in one currency; an empty one is a currency nobody has named."""

    min: float
    max: float
    currency: str


def monthly(rate: Rate | None, hours: Hours, seats: int = 1) -> Money | None:
    """What `hours` a week in all of `seats` cost a month at `rate`; None where that cannot be said.

    A fixed price, or one for each deliverable, is not a cost a month.
    """
    ends = _ends(rate) if rate else None
    if rate is None or ends is None or rate.per not in ("hour", "month"):
        return None
    low, high = ends
    if rate.per == "month":
        return Money(low * seats, high * seats, rate.currency)
    if not hours:
        return None
    return Money(low * hours.min * WEEKS / MONTHS, high * hours.max * WEEKS / MONTHS, rate.currency)


def _ends(rate: Rate) -> tuple[float, float] | None:
    given = [each for each in (rate.amount, rate.min, rate.max) if each is not None]
    if rate.amount is not None:
        return rate.amount, rate.amount
    return (min(given), max(given)) if given else None


def added_up(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum for each currency, in the order of their names."""
    sums: dict[str, Money] = {}
    for each in amounts:
        before = sums.get(each.currency, Money(0, 0, each.currency))
        sums[each.currency] = Money(before.min + each.min, before.max + each.max, each.currency)
    return tuple(sums[currency] for currency in sorted(sums))
