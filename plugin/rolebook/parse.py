"""Parses one file: from its text to its fields and body, with everything that is wrong in it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any

import yaml

from rolebook import files, front_matter, malformed
from rolebook.body import ANY_SITE, Reader, limits
from rolebook.body.lines import merge_mark
from rolebook.language import N_, Language, current, gettext
from rolebook.organisation import PersonFile, RoleFile
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.declarations import (
    UNKNOWN_FIELD,
    declarations,
    names_in_file,
    parse_fields,
    shown_name,
    take_out_of_other_kinds,
)
from rolebook.schema.kinds import Report, is_empty
from rolebook.schema.records import PAGE_FIELDS, BusinessModelFields, PersonFields, RoleFields

SWALLOWED_TEXT = Rule(
    "swallowed-text",
    Severity.WARNING,
    "After a space, # begins a comment: the rest of the line is in no page and no document.",
)
MERGE_CONFLICT = Rule(
    "merge-conflict",
    Severity.ERROR,
    "Git could not decide between two versions of a text: the page would show both, and git's marks.",
)
QUOTES_IN_TEXT = Rule(
    "quotes-in-text",
    Severity.WARNING,
    "Only straight quotation marks are left out when a value is read: any other is a part of the text.",
)
RULES = (SWALLOWED_TEXT, MERGE_CONFLICT, QUOTES_IN_TEXT)
_OTHERS = {
    PersonFields: (
        *(RoleFields, "title"),
        N_("this file has the fields of a role"),
        N_("Move it into the folder of the roles"),
    ),
    RoleFields: (
        *(PersonFields, "name"),
        N_("this file has the fields of a person"),
        N_("Move it into the folder of the people"),
    ),
}
"""What a file in the wrong folder may be: its record, the field that names it, and what is said of it."""


@dataclass(frozen=True)
class ParsedFile:
    """A file with its fields, as far as they could be read."""

    document: front_matter.MarkdownFile
    values: dict[str, Any]
    """The fields that are written and right, by name."""
    lines: dict[str, int]
    """The line of each value by its place, from 1: see `schema.kinds.Report`."""
    record: type
    """What declares its fields."""
    unread: frozenset[str] = frozenset()
    """The fields that somebody meant to write, and that could not be read."""

    @property
    def id(self) -> str:
        # macOS and Linux may write the accents of one name in two ways.
        name = self.document.path.rpartition("/")[2].removesuffix(".md")
        return unicodedata.normalize("NFC", name)

    @cached_property
    def fields(self) -> Any:
        return self.record(**self.values)

    def role(self, reader: Reader = ANY_SITE) -> RoleFile:
        """The role that the file describes, with a body for `reader`."""
        document = self.document
        return RoleFile(
            self.id,
            document.path,
            self.fields,
            self.lines,
            document.body,
            document.body_line,
            reader,
            self.unread,
        )

    def person(self) -> PersonFile:
        """The person that the file describes."""
        document = self.document
        return PersonFile(self.id, document.path, self.fields, self.lines, document.body, document.body_line)


Parsed = tuple[ParsedFile | None, tuple[Problem, ...]]
"""A file, None if it cannot be read at all; and what is wrong in it."""


class ParseCache:
    """Keeps what each file was parsed to until its text changes, for repeated loads (`mkdocs serve`)."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, type, Language], tuple[str, Parsed]] = {}

    def parse(self, path: str, text: str, record: type) -> Parsed:
        """As the function `parse`."""
        key = path, record, current()
        known, parsed = self._files.get(key, (None, (None, ())))
        if known != text:
            parsed = parse(path, text, record)
            self._files[key] = text, parsed
        return parsed


def parse(path: str, text: str, record: type) -> Parsed:
    """Parse the file at `path` with its `text`; `record` declares its fields."""
    document = front_matter.split(path, text, names_in_file(record))
    if isinstance(document, Problem):
        return None, (document,)
    if problem := limits.problem(document) or _fields_go_on(document, record):
        return None, (problem,)
    parsed, problems = _parse(document, record)
    return parsed, (*problems, *merge_marks(path, document.body, document.body_line))


def merge_marks(path: str, body: str, body_line: int = 1) -> Iterator[Problem]:
    """Report what a merge left in the text of a page."""
    if at := merge_mark(body):
        hint = gettext(
            "Keep one of the two versions, and remove the lines %(signs)s", signs="<<<<<<< ======= >>>>>>>"
        )
        message = gettext("this line is a leftover of a merge conflict")
        yield Problem(MERGE_CONFLICT, path, body_line + at - 1, message, hint)


def _fields_go_on(document: front_matter.MarkdownFile, record: type) -> Problem | None:
    """Report a line --- among the fields: what follows it would be text of the page."""
    names, front = names_in_file(record), document.front
    first, *lines = document.body.split("\n")
    name = first.partition(":")[0]
    if not malformed.is_field(first) or name not in names or not isinstance(front, yaml.MappingNode):
        return None
    above = {str(key.value) for key, _ in front.value}
    end = next((at for at, line in enumerate(lines) if malformed.is_fence(line)), None)
    block = [first, *takewhile(str.strip, lines)] if end is None else [first, *lines[:end]]
    below = front_matter.compose(document.path, "\n".join(block), document.body_line)
    keys = [str(key.value) for key, _ in below.value] if isinstance(below, yaml.MappingNode) else []
    # What has a title of its own is a second role, and a word that is no field is text.
    if not keys or not names.issuperset(keys) or not above.isdisjoint(keys):
        return None
    message = gettext("this line ends the fields, and the field '%(name)s' follows it", name=name)
    hint = gettext("Remove this line") if end is not None else gettext("Move it below the last field")
    return Problem(front_matter.INVALID_FRONT_MATTER, document.path, document.body_line - 1, message, hint)


def role_file(path: str, data: bytes, record: type[RoleFields] = RoleFields) -> RoleFile | None:
    """The role file at `path` with `data`, which need not be on the disk; None if it cannot be read.

    `record` declares its fields, where a handbook has some of its own.
    """
    parsed = _without_problems(path, data, record)
    return parsed.role() if parsed else None


def person_file(path: str, data: bytes, record: type[PersonFields] = PersonFields) -> PersonFile | None:
    """The person's file at `path` with `data`, as `role_file`."""
    parsed = _without_problems(path, data, record)
    return parsed.person() if parsed else None


def business_model(
    path: str, data: bytes, record: type[BusinessModelFields] = BusinessModelFields
) -> BusinessModelFields | None:
    """The business model on the page at `path` with `data`, as `role_file`."""
    parsed = _without_problems(path, data, record)
    return record(**parsed.values) if parsed else None


def _without_problems(path: str, data: bytes, record: type) -> ParsedFile | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    document = front_matter.split(path, files.plain_line_ends(text))
    return None if isinstance(document, Problem) else _parse(document, record)[0]


def _parse(document: front_matter.MarkdownFile, record: type) -> Parsed:
    if document.front is None:
        is_page = issubclass(record, BusinessModelFields)
        slip = None if is_page else malformed.beginning(document.body)
        if slip:
            return None, (_slip(front_matter.INVALID_FRONT_MATTER, document, slip),)
        return ParsedFile(document, {}, {}, record, names_in_file(record)), ()
    if not isinstance(document.front, yaml.MappingNode):
        nothing = (
            0,
            gettext("there are no fields here"),
            gettext("Write one 'name: value' a line between the two lines ---"),
        )
        slip = malformed.in_fields(document.written, names=names_in_file(record)) or nothing
        return None, (_slip(front_matter.INVALID_FRONT_MATTER, document, slip),)
    if problem := _misplaced(document, record):
        return None, (problem,)
    report = Report(document.path, document.front_line, written=tuple(document.written.split("\n")))
    # The business model is a page of the site, so it may have the fields of any page.
    others = PAGE_FIELDS if issubclass(record, BusinessModelFields) else frozenset[str]()
    values, lines = parse_fields(document.front, record, report, also_allowed=others)
    unread = _unread(document.front, values, record, report)
    take_out_of_other_kinds(values, lines, record, report)
    problems = (*report.problems, *_swallowed(document), *_quotes_in_text(document))
    return ParsedFile(document, values, lines, record, unread), problems


def _unread(front: yaml.MappingNode, values: dict[str, Any], record: type, report: Report) -> frozenset[str]:
    """The fields whose value is not understood, and those that are meant by a name that nobody knows."""
    read = {shown_name(name) for name in values}
    written = {str(key.value) for key, value in front.value if not is_empty(value)}
    meant = {name for each in report.problems if each.rule is UNKNOWN_FIELD for name in each.about}
    return frozenset(((written & names_in_file(record)) | meant) - read)


def _slip(rule: Rule, document: front_matter.MarkdownFile, slip: malformed.Slip) -> Problem:
    at, message, hint = slip
    return Problem(rule, document.path, document.front_line + at + 1, message, hint)


def _swallowed(document: front_matter.MarkdownFile) -> Iterator[Problem]:
    """Report what a # keeps from being read."""
    if " #" in document.written and document.front:
        values = "\n".join(_scalars(document.front))
        for slip in malformed.swallowed(document.written, values):
            yield _slip(SWALLOWED_TEXT, document, slip)


def _quotes_in_text(document: front_matter.MarkdownFile) -> Iterator[Problem]:
    """Report values that are between quotation marks which are read as a part of the text."""
    lines = document.written.split("\n")
    for node in front_matter.scalars(document.front):
        if not node.style and (text := malformed.without_quotes(str(node.value))):
            at, message = node.start_mark.line, gettext("the quotation marks become a part of the text")
            before = lines[at][: node.start_mark.column].strip()
            before = "" if {*before} & {*"[{"} else before
            hint = gettext("Write %(what)s", what=f"{before} {text}".strip())
            yield _slip(QUOTES_IN_TEXT, document, (at, message, hint))


def _scalars(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode):
        yield str(node.value)
    for item in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for each in item if isinstance(item, tuple) else (item,):
            yield from _scalars(each)


def _misplaced(document: front_matter.MarkdownFile, record: type) -> Problem | None:
    """Report a role among the people, or a person among the roles."""
    known = (each for kind, each in _OTHERS.items() if issubclass(record, kind))
    other, naming, message, hint = next(known, (None, "", "", ""))
    if other is None:
        return None
    node = document.front
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    keys = {str(key.value) for key, _ in pairs if isinstance(key, yaml.ScalarNode)}
    own, others = ({shown_name(name) for name in declarations(each)} for each in (record, other))
    if naming in keys & others and not keys & (own - others) and keys & (others - own - {naming}):
        return Problem(UNKNOWN_FIELD, document.path, 0, gettext(message), gettext(hint))
    return None
