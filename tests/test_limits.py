"""The limits that the guide states are those that hold."""

import re
from pathlib import Path

import pytest

from projects import told, write
from rolebook import organisation, read
from rolebook.charts import mermaid, reporting
from rolebook.cli import tables
from rolebook.pages import navigation, plan, profiles
from rolebook.schema import kinds

GUIDE = (Path(__file__).parents[1] / "content/guide/safety.md").read_text(encoding="utf-8")
LIMITS = {
    "Size of a role, person or business model file": f"{read.MAX_BYTES // 1000:,} kB",
    "Lists and quotes inside each other in a text": f"{read.MAX_BODY_NESTING} deep",
    "Of the characters `[` and `<` in a text": f"{read.MAX_BRACKETS:,} each",
    "Fields inside each other": f"{read.MAX_NESTING} deep",
    "One field": f"{kinds.MAX_TEXT:,} characters",
    "Name of a file": f"{organisation.MAX_ID_BYTES} bytes, about as many letters",
    "Problems told of one file": f"{kinds.MAX_PROBLEMS}",
    "A table to import": f"{tables.MAX_BYTES // 10**6} MB",
    "Roles in the navigation": f"{navigation.MAX_ROLES}",
    "Roles in a chart": f"{reporting.MAX_NODES}, or {reporting.MOST_NODES} on two levels",
    "One line in a chart": f"{mermaid.MAX_LABEL} characters",
    "Direct reports and hats on one page": f"{profiles.SHOWN}",
    "Rows of a list": f"{plan.ROWS}",
}
ROWS = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", GUIDE, re.MULTILINE))


def test_the_guide_states_every_limit() -> None:
    del ROWS["what"], ROWS["---"]
    assert ROWS == LIMITS


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a", "---\ntitle: A\n---\n" + "x" * read.MAX_BYTES, "unreadable-file"),
        ("a", f"---\ntitle: {'x' * (kinds.MAX_TEXT + 1)}\n---\n", "out-of-range"),
        ("a", f"---\ntitle: {'[' * 21}x{']' * 21}\n---\n", "invalid-front-matter"),
        ("x" * 121, "---\ntitle: A\n---\n", "reserved-id"),
    ],
)
def test_what_is_beyond_a_limit_is_told(name: str, text: str, code: str, tmp_path: Path) -> None:
    assert f": {code}: " in told(write(tmp_path, {f"roles/{name}.md": text}))
