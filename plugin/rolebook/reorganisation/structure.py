"""Which roles there are and where they stand: moving, retiring and splitting one."""

import itertools
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rolebook.autofix.edits import FRONT
from rolebook.autofix.field_edits import FieldChange
from rolebook.body import headings_by_line
from rolebook.language import gettext, ngettext
from rolebook.organisation import Organisation, Role
from rolebook.reorganisation.changes import (
    ChangedText,
    NotPossible,
    ReadText,
    Reorganisation,
    Written,
    changed,
    text_of,
)
from rolebook.schema.records import heading_key
from rolebook.wording import exactly, hours_text, listed
from rolebook.yaml_text import scalar


def moved(organisation: Organisation, read: ReadText, role: Role, parent: Role) -> Reorganisation:
    """Let `role` report to `parent`."""
    if role.id == parent.id:
        raise NotPossible(gettext("'%(role)s' cannot report to itself.", role=role.title))
    if any(above.id == role.id for above in organisation.chain(parent)):
        raise NotPossible(
            gettext(
                "'%(below)s' is below '%(role)s': the reporting line would be a circle.",
                below=parent.title,
                role=role.title,
            )
        )
    if role.fields.parent == parent.id:
        raise NotPossible(
            gettext("'%(role)s' already reports to '%(parent)s'.", role=role.title, parent=parent.title)
        )
    files = changed(read, role.file.path, [FieldChange(("parent",), scalar(parent.id))])
    reporting = role.fields.reporting
    reports_to = reporting.to if reporting else ""
    note = gettext(
        "'reporting.to' still says '%(before)s': change it if reports go to '%(now)s' now.",
        before=reports_to,
        now=parent.id,
    )
    return Reorganisation(files, notes=(note,) if reports_to not in ("", parent.id) else ())


def retired(organisation: Organisation, read: ReadText, role: Role) -> Reorganisation:
    """Take `role` out of all figures; its page stays."""
    below = [each.title for each in organisation.reports.get(role.id, ()) if each.fields.status != "retired"]
    if below:
        raise NotPossible(
            gettext(
                "Move or retire first what reports to '%(role)s': %(roles)s.",
                role=role.title,
                roles=listed(below),
            )
        )
    if role.fields.status == "retired":
        raise NotPossible(gettext("'%(role)s' is already retired.", role=role.title))
    return Reorganisation(changed(read, role.file.path, [FieldChange(("status",), "retired")]))


@dataclass(frozen=True, slots=True)
class Part:
    """What a split takes out of a role."""

    hours: Decimal | None = None
    """Hours a week."""
    deliverables: tuple[int, ...] = ()
    """Numbers of deliverables, from 1."""
    sections: tuple[str, ...] = ()
    """Headings of sections of its page."""


def split(
    organisation: Organisation, read: ReadText, role: Role, title: str, role_id: str, part: Part
) -> Reorganisation:
    """Make a role of a `part` of `role`: beside it, with the same parent and holder."""
    if role.is_team:
        raise NotPossible(
            gettext("'%(role)s' is a team: add a role below it with 'rolebook new'.", role=role.title)
        )
    if part == Part():
        raise NotPossible(gettext("Say what goes to the new role, with --hours, --deliverable or --section."))
    path = role.file.path
    text = text_of(read, path)
    written = Written(organisation, text)
    changes = (
        [] if part.hours is None else [_fewer_hours(role, written.fields.get("weekly_hours"), part.hours)]
    )
    outcomes = [_deliverable(written, number) for number in part.deliverables]
    changes += [FieldChange(("deliverable", at - 1)) for at in sorted(set(part.deliverables), reverse=True)]
    after = changed(read, path, changes)
    rest, sections = _cut(role, after[0].after if after else text, part.sections)
    end = "\r\n" if "\r\n" in text else "\n"
    fields = {
        "title": scalar(title),
        "parent": scalar(role.fields.parent or role.id),
        "owner": scalar(role.fields.owner) if role.owner else "",
        "weekly_hours": "" if part.hours is None else _digits(part.hours),
        "deliverable": "".join(f"\n  - {each}" for each in outcomes),
    }
    front = "".join(
        f"{name}:{'' if value[0] == chr(10) else ' '}{value}\n" for name, value in fields.items() if value
    )
    body = f"\n{sections.strip()}\n" if sections.strip() else ""
    new = f"---\n{front}---\n{body}".replace("\r\n", "\n").replace("\n", end)
    place = f"{posixpath.dirname(path)}/{role_id}.md"
    said = [
        *map(str, changes),
        *(gettext("section '%(heading)s' removed", heading=each) for each in part.sections),
    ]
    files = (ChangedText(path, text, rest, tuple(said)),)
    note = gettext("To hand it over: %(command)s", command=f"rolebook assign {role_id} PERSON")
    return Reorganisation(files, new={place: new}, notes=(note,))


def _fewer_hours(role: Role, written: Any, hours: Decimal) -> FieldChange:
    """What is left of the hours of `role`."""
    now = role.fields.weekly_hours
    if now is None:
        raise NotPossible(
            gettext(
                "'%(role)s' has no hours to give away. Write 'weekly_hours' into its file first.",
                role=role.title,
            )
        )
    if Decimal(str(now.min)) <= hours:
        raise NotPossible(
            gettext(
                "'%(role)s' takes %(there)s a week. Write fewer than %(least)s hours, so that some are left.",
                role=role.title,
                there=hours_text(now),
                least=exactly(now.min),
            )
        )
    low, high = (_digits(Decimal(str(each)) - hours) for each in (now.min, now.max))
    if isinstance(written, dict):
        return FieldChange(("weekly_hours",), f"{{min: {low}, max: {high}}}")
    return FieldChange(("weekly_hours",), low)


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _deliverable(written: Written, number: int) -> str:
    """The deliverable with a `number`, as YAML in a list that is indented by two."""
    there = written.items("deliverable")
    if not 0 < number <= len(there):
        raise NotPossible(
            ngettext(
                "There is no deliverable %(wanted)s: the role has %(number)s deliverable.",
                "There is no deliverable %(wanted)s: the role has %(number)s deliverables.",
                len(there),
                wanted=str(number),
            )
        )
    found = there[number - 1]
    if not isinstance(found, dict):
        return _on_one_line(found)
    return "\n    ".join(f"{name}: {_on_one_line(each, in_brackets=False)}" for name, each in found.items())


def _on_one_line(value: Any, *, in_brackets: bool = True) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_on_one_line(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_on_one_line, value)) + "]"
    return scalar(" ".join(str(value).split()), in_brackets=in_brackets)


def _cut(role: Role, text: str, headings: Sequence[str]) -> tuple[str, str]:
    """The text of a file without the sections that are called so, and these sections."""
    if not headings:
        return text, ""
    if role.file.reader.difference(role.file.body):
        raise NotPossible(
            gettext(
                "It is unclear where the sections of %(file)s end: run 'rolebook check'.",
                file=role.file.path,
            )
        )
    front = FRONT.match(text)
    start = front.end() if front else 0
    lines = text[start:].split("\n")
    begins = [*headings_by_line("\n".join(line.rstrip("\r") for line in lines)), (len(lines) + 1, "")]
    spans = {
        heading_key(name): range(line - 1, end - 1) for (line, name), (end, _) in itertools.pairwise(begins)
    }
    for heading in headings:
        if heading_key(heading) not in spans:
            raise NotPossible(_no_section(heading, [name for _, name in begins[:-1]]))
    taken = {at for heading in headings for at in spans[heading_key(heading)]}
    rest = "\n".join(line for at, line in enumerate(lines) if at not in taken)
    # The file still ends as it did.
    end = text[len(text.rstrip("\r\n")) :]
    kept = f"{rest.rstrip()}{end}" if len(lines) - 1 in taken else rest
    return text[:start] + kept, "\n".join(line for at, line in enumerate(lines) if at in taken)


def _no_section(heading: str, there: Sequence[str]) -> str:
    if not there:
        return gettext("There is no section '%(heading)s'. Sections: none.", heading=heading)
    return gettext(
        "There is no section '%(heading)s'. Sections: %(sections)s.",
        heading=heading,
        sections=listed(f"'{name}'" for name in there),
    )
