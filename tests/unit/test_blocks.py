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


OTHERWISE = [
    ("<!--- rolebook: numbers --->", "the block 'numbers' is not asked for in the right form"),
    ("<!-- rolebook: numbers", "the block 'numbers' is not asked for in the right form"),
    ("<!-- rolebook; numbers -->", "the block 'numbers' is not asked for in the right form"),
    ("<!-- rolebook numbers -->", "the block 'numbers' is not asked for in the right form"),
    ("<!-- role-book: numbers -->", "the block 'numbers' is not asked for in the right form"),
    ("<!--rolebook org-chart-->", "the block 'org-chart' is not asked for in the right form"),
    ("<!-- Role book: numbers -->", "the block 'numbers' is not asked for in the right form"),
    ("<!-- role book: a note of ours -->", ""),
    ("<!-- rolbook: numbers -->", "the block 'numbers' is not asked for in the right form"),
    ("<!-- rolebok: nubmers -->", "there is no block 'nubmers'"),
    ("<!– rolebook: numbers –>", "the block 'numbers' is not asked for in the right form"),
    ("<!— Rolebook: numbers —>", "the block 'numbers' is not asked for in the right form"),
    ("x <!-- rolebook: numbers -->", "the block 'numbers' is not alone on its line"),
    ("<!-- rolebook: something -->", "there is no block 'something'"),
    ("<!-- rolebook: business-model -->", "the block 'business-model' shows nothing on this page"),
    ("`<!--- rolebook: numbers --->`", ""),
    ("    <!--- rolebook: numbers --->", ""),
    ("<!-- rolebook: numbers -->", ""),
    ("<!-- notebook: numbers -->", ""),
    ("<!-- rolbook: a note of ours -->", ""),
    ("<!-- rolebook is what makes these pages -->", ""),
    ("<!-- rolebook: a note\nof two lines -->", ""),
]


@pytest.mark.parametrize(("comment", "reported"), OTHERWISE)
def test_what_is_meant_for_a_block_and_is_none_is_reported(
    comment: str, reported: str, tmp_path: Path
) -> None:
    config = "docs_dir: content\nplugins: [rolebook]\n"
    page = f"# Home\n\nText.\n\n{comment}\n"
    files = {"mkdocs.yml": config, "content/index.md": page, "roles/owner.md": "---\ntitle: Owner\n---\n"}
    files["content/business-model.md"] = "# Model\n\n<!-- rolebook: business-model -->\n"
    found = [each for each in opened(write(tmp_path, files)).problems if each.rule.code == "unknown-block"]
    assert [(each.line, each.message) for each in found] == ([(5, reported)] if reported else [])
