"""Finds entries of the navigation that lead nowhere, pages that it lacks, and pages of the same address."""

import posixpath
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from rolebook.checks.declaration import near
from rolebook.checks.links import DEAD_NAV, NOT_IN_NAV, SAME_ADDRESS
from rolebook.dead_links.model import LEVELS
from rolebook.dead_links.site_files import SiteFiles
from rolebook.language import gettext
from rolebook.pages.docs_dir import address_of
from rolebook.pages.navigation import OURS, misspelt, navigation, titled_uris, with_sections
from rolebook.pages.plan import Plan
from rolebook.pages.public_files import without_dead
from rolebook.problems import Problem, Severity
from rolebook.site_config import SiteSettings


class NavEntries:
    """The navigation that an owner has written in mkdocs.yml."""

    def __init__(self, files: SiteFiles, plan: Plan, settings: SiteSettings) -> None:
        self._files, self._plan, self._settings = files, plan, settings
        self._project = plan.project

    def problems(self) -> Iterator[Problem]:
        """All that is wrong with it."""
        yield from self._dead_entries()
        yield from self._not_in_navigation()
        yield from self._clashes()

    def _dead_entries(self) -> Iterator[Problem]:
        for entry in self._settings.nav:
            if wrong := misspelt(entry.target):
                yield Problem(DEAD_NAV, entry.path, entry.line, *wrong)
            elif self._project.is_public and entry.target not in self._named:
                continue
            elif severity := self._dead_entry(entry.target):
                message, hint = self._why_dead(entry.target)
                yield Problem(replace(DEAD_NAV, severity=severity), entry.path, entry.line, message, hint)

    def _why_dead(self, target: str) -> tuple[str, str]:
        """What is wrong with an entry of the navigation that leads nowhere, and what to write."""
        if self._plan.is_left_out(_plain(target)):
            left_out = gettext(
                "the navigation leads to '%(page)s', which the option 'pages' leaves out", page=target
            )
            return left_out, gettext("Remove the entry, or the page from 'pages'")
        known = sorted(self._files.files)
        hint = near(target, known, 0) or gettext("Write a page's path below docs_dir")
        return gettext("the navigation leads to '%(page)s', which is not there", page=target), hint

    @property
    def _named(self) -> Set[str]:
        """What an entry of the navigation can name on a site for outsiders; other entries are left out."""
        return self._files.files | set(self._project.options.public_pages)

    def _dead_entry(self, target: str) -> Severity | None:
        """How bad it is that an entry of the navigation leads nowhere; None if it leads somewhere."""
        try:
            scheme, host, _, _, _ = urlsplit(target)
        except ValueError:
            return None
        absolute = self._settings.levels["nav.absolute_links"]
        if target.startswith("/") and not host and absolute != "relative_to_docs":
            return Severity.WARNING if absolute == "warn" else None
        if scheme or host or target == OURS or self._files.exists(_plain(target)):
            return None
        return LEVELS.get(self._settings.levels["nav.not_found"])

    def _not_in_navigation(self) -> Iterator[Problem]:
        """List pages that the navigation lacks, if the owner wants to hear of them."""
        nav = self._settings.structure
        if nav is None or self._settings.levels["nav.omitted_files"] != "warn":
            return
        if self._project.is_public:
            nav = without_dead(nav, self._named)
        if not nav:  # Then it is made of the files.
            return
        there = {_plain(target) for target, _ in titled_uris(with_sections(nav, navigation(self._plan)))}
        docs = posixpath.normpath(self._project.docs_dir)
        for uri in self._files.docs_dir.expected:
            if uri not in there and f"{docs}/{uri}" in self._files.pages:
                message = gettext("the navigation in mkdocs.yml does not have this page")
                hint = gettext("Add it to nav, or to not_in_nav")
                yield Problem(NOT_IN_NAV, f"{docs}/{uri}", 0, message, hint)

    def _clashes(self) -> Iterator[Problem]:
        docs = posixpath.normpath(self._project.docs_dir)
        for uri, other in self._files.docs_dir.clashes:
            message = gettext(
                "'%(file)s' beside it has the same address, so this is left out",
                file=posixpath.basename(other),
            )
            hint = gettext("Remove or rename one of them, or name one under exclude_docs in mkdocs.yml")
            yield Problem(SAME_ADDRESS, f"{docs}/{uri}", 0, message, hint)
        for uri, other in self._files.overwritten:
            message = gettext(
                "%(file)s has the same address, so one of the two is not on the site", file=f"{docs}/{other}"
            )
            hint = gettext("Remove or rename one of them")
            yield Problem(SAME_ADDRESS, f"{docs}/{uri}", 0, message, hint)
        made = {address_of(page.uri, self._settings.directory_urls): page.uri for page in self._plan}
        for path in self._files.pages:
            uri = posixpath.relpath(path, docs)
            other = made.get(address_of(uri, self._settings.directory_urls), uri)
            if other != uri:
                message = gettext(
                    "this page has the address of '%(page)s', which the handbook makes, and replaces it",
                    page=other,
                )
                hint = gettext("Rename it, or, if that is meant, move it to %(path)s", path=f"{docs}/{other}")
                yield Problem(SAME_ADDRESS, path, 0, message, hint)


def _plain(target: str) -> str:
    """An entry of the navigation as MkDocs looks for it."""
    return PurePosixPath(target.lstrip("/")).as_posix()
