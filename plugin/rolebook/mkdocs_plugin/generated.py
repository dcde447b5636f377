"""Adds the handbook's files to a MkDocs site."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from rolebook.escaping import printable
from rolebook.handbook import Handbook
from rolebook.language import gettext
from rolebook.mkdocs_plugin.bodies import Bodies
from rolebook.mkdocs_plugin.handbook_page import ConversionCache, HandbookPage
from rolebook.organisation import Person, Role
from rolebook.pages import kinds
from rolebook.pages.addresses import PHOTOS, POSTER
from rolebook.pages.assets import ASSETS, asset, media
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.pages.redirects import redirects
from rolebook.rendering.renderer import Renderer

log = get_plugin_logger("rolebook")

Titles = Mapping[str, str | None]
"""What the navigation calls the pages that are in it, by their paths in the sources."""


def add_pages_and_data(
    files: Files,
    handbook: Handbook,
    plan: Plan,
    renderer: Renderer,
    titles: Titles,
    config: MkDocsConfig,
    defers_pages: bool,
) -> None:
    """Add what the handbook has for its readers; a file of the owner at the same address stays."""
    taken = {file.dest_uri: file.src_uri for file in files if not file.inclusion.is_excluded()}
    for file in _content(handbook, plan, renderer, titles, config, defers_pages):
        if own := taken.get(file.dest_uri):
            if own == file.src_uri:
                log.info(
                    gettext("%(page)s is your own page and is used instead of a generated one.", page=own)
                )
            else:
                message = gettext(
                    "%(file)s has the address of '%(page)s', which the handbook makes, and "
                    "replaces it. Rename it, or, if that is meant, move it to '%(page)s'.",
                    file=printable(own),
                    page=file.src_uri,
                )
                log.warning(message)
            continue
        taken[file.dest_uri] = file.src_uri
        # What MkDocs' settings leave out of the site is meant by paths in docs_dir, where this is not.
        in_nav = file.src_uri in titles
        file.inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
        if left_out := files.get_file_from_path(file.src_uri):
            files.remove(left_out)
        files.append(file)
    if handbook.project.has_password:
        message = gettext(
            "Pages have a password, so %(file)s and the picture of the org chart are not published.",
            file="rolebook.json",
        )
        log.info(message)
    else:
        files.append(File.generated(config, POSTER, content=renderer.poster()))
    for uri, html in redirects(plan).items():
        # An alias can be the name of a file that is published; then no folder can have that name.
        if taken.keys().isdisjoint((uri, *map(str, PurePosixPath(uri).parents))):
            files.append(File.generated(config, uri, content=html))
    for uri, name in ASSETS.items():
        files.append(File.generated(config, uri, abs_src_path=str(asset(name))))


def deferred_pages(files: Iterable[File]) -> list[Page]:
    """The pages of the handbook among `files` that are still to be rendered."""
    pages = (file.page for file in files if isinstance(file.page, HandbookPage))
    return [page.ours for page in pages if page.deferred]


def _content(
    handbook: Handbook,
    plan: Plan,
    renderer: Renderer,
    titles: Titles,
    config: MkDocsConfig,
    defers_pages: bool,
) -> Iterator[File]:
    """Pages, the files beside role files, and the data for other programs."""
    project = handbook.project
    bodies, conversions = Bodies(project.markdown, project.options.trust_role_files), ConversionCache()
    for page in plan:
        file = File.generated(config, page.uri, content="")
        file.edit_uri = project.from_docs_dir(page.source) if page.source else None
        if page.source:
            # Other plugins take the day of the build for that of a page that is marked as generated.
            file.generated_by = None
        deferred = defers_pages and not _lists_tags(page, config)
        title = titles.get(page.uri) or (renderer.title(page) if deferred else None)
        source = str(project.root / page.source) if page.source else config.config_file_path
        site_page = HandbookPage(
            title, file, config, page, renderer.apart, bodies, conversions, deferred, source
        )
        if page.kind is kinds.ROLE and isinstance(page.subject, Role) and page.subject.id in plan.charts:
            site_page.is_index = True
        yield file
    for name in sorted({*plan.photos.values()}):
        data = next(photo.data for photo in handbook.photos.values() if photo.name == name)
        yield File.generated(config, f"{PHOTOS}/{name}", content=data)
    for uri, path in media(project, plan.organisation):
        yield File.generated(config, uri, abs_src_path=str(project.root / path))
    for uri, content in (*handbook.data(plan).items(), *handbook.chart_files(plan)):
        yield File.generated(config, uri, content=content)


def _lists_tags(page: Page, config: MkDocsConfig) -> bool:
    """Whether a page's author wants a list of tags there, which the theme makes when it has read all."""
    tags = config.plugins.get("material/tags")
    body = page.subject.file.body if isinstance(page.subject, Role | Person) and page.subject.file else ""
    return tags is not None and tags.config.listings_directive in body
