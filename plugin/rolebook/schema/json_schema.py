"""Writes the declarations of front matter as JSON Schema, by which editors and other programs check files.

Draft 7, the newest that editors' YAML support knows in full. It asks for the tidy form: numbers without
quotes, choices in lower case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import yaml

from rolebook.schema.audience import Audience
from rolebook.schema.declarations import Declaration, Group, declarations, shown_name
from rolebook.schema.kinds import (
    MAX_TEXT,
    AnyOf,
    Choice,
    Day,
    Kind,
    ListOf,
    Number,
    Pattern,
    Text,
    Whole,
    YesNo,
)
from rolebook.schema.own_fields import BUILT_IN, Records
from rolebook.schema.records import PAGE_FIELDS
from rolebook.schema.standards import CURRENCIES, CURRENCY, Listed

Schema = dict[str, Any]

_SEEN_BY = {
    Audience.PUBLIC: "Everybody may see it.",
    Audience.CONTRACTOR: "Whoever does the work may see it.",
    Audience.INTERNAL: "Only colleagues see it.",
}


def schemas(records: Records = BUILT_IN) -> dict[str, Schema]:
    """The schema of each kind of file in a handbook with these `records`, by the name that people call it."""
    return {
        "role": json_schema(records.role, ("title",)),
        "person": json_schema(records.person, ("name",)),
        "business-model": json_schema(records.business, also_allowed=PAGE_FIELDS),
    }


def json_schema(record: type, required: Iterable[str] = (), also_allowed: Iterable[str] = ()) -> Schema:
    """The schema of a file whose front matter is `record`; `also_allowed` are fields of any content."""
    definitions: dict[str, Schema] = {}
    schema = _record(record, definitions, frozenset(required))
    schema["properties"] |= dict.fromkeys(sorted(also_allowed), True)
    if of_kinds := list(_of_kinds(record)):
        schema["allOf"] = of_kinds
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **schema,
        "definitions": dict(sorted(definitions.items())),
    }


def _of_kinds(record: type) -> Iterator[Schema]:
    """Forbid, for each kind of thing that a file may describe, the fields of other kinds."""
    known = declarations(record)
    usual = {each.name: each.default for each in fields(record)}
    for kind in dict.fromkeys(kind for each in known.values() for kind in each.instead):
        is_usual = kind == usual["kind"]
        says_so: Schema = {"properties": {"kind": {"enum": [kind, None] if is_usual else [kind]}}}
        without = {
            shown_name(name): {"enum": [None, *_as_absent(usual[name])]}
            for name, each in known.items()
            if kind in each.instead
        }
        yield {
            "if": says_so if is_usual else says_so | {"required": ["kind"]},
            "then": {"properties": without},
        }


def _as_absent(usual: object) -> list[Any]:
    """What counts as if the field was not there, where `usual` is its value without being written."""
    if usual is None:
        return []
    return [usual] if isinstance(usual, str | int) else [[], {}]


def _record(record: type, definitions: dict[str, Schema], required: frozenset[str] = frozenset()) -> Schema:
    known = declarations(record)
    needed = [name for name, each in known.items() if each.required or name in required]
    schema: Schema = {
        "description": (record.__doc__ or "").splitlines()[0],
        "type": "object",
        "properties": {
            shown_name(name): _field(each, definitions, name in needed) for name, each in known.items()
        },
        "additionalProperties": False,
    }
    return schema | ({"required": [shown_name(name) for name in needed]} if needed else {})


def _field(declaration: Declaration, definitions: dict[str, Schema], needed: bool) -> Schema:
    description = (
        f"{declaration.meaning[:1].upper()}{declaration.meaning[1:]}. {_SEEN_BY[declaration.audience]}"
    )
    schema = _kind(declaration.kind, definitions)
    # A field with nothing after its colon counts as absent, as does an empty text.
    if needed:
        return {"description": description, **schema, **_not_empty(declaration.kind)}
    return {"description": description, "anyOf": [*_choices(schema), {"type": "null"}]}


def _not_empty(kind: Kind[Any]) -> Schema:
    return {"pattern": r"\S"} if isinstance(kind, Text) else {}


def _kind(kind: Kind[Any], definitions: dict[str, Schema]) -> Schema:
    match kind:
        case Text():
            # Whatever stands there is taken as it was written: `012`, `yes` and 2027-03-31 are texts, too.
            return {"type": ["string", "number", "boolean"], "maxLength": MAX_TEXT}
        case Pattern():
            return {"type": "string", "pattern": f"^(?:{kind.form.pattern})$"}
        case Number():
            return {"type": "number", "minimum": kind.low, "maximum": kind.high}
        case Whole():
            return {"type": "integer", "minimum": kind.number.low, "maximum": kind.number.high}
        case YesNo():
            return {"enum": [True, False, "yes", "no"]}
        case Choice():
            return {"enum": [*kind.words, *_read_otherwise(kind.words)]}
        case Listed():
            # Which time zones there are is another matter on each machine.
            return {"enum": sorted(CURRENCIES)} if kind is CURRENCY else {"type": "string"}
        case Day():
            return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        case ListOf():
            item = _kind(kind.kind, definitions)
            items = {"anyOf": [*_choices(item), {"type": "null"}]}
            return {"anyOf": [*_choices(item), {"type": "array", "items": items, "maxItems": kind.most}]}
        case Group():
            return _group(kind, definitions)
        case AnyOf():
            return {
                "anyOf": [
                    *_choices(_kind(kind.plain, definitions)),
                    *_choices(_kind(kind.group, definitions)),
                ]
            }
    raise TypeError(f"{type(kind).__name__} has no JSON Schema")


def _read_otherwise(words: Iterable[str]) -> Iterator[object]:
    """What programs that read YAML by its types make of plain words: `no` is none, and 1 is a number."""
    for word in words:
        read = yaml.safe_load(word)
        if isinstance(read, bool | int | float):
            yield read


def _group(group: Group[Any], definitions: dict[str, Schema]) -> Schema:
    name = group.record.__name__
    if name not in definitions:
        definitions[name] = _record(group.record, definitions)
    reference = {"$ref": f"#/definitions/{name}"}
    if not group.shorthand:
        return reference
    first = declarations(group.record)[group.shorthand]
    alone = _kind(first.kind, definitions) | (_not_empty(first.kind) if first.required else {})
    return {"anyOf": [alone, reference]}


def _choices(schema: Schema) -> list[Schema]:
    """`schema` as the choices of a wider one, so that choices do not nest."""
    return list(schema["anyOf"]) if set(schema) == {"anyOf"} else [schema]
