"""Renders pages: fills templates with an organisation.

The templates give Markdown for what Markdown can say and HTML for the rest. Whatever came from a file is
escaped by the template environment, never where it is used.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from rolebook.charts import reporting
from rolebook.charts.mermaid import figure, flowchart, room
from rolebook.charts.model import Chart, Node, Target
from rolebook.charts.sheets import landscape
from rolebook.charts.svg import drawing, picture
from rolebook.escaping import in_front_matter, in_html
from rolebook.language import gettext
from rolebook.organisation import Holding, Organisation, Role
from rolebook.organisation.words import HOLDINGS, STATUSES
from rolebook.pages import branches, kinds
from rolebook.pages.addresses import ASSETS_DIR, POSTER, chart_file
from rolebook.pages.kinds import Fingerprint, PageKind
from rolebook.pages.page import Link, Page
from rolebook.pages.plan import Plan
from rolebook.rendering.fingerprints import Key, key
from rolebook.rendering.mishaps import expect_link
from rolebook.rendering.own_templates import OwnTemplateError, Stopped, Templates, own_templates
from rolebook.rendering.raw_html import Parts, apart, finished, unmarked
from rolebook.schema.records import NO_HOURS
from rolebook.views import changes
from rolebook.views.cards import Cards, cut_below
from rolebook.views.decisions import DecisionPages
from rolebook.views.hand_over import HandOverPages
from rolebook.views.headlines import Headline, headlines
from rolebook.views.lists import Context, Lists
from rolebook.views.profiles import Profiles
from rolebook.views.public import PublicPages
from rolebook.views.risks import RiskPages
from rolebook.views.workload import WorkloadPages
from rolebook.visibility.sections import Picture, no_picture
from rolebook.visibility.view import AudienceView

_STATIC = Markup('<div class="rb-static" data-search-exclude>{}</div>')
_INSTEAD = Markup('<noscript class="rb-instead" data-search-exclude><p>{}</p></noscript>')


class Renderer:
    """Renders the pages of a plan."""

    def __init__(
        self,
        plan: Plan,
        public: AudienceView,
        picture: Picture = no_picture,
        stopped: Stopped = OwnTemplateError,
    ) -> None:
        self._plan = plan
        public_site = plan.project.is_public
        self.mark = Markup("" if public_site else f"<!-- rolebook: {secrets.token_hex(8)} -->")
        """Stands before and after what an author wrote; no author can write it.

        What outsiders may see is harmless already.
        """
        self._stand_in = Markup(secrets.token_hex(16))
        """Stands for that text while a template is filled."""
        self._public = PublicPages(plan, public, picture)
        self._templates = Templates(own_templates(plan.project), stopped)
        self._decisions = DecisionPages(plan)
        hand_over = HandOverPages(plan)
        self._profiles = Profiles(plan, self._decisions.promises, hand_over.from_role, self._public)
        self._views: Mapping[PageKind, Callable[[Page], Context]] = {
            **self._profiles.contexts,
            **Lists(plan).contexts,
            **self._decisions.contexts,
            kinds.WORKLOAD: WorkloadPages(plan).context,
            kinds.RISKS: RiskPages(plan).context,
            kinds.HAND_OVER: hand_over.context,
            kinds.JOB: self._public.job,
            kinds.OVERVIEW: self._overview,
            kinds.DEPARTMENT: self._department,
            kinds.TREE: self._tree,
            kinds.CHANGES: lambda page: changes.by_month(self._plan),
        }
        """What gives the template of each kind of page its values."""

    def key(self, page: Page) -> Key | None:
        """The key of what `page` is made of. If it is that of the last build, so is the page.

        None if it has none. A page about the whole organisation has that of its text.
        """
        made_of: object
        if page.kind.fingerprint is Fingerprint.VALUES:
            context = self._views[page.kind](page)
            chart: Chart | None = context.get("chart")
            # An address follows from the page and the part of it that a box leads to.
            places = map(self._plan.place, (node.target for node in chart.nodes) if chart else ())
            made_of = context, [(target.uri, part) for target, part in places]
        elif page.kind.fingerprint is Fingerprint.VIEW:
            made_of = self._public.made_of(page)
        else:
            made_of = self._text(page)
        if made_of is None:
            return None
        return key(page.kind.template, page.uri, page.title, page.source, made_of)

    def title(self, page: Page) -> str:
        """What the front matter of `page` calls it."""
        named = page.subject if page.kind is kinds.JOB and isinstance(page.subject, Role) else page
        title = in_front_matter(named.title)
        return named.title if title == named.title else title  # so that it is held once

    def page(self, page: Page) -> str:
        """The Markdown of `page`, front matter included."""
        return unmarked(self._text(page))

    def apart(self, page: Page) -> Parts:
        """The same page, taken apart: finished HTML and what its author wrote are out of the Markdown."""
        return apart(self._text(page), self.mark)

    def numbers(self, uri: str) -> str:
        """The block of numbers, for a page at `uri`."""
        values = {"numbers": self.totals, "headlines": self._headlines}
        return unmarked(self._fill_from_plan("numbers", uri, **values))

    def org_chart(self, uri: str) -> str:
        """The organisation's chart, for a page at `uri`."""
        cards = Cards.of(self._plan, uri).tree(self._organisation.tops[: branches.MAX_ROWS], self._plan.cut)
        return unmarked(self._fill_from_plan("org-chart", uri, chart=self._overview_chart, cards=cards))

    def poster(self) -> str:
        """The whole organisation as an SVG file, somewhat wider than high."""
        chart = reporting.whole(self._organisation, self._plan.project.name)
        return picture(chart, landscape(chart))

    @property
    def business_uri(self) -> str:
        """The page of the business model; empty while no promise is written down."""
        return self._plan.business.uri if self._plan.business else ""

    def business_model(self, uri: str) -> str:
        """Who delivers which promise, for a page at `uri`; nothing while no promise is written down."""
        if not self.business_uri:
            return ""
        return self._fill_from_plan("business-model", uri, **self._decisions.business_model())

    @cached_property
    def _headlines(self) -> tuple[Headline, ...]:
        """What an owner wants to know first; nothing for outsiders."""
        return () if self._plan.project.is_public else headlines(self._plan)

    @cached_property
    def totals(self) -> dict[str, Any]:
        """Roles, people, hours, vacancies, the founders' percentage of hours, what needs attention."""
        organisation = self._organisation
        active = list(organisation.active_roles)
        founders = [person for person in organisation.people.values() if person.founder]
        hours = sum((unit.hours for unit in organisation.active_units), NO_HOURS)
        busy = organisation.shares.keys() | organisation.owned.keys() | organisation.memberships.keys()
        return {
            "roles": len(active),
            "teams": len(organisation.teams),
            "people": len(organisation.people),
            "busy": len(busy),
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
        context = self._views[page.kind](page)
        if page.kind.fingerprint is Fingerprint.TEXT:
            return self._fill_from_plan(page.kind.template, page.uri, page=page, **context)
        return self._fill(page.kind.template, page.uri, **context)

    def _fill_from_plan(self, template: str, uri: str, **context: Any) -> str:
        return self._fill(
            template,
            uri,
            plan=self._plan,
            edit=self._plan.edit,
            cards_of=lambda organisation: replace(Cards.of(self._plan, uri), organisation=organisation),
            **context,
        )

    def _fill(self, template: str, uri: str, **context: Any) -> str:
        """Fill `template` with the values of `context`, and with what is the same for all pages."""
        leads = self._leads(uri)
        body = context.get("body")
        if body is not None and self.mark:
            context["body"] = self._stand_in
        values = {
            "href": partial(self._address, uri),
            "mark": self.mark,
            "picture": partial(self._picture, leads),
            "diagram": partial(self._diagram, leads),
            "inside": not self._plan.project.is_public,
            "diagram_first": self._plan.project.options.first_charts == "diagram",
            **context,
        }
        text = self._templates.filled(f"{template}.md.jinja", values)
        return text if body is None or not self.mark else self._with_body(text, body)

    def _address(self, origin: str, target: Page | Link, fragment: str = "") -> Markup:
        """The address of a link, escaped: also where a template escapes more than HTML."""
        expect_link(target)
        return in_html(self._plan.href(origin, target, fragment))

    def _with_body(self, text: str, body: str) -> str:
        """Put what an author wrote in its place between two marks, and nowhere else.

        No template gets it: an own one could cut it out of its marks, and then nobody would clean it.
        """
        before, found, after = text.partition(f"{self.mark}\n\n{self._stand_in}\n\n{self.mark}")
        authored = f"{self.mark}\n\n{body}\n\n{self.mark}" if found else ""
        rest = (each.replace(self._stand_in, "").replace(self.mark, "") for each in (before, after))
        return authored.join(rest)

    def _picture(self, leads: Callable[[Node], str], chart: Chart, place: str) -> Markup:
        """Draw `chart`, or leave it for Mermaid, as the owner wants it in `place`."""
        if place in self._plan.project.options.static_charts:
            return finished(_STATIC.format(drawing(chart, leads)))
        instead = gettext(
            "Turn on JavaScript to see this chart. This page gives the same information in text."
        )
        return finished(_INSTEAD.format(instead) + figure(flowchart(chart, leads), room(chart)))

    def _diagram(self, leads: Callable[[Node], str], chart: Chart, place: str) -> Markup:
        """What Mermaid draws of `chart` beside its cards or list; nothing where the owner wants no script."""
        if place in self._plan.project.options.static_charts:
            return Markup()
        return self._picture(leads, chart, place)

    def _leads(self, uri: str) -> Callable[[Node], str]:
        """Where a box of a chart leads from the page at `uri`, as an address."""
        known: dict[Target, str] = {}

        def address(node: Node) -> str:
            if (found := known.get(node.target)) is None:
                page, fragment = self._plan.place(node.target)
                here = page.uri == uri and not fragment
                found = known[node.target] = "" if here else self._plan.href(uri, page, fragment)
            return found

        return address

    @cached_property
    def _overview_chart(self) -> Chart:
        return reporting.overview(self._organisation, self._plan.project.name)

    def _overview(self, page: Page) -> dict[str, Any]:
        poster = () if self._plan.project.has_password else (("SVG", self._plan.file(page.uri, POSTER)),)
        return {
            **self._tree(page),
            "chart": self._overview_chart,
            "downloads": (*poster, *self._downloads(page.uri, "")),
            "headlines": self._headlines,
            "numbers": self.totals,
        }

    def _department(self, page: Page) -> dict[str, Any]:
        role = page.subject
        assert isinstance(role, Role)
        cut = cut_below(self._organisation, role, branches.MAX_OF_DEPARTMENT)
        values = self._profiles.department(page)
        return {
            **values,
            **self._of_cards(page),
            "cards": Cards.of(self._plan, page.uri).tree([role], cut),
            "downloads": self._downloads(page.uri, role.id),
        }

    def _downloads(self, uri: str, role_id: str) -> tuple[tuple[str, str], ...]:
        """The forms in which a role's chart, or the whole one, is a file, and its address from a page."""
        forms = self._plan.project.chart_files
        return tuple((form.upper(), self._plan.file(uri, chart_file(role_id, form))) for form in forms)

    def _of_cards(self, page: Page) -> dict[str, Any]:
        """What the tools around cards need."""
        script = self._plan.file(page.uri, f"{ASSETS_DIR}/cards.js")
        legend, statuses = self._held(HOLDINGS), self._held(STATUSES)
        return {"holdings": legend, "statuses": statuses, "script": script}

    def _tree(self, page: Page) -> dict[str, Any]:
        plan, organisation, role = self._plan, self._organisation, page.subject
        assert role is None or isinstance(role, Role)
        pages = plan.branches[role.id if role else ""]
        roles = organisation.reports[role.id] if role else organisation.tops
        first = pages.index(page) * branches.MAX_ROWS
        shown = roles[first : first + branches.MAX_ROWS]
        return {
            **self._of_cards(page),
            "role": role,
            "pages": pages,
            "above": [each for each in organisation.chain(role) if each.id in plan.cut] if role else [],
            "cards": Cards.of(plan, page.uri).tree(shown, plan.cut),
        }

    @cached_property
    def _ways_to_hold(self) -> set[Holding]:
        return {role.holding for role in self._organisation.roles.values()}

    def _held(self, words: Mapping[Holding, str]) -> list[tuple[str, str]]:
        """Each way to hold a role that occurs, with its `words`."""
        return [(each.value, gettext(said)) for each, said in words.items() if each in self._ways_to_hold]
