"""Whether the business model is kept: every promise has a role, every function somebody."""

from collections.abc import Iterator

from rolebook.analysis.promises import business_model
from rolebook.checks.declaration import Finding, ModelFile, check
from rolebook.language import gettext
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
        message = gettext("no role delivers '%(name)s'", name=promise.name)
        hint = gettext(
            "In the role responsible, write the deliverable as '{outcome: …, for: %(id)s}'",
            id=promise.deliverable.id,
        )
        at = organisation.business.deliverables.index(promise.deliverable)
        model = ModelFile(organisation.business_path, organisation.business_lines)
        yield Finding(model, f"deliverables.{at}.id", message, hint)


@check(
    "empty-function",
    Severity.ADVICE,
    "A function that the business needs and no role covers ends up with the founder.",
)
def empty_function(organisation: Organisation) -> Iterator[Finding]:
    for name in business_model(organisation).empty_functions:
        message = gettext("the function '%(name)s' has no role", name=name)
        several = in_brackets(name)
        hint = (
            gettext("Write %(what)s", what=several)
            if several
            else gettext("Add a role with this title, or remove the function")
        )
        at = organisation.business.functions.index(name)
        model = ModelFile(organisation.business_path, organisation.business_lines)
        yield Finding(model, f"functions.{at}", message, hint)
