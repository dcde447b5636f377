"""Every page of two handbooks, in both editions, their data, and every document that leaves them, as text.

`pytest --bless` writes what the program makes now: read the difference before you commit it.
"""

import difflib
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

import busy_handbook
from page_text import page_text
from rolebook.cli import main
from sites import build_site
from small_handbook import Book

GOLDENS = Path(__file__).parents[1] / "golden/site"
EDITIONS = ("internal", "public")


@pytest.fixture(scope="module", params=["small", "busy"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    book = Book.begun(tmp_path_factory.mktemp("golden") / request.param, 1)
    if request.param == "busy":
        for path, text in busy_handbook.FILES.items():
            book.save(path, text)
        book.set_options(**busy_handbook.OPTIONS)
    return book


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")


def difference(name: str, now: str, request: pytest.FixtureRequest) -> str:
    """What differs from the golden file; with --bless, that is written anew."""
    file = GOLDENS / request.node.callspec.params["book"] / name
    if request.config.getoption("bless") and not os.environ.get("CI"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(now, encoding="utf-8", newline="\n")
    golden = file.read_text(encoding="utf-8")
    return "\n".join(difflib.unified_diff(golden.splitlines(), now.splitlines(), "golden", "now", "", "", 1))


@pytest.mark.parametrize("edition", EDITIONS)
def test_pages(edition: str, book: Book, request: pytest.FixtureRequest) -> None:
    book.set_options(audience=edition)
    site, _ = build_site(book.root)
    pages = {file.relative_to(site).as_posix(): file for file in site.rglob("*.html")}
    texts = (f"=== {path}\n{page_text(pages[path].read_text(encoding='utf-8'))}\n" for path in sorted(pages))
    assert difference(f"{edition}.txt", "".join(texts), request) == ""
    data = {
        path: json.loads((site / path).read_text(encoding="utf-8"))
        for path in ("search/search_index.json", "rolebook.json", "rolebook.schema.json")
        if (site / path).exists()
    }
    assert difference(f"{edition}.json", json.dumps(data, indent=1, ensure_ascii=False) + "\n", request) == ""


def test_documents(book: Book, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for words in (["--sow"], ["--post"]):
        config = ["-f", str(book.root / "mkdocs.yml"), "--to", str(tmp_path / words[0].strip("-"))]
        done = CliRunner().invoke(main, ["pack", "--all", *words, "--format", "txt,md", *config])
        assert done.exit_code == 0, done.output
    files = sorted(path for path in tmp_path.rglob("*.*") if path.is_file())
    texts = (
        f"=== {file.relative_to(tmp_path).as_posix()}\n{file.read_text(encoding='utf-8')}\n" for file in files
    )
    assert difference("documents.txt", "".join(texts), request) == ""


def test_exports(book: Book, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for form in ("csv", "json", "mermaid", "backstage", "markdown"):
        goal = tmp_path / (form if form == "markdown" else f"out.{form}")
        config = ["-f", str(book.root / "mkdocs.yml"), "--to", str(goal)]
        done = CliRunner().invoke(main, ["export", "--format", form, *config])
        assert done.exit_code == 0, done.output
    some = ("mkdocs.yml", "docs/roles/marketing/seo.md", "docs/people/ada.md", "docs/business-model.md")
    files = [*sorted(tmp_path.glob("out.*")), *(tmp_path / "markdown" / name for name in some)]
    texts = (f"=== {file.name}\n{file.read_text(encoding='utf-8')}\n" for file in files)
    assert difference("exports.txt", "".join(texts), request) == ""
