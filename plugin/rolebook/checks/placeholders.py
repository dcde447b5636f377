"""What `rolebook init` made up, and nobody has put right yet."""

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
        "is still as 'rolebook init' made it up"
        if number == 1
        else "are still as 'rolebook init' made them up"
    )
    message = f"{counted(number, 'fact')} {still}, in {listed(path for path, _, _ in found)}"
    hint = "Write what is true, and delete the roles that your business does not have"
    yield Finding(file or ModelFile(path), fields[0] if file else "", message, hint)
