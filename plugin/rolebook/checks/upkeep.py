"""Whether the handbook is kept up: pages read again, vacancies that end, names that are still right."""

import re
from collections.abc import Iterator

from rolebook.checks.declaration import Finding, check
from rolebook.language import N_, gettext, ngettext
from rolebook.organisation import Holding, Organisation, Person, Role, people_named
from rolebook.problems import Severity
from rolebook.wording import day

LONG_VACANCY = 60
"""Days after which a vacancy is no longer a matter of waiting."""


@check(
    "stale-page",
    Severity.ADVICE,
    "An outdated page is believed until it does harm.",
)
def stale_page(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_units:
        due = role.fields.review_by
        if due and due < organisation.day:
            message = gettext("this page was due for review by %(day)s", day=day(due))
            hint = gettext("Review it, then set 'review_by' to a date about six months ahead")
            yield Finding(role.file, "review_by", message, hint)


@check(
    "long-vacancy",
    Severity.ADVICE,
    "A role that stays vacant for months asks too much, pays too little, or is not needed.",
)
def long_vacancy(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        posting = role.fields.posting
        if role.vacant and posting and posting.opens:
            days = (organisation.day - posting.opens).days
            if days > LONG_VACANCY:
                message = ngettext(
                    "the role has been advertised for %(number)s day and is still vacant",
                    "the role has been advertised for %(number)s days and is still vacant",
                    days,
                )
                yield Finding(
                    role.file,
                    "posting.opens",
                    message,
                    gettext("Make it smaller, raise the pay, or stop advertising it"),
                )


@check(
    "former-holder",
    Severity.ADVICE,
    "Somebody who has left cannot hold a role, and should no longer have access.",
)
def former_holder(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_units:
        for field, person, says, hint in _named(organisation, role):
            ends = person.fields.ends if person else None
            if person and ends and ends < organisation.day:
                message = gettext(says, name=person.name, day=day(ends))
                named = (
                    place
                    for place, name in people_named(role.fields)
                    if place.startswith(field) and organisation.named(name) is person
                )
                yield Finding(role.file, next(named, field), message, hint)
        yield from _after_the_last_day(organisation, role)


def _after_the_last_day(organisation: Organisation, role: Role) -> Iterator[Finding]:
    """Find a plan to hand a role over to somebody who will have left by then."""
    plan = role.fields.outsource
    to = organisation.named(plan.to) if plan else None
    ends = to.fields.ends if to else None
    if plan and to and plan.by and ends and organisation.day <= ends < plan.by:
        message = gettext(
            "the role goes to %(name)s by %(day)s, and their last day is %(last)s",
            name=to.name,
            day=day(plan.by),
            last=day(ends),
        )
        yield Finding(role.file, "outsource.to", message, gettext("Name another person, or an earlier day"))


def _named(organisation: Organisation, role: Role) -> Iterator[tuple[str, Person | None, str, str]]:
    """List whom a role names today: the field, the person, the message, and what to write instead."""
    says = N_("%(name)s, whose last day was %(day)s, still holds the role")
    yield "owner", role.owner, says, gettext("Name the new holder, or leave it vacant")
    until = gettext("Remove them from the list, or add 'until' with their last day")
    for person in {person.id: person for person, _ in role.performers}.values():
        says = N_("%(name)s, whose last day was %(day)s, still does part of the work")
        yield "performed_by", person, says, until
    for each in role.members:
        if each.leads:
            says = N_("%(name)s, whose last day was %(day)s, still leads the team")
            yield "lead", each.person, says, until
        else:
            says = N_("%(name)s, whose last day was %(day)s, still belongs to the team")
            yield "members", each.person, says, until
    says = N_("%(name)s, whose last day was %(day)s, still covers for the holder")
    yield "backup", role.backup, says, gettext("Name the new cover, or leave it out")
    if plan := role.fields.outsource:
        says = N_("%(name)s, whose last day was %(day)s, is still the person it goes to")
        hint = gettext("Name the new person, or remove 'to'")
        yield "outsource.to", organisation.named(plan.to), says, hint


@check(
    "late-hand-over",
    Severity.ADVICE,
    "A plan whose day is past, and that nobody has carried out, is carried on by nobody.",
)
def late_hand_over(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        plan = role.fields.outsource
        if plan and plan.fit == "next" and plan.by and plan.by < organisation.day:
            message = gettext("the role was to be handed over by %(day)s", day=day(plan.by))
            hint = gettext("Write 'fit: done' if it was, or a later day")
            yield Finding(role.file, "outsource.by", message, hint)


_SECRET = re.compile(
    r"\b(?:pass(?:word|wort|phrase)?|pwd|pin|kennwort|mot de passe|contraseña|senha|api[ _-]?key|token"
    r"|secret)\s*[:=]\s*\S",
    re.IGNORECASE,
)


@check(
    "secret-in-access",
    Severity.WARNING,
    "Tools are in packs, and the handbook in git for good: a password in it is known to all who ever see it.",
)
def secret_in_access(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.roles.values():
        for at, tool in enumerate(role.fields.tools):
            for field, text in (("name", tool.name), ("access", tool.access)):
                if _SECRET.search(text):
                    message = gettext("there seems to be a password here")
                    hint = gettext("Remove it, and change the password if anybody has the file")
                    yield Finding(role.file, f"tools.{at}.{field}", message, hint)


@check(
    "come-back",
    Severity.ADVICE,
    "A role that was handed over and has come back needs a new decision.",
)
def come_back(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        plan = role.fields.outsource
        if plan and plan.fit == "done" and role.holding in (Holding.VACANT, Holding.FOUNDER):
            if role.vacant:
                message = gettext("the role is marked as handed over, but is vacant")
            elif role.owner:
                message = gettext(
                    "the role is marked as handed over, but is %(name)s's", name=role.owner.name
                )
            else:
                message = gettext("the role is marked as handed over, but is inside")
            yield Finding(role.file, "outsource.fit", message, gettext("Write 'fit: next', 'maybe' or 'no'"))


@check(
    "own-cover",
    Severity.ADVICE,
    "Nobody can be their own cover: when they are away, the work waits.",
)
def own_cover(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        if role.backup and role.covers_itself:
            message = gettext("%(name)s is named as their own cover", name=role.backup.name)
            yield Finding(role.file, "backup", message, gettext("Name another person, or remove 'backup'"))
