"""Finds what the workflows of a repository publish, as far as their files tell."""

import re
from collections.abc import Iterator
from pathlib import Path

from rolebook import files
from rolebook.language import gettext
from rolebook.problems import Problem, Rule, Severity

OPEN_SITE = Rule(
    "open-site",
    Severity.WARNING,
    "The internal edition shows names, hours and notes. Everybody can read GitHub Pages, even those of a "
    "private repository, unless the organisation has GitHub Enterprise Cloud.",
)
FOLDER = ".github/workflows"
_MAX_FOLDERS = 6
"""Above a handbook that is in a folder of its repository."""
_HOSTS = "actions/deploy-pages|actions-gh-pages|github-pages-deploy-action|gh-deploy|mike deploy"
_PUBLISHES = re.compile(_HOSTS)
_BUILDS = re.compile(r"^(?![ \t]*#).*\b(?:mkdocs|properdocs)[ \t]+(?:build|gh-deploy)\b.*$", re.MULTILINE)
_OTHER_CONFIGURATION = re.compile(r"[ \t](?:-f|--config-file)[ =]")


def problems(root: Path) -> Iterator[Problem]:
    """Report workflows around `root` that publish the internal edition for everybody."""
    for up in range(_MAX_FOLDERS):
        top = Path(root, *[".."] * up)
        for path in files.below(top, FOLDER):
            text = files.read_text(top, path) if path.endswith((".yml", ".yaml")) else ""
            if isinstance(text, str) and _opens_internal(text):
                message = gettext(
                    "this publishes the internal edition on GitHub Pages, which everybody can read"
                )
                hint = gettext(
                    "Build the public edition (mkdocs build -f mkdocs.public.yml), or, if only colleagues "
                    "can read these pages, name open-site under disabled_checks"
                )
                yield Problem(OPEN_SITE, f"{'../' * up}{path}", 0, message, hint)
        if (top / ".git").exists():
            return


def _opens_internal(text: str) -> bool:
    builds = _BUILDS.findall(text)
    return (
        bool(builds)
        and bool(_PUBLISHES.search(text))
        and not any(_OTHER_CONFIGURATION.search(line) for line in builds)
    )
