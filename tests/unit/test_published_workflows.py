"""Workflows that publish the internal edition are found around the handbook, and no farther."""

from pathlib import Path

import pytest

from projects import write
from rolebook import workflows

PUBLISHING = "jobs: {a: {steps: [{run: mkdocs build}, {uses: actions/deploy-pages@v4}]}}\n"


def found(root: Path) -> list[str]:
    return [problem.path for problem in workflows.problems(root)]


@pytest.mark.parametrize("deep", range(8))
def test_a_handbook_may_be_in_a_folder_of_its_repository(deep: int, tmp_path: Path) -> None:
    write(tmp_path, {".github/workflows/pages.yml": PUBLISHING, ".git/HEAD": ""})
    root = tmp_path.joinpath(*"abcdefgh"[:deep])
    root.mkdir(parents=True, exist_ok=True)
    assert found(root) == ([f"{'../' * deep}.github/workflows/pages.yml"] if deep < 6 else [])


def test_another_repository_around_it_is_not_looked_at(tmp_path: Path) -> None:
    write(tmp_path, {".github/workflows/pages.yml": PUBLISHING, ".git/HEAD": "", "inner/.git/HEAD": ""})
    write(tmp_path, {"inner/.github/workflows/own.yml": PUBLISHING})
    assert found(tmp_path / "inner") == [".github/workflows/own.yml"]


def test_only_workflows_are_read(tmp_path: Path) -> None:
    write(tmp_path, {".github/workflows/note.txt": PUBLISHING, ".github/pages.yml": PUBLISHING})
    write(tmp_path, {".github/workflows/pages.yaml": PUBLISHING})
    assert found(tmp_path) == [".github/workflows/pages.yaml"]
