"""Finds what seems to be a role or a person and is read as none: it is in no chart, and nobody would know."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from rolebook import attachments, files
from rolebook.parse import ParsedFile
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.declarations import declarations, shown_name
from rolebook.schema.records import PAGE_FIELDS, RoleFields

STRAY_ROLE = Rule(
    "stray-role",
    Severity.WARNING,
    "A role outside the folder of roles, or in a file that is read as something else, is in no chart, and "
    "its hours count for nobody.",
)
UNREAD_FILE = Rule(
    "unread-file",
    Severity.ADVICE,
    "A role or a person in a file of a word processor is in no chart, and nobody finds a file to which no "
    "page leads.",
)
RULES = (STRAY_ROLE, UNREAD_FILE)

_START = 4_000
"""The first bytes of a page show whether it is a role."""
_ROLE_FIELDS = sorted(
    {shown_name(name) for name in declarations(RoleFields)} - PAGE_FIELDS - {"owner", "kind", "lead"}
)
_ONLY_ROLES = re.compile(rf"^({'|'.join(_ROLE_FIELDS)}):", re.MULTILINE)
"""Fields that hand-written pages have no use for."""
_OF_A_ROLE = re.compile(rf"^({'|'.join(_ROLE_FIELDS)}|owner):", re.MULTILINE)
_OF_A_PERSON = re.compile(r"^name:", re.MULTILINE)
_AGAIN = re.compile(
    r"^---[ \t]*\n(?=(?:title|name|parent|owner):)(?:[^\n]*\n){1,40}?---[ \t]*$", re.MULTILINE
)
"""A second block of fields in a file; a line under a text is followed by no such field."""
_OFFICE = ("docx", "doc", "odt", "xlsx", "xls", "ods", "txt")
"""Endings of files in which people write roles; pictures and papers are not meant so."""


def outside(project: Project) -> Iterator[Problem]:
    """Report role files among the hand-written pages and beside `mkdocs.yml`."""
    source, options = project.source, project.options
    ours = tuple(f"{normpath(folder)}/" for folder in (options.roles_dir, options.people_dir))
    for path in (*files.markdown_files(source, project.docs_dir), *files.pages_at_top(source)):
        if path.startswith(ours) or path == project.business_path:
            continue
        if len({*_ONLY_ROLES.findall(_front(project, path))}) > 1:
            message = "this page has the fields of a role but is not in the folder of roles"
            yield Problem(STRAY_ROLE, path, 0, message, f"Move it to {options.roles_dir}/")


def in_readmes(project: Project, folder: str) -> Iterator[Problem]:
    """Report those files called README.md below `folder` that have the fields of a role or a person."""
    ours = _OF_A_PERSON if folder == project.options.people_dir else _OF_A_ROLE
    for path in files.below(project.source, folder):
        if path.endswith("/README.md") and ours.search(_front(project, path)):
            message = "a README.md is what git hosts show for a folder, and is not read as a role or a person"
            yield Problem(STRAY_ROLE, path, 0, message, "Give the file another name")


def second_in(parsed: ParsedFile) -> Iterator[Problem]:
    """Report a second block of fields in a file: it is taken for text."""
    document = parsed.document
    if document.front is not None and (found := _AGAIN.search(document.body)):
        line = document.body_line + document.body.count("\n", 0, found.start())
        message = "a second role or person begins here, and is shown as text"
        yield Problem(STRAY_ROLE, document.path, line, message, "Write one file for each")


def in_office_files(project: Project, folder: str, parsed: Iterable[ParsedFile]) -> Iterator[Problem]:
    """Report office files below `folder` to which none of its pages, `parsed`, links."""
    found = [
        path
        for path in attachments.published(project.source, folder)
        if path.rpartition(".")[2].casefold() in _OFFICE
    ]
    bodies = [each.document.body for each in parsed] if found else []
    for path in found:
        name = PurePosixPath(path).name
        if not any(name in body for body in bodies):
            message = "no page here links to this file, and it is not read as a role or a person"
            hint = f"Write a text file that ends in .md, such as {PurePosixPath(path).stem}.md, or link to it"
            yield Problem(UNREAD_FILE, path, 0, message, hint)


def _front(project: Project, path: str) -> str:
    """The front matter at the beginning of a page."""
    start = files.start_of(project.source, path, _START).decode(errors="ignore")
    return start.partition("\n---")[0] if start.startswith("---") else ""
