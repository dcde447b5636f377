"""`mkdocs serve` shows the last good page with what is wrong on it, and recovers when that is corrected."""

from pathlib import Path

from projects import write
from serving import got, previewed
from sites import HOME, MKDOCS_YML

PLAIN = MKDOCS_YML.replace("name: material, font: false", "name: mkdocs").replace("search, ", "")
GOOD = "---\ntitle: Boss\n---\nThe first text.\n"
NOTE = "This is the last page without an error."


def test_a_typo_is_shown_on_the_page_until_it_is_corrected(tmp_path: Path) -> None:
    root = write(tmp_path / "book", HOME | {"mkdocs.yml": PLAIN, "roles/boss.md": GOOD})
    role, config = root / "roles/boss.md", root / "mkdocs.yml"
    with previewed(root) as preview:
        address = f"{preview.address}roles/boss/"

        def page() -> str:
            return got(address, preview.patience)

        assert NOTE not in page()
        preview.wait(lambda: role.write_text(GOOD.replace("title", "onwer: <b>\ntitl"), encoding="utf-8"))
        broken = page()
        assert NOTE in broken
        assert "The first text." in broken
        assert "there is no field &#39;onwer&#39;" in broken
        assert "there is no field &#39;titl&#39;. Did you mean &#39;title&#39;?" in broken
        assert "</html>" in broken
        preview.wait(lambda: role.write_text(GOOD.replace("first", "second"), encoding="utf-8"))
        assert NOTE not in page()
        assert "The second text." in page()
        preview.wait(lambda: config.write_text("site_name: [", encoding="utf-8"))
        assert NOTE in page()
        preview.wait(lambda: config.write_text(PLAIN, encoding="utf-8"))
        assert NOTE not in page()


def test_in_a_strict_preview_warnings_are_shown(tmp_path: Path) -> None:
    root = write(tmp_path / "book", HOME | {"mkdocs.yml": PLAIN, "roles/boss.md": GOOD})
    with previewed(root, "--strict") as preview:
        second = root / "roles/second.md"
        preview.wait(lambda: second.write_text(GOOD.replace("Boss", "Second"), encoding="utf-8"))
        assert "2 roles report to nobody" in got(preview.address, preview.patience)
