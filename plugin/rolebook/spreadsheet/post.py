"""One row as a post: its reference, its title, and the fields that its cells hold.

Hours are hours per week.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

import yaml

from rolebook import front_matter
from rolebook.files import MAX_BYTES
from rolebook.organisation import name_key, names_nobody
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.fields import OTHER_KIND, declarations, parse_fields
from rolebook.schema.kinds import MAX_ITEMS, MAX_TEXT, OUT_OF_RANGE, WRONG_VALUE, Kind, Number, Report
from rolebook.schema.records import TEAM_KIND, RoleFields
from rolebook.spreadsheet.cells import cell_of
from rolebook.spreadsheet.columns import BODY, OTHER_FIELDS, ROLE_FIELDS, Cells
from rolebook.spreadsheet.findings import Reading, RowFinding
from rolebook.spreadsheet.holders import (
    ME,
    PLACEHOLDER_HOLDER,
    UNCLEAR_HOLDER,
    NameOrder,
    name_order,
    remark,
    several,
)
from rolebook.spreadsheet.hours import read_hours
from rolebook.spreadsheet.members import (
    FULL_WEEK,
    Belonging,
    leads,
    members_cell,
    members_lines,
    names_none,
    parse_member,
    parse_names,
    read_member,
    united,
)
from rolebook.spreadsheet.role_file import Between, Value, Written, left_out, number, role_file
from rolebook.spreadsheet.table import Row, one_line, shortened, whole_number
from rolebook.yaml_text import tag_of

MISSING_TITLE = Rule(
    "missing-title", Severity.WARNING, "The title is the role's name on every page and chart."
)

_KINDS: dict[str, Kind[Any]] = {name: each.kind for name, each in declarations(RoleFields).items()}
_FTE = Number("the share of a full week in digits, such as 1 or 0.5", 0, 100_000)
_LISTS = {"skills": ";", "tags": ";", "deliverable": "\n"}
"""What parts the items of a cell that is on one line."""
_OF_HOLDERS = frozenset({"filled", "open", "vacant", "active"})
"""A status that says whether somebody holds a role."""
_CHOICES = ("status", "engagement")
_NUMBERS = ("seats",)
_DAY = re.compile(r"\d{4}-(\d{2})-(\d{2})")
MAX_SHOWN = 300
"""Characters of a cell that a message quotes."""
_STRING, _SEQUENCE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq"


TEAM_WORDS = (
    *("team", "sub-team", "circle", "sub-circle", "committee", "sub-committee", "squad", "tribe", "guild"),
    *("chapter", "working group", "interest group", "project group", "task force", "group", "board"),
    *("council", "department", "unit", "division"),
)
"""In a column of kinds, what is a team here."""
ROLE_WORDS = frozenset({"", "role", "post", "position", "seat", "job"})
"""There, what is a role."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """What an export's words mean; they are compared without regard to case."""

    root: frozenset[str] = frozenset({"xx"})
    """In place of a parent: reports to nobody."""
    vacant: frozenset[str] = frozenset({"vacant"})
    """In place of an owner: the role is vacant."""
    unnamed: frozenset[str] = frozenset({"n/d"})
    """In place of an owner: somebody holds the role and is not named."""
    retired: frozenset[str] = frozenset({"eliminated", "deleted"})
    """In place of an owner or an id: the role is no more."""
    full_week: Decimal = FULL_WEEK
    """Hours of a full-time equivalent of 1."""
    me: str = ""
    """Whom "me" means; empty where nobody said."""
    teams: frozenset[str] = frozenset(TEAM_WORDS)
    """In a column of kinds: the row is about a team."""
    memberships: bool = False
    """Whether every row says that somebody belongs to a team."""
    keep_ids: bool = False
    """Whether ids are taken as they are, even if they are names or addresses of people."""


@dataclass(frozen=True, slots=True)
class Post:
    """A row with what others may call it by."""

    row: Row
    cells: Cells
    reference: str
    """As the column of ids has it; empty without one."""
    title: str
    owner: str
    """Who holds it, `First Last`; empty where that is nobody, or not clear."""
    rows: tuple["Post", ...] = ()
    """Of a team, the posts of its rows, each with who belongs to it; no other has any."""

    def cell(self, field: str) -> str:
        """The row's cell for `field` as one line; empty without one."""
        return one_line(self.cells.of(self.row, field))

    @property
    def digest(self) -> str:
        """The same for rows that have the same for every field."""
        posts = self.rows or (self,)
        fields = sorted(self.cells.places)
        cells = [{field: each.cells.of(each.row, field) for field in fields} for each in posts]
        return hashlib.sha256(json.dumps(cells if self.rows else cells[0]).encode()).hexdigest()[:16]


def posts_of(rows: Sequence[tuple[Row, Cells]], conventions: Conventions) -> tuple[Post, ...]:
    """The posts of `rows`; how their holders are written is seen from all rows together."""
    bare = [
        Post(row, cells, one_line(cells.of(row, "id")), one_line(cells.of(row, "title")), "")
        for row, cells in rows
    ]
    order = name_order([each.cell("owner") for each in bare], [each.cell("parent") for each in bare])
    return tuple(
        Post(each.row, each.cells, each.reference, each.title, _owner(each, order, conventions))
        for each in bare
    )


def is_team(post: Post, conventions: Conventions) -> bool:
    """Whether the row is about a team: its kind says so, or it has members."""
    kind = name_key(post.cell("kind"))
    # Such as `marker team`, `security committee`.
    named = kind in conventions.teams or kind.endswith(tuple(f" {word}" for word in conventions.teams))
    members = post.cell("members")
    names_members = bool(members) and not names_none(members)
    return conventions.memberships or named or (not kind and names_members)


def _owner(post: Post, order: NameOrder, conventions: Conventions) -> str:
    cell = post.cell("owner")
    key = name_key(cell)
    if post.cells.as_exported:
        return cell
    if key in ME:
        return conventions.me
    if key in conventions.vacant | conventions.unnamed | conventions.retired:
        return ""
    if names_nobody(cell) or several(post.cells.of(post.row, "owner").strip()):
        return ""
    name, note = remark(cell)
    # `Orla Quint (101)`: the number is the row's own, or could be nobody's name.
    plain = note and (name_key(note) == name_key(post.reference) or note.isdigit() or "@" in note)
    return order.first_last(name if plain else cell)


@dataclass(slots=True, eq=False)
class PostReport:
    """Gathers the fields of one post, and what there is to report of it."""

    post: Post
    id: str
    fields: list[tuple[str, Value]] = field(default_factory=list)
    findings: list[RowFinding] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    belonging: list[str] = field(default_factory=list)
    """The names of those who belong to a team."""
    unclear: set[str] = field(default_factory=set)
    """Fields for which the row has something that cannot be used."""

    def tell(
        self, rule: Rule, message: str, done: str, cause: str, value: str = "", *, done_for_all: str = ""
    ) -> None:
        """Add a finding: see `RowFinding`."""
        row = self.post.row
        self.findings.append(
            RowFinding(rule, row, message, done, cause, shortened(value, MAX_SHOWN), done_for_all)
        )

    def read(self, kind: str, message: str) -> None:
        """Add how a cell was understood."""
        self.readings.append(Reading(kind, self.post.row, message))

    def note(self, field: str, name: str, cell: str, why: str) -> None:
        """Keep `cell` as a comment where the field is, or first where `field` is empty."""
        self.fields.append((field, left_out(name, cell, f"{self.place}: {why}")))

    def keep(
        self, field: str, rule: Rule, message: str, cell: str, why: str, *, name: str = "", hint: str = ""
    ) -> None:
        """Leave `cell` out of `field`, which is then unclear; `hint` is what to write."""
        self.unclear.add(field)
        self.leave_out(field, rule, message, cell, why, name=name or field, hint=hint)

    def leave_out(
        self, field: str, rule: Rule, message: str, cell: str, why: str, *, name: str, hint: str
    ) -> None:
        """Keep `cell` as a comment, and report it."""
        self.note(field, name, cell, why)
        advice = f"{hint}{' ' if hint.endswith('?') else '. '}" if hint else ""
        self.tell(
            rule,
            message,
            f"{advice}It was left out and kept as a comment in {self.id}.md",
            f"{name}: {why}",
            cell,
            done_for_all=f"{advice}They were left out and kept as comments in the role files",
        )

    @property
    def place(self) -> str:
        """Where the row is, in words."""
        return f"row {self.post.row.number} of {self.post.row.file}"

    def place_for(self, other: "PostReport") -> str:
        """Where the row is, in words for a line about `other`."""
        same = self.post.row.file == other.post.row.file
        return f"row {self.post.row.number}" if same else self.place


def read_fields(report: PostReport, conventions: Conventions) -> None:
    """Add all fields but the parent, which is another row's matter, to `report`."""
    for cell in report.post.row.beyond:
        report.note("", "cell", cell, "it is beyond the last column")
    _title(report)
    if report.post.rows:
        _team(report, conventions)
        return
    _role(report, conventions)


def _role(report: PostReport, conventions: Conventions) -> None:
    _kind(report)
    for name in ("purpose", "engagement", "location"):
        _add(report, name, report.post.cell(name))
    for name in _LISTS:
        _add(report, name, report.post.cells.of(report.post.row, name).strip(" \t"))
    _hours(report, conventions.full_week)
    _holder(report, conventions)
    _other_fields(report)
    _tell_links(report)


def _kind(report: PostReport) -> None:
    """What the row says that it is, where that is no role; and what only teams have."""
    kind = report.post.cell("kind")
    if name_key(kind) not in ROLE_WORDS:
        hint = f'If it is a team, add --team "{kind}"'
        report.keep(
            "kind", WRONG_VALUE, f"kind is '{kind}', which is read as a role", kind, "no kind", hint=hint
        )
    for name in ("lead", "members"):
        cell = report.post.cell(name)
        if name == "members" and names_none(cell):
            _names_no_member(report, cell)
        elif cell:
            message = f"{name} is '{shortened(cell)}', and the row is no team"
            hint = "Write team in the column 'kind', if it is one"
            report.keep(name, OTHER_KIND, message, cell, "only teams have it", hint=hint)


def _team(report: PostReport, conventions: Conventions) -> None:
    """What a team has: who leads it and who belongs to it by its rows, and what roles have as well."""
    report.fields.append(("kind", TEAM_KIND))
    _add(report, "purpose", report.post.cell("purpose"))
    for name in ("deliverable", "tags"):
        _add(report, name, report.post.cells.of(report.post.row, name).strip(" \t"))
    leading, members = united(
        each for row in report.post.rows for each in _belonging(report, row, conventions)
    )
    report.belonging += dict.fromkeys([*leading, *(each.person for each in members)])
    if leading:
        report.fields.append(("lead", leading[0] if len(leading) == 1 else leading))
    if members:
        report.fields.append(("members", members_lines(members[:MAX_ITEMS])))
    if more := members[MAX_ITEMS:]:
        message = f"the team has {len(members):,} members"
        report.keep("members", OUT_OF_RANGE, message, members_cell(more), f"more than {MAX_ITEMS}")
    for name in ("engagement", "skills", "location", "seats"):
        if cell := report.post.cell(name):
            report.keep(name, OTHER_KIND, f"a team has no '{name}'", cell, "a team has none")
    _status(report, conventions)
    _other_fields(report)
    _tell_links(report)


def _status(report: PostReport, conventions: Conventions) -> None:
    """Whether a team is there: it is neither open nor filled."""
    cell, word = report.post.cell("status"), name_key(report.post.cell("owner"))
    if {word, name_key(report.post.reference)} & conventions.retired - {""} and not cell:
        report.fields.append(("status", "retired"))
    elif name_key(cell) in _OF_HOLDERS:
        report.read("status of a team", f"status '{cell}' is left out, since nobody holds a team")
    else:
        _add(report, "status", cell)


def _belonging(report: PostReport, post: Post, conventions: Conventions) -> Iterator[Belonging]:
    """Who belongs to a team by one of its rows; what there is to report of the row is added to `report`."""
    of_row = replace(report, post=post)
    named = tuple(_named_in_row(of_row, conventions))
    hours, as_ = _hours_of_member(of_row, conventions, somebody=bool(named)), post.cell("as")
    # Where a column says who leads, what else somebody is called decides nothing.
    told = bool(post.cells.places.get("lead"))
    yield from (Belonging(name, as_, hours, not told and leads(as_)) for name in named)
    for name in parse_names(post.cells.of(post.row, "lead")):
        if not _tell_nobody(of_row, "lead", name, name):
            yield Belonging(name, leads=True)
    for each in _members(of_row, conventions):
        yield replace(each, leads=not told and leads(each.as_))


def _named_in_row(report: PostReport, conventions: Conventions) -> Iterator[str]:
    """Those whom the owner's cell of a team's row names."""
    post = report.post
    written = post.cells.of(post.row, "owner").strip()
    nobody = conventions.vacant | conventions.unnamed | conventions.retired
    for name in parse_names(written) if several(written) else (post.owner or one_line(written),):
        if name and name_key(name) in nobody:
            report.read("nobody in a team", f"owner '{name}' is no member of the team")
        elif name_key(name) in ME and not conventions.me:
            hint = "Write the name, or add --me with yours"
            report.keep("owner", UNCLEAR_HOLDER, f"owner is '{name}'", name, "not a name", hint=hint)
        elif name and not _tell_nobody(report, "owner", name, name):
            yield name


def _members(report: PostReport, conventions: Conventions) -> Iterator[Belonging]:
    """Those whom the cell of members names, with hours that a week can have."""
    cell = report.post.cells.of(report.post.row, "members")
    if names_none(cell):
        _names_no_member(report, one_line(cell))
        return
    for text in parse_names(cell):
        parse = parse_member if report.post.cells.as_exported else read_member
        read = parse(text, conventions.full_week)
        each, person = read.member, shortened(read.member.person)
        if _tell_nobody(report, "members", each.person, text):
            continue
        if read.numbers:
            message = f"'{read.numbers}' beside {person} may mean anything"
            hint = f"If these are hours a week, write '{each.person} ({read.numbers} h)'"
            why = "a number without a word"
            report.leave_out("members", WRONG_VALUE, message, text, why, name="members", hint=hint)
        most = each.hours.high if isinstance(each.hours, Between) else each.hours
        if most is not None and (problem := _problem_of_hours(most)):
            message = f"the hours of {person} are '{read.hours}'"
            report.keep("weekly_hours", problem.rule, message, text, "not usable", hint=problem.hint)
            each = replace(each, hours=None)
        elif each.hours is not None and read.how:
            _tell_reading(report, f"'{read.hours}' beside {person}", each.hours, read.how)
        yield each


def _tell_reading(report: PostReport, what: str, hours: Decimal | Between, how: str) -> None:
    """Say how hours were read that are written in another way."""
    span = (hours.low, hours.high) if isinstance(hours, Between) else (hours,)
    report.read(how, f"{what} is read as {' to '.join(map(number, span))} h a week; {how}")


def _names_no_member(report: PostReport, cell: str) -> None:
    hint = "Write the names of the members, or leave it empty"
    message = f"members is '{shortened(cell, MAX_SHOWN)}', which names nobody"
    report.keep("members", WRONG_VALUE, message, cell, "no names", hint=hint)


def _tell_nobody(report: PostReport, field: str, name: str, cell: str) -> bool:
    """Whether `name` is a word for nobody, which is reported, and `cell` kept as a comment."""
    if not names_nobody(name) and not names_none(name):
        return False
    report.note(field, field, cell, "no person's name")
    report.tell(
        PLACEHOLDER_HOLDER,
        f"{field} has '{shortened(cell, MAX_SHOWN)}', which is no person's name",
        f"It was left out and kept as a comment in {report.id}.md",
        f"{field} has what is no person's name",
        cell,
        done_for_all="They were left out and kept as comments in the role files",
    )
    return True


def _hours_of_member(
    report: PostReport, conventions: Conventions, *, somebody: bool
) -> Decimal | Between | None:
    """Hours of whom a team's row names; where that is nobody (not `somebody`), they are reported."""
    post = report.post
    name = "weekly_hours" if post.cell("weekly_hours") or not post.cell("fte") else "fte"
    cell = post.cell(name)
    if not cell:
        return None
    if not somebody:
        message = f"{name} is '{shortened(cell, MAX_SHOWN)}', and the row names nobody whose hours they are"
        hint = "Write whose they are in the column of owners"
        report.keep("weekly_hours", WRONG_VALUE, message, cell, "nobody's hours", name=name, hint=hint)
        return None
    found = read_hours(cell, conventions.full_week, "fte" if name == "fte" else "hour")
    if not found or _problem_of_hours(found.high):
        _unusable_hours(report, name, cell)
        return None
    hours = found.low if found.low == found.high else Between(found.low, found.high)
    if found.how:
        _tell_reading(report, f"{name} '{cell}'", hours, found.how)
    return hours


def _problem_of_hours(most: Decimal) -> Problem | None:
    """What is wrong with so many hours a week; None where nothing is."""
    return next(iter(_accepted("weekly_hours", _KINDS["weekly_hours"], f"{most:f}").problems), None)


def _tell_links(report: PostReport) -> None:
    """Report cells of which only the text of a link was read."""
    for name in ROLE_FIELDS:
        written, taken = (
            of(report.post.row, name) for of in (report.post.cells.as_written, report.post.cells.of)
        )
        if written != taken:
            report.read(
                "links", f"{name} '{shortened(one_line(written))}' is read as '{shortened(one_line(taken))}'"
            )


def _other_fields(report: PostReport) -> None:
    """Fields that are in a cell as YAML, details of those with a column of their own among them."""
    cell = report.post.cells.of(report.post.row, OTHER_FIELDS).strip()
    if not cell:
        return
    document = front_matter.split("", f"---\n{cell}\n---\n")
    front = document.front if isinstance(document, front_matter.MarkdownFile) else None
    found = Report("")
    values = parse_fields(front, RoleFields, found)[0] if isinstance(front, yaml.MappingNode) else {}
    if found.problems or not isinstance(front, yaml.MappingNode):
        problem = next(iter(found.problems), document if isinstance(document, Problem) else None)
        why = problem.message if problem else "it is no list of fields"
        message, hint = f"{OTHER_FIELDS} cannot be read: {why}", problem.hint if problem else ""
        report.keep(
            OTHER_FIELDS, WRONG_VALUE, message, one_line(cell), "not usable", name=OTHER_FIELDS, hint=hint
        )
        return
    details = RoleFields(**values)
    for key, value in front.value:
        name = str(key.value)
        _tag_plain(value)
        text = yaml.serialize(yaml.MappingNode(front.tag, [(key, value)]), allow_unicode=True, width=10**6)
        _add_written(report, name, Written(str(text)), details)


def _tag_plain(node: yaml.Node) -> None:
    """Give words without quotes the tags that every reader gives them, so that they need none again."""
    if isinstance(node, yaml.ScalarNode):
        if not node.style:
            node.tag = tag_of(node.value)
        return
    for item in node.value:
        for each in item if isinstance(item, tuple) else (item,):
            _tag_plain(each)


def _add_written(report: PostReport, name: str, written: Written, details: RoleFields) -> None:
    """Add a field as it is written, unless its own column says something else."""
    if name in ROLE_FIELDS:
        cell = report.post.cells.of(report.post.row, name)
        if _comparable(cell) != _comparable(cell_of(details, name)):
            message = f"{name} was changed, so what {OTHER_FIELDS} says of it is left out"
            done = f"Add the details in {report.id}.md"
            for_all = "Add the details in the role files"
            cause = f"{name} was changed, so its details are left out"
            report.tell(WRONG_VALUE, message, done, cause, done_for_all=for_all)
            return
        report.fields[:] = [each for each in report.fields if each[0] != name]
    report.fields.append((name, written))


def _comparable(cell: str) -> str:
    return "\n".join(filter(None, map(str.strip, cell.splitlines())))


def _title(report: PostReport) -> None:
    if not _add(report, "title", report.post.title):
        title = f"Untitled post {report.post.reference[:80]}".strip()
        report.fields.append(("title", title))
        report.unclear.add("title")
        if not report.post.title:
            report.note("title", "title", "", "the row has none")
            report.tell(
                MISSING_TITLE,
                "the row has no title",
                f"{report.id}.md calls it '{title}'",
                "they have no title",
                done_for_all="The role files call them 'Untitled post'",
            )


def _holder(report: PostReport, conventions: Conventions) -> None:
    """The owner, and the status that the row gives or that a word in place of the owner means."""
    cell, reference = report.post.cell("owner"), report.post.reference
    word = name_key(cell)
    status = ""
    if report.post.cells.as_exported:
        _add(report, "owner", cell)
    elif word in conventions.retired:
        status = "retired"
    elif name_key(reference) in conventions.retired:
        status = "retired"
        _add(report, "owner", report.post.owner)
        report.read("retired", f"the id '{reference}' is read as a retired role")
    elif word in conventions.unnamed:
        status = "filled"
    elif word not in conventions.vacant:
        _named_holder(report, cell, conventions)
    if not _add(report, "status", report.post.cell("status")) and status:
        report.fields.append(("status", status))


def _named_holder(report: PostReport, cell: str, conventions: Conventions) -> None:
    """The owner that `cell` names, unless that is nobody, or not clear."""
    if not cell or len(cell) > MAX_TEXT:
        _add(report, "owner", cell)
    elif names_nobody(cell):
        report.note("owner", "owner", cell, "no person's name")
        report.tell(
            PLACEHOLDER_HOLDER,
            f"owner is '{shortened(cell, MAX_SHOWN)}', which is no person's name",
            f"{report.id}.md is vacant",
            "owner is no person's name",
            cell,
            done_for_all="These roles are vacant",
        )
    elif name_key(cell) in ME and not conventions.me:
        hint = "Write the name, or add --me with yours"
        report.keep("owner", UNCLEAR_HOLDER, f"owner is '{cell}'", cell, "not a name", hint=hint)
    elif several(report.post.cells.of(report.post.row, "owner").strip()):
        hint = "A role has one owner: write one name"
        message = f"owner is '{shortened(cell, MAX_SHOWN)}', which may be several people"
        report.keep("owner", UNCLEAR_HOLDER, message, cell, "several people", hint=hint)
    elif _add(report, "owner", report.post.owner):
        _odd_name(report, cell)


def _odd_name(report: PostReport, cell: str) -> None:
    """Report an owner's name that has more to it, or that was written in another way."""
    name, words = remark(report.post.owner)
    if words:
        report.tell(
            UNCLEAR_HOLDER,
            f"owner is '{cell}': '({words})' is now part of the name",
            f"If it should not be, write '{name}'",
            "words in brackets are now part of the owner's name",
            cell,
            done_for_all="Where they should not be, write the name alone",
        )
    elif report.post.owner != cell:
        report.read("owner", f"owner '{cell}' is read as {report.post.owner}")


def _hours(report: PostReport, full_week: Decimal) -> None:
    """Hours and seats; a share of a full week (`fte`) is that of all the row's seats together."""
    name = "weekly_hours" if report.post.cell("weekly_hours") or not report.post.cell("fte") else "fte"
    cell = report.post.cell(name)
    seats = _value(report, "seats", report.post.cell("seats"))
    found = read_hours(cell, full_week, "fte" if name == "fte" else "hour") if cell else None
    if found:
        low, high = found.low, found.high
        if name == "fte" and not isinstance(seats, Decimal) and low == high:
            seats = max(Decimal(1), (low / full_week).to_integral_value(ROUND_CEILING))
        if name == "fte" and isinstance(seats, Decimal):
            low, high = ((end / seats).quantize(Decimal("0.01"), ROUND_HALF_UP) for end in (low, high))
        if _add_hours(report, name, cell, low, high) and found.how:
            _tell_reading(report, f"{name} '{cell}'", low if low == high else Between(low, high), found.how)
    elif cell:
        _unusable_hours(report, name, cell)
    if isinstance(seats, Decimal) and (seats != 1 or report.post.cell("seats")):
        report.fields.append(("seats", seats))


def _add_hours(report: PostReport, name: str, cell: str, low: Decimal, high: Decimal) -> bool:
    if problem := _problem_of_hours(high):
        message = f"{name} is '{cell}', which is {number(high)} hours a week for each seat"
        report.keep("weekly_hours", problem.rule, message, cell, "not usable", name=name, hint=problem.hint)
        return False
    report.fields.append(("weekly_hours", low if low == high else Between(low, high)))
    return True


def _unusable_hours(report: PostReport, name: str, cell: str) -> None:
    kind = _FTE if name == "fte" else _KINDS["weekly_hours"]
    problem = next(iter(_accepted(name, kind, cell).problems), None)
    rule, hint = (problem.rule, problem.hint) if problem else (WRONG_VALUE, f"Write {kind.expects}")
    message = f"{name} is '{shortened(cell, MAX_SHOWN)}'"
    if day := _DAY.fullmatch(cell):
        message = f"{message}, which a spreadsheet has made a date of"
        hint = f"Write {int(day[1])} to {int(day[2])}, if that is meant"
    report.keep("weekly_hours", rule, message, cell, "not usable", name=name, hint=hint)


def _add(report: PostReport, field: str, cell: str) -> bool:
    """Add the field with what `cell` holds; False when it holds nothing that can be used."""
    value = _value(report, field, cell)
    if value is not None:
        report.fields.append((field, value))
    return value is not None


def _value(report: PostReport, field: str, cell: str) -> Value | None:
    """What `cell` holds for `field`; None when it is empty, or cannot be used, which is reported."""
    if not cell:
        return None
    if len(cell) > MAX_TEXT:
        message = f"{field} is longer than {MAX_TEXT} characters"
        report.keep(field, OUT_OF_RANGE, message, shortened(cell), "too long for a field")
        return None
    written = _written(field, cell)
    if problem := next(iter(_accepted(field, _KINDS[field], written).problems), None):
        whole = one_line(cell)
        message = f"{field} is '{whole}'" if len(whole) <= MAX_SHOWN else problem.message
        report.keep(field, problem.rule, message, cell, "not usable", hint=problem.hint)
        return None
    if field in _NUMBERS:
        return Decimal(str(written))
    return written.lower() if isinstance(written, str) and field in _CHOICES else written or None


def _written(field: str, cell: str) -> str | tuple[str, ...]:
    if field in _LISTS:
        items = tuple(item for each in _items(cell, _LISTS[field]) if (item := one_line(each)))
        return items[0] if field == "deliverable" and len(items) == 1 else items
    return whole_number(cell) if field in _NUMBERS else cell


def _items(cell: str, mark: str) -> list[str]:
    """The items of a cell: one a line where it has lines, else parted by `mark`."""
    return cell.splitlines() if "\n" in cell or "\r" in cell else cell.split(mark)


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
    """The role file; a body that makes it too large to be read is left out and reported."""
    body = report.post.cells.of(report.post.row, BODY)
    text = role_file(report.fields, body, is_markdown=report.post.cells.as_exported)
    if len(text.encode()) <= MAX_BYTES:
        return text
    message = f"body makes a page larger than {MAX_BYTES // 1000} kB"
    report.keep("body", OUT_OF_RANGE, message, one_line(body), "too long for a page")
    return role_file(report.fields)
