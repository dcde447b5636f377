"""A handbook's own templates: reads them, checks them, and renders them where they can do no harm.

Whoever makes documents of somebody's handbook renders its templates. So an own template sees what `interface`
names and nothing else, in Jinja's sandbox: it reads no file, and what is not from it is escaped.
"""

import datetime as dt
import posixpath
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from rolebook import files
from rolebook.escaping import in_markdown
from rolebook.language import gettext
from rolebook.options import BROKEN_TEMPLATE
from rolebook.problems import Problem
from rolebook.project import Project
from rolebook.rendering import interface
from rolebook.rendering.environment import environment, set_up
from rolebook.rendering.mishaps import (
    NO_VALUE,
    expect,
    expect_number,
    not_reckoned,
    not_written,
    said,
    too_exact,
    too_large,
    what,
)
from rolebook.rendering.raw_html import finished
from rolebook.rendering.turns import LARGEST, Turns, count_turns
from rolebook.schema.records import Hours
from rolebook.schema.typos import did_you_mean
from rolebook.wording import hours_text, some_hours

BUILT_IN = "rolebook/"
"""Before the name of a template of the program, where it shall not be the own one of that name."""
_OWN_MACROS = f"own/{interface.MACROS}"
"""The own macros alone."""
_IMPORT = f'\n{{% import "{_OWN_MACROS}" as own_macros %}}'
_REPLACED = "{{% set {0} = own_macros.{0} %}}"
_NO_PART = "{} has no '{}' for templates."
_BREAKS_OFF = "the template of {} breaks off: {}"
_NOT_OFFERED = frozenset(
    (
        "safe",
        "forceescape",
        "urlize",
        "tojson",
        "xmlattr",
        "attr",
        "map",
        "pprint",
        "center",
        "format",
        "indent",
        "batch",
        "slice",
        "wordwrap",
    )
)
"""Filters of Jinja, or of the program, that give text out as it is, or much of little."""
_FILTERS_OF_JINJA = jinja2.Environment().filters
_FILTERS = frozenset(_FILTERS_OF_JINJA)
"""Those of Jinja."""
GLOBALS = frozenset(("_", "range", "dict", "namespace", "cycler", "joiner"))
_WIDENING = frozenset(
    (
        *("center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "encode", "translate"),
        *("join", "replace", "unescape", "striptags"),
    )
)
"""Methods of text that can make much of little, or that no page needs."""
_TO_READ = (str, int, float, Decimal, dt.date)
_MOST_DIGITS = 10
"""After the point."""
_OF_JINJA = (BlockReference, Cycler, Joiner, LoopContext, Macro, Namespace, TemplateModule)


class OwnTemplateError(Exception):
    """A page cannot be rendered, because an own template of the handbook breaks off."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


Stopped = Callable[[Problem], Exception]
"""Makes what is raised if an own template breaks off."""


@dataclass(frozen=True)
class OwnTemplates:
    """The own templates of a handbook."""

    folder: str = ""
    """Where they are, for messages."""
    files: tuple[tuple[str, str], ...] = ()
    """Their names and texts."""
    unread: tuple[Problem, ...] = ()

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """By the names of their files."""
        return dict(self.files)

    def path(self, name: str) -> str:
        """The file, for messages."""
        return posixpath.join(self.folder, name)


def own_templates(project: Project) -> OwnTemplates:
    """Read the own templates of a handbook; a state of it from git has none."""
    if not project.templates_dir or project.tree is not None:
        return OwnTemplates()
    above, folder = posixpath.split(project.templates_dir)
    root = project.root / above
    texts = []
    unread = [*files.folder_problems(root, folder)]
    for path in files.below(root, folder):
        text = files.read_text(root, path)
        if isinstance(text, Problem):
            unread.append(text)
        else:
            texts.append((path.removeprefix(f"{folder}/"), text))
    problems = (replace(each, rule=BROKEN_TEMPLATE, path=posixpath.join(above, each.path)) for each in unread)
    return OwnTemplates(project.templates_dir, tuple(texts), tuple(problems))


def problem(path: str, line: int, message: str, hint: str) -> Problem:
    """What is wrong with an own template."""
    return Problem(BROKEN_TEMPLATE, path, line, message.rstrip("."), hint)


def macros_of(tree: nodes.Template) -> Mapping[str, nodes.Macro]:
    """The macros of a template by their names."""
    return {each.name: each for each in tree.find_all(nodes.Macro)}


# --- rendering ------------------------------------------------------------------------------------


class _Sandbox(ImmutableSandboxedEnvironment):
    """Where own templates run: an allowlist says which parts of a value they see."""

    intercepted_binops = frozenset(("**", "*", "%", "+"))

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.turns = Turns()
        self.turn = self.turns.turn
        self.globals["range"] = self.turns.range

    def _generate(self, source: nodes.Template, *names: Any, **more: Any) -> str:
        count_turns(source)
        return super()._generate(source, *names, **more)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for joined in tree.find_all(nodes.Concat):  # Jinja itself would escape for HTML alone
            joined.nodes = [
                nodes.Filter(each, "e", [], [], None, None, lineno=each.lineno) for each in joined.nodes
            ]
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Undefined):
            return obj
        # Asked first: looking at some parts takes long.
        if not _may_see(obj, attribute):
            return self.unsafe_undefined(obj, attribute)
        found = super().getattr(obj, attribute)
        return self.unsafe_undefined(obj, attribute) if isinstance(found, Undefined) else found

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return _may_see(obj, attr) and super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        shown = interface.seen(obj)
        if isinstance(obj, str):
            return self.undefined(_NO_PART.format("text", attribute))
        if obj is None:
            return self.undefined(NO_VALUE.format(attribute))
        if isinstance(obj, Mapping):
            shown = frozenset(each for each in obj if isinstance(each, str))
        return self.undefined(_no_part(obj, attribute, shown or ()))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers; text that is repeated or filled up, and powers, could fill the memory."""
        if operator == "+":
            return self._sum(left, right)
        are_numbers = all(isinstance(each, int | float | Decimal) for each in (left, right))
        if operator == "**" or not are_numbers:
            raise not_reckoned(operator, left, right)
        if max(abs(left), abs(right)) > LARGEST:
            raise too_large()
        return super().call_binop(context, operator, left, right)

    def _sum(self, left: Any, right: Any) -> Any:
        """Add numbers, or join texts or lists."""
        for each in (left, right):
            if isinstance(each, str):
                self.turns.write(len(each))
            elif isinstance(each, list | tuple):
                self.turns.turn(len(each))
        if isinstance(left, Markup) or isinstance(right, Markup):
            return _escaped(left) + _escaped(right)
        try:
            return left + right
        except (TypeError, AttributeError) as error:
            raise not_reckoned("+", left, right) from error


def _may_see(obj: object, part: str) -> bool:
    if isinstance(obj, str):
        return part not in _WIDENING
    shown = None if isinstance(obj, _OF_JINJA) else interface.seen(obj)
    return shown is None or part in shown


def _no_part(value: object, part: str, parts: Iterable[str]) -> str:
    return f"{_NO_PART.format(what(value), part)} {did_you_mean(part, parts)}".rstrip()


@lru_cache(maxsize=2)
def _environments(own: OwnTemplates) -> tuple[jinja2.Environment, _Sandbox]:
    """An environment for the program's templates, which are trusted, and one for the handbook's own."""
    for_own = sandbox()
    trusted = set_up(jinja2.Environment, _ForTrusted(own, for_own))
    for_own.loader = _ForOwn(own, trusted)
    return trusted, for_own


def sandbox() -> _Sandbox:
    """An environment for own templates, without a loader."""
    sandbox = set_up(_Sandbox, None)
    assert isinstance(sandbox, _Sandbox)
    sandbox.extensions = {}  # the handbook's own words are not translated
    texts = _Texts(sandbox.turns)
    sandbox.finalize = texts.shown
    offered = {name: each for name, each in sandbox.filters.items() if name in _FILTERS - _NOT_OFFERED}
    sandbox.filters = {
        **offered,
        **_with_checked_values({**sandbox.filters, **texts.filters}),
        **{name: each for name, each in texts.filters.items() if name not in interface.FILTERS},
    }
    return sandbox


def _with_checked_values(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The program's filters, each of which says what it takes where it gets something else."""

    def checked(name: str) -> Callable[..., Any]:
        known, function = interface.FILTERS[name], filters[name]

        def check(value: object, *more: object) -> Any:
            expect(value, known.kinds, f"'{name}'", known.takes.replace("`", ""))
            return function(value, *more)

        return check

    return {name: checked(name) for name in interface.FILTERS}


def _escaped(value: object) -> Markup:
    """`value` as text: as neither HTML nor Markdown."""
    if isinstance(value, Markup):
        return value
    return Markup("") if value is None else in_markdown(str(value))


def _as_read(value: object) -> object:
    """A value of a file in words: whole numbers without a point, yes or no."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Texts:
    """Puts texts together."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.filters: Mapping[str, Callable[..., Any]] = {
            "hours": lambda hours: hours_text(hours) if isinstance(hours, Hours) else some_hours(hours),
            "plain": lambda text: in_markdown(str(text)),
            "finished": lambda html: finished(self.shown(html)),
            "join": self._joined,
            "replace": self._replaced,
            "round": self._rounded,
            "e": self.shown,
            "escape": self.shown,
            "string": self.shown,
        }
        """Filters in place of those that write too much, or what is not to be read."""

    def shown(self, value: object) -> Markup:
        """`value` where it is written out, if it is something to read."""
        if value is not None and not isinstance(value, (*_TO_READ, Undefined)):
            raise not_written(value)
        text = _escaped(_as_read(value))
        self._turns.write(len(text))
        return text

    def _joined(self, values: Iterable[object], between: object = "") -> Markup:
        texts, link = [self.shown(each) for each in values], self.shown(between)
        self._turns.write(len(link) * len(texts))
        return link.join(texts)

    def _replaced(self, text: object, old: object, new: object) -> Markup:
        whole, gone, come = map(self.shown, (text, old, new))
        self._turns.write(whole.count(gone) * len(come))
        return whole.replace(gone, come)

    def _rounded(self, value: Any, digits: int = 0, method: str = "common") -> Any:
        expect_number(value, "'round'")
        if digits > _MOST_DIGITS:
            raise too_exact(_MOST_DIGITS)
        return _FILTERS_OF_JINJA["round"](value, digits, method)


class _ForTrusted(jinja2.ChoiceLoader):
    """Finds templates for those of the program: an own one of that name, or its own."""

    def __init__(self, own: OwnTemplates, sandbox: jinja2.Environment) -> None:
        built_in = environment().loader
        assert built_in is not None
        macros = _WithOwnMacros(built_in, own)
        super().__init__([jinja2.PrefixLoader({BUILT_IN.rstrip("/"): built_in}), macros])
        self._own, self._sandbox = own, sandbox

    def load(self, environment: jinja2.Environment, name: str, globals: Any = None) -> jinja2.Template:
        is_own = name in self._own.texts and name != interface.MACROS
        if is_own or name == _OWN_MACROS:
            return self._sandbox.get_template(name)
        return super().load(environment, name, globals)


class _WithOwnMacros(jinja2.BaseLoader):
    """The program's templates; own macros are in the places of those that have their names."""

    def __init__(self, built_in: jinja2.BaseLoader, own: OwnTemplates) -> None:
        self._built_in, self._own = built_in, own

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        text, *rest = self._built_in.get_source(environment, template)
        if template == interface.MACROS and interface.MACROS in self._own.texts:
            defined = macros_of(sandbox().parse(self._own.texts[interface.MACROS]))
            replaced = (_REPLACED.format(each) for each in interface.SHARED if each in defined)
            text = "".join((text, _IMPORT, *replaced))
        return text, *rest


class _ForOwn(jinja2.BaseLoader):
    """Finds templates for own ones: those of the handbook; those of the program stay trusted."""

    def __init__(self, own: OwnTemplates, trusted: jinja2.Environment) -> None:
        self._own, self._trusted = own, trusted

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        name = interface.MACROS if template == _OWN_MACROS else template
        return self._own.texts[name], self._own.path(name), None

    def load(self, environment: jinja2.Environment, name: str, globals: Any = None) -> jinja2.Template:
        is_own = name in self._own.texts and name != interface.MACROS
        if is_own or name == _OWN_MACROS:
            return super().load(environment, name, globals)
        return self._trusted.get_template(name)


class Templates:
    """The templates of one handbook: its own, and those of the program."""

    def __init__(self, own: OwnTemplates, stopped: Stopped = OwnTemplateError) -> None:
        self.own = own
        self._stopped = stopped
        self._environment: jinja2.Environment = environment()
        self._sandbox: _Sandbox | None = None
        if own.texts:
            self._environment, self._sandbox = _environments(own)

    def filled(self, name: str, context: Mapping[str, Any]) -> str:
        """Fill the template `name`.

        Raises:
            OwnTemplateError: an own template breaks off; or what the driver has in its place.
        """
        if self._sandbox:
            self._sandbox.turns.begin()
        try:
            return self._environment.get_template(name).render(context)
        except Exception as error:
            if not self.own.texts:
                raise
            raise self._stopped(self._broken(error, name)) from error

    def _broken(self, error: Exception, name: str) -> Problem:
        """What is wrong, at the line of the own template at which Jinja broke off."""
        steps = traceback.extract_tb(error.__traceback__)
        ours = [step for step in steps if step.filename.startswith(f"{self.own.folder}/")]
        path, line = (ours[-1].filename, ours[-1].lineno or 0) if ours else (self.own.folder, 0)
        message, hint = said(error)
        return problem(path, line, _BREAKS_OFF.format(name, message), hint)
