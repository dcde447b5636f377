"""Composes the pack of a role: all that its new holder needs, in one document for a contractor."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from rolebook.charts import reporting, svg
from rolebook.documents import phrases
from rolebook.documents.document import Document, Part, boxes, joined, named, paragraph, points
from rolebook.organisation import Role
from rolebook.schema.audience import Audience
from rolebook.schema.records import RoleFields, Tool
from rolebook.visibility.sections import Picture, Section, no_picture
from rolebook.visibility.view import AudienceView
from rolebook.wording import pay_text

CHART_WIDTH = 620
"""CSS pixels that A4 and Letter have between the margins."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role fits, by role titles."""

    chart: Markup
    above: tuple[str, ...]
    """From the top down."""
    beside: tuple[str, ...]
    below: tuple[str, ...]
    also_above: tuple[str, ...]
    """To whom it reports besides."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack says, composed from what a contractor may see."""

    id: str
    title: str
    organisation: str
    fields: RoleFields
    place: Place
    sections: tuple[Section, ...]

    @property
    def reports_to(self) -> str:
        """Title of the role it reports to; empty at the top."""
        return self.place.above[-1] if self.place.above else ""

    @property
    def document(self) -> Document:
        """The pack, without a statement of work."""
        fields = self.fields
        parts = (
            Part("At a glance", _glance(fields, self.reports_to, _listed(self.place.also_above))),
            Part("What you deliver", phrases.deliverables(fields.deliverable, receivers=True)),
            *(Part(section.heading, section.html) for section in self.sections),
            Part("Your tools and access", points(map(_tool, fields.tools))),
            Part("How you report", _reporting(fields)),
            Part("Out of scope", points(fields.out_of_scope)),
            Part("Where this role fits", _place(self.place), picture=self.place.chart),
            Part("Your first week", boxes(_first_week(self))),
            Part("When you leave", boxes(_last_day(self))),
        )
        kind = f"Role pack · {self.organisation}"
        lead = "" if _has(self.sections, "purpose") else fields.purpose
        return Document(self.title, kind, lead, tuple(part for part in parts if part.html))


def compose(seen: AudienceView, role_id: str, name: str, picture: Picture = no_picture) -> Pack:
    """Compose the pack of a role in the organisation called `name`, as a contractor sees it."""
    seen.require(Audience.CONTRACTOR)
    role = seen.organisation.roles[role_id]
    return Pack(
        id=role_id,
        title=role.title,
        organisation=name,
        fields=role.fields,
        place=_where(seen, role),
        sections=seen.sections(role_id, picture),
    )


def _where(seen: AudienceView, role: Role) -> Place:
    organisation = seen.organisation
    parent = organisation.parents.get(role.id)
    beside = organisation.reports[parent.id] if parent else ()
    return Place(
        chart=svg.self_contained(reporting.neighbourhood(organisation, role), CHART_WIDTH),
        above=tuple(each.title for each in organisation.chain(role)),
        beside=tuple(each.title for each in beside if each.id != role.id),
        below=tuple(each.title for each in organisation.reports.get(role.id, ())),
        also_above=tuple(each.title for each in organisation.also_above.get(role.id, ())),
    )


def _has(sections: tuple[Section, ...], *headings: str) -> bool:
    return any(section.heading.casefold() in headings for section in sections)


def _glance(fields: RoleFields, reports_to: str, also_to: str) -> Markup:
    return named(
        (
            ("Time", phrases.hours(fields)),
            ("Engagement", phrases.engagement(fields)),
            ("Reports to", reports_to),
            ("Also reports to", also_to),
            ("Where", phrases.place(fields.location)),
            ("Pay", pay_text(fields.rate)),
        ),
        "rb-glance",
    )


def _tool(tool: Tool) -> Markup:
    return Markup("<strong>{}</strong>{}").format(tool.name, f": {tool.access}" if tool.access else "")


def _reporting(fields: RoleFields) -> Markup:
    reporting = fields.reporting
    if reporting is None:
        return Markup("")
    return named(
        (
            ("To", reporting.to),
            ("How often", reporting.cadence),
            ("Where", reporting.channel),
            ("In what form", reporting.format),
        )
    )


def _place(place: Place) -> Markup:
    return joined(
        paragraph(" › ".join((*place.above, "this role")) if place.above else ""),
        named(
            (("Same level", _listed(place.beside)), ("Direct reports", _listed(place.below))),
        ),
    )


_MOST = 8
"""Titles that are listed before the rest is counted."""


def _listed(titles: tuple[str, ...]) -> str:
    """The titles, each once; such as `Director (3), Secretary`."""
    counted = [f"{title} ({times})" if times > 1 else title for title, times in Counter(titles).items()]
    rest = len(counted) - _MOST
    return ", ".join((*counted[:_MOST], f"and {rest:,} more") if rest > 0 else counted)


def _first_week(pack: Pack) -> Iterator[str]:
    yield "Read this pack from start to finish and note anything unclear"
    for tool in pack.fields.tools:
        yield f"Sign in to {tool.name}{f' ({tool.access})' if tool.access else ''}"
    if pack.fields.deliverable:
        with_whom = f" with {pack.reports_to}" if pack.reports_to else ""
        yield f"Agree{with_whom} how each deliverable is accepted and when the first one is due"
    if _has(pack.sections, "procedure", "how to do it"):
        yield "Follow the procedure once exactly as written, and note what you would change"
    reporting = pack.fields.reporting
    if reporting:
        details = ", ".join(filter(None, (reporting.cadence, reporting.channel)))
        yield f"Send your first report{f' ({details})' if details else ''}"


def _last_day(pack: Pack) -> Iterator[str]:
    yield "Hand over work in progress, with a one-line status for each item"
    if _has(pack.sections, "procedure", "how to do it"):
        yield "Update the procedure to match how the work is done today"
    yield "Return files, data and devices, and delete your own copies"
    for tool in pack.fields.tools:
        yield f"{tool.name} access removed"
    to = pack.fields.reporting.to if pack.fields.reporting else ""
    to = to or pack.reports_to
    yield f"Send the last report{f' to {to}' if to else ''} and the final invoice"
