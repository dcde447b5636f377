"""Finds what is wrong with a handbook's own templates, without rendering a page."""

import sys
from collections.abc import Iterator, Set
from functools import cache

import jinja2
from jinja2 import meta, nodes

from rolebook.language import N_, gettext
from rolebook.problems import Problem
from rolebook.rendering import interface
from rolebook.rendering.environment import environment
from rolebook.rendering.own_templates import BUILT_IN, GLOBALS, OwnTemplates, macros_of, problem, sandbox
from rolebook.schema.typos import did_you_mean, meant_is

_GUIDE = N_("See the page 'Make it look like yours' of the guide")
_MANY = 12
"""So many names are not listed in a message."""
_DOCUMENT = "document.html.jinja"


def problems(own: OwnTemplates) -> Iterator[Problem]:
    """What is wrong with the own templates of a handbook."""
    yield from own.unread
    trees: dict[str, nodes.Template] = {}
    for name, text in own.texts.items():
        try:
            trees[name] = sandbox().parse(text)
        except jinja2.TemplateSyntaxError as error:
            yield problem(own.path(name), error.lineno, *_of_syntax(error))
        except RecursionError:
            yield problem(own.path(name), 0, *_too_deep())
    asked = {name for tree in trees.values() for name, _ in _asked(tree)}
    odd = [name for name in own.texts if name not in {*interface.names(), *asked}]
    yield from (_odd_name(own, name) for name in odd)
    for name in trees.keys() - odd:
        for line, message, hint in _Check(own, name, trees[name], trees).found():
            yield problem(own.path(name), line, message, hint)


def _too_deep() -> tuple[str, str]:
    return gettext("the template is too deeply nested"), gettext("Make it simpler")


def _of_syntax(error: jinja2.TemplateSyntaxError) -> tuple[str, str]:
    said = (error.message or gettext("the template cannot be read")).rstrip(".")
    if "'trans'" in said:
        message = gettext("own templates have no %(tag)s", tag="{% trans %}")
        return message, gettext("Write the words themselves")
    message = gettext("the template cannot be read: %(why)s", why=f"{said[:1].lower()}{said[1:]}")
    return message, gettext("Correct the line")


def _odd_name(own: OwnTemplates, name: str) -> Problem:
    known = [*interface.names()]
    stem = name.partition(".")[0]
    meant = next((each for each in known if each.partition(".")[0] == stem), "")
    near = meant_is(meant) if meant else did_you_mean(name, known)
    hint = near or gettext("Rename it, or remove it. See the page 'Make it look like yours' of the guide")
    message = gettext("there is no template '%(name)s', so this one changes nothing", name=name)
    return problem(own.path(name), 0, message, hint)


def _asked(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The templates that a template extends, includes or imports, each with its line."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        target = getattr(node, "template", None)
        yield (str(target.value) if isinstance(target, nodes.Const) else ""), node.lineno


@cache
def _built_in(name: str) -> nodes.Template:
    loader = environment().loader
    assert loader is not None
    return environment().parse(loader.get_source(environment(), name)[0])


def blocks(name: str) -> Set[str]:
    """The blocks of a template of the program."""
    return {each.name for each in _built_in(name).find_all(nodes.Block)}


Found = tuple[int, str, str]
"""A line, what is wrong there, and what to write."""


class _Check:
    """Looks at one template."""

    def __init__(
        self, own: OwnTemplates, name: str, tree: nodes.Template, trees: dict[str, nodes.Template]
    ) -> None:
        self._own, self._name, self._tree, self._trees = own, name, tree, trees
        self._extends = next(tree.find_all(nodes.Extends), None)

    def found(self) -> Iterator[Found]:
        yield from self._beginning()
        yield from self._targets()
        yield from self._blocks()
        yield from self._words()
        yield from self._unknown_names()
        yield from self._parts()
        if self._name == interface.MACROS:
            yield from self._macros()

    def _beginning(self) -> Iterator[Found]:
        """`extends` stands first: what is before it would stand before the page."""
        first = f'{{% extends "{BUILT_IN}{self._name}" %}}'
        if self._extends is None:
            if self._name == _DOCUMENT:
                message = gettext("a template of documents must extend that of Rolebook")
                yield 1, message, gettext("Begin it with %(tag)s", tag=first)
        elif not self._tree.body or self._tree.body[0] is not self._extends:
            tag = "{% extends %}"
            message = gettext("something stands before %(tag)s", tag=tag)
            yield self._extends.lineno, message, gettext("Move %(tag)s to the first line", tag=tag)

    def _targets(self) -> Iterator[Found]:
        helpers = {each for each in self._own.texts if each not in interface.names()}
        known = {f"{BUILT_IN}{self._name}", f"{BUILT_IN}{interface.MACROS}", interface.MACROS, *helpers}
        for target, line in _asked(self._tree):
            if not target:
                message = gettext("the name of a template must stand in quotation marks")
                yield line, message, gettext("Write the name itself")
            elif target not in known or target == self._name:
                own = f"{BUILT_IN}{self._name}" if target == self._name else ""
                near = gettext("Write '%(what)s'", what=own) if own else did_you_mean(target, known)
                message = gettext("'%(name)s' cannot be used here", name=target)
                yield line, message, near or gettext("Write %(what)s", what=_either(known))
        for node in self._tree.find_all(nodes.FromImport):
            if str(getattr(node.template, "value", "")).endswith(interface.MACROS):
                offered = {*interface.USABLE, *macros_of(self._trees.get(interface.MACROS, _NOTHING))}
                for each in node.names:
                    macro = each[0] if isinstance(each, tuple) else each
                    if macro not in offered:
                        message = gettext("%(file)s offers no '%(name)s'", file=interface.MACROS, name=macro)
                        hint = did_you_mean(macro, offered) or _it_has(offered)
                        yield node.lineno, message, hint

    def _blocks(self) -> Iterator[Found]:
        if self._extends is None or self._name not in interface.TEMPLATES:
            return
        known = interface.TEMPLATES[self._name].blocks
        for each in self._tree.find_all(nodes.Block):
            if each.name not in known and not self._is_of_helper(each.name):
                message = gettext("%(file)s has no block '%(name)s'", file=self._name, name=each.name)
                hint = did_you_mean(each.name, known) or gettext(
                    "Its blocks are %(names)s", names=", ".join(known)
                )
                yield each.lineno, message, hint

    def _is_of_helper(self, block: str) -> bool:
        """Whether the block is one of an own template between this and that of the program."""
        helpers = (tree for name, tree in self._trees.items() if name not in interface.names())
        return any(each.name == block for tree in helpers for each in tree.find_all(nodes.Block))

    def _words(self) -> Iterator[Found]:
        """What own templates have not of what Jinja has."""
        offered = sandbox()
        for node in self._tree.find_all((nodes.Filter, nodes.Test)):
            is_filter = isinstance(node, nodes.Filter)
            known = offered.filters if is_filter else offered.tests
            if node.name == "safe":
                message = gettext("there is no 'safe' here: text of a file is never HTML")
                yield node.lineno, message, gettext("Remove '| safe'")
            elif node.name not in known:
                message = (
                    gettext("there is no filter '%(name)s' for templates", name=node.name)
                    if is_filter
                    else gettext("there is no test '%(name)s' for templates", name=node.name)
                )
                yield node.lineno, message, did_you_mean(node.name, known) or gettext(_GUIDE)
            else:
                continue
            node.name = "upper" if is_filter else "none"  # or Jinja would look no further
        for each in self._tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
            message = gettext("escaping cannot be switched off")
            yield each.lineno, message, gettext("Remove %(tag)s", tag="{% autoescape %}")

    def _values(self) -> dict[str, interface.Value]:
        of = interface.TEMPLATES.get(self._name)
        if of:
            everywhere = {} if self._name == _DOCUMENT else interface.EVERYWHERE
            return {**everywhere, **of.values}
        if self._name == interface.MACROS:
            return {}
        # Whoever includes it has the values of its own page.
        every = (each.values for each in interface.TEMPLATES.values())
        return {**interface.EVERYWHERE, **{name: interface.Value("") for each in every for name in each}}

    def _unknown_names(self) -> Iterator[Found]:
        known = self._values()
        bare = sandbox()
        bare.globals = {}
        self._tree.set_environment(bare)
        try:
            asked = meta.find_undeclared_variables(self._tree)
        except (jinja2.TemplateError, RecursionError):  # such as a block that stands twice
            asked = set()
        for name in sorted(asked - known.keys() - GLOBALS - _at_top(self._tree)):
            message = gettext("there is no '%(name)s' in %(file)s", name=name, file=self._name)
            yield self._line_of(name), message, did_you_mean(name, known) or _it_has(known, _MANY)
        try:
            bare.compile(self._tree)
        except jinja2.TemplateAssertionError as error:
            yield error.lineno, *_of_syntax(error)
        except RecursionError:
            yield 0, *_too_deep()

    def _line_of(self, name: str) -> int:
        return next((each.lineno for each in self._tree.find_all(nodes.Name) if each.name == name), 0)

    def _parts(self) -> Iterator[Found]:
        """Parts that a documented value does not have."""
        values = self._values()
        stored = {each.name for each in self._tree.find_all(nodes.Name) if each.ctx != "load"}
        for node in self._tree.find_all(nodes.Getattr):
            if not isinstance(node.node, nodes.Name) or node.node.name in stored:
                continue
            kind = values[node.node.name].kind if node.node.name in values else None
            if kind and node.attr not in interface.PARTS[kind]:
                parts = interface.PARTS[kind]
                message = gettext(
                    "'%(value)s' has no '%(part)s' for templates", value=node.node.name, part=node.attr
                )
                yield node.lineno, message, did_you_mean(node.attr, parts) or _it_has(parts, _MANY)

    def _macros(self) -> Iterator[Found]:
        """Macros that nothing asks for, or that are asked for in another way."""
        built_in = macros_of(_built_in(interface.MACROS))
        own = macros_of(self._tree)
        called = {each.name for each in self._tree.find_all(nodes.Name) if each.ctx == "load"}
        for name, macro in own.items():
            if name in interface.SHARED:
                wanted = signature(built_in[name])
                if signature(macro) != wanted:
                    message = gettext("the macro '%(name)s' is called otherwise", name=name)
                    yield macro.lineno, message, gettext("Write %(what)s", what=f"{name}({wanted})")
            elif name in built_in:
                message = gettext("the macro '%(name)s' cannot be replaced", name=name)
                yield macro.lineno, message, gettext(_GUIDE)
            elif name not in called and (near := did_you_mean(name, interface.SHARED)):
                message = gettext("there is no macro '%(name)s', so this one changes nothing", name=name)
                yield macro.lineno, message, near


_NOTHING = nodes.Template([])


def signature(macro: nodes.Macro) -> str:
    """The parameters of a macro as they are written."""
    without = len(macro.args) - len(macro.defaults)
    defaults = [""] * without + [f"={_constant(each)}" for each in macro.defaults]
    return ", ".join(f"{each.name}{default}" for each, default in zip(macro.args, defaults, strict=True))


def _constant(node: nodes.Expr) -> str:
    if not isinstance(node, nodes.Const):
        return "…"
    return f'"{node.value}"' if isinstance(node.value, str) else str(node.value).lower()


def _at_top(tree: nodes.Template) -> set[str]:
    """Names that a template sets for all its blocks."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, nodes.Macro):
            found.add(node.name)
        elif isinstance(node, nodes.Import):
            found.add(node.target)
        elif isinstance(node, nodes.FromImport):
            found.update(each[1] if isinstance(each, tuple) else each for each in node.names)
        elif isinstance(node, nodes.Assign | nodes.AssignBlock):
            found.update(each.name for each in node.target.find_all(nodes.Name))
            found.update((node.target.name,) if isinstance(node.target, nodes.Name) else ())
    return found


def _it_has(names: Set[str] | dict[str, interface.Value], many: int = sys.maxsize) -> str:
    """What there is, or where it stands if that is much."""
    return gettext("It has %(names)s", names=_either(names)) if len(names) < many else gettext(_GUIDE)


def _either(names: Set[str] | dict[str, interface.Value]) -> str:
    return ", ".join(sorted(names))
