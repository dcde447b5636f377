"""What changed between two states of an organisation: roles, holders, hours, problems.

Values are told as the handbook tells them. Hours are hours per week.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from rolebook.changes.pairs import renamed
from rolebook.charts.model import WORDS, Style, hours_text
from rolebook.organisation import Holding, Organisation, Person, Role, name_key
from rolebook.problems import Problem
from rolebook.schema.kinds import shown_name
from rolebook.schema.records import NO_HOURS, Hours

_TOLD = frozenset(
    ("title", "parent", "owner", "performed_by", "backup", "weekly_hours", "seats", "deliverable", "purpose")
)
"""Fields whose values are told; of the others, only that they changed."""


@dataclass(frozen=True, slots=True)
class State:
    """An organisation as it was or is, with its problems."""

    organisation: Organisation
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about a role that changed."""

    what: str
    before: str
    """Empty where there was nothing."""
    after: str
    """Empty where there is nothing."""


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role that is another than it was."""

    role: Role
    """As it is now."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class LoadChange:
    """A person whose roles take more or fewer hours than before."""

    person: Person
    before: Hours
    after: Hours

    @property
    def gained(self) -> float:
        """Hours more than before; negative for fewer."""
        return (self.after.max + self.after.min - self.before.max - self.before.min) / 2


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed."""

    before: Organisation
    after: Organisation
    added: tuple[Role, ...]
    retired: tuple[Role, ...]
    """As they were: their files are gone, or say that the seat is no more."""
    changed: tuple[RoleChange, ...]
    loads: tuple[LoadChange, ...]
    """Who gains most first, who loses most last."""
    new_problems: tuple[Problem, ...]
    mended: tuple[Problem, ...]
    renamed: dict[str, str]
    """The new id of each role whose file has another name, by its old id."""

    def __bool__(self) -> bool:
        return bool(
            self.added or self.retired or self.changed or self.loads or self.new_problems or self.mended
        )


def compare(before: State, after: State) -> Changes:
    """What changed from `before` to `after`."""
    old, new = before.organisation, after.organisation
    names = renamed(old, new)
    sources = {new_id: old_id for old_id, new_id in names.items()}
    pairs = [
        (old.roles[sources.get(role.id, role.id)], role)
        for role in new.roles.values()
        if sources.get(role.id, role.id) in old.roles
    ]
    ended = {now.id for was, now in pairs if _gone(now) and not _gone(was)}
    begun = {now.id for was, now in pairs if _gone(was) and not _gone(now)}
    kept = {was.id for was, _ in pairs}
    paired = {now.id for _, now in pairs}
    return Changes(
        before=old,
        after=new,
        added=tuple(role for role in new.roles.values() if role.id not in paired or role.id in begun),
        retired=tuple(
            role for role in old.roles.values() if role.id not in kept or names.get(role.id, role.id) in ended
        ),
        changed=tuple(_role_changes(pairs, old, new, names, ended | begun)),
        loads=tuple(sorted(_loads(old, new), key=lambda each: (-each.gained, each.person.name))),
        new_problems=tuple(_only_in(after.problems, _paths(before.problems, old, new, names))),
        mended=tuple(_only_in(_paths(before.problems, old, new, names), after.problems)),
        renamed=names,
    )


def _gone(role: Role) -> bool:
    return role.holding is Holding.RETIRED


def _role_changes(
    pairs: Iterable[tuple[Role, Role]],
    old: Organisation,
    new: Organisation,
    names: dict[str, str],
    passed: set[str],
) -> Iterator[RoleChange]:
    for was, now in pairs:
        if now.id in passed:
            continue
        found = tuple(each for each in _differences(was, now, old, new, names) if each.before != each.after)
        if found:
            yield RoleChange(now, found)


def _differences(
    was: Role, now: Role, old: Organisation, new: Organisation, names: dict[str, str]
) -> Iterator[Difference]:
    yield Difference("title", was.title, now.title)
    yield Difference("file name", was.id, now.id)
    above, over = old.parents.get(was.id), new.parents.get(now.id)
    if (above and names.get(above.id, above.id)) != (over and over.id):
        yield Difference("reports to", above.title if above else "nobody", over.title if over else "nobody")
    yield Difference("owner", _owner(was), _owner(now))
    if _owner(was) == _owner(now):
        yield Difference("held", WORDS[Style.of(was.holding)], WORDS[Style.of(now.holding)])
    yield Difference("work done by", _performers(was), _performers(now))
    yield Difference(
        "covered by", was.backup.name if was.backup else "", now.backup.name if now.backup else ""
    )
    yield Difference("hours a week", _hours(was), _hours(now))
    yield Difference("purpose", was.fields.purpose, now.fields.purpose)
    yield from _deliverables(was, now)
    if others := _other_fields(was, now):
        yield Difference("also changed", "", others)


def _owner(role: Role) -> str:
    return role.owner.name if role.owner else "vacant" if role.vacant else "not named"


def _performers(role: Role) -> str:
    return ", ".join(
        f"{person.name} ({hours_text(hours)})" if hours else person.name for person, hours in role.performers
    )


def _hours(role: Role) -> str:
    if not role.fields.weekly_hours:
        return ""
    seats = f" in {role.fields.seats} seats" if role.fields.seats > 1 else ""
    return f"{hours_text(role.hours)}{seats}"


def _deliverables(was: Role, now: Role) -> Iterator[Difference]:
    before = {each.outcome: each for each in was.fields.deliverable}
    after = {each.outcome: each for each in now.fields.deliverable}
    yield from (Difference("deliverable", outcome, "") for outcome in before if outcome not in after)
    yield from (Difference("deliverable", "", outcome) for outcome in after if outcome not in before)
    for outcome, each in after.items():
        if outcome in before and before[outcome] != each:
            yield Difference("details of the deliverable", "", outcome)


def _other_fields(was: Role, now: Role) -> str:
    changed = [
        shown_name(field.name).replace("_", " ")
        for field in fields(now.fields)
        if field.name not in _TOLD and getattr(was.fields, field.name) != getattr(now.fields, field.name)
    ]
    if was.file.body.strip() != now.file.body.strip():
        changed.append("the text of the page")
    return ", ".join(changed)


def _loads(old: Organisation, new: Organisation) -> Iterator[LoadChange]:
    before = {name_key(person.name): (person, old.load(person)) for person in old.people.values()}
    after = {name_key(person.name): (person, new.load(person)) for person in new.people.values()}
    for key in before | after:
        was, now = before.get(key), after.get(key)
        person = (now or was or after[key])[0]
        hours = (was[1] if was else NO_HOURS), (now[1] if now else NO_HOURS)
        if hours[0] != hours[1]:
            yield LoadChange(person, *hours)


def _paths(
    problems: Iterable[Problem], old: Organisation, new: Organisation, names: dict[str, str]
) -> Iterator[Problem]:
    """The problems of before, with the paths that renamed or moved files have now."""
    moved = {
        role.file.path: new.roles[now].file.path
        for role in old.roles.values()
        if (now := names.get(role.id, role.id)) in new.roles
    }
    return (replace(problem, path=moved.get(problem.path, problem.path)) for problem in problems)


def _only_in(problems: Iterable[Problem], others: Iterable[Problem]) -> Iterator[Problem]:
    """Those that have no counterpart among `others`; lines move, so they do not count."""
    left = Counter(_key(problem) for problem in others)
    for problem in problems:
        if left[_key(problem)]:
            left[_key(problem)] -= 1
        else:
            yield problem


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.rule.code, problem.path, problem.message
