"""Finds the slips in the files of an organisation and fixes them where it is clear what was meant."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rolebook.autofix.edits import FRONT, Edit, Fix, composed, edit, edited, says_the_same
from rolebook.autofix.values import Value, values
from rolebook.language import gettext
from rolebook.organisation import Organisation, Role, name_key, names_nobody
from rolebook.pages.links import targets
from rolebook.problems import Problem
from rolebook.schema.declarations import declarations
from rolebook.schema.kinds import Choice
from rolebook.schema.records import (
    PAGE_FIELDS,
    PERSON,
    ROLE,
    BusinessModelFields,
)
from rolebook.schema.typos import Known
from rolebook.slips import Slips, why_a_word

CODES = (
    "unknown-field",
    "wrong-value",
    "dead-link",
    "unknown-parent",
    "unknown-role",
    "unknown-person",
    "unknown-deliverable",
)
"""The checks whose findings may be slips that can be fixed."""


@dataclass(frozen=True, slots=True)
class NotFixed:
    """A word that may be a slip and is left as it is."""

    path: str
    line: int
    """From 1."""
    word: str
    why: str


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file with its slips fixed, as far as that is clear."""

    path: str
    before: str
    """The whole text, line ends and all, as it was."""
    after: str
    fixes: tuple[Fix, ...]
    not_fixed: tuple[NotFixed, ...] = ()


def fixed_files(
    organisation: Organisation,
    problems: Iterable[Problem],
    text: Callable[[str], str | None],
    links: Mapping[tuple[str, str], str] | None = None,
) -> Iterator[FixedFile]:
    """Fix the files that `problems` name, where something may be a slip; `text` reads a whole file.

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
    """Knows which words can be meant in which field. Each list is made when it is first needed."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.slips = Slips(organisation)
        self.roles_by_path = {role.file.path: role for role in organisation.roles.values()}
        self.records: dict[str, type] = {path: type(role.fields) for path, role in self.roles_by_path.items()}
        files = (person.file for person in organisation.people.values())
        self.records |= {file.path: type(file.fields) for file in files if file}
        self.records[organisation.business_path] = type(organisation.business)

    @cached_property
    def roles(self) -> Known:
        return Known((role, role) for role in self.organisation.roles)

    @cached_property
    def people(self) -> Known:
        files = [person for person in self.organisation.people.values() if person.file]
        # One slip makes another name of many names already; two make one of most.
        return Known(((word, person.id) for person in files for word in (person.name, person.id)), most=1)

    @cached_property
    def names(self) -> Known:
        """The names of people alone, without their ids."""
        files = [person for person in self.organisation.people.values() if person.file]
        return Known(((person.name, person.id) for person in files), most=1)

    @cached_property
    def deliverables(self) -> Known:
        return Known((each.id, each.id) for each in self.organisation.business.deliverables)

    def meant(self, value: Value, codes: set[str], role: Role | None) -> tuple[str, str]:
        """Find the correction of `value`, or why there is none; both are empty if it is right."""
        if value.kind is None:
            return value.meant, value.why_not
        word = " ".join(str(value.node.value).split())
        if isinstance(value.kind, Choice):
            known = Known((each, each) for each in value.kind.words)
            words = {
                each.casefold()
                for each in (*value.kind.words, *dict(value.kind.instead), *dict(value.kind.meant))
            }
            is_right = word.casefold() in words
            return ("", "") if is_right else self._choice(known, word)
        # The references that the checks look at: see `checks.structure`.
        match value.path:
            case "parent" if "unknown-parent" in codes:
                return self._parent(word, role)
            case "also_reports_to" if "unknown-role" in codes:
                return self._also_above(word, role)
            case _ if value.kind == ROLE and value.path != "parent" and "unknown-role" in codes:
                return self._role(word)
            case _ if value.kind == PERSON and "unknown-person" in codes:
                return self._person(word)
            case "deliverable.for" if "unknown-deliverable" in codes:
                return ("", "") if word in self.deliverables else self._promise(word)
        return "", ""

    def _choice(self, known: Known, word: str) -> tuple[str, str]:
        meant, why = _judged(known, word)
        another = why_a_word(word) if meant else ""
        return ("", another) if another else (meant, why)

    def _person(self, word: str) -> tuple[str, str]:
        key = name_key(word)
        person = self.organisation.people_by_name.get(key)
        if (person and person.file) or names_nobody(word):
            return "", ""
        if now := self.organisation.former.people.get(key):
            return now, ""
        meant, why = _judged(self.names if " " in word else self.people, word)
        another = self.slips.why_another_person(word, meant) if meant else ""
        return ("", another) if another else (meant, why)

    def _role(self, word: str) -> tuple[str, str]:
        if not word or word in self.organisation.roles:
            return "", ""
        if now := self.organisation.former.roles.get(word):
            return now, ""
        meant, why = _judged(self.roles, word)
        another = self.slips.why_another_role(word, meant) if meant else ""
        return ("", another) if another else (meant, why)

    def _promise(self, word: str) -> tuple[str, str]:
        meant, why = _judged(self.deliverables, word)
        another = self.slips.why_another_word(word, meant) if meant else ""
        return ("", another) if another else (meant, why)

    def _parent(self, word: str, role: Role | None) -> tuple[str, str]:
        meant, why = self._role(word)
        if not meant or role is None:
            return "", why
        above = self.organisation.roles[meant]
        if role in (above, *self.organisation.chain(above)):
            return "", gettext("'%(role)s' reports to this role, or is this role", role=meant)
        return meant, why

    def _also_above(self, word: str, role: Role | None) -> tuple[str, str]:
        meant, why = self._role(word)
        if role and meant in (role.id, role.fields.parent, *role.fields.also_reports_to):
            return "", gettext("'%(role)s' is this role, or this role reports to it already", role=meant)
        return meant, why


def _judged(known: Known, word: str) -> tuple[str, str]:
    return known.meant(word), known.why_not(word)


def _mended_file(
    path: str, codes: set[str], whole: str, words: _Words, links: Mapping[str, str]
) -> FixedFile | None:
    front = FRONT.match(whole)
    fields, not_fixed = _fields(path, codes, front[1], words) if front else ([], [])
    start = front.end() if front else 0
    body = whole[start:]
    changed = list(_links(path, body, links, whole.count("\n", 0, start)))
    if not fields and not changed and not not_fixed:
        return None
    head = whole[: front.start(1)] + edited(front[1], fields) + whole[front.end(1) : start] if front else ""
    fixes = tuple(each.fix for each in (*fields, *changed))
    return FixedFile(path, whole, head + edited(body, changed), fixes, tuple(not_fixed))


def _links(path: str, body: str, links: Mapping[str, str], lines_before: int) -> Iterator[Edit]:
    for each in targets(body) if links else ():
        if meant := links.get(each.link):
            line = lines_before + body.count("\n", 0, each.start) + 1
            yield Edit(each.start, each.end, meant, Fix(path, line, each.link, meant))


def _fields(path: str, codes: set[str], front: str, words: _Words) -> tuple[list[Edit], list[NotFixed]]:
    """Find what to change in the fields of `front`, and what may be a slip but is left as it is.

    Nothing is changed where that would change something else.
    """
    node, record = composed(front), words.records.get(path)
    if node is None or record is None:
        return [], []
    allowed = PAGE_FIELDS if issubclass(record, BusinessModelFields) else frozenset()
    edits, not_fixed = [], []
    for value in values(node, declarations(record), allowed):
        meant, why = words.meant(value, codes, words.roles_by_path.get(path))
        change = edit(path, value.node, meant, front) if meant else None
        if change:
            edits.append(change)
        elif meant or why:
            line = value.node.start_mark.line + 2
            why = why or gettext(
                "'%(word)s' is meant, but the word is not written plainly on one line", word=meant
            )
            not_fixed.append(NotFixed(path, line, str(value.node.value), why))
    return (edits if says_the_same(node, composed(edited(front, edits)), edits) else []), not_fixed
