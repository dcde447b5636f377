"""Whether a vacancy serves its purpose: somebody who can do one craft sees what is asked, and applies.

Only roles with a `posting` are looked at, so that a handbook without vacancies hears nothing of it.
"""

from collections.abc import Iterator

from rolebook.analysis.crafts import too_many_crafts
from rolebook.checks.declaration import Finding, check
from rolebook.documents.job_posting import lacking
from rolebook.language import gettext, ngettext
from rolebook.organisation import Organisation, PersonFile, Role, RoleFile
from rolebook.problems import Severity
from rolebook.schema.records import Deliverable, Posting, Rate
from rolebook.wording import day, listed
from rolebook.yaml_text import scalar

_PAY = "{{amount: {}, currency: EUR, per: hour}}"


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
            closed = day(posting.closes)
            if role.vacant:
                message = gettext("the posting closed on %(day)s and the role is still vacant", day=closed)
                hint = gettext("Move 'closes' to a later day, or name the owner")
            else:
                message = gettext(
                    "the posting closed on %(day)s and the role is still marked as open", day=closed
                )
                hint = gettext("Move 'closes' to a later day, or remove 'status: open'")
            yield Finding(role.file, "posting.closes", message, hint)


@check(
    "posting-filled",
    Severity.ADVICE,
    "A role that is held and advertised: right while its holder looks for the next one, and forgotten after.",
)
def posting_filled(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        posting = role.fields.posting
        is_live = posting is not None and posting.is_open(organisation.day)
        # Whoever writes 'status: open' looks for somebody else; that a post has closed, or is not there,
        # is reported as that.
        is_wanted = role.advertised and (posting is None or posting.closes is not None)
        if role.vacant or is_wanted or not (is_live or role.advertised):
            continue
        holder = role.owner.name if role.owner else gettext("somebody")
        field = "status" if role.advertised else "posting"
        message = gettext("%(holder)s holds the role, but it is still advertised", holder=holder)
        yield Finding(role.file, field, message, _after_it_is_filled(role, holder))


def _after_it_is_filled(role: Role, holder: str) -> str:
    """What to write where a role is held and advertised."""
    match role.advertised, bool(role.owner and role.owner.founder):
        case True, True:
            return gettext(
                "If somebody else is wanted, add 'closes: …' to the posting; "
                "if %(holder)s keeps the role, remove 'posting' and 'status: open'",
                holder=holder,
            )
        case True, False:
            return gettext(
                "If somebody else is wanted, add 'closes: …' to the posting; "
                "if %(holder)s was hired for it, remove 'posting' and 'status: open'",
                holder=holder,
            )
        case False, True:
            return gettext(
                "If somebody else is wanted, add 'status: open'; "
                "if %(holder)s keeps the role, remove 'posting'",
                holder=holder,
            )
    return gettext(
        "If somebody else is wanted, add 'status: open'; if %(holder)s was hired for it, remove 'posting'",
        holder=holder,
    )


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
        if not rate.per and not rate.currency:
            hint = gettext("Add 'per: hour' or 'per: month' and 'currency: …' to it")
            if rate.amount is not None and "rate.amount" not in file.lines:
                hint = gettext("Write, say, %(example)s", example=_PAY.format(f"{rate.amount:g}"))
        elif not rate.per:
            hint = gettext("Add 'per: hour' or 'per: month' to it")
        elif not rate.currency:
            hint = gettext("Add 'currency: …' to it")
        else:
            continue
        yield Finding(file, "rate", gettext("the pay is incomplete"), hint)


@check(
    "no-posting",
    Severity.ADVICE,
    "An open role that does not say how to apply is on the list of open roles, and nobody can answer.",
)
def no_posting(organisation: Organisation) -> Iterator[Finding]:
    for role in organisation.active_roles:
        if role.fields.status == "open" and role.fields.posting is None and "posting" not in role.file.unread:
            message = gettext("the role is open, and nothing says how to apply")
            hint = gettext("Write 'posting: {apply_email: …}', or remove 'status: open'")
            yield Finding(role.file, "status", message, hint)


@check(
    "no-way-to-apply",
    Severity.WARNING,
    "A job post without a way to apply fills no role.",
)
def no_way_to_apply(organisation: Organisation) -> Iterator[Finding]:
    for role, posting in _to_fill(organisation):
        if not (posting.apply_url or posting.apply_email):
            hint = gettext("Add 'apply_email: …' or 'apply_url: …' under 'posting'")
            yield Finding(role.file, "posting", gettext("the posting does not say where to apply"), hint)


@check(
    "no-acceptance",
    Severity.ADVICE,
    "Without a measure or conditions, you and the new holder may disagree on whether the work is done.",
)
def no_acceptance(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        for at, each in enumerate(role.fields.deliverable):
            if not each.measure and not each.acceptance:
                message = gettext("nothing says when '%(outcome)s' is accepted", outcome=each.outcome)
                hint = gettext("Add 'measure: …' or 'acceptance: […]' to it")
                if each == Deliverable(outcome=each.outcome):
                    outcome = scalar(each.outcome, in_brackets=True)
                    group = f"{{outcome: {outcome}, measure: …}}"
                    hint = gettext("Write %(group)s in its place", group=group)
                yield Finding(role.file, f"deliverable.{at}", message, hint)


@check(
    "no-trial-task",
    Severity.ADVICE,
    "A small paid task shows in an hour what an interview does not.",
)
def no_trial_task(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        if role.fields.trial_task is None:
            hint = gettext("Add 'trial_task: …' with what to do, how long it takes and what it pays")
            yield Finding(role.file, "trial_task", gettext("the posting has no trial task"), hint)


@check(
    "several-crafts",
    Severity.ADVICE,
    "Experts in one craft skip a role that asks for three; those who claim three rarely excel.",
)
def several_crafts(organisation: Organisation) -> Iterator[Finding]:
    for role, _ in _to_fill(organisation):
        if crafts := too_many_crafts(role):
            names = ", ".join(map(gettext, crafts))
            message = ngettext(
                "the skills come from %(number)s craft: %(names)s",
                "the skills come from %(number)s crafts: %(names)s",
                len(crafts),
                names=names,
            )
            yield Finding(
                role.file,
                "skills",
                message,
                gettext("Keep one under 'must', and create roles for the others"),
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
            message = gettext("search engines cannot list the open posting")
            yield Finding(role.file, "posting", message, gettext("Add %(fields)s", fields=listed(missing)))
