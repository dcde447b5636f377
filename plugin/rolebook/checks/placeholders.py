"""Whether something is left that `rolebook init` or the library made up and nobody has put right."""

from collections.abc import Iterator

from rolebook import examples
from rolebook.checks.declaration import Finding, ModelFile, check
from rolebook.language import gettext, ngettext
from rolebook.organisation import Organisation, RoleFile
from rolebook.problems import Severity
from rolebook.wording import listed

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
    places = _named([path for path, _, _ in found])
    if any(isinstance(each, RoleFile) and examples.is_of_library(each) for _, each, _ in found):
        message = ngettext(
            "%(number)s fact is still the example from 'rolebook init' or the library, in %(places)s",
            "%(number)s facts are still the examples from 'rolebook init' or the library, in %(places)s",
            number,
            places=places,
        )
    else:
        message = ngettext(
            "%(number)s fact is still the example from 'rolebook init', in %(places)s",
            "%(number)s facts are still the examples from 'rolebook init', in %(places)s",
            number,
            places=places,
        )
    hint = gettext("Replace them with your own, and delete the roles your business does not have")
    yield Finding(file or ModelFile(path), fields[0] if file else "", message, hint)


def _named(paths: list[str]) -> str:
    rest = len(paths) - MAX_FILES
    if rest <= 0:
        return listed(paths)
    return listed([*paths[:MAX_FILES], ngettext("%(number)s more file", "%(number)s more files", rest)])
