"""The files of an organisation with their slips mended."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rolebook.autofix.edits import FRONT, Edit, Fix, composed, edit, edited, says_the_same
from rolebook.autofix.typos import Known
from rolebook.autofix.values import Value, values
from rolebook.organisation import Organisation, Role, name_key
from rolebook.pages.links import targets
from rolebook.problems import Problem
from rolebook.schema.fields import declarations
from rolebook.schema.kinds import Choice
from rolebook.schema.records import PAGE_FIELDS, BusinessModelFields, PersonFields, RoleFields

CODES = (
    "unknown-field",
    "wrong-value",
    "dead-link",
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
    organisation: Organisation,
    problems: Iterable[Problem],
    text: Callable[[str], str | None],
    links: Mapping[tuple[str, str], str] | None = None,
) -> Iterator[Mended]:
    """The files named by `problems` that have something to fix; `text` gives a file's whole text.

    `links` are those that are meant, by a file's path and the link that is written there.
    """
    found: dict[str, set[str]] = {}
    for problem in problems:
        if problem.rule.code in CODES:
            found.setdefault(problem.path, set()).add(problem.rule.code)
    words = _Words(organisation)
    known: dict[str, dict[str, str]] = {}
    for (path, link), meant in (links or {}).items():
        known.setdefault(path, {})[link] = meant
    for path, codes in found.items():
        whole = text(path)
        if whole is not None and (file := _mended_file(path, codes, whole, words, known.get(path, {}))):
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


def _mended_file(
    path: str, codes: set[str], whole: str, words: _Words, links: Mapping[str, str]
) -> Mended | None:
    front = FRONT.match(whole)
    fields = _fields(path, codes, front[1], words) if front else []
    start = front.end() if front else 0
    body = whole[start:]
    changed = list(_links(path, body, links, whole.count("\n", 0, start)))
    if not fields and not changed:
        return None
    head = whole[: front.start(1)] + edited(front[1], fields) + whole[front.end(1) : start] if front else ""
    fixes = tuple(each.fix for each in (*fields, *changed))
    return Mended(path, whole, head + edited(body, changed), fixes)


def _links(path: str, body: str, links: Mapping[str, str], lines_before: int) -> Iterator[Edit]:
    for each in targets(body) if links else ():
        if meant := links.get(each.link):
            line = lines_before + body.count("\n", 0, each.start) + 1
            yield Edit(each.start, each.end, meant, Fix(path, line, each.link, meant))


def _fields(path: str, codes: set[str], front: str, words: _Words) -> list[Edit]:
    """What is to be changed of the fields in `front`; nothing where that would change something else."""
    node, record = composed(front), words.records.get(path)
    if node is None or record is None:
        return []
    allowed = PAGE_FIELDS if record is BusinessModelFields else frozenset()
    edits = []
    for value in values(node, declarations(record), allowed):
        meant = words.meant(value, codes, words.roles_by_path.get(path))
        if meant and (change := edit(path, value.node, meant, front)):
            edits.append(change)
    return edits if says_the_same(node, composed(edited(front, edits)), edits) else []
