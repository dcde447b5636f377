"""Translates links that work in a git host's file view into links of the site.

In git, roles, people and hand-written pages lie in folders beside each other; on the site the pages of
`docs_dir` lie at the root.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from rolebook.pages.addresses import PEOPLE, ROLES
from rolebook.project import Project


@dataclass(frozen=True, slots=True)
class Folders:
    """Knows where the files of the repository's folders are on the site."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Folders":
        """From folders as their owner writes them, `./roles/` included."""
        plain = ((posixpath.normpath(folder), goal) for folder, goal in pairs)
        return cls(tuple(sorted(plain, key=lambda pair: -len(pair[0]))))

    def to_site(self, path: str) -> str | None:
        """The URI on the site of the repository's file `path`; None when it is not on the site."""
        for folder, goal in self.pairs:
            rest = path if folder == "." else path.removeprefix(f"{folder}/")
            if rest != path or (folder == "." and not path.startswith("../")):
                return f"{goal}/{rest}" if goal else rest
        return None


def translate(
    link: str, source: str, uri: str, to_site: Callable[[str], str | None], exists: Callable[[str], bool]
) -> str:
    """Translate the relative `link` in the repository's file `source` into a link of the page at `uri`.

    A link that is not relative or leads to no page stays as it was written, so that MkDocs' warning
    shows the author's own words.
    """
    try:
        scheme, host, path, query, fragment = urlsplit(link)
    except ValueError:  # no address at all, such as http://[
        return link
    if scheme or host or not path or path.startswith("/") or not source:
        return link
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path)))
    # Pages that are made have names whose accents are part of their letters; other files have their own.
    names = (to_site(name) for name in (target, unicodedata.normalize("NFC", target)))
    on_site = next((name for name in names if name is not None and exists(name)), None)
    if on_site is None:
        return link
    here = posixpath.dirname(uri)
    if posixpath.normpath(posixpath.join(here, unquote(path))) == on_site:
        return link
    way = quote(posixpath.relpath(on_site, here or "."))
    return urlunsplit(("", "", way, query, fragment))


def folders_of(project: Project) -> Folders:
    """Where the folders of a handbook are on its site."""
    options = project.options
    ours = (options.roles_dir, ROLES), (options.people_dir, PEOPLE)
    # From pages outside the project, a link leads back into it by the names of its folders.
    way = _way_back(project)
    back = ((f"{way}/{folder}", goal) for folder, goal in ours) if way else ()
    return Folders.of((*ours, *back, (project.docs_dir, "")))


def _way_back(project: Project) -> str:
    """How the project's folder is called from where `docs_dir` lies outside it; empty if it lies inside."""
    up = posixpath.normpath(project.docs_dir).split("/").count("..")
    return "/".join((*[".."] * up, *project.root.absolute().parts[-up:])) if up else ""


_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)")
_TARGET = re.compile(
    r"(?:\]\(\s*<|^ {0,3}\[[^\]]+\]:\s*<)(?P<quoted>[^<>\n]+)(?=>)"
    r"|(?:\]\(\s*|^ {0,3}\[[^\]]+\]:\s*)(?P<plain>[^\s<>()]+)"
)


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """Where a Markdown link leads, and where that is written."""

    link: str
    start: int
    end: int


def targets(text: str) -> Iterator[LinkSpan]:
    """The targets of the Markdown links in `text`, in their order; code is left out."""
    for start, line, is_code in _lines(text):
        if not is_code:
            yield from _in_line(line, start)


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """List where each line begins, the line, and whether it is code between fences; fences are left out."""
    fence, start = "", 0
    for line in text.splitlines(keepends=True):
        if marker := _FENCE.match(line.rstrip("\r\n")):
            if not fence:
                fence = marker[1]
            elif marker[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        else:
            yield start, line, bool(fence)
        start += len(line)


def _in_line(line: str, start: int) -> Iterator[LinkSpan]:
    at = 0
    for code in (*_CODE.finditer(line), None):
        end = code.start() if code else len(line)
        for found in _TARGET.finditer(line[at:end]):
            name = "quoted" if found["quoted"] else "plain"
            yield LinkSpan(found[name], start + at + found.start(name), start + at + found.end(name))
        at = code.end() if code else end


def code(text: str) -> Iterator[tuple[int, int]]:
    """Where code begins and ends in `text`: lines between fences, and what is between backticks."""
    for start, line, is_code in _lines(text):
        if is_code:
            yield start, start + len(line)
        else:
            yield from ((start + found.start(2), start + found.end(2)) for found in _CODE.finditer(line))


def in_markdown(text: str, translated: Callable[[str], str]) -> str:
    """Have the target of each Markdown link in `text` `translated`; code is left alone.

    For programs that take Markdown as it is: the site itself translates links in the tree that is made of it.
    """
    parts, at = [], 0
    for target in targets(text):
        parts += [text[at : target.start], translated(target.link)]
        at = target.end
    return "".join((*parts, text[at:]))
