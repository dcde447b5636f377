"""Whether a vacancy serves its purpose: somebody who can do one craft sees what is asked, and applies.

Only seats with a `posting` are looked at, so that a handbook without vacancies hears nothing of it.
"""

from collections.abc import Iterator

from rolebook.checks.declaration import Finding, check
from rolebook.decisions.crafts import too_many_crafts
from rolebook.organisation import Organisation, Role
from rolebook.packs.job_posting import lacking
from rolebook.problems import Severity
from rolebook.schema.records import Posting


def _postings(organisation: Organisation) -> Iterator[tuple[Role, Posting]]:
    """The active roles with a posting that has not closed."""
    for role in organisation.active_roles:
        posting = role.fields.posting
        if posting is not None and (posting.closes is None or organisation.day <= posting.closes):
            yield role, posting


def _to_fill(organisation: Organisation) -> Iterator[tuple[Role, Posting]]:
    return ((role, posting) for role, posting in _postings(organisation) if role.vacant)


@check(
    "posting-closed",
    Severity.ADVICE,
    "A vacancy past its last day turns good people away, or tells them that nobody looks after it.",
)
def posting_closed(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        posting = role.fields.posting
        if role.vacant and posting and posting.closes and posting.closes < organisation.day:
            message = f"the posting closed on {posting.closes} and the seat is still vacant"
            yield Finding(role.file, "posting", message, "Move 'closes' to a later day, or name the owner")


@check(
    "posting-filled",
    Severity.WARNING,
    "A vacancy for a seat that somebody holds is a forgotten posting, or a seat marked wrongly.",
)
def posting_filled(organisation: Organisation) -> Iterator[Finding]:
    for role, posting in _postings(organisation):
        if not role.vacant and posting.is_open(organisation.day):
            hint = "Remove 'posting', or write 'status: open' if somebody else is wanted"
            yield Finding(role.file, "posting", "the seat is held and its posting is still open", hint)


@check(
    "no-way-to-apply",
    Severity.WARNING,
    "A vacancy that nobody can answer fills no seat.",
)
def no_way_to_apply(organisation: Organisation) -> Iterator[Finding]:
    for role, posting in _to_fill(organisation):
        if not (posting.apply_url or posting.apply_email):
            hint = "Add 'apply_email: …' or 'apply_url: …' under 'posting'"
            yield Finding(role.file, "posting", "the posting does not say where to apply", hint)


@check(
    "no-acceptance",
    Severity.ADVICE,
    "Without a measure or conditions, you and the new holder will differ on whether the work is done.",
)
def no_acceptance(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        for each in role.fields.deliverable:
            if not each.measure and not each.acceptance:
                message = f"nothing says when '{each.outcome}' is accepted"
                hint = "Add 'measure: …' or 'acceptance: […]' to it"
                yield Finding(role.file, "deliverable", message, hint)


@check(
    "no-trial-task",
    Severity.ADVICE,
    "A small paid task shows in an hour what an interview does not.",
)
def no_trial_task(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        if role.fields.trial_task is None:
            hint = "Add 'trial_task: …' with what to do, how long it takes and that it is paid"
            yield Finding(role.file, "trial_task", "the posting has no small first task", hint)


@check(
    "several-crafts",
    Severity.ADVICE,
    "Who is good at one craft passes over a seat that asks for three; who claims three is good at few.",
)
def several_crafts(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        if crafts := too_many_crafts(role):
            message = f"the skills come from {len(crafts)} crafts: {', '.join(crafts)}"
            yield Finding(role.file, "skills", message, "Keep one under 'must', and make seats of the others")


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
            yield Finding(role.file, "posting", message, f"Add {' and '.join(missing)}")
