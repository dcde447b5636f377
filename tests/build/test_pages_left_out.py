"""Pages that an owner leaves out are not made, and nothing leads to them; others have a title of hers."""

import re
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
import yaml
from click.testing import CliRunner

from projects import opened, reported, write
from rolebook.cli import main
from rolebook.options import PAGES
from rolebook.pages.navigation import SECTIONS
from sites import MKDOCS_YML, build_site, copy_sample, dead_links, set_options

_HREF = re.compile(r'\shref="?([^"\s>]*)')
FILES = {
    "content/index.md": "---\ntitle: Home\n---\n# Home\n\n<!-- rolebook:numbers -->\n",
    "content/business-model.md": "---\ndeliverables:\n  - id: bread\n    name: Bread\n---\n# Promises\n",
    "people/ada.md": "---\nname: Ada\nweekly_capacity: 10\nfounder: yes\naliases: [old-ada]\n---\n",
    "people/bo.md": "---\nname: Bo\nweekly_capacity: 20\n---\n",
    "roles/top.md": "---\ntitle: Top\nowner: Ada\nbackup: Bo\nweekly_hours: 17.5\naliases: [old-top]\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: top\nweekly_hours: 8.5\n---\n\n## Procedure\n\nBake.\n",
    "roles/sell.md": "---\ntitle: Sell\nparent: top\nowner: Bo\nweekly_hours: 8.5\n"
    "outsource: {by: 2030-01-01}\n---\n",
}
PLACES = {
    "people": "people",
    "jobs": "jobs",
    "decisions": "decisions",
    "workload": "decisions/hats",
    "hand-over": "decisions/hand-over",
    "now-and-next": "decisions/now-and-next",
    "promises-and-risks": "decisions/promises-and-risks",
    "attention": "decisions/attention",
    "changes": "changes",
}


def with_options(**options: object) -> dict[str, str]:
    settings = yaml.safe_load(MKDOCS_YML) | {"plugins": ["search", {"rolebook": options}]}
    return {**FILES, "mkdocs.yml": yaml.safe_dump(settings)}


def dead(site: Path) -> list[str]:
    """Links of a site's pages that lead to no file, or nowhere."""
    found = []
    for page in site.rglob("*.html"):
        if page.name == "404.html":
            continue
        here = page.relative_to(site).as_posix()
        text = page.read_text(encoding="utf-8")
        for href in _HREF.findall(text):
            if href.startswith(("http", "mailto:", "#", "data:", "tel:")):
                continue
            goal = unquote(urljoin("http://x/" + here, href).removeprefix("http://x/")).partition("#")[0]
            if not href or not ((site / goal).is_file() or (site / goal / "index.html").is_file()):
                found.append(f"{here}: '{href}'")
        found += [f"{here}: {each}" for each in re.findall(r'click n\d+ href ""', text)]
    return found


def test_every_page_has_a_place_here() -> None:
    assert set(PLACES) == set(PAGES)
    assert set(SECTIONS) - set(PAGES) == {"org-chart", "roles"}


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize(
    "left_out", [*((each,) for each in PAGES), PAGES], ids=lambda names: "+".join(names)[:20]
)
def test_nothing_leads_to_pages_that_are_left_out(
    tmp_path: Path, left_out: tuple[str, ...], audience: str
) -> None:
    options = {"pages": dict.fromkeys(left_out, False), "audience": audience, "public_pages": ["index.md"]}
    site, lines = build_site(write(tmp_path, with_options(**options)), strict=True)
    assert dead(site) == [], lines
    search = (site / "search/search_index.json").read_text(encoding="utf-8")
    for name in left_out:
        assert not (site / PLACES[name] / "index.html").exists()
        assert f'"location":"{PLACES[name]}/' not in search or name == "decisions"
        assert f"{PLACES[name]}/</loc>" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_a_page_has_the_title_of_the_owner_and_its_place_in_nav(tmp_path: Path) -> None:
    files = with_options(pages={"people": "Team", "decisions": "Steering", "workload": "yes"})
    nav = "nav: [index.md, 'rolebook:people', 'rolebook:decisions', 'rolebook:jobs']\n"
    files["mkdocs.yml"] += nav
    site, _ = build_site(write(tmp_path, files), strict=True)
    assert "<h1" in (text := (site / "people/index.html").read_text(encoding="utf-8"))
    assert re.search(r"<h1[^>]*>Team", text) and "<title>Team" in text
    assert "Steering" in text
    assert dead(site) == []


@pytest.mark.parametrize("no", ["no", "off", "False", '"no"'])
def test_no_is_written_in_any_way(tmp_path: Path, no: str) -> None:
    settings = MKDOCS_YML.replace("rolebook]", f"{{rolebook: {{pages: {{people: {no}, jobs: on}}}}}}]")
    root = write(tmp_path, {**FILES, "mkdocs.yml": settings})
    assert opened(root).project.options.pages == (("people", ""),)
    site, _ = build_site(root, strict=True)
    assert not (site / "people").exists() and (site / "jobs/index.html").exists()


def test_a_section_that_is_left_out_has_no_place_in_nav(tmp_path: Path) -> None:
    files = with_options(pages={"people": False})
    files["mkdocs.yml"] += "nav: [index.md, 'rolebook:people', 'rolebook:roles']\n"
    site, _ = build_site(write(tmp_path, files), strict=True)
    assert dead(site) == []


def test_a_build_from_a_cache_knows_what_is_left_out(tmp_path: Path) -> None:
    for pages in ({}, {"people": False}, {}):
        site, _ = build_site(write(tmp_path, with_options(pages=pages, cache_dir=".cache")))
        assert (site / "people/ada/index.html").exists() is not bool(pages)
        assert dead(site) == []


def test_an_export_leaves_them_out(tmp_path: Path) -> None:
    files = with_options(pages={"people": False, "jobs": "Careers"})
    files["content/index.md"] += "\n[Ada](../people/ada.md), [Shop](../roles/shop.md)\n"
    root = write(tmp_path, files)
    out = root / "out"
    done = CliRunner().invoke(
        main, ["export", "-f", str(root / "mkdocs.yml"), "--format", "markdown", "--to", str(out)]
    )
    assert done.exit_code == 0, done.output
    texts = {file: file.read_text(encoding="utf-8") for file in out.rglob("*.md")}
    assert not any("people" in file.parts for file in texts)
    assert not any(re.search(r'href="("|[^"]*people/)', text) for text in texts.values())
    assert any("Careers" in text for text in texts.values())
    assert "[Ada](#), [Shop](roles/shop.md)" in texts[out / "docs/index.md"]


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ("{peple: no}", "Did you mean 'people'?"),
        ("{roles: no}", "'roles' in rolebook.pages is always there"),
        ("{overview: no}", "'overview' in rolebook.pages is always there"),
        ("[people]", "such as {people: no}"),
        ("{holidays: no}", "Write one of people, jobs"),
    ],
)
def test_a_wrong_name_is_reported(tmp_path: Path, pages: str, message: str) -> None:
    settings = MKDOCS_YML.replace("rolebook]", f"{{rolebook: {{pages: {pages}}}}}]")
    assert message in reported(write(tmp_path, {**FILES, "mkdocs.yml": settings}))


LINKS = {
    "file": ("[Ada](../people/ada.md)", "../people/ada.md"),
    "part": ("[Ada](../people/ada.md#roles)", "../people/ada.md#roles"),
    "reference": ("[a]: ../people/ada.md\n\n[Ada][a]", "../people/ada.md"),
    "address": ("[Ada](people/ada/)", "people/ada/"),
    "page of the handbook": ("[Ada](people/index.md)", "people/index.md"),
    "plan": ("[Ada](decisions/hats/index.md)", "decisions/hats/index.md"),
    "address of the plan": ("[Ada](decisions/hats/)", "decisions/hats/"),
}


@pytest.mark.parametrize(("text", "link"), LINKS.values(), ids=LINKS)
def test_a_link_of_an_author_to_such_a_page_is_text_and_is_reported(
    tmp_path: Path, text: str, link: str
) -> None:
    files = with_options(pages={"people": False, "decisions": False})
    files["content/index.md"] = f"# Home\n\n{text}\n\n[Shop](../roles/shop.md)\n"
    root = write(tmp_path, files)
    assert (
        f"advice: content/index.md:3: the link '{link}' is text on the site, because the option 'pages' "
        "leaves its page out. Remove the link, or the page from 'pages'"
    ) in reported(root)
    site, _ = build_site(root, strict=True)
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "<span>Ada</span>" in home and 'href="roles/shop/"' in home
    assert dead(site) == []


def test_a_link_to_a_page_that_an_owner_wrote_in_its_place_stays(tmp_path: Path) -> None:
    files = with_options(pages={"people": False})
    files["content/index.md"] = "# Home\n\n[People](people/index.md)\n"
    files["content/people/index.md"] = "# Who we are\n"
    root = write(tmp_path, files)
    assert "people/index.md" not in reported(root)
    site, _ = build_site(root, strict=True)
    assert 'href="people/"' in (site / "index.html").read_text(encoding="utf-8")


def test_nobody_is_told_of_links_in_a_file_whose_page_an_owner_has_written_anew(tmp_path: Path) -> None:
    files = {**FILES, "mkdocs.yml": MKDOCS_YML, "content/people/ada.md": "# Ada\n"}
    files["people/ada.md"] += "\n[Gone](gone.md)\n"
    root = write(tmp_path, files)
    assert "gone.md" not in reported(root)
    build_site(root, strict=True)


def test_a_link_on_a_role_page_is_text(tmp_path: Path) -> None:
    files = with_options(pages={"people": False})
    files["roles/shop.md"] += "\nAsk [Ada](../people/ada.md).\n"
    root = write(tmp_path, files)
    assert "advice: roles/shop.md:11: the link '../people/ada.md' is text" in reported(root)
    site, _ = build_site(root, strict=True)
    assert "Ask <span>Ada</span>." in (site / "roles/shop/index.html").read_text(encoding="utf-8")


def test_an_entry_of_the_navigation_that_leads_to_such_a_page_is_reported(tmp_path: Path) -> None:
    files = with_options(pages={"people": False})
    files["mkdocs.yml"] += "nav: [index.md, people/index.md, rolebook]\n"
    found = reported(write(tmp_path, files))
    assert "the navigation leads to 'people/index.md', which the option 'pages' leaves out. Remove" in found


@pytest.mark.parametrize("left_out", [*((each,) for each in PAGES), PAGES], ids=lambda names: "+".join(names))
def test_the_sample_is_built_strictly_without_them(tmp_path: Path, left_out: tuple[str, ...]) -> None:
    root = copy_sample(tmp_path / "sample")
    set_options(root, pages=dict.fromkeys(left_out, False))
    site, _ = build_site(root, strict=True)
    assert [*dead_links(site)] == []
