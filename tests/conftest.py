"""The sample's site in a browser, built once for all tests; options; how long an example may take."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from browser import SCREENS, Reader, served, started
from sites import build_site, copy_sample

# How long an example takes says more about the machine than about the program.
settings.register_profile("no-deadline", settings(), deadline=None)
settings.load_profile("no-deadline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless",
        action="store_true",
        help="write what the program says now into the golden files; review them with git diff",
    )
    parser.addoption("--long", action="store_true", help="as many examples as an hour allows, not a minute")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample's site."""
    root = copy_sample(tmp_path_factory.mktemp("sample") / "handbook")
    with served(root / "site") as address:
        # Material navigates instantly only where it knows the site's address.
        build_site(root, strict=True, site_url=address)
        yield address


@pytest.fixture
def reader(browser: Browser, base: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Reads in the light on a laptop, or on the screen that a test names."""
    reader = Reader(browser, base, **SCREENS[getattr(request, "param", "light")])
    yield reader
    assert reader.complaints == []
    reader.close()


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether there is time for many more inputs."""
    return bool(request.config.getoption("long"))
