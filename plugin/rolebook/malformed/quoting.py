"""Repeats a line in a message, as it is or as it is to be written."""

import re

from rolebook.language import gettext

_PLAIN = re.compile(r"(?!.*(?:: |:$| #))[\w(].*")
"""Text that needs no quotes."""
_MOST_SHOWN = 60
"""Characters of a line that a message repeats whole."""


def shown(text: str) -> str:
    """A text for a message: whole if it is not long."""
    text = text.strip()
    return text if len(text) <= _MOST_SHOWN else f"{text[:40]}…"


def in_quotes(text: str) -> str:
    """A text in quotes, whatever is in it."""
    text = shown(text)
    return "'{}'".format(text.replace("'", "''")) if '"' in text or "\\" in text else f'"{text}"'


def if_needed(text: str) -> str:
    """A text with quotes where it needs them."""
    return shown(text) if _PLAIN.fullmatch(text) else in_quotes(text)


def write(value: str) -> str:
    """What to write: a field with its value, which may have quotes of its own."""
    return gettext("Write %(what)s", what=value)


def write_line(line: str) -> str:
    """The same in quotes."""
    return gettext("Write '%(what)s'", what=line)
