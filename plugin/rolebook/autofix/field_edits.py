"""Sets and removes fields in a file's front matter, in whichever way they are written, and nothing else.

After each change, the front matter is read again: if it does not say what was asked, nothing is changed.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from rolebook.autofix.edits import FRONT, composed
from rolebook.autofix.fields import end_of
from rolebook.language import gettext
from rolebook.yaml_text import quoted, scalar

Place = tuple[str | int, ...]
"""The way to a value, such as `("performed_by", 0, "until")`."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one field of a file is to be."""

    place: Place
    written: str | None = None
    """The value as YAML on one line; None removes the field, or the item of a list."""

    @property
    def name(self) -> str:
        """The fields that lead to it, such as `outsource.to`; an item of a list has its number, from 1."""
        return "".join(f" {part + 1}" if isinstance(part, int) else f".{part}" for part in self.place)[1:]

    def __str__(self) -> str:
        if self.written is None:
            return gettext("%(field)s removed", field=self.name)
        return f"{self.name}: {self.written}"


class NotEditable(Exception):
    """Why a file is not changed: its line, and what to write there."""


def fields_in(text: str) -> dict[str, Any]:
    """What the front matter of `text` says: groups, lists and words; empty if that cannot be read."""
    front = FRONT.match(text)
    plain = _plain(composed(front[1])) if front else {}
    return plain if isinstance(plain, dict) else {}


def with_changes(path: str, text: str, changes: Iterable[FieldChange], order: Sequence[str]) -> str:
    """Make the `changes` to the front matter of `text`, one after the other.

    New fields come after those before them in `order`.

    Raises:
        NotEditable: it is written in a way in which this cannot be done safely.
    """
    for change in changes:
        front = FRONT.match(text)
        if front is None:
            why = gettext("there are no fields here. Write them between two lines --- first.")
            raise NotEditable(f"{path}:1: {why}")
        end = "\r\n" if "\r\n" in front[0] else "\n"
        after = _Front(path, front[1], end, change, order).changed()
        text = text[: front.start(1)] + after + text[front.end(1) :]
    return text


class _Front:
    """A front matter and one change to it."""

    def __init__(self, path: str, front: str, end: str, change: FieldChange, order: Sequence[str]) -> None:
        self._path, self._text, self._end, self._change, self._order = path, front, end, change, order

    def changed(self) -> str:
        """The front matter with the change."""
        self._refuse_references()
        root = composed(self._text)
        before = _plain(root)
        if not isinstance(before, dict):
            self._refuse(root)
        place = _as_written(root, self._change.place)
        after = self._removed(root, place) if self._change.written is None else self._set(root, place)
        if _plain(composed(after)) != _expected(before, place, self._change.written):
            self._refuse(_at(root, place) or _at(root, place[:1]))
        return after

    # --- setting -----------------------------------------------------------------------------------

    def _set(self, root: yaml.Node | None, place: Place) -> str:
        *above, last = place
        written = str(self._change.written)
        if (there := _at(root, place)) is not None:
            return self._replaced(there, _key(root, place), written)
        group = _at(root, tuple(above))
        if root is None and not above:
            return f"{self._text}{last}: {written}{self._end}"
        if not isinstance(group, yaml.MappingNode):
            self._refuse(group)
        if group.flow_style:
            return self._added_in_braces(group, f"{last}: {written}")
        earlier = self._before(group, str(last)) if not above else group.value
        at = max((end_of(self._text, value) for _, value in earlier), default=group.start_mark.index)
        column = group.value[0][0].start_mark.column
        begins = "" if at == 0 or self._text[at - 1] == "\n" else self._end
        return f"{self._text[:at]}{begins}{' ' * column}{last}: {written}{self._end}{self._text[at:]}"

    def _before(self, group: yaml.MappingNode, name: str) -> list[tuple[yaml.Node, yaml.Node]]:
        names = self._order[: self._order.index(name)] if name in self._order else self._order
        return [(key, value) for key, value in group.value if str(key.value) in names]

    def _replaced(self, node: yaml.Node, key: yaml.Node | None, written: str) -> str:
        start, end = node.start_mark.index, node.end_mark.index
        old, new = self._text[start:end], composed(written)
        if "\n" in old or "\r" in old:
            if not isinstance(node, yaml.CollectionNode) or node.flow_style or "#" in old:
                self._refuse(node)
            return self._block_replaced(node, key, written)
        if (
            isinstance(node, yaml.ScalarNode)
            and node.style in ("'", '"')
            and isinstance(new, yaml.ScalarNode)
        ):
            written = quoted(str(new.value), str(node.style))
        space = " " if start == end and self._text[start - 1 : start] == ":" else ""
        return f"{self._text[:start]}{space}{written}{self._text[end:]}"

    def _block_replaced(self, node: yaml.Node, key: yaml.Node | None, written: str) -> str:
        """Write a group or list that takes several lines on one."""
        if key is None or self._text[key.end_mark.index : node.start_mark.index].strip(" \r\n-") != ":":
            self._refuse(node)
        end = end_of(self._text, node)
        return f"{self._text[: key.end_mark.index]}: {written}{self._end}{self._text[end:]}"

    def _added_in_braces(self, group: yaml.MappingNode, item: str) -> str:
        start, end = group.start_mark.index, group.end_mark.index
        inside = self._text[start : end - 1]
        if "\n" in inside or "\r" in inside:
            self._refuse(group)
        kept = inside.rstrip().removesuffix(",")
        space = inside[len(inside.rstrip()) :]
        comma = ", " if group.value else ""
        return f"{self._text[:start]}{kept}{comma}{item}{space}{self._text[end - 1 :]}"

    # --- removing ----------------------------------------------------------------------------------

    def _removed(self, root: yaml.Node | None, place: Place) -> str:
        holder, node = _at(root, place[:-1]), _at(root, place)
        if node is None or holder is None:
            self._refuse(holder)
        if len(place) > 1 and len(holder.value) == 1:
            return self._removed(root, place[:-1])
        if isinstance(holder, yaml.CollectionNode) and holder.flow_style:
            return self._removed_in_brackets(holder, place[-1])
        key = _key(root, place)
        start = (key or node).start_mark.index
        begin = self._text.rfind("\n", 0, start) + 1
        if self._text[begin:start].strip() != ("" if key else "-"):
            self._refuse(node)
        end = end_of(self._text, node)
        # Somebody wrote it by hand, and may want to read it again.
        beside = self._text[node.end_mark.index : end].strip() if isinstance(node, yaml.ScalarNode) else ""
        indent = self._text[begin:start].partition("-")[0]
        note = f"{indent}{beside}{self._end}" if beside.startswith("#") else ""
        return self._text[:begin] + note + self._text[end:]

    def _removed_in_brackets(self, holder: yaml.CollectionNode, last: str | int) -> str:
        text = self._text[holder.start_mark.index : holder.end_mark.index]
        if "\n" in text or "\r" in text:
            self._refuse(holder)
        spans = [
            (item[0].start_mark.index, item[1].end_mark.index)
            if isinstance(item, tuple)
            else (item.start_mark.index, item.end_mark.index)
            for item in holder.value
        ]
        names = [item[0].value if isinstance(item, tuple) else at for at, item in enumerate(holder.value)]
        at = names.index(last)
        if at + 1 < len(spans):
            return self._text[: spans[at][0]] + self._text[spans[at + 1][0] :]
        start = spans[at - 1][1] if at else spans[at][0]
        return self._text[:start] + self._text[spans[at][1] :]

    # --- refusing ----------------------------------------------------------------------------------

    def _refuse_references(self) -> None:
        """Refuse front matter with references or types: what they mean may be elsewhere."""
        try:
            for event in yaml.parse(self._text, Loader=yaml.SafeLoader):
                if getattr(event, "anchor", None) or getattr(event, "tag", None):
                    self._say(event, gettext("Write it without the word that begins with &, * or ! first"))
        except (yaml.YAMLError, RecursionError):
            self._say(None, gettext("Correct what 'rolebook check' reports first"))

    def _refuse(self, node: yaml.Node | None) -> NoReturn:
        name = next(str(part) for part in reversed(self._change.place) if isinstance(part, str))
        if isinstance(node, yaml.ScalarNode):
            line = f"{name}: {scalar(str(node.value), in_brackets=True)}"
            self._say(node, gettext("Write '%(line)s' on one line first", line=line))
        field = self._change.place[0]
        hint = gettext("Write '%(field)s' on one line, or a line for each value, first", field=field)
        self._say(node, hint)

    def _say(self, node: yaml.Node | yaml.Event | None, remedy: str) -> NoReturn:
        line = node.start_mark.line + 2 if node and node.start_mark else 1
        why = gettext("the fields cannot be changed safely as this is written")
        raise NotEditable(f"{self._path}:{line}: {why}. {remedy}.")


def _as_written(root: yaml.Node | None, place: Place) -> Place:
    """`place` where the item of a list is written without the list: `performed_by: ada`."""
    written: Place = ()
    for part in place:
        is_list = isinstance(_at(root, written), yaml.SequenceNode)
        written += (part,) if is_list or isinstance(part, str) else ()
    return written


def _expected(before: dict[str, Any], place: Place, written: str | None) -> dict[str, Any]:
    """What the front matter is to say; groups and lists that a removal leaves empty are gone, too."""
    expected = deepcopy(before)
    holders: list[Any] = [expected]
    for part in place[:-1]:
        holders.append(holders[-1][part])
    if written is not None:
        holders[-1][place[-1]] = _plain(composed(written))
        return expected
    for holder, part in zip(reversed(holders), reversed(place), strict=True):
        if holder is holders[-1] or not holder[part]:
            del holder[part]
    return expected


def _at(node: yaml.Node | None, place: Place) -> yaml.Node | None:
    """The value at `place`; None where there is none."""
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), None)
        else:
            return None
    return node


def _key(root: yaml.Node | None, place: Place) -> yaml.Node | None:
    """The name of the field at `place`; None for an item of a list."""
    group = _at(root, place[:-1])
    pairs = group.value if isinstance(group, yaml.MappingNode) else []
    return next((key for key, _ in pairs if key.value == place[-1]), None)


def _plain(node: yaml.Node | None) -> Any:
    """What a node says; None for a group with a name twice."""
    if node is None:
        return {}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        names = [str(key.value) for key, _ in node.value]
        if len(set(names)) < len(names):
            return None
        return {name: _plain(value) for name, (_, value) in zip(names, node.value, strict=True)}
    return str(node.value)
