"""A generated page as MkDocs knows pages, converted with as little work as possible."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import TableOfContents

from rolebook.body.part_names import names_in, with_own_names
from rolebook.escaping import in_front_matter, printable
from rolebook.language import gettext
from rolebook.mkdocs_plugin import internals
from rolebook.mkdocs_plugin.bodies import Bodies, contents
from rolebook.organisation import Person, Role
from rolebook.pages import kinds
from rolebook.pages.page import Page
from rolebook.rendering.raw_html import Parts, together

log = get_plugin_logger("rolebook")

MAX_CACHED_MARKDOWN = 4000
"""Characters of Markdown up to which the conversion is cached: longer pages are unique."""

_NO_HEADINGS = TableOfContents([])
_NOTHING = Parts("")

TextOf = Callable[[Page], Parts]
"""Gives a page's Markdown, the HTML that is put into its conversion, and what its author wrote."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What MkDocs made of a page's Markdown."""

    html: str
    toc: TableOfContents
    anchors: frozenset[str]


@cache
def _of_both_kinds(kind: Any) -> type:
    return type(kind.__name__, (HandbookPage, kind), {})


class ConversionCache:
    """Keeps once in memory what pages have in common: the same Markdown, the same anchors."""

    def __init__(self) -> None:
        self.converted: dict[str, Converted] = {}
        """By the Markdown."""
        self._anchors: dict[frozenset[str], set[str]] = {}

    def same_anchors(self, anchors: Iterable[str]) -> set[str]:
        """One set for all pages that have these anchors."""
        found = frozenset(anchors)
        return self._anchors.setdefault(found, set(found))


class HandbookPage(SitePage):
    """A generated page.

    MkDocs reads and converts all pages before it writes the first one, and so has them all in memory. A page
    that is `deferred` is rendered when its turn to be written comes, by `render_now`.
    """

    is_index = False
    """Whether Material shows it as the head of its navigation section."""

    def __init__(
        self,
        title: str | None,
        file: File,
        config: MkDocsConfig,
        page: Page,
        text_of: TextOf,
        bodies: Bodies,
        conversions: ConversionCache,
        deferred: bool,
        source: str | None,
    ) -> None:
        """Pages with the same `conversions` share them: the same Markdown is converted once."""
        super().__init__(title, file, config)
        self.is_index = file.name == "index"
        self.ours = page
        self._source = source
        """The file in which other plugins look for the page's authors and dates."""
        self._text_of = text_of
        self._parts = _NOTHING
        self._bodies = bodies
        self._conversions = conversions
        self.deferred = deferred
        """Whether it is still to be rendered."""
        self._full_content: str | None = None
        icon = self._icon(config)
        self.in_navigation: dict[str, str] = {"icon": icon} if icon else {}
        """What other pages show of it besides its title."""
        if deferred:
            self.meta = dict(self.in_navigation)  # MkDocs does not read a page that is reused
            self._set_text("")
        else:
            self._load_text()

    @property
    def tags(self) -> tuple[str, ...]:
        """Words by which the theme lists the page beside others."""
        subject = self.ours.subject
        return subject.fields.tags if self.ours.kind is kinds.ROLE and isinstance(subject, Role) else ()

    def __setattr__(self, name: str, value: Any) -> None:
        """Stay a page of the handbook if another plugin makes it one of its own kind.

        section-index does so with the first page of each section.
        """
        if name == "__class__" and not issubclass(value, HandbookPage):
            value = _of_both_kinds(value)
        super().__setattr__(name, value)

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the Markdown, unless the page is deferred."""
        if self.deferred:
            self.markdown = ""
            # The theme lists pages by their tags, and does so before it builds the first one.
            tags = {"tags": [in_front_matter(tag) for tag in self.tags]} if self.tags else {}
            self.meta = tags | self.in_navigation
        else:
            super().read_source(config)
            self.meta = {name: value for name, value in self.meta.items() if name != "icon"}
            self.meta |= self.in_navigation

    def _icon(self, config: MkDocsConfig) -> str:
        """The icon that the navigation shows on all pages; empty where the theme has no such file."""
        subject = self.ours.subject
        is_own = self.ours.kind in (kinds.ROLE, kinds.PERSON)
        icon = subject.fields.icon if is_own and isinstance(subject, Role | Person) else ""
        # Themes break off at one that is not there.
        files = (Path(folder) / ".icons" / f"{icon}.svg" for folder in config.theme.dirs)
        return icon if icon and any(file.is_file() for file in files) else ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown and put in what needs no conversion, unless the page is deferred."""
        if self.deferred:
            self.content = ""
            return
        parts = list(self._parts.finished)
        if self._parts.authored is not None:
            parts.append(self._authored(config, files))
        links = internals.anchor_links(self)
        self._convert(config, files)
        ours = self.content or ""
        if self._parts.authored is not None:
            taken = (name for html in (ours, *self._parts.finished) for name in names_in(html))
            parts[-1] = with_own_names(parts[-1], taken)
        html = together(ours, parts)
        # Other themes than Material, and plugins that gather pages, add none. The search has it already.
        title = f"<h1 data-search-exclude>{self.title}</h1>\n"
        html = self.content = html if "<h1" in html else title + html
        # MkDocs knows only the anchors that it converted.
        internals.set_anchors(self, {*internals.anchors(self), *names_in(html)})
        if self._parts.authored is not None:
            internals.set_anchor_links(self, links)
            self.toc = contents(html)

    def _authored(self, config: MkDocsConfig, files: Files) -> str:
        """Convert what the author wrote to cleaned HTML, apart and out of reach of other plugins."""
        self.markdown, ours = self._parts.authored, self.markdown
        bodies = self._bodies
        if bodies.is_trusted:
            self.markdown = config.plugins.on_page_markdown(
                self.markdown or "", page=self, config=config, files=files
            )
        try:
            super().render(bodies.config(config), files)
        except Exception as error:  # of an extension; they raise what they like
            message = gettext(
                "%(file)s: the text is left out: a Markdown extension cannot read it (%(why)s). Simplify it.",
                file=printable(self.ours.source),
                why=printable(str(error)),
            )
            log.warning(message)
            self.content = ""
        self.markdown = ours
        return bodies.cleaned(self.content or "")

    def render_now(self, config: MkDocsConfig, files: Files) -> None:
        """Do what MkDocs would have done before, if the page is deferred."""
        if not self.deferred:
            return
        self.deferred = False
        self._load_text()
        self.read_source(config)
        plugins = config.plugins
        self.markdown = plugins.on_page_markdown(self.markdown or "", page=self, config=config, files=files)
        self.render(config, files)
        self.content = plugins.on_page_content(self.content or "", page=self, config=config, files=files)
        self._set_text("")
        self.markdown, self._parts = "", _NOTHING

    def _load_text(self) -> None:
        self._parts = self._text_of(self.ours)
        self._set_text(self._parts.markdown)

    def _set_text(self, text: str) -> None:
        self.file.content_string = text
        self.file.abs_src_path = self._source  # MkDocs takes it away with each new text

    def use_search_entry(self, entry: str) -> None:
        """Have `entry` as the content while the search plugin indexes the page; it skips an empty one."""
        self._full_content, self.content = self.content, entry
        if not entry:
            self.meta["search"] = {"exclude": True}

    def restore_content(self) -> None:
        """Have the page's own content again."""
        if self._full_content is not None:
            self.content, self._full_content = self._full_content, None

    def release_memory(self) -> None:
        """Let go of what nobody needs of a page that is written."""
        self.content, self.meta, self.toc = "", dict(self.in_navigation), _NO_HEADINGS
        self.share_anchors(internals.anchors(self))

    def share_anchors(self, anchors: Iterable[str]) -> None:
        """Set the anchors, as one set for all pages that have the same ones."""
        internals.set_anchors(self, self._conversions.same_anchors(anchors))

    def _convert(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown, or take over the conversion of another page with the same."""
        text = self.markdown or ""
        known = self._conversions.converted.get(text)
        if known is None:
            super().render(config, files)
            known = Converted(self.content or "", self.toc, frozenset(internals.anchors(self)))
            if len(text) <= MAX_CACHED_MARKDOWN:
                self._conversions.converted[text] = known
        self.content, self.toc = known.html, known.toc
        internals.set_anchors(self, set(known.anchors))
