"""The language in which the program writes: every text that people read is looked up here.

A text in the code is its English, and the key of its translations in `locale/`. Beside the catalogue of a
language there may be a table of the words that the program looks for in role files (`Words`). The language is
a context variable (`written_in`), because nearly every function that shows text would have to hand it on.
Each thread has its own and begins with English, so handbooks in different languages can be built at once.
Nothing that is kept from one build for the next may hold a text from here, unless the language is in its key.

The functions have gettext's names, so that every tool that extracts texts knows them. Values are named in a
text, such as `%(name)s`; whole numbers among them are written as the language writes them.
"""

import gettext as catalogues
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol
from markupsafe import Markup

from rolebook.escaping import in_html

SOURCE = "en"
"""The language of the texts in the code."""
FOLDER: Traversable = files("rolebook") / "locale"
"""Has a folder for each other language, as gettext lays them out."""
_CATALOGUE, _WORDS = "LC_MESSAGES/rolebook", "words.toml"
_WORLD = "001"
"""The territory of English as most of the world writes it, with the day before the month."""
_NUMBERS = 200
"""Numbers up to here are of every kind that CLDR tells apart, but for one that a few give to millions."""
_DIGITS = 400
"""More than the greatest floating-point number has."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a language that the program looks for in role files, besides the English ones."""

    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Headings of sections, by the English heading that they stand for."""
    crafts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of skills, by the English name of the craft; `*` stands for the rest of a word."""
    vague: tuple[str, ...] = ()
    """Words by which an outcome is no result."""
    vague_at_the_start: tuple[str, ...] = ()
    """The same where an outcome begins with them."""
    to_do: tuple[str, ...] = ()
    """What a section says that nobody has written."""
    conjunctions: tuple[str, ...] = ()
    """Words such as "and"."""


NO_WORDS = Words()
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "ltr", "rtl"


@dataclass(frozen=True, eq=False, slots=True)
class Language:
    """A language: its texts, and how it writes figures, dates and lists."""

    code: str
    """Such as `en` or `pt_BR`."""
    locale: Locale
    texts: catalogues.NullTranslations
    words: Words = NO_WORDS
    direction: str = LEFT_TO_RIGHT
    """In which direction pages are laid out, as HTML has it."""

    @property
    def tag(self) -> str:
        """The same for HTML, such as `pt-BR`."""
        return self.code.replace("_", "-")

    @property
    def attributes(self) -> Markup:
        """Language and direction of a document, for its element `html`."""
        direction = Markup(' dir="{}"').format(self.direction) if self.is_from_the_right else ""
        return Markup('lang="{}"{}').format(self.tag, direction)

    @property
    def is_from_the_right(self) -> bool:
        """Whether pages begin at their right side."""
        return self.direction == RIGHT_TO_LEFT

    @property
    def name(self) -> str:
        """What those who speak it call it, in the words of Unicode's CLDR."""
        return _locale(self.code).get_display_name() or self.code


@cache
def language(code: str) -> Language:
    """The language of this code; its texts are in English if it has no catalogue."""
    locale = _locale(code)
    if str(locale) == SOURCE:
        locale = Locale(SOURCE, _WORLD)
    code = code.replace("-", "_")
    direction = str(locale.text_direction)
    for folder in _folders(code):
        return Language(code, locale, _texts(folder), _words(folder), direction)
    return Language(code, locale, catalogues.NullTranslations(), direction=direction)


@cache
def in_direction(language: Language, direction: str) -> Language:
    """The language on a site that is laid out in this `direction`, whatever the language."""
    return replace(language, direction=direction)


def language_for(code: str) -> Language | None:
    """The language of this code; None if the program cannot write in it."""
    try:
        spoken = _locale(code).language
    except (ValueError, UnknownLocaleError):
        return None
    return language(code) if spoken == SOURCE or any(_folders(code.replace("-", "_"))) else None


Replaced = tuple[tuple[str, str], ...]
"""Words and phrases of the texts, each with the one that an owner has in its place."""
_KEPT = (
    r"%%|%\(\w+\)[a-z]|<code\b.*?</code>|<[^>]*>|`[^`]*`|&\#?\w+;|\{\w*\}"
    r"|(?<!\w)'[\w.-]+'(?!\w)|(?<!\w)--[a-z-]+|\b(?:rolebook|mkdocs) [a-z]+\b"
)
"""What is no word of a text: values, tags with their attributes, code, names in quotation marks, commands,
and signs written as HTML has them."""


@cache
def with_words(language: Language, replaced: Replaced) -> Language:
    """The language with words that an owner has `replaced` in its texts."""
    return replace(language, texts=_OwnWords(language.texts, replaced)) if replaced else language


class _OwnWords(catalogues.NullTranslations):
    """The texts of another catalogue, in the words of an owner."""

    def __init__(self, texts: catalogues.NullTranslations, replaced: Replaced) -> None:
        super().__init__()
        self._texts = texts
        self._replaced = {_plain(phrase): word for phrase, word in replaced}
        self._forms = re.compile(f"{_KEPT}|{any_phrase(self._replaced)}", re.DOTALL | re.IGNORECASE)
        self._known: dict[str, str] = {}

    def gettext(self, message: str) -> str:
        return self._in_own_words(self._texts.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._in_own_words(self._texts.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return self._in_own_words(self._texts.pgettext(context, message))

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._in_own_words(self._texts.npgettext(context, msgid1, msgid2, n))

    def _in_own_words(self, text: str) -> str:
        if (known := self._known.get(text)) is None:
            known = self._known[text] = self._forms.sub(self._word, text)
        return known

    def _word(self, found: re.Match[str]) -> str:
        written = found["phrase"]
        if written is None:
            return found[0]
        word = self._replaced[_plain(written)]
        return word[:1].upper() + word[1:] if written[0].isupper() else word


def any_phrase(phrases: Iterable[str]) -> str:
    """A regular expression for any of `phrases`, the longest first, as whole words."""
    longest_first = sorted(phrases, key=lambda phrase: -len(phrase))
    forms = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return rf"(?<![\w-])(?P<phrase>{forms})(?![\w-])"


def _plain(phrase: str) -> str:
    return " ".join(phrase.casefold().split())


def phrases_nowhere(language: Language, phrases: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Those of `phrases` that occur in no text of the language, with phrases of as many words that do."""
    texts = (re.sub(_KEPT, "|", text, flags=re.DOTALL) for text in _every_text(language))
    whole = " | ".join(_plain(text) for text in texts)
    for phrase in phrases:
        if not re.search(any_phrase([_plain(phrase)]), whole):
            yield phrase, frozenset(_runs(whole, len(phrase.split())))


def _runs(text: str, length: int) -> Iterator[str]:
    """Every `length` words of a text that follow each other."""
    for part in re.split(r"[^\w\s'’-]", text):
        words = part.split()
        yield from (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def _every_text(language: Language) -> Iterator[str]:
    """Each text that the program can write in the language, in all its forms."""
    from babel.messages.pofile import read_po  # few handbooks have words of their own

    with (FOLDER / "rolebook.pot").open("rb") as file:
        messages = [each for each in read_po(file) if each.id]
    for each in messages:
        one, *many = each.id if isinstance(each.id, tuple | list) else (each.id,)
        for number in (1, 2, 5) if many else (1,):
            yield _form_of(language.texts, each.context or "", (one, *many), number)


def _form_of(texts: catalogues.NullTranslations, context: str, forms: tuple[str, ...], number: int) -> str:
    match forms:
        case (one, many):
            return (
                texts.npgettext(context, one, many, number) if context else texts.ngettext(one, many, number)
            )
        case _:
            return texts.pgettext(context, forms[0]) if context else texts.gettext(forms[0])


def is_code(code: str) -> bool:
    """Whether there is a language with this code."""
    try:
        _locale(code)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def catalogues_there() -> tuple[str, ...]:
    """The codes of the languages that the program can write in."""
    others = (each.name for each in FOLDER.iterdir() if any(_folders(each.name)))
    return (SOURCE, *sorted(each for each in others if each != SOURCE))


def _locale(code: str) -> Locale:
    return Locale.parse(code, sep="-" if "-" in code else "_")


def _folders(code: str) -> Iterator[Traversable]:
    """The folder of a language with its catalogue: of `pt_BR`, and of `pt` if that has none."""
    for each in dict.fromkeys((code, code.partition("_")[0])):
        folder = FOLDER / each
        if any((folder / f"{_CATALOGUE}{ending}").is_file() for ending in (".mo", ".po")):
            yield folder


def _texts(folder: Traversable) -> catalogues.NullTranslations:
    """The texts of a catalogue. A wheel has it compiled, which is read ten times as fast."""
    compiled = folder / f"{_CATALOGUE}.mo"
    if compiled.is_file():
        with compiled.open("rb") as file:
            return catalogues.GNUTranslations(file)
    # Imported here: a wheel does without.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = io.BytesIO()
    with (folder / f"{_CATALOGUE}.po").open("rb") as file:
        write_mo(made, read_po(file, locale=folder.name))
    made.seek(0)
    return catalogues.GNUTranslations(made)


def _words(folder: Traversable) -> Words:
    """The words of a language; none if it has no table."""
    table = folder / _WORDS
    if not table.is_file():
        return NO_WORDS
    return words_of(table.read_text(encoding="utf-8"))


def words_of(table: str) -> Words:
    """Read a table of words.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML.
        TypeError: it has a name that no table of words has.
    """
    return Words(**{name: _frozen(value) for name, value in tomllib.loads(table).items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: tuple(words) for name, words in value.items()}
    return tuple(value)


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, in which `*` stands for the rest of a word."""
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)


_ENGLISH = language(SOURCE)
_current: ContextVar[Language] = ContextVar("language")


def english() -> Language:
    """The language of the texts in the code."""
    return _ENGLISH


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


def forms_of(one: str, many: str) -> str:
    """The forms of a text for a script, as JSON, by the kinds of numbers in CLDR; `{}` is the number."""
    return _forms(current(), one, many)


@cache
def _forms(language: Language, one: str, many: str) -> str:
    kind = language.locale.plural_form
    # The smallest number of each kind: English has 1 and 0.
    numbers = {kind(number): number for number in reversed(range(_NUMBERS))}
    look_up = language.texts.ngettext
    forms = {each: look_up(one, many, number) % {"number": "{}"} for each, number in numbers.items()}
    return json.dumps({"other": forms.get("other", many), **forms}, ensure_ascii=False)


def signs() -> tuple[str, str]:
    """What stands between thousands and before decimals, such as a comma and a point."""
    locale = current().locale
    return get_group_symbol(locale), get_decimal_symbol(locale)


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
        pattern = f"{whole}.{decimals}" if decimals else whole
        return format_decimal(number, pattern, language.locale, group_separator=_is_grouped(language, number))


_FROM_FIVE_DIGITS = frozenset(("bg", "et", "hu", "it", "lv", "pl", "sl"))
"""Languages that write 1500 and 12.500.

Unicode's CLDR calls this `minimumGroupingDigits`, and Babel does not have it.
"""
_FROM_FIVE_DIGITS_IN = {
    "es": frozenset((None, "ES", "EA", "IC", "GQ", "PH")),
    "pt": frozenset(("PT", "CH", "CV", "GQ", "GW", "LU", "MO", "MZ", "ST", "TL")),
}
"""Those that do so in some countries."""


def _is_grouped(language: Language, number: int | Decimal) -> bool:
    """Whether a sign stands between the thousands of a number."""
    locale = language.locale
    is_here = locale.territory in _FROM_FIVE_DIGITS_IN.get(locale.language, ())
    return not (is_here or locale.language in _FROM_FIVE_DIGITS) or not -10_000 < number < 10_000


def _written(values: Mapping[str, object]) -> Mapping[str, object]:
    if not values:  # as of most labels
        return values
    return {name: figure(value) if isinstance(value, int) else value for name, value in values.items()}


def _escaped(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value if isinstance(value, int | Markup) else in_html(str(value))
        for name, value in values.items()
    }
