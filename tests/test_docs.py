"""The README says what the program does: every option, check and command, in the program's own words."""

from pathlib import Path

import pytest

from rolebook import checks
from rolebook.cli import main
from rolebook.options import Options
from rolebook.schema.kinds import declarations

README = (Path(__file__).parents[1] / "README.md").read_text()


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.code)
def test_every_check_is_explained(rule: checks.Rule) -> None:
    assert f"| `{rule.code}` | {rule.severity.value} | {rule.reason} |" in README


@pytest.mark.parametrize("option", declarations(Options))
def test_every_option_is_explained(option: str) -> None:
    meaning = declarations(Options)[option].meaning
    (row,) = [line for line in README.splitlines() if line.startswith(f"| `{option}` |")]
    assert row.endswith(f"| {meaning[0].upper()}{meaning[1:]} |")


@pytest.mark.parametrize("command", main.commands)
def test_every_command_is_mentioned(command: str) -> None:
    assert f"rolebook {command}" in README
