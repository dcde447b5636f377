"""Whether the business model is kept: every promise has a role, every function somebody."""

from collections.abc import Iterator

from rolebook.analysis.promises import business_model
from rolebook.checks.declaration import Finding, ModelFile, check
from rolebook.organisation import Organisation
from rolebook.problems import Severity
from rolebook.schema.kinds import in_brackets


@check(
    "unkept-promise",
    Severity.ADVICE,
    "When no role is responsible for a promise to customers, everybody assumes that somebody else is.",
)
def unkept_promise(organisation: Organisation) -> Iterator[Finding]:
    for promise in business_model(organisation).without_role:
        message = f"no role delivers '{promise.name}'"
        group = f"{{outcome: …, for: {promise.deliverable.id}}}"
        hint = f"In the role responsible, write the deliverable as '{group}'"
        yield Finding(ModelFile(organisation.business_path), "", message, hint)


@check(
    "empty-function",
    Severity.ADVICE,
    "A function that the business needs and no role covers ends up with the founder.",
)
def empty_function(organisation: Organisation) -> Iterator[Finding]:
    for name in business_model(organisation).empty_functions:
        message = f"the function '{name}' has no role"
        several = in_brackets(name)
        hint = f"Write {several}" if several else "Add a role with this title, or remove the function"
        yield Finding(ModelFile(organisation.business_path), "", message, hint)
