"""Knows what is on a site: pages, files, and what was written on the pages by hand."""

import posixpath
import sys
import unicodedata
from collections.abc import Iterator, Set
from functools import cached_property

from rolebook import files, front_matter
from rolebook.dead_links.model import WrittenPage
from rolebook.organisation import Organisation, PersonFile, RoleFile
from rolebook.pages.addresses import CHANGES, PEOPLE, POSTER, ROLES
from rolebook.pages.assets import ASSETS, media
from rolebook.pages.docs_dir import DocsDir, docs_dir
from rolebook.pages.links import folders_of
from rolebook.pages.plan import Plan
from rolebook.pages.public_files import is_public, moved
from rolebook.problems import Problem
from rolebook.site_config import SiteSettings


class SiteFiles:
    """Knows the pages and files on the site of `plan`. `organisation` is as colleagues see it."""

    def __init__(self, plan: Plan, organisation: Organisation, settings: SiteSettings) -> None:
        self._plan, self._organisation, self._settings = plan, organisation, settings
        self._project = plan.project
        self._folders = folders_of(self._project)
        roles = [role.file for role in organisation.roles.values()]
        people = [person.file for person in organisation.people.values() if person.file]
        written: list[RoleFile | PersonFile] = [*roles, *people]
        is_public = self._project.is_public
        self._moved = moved(organisation, plan) if is_public else {}
        """Files that are elsewhere on the site than their folder says."""
        self.of_records = (
            {}
            if is_public
            else {uri: file for file in written if self._has_page(uri := self._uri(file.path), file.path)}
        )
        """The files of roles and people by their pages, where these show the whole text."""
        self.unreadable: list[Problem] = []
        """Why pages cannot be read, at which a build breaks off."""

    def _has_page(self, uri: str, path: str) -> bool:
        """Whether the file at `path` is a page: it may be left out, or the owner has another in its place."""
        own = uri in self.docs_dir.pages and posixpath.normpath(f"{self._project.docs_dir}/{uri}") != path
        return not own and not self._plan.is_left_out(uri)

    def _uri(self, path: str) -> str:
        return unicodedata.normalize("NFC", self._folders.to_site(path) or "")

    def to_site(self, path: str) -> str | None:
        """Where on the site the file at `path` is; None if it is not there."""
        return self._moved.get(path) or self._folders.to_site(path)

    @property
    def paths(self) -> Iterator[str]:
        """The files of all pages that are written by hand."""
        yield from (file.path for file in self.of_records.values())
        yield from self.pages

    def texts(self) -> Iterator[WrittenPage]:
        """All that is written by hand and can be read."""
        for uri, file in self.of_records.items():
            yield WrittenPage(file.path, uri, file.body, file.body_line)
        for path in self.pages:
            if text := self.page(path):
                yield text

    def page(self, path: str) -> WrittenPage | None:
        """The page at `path` that is neither a role's nor a person's, if it can be read."""
        whole = files.read_text(self._project.root, path, sys.maxsize)
        if isinstance(whole, Problem):
            self.unreadable.append(whole)
            return None
        document = front_matter.split(path, whole)
        if isinstance(document, Problem):
            return WrittenPage(path, self._uri(path), whole, 1)
        return WrittenPage(path, self._uri(path), document.body, document.body_line)

    @cached_property
    def docs_dir(self) -> DocsDir:
        """What MkDocs makes of the owner's own pages and files."""
        return docs_dir(self._project, self._settings)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The files of pages that are neither a role's nor a person's."""
        ours = {file.path for file in self.of_records.values()} | {
            page.source for page in self._plan.left_out
        }
        docs = posixpath.normpath(self._project.docs_dir)
        pages = (f"{docs}/{uri}" for uri in self.docs_dir.pages if self._is_published(uri))
        return tuple(path for path in pages if path not in ours)

    @property
    def overwritten(self) -> Iterator[tuple[str, str]]:
        """Pairs of published files of which one is written over the other."""
        yield from (pair for pair in self.docs_dir.overwritten if all(map(self._is_published, pair)))

    def _is_published(self, uri: str) -> bool:
        """Whether a file of `docs_dir` is on the site as far as its readers are concerned."""
        return not self._project.is_public or is_public(uri, self._project)

    def exists(self, uri: str) -> bool:
        """Whether the site has a file at `uri`, or may get one."""
        return self.is_there(uri) or self._may_be_added(uri)

    def is_there(self, uri: str) -> bool:
        """Whether the site has a file at `uri`."""
        if uri in self.of_records or uri in self.files:
            return True
        return not uri.startswith("../") and uri not in (".", "..") and uri in self.made

    @cached_property
    def files(self) -> Set[str]:
        """Files of `docs_dir`, and those beside role files."""
        docs = posixpath.normpath(self._project.docs_dir)
        found = {self._uri(f"{docs}/{uri}") for uri in self.docs_dir.known if self._is_published(uri)}
        return found | {uri for uri, _ in media(self._project, self._organisation)}

    @cached_property
    def made(self) -> Set[str]:
        """Pages and files that are made."""
        made = {page.uri for page in self._plan} | ASSETS.keys() | {POSTER} | self._plan.chart_files.keys()
        if self._project.is_public:
            return made
        history = {f"{CHANGES}/index.md"} if self._project.options.history else set[str]()
        return made | history | {"rolebook.json", "rolebook.schema.json"}

    def _may_be_added(self, uri: str) -> bool:
        """Whether another plugin may add this file: nobody knows before it does."""
        is_ours = uri.startswith((f"{ROLES}/", f"{PEOPLE}/", "../")) or uri in (".", "..")
        return self._settings.others_may_add and not is_ours

    def is_built(self, uri: str) -> bool:
        """Whether the file at `uri` is a page that is read here, or made."""
        return uri in self.of_records or uri in self.made or uri in self._built

    @cached_property
    def _built(self) -> Set[str]:
        return {self._uri(path) for path in self.pages}
