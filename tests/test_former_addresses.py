"""Former addresses as anybody may have written them: none leaves the site or breaks a build."""

import json
from pathlib import Path

import pytest

from hostile import labels
from projects import opened, write
from rolebook.pages.redirects import redirects
from sites import HOME, build_site


@pytest.mark.parametrize(
    "alias",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\x",
        "C:\\x",
        "a" * 300,
        "a/" * 3000,
        "a\0b",
        "\x1b[31m",
        "%2e%2e%2fx",
    ],
)
def test_a_former_address_stays_on_the_site(alias: str, tmp_path: Path) -> None:
    role = f"---\ntitle: A\naliases: {json.dumps([alias, 'was-here'])}\n---\n"
    plan = opened(write(tmp_path, {"roles/a.md": role})).plan()
    found = redirects(plan)
    assert "roles/was-here/index.html" in found
    for path in found:
        assert path.startswith(("roles/", "jobs/", "org-chart/"))
        assert ".." not in path.split("/")
        assert "\\" not in path
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found[path], encoding="utf-8")


def test_every_hostile_label_can_be_a_former_address(tmp_path: Path) -> None:
    aliases = json.dumps(
        [label.encode(errors="ignore").decode() for label in labels(190) if label.isprintable()]
    )
    plan = opened(write(tmp_path, {"roles/a.md": f"---\ntitle: A\naliases: {aliases}\n---\n"})).plan()
    for path, html in redirects(plan).items():
        assert "<script" not in html
        assert html.count("<") == 18
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)


@pytest.mark.parametrize("alias", ["pic.png", "pic.png/more"])
def test_a_former_address_takes_the_place_of_no_file(alias: str, tmp_path: Path) -> None:
    role = f"---\ntitle: A\naliases: [{alias}]\n---\n"
    files = {"roles/a.md": role, "roles/pic.png": b"\x89PNG\r\n\x1a\n"}
    site, _ = build_site(write(tmp_path, HOME | files))
    assert (site / "roles/pic.png").read_bytes() == b"\x89PNG\r\n\x1a\n"
