"""Reads the Markdown of a role or person file, in one way for pages, documents and checks."""

from rolebook.body.lines import headings as headings_by_line
from rolebook.body.reader import ANY_SITE, Excerpt, Heading, Reader, as_written
from rolebook.body.settings import BUILT_IN, Settings

__all__ = (
    "ANY_SITE",
    "BUILT_IN",
    "Excerpt",
    "Heading",
    "Reader",
    "Settings",
    "as_written",
    "headings_by_line",
)
