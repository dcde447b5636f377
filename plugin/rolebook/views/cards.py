"""Writes who reports to whom as cards: nested lists that fold, print, zoom and are found like any text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from rolebook.charts.model import WORDS, Style
from rolebook.escaping import in_html
from rolebook.organisation import Organisation, Person, Role
from rolebook.organisation.words import counted_units, holder, titles
from rolebook.pages.branches import anchor
from rolebook.schema.records import NO_HOURS
from rolebook.wording import hours_text, short_day

MAX_OPEN, MAX_OPEN_BELOW = 60, 12
"""With more roles, or more below one at the top of a column, the columns begin folded."""
_FUNCTIONS = 5
"""Colours of functions; they come again after that."""
_MAX_INDENTS = 7
"""Levels that are set in; deeper ones stand below each other."""
_SYMBOLS = {Style.VACANT: "+", Style.TEAM: "◦", Style.PLANNED: "…", Style.RETIRED: "–", Style.FILLED: "✓"}
"""In place of the initials of whoever holds a role."""


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

    def tree(self, roles: Sequence[Role], cut: frozenset[str]) -> Markup:
        """Write `roles` and all below them; what is below those in `cut` is fetched when their fold opens."""
        has_top = len(roles) == 1
        is_large = len(self.organisation.roles) > MAX_OPEN
        rows = "".join(self._rows(roles, cut, 0 if has_top else 1, is_large))
        style = "rb-branches" if has_top else "rb-branches rb-across"
        return Markup(f'<div class="rb-canvas"><ul class="{style}">{rows}</ul></div>')

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
                link = f'<a href="{pages[0]}">Show this team</a>'
                fold = f'<details data-branch="{" ".join(pages)}">{self._summary(role)}'
                yield f'{fold}<ul class="rb-hang"><li>{link}</li></ul></details></li>\n'
            elif depth == 0:
                yield '\n<ul class="rb-across">\n'
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

    @cached_property
    def _longest(self) -> float:
        """The hours of the role that takes most: all bars have this scale."""
        return max((role.hours.max for role in self.organisation.active_units if role.hours), default=0)

    def _card(self, role: Role) -> str:
        style = Style.of(role.holding)
        classes = f"rb-card rb-{style}"
        cover = self._cover(role)
        if cover and not role.backup:
            classes += " rb-no-cover"
        share = role.hours.max / self._longest if role.hours and self._longest else 0
        return (
            f'<div class="{classes}" style="--rb-share:{share:.2f}"{self._others(role)}>'
            f'<span class="rb-face" role="img" aria-label="{WORDS[style]}">{self._face(role, style)}</span>'
            f'<a href="{escape(self.href(role))}">{in_html(role.title)}</a>'
            f'<span class="rb-who">{in_html(holder(role))}</span>{self._also(role)}{cover}{self._hours(role)}'
            f"{self._apply(role)}</div>"
        )

    def _others(self, role: Role) -> str:
        """Who else belongs to it, for whoever looks for them; nobody for outsiders."""
        if not self.inside:
            return ""
        people = [each.person for each in role.members] + [person for person, _ in role.performers]
        names = "; ".join(dict.fromkeys(person.name for person in people))
        cover = role.backup.name if role.backup else ""
        named = {"people": names, "cover": cover}
        return "".join(f' data-{name}="{escape(text)}"' for name, text in named.items() if text)

    def _face(self, role: Role, style: Style) -> str:
        """The picture, or else the initials, of whoever holds the role, or leads the team."""
        person = role.owner or next(iter(role.leads or role.people), None)
        if not person or style in (Style.VACANT, Style.PLANNED, Style.RETIRED):
            return _SYMBOLS.get(style, "")
        if photo := self.photo_href(person):
            return f'<img src="{escape(photo)}" alt="" width="30" height="30" loading="lazy">'
        words = [word for word in person.name.split() if word[0].isalnum()]
        return str(in_html("".join(word[0].upper() for word in dict.fromkeys(words[:1] + words[-1:]))))

    def _also(self, role: Role) -> str:
        """The dotted lines of the role."""
        above = titles(self.organisation.also_above.get(role.id, ()))
        return f'<span class="rb-also">{in_html(f"Also reports to {above}")}</span>' if above else ""

    def _cover(self, role: Role) -> str:
        """Who steps in, which the view of cover shows; nothing for outsiders, and for what nobody holds."""
        if not self.inside or role.is_team or not role.active:
            return ""
        words = f"Covered by {role.backup.name}" if role.backup else "No cover"
        return f'<span class="rb-cover">{in_html(words)}</span>'

    def _hours(self, role: Role) -> str:
        if not role.hours:
            return ""
        return (
            f'<span class="rb-size"><i class="rb-length"></i><b>{in_html(hours_text(role.hours))}</b></span>'
        )

    def _apply(self, role: Role) -> str:
        """The way to the job description of a role for which somebody is looked for."""
        if not role.to_fill:
            return ""
        posting = role.fields.posting
        closes = posting.closes if posting and posting.is_open(self.organisation.day) else None
        words = f"Apply by {short_day(closes)}" if closes else "See the job description"
        label = in_html(f"{role.title}: {words}")
        return f'<a class="rb-apply" href="{escape(self.job_href(role))}" aria-label="{label}">{words}</a>'

    def _summary(self, role: Role) -> str:
        """What a fold says: how many roles and hours are in it."""
        reports = self.organisation.reports[role.id]
        hours = sum((self.organisation.branch_hours[each.id] for each in reports), NO_HOURS)
        words = f"{counted_units(self.organisation.counts_below.get(role.id, {}))} below"
        words = " · ".join(filter(None, (words, hours_text(hours) if hours else "")))
        return f'<summary aria-label="{in_html(role.title)}: {words}">{words}</summary>'


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
