"""Finds values in `mkdocs.yml` with which MkDocs builds no site, without MkDocs.

MkDocs' own validation finds more of them, and `rolebook check` asks it, see `cli.site_check`. Here is what it
does not look at before a build, or says in words for programmers.

A theme, plugin or extension that is not installed here may be where the site is built, so only a slip is one.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import yaml

from rolebook.body.settings import ALLOWED
from rolebook.front_matter import scalars
from rolebook.language import N_, gettext
from rolebook.options import Options
from rolebook.problems import Rule, Severity
from rolebook.schema.declarations import declarations
from rolebook.schema.kinds import in_words
from rolebook.schema.typos import Known, did_you_mean, meant_is

UNKNOWN_SETTING = Rule(
    "unknown-setting",
    Severity.WARNING,
    "A misspelt setting silently changes nothing.",
)
WRONG_SETTING = Rule(
    "wrong-setting",
    Severity.ERROR,
    "With a value that MkDocs or its theme does not take, no site is built.",
)
NOT_INSTALLED = Rule(
    "not-installed",
    Severity.ADVICE,
    "Where a plugin or a Markdown extension of mkdocs.yml is not installed, no site is built.",
)
INVALID_SETTINGS = Rule(
    "invalid-settings", Severity.ERROR, "If mkdocs.yml cannot be read, there is no site and no handbook."
)
RULES = (UNKNOWN_SETTING, WRONG_SETTING, NOT_INSTALLED, INVALID_SETTINGS)


class Wrong(NamedTuple):
    """A value that is wrong."""

    node: yaml.Node
    message: str
    hint: str
    rule: Rule = WRONG_SETTING


Site = Mapping[str, yaml.Node]
"""The settings of all files together."""

DISTRIBUTION = "mkdocs-rolebook"
"""What is installed, and not what the plugin is called."""
_TEXT = "tag:yaml.org,2002:str"
_PLUGINS = frozenset(("search", "rolebook", "material/search"))
_THEMES = frozenset(("mkdocs", "readthedocs", "material"))


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """The templates of a theme, and what its owner put beside them."""

    name: str
    folders: tuple[Path, ...]
    own: Path | None = None
    """The owner's, which is the first of them."""

    def has(self, path: str) -> bool:
        """Whether there is a template at `path`, as Jinja looks for it."""
        return ".." not in path.split("/") and any(map(_is_file, (each / path for each in self.folders)))

    def templates(self) -> set[str]:
        """The names of its templates that are in no folder."""
        return {each.name for folder in self.folders for each in folder.glob("*.html")}

    def has_icon(self, name: str) -> bool:
        """Whether there is such an icon."""
        return self.has(f".icons/{name}.svg")


def theme_files(site: Site, root: Path) -> ThemeFiles | None:
    """The templates of the theme of `site`, if they are here and nothing is wrong with its name."""
    theme = site.get("theme")
    own = members(theme)
    named, folder = own.get("name", theme), own.get("custom_dir")
    name = str(named.value) if isinstance(named, yaml.ScalarNode) and _is_text(named) else ""
    if (named is not None and name not in _THEMES) or (folder is not None and not _is_text(folder)):
        return None
    packages = {"material": ("material", "templates")}
    package, *inside = packages.get(name, ("mkdocs", "themes", name or "mkdocs"))
    places = ((package, *inside), ("mkdocs", "templates"))
    folders = [root / folder.value] if folder else []
    for package, *inside in places:
        if not (top := _package(package)):
            return None
        folders.append(top.joinpath(*inside))
    return ThemeFiles(name or "mkdocs", tuple(folders), root / folder.value if folder else None)


@cache
def _package(name: str) -> Path | None:
    """The folder of a package; None where it is not installed."""
    found = find_spec(name)
    folders = list(found.submodule_search_locations or ()) if found else []
    return Path(folders[0]) if folders else None


def wrong_values(site: Site, root: Path | None) -> Iterator[tuple[str, Wrong]]:
    """List what is wrong in the settings `site`, each with the name of the setting.

    Files and folders are looked for below `root`.
    """
    for name, find in _FINDERS.items():
        if name in site:
            for each in find(site, root):
                yield name, each


def _address(site: Site, name: str) -> Iterator[Wrong]:
    """Find an address without its beginning, which MkDocs asks for in words for programmers."""
    node = site[name]
    if not _is_text(node):
        return
    text = str(node.value)
    try:
        parts = urlsplit(text)
    except ValueError:  # such as a bracket that is not closed
        parts = urlsplit("")
    if not (parts.scheme and parts.netloc):
        rest = re.sub(r"^(?:\w*:)?/*(?=\w)", "", text) if "://" in text else text.lstrip("/:")
        is_host = re.match(r"[\w-]+(?:\.[\w-]+|:\d)", rest)
        hint = gettext("Write %(what)s", what=f"{name}: https://{rest if is_host else '…'}")
        message = gettext(
            "%(name)s is %(value)s, which does not begin with https://", name=name, value=in_words(node)
        )
        yield Wrong(node, message, hint)


def _edit_uri(site: Site, name: str) -> Iterator[Wrong]:
    uri = site[name]
    if _is_text(uri) and "repo_url" not in site and "://" not in uri.value:
        message = gettext(
            "%(name)s is '%(value)s', and there is no %(setting)s before it",
            name=name,
            value=uri.value,
            setting="repo_url",
        )
        yield Wrong(uri, message, gettext("Add 'repo_url: https://…'"), UNKNOWN_SETTING)


def _theme(site: Site, root: Path | None) -> Iterator[Wrong]:
    """List a theme that is misspelt, and languages and icons that Material does not have."""
    theme = site["theme"]
    own = members(theme)
    named = own.get("name", theme)
    yield from _slips(N_("there is no theme '%(name)s'"), [named], "mkdocs.themes", _THEMES)
    yield from _numbers(own.get("static_templates"))
    files = theme_files(site, root) if root else None
    for each in names(own.get("static_templates")) if files else ():
        if files and not _is_number(each) and not files.has(each.value):
            message = gettext("the theme has no template '%(name)s'", name=each.value)
            yield Wrong(each, message, gettext("Remove it"), UNKNOWN_SETTING)
    if not files or files.name != "material":
        return
    if (language := own.get("language")) is not None and language.tag != "!ENV":
        code = str(language.value) if isinstance(language, yaml.ScalarNode) else ""
        if not code or not files.has(f"partials/languages/{code}.html"):
            known = {each.stem for each in (files.folders[-2] / "partials/languages").glob("*.html")}
            hint = did_you_mean(code, known) or gettext("Write a code such as en, de or pt-BR")
            message = (
                gettext("Material has no language '%(code)s'", code=code)
                if code
                else gettext("%(name)s is %(value)s", name="language", value=in_words(language))
            )
            yield Wrong(language, message, hint)
    for name in ("features", "palette"):
        if isinstance(value := own.get(name), yaml.ScalarNode) and _is_number(value):
            hint = gettext("Write each entry below it, after '- '")
            message = gettext(
                "%(name)s is %(value)s, and a list belongs there", name=name, value=in_words(value)
            )
            yield Wrong(value, message, hint)
    if root and not files.own and not any("://" in each.value for each in names(site.get("extra_css"))):
        yield from _palettes(own.get("palette"), files, _own_styles(site, root))
    yield from _wrong_icons(files, [*_toggles(own.get("palette")), *_icons(own.get("icon"))])
    if (tags := members(own.get("icon")).get("tag")) is not None and _is_text(tags):
        message = gettext("%(name)s is a text, and a group belongs there", name="tag")
        yield Wrong(tags, message, gettext("Write 'name of a tag: icon' below it"))


_OF_PALETTE = ("scheme", "primary", "accent", "media", "toggle")
_ALSO_CALLED = {
    **dict.fromkeys(("color", "colour", "main", "background"), "primary"),
    **dict.fromkeys(("link", "links", "secondary"), "accent"),
    **dict.fromkeys(("mode", "theme"), "scheme"),
}
"""What people call the parts of a palette."""


def _palettes(node: yaml.Node | None, files: ThemeFiles, own_styles: str) -> Iterator[Wrong]:
    """List parts of palettes that Material does not know, and colours that neither it nor the site has."""
    for palette in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        for key, value in palette.value if isinstance(palette, yaml.MappingNode) else ():
            if (name := str(key.value)) not in _OF_PALETTE:
                message = gettext("%(group)s has no '%(name)s'", group="palette", name=name)
                yield Wrong(key, message, _of_palette(name), UNKNOWN_SETTING)
            elif name in ("primary", "accent"):
                yield from _colour(key, value, files, own_styles)


def _of_palette(name: str) -> str:
    """What to write in place of a part that palettes do not have."""
    if meant := _ALSO_CALLED.get(name):
        return gettext("Write '%(what)s'", what=meant)
    return did_you_mean(name, _OF_PALETTE) or gettext("It has %(names)s", names=", ".join(_OF_PALETTE))


def _colour(key: yaml.Node, value: yaml.Node, files: ThemeFiles, own_styles: str) -> Iterator[Wrong]:
    name = str(key.value)
    known = _colours(files.folders[-2], name)
    hint = gettext("Write a colour of Material's, such as indigo, teal or deep purple")
    if value.tag.endswith(":null"):
        message = gettext("%(name)s has no value; a # begins a comment", name=name)
        yield Wrong(key, message, hint, UNKNOWN_SETTING)
    elif known and _is_text(value):
        colour = str(value.value).lower().replace(" ", "-")
        if colour not in {*known, "custom"} and colour not in own_styles:
            hint = did_you_mean(colour, known) or hint
            message = gettext("Material has no colour '%(value)s' for %(name)s", value=value.value, name=name)
            yield Wrong(value, message, hint, UNKNOWN_SETTING)


@cache
def _colours(templates: Path, name: str) -> frozenset[str]:
    """The colours that Material's styles have for `name`; none where they are not found."""
    styles = "".join(each.read_text("utf-8") for each in templates.glob("assets/stylesheets/palette.*.css"))
    return frozenset(re.findall(rf"data-md-color-{name}=([\w-]+)", styles))


def _own_styles(site: Site, root: Path) -> str:
    """The site's own styles, which may name colours."""
    folder = site.get("docs_dir")
    docs = root / str(folder.value if folder is not None and _is_text(folder) else "docs")
    found = [docs / each.value for each in names(site.get("extra_css"))]
    return "\n".join(each.read_text("utf-8", errors="replace").lower() for each in found if _is_file(each))


def _wrong_icons(files: ThemeFiles, icons: Iterable[yaml.Node]) -> Iterator[Wrong]:
    for icon in icons:
        name = str(icon.value) if isinstance(icon, yaml.ScalarNode) else ""
        if icon.tag != "!ENV" and not files.has_icon(name):
            message = (
                gettext("Material has no icon '%(name)s'", name=name) if name else gettext("there is no icon")
            )
            example = "material/weather-night" if name else "'icon: material/weather-night'"
            yield Wrong(icon, message, gettext("Write, say, %(example)s", example=example))


def _toggles(palette: yaml.Node | None) -> Iterator[yaml.Node]:
    """The icons of the switches between palettes, or a switch that has none."""
    # One palette alone has no switch.
    for each in palette.value if isinstance(palette, yaml.SequenceNode) else ():
        toggle = members(each).get("toggle")
        if toggle is not None and toggle.value:
            yield members(toggle).get("icon", toggle)


def _icons(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """The icons in a group, on all levels; an empty value is the usual one."""
    for value in members(node).values():
        if isinstance(value, yaml.MappingNode):
            yield from _icons(value)
        elif value.value:
            yield value


def _extra(site: Site, root: Path | None) -> Iterator[Wrong]:
    """List what Material's templates read of `extra` and do not find."""
    files = theme_files(site, root) if root else None
    if not files or files.name != "material":
        return
    own = members(site["extra"])
    provider = members(own.get("analytics")).get("provider")
    place = f"partials/integrations/analytics/{provider.value if provider else ''}.html"
    if provider is not None and _is_text(provider) and not files.has(place):
        message = gettext("Material has no provider '%(name)s'", name=provider.value)
        yield Wrong(provider, message, gettext("Write %(what)s", what="google"))
    for name in ("social", "alternate"):
        value = own.get(name)
        if value is not None and value.value and not isinstance(value, yaml.SequenceNode):
            message = gettext("%(name)s is no list", name=name)
            yield Wrong(value, message, gettext("Write each entry below it, after '- '"))
    social = own.get("social")
    entries = social.value if isinstance(social, yaml.SequenceNode) else ()
    yield from _wrong_icons(files, [members(each).get("icon", each) for each in entries])


def _plugins(site: Site, _: Path | None) -> Iterator[Wrong]:
    """List plugins that are misspelt, or named twice; and say that ours is not there."""
    if isinstance(site["plugins"], yaml.SequenceNode) and not {"rolebook", DISTRIBUTION} & {
        str(each.value) for each in names(site["plugins"])
    }:
        message = gettext("the site has no roles, since the plugin 'rolebook' is not among its plugins")
        hint = gettext("Write '%(line)s' on a line below '%(group)s:'", line="- rolebook", group="plugins")
        yield Wrong(site["plugins"], message, hint, UNKNOWN_SETTING)
    seen = set[str]()
    for node in names(site["plugins"]):
        if node.value in seen:
            message = gettext("the plugin '%(name)s' is named twice", name=node.value)
            yield Wrong(node, message, gettext("Remove one of the two"), UNKNOWN_SETTING)
        seen.add(node.value)
        if node.value in ALLOWED and not {node.value, f"material/{node.value}"} & _installed(
            "mkdocs.plugins"
        ):
            message = gettext("'%(name)s' is a Markdown extension", name=node.value)
            yield Wrong(node, message, gettext("Write it below %(name)s", name="markdown_extensions"))
    no_plugin = N_("there is no plugin '%(name)s'")
    yield from _slips(no_plugin, names(site["plugins"]), "mkdocs.plugins", _PLUGINS)


def _extensions(site: Site, _: Path | None) -> Iterator[Wrong]:
    no_extension = N_("there is no Markdown extension '%(name)s'")
    yield from _slips(no_extension, names(site["markdown_extensions"]), "markdown.extensions", ALLOWED)


def _navigation(site: Site, _: Path | None) -> Iterator[Wrong]:
    """List entries of the navigation in a form that MkDocs does not take, and ours without the plugin."""
    nav = site["nav"]
    asked = [node for node in scalars(nav) if node.value.split(":")[0] == "rolebook"]
    if asked and "rolebook" not in {node.value for node in names(site.get("plugins"))}:
        message = gettext("the navigation has 'rolebook', and the plugins do not")
        yield Wrong(asked[0], message, gettext("Write '- rolebook' below plugins"), UNKNOWN_SETTING)
    if isinstance(nav, yaml.ScalarNode) and _is_text(nav) and not _is_number(nav):
        message = gettext("%(name)s is %(value)s, and a list belongs there", name="nav", value=in_words(nav))
        yield Wrong(nav, message, gettext("Write '%(line)s' on a line below it", line=f"  - {nav.value}"))
    if isinstance(nav, yaml.MappingNode):
        yield Wrong(
            nav,
            gettext("%(name)s is a group, which is no list", name="nav"),
            gettext("Begin each entry with '- '"),
        )
    waiting = list(nav.value) if isinstance(nav, yaml.SequenceNode) else []
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, yaml.SequenceNode):
            message = gettext("an entry of %(name)s is a list without a title", name="nav")
            yield Wrong(entry, message, gettext("Write '- Title:' above it"))
        elif isinstance(entry, yaml.MappingNode):
            for key, _ in entry.value[1:]:
                message = gettext("'%(name)s' is no entry of its own", name=key.value)
                yield Wrong(key, message, gettext("Begin its line with '- '"))
            for key, value in entry.value[:1]:
                if option := option_in_navigation(key, value):
                    message = gettext(
                        "'%(option)s' is an option of the plugin, and this is the navigation", option=option
                    )
                    hint = gettext(
                        "Write '- rolebook' alone here, and the option below '- rolebook:' under plugins"
                    )
                    yield Wrong(key, message, hint)
                elif isinstance(value, yaml.SequenceNode) and key.value:
                    waiting += value.value
                elif not key.value or not isinstance(value, yaml.ScalarNode) or not value.value:
                    message = (
                        gettext("the entry '%(title)s' of nav leads nowhere", title=key.value)
                        if key.value
                        else gettext("the entry without a title of nav leads nowhere")
                    )
                    hint = gettext("Write entries below it, each with '- ', or remove it")
                    if key.value == "rolebook":
                        hint = gettext("Write '%(what)s'", what="- rolebook")
                    yield Wrong(key, message, hint)
        elif not entry.value:
            yield Wrong(
                entry,
                gettext("an entry of %(name)s is empty", name="nav"),
                gettext("Write a page, or remove it"),
            )


def option_in_navigation(key: yaml.Node, value: yaml.Node) -> str:
    """The first option of the plugin that is below its entry in the navigation; empty where none is."""
    entries = value.value if isinstance(value, yaml.SequenceNode) else [value]
    written = [name for each in entries for name in members(each)] if key.value == "rolebook" else []
    return next((name for name in written if name in declarations(Options)), "")


def _docs_dir(site: Site, root: Path | None) -> Iterator[Wrong]:
    folder = site["docs_dir"]
    if root and _is_text(folder) and not os.path.isdir(root / folder.value):  # noqa: PTH112 (see `_is_file`)
        near = did_you_mean(folder.value, [each.name for each in root.iterdir() if each.is_dir()])
        message = gettext(
            "there is no folder '%(folder)s' for %(setting)s", folder=folder.value, setting="docs_dir"
        )
        yield Wrong(folder, message, near or gettext("Write the folder of your pages"))


def _templates(site: Site, root: Path | None) -> Iterator[Wrong]:
    folder = site.get("docs_dir")
    docs = root / str(folder.value if folder is not None and _is_text(folder) else "docs") if root else None
    for each in names(site["extra_templates"]):
        if docs and not _is_number(each) and not _is_file(docs / each.value):
            message = gettext(
                "there is no file '%(file)s' for %(setting)s", file=each.value, setting="extra_templates"
            )
            yield Wrong(
                each, message, gettext("Write its path below %(folder)s", folder="docs_dir"), UNKNOWN_SETTING
            )
    yield from _numbers(site["extra_templates"])


def _numbers(node: yaml.Node | None) -> Iterator[Wrong]:
    """List entries of a list of names that are numbers."""
    for each in node.value if isinstance(node, yaml.SequenceNode) else ():
        if not isinstance(each, yaml.ScalarNode) or _is_number(each):
            message = gettext("%(value)s is no text", value=in_words(each))
            yield Wrong(each, message, gettext("Write a text, in quotes"))


def _hooks(site: Site, root: Path | None) -> Iterator[Wrong]:
    for hook in names(site["hooks"]) if root else ():
        if root and not _is_file(root / hook.value):
            message = gettext("there is no file '%(file)s' for %(setting)s", file=hook.value, setting="hooks")
            yield Wrong(hook, message, gettext("Write its path from the folder of mkdocs.yml"))


_FINDERS: Mapping[str, Callable[[Site, Path | None], Iterator[Wrong]]] = {
    "docs_dir": _docs_dir,
    "edit_uri": lambda site, _: _edit_uri(site, "edit_uri"),
    "edit_uri_template": lambda site, _: _edit_uri(site, "edit_uri_template"),
    "extra": _extra,
    "extra_css": lambda site, _: _numbers(site["extra_css"]),
    "extra_templates": _templates,
    "hooks": _hooks,
    "markdown_extensions": _extensions,
    "nav": _navigation,
    "plugins": _plugins,
    "repo_url": lambda site, _: _address(site, "repo_url"),
    "site_url": lambda site, _: _address(site, "site_url"),
    "theme": _theme,
}


def _slips(message: str, nodes: Iterable[yaml.Node], group: str, usual: frozenset[str]) -> Iterator[Wrong]:
    for node in nodes:
        if _is_text(node) and node.value not in usual and node.value not in _installed(group):
            known = usual | _installed(group)
            if meant := Known((each, each) for each in known).meant(node.value):
                yield Wrong(node, gettext(message, name=node.value), meant_is(meant))


@cache
def _installed(group: str) -> frozenset[str]:
    # Imported here: it takes 20 ms, and few sites have anything that is not usual.
    from importlib.metadata import entry_points

    return frozenset(each.name for each in entry_points(group=group))


def names(node: yaml.Node | None) -> list[yaml.ScalarNode]:
    """The names in a list of names and of groups that begin with one, or in one group of them."""
    entries = node.value if isinstance(node, yaml.SequenceNode) else [node] if node else []
    found: list[yaml.Node] = []
    for entry in entries:
        is_group = isinstance(entry, yaml.MappingNode)
        found += [key for key, _ in entry.value] if is_group else [entry]
    return [each for each in found if isinstance(each, yaml.ScalarNode) and _is_text(each)]


def members(node: object) -> dict[str, yaml.Node]:
    """The values of a group by their names; none of anything else."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value}


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 (Path.is_file raises where a name is too long)


def _is_number(node: yaml.ScalarNode) -> bool:
    """Whether Python reads a value as a number, a date, or yes or no."""
    if not _is_text(node) or node.style:
        return False
    try:
        return not isinstance(yaml.safe_load(node.value), str | None)
    except (yaml.YAMLError, ValueError):  # such as a day that does not exist, which is reported as one
        return False


def _is_text(node: yaml.Node) -> bool:
    """Whether a value stands there as it is: what an environment will say, nobody knows here."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _TEXT and bool(node.value)
