"""The guide says what the program does, in the program's own words, and the README leads to it."""

import os
from pathlib import Path

import pytest

from guide_reference import pages
from rolebook.cli import main
from rolebook.library.kind import kinds

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "content" / "guide"


@pytest.mark.parametrize("name", pages())
def test_reference_is_up_to_date(name: str, request: pytest.FixtureRequest) -> None:
    """With --bless (`make docs`) the page is written."""
    now = pages()[name]
    if request.config.getoption("bless") and not os.environ.get("CI"):
        (GUIDE / name).write_text(now, encoding="utf-8")
    assert (GUIDE / name).read_text(encoding="utf-8") == now, "run `make docs`"


@pytest.mark.parametrize("command", main.commands)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"rolebook {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", main.commands)
def test_every_command_gives_examples_and_exit_codes(command: str) -> None:
    reported = main.commands[command].help or ""
    assert f"  rolebook {command}" in reported
    assert "Exit code" in reported


def test_the_guide_lists_the_kinds_of_business() -> None:
    guide = (GUIDE / "index.md").read_text(encoding="utf-8")
    rows = [
        f"| `{each}` | {known.summary[0].upper()}{known.summary[1:]} |" for each, known in kinds().items()
    ]
    assert "\n".join(["| Kind | For |", "| --- | --- |", *rows, "\n"]) in guide
