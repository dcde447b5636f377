"""A comment on a line of its own becomes a block; what only looks like one is left, or reported."""

from pathlib import Path

import pytest

from projects import opened, write
from rolebook.blocks import asked, filled

CODE = "```\n<!-- rolebook: numbers -->\n```\n"
LONGER = "~~~~\n~~~\n<!-- rolebook: numbers -->\n~~~~~\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!-- rolebook: numbers -->", "[numbers]"),
        ("a\n\n  <!--rolebook: org-chart-->\t\nb", "a\n\n[org-chart]\nb"),
        ("<!-- rolebook: business-model -->\n<!-- rolebook: numbers -->", "[business-model]\n[numbers]"),
        (f"{CODE}<!-- rolebook: numbers -->", f"{CODE}[numbers]"),
        (f"{LONGER}<!-- rolebook: numbers -->", f"{LONGER}[numbers]"),
        ("```code```\n<!-- rolebook: numbers -->", "```code```\n[numbers]"),
        ("x <!-- rolebook: numbers -->", "x <!-- rolebook: numbers -->"),
        ("<!-- rolebook: number -->", "<!-- rolebook: number -->"),
        ("```\n<!-- rolebook: numbers -->", "```\n<!-- rolebook: numbers -->"),
    ],
)  # fmt: skip
def test_blocks_are_filled_where_they_stand_alone(text: str, shown: str) -> None:
    assert filled(text, lambda name: f"[{name}]") == shown
    assert asked(text) == {
        name for name in ("numbers", "org-chart", "business-model") if f"[{name}]" in shown
    }


@pytest.mark.parametrize(("extension", "lines"), [("admonition", [5]), ("tables", [])])
def test_a_block_within_a_note_is_no_code(extension: str, lines: list[int], tmp_path: Path) -> None:
    config = f"docs_dir: content\nmarkdown_extensions: [{extension}]\nplugins: [rolebook]\n"
    page = "# Home\n\n!!! note\n\n    <!-- rolebook: nubmers -->\n"
    files = {"mkdocs.yml": config, "content/index.md": page, "roles/owner.md": "---\ntitle: Owner\n---\n"}
    found = opened(write(tmp_path, files)).problems
    assert [each.line for each in found if each.rule.code == "unknown-block"] == lines
