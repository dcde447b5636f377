"""A business lives for sixty commits: what `rolebook diff` says after each of them is in golden/life.txt."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from life import DAY_ONE, STEPS, live
from repositories import commit
from rolebook.cli import main

GOLDEN = Path(__file__).parents[1] / "golden/life.txt"
NOON = "1796126400"  # 2026-12-01 12:00 UTC


def test_what_is_said_of_each_of_sixty_commits(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    before = commit(tmp_path, DAY_ONE)
    reported = []
    for number, (words, edits) in enumerate(STEPS, 1):
        live(tmp_path, edits)
        after = commit(tmp_path, {})
        result = CliRunner().invoke(main, ["diff", f"{before}..{after}", "-f", str(tmp_path / "mkdocs.yml")])
        assert result.exit_code == 0, result.output
        _, said = result.output.split("\n", 1)  # after the line with the commits
        reported.append(f"=== {number}. {words}\n{said}")
        before = after
    text = "\n".join(reported)
    if request.config.getoption("bless") and not os.environ.get("CI"):
        GOLDEN.write_text(text, encoding="utf-8", newline="\n")
    assert text == GOLDEN.read_text(encoding="utf-8")
