"""Splits a Markdown file into front matter and body, and reads the front matter's YAML as nodes with lines.

Knows nothing of roles. Whatever a file holds, the answer is documents and problems, never an exception.
"""

import io
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

import yaml

from rolebook import malformed
from rolebook.language import N_, gettext
from rolebook.problems import Problem, Rule, Severity

INVALID_FRONT_MATTER = Rule(
    "invalid-front-matter",
    Severity.ERROR,
    "The fields between the two --- lines say who does what; if they are broken, the page would be a guess.",
)
MAX_NESTING = 20
"""The front matter that people write is three levels deep."""
_FENCE = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NEIGHBOURS = (
    N_("this line is indented differently from its neighbours, or a quote ends too early"),
    N_("Line it up with the lines above"),
)
_PLAIN_WORDS = {
    "cannot start any token": (
        N_("unexpected character"),
        N_("Indent with spaces, not tabs, and put text in quotes if it begins with @, `, %% or a tab"),
    ),
    "did not find expected ',' or ']'": (
        N_("a list that begins with [ is not closed"),
        N_("Close it with ]"),
    ),
    "did not find expected ',' or '}'": (
        N_("a group that begins with { is not closed"),
        N_("Close it with }"),
    ),
    "did not find expected node content": (
        N_("a bracket is not closed, or a value is missing"),
        N_("Close it, or put the text in quotes"),
    ),
    "found unexpected end of stream": (
        N_("a quotation mark is opened and not closed"),
        N_("Close it, or write the text without quotes"),
    ),
    "did not find expected key": _NEIGHBOURS,
    "did not find expected '-' indicator": _NEIGHBOURS,
}


_NO_FIELD = "could not find expected ':'"
_SECOND_COLON = "mapping values are not allowed"
_REFERENCES = ("found undefined alias", "did not find expected alphabetic or numeric character")
_MAY_REFER = re.compile(r"(?:^|[\s\[{,])[*&]\S")
_NO_NAMES: frozenset[str] = frozenset()


class _TextLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Reads every plain value as text or as nothing; YAML's numbers, dates and yes/no stay text."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that has none."""
        if kind is yaml.ScalarNode:
            is_plain, _ = implicit
            return "tag:yaml.org,2002:null" if is_plain and value in _NULLS else "tag:yaml.org,2002:str"
        return "tag:yaml.org,2002:map" if kind is yaml.MappingNode else "tag:yaml.org,2002:seq"


class _NamedText(io.StringIO):
    """Text whose nodes know in which file they are."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(text, newline="")
        self.name = path


def path_of(node: yaml.Node) -> str:
    """The file in which `node` is written; empty for one that is in none."""
    return str(node.start_mark.name) if node.start_mark else ""


def scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The texts in a value, on all levels."""
    waiting = [node] if node else []
    while waiting:
        each = waiting.pop()
        if isinstance(each, yaml.ScalarNode):
            yield each
        elif isinstance(each, yaml.SequenceNode):
            waiting += each.value
        elif isinstance(each, yaml.MappingNode):
            waiting += [value for _, value in each.value]


def no_day(node: yaml.Node | None) -> yaml.ScalarNode | None:
    """The value in `node` that YAML takes for a day, and that is none."""
    for each in scalars(node):
        try:
            yaml.safe_load("" if each.style else each.value)
        except ValueError:
            return each
        except yaml.YAMLError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """One Markdown file, split."""

    path: str
    """Relative to the project's folder, with `/`."""
    front: yaml.Node | None
    """The front matter as nodes with their marks; None when there is none."""
    front_line: int
    """Number of lines before the front matter's first line."""
    body: str
    body_line: int
    """Line of the body's first line, from 1."""
    written: str = ""
    """The front matter as text."""


def split(path: str, text: str, names: Container[str] = _NO_NAMES) -> MarkdownFile | Problem:
    """Split `text` into front matter and body; a `Problem` where the front matter cannot be understood.

    `names` are those that its fields may have: see `malformed.in_fields`.
    """
    first, _, rest = text.partition("\n")
    if not _FENCE.fullmatch(first):
        return MarkdownFile(path, None, 0, text, 1)
    closing = _CLOSING.search(rest)
    if closing is None:
        line, message, hint = malformed.ending(rest) or (
            -1,
            gettext("the block that begins with --- is never closed"),
            gettext("Put a line with --- after its last field"),
        )
        return Problem(INVALID_FRONT_MATTER, path, line + 2, message, hint)
    front = _without_references(path, rest[: closing.start()], names)
    if isinstance(front, Problem):
        return front
    body_line = 3 + rest.count("\n", 0, closing.start())
    body = rest[closing.end() :].removeprefix("\n")
    return MarkdownFile(path, front, 1, body, body_line, rest[: closing.start()])


def compose(
    path: str,
    text: str,
    lines_before: int = 0,
    names: Container[str] = _NO_NAMES,
    rule: Rule = INVALID_FRONT_MATTER,
) -> yaml.Node | Problem | None:
    """Read the YAML of `text` into nodes that know their lines; values stay as they were written.

    Nothing is constructed from the nodes here, so that `no`, `012` and `1:30` reach the schema as text.
    """
    try:
        if _too_deep(text):
            return Problem(
                rule,
                path,
                lines_before,
                gettext("lists and fields are nested more than %(most)s deep", most=MAX_NESTING),
                gettext("Use fewer levels"),
            )
        return yaml.compose(_NamedText(path, text), Loader=_TextLoader)
    except yaml.YAMLError as error:
        at, message, hint = _slip(text, error, names)
        return Problem(rule, path, lines_before + at + 1, message, hint)


def _without_references(path: str, text: str, names: Container[str]) -> yaml.Node | Problem | None:
    """Read the front matter `text` into nodes, each of them used once.

    Otherwise one line of references could mean a million values, and what follows a name such as &Co be lost.
    """
    front = compose(path, text, 1, names)
    if isinstance(front, yaml.Node) and _MAY_REFER.search(text):
        events = [each for each in yaml.parse(text, Loader=_TextLoader) if getattr(each, "anchor", None)]
        for event in sorted(events, key=lambda each: not isinstance(each, yaml.AliasEvent)):
            line = event.start_mark.line if event.start_mark else 0
            said = malformed.reference(text, line)
            if isinstance(event, yaml.AliasEvent):
                said = (
                    gettext("the reference %(sign)s is not followed", sign=f"*{event.anchor}"),
                    gettext("Write the value itself in its place"),
                )
            return Problem(INVALID_FRONT_MATTER, path, line + 2, *said)
    return front


def _too_deep(text: str) -> bool:
    # The composer recurses, so depth is measured first. Only brackets, indentation, and
    # dashes and question marks on one line can nest,
    # and the usual file has too few of them to be worth a second parse.
    if max(map(text.count, ("[", "{", "- ", "? "))) <= MAX_NESTING and not re.search(
        rf"^[ ]{{{MAX_NESTING},}}", text, re.MULTILINE
    ):
        return False
    depth = 0
    for event in yaml.parse(text, Loader=_TextLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_NESTING:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _slip(text: str, error: yaml.YAMLError, names: Container[str]) -> malformed.Slip:
    """What is wrong where YAML's reader stopped."""
    # What is never closed is noticed at the end of the file, and that a line is no field on the next one.
    begun = str(getattr(error, "context", "")).startswith(
        ("while scanning a quoted", "while parsing a flow", "while scanning a simple key")
    )
    mark = getattr(error, "context_mark" if begun else "problem_mark", None)
    line = mark.line if mark else 0
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    if "Unicode character escape" in problem:
        return (
            line,
            gettext("a code that begins with %(sign)s is no character", sign=r"\u"),
            gettext("Write the character itself"),
        )
    near = mark.line if mark else None
    return malformed.in_fields(text, near, names) or _said(text, problem, line)


def _said(text: str, problem: str, line: int) -> malformed.Slip:
    """What YAML's reader says is the `problem` in a line, in words for people."""
    if _NO_FIELD in problem:
        return malformed.no_field(text, line)
    if _SECOND_COLON in problem:
        return malformed.second_colon(text, line)
    if any(words in problem for words in _REFERENCES):
        return line, *malformed.reference(text, line)
    known = next((said for words, said in _PLAIN_WORDS.items() if words in problem), None)
    if known:
        message, hint = known
        return line, gettext(message), gettext(hint)
    hint = gettext("Write one 'name: value' a line, and put text with special characters in quotes")
    return malformed.unread(text, line) or (line, gettext("this line cannot be read"), hint)
