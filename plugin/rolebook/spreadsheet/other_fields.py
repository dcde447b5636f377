"""Reads fields that are in one cell as YAML, and reports links of which only the text was read."""

import yaml

from rolebook import front_matter
from rolebook.language import gettext
from rolebook.problems import Problem
from rolebook.schema.declarations import parse_fields
from rolebook.schema.kinds import WRONG_VALUE, Report
from rolebook.schema.records import RoleFields
from rolebook.spreadsheet.cells import cell_of, yaml_of
from rolebook.spreadsheet.columns import OTHER_FIELDS, ROLE_FIELDS, own_names
from rolebook.spreadsheet.details import HAVE_DETAILS, replaced, with_details
from rolebook.spreadsheet.role_file import Comment, Written, line
from rolebook.spreadsheet.role_report import MAX_SHOWN, UNREAD_CELL, RoleReport, Why, read_as
from rolebook.spreadsheet.table import one_line, shortened
from rolebook.yaml_text import tag_of


def report_links(report: RoleReport) -> None:
    """Report links in cells: only their text was read."""
    for name in ROLE_FIELDS:
        written, taken = (
            of(report.role.row, name) for of in (report.role.columns.as_written, report.role.columns.of)
        )
        if written != taken:
            report.add_reading("links", read_as(name, one_line(written), one_line(taken)))


def read_other_fields(report: RoleReport) -> None:
    """Read fields that are in a cell as YAML; they may add details to those with a column."""
    cell = report.role.columns.of(report.role.row, OTHER_FIELDS).strip()
    if not cell:
        return
    document = front_matter.split("", f"---\n{cell}\n---\n")
    front = document.front if isinstance(document, front_matter.MarkdownFile) else None
    found, record = Report(""), report.role.columns.record
    values = parse_fields(front, record, found)[0] if isinstance(front, yaml.MappingNode) else {}
    if found.problems or not isinstance(front, yaml.MappingNode):
        problem = next(iter(found.problems), document if isinstance(document, Problem) else None)
        why = problem.message if problem else gettext("it is no list of fields")
        message = gettext("%(field)s cannot be read: %(why)s", field=OTHER_FIELDS, why=why)
        report.keep(
            OTHER_FIELDS,
            WRONG_VALUE,
            message,
            one_line(cell),
            Why("not usable"),
            name=OTHER_FIELDS,
            hint=problem.hint if problem else "",
        )
        return
    details = record(**values)
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


def _add_written(report: RoleReport, name: str, written: Written, details: RoleFields) -> None:
    """Add a field as it is written, with what its own column says instead."""
    if name in ROLE_FIELDS:
        cell = report.role.columns.of(report.role.row, name)
        if _comparable(cell) != _comparable(cell_of(details, name)):
            _add_changed(report, name, details)
            return
        report.fields[:] = [each for each in report.fields if each[0] != name]
    elif name in own_names(report.role.columns.record) and name in report.role.columns.places:
        return  # A column of its own says it.
    report.fields.append((name, written))


def _add_changed(report: RoleReport, name: str, details: RoleFields) -> None:
    """Add a field that has another cell now, with the details of everything that is as it was."""
    own = _own(report, name)
    changed = replaced(own, details) if name == "deliverable" else None
    if changed and report.is_there:
        before, now = (shortened(each, MAX_SHOWN) for each in changed)
        message = gettext(
            "'%(now)s' has replaced '%(before)s', of which %(field)s says more",
            now=now,
            before=before,
            field=OTHER_FIELDS,
        )
        hint = gettext(
            "Write '%(now)s' in %(field)s as well, or take '%(before)s' out of it",
            now=now,
            before=before,
            field=OTHER_FIELDS,
        )
        why = Why("%(field)s says more of another", field=OTHER_FIELDS)
        report.keep(name, UNREAD_CELL, message, one_line(report.role.cell(name)), why, hint=hint)
        return
    if changed or name not in HAVE_DETAILS:
        if changed:
            message = gettext(
                "%(field)s was changed, so what %(other)s says of '%(before)s' is left out",
                field=name,
                other=OTHER_FIELDS,
                before=shortened(changed[0], MAX_SHOWN),
            )
        else:
            message = gettext(
                "%(field)s was changed, so what %(other)s says of it is left out",
                field=name,
                other=OTHER_FIELDS,
            )
        done = gettext("Add the details in %(file)s", file=report.file)
        for_all = gettext("Add the details in the role files")
        cause = gettext("%(field)s was changed, so its details are left out", field=name)
        report.add_finding(UNREAD_CELL, message, done, cause, done_for_all=for_all)
    if name in HAVE_DETAILS and (joined := with_details(name, own, details)) != own:
        report.fields[:] = [each for each in report.fields if each[0] != name]
        report.fields.append((name, Written(yaml_of(joined, name))))


def _own(report: RoleReport, name: str) -> RoleFields:
    """What the field's own cell says."""
    found = (value for field, value in report.fields if field == name and not isinstance(value, Comment))
    node = yaml.compose("".join(line(name, value) for value in found))
    values = parse_fields(node, RoleFields, Report(""))[0] if isinstance(node, yaml.MappingNode) else {}
    return RoleFields(**values)


def _comparable(cell: str) -> str:
    return "\n".join(filter(None, map(str.strip, cell.splitlines())))
