"""The plugin: reads the options, opens the handbook, adds its files to the site, and marks finished pages."""

import os
import posixpath
import re
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.templates import TemplateContext

from rolebook import own_checks
from rolebook.escaping import printable
from rolebook.files import read_text
from rolebook.handbook import open_handbook
from rolebook.language import N_, gettext, written_in
from rolebook.mkdocs_plugin import charts, generated, internals, preview, public, source_facts, sources
from rolebook.mkdocs_plugin.atomic_site_dir import AtomicSiteDir, refuse_other_folders
from rolebook.mkdocs_plugin.bodies import with_named_boxes
from rolebook.mkdocs_plugin.handbook_page import HandbookPage
from rolebook.mkdocs_plugin.incremental import Builds, SiteBuild, partial_cache
from rolebook.mkdocs_plugin.internals import report_untested
from rolebook.mkdocs_plugin.links import CurrentPage, RepositoryLinks
from rolebook.mkdocs_plugin.project import (
    BuildStopped,
    edit_address,
    log_problems,
    project_of,
    source_folders,
    with_site_problems,
)
from rolebook.pages.assets import asset
from rolebook.pages.links import folders_of
from rolebook.pages.navigation import misspelt, navigation, titled_uris, with_sections
from rolebook.pages.public_files import moved, without_dead
from rolebook.problems import Problem
from rolebook.rendering.markers import filled
from rolebook.views import search

log = get_plugin_logger("rolebook")


class NoConfig(Config):
    """Declares nothing to MkDocs: the options are in `rolebook.options`, once for all drivers."""


class RolebookPlugin(BasePlugin[NoConfig]):
    """Adds the handbook's pages to a MkDocs site."""

    _build: SiteBuild

    def __init__(self) -> None:
        self._builds = Builds()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Take the options as they are; `on_config` parses them."""
        self._options = options
        self._site: AtomicSiteDir | None = None
        self._writing = ExitStack()
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn whether this process will build again: then MkDocs calls this same plugin."""
        self._builds = Builds(command == "serve", dirty)

    @event_priority(50)  # before mermaid2 looks for its script
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the roles; errors stop the build while the last site is still whole."""
        project = project_of(config, self._options)
        self._writing.close()  # of a build that was broken off
        with written_in(project.language):
            handbook = open_handbook(project, understood=self._builds.parsed_files).with_history()
        with written_in(project.language_of_messages):
            handbook = handbook.with_own_checks().with_tried_templates(of_pages=False)
            log_problems(with_site_problems(handbook, config), config.strict)
        self._writing.enter_context(written_in(project.language))
        report_untested()
        if "i18n" in config.plugins:
            log.warning(gettext(_NO_PAGES_WITH_I18N))
        self._handbook = handbook
        self._builds.prepare(config)
        options = project.options
        self._links = RepositoryLinks(folders_of(project), project.is_public)
        # Python-Markdown takes extensions as objects too; MkDocs' types know names only.
        config.markdown_extensions.append(self._links)  # type: ignore[arg-type]
        charts.set_up(config)
        if project.is_public:
            public.set_up(config)
        watched = [project.root / options.roles_dir, project.root / options.people_dir]
        if project.templates_dir:
            own = project.root / project.templates_dir
            watched.append(own if own.is_dir() else own.parent)  # in which it may be made
        config.watch.extend(str(folder) for folder in watched if folder.is_dir())
        config.watch.extend(str(project.root / file) for file in own_checks.files_of(options))
        self._sources = source_folders(project, config)
        for extension in project.markdown.left_out if not options.trust_role_files else ():
            message = gettext(
                "The Markdown extension '%(name)s' is not used for role and person files, "
                "because it could run code in them. To allow it, set the option %(option)s.",
                name=extension,
                option="trust_role_files",
            )
            log.info(message)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Have the site built where the last one is not touched. Until now, others may read the settings."""
        home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() raises where a user has none)
        refuse_other_folders(
            Path(config.site_dir).resolve(), self._sources, home, self._handbook.project.root.resolve()
        )
        self._site = AtomicSiteDir.begin(config)

    def _add_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages, the files beside the role files, and the navigation."""
        handbook, project = self._handbook, self._handbook.project
        plan = self._plan = handbook.plan(config.use_directory_urls, edit_address(config))
        renderer = self._renderer = handbook.renderer(plan, _stopped)
        sources.remove_what_is_no_file(files, config)
        sources.remove_templates(files, config)
        if project.is_public:
            files = public.only_public(files, project, config)
            exists = {file.src_uri for file in files} | set(project.options.public_pages)
            config.nav = without_dead(config.nav, exists)
            self._links.moved = moved(handbook.organisation, plan)
        sources.remove_role_files(files, plan)
        sources.warn_of_same_addresses(files, config)
        self._set_navigation(files, config)
        build = self._build = self._builds.begin(files, config, project, self._site, renderer.key)
        titles = dict(titled_uris(config.nav))
        generated.add_pages_and_data(
            build.files, handbook, plan, renderer, titles, config, build.defers_pages
        )
        internals.search_when_opened(build.files, config, asset("search-later.js"))
        self._links.plan = plan
        self._links.exists = lambda uri: build.files.get_file_from_path(uri) is not None
        deferred = generated.deferred_pages(build.files)
        build.register_candidates(deferred, plan, handbook.organisation.roles.values())
        return build.files

    @event_priority(-100)
    def _take_pages_of_others(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Have in the navigation what other plugins have added, and not what they have removed."""
        if config.nav is self._default_nav:
            config.nav = with_sections(sources.default_nav(files), self._sections)
        return files

    on_files = CombinedEvent(_add_files, _take_pages_of_others)

    def _set_navigation(self, files: Files, config: MkDocsConfig) -> None:
        self._has_own_nav = bool(config.nav)
        self._sections = navigation(self._plan)
        for target, _ in titled_uris(config.nav or []):
            if wrong := misspelt(target):
                log.warning(f"{printable('. '.join(wrong)).rstrip('?.')}.")
        nav = with_sections(config.nav or sources.default_nav(files), self._sections)
        self._default_nav = None if self._has_own_nav else nav
        config.nav = nav

    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Fill the blocks that an author asked for."""
        uri = page.file.src_uri
        self._links.page = CurrentPage(uri, sources.source_of(page.file, self._handbook.project))
        is_handwritten = page.file.generated_by is None and not isinstance(page, HandbookPage)
        return filled(markdown, self._renderer, uri) if is_handwritten else markdown

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Name the boxes of task lists for a screen reader."""
        return with_named_boxes(html)

    def on_page_read_source(self, *, page: SitePage, config: MkDocsConfig) -> None:
        """Stop at a page in another encoding, with its line and what to do: MkDocs has a traceback for it."""
        file = page.file
        project = self._handbook.project
        path = posixpath.normpath(posixpath.join(project.docs_dir, file.src_uri))
        # Another plugin may have brought the pages of several folders together in one of its own.
        place = Path(file.abs_src_path).resolve() if file.abs_src_path else None
        if not isinstance(page, HandbookPage) and place == (project.root / path).resolve():
            text = read_text(project.root, path, sys.maxsize)
            if isinstance(text, Problem):
                raise _stopped(text)

    @event_priority(200)  # before awesome-nav warns of a `nav` that nobody wrote
    def _after_navigation(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Leave the settings as the owner wrote them, now that MkDocs has read ours."""
        if not self._has_own_nav:
            config.nav = None
        return nav

    @event_priority(-100)  # when others have changed what they want to change
    def _take_navigation(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take the navigation for `on_env`."""
        self._nav = nav
        return nav

    on_nav = CombinedEvent(_after_navigation, _take_navigation)

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Have the theme ask no git host and render common parts once; decide which pages are reused."""
        partial_cache.install(env, self._nav, config)
        source_facts.leave_out(env)
        self._build.decide_reuse(self._nav, self._plan)
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the site map the pages that are reused, too."""
        context["pages"] = self._build.sitemap_pages(context["pages"])
        return context

    @event_priority(50)  # before the search plugin
    def _before_search(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the search plugin what its index shall hold."""
        self._build.mark_index_position()
        self._indexed = len(internals.search_entries(config) or ())
        if isinstance(page, HandbookPage):
            self._build.render(page)
            entry = search.entry(self._plan, page.ours)
            if self._plan.project.has_password:
                # The plugin that hides the text must find it, and finds it on the page only.
                page.meta.pop("description", None)
            elif entry is not None:
                page.use_search_entry(entry)
        return context

    @event_priority(-50)  # after it
    def _after_search(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if isinstance(page, HandbookPage):
            page.restore_content()
        words = search.words(self._plan, page.ours) if isinstance(page, HandbookPage) else ""
        for entry in (internals.search_entries(config) or [])[self._indexed :]:
            search.complete(entry, words)
            words = ""  # once for each page
        self._build.record_index_entries(page, context)
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    @event_priority(-100)  # after mermaid2
    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Mark the charts of the finished page for Material, and give search engines its vacancy."""
        html = _with_posting_in_head(charts.mark(output))
        if isinstance(page, HandbookPage):
            self._build.store(page, html)
        return html

    @event_priority(100)  # before the search index is written
    def _complete(self, *, config: MkDocsConfig) -> None:
        internals.add_search_fields(config, search.FIELDS)
        self._build.restore_index()

    @event_priority(-100)  # after all others have written what they write
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Put the finished site into the place of the last one."""
        self._builds.end(self._build, self._site)
        self._writing.close()

    on_post_build = CombinedEvent(_complete, _finish)

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last site as it is."""
        self._writing.close()
        if self._site:
            self._site.abandon()
            self._site.explain(error)

    @event_priority(-100)  # others may still name the builder that the server has from the beginning
    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Let the server answer while a file has an error."""
        preview.keep_answering(server)
        return server


def _stopped(problem: Problem) -> PluginError:
    """What stops a build whose templates break off."""
    return BuildStopped(str(problem))


_NO_PAGES_WITH_I18N = N_(
    "The plugin 'i18n' leaves out the pages of the handbook, since they are no files. Build a site "
    "for each language, with an mkdocs.yml of its own and without 'i18n'."
)

_POSTING = re.compile(r'<script type="?application/ld\+json"? class="?rb-posting"?>.*?</script>', re.DOTALL)
"""What a job's page tells search engines; without quotes where another plugin has made the page smaller."""


def _with_posting_in_head(html: str) -> str:
    """Move a vacancy's JSON-LD into the head of `html`: in the body, instant navigation would run it."""
    posting = _POSTING.search(html) if "rb-posting" in html else None
    if posting is None:
        return html
    without = html[: posting.start()] + html[posting.end() :]
    before, head, after = without.partition("</head>")
    return f"{before}{posting[0]}\n{head}{after}" if head else html
