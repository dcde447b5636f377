"""What a new handbook requires can be installed elsewhere, however the program came to this machine."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PathDistribution, distribution
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rolebook.cli import main
from rolebook.cli.installed import EditableError, requirement, wheel_of

VERSION = distribution("mkdocs-rolebook").version
FILE = f"mkdocs_rolebook-{VERSION}-py3-none-any.whl"
WHEEL = wheel_of(distribution("mkdocs-rolebook"))
METADATA = (distribution("mkdocs-rolebook").read_text("METADATA") or "").encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def come_from(monkeypatch: pytest.MonkeyPatch, origin: object) -> None:
    read_text = PathDistribution.read_text
    text = json.dumps(origin) if origin else None
    monkeypatch.setattr(
        PathDistribution,
        "read_text",
        lambda self, name: text if name == "direct_url.json" else read_text(self, name),
    )


def of_git(url: str, **more: str) -> dict[str, object]:
    return {"url": url, "vcs_info": {"vcs": "git", "commit_id": "abc"}, **more}


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (of_git("https://git.example/x.git"), "git+https://git.example/x.git@abc"),
        (of_git("https://me:secret@git.example:8443/x.git"), "git+https://git.example:8443/x.git@abc"),
        (of_git("https://token@git.example/x.git"), "git+https://git.example/x.git@abc"),
        (of_git("ssh://git@git.example/x.git"), "git+ssh://git@git.example/x.git@abc"),
        (
            of_git("https://git.example/x", subdirectory="plugin"),
            "git+https://git.example/x@abc#subdirectory=plugin",
        ),
    ],
)
def test_from_git_it_is_the_commit(origin: object, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    come_from(monkeypatch, origin)
    assert requirement() == (f"mkdocs-rolebook @ {expected}", {})


@pytest.mark.parametrize(
    "origin",
    [
        {"url": "file:///somewhere/x.whl", "archive_info": {}},
        {"url": "file:///somewhere", "dir_info": {}},
        {"url": "file:///somewhere", "dir_info": {"editable": False}},
        {"url": "https://files.example/somewhere.whl", "archive_info": {}},
        of_git("file:///somewhere"),
        of_git("/somewhere"),
        {"url": "https://git.example/somewhere", "vcs_info": {"vcs": "git"}},
    ],
)
def test_from_anywhere_else_it_is_the_wheel_itself(origin: object, monkeypatch: pytest.MonkeyPatch) -> None:
    come_from(monkeypatch, origin)
    assert requirement() == (f"./wheels/{FILE} --hash=sha256:{sha256(WHEEL)}", {f"wheels/{FILE}": WHEEL})


def test_a_link_to_sources_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_from(monkeypatch, {"url": "file:///somewhere", "dir_info": {"editable": True}})
    with pytest.raises(EditableError):
        requirement()
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--yes"])
    assert (result.exit_code, [*tmp_path.iterdir()]) == (2, [])
    assert "pip wheel --no-deps ." in result.output


class Index(ThreadingHTTPServer):
    """A package index (PEP 691) with one page and one file."""

    files: Any = ()
    data = WHEEL
    """What the file holds."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/simple"

    def wheel(self, **other: Any) -> dict[str, Any]:
        """What the index says of the wheel that is installed."""
        known = {
            "filename": FILE,
            "url": f"http://127.0.0.1:{self.server_port}/{FILE}",
            "hashes": {"sha256": sha256(WHEEL)},
            "core-metadata": {"sha256": sha256(METADATA)},
        }
        return known | other


class _Handler(BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        of_file = self.path == f"/{FILE}"
        self.send_response(200 if of_file or self.path == "/simple/mkdocs-rolebook/" else 404)
        kind = "application/octet-stream" if of_file else "application/vnd.pypi.simple.v1+json"
        self.send_header("Content-Type", kind)
        self.end_headers()
        page = {"meta": {"api-version": "1.0"}, "name": "mkdocs-rolebook", "files": self.server.files}
        metadata = self.path == f"/{FILE}.metadata"
        self.wfile.write(METADATA if metadata else self.server.data if of_file else json.dumps(page).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """The index that the program seems to come from."""
    come_from(monkeypatch, None)
    with Index(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("PIP_INDEX_URL", server.address)
        yield server
        server.shutdown()


def test_from_an_index_it_is_the_version_with_the_hashes_of_that_index(index: Index) -> None:
    index.files = [
        index.wheel(filename=f"mkdocs_rolebook-{VERSION}.tar.gz", hashes={"sha256": "of-sources"}),
        index.wheel(filename="mkdocs_rolebook-0.0.1-py3-none-any.whl", hashes={"sha256": "of-another"}),
        index.wheel(hashes={"sha256": "b"}),
        index.wheel(hashes={"sha256": "a"}),
    ]
    assert requirement() == (f"mkdocs-rolebook=={VERSION} --hash=sha256:a --hash=sha256:b", {})


@pytest.mark.parametrize(
    "files",
    [
        [],
        None,
        [{}],
        [{"filename": FILE, "hashes": {"sha256": "x"}}],
        [{"filename": FILE, "hashes": {"sha256": "x"}, "core-metadata": False}],
        [{"filename": FILE, "hashes": {"sha256": "x"}, "core-metadata": True}],
        [{"filename": FILE, "hashes": {"sha256": "x"}, "core-metadata": {"sha256": "of-another-program"}}],
    ],
)
def test_what_the_index_does_not_know_is_the_wheel_itself(files: Any, index: Index) -> None:
    index.files = files
    assert requirement()[0].startswith("./wheels/")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/simple", "not an address", "http://[/x", "file:///no"]
)
def test_without_an_answer_it_is_the_wheel_itself(
    address: str, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.files = [index.wheel()]
    monkeypatch.setenv("UV_DEFAULT_INDEX", address)
    assert requirement()[0].startswith("./wheels/")
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"{index.address}/")
    monkeypatch.setenv("PIP_INDEX_URL", address)
    assert requirement()[0].startswith("mkdocs-rolebook==")


@pytest.mark.parametrize("exchanged", [False, True])
def test_a_version_of_an_index_installs_elsewhere_and_nothing_else_in_its_place(
    exchanged: bool, index: Index, tmp_path: Path
) -> None:
    index.files = [index.wheel()]
    assert CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--yes", "--no-guide"]).exit_code == 0
    assert not (tmp_path / "new/wheels").exists()
    if exchanged:
        index.data = wheel_of(distribution("click"))
        index.files = [index.wheel(hashes={"sha256": sha256(index.data)})]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    environment = {**own, "PIP_INDEX_URL": index.address, "PIP_CONFIG_FILE": os.devnull}
    command = [
        *(sys.executable, "-m", "pip", "install", "--no-deps", "--target", "../x", "-r"),
        "requirements.txt",
    ]
    run = subprocess.run(command, cwd=tmp_path / "new", env=environment, capture_output=True, text=True)
    assert (run.returncode != 0) == exchanged, run.stderr
    assert (tmp_path / "x/rolebook/cli/init.py").is_file() != exchanged
