"""Finds values in `mkdocs.yml` with which MkDocs builds no site, without MkDocs.

A theme, plugin or extension that is not installed here may be where the site is built, so only a slip is one.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from rolebook.body.settings import ALLOWED
from rolebook.schema.typos import Known

Wrong = tuple[yaml.Node, str, str]
"""Where it is, what is wrong, what to write."""

_TEXT = "tag:yaml.org,2002:str"
_PLUGINS = frozenset(("search", "rolebook", "material/search"))
_THEMES = frozenset(("mkdocs", "readthedocs", "material"))
_ADDRESS = "Write the whole address, with https://"


def wrong_values(
    own: Mapping[str, yaml.Node], site: Mapping[str, yaml.Node], root: Path | None
) -> Iterator[Wrong]:
    """List what is wrong in a file's `own` settings; `site` are those of all its files together.

    Hooks are looked for below `root`.
    """
    for name in ("site_url", "repo_url"):
        if (address := own.get(name)) and _is_text(address) and not _is_whole(address.value):
            yield address, f"{name} is '{address.value}', which is no web address", _ADDRESS
    for name in ("edit_uri", "edit_uri_template"):
        uri = own.get(name)
        if uri and _is_text(uri) and "repo_url" not in site and not _is_whole(uri.value):
            yield (
                uri,
                f"{name} is '{uri.value}', and there is no repo_url before it",
                "Add 'repo_url: https://…'",
            )
    theme = own.get("theme")
    named = next((value for key, value in _pairs(theme) if key.value == "name"), theme)
    yield from _slips("theme", [named] if named else [], "mkdocs.themes", _THEMES)
    yield from _slips("plugin", _names(own.get("plugins")), "mkdocs.plugins", _PLUGINS)
    extensions = _names(own.get("markdown_extensions"))
    yield from _slips("Markdown extension", extensions, "markdown.extensions", ALLOWED)
    for hook in _names(own.get("hooks")) if root else ():
        if not (root / hook.value).is_file():
            yield (
                hook,
                f"there is no file '{hook.value}' for hooks",
                "Write its path from the folder of mkdocs.yml",
            )


def _slips(what: str, nodes: Iterable[yaml.Node], group: str, usual: frozenset[str]) -> Iterator[Wrong]:
    for node in nodes:
        if _is_text(node) and node.value not in usual and node.value not in _installed(group):
            known = usual | _installed(group)
            if meant := Known((each, each) for each in known).meant(node.value):
                yield node, f"there is no {what} '{node.value}'", f"Did you mean '{meant}'?"


@cache
def _installed(group: str) -> frozenset[str]:
    # Imported here: it takes 20 ms, and few sites have anything that is not usual.
    from importlib.metadata import entry_points

    return frozenset(each.name for each in entry_points(group=group))


def _names(node: yaml.Node | None) -> list[yaml.Node]:
    """The names in a list of names and of groups that begin with one, or in one group of them."""
    entries = node.value if isinstance(node, yaml.SequenceNode) else [node] if node else []
    found: list[yaml.Node] = []
    for entry in entries:
        found += [key for key, _ in _pairs(entry)] if isinstance(entry, yaml.MappingNode) else [entry]
    return [each for each in found if _is_text(each)]


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _is_text(node: yaml.Node) -> bool:
    """Whether a value stands there as it is: what an environment will say, nobody knows here."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _TEXT and bool(node.value)


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)
