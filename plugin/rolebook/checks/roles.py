"""Whether the roles serve the business: outcomes, small hours, one craft, nobody over capacity."""

import re
from collections.abc import Iterator
from functools import cache

from rolebook.body import lines
from rolebook.checks.declaration import Finding, check
from rolebook.language import Language, any_of, current, gettext, ngettext
from rolebook.organisation import Organisation, Person, PersonFile, Role, RoleFile
from rolebook.problems import Severity
from rolebook.schema.audience import Audience
from rolebook.schema.records import SECTIONS, Hours, heading_key
from rolebook.schema.typos import Known
from rolebook.wording import first_of, hours_text, number, some_hours


@check(
    "no-hours",
    Severity.ADVICE,
    "Without hours, neither workload nor cost can be calculated.",
)
def no_hours(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        is_said = "weekly_hours" in role.file.unread
        if role.fields.weekly_hours is None and not organisation.reports.get(role.id) and not is_said:
            yield Finding(
                role.file, "weekly_hours", gettext("hours are missing"), gettext("Add 'weekly_hours: …'")
            )


@check(
    "hours-of-people",
    Severity.WARNING,
    "If people have more hours in a role than the role itself, one of the two is wrong, and so is the total.",
)
def hours_of_people(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        given, written = role.given_hours, role.written_hours
        if "weekly_hours" in role.file.unread:
            continue
        if role.fields.weekly_hours is None and given:
            message = gettext(
                "its people have %(hours)s hours a week, and the role none", hours=number(given.max)
            )
            yield Finding(role.file, "performed_by", message, gettext("Add 'weekly_hours: …' to the role"))
        elif given.max > written.max:
            message = gettext(
                "its people have %(given)s hours a week, and the role %(written)s",
                given=number(given.max),
                written=number(written.max),
            )
            yield Finding(role.file, "performed_by", message, gettext("Correct one of them"))


@check(
    "no-deliverable",
    Severity.ADVICE,
    "Without a deliverable, people are hired to be busy.",
)
def no_deliverable(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        is_said = "deliverable" in role.file.unread
        if not role.fields.deliverable and not organisation.reports.get(role.id) and not is_said:
            hint = gettext("Add 'deliverable: …', the result of the work")
            yield Finding(role.file, "deliverable", gettext("the role has no deliverable"), hint)


_VAGUE = (
    r"(?:help(?:s|ing)? (?:with|out)|assist(?:s|ing|ance)?|various|etc|and so on|as (?:needed|required)"
    r"|ad[ -]hoc|misc(?:ellaneous)?|stuff|other duties|support(?:s|ing)? the|tasks)"
)
_VAGUE_AT_THE_START = r"(?:manag(?:e[sd]?|ing)|handl(?:e[sd]?|ing)|do(?:es|ing)?|did)"


@cache
def _vague(language: Language) -> re.Pattern[str]:
    """What is no result, in English and in the handbook's language."""
    words = language.words
    inside = "|".join(filter(None, (_VAGUE, any_of(words.vague))))
    first = "|".join(filter(None, (_VAGUE_AT_THE_START, any_of(words.vague_at_the_start))))
    return re.compile(rf"\b(?:{inside})\b|^(?:{first})\b", re.IGNORECASE)


@check(
    "vague-deliverable",
    Severity.ADVICE,
    "A specialist can only be held to a result; 'help with' and 'various' describe activity.",
)
def vague_deliverable(organisation: Organisation) -> Iterator[Finding]:
    vague = _vague(current())
    for role in organisation.active_roles:
        purpose = vague.search(role.fields.purpose) if role.fields.posting else None
        if purpose:
            hint = gettext("Write in one sentence why the role exists")
            message = gettext(
                "'%(purpose)s' in the purpose describes an activity, not a reason", purpose=purpose[0]
            )
            yield Finding(role.file, "purpose", message, hint)
        for place, deliverable in enumerate(role.fields.deliverable):
            found = vague.search(deliverable.outcome)
            if found:
                message = gettext("'%(found)s' describes an activity, not a result", found=found[0])
            elif len(deliverable.outcome.split()) < 2:
                message = gettext("'%(outcome)s' is a topic, not a result", outcome=deliverable.outcome)
            else:
                continue
            hint = gettext("Write what the customer or colleague receives, how many and how often")
            yield Finding(role.file, f"deliverable.{place}.outcome", message, hint)


FULL_TIME = 40
"""From so many hours a week on, a role is a whole job: roles are meant to be smaller."""


@check(
    "full-time-seat",
    Severity.ADVICE,
    "Forty hours in one role ask for an all-rounder; small roles can be given to people who excel.",
)
def full_time_seat(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        hours = role.fields.weekly_hours
        if hours and hours.max >= FULL_TIME:
            message = gettext("the role takes %(hours)s hours a week", hours=number(hours.max))
            yield Finding(role.file, "weekly_hours", message, gettext("Split the role by deliverable"))


@check(
    "all-rounder",
    Severity.ADVICE,
    "Few people excel at several crafts; a specialist for each needs fewer hours.",
)
def all_rounder(organisation: Organisation) -> Iterator[Finding]:
    for person, held in _held(organisation):
        roles = [role for role in held if not role.is_team]
        functions = {
            function.id: function for role in roles if (function := organisation.functions.get(role.id))
        }
        if not person.founder and len(functions) > 1:
            named = first_of([f"'{each.title}'" for each in functions.values()], 4)
            message = ngettext(
                "%(name)s works in %(number)s function: %(named)s",
                "%(name)s works in %(number)s functions: %(named)s",
                len(functions),
                name=person.name,
                named=named,
            )
            yield Finding(roles[0].file, "owner", message, gettext("Find a specialist for one of them"))


@check(
    "over-capacity",
    Severity.ADVICE,
    "Work beyond capacity does not get done, or gets done at night.",
)
def over_capacity(organisation: Organisation) -> Iterator[Finding]:
    for person, roles in _held(organisation):
        capacity, load = person.fields.weekly_capacity, organisation.load(person)
        if capacity is not None and (excess := load.beyond(capacity)):
            words, more = _over(person, load, capacity), hours_text(excess)
            if person.id not in organisation.overloaded:
                more = gettext("up to %(hours)s", hours=some_hours(excess.max))
            hint = gettext("Hand over %(more)s. The hand-over plan shows which role to begin with", more=more)
            if all(role.is_team for role in roles):
                hint = gettext("Give %(more)s in teams to others, or write fewer", more=more)
            yield Finding(person.file or roles[0].file, "weekly_capacity", words, hint)


def _over(person: Person, load: Hours, capacity: float) -> str:
    known = {"name": person.name, "work": hours_text(load), "capacity": some_hours(capacity)}
    if load.min > capacity:
        return gettext("%(name)s is over capacity: %(work)s of work a week for %(capacity)s", **known)
    return gettext("%(name)s may be over capacity: %(work)s of work a week for %(capacity)s", **known)


@check(
    "section-stays-inside",
    Severity.ADVICE,
    "Outsiders only see sections with known headings; it is good to know which they do not see.",
)
def section_stays_inside(organisation: Organisation) -> Iterator[Finding]:
    inside: dict[str, list[RoleFile]] = {}
    for role in organisation.roles.values():
        for each in role.file.sections:
            is_listed = heading_key(each.text) in organisation.section_audiences
            if not is_listed and organisation.section_audience(each.text) is Audience.INTERNAL:
                inside.setdefault(each.text, []).append(role.file)
    for heading in list(inside):
        if meant := _section_meant(organisation, heading):
            for file in inside.pop(heading):
                message = gettext("outsiders never see the section '%(section)s'", section=heading)
                hint = gettext(
                    "Did you mean '%(meant)s'? If not, list the section in mkdocs.yml, under 'sections'",
                    meant=f"## {meant}",
                )
                yield Finding(file, "", message, hint, _line_of(heading, file))
    if inside:
        heading, (first, *_) = next(iter(inside.items()))
        named = ", ".join(_in_files(each, where) for each, where in list(inside.items())[:6])
        named += " …" * (len(inside) > 6)
        message = gettext("sections that outsiders never see: %(named)s", named=named)
        hint = gettext("List each in mkdocs.yml, in 'sections' under 'public', 'contractor' or 'internal'")
        yield Finding(first, "", message, hint, _line_of(heading, first))


def _section_meant(organisation: Organisation, heading: str) -> str:
    """The known heading of which another one is a slip of the keyboard; empty where it is none."""
    built_in = (*SECTIONS, *(each for names in current().words.sections.values() for each in names))
    known = {heading_key(each): each for each in built_in}
    headings = ((each, each) for each in organisation.section_audiences)
    meant = Known(headings).meant(heading_key(heading))
    return known.get(meant, meant)


def _in_files(section: str, files: list[RoleFile]) -> str:
    """A section with the first of its files, and how many more there are."""
    path, more = files[0].path, len(files) - 1
    if not more:
        return gettext("'%(section)s' in %(path)s", section=section, path=path)
    return ngettext(
        "'%(section)s' in %(path)s and %(number)s more file",
        "'%(section)s' in %(path)s and %(number)s more files",
        more,
        section=section,
        path=path,
    )


def _line_of(heading: str, file: RoleFile) -> int:
    """The line of a section's heading in its file, from 1; 0 where it is not written in plain words."""
    at = (line for line, text in lines.headings(file.body) if text.strip() == heading)
    return next((file.body_line + line - 1 for line in at), 0)


@check(
    "heading-level",
    Severity.ADVICE,
    "A section begins with ##. Text below a heading with one # is in no section, and outsiders never see it.",
)
def heading_level(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_units:
        for each in role.file.reader.outside(role.file.body):
            if not each.written:
                continue
            message = gettext(
                "'%(written)s' begins no section, so outsiders never see what begins there",
                written=each.written,
            )
            if each.heading:
                hint = gettext("Write '%(what)s'", what=f"## {each.heading}")
            else:
                hint = gettext("If it is text, begin the line with a word; if it is a heading, with '## '")
            yield Finding(role.file, "", message, hint, role.file.body_line + each.line - 1)


@check(
    "unclear-sections",
    Severity.WARNING,
    "Programs read such a text in different ways, so nobody can be sure which section it belongs to. What is "
    "unclear is given to nobody outside.",
)
def unclear_sections(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_units:
        if found := role.file.reader.difference(role.file.body):
            line = role.file.body_line + found.line - 1
            yield Finding(role.file, "", gettext(found.cause), gettext(found.remedy), line)


@check(
    "hidden-text",
    Severity.ADVICE,
    "Words in brackets, cells beyond a table's head and titles without quotes are read as something else: no "
    "page and no document shows them.",
)
def hidden_text(organisation: Organisation) -> Iterator[Finding]:
    readers = [role.file.reader for role in organisation.roles.values()]
    files: list[RoleFile | PersonFile] = [role.file for role in organisation.active_units]
    files += [person.file for person in organisation.people.values() if person.file]
    for file in files if readers else ():
        for line, message, hint in readers[0].hidden(file.body) if file.body else ():
            yield Finding(file, "", message, hint, file.body_line + line - 1)


def _held(organisation: Organisation) -> Iterator[tuple[Person, list[Role]]]:
    for person in organisation.people.values():
        roles = [share.role for share in organisation.shares.get(person.id, ())]
        if roles:
            yield person, roles
