"""Orders the three audiences, and composes records of what one of them may see."""

import enum
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")


class Audience(enum.IntEnum):
    """Ordered: whatever the public may see, a contractor may see too."""

    PUBLIC = 1
    CONTRACTOR = 2
    INTERNAL = 3


def visible(record: Record, audience: Audience) -> Record:
    """Make a new record of the fields of `record` that `audience` may see, with defaults elsewhere.

    The new record is composed from what is declared to be visible; nothing is copied and removed.
    """
    shown = {}
    for field in _fields(type(record)):
        value = getattr(record, field.name)
        if value is field.default:
            continue  # says nothing, and is what stands elsewhere
        if field.metadata["declaration"].audience_of(value) <= audience:
            shown[field.name] = _visible_value(value, audience)
        elif field.default is MISSING and field.default_factory is MISSING:
            # A part that cannot exist without a field it must not show is declared wrongly.
            raise TypeError(f"{type(record).__name__}.{field.name} needs a default to be hidden")
    return type(record)(**shown)


def visible_texts(record: Any, audience: Audience, below: str = "") -> Iterator[tuple[str, str, str]]:
    """The texts of `record` that `audience` may see, each after its field.

    A field is named by its place (see `schema.kinds.Report`), and then by its own name: the outcome of the
    second deliverable is at `deliverable.1.outcome`, and is called `outcome`.
    """
    for field in _fields(type(record)):
        value = getattr(record, field.name)
        if value is field.default or field.metadata["declaration"].audience_of(value) > audience:
            continue
        place = f"{below}.{field.name.rstrip('_')}" if below else field.name
        if isinstance(value, str):
            yield place, field.name, value
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                at = f"{place}.{number}"
                if isinstance(item, str):
                    yield at, field.name, item
                else:
                    yield from visible_texts(item, audience, at)
        else:
            yield from visible_texts(value, audience, place)


def _fields(kind: type) -> tuple[Field[Any], ...]:
    return _looked_up(kind)


@cache
def _looked_up(kind: type) -> tuple[Field[Any], ...]:
    return fields(kind) if is_dataclass(kind) else ()


def _visible_value(value: Any, audience: Audience) -> Any:
    if isinstance(value, str):  # as most are
        return value
    if isinstance(value, tuple):
        return tuple(_visible_value(item, audience) for item in value)
    return visible(value, audience) if _fields(type(value)) else value
