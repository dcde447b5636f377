"""Reads `mkdocs.yml`, and the files it inherits from, without MkDocs."""

import posixpath
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from rolebook import files, front_matter
from rolebook.body import BUILT_IN, Settings
from rolebook.front_matter import path_of
from rolebook.language import (
    LEFT_TO_RIGHT,
    RIGHT_TO_LEFT,
    Language,
    english,
    gettext,
    language_for,
    written_in,
)
from rolebook.options import WRONG_OPTION, Options, option_lines, parse_options
from rolebook.problems import Problem
from rolebook.project import Project, ThemeLanguage, templates_dir
from rolebook.schema.declarations import DUPLICATE_FIELD, declarations, shown_name
from rolebook.schema.typos import did_you_mean, meant_is
from rolebook.site_values import (
    DISTRIBUTION,
    INVALID_SETTINGS,
    NOT_INSTALLED,
    RULES,
    UNKNOWN_SETTING,
    WRONG_SETTING,
    ThemeFiles,
    members,
    option_in_navigation,
    theme_files,
    wrong_values,
)

__all__ = ["NOT_INSTALLED", "RULES", "UNKNOWN_SETTING", "WRONG_SETTING"]

SETTINGS = frozenset(
    (
        *("INHERIT", "copyright", "dev_addr", "docs_dir", "draft_docs", "edit_uri", "edit_uri_template"),
        *("exclude_docs", "extra", "extra_css", "extra_javascript", "extra_templates", "hooks"),
        *("markdown_extensions", "mdx_configs", "nav", "not_in_nav", "plugins", "remote_branch"),
        *("remote_name", "repo_name", "repo_url", "site_author", "site_description", "site_dir"),
        *("site_name", "site_url", "strict", "theme", "use_directory_urls", "validation", "watch"),
    )
)
"""The settings of a site that MkDocs knows, without those that it knows only to refuse them."""
_NAMES = SETTINGS | {f"rolebook.{shown_name(name)}" for name in declarations(Options)}
"""What may be written in `mkdocs.yml`, as far as it is known here: see `malformed.in_fields`."""
_ALSO_CALLED = {
    **dict.fromkeys(("navigation", "menu", "pages", "sidebar"), "nav"),
    **dict.fromkeys(("title", "name"), "site_name"),
    **dict.fromkeys(("url", "base_url"), "site_url"),
    **dict.fromkeys(("css", "stylesheets"), "extra_css"),
    "extensions": "markdown_extensions",
}
"""What other generators call a setting."""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A target in the navigation."""

    target: str
    path: str
    """The file in which it is written."""
    line: int


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the site's configuration says of its links."""

    nav: tuple[NavEntry, ...]
    levels: Mapping[str, str]
    """How severely MkDocs reports what is wrong, by the names of its options, such as `links.anchors`."""
    others_may_add: bool
    """Whether other plugins may add pages."""
    structure: Any = None
    """The navigation as plain lists, groups and texts; None without one."""
    exclude: str = ""
    """Patterns of files of `docs_dir` that are not on the site, a line each."""
    drafts: str = ""
    """The same for those that only a preview has."""
    not_in_nav: str = ""
    """The same for pages that the navigation need not have."""
    directory_urls: bool = True
    """Whether `x.md` becomes `x/`."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the settings themselves."""
    wrong: frozenset[str] = frozenset()
    """The settings that these problems are about."""
    lines: Mapping[str, tuple[yaml.Node, yaml.Node]] = field(default_factory=dict)
    """The settings as they are written, each with its name."""
    site_dir: str = ""
    """The folder of the site, if it is written in a file."""
    theme: ThemeFiles | None = None
    """The theme's templates; None where nobody knows them."""
    plugins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The options of each plugin by its name."""


_LEVELS = {
    "links": {
        "not_found": "warn",
        "absolute_links": "info",
        "unrecognized_links": "info",
        "anchors": "info",
    },
    "nav": {"omitted_files": "info", "not_found": "warn", "absolute_links": "info"},
}
"""MkDocs' option `validation`, as it is without any."""
_ADD_NOTHING = frozenset(
    (
        *("rolebook", "search", "material/search", "tags", "material/tags", "mermaid2", "offline"),
        *(
            "material/offline",
            "privacy",
            "material/privacy",
            "meta",
            "material/meta",
            "info",
            "material/info",
        ),
        *("minify", "glightbox", "redirects", "rss", "section-index", "awesome-nav", "awesome-pages"),
        *("git-revision-date-localized", "git-revision-date", "git-authors", "git-committers"),
        *("social", "material/social", "optimize", "material/optimize", "panzoom", "exclude-search"),
        *("encryptcontent", "material/info"),
    )
)
"""Plugins that add no page to which anybody links."""


def site_settings(config: Path) -> SiteSettings:
    """Read what `mkdocs.yml` at `config`, and the files it inherits from, say of the site."""
    root = config.parent.resolve()
    document = _site(root, config.name)
    if not isinstance(document, yaml.MappingNode):
        problems = [document] if isinstance(document, Problem) else []
        return SiteSettings((), _levels({}), False, problems=tuple(problems))
    site = members(document)
    nav = (
        NavEntry(str(node.value), path_of(node), node.start_mark.line + 1)
        for node in _targets(_given(site, "nav"))
        if node.value
    )
    # Without the folder of the pages, none of them is there: that is said once.
    docs = root / _text(site.get("docs_dir"), "docs")
    twice = dict(_written_twice(root, config.name))
    wrong = [(name, each) for name, each in wrong_values(site, root) if name not in twice]
    problems = [
        Problem(each.rule, path_of(each.node), each.node.start_mark.line + 1, each.message, each.hint)
        for _, each in wrong
    ]
    return SiteSettings(
        tuple(nav) if docs.is_dir() else (),
        _levels(site),
        bool(_plugin_options(site).keys() - _ADD_NOTHING) or "hooks" in site,
        structure=_plain(_given(site, "nav")),
        exclude=_text(site.get("exclude_docs"), ""),
        drafts=_text(site.get("draft_docs"), ""),
        not_in_nav=_text(site.get("not_in_nav"), ""),
        problems=(*twice.values(), *problems, *_unknown_settings(document)),
        wrong=frozenset((*twice, *(name for name, _ in wrong))) | (site.keys() - SETTINGS),
        lines={str(key.value): (key, value) for key, value in document.value},
        directory_urls=_text(site.get("use_directory_urls"), "true").lower() not in ("false", "no", "off"),
        site_dir=_text(site.get("site_dir"), ""),
        theme=theme_files(site, root),
        plugins=_plugin_options(site),
    )


def _written_twice(root: files.Root, path: str) -> Iterator[tuple[str, Problem]]:
    """Report settings that a file has twice: the second takes the place of the first without a word."""
    for document in _files(root, path):
        first: dict[str, int] = {}
        for key, value in document.value if isinstance(document, yaml.MappingNode) else ():
            name, line = str(key.value), key.start_mark.line + 1
            if name in first:
                message = gettext(
                    "'%(name)s' appears twice (first on line %(line)s)", name=name, line=str(first[name])
                )
                hint = gettext("Keep one of the two")
                if not isinstance(value, yaml.ScalarNode):
                    hint = gettext(
                        "Move what is below it to the end of the list on line %(line)s, and remove this line",
                        line=str(first[name]),
                    )
                yield name, Problem(DUPLICATE_FIELD, path_of(key), line, message, hint)
            first.setdefault(name, line)


def _given(site: Mapping[str, yaml.Node], name: str) -> yaml.Node | None:
    """The value of a setting; None where it is left out, or null, which takes away an inherited one."""
    node = site.get(name)
    return None if node is None or node.tag.endswith(":null") else node


def _levels(site: Mapping[str, yaml.Node]) -> dict[str, str]:
    """MkDocs' option `validation`: its levels for all, and those for links and for the navigation."""
    both = members(site.get("validation"))
    return {
        f"{group}.{name}": _text((both | members(both.get(group))).get(name), level)
        for group, levels in _LEVELS.items()
        for name, level in levels.items()
    }


def _plugin_options(site: Mapping[str, yaml.Node]) -> dict[str, Mapping[str, Any]]:
    """The options of each plugin, as plain data."""
    plugins = site.get("plugins")
    found: dict[str, Mapping[str, Any]] = {} if plugins else {"search": {}}
    for entry in plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]:
        if name := _text(entry, ""):
            found[name] = {}
        for name, options in members(entry).items():
            data = _setting(options)
            found[name] = data if isinstance(data, dict) else {}
    return found


def _targets(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """List the places to which the entries of a navigation lead."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _targets(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _targets(value) if not option_in_navigation(key, value) else ()


def plain_settings(config: Path) -> dict[str, Any]:
    """The settings of `mkdocs.yml` at `config` as plain data; `nav` as lists, groups and texts."""
    site = members(_site(config.parent.resolve(), config.name))
    found = {name: _setting(node) for name, node in site.items() if _is_data(node)}
    return found | {"nav": _plain(site.get("nav"))}


def _plain(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {name: _plain(value) for name, value in members(node).items()}
    return _text(node, "") or None


def find_project(
    config: Path, codes: frozenset[str], tree: files.Tree | None = None
) -> tuple[Project | None, tuple[Problem, ...]]:
    """Read the project that `mkdocs.yml` at `config` describes, without MkDocs; from `tree` if there is one.

    Follows `INHERIT` for what the file itself does not set, as MkDocs does.
    """
    root = config.parent.resolve()
    document = _site(root if tree is None else tree, config.name)
    if isinstance(document, Problem):
        return None, (document,)
    site = members(document)
    # From here on it is known in which language the handbook is.
    with written_in(_language_of(site)):
        return _project(site, root, config.name, codes, tree)


def _language_of(site: Mapping[str, yaml.Node]) -> Language:
    """The language of the handbook, before its options are read; English where it is not clear."""
    wanted = _text(members(_plugin(site.get("plugins"))).get("language"), "")
    return language_for(wanted or _theme_language(site.get("theme")).code) or english()


def _project(
    site: Mapping[str, yaml.Node], root: Path, name: str, codes: frozenset[str], tree: files.Tree | None
) -> tuple[Project | None, tuple[Problem, ...]]:
    told_in = path_of(site["plugins"]) if "plugins" in site else name
    if misplaced := _misplaced(site.get("plugins"), told_in):
        return None, (misplaced,)
    ours = _plugin(site.get("plugins"))
    options, problems = parse_options(ours, told_in, codes)
    docs_dir = _text(site.get("docs_dir"), "docs").rstrip("/")
    url = _text(site.get("site_url"), "")
    markdown = _markdown(site.get("markdown_extensions"))
    project = Project(
        root,
        docs_dir,
        _text(site.get("site_name"), gettext("Our organisation")),
        options,
        url,
        templates_dir=templates_dir(root, _text(members(site.get("theme")).get("custom_dir"), "")),
        markdown=markdown,
        theme_language=_theme_language(site.get("theme")),
        settings_path=told_in,
        option_lines=option_lines(ours, told_in),
        tree=tree,
    )
    return project, problems


def theme_language(theme: str, language: object, locale: object) -> str:
    """The code of a theme's language: Material has a setting `language`, others may have a `locale`."""
    return str((language or "") if theme == "material" else (language or locale or ""))


def theme_direction(value: object) -> str:
    """The direction of a theme's pages; empty where it follows from the language."""
    return value if isinstance(value, str) and value in (LEFT_TO_RIGHT, RIGHT_TO_LEFT) else ""


def _theme_language(theme: yaml.Node | None) -> ThemeLanguage:
    settings = members(theme)
    name = _text(settings.get("name", theme), "")
    code = theme_language(name, *(_text(settings.get(each), "") for each in ("language", "locale")))
    direction = theme_direction(_text(settings.get("direction"), ""))
    node = settings.get("language") or settings.get("locale")
    if not code or node is None or node.tag == "!ENV":
        return ThemeLanguage(direction=direction)
    return ThemeLanguage(code, direction, path_of(node), node.start_mark.line + 1)


def _markdown(node: yaml.Node | None) -> Settings:
    """The extensions under `markdown_extensions` that the texts of role and person files are read with."""
    configs: dict[str, Any] = {}
    for entry in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(entry, yaml.ScalarNode):
            configs.setdefault(str(entry.value), {})
        for name, settings in members(entry).items():
            options = _setting(settings)
            configs[name] = options if isinstance(options, dict) else {}
    return Settings.allowed((*BUILT_IN, *configs), configs)


def _setting(node: yaml.Node | None) -> Any:
    """Reduce the value of an extension's setting to plain data: a function of Python's, say, is left out."""
    if isinstance(node, yaml.SequenceNode):
        return [_setting(each) for each in node.value if _is_data(each)]
    if isinstance(node, yaml.MappingNode):
        return {name: _setting(each) for name, each in members(node).items() if _is_data(each)}
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return node.value if node else None
    try:
        return yaml.safe_load(node.value)
    except (yaml.YAMLError, ValueError):  # such as a date that does not exist
        return node.value


def _is_data(node: yaml.Node) -> bool:
    return bool(node.tag.startswith("tag:yaml.org,2002:")) and ":python/" not in node.tag


def _site(root: files.Root, name: str) -> yaml.Node | Problem | None:
    """The settings of the file and of those that it inherits from."""
    merged: yaml.Node | None = None
    for node in _files(root, name):
        if isinstance(node, Problem):
            return node
        if isinstance(node, yaml.MappingNode) and isinstance(merged, yaml.MappingNode):
            merged = _merged(node, merged)
        merged = merged or node
    return merged


def _files(root: files.Root, path: str) -> Iterator[yaml.Node | Problem | None]:
    """Read the file and those that it inherits from, up to one that cannot be read."""
    seen = {path}
    node = _document(root, path)
    while not isinstance(node, Problem):
        yield node
        inherits = members(node).get("INHERIT")
        if inherits is None:
            return
        path, node = _inherited(root, path, inherits, seen)
        seen.add(path)
    yield node


def _inherited(
    root: files.Root, path: str, inherits: yaml.Node, seen: Container[str]
) -> tuple[str, yaml.Node | Problem | None]:
    """The path and the document of the file that the one at `path` inherits from; or why there is none."""

    def wrong(message: str, hint: str) -> Problem:
        return Problem(WRONG_SETTING, path_of(inherits), inherits.start_mark.line + 1, message, hint)

    name = _text(inherits, "")
    if not name:
        hint = gettext("Write the name of one, such as %(example)s", example="INHERIT: base.yml")
        return path, wrong(gettext("%(name)s is no name of a file", name="INHERIT"), hint)
    above = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    if above in seen:
        message = gettext("%(name)s leads back to %(file)s", name="INHERIT", file=above)
        return above, wrong(message, gettext("Name another file, or remove it"))
    node = _document(root, above)
    if isinstance(node, Problem) and not node.line:
        message = gettext("%(name)s names '%(file)s': %(why)s", name="INHERIT", file=name, why=node.message)
        where = wrong(message, gettext("Name another file, or remove it"))
        return above, replace(where, rule=node.rule)
    return above, node


def _unknown_settings(site: yaml.MappingNode) -> Iterator[Problem]:
    """Report settings of the whole site that MkDocs does not know."""
    for key, _ in site.value:
        if (word := str(key.value)) not in SETTINGS:
            message = gettext("MkDocs has no setting '%(name)s'", name=word)
            meant = _ALSO_CALLED.get(word.lower())
            hint = meant_is(meant) if meant else did_you_mean(word, SETTINGS)
            hint = hint or gettext("Remove it, or put it under 'extra' if a template needs it")
            yield Problem(UNKNOWN_SETTING, path_of(key), key.start_mark.line + 1, message, hint)


def _document(root: files.Root, path: str) -> yaml.Node | Problem | None:
    # A shared base may stand above the project; that its owner names it is reason enough to read it.
    if isinstance(root, files.Tree):
        text = files.read_text(root, path)
    else:
        file = (root / path).resolve()
        text = files.read_text(file.parent, file.name)
    if isinstance(text, Problem):
        return replace(text, path=path)
    return front_matter.compose(path, text, names=_NAMES, rule=INVALID_SETTINGS)


def _merged(base: yaml.MappingNode, own: yaml.MappingNode) -> yaml.MappingNode:
    """Merge both as MkDocs does: groups at every depth, and `own` counts before `base`."""
    pairs = {str(key.value): (key, value) for key, value in base.value}
    for key, value in own.value:
        _, below = pairs.get(str(key.value), (key, None))
        if isinstance(value, yaml.MappingNode) and isinstance(below, yaml.MappingNode):
            value = _merged(below, value)
        pairs[str(key.value)] = (key, value)
    return yaml.MappingNode(own.tag, list(pairs.values()), own.start_mark, own.end_mark)


def _plugin(plugins: yaml.Node | None) -> yaml.Node | None:
    """The options of this plugin in a list or a mapping of plugins."""
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for entry in entries:
        if (options := members(entry).get("rolebook")) is not None:
            return options
    return None


def _misplaced(plugins: yaml.Node | None, path: str) -> Problem | None:
    """Report options that are not below the plugin's name, or a plugin whose name is misspelt."""
    names: dict[str, int] = {}
    for entry in plugins.value if isinstance(plugins, yaml.SequenceNode) else []:
        keys = [key for key, _ in entry.value] if isinstance(entry, yaml.MappingNode) else [entry]
        here = {str(key.value): key.start_mark.line + 1 for key in keys}
        names |= here
        if "rolebook" in here and len(here) > 1:
            message = gettext("the options of rolebook are not below it")
            hint = gettext("Begin their lines with four spaces more than its '-'")
            return Problem(WRONG_OPTION, path, keys[1].start_mark.line + 1, message, hint)
    for name, line in names.items() if "rolebook" not in names else ():
        if name == DISTRIBUTION:
            message = gettext("the plugin is called 'rolebook'; '%(name)s' is what you install", name=name)
            hint = gettext("Write 'rolebook' in its place")
            return Problem(WRONG_OPTION, path, line, message, hint)
        if did_you_mean(name, ("rolebook",)):
            message = gettext("there is no plugin '%(name)s'", name=name)
            return Problem(WRONG_OPTION, path, line, message, meant_is("rolebook"))
    return None


def _text(node: yaml.Node | None, default: str) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) and node.value else default
