"""Finds a Chromium for the browser tests, installing one if there is none, and prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The first is the same browser without a window: tests need a fifth less time in it."""
PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's; older releases have only the second."""

MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

HOW_TO = (
    "No browser for the tests. Install Chromium or Google Chrome, or set ROLEBOOK_BROWSER to the path of one."
)


def find_browser() -> Path | None:
    """Return a browser that starts: the one named, the system's, else Playwright's own."""
    if named := os.environ.get("ROLEBOOK_BROWSER"):
        # One that was asked for is never silently replaced by another.
        return Path(named) if starts(named) else None
    system = [path for command in COMMANDS if (path := shutil.which(command))]
    found = next((Path(path) for path in (*system, *MAC_APPS) if starts(path)), None)
    return found or find_playwrights()


def starts(path: str | Path) -> bool:
    """Whether the program runs: Ubuntu's `chromium-browser` may only tell one to install a snap."""
    try:
        result = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def find_playwrights() -> Path | None:
    """Return the browser that `playwright install` put on this machine, if it did."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if starts(path) else None


def install_browser() -> None:
    """Install a browser: Debian's where that is possible, else Playwright's."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update"], env)
        for package in PACKAGES:
            run(["apt-get", "install", "-y", "--no-install-recommends", package], env)
            if find_browser():
                return
    run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def run(command: list[str], env: dict[str, str]) -> None:
    """Run an installer with its output on stderr: stdout is for the path. It may fail."""
    subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)


def main() -> None:
    """Print the path of a browser, or end with exit status 1 and say how to get one."""
    if not find_browser() and not os.environ.get("ROLEBOOK_BROWSER"):
        install_browser()
    browser = find_browser()
    if browser is None:
        raise SystemExit(HOW_TO)
    print(browser)


if __name__ == "__main__":
    main()
