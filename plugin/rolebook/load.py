"""Reads a project's folders into an organisation, with everything that is wrong in the files."""

import datetime as dt
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rolebook import attachments, blocks, files, strays
from rolebook.body import Reader
from rolebook.language import gettext, ngettext
from rolebook.organisation import MAX_ID_BYTES, RESERVED_IDS, Organisation, organise
from rolebook.parse import RULES as PARSE_RULES
from rolebook.parse import SWALLOWED_TEXT, ParseCache, ParsedFile
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.declarations import MISSING_FIELD, UNKNOWN_FIELD
from rolebook.schema.records import BusinessModelFields
from rolebook.schema.typos import did_you_mean

NO_ROLES = Rule(
    "no-roles", Severity.ERROR, "A handbook begins with its first role, even if it is only yours."
)
MISSING_TITLE = Rule("missing-title", Severity.ERROR, "The title is the role's name on every page and chart.")
DUPLICATE_ID = Rule(
    "duplicate-id",
    Severity.ERROR,
    "Files refer to roles, people, offers and promises by their ids, so an id that two have is ambiguous.",
)
UNKNOWN_OFFER = Rule(
    "unknown-offer",
    Severity.WARNING,
    "A promise of an offer that is not there is shown apart, as if it belonged to none.",
)
RESERVED_ID = Rule("reserved-id", Severity.ERROR, "A file with this name would replace a page of the site.")
RULES = (NO_ROLES, MISSING_TITLE, DUPLICATE_ID, UNKNOWN_OFFER, RESERVED_ID, *PARSE_RULES, *strays.RULES)


def load(
    project: Project, today: dt.date, cache: ParseCache | None = None
) -> tuple[Organisation, tuple[Problem, ...]]:
    """Load the organisation that the project's files describe on the day `today`, and the files' problems.

    A file that cannot be read is left out, and so is a field. What is in `cache` is not parsed again.
    """
    loader = _Loader(project, cache or ParseCache())
    return loader.organisation(today), tuple(loader.problems)


class _Loader:
    """Reads one project once and collects the problems of its files."""

    def __init__(self, project: Project, cache: ParseCache) -> None:
        self._project = project
        self._cache = cache
        self.problems: list[Problem] = []

    def organisation(self, today: dt.date) -> Organisation:
        project, options = self._project, self._project.options
        reader = Reader(project.markdown)
        roles = [each.role(reader) for each in self._folder(options.roles_dir, project.records.role, "title")]
        if not roles and not self.problems:
            self.problems.append(_no_roles(project))
        people = [each.person() for each in self._folder(options.people_dir, project.records.person, "name")]
        self.problems += strays.outside(project)
        self.problems += blocks.problems(project)
        known = {problem.path for problem in self.problems}
        self.problems += (each for each in _unpublished(project) if each.path not in known)
        model, lines = self._business_model()
        organisation = organise(
            roles,
            people,
            model,
            project.business_path,
            options.founders,
            options.sections,
            today=today,
        )
        return replace(organisation, business_lines=lines)

    def _folder(self, folder: str, record: type, naming: str) -> list[ParsedFile]:
        """Parse the files of `folder`; `naming` is the field with the name of the role or person."""
        source = self._project.source
        first: dict[str, str] = {}
        self.problems += files.folder_problems(source, folder)
        self.problems += attachments.problems(source, folder)
        self.problems += attachments.folders_of_other_case(source, folder)
        self.problems += strays.in_readmes(self._project, folder)
        read: list[ParsedFile] = []
        for path in files.markdown_files(source, folder):
            parsed = self._file(path, record)
            if parsed is None:
                continue
            if (
                problem := _id_problem(parsed.id, path, first)
                or self._copy_problem(parsed.id, path)
                or attachments.name_problem(path, folder)
            ):
                self.problems.append(problem)
                continue
            first[parsed.id.casefold()] = path
            if not parsed.values.get(naming):
                self._report_unnamed(parsed, naming)
            self.problems += strays.second_in(parsed)
            read.append(parsed)
        self.problems += strays.in_office_files(self._project, folder, read)
        return read

    def _copy_problem(self, file_id: str, path: str) -> Problem | None:
        """Report a file that seems to be the copy of another one beside it."""
        original = attachments.copied_from(file_id)
        beside = f"{posixpath.dirname(path)}/{original}.md"
        if not original or not files.is_there(self._project.source, beside):
            return None
        message = gettext("this looks like a copy of %(path)s", path=beside)
        hint = gettext("Delete it, or give it the name of what it describes, such as packing.md")
        return Problem(attachments.ODD_NAME, path, 0, message, hint)

    def _report_unnamed(self, parsed: ParsedFile, naming: str) -> None:
        """Report a file without its name, if nothing is wrong with the name that is there."""
        path, line = parsed.document.path, parsed.lines.get(naming, 0)
        hidden = self._project.options.disabled_checks
        of_file = [each for each in self.problems if each.path == path and each.rule.code not in hidden]
        is_reported = any(
            (each.line == line and each.rule.severity is Severity.ERROR)
            or (each.rule is UNKNOWN_FIELD and naming in each.about)
            for each in of_file
        )
        if is_reported:
            return
        problem = _unnamed(parsed, naming)
        for each in of_file:
            if line and each.line == line and each.rule is SWALLOWED_TEXT:  # so the name is there, behind a #
                self.problems.remove(each)
                problem = replace(problem, message=each.message, hint=gettext("Put it in quotes"))
        self.problems.append(problem)

    def _file(self, path: str, record: type) -> ParsedFile | None:
        text = files.read_text(self._project.source, path)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        parsed, problems = self._cache.parse(path, text, record)
        self.problems += problems
        return parsed

    def _business_model(self) -> tuple[BusinessModelFields, Mapping[str, int]]:
        """The business model, and the lines of its values."""
        path, record = self._project.business_path, self._project.records.business
        parsed = self._file(path, record) if files.is_there(self._project.source, path) else None
        if parsed is None:
            return BusinessModelFields(), {}
        model = record(**parsed.values)
        self.problems += _ids_twice(path, model, parsed.lines)
        # An offer without its id is reported as that, and what names it may be right.
        if not any(each.path == path and each.rule is MISSING_FIELD for each in self.problems):
            self.problems += _unknown_offers(path, model, parsed.lines)
        return model, parsed.lines


def _no_roles(project: Project) -> Problem:
    """Say that there are no roles, or that their folder is called otherwise."""
    folder = project.options.roles_dir
    is_there = project.tree is not None or files.is_folder(project.root, folder)
    if near := "" if is_there else did_you_mean(folder, files.folders(project.root)):
        message = gettext("the settings name a folder '%(folder)s', which is not there", folder=folder)
        return Problem(NO_ROLES, project.settings_path, project.option_line("roles_dir"), message, near)
    hint = gettext("Write %(folder)s/owner.md with a line 'title: …' between two lines ---", folder=folder)
    return Problem(NO_ROLES, folder, 0, gettext("there are no role files"), hint)


def _ids_twice(path: str, model: BusinessModelFields, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Report offers, and deliverables, that have the id of one before them."""
    offers, deliverables = [each.id for each in model.offers], [each.id for each in model.deliverables]
    for field, ids in (("offers", offers), ("deliverables", deliverables)):
        first: dict[str, int] = {}
        for at, each in enumerate(ids):
            line = lines.get(f"{field}.{at}.id", 0)
            if each in first:
                message = gettext("'%(id)s' is also the id on line %(line)s", id=each, line=str(first[each]))
                yield Problem(DUPLICATE_ID, path, line, message, gettext("Give one of the two another id"))
            first.setdefault(each, line)


def _unknown_offers(path: str, model: BusinessModelFields, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Report deliverables of an offer that the business model does not have."""
    known = [each.id for each in model.offers]
    for at, each in enumerate(model.deliverables):
        if each.offer and each.offer not in known:
            hint = did_you_mean(each.offer, known) or gettext("Write the id of an offer, or remove the line")
            line = lines.get(f"deliverables.{at}.offer", 0)
            yield Problem(
                UNKNOWN_OFFER, path, line, gettext("there is no offer '%(offer)s'", offer=each.offer), hint
            )


def _unpublished(project: Project) -> Iterator[Problem]:
    """Report hand-written pages that are not published: links, pipes, and names that are no text."""
    folder = project.docs_dir
    for found in files.folder_problems(project.source, folder):
        yield replace(found, rule=attachments.NOT_PUBLISHED)
    for path in files.below(project.source, folder):
        if not path.isprintable() and (problem := attachments.name_problem(path, folder)):
            yield problem
        elif not path.endswith(".md") and not files.is_regular(project.source, path):
            hint = gettext("Remove it")
            yield Problem(
                attachments.NOT_PUBLISHED, path, 0, gettext("this is a pipe or a device, not a file"), hint
            )


def _unnamed(parsed: ParsedFile, naming: str) -> Problem:
    path = parsed.document.path
    if parsed.document.front is None:
        hint = gettext("Begin the file with a line ---, a line '%(field)s: …' and a line ---", field=naming)
        return Problem(MISSING_TITLE, path, 1, gettext("there is no %(field)s", field=naming), hint)
    if line := parsed.lines.get(naming, 0):
        return Problem(
            MISSING_TITLE,
            path,
            line,
            gettext("the %(field)s is empty", field=naming),
            gettext("Write it after '%(field)s:'", field=naming),
        )
    return Problem(
        MISSING_TITLE,
        path,
        1,
        gettext("there is no %(field)s", field=naming),
        gettext("Add a line '%(field)s: …'", field=naming),
    )


def _id_problem(role_id: str, path: str, first: dict[str, str]) -> Problem | None:
    # Ids that differ in case only are one file on many disks and one address on many hosts.
    key = role_id.casefold()
    if key in RESERVED_IDS:
        return Problem(
            RESERVED_ID,
            path,
            0,
            gettext("'%(file)s' is reserved", file=f"{role_id}.md"),
            gettext("Give the file another name"),
        )
    if len(role_id.encode(errors="surrogatepass")) > MAX_ID_BYTES:
        hint = ngettext(
            "Use at most %(number)s plain letter", "Use at most %(number)s plain letters", MAX_ID_BYTES
        )
        return Problem(RESERVED_ID, path, 0, gettext("the file's name is too long"), hint)
    if key in first:
        message = gettext("'%(id)s' is also the name of %(path)s", id=role_id, path=first[key])
        return Problem(DUPLICATE_ID, path, 0, message, gettext("Rename one of the two files"))
    return None
