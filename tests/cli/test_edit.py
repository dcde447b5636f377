"""`rolebook edit` serves the forms to this machine's browser, and to nobody else."""

import http.client
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from projects import write
from rolebook.cli import main
from rolebook.cli.form_server import form_server
from serving import free_port

FILES = {
    "roles/boss.md": "---\ntitle: Boss\nowner: Ada King\n---\n",
    "people/ada.md": "---\nname: Ada King\n---\n",
}
PAGE = {"index.html": b"<p>page", "a.js": b"1", "assets/f.woff2": b"2"}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = form_server(0, PAGE, lambda: b"{}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def asked(port: int, path: str = "/", method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    for name, value in {"Host": f"127.0.0.1:{port}", **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    return connection.getresponse()


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("/", b"<p>page", "text/html; charset=utf-8"),
        ("/index.html", b"<p>page", "text/html; charset=utf-8"),
        ("/a.js", b"1", "text/javascript; charset=utf-8"),
        ("/a.js?again", b"1", "text/javascript; charset=utf-8"),
        ("/assets/f.woff2", b"2", "font/woff2"),
        ("/handbook.json", b"{}", "application/json; charset=utf-8"),
    ],
)
def test_the_page_is_served(port: int, path: str, content: bytes, kind: str) -> None:
    answer = asked(port, path)
    assert (answer.status, answer.headers["Content-Type"], answer.read()) == (200, kind, content)


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/..%2fmkdocs.yml",
        "/roles/boss.md",
        "//etc/passwd",
        "/a.js/",
        "/assets/",
        "/.git/config",
    ],
)
def test_no_other_file_is_served(port: int, path: str) -> None:
    assert asked(port, path).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_taken(port: int, method: str) -> None:
    assert asked(port, "/", method).status == 501


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:PORT"}, 200),
        ({"Host": "localhost:PORT", "Origin": "http://localhost:PORT"}, 200),
        ({"Origin": "http://127.0.0.1:PORT"}, 200),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Sec_Fetch_Site": "none"}, 200),
        ({"Host": "evil.example:PORT"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Host": ""}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:PORT"}, 403),
        ({"Origin": "https://127.0.0.1:PORT"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
    ],
)
def test_only_the_page_itself_may_ask(port: int, headers: dict[str, str], status: int) -> None:
    answer = asked(port, **{name: value.replace("PORT", str(port)) for name, value in headers.items()})
    assert answer.status == status
    assert (b"<p>page" in answer.read()) == (status == 200)


def test_every_answer_forbids_what_the_page_does_not_need(port: int) -> None:
    for path in ("/", "/missing"):
        headers = asked(port, path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self';" in policy
        assert "connect-src 'self' blob: data:;" in policy
        assert policy.endswith("frame-ancestors 'none'")
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def git(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)


def test_the_command_says_where_to_look_and_serves_what_is_there_now(tmp_path: Path) -> None:
    root = write(tmp_path / "books" / "shop", FILES)
    git(tmp_path / "books")
    port = free_port()
    command = [sys.executable, "-c", "from rolebook.cli import run; run()", "edit", "--port", str(port)]
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    edit = subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        # A shell that runs tests in the background has its children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert edit.stdout is not None
        said = [edit.stdout.readline() for _ in range(3)]
        assert f"http://127.0.0.1:{port}/" in said[0]
        assert said[1] == f"and then this folder: {tmp_path / 'books'}\n"
        first = json.loads(asked(port, "/handbook.json").read())
        assert first["config"]["collections"][0]["folder"] == "shop/roles"
        assert first["config"]["backend"]["repo"] == "local/books"
        assert "title>Test: edit the handbook<" in asked(port).read().decode()
        write(root, {"roles/sales.md": "---\ntitle: Sales\nparent: boss\n---\n"})
        assert "sales" in json.loads(asked(port, "/handbook.json").read())["names"]["role"]
        (root / "mkdocs.yml").write_text("plugins: [", encoding="utf-8")
        assert json.loads(asked(port, "/handbook.json").read()) == first
        edit.send_signal(signal.SIGINT)
        assert edit.wait(60) == 0
    finally:
        edit.kill()
        edit.communicate()
    after = {path: path.read_bytes() for path in before}
    assert [path.name for path in before if after[path] != before[path]] == ["mkdocs.yml"]


def test_a_folder_without_git_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    done = CliRunner().invoke(main, ["edit", "-f", str(root / "mkdocs.yml")])
    assert done.exit_code == 2
    assert (
        "The forms need a folder that is kept with git. This folder is in no git repository." in done.output
    )


def test_a_port_that_is_taken_is_refused(tmp_path: Path, port: int) -> None:
    root = write(tmp_path, FILES)
    git(root)
    done = CliRunner().invoke(main, ["edit", "-f", str(root / "mkdocs.yml"), "--port", str(port)])
    assert done.exit_code == 2
    assert (
        f"Port {port} is taken, perhaps by another 'rolebook edit'. Add, say, --port {port + 1}."
        in done.output
    )
