"""Makes `data:` addresses of a project's pictures, drawn anew so that they hold nothing but the picture.

A photograph says where and by whom it was taken. Pillow, which the extra `pdf` brings, reads the pixels and
writes them to a new picture; without it there are no pictures.
"""

import base64
import io
import warnings
from importlib.util import find_spec
from pathlib import Path

from rolebook import files

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
"""What is taken for a picture, by the ending of its name; SVG is a program, not a picture."""
MAX_BYTES = 20_000_000
MAX_SIDE = 1600
"""Pixels; more is not to be seen on a page."""
LOGO_SIDE = 800
"""The same for a logo, which is small."""


class Pictures:
    """Gives the pictures of one project, and remembers those that could not be had."""

    def __init__(self, root: Path, most: int = MAX_SIDE) -> None:
        self._root = root
        self._most = most
        self._known: dict[str, str] = {}
        self.missing: list[str] = []
        """Files that were asked for in vain, in this order."""

    def __call__(self, file: str) -> str:
        """The picture in `file`, which is relative to the project's folder; empty when it cannot be had."""
        if file not in self._known:
            self._known[file] = self._drawn_anew(file)
        if file and not self._known[file]:
            self.missing.append(file)
        return self._known[file]

    def _drawn_anew(self, file: str) -> str:
        kind = FORMATS.get(Path(file).suffix.lower())
        if kind is None or not is_available() or not files.is_own_file(self._root, file):
            return ""
        path = self._root / file
        if path.stat().st_size > MAX_BYTES:
            return ""
        return _as_address(path, kind, self._most)


def is_available() -> bool:
    """Whether Pillow is installed."""
    return find_spec("PIL") is not None


def _as_address(path: Path, kind: str, most: int) -> str:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            # A small file can stand for more pixels than memory holds.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=[kind]) as found:
                upright = ImageOps.exif_transpose(found)
                upright.thumbnail((most, most))
                mode = "RGB" if kind == "JPEG" else "RGBA"
                picture = Image.new(mode, upright.size)
                drawn = upright.convert(mode)
                if mode == "RGBA":
                    # Of a colour no more stays than is seen: some lie under what is transparent, too.
                    drawn = drawn.convert("RGBa").convert("RGBA")
                picture.paste(drawn)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return ""
    form = "JPEG" if kind == "JPEG" else "PNG"
    data = io.BytesIO()
    picture.save(data, form, optimize=True)
    return f"data:image/{form.lower()};base64,{base64.b64encode(data.getvalue()).decode()}"
