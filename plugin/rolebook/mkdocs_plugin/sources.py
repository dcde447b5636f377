"""Removes from what MkDocs found in `docs_dir` what it must not publish or build itself."""

import posixpath
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.utils import nest_paths

from rolebook.escaping import printable
from rolebook.files import has_link, is_regular
from rolebook.language import gettext
from rolebook.mkdocs_plugin.handbook_page import HandbookPage
from rolebook.pages.plan import Plan
from rolebook.project import OWN_TEMPLATES, Project

log = get_plugin_logger("rolebook")


def remove_what_is_no_file(files: Files, config: MkDocsConfig) -> None:
    """Remove links, which may lead anywhere, and pipes; a check has reported them.

    A page that is a pipe stays: a build stops where it is read.
    """
    root = Path(config.docs_dir)
    for file in [each for each in files if each.src_dir == config.docs_dir]:
        is_page = file.src_uri.endswith(".md")
        if has_link(root, file.src_uri) or not (is_page or is_regular(root, file.src_uri)):
            files.remove(file)


def remove_templates(files: Files, config: MkDocsConfig) -> None:
    """Remove the handbook's own templates, which MkDocs takes for files of the theme."""
    own = config.theme.custom_dir
    for file in [each for each in files if own and each.src_dir == own]:
        if file.src_uri.startswith(f"{OWN_TEMPLATES}/"):
            files.remove(file)


def warn_of_same_addresses(files: Files, config: MkDocsConfig) -> None:
    """Warn of hand-written pages that have one address: MkDocs writes one over the other."""
    first: dict[str, str] = {}
    for file in files:
        if file.src_dir != config.docs_dir or file.inclusion.is_excluded():
            continue
        if (other := first.setdefault(file.dest_uri, file.src_uri)) != file.src_uri:
            message = gettext(
                "%(page)s and %(other)s have the same address, so one of the two "
                "is not on the site. Remove or rename one of them.",
                page=printable(file.src_uri),
                other=printable(other),
            )
            log.warning(message)


def remove_role_files(files: Files, plan: Plan) -> None:
    """Remove the role files that are in `docs_dir`: the handbook has a page for each."""
    for page in (*plan, *plan.left_out):
        uri = plan.project.from_docs_dir(page.source)
        if page.source and (file := files.get_file_from_path(uri)):
            files.remove(file)


def source_of(file: File, project: Project) -> str:
    """The path in the repository of the file that a page is written in; empty if there is none."""
    return posixpath.normpath(posixpath.join(project.docs_dir, file.edit_uri)) if file.edit_uri else ""


def is_ours(file: File) -> bool:
    """Whether the handbook makes the page of `file`."""
    return isinstance(file.page, HandbookPage)


def default_nav(files: Files) -> Any:
    """The navigation that MkDocs would make of the hand-written pages."""
    pages = sorted((each for each in files.documentation_pages() if not is_ours(each)), key=file_sort_key)
    return nest_paths(file.src_uri for file in pages if file.inclusion.is_in_nav())
