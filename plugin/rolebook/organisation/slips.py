"""Tells slips of the keyboard from other words and other people's names."""

import re

from rolebook.organisation.model import Organisation
from rolebook.organisation.names import words_of

_SHORT = 6
"""A word with so many letters is one letter away from many others."""


def why_another_person(word: str, meant: str) -> str:
    """Why `word` may be somebody else than `meant`, since Jan is another person than Jana; empty if not."""
    return "" if _is_written_otherwise(word, meant) else "it may be somebody else's name"


def why_another_role(word: str, meant: str, organisation: Organisation) -> str:
    """Why `word` may be something else than the role `meant`; empty if it is a slip."""
    return "it is somebody's name" if organisation.named(word) else why_another_word(word, meant)


def why_another_word(word: str, meant: str) -> str:
    """Why `word` may be no slip of `meant`, as parking is none of packing; empty if it is one.

    Slips swap two letters, or leave one out; of a short word, this leaves a vowel's sound out, as in ownr.
    """
    return f"'{word}' may be a word of its own" if _is_another_word(word, meant) else ""


def _is_another_word(word: str, meant: str) -> bool:
    one, other = ("".join(words_of(each)) for each in (word, meant))
    if len(one) == len(other):
        return sorted(one) != sorted(other)
    if one.startswith(other) or other.startswith(one):
        return True
    return max(len(one), len(other)) <= _SHORT and _sounds(one) == _sounds(other)


def _sounds(word: str) -> int:
    """The number of vowels, where those that stand together are one."""
    return len(re.findall("[aeiouy]+", word))


def _is_written_otherwise(word: str, meant: str) -> bool:
    """Whether two names differ as by a slip in what follows the first name: Christina is no Christian."""
    ones, others = (words_of(each) for each in (word, meant))
    if len(ones) != len(others):
        return sorted("".join(ones)) == sorted("".join(others))
    return ones[0] == others[0] and all(map(_is_slip_of, map(_single, ones), map(_single, others)))


def _single(word: str) -> str:
    """A word with one of each letter that stands there twice in a row."""
    return re.sub(r"(.)\1+", r"\1", word)


def _is_slip_of(one: str, other: str) -> bool:
    """Whether a word has the letters of another, but for one that is missing or too many before its end."""
    if len(one) == len(other):
        return sorted(one) == sorted(other)
    return not (one.startswith(other) or other.startswith(one))
