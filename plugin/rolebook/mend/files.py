"""The files of an organisation with their slips mended."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import yaml

from rolebook.mend.slips import Known
from rolebook.mend.values import Value, values
from rolebook.organisation import Organisation, Role, name_key
from rolebook.problems import Problem
from rolebook.schema.fields import declarations
from rolebook.schema.kinds import Choice
from rolebook.schema.records import PAGE_FIELDS, BusinessModelFields, PersonFields, RoleFields

CODES = ("unknown-field", "wrong-value", "unknown-parent", "unknown-person", "unknown-deliverable")
"""The checks whose findings may be slips that can be mended."""

_FRONT = re.compile(
    r"\ufeff?---[ \t]*(?:\r\n|\r|\n)(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.DOTALL
)
_PLAIN = re.compile(r"\w[\w -]*")


@dataclass(frozen=True, slots=True)
class Fix:
    """One word in one place."""

    path: str
    line: int
    """From 1."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A file with its slips mended."""

    path: str
    before: str
    """The whole text, line ends and all, as it was."""
    after: str
    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str
    fix: Fix


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
            case "owner" | "backup" | "performed_by.person" | "outsource.to" if "unknown-person" in codes:
                person = self.organisation.people_by_name.get(name_key(word))
                return "" if person and person.file else self.people.meant(word)
            case "deliverable.for" if "unknown-deliverable" in codes:
                return "" if word in self.deliverables else self.deliverables.meant(word)
        return ""

    def _parent(self, word: str, role: Role | None) -> str:
        meant = "" if word in self.organisation.roles else self.roles.meant(word)
        if not meant or role is None:
            return ""
        above = self.organisation.roles[meant]
        circle = role in (above, *self.organisation.chain(above))
        return "" if circle else meant


def _mended_file(path: str, codes: set[str], whole: str, words: _Words) -> Mended | None:
    front = _FRONT.match(whole)
    node = _composed(front[1]) if front else None
    record = words.records.get(path)
    if front is None or node is None or record is None:
        return None
    allowed = PAGE_FIELDS if record is BusinessModelFields else frozenset()
    edits = []
    for value in values(node, declarations(record), allowed):
        meant = words.meant(value, codes, words.roles_by_path.get(path))
        if meant and (edit := _edit(path, value.node, meant, front[1])):
            edits.append(edit)
    after = _edited(front[1], edits)
    if not edits or not _says_the_same(node, _composed(after), edits):
        return None
    text = whole[: front.start(1)] + after + whole[front.end(1) :]
    return Mended(path, whole, text, tuple(edit.fix for edit in edits))


def _composed(text: str) -> yaml.Node | None:
    # PyYAML's own parser, not the one in C: it counts places in characters of the text as it is.
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    return node


def _edit(path: str, node: yaml.ScalarNode, meant: str, front: str) -> _Edit | None:
    """The change of one word; None where it is not written on one line, plain or in quotes."""
    start, end = node.start_mark.index, node.end_mark.index
    written = front[start:end]
    if node.style in ("'", '"'):
        quote = str(node.style)
        escaped = meant.replace("'", "''") if quote == "'" else meant.replace("\\", r"\\").replace('"', r"\"")
        text = f"{quote}{escaped}{quote}"
    elif node.style is None and written == node.value:
        text = meant if _PLAIN.fullmatch(meant) else "'" + meant.replace("'", "''") + "'"
    else:
        return None
    if "\n" in written or "\r" in written:
        return None
    line = node.start_mark.line + 2
    return _Edit(start, end, text, Fix(path, line, str(node.value), meant))


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _says_the_same(before: yaml.Node, after: yaml.Node | None, edits: Sequence[_Edit]) -> bool:
    """Whether the two hold the same but for the edits."""
    if after is None:
        return False
    edited = {edit.start: edit.fix.after for edit in edits}
    expected = [
        (edited[start], "tag:yaml.org,2002:str") if start in edited else (value, tag)
        for start, value, tag in _leaves(before)
    ]
    return expected == [(value, tag) for _, value, tag in _leaves(after)]


def _leaves(node: yaml.Node) -> Iterator[tuple[int, str, str]]:
    """Every plain value and name in `node`, in order, and where lists and groups begin."""
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, str(node.value), node.tag
        return
    yield -1, type(node).__name__, str(len(node.value))
    for item in node.value:
        for each in item if isinstance(item, tuple) else (item,):
            yield from _leaves(each)
