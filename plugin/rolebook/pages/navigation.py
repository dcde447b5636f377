"""Makes the navigation: it has every role, or only the functions if there are too many roles.

What it gives is MkDocs' own form: a list of paths, titled paths and titled lists. Titles are HTML, as
themes print them.
"""

from collections.abc import Iterator
from typing import Any

from markupsafe import escape

from rolebook.language import gettext
from rolebook.organisation import Role
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.schema.typos import Known, nearest

MAX_ROLES = 100
"""Roles that a navigation can hold: it stands on every page, so the site grows with its square."""
MAX_ENTRIES = 40
"""Entries of one level; more are a list, and lists have pages of their own."""

Entries = list[Any]

OURS = "rolebook"
"""In an author's `nav`, it stands for our whole navigation; `rolebook:people` stands for one section."""

SECTIONS = ("org-chart", "roles", "people", "jobs", "decisions", "changes")
"""What can follow `rolebook:`."""
_CALLED = Known([(OURS, OURS)], most=1)


def is_ours(target: Any) -> bool:
    """Whether our pages take the place of an entry of the author's `nav`."""
    return target == OURS or str(target).startswith(f"{OURS}:")


def misspelt(target: str) -> tuple[str, str] | None:
    """Say what is wrong with an entry such as `rolebook:orgchart`, and what to write; None if nothing is."""
    ours, colon, name = target.partition(":")
    if target == OURS or (ours == OURS and name in SECTIONS) or not _CALLED.slips(ours):
        return None
    message = gettext("the navigation has no section '%(section)s'", section=target)
    near = nearest(name.strip(), SECTIONS)
    if near or not colon:
        entry = f"{OURS}:{near[0]}" if near else OURS
        return message, gettext("Did you mean '%(entry)s'?", entry=entry)
    if ours != OURS:
        return None
    entries = ", ".join(f"{OURS}:{section}" for section in SECTIONS)
    return message, gettext("Write one of %(entries)s", entries=entries)


def navigation(plan: Plan) -> dict[str, Entries]:
    """The sections of the navigation by name, in their order; empty when the owner wants none."""
    mode = plan.project.options.navigation
    roles = len(plan.organisation.roles)
    if mode == "none":
        return {}
    if mode == "auto":
        mode = "tree" if roles <= MAX_ROLES else "functions"
    sections: dict[str, Entries] = {
        "org-chart": [{plan.overview.title: plan.overview.uri}],
        "roles": [{plan.role_lists[0].title: _roles(plan, mode)}],
        "people": [{page.title: _people(plan)} for page in plan.people_lists[:1] if plan.has(page)],
        "jobs": [{page.title: page.uri} for page in plan.job_lists[:1] if plan.has(page)],
        "decisions": []
        if plan.project.is_public or not plan.has(plan.summary)
        else [{plan.summary.title: _decisions(plan)}],
    }
    if plan.changes and plan.has(plan.changes):
        sections["changes"] = [{plan.changes.title: plan.changes.uri}]
    return sections


def _roles(plan: Plan, mode: str) -> Entries:
    index = plan.role_lists[0].uri
    if mode == "tree":
        return [index, *(_branch(plan, top) for top in plan.organisation.tops)]
    heads: list[Role] = list(plan.organisation.tops)
    for top in plan.organisation.tops:
        heads.extend(plan.organisation.reports.get(top.id, ()))
    heads = [role for role in heads if role.id in plan.organisation.reports] or heads
    return [index, *(plan.roles[role.id].uri for role in heads[:MAX_ENTRIES])]


def _branch(plan: Plan, top: Role) -> Any:
    """A role with all below it. Deep trees are walked, not recursed into."""
    root: Entries = []
    at: list[Entries] = [root]
    for depth, role in ((0, top), *plan.organisation.below(top)):
        del at[depth + 1 :]
        uri = plan.roles[role.id].uri
        if role.id in plan.organisation.reports:
            children: Entries = [uri]
            at[depth].append({str(escape(role.title)): children})
            at.append(children)
        else:
            at[depth].append(uri)
    return root[0]


def _decisions(plan: Plan) -> Entries:
    pages = (
        plan.workload_lists[0],
        plan.hand_over_lists[0],
        plan.now_and_next,
        plan.risk_lists[0],
        plan.attention_lists[0],
    )
    return [plan.summary.uri, *(page.uri for page in pages if plan.has(page))]


def _people(plan: Plan) -> Entries:
    index = plan.people_lists[0].uri
    pages: list[Page] = list(plan.people.values())
    return [index, *(page.uri for page in pages)] if len(pages) <= MAX_ENTRIES else [index]


def with_sections(nav: Any, sections: dict[str, list[Any]]) -> list[Any]:
    """`nav` with our sections where its author put them, or else after the home page, or at its end."""
    placed, found = _placed(nav, sections)
    if found:
        return placed
    everything = [entry for entries in sections.values() for entry in entries]
    place = 1 if _begins_at_home(placed) else len(placed)
    return [*placed[:place], *everything, *placed[place:]]


def _begins_at_home(nav: list[Any]) -> bool:
    first = next(iter(nav), None)
    target = next(iter(first.values()), None) if isinstance(first, dict) else first
    return target in ("index.md", "README.md")


def _placed(nav: Any, sections: dict[str, list[Any]]) -> tuple[list[Any], bool]:
    placed: list[Any] = []
    found = False
    for entry in nav:
        title, target = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(target, list):
            inner, within = _placed(target, sections)
            placed.append({title: inner} if title else inner)
            found = found or within
        elif (entries := _wanted(target, sections)) is not None:
            placed.extend(entries if title is None else _titled(title, entries))
            found = True
        else:
            placed.append(entry)
    return placed, found


def _wanted(target: Any, sections: dict[str, list[Any]]) -> list[Any] | None:
    """The entries that `rolebook` or `rolebook:people` stands for; None for any other target."""
    if target == OURS:
        return [entry for entries in sections.values() for entry in entries]
    return sections.get(str(target).removeprefix(f"{OURS}:"), []) if is_ours(target) else None


def _titled(title: str, entries: list[Any]) -> list[Any]:
    """The entries under the author's own title; a lone section takes the title over."""
    if len(entries) == 1 and isinstance(entries[0], dict):
        return [{title: next(iter(entries[0].values()))}]
    return [{title: entries}]


def titled_uris(nav: Any) -> Iterator[tuple[str, str | None]]:
    """Every target in `nav`, at any depth, with the title that stands there; the first one comes last."""
    waiting: list[tuple[Any, str | None]] = [(nav, None)]
    while waiting:
        item, title = waiting.pop()
        if isinstance(item, str):
            yield item, title
        elif isinstance(item, dict):
            waiting.extend((target, name) for name, target in item.items())
        elif isinstance(item, list):
            waiting.extend((each, None) for each in item)
