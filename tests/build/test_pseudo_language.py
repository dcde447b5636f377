"""The sample handbook in a language that nobody speaks: what is still English came from its files."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from babel import Locale

import rolebook
from projects import opened
from pseudo import CODE, write_catalogue
from rolebook import language as languages
from rolebook.language import current, language, written_in
from rolebook.rendering.document_page import DocumentPages
from sample_texts import THEME, Texts, article, documents_of, own_texts, pages
from sites import addresses, build_site, copy_sample

TEMPLATE = Path(rolebook.__file__).parent / "locale" / "rolebook.pot"
LONG = 60
"""Characters of a text that no label has."""
_WORD = re.compile(r"[A-Za-z]{3,}")


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
    return own_texts()


def from_files(text: str, own: Iterable[str]) -> bool:
    """Whether there are no words in `text` but whole texts of the files."""
    for each in sorted(own, key=len, reverse=True):
        text = text.replace(each, " ")
    return not _WORD.search(text)


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
        documents = list(documents_of(handbook))
        assert len(documents) > 20
        for document in documents:
            html = DocumentPages()(document, handbook.organisation.day)
            assert f'<html lang="{CODE}">' in html
            texts = Texts(html.partition("<body>")[2]).found
            assert {word for text in texts for word in _WORD.findall(text)} - words == set(), document.title
