"""What changed between two states of an organisation: roles, people, hours, files, problems.

Values are written as on the handbook's pages. Hours are hours per week.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from rolebook.charts.model import WORDS, Style
from rolebook.diff.pairs import renamed, renamed_people
from rolebook.organisation import Holding, Membership, Organisation, Person, Role, name_key
from rolebook.organisation.words import belongs
from rolebook.problems import Problem, Severity
from rolebook.schema.fields import shown_name
from rolebook.schema.records import (
    NO_HOURS,
    BusinessDeliverable,
    BusinessModelFields,
    Hours,
    Offer,
    Rate,
    RoleFields,
)
from rolebook.wording import day, hours_text, pay_text

_TOLD = frozenset(
    (
        *("title", "parent", "owner", "performed_by", "backup", "weekly_hours", "seats", "deliverable"),
        *("purpose", "status", "aliases", "kind", "lead", "members"),
    )
)
"""Fields whose values are reported; of others, only that they changed. A rename says what its aliases say."""
_ALSO, _CHANGED_FILE = "also changed", "changed file"
_TEXT = "the text of the page"
_QUOTED = re.compile(r"'[^']*'")
_FIGURE = re.compile(r"\d[\d.,]*")
_HELD = (Holding.FOUNDER, Holding.IN_HOUSE, Holding.OUTSOURCED)
_OF_ALL = frozenset(("section-stays-inside", "several-roots"))
"""Checks that report on all roles at once, in whichever file comes first."""


@dataclass(frozen=True, slots=True)
class State:
    """An organisation as it was or is, with its problems."""

    organisation: Organisation
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """A digest of each published file beside roles and people, by its path."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about a role that changed."""

    what: str
    before: str
    """Empty where there was nothing."""
    after: str
    """Empty where there is nothing."""

    @property
    def mentions(self) -> bool:
        """Whether it only says that `after` is another: a value as it was or is would be too long."""
        return self.what == _ALSO or self.what.startswith("details") or self.what == _CHANGED_FILE


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role that is another than it was."""

    role: Role
    """As it is now."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A person of whom their file says something else, or whose file is elsewhere."""

    before: Person
    after: Person
    differences: tuple[Difference, ...]
    """But for the name."""

    @property
    def title(self) -> str:
        """The name, as it was and is where it is another."""
        return f"{self.before.name} → {self.after.name}" if self.renamed else self.after.name

    @property
    def renamed(self) -> bool:
        return name_key(self.before.name) != name_key(self.after.name)


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


Thing = Offer | BusinessDeliverable


class Names:
    """What to call a role where others may have its title: its title, with its id where others do."""

    def __init__(self, *organisations: Organisation) -> None:
        times = (Counter(role.title for role in each.roles.values()) for each in organisations)
        self._shared = {title for counted in times for title, number in counted.items() if number > 1}

    def of(self, role: Role) -> str:
        """The name of `role`."""
        return f"{role.title} [{role.id}]" if role.title in self._shared else role.title


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed."""

    before: Organisation
    after: Organisation
    names: Names
    added: tuple[Role, ...]
    retired: tuple[Role, ...]
    """As they were: their files are gone, or say that the seat is no more."""
    changed: tuple[RoleChange, ...]
    loads: tuple[LoadChange, ...]
    """Who gains most first, who loses most last."""
    new_problems: tuple[Problem, ...]
    fixed: tuple[Problem, ...]
    renamed: dict[str, str]
    """The new id of each role whose file has another name, by its old id."""
    business: tuple[Difference, ...]
    """Offers, promises and functions."""
    undone: tuple[Hours, Hours]
    """Hours that nobody does, before and after."""
    people: tuple[PersonChange, ...]
    renamed_people: dict[str, str]
    """The new id of each person whose file has another name, by their old id."""
    files: tuple[Difference, ...]
    """Published files beside roles and people."""

    def __bool__(self) -> bool:
        found = (self.added, self.retired, self.changed, self.business, self.people, self.loads, self.files)
        return any((*found, self.new_problems, self.fixed))


def compare(before: State, after: State) -> Changes:
    """What changed from `before` to `after`."""
    compared = _Compared(before.organisation, after.organisation)
    problems = tuple(compared.where_they_are_now(before.problems))
    return Changes(
        before=before.organisation,
        after=after.organisation,
        names=compared.names,
        added=tuple(compared.added()),
        retired=tuple(compared.retired()),
        changed=tuple(compared.changed()),
        loads=tuple(sorted(compared.loads(), key=lambda each: (-each.gained, each.person.name))),
        new_problems=tuple(_only_in(after.problems, problems)),
        fixed=tuple(_only_in(problems, after.problems)),
        renamed=compared.ids,
        business=tuple(_business(before.organisation.business, after.organisation.business)),
        undone=(_undone(before.organisation), _undone(after.organisation)),
        people=tuple(compared.people()),
        renamed_people=compared.person_ids,
        files=tuple(_files(before.files, after.files)),
    )


class _Compared:
    """Two organisations, with the roles that are in both."""

    def __init__(self, old: Organisation, new: Organisation) -> None:
        self.old, self.new = old, new
        self.ids = renamed(old, new)
        self.person_ids = _renamed_people(old, new)
        self.names = Names(old, new)
        sources = {now: was for was, now in self.ids.items()}
        self._was = {
            role.id: old.roles[was]
            for role in new.roles.values()
            if (was := sources.get(role.id, role.id)) in old.roles
        }
        """Each role as it was, by the id that it has now."""

    def added(self) -> Iterator[Role]:
        for role in self.new.roles.values():
            was = self._was.get(role.id)
            if not _retired(role) and (was is None or _retired(was)):
                yield role

    def retired(self) -> Iterator[Role]:
        for role in self.old.roles.values():
            now = self.new.roles.get(self._id_now(role))
            if not _retired(role) and (now is None or _retired(now)):
                yield role

    def changed(self) -> Iterator[RoleChange]:
        for role_id, was in self._was.items():
            now = self.new.roles[role_id]
            # Most files are the same in both: then only what stands above can be another.
            same = was.file is now.file and not self._moved(was, now)
            if not same and _retired(was) is _retired(now):
                found = tuple(each for each in self._differences(was, now) if each.before != each.after)
                if found:
                    yield RoleChange(now, found)

    def people(self) -> Iterator[PersonChange]:
        for was, now in self._people_now.values():
            if was.file is not now.file:
                found = PersonChange(was, now, tuple(_about_person(was, now)))
                if found.renamed or found.differences:
                    yield found

    @cached_property
    def _people_now(self) -> Mapping[str, tuple[Person, Person]]:
        """Each person of a file with who they are now, by the key of the name that they had."""
        found = {}
        for was in self.old.people.values():
            now = self.new.people.get(self.person_ids.get(was.id, was.id))
            if was.file and now and now.file:
                found[name_key(was.name)] = was, now
        return found

    def _name_now(self, person: Person) -> str:
        """The key of the name that somebody has now."""
        _, now = self._people_now.get(name_key(person.name), (person, person))
        return name_key(now.name)

    def loads(self) -> Iterator[LoadChange]:
        people = {self._name_now(person): person for person in self.old.people.values()}
        people |= {name_key(person.name): person for person in self.new.people.values()}
        before = {self._name_now(each): self.old.load(each) for each in self.old.people.values()}
        after = {name_key(each.name): self.new.load(each) for each in self.new.people.values()}
        for key, person in people.items():
            was, now = before.get(key, NO_HOURS), after.get(key, NO_HOURS)
            if was != now:
                yield LoadChange(person, was, now)

    def where_they_are_now(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """`problems` of the old files, with the paths that renamed and moved files have now."""
        roles = self.old.roles.values()
        moved = {
            role.file.path: self.new.roles[now].file.path
            for role in roles
            if (now := self._id_now(role)) in self.new.roles
        }
        moved |= {
            was.file.path: now.file.path for was, now in self._people_now.values() if was.file and now.file
        }
        return (replace(problem, path=moved.get(problem.path, problem.path)) for problem in problems)

    def _id_now(self, role: Role) -> str:
        return self.ids.get(role.id, role.id)

    def _differences(self, was: Role, now: Role) -> Iterator[Difference]:
        yield Difference("title", was.title, now.title)
        if was.id != now.id:
            yield Difference("file name", was.id, now.id)
        else:
            yield Difference("file", was.file.path, now.file.path)
        yield Difference("kind", was.fields.kind, now.fields.kind)
        if self._moved(was, now):
            above, over = self.old.parents.get(was.id), self.new.parents.get(now.id)
            yield Difference("reports to", self._name(above), self._name(over))
        yield from self._memberships(was, now)
        if self._named([was.owner]) != _keys([now.owner]):
            yield Difference("owner", _owner(was), _owner(now))
        elif was.owner and was.holding in _HELD and now.holding in _HELD:
            yield Difference("held", WORDS[Style.of(was.holding)], WORDS[Style.of(now.holding)])
        # What follows from the owner alone is said there.
        if was.fields.status or now.fields.status:
            yield Difference("status", _status(was), _status(now))
        if self._named(_people(was)) != _keys(_people(now)) or _work(was) != _work(now):
            yield Difference("work done by", _performers(was), _performers(now))
        if self._named([was.backup]) != _keys([now.backup]):
            yield Difference("covered by", *(each.backup.name if each.backup else "" for each in (was, now)))
        yield Difference("hours a week", _hours(was), _hours(now))
        yield Difference("purpose", was.fields.purpose, now.fields.purpose)
        yield from _deliverables(was, now)
        if others := _other_fields(self._as_now(was.fields), was, now):
            yield Difference(_ALSO, "", others)

    def _memberships(self, was: Role, now: Role) -> Iterator[Difference]:
        """Who joined a team and who left it, and what its members are in it."""
        before = {self._name_now(each.person): each for each in was.members}
        after = {name_key(each.person.name): each for each in now.members}
        for key, each in before.items():
            if key not in after:
                yield Difference("left the team", each.person.name, "")
        for key, each in after.items():
            if key not in before:
                yield Difference("joined the team", "", _member(each))
            else:
                name = each.person.name
                yield Difference(f"{name} in the team", belongs(before[key]), belongs(each))
                yield Difference(f"hours of {name}", _member_hours(before[key]), _member_hours(each))

    def _as_now(self, was: RoleFields) -> RoleFields:
        """The fields of a role as it was, with those who have another name now by that."""

        def person(name: str) -> str:
            _, now = self._people_now.get(name_key(name), (None, None))
            return now.name if now else name

        def role(role_id: str) -> str:
            return self.ids.get(role_id, role_id)

        return replace(
            was,
            tools=tuple(replace(tool, admin=person(tool.admin)) for tool in was.tools),
            outsource=was.outsource and replace(was.outsource, to=person(was.outsource.to)),
            reporting=was.reporting and replace(was.reporting, to=role(was.reporting.to)),
        )

    def _moved(self, was: Role, now: Role) -> bool:
        above, over = self.old.parents.get(was.id), self.new.parents.get(now.id)
        return (above and self._id_now(above)) != (over and over.id)

    def _named(self, people: Iterable[Person | None]) -> list[str]:
        return [self._name_now(person) if person else "" for person in people]

    def _name(self, role: Role | None) -> str:
        return self.names.of(role) if role else "nobody"


def _retired(role: Role) -> bool:
    return role.holding is Holding.RETIRED


def _owner(role: Role) -> str:
    """Who answers for a role; nobody for one that is not there today."""
    if role.owner:
        return role.owner.name
    if role.is_team:
        return ""
    return "vacant" if role.vacant else "not named" if role.active else ""


def _status(role: Role) -> str:
    """The status in words, derived from the owner where the file gives none."""
    return role.fields.status or ("vacant" if role.vacant else "a team" if role.is_team else "filled")


def _member(membership: Membership) -> str:
    """Who belongs to a team, with what they are in it where that is more than a member."""
    words = belongs(membership) if membership.leads or membership.as_ else ""
    details = ", ".join(filter(None, (words, _member_hours(membership))))
    return f"{membership.person.name} ({details})" if details else membership.person.name


def _member_hours(membership: Membership) -> str:
    return hours_text(membership.hours) if membership.hours else ""


def _performers(role: Role) -> str:
    return ", ".join(
        f"{person.name} ({hours_text(hours)})" if hours else person.name for person, hours in role.performers
    )


def _people(role: Role) -> list[Person]:
    return [person for person, _ in role.performers]


def _work(role: Role) -> list[Hours | None]:
    return [hours for _, hours in role.performers]


def _keys(people: Iterable[Person | None]) -> list[str]:
    return [name_key(person.name) if person else "" for person in people]


def _renamed_people(old: Organisation, new: Organisation) -> dict[str, str]:
    before = {each.id: each.file for each in old.people.values() if each.file}
    after = {each.id: each.file for each in new.people.values() if each.file}
    return renamed_people(
        {person_id: file for person_id, file in before.items() if person_id not in after},
        {person_id: file for person_id, file in after.items() if person_id not in before},
        [file for person_id, file in before.items() if person_id in after],
    )


def _about_person(was: Person, now: Person) -> Iterator[Difference]:
    """What a person's file says otherwise; what follows from another name is said there."""
    before, after = was.file, now.file
    assert before and after
    for each in fields(after.fields):
        values = [getattr(file.fields, each.name) for file in (before, after)]
        if each.name not in ("name", "aliases") and values[0] != values[1]:
            yield Difference(shown_name(each.name).replace("_", " "), *map(_in_words, values))
    if before.fields.aliases != after.fields.aliases and before.id == after.id:
        yield Difference(_ALSO, "", "aliases")
    if before.body.strip() != after.body.strip():
        yield Difference(_ALSO, "", _TEXT)
    if before.path != after.path and name_key(was.name) == name_key(now.name):
        yield Difference("file", before.path, after.path)


def _in_words(value: object) -> str:
    """A value of a person's file; numbers are hours a week."""
    match value:
        case None | False | "":
            return ""
        case True:
            return "yes"
        case Rate():
            return pay_text(value)
        case dt.date():
            return day(value)
        case float():
            return hours_text(Hours(min=value, max=value))
    return str(value)


def _files(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
    """Files that came, went, have other content, or the same content elsewhere."""
    gone, come = (
        {path: one[path] for path in one if path not in other} for one, other in ((was, now), (now, was))
    )
    old_places = {content: path for path, content in gone.items()}
    for path, content in come.items():
        before = old_places.pop(content, "")
        gone.pop(before, None)
        yield Difference("file", before, path)
    yield from (Difference("file", path, "") for path in gone)
    yield from (Difference(_CHANGED_FILE, "", path) for path in was if was[path] != now.get(path, was[path]))


def _hours(role: Role) -> str:
    if role.fields.weekly_hours is None:
        return ""
    seats = f" in {role.fields.seats} seats" if role.fields.seats > 1 else ""
    return f"{hours_text(role.written_hours)}{seats}"


def _deliverables(was: Role, now: Role) -> Iterator[Difference]:
    before = {each.outcome: each for each in was.fields.deliverable}
    after = {each.outcome: each for each in now.fields.deliverable}
    yield from (Difference("deliverable", outcome, "") for outcome in before if outcome not in after)
    yield from (Difference("deliverable", "", outcome) for outcome in after if outcome not in before)
    for outcome, each in after.items():
        if outcome in before and before[outcome] != each:
            yield Difference("details of the deliverable", "", outcome)


def _undone(organisation: Organisation) -> Hours:
    return sum((role.undone for role in organisation.active_roles), NO_HOURS)


def _business(was: BusinessModelFields, now: BusinessModelFields) -> Iterator[Difference]:
    """What changed in the business model."""
    yield from _things("offer", was.offers, now.offers)
    yield from _things("promise", was.deliverables, now.deliverables)
    before, after = (dict.fromkeys(each.functions) for each in (was, now))
    yield from (Difference("function", each, "") for each in before if each not in after)
    yield from (Difference("function", "", each) for each in after if each not in before)


def _things(what: str, was: Iterable[Thing], now: Iterable[Thing]) -> Iterator[Difference]:
    """What changed among offers or promises; they are the same ones by their ids."""
    before, after = ({each.id: each for each in things} for things in (was, now))
    yield from (Difference(what, _called(each), "") for each in before.values() if each.id not in after)
    for each in after.values():
        if (old := before.get(each.id)) is None:
            yield Difference(what, "", _called(each))
        else:
            for field in fields(each):
                values = [getattr(one, field.name) for one in (old, each)]
                if values[0] != values[1]:
                    name = f"{what} {_called(old)}: {shown_name(field.name).replace('_', ' ')}"
                    yield Difference(name, *("" if value is None else _plain(value) for value in values))


def _called(thing: Thing) -> str:
    return thing.name or thing.id


def _plain(value: object) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def _other_fields(before: RoleFields, was: Role, now: Role) -> str:
    changed = [
        shown_name(field.name).replace("_", " ")
        for field in fields(now.fields)
        if field.name not in _TOLD and getattr(before, field.name) != getattr(now.fields, field.name)
    ]
    if was.file.body.strip() != now.file.body.strip():
        changed.append(_TEXT)
    return ", ".join(changed)


def _only_in(problems: Iterable[Problem], others: Iterable[Problem]) -> Iterator[Problem]:
    """Those that have no counterpart among `others`; lines move, so they do not count."""
    left = Counter(_key(problem) for problem in others)
    for problem in problems:
        if left[_key(problem)]:
            left[_key(problem)] -= 1
        else:
            yield problem


def _key(problem: Problem) -> tuple[object, ...]:
    """What makes a problem the same one: not its figures, nor in which order it names things.

    Advice on one file is the same whatever it names: it says that there is something of its kind.
    """
    code = problem.rule.code
    if code in _OF_ALL:
        return (code,)
    if problem.rule.severity is Severity.ADVICE:
        return code, problem.path
    said = _FIGURE.sub("", _QUOTED.sub("", problem.message))
    return code, problem.path, said, *sorted(_QUOTED.findall(problem.message))
