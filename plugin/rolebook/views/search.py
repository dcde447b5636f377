"""What the search index holds of the generated pages.

An index is loaded whole into every reader's browser, and each heading is an entry of it. So what stands on
another page already is left out, and in a large organisation a role is one short entry.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from rolebook.language import gettext
from rolebook.organisation import Person, Role, spellings
from rolebook.organisation.facts import own_facts
from rolebook.pages import kinds
from rolebook.pages.kinds import Search
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.schema.own_fields import FACTS, SEARCH

MAX_ROLES = 500
"""Roles whose pages are searched in full: their index loads in a moment on a phone, too."""

FIELDS: Mapping[str, float] = {"title_folded": 1e3, "words": 9e2, "text_folded": 1}
"""What is searched besides titles and texts, and not shown. A hit in a title counts 1,000, one in a text 1.

A person's own page comes before those of the roles that they hold.
"""
_ACCENTED = re.compile(r"[^\W_]*[^\W\x00-\x7f][^\W_]*")
"""A word with a letter beyond ASCII."""
_APOSTROPHE = re.compile("[‘’ʼ]")
_WITH_APOSTROPHE = re.compile(r"\w+(?:[‘’ʼ]\w+)+")
"""A word with an apostrophe that no key of a keyboard types, such as O’Brien."""
_SHORTEST_USUAL = 4
"""Letters of a word that is seldom the beginning of another one."""
NOTHING = Markup("")
_TITLE_ONLY = Markup("<p></p>")
_ENTRY = Markup('<h1 id="role">{}</h1><p>{}</p>')
"""The plugin for search takes as a title what has an id."""


def entry(plan: Plan, page: Page) -> Markup | None:
    """What search finds of `page` besides its title, as HTML; `NOTHING`, or None for the whole page."""
    search = page.kind.search
    if search is Search.NOTHING or _is_further(page) or _is_excluded(page):
        return NOTHING
    if search is Search.TEXT or is_full(plan):
        return None
    if search is Search.ENTRY and isinstance(page.subject, Role):
        return _role(page.subject)
    return _TITLE_ONLY


def _is_excluded(page: Page) -> bool:
    """Whether the file of a role or a person says that search leaves its page out."""
    subject = page.subject
    is_own = page.kind in (kinds.ROLE, kinds.PERSON)
    return is_own and isinstance(subject, Role | Person) and subject.fields.search.exclude


def is_full(plan: Plan) -> bool:
    """Whether roles' pages are searched in full."""
    mode = plan.project.options.search
    return mode == "text" or (mode == "auto" and len(plan.organisation.roles) <= MAX_ROLES)


def _is_further(page: Page) -> bool:
    """Whether it is a later part of a list, or a branch of the chart."""
    return page.kind is kinds.TREE or (isinstance(page.subject, int) and page.subject > 0)


def words(plan: Plan, page: Page) -> str:
    """What readers look for when they look for `page`, besides what it is called."""
    role = page.subject
    if page.kind is not kinds.ROLE or not isinstance(role, Role):
        own = _own(plan, role.fields, is_on_page=True) if isinstance(role, Person) else ""
        return " ".join(filter(None, (gettext(page.kind.words) if page.kind.words else "", own)))
    # Search takes a word for the beginning of longer ones, too: the shorter it is, the more it counts, so
    # that Seat 3 is above Seat 30.
    short = [word for word in role.title.split() for _ in range(len(word), _SHORTEST_USUAL)]
    holders = _holders(role) if is_full(plan) else ""
    return " ".join(filter(None, (*short, holders, _own(plan, role.fields, is_on_page=is_full(plan)))))


def _own(plan: Plan, fields: object, *, is_on_page: bool) -> str:
    """What the owner's fields say that are found in search, but for those that the page has as text."""
    facts = own_facts(plan.organisation, fields, SEARCH)
    on_page = {each.name for each in own_facts(plan.organisation, fields, FACTS)} if is_on_page else ()
    return " ".join(each.text for each in facts if each.name not in on_page)


def complete(entry: dict[str, Any], words: str = "") -> None:
    """Have search find an entry of the index by `words`, too, and by its accented words without accents."""
    found = {
        "title_folded": _folded(entry["title"]),
        "words": " ".join(filter(None, (words, _folded(words)))),
        "text_folded": _folded(entry["text"]),
    }
    entry.update({field: text for field, text in found.items() if text})


def _folded(text: str) -> str:
    """The accented words of `text` as they are typed on a keyboard that lacks their letters."""
    if text.isascii():
        return ""
    # One of the apostrophes counts as a letter.
    text = _APOSTROPHE.sub("’", unicodedata.normalize("NFC", text))
    accented = dict.fromkeys(map(str.lower, _ACCENTED.findall(text)))
    plain = dict.fromkeys("".join(parts) for word in accented for parts in spellings(word))
    straight = (_APOSTROPHE.sub("'", word) for word in _WITH_APOSTROPHE.findall(text.lower()))
    typed = (each for word in straight for each in (word, _without_marks(word)))
    return " ".join(word for word in dict.fromkeys((*plain, *typed)) if word not in accented)


def _without_marks(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(each for each in parts if not unicodedata.combining(each)))


def _role(role: Role) -> Markup:
    """Its title with who holds it and does its work, and what it produces.

    The theme ranks whatever is found in a title above all else. Elsewhere, a holder's name would stand below
    every person who shares a part of it.
    """
    title = " · ".join(filter(None, (role.title, _holders(role))))
    outcomes = [each.outcome for each in role.fields.deliverable] or [role.fields.purpose]
    return _ENTRY.format(title, " ".join(outcomes))


def _holders(role: Role) -> str:
    people = role.leads if role.is_team else [role.owner, *(person for person, _ in role.performers)]
    return ", ".join(dict.fromkeys(person.name for person in people if person))
