"""Finds which column of a table holds which field, by the header and by `--map FIELD=COLUMN`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rolebook.language import gettext, ngettext
from rolebook.organisation import name_key, names_nobody
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.declarations import shown_name
from rolebook.schema.own_fields import own_declarations
from rolebook.schema.records import RoleFields
from rolebook.schema.typos import did_you_mean
from rolebook.spreadsheet.column_names import LIKELY, field_called, fields_like, half, halves, plain_key
from rolebook.spreadsheet.table import UNUSABLE_TABLE, Row, Table, column_key
from rolebook.wording import either, listed

UNUSED_COLUMN = Rule(
    "unused-column", Severity.ADVICE, "What a column holds that no field is read from is in no role file."
)

ROLE_FIELDS = (
    *(
        "title",
        "kind",
        "parent",
        "also_reports_to",
        "owner",
        "lead",
        "members",
        "weekly_hours",
        "seats",
        "deliverable",
    ),
    *("purpose", "status"),
    *("engagement", "skills", "location", "tags"),
)
"""Fields of a role that one cell can hold."""
OTHER_FIELDS, BODY = "other_fields", "body"
"""Two columns for the rest: fields without a column, as YAML, and the page's text."""
OWN_COLUMNS = ("id", *ROLE_FIELDS, OTHER_FIELDS, BODY)
"""The columns of a table that `rolebook export` writes."""
_OF_AN_EXPORT = frozenset({"id", "title", "other fields", "body"})
"""By these, as `column_key` has them, such a table is known, and taken at its word: others may be deleted."""
FIELDS = (*OWN_COLUMNS, "fte", "as")
"""All that a column can be mapped to; `as` is what somebody is in a team."""

_EXAMPLE = '--map title="Job Title"'
_LINK = re.compile(r"!?\[([^\[\]\n]+)\]\([^()\s]*\)")
"""A link of Markdown, which is not read in fields."""
_MOST_NAMED = 40
"""Columns that a message names."""
_LETTERS = 26
_DIGITS_OF_AN_ID = 3
"""So many has a number that is hardly that of a row by chance."""
_JOINED = "+"
"""Between two columns whose cells make one value."""
_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Parts of names that are written together."""


def own_names(record: type) -> tuple[str, ...]:
    """What files call the own fields of a record class."""
    return tuple(map(shown_name, own_declarations(record)))


def own_titles(record: type) -> Iterator[tuple[str, str]]:
    """The own fields of a record class, each with its label, by which a column may be called as well."""
    yield from ((shown_name(name), each.label) for name, each in own_declarations(record).items())


MappedColumns = Mapping[str, tuple[str, ...]]
"""The columns of each mapped field; the first with something in its cell counts. None: not to be read."""


def parse_map(pairs: Iterable[str]) -> MappedColumns:
    """The columns of each field, from words such as `title=Job Title`; none for a field as in `tags=`.

    Raises:
        ValueError: a word that is not understood; its text says which, and what to write instead.
    """
    found: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        field, column = field.strip(), column.strip()
        if not (equals and field):
            raise ValueError(
                gettext(
                    "'%(words)s' is not %(form)s. Write, say, %(example)s.",
                    words=pair,
                    form="FIELD=COLUMN",
                    example=_EXAMPLE,
                )
            )
        found[field] = (*found.get(field, ()), *([column] if column else []))
    return found


def unknown_field(mapped: MappedColumns, record: type[RoleFields]) -> str:
    """Say which of the `mapped` fields roles do not have; empty where they have all."""
    known = (*FIELDS, *own_names(record))
    for field in mapped:
        if field not in known:
            meant = did_you_mean(field, known) or gettext(
                "The fields are %(fields)s.", fields=", ".join(known)
            )
            said = gettext("There is no field '%(field)s'.", field=field)
            return f"{said} {meant}"
    return ""


def names_of_header(given: MappedColumns) -> frozenset[str]:
    """What columns are called that show the header and the sheet, by `column_key`.

    All that are `given`, and where no column of titles is, what these are usually called.
    """
    columns = {"title": ("title", *LIKELY["title"]), **given}.values()
    names = {name for each in columns for column in each for name in (column, *column.split(_JOINED))}
    return frozenset(map(column_key, names)) - {""}


def with_named_like_fields(
    tables: Iterable[Table], given: MappedColumns, record: type[RoleFields] = RoleFields
) -> MappedColumns:
    """Add to `given` the fields whose names are columns of `tables`, and always the title.

    A column that is given to one field is no other's, whatever it is called. Own fields of `record` are
    known by their labels, too.
    """
    tables = tuple(tables)
    taken = {column_key(column) for columns in given.values() for column in columns}
    named = {
        field: (field,)
        for field in FIELDS
        if column_key(field) not in taken and any(_places(table, field) for table in tables)
    }
    taken |= {column_key(field) for field in named}
    for name, label in own_titles(record):
        called = [each for each in (name, label) if column_key(each) not in taken]
        if found := [each for each in called if any(_places(table, each) for table in tables)]:
            named[name] = (found[0],)
    mapped = {"title": ("title",), **named, **given}
    return {field: mapped[field] for field in (*FIELDS, *own_names(record)) if field in mapped}


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Finds the cells of a table's rows by field."""

    places: Mapping[str, tuple[tuple[int, ...], ...]]
    """The columns of each field, in the order in which they count. Columns in one tuple make one value."""
    columns: tuple[str, ...]
    """What the table's columns are called."""
    as_exported: bool
    """Whether the table is one that `rolebook export` wrote."""
    record: type[RoleFields] = RoleFields
    """What declares the fields of a role, the owner's own among them."""

    def of(self, row: Row, field: str) -> str:
        """The first cell for `field` that is not empty; else empty. Links are their text."""
        cell = self.as_written(row, field)
        return cell if self.as_exported or field == BODY else _LINK.sub(r"\1", cell)

    def as_written(self, row: Row, field: str) -> str:
        """The same with its links; columns that belong together make one cell."""
        return next((cell for _, cell in self._filled(row, field)), "")

    def together(self, field: str) -> str:
        """The names of all columns of `field`, joined as `--map` takes them."""
        return _JOINED.join(self.columns[place] for places in self.places[field] for place in places)

    def name(self, field: str) -> str:
        """What the first column of `field` is called."""
        return self.columns[self.places[field][0][0]]

    def unread(self, row: Row, field: str) -> list[tuple[str, str]]:
        """The cells, each with its column, that hold something else for `field` than the one that counts."""
        (_, read), *others = [*self._filled(row, field)] or [("", "")]
        return [(column, cell) for column, cell in others if name_key(cell) != name_key(read)]

    def without_words(self, row: Row, field: str) -> bool:
        """Whether columns that make one value have no letter in a row, as a level beside no title."""
        of_cells = (places for places in self.places[field] if any(row.cells[at].strip() for at in places))
        places = next(of_cells, ())
        return len(places) > 1 and not any(map(str.isalpha, "".join(row.cells[at] for at in places)))

    def is_merged(self, row: Row, field: str) -> bool:
        """Whether the cell for `field` is one with the cell above it."""
        return any(place in row.merged for places in self.places.get(field, ()) for place in places)

    def failed(self, row: Row) -> Iterator[tuple[str, str, str]]:
        """The cells for a field in which a formula failed: the field, the column, and what it shows."""
        for at, shown in row.failed.items():
            for field, found in self.places.items():
                if any(at in places for places in found):
                    yield field, self.columns[at], shown

    def _filled(self, row: Row, field: str) -> Iterator[tuple[str, str]]:
        """The cells for `field` that are not empty, each with its column."""
        for places in self.places.get(field, ()):
            # Blanks at the beginning of a text may mean something in Markdown.
            around = "" if field == BODY else " \t"
            cells = [row.cells[place] for place in places]
            parts = [cell.strip(around) for cell in cells if cell.strip(" \t")]
            is_of_people = len(places) > 1 and field in ("owner", "parent", "lead")
            if cell := (_nobody(parts) if is_of_people else "") or self._joined(places, parts):
                yield self.columns[places[0]], cell

    def _joined(self, places: tuple[int, ...], parts: list[str]) -> str:
        """Cells that make one value; names of China, Japan and Korea begin with the last one."""
        if len(parts) == 1 or not all(map(_WITHOUT_BLANKS.fullmatch, parts)):
            return " ".join(parts)
        is_turned = half(self.columns[places[0]]) == "first"
        return "".join(reversed(parts) if is_turned else parts)


def _nobody(parts: Sequence[str]) -> str:
    """The word for nobody in the columns of a name, with what else they have; empty where none has one."""
    # A vacancy is often written in the columns of both names.
    words = [part for part in parts if names_nobody(part)]
    others = [part for part in parts if not names_nobody(part)]
    return f"{words[0]} ({' '.join(others)})" if words and others else "".join(words[:1])


def column_map(
    table: Table, mapped: MappedColumns, record: type[RoleFields] = RoleFields
) -> ColumnMap | Problem:
    """Find where the fields are in `table`; a `Problem` where that is not clear."""
    places: dict[str, tuple[tuple[int, ...], ...]] = {}
    for field, columns in mapped.items():
        found = []
        for column in columns:
            parts = [_places(table, each) for each in _parts(table, column)]
            if any(len(each) > 1 for each in parts):
                times = max(map(len, parts))
                message = ngettext(
                    "%(number)s column is called '%(column)s'",
                    "%(number)s columns are called '%(column)s'",
                    times,
                    column=column,
                )
                hint = gettext("Give them different names")
                return Problem(UNUSABLE_TABLE, table.file, 0, message, hint)
            found.append(tuple(place for each in parts for place in each))
        places[field] = _names_joined(table, tuple(filter(None, found)))
    if not places.get("title"):
        return Problem(UNUSABLE_TABLE, table.file, 0, *_no_title(table, mapped))
    return ColumnMap(places, tuple(table.columns), _is_exported(table), record)


def _is_exported(table: Table) -> bool:
    return {*map(column_key, table.columns)} >= _OF_AN_EXPORT


def _no_title(table: Table, mapped: MappedColumns) -> tuple[str, str]:
    if titles := [f"'{column}'" for column in mapped.get("title", ())]:
        message = gettext("no column is called %(columns)s, so there are no titles", columns=either(titles))
    else:
        message = gettext("no column is called the title, so there are no titles")
    columns = gettext(
        "The columns of row %(row)s are %(columns)s",
        row=str(table.header_row),
        columns=_listed(table.columns),
    )
    return message, ". ".join(filter(None, (columns, _advice(table, mapped))))


def _advice(table: Table, mapped: MappedColumns) -> str:
    """What to add to the command so that the columns of `table` are read; empty where nothing is likely."""
    likely = _likely_columns(table, mapped, ())
    words = " ".join(_map_words(field, *columns) for field, columns in likely.items())
    return gettext("If their contents match their names, add %(options)s", options=words) if words else ""


def _map_words(field: str, *columns: str) -> str:
    """Columns that make one value are joined."""
    return f'--map {field}="{_JOINED.join(columns)}"'


def unused_columns(table: Table, fields: ColumnMap, mapped: MappedColumns) -> tuple[list[Problem], str]:
    """Report filled columns from which no field is read.

    Those that may be a field's get a problem each, the others share a sentence, empty where there are none.
    """
    used = {place for found in fields.places.values() for places in found for place in places}
    filled = {at for row in table.rows for at, cell in enumerate(row.cells) if cell.strip()}
    likely = _likely_columns(table, mapped, used)
    offered = {column for columns in likely.values() for column in columns}
    others = [
        name
        for at, name in enumerate(table.columns)
        if at not in used and at in filled and name and name not in offered
    ]
    others += [
        gettext("column %(letter)s", letter=_letter(at))
        for at, name in enumerate(table.columns)
        if at in filled and not name
    ]
    problems = [
        Problem(
            UNUSED_COLUMN,
            table.file,
            0,
            _may_be(columns, field),
            gettext(
                "If it is, add %(option)s; if it is not, add %(other)s",
                option=_map_words(field, *columns),
                other=f"--map {field}=",
            ),
        )
        for field, columns in likely.items()
        if any(table.columns.index(column) in filled for column in columns)
    ]
    if not others:
        return problems, ""
    return problems, gettext("%(file)s: not used: %(columns)s.", file=table.file, columns=_listed(others))


def _letter(at: int) -> str:
    """What a spreadsheet calls a column, such as AB for the 28th."""
    letters = ""
    while at >= 0:
        letters, at = chr(ord("A") + at % _LETTERS) + letters, at // _LETTERS - 1
    return letters


def _may_be(columns: Sequence[str], field: str) -> str:
    named = listed(f"'{column}'" for column in columns)
    if len(columns) == 1:
        return gettext(
            "the column %(column)s is not used and may be the field '%(field)s'", column=named, field=field
        )
    return gettext(
        "the columns %(columns)s are not used and may be the field '%(field)s'", columns=named, field=field
    )


def _likely_columns(table: Table, mapped: MappedColumns, used: Iterable[int]) -> dict[str, tuple[str, ...]]:
    """Find a column for fields without one; the owner's can be two, a first and a last name."""
    missing = [field for field in FIELDS if not any(_places(table, each) for each in mapped.get(field, ()))]
    missing = [field for field in missing if field not in mapped or field == "title"]
    used = set(used)
    free = [name for at, name in enumerate(table.columns) if at not in used and name]
    near = fields_like(free, FIELDS)
    found: dict[str, tuple[str, ...]] = {}
    for field in missing:
        exact = [name for name in free if field_called(name) == field]
        names = exact or [name for name in free if near.get(name) == field]
        if field == "seats":
            names = [name for name in names if not _are_all_different(table, name)]
        parts = tuple(name for name in names if half(name) in ("first", "last"))
        whole = tuple(name for name in names if name not in parts)
        pair = halves(free) if field == "owner" else ()
        if pair or whole or parts:
            found[field] = pair or whole[:1] or parts
        if (
            field == "owner"
            and not pair
            and len(whole) > 1
            and plain_key(whole[0]) == "name"
            and "title" in missing
        ):
            # Beside a column of people, what has a name is the role.
            found = {"title": whole[:1], **found, "owner": whole[1:2]} if "title" not in found else found
        if pair and "parent" in missing and "parent" not in found:
            # Beside the two halves of the holder's name, whoever is responsible is the manager.
            manager = tuple(name for name in whole if plain_key(name) == "responsable")
            found |= {"parent": manager[:1]} if manager else {}
    if "parent" in missing and "parent" not in found and (named := _column_that_refers(table, free)):
        found |= {"parent": (named,)}
    parents = [*mapped.get("parent", ()), *found.get("parent", ())]
    if named := _column_of_parents(table, parents, used):
        field = "id" if _has_numbers(table, named) else "owner"
        if field in missing:
            others = {other: names for other, names in found.items() if names != (named,)}
            found = {field: (named,), **others}
    return found


def _has_numbers(table: Table, column: str) -> bool:
    """Whether a column has something that no person's name has, such as a digit."""
    return any(char.isdigit() or char in "@_" for cell in _cells(table, column) for char in cell)


def _cells(table: Table, column: str) -> list[str]:
    """What a column has in its rows, by `name_key`."""
    (at, *_) = _places(table, column)
    return [name_key(row.cells[at]) for row in table.rows]


def _are_all_different(table: Table, column: str) -> bool:
    """Whether no two rows have the same in a column, as numbers of rows have not, and numbers of seats do."""
    cells = [cell for cell in _cells(table, column) if cell]
    return len(cells) > 1 and len({*cells}) == len(cells)


def _column_that_refers(table: Table, columns: Sequence[str]) -> str:
    """Find a column of no known meaning in which rows name other rows; empty where there is none."""
    ids = [_cells(table, each) for each in columns if _are_all_different(table, each)]
    named = [(cells, frozenset(cells)) for cells in ids]
    for column in columns:
        cells = _cells(table, column)
        wanted = [cell for cell in cells if cell]
        if field_called(column) or len(wanted) * 2 <= len(cells) or len({*wanted}) == len(cells):
            continue
        # Small numbers, such as priorities, may be those of rows by chance.
        if any(cell.isdecimal() and len(cell) < _DIGITS_OF_AN_ID for cell in wanted):
            continue
        for names, each in named:
            if each.issuperset(wanted) and not any(map(_is_same, cells, names)):
                return column
    return ""


def _is_same(cell: str, name: str) -> bool:
    return bool(cell) and cell == name


def _column_of_parents(table: Table, parents: Iterable[str], used: Iterable[int]) -> str:
    """Find an unused column in which most parents are named; empty where there is none."""
    places = {place for column in parents for place in _places(table, column)}
    wanted = {name_key(row.cells[at]) for row in table.rows for at in places} - {""}
    found = {
        name: len(wanted & {name_key(row.cells[at]) for row in table.rows})
        for at, name in enumerate(table.columns)
        if at not in {*used, *places} and name and field_called(name) not in ("title", "owner")
    }
    best = max(found, key=lambda name: found[name], default="")
    return best if best and found[best] * 2 > len(wanted) else ""


def missing_columns(tables: Iterable[Table], mapped: MappedColumns) -> str:
    """Report mapped columns that none of `tables` has; empty when there are none."""
    tables = tuple(tables)
    known = tuple(dict.fromkeys(column for table in tables for column in table.columns if column))
    titles = mapped.get("title", ())
    has_titles = any(_places(table, each) for table in tables[:1] for each in titles)
    words = [f"{advice}." for table in tables[:1] if not has_titles and (advice := _advice(table, mapped))]
    if not words and titles == ("title",):
        words = [
            gettext("Say which of them has the names of the roles: %(option)s.", option='--map title="…"')
        ]
    missing = [
        # For the title, the advice says more than a name that is spelt alike.
        _no_column(part, () if columns == ("title",) else known)
        for columns in mapped.values()
        for column in columns
        for part in dict.fromkeys(part for table in tables for part in _parts(table, column))
        if not any(_places(table, part) for table in tables)
    ]
    if not missing:
        return ""
    headers = [
        gettext("row %(row)s of %(file)s", row=str(table.header_row), file=table.file)
        for table in tables
        if table.header_row > 1
    ]
    found = [gettext("The header was read from %(rows)s.", rows=listed(headers))] if headers else []
    columns_are = gettext("The columns are %(columns)s.", columns=_listed(known))
    return " ".join([*missing, columns_are, *words, *found])


def _no_column(name: str, known: Iterable[str]) -> str:
    said = gettext("No column is called '%(column)s'.", column=name)
    return f"{said} {did_you_mean(name, known)}".strip()


def _parts(table: Table, column: str) -> Sequence[str]:
    """The columns that `column` names: several where they are joined by a plus."""
    if _places(table, column) or _JOINED not in column:
        return (column,)
    return [part.strip() for part in column.split(_JOINED) if part.strip()]


def _names_joined(table: Table, found: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Make one column in `found` of a column of first names and one of last names."""
    alone = {table.columns[each[0]]: each for each in found if len(each) == 1}
    pair = halves(alone)
    if not pair:
        return found
    first, last = (alone[name] for name in pair)
    return tuple((*first, *last) if each == first else each for each in found if each != last)


def _places(table: Table, column: str) -> tuple[int, ...]:
    """Find columns of this name: written exactly so, or else with other case, spaces or hyphens."""
    exact = tuple(at for at, each in enumerate(table.columns) if each == column)
    key = column_key(column)
    return exact or tuple(at for at, each in enumerate(table.columns) if column_key(each) == key)


def _listed(columns: Iterable[str]) -> str:
    named = [f"'{column}'" for column in columns if column]
    first, more = ", ".join(named[:_MOST_NAMED]), len(named) - _MOST_NAMED
    if more <= 0:
        return first
    return ngettext("%(names)s and %(number)s more", "%(names)s and %(number)s more", more, names=first)
