"""Says which files of `docs_dir` and entries of the navigation are on a site for outsiders: an allowlist."""

import posixpath
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from rolebook.organisation import Organisation
from rolebook.pages.addresses import FORMS
from rolebook.pages.navigation import is_ours
from rolebook.pages.plan import Plan
from rolebook.project import Project


def is_public(uri: str, project: Project, also: Iterable[str] = ()) -> bool:
    """Whether the file `uri` of `docs_dir` is published: an option or one of the patterns `also` names it."""
    named = _is_named(uri, (*project.options.public_pages, *also))
    return named and not _is_named(uri, _internal(project))


def _internal(project: Project) -> Iterator[str]:
    """Patterns of what no option makes public: the sources of the handbook's own pages, and the forms."""
    yield project.options.business_model
    yield f"{FORMS}/**"
    for folder in (project.options.roles_dir, project.options.people_dir):
        yield f"{project.from_docs_dir(posixpath.normpath(folder))}/**"


def _is_named(uri: str, patterns: Iterable[str]) -> bool:
    return any(_matches(uri.split("/"), posixpath.normpath(pattern).split("/")) for pattern in patterns)


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path matches a pattern: `*` is any part of a name, `**` any number of folders."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[at:], pattern[1:]) for at in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def without_dead(nav: Any, exists: Collection[str]) -> Any:
    """Leave out of `nav` what is not on the site or named as public, and sections that are then empty."""
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
