"""Makes the fingerprint of what all pages of a site share: the program, the settings, the navigation.

Pages are reused only if everything that has a part in them is known. Hooks, other plugins, other themes and
other extensions can change a page in any way, so sites with them are built in full.
"""

import datetime as dt
import functools
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import material
import mkdocs
from markdown import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.localization import Locale  # type: ignore[attr-defined]  # Babel's, or its own
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation

from rolebook.mkdocs_plugin.handbook_page import HandbookPage
from rolebook.mkdocs_plugin.internals import MATERIAL, MKDOCS, untested
from rolebook.pages.plan import Plan
from rolebook.project import OWN_TEMPLATES
from rolebook.rendering.fingerprints import Key, key
from rolebook.rendering.own_templates import own_templates
from rolebook.views import search

PLUGINS = frozenset({"rolebook", "search", "material/search", "material/tags", "mermaid2"})
_PACKAGES = ("markdown", "material", "mermaid2", "pymdownx", "rolebook")
"""Packages whose functions and extensions may be in the settings of Markdown."""
_TAGS_SETTINGS = frozenset({"listings_directive", "tags_name_variable"})
"""Settings by which the known version of the plugin is recognised."""
_READ_FILES = frozenset({"pymdownx.b64", "pymdownx.snippets"})
"""Extensions that put files into a page."""
_IGNORED_SETTINGS = frozenset(
    [
        "config_file_path",
        "dev_addr",
        "docs_dir",
        "nav",
        "plugins",
        "remote_branch",
        "remote_name",
        "site_dir",
        "theme",
        "watch",
    ]
)
"""Settings that change no page, or that are in the fingerprint in another way."""
_THEME_ROOTS = tuple(Path(package.__file__ or "").parent for package in (material, mkdocs))


def uncacheable_reason(config: MkDocsConfig) -> str:
    """Name what can change the pages of this site in a way that is not known; empty if nothing can."""
    for package in untested(MKDOCS, MATERIAL):
        return f"this version of {package}"
    if not uses_stock_theme(config):
        return "a theme that was changed"
    if config.hooks:
        return "a hook"
    if config.extra_templates:
        return "a template of your own"
    for name in config.plugins:
        if name not in PLUGINS:
            return f"the plugin '{name}'"
    tags = config.plugins.get("material/tags")
    if tags is not None and not tags.config.keys() >= _TAGS_SETTINGS:
        return "another version of the plugin 'tags'"
    for extension in config.markdown_extensions:
        if not _is_known(extension):
            return f"the Markdown extension '{extension}'"
    try:
        config_fingerprint(config)
    except TypeError as error:
        return str(error)
    return ""


def uses_stock_theme(config: MkDocsConfig) -> bool:
    """Whether all templates of the theme are Material's and MkDocs' own."""
    own = config.theme.custom_dir
    folders = [Path(folder) for folder in config.theme.dirs if folder != own]
    if own and [each.name for each in Path(own).glob("*")] != [OWN_TEMPLATES]:
        return False
    return config.theme.name == "material" and all(
        any(folder.is_relative_to(root) for root in _THEME_ROOTS) for folder in folders
    )


def site_fingerprint(config: MkDocsConfig, nav: Navigation, plan: Plan) -> Key:
    """The key of what all pages of a site share."""
    # A quiet build does not log everything, so it is not known which of its pages have something to report.
    level = logging.getLogger("mkdocs").getEffectiveLevel()
    project = plan.project
    own = (
        project.options,
        project.language.code,
        project.name,
        project.url,
        project.docs_dir,
        search.is_full(plan),
    )
    templates = own_templates(project).files
    return key(_program(), config_fingerprint(config), own, templates, level, [*map(_entry, nav.items)])


def config_fingerprint(config: MkDocsConfig) -> object:
    """Turn the settings into plain values.

    Raises:
        TypeError: one of them is of a type that is not known.
    """
    settings = {name: value for name, value in config.items() if name not in _IGNORED_SETTINGS}
    plugins = {name: dict(plugin.config) for name, plugin in config.plugins.items() if name != "rolebook"}
    try:
        return to_plain([settings, dict(config.theme), config.theme.static_templates, plugins])
    except RecursionError:  # a value that holds itself, such as MkDocs' tag !relative
        raise TypeError("a setting has itself in it") from None


def to_plain(value: Any) -> object:
    """Turn a setting into lists, text and numbers, for `config_fingerprint`."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return [[to_plain(name), to_plain(each)] for name, each in value.items()]
        case Set():
            return sorted(map(str, value))
        case dt.date() | Locale():
            return str(value)
        case functools.partial():
            return [to_plain(value.func), to_plain(value.args), to_plain(value.keywords)]
        case Extension():
            return type(value).__qualname__
        case Iterable():
            return [to_plain(each) for each in value]
    if patterns := getattr(value, "patterns", None):  # what MkDocs makes of a list of files
        return [[each.include, each.regex and each.regex.pattern] for each in patterns]
    module = getattr(value, "__module__", "")
    if callable(value) and hasattr(value, "__qualname__") and module.split(".")[0] in _PACKAGES:
        return f"{module}.{value.__qualname__}"
    if type(value).__module__.startswith("mkdocs."):
        return [str(value), to_plain(vars(value) if hasattr(value, "__dict__") else "")]
    raise TypeError(f"the setting {value!r}")


def _is_known(extension: object) -> bool:
    if isinstance(extension, Extension):
        return type(extension).__module__.startswith("rolebook.")
    name = _modules().get(str(extension), str(extension))
    return name.split(":")[0].split(".")[0] in _PACKAGES and name not in _READ_FILES


@cache
def _modules() -> Mapping[str, str]:
    """The modules of the extensions that have short names, by these."""
    return {each.name: each.value for each in entry_points(group="markdown.extensions")}


def _entry(item: StructureItem) -> object:
    """What the theme shows of an entry of the navigation on every page."""
    meta = str(item.in_navigation if isinstance(item, HandbookPage) else getattr(item, "meta", ""))
    children = [*map(_entry, getattr(item, "children", None) or ())]
    address, is_index = getattr(item, "url", ""), getattr(item, "is_index", False)
    return [type(item).__name__, item.title, address, is_index, meta, children]


def _program() -> object:
    """Python's version, the names and versions of what is installed, and the key of this program's files."""
    installed = sorted({name for folder in sys.path for name in _installed(Path(folder))})
    return [sys.version, installed, _own_files()]


def _installed(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        yield from (each.name for each in folder.iterdir() if each.suffix in (".dist-info", ".egg-info"))


@cache
def _own_files() -> Key:
    return key([(each.name, each.read_bytes()) for each in _files(files("rolebook"))])


def _files(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda path: path.name):
        if each.is_dir():
            yield from _files(each)
        elif each.name.endswith((".py", ".jinja", ".po", ".mo", ".toml")):
            yield each
