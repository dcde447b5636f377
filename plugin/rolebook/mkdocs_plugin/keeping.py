"""Decides for one build which pages are kept from the last one, and notes what the next one must know."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import write_file

from rolebook.mkdocs_plugin.handbook_page import HandbookPage
from rolebook.mkdocs_plugin.kept_pages import NONE, Cache, Kept, KeptPages, Tag, Told, digest
from rolebook.mkdocs_plugin.site_files import SiteFiles
from rolebook.organisation import Role
from rolebook.pages.plan import Page
from rolebook.rendering.fingerprints import Key

log = get_plugin_logger("rolebook")
_logger = logging.getLogger("mkdocs")


class Keeping:
    """The pages of one build: those that are kept, and those that can be kept for the next one."""

    def __init__(
        self,
        files: SiteFiles,
        config: MkDocsConfig,
        key_of: Callable[[Page, Key], Key | None],
        last: KeptPages | None = None,
        cache: Cache | None = None,
    ) -> None:
        """Without a `last` build, even one of no pages, there will be no next one either."""
        self._files = files
        self._config = config
        self._key = key_of
        self.is_for_another = last is not None
        """Whether there is a build to come that can keep pages of this one."""
        self._last = last or NONE
        self._cache = cache
        self._keys: dict[str, Key] = {}
        self._new: set[str] = set()
        """Pages that have no key yet, since the last build knows of none that could be the same."""
        self._noted: dict[str, dict[str, bool]] = {}
        """What the pages asked for that can be kept, by their path in the sources."""
        self._entries: dict[str, list[dict[str, Any]]] = {}
        self._indexed = 0
        self._tagged: set[str] = set()
        self._tags: dict[str, list[Tag]] = {}
        self._next = NONE

    def offer(self, pages: Iterable[Page], facts: Key, bodies: dict[str, Key]) -> None:
        """Tell of the pages that can be kept, of what they are made: see `pages.keys`.

        Those are kept that are made of the same and lead to the same as in the last build.
        """
        last = self._last
        self._next = KeptPages(b"", facts, bodies)
        changed = {role_id for role_id, body in bodies.items() if last.bodies.get(role_id) != body}
        for page in pages:
            kept = last.pages.get(page.uri)
            if kept is None:
                self._new.add(page.uri)
                continue
            about = page.subject.id if isinstance(page.subject, Role) else ""
            same = facts and facts == last.facts and about not in changed
            if found := kept.key if same else self._key(page, kept.key):
                self._keys[page.uri] = found
                if found == kept.key and self._leads_to_the_same(kept):
                    # What is shown of tags depends on all pages, and is known only when these were read.
                    (self._tagged if self._page(page.uri).tags else self._files.kept).add(page.uri)

    def _leads_to_the_same(self, kept: Kept) -> bool:
        there = self._files.src_uris
        return all((path in there) == found for path, found in kept.told.asked.items())

    def settle(self, look: Key) -> None:
        """Keep none of them where `look`, what all pages share, is another; else put them into the site."""
        self._next = replace(self._next, look=look)
        tagged = {uri for uri in self._tagged if self._has_same_tags(uri)}
        self._files.kept |= tagged
        if look != self._last.look:
            self._files.kept.clear()
        elif self._cache:
            self._files.kept = {uri for uri in self._files.kept if self._is_put(uri, self._cache)}
        for uri in self._files.kept:
            kept = self._next.pages[uri] = self._last.pages[uri]
            told, page = kept.told, self._page(uri)
            page.share_anchors(told.anchors)
            page.links_to_anchors = {
                file: leads for path, leads in told.leads.items() if (file := self._file(path))
            }
            self._entries[uri] = told.entries

    def make(self, page: HandbookPage) -> None:
        """Have a page made, and note what it asked for."""
        if not self.is_for_another:
            page.make(self._config, self._files)
            return
        uri = page.file.src_uri
        if uri in self._new and (key := self._key(page.ours, b"")):
            self._keys[uri] = key
        with self._files.asked() as asked, _told() as told:
            page.make(self._config, self._files)
        # What is said of a page must be said again.
        if not told:
            self._noted[uri] = dict(asked)

    def index_from(self) -> None:
        """From here on what the search index gets is of the next page."""
        self._indexed = len(self._index)

    def indexed(self, page: SitePage, context: Mapping[str, Any]) -> None:
        """What the search index got is of `page`, which has this `context`."""
        if not self.is_for_another:
            return
        self._entries[page.file.src_uri] = self._index[self._indexed :]
        self._tags[page.file.src_uri] = _tags(self._config, context)

    def built(self, page: HandbookPage, html: str) -> None:
        """Keep a page that is finished, if it can be kept."""
        page.forget()
        uri = page.file.src_uri
        key, asked = self._keys.get(uri), self._noted.pop(uri, None)
        if key is None or asked is None:
            return
        written = html.encode("utf-8", errors="xmlcharrefreplace")  # as MkDocs does
        leads = {file.src_uri: dict(links) for file, links in (page.links_to_anchors or {}).items()}
        anchors = sorted(page.present_anchor_ids or ())
        entries, tags = self._entries.get(uri, []), self._tags.get(uri, [])
        told = Told(digest(written), asked, anchors, leads, entries, tags)
        self._next.pages[uri] = Kept.of(key, told)
        if self._cache:
            self._cache.put(key, written)

    def complete(self) -> None:
        """Add to the search index what is kept, and look whether the links of kept pages still lead on."""
        if not self._files.kept:
            return
        # Also those that only a preview shows.
        self._index[:] = [entry for file in self._files for entry in self._entries.get(file.src_uri, ())]
        level = self._config.validation.links.anchors
        for file in self._files:
            if file.src_uri in self._files.kept and file.page:
                file.page.validate_anchor_links(files=self._files, log_level=level)

    def close(self) -> KeptPages:
        """What there is for the next build; this one is finished."""
        if self._cache:
            self._cache.close(self._next)
            if error := self._cache.failed:
                log.info(f"Nothing could be left for the next build: {error}")
        return self._next

    @property
    def all_pages(self) -> Sequence[File]:
        """All pages of the site, in their order."""
        return self._files.all_pages()

    @property
    def places(self) -> set[str]:
        """Where the pages that are kept are in the site."""
        return {file.dest_uri for uri in self._files.kept if (file := self._file(uri))}

    def _is_put(self, uri: str, cache: Cache) -> bool:
        """Whether a page could be put into the site."""
        html = cache.html(self._last.pages[uri])
        if html is None:
            return False
        write_file(html, self._page(uri).file.abs_dest_path)
        return True

    def _file(self, uri: str) -> File | None:
        return self._files.src_uris.get(uri)

    def _page(self, uri: str) -> HandbookPage:
        page = self._files.src_uris[uri].page
        assert isinstance(page, HandbookPage)
        return page

    def _has_same_tags(self, uri: str) -> bool:
        context: dict[str, Any] = {}
        if plugin := self._config.plugins.get("material/tags"):
            plugin.on_page_context(context, page=self._page(uri), config=self._config, nav=None)
        return _tags(self._config, context) == self._last.pages[uri].told.tags

    @property
    def _index(self) -> list[dict[str, Any]]:
        """What the search index holds so far; a list that nobody reads where there is no index."""
        entries = _entries(self._config)
        return [] if entries is None else entries


def can_be_kept(config: MkDocsConfig) -> bool:
    """Whether the search index, where there is one, takes what is known of a page that is not built."""
    search = config.plugins.get("material/search")
    return search is None or not search.config.enabled or _entries(config) is not None


def _entries(config: MkDocsConfig) -> list[dict[str, Any]] | None:
    search = config.plugins.get("material/search")
    entries = getattr(getattr(search, "search_index", None), "entries", None)
    return entries if isinstance(entries, list) else None


def _tags(config: MkDocsConfig, context: Mapping[str, Any]) -> list[Tag]:
    """What the theme shows of a page's tags."""
    plugin = config.plugins.get("material/tags")
    shown = context.get(plugin.config.tags_name_variable, ()) if plugin else ()
    return [(tag.name, tag.hidden, tag.url) for tag in shown]


@contextmanager
def _told() -> Iterator[list[logging.LogRecord]]:
    """What MkDocs and its plugins say meanwhile, but for what is said to those only who look for faults."""
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
