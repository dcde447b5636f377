"""Lists files of the site that are no pages: scripts and styles, and pictures beside role files."""

import posixpath
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from rolebook import attachments
from rolebook.organisation import Organisation
from rolebook.pages.addresses import ASSETS_DIR, PEOPLE, ROLES
from rolebook.photos import originals
from rolebook.project import Project

ASSETS = {
    f"{ASSETS_DIR}/{name.removeprefix('vendor/')}": name
    for name in (
        "rolebook.css",
        "charts.js",
        "copy.js",
        "landmarks.js",
        "chart-figure.js",
        "chart-zoom.js",
        "cards.js",
        "tables.js",
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


def media(project: Project, organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Pictures and other files beside the role and person files, which their pages link to.

    Each with its place on the site, and its path relative to the project's folder. A site for outsiders has
    none: its pages have their pictures in themselves. Photos of people are not published as they are.
    """
    if project.is_public:
        return
    left_out = originals(organisation)
    for folder, goal in ((project.options.roles_dir, ROLES), (project.options.people_dir, PEOPLE)):
        for path in attachments.published(project.root, folder):
            if path in left_out:
                continue
            yield f"{goal}/{unicodedata.normalize('NFC', posixpath.relpath(path, folder))}", path
