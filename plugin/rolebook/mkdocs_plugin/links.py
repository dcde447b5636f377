"""Links of the repository (see `pages.links`) made to work on the site.

A Markdown tree processor translates link targets just before MkDocs resolves and validates them, so links in
every Markdown syntax are covered and code samples are left alone.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from rolebook.pages.links import Folders, translate

BEFORE_MKDOCS = 1
"""MkDocs' own link processor is registered with priority 0, and higher priorities run first."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


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
                if _CONTROL.search(unquote(link)):
                    # It leads nowhere, and MkDocs' warning would write it to the terminal.
                    element.set(name, "#")
                    continue
                links = self._links
                element.set(name, translate(link, links.source, links.uri, links.folders, links.exists))
