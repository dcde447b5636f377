"""Composes the job description of a role for the public: what may be posted, and nothing else."""

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from rolebook.documents import phrases
from rolebook.documents.document import Document, Part, joined, paragraph, points
from rolebook.escaping import without_braces
from rolebook.language import gettext, gettext_html
from rolebook.organisation import Role
from rolebook.organisation.facts import Fact, own_facts
from rolebook.organisation.words import titles
from rolebook.schema.audience import Audience
from rolebook.schema.own_fields import FACTS
from rolebook.schema.records import Posting, RoleFields, is_purpose
from rolebook.visibility.sections import Picture, Section, no_picture
from rolebook.visibility.view import AudienceView
from rolebook.wording import day, pay_text


@dataclass(frozen=True, slots=True)
class JobPost:
    """What a job description says, composed from what the public may see."""

    id: str
    fields: RoleFields
    title: str
    organisation: str
    lead: str
    """One sentence: why the role exists."""
    terms: tuple[str, ...]
    """Hours, engagement, place and pay as sentences, and what the owner's fields say."""
    glance: tuple[tuple[str, str], ...]
    """The same, each with its name, and the last day to apply: what an applicant looks for first."""
    posting: Posting | None
    """How to apply; None unless the role is vacant and applications are taken today."""
    sections: tuple[Section, ...]

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to say yet but the title."""
        fields = self.fields
        return not (self.lead or fields.deliverable or self.terms or self.sections)

    @property
    def apply(self) -> str:
        """The address to apply at, or of an e-mail that is begun; empty when there is none."""
        posting = self.posting
        if posting is None or posting.apply_url or not posting.apply_email:
            return posting.apply_url if posting else ""
        written = {"subject": self.title, "body": "\r\n\r\n".join(posting.questions)}
        begun = "&".join(f"{name}={quote(text, safe='')}" for name, text in written.items() if text)
        return f"mailto:{quote(posting.apply_email, safe='@')}?{begun}"

    @property
    def parts(self) -> tuple[Part, ...]:
        """What stands below the title and the lead."""
        fields = self.fields
        parts = [
            Part(gettext("What you deliver"), phrases.deliverables(fields.deliverable)),
            *(Part(section.heading, section.html) for section in self.sections),
            Part(gettext("What you bring"), phrases.skills(fields.skills)),
        ]
        if fields.trial_task:
            parts.append(Part(_trial(fields.trial_task.paid), phrases.trial_task(fields.trial_task)))
        if self.posting and (self.posting.apply_url or self.posting.apply_email):
            parts.append(Part(gettext("How to apply"), _how_to_apply(self.posting)))
        return tuple(part for part in parts if part.html)

    @property
    def document(self) -> Document:
        """The post as a document, to be put on another site."""
        opening = Part(gettext("At a glance"), points(self.terms))
        parts = (opening, *self.parts) if self.terms else self.parts
        return Document(self.title, self.organisation, self.lead, parts)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a job description says besides the sections of the role's page."""

    role: Role
    """As the public sees it."""
    reports_to: str
    """The title of the role above it; empty for none."""
    also_to: str
    """The titles of others to which it reports."""
    own: tuple[Fact, ...]
    """What the owner's fields say."""
    is_open: bool
    """Whether applications are taken today."""


def facts(seen: AudienceView, role_id: str) -> Facts:
    """Gather what the public may know of a role."""
    role = seen.organisation.roles[role_id]
    parent = seen.organisation.parents.get(role_id)
    posting = role.fields.posting
    is_open = role.to_fill and posting is not None and posting.is_open(seen.organisation.day)
    also_to = titles(seen.organisation.also_above.get(role_id, ()))
    own = own_facts(seen.organisation, role.fields, FACTS)
    return Facts(role, parent.title if parent else "", also_to, own, is_open)


def compose(seen: AudienceView, role_id: str, name: str, picture: Picture = no_picture) -> JobPost:
    """Compose the job description of a role in the organisation called `name`, as the public sees it."""
    seen.require(Audience.PUBLIC)
    known = facts(seen, role_id)
    role = known.role
    sections = seen.sections(role_id, picture)
    posting = role.fields.posting if known.is_open else None
    written_out = any(is_purpose(section.heading) for section in sections)
    return JobPost(
        id=role_id,
        fields=role.fields,
        title=role.title,
        organisation=name,
        lead="" if written_out else role.fields.purpose,
        terms=_terms(role.fields, known),
        glance=_glance(role.fields, known, posting),
        posting=posting,
        sections=sections,
    )


def _trial(paid: bool | None) -> str:
    return gettext("Paid trial task") if paid else gettext("Trial task")


def _terms(fields: RoleFields, known: Facts) -> tuple[str, ...]:
    hours, engagement = phrases.hours(fields), phrases.engagement(fields)
    place, pay = phrases.place(fields.location), pay_text(fields.rate)
    sentences = (
        _time(hours, engagement),
        gettext("You report to %(role)s.", role=known.reports_to) if known.reports_to else "",
        gettext("You also report to %(roles)s.", roles=known.also_to) if known.also_to else "",
        f"{place}." if place else "",
        gettext("Pay: %(pay)s.", pay=pay) if pay else "",
        *(Markup("{}{}{}").format(each.label, gettext(": "), phrases.fact(each)) for each in known.own),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _time(hours: str, engagement: str) -> str:
    """Such as `About 8–10 hours a week, as a contractor`, as a sentence."""
    if hours and engagement:
        return gettext("About %(hours)s, %(engagement)s.", hours=hours, engagement=engagement)
    if hours:
        return gettext("About %(hours)s.", hours=hours)
    return gettext("You work %(engagement)s.", engagement=engagement) if engagement else ""


def _glance(fields: RoleFields, known: Facts, posting: Posting | None) -> tuple[tuple[str, str], ...]:
    named = {
        gettext("Pay"): pay_text(fields.rate),
        gettext("Hours"): phrases.hours(fields),
        gettext("Engagement"): phrases.engagement(fields),
        gettext("Reports to"): known.reports_to,
        gettext("Also reports to"): known.also_to,
        gettext("Apply by"): day(posting.closes) if posting and posting.closes else "",
        gettext("Place"): phrases.place(fields.location),
    }
    own = ((each.label, without_braces(phrases.fact(each))) for each in known.own)
    return (*((name, words[0].upper() + words[1:]) for name, words in named.items() if words), *own)


_LINK = Markup('<a href="{}">{}</a>')


def _how_to_apply(posting: Posting) -> Markup:
    return joined(
        paragraph(_ways(posting)),
        joined(paragraph(gettext("Please answer:")), points(posting.questions)) if posting.questions else "",
    )


def _ways(posting: Posting) -> Markup:
    """Where to apply, and until when."""
    known = {
        "address": _LINK.format(posting.apply_url, posting.apply_url),
        "email": _LINK.format(f"mailto:{posting.apply_email}", posting.apply_email),
        "day": day(posting.closes) if posting.closes else "",
    }
    if not posting.apply_email:
        if posting.closes:
            return gettext_html("Apply by %(day)s, at %(address)s.", **known)
        return gettext_html("Apply at %(address)s.", **known)
    if not posting.apply_url:
        if posting.closes:
            return gettext_html("Apply by %(day)s, by e-mail to %(email)s.", **known)
        return gettext_html("Apply by e-mail to %(email)s.", **known)
    if posting.closes:
        return gettext_html("Apply by %(day)s, at %(address)s or by e-mail to %(email)s.", **known)
    return gettext_html("Apply at %(address)s or by e-mail to %(email)s.", **known)
