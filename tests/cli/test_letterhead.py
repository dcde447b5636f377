"""The letterhead of documents: name, address, logo, colour and paper."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from contrast import contrast
from projects import reported, write
from rolebook.cli import main
from rolebook.documents.letterhead import DARK, LEGIBLE, LIGHT, legible

SITE = """\
site_name: The Loaf
docs_dir: content
plugins:
  - rolebook:
      disabled_checks: [no-hours, no-deliverable]
"""
LETTERHEAD = """\
      letterhead:
        name: The Patient Loaf & Co <Ltd>
        address: [1 Mill Lane, "Cork {{ 7*7 }}"]
        logo: content/logo.png
        colour: "#fc0"
        paper: letter
"""
ROLES = {
    "content/index.md": "# Home\n",
    "roles/owner.md": "---\ntitle: Owner\nowner: Ada\npurpose: We bake.\n---\n",
}


def logo() -> bytes:
    words, data = PngInfo(), io.BytesIO()
    words.add_text("Author", "SECRET")
    Image.new("RGBA", (2000, 500), (200, 60, 20, 255)).save(data, "PNG", pnginfo=words)
    return data.getvalue()


def packed(root: Path, *words: str, site: str = SITE + LETTERHEAD) -> dict[str, bytes]:
    """The documents that the command writes."""
    write(root, ROLES | {"mkdocs.yml": site, "content/logo.png": logo()})
    out = root / f"out{len(list(root.glob('out*')))}"
    config = ["-f", f"{root}/mkdocs.yml", "--to", str(out), "--format", "html,pdf,md,txt"]
    done = CliRunner().invoke(main, ["pack", *words, *config])
    assert done.exit_code == 0, done.output
    return {file.suffix: file.read_bytes() for file in out.iterdir()}


@pytest.mark.parametrize("words", [["owner"], ["owner", "--sow"], ["owner", "--post"], ["--leaving", "Ada"]])
def test_every_document_has_it(words: list[str], tmp_path: Path) -> None:
    made = packed(tmp_path, *words)
    html = made[".html"].decode()
    head = html[html.index('<header class="letterhead">') : html.index("</header>")]
    assert "<strong>The Patient Loaf &amp; Co &lt;Ltd&gt;</strong>" in head
    assert "<address>1 Mill Lane<br>Cork &#123;&#123; 7*7 &#125;&#125;</address>" in head
    assert re.findall(r'<img src="data:image/png;base64,', head)
    assert b"SECRET" not in made[".html"] + made[".pdf"]
    assert re.findall(r'(?:src|href|url\()\s*=?\s*["\']?(?!data:)(\w+:)?//', html) == []
    reader = pypdf.PdfReader(io.BytesIO(made[".pdf"]))
    assert [round(float(each)) for each in reader.pages[0].mediabox[2:]] == [612, 792]
    assert "The Patient Loaf & Co <Ltd>" in reader.pages[0].extract_text()


def test_a_statement_of_work_names_the_client_as_the_letterhead_does(tmp_path: Path) -> None:
    text = packed(tmp_path, "owner", "--sow")[".txt"].decode()
    assert "Client: The Patient Loaf & Co <Ltd>, 1 Mill Lane, Cork {{ 7*7 }}" in text


def test_each_part_is_optional(tmp_path: Path) -> None:
    made = packed(tmp_path, "owner", site=f"{SITE}      letterhead:\n        paper: a4\n")
    html = made[".html"].decode()
    assert "<strong>The Loaf</strong>" in html
    assert "<address>" not in html
    assert "<img" not in html
    reader = pypdf.PdfReader(io.BytesIO(made[".pdf"]))
    assert [round(float(each)) for each in reader.pages[0].mediabox[2:]] == [595, 842]


def test_an_address_may_be_a_text_of_several_lines(tmp_path: Path) -> None:
    address = "      letterhead:\n        address: |\n          1 Mill Lane\n\n          Cork\n"
    html = packed(tmp_path, "owner", site=SITE + address)[".html"].decode()
    assert "<address>1 Mill Lane<br>Cork</address>" in html


def test_documents_without_it_know_nothing_of_it(tmp_path: Path) -> None:
    html = packed(tmp_path, "owner", site=SITE)[".html"].decode()
    assert "letterhead" not in html
    assert "--brand" not in html


def parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


@pytest.mark.parametrize("colour", ["#fc0", "#ffcc00", "#000", "#FFFFFF", "#0b3d2e", "#808080", "#0a58ca"])
@pytest.mark.parametrize("behind", [LIGHT, DARK])
def test_letters_in_its_colour_can_be_read(colour: str, behind: str) -> None:
    assert contrast(parts(legible(colour, behind)), parts(behind)) >= LEGIBLE


def test_a_colour_that_can_be_read_is_as_it_was_given() -> None:
    assert legible("#0a58ca", LIGHT) == "#0a58ca"
    assert legible("#ffcc00", DARK) == "#ffcc00"


def test_a_logo_that_is_there_is_no_problem(tmp_path: Path) -> None:
    write(tmp_path, ROLES | {"mkdocs.yml": SITE + LETTERHEAD, "content/logo.png": logo()})
    assert reported(tmp_path) == ""
    (tmp_path / "content/logo.png").unlink()
    (tmp_path / "content/logo.png").symlink_to("/etc/hostname")
    assert "mkdocs.yml:9: there is no picture 'content/logo.png'" in reported(tmp_path)
