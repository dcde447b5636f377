"""Whether what the files say of each other fits together: reporting lines, names, references."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rolebook.checks import several_people
from rolebook.checks.declaration import Finding, ModelFile, check, near
from rolebook.language import gettext, ngettext
from rolebook.organisation import (
    Organisation,
    Person,
    PersonFile,
    Role,
    RoleFile,
    id_in_path,
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
from rolebook.wording import day, listed, more
from rolebook.yaml_text import scalar

NamingFile = RoleFile | PersonFile | ModelFile


def _is_now(name: str) -> str:
    return gettext("It is now called '%(name)s': write '%(name)s', or run 'rolebook check --fix'", name=name)


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
        message = gettext("there is no role '%(parent)s'", parent=role.fields.parent)
        hint = _role_meant(organisation, role.fields.parent, number)
        yield Finding(role.file, "parent", message, hint, about=(role.fields.parent,))


def _role_meant(organisation: Organisation, name: str, misses: int) -> str:
    """What to write in place of `name`, which no role is called."""
    if now := organisation.former.roles.get(name):
        return _is_now(now)
    if (in_path := id_in_path(name)) in organisation.roles:
        return gettext("Write %(what)s", what=in_path)
    if meant := near(name, organisation.roles, misses):
        return meant
    person = organisation.named(name)
    if person and person.file:
        return _role_of(organisation, person)
    if names_nobody(name) and not name.isdecimal():
        return gettext("Remove the line if nothing is above the role")
    return gettext("Write a role's file name without .md")


def _role_of(organisation: Organisation, person: Person) -> str:
    """What to write in place of a person, where a role belongs."""
    held = [share.role for share in organisation.shares.get(person.id, ()) if not share.role.is_team]
    if not held:
        return gettext("This is a person: write the id of a role")
    return gettext("This is a person: write the role that they hold, such as %(role)s", role=held[0].id)


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
                hint = (
                    gettext("Write %(what)s", what=entries)
                    if entries
                    else _how_is_reported(role, field, name) or _role_meant(organisation, name, misses)
                )
                misses += 1
                if field.startswith(_REPORTING):
                    message = gettext("there is no role '%(name)s' to report to", name=name)
                else:
                    message = gettext("there is no role '%(name)s'", name=name)
                yield Finding(role.file, field, message, hint, about=(name,))
    for file, field, name in _named_elsewhere(organisation, ROLE):
        if name not in organisation.roles:
            misses += 1
            hint = _role_meant(organisation, name, misses)
            message = gettext("there is no role '%(name)s'", name=name)
            yield Finding(file, field, message, hint, about=(name,))


def _how_is_reported(role: Role, field: str, text: str) -> str:
    """What to write for a sentence about reports, in place of a role; empty for a name."""
    is_alone = field == "reporting.to" and field not in role.file.lines
    if not is_alone or len(text.split()) < _SENTENCE:
        return ""
    return gettext("Write %(what)s", what=f"{{cadence: {scalar(text, in_brackets=True)}}}")


_SENTENCE = 3
"""Words that are more than a name."""
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
                message = gettext("the role also reports to itself")
            elif name == role.fields.parent:
                message = gettext("'%(name)s' is the role's parent already", name=name)
            elif name in named[:place]:
                message = gettext("'%(name)s' appears twice", name=name)
            else:
                continue
            hint = gettext("Remove it from 'also_reports_to', or write the role that is meant")
            yield Finding(role.file, f"also_reports_to.{place}", message, hint)


@check(
    "parent-cycle",
    Severity.ERROR,
    "When roles report in a circle, nobody is in charge of any of them.",
)
def parent_cycle(organisation: Organisation) -> Iterator[Finding]:
    for cycle in organisation.cycles:
        ids = [role.id for role in cycle]
        if len(ids) == 1:
            hint = gettext("Write the role above it, or remove 'parent'")
            yield Finding(cycle[0].file, "parent", gettext("the role reports to itself"), hint)
            continue
        if (left_out := len(ids) - 9) > 3:
            ids = [*ids[:6], f"… {more(left_out)} …", *ids[-3:]]
        message = gettext("circular reporting line: %(roles)s", roles=" → ".join([*ids, ids[0]]))
        yield Finding(
            cycle[0].file, "parent", message, gettext("Let one of them report to a role outside the circle")
        )


@check(
    "parent-retired",
    Severity.WARNING,
    "A role below one that is retired reports to nobody, though its file names somebody.",
)
def parent_retired(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_units:
        above = organisation.parents.get(role.id)
        if above and above.fields.status == "retired":
            message = gettext("the role reports to '%(name)s', which is retired", name=above.id)
            higher = organisation.parents.get(above.id)
            hint = (
                gettext("Write another role, such as %(role)s", role=higher.id)
                if higher
                else gettext("Write another role")
            )
            yield Finding(role.file, "parent", message, hint)


@check(
    "several-roots",
    Severity.WARNING,
    "A business has one person at the top; a second top role is usually a forgotten 'parent'.",
)
def several_roots(organisation: Organisation) -> Iterator[Finding]:
    roots = [
        role for role in organisation.tops if not role.fields.parent and "parent" not in role.file.unread
    ]
    if len(roots) > 1:
        # What has most below it is at the top; an empty 'parent' is one that is missing.
        top = max(
            roots,
            key=lambda role: (sum(1 for _ in organisation.below(role)), "parent" not in role.file.lines),
        )
        other = next(role for role in roots if role is not top)
        named = ", ".join(f"'{role.id}'" for role in roots[:8]) + (" …" if len(roots) > 8 else "")
        message = ngettext(
            "%(number)s role reports to nobody: %(named)s",
            "%(number)s roles report to nobody: %(named)s",
            len(roots),
            named=named,
        )
        hint = (
            gettext(
                "Write 'parent: %(top)s' in '%(role)s', or, if both are top roles, "
                "'allow_multiple_roots: yes' under rolebook in mkdocs.yml",
                top=top.id,
                role=other.id,
            )
            if len(roots) == 2
            else gettext(
                "Write 'parent: %(top)s', or another parent, in all but '%(top)s'; or, if all are top roles, "
                "'allow_multiple_roots: yes' under rolebook in mkdocs.yml",
                top=top.id,
            )
        )
        yield Finding(other.file, "parent", message, hint)


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
            meant = _is_now(now) if now else _person_meant(organisation, field, name)
            meant = meant or near(name, words_like(name, known), misses)
            misses += 1
            hint = meant or gettext("Correct the name, or write a file for this person")
            yield Finding(file, field, gettext("no person is called '%(name)s'", name=name), hint)


def _person_meant(organisation: Organisation, field: str, name: str) -> str:
    """What to write for a text that names somebody in another way than by a name; empty where it does not."""
    in_path = organisation.named(id_in_path(name)) if "/" in name else None
    if in_path and in_path.file:
        return gettext("Write %(what)s", what=in_path.id)
    if name_key(name) in _ONESELF:
        return gettext("Write your name, which all know")
    who, sign, note = several_people.note_apart(name)
    if note and organisation.named(who):
        place = [part for part in field.split(".") if not part.isdigit()][-1]
        return gettext(
            "%(sign)s begins no note. Write '%(line)s'", sign=sign, line=f"{place}: {who} # {note}"
        )
    return several_people.hint(organisation, field, name)


_ONESELF = frozenset(("me", "myself", "i", "self", "ich", "selbst", "moi", "yo", "eu", "io"))


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
            message = gettext("'%(name)s' is also what %(path)s is called", name=name, path=other.path)
            hint = gettext("Write a name that tells them apart, or remove the file of one")
            yield Finding(file, "name", message, hint)


@check(
    "second-founder",
    Severity.ADVICE,
    "A file that was copied from the founder's makes a founder of somebody else, and all figures with it.",
)
def second_founder(organisation: Organisation) -> Iterator[Finding]:
    founders = [each for each in organisation.people.values() if each.founder and each.file]
    names = Counter(name_key(each.name) for each in founders)
    settled = set(map(name_key, organisation.founders))
    for person in founders[1:]:
        named = not settled.isdisjoint(map(name_key, (person.id, person.name)))
        # Two files of one person are reported as that.
        is_twice = names[name_key(person.name)] > 1
        if person.file and person.file.fields.founder and not named and not is_twice:
            others = listed(each.name for each in founders if each is not person)
            hint = gettext("Remove 'founder: yes', or name all founders under 'founders' in mkdocs.yml")
            yield Finding(
                person.file,
                "founder",
                gettext("%(name)s is a second founder besides %(others)s", name=person.name, others=others),
                hint,
            )


@check(
    "empty-team",
    Severity.ADVICE,
    "A team without members does nothing, though everybody believes it does.",
)
def empty_team(organisation: Organisation) -> Iterator[Finding]:
    for team in organisation.teams:
        if not team.members and not organisation.reports.get(team.id):
            hint = gettext("Write 'lead: …' or 'members: …', or 'status: planned' until it has members")
            yield Finding(team.file, "members", gettext("the team has no members"), hint)


@check(
    "status-of-team",
    Severity.WARNING,
    "A team has no holder, so it is never open or filled; a role below it can be.",
)
def status_of_team(organisation: Organisation) -> Iterator[Finding]:
    for team in organisation.teams:
        if team.fields.status in ("open", "filled"):
            hint = gettext("Remove 'status'; to advertise, add a role below the team")
            yield Finding(
                team.file, "status", gettext("a team is never %(status)s", status=team.fields.status), hint
            )


@check(
    "ends-before-it-begins",
    Severity.WARNING,
    "Somebody whose last day is before the first is never counted.",
)
def ends_before_it_begins(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.roles.values():
        for field, name, first, last in _spans(role.fields):
            if first and last and last < first:
                message = _never(field, name, day(first), day(last))
                first_field, last_field = ("opens", "closes") if field == "posting" else ("since", "until")
                hint = gettext(
                    "Correct '%(first_field)s' or '%(last_field)s'",
                    first_field=first_field,
                    last_field=last_field,
                )
                yield Finding(role.file, f"{field}.{last_field}", message, hint)
    for person in organisation.people.values():
        first, last = person.fields.starts, person.fields.ends
        if person.file and first and last and last < first:
            message = gettext(
                "%(name)s's last day, %(last)s, is before the first, %(first)s",
                name=person.name,
                last=day(last),
                first=day(first),
            )
            yield Finding(person.file, "ends", message, gettext("Correct 'starts' or 'ends'"))


def _never(field: str, name: str, first: str, last: str) -> str:
    """What is never so while two days are swapped."""
    match field.partition(".")[0]:
        case "performed_by":
            return gettext(
                "the last day of %(name)s, %(last)s, is before the first, %(first)s, "
                "so they never do the work",
                name=name,
                last=last,
                first=first,
            )
        case "members":
            return gettext(
                "the last day of %(name)s, %(last)s, is before the first, %(first)s, "
                "so they never belong to the team",
                name=name,
                last=last,
                first=first,
            )
    return gettext(
        "the last day of the posting, %(last)s, is before the first, %(first)s, so it is never open",
        last=last,
        first=first,
    )


def _spans(fields: RoleFields) -> Iterator[tuple[str, str, dt.date | None, dt.date | None]]:
    """List what has two days: the field, of whom, the days."""
    for place, work in enumerate(fields.performed_by):
        yield f"performed_by.{place}", work.person, work.since, work.until
    for place, each in enumerate(fields.members):
        yield f"members.{place}", each.person, each.since, each.until
    if posting := fields.posting:
        yield "posting", "", posting.opens, posting.closes


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
                hint = gettext("Remove '%(shown)s' while nobody is named", shown=shown)
                if field == "owner":
                    hint = gettext("Remove the line: the role is then vacant")
                elif field == "backup":
                    hint = gettext("Remove the line")
                yield Finding(role.file, field, gettext("'%(name)s' is not a name", name=name), hint)


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
                message = gettext("the business model has no deliverable '%(name)s'", name=deliverable.for_)
                hint = meant or gettext("Write one of its ids")
                yield Finding(role.file, f"deliverable.{place}.for", message, hint)
