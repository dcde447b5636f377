"""Gathers the fields of one imported role, and all that there is to report of its row."""

from dataclasses import dataclass, field

from rolebook.language import english, gettext, written_in
from rolebook.problems import Rule, Severity
from rolebook.spreadsheet.findings import Reading, RowFinding
from rolebook.spreadsheet.imported_role import ImportedRole
from rolebook.spreadsheet.role_file import Value, left_out
from rolebook.spreadsheet.table import shortened

UNREAD_CELL = Rule(
    "unread-cell", Severity.WARNING, "A field has one value: what another cell holds for it is lost."
)
MAX_SHOWN = 300
"""Characters of a cell that a message quotes."""


class Why:
    """Why a cell was left out, in the language that is written in when it is shown."""

    def __init__(self, text: str, /, **values: object) -> None:
        self._text, self._values = text, values

    def __str__(self) -> str:
        return gettext(self._text, **self._values)


@dataclass(slots=True, eq=False)
class RoleReport:
    """Gathers the fields of one imported role, and what there is to report of it."""

    role: ImportedRole
    id: str
    is_there: bool = False
    """Whether the role has a file already: an update changes its fields, and adds no comments."""
    fields: list[tuple[str, Value]] = field(default_factory=list)
    findings: list[RowFinding] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    belonging: list[str] = field(default_factory=list)
    """The names of those who belong to a team."""
    unclear: set[str] = field(default_factory=set)
    """Fields for which the row has something that cannot be used."""

    def add_finding(
        self, rule: Rule, message: str, done: str, cause: str, value: str = "", *, done_for_all: str = ""
    ) -> None:
        """Add a finding: see `RowFinding`."""
        row = self.role.row
        self.findings.append(
            RowFinding(rule, row, message, done, cause, shortened(value, MAX_SHOWN), done_for_all)
        )

    def add_reading(self, kind: str, message: str) -> None:
        """Add how a cell was understood."""
        self.readings.append(Reading(kind, self.role.row, message))

    def note(self, field: str, name: str, cell: str, why: Why) -> None:
        """Keep `cell` as a comment where the field is, or first where `field` is empty."""
        with written_in(english()):  # by these words, a later import finds the comment
            self.fields.append((field, left_out(name, cell, f"{self.place}: {why}")))

    def keep(
        self, field: str, rule: Rule, message: str, cell: str, why: Why, *, name: str = "", hint: str = ""
    ) -> None:
        """Leave `cell` out of `field`, which is then unclear; `hint` is what to write."""
        self.unclear.add(field)
        self.leave_out(field, rule, message, cell, why, name=name or field, hint=hint)

    def leave_out(
        self, field: str, rule: Rule, message: str, cell: str, why: Why, *, name: str, hint: str
    ) -> None:
        """Keep `cell` as a comment, and report it."""
        self.note(field, name, cell, why)
        advice = f"{hint}{' ' if hint.endswith('?') else '. '}" if hint else ""
        self.add_finding(
            rule,
            message,
            f"{advice}{self.left_out}",
            f"{name}: {why}",
            cell,
            done_for_all=f"{advice}{self.all_left_out}",
        )

    @property
    def left_out(self) -> str:
        """What was done about a cell, in words."""
        if self.is_there:
            return gettext("It was left out, and %(file)s keeps what it had", file=self.file)
        return gettext("It was left out and kept as a comment in %(file)s", file=self.file)

    @property
    def all_left_out(self) -> str:
        """What was done about such cells of several rows, in words."""
        if self.is_there:
            return gettext("They were left out, and the role files keep what they had")
        return gettext("They were left out and kept as comments in the role files")

    @property
    def file(self) -> str:
        """The name of the role's file."""
        return f"{self.id}.md"

    @property
    def place(self) -> str:
        """Where the row is, in words."""
        return gettext("row %(row)s of %(file)s", row=str(self.role.row.number), file=self.role.row.file)

    def place_for(self, other: "RoleReport") -> str:
        """Where the row is, in words for a line about `other`."""
        return str(self.where_for(other))

    def where_for(self, other: "RoleReport") -> Why:
        """The same for a comment."""
        number = str(self.role.row.number)
        if self.role.row.file == other.role.row.file:
            return Why("row %(row)s", row=number)
        return Why("row %(row)s of %(file)s", row=number, file=self.role.row.file)


def field_is(field: str, cell: str) -> str:
    """Say what a table has for a field."""
    return gettext("%(field)s is '%(cell)s'", field=field, cell=cell)


def read_as(field: str, cell: str, value: str) -> str:
    """Say as what a cell was read for a field."""
    return gettext(
        "%(field)s '%(cell)s' is read as '%(value)s'",
        field=field,
        cell=shortened(cell),
        value=shortened(value),
    )


def read_as_name(field: str, cell: str, name: str) -> str:
    """Say as whose name a cell was read."""
    return gettext("%(field)s '%(cell)s' is read as %(name)s", field=field, cell=cell, name=name)
