"""Says in words, not in those of Python, where an own template breaks off, and what to write."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import FunctionType, MethodType
from typing import Any

import jinja2
from jinja2.runtime import Macro, TemplateReference

from rolebook.charts.model import Chart
from rolebook.documents.document import Document, Part
from rolebook.documents.job_post import JobPost
from rolebook.documents.letterhead import Letterhead
from rolebook.organisation import Membership, Person, Role
from rolebook.pages.page import Link, Page
from rolebook.rendering import interface
from rolebook.schema import records

ASK_FIRST = "Ask for it first: {% if … %} … {% endif %}"
NO_VALUE = "a missing value has no '{}' for templates"
_CORRECT = "Correct the line; without the file, Rolebook's own template is used"
_MISSING = (NO_VALUE.partition("'")[0],)
_FOR_PEOPLE = ("title", "name", "heading", "outcome", "amount")
"""Parts of values that stand for the whole."""
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_CALLED: Mapping[type, str] = {
    type(None): "nothing",
    bool: "yes or no",
    **dict.fromkeys((int, float, Decimal), "a number"),
    str: "text",
    dt.date: "a day",
    **dict.fromkeys((list, tuple, range, set, frozenset, Iterator), "a list"),
    dict: "a list of names",
    **dict.fromkeys((FunctionType, MethodType, Macro), "a function"),
    TemplateReference: "'self'",
    Role: "a role",
    Person: "a person",
    Membership: "a membership",
    Link: "a link",
    Page: "a page",
    Chart: "a chart",
    JobPost: "a job description",
    Document: "a document",
    Part: "a part of a document",
    Letterhead: "the letterhead",
    records.Hours: "hours",
    records.Skills: "a list of skills",
    records.Outsource: "a plan to hand over",
    records.Reporting: "a way to report",
    records.RoleFields: "the front matter of a role",
    records.PersonFields: "the front matter of a person",
}
"""What values are called."""
_BY_NAME = {kind.__name__: words for kind, words in _CALLED.items()} | {"Markup": "text"}


class WrongUse(jinja2.TemplateRuntimeError):
    """A template uses a value for what it is not for."""

    def __init__(self, message: str, hint: str = _CORRECT) -> None:
        super().__init__(message)
        self.hint = hint


def what(value: object) -> str:
    """What `value` is called, such as `a role`."""
    return called(type(value))


def called(kind: type) -> str:
    """What values of a type are called."""
    if words := next((_CALLED[each] for each in kind.__mro__ if each in _CALLED), ""):
        return words
    if issubclass(kind, Callable | Iterator):  # type: ignore[arg-type]
        return "a function" if issubclass(kind, Callable) else "a list"  # type: ignore[arg-type]
    words = _CAPITAL.sub(" ", kind.__name__.lstrip("_")).lower()
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def not_written(value: object) -> WrongUse:
    """What is wrong where a value is written out that is nothing to read."""
    message = f"{what(value)} cannot be written out"
    if what(value) == "a list":
        return WrongUse(message, "Write its entries: {% for each in … %} … {% endfor %}")
    if what(value) == "a function":
        return WrongUse(message, "Call it with what it takes, such as href(owner)")
    if isinstance(value, records.Hours):
        return WrongUse(message, "Write {{ … | hours }}")
    part = next((each for each in _FOR_PEOPLE if each in (interface.seen(value) or ())), "")
    return WrongUse(message, f"Write a part of it, such as its {part}" if part else "Write a part of it")


def not_reckoned(sign: str, left: object, right: object) -> WrongUse:
    """What is wrong where a sign stands between values for which it is not."""
    if sign == "**":
        return WrongUse("there are no powers in templates, so no '**'")
    if sign == "+":
        return WrongUse(f"{what(left)} and {what(right)} cannot be added; '~' joins texts")
    return WrongUse(f"'{sign}' is not for {what(left)} and {what(right)}")


def too_large() -> WrongUse:
    """What is wrong where figures grow without end."""
    return WrongUse("a number is too large")


def too_exact(most: int) -> WrongUse:
    """What is wrong where somebody asks for more digits than there are."""
    return WrongUse(f"'round' takes no more than {most} digits")


def expect_number(value: object, who: str) -> None:
    """Refuse what is no number; see `expect`."""
    expect(value, (int, float, Decimal), who, "a number")


def expect_link(value: object) -> None:
    """Refuse what is no link to a page; see `expect`."""
    expect(value, (Page, Link), "'href'", "a link, such as owner")


def expect(value: object, kinds: tuple[type, ...], who: str, takes: str) -> None:
    """Refuse a value that is none of `kinds`.

    Raises:
        WrongUse: it is another one, or missing.
    """
    if isinstance(value, jinja2.Undefined):
        str(value)  # says what is missing
    if value is None:
        raise WrongUse(f"{who} takes {takes}, and here is none", ASK_FIRST)
    if not isinstance(value, kinds):
        raise WrongUse(f"{who} takes {takes}, and this is {what(value)}", f"Give it {takes}")


def said(error: Exception) -> tuple[str, str]:
    """What is wrong, and what to write."""
    if isinstance(error, WrongUse):
        return error.message or "", error.hint
    text = f"{error}".partition("\n")[0].rstrip(".")
    if isinstance(error, jinja2.TemplateError):
        is_missing = text.startswith((*_MISSING, "'None' has no")) or text.endswith("sequence was empty")
        return _of_jinja(text), ASK_FIRST if is_missing else _CORRECT
    for kind, words in _OF_KIND.items():
        if isinstance(error, kind):
            return words, _CORRECT
    for pattern, say in _OF_PYTHON:
        if found := pattern.search(text):
            return say(*(_word(each) for each in found.groups())), _CORRECT
    return "the values of this line do not fit together", _CORRECT


def _of_jinja(text: str) -> str:
    if text.endswith("sequence was empty"):
        return "the list has no entry"
    return _OBJECT.sub(lambda found: _word(found[1]), text)


def _word(name: str | Any) -> str:
    """What is called `name` in Python."""
    return _BY_NAME.get(name, name)


_OBJECT = re.compile(r"'?\b(\w+) object\b'?")
_OF_KIND: Mapping[type[Exception], str] = {
    RecursionError: "a macro, a block or a template calls itself without end",
    ZeroDivisionError: "a number is divided by zero",
    OverflowError: "a number is too large",
    MemoryError: "the text becomes too long",
}
_OF_PYTHON: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (
        re.compile(r"unsupported operand type\(s\) for (\S+): '(\w+)' and '(\w+)'"),
        lambda sign, one, other: f"'{sign}' is not for {one} and {other}",
    ),
    (
        re.compile(r"not supported between instances of '(\w+)' and '(\w+)'"),
        lambda one, other: f"{one} and {other} cannot be compared",
    ),
    (re.compile(r"'(\w+)' object is not iterable"), "{} is no list".format),
    (re.compile(r"'(\w+)' object is not callable"), "{} is no function, so no brackets follow it".format),
    (re.compile(r"object of type '(\w+)' has no len"), "{} has no length".format),
    (re.compile(r"missing \d+ required"), lambda: "something is missing between the brackets"),
    (
        re.compile(r"takes .* (?:was|were) given|unexpected keyword argument|no keyword argument"),
        lambda: "something between the brackets is too many",
    ),
)
"""What Python says of values that do not fit."""
