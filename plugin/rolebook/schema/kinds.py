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

from rolebook.language import N_, gettext, ngettext
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.typos import did_you_mean
from rolebook.wording import either
from rolebook.yaml_text import scalar

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

UNKNOWN_FIELD_NAME = N_("there is no field '%(name)s'")
ANY_TEXT = N_("text")
"""What a text holds of which nothing more is asked."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(slots=True)
class Report:
    """Gathers the problems of one file while it is parsed."""

    path: str
    lines_before: int = 0
    """Lines of the file before the YAML's first."""
    unknown: str = UNKNOWN_FIELD_NAME
    """What is said of a name in the file that nobody knows, as the key of its translations."""
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

    def add(self, rule: Rule, node: yaml.Node, message: str, hint: str, about: tuple[str, ...] = ()) -> None:
        if not self.full:
            self.problems.append(Problem(rule, self.path, self.line(node), message, hint, about))

    def wrong_value(self, node: yaml.Node, name: str, expects: str, meant: str = "") -> None:
        """Add that `name` holds something else than what it `expects`; what may be `meant` is a question."""
        message = gettext("%(name)s is %(value)s", name=name, value=in_words(node))
        if meant:
            hint = gettext("Write %(what)s. %(question)s", what=expects, question=meant)
        else:
            # Translators: what follows is an object, such as "a date as year-month-day" or "10".
            hint = gettext("Write %(what)s", what=expects)
        self.add(WRONG_VALUE, node, message, hint)

    @property
    def full(self) -> bool:
        return len(self.problems) >= MAX_PROBLEMS


class Kind(Protocol[T_co]):
    """What a value may be."""

    @property
    def expects(self) -> str:
        """In words of the current language, to complete 'Write …'."""

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
        return gettext("a list")
    if isinstance(node, yaml.MappingNode):
        return gettext("a group of fields")
    text = str(node.value) if node.tag.startswith(_PLAIN_TAGS) else f"{node.tag} {node.value}".strip()
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it was written, without the white space around it."""

    asks_for: str = ANY_TEXT
    """What it `expects`, as the key of its translations."""
    one_line: bool = True
    of_a_list: str = ""
    """What to do with a list, where one is often written."""
    is_long: bool = False
    """Whether it is a sentence or more: a form has several lines for it."""

    @property
    def expects(self) -> str:
        return gettext(self.asks_for)

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = plain_text(node)
        if text is None:
            self._report(node, name, report)
            return None
        if len(text) > MAX_TEXT:
            hint = gettext("Move it into the body of the page")
            message = ngettext(
                "%(name)s is longer than %(most)s character",
                "%(name)s is longer than %(most)s characters",
                MAX_TEXT,
                name=name,
                most=str(MAX_TEXT),
            )
            report.add(OUT_OF_RANGE, node, message, hint)
            return None
        # Names of files are compared with it, and some disks write accents apart from their letters.
        text = text if text.isascii() else unicodedata.normalize("NFC", text)
        return " ".join(text.split()) if self.one_line else text

    def _report(self, node: yaml.Node, name: str, report: Report) -> None:
        """Report a list, a group, or a text with a sign that makes it no text."""
        if isinstance(node, yaml.ScalarNode):
            message = gettext(
                "%(name)s is %(value)s, and a text that begins with ! must be in quotes",
                name=name,
                value=in_words(node),
            )
            report.add(WRONG_VALUE, node, message, gettext("Put it in quotes"))
        elif isinstance(node, yaml.SequenceNode) and self.of_a_list:
            self._report_list(node, name, report)
        elif text := _with_a_colon(node, report):
            message = gettext("%(name)s is a text with a ': ' in it, which must be in quotes", name=name)
            report.add(WRONG_VALUE, node, message, gettext("Write %(what)s", what=text))
        else:
            sign = "[" if isinstance(node, yaml.SequenceNode) else "{"
            expects = self.expects
            if self.asks_for == ANY_TEXT and getattr(node, "flow_style", False):
                expects = gettext("text, in quotes if it is to begin with %(sign)s", sign=sign)
            report.wrong_value(node, name, expects)

    def _report_list(self, node: yaml.SequenceNode, name: str, report: Report) -> None:
        """Report a list in place of one name."""
        texts = [plain_text(each) for each in node.value]
        if len(texts) == 1 and texts[0]:
            report.wrong_value(node, name, scalar(texts[0]))
            return
        number = len(texts)
        message = ngettext(
            "%(name)s has %(number)s entry", "%(name)s has %(number)s entries", number, name=name
        )
        report.add(WRONG_VALUE, node, message, gettext("Write %(what)s", what=gettext(self.of_a_list)))


def _with_a_colon(node: yaml.Node, report: Report) -> str:
    """A text that is read as a group for the ': ' in it, as it is to be written; empty for anything else."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    texts = [plain_text(each) for each in pairs[0]] if len(pairs) == 1 else []
    _, rest = _around(node, report)
    is_text = texts and all(texts) and rest and pairs[0][1].start_mark.line == node.start_mark.line
    if not is_text or rest.startswith(("{", "?", '"', "'")):
        return ""
    return f"{entry_sign(node, report)}{scalar(': '.join(map(str, texts)))}"


def entry_sign(node: yaml.Node, report: Report) -> str:
    """The '- ' before a value that is an entry with a line of its own; empty for any other."""
    before, _ = _around(node, report)
    return "- " if before.strip() == "-" else ""


def _around(node: yaml.Node, report: Report) -> tuple[str, str]:
    """The first line of a value: what is before it, and from there on; nothing where that is not known."""
    if not node.start_mark or node.start_mark.line >= len(report.written):
        return "", ""
    line, column = report.written[node.start_mark.line], node.start_mark.column
    return line[:column], line[column:]


@dataclass(frozen=True, slots=True)
class Reference(Text):
    """Text that names something with a place of its own: a form offers what there is."""

    of_a_list: str = field(default="", compare=False)
    to: str = ""
    """What it names: a role, a person, or a deliverable or an offer of the business model."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text of a fixed form."""

    asks_for: str
    form: re.Pattern[str]
    instead: Callable[[str], str] = field(default=lambda text: "", compare=False)
    """What is meant by another text; empty where that is not clear."""

    @property
    def expects(self) -> str:
        return gettext(self.asks_for)

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = plain_text(node)
        if text == "":
            return None
        if text is None or not self.form.fullmatch(text):
            meant = self.instead(text or "")
            is_right = meant and self.form.fullmatch(meant)
            report.wrong_value(node, name, here(self.expects, meant) if is_right else self.expects)
            return None
        return text


_HOST = re.compile(r"(?:\w[\w-]*\.)+[A-Za-z]{2,}(?:[:/?#]\S*)?")


def _with_scheme(text: str) -> str:
    """An address without the https:// before it, with it."""
    text = re.sub(r"^(?:https?|htpp|htttps?):?/{0,2}(?=\w)", "", text)
    return f"https://{text}" if _HOST.fullmatch(text) else ""


WEB_ADDRESS = Pattern(
    N_("a web address that begins with https://"),
    re.compile(r'https?://(?![^/?#]*@)[^\s<>"\\]{3,}'),
    _with_scheme,
)
# Without what would begin a second address, a subject or a copy to others in a link (RFC 6068).
_IN_EMAIL = r"""[^\s@<>"'?&,;:%()\\]"""
EMAIL = Pattern(
    N_("an e-mail address, such as jobs@example.com"),
    re.compile(rf"{_IN_EMAIL}+@{_IN_EMAIL}+\.{_IN_EMAIL}{{2,}}"),
)


PHONE = Pattern(
    N_("a telephone number with the code of its country, such as +353 1 234 5678"),
    re.compile(r"\+?[0-9(](?:[ ()./-]{0,2}[0-9]){4,20}(?: ?(?:ext|x)\.? ?[0-9]{1,6})?"),
)


ICON = Pattern(N_("the name of an icon, such as material/library"), re.compile(r"[\w-]+(?:/[\w-]+)+"))
"""Nothing in it leads to another folder: themes make the name of a file of it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits."""

    asks_for: str
    low: float = 0
    high: float = 10**12
    instead: Callable[[str], str] = field(default=lambda text: "", compare=False)
    """What to write for a text that says more than a number; empty where it does not."""
    is_amount: bool = False
    """Whether three digits behind a point may be thousands: many people write 1.200 for 1,200."""

    @property
    def expects(self) -> str:
        return gettext(self.asks_for)

    def parse(self, node: yaml.Node, name: str, report: Report) -> float | None:
        text = plain_text(node)
        if text == "":
            return None
        if self.is_amount and text and _THOUSANDS.fullmatch(text):
            whole, cents = text.replace(".", ""), f"{float(text):.2f}"
            expects = gettext(
                "%(what)s, here %(whole)s or %(cents)s", what=self.expects, whole=whole, cents=cents
            )
            report.wrong_value(node, name, expects)
            return None
        if text is None or not _NUMBER.fullmatch(text):
            shown = " ".join(text.split()) if text and len(text) <= _MOST_OF_AMOUNT else ""
            report.wrong_value(node, name, self.instead(shown) or here(self.expects, number_hint(shown)))
            return None
        number = float(text)
        if not self.low <= number <= self.high:
            message = gettext("%(name)s is %(text)s", name=name, text=text)
            hint = gettext(
                "Write a number from %(low)s to %(high)s", low=f"{self.low:.15g}", high=f"{self.high:.15g}"
            )
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
            report.wrong_value(node, name, gettext("%(what)s, without a fraction", what=self.expects))
            return None
        return None if value is None else int(value)


_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
)
_IN_WORDS = {word: at for at, word in enumerate(_WORDS.split(), 1)} | {"thirty": 30, "forty": 40}
_WITH_A_WORD = re.compile(
    r"(?:[A-Za-z]+\.?\s*|[~≈€$£]\s*)?(\d+)(?:[.,](\d+))?\s*"
    r"(?:[€$£]|h|hrs?|hours?|std|stunden?|people|persons?|seats?|posts?|positions?|characters|chars|EUR|USD|GBP|CHF)?\.?",
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


def here(expects: str, example: str) -> str:
    """What is expected, with what it is in this place where that is clear."""
    # Translators: "Write a date as year-month-day, such as 2027-03-31, here 2026-05-03".
    return gettext("%(what)s, here %(example)s", what=expects, example=example) if example else expects


def number_hint(text: str) -> str:
    """The number that is meant, as it is to be written; empty where that is not clear."""
    first, _, rest = ungrouped(text.rstrip(",; ")).partition(" ")
    text = f"{_IN_WORDS.get(first.lower(), first)} {rest}".strip()
    if clock := re.fullmatch(r"(\d{1,3}):([0-5]\d)", text):
        return f"{int(clock[1]) + int(clock[2]) / 60:g}"
    if found := _WITH_A_WORD.fullmatch(text):
        return f"{found[1]}{'.' + found[2] if found[2] else ''}"
    return ""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    @property
    def expects(self) -> str:
        return gettext("yes or no")

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
    """What to do in place of writing certain other words, as the key of its translations."""
    meant: tuple[tuple[str, str], ...] = ()
    """Other words, each with the one that stands for it here."""

    @property
    def expects(self) -> str:
        return either(self.words)

    def parse(self, node: yaml.Node, name: str, report: Report) -> str | None:
        text = (plain_text(node) or "").lower()
        if text in self.words:
            return text
        if word := next((each for each in self.words if each.casefold() == text.casefold()), ""):
            return word
        if other := dict(self.instead).get(text):
            message = gettext("%(name)s is %(value)s", name=name, value=in_words(node))
            report.add(WRONG_VALUE, node, message, gettext(other))
            return None
        if stands_for := dict(self.meant).get(text):
            report.wrong_value(node, name, stands_for)
            return None
        report.wrong_value(node, name, self.expects, did_you_mean(text, self.words))
        return None


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    @property
    def expects(self) -> str:
        return gettext("a date as year-month-day, such as 2027-03-31")

    def parse(self, node: yaml.Node, name: str, report: Report) -> dt.date | None:
        text = plain_text(node)
        if text == "":
            return None
        try:
            if text and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return dt.date.fromisoformat(text)
        except ValueError:
            message = gettext(
                "%(name)s is %(value)s, a day that does not exist", name=name, value=in_words(node)
            )
            report.add(WRONG_VALUE, node, message, gettext("Correct it"))
            return None
        report.wrong_value(node, name, here(self.expects, _day_hint(text or "")))
        return None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATES = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?P<name>[A-Za-z]{3})[a-z]*\.?,?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<name>[A-Za-z]{3})[a-z]*\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
)


def days_meant(text: str) -> tuple[str, ...]:
    """The day that `text` is in another form, as it is to be written; two where the month may come first."""
    for form in _DATES:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            name = (parts.get("name") or "").lower()
            month = _MONTHS.index(name) + 1 if name in _MONTHS else int(parts.get("month") or 0)
            year, day = int(parts["year"]), int(parts["day"])
            either = form is _DATES[-1] and "/" in text and day != month
            days = _a_day(year, month, day), _a_day(year, day, month) if either else ""
            return tuple(filter(None, days))
    return ()


def _a_day(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _day_hint(text: str) -> str:
    """The day as it is to be written; nothing where it may be the month that comes first."""
    days = days_meant(text)
    return days[0] if len(days) == 1 else ""


def begin_with(spaces: int) -> str:
    """How far in a line is to begin."""
    return ngettext("Begin this line with %(number)s space", "Begin this line with %(number)s spaces", spaces)


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
        return gettext("%(what)s, or a list of such", what=self.kind.expects)

    def parse(self, node: yaml.Node, name: str, report: Report) -> tuple[T, ...]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if len(nodes) > self.most:
            hint = gettext("Write at most %(most)s", most=self.most)
            message = ngettext(
                "%(name)s has %(number)s entry", "%(name)s has %(number)s entries", len(nodes), name=name
            )
            report.add(OUT_OF_RANGE, node, message, hint)
            return ()
        before, rest = _around(node, report)
        is_alone = bool(rest) and not before.strip()
        if nodes[:1] == [node] and (bullet := _bullet(node, is_alone)):
            if bullet == "-":
                message = gettext("an entry of %(name)s has no space after '-'", name=name)
            else:
                message = gettext(
                    "entries of %(name)s begin with '- ', not with '%(bullet)s'", name=name, bullet=bullet
                )
            hint = gettext("Write each on a line of its own, with two spaces and '- ' before it")
            if is_alone:
                first = rest.strip().removeprefix(bullet).strip()
                is_one = str(node.value).removeprefix(bullet).strip() == first
                hint = (
                    gettext("Write '%(what)s'", what=f"- {first}")
                    if is_one
                    else gettext("Begin each with '- ', as in '%(example)s'", example=f"- {first}")
                )
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
    r"|(\d{1,2}[.)])\s(?=.*\s\d{1,2}[.)]\s)|(1[.)])\s\D"
)
"""What people begin the entries of a list with who do not know '- '."""


def _bullet(node: yaml.Node, is_alone: bool = False) -> str:
    """The sign with which a text without quotes begins that is meant as a list; empty where none is.

    `is_alone`: nothing else is on its line.
    """
    if not isinstance(node, yaml.ScalarNode) or node.style or not node.start_mark:
        return ""
    found = _BULLET.match(str(node.value))
    # Numbers on one line may be parts of a sentence; a line of its own that begins with one is an entry.
    is_list = found and (found[1] or is_alone or node.end_mark.line > node.start_mark.line)
    if found and found[3] and not (is_alone and is_list):
        return ""
    return (found[1] or found[2] or found[3]) if found and is_list else ""


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
        message = gettext(
            "'-' begins no entry of %(name)s here, as it is further in than the one above", name=name
        )
        hint = begin_with(before.index("-"))
    elif before.strip():
        message = gettext("an entry of %(name)s cannot be on its line", name=name)
        hint = gettext("Write '%(line)s' on a line below '%(group)s:'", line=f"  - {text}", group=name)
    else:
        message = gettext("this line has no '- ', and its neighbours have")
        hint = gettext("Write '%(what)s'", what=f"- {text}")
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
        return gettext("%(what)s, or %(other)s", what=self.plain.expects, other=self.group.expects)

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
