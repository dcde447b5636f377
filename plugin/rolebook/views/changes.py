"""What the page of changes by month shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rolebook import wording
from rolebook.diff.model import ALSO, FieldChange, LoadChange, former_paths
from rolebook.history import Month
from rolebook.language import gettext, pgettext
from rolebook.organisation import Person, Role
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.schema.records import Hours
from rolebook.wording import hours_text

MAX_ROLES = 100
"""Roles of one kind that a month names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A role that changed: its name, its page where it still has one, and what is said of it."""

    title: str
    page: Page | None
    said: tuple[str, ...]


def by_month(plan: Plan) -> dict[str, Any]:
    """The template's context."""
    history = plan.history
    assert history is not None
    return {
        "history": history,
        "months": [
            {"title": wording.month(month.first), "parts": _parts(month, plan)} for month in history.months
        ],
        "shown": MAX_ROLES,
    }


def _parts(month: Month, plan: Plan) -> list[tuple[str, list[Line]]]:
    """The lists of a month, each with its heading."""
    changes = month.changes
    names, now = changes.names, changes.ids

    def line(role: Role, role_id: str, *said: str) -> Line:
        return Line(names.of(role), plan.roles.get(month.ids.get(role_id, "")), said)

    def page(person: Person) -> Page | None:
        return plan.people.get(month.person_ids.get(person.id, person.id))

    added = [line(role, role.id) for role in changes.added]
    retired = [line(role, now.get(role.id, "")) for role in changes.retired]
    changed = [
        line(each.role, each.role.id, *map(sentence, _worth_saying(each.differences)))
        for each in changes.changed
    ]
    loads = [Line(each.person.name, page(each.person), (_load(each),)) for each in changes.loads]
    people = [
        Line(
            each.after.name,
            page(each.after),
            (
                *(
                    [gettext("Name: %(now)s (was %(before)s)", now=each.after.name, before=each.before.name)]
                    if each.renamed
                    else ()
                ),
                *map(sentence, _worth_saying(each.differences)),
            ),
        )
        for each in changes.people
    ]
    people += [Line(each.name, page(each), (gettext("New"),)) for each in changes.joined]
    people += [Line(each.name, None, (gettext("Gone"),)) for each in changes.left]
    before, after = changes.undone
    if before != after:
        loads.append(Line(gettext("Vacant hours"), None, (_hours(before, after),)))
    parts = (
        (gettext("New roles"), added),
        (gettext("Ended roles"), retired),
        (gettext("Changed roles"), changed),
        (gettext("Business model"), [_thing(each) for each in changes.business]),
        (gettext("People"), people),
        (gettext("Files"), [_thing(each) for each in changes.files]),
        (gettext("Hours by person"), loads),
    )
    return [(heading, lines) for heading, lines in parts if lines]


def _worth_saying(differences: Sequence[FieldChange]) -> Sequence[FieldChange]:
    """Leave out the aliases that `rolebook rename` writes beside a file's new name, which says the same."""
    is_moved = any(each.what in ("file", "file name") for each in differences)
    return [each for each in differences if not (is_moved and _is_about_aliases(each))]


def _is_about_aliases(each: FieldChange) -> bool:
    return each.what == ALSO and each.after == former_paths()


_ENDS = ("left the team",)
"""These words say by themselves that something has ended."""


def sentence(each: FieldChange) -> str:
    """Write a change in words for a business owner."""
    what = f"{each.words[:1].upper()}{each.words[1:]}"
    if each.before and each.after:
        return gettext("%(what)s: %(now)s (was %(before)s)", what=what, now=each.after, before=each.before)
    if each.after:
        return what + gettext(": ") + each.after
    if each.what in _ENDS:
        return what + gettext(": ") + each.before
    return gettext("No more %(what)s: %(before)s", what=each.words, before=each.before)


def _thing(each: FieldChange) -> Line:
    """What changed about an offer, a promise or a function."""
    said = _was(each.before, each.after) if each.before and each.after else each.after
    title = f"{each.words[:1].upper()}{each.words[1:]}"
    return Line(title, None, (said or gettext("no more %(before)s", before=each.before),))


def _load(each: LoadChange) -> str:
    return _hours(each.before, each.after)


def _hours(before: Hours, after: Hours) -> str:
    # Translators: no hours.
    return _was(*(hours_text(hours) if hours else pgettext("hours", "none") for hours in (before, after)))


def _was(before: str, after: str) -> str:
    return gettext("%(now)s (was %(before)s)", now=after, before=before)
