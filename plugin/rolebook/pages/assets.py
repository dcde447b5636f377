"""Lists files of the site that are no pages: scripts and styles, and pictures beside role files."""

import posixpath
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from rolebook import attachments
from rolebook.pages.addresses import ASSETS_DIR, PEOPLE, ROLES
from rolebook.project import Project

ASSETS = {
    f"{ASSETS_DIR}/{name.removeprefix('vendor/')}": name
    for name in (
        "rolebook.css",
        "charts.js",
        "copy.js",
        "chart-figure.js",
        "chart-zoom.js",
        "cards.js",
        "vendor/mermaid.min.js",
        "vendor/mermaid.LICENSE.txt",
        "vendor/panzoom.min.js",
        "vendor/panzoom.LICENSE.txt",
    )
}
"""Files of the site and where they are among the package's assets."""


def asset(name: str) -> Path:
    """A file among the package's assets."""
    return Path(str(files("rolebook") / "assets" / name))


def media(project: Project) -> Iterator[tuple[str, str]]:
    """Pictures and other files beside the role and person files, which their pages link to.

    Each with its place on the site, and its path relative to the project's folder. A site for outsiders has
    none: its pages have their pictures in themselves.
    """
    if project.is_public:
        return
    for folder, goal in ((project.options.roles_dir, ROLES), (project.options.people_dir, PEOPLE)):
        for path in attachments.published(project.root, folder):
            yield f"{goal}/{unicodedata.normalize('NFC', posixpath.relpath(path, folder))}", path
