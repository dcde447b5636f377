"""The one call of this room: tables in, role files and findings out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rolebook.problems import Problem, in_order
from rolebook.spreadsheet.columns import MappedColumns, cells_of
from rolebook.spreadsheet.post import Conventions, PostReport, post, read_fields, text_of
from rolebook.spreadsheet.references import add_parents, identify, tell_ids
from rolebook.spreadsheet.table import Table


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of some tables."""

    files: Mapping[str, str]
    """The text of each role file by its name, in the order of the rows."""
    problems: tuple[Problem, ...]
    ids_from_titles: int


def import_tables(
    tables: Sequence[Table], mapped: MappedColumns, conventions: Conventions
) -> Imported | Problem:
    """A role file for every row of `tables`; a `Problem` where a table's columns do not fit."""
    posts = []
    for table in tables:
        cells = cells_of(table, mapped)
        if isinstance(cells, Problem):
            return cells
        posts += [post(row, cells) for row in table.rows]
    reports = [PostReport(*each) for each in zip(posts, identify(posts), strict=True)]
    tell_ids(reports)
    add_parents(reports, conventions.root, by_title="id" not in mapped)
    files = {}
    for report in reports:
        read_fields(report, conventions)
        files[f"{report.id}.md"] = text_of(report)
    found = [problem for report in reports for problem in report.problems]
    told = [problem for table in tables for problem in table.problems]
    titled = sum(not each.reference for each in posts)
    return Imported(files, in_order([*told, *found]), titled)
