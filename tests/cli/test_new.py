"""What `rolebook new` writes, and when it refuses to."""

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from projects import opened, reported, write
from rolebook.analysis.readiness import has_procedure
from rolebook.cli import main
from rolebook.library.role import library_role

New = Callable[..., Result]


@pytest.fixture
def new(tmp_path: Path) -> New:
    write(
        tmp_path,
        {
            "roles/owner.md": "---\ntitle: Owner\nowner: Ada\n---\n",
            "roles/marketing/marketing.md": "---\ntitle: Marketing\nparent: owner\n---\n",
            "people/ada.md": "---\nname: Ada King\n---\n",
        },
    )
    return lambda *words, root=tmp_path: invoke(root, *words)


def invoke(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["new", "-f", str(root / "mkdocs.yml"), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def pack(root: Path, folder: str) -> str:
    """The pack of the new role, as text."""
    words = ["pack", "ppc-management", "--to", str(root / folder), "--format", "md"]
    result = CliRunner().invoke(main, [*words, "--config-file", str(root / "mkdocs.yml")])
    assert result.exit_code in (0, 1), result.output
    (file,) = (root / folder).iterdir()
    return file.read_text(encoding="utf-8")


def test_the_file_stands_beside_that_of_the_role_above(new: New, tmp_path: Path) -> None:
    result = new("PPC  management", "--parent", "Marketing", "--owner", "ada", "--hours", "7.5")
    assert (result.exit_code, result.output) == (0, "roles/marketing/ppc-management.md written.\n")
    text = (tmp_path / "roles/marketing/ppc-management.md").read_text(encoding="utf-8")
    assert text.startswith(
        "---\n"
        "title: PPC management\n"
        "parent: marketing\n"
        "owner: ada\n"
        "weekly_hours: 7.5\n"
        "deliverable:  # the result, with a number and how often, such as 20 orders packed a day\n"
        "---\n\n## Responsibilities\n\n<!-- What"
    )
    sections = ["## Responsibilities", "## Procedure", "## Done when"]
    assert [line for line in text.split("\n") if line.startswith("## ")] == sections
    role = opened(tmp_path).organisation.roles["ppc-management"]
    assert not has_procedure(role)
    composed = pack(tmp_path, "empty")
    assert not any(heading.removeprefix("## ") in composed for heading in sections)
    (tmp_path / "roles/marketing/ppc-management.md").write_text(
        text.replace("<!-- What the holder does", "Bid. <!-- What the holder does"), encoding="utf-8"
    )
    composed = pack(tmp_path, "filled")
    assert "Bid." in composed and "Done when" not in composed
    assert role.owner is not None and role.owner.name == "Ada King"


def test_an_id_names_its_role_though_another_has_the_same_title(new: New, tmp_path: Path) -> None:
    write(tmp_path, {"roles/deputy.md": "---\ntitle: Marketing\nparent: owner\n---\n"})
    assert new("SEO", "--parent", "marketing").exit_code == 0
    assert opened(tmp_path).organisation.roles["seo"].fields.parent == "marketing"


def test_the_first_role_reports_to_nobody(tmp_path: Path) -> None:
    write(tmp_path, {})
    assert invoke(tmp_path, "Owner").exit_code == 0
    assert reported(tmp_path) == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["Sales"], "Which role does it report to? Add, say, --parent owner."),
        (["Sales", "--parent", "marketin"], "There is no role 'marketin'. Did you mean 'marketing'?"),
        (["Sales", "--parent", "market"], "There is no role 'market'. Did you mean 'marketing'?"),
        (["Sales", "--parent", "zzz"], "There is no role 'zzz'. Write the name of its file without .md, or"),
        (["Sales", "--parent", "owner", "--owner", "Kin"], "There is no person 'Kin'. Did you mean 'ada'?"),
        (["Sales", "--parent", "owner", "--owner", "Adda"], "There is no person 'Adda'. Did you mean 'ada'?"),
        (["Owner", "--parent", "owner"], "There is a role 'owner' already: roles/owner.md."),
        (["OWNER", "--parent", "owner"], "There is a role 'owner' already: roles/owner.md."),
        (["Index", "--parent", "owner"], "'index.md' is reserved."),
        (["!!", "--parent", "owner"], "'' cannot be the name of a role's file."),
        (["x", "--id", "../x", "--parent", "owner"], "'../x' cannot be the name of a role's file."),
        (["  ", "--parent", "owner"], "Give the role a title."),
    ],
)
def test_what_cannot_be_is_refused(words: list[str], why: str, new: New, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    result = new(*words)
    assert result.exit_code == 2
    assert result.output.startswith(why)
    assert result.output.endswith("Nothing was written.\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_team_begins_with_the_sections_of_a_team(new: New, tmp_path: Path) -> None:
    assert new("Committee", "--team", "--parent", "owner").exit_code == 0
    text = (tmp_path / "roles/committee.md").read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if line.startswith("## ")] == [
        "## Purpose",
        "## Responsibilities",
    ]


def test_a_role_begins_like_one_of_the_library(new: New, tmp_path: Path) -> None:
    result = new("--like", "E-Zine")
    assert (result.exit_code, result.output) == (
        0,
        "roles/marketing/e-zine.md written.\n"
        "What you did not give comes from the library: adapt it to your business.\n",
    )
    known = library_role("e-zine")
    assert known and (tmp_path / "roles/marketing/e-zine.md").read_text(encoding="utf-8") == known.text
    assert opened(tmp_path).organisation.roles["e-zine"].vacant


def test_a_second_role_like_one_of_the_library_is_asked_about(new: New) -> None:
    assert "already" not in new("--like", "e-zine").stdout
    said = new("Newsletter", "--like", "e-zine").stdout
    assert said.endswith("The handbook has 'E-zine' already: is the work of both the same?\n")


def test_what_is_given_takes_the_place_of_the_library(new: New, tmp_path: Path) -> None:
    words = ["--parent", "owner", "--owner", "ada", "--hours", "2.5", "--deliverable", "Ten orders a week"]
    assert new("Search: ads", "--like", "paid search", *words).exit_code == 0
    text = (tmp_path / "roles/search-ads.md").read_text(encoding="utf-8")
    assert text.startswith(
        '---\ntitle: "Search: ads"\nparent: owner\nowner: ada\nweekly_hours: 2.5\npurpose: Buy visits from'
    )
    assert "\ndeliverable: Ten orders a week\nskills:\n" in text
    role = opened(tmp_path).organisation.roles["search-ads"]
    assert role.fields.trial_task and has_procedure(role)


def test_a_role_of_the_library_can_have_another_id(new: New, tmp_path: Path) -> None:
    assert new("--like", "e-zine", "--id", "letter").exit_code == 0
    assert opened(tmp_path).organisation.roles["letter"].title == "E-zine"


def test_the_first_role_can_be_one_of_the_library(tmp_path: Path) -> None:
    write(tmp_path, {})
    assert invoke(tmp_path, "--like", "shipping").exit_code == 0
    text = (tmp_path / "roles/shipping.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: Shipping\nweekly_hours:")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--like", "shipping"], "Which role does it report to? Add, say, --parent owner."),
        (["--like", "ppc"], "There is no role 'ppc' in the library. It has paid-search."),
        (
            ["--like", "paid-serch"],
            "There is no role 'paid-serch' in the library. Did you mean 'paid-search'?",
        ),
        (["--like", "xyz"], "There is no role 'xyz' in the library. To list them: rolebook library"),
        (["X", "--like", "e-zine", "--team"], "The library has roles and no teams."),
        (["--like", "e-zine", "--member", "ada"], "A role has no member."),
        (["Marketing", "--like", "e-zine"], "There is a role 'marketing' already"),
        ([], "Give the role a title."),
    ],
)
def test_what_cannot_be_taken_from_the_library_is_refused(
    words: list[str], why: str, new: New, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    result = new(*words)
    assert result.exit_code == 2
    assert result.output.startswith(why)
    assert result.output.endswith("Nothing was written.\n")
    assert sorted(tmp_path.rglob("*")) == before


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


@given(title=st.text(st.characters(exclude_categories=["Cs"]), max_size=30), name=st.text(max_size=10))
def test_any_title_and_name_stay_text(
    tmp_path_factory: pytest.TempPathFactory, title: str, name: str
) -> None:
    root = write(tmp_path_factory.mktemp("x"), {})
    result = invoke(root, "--owner", name, "--id", "first", "--", title)
    if title.split():
        assert result.exit_code == 0
        role = opened(root).organisation.roles["first"]
        assert " ".join(role.title.split()) == composed(title)
        assert role.fields.owner == composed(name)


def test_the_file_is_opened_when_asked(new: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "$1" > "$(dirname "$0")/opened"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setitem(os.environ, "EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert new("Sales", "--parent", "owner", "--edit").exit_code == 0
    assert (tmp_path / "opened").read_text(encoding="utf-8").strip() == str(tmp_path / "roles/sales.md")
