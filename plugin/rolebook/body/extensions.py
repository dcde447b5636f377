"""Knows the options of Markdown extensions."""

from functools import cache


@cache
def options_of(extension: str) -> frozenset[str] | None:
    """The options of a Markdown extension that is installed; None where nobody knows them."""
    # Imported here: it takes 15 ms, and few sites give an extension anything that is not usual.
    from markdown import Markdown

    try:
        return frozenset(Markdown().build_extension(extension, {}).config)
    except Exception:  # of an extension; they raise what they like
        return None
