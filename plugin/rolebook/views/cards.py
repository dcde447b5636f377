"""Writes charts as cards: nested lists that fold, print, zoom and are found like any text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from rolebook.charts.model import (
    SYMBOLS,
    Chart,
    LinkKind,
    Node,
    Style,
    Target,
    length,
    shown_person,
    words_of,
)
from rolebook.charts.people import counts
from rolebook.escaping import in_html
from rolebook.language import gettext, gettext_html
from rolebook.organisation import Organisation, Person, Role
from rolebook.organisation.facts import own_facts
from rolebook.organisation.words import belongs, counted_units, holder, titles
from rolebook.pages.branches import anchor
from rolebook.pages.plan import Plan
from rolebook.schema.own_fields import CARD
from rolebook.schema.records import NO_HOURS, Hours
from rolebook.wording import hours_text, initials, isolated, short_day

MAX_OPEN, MAX_OPEN_BELOW = 60, 12
"""With more roles, or more below one at the top of a column, the columns begin folded."""
_FUNCTIONS = 5
"""Colours of functions; they come again after that."""
_MAX_INDENTS = 7
"""Levels that are set in; deeper ones stand below each other."""
_FITS = 10
"""Letters of a word that nearly any card has room for."""
_ABOVE = (4, 5, 6, 7, 8, 10, 12, 14)
"""Numbers of cards that fill one row or two on some screen; more begin the next row."""
_UNBROKEN = re.compile("[^\\s/\u2010\u2e80-\ud7ff-]+")
"""What no line ends in: Chinese, Japanese and Korean break anywhere."""


@dataclass(frozen=True)
class Cards:
    """What cards say of the roles of an organisation, and where they lead."""

    organisation: Organisation
    inside: bool
    """Whether colleagues read them, who see people and cover."""
    href: Callable[[Role], str]
    """The address of a role's page."""
    photo_href: Callable[[Person], str]
    """That of a person's picture; empty without one."""
    job_href: Callable[[Role], str]
    """That of its job description."""
    branch_hrefs: Callable[[Role], Sequence[str]]
    """Those of the pages that show the roles below one that is cut."""
    leads: Callable[[Target], str]
    """Where a box of a chart leads."""

    @classmethod
    def of(cls, plan: Plan, uri: str) -> "Cards":
        """Those of the organisation of `plan`, for the page at `uri`."""
        return cls(
            plan.organisation,
            not plan.project.is_public,
            lambda role: plan.href(uri, plan.roles[role.id]),
            lambda person: plan.photo(uri, person),
            lambda role: plan.href(uri, plan.jobs[role.id]),
            lambda role: [
                plan.href(uri, part) for part in plan.branches.get(role.id, (plan.charts[role.id],))
            ],
            lambda target: plan.href(uri, *plan.place(target)),
        )

    def tree(self, roles: Sequence[Role], cut: frozenset[str]) -> Markup:
        """Write `roles` and all below them; what is below those in `cut` is fetched when their fold opens."""
        has_top = len(roles) == 1
        is_large = len(self.organisation.roles) > MAX_OPEN
        rows = "".join(self._rows(roles, cut, 0 if has_top else 1, is_large))
        style = 'class="rb-branches"' if has_top else _abreast(len(roles), "rb-branches ")
        many = " rb-many" if is_large else ""
        return Markup(f'<div class="rb-canvas{many}"><ul {style}>{rows}</ul></div>')

    def _rows(self, roles: Sequence[Role], cut: frozenset[str], first: int, is_large: bool) -> Iterator[str]:
        # A stack of rows and of the tags that close them: chains may be thousands deep.
        waiting: list[tuple[int, Role] | str] = [(first, role) for role in reversed(roles)]
        while waiting:
            row = waiting.pop()
            if isinstance(row, str):
                yield row
                continue
            depth, role = row
            reports = self.organisation.reports.get(role.id, ())
            yield f'<li id="{anchor(role)}"{self._function(role, depth)}>{self._card(role)}'
            if not reports:
                yield "</li>\n"
            elif role.id in cut:
                pages = [escape(page) for page in self.branch_hrefs(role)]
                show = gettext_html("Show this team")
                link = f'<a href="{pages[0]}">{show}</a>'
                fold = f'<details data-branch="{" ".join(pages)}">{self._summary(role)}'
                yield f'{fold}<ul class="rb-hang"><li>{link}</li></ul></details></li>\n'
            elif depth == 0:
                yield f"\n<ul {_abreast(len(reports))}>\n"
                waiting.append("</ul></li>\n")
                waiting.extend((1, report) for report in reversed(reports))
            else:
                is_long = self.organisation.team_sizes.get(role.id, 0) > MAX_OPEN_BELOW
                opened = "" if depth == 1 and (is_large or is_long) else " open"
                deep = " rb-deep" if depth > _MAX_INDENTS else ""
                yield f'<details{opened}>{self._summary(role)}<ul class="rb-hang{deep}">\n'
                waiting.append("</ul></details></li>\n")
                waiting.extend((depth + 1, report) for report in reversed(reports))

    def _function(self, role: Role, depth: int) -> str:
        """Mark the cards at the top: the edge of a function's card has its colour."""
        if depth == 0:
            return ' class="rb-root"'
        return f' class="rb-column rb-f{self._functions.get(role.id, 0)}"' if depth == 1 else ""

    @cached_property
    def _functions(self) -> dict[str, int]:
        colours = {head.id: 1 + at % _FUNCTIONS for at, head in enumerate(self.organisation.function_heads)}
        return {role: colours.get(function.id, 0) for role, function in self.organisation.functions.items()}

    def around(self, chart: Chart) -> Markup:
        """Write the chart of what is around a role: those above in the middle, those beside it in columns."""
        return _canvas("rb-branches rb-near", self._near(chart, None))

    def changing(self, chart: Chart) -> Markup:
        """Write the chart of roles that change, each below the one it reports to."""
        return _canvas("rb-branches", self._changing(chart, None))

    def _changing(self, chart: Chart, place: int | None) -> Iterator[str]:
        for each, node in chart.below(place):
            card = self._fold(node) if node.hidden else self._role_card(self._role(node))
            below = "".join(self._changing(chart, each))
            here = ' class="rb-here"' if node.here else ""
            yield f"<li{here}>{card}{_list('rb-hang', [below]) if below else ''}</li>\n"

    def holders(self, chart: Chart) -> Markup:
        """Write the chart of who holds what: each person with their roles beside them."""
        rows = (
            f"<li>{self._group(head)}{_list('rb-across', self._held(chart, place))}</li>\n"
            for place, head in chart.below(None)
        )
        return _canvas("rb-branches rb-people", rows)

    def held(self, chart: Chart) -> Markup:
        """Write the roles of the one person whom the chart is about."""
        return _canvas("rb-branches rb-across rb-held", self._held(chart, 0))

    def _near(self, chart: Chart, place: int | None, row: str = "") -> Iterator[str]:
        for each, node in chart.below(place):
            hangs = node.here and place is not None
            below = list(self._near(chart, each, "" if hangs else "rb-column"))
            card = self._fold(node) if node.hidden else self._role_card(self._role(node), node.here)
            if below:
                kind = 'class="rb-hang"' if hangs else _abreast(len(below))
                card += f"<ul {kind}>\n{''.join(below)}</ul>"
            top = "rb-root" if below and not hangs else ""
            classes = " ".join(filter(None, (row, top, "rb-here" if node.here else "")))
            yield f'<li class="{classes}">{card}</li>\n' if classes else f"<li>{card}</li>\n"

    def _held(self, chart: Chart, place: int) -> Iterator[str]:
        head = chart.nodes[place].target
        person = self.organisation.people[head.id] if head.kind is LinkKind.PERSON else None
        for _, node in chart.below(place):
            if node.hidden:
                card = self._fold(node)
            elif person:
                card = self._share_card(person, self._role(node))
            else:
                card = self._role_card(self._role(node))
            yield f'<li class="rb-column">{card}</li>\n'

    def _role(self, node: Node) -> Role:
        return self.organisation.roles[node.target.id]

    def _fold(self, node: Node) -> str:
        return (
            f'<div class="rb-card rb-fold"><a href="{escape(self.leads(node.target))}">{node.title}</a></div>'
        )

    def _group(self, node: Node) -> str:
        """The card of a person, or of those roles that nobody holds."""
        if node.target.kind is LinkKind.PERSON:
            return self._person_card(self.organisation.people[node.target.id], node)
        if node.hidden:
            return self._fold(node)
        link = _link(self.leads(node.target), node.title)
        return _box(Style.VACANT, SYMBOLS[Style.VACANT], link, _who(node.detail))

    def _person_card(self, person: Person, node: Node) -> str:
        style = Style.OUTSOURCED if person.outside else Style.IN_HOUSE
        style = Style.FOUNDER if person.founder else style
        load, capacity = self.organisation.load(person), person.fields.weekly_capacity
        words = " · ".join(
            filter(None, (counts(self.organisation, person), hours_text(load) if load else ""))
        )
        lines = _who(words)
        if node.over and capacity is not None:
            over = gettext_html("%(hours)s over capacity", hours=hours_text(load.beyond(capacity)))
            lines += f'<span class="rb-too-much">{over}</span>'
        lines += self._own(person.fields)
        return _box(style, self._portrait(person), _link(self.leads(node.target), person.name), lines)

    def _share_card(self, person: Person, role: Role) -> str:
        """The card of a role below somebody who holds it or does part of it, with the hours that they do."""
        shares = self.organisation.shares.get(person.id, ())
        hours = next((share.hours for share in shares if share.role.id == role.id), None)
        style, link = Style.of(role.holding), _link(self.href(role), role.title)
        words = self._part_in(role, person, hours is not None)
        lines = (_who(words) if words else "") + _hours(hours)
        return _box(style, self._face(role, style), link, lines, length(self.organisation, hours))

    def _part_in(self, role: Role, person: Person, works: bool) -> str:
        """What somebody is in a role or a team; nothing for whoever holds it and works in it."""
        for team, membership in self.organisation.memberships.get(person.id, ()):
            if team.id == role.id:
                return belongs(membership)
        if role.owner != person:
            return holder(role)
        return "" if works else gettext("Accountable")

    def _role_card(self, role: Role, here: bool = False) -> str:
        style = Style.of(role.holding)
        # The page of a role does not lead to itself.
        link = (
            f'<a aria-current="page"{_long_word(role.title)}>{in_html(role.title)}</a>'
            if here
            else _link(self.href(role), role.title)
        )
        words = f"{_who(holder(role))}{self._also(role)}{self._own(role.fields)}"
        lines = f"{words}{_hours(role.hours)}{self._apply(role)}"
        return _box(style, self._face(role, style), link, lines, length(self.organisation, role.hours))

    def _card(self, role: Role) -> str:
        style = Style.of(role.holding)
        cover = self._cover(role)
        words = f"{_who(holder(role))}{self._also(role)}{self._own(role.fields)}{cover}"
        lines = f"{words}{_hours(role.hours)}{self._apply(role)}"
        no_cover = " rb-no-cover" if cover and not role.cover else ""
        face, link = self._face(role, style), _link(self.href(role), role.title)
        bar = length(self.organisation, role.hours)
        return _box(style, face, link, lines, bar, no_cover, self._others(role))

    def _others(self, role: Role) -> str:
        """Who else belongs to it, for whoever looks for them; nobody for outsiders."""
        if not self.inside:
            return ""
        people = [each.person for each in role.members] + [person for person, _ in role.performers]
        names = "; ".join(dict.fromkeys(person.name for person in people))
        cover = role.cover.name if role.cover else ""
        named = {"people": names, "cover": cover}
        return "".join(f' data-{name}="{escape(text)}"' for name, text in named.items() if text)

    def _face(self, role: Role, style: Style) -> str:
        """The picture, or else the initials, of whoever holds the role, or leads the team."""
        person = shown_person(role, style)
        return self._portrait(person) if person else SYMBOLS.get(style, "")

    def _portrait(self, person: Person) -> str:
        """Somebody's picture, or else their initials."""
        if photo := self.photo_href(person):
            return f'<img src="{escape(photo)}" alt="" width="30" height="30" loading="lazy">'
        return str(in_html(initials(person.name)))

    def _also(self, role: Role) -> str:
        """The dotted lines of the role."""
        above = titles(self.organisation.also_above.get(role.id, ()))
        if not above:
            return ""
        words = gettext_html("Also reports to %(roles)s", roles=above)
        return f'<span class="rb-also">{words}</span>'

    def _own(self, fields: object) -> str:
        """What the owner's fields say that are shown on cards."""
        facts = own_facts(self.organisation, fields, CARD)
        lines = (f"{in_html(each.label)}{gettext(': ')}{in_html(isolated(each.text))}" for each in facts)
        return "".join(f'<span class="rb-own">{line}</span>' for line in lines)

    def _cover(self, role: Role) -> str:
        """Who steps in, which the view of cover shows; nothing for outsiders, and for what nobody holds."""
        if not self.inside or role.is_team or not role.active:
            return ""
        if role.cover:
            words = gettext_html("Covered by %(name)s", name=role.cover.name)
        else:
            words = gettext_html("No cover")
        return f'<span class="rb-cover">{words}</span>'

    def _apply(self, role: Role) -> str:
        """The way to the job description of a role for which somebody is looked for."""
        if not role.to_fill or not self.job_href(role):
            return ""
        posting = role.fields.posting
        closes = posting.closes if posting and posting.is_open(self.organisation.day) else None
        if closes:
            words = gettext_html("Apply by %(day)s", day=short_day(closes))
        else:
            words = gettext_html("See the job description")
        label = in_html(role.title) + gettext(": ") + words
        return f'<a class="rb-apply" href="{escape(self.job_href(role))}" aria-label="{label}">{words}</a>'

    def _summary(self, role: Role) -> str:
        """What a fold says: how many roles and hours are in it."""
        reports = self.organisation.reports[role.id]
        hours = sum((self.organisation.branch_hours[each.id] for each in reports), NO_HOURS)
        below = counted_units(self.organisation.counts_below.get(role.id, {}))
        words = gettext("%(roles)s below", roles=below)
        label = in_html(" · ".join(filter(None, (words, hours_text(hours) if hours else ""))))
        shown = in_html(words)
        if hours:
            shown += Markup(' · <span class="rb-whole">{}</span>').format(in_html(hours_text(hours)))
        label = in_html(role.title) + gettext(": ") + label
        return f'<summary aria-label="{label}"><span>{shown}</span></summary>'


def _abreast(number: int, classes: str = "") -> str:
    """The attributes of a list of so many cards beside each other: by them the first get their places."""
    rows = " ".join(str(least) for least in _ABOVE if number > least)
    above = f' data-above="{rows}"' if rows else ""
    return f'class="{classes}rb-across" style="--rb-abreast:{number}"{above}'


def _canvas(classes: str, rows: Iterable[str]) -> Markup:
    return Markup(f'<div class="rb-canvas">{_list(classes, rows)}</div>')


def _list(classes: str, rows: Iterable[str]) -> str:
    return f'<ul class="{classes}">\n{"".join(rows)}</ul>'


def _box(
    style: Style, face: str, link: str, lines: str, length: float = 0, classes: str = "", others: str = ""
) -> str:
    """A card; `length` is that of its bar of hours."""
    words = in_html(words_of(style))
    return (
        f'<div class="rb-card rb-{style}{classes}" style="--rb-share:{length:.2f}"{others}>'
        f'<span class="rb-face" role="img" aria-label="{words}">{face}</span>{link}{lines}</div>'
    )


def _link(address: str, title: str) -> str:
    if not address:  # its page is left out
        return f"<span{_long_word(title)}>{in_html(title)}</span>"
    return f'<a href="{escape(address)}"{_long_word(title)}>{in_html(title)}</a>'


def _who(words: str) -> str:
    return f'<span class="rb-who"{_long_word(words)}>{in_html(isolated(words))}</span>'


def _long_word(words: str) -> str:
    """Say how many letters the longest word has, if a card may be too narrow for it."""
    longest = max(map(len, _UNBROKEN.findall(words)), default=0)
    return f' style="--rb-word:{longest}"' if longest > _FITS else ""


def _hours(hours: Hours | None) -> str:
    if not hours:
        return ""
    return f'<span class="rb-size"><i class="rb-length"></i><b>{in_html(hours_text(hours))}</b></span>'


def cut_below(organisation: Organisation, role: Role, most: int) -> frozenset[str]:
    """Ids of the roles below `role` whose reports are left out, so that about `most` roles are shown.

    Whole levels are shown, the direct reports in any case.
    """
    level: Sequence[Role] = organisation.reports.get(role.id, ())
    shown = len(level)
    while level:
        below = [report for each in level for report in organisation.reports.get(each.id, ())]
        if shown + len(below) > most:
            return frozenset(each.id for each in level if each.id in organisation.reports)
        shown, level = shown + len(below), below
    return frozenset()
