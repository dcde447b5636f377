"""Finds values in `mkdocs.yml` with which MkDocs builds no site, without MkDocs.

A theme, plugin or extension that is not installed here may be where the site is built, so only a slip is one.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from rolebook.body.extensions import options_of
from rolebook.body.settings import ALLOWED
from rolebook.schema.typos import Known, did_you_mean

Wrong = tuple[yaml.Node, str, str]
"""Where it is, what is wrong, what to write."""

_TEXT = "tag:yaml.org,2002:str"
_PLUGINS = frozenset(("search", "rolebook", "material/search"))
_THEMES = frozenset(("mkdocs", "readthedocs", "material"))
_LISTS = ("markdown_extensions", "extra_css", "extra_javascript", "extra_templates", "watch")
_TEXTS = ("site_name", "copyright", "site_author", "site_description")
_LEVELS = ("warn", "info", "ignore")
_GROUPS = {
    "nav": frozenset(("omitted_files", "not_found", "absolute_links")),
    "links": frozenset(("not_found", "anchors", "absolute_links", "unrecognized_links")),
}
"""What MkDocs' option `validation` knows."""
_USUAL = frozenset(("permalink", "toc_depth", "custom_checkbox", "alternate_style", "title"))
"""Options of extensions that are not looked up."""
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
    yield from _wrong_shapes(own)
    yield from _wrong_theme(theme, root)
    yield from _wrong_plugins(own, site)
    yield from _wrong_levels(own.get("validation"))
    yield from _missing_paths(own, root) if root else ()
    yield from _wrong_options(own.get("markdown_extensions"))
    for hook in _names(own.get("hooks")) if root else ():
        if not (root / hook.value).is_file():
            yield (
                hook,
                f"there is no file '{hook.value}' for hooks",
                "Write its path from the folder of mkdocs.yml",
            )


def _wrong_theme(theme: yaml.Node | None, root: Path | None) -> Iterator[Wrong]:
    """List languages and icons that Material does not have, and a folder of templates that is not there."""
    members = {key.value: value for key, value in _pairs(theme)}
    folder, name = members.get("custom_dir"), members.get("name")
    if root and folder and _is_text(folder) and not (root / folder.value).is_dir():
        yield (
            folder,
            f"there is no folder '{folder.value}' for custom_dir",
            "Write its path, or remove the line",
        )
    templates = _material() if name is not None and name.value == "material" else None
    if not templates:
        return
    languages = {each.stem for each in (templates / "partials/languages").glob("*.html")}
    language = members.get("language")
    if language and not (isinstance(language, yaml.ScalarNode) and language.value in languages):
        hint = did_you_mean(str(language.value), languages) or "Write a code such as en, de or pt-BR"
        yield language, f"Material has no language '{language.value or ''}'", hint
    for icon in _icons(members.get("palette"), members.get("icon")):
        if _is_text(icon) and not (templates / ".icons" / f"{icon.value}.svg").is_file():
            yield icon, f"Material has no icon '{icon.value}'", "Write, say, material/weather-night"


def _icons(palette: yaml.Node | None, icons: yaml.Node | None) -> Iterator[yaml.Node]:
    # One palette alone has no switch.
    schemes = palette.value if isinstance(palette, yaml.SequenceNode) else []
    for toggle in (value for each in schemes for key, value in _pairs(each) if key.value == "toggle"):
        yield from (value for key, value in _pairs(toggle) if key.value == "icon")
    yield from (value for _, value in _pairs(icons) if isinstance(value, yaml.ScalarNode))


@cache
def _material() -> Path | None:
    """The folder of the Material theme's templates; None where it is not installed."""
    found = find_spec("material")
    folders = list(found.submodule_search_locations or ()) if found else []
    return Path(folders[0]) / "templates" if folders else None


def _wrong_plugins(own: Mapping[str, yaml.Node], site: Mapping[str, yaml.Node]) -> Iterator[Wrong]:
    """List plugins that are named twice, and a navigation of ours without the plugin."""
    seen = set[str]()
    for node in _names(own.get("plugins")):
        if node.value in seen:
            yield node, f"the plugin '{node.value}' is named twice", "Remove one of the two"
        seen.add(node.value)
    everywhere = {node.value for node in _names(site.get("plugins"))}
    asked = [node for node in _scalars(own.get("nav")) if node.value.split(":")[0] == "rolebook"]
    if asked and "rolebook" not in everywhere:
        yield (
            asked[0],
            "the navigation has 'rolebook', and the plugins do not",
            "Write '- rolebook' below plugins",
        )


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    waiting = [node] if node else []
    while waiting:
        each = waiting.pop()
        if isinstance(each, yaml.ScalarNode):
            yield each
        elif isinstance(each, yaml.SequenceNode):
            waiting += each.value
        elif isinstance(each, yaml.MappingNode):
            waiting += [value for _, value in each.value]


def _wrong_shapes(own: Mapping[str, yaml.Node]) -> Iterator[Wrong]:
    """List values that are a text or a group where a list belongs, or a number where a text does."""
    for name in _LISTS:
        node = own.get(name)
        if node and _is_text(node):
            yield node, f"{name} is '{node.value}', which is no list", f"Write '- {node.value}' below it"
    for name in _TEXTS:
        node = own.get(name)
        if isinstance(node, yaml.ScalarNode) and not node.style and not _reads_as_text(node):
            yield node, f"{name} is {node.value}, which is no text", "Write it in quotes"
    yield from _wrong_navigation(own.get("nav"))


def _wrong_navigation(nav: yaml.Node | None) -> Iterator[Wrong]:
    """List entries of the navigation in a form that MkDocs does not take."""
    if isinstance(nav, yaml.MappingNode):
        yield nav, "nav is a group, which is no list", "Begin each entry with '- '"
    waiting = list(nav.value) if isinstance(nav, yaml.SequenceNode) else []
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, yaml.SequenceNode):
            yield entry, "an entry of nav is a list without a title", "Write '- Title:' above it"
        elif isinstance(entry, yaml.MappingNode):
            for key, _ in entry.value[1:]:
                yield key, f"'{key.value}' is no entry of its own", "Begin its line with '- '"
            for key, value in entry.value[:1]:
                if isinstance(value, yaml.SequenceNode) and key.value:
                    waiting += value.value
                elif not key.value or not isinstance(value, yaml.ScalarNode) or not value.value:
                    title = f"'{key.value}'" if key.value else "without a title"
                    hint = "Write entries below it, each with '- ', or remove it"
                    yield key, f"the entry {title} of nav leads nowhere", hint
        elif not entry.value:
            yield entry, "an entry of nav is empty", "Write a page, or remove it"


def _wrong_levels(node: yaml.Node | None) -> Iterator[Wrong]:
    """List what `validation` says that MkDocs does not know."""
    if node and not isinstance(node, yaml.MappingNode):
        yield node, "validation has no settings below it", "Write, say, 'links:' below it, or remove it"
    for key, value in _pairs(node):
        if key.value in _GROUPS:
            yield from _levels_of(_GROUPS[key.value], _pairs(value))
        else:
            yield from _levels_of(frozenset().union(*_GROUPS.values()), [(key, value)], tuple(_GROUPS))


def _levels_of(
    known: frozenset[str], pairs: Iterable[tuple[yaml.Node, yaml.Node]], others: tuple[str, ...] = ()
) -> Iterator[Wrong]:
    for key, value in pairs:
        allowed = (*_LEVELS, "relative_to_docs") if key.value == "absolute_links" else _LEVELS
        if key.value not in known:
            names = (*others, *sorted(known))
            hint = did_you_mean(key.value, names) or f"Write one of {', '.join(names)}"
            yield key, f"validation has no setting '{key.value}'", hint
        elif not isinstance(value, yaml.ScalarNode) or (_is_text(value) and value.value not in allowed):
            written = f"'{value.value}'" if isinstance(value, yaml.ScalarNode) else "a list or a group"
            hint = f"Write {', '.join(allowed[:-1])} or {allowed[-1]}"
            yield value, f"{key.value} is {written}", hint


def _missing_paths(own: Mapping[str, yaml.Node], root: Path) -> Iterator[Wrong]:
    """List folders and files that are named and are not below `root`."""
    folder = own.get("docs_dir")
    if folder and _is_text(folder) and not (root / folder.value).is_dir():
        near = did_you_mean(folder.value, [each.name for each in root.iterdir() if each.is_dir()])
        # Files can be checked without any page.
        if near or "nav" in own:
            hint = near or "Write the folder of your pages"
            yield folder, f"there is no folder '{folder.value}' for docs_dir", hint
    watched = own.get("watch")
    for path in watched.value if isinstance(watched, yaml.SequenceNode) else ():
        if _is_text(path) and not (root / path.value).exists():
            yield path, f"there is no '{path.value}' to watch", "Write its path from the folder of mkdocs.yml"


def _wrong_options(extensions: yaml.Node | None) -> Iterator[Wrong]:
    """List Markdown extensions that do not take the options that are written for them."""
    entries = extensions.value if isinstance(extensions, yaml.SequenceNode) else [extensions]
    for key, value in (pair for entry in entries for pair in _pairs(entry)):
        unusual = [str(each.value) for each, _ in _pairs(value) if each.value not in _USUAL]
        known = options_of(str(key.value)) if unusual and key.value in ALLOWED else None
        for option in () if known is None else unusual:
            if known is not None and option not in known:
                listed = f"It has {', '.join(sorted(known))}" if known else "It has none: remove it"
                hint = did_you_mean(option, known) or listed
                yield key, f"the Markdown extension '{key.value}' has no option '{option}'", hint


def _reads_as_text(node: yaml.ScalarNode) -> bool:
    try:
        return isinstance(yaml.safe_load(node.value), str | None)
    except (yaml.YAMLError, ValueError):
        return True


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
