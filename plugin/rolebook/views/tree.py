"""Writes the organisation as a tree that opens and closes: nested lists, of which the first level is open."""

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup, escape

from rolebook.charts.model import WORDS, Style
from rolebook.escaping import in_html
from rolebook.organisation import Organisation, Role
from rolebook.organisation.words import counted_units, detail
from rolebook.pages.branches import anchor
from rolebook.wording import hours_text


def tree_list(
    organisation: Organisation,
    roles: Sequence[Role],
    cut: frozenset[str],
    href: Callable[[Role], str],
    branch_hrefs: Callable[[Role], Sequence[str]],
) -> Markup:
    """Write `roles` and all roles below them as nested lists, of which the first level is open.

    A branch in `cut` has pages of its own, at `branch_hrefs`.
    """
    rows = "".join(_rows(organisation, roles, cut, href, branch_hrefs))
    return Markup(f'<ul class="rb-branches">{rows}</ul>')


def _rows(
    organisation: Organisation,
    roles: Sequence[Role],
    cut: frozenset[str],
    href: Callable[[Role], str],
    branch_hrefs: Callable[[Role], Sequence[str]],
) -> Iterator[str]:
    # A stack of rows and of the tags that close them: chains may be thousands deep.
    waiting: list[tuple[int, Role] | str] = [(0, role) for role in reversed(roles)]
    while waiting:
        row = waiting.pop()
        if isinstance(row, str):
            yield row
            continue
        depth, role = row
        reports = organisation.reports.get(role.id, ())
        yield f'<li id="{anchor(role)}"><p>{_text(organisation, role, href(role))}</p>'
        # The title leads to the role's page, so it cannot be what opens the branch as well.
        summary = f'<summary aria-label="{in_html(role.title)}: {_below(organisation, role)}"></summary>'
        if not reports:
            yield "</li>\n"
        elif role.id in cut:
            pages = [escape(page) for page in branch_hrefs(role)]
            link = f'<a href="{pages[0]}">Show this team</a>'
            branch = f'<details data-branch="{" ".join(pages)}">{summary}'
            yield f"{branch}<ul><li><p>{link}</p></li></ul></details></li>\n"
        else:
            yield f"<details{' open' * (depth == 0)}>{summary}<ul>\n"
            waiting.append("</ul></details></li>\n")
            waiting.extend((depth + 1, report) for report in reversed(reports))


def _text(organisation: Organisation, role: Role, address: str) -> str:
    """Write how a role is held, its title, its holder, and the roles and hours below it."""
    style = Style.of(role.holding)
    text = (
        f'<i class="rb-key rb-{style}" role="img" aria-label="{WORDS[style]}"></i> '
        f'<a href="{escape(address)}">{in_html(role.title)}</a> '
        f'<span class="rb-detail">{in_html(detail(role))}</span>'
    )
    if not organisation.team_sizes.get(role.id):
        return text
    hours = organisation.branch_hours[role.id]
    total = f", {hours_text(hours)} in total" if hours else ""
    return f'{text} <span class="rb-sum">{_below(organisation, role)}{total}</span>'


def _below(organisation: Organisation, role: Role) -> str:
    return f"{counted_units(organisation.counts_below.get(role.id, {}))} below"
