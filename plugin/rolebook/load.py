"""Reads a project's folders into an organisation, with everything that is wrong in the files."""

import datetime as dt
import gc
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import yaml

from rolebook import attachments, files, front_matter, malformed
from rolebook.body import ANY_SITE, Reader, limits
from rolebook.organisation import MAX_ID_BYTES, RESERVED_IDS, Organisation, PersonFile, RoleFile, organise
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.fields import UNKNOWN_FIELD, declarations, parse_fields, shown_name
from rolebook.schema.kinds import Report
from rolebook.schema.records import (
    PAGE_FIELDS,
    BusinessModelFields,
    PersonFields,
    RoleFields,
)

NO_ROLES = Rule(
    "no-roles", Severity.ERROR, "A handbook begins with its first role, even if it is only yours."
)
MISSING_TITLE = Rule("missing-title", Severity.ERROR, "The title is the seat's name on every page and chart.")
DUPLICATE_ID = Rule(
    "duplicate-id",
    Severity.ERROR,
    "Roles point at each other by file name, so two files of one name cannot be told apart.",
)
RESERVED_ID = Rule(
    "reserved-id", Severity.ERROR, "A file of this name would take the place of a page of the site."
)
STRAY_ROLE = Rule(
    "stray-role",
    Severity.WARNING,
    "A role outside the folder of roles is in no chart, and its hours count for nobody.",
)
SWALLOWED_TEXT = Rule(
    "swallowed-text",
    Severity.WARNING,
    "After a space, # begins a comment: the rest of the line is in no page and no document.",
)
RULES = (NO_ROLES, MISSING_TITLE, DUPLICATE_ID, RESERVED_ID, STRAY_ROLE, SWALLOWED_TEXT)
_OTHERS = {
    PersonFields: (RoleFields, "title", "a role", "the roles"),
    RoleFields: (PersonFields, "name", "a person", "the people"),
}
"""For the files of a folder, what else they may be: record, field that names it, and in words."""

_START = 4_000
"""Bytes of a page in which it is seen whether it is a role."""
_ROLE_FIELDS = sorted({shown_name(name) for name in declarations(RoleFields)} - PAGE_FIELDS - {"owner"})
_ONLY_ROLES = re.compile(rf"^({'|'.join(_ROLE_FIELDS)}):", re.MULTILINE)
"""Fields that hand-written pages have no use for."""


@dataclass(frozen=True)
class _Parsed:
    """A file with its fields, as far as they could be understood."""

    document: front_matter.Document
    values: dict[str, Any]
    lines: dict[str, int]

    @property
    def id(self) -> str:
        # macOS and Linux may write the accents of one name in two ways.
        name = self.document.path.rpartition("/")[2].removesuffix(".md")
        return unicodedata.normalize("NFC", name)

    @cached_property
    def fields(self) -> RoleFields:
        return RoleFields(**self.values)

    def role(self, reader: Reader = ANY_SITE) -> RoleFile:
        """The role that the file describes, with a body for `reader`."""
        document = self.document
        return RoleFile(
            self.id, document.path, self.fields, self.lines, document.body, document.body_line, reader
        )

    def person(self) -> PersonFile:
        """The person that the file describes."""
        document = self.document
        fields = PersonFields(**self.values)
        return PersonFile(self.id, document.path, fields, self.lines, document.body, document.body_line)


class ParseCache:
    """What was made of each file the last time, for whoever reads a project again and again."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, type], tuple[str, _Parsed | None, list[Problem]]] = {}

    def parsed(
        self, path: str, text: str, record: type, also_allowed: frozenset[str]
    ) -> tuple[_Parsed | None, list[Problem]]:
        """A file with its fields, None where it cannot be understood; and what is wrong in it."""
        known, parsed, problems = self._files.get((path, record), ("", None, []))
        if known != text or not text:
            problems = []
            parsed = _parse_text(path, text, record, problems, also_allowed)
            self._files[path, record] = text, parsed, problems
        return parsed, problems


def load(
    project: Project, today: dt.date, understood: ParseCache | None = None
) -> tuple[Organisation, tuple[Problem, ...]]:
    """The organisation as it stands in the project's files, and the problems of the files.

    A file that cannot be understood is left out; a field that cannot be understood is left out. What is
    `understood` of a file whose text is the same is not made again.
    """
    with _nothing_to_collect():
        return _load(project, today, understood or ParseCache())


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Meanwhile Python does not look for what could go: all that is read stays, and to look is slow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(
    project: Project, today: dt.date, understood: ParseCache
) -> tuple[Organisation, tuple[Problem, ...]]:
    problems: list[Problem] = []
    options = project.options
    parsed = _parse_folder(project, options.roles_dir, RoleFields, "title", problems, understood)
    reader = Reader(project.markdown)
    roles = [each.role(reader) for each in parsed]
    if not roles and not problems:
        hint = f"Write {options.roles_dir}/owner.md with a line 'title: …' between two lines ---"
        problems.append(Problem(NO_ROLES, options.roles_dir, 0, "there are no role files", hint))
    people = [
        each.person()
        for each in _parse_folder(project, options.people_dir, PersonFields, "name", problems, understood)
    ]
    problems.extend(_strays(project))
    problems.extend(each for each in _docs(project) if each.path not in {known.path for known in problems})
    organisation = organise(
        roles,
        people,
        _business(project, problems, understood),
        project.business_path,
        options.founders,
        options.public_sections,
        today=today,
    )
    return organisation, tuple(problems)


def _docs(project: Project) -> Iterator[Problem]:
    """What of the hand-written pages is not published: links, and names that are no text."""
    folder = project.docs_dir
    for found in files.folder_problems(project.source, folder):
        yield replace(found, rule=attachments.NOT_PUBLISHED)
    for path in files.below(project.source, folder):
        if not path.isprintable() and (problem := attachments.name_problem(path, folder)):
            yield problem


def _strays(project: Project) -> Iterator[Problem]:
    """Roles among the hand-written pages and beside `mkdocs.yml`."""
    source, options = project.source, project.options
    ours = tuple(f"{posixpath.normpath(folder)}/" for folder in (options.roles_dir, options.people_dir))
    for path in (*files.markdown_files(source, project.docs_dir), *files.pages_at_top(source)):
        if path.startswith(ours) or path == project.business_path:
            continue
        front = files.start_of(source, path, _START).decode(errors="ignore").partition("\n---")[0]
        fields = set(_ONLY_ROLES.findall(front)) if front.startswith("---") else set()
        if len(fields) > 1:
            message = "this page has the fields of a role, and is not read as one"
            yield Problem(STRAY_ROLE, path, 0, message, f"Move it to {options.roles_dir}")


def role_file(path: str, data: bytes) -> RoleFile | None:
    """The role file at `path` with `data`, which need not be on the disk; None where it cannot be read."""
    parsed = _parse_data(path, data, RoleFields)
    return parsed.role() if parsed else None


def person_file(path: str, data: bytes) -> PersonFile | None:
    """The person's file at `path` with `data`, as `role_file`."""
    parsed = _parse_data(path, data, PersonFields)
    return parsed.person() if parsed else None


def business_model(path: str, data: bytes) -> BusinessModelFields:
    """The business model on the page at `path` with `data`; an empty one where it cannot be read."""
    parsed = _parse_data(path, data, BusinessModelFields, PAGE_FIELDS)
    return BusinessModelFields(**parsed.values) if parsed else BusinessModelFields()


def _parse_data(
    path: str, data: bytes, record: type, also_allowed: frozenset[str] = frozenset()
) -> _Parsed | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    document = front_matter.split(path, files.plain_line_ends(text))
    return None if isinstance(document, Problem) else _parse_document(document, record, [], also_allowed)


def _parse_folder(
    project: Project,
    folder: str,
    record: type,
    naming: str,
    problems: list[Problem],
    understood: ParseCache,
) -> Iterator[_Parsed]:
    """The files of `folder` with their fields; `naming` is the field that names the thing."""
    first: dict[str, str] = {}
    problems.extend(files.folder_problems(project.source, folder))
    problems.extend(attachments.problems(project.source, folder))
    problems.extend(attachments.folders_of_other_case(project.source, folder))
    for path in files.markdown_files(project.source, folder):
        parsed = _parse(project, path, record, problems, understood)
        if parsed is None:
            continue
        if problem := _id_problem(parsed.id, path, first) or attachments.name_problem(path, folder):
            problems.append(problem)
            continue
        first[parsed.id.casefold()] = path
        if not parsed.values.get(naming):
            problems.append(_unnamed(parsed, naming))
        yield parsed


def _id_problem(role_id: str, path: str, first: dict[str, str]) -> Problem | None:
    # Ids that differ in case only are one file on many disks and one address on many hosts.
    key = role_id.casefold()
    if key in RESERVED_IDS:
        return Problem(RESERVED_ID, path, 0, f"'{role_id}.md' is reserved", "Give the file another name")
    if len(role_id.encode(errors="surrogatepass")) > MAX_ID_BYTES:
        hint = f"Use at most {MAX_ID_BYTES} plain letters"
        return Problem(RESERVED_ID, path, 0, "the file's name is too long", hint)
    if key in first:
        message = f"'{role_id}' is also the name of {first[key]}"
        return Problem(DUPLICATE_ID, path, 0, message, "Rename one of the two files")
    return None


def _unnamed(parsed: _Parsed, naming: str) -> Problem:
    path = parsed.document.path
    if parsed.document.front is None:
        hint = f"Begin the file with a line ---, a line '{naming}: …' and a line ---"
        return Problem(MISSING_TITLE, path, 1, f"there is no {naming}", hint)
    line = parsed.lines.get(naming, 1)
    return Problem(MISSING_TITLE, path, line, f"there is no {naming}", f"Add a line '{naming}: …'")


def _parse(
    project: Project,
    path: str,
    record: type,
    problems: list[Problem],
    understood: ParseCache,
    also_allowed: frozenset[str] = frozenset(),
) -> _Parsed | None:
    text = files.read_text(project.source, path)
    if isinstance(text, Problem):
        problems.append(text)
        return None
    parsed, found = understood.parsed(path, text, record, also_allowed)
    problems.extend(found)
    return parsed


def _parse_text(
    path: str, text: str, record: type, problems: list[Problem], also_allowed: frozenset[str]
) -> _Parsed | None:
    document = front_matter.split(path, text)
    if isinstance(document, Problem):
        problems.append(document)
        return None
    if problem := limits.problem(document):
        problems.append(problem)
        return None
    return _parse_document(document, record, problems, also_allowed)


def _parse_document(
    document: front_matter.Document,
    record: type,
    problems: list[Problem],
    also_allowed: frozenset[str] = frozenset(),
) -> _Parsed | None:
    if document.front is None:
        slip = malformed.beginning(document.body) if record is not BusinessModelFields else None
        if slip:
            problems.append(_slip(front_matter.INVALID_FRONT_MATTER, document, slip))
            return None
        return _Parsed(document, {}, {})
    report = Report(document.path, document.front_line)
    if not isinstance(document.front, yaml.MappingNode):
        nothing = 0, "there are no fields here", "Write one 'name: value' a line between the two lines ---"
        slip = malformed.in_fields(document.written) or nothing
        problems.append(_slip(front_matter.INVALID_FRONT_MATTER, document, slip))
        return None
    if problem := _misplaced(document, record):
        problems.append(problem)
        return None
    values, lines = parse_fields(document.front, record, report, also_allowed=also_allowed)
    problems.extend(report.problems)
    problems.extend(_swallowed(document))
    return _Parsed(document, values, lines)


def _slip(rule: Rule, document: front_matter.Document, slip: malformed.Slip) -> Problem:
    at, message, hint = slip
    return Problem(rule, document.path, document.front_line + at + 1, message, hint)


def _swallowed(document: front_matter.Document) -> Iterator[Problem]:
    """What a # keeps from being read."""
    if " #" in document.written and document.front:
        values = "\n".join(_scalars(document.front))
        for slip in malformed.swallowed(document.written, values):
            yield _slip(SWALLOWED_TEXT, document, slip)


def _scalars(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode):
        yield str(node.value)
    for item in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for each in item if isinstance(item, tuple) else (item,):
            yield from _scalars(each)


def _misplaced(document: front_matter.Document, record: type) -> Problem | None:
    """A role among the people, or a person among the roles."""
    other, naming, what, where = _OTHERS.get(record, (None, "", "", ""))
    if other is None:
        return None
    node = document.front
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    keys = {str(key.value) for key, _ in pairs if isinstance(key, yaml.ScalarNode)}
    own, others = ({shown_name(name) for name in declarations(each)} for each in (record, other))
    if naming in keys & others and not keys & (own - others) and keys & (others - own - {naming}):
        message, hint = f"this file has the fields of {what}", f"Move it into the folder of {where}"
        return Problem(UNKNOWN_FIELD, document.path, 0, message, hint)
    return None


def _business(project: Project, problems: list[Problem], understood: ParseCache) -> BusinessModelFields:
    if not files.is_there(project.source, project.business_path):
        return BusinessModelFields()
    parsed = _parse(project, project.business_path, BusinessModelFields, problems, understood, PAGE_FIELDS)
    return BusinessModelFields(**parsed.values) if parsed else BusinessModelFields()
