"""Adds a statement of work to a pack, as its last part: a template with blanks, not legal advice."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from rolebook.documents import phrases
from rolebook.documents.document import Document, Part, joined, named, paragraph, points
from rolebook.documents.pack import Pack
from rolebook.wording import pay_text

_CAUTION = (
    "This is a template, not legal advice. Fill in the brackets, delete what does not apply, and have a"
    " lawyer in your country review it before anyone signs."
)


def with_statement(pack: Pack) -> Document:
    """Make the document of `pack` with a statement of work at its end."""
    document = pack.document
    return replace(document, parts=(*document.parts, *_parts(pack)))


def _parts(pack: Pack) -> Iterator[Part]:
    fields = pack.fields
    reviewer = pack.reports_to or _blank("name and role")
    caution = paragraph(Markup("<strong>{}</strong>").format(_CAUTION))
    yield Part("Statement of work", caution, on_new_page=True)
    yield _item("Parties", named((("Client", pack.organisation), ("Contractor", _blank("name and address")))))
    scope = fields.purpose or f"The work of the role “{pack.title}” as this pack describes it."
    yield _item("Scope", paragraph(scope))
    excluded = "Anything not listed as a deliverable."
    yield _item("Out of scope", points((*fields.out_of_scope, excluded)))
    produced = phrases.deliverables(fields.deliverable) or paragraph(_blank("what is delivered, and by when"))
    yield _item("Deliverables", produced)
    yield _item(
        "Acceptance",
        joined(
            paragraph(
                Markup(
                    "{} reviews each deliverable within {} of receiving it, against the conditions above,"
                    " and accepts it in writing or says what is missing."
                ).format(reviewer, _blank("number of working days"))
            ),
            paragraph(_blank("what applies if there is no answer within that time")),
        ),
    )
    pay = pay_text(fields.rate) or _blank("amount, currency and unit")
    time = phrases.hours(fields) or _blank("hours a week")
    invoiced = _blank("how often, and when they are paid")
    yield _item("Time and pay", named((("Time", time), ("Rate", pay), ("Invoices", invoiced))))
    yield _item(
        "Start, term and notice",
        named(
            (
                ("Start", _blank("date")),
                ("Term", _blank("end date, or until either side gives notice")),
                ("Notice", _blank("number of weeks, on either side")),
            )
        ),
    )
    yield _item(
        "Change of scope",
        paragraph(
            "Either side may propose a change to the deliverables, the time or the pay in writing."
            f" {_blank('how a change is agreed, and from when it applies')}"
        ),
    )
    yield _item(
        "Signatures",
        named((("For the client", _blank("name, date")), ("For the contractor", _blank("name, date")))),
    )


def _item(heading: str, html: Markup) -> Part:
    return Part(heading, html, level=3)


def _blank(what: str) -> str:
    return f"[ {what} ]"
