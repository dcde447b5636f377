"""What can be wrong with an organisation: an ordered table of small pure functions, one rule each."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rolebook import load, options, read
from rolebook.organisation import Organisation, Person, PersonFile, Role, RoleFile, name_key
from rolebook.problems import Problem, Rule, Severity, in_order
from rolebook.schema import kinds
from rolebook.schema.audience import Audience
from rolebook.schema.kinds import did_you_mean

MAX_NEAR_MISSES = 100
"""Comparing a name with ten thousand others takes time; past this many, only the fact is told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in one file: the field it is about, what is wrong, what to write."""

    file: RoleFile | PersonFile
    field: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with the function that applies it."""

    rule: Rule
    find: Callable[[Organisation], Iterator[Finding]]


CHECKS: list[Check] = []


def check(
    code: str, severity: Severity, reason: str
) -> Callable[[Callable[[Organisation], Iterator[Finding]]], Check]:
    """Adds a function to the table."""

    def add(find: Callable[[Organisation], Iterator[Finding]]) -> Check:
        CHECKS.append(Check(Rule(code, severity, reason), find))
        return CHECKS[-1]

    return add


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
        meant = _near(role.fields.parent, organisation.roles, number)
        message = f"there is no role '{role.fields.parent}'"
        yield Finding(role.file, "parent", message, meant or "Write the file name of a role without .md")


@check(
    "parent-cycle",
    Severity.ERROR,
    "When roles report in a circle, nobody is in charge of any of them.",
)
def parent_cycle(organisation: Organisation) -> Iterator[Finding]:
    for cycle in organisation.cycles:
        ids = [role.id for role in cycle]
        shown = ids if len(ids) <= 12 else [*ids[:6], f"… {len(ids) - 9} more …", *ids[-3:]]
        message = f"the reporting line is a circle: {' → '.join([*shown, ids[0]])}"
        yield Finding(cycle[0].file, "parent", message, "Let one of them report to a role outside it")


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
        hint = "Give all but one a 'parent', or set 'several_roots: yes' for rolebook in mkdocs.yml"
        yield Finding(roots[1].file, "title", message, hint)


def _people_named(role: Role) -> Iterator[tuple[str, str]]:
    """The names that a role gives, each with its field."""
    fields = role.fields
    yield "owner", fields.owner
    yield "backup", fields.backup
    yield from (("performed_by", work.person) for work in fields.performed_by)
    if fields.outsource:
        yield "outsource", fields.outsource.to


@check(
    "unknown-person",
    Severity.WARNING,
    "A misspelt name becomes a second person, and the first one's hours no longer add up.",
)
def unknown_person(organisation: Organisation) -> Iterator[Finding]:
    known = [person.name for person in organisation.people.values() if person.file]
    known += [person.id for person in organisation.people.values() if person.file]
    if not known:
        return
    misses = 0
    for role in organisation.roles.values():
        for field, name in _people_named(role):
            person = organisation.people_by_name.get(name_key(name))
            if name and (person is None or person.file is None):
                meant = _near(name, known, misses)
                misses += 1
                hint = meant or "Write a file for them in the people's folder, or correct the name"
                yield Finding(role.file, field, f"nobody is called '{name}'", hint)


_NOBODY = re.compile(r"(vacant|none|nobody|n/?[ad]|tb[acd]|open|unfilled|-+|\?+|hiring)", re.IGNORECASE)


@check(
    "vacant-by-name",
    Severity.WARNING,
    "A word such as 'vacant' in place of a name would be counted as a person of that name.",
)
def vacant_by_name(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.roles.values():
        if _NOBODY.fullmatch(role.fields.owner):
            message = f"the owner is called '{role.fields.owner}'"
            yield Finding(role.file, "owner", message, "Leave 'owner' out while the seat is vacant")


@check(
    "unknown-deliverable",
    Severity.WARNING,
    "A deliverable that points nowhere cannot show which promise to customers it keeps.",
)
def unknown_deliverable(organisation: Organisation) -> Iterator[Finding]:
    known = [each.id for each in organisation.business.deliverables]
    misses = 0
    for role in organisation.roles.values():
        for deliverable in role.fields.deliverable:
            if deliverable.for_ and deliverable.for_ not in known:
                meant = _near(deliverable.for_, known, misses)
                misses += 1
                message = f"the business model has no deliverable '{deliverable.for_}'"
                yield Finding(role.file, "deliverable", message, meant or "Write the id of one it has")


@check(
    "no-hours",
    Severity.ADVICE,
    "Without hours nobody can tell whether the seat fits into a week, or what it costs to hand over.",
)
def no_hours(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        if role.fields.weekly_hours is None and not organisation.reports.get(role.id):
            yield Finding(role.file, "weekly_hours", "the seat has no hours", "Add 'weekly_hours: …'")


@check(
    "no-deliverable",
    Severity.ADVICE,
    "A seat that produces nothing you can name is how people get hired to be busy.",
)
def no_deliverable(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        if not role.fields.deliverable and not organisation.reports.get(role.id):
            hint = "Add 'deliverable: …' with what is true when the work is done"
            yield Finding(role.file, "deliverable", "nothing says what the seat produces", hint)


_VAGUE = re.compile(
    r"\b(help(s|ing)? (with|out)|assist(s|ing|ance)?\b|various|etc|and so on|as (needed|required)"
    r"|ad[ -]hoc|misc\w*|stuff|other duties|support(s|ing)? the|tasks)|^(manag|handl|do)(e|es|ing)?\b",
    re.IGNORECASE,
)


@check(
    "vague-deliverable",
    Severity.ADVICE,
    "A specialist can only be held to an outcome; 'help with' and 'various' describe being busy.",
)
def vague_deliverable(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        for deliverable in role.fields.deliverable:
            found = _VAGUE.search(deliverable.outcome)
            if found:
                message = f"'{found[0]}' says what somebody does, not what is there when it is done"
            elif len(deliverable.outcome.split()) < 2:
                message = f"'{deliverable.outcome}' is a topic, not an outcome"
            else:
                continue
            hint = "Write what the customer or a colleague then has, how many and how often"
            yield Finding(role.file, "deliverable", message, hint)


FULL_TIME = 40
"""Hours a week from which a seat is a whole job, the mistake the founding idea warns of."""


@check(
    "full-time-seat",
    Severity.ADVICE,
    "Forty hours in one seat ask for an all-rounder; small seats can be given to people who excel.",
)
def full_time_seat(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        hours = role.fields.weekly_hours
        if hours and hours.max >= FULL_TIME:
            message = f"the seat takes {hours.max:g} hours a week"
            yield Finding(role.file, "weekly_hours", message, "Split this seat by what it produces")


@check(
    "all-rounder",
    Severity.ADVICE,
    "One person for several crafts is good at few of them; a specialist for each costs fewer hours.",
)
def all_rounder(organisation: Organisation) -> Iterator[Finding]:
    for person, roles in _held(organisation):
        functions = {
            function.id: function for role in roles if (function := organisation.functions.get(role.id))
        }
        if not person.founder and len(functions) > 1:
            named = " and ".join(f"'{each.title}'" for each in list(functions.values())[:4])
            message = f"{person.name} holds seats in {named}"
            yield Finding(roles[0].file, "owner", message, "Look for a specialist for one of them")


@check(
    "over-capacity",
    Severity.ADVICE,
    "Hours that nobody has are work that does not get done, or gets done at night.",
)
def over_capacity(organisation: Organisation) -> Iterator[Finding]:
    for person, roles in _held(organisation):
        capacity, load = person.fields.weekly_capacity, organisation.load(person)
        if capacity is not None and load.min > capacity:
            message = f"{person.name} has {capacity:g} hours a week and seats for {load.min:g}"
            hint = f"Hand over {load.min - capacity:g} hours, the smallest clear seat first"
            yield Finding(person.file or roles[0].file, "weekly_capacity", message, hint)


@check(
    "section-stays-inside",
    Severity.ADVICE,
    "Only sections with known headings are given to others; it is good to know which are not.",
)
def section_stays_inside(organisation: Organisation) -> Iterator[Finding]:
    inside: dict[str, list[RoleFile]] = {}
    for role in organisation.roles.values():
        for section in read.sections(role.file.body):
            if section.heading and organisation.section_audience(section.heading) is Audience.INTERNAL:
                inside.setdefault(section.heading, []).append(role.file)
    if inside:
        named = ", ".join(f"'{heading}' ({len(where)})" for heading, where in list(inside.items())[:6])
        message = f"sections that are never given to anybody outside: {named}{' …' * (len(inside) > 6)}"
        hint = "To let one into job descriptions, name it under public_sections in mkdocs.yml"
        yield Finding(next(iter(inside.values()))[0], "", message, hint)


def _held(organisation: Organisation) -> Iterator[tuple[Person, list[Role]]]:
    for person in organisation.people.values():
        roles = [share.role for share in organisation.shares.get(person.id, ())]
        if roles:
            yield person, roles


def _near(name: str, known: Iterable[str], misses: int) -> str:
    return did_you_mean(name, known) if misses < MAX_NEAR_MISSES else ""


RULES: tuple[Rule, ...] = (
    *read.RULES,
    *kinds.RULES,
    *options.RULES,
    *load.RULES,
    *(each.rule for each in CHECKS),
)
"""Every rule of the program, in the order in which they are applied."""
CODES = frozenset(rule.code for rule in RULES)


def problems_of(organisation: Organisation, switched_off: Iterable[str] = ()) -> Iterator[Problem]:
    """What the checks find, but for those whose code is switched off."""
    off = frozenset(switched_off)
    for each in CHECKS:
        if each.rule.code not in off:
            for found in each.find(organisation):
                line = found.file.lines.get(found.field, 0)
                yield Problem(each.rule, found.file.path, line, found.message, found.hint)


def without(problems: Iterable[Problem], switched_off: Iterable[str]) -> tuple[Problem, ...]:
    """`problems` in order, without those whose code is switched off."""
    off = frozenset(switched_off)
    return in_order(problem for problem in problems if problem.rule.code not in off)
