"""Holds the problems that `check` and a build report, and writes them for people and programs.

Every other room reports `Problem`s; text is made here, at the edge. Nothing else is known in this room.
"""

import enum
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rolebook.escaping import in_json, printable
from rolebook.language import gettext, ngettext

MAX_ALIKE = 4
"""If more lines say the same, they become one line with their number."""


class Severity(enum.StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """The handbook would be wrong: nothing is built."""
    WARNING = "warning"
    """Probably a mistake: built, and refused by `--strict`."""
    ADVICE = "advice"
    """Right as it stands, and could serve the business better."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem."""

    code: str
    """Stable name, used to switch the rule off."""
    severity: Severity
    reason: str
    """One line for a business owner: why the rule exists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place."""

    rule: Rule
    path: str
    """The file, as its owner names it: relative to the folder of `mkdocs.yml`, with `/`."""
    line: int
    """Line in the file, from 1; 0 when the file as a whole is meant."""
    message: str
    """What is wrong, as a sentence without its full stop."""
    hint: str = ""
    """What to write instead, as a sentence without its full stop."""
    about: tuple[str, ...] = field(default=(), compare=False)
    """The role that is not there, or the fields that are offered: messages are for people only."""

    @property
    def sort_key(self) -> tuple[str, int, str, str, str]:
        return self.path, self.line, self.rule.code, self.message, self.hint

    @property
    def place(self) -> str:
        """The file, with its line where there is one."""
        path = printable(self.path)
        return f"{path}:{self.line}" if self.line else path

    def __str__(self) -> str:
        return f"{self.place}: {self.sentences} [{self.rule.code}]"

    @property
    def sentences(self) -> str:
        """What is wrong and what to write instead, on one line."""
        parts = (part if part.endswith("?") else f"{part}." for part in (self.message, self.hint) if part)
        return printable(" ".join(parts))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and code, each once."""
    return tuple(sorted(set(problems), key=lambda problem: problem.sort_key))


def count(problems: Iterable[Problem]) -> str:
    """The closing line, such as `2 errors, 1 warning`."""
    found = Counter(problem.rule.severity for problem in problems)
    counts = [_counted(level, found[level]) for level in Severity if found[level]]
    return ", ".join(counts) or gettext("no issues")


def _counted(level: Severity, number: int) -> str:
    match level:
        case Severity.ERROR:
            return ngettext("%(number)s error", "%(number)s errors", number)
        case Severity.WARNING:
            return ngettext("%(number)s warning", "%(number)s warnings", number)
    return ngettext("%(number)s piece of advice", "%(number)s pieces of advice", number)


def severity_label(severity: Severity) -> str:
    """What people call a severity."""
    match severity:
        case Severity.ERROR:
            return gettext("error")
        case Severity.WARNING:
            return gettext("warning")
    return gettext("advice")


Label = Callable[[Severity], str]
"""How a severity is written at the beginning of a line."""


def severity_mark(severity: Severity) -> str:
    """How a severity is written before a problem, with a colon as the language has it."""
    return f"{severity_label(severity)}{gettext(': ')}".rstrip(" ")


def as_text(problems: Iterable[Problem], label: Label = severity_mark) -> str:
    """Write a line for each problem, for people; problems that say the same of many places share one."""
    problems = tuple(problems)
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.rule.code, problem.sentences), []).append(problem)
    lines = []
    for problem in problems:
        same = alike[problem.rule.code, problem.sentences]
        if len(same) <= MAX_ALIKE:
            lines.append(f"{label(problem.rule.severity)} {problem}\n")
        elif problem is same[0]:
            others = _also(same[1:MAX_ALIKE], len(same) - MAX_ALIKE)
            line = f"{problem.place}: {problem.sentences} {others} [{problem.rule.code}]"
            lines.append(f"{label(problem.rule.severity)} {line}\n")
    return "".join(lines)


def _also(problems: Iterable[Problem], more: int) -> str:
    """Where else there is the same problem: the places of some, and of how many more."""
    return ngettext(
        "Also in %(places)s and %(number)s more place.",
        "Also in %(places)s and %(number)s more places.",
        more,
        places=", ".join(each.place for each in problems),
    )


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects, for programs."""
    return in_json([as_object(problem) for problem in problems])


def as_object(problem: Problem) -> dict[str, str | int]:
    """What a program gets of one problem."""
    return {
        "code": problem.rule.code,
        "severity": problem.rule.severity.value,
        "path": problem.path,
        "line": problem.line,
        "message": problem.message,
        "hint": problem.hint,
    }


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that a GitHub run shows beside the changed lines.

    Form and escapes: GitHub Docs, "Workflow commands for GitHub Actions" (`::error file=…,line=…::…`).
    """
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
    lines = []
    for problem in problems:
        place = f"file={_property(problem.path)},line={max(problem.line, 1)}"
        title = _property(problem.rule.code)
        message = problem.sentences.replace("%", "%25")
        lines.append(f"::{level[problem.rule.severity]} {place},title={title}::{message}\n")
    return "".join(lines)


def as_gitlab(problems: Iterable[Problem]) -> str:
    """A report of code quality, which GitLab shows beside the changed lines of a merge request.

    Form: GitLab Docs, "Code Quality report format".
    """
    levels = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.ADVICE: "info"}
    report = [
        {
            "description": problem.sentences,
            "check_name": problem.rule.code,
            "fingerprint": hashlib.sha256("\0".join(map(str, problem.sort_key)).encode()).hexdigest(),
            "severity": levels[problem.rule.severity],
            "location": {"path": printable(problem.path), "lines": {"begin": max(problem.line, 1)}},
        }
        for problem in problems
    ]
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _property(text: str) -> str:
    escapes = {"%": "%25", ":": "%3A", ",": "%2C"}
    return "".join(escapes.get(char, char) for char in printable(text))
