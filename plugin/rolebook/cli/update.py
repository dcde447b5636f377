"""`rolebook import --update`: brings role files up to date with a table."""

import contextlib
import json
import shlex
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import click

from rolebook import front_matter, parse
from rolebook.autofix.edits import FRONT
from rolebook.autofix.fields import with_fields
from rolebook.cli.common import is_terminal, progress
from rolebook.cli.new_files import change_all, write_new
from rolebook.cli.questions import match_option, place_of
from rolebook.cli.role_folder import Folder, RoleThere
from rolebook.escaping import printable
from rolebook.language import gettext, ngettext
from rolebook.organisation import RoleFile, name_key, names_nobody, people_named, words_like
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.declarations import declarations, shown_name
from rolebook.schema.records import TEAM_KIND, RoleFields
from rolebook.schema.typos import did_you_mean
from rolebook.spreadsheet import merge
from rolebook.spreadsheet.cells import OTHERS, cell_of, holds_all
from rolebook.spreadsheet.columns import BODY, OTHER_FIELDS, own_names
from rolebook.spreadsheet.doubtful_columns import DoubtfulColumn, RowThen, doubtful_columns
from rolebook.spreadsheet.entries import entries_cell
from rolebook.spreadsheet.members import members_cell, members_lines
from rolebook.spreadsheet.merge import LAST_IMPORT, CellDifference
from rolebook.spreadsheet.role_file import without_left_out
from rolebook.spreadsheet.rows import Entry, Imported
from rolebook.spreadsheet.same_table import same_tables
from rolebook.spreadsheet.table import Table, one_line, shortened
from rolebook.wording import listed

CONFLICT = Rule("conflict", Severity.WARNING, "What somebody wrote in a file is not lost to a table.")
MISSING_ROW = Rule(
    "missing-row",
    Severity.WARNING,
    "A role that is in the table no more may be gone, or was left out by mistake.",
)
NO_PERSON_FILE = Rule(
    "no-person-file",
    Severity.WARNING,
    "Where people have files, a name without one may be a slip, and stops a strict build.",
)
CHANGED_COLUMN = Rule(
    "changed-column",
    Severity.WARNING,
    "A column that lost its cells, or was sorted alone, is an accident more often than news.",
)
FILE, TABLE = "file", "table"
"""Whose value counts in a conflict."""
_MAX_REFERENCE = 300
_MOST_NAMED = 20
"""People whom a line names."""
_SHOWN, _SHOWN_BEFORE = 200, 40
"""Characters of a value that a message quotes, and how many of these stand before what differs."""


@dataclass(slots=True)
class Update:
    """What to do to a folder, and what to report."""

    folder: Folder
    prefer: str
    """Whose value counts in a conflict; empty to ask, or to leave the file as it is."""
    new: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    """The new text of files by path."""
    last: dict[str, merge.LastImport] = field(default_factory=dict)
    kept: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What stays as it is because the whole column may have changed by accident: for each role, its fields.

    With them stands whether the owner said so, as `prefer` has it.
    """
    lines: list[str] = field(default_factory=list)
    """What changes, a line a file."""
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0

    @property
    def summary(self) -> str:
        missing = sum(each.rule is MISSING_ROW for each in self.problems)
        return gettext(
            "%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(missing)s not in the table.",
            new=len(self.new),
            changed=len(self.changed),
            unchanged=self.unchanged,
            missing=missing,
        )


def update_of(
    folder: Folder,
    imported: Imported,
    prefer: str,
    read: Sequence[Table] = (),
    moved: Container[str] = frozenset(),
) -> Update:
    """Work out what `imported` changes in `folder`.

    `read` are the tables, and roles that are `moved` are in another folder now, by id.
    """
    update = Update(folder, prefer, last=dict(folder.last))
    files_of_roles = {role_id: entry.row.file for role_id, entry in imported.roles.items()}
    last_tables = {role_id: each.table for role_id, each in folder.last.items()}
    tables = same_tables(files_of_roles, last_tables, (table.file for table in read))
    update.lines += _new_tables(tables, frozenset(last_tables.values()))
    update.lines += _columns_gone(folder, imported, frozenset(tables.values()))
    update.kept = _kept(update, imported)
    for role_id, entry in imported.roles.items():
        text = imported.files[f"{role_id}.md"]
        there = folder.roles.get(role_id)
        if there is None and role_id in moved:
            _report_moved(update, role_id, entry)
        elif there is None and _was_deleted(folder, role_id) and prefer != TABLE:
            _report_deleted(update, role_id, entry, several_tables=len(tables) > 1)
        elif there is None:
            update.new[f"{role_id}.md"] = text
            update.lines.append(
                gettext(
                    "new: %(file)s (row %(row)s)",
                    file=folder.path / f"{role_id}.md",
                    row=str(entry.row.number),
                )
            )
            role = _role_of_table(role_id, text, folder.record)
            cells = merge.cells_of_role(role.fields, role.body, entry.columns)
            update.last[role_id] = merge.LastImport(_reference(entry), entry.digest, cells)
        else:
            _merge(update, there, entry, text)
    for role_id, file in files_of_roles.items():
        if role_id in update.last:
            update.last[role_id] = replace(update.last[role_id], table=tables[file])
    # Another table's roles are in none of these rows.
    of_tables = {each for each, table in last_tables.items() if table in tables.values()}
    torn = {tables[table.file] for table in read if table.torn}
    unread = {each for each in folder.roles if torn and last_tables.get(each, "") in {"", *torn}}
    for role_id in of_tables - imported.roles.keys() - unread:
        if role_id in folder.roles:
            update.last[role_id] = replace(update.last[role_id], is_missed=True)
        elif folder.is_updated and role_id not in moved:
            del update.last[role_id]
    for role_id, there in folder.roles.items():
        was_imported = (not folder.last or role_id in of_tables) and role_id not in unread
        if was_imported and role_id not in imported.roles and there.role.fields.status != "retired":
            done = gettext(
                "Delete the file, or write '%(field)s', if the role is gone", field="status: retired"
            )
            place = str(folder.path / there.path)
            update.problems.append(Problem(MISSING_ROW, place, 0, gettext("no row has this role"), done))
    return update


def without_files(update: Update) -> Iterator[Problem]:
    """Report names in new and changed files that no person's file has, where people have files."""
    folder = update.folder
    known = {name_key(word) for person in folder.names.items() for word in person}
    named = {name_key(name): name for name in _named(update)} if known else {}
    if missing := [name for key, name in named.items() if key not in known]:
        yield Problem(
            NO_PERSON_FILE, str(folder.path), 0, _names_nobody_has(missing), _for_the_first(folder, missing)
        )


def _names_nobody_has(missing: Sequence[str]) -> str:
    shown = listed(f"'{name}'" for name in missing[:_MOST_NAMED])
    if (more := len(missing) - _MOST_NAMED) > 0:
        return ngettext(
            "no person's file has the name %(names)s and %(number)s more",
            "no person's file has the name %(names)s and %(number)s more",
            more,
            names=shown,
        )
    return gettext("no person's file has the name %(names)s", names=shown)


def _for_the_first(folder: Folder, missing: Sequence[str]) -> str:
    """What to do about names that no file has: a name that is alike, for the first of them, or a new file."""
    near = did_you_mean(missing[0], words_like(missing[0], folder.names.items()))
    if near and len(missing) > 1:
        return gettext("For '%(name)s': %(hint)s", name=missing[0], hint=near)
    command = f"rolebook hire {shlex.quote(missing[0])}"
    return near or gettext("Correct the names, or write files with %(command)s", command=command)


def _named(update: Update) -> Iterator[str]:
    """Whom the files name that an update writes."""
    for path, text in (update.new | update.changed).items():
        if role := parse.role_file(path, text.encode(), update.folder.record):
            yield from (name for _, name in people_named(role.fields) if name and not names_nobody(name))


def _was_deleted(folder: Folder, role_id: str) -> bool:
    """Whether somebody deleted the file of a role that was in a row at the last import."""
    return folder.is_updated and role_id in folder.last and not folder.last[role_id].is_missed


def _new_tables(tables: Mapping[str, str], last: Set[str]) -> Iterator[str]:
    """Say which files are tables of their own: roles of the others are not missed in them."""
    for file, table in tables.items():
        if last and table not in last:
            yield gettext(
                "%(file)s is a new table: most of its roles were in none before. No other is missed in it.",
                file=file,
            )


def _kept(update: Update, imported: Imported) -> dict[str, dict[str, str]]:
    """Find what stays as it is because the whole column may have changed by accident: see `Update.kept`."""
    rows: dict[str, list[RowThen]] = {}
    for role_id, entry in imported.roles.items():
        there = update.folder.roles.get(role_id)
        if there and there.last and update.prefer != TABLE:
            row = _row_then(there, there.last, entry, imported.files[f"{role_id}.md"], update.folder.record)
            rows.setdefault(entry.row.file, []).append(row)
    kept: dict[str, dict[str, str]] = {}
    for file, of_file in rows.items():
        for column in doubtful_columns(of_file):
            if (choice := _choice_of_column(update, file, column)) != TABLE:
                for role_id in column.roles:
                    kept.setdefault(role_id, {})[column.field] = choice
    return kept


def _row_then(
    there: RoleThere, last: merge.LastImport, entry: Entry, text: str, record: type[RoleFields]
) -> RowThen:
    role = _role_of_table(there.role.id, text, record)
    cells = merge.cells_of_role(role.fields, role.body, entry.columns - entry.implied)
    file = merge.cells_of_role(there.role.fields, there.role.body, entry.columns)
    return RowThen(there.role.id, last.cells, file, cells, is_as_before=last.digest == entry.digest)


def _choice_of_column(update: Update, file: str, column: DoubtfulColumn) -> str:
    """Whose values count in a column. Where that is open, it is empty and reported."""
    if update.prefer:
        return update.prefer
    values = {"field": column.field, "number": len(column.roles), "all": column.all}
    message = gettext(
        "%(field)s: %(number)s of %(all)s cells have now what other rows had at the last import", **values
    )
    if column.is_emptied:
        message = gettext(
            "%(field)s: %(number)s of %(all)s cells that had something at the last import are empty", **values
        )
    if is_terminal():
        which = gettext("Which counts?")
        question = printable(f"{file}: {message}. {which}")
        return str(click.prompt(question, type=click.Choice([FILE, TABLE])))
    hint = gettext(
        "The files keep what they have: correct the table, or add %(table)s or %(file)s",
        table="--prefer table",
        file="--prefer file",
    )
    update.problems.append(Problem(CHANGED_COLUMN, file, 0, message, hint))
    return ""


def _columns_gone(folder: Folder, imported: Imported, tables: Set[str]) -> Iterator[str]:
    """Say which fields had a column at the last import and have none any more."""
    before = {
        name
        for each in folder.last.values()
        if each.table in tables
        for name, cell in each.cells.items()
        if cell
    }
    now = {name for entry in imported.roles.values() for name in entry.columns}
    if before and (gone := sorted(before - now - {BODY})):
        yield gettext(
            "no column any more for %(fields)s: the files keep what they have.", fields=listed(gone)
        )


def _report_moved(update: Update, role_id: str, entry: Entry) -> None:
    """Report a role whose file somebody moved to another folder of the handbook: it is not written twice."""
    message = gettext(
        "the file is in another folder now, and row %(row)s of %(file)s has the role",
        row=str(entry.row.number),
        file=entry.row.file,
    )
    hint = gettext("Move it back, or import into a folder that has both, such as the one with all roles")
    place = str(update.folder.path / f"{role_id}.md")
    update.problems.append(Problem(CONFLICT, place, 0, message, hint))


def _report_deleted(update: Update, role_id: str, entry: Entry, *, several_tables: bool) -> None:
    """Report a role that a table still has and whose file somebody deleted: it does not come back alone."""
    place, last = str(update.folder.path / f"{role_id}.md"), update.last[role_id]
    if update.prefer == FILE or last.is_left_out:
        update.last[role_id] = replace(last, is_left_out=True)
        update.lines.append(
            gettext(
                "left out: %(file)s (row %(row)s): the file was deleted",
                file=place,
                row=str(entry.row.number),
            )
        )
        return
    message = gettext(
        "the file was deleted, and row %(row)s of %(file)s has the role",
        row=str(entry.row.number),
        file=entry.row.file,
    )
    hint = gettext(
        "Delete the row, add %(again)s to write the file again or %(leave)s to leave the row out, "
        "or add %(option)s with the id of the file that has the role now",
        again="--prefer table",
        leave="--prefer file",
        option=match_option(place_of(entry.row, several_tables=several_tables), "ID"),
    )
    update.problems.append(Problem(CONFLICT, place, 0, message, hint))


def _reference(entry: Entry) -> str:
    # A cell of this length is no id that anybody keeps from month to month.
    return entry.reference if len(entry.reference) <= _MAX_REFERENCE else ""


def _role_of_table(role_id: str, text: str, record: type[RoleFields]) -> RoleFile:
    role = parse.role_file(f"{role_id}.md", text.encode(), record)
    assert role  # it was written a moment ago
    return role


def _merge(update: Update, there: RoleThere, entry: Entry, text: str) -> None:
    role = _role_of_table(there.role.id, text, update.folder.record)
    role, lines = merge.with_kept_details(
        there.role, role, entry.lines, entry.cells.get("members", ""), update.folder.people
    )
    entry = replace(entry, lines=lines)
    present = merge.without_former(there.role.fields, role.fields)
    file = merge.cells_of_role(present, there.role.body, entry.columns)
    table = merge.cells_of_role(role.fields, role.body, entry.columns)
    if table.get(BODY) and table[BODY] == merge.plain_cell(there.role.body):
        table[BODY] = file[BODY]  # The cell has the file's own text.
    table |= {name: file[name] for name in _as_exported(there, entry) if name in table}
    last = dict(there.last.cells) if there.last else {}
    if "members" in last:
        last["members"] = merge.without_left(last["members"], there.role.fields, present)
    # What a row says by saying nothing takes nothing away where nobody knows that it came from a table.
    others = {*own_names(update.folder.record)} - entry.columns
    silent = {*entry.implied, *OTHERS, *others}
    spoken = {name: cell for name, cell in table.items() if cell or name in last or name not in silent}
    whole = merge.whole_fields(there.role.fields, role.fields, entry.columns)
    changes, after = [], {**last, **spoken}
    for each in merge.differences(file, spoken, last, whole, update.folder.people):
        choice = _choice(update, there, entry, each)
        if choice == TABLE:
            changes.append(each)
        elif not choice and each.field in last:
            after[each.field] = last[each.field]
        elif not choice:
            del after[each.field]
    update.last[there.role.id] = merge.LastImport(_reference(entry), entry.digest, after)
    no_team_s = _stays_team(there, changes)
    changed = (
        None if no_team_s else _changed(there, entry, changes, text, role.fields) if changes else there.text
    )
    if changed is None:
        message = gettext("it is written in a way that cannot be changed from here")
        values = "; ".join(f"{each.field}: {each.table}" for each in changes)
        hint = gettext("Write %(values)s", values=values)
        if no_team_s:
            message = gettext(
                "it is a team, and row %(row)s of %(file)s is read as a role",
                row=str(entry.row.number),
                file=entry.row.file,
            )
            hint = gettext(
                "Write %(word)s in a column 'kind', or remove '%(field)s' here",
                word="team",
                field="kind: team",
            )
        update.problems.append(_problem(CONFLICT, update, there, message, hint))
        update.last[there.role.id] = there.last or merge.LastImport(_reference(entry), entry.digest, {})
    elif changes:
        _report_retired(update, there, entry, changes)
        update.changed[there.path] = changed
        shown = "; ".join(
            "{} '{}' → '{}'".format(each.field, *_apart(each.file, each.table)) for each in changes
        )
        update.lines.append(
            gettext("changed: %(file)s: %(changes)s", file=update.folder.path / there.path, changes=shown)
        )
    else:
        update.unchanged += 1


def _as_exported(there: RoleThere, entry: Entry) -> Iterator[str]:
    """The fields whose cells are as an export writes them for the file: however they are read, they say it.

    Beside a cell for other fields, a cell is not all that there is of its field.
    """
    fields = there.role.fields
    for name, cell in entry.cells.items():
        if not cell.strip() or one_line(cell) != one_line(cell_of(fields, name)):
            continue
        if OTHER_FIELDS not in entry.columns or holds_all(fields, name):
            yield name
        if name == "members" and "lead" not in entry.cells:
            yield "lead"


def _report_retired(
    update: Update, there: RoleThere, entry: Entry, changes: Iterable[CellDifference]
) -> None:
    """Report a retired role that the table changes and leaves retired: its holder and hours count nowhere."""
    is_back = any(each.field == "status" for each in changes)
    if there.role.fields.status == "retired" and not is_back:
        message = gettext(
            "the role is retired here, and row %(row)s of %(file)s changes it",
            row=str(entry.row.number),
            file=entry.row.file,
        )
        hint = gettext("Remove '%(field)s' if the role is back, or delete the row", field="status: retired")
        update.problems.append(
            _problem(CONFLICT, update, there, message, hint, there.role.lines.get("status", 0))
        )


def _stays_team(there: RoleThere, changes: Iterable[CellDifference]) -> bool:
    """Whether a team would get fields that no team has."""
    known, names = declarations(RoleFields), {each.field for each in changes}
    not_of_teams = {name for name in names & known.keys() if TEAM_KIND in known[name].instead}
    return there.role.fields.kind == TEAM_KIND and bool(not_of_teams) and "kind" not in names


def _choice(update: Update, there: RoleThere, entry: Entry, each: CellDifference) -> str:
    """Whose value counts. Where that is open, it is empty and reported."""
    kept = update.kept.get(there.role.id, {})
    if each.field in kept or not each.conflict:
        return kept.get(each.field, TABLE)
    if update.prefer:
        return update.prefer
    message = _conflict(entry, each)
    if is_terminal():
        place = f"{update.folder.path / there.path}: {message}."
        which = gettext("Which counts?")
        question = printable(f"{place} {which}")
        return str(click.prompt(question, type=click.Choice([FILE, TABLE])))
    hint = gettext(
        "It was left as it is: write what is right in both, or add %(table)s or %(file)s",
        table="--prefer table",
        file="--prefer file",
    )
    update.problems.append(
        _problem(CONFLICT, update, there, message, hint, there.role.lines.get(each.field, 0))
    )
    return ""


def _conflict(entry: Entry, each: CellDifference) -> str:
    """Say how a file and a table differ in a field, and why that is a conflict."""
    here, in_table, last = _apart(each.file, each.table, each.last or "")
    values = {
        "field": each.field,
        "here": here,
        "there": in_table,
        "row": str(entry.row.number),
        "file": entry.row.file,
        "why": each.conflict,
    }
    if each.last is None:
        return gettext(
            "%(field)s is '%(here)s' here and '%(there)s' in row %(row)s of %(file)s: %(why)s", **values
        )
    return gettext(
        "%(field)s is '%(here)s' here and '%(there)s' in row %(row)s of %(file)s, "
        "and was '%(last)s' at the last import: %(why)s",
        last=last,
        **values,
    )


def _in_words(cell: str) -> str:
    """A cell without the marks of a program: a field with details is shown with all of them."""
    try:
        found = json.loads(cell) if cell.startswith(("{", "[{")) else cell
    except (ValueError, RecursionError):
        return cell
    return _words_of(found)


def _words_of(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_words_of(each)}" for name, each in value.items())
    if isinstance(value, list):
        return entries_cell(map(_words_of, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)  # as YAML has them


def _apart(*values: str) -> Iterator[str]:
    """The values on one line; long ones are cut to begin shortly before they differ."""
    values = tuple(one_line(_in_words(each)) for each in values)
    if max(map(len, values)) <= _SHOWN:
        yield from values
        return
    columns = enumerate(zip(*filter(None, values), strict=False))
    same = next((at for at, chars in columns if len(set(chars)) > 1), min(map(len, filter(None, values))))
    start = max(0, same - _SHOWN_BEFORE)
    yield from (f"{'…' * bool(start)}{shortened(each[start:], _SHOWN)}" for each in values)


def _problem(rule: Rule, update: Update, there: RoleThere, message: str, hint: str, line: int = 0) -> Problem:
    return Problem(rule, str(update.folder.path / there.path), line, message, hint)


def _changed(
    there: RoleThere, entry: Entry, changes: Sequence[CellDifference], text: str, table: RoleFields
) -> str | None:
    """Make the changes in the file's text; None where they would touch something else.

    `text` is the role file made of the row, and `table` are its fields with what the file adds to them.
    """
    record = type(table)
    lines = {each.field: entry.lines.get(each.field, "") for each in changes if each.field != BODY}
    wanted = {each.field: each.table for each in changes}
    if "members" in lines and OTHER_FIELDS not in entry.columns:
        kept = merge.members_kept(there.role.fields, table)
        lines["members"], wanted["members"] = members_lines(kept).yaml, members_cell(kept)
    body = front_matter.split("", text) if any(each.field == BODY for each in changes) else None
    new_body = body.body.strip() if isinstance(body, front_matter.MarkdownFile) else None
    order = tuple(map(shown_name, declarations(record)))
    changed = with_fields(_without_left_out(there.text, lines), lines, order, new_body)
    role = parse.role_file(there.path, changed.encode(), record) if changed else None
    if changed is None or role is None:
        return None
    cells = merge.cells_of_role(role.fields, role.body, entry.columns)
    return changed if all(cells[field] == cell for field, cell in wanted.items()) else None


def _without_left_out(text: str, lines: Mapping[str, str]) -> str:
    """The text of a role file without comments about cells that once could not be used for these fields."""
    front, written = FRONT.match(text), [name for name, line in lines.items() if line]
    if not front or not written:
        return text
    return text[: front.start(1)] + without_left_out(front[1], written) + text[front.end(1) :]


def write(update: Update) -> None:
    """Do it, all or nothing.

    Raises:
        OSError: something could not be written, or has changed meanwhile; everything is as it was.
    """
    root, before_text = update.folder.path, update.folder.last_text
    text = merge.last_as_text(update.last)
    texts = list(_texts(update))
    new = dict(update.new)
    if before_text is None:
        new[LAST_IMPORT] = text
    elif text != before_text:
        texts.append((LAST_IMPORT, before_text, text))
    with contextlib.ExitStack() as back:
        change_all(root, texts, {})
        back.callback(change_all, root, [(path, after, before) for path, before, after in texts], {})
        if new:
            with progress(new.items(), len(new), gettext("Writing")) as files:
                write_new(root, files)
        back.pop_all()


def _texts(update: Update) -> Iterator[tuple[str, str, str]]:
    for there in update.folder.roles.values():
        if there.path in update.changed:
            yield there.path, there.text, update.changed[there.path]
