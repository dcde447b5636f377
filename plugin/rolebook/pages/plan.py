"""Plans which pages a handbook has, where they are, and how they lead to each other.

Links inside charts and HTML are neither rewritten nor checked by MkDocs, so every address is computed here.
"""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from rolebook.analysis import Analysis
from rolebook.charts.model import LinkKind, Target
from rolebook.history import History
from rolebook.language import gettext
from rolebook.organisation import Organisation, Person, Role
from rolebook.pages import branches, kinds
from rolebook.pages.addresses import (
    CHANGES,
    CHARTS,
    DECISIONS,
    JOBS,
    PEOPLE,
    PHOTOS,
    REPORTS,
    ROLES,
    chart_file,
    in_folder,
    relative,
)
from rolebook.pages.branches import anchor, cut_branches, homes
from rolebook.pages.page import Link, Page
from rolebook.pages.paging import branch_pages, list_pages
from rolebook.problems import Problem
from rolebook.project import Project
from rolebook.schema.audience import Audience

MAX_EXPLAINED_ON_PAGE = 40
"""Roles on a page that gives reasons for each."""
MAX_EXPLAINED_ROLES = 10 * MAX_EXPLAINED_ON_PAGE
"""Only the first candidates get an explanation."""


@dataclass(frozen=True, repr=False)  # whoever writes it out by mistake would write out the whole handbook
class Plan:
    """All pages of a handbook, found by what they are about."""

    project: Project
    organisation: Organisation
    directory_urls: bool = True
    """Whether `x.md` becomes `x/` (MkDocs' `use_directory_urls`) rather than `x.html`."""
    history: History | None = None
    """Its changes so far; None if nobody asks for them, or git knows none."""
    former: Mapping[str, str] = field(default_factory=dict)
    """Today's role by each former id that outsiders may read; none on a site for colleagues."""
    problems: tuple[Problem, ...] = ()
    """What is wrong or could be better, for the page that lists it."""
    photos: Mapping[str, str] = field(default_factory=dict)
    """The names of people's pictures, by person id; none on a site for outsiders."""
    edit_address: Callable[[str], str] = lambda path: ""
    """Where a file is edited, by its path from `docs_dir`; empty when that is nowhere."""
    links_from_files: bool = False
    """Whether HTML links begin at the folder of a page's file rather than at its address.

    Some generators read them so, as they read links in Markdown.
    """

    @cached_property
    def roles(self) -> Mapping[str, Page]:
        """The page of each role, by role id."""
        return {
            role.id: Page(self._role_uri(role), role.title, kinds.ROLE, role, role.file.path)
            for role in self.organisation.roles.values()
        }

    @cached_property
    def people(self) -> Mapping[str, Page]:
        """The page of each person, by person id."""
        return {person.id: self._person(person) for person in self.organisation.people.values()}

    @cached_property
    def charts(self) -> Mapping[str, Page]:
        """The chart page of each role that has reports, by role id."""
        return {
            role.id: Page(
                f"{CHARTS}/{role.id}.md",
                gettext("%(role)s: org chart", role=role.title),
                kinds.DEPARTMENT,
                role,
            )
            for role in self.organisation.roles.values()
            if role.id in self.organisation.reports
        }

    @cached_property
    def chart_files(self) -> Mapping[str, tuple[Role | None, str]]:
        """Charts that are made as files, by their addresses: whose, and in what form."""
        charted: list[Role | None] = [None, *(self.organisation.roles[each] for each in self.charts)]
        return {
            chart_file(role.id if role else "", form): (role, form)
            for form in self.project.chart_files
            for role in charted
        }

    @cached_property
    def jobs(self) -> Mapping[str, Page]:
        """The job description of each role, by role id; planned and retired roles have none."""
        return {
            role.id: Page(
                f"{JOBS}/{role.id}.md", gettext("%(role)s: job description", role=role.title), kinds.JOB, role
            )
            for role in self.organisation.active_roles
        }

    @cached_property
    def overview(self) -> Page:
        return Page(f"{CHARTS}/index.md", gettext("Org chart"), kinds.OVERVIEW)

    @cached_property
    def branches(self) -> Mapping[str, tuple[Page, ...]]:
        """The pages of the chart's branches, in parts, by the id of their top role; of the whole it is ""."""
        organisation = self.organisation
        _, *further = branch_pages("index", gettext("Org chart"), None, len(organisation.tops))
        found: dict[str, tuple[Page, ...]] = {"": (self.overview, *further)}
        for role_id in sorted(self.cut):
            role = organisation.roles[role_id]
            title = gettext("Roles below %(role)s", role=role.title)
            found[role_id] = branch_pages(role_id, title, role, len(organisation.reports[role_id]))
        return found

    @cached_property
    def cut(self) -> frozenset[str]:
        """Ids of the roles whose branches the chart's own page has no room for."""
        return cut_branches(self.organisation, branches.MAX_ROWS)

    def _title(self, name: str, usual: str) -> str:
        """The title of a page: its owner's, or else the usual one."""
        return dict(self.project.options.pages).get(name) or usual

    def has(self, page: Page) -> bool:
        """Whether the owner has not left out a page."""
        return self._left_out.isdisjoint(page.kind.names)

    @cached_property
    def _left_out(self) -> frozenset[str]:
        return frozenset(name for name, title in self.project.options.pages if not title)

    @cached_property
    def left_out(self) -> tuple[Page, ...]:
        """The pages that the owner does not want."""
        return tuple(page for page in self._each() if not self.has(page)) if self._left_out else ()

    def is_left_out(self, uri: str) -> bool:
        """Whether the page at `uri` is one of these."""
        return uri in self._not_made

    def left_out_at(self, origin: str, link: str) -> str:
        """The URI of the page that is left out and to which a link in the text of the page at `origin` leads.

        Empty if it leads elsewhere. Some authors write the address of a page, others that of its file.
        """
        if not self._not_made:
            return ""
        scheme, host, path, _, _ = urlsplit(link)
        if scheme or host or not path:
            return ""
        file, address = (
            posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(path))).lstrip("/")
            for here in (origin, unquote(self.url(origin)))
        )
        return file if self.is_left_out(file) else self._not_made_at.get(_folder(address), "")

    @cached_property
    def _not_made(self) -> frozenset[str]:
        return frozenset(page.uri for page in self.left_out)

    @cached_property
    def _not_made_at(self) -> Mapping[str, str]:
        return {_folder(unquote(self.url(uri))): uri for uri in self._not_made}

    def photo(self, origin: str, person: Person) -> str:
        """The address of a person's picture, relative to the page at `origin`; empty without one."""
        name = self.photos.get(person.id, "")
        return self.file(origin, f"{PHOTOS}/{name}") if name else ""

    def card(self, origin: str, role: Role) -> str:
        """The address of a role's card in the org chart, relative to the page at `origin`."""
        branch, part = self._homes[role.id]
        return self.href(origin, self.branches[branch][part], anchor(role))

    @cached_property
    def _homes(self) -> Mapping[str, tuple[str, int]]:
        return homes(self.organisation, self.cut)

    @cached_property
    def role_lists(self) -> tuple[Page, ...]:
        return list_pages(ROLES, gettext("Roles"), len(self.organisation.roles), kinds.ROLE_LIST)

    @cached_property
    def people_lists(self) -> tuple[Page, ...]:
        """None on a site for outsiders, who see nobody."""
        if self.project.is_public:
            return ()
        return list_pages(
            PEOPLE, self._title("people", gettext("People")), len(self.organisation.people), kinds.PERSON_LIST
        )

    @cached_property
    def job_lists(self) -> tuple[Page, ...]:
        open_roles = sum(1 for role in self.organisation.active_roles if role.to_fill)
        title = self._title("jobs", gettext("Open roles (%(number)s)", number=open_roles))
        return list_pages(JOBS, title, len(self.jobs), kinds.JOB_LIST)

    @cached_property
    def decisions(self) -> Analysis:
        """The figures that the owner decides from."""
        return Analysis(self.organisation, self.project.options)

    @cached_property
    def summary(self) -> Page:
        return Page(f"{DECISIONS}/index.md", self._title("decisions", gettext("Plan")), kinds.DECISIONS)

    @cached_property
    def workload_lists(self) -> tuple[Page, ...]:
        rows = len(self.decisions.audit.loads)
        return list_pages(
            f"{DECISIONS}/hats", self._title("workload", gettext("Workload")), rows, kinds.WORKLOAD
        )

    @cached_property
    def hand_over_lists(self) -> tuple[Page, ...]:
        rows = min(len(self.decisions.candidates), MAX_EXPLAINED_ROLES)
        return list_pages(
            f"{DECISIONS}/hand-over",
            self._title("hand-over", gettext("Hand-over plan")),
            rows,
            kinds.HAND_OVER,
            MAX_EXPLAINED_ON_PAGE,
        )

    @cached_property
    def now_and_next(self) -> Page:
        return Page(
            f"{DECISIONS}/now-and-next.md",
            self._title("now-and-next", gettext("Before and after")),
            kinds.NOW_AND_NEXT,
        )

    @cached_property
    def risk_lists(self) -> tuple[Page, ...]:
        rows = len(self.decisions.absences)
        title = self._title("promises-and-risks", gettext("Promises and risks"))
        return list_pages(f"{DECISIONS}/promises-and-risks", title, rows, kinds.RISKS)

    @cached_property
    def attention_lists(self) -> tuple[Page, ...]:
        title = self._title("attention", gettext("Handbook health"))
        return list_pages(f"{DECISIONS}/attention", title, len(self.problems), kinds.ATTENTION)

    @property
    def for_the_owner(self) -> Iterator[Page]:
        """The pages that the owner decides from; nobody outside may see any of them."""
        if self.project.is_public:
            return
        yield self.summary
        yield from self.workload_lists
        yield from self.hand_over_lists
        yield self.now_and_next
        yield from self.risk_lists
        yield from self.attention_lists

    @cached_property
    def by_source(self) -> Mapping[str, Page]:
        """The page that is written in a file, by the file's path from the project's folder."""
        written = {
            page.source: page
            for page in (*self.roles.values(), *self.people.values())
            if page.source and self.has(page)
        }
        return written | ({self.project.business_path: self.business} if self.business else {})

    @property
    def changes(self) -> Page | None:
        """The page of changes by month; None where there is no history."""
        return (
            Page(f"{CHANGES}/index.md", self._title("changes", gettext("Changes")), kinds.CHANGES)
            if self.history
            else None
        )

    @property
    def business(self) -> Page | None:
        """The page of the business model, which its owner wrote; None when there is none."""
        if not self.organisation.business.deliverables:
            return None
        return Page(self.project.options.business_model, gettext("Business model"), kinds.HAND_WRITTEN)

    def __iter__(self) -> Iterator[Page]:
        """Every generated page."""
        return iter(self._pages)

    @cached_property
    def _pages(self) -> tuple[Page, ...]:
        audience = Audience.PUBLIC if self.project.is_public else Audience.INTERNAL
        return tuple(page for page in self._each() if page.kind.audience <= audience and self.has(page))

    def _each(self) -> Iterator[Page]:
        yield self.overview
        yield from self.charts.values()
        for pages in self.branches.values():
            yield from (page for page in pages if page is not self.overview)
        yield from self.role_lists
        yield from self.roles.values()
        yield from self.people_lists
        yield from self.people.values()
        yield from self.job_lists
        yield from self.jobs.values()
        if self.changes:
            yield self.changes
        yield from self.for_the_owner

    def _role_uri(self, role: Role) -> str:
        # Outsiders do not learn in which folder a role's file lies.
        if not role.file.path:
            return f"{ROLES}/{role.id}.md"
        return in_folder(ROLES, role.file.path, self.project.options.roles_dir)

    def _person(self, person: Person) -> Page:
        if person.file is None:
            return Page(f"{PEOPLE}/{person.id}.md", person.name, kinds.PERSON, person)
        folder = self.project.options.people_dir
        path = person.file.path
        return Page(in_folder(PEOPLE, path, folder), person.name, kinds.PERSON, person, path)

    def href(self, origin: str, target: Page | Link, fragment: str = "") -> str:
        """The address that a link to `target` has in the HTML of the page at `origin`, which is a URI.

        Empty if the owner has left out that page.
        """
        if target.uri in self._not_made:
            return ""
        address = relative(self._start(origin), self.url(target.uri))
        return f"{address}#{fragment}" if fragment else address

    def edit(self, path: str) -> str:
        """The address at which the file at `path` is edited; empty when there is none."""
        return self.edit_address(self.project.from_docs_dir(path)) if path else ""

    def place(self, target: Target) -> tuple[Page, str]:
        """The page that a box of a chart leads to, and the part of it."""
        match target.kind:
            case LinkKind.ROLE:
                return self.roles[target.id], ""
            case LinkKind.CHART:
                return self.charts[target.id], ""
            case LinkKind.REPORTS:
                return self.roles[target.id], REPORTS
            case LinkKind.PERSON:
                return self.people[target.id], ""
            case LinkKind.ROLES:
                return self.role_lists[0], ""
            case LinkKind.PEOPLE:
                return self.people_lists[0], ""
            case LinkKind.JOBS:
                return self.job_lists[0], ""
            case LinkKind.PROMISE:
                page = self.business or self.overview
                return page, f"promise-{target.id}" if target.id else "promises"

    def file(self, origin: str, uri: str) -> str:
        """The address that a link in the page at `origin` has to a file that is no page."""
        return relative(self._start(origin), quote(uri))

    def _start(self, uri: str) -> str:
        """Where the HTML links of the page at `uri` begin."""
        folder = posixpath.dirname(uri)
        return self.url(uri) if not self.links_from_files else quote(f"{folder}/" if folder else "")

    def url(self, uri: str) -> str:
        """Address of a Markdown file's page below the site's root; empty for the root itself."""
        if (known := self._urls.get(uri)) is None:
            known = self._urls[uri] = self._address(uri)
        return known

    @cached_property
    def _urls(self) -> dict[str, str]:
        # Every address is asked for by all the pages that lead to it.
        return {}

    def _address(self, uri: str) -> str:
        folder, name = posixpath.split(uri)
        stem = name.removesuffix(".md")
        if stem in ("index", "README"):
            page = "" if self.directory_urls else "index.html"
        else:
            page = f"{stem}/" if self.directory_urls else f"{stem}.html"
        return quote(posixpath.join(folder, page) if folder else page)


def _folder(address: str) -> str:
    """An address in the one way of several in which links write it."""
    return address.removesuffix("index.html").rstrip("/")
