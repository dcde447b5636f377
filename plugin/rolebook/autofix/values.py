"""Lists every value that front matter holds, with the kind that is declared for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from rolebook.language import gettext
from rolebook.schema.declarations import Declaration, Group, declarations, shown_name
from rolebook.schema.kinds import OTHER_FIELDS, AnyOf, Kind, ListOf
from rolebook.schema.typos import Known
from rolebook.slips import why_a_word


@dataclass(frozen=True, slots=True)
class Value:
    """A plain value, or the name of a field, where a word may be mistyped."""

    node: yaml.ScalarNode
    path: str
    """The fields that lead to it, such as `performed_by.person`."""
    kind: Kind[Any] | None = None
    """None for the name of a field."""
    meant: str = ""
    """The right name, where a field's name is a slip."""
    why_not: str = ""
    """Why it is not clear what a field's name means, where it may be a slip."""


def values(
    node: yaml.Node,
    known: Mapping[str, Declaration],
    also_allowed: frozenset[str] = frozenset(),
    prefix: str = "",
) -> Iterator[Value]:
    """List the names in `node` that are slips, and the values of its declared fields, also within groups.

    What stands under a mistyped name is taken for the field that was meant.
    """
    if not isinstance(node, yaml.MappingNode):
        return
    fields = {shown_name(name): each.kind for name, each in known.items()}
    written = {str(key.value) for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
    missing = Known((name, name) for name in fields if name not in written)
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name = str(key.value)
        is_slip = name not in fields and name not in also_allowed and name.casefold() not in OTHER_FIELDS
        if is_slip:
            meant = missing.meant(name)
            another = why_a_word(name) if meant else ""
            why_not = another or _why_not(name, missing, fields)
            name = "" if another else meant
            yield Value(key, f"{prefix}{key.value}", meant=name, why_not=why_not)
        if name in fields:
            yield from _values(value, fields[name], f"{prefix}{name}")


def _why_not(name: str, missing: Known, fields: Iterable[str]) -> str:
    """Why an unknown name of a field is not corrected; empty where no known name is near."""
    everything = Known((each, each) for each in fields)
    offered = everything.offered(name)
    if offered and offered[0] not in missing:
        return gettext("there is a field '%(field)s' already", field=offered[0])
    return everything.why_not(name)


def _values(node: yaml.Node, kind: Kind[Any], path: str) -> Iterator[Value]:
    if isinstance(kind, AnyOf):
        kind = kind.group if isinstance(node, yaml.MappingNode) else kind.plain
    if isinstance(kind, ListOf):
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            yield from _values(item, kind.kind, path)
    elif isinstance(kind, Group):
        known = declarations(kind.record)
        if isinstance(node, yaml.MappingNode):
            yield from values(node, known, prefix=f"{path}.")
        elif kind.shorthand:
            yield from _values(node, known[kind.shorthand].kind, f"{path}.{shown_name(kind.shorthand)}")
    elif isinstance(node, yaml.ScalarNode):
        yield Value(node, path, kind)
