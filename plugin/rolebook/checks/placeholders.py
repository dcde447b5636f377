"""Whether something is left that `rolebook init` or the library made up and nobody has put right."""

from collections.abc import Iterator

from rolebook import examples
from rolebook.checks.declaration import Finding, ModelFile, check
from rolebook.organisation import Organisation, RoleFile
from rolebook.problems import Severity
from rolebook.wording import counted, listed

MAX_FILES = 6
"""Files that are named; of more, the rest is counted."""


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
    still = "is still the example" if number == 1 else "are still the examples"
    maker = "'rolebook init'"
    if any(isinstance(each, RoleFile) and examples.is_of_library(each) for _, each, _ in found):
        maker += " or the library"
    message = f"{counted(number, 'fact')} {still} from {maker}, in {_named([path for path, _, _ in found])}"
    hint = "Replace them with your own, and delete the roles your business does not have"
    yield Finding(file or ModelFile(path), fields[0] if file else "", message, hint)


def _named(paths: list[str]) -> str:
    rest = len(paths) - MAX_FILES
    return listed([*paths[:MAX_FILES], f"{counted(rest, 'more file')}"] if rest > 0 else paths)
