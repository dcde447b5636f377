"""Projects written as text, and what is reported about them."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from rolebook import checks, problems
from rolebook.cli.site_check import checked_settings
from rolebook.handbook import Handbook, open_handbook
from rolebook.site_config import find_project

TODAY = dt.date(2027, 1, 15)
"""The day on which every project of the tests is read."""

MKDOCS_YML = """\
site_name: Test
docs_dir: content
plugins:
  - rolebook:
      disabled_checks: [no-hours, no-deliverable]
"""
"""For projects that have none: with it, a role needs no more than a title to be flawless."""


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes a project's files, given by their paths below `root`, which it returns."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    for path, content in {"mkdocs.yml": MKDOCS_YML, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def opened(root: Path) -> Handbook:
    """The handbook of the project at `root`, whose options are sound."""
    project, wrong = find_project(root / "mkdocs.yml", checks.CODES)
    assert project is not None, problems.as_text(wrong)
    assert not wrong, problems.as_text(wrong)
    return open_handbook(project, TODAY)


def reported(root: Path) -> str:
    """What `rolebook check` says of the project at `root`."""
    project, wrong = find_project(root / "mkdocs.yml", checks.CODES)
    if project is None or wrong:
        return problems.as_text(wrong)
    handbook = open_handbook(project, TODAY).with_own_checks().with_tried_templates()
    handbook = handbook.with_dead_links(checked_settings(root / "mkdocs.yml"))
    return problems.as_text(handbook.problems)
