"""Whether a page would come out as before, told without making it.

A key stands for all that a page's template gets. So whatever changes the page changes its key; what changes
neither the page nor its looks may change it, too, and costs no more than making the page once.
"""

import hashlib
from typing import Any

import msgspec

Key = bytes
SIZE = 16
"""Bytes of a key: with so many, no two of all pages ever made are alike by chance."""


def key(*made_of: Any) -> Key:
    """The key of what is made of these values: records, numbers, text, and collections of them."""
    encoded = msgspec.msgpack.encode(made_of, enc_hook=_text)
    return hashlib.blake2b(encoded, digest_size=SIZE).digest()


def _text(value: object) -> str:
    if isinstance(value, str):  # such as Markup
        return str(value)
    raise TypeError(f"A page made of a {type(value).__name__} cannot be told to be the same.")
