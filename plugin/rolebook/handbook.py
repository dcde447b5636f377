"""Loads, checks, plans and renders a handbook: the calls that every driver makes."""

import datetime as dt
import os
import posixpath
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from rolebook import checks, files, own_checks, page_fields, workflows
from rolebook.build_folders import cache_refusal, site_refusal
from rolebook.clock import today
from rolebook.dead_links import DeadLinkSearch, Suggestion
from rolebook.documents.letterhead import Letterhead, letterhead
from rolebook.documents.pictures import LOGO_SIDE, Pictures
from rolebook.former_names import former_names
from rolebook.front_matter import INVALID_FRONT_MATTER, path_of
from rolebook.git import GitError
from rolebook.history import NO_HISTORY, History, read_history, why_there_is_none
from rolebook.language import (
    gettext,
    written_in,
)
from rolebook.load import load
from rolebook.option_checks import of_option, option_problems
from rolebook.options import (
    BROKEN_TEMPLATE,
    WRONG_OPTION,
    Options,
)
from rolebook.organisation import FormerNames, Organisation, PersonFile, RoleFile
from rolebook.pages.docs_dir import docs_dir
from rolebook.pages.former import former_ids
from rolebook.pages.plan import Plan
from rolebook.pages.public_files import is_public
from rolebook.parse import ParseCache, merge_marks
from rolebook.photos import Photo, drawn_photos
from rolebook.problems import Problem, Severity
from rolebook.project import Project
from rolebook.schema.audience import Audience
from rolebook.schema.kinds import WRONG_VALUE
from rolebook.site_config import WRONG_SETTING, SiteSettings
from rolebook.visibility.view import AudienceView, view_for

if TYPE_CHECKING:
    from rolebook.rendering.document_page import DocumentPages
    from rolebook.rendering.renderer import Renderer


_UNREAD = frozenset((INVALID_FRONT_MATTER, files.UNREADABLE_FILE))
_ABOUT_ROLES = frozenset(("unknown-parent", "unknown-role"))


@dataclass(frozen=True, slots=True)
class Handbook:
    """A project, read and checked."""

    project: Project
    organisation: Organisation
    problems: tuple[Problem, ...]
    history: History | None = None
    """What git knows of it: see `with_history`."""
    photos: Mapping[str, Photo] = field(default_factory=dict)
    """Pictures of people, by person id."""
    links: tuple[Suggestion, ...] = ()
    """What to write in place of links that lead nowhere: see `with_dead_links`."""

    @property
    def has_errors(self) -> bool:
        return any(problem.rule.severity is Severity.ERROR for problem in self.problems)

    def for_colleagues(self) -> "Handbook":
        """The handbook as colleagues see it, even if the owner's site is for outsiders."""
        options = replace(self.project.options, audience="internal")
        return replace(self, project=replace(self.project, options=options))

    def with_history(self) -> "Handbook":
        """Add the history, where the owner wants one. A check shows none and need not read it."""
        project = self.project
        missing = any(problem.rule is NO_HISTORY for problem in self.problems)
        if missing or not _wants_history(project):
            return self
        try:
            history = read_history(project, self.organisation)
        except GitError as error:
            with self._reporting():
                missing_history = _no_history(project, str(error))
            found = checks.as_wanted((*self.problems, missing_history), project.options)
            return replace(self, problems=found)
        return replace(self, history=history)

    def with_site_problems(self, settings: SiteSettings) -> "Handbook":
        """Add what is wrong with the settings of the site and in the front matter of its own pages."""
        with self._reporting():
            found = (
                *self.problems,
                *settings.problems,
                *_folder_problems(self.project, settings),
                *_page_problems(self.project, settings),
                *_icon_problems(self.organisation, settings),
            )
        return replace(self, problems=checks.as_wanted(found, self.project.options))

    def with_dead_links(self, settings: SiteSettings) -> "Handbook":
        """Add links that lead nowhere, too: MkDocs itself reports these in a build."""

        def renamed(roles: Set[str], people: Set[str]) -> FormerNames:
            return former_names(self.project, self.organisation, roles, people)

        searched = settings
        if "markdown_extensions" in settings.wrong:  # Nobody knows what the sections are called.
            searched = replace(settings, levels={**settings.levels, "links.anchors": "ignore"})
        with self._reporting():
            found = DeadLinkSearch(self.plan(), self.organisation, searched, renamed).found()
        both = dict.fromkeys((*self.with_site_problems(settings).problems, *found.problems))
        problems = checks.as_wanted(both, self.project.options)
        return replace(self, problems=problems, links=found.suggestions)

    def plan(self, directory_urls: bool = True, edit_address: Callable[[str], str] = lambda path: "") -> Plan:
        """Its pages; see `Plan` for `directory_urls` and `edit_address`."""
        if self.project.is_public:
            seen = self.view_for(Audience.PUBLIC).organisation
            former = former_ids(self.organisation, self.history)
            return Plan(self.project, seen, directory_urls, former=former)
        return Plan(
            self.project,
            self.organisation,
            directory_urls,
            self.history,
            # A picture has no password, even where pages have one.
            photos={} if self.project.has_password else self._photo_names,
            problems=self.problems,
            edit_address=edit_address,
        )

    @property
    def _photo_names(self) -> Mapping[str, str]:
        return {person: photo.name for person, photo in self.photos.items()}

    def data(self, plan: Plan) -> Mapping[str, bytes]:
        """Files for the owner's own programs, by their paths on the site.

        Outsiders get none, nor does whoever has not typed a password that a page asks for.
        """
        if plan.project.is_public or plan.project.has_password:
            return {}
        # Imported here: it takes 5 ms, and `check` writes no data.
        from rolebook.json_export.build import files

        return files(plan)

    def chart_files(self, plan: Plan) -> Iterator[tuple[str, bytes]]:
        """Charts as PDF and PNG for colleagues, with their paths on the site."""
        if not plan.chart_files:
            return
        # Imported here: only those who want such files have what makes them.
        from rolebook.documents.chart_sheets import INTERNAL, chart_pdf, chart_png

        organisation, name = plan.organisation, self.project.name
        for uri, (role, form) in plan.chart_files.items():
            if form == "pdf":
                yield uri, chart_pdf(organisation, role, name, self.project.options.chart_paper, INTERNAL)
            else:
                yield uri, chart_png(organisation, role, name, INTERNAL).data

    def with_own_checks(self) -> "Handbook":
        """Add what checks of the owner's own find. They are code, so only who checks or builds runs them."""
        with self._reporting():
            found = own_checks.problems(self.project, self.organisation, self._described)
        return replace(self, problems=_reported((*self.problems, *found), self.project.options))

    def with_tried_templates(self, of_pages: bool = True) -> "Handbook":
        """Add where templates of the handbook's own break off.

        A build renders every page anyway; then it is enough to try what it has no page for.
        """
        is_wrong = any(each.rule.code == BROKEN_TEMPLATE.code for each in self.problems)
        if is_wrong or not _may_have_templates(self.project):
            return self
        # Imported here, as the renderer is.
        from rolebook import template_trial as trial
        from rolebook.rendering.document_page import DocumentPages
        from rolebook.rendering.own_templates import own_templates

        own = own_templates(self.project)
        with written_in(self.project.language):
            handbook = self.with_history() if of_pages else self
            plan = handbook.plan()
            renderer, colleagues = handbook.renderer(plan), self.for_colleagues().plan()
            contractor, public = map(self.view_for, (Audience.CONTRACTOR, Audience.PUBLIC))
            documents = DocumentPages(own, self.letterhead)
            found = [
                *(trial.of_pages(own, plan, renderer) if of_pages else ()),
                *trial.of_blocks(own, renderer),
                *trial.of_documents(own, documents, colleagues, contractor, public),
            ]
        return replace(self, problems=_reported((*self.problems, *found), self.project.options))

    def _reporting(self) -> AbstractContextManager[None]:
        """Write in the language of messages, whatever is written in now."""
        return written_in(self.project.language_of_messages)

    def _described(self) -> dict[str, Any]:
        """What `rolebook.json` says of the handbook, as plain values: checks of the owner's own get it."""
        # Imported here, as above.
        from rolebook.json_export.build import values

        return values(self.for_colleagues().plan())

    def view_for(self, audience: Audience) -> AudienceView:
        """What `audience` may see of the organisation."""
        return view_for(self.organisation, audience)

    @property
    def letterhead(self) -> Letterhead | None:
        """The head of documents, if the owner wants it."""
        options = self.project.options.letterhead
        return letterhead(options, self.project.name, Pictures(self.project.root, LOGO_SIDE))

    def document_pages(self, stopped: Callable[[Problem], Exception]) -> "DocumentPages":
        """Make what gives documents their looks; see `renderer` for `stopped`."""
        # Imported here: it takes 40 ms, and of the commands only one writes documents.
        from rolebook.rendering.document_page import DocumentPages
        from rolebook.rendering.own_templates import own_templates

        return DocumentPages(own_templates(self.project), self.letterhead, stopped)

    def renderer(self, plan: Plan, stopped: Callable[[Problem], Exception] | None = None) -> "Renderer":
        """Make the renderer that gives the pages of `plan` their text.

        `stopped` makes what is raised if a template of the handbook's own breaks off.
        """
        # Imported here: with its templates it takes 80 ms, and `check` runs before every commit.
        from rolebook.rendering.renderer import Renderer

        public, pictures = self.view_for(Audience.PUBLIC), Pictures(plan.project.root)
        return Renderer(plan, public, pictures, stopped) if stopped else Renderer(plan, public, pictures)


def open_handbook(
    project: Project,
    day: dt.date | None = None,
    understood: ParseCache | None = None,
    of_options: Iterable[Problem] = (),
) -> Handbook:
    """Read and check the project; every problem of every file is in the result, and those `of_options`."""
    with written_in(project.language_of_messages):
        return _opened(project, day, understood, of_options)


def _opened(
    project: Project, day: dt.date | None, understood: ParseCache | None, of_options: Iterable[Problem]
) -> Handbook:
    organisation, problems = load(project, day or today(), understood)
    organisation = replace(organisation, former=former_names(project, organisation))
    photos, of_photos = drawn_photos(project, organisation)
    of_options = (*of_options, *option_problems(project, organisation), *_template_problems(project))
    of_site = (*of_options, *of_photos, *_site_problems(project))
    found = (*problems, *of_site, *checks.problems_of(organisation, project.options))
    return Handbook(project, organisation, _reported(found, project.options), photos=photos)


def _template_problems(project: Project) -> Iterator[Problem]:
    """What is wrong with templates of the handbook's own; most have none, and load nothing for it."""
    if _may_have_templates(project):
        # Imported here, as the renderer is.
        from rolebook.rendering.own_templates import own_templates
        from rolebook.template_checks import problems

        yield from problems(own_templates(project))


def _may_have_templates(project: Project) -> bool:
    folder = project.templates_dir
    return bool(folder) and project.tree is None and (project.root / folder).is_dir()


def _reported(found: Iterable[Problem], options: Options) -> tuple[Problem, ...]:
    """What is reported of what was found."""
    return tuple(_first_things(_causes(checks.as_wanted(found, options))))


def _causes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out that a role is not there whose file cannot be read, which is said of the file."""
    problems = tuple(problems)
    unread = {PurePosixPath(each.path).stem for each in problems if each.rule in _UNREAD and each.path}
    for each in problems:
        if each.rule.code not in _ABOUT_ROLES or unread.isdisjoint(each.about):
            yield each


def _first_things(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out advice on a line that has an error: the error comes first."""
    problems = tuple(problems)
    wrong = {
        (each.path, each.line) for each in problems if each.rule.severity is Severity.ERROR and each.line
    }
    for each in problems:
        if each.rule.severity is not Severity.ADVICE or (each.path, each.line) not in wrong:
            yield each


def _site_problems(project: Project) -> Iterator[Problem]:
    """Report why a history that is wanted cannot be shown, and who can read what is published."""
    if project.tree is None and not project.is_public:
        yield from workflows.problems(project.root)
    if _wants_history(project) and (why := why_there_is_none(project.root)):
        yield _no_history(project, why)


def _page_problems(project: Project, settings: SiteSettings) -> Iterator[Problem]:
    """Report front matter of hand-written pages at which MkDocs or its theme breaks off, and merge marks."""
    ours = tuple(
        f"{posixpath.normpath(each)}/" for each in (project.options.roles_dir, project.options.people_dir)
    )
    folder = posixpath.normpath(project.docs_dir)
    for uri in docs_dir(project, settings).pages:
        path = posixpath.normpath(f"{folder}/{uri}")
        if path.startswith(ours) or (project.is_public and not is_public(uri, project)):
            continue
        text = files.read_text(project.root, path, sys.maxsize)
        if not isinstance(text, Problem):
            yield from page_fields.problems(path, text, settings)
            yield from merge_marks(path, text)


def _icon_problems(organisation: Organisation, settings: SiteSettings) -> Iterator[Problem]:
    """Report icons of roles and people that the theme does not have."""
    if not settings.theme or settings.theme.name != "material":
        return
    found: list[RoleFile | PersonFile] = [role.file for role in organisation.roles.values()]
    found += [person.file for person in organisation.people.values() if person.file]
    for file in found:
        icon = file.fields.icon
        if icon and not settings.theme.has_icon(icon):
            message = gettext(
                "%(field)s is %(value)s, and Material has no such icon", field="icon", value=f"'{icon}'"
            )
            hint = gettext("Write, say, %(example)s", example="material/library")
            yield Problem(WRONG_VALUE, file.path, file.lines.get("icon", 0), message, hint)


def _folder_problems(project: Project, settings: SiteSettings) -> Iterator[Problem]:
    """Report folders to which a build may not write."""
    root, options = project.root, project.options
    theme = settings.theme.own if settings.theme else None
    others = [root / project.docs_dir, *([theme] if theme else [])]
    name = settings.site_dir or "site"
    if any("\0" in each for each in (name, project.docs_dir, options.roles_dir, options.people_dir)):
        return  # There is no such folder.
    if (
        options.cache_dir
        and "\0" not in options.cache_dir
        and (refusal := cache_refusal(project, (others[0], root / name)))
    ):
        yield of_option(WRONG_OPTION, project, "cache_dir", *refusal)
    sources = [root / each for each in (options.roles_dir, options.people_dir, ".git")]
    sources = [each.resolve() for each in (*sources, *others)]
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() raises where a user has none)
    refusal = site_refusal((root / name).resolve(), sources, home, root)
    if refusal and "site_dir" not in settings.wrong:
        message, hint = (each.replace(f"{root}/", "") for each in refusal)
        key, _ = settings.lines.get("site_dir", (None, None))
        path, line = (path_of(key), key.start_mark.line + 1) if key else (project.settings_path, 0)
        yield Problem(WRONG_SETTING, path, line, message, hint)


def _wants_history(project: Project) -> bool:
    return project.options.history and project.tree is None


def _no_history(project: Project, why: str) -> Problem:
    message = gettext("there is no history to show. %(why)s", why=why.rstrip("."))
    return of_option(NO_HISTORY, project, "history", message, "")
