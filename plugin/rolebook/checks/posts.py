"""Whether a vacancy serves its purpose: somebody who can do one craft sees what is asked, and applies.

Only roles with a `posting` are looked at, so that a handbook without vacancies hears nothing of it.
"""

from collections.abc import Iterator

from rolebook.analysis.crafts import too_many_crafts
from rolebook.checks.declaration import Finding, check
from rolebook.documents.job_posting import lacking
from rolebook.organisation import Organisation, PersonFile, Role, RoleFile
from rolebook.problems import Severity
from rolebook.schema.records import Deliverable, Posting, Rate
from rolebook.wording import listed
from rolebook.yaml_text import scalar


def _postings(organisation: Organisation) -> Iterator[tuple[Role, Posting]]:
    """The active roles with a posting that has not closed."""
    for role in organisation.active_roles:
        posting = role.fields.posting
        if posting is not None and (posting.closes is None or organisation.day <= posting.closes):
            yield role, posting


def _to_fill(organisation: Organisation) -> Iterator[tuple[Role, Posting]]:
    return ((role, posting) for role, posting in _postings(organisation) if role.to_fill)


@check(
    "posting-closed",
    Severity.ADVICE,
    "A job post past its closing date turns good people away.",
)
def posting_closed(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        posting = role.fields.posting
        if role.to_fill and posting and posting.closes and posting.closes < organisation.day:
            state, otherwise = (
                ("vacant", "name the owner") if role.vacant else ("marked as open", "remove 'status: open'")
            )
            message = f"the posting closed on {posting.closes} and the role is still {state}"
            yield Finding(
                role.file, "posting.closes", message, f"Move 'closes' to a later day, or {otherwise}"
            )


@check(
    "posting-filled",
    Severity.ADVICE,
    "A role that is held and advertised: right while its holder looks for the next one, and forgotten after.",
)
def posting_filled(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        posting = role.fields.posting
        is_live = posting is not None and posting.is_open(organisation.day)
        if role.vacant or not (is_live or role.advertised):
            continue
        holder = role.owner.name if role.owner else "somebody"
        field, wanted = ("status", "") if role.advertised else ("posting", " and add 'status: open'")
        looked_for = f"If somebody else is wanted, leave it{wanted} until then"
        hint = f"{looked_for}; if {holder} was hired for it, remove 'posting' and 'status: open'"
        if role.owner and role.owner.founder:
            hint = f"{looked_for}; if {holder} keeps the role, remove 'posting' and 'status: open'"
        yield Finding(role.file, field, f"{holder} holds the role, but it is still advertised", hint)


@check(
    "incomplete-pay",
    Severity.ADVICE,
    "An amount alone says little: 3,000 may be dollars an hour or crowns a month, so no cost can be shown.",
)
def incomplete_pay(organisation: Organisation) -> Iterator[Finding]:
    paid: list[tuple[RoleFile | PersonFile, Rate | None]] = [
        *((role.file, role.fields.rate) for role in organisation.active_roles),
        *((person.file, person.fields.rate) for person in organisation.people.values() if person.file),
    ]
    for file, rate in paid:
        if rate is None:
            continue
        missing = [] if rate.per else ["'per: hour' or 'per: month'"]
        missing += [] if rate.currency else ["'currency: …'"]
        if missing:
            hint = f"Add {listed(missing)} to it"
            yield Finding(file, "rate", "the pay is incomplete", hint)


@check(
    "no-way-to-apply",
    Severity.WARNING,
    "A job post without a way to apply fills no role.",
)
def no_way_to_apply(organisation: Organisation) -> Iterator[Finding]:
    for role, posting in _to_fill(organisation):
        if not (posting.apply_url or posting.apply_email):
            hint = "Add 'apply_email: …' or 'apply_url: …' under 'posting'"
            yield Finding(role.file, "posting", "the posting does not say where to apply", hint)


@check(
    "no-acceptance",
    Severity.ADVICE,
    "Without a measure or conditions, you and the new holder may disagree on whether the work is done.",
)
def no_acceptance(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        for at, each in enumerate(role.fields.deliverable):
            if not each.measure and not each.acceptance:
                message = f"nothing says when '{each.outcome}' is accepted"
                hint = "Add 'measure: …' or 'acceptance: […]' to it"
                if each == Deliverable(outcome=each.outcome):
                    outcome = scalar(each.outcome, in_brackets=True)
                    hint = f"Write {{outcome: {outcome}, measure: …}} in its place"
                yield Finding(role.file, f"deliverable.{at}", message, hint)


@check(
    "no-trial-task",
    Severity.ADVICE,
    "A small paid task shows in an hour what an interview does not.",
)
def no_trial_task(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        if role.fields.trial_task is None:
            hint = "Add 'trial_task: …' with what to do, how long it takes and what it pays"
            yield Finding(role.file, "trial_task", "the posting has no trial task", hint)


@check(
    "several-crafts",
    Severity.ADVICE,
    "Experts in one craft skip a role that asks for three; those who claim three rarely excel.",
)
def several_crafts(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        if crafts := too_many_crafts(role):
            message = f"the skills come from {len(crafts)} crafts: {', '.join(crafts)}"
            yield Finding(
                role.file, "skills", message, "Keep one under 'must', and create roles for the others"
            )


@check(
    "posting-not-listed",
    Severity.ADVICE,
    "Search engines list a vacancy only if it says since when, from where and what for.",
)
def posting_not_listed(organisation: Organisation) -> Iterator[Finding]:
    for role, posting in _to_fill(organisation):
        missing = list(lacking(role.fields)) if posting.is_open(organisation.day) else []
        if missing:
            message = "search engines cannot list the open posting"
            yield Finding(role.file, "posting", message, f"Add {listed(missing)}")
