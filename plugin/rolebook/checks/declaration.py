"""Declares checks, and what they find."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rolebook.organisation import Organisation, PersonFile, RoleFile
from rolebook.problems import Rule, Severity
from rolebook.schema.typos import did_you_mean

MAX_NEAR_MISSES = 100
"""Comparing a name with ten thousand others takes time; past this many, nothing is suggested."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """The file of the business model, as a whole."""

    path: str
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in one file: the value it is about, what is wrong, what to write."""

    file: RoleFile | PersonFile | ModelFile
    field: str
    """Its place: see `schema.kinds.Report`. If it is not written there, what it would be in counts."""
    message: str
    hint: str
    line: int = 0
    """Its line in the file where it is about no field, from 1."""
    about: tuple[str, ...] = ()
    """See `Problem`."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with the function that applies it."""

    rule: Rule
    find: Callable[[Organisation], Iterator[Finding]]


def check(
    code: str, severity: Severity, reason: str
) -> Callable[[Callable[[Organisation], Iterator[Finding]]], Check]:
    """Makes a function the check of a new rule."""
    return lambda find: Check(Rule(code, severity, reason), find)


def near(name: str, known: Iterable[str], misses: int) -> str:
    """`Did you mean …?` for the nearest of `known`, while there have been few `misses`."""
    return did_you_mean(name, known) if misses < MAX_NEAR_MISSES else ""
