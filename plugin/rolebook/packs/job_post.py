"""The job description of a role, for the public: what may be posted, and nothing else."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook.charts.model import NO_BREAK, hours_text
from rolebook.organisation import Organisation, Role
from rolebook.packs.sections import visible_sections
from rolebook.schema.audience import Audience, visible
from rolebook.schema.records import Location, Posting, Rate, RoleFields

_ENGAGEMENTS = {
    "employee": "an employee",
    "contractor": "a contractor",
    "agency": "an agency",
    "volunteer": "a volunteer",
    "automation": "an automation",
}
_PER = {"hour": "an hour", "month": "a month", "fixed": "in all", "deliverable": "a deliverable"}


@dataclass(frozen=True, slots=True)
class JobPost:
    """What a job description says, composed from the role's public fields and sections."""

    fields: RoleFields
    """Only what the public may see."""
    title: str
    organisation: str
    lead: str
    """One sentence: why the seat exists, or what it produces."""
    reports_to: str
    """Title of the role it reports to; empty at the top."""
    terms: tuple[str, ...]
    """Hours, engagement, place and pay as sentences."""
    posting: Posting | None
    """How to apply; None unless the seat is vacant and applications are taken today."""
    sections: tuple[tuple[str, Markup], ...]
    """Heading and HTML of the body's public sections."""

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to say yet but the title."""
        fields = self.fields
        return not (self.lead or fields.deliverable or self.terms or self.sections)


def compose(organisation: Organisation, role: Role, name: str) -> JobPost:
    """The job description of `role` in the organisation called `name`."""
    fields = visible(role.fields, Audience.PUBLIC)
    parent = organisation.parents.get(role.id)
    sections = visible_sections(organisation, role, Audience.PUBLIC)
    posting = fields.posting
    is_open = role.vacant and posting is not None and posting.is_open(organisation.day)
    written_out = any(heading.casefold() == "purpose" for heading, _ in sections)
    return JobPost(
        fields=fields,
        title=role.title,
        organisation=name,
        lead="" if written_out else fields.purpose,
        reports_to=parent.title if parent else "",
        terms=tuple(_terms(fields, parent.title if parent else "")),
        posting=posting if is_open else None,
        sections=sections,
    )


def _terms(fields: RoleFields, reports_to: str) -> list[str]:
    sentences = [_hours(fields)]
    if reports_to:
        sentences.append(f"You report to {reports_to}.")
    sentences.append(_place(fields.location))
    if fields.rate:
        sentences.append(_pay(fields.rate))
    return [sentence for sentence in sentences if sentence]


def _hours(fields: RoleFields) -> str:
    engaged = f"as {_ENGAGEMENTS[fields.engagement]}" if fields.engagement else ""
    if not fields.weekly_hours:
        return f"You work {engaged}." if engaged else ""
    hours = hours_text(fields.weekly_hours).removesuffix(f"{NO_BREAK}h")
    unit = "hour" if hours == "1" else "hours"
    each = f" each, for {fields.seats} equal seats" if fields.seats > 1 else ""
    return f"About {hours} {unit} a week{each}{', ' if engaged else ''}{engaged}."


def _place(location: Location) -> str:
    countries = _either(location.countries)
    if location.remote:
        where = f"Remote, from {countries}" if countries else "Remote, from anywhere"
    elif location.place or countries:
        where = f"At {location.place}" if location.place else f"In {countries}"
    elif location.remote is False:
        where = "On site"
    else:
        where = ""
    if location.timezone_overlap:
        overlap = f"shared working hours: {location.timezone_overlap}"
        return f"{where}; {overlap}." if where else f"S{overlap[1:]}."
    return f"{where}." if where else ""


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _pay(rate: Rate) -> str:
    amounts = [rate.amount] if rate.amount is not None else [rate.min, rate.max]
    figures = [f"{amount:,.10g}" for amount in amounts if amount is not None]
    if not figures:
        return ""
    money = f"{rate.currency} {' to '.join(figures)}".strip()
    return f"Pay: {money} {_PER[rate.per]}."
