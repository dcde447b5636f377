"""Somebody who does to the letter what messages say, and nothing else."""

import re
from collections.abc import Callable

from rolebook.problems import Problem

Lines = list[str]
_Act = Callable[[Lines, int, re.Match[str]], None]


def _write(lines: Lines, at: int, found: re.Match[str]) -> None:
    indent = re.match(" *", lines[at])
    assert indent
    lines[at] = f"{indent[0]}{found[1]}"


def _rename(lines: Lines, at: int, found: re.Match[str]) -> None:
    name, colon, value = lines[at].partition(":")
    lines[at] = f"{name.replace(name.strip(' -'), found[1])}{colon}{value}"


def _move_below(lines: Lines, at: int, found: re.Match[str]) -> None:
    lines[at] = f"  {found[1].strip()}"
    lines.insert(at, f"{found[2]}:")


def _indent(lines: Lines, at: int, found: re.Match[str]) -> None:
    lines[at] = f"{' ' * int(found[1])}{lines[at]}"


def _indent_as(lines: Lines, at: int, found: re.Match[str]) -> None:
    lines[at] = f"{' ' * int(found[1])}{lines[at].lstrip()}"


def _outdent_all(lines: Lines, at: int, found: re.Match[str]) -> None:
    for each in range(at, at + int(found[1])):
        lines[each] = lines[each].removeprefix(" " * int(found[2]))


def _open_group(lines: Lines, at: int, found: re.Match[str]) -> None:
    lines[at] = f"  {lines[at]}"
    lines.insert(at, f"{found[1]}:")


def _in_quotes(lines: Lines, at: int, found: re.Match[str]) -> None:
    name, _, value = lines[at].partition(": ")
    lines[at] = f'{name}: "{value}"'


def _value(lines: Lines, at: int, found: re.Match[str]) -> None:
    lines[at] = f"{lines[at].partition(':')[0]}: {found[1]}"


def _entries(lines: Lines, at: int, found: re.Match[str]) -> None:
    name, colon, text = lines[at].partition(": ")
    if colon:
        lines[at : at + 1] = [f"{name}:", text]
        at += 1
    while at < len(lines) and not lines[at].startswith("---"):
        entry = re.sub(r"^\s*(?:[^\w\s]|\d+[.)])\s*", "", lines[at])
        lines[at] = f"  - {entry}"
        at += 1


def _to_the_body(lines: Lines, at: int, found: re.Match[str]) -> None:
    fences = [each for each, line in enumerate(lines) if line == "---"]
    lines.insert(fences[1] + 1, lines[at])
    del lines[at]


def _write_at(lines: Lines, at: int, found: re.Match[str]) -> None:
    lines[int(found[2]) - 1] = found[1]
    del lines[at]


def _write_above(lines: Lines, at: int, found: re.Match[str]) -> None:
    _write(lines, at - 1, found)


def _retype(lines: Lines, at: int, found: re.Match[str]) -> None:
    lines[at] = lines[at].replace("\u00a0", " ")


_ACTS: tuple[tuple[str, _Act], ...] = (
    (r"Write '(.*)' on line (\d+) instead", _write_at),
    (r"Write '(.*)' on a line below '(.*):'", _move_below),
    (r"Write '(.*)' there", _write_above),
    (r"(?:no field|palette has no) '.*Write '(\w+)'$", _rename),
    (r"Write '(.*)'$", _write),
    (r"Write ((?:- |\w+: ).*)$", _write),
    (r"Begin it with (\d+) spaces if", _indent),
    (r"Begin this line with (\d+) spaces?", _indent_as),
    (r"belongs to '\w+': begin its line with (\d+) spaces", _indent),
    (r"belongs to '(\w+)': write", _open_group),
    (r"the first (\d+) lines begin with .*Remove (\d+) spaces", _outdent_all),
    (r"[Pp]ut it in quotes", _in_quotes),
    (r", here ([\d.]+)", _value),
    (r"Write (\{min: .*\})$", _value),
    (r"Write each on a line of its own|Begin each with '- '", _entries),
    (r"Move it below the second line ---", _to_the_body),
    (r"Type the line again", _retype),
)


def follow(text: str, problem: Problem) -> str:
    """Do in `text` what `problem` says."""
    lines, said = text.split("\n"), f"{problem.message}. {problem.hint}"
    for form, act in _ACTS:
        if found := re.search(form, said):
            act(lines, problem.line - 1, found)
            return "\n".join(lines)
    raise AssertionError(f"nobody can follow this: {said}")
