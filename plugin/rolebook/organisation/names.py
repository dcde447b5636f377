"""Names of people and roles: when two are the same, and what can be the name of a file."""

import re
import unicodedata

from rolebook.attachments import DEVICES

RESERVED_IDS = frozenset({"index", "readme"}) | DEVICES
"""Ids that would take the place of a page of the site, or that Windows keeps for devices."""
MAX_ID_BYTES = 120
"""Of an id in UTF-8: file names have at most 255, and archives and addresses need room around it."""


def name_key(name: str) -> str:
    """`name` reduced to what makes it the same name: without regard to case, spaces and Unicode form."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def slug(text: str) -> str:
    """`text` as an id: lower-case letters and digits of any script, joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    whole = re.sub(r"[\W_]+", "-", plain).strip("-")[:80]
    return whole.encode()[:MAX_ID_BYTES].decode(errors="ignore").strip("-")
