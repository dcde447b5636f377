"""Checks options against the handbook: languages, folders, pages, people and pictures that they name."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from rolebook import checks, files, own_checks
from rolebook.body import headings_by_line
from rolebook.checks import names
from rolebook.documents import pdf, png
from rolebook.documents.pictures import LOGO_SIDE, Pictures, is_available
from rolebook.escaping import printable
from rolebook.language import (
    catalogues_there,
    english,
    gettext,
    is_code,
    language,
    language_for,
    phrases_nowhere,
)
from rolebook.options import (
    MISSING_PATH,
    NO_BUSINESS_NAME,
    NO_CATALOGUE,
    UNKNOWN_FOUNDER,
    UNKNOWN_SECTION,
    UNKNOWN_WORD,
    UNNAMED_BUSINESS,
    WRONG_OPTION,
    Options,
)
from rolebook.organisation import Organisation, name_key
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.audience import Audience
from rolebook.schema.kinds import in_brackets
from rolebook.schema.own_fields import own_declarations
from rolebook.schema.records import SECTIONS, heading_key, known_section
from rolebook.schema.typos import did_you_mean


def _language_problem(project: Project) -> Iterator[Problem]:
    """Report a language that the program cannot write in."""
    wanted, theme = project.language_wanted, project.theme_language
    # What is no code is reported as a wrong value.
    if not wanted or not is_code(wanted) or language_for(wanted) is not None:
        return
    place = theme.path, theme.line
    if project.options.language:
        place = project.settings_path, project.option_line("language")
    there = "; ".join(f"{code} ({language(code).name})" for code in catalogues_there())
    message = gettext(
        "there is no catalogue for the language '%(code)s', so pages and documents are in English",
        code=wanted,
    )
    hint = gettext("Languages with one are %(languages)s", languages=there)
    yield Problem(NO_CATALOGUE, *place, message, hint)


def _word_problems(project: Project) -> Iterator[Problem]:
    """Report words that are to be replaced, and stand in no text."""
    words = [phrase for phrase, _ in project.options.words]
    if not words:
        return
    texts = language_for(project.language_wanted) or english()
    for phrase, others in phrases_nowhere(texts, words):
        message = gettext("'%(phrase)s' is in no text of Rolebook, so nothing is replaced", phrase=phrase)
        hint = did_you_mean(phrase, others) or gettext("Write it as it stands on a page, or remove the entry")
        line = project.option_line(f"words.{phrase}")
        yield Problem(UNKNOWN_WORD, project.settings_path, line, message, hint)


def option_problems(project: Project, organisation: Organisation) -> Iterator[Problem]:
    """Report options that name a language, a folder, a page or a person that is not there."""
    yield from _language_problem(project)
    yield from _word_problems(project)
    if project.name == UNNAMED_BUSINESS:
        message = gettext("the business is called '%(name)s', as long as it has no name", name=project.name)
        hint = gettext("Write its name after 'site_name'")
        yield Problem(NO_BUSINESS_NAME, project.settings_path, 0, message, hint)
    options, usual = project.options, Options()
    # That there are no roles, as their folder is not there, is an error of its own.
    folder = options.people_dir
    if project.tree is None and folder != usual.people_dir and not files.is_folder(project.root, folder):
        message = gettext("the settings name a folder '%(folder)s', which is not there", folder=folder)
        hint = did_you_mean(folder, files.folders(project.root)) or gettext("Write the folder's name")
        yield of_option(MISSING_PATH, project, "people_dir", message, hint)
    yield from _missing_pages(project)
    yield from _missing_libraries(project)
    yield from _missing_logo(project)
    yield from _names_in_labels(project, organisation)
    yield from _names_in_own_texts(project, organisation)
    yield from _misspelt_sections(project, organisation)
    yield from _patterns_that_fit_nothing(project)
    people = [each.name for each in organisation.people.values() if each.file]
    for number, founder in enumerate(options.founders):
        person = organisation.people_by_name.get(name_key(founder))
        if person is None or (people and person.file is None):
            message = gettext("nobody is called '%(name)s', whom 'founders' names", name=founder)
            entries = in_brackets(founder)
            hint = did_you_mean(founder, people) or gettext(
                "Correct the name, or write a file for this person"
            )
            hint = gettext("Write %(what)s", what=entries) if entries else hint
            yield of_option(UNKNOWN_FOUNDER, project, f"founders.{number}", message, hint)


def _names_in_labels(project: Project, organisation: Organisation) -> Iterator[Problem]:
    """Report labels of own fields that name somebody, where outsiders read them."""
    for name, declaration in own_declarations(project.records.role).items():
        label = declaration.label or ""
        if declaration.audience is Audience.PUBLIC and (named := organisation.known_names.whole(label)):
            message = gettext(
                "the label of '%(field)s' is public and contains the name of %(name)s",
                field=name,
                name=named,
            )
            place = f"fields.roles.{name}.label"
            rule = names.name_in_public_text.rule
            yield of_option(rule, project, place, message, gettext("Write the role's title instead"))


def _names_in_own_texts(project: Project, organisation: Organisation) -> Iterator[Problem]:
    """Report words, titles of pages and templates that name somebody on a site for outsiders."""
    if not project.is_public:
        return
    texts = [(f"words.{phrase}", text) for phrase, text in project.options.words]
    texts += [(f"pages.{page}", title) for page, title in project.options.pages]
    places = [(project.settings_path, project.option_line(place), text) for place, text in texts]
    for path, line, text in (*places, *_lines_of_templates(project)):
        if named := organisation.known_names.whole(text):
            message = gettext("this is public and contains the name of %(name)s", name=named)
            rule = names.name_in_public_text.rule
            yield Problem(rule, path, line, message, gettext("Write the role's title instead"))


def _lines_of_templates(project: Project) -> Iterator[tuple[str, int, str]]:
    """Each line of the owner's templates, with its file and its number."""
    folder = project.templates_dir if project.tree is None else ""
    for path in files.below(project.root, folder) if folder else ():
        text = files.read_text(project.root, path)
        for number, line in enumerate(text.splitlines() if isinstance(text, str) else (), 1):
            yield path, number, line


def _misspelt_sections(project: Project, organisation: Organisation) -> Iterator[Problem]:
    """Report a heading of the option `sections` that no role has, and that is nearly another one."""
    lists = [(audience, headings) for audience, headings in project.options.sections.by_audience if headings]
    if not lists:
        return
    bodies = (role.file.body for role in organisation.roles.values())
    there = {heading_key(heading): heading for body in bodies for _, heading in headings_by_line(body)}
    near = [*there.values(), *SECTIONS]
    for audience, headings in lists:
        for at, heading in enumerate(headings):
            if heading_key(heading) in there or known_section(heading):
                continue
            if hint := did_you_mean(heading, near):
                name = audience.name.lower()
                message = gettext(
                    "no role has a section '%(section)s', which 'sections' names for '%(list)s'",
                    section=heading,
                    list=name,
                )
                yield of_option(UNKNOWN_SECTION, project, f"sections.{name}.{at}", message, hint)


def _patterns_that_fit_nothing(project: Project) -> Iterator[Problem]:
    """Report files of `severities` of which there is none."""
    named = {
        f"severities.{at}.files.{number}": pattern
        for at, each in enumerate(project.options.severities)
        for number, pattern in enumerate(each.files)
    }
    if not named or project.tree is not None:
        return
    options, root = project.options, project.root
    folders = (options.roles_dir, options.people_dir, project.docs_dir, project.templates_dir)
    there = [path for folder in folders if folder for path in files.below(root, folder)]
    inside = dict.fromkeys(map(posixpath.dirname, there))
    there += [project.settings_path, *own_checks.files_of(options)]
    for place, pattern in named.items():
        if not any(checks.fits(path, (pattern,)) for path in there):
            message = gettext("no file fits '%(pattern)s', so this changes nothing", pattern=pattern)
            near = did_you_mean(pattern, [*inside, *there])
            hint = near or gettext("Write a path such as %(path)s", path="roles/shop.md")
            rule = replace(MISSING_PATH, severity=Severity.ADVICE)
            yield of_option(rule, project, place, message, hint)


def _missing_libraries(project: Project) -> Iterator[Problem]:
    """Report an option that needs what is not installed: a build could not follow it."""
    forms = () if project.is_public or project.tree else project.options.chart_files
    for form in forms:
        if why := (png.why_unavailable() if form == "png" else "") or pdf.why_unavailable():
            message = gettext(
                "the option 'chart_files' names '%(format)s', which cannot be made here", format=form
            )
            yield of_option(WRONG_OPTION, project, "chart_files", message, " ".join(why.split()))
            return


def _missing_logo(project: Project) -> Iterator[Problem]:
    """Report a logo that cannot be shown."""
    wanted = project.options.letterhead
    if wanted is None or not wanted.logo or project.tree is not None:
        return
    if why := _no_logo(project, wanted.logo):
        yield of_option(WRONG_OPTION, project, "letterhead.logo", *why)


def _no_logo(project: Project, file: str) -> tuple[str, str] | None:
    """Why there is no picture of a logo, and what to do; None if there is one."""
    named, again = printable(file), gettext("Save it as PNG, and name that file")
    if "\0" in file or not files.is_own_file(project.root, file):
        hint = _near_picture(project, file) or gettext("Write its path from the folder of mkdocs.yml")
        return gettext("there is no picture '%(file)s' for the letterhead", file=named), hint
    if file.lower().endswith(".svg"):
        return gettext("'%(file)s' is SVG, which can hold programs", file=named), again
    if not is_available():
        hint = gettext("Install it where Rolebook is installed: %(command)s", command="pip install pillow")
        return gettext("the logo cannot be shown, because the package Pillow is not installed"), hint
    picture = Pictures(project.root, LOGO_SIDE)(file)
    message = gettext("'%(file)s' is no picture that can be shown", file=named)
    return None if picture else (message, again)


def _near_picture(project: Project, logo: str) -> str:
    found = [each for each in files.below(project.root, project.docs_dir) if not each.endswith(".md")]
    # People write the path from the folder of the pages.
    inside = posixpath.normpath(f"{project.docs_dir}/{logo}")
    return gettext("Write %(what)s", what=inside) if inside in found else did_you_mean(logo, found)


_PATTERN = re.compile(r"[*?\[]")


def _missing_pages(project: Project) -> Iterator[Problem]:
    """Report options that name a hand-written page that is not there.

    Other plugins add pages too, so of `public_pages` only a name that is almost that of a file is reported.
    """
    options = project.options
    model = () if options.business_model == Options().business_model else (options.business_model,)
    public = {f"public_pages.{at}": page for at, page in enumerate(options.public_pages)}
    named = dict.fromkeys(("business_model",) if model else (), options.business_model)
    named |= {place: page for place, page in public.items() if not _PATTERN.search(page)}
    if not named or project.tree is not None:
        return
    inside = files.below(project.root, project.docs_dir)
    pages = sorted(path.removeprefix(f"{project.docs_dir}/") for path in inside)
    for place, page in named.items():
        entries = in_brackets(page) if place in public else ""
        near = gettext("Write %(what)s", what=entries) if entries else did_you_mean(page, pages)
        if posixpath.normpath(page) not in pages and (near or page in model):
            message = gettext("the settings name a page '%(page)s', which is not there", page=page)
            hint = near or gettext("Write its path below %(folder)s", folder=f"{project.docs_dir}/")
            yield of_option(MISSING_PATH, project, place, message, hint)


def of_option(rule: Rule, project: Project, place: str, message: str, hint: str) -> Problem:
    """A problem with the option at `place`, such as `public_pages.0`."""
    return Problem(rule, project.settings_path, project.option_line(place), message, hint)
