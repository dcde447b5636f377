"""Checks what MkDocs and Material read of the front matter of hand-written pages.

They break off at a value of another shape, and show front matter that is no YAML as text of the page.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from rolebook import front_matter
from rolebook.front_matter import INVALID_FRONT_MATTER
from rolebook.language import gettext
from rolebook.problems import Problem
from rolebook.schema.kinds import WRONG_VALUE
from rolebook.schema.typos import did_you_mean
from rolebook.site_config import SiteSettings
from rolebook.site_values import ThemeFiles

Fields = dict[str, tuple[int, Any]]
"""The values of a page's fields by their names, each with its line."""
Said = tuple[str, str] | None
"""What is wrong, and what to write."""
Finder = Callable[[str, object, "Reader"], Said]
"""Says what is wrong with a field of this name and value."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
"""Front matter, and nothing else, is such a block for MkDocs."""
_FIELD = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")
"""The first line of a block that is meant as front matter: other blocks are text between two lines."""
_FIRST = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")
_NEXT = re.compile(r"(?: {4}|\t)\s*(.*)")
"""Fields above a page without a block, as MultiMarkdown has them, and further lines of one."""
_SCALARS = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads the fields of a site's pages."""

    settings: SiteSettings

    @property
    def theme(self) -> ThemeFiles | None:
        return self.settings.theme

    def is_on(self, plugin: str) -> bool:
        """Whether the site has this plugin of Material's."""
        options = self.options(plugin)
        has_theme = self.theme is not None and self.theme.name == "material"
        return has_theme and options is not None and options.get("enabled") is not False

    def options(self, plugin: str) -> Mapping[str, Any] | None:
        plugins = self.settings.plugins
        return plugins.get(plugin, plugins.get(f"material/{plugin}"))


def problems(path: str, text: str, settings: SiteSettings) -> Iterator[Problem]:
    """Report what is wrong in the front matter of the page at `path`, whose text is `text`."""
    fields = _fields(path, text)
    if isinstance(fields, Problem):
        yield fields
        return
    reader = Reader(settings)
    for name, (line, value) in fields.items():
        for said in (find(name, value, reader) for known, find in _shapes(reader) if known == name):
            if said:
                yield Problem(WRONG_VALUE, path, line, *said)


def _fields(path: str, text: str) -> Fields | Problem:
    """Read the fields as MkDocs does: see `mkdocs.utils.meta`."""
    block = _BLOCK.match(text)
    is_meant = text.startswith("---") and bool(_FIELD.match(text.partition("\n")[2]))
    if block is None:
        document = front_matter.split(path, text) if is_meant else None
        return document if isinstance(document, Problem) else _loose_fields(text)
    node = front_matter.compose(path, block[1], 1)
    if isinstance(node, Problem):
        return node if is_meant else {}
    try:
        values = yaml.load(block[1], _LOADER)
    except (yaml.YAMLError, ValueError) as error:  # such as a day that does not exist
        return _unread(path, error, node) if is_meant else {}
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        return {}
    lines = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
    return {str(name): (lines.get(str(name), 1), value) for name, value in values.items()}


def _unread(path: str, error: Exception, node: yaml.Node | None) -> Problem:
    hint = gettext("Correct the value, or put it in quotes")
    if day := front_matter.no_day(node):
        line = day.start_mark.line + 2
        message = gettext("'%(day)s' is a day that does not exist", day=day.value)
        return Problem(INVALID_FRONT_MATTER, path, line, message, hint)
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 2 if mark else 1
    return Problem(INVALID_FRONT_MATTER, path, line, gettext("a value in this line cannot be read"), hint)


def _loose_fields(text: str) -> Fields:
    """The fields above a page without `---`."""
    found: Fields = {}
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        if first := _FIRST.match(line):
            name = first[1].lower()
            before = f"{found[name][1]} " if name in found else ""
            found.setdefault(name, (number, ""))
            found[name] = (found[name][0], f"{before}{first[2].strip()}")
        elif name and (more := _NEXT.match(line)):
            found[name] = (found[name][0], f"{found[name][1]} {more[1].strip()}")
        else:
            break
    return found


def _template(name: str, value: object, reader: Reader) -> Said:
    hint = gettext("Write the name of a template, or remove the line")
    if not isinstance(value, str):
        return _is(name, value), hint
    theme = reader.theme
    if theme is None or theme.has(value):
        return None
    message = gettext("%(field)s is '%(value)s', and the theme has no such template", field=name, value=value)
    return message, did_you_mean(value, theme.templates()) or hint


def _icon(name: str, value: object, reader: Reader) -> Said:
    if not value or (reader.theme and reader.theme.has_icon(str(value))):
        return None
    message = gettext(
        "%(field)s is %(value)s, and Material has no such icon", field=name, value=_words(value)
    )
    return message, gettext("Write, say, %(example)s", example="material/library")


def _hide(name: str, value: object, _: Reader) -> Said:
    if not value or isinstance(value, str | list | dict | set):
        return None
    return _is(name, value), gettext(
        "Write a list of parts, such as %(example)s", example="[navigation, toc]"
    )


def _search(name: str, value: object, _: Reader) -> Said:
    if not value or isinstance(value, dict):
        return None
    return _is(name, value), gettext("Write 'exclude: true' or 'boost: 2' below it")


def _tags(name: str, value: object, reader: Reader) -> Said:
    if not value:
        return None
    if not isinstance(value, list | dict | set):
        return _is(name, value), gettext("Write a list, such as [plans, costs]")
    for each in value:
        if not isinstance(each, _SCALARS):
            message = gettext("%(field)s is a list with %(value)s in it", field=name, value=_words(each))
            return message, gettext("Write each tag as a text")
    allowed = (reader.options("tags") or {}).get("tags_allowed") or ()
    known = [str(each) for each in allowed] if isinstance(allowed, list) else []
    for each in value if known else ():
        if str(each) not in known:
            hint = did_you_mean(str(each), known) or gettext("Write one of %(names)s", names=", ".join(known))
            message = gettext(
                "%(field)s is '%(value)s', and tags_allowed in mkdocs.yml has no such tag",
                field=name,
                value=str(each),
            )
            return message, hint
    return None


def _source(name: str, value: object, _: Reader) -> Said:
    if not value or isinstance(value, str | list | dict | set):
        return None
    return _is(name, value), gettext("Write a list of files, or remove the line")


def _shapes(reader: Reader) -> Iterator[tuple[str, Finder]]:
    """The fields that somebody reads, each with what it may be."""
    yield "template", _template
    if reader.theme and reader.theme.name == "material":
        yield "icon", _icon
        yield "hide", _hide
    if reader.theme and reader.theme.name == "mkdocs":
        yield "source", _source
    if reader.is_on("search"):
        yield "search", _search
    if reader.is_on("tags"):
        yield str((reader.options("tags") or {}).get("tags_name_property") or "tags"), _tags


def _is(name: str, value: object) -> str:
    if value is None:
        return gettext("%(field)s is empty", field=name)
    return gettext("%(field)s is %(value)s", field=name, value=_words(value))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | set | tuple):
        return gettext("a list")
    if isinstance(value, dict):
        return gettext("a group")
    return gettext("empty") if value is None else f"'{str(value)[:40]}'"
