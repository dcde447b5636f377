"""Tells slips of the keyboard from other words and other people's names."""

import re
from collections.abc import Iterable
from functools import cache, cached_property

from rolebook.library.role import role_texts
from rolebook.organisation import Organisation, words_of

_SHORT = 6
"""A word with so many letters is one letter away from many others."""


class Slips:
    """Says why a word in a handbook may be no slip of another; nothing where it is one."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def why_another_person(self, word: str, meant: str) -> str:
        """Why `word` may be somebody else than `meant`: Jan is not Jana, and Luis Barker not Luis Baker."""
        return "" if _is_written_otherwise(word, meant) else "it may be somebody else's name"

    def why_another_role(self, word: str, meant: str) -> str:
        """Why `word` may be something else than the role `meant`."""
        return (
            "it is somebody's name" if self._organisation.named(word) else self.why_another_word(word, meant)
        )

    def why_another_word(self, word: str, meant: str) -> str:
        """Why `word` may be a word, as parking is, and no slip of `meant`.

        Slips swap two letters, or leave one out; of a short word, this leaves a vowel's sound out, as in
        ownr. What they make cannot be a word: consonants meet in it as in no word that the handbook's
        fields or the library's roles use. Conservation can be one, and is no slip of conversation.
        """
        is_word = _is_another_word(word, meant) or self._can_be_a_word(word, meant)
        return f"'{word}' may be a word of its own" if is_word else ""

    def _can_be_a_word(self, word: str, meant: str) -> bool:
        """Whether what `word` has in place of parts of `meant` can be words."""
        if "".join(words_of(word)) == "".join(words_of(meant)):
            return False
        new = [each for each in words_of(word) if each not in words_of(meant)]
        return all(_consonants(each) <= self._in_use | _of_the_library() for each in new)

    @cached_property
    def _in_use(self) -> frozenset[str]:
        roles = self._organisation.roles.values()
        outcomes = (each.outcome for role in roles for each in role.fields.deliverable)
        return _all_consonants(
            (*outcomes, *(text for role in roles for text in (role.title, role.fields.purpose)))
        )


@cache
def _of_the_library() -> frozenset[str]:
    return _all_consonants(role_texts())


def _all_consonants(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(group for text in texts for word in set(words_of(text)) for group in _consonants(word))


def _consonants(word: str) -> frozenset[str]:
    """The groups of consonants in a word; a blank is where it begins or ends."""
    return frozenset(re.findall("[^aeiouy]{2,}", f" {word} "))


def _is_another_word(word: str, meant: str) -> bool:
    one, other = ("".join(words_of(each)) for each in (word, meant))
    if len(one) == len(other) or max(len(one), len(other)) <= _SHORT:
        return not _is_slip(one, other)
    return _begins(one, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether a word has another's letters in another order, or a vowel's sound too many or too few."""
    if len(one) == len(other):
        return sorted(one) == sorted(other)
    return not _begins(one, other) and _sounds(one) != _sounds(other)


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _sounds(word: str) -> int:
    """The number of vowels; several in a row are one."""
    return len(re.findall("[aeiouy]+", word))


def _is_written_otherwise(word: str, meant: str) -> bool:
    """Whether two names have the same letters, with two of them swapped in what follows the first name.

    A letter too many or too few makes another name of most: Cohn and Cohen, Denis and Dennis.
    """
    ones, others = (words_of(each) for each in (word, meant))
    same = sorted("".join(ones)) == sorted("".join(others))
    return same and (len(ones) != len(others) or ones[0] == others[0])
