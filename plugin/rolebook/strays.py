"""Finds what seems to be a role or a person and is read as none: it is in no chart, and nobody would know."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from posixpath import normpath

from rolebook import attachments, files
from rolebook.body.lines import numbered_lines
from rolebook.language import gettext
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
_LINE = re.compile(r"---[ \t]*")
_FIRST_FIELD = re.compile(r"(?:title|name|parent|owner):(?:\s|$)")
_FIELD = re.compile(r"[a-z_]+:(?:\s|$)")
_PREFORMATTED = re.compile(r"<pre\b.*?(?:</pre\s*>|\Z)", re.DOTALL | re.IGNORECASE)
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
            message = gettext("this page has the fields of a role but is not in the folder of roles")
            hint = gettext("Move it to %(folder)s", folder=f"{options.roles_dir}/")
            yield Problem(STRAY_ROLE, path, 0, message, hint)


def in_readmes(project: Project, folder: str) -> Iterator[Problem]:
    """Report those files called README.md below `folder` that have the fields of a role or a person."""
    ours = _OF_A_PERSON if folder == project.options.people_dir else _OF_A_ROLE
    for path in files.below(project.source, folder):
        if path.endswith("/README.md") and ours.search(_front(project, path)):
            message = gettext(
                "a README.md is what git hosts show for a folder, and is not read as a role or a person"
            )
            yield Problem(STRAY_ROLE, path, 0, message, gettext("Give the file another name"))


def second_in(parsed: ParsedFile) -> Iterator[Problem]:
    """Report a second block of fields in a file: it is taken for text. Examples in code are none."""
    document = parsed.document
    if document.front is None or "---" not in document.body:
        return
    body = _PREFORMATTED.sub(lambda found: "\n" * found[0].count("\n"), document.body)
    lines = [("" if is_code else line, number) for number, line, is_code in numbered_lines(body)]
    for at, (line, number) in enumerate(lines):
        if _LINE.fullmatch(line) and _begins_fields([text for text, _ in lines[at + 1 : at + 4]]):
            message = gettext("a second role or person begins here, and is shown as text")
            where = document.body_line + number - 1
            yield Problem(STRAY_ROLE, document.path, where, message, gettext("Write one file for each"))
            return


def _begins_fields(lines: Sequence[str]) -> bool:
    """Whether the lines after a --- are fields: one of a role or a person, and another or the next ---."""
    first, *others = [line for line in lines if line.strip()] or [""]
    return bool(_FIRST_FIELD.match(first)) and any(
        _FIELD.match(each) or _LINE.fullmatch(each) for each in others[:1]
    )


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
            message = gettext("no page here links to this file, and it is not read as a role or a person")
            hint = gettext(
                "Write a text file that ends in .md, such as %(name)s, or link to it",
                name=f"{PurePosixPath(path).stem}.md",
            )
            yield Problem(UNREAD_FILE, path, 0, message, hint)


def _front(project: Project, path: str) -> str:
    """The front matter at the beginning of a page."""
    start = files.start_of(project.source, path, _START).decode(errors="ignore")
    return start.partition("\n---")[0] if start.startswith("---") else ""
