"""Composes the pack of a role: all that its new holder needs, in one document for a contractor."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from rolebook.charts import reporting, svg
from rolebook.documents import phrases
from rolebook.documents.document import Document, Part, boxes, joined, named, paragraph, points
from rolebook.language import gettext, ngettext
from rolebook.organisation import Role
from rolebook.organisation.facts import Fact, own_facts
from rolebook.schema.audience import Audience
from rolebook.schema.own_fields import FACTS
from rolebook.schema.records import RoleFields, Tool, is_procedure, is_purpose
from rolebook.visibility.sections import Picture, Section, no_picture
from rolebook.visibility.view import AudienceView
from rolebook.wording import pay_text

CHART_WIDTH = 620
"""CSS pixels that A4 and Letter have between the margins."""

_WITHOUT_INVOICES = frozenset(("employee", "volunteer", "automation"))
"""Whoever works on these terms sends none."""


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
    own: tuple[Fact, ...]
    """What the owner's fields say."""

    @property
    def reports_to(self) -> str:
        """Title of the role it reports to; empty at the top."""
        return self.place.above[-1] if self.place.above else ""

    @property
    def document(self) -> Document:
        """The pack, without a statement of work."""
        fields = self.fields
        parts = (
            Part(
                gettext("At a glance"),
                _glance(fields, self.reports_to, _listed(self.place.also_above), self.own),
            ),
            Part(gettext("What you deliver"), phrases.deliverables(fields.deliverable, receivers=True)),
            *(Part(section.heading, section.html) for section in self.sections),
            Part(gettext("Your tools and access"), points(map(_tool, fields.tools))),
            Part(gettext("How you report"), _reporting(fields)),
            Part(gettext("Out of scope"), points(fields.out_of_scope)),
            Part(gettext("Where this role fits"), _place(self.place), picture=self.place.chart),
            Part(gettext("Getting started"), boxes(_first_week(self))),
            Part(gettext("When you leave"), boxes(_last_day(self))),
        )
        kind = gettext("Role pack · %(organisation)s", organisation=self.organisation)
        lead = "" if any(is_purpose(each.heading) for each in self.sections) else fields.purpose
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
        own=own_facts(seen.organisation, role.fields, FACTS),
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


def _glance(fields: RoleFields, reports_to: str, also_to: str, own: tuple[Fact, ...]) -> Markup:
    return named(
        (
            (gettext("Time"), phrases.hours(fields)),
            (gettext("Engagement"), phrases.engagement(fields)),
            (gettext("Reports to"), reports_to),
            (gettext("Also reports to"), also_to),
            (gettext("Where"), phrases.place(fields.location)),
            (gettext("Pay"), pay_text(fields.rate)),
            *((each.label, phrases.fact(each)) for each in own),
        ),
        "rb-glance",
    )


def _tool(tool: Tool) -> Markup:
    return Markup("<strong>{}</strong>{}").format(
        tool.name, gettext(": ") + tool.access if tool.access else ""
    )


def _reporting(fields: RoleFields) -> Markup:
    reporting = fields.reporting
    if reporting is None:
        return Markup("")
    return named(
        (
            (gettext("To"), reporting.to),
            (gettext("How often"), reporting.cadence),
            (gettext("Where"), reporting.channel),
            (gettext("In what form"), reporting.format),
        )
    )


def _place(place: Place) -> Markup:
    return joined(
        paragraph(" › ".join((*place.above, gettext("this role"))) if place.above else ""),
        named(
            (
                (gettext("Same level"), _listed(place.beside)),
                (gettext("Direct reports"), _listed(place.below)),
            ),
        ),
    )


_MOST = 8
"""Titles that are listed before the rest is counted."""


def _listed(titles: tuple[str, ...]) -> str:
    """The titles, each once; such as `Director (3), Secretary`."""
    counted = [f"{title} ({times})" if times > 1 else title for title, times in Counter(titles).items()]
    rest = len(counted) - _MOST
    if rest <= 0:
        return ", ".join(counted)
    named = ", ".join(counted[:_MOST])
    return ngettext("%(names)s, and %(number)s more", "%(names)s, and %(number)s more", rest, names=named)


def _first_week(pack: Pack) -> Iterator[str]:
    yield gettext("Read this pack from start to finish and note anything unclear")
    for tool in pack.fields.tools:
        if tool.access:
            yield gettext("Sign in to %(tool)s (%(access)s)", tool=tool.name, access=tool.access)
        else:
            yield gettext("Sign in to %(tool)s", tool=tool.name)
    if pack.fields.deliverable:
        if pack.reports_to:
            yield gettext(
                "Agree with %(role)s how each deliverable is accepted and when the first one is due",
                role=pack.reports_to,
            )
        else:
            yield gettext("Agree how each deliverable is accepted and when the first one is due")
    if any(is_procedure(each.heading) for each in pack.sections):
        yield gettext("Follow the procedure once exactly as written, and note what you would change")
    if reporting := pack.fields.reporting:
        details = ", ".join(filter(None, (reporting.cadence, reporting.channel)))
        with_details = gettext("Send your first report (%(details)s)", details=details)
        yield with_details if details else gettext("Send your first report")


def _last_day(pack: Pack) -> Iterator[str]:
    yield gettext("Hand over work in progress, with a one-line status for each item")
    if any(is_procedure(each.heading) for each in pack.sections):
        yield gettext("Update the procedure to match how the work is done today")
    yield gettext("Return files, data and devices, and delete your own copies")
    for tool in pack.fields.tools:
        yield gettext("%(tool)s access removed", tool=tool.name)
    to = pack.fields.reporting.to if pack.fields.reporting else ""
    yield _last_report(to or pack.reports_to, invoices=pack.fields.engagement not in _WITHOUT_INVOICES)


def _last_report(to: str, *, invoices: bool) -> str:
    if to and invoices:
        return gettext("Send the last report to %(role)s and the final invoice", role=to)
    if to:
        return gettext("Send the last report to %(role)s", role=to)
    if invoices:
        return gettext("Send the last report and the final invoice")
    return gettext("Send the last report")
