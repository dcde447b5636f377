"""How long somebody waits who saves a role while `mkdocs serve` runs, until the browser is told to reload."""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from measured import QUIET, ram_disk, table
from organisations import write_organisation

PLUGINS = "  - search\n  - mermaid2\n  - rolebook\n"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def got(address: str) -> str:
    with urllib.request.urlopen(address, timeout=600) as answer:
        text: str = answer.read().decode()
        return text


def epoch(address: str) -> int:
    """Which build is served; waits for the first one."""
    for _ in range(6000):
        try:
            found = re.search(r"livereload\((\d+),", got(address))
        except OSError:
            time.sleep(0.1)
            continue
        assert found is not None, "the server does not reload pages"
        return int(found[1])
    raise TimeoutError(address)


def waits(root: Path, roles: int, times: int) -> list[float]:
    """Seconds from each save to the signal."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "--dev-addr", address]
    server = subprocess.Popen(command, cwd=root, env=os.environ | QUIET)
    try:
        seen = epoch(f"http://{address}/")
        found = []
        for number in range(times):
            role = roles // 2 + number
            file = root / f"roles/team-{role // 50:03}/role-{role:05}.md"
            time.sleep(1)
            file.write_text(f"{file.read_text()}\nChanged.\n")
            began = time.perf_counter()
            while (now := int(got(f"http://{address}/livereload/{seen}/1"))) <= seen:
                pass
            found.append(time.perf_counter() - began)
            seen = now
        return found
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--roles", type=int, nargs="+", default=[100, 1000])
    options.add_argument("--times", type=int, default=3)
    given = options.parse_args()
    rows = []
    for roles in given.roles:
        with tempfile.TemporaryDirectory(dir=ram_disk()) as folder:
            root = write_organisation(Path(folder) / "ours", roles, PLUGINS)
            rows.append([f"{roles:,}", f"{statistics.median(waits(root, roles, given.times)):.2f}"])
    print("# From saving a role to the reload, mermaid2 active\n")
    print(table(["roles", "s"], rows))


if __name__ == "__main__":
    main()
