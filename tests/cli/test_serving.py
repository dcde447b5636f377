"""`rolebook init --serve`: from nothing to a page in the browser, and a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from rolebook.cli import serving


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there that a test could send")
def test_a_new_handbook_opens_in_the_browser_until_ctrl_c(tmp_path: Path) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    script = f'#!/bin/sh\nprintf %s "$1" > {opened}.part && mv {opened}.part {opened}\n'
    browser.write_text(script, encoding="utf-8")
    browser.chmod(0o755)
    command = [Path(sys.executable).parent / "rolebook", "init", "new", "--yes", "--no-guide", "--serve"]
    words = ("--business", "Wool & Clay", "--no-examples")
    environment = {**os.environ, "BROWSER": str(browser)}
    started = subprocess.Popen(
        [*command, *words],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell that runs tests in the background has its children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        until = time.monotonic() + 60
        while not opened.exists() and time.monotonic() < until and started.poll() is None:
            time.sleep(0.05)
        address = opened.read_text(encoding="utf-8")
        with urllib.request.urlopen(address) as answer:
            assert "Wool &amp; Clay" in answer.read().decode()
        started.send_signal(signal.SIGINT)
        said, _ = started.communicate(timeout=60)
    finally:
        started.kill()
    assert started.returncode == 0, said
    assert f"opens in your browser, at {address}." in said
    assert said.endswith("\nEnded. Your handbook is in new.\n") and "Traceback" not in said
    with pytest.raises(OSError):
        urllib.request.urlopen(address)


def test_a_port_that_is_taken_is_left_to_who_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        monkeypatch.setattr(serving, "_USUAL", other.getsockname()[1])
        other.listen()
        assert serving._free_port() not in (0, serving._USUAL)
    assert serving._free_port() == serving._USUAL


@pytest.mark.parametrize("taken", [False, True])
def test_what_happens_to_the_port_is_said(
    taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []

    class Ended:
        def __init__(self, command: list[str], **_: object) -> None:
            started.append(command)

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(serving.subprocess, "Popen", Ended)
    monkeypatch.setattr(serving, "_free_port", lambda: 4321 if taken else 8000)
    serving.serve(tmp_path)
    port = 4321 if taken else 8000
    assert started[0][-1] == f"127.0.0.1:{port}"
    said = capsys.readouterr().out
    assert f"http://127.0.0.1:{port}/." in said
    assert ("Port 8000 is taken by another program." in said) == taken
