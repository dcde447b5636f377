"""What the README says works: from an empty folder to a handbook in the browser."""

import os
import re
import shlex
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from rolebook.cli import main
from serving import free_port
from sites import SAMPLE

README = (SAMPLE / "README.md").read_text(encoding="utf-8")


def commands(heading: str) -> list[str]:
    """The commands of the first block below a heading."""
    found = re.search(rf"^## {heading}$.*?^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1].splitlines()


def page(address: str, patience: float = 60) -> str:
    """The page at `address`, once there is one."""
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_from_an_empty_folder_to_a_served_handbook(tmp_path: Path) -> None:
    *before, serve = commands("A handbook of your own")
    assert serve == "mkdocs serve"
    there = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": there, "NO_MKDOCS_2_WARNING": "1"}
    script = "\n".join(["set -e", *before])
    run = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    port = free_port()
    served = subprocess.Popen(
        [*serve.split(), "--dev-addr", f"127.0.0.1:{port}"],
        cwd=tmp_path / "our-handbook", env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert "The Patient Loaf" in page(f"http://127.0.0.1:{port}/")
        assert "PPC management" in page(f"http://127.0.0.1:{port}/roles/ppc-management/")
        assert "Maya Brennan" in page(f"http://127.0.0.1:{port}/people/maya-brennan/")
    finally:
        served.terminate()
        served.wait()


def test_commands_of_the_readme_work_in_the_order_in_which_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = [*commands("A handbook of your own"), *commands("What you can share")]
    for line in told:
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
        elif words[0] == "rolebook":
            result = CliRunner().invoke(main, words[1:])
            assert result.exit_code == 0, f"{line}: {result.output}"
    written = sorted(str(path) for folder in ("packs", "hand-over") for path in Path(folder).iterdir())
    named = re.findall(r"# (\S+\.html)", README)
    assert named and set(named) <= {*written}
    assert "hand-over/ppc-management-pack.html" in written


def test_completion_is_there_for_the_shells_that_are_named() -> None:
    shells = re.findall(r"_ROLEBOOK_COMPLETE=(\w+)_source rolebook", README)
    assert shells == ["bash", "zsh", "fish"]
    command = [Path(sys.executable).parent / "rolebook"]
    for shell in shells:
        environment = {**os.environ, "_ROLEBOOK_COMPLETE": f"{shell}_source"}
        run = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert "rolebook" in run.stdout, run.stderr


def test_files_that_the_readme_leads_to_are_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", README):
        assert (SAMPLE / target).exists(), target
