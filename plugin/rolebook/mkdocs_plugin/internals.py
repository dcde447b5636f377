"""Holds whatever leans on the insides of MkDocs, Material and mermaid2.

None of it is promised by those programs, so each part is used with the versions only that it was tried with:
those that `pyproject.toml` allows. With others it is switched off. The site is the same then, but for what
`report_untested` says in the log.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from packaging.requirements import Requirement

from rolebook.language import N_, gettext

log = get_plugin_logger("rolebook")

OWN_PACKAGE = "mkdocs-rolebook"
MKDOCS, MATERIAL, MERMAID2 = "mkdocs", "mkdocs-material", "mkdocs-mermaid2-plugin"
_OFF = {
    MKDOCS: N_(
        "%(package)s is not a version that was tested (%(tested)s), so all pages are rebuilt each time, "
        "and `mkdocs serve` gives no answer while a file has an error."
    ),
    MATERIAL: N_(
        "%(package)s is not a version that was tested (%(tested)s), so all pages are rebuilt each time, "
        "and the search is fetched before anybody opens it."
    ),
    MERMAID2: N_(
        "%(package)s is not a version that was tested (%(tested)s), so a chart written as HTML on your own "
        "page may be requested from another host."
    ),
}
"""What is said of each package's untested version: what it switches off."""

Tag = tuple[str, bool, str | None]
"""A tag's name, whether only the page's author sees it, and where it leads."""
SearchEntry = dict[str, Any]


# --- versions ------------------------------------------------------------------------------------------


def untested(*packages: str) -> list[str]:
    """Those of `packages` whose version is outside the range that is declared for them."""
    ranges = _tested_ranges()
    return [name for name in packages if not _is_tested(name, ranges)]


def report_untested() -> None:
    """Log once for each package with an untested version what is switched off."""
    ranges = _tested_ranges()
    for name in untested(*_OFF):
        tried = ranges[name].specifier if name in ranges else gettext("none")
        log.info(gettext(_OFF[name], package=f"{name} {version(name)}", tested=tried))


def _tested_ranges() -> Mapping[str, Requirement]:
    """What this package's own metadata requires, by name; empty if it was never installed."""
    try:
        written = requires(OWN_PACKAGE) or []
    except PackageNotFoundError:
        return {}
    return {each.name: each for each in map(Requirement, written)}


def _is_tested(name: str, ranges: Mapping[str, Requirement]) -> bool:
    try:
        installed = version(name)
    except PackageNotFoundError:  # such as mermaid2, where nobody installed it
        return name == MERMAID2
    return name in ranges and ranges[name].specifier.contains(installed, prereleases=True)


# --- mermaid2 ------------------------------------------------------------------------------------------


def use_local_mermaid(config: MkDocsConfig, script: str) -> None:
    """Keep mermaid2 from asking the network for its own script, which is also too old.

    It does so unless its option `javascript` is set. It looks for that file in `docs_dir` when an author has
    written a chart as HTML, unless an attribute of its own says that it has found it.
    """
    mermaid2 = config.plugins.get("mermaid2")
    if mermaid2 is None or mermaid2.config.get("javascript"):
        return
    mermaid2.config["javascript"] = script
    if not untested(MERMAID2):
        mermaid2._javascript = script


# --- MkDocs: strict builds and the preview ---------------------------------------------------------------


def will_be_refused(config: MkDocsConfig) -> bool:
    """Whether MkDocs is going to refuse the site for its warnings: it looks for them at the end."""
    # Untested versions are asked, too: if nothing there counts warnings in this way, the answer is no.
    handlers = logging.getLogger("mkdocs").handlers
    return config.strict and any(each.get_counts() for each in handlers if hasattr(each, "get_counts"))


def named_in_log(hidden: str, name: str) -> Callable[[], None]:
    """Log `name` in place of the folder `hidden`, until the function is called that is given back."""

    def rename(record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if hidden in message:
            record.msg, record.args = message.replace(hidden, name), ()
        return True

    handlers = [each for program in ("mkdocs", "properdocs") for each in logging.getLogger(program).handlers]
    for each in handlers:
        each.addFilter(rename)

    def end() -> None:
        for each in handlers:
            each.removeFilter(rename)

    return end


def can_inject(server: LiveReloadServer) -> bool:
    """Whether `server` adds its script to pages in the way that is known."""
    return not untested(MKDOCS) and hasattr(server, "_inject_js_into_html")


# --- MkDocs: anchors of pages ----------------------------------------------------------------------------


def anchors(page: SitePage) -> set[str]:
    """The parts of `page` that links can lead to, as far as MkDocs knows them."""
    return set(getattr(page, "present_anchor_ids", None) or ())


def set_anchors(page: SitePage, found: set[str]) -> None:
    """Have MkDocs take `found` for all parts of `page` that links can lead to."""
    page.present_anchor_ids = found


def anchor_links(page: SitePage) -> Mapping[File, Mapping[str, str]]:
    """Links of `page` to parts of pages, by the file and the part, each as its author wrote it."""
    return getattr(page, "links_to_anchors", None) or {}


def set_anchor_links(page: SitePage, links: Mapping[File, Mapping[str, str]]) -> None:
    """Have MkDocs check these links when all pages are built."""
    page.links_to_anchors = {file: dict(each) for file, each in links.items()}


def check_anchor_links(page: SitePage, files: Files, config: MkDocsConfig) -> None:
    """Log those of the page's links to parts that lead nowhere, as MkDocs does after it has built a page."""
    page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)


# --- Material: search and tags ---------------------------------------------------------------------------


def search_entries(config: MkDocsConfig) -> list[SearchEntry] | None:
    """What Material's search index holds up to now; None where it holds it in another way, or nowhere."""
    search = config.plugins.get("material/search")
    entries = getattr(getattr(search, "search_index", None), "entries", None)
    return entries if isinstance(entries, list) else None


def add_search_fields(config: MkDocsConfig, boosts: Mapping[str, float]) -> None:
    """Have Material search more fields of its index's entries, if it holds it as known."""
    if search_entries(config) is not None and "fields" in config.plugins["material/search"].config:
        fields = config.plugins["material/search"].config.fields
        fields.update({name: {"boost": boost} for name, boost in boosts.items() if name not in fields})


def has_unknown_index(config: MkDocsConfig) -> bool:
    """Whether the search index is of an unknown form: entries of another build cannot be added to it."""
    search = config.plugins.get("material/search")
    return search is not None and search.config.get("enabled", True) and search_entries(config) is None


def search_when_opened(files: Files, config: MkDocsConfig, script: Path) -> None:
    """Have `script` stand where the theme's search worker is, which moves beside it as `….whole.js`.

    It runs that one once somebody opens the search: until then no reader's machine fetches it or builds an
    index. With the plugin `offline` the worker runs in a frame, where it stays as it is.
    """
    if untested(MKDOCS, MATERIAL) or "material/offline" in config.plugins:
        return
    for worker in [file for file in files if _WORKER.fullmatch(file.src_uri)]:
        files.remove(worker)
        files.append(File.generated(config, worker.src_uri, abs_src_path=str(script)))
        whole = f"{worker.src_uri.removesuffix('js')}whole.js"
        files.append(File.generated(config, whole, abs_src_path=worker.abs_src_path or ""))


_WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")


def shown_tags(config: MkDocsConfig, context: Mapping[str, Any]) -> list[Tag]:
    """The tags that the theme shows on a page whose template gets `context`."""
    plugin = config.plugins.get("material/tags")
    shown: Sequence[Any] = context.get(plugin.config.tags_name_variable, ()) if plugin else ()
    return [(tag.name, tag.hidden, tag.url) for tag in shown]


def tags_of(config: MkDocsConfig, page: SitePage) -> list[Tag]:
    """The tags that the theme would show on `page`."""
    context: dict[str, Any] = {}
    if plugin := config.plugins.get("material/tags"):
        plugin.on_page_context(context, page=page, config=config, nav=None)
    return shown_tags(config, context)


# --- Material: templates ---------------------------------------------------------------------------------


def with_environment(config: MkDocsConfig, change: Callable[[jinja2.Environment], None]) -> None:
    """Have `change` called with the template environment as soon as MkDocs makes it."""
    if untested(MKDOCS):
        return
    theme = config.theme

    def get_env(make: Callable[[], jinja2.Environment] = theme.get_env) -> jinja2.Environment:
        env = make()
        change(env)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


def known_partials(env: jinja2.Environment) -> list[str]:
    """The theme's partials whose text, with what they include, was read and tested."""
    return [name for name in _KNOWN_PARTIALS if partial_digest(env, name) in _KNOWN_PARTIALS[name]]


def partial_digest(env: jinja2.Environment, name: str) -> str:
    """The digest of the text of a partial and of what it includes; empty if one of them is not there."""
    found = hashlib.sha256()
    try:
        for each in (name, *_INCLUDED.get(name, ())):
            text = env.loader.get_source(env, each)[0] if env.loader else ""
            found.update(f"{each}\0{text}\0".encode())
    except jinja2.TemplateNotFound:
        return ""
    return found.hexdigest()[:16]


_INCLUDED = {
    "partials/nav.html": [
        f"partials/{name}.html" for name in ("nav-item", "logo", "source", "toc", "toc-item")
    ]
}
_KNOWN_PARTIALS: Mapping[str, frozenset[str]] = {
    "partials/nav.html": frozenset({"7e9d1923aaa84e07", "31c6ada1ca1d2e79"}),  # of Material 9.6.1, 9.7 to 9.8
    "partials/palette.html": frozenset({"f0f18e2ec3a1d86b"}),
    "partials/search.html": frozenset({"1087223f9ec0da1b"}),
}
"""Partials that depend on a page by the depth of its address only, and the digests of their known texts."""
