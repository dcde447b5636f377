"""Links, anchors and entries of the navigation that lead nowhere, and pages that none of these leads to.

They are those of which MkDocs would warn, and a strict build is refused exactly if there is a warning here.

A body is converted only if something in it looks like such a link, so a check stays quick.
"""

import posixpath
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from rolebook import files, front_matter
from rolebook.checks.declaration import near
from rolebook.checks.links import DEAD_ANCHOR, DEAD_LINK, DEAD_NAV, NOT_IN_NAV, SAME_ADDRESS
from rolebook.organisation import FormerNames, Organisation, PersonFile, RoleFile, name_key
from rolebook.pages.addresses import CHANGES, CHARTS, JOBS, PEOPLE, POSTER, ROLES
from rolebook.pages.assets import ASSETS, media
from rolebook.pages.docs_dir import DocsDir, docs_dir, is_page
from rolebook.pages.links import folders_of, targets, translate
from rolebook.pages.navigation import OURS, misspelt, navigation, titled_uris, with_sections
from rolebook.pages.plan import Plan
from rolebook.pages.public_files import is_public, moved, without_dead
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.audience import Audience
from rolebook.schema.typos import Known
from rolebook.site_config import SiteSettings
from rolebook.visibility.view import view_for

if TYPE_CHECKING:
    from rolebook.body.linked import Linked
    from rolebook.rendering.renderer import Renderer

_LEVELS = {"warn": Severity.WARNING, "info": Severity.ADVICE}
"""MkDocs' levels for what is wrong; `ignore` is none."""
_MESSAGES = {
    DEAD_LINK.code: "the link '{}' leads to nothing on the site",
    DEAD_ANCHOR.code: "the link '{}' leads to a part that the page does not have",
}
_LINK = re.compile(
    r"\]\(\s*<([^<>\n]*)>"  # [text](<target>)
    r"|\]\(\s*([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)"  # [text](target)
    r"|^[ \t>]*\[[^\]^][^\]]*\]:[ \t]*\n?[ \t]*<?([^\s<>]+)",  # [name]: target
    re.MULTILINE,
)
"""Whatever may be a link to one of Markdown's readers; code is not left out."""
_NO_ADDRESS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HEADING = re.compile(r"^#+[ \t]+(\w[\w -]*?)[ \t]*#*$", re.MULTILINE)
"""A heading whose name on the page follows from its letters alone."""


@dataclass(frozen=True, slots=True)
class DeadLinks:
    """What leads nowhere."""

    problems: tuple[Problem, ...]
    meant: Mapping[tuple[str, str], str]
    """What to write instead where that is known, by the file's path and the link."""


@dataclass(frozen=True, slots=True)
class _WrittenPage:
    """What is written on a page by hand."""

    path: str
    """The file."""
    uri: str
    """The page."""
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class _Dead:
    text: _WrittenPage
    link: str
    rule: Rule
    target: str
    """The file in the repository that it seems to lead to, or the part of a page."""


class DeadLinkSearch:
    """Looks for what leads nowhere on the site of `plan`.

    `organisation` is what the plan is of, as colleagues see it. `renamed` gives the former names of roles and
    people, some of which it is given as ids and keys. On a site for outsiders, links that lead nowhere are
    text, so only parts of pages and the navigation are looked at.
    """

    def __init__(
        self,
        plan: Plan,
        organisation: Organisation,
        settings: SiteSettings,
        renamed: Callable[[Set[str], Set[str]], FormerNames],
    ) -> None:
        self._plan, self._settings, self._renamed = plan, settings, renamed
        self._project, self._organisation = plan.project, organisation
        self._folders = folders_of(self._project)
        roles = [role.file for role in self._organisation.roles.values()]
        people = [person.file for person in self._organisation.people.values() if person.file]
        written: list[RoleFile | PersonFile] = [*roles, *people]
        is_public = self._project.is_public
        self._moved = moved(organisation, plan) if is_public else {}
        """Files that are elsewhere on the site than their folder says."""
        self._written = {} if is_public else {self._uri(file.path): file for file in written}
        """The files of roles and people by their pages, where these show the whole text."""
        self._names: dict[str, Set[str]] = {}
        self._unreadable: list[Problem] = []
        """Why pages cannot be read, at which a build breaks off."""

    def _uri(self, path: str) -> str:
        return unicodedata.normalize("NFC", self._folders.to_site(path) or "")

    def _to_site(self, path: str) -> str | None:
        return self._moved.get(path) or self._folders.to_site(path)

    def found(self) -> DeadLinks:
        """What leads nowhere, with what was meant."""
        dead = [each for text in self._texts() for each in self._in(text)]
        gone = {_id(each.target) for each in dead if each.rule.code == DEAD_LINK.code}
        former = self._renamed(gone, set(map(name_key, gone))) if gone else FormerNames()
        problems, meant = [*self._unreadable, *self._navigation()], {}
        problems += [*self._not_in_navigation(), *self._clashes()]
        for number, each in enumerate(dead):
            if link := self._meant(each, former):
                meant[each.text.path, each.link] = link
            hint = self._hint(each, link, number)
            message = _MESSAGES[each.rule.code].format(each.link)
            problems += [Problem(each.rule, each.text.path, line, message, hint) for line in _lines(each)]
        return DeadLinks(tuple(problems), meant)

    # --- what is meant ---------------------------------------------------------------------------

    def _meant(self, dead: _Dead, former: FormerNames) -> str:
        """The link to the page that is elsewhere now, or called otherwise; empty where nobody knows."""
        if dead.rule.code != DEAD_LINK.code:
            return ""
        old, parts = _id(dead.target), _parts(dead.link)
        role = self._organisation.roles.get(former.roles.get(old, old))
        if role and posixpath.basename(posixpath.dirname(dead.target)) in (JOBS, CHARTS):
            path = posixpath.join(posixpath.dirname(parts.path), f"{quote(role.id)}.md")
        elif goal := self._goal(dead.target, former):
            path = quote(posixpath.relpath(goal, posixpath.dirname(dead.text.path) or "."))
        elif name := self._slip(dead):
            path = posixpath.join(posixpath.dirname(parts.path), quote(name))
        else:
            return ""
        link = urlunsplit(("", "", path, parts.query, parts.fragment))
        return link if link != dead.link else ""

    def _goal(self, target: str, former: FormerNames) -> str:
        """Where the file of a role or a person that was at `target` is now; empty where nobody knows."""
        name, options = _id(target), self._project.options
        if _is_below(target, (options.roles_dir, ROLES)):
            role = self._organisation.roles.get(former.roles.get(name, name))
            return role.file.path if role else ""
        if _is_below(target, (options.people_dir, PEOPLE)):
            person = self._organisation.named(former.people.get(name_key(name), name))
            return person.file.path if person and person.file else ""
        return ""

    def _slip(self, dead: _Dead) -> str:
        """The file's name of which the link has a slip, in the folder to which it leads; else empty."""
        folder, name = posixpath.split(dead.target)
        return Known((posixpath.basename(path), path) for path in self._by_folder[folder]).meant(name)

    def _hint(self, dead: _Dead, meant: str, number: int) -> str:
        if meant and self._slip(dead):
            return f"Did you mean '{meant}'?"
        if meant:
            return f"The page is elsewhere now: write '{meant}', or run 'rolebook check --fix'"
        if dead.rule.code == DEAD_ANCHOR.code:
            return "Correct what follows #, or take it out"
        here = posixpath.dirname(dead.text.path) or "."
        beside = self._by_folder[posixpath.dirname(dead.target)]
        files = self._by_name[posixpath.basename(dead.target)] or beside
        known = [posixpath.relpath(path, here) for path in files]
        return near(posixpath.relpath(dead.target, here), known, number) or "Correct it, or take it out"

    @cached_property
    def _by_folder(self) -> Mapping[str, list[str]]:
        return _by(posixpath.dirname, self._paths)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        return _by(posixpath.basename, self._paths)

    @property
    def _paths(self) -> Iterator[str]:
        """The files of all pages that are written by hand."""
        yield from (file.path for file in self._written.values())
        yield from self._pages

    # --- what is written -------------------------------------------------------------------------

    def _texts(self) -> Iterator[_WrittenPage]:
        for uri, file in self._written.items():
            yield _WrittenPage(file.path, uri, file.body, file.body_line)
        for path in self._pages:
            if text := self._page(path):
                yield text

    def _page(self, path: str) -> _WrittenPage | None:
        """The page of nobody's role at `path`, if it can be read."""
        whole = files.read_text(self._project.root, path, sys.maxsize)
        if isinstance(whole, Problem):
            self._unreadable.append(whole)
            return None
        document = front_matter.split(path, whole)
        if isinstance(document, Problem):
            return _WrittenPage(path, self._uri(path), whole, 1)
        return _WrittenPage(path, self._uri(path), document.body, document.body_line)

    @cached_property
    def _docs_dir(self) -> DocsDir:
        return docs_dir(self._project, self._settings)

    @cached_property
    def _pages(self) -> tuple[str, ...]:
        """The files of pages that are neither a role's nor a person's."""
        ours = {file.path for file in self._written.values()}
        docs = posixpath.normpath(self._project.docs_dir)
        pages = (f"{docs}/{uri}" for uri in self._docs_dir.pages if self._is_published(uri))
        return tuple(path for path in pages if path not in ours)

    def _is_published(self, uri: str) -> bool:
        """Whether a file of `docs_dir` is on the site as far as its readers are concerned."""
        return not self._project.is_public or is_public(uri, self._project)

    # --- what leads nowhere ----------------------------------------------------------------------

    def _in(self, text: _WrittenPage) -> Iterator[_Dead]:
        if "](" not in text.body and "]:" not in text.body:
            return
        links = {each for found in _LINK.findall(text.body) for each in found if each}
        if not any(self._dead(text, link) for link in links):
            return
        # What looks like a link may be code; what it is, only a conversion says.
        for link in dict.fromkeys(self._linked(text.body).addresses):
            if dead := self._dead(text, link):
                yield dead

    @cached_property
    def _linked(self) -> Callable[[str], "Linked"]:
        # Imported here: it takes 15 ms, and a check of a handbook without a dead link converts nothing.
        from rolebook.body.linked import LinkReader

        return LinkReader(self._project.markdown).read

    def _dead(self, text: _WrittenPage, link: str) -> _Dead | None:
        """`link` if MkDocs would warn of it: see `mkdocs.structure.pages`."""
        try:
            scheme, host, path, _, fragment = urlsplit(link)
        except ValueError:  # no address at all, such as http://[
            return _Dead(text, link, DEAD_LINK, link)
        if scheme or host or _NO_ADDRESS.search(unquote(link)):
            return None
        way = path
        if path and not link.startswith(("/", "\\")):
            way = urlsplit(translate(link, text.path, text.uri, self._to_site, self._exists)).path
        if self._project.is_public and path and not self._exists(_place(text.uri, way)):
            return None
        if link.startswith(("/", "\\")):
            if self._settings.levels["links.absolute_links"] != "relative_to_docs":
                return self._as(text, link, DEAD_LINK, "absolute_links", unquote(path))
            target = posixpath.normpath(unquote(path).lstrip("/"))
        elif path:
            target = _place(text.uri, way)
        else:
            target = text.uri
        place = posixpath.normpath(posixpath.join(posixpath.dirname(text.path), unquote(path)))
        on_site = self._to_site(place) or target
        if path and not self._is_there(target) and not (self._exists(target) and self._exists(on_site)):
            is_file = posixpath.splitext(unquote(path))[-1] or path.startswith("/")
            level = "not_found" if is_file else "unrecognized_links"
            return self._as(text, link, DEAD_LINK, level, place)
        if fragment and is_page(target) and not self._has(target, fragment, text):
            return self._as(text, link, DEAD_ANCHOR, "anchors", fragment)
        return None

    def _as(self, text: _WrittenPage, link: str, rule: Rule, level: str, target: str) -> _Dead | None:
        severity = _LEVELS.get(self._settings.levels[f"links.{level}"])
        # Links to addresses are none that MkDocs can judge; only who asks for it hears of them.
        is_address = level in ("absolute_links", "unrecognized_links")
        if severity is None or (is_address and severity is Severity.ADVICE):
            return None
        return _Dead(text, link, replace(rule, severity=severity), target)

    def _exists(self, uri: str) -> bool:
        """Whether the site has a file at `uri`, or may get one."""
        return self._is_there(uri) or self._may_be_added(uri)

    def _is_there(self, uri: str) -> bool:
        if uri in self._written or uri in self._files:
            return True
        return not uri.startswith("../") and uri not in (".", "..") and uri in self._made

    @cached_property
    def _files(self) -> Set[str]:
        """Files of `docs_dir`, and those beside role files."""
        docs = posixpath.normpath(self._project.docs_dir)
        found = {self._uri(f"{docs}/{uri}") for uri in self._docs_dir.known if self._is_published(uri)}
        return found | {uri for uri, _ in media(self._project)}

    @cached_property
    def _made(self) -> Set[str]:
        """Pages and files that are made."""
        made = {page.uri for page in self._plan} | ASSETS.keys() | {POSTER}
        if self._project.is_public:
            return made
        history = {f"{CHANGES}/index.md"} if self._project.options.history else set[str]()
        return made | history | {"rolebook.json", "rolebook.schema.json"}

    def _may_be_added(self, uri: str) -> bool:
        """Whether another plugin may add this file: nobody knows before it does."""
        is_ours = uri.startswith((f"{ROLES}/", f"{PEOPLE}/", "../")) or uri in (".", "..")
        return self._settings.others_may_add and not is_ours

    # --- anchors ---------------------------------------------------------------------------------

    def _has(self, uri: str, name: str, text: _WrittenPage) -> bool:
        """Whether the page at `uri` has a part called `name`; what is not on the site MkDocs lets pass."""
        if not self._is_built(uri):
            return True
        body = self._body(uri, text)
        if name in {_slug(heading) for heading in _HEADING.findall(body)}:
            return True
        if uri not in self._names:
            self._names[uri] = self._linked(body).names | self._names_around(uri, body)
        return name in self._names[uri] or (uri not in self._written and self._is_read_otherwise)

    def _is_built(self, uri: str) -> bool:
        return uri in self._written or uri in self._made or uri in self._built

    @cached_property
    def _built(self) -> Set[str]:
        return {self._uri(path) for path in self._pages}

    @property
    def _is_read_otherwise(self) -> bool:
        """Whether hand-written pages have extensions that are unknown here."""
        return bool(self._project.markdown.left_out) or self._settings.others_may_add

    def _body(self, uri: str, text: _WrittenPage) -> str:
        """What is written by hand on the page at `uri`; `text` is one of these pages."""
        if uri == text.uri:
            return text.body
        if file := self._written.get(uri):
            return file.body
        path = posixpath.normpath(f"{self._project.docs_dir}/{uri}")
        page = self._page(path) if path in self._pages else None
        return page.body if page else ""

    def _names_around(self, uri: str, body: str) -> Set[str]:
        """The names of the parts that are made on the page at `uri`."""
        # Imported here, as the renderer: with its templates it takes 80 ms, and few checks ask for a page.
        from rolebook.rendering.markers import filled

        page = next((page for page in self._plan if page.uri == uri), None)
        text = self._renderer.page(page) if page else filled(body, self._renderer, uri)
        return self._linked(text).names

    @cached_property
    def _renderer(self) -> "Renderer":
        from rolebook.rendering.renderer import Renderer

        return Renderer(self._plan, view_for(self._organisation, Audience.PUBLIC))

    # --- the navigation --------------------------------------------------------------------------

    def _navigation(self) -> Iterator[Problem]:
        for entry in self._settings.nav:
            if wrong := misspelt(entry.target):
                yield Problem(DEAD_NAV, entry.path, entry.line, *wrong)
            elif self._project.is_public and entry.target not in self._named:
                continue
            elif severity := self._dead_entry(entry.target):
                message = f"the navigation leads to '{entry.target}', which is not there"
                hint = near(entry.target, sorted(self._files), 0) or "Write a page's path below docs_dir"
                yield Problem(replace(DEAD_NAV, severity=severity), entry.path, entry.line, message, hint)

    @property
    def _named(self) -> Set[str]:
        """What an entry of the navigation for outsiders may be called: others are left out of it."""
        return self._files | set(self._project.options.public_pages)

    def _dead_entry(self, target: str) -> Severity | None:
        """How bad it is that an entry of the navigation leads nowhere; None if it does not."""
        try:
            scheme, host, _, _, _ = urlsplit(target)
        except ValueError:
            return None
        absolute = self._settings.levels["nav.absolute_links"]
        if target.startswith("/") and absolute != "relative_to_docs":
            return Severity.WARNING if absolute == "warn" else None
        if scheme or host or target == OURS or self._exists(_plain(target)):
            return None
        return _LEVELS.get(self._settings.levels["nav.not_found"])

    def _not_in_navigation(self) -> Iterator[Problem]:
        """Pages that the navigation lacks, if the owner wants to hear of them."""
        nav = self._settings.structure
        if nav is None or self._settings.levels["nav.omitted_files"] != "warn":
            return
        if self._project.is_public:
            nav = without_dead(nav, self._named)
        if not nav:  # Then it is made of the files.
            return
        there = {_plain(target) for target, _ in titled_uris(with_sections(nav, navigation(self._plan)))}
        docs = posixpath.normpath(self._project.docs_dir)
        for uri in self._docs_dir.expected:
            if uri not in there and f"{docs}/{uri}" in self._pages:
                message = "the navigation in mkdocs.yml does not have this page"
                yield Problem(NOT_IN_NAV, f"{docs}/{uri}", 0, message, "Add it to nav, or to not_in_nav")

    def _clashes(self) -> Iterator[Problem]:
        docs = posixpath.normpath(self._project.docs_dir)
        for uri, other in self._docs_dir.clashes:
            message = f"'{posixpath.basename(other)}' beside it has the same address, so this is left out"
            hint = "Remove or rename one of them, or name one under exclude_docs in mkdocs.yml"
            yield Problem(SAME_ADDRESS, f"{docs}/{uri}", 0, message, hint)


def _parts(link: str) -> SplitResult:
    try:
        return urlsplit(link)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _plain(target: str) -> str:
    """An entry of the navigation as MkDocs looks for it."""
    return PurePosixPath(target.lstrip("/")).as_posix()


def _place(uri: str, way: str) -> str:
    """The place on the site of the relative address `way` on the page at `uri`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(uri), unquote(way)).lstrip("/"))


def _id(target: str) -> str:
    return posixpath.basename(target).removesuffix(".md")


def _is_below(target: str, folders: Iterable[str]) -> bool:
    plain = [posixpath.normpath(folder) for folder in folders]
    return any(target.startswith(f"{folder}/") or f"/{folder}/" in target for folder in plain)


def _by(key: Callable[[str], str], paths: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        found[key(path)].append(path)
    return found


def _lines(dead: _Dead) -> list[int]:
    """The lines on which a link is written."""
    body, first = dead.text.body, dead.text.body_line
    places = [each.start for each in targets(body) if each.link == dead.link]
    places = places or [max(body.find(dead.link), 0)]
    return [first + body.count("\n", 0, place) for place in places]


def _slug(heading: str) -> str:
    """The name that Python-Markdown gives to a heading of plain letters."""
    return re.sub(r"[\s-]+", "-", heading.strip().lower())
