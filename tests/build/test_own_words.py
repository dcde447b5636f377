"""An owner has words of her own in place of the program's, and her own texts as she wrote them."""

import gettext
from pathlib import Path

import pytest
from click.testing import CliRunner

from projects import reported, write
from rolebook.cli import main
from rolebook.language import Language, english, gettext_html, language, with_words, written_in
from rolebook.language import gettext as _
from sites import MKDOCS_YML, build_site

ROLES = {
    "content/index.md": "# Home\n",
    "people/ada.md": "---\nname: Ada\nweekly_capacity: 40\n---\n",
    "roles/top.md": "---\ntitle: Top\nowner: Ada\nweekly_hours: 7.5\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: top\nweekly_hours: 8.5\n---\n\n"
    "## Procedure\n\nEvery role is Vacant.\n",
}


def with_option(words: str) -> dict[str, str]:
    return {"mkdocs.yml": MKDOCS_YML.replace("rolebook]", f"{{rolebook: {{{words}}}}}]"), **ROLES}


def in_words(text: str, **words: str) -> str:
    replaced = tuple((name.replace("_", " "), word) for name, word in words.items())
    with written_in(with_words(english(), replaced)):
        return _(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hand over a role", "Delegate a seat"),
        ("To hand\nover", "To delegate"),
        ("roles, hand-over, role-like", "roles, hand-over, role-like"),
        ("parole", "parole"),
        ("Hand over next: this role's", "Shed: this seat's"),
        ('<a role="role" href="role">role</a>', '<a role="role" href="role">seat</a>'),
        ("Write `role: x` or <code>role</code>", "Write `role: x` or <code>role</code>"),
        ("A role's 'role', --role, rolebook role", "A seat's 'role', --role, rolebook role"),
    ],
)
def test_whole_words_are_replaced_the_longest_phrase_first(text: str, shown: str) -> None:
    assert in_words(text, role="seat", hand_over="delegate", hand_over_next="shed") == shown


def test_values_stay_whatever_they_are_called() -> None:
    with written_in(with_words(english(), (("role", "seat"),))):
        assert _("%(role)s: role", role="My role") == "My role: seat"
        assert gettext_html("<b>role</b> %(role)s", role="<role>") == "<b>seat</b> &lt;role&gt;"


def test_a_translation_is_replaced_in_its_own_words() -> None:
    class German(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Role": "Rolle"}.get(message, message)

    german = Language("de", language("de").locale, German())
    with written_in(with_words(german, (("Rolle", "sitz"),))):
        assert _("Role") == "Sitz"


def test_a_build_has_the_words_and_another_build_other_ones(tmp_path: Path) -> None:
    for word in ("free", "open"):
        root = write(tmp_path, with_option(f"cache_dir: .cache, words: {{Vacant: {word}, role: seat}}"))
        page = (build_site(root)[0] / "roles/shop/index.html").read_text(encoding="utf-8")
        assert word.capitalize() in page
        assert "Every role is Vacant." in page and page.count("Vacant") == 1


def test_a_document_has_the_words(tmp_path: Path) -> None:
    root = write(tmp_path, with_option("words: {role: seat, roles: seats}"))
    done = CliRunner().invoke(
        main, ["pack", "shop", "-f", str(root / "mkdocs.yml"), "--to", str(root / "out")]
    )
    assert done.exit_code == 0, done.output
    text = "".join(
        file.read_text(encoding="utf-8") for file in (root / "out").rglob("shop*") if file.is_file()
    )
    assert "Every role is Vacant." in text
    assert "seat" in text


def test_messages_keep_their_words(tmp_path: Path) -> None:
    words = "{role: seat, vacant: free, holder: sitter, hours: time}"
    found = reported(write(tmp_path, with_option(f"words: {words}")))
    plain = reported(write(tmp_path / "plain", with_option("")))
    assert found == plain


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{rolle: seat}", "'rolle' is in no text of Rolebook, so nothing is replaced"),
        ("{rolse: seat}", "Did you mean 'role"),
        ("{hand ovr: delegate}", "Did you mean 'hand over'?"),
        ("{role: <b>}", "letters, digits, spaces"),
        ("{role: seat, Role: chair}", "words has 'Role' twice"),
        ("[role]", "Write each word or phrase"),
        ("{role: }", "the word in its place"),
        ('{role: "50%"}', "letters, digits, spaces"),
    ],
)
def test_what_replaces_nothing_or_is_no_word_is_reported(tmp_path: Path, words: str, message: str) -> None:
    found = reported(write(tmp_path, with_option(f"words: {words}")))
    assert message in found, found
    assert "mkdocs.yml:4" in found
