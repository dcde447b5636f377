"""The plugin: reads its options, makes one call, hands files back."""

import gc
import os
import posixpath
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import nest_paths
from mkdocs.utils.templates import TemplateContext

from rolebook.escaping import printable
from rolebook.files import has_link, read_text
from rolebook.git import is_committed
from rolebook.handbook import open_handbook
from rolebook.mkdocs_plugin import charts, preview, public, shared_parts, source_facts, watching
from rolebook.mkdocs_plugin.bodies import Bodies, with_named_boxes
from rolebook.mkdocs_plugin.cache_key import cache_key
from rolebook.mkdocs_plugin.compiled import Compiled
from rolebook.mkdocs_plugin.handbook_page import Common, HandbookPage
from rolebook.mkdocs_plugin.keeping import Keeping, can_be_kept
from rolebook.mkdocs_plugin.kept_pages import NONE, Cache
from rolebook.mkdocs_plugin.last_site import NextSite, refuse_other_folders
from rolebook.mkdocs_plugin.links import RepositoryLinks
from rolebook.mkdocs_plugin.look import look, unknown
from rolebook.mkdocs_plugin.project import (
    NOTHING_BUILT,
    cache_folder,
    edit_address,
    project_of,
    source_folders,
    tell,
)
from rolebook.mkdocs_plugin.site_files import SiteFiles
from rolebook.mkdocs_plugin.spacing import without_indents
from rolebook.organisation import Person, Role
from rolebook.pages import kinds
from rolebook.pages.assets import ASSETS, asset, media
from rolebook.pages.links import folders_of
from rolebook.pages.navigation import misspelt, navigation, titled_uris, with_sections
from rolebook.pages.plan import POSTER, Page, Plan
from rolebook.pages.public_files import moved, without_dead
from rolebook.pages.redirects import redirects
from rolebook.parse import ParseCache
from rolebook.problems import Problem
from rolebook.project import Project
from rolebook.rendering.fingerprints import bodies, facts
from rolebook.rendering.markers import filled
from rolebook.views import search

log = get_plugin_logger("rolebook")


class NoConfig(Config):
    """Nothing: the options are declared in `rolebook.options`, once for all drivers."""


class RolebookPlugin(BasePlugin[NoConfig]):
    """Adds the handbook's pages to a MkDocs site."""

    _serves, _dirty = False, False
    _last = NONE
    """The pages of the last build of `mkdocs serve`."""
    _compiled: Compiled | None = None
    _understood: ParseCache | None = None

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Keep the options as they are; `on_config` has them understood."""
        self._given = options
        self._site: NextSite | None = None
        self._keeping: Keeping | None = None
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn whether there will be another build in this process; MkDocs then calls this same plugin."""
        self._serves, self._dirty = command == "serve", dirty
        self._last = NONE
        self._compiled = Compiled() if self._serves else None
        self._understood = ParseCache() if self._serves else None
        if self._serves:
            _collect_seldom()

    @event_priority(50)  # before mermaid2 looks for its script
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the roles; errors stop the build while the last site is still whole."""
        handbook = open_handbook(project_of(config, self._given), understood=self._understood).with_history()
        tell(handbook.problems, config.strict)
        self._handbook = handbook
        if self._compiled:
            self._compiled.hand_to(config)
        options = handbook.project.options
        self._links = RepositoryLinks(folders_of(handbook.project), handbook.project.is_public)
        # Python-Markdown takes extensions as objects too; MkDocs' types know names only.
        config.markdown_extensions.append(self._links)  # type: ignore[arg-type]
        charts.set_up(config)
        if handbook.project.is_public:
            public.set_up(config)
        root = handbook.project.root
        watched = (root / folder for folder in (options.roles_dir, options.people_dir))
        config.watch.extend(str(folder) for folder in watched if folder.is_dir())
        self._sources = source_folders(handbook.project, config)
        for extension in handbook.project.markdown.left_out if not options.trust_role_files else ():
            log.info(
                f"The Markdown extension '{extension}' is not used for role and person files: it may run "
                "what they hold. The option trust_role_files changes that."
            )
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Have the site built where the last one is not touched; others may read the settings till then."""
        home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() raises where a user has none)
        refuse_other_folders(Path(config.site_dir).resolve(), self._sources, home)
        self._site = NextSite.begin(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages, the files beside the role files, and the navigation."""
        plan = self._plan = self._handbook.plan(config.use_directory_urls, edit_address(config))
        self._renderer = self._handbook.renderer(plan)
        project = self._handbook.project
        _remove_links(files, config)
        if project.is_public:
            files = public.only_public(files, project, config)
            exists = {file.src_uri for file in files} | set(project.options.public_pages)
            config.nav = without_dead(config.nav, exists)
            self._links.moved = moved(self._handbook.organisation, plan)
        _remove_sources(files, plan)
        for target, _ in titled_uris(config.nav or []):
            if wrong := misspelt(target):
                log.warning(f"{printable('. '.join(wrong)).rstrip('?.')}.")
        config.nav = with_sections(config.nav or _own_nav(files), navigation(plan))
        if reason := unknown(config):
            log.debug(f"All pages are built, whatever has changed: {reason} may have a part in each of them.")
        else:
            files = SiteFiles(files)
            self._keeping = self._begin_keeping(files, config)
        titles = dict(titled_uris(config.nav))
        taken = {file.dest_uri for file in files if not file.inclusion.is_excluded()}
        data = (
            File.generated(config, uri, content=content) for uri, content in self._handbook.data(plan).items()
        )
        for file in (*self._pages(plan, titles, config), *_media(project, config), *data):
            if file.dest_uri in taken:
                log.info(f"{file.src_uri} is yours, so none is generated.")
                continue
            taken.add(file.dest_uri)
            # What MkDocs' settings leave out of the site is meant by paths in docs_dir, where this is not.
            in_nav = file.src_uri in titles
            file.inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
            if left_out := files.get_file_from_path(file.src_uri):
                files.remove(left_out)
            files.append(file)
        if project.has_password:
            log.info("Pages ask for a password, so no rolebook.json and no picture is beside them.")
        else:
            files.append(File.generated(config, POSTER, content=self._renderer.poster()))
        for uri, html in redirects(plan).items():
            # An alias can be the name of a file that is published; then no folder can have that name.
            if taken.isdisjoint((uri, *map(str, PurePosixPath(uri).parents))):
                files.append(File.generated(config, uri, content=html))
        for uri, name in ASSETS.items():
            files.append(File.generated(config, uri, abs_src_path=str(asset(name))))
        self._links.exists = lambda uri: files.get_file_from_path(uri) is not None
        if self._keeping and self._keeping.is_for_another:
            ours = (file.page for file in files if isinstance(file.page, HandbookPage))
            late = [page.ours for page in ours if page.late]
            roles = self._handbook.organisation.roles.values()
            self._keeping.offer(late, facts(plan), bodies(roles))
        return files

    def _begin_keeping(self, files: SiteFiles, config: MkDocsConfig) -> Keeping:
        """What is kept of the last build: for the next one of this process, or of one to come."""
        project = self._handbook.project
        begin = partial(Keeping, files, config, self._renderer.key)
        if self._dirty or not self._site or not self._site.staging or not can_be_kept(config):
            return begin()
        if self._serves:
            return begin(self._last)
        if not project.options.cache_dir:
            return begin()
        folder, secret = cache_folder(project, [config.docs_dir, str(self._site.folder)]), cache_key()
        if secret is None:
            log.info("The folder of the option 'cache_dir' is not used: no secret can be kept for it.")
            return begin()
        if is_committed(project.root, project.options.cache_dir):
            named = printable(project.options.cache_dir)
            log.warning(
                f"The folder '{named}' of the option 'cache_dir' is not used: git has files of it, which "
                f"anybody may have written. Remove them: git rm -r --cached {named}"
            )
            return begin()
        cache = Cache(folder, secret)
        last = cache.read()
        if last.pages:
            _collect_seldom()
        return begin(last, cache)

    def _pages(self, plan: Plan, titles: dict[str, str | None], config: MkDocsConfig) -> Iterator[File]:
        project = self._handbook.project
        common = Common(Bodies(project.markdown, project.options.trust_role_files))
        text = self._renderer.apart
        for page in plan:
            file = File.generated(config, page.uri, content="")
            file.edit_uri = plan.project.from_docs_dir(page.source) if page.source else None
            late = self._keeping is not None and not _lists_tags(page, config)
            title = titles.get(page.uri) or (self._renderer.title(page) if late else None)
            site_page = HandbookPage(title, file, config, page, text, common, late)
            if page.kind is kinds.ROLE and isinstance(page.subject, Role) and page.subject.id in plan.charts:
                site_page.is_index = True
            yield file

    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Fill the blocks that an author asked for."""
        self._links.uri = page.file.src_uri
        self._links.source = _source(page.file, self._handbook.project)
        if page.file.generated_by is None:
            markdown = filled(markdown, self._renderer, page.file.src_uri)
        return markdown

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Name the boxes of task lists for a screen reader."""
        return with_named_boxes(html)

    def on_page_read_source(self, *, page: SitePage, config: MkDocsConfig) -> None:
        """Stop at a page in another encoding, with its line and what to do: MkDocs has a traceback for it."""
        file = page.file
        if not isinstance(page, HandbookPage) and file.src_dir == config.docs_dir:
            path = posixpath.normpath(posixpath.join(self._handbook.project.docs_dir, file.src_uri))
            text = read_text(self._handbook.project.root, path, sys.maxsize)
            if isinstance(text, Problem):
                raise PluginError(f"{NOTHING_BUILT}, and the last site is as it was: {text}")

    @event_priority(-100)  # when others have changed what they want to change
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation, for `on_env`."""
        self._nav = nav
        return nav

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Have the theme ask no git host, and render once what is the same on many pages."""
        source_facts.leave_out(env)
        shared_parts.share(env, self._nav, config)
        if self._keeping:
            self._keeping.settle(look(config, self._nav, self._plan))
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the site map the pages that are kept, too."""
        if self._keeping:
            context["pages"] = self._keeping.all_pages
        return context

    @event_priority(50)  # before the search plugin
    def _enter(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the search plugin what its index shall hold."""
        if self._keeping:
            self._keeping.index_from()
        if isinstance(page, HandbookPage):
            if self._keeping:
                self._keeping.make(page)
            entry = search.entry(self._plan, page.ours)
            if self._plan.project.has_password:
                # The plugin that hides the text must find it, and finds it on the page only.
                page.meta.pop("description", None)
            elif entry is not None:
                page.enter(entry)
        return context

    @event_priority(-50)  # after it
    def _leave(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if isinstance(page, HandbookPage):
            page.leave()
        if self._keeping:
            self._keeping.indexed(page, context)
        return context

    on_page_context = CombinedEvent(_enter, _leave)

    @event_priority(-100)  # after mermaid2
    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Mark the charts of the finished page for Material, and tell search engines of a vacancy."""
        html = _with_posting_in_head(charts.mark(output))
        if isinstance(page, HandbookPage):
            html = without_indents(html)
            if self._keeping:
                self._keeping.built(page, html)
        return html

    @event_priority(100)  # before the search index is written
    def _complete(self, *, config: MkDocsConfig) -> None:
        if self._keeping:
            self._keeping.complete()

    @event_priority(-100)  # after all others have written what they write
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Put the finished site into the place of the last one."""
        kept = self._keeping.places if self._keeping and self._serves else set[str]()
        if self._site and self._site.finish(kept) and self._keeping:
            self._last = self._keeping.close()

    on_post_build = CombinedEvent(_complete, _finish)

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last site as it is."""
        if self._site:
            self._site.abandon()
            self._site.explain(error)

    def _hear(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Let the server hear of a change when it happens."""
        watching.watch_at_once(server, config)
        return server

    @event_priority(-100)  # others may still name the builder that the server has from the beginning
    def _answer(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Let the server answer while a file has an error."""
        preview.keep_answering(server)
        return server

    on_serve = CombinedEvent(_hear, _answer)


def _collect_seldom() -> None:
    # A quick build makes few objects beside the many that stay. To look through all of these each time, as
    # Python does from 700 new ones on, took a quarter of it.
    gc.set_threshold(100_000, 20, 50)


_POSTING = '<script type="application/ld+json" class="rb-posting">'
"""How a job's page begins what it tells search engines."""


def _with_posting_in_head(html: str) -> str:
    """`html` with a vacancy's JSON-LD in its head: in the body, instant navigation would run it."""
    before, found, rest = html.partition(_POSTING)
    if not found:
        return html
    posting, _, after = rest.partition("</script>")
    return (before + after).replace("</head>", f"{_POSTING}{posting}</script>\n</head>", 1)


def _source(file: File, project: Project) -> str:
    """The file in the repository that the page is written in; empty when there is none."""
    return posixpath.normpath(posixpath.join(project.docs_dir, file.edit_uri)) if file.edit_uri else ""


def _lists_tags(page: Page, config: MkDocsConfig) -> bool:
    """Whether a page's author wants a list of tags there, which the theme makes once it has read all."""
    tags = config.plugins.get("material/tags")
    body = page.subject.file.body if isinstance(page.subject, Role | Person) and page.subject.file else ""
    return tags is not None and tags.config.listings_directive in body


def _remove_links(files: Files, config: MkDocsConfig) -> None:
    """Leave out what is behind symbolic links, which may lead anywhere; a check has reported them."""
    root = Path(config.docs_dir)
    for file in [each for each in files if each.src_dir == config.docs_dir]:
        if has_link(root, file.src_uri):
            files.remove(file)


def _remove_sources(files: Files, plan: Plan) -> None:
    """Role files that lie in `docs_dir` are ours to turn into pages, not MkDocs' to copy."""
    for page in plan:
        uri = plan.project.from_docs_dir(page.source)
        if page.source and (file := files.get_file_from_path(uri)):
            files.remove(file)


def _media(project: Project, config: MkDocsConfig) -> Iterator[File]:
    for uri, path in media(project):
        yield File.generated(config, uri, abs_src_path=str(project.root / path))


def _own_nav(files: Files) -> Any:
    """The navigation that MkDocs would make of the hand-written pages."""
    pages = sorted(files.documentation_pages(), key=file_sort_key)
    return nest_paths(file.src_uri for file in pages if file.inclusion.is_in_nav())
