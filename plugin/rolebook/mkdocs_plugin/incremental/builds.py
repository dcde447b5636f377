"""What one process remembers from build to build: `mkdocs serve` builds again after each change."""

import gc
from collections.abc import Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files

from rolebook.escaping import printable
from rolebook.git import is_committed
from rolebook.language import gettext
from rolebook.mkdocs_plugin.atomic_site_dir import AtomicSiteDir
from rolebook.mkdocs_plugin.incremental.build import Fingerprint, FullBuild, IncrementalBuild, SiteBuild
from rolebook.mkdocs_plugin.incremental.build_cache import EMPTY, BuildCache
from rolebook.mkdocs_plugin.incremental.cache_key import cache_key
from rolebook.mkdocs_plugin.incremental.site_files import SiteFiles
from rolebook.mkdocs_plugin.incremental.site_fingerprint import uncacheable_reason
from rolebook.mkdocs_plugin.incremental.template_cache import TemplateCache
from rolebook.mkdocs_plugin.internals import has_unknown_index
from rolebook.mkdocs_plugin.project import cache_folder
from rolebook.parse import ParseCache
from rolebook.project import Project

log = get_plugin_logger("rolebook")


class Builds:
    """The builds of one process: the single one of `mkdocs build`, or all of `mkdocs serve`."""

    def __init__(self, serves: bool = False, dirty: bool = False) -> None:
        self._serves = serves
        self._dirty = dirty
        self._last = EMPTY
        self._templates = TemplateCache() if serves else None
        self.parsed_files = ParseCache() if serves else None
        """What each file of the handbook was parsed to the last time; None if there is no next build."""
        if serves:
            _raise_gc_thresholds()

    def prepare(self, config: MkDocsConfig) -> None:
        """Have the theme's templates compiled once for all builds."""
        if self._templates:
            self._templates.install(config)

    def begin(
        self,
        files: Files,
        config: MkDocsConfig,
        project: Project,
        site: AtomicSiteDir | None,
        fingerprint: Fingerprint,
    ) -> SiteBuild:
        """The build of a site with `files`: incremental if all is known that can change its pages.

        Raises:
            PluginError: the option `cache_dir` names a folder that cannot be one.
        """
        if reason := uncacheable_reason(config):
            log.debug(f"All pages are rebuilt each time: {reason} may affect every page.")
            return FullBuild(files, config)
        if self._dirty or not site or not site.staging or has_unknown_index(config):
            return FullBuild(files, config, defers_pages=True)
        if self._serves:
            return IncrementalBuild(SiteFiles(files), config, fingerprint, self._last)
        cache = _build_cache(project, (config.docs_dir, str(site.folder)))
        if cache is None:
            return FullBuild(files, config, defers_pages=True)
        last = cache.read()
        if last.pages:
            _raise_gc_thresholds()
        return IncrementalBuild(SiteFiles(files), config, fingerprint, last, cache)

    def end(self, build: SiteBuild, site: AtomicSiteDir | None) -> None:
        """Put the finished site in its place, and remember its pages for the next build."""
        # Only the site of `mkdocs serve` has the files of reused pages; a new process copies them.
        reused = build.reused_dest_paths if self._serves else set[str]()
        if site and site.finish(reused):
            self._last = build.finish()


def _build_cache(project: Project, others: Sequence[str]) -> BuildCache | None:
    """The cache in the option `cache_dir`; None if there is none or it cannot be trusted."""
    name = project.options.cache_dir
    if not name:
        return None
    folder, secret = cache_folder(project, others), cache_key()
    if secret is None:
        log.info(gettext("The folder of the option 'cache_dir' is not used: no secret can be kept for it."))
        return None
    if is_committed(project.root, name):
        message = gettext(
            "The folder '%(folder)s' of the option 'cache_dir' is not used: git has files of it, "
            "which anybody may have written. Remove them: %(command)s",
            folder=printable(name),
            command=f"git rm -r --cached {printable(name)}",
        )
        log.warning(message)
        return None
    return BuildCache(folder, secret)


def _raise_gc_thresholds() -> None:
    # A quick build makes few objects beside the many that stay. To scan all of these after every 700 new
    # ones, as Python does, took a quarter of it.
    gc.set_threshold(100_000, 20, 50)
