"""What a prose linter finds in the texts that people read: clichés, doubled words, hedges, misspellings."""

import re
from pathlib import Path

import pytest
from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

ROOT = Path(__file__).parents[2]
LIBRARY = tuple(sorted((ROOT / "plugin/rolebook/library").rglob("*.md")))
TEXTS = (
    *sorted(ROOT.glob("*.md")),
    *(file for folder in ("content", "roles", "people") for file in sorted((ROOT / folder).rglob("*.md"))),
    *LIBRARY,
    *sorted((ROOT / "tests/golden").glob("site/*/*.txt")),
)
"""Hand-written pages, files of the library, and every generated page and document as text."""
LEFT_OUT = ("typography", "spelling.consistency", "lexical_illusions", "annotations")
"""Signs that MkDocs sets, names of settings, headings that a list repeats, and a vacancy to do."""
_NO_PROSE = re.compile(r"\A---\n.*?^---$|^ *```.*?^ *```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def found(text: str) -> list[str]:
    """What the linter finds in the prose of `text`: no front matter, code or commands."""
    if not CheckRegistry().checks:
        CheckRegistry().register_many(__register__)
    prose = _NO_PROSE.sub(lambda code: "x" + "\n" * code[0].count("\n"), text)
    results = LintFile("text", prose).lint()
    return [
        f"line {each.pos[0]}: {each.check_result.message}"
        for each in results
        if not each.check_result.check_path.startswith(LEFT_OUT)
    ]


def test_the_linter_finds_what_it_is_there_for() -> None:
    assert len(found("At the end of the day, this is a very unique role.\n")) > 1
    assert found("Write `at the end of the day`.\n") == []


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_texts_read_well(file: Path) -> None:
    assert found(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", LIBRARY, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_fields_of_the_library_read_well(file: Path) -> None:
    front = file.read_text(encoding="utf-8").split("---\n")[1]
    assert found(re.sub(r"^ *(?:- )?\w+: (?:>-)?", "", front, flags=re.MULTILINE)) == []
