"""Compares two states of an organisation: roles, people, hours, files, problems.

Values are written as on the handbook's pages. Hours are hours per week.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import fields, replace
from functools import cached_property

from rolebook import wording
from rolebook.charts.model import Style, words_of
from rolebook.diff.model import (
    ALSO,
    DETAILS,
    Changes,
    FieldChange,
    Followed,
    LoadChange,
    Names,
    PersonChange,
    RoleChange,
    State,
    change,
    former_paths,
)
from rolebook.diff.other_files import TEXT, in_business_model, in_files, in_person
from rolebook.diff.pairs import alias_id, same_people, same_roles
from rolebook.language import N_, gettext, ngettext
from rolebook.organisation import (
    Holding,
    Membership,
    Organisation,
    Person,
    PersonFile,
    Role,
    RoleFile,
    name_key,
)
from rolebook.organisation.facts import Said, own_facts
from rolebook.organisation.words import belongs
from rolebook.problems import Problem, Severity
from rolebook.schema.declarations import declarations
from rolebook.schema.records import (
    NO_HOURS,
    Hours,
    Member,
    RoleFields,
    Work,
)
from rolebook.wording import hours_text

_REPORTED = frozenset(
    (
        *("title", "parent", "owner", "performed_by", "backup", "weekly_hours", "seats", "deliverable"),
        *("purpose", "status", "aliases", "kind", "lead", "members", "also_reports_to", "outsource"),
    )
)
"""Fields whose values are reported; of others, only that they changed."""
_QUOTED = re.compile(r"'[^']*'|„[^“”]*[“”]|[«‹][^»›]*[»›]|[“‘][^”’]*[”’]")
"""A value in a message, in the quotes of any language."""
_FIGURE = re.compile(r"\d[\d.,]*")
_HELD = (Holding.FOUNDER, Holding.IN_HOUSE, Holding.OUTSOURCED)
_OF_ALL = frozenset(("section-stays-inside", "several-roots"))
"""Checks that report on all roles at once: the problem is in whichever file comes first."""


def compare(before: State, after: State, followed: Followed | None = None) -> Changes:
    """Find what changed from `before` to `after`; `followed` knows the commits between the two."""
    compared = _Compared(before.organisation, after.organisation, followed)
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
        ids=compared.ids,
        business=tuple(
            in_business_model(before.organisation.business, after.organisation.business, compared.own)
        ),
        undone=(_undone(before.organisation), _undone(after.organisation)),
        people=tuple(compared.people()),
        joined=tuple(compared.joined()),
        left=tuple(compared.left()),
        person_ids=compared.person_ids,
        files=tuple(in_files(before.files, after.files)),
    )


class _Compared:
    """Two organisations, with the roles that are in both."""

    def __init__(self, old: Organisation, new: Organisation, followed: Followed | None) -> None:
        self.old, self.new = old, new
        before, after = _files(old), _files(new)
        self.ids = same_roles(before[0], after[0], followed=followed.roles if followed else None)
        self.person_ids = same_people(before[1], after[1], followed=followed.people if followed else None)
        self.names = Names(old, new)
        sources = {now: was for was, now in self.ids.items()}
        self._was = {role_id: old.roles[sources[role_id]] for role_id in new.roles if role_id in sources}
        """Each role as it was, by the id that it has now."""
        self._gone = {was for was in old.roles if self.ids.get(was) != was}

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
            same = was.file is now.file and not self._moved(was, now) and not self._moved_beside(was, now)
            if not same and _retired(was) is _retired(now):
                found = tuple(each for each in self._differences(was, now) if each.before != each.after)
                if found:
                    yield RoleChange(now, found)

    def people(self) -> Iterator[PersonChange]:
        for was, now in self._people_now.values():
            if was.file is not now.file:
                differences = (*in_person(was, now), *self.own(was.fields, now.fields))
                found = PersonChange(was, now, tuple(differences))
                if found.renamed or found.differences:
                    yield found

    def joined(self) -> Iterator[Person]:
        known = {self._name_now(person) for person in self.old.people.values()}
        return (each for each in self.new.people.values() if each.file and name_key(each.name) not in known)

    def left(self) -> Iterator[Person]:
        known = {name_key(person.name) for person in self.new.people.values()}
        return (each for each in self.old.people.values() if each.file and self._name_now(each) not in known)

    @cached_property
    def _people_now(self) -> Mapping[str, tuple[Person, Person]]:
        """Each person with a file as they were and as they are now, by the key of their former name."""
        found = {}
        for was in self.old.people.values():
            now = self.new.people.get(self.person_ids.get(was.id, ""))
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
        return self.ids.get(role.id, "")

    def _differences(self, was: Role, now: Role) -> Iterator[FieldChange]:
        yield change(N_("title"), was.title, now.title)
        if was.id != now.id:
            yield change(N_("file name"), was.id, now.id)
        else:
            yield change(N_("file"), was.file.path, now.file.path)
        yield change(N_("kind"), was.fields.kind, now.fields.kind)
        if self._moved(was, now):
            above, over = self.old.parents.get(was.id), self.new.parents.get(now.id)
            yield change(N_("reports to"), self._name(above), self._name(over))
        if self._moved_beside(was, now):
            lines = self.old.also_above.get(was.id, ()), self.new.also_above.get(now.id, ())
            yield change(N_("also reports to"), *map(self._listed, lines))
        yield from self._memberships(was, now)
        if self._named([was.owner]) != _keys([now.owner]):
            yield change(N_("owner"), _owner(was), _owner(now))
        elif was.owner and was.holding in _HELD and now.holding in _HELD:
            yield change(N_("held"), words_of(Style.of(was.holding)), words_of(Style.of(now.holding)))
        # What follows from the owner alone is said there.
        if was.fields.status or now.fields.status:
            yield change(N_("status"), _status(was), _status(now))
        if self._named(_people(was)) != _keys(_people(now)) or _work(was) != _work(now):
            yield change(N_("work done by"), _performers(was), _performers(now))
        if self._named([was.backup]) != _keys([now.backup]):
            yield change(N_("covered by"), *(each.backup.name if each.backup else "" for each in (was, now)))
        yield change(N_("hours a week"), _hours(was), _hours(now))
        yield change(
            N_("hand-over plan"), *(_plan(each, self.new) for each in (self._as_now(was.fields), now.fields))
        )
        yield change(N_("purpose"), was.fields.purpose, now.fields.purpose)
        yield from _deliverables(was, now)
        yield from self.own(was.fields, now.fields)
        if others := _other_fields(self._as_now(was.fields), was, now, self._gone):
            yield change(ALSO, "", others)

    def own(self, was: object, now: object) -> Iterator[FieldChange]:
        """Find what changed in the owner's own fields of two records, one of each state.

        A role or a person that only has another name is the same.
        """
        before = {each.name: each for each in own_facts(self.old, was)}
        after = {each.name: each for each in own_facts(self.new, now)}
        for name in dict.fromkeys((*before, *after)):
            old, new = before.get(name), after.get(name)
            values = [self._key_now(each) for each in old.values] if old else []
            if values != [_said_key(each) for each in (new.values if new else ())]:
                label = new.label if new else old.label if old else name
                yield FieldChange(label, old.text if old else "", new.text if new else "")

    def _key_now(self, said: Said) -> tuple[str, str]:
        person = self.old.people.get(said.person)
        key = self._name_now(person) if person else ""
        return (self.ids.get(said.role, said.role) if said.role else "" if person else said.text), key

    def _memberships(self, was: Role, now: Role) -> Iterator[FieldChange]:
        """Find who joined a team, who left it, and what members became in it."""
        before = {self._name_now(each.person): each for each in was.members}
        after = {name_key(each.person.name): each for each in now.members}
        for key, each in before.items():
            if key not in after:
                yield change(N_("left the team"), each.person.name, "")
        for key, each in after.items():
            if key not in before:
                yield change(N_("joined the team"), "", _member(each))
            else:
                name = each.person.name
                yield change(N_("%(name)s in the team"), belongs(before[key]), belongs(each), name=name)
                yield change(
                    N_("hours of %(name)s"), _member_hours(before[key]), _member_hours(each), name=name
                )

    def _as_now(self, was: RoleFields) -> RoleFields:
        """The fields of a role as it was, but with the names that people have now."""

        def person(name: str) -> str:
            _, now = self._people_now.get(name_key(name), (None, None))
            return now.name if now else name

        def role(role_id: str) -> str:
            return self.ids.get(role_id, role_id)

        return replace(
            was,
            performed_by=tuple(replace(each, person=person(each.person)) for each in was.performed_by),
            members=tuple(replace(each, person=person(each.person)) for each in was.members),
            tools=tuple(replace(tool, admin=person(tool.admin)) for tool in was.tools),
            outsource=was.outsource and replace(was.outsource, to=person(was.outsource.to)),
            reporting=was.reporting and replace(was.reporting, to=role(was.reporting.to)),
        )

    def _moved(self, was: Role, now: Role) -> bool:
        above, over = self.old.parents.get(was.id), self.new.parents.get(now.id)
        return (above and self._id_now(above)) != (over and over.id)

    def _moved_beside(self, was: Role, now: Role) -> bool:
        """Whether a dotted line leads to another role than before."""
        above = {self._id_now(each) for each in self.old.also_above.get(was.id, ())}
        return above != {each.id for each in self.new.also_above.get(now.id, ())}

    def _listed(self, roles: Iterable[Role]) -> str:
        return ", ".join(map(self._name, roles))

    def _named(self, people: Iterable[Person | None]) -> list[str]:
        return [self._name_now(person) if person else "" for person in people]

    def _name(self, role: Role | None) -> str:
        return self.names.of(role) if role else gettext("nobody")


def _said_key(said: Said) -> tuple[str, str]:
    return ("", name_key(said.text)) if said.person else (said.role or said.text, "")


def _retired(role: Role) -> bool:
    return role.holding is Holding.RETIRED


def _owner(role: Role) -> str:
    """Who answers for a role; nobody for one that is not there today."""
    if role.owner:
        return role.owner.name
    if role.is_team:
        return ""
    if role.vacant:
        return gettext("vacant")
    return gettext("not named") if role.active else ""


def _status(role: Role) -> str:
    """The status in words, derived from the owner where the file gives none."""
    if role.fields.status:
        return role.fields.status
    if role.vacant:
        return gettext("vacant")
    return gettext("a team") if role.is_team else gettext("filled")


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


def _files(there: Organisation) -> tuple[dict[str, RoleFile], dict[str, PersonFile]]:
    """The files of roles and of people, by their ids."""
    roles = {role.id: role.file for role in there.roles.values()}
    return roles, {each.id: each.file for each in there.people.values() if each.file}


def _hours(role: Role) -> str:
    if role.fields.weekly_hours is None:
        return ""
    hours, seats = hours_text(role.written_hours), role.fields.seats
    if seats == 1:
        return hours
    return ngettext("%(hours)s in %(number)s seat", "%(hours)s in %(number)s seats", seats, hours=hours)


def _plan(role: RoleFields, there: Organisation) -> str:
    """Whether the role is to be handed over, to whom and until when."""
    plan = role.outsource
    if plan is None:
        return ""
    person = there.named(plan.to)
    parts = plan.fit, person.name if person else plan.to, wording.day(plan.by) if plan.by else ""
    return ", ".join(filter(None, parts))


def _reason(role: RoleFields) -> str:
    return role.outsource.reason if role.outsource else ""


def _deliverables(was: Role, now: Role) -> Iterator[FieldChange]:
    before = {each.outcome: each for each in was.fields.deliverable}
    after = {each.outcome: each for each in now.fields.deliverable}
    yield from (change(N_("deliverable"), outcome, "") for outcome in before if outcome not in after)
    yield from (change(N_("deliverable"), "", outcome) for outcome in after if outcome not in before)
    for outcome, each in after.items():
        if outcome in before and before[outcome] != each:
            yield change(DETAILS, "", outcome)


def _undone(organisation: Organisation) -> Hours:
    return sum((role.undone for role in organisation.active_roles), NO_HOURS)


def _other_fields(before: RoleFields, was: Role, now: Role, gone: Set[str]) -> str:
    """What else changed, in words. That a role has a former id of those that are `gone` is no news."""
    declared = declarations(type(now.fields))
    changed = [
        declared[field.name].called(field.name)
        for field in fields(now.fields)
        if field.name not in _REPORTED
        and not declared[field.name].own
        and getattr(before, field.name) != getattr(now.fields, field.name)
    ]
    if _reason(before) != _reason(now.fields):
        changed.append(gettext("the reason of the hand-over plan"))
    if _dated(before.performed_by) != _dated(now.fields.performed_by):
        changed.append(gettext("work with a first or last day"))
    if _dated(before.members) != _dated(now.fields.members):
        changed.append(gettext("members with a first or last day"))
    old, new = (frozenset(map(alias_id, each.aliases)) for each in (before, now.fields))
    if (old ^ new) - gone:
        changed.append(former_paths())
    if was.file.body.strip() != now.file.body.strip():
        changed.append(gettext(TEXT))
    return ", ".join(changed)


def _dated(work: Iterable[Work | Member]) -> dict[str, Work | Member]:
    """Work or memberships with a first or a last day, by person; those that are not of today, too."""
    return {name_key(each.person): replace(each, person="") for each in work if each.since or each.until}


def _only_in(problems: Iterable[Problem], others: Iterable[Problem]) -> Iterator[Problem]:
    """Problems that have no counterpart among `others`. Lines move, so they do not count."""
    left = Counter(_key(problem) for problem in others)
    for problem in problems:
        if left[_key(problem)]:
            left[_key(problem)] -= 1
        else:
            yield problem


def _key(problem: Problem) -> tuple[object, ...]:
    """What two problems must share to be the same one; figures and the order of names do not count.

    Advice on one file is the same whatever it names: it says that there is something of its kind.
    """
    code = problem.rule.code
    if code in _OF_ALL:
        return (code,)
    if problem.rule.severity is Severity.ADVICE:
        return code, problem.path
    said = _FIGURE.sub("", _QUOTED.sub("", problem.message))
    return code, problem.path, said, *sorted(_QUOTED.findall(problem.message))
