"""What the guide says works in the handbook that `rolebook init` writes: its commands, files and fields."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from rolebook.cli import main
from rolebook.cli.starter import GUIDE
from rolebook.parse import person_file, role_file
from sites import SAMPLE

TASKS = ("index.md", "editing.md", "people.md", "handing-over.md", "deciding.md")
TEXTS = {page: (SAMPLE / "content/guide" / page).read_text(encoding="utf-8") for page in GUIDE}
_FENCE = re.compile(r"^( *)```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str, str]]:
    """The language, the title and the text of each block of a page."""
    return [
        (language, title, re.sub(rf"^{indent}", "", text, flags=re.MULTILINE))
        for indent, language, title, text in _FENCE.findall(TEXTS[page])
    ]


def commands(page: str) -> list[list[str]]:
    """The words of each `rolebook` command in the blocks of a page, and in its sentences."""
    told = [line for language, _, text in blocks(page) if language == "sh" for line in text.splitlines()]
    told += re.findall(r"`(rolebook (?:new|rename|split|hire) [^`]*\"[^`]*)`", TEXTS[page])
    told += re.findall(r"`(rolebook (?:assign|vacate|move|retire|leave) [^`]+)`", TEXTS[page])
    return [shlex.split(line)[1:] for line in told if line.startswith("rolebook")]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new handbook in which somebody wrote every file that the guide shows, page by page."""
    root = tmp_path_factory.mktemp("guide") / "book"
    CliRunner().invoke(main, ["init", str(root), "--yes", "--owner", "Ada Hill", "--no-guide"])
    for page in TASKS:
        for _, title, text in blocks(page):
            if title:
                (root / title).write_text(text, encoding="utf-8")
    return root


def test_files_that_the_guide_shows_are_right_in_a_new_handbook(
    handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [title for page in TASKS for _, title, _ in blocks(page) if title]
    assert titles == ["roles/gift-vouchers.md", "people/aoife.md", "roles/safety-committee.md"]
    monkeypatch.chdir(handbook)
    said = CliRunner().invoke(main, ["check"]).output
    assert [line for line in said.splitlines() if any(title in line for title in titles)] == []
    assert "warning" not in said


@pytest.mark.parametrize(
    ("page", "words"), [(page, words) for page in TASKS for words in commands(page)], ids=str
)
def test_commands_that_the_guide_shows_work_in_a_new_handbook(
    page: str, words: list[str], handbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "book"
    for path in handbook.rglob("*"):
        if path.is_file():
            (there / path.relative_to(handbook)).parent.mkdir(parents=True, exist_ok=True)
            (there / path.relative_to(handbook)).write_bytes(path.read_bytes())
    monkeypatch.chdir(there)
    if "gift-vouchers" in str(words).lower().replace(" ", "-"):
        (there / "roles/gift-vouchers.md").unlink()  # the same page shows how to write it by hand
    if "safety-committee" in str(words).lower().replace(" ", "-"):
        (there / "roles/safety-committee.md").unlink()
    if words[0] == "hire":
        (there / "people/aoife.md").unlink()
    if page != "index.md":
        CliRunner().invoke(main, ["new", "PPC management", "--parent", "marketing", "--hours", "10"])
    if words[:2] == ["vacate", "ppc-management"]:
        CliRunner().invoke(main, ["assign", "ppc-management", "aoife"])
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output


def test_fields_that_the_guide_shows_are_read() -> None:
    """A block of fields alone, without its file, is a part of a role's front matter, or of `mkdocs.yml`."""
    tried = 0
    for page in TASKS:
        for language, title, text in blocks(page):
            if language != "yaml" or title or text.startswith(("---", "plugins:")):
                continue
            tried += 1
            start = "title: A role\n" if "kind:" not in text else ""
            role = role_file("role.md", f"---\n{start}{text}---\n".encode())
            assert role is not None, text
            assert set(yaml.safe_load(text)) <= set(role.lines), text
    assert tried > 3


def test_an_example_of_a_person_is_one() -> None:
    (text,) = (text for _, title, text in blocks("people.md") if title.startswith("people/"))
    person = person_file("people/aoife.md", text.encode())
    assert person is not None
    assert (person.fields.name, person.fields.weekly_capacity) == ("Aoife Byrne", 12)


def test_every_page_of_the_guide_leads_to_its_others() -> None:
    first = TEXTS["index.md"]
    assert [page for page in GUIDE[1:] if f"]({page}" not in first] == []
