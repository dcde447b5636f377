"""Makes links of the repository work on the site (see `pages.links`).

A Markdown tree processor translates link targets just before MkDocs resolves and validates them, so links in
every Markdown syntax are covered and code samples are left alone.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from rolebook.pages.links import Folders, translate
from rolebook.pages.plan import Plan

_BEFORE_MKDOCS = 0
"""Of those with the same priority, the one that is registered first runs first.

Python-Markdown takes the marks of escaped characters out of addresses with this priority before, and MkDocs'
own link processor has it, too.
"""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class CurrentPage:
    """The page that MkDocs converts at the moment."""

    uri: str
    """Its path in the sources of the site."""
    source: str
    """The path in the repository of the file that it is written in; empty if there is none."""


class RepositoryLinks(Extension):
    """Translates the links of the page that MkDocs converts at the moment."""

    def __init__(self, folders: Folders, only_live: bool = False) -> None:
        super().__init__()
        self._folders = folders
        self.only_live = only_live
        """Whether a link to what is not on the site becomes text."""
        self.page = CurrentPage("", "")
        """Set before each conversion: one extension converts all pages and does not know which."""
        self.exists: Callable[[str], bool] = lambda uri: False
        """Whether the site has a file at a URI; set when the files are known."""
        self.plan: Plan | None = None
        """The pages of the handbook; set with it."""
        self.moved: Mapping[str, str] = {}
        """Files of the repository that are elsewhere on the site than their folder says."""

    def to_site(self, path: str) -> str | None:
        """The URI on the site of the repository's file `path`; None when it is not on the site."""
        return self.moved.get(path) or self._folders.to_site(path)

    def translated(self, link: str) -> str:
        """`link` as a link of the site."""
        return translate(link, self.page.source, self.page.uri, self.to_site, self._is_known)

    def _is_known(self, uri: str) -> bool:
        return self.exists(uri) or (self.plan is not None and self.plan.is_left_out(uri))

    def is_text(self, link: str) -> bool:
        """Whether of the translated `link` only its words are left."""
        left_out = self.plan.left_out_at(self.page.uri, link) if self.plan else ""
        return (self.only_live and self.is_dead(link)) or (bool(left_out) and not self.exists(left_out))

    def is_dead(self, link: str) -> bool:
        """Whether the translated `link` leads to nothing that this site has."""
        scheme, host, path, _, _ = urlsplit(link)
        if scheme or host or not path:
            return False
        target = posixpath.join(posixpath.dirname(self.page.uri), unquote(path))
        return not self.exists(posixpath.normpath(target).lstrip("/"))

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Translator(self), "rolebook-links", _BEFORE_MKDOCS)


class _Translator(Treeprocessor):
    def __init__(self, links: RepositoryLinks) -> None:
        super().__init__()
        self._links = links

    def run(self, root: Element) -> None:
        links = self._links
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            if name and (link := element.get(name)):
                if _CONTROL.search(unquote(link)):
                    # It leads nowhere, and MkDocs' warning would write it to the terminal.
                    element.set(name, "#")
                    continue
                # MkDocs writes a link that leads nowhere into the log, where a host's runner takes ## for
                # the beginning of a command. In the second part of an address there is no second #.
                path, mark, part = link.partition("#")
                link = f"{path}{mark}{part.replace('#', '%23')}"
                element.set(name, links.translated(link))
                if links.is_text(element.attrib[name]):
                    _make_text(element)


def _make_text(element: Element) -> None:
    """Leave of a link its words, and of a picture nothing."""
    element.tag = "span"
    for name in list(element.attrib):
        del element.attrib[name]
