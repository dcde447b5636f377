"""Makes the table of people and functions: its columns, and how dark each field is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from rolebook.analysis.audit import TOP, Audit
from rolebook.language import gettext
from rolebook.schema.records import NO_HOURS, Hours

MAX_FUNCTIONS = 8
"""Functions that have a column of their own; the rest share one."""
SHADES = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and the functions whose hours stand below it."""

    title: str
    functions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a person, or everybody, has in the functions of one column."""

    hours: Hours
    roles: int
    teams: int
    shade: int
    """From 1 for little to `SHADES`; 0 for nothing."""


@dataclass(frozen=True, slots=True)
class Heat:
    """The columns of the table, and how much is as dark as can be.

    That is hours, or roles and teams where no hours are known.
    """

    columns: Sequence[Column]
    most_hours: float
    most_roles: int

    def cells(
        self, by_function: Mapping[str, Hours], roles: Mapping[str, int], teams: Mapping[str, int]
    ) -> list[Cell]:
        """The cell of each column."""
        return [self._cell(column, by_function, roles, teams) for column in self.columns]

    def _cell(
        self,
        column: Column,
        by_function: Mapping[str, Hours],
        roles: Mapping[str, int],
        teams: Mapping[str, int],
    ) -> Cell:
        hours = sum((by_function.get(function, NO_HOURS) for function in column.functions), NO_HOURS)
        number = sum(roles.get(function, 0) for function in column.functions)
        belongs = sum(teams.get(function, 0) for function in column.functions)
        units = number + belongs
        part = hours.max / self.most_hours if self.most_hours else units / max(1, self.most_roles)
        return Cell(hours, number, belongs, min(SHADES, ceil(SHADES * part)))


def _top_title(audit: Audit) -> str:
    """The title of the role at the top, or what several at the top have in common."""
    tops = audit.organisation.tops
    return tops[0].title if len(tops) == 1 else gettext("No function")


def heat(audit: Audit) -> Heat:
    """Choose columns for the functions with the most hours, in the chart's order, and one for the rest."""
    functions = list(audit.by_function)
    kept = set(functions[:MAX_FUNCTIONS])
    columns = [Column(_top_title(audit), [TOP])] if TOP in kept else []
    columns += [
        Column(role.title, [role.id]) for role in audit.organisation.function_heads if role.id in kept
    ]
    if rest := [function for function in functions if function not in kept]:
        columns.append(Column(gettext("Others"), rest))
    most_hours = max((hours.max for each in audit.loads for hours in each.by_function.values()), default=0.0)
    most_roles = max(
        (
            each.roles_by_function.get(function, 0) + each.teams_by_function.get(function, 0)
            for each in audit.loads
            for function in {**each.roles_by_function, **each.teams_by_function}
        ),
        default=0,
    )
    return Heat(columns, most_hours, most_roles)
