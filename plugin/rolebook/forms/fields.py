"""The fields of a form, as Sveltia CMS has them in its configuration."""

from collections.abc import Iterable
from typing import Any

from rolebook.forms.parts import Form
from rolebook.language import gettext
from rolebook.schema.declarations import Declaration, Group, declarations, shown_name
from rolebook.schema.kinds import (
    EMAIL,
    WEB_ADDRESS,
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
from rolebook.schema.standards import CURRENCIES, CURRENCY, Listed

Field = dict[str, Any]

SOURCE = "rolebook_source"
"""The hidden field in which `format.js` keeps a file's text."""
_HOURS = r"^\s*\d+(\.\d+)?(\s*(-|–|to)\s*\d+(\.\d+)?)?\s*$"
_WAYS_TO_PEOPLE: Field = {"collection": "people", "value_field": "{{slug}}", "display_fields": ["name"]}
_WAYS_TO: dict[str, Field] = {
    "role": {"collection": "roles", "value_field": "{{slug}}", "display_fields": ["title"]},
    "person": _WAYS_TO_PEOPLE,
    "deliverable": {
        "collection": "business",
        "file": "business-model",
        "value_field": "deliverables.*.id",
        "display_fields": ["deliverables.*.name"],
    },
    "offer": {
        "collection": "business",
        "file": "business-model",
        "value_field": "offers.*.id",
        "display_fields": ["offers.*.name"],
    },
}


def fields(form: Form) -> list[Field]:
    """The fields of a form, those of a part folded together, the text below them and the hidden one."""
    return [
        *_fields(form, form.first),
        *(
            {
                "name": key,
                "label": heading,
                "widget": "object",
                "collapsed": True,
                "summary": ", ".join(form.field(name).called(name) for name in names),
                "fields": _fields(form, names),
            }
            for key, heading, names in form.folded()
        ),
        {
            "name": "body",
            "label": gettext("The text of the page"),
            "widget": "markdown",
            "required": False,
            # Rich text would write what it does not know in another way.
            "modes": ["raw"],
            "editor_components": [],
            "hint": gettext("A line that begins with ## is a heading."),
        },
        {"name": SOURCE, "widget": "hidden"},
    ]


def _fields(form: Form, names: Iterable[str]) -> list[Field]:
    return [_field(name, form.field(name), name in form.required) for name in names]


def _field(name: str, declaration: Declaration, required: bool = False) -> Field:
    label = declaration.called(name)
    hint = f"{declaration.meaning[:1].upper()}{declaration.meaning[1:]}."
    one = declaration.in_words(declaration.one) if declaration.one else label
    return {
        "name": shown_name(name),
        "label": label,
        "required": required or declaration.required,
        "hint": declaration.in_words(hint),
        **_widget(declaration.kind, one, declaration),
    }


def _widget(kind: Kind[Any], one: str, declaration: Declaration) -> Field:
    match kind:
        case AnyOf() if kind.group is WEEKLY_HOURS.group:
            hint = gettext("Write hours in digits, such as 10, 7.5 or 5-8.")
            return {"widget": "string", "pattern": [_HOURS, hint]}
        case AnyOf():
            return _widget(kind.group, one, declaration)
        case Group():
            return {"widget": "object", "collapsed": "auto", "fields": _group(kind)}
        case ListOf(kind=Group() as group):
            first = shown_name(group.shorthand or next(iter(declarations(group.record))))
            return {
                "widget": "list",
                "label_singular": one,
                "collapsed": "auto",
                "summary": f"{{{{fields.{first}}}}}",
                "max": kind.most,
                "fields": _group(group),
            }
        case ListOf():
            item = {"name": "item", "label": one, "required": False, **_widget(kind.kind, one, declaration)}
            return {"widget": "list", "label_singular": one, "max": kind.most, "field": item}
        case Reference():
            return {"widget": "relation", "dropdown_threshold": 0, **_WAYS_TO[kind.to]}
        case Text():
            return {"widget": "text" if kind.is_long else "string", "use_emoji_autocomplete": False}
        case Pattern():
            form = {id(EMAIL): "email", id(WEB_ADDRESS): "url"}.get(id(kind), "text")
            return {"widget": "string", "type": form}
        case Listed() if kind is CURRENCY:
            return {"widget": "select", "options": sorted(CURRENCIES)}
        case Listed():
            return {"widget": "string"}
        case Whole():
            return {"widget": "number", "value_type": "int", **_limits(kind.number)}
        case Number():
            return {"widget": "number", "value_type": "float", "step": 0.25, **_limits(kind)}
        case YesNo():
            answers = [{"label": gettext("Yes"), "value": True}, {"label": gettext("No"), "value": False}]
            return {"widget": "select", "options": answers}
        case Choice():
            return {"widget": "select", "options": [_choice(word, declaration) for word in kind.words]}
        case Day():
            return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    raise TypeError(f"{type(kind).__name__} has no form")


def _group(group: Group[Any]) -> list[Field]:
    return [_field(name, each) for name, each in declarations(group.record).items()]


def _choice(word: str, declaration: Declaration) -> Field:
    return {"label": declaration.in_words(f"{word[:1].upper()}{word[1:]}"), "value": word}


def _limits(number: Number) -> Field:
    return {"min": number.low, "max": number.high}
