"""What `rolebook check` says is in the language of the handbook: tried in one that nobody speaks."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from click.testing import CliRunner

import rolebook
from check_goldens import GOLDENS, read
from projects import MKDOCS_YML, reported, write
from pseudo import CODE, write_catalogue
from rolebook import language as languages
from rolebook import site_config
from rolebook.cli import main
from rolebook.language import current, language, written_in
from rolebook.options import Options
from rolebook.project import Project
from rolebook.schema.declarations import declarations, shown_name
from rolebook.schema.records import BusinessModelFields, PersonFields, RoleFields

TEMPLATE = Path(rolebook.__file__).parent / "locale" / "rolebook.pot"
_WORD = re.compile(r"[A-Za-z]{3,}")
_KEPT = (
    *("kaj", "Esperanto", "EUR", "JPG", "CSV", "PNG", "git init -b main", "class: risk", "material/library"),
    *("INHERIT: base.yml", "Purpose", "repo_url", "https:", "{'role': 'shipping'}", "google", "separator"),
    "!ENV [NAME, value]",
)
"""Words of the language that lends its lists; formats, commands, and examples as files have them."""
_IN_ENGLISH = {
    "wrong-settings",  # MkDocs itself says these.
    "wrong-settings-of-another-theme",
    "own-checks",  # What Python says is repeated.
    "hostile-text",  # Its words are turned round.
    "broken-template",  # Not translated yet.
}
"""Golden files with words of other programs."""


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Has the language beside English."""
    folder = tmp_path_factory.mktemp("pseudo") / "locale"
    write_catalogue(TEMPLATE, folder)
    shutil.copy(TEMPLATE, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "FOLDER", folder)
        language.cache_clear()
        yield
    language.cache_clear()


def _names(record: type) -> Iterator[str]:
    """What fields of a record are called in files, on all levels, and the words that they may have."""
    for name, each in declarations(record).items():
        yield shown_name(name)
        yield from _words_of(each.kind)


def _words_of(kind: Any) -> Iterator[str]:
    yield from getattr(kind, "words", ())
    for name in ("kind", "plain", "group", "number"):
        yield from _words_of(getattr(kind, name)) if hasattr(kind, name) else ()
    record = getattr(kind, "record", None)
    if isinstance(record, type) and is_dataclass(record):
        yield from _names(record)


@pytest.fixture(scope="module")
def not_ours() -> set[str]:
    """Words that a message may repeat: those of fields and options, of files, and of the language's dates."""
    names = {
        name for record in (RoleFields, PersonFields, BusinessModelFields, Options) for name in _names(record)
    }
    months = {name for width in Locale(CODE).months["format"].values() for name in width.values()}
    return {word for text in (*names, *months, *_KEPT) for word in _WORD.findall(text)}


@pytest.mark.parametrize(
    "file", [each for each in GOLDENS if each.stem not in _IN_ENGLISH], ids=lambda file: file.stem
)
def test_no_message_has_an_english_word_of_the_program(
    file: Path, tmp_path: Path, pseudo: None, not_ours: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    golden = read(file)
    monkeypatch.setattr(Project, "language_of_messages", property(lambda _: language(CODE)))
    monkeypatch.setattr(site_config, "_language_of", lambda _: language(CODE))
    with written_in(language(CODE)):
        said = reported(write(tmp_path, golden.files))
    left = set(_WORD.findall(re.sub(r"\[[a-z-]+\]$", "", said, flags=re.MULTILINE)))
    left -= not_ours | set(_WORD.findall(golden.before_problems))
    assert left == set()


def test_the_command_speaks_the_language_of_the_handbook(
    tmp_path: Path, pseudo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = MKDOCS_YML.replace("rolebook:\n", f"rolebook:\n      language: {CODE}\n")
    role = "---\ntitle: Shop\nweekly_huors: ten\nstatus: opne\nrate: lots\n---\n"
    monkeypatch.chdir(write(tmp_path, {"mkdocs.yml": settings, "roles/shop.md": role}))
    text = CliRunner().invoke(main, ["check"]).output
    data = json.loads(CliRunner().invoke(main, ["check", "--format", "json"]).output)
    assert set(_WORD.findall(text)) <= {
        *("roles", "shop", "weekly", "hours", "huors", "status", "opne", "rate", "lots"),
        *("unknown", "field", "wrong", "value", "planned", "open", "filled", "paused", "retired"),
    }
    assert {each["code"] for each in data} == {"unknown-field", "wrong-value"}
    assert {each["severity"] for each in data} == {"error"}
    assert all(each["message"] in text for each in data)
    assert current().code == "en"


def test_settings_that_cannot_be_used_are_reported_in_the_language_of_the_handbook(
    tmp_path: Path, pseudo: None
) -> None:
    settings = MKDOCS_YML.replace("rolebook:\n", f"rolebook:\n      language: {CODE}\n      fuonders: Ada\n")
    said = reported(write(tmp_path, {"mkdocs.yml": settings}))
    assert set(_WORD.findall(said)) <= {
        *("error", "mkdocs", "yml", "rolebook", "fuonders", "founders", "unknown", "field")
    }
