"""The suite itself: every file of tests is run."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def test_every_file_of_tests_is_collected(request: pytest.FixtureRequest) -> None:
    left_out = [
        path.relative_to(TESTS).as_posix()
        for path in sorted(TESTS.rglob("test_*.py"))
        if any(
            request.config.hook.pytest_ignore_collect(collection_path=each, path=None, config=request.config)
            for each in (path, *path.parents[: len(path.relative_to(TESTS).parts)])
        )
    ]
    assert left_out == []
