"""Charts as files beside the pages: for colleagues, where the owner wants them."""

from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner

from projects import write
from rolebook.cli import main
from rolebook.documents import pdf, png
from sites import HOME, MKDOCS_YML, build_site, refused_build

ROLES = {
    "roles/top.md": "---\ntitle: Top\nowner: Ada Quill\n---\n",
    # Its chart must not be taken for that of everybody.
    "roles/organisation.md": "---\ntitle: Organisation\nparent: top\n---\n",
    "roles/desk.md": "---\ntitle: Desk\nparent: organisation\n---\n",
}


def built(folder: Path, options: str) -> tuple[Path, list[str]]:
    settings = MKDOCS_YML.replace("rolebook]", f"{{rolebook: {options}}}]")
    return build_site(write(folder, HOME | ROLES | {"mkdocs.yml": settings}))


def charts(site: Path) -> set[str]:
    return {
        each.relative_to(site).as_posix()
        for each in (site / "org-chart").rglob("*")
        if each.suffix in (".pdf", ".png")
    }


def test_each_chart_page_leads_to_its_own_files(tmp_path: Path) -> None:
    site, lines = built(tmp_path, "{chart_files: [pdf, png], chart_paper: letter}")
    assert [line for line in lines if line.startswith(("WARNING", "ERROR"))] == []
    pages = {"": "organisation", "top/": "top", "organisation/": "organisation"}
    for folder, name in pages.items():
        page = (site / "org-chart" / folder / "index.html").read_text(encoding="utf-8")
        for form in ("pdf", "png"):
            assert f'<a href="{name}.{form}" download>{form.upper()}</a>' in page
    everybody, team = (
        pypdf.PdfReader(site / "org-chart" / f"{path}organisation.pdf") for path in ("", "organisation/")
    )
    assert "Ada Quill" in everybody.pages[0].extract_text()
    assert "Ada Quill" not in team.pages[0].extract_text()
    assert round(float(everybody.pages[0].mediabox.width)) == 792
    assert len(charts(site)) == 6


@pytest.mark.parametrize("options", ["{}", "{chart_files: [pdf, png], audience: public}"])
def test_no_chart_is_made_unasked_or_for_outsiders(tmp_path: Path, options: str) -> None:
    site, _ = built(tmp_path, options)
    assert charts(site) == set()
    page = (site / "org-chart/index.html").read_text(encoding="utf-8")
    assert '<a href="organisation.svg" download>SVG</a>' in page
    assert "organisation.pdf" not in page and "organisation.png" not in page


@pytest.mark.parametrize(
    ("forms", "missing", "named"),
    [
        (
            "[pdf]",
            "weasyprint",
            "names 'pdf', which cannot be made here. PDF needs the package weasyprint. Install it",
        ),
        (
            "[pdf, png]",
            "pypdfium2",
            "names 'png', which cannot be made here. PNG needs the packages weasyprint",
        ),
        (
            "[png]",
            "PIL",
            "names 'png', which cannot be made here. PNG needs the packages weasyprint",
        ),
        ("[pdf]", "pypdfium2", ""),
    ],
)
def test_a_build_and_the_check_without_a_library_say_what_to_install(
    forms: str, missing: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pdf, png):
        monkeypatch.setattr(module, "find_spec", lambda name: None if name == missing else object())
    settings = MKDOCS_YML.replace("rolebook]", f"{{rolebook: {{chart_files: {forms}}}}}]")
    root = write(tmp_path, HOME | ROLES | {"mkdocs.yml": settings})
    checked = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml")])
    assert (named in checked.output, checked.exit_code) == (True, 1 if named else 0)
    if named:
        assert named in "\n".join(refused_build(root))
    else:
        build_site(root, strict=True)


@pytest.mark.parametrize(
    ("first", "order"), [("cards", ["rb-cards", "rb-chart"]), ("diagram", ["rb-chart", "rb-cards"])]
)
def test_a_chart_page_begins_with_what_its_owner_wants(tmp_path: Path, first: str, order: list[str]) -> None:
    home = {"content/index.md": "# Home\n\n<!-- rolebook: org-chart -->\n"}
    settings = MKDOCS_YML.replace("rolebook]", f"{{rolebook: {{first_charts: {first}, static_charts: []}}}}]")
    site, _ = build_site(write(tmp_path, HOME | ROLES | home | {"mkdocs.yml": settings}))
    for path in ("", "org-chart/", "org-chart/top/", "roles/top/", "people/", "people/ada-quill/"):
        page = (site / path / "index.html").read_text(encoding="utf-8")
        article = page[page.index("<article") :]
        places = {name: article.index(f'class="{name}"') for name in order}
        assert sorted(places, key=places.__getitem__) == order, path
