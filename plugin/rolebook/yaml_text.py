"""Writes a line of text as a YAML value that every reader takes for that text."""

import math
import re
from typing import Any

import yaml

_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.'()/&+;%!?£€’‘“”–—-]|:(?=[\w/]))*")
_YAML_1_1_ANSWERS = frozenset({"y", "n"})
"""Yes and no by the standard of YAML 1.1; PyYAML takes them for text, other readers do not."""
_RESOLVER: Any = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"


def scalar(text: str, *, in_brackets: bool = False) -> str:
    """Write `text` without quotes if every reader takes that for text, else with them.

    `in_brackets` says that it may be in a list or group that is written as `[…]` or `{…}`.
    """
    if _is_plain(text) and not (in_brackets and {",", "?"} & {*text}):
        return text
    double = quoted(text, '"')
    # Within double quotes YAML writes many characters by their numbers, within single ones few.
    return quoted(text, "'") if "\\" in double else double


def quoted(text: str, quote: str) -> str:
    """Put `text` in these quotes; in double ones if it has line ends, or characters that need them."""
    if text and text.splitlines() != [text]:
        quote = '"'
    # Longer lines would be folded.
    written: str = yaml.safe_dump(text, default_style=quote, allow_unicode=True, width=math.inf)
    return written.removesuffix("\n")


def tag_of(plain: str) -> str:
    """Say what YAML 1.1 takes a word without quotes for: a tag such as `tag:yaml.org,2002:int`."""
    return str(_RESOLVER.resolve(yaml.ScalarNode, plain, (True, False)))


def _is_plain(text: str) -> bool:
    # PyYAML would leave more without quotes, such as `1e3`, which is a number to readers of YAML 1.2.
    return (
        _PLAIN.fullmatch(text) is not None
        and not text.endswith(" ")
        and text.lower() not in _YAML_1_1_ANSWERS
        and tag_of(text) == _TEXT_TAG
    )
