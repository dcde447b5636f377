"""The sample's site in a browser, built once for all tests; options; how long an example may take."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from browser import SCREENS, Reader, served, started
from pseudo import CODE, write_catalogue
from rolebook import language as languages
from rolebook.language import language
from sites import (
    build_site,
    compile_templates_once,
    copy_sample,
    find_what_is_installed_once,
    list_themes_once,
    pack_the_program_once,
)

# How long an example takes says more about the machine than about the program.
settings.register_profile("no-deadline", settings(), deadline=None)
settings.load_profile("no-deadline")


def pytest_configure(config: pytest.Config) -> None:
    """Begin again in UTF-8 mode where the locale knows ASCII only, as the command does.

    The tests write files with names in any script. `test_locales` tries the program in such a locale.
    """
    if sys.getfilesystemencoding() != "utf-8":
        config.pluginmanager.getplugin("capturemanager").stop_global_capturing()
        environment = {**os.environ, "PYTHONUTF8": "1"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless",
        action="store_true",
        help="write what the program says now into the golden files; review them with git diff",
    )
    parser.addoption("--long", action="store_true", help="as many examples as an hour allows, not a minute")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that need the browser come first; what needs other plugins is left out, unless it is asked for.

    They take the longest and share the most: where processes halve the list, one has them all, and the
    other, which is done earlier, takes short tests from the end.
    """
    if "neighbours" not in config.option.markexpr:
        others = [item for item in items if item.get_closest_marker("neighbours")]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
    browsing = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in browsing)


@pytest.fixture(scope="session", autouse=True)
def secret() -> None:
    """No test leaves a secret in the home of whoever runs it."""
    os.environ.setdefault("ROLEBOOK_CACHE_KEY", "tests")


@pytest.fixture(scope="session", autouse=True)
def templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is the same for all sites and handbooks is made once.

    Each template of the theme is compiled, each theme listed, the program packed, what is installed found.
    """
    pack_the_program_once()
    compile_templates_once(tmp_path_factory.mktemp("templates"))
    list_themes_once()
    find_what_is_installed_once()


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


@pytest.fixture(scope="session")
def made_up_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the catalogue of a language in which all letters of the program's texts have accents."""
    folder = tmp_path_factory.mktemp("made-up") / "locale"
    write_catalogue(languages.FOLDER / "rolebook.pot", folder)
    return folder


@pytest.fixture
def made_up(made_up_catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The code of that language, which the program can write in meanwhile."""
    monkeypatch.setattr(languages, "FOLDER", made_up_catalogue)
    language.cache_clear()
    yield CODE
    language.cache_clear()
