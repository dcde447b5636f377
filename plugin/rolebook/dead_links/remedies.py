"""Says what to write in place of a link that leads nowhere."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from rolebook.checks.declaration import near
from rolebook.checks.links import DEAD_ANCHOR, DEAD_LINK
from rolebook.dead_links.model import DeadLink
from rolebook.dead_links.site_files import SiteFiles
from rolebook.organisation import FormerNames, Organisation, name_key
from rolebook.pages.addresses import CHARTS, JOBS, PEOPLE, ROLES
from rolebook.project import Project
from rolebook.schema.typos import Known


class Remedies:
    """Knows the pages of a site by their names, and roles and people by their former ones."""

    def __init__(
        self, files: SiteFiles, project: Project, organisation: Organisation, former: FormerNames
    ) -> None:
        self._files, self._project, self._organisation = files, project, organisation
        self._former = former

    def meant(self, dead: DeadLink) -> str:
        """The link that was meant: its page has moved, or has another name. Empty where nobody knows."""
        if dead.rule.code != DEAD_LINK.code:
            return ""
        old, parts = id_in(dead.target), _parts(dead.link)
        role = self._organisation.roles.get(self._former.roles.get(old, old))
        if role and posixpath.basename(posixpath.dirname(dead.target)) in (JOBS, CHARTS):
            path = posixpath.join(posixpath.dirname(parts.path), f"{quote(role.id)}.md")
        elif goal := self._goal(dead.target):
            path = quote(posixpath.relpath(goal, posixpath.dirname(dead.text.path) or "."))
        elif name := self._slip(dead):
            path = posixpath.join(posixpath.dirname(parts.path), quote(name))
        else:
            return ""
        link = urlunsplit(("", "", path, parts.query, parts.fragment))
        return link if link != dead.link else ""

    def _goal(self, target: str) -> str:
        """Where the file of a role or a person that was at `target` is now; empty where nobody knows."""
        name, options = id_in(target), self._project.options
        if _is_below(target, (options.roles_dir, ROLES)):
            role = self._organisation.roles.get(self._former.roles.get(name, name))
            return role.file.path if role else ""
        if _is_below(target, (options.people_dir, PEOPLE)):
            person = self._organisation.named(self._former.people.get(name_key(name), name))
            return person.file.path if person and person.file else ""
        return ""

    def _slip(self, dead: DeadLink) -> str:
        """The file in the link's folder whose name the link misspells; empty without one."""
        folder, name = posixpath.split(dead.target)
        return Known((posixpath.basename(path), path) for path in self._by_folder[folder]).meant(name)

    def hint(self, dead: DeadLink, meant: str, number: int) -> str:
        """What to do, in words. `meant` is what to write; `number` is how many hints were given before."""
        if meant and self._slip(dead):
            return f"Did you mean '{meant}'?"
        if meant:
            return f"The page has moved: write '{meant}', or run 'rolebook check --fix'"
        if dead.rule.code == DEAD_ANCHOR.code:
            return "Correct or remove what follows #"
        here = posixpath.dirname(dead.text.path) or "."
        beside = self._by_folder[posixpath.dirname(dead.target)]
        files = self._by_name[posixpath.basename(dead.target)] or beside
        known = [posixpath.relpath(path, here) for path in files]
        return near(posixpath.relpath(dead.target, here), known, number) or "Correct or remove it"

    @cached_property
    def _by_folder(self) -> Mapping[str, list[str]]:
        return _by(posixpath.dirname, self._files.paths)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        return _by(posixpath.basename, self._files.paths)


def id_in(target: str) -> str:
    """The id of the role or person whose file is at `target`."""
    return posixpath.basename(target).removesuffix(".md")


def _parts(link: str) -> SplitResult:
    try:
        return urlsplit(link)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _is_below(target: str, folders: Iterable[str]) -> bool:
    plain = [posixpath.normpath(folder) for folder in folders]
    return any(target.startswith(f"{folder}/") or f"/{folder}/" in target for folder in plain)


def _by(key: Callable[[str], str], paths: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        found[key(path)].append(path)
    return found
