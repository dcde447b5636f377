"""The whole organisation as a tree that opens and closes, cut into pages that stay light.

A branch that would make its page too long goes on a page of its own, and its row leads there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup

from rolebook.charts.model import WORDS, Style, detail, hours_text
from rolebook.organisation import Organisation, Role

ROWS = 1000
"""Rows of a page, as far as cutting branches can keep it so short."""
_LEAF = Markup('<li id="{id}"><p>{link}</p>')
_BRANCH = Markup('<li id="{id}"><details{open}><summary>{link}</summary>')
_CUT = Markup(
    '<li id="{id}"><details data-branch="{pages}"><summary>{link}</summary>'
    '<ul><li><p><a href="{page}">Show this branch</a></p>'
)
_LINK = Markup(
    '<i class="rb-key rb-{}" role="img" aria-label="{}"></i> '
    '<a href="{}">{}</a> <span class="rb-detail">{}</span>'
)
_SUM = Markup(' <span class="rb-sum">{}</span>')


def cut_branches(organisation: Organisation, most: int) -> frozenset[str]:
    """Ids of the roles whose reports stand on pages of their own, so that none has more than `most` rows."""
    cut: set[str] = set()
    rows: dict[str, int] = {}

    def shortened(roles: Sequence[Role]) -> int:
        """Rows that `roles` and all below them take, once the longest branches are cut."""
        total = sum(1 + rows.get(role.id, 0) for role in roles)
        for role in sorted(roles, key=lambda role: -rows.get(role.id, 0)):
            if total <= most or not rows.get(role.id):
                break
            cut.add(role.id)
            total -= rows.pop(role.id)
        return total

    for _, role in reversed(organisation.tree):
        if reports := organisation.reports.get(role.id):
            rows[role.id] = shortened(reports)
    shortened(organisation.tops)
    return frozenset(cut)


def homes(organisation: Organisation, cut: frozenset[str]) -> Mapping[str, tuple[str, int]]:
    """The branch in which each role's row stands, and which part of its page; the first one is called ""."""
    found: dict[str, tuple[str, int]] = {}
    for place, top in enumerate(organisation.tops):
        found[top.id] = "", place // ROWS
    for _, role in organisation.tree:
        if parent := organisation.parents.get(role.id):
            part = organisation.places[role.id] // ROWS
            found[role.id] = (parent.id, part) if parent.id in cut else found[parent.id]
    return found


def anchor(role: Role) -> str:
    """The id of a role's row; a prefix keeps it apart from the theme's own ids."""
    return f"seat-{quote(role.id)}"


def branches(
    organisation: Organisation,
    roles: Sequence[Role],
    cut: frozenset[str],
    href: Callable[[Role], str],
    branch_hrefs: Callable[[Role], Sequence[str]],
) -> Markup:
    """`roles` and what stands below them as nested lists, of which the first level is open.

    A branch in `cut` has pages of its own, at `branch_hrefs`.
    """
    parts = [Markup('<ul class="rb-branches">')]
    parts += _rows(organisation, roles, cut, href, branch_hrefs)
    parts.append(Markup("</ul>"))
    return Markup("").join(parts)


def _rows(
    organisation: Organisation,
    roles: Sequence[Role],
    cut: frozenset[str],
    href: Callable[[Role], str],
    branch_hrefs: Callable[[Role], Sequence[str]],
) -> Iterator[Markup]:
    # A stack of rows and of the tags that close them: chains may be thousands deep.
    waiting: list[tuple[int, Role] | Markup] = [(0, role) for role in reversed(roles)]
    while waiting:
        row = waiting.pop()
        if isinstance(row, Markup):
            yield row
            continue
        depth, role = row
        style = Style.of(role.holding)
        link = _LINK.format(style, WORDS[style], href(role), role.title, detail(role))
        values = {"id": anchor(role), "link": link + _sum(organisation, role)}
        reports = organisation.reports.get(role.id, ())
        if not reports:
            yield _LEAF.format(**values) + Markup("</li>\n")
        elif role.id in cut:
            pages = branch_hrefs(role)
            cut_off = _CUT.format(pages=" ".join(pages), page=pages[0], **values)
            yield cut_off + Markup("</li></ul></details></li>\n")
        else:
            yield _BRANCH.format(open=Markup(" open" if depth == 0 else ""), **values) + Markup("<ul>\n")
            waiting.append(Markup("</ul></details></li>\n"))
            waiting.extend((depth + 1, report) for report in reversed(reports))


def _sum(organisation: Organisation, role: Role) -> Markup:
    """What stands below a role, in roles and hours."""
    below = organisation.team_sizes.get(role.id)
    if not below:
        return Markup("")
    roles = f"{below:,} role{'' if below == 1 else 's'} below"
    hours = organisation.branch_hours[role.id]
    return _SUM.format(f"{roles}, {hours_text(hours)} in all" if hours else roles)
