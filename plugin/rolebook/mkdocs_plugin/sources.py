"""Removes from what MkDocs found in `docs_dir` what it must not publish or build itself."""

import posixpath
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.utils import nest_paths

from rolebook.files import has_link, is_regular
from rolebook.pages.plan import Plan
from rolebook.project import Project


def remove_what_is_no_file(files: Files, config: MkDocsConfig) -> None:
    """Remove links, which may lead anywhere, and pipes; a check has reported them.

    A page that is a pipe stays: a build stops where it is read.
    """
    root = Path(config.docs_dir)
    for file in [each for each in files if each.src_dir == config.docs_dir]:
        is_page = file.src_uri.endswith(".md")
        if has_link(root, file.src_uri) or not (is_page or is_regular(root, file.src_uri)):
            files.remove(file)


def remove_role_files(files: Files, plan: Plan) -> None:
    """Remove the role files that are in `docs_dir`: the handbook has a page for each."""
    for page in plan:
        uri = plan.project.from_docs_dir(page.source)
        if page.source and (file := files.get_file_from_path(uri)):
            files.remove(file)


def source_of(file: File, project: Project) -> str:
    """The path in the repository of the file that a page is written in; empty if there is none."""
    return posixpath.normpath(posixpath.join(project.docs_dir, file.edit_uri)) if file.edit_uri else ""


def default_nav(files: Files) -> Any:
    """The navigation that MkDocs would make of the hand-written pages."""
    pages = sorted(files.documentation_pages(), key=file_sort_key)
    return nest_paths(file.src_uri for file in pages if file.inclusion.is_in_nav())
