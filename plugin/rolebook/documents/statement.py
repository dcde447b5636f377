"""Adds a statement of work to a pack, as its last part: a template with blanks, not legal advice."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from rolebook.documents import phrases
from rolebook.documents.document import Document, Part, joined, named, paragraph, points
from rolebook.documents.pack import Pack
from rolebook.language import N_, gettext, pgettext
from rolebook.options import UNNAMED_BUSINESS
from rolebook.wording import pay_text

_CAUTION = N_(
    "This is a template, not legal advice. Fill in the brackets, delete what does not apply, and have a"
    " lawyer in your country review it before anyone signs."
)


def with_statement(pack: Pack, client: str = "") -> Document:
    """Make the document of `pack` with a statement of work for `client` at its end."""
    document = pack.document
    named_as = "" if pack.organisation == UNNAMED_BUSINESS else pack.organisation
    client = client or named_as or _blank(gettext("name and address"))
    return replace(document, parts=(*document.parts, *_parts(pack, client)))


def _parts(pack: Pack, client: str) -> Iterator[Part]:
    fields = pack.fields
    reviewer = pack.reports_to or _blank(gettext("name and role"))
    caution = paragraph(Markup("<strong>{}</strong>").format(gettext(_CAUTION)))
    yield Part(gettext("Statement of work"), caution, on_new_page=True)
    yield _item(
        gettext("Parties"),
        named(
            (
                (gettext("Client"), client),
                # Translators: a party of a contract, beside the client.
                (pgettext("party", "Contractor"), _blank(gettext("name and address"))),
            )
        ),
    )
    scope = fields.purpose or gettext(
        "The work of the role “%(role)s” as this pack describes it.", role=pack.title
    )
    yield _item(gettext("Scope"), paragraph(scope))
    excluded = gettext("Anything not listed as a deliverable")
    yield _item(gettext("Out of scope"), points((*fields.out_of_scope, excluded)))
    produced = phrases.deliverables(fields.deliverable) or paragraph(
        _blank(gettext("what is delivered, and by when"))
    )
    yield _item(gettext("Deliverables"), produced)
    days = gettext("number of working days")
    yield _item(
        gettext("Acceptance"),
        joined(
            paragraph(
                gettext(
                    "The client (%(reviewer)s) reviews each deliverable within %(days)s of receiving it,"
                    " against the conditions above, and accepts it in writing or says what is missing.",
                    reviewer=reviewer,
                    days=_blank(days),
                )
            ),
            paragraph(_blank(gettext("what applies if there is no answer within that time"))),
        ),
    )
    pay = pay_text(fields.rate) or _blank(gettext("amount, currency and unit"))
    time = phrases.hours(fields) or _blank(gettext("hours a week"))
    invoiced = _blank(gettext("how often, and when they are paid"))
    yield _item(
        gettext("Time and pay"),
        named(((gettext("Time"), time), (gettext("Rate"), pay), (gettext("Invoices"), invoiced))),
    )
    yield _item(
        gettext("Start, term and notice"),
        named(
            (
                (gettext("Start"), _blank(gettext("date"))),
                (gettext("Term"), _blank(gettext("end date, or until either side gives notice"))),
                (gettext("Notice"), _blank(gettext("number of weeks, on either side"))),
            )
        ),
    )
    agreed = gettext("how a change is agreed, and from when it applies")
    yield _item(
        gettext("Change of scope"),
        paragraph(
            gettext(
                "Either side may propose a change to the deliverables, the time or the pay"
                " in writing. %(how)s",
                how=_blank(agreed),
            )
        ),
    )
    yield _item(
        gettext("Signatures"),
        named(
            (
                (gettext("For the client"), _blank(gettext("name, date"))),
                (gettext("For the contractor"), _blank(gettext("name, date"))),
            )
        ),
    )


def _item(heading: str, html: Markup) -> Part:
    return Part(heading, html, level=3)


def _blank(what: str) -> str:
    return f"[ {what} ]"
