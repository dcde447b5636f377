"""Reads `mkdocs.yml`, and the files it inherits from, without MkDocs."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from rolebook import files, front_matter
from rolebook.body import BUILT_IN, Settings
from rolebook.options import WRONG_OPTION, parse_options
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.typos import did_you_mean
from rolebook.site_values import wrong_values

UNKNOWN_SETTING = Rule(
    "unknown-setting",
    Severity.WARNING,
    "A misspelt setting silently changes nothing, and a misspelt value stops the build.",
)
RULES = (UNKNOWN_SETTING,)
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
    """What MkDocs warns of before it looks at any page."""


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
    """Read what `mkdocs.yml` at `config`, and the files it inherits from, say of links."""
    root = config.parent.resolve()
    (site, _), own = _site(root, config.name), _document(root, config.name)
    if not isinstance(site, dict) or isinstance(own, Problem):
        return SiteSettings((), _levels({}), False)
    nav = (
        NavEntry(str(node.value), config.name, node.start_mark.line + 1 if "nav" in _members(own) else 0)
        for node in _targets(site.get("nav"))
        if node.value
    )
    # Without the folder of the pages, none of them is there: that is said once.
    docs = root / _text(site.get("docs_dir"), "docs")
    return SiteSettings(
        tuple(nav) if docs.is_dir() else (),
        _levels(site),
        bool(_plugins(site) - _ADD_NOTHING) or "hooks" in site,
        structure=_plain(site.get("nav")),
        exclude=_text(site.get("exclude_docs"), ""),
        drafts=_text(site.get("draft_docs"), ""),
        not_in_nav=_text(site.get("not_in_nav"), ""),
        problems=tuple(_unknown_settings(root, config.name)),
        directory_urls=_text(site.get("use_directory_urls"), "true").lower() not in ("false", "no", "off"),
    )


def _levels(site: Mapping[str, yaml.Node]) -> dict[str, str]:
    """MkDocs' option `validation`: its levels for all, and those for links and for the navigation."""
    both = _members(site.get("validation"))
    return {
        f"{group}.{name}": _text((both | _members(both.get(group))).get(name), level)
        for group, levels in _LEVELS.items()
        for name, level in levels.items()
    }


def _plugins(site: Mapping[str, yaml.Node]) -> set[str]:
    plugins = site.get("plugins")
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    names = {name for entry in entries for name in (_members(entry) or [_text(entry, "")])}
    return names - {""}


def _targets(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """List the places to which the entries of a navigation lead."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _targets(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _targets(value)


def site_navigation(config: Path) -> Any:
    """The `nav` of `mkdocs.yml` at `config` as plain lists, groups and texts; None without one."""
    settings, _ = _site(config.parent.resolve(), config.name)
    return _plain(settings.get("nav")) if isinstance(settings, dict) else None


def _plain(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {name: _plain(value) for name, value in _members(node).items()}
    return _text(node, "") or None


def find_project(
    config: Path, codes: frozenset[str], tree: files.Tree | None = None
) -> tuple[Project | None, tuple[Problem, ...]]:
    """Read the project that `mkdocs.yml` at `config` describes, without MkDocs; from `tree` if there is one.

    Follows `INHERIT` for what the file itself does not set, as MkDocs does.
    """
    root = config.parent.resolve()
    site, told_in = _site(root if tree is None else tree, config.name)
    if isinstance(site, Problem):
        return None, (site,)
    if misplaced := _misplaced(site.get("plugins"), told_in):
        return None, (misplaced,)
    options, problems = parse_options(_plugin(site.get("plugins")), told_in, codes)
    docs_dir = _text(site.get("docs_dir"), "docs").rstrip("/")
    name = _text(site.get("site_name"), "Our organisation")
    url = _text(site.get("site_url"), "")
    markdown = _markdown(site.get("markdown_extensions"))
    return Project(root, docs_dir, name, options, url, markdown=markdown, tree=tree), problems


def _markdown(node: yaml.Node | None) -> Settings:
    """The extensions under `markdown_extensions` that the texts of role and person files are read with."""
    configs: dict[str, Any] = {}
    for entry in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(entry, yaml.ScalarNode):
            configs.setdefault(str(entry.value), {})
        for name, settings in _members(entry).items():
            configs[name] = _setting(settings) or {}
    return Settings.allowed((*BUILT_IN, *configs), configs)


def _setting(node: yaml.Node | None) -> Any:
    """Reduce the value of an extension's setting to plain data: a function of Python's, say, is left out."""
    if isinstance(node, yaml.SequenceNode):
        return [_setting(each) for each in node.value if _is_data(each)]
    if isinstance(node, yaml.MappingNode):
        return {name: _setting(each) for name, each in _members(node).items() if _is_data(each)}
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return node.value if node else None
    try:
        return yaml.safe_load(node.value)
    except (yaml.YAMLError, ValueError):  # such as a date that does not exist
        return node.value


def _is_data(node: yaml.Node) -> bool:
    return bool(node.tag.startswith("tag:yaml.org,2002:")) and ":python/" not in node.tag


def _site(root: files.Root, name: str) -> tuple[dict[str, yaml.Node] | Problem, str]:
    """The settings of the file and of those that it inherits from, and which of them has the plugins."""
    site: dict[str, yaml.Node] = {}
    told_in = name
    for path, node in _files(root, name):
        if isinstance(node, Problem):
            return node, path
        told_in = told_in if "plugins" in site else path
        site = _merged(_members(node), site)
    return site, told_in


def _files(root: files.Root, path: str) -> Iterator[tuple[str, yaml.Node | Problem | None]]:
    """Read the file and those that it inherits from, up to one that cannot be read."""
    seen = set[str]()
    while path and path not in seen:
        seen.add(path)
        node = _document(root, path)
        yield path, node
        inherited = "" if isinstance(node, Problem) else _text(_members(node).get("INHERIT"), "")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), inherited)) if inherited else ""


def _unknown_settings(root: files.Root, name: str) -> Iterator[Problem]:
    """Report settings of the whole site that MkDocs does not know, and values that stop a build."""
    site, _ = _site(root, name)
    nearer = set[str]()
    for path, node in _files(root, name):
        members = _members(None if isinstance(node, Problem) else node)
        own = {key: value for key, value in members.items() if key not in nearer}
        nearer |= own.keys()
        folder = None if isinstance(root, files.Tree) else root
        for value, message, hint in wrong_values(own, site if isinstance(site, dict) else own, folder):
            yield Problem(UNKNOWN_SETTING, path, value.start_mark.line + 1, message, hint)
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if (word := str(key.value)) not in SETTINGS:
                message = f"MkDocs has no setting '{word}'"
                meant = _ALSO_CALLED.get(word.lower())
                hint = f"Did you mean '{meant}'?" if meant else did_you_mean(word, SETTINGS)
                hint = hint or "Remove it, or put it under 'extra' if a template needs it"
                yield Problem(UNKNOWN_SETTING, path, key.start_mark.line + 1, message, hint)


def _document(root: files.Root, path: str) -> yaml.Node | Problem | None:
    # A shared base may stand above the project; that its owner names it is reason enough to read it.
    if isinstance(root, files.Tree):
        text = files.read_text(root, path)
    else:
        file = (root / path).resolve()
        text = files.read_text(file.parent, file.name)
    if isinstance(text, Problem):
        return replace(text, path=path)
    return front_matter.compose(path, text)


def _merged(base: dict[str, yaml.Node], own: dict[str, yaml.Node]) -> dict[str, yaml.Node]:
    """Merge both as MkDocs does: groups at every depth, and `own` counts before `base`."""
    merged = {**base, **own}
    for key, node in own.items():
        below = base.get(key)
        if isinstance(node, yaml.MappingNode) and isinstance(below, yaml.MappingNode):
            pairs = _merged(_members(below), _members(node)).items()
            members = [(yaml.ScalarNode("tag:yaml.org,2002:str", name), value) for name, value in pairs]
            merged[key] = yaml.MappingNode(node.tag, members, node.start_mark, node.end_mark)
    return merged


def _members(node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value}


def _plugin(plugins: yaml.Node | None) -> yaml.Node | None:
    """The options of this plugin in a list or a mapping of plugins."""
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for entry in entries:
        if (options := _members(entry).get("rolebook")) is not None:
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
            message = "the options of rolebook are not below it"
            hint = "Begin their lines with four spaces more than its '-'"
            return Problem(WRONG_OPTION, path, keys[1].start_mark.line + 1, message, hint)
    for name, line in names.items() if "rolebook" not in names else ():
        if did_you_mean(name, ("rolebook",)):
            message = f"there is no plugin '{name}'"
            return Problem(WRONG_OPTION, path, line, message, "Did you mean 'rolebook'?")
    return None


def _text(node: yaml.Node | None, default: str) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) and node.value else default
