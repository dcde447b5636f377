"""Fields and options that the guide and the README show can be copied as they are printed."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from rolebook import checks, problems
from rolebook.options import as_node, parse_options
from rolebook.parse import parse
from rolebook.schema.declarations import declarations, shown_name
from rolebook.schema.records import BusinessModelFields, PersonFields, RoleFields

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted(ROOT.glob("content/**/*.md")))
_FENCED = re.compile(r"^( *)```(?:yaml|markdown)[^\n]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
NAMES = {
    record: {shown_name(name) for name in declarations(record)}
    for record in (RoleFields, PersonFields, BusinessModelFields)
}


def front_matter(text: str) -> str:
    """The fields of a block that shows a whole file, or fields alone."""
    return text.split("---\n")[1] if text.startswith("---\n") else text


def blocks() -> Iterator[tuple[str, str]]:
    """Each block of YAML, or of front matter, with its place."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in _FENCED.finditer(text):
            line = text.count("\n", 0, block.start()) + 1
            yield f"{page.relative_to(ROOT).as_posix()}:{line}", front_matter(dedent(block[2]))


def shown() -> list[tuple[str, type, str]]:
    """Each block with fields of the handbook's files: its place, the kind of file, and the fields."""
    found = []
    for place, fields in blocks():
        node = yaml.safe_load(fields)
        names = {*node} if isinstance(node, dict) else set()
        most = max(NAMES, key=lambda record: len(names & NAMES[record]))
        if names & NAMES[most]:
            found.append((place, most, fields))
    return found


def options() -> list[tuple[str, Any]]:
    """The options of each block that shows some."""
    nodes = ((place, yaml.safe_load(text)) for place, text in blocks() if "rolebook:" in text)
    return [
        (place, each["rolebook"])
        for place, node in nodes
        if isinstance(node, dict)
        for each in node.get("plugins", ())
        if isinstance(each, dict) and "rolebook" in each
    ]


@pytest.mark.parametrize(("place", "record", "fields"), shown(), ids=lambda value: str(value)[:40])
def test_fields_that_are_shown_are_right(place: str, record: type, fields: str) -> None:
    _, found = parse(place, f"---\n{fields}---\n", record)
    assert problems.as_text(found) == ""


@pytest.mark.parametrize(("place", "written"), options(), ids=lambda value: str(value)[:40])
def test_options_that_are_shown_are_right(place: str, written: Any) -> None:
    _, found = parse_options(as_node(written), place, checks.CODES)
    assert problems.as_text(found) == ""


def test_fields_of_roles_and_of_people_are_shown() -> None:
    kinds = [record for _, record, _ in shown()]
    assert kinds.count(RoleFields) > 5 and PersonFields in kinds
    assert len(options()) > 4
