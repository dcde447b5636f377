"""Changes of single words in front matter, which leave every other byte alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import yaml

from rolebook.yaml_text import quoted, scalar

FRONT = re.compile(
    r"\ufeff?---[ \t]*(?:\r\n|\r|\n)(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.DOTALL
)
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class Fix:
    """One word in one place."""

    path: str
    line: int
    """From 1."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The change of one word of a text."""

    start: int
    end: int
    text: str
    fix: Fix


def composed(text: str) -> yaml.Node | None:
    """The YAML of `text` as nodes; None where it is none."""
    # PyYAML's own parser, not the one in C: it counts places in characters of the text as it is.
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    return node


def edit(path: str, node: yaml.ScalarNode, meant: str, front: str, lines_before: int = 1) -> Edit | None:
    """Make the change of one word; None where it is not written on one line, plain or in quotes."""
    start, end = node.start_mark.index, node.end_mark.index
    written = front[start:end]
    if node.style in ("'", '"'):
        text = quoted(meant, str(node.style))
    elif node.style is None and written == node.value:
        text = scalar(meant, in_brackets=True)
    else:
        return None
    if "\n" in written or "\r" in written:
        return None
    line = node.start_mark.line + 1 + lines_before
    return Edit(start, end, text, Fix(path, line, str(node.value), meant))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Apply the `edits` to `text`."""
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def says_the_same(before: yaml.Node, after: yaml.Node | None, edits: Sequence[Edit]) -> bool:
    """Whether two front matters differ in nothing but the edits."""
    if after is None:
        return False
    edited = {edit.start: edit.fix.after for edit in edits}
    expected = [
        (edited[start], _TEXT) if start in edited else (value, tag)
        for start, value, tag in _leaves(before, set())
    ]
    return expected == [(value, tag) for _, value, tag in _leaves(after, set())]


def _leaves(node: yaml.Node, seen: set[int]) -> Iterator[tuple[int, str, str]]:
    """List every plain value and name in `node`, in order, and where lists and groups begin.

    Nodes in `seen` are skipped: a reference gives the same node once more, even within itself.
    """
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, str(node.value), node.tag
        return
    yield -1, type(node).__name__, str(len(node.value))
    for item in node.value:
        for each in item if isinstance(item, tuple) else (item,):
            yield from _leaves(each, seen)
