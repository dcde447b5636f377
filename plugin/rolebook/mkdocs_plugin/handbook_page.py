"""A generated page as MkDocs knows pages, converted with as little work as possible."""

import re
from collections.abc import MutableMapping
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import TableOfContents

from rolebook.pages.parts import together
from rolebook.pages.plan import Page

_ID = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Converted:
    """What MkDocs makes of a page's Markdown."""

    html: str
    toc: TableOfContents
    anchors: frozenset[str]


class HandbookPage(SitePage):
    """A generated page; its ready parts are put into the HTML that MkDocs makes of the rest."""

    is_index = False
    """Whether Material shows it as the head of its navigation section."""

    def __init__(
        self,
        title: str | None,
        file: File,
        config: MkDocsConfig,
        page: Page,
        parts: tuple[str, ...],
        known: MutableMapping[str, Converted],
    ) -> None:
        """Of the pages that share `known`, those of the same Markdown are converted once."""
        super().__init__(title, file, config)
        self.is_index = file.name == "index"
        self.ours = page
        self._parts = parts
        self._known = known
        self._whole: str | None = None

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown and put in what is ready."""
        # What an author wrote may hold links, and where these lead depends on the page.
        if self.ours.source:
            super().render(config, files)
        else:
            self._render_once(config, files)
        self.content = together(self.content or "", self._parts)
        # MkDocs knows only the anchors that it converted.
        anchors = (anchor for part in self._parts for anchor in _ID.findall(part))
        self.present_anchor_ids = {*(self.present_anchor_ids or ()), *anchors}

    def enter(self, entry: str) -> None:
        """Show `entry` alone to those who index the page, or have them pass over it when it is empty."""
        self._whole, self.content = self.content, entry
        if not entry:
            self.meta["search"] = {"exclude": True}

    def leave(self) -> None:
        """Show the page itself again."""
        if self._whole is not None:
            self.content, self._whole = self._whole, None

    def _render_once(self, config: MkDocsConfig, files: Files) -> None:
        text = self.markdown or ""
        known = self._known.get(text)
        if known is None:
            super().render(config, files)
            anchors = frozenset(self.present_anchor_ids or ())
            known = self._known[text] = Converted(self.content or "", self.toc, anchors)
        self.content, self.toc, self.present_anchor_ids = known.html, known.toc, set(known.anchors)
