"""What stands on each page: templates filled with an organisation.

The templates give Markdown for what Markdown can say and HTML for the rest. Whatever came from a file is
escaped by the template environment, never where it is used.
"""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from rolebook.audiences.seen import Seen
from rolebook.charts import people, reporting
from rolebook.charts.layout import COLUMN
from rolebook.charts.mermaid import flowchart
from rolebook.charts.model import WORDS, Chart, Node, Style
from rolebook.charts.svg import drawing, picture
from rolebook.organisation import Holding, Organisation, Person, Role
from rolebook.pages import branches, changes
from rolebook.pages.decisions import DecisionPages
from rolebook.pages.environment import environment
from rolebook.pages.outline import outline
from rolebook.pages.parts import apart, ready, unmarked
from rolebook.pages.plan import ASSETS_DIR, POSTER, Page, Plan, chunk
from rolebook.pages.public import PublicPages
from rolebook.schema.records import NO_HOURS, Hours

POSTER_STEP = 150
"""Width of the poster, in CSS pixels for the square root of a role: about that of its height."""
_STATIC = Markup('<div class="rb-static" data-search-exclude>{}</div>')
SHOWN = 200
"""Direct reports, hats and the like that stand on the page of a role or person; the rest is led to."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that no page shows; in a link they would reach a terminal with the warning about it."""

_INSTEAD = Markup(
    '<noscript class="rb-instead" data-search-exclude><p>A chart stands here where scripts may run. '
    "This page says the same in words.</p></noscript>"
)


class Renderer:
    """Renders the pages of a plan."""

    def __init__(self, plan: Plan, public: Seen) -> None:
        self._plan = plan
        public_site = plan.project.is_public
        self.mark = Markup("" if public_site else f"<!-- rolebook: {secrets.token_hex(8)} -->")
        """Stands before and after what an author wrote, and at the page's end; no author can write it.

        What outsiders may see is harmless already.
        """
        self._public = PublicPages(plan.project, public)
        self._templates = environment()
        self._decisions = DecisionPages(plan)
        self._contexts: Mapping[str, Callable[[Page], dict[str, Any]]] = {
            "role": self._role,
            "job": self._public.job,
            "person": self._person,
            "overview": self._overview,
            "department": self._department,
            "tree": self._tree,
            "roles-list": partial(self._list, self._plan.role_lists, self._by_title),
            "people-list": self._people,
            "jobs-list": partial(self._list, self._plan.job_lists, self._vacant_first),
            "changes": lambda page: changes.by_month(self._plan),
            **self._decisions.contexts,
        }

    def page(self, page: Page) -> str:
        """The Markdown of `page`, front matter included."""
        return unmarked(self._text(page))

    def apart(self, page: Page) -> tuple[str, tuple[str, ...]]:
        """The same with the HTML that needs no conversion taken out, for `parts.together`; and that HTML."""
        return apart(self._text(page))

    def numbers(self, uri: str) -> str:
        """The block of numbers, for a page at `uri`."""
        return unmarked(self._fill("numbers", uri, numbers=self.totals))

    def org_chart(self, uri: str) -> str:
        """The organisation's chart with its list, for a page at `uri`."""
        return unmarked(self._fill("org-chart", uri, chart=self._overview_chart))

    def poster(self) -> str:
        """The whole organisation as an SVG file, somewhat wider than high."""
        chart = reporting.whole(self._organisation, self._plan.project.name)
        return picture(chart, max(COLUMN, POSTER_STEP * len(chart.nodes) ** 0.5))

    @property
    def business_uri(self) -> str:
        """The page of the business model; empty while no promise is written down."""
        return self._plan.business.uri if self._plan.business else ""

    def business_model(self, uri: str) -> str:
        """Who keeps which promise, for a page at `uri`; nothing while no promise is written down."""
        if not self.business_uri:
            return ""
        return self._fill("business-model", uri, **self._decisions.business_model())

    @cached_property
    def totals(self) -> dict[str, Any]:
        """Roles, people, hours, vacancies, the founders' percentage of hours, what needs attention."""
        organisation = self._organisation
        active = list(organisation.active_roles)
        founders = [person for person in organisation.people.values() if person.founder]
        hours = sum((role.hours for role in active), NO_HOURS)
        return {
            "roles": len(active),
            "people": len(organisation.shares.keys() | organisation.owned.keys()),
            "hours": hours,
            "vacant": sum(1 for role in active if role.vacant),
            "founders": founders,
            "founders_share": self._founders_share if founders and hours else None,
            "attention": len(self._plan.problems),
        }

    @property
    def _founders_share(self) -> int:
        return self._plan.decisions.audit.part(Holding.FOUNDER).hours_percent

    @property
    def _organisation(self) -> Organisation:
        return self._plan.organisation

    def _text(self, page: Page) -> str:
        return self._fill(page.kind, page.uri, page=page, **self._contexts[page.kind](page))

    def _fill(self, template: str, uri: str, **context: Any) -> str:
        return self._templates.get_template(f"{template}.md.jinja").render(
            plan=self._plan,
            organisation=self._organisation,
            href=partial(self._plan.href, uri),
            seat=partial(self._plan.seat, uri),
            mark=self.mark,
            most=SHOWN,
            picture=partial(self._picture, uri),
            edit=self._plan.edit,
            drawing=lambda chart, width: drawing(chart, partial(self._node_href, uri), width),
            inside=not self._plan.project.is_public,
            outline=lambda chart: outline(chart, partial(self._node_href, uri)),
            **context,
        )

    def _picture(self, uri: str, chart: Chart, place: str) -> Markup:
        """`chart` for a page at `uri`, drawn here or left for Mermaid as the owner wants it in `place`."""
        href = partial(self._node_href, uri)
        if place in self._plan.project.options.static_charts:
            return ready(_STATIC.format(drawing(chart, href)))
        return _INSTEAD + Markup(f"\n\n```mermaid\n{flowchart(chart, href)}```")

    def _node_href(self, uri: str, node: Node) -> str:
        page, fragment = self._plan.place(node.target)
        return "" if page.uri == uri and not fragment else self._plan.href(uri, page, fragment)

    def _role(self, page: Page) -> dict[str, Any]:
        role = page.subject
        assert isinstance(role, Role)
        return {
            "role": role,
            "body": self._body(role),
            "chart": reporting.neighbourhood(self._organisation, role),
            "parent": self._organisation.parents.get(role.id),
            "reports": self._organisation.reports.get(role.id, ()),
            "former": self._plan.history.former(role) if self._plan.history else (),
            "promises": self._decisions.promises,
            "handing_over": self._decisions.handing_over(role),
        }

    def _body(self, role: Role) -> Markup:
        if self._plan.project.is_public:
            return self._public.body(role.id)
        return _body(_without_title(role.file.body, role.title))

    def _person(self, page: Page) -> dict[str, Any]:
        person = page.subject
        assert isinstance(person, Person)
        organisation = self._organisation
        shares = organisation.shares.get(person.id, ())
        load = organisation.load(person)
        by_function: dict[str, Hours] = {}
        for share in shares:
            function = organisation.functions.get(share.role.id, share.role).title
            by_function[function] = by_function.get(function, NO_HOURS) + share.hours
        return {
            "person": person,
            "chart": people.hats(organisation, person),
            "body": _body(person.file.body if person.file else ""),
            "shares": sorted(shares, key=lambda share: -share.hours.max),
            "load": load,
            "by_function": sorted(by_function.items(), key=lambda entry: -entry[1].max),
            "covers": self._covers.get(person.id, ()),
        }

    @cached_property
    def _covers(self) -> Mapping[str, list[Role]]:
        """The active roles that a person stands in for, by person id."""
        found: dict[str, list[Role]] = {}
        for role in self._organisation.active_roles:
            if role.backup:
                found.setdefault(role.backup.id, []).append(role)
        return found

    @cached_property
    def _overview_chart(self) -> Chart:
        return reporting.overview(self._organisation, self._plan.project.name)

    def _overview(self, page: Page) -> dict[str, Any]:
        return {"chart": self._overview_chart, "poster": self._plan.file(page.uri, POSTER)}

    def _department(self, page: Page) -> dict[str, Any]:
        role = page.subject
        assert isinstance(role, Role)
        return {
            "role": role,
            "chart": reporting.department(self._organisation, role),
            "chain": self._organisation.chain(role),
        }

    def _tree(self, page: Page) -> dict[str, Any]:
        plan, organisation, role = self._plan, self._organisation, page.subject
        assert role is None or isinstance(role, Role)
        pages = plan.branches[role.id if role else ""]
        roles = organisation.reports[role.id] if role else organisation.tops
        first = pages.index(page) * branches.ROWS
        tree = branches.branches(
            organisation,
            roles[first : first + branches.ROWS],
            plan.cut,
            lambda each: plan.href(page.uri, plan.roles[each.id]),
            lambda each: [plan.href(page.uri, part) for part in plan.branches[each.id]],
        )
        return {
            "role": role,
            "pages": pages,
            "above": [each for each in organisation.chain(role) if each.id in plan.cut] if role else [],
            "branches": tree,
            "statuses": self._statuses,
            "script": plan.file(page.uri, f"{ASSETS_DIR}/tree.js"),
        }

    @cached_property
    def _statuses(self) -> list[tuple[str, str]]:
        held = {Style.of(role.holding) for role in self._organisation.roles.values()}
        return [(style.value, words) for style, words in WORDS.items() if style in held]

    def _list(
        self, pages: Sequence[Page], rows: Callable[[], Sequence[object]], page: Page
    ) -> dict[str, Any]:
        assert isinstance(page.subject, int)
        return {"rows": chunk(rows(), page.subject), "total": len(rows()), "pages": pages}

    def _people(self, page: Page) -> dict[str, Any]:
        listed = self._list(self._plan.people_lists, self._by_name, page)
        return listed | {"chart": people.people(self._organisation) if page.subject == 0 else None}

    def _by_title(self) -> Sequence[Role]:
        return list(self._organisation.roles.values())

    def _by_name(self) -> Sequence[Person]:
        return list(self._organisation.people.values())

    def _vacant_first(self) -> Sequence[Role]:
        return sorted(self._organisation.active_roles, key=lambda role: not role.vacant)


def _body(markdown: str) -> Markup:
    return Markup(_CONTROL.sub("", markdown))


def _without_title(body: str, title: str) -> str:
    """`body` without a first line that repeats the page's title, which stands above it already."""
    first, _, rest = body.lstrip("\n").partition("\n")
    return rest if first.strip().strip("#").strip() == title and first.startswith("# ") else body
