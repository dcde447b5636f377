"""Says how a record declares its fields, and reads the fields that are declared.

A group is a kind of value, too, whose own values are read by what its record declares.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Generic, TypeVar

import yaml

from rolebook import malformed
from rolebook.language import gettext, ngettext
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.audience import Audience
from rolebook.schema.foreign import instead_of, is_secret
from rolebook.schema.kinds import (
    WRONG_VALUE,
    Kind,
    ListOf,
    Report,
    entry_sign,
    in_words,
    is_empty,
    plain_text,
)
from rolebook.yaml_text import scalar

UNKNOWN_FIELD = Rule(
    "unknown-field",
    Severity.ERROR,
    "A field with a misspelt name would be ignored silently.",
)
DUPLICATE_FIELD = Rule(
    "duplicate-field",
    Severity.ERROR,
    "If a field appears twice, only one value can count, and it is unclear which.",
)
MISSING_FIELD = Rule(
    "missing-field", Severity.ERROR, "Without this field, the entry cannot be shown or linked."
)
OTHER_KIND = Rule(
    "field-of-other-kind",
    Severity.ERROR,
    "A team is not held, advertised or handed over, and a role has no members: what says so does not count.",
)
RENAMED = Rule(
    "renamed-option", Severity.ADVICE, "The former name works in this version, and no longer in the next one."
)
RULES = (UNKNOWN_FIELD, DUPLICATE_FIELD, MISSING_FIELD, OTHER_KIND, RENAMED)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One field: what it holds, who may see it, what it means."""

    kind: Kind[Any]
    audience: Audience
    meaning: str
    required: bool = False
    shown_when: Callable[[Any], bool] | None = None
    """For a field whose holder may release it: the value is public when this says so."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """What to write instead, by the kind of thing that has no such field."""
    formerly: str = ""
    """What it was called in the version before this one."""
    label: str = ""
    """What a form calls it, if not by its name."""
    one: str = ""
    """What a form calls an entry of it, where it is a list."""
    own: bool = False
    """Whether the handbook's owner has declared it: see `own_fields`."""
    shown_in: tuple[str, ...] = ()
    """Where an own field is shown."""
    currency: str = ""
    """That of an own amount."""

    def in_words(self, text: str) -> str:
        """A text of the declaration in the current language; an owner's is as she wrote it."""
        return text if self.own else gettext(text)

    def called(self, name: str) -> str:
        """What people call the field `name` that this declares."""
        return self.in_words(self.label or shown_name(name).replace("_", " ").capitalize())

    def audience_of(self, value: Any) -> Audience:
        """Who may see the field when it holds `value`."""
        released = self.shown_when is not None and value is not None and self.shown_when(value)
        return Audience.PUBLIC if released else self.audience


def declared(
    kind: Kind[Any],
    audience: Audience,
    meaning: str,
    *,
    default: Any = None,
    required: bool = False,
    shown_when: Callable[[Any], bool] | None = None,
    instead: Mapping[str, str] | None = None,
    formerly: str = "",
    label: str = "",
    one: str = "",
) -> Any:
    """A dataclass field together with its declaration."""
    declaration = Declaration(
        kind, audience, meaning, required, shown_when, instead or {}, formerly, label, one
    )
    return field(default=default, metadata={"declaration": declaration})


def declarations(record: type) -> Mapping[str, Declaration]:
    """The fields of a record class, in the order of their declaration."""
    return _declared(record)


@cache
def _declared(record: type) -> Mapping[str, Declaration]:
    return {each.name: each.metadata["declaration"] for each in fields(record)}


@cache
def _attributes(record: type) -> Mapping[str, str]:
    """The fields of a record class by their names in a file."""
    return {shown_name(name): name for name in declarations(record)}


@cache
def former_names(record: type) -> Mapping[str, str]:
    """The fields of a record class by their former names in a file."""
    return {each.formerly: shown_name(name) for name, each in declarations(record).items() if each.formerly}


@cache
def groups(record: type) -> Mapping[str, tuple[str, ...]]:
    """The fields of a record class that are groups, or lists of them, each with the names in it."""
    found = {}
    for name, each in declarations(record).items():
        kind: Any = each.kind
        kind = getattr(kind, "group", getattr(kind, "kind", kind))
        if isinstance(kind, Group):
            found[shown_name(name)] = tuple(map(shown_name, declarations(kind.record)))
    return found


@cache
def names_in_file(record: type) -> frozenset[str]:
    """The names of all fields of a record class; of those in a group, after its name: `rate.amount`."""
    inner = (f"{group}.{name}" for group, names in groups(record).items() for name in names)
    return frozenset((*_attributes(record), *inner))


def shown_name(attribute: str) -> str:
    """The field's name in a file; `for` is a reserved word in Python and `for_` here."""
    return attribute.rstrip("_")


def values_of(record: Any, kind: Kind[Any], below: str = "") -> Iterator[tuple[str, Any]]:
    """The values of `record`, also within groups, that are declared as this `kind`.

    Each comes after its place (see `kinds.Report`).
    """
    for each in fields(record):
        value = getattr(record, each.name)
        if value is each.default:
            continue
        held = each.metadata["declaration"].kind
        held = held.kind if isinstance(held, ListOf) else held
        place = f"{below}{shown_name(each.name)}"
        items = enumerate(value) if isinstance(value, tuple) else [("", value)]
        for number, item in items:
            at = f"{place}.{number}" if isinstance(value, tuple) else place
            if held == kind:
                yield at, item
            elif is_dataclass(item):
                yield from values_of(item, kind, f"{at}.")


def parse_fields(
    node: yaml.MappingNode,
    record: type,
    report: Report,
    prefix: str = "",
    also_allowed: Iterable[str] = (),
) -> tuple[dict[str, Any], dict[str, int]]:
    """Read the fields of `node` that `record` declares: their values, and the lines in `report`."""
    known, attributes = declarations(record), _attributes(record)
    values: dict[str, Any] = {}
    seen: dict[str, int] = {}
    allowed = frozenset(also_allowed)
    block = _Block(record, node, prefix)
    for key, value in node.value:
        name = plain_text(key) or in_words(key)
        if now := former_names(record).get(name):
            message = gettext("'%(name)s' is now called '%(now)s'", name=f"{prefix}{name}", now=now)
            hint = gettext("Write '%(now)s', or run 'rolebook check --fix'", now=now)
            report.add(RENAMED, key, message, hint)
            name = now
        if name in seen:
            message = gettext(
                "'%(name)s' appears twice (first on line %(line)s)",
                name=f"{prefix}{name}",
                line=str(seen[name]),
            )
            report.add(DUPLICATE_FIELD, key, message, gettext("Keep one of the two"))
            continue
        seen[name] = report.line(key)
        if name not in attributes:
            if name not in allowed:
                block.report_unknown(key, value, report)
            continue
        block.enter(name, value)
        outer = report.enter(name, value)
        if not is_empty(value):
            parsed = known[attributes[name]].kind.parse(value, f"{prefix}{name}", report)
            if parsed is not None:
                values[attributes[name]] = parsed
        report.place = outer
    return values, report.lines


def take_out_of_other_kinds(
    values: dict[str, Any], lines: Mapping[str, int], record: type, report: Report
) -> None:
    """Remove from `values` the fields that a thing of its `kind` does not have, and report them."""
    known, usual = declarations(record), {each.name: each.default for each in fields(record)}
    kind = str(values.get("kind") or usual.get("kind", ""))
    is_unclear = "kind" not in values and any(
        problem.line == lines.get("kind") for problem in report.problems
    )
    for name in [name for name in values if kind in known[name].instead]:
        # Of a kind that is not understood nobody can say what it has.
        if values.pop(name) == usual[name] or is_unclear:
            continue
        if kind == "team":
            message = gettext("a team has no '%(field)s'", field=shown_name(name))
        else:
            message = gettext("a role has no '%(field)s'", field=shown_name(name))
        hint = gettext(known[name].instead[kind])
        report.problems.append(Problem(OTHER_KIND, report.path, lines[name], message, hint))


def _begin_of_fields(value: yaml.Node) -> int:
    """How far in the fields of a group begin, or of the last one in a list; 0 where they are in brackets."""
    last = value.value[-1] if isinstance(value, yaml.SequenceNode) and value.value else value
    if not isinstance(last, yaml.MappingNode) or last.flow_style or not last.start_mark:
        return 0
    return int(last.start_mark.column)


def _in_brackets(text: str) -> str:
    """A value as it is written in a group in brackets."""
    return scalar(text, in_brackets=True) if {*text} & {*",{}[]:#'\"&*!"} else text


class _Block:
    """Fields that stand together, to say where an unknown one belongs."""

    def __init__(self, record: type, node: yaml.MappingNode, prefix: str) -> None:
        self._record = record
        self._values = {plain_text(key) or "": (key, value) for key, value in node.value}
        self._prefix = prefix
        self._above, self._spaces = "", 0
        """The field above, if what is below it can belong to it, and how far in that begins."""

    def enter(self, name: str, value: yaml.Node) -> None:
        """Come to a field that is known."""
        self._above, self._spaces = name, 2 if is_empty(value) else _begin_of_fields(value)

    def report_unknown(self, key: yaml.Node, value: yaml.Node, report: Report) -> None:
        """Report a field that nobody knows, with what to write instead."""
        if report.full:
            return
        name = plain_text(key) or in_words(key)
        message = gettext(report.unknown, name=f"{self._prefix}{name}"[:80])
        if slip := malformed.invisible(str(key.value) if isinstance(key, yaml.ScalarNode) else ""):
            report.add(UNKNOWN_FIELD, key, *slip)
        else:
            report.add(UNKNOWN_FIELD, key, message, *self._instead_of(name, value, report))

    def _instead_of(self, name: str, value: yaml.Node, report: Report) -> tuple[str, tuple[str, ...]]:
        """What to write instead, and the fields that are offered."""
        present = {each: report.line(key) for each, (key, _) in self._values.items()}
        if self._spaces and name in groups(self._record).get(self._above, ()):
            hint = ngettext(
                "It belongs to '%(group)s': begin its line with %(number)s space",
                "It belongs to '%(group)s': begin its line with %(number)s spaces",
                self._spaces,
                group=self._above,
            )
            return hint, ()
        having = [group for group, names in groups(self._record).items() if name in names]
        known = tuple(_attributes(self._record))
        hint, offered = instead_of(name, bool(self._prefix), known, present)
        if self._above in having:
            return self._beside(self._above, name, value, present[self._above]), ()
        if len(having) != 1 or offered:
            return hint, offered
        (group,) = having
        if group in present:
            return self._beside(group, name, value, present[group]), ()
        self._above, self._spaces = group, 2
        hint = gettext(
            "It belongs to '%(group)s': write '%(group)s:' on a line above, and two spaces before '%(name)s'",
            group=group,
            name=name,
        )
        return hint, ()

    def _beside(self, group: str, name: str, value: yaml.Node, line: int) -> str:
        """Say how to write a field beside those of a group that is there already."""
        here = self._values[group][1]
        first = groups(self._record)[group][0]
        if isinstance(here, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            old, new = _in_brackets(str(here.value)), _in_brackets(str(value.value))
            return gettext(
                "Write '%(group)s: {%(first)s: %(old)s, %(name)s: %(new)s}' on line %(line)s instead",
                group=group,
                first=first,
                old=old,
                name=name,
                new=new,
                line=str(line),
            )
        return gettext(
            "Move it to the fields of '%(group)s' on line %(line)s, and begin it where they begin",
            group=group,
            line=str(line),
        )


def _names_in(node: yaml.MappingNode) -> set[str]:
    """The names of the fields that are written in `node`."""
    return {plain_text(key) or "" for key, _ in node.value}


def _missing(name: str, field: str) -> tuple[str, str]:
    """What is said of a group without a field that it needs."""
    return (
        gettext("%(name)s has no %(field)s", name=name, field=field),
        gettext("Add '%(field)s: …' to it", field=field),
    )


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """A group of declared fields; where `shorthand` is given, a bare value stands for that field."""

    record: type[T]
    shorthand: str = ""
    objection: Callable[[T], str] = lambda group: ""
    """Says what to write when `min` is more than `max`; empty when they are in order."""
    more: str = ""
    """What is said of the thing that `shorthand` names by whoever writes 'name: value'."""
    instead: Callable[[str], str] = lambda text: ""
    """The group that is meant by a bare value, as it is to be written; empty where that is not clear."""

    @property
    def expects(self) -> str:
        if not self.shorthand:
            return gettext("the fields %(names)s", names=self._names)
        return gettext(
            "the fields %(names)s, or the %(field)s alone", names=self._names, field=self.shorthand
        )

    @property
    def _names(self) -> str:
        return ", ".join(map(shown_name, declarations(self.record)))

    def parse(self, node: yaml.Node, name: str, report: Report) -> T | None:
        if not isinstance(node, yaml.MappingNode):
            return self._parse_shorthand(node, name, report)
        if written := self._with_a_colon(node, report):
            message = gettext("%(name)s has a ': ' in its text", name=name)
            report.add(WRONG_VALUE, node, message, gettext("Write %(what)s", what=written))
            return None
        before = len(report.problems)
        values, _ = parse_fields(node, self.record, report, f"{name}.")
        missing = [
            key
            for key, each in declarations(self.record).items()
            if each.required and values.get(key) in (None, "")
        ]
        if missing:
            if {shown_name(key) for key in missing} & _names_in(node) and len(report.problems) > before:
                return None  # A value that is wrong is reported already.
            first = shown_name(missing[0])
            if any(first in each.about for each in report.problems[before:]):
                return None  # So is the name that is written in its place.
            report.add(MISSING_FIELD, node, *_missing(name, first))
            return None
        group = self.record(**values)
        if hint := self.objection(group):
            report.add(WRONG_VALUE, node, gettext("in %(name)s, min is more than max", name=name), hint)
            return None
        return group

    def _with_a_colon(self, node: yaml.MappingNode, report: Report) -> str:
        """How to write an entry that is a text with a colon; empty for one that is a group."""
        pairs = [(plain_text(key), plain_text(value)) for key, value in node.value]
        name, text = pairs[0] if pairs else (None, None)
        known = frozenset(shown_name(each) for each in declarations(self.record))
        others = {other for other, _ in pairs[1:]}
        if not (self.shorthand and name and text) or node.flow_style or name in known or not others <= known:
            return ""
        _, offered = instead_of(name, True, tuple(known), {})
        # A word in small letters is a field that is not there; a name or a sentence is none.
        is_field = not self.more and re.fullmatch("[a-z_]+", name)
        if offered or is_field or is_secret(name) or (self.more and others):
            return ""
        if self.more:
            group = f"{self.shorthand}: {_in_brackets(name)}, {self.more}: {_in_brackets(text)}"
            return f"{entry_sign(node, report)}{{{group}}}"
        whole = scalar(f"{name}: {text}")
        return f"{entry_sign(node, report)}{f'{shown_name(self.shorthand)}: {whole}' if others else whole}"

    def _parse_shorthand(self, node: yaml.Node, name: str, report: Report) -> T | None:
        if isinstance(node, yaml.SequenceNode):
            report.wrong_value(
                node, name, gettext("its fields below it, without '- ': %(names)s", names=self._names)
            )
            return None
        if not self.shorthand:
            report.wrong_value(node, name, self.instead(plain_text(node) or "") or self.expects)
            return None
        kind = declarations(self.record)[self.shorthand].kind
        value = kind.parse(node, name, report)
        if value == "" and declarations(self.record)[self.shorthand].required:
            first = shown_name(self.shorthand)
            report.add(MISSING_FIELD, node, *_missing(name, first))
            return None
        return None if value is None else self.record(**{self.shorthand: value})
