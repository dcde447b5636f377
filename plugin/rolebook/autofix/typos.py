"""What a mistyped word can have meant: the only known word that one slip of the keyboard leads to."""

import re
from collections.abc import Iterable, Iterator

from rolebook.organisation import name_key

_SHORTEST = 4
"""Characters; in shorter words, one slip makes another word too easily."""


class Known:
    """Words that can be meant, each with the thing that it stands for; one thing can have several."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._words = tuple(words)
        self._near: dict[str, list[tuple[str, str]]] = {}
        for word, thing in self._words:
            for form in _neighbours(_form(word)):
                self._near.setdefault(form, []).append((word, thing))

    def __contains__(self, word: str) -> bool:
        return any(word == known for known, _ in self._near.get(_form(word), ()))

    def meant(self, word: str) -> str:
        """The known word that `word` is a slip of; empty when there is none, or more than one."""
        form = _form(word)
        found = [
            (known, thing)
            for neighbour in _neighbours(form)
            for known, thing in self._near.get(neighbour, ())
            if _is_slip(form, _form(known))
        ]
        same = [(known, thing) for known, thing in found if _form(known) == form]
        candidates = same or found
        return candidates[0][0] if len({thing for _, thing in candidates}) == 1 else ""


def _form(word: str) -> str:
    """`word` without regard to case, and to what parts its words."""
    return re.sub(r"[\s_-]+", "-", name_key(word))


def _neighbours(form: str) -> Iterator[str]:
    """`form`, and all that is left of it without one character: two words one slip apart share one."""
    yield form
    yield from (form[:at] + form[at + 1 :] for at in range(len(form)))


def _is_slip(one: str, other: str) -> bool:
    """Whether a letter more, less or other, or two in the wrong order, is all that parts the two."""
    if one == other:
        return True
    if max(len(one), len(other)) < _SHORTEST or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if one[start + 1 :] == other[start:] or one[start:] == other[start + 1 :]:
        return True
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return one[start + 1 :] == other[start + 1 :] or (swapped and one[start + 2 :] == other[start + 2 :])
