"""Photos of people: which files become a small square picture, what is left of them, and what is reported."""

import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from projects import opened, reported, write
from rolebook import photos
from rolebook.photos import MAX_BYTES, MAX_PIXELS, SIDE, Photo, originals
from rolebook.problems import Problem

ROLE = {"roles/owner.md": "---\ntitle: Owner\nowner: ann\n---\n"}


def person(photo: str) -> str:
    return f"---\nname: Ann\nphoto: {photo}\n---\n"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (40, 30), colour: Any = (200, 30, 30), **more: Any
) -> bytes:
    data = io.BytesIO()
    Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour).save(data, kind, **more)
    return data.getvalue()


def drawn(root: Path, data: bytes, name: str = "ann.jpg") -> tuple[Photo | None, list[Problem]]:
    """The photo that is made of `data`, and what is reported of it."""
    handbook = opened(write(root, ROLE | {"people/ann.md": person(name), f"people/{name}": data}))
    return handbook.photos.get("ann"), [each for each in handbook.problems if each.rule.code == "no-photo"]


def shown(photo: Photo | None) -> Image.Image:
    assert photo
    found = Image.open(io.BytesIO(photo.data))
    found.load()
    return found


# --- what is drawn ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("name", ["ann.jpg", "ann.png", "ann"])
def test_the_content_says_what_a_picture_is(kind: str, name: str, tmp_path: Path) -> None:
    photo, problems = drawn(tmp_path, picture(kind), name)
    found = shown(photo)
    assert (found.format, found.size, found.mode) == ("JPEG", (SIDE, SIDE), "RGB")
    red, green, blue = found.getpixel((SIDE // 2, SIDE // 2))  # type: ignore[misc]
    assert red > 180 and green < 60 and blue < 60
    assert problems == []


@pytest.mark.parametrize("size", [(1, 1), (SIDE, SIDE), (3000, 20), (20, 3000), (2000, 2000)])
def test_every_shape_becomes_a_small_square(size: tuple[int, int], tmp_path: Path) -> None:
    assert shown(drawn(tmp_path, picture(size=size))[0]).size == (SIDE, SIDE)


def test_nothing_is_left_of_where_and_by_whom_it_was_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x8298] = "SecretCam", "SecretName"
    exif.get_ifd(0x8825)[2] = (53.0, 20.0, 0.0)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "SecretName")
    sources = [
        picture(exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile") + b"SecretTail",
        picture("PNG", exif=exif, pnginfo=texts) + b"SecretTail",
        picture("WEBP", exif=exif),
    ]
    for source in sources:
        assert b"Secret" in source
        photo, _ = drawn(tmp_path, source)
        assert photo and b"Secret" not in photo.data
        found = shown(photo)
        assert not found.getexif() and found.info.keys() <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }


def test_what_is_transparent_hides_no_colour(tmp_path: Path) -> None:
    found = shown(drawn(tmp_path, picture("PNG", colour=(200, 30, 30, 0)))[0])
    assert found.getpixel((9, 9)) == (255, 255, 255)


def test_a_picture_is_upright(tmp_path: Path) -> None:
    image = Image.new("RGB", (60, 60), "white")
    image.paste((0, 0, 0), (0, 0, 60, 30))
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # turned to the right
    image.save(data, "JPEG", exif=exif)
    found = shown(drawn(tmp_path, data.getvalue())[0])
    left, right = (found.getpixel((x, SIDE // 2)) for x in (10, SIDE - 10))
    assert min(left) > 200 and max(right) < 50  # type: ignore[arg-type]


def test_another_picture_has_another_name_and_the_same_keeps_its_own(tmp_path: Path) -> None:
    one, again, other = (
        drawn(tmp_path / name, picture(colour=colour))[0]
        for name, colour in (("a", (1, 2, 3)), ("b", (1, 2, 3)), ("c", (200, 2, 3)))
    )
    assert one and again and other
    assert one == again and one.name != other.name
    assert one.name.endswith(".jpg") and len(one.name) == 20


# --- what is not -----------------------------------------------------------------------------------


def why_not(root: Path, data: bytes, name: str = "ann.jpg") -> str:
    photo, (problem,) = drawn(root, data, name)
    assert photo is None
    assert (problem.path, problem.line, problem.rule.severity) == ("people/ann.md", 3, "advice")
    return problem.message


def png_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it has so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def test_other_formats_are_refused(tmp_path: Path) -> None:
    others = [
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        b"<svg/>",
        b"%PDF-1.7",
        b"",
        b"\x89PNG\r\n\x1a\n",
    ]
    for other in others:
        assert why_not(tmp_path, other) == "'ann.jpg' is not a JPEG, PNG or WebP picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_ends_in_the_middle_is_damaged(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # WeasyPrint has Pillow show what there is of a picture, from when it is loaded.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    data = io.BytesIO()
    noise.save(data, kind)
    half = data.getvalue()[: len(data.getvalue()) // 2]
    assert why_not(tmp_path, half).startswith("'ann.jpg' is ")


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_a_file_has_so_many_bytes_at_most(more: int, refused: bool, tmp_path: Path) -> None:
    data = picture()
    photo, reported = drawn(tmp_path, data + bytes(MAX_BYTES - len(data) + more))
    assert (photo is None) == refused
    assert [each.message for each in reported] == ["'ann.jpg' is larger than 10 MB"] * refused


@pytest.mark.parametrize(("most", "refused"), [(1200, False), (1199, True)])
def test_a_picture_has_so_many_pixels_at_most(
    most: int, refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "MAX_PIXELS", most)
    monkeypatch.setattr(photos, "_known", {})
    photo, reported = drawn(tmp_path, picture(size=(40, 30)))
    assert (photo is None) == refused == bool(reported)


@pytest.mark.parametrize(
    ("width", "height"), [(MAX_PIXELS + 1, 1), (9_500, 9_500), (14_000, 14_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_small_file_that_stands_for_many_pixels_is_not_read(
    width: int, height: int, tmp_path: Path
) -> None:
    assert why_not(tmp_path, png_of(width, height)) == "'ann.jpg' has more than 50 million pixels"


@pytest.mark.parametrize(
    "name",
    ["../ann.jpg", "/etc/passwd", "sub/ann.jpg", "'..'", ".ann.jpg", "'a\\b.jpg'", "https://x.example/a.jpg"],
)
def test_a_photo_is_beside_the_person_s_file(name: str, tmp_path: Path) -> None:
    root = write(
        tmp_path,
        ROLE | {"people/ann.md": person(name), "ann.jpg": picture(), "people/sub/ann.jpg": picture()},
    )
    (root / "people/.ann.jpg").write_bytes(picture())
    handbook = opened(root)
    assert handbook.photos == {}
    (problem,) = (each for each in handbook.problems if each.rule.code == "no-photo")
    assert problem.message.endswith("is not the name of a file beside this one")


@pytest.mark.parametrize("name", ["x" * 400 + ".jpg", '"a\\0b.jpg"', '"a\\e[31m.jpg"', "ann.md", "people"])
def test_a_name_that_no_picture_has_is_reported(name: str, tmp_path: Path) -> None:
    handbook = opened(write(tmp_path, ROLE | {"people/ann.md": person(name)}))
    assert handbook.photos == {}
    assert "\x1b" not in str(handbook.problems[-1])
    assert any(each.path == "people/ann.md" for each in handbook.problems)


def test_a_link_a_folder_and_a_pipe_are_no_pictures(tmp_path: Path) -> None:
    write(tmp_path, ROLE | {"elsewhere.jpg": picture(), "people/ann.md": person("ann.jpg")})
    photo = tmp_path / "people/ann.jpg"
    for make in (lambda: photo.symlink_to(tmp_path / "elsewhere.jpg"), photo.mkdir, lambda: os.mkfifo(photo)):
        make()
        assert opened(tmp_path).photos == {}
        photo.rmdir() if photo.is_dir() and not photo.is_symlink() else photo.unlink()


def test_without_pillow_that_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "find_spec", lambda name: None)
    other = {"people/ben.md": "---\nname: Ben\nphoto: ben.jpg\n---\n"}
    write(tmp_path, other)
    photo, (problem,) = drawn(tmp_path, picture())
    assert photo is None
    assert problem.hint == "Install it where Rolebook is installed: pip install pillow"
    assert (problem.path, problem.line) == ("people/ann.md", 3)


def test_nobody_needs_a_photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "find_spec", lambda name: pytest.fail("nothing is to be drawn"))
    handbook = opened(write(tmp_path, ROLE | {"people/ann.md": "---\nname: Ann\n---\n"}))
    assert handbook.photos == {} and originals(handbook.organisation) == frozenset()


def test_a_folder_or_a_pipe_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "people/ann.jpg").mkdir(parents=True)
    root = write(
        tmp_path,
        {
            "roles/boss.md": "---\ntitle: Boss\n---\n",
            "people/ann.md": "---\nname: Ann\nphoto: ann.jpg\n---\n",
        },
    )
    assert "people/ann.md:3: 'ann.jpg' is no file with a picture. Save it again" in reported(root)
