"""The plugin: reads its options, makes one call, hands files back."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import nest_paths

from rolebook import checks, problems, read
from rolebook.handbook import open_handbook
from rolebook.mkdocs_plugin import charts
from rolebook.mkdocs_plugin.links import Folders, RepositoryLinks
from rolebook.options import Project, as_node, parse_options
from rolebook.organisation import Role
from rolebook.pages.navigation import navigation
from rolebook.pages.plan import PEOPLE, POSTER, ROLES, Page, Plan
from rolebook.problems import Problem, Severity

log = get_plugin_logger("rolebook")

_BLOCKS = {"<!-- rolebook: numbers -->": "numbers", "<!-- rolebook: org-chart -->": "org_chart"}
"""What an author writes on a line of its own, and what of `Renderer` stands there on the site."""
_BOX = '<input type="checkbox" '
_BOXES = {
    f"{_BOX}disabled checked/>": f'{_BOX}aria-label="Done" disabled checked/>',
    f"{_BOX}disabled/>": f'{_BOX}aria-label="To do" disabled/>',
}
"""What `pymdownx.tasklist` writes, and what it means."""
ADVICE_SHOWN = 20
"""Pieces of advice that a build repeats; `rolebook check` gives all."""
_NAV = "rolebook"
"""Stands for our navigation in the author's `nav`; `rolebook:people` for one section of it."""


class SectionPage(SitePage):
    """The page of a role with reports: Material shows it as the head of its navigation section."""

    is_index = True


class NoConfig(Config):
    """Nothing: the options are declared in `rolebook.options`, once for all drivers."""


class RolebookPlugin(BasePlugin[NoConfig]):
    """Adds the handbook's pages to a MkDocs site."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Keep the options as they are; `on_config` has them understood."""
        self._given = options
        return [], []

    @event_priority(50)  # before mermaid2 looks for its script
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the roles; errors stop the build while the last site is still whole."""
        handbook = open_handbook(_project(config, self._given))
        _tell(handbook.problems, config.strict)
        self._handbook = handbook
        options = handbook.project.options
        self._links = RepositoryLinks(_folders(handbook.project))
        # Python-Markdown takes extensions as objects too; MkDocs' types know names only.
        config.markdown_extensions.append(self._links)  # type: ignore[arg-type]
        charts.set_up(config)
        root = handbook.project.root
        watched = (root / folder for folder in (options.roles_dir, options.people_dir))
        config.watch.extend(str(folder) for folder in watched if folder.is_dir())
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages, the files beside the role files, and the navigation."""
        plan = self._handbook.plan(config.use_directory_urls)
        self._renderer = self._handbook.renderer(plan)
        _remove_sources(files, plan)
        config.nav = _with_sections(config.nav or _own_nav(files), navigation(plan))
        in_nav = set(_uris(config.nav))
        taken = {file.dest_uri for file in files}
        for file in (*self._pages(plan, config), *_media(self._handbook.project, config)):
            if file.dest_uri in taken:
                log.info(f"{file.src_uri} is yours, so none is generated.")
                continue
            taken.add(file.dest_uri)
            if file.src_uri not in in_nav:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)
        files.append(File.generated(config, POSTER, content=self._renderer.poster()))
        for uri, name in charts.ASSETS.items():
            files.append(File.generated(config, uri, abs_src_path=str(charts.asset(name))))
        self._links.exists = lambda uri: files.get_file_from_path(uri) is not None
        return files

    def _pages(self, plan: Plan, config: MkDocsConfig) -> Iterator[File]:
        for page in plan:
            file = File.generated(config, page.uri, content=self._renderer.page(page))
            file.edit_uri = _edit_uri(page, plan.project)
            if page.kind == "role" and isinstance(page.subject, Role) and page.subject.id in plan.charts:
                SectionPage(None, file, config)
            yield file

    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Fill the blocks that an author asked for."""
        self._links.uri = page.file.src_uri
        self._links.source = _source(page.file, self._handbook.project)
        if page.file.generated_by is None and "<!-- rolebook:" in markdown:
            for marker, block in _BLOCKS.items():
                if marker in markdown:
                    text = getattr(self._renderer, block)(page.file.src_uri)
                    markdown = markdown.replace(marker, text)
        return markdown

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Name the boxes of task lists, which Markdown leaves without one for a screen reader."""
        for box, named in _BOXES.items():
            html = html.replace(box, named)
        return html

    @event_priority(-100)  # after mermaid2
    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Mark the charts of the finished page for Material."""
        return charts.mark(output)


def _project(config: MkDocsConfig, given: dict[str, Any]) -> Project:
    """The project that MkDocs' configuration describes."""
    file = Path(config.config_file_path or "mkdocs.yml").resolve()
    options, wrong = parse_options(as_node(given), file.name, checks.CODES)
    _tell(wrong, strict=False)
    docs_dir = posixpath.relpath(Path(config.docs_dir).resolve().as_posix(), file.parent.as_posix())
    return Project(file.parent, docs_dir, config.site_name, options)


def _tell(found: Iterable[Problem], strict: bool) -> None:
    """Log problems as MkDocs expects; stop the build where it must not go on."""
    told: Counter[Severity] = Counter()
    levels = {Severity.ERROR: log.error, Severity.WARNING: log.warning, Severity.ADVICE: log.info}
    for problem in found:
        level = problem.rule.severity
        told[level] += 1
        if level is not Severity.ADVICE or told[level] <= ADVICE_SHOWN:
            levels[level](str(problem))
    if told[Severity.ADVICE] > ADVICE_SHOWN:
        log.info(f"… and more advice, {told[Severity.ADVICE]} in all: run 'rolebook check'.")
    if told[Severity.ERROR] or (strict and told[Severity.WARNING]):
        counted = problems.count(each for each in found if each.rule.severity is not Severity.ADVICE)
        raise PluginError(f"Nothing was built, and the last site is as it was: {counted}.")


def _folders(project: Project) -> Folders:
    options = project.options
    return Folders.of(((options.roles_dir, ROLES), (options.people_dir, PEOPLE), (project.docs_dir, "")))


def _source(file: File, project: Project) -> str:
    """The file in the repository that the page is written in; empty when there is none."""
    return posixpath.normpath(posixpath.join(project.docs_dir, file.edit_uri)) if file.edit_uri else ""


def _edit_uri(page: Page, project: Project) -> str | None:
    """Where the page is edited, relative to `docs_dir` as MkDocs wants it."""
    return posixpath.relpath(page.source, project.docs_dir) if page.source else None


def _remove_sources(files: Files, plan: Plan) -> None:
    """Role files that lie in `docs_dir` are ours to turn into pages, not MkDocs' to copy."""
    for page in plan:
        uri = _edit_uri(page, plan.project)
        if uri and (file := files.get_file_from_path(uri)):
            files.remove(file)


def _media(project: Project, config: MkDocsConfig) -> Iterator[File]:
    """Pictures and other files beside the role and person files, which their pages link to."""
    for folder, goal in ((project.options.roles_dir, ROLES), (project.options.people_dir, PEOPLE)):
        for path in read.files(project.root, folder):
            if not path.endswith(".md") and read.is_inside(project.root, path):
                uri = f"{goal}/{posixpath.relpath(path, folder)}"
                yield File.generated(config, uri, abs_src_path=str(project.root / path))


def _own_nav(files: Files) -> Any:
    """The navigation that MkDocs would make of the hand-written pages."""
    pages = sorted(files.documentation_pages(), key=file_sort_key)
    return nest_paths(file.src_uri for file in pages if file.inclusion.is_in_nav())


def _with_sections(nav: Any, sections: dict[str, list[Any]]) -> list[Any]:
    """`nav` with our sections where its author put them, or at its end."""
    placed, found = _placed(nav, sections)
    everything = [entry for entries in sections.values() for entry in entries]
    return placed if found else [*placed, *everything]


def _placed(nav: Any, sections: dict[str, list[Any]]) -> tuple[list[Any], bool]:
    placed: list[Any] = []
    found = False
    for entry in nav:
        title, target = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(target, list):
            inner, within = _placed(target, sections)
            placed.append({title: inner} if title else inner)
            found = found or within
        elif (entries := _wanted(target, sections)) is not None:
            placed.extend(entries if title is None else _titled(title, entries))
            found = True
        else:
            placed.append(entry)
    return placed, found


def _wanted(target: Any, sections: dict[str, list[Any]]) -> list[Any] | None:
    """The entries that `rolebook` or `rolebook:people` stands for; None for any other target."""
    if target == _NAV:
        return [entry for entries in sections.values() for entry in entries]
    name = str(target).removeprefix(f"{_NAV}:")
    return sections.get(name, []) if str(target).startswith(f"{_NAV}:") else None


def _titled(title: str, entries: list[Any]) -> list[Any]:
    """The entries under the author's own title; a lone section takes the title over."""
    if len(entries) == 1 and isinstance(entries[0], dict):
        return [{title: next(iter(entries[0].values()))}]
    return [{title: entries}]


def _uris(nav: Any) -> Iterator[str]:
    """Every target in `nav`, at any depth."""
    waiting = [nav]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
