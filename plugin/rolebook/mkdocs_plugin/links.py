"""Links as they work in a git host's file view, made to work on the site.

In git, roles, people and hand-written pages lie in folders beside each other; on the site the pages of
`docs_dir` lie at the root. A Markdown tree processor translates link targets just before MkDocs resolves and
validates them, so links in every Markdown syntax are covered and code samples are left alone.
"""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

BEFORE_MKDOCS = 1
"""MkDocs' own link processor is registered with priority 0, and higher priorities run first."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Folders of the repository and where their files are on the site, the longest first."""

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


def translate(link: str, source: str, uri: str, folders: Folders, exists: Callable[[str], bool]) -> str:
    """The relative `link` in the repository's file `source` as a link of the page at `uri`.

    A link that is not relative or leads to no page stays as it was written, so that MkDocs' warning
    shows the author's own words.
    """
    scheme, host, path, query, fragment = urlsplit(link)
    if scheme or host or not path or path.startswith("/") or not source:
        return link
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path)))
    on_site = folders.to_site(target)
    if on_site is None or not exists(on_site):
        return link
    here = posixpath.dirname(uri)
    if posixpath.normpath(posixpath.join(here, unquote(path))) == on_site:
        return link
    way = quote(posixpath.relpath(on_site, here or "."))
    return urlunsplit(("", "", way, query, fragment))


class RepositoryLinks(Extension):
    """Translates the links of the page that MkDocs renders at the moment."""

    def __init__(self, folders: Folders) -> None:
        super().__init__()
        self.folders = folders
        self.source, self.uri = "", ""
        """The file in the repository and the page that is rendered; set before each."""
        self.exists: Callable[[str], bool] = lambda uri: False
        """Whether the site has a file at a URI; set when the files are known."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Translator(self), "rolebook-links", BEFORE_MKDOCS)


class _Translator(Treeprocessor):
    def __init__(self, links: RepositoryLinks) -> None:
        super().__init__()
        self._links = links

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            if name and (link := element.get(name)):
                links = self._links
                element.set(name, translate(link, links.source, links.uri, links.folders, links.exists))
