"""Names the folders of the site, and makes addresses that lead from one to another."""

import posixpath
import unicodedata

ROLES, PEOPLE, CHARTS, JOBS, TREE, CHANGES = "roles", "people", "org-chart", "jobs", "tree", "changes"
DECISIONS = "decisions"
"""Folders of the site."""
ASSETS_DIR = "assets/rolebook"
"""Folder of the site with scripts and styles."""
PHOTOS = f"{ASSETS_DIR}/photos"
"""Folder of the site with people's pictures."""
FORMS = "admin"
"""Folder of `docs_dir`, and so of an internal site, with the page that `rolebook forms` writes."""
POSTER = f"{CHARTS}/organisation.svg"
"""The whole organisation as a picture."""


def chart_file(role_id: str, form: str) -> str:
    """The file of the chart of a role, or, without one, of everybody, in a form such as `pdf`."""
    # In a folder of its own: a role may be called like the picture of everybody.
    return f"{CHARTS}/{role_id}/{role_id}.{form}" if role_id else f"{CHARTS}/organisation.{form}"


REPORTS = "its-reports"
"""The part of a role's page that lists who reports to it, in any language."""
PROMISES = "all-promises"
"""The part of the page of risks that begins with the promises, in any language."""
AWAY = "while-away"
"""The part of a person's page that says what stops while they are away."""
LISTS = "lists"
"""Folder of the further parts of long lists; among the roles a file of their name could lie."""


def relative(origin: str, target: str) -> str:
    """`target` relative to the page at `origin`; both are addresses below the site's root."""
    here, goal = origin.split("/")[:-1], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(goal) - 1 and here[shared] == goal[shared]:
        shared += 1
    way = "/".join([".."] * (len(here) - shared) + goal[shared:])
    return way or "./"


def in_folder(folder: str, path: str, source_folder: str) -> str:
    """Where on the site, below `folder`, a file goes that is at `path` below `source_folder`."""
    return f"{folder}/{unicodedata.normalize('NFC', posixpath.relpath(path, source_folder))}"
