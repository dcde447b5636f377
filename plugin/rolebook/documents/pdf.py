"""Makes a PDF of a document's HTML: tagged (PDF/UA), with title, language, bookmarks, selectable text.

WeasyPrint is asked for by the extra `pdf` only: it brings libraries that nothing else needs.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from rolebook.language import N_, gettext

_HOW_TO_INSTALL = N_(
    "PDF needs the package weasyprint. Install it where Rolebook is installed (pip install weasyprint; with"
    " uv: uv tool install --with weasyprint …), or print the HTML file to PDF in your browser"
)
_SYSTEM_LIBRARIES = N_(
    "WeasyPrint needs a library of the system that is not there (%(library)s). How to install it: "
    "https://doc.courtbouillon.org/weasyprint/stable/first_steps.html  Or print the HTML file to PDF in your "
    "browser"
)


def why_unavailable() -> str:
    """Why no PDF can be made, and what to do; empty where it can."""
    if find_spec("weasyprint") is None:
        return gettext(_HOW_TO_INSTALL)
    try:
        import weasyprint  # noqa: F401 (it loads the libraries)
    except OSError as error:
        return gettext(_SYSTEM_LIBRARIES, library=str(error).partition(":")[0])
    return ""


class _Letters(logging.Handler):
    """Collects the letters of which WeasyPrint says that no font has them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.found[str(record.args[0])] = None


@contextmanager
def undrawn() -> Iterator[dict[str, None]]:
    """Collect letters that no font has while documents are made inside: the keys, in their order."""
    logger, letters = logging.getLogger("weasyprint"), _Letters()
    logger.addHandler(letters)
    try:
        yield letters.found
    finally:
        logger.removeHandler(letters)


def as_pdf(html: str) -> bytes:
    """`html` as it prints; nothing outside of it is read."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    nothing_outside = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    pdf: bytes = HTML(string=html, url_fetcher=nothing_outside).write_pdf(pdf_variant="pdf/ua-1")
    return pdf
