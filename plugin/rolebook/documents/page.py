"""Writes a document as one HTML file for screens and paper, without scripts or requests to anywhere."""

import datetime as dt
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from rolebook import wording
from rolebook.documents.document import Document
from rolebook.language import current, gettext

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Makes a browser refuse whatever is not in the file itself."""
_FRAME = Markup("""\
<!doctype html>
<html {language}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{article}<footer>{as_of}</footer>
</main>
</body>
</html>
""")


def as_html(document: Document, day: dt.date) -> str:
    """`document` as it stands on `day`."""
    return str(
        _FRAME.format(
            language=current().attributes,
            policy=_POLICY,
            title=f"{document.title} · {document.kind}",
            style=_style(),
            article=document.article(pictures=True),
            as_of=gettext("As of %(day)s.", day=wording.day(day)),
        )
    )


@cache
def _style() -> Markup:
    return Markup((files("rolebook") / "assets" / "document.css").read_text(encoding="utf-8"))
