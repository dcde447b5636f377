"""Whether a role asks for several crafts, judged by its title and its skills."""

import re

from rolebook.language import N_, gettext, ngettext
from rolebook.organisation import Role

# Translators: these are crafts.
_CRAFTS = {
    N_("advertising"): r"google ads|adwords|ppc"
    r"|(?:facebook|meta|paid|display|search) (?:ads|advertis\w+|campaigns?)",
    N_("design"): r"photoshop|illustrator|indesign|figma|canva|graphics?|typography|illustration|ui\b",
    N_("video"): r"premiere|davinci|final cut|after effects|video|footage|sound editing|film\w*",
    N_("writing"): r"copywrit\w+|blog\w*|editing text|ghostwrit\w+|newsletters?|articles?",
    N_(
        "development"
    ): r"javascript|typescript|python|php|react|html|css|programming|developer|wordpress themes?",
    N_("bookkeeping"): r"bookkeep\w*|accounting|accounts|vat|payroll|xero|quickbooks|datev",
    N_("support"): r"help[ -]?desk|zendesk|intercom|customer (?:support|service)",
    N_("sales"): r"cold call\w*|closing|sales calls?|crm|lead generation",
    N_("search optimisation"): r"seo|link building|keyword research",
    N_("administration"): r"travel booking|calendar management|inbox management|data entry|scheduling",
}
"""Words that show the craft of a skill, in lower case."""
# All of them are looked for at once, each in a group of its own.
_WORDS = re.compile(rf"\b(?:{'|'.join(f'({words})' for words in _CRAFTS.values())})")
_NAMES = tuple(_CRAFTS)
MANY_CRAFTS = 3
"""Two crafts may be neighbours; three are too many for one person."""
MANY_SKILLS = 6
"""From so many required skills on, a role asks for somebody who hardly exists."""
# Few titles name two things, and to look for both takes long.
_JOIN = re.compile(r"\band\b|[&+/]", re.IGNORECASE)
_AROUND = re.compile(r"\s*([&+/])\s*")
# Single letters are one thing, such as R&D, Q&A and A/B.
_IN_INITIALS = r"(?<=\b[^\W\d_])[&+/](?=[^\W\d_]\b)"
_PART = rf"\w(?:[\w .-]|{_IN_INITIALS})*"
_JOINED = re.compile(
    rf"(?P<one>{_PART}?)\s*(?:\band\b|(?!{_IN_INITIALS})[&+/])\s*(?P<other>{_PART})", re.IGNORECASE
)


def too_many_crafts(role: Role) -> tuple[str, ...]:
    """Find the crafts that the needed skills come from; empty when one person may well have them all."""
    asked = " · ".join(role.fields.skills.must).lower()
    found = sorted({word.lastindex or 0 for word in _WORDS.finditer(asked)})
    return tuple(_NAMES[place - 1] for place in found) if len(found) >= MANY_CRAFTS else ()


def mixed_crafts(role: Role) -> str:
    """Say in a sentence why the role seems to hold several crafts; empty when it does not."""
    if crafts := too_many_crafts(role):
        names = ", ".join(map(gettext, crafts))
        return ngettext(
            "Its skills come from %(number)s craft: %(names)s.",
            "Its skills come from %(number)s crafts: %(names)s.",
            len(crafts),
            names=names,
        )
    must = len(role.fields.skills.must)
    if must >= MANY_SKILLS:
        return ngettext(
            "It requires %(number)s skill; a specialist has two or three.",
            "It requires %(number)s skills; a specialist has two or three.",
            must,
        )
    if _JOIN.search(role.title) and (joined := _JOINED.search(_AROUND.sub(r"\1", role.title))):
        return gettext(
            "Its title names two things: “%(one)s” and “%(other)s”.",
            one=joined["one"].strip(),
            other=joined["other"].strip(),
        )
    return ""
