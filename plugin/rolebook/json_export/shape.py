"""The shape of `rolebook.json`: one declaration each, from which both the file and its JSON Schema are made.

What is absent is not written down in the handbook. Lists stand in the order of the handbook's own pages.
"""

import datetime as dt
from typing import Annotated

from msgspec import Meta, Struct, field


class Record(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Something with named parts; a part that holds nothing is left out."""


class Range(Record, frozen=True):
    """From `min` to `max`; both are the same where one number was written."""

    min: float
    max: float


class Cost(Record, frozen=True):
    """Money a month, from `min` to `max`."""

    min: float
    max: float
    currency: Annotated[str, Meta(description="ISO 4217; absent where none is written")] = ""


class Totals(Record, frozen=True):
    """Counts over the roles that exist today."""

    roles: int
    people: Annotated[int, Meta(description="with at least one role or team")]
    vacant: int
    hours: Annotated[Range, Meta(description="hours a week of all roles and teams")]
    founder_roles_percent: Annotated[int, Meta(description="roles held by founders, of all roles")]
    founder_hours_percent: Annotated[int, Meta(description="hours worked by founders, of all hours")]
    specialists_cost: Annotated[tuple[Cost, ...], Meta(description="a month, one for each currency")] = ()
    teams: int = 0
    specialists_without_cost: Annotated[
        int, Meta(description="roles and teams whose cost a month is unknown")
    ] = 0


class Share(Record, frozen=True):
    """One person's part of a role."""

    person: Annotated[str, Meta(description="id of a person")]
    hours: Range | None


class Result(Record, frozen=True):
    """Something that a role produces."""

    outcome: str
    cadence: str = ""
    measure: str = ""
    acceptance: tuple[str, ...] = ()
    deliverable: Annotated[str, Meta(description="id of the business's deliverable that it serves")] = ""
    receiver: str = ""


class Member(Record, frozen=True):
    """Somebody who belongs to a team."""

    person: Annotated[str, Meta(description="id of a person")]
    leads: bool = False
    as_: Annotated[str, Meta(description="what they are in it")] = field(default="", name="as")
    hours: Annotated[Range | None, Meta(description="hours a week that they give to it")] = None


Plain = str | float | bool
OwnFields = Annotated[
    dict[str, Plain | tuple[Plain, ...]],
    Meta(description="the fields that the handbook's owner has declared, by name; days as year-month-day"),
]


class Role(Record, frozen=True):
    """A role or a team."""

    id: str
    title: str
    file: Annotated[str, Meta(description="path in the repository")]
    page: Annotated[str, Meta(description="address below the site's root")]
    holding: Annotated[
        str, Meta(description="founder, in-house, outsourced, team, vacant, planned or retired")
    ]
    parent: Annotated[str, Meta(description="id of the role it reports to")] = ""
    also_reports_to: Annotated[
        tuple[str, ...], Meta(description="ids of roles it reports to besides its parent")
    ] = ()
    function: Annotated[str, Meta(description="id of the function's role")] = ""
    owner: Annotated[str, Meta(description="id of a person")] = ""
    backup: Annotated[str, Meta(description="id of a person")] = ""
    kind: Annotated[str, Meta(description="role or team")] = "role"
    members: Annotated[tuple[Member, ...], Meta(description="of a team, those who lead it first")] = ()
    seats: int = 1
    hours: Annotated[Range | None, Meta(description="hours a week of all its seats")] = None
    shares: tuple[Share, ...] = ()
    produces: tuple[Result, ...] = ()
    fit: Annotated[str, Meta(description="whether to hand it over: no, maybe, next or done")] = ""
    review_by: dt.date | None = None
    own: OwnFields = {}


class Person(Record, frozen=True):
    """Somebody, or something, that holds roles."""

    id: str
    name: str
    page: Annotated[str, Meta(description="address below the site's root")]
    photo: Annotated[str, Meta(description="address of their picture below the site's root")] = ""
    roles: Annotated[int, Meta(description="roles they answer for or do part of")] = 0
    teams: Annotated[int, Meta(description="teams to which they belong")] = 0
    hours: Annotated[Range | None, Meta(description="hours a week that roles and teams take")] = None
    capacity: Annotated[float | None, Meta(description="hours a week they have")] = None
    founder: bool = False
    outside: Annotated[bool, Meta(description="a contractor, an agency, an automation")] = False
    over: Annotated[bool, Meta(description="whether they are over capacity")] = False
    email: str = ""
    phone: str = ""
    chat: Annotated[str, Meta(description="their name in the chat, or the address of a conversation")] = ""
    calendar: Annotated[str, Meta(description="address of their calendar")] = ""
    pronouns: str = ""
    working_hours: Annotated[str, Meta(description="when they usually work, in words")] = ""
    languages: tuple[str, ...] = ()
    own: OwnFields = {}


class Offer(Record, frozen=True):
    """Something that the business sells."""

    id: str
    name: str = ""
    own: OwnFields = {}


class Deliverable(Record, frozen=True):
    """Something that the business has promised, with the roles that produce it."""

    id: str
    name: str
    promise: str = ""
    standard: str = ""
    offer: Annotated[str, Meta(description="id of an offer")] = ""
    roles: Annotated[tuple[str, ...], Meta(description="ids of roles; absent where none produces it")] = ()
    own: OwnFields = {}


class Candidate(Record, frozen=True):
    """A role that could be handed over."""

    role: Annotated[str, Meta(description="id of a role")]
    score: Annotated[int, Meta(ge=0, le=100)]
    values: Annotated[dict[str, int], Meta(description="the parts of the score, each from 0 to 100")]
    missing: Annotated[tuple[str, ...], Meta(description="what is still to be written down for it")] = ()
    frees: Annotated[
        Range | None, Meta(description="hours a week of those who work inside; none if unknown")
    ] = None
    cost: Cost | None = None


class Change(Record, frozen=True):
    """A role that goes next."""

    role: Annotated[str, Meta(description="id of a role")]
    to: Annotated[str, Meta(description="name of the new holder; absent while that is open")] = ""
    by: dt.date | None = None


class Plan(Record, frozen=True):
    """What is handed over next, and what could be."""

    changes: Annotated[tuple[Change, ...], Meta(description="in the order of their dates")] = ()
    after: Annotated[Totals | None, Meta(description="the totals after the changes")] = None
    candidates: Annotated[tuple[Candidate, ...], Meta(description="the best first")] = ()


class Problem(Record, frozen=True):
    """One problem, as `rolebook check` reports it."""

    code: str
    severity: Annotated[str, Meta(description="error, warning or advice")]
    path: Annotated[str, Meta(description="the file")]
    message: str
    hint: str = ""
    line: Annotated[int, Meta(description="absent when the file as a whole is meant")] = 0


class Dataset(Record, frozen=True):
    """A handbook made with Rolebook, as data."""

    schema: Annotated[str, Meta(description="address of this schema, relative to the file")] = field(
        name="$schema"
    )
    name: Annotated[str, Meta(description="the handbook's")]
    day: Annotated[dt.date, Meta(description="the day it stands for")]
    totals: Totals
    roles: tuple[Role, ...]
    people: tuple[Person, ...]
    deliverables: tuple[Deliverable, ...]
    plan: Plan
    problems: tuple[Problem, ...]
    offers: tuple[Offer, ...] = ()
