"""Organisations of unlikely shapes: they are read, every page can be used, and none is heavy."""

from pathlib import Path

import pytest

from projects import MKDOCS_YML, opened, reported, write
from rolebook.pages.navigation import MAX_ROLES
from rolebook.views import profiles
from shapes import SHAPES, chain, one, role, star
from sites import HOME, build_site, dead_links
from sites import MKDOCS_YML as SITE

pytestmark = pytest.mark.fuzz

HEAVY = 300_000
"""Bytes of a page that still opens at once on a phone."""
FRAME = 30_000
"""What the theme adds to each page."""


def rendered(root: Path, files: dict[str, str]) -> dict[str, int]:
    """The size of every page, without what the theme adds."""
    write(root, {"mkdocs.yml": MKDOCS_YML, **files})
    handbook = opened(root)
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    return {page.uri: len(renderer.page(page).encode()) for page in plan}


@pytest.mark.parametrize("shape", SHAPES)
def test_pages_stay_light(shape: str, long: bool, tmp_path: Path) -> None:
    make, number = SHAPES[shape]
    sizes = rendered(tmp_path, make(number if long else 400))
    heavy = {uri: size for uri, size in sizes.items() if size > HEAVY - FRAME}
    assert heavy == {}


def test_wide_roles_and_busy_people_lead_to_what_they_do_not_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "MAX_LISTED", 20)
    site, _ = build_site(write(tmp_path, HOME | star(25, owner="Ada", backup="Bo", weekly_hours=1)))
    boss = (site / "roles/r0/index.html").read_text(encoding="utf-8")
    assert "The first 20 of 25." in boss
    ada = (site / "people/ada/index.html").read_text(encoding="utf-8")
    assert "The 20 largest of 26 roles." in ada
    assert "And 6 more." in (site / "people/bo/index.html").read_text(encoding="utf-8")
    assert list(dead_links(site)) == []


def test_a_long_chain_in_the_navigation_can_be_built(long: bool, tmp_path: Path) -> None:
    number = MAX_ROLES if long else MAX_ROLES // 3
    site, _ = build_site(write(tmp_path, HOME | chain(number)))
    assert (site / f"roles/r{number - 1}/index.html").is_file()


def test_an_empty_folder_and_one_role(tmp_path: Path) -> None:
    (tmp_path / "roles").mkdir()
    assert "no-roles" in reported(write(tmp_path, {}))
    assert reported(write(tmp_path, one())) == ""


def test_a_circle_of_thousands_is_reported_once(tmp_path: Path) -> None:
    files = {f"roles/r{at}.md": role(f"Role {at}", f"r{(at + 1) % 3000}") for at in range(3000)}
    (line,) = reported(write(tmp_path, files)).splitlines()
    assert "circular reporting line" in line
    assert len(line) < 500


@pytest.mark.parametrize("shape", SHAPES)
def test_a_whole_site_can_be_built(shape: str, long: bool, tmp_path: Path) -> None:
    if not long:
        pytest.skip("takes minutes: see `make fuzz`")
    make, number = SHAPES[shape]
    site, _ = build_site(write(tmp_path, HOME | {"mkdocs.yml": SITE} | make(number)))
    sizes = {path: path.stat().st_size for path in site.rglob("*.html")}
    assert {path: size for path, size in sizes.items() if size > HEAVY} == {}
