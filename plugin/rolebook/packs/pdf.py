"""A document's HTML as PDF: tagged (PDF/UA), with title, language and bookmarks, its text selectable.

WeasyPrint is asked for by the extra `pdf` only: it brings libraries that nothing else needs.
"""

from importlib.util import find_spec

HOW_TO_INSTALL = (
    "PDF needs WeasyPrint: install it with  pip install 'mkdocs-rolebook[pdf]'"
    "  or print the HTML file to PDF in your browser"
)


def is_available() -> bool:
    """Whether WeasyPrint is installed."""
    return find_spec("weasyprint") is not None


def as_pdf(html: str) -> bytes:
    """`html` as it prints; nothing outside of it is read."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    nothing_outside = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    pdf: bytes = HTML(string=html, url_fetcher=nothing_outside).write_pdf(pdf_variant="pdf/ua-1")
    return pdf
