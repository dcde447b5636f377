"""Writes changes for people and programs: text for a terminal, Markdown for a pull request, JSON.

Titles and names come from files: in text they cannot write to a terminal, in Markdown they are no markup,
call nobody and lead nowhere.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from posixpath import commonprefix
from typing import Any

from rolebook.diff.model import Changes, FieldChange, LoadChange, Names
from rolebook.escaping import in_json, printable
from rolebook.language import N_, gettext, ngettext, pgettext
from rolebook.organisation import Organisation, Person, Role, words
from rolebook.organisation.words import holder
from rolebook.problems import Problem, Severity, as_object, severity_label, severity_mark
from rolebook.schema.records import Hours
from rolebook.wording import exactly, hours_text, some_hours

MOST = 200
"""Lines of one list in Markdown."""
MAX_MARKDOWN = 30_000
"""Characters of the Markdown form: Bitbucket takes 32,768 in a comment, GitHub 65,536, GitLab a million."""
MAX_CELL = 160
"""Characters of one value in it."""
_BEFORE_A_DIFFERENCE = 20
"""Characters of two long texts that are shown before they differ."""
_FIRST = ("owner", "reports to")
"""Changes of a role that are shown before all others."""
_NOTHING = N_("Nothing changed in the organisation.")

_REFERENCE = re.compile(r"[@#!$%&~:](?=\S)|www(?=\.)", re.IGNORECASE)
_MARKUP = re.compile(r"[!-&*:-@\[-`{-~]")
"""ASCII punctuation, but for what is none within a line: ' ( ) + , - . /"""

Styler = Callable[[str, str], str]
"""Gives a text the look that a name such as `added` stands for."""


def as_text(changes: Changes, style: Styler = lambda text, look: text) -> str:
    """For a terminal; `style` may colour `head`, `added` and `gone`."""
    if not changes:
        return f"{gettext(_NOTHING)}\n"
    return "".join(f"{line}\n" for line in _text(changes, style)).lstrip("\n")


def _text(changes: Changes, style: Styler) -> Iterator[str]:
    for head, sign, look, roles, organisation in (
        (gettext("New roles"), "+", "added", changes.added, changes.after),
        (gettext("Retired roles"), "-", "gone", changes.retired, changes.before),
    ):
        if roles:
            yield f"\n{style(head, 'head')}"
        for role in roles:
            about = _about(role, organisation, changes.names)
            yield style(printable(f"  {sign} {changes.names.of(role)} ({about})"), look)
    if changes.changed:
        yield f"\n{style(gettext('Changed roles'), 'head')}"
    for change in changes.changed:
        yield printable(f"  {changes.names.of(change.role)}")
        yield from (f"      {_line(each, style)}" for each in change.differences)
    if changes.business:
        yield f"\n{style(gettext('Business model'), 'head')}"
        yield from (f"  {_line(each, style)}" for each in changes.business)
    if changes.people or changes.joined or changes.left:
        yield f"\n{style(gettext('People'), 'head')}"
    for sign, look, people in (("+", "added", changes.joined), ("-", "gone", changes.left)):
        yield from (style(printable(f"  {sign} {_person(each)}"), look) for each in people)
    for person in changes.people:
        yield printable(f"  {person.title}")
        yield from (f"      {_line(each, style)}" for each in person.differences)
    if changes.files:
        yield f"\n{style(gettext('Files'), 'head')}"
        yield from (f"  {_line(each, style)}" for each in changes.files)
    if hours := [*map(_load, changes.loads), *_undone(changes)]:
        yield f"\n{style(gettext('Hours a week'), 'head')}"
        yield from (f"  {printable(each)}" for each in hours)
    for head, look, problems in (
        (gettext("New problems"), "gone", changes.new_problems),
        (gettext("Fixed problems"), "added", changes.fixed),
    ):
        if problems:
            yield f"\n{style(head, 'head')}"
            yield from (f"  {style(_label(each), look)} {each}" for each in problems)


def _colon() -> str:
    return gettext(": ")


def _label(problem: Problem) -> str:
    return severity_mark(problem.rule.severity)


def _line(each: FieldChange, style: Styler) -> str:
    if each.before and each.after:
        return printable(f"{each.words}{_colon()}{each.before} → {each.after}")
    if each.mentions:
        return printable(f"{each.words}{_colon()}{each.after}")
    text, sign, look = (each.after, "+", "added") if each.after else (each.before, "-", "gone")
    return style(printable(f"{sign} {each.words}{_colon()}{text}"), look)


def _about(role: Role, organisation: Organisation, names: Names) -> str:
    """Say where a role stands, who holds it, and how many hours it takes."""
    parent = organisation.parents.get(role.id)
    above = gettext("reports to %(role)s", role=names.of(parent)) if parent else gettext("reports to nobody")
    parts = [above, holder(role)]
    parts += [hours_text(role.hours)] if role.hours else []
    return ", ".join(part for part in parts if part)


def _person(person: Person) -> str:
    """Who it is, how they work for the organisation, and for how many hours."""
    engagement, capacity = person.fields.engagement, person.fields.weekly_capacity
    parts = [words.engagement(engagement)] if engagement else []
    if capacity is not None:
        parts.append(gettext("%(hours)s a week", hours=some_hours(capacity)))
    return f"{person.name} ({', '.join(parts)})" if parts else person.name


def _undone(changes: Changes) -> Iterator[str]:
    before, after = changes.undone
    if before != after:
        change = f"{_hours(before)} → {_hours(after)} ({_signed(before, after)})"
        yield f"{gettext('Vacant hours')}{_colon()}{change}"


def _load(each: LoadChange) -> str:
    return f"{each.person.name}{_colon()}{_hours(each.before)} → {_hours(each.after)} ({_gained(each)})"


def _gained(each: LoadChange) -> str:
    return _signed(each.before, each.after)


def _signed(before: Hours, after: Hours) -> str:
    gained = (after.min + after.max - before.min - before.max) / 2
    return f"{'+' if gained >= 0 else '−'}{exactly(float(f'{abs(gained):.4g}'))}"


def _hours(hours: Hours) -> str:
    return hours_text(hours) if hours else pgettext("hours", "none")


# --- Markdown ------------------------------------------------------------------------------------


def as_markdown(changes: Changes) -> str:
    """For a comment on a pull request: what matters most first, and no more than a git host takes."""
    if not changes:
        return f"{gettext(_NOTHING)}\n"
    written, left_out = ["### " + gettext("What changes in the organisation") + "\n"], 0
    lists = [each for each in _markdown(changes) if each[1]]
    # No list can push out another: what one does not need of its share, the first ones get.
    shares = [min(_length(*each), MAX_MARKDOWN // len(lists)) for each in lists]
    spare = MAX_MARKDOWN - sum(shares)
    for (above, lines), share in zip(lists, shares, strict=True):
        lengths = accumulate((len(line) + 1 for line in lines[:MOST]), initial=len(above) + 1)
        ends = [length for length in lengths if length <= share + spare]
        shown = len(ends) - 1
        if shown > 0:
            written += [f"{above}\n", *(f"{line}\n" for line in lines[:shown])]
            spare -= max(0, ends[-1] - share)
        left_out += len(lines) - max(0, shown)
    if left_out:
        more = ngettext(
            "**%(number)s more line is left out here.** `rolebook diff` shows them all.",
            "**%(number)s more lines are left out here.** `rolebook diff` shows them all.",
            left_out,
        )
        written.append(f"\n{more}\n")
    return "".join(written)


def _length(above: str, lines: list[str]) -> int:
    """Characters of a list, as far as it may be shown."""
    return len(above) + 1 + sum(len(line) + 1 for line in lines[:MOST])


def _markdown(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """What is above each list, and its lines."""
    names = changes.names
    first = sorted(
        changes.changed, key=lambda change: not any(each.what in _FIRST for each in change.differences)
    )
    lines = [
        f"| {_cell(names.of(change.role)) if at == 0 else ''} | {_row(each)}"
        for change in first
        for at, each in enumerate(change.differences)
    ]
    yield _table(gettext("Changed roles"), gettext("role"), *_what()), lines
    for head, roles, organisation in (
        (gettext("New roles"), changes.added, changes.after),
        (gettext("Retired roles"), changes.retired, changes.before),
    ):
        about = ((names.of(role), _about(role, organisation, names)) for role in roles)
        yield f"\n#### {head}\n", [f"- **{_cell(name)}**: {_cell(words)}" for name, words in about]
    for head, things in (
        (gettext("Business model"), changes.business),
        (gettext("Files"), changes.files),
    ):
        lines = [f"| {_row(each)}" for each in things]
        yield _table(head, *_what()), lines
    lines = [
        f"| {_cell(person.title) if at == 0 else ''} | {_row(each) if each else '| | |'}"
        for person in changes.people
        for at, each in enumerate(person.differences or (None,))
    ]
    yield _table(gettext("People"), gettext("person"), *_what()), lines
    for head, people in (
        (gettext("New people"), changes.joined),
        (gettext("People gone"), changes.left),
    ):
        yield f"\n#### {head}\n", [f"- {_cell(_person(each))}" for each in people]
    lines = [
        f"| {_cell(each.person.name)} | {_hours(each.before)} | {_hours(each.after)} | {_gained(each)} |"
        for each in changes.loads
    ]
    before, after = changes.undone
    if before != after:
        lines.append(
            f"| {gettext('Vacant hours')} | {_hours(before)} | {_hours(after)} | {_signed(before, after)} |"
        )
    columns = gettext("person"), gettext("before"), gettext("after"), gettext("change")
    yield _table(gettext("Hours a week"), *columns, figures=True), lines
    yield "\n#### " + gettext("New issues") + "\n", list(_problems(changes.new_problems))
    yield "\n#### " + gettext("Fixed issues") + "\n", list(_problems(changes.fixed))


def _what() -> tuple[str, str, str]:
    """The columns of a change."""
    return gettext("what"), gettext("before"), gettext("after")


def _table(head: str, *columns: str, figures: bool = False) -> str:
    """What is above the lines of a table; all its columns but the first may be `figures`."""
    below = ["---", *["--:" if figures else "---"] * (len(columns) - 1)]
    return f"\n#### {head}\n\n| {' | '.join(columns)} |\n| {' | '.join(below)} |"


def _problems(problems: Iterable[Problem]) -> Iterator[str]:
    """Errors and warnings each on a line; of advice, how much there is of which kind."""
    advice = Counter(each.rule.code for each in problems if each.rule.severity is Severity.ADVICE)
    yield from (_problem(each) for each in problems if each.rule.severity is not Severity.ADVICE)
    if advice:
        kinds = ", ".join(f"{number} {_cell(code)}" for code, number in sorted(advice.items()))
        yield "- " + gettext("advice") + f"{_colon()}{kinds}"


def _row(each: FieldChange) -> str:
    """A row of a Markdown table for one change."""
    before, after = _cells(each.before, each.after)
    return f"{_cell(each.words)} | {before or '–'} | {after or '–'} |"


def _cells(before: str, after: str) -> tuple[str, str]:
    """Cut two texts so that what is different in them is shown."""
    start = 0
    if max(len(before), len(after)) > MAX_CELL:
        start = max(0, len(commonprefix((before, after))) - _BEFORE_A_DIFFERENCE)
    old, new = (_cell(f"…{text[start:]}" if start and text else text) for text in (before, after))
    if old == new and old:
        return old, gettext("%(text)s (differs in what cannot be seen)", text=new)
    return old, new


def _cell(text: str) -> str:
    """Cut `text` for a cell: one long title must not push out what is beside it."""
    return plain(text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 1]}…")


def _problem(problem: Problem) -> str:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return f"- {severity_label(problem.rule.severity)}, {_cell(place)}: {_cell(problem.sentences)}"


def plain(text: str) -> str:
    """Write `text` as one line of Markdown that is no markup, calls nobody and leads nowhere.

    Git hosts look for @names, #numbers, addresses and the like in what is shown, so a word joiner parts them.
    """
    parted = _REFERENCE.sub("\\g<0>\u2060", printable(text))
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", parted)


# --- JSON ----------------------------------------------------------------------------------------


def as_json(changes: Changes) -> str:
    """For programs: one object."""
    result = {
        "added": [_role(role, changes.after) for role in changes.added],
        "retired": [_role(role, changes.before) for role in changes.retired],
        "changed": [
            {
                "id": change.role.id,
                "title": change.role.title,
                "differences": _objects(change.differences),
            }
            for change in changes.changed
        ],
        "renamed": changes.renamed,
        "renamed_people": [
            {"id": each.after.id, "before": each.before.name, "after": each.after.name}
            for each in changes.people
            if each.renamed
        ],
        "people": [
            {"id": each.after.id, "name": each.after.name, "differences": _objects(each.differences)}
            for each in changes.people
            if each.differences
        ],
        "added_people": [_named(each) for each in changes.joined],
        "removed_people": [_named(each) for each in changes.left],
        "files": _objects(changes.files),
        "loads": [
            {
                "person": each.person.name,
                "before": {"min": each.before.min, "max": each.before.max},
                "after": {"min": each.after.min, "max": each.after.max},
            }
            for each in changes.loads
        ],
        "business": _objects(changes.business),
        "uncovered": [{"min": each.min, "max": each.max} for each in changes.undone],
        "new_problems": [as_object(each) for each in changes.new_problems],
        "mended_problems": [as_object(each) for each in changes.fixed],
    }
    return in_json(result)


def _objects(differences: Iterable[FieldChange]) -> list[dict[str, str]]:
    return [{"what": each.what, "before": each.before, "after": each.after} for each in differences]


def _named(person: Person) -> dict[str, str]:
    return {"id": person.id, "name": person.name}


def _role(role: Role, organisation: Organisation) -> dict[str, Any]:
    parent = organisation.parents.get(role.id)
    return {
        "id": role.id,
        "title": role.title,
        "parent": parent.id if parent else None,
        "owner": role.owner.name if role.owner else None,
        "hours": {"min": role.hours.min, "max": role.hours.max},
    }
