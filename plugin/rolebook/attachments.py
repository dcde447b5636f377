"""Files beside role and person files: pictures, papers and tables to which their pages link.

They come from many hands and are published as they are, so a kind of file is let in by its ending and by how
its content begins. What could run in a browser (HTML, SVG, scripts, XML) and what an editor or a merge has
left is not published.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from rolebook import files
from rolebook.escaping import printable
from rolebook.language import N_, gettext, ngettext
from rolebook.problems import Problem, Rule, Severity

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

DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)
}
"""Names that Windows keeps for devices, whatever follows a dot in them."""
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Replaces, in a file's name, a byte that Python could not read as a letter."""
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that nobody sees (Unicode's Default_Ignorable_Code_Point)."""

_START = 512
"""Bytes by which a kind of content is known."""
_ZIP, _OLE = rb"PK\x03\x04", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MP4 = rb"\0\0.{2}ftyp"
_KINDS = {
    "png": rb"\x89PNG\r\n\x1a\n",
    "jpg jpeg": rb"\xff\xd8\xff",
    "gif": rb"GIF8[79]a",
    "webp": rb"RIFF.{4}WEBP",
    "avif": rb"\0\0.{2}ftypavi[fs]",
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
_PAGE = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdwn|mdx|md\.te?xt|rmd|qmd)$", re.IGNORECASE)
_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_LEFTOVERS = re.compile(
    r"~$|\.(?:orig|rej|bak|swp|tmp|old)$|^#.*#$|^~\$|^(?:thumbs\.db|desktop\.ini)$|\.md\.\w+$", re.IGNORECASE
)
_SAVED_BY_AN_OFFICE = re.compile(r"(.+\.md)\.(?:docx?|odt|rtf|pages|pdf|html?)", re.IGNORECASE)
_SERVED_AS_A_PAGE = re.compile(
    r"\.(?:[xs]?html?|svgz?|xml|xslt?|m?js|php\d?|phtml|cgi|pl|py|aspx?|jsp)\.", re.IGNORECASE
)
"""In `a.html.zzz`, some hosts go by the first ending if they do not know the last one: these endings."""


def published(root: files.Root, folder: str) -> Iterator[str]:
    """Paths of the files below `root/folder` that are published beside its pages."""
    for path in files.below(root, folder):
        if not path.endswith(".md") and not name_problem(path, folder) and not _why_not(root, path):
            yield path


def may_be_published(path: str, folder: str) -> bool:
    """Whether the file at `path` would be published beside the pages below `folder`, by its name."""
    inside = path.removeprefix(f"{folder}/")
    ending = path.rpartition(".")[2].casefold()
    is_hidden = any(part.startswith(".") for part in inside.split("/"))
    return inside != path and ending in ENDINGS and not is_hidden and not name_problem(path, folder)


def problems(root: files.Root, folder: str) -> Iterator[Problem]:
    """Report what is below `root/folder` and is neither a page nor published."""
    for path in files.below(root, folder):
        if path.endswith(".md"):
            continue
        if (found := name_problem(path, folder)) and not _LEFTOVERS.search(PurePosixPath(path).name):
            yield found
        elif why := _why_not(root, path):
            yield Problem(NOT_PUBLISHED, path, 0, *why)


def name_problem(path: str, folder: str) -> Problem | None:
    """What is wrong with the name of a file below `folder`, or with its folders' names."""
    parts = path.removeprefix(f"{folder}/").split("/")
    if _SURROGATE.search(path) and sys.getfilesystemencoding() != "utf-8":
        message = gettext(
            "the name '%(name)s' cannot be read: this machine's locale knows ASCII only",
            name=printable(parts[-1]),
        )
        hint = gettext("In the shell, set the variable PYTHONUTF8 to 1")
        return Problem(ODD_NAME, path, 0, message, hint)
    for part in parts:
        if why := _why_odd(part):
            better = "/".join(map(_plain, parts))
            better = better.lower() if " " in path and path.endswith(".md") else better
            hint = gettext("Name it %(name)s", name=f"{folder}/{better}")
            return Problem(ODD_NAME, path, 0, gettext(why, name=printable(part)), hint)
    return None


_COPY = re.compile(
    r"(?:copy of |kopie von |copie de |copia de |cópia de )(.+)"
    r"|(.+?)(?:[ -]*\(\d{1,2}\)| +(?:- )?(?:copy|kopie|copie|copia|cópia)(?:[ -]*\(?\d{1,2}\)?)?)",
    re.IGNORECASE,
)
"""What programs call a copy of a file."""


def copied_from(stem: str) -> str:
    """The name of the file of which one with this name, without its ending, seems to be a copy."""
    found = _COPY.fullmatch(stem)
    return (found[1] or found[2]).strip() if found else ""


def _why_odd(name: str) -> str:
    """Why nothing can be called `name`, as the key of its translations; empty where it can."""
    if _UNSEEN.search(name):
        return N_("the name '%(name)s' has a character that cannot be seen")
    if " " in name and _is_plain(name.replace(" ", "")):
        return N_("the name '%(name)s' has a space")
    if not _is_plain(name):
        return N_("the name '%(name)s' has more than letters, digits, '-', '_' and '.'")
    if name.endswith("."):
        return N_("the name '%(name)s' ends with a dot, which Windows leaves out")
    is_device = name.partition(".")[0].casefold() in DEVICES
    return N_("the name '%(name)s' is the name of a device on Windows") if is_device else ""


def _is_plain(name: str) -> bool:
    """Whether `name` has nothing but letters and digits of any script, `-`, `_` and `.`."""
    return all(char in "-_." or unicodedata.category(char)[0] in "LMN" for char in name)


def _plain(name: str) -> str:
    """The nearest name to `name` that a file or folder can have."""
    seen = _UNSEEN.sub("", name).rstrip(".")
    stem, dot, ending = seen.rpartition(".")
    whole = re.sub(r"-+", "-", "".join(char if _is_plain(char) else "-" for char in stem or seen)).strip("-")
    better = whole or "file"
    if better.partition(".")[0].casefold() in DEVICES:
        better = f"file-{better}"
    return f"{better}{dot}{ending if _is_plain(ending) else ''}" if stem else better


def folders_of_other_case(root: files.Root, folder: str) -> Iterator[Problem]:
    """Report folders whose names differ from `root/folder` in capitals only: nobody reads their pages."""
    for other in files.folders_beside(root, folder):
        if other.casefold() != folder.casefold():
            continue
        if pages := sum(1 for _ in files.markdown_files(root, other)):
            message = ngettext(
                "%(number)s page here cannot be found: capitals count, and '%(folder)s' is read",
                "%(number)s pages here cannot be found: capitals count, and '%(folder)s' is read",
                pages,
                folder=folder,
            )
            hint = gettext("Move them to %(folder)s", folder=f"{folder}/")
            yield Problem(NOT_PUBLISHED, other, 0, message, hint)


def _why_not(root: files.Root, path: str) -> tuple[str, str] | None:
    """Why the file at `path` is not published, and what to do; None where it is."""
    name = PurePosixPath(path).name
    stem, _, ending = name.casefold().rpartition(".")
    if _PAGE.search(name):
        return _is_no_page(_PAGE.sub("", name))
    if found := _SAVED_BY_AN_OFFICE.fullmatch(name):
        message = gettext("this looks like a role or a person, and only plain text is read")
        return message, gettext("Save its text as %(name)s", name=_plain(found[1]))
    if _LEFTOVERS.search(name):
        message = gettext("this looks like a leftover of an editor or a merge, and is not published")
        return message, gettext("Delete it")
    start = files.start_of(root, path, _START)
    if _FRONT_MATTER.match(start):
        return _is_no_page(name.rpartition(".")[0] or name)
    if _SERVED_AS_A_PAGE.search(name):
        message = gettext("some hosts would take this for a page that runs")
        return message, gettext("Name it %(name)s", name=f"{stem.replace('.', '-')}.{ending}")
    if not stem or ending not in ENDINGS:
        hint = gettext(
            "Use a picture (PNG, JPEG, GIF, WebP, AVIF), a PDF, an office file, CSV, TXT, sound or film, "
            "or put it below the folder of your own pages"
        )
        return gettext("files of this type are not published"), hint
    if ending in _TEXTS:
        is_fine = b"\0" not in start and not _MARKUP.match(start)
    else:
        is_fine = bool(_BEGINNINGS[ending].match(start))
    if is_fine:
        return None
    message = gettext("its content is not %(format)s, so it is not published", format=ending.upper())
    return message, gettext("Save it again from the program that made it")


def _is_no_page(stem: str) -> tuple[str, str]:
    message = gettext("this looks like a role or a person, and only files that end in .md are read")
    if stem.casefold() in ("readme", "index"):
        return message, gettext("Give it a name of its own that ends in .md")
    return message, gettext("Name it %(name)s", name=_plain(f"{stem}.md"))
