"""Kinds of values: each turns a YAML node into a typed value, or says what to write instead.

The nodes carry text as it was written, so `012` stays a title and `1:30` is never ninety.
"""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

import yaml

from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.audience import Audience

UNKNOWN_FIELD = Rule(
    "unknown-field",
    Severity.ERROR,
    "A field with a misspelt name would silently count for nothing.",
)
DUPLICATE_FIELD = Rule(
    "duplicate-field",
    Severity.ERROR,
    "When a field stands twice, only one of the two can count, and nobody can tell which was meant.",
)
WRONG_VALUE = Rule(
    "wrong-value",
    Severity.ERROR,
    "Hours, dates and choices are added up and compared, so they must be readable as such.",
)
OUT_OF_RANGE = Rule(
    "out-of-range", Severity.ERROR, "A week has 168 hours; a figure beyond the possible is a slip."
)
MISSING_FIELD = Rule(
    "missing-field", Severity.ERROR, "Without its name the entry cannot be shown or pointed at."
)
RULES = (UNKNOWN_FIELD, DUPLICATE_FIELD, WRONG_VALUE, OUT_OF_RANGE, MISSING_FIELD)

MAX_TEXT = 20_000
"""Characters in one value; longer text belongs in the body."""
MAX_PROBLEMS = 100
"""In one file; whoever reads that many will look at the file before asking for more."""
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_NULL = "tag:yaml.org,2002:null"
_PLAIN_TAGS = "tag:yaml.org,2002:"

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(slots=True)
class Report:
    """Where the problems of one file are gathered while it is parsed."""

    path: str
    lines_before: int = 0
    """Lines of the file before the YAML's first."""
    problems: list[Problem] = field(default_factory=list)

    def line(self, node: yaml.Node) -> int:
        """Line of `node` in the file, from 1; 0 for a value that stands in no file."""
        return self.lines_before + node.start_mark.line + 1 if node.start_mark else 0

    def add(self, rule: Rule, node: yaml.Node, message: str, hint: str) -> None:
        if not self.full:
            self.problems.append(Problem(rule, self.path, self.line(node), message, hint))

    @property
    def full(self) -> bool:
        return len(self.problems) >= MAX_PROBLEMS


class Kind(Protocol[T_co]):
    """What a value may be."""

    @property
    def expects(self) -> str:
        """In words, to complete 'Write …'."""

    def parse(self, node: yaml.Node, name: str, report: Report) -> T_co | None:
        """The value of `node`; None, with a problem in `report`, when it is not of this kind."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One field: what it holds, who may see it, what it means."""

    kind: Kind[Any]
    audience: Audience
    meaning: str
    required: bool = False
    shown_when: Callable[[Any], bool] | None = None
    """For a field whose holder may release it: the value is public when this says so."""

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
) -> Any:
    """A dataclass field together with its declaration."""
    declaration = Declaration(kind, audience, meaning, required, shown_when)
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


def _scalar(node: yaml.Node) -> str | None:
    """The text of a plain value; None for lists, nested fields and custom tags."""
    if isinstance(node, yaml.ScalarNode) and node.tag.startswith(_PLAIN_TAGS):
        return str(node.value).strip()
    return None


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a group of fields"
    text = str(node.value)
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"


def _wrong(node: yaml.Node, name: str, report: Report, expects: str) -> None:
    report.add(WRONG_VALUE, node, f"{name} is {_shown(node)}", f"Write {expects}")


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it was written, without the white space around it."""

    expects: str = "text"
    one_line: bool = True

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = _scalar(node)
        if text is None:
            _wrong(node, name, report, self.expects)
            return None
        if len(text) > MAX_TEXT:
            hint = "Move it into the body of the page"
            report.add(OUT_OF_RANGE, node, f"{name} is longer than {MAX_TEXT} characters", hint)
            return None
        return " ".join(text.split()) if self.one_line else text


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text of a fixed form."""

    expects: str
    form: re.Pattern[str]

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = _scalar(node)
        if text is None or not self.form.fullmatch(text):
            _wrong(node, name, report, self.expects)
            return None
        return text


WEB_ADDRESS = Pattern("a web address that begins with https://", re.compile(r'https?://[^\s<>"]{3,}'))
EMAIL = Pattern("an e-mail address, such as jobs@example.com", re.compile(r'[^\s@<>"]+@[^\s@<>"]+'))


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits."""

    expects: str
    low: float = 0
    high: float = 10**12

    def parse(self, node: yaml.Node, name: str, report: Report) -> float | None:
        text = _scalar(node)
        if text is None or not _NUMBER.fullmatch(text):
            _wrong(node, name, report, f"{self.expects}{_number_hint(text)}")
            return None
        number = float(text)
        if not self.low <= number <= self.high:
            message = f"{name} is {text}"
            hint = f"Write a number from {self.low:.15g} to {self.high:.15g}"
            report.add(OUT_OF_RANGE, node, message, hint)
            return None
        return number


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number in digits."""

    number: Number

    @property
    def expects(self) -> str:
        return self.number.expects

    def parse(self, node: yaml.Node, name: str, report: Report) -> int | None:
        value = self.number.parse(node, name, report)
        if value is not None and value != int(value):
            _wrong(node, name, report, f"{self.expects}, without a fraction")
            return None
        return None if value is None else int(value)


def _number_hint(text: str | None) -> str:
    if text is None:
        return ""
    if clock := re.fullmatch(r"(\d{1,3}):([0-5]\d)", text):
        return f", here {int(clock[1]) + int(clock[2]) / 60:g}"
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        return f", here {text.replace(',', '')}"
    if found := re.fullmatch(r"(\d+)(?:[.,](\d+))?\s*[A-Za-z]*\.?", text):
        return f", here {found[1]}{'.' + found[2] if found[2] else ''}"
    return ""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    expects: str = "yes or no"

    def parse(self, node: yaml.Node, name: str, report: Report) -> bool | None:
        answer = (_scalar(node) or "").lower()
        if answer in ("yes", "true", "no", "false"):
            return answer in ("yes", "true")
        _wrong(node, name, report, self.expects)
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def expects(self) -> str:
        return f"{', '.join(self.words[:-1])} or {self.words[-1]}"

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = (_scalar(node) or "").lower()
        if text in self.words:
            return text
        meant = did_you_mean(text, self.words)
        _wrong(node, name, report, f"{self.expects}{f'. {meant}' if meant else ''}")
        return None


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    expects: str = "a date as year-month-day, such as 2027-03-31"

    def parse(self, node: yaml.Node, name: str, report: Report) -> dt.date | None:
        text = _scalar(node) or ""
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        _wrong(node, name, report, self.expects)
        return None


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list; a single value is a list of one."""

    kind: Kind[T]

    @property
    def expects(self) -> str:
        return f"{self.kind.expects}, or a list of such"

    def parse(self, node: yaml.Node, name: str, report: Report) -> tuple[T, ...]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        parsed = (self.kind.parse(each, name, report) for each in nodes if not is_empty(each))
        return tuple(value for value in parsed if value is not None)


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """A group of declared fields; where `shorthand` is given, a bare value stands for that field."""

    record: type[T]
    shorthand: str = ""
    objection: Callable[[T], str] = lambda group: ""
    """Says what to write instead when the fields do not go together; empty when they do."""

    @property
    def expects(self) -> str:
        names = ", ".join(shown_name(name) for name in declarations(self.record))
        return f"the fields {names}" + (" or just the first" if self.shorthand else "")

    def parse(self, node: yaml.Node, name: str, report: Report) -> T | None:
        if not isinstance(node, yaml.MappingNode):
            return self._parse_shorthand(node, name, report)
        values, _ = parse_fields(node, self.record, report, f"{name}.")
        missing = [
            key
            for key, each in declarations(self.record).items()
            if each.required and values.get(key) in (None, "")
        ]
        if missing:
            first = shown_name(missing[0])
            report.add(MISSING_FIELD, node, f"{name} has no {first}", f"Add '{first}: …' to it")
            return None
        group = self.record(**values)
        if hint := self.objection(group):
            report.add(WRONG_VALUE, node, f"the fields of {name} do not go together", hint)
            return None
        return group

    def _parse_shorthand(self, node: yaml.Node, name: str, report: Report) -> T | None:
        if not self.shorthand or isinstance(node, yaml.SequenceNode):
            _wrong(node, name, report, self.expects)
            return None
        kind = declarations(self.record)[self.shorthand].kind
        value = kind.parse(node, name, report)
        if value == "" and declarations(self.record)[self.shorthand].required:
            first = shown_name(self.shorthand)
            report.add(MISSING_FIELD, node, f"{name} has no {first}", f"Add '{first}: …' to it")
            return None
        return None if value is None else self.record(**{self.shorthand: value})


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The first kind for plain values and lists, the second for groups of fields."""

    plain: Kind[Any]
    group: Kind[Any]
    make: Callable[[Any], Any]
    """Turns the plain value into what the group gives."""

    @property
    def expects(self) -> str:
        return f"{self.plain.expects}, or {self.group.expects}"

    def parse(self, node: yaml.Node, name: str, report: Report) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.group.parse(node, name, report)
        plain = self.plain.parse(node, name, report)
        return None if plain is None else self.make(plain)


def is_empty(node: yaml.Node) -> bool:
    """Whether a field has a name and nothing after it (`owner:`), which says nothing."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL


def shown_name(attribute: str) -> str:
    """The field's name in a file; `for` is a reserved word in Python and `for_` here."""
    return attribute.rstrip("_")


def parse_fields(
    node: yaml.MappingNode,
    record: type,
    report: Report,
    prefix: str = "",
    also_allowed: Iterable[str] = (),
) -> tuple[dict[str, Any], dict[str, int]]:
    """The values and the lines of the fields of `node` that `record` declares.

    The third item of a list `tools` has its line as `tools.2`.
    """
    known, attributes = declarations(record), _attributes(record)
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    seen: dict[str, int] = {}
    allowed = frozenset(also_allowed)
    for key, value in node.value:
        name = _scalar(key) or _shown(key)
        if name in seen:
            message = f"'{prefix}{name}' stands twice (first on line {seen[name]})"
            report.add(DUPLICATE_FIELD, key, message, "Keep one of the two")
            continue
        seen[name] = report.line(key)
        if name not in attributes:
            if name not in allowed:
                _unknown_field(key, f"{prefix}{name}", name, attributes, report)
            continue
        lines[attributes[name]] = report.line(value)
        if isinstance(value, yaml.SequenceNode):
            items = (item for item in value.value if not is_empty(item))
            lines |= {f"{attributes[name]}.{place}": report.line(item) for place, item in enumerate(items)}
        if not is_empty(value):
            parsed = known[attributes[name]].kind.parse(value, f"{prefix}{name}", report)
            if parsed is not None:
                values[attributes[name]] = parsed
    return values, lines


def _unknown_field(key: yaml.Node, shown: str, name: str, known: Iterable[str], report: Report) -> None:
    if report.full:
        return
    hint = did_you_mean(name, known) or f"The fields are {', '.join(known)}"
    report.add(UNKNOWN_FIELD, key, f"there is no field '{shown[:80]}'", hint)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'x'?` for the nearest of `known`; empty when none is near."""
    by_form = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word[:80].casefold(), list(by_form), n=1, cutoff=0.7)
    return f"Did you mean '{by_form[near[0]]}'?" if near else ""
