"""Reads hours a week as people write them: `10h/week`, `7,5`, `1/2 day`, `1.5 FTE`, `50 %`, `full-time`."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rolebook.language import gettext, ngettext

DAYS = 5
"""Working days in a full week."""
_WEEKS_IN_A_YEAR, _MONTHS_IN_A_YEAR = 52, 12
_MAX_CELL = 100
"""Characters of a cell that may be hours."""
_HUNDREDTH = Decimal("0.01")

_UNITS = {
    "hour": r"hours?|hrs?\.?|h\.?|std\.?|stunden?|heures?|uur|uren|horas?|hs\.?|ore|ora|"
    r"godz\.?|godzin[ay]?|wochenstunden|u|t|tunti[a]?|tuntia|ώρες|часа|óra|saat|tim\.?|timmar|timer|hod\.?|hodin[ay]?|ч\.?|час(?:а|ов)?|時間|小时|小時",
    "minute": r"minutes?|mins?\.?",
    "day": r"days?|tage?|jours?|dagen|dag|d[ií]as?|giorni|giorno",
    "fte": r"[fw]\.?t\.?e\.?|whole[ -]?time equivalents?|vz[äa]|etp|full[ -]?time equivalents?|"
    r"etat(?:u|y)?|jornadas?|úvazk[uy]|úvazek|ставк[аи]",
    "percent": r"%|per ?cent|percent|prozent|por ?ciento|pour ?cent",
}
_PERIODS = {
    "week": r"weeks?|wks?\.?|w\.?|woche|wo\.?|semaine|sem\.?|semana|settimana|"
    r"tydzień|tyg\.?|vecka|uge|uke|hét|viikossa|săptămână|týden|неделю|нед\.?|週|周",
    "day": r"days?|d\.?|tag|jour|d[ií]a|giorno|dag",
    "month": r"months?|mths?\.?|mo\.?|monat|mois|mes|mese|maand",
    "year": r"years?|yrs?\.?|annum|jahr|an|année|año|anno|jaar",
}
_ADVERBS = {
    "week": r"weekly|p[./]?w\.?|wöchentlich|settimanali?|hebdomadaires?|semanal(?:es)?|tygodniowo|týdně|"
    r"в неделю",
    "day": r"daily|täglich|diari[ao]s?",
    "month": r"monthly|p[./]?m\.?|monatlich|mensual(?:es)?|mensuelles?",
    "year": r"yearly|p\.?a\.?|jährlich|anual(?:es)?",
}
_WORDS = {
    r"full[ -]?time|f/?t|vollzeit|(?:à )?(?:temps plein|plein temps)|temps complet|tiempo completo|"
    r"jornada completa|tempo pieno|tempo integral|voltijds?|t\.?c\.?|pełny etat|plný úvazek|heltid|"
    r"полная ставка": Decimal(1),
    r"half[ -]?time|halbzeit|halbtags|(?:à )?mi[ -]temps|media jornada|medio tiempo|meio período|"
    r"halftijds?|pół etatu|poloviční úvazek|halvtid|полставки": Decimal("0.5"),
}
_NUMBER = r"\d{1,9}(?:\.\d{1,15})?|\d{1,9},\d{1,2}|0?,\d{1,15}|\.\d{1,15}"
_AMOUNT = rf"(?:\d{{1,3}} )?\d{{1,3}}/\d{{1,3}}|{_NUMBER}"


def _named(prefix: str, words: dict[str, str]) -> str:
    return "|".join(f"(?P<{prefix}_{name}>{forms})" for name, forms in words.items())


_ABOUT = r"(?P<about>(?:ca\.?|circa|c\.|about|around|approx\.?|approximately|roughly|etwa|~|≈) *)?"
_EACH = r"/|per|a|an|each|pro|par|por|je|a la|p\.|na|i|za|v|в"
_EXPRESSION = re.compile(
    rf"{_ABOUT}(?P<low>{_AMOUNT})(?: *(?:{_named('low', _UNITS)}))?"
    rf"(?: *(?:to|bis|-|–|—) *(?P<high>{_AMOUNT})(?: *(?:{_named('high', _UNITS)}))?)?"
    rf"(?: *(?:(?:{_EACH}) *(?:{_named('per', _PERIODS)})|{_named('every', _ADVERBS)}))?"
)
_HOURS = re.compile(r"\bh\b|hours?|\bhrs?\b|\bstd\b|stunden|heures|horas|\bore\b|\buren\b")
_DAYS = re.compile(r"\b(?:days?|tage|jours|d[ií]as|dagen|giorni)\b")
_UNKNOWN = re.compile(
    r"fortnight|quarter|(?:2|two|zwei|deux|dos|duas) (?:weeks|wochen|semaines|semanas)|quartal|trimestr|"
    r"(?:half|halbe|demi|medi[oa]s?)[- ]?(?:days?|tage|jours|d[ií]as)"
)
_PERCENT = re.compile(r"%|per ?cent|prozent|pour ?cent|por ?cento|por ?ciento")
_IN_HEADINGS = {
    "week": re.compile(r"week|woche|semaine|semana|settimana|hebdo"),
    "month": re.compile(r"month|monat|mois|\bmes(?:es)?\b|mensual|mensal|mensuel|\bmês\b|maand"),
    "year": re.compile(r"year|annual|jahr|année|annuel|\baño|anual|\bano\b|jaar"),
}
_BARE = re.compile(r"[\d.,]+(?: *(?:to|bis|-|–) *[\d.,]+)?")
"""A figure or a range without a unit."""
_YEARLY = re.compile(rf"(?:{_EACH}) *(?:{_PERIODS['year']})|(?:{_ADVERBS['year']})")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,2})[.,'’ ](\d{3})(?![\d.,])")
"""In hours of a year: nobody works 1.8 hours."""
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::00)?")
_HOURS_AND_MINUTES = re.compile(
    r"(\d{1,3}) *(?:h|hrs?|hours?) *(?:and )?([0-5]?\d) *(?:m|min|mins|minutes)?\.?"
)


@dataclass(frozen=True, slots=True)
class ReadHours:
    """Hours a week, and how they were found."""

    low: Decimal
    high: Decimal
    how: str = ""
    """What was assumed, in words; empty when the cell says it all."""


def with_unit(cell: str, heading: str) -> str:
    """A bare figure with the unit and the period that the heading of its column names, such as `h/month`.

    Of a heading whose unit is not known, the figure has the whole heading beside it, so that it is reported.
    """
    heading = " ".join(heading.casefold().split())
    if not _BARE.fullmatch(cell.strip()):
        return cell
    if _UNKNOWN.search(heading):
        return f"{cell} ({heading})"
    if _PERCENT.search(heading):
        return f"{cell} %"
    period = next((name for name, words in _IN_HEADINGS.items() if words.search(heading)), "week")
    unit = "hour" if _HOURS.search(heading) or not _DAYS.search(heading) else "day"
    return cell if (unit, period) == ("hour", "week") else f"{cell} {unit}/{period}"


def read_hours(cell: str, full_week: Decimal, unit: str = "hour") -> ReadHours | None:
    """Read the hours in `cell`; None when they are not clear. `unit` is meant where the cell names none."""
    if len(cell) > _MAX_CELL:
        return None
    text = " ".join(_with_fractions(cell).casefold().split())
    if _YEARLY.search(text):
        text = _THOUSANDS.sub(r"\1\2", text)
    of_full_week = gettext("a full week is %(hours)s h, see --full-week", hours=f"{full_week:f}")
    for words, share in _WORDS.items():
        if re.fullmatch(words, text):
            return ReadHours(share * full_week, share * full_week, of_full_week)
    if found := _CLOCK.fullmatch(text) or _HOURS_AND_MINUTES.fullmatch(text):
        hours = (Decimal(found[1]) + Decimal(found[2]) / 60).quantize(_HUNDREDTH, ROUND_HALF_UP)
        return ReadHours(hours, hours, gettext("hours and minutes"))
    found = _EXPRESSION.fullmatch(text)
    return _measured(found, full_week, unit, of_full_week) if found else None


def _measured(found: re.Match[str], full_week: Decimal, unit: str, of_full_week: str) -> ReadHours | None:
    low_unit, high_unit = _one(found, "low", _UNITS), _one(found, "high", _UNITS)
    if low_unit and found["high"] and low_unit != high_unit:
        return None
    named = low_unit or high_unit
    if not named and unit == "hour" and "/" in f"{found['low']}{found['high']}":
        return None  # 5/8 may be a range, or a date
    unit = named or unit
    per = _one(found, "per", _PERIODS) or _one(found, "every", _ADVERBS) or "week"
    if (unit in ("fte", "percent") and per != "week") or (unit == "day" and per == "day"):
        return None
    in_hours = {
        "hour": Decimal(1),
        "minute": Decimal(1) / 60,
        "day": full_week / DAYS,
        "fte": full_week,
        "percent": full_week / 100,
    }[unit]
    times = {
        "week": Decimal(1),
        "day": Decimal(DAYS),
        "month": Decimal(_MONTHS_IN_A_YEAR) / _WEEKS_IN_A_YEAR,
        "year": Decimal(1) / _WEEKS_IN_A_YEAR,
    }[per]
    how = {
        "day": gettext("a day is %(hours)s h, see --full-week", hours=f"{full_week / DAYS:f}"),
        "fte": of_full_week if named else "",
        "percent": of_full_week,
    }.get(unit, "")
    if not how and per != "week":
        how = (
            ngettext("a week has %(number)s day", "a week has %(number)s days", DAYS)
            if per == "day"
            else ngettext("a year has %(number)s week", "a year has %(number)s weeks", _WEEKS_IN_A_YEAR)
        )
    if not how and found["about"]:
        how = gettext("an estimate")
    ends = [_amount(found["low"]), _amount(found["high"] or found["low"])]
    if None in ends:
        return None
    first, last = (
        (end * in_hours * times).quantize(_HUNDREDTH, ROUND_HALF_UP) for end in ends if end is not None
    )
    if not how and last < first:
        how = gettext("the lower number first")
    return ReadHours(min(first, last), max(first, last), how)


def _one(found: re.Match[str], prefix: str, words: dict[str, str]) -> str:
    return next((name for name in words if found[f"{prefix}_{name}"]), "")


def _amount(text: str) -> Decimal | None:
    """A number, or a fraction such as `1 1/2`; None when that divides by nothing."""
    whole, _, fraction = text.rpartition(" ")
    if "/" not in fraction:
        return Decimal(f"0{text}".replace(",", "."))
    above, _, below = fraction.partition("/")
    if not int(below):
        return None
    return Decimal(whole or 0) + Decimal(above) / Decimal(below)


def _with_fractions(cell: str) -> str:
    """Write signs such as ½ in `cell` as `1/2`, and every other sign in its common form."""
    signs = (
        f" {unicodedata.normalize('NFKC', sign).replace('⁄', '/')}"
        if unicodedata.decomposition(sign).startswith("<fraction>")
        else unicodedata.normalize("NFKC", sign)
        for sign in unicodedata.normalize("NFC", cell)
    )
    return "".join(signs)
