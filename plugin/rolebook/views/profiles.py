"""What stands on the pages about one role, one person or one department.

These are nearly all pages of a handbook. Their templates get nothing but what is given here, as plain values:
so `rendering.fingerprints` sees without rendering whether a page is as before.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from markupsafe import Markup

from rolebook.analysis.promises import Promise
from rolebook.body import as_written
from rolebook.charts import people, reporting
from rolebook.documents.leaving import Group, groups
from rolebook.language import gettext
from rolebook.organisation import Membership, Organisation, Person, Role, Share
from rolebook.organisation.facts import address_of
from rolebook.organisation.words import LEADS, counted_units, detail
from rolebook.pages import kinds
from rolebook.pages.addresses import AWAY, REPORTS
from rolebook.pages.kinds import PageKind
from rolebook.pages.page import Link, Page
from rolebook.pages.plan import Plan
from rolebook.schema.kinds import PHONE, WEB_ADDRESS
from rolebook.schema.own_fields import FACTS
from rolebook.schema.records import NO_HOURS, Deliverable, Hours, PersonFields
from rolebook.views.cards import Cards
from rolebook.views.facts import shown_facts
from rolebook.views.hand_over import HandingOver
from rolebook.views.lists import Context
from rolebook.views.public import PublicPages
from rolebook.wording import listed

MAX_LISTED = 200
"""Direct reports, roles and the like that the page of a role or person lists; the rest is linked."""
MAX_ROLES_ABOVE = 12
"""Roles above a department that its chart's page leads to."""


class Profiles:
    """Gives the templates of such pages their values."""

    def __init__(
        self,
        plan: Plan,
        promises: Mapping[str, Promise],
        handing_over: Callable[[Role], HandingOver | None],
        public: PublicPages,
    ) -> None:
        self._plan = plan
        self._organisation: Organisation = plan.organisation
        self._promises = promises
        self._handing_over = handing_over
        self._public = public
        self.contexts: Mapping[PageKind, Callable[[Page], Context]] = {
            kinds.ROLE: self._role,
            kinds.PERSON: self._person,
        }

    def _role(self, page: Page) -> Context:
        role = page.subject
        assert isinstance(role, Role)
        plan, organisation = self._plan, self._organisation
        parent = organisation.parents.get(role.id)
        reports = organisation.reports.get(role.id, ())
        also_below = organisation.also_below.get(role.id, ())
        chart = reporting.neighbourhood(organisation, role)
        return {
            "role": role,
            "body": self._body(role),
            "chart": chart,
            "cards": Cards.of(plan, page.uri).around(chart),
            "owner": plan.people[role.owner.id].link if role.owner else None,
            "parent": plan.roles[parent.id].link if parent else None,
            "also_above": [plan.roles[each.id].link for each in organisation.also_above.get(role.id, ())],
            "cover": plan.people[role.cover.id].link if role.cover else None,
            "done_by": [plan.people[person.id].link for person in role.people] if role.vacant else [],
            "shares": [(plan.people[each.person.id].link, each.hours) for each in role.shares()]
            if role.performers
            else [],
            "leads": [plan.people[person.id].link for person in role.leads[:MAX_LISTED]],
            "led_by": [plan.people[person.id].link for person in parent.leads[:LEADS]] if parent else [],
            "members": [(plan.people[each.person.id].link, each) for each in role.members[:MAX_LISTED]],
            "more_members": len(role.members[MAX_LISTED:]),
            "team": counted_units(organisation.counts_below.get(role.id, {})),
            "team_chart": plan.charts[role.id].link if reports else None,
            "job": plan.jobs[role.id].link if role.id in plan.jobs and plan.has(plan.jobs[role.id]) else None,
            "handing_over": self._handing_over(role),
            "card": plan.card(page.uri, role),
            "tools": [(each, self._link_of(each.admin)) for each in role.fields.tools],
            "reporting_to": self._reporting_to(role),
            "deliverables": [self._deliverable(each) for each in role.fields.deliverable],
            "reports_part": REPORTS,
            "reports": [(plan.roles[each.id].link, detail(each)) for each in reports[:MAX_LISTED]],
            "also_below": [(plan.roles[each.id].link, detail(each)) for each in also_below[:MAX_LISTED]],
            "more_also_below": len(also_below[MAX_LISTED:]),
            "left_out": len(reports) if len(reports) > MAX_LISTED else 0,
            "former": plan.history.former(role) if plan.history else (),
            "own": shown_facts(plan, role.fields, FACTS),
        }

    def _body(self, role: Role) -> Markup:
        if self._plan.project.is_public:
            return self._public.body(role.id)
        return Markup(as_written(_without_title(role.file.body, role.title)))

    def _link_of(self, name: str) -> Link | None:
        person = self._organisation.named(name) if name else None
        return self._plan.people[person.id].link if person else None

    def _reporting_to(self, role: Role) -> Link | None:
        """To whose role is reported, if it is there."""
        to = role.fields.reporting.to if role.fields.reporting else ""
        return self._plan.roles[to].link if to in self._plan.roles else None

    def _deliverable(self, produced: Deliverable) -> tuple[Deliverable, str, Link | None, str]:
        """What is produced, for whom, the promise that it keeps, and the part of its page about that."""
        receiver = self._organisation.roles.get(produced.receiver)
        promise = self._promises.get(produced.for_)
        whom = receiver.title if receiver else produced.receiver
        if promise is None or self._plan.business is None:
            return produced, whom, None, ""
        return produced, whom, Link(promise.name, self._plan.business.uri), f"promise-{promise.number}"

    def _person(self, page: Page) -> Context:
        person = page.subject
        assert isinstance(person, Person)
        organisation, plan = self._organisation, self._plan
        parts = organisation.shares.get(person.id, ())
        held = [share for share in parts if not share.role.is_team]
        shares = sorted(held, key=lambda share: -share.hours.max)
        teams = organisation.memberships.get(person.id, ())
        by_function: dict[str, Hours] = {}
        for share in parts:
            function = organisation.functions.get(share.role.id, share.role).title
            by_function[function] = by_function.get(function, NO_HOURS) + share.hours
        leaving = plan.decisions.leavings[person.id]
        absence = plan.decisions.absences.get(person.id)
        away = absence.roles if absence else ()
        chart = people.roles_of(organisation, person)
        return {
            "person": person,
            "photo": plan.photo(page.uri, person),
            "chart": chart,
            "cards": Cards.of(plan, page.uri).held(chart),
            "body": Markup(as_written(person.file.body if person.file else "")),
            "held": len(shares),
            "shares": [self._share(person, each) for each in shares[:MAX_LISTED]],
            "teams": [self._membership(*each) for each in teams[:MAX_LISTED]],
            "all_teams": len(teams),
            "hours_in_roles": sum((share.hours for share in shares), NO_HOURS),
            "load": organisation.load(person),
            "days": _days(person.fields, organisation.day),
            "coming": [
                (plan.roles[change.role.id].link, change.by)
                for change in leaving.hand_overs
                if change.to == person.name and change.role.owner != person
            ][:MAX_LISTED],
            "left": person.fields.ends if _has_left(person.fields, organisation.day) else None,
            "by_function": sorted(by_function.items(), key=lambda entry: -entry[1].max)[:MAX_LISTED],
            "functions": len(by_function),
            "covers": [(plan.roles[each.id].link, detail(each)) for each in leaving.covers[:MAX_LISTED]],
            "more_covers": len(leaving.covers[MAX_LISTED:]),
            "leaving": [self._leaving(group) for group in groups(leaving)],
            "away_part": AWAY,
            "away": [
                (plan.roles[role.id].link, plan.people[cover.id].link if cover else None)
                for role, cover in away[:MAX_LISTED]
            ],
            "all_away": len(away),
            "without_cover": len(absence.without_cover) if absence else 0,
            "resting": [
                (promise.name, plan.business.link, f"promise-{promise.number}")
                for promise in (absence.promises if absence else ())
                if plan.business
            ],
            "all_roles": plan.role_lists[0].link,
            "contact": _contact(person.fields),
            "own": shown_facts(plan, person.fields, FACTS),
        }

    def _share(self, person: Person, share: Share) -> tuple[Link, bool, str, Hours]:
        """A role, whether somebody else answers for it, the function it belongs to, the person's hours."""
        role = share.role
        function = self._organisation.functions.get(role.id)
        title = function.title if function else ""
        return self._plan.roles[role.id].link, role.owner != person, title, share.hours

    def _membership(self, team: Role, membership: Membership) -> tuple[Link, Membership, str]:
        """A team, what somebody is in it, the function that it belongs to."""
        function = self._organisation.functions.get(team.id)
        return self._plan.roles[team.id].link, membership, function.title if function else ""

    def _leaving(self, group: Group) -> tuple[str, list[tuple[Link | None, str, str]], int]:
        """What is to be done, about what with a link if there is a page, and how many more there are."""
        items = [
            (self._plan.roles[item.subject.id].link if isinstance(item.subject, Role) else None, *item.words)
            for item in group.items[:MAX_LISTED]
        ]
        return group.heading, items, len(group.items[MAX_LISTED:])

    def department(self, page: Page) -> Context:
        """What the page of a role's chart shows beside the cards."""
        role = page.subject
        assert isinstance(role, Role)
        chain = self._organisation.chain(role)
        return {
            "title": page.title,
            "role": self._plan.roles[role.id].link,
            "chart": reporting.department(self._organisation, role),
            "whole": self._plan.overview.link,
            "above": [Link(each.title, self._plan.charts[each.id].uri) for each in chain[-MAX_ROLES_ABOVE:]],
            "further_above": len(chain[:-MAX_ROLES_ABOVE]),
        }


def _has_left(fields: PersonFields, today: dt.date) -> bool:
    return fields.ends is not None and fields.ends < today


def _days(fields: PersonFields, today: dt.date) -> list[tuple[str, dt.date]]:
    """The first day if it is still to come, and the last one."""
    found = []
    if fields.starts and fields.starts > today:
        found.append((gettext("First day"), fields.starts))
    if fields.ends:
        found.append((gettext("Last day"), fields.ends))
    return found


def _contact(fields: PersonFields) -> list[tuple[str, str, str]]:
    """How somebody is reached: what it is, what a page shows, and the address to which it leads."""
    chat = fields.chat if WEB_ADDRESS.form.fullmatch(fields.chat) else ""
    found = (
        (gettext("Telephone"), fields.phone, address_of(PHONE, fields.phone)),
        (gettext("Chat"), fields.chat, chat),
        (gettext("Calendar"), fields.calendar, fields.calendar),
        (gettext("Pronouns"), fields.pronouns, ""),
        (gettext("Working hours"), fields.working_hours, ""),
        (gettext("Languages"), listed(fields.languages), ""),
    )
    return [each for each in found if each[1]]


def _without_title(body: str, title: str) -> str:
    """`body` without a first line that repeats the page's title, which stands above it already."""
    first, _, rest = body.lstrip("\n").partition("\n")
    return rest if first.strip().strip("#").strip() == title and first.startswith("# ") else body
