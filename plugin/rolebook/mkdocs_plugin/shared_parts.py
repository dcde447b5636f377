"""Pieces of the theme that are the same on many pages, rendered once for all of them.

The navigation stands on every page and is most of what the theme has to do. A page that is not in it changes
nothing about it but the way its links take, and that is the same for all pages of a folder.
"""

import posixpath
from collections.abc import Iterable, Iterator

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page as SitePage

from rolebook.mkdocs_plugin.handbook_page import HandbookPage
from rolebook.mkdocs_plugin.look import is_stock

_NAMES = ("partials/nav.html", "partials/search.html", "partials/palette.html")
_WHOLE = "rolebook-whole"
# No space between the tags: what comes out is what the piece itself gives, byte for byte.
_ONCE = (
    '{% set place = rolebook_shared.place("NAME", page) %}'
    "{% if place in rolebook_shared.known %}{{ rolebook_shared.known[place] }}"
    '{% else %}{% set html %}{% include "WHOLE:NAME" %}{% endset %}'
    "{{ rolebook_shared.keep(place, html) }}{% endif %}"
).replace("WHOLE", _WHOLE)

Place = tuple[object, ...]


class SharedParts:
    """What is known of the pieces, by the piece and the place of the pages that it is for."""

    def __init__(self, nav: Navigation, config: MkDocsConfig) -> None:
        self._in_nav = {page.url for page in nav.pages}
        linked = [*_urls(nav), str(config.theme.get("logo") or ""), str(config.extra.get("homepage") or "")]
        self._folders = set(_prefixes(linked))
        self.known: dict[Place, str] = {}

    def place(self, name: str, page: SitePage | None) -> Place | None:
        """The same for all pages on which the piece is the same; None for a page that has its own."""
        if not isinstance(page, HandbookPage) or page.url in self._in_nav:
            return None
        folder = page.url.split("/")[:-1]
        if tuple(folder) in self._folders:
            return None
        shared = max(
            (depth for depth in range(len(folder)) if tuple(folder[:depth]) in self._folders), default=0
        )
        return name, len(folder), tuple(folder[:shared])

    def keep(self, place: Place | None, html: str) -> str:
        """Remember `html` for `place`."""
        if place is not None:
            self.known[place] = html
        return html


def share(env: jinja2.Environment, nav: Navigation, config: MkDocsConfig) -> None:
    """Have the theme's pieces rendered once, unless somebody changed the theme."""
    if not is_stock(config) or env.loader is None:
        return
    whole = jinja2.PrefixLoader({_WHOLE: env.loader}, delimiter=":")
    once = jinja2.DictLoader({name: _ONCE.replace("NAME", name) for name in _NAMES})
    env.loader = jinja2.ChoiceLoader([once, whole, env.loader])
    env.globals["rolebook_shared"] = SharedParts(nav, config)


def _urls(nav: Navigation) -> Iterator[str]:
    """Where the entries of `nav` lead, at any depth."""
    waiting = list(nav.items)
    while waiting:
        item = waiting.pop()
        waiting.extend(item.children or ())
        if isinstance(item, SitePage | Link):
            yield item.url


def _prefixes(urls: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for url in urls:
        parts = posixpath.normpath(url).split("/")
        for length in range(len(parts) + 1):
            yield tuple(parts[:length])
