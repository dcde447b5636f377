"""Every kind of generated page, in one table.

A new page is a row here, its addresses in `plan`, a view in `rolebook.views` that `rendering.renderer` names,
and a template.
"""

import enum
from dataclasses import dataclass

from rolebook.language import N_
from rolebook.schema.audience import Audience


class Search(enum.Enum):
    """How much of a page search finds."""

    TEXT = "their text"
    TITLE = "their title"
    """Only the title: the page lists things that have pages of their own."""
    ENTRY = "their text; in a large handbook, one short entry"
    NOTHING = "nothing"
    """Nothing: another page says the same."""


class Fingerprint(enum.Enum):
    """What a build compares to see whether a page is as it was."""

    VALUES = "the plain values that its template gets, and nothing else"
    VIEW = "what its view says it is made of"
    TEXT = "its finished text"


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: what all pages of it have in common."""

    template: str
    audience: Audience = Audience.INTERNAL
    """The widest audience that has pages of the kind."""
    search: Search = Search.TEXT
    fingerprint: Fingerprint = Fingerprint.VALUES
    words: str = ""
    """Other words by which readers look for what it answers; search knows them."""
    names: tuple[str, ...] = ()
    """By which an owner can leave out its pages."""


_PUBLIC = Audience.PUBLIC

ROLE = PageKind("role", _PUBLIC, Search.ENTRY)
PERSON = PageKind("person", search=Search.TITLE, names=("people",))
DEPARTMENT = PageKind("department", _PUBLIC, Search.NOTHING, Fingerprint.TEXT)
JOB = PageKind("job", _PUBLIC, Search.NOTHING, Fingerprint.VIEW, names=("jobs",))
OVERVIEW = PageKind(
    "overview",
    _PUBLIC,
    fingerprint=Fingerprint.TEXT,
    words=N_("organigram organogram structure hierarchy reporting lines who reports to whom manager boss"),
)
TREE = PageKind("tree", _PUBLIC, Search.TITLE, Fingerprint.TEXT)
ROLE_LIST = PageKind("roles-list", _PUBLIC, Search.TITLE)
PERSON_LIST = PageKind(
    "people-list",
    names=("people",),
    search=Search.TITLE,
    words=N_("staff team employees colleagues contractors who is who"),
)
JOB_LIST = PageKind(
    "jobs-list",
    _PUBLIC,
    Search.TITLE,
    names=("jobs",),
    words=N_(
        "open roles vacant vacancy vacancies unfilled hire hiring recruiting recruitment careers apply"
        " application job posts"
    ),
)
DECISIONS = PageKind("decisions", fingerprint=Fingerprint.TEXT, names=("decisions",))
WORKLOAD = PageKind(
    "workload",
    names=("decisions", "workload"),
    search=Search.TITLE,
    words=N_(
        "overloaded overload overworked overcommitted overbooked capacity utilisation utilization burnout"
        " busy too much work free hours"
    ),
)
HAND_OVER = PageKind(
    "hand-over",
    names=("decisions", "hand-over"),
    search=Search.TITLE,
    words=N_(
        "outsource outsourcing delegate delegation handover hand over contractor freelancer specialist"
        " what to give away next cost"
    ),
)
NOW_AND_NEXT = PageKind(
    "now-and-next",
    names=("decisions", "now-and-next"),
    fingerprint=Fingerprint.TEXT,
    words=N_("scenario forecast what if plan"),
)
RISKS = PageKind(
    "risks",
    names=("decisions", "promises-and-risks"),
    search=Search.TITLE,
    words=N_(
        "who covers cover backup stand-in deputy single point of failure bus factor key person risk absence"
        " away holiday ill sick what breaks"
    ),
)
ATTENTION = PageKind(
    "attention",
    names=("decisions", "attention"),
    search=Search.TITLE,
    fingerprint=Fingerprint.TEXT,
    words=N_(
        "handbook health stale outdated out of date overdue expired review quality errors warnings advice"
        " issues problems"
    ),
)
CHANGES = PageKind(
    "changes",
    names=("changes",),
    fingerprint=Fingerprint.TEXT,
    words=N_("history changelog what changed recent new"),
)
HAND_WRITTEN = PageKind("")
"""A page that its owner wrote, such as the business model."""
