"""Photos of people are for colleagues: none is in what outsiders get, and no original is published."""

import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from projects import opened, write
from rolebook.cli import main
from rolebook.export.site import Site
from sites import HOME, MKDOCS_YML, build_site

FILES = {
    "roles/owner.md": "---\ntitle: Owner\nowner: ann\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: owner\nowner: ben\n---\n",
    "roles/team.md": "---\ntitle: Team\nkind: team\nparent: owner\nlead: [ann]\n---\n",
    "people/ann.md": "---\nname: Ann Ek\nphoto: ann.jpg\n---\n",
    "people/ben.md": "---\nname: Ben Oh\n---\n",
}


def secret_picture() -> bytes:
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "SecretCam"
    Image.new("RGB", (40, 30), (200, 30, 30)).save(data, "JPEG", exif=exif)
    return data.getvalue()


def site(root: Path, plugins: str) -> dict[str, bytes]:
    settings = MKDOCS_YML.replace("[search, rolebook]", f"[search, {plugins}]")
    files = HOME | FILES | {"mkdocs.yml": settings, "people/ann.jpg": secret_picture()}
    built, _ = build_site(write(root, files))
    return {str(path.relative_to(built)): path.read_bytes() for path in built.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return site(tmp_path_factory.mktemp("inside"), "rolebook")


def test_colleagues_see_photos_on_cards_and_on_the_person_s_page(inside: dict[str, bytes]) -> None:
    (photo,) = (path for path in inside if path.startswith("assets/rolebook/photos/"))
    name = photo.rpartition("/")[2]
    data = json.loads(inside["rolebook.json"])
    assert [each.get("photo") for each in data["people"]] == [photo, None]
    chart, page = (inside[path].decode() for path in ("org-chart/index.html", "people/ann/index.html"))
    faces = re.findall(r'<span class="rb-face" role="img" aria-label="([^"]*)">(.*?)</span>', chart)
    shown = f'<img src="../assets/rolebook/photos/{name}" alt="" width="30" height="30" loading="lazy">'
    assert faces == [("In-house", shown), ("In-house", "BO"), ("Team", shown)]
    assert f'<img src="../../assets/rolebook/photos/{name}" alt="Photo of Ann Ek"' in page
    assert "rb-portrait" not in inside["people/ben/index.html"].decode()


def test_no_file_of_a_site_is_the_original(inside: dict[str, bytes]) -> None:
    assert not [path for path, data in inside.items() if b"SecretCam" in data]
    assert not [path for path in inside if path.startswith("people/") and path.endswith(".jpg")]


@pytest.mark.parametrize(
    "plugins", ["rolebook: {audience: public}", "rolebook, encryptcontent: {global_password: a-long-one}"]
)
def test_outsiders_and_whoever_has_no_password_get_none(plugins: str, tmp_path: Path) -> None:
    plugins = ", ".join(f"{{{each}}}" if ":" in each else each for each in re.split(r", (?=\w+:)", plugins))
    files = site(tmp_path, plugins)
    assert not [path for path in files if path.endswith(".jpg")]
    ours = {path: data for path, data in files.items() if not path.startswith("assets")}
    assert not [path for path, data in ours.items() if b"rolebook/photos" in data or b"ann.jpg" in data]


def test_an_export_has_the_same_and_no_original(tmp_path: Path) -> None:
    files = HOME | FILES | {"people/ann.jpg": secret_picture()}
    exported = Site(opened(write(tmp_path, files)))
    found = {path: data if isinstance(data, bytes) else data.encode() for path, data in exported}
    assert len(found) == len(exported)
    (photo,) = (path for path in found if path.endswith(".jpg"))
    assert photo.startswith("docs/assets/rolebook/photos/")
    assert not [path for path, data in found.items() if b"SecretCam" in data]
    assert "assets/rolebook/photos/" in found["docs/people/ann.md"].decode()


def test_a_pack_has_no_photo(tmp_path: Path) -> None:
    root = write(tmp_path, HOME | FILES | {"people/ann.jpg": secret_picture()})
    result = CliRunner().invoke(
        main, ["pack", "owner", "-f", str(root / "mkdocs.yml"), "--to", str(tmp_path / "out")]
    )
    assert result.exit_code == 0, result.output
    assert not any(
        b"data:image" in path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()
    )


def test_another_picture_is_on_the_next_site(tmp_path: Path) -> None:
    plugins = "rolebook: {cache_dir: .cache}"
    first = site(tmp_path, f"{{{plugins}}}")
    data = io.BytesIO()
    Image.new("RGB", (40, 30), (20, 30, 200)).save(data, "PNG")
    (tmp_path / "people/ann.jpg").write_bytes(data.getvalue())
    built, _ = build_site(tmp_path)
    (name,) = (path.name for path in (built / "assets/rolebook/photos").iterdir())
    assert f"assets/rolebook/photos/{name}" not in first
    for page in ("org-chart", "people/ann"):
        assert f"photos/{name}" in (built / page / "index.html").read_text(encoding="utf-8")
