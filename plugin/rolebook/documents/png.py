"""Makes a picture of a page of a PDF. pypdfium2 is asked for by the extra `pdf` only."""

import io
from importlib.util import find_spec
from math import sqrt

from rolebook.language import N_, gettext

_HOW_TO_INSTALL = N_(
    "PNG needs the packages weasyprint and pypdfium2. Install them where Rolebook is installed:"
    " pip install weasyprint pypdfium2"
)
_NEEDED = ("pypdfium2", "PIL")
"""Modules that are needed besides those of a PDF."""
_POINTS = 72 / 96
"""Points in a CSS pixel."""
_SHARP = 2.0
"""Pixels of the picture for a CSS pixel, so that it is sharp on screens and slides."""
MAX_PIXELS = 40_000_000
"""Of a picture: what common programs open, in 160 MB of memory."""
LEGIBLE = 0.75
"""With fewer pixels for a CSS pixel, letters of 12 cannot be read."""


def why_unavailable() -> str:
    """Why no picture can be made; empty where it can."""
    return "" if all(map(find_spec, _NEEDED)) else gettext(_HOW_TO_INSTALL)


def sharpness(width: float, height: float) -> float:
    """How many pixels a picture has for a CSS pixel of what is so many of these wide and high."""
    return min(_SHARP, sqrt(MAX_PIXELS / (width * height)))


def as_png(pdf: bytes, sharpness: float) -> bytes:
    """The first page of `pdf`, with so many pixels for a CSS pixel."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=sharpness / _POINTS)
        data = io.BytesIO()
        bitmap.to_pil().save(data, "PNG", optimize=True)
    return data.getvalue()
