"""Whether a role asks for several crafts, judged by its title and its skills."""

import re
from functools import cache

from rolebook.language import N_, Language, any_of, current, gettext, ngettext
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
_NAMES = tuple(_CRAFTS)
MANY_CRAFTS = 3
"""Two crafts may be neighbours; three are too many for one person."""
MANY_SKILLS = 6
"""From so many required skills on, a role asks for somebody who hardly exists."""
_AROUND = re.compile(r"\s*([&+/])\s*")
# Single letters are one thing, such as R&D, Q&A and A/B.
_IN_INITIALS = r"(?<=\b[^\W\d_])[&+/](?=[^\W\d_]\b)"
_PART = rf"\w(?:[\w .-]|{_IN_INITIALS})*"


@cache
def _words(language: Language) -> re.Pattern[str]:
    """All words at once, in English and in the handbook's language; those of a craft are a group."""
    own = language.words.crafts
    groups = (
        rf"(\b(?:{words})" + (rf"|\b(?:{any_of(own[name])})\b" if name in own else "") + ")"
        for name, words in _CRAFTS.items()
    )
    return re.compile("|".join(groups))


@cache
def _join(language: Language) -> re.Pattern[str]:
    """What joins two things. Few titles name two, and to look for both takes long."""
    return re.compile(rf"{_and(language)}|[&+/]", re.IGNORECASE)


@cache
def _joined(language: Language) -> re.Pattern[str]:
    join = rf"(?:{_and(language)}|(?!{_IN_INITIALS})[&+/])"
    return re.compile(rf"(?P<one>{_PART}?)\s*{join}\s*(?P<other>{_PART})", re.IGNORECASE)


def _and(language: Language) -> str:
    return rf"\b(?:and{''.join(f'|{any_of([word])}' for word in language.words.conjunctions)})\b"


def too_many_crafts(role: Role) -> tuple[str, ...]:
    """Find the crafts that the needed skills come from; empty when one person may well have them all."""
    asked = " · ".join(role.fields.skills.must).lower()
    found = sorted({word.lastindex or 0 for word in _words(current()).finditer(asked)})
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
    if _join(current()).search(role.title) and (
        joined := _joined(current()).search(_AROUND.sub(r"\1", role.title))
    ):
        return gettext(
            "Its title names two things: “%(one)s” and “%(other)s”.",
            one=joined["one"].strip(),
            other=joined["other"].strip(),
        )
    return ""
