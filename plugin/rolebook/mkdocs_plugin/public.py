"""A site for outsiders: of what MkDocs found, only what the owner named for it stays.

Files are taken over by an allowlist; links to what is not on the site become text.
"""

import posixpath
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from rolebook.organisation import Organisation
from rolebook.pages.navigation import is_ours
from rolebook.pages.plan import Plan
from rolebook.project import Project


def set_up(config: MkDocsConfig) -> None:
    """No page says where its file can be edited."""
    config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None


def only_public(files: Files, project: Project, config: MkDocsConfig) -> Files:
    """The files of the theme and of other plugins, and those of `docs_dir` that are named as public."""
    wanted = (*project.options.public_pages, *_configured(config))
    internal = tuple(_internal(project))
    return Files(
        [
            file
            for file in files
            if _is_elsewhere(file, config)
            or (_is_named(file.src_uri, wanted) and not _is_named(file.src_uri, internal))
        ]
    )


def _internal(project: Project) -> Iterator[str]:
    """Patterns of what no option makes public: the sources of the handbook's own pages."""
    yield project.options.business_model
    for folder in (project.options.roles_dir, project.options.people_dir):
        yield f"{project.from_docs_dir(posixpath.normpath(folder))}/**"


def _is_elsewhere(file: File, config: MkDocsConfig) -> bool:
    """Whether the file does not come from `docs_dir`."""
    return file.src_dir != config.docs_dir


def _is_named(uri: str, patterns: Iterable[str]) -> bool:
    return any(_matches(uri.split("/"), posixpath.normpath(pattern).split("/")) for pattern in patterns)


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path is meant by a pattern: `*` is any part of a name, `**` any number of folders."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[at:], pattern[1:]) for at in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def _configured(config: MkDocsConfig) -> Iterator[str]:
    """Files that the configuration itself puts on every page."""
    yield from config.extra_css
    yield from (str(script) for script in config.extra_javascript)
    yield from (str(config.theme[name]) for name in ("logo", "favicon") if config.theme.get(name))


def without_dead(nav: Any, exists: Collection[str]) -> Any:
    """`nav` without what is not on the site or named as public, and without sections that are then empty."""
    if isinstance(nav, list):
        kept = (without_dead(entry, exists) for entry in nav)
        return [entry for entry in kept if entry]
    if isinstance(nav, dict):
        kept_values = {title: without_dead(target, exists) for title, target in nav.items()}
        return {title: target for title, target in kept_values.items() if target}
    return nav if nav in exists or is_ours(nav) else None


def moved(organisation: Organisation, plan: Plan) -> dict[str, str]:
    """Where the role files are on the site, which does not have their folders."""
    return {
        unicodedata.normalize("NFC", role.file.path): plan.roles[role.id].uri
        for role in organisation.roles.values()
        if role.id in plan.roles
    }
