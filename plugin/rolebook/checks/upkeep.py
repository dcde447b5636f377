"""Whether the handbook is kept up: pages read again, vacancies that end, names that are still right."""

from collections.abc import Iterator

from rolebook.checks.declaration import Finding, check
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
            message = f"this page was due for review by {day(due)}"
            hint = "Review it, then set 'review_by' to a date about six months ahead"
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
                message = f"the role has been advertised for {days} days and is still vacant"
                yield Finding(
                    role.file,
                    "posting.opens",
                    message,
                    "Make it smaller, raise the pay, or stop advertising it",
                )


@check(
    "former-holder",
    Severity.ADVICE,
    "Somebody who has left cannot hold a role, and should no longer have access.",
)
def former_holder(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_units:
        for field, person, what, hint in _named(organisation, role):
            ends = person.fields.ends if person else None
            if person and ends and ends < organisation.day:
                message = f"{person.name}, whose last day was {day(ends)}, {what}"
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
        message = f"the role goes to {to.name} by {day(plan.by)}, and their last day is {day(ends)}"
        yield Finding(role.file, "outsource.to", message, "Name another person, or an earlier day")


def _named(organisation: Organisation, role: Role) -> Iterator[tuple[str, Person | None, str, str]]:
    """List whom a role names today: the field, the person, what for, and what to write instead."""
    yield "owner", role.owner, "still holds the role", "Name the new holder, or leave it vacant"
    for person in {person.id: person for person, _ in role.performers}.values():
        hint = "Remove them from the list, or add 'until' with their last day"
        yield "performed_by", person, "still does part of the work", hint
    for each in role.members:
        field, does = (
            ("lead", "still leads the team") if each.leads else ("members", "still belongs to the team")
        )
        yield field, each.person, does, "Remove them from the list, or add 'until' with their last day"
    yield "backup", role.backup, "still covers for the holder", "Name the new cover, or leave it out"
    if plan := role.fields.outsource:
        hint = "Name the new person, or remove 'to'"
        yield "outsource.to", organisation.named(plan.to), "is still the person it goes to", hint


@check(
    "come-back",
    Severity.ADVICE,
    "A role that was handed over and has come back needs a new decision.",
)
def come_back(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        plan = role.fields.outsource
        if plan and plan.fit == "done" and role.holding in (Holding.VACANT, Holding.FOUNDER):
            state = "vacant" if role.vacant else f"{role.owner.name}'s" if role.owner else "inside"
            message = f"the role is marked as handed over, but is {state}"
            yield Finding(role.file, "outsource.fit", message, "Write 'fit: next', 'maybe' or 'no'")


@check(
    "own-cover",
    Severity.ADVICE,
    "Nobody can be their own cover: when they are away, the work waits.",
)
def own_cover(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        if role.backup and role.covers_itself:
            message = f"{role.backup.name} is named as their own cover"
            yield Finding(role.file, "backup", message, "Name another person, or remove 'backup'")
