"""What `rolebook init` makes of a folder: a handbook without a problem, and never over what is there."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import opened, told
from rolebook.cli import main
from rolebook.cli.starter import GUIDE
from rolebook.problems import printable
from sites import SAMPLE, build_site, dead_links, outside_addresses


def init(folder: Path, *words: str, answers: str = "") -> Result:
    result = CliRunner().invoke(main, ["init", str(folder), *words], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_new_handbook_has_no_problems_and_builds(tmp_path: Path) -> None:
    root = tmp_path / "our handbook"
    result = init(root, "--yes", "--host", "github")
    assert result.exit_code == 0
    assert told(root) == ""
    site, lines = build_site(root, strict=True)
    assert [line for line in lines if not line.startswith("INFO")] == []
    assert list(dead_links(site)) == []
    assert outside_addresses(site) == set()


def test_three_questions_are_asked(tmp_path: Path) -> None:
    result = init(tmp_path / "new", answers="Brot & Salz\nInês Carvalho\ngitlab\n")
    assert result.exit_code == 0
    assert result.output.count("]: ") == 3
    handbook = opened(tmp_path / "new")
    assert handbook.project.name == "Brot & Salz"
    assert [(each.id, each.name) for each in handbook.organisation.people.values()] == [
        ("inês-carvalho", "Inês Carvalho")
    ]
    assert (tmp_path / "new/.gitlab-ci.yml").is_file()
    assert not (tmp_path / "new/.github").exists()
    assert "# Brot &#38; Salz" in (tmp_path / "new/content/index.md").read_text()


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/index.md").write_text("# Mine\n")
    result = init(tmp_path, "--yes")
    assert result.exit_code == 0
    assert "README.md was there already and is as it was." in result.output
    assert (tmp_path / "README.md").read_text() == "mine"
    assert (tmp_path / "content/index.md").read_text() == "# Mine\n"
    assert told(tmp_path) == ""


@pytest.mark.parametrize("there", ["mkdocs.yml", "roles/x.md"])
def test_a_second_handbook_is_refused(there: str, tmp_path: Path) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("")
    result = init(tmp_path, "--yes")
    assert result.exit_code == 2
    assert result.output == (
        f"{tmp_path} has a handbook already ({there}). Name another folder.\nNothing was written.\n"
    )
    assert list(contents(tmp_path)) == [there]


def test_roles_come_from_a_spreadsheet(tmp_path: Path) -> None:
    table = tmp_path / "seats.csv"
    table.write_text("Seat,Reports to,Who\nHead,,Ann\nSales,Head,Ben\nBoard,,\n")
    result = init(
        tmp_path / "new", "--yes", "--from-csv", str(table), "--map", "title=Seat",
        "--map", "parent=Reports to", "--map", "owner=Who",
    )  # fmt: skip
    assert result.exit_code == 0
    handbook = opened(tmp_path / "new")
    assert set(handbook.organisation.roles) == {"head", "sales", "board"}
    assert {problem.rule.severity for problem in handbook.problems} <= {"advice"}


def test_findings_of_the_spreadsheet_are_told(tmp_path: Path) -> None:
    table = tmp_path / "seats.csv"
    table.write_text("title,parent,hours\nHead,,\nSales,Hed,\n")
    result = init(tmp_path / "new", "--yes", "--from-csv", str(table))
    assert result.exit_code == 1
    assert "seats.csv:3: unknown-parent" in result.output


def test_a_spreadsheet_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    table = tmp_path / "seats.csv"
    table.write_text("Seat\nHead\n")
    result = init(tmp_path / "new", "--yes", "--from-csv", str(table))
    assert result.exit_code == 2
    assert "No column is called 'title'." in result.output
    assert not (tmp_path / "new").exists()


@settings(max_examples=25)
@given(st.text(max_size=20), st.text(max_size=20))
def test_any_name_stays_a_name(tmp_path_factory: pytest.TempPathFactory, business: str, owner: str) -> None:
    root = tmp_path_factory.mktemp("x") / "new"
    result = init(root, f"--business={business}", f"--owner={owner}", "--yes", "--no-guide")
    assert result.exit_code == 0
    # A name such as "none" is kept, too, and it is told that it would count as a person's.
    assert [line for line in told(root).splitlines() if "vacant-by-name" not in line] == []
    handbook = opened(root)
    assert handbook.project.name == (" ".join(printable(business).split()) or "Our business")
    (person,) = handbook.organisation.people.values()
    assert person.name == (" ".join(printable(owner).split()) or "Owner")


def test_the_editor_knows_the_fields(tmp_path: Path) -> None:
    init(tmp_path / "new", "--yes")
    folder = tmp_path / "new/.vscode"
    schemas = json.loads((folder / "settings.json").read_text())["yaml.schemas"]
    for schema, pattern in schemas.items():
        validator = jsonschema.Draft7Validator(json.loads((tmp_path / "new" / schema).read_text()))
        files = list((tmp_path / "new").glob(pattern))
        assert files
        for file in files:
            front = yaml.safe_load(file.read_text().split("---\n")[1])
            assert [each.message for each in validator.iter_errors(front)] == []
    assert json.loads((folder / "rolebook.code-snippets").read_text())


def test_the_guide_is_that_of_the_sample(tmp_path: Path) -> None:
    assert {path.name for path in (SAMPLE / "content/guide").iterdir()} == set(GUIDE)
    init(tmp_path / "with", "--yes")
    for page in GUIDE:
        now, sample = tmp_path / "with/content/guide" / page, SAMPLE / "content/guide" / page
        assert now.read_text() == sample.read_text()
    init(tmp_path / "without", "--yes", "--no-guide")
    assert not (tmp_path / "without/content/guide").exists()
