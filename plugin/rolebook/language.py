"""The language in which the program writes: every text that people read is looked up here.

A text in the code is its English, and the key of its translations in `locale/`. The language is a context
variable (`written_in`), because nearly every function that shows text would have to hand it on. Each thread
has its own and begins with English, so handbooks in different languages can be built at once. Nothing that is
kept from one build for the next may hold a text from here, unless the language is in its key.

The functions have gettext's names, so that every tool that extracts texts knows them. Values are named in a
text, such as `%(name)s`; whole numbers among them are written as the language writes them.
"""

import gettext as catalogues
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup

from rolebook.escaping import in_html

SOURCE = "en"
"""The language of the texts in the code."""
FOLDER = files("rolebook") / "locale"
"""Has a folder for each other language, as gettext lays them out."""
_WORLD = "001"
"""The territory of English as most of the world writes it, with the day before the month."""
_DIGITS = 400
"""More than the greatest floating-point number has."""


@dataclass(frozen=True, eq=False, slots=True)
class Language:
    """A language: its texts, and how it writes figures, dates and lists."""

    code: str
    """Such as `en` or `pt_BR`."""
    locale: Locale
    texts: catalogues.NullTranslations

    @property
    def tag(self) -> str:
        """The same for HTML, such as `pt-BR`."""
        return self.code.replace("_", "-")


@cache
def language(code: str) -> Language:
    """The language of this code; its texts are in English if it has no catalogue."""
    locale = Locale.parse(code, sep="-" if "-" in code else "_")
    if str(locale) == SOURCE:
        locale = Locale(SOURCE, _WORLD)
    return Language(code.replace("-", "_"), locale, _texts(code.replace("-", "_")))


def _texts(code: str) -> catalogues.NullTranslations:
    """The texts in the catalogue of this language."""
    # Imported here: English, which most handbooks are in, has no catalogue.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    file = FOLDER / code / "LC_MESSAGES" / "rolebook.po"
    if not file.is_file():
        return catalogues.NullTranslations()
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


_ENGLISH = language(SOURCE)
_current: ContextVar[Language] = ContextVar("language")


def current() -> Language:
    """The language that is written in now."""
    return _current.get(_ENGLISH)


@contextmanager
def written_in(chosen: Language) -> Iterator[None]:
    """Write in this language meanwhile, in this thread."""
    before = _current.set(chosen)
    try:
        yield
    finally:
        _current.reset(before)


def gettext(text: str, /, **values: object) -> str:
    """`text` in the current language, with its values."""
    return current().texts.gettext(text) % _written(values)


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The form of a text that belongs to `number`, which it names as `%(number)s`."""
    values.setdefault("number", number)
    return current().texts.ngettext(one, many, number) % _written(values)


def pgettext(context: str, text: str, /, **values: object) -> str:
    """A text that has more than one meaning in English; `context` says which is meant."""
    return current().texts.pgettext(context, text) % _written(values)


def npgettext(context: str, one: str, many: str, number: int, /, **values: object) -> str:
    """Both: a text in two forms that has more than one meaning."""
    values.setdefault("number", number)
    return current().texts.npgettext(context, one, many, number) % _written(values)


def gettext_html(text: str, /, **values: object) -> Markup:
    """A text that is HTML; its values are escaped."""
    return Markup(gettext(text, **_escaped(values)))


def ngettext_html(one: str, many: str, number: int, /, **values: object) -> Markup:
    """Such a text in the form that belongs to `number`."""
    return Markup(ngettext(one, many, number, **_escaped(values)))


def pgettext_html(context: str, text: str, /, **values: object) -> Markup:
    """Such a text that has more than one meaning in English."""
    return Markup(pgettext(context, text, **_escaped(values)))


def npgettext_html(context: str, one: str, many: str, number: int, /, **values: object) -> Markup:
    """Both."""
    return Markup(npgettext(context, one, many, number, **_escaped(values)))


def N_(text: str) -> str:
    """Mark a text that is looked up where it is shown."""
    return text


def figure(number: int | Decimal, decimals: str = "") -> str:
    """A number as the current language writes it; `decimals` such as `00` or `##` follow the point."""
    return _figure(current(), number, decimals)


@lru_cache(maxsize=2**12)  # many pages have the same hours and counts
def _figure(language: Language, number: int | Decimal, decimals: str) -> str:
    whole = language.locale.decimal_formats[None].pattern.partition(".")[0]
    with localcontext(prec=_DIGITS):
        return format_decimal(number, f"{whole}.{decimals}" if decimals else whole, language.locale)


def _written(values: Mapping[str, object]) -> Mapping[str, object]:
    if not values:  # as of most labels
        return values
    return {name: figure(value) if isinstance(value, int) else value for name, value in values.items()}


def _escaped(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value if isinstance(value, int | Markup) else in_html(str(value))
        for name, value in values.items()
    }
