"""Every field of every file, declared once: those of a role, a person and the business model.

Terms and meanings follow schema.org (`JobPosting`), the W3C Organization Ontology (`org:Post`,
`org:reportsTo`) and RACI where they have one. Hours are hours per week.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rolebook.language import N_, Language, current, gettext
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import Group, declared
from rolebook.schema.kinds import (
    EMAIL,
    ICON,
    MAX_NAMED,
    PHONE,
    WEB_ADDRESS,
    AnyOf,
    Choice,
    Day,
    ListOf,
    Number,
    Reference,
    Text,
    Whole,
    YesNo,
    here,
    number_hint,
    ungrouped,
)
from rolebook.schema.standards import CURRENCIES, CURRENCY, SIGNS, TIME_ZONE
from rolebook.wording import either
from rolebook.yaml_text import scalar

PUBLIC, CONTRACTOR, INTERNAL = Audience.PUBLIC, Audience.CONTRACTOR, Audience.INTERNAL

WEEK = 168
"""Hours in a week."""
_HOURS_EXPECTED = N_("the hours a week in digits, such as 10 or 7.5")
_AMOUNT = Number(N_("an amount in digits, such as 45 or 1200.50"), is_amount=True)
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|—|to)\s*(\d+(?:\.\d+)?)\s*(?:h|hours?)?\.?", re.IGNORECASE)
_PAY = re.compile(r"(\d+(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?))?")
_VACANT = ("vacant", "unfilled", "empty", "none", "n/a")
_ACTIVE = ("active", "current", "live", "ongoing", "in-use")
_STATUS_MEANT = (
    *((word, "filled") for word in ("taken", "occupied", "held", "staffed")),
    *((word, "open") for word in ("hiring", "advertised", "recruiting", "wanted")),
    *((word, "planned") for word in ("draft", "future", "proposed", "upcoming")),
    *((word, "paused") for word in ("on-hold", "frozen", "suspended")),
    *((word, "retired") for word in ("archived", "obsolete", "abolished", "discontinued")),
)
"""What people call a status."""
_ENGAGEMENTS_MEANT = (
    *((word, "contractor") for word in ("freelancer", "freelance", "consultant", "self-employed")),
    *((word, "employee") for word in ("employed", "permanent", "staff")),
    *((word, "automation") for word in ("automated", "software", "bot", "script")),
    *((word, "volunteer") for word in ("voluntary", "unpaid")),
)
"""What people call an engagement."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LARGE = 300
"""Nobody is paid so much an hour."""
_PERIODS = {
    "hour": r"hour|/\s*h\b|p\.?h\b|\bh\b",
    "month": r"month|/\s*mo?\b",
    "fixed": r"\bfixed|in total|flat|lump",
    "deliverable": r"per (?:piece|item|unit|deliverable|post|article|page|video|order)\b",
}


_A_WEEK = re.compile(
    r"\s*(?:(?:/|\b(?:an?|per|each|every|pro|par|por)\b)\s*(?:weeks?|wk|w|woche|semaine|semana)\b\.?|\bweekly)$",
    re.IGNORECASE,
)
_FULL_TIME = {
    **dict.fromkeys(("full-time", "full time", "fulltime", "vollzeit"), 40),
    **dict.fromkeys(("half-time", "half time", "halftime", "halbtags"), 20),
}
"""Hours of a full week, and of half of one, where full time is 40 hours."""


def _hours_instead(text: str) -> str:
    """Hours a week as they are to be written, if they are clear."""
    if hours := _FULL_TIME.get(text.lower()):
        expects = gettext(_HOURS_EXPECTED)
        return gettext("%(what)s, here %(hours)s if full time is 40 hours", what=expects, hours=hours)
    hint = number_hint(_A_WEEK.sub("", text))
    return here(gettext(_HOURS_EXPECTED), hint) if hint else ""


def _range_instead(text: str) -> str:
    """A range of hours, or hours, as they are to be written."""
    found = _RANGE.fullmatch(ungrouped(_A_WEEK.sub("", text)))
    low, high = sorted((found[1], found[2]), key=float) if found else ("", "")
    return f"{{min: {low}, max: {high}}}" if found else _hours_instead(text)


def _pay_instead(text: str) -> str:
    """Pay with its currency as it is to be written."""
    amount = _PAY.search(ungrouped(text))
    codes = (code for sign, code in SIGNS.items() if sign in text)
    currency = next(
        iter((*codes, *(word for word in re.findall(r"\b[A-Z]{3}\b", text) if word in CURRENCIES))), ""
    )
    if not amount or not (currency or amount[2]):
        return ""
    period = next((per for per, form in _PERIODS.items() if re.search(form, text, re.IGNORECASE)), "")
    how_much = f"min: {amount[1]}, max: {amount[2]}" if amount[2] else f"amount: {amount[1]}"
    # Without a word, a small amount is hardly anything but that of an hour.
    is_small = not re.search(r"/|\bper\b", text) and float(amount[2] or amount[1]) < _LARGE
    period = period or ("hour" if is_small else "")
    group = f"{{{how_much}, currency: {currency or 'EUR'}, per: {period or '…'}}}"
    if period:
        return group
    return gettext("%(group)s with %(periods)s for …", group=group, periods=either(_PERIODS))


# What names a role or a person in another file: `rolebook rename` finds them by these kinds.
ROLE = Reference(
    N_("the id of a role: its file's name without .md"),
    to="role",
    of_a_list=N_("the id of one"),
)
PERSON = Reference(
    N_("a person's name, or their file's name in people/ without .md"),
    to="person",
    of_a_list=N_("the name of one"),
)
_PARENT = replace(ROLE, of_a_list=N_("one, and the others under also_reports_to"))
_OWNER = replace(PERSON, of_a_list=N_("one, and the others under performed_by"))
# Both are equal to those above for whoever looks for references.
RECEIVER = Text(N_("the id of a role, or who receives it in words"))
FUNCTION = Text(N_("the title of a role, such as Marketing"))
_DELIVERABLE = Reference(N_("the id of a deliverable in the business model"), to="deliverable")
_OFFER = Reference(N_("the id of an offer"), to="offer")
_SENTENCES = Text(is_long=True)
_ENGAGEMENTS = ("employee", "contractor", "agency", "volunteer", "automation")


DIGITS = 9
"""After the point of a figure. Rounded to them after each step, sums are as on paper: 0.1 + 0.2 is 0.3."""


_HOURS = Number(_HOURS_EXPECTED, 0, WEEK, instead=_hours_instead)
_PAY_AMOUNT = replace(_AMOUNT, instead=_pay_instead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours a week, from `min` to `max`; both are the same when one number was written."""

    min: float = declared(_HOURS, PUBLIC, "at least", default=0.0, required=True, label="At least")
    max: float = declared(_HOURS, PUBLIC, "at most", default=0.0, required=True, label="At most")

    def __add__(self, other: "Hours") -> "Hours":
        return _hours(self.min + other.min, self.max + other.max)

    def __sub__(self, other: "Hours") -> "Hours":
        """What is left after `other`, nothing where that is more."""
        # A wider range than one's own turns the two ends round.
        low, high = sorted((self.min - other.min, self.max - other.max))
        return _hours(max(0.0, low), max(0.0, high))

    def __mul__(self, times: float) -> "Hours":
        return _hours(self.min * times, self.max * times)

    def __bool__(self) -> bool:
        return self.max > 0

    def beyond(self, capacity: float) -> "Hours":
        """What is more than `capacity`; from nothing, if only the upper end is more."""
        return _hours(max(0.0, self.min - capacity), max(0.0, self.max - capacity))

    def left_of(self, capacity: float) -> "Hours":
        """What is left of `capacity`; from nothing, if the upper end takes all of it."""
        return _hours(max(0.0, capacity - self.max), max(0.0, capacity - self.min))

    def at_least(self, other: "Hours") -> "Hours":
        """The same, or `other` where that is more: at either end."""
        return Hours(min=max(self.min, other.min), max=max(self.max, other.max))


def _hours(low: float, high: float) -> Hours:
    return Hours(min=round(low, DIGITS), max=round(high, DIGITS))


NO_HOURS = Hours()


def _exactly(hours: float) -> Hours:
    return Hours(min=hours, max=hours)


def _ends_in_order(hours: Hours) -> str:
    return "" if hours.min <= hours.max else _turned_round(f"{hours.max:g}", f"{hours.min:g}")


def _turned_round(low: str, high: str) -> str:
    return gettext("Write min: %(low)s and max: %(high)s", low=low, high=high)


_HOURS_RANGE: Group[Hours] = Group(Hours, objection=_ends_in_order)
WEEKLY_HOURS = AnyOf(replace(_HOURS, instead=_range_instead), _HOURS_RANGE, _exactly)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Somebody who does part of a role's work."""

    person: str = declared(PERSON, INTERNAL, "who", default="", required=True)
    weekly_hours: Hours | None = declared(
        WEEKLY_HOURS, INTERNAL, "their part of the hours", label="Hours a week"
    )
    since: dt.date | None = declared(Day(), INTERNAL, "first day", label="From")
    until: dt.date | None = declared(Day(), INTERNAL, "last day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """Something a role produces."""

    outcome: str = declared(
        Text(N_("the result, when the work is done"), is_long=True),
        PUBLIC,
        "the outcome",
        default="",
        required=True,
    )
    cadence: str = declared(Text(), PUBLIC, "how often", default="", label="How often")
    measure: str = declared(_SENTENCES, PUBLIC, "how it is measured", default="", label="How it is measured")
    acceptance: tuple[str, ...] = declared(
        ListOf(Text()), PUBLIC, "when it is accepted", default=(), label="Accepted when", one="Condition"
    )
    for_: str = declared(
        _DELIVERABLE, PUBLIC, "the business deliverable it serves", default="", label="Promise it supports"
    )
    receiver: str = declared(RECEIVER, PUBLIC, "who receives it", default="", label="Delivered to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsource:
    """The plan for a role."""

    fit: str = declared(
        Choice(("no", "maybe", "next", "done")),
        INTERNAL,
        "whether to hand it over",
        default="",
        label="Hand it over?",
    )
    reason: str = declared(_SENTENCES, INTERNAL, "why", default="", label="Why")
    by: dt.date | None = declared(Day(), INTERNAL, "until when", label="Until when")
    to: str = declared(PERSON, INTERNAL, "to whom", default="", label="To whom")


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """What the holder can do."""

    must: tuple[str, ...] = declared(
        ListOf(Text()), PUBLIC, "needed from the first day", default=(), label="Required", one="Skill"
    )
    nice: tuple[str, ...] = declared(
        ListOf(Text()), PUBLIC, "welcome", default=(), label="Nice to have", one="Skill"
    )
    languages: tuple[str, ...] = declared(
        ListOf(Text()), PUBLIC, "languages", default=(), label="Languages", one="Language"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool that access is given to, and taken back from."""

    name: str = declared(Text(), CONTRACTOR, "the tool", default="", required=True)
    access: str = declared(Text(), CONTRACTOR, "what access; never a secret", default="")
    admin: str = declared(
        PERSON, INTERNAL, "who gives and takes the access", default="", label="Who gives access"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Pay: `amount`, or a range from `min` to `max`."""

    amount: float | None = declared(_AMOUNT, PUBLIC, "the amount")
    min: float | None = declared(_AMOUNT, PUBLIC, "at least", label="At least")
    max: float | None = declared(_AMOUNT, PUBLIC, "at most", label="At most")
    currency: str = declared(CURRENCY, PUBLIC, "the currency", default="")
    per: str = declared(
        Choice(("hour", "month", "fixed", "deliverable")),
        PUBLIC,
        "what it pays for",
        default="",
        label="Paid per",
    )
    show: bool = declared(
        YesNo(), PUBLIC, "whether the posting names it", default=False, label="Show in the job post"
    )


def _pay_in_order(rate: Rate) -> str:
    if rate.min is None or rate.max is None or rate.min <= rate.max:
        return ""
    return _turned_round(f"{rate.max:g}", f"{rate.min:g}")


_RATE: Group[Rate] = Group(Rate, objection=_pay_in_order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where the work is done."""

    remote: bool | None = declared(YesNo(), PUBLIC, "whether from anywhere", label="From anywhere")
    countries: tuple[str, ...] = declared(
        ListOf(Text()), PUBLIC, "from which countries", default=(), label="Countries", one="Country"
    )
    place: str = declared(Text(), PUBLIC, "at which place", default="")
    timezone_overlap: str = declared(
        Text(), PUBLIC, "shared working hours", default="", label="Shared working hours"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """How work is reported."""

    to: str = declared(ROLE, CONTRACTOR, "to which role", default="")
    cadence: str = declared(Text(), CONTRACTOR, "how often", default="", label="How often")
    channel: str = declared(Text(), CONTRACTOR, "where", default="", label="Where")
    format: str = declared(Text(), CONTRACTOR, "in what form", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialTask:
    """A small paid test."""

    brief: str = declared(_SENTENCES, PUBLIC, "what to do", default="", required=True, label="Task")
    hours: float | None = declared(
        Number(N_("hours in digits, such as 3"), 0, WEEK), PUBLIC, "how long it takes"
    )
    paid: bool | None = declared(YesNo(), PUBLIC, "whether it is paid")
    pass_: str = declared(_SENTENCES, PUBLIC, "what counts as passed", default="", label="Passed when")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """The vacancy."""

    opens: dt.date | None = declared(Day(), PUBLIC, "first day", label="First day")
    closes: dt.date | None = declared(Day(), PUBLIC, "last day", label="Last day")
    apply_url: str = declared(
        WEB_ADDRESS, PUBLIC, "where to apply", default="", label="Web address for applications"
    )
    apply_email: str = declared(EMAIL, PUBLIC, "where to apply", default="", label="E-mail for applications")
    questions: tuple[str, ...] = declared(
        ListOf(Text()), PUBLIC, "what applicants answer", default=(), label="Questions", one="Question"
    )

    def is_open(self, day: dt.date) -> bool:
        """Whether applications are taken on `day`, the first and the last day included."""
        return (self.opens is None or self.opens <= day) and (self.closes is None or day <= self.closes)


def _posting_instead(text: str) -> str:
    """A way to apply, or a day, as a job post has it."""
    address = WEB_ADDRESS.instead(text) if not WEB_ADDRESS.form.fullmatch(text) else text
    if EMAIL.form.fullmatch(text):
        return f"{{apply_email: {text}}}"
    if address and WEB_ADDRESS.form.fullmatch(address):
        return f"{{apply_url: {scalar(address, in_brackets=True)}}}"
    return f"{{closes: {text}}}" if _DAY.fullmatch(text) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How search treats a page."""

    exclude: bool = declared(
        YesNo(), PUBLIC, "whether search leaves it out", default=False, label="Leave out of search"
    )
    boost: float | None = declared(
        Number(N_("a number, such as 2"), 0, 1000), PUBLIC, "how much higher search ranks it", label="Weight"
    )


_HIDE = ListOf(Choice(("navigation", "toc", "path", "footer", "feedback", "tags")))
"""Parts of a page that Material can leave out."""

ROLE_KIND, TEAM_KIND = "role", "team"
"""What a file of `roles/` describes: a role that one person holds, or a team that people belong to."""
_TEAM_WORDS = ("board", "chapter", "circle", "committee", "department", "group", "guild", "squad", "unit")
_NOT_OF_TEAMS = {
    TEAM_KIND: N_("Remove it: a team is not held, advertised or handed over, as a role below it is")
}
_ONLY_OF_TEAMS = {ROLE_KIND: N_("Add 'kind: team' if it is a team, or write 'owner' and 'performed_by'")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who belongs to a team."""

    person: str = declared(PERSON, INTERNAL, "who", default="", required=True)
    as_: str = declared(
        Text(), INTERNAL, "what they are in it, such as secretary", default="", label="Function in the team"
    )
    weekly_hours: Hours | None = declared(
        WEEKLY_HOURS, INTERNAL, "hours a week that they give to it", label="Hours a week"
    )
    since: dt.date | None = declared(Day(), INTERNAL, "first day", label="From")
    until: dt.date | None = declared(Day(), INTERNAL, "last day")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFields:
    """The front matter of a role or a team: `roles/**/*.md`."""

    title: str = declared(Text(), PUBLIC, "the role's name", default="")
    kind: str = declared(
        Choice(
            (ROLE_KIND, TEAM_KIND),
            tuple((word, N_("Write team, whatever you call it in the title")) for word in _TEAM_WORDS),
        ),
        PUBLIC,
        "a role that one person holds, or a team that people belong to",
        default=ROLE_KIND,
        label="Role or team",
    )
    parent: str = declared(
        _PARENT, PUBLIC, "the role it reports to; none for the root", default="", label="Reports to"
    )
    also_reports_to: tuple[str, ...] = declared(
        ListOf(ROLE, MAX_NAMED),
        PUBLIC,
        "roles it reports to besides its parent: dotted lines",
        default=(),
        label="Also reports to",
        one="Role",
    )
    owner: str = declared(
        _OWNER,
        INTERNAL,
        "the one accountable holder; none: vacant",
        default="",
        instead={TEAM_KIND: N_("Write 'lead: …': a team has one lead, or several")},
    )
    performed_by: tuple[Work, ...] = declared(
        ListOf(Group(Work, "person", more="weekly_hours"), MAX_NAMED),
        INTERNAL,
        "who does the work, when not the owner alone",
        default=(),
        instead={TEAM_KIND: N_("Write 'members: …', each with their hours where they have some")},
        label="Who does the work",
        one="Person",
    )
    backup: str = declared(
        PERSON,
        INTERNAL,
        "who covers holidays and exits",
        default="",
        instead={TEAM_KIND: N_("Write both names under 'lead', or leave it out")},
        label="Cover",
    )
    lead: tuple[str, ...] = declared(
        ListOf(PERSON, MAX_NAMED),
        INTERNAL,
        "who leads the team, one or several",
        default=(),
        instead=_ONLY_OF_TEAMS,
        label="Leads",
        one="Lead",
    )
    members: tuple[Member, ...] = declared(
        ListOf(Group(Member, "person", more="weekly_hours")),
        INTERNAL,
        "who belongs to the team",
        default=(),
        instead=_ONLY_OF_TEAMS,
        label="Members",
        one="Member",
    )
    weekly_hours: Hours | None = declared(
        WEEKLY_HOURS,
        PUBLIC,
        "hours a week that the role takes",
        instead={TEAM_KIND: N_("Write the hours of each member: 'members: [{person: …, weekly_hours: 2}]'")},
        label="Hours a week",
    )
    seats: int = declared(
        Whole(Number(N_("the number of equal seats in digits, such as 3"), 1, 100_000)),
        PUBLIC,
        "how many equal seats the page describes; hours are for each",
        default=1,
        instead=_NOT_OF_TEAMS,
    )
    deliverable: tuple[Deliverable, ...] = declared(
        ListOf(Group(Deliverable, "outcome")),
        PUBLIC,
        "what the role produces",
        default=(),
        label="Deliverables",
        one="Deliverable",
    )
    purpose: str = declared(_SENTENCES, PUBLIC, "one sentence: why the role exists", default="")
    status: str = declared(
        Choice(
            ("planned", "open", "filled", "paused", "retired"),
            (
                *((word, N_("Remove the line: a role without an owner is vacant")) for word in _VACANT),
                *((word, N_("Write filled, or remove the line")) for word in _ACTIVE),
            ),
            _STATUS_MEANT,
        ),
        INTERNAL,
        "derived from owner when absent",
        default="",
    )
    outsource: Outsource | None = declared(
        Group(Outsource, "fit"),
        INTERNAL,
        "the plan for this role",
        instead=_NOT_OF_TEAMS,
        label="Hand-over plan",
    )
    engagement: str = declared(
        Choice(_ENGAGEMENTS, meant=_ENGAGEMENTS_MEANT),
        PUBLIC,
        "how the holder works for us",
        default="",
        instead=_NOT_OF_TEAMS,
    )
    skills: Skills = declared(
        AnyOf(ListOf(Text()), Group(Skills), lambda must: Skills(must=must)),
        PUBLIC,
        "one role, one craft",
        default=Skills(),
        instead=_NOT_OF_TEAMS,
    )
    tools: tuple[Tool, ...] = declared(
        ListOf(Group(Tool, "name", more="access")),
        CONTRACTOR,
        "access to give and to take back",
        default=(),
        instead=_NOT_OF_TEAMS,
        label="Tools",
        one="Tool",
    )
    rate: Rate | None = declared(
        AnyOf(_PAY_AMOUNT, _RATE, lambda amount: Rate(amount=amount)),
        INTERNAL,
        "pay; public when `show: yes`",
        shown_when=lambda rate: rate.show,
        instead=_NOT_OF_TEAMS,
        label="Pay",
    )
    location: Location = declared(
        Group(Location, "place"), PUBLIC, "where the work is done", default=Location(), instead=_NOT_OF_TEAMS
    )
    reporting: Reporting | None = declared(
        Group(Reporting, "to"), CONTRACTOR, "how work is reported", instead=_NOT_OF_TEAMS
    )
    out_of_scope: tuple[str, ...] = declared(
        ListOf(Text()),
        CONTRACTOR,
        "what the role does not do",
        default=(),
        instead=_NOT_OF_TEAMS,
        label="Out of scope",
        one="Task",
    )
    trial_task: TrialTask | None = declared(
        Group(TrialTask, "brief"), PUBLIC, "a small paid test", instead=_NOT_OF_TEAMS
    )
    posting: Posting | None = declared(
        Group(Posting, instead=_posting_instead),
        PUBLIC,
        "the vacancy",
        instead=_NOT_OF_TEAMS,
        label="Job post",
    )
    review_by: dt.date | None = declared(Day(), INTERNAL, "when this page goes stale")
    tags: tuple[str, ...] = declared(
        ListOf(Text()), INTERNAL, "for search", default=(), label="Tags", one="Tag"
    )
    hide: tuple[str, ...] = declared(
        _HIDE,
        PUBLIC,
        "parts that the theme leaves out of its page",
        default=(),
        label="Hide on the page",
        one="Part",
    )
    icon: str = declared(ICON, PUBLIC, "the icon of its page in the navigation", default="")
    search: Search = declared(Group(Search), PUBLIC, "how search treats its page", default=Search())
    aliases: tuple[str, ...] = declared(
        ListOf(Text()),
        INTERNAL,
        "former paths; the public edition redirects from their file names",
        default=(),
        label="Former paths",
        one="Path",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFields:
    """The front matter of a person: `people/*.md`. All internal."""

    name: str = declared(Text(), INTERNAL, "their name", default="")
    kind: str = declared(
        Choice(("person", "agency", "automation")), INTERNAL, "what they are", default="person"
    )
    engagement: str = declared(
        Choice(_ENGAGEMENTS, meant=_ENGAGEMENTS_MEANT), INTERNAL, "how they work for us", default=""
    )
    founder: bool = declared(YesNo(), INTERNAL, "whether this person is a founder", default=False)
    weekly_capacity: float | None = declared(_HOURS, INTERNAL, "hours a week they have", label="Hours a week")
    email: str = declared(EMAIL, INTERNAL, "e-mail", default="", label="E-mail")
    phone: str = declared(PHONE, INTERNAL, "telephone number", default="", label="Telephone")
    chat: str = declared(
        Text(N_("their name in your chat, such as @ines, or the web address of a conversation")),
        INTERNAL,
        "where they are reached in the chat",
        default="",
        label="Chat",
    )
    calendar: str = declared(
        WEB_ADDRESS, INTERNAL, "where their calendar is, or time with them is booked", default=""
    )
    pronouns: str = declared(Text(), INTERNAL, "pronouns, such as she/her", default="")
    working_hours: str = declared(
        Text(), INTERNAL, "when they usually work, such as Mon to Thu, 9 to 15", default=""
    )
    languages: tuple[str, ...] = declared(
        ListOf(Text()), INTERNAL, "languages they speak", default=(), label="Languages", one="Language"
    )
    photo: str = declared(
        Text(N_("the name of a picture beside this file, such as ines.jpg")),
        INTERNAL,
        "their picture; the site shows a small square of it, made anew",
        default="",
    )
    timezone: str = declared(TIME_ZONE, INTERNAL, "time zone", default="", label="Time zone")
    rate: Rate | None = declared(
        AnyOf(_PAY_AMOUNT, _RATE, lambda amount: Rate(amount=amount)), INTERNAL, "pay", label="Pay"
    )
    starts: dt.date | None = declared(Day(), INTERNAL, "first day", label="First day")
    ends: dt.date | None = declared(Day(), INTERNAL, "last day", label="Last day")
    hide: tuple[str, ...] = declared(
        _HIDE,
        INTERNAL,
        "parts that the theme leaves out of their page",
        default=(),
        label="Hide on the page",
        one="Part",
    )
    icon: str = declared(ICON, INTERNAL, "the icon of their page in the navigation", default="")
    search: Search = declared(Group(Search), INTERNAL, "how search treats their page", default=Search())
    aliases: tuple[str, ...] = declared(
        ListOf(Text()), INTERNAL, "former paths", default=(), label="Former paths", one="Path"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something the business sells."""

    id: str = declared(Text(N_("a short id without spaces")), INTERNAL, "its id", default="", required=True)
    name: str = declared(Text(), INTERNAL, "its name", default="")
    customer: str = declared(_SENTENCES, INTERNAL, "who buys it", default="")
    price: float | None = declared(_AMOUNT, INTERNAL, "its price")
    currency: str = declared(CURRENCY, INTERNAL, "the currency", default="")
    unit: str = declared(Text(), INTERNAL, "what the price is for", default="", label="Price is for")
    monthly_value: float | None = declared(_AMOUNT, INTERNAL, "what it brings in a month")


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessDeliverable:
    """Something the business has promised."""

    id: str = declared(Text(N_("a short id without spaces")), INTERNAL, "its id", default="", required=True)
    name: str = declared(Text(), INTERNAL, "its name", default="")
    promise: str = declared(_SENTENCES, INTERNAL, "what the customer was promised", default="")
    offer: str = declared(_OFFER, INTERNAL, "the offer it belongs to", default="")
    standard: str = declared(_SENTENCES, INTERNAL, "how good it must be", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessModelFields:
    """The front matter of `content/business-model.md`."""

    offers: tuple[Offer, ...] = declared(
        ListOf(Group(Offer)), INTERNAL, "what is sold", default=(), label="Offers", one="Offer"
    )
    deliverables: tuple[BusinessDeliverable, ...] = declared(
        ListOf(Group(BusinessDeliverable)),
        INTERNAL,
        "what must be delivered",
        default=(),
        label="Promises",
        one="Promise",
    )
    functions: tuple[str, ...] = declared(
        ListOf(FUNCTION),
        INTERNAL,
        "functions that the business cannot do without",
        default=(),
        label="Functions",
        one="Function",
    )


PAGE_FIELDS = frozenset(
    ("title", "subtitle", "description", "tags", "hide", "icon", "status", "search", "template", "social")
)
"""Fields that MkDocs and Material read on any page, so on the business model's too."""

SECTIONS: dict[str, Audience] = {
    "Purpose": PUBLIC,
    "Outcomes": PUBLIC,
    "Responsibilities": PUBLIC,
    "Done when": PUBLIC,
    "How to do it": CONTRACTOR,
    "Procedure": CONTRACTOR,
    "Tools": CONTRACTOR,
    "Reporting": CONTRACTOR,
}
"""Who may see a section of a role's body, by its `##` heading. Any other section is internal."""
_PURPOSE, _PROCEDURES = "Purpose", ("Procedure", "How to do it")


_HEADINGS = ListOf(Text(N_("the heading of a section")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """Who may see which sections of role pages, by their headings; the others are as they are without it."""

    public: tuple[str, ...] = declared(_HEADINGS, INTERNAL, "sections that everybody may see", default=())
    contractor: tuple[str, ...] = declared(
        _HEADINGS, INTERNAL, "sections for whoever does the work, in packs", default=()
    )
    internal: tuple[str, ...] = declared(
        _HEADINGS, INTERNAL, "sections for colleagues only, as are all that are not named", default=()
    )

    @property
    def by_audience(self) -> tuple[tuple[Audience, tuple[str, ...]], ...]:
        """The headings of each audience, the widest first."""
        return (PUBLIC, self.public), (CONTRACTOR, self.contractor), (INTERNAL, self.internal)


AS_BUILT_IN = Sections()


def section_audiences(sections: Sections = AS_BUILT_IN) -> Mapping[str, Audience]:
    """Who may see a section, by `heading_key`. Of a heading that stands in several lists, the fewest may.

    The handbook's language has other headings for the same sections.
    """
    built_in = _known_sections(current())
    known = {heading: SECTIONS[same] for heading, same in built_in.items()}
    for audience, headings in sections.by_audience:
        for key in map(heading_key, headings):
            same = built_in.get(key, "")
            if same and audience > SECTIONS[same]:  # Whatever it is called, the section stays inside.
                known |= {each: audience for each, its in built_in.items() if its == same}
            known[key] = audience
    return known


@lru_cache(maxsize=2**10)  # most pages have the same headings
def heading_key(heading: str) -> str:
    """A heading without regard to case, spaces, the form of apostrophes and the signs of a heading."""
    return " ".join(heading.strip("# ").casefold().replace("’", "'").split())


def known_section(heading: str) -> str:
    """The English heading that `heading` stands for in the handbook's language; empty for any other one."""
    return _known_sections(current()).get(heading_key(heading), "")


def is_purpose(heading: str) -> bool:
    """Whether a page says below it why the role exists."""
    return known_section(heading) == _PURPOSE


def is_procedure(heading: str) -> bool:
    """Whether a page says below it how the work is done."""
    return known_section(heading) in _PROCEDURES


@cache
def _known_sections(language: Language) -> Mapping[str, str]:
    others = language.words.sections
    return {heading_key(each): known for known in SECTIONS for each in (known, *others.get(known, ()))}
