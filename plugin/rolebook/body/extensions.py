"""Asks Markdown extensions that bodies may be read with which options they take: others may run code."""

from collections.abc import Mapping
from typing import Any

from rolebook.body.settings import ALLOWED

_SAMPLE = """\
# A

[TOC]

"B" [^1]

[^1]: C

- [ ] d

=== "E"

    f

```py
g
```

!!! h
    i
"""
"""Some extensions notice a wrong option only when there is work for them."""

# Markdown is imported where it is needed: it takes 15 ms, and few sites give an extension any options.


def options_of(extension: str) -> frozenset[str] | None:
    """The options of a Markdown extension; None where nobody knows them."""
    from markdown import Markdown

    if extension not in ALLOWED:
        return None
    try:
        return frozenset(Markdown().build_extension(extension, {}).config)
    except ImportError:  # It may be there where the site is built.
        return None


def refusal(extension: str, options: Mapping[str, Any]) -> str:
    """What an extension says of `options`, all of which it has; empty if it takes them."""
    from markdown import Markdown

    if extension not in ALLOWED:
        return ""
    try:
        Markdown(extensions=[extension], extension_configs={extension: dict(options)}).convert(_SAMPLE)
    except Exception as error:  # They raise what they like.
        return str(error) or type(error).__name__
    return ""
