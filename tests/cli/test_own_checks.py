"""How severe checks are in one handbook, and checks that its owner wrote."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from projects import reported, write
from repositories import commit
from rolebook.cli import main
from sites import build_site, refused_build

SITE = """\
site_name: Test
docs_dir: content
theme: material
plugins:
  - search
  - rolebook:
      allow_multiple_roots: yes
      disabled_checks: [no-hours]
"""
ROLES = {
    "content/index.md": "# Home\n",
    "roles/top/owner.md": "---\ntitle: Owner\nowner: Ada\ndeliverable: Two orders a day are sent\n---\n",
    "roles/old/founder.md": "---\ntitle: Founder\nowner: Ada\n---\n",
    "roles/second.md": "---\ntitle: Second\nowner: Ada\n---\n",
}
NO_RESULT = "the role has no deliverable. Add 'deliverable: …', the result of the work. [no-deliverable]"
HOUSE = '''\
from dataclasses import dataclass


@dataclass
class Found:
    role: str


def has_cover(handbook):
    """Customers get an answer on every working day."""
    for role in handbook["roles"]:
        if not role.get("backup"):
            yield {"role": role["id"], "field": "owner", "message": f"{role['title']} has no cover."}


def people(handbook):
    yield {"message": f"{len(handbook['people'])} person", "severity": "advice"}
    yield {"person": "ada", "message": "Ada is\\n everywhere"}
'''


def found(root: Path, options: str, files: dict[str, str] | None = None) -> list[str]:
    text = SITE + "".join(f"      {line}\n" for line in options.splitlines())
    return reported(write(root, ROLES | {"mkdocs.yml": text} | (files or {}))).splitlines()


def test_a_check_is_as_severe_as_the_owner_wants_it(tmp_path: Path) -> None:
    assert found(tmp_path, "severities: [{check: no-deliverable, severity: error}]") == [
        f"error: roles/old/founder.md:2: {NO_RESULT}",
        f"error: roles/second.md:2: {NO_RESULT}",
    ]
    assert CliRunner().invoke(main, ["check", "-f", f"{tmp_path}/mkdocs.yml"]).exit_code == 1
    assert any(NO_RESULT in line for line in refused_build(tmp_path))


@pytest.mark.parametrize(
    "files", ["roles/old", "roles/old/", "roles/old/*", "'*/old/*.md'", "roles/old/founder.md"]
)
def test_in_some_files_it_reports_nothing_and_the_last_line_counts(tmp_path: Path, files: str) -> None:
    options = (
        "severities:\n"
        "  - {check: no-deliverable, severity: warning}\n"
        f"  - {{check: no-deliverable, severity: ignore, files: [{files}]}}"
    )
    assert found(tmp_path, options) == [f"warning: roles/second.md:2: {NO_RESULT}"]
    assert found(tmp_path, "\n".join((options, "  - {check: no-deliverable, severity: advice}"))) == [
        f"advice: roles/old/founder.md:2: {NO_RESULT}",
        f"advice: roles/second.md:2: {NO_RESULT}",
    ]


def test_a_part_of_a_folders_name_is_another_folder(tmp_path: Path) -> None:
    options = "severities: [{check: no-deliverable, severity: ignore, files: [roles/ol, roles/sec]}]"
    said = found(tmp_path, options)
    assert sum(line.endswith("[no-deliverable]") for line in said) == 2
    assert (
        "advice: mkdocs.yml:9: no file fits 'roles/ol', so this changes nothing. Did you mean 'roles/old'? "
        "[missing-path]"
    ) in said


@pytest.mark.parametrize(
    ("files", "unfit"),
    [
        ("[roles/nope]", ["roles/nope"]),
        ("[roles/*, roles/old/x.md]", ["roles/old/x.md"]),
        ("['people/*', mkdocs.yml, content/index.md]", ["people/*"]),
        ("'**/founder.md'", []),
    ],
)
def test_files_that_are_not_there_are_reported(tmp_path: Path, files: str, unfit: list[str]) -> None:
    options = f"severities:\n  - check: no-deliverable\n    severity: ignore\n    files: {files}"
    said = [each for each in found(tmp_path, options) if each.endswith("[missing-path]")]
    assert [each.split("'")[1] for each in said] == unfit


def test_an_export_has_what_only_the_owner_takes_for_an_error(tmp_path: Path) -> None:
    found(tmp_path, "severities: [{check: no-deliverable, severity: error}]")
    words = ["export", "--format", "json", "-f", f"{tmp_path}/mkdocs.yml"]
    done = CliRunner().invoke(main, words)
    assert (
        done.exit_code == 1 and NO_RESULT in done.output and '"id":"second"' in done.output.replace(" ", "")
    )
    assert "The export lacks" not in done.output
    (tmp_path / "roles/broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert "The export lacks" in CliRunner().invoke(main, words).output


def test_a_wrong_severity_or_code_is_reported_once(tmp_path: Path) -> None:
    options = "severities:\n  - {check: no-hours, severity: off}\n  - {check: no-hour, severity: advice}"
    assert found(tmp_path, options) == [
        "error: mkdocs.yml:10: rolebook.severities.severity is 'off'. Write ignore: the check reports "
        "nothing. [wrong-value]",
        "error: mkdocs.yml:11: there is no check 'no-hour'. Did you mean 'no-hours'? [wrong-option]",
    ]


def test_a_name_that_would_leave_is_an_error_whatever_the_owner_wants(tmp_path: Path) -> None:
    named = {
        "people/ada.md": "---\nname: Ada Hill\n---\n",
        "roles/second.md": "---\ntitle: Second\nowner: Ada Hill\npurpose: What Ada Hill wants\n---\n",
    }
    options = "audience: public\nseverities: [{check: name-in-public-text, severity: advice}]"
    assert any(
        line.startswith("error: roles/second.md") and line.endswith("[name-in-public-text]")
        for line in found(tmp_path, options, named)
    )


def test_a_check_of_her_own_reports_like_those_of_the_program(tmp_path: Path) -> None:
    options = "disabled_checks: [no-hours, no-deliverable]\nown_checks: [house.py:has_cover, house.py:people]"
    site = SITE.replace("      disabled_checks: [no-hours]\n", "")
    text = site + "".join(f"      {line}\n" for line in options.splitlines())
    root = write(tmp_path, ROLES | {"mkdocs.yml": text, "house.py": HOUSE})
    assert reported(root).splitlines() == [
        "advice: house.py: 1 person. [people]",
        "warning: house.py: Ada is everywhere. [people]",
        "warning: roles/old/founder.md:3: Founder has no cover. [has-cover]",
        "warning: roles/second.md:3: Second has no cover. [has-cover]",
        "warning: roles/top/owner.md:3: Owner has no cover. [has-cover]",
    ]
    site_dir, logged = build_site(root)
    assert sum("[has-cover]" in line for line in logged) == 3
    assert "Second has no cover" in (site_dir / "decisions/attention/index.html").read_text(encoding="utf-8")
    assert not (root / "__pycache__").exists()


def test_its_severity_is_set_like_that_of_others(tmp_path: Path) -> None:
    options = (
        "severities:\n"
        "  - {check: has-cover, severity: error, files: [roles/top]}\n"
        "  - {check: has-cover, severity: ignore, files: [roles/old]}\n"
        "  - {check: no-deliverable, severity: ignore}\n"
        "own_checks: [house.py:has_cover]"
    )
    assert found(tmp_path, options, {"house.py": HOUSE}) == [
        "warning: roles/second.md:3: Second has no cover. [has-cover]",
        "error: roles/top/owner.md:3: Owner has no cover. [has-cover]",
    ]


def test_it_sees_people_where_the_site_is_for_outsiders(tmp_path: Path) -> None:
    options = "audience: public\nown_checks: [house.py:people]"
    assert "advice: house.py: 1 person. [people]" in found(tmp_path, options, {"house.py": HOUSE})


def test_only_a_check_and_a_build_run_code_and_only_that_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = "from pathlib import Path\nPath('ran').touch()\n\ndef any_(handbook):\n    return []\n"
    text = SITE + "      history: yes\n      own_checks: [house.py:any_]\n"
    root = write(tmp_path / "handbook", ROLES | {"mkdocs.yml": text, "house.py": hostile})
    commit(root, {})
    write(root, {"mkdocs.yml": text.replace("      own_checks: [house.py:any_]\n", "")})
    monkeypatch.chdir(root)
    assert CliRunner().invoke(main, ["diff", "HEAD"]).exit_code == 0
    build_site(root)
    write(root, {"mkdocs.yml": text})
    for command in (
        "pack --all --to out",
        "export --to out.json --format json",
        "rename second third",
        "diff HEAD",
    ):
        assert CliRunner().invoke(main, command.split()).exit_code == 0
    assert not (root / "ran").exists()
    CliRunner().invoke(main, ["check"])
    assert (root / "ran").exists()
