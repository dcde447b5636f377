"""Says what to write in place of a link that leads nowhere."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from rolebook import files
from rolebook.checks.declaration import MAX_NEAR_MISSES, near
from rolebook.checks.links import DEAD_ANCHOR
from rolebook.dead_links.model import DeadLink
from rolebook.dead_links.site_files import SiteFiles
from rolebook.language import gettext
from rolebook.organisation import FormerNames, Organisation, name_key
from rolebook.pages.addresses import CHARTS, JOBS, PEOPLE, ROLES
from rolebook.project import Project
from rolebook.schema.typos import Known, meant_is, nearest
from rolebook.slips import Slips


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do about a link that leads nowhere."""

    hint: str
    """In words."""
    meant: str = ""
    """The link that was meant: its page has moved, or has another name. Empty where nobody knows."""
    why: str = ""
    """Why what the hint offers may not be meant; empty where it offers nothing, or what is meant."""


class Remedies:
    """Knows the pages of a site by their names, and roles and people by their former ones."""

    def __init__(
        self, files: SiteFiles, project: Project, organisation: Organisation, former: FormerNames
    ) -> None:
        self._files, self._project, self._organisation = files, project, organisation
        self._former = former
        self._slips = Slips(organisation)

    def of(self, dead: DeadLink, number: int) -> Remedy:
        """What to do about a link; `number` is how many links that lead nowhere there were before it."""
        if dead.rule.code == DEAD_ANCHOR.code:
            return Remedy(gettext("Correct or remove what follows #"))
        if dead.is_left_out:
            return Remedy(gettext("Remove the link, or the page from 'pages'"))
        if dead.target in self._with_errors:
            return Remedy(
                gettext("Correct the errors in %(file)s first: until then it has no page", file=dead.target)
            )
        if made := _with_path(dead, self._made(dead)):
            return Remedy(meant_is(made), made)
        if moved := _with_path(dead, self._moved(dead)):
            hint = gettext("The page has moved: write '%(link)s', or run 'rolebook check --fix'", link=moved)
            return Remedy(hint, moved)
        name, why = self._slip(dead)
        folder = posixpath.dirname(_parts(dead.link).path)
        if meant := _with_path(dead, posixpath.join(folder, quote(name)) if name else ""):
            return Remedy(meant_is(meant), meant)
        offered = self._near(dead, number)
        return Remedy(offered, "", why) if offered else Remedy(gettext("Correct or remove it"))

    @cached_property
    def _with_errors(self) -> frozenset[str]:
        """Files of roles and people that are there, and no part of the organisation."""
        folders = (self._project.options.roles_dir, self._project.options.people_dir)
        there = {path for folder in folders for path in files.below(self._project.source, folder)}
        return frozenset(path for path in there if path.endswith(".md")) - {*self._files.paths}

    def _made(self, dead: DeadLink) -> str:
        """The path to the page that the handbook makes at the link's address; empty where it makes none."""
        docs = posixpath.normpath(self._project.docs_dir)
        uri = f"{dead.target.removeprefix(f'{docs}/').removesuffix('.md')}/index.md"
        if uri not in self._files.made:
            return ""
        return quote(posixpath.relpath(f"{docs}/{uri}", posixpath.dirname(dead.text.path) or "."))

    def _moved(self, dead: DeadLink) -> str:
        """The path to a page that has moved; empty where nobody knows of it."""
        old = id_in(dead.target)
        role = self._organisation.roles.get(self._former.roles.get(old, old))
        if role and posixpath.basename(posixpath.dirname(dead.target)) in (JOBS, CHARTS):
            return posixpath.join(posixpath.dirname(_parts(dead.link).path), f"{quote(role.id)}.md")
        goal = self._goal(dead.target)
        return quote(posixpath.relpath(goal, posixpath.dirname(dead.text.path) or ".")) if goal else ""

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

    def _slip(self, dead: DeadLink) -> tuple[str, str]:
        """The file in the link's folder whose name the link misspells; else why it may be no slip.

        What is no slip of a name in a field is none in a link either.
        """
        folder, (word, end) = posixpath.dirname(dead.target), _stem_and_end(dead.target)
        known = Known(
            (stem, stem)
            for stem, other in map(_stem_and_end, self._by_folder[folder])
            if other == end.lower()
        )
        meant = known.meant(word)
        if self._by_name[posixpath.basename(dead.target)]:
            return "", gettext("a file of this name is in another folder")
        if not meant:
            return "", known.why_not(word) or gettext("no file name is close enough")
        why = self._why_another(dead.target, word, meant)
        return ("", why) if why else (f"{meant}{end.lower()}", "")

    def _why_another(self, target: str, word: str, meant: str) -> str:
        """Why a link to `word` may be to something else than the file `meant` beside it."""
        options = self._project.options
        if _is_below(target, (options.people_dir, PEOPLE)):
            return self._slips.why_another_person(word, meant)
        if _is_below(target, (options.roles_dir, ROLES)):
            return self._slips.why_another_role(word, meant)
        return self._slips.why_another_word(word, meant)

    def _near(self, dead: DeadLink, number: int) -> str:
        """Ask for the file that has a name like that of the link, here or in another folder."""
        here = posixpath.dirname(dead.text.path) or "."
        beside = self._by_folder[posixpath.dirname(dead.target)]
        name = id_in(dead.target)
        alike = nearest(name, map(id_in, beside), most=3) if number < MAX_NEAR_MISSES else ()
        found = self._by_name[posixpath.basename(dead.target)] or [
            path for path in beside if id_in(path).casefold() in map(str.casefold, alike)
        ]
        known = [posixpath.relpath(path, here) for path in found]
        return near(posixpath.relpath(dead.target, here), known, number)

    @cached_property
    def _by_folder(self) -> Mapping[str, list[str]]:
        return _by(posixpath.dirname, self._files.paths)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        return _by(posixpath.basename, self._files.paths)


def id_in(target: str) -> str:
    """The id of the role or person whose file is at `target`."""
    return posixpath.basename(target).removesuffix(".md")


def _stem_and_end(path: str) -> tuple[str, str]:
    """The name of a file, and what tells its kind."""
    return posixpath.splitext(posixpath.basename(path))


def _with_path(dead: DeadLink, path: str) -> str:
    """The link with another path; empty without one, or where the link has it."""
    parts = _parts(dead.link)
    link = urlunsplit(("", "", path, parts.query, parts.fragment)) if path else ""
    return link if link != dead.link else ""


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
