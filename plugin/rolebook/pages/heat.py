"""The table of people and functions: its columns, and how dark each field is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rolebook.decisions.audit import TOP, Audit
from rolebook.schema.records import NO_HOURS, Hours

FUNCTIONS = 8
"""Functions that have a column of their own; the rest share one."""
SHADES = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and the functions whose hours stand below it."""

    title: str
    functions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Heat:
    """The columns of the table, and the hours that are as dark as can be."""

    columns: Sequence[Column]
    hottest: float

    def cells(self, by_function: Mapping[str, Hours]) -> list[Hours]:
        """The hours of each column."""
        return [
            sum((by_function.get(function, NO_HOURS) for function in column.functions), NO_HOURS)
            for column in self.columns
        ]

    def shade(self, hours: Hours) -> int:
        """From 1 for few hours to `SHADES`; 0 for none."""
        return min(SHADES, -int(-SHADES * hours.max // self.hottest)) if hours and self.hottest else 0


def heat(audit: Audit) -> Heat:
    """The functions with the most hours in the order of the chart, and one column for all others."""
    functions = [*audit.by_function, *(each for each in audit.undone if each not in audit.by_function)]
    kept = set(functions[:FUNCTIONS])
    columns = [Column("At the top", [TOP])] if TOP in kept else []
    organisation = audit.organisation
    heads = [role for top in organisation.tops for role in organisation.reports.get(top.id, ())]
    columns += [Column(role.title, [role.id]) for role in heads if role.id in kept]
    if rest := [function for function in functions if function not in kept]:
        columns.append(Column("Others", rest))
    hottest = max((hours.max for each in audit.hats for hours in each.by_function.values()), default=0.0)
    return Heat(columns, hottest)
