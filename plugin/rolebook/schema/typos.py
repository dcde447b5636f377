"""Corrects mistyped words, in the same way for suggestions and for `check --fix`."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from rolebook import wording
from rolebook.language import gettext

_SHORTEST = {1: 4, 2: 6}
"""A word with so many slips has at least this many characters: a shorter one too easily is another word."""
_MAX_SLIPS = 2
"""A word with more slips than this is not corrected; with exactly as many, its first letter must be right."""
_SHORTEST_PART = 3
"""A part of a name with fewer characters is in too many."""
_MOST_WITH = 5
"""A word that begins a word in more names than these does not tell which one is meant."""
_LONG = 8
"""A phrase with so many slips has at least this many characters, all its words together."""


class Known:
    """Known words, each with the thing that it names; one thing can have several.

    What is more than `most` slips away is something else.
    """

    def __init__(self, words: Iterable[tuple[str, str]], most: int = _MAX_SLIPS) -> None:
        self._words = tuple(words)
        self._most = most
        self._by_shape: dict[tuple[str, int], list[tuple[str, str, str]]] = {}
        """Forms, words and things by the digits and the length of the form."""
        for word, thing in self._words:
            form = _form(word)
            self._by_shape.setdefault((_digits(form), len(form)), []).append((form, word, thing))

    def __contains__(self, word: str) -> bool:
        form = _form(word)
        return any(word == known for _, known, _ in self._by_shape.get((_digits(form), len(form)), ()))

    def slips(self, word: str) -> tuple[str, ...]:
        """Find the known words with the fewest slips from `word`, one for each thing that they name."""
        form = _form(word)
        for most in range(self._most + 1):
            found = {
                thing: known
                for other, known, thing in reversed([*self._near(form, most)])
                if _is_slip(form, other, most)
            }
            if found:
                return tuple(reversed(found.values()))
        return ()

    def _near(self, form: str, most: int) -> Iterator[tuple[str, str, str]]:
        digits = _digits(form)
        for length in range(len(form) - most, len(form) + most + 1):
            yield from self._by_shape.get((digits, length), ())

    def meant(self, word: str) -> str:
        """The known word that `word` is a slip of; empty when there is none, or more than one."""
        found = self.slips(word)
        return found[0] if len(found) == 1 else ""

    def offered(self, word: str) -> tuple[str, ...]:
        """What may be meant: those of which `word` is a slip or a part, else the one that is most like it."""
        if slips := self.slips(word):
            return slips
        words = [known for known, _ in self._words]
        parts = having(word, words)
        named = {thing: known for known, thing in reversed(self._words) if known in parts}
        return tuple(reversed(named.values())) or nearest(word, words)

    def why_not(self, word: str) -> str:
        """Why what is offered for `word` cannot be written unasked; empty where nothing is offered."""
        offered = self.offered(word)
        if len(offered) > 1:
            return gettext("%(words)s can be meant", words=either(offered))
        if not offered or self.slips(word):
            return ""
        if _digits(_form(word)) != _digits(_form(offered[0])):
            return gettext("'%(word)s' has another number", word=offered[0])
        return gettext("'%(word)s' is more than a slip away", word=offered[0])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'x'?` for what can have been meant of `known`; empty when nothing is near."""
    return meant_is(*offered(word, known))


def offered(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """What can have been meant by `word`, of `known`."""
    return Known((each, _form(each)) for each in known).offered(word)


def meant_is(*words: str) -> str:
    """Ask whether one of `words` was meant; empty where there is none."""
    return gettext("Did you mean %(words)s?", words=either(words)) if words else ""


def is_question(hint: str) -> bool:
    """Whether `hint`, in the current language, is or ends with such a question."""
    begin, end = gettext("Did you mean %(words)s?", words="\0").split("\0")
    return begin in hint and hint.endswith(end)


def having(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The few of `known` in which a word begins with each word of `word`, as `ppc-management` has `ppc`."""
    sought = _words(word)
    if len("".join(sought)) < _SHORTEST_PART:
        return ()
    found = tuple(
        each for each in known if all(any(own.startswith(part) for own in _words(each)) for part in sought)
    )
    return found if len(found) <= _MOST_WITH else ()


def nearest(word: str, known: Iterable[str], most: int = 1, alike: float = 0.7) -> tuple[str, ...]:
    """The `most` of `known` that have the most in common with `word`, at least the share `alike`."""
    by_form = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word[:80].casefold(), list(by_form), n=most, cutoff=alike)
    return tuple(by_form[each] for each in near)


def either(words: tuple[str, ...]) -> str:
    """Up to three of `words` as what can be chosen from."""
    return wording.either(f"'{each}'" for each in words[:3])


def _form(word: str) -> str:
    """Reduce `word` to what is compared: case and what parts its words do not count."""
    if word.isascii():
        return re.sub(r"[\s_-]+", "-", word.lower().strip())
    return re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", word).casefold().strip())


def _words(name: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", _form(name))
    return re.findall(r"[^\W_]+", "".join(char for char in apart if not unicodedata.combining(char)))


def _digits(form: str) -> str:
    return re.sub(r"\D", "", form)


def _is_slip(one: str, other: str, most: int) -> bool:
    """Whether two forms with the same digits are at most so many slips apart."""
    if one == other:
        return True
    if most == _MAX_SLIPS and max(len(one), len(other)) < _LONG:
        return False
    if not _can_be_slip(one, other, most):
        return False
    ours, theirs = one.split("-"), other.split("-")
    if len(ours) != len(theirs):
        return _are_near(one, other, most)
    left = most
    for a, b in zip(ours, theirs, strict=True):
        slips = next((n for n in range(left + 1) if _are_near(a, b, n)), None)
        if slips is None or (slips and not _can_be_slip(a, b, slips)):
            return False
        left -= slips
    return True


def _can_be_slip(one: str, other: str, slips: int) -> bool:
    """Whether a word of this length and beginning can be corrected with so many slips."""
    return slips > 0 and max(len(one), len(other)) >= _SHORTEST[slips] and (slips == 1 or one[0] == other[0])


def _are_near(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters are missing, too many or others, or neighbours are swapped."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other)) <= most
    if not most:
        return False
    one, other = one[start:], other[start:]
    swapped = one[:2] == other[1::-1] and len(one) > 1
    return (
        _are_near(one[1:], other, most - 1)
        or _are_near(one, other[1:], most - 1)
        or _are_near(one[1:], other[1:], most - 1)
        or (swapped and _are_near(one[2:], other[2:], most - 1))
    )
