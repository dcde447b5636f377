"""A generated page as MkDocs knows pages, converted with as little work as possible."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import TableOfContents

from rolebook.escaping import in_front_matter, printable
from rolebook.mkdocs_plugin.bodies import Bodies, contents, names_in, with_own_names
from rolebook.organisation import Role
from rolebook.pages import kinds
from rolebook.pages.plan import Page
from rolebook.rendering.raw_html import Parts, together

log = get_plugin_logger("rolebook")

MOST_COMMON = 4000
"""Characters of Markdown that pages may have in common; what is longer is one of its kind."""

_NO_HEADINGS = TableOfContents([])
_NOTHING = Parts("")

Text = Callable[[Page], Parts]
"""Gives a page's Markdown, the ready parts that are put into the HTML that MkDocs makes of it, and what its
author wrote."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What MkDocs makes of a page's Markdown."""

    html: str
    toc: TableOfContents
    anchors: frozenset[str]


class Common:
    """What many pages have in common, held once for all of them."""

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self.converted: dict[str, Converted] = {}
        """By the Markdown."""
        self.anchors: dict[frozenset[str], set[str]] = {}


class HandbookPage(SitePage):
    """A generated page.

    MkDocs reads and converts all pages before it writes the first one, and so holds them all. A page that is
    `late` is made when its turn to be written comes, by `make`.
    """

    # Of more than thirty attributes Python holds five times as much, and MkDocs gives a page nearly as many.
    __slots__ = ("_common", "_parts", "_text", "_whole", "late", "ours")

    is_index = False
    """Whether Material shows it as the head of its navigation section."""

    def __init__(
        self,
        title: str | None,
        file: File,
        config: MkDocsConfig,
        page: Page,
        text: Text,
        common: Common,
        late: bool,
    ) -> None:
        """Of the pages that share `common`, those of the same Markdown are converted once."""
        super().__init__(title, file, config)
        self.is_index = file.name == "index"
        self.ours = page
        self._text = text
        self._parts = _NOTHING
        self._common = common
        self.late = late
        """Whether it is still to be made."""
        self._whole: str | None = None
        if not late:
            self._take_apart()

    @property
    def tags(self) -> tuple[str, ...]:
        """Words by which the theme lists the page beside others."""
        subject = self.ours.subject
        return subject.fields.tags if self.ours.kind is kinds.ROLE and isinstance(subject, Role) else ()

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the Markdown, unless that is for later."""
        if self.late:
            self.markdown = ""
            # The theme lists pages by their tags, and does so before it builds the first one.
            self.meta = {"tags": [in_front_matter(tag) for tag in self.tags]} if self.tags else {}
        else:
            super().read_source(config)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown and put in what is ready, unless that is for later."""
        if self.late:
            self.content = ""
            return
        parts = list(self._parts.ready)
        links = None
        if self._parts.authored is not None:
            parts.append(self._authored(config, files))
            links = self.links_to_anchors
        self._render_once(config, files)
        ours = self.content or ""
        if self._parts.authored is not None:
            taken = (name for html in (ours, *self._parts.ready) for name in names_in(html))
            parts[-1] = with_own_names(parts[-1], taken)
        html = self.content = together(ours, parts)
        # MkDocs knows only the anchors that it converted.
        self.present_anchor_ids = {*(self.present_anchor_ids or ()), *names_in(html)}
        if self._parts.authored is not None:
            self.links_to_anchors, self.toc = links, contents(html)

    def _authored(self, config: MkDocsConfig, files: Files) -> str:
        """What the author wrote, as cleaned HTML; converted apart, out of reach of other plugins."""
        self.markdown, ours = self._parts.authored, self.markdown
        bodies = self._common.bodies
        if bodies.is_trusted:
            self.markdown = config.plugins.on_page_markdown(
                self.markdown or "", page=self, config=config, files=files
            )
        try:
            super().render(bodies.config(config), files)
        except Exception as error:  # of an extension; they raise what they like
            log.warning(
                f"{printable(self.ours.source)}: the text is left out: a Markdown extension cannot read it "
                f"({printable(str(error))}). Write it more simply."
            )
            self.content = ""
        self.markdown = ours
        return bodies.cleaned(self.content or "")

    def make(self, config: MkDocsConfig, files: Files) -> None:
        """What MkDocs would have done before, for a page that is late."""
        if not self.late:
            return
        self.late = False
        self._take_apart()
        self.read_source(config)
        plugins = config.plugins
        self.markdown = plugins.on_page_markdown(self.markdown or "", page=self, config=config, files=files)
        self.render(config, files)
        self.content = plugins.on_page_content(self.content or "", page=self, config=config, files=files)
        self.file.content_string, self.markdown, self._parts = "", "", _NOTHING

    def _take_apart(self) -> None:
        self._parts = self._text(self.ours)
        self.file.content_string = self._parts.markdown

    def enter(self, entry: str) -> None:
        """Show `entry` alone to those who index the page, or have them pass over it when it is empty."""
        self._whole, self.content = self.content, entry
        if not entry:
            self.meta["search"] = {"exclude": True}

    def leave(self) -> None:
        """Show the page itself again."""
        if self._whole is not None:
            self.content, self._whole = self._whole, None

    def forget(self) -> None:
        """Let go of what nobody needs of a page that is written."""
        self.content, self.meta, self.toc = "", {}, _NO_HEADINGS
        self.share_anchors(self.present_anchor_ids or ())

    def share_anchors(self, anchors: Iterable[str]) -> None:
        """Have these parts, with one set for all pages that have the same."""
        found = frozenset(anchors)
        self.present_anchor_ids = self._common.anchors.setdefault(found, set(found))

    def _set_canonical_url(self, base: str | None) -> None:
        # MkDocs takes addresses apart and together again, which takes longer than all else of a page that
        # is kept. Of an address without detours they are only written behind each other.
        path, address = _path(base or ""), self.url
        if path is None or address.startswith((".", "/")) or "/." in address:
            super()._set_canonical_url(base)
            return
        self.canonical_url = f"{(base or '').removesuffix('/')}/{address}"
        self.abs_url = f"{path}{address}"

    def _render_once(self, config: MkDocsConfig, files: Files) -> None:
        text = self.markdown or ""
        known = self._common.converted.get(text)
        if known is None:
            super().render(config, files)
            known = Converted(self.content or "", self.toc, frozenset(self.present_anchor_ids or ()))
            if len(text) <= MOST_COMMON:
                self._common.converted[text] = known
        self.content, self.toc, self.present_anchor_ids = known.html, known.toc, set(known.anchors)


@cache
def _path(base: str) -> str | None:
    """The path of a site's address, with `/` at its end; None unless pages' addresses only follow it."""
    folder = f"{base.removesuffix('/')}/"
    plain = base and urljoin(folder, "page/") == f"{folder}page/"
    return urlsplit(folder).path if plain else None
