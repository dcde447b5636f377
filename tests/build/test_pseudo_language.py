"""The sample handbook in a language that nobody speaks: what is still English came from its files."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import markdown
import pytest
import yaml
from babel import Locale

import rolebook
from projects import opened
from pseudo import CODE, write_catalogue
from rolebook import language as languages
from rolebook.documents import job_post, leaving, pack
from rolebook.documents.document import Document
from rolebook.documents.statement import with_statement
from rolebook.handbook import Handbook
from rolebook.language import current, language, written_in
from rolebook.rendering.document_page import DocumentPages
from rolebook.schema.audience import Audience
from sites import SAMPLE, addresses, build_site, copy_sample

TEMPLATE = Path(rolebook.__file__).parent / "locale" / "rolebook.pot"
NOT_YET = ("decisions/attention", "changes", "guide", "handing-over")
"""Pages with messages of rooms that are not in the catalogue yet, and pages that were written by hand."""
THEME = {
    "Permanent link",
    "Edit this page",
    "View source of this page",
    "Back to top",
    "Markdown",
    "SVG",
    "rolebook pack --leaving",
}
"""What the theme writes, in the language that the site has for it, and names."""
EXTENSIONS = [
    *("admonition", "attr_list", "tables"),
    *(f"pymdownx.{each}" for each in ("details", "superfences", "tabbed", "tasklist")),
]
"""What the sample's texts are written in."""
_NOT_READ = ("script", "style", "svg", "pre", "textarea")
"""A chart says the same as the cards or the list beside it, in lines of another length."""
LONG = 60
"""Characters of a text that no label has."""
_WORD = re.compile(r"[A-Za-z]{3,}")


class Texts(HTMLParser):
    """What people read and hear of a page's own part, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _NOT_READ
        self.found += [
            " ".join(value.split())
            for name, value in attrs
            if name in ("aria-label", "alt", "placeholder", "data-columns", "data-column") and value
        ]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.found.append(" ".join(data.split()))


def article(file: Path) -> list[str]:
    """The texts of a page without what the theme puts around it."""
    html = file.read_text(encoding="utf-8")
    _, _, own = html.rpartition("<article")
    return Texts(own.partition("</article>")[0].partition(">")[2]).found


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """The sample's site in English, and in the pseudo-language."""
    folder = tmp_path_factory.mktemp("pseudo")
    english, pseudo = copy_sample(folder / "english"), copy_sample(folder / "pseudo")
    write_catalogue(TEMPLATE, folder / "locale")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "FOLDER", folder / "locale")
        language.cache_clear()
        build_site(english)
        config = pseudo / "mkdocs.yml"
        settings = config.read_text(encoding="utf-8")
        assert settings.count("  language: en\n") == 1
        in_it = settings.replace("  language: en\n", f"  language: {CODE}\n")
        config.write_text(in_it, encoding="utf-8")
        build_site(pseudo)
        assert current().code == "en"
        yield english, pseudo
    language.cache_clear()


@pytest.fixture(scope="module")
def own() -> set[str]:
    """The texts of the files: every value of front matter, and every text of a body."""
    found = {"The Patient Loaf", "EUR"}
    for file in (each for part in ("roles", "people", "content") for each in (SAMPLE / part).rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        front, body = text.split("---\n", 2)[1:] if text.startswith("---\n") else ("", text)
        found.update(_values(yaml.safe_load(front)))
        found.update(Texts(markdown.markdown(body, extensions=EXTENSIONS)).found)
    return found


def _values(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for each in value.values() for text in _values(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _values(each))
    elif isinstance(value, str):
        yield " ".join(value.split())


def from_files(text: str, own: Iterable[str]) -> bool:
    """Whether there are no words in `text` but whole texts of the files."""
    for each in sorted(own, key=len, reverse=True):
        text = text.replace(each, " ")
    return not _WORD.search(text)


def pages(site: Path) -> Iterator[str]:
    for file in sorted(site.rglob("index.html")):
        page = file.parent.relative_to(site).as_posix()
        if not page.startswith(NOT_YET):
            yield page


@pytest.fixture(scope="module")
def cldr() -> str:
    """Words of the language that lends its dates and lists."""
    months = Locale(CODE).months["format"].values()
    return " ".join(("kaj", *(name for names in months for name in names.values())))


def test_no_page_has_an_english_word_that_is_not_in_its_files(
    books: tuple[Path, Path], own: set[str], cldr: str
) -> None:
    english, pseudo = (book / "site" for book in books)
    names = own | THEME
    words = {word for text in names | {cldr} for word in _WORD.findall(text)}
    left = set()
    checked = 0
    for page in pages(english):
        before, after = article(english / page / "index.html"), article(pseudo / page / "index.html")
        assert len(before) == len(after), page
        for was, now in zip(before, after, strict=True):
            checked += was != now
            if was in own and len(was) > LONG:
                assert now == was, page
            if was == now and not from_files(was, names):
                left.add(f"{page}: {was}")
            elif was != now and set(_WORD.findall(now)) - words:
                left.add(f"{page}: {now}")
    assert checked > 1000
    assert left == set()


def test_links_lead_to_the_same_parts_of_pages_in_any_language(books: tuple[Path, Path]) -> None:
    pages = {file: file.read_text(encoding="utf-8") for file in (books[1] / "site").rglob("*.html")}
    parts = {
        file: {unquote(part) for part in re.findall(r' id="([^"]+)"', html)} for file, html in pages.items()
    }
    checked = 0
    for file, html in pages.items():
        _, _, article = html.rpartition("<article")
        for address in addresses(article):
            path, _, part = address.partition("#")
            target = (file.parent / unquote(path)).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            if part and target in parts and not part.startswith("__"):
                checked += 1
                assert unquote(part) in parts[target], f"{file}: {address}"
    assert checked > 100


def test_no_document_has_an_english_word_that_is_not_in_its_files(
    books: tuple[Path, Path], own: set[str], cldr: str
) -> None:
    handbook = opened(books[1])
    words = {word for text in own | {cldr, "PPC"} for word in _WORD.findall(text)}
    with written_in(handbook.project.language):
        documents = list(_documents(handbook))
        assert len(documents) > 20
        for document in documents:
            html = DocumentPages()(document, handbook.organisation.day)
            assert f'<html lang="{CODE}">' in html
            texts = Texts(html.partition("<body>")[2]).found
            assert {word for text in texts for word in _WORD.findall(text)} - words == set(), document.title


def _documents(handbook: Handbook) -> Iterator[Document]:
    contractor, public = map(handbook.view_for, (Audience.CONTRACTOR, Audience.PUBLIC))
    name = handbook.project.name
    for role in handbook.organisation.active_roles:
        yield with_statement(pack.compose(contractor, role.id, name))
        yield job_post.compose(public, role.id, name).document
    for each in handbook.plan().decisions.leavings.values():
        yield leaving.compose(each, name)
