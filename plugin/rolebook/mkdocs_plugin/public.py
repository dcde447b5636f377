"""Makes a site for outsiders: of what MkDocs found, only what the owner named stays.

Files are taken over by an allowlist (see `pages.public_files`); links to what is not on the site become text.
"""

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from rolebook.pages.public_files import is_public
from rolebook.project import Project


def set_up(config: MkDocsConfig) -> None:
    """Take the addresses at which files are edited off all pages."""
    config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None


def only_public(files: Files, project: Project, config: MkDocsConfig) -> Files:
    """Keep the files of the theme and of other plugins, and those of `docs_dir` that are named as public."""
    also = tuple(_configured(config))
    return Files(
        [file for file in files if _is_elsewhere(file, config) or is_public(file.src_uri, project, also)]
    )


def _is_elsewhere(file: File, config: MkDocsConfig) -> bool:
    """Whether the file does not come from `docs_dir`."""
    return file.src_dir != config.docs_dir


def _configured(config: MkDocsConfig) -> Iterator[str]:
    """Files that the configuration itself puts on every page."""
    yield from config.extra_css
    yield from (str(script) for script in config.extra_javascript)
    yield from (str(config.theme[name]) for name in ("logo", "favicon") if config.theme.get(name))
