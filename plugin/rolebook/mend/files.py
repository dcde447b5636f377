"""The files of an organisation with their slips mended."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rolebook.mend.edits import FRONT, Fix, composed, edit, edited, says_the_same
from rolebook.mend.slips import Known
from rolebook.mend.values import Value, values
from rolebook.organisation import Organisation, Role, name_key
from rolebook.problems import Problem
from rolebook.schema.fields import declarations
from rolebook.schema.kinds import Choice
from rolebook.schema.records import PAGE_FIELDS, BusinessModelFields, PersonFields, RoleFields

CODES = (
    "unknown-field",
    "wrong-value",
    "unknown-parent",
    "unknown-role",
    "unknown-person",
    "unknown-deliverable",
)
"""The checks whose findings may be slips that can be mended."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file with its slips mended."""

    path: str
    before: str
    """The whole text, line ends and all, as it was."""
    after: str
    fixes: tuple[Fix, ...]


def mended(
    organisation: Organisation, problems: Iterable[Problem], text: Callable[[str], str | None]
) -> Iterator[Mended]:
    """The files named by `problems` that have something to mend; `text` gives a file's whole text."""
    found: dict[str, set[str]] = {}
    for problem in problems:
        if problem.rule.code in CODES:
            found.setdefault(problem.path, set()).add(problem.rule.code)
    words = _Words(organisation)
    for path, codes in found.items():
        whole = text(path)
        if whole is not None and (file := _mended_file(path, codes, whole, words)):
            yield file


class _Words:
    """What can be meant where, found when it is first asked for."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.roles_by_path = {role.file.path: role for role in organisation.roles.values()}
        self.records: dict[str, type] = dict.fromkeys(self.roles_by_path, RoleFields)
        files = (person.file for person in organisation.people.values())
        self.records |= {file.path: PersonFields for file in files if file}
        self.records[organisation.business_path] = BusinessModelFields

    @cached_property
    def roles(self) -> Known:
        return Known((role, role) for role in self.organisation.roles)

    @cached_property
    def people(self) -> Known:
        files = [person for person in self.organisation.people.values() if person.file]
        return Known((word, person.id) for person in files for word in (person.name, person.id))

    @cached_property
    def deliverables(self) -> Known:
        return Known((each.id, each.id) for each in self.organisation.business.deliverables)

    def meant(self, value: Value, codes: set[str], role: Role | None) -> str:
        """What should stand in place of `value`; empty where it is right, or nobody can tell."""
        if value.meant:
            return value.meant
        word = " ".join(str(value.node.value).split())
        if isinstance(value.kind, Choice):
            known = Known((each, each) for each in value.kind.words)
            return "" if word.lower() in value.kind.words else known.meant(word)
        # The references that the checks look at: see `checks.structure`.
        match value.path:
            case "parent" if "unknown-parent" in codes:
                return self._parent(word, role)
            case "reporting.to" if "unknown-role" in codes:
                return self._role(word)
            case "owner" | "backup" | "performed_by.person" | "outsource.to" if "unknown-person" in codes:
                person = self.organisation.people_by_name.get(name_key(word))
                now = self.organisation.former.people.get(name_key(word))
                return "" if person and person.file else now or self.people.meant(word)
            case "deliverable.for" if "unknown-deliverable" in codes:
                return "" if word in self.deliverables else self.deliverables.meant(word)
        return ""

    def _role(self, word: str) -> str:
        if word in self.organisation.roles:
            return ""
        return self.organisation.former.roles.get(word) or self.roles.meant(word)

    def _parent(self, word: str, role: Role | None) -> str:
        meant = self._role(word)
        if not meant or role is None:
            return ""
        above = self.organisation.roles[meant]
        circle = role in (above, *self.organisation.chain(above))
        return "" if circle else meant


def _mended_file(path: str, codes: set[str], whole: str, words: _Words) -> Mended | None:
    front = FRONT.match(whole)
    node = composed(front[1]) if front else None
    record = words.records.get(path)
    if front is None or node is None or record is None:
        return None
    allowed = PAGE_FIELDS if record is BusinessModelFields else frozenset()
    edits = []
    for value in values(node, declarations(record), allowed):
        meant = words.meant(value, codes, words.roles_by_path.get(path))
        if meant and (change := edit(path, value.node, meant, front[1])):
            edits.append(change)
    after = edited(front[1], edits)
    if not edits or not says_the_same(node, composed(after), edits):
        return None
    text = whole[: front.start(1)] + after + whole[front.end(1) :]
    return Mended(path, whole, text, tuple(each.fix for each in edits))
