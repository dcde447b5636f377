"""A page that is written by hand, and a link on it that leads nowhere."""

from dataclasses import dataclass

from rolebook.problems import Rule, Severity

LEVELS = {"warn": Severity.WARNING, "info": Severity.ADVICE}
"""MkDocs' levels for what is wrong; `ignore` is none."""


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """What is written on a page by hand."""

    path: str
    """The file."""
    uri: str
    """The page."""
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that leads nowhere."""

    text: WrittenPage
    link: str
    rule: Rule
    target: str
    """The file in the repository that it seems to lead to, or the part of a page."""
    is_left_out: bool = False
    """Whether the owner does not want the page to which it leads."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant by a link that leads nowhere."""

    path: str
    line: int
    link: str
    meant: str
    """What to write instead; empty where that is not sure."""
    why_not: str
    """Why it is not sure."""
