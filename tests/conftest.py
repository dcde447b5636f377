"""The option that rewrites golden files, and how long a generated example may take."""

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the program.
settings.register_profile("no-deadline", settings(), deadline=None)
settings.load_profile("no-deadline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless",
        action="store_true",
        help="write what the program says now into the golden files; review them with git diff",
    )
