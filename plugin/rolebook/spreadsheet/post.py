"""One row as a post: its reference, its title, and the fields that its cells hold.

Hours are hours per week.
"""

import re
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

import yaml

from rolebook.organisation import name_key
from rolebook.problems import Problem, Rule, Severity
from rolebook.read import MAX_BYTES
from rolebook.schema.fields import declarations
from rolebook.schema.kinds import MAX_TEXT, OUT_OF_RANGE, Kind, Number, Report
from rolebook.schema.records import RoleFields
from rolebook.spreadsheet.columns import Cells
from rolebook.spreadsheet.role_file import Between, Value, left_out, role_file
from rolebook.spreadsheet.table import Row, one_line

MISSING_TITLE = Rule(
    "missing-title", Severity.WARNING, "The title is the seat's name on every page and chart."
)
RULES = (MISSING_TITLE,)

_KINDS: dict[str, Kind[Any]] = {name: each.kind for name, each in declarations(RoleFields).items()}
_FTE = Number("the share of a full week in digits, such as 1 or 0.5", 0, 100_000)
_LISTS = {"skills": ";", "tags": ";", "deliverable": "\n"}
"""What parts the items of a cell that is on one line."""
_CHOICES = ("status", "engagement")
_NUMBERS = ("weekly_hours", "seats", "fte")
_RANGE = re.compile(r"(\S+)\s*(?:to|–|-)\s*(\S+)")
_DECIMAL_COMMA = re.compile(r"-?(\d+,\d{1,2}|0,\d+)")
"""A comma that cannot part thousands."""
_STRING, _SEQUENCE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq"


@dataclass(frozen=True, slots=True)
class Conventions:
    """What an export's words mean; they are compared without regard to case."""

    root: frozenset[str]
    """In place of a parent: reports to nobody."""
    vacant: frozenset[str]
    """In place of an owner: the seat is vacant."""
    unnamed: frozenset[str]
    """In place of an owner: somebody holds the seat and is not named."""
    retired: frozenset[str]
    """In place of an owner: the seat is no more."""
    full_week: Decimal
    """Hours of a full-time equivalent of 1."""


@dataclass(frozen=True, slots=True)
class Post:
    """A row with what others may call it by."""

    row: Row
    cells: Cells
    reference: str
    """As the column of ids has it; empty without one."""
    title: str

    def cell(self, field: str) -> str:
        """The row's cell for `field` as one line; empty without one."""
        return one_line(self.cells.of(self.row, field))


def post(row: Row, cells: Cells) -> Post:
    """The post of `row`, named by its row's cells."""
    return Post(row, cells, one_line(cells.of(row, "id")), one_line(cells.of(row, "title")))


@dataclass(slots=True, eq=False)
class PostReport:
    """Gathers the fields of one post, and what there is to tell of it."""

    post: Post
    id: str
    fields: list[tuple[str, Value]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, rule: Rule, message: str, done: str) -> None:
        """Add a finding: what is wrong with the row, and what was done."""
        row = self.post.row
        self.problems.append(Problem(rule, row.file, row.number, message, done))

    def note(self, field: str, name: str, cell: str, why: str) -> None:
        """Keep `cell` as a comment where the field stands, or first where `field` is empty."""
        self.fields.append((field, left_out(name, cell, f"{self.place}: {why}")))

    def keep(self, field: str, rule: Rule, message: str, cell: str, why: str, name: str = "") -> None:
        """Leave `cell` out of `field`, keep it as a comment, and tell so."""
        self.note(field, name or field, cell, why)
        self.tell(rule, message, f"It was left out and kept as a comment in {self.id}.md")

    @property
    def place(self) -> str:
        """Where the row is, in words."""
        return f"row {self.post.row.number} of {self.post.row.file}"

    def place_for(self, other: "PostReport") -> str:
        """Where the row is, in words that stand in a line about `other`."""
        same = self.post.row.file == other.post.row.file
        return f"row {self.post.row.number}" if same else self.place


def read_fields(report: PostReport, conventions: Conventions) -> None:
    """Add all fields but the parent, which is another row's matter, to `report`."""
    for cell in report.post.row.beyond:
        report.note("", "cell", cell, "it stands beyond the last column")
    _title(report)
    for name in ("purpose", "engagement", "location"):
        _add(report, name, report.post.cell(name))
    for name in _LISTS:
        _add(report, name, report.post.cells.of(report.post.row, name).strip(" \t"))
    _hours(report, conventions.full_week)
    _holder(report, conventions)


def _title(report: PostReport) -> None:
    if not _add(report, "title", report.post.title):
        title = f"Untitled post {report.post.reference[:80]}".strip()
        report.fields.append(("title", title))
        if not report.post.title:
            report.note("title", "title", "", "the row has none")
            report.tell(MISSING_TITLE, "the row has no title", f"{report.id}.md calls it '{title}'")


def _holder(report: PostReport, conventions: Conventions) -> None:
    """The owner, and the status that the row gives or that a word in place of the owner means."""
    owner = report.post.cell("owner")
    word = name_key(owner)
    status = ""
    if word in conventions.retired:
        status = "retired"
    elif word in conventions.unnamed:
        status = "filled"
    elif word not in conventions.vacant:
        _add(report, "owner", owner)
    if not _add(report, "status", report.post.cell("status")) and status:
        report.fields.append(("status", status))


def _hours(report: PostReport, full_week: Decimal) -> None:
    """Hours and seats; a share of a full week (`fte`) is that of all the row's seats together."""
    hours, fte = report.post.cell("weekly_hours"), report.post.cell("fte")
    seats = _value(report, "seats", report.post.cell("seats"))
    shared = None
    if between := _RANGE.fullmatch(hours):
        _add_range(report, hours, between[1], between[2])
    elif hours or not fte:
        _add(report, "weekly_hours", hours)
    else:
        shared = _share(report, fte)
    if shared is not None:
        if not isinstance(seats, Decimal):
            seats = max(Decimal(1), shared.to_integral_value(ROUND_CEILING))
        each = (shared * full_week / seats).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if _accepted("weekly_hours", _KINDS["weekly_hours"], f"{each:f}").problems:
            message = f"fte {fte} in {seats} seats is {each:f} hours a week for each"
            report.keep("weekly_hours", OUT_OF_RANGE, message, fte, "too many hours", "fte")
        else:
            report.fields.append(("weekly_hours", each))
    if isinstance(seats, Decimal) and (seats != 1 or report.post.cell("seats")):
        report.fields.append(("seats", seats))


def _add_range(report: PostReport, cell: str, low: str, high: str) -> None:
    ends = [_digits(low), _digits(high)]
    problems = (_accepted("weekly_hours", _KINDS["weekly_hours"], each).problems for each in ends)
    if problem := next((each for found in problems for each in found), None):
        report.keep("weekly_hours", problem.rule, problem.message, cell, "not usable")
        return
    first, last = sorted(map(Decimal, ends))
    report.fields.append(("weekly_hours", Between(first, last)))


def _share(report: PostReport, cell: str) -> Decimal | None:
    shown = _digits(cell)
    if problem := next(iter(_accepted("fte", _FTE, shown).problems), None):
        report.keep("weekly_hours", problem.rule, problem.message, cell, "not usable", "fte")
        return None
    return Decimal(shown)


def _add(report: PostReport, field: str, cell: str) -> bool:
    """Add the field with what `cell` holds; False when it holds nothing that can be used."""
    value = _value(report, field, cell)
    if value is not None:
        report.fields.append((field, value))
    return value is not None


def _value(report: PostReport, field: str, cell: str) -> Value | None:
    """What `cell` holds for `field`; None when it is empty, or cannot be used, which is told."""
    if not cell:
        return None
    if len(cell) > MAX_TEXT:
        message = f"{field} is longer than {MAX_TEXT} characters"
        report.keep(field, OUT_OF_RANGE, message, cell, "too long for a field")
        return None
    written = _written(field, cell)
    if problem := next(iter(_accepted(field, _KINDS[field], written).problems), None):
        report.keep(field, problem.rule, problem.message, cell, "not usable")
        return None
    if field in _NUMBERS:
        return Decimal(str(written))
    return written.lower() if isinstance(written, str) and field in _CHOICES else written or None


def _written(field: str, cell: str) -> str | tuple[str, ...]:
    if field in _LISTS:
        items = tuple(item for each in _items(cell, _LISTS[field]) if (item := one_line(each)))
        return items[0] if field == "deliverable" and len(items) == 1 else items
    return _digits(cell) if field in _NUMBERS else cell


def _items(cell: str, mark: str) -> list[str]:
    """The items of a cell: one a line where it has lines, else parted by `mark`."""
    return cell.splitlines() if "\n" in cell or "\r" in cell else cell.split(mark)


def _digits(cell: str) -> str:
    """A number as role files write it: spreadsheets also write `,5` and `0,5` for a half."""
    shown = f"0{cell}" if cell[:1] in (".", ",") else cell
    return shown.replace(",", ".") if _DECIMAL_COMMA.fullmatch(shown) else shown


def _accepted(field: str, kind: Kind[Any], written: str | tuple[str, ...]) -> Report:
    """What the field's own kind has to say about the value: no problems when it is accepted."""
    report = Report("")
    kind.parse(_node(written), field, report)
    return report


def _node(written: str | tuple[str, ...]) -> yaml.Node:
    if isinstance(written, str):
        return yaml.ScalarNode(_STRING, written)
    return yaml.SequenceNode(_SEQUENCE, [yaml.ScalarNode(_STRING, each) for each in written])


def text_of(report: PostReport) -> str:
    """The role file; a body that makes it too large to be read is left out and told."""
    body = report.post.cells.of(report.post.row, "body")
    text = role_file(report.fields, body)
    if len(text.encode()) <= MAX_BYTES:
        return text
    message = f"body makes a page larger than {MAX_BYTES // 1000} kB"
    report.keep("body", OUT_OF_RANGE, message, one_line(body), "too long for a page")
    return role_file(report.fields)
