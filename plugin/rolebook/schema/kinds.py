"""Kinds of values: each turns a YAML node into a typed value, or says what to write instead.

The nodes carry text as it was written, so `012` stays a title and `1:30` is never ninety.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import yaml

from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.typos import did_you_mean
from rolebook.wording import counted

WRONG_VALUE = Rule(
    "wrong-value",
    Severity.ERROR,
    "Hours, dates and choices are added up and compared, so they must be valid.",
)
OUT_OF_RANGE = Rule(
    "out-of-range", Severity.ERROR, "A week has 168 hours; an impossible figure is a typing mistake."
)
RULES = (WRONG_VALUE, OUT_OF_RANGE)

MAX_TEXT = 20_000
"""Characters in one value; longer text belongs in the body."""
MAX_ITEMS = 500
"""A list has no more items; each person and each former address in one becomes a page of its own."""
MAX_NAMED = 50
"""People under `lead` or `performed_by`: a file that names a thousand would make a thousand pages."""
MAX_PROBLEMS = 100
"""In one file; whoever reads that many will look at the file before asking for more."""
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_MOST_OF_AMOUNT = 100
"""Characters of a value that may say a number with more words."""
_NULL = "tag:yaml.org,2002:null"
_PLAIN_TAGS = "tag:yaml.org,2002:"

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(slots=True)
class Report:
    """Gathers the problems of one file while it is parsed."""

    path: str
    lines_before: int = 0
    """Lines of the file before the YAML's first."""
    noun: str = "field"
    """What the names in the file are called."""
    problems: list[Problem] = field(default_factory=list)
    written: tuple[str, ...] = ()
    """The lines of the YAML, if they are known."""
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each value by its place: the name of the third tool is at `tools.2.name`."""
    place: str = ""
    """Where the value is that is being parsed."""

    def enter(self, part: str, node: yaml.Node) -> str:
        """Go to a `part` of the value that is being parsed, and note its line; the answer is the way back."""
        outer = self.place
        self.place = f"{outer}.{part}" if outer else part
        self.lines[self.place] = self.line(node)
        return outer

    def line(self, node: yaml.Node) -> int:
        """Line of `node` in the file, from 1; 0 for a value that stands in no file."""
        return self.lines_before + node.start_mark.line + 1 if node.start_mark else 0

    def add(self, rule: Rule, node: yaml.Node, message: str, hint: str) -> None:
        if not self.full:
            self.problems.append(Problem(rule, self.path, self.line(node), message, hint))

    def wrong_value(self, node: yaml.Node, name: str, expects: str) -> None:
        """Add that `name` holds something else than what it `expects`."""
        self.add(WRONG_VALUE, node, f"{name} is {in_words(node)}", f"Write {expects}")

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


def plain_text(node: yaml.Node) -> str | None:
    """The text of a plain value; None for lists, nested fields and custom tags."""
    if isinstance(node, yaml.ScalarNode) and node.tag.startswith(_PLAIN_TAGS):
        return str(node.value).strip()
    return None


def in_words(node: yaml.Node) -> str:
    """What stands in a file, for a sentence that names it."""
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a group of fields"
    text = str(node.value) if node.tag.startswith(_PLAIN_TAGS) else f"{node.tag} {node.value}".strip()
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it was written, without the white space around it."""

    expects: str = "text"
    one_line: bool = True
    of_a_list: str = ""
    """What to do with a list, where one is often written."""
    is_long: bool = False
    """Whether it is a sentence or more: a form has several lines for it."""

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = plain_text(node)
        if text is None:
            self._report(node, name, report)
            return None
        if len(text) > MAX_TEXT:
            hint = "Move it into the body of the page"
            report.add(OUT_OF_RANGE, node, f"{name} is longer than {MAX_TEXT} characters", hint)
            return None
        # Names of files are compared with it, and some disks write accents apart from their letters.
        text = text if text.isascii() else unicodedata.normalize("NFC", text)
        return " ".join(text.split()) if self.one_line else text

    def _report(self, node: yaml.Node, name: str, report: Report) -> None:
        """Report a list, a group, or a text with a sign that makes it no text."""
        if isinstance(node, yaml.ScalarNode):
            message = f"{name} is {in_words(node)}, and a text that begins with ! must be in quotes"
            report.add(WRONG_VALUE, node, message, "Put it in quotes")
        elif isinstance(node, yaml.SequenceNode) and self.of_a_list:
            report.wrong_value(node, name, self.of_a_list)
        else:
            sign = "[" if isinstance(node, yaml.SequenceNode) else "{"
            is_in_brackets = self.expects == "text" and bool(getattr(node, "flow_style", False))
            quotes = f", in quotes if it is to begin with {sign}" if is_in_brackets else ""
            report.wrong_value(node, name, f"{self.expects}{quotes}")


@dataclass(frozen=True, slots=True)
class Reference(Text):
    """Text that names something with a place of its own: a form offers what there is."""

    of_a_list: str = field(default="", compare=False)
    to: str = ""
    """What it names: a role, a person, or a deliverable or an offer of the business model."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text of a fixed form."""

    expects: str
    form: re.Pattern[str]

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = plain_text(node)
        if text == "":
            return None
        if text is None or not self.form.fullmatch(text):
            report.wrong_value(node, name, self.expects)
            return None
        return text


WEB_ADDRESS = Pattern(
    "a web address that begins with https://", re.compile(r'https?://(?![^/?#]*@)[^\s<>"\\]{3,}')
)
# Without what would begin a second address, a subject or a copy to others in a link (RFC 6068).
_IN_EMAIL = r"""[^\s@<>"'?&,;:%()\\]"""
EMAIL = Pattern(
    "an e-mail address, such as jobs@example.com",
    re.compile(rf"{_IN_EMAIL}+@{_IN_EMAIL}+\.{_IN_EMAIL}{{2,}}"),
)


PHONE = Pattern(
    "a telephone number with the code of its country, such as +353 1 234 5678",
    re.compile(r"\+?[0-9(](?:[ ()./-]{0,2}[0-9]){4,20}(?: ?(?:ext|x)\.? ?[0-9]{1,6})?"),
)


ICON = Pattern("the name of an icon, such as material/library", re.compile(r"[\w-]+(?:/[\w-]+)+"))
"""Nothing in it leads to another folder: themes make the name of a file of it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits."""

    expects: str
    low: float = 0
    high: float = 10**12
    instead: Callable[[str], str] = field(default=lambda text: "", compare=False)
    """What to write for a text that says more than a number; empty where it does not."""
    is_amount: bool = False
    """Whether three digits behind a point may be thousands: many people write 1.200 for 1,200."""

    def parse(self, node: yaml.Node, name: str, report: Report) -> float | None:
        text = plain_text(node)
        if text == "":
            return None
        if self.is_amount and text and _THOUSANDS.fullmatch(text):
            whole, cents = text.replace(".", ""), f"{float(text):.2f}"
            report.wrong_value(node, name, f"{self.expects}, here {whole} or {cents}")
            return None
        if text is None or not _NUMBER.fullmatch(text):
            shown = " ".join(text.split()) if text and len(text) <= _MOST_OF_AMOUNT else ""
            report.wrong_value(node, name, self.instead(shown) or f"{self.expects}{number_hint(shown)}")
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
        # 5.000 is 5 to YAML, and five thousand to many who write it.
        has_point = isinstance(node, yaml.ScalarNode) and "." in node.value
        if value is not None and (value != int(value) or has_point):
            report.wrong_value(node, name, f"{self.expects}, without a fraction")
            return None
        return None if value is None else int(value)


_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
)
_IN_WORDS = {word: at for at, word in enumerate(_WORDS.split(), 1)} | {"thirty": 30, "forty": 40}
_WITH_A_WORD = re.compile(
    r"(?:[A-Za-z~≈]+\.?\s*)?(\d+)(?:[.,](\d+))?\s*"
    r"(?:h|hrs?|hours?|std|stunden?|people|persons?|seats?|posts?|positions?|characters|chars|EUR|USD|GBP|CHF)?\.?",
    re.IGNORECASE,
)
"""With a word that changes nothing: two days are not 2 hours, and half an hour is not 30."""


_GROUPED = (
    re.compile(r"(?<![\d.,])([1-9]\d{0,2}(?:[.' \u00a0\u202f\u2019]\d{3})+)(?:,(\d{1,2}))?(?![\d,])"),
    re.compile(r"(?<![\d.,])([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,2}))?(?![\d.])"),
    re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?![\d.])"),
)
"""Amounts with signs between thousands, and with a comma before the cents."""


def ungrouped(text: str) -> str:
    """`text` with its amounts as they are to be written: 1.200,50 as 1200.50."""
    form = next((each for each in _GROUPED if each.search(text)), None)
    return form.sub(_plain_amount, text) if form else text


def _plain_amount(found: re.Match[str]) -> str:
    whole = re.sub(r"\D", "", found[1])
    return f"{whole}.{found[2]}" if found[2] else whole


def number_hint(text: str) -> str:
    """The number that is meant, as it is to be written; empty where that is not clear."""
    first, _, rest = ungrouped(text).partition(" ")
    text = f"{_IN_WORDS.get(first.lower(), first)} {rest}".strip()
    if clock := re.fullmatch(r"(\d{1,3}):([0-5]\d)", text):
        return f", here {int(clock[1]) + int(clock[2]) / 60:g}"
    if found := _WITH_A_WORD.fullmatch(text):
        return f", here {found[1]}{'.' + found[2] if found[2] else ''}"
    return ""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    expects: str = "yes or no"

    def parse(self, node: yaml.Node, name: str, report: Report) -> bool | None:
        answer = (plain_text(node) or "").lower()
        if answer in ("yes", "true", "no", "false"):
            return answer in ("yes", "true")
        report.wrong_value(node, name, self.expects)
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]
    instead: tuple[tuple[str, str], ...] = ()
    """What to do in place of writing certain other words."""

    @property
    def expects(self) -> str:
        return f"{', '.join(self.words[:-1])} or {self.words[-1]}"

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = (plain_text(node) or "").lower()
        if text in self.words:
            return text
        if word := next((each for each in self.words if each.casefold() == text.casefold()), ""):
            return word
        if other := dict(self.instead).get(text):
            report.add(WRONG_VALUE, node, f"{name} is {in_words(node)}", other)
            return None
        meant = did_you_mean(text, self.words)
        report.wrong_value(node, name, f"{self.expects}{f'. {meant}' if meant else ''}")
        return None


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    expects: str = "a date as year-month-day, such as 2027-03-31"

    def parse(self, node: yaml.Node, name: str, report: Report) -> dt.date | None:
        text = plain_text(node)
        if text == "":
            return None
        try:
            if text and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return dt.date.fromisoformat(text)
        except ValueError:
            report.add(
                WRONG_VALUE, node, f"{name} is {in_words(node)}, a day that does not exist", "Correct it"
            )
            return None
        report.wrong_value(node, name, f"{self.expects}{_day_hint(text or '')}")
        return None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATES = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?P<name>[A-Za-z]{3})[a-z]*\.?,?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<name>[A-Za-z]{3})[a-z]*\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
)


def _day_hint(text: str) -> str:
    """The day as it is to be written; nothing where it may be the month that comes first."""
    for form in _DATES:
        if not (found := form.fullmatch(text)):
            continue
        parts = found.groupdict()
        name = (parts.get("name") or "").lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else int(parts.get("month") or 0)
        day, is_clear = int(parts["day"]), form is not _DATES[-1] or int(parts["day"]) > 12
        try:
            return f", here {dt.date(int(parts['year']), month, day)}" if is_clear else ""
        except ValueError:
            return ""
    return ""


def in_brackets(text: str) -> str:
    """Several entries that are written as one text, as a list is to be written; empty where there is one."""
    parts = [part.strip() for part in text.split(",")]
    return f"[{', '.join(parts)}]" if len(parts) > 1 and all(parts) else ""


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list; a single value is a list of one."""

    kind: Kind[T]
    most: int = MAX_ITEMS
    """Entries; each takes work in a build."""

    @property
    def expects(self) -> str:
        return f"{self.kind.expects}, or a list of such"

    def parse(self, node: yaml.Node, name: str, report: Report) -> tuple[T, ...]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if len(nodes) > self.most:
            hint = f"Write at most {self.most}"
            report.add(OUT_OF_RANGE, node, f"{name} has {len(nodes):,} entries", hint)
            return ()
        if nodes[:1] == [node] and (bullet := _bullet(node)):
            message = f"entries of {name} begin with '- ', not with '{bullet}'"
            message = f"an entry of {name} has no space after '-'" if bullet == "-" else message
            hint = "Write each on a line of its own, with two spaces and '- ' before it"
            report.add(WRONG_VALUE, node, message, hint)
            return ()
        # A word to choose has no comma.
        text = plain_text(node) if isinstance(self.kind, Choice) else ""
        if entries := in_brackets(text or ""):
            report.wrong_value(node, name, entries)
            return ()
        if any(_has_hidden_entry(each, name, report) for each in nodes):
            return ()
        found: list[T] = []
        for each in nodes:
            if not is_empty(each):
                outer = report.enter(str(len(found)), each)
                value = self.kind.parse(each, name, report)
                report.place = outer
                if value is not None:
                    found.append(value)
        return tuple(found)


_BULLET = re.compile(
    r"([\u2022\u2023\u25aa\u25e6\u00b7\u25cf\u25cb\u25a0+]|[\u2013\u2014](?=\s)|-(?![-\s]))\s*\D"
    r"|(\d{1,2}[.)])\s(?=.*\s\d{1,2}[.)]\s)"
)
"""What people begin the entries of a list with who do not know '- '."""


def _bullet(node: yaml.Node) -> str:
    """The sign with which a text without quotes begins that is meant as a list; empty where none is."""
    if not isinstance(node, yaml.ScalarNode) or node.style or not node.start_mark:
        return ""
    found = _BULLET.match(str(node.value))
    # Numbers on one line may be parts of a sentence.
    is_list = found and (found[1] or node.end_mark.line > node.start_mark.line)
    return (found[1] or found[2]) if found and is_list else ""


def _has_hidden_entry(node: yaml.Node, name: str, report: Report) -> bool:
    """Report entries that begin further in than the first one, and so are read as a part of its text."""
    if not isinstance(node, yaml.ScalarNode) or node.style or not node.start_mark:
        return False
    first = node.start_mark.line
    lines = report.written[first : node.end_mark.line + 1]
    hidden = next((at for at, line in enumerate(lines) if at and line.lstrip().startswith("- ")), 0)
    if not hidden:
        return False
    before, text = lines[0][: node.start_mark.column], lines[0][node.start_mark.column :].strip()
    if before.strip() == "-":
        first += hidden
        message = f"'-' begins no entry of {name} here, as it is further in than the one above"
        hint = f"Begin this line with {counted(before.index('-'), 'space')}"
    elif before.strip():
        message, hint = (
            f"an entry of {name} cannot be on its line",
            f"Write '  - {text}' on a line below '{name}:'",
        )
    else:
        message, hint = "this line has no '- ', and its neighbours have", f"Write '- {text}'"
    report.problems.append(Problem(WRONG_VALUE, report.path, report.lines_before + first + 1, message, hint))
    return True


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
        # A group whose fields each have a '- ' says so itself.
        has_groups = isinstance(node, yaml.SequenceNode) and any(
            isinstance(each, yaml.MappingNode) for each in node.value
        )
        if has_groups or isinstance(node, yaml.MappingNode):
            return self.group.parse(node, name, report)
        plain = self.plain.parse(node, name, report)
        return None if plain is None else self.make(plain)


def is_empty(node: yaml.Node) -> bool:
    """Whether a field has a name and nothing after it (`owner:`), which says nothing."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL


_OTHER_FIELDS = (
    "author category categories created date description draft icon id image keywords layout late modified"
    " name order permalink position related slug source start starts sort subtitle summary template type"
    " updated url weight"
)
OTHER_FIELDS = frozenset(_OTHER_FIELDS.split())
"""Fields of other programs, and words of their own: none of them is a slip of the keyboard."""
