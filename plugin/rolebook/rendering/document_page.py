"""Writes a document as one HTML file for screens and paper, without scripts or requests to anywhere."""

import datetime as dt
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from rolebook import wording
from rolebook.documents.document import Document
from rolebook.documents.letterhead import Letterhead
from rolebook.language import current, gettext
from rolebook.rendering.own_templates import OwnTemplateError, OwnTemplates, Stopped, Templates

DOCUMENT = "document.html.jinja"
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Makes a browser refuse whatever is not in the file itself."""


class DocumentPages:
    """Gives the documents of one handbook their looks."""

    def __init__(
        self,
        own: OwnTemplates | None = None,
        letterhead: Letterhead | None = None,
        stopped: Stopped = OwnTemplateError,
    ) -> None:
        self._templates = Templates(own or OwnTemplates(), stopped)
        self._letterhead = letterhead

    def __call__(self, document: Document, day: dt.date) -> str:
        """`document` as it stands on `day`."""
        letterhead = self._letterhead
        return (
            self._templates.filled(
                DOCUMENT,
                {
                    "document": document,
                    "letterhead": letterhead,
                    "language": current().attributes,
                    "policy": _POLICY,
                    "title": escape(f"{document.title} · {document.kind}"),
                    "style": _style() + (letterhead.style if letterhead else ""),
                    "article": document.article(pictures=True),
                    "as_of": escape(gettext("As of %(day)s.", day=wording.day(day))),
                },
            )
            + "\n"
        )


@cache
def _style() -> Markup:
    return Markup((files("rolebook") / "assets" / "document.css").read_text(encoding="utf-8"))
