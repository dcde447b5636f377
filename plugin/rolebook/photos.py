"""Small square pictures of people, made of the files that `photo` names, for colleagues.

A photograph says where, when and by whom it was taken. Only its pixels are taken over, into a new file, and
the one that was given is not published. Pillow reads them, which the extra `photos` brings.
"""

import hashlib
import io
import posixpath
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from rolebook import files
from rolebook.escaping import printable
from rolebook.language import N_, gettext, ngettext
from rolebook.organisation import Organisation, PersonFile
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.typos import did_you_mean

NO_PHOTO = Rule(
    "no-photo",
    Severity.ADVICE,
    "Where a picture cannot be shown, people have their initials, and nobody would know why.",
)
RULES = (NO_PHOTO,)

SIDE = 192
"""Pixels: twice what a person's page shows, for fine screens."""
MAX_BYTES = 10_000_000
MAX_PIXELS = 50_000_000
"""Cameras of telephones have so many; a small file can stand for more than memory holds."""
_FORMATS = ("JPEG", "PNG", "WEBP")
"""By their content, whatever the file is called. SVG is a program, not a picture."""
_QUALITY = 85
_SAVE_AGAIN = N_("Save it again as JPEG, PNG or WebP")


@dataclass(frozen=True, slots=True)
class Photo:
    """A person's picture as it is published."""

    name: str
    """That of the file: another picture has another one, so no browser shows the last."""
    data: bytes


class _NoPhotoError(Exception):
    """Why there is no picture, and what to do."""


def originals(organisation: Organisation) -> frozenset[str]:
    """The paths of the files that `photo` names, which are not published."""
    return frozenset(_path(file) for file in _with_photos(organisation))


def drawn_photos(
    project: Project, organisation: Organisation
) -> tuple[Mapping[str, Photo], tuple[Problem, ...]]:
    """Draw the pictures of people, by person id, and report those that cannot be drawn."""
    wanted = [*_with_photos(organisation)]
    if project.tree is not None or not wanted:
        return {}, ()
    if find_spec("PIL") is None:
        message = gettext("photos are not shown, because the package Pillow is not installed")
        hint = gettext("Install it where Rolebook is installed: %(command)s", command="pip install pillow")
        return {}, (_problem(wanted[0], message, hint),)
    drawn: dict[str, Photo] = {}
    problems = []
    for file in wanted:
        try:
            drawn[file.id] = _photo(project.root, file)
        except _NoPhotoError as error:
            problems.append(_problem(file, *error.args))
    return drawn, tuple(problems)


def _problem(file: PersonFile, message: str, hint: str) -> Problem:
    return Problem(NO_PHOTO, file.path, file.lines.get("photo", 0), message, hint)


def _with_photos(organisation: Organisation) -> Iterator[PersonFile]:
    return (each.file for each in organisation.people.values() if each.file and each.file.fields.photo)


def _path(file: PersonFile) -> str:
    return posixpath.join(posixpath.dirname(file.path), file.fields.photo)


def _photo(root: Path, file: PersonFile) -> Photo:
    named, path = printable(file.fields.photo), _path(file)
    if posixpath.basename(path) != file.fields.photo or "\\" in named or named.startswith("."):
        hint = gettext("Put the picture beside %(path)s, and write its name alone", path=printable(file.path))
        message = gettext("'%(file)s' is not the name of a file beside this one", file=named)
        raise _NoPhotoError(message, hint)
    try:
        if not files.is_own_file(root, path):
            if (root / path).exists():
                message = gettext("'%(file)s' is no file with a picture", file=named)
                raise _NoPhotoError(message, gettext(_SAVE_AGAIN))
            message = gettext("there is no picture '%(file)s' beside this file", file=named)
            raise _NoPhotoError(message, _near(root, file))
        if (root / path).stat().st_size > MAX_BYTES:
            hint = ngettext(
                "Save it smaller, or remove 'photo': %(pixels)s pixel is enough",
                "Save it smaller, or remove 'photo': %(pixels)s pixels are enough",
                2 * SIDE,
                pixels=2 * SIDE,
            )
            most = MAX_BYTES // 1_000_000
            message = gettext("'%(file)s' is larger than %(most)s MB", file=named, most=most)
            raise _NoPhotoError(message, hint)
        data = (root / path).read_bytes()
    except (OSError, ValueError):  # such as a name that no disk takes
        message = gettext("'%(file)s' cannot be read", file=named)
        raise _NoPhotoError(message, gettext("Check its name and its permissions")) from None
    return _drawn(data, named)


def _near(root: Path, file: PersonFile) -> str:
    folder = posixpath.dirname(file.path)
    beside = (posixpath.basename(path) for path in files.below(root, folder) if not path.endswith(".md"))
    return did_you_mean(file.fields.photo, beside) or gettext("Put it there, or remove 'photo'")


_known: dict[bytes, Photo] = {}
"""Pictures that were drawn, by the digest of what they were made of: a preview draws each once."""


def _drawn(data: bytes, named: str) -> Photo:
    digest = hashlib.sha256(data).digest()
    if digest not in _known:
        square = _square(data, named)
        _known[digest] = Photo(f"{hashlib.sha256(square).hexdigest()[:16]}.jpg", square)
    return _known[digest]


def _square(data: bytes, named: str) -> bytes:
    """Draw the middle of a picture anew as a small JPEG, upright and with nothing but its pixels."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    too_many = (
        gettext("'%(file)s' has more than %(most)s million pixels", file=named, most=MAX_PIXELS // 1_000_000),
        gettext("Save it smaller, or remove 'photo'"),
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
                if found.width * found.height > MAX_PIXELS:
                    raise _NoPhotoError(*too_many)
                found.draft("RGB", (2 * SIDE, 2 * SIDE))  # large JPEGs are read at a fraction of their size
                upright = ImageOps.exif_transpose(found).convert("RGBA")
                square = ImageOps.fit(upright, (SIDE, SIDE))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _NoPhotoError(*too_many) from None
    except UnidentifiedImageError:
        message = gettext("'%(file)s' is not a JPEG, PNG or WebP picture", file=named)
        raise _NoPhotoError(message, gettext(_SAVE_AGAIN)) from None
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, OverflowError):
        message = gettext("'%(file)s' is damaged, or of a rare kind", file=named)
        raise _NoPhotoError(message, gettext(_SAVE_AGAIN)) from None
    picture = Image.new("RGB", square.size, "white")
    picture.paste(square, mask=square.getchannel("A"))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
