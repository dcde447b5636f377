"""A site for outsiders: of what MkDocs found, only what the owner named for it stays.

Files are taken over by an allowlist; links to what is not on the site become text.
"""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from rolebook.options import Project
from rolebook.organisation import Organisation
from rolebook.pages.plan import Plan


def set_up(config: MkDocsConfig) -> None:
    """No page says where its file can be edited."""
    config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None


def only_public(files: Files, project: Project, config: MkDocsConfig) -> Files:
    """The files of the theme and of other plugins, and those of `docs_dir` that are named as public."""
    wanted = (*project.options.public_pages, *_configured(config))
    return Files([file for file in files if _is_elsewhere(file, config) or _is_named(file.src_uri, wanted)])


def _is_elsewhere(file: File, config: MkDocsConfig) -> bool:
    """Whether the file does not come from `docs_dir`."""
    return file.src_dir != config.docs_dir


def _is_named(uri: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(uri, pattern) for pattern in patterns)


def _configured(config: MkDocsConfig) -> Iterator[str]:
    """Files that the configuration itself puts on every page."""
    yield from config.extra_css
    yield from (str(script) for script in config.extra_javascript)
    yield from (str(config.theme[name]) for name in ("logo", "favicon") if config.theme.get(name))


def without_dead(nav: Any, exists: set[str]) -> Any:
    """`nav` without the pages that are not on the site, and without sections that are then empty."""
    if isinstance(nav, list):
        kept = (without_dead(entry, exists) for entry in nav)
        return [entry for entry in kept if entry]
    if isinstance(nav, dict):
        kept_values = {title: without_dead(target, exists) for title, target in nav.items()}
        return {title: target for title, target in kept_values.items() if target}
    return nav if not str(nav).endswith(".md") or nav in exists else None


def moved(organisation: Organisation, plan: Plan) -> dict[str, str]:
    """Where the role files are on the site, which does not have their folders."""
    return {
        role.file.path: plan.roles[role.id].uri
        for role in organisation.roles.values()
        if role.id in plan.roles
    }
