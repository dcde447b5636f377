"""`rolebook forms` writes the page with forms into the handbook, for one git host."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from projects import MKDOCS_YML, opened, reported, write
from rolebook.cli import main
from rolebook.forms.hosts import Repository
from rolebook.pages.public_files import is_public

FILES = {
    "roles/boss.md": "---\ntitle: Boss\nowner: Ada King\n---\n",
    "people/ada.md": "---\nname: Ada King\n---\n",
    "content/index.md": "# Home\n",
}
TOKEN = {"auth_methods": ["token"]}


def run(root: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["forms", "-f", str(root / "mkdocs.yml"), *words])
    return done.exit_code, done.output


GITHUB = ("--host", "github", "--repo", "shop/book")


def test_the_page_is_written_below_the_hand_written_pages(tmp_path: Path) -> None:
    root = write(tmp_path / "books" / "shop", FILES)
    before = reported(root)
    subprocess.run(["git", "init", "-q", str(tmp_path / "books")], check=True)
    code, said = run(root, *GITHUB, "--branch", "trunk")
    page = root / "content/admin"
    names = {path.relative_to(page).as_posix() for path in page.rglob("*") if path.is_file()}
    assert (code, said) == (
        0,
        f"The page with the forms is in content/admin: {len(names)} files written.\n",
    )
    assert names >= {"index.html", "handbook.json", "format.js", "sveltia-cms.LICENSE.txt"}
    made = json.loads((page / "handbook.json").read_text(encoding="utf-8"))
    assert made["config"]["backend"] == {"name": "github", "repo": "shop/book", "branch": "trunk"} | TOKEN
    assert made["config"]["collections"][0]["folder"] == "shop/roles"
    assert not made["isLocal"]
    assert "https://api.github.com;" in (page / "index.html").read_text(encoding="utf-8")
    assert reported(root) == before


def test_the_page_is_written_anew_and_nothing_of_others_is(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    assert run(root, *GITHUB)[0] == 0
    write(root, {"people/ines.md": "---\nname: Ines Silva\n---\n", "content/admin/mine.txt": "mine"})
    assert run(root, *GITHUB)[0] == 0
    assert "ines silva" in (root / "content/admin/handbook.json").read_text(encoding="utf-8")
    assert (root / "content/admin/mine.txt").read_text(encoding="utf-8") == "mine"

    other = write(tmp_path / "other", {**FILES, "content/admin/index.html": "mine"})
    code, said = run(other, *GITHUB)
    assert code == 2 and "is there already, and not from 'rolebook forms'" in said
    assert [path.name for path in (other / "content/admin").iterdir()] == ["index.html"]


@pytest.mark.parametrize("link", ["content/admin", "content/admin/assets"])
def test_links_are_not_followed(link: str, tmp_path: Path) -> None:
    root, away = write(tmp_path / "shop", FILES), tmp_path / "away"
    away.mkdir()
    (away / "handbook.json").write_text("{}", encoding="utf-8")
    (root / link).parent.mkdir(exist_ok=True)
    (root / link).symlink_to(away)
    code, said = run(root, *GITHUB)
    assert code == 2 and f"{link} is a link or behind one" in said
    assert [path.name for path in away.iterdir()] == ["handbook.json"]


def test_a_public_edition_and_one_with_a_password_get_none(tmp_path: Path) -> None:
    public = write(tmp_path / "a", {**FILES, "mkdocs.yml": f"{MKDOCS_YML}      audience: public\n"})
    code, said = run(public, *GITHUB)
    assert code == 2 and "A public edition has no forms" in said
    locked = f"{MKDOCS_YML}  - encryptcontent:\n      global_password: x\n"
    code, said = run(write(tmp_path / "b", {**FILES, "mkdocs.yml": locked}), *GITHUB)
    assert code == 2 and "Use 'rolebook edit'" in said
    assert not list(tmp_path.rglob("admin"))


def test_no_option_makes_the_page_public(tmp_path: Path) -> None:
    options = "      audience: public\n      public_pages: ['**', admin/handbook.json]\n"
    project = opened(write(tmp_path, {**FILES, "mkdocs.yml": MKDOCS_YML + options})).project
    for name in ("admin/index.html", "admin/handbook.json", "admin/assets/font.woff2"):
        assert not is_public(name, project, also=[name])
    assert is_public("administration/index.html", project)
    assert is_public("our/admin/index.html", project)


@pytest.mark.parametrize(
    ("kept_in", "backend", "asked"),
    [
        (("github", "a/b"), {"name": "github", **TOKEN}, "https://api.github.com"),
        (
            ("github", "a/b", "main", "", "https://in.example"),
            {"name": "github", "base_url": "https://in.example"},
            "https://api.github.com",
        ),
        (
            ("github", "a/b", "main", "https://git.example/"),
            {"name": "github", "api_root": "https://git.example/api/v3", **TOKEN},
            "https://git.example",
        ),
        (("gitlab", "a/b"), {"name": "gitlab", **TOKEN}, "https://gitlab.com"),
        (
            ("gitlab", "a/b", "main", "", "id"),
            {"name": "gitlab", "app_id": "id", "auth_type": "pkce"},
            "https://gitlab.com",
        ),
        (("gitea", "a/b", "main", "", "id"), {"name": "gitea", "app_id": "id"}, "https://gitea.com"),
        (
            ("gitea", "a/b", "main", "https://codeberg.org"),
            {
                "name": "gitea",
                "api_root": "https://codeberg.org/api/v1",
                "base_url": "https://codeberg.org",
                **TOKEN,
            },
            "https://codeberg.org",
        ),
    ],
)
def test_each_host_gets_what_it_needs(kept_in: tuple[str, ...], backend: dict[str, Any], asked: str) -> None:
    repository = Repository(*kept_in)
    assert repository.backend == {"repo": "a/b", "branch": "main", **backend}
    assert repository.asked == asked


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("--host", "github", "--repo", "book"), "owner and name of the repository"),
        (("--host", "github", "--repo", "a/b c"), "owner and name of the repository"),
        ((*GITHUB, "--address", "http://git.example"), "an address that begins with https://"),
        ((*GITHUB, "--address", "https://git.example; script-src *"), "an address that begins with https://"),
        ((*GITHUB, "--sign-in", "some-id"), "write --sign-in https://"),
        (("--host", "svn", "--repo", "a/b"), "--host"),
    ],
)
def test_what_cannot_be_right_is_refused(words: tuple[str, ...], wrong: str, tmp_path: Path) -> None:
    code, said = run(write(tmp_path, FILES), *words)
    assert code == 2 and wrong in said
    assert not (tmp_path / "content/admin").exists()
