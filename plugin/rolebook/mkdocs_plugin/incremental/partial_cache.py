"""Renders the theme's navigation once for all pages on which it is the same.

The navigation is on every page and is most of what the theme has to do. For a page that is not in it, only
the paths of its links differ, and these are the same for all pages of a folder.
"""

import posixpath
from collections.abc import Iterable, Iterator

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page as SitePage

from rolebook.mkdocs_plugin.handbook_page import HandbookPage
from rolebook.mkdocs_plugin.internals import known_partials

_ORIGINAL = "rolebook-original"
# No space between the tags: what comes out is what the partial itself gives, byte for byte.
_CACHED_INCLUDE = (
    '{% set key = rolebook_partials.cache_key("NAME", page) %}'
    "{% if key in rolebook_partials.rendered %}{{ rolebook_partials.rendered[key] }}"
    '{% else %}{% set html %}{% include "ORIGINAL:NAME" %}{% endset %}'
    "{{ rolebook_partials.store(key, html) }}{% endif %}"
).replace("ORIGINAL", _ORIGINAL)

CacheKey = tuple[object, ...]


class PartialCache:
    """Partials that were rendered, by name and by what is the same on all pages with the same links."""

    def __init__(self, nav: Navigation, config: MkDocsConfig) -> None:
        self._in_nav = {page.url for page in nav.pages}
        linked = [*_urls(nav), str(config.theme.get("logo") or ""), str(config.extra.get("homepage") or "")]
        self._folders = set(_folders(linked))
        self.rendered: dict[CacheKey, str] = {}

    def cache_key(self, name: str, page: SitePage | None) -> CacheKey | None:
        """A key that pages share if the partial is the same on them; None for a page that has its own."""
        if not isinstance(page, HandbookPage) or page.url in self._in_nav:
            return None
        folder = page.url.split("/")[:-1]
        if tuple(folder) in self._folders:
            return None
        shared = max(
            (depth for depth in range(len(folder)) if tuple(folder[:depth]) in self._folders), default=0
        )
        return name, len(folder), tuple(folder[:shared])

    def store(self, key: CacheKey | None, html: str) -> str:
        """Remember `html`, and return it."""
        if key is not None:
            self.rendered[key] = html
        return html


def install(env: jinja2.Environment, nav: Navigation, config: MkDocsConfig) -> None:
    """Have `env` render those partials once whose text is known."""
    names = known_partials(env)
    if not names or env.loader is None:
        return
    original = jinja2.PrefixLoader({_ORIGINAL: env.loader}, delimiter=":")
    cached = jinja2.DictLoader({name: _CACHED_INCLUDE.replace("NAME", name) for name in names})
    env.loader = jinja2.ChoiceLoader([cached, original, env.loader])
    env.globals["rolebook_partials"] = PartialCache(nav, config)


def _urls(nav: Navigation) -> Iterator[str]:
    """Where the entries of `nav` lead, at any depth."""
    waiting = list(nav.items)
    while waiting:
        item = waiting.pop()
        waiting.extend(item.children or ())
        if isinstance(item, SitePage | Link):
            yield item.url


def _folders(urls: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The folders on the way to each of `urls`, as the parts of their paths."""
    for url in urls:
        parts = posixpath.normpath(url).split("/")
        for length in range(len(parts) + 1):
            yield tuple(parts[:length])
