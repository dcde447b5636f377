"""What pages say of somebody who comes, who has gone, or who is named as their own cover."""

from pathlib import Path

import pytest

from projects import write
from sample_texts import article
from sites import build_site

FILES = {
    "mkdocs.yml": "site_name: Test\ndocs_dir: content\ntheme: {name: material, font: false}\n"
    "plugins: [search, rolebook]\n",
    "content/index.md": "# Home\n",
    "people/ann.md": "---\nname: Ann Ek\nengagement: employee\nweekly_capacity: 20\nends: 2027-01-31\n---\n",
    "people/bo.md": "---\nname: Bo Low\nengagement: contractor\nends: 2026-11-01\n---\n",
    "people/cy.md": "---\nname: Cy Day\nengagement: contractor\nstarts: 2027-01-04\n---\n",
    "people/di.md": "---\nname: Di Eve\nstarts: 2026-01-04\n---\n",
    "roles/boss.md": "---\ntitle: Boss\nowner: Flo Go\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: boss\nowner: ann\nbackup: ann\n"
    "weekly_hours: {min: 2, max: 5}\noutsource: {fit: next, by: 2027-02-01, to: cy}\n---\n",
    "roles/seek.md": "---\ntitle: Seek\nparent: boss\nstatus: open\n"
    "posting: {apply_email: a@b.example}\n---\n",
    "roles/rest.md": "---\ntitle: Rest\nparent: boss\n---\n",
    "roles/desk.md": "---\ntitle: Desk\nparent: boss\nowner: Flo Go\noutsource: {fit: done, to: cy}\n---\n",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795867200")  # 28 November 2026
        return build_site(write(tmp_path_factory.mktemp("profiles"), FILES))[0]


def said(pages: Path, page: str) -> str:
    return " ".join(" ".join(article(pages / page / "index.html")).split())


def test_hours_that_are_free_are_a_range_as_hours_of_work_are(pages: Path) -> None:
    assert "2–5 h of 20 h allocated, 15–18 h free." in said(pages, "people/ann")


def test_first_and_last_days_are_facts(pages: Path) -> None:
    assert "Last day 31 January 2027" in said(pages, "people/ann")
    assert "First day 4 January 2027" in said(pages, "people/cy")
    assert "First day" not in said(pages, "people/di"), "it has passed"


def test_who_has_left_does_not_hold_no_role_yet(pages: Path) -> None:
    assert "Bo Low left on 1 November 2026." in said(pages, "people/bo")
    assert "Di Eve holds no role yet." in said(pages, "people/di")
    assert all("holds no role yet" not in said(pages, f"people/{name}") for name in ("ann", "bo", "cy"))


def test_who_is_to_take_a_role_over_is_told_which_and_when(pages: Path) -> None:
    assert "To take over Shop by 1 February 2027" in said(pages, "people/cy")
    assert "Desk" not in said(pages, "people/cy"), "it has gone to somebody already"
    assert "To take over" not in said(pages, "people/ann")


def test_nobody_is_their_own_cover(pages: Path) -> None:
    assert "Cover when away No cover" in said(pages, "roles/shop")
    assert "Covers for" not in said(pages, "people/ann")
    assert "Name another cover" not in said(pages, "people/ann")
    assert "Covered by" not in (pages / "org-chart/index.html").read_text(encoding="utf-8")


def test_an_open_role_is_one_that_takes_applications(pages: Path) -> None:
    assert "Open role" in said(pages, "jobs/seek")
    assert "Open role" not in said(pages, "jobs/rest")
    assert "Open role" not in said(pages, "jobs/desk")
