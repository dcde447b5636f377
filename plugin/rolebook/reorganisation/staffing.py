"""Who holds which role: assigning and vacating one, hiring somebody, and somebody who leaves."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from rolebook.autofix.field_edits import FieldChange
from rolebook.language import gettext, ngettext
from rolebook.organisation import (
    FORMS_OF_ADDRESS,
    Organisation,
    Person,
    PersonFile,
    Role,
    people_named,
    slug,
    words_of,
)
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
from rolebook.wording import day, listed, number
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
    if role.is_team:
        raise NotPossible(
            gettext(
                "'%(role)s' is a team and has no holder: 'lead' and 'members' name its people.",
                role=role.title,
            )
        )
    begins = first_day or organisation.day
    written = Written(organisation, text_of(read, role.file.path))
    others = [(each, time) for each, time in role.performers if not _is_former(role, each, person)]
    given = sum((time for _, time in others if time), NO_HOURS).max
    if hours and float(hours) * role.fields.seats < given:
        raise NotPossible(
            gettext(
                "People under 'performed_by' have %(hours)s h of it already. Change these first.",
                hours=number(given),
            )
        )
    if begins > organisation.day:
        changes = [*written.planned(fit="next", by=day_text(begins), to=word_for(person))]
        note = gettext(
            "Until %(day)s, this is a plan. On that day, run the same command again.", day=day(begins)
        )
        return Reorganisation(changed(read, role.file.path, changes), notes=(note,))
    changes = [*_holder(written, role, person)]
    changes += [FieldChange(("weekly_hours",), hours)] if hours else []
    changes.append(FieldChange(("review_by",), day_text(begins + REVIEW_AFTER)))
    files = changed(read, role.file.path, changes)
    if first_day and person.file and person.fields.starts is None:
        starts = [FieldChange(("starts",), day_text(first_day))]
        files += changed(read, person.file.path, starts, _PERSON_ORDER)
    return Reorganisation(files, notes=tuple(_on_beginning(organisation, role, person)))


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


def _on_beginning(organisation: Organisation, role: Role, person: Person) -> Iterator[str]:
    if access := access_of(role):
        yield gettext(
            "Give %(name)s access to %(tools)s, and to nothing else.", name=person.name, tools=listed(access)
        )
    if (
        role.owner
        and role.owner.id != person.id
        and (not_needed := _only_for(organisation, role, role.owner))
    ):
        yield _take_back(role.owner, not_needed)
    others = [each for each, _ in role.performers if each.id != person.id]
    if staying := [each.name for each in others if not _is_former(role, each, person)]:
        yield gettext(
            "Part of the work is still done by %(names)s: see 'performed_by'.", names=listed(staying)
        )
    if len(staying) < len(others) and role.owner:
        yield gettext(
            "%(name)s does no part of it any more. If they do, name them under 'performed_by'.",
            name=role.owner.name,
        )
    yield gettext("Send them the pack of the role: %(command)s", command=f"rolebook pack {role.id}")


def _only_for(organisation: Organisation, role: Role, person: Person) -> list[str]:
    """The tools that `person` needs for this role, and for no other."""
    others = {
        tool
        for each in organisation.active_units
        if each.id != role.id and person.id in {one.id for one in each.people}
        for tool in access_of(each)
    }
    return [tool for tool in access_of(role) if tool not in others]


def _take_back(person: Person, tools: Iterable[str]) -> str:
    return gettext("Take back the access of %(name)s to %(tools)s.", name=person.name, tools=listed(tools))


def vacated(
    organisation: Organisation, read: ReadText, role: Role, last_day: dt.date | None = None
) -> Reorganisation:
    """Make `role` vacant, or plan its next holder, if the last day of today's is still to come."""
    if role.is_team:
        raise NotPossible(
            gettext(
                "'%(role)s' is a team and has no holder: remove people from 'lead' and 'members'.",
                role=role.title,
            )
        )
    if role.owner is None:
        raise NotPossible(gettext("'%(role)s' is already vacant.", role=role.title))
    written = Written(organisation, text_of(read, role.file.path))
    if last_day and last_day > organisation.day:
        changes = [*_given_up(written, role.owner, last_day, replaces_earlier=True)]
        note = gettext(
            "Until %(day)s, %(name)s holds it. After that day, run the same command again.",
            day=day(last_day),
            name=role.owner.name,
        )
        plan = organisation.named(role.fields.outsource.to) if role.fields.outsource else None
        others = [_should_go_to(plan, [role.title])] if plan and plan.id != role.owner.id else []
        return Reorganisation(changed(read, role.file.path, changes), notes=(note, *others))
    changes = [*_freed(written, role.owner), *_removed(written, "performed_by", role.owner)]
    access = _only_for(organisation, role, role.owner)
    notes = [_take_back(role.owner, access)] if access else []
    if cover := role.cover_of(role.owner):
        notes.append(gettext("%(name)s covers it.", name=cover.name))
    else:
        notes.append(gettext("Nobody covers it: name somebody under 'backup'."))
    return Reorganisation(changed(read, role.file.path, changes), notes=tuple(notes))


def _given_up(
    written: Written, holder: Person, last_day: dt.date, *, replaces_earlier: bool = False
) -> Iterator[FieldChange]:
    """What plans that a role goes to somebody else by the last day of its holder.

    An earlier plan stays where somebody leaves, unless it is the last day that the holder had until now.
    """
    # Whoever gives a role up is not the one to whom it goes next.
    gone = {"to": None} if written.names(written.plan.get("to"), holder) else {}
    last, by = day_text(last_day), str(written.plan.get("by") or "")
    is_earlier = written.says("fit") == "next" and "" < by < last and by != _last_day_until_now(holder)
    yield from written.planned(fit="next", by=by if is_earlier and not replaces_earlier else last, **gone)


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
            gettext(
                "The first day of %(name)s is %(day)s. Correct one of them.",
                name=person.name,
                day=day(person.fields.starts),
            )
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
    if not files and person.file:
        raise NotPossible(
            gettext(
                "The last day of %(name)s is %(day)s already, and no role or team names them.",
                name=person.name,
                day=day(last_day),
            )
        )
    if not files:
        raise NotPossible(gettext("No file names %(name)s.", name=person.name))
    held = [role for role in organisation.roles.values() if role.owner and role.owner.id == person.id]
    notes = [*_access_of_leaver(organisation, person, is_over=is_over)]
    first = (_leaving_list(person),) if is_over and notes else ()
    if not is_over:
        if held:
            titles = _titles(role.title for role in held)
            notes.append(gettext("To hand over by %(day)s: %(roles)s.", day=day(last_day), roles=titles))
        notes += _to_replace(organisation, person)
        if next(_naming(organisation, person), None):
            notes.append(
                gettext(
                    "After %(day)s, run the same command again: it vacates what is left.", day=day(last_day)
                )
            )
    return Reorganisation(files, notes=tuple(notes), first=first)


def _leaving_list(person: Person) -> str:
    return gettext(
        "Before you write this, make the leaving list: afterwards no file says what access they had."
        " %(command)s",
        command=f"rolebook pack --leaving {person.id}",
    )


def _to_replace(organisation: Organisation, person: Person) -> Iterator[str]:
    """Sentences about what else `person` is named for, where somebody else will be needed."""
    active = tuple(organisation.active_units)
    covered = [
        role.title
        for role in active
        if role.backup and role.backup.id == person.id and not (role.owner and role.owner.id == person.id)
    ]
    if covered:
        yield gettext(
            "%(name)s covers %(roles)s: name somebody else under 'backup'.",
            name=person.name,
            roles=_titles(covered),
        )
    led = [
        role.title
        for role in active
        if any(each.leads and each.person.id == person.id for each in role.members)
    ]
    if led:
        yield gettext(
            "%(name)s leads %(roles)s: name somebody else under 'lead'.",
            name=person.name,
            roles=_titles(led),
        )
    planned = [
        role.title
        for role in active
        if role.fields.outsource
        and (to := organisation.named(role.fields.outsource.to))
        and to.id == person.id
        and not (role.owner and role.owner.id == person.id)
    ]
    if planned:
        yield _should_go_to(person, planned)


def _should_go_to(person: Person, titles: Iterable[str]) -> str:
    return gettext(
        "%(roles)s should go to %(name)s: name somebody else under 'outsource' as 'to'.",
        roles=_titles(titles),
        name=person.name,
    )


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


def _access_of_leaver(organisation: Organisation, person: Person, *, is_over: bool) -> Iterator[str]:
    """Sentences about access; what somebody needs until a day to come is not taken back today."""
    tools: dict[str, list[str]] = {}
    for role in organisation.roles.values():
        if any(each.id == person.id for each in role.people):
            for tool in dict.fromkeys(access_of(role)):
                tools.setdefault(tool, []).append(role.title)
    if tools and is_over:
        yield gettext("Take back the access of %(name)s to:", name=person.name)
        yield from (f"  {tool} ({listed(roles)})" for tool, roles in tools.items())
    given = dict.fromkeys(
        f"{tool.name} ({role.title})"
        for role in organisation.roles.values()
        for tool in role.fields.tools
        if (admin := organisation.named(tool.admin)) and admin.id == person.id
    )
    if given:
        yield gettext(
            "%(name)s gives access to %(tools)s: name somebody else under 'admin'.",
            name=person.name,
            tools=listed(given),
        )


def hired(
    organisation: Organisation, folder: str, name: str, fields: Mapping[str, str], file_id: str = ""
) -> Reorganisation:
    """Write the file of a person called `name` with `fields`, given as YAML, into `folder`."""
    known = organisation.named(name) or (None if file_id else _spelt_otherwise(organisation, name))
    if known and known.file:
        raise NotPossible(
            gettext(
                "There is somebody called '%(name)s' already: %(file)s.",
                name=known.name,
                file=known.file.path,
            )
        )
    person_id = file_id or _person_id(organisation, name)
    for other in _with_files(organisation):
        if other.id.casefold() == person_id.casefold():
            raise NotPossible(
                gettext("There is '%(file)s' already. Give the file another name with --id.", file=other.path)
            )
    lines = {"name": scalar(name)} | {each: fields[each] for each in _PERSON_ORDER if fields.get(each)}
    text = "".join(f"{field}: {value}\n" for field, value in lines.items())
    held = [
        role.title
        for role in organisation.roles.values()
        if known and role.owner and role.owner.id == known.id
    ]
    notes = [gettext("To give them a role: %(command)s", command=f"rolebook assign ROLE {person_id}")]
    if held:
        note = ngettext(
            "%(number)s role named %(name)s already.",
            "%(number)s roles named %(name)s already.",
            len(held),
            name=name,
        )
        notes.insert(0, note)
    return Reorganisation(new={f"{folder}/{person_id}.md": f"---\n{text}---\n"}, notes=tuple(notes))


def _spelt_otherwise(organisation: Organisation, name: str) -> Person | None:
    """Somebody with a file whose name has the same words, in another order, form or with other accents."""
    same = (each for each in organisation.people.values() if each.file)
    return next((each for each in same if _may_be_one(words_of(name), words_of(each.name))), None)


def _may_be_one(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two names have the same words; one letter can stand for a word, or for a middle name."""
    (short, long), (others, known) = (
        ([each for each in words if len(each) == 1], {each for each in words if len(each) > 1})
        for words in ([each for each in words if each not in FORMS_OF_ADDRESS] for words in (one, other))
    )
    if long == known:
        return bool(long)
    more = (known - long) if long < known else (long - known) if known < long else set()
    letters = {*short, *others}
    return bool(long and known and more) and all(each[0] in letters for each in more)


def _with_files(organisation: Organisation) -> Iterator[PersonFile]:
    return (person.file for person in organisation.people.values() if person.file)


def _person_id(organisation: Organisation, name: str) -> str:
    """The first name as an id, or the whole name where that is somebody else's."""
    first = slug(name.split()[0])
    taken = {each.id.casefold() for each in _with_files(organisation)}
    other = organisation.named(first) or organisation.named(name.split()[0])
    is_free = first and first not in taken and (other is None or other is organisation.named(name))
    return first if is_free else slug(name)


def _gone(written: Written, *names: str) -> Iterator[FieldChange]:
    return (FieldChange((name,)) for name in names if name in written.fields)
