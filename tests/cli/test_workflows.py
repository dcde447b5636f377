"""What runs on git hosts: of the right form, safe with strangers' pull requests, and its steps work."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from repositories import commit, git
from rolebook.cli import main
from rolebook.cli.installed import wheel_of
from sites import SAMPLE

STARTER = SAMPLE / "plugin/rolebook/starter"
OWN = STARTER / "github/dot-github/workflows/handbook.yml"
RELEASE = SAMPLE / ".github/workflows/release.yml"
CALLED = SAMPLE / ".github/workflows/handbook.yml"
GITLAB = STARTER / "gitlab/dot-gitlab-ci.yml"


def workflow(path: Path) -> dict[str, Any]:
    # By YAML 1.1, the key `on` is true.
    return {
        ("on" if key is True else key): value
        for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize(
    ("schema", "path", "more"),
    [
        ("github-workflows", OWN, []),
        ("github-workflows", CALLED, []),
        ("github-workflows", SAMPLE / ".github/workflows/tests.yml", []),
        ("github-workflows", RELEASE, []),
        ("gitlab-ci", GITLAB, ["--data-transform", "gitlab-ci"]),
    ],
)
def test_files_are_of_the_hosts_form(schema: str, path: Path, more: list[str]) -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.{schema}",
        *more,
        str(path),
    ]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_workflow_to_call_is_the_one_that_init_writes() -> None:
    own, called = workflow(OWN), workflow(CALLED)
    assert list(called["on"]) == ["workflow_call"]
    assert {key: own[key] for key in ("jobs", "permissions")} == {
        key: called[key] for key in ("jobs", "permissions")
    }


def test_what_a_stranger_sends_gets_no_rights_and_no_secrets() -> None:
    reported = workflow(OWN)
    assert "pull_request_target" not in reported["on"] and "workflow_run" not in reported["on"]
    assert reported["permissions"] == {"contents": "read"}
    assert "secrets" not in OWN.read_text(encoding="utf-8")
    for name, job in reported["jobs"].items():
        # The job that runs what a pull request brings may write nothing.
        runs_code = any(
            re.search(r"^(rolebook|mkdocs|pip) ", step.get("run", ""), re.MULTILINE) for step in job["steps"]
        )
        assert not (runs_code and "permissions" in job), name
    (checkout,) = [step for step in steps(OWN) if step.get("uses", "").startswith("actions/checkout")]
    assert checkout["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", [OWN, RELEASE])
def test_nothing_from_outside_is_pasted_into_a_script(path: Path) -> None:
    """`${{ … }}` in a script is replaced before it runs: a branch's name could be a command."""
    assert [step["run"] for step in steps(path) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", [OWN, RELEASE])
def test_actions_are_pinned_to_commits_of_the_hosts_own(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    who = "actions/[a-z-]+" if path == OWN else "(?:actions/[a-z-]+|pypa/gh-action-pypi-publish)"
    pinned = re.compile(rf"{who}@[0-9a-f]{{40}} # v\d+\.\d+\.\d+")
    assert [each for each in used if not pinned.fullmatch(each)] == []


def test_what_publishes_a_release_runs_nothing_of_the_repository() -> None:
    release = workflow(RELEASE)
    assert release["on"] == {"push": {"tags": ["v*"]}}
    assert release["permissions"] == {"contents": "read"}
    assert "permissions" not in release["jobs"]["build"]
    publish = release["jobs"]["publish"]
    assert publish["needs"] == "build" and publish["permissions"]["id-token"] == "write"
    assert [step for step in publish["steps"] if "checkout" in step.get("uses", "")] == []
    assert "secrets" not in RELEASE.read_text(encoding="utf-8")
    (checkout,) = [step for step in steps(RELEASE) if step.get("uses", "").startswith("actions/checkout")]
    assert checkout["with"]["persist-credentials"] is False


@pytest.mark.parametrize(
    ("tag", "changes", "said"),
    [
        ("v1.2.0", "## 1.2.0\n\n- New\n\n## 1.1.0\n\n- Old\n", ""),
        ("v1.2.0", "## Unreleased\n\n## 1.2.0 - 2027-01-02\n\n- New\n", ""),
        ("v1.2.1", "## 1.2.0\n\n- New\n", "The tag is v1.2.1 and the version in pyproject.toml is 1.2.0."),
        ("v1.2", "## 1.2.0\n\n- New\n", "The tag is v1.2 and the version"),
        ("v1.2.0", "## Unreleased\n\n- New\n", "CHANGELOG.md has nothing under '## 1.2.0'."),
        ("v1.2.0", "## 1.2.0\n\n## 1.1.0\n\n- Old\n", "CHANGELOG.md has nothing under '## 1.2.0'."),
        ("v1.2.0", "## 1.2.01\n\n- New\n", "CHANGELOG.md has nothing under '## 1.2.0'."),
    ],
)
def test_a_tag_agrees_with_the_version_and_the_changelog(
    tag: str, changes: str, said: str, tmp_path: Path
) -> None:
    (script,) = [step["run"] for step in steps(RELEASE) if "CHANGELOG" in step.get("run", "")]
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1.2.0"\n', encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(changes, encoding="utf-8")
    command = ["sh", "-e", "-c", script]
    environment = {**os.environ, "GITHUB_REF_NAME": tag}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (run.returncode != 0) == bool(said) and said in run.stdout, run.stdout + run.stderr
    if not said:
        assert (tmp_path / "notes/notes.md").read_text(encoding="utf-8").split() == ["-", "New"]


def test_the_version_is_written_once() -> None:
    project = (SAMPLE / "pyproject.toml").read_text(encoding="utf-8")
    found = re.findall(r'^version = "(.*)"$', project, re.MULTILINE)
    assert found == [distribution("mkdocs-rolebook").version]


@pytest.mark.parametrize("path", [OWN, RELEASE])
def test_every_job_ends_in_time(path: Path) -> None:
    assert [name for name, job in workflow(path)["jobs"].items() if job["timeout-minutes"] > 15] == []
    assert yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["default"]["timeout"] == "15 minutes"


@pytest.mark.parametrize("there", ["", "41"])
def test_only_our_own_comment_is_edited(there: str, tmp_path: Path) -> None:
    (script,) = [step["run"] for step in steps(OWN) if "gh pr comment" in step.get("run", "")]
    (tmp_path / "diff.md").write_text("What changes\n", encoding="utf-8")
    fake = f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\ncase "$*" in *--paginate*) echo "{there}" ;; esac\n'
    (tmp_path / "gh").write_text(fake, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    names = {"GH_REPO": "o/r", "NUMBER": "7", "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    command = ["bash", "-e", "-c", script]
    subprocess.run(command, cwd=tmp_path, env=os.environ | names, check=True)
    listing, reported = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert "github-actions[bot]" in listing and "rolebook: what changes" in listing
    assert ("comments/41" in reported) == bool(there)
    assert reported.startswith("api --silent --method PATCH" if there else "pr comment 7")
    assert (tmp_path / "comment.md").read_text(encoding="utf-8").endswith("-->\nWhat changes\n")


@pytest.mark.parametrize("is_on", [True, False])
def test_a_repository_without_pages_publishes_nothing_and_says_so(is_on: bool, tmp_path: Path) -> None:
    for path in (OWN, CALLED):
        asked, deployed = workflow(path)["jobs"]["publish"]["steps"]
        folder = tmp_path / path.parents[1].name
        (folder / "bin").mkdir(parents=True)
        (folder / "bin/gh").write_text(f"#!/bin/sh\nexit {int(not is_on)}\n", encoding="utf-8")
        (folder / "bin/gh").chmod(0o755)
        names = {"GITHUB_OUTPUT": f"{folder}/out", "GITHUB_STEP_SUMMARY": f"{folder}/said", "GH_REPO": "o/r"}
        names["PATH"] = f"{folder}/bin{os.pathsep}{os.environ['PATH']}"
        subprocess.run(["bash", "-e", "-c", asked["run"]], env=os.environ | names, check=True)
        assert ((folder / "out").exists(), (folder / "said").exists()) == (is_on, not is_on)
        assert deployed["if"] == f"steps.{asked['id']}.outputs.on == 'yes'"
        assert not is_on or (folder / "out").read_text(encoding="utf-8") == "on=yes\n"


@pytest.fixture
def pull_request(tmp_path: Path) -> Path:
    """A checkout of a branch of a handbook that `init` has written."""
    origin = tmp_path / "origin"
    result = CliRunner().invoke(main, ["init", str(origin), "--yes", "--host", "github", "--no-guide"])
    assert result.exit_code == 0
    config = (origin / "mkdocs.yml").read_text(encoding="utf-8")
    commit(origin, {"mkdocs.yml": config})
    git(tmp_path, "clone", "-q", origin.as_uri(), "clone")
    root = tmp_path / "clone"
    git(root, "checkout", "-q", "-b", "branch")
    role = "---\ntitle: Shop\nparent: marketing\nweekly_hours: 3\ndeliverable: Ten sales a week\n---\n"
    commit(root, {"mkdocs.yml": config, "roles/shop.md": role})
    return root


def test_the_steps_work(pull_request: Path) -> None:
    bin_folder = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "BASE": "origin/main",
        "GITHUB_STEP_SUMMARY": str(pull_request / "summary.md"),
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    }
    scripts = [step["run"] for step in steps(OWN) if "run" in step]
    scripts += [
        line
        for job in ("check", "pages")
        for line in yaml.safe_load(GITLAB.read_text(encoding="utf-8"))[job]["script"]
    ]
    for script in scripts:
        if not script.startswith("pip ") and "gh pr" not in script:
            subprocess.run(["bash", "-e", "-c", script], cwd=pull_request, env=environment, check=True)
    assert (pull_request / "site/roles/shop/index.html").is_file()
    assert (pull_request / "public/index.html").is_file()
    assert (pull_request / "public/roles/shop/index.html").is_file()
    for name in ("diff.md", "summary.md"):
        assert "- **Shop**: reports to Marketing, Vacant, 3" in (pull_request / name).read_text(
            encoding="utf-8"
        )


def packed(folder: Path, locked: Path) -> None:
    """Makes wheels of all that `locked` names and this environment has, and writes their hashes there.

    A folder of wheels is all the index that there is; the hashes of a real one are of other files. They have
    what pip reads of them, and no modules, which take it most of its time.
    """
    lines = []
    for name in re.findall(r"^([\w.-]+)==", locked.read_text(encoding="utf-8"), re.MULTILINE):
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # of another system
        about = [path for path in found.files or () if path.parts[0].endswith(".dist-info")]
        wheel = wheel_of(SimpleNamespace(files=about))  # type: ignore[arg-type]
        file = f"{name.replace('-', '_')}-{found.version}-py3-none-any.whl"
        (folder / file).write_bytes(wheel)
        lines.append(f"{name}=={found.version} --hash=sha256:{hashlib.sha256(wheel).hexdigest()}\n")
    locked.write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_a_fresh_clone_installs_what_the_steps_need(host: str, tmp_path: Path, long: bool) -> None:
    """In a new environment and without an index, all that is installed is named with its hash."""
    if host == "gitlab" and not long:
        pytest.skip("installs the same once more")
    origin, index, clone = tmp_path / "origin", tmp_path / "index", tmp_path / "clone"
    assert (
        CliRunner().invoke(main, ["init", str(origin), "--yes", "--host", host, "--no-guide"]).exit_code == 0
    )
    index.mkdir()
    packed(index, origin / "requirements-locked.txt")
    git(origin, "init", "-q")
    git(origin, "add", "--all")  # what .gitignore names stays behind
    git(origin, "commit", "-q", "-m", "x")
    git(tmp_path, "clone", "-q", origin.as_uri(), "clone")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    program = tmp_path / "venv/bin"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    environment = {
        **kept,
        "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": str(index),
        "PIP_NO_INDEX": "1",
        "PIP_NO_COMPILE": "1",
    }

    def run(script: str) -> None:
        done = subprocess.run(["bash", "-e", "-c", script], cwd=clone, env=environment, capture_output=True)
        assert done.returncode == 0, (script, done.stdout, done.stderr)

    found = [step["run"] for step in steps(OWN) if "run" in step]
    if host == "gitlab":
        settings = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
        found = [*settings["before_script"], *settings["pages"]["script"]]
    installing = [each for each in found if each.startswith("pip ")]
    assert len(installing) == 2
    for script in (*installing, "pip check"):
        run(script)
    # All is there, by what it says of itself. Its modules are those of the environment of the tests.
    (modules,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    (modules / "modules.pth").write_text(f"{Path(click.__file__).parents[1]}\n", encoding="utf-8")
    for script in found:
        if script.startswith(("rolebook check", "mkdocs ")):
            run(script)
    assert (clone / "public/index.html").is_file()


def test_a_wheel_that_was_exchanged_is_not_installed(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "x"), "--yes", "--no-guide"]).exit_code == 0
    (wheel,) = (tmp_path / "x/wheels").iterdir()
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("rolebook/hurt.py", "")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--target", "y", "-r", "requirements.txt"]
    run = subprocess.run(command, cwd=tmp_path / "x", capture_output=True, text=True)
    assert run.returncode != 0 and "DO NOT MATCH THE HASHES" in run.stderr


def test_hooks_call_commands_that_are() -> None:
    hooks = yaml.safe_load((SAMPLE / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in hooks} == {"rolebook-check", "rolebook-fix"}
    for hook in hooks:
        name, command, *options = hook["entry"].split()
        assert name == "rolebook" and hook["language"] == "python"
        assert set(options) <= {each for option in main.commands[command].params for each in option.opts}
        assert re.search(hook["files"], "roles/marketing/ppc.md") and re.search(hook["files"], "mkdocs.yml")
