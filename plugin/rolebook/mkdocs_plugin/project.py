"""Reads a project from MkDocs' configuration, and logs its problems in MkDocs' way."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as SitePage

from rolebook import checks, problems
from rolebook.body import Settings
from rolebook.build_folders import cache_refusal
from rolebook.handbook import Handbook
from rolebook.language import english, gettext, ngettext, written_in
from rolebook.options import as_node, parse_options
from rolebook.problems import Problem, Severity
from rolebook.project import Project, ThemeLanguage, templates_dir
from rolebook.site_config import UNKNOWN_SETTING, find_project, site_settings, theme_direction, theme_language

log = get_plugin_logger("rolebook")

_PASSWORDS = "encryptcontent"
"""The plugin that shows a page only to whoever knows its password."""
MAX_ADVICE = 20
"""Pieces of advice that a build repeats; `rolebook check` gives all."""


class BuildStopped(PluginError):
    """Nothing is built, for reasons that are logged already."""

    def __init__(self, why: str) -> None:
        super().__init__(gettext("Build stopped, and the previous site was kept: %(why)s", why=why))


def project_of(config: MkDocsConfig, given: dict[str, Any]) -> Project:
    """The project that MkDocs' configuration describes."""
    file = Path(config.config_file_path or "mkdocs.yml").resolve()
    written, located = find_project(file, checks.CODES) if file.is_file() else (None, ())
    with written_in(written.language_of_messages if written else english()):
        return _project(config, file, given, written, located)


def _project(
    config: MkDocsConfig,
    file: Path,
    given: dict[str, Any],
    written: Project | None,
    located: tuple[Problem, ...],
) -> Project:
    options, wrong = parse_options(as_node(given), file.name, checks.CODES)
    # Another plugin, or a hook, may have changed what is written; but not what nobody can read.
    is_as_written = written is not None and written.options == options
    is_wrong = any(each.rule.severity is Severity.ERROR for each in located)
    log_problems(located if is_as_written or is_wrong else wrong, strict=False)
    docs_dir = posixpath.relpath(Path(config.docs_dir).resolve().as_posix(), file.parent.as_posix())
    settings = Settings.allowed(config.markdown_extensions, config.mdx_configs)
    return Project(
        root=file.parent,
        docs_dir=docs_dir,
        name=config.site_name,
        options=options,
        url=config.site_url or "",
        has_password=_PASSWORDS in config.plugins,
        templates_dir=templates_dir(file.parent, config.theme.custom_dir or ""),
        markdown=settings,
        theme_language=_theme_language(config, written.theme_language if written else ThemeLanguage()),
        settings_path=written.settings_path if written else file.name,
        option_lines=written.option_lines if written and is_as_written else {},
    )


def _theme_language(config: MkDocsConfig, written: ThemeLanguage) -> ThemeLanguage:
    """The language of the theme as MkDocs has it, and where it is `written`."""
    theme = config.theme
    code = theme_language(str(theme.name), theme.get("language"), theme.get("locale"))
    direction = theme_direction(theme.get("direction"))
    if (written.code, written.direction) == (code, direction):
        return written
    return ThemeLanguage(code, direction, Path(config.config_file_path or "").name)


def with_site_problems(handbook: Handbook, config: MkDocsConfig) -> tuple[Problem, ...]:
    """The problems of `handbook`, and those of the site that would stop MkDocs later, with a traceback."""
    if not config.config_file_path or not Path(config.config_file_path).is_file():
        return handbook.problems
    settings = replace(site_settings(Path(config.config_file_path)), site_dir=config.site_dir)
    found = handbook.with_site_problems(settings).problems
    # MkDocs itself has warned of settings that it does not know.
    return tuple(each for each in found if config.strict or each.rule != UNKNOWN_SETTING)


def log_problems(found: Iterable[Problem], strict: bool) -> None:
    """Log problems as MkDocs expects.

    Raises:
        PluginError: there are errors, or, in a `strict` build, warnings.
    """
    logged: Counter[Severity] = Counter()
    levels = {Severity.ERROR: log.error, Severity.WARNING: log.warning, Severity.ADVICE: log.info}
    for problem in found:
        level = problem.rule.severity
        logged[level] += 1
        if level is not Severity.ADVICE or logged[level] <= MAX_ADVICE:
            levels[level](str(problem))
    if logged[Severity.ADVICE] > MAX_ADVICE:
        number = logged[Severity.ADVICE]
        more = ngettext(
            "… and more advice, %(number)s in all: run 'rolebook check'.",
            "… and more advice, %(number)s in all: run 'rolebook check'.",
            number,
        )
        log.info(more)
    if logged[Severity.ERROR] or (strict and logged[Severity.WARNING]):
        counted = problems.count(each for each in found if each.rule.severity is not Severity.ADVICE)
        raise BuildStopped(f"{counted}.")


def edit_address(config: MkDocsConfig) -> Callable[[str], str]:
    """Where MkDocs' edit button of a file's page leads; empty when it has none."""

    @cache
    def address(path: str) -> str:
        file = File.generated(config, "edited.md", content="")
        file.edit_uri = path
        return SitePage(None, file, config).edit_url or ""

    uri = str(config.edit_uri_template or config.edit_uri or "")
    # MkDocs warns of an address that leads nowhere, once for each page that has it: that is enough.
    leads = uri and (config.repo_url or urlsplit(uri).scheme)
    return address if leads else lambda path: ""


def source_folders(project: Project, config: MkDocsConfig) -> tuple[Path, ...]:
    """The folders that a build reads, the repository's own and the project's among them."""
    options = project.options
    names = (options.roles_dir, options.people_dir, ".git")
    theme = config.theme.custom_dir
    others = [Path(each) for each in (config.docs_dir, theme) if each]
    return tuple(folder.resolve() for folder in (*(project.root / name for name in names), *others))


def cache_folder(project: Project, others: Iterable[str]) -> Path:
    """The folder in which builds leave their pages for each other.

    Raises:
        PluginError: it lies in a folder of the handbook, or in one of `others`, or behind a link.
    """
    if refusal := cache_refusal(project, map(Path, others)):
        raise PluginError(". ".join(refusal) + ".")
    return (project.root / project.options.cache_dir).resolve()
