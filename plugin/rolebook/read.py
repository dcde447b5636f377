"""The only reader of files: find them, split front matter from body, keep line numbers.

Knows nothing of roles. Whatever a file holds, the answer is documents and problems, never an exception.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from rolebook import malformed
from rolebook.problems import Problem, Rule, Severity

UNREADABLE_FILE = Rule(
    "unreadable-file",
    Severity.ERROR,
    "A file that cannot be read cannot be part of the handbook, and nobody would notice it missing.",
)
INVALID_FRONT_MATTER = Rule(
    "invalid-front-matter",
    Severity.ERROR,
    "The block between the two --- lines says who does what; when it is broken the page would be a guess.",
)
RULES = (UNREADABLE_FILE, INVALID_FRONT_MATTER)

MAX_BYTES = 100_000
"""A page of a handbook is text that people read; a larger file is a mistake."""
MAX_NESTING = 20
"""The front matter that people write is three levels deep."""

# What follows bounds the work that a body makes for Markdown's readers, some of which grows with the square
# of what is in it: tests/test_limits.py measures that.
MAX_BODY_NESTING = 50
"""Lists and quotes in a body; Markdown's readers give up at about a hundred."""
MAX_LINES = 1_500
"""Of a body; a hundred kilobytes of prose have fewer."""
MAX_MARKS = 10_000
"""Characters of a body that mean something in Markdown, such as * and `."""
MAX_CELLS = 4_000
"""Columns times rows of the tables of a body."""
MAX_MARKERS = 5_000
"""Signs of lists and quotes at the beginnings of a body's lines."""
MAX_ABBREVIATIONS = 100
"""In a body; each is looked for in every word."""
MAX_BLOCKS = 500
"""Lines of a body that open or close a block with ///."""
MAX_CONTENTS = 5
"""Tables of contents in a body: each lists every heading."""
MAX_SEARCHED = 5_000_000
"""Of each paragraph, the number of [ and < times its length: for each, its end is looked for."""

# With the line end before it a line is found several times as fast as with ^.
_DEEP = re.compile(rf"\n(?:\t| {{4}}|>[ ]?|[-*+][ \t]+|\d+[.)][ \t]+){{{MAX_BODY_NESTING + 1}}}")
_MARK = re.compile(r"[\\\\*_`\[\]<>&!~|#^=+{}:@$]")
_DELIMITERS = re.compile(r"\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+(?=\n|\Z)")
"""The row of a table between its head and its body."""
_LEADING = re.compile(r"\n[ \t]*(?:(?:>|(?:[-*+]|\d+[.)])[ \t])[ \t]*)+")
"""The signs of lists and quotes that a line begins with."""
_ABBREVIATION = re.compile(r"\n[ \t>]*\*\[")
_BLOCK = re.compile(r"\n[ \t>]*///")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0\ufdd1]")
"""What no text needs, would reach a terminal, or is used by programs on the way for themselves."""
_FENCE = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_REFERENCE = ("a text that begins with * or & is read as a reference", "Put it in quotes")
_PLAIN_WORDS = {
    "mapping values are not allowed": (
        "there is a second ': ' on this line",
        "Put the text after the first colon in quotes",
    ),
    "cannot start any token": (
        "a character stands where it means something else",
        "Indent with spaces, not tabs, and put text that begins with @, `, % or a tab in quotes",
    ),
    "found undefined alias": _REFERENCE,
    "did not find expected alphabetic or numeric character": _REFERENCE,
    "did not find expected ',' or ']'": ("a list that begins with [ is not closed", "Close it with ]"),
    "did not find expected ',' or '}'": ("a group that begins with { is not closed", "Close it with }"),
    "found unexpected end of stream": (
        "a quotation mark is opened and not closed",
        "Close it, or write the text without quotes",
    ),
    "could not find expected ':'": (
        "this line is neither 'name: value' nor part of a list",
        "Write 'name: value', or put the text in quotes",
    ),
    "did not find expected key": (
        "this line is indented differently from its neighbours, or a quote ends too early",
        "Line it up with the lines above",
    ),
}


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Makes nodes of text. It knows nothing and text apart, and not what looks like a number or a date."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that has none."""
        if kind is yaml.ScalarNode:
            is_plain, _ = implicit
            return "tag:yaml.org,2002:null" if is_plain and value in _NULLS else "tag:yaml.org,2002:str"
        return "tag:yaml.org,2002:map" if kind is yaml.MappingNode else "tag:yaml.org,2002:seq"


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file, split."""

    path: str
    """Relative to the project's folder, with `/`."""
    front: yaml.Node | None
    """The front matter as nodes with their marks; None when there is none."""
    front_line: int
    """How many lines stand before the front matter's first line."""
    body: str
    body_line: int
    """Line of the body's first line, from 1."""
    written: str = ""
    """The front matter as text."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a commit, in memory: nothing of it is ever on a disk."""

    contents: Mapping[str, bytes]
    """By paths relative to the handbook's folder; what is elsewhere in the repository begins with `../`."""
    links: frozenset[str]
    """Paths of symbolic links."""
    too_large: frozenset[str]
    """Paths of files that nobody reads."""

    def below(self, folder: str) -> Iterator[str]:
        """The paths below `folder`, but for hidden files and folders, sorted."""
        for path in sorted((*self.contents, *self.links, *self.too_large)):
            inside = path.removeprefix(f"{folder}/")
            if inside != path and not any(part.startswith(".") for part in inside.split("/")):
                yield path


Root = Path | Tree
"""Where a handbook's files are: a folder, or a commit."""


def markdown_files(root: Root, folder: str) -> Iterator[str]:
    """Paths of the `.md` files below `root/folder`, sorted, relative to `root`, with `/`.

    Hidden files and folders are passed over, as is `README.md`, which a git host shows for a folder.
    """
    yield from (path for path in files(root, folder) if is_page(path))


def files(root: Root, folder: str, hidden: bool = False) -> Iterator[str]:
    """Paths of the files below `root/folder`, sorted, relative to `root`, with `/`.

    Links are passed over, and so are hidden files and folders unless `hidden`; a commit's tree has none.
    """
    if isinstance(root, Tree):
        yield from (path for path in root.below(folder) if path not in root.links)
        return
    if not os.path.isdir(root / folder) or has_link(root, folder):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
        return
    for where, folders, names in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if hidden or not name.startswith("."))
        at = Path(where).relative_to(root).as_posix()
        for name in sorted(names):
            if (hidden or name[0] != ".") and not os.path.islink(f"{where}/{name}"):  # noqa: PTH114 (a tenth of the time)
                yield f"{at}/{name}"


def folders_beside(root: Root, folder: str) -> Iterator[str]:
    """The folders beside `root/folder`, relative to `root`, sorted; hidden ones and links are passed over."""
    above, _, _ = folder.rpartition("/")
    begin = f"{above}/" if above else ""
    if isinstance(root, Tree):
        inside = (path.removeprefix(begin) for path in root.contents if path.startswith(begin))
        names = {path.partition("/")[0] for path in inside if "/" in path}
    else:
        try:
            names = {entry.name for entry in os.scandir(root / above) if entry.is_dir(follow_symlinks=False)}
            # Where capitals do not count, one folder has several names.
            names = {name for name in names if not _is_same(root / begin / name, root / folder)}
        except (OSError, ValueError):
            return
    others = (f"{begin}{name}" for name in sorted(names) if not name.startswith("."))
    yield from (other for other in others if other != folder)


def pages_at_top(root: Root) -> Iterator[str]:
    """Names of the `.md` files directly in `root`, sorted; links are passed over."""
    if isinstance(root, Tree):
        names = [path for path in root.contents if "/" not in path]
    else:
        names = [entry.name for entry in os.scandir(root) if entry.is_file(follow_symlinks=False)]
    yield from (name for name in sorted(names) if is_page(f"/{name}") and not name.startswith("."))


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def folder_problems(root: Root, folder: str) -> Iterator[Problem]:
    """The links and folders below `root/folder` that `files` passes over though they are not hidden."""
    if isinstance(root, Tree):
        yield from (_link(path) for path in root.below(folder) if path in root.links)
        return
    if has_link(root, folder):
        yield _link(folder)
        return
    if not os.path.isdir(root / folder):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
        return
    refused: list[OSError] = []
    for where, folders, names in os.walk(root / folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *names):
            if not name.startswith(".") and os.path.islink(f"{where}/{name}"):  # noqa: PTH114 (a tenth of the time)
                yield _link(Path(where, name).relative_to(root).as_posix())
    for error in refused:
        at = Path(str(error.filename)).relative_to(root).as_posix()
        message = f"the folder cannot be read ({error.strerror})"
        yield Problem(UNREADABLE_FILE, at, 0, message, "Check its permissions")


def has_link(root: Path, path: str) -> bool:
    """Whether `path` below `root`, or a folder on the way there, is a symbolic link."""
    parts = path.split("/")
    return any(os.path.islink(root / "/".join(parts[:end])) for end in range(1, len(parts) + 1))  # noqa: PTH114 (no exceptions)


def is_own_file(root: Path, path: str) -> bool:
    """Whether there is a file at `root/path`, below `root` and without a link on the way."""
    is_below = not path.startswith(("/", "../")) and "/../" not in path
    return is_below and not has_link(root, path) and (root / path).is_file()


def _link(path: str) -> Problem:
    hint = "Put the file or folder itself here"
    return Problem(UNREADABLE_FILE, path, 0, "this is a link, and links are not followed", hint)


def start_of(root: Root, path: str, size: int) -> bytes:
    """The first `size` bytes of the file at `root/path`; none where it cannot be read."""
    if isinstance(root, Tree):
        return root.contents.get(path, b"")[:size]
    file = root / path
    try:
        if not file.is_file():
            return b""
        with file.open("rb") as opened:
            return opened.read(size)
    except OSError:
        return b""


def is_page(path: str) -> bool:
    """Whether the file at `path` is a page; `README.md` is what a git host shows for a folder."""
    return path.endswith(".md") and not path.endswith("/README.md")


def document(path: str, text: str) -> Document | Problem:
    """The file at `path` with its `text`, split; or why no page can be made of it."""
    found = split(path, text)
    return found if isinstance(found, Problem) else _body_problem(found) or found


def _body_problem(document: Document) -> Problem | None:
    """Why no page can be made of the body of `document`."""
    body = UNSEEN.sub("", document.body)
    if deep := _DEEP.search(f"\n{body}"):
        line = document.body_line + body.count("\n", 0, deep.start())
        message = f"lists and quotes are nested more than {MAX_BODY_NESTING} deep"
        return Problem(UNREADABLE_FILE, document.path, line, message, "Write it flatter")
    for what, amount, limit in _amounts(body):
        if amount > limit:
            message = f"the page has {what}"
            return Problem(UNREADABLE_FILE, document.path, 0, message, "Make several pages of it")
    return None


def _amounts(body: str) -> Iterator[tuple[str, int, int]]:
    """What makes work in `body`: in words, how much of it there is, and how much there may be."""
    yield f"more than {MAX_LINES:,} lines", body.count("\n") + 1, MAX_LINES
    if len(body) > MAX_MARKS:
        what = f"more than {MAX_MARKS:,} characters such as * and `, which mean something in Markdown"
        yield what, len(_MARK.findall(body)), MAX_MARKS
    if "*[" in body or "///" in body:
        yield f"more than {MAX_ABBREVIATIONS} abbreviations", _times(_ABBREVIATION, body), MAX_ABBREVIATIONS
        yield f"more than {MAX_BLOCKS} lines that begin with ///", _times(_BLOCK, body), MAX_BLOCKS
    yield f"more than {MAX_CONTENTS} tables of contents, [TOC]", body.count("[TOC]"), MAX_CONTENTS
    signs = sum(sum(map(each.count, "-*+>.)")) for each in _LEADING.findall(f"\n{body}"))
    yield f"more than {MAX_MARKERS:,} signs of lists and quotes", signs, MAX_MARKERS
    # A column takes four characters at least, and a row two: cells are at most a 32nd of the square.
    if "|" in body and len(body) ** 2 > 32 * MAX_CELLS:
        yield f"more than {MAX_CELLS:,} cells in tables", sum(_cells(body)), MAX_CELLS
    if body.count("[") + body.count("<") > MAX_SEARCHED // MAX_BYTES:
        searched = sum((part.count("[") + part.count("<")) * len(part) for part in body.split("\n\n"))
        yield "too many of the characters [ and < in one paragraph", searched, MAX_SEARCHED


def _times(beginning: re.Pattern[str], body: str) -> int:
    return len(beginning.findall(f"\n{body}"))


def _cells(body: str) -> Iterator[int]:
    """The number of cells of each table, or more."""
    for row in _DELIMITERS.finditer(body):
        end = body.find("\n\n", row.end())
        rows = body.count("\n", row.end(), end if end >= 0 else len(body)) + 1
        yield (row[0].count("|") + 1) * rows


def read_text(root: Root, path: str, most: int = MAX_BYTES) -> str | Problem:
    """The text of `root/path`, of `most` bytes, with plain line ends; or why it cannot be had."""

    def unreadable(message: str, hint: str, line: int = 0) -> Problem:
        return Problem(UNREADABLE_FILE, path, line, message, hint)

    data = _data(root, path, most, unreadable)
    if isinstance(data, Problem):
        return data
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if found := malformed.encoding(data):
            return unreadable(*found, 1)
        line = data.count(b"\n", 0, error.start) + 1
        return unreadable(
            f"byte {error.start} is not UTF-8 text", "Save the file with the encoding UTF-8", line
        )
    return plain_line_ends(text)


def _data(root: Root, path: str, most: int, unreadable: Callable[[str, str], Problem]) -> bytes | Problem:
    """What the file at `root/path` holds; or why that cannot be had."""
    too_large = f"the file is larger than {most // 1000} kB", "Keep pictures and data beside it"
    gone = "the file is not there", "Put it there"
    if isinstance(root, Tree):
        if path in root.links:
            return _link(path)
        if path in root.too_large:
            return unreadable(*too_large)
        return root.contents[path] if path in root.contents else unreadable(*gone)
    file = root / path
    try:
        if has_link(root, path):
            return _link(path)
        about = file.lstat()
        if not stat.S_ISREG(about.st_mode):
            return unreadable("this is not a file", "Rename it so that it does not end in .md")
        return unreadable(*too_large) if about.st_size > most else file.read_bytes()
    except FileNotFoundError:
        return unreadable(*gone)
    except ValueError:
        return unreadable("no file can have this name", "Correct it")
    except OSError as error:
        return unreadable(f"the file cannot be read ({error.strerror})", "Check its permissions")


def is_there(root: Root, path: str) -> bool:
    """Whether there is something at `root/path`."""
    if isinstance(root, Tree):
        return path in root.contents or path in root.links or path in root.too_large
    return os.path.lexists(root / path)


def plain_line_ends(text: str) -> str:
    """`text` with line feeds only, whatever system its line ends are of."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split(path: str, text: str) -> Document | Problem:
    """Front matter and body of `text`; a `Problem` where the front matter cannot be understood."""
    first, _, rest = text.partition("\n")
    if not _FENCE.fullmatch(first):
        return Document(path, None, 0, text, 1)
    closing = _CLOSING.search(rest)
    if closing is None:
        never = "the block that begins with --- is never closed"
        line, message, hint = malformed.ending(rest) or (
            -1,
            never,
            "Put a line with --- after its last field",
        )
        return Problem(INVALID_FRONT_MATTER, path, line + 2, message, hint)
    front = _without_references(path, rest[: closing.start()])
    if isinstance(front, Problem):
        return front
    body_line = 3 + rest.count("\n", 0, closing.start())
    body = rest[closing.end() :].removeprefix("\n")
    return Document(path, front, 1, body, body_line, rest[: closing.start()])


def compose(path: str, text: str, lines_before: int = 0) -> yaml.Node | Problem | None:
    """The YAML of `text` as nodes that know their lines; values stay as they were written.

    Nothing is constructed from the nodes here, so that `no`, `012` and `1:30` reach the schema as text.
    """
    try:
        if _too_deep(text):
            return Problem(
                INVALID_FRONT_MATTER,
                path,
                lines_before,
                f"lists and fields are nested more than {MAX_NESTING} deep",
                "Write it flatter",
            )
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return _yaml_problem(path, text, error, lines_before)


def _without_references(path: str, text: str) -> yaml.Node | Problem | None:
    """The front matter `text` as nodes, each of which stands in one place only.

    One line of references could otherwise stand for a million values.
    """
    front = compose(path, text, 1)
    if isinstance(front, yaml.Node) and "*" in text:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 2 if event.start_mark else 1
                return Problem(INVALID_FRONT_MATTER, path, line, *_REFERENCE)
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
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_NESTING:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _yaml_problem(path: str, text: str, error: yaml.YAMLError, lines_before: int) -> Problem:
    # What is never closed is noticed at the end of the file; the mistake is where it was opened.
    opened = str(getattr(error, "context", "")).startswith(
        ("while scanning a quoted", "while parsing a flow")
    )
    mark = getattr(error, "context_mark" if opened else "problem_mark", None)
    line = lines_before + mark.line + 1 if mark else lines_before or 1
    if slip := malformed.in_fields(text, mark.line if mark else None):
        at, message, hint = slip
        return Problem(INVALID_FRONT_MATTER, path, lines_before + at + 1, message, hint)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
    for words, (message, hint) in _PLAIN_WORDS.items():
        if words in said:
            return Problem(INVALID_FRONT_MATTER, path, line, message, hint)
    hint = "Write one 'name: value' a line, and put text with special characters in quotes"
    return Problem(INVALID_FRONT_MATTER, path, line, f"this cannot be understood ({said})", hint)
