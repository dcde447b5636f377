"""The sample handbook in languages that people speak: no word of the program's is English."""

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import markdown
import pytest
from babel import Locale
from babel.messages.pofile import read_po

import rolebook
from projects import opened
from rolebook.language import language, written_in
from rolebook.rendering.document_page import DocumentPages
from sample_texts import EXTENSIONS, THEME, Texts, article, documents_of, own_texts, pages
from sites import SAMPLE, build_site, copy_sample

LOCALES = Path(rolebook.__file__).parent / "locale"


def words_of(texts: Iterable[str]) -> set[str]:
    """The words of `texts` in small letters, without values and tags."""
    return {word for text in texts for word in _WORD_OF_ANY.findall(_VALUE.sub(" ", text).casefold())}


_VALUE = re.compile(r"%\(\w+\)s|<[^<>]*>|&#?\w+;")
_WORD_OF_ANY = re.compile(r"[^\W\d_]{3,}")
PARTS = ("roles", "people", "content")
_SHORT = 12
"""Characters of a text that may stand somewhere by chance."""


def english_only(code: str) -> set[str]:
    """Words of the program's texts that are in none of their translations."""
    with (LOCALES / code / "LC_MESSAGES/rolebook.po").open("rb") as file:
        messages = [each for each in read_po(file) if each.id]
    forms = [
        (each.id, each.string) if each.pluralizable else ((each.id,), (each.string,)) for each in messages
    ]
    ids, strings = (words_of(text for each in forms for text in each[at]) for at in (0, 1))
    months = (name for form in Locale(code).months["format"].values() for name in form.values())
    return ids - strings - words_of(months) - {"rolebook", "markdown"}


class Stripped:
    """Takes what came from the files out of texts."""

    def __init__(self, own: set[str]) -> None:
        self._own = own
        bodies = (
            file.read_text(encoding="utf-8") for part in PARTS for file in (SAMPLE / part).rglob("*.md")
        )
        html = " ".join(markdown.markdown(body, extensions=EXTENSIONS) for body in bodies)
        self._written = " ".join(unescape(re.sub(r"<[^<>]*>", "", html)).split())
        """Without links, which documents do not have."""
        self._parts = sorted((each for each in own if len(each) > 3), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        if text in self._own or (len(text) > _SHORT and text in self._written):
            return ""
        for each in (each for each in self._parts if each in text):
            text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", text)
        return text


@pytest.fixture(scope="module")
def stripped() -> Stripped:
    return Stripped(own_texts() | THEME)


@pytest.mark.parametrize("code", ["de", "es"])
def test_no_word_of_the_program_is_english_where_people_speak_otherwise(
    code: str, stripped: Stripped, tmp_path: Path
) -> None:
    root = copy_sample(tmp_path / code)
    config = root / "mkdocs.yml"
    settings = config.read_text(encoding="utf-8").replace("  language: en\n", f"  language: {code}\n")
    config.write_text(settings, encoding="utf-8")
    site, _ = build_site(root, strict=True)
    english = english_only(code)
    assert len(english) > 300
    texts = {(text, page) for page in pages(site) for text in article(site / page / "index.html")}
    handbook = opened(root)
    with written_in(handbook.project.language):
        documents = list(documents_of(handbook))
        htmls = ((each.title, DocumentPages()(each, handbook.organisation.day)) for each in documents)
        texts |= {(text, title) for title, html in htmls for text in Texts(html.partition("<body>")[2]).found}
    assert len(texts) > 1000
    left = {
        f"{page}: {text}: {', '.join(found)}"
        for text, page in texts
        if words_of([text]) & english and (found := words_of([stripped(text)]) & english)
    }
    assert left == set()


def test_a_word_of_the_program_that_is_english_would_be_found() -> None:
    found = words_of([Stripped({"Maya Brennan", "the"})("Maya Brennan holds nothing yet")])
    assert found & english_only("de") == {"holds", "nothing", "yet"}


def test_french_has_a_space_before_colons() -> None:
    handbook = opened(SAMPLE)
    with written_in(language("fr")):
        htmls = "".join(DocumentPages()(each, handbook.organisation.day) for each in documents_of(handbook))
    labels = re.findall(r"<em>[^<]*:</em>|</strong>\s?:", htmls)
    assert len(labels) > 100
    assert {each for each in labels if "\xa0:" not in each} == set()
