"""Finds texts that people read and that are not looked up in the catalogue."""

import ast
import re
from collections.abc import Container, Iterator
from pathlib import Path

import jinja2

CALLS = {
    name + ending for name in ("gettext", "ngettext", "pgettext", "npgettext") for ending in ("", "_html")
} | {"_", "N_", "forms_of", "Why"}
"""What looks a text up, or marks one that is looked up elsewhere."""
HOW_IT_IS_TYPED = {"UsageError", "BadParameter", "fail"}
"""Raises what click says of a command that cannot be understood: in English, as is `--help`."""
_COMMAND = re.compile(
    r"(?:rolebook|mkdocs) [a-z]+(?: (?:[A-Z]+|--[a-z-]+))*[ \"]*|pip install [\w ]+|git [a-z]+ .*"
)
"""What is typed is the same in every language."""
_IN_ENGLISH = {"Rule", "check", "declared"}
"""What declares texts for the guide, which is in English only: reasons of checks, meanings of fields."""
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?|[^<>]*\">")
_SHOWN = re.compile(r'\b(?:aria-label|placeholder|alt|title|data-columns?)="([^"]*)"')
_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDS = re.compile(r"[^\W\d_]+[,;:]? [^\W\d_]+|^\W*[A-Z][a-z]+\b(?![\w./-])")
_PART = re.compile(r"(?:^|\s)[^\W\d_]{2,}[.,;:]?(?:\s|$)")


def in_template(source: str, environment: jinja2.Environment) -> Iterator[str]:
    """Words of a template outside of `{% trans %}` and `_()`, and its other texts in quotes."""
    tokens = [(kind, value) for _, kind, value in environment.lex(source) if kind != "whitespace"]
    page, is_looked_up = "", False
    for at, (kind, value) in enumerate(tokens):
        if kind == "block_begin" and tokens[at + 1][1] in ("trans", "endtrans"):
            is_looked_up = tokens[at + 1][1] == "trans"
        elif kind == "string" and not _is_argument(tokens, at):
            yield value[1:-1]
        elif is_looked_up:
            continue
        elif kind == "variable_begin":
            page += "\0"
        elif kind == "data":
            page += value
    yield from (text for text in _SHOWN.findall(page) if _WORD.search(text))
    without_names = re.sub(r"^(?:title|description|tags|hide): *", "", page, flags=re.MULTILINE)
    text = re.sub(r"<(?:[^<>\"]|\"[^\"]*\")*>", "", without_names)
    yield from (line.strip("\0 ") for line in text.splitlines() if _WORD.search(line))


def _is_argument(tokens: list[tuple[str, str]], at: int) -> bool:
    """Whether the text at `at` is looked up."""
    before = [value for _, value in tokens[at - 4 : at]]
    is_first = before[-1:] == ["("] and before[-2] in CALLS
    return is_first or (before[-1:] == [","] and before[0] in ("pgettext", "npgettext", "forms_of"))


def in_module(code: str, no_texts: Container[str] = ()) -> Iterator[tuple[int, str]]:
    """Lines with a text in quotes that looks as if people were to read it, and the text.

    What is assigned to a name in `no_texts` is none.
    """
    tree = ast.parse(code)
    left_out = set(_left_out(tree, no_texts))
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
            has_blank = any(" " in part for part in parts)
            for part in node.values:
                left_out.add(id(part))
                if has_blank and isinstance(part, ast.Constant) and _is_part(str(part.value)):
                    yield node.lineno, str(part.value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _reads(node.value):
            yield node.lineno, node.value


def looked_up(code: str) -> Iterator[str]:
    """The first text of each call that looks one up; the context comes before it."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                place = 1 if "pgettext" in name else 0
                if len(node.args) > place and isinstance(text := node.args[place], ast.Constant):
                    yield text.value


def _is_part(text: str) -> bool:
    return bool(_PART.search(_TAG.sub("", text))) and not _COMMAND.fullmatch(text)


def _reads(text: str) -> bool:
    if all(word.startswith("rb-") for word in text.split()) or _COMMAND.fullmatch(text):
        return False
    return bool(_WORDS.search(_TAG.sub("", text)) or any(map(_WORD.search, _SHOWN.findall(text))))


def _left_out(tree: ast.AST, no_texts: Container[str]) -> Iterator[int]:
    """What is no text: docstrings, types, help, and what is looked up."""
    help_texts = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield id(node.value)
            case ast.Call(func=ast.Name(id=name)) if name in CALLS or name == "TypeVar":
                yield from map(id, node.args)
            case ast.Call(func=ast.Attribute(attr=name)) if name in HOW_IT_IS_TYPED:
                yield from map(id, ast.walk(node))
            case ast.keyword(arg="help"):
                yield from map(id, ast.walk(node.value))
            case ast.Call(func=ast.Name(id=name)) if name in _IN_ENGLISH:
                for each in (*node.args, *(keyword.value for keyword in node.keywords)):
                    # Texts within another call, or in a mapping, are no such declaration.
                    if isinstance(each, ast.Constant | ast.JoinedStr):
                        yield from map(id, ast.walk(each))
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if (
                name in no_texts or name in help_texts
            ):
                yield from map(id, ast.walk(node))
        types = (getattr(node, name, None) for name in ("annotation", "returns"))
        yield from (id(part) for each in types if isinstance(each, ast.AST) for part in ast.walk(each))


def modules(package: Path, rooms: tuple[str, ...]) -> list[Path]:
    """The modules of some rooms, or of parts of them such as `views/cards`."""
    places = [package / room for room in rooms]
    return [
        file
        for place in places
        for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")])
    ]
