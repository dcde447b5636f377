"""One build of a site: which pages it reuses from the last one, and what it records for the next one."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import write_file

from rolebook.language import gettext
from rolebook.mkdocs_plugin import internals
from rolebook.mkdocs_plugin.handbook_page import HandbookPage
from rolebook.mkdocs_plugin.incremental.build_cache import (
    EMPTY,
    BuildCache,
    CachedPage,
    CachedSite,
    PageMetadata,
    digest,
)
from rolebook.mkdocs_plugin.incremental.site_files import SiteFiles
from rolebook.mkdocs_plugin.incremental.site_fingerprint import site_fingerprint
from rolebook.mkdocs_plugin.internals import SearchEntry, Tag
from rolebook.organisation import Role
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.rendering.fingerprints import Key, bodies, facts

log = get_plugin_logger("rolebook")
_logger = logging.getLogger("mkdocs")

Fingerprint = Callable[[Page], Key | None]
"""Gives the fingerprint of a page; None if it has none."""


class FullBuild:
    """A build that reuses no page and records nothing: the twin of `IncrementalBuild` that does nothing."""

    def __init__(self, files: Files, config: MkDocsConfig, defers_pages: bool = False) -> None:
        self.files = files
        self._config = config
        self.defers_pages = defers_pages
        """Whether a page is rendered when its turn to be written comes, and its text let go of afterwards."""

    def register_candidates(self, pages: Iterable[Page], plan: Plan, roles: Iterable[Role]) -> None:
        """Do nothing: no page is a candidate."""

    def decide_reuse(self, nav: Navigation, plan: Plan) -> None:
        """Do nothing: every page is built."""

    def sitemap_pages(self, built: Sequence[File]) -> Sequence[File]:
        """All pages of the site: those that are `built`."""
        return built

    def render(self, page: HandbookPage) -> None:
        """Render a page that was deferred."""
        page.render_now(self._config, self.files)

    def mark_index_position(self) -> None:
        """Do nothing: nobody asks for the entries of one page."""

    def record_index_entries(self, page: SitePage, context: Mapping[str, Any]) -> None:
        """Do nothing: nothing is recorded."""

    def store(self, page: HandbookPage, html: str) -> None:
        """Let go of the text of a page that is finished."""
        if self.defers_pages:
            page.release_memory()

    def restore_index(self) -> None:
        """Do nothing: the index has all entries."""

    @property
    def reused_dest_paths(self) -> set[str]:
        return set()

    def finish(self) -> CachedSite:
        """No pages for the next build."""
        return EMPTY


class IncrementalBuild:
    """A build that reuses the pages of the last one that are still the same."""

    defers_pages = True

    def __init__(
        self,
        files: SiteFiles,
        config: MkDocsConfig,
        fingerprint: Fingerprint,
        last: CachedSite,
        cache: BuildCache | None = None,
    ) -> None:
        """Pass `EMPTY` as `last` for a first build. Without a `cache`, reused pages are in the site."""
        self.files = files
        self._config = config
        self._fingerprint = fingerprint
        self._last = last
        self._cache = cache
        self._keys: dict[str, Key] = {}
        """Of the pages that were in the last build."""
        self._new: set[str] = set()
        """Pages that were not in the last build: their keys are found when they are rendered."""
        self._tagged: set[str] = set()
        """Candidates with tags: what is shown of these depends on all pages."""
        self._link_targets: dict[str, dict[str, bool]] = {}
        """Of the pages that were rendered without a message: see `PageMetadata`."""
        self._entries: dict[str, list[SearchEntry]] = {}
        self._indexed = 0
        self._tags: dict[str, list[Tag]] = {}
        self._next = EMPTY

    def register_candidates(self, pages: Iterable[Page], plan: Plan, roles: Iterable[Role]) -> None:
        """Find those of `pages` that are made of the same, and lead to the same, as in the last build."""
        last = self._last
        self._next = CachedSite(b"", facts(plan), bodies(roles))
        same_facts = bool(self._next.facts) and self._next.facts == last.facts
        changed = {role for role, body in self._next.bodies.items() if last.bodies.get(role) != body}
        for page in pages:
            cached = last.pages.get(page.uri)
            if cached is None:
                self._new.add(page.uri)
                continue
            about = page.subject.id if isinstance(page.subject, Role) else ""
            key = cached.key if same_facts and about not in changed else self._fingerprint(page)
            if key is not None:
                self._keys[page.uri] = key
                if key == cached.key and self._leads_to_the_same(cached):
                    (self._tagged if self._page(page.uri).tags else self.files.reused).add(page.uri)

    def _leads_to_the_same(self, cached: CachedPage) -> bool:
        there = self.files.src_uris
        return all((path in there) == found for path, found in cached.metadata.link_targets.items())

    def decide_reuse(self, nav: Navigation, plan: Plan) -> None:
        """Reuse the candidates, or none of them if what all pages share is not the same any more."""
        shared = site_fingerprint(self._config, nav, plan)
        self._next = replace(self._next, site=shared)
        reused = self.files.reused
        reused |= {uri for uri in self._tagged if self._has_same_tags(uri)}
        if shared != self._last.site:
            reused.clear()
        elif self._cache:
            reused &= {uri for uri in reused if self._is_copied(uri, self._cache)}
        for uri in reused:
            self._reuse(uri)

    def _has_same_tags(self, uri: str) -> bool:
        return internals.tags_of(self._config, self._page(uri)) == self._last.pages[uri].metadata.tags

    def _is_copied(self, uri: str, cache: BuildCache) -> bool:
        """Whether a page's file could be copied from the cache into the site."""
        html = cache.html(self._last.pages[uri])
        if html is None:
            return False
        write_file(html, self._page(uri).file.abs_dest_path)
        return True

    def _reuse(self, uri: str) -> None:
        """Tell MkDocs what it would know of a page if it had built it."""
        cached = self._next.pages[uri] = self._last.pages[uri]
        metadata, page, files = cached.metadata, self._page(uri), self.files.src_uris
        page.share_anchors(metadata.anchors)
        links = {files[path]: each for path, each in metadata.anchor_links.items() if path in files}
        internals.set_anchor_links(page, links)
        self._entries[uri] = metadata.entries

    def sitemap_pages(self, built: Sequence[File]) -> Sequence[File]:
        """All pages of the site in their order: those that are `built` and those that are reused."""
        return self.files.all_pages()

    def render(self, page: HandbookPage) -> None:
        """Render a page, and record the files that its links were resolved against."""
        uri = page.file.src_uri
        if uri in self._new and (key := self._fingerprint(page.ours)):
            self._keys[uri] = key
        with self.files.lookups() as lookups, captured_log() as records:
            page.render_now(self._config, self.files)
        # A message about a page has to appear in the next build too, so that page is not reused.
        if not records:
            self._link_targets[uri] = dict(lookups)

    def mark_index_position(self) -> None:
        """Remember the end of the search index: what is added from here on is of the next page."""
        self._indexed = len(self._index)

    def record_index_entries(self, page: SitePage, context: Mapping[str, Any]) -> None:
        """Record what was added to the search index since the mark, and the tags that `context` shows."""
        self._entries[page.file.src_uri] = self._index[self._indexed :]
        self._tags[page.file.src_uri] = internals.shown_tags(self._config, context)

    def store(self, page: HandbookPage, html: str) -> None:
        """Record a finished page for the next build, if it can be reused, and let go of its text."""
        uri = page.file.src_uri
        key, link_targets = self._keys.get(uri), self._link_targets.pop(uri, None)
        page.release_memory()
        if key is None or link_targets is None:
            return
        written = html.encode("utf-8", errors="xmlcharrefreplace")  # as MkDocs does
        metadata = PageMetadata(
            digest(written),
            link_targets,
            sorted(internals.anchors(page)),
            {file.src_uri: dict(links) for file, links in internals.anchor_links(page).items()},
            self._entries.get(uri, []),
            self._tags.get(uri, []),
        )
        self._next.pages[uri] = CachedPage.of(key, metadata)
        if self._cache:
            self._cache.put(key, written)

    def restore_index(self) -> None:
        """Add reused pages to the search index, and check the links that they have to parts of pages."""
        if not self.files.reused:
            return
        # All files, since a preview also shows pages that are drafts.
        self._index[:] = [entry for file in self.files for entry in self._entries.get(file.src_uri, ())]
        for file in self.files:
            if file.src_uri in self.files.reused and file.page:
                internals.check_anchor_links(file.page, self.files, self._config)

    @property
    def reused_dest_paths(self) -> set[str]:
        """Where the pages that are reused are in the site."""
        return {file.dest_uri for file in self.files if file.src_uri in self.files.reused}

    def finish(self) -> CachedSite:
        """Gather the pages that the next build can reuse, and write them into the cache if there is one."""
        if self._cache:
            self._cache.close(self._next)
            if error := self._cache.failed:
                log.info(gettext("Could not write the build cache: %(why)s", why=error))
        return self._next

    def _page(self, uri: str) -> HandbookPage:
        page = self.files.src_uris[uri].page
        assert isinstance(page, HandbookPage)
        return page

    @property
    def _index(self) -> list[SearchEntry]:
        """The entries of the search index so far; without an index, a list that nobody reads."""
        entries = internals.search_entries(self._config)
        return [] if entries is None else entries


SiteBuild = FullBuild | IncrementalBuild


@contextmanager
def captured_log() -> Iterator[list[logging.LogRecord]]:
    """Log records of level INFO and above that MkDocs and its plugins emit in the block."""
    records: list[logging.LogRecord] = []
    handler = _Records(records)
    _logger.addHandler(handler)
    try:
        yield records
    finally:
        _logger.removeHandler(handler)


class _Records(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.INFO)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)
