"""What changed outside of role files: people's files, the business model, other published files."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import Field, fields, replace
from typing import Any

from rolebook.diff.model import ALSO, CHANGED_FILE, FieldChange, change
from rolebook.language import N_, gettext
from rolebook.organisation import Person, name_key
from rolebook.schema.declarations import shown_name
from rolebook.schema.own_fields import own_declarations
from rolebook.schema.records import BusinessDeliverable, BusinessModelFields, Hours, Offer, Rate
from rolebook.wording import day, hours_text, pay_text

TEXT = N_("the text of the page")
Thing = Offer | BusinessDeliverable


def in_person(was: Person, now: Person) -> Iterator[FieldChange]:
    """What changed in a person's file. What follows from a new name is left out: the name says it."""
    before, after = was.file, now.file
    assert before and after
    for each in _built_in(after.fields):
        values = [getattr(file.fields, each.name) for file in (before, after)]
        if each.name not in ("name", "aliases") and values[0] != values[1]:
            yield FieldChange(shown_name(each.name).replace("_", " "), *map(_in_words, values))
    if before.fields.aliases != after.fields.aliases and before.id == after.id:
        yield change(ALSO, "", "aliases")
    if before.body.strip() != after.body.strip():
        yield change(ALSO, "", gettext(TEXT))
    if before.path != after.path and name_key(was.name) == name_key(now.name):
        yield change(N_("file"), before.path, after.path)


def _in_words(value: object) -> str:
    """A value of a person's file; numbers are hours a week."""
    match value:
        case None | False | "":
            return ""
        case True:
            return gettext("yes")
        case Rate():
            return pay_text(value)
        case dt.date():
            return day(value)
        case tuple():
            return ", ".join(map(str, value))
        case float():
            return hours_text(Hours(min=value, max=value))
    return str(value)


def in_files(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[FieldChange]:
    """Files that came, went, have other content, or the same content elsewhere."""
    gone, come = (
        {path: one[path] for path in one if path not in other} for one, other in ((was, now), (now, was))
    )
    old_places = {content: path for path, content in gone.items()}
    for path, content in come.items():
        before = old_places.pop(content, "")
        gone.pop(before, None)
        yield change(N_("file"), before, path)
    yield from (change(N_("file"), path, "") for path in gone)
    yield from (change(CHANGED_FILE, "", path) for path in was if was[path] != now.get(path, was[path]))


def _built_in(record: Any) -> Iterator[Field[Any]]:
    """The fields of `record` but for the owner's own."""
    own = own_declarations(type(record))
    return (each for each in fields(record) if each.name not in own)


def in_business_model(
    was: BusinessModelFields, now: BusinessModelFields, own: Callable[[object, object], Iterator[FieldChange]]
) -> Iterator[FieldChange]:
    """What changed in the business model; `own` finds it for the owner's own fields."""
    yield from _things(N_("offer"), was.offers, now.offers, own)
    yield from _things(N_("promise"), was.deliverables, now.deliverables, own)
    before, after = (dict.fromkeys(each.functions) for each in (was, now))
    yield from (change(N_("function"), each, "") for each in before if each not in after)
    yield from (change(N_("function"), "", each) for each in after if each not in before)


def _things(
    what: str,
    was: Iterable[Thing],
    now: Iterable[Thing],
    own: Callable[[object, object], Iterator[FieldChange]],
) -> Iterator[FieldChange]:
    """What changed among offers or promises; they are the same ones by their ids."""
    before, after = ({each.id: each for each in things} for things in (was, now))
    yield from (change(what, _called(each), "") for each in before.values() if each.id not in after)
    for each in after.values():
        if (old := before.get(each.id)) is None:
            yield change(what, "", _called(each))
        else:
            for field in _built_in(each):
                values = [getattr(one, field.name) for one in (old, each)]
                if values[0] != values[1]:
                    part = f"{_called(old)}: {shown_name(field.name).replace('_', ' ')}"
                    old_value, new_value = ("" if value is None else _plain(value) for value in values)
                    yield FieldChange(f"{what} {part}", old_value, new_value, f"{gettext(what)} {part}")
            for found in own(old, each):
                part = f"{_called(old)}: {found.what}"
                yield replace(found, what=f"{what} {part}", in_words=f"{gettext(what)} {part}")


def _called(thing: Thing) -> str:
    return thing.name or thing.id


def _plain(value: object) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else str(value)
