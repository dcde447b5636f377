"""Writes the whole handbook as Markdown files, for any other generator to publish.

Charts are drawn here, so that no script is needed; links lead from file to file within Markdown, and from
page to page within HTML, where a page is a folder (`x.md` becomes `x/`).
"""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from rolebook import files
from rolebook.export.bodies import harmless
from rolebook.export.looks import configured_files, edit_addresses, edit_link, kept, styles, with_edit_link
from rolebook.handbook import Handbook
from rolebook.pages.addresses import PHOTOS, POSTER
from rolebook.pages.assets import ASSETS, asset, media
from rolebook.pages.links import Folders, folders_of, in_markdown, translate
from rolebook.pages.navigation import navigation, with_sections
from rolebook.pages.page import Page
from rolebook.pages.public_files import is_public, moved, without_dead
from rolebook.pages.redirects import redirects
from rolebook.problems import Problem
from rolebook.rendering.markers import filled

DOCS = "docs"
"""Folder of the pages."""
_SCRIPTS = ("copy.js", "cards.js", "tables.js")
_SHIPPED = {uri: name for uri, name in ASSETS.items() if name in _SCRIPTS or name == "rolebook.css"}
"""The rest draws charts in the browser; here they are drawn already."""
_EVERY_CHART = ("role", "person", "people", "department", "overview", "business-model")

_HEAD = "# For MkDocs, ProperDocs and Zensical; other generators find the order of the pages under `nav`.\n"
_EXTENSIONS = (
    "admonition",
    "tables",
    {"toc": {"permalink": True}},
    "pymdownx.details",
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
    {"pymdownx.tasklist": {"custom_checkbox": True}},
)

Content = str | bytes


class Site:
    """A handbook's files for another generator."""

    def __init__(
        self,
        handbook: Handbook,
        settings: Mapping[str, Any] | None = None,
        stopped: Callable[[Problem], Exception] | None = None,
        for_zensical: bool = False,
    ) -> None:
        """`settings` are those of `mkdocs.yml`; the pages are for the audience of the handbook's project.

        Zensical reads the addresses in HTML as it reads those in Markdown; others pass over HTML.
        """
        project, settings = handbook.project, settings or {}
        drawn = replace(project, options=replace(project.options, static_charts=_EVERY_CHART))
        edited_at = edit_addresses(settings, project.is_public)
        self._project, self._settings = project, settings
        directory_urls = settings.get("use_directory_urls") is not False
        plan = replace(handbook, project=drawn).with_history().plan(directory_urls, edited_at)
        self._plan = replace(plan, links_from_files=for_zensical)
        self._handbook = handbook
        self._renderer = handbook.renderer(self._plan, stopped)
        self._folders: Folders = folders_of(project)
        self._moved = moved(handbook.organisation, self._plan) if project.is_public else {}
        self._own = self._own_files()
        self._data = {uri: data for uri, data in handbook.data(self._plan).items() if uri not in self._own}
        self._photos = {
            f"{PHOTOS}/{photo.name}": photo.data for photo in handbook.photos.values() if self._plan.photos
        }
        pages = {page.uri for page in self._plan}
        beside = media(drawn, self._plan.organisation)
        self._media = {uri: path for uri, path in beside if uri not in self._own}
        self._known = pages | self._own.keys() | self._media.keys()
        self._redirects = {uri: html for uri, html in redirects(self._plan).items() if uri not in self._own}

    def __len__(self) -> int:
        charts = self._plan.chart_files
        added = (self._known, self._photos, _SHIPPED, self._redirects, self._data, charts)
        return sum(map(len, added)) + 2

    def __iter__(self) -> Iterator[tuple[str, Content]]:
        """Each file's path and content."""
        yield "mkdocs.yml", self._config()
        for page in self._plan:
            if page.uri not in self._own:
                yield self._page(page.uri, page.source, self._made(page))
        for uri, path in self._own.items():
            if uri.endswith(".md"):
                data = (self._project.root / path).read_bytes()
                text = files.plain_line_ends(data.decode("utf-8-sig", errors="replace"))
                yield self._page(uri, path, filled(text, self._renderer, uri))
            else:
                yield f"{DOCS}/{uri}", (self._project.root / path).read_bytes()
        for uri, path in self._media.items():
            yield f"{DOCS}/{uri}", (self._project.root / path).read_bytes()
        yield f"{DOCS}/{POSTER}", self._renderer.poster()
        yield from ((f"{DOCS}/{uri}", data) for uri, data in self._handbook.chart_files(self._plan))
        for uri, content in (self._data | self._photos).items():
            yield f"{DOCS}/{uri}", content
        for uri, html in self._redirects.items():
            yield f"{DOCS}/{uri}", html
        for uri, name in _SHIPPED.items():
            yield f"{DOCS}/{uri}", asset(name).read_bytes()

    def _made(self, page: Page) -> str:
        """A generated page. What its author wrote stands between the first two marks, if there are any."""
        if not self._renderer.mark:
            return self._renderer.page(page)
        before, *rest = self._renderer.page(page).split(self._renderer.mark)
        return before + (harmless(rest[0]) + "".join(rest[1:]) if rest else "")

    def _page(self, uri: str, source: str, text: str) -> tuple[str, str]:
        linked = in_markdown(text, partial(self._link, source=source, uri=uri))
        return f"{DOCS}/{uri}", with_edit_link(linked, edit_link(self._plan.edit(source)))

    def _link(self, link: str, source: str, uri: str) -> str:
        """An author's link as one of the exported page at `uri`; what it leads to may be left out."""
        way = translate(link, source, uri, self._to_site, self._is_known)
        gone = self._plan.left_out_at(uri, way) or self._hidden(uri, way)
        return "#" if gone and gone not in self._known else way

    def _to_site(self, path: str) -> str | None:
        return self._moved.get(path) or self._folders.to_site(path)

    def _hidden(self, uri: str, link: str) -> str:
        """What `link` on an outsiders' page leads to, of which not even the address is for them."""
        try:
            scheme, host, path, _, _ = urlsplit(link)
        except ValueError:  # no address at all, such as http://[
            return ""
        if not self._project.is_public or scheme or host or not path:
            return ""
        return posixpath.normpath(posixpath.join(posixpath.dirname(uri), unquote(path))).lstrip("/")

    def _is_known(self, uri: str) -> bool:
        return uri in self._known or self._plan.is_left_out(uri)

    def _own_files(self) -> dict[str, str]:
        """The hand-written pages, and what lies beside them, by their place on the site."""
        folder, also = self._project.docs_dir, tuple(configured_files(self._settings))
        sources = {page.source for page in (*self._plan, *self._plan.left_out)}
        return {
            uri: path
            for path in files.below(self._project.root, folder)
            if path not in sources and files.is_own_file(self._project.root, path)
            for uri in [posixpath.relpath(path, folder)]
            if not self._project.is_public or is_public(uri, self._project, also)
        }

    def _config(self) -> str:
        features = ["navigation.indexes", "navigation.prune"]
        kept_settings, kept_theme, plugins = kept(self._settings, self._project.is_public)
        settings = {
            "site_name": self._project.name,
            "docs_dir": DOCS,
            **kept_settings,
            "theme": {"name": "material", "font": False, **kept_theme, "features": features},
            "extra_css": [
                *(uri for uri in _SHIPPED if uri.endswith(".css")),
                *(uri for uri in styles(self._settings) if uri in self._known),
            ],
            "markdown_extensions": [*_EXTENSIONS],
            **({"plugins": plugins} if plugins else {}),
            "nav": self._nav(),
        }
        return _HEAD + str(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True, width=1000))

    def _nav(self) -> Any:
        own = sorted((uri for uri in self._own if uri.endswith(".md")), key=_reading_order)
        written = self._settings.get("nav")
        if written and self._project.is_public:
            written = without_dead(written, {*self._known, *self._project.options.public_pages})
        return with_sections(written or own, navigation(self._plan))


def _reading_order(uri: str) -> tuple[bool, bool, str]:
    return posixpath.basename(uri) != "index.md", "/" in uri, uri
