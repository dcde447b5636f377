"""Figures and dates as people read them."""

import datetime as dt

import pytest

from rolebook.wording import NO_BREAK, counted, day, listed, money, number, price, unbroken_day


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (7.5, "7.5"),
        (1250, "1,250"),
        (131.25, "131.25"),
        # Halves go up, though some of these are a little less than they look in binary.
        (5.255, "5.26"),
        (25.755, "25.76"),
        (33.755, "33.76"),
        (56.255, "56.26"),
        (66.255, "66.26"),
        (1234.005, "1,234.01"),
        (0.004, "0"),
        (2.994, "2.99"),
        (2.995, "3"),
    ],
)
def test_a_number_has_two_digits_after_the_point_at_most(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("amount", "text"), [(149.99, "149.99"), (1200.5, "1,200.50"), (150, "150")])
def test_a_price_keeps_its_cents(amount: float, text: str) -> None:
    assert price(amount) == text


class Range:
    def __init__(self, low: float, high: float, currency: str) -> None:
        self.min, self.max, self.currency = low, high, currency


def test_an_amount_has_its_currency_and_both_ends() -> None:
    assert money(Range(1040, 1248, "EUR")) == f"EUR{NO_BREAK}1,040–1,248"
    assert money(Range(1950, 1950, "")) == "1,950"


def test_a_day_is_written_out() -> None:
    assert day(dt.date(2026, 5, 3)) == "3 May 2026"
    assert unbroken_day(dt.date(2026, 5, 3)) == f"3{NO_BREAK}May 2026"


def test_lists_and_counts() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [counted(each, "role") for each in (0, 1, 1200)] == ["0 roles", "1 role", "1,200 roles"]
    assert counted(2, "person", "people") == "2 people"
