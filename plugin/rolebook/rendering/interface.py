"""What a handbook's own templates may use: an interface that the guide lists and that stays as it is.

A name that is not here is nobody's business but the program's: an own template that uses it is refused.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal

from rolebook.charts.model import Chart
from rolebook.documents.document import Document, Part
from rolebook.documents.job_post import JobPost
from rolebook.documents.letterhead import Letterhead
from rolebook.organisation import Membership, Person, Role
from rolebook.pages.page import Link, Page
from rolebook.schema import records
from rolebook.schema.own_fields import own_declarations


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a template gets."""

    meaning: str
    kind: type | None = None
    """What it is, if it has parts of its own: see `PARTS`."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template of the program that a handbook can have one of its own for."""

    of: str
    """What it makes."""
    blocks: Mapping[str, str]
    """The meaning of each block."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """The values that it has besides those of `EVERYWHERE`."""


EVERYWHERE = {
    "href": Value(
        "`href(link)` gives the address of a page, such as `href(owner)`; it is empty if the page is left out"
    ),
    "inside": Value("whether the site is for colleagues"),
}
_PAGE = Value("the page: its title", Page)
_LISTED = {"page": _PAGE}
_CHART = Value("the chart that the page shows", Chart)
_NUMBERS = Value(
    "figures of the whole: `numbers.roles`, `.teams`, `.people`, `.busy` (people with a role), `.hours`,"
    " `.vacant`"
)

TEMPLATES = {
    "role.md.jinja": Template(
        "the page of a role or a team",
        {
            "lead": "its deliverable or purpose",
            "facts": "holder, hours, parent and more, at a glance",
            "chart": "where it stands in the org chart",
            "deliverables": "what it delivers",
            "work": "skills, tools and reporting",
            "text": "the text of its file",
            "members": "who belongs to a team",
            "reports": "what reports to it",
            "former": "who held it before",
        },
        {
            "role": Value("the role", Role),
            "owner": Value("a link to its holder; none if it is vacant", Link),
            "parent": Value("a link to the role that it reports to", Link),
            "cover": Value("a link to whoever covers it", Link),
            "job": Value("a link to its job description", Link),
            "team_chart": Value("a link to the chart of its team", Link),
            "reports": Value("pairs: a link to a role that reports to it, and a few words on it"),
        },
    ),
    "person.md.jinja": Template(
        "the page of a person",
        {
            "facts": "photo, roles, hours, capacity, e-mail",
            "load": "how full their week is",
            "text": "the text of their file",
            "roles": "their roles",
            "teams": "their teams",
            "functions": "their hours by function",
            "away": "what happens while they are away",
            "covers": "what they cover",
            "leaving": "what to take back if they leave",
        },
        {
            "person": Value("the person", Person),
            "photo": Value("the address of their picture; empty without one"),
            "load": Value("their hours a week", records.Hours),
        },
    ),
    "job.md.jinja": Template(
        "a job description, for outsiders",
        {
            "lead": "company and purpose",
            "facts": "pay, hours, place at a glance, and the button to apply",
            "text": "what is delivered, what is asked for, how to apply",
            "copy": "the post as text to copy",
            "foot": "the way back to the role",
        },
        {
            "post": Value("the job description", JobPost),
            "role": Value("a link to the role", Link),
        },
    ),
    "overview.md.jinja": Template(
        "the org chart",
        {"headlines": "what an owner wants to know first, and figures", "chart": "cards and diagram"},
        {"page": _PAGE, "chart": _CHART, "numbers": _NUMBERS},
    ),
    "department.md.jinja": Template(
        "the chart of a role and its team",
        {"path": "the roles above", "chart": "cards and diagram"},
        {
            "title": Value("the title of the page"),
            "role": Value("a link to the role", Link),
            "chart": _CHART,
        },
    ),
    "tree.md.jinja": Template(
        "a further part of a large org chart", {"path": "the roles above", "chart": "the cards"}, _LISTED
    ),
    "roles-list.md.jinja": Template(
        "the list of roles",
        {"lead": "the sentence at the top", "table": "the table"},
        {**_LISTED, "total": Value("how many roles there are, in words")},
    ),
    "people-list.md.jinja": Template(
        "the list of people",
        {"lead": "the sentence at the top", "table": "the table", "chart": "who holds what"},
        {**_LISTED, "total": Value("how many people there are")},
    ),
    "jobs-list.md.jinja": Template(
        "the list of open roles, for outsiders",
        {"lead": "the sentence at the top", "open": "open roles", "others": "other job descriptions"},
        {**_LISTED, "vacant": Value("of each open role: a link, the hours, what it delivers")},
    ),
    "decisions.md.jinja": Template(
        "the page *Plan*",
        {
            "promises": "does every promise have a holder?",
            "capacity": "who is over capacity?",
            "next": "which role is handed over next?",
            "handbook": "what does the handbook need?",
        },
        _LISTED,
    ),
    "workload.md.jinja": Template(
        "the page *Workload*",
        {
            "lead": "the sentence at the top",
            "table": "people and functions",
            "shares": "who has which share",
            "review": "roles to review",
        },
        _LISTED,
    ),
    "hand-over.md.jinja": Template(
        "the page *Hand-over plan*",
        {
            "lead": "the sentences at the top",
            "table": "the ranking",
            "reasons": "reasons and checklists",
            "how": "how the score is calculated",
        },
        {**_LISTED, "verdict": Value("the sentence that says what to do first")},
    ),
    "now-and-next.md.jinja": Template(
        "the page *Before and after*",
        {
            "changes": "what changes",
            "figures": "figures today and afterwards",
            "charts": "cards today and afterwards",
        },
        _LISTED,
    ),
    "risks.md.jinja": Template(
        "the page *Promises and risks*",
        {
            "promises": "who delivers which promise",
            "failures": "single points of failure",
            "away": "what stops when somebody is away",
        },
        _LISTED,
    ),
    "attention.md.jinja": Template(
        "the page *Handbook health*",
        {"summary": "how many of each kind", "issues": "the issues themselves"},
        _LISTED,
    ),
    "changes.md.jinja": Template(
        "the page *Changes*", {"begin": "since when", "months": "the months"}, _LISTED
    ),
    "business-model.md.jinja": Template(
        "promises and their roles, on the page of the business model",
        {"offers": "each offer with its promises", "gaps": "promises without a role, and more"},
    ),
    "numbers.md.jinja": Template(
        "the block `numbers` on a page of your own",
        {"headlines": "what an owner wants to know first", "totals": "figures in one line"},
        {"numbers": _NUMBERS},
    ),
    "org-chart.md.jinja": Template(
        "the block `org-chart` on a page of your own",
        {"chart": "cards and diagram"},
        {"chart": _CHART},
    ),
    "document.html.jinja": Template(
        "a pack, job post, statement of work or leaving list as HTML and PDF",
        {
            "style": "the style sheet",
            "letterhead": "the company's name, address and logo",
            "text": "the text",
            "foot": "the day for which it stands",
        },
        {
            "document": Value("the document", Document),
            "letterhead": Value("what the option `letterhead` says; none without it", Letterhead),
            "as_of": Value("the sentence with the day"),
        },
    ),
}
"""By the name of the file."""

MACROS = "macros.jinja"
"""Pieces that several templates share: an own file holds those that are to be others."""

SHARED = {
    "link": "a link to a page",
    "badge": "how a role is held, in words within a border",
    "legend": "what the lines of a diagram mean",
    "card_legend": "what the faces of cards mean",
    "card_section": "the cards of a chart, and what their faces mean",
    "pager": "the pages of a long list",
    "time": "a day in a table",
}
"""The macros that may be replaced, and what they write."""
USABLE = (*SHARED, "front_matter")
"""The macros that an own template may take over."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter, what it takes and what it writes."""

    takes: str
    kinds: tuple[type, ...]
    """What that is."""
    writes: str


_FIGURES = (int, float, Decimal)
_READ = (str, *_FIGURES, dt.date)
FILTERS = {
    "day": Filter("a day, such as `role.fields.review_by`", (dt.date,), "a day, such as 3 May 2027"),
    "hours": Filter(
        "hours or a number, such as `role.hours`", (records.Hours, *_FIGURES), "hours a week, such as 4–6 h"
    ),
    "number": Filter("a number", _FIGURES, "a figure as people write it"),
    "percent": Filter("a number, such as 66", _FIGURES, "a percentage, such as 66%"),
    "status": Filter("a role", (Role,), "how a role is held, in words"),
    "plain": Filter("text", _READ, "text in Markdown, such as a heading, in which nothing is markup"),
    "field": Filter("text or a list of texts", (str, list, tuple), "text in front matter"),
    "finished": Filter("text", _READ, "HTML that Markdown leaves as it is"),
}
"""Filters besides Jinja's own."""

_PLAIN = (str, int, float, Decimal, list, tuple, Mapping, dt.date)
_RECORDS = (
    *(records.Hours, records.Work, records.Deliverable, records.Outsource, records.Skills, records.Tool),
    *(records.Rate, records.Location, records.Reporting, records.TrialTask, records.Posting, records.Member),
    *(records.RoleFields, records.PersonFields, Letterhead),
)
PARTS: Mapping[type, frozenset[str]] = {
    Role: frozenset(
        ("id", "title", "fields", "hours", "owner", "people", "vacant", "advertised", "active", "is_team")
    )
    | {"holding", "members"},
    Person: frozenset(("id", "name", "fields", "founder", "outside")),
    Membership: frozenset(("person", "leads", "as_", "hours")),
    Link: frozenset(("title", "uri")),
    Page: frozenset(("title", "uri")),
    Chart: frozenset(("title", "description", "legend", "holdings")),
    JobPost: frozenset(
        ("title", "organisation", "vacant", "lead", "terms", "glance", "apply", "parts", "document")
    ),
    Document: frozenset(("title", "kind", "lead", "parts")),
    Part: frozenset(("heading", "html", "level", "picture")),
    **{record: frozenset(each.name for each in fields(record)) for record in _RECORDS},
}
"""What a template sees of a value, by what the value is; of text, numbers, days and lists all."""


def seen(value: object) -> frozenset[str] | None:
    """The parts of `value` that a template may use; None for all of them."""
    found = _parts(type(value))
    if found is None and not isinstance(value, _PLAIN):
        return frozenset()
    return found


def _parts(kind: type) -> frozenset[str] | None:
    """The parts of what is of this type; of a record with fields of the owner's own, these as well."""
    if (found := PARTS.get(kind)) is not None:
        return found
    base = next((each for each in kind.__mro__ if each in PARTS), None)
    return PARTS[base].union(own_declarations(kind)) if base else None


COLOURS = {
    "--rb-founder": "lines, bars and shades of the founder; shades of the table of workload",
    "--rb-in-house": "lines and bars of roles that are filled in-house",
    "--rb-outsourced": "lines and bars of outsourced roles",
    "--rb-team": "lines of teams",
    "--rb-vacant": "lines and bars of vacancies, and bars of whoever is over capacity",
    "--rb-planned": "lines of planned roles",
    "--rb-retired": "lines of retired roles",
    "--rb-offer": "lines of offers and promises",
    "--rb-lines": "lines between the boxes of a drawing",
    "--rb-canvas": "what is behind cards",
    "--rb-card": "a card",
    "--rb-edge": "the edge of a card",
    "--rb-rule": "lines between cards",
    "--rb-soft": "the smaller text on cards, and bars on them",
    "--rb-focus": "the ring around what the keyboard has reached",
    "--rb-face-founder": "on cards: the founder's initials and bar",
    "--rb-face-founder-bg": "what is behind them",
    "--rb-face-in-house": "on cards: initials and bars of others in-house",
    "--rb-face-in-house-bg": "what is behind them",
    "--rb-face-outsourced": "on cards: initials and bars of those outside",
    "--rb-face-outsourced-bg": "what is behind them",
    "--rb-face-team": "on cards: the sign of a team",
    "--rb-face-team-bg": "what is behind it",
    "--rb-face-vacant": "on cards and at the top of pages: vacancies",
    "--rb-face-vacant-bg": "what is behind them",
    "--rb-amber": "on cards and at the top of pages: no cover, over capacity",
    "--rb-amber-bg": "what is behind it",
    "--rb-f1": "the edge of the first function's cards",
    "--rb-f2": "the edge of the second function's cards",
    "--rb-f3": "the edge of the third function's cards",
    "--rb-f4": "the edge of the fourth function's cards",
    "--rb-f5": "the edge of the fifth function's cards",
}
"""The variables of the style sheet that set a colour, and what has it."""


def names() -> Iterator[str]:
    """The names of all files that a handbook can have one of its own for."""
    yield from TEMPLATES
    yield MACROS
