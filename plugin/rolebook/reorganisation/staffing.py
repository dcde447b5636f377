"""Who holds which role: assigning and vacating one, hiring somebody, and somebody who leaves."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from rolebook.autofix.field_edits import FieldChange
from rolebook.organisation import Organisation, Person, PersonFile, Role, people_named, slug
from rolebook.reorganisation.changes import (
    ChangedText,
    NotPossible,
    ReadText,
    Reorganisation,
    Written,
    access_of,
    changed,
    day_text,
    text_of,
    word_for,
)
from rolebook.schema.declarations import declarations, shown_name
from rolebook.schema.records import NO_HOURS, PersonFields
from rolebook.wording import counted, day, listed, number
from rolebook.yaml_text import scalar

REVIEW_AFTER = dt.timedelta(days=182)
"""Half a year: a role's page is read again by then."""
_PERSON_ORDER = tuple(map(shown_name, declarations(PersonFields)))


def assigned(
    organisation: Organisation,
    read: ReadText,
    role: Role,
    person: Person,
    hours: str = "",
    first_day: dt.date | None = None,
) -> Reorganisation:
    """Give `role` to `person`, or plan to, if their first day is still to come.

    `hours` are what the role takes from then on, in digits.
    """
    _refuse_team(role, "'lead' and 'members' name its people")
    begins = first_day or organisation.day
    written = Written(organisation, text_of(read, role.file.path))
    others = [(each, time) for each, time in role.performers if not _is_former(role, each, person)]
    given = sum((time for _, time in others if time), NO_HOURS).max
    if hours and float(hours) * role.fields.seats < given:
        raise NotPossible(
            f"People under 'performed_by' have {number(given)} h of it already. Change these first."
        )
    if begins > organisation.day:
        changes = [*written.planned(fit="next", by=day_text(begins), to=word_for(person))]
        note = f"Until {day(begins)}, this is a plan. On that day, run the same command again."
        return Reorganisation(changed(read, role.file.path, changes), notes=(note,))
    changes = [*_holder(written, role, person)]
    changes += [FieldChange(("weekly_hours",), hours)] if hours else []
    changes.append(FieldChange(("review_by",), day_text(begins + REVIEW_AFTER)))
    files = changed(read, role.file.path, changes)
    if first_day and person.file and person.fields.starts is None:
        starts = [FieldChange(("starts",), day_text(first_day))]
        files += changed(read, person.file.path, starts, _PERSON_ORDER)
    return Reorganisation(files, notes=tuple(_on_beginning(role, person)))


def _holder(written: Written, role: Role, person: Person) -> Iterator[FieldChange]:
    if role.owner is None or role.owner.id != person.id:
        yield FieldChange(("owner",), word_for(person))
        if role.owner:
            yield from _removed(written, "performed_by", role.owner)
    yield from _gone(written, "status", "posting")
    if written.names(written.fields.get("backup"), person):
        yield FieldChange(("backup",))
    if person.founder:
        # What was handed over and has come back needs a new decision.
        again = {"fit": "next"} if written.says("fit") == "done" else {}
        yield from written.planned(**again, to=None)
    elif written.plan:
        yield from written.planned(fit="done", to=word_for(person), reason=None, by=None)


def _is_former(role: Role, each: Person, new: Person) -> bool:
    """Whether `each` holds the role until it is given to somebody `new`."""
    return role.owner is not None and each.id == role.owner.id != new.id


def _on_beginning(role: Role, person: Person) -> Iterator[str]:
    if access := access_of(role):
        yield f"Give {person.name} access to {listed(access)}, and to nothing else."
    if role.owner and role.owner.id != person.id and access:
        yield f"Take back the access of {role.owner.name} to {listed(access)}."
    others = [each for each, _ in role.performers if each.id != person.id]
    if staying := [each.name for each in others if not _is_former(role, each, person)]:
        yield f"Part of the work is still done by {listed(staying)}: see 'performed_by'."
    if len(staying) < len(others) and role.owner:
        yield f"{role.owner.name} does no part of it any more. If they do, name them under 'performed_by'."
    yield f"Send them the pack of the role: rolebook pack {role.id}"


def vacated(
    organisation: Organisation, read: ReadText, role: Role, last_day: dt.date | None = None
) -> Reorganisation:
    """Make `role` vacant, or plan its next holder, if the last day of today's is still to come."""
    _refuse_team(role, "remove people from 'lead' and 'members'")
    if role.owner is None:
        raise NotPossible(f"'{role.title}' has no holder already.")
    written = Written(organisation, text_of(read, role.file.path))
    if last_day and last_day > organisation.day:
        changes = [*_given_up(written, role.owner, last_day)]
        note = (
            f"Until {day(last_day)}, {role.owner.name} holds it. After that day, run the same command again."
        )
        return Reorganisation(changed(read, role.file.path, changes), notes=(note,))
    changes = [*_freed(written, role.owner), *_removed(written, "performed_by", role.owner)]
    access = access_of(role)
    notes = [f"Take back the access of {role.owner.name} to {listed(access)}."] if access else []
    covers = role.backup.name if role.backup and role.backup.id != role.owner.id else ""
    notes.append(f"{covers} covers it." if covers else "Nobody covers it: name somebody under 'backup'.")
    return Reorganisation(changed(read, role.file.path, changes), notes=tuple(notes))


def _given_up(written: Written, holder: Person, last_day: dt.date) -> Iterator[FieldChange]:
    """What plans that a role goes to somebody else by the last day of its holder.

    An earlier plan stays, unless it is the last day that the holder had until now.
    """
    # Whoever gives a role up is not the one to whom it goes next.
    gone = {"to": None} if written.names(written.plan.get("to"), holder) else {}
    last, by = day_text(last_day), str(written.plan.get("by") or "")
    is_earlier = written.says("fit") == "next" and "" < by < last and by != _last_day_until_now(holder)
    yield from written.planned(fit="next", by=by if is_earlier else last, **gone)


def _last_day_until_now(person: Person) -> str:
    return day_text(person.fields.ends) if person.fields.ends else ""


def _freed(written: Written, holder: Person) -> Iterator[FieldChange]:
    """What makes a role vacant whose owner is `holder`."""
    yield FieldChange(("owner",))
    if written.says("status") == "filled":
        yield FieldChange(("status",))
    if written.names(written.fields.get("backup"), holder):
        yield FieldChange(("backup",))
    if written.says("fit") == "done":
        yield from written.planned(fit="next", to=None)
    elif written.names(written.plan.get("to"), holder):
        yield from written.planned(to=None)


def left(organisation: Organisation, read: ReadText, person: Person, last_day: dt.date) -> Reorganisation:
    """Take `person` out of roles and teams, or date what can be dated if the last day is still to come."""
    if person.fields.starts and last_day < person.fields.starts:
        raise NotPossible(
            f"The first day of {person.name} is {day(person.fields.starts)}. Correct one of them."
        )
    is_over = last_day <= organisation.day
    files: tuple[ChangedText, ...] = ()
    if person.file:
        ends = [FieldChange(("ends",), day_text(last_day))]
        files += changed(read, person.file.path, ends, _PERSON_ORDER)
    for role in _naming(organisation, person):
        written = Written(organisation, text_of(read, role.file.path))
        changes = _of_leaver(written, person) if is_over else _dated(written, role, person, last_day)
        files += changed(read, role.file.path, changes)
    if not files:
        raise NotPossible(f"No file names {person.name}.")
    held = [role for role in organisation.roles.values() if role.owner and role.owner.id == person.id]
    notes = [*_access_to_take_back(organisation, person)]
    if not is_over:
        if held:
            notes.append(f"To hand over by {day(last_day)}: {_titles(role.title for role in held)}.")
        notes += _to_replace(organisation, person)
        notes.append(f"After {day(last_day)}, run the same command again: it vacates what is left.")
    return Reorganisation(files, notes=tuple(notes))


def _to_replace(organisation: Organisation, person: Person) -> Iterator[str]:
    """Sentences about what else `person` is named for, where somebody else will be needed."""
    active = tuple(organisation.active_units)
    covered = [
        role.title
        for role in active
        if role.backup and role.backup.id == person.id and not (role.owner and role.owner.id == person.id)
    ]
    if covered:
        yield f"{person.name} covers {_titles(covered)}: name somebody else under 'backup'."
    led = [
        role.title
        for role in active
        if any(each.leads and each.person.id == person.id for each in role.members)
    ]
    if led:
        yield f"{person.name} leads {_titles(led)}: name somebody else under 'lead'."
    planned = [
        role.title
        for role in active
        if role.fields.outsource
        and (to := organisation.named(role.fields.outsource.to))
        and to.id == person.id
        and not (role.owner and role.owner.id == person.id)
    ]
    if planned:
        yield f"{_titles(planned)} should go to {person.name}: name somebody else under 'outsource' as 'to'."


def _titles(titles: Iterable[str]) -> str:
    return listed(f"'{title}'" for title in titles)


def _naming(organisation: Organisation, person: Person) -> Iterator[Role]:
    """The roles and teams whose files name `person`."""
    for role in organisation.roles.values():
        named = (organisation.named(name) for _, name in people_named(role.fields))
        if any(each and each.id == person.id for each in named):
            yield role


def _of_leaver(written: Written, person: Person) -> Iterator[FieldChange]:
    """What takes `person` out of a role or team."""
    if written.names(written.fields.get("owner"), person):
        yield from _freed(written, person)
    else:
        if written.names(written.fields.get("backup"), person):
            yield FieldChange(("backup",))
        if written.names(written.plan.get("to"), person):
            yield from written.planned(to=None)
    for name in ("performed_by", "lead", "members"):
        yield from _removed(written, name, person)


def _removed(written: Written, name: str, person: Person) -> Iterator[FieldChange]:
    for at, _ in written.entries_of(name, person):
        yield FieldChange((name, at))


def _dated(written: Written, role: Role, person: Person, last_day: dt.date) -> Iterator[FieldChange]:
    """What ends the shares and memberships of `person` on a day to come, and plans to give up their roles."""
    last, before = day_text(last_day), _last_day_until_now(person)
    if role.active and written.names(written.fields.get("owner"), person):
        yield from _given_up(written, person, last_day)
    for name in ("performed_by", "members"):
        for at, item in written.entries_of(name, person):
            if not isinstance(item, dict):
                yield FieldChange((name, at), f"{{person: {scalar(item, in_brackets=True)}, until: {last}}}")
            elif str(item.get("since", "")) > last:
                yield FieldChange((name, at))
            elif not item.get("until") or str(item["until"]) > last or str(item["until"]) == before:
                yield FieldChange((name, at, "until"), last)


def _access_to_take_back(organisation: Organisation, person: Person) -> Iterator[str]:
    tools = dict.fromkeys(
        f"{tool} ({role.title})"
        for role in organisation.roles.values()
        if any(each.id == person.id for each in role.people)
        for tool in access_of(role)
    )
    if tools:
        yield f"Take back the access of {person.name} to {listed(tools)}."
    given = dict.fromkeys(
        f"{tool.name} ({role.title})"
        for role in organisation.roles.values()
        for tool in role.fields.tools
        if (admin := organisation.named(tool.admin)) and admin.id == person.id
    )
    if given:
        yield f"{person.name} gives access to {listed(given)}: name somebody else under 'admin'."


def hired(
    organisation: Organisation, folder: str, name: str, fields: Mapping[str, str], file_id: str = ""
) -> Reorganisation:
    """Write the file of a person called `name` with `fields`, given as YAML, into `folder`."""
    known = organisation.named(name)
    if known and known.file:
        raise NotPossible(f"There is somebody called '{known.name}' already: {known.file.path}.")
    person_id = file_id or _person_id(organisation, name)
    for other in _with_files(organisation):
        if other.id.casefold() == person_id.casefold():
            raise NotPossible(f"There is '{other.path}' already. Give the file another name with --id.")
    lines = {"name": scalar(name)} | {each: fields[each] for each in _PERSON_ORDER if fields.get(each)}
    text = "".join(f"{field}: {value}\n" for field, value in lines.items())
    held = [
        role.title
        for role in organisation.roles.values()
        if known and role.owner and role.owner.id == known.id
    ]
    note = f"{counted(len(held), 'role')} named {name} already." if held else ""
    hint = f"To give them a role: rolebook assign ROLE {person_id}"
    return Reorganisation(
        new={f"{folder}/{person_id}.md": f"---\n{text}---\n"}, notes=(*filter(None, [note]), hint)
    )


def _with_files(organisation: Organisation) -> Iterator[PersonFile]:
    return (person.file for person in organisation.people.values() if person.file)


def _person_id(organisation: Organisation, name: str) -> str:
    """The first name as an id, or the whole name where that is somebody else's."""
    first = slug(name.split()[0])
    taken = {each.id.casefold() for each in _with_files(organisation)}
    other = organisation.named(first) or organisation.named(name.split()[0])
    is_free = first and first not in taken and (other is None or other is organisation.named(name))
    return first if is_free else slug(name)


def _refuse_team(role: Role, instead: str) -> None:
    if role.is_team:
        raise NotPossible(f"'{role.title}' is a team and has no holder: {instead}.")


def _gone(written: Written, *names: str) -> Iterator[FieldChange]:
    return (FieldChange((name,)) for name in names if name in written.fields)
