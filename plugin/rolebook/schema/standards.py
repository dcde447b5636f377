"""Kinds of values whose names a standard lists: currencies (ISO 4217) and time zones (IANA)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import available_timezones

import yaml

from rolebook.language import N_, gettext
from rolebook.schema.kinds import Report, here, plain_text
from rolebook.schema.typos import Known, having, meant_is

CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
    CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW
    KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW
    UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 (a literal would be three pages long)
)
"""Codes that are in use, of list one of ISO 4217 (www.six-group.com), without metals, funds and tests."""
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
CURRENCY_WORDS = (
    dict.fromkeys(("euro", "euros"), "EUR")
    | dict.fromkeys(("pound", "pounds", "quid"), "GBP")
    | dict.fromkeys(("dollar", "dollars"), "USD")
    | dict.fromkeys(("franc", "francs", "franken"), "CHF")
    | {"yen": "JPY"}
)
"""Currencies as people call them, where that is mostly the one meant; crowns and pesos are not clear."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A name that is on a list, in small letters or capitals; any text where there is no list."""

    asks_for: str
    names: Callable[[], frozenset[str]]
    signs: Mapping[str, str] = field(default_factory=dict)
    """The names that are meant by signs."""

    @property
    def expects(self) -> str:
        return gettext(self.asks_for)

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = plain_text(node)
        if text == "":
            return None
        found = self._found(text) if text else None
        if found is None:
            expects = here(self.expects, self.signs.get((text or "").casefold(), ""))
            report.wrong_value(node, name, expects, self._meant(text or ""))
        return found

    def _found(self, text: str) -> str | None:
        names, key = self.names(), text.casefold()
        return next((each for each in names if each.casefold() == key), None) if names else text

    def _meant(self, text: str) -> str:
        if text.casefold() in self.signs:
            return ""
        names = sorted(self.names())
        meant = Known((each, each) for each in names).slips(text) or having(text, names)
        return meant_is(*meant)


@cache
def _time_zones() -> frozenset[str]:
    """The names that this machine knows; none without a list of them, such as the package tzdata."""
    return frozenset(available_timezones())


CURRENCY = Listed(
    N_("a currency as its ISO 4217 code, such as EUR"), lambda: CURRENCIES, {**SIGNS, **CURRENCY_WORDS}
)
TIME_ZONE = Listed(N_("a time zone, such as Europe/Dublin"), _time_zones)
