"""`rolebook chart`: the org chart as PDF, PNG and SVG, for whom it is, and what it refuses."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from projects import write
from rolebook.cli import main
from rolebook.documents import pdf, png

TOP = "---\ntitle: Owner\nowner: Ada Featherstone\nweekly_hours: 4\n---\n"
HANDBOOK = {
    "roles/owner.md": TOP,
    "roles/marketing.md": "---\ntitle: Marketing\nparent: owner\nowner: Bo Quill\n---\n",
    "roles/ppc.md": "---\ntitle: PPC <b>\nparent: marketing\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: owner\nowner: Ada Featherstone\n---\n",
    "roles/later.md": "---\ntitle: Later\nparent: owner\nstatus: planned\n---\n",
}
PEOPLE = re.compile(r"Ada|Featherstone|\bBo\b|Quill|AF|BQ")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, HANDBOOK)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["chart", *words])


def text_of(file: Path) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def millimetres(file: Path) -> tuple[int, int]:
    box = pypdf.PdfReader(file).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


def test_pdf_has_every_role_with_its_holder_on_one_sheet(root: Path) -> None:
    result = run("--to", "chart.pdf")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "chart.pdf is written. Internal, for colleagues only: names people.\n"
    text = text_of(root / "chart.pdf")
    for words in (
        "Organisation chart of Test",
        "Owner",
        "Ada Featherstone",
        "Bo Quill",
        "PPC <b>",
        "Later",
        "Internal",
    ):
        assert words in text
    reader = pypdf.PdfReader(root / "chart.pdf")
    assert len(reader.pages) == 1
    assert "Sheet" not in text
    assert reader.metadata and reader.metadata.title == "Organisation chart of Test"


@pytest.mark.parametrize(
    ("words", "size"),
    [((), (297, 210)), (("--paper", "a3"), (420, 297)), (("--paper", "Letter"), (279, 216))],
)
def test_the_paper_is_the_one_asked_for(root: Path, words: tuple[str, ...], size: tuple[int, int]) -> None:
    assert run("--to", "chart.pdf", *words).exit_code == 0
    assert millimetres(root / "chart.pdf") == size


def test_the_chart_of_a_role_has_its_team_alone(root: Path) -> None:
    assert run("Marketing", "--to", "team.pdf").exit_code == 0
    text = text_of(root / "team.pdf")
    assert "Organisation chart of Marketing" in text and "PPC" in text
    assert "Owner" not in text and "Shop" not in text


@pytest.mark.parametrize("form", ["pdf", "svg"])
@pytest.mark.parametrize("audience", ["contractor", "public"])
def test_outsiders_read_nobodys_name_and_no_plans(root: Path, audience: str, form: str) -> None:
    result = run("--to", f"chart.{form}", "--audience", audience)
    assert result.stdout == f"chart.{form} is written. For {audience} readers.\n"
    file = root / f"chart.{form}"
    text = text_of(file) if form == "pdf" else file.read_text(encoding="utf-8")
    assert "Marketing" in text
    assert PEOPLE.findall(text) == []
    assert "Later" not in text and "Internal" not in text


def test_outsiders_get_no_chart_of_a_role_that_they_do_not_see(root: Path) -> None:
    result = run("later", "--to", "chart.pdf", "--audience", "public")
    assert result.exit_code == 2
    assert "There is no role 'later'." in result.stderr
    assert not (root / "chart.pdf").exists()


def test_svg_stands_alone_and_is_harmless(root: Path) -> None:
    assert run("--to", "chart.SVG").exit_code == 0
    text = (root / "chart.SVG").read_text(encoding="utf-8")
    assert "PPC &lt;b&gt;" in text
    assert "href" not in text and "<script" not in text and "url(" not in text


def test_png_is_a_sharp_picture_of_the_whole_chart(root: Path) -> None:
    assert run("--to", "chart.png").exit_code == 0
    with Image.open(root / "chart.png") as picture:
        assert picture.format == "PNG"
        assert picture.width > 1200
        assert len(picture.getcolors(maxcolors=1_000_000) or ()) > 10


def test_a_large_chart_is_divided_and_a_picture_of_it_is_bounded(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {f"roles/r{at:03}.md": f"---\ntitle: R{at}\nparent: shop\n---\n" for at in range(150)})
    assert run("--to", "chart.pdf").exit_code == 0
    pages = pypdf.PdfReader(root / "chart.pdf").pages
    assert len(pages) > 1
    assert f"Sheet 1 of {len(pages)}" in pages[0].extract_text()
    assert "+150 more Sheet 3" in pages[0].extract_text().replace("\n", " ")
    assert f"Sheet 3 of {len(pages)} · Shop" in pages[2].extract_text()
    monkeypatch.setattr(png, "MAX_PIXELS", 250_000)
    result = run("--to", "chart.png")
    assert result.exit_code == 0
    assert "too small to be read" in result.stdout
    with Image.open(root / "chart.png") as picture:
        assert picture.width * picture.height < 260_000


@pytest.mark.parametrize(("pixels", "sharp"), [(40_000_000, 1.0), (10_000_000, 2.0), (2_500_000, 2.0)])
def test_a_picture_is_as_sharp_as_its_bound_allows(pixels: int, sharp: float) -> None:
    assert png.sharpness(pixels, 1) == pytest.approx(sharp)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--to", "chart.gif"),
            "'chart.gif' ends in none of .pdf, .png, .svg. Write a name such as chart.pdf.",
        ),
        (("--to", "chart"), "ends in none of .pdf, .png, .svg"),
        (("--to", "chart.png", "--paper", "a4"), "--paper is for a PDF; PNG is one picture, of any size."),
        (("--to", "chart.pdf", "--paper", "a5"), "'a5' is not one of"),
        (("markting", "--to", "chart.pdf"), "There is no role 'markting'. Did you mean 'marketing'?"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(root: Path, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_file_that_is_there_stays(root: Path) -> None:
    (root / "chart.svg").write_text("mine", encoding="utf-8")
    result = run("--to", "chart.svg")
    assert result.exit_code == 2
    assert "chart.svg is there already. Name another with --to." in result.stderr
    assert (root / "chart.svg").read_text(encoding="utf-8") == "mine"


def test_a_handbook_with_errors_gets_no_chart(root: Path) -> None:
    write(root, {"roles/ppc.md": "---\ntitle: PPC\nparent: gone\n---\n"})
    result = run("--to", "chart.svg")
    assert result.exit_code == 2
    assert "roles/ppc.md" in result.stderr and "Nothing was written." in result.stderr
    assert not (root / "chart.svg").exists()


@pytest.mark.parametrize(("form", "missing"), [("pdf", "weasyprint"), ("png", "pypdfium2"), ("png", "PIL")])
def test_a_missing_library_is_named_with_the_way_to_install_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, form: str, missing: str
) -> None:
    for module in (pdf, png):
        monkeypatch.setattr(module, "find_spec", lambda name: None if name == missing else object())
    result = run("--to", f"chart.{form}")
    assert result.exit_code == 2
    assert "pip install weasyprint" in result.stderr
    assert run("--to", "chart.svg").exit_code == 0


def test_a_picture_in_memory_is_read_back() -> None:
    data = png.as_png(pdf.as_pdf("<style>@page { size: 100px 50px; margin: 0 }</style><p>x"), 2.0)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (200, 100)
