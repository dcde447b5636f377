"""What `format.js` needs to know of the fields: their kinds, and what a plain value fills of a group."""

from dataclasses import fields
from typing import Any

from rolebook.forms.parts import Form
from rolebook.schema.declarations import Declaration, Group, declarations, shown_name
from rolebook.schema.kinds import (
    AnyOf,
    Choice,
    Day,
    Kind,
    ListOf,
    Number,
    Pattern,
    Reference,
    Text,
    Whole,
    YesNo,
)
from rolebook.schema.records import WEEKLY_HOURS
from rolebook.schema.standards import Listed

Shape = dict[str, Any]


def shape(form: Form) -> Shape:
    """The shape of a kind of file, with the parts in which a form folds its fields."""
    return {
        "fields": {shown_name(name): _kind(form.field(name).kind) for name in declarations(form.record)},
        "parts": {key: [shown_name(name) for name in names] for key, _, names in form.folded()},
        "name": shown_name(form.required[0]) if form.required else "",
    }


def _kind(kind: Kind[Any]) -> Shape:
    match kind:
        case AnyOf() if kind.group is WEEKLY_HOURS.group:
            return {"kind": "hours"}
        case AnyOf(group=Group() as group):
            return _group(group, _filled_by(kind))
        case Group():
            return _group(kind, (shown_name(kind.shorthand),) if kind.shorthand else ())
        case ListOf():
            return {"kind": "list", "of": _kind(kind.kind)}
        case Reference():
            return {"kind": "text", "to": kind.to}
        case Text() | Pattern() | Listed():
            return {"kind": "text"}
        case Number() | Whole():
            return {"kind": "number"}
        case YesNo():
            return {"kind": "yesno"}
        case Choice():
            return {"kind": "choice", "words": list(kind.words)}
        case Day():
            return {"kind": "day"}
    raise TypeError(f"{type(kind).__name__} has no form")


def _group(group: Group[Any], filled: tuple[str, ...]) -> Shape:
    known: dict[str, Declaration] = dict(declarations(group.record))
    return {
        "kind": "group",
        "fields": {shown_name(name): _kind(each.kind) for name, each in known.items()},
        "short": next(iter(filled), ""),
    }


def _filled_by(kind: AnyOf) -> tuple[str, ...]:
    """The field of the group that a plain value fills."""
    plain = ("plain",) if isinstance(kind.plain, ListOf) else 1.5
    made = kind.make(plain)
    return tuple(shown_name(each.name) for each in fields(made) if getattr(made, each.name) == plain)
