"""Whether something is left that `rolebook init` made up and nobody has put right."""

from collections.abc import Iterator

from rolebook import examples
from rolebook.checks.declaration import Finding, ModelFile, check
from rolebook.organisation import Organisation
from rolebook.problems import Severity
from rolebook.wording import counted, listed


@check(
    "placeholder",
    Severity.ADVICE,
    "Hours and results that nobody chose look like facts, and every sum is made of them.",
)
def placeholder(organisation: Organisation) -> Iterator[Finding]:
    found = list(examples.unchanged(organisation))
    if not found:
        return
    path, file, fields = found[0]
    number = sum(len(fields) for _, _, fields in found)
    still = (
        "is still the example from 'rolebook init'"
        if number == 1
        else "are still the examples from 'rolebook init'"
    )
    message = f"{counted(number, 'fact')} {still}, in {listed(path for path, _, _ in found)}"
    hint = "Replace them with your own, and delete the roles your business does not have"
    yield Finding(file or ModelFile(path), fields[0] if file else "", message, hint)
