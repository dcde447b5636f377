"""Whether what the files say of each other fits together: reporting lines, names, references."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from rolebook.checks import several_people
from rolebook.checks.declaration import Finding, ModelFile, check, near
from rolebook.organisation import (
    Organisation,
    PersonFile,
    RoleFile,
    name_key,
    named_in_own,
    names_nobody,
    people_named,
    roles_named,
    words_like,
)
from rolebook.problems import Severity
from rolebook.schema.kinds import Kind, in_brackets
from rolebook.schema.records import PERSON, ROLE, RoleFields
from rolebook.wording import day, listed

NamingFile = RoleFile | PersonFile | ModelFile
_IS_NOW = "It is now called '{0}': write '{0}', or run 'rolebook check --fix'"


@check(
    "unknown-parent",
    Severity.ERROR,
    "Somebody must be able to follow every reporting line to the top.",
)
def unknown_parent(organisation: Organisation) -> Iterator[Finding]:
    missing = [
        role
        for role in organisation.roles.values()
        if role.fields.parent and role.fields.parent not in organisation.roles
    ]
    for number, role in enumerate(missing):
        message = f"there is no role '{role.fields.parent}'"
        hint = _role_meant(organisation, role.fields.parent, number)
        yield Finding(role.file, "parent", message, hint)


def _role_meant(organisation: Organisation, name: str, misses: int) -> str:
    """What to write in place of `name`, which no role is called."""
    if now := organisation.former.roles.get(name):
        return _IS_NOW.format(now)
    return near(name, organisation.roles, misses) or "Write a role's file name without .md"


@check(
    "unknown-role",
    Severity.WARNING,
    "A report to a role that does not exist reaches nobody.",
)
def unknown_role(organisation: Organisation) -> Iterator[Finding]:
    misses = 0
    for role in organisation.roles.values():
        for field, name in roles_named(role.fields):
            if name and name not in organisation.roles and field != "parent":
                entries = in_brackets(name) if field.rpartition(".")[2].isdigit() else ""  # in a list
                hint = f"Write {entries}" if entries else _role_meant(organisation, name, misses)
                misses += 1
                what = " to report to" if field.startswith(_REPORTING) else ""
                yield Finding(role.file, field, f"there is no role '{name}'{what}", hint)
    for file, field, name in _named_elsewhere(organisation, ROLE):
        if name not in organisation.roles:
            misses += 1
            hint = _role_meant(organisation, name, misses)
            yield Finding(file, field, f"there is no role '{name}'", hint)


_REPORTING = ("also_reports_to", "reporting")


def _named_elsewhere(organisation: Organisation, kind: Kind[Any]) -> Iterator[tuple[NamingFile, str, str]]:
    """Whom or what the owner's fields of people and of the business model name: the file, the place."""
    for person in organisation.people.values():
        if file := person.file:
            yield from ((file, place, name) for place, name in named_in_own(file.fields, kind))
    model = ModelFile(organisation.business_path, organisation.business_lines)
    business = organisation.business
    for field, things in (("offers", business.offers), ("deliverables", business.deliverables)):
        for at, thing in enumerate(things):
            yield from ((model, f"{field}.{at}.{place}", name) for place, name in named_in_own(thing, kind))


@check(
    "repeated-reporting-line",
    Severity.WARNING,
    "A dotted line to the role itself, or to its parent, says nothing: another role may be meant.",
)
def repeated_reporting_line(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.roles.values():
        named = role.fields.also_reports_to
        for place, name in enumerate(named):
            if name == role.id:
                message = "the role also reports to itself"
            elif name == role.fields.parent:
                message = f"'{name}' is the role's parent already"
            elif name in named[:place]:
                message = f"'{name}' appears twice"
            else:
                continue
            hint = "Remove it from 'also_reports_to', or write the role that is meant"
            yield Finding(role.file, f"also_reports_to.{place}", message, hint)


@check(
    "parent-cycle",
    Severity.ERROR,
    "When roles report in a circle, nobody is in charge of any of them.",
)
def parent_cycle(organisation: Organisation) -> Iterator[Finding]:
    for cycle in organisation.cycles:
        ids = [role.id for role in cycle]
        shown = ids if len(ids) <= 12 else [*ids[:6], f"… {len(ids) - 9} more …", *ids[-3:]]
        message = f"circular reporting line: {' → '.join([*shown, ids[0]])}"
        yield Finding(cycle[0].file, "parent", message, "Let one of them report to a role outside the circle")


@check(
    "several-roots",
    Severity.WARNING,
    "A business has one person at the top; a second top role is usually a forgotten 'parent'.",
)
def several_roots(organisation: Organisation) -> Iterator[Finding]:
    roots = [role for role in organisation.tops if not role.fields.parent]
    if len(roots) > 1:
        named = ", ".join(f"'{role.id}'" for role in roots[:8]) + (" …" if len(roots) > 8 else "")
        message = f"{len(roots)} roles report to nobody: {named}"
        hint = (
            "Give all but one a 'parent', or set 'allow_multiple_roots: yes' in every configuration you build"
        )
        yield Finding(roots[1].file, "title", message, hint)


@check(
    "unknown-person",
    Severity.WARNING,
    "A misspelt name becomes a second person, and the real person's hours are wrong.",
)
def unknown_person(organisation: Organisation) -> Iterator[Finding]:
    known = [(person.id, person.name) for person in organisation.people.values() if person.file]
    misses = 0
    named: Iterator[tuple[NamingFile, str, str]] = (
        (role.file, field, name)
        for role in organisation.roles.values()
        for field, name in people_named(role.fields)
    )
    for file, field, name in (*named, *_named_elsewhere(organisation, PERSON)):
        # Without a file for anybody, any name is right, but nobody is called '3 hours'.
        if not known and not several_people.names_hours(name):
            continue
        person = organisation.people_by_name.get(name_key(name))
        if name and (person is None or person.file is None) and not names_nobody(name):
            now = organisation.former.people.get(name_key(name))
            meant = _IS_NOW.format(now) if now else several_people.hint(organisation, field, name)
            meant = meant or near(name, words_like(name, known), misses)
            misses += 1
            hint = meant or "Correct the name, or write a file for this person"
            yield Finding(file, field, f"no person is called '{name}'", hint)


@check(
    "same-name",
    Severity.WARNING,
    "Of two people with one name nobody can tell who is meant, and the roles of both are given to one.",
)
def same_name(organisation: Organisation) -> Iterator[Finding]:
    first: dict[str, PersonFile] = {}
    files = (person.file for person in organisation.people.values())
    for file in sorted((file for file in files if file), key=lambda file: file.path):
        names = [name for name in (file.fields.name, file.id) if name]
        others = [(name, first.setdefault(name_key(name), file)) for name in names]
        if found := [(name, other) for name, other in others if other is not file]:
            name, other = found[0]
            message = f"'{name}' is also what {other.path} is called"
            hint = "Write a name that tells them apart, or remove the file of one"
            yield Finding(file, "name", message, hint)


@check(
    "second-founder",
    Severity.ADVICE,
    "A file that was copied from the founder's makes a founder of somebody else, and all figures with it.",
)
def second_founder(organisation: Organisation) -> Iterator[Finding]:
    founders = [each for each in organisation.people.values() if each.founder and each.file]
    settled = set(map(name_key, organisation.founders))
    for person in founders[1:]:
        named = not settled.isdisjoint(map(name_key, (person.id, person.name)))
        if person.file and person.file.fields.founder and not named:
            others = listed(each.name for each in founders if each is not person)
            hint = "Remove 'founder: yes', or name all founders under 'founders' in mkdocs.yml"
            yield Finding(person.file, "founder", f"{person.name} is a second founder besides {others}", hint)


@check(
    "empty-team",
    Severity.ADVICE,
    "A team without members does nothing, though everybody believes it does.",
)
def empty_team(organisation: Organisation) -> Iterator[Finding]:
    for team in organisation.teams:
        if not team.members and not organisation.reports.get(team.id):
            hint = "Write 'lead: …' or 'members: …', or 'status: planned' until it has members"
            yield Finding(team.file, "members", "the team has no members", hint)


@check(
    "status-of-team",
    Severity.WARNING,
    "A team has no holder, so it is never open or filled; a role below it can be.",
)
def status_of_team(organisation: Organisation) -> Iterator[Finding]:
    for team in organisation.teams:
        if team.fields.status in ("open", "filled"):
            hint = "Remove 'status'; to advertise, add a role below the team"
            yield Finding(team.file, "status", f"a team is never {team.fields.status}", hint)


@check(
    "ends-before-it-begins",
    Severity.WARNING,
    "Somebody whose last day is before the first is never counted.",
)
def ends_before_it_begins(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.roles.values():
        for field, name, first, last, never in _spans(role.fields):
            if first and last and last < first:
                message = f"the last day{name}, {day(last)}, is before the first, {day(first)}, so {never}"
                first_field, last_field = ("opens", "closes") if field == "posting" else ("since", "until")
                hint = f"Correct '{first_field}' or '{last_field}'"
                yield Finding(role.file, f"{field}.{last_field}", message, hint)
    for person in organisation.people.values():
        first, last = person.fields.starts, person.fields.ends
        if person.file and first and last and last < first:
            message = f"{person.name}'s last day, {day(last)}, is before the first, {day(first)}"
            yield Finding(person.file, "ends", message, "Correct 'starts' or 'ends'")


def _spans(fields: RoleFields) -> Iterator[tuple[str, str, dt.date | None, dt.date | None, str]]:
    """List what has two days: the field, of whom, the days, and what is never so if they are swapped."""
    for place, work in enumerate(fields.performed_by):
        yield f"performed_by.{place}", f" of {work.person}", work.since, work.until, "they never do the work"
    for place, each in enumerate(fields.members):
        never = "they never belong to the team"
        yield f"members.{place}", f" of {each.person}", each.since, each.until, never
    if posting := fields.posting:
        yield "posting", " of the posting", posting.opens, posting.closes, "it is never open"


@check(
    "vacant-by-name",
    Severity.WARNING,
    "A word such as 'vacant' is no name. The role counts as vacant, which is better said by leaving it out.",
)
def vacant_by_name(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.roles.values():
        for field, name in people_named(role.fields):
            if names_nobody(name) and organisation.named(name) is None:
                *_, shown = (part for part in field.split(".") if part != "person" and not part.isdigit())
                hint = f"Leave '{shown}' out while nobody is known"
                yield Finding(role.file, field, f"'{name}' is not a name", hint)


@check(
    "unknown-deliverable",
    Severity.WARNING,
    "A deliverable with an unknown reference cannot show which promise to customers it supports.",
)
def unknown_deliverable(organisation: Organisation) -> Iterator[Finding]:
    known = [each.id for each in organisation.business.deliverables]
    misses = 0
    for role in organisation.roles.values():
        for place, deliverable in enumerate(role.fields.deliverable):
            if deliverable.for_ and deliverable.for_ not in known:
                meant = near(deliverable.for_, known, misses)
                misses += 1
                message = f"the business model has no deliverable '{deliverable.for_}'"
                hint = meant or "Write one of its ids"
                yield Finding(role.file, f"deliverable.{place}.for", message, hint)
