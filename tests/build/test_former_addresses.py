"""Former addresses as anybody may have written them: none leaves the site or breaks a build."""

import json
from pathlib import Path

import pytest

from hostile import labels
from projects import opened, write
from repositories import commit
from rolebook.pages.redirects import redirects
from sites import HOME, MKDOCS_YML, build_site, dead_links


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
    assert found.pop("tree/index.html")  # where the tree of all roles was before it was the org chart
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
    found = redirects(plan)
    del found["tree/index.html"]
    for path, html in found.items():
        assert "<script" not in html
        assert html.count("<") == 18
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)


@pytest.mark.parametrize("alias", ["pic.png", "pic.png/more"])
def test_a_former_address_takes_the_place_of_no_file(alias: str, tmp_path: Path) -> None:
    role = f"---\ntitle: A\naliases: [{alias}]\n---\n"
    files = {"roles/a.md": role, "roles/pic.png": b"\x89PNG\r\n\x1a\n"}
    site, _ = build_site(write(tmp_path, HOME | files))
    assert (site / "roles/pic.png").read_bytes() == b"\x89PNG\r\n\x1a\n"


PUBLIC = MKDOCS_YML.replace(
    "rolebook]", "{rolebook: {audience: public, history: yes, public_pages: [index.md]}}]"
)


def role(title: str, *more: str) -> str:
    return "---\n" + "".join(f"{line}\n" for line in (f"title: {title}", *more)) + "---\n"


def public_redirects(root: Path, files: dict[str, str | bytes | None]) -> set[str]:
    """The former ids of roles from which the public edition of a handbook with `files` redirects."""
    commit(root, {"mkdocs.yml": PUBLIC, "content/index.md": "# Home\n", **files})
    found = redirects(opened(root).with_history().plan())
    assert {path.split("/")[0] for path in found} <= {"roles", "jobs", "org-chart", "tree"}
    return {path.split("/")[1] for path in found if path != "tree/index.html"}


def test_former_addresses_redirect_in_the_public_edition(tmp_path: Path) -> None:
    old = "aliases: [roles/secret/adverts.md, /tree/search/index.html, jobs/ads]"
    commit(tmp_path, {"roles/first.md": role("PPC", old), "roles/boss.md": role("Boss")})
    moved = {"roles/first.md": None, "roles/inside/ppc.md": role("PPC", old, "parent: boss")}
    assert public_redirects(tmp_path, moved) == {"adverts", "search", "ads", "first"}
    site, _ = build_site(tmp_path, strict=True)
    assert 'url=../ppc/"' in (site / "jobs/first/index.html").read_text(encoding="utf-8")
    assert list(dead_links(site)) == []
    assert not any(word in str(path) for path in site.rglob("*") for word in ("secret", "inside", "changes"))


@pytest.mark.parametrize(
    "alias",
    [
        "maya-shop",
        "shop-of-BRENNAN",
        "mayabrennan",
        "Bo",
        "li_shop",
        "shop-mb",
        "jürgen",
        "juergen-shop",
        "mbrennan",
        "brennanm",
        "mayas-shop",
        "smith",  # what she was called before, as her file says
        "kofi-shop",  # who held it before, as git says
        "layoffs",
        "head-of-layoffs",
        "old-secret",
        "new-plant",
        "merger",  # which was planned as long as it was called so
    ],
)
def test_no_former_address_in_the_public_edition_tells_a_name(alias: str, tmp_path: Path) -> None:
    commit(
        tmp_path,
        {
            "roles/merger.md": role("Joins the two", "status: planned"),
            "roles/shop.md": role("Shop", "owner: Kofi Mensah"),
        },
    )
    files: dict[str, str | bytes | None] = {
        "people/mb.md": "---\nname: Maya Brennan\naliases: [people/smith.md]\n---\n",
        "roles/merger.md": None,
        "roles/join.md": role("Joins the two", "owner: Bo Li", "backup: Jürgen Öz", "parent: shop"),
        "roles/layoffs.md": role("Lay-offs", "status: planned", "aliases: old-secret", "parent: shop"),
        "roles/gone.md": role("New plant", "status: retired", "parent: shop"),
        "roles/shop.md": role("Shop", "owner: mb", f"aliases: [was-here, {alias}]"),
    }
    assert public_redirects(tmp_path, files) == {"was-here"}


def test_a_hidden_role_has_no_former_address_in_the_public_edition(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "roles/shop.md": role("Shop", "aliases: was-here"),
        "roles/soon.md": role("Soon", "status: planned", "aliases: later"),
    }
    assert public_redirects(tmp_path, files) == {"was-here"}
