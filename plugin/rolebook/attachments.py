"""Files beside role and person files: pictures, papers and tables to which their pages link.

They come from many hands and are published as they are, so a kind of file is let in by its ending and by how
its content begins. What could run in a browser (HTML, SVG, scripts, XML) and what an editor or a merge has
left is not published.
"""

import re
import unicodedata
from collections.abc import Iterator

from rolebook import read
from rolebook.problems import Problem, Rule, Severity, printable

NOT_PUBLISHED = Rule(
    "not-published",
    Severity.WARNING,
    "A file that is neither a page nor a picture, a paper or a table stays out of the site, and its author "
    "should know.",
)
ODD_NAME = Rule(
    "odd-name",
    Severity.ERROR,
    "A file's name is part of a page's address, which every browser, disk and host has to understand.",
)
RULES = (NOT_PUBLISHED, ODD_NAME)

_START = 512
"""Bytes by which a kind of content is known."""
_ZIP, _OLE = rb"PK\x03\x04", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MP4 = rb".{4}ftyp"
_KINDS = {
    "png": rb"\x89PNG\r\n\x1a\n",
    "jpg jpeg": rb"\xff\xd8\xff",
    "gif": rb"GIF8[79]a",
    "webp": rb"RIFF.{4}WEBP",
    "avif": rb".{4}ftypavi[fs]",
    "pdf": rb"%PDF-",
    "docx xlsx pptx odt ods odp": _ZIP,
    "doc xls ppt": _OLE,
    "mp3": rb"ID3|\xff[\xe0-\xff]",
    "ogg oga ogv opus": rb"OggS",
    "wav": rb"RIFF.{4}WAVE",
    "flac": rb"fLaC",
    "m4a mp4 m4v mov": _MP4,
    "webm": rb"\x1a\x45\xdf\xa3",
}
"""How the content of each kind begins, by the endings of its files; from the formats' own descriptions."""
_BEGINNINGS = {
    ending: re.compile(beginning, re.DOTALL)
    for endings, beginning in _KINDS.items()
    for ending in endings.split()
}
_TEXTS = ("csv", "txt")
ENDINGS = (*_BEGINNINGS, *_TEXTS)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_PAGE_ENDINGS = ("markdown", "mdown", "mkd", "mkdn", "md.txt")
_LEFTOVERS = re.compile(r"~$|\.(?:orig|rej|bak|swp|tmp|old)$|^#.*#$|\.md\.\w+$", re.IGNORECASE)


def published(root: read.Root, folder: str) -> Iterator[str]:
    """Paths of the files below `root/folder` that are published beside its pages."""
    for path in read.files(root, folder):
        if not path.endswith(".md") and not name_problem(path, folder) and not _why_not(root, path):
            yield path


def problems(root: read.Root, folder: str) -> Iterator[Problem]:
    """What is below `root/folder`, and is neither a page nor published."""
    for path in read.files(root, folder):
        if path.endswith(".md"):
            continue
        if (found := name_problem(path, folder)) and not _LEFTOVERS.search(path):
            yield found
        elif why := _why_not(root, path):
            yield Problem(NOT_PUBLISHED, path, 0, *why)


def name_problem(path: str, folder: str) -> Problem | None:
    """What is wrong with the name of a file below `folder`, or with its folders' names."""
    inside = path.removeprefix(f"{folder}/")
    if is_plain(inside.replace("/", "")):
        return None
    better = "/".join(_plain(part) for part in inside.split("/"))
    odd = next(part for part in inside.split("/") if not is_plain(part))
    message = f"the name '{printable(odd)}' has more than letters, digits, '-', '_' and '.'"
    return Problem(ODD_NAME, path, 0, message, f"Name it {folder}/{better}")


def is_plain(name: str) -> bool:
    """Whether `name` has nothing but letters and digits of any script, `-`, `_` and `.`."""
    return all(char in "-_." or unicodedata.category(char)[0] in "LMN" for char in name)


def _plain(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    plain = re.sub(r"-+", "-", "".join(char if is_plain(char) else "-" for char in stem or name)).strip("-")
    return f"{plain or 'file'}{dot}{ending if is_plain(ending) else ''}" if stem else plain or "file"


def _why_not(root: read.Root, path: str) -> tuple[str, str] | None:
    """Why the file at `path` is not published, and what to do; None where it is."""
    name = path.rpartition("/")[2]
    stem, _, ending = name.casefold().rpartition(".")
    if _looks_like_a_page(root, path, name):
        message = "this looks like a role or a person, and only files that end in .md are read"
        return message, f"Name it {name.split('.')[0]}.md"
    if _LEFTOVERS.search(name):
        return "this seems to be left from an editor or a merge, and is not published", "Delete it"
    if not stem or ending not in ENDINGS:
        kinds = "a picture (PNG, JPEG, GIF, WebP, AVIF), a PDF, an office file, CSV, TXT, sound or film"
        hint = f"Use {kinds}, or put it below the folder of your own pages"
        return "files of this kind are not published", hint
    start = read.start_of(root, path, _START)
    if ending in _TEXTS:
        is_fine = b"\0" not in start and not _MARKUP.match(start)
    else:
        is_fine = bool(_BEGINNINGS[ending].match(start))
    message = f"what is in it is not {ending.upper()}, so it is not published"
    return None if is_fine else (message, "Save it again from the program that made it")


def _looks_like_a_page(root: read.Root, path: str, name: str) -> bool:
    if name.casefold().endswith((".md", *(f".{ending}" for ending in _PAGE_ENDINGS))):
        return True
    return "." not in name and read.start_of(root, path, 4).startswith(b"---")
