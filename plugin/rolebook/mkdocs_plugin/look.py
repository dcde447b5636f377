"""What all pages of a site share: the program, the settings, the navigation.

Pages are kept from one build for the next only where everything is known that has a part in them. Hooks,
other plugins, other themes and extensions can do with a page what they like, so with them all is built anew.
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
from rolebook.pages.plan import Plan
from rolebook.rendering.fingerprints import Key, key
from rolebook.views import search

PLUGINS = frozenset({"rolebook", "search", "material/search", "material/tags", "mermaid2"})
_PACKAGES = ("markdown", "material", "mermaid2", "pymdownx", "rolebook")
"""Whose functions may stand in the settings of Markdown."""
_TAGS_SETTINGS = frozenset({"listings_directive", "tags_name_variable"})
"""By which the plugin is known that lists pages where an author wants it."""
_READ_FILES = frozenset({"pymdownx.b64", "pymdownx.snippets"})
"""Extensions that put files into a page."""
_ELSEWHERE = "config_file_path dev_addr docs_dir nav plugins remote_branch remote_name site_dir theme watch"
"""Settings that change no page, or whose part in it is told otherwise."""
_THEIRS = tuple(Path(package.__file__ or "").parent for package in (material, mkdocs))


def unknown(config: MkDocsConfig) -> str:
    """What of a site may change its pages in a way that nobody knows; empty when there is no such thing."""
    if not is_stock(config):
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
        look_of_settings(config)
    except TypeError as error:
        return str(error)
    return ""


def is_stock(config: MkDocsConfig) -> bool:
    """Whether all templates are Material's and MkDocs' own: in others, a piece may look at the page."""
    folders = [Path(folder) for folder in config.theme.dirs]
    return config.theme.name == "material" and all(
        any(folder.is_relative_to(theirs) for theirs in _THEIRS) for folder in folders
    )


def look(config: MkDocsConfig, nav: Navigation, plan: Plan) -> Key:
    """The key of what all pages of a site share."""
    # What a quiet build does not say is not known to be unsaid.
    told = logging.getLogger("mkdocs").getEffectiveLevel()
    project = plan.project
    own = project.options, project.name, project.url, project.docs_dir, search.is_full(plan)
    return key(_program(), look_of_settings(config), own, told, [*map(_entry, nav.items)])


def look_of_settings(config: MkDocsConfig) -> object:
    """The settings as plain values.

    Raises:
        TypeError: there is something among them of which one cannot tell what it does.
    """
    settings = {name: value for name, value in config.items() if name not in _ELSEWHERE.split()}
    plugins = {name: dict(plugin.config) for name, plugin in config.plugins.items() if name != "rolebook"}
    return _plain([settings, dict(config.theme), config.theme.static_templates, plugins])


def _plain(value: Any) -> object:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return [[_plain(name), _plain(each)] for name, each in value.items()]
        case Set():
            return sorted(map(str, value))
        case dt.date() | Locale():
            return str(value)
        case functools.partial():
            return [_plain(value.func), _plain(value.args), _plain(value.keywords)]
        case Extension():
            return type(value).__qualname__
        case Iterable():
            return [_plain(each) for each in value]
    if patterns := getattr(value, "patterns", None):  # what MkDocs makes of a list of files
        return [[each.include, each.regex and each.regex.pattern] for each in patterns]
    module = getattr(value, "__module__", "")
    if callable(value) and hasattr(value, "__qualname__") and module.split(".")[0] in _PACKAGES:
        return f"{module}.{value.__qualname__}"
    if type(value).__module__.startswith("mkdocs."):
        return [str(value), _plain(vars(value) if hasattr(value, "__dict__") else "")]
    raise TypeError(f"the setting {value!r}")


def _is_known(extension: object) -> bool:
    if isinstance(extension, Extension):
        return type(extension).__module__.startswith("rolebook.")
    name = _modules().get(str(extension), str(extension))
    return name.split(":")[0].split(".")[0] in _PACKAGES and name not in _READ_FILES


@cache
def _modules() -> Mapping[str, str]:
    """Where extensions are that have short names."""
    return {each.name: each.value for each in entry_points(group="markdown.extensions")}


def _entry(item: StructureItem) -> object:
    """An entry of the navigation as the theme shows it on every page."""
    meta = "" if isinstance(item, HandbookPage) else str(getattr(item, "meta", ""))
    children = [*map(_entry, getattr(item, "children", None) or ())]
    address, is_index = getattr(item, "url", ""), getattr(item, "is_index", False)
    return [type(item).__name__, item.title, address, is_index, meta, children]


def _program() -> object:
    """What is installed, by name and version, and this program byte for byte."""
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
        elif each.name.endswith((".py", ".jinja")):
            yield each
