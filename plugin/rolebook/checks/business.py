"""Whether the business model is kept: every promise has a role, every function somebody."""

from collections.abc import Iterator

from rolebook.analysis.promises import business_model
from rolebook.checks.declaration import Finding, ModelFile, check
from rolebook.organisation import Organisation
from rolebook.problems import Severity


@check(
    "unkept-promise",
    Severity.ADVICE,
    "When no role produces what customers were promised, everybody hopes that somebody will.",
)
def unkept_promise(organisation: Organisation) -> Iterator[Finding]:
    for promise in business_model(organisation).without_role:
        message = f"no role produces '{promise.name}'"
        hint = f"Write 'for: {promise.deliverable.id}' below a deliverable of the role that should"
        yield Finding(ModelFile(organisation.business_path), "", message, hint)


@check(
    "empty-function",
    Severity.ADVICE,
    "A function that the business needs and nobody is there for falls to the founder unseen.",
)
def empty_function(organisation: Organisation) -> Iterator[Finding]:
    for name in business_model(organisation).empty_functions:
        message = f"no role is called '{name}', which the business needs"
        hint = "Write a role of this title, or take the function off the list"
        yield Finding(ModelFile(organisation.business_path), "", message, hint)
