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


_NOBODY = re.compile(
    r"(?:(?:currently|positions?|roles?|post|seat|job|appointment|to be|not yet|still)[\s:–—-]+)*"
    r"(?:vacant|vacancy|open|unfilled|unassigned|recruiting|hiring|hired?|new hire|needed|required|recruited|"
    r"determined|decided|confirmed|announced|appointed|filled|none|nobody|no one|n/?[ad]|t\.?b\.?[acdhtn]\.?)"
    r"(?:\s+[–—:/-].*|\s*[:(–—].*|\s+(?:since|from|until)\s.*|\s+(?:position|role|post|seat|hire))?"
    r"|\((?:vacant|vacancy|open|none|tb[acdhtn])\)|[-–—?.…/]+|x{2,}"
)
"""By `name_key`."""
_LONGEST = 300
"""Characters of what may be a name, or a word in place of one."""


def names_nobody(name: str) -> bool:
    """Whether `name` is a word in place of one, such as `TBD`, `Open – engineer` or `vacant (was Ann)`."""
    return len(name) <= _LONGEST and _NOBODY.fullmatch(name_key(name)) is not None
