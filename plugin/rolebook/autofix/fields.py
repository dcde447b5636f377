"""Writes fields of a file's front matter anew, and leaves every other byte as it was."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import yaml

from rolebook.autofix.edits import FRONT, composed

_COMMENT = re.compile(r"""'[^'\n]*'|"[^"\n]*"|(?:(?<=\s)|^)#[^\r\n]*""", re.MULTILINE)
"""A comment, or words in quotation marks, in which there is none."""


def with_fields(
    text: str, lines: Mapping[str, str], order: Sequence[str], body: str | None = None
) -> str | None:
    """Replace fields in `text` by `lines`, such as `owner: Ada`; an empty one removes its field.

    New fields come after those before them in `order`. `body` takes the place of the body. None where the
    front matter is not written a field a line, so that this cannot be done.
    """
    front = FRONT.match(text)
    if front is None:
        return None
    end = "\r\n" if "\r\n" in front[0] else "\n"
    changed: str | None = front[1]
    for name, written in lines.items():
        changed = changed and _with_field(changed, name, written.replace("\n", end), order)
    if changed is None or _others(front[1], lines) != _others(changed, lines):
        return None
    rest = text[front.end(1) :]
    if body is not None:
        fence = rest[: front.end() - front.end(1)]
        rest = fence + end + (f"{end}{body.replace(chr(10), end)}{end}" if body else "")
    return text[: front.start(1)] + changed + rest


def _with_field(front: str, name: str, written: str, order: Sequence[str]) -> str | None:
    node = composed(front)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    places = {str(key.value): (key, value) for key, value in node.value}
    if len(places) < len(node.value):
        return None
    if name not in places:
        earlier = [each for each in order[: order.index(name)] if each in places]
        at = max((end_of(front, places[each][1]) for each in earlier), default=0)
        return front[:at] + written + front[at:]
    key, value = places[name]
    start, end = key.start_mark.index, end_of(front, value)
    old = front[value.start_mark.index : value.end_mark.index]
    if isinstance(value, yaml.ScalarNode) and old and "\n" not in old and written.count("\n") == 1:
        new = written.strip().removeprefix(f"{name}:").strip()
        if new and not new.startswith(("- ", "|", ">")):
            return front[: value.start_mark.index] + new + front[value.end_mark.index :]
    beside = front[value.end_mark.index : end].strip()
    if not written and beside.startswith("#"):  # somebody wrote it by hand
        line_end = "\r\n" if front[:end].endswith("\r\n") else "\n"
        return f"{front[:start]}{beside}{line_end}{front[end:]}"
    if written and "\n" not in front[start : value.end_mark.index] and beside.startswith("#"):
        line_end = "\r\n" if "\r\n" in written else "\n"
        first, _, rest = written.partition(line_end)
        written = f"{first} {beside}{line_end}{rest}"
    return front[:start] + with_comments(front[start:end], written) + front[end:]


def with_comments(old: str, new: str) -> str:
    """The `new` lines of a field that is a list or a group, with the comments of the `old` ones.

    Entries of a list that stay are as they were written; comments of others go with them. Those of a group
    stand above what is in it.
    """
    if "\n" not in old.rstrip() or "#" not in old or not new:
        return new
    before, after = _entries(old), _entries(new)
    if len(before) == 1:
        return _below_its_name(_comments(old), new)
    kept, lines = before[1:], []
    stay = [value for value, _ in after[1:]]
    for value, text in after[1:]:
        same = next((each for each in kept if each[0] == value), None)
        # An entry that says something else of the same person, or of the same thing.
        others = (each for each in kept if each[0] not in stay)
        changed = next((each for each in others if _name(each[0]) == _name(value)), None)
        if known := same or changed:
            kept.remove(known)
        new = _indented(text, _indent(before[1][1]))
        lines.append(same[1] if same else _with_comments_of(changed[1], new) if changed else new)
    return before[0][1] + "".join(lines) if lines else new


def _comments(text: str) -> list[str]:
    return [found[0] for found in _COMMENT.finditer(text) if found[0].startswith("#")]


def _name(value: object) -> object:
    """What an entry is called: its first value."""
    return _name(value[2]) if isinstance(value, tuple) and len(value) > 2 else value


def _with_comments_of(old: str, new: str) -> str:
    """The lines of an entry with the comments of the `old` ones below its first line."""
    first, end, rest = new.partition("\r\n" if "\r\n" in new else "\n")
    indent = f"{_indent(new)}  "
    return first + end + "".join(f"{indent}{each}{end}" for each in _comments(old)) + rest


def _below_its_name(comments: Sequence[str], field: str) -> str:
    """A field's lines with `comments` between its name and what it holds."""
    name, end, rest = field.partition("\r\n" if "\r\n" in field else "\n")
    return name + end + "".join(f"{_indent(rest)}{each}{end}" for each in comments) + rest


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" "))]


def _entries(field: str) -> list[tuple[object, str]]:
    """What stands before the entries of a list, then the value and the lines of each; a group has none."""
    node = composed(field)
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) else None
    items = value.value if isinstance(value, yaml.SequenceNode) and not value.flow_style else []
    starts = [field.rfind("\n", 0, item.start_mark.index) + 1 for item in items]
    # Comments above an entry are its own; those above the first are of the list.
    starts[1:] = [_above(field, start) for start in starts[1:]]
    values = ["", *map(_value, items)]
    parts = [field[start:end] for start, end in pairwise([0, *starts, len(field)])]
    return list(zip(values, parts, strict=True))


def _above(field: str, start: int) -> int:
    """Where the comments begin that stand right above the line at `start`."""
    while (before := field.rfind("\n", 0, start - 1) + 1) < start and field[before:start].strip().startswith(
        "#"
    ):
        start = before
    return start


def _value(item: yaml.Node) -> object:
    """What an entry says, however it is written."""
    if isinstance(item, yaml.ScalarNode):
        return item.value
    if isinstance(item, yaml.MappingNode) and len(item.value) == 1:
        return _value(item.value[0][1])  # Such as `person: Ada`, which can be written as `Ada`.
    parts = [part for each in item.value for part in (each if isinstance(each, tuple) else (each,))]
    return type(item).__name__, *map(_value, parts)


def _indented(text: str, indent: str) -> str:
    own = len(_indent(text))
    return "".join(indent + line[own:] for line in text.splitlines(keepends=True))


def end_of(front: str, value: yaml.Node) -> int:
    """Where a field ends: at the line after its last one. Comments below it are not part of it."""
    last = value
    while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
        item = last.value[-1]
        last = item[1] if isinstance(item, tuple) else item
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        return int(last.end_mark.index)
    at = front.find("\n", last.end_mark.index)
    return at + 1 if at >= 0 else len(front)


def _others(front: str, lines: Mapping[str, str]) -> list[tuple[str, str]] | None:
    """All fields but those of `lines`, as YAML shows them."""
    node = composed(front)
    if not isinstance(node, yaml.MappingNode):
        return None
    return [
        (str(key.value), yaml.serialize(value)) for key, value in node.value if str(key.value) not in lines
    ]
