"""Gathers what to report of a table's rows: one cause is one line, however many rows have it."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rolebook.language import gettext, ngettext
from rolebook.problems import Problem, Rule, in_order
from rolebook.spreadsheet.table import Row

_MAX_LINES = 3
"""Findings of one cause that get a line each; more share one."""
_MAX_VALUES, _MAX_ROWS = 5, 3
_AFTER_A_SENTENCE = re.compile(r"(?<=[.?]) ")


@dataclass(frozen=True, slots=True)
class RowFinding:
    """Something about a row that its owner should review."""

    rule: Rule
    row: Row
    message: str
    """What is wrong with this row."""
    done: str
    """What was done about it, or what to write instead."""
    cause: str
    """What is wrong with every row of this kind, to complete '12 rows: …'."""
    value: str = ""
    """What the row has, where rows of one cause differ in it."""
    done_for_all: str = ""
    """`done` for several rows, where that differs."""

    @property
    def problem(self) -> Problem:
        """This row alone."""
        return Problem(self.rule, self.row.file, self.row.number, self.message, self.done)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a cell was understood that can be written in another way; nothing is wrong with it."""

    kind: str
    """Readings of one kind are reported once."""
    row: Row
    message: str


def gathered(findings: Iterable[RowFinding]) -> tuple[Problem, ...]:
    """The findings as problems, in order; those of one cause in one file share a line if they are many."""
    causes: dict[tuple[str, str, str], list[RowFinding]] = {}
    for each in findings:
        causes.setdefault((each.rule.code, each.cause, each.row.file), []).append(each)
    found = []
    for same in causes.values():
        found += [_shared(same)] if len(same) > _MAX_LINES else [each.problem for each in same]
    return in_order(found)


def _shared(same: Sequence[RowFinding]) -> Problem:
    first = min(same, key=lambda each: each.row.number)
    values: dict[str, list[int]] = {}
    for each in same:
        values.setdefault(each.value, []).append(each.row.number)
    message = ngettext(
        "%(number)s row: %(cause)s: %(values)s",
        "%(number)s rows: %(cause)s: %(values)s",
        len({each.row.number for each in same}),
        cause=first.cause,
        values=_values(values),
    )
    done = _in_common([each.done_for_all or each.done for each in same])
    return Problem(first.rule, first.row.file, first.row.number, message, done)


def _in_common(texts: Sequence[str]) -> str:
    """The sentences at the end of all `texts`: advice for one row may be wrong for the others."""
    sentences = [_AFTER_A_SENTENCE.split(text) for text in texts]
    ends = itertools.takewhile(
        lambda same: len({*same}) == 1, zip(*(each[::-1] for each in sentences), strict=False)
    )
    return " ".join([each[0] for each in ends][::-1])


def _values(values: Mapping[str, Sequence[int]]) -> str:
    """The values with their rows, those of most rows first."""
    ordered = sorted(values.items(), key=lambda each: (-len(each[1]), each[1][0]))
    shown = [
        f"'{value}' ({rows_in_words(rows)})" if value else rows_in_words(rows) for value, rows in ordered
    ]
    first, more = ", ".join(shown[:_MAX_VALUES]), len(shown) - _MAX_VALUES
    if more <= 0:
        return first
    return ngettext("%(names)s and %(number)s more", "%(names)s and %(number)s more", more, names=first)


def rows_in_words(numbers: Iterable[int]) -> str:
    """The first of some rows, such as `rows 2, 3, 9 and 4 more`."""
    numbers = sorted({*numbers})
    if len(numbers) == 1:
        return gettext("row %(row)s", row=str(numbers[0]))
    more = len(numbers) - _MAX_ROWS
    if more <= 0:
        first = ", ".join(map(str, numbers[:-1]))
        return gettext("rows %(rows)s and %(row)s", rows=first, row=str(numbers[-1]))
    first = ", ".join(map(str, numbers[:_MAX_ROWS]))
    return ngettext(
        "rows %(rows)s and %(number)s more", "rows %(rows)s and %(number)s more", more, rows=first
    )


def in_words(readings: Iterable[Reading]) -> tuple[str, ...]:
    """A sentence for each kind of reading: an example with its rows, and the rows of others like it."""
    kinds: dict[tuple[str, str], list[Reading]] = {}
    for each in readings:
        kinds.setdefault((each.kind, each.row.file), []).append(each)
    return tuple(
        f"{file}: {same[0].message} ({_rows_of_readings(same)})" for (_, file), same in kinds.items()
    )


def _rows_of_readings(readings: Sequence[Reading]) -> str:
    first = [each.row.number for each in readings if each.message == readings[0].message]
    others = [each.row.number for each in readings if each.message != readings[0].message]
    if not others:
        return rows_in_words(first)
    return gettext("%(rows)s; likewise %(others)s", rows=rows_in_words(first), others=rows_in_words(others))
