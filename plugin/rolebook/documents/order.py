"""Makes what somebody asks for: a document of each role or person, in the forms that they want."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rolebook.analysis.leaving import Leaving
from rolebook.documents import job_post, leaving, pack
from rolebook.documents.document import Document
from rolebook.documents.markdown import as_markdown
from rolebook.documents.pdf import as_pdf
from rolebook.documents.pictures import Pictures
from rolebook.documents.plain_text import as_text
from rolebook.documents.statement import with_statement
from rolebook.visibility.view import AudienceView

AsHtml = Callable[[Document, dt.date], str]
"""Writes a document, as it stands on a day, as HTML."""


@dataclass(frozen=True, slots=True)
class Order:
    """A kind of document, to be made of any number of roles."""

    seen: AudienceView
    """What the reader may see: a contractor for packs, the public for job posts."""
    organisation: str
    """Its name."""
    pictures: Pictures
    forms: tuple[str, ...]
    """Some of `documents.FORMS`."""
    as_html: AsHtml
    client: str = ""
    """What a statement of work calls the organisation, if not by its name alone."""
    post: bool = False
    """A job post rather than a pack."""
    statement: bool = False
    """Whether a pack ends with a statement of work."""

    def names(self, role_id: str) -> tuple[str, ...]:
        """The files that are made of a role."""
        kind = "post" if self.post else "pack"
        return tuple(f"{role_id}-{kind}.{form}" for form in self.forms)

    def files(self, role_id: str) -> Iterator[tuple[str, bytes]]:
        """The files of a role, each with its name and content."""
        document = self._document(role_id)
        for name, form in zip(self.names(role_id), self.forms, strict=True):
            yield name, _formed(document, form, self.seen.organisation.day, self.as_html)

    def text(self, role_id: str) -> str:
        """What the files of a role say."""
        return as_text(self._document(role_id))

    def _document(self, role_id: str) -> Document:
        if self.post:
            return job_post.compose(self.seen, role_id, self.organisation, self.pictures).document
        composed = pack.compose(self.seen, role_id, self.organisation, self.pictures)
        return with_statement(composed, self.client) if self.statement else composed.document


@dataclass(frozen=True, slots=True)
class LeavingOrder:
    """Leaving lists, to be made of any number of people: for colleagues only."""

    leavings: Mapping[str, Leaving]
    """By person id."""
    organisation: str
    """Its name."""
    day: dt.date
    """The day for which it stands."""
    forms: tuple[str, ...]
    """Some of `documents.FORMS`."""
    as_html: AsHtml

    def names(self, person_id: str) -> tuple[str, ...]:
        """The files that are made of a person."""
        return tuple(f"{person_id}-leaving.{form}" for form in self.forms)

    def files(self, person_id: str) -> Iterator[tuple[str, bytes]]:
        """The files of a person, each with its name and content."""
        document = leaving.compose(self.leavings[person_id], self.organisation, self.day)
        for name, form in zip(self.names(person_id), self.forms, strict=True):
            yield name, _formed(document, form, self.day, self.as_html)


def _formed(document: Document, form: str, day: dt.date, as_html: AsHtml) -> bytes:
    match form:
        case "html":
            return as_html(document, day).encode()
        case "pdf":
            return as_pdf(as_html(document, day))
        case "md":
            return as_markdown(document).encode()
        case _:
            return as_text(document).encode()
