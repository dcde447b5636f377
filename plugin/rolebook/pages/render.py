"""What stands on each page: templates filled with an organisation.

The templates give Markdown for what Markdown can say and HTML for the rest. Whatever came from a file is
escaped by the template environment, never where it is used.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

import jinja2
from markupsafe import Markup, escape

from rolebook.charts import model
from rolebook.charts.mermaid import flowchart
from rolebook.charts.model import Chart, Node
from rolebook.organisation import Holding, Organisation, Person, Role
from rolebook.packs import job_post
from rolebook.pages.outline import outline
from rolebook.pages.plan import Page, Plan, chunk
from rolebook.schema.records import NO_HOURS, Hours

HOLDING_WORDS = {
    Holding.FOUNDER: "Held by the founder",
    Holding.IN_HOUSE: "Held in-house",
    Holding.OUTSOURCED: "Outsourced",
    Holding.VACANT: "Vacant",
    Holding.PLANNED: "Planned",
    Holding.RETIRED: "Retired",
}

_NOT_YAML = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that may not stand in YAML (YAML 1.1, 5.1: the production c-printable)."""


class Renderer:
    """Renders the pages of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._templates = _environment()
        self._contexts: Mapping[str, Callable[[Page], dict[str, Any]]] = {
            "role": self._role,
            "job": self._job,
            "person": self._person,
            "overview": self._overview,
            "department": self._department,
            "roles-list": partial(self._list, self._plan.role_lists, self._by_title),
            "people-list": partial(self._list, self._plan.people_lists, self._by_name),
            "jobs-list": partial(self._list, self._plan.job_lists, self._vacant_first),
        }

    def page(self, page: Page) -> str:
        """The Markdown of `page`, front matter included."""
        context = self._contexts[page.kind](page)
        return self._fill(page.kind, page.uri, page=page, **context)

    def numbers(self, uri: str) -> str:
        """The block of numbers, for a page at `uri`."""
        return self._fill("numbers", uri, numbers=self.totals)

    def org_chart(self, uri: str) -> str:
        """The organisation's chart with its list, for a page at `uri`."""
        return self._fill("org-chart", uri, chart=self._overview_chart)

    @cached_property
    def totals(self) -> dict[str, Any]:
        """Roles, people, hours, vacancies, and the founders' share of hours in percent."""
        organisation = self._organisation
        active = list(organisation.active_roles)
        founders = [person for person in organisation.people.values() if person.founder]
        held = sum((organisation.load(person) for person in founders), NO_HOURS)
        hours = sum((role.hours for role in active), NO_HOURS)
        return {
            "roles": len(active),
            "people": len(organisation.shares.keys() | organisation.owned.keys()),
            "hours": hours,
            "vacant": sum(1 for role in active if role.vacant),
            "founders": founders,
            "founders_share": round(100 * held.max / hours.max) if founders and hours else None,
        }

    @property
    def _organisation(self) -> Organisation:
        return self._plan.organisation

    def _fill(self, template: str, uri: str, **context: Any) -> str:
        return self._templates.get_template(f"{template}.md.jinja").render(
            plan=self._plan,
            organisation=self._organisation,
            href=partial(self._plan.href, uri),
            mermaid=partial(self._mermaid, uri),
            outline=lambda chart: outline(chart, partial(self._node_href, uri)),
            legend=_legend,
            **context,
        )

    def _mermaid(self, uri: str, chart: Chart) -> Markup:
        return Markup(flowchart(chart, partial(self._node_href, uri)))

    def _node_href(self, uri: str, node: Node) -> str:
        if node.hidden and node.parent is None:
            return self._plan.href(uri, self._plan.role_lists[0])
        pages = self._plan.charts if node.continues else self._plan.roles
        page = pages[node.role.id]
        if node.hidden and not node.continues:
            return self._plan.href(uri, page, "direct-reports")
        return "" if page.uri == uri else self._plan.href(uri, page)

    def _role(self, page: Page) -> dict[str, Any]:
        role = page.subject
        assert isinstance(role, Role)
        deliverables = {each.id: each for each in self._organisation.business.deliverables}
        return {
            "role": role,
            "body": Markup(_without_title(role.file.body, role.title)),
            "chart": model.neighbourhood(self._organisation, role),
            "parent": self._organisation.parents.get(role.id),
            "reports": self._organisation.reports.get(role.id, ()),
            "business_deliverables": deliverables,
        }

    def _job(self, page: Page) -> dict[str, Any]:
        role = page.subject
        assert isinstance(role, Role)
        name = self._plan.project.name
        post = job_post.compose(self._organisation, role, name)
        return {"post": post, "role": role}

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
            "body": Markup(person.file.body if person.file else ""),
            "shares": sorted(shares, key=lambda share: -share.hours.max),
            "owned": organisation.owned.get(person.id, ()),
            "load": load,
            "by_function": sorted(by_function.items(), key=lambda entry: -entry[1].max),
            "covers": [role for role in organisation.active_roles if role.backup and role.backup == person],
        }

    @cached_property
    def _overview_chart(self) -> Chart:
        return model.overview(self._organisation, self._plan.project.name)

    def _overview(self, page: Page) -> dict[str, Any]:
        return {"chart": self._overview_chart}

    def _department(self, page: Page) -> dict[str, Any]:
        role = page.subject
        assert isinstance(role, Role)
        return {
            "role": role,
            "chart": model.department(self._organisation, role),
            "chain": self._organisation.chain(role),
        }

    def _list(
        self, pages: Sequence[Page], rows: Callable[[], Sequence[object]], page: Page
    ) -> dict[str, Any]:
        assert isinstance(page.subject, int)
        return {"rows": chunk(rows(), page.subject), "total": len(rows()), "pages": pages}

    def _by_title(self) -> Sequence[Role]:
        return list(self._organisation.roles.values())

    def _by_name(self) -> Sequence[Person]:
        return list(self._organisation.people.values())

    def _vacant_first(self) -> Sequence[Role]:
        return sorted(self._organisation.roles.values(), key=lambda role: not role.vacant)


def _legend(chart: Chart) -> Iterator[tuple[str, str]]:
    """Style and words of each way of holding a seat that occurs in `chart`."""
    return ((holding.value, HOLDING_WORDS[holding]) for holding in chart.holdings)


def _without_title(body: str, title: str) -> str:
    """`body` without a first line that repeats the page's title, which stands above it already."""
    first, _, rest = body.lstrip("\n").partition("\n")
    return rest if first.strip().strip("#").strip() == title and first.startswith("# ") else body


def _environment() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("rolebook.pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_escaped,
    )
    templates.filters |= {
        "hours": model.hours_text,
        "holding": lambda role: HOLDING_WORDS[role.holding],
        "detail": model.detail,
        "plain": _plain,
        "field": _field,
        "number": lambda value: f"{value:,.4g}" if value < 1000 else f"{value:,.0f}",
    }
    return templates


def _field(value: str | tuple[str, ...]) -> Markup:
    """`value` in a page's front matter: HTML, since themes print it as it is, written as JSON in YAML."""
    html = _front(value) if isinstance(value, str) else [_front(item) for item in value]
    # YAML reads JSON but for its pairs of surrogate escapes, so characters stay as they are.
    return Markup(json.dumps(html, ensure_ascii=False))


def _front(text: str) -> str:
    return _NOT_YAML.sub(" ", str(_escaped(text)))


def _plain(text: str) -> Markup:
    """`text` where Markdown is read, as a heading: nothing in it is markup."""
    return Markup("".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in text))


def _escaped(value: object) -> Markup:
    """`value` for HTML that Markdown and other plugins pass over: braces would be a macro to some."""
    if value is None:
        return Markup("")
    if isinstance(value, Markup):
        return value
    return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))
