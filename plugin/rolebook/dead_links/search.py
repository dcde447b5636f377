"""Finds links in hand-written text that lead nowhere."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import unquote, urlsplit

from rolebook.checks.links import DEAD_ANCHOR, DEAD_LINK
from rolebook.dead_links.model import LEVELS, DeadLink, Suggestion, WrittenPage
from rolebook.dead_links.nav_entries import NavEntries
from rolebook.dead_links.page_parts import PageParts
from rolebook.dead_links.remedies import Remedies, id_in
from rolebook.dead_links.site_files import SiteFiles
from rolebook.language import N_, gettext
from rolebook.organisation import FormerNames, Organisation, name_key
from rolebook.pages.docs_dir import is_page
from rolebook.pages.links import targets, translate
from rolebook.pages.plan import Plan
from rolebook.problems import Problem, Rule, Severity
from rolebook.site_config import SiteSettings

_MESSAGES = {
    DEAD_LINK.code: N_("the link '%(link)s' leads nowhere"),
    DEAD_ANCHOR.code: N_("the link '%(link)s' points to a section that the page does not have"),
}
_LEFT_OUT = N_("the link '%(link)s' is text on the site, because the option 'pages' leaves its page out")
_MAY_BE_LINK = re.compile(r"\]\(|\]:|\[\[|\b(?:href|src)\b")
"""Every link, picture and address of one has such a mark in its text."""
_PLAIN = re.compile(r"\]\(([^\s<>()\[\]{}\\&`]+)\)(?!\{)")
"""A link that every reader of Markdown takes for the same; code is not left out."""
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
_NO_ADDRESS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class DeadLinks:
    """What leads nowhere."""

    problems: tuple[Problem, ...]
    suggestions: tuple[Suggestion, ...]
    """What to write in place of links, where something is offered."""


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
        self._files = SiteFiles(plan, organisation, settings)
        self._parts = PageParts(self._files, plan, organisation, settings)

    def found(self) -> DeadLinks:
        """What leads nowhere, with what was meant."""
        dead = [each for text in self._files.texts() for each in self._in(text)]
        lost = (each for each in dead if each.rule.code == DEAD_LINK.code and not each.is_left_out)
        gone = {id_in(each.target) for each in lost}
        former = self._renamed(gone, set(map(name_key, gone))) if gone else FormerNames()
        remedies = Remedies(self._files, self._project, self._organisation, former)
        navigation = NavEntries(self._files, self._plan, self._settings)
        problems, suggestions = [*self._files.unreadable, *navigation.problems()], list[Suggestion]()
        places = {body: _places(body) for body in {each.text.body for each in dead}}
        for number, each in enumerate(dead):
            remedy = remedies.of(each, number)
            message = gettext(_LEFT_OUT if each.is_left_out else _MESSAGES[each.rule.code], link=each.link)
            for line in _lines(each, places[each.text.body]):
                problems.append(Problem(each.rule, each.text.path, line, message, remedy.hint))
                if remedy.meant or remedy.why:
                    found = Suggestion(each.text.path, line, each.link, remedy.meant, remedy.why)
                    suggestions.append(found)
        return DeadLinks(tuple(problems), tuple(suggestions))

    def _in(self, text: WrittenPage) -> Iterator[DeadLink]:
        plain = _PLAIN.findall(text.body)
        may_be_others = len(plain) < sum(1 for _ in _MAY_BE_LINK.finditer(text.body))
        if not may_be_others and not any(self._dead(text, link) for link in set(plain)):
            return
        # Whether it is a link, and where it leads, only a conversion says.
        for link in dict.fromkeys(self._parts.linked(text.body).addresses):
            if dead := self._dead(text, link):
                yield dead

    def _dead(self, text: WrittenPage, link: str) -> DeadLink | None:
        """Make a `DeadLink` of `link` if MkDocs would warn of it: see `mkdocs.structure.pages`."""
        try:
            scheme, host, path, _, fragment = urlsplit(link)
        except ValueError:  # no address at all, such as http://[
            # MkDocs breaks off at it; the text of a role or a person is left out.
            is_ours = text.uri in self._files.of_records
            severity = Severity.WARNING if is_ours else Severity.ERROR
            return DeadLink(text, link, replace(DEAD_LINK, severity=severity), link)
        if scheme or host or _NO_ADDRESS.search(unquote(link)):
            return None
        way = path
        if path and not link.startswith(("/", "\\")):
            way = urlsplit(translate(link, text.path, text.uri, self._files.to_site, self._is_known)).path
        if self._project.is_public and path and not self._files.exists(_place(text.uri, way)):
            return None
        if path and (gone := self._plan.left_out_at(text.uri, way)) and not self._files.is_there(gone):
            return DeadLink(text, link, replace(DEAD_LINK, severity=Severity.ADVICE), gone, is_left_out=True)
        if link.startswith(("/", "\\")):
            if self._settings.levels["links.absolute_links"] != "relative_to_docs":
                return self._as(text, link, DEAD_LINK, "absolute_links", unquote(path))
            target = posixpath.normpath(unquote(path).lstrip("/"))
        elif path:
            target = _place(text.uri, way)
        else:
            target = text.uri
        place = posixpath.normpath(posixpath.join(posixpath.dirname(text.path), unquote(path)))
        on_site = self._files.to_site(place) or target
        may_be_there = all(map(self._files.exists, (target, on_site)))
        if path and not self._files.is_there(target) and not may_be_there:
            is_file = posixpath.splitext(unquote(path))[-1] or path.startswith("/")
            level = "not_found" if is_file else "unrecognized_links"
            return self._as(text, link, DEAD_LINK, level, place)
        if fragment and is_page(target) and not self._parts.has(target, fragment, text):
            return self._as(text, link, DEAD_ANCHOR, "anchors", fragment)
        return None

    def _is_known(self, uri: str) -> bool:
        return self._files.exists(uri) or self._plan.is_left_out(uri)

    def _as(self, text: WrittenPage, link: str, rule: Rule, level: str, target: str) -> DeadLink | None:
        severity = LEVELS.get(self._settings.levels[f"links.{level}"])
        # Links to addresses are none that MkDocs can judge; only who asks for it hears of them.
        is_address = level in ("absolute_links", "unrecognized_links")
        if severity is None or (is_address and severity is Severity.ADVICE):
            return None
        return DeadLink(text, link, replace(rule, severity=severity), target)


def _place(uri: str, way: str) -> str:
    """The place on the site of the relative address `way` on the page at `uri`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(uri), unquote(way)).lstrip("/"))


def _places(body: str) -> dict[str, list[int]]:
    """Where each link is written in `body`, with an escape or as it is."""
    found: dict[str, list[int]] = {}
    for each in targets(body):
        found.setdefault(unescape(_ESCAPED.sub(r"\1", each.link)), []).append(each.start)
    return found


def _lines(dead: DeadLink, places: Mapping[str, list[int]]) -> list[int]:
    """The lines on which a link is written."""
    body, first = dead.text.body, dead.text.body_line
    starts = places.get(dead.link) or [max(body.find(dead.link), 0)]
    return [first + body.count("\n", 0, start) for start in starts]
