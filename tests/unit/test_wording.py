"""Figures and dates as people read them, and one term for one thing."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from rolebook.analysis.money import Money
from rolebook.language import language, written_in
from rolebook.wording import (
    NO_BREAK,
    counted,
    day,
    isolated,
    listed,
    money,
    number,
    pay_text,
    price,
    unbroken_day,
)


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


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("en", ("1,500", "12,500")),
        ("es", ("1500", "12.500")),
        ("es_MX", ("1,500", "12,500")),
        ("es_AR", ("1.500", "12.500")),
        ("pt", ("1.500", "12.500")),
        ("pt_PT", ("1500", "12\xa0500")),
        ("de", ("1.500", "12.500")),
        ("it", ("1500", "12.500")),
    ],
)
def test_thousands_are_grouped_as_a_country_has_it(code: str, texts: tuple[str, str]) -> None:
    with written_in(language(code)):
        assert (number(1500), number(12500)) == texts
        assert number(-1500).lstrip("-") == texts[0]


@dataclass
class Rate:
    min: float | None
    max: float | None
    amount: float | None = None
    currency: str = "EUR"
    per: str = "hour"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (20, 30.5, "EUR 20.00 to 30.50 an hour"),
        (20, 30, "EUR 20 to 30 an hour"),
        (0.125, 3, "EUR 0.125 to 3 an hour"),
        (20.5, None, "from EUR 20.50 an hour"),
        (None, 20, "up to EUR 20 an hour"),
    ],
)
def test_both_ends_of_pay_have_cents_or_none_has(low: float | None, high: float | None, text: str) -> None:
    assert pay_text(Rate(low, high)) == text


class Range:
    def __init__(self, low: float, high: float, currency: str) -> None:
        self.min, self.max, self.currency = low, high, currency


def test_an_amount_has_its_currency_and_both_ends() -> None:
    assert money(Range(1040, 1248, "EUR")) == f"EUR{NO_BREAK}1,040–1,248"
    assert money(Range(1950, 1950, "")) == "1,950"
    assert money(Range(0, 43, "EUR")) == f"EUR{NO_BREAK}0–43"
    assert money(Range(-165, 43, "EUR")) == f"EUR{NO_BREAK}−165 to 43"
    assert money(Range(-1950, -1950, "EUR")) == f"EUR{NO_BREAK}−1,950"
    assert money(Range(-0.4, 0.4, "EUR")) == f"EUR{NO_BREAK}0"


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


# --- one term for one thing -----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
PAGES = (
    *("plugin/rolebook/rendering/templates", "plugin/rolebook/starter", "content/guide"),
    *("README.md", "CONTRIBUTING.md"),
)
FORMER_TERMS = re.compile(
    r"\b(?:hats?|told|mends?|mended|nobody yet|to look at|loose ends?|stands? in for"
    r"|seats? (?:is|are|was|that|which|with)|(?:a|an|the|this|every|each|no|small|vacant) seats?)\b",
    re.IGNORECASE,
)
"""Terms that this program once had for roles, workload, fixes, vacancies, issues, gaps and cover."""


def written() -> list[Path]:
    return [
        file
        for place in PAGES
        for file in ([ROOT / place] if (ROOT / place).is_file() else (ROOT / place).rglob("*"))
        if file.suffix in (".jinja", ".md", ".yml")
    ]


def test_a_former_term_is_found() -> None:
    assert FORMER_TERMS.search("Who wears which hats")
    assert FORMER_TERMS.search("Every seat that is vacant")
    assert not FORMER_TERMS.search("That is what 2 equal seats need")


@pytest.mark.parametrize("file", written(), ids=lambda file: str(file.relative_to(ROOT)))
def test_pages_and_texts_have_one_term_for_one_thing(file: Path) -> None:
    assert FORMER_TERMS.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (20.5, 20.5, "EUR\N{NO-BREAK SPACE}21"),
        (33.5, 34.49, "EUR\N{NO-BREAK SPACE}34"),
        (20.49, 21.5, "EUR\N{NO-BREAK SPACE}20–22"),
        (-165.5, -0.4, "EUR\N{NO-BREAK SPACE}−165 to 0"),
        (6142.5, 6142.5, "EUR\N{NO-BREAK SPACE}6,143"),
        (1.005, 2.5, "EUR\N{NO-BREAK SPACE}1–3"),
    ],
)
def test_amounts_are_rounded_halves_up(low: float, high: float, written: str) -> None:
    assert money(Money(low, high, "EUR")) == written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Renée כהן · 2 h", "Renée [כהן] · 2 h"),
        ("עבד אל-רחמן ▲ 2 h", "[עבד אל-רחמן] ▲ 2 h"),
        ("عبد الرحمن\xa0· 3 h", "[عبد الرحمن]\xa0· 3 h"),
        ("Vacant, done by כהן, לוי and Ana", "Vacant, done by [כהן], [לוי] and Ana"),
        ("כהן 3 · 12 h", "[כהן] 3 · 12 h"),
        ("כהן · לוי", "[כהן] · [לוי]"),
        ("𞤀𞤣 1 ﷺ ﻼ", "[𞤀𞤣] 1 [ﷺ ﻼ]"),
        ("Zoë Öz · 2 h", "Zoë Öz · 2 h"),
        ("山田 · 2 h", "山田 · 2 h"),
        ("", ""),
    ],
)
def test_words_read_from_right_to_left_are_isolated(text: str, shown: str) -> None:
    assert isolated(text) == shown.replace("[", "\u2068").replace("]", "\u2069")
