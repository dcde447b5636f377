"""Git repositories of projects that are written as text."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from projects import write

NOBODY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(root: Path, *words: str, date: str = "2026-11-01T12:00:00Z") -> str:
    """What git says; dates of commits are `date`."""
    environment = {**os.environ, **NOBODY, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    run = subprocess.run(
        ("git", *words), cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def commit(root: Path, files: Mapping[str, str | bytes | None], date: str = "2026-11-01T12:00:00Z") -> str:
    """Writes `files` (None: removes them) and commits everything; gives the commit's hash."""
    if not (root / ".git").exists():
        root.mkdir(exist_ok=True)
        git(root, "init", "-q", "-b", "main")
    write(root, {path: content for path, content in files.items() if content is not None})
    for path, content in files.items():
        if content is None:
            (root / path).unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "change", date=date)
    return git(root, "rev-parse", "HEAD")
