"""Knows the names of the parts of pages to which links can lead."""

import posixpath
from collections.abc import Callable, Mapping, Set
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from rolebook.body.part_names import names_in, with_own_names
from rolebook.dead_links.model import WrittenPage
from rolebook.dead_links.site_files import SiteFiles
from rolebook.organisation import Organisation
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.schema.audience import Audience
from rolebook.site_config import SiteSettings
from rolebook.visibility.view import view_for

if TYPE_CHECKING:
    from rolebook.body.linked import Linked
    from rolebook.rendering.renderer import Renderer


class PageParts:
    """The names of the parts of a site's pages."""

    def __init__(
        self, files: SiteFiles, plan: Plan, organisation: Organisation, settings: SiteSettings
    ) -> None:
        self._files, self._plan, self._organisation = files, plan, organisation
        self._project, self._settings = plan.project, settings
        self._written: dict[str, Set[str]] = {}
        self._names: dict[str, Set[str]] = {}

    def has(self, uri: str, name: str, text: WrittenPage) -> bool:
        """Whether the page at `uri` has a part called `name`; MkDocs lets pass what is not on the site."""
        if not self._files.is_built(uri):
            return True
        if uri not in self._written:
            self._written[uri] = self._of_author(uri, text)
        # Most links lead to what an author wrote; to make the page around it takes five times as long.
        if name in self._written[uri]:
            return True
        if uri not in self._names:
            self._names[uri] = self._of_page(uri) or self._of_text(uri, text)
        return name in self._names[uri] or (uri not in self._files.of_records and self._is_read_otherwise)

    @property
    def _is_read_otherwise(self) -> bool:
        """Whether hand-written pages have extensions that are unknown here."""
        return bool(self._project.markdown.left_out) or self._settings.others_may_add

    def _body(self, uri: str, text: WrittenPage) -> str:
        """The Markdown that is written by hand on the page at `uri`; `text` is one page of these."""
        if uri == text.uri:
            return text.body
        if file := self._files.of_records.get(uri):
            return file.body
        path = posixpath.normpath(f"{self._project.docs_dir}/{uri}")
        page = self._files.page(path) if path in self._files.pages else None
        return page.body if page else ""

    def _of_author(self, uri: str, text: WrittenPage) -> Set[str]:
        """The names in what is written by hand on the page at `uri`."""
        found = self.linked(self._body(uri, text))
        if uri not in self._files.of_records:
            return found.names
        from rolebook.body.cleaning import clean

        return frozenset(names_in(clean(found.html)))

    def _of_page(self, uri: str) -> Set[str]:
        """The names on a page that is made; what its author wrote on it is cleaned."""
        if uri not in self._made:
            return frozenset()
        from rolebook.body.cleaning import clean

        parts = self._renderer.apart(self._made[uri])
        ours = self.linked(parts.markdown.partition("\n---\n")[2])
        names = {*ours.names, *names_in(ours.html), *chain.from_iterable(map(names_in, parts.finished))}
        authored = clean(self.linked(parts.authored or "").html)
        return names | {*names_in(with_own_names(authored, names))}

    def _of_text(self, uri: str, text: WrittenPage) -> Set[str]:
        """The names on a page that is written by hand, with the blocks that its author asks for."""
        # Imported here, as the renderer: with its templates it takes 80 ms, and few checks ask for a page.
        from rolebook.rendering.markers import filled

        return self.linked(filled(self._body(uri, text), self._renderer, uri)).names

    @cached_property
    def _made(self) -> Mapping[str, Page]:
        return {page.uri: page for page in self._plan}

    @cached_property
    def linked(self) -> Callable[[str], "Linked"]:
        """Gives the links of a text, and the names of its parts."""
        # Imported here: it takes 15 ms, and a check of a handbook without a dead link converts nothing.
        from rolebook.body.linked import LinkReader

        return LinkReader(self._project.markdown).read

    @cached_property
    def _renderer(self) -> "Renderer":
        from rolebook.rendering.renderer import Renderer

        return Renderer(self._plan, view_for(self._organisation, Audience.PUBLIC))
