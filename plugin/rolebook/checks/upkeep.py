"""Whether the handbook is kept up: pages read again, vacancies that end, names that are still right."""

from collections.abc import Iterator

from rolebook.checks.declaration import Finding, check
from rolebook.organisation import Organisation
from rolebook.problems import Severity

LONG_VACANCY = 60
"""Days after which a vacancy is no longer a matter of waiting."""


@check(
    "stale-page",
    Severity.ADVICE,
    "A page that nobody has read again is believed until it does harm.",
)
def stale_page(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        due = role.fields.review_by
        if due and due < organisation.day:
            message = f"the page was to be looked at by {due.day} {due:%B %Y}"
            hint = "Read it, correct it, and move 'review_by' about half a year ahead"
            yield Finding(role.file, "review_by", message, hint)


@check(
    "long-vacancy",
    Severity.ADVICE,
    "A seat that stays empty for months asks for too much, pays too little, or is not needed.",
)
def long_vacancy(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        posting = role.fields.posting
        if role.vacant and posting and posting.opens:
            days = (organisation.day - posting.opens).days
            if days > LONG_VACANCY:
                message = f"the seat has been advertised for {days} days and is still vacant"
                yield Finding(role.file, "posting", message, "Make it smaller, pay more, or take it off")


@check(
    "former-holder",
    Severity.ADVICE,
    "Whoever has left can answer for nothing, and their access should have gone with them.",
)
def former_holder(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        for person in role.people:
            ends = person.fields.ends
            if ends and ends < organisation.day:
                message = f"{person.name}, whose last day was {ends.day} {ends:%B %Y}, still holds the seat"
                field = "owner" if person is role.owner else "performed_by"
                yield Finding(role.file, field, message, "Name who does it now, or leave it vacant")
