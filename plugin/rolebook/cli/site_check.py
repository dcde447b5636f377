"""Asks MkDocs, and the plugins that belong to it and to Material, what they do not accept in `mkdocs.yml`.

Nothing that a site brings along runs: no hook, no plugin of others, no template, no function that is named.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from rolebook.body.extensions import options_of, refusal
from rolebook.front_matter import no_day, path_of
from rolebook.language import N_, gettext
from rolebook.problems import Problem
from rolebook.schema.typos import did_you_mean
from rolebook.site_config import NOT_INSTALLED, UNKNOWN_SETTING, WRONG_SETTING, SiteSettings, site_settings

_OF_MKDOCS = ("mkdocs.", "material.")
"""Modules with the plugins that are asked."""
_HARMLESS = ("markdown.", "material.extensions.", "pymdownx.")
"""Packages that are imported to look for a name."""
_THEMES = (None, "mkdocs", "readthedocs", "material")
"""Themes that are asked."""
_RUNS_CODE = frozenset(("plugins", "hooks", "markdown_extensions", "theme", "config_file_path"))
"""Settings whose validation imports what others wrote."""
_OPTION = re.compile(r"(?:Plugin '(?:\w+/)?(.*?)' option '(.*?)'|Sub-option '(.*?)'): ")
_UNKNOWN = re.compile(r"Unrecognised configuration name: (.*)")
_NAME = re.compile(r"[\w./:-]+")
_CLASS = re.compile(r"<class '(?:\w+\.)*(\w+)'>")
_WORDS = (("dict", "dict"), ("list", "list"), ("string", "str"), ("boolean", "bool"))
"""Words of MkDocs for the types that it expects."""
_IN_QUOTES = N_("Write a text, in quotes")
_ENTRIES = N_("Write each entry below it, after '- '")
_PAIRS = N_("Write 'name: value' below it")
_IN_DIGITS = N_("Write a number in digits")
_KINDS = {
    "str": (N_("a text"), N_("%(name)s is %(value)s, and a text belongs there"), _IN_QUOTES),
    "list": (N_("a list"), N_("%(name)s is %(value)s, and a list belongs there"), _ENTRIES),
    "dict": (N_("a group"), N_("%(name)s is %(value)s, and a group belongs there"), _PAIRS),
    "bool": (
        N_("yes or no"),
        N_("%(name)s is %(value)s, and yes or no belongs there"),
        N_("Write true or false"),
    ),
    "int": (N_("a number"), N_("%(name)s is %(value)s, and a number belongs there"), _IN_DIGITS),
    "float": (N_("a number"), N_("%(name)s is %(value)s, and a number belongs there"), _IN_DIGITS),
    "date": (N_("a date"), N_("%(name)s is %(value)s, and a date belongs there"), ""),
    "datetime": (N_("a date"), N_("%(name)s is %(value)s, and a date belongs there"), ""),
    "Callable": (
        N_("a function"),
        N_("%(name)s is %(value)s, and a function belongs there"),
        N_("Remove the line"),
    ),
    "NoneType": (N_("nothing"), N_("%(name)s is %(value)s, and nothing belongs there"), ""),
}
"""Python's types in words; what is said where one of them is expected, and what to write there."""


_Pair = tuple[yaml.Node | None, yaml.Node | None]
"""A name in `mkdocs.yml`, and its value."""


@dataclass(frozen=True, slots=True)
class _Objection:
    """What MkDocs does not accept, in its own words."""

    message: str
    at: _Pair = (None, None)
    stops: bool = True
    """Whether it stops every build, and not only strict ones."""
    known: tuple[str, ...] = ()
    """The names that its options may have."""
    hint: str = ""
    """What to write, if there is more to say than that this is to be corrected."""
    is_absent: bool = False
    """Whether it is not installed here, which says nothing of where the site is built."""


def checked_settings(config_file: Path) -> SiteSettings:
    """What `config_file` says of the site, with all that MkDocs does not accept of it."""
    settings = site_settings(config_file)
    found = [(name, each) for name, each in _refused(config_file, settings) if name not in settings.wrong]
    root = config_file.parent.resolve()
    problems = [_problem(name, each, config_file.name, root) for name, each in found]
    wrong = settings.wrong | {name for name, _ in found}
    return replace(settings, problems=(*settings.problems, *problems), wrong=wrong)


def _refused(config_file: Path, settings: SiteSettings) -> Iterator[tuple[str, _Objection]]:
    """What MkDocs does not accept, each with the name of the setting."""
    # Imported here: it takes 150 ms, and no other command needs it.
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    config = MkDocsConfig(config_file_path=str(config_file.resolve()))
    loader = get_yaml_loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader), config)
    loader.add_multi_constructor("tag:yaml.org,2002:python/", _named_in_python)
    try:
        with config_file.open("rb") as file:
            config.load_dict(yaml_load(file, loader))
    except Exception as error:  # such as a date that does not exist, at which MkDocs breaks off
        yield "", _unread(error, settings)
        return
    plain = list(_plain_settings(config, settings))
    yield from plain
    yield from _extensions(config["markdown_extensions"], settings)
    if "theme" not in {name for name, _ in plain}:  # Some plugins depend on it.
        yield from _plugins(config, settings)


def _function_of_others(*_: object) -> None:
    """Stands for what a setting names of Python's."""


def _named_in_python(_: yaml.Loader, suffix: str, node: yaml.Node) -> Callable[..., None]:
    """Look for what a setting names, if it is in a package that does nothing more when imported."""
    module, _point, name = suffix.partition(":")[2].rpartition(".")
    if f"{module}.".startswith(_HARMLESS):
        try:
            getattr(import_module(module), name)
        except (ImportError, AttributeError):
            problem = gettext("Python has no '%(name)s'", name=f"{module}.{name}")
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None
    return _function_of_others


def _unread(error: Exception, settings: SiteSettings) -> _Objection:
    """Say why MkDocs cannot read a file, with the line."""
    hint = gettext("Correct it, or put it in quotes")
    why = error.__context__ if isinstance(error.__context__, yaml.MarkedYAMLError) else error
    if mark := getattr(why, "problem_mark", None):
        at = yaml.ScalarNode("", "", mark, mark)
        return _Objection(str(getattr(why, "problem", None) or why), (at, None), hint=hint)
    if day := next(filter(None, (no_day(value) for _, value in settings.lines.values())), None):
        return _Objection(
            gettext("'%(day)s' is a day that does not exist", day=day.value), (day, None), hint=hint
        )
    return _Objection(_said(why), hint=hint)


def _said(error: Exception) -> str:
    """What an error says; of one that is about Python's own types, what that means in a file."""
    is_of_types = isinstance(error, TypeError | AttributeError)
    if is_of_types:
        return gettext("a value is of the wrong kind, such as a number in place of a text")
    return str(error)


def _plain_settings(config: Any, settings: SiteSettings) -> Iterator[tuple[str, _Objection]]:
    """Validate as MkDocs does what is no code: see `mkdocs.config.base.Config.validate`."""
    asked = {name: option for name, option in config._schema if name not in _RUNS_CODE}
    if _theme_name(config["theme"]) in _THEMES:
        asked["theme"] = dict(config._schema)["theme"]
    failed = False

    def tried(name: str, step: Callable[[], Any]) -> Iterator[tuple[str, _Objection]]:
        nonlocal failed
        option, pair = asked[name], settings.lines.get(name, (None, None))
        try:
            step()
        except Exception as error:  # some raise what they like: an address with a broken port, say
            failed = True
            yield name, _Objection(_said(error), pair)
        for warning in option.warnings:
            yield name, _Objection(warning, pair, stops=False, known=_suboptions(option))
        option.reset_warnings()

    def validate(name: str) -> None:
        config[name] = asked[name].validate(config[name])

    for name, option in asked.items():
        _forget_warnings(option)
        yield from tried(name, partial(option.pre_validation, config, name))
    for name in asked:
        yield from tried(name, partial(validate, name))
    for name, option in asked.items() if not failed else ():
        yield from tried(name, partial(option.post_validation, config, name))


def _theme_name(theme: object) -> str | None:
    """The name of a theme; None where there is none, or something that is no name."""
    name = theme.get("name") if isinstance(theme, Mapping) else theme
    return name if isinstance(name, str) else None


def _inside(option: Any) -> Iterable[tuple[str, Any]]:
    """The options in a group or in a list of groups."""
    inside = getattr(option, "option_type", option)
    group = getattr(getattr(inside, "option_type", inside), "config_class", None)
    return getattr(group, "_schema", ())


def _suboptions(option: Any) -> tuple[str, ...]:
    """The names that the options in a group may have, on all levels."""
    return tuple(name for each, inner in _inside(option) for name in (each, *_suboptions(inner)))


def _forget_warnings(option: Any) -> None:
    """Options live as long as the process, and keep what they have warned of in a group that they refused."""
    option.reset_warnings()
    for _, inner in _inside(option):
        _forget_warnings(inner)


def _extensions(value: object, settings: SiteSettings) -> Iterator[tuple[str, _Objection]]:
    """What Markdown extensions do not accept; only those are asked that texts of roles may be read with."""
    name, pair = "markdown_extensions", settings.lines.get("markdown_extensions", (None, None))
    if not isinstance(value, list | dict | None):
        yield name, _Objection(f"Expected type: {list} but received: {type(value)}", pair)
        return
    for extension, options in _named(value or []):
        place = _entry(pair, str(extension))
        if not _is_name(extension) or not isinstance(options or {}, dict):
            message = gettext("the entry '%(name)s' is no extension with options", name=extension)
            yield name, _Objection(message, place)
        elif not _has_extension(extension):
            message = gettext(
                "the Markdown extension '%(name)s' is not installed here, and without it no site is built",
                name=extension,
            )
            yield name, _absent(message, place)
        elif options:
            yield from ((name, each) for each in _of_options(extension, options, place))


def _has_extension(name: str) -> bool:
    """Whether Python-Markdown finds an extension, by its short name or in a package; none is imported."""
    return (
        name in entry_points(group="markdown.extensions").names
        or find_spec(name.partition(".")[0]) is not None
    )


def _absent(message: str, at: _Pair) -> _Objection:
    hint = gettext("Install its package where the site is built, or correct the name")
    return _Objection(message, at, hint=hint, is_absent=True)


def _of_options(extension: str, options: dict[Any, Any], at: _Pair) -> Iterator[_Objection]:
    known = options_of(extension)
    unknown = [str(each) for each in options if each not in known] if known is not None else []
    for each in unknown:
        said = f"Sub-option '{extension}': Unrecognised configuration name: {each}"
        yield _Objection(said, at, known=tuple(known or ()))
    data = {key: value for key, value in options.items() if value is not _function_of_others}
    if not unknown and (said := refusal(extension, data)):
        message = gettext(
            "the Markdown extension '%(name)s' does not take these options (%(why)s)",
            name=extension,
            why=said,
        )
        yield _Objection(message, at, hint=gettext("Correct them, or remove them"))


def _is_name(name: object) -> bool:
    """Whether an extension or a plugin can be called so, here or where the site is built."""
    return isinstance(name, str) and bool(_NAME.fullmatch(name))


def _named(value: list[Any] | dict[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """Names in a list or a group of them, each with its options."""
    for each in value if isinstance(value, list) else [{name: value[name]} for name in value]:
        if isinstance(each, dict) and len(each) == 1:
            yield from each.items()
        else:
            yield each, None


def _plugins(config: Any, settings: SiteSettings) -> Iterator[tuple[str, _Objection]]:
    """What plugins of MkDocs and Material do not accept; no others are asked."""
    from mkdocs.config import base, config_options
    from mkdocs.plugins import PluginCollection

    class NeedsMaterialError(base.ValidationError):
        pass

    class OfMkDocs(config_options.Plugins):
        def load_plugin(self, name: str, options: Any) -> Any:
            entry = self.installed_plugins.get(name)
            if entry is not None and entry.value.startswith(_OF_MKDOCS):
                return super().load_plugin(name, options)
            if entry is None and f"material/{name}" in self.installed_plugins:
                message = gettext("the plugin '%(name)s' needs the theme 'material'", name=name)
                raise NeedsMaterialError(message)
            return None

    pair = settings.lines.get("plugins", (None, None))
    option = OfMkDocs(theme_key="theme", default=["search"])
    option.pre_validation(config, "plugins")  # type: ignore[no-untyped-call]
    option.plugins, option._instance_counter = PluginCollection(), Counter()
    value = config["plugins"]
    if not isinstance(value, list | dict | None):
        yield "plugins", _Objection(f"Expected type: {list} but received: {type(value)}", pair)
        return
    for name, options in _named(value or []):
        place = _entry(pair, str(name))
        if not _is_name(name) or not isinstance(options or {}, dict):
            message = gettext("the entry '%(name)s' is no plugin with options", name=name)
            yield "plugins", _Objection(message, place)
            continue
        if not {name, f"{_theme_name(config['theme'])}/{name}", f"material/{name}"} & {
            *option.installed_plugins
        }:
            message = gettext(
                "the plugin '%(name)s' is not installed here, and without it no site is built", name=name
            )
            yield "plugins", _absent(message, place)
            continue
        plugin: Any = None
        try:
            _, plugin = option.load_plugin_with_namespace(name, options)
            _validate_search(plugin, option.warnings)
        except Exception as error:  # MkDocs lets some through: a language that is a number, say
            hint = ""
            if isinstance(error, NeedsMaterialError):
                hint = gettext("Write 'name: material' below theme, or remove it")
            yield from (("plugins", _Objection(each, place, hint=hint)) for each in _said(error).split("\n"))
        for warning in option.warnings:
            yield "plugins", _Objection(warning, place, stops=False, known=_suboptions(plugin))
        option.reset_warnings()


def _validate_search(plugin: Any, warnings: list[str]) -> None:
    """Add what Material validates of search only when a build has begun, or breaks off at."""
    if type(plugin).__module__ != "material.plugins.search.plugin":
        return
    from material.plugins.search.config import SearchFieldConfig
    from mkdocs.config.config_options import SubConfig

    for name in ("jieba_dict", "jieba_dict_user"):
        if (file := plugin.config[name]) and not Path(file).is_file():
            message = gettext("there is no file '%(file)s'", file=file)
            warnings.append(f"Plugin 'search' option '{name}': {message}")
    for name, options in plugin.config.fields.items():
        try:
            SubConfig(SearchFieldConfig).run_validation(options)
        except Exception as error:
            raise ValueError(f"Plugin 'search' option 'fields': Sub-option '{name}': {error}") from error


def _entry(pair: _Pair, name: str) -> _Pair:
    """The entry `name` in a list of entries or a group of them, with its options."""
    _, node = pair
    for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(each, yaml.MappingNode):
            pair = next(((key, value) for key, value in each.value if key.value == name), pair)
        elif isinstance(each, yaml.ScalarNode) and each.value == name:
            pair = (each, None)
    return pair


# --- in words for people --------------------------------------------------------------------------


def _problem(name: str, each: _Objection, file: str, root: Path) -> Problem:
    """Make a problem of what MkDocs does not accept, with the line of the innermost option."""
    message, place = each.message.replace(f"{root}/", "").replace(str(root), "."), [name] if name else []
    at = each.at
    while option := _OPTION.match(message):
        message = message[option.end() :]
        for inner in filter(None, option.groups()):
            place.append(inner)
            at = _entry(at, inner)
    if unknown := _UNKNOWN.match(message):
        at = _entry(at, unknown[1])
        place = place[:-1] if place[-1:] == [unknown[1]] else place
    key, value = at
    path, line = file, 1
    if key and key.start_mark:
        path, line = _below(path_of(key), root) or file, key.start_mark.line + 1
    rule = NOT_INSTALLED if each.is_absent else WRONG_SETTING if each.stops else UNKNOWN_SETTING
    said = _from_environment(value, ".".join(place)) or _sentences(".".join(place), message, each)
    return Problem(rule, path, line, *said)


def _below(path: str, root: Path) -> str:
    """A path as it is named in messages: MkDocs has whole ones."""
    return Path(os.path.relpath(path, root)).as_posix() if Path(path).is_absolute() else path


def _from_environment(value: yaml.Node | None, name: str) -> tuple[str, str] | None:
    """What to say of a value that is not in the file: it may be a secret, and stays unnamed."""
    if value is None or value.tag != "!ENV":
        return None
    message = gettext("MkDocs does not take what the environment says for '%(name)s'", name=name)
    hint = gettext(
        "Set the variable, or write a value for all others: %(example)s", example="!ENV [NAME, value]"
    )
    return message, hint


def _sentences(name: str, message: str, each: _Objection) -> tuple[str, str]:
    """What is wrong, and what to write."""
    known = each.known
    if each.hint:
        return message, each.hint
    if unknown := _UNKNOWN.match(message):
        listed = (
            gettext("It has %(names)s", names=", ".join(sorted({*known})))
            if known
            else gettext("Correct it, or remove it")
        )
        missing = gettext("%(name)s has no option '%(option)s'", name=name, option=unknown[1])
        return missing, did_you_mean(unknown[1], known) or listed
    if message.startswith("Required configuration"):
        field = f"{name.rpartition('.')[2]}: …"
        return gettext("there is no %(name)s", name=name), gettext("Write '%(what)s'", what=field)
    kinds, words = _CLASS.findall(message), _CLASS.sub("", message)
    wanted = kinds[0] if len(kinds) > 1 else next((kind for word, kind in _WORDS if word in words), "")
    if kinds and wanted in _KINDS:
        _, said, hint = _KINDS[wanted]
        given, *_ = _KINDS.get(kinds[-1], (N_("something else"),))
        return gettext(said, name=name, value=gettext(given)), gettext(hint) if hint else ""
    first = message.split("\n")[0].rstrip(".") or gettext("MkDocs does not take this")
    hint = gettext("Correct it, or remove the line")
    return gettext("%(name)s: %(why)s", name=name, why=first) if name else first, hint
