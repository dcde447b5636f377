"""Finds what is wrong with a handbook's own templates, without rendering a page."""

from collections.abc import Iterator, Set
from functools import cache

import jinja2
from jinja2 import meta, nodes

from rolebook.problems import Problem
from rolebook.rendering import interface
from rolebook.rendering.environment import environment
from rolebook.rendering.own_templates import BUILT_IN, GLOBALS, OwnTemplates, macros_of, problem, sandbox
from rolebook.schema.typos import did_you_mean

_GUIDE = "See the page 'Make it look like yours' of the guide"
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
            yield problem(own.path(name), 0, "the template is too deeply nested", "Make it simpler")
    asked = {name for tree in trees.values() for name, _ in _asked(tree)}
    odd = [name for name in own.texts if name not in {*interface.names(), *asked}]
    yield from (_odd_name(own, name) for name in odd)
    for name in trees.keys() - odd:
        for line, message, hint in _Check(own, name, trees[name], trees).found():
            yield problem(own.path(name), line, message, hint)


def _of_syntax(error: jinja2.TemplateSyntaxError) -> tuple[str, str]:
    said = (error.message or "the template cannot be read").rstrip(".")
    if "'trans'" in said:
        return "own templates have no {% trans %}", "Write the words themselves"
    return f"the template cannot be read: {said[:1].lower()}{said[1:]}", "Correct the line"


def _odd_name(own: OwnTemplates, name: str) -> Problem:
    known = [*interface.names()]
    stem = name.partition(".")[0]
    meant = next((each for each in known if each.partition(".")[0] == stem), "")
    near = f"Did you mean '{meant}'?" if meant else did_you_mean(name, known)
    hint = near or f"Rename it, or remove it. {_GUIDE}"
    return problem(own.path(name), 0, f"there is no template '{name}', so this one changes nothing", hint)


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
                yield 1, "a template of documents must extend that of Rolebook", f"Begin it with {first}"
        elif not self._tree.body or self._tree.body[0] is not self._extends:
            line = self._extends.lineno
            yield line, "something stands before {% extends %}", "Move {% extends %} to the first line"

    def _targets(self) -> Iterator[Found]:
        helpers = {each for each in self._own.texts if each not in interface.names()}
        known = {f"{BUILT_IN}{self._name}", f"{BUILT_IN}{interface.MACROS}", interface.MACROS, *helpers}
        for target, line in _asked(self._tree):
            if not target:
                yield line, "the name of a template must stand in quotation marks", "Write the name itself"
            elif target not in known or target == self._name:
                own = f"{BUILT_IN}{self._name}" if target == self._name else ""
                near = f"Write '{own}'" if own else did_you_mean(target, known)
                yield line, f"'{target}' cannot be used here", near or f"Write {_either(known)}"
        for node in self._tree.find_all(nodes.FromImport):
            if str(getattr(node.template, "value", "")).endswith(interface.MACROS):
                offered = {*interface.USABLE, *macros_of(self._trees.get(interface.MACROS, _NOTHING))}
                for each in node.names:
                    macro = each[0] if isinstance(each, tuple) else each
                    if macro not in offered:
                        hint = did_you_mean(macro, offered) or f"It has {_either(offered)}"
                        yield node.lineno, f"{interface.MACROS} offers no '{macro}'", hint

    def _blocks(self) -> Iterator[Found]:
        if self._extends is None or self._name not in interface.TEMPLATES:
            return
        known = interface.TEMPLATES[self._name].blocks
        for each in self._tree.find_all(nodes.Block):
            if each.name not in known and not self._is_of_helper(each.name):
                hint = did_you_mean(each.name, known) or f"Its blocks are {', '.join(known)}"
                yield each.lineno, f"{self._name} has no block '{each.name}'", hint

    def _is_of_helper(self, block: str) -> bool:
        """Whether the block is one of an own template between this and that of the program."""
        helpers = (tree for name, tree in self._trees.items() if name not in interface.names())
        return any(each.name == block for tree in helpers for each in tree.find_all(nodes.Block))

    def _words(self) -> Iterator[Found]:
        """What own templates have not of what Jinja has."""
        offered = sandbox()
        for node in self._tree.find_all((nodes.Filter, nodes.Test)):
            what = "filter" if isinstance(node, nodes.Filter) else "test"
            known = offered.filters if what == "filter" else offered.tests
            if node.name == "safe":
                yield node.lineno, "there is no 'safe' here: text of a file is never HTML", "Remove '| safe'"
            elif node.name not in known:
                hint = did_you_mean(node.name, known) or _GUIDE
                yield node.lineno, f"there is no {what} '{node.name}' for templates", hint
            else:
                continue
            node.name = "upper" if what == "filter" else "none"  # or Jinja would look no further
        for each in self._tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
            yield each.lineno, "escaping cannot be switched off", "Remove {% autoescape %}"

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
            hint = did_you_mean(name, known) or (f"It has {_either(known)}" if len(known) < _MANY else _GUIDE)
            yield self._line_of(name), f"there is no '{name}' in {self._name}", hint
        try:
            bare.compile(self._tree)
        except jinja2.TemplateAssertionError as error:
            yield error.lineno, *_of_syntax(error)
        except RecursionError:
            yield 0, "the template is too deeply nested", "Make it simpler"

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
                hint = did_you_mean(node.attr, parts) or (
                    f"It has {_either(parts)}" if len(parts) < _MANY else _GUIDE
                )
                yield node.lineno, f"'{node.node.name}' has no '{node.attr}' for templates", hint

    def _macros(self) -> Iterator[Found]:
        """Macros that nothing asks for, or that are asked for in another way."""
        built_in = macros_of(_built_in(interface.MACROS))
        own = macros_of(self._tree)
        called = {each.name for each in self._tree.find_all(nodes.Name) if each.ctx == "load"}
        for name, macro in own.items():
            if name in interface.SHARED:
                wanted = signature(built_in[name])
                if signature(macro) != wanted:
                    yield macro.lineno, f"the macro '{name}' is called otherwise", f"Write {name}({wanted})"
            elif name in built_in:
                yield macro.lineno, f"the macro '{name}' cannot be replaced", _GUIDE
            elif name not in called and (near := did_you_mean(name, interface.SHARED)):
                yield macro.lineno, f"there is no macro '{name}', so this one changes nothing", near


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


def _either(names: Set[str] | dict[str, interface.Value]) -> str:
    return ", ".join(sorted(names))
