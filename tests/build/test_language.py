"""A handbook is in the language of its theme, or in the one that its owner sets; so are its documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import rolebook
from projects import opened, reported, write
from pseudo import write_catalogue
from repositories import commit
from rolebook import language as languages
from rolebook.analysis.crafts import mixed_crafts
from rolebook.analysis.readiness import has_procedure
from rolebook.cli import main
from rolebook.language import current, language, written_in
from rolebook.schema.audience import Audience
from rolebook.schema.records import known_section
from sites import MKDOCS_YML, build_site

TEMPLATE = Path(rolebook.__file__).parent / "locale" / "rolebook.pot"
ROLES = {
    "content/index.md": "# Home\n",
    "people/ada.md": "---\nname: Ada\nweekly_capacity: 40\n---\n",
    "roles/top.md": "---\ntitle: Top\nowner: Ada\nweekly_hours: 7.5\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: top\nweekly_hours: 8.5\n---\n\n"
    "## Vorgehen\n\nDoors open at nine.\n\n## Notizen\n\nThe safe is blue.\n",
}
GERMAN = MKDOCS_YML.replace("font: false", "font: false, language: de")


@pytest.fixture(scope="module", autouse=True)
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """German and Spanish catalogues, of which every text has accents."""
    folder = tmp_path_factory.mktemp("locale")
    for code in ("de", "es"):
        write_catalogue(TEMPLATE, folder, code)
        table = TEMPLATE.parent / code / "words.toml"
        (folder / code / "words.toml").write_bytes(table.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "FOLDER", folder)
        language.cache_clear()
        yield
    language.cache_clear()


def with_settings(settings: str) -> dict[str, str]:
    return {"mkdocs.yml": settings, **ROLES}


def home_of(root: Path) -> str:
    site, _ = build_site(root)
    assert current().code == "en", "a build leaves the language as it was"
    return (site / "roles/shop/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "hours", "word"),
    [
        (MKDOCS_YML, "8.5\u00a0h", "Vacant"),
        (GERMAN, "8,5\u00a0ĥ", "Ṽàçàñţ"),
        (GERMAN.replace("rolebook]", "rolebook: {language: es}]"), "8,5\u00a0ĥ", "Ṽàçàñţ"),
        (GERMAN.replace("rolebook]", "rolebook: {language: en-US}]"), "8.5\u00a0h", "Vacant"),
        (
            "site_name: T\ndocs_dir: content\ntheme: {name: mkdocs, locale: de}\nplugins: [rolebook]\n",
            "8,5",
            "Ṽàçàñţ",
        ),
    ],
    ids=["english", "theme", "option", "option-english", "locale"],
)
def test_pages_are_in_the_language_of_the_option_or_else_of_the_theme(
    tmp_path: Path, settings: str, hours: str, word: str
) -> None:
    page = home_of(write(tmp_path, with_settings(settings)))
    assert hours in page and word in page


def test_a_language_without_a_catalogue_is_reported_with_those_there_are(tmp_path: Path) -> None:
    found = reported(write(tmp_path, with_settings(GERMAN.replace("language: de", "language: ja"))))
    assert "advice: mkdocs.yml:3: there is no catalogue for the language 'ja', so pages" in found
    assert "Languages with one are en (English); de (Deutsch); es (español)" in found
    assert "Vacant" in home_of(tmp_path)


def test_a_misspelt_language_is_an_error_and_names_those_there_are(tmp_path: Path) -> None:
    settings = MKDOCS_YML.replace("rolebook]", "{rolebook: {language: german}}]")
    found = reported(write(tmp_path, with_settings(settings)))
    assert (
        "error: mkdocs.yml:4: there is no language with the code 'german'. Write one of en, de, es" in found
    )


@pytest.mark.parametrize("code", ["de-AT", "de_AT"])
def test_a_country_has_its_own_figures_and_the_texts_of_its_language(tmp_path: Path, code: str) -> None:
    settings = MKDOCS_YML.replace("rolebook]", f"rolebook: {{language: {code}}}]")
    handbook = opened(write(tmp_path, with_settings(settings)))
    assert handbook.project.language.tag == "de-AT"
    assert "Ṽàçàñţ" in home_of(tmp_path)


def test_a_page_in_another_language_is_never_taken_from_the_cache(tmp_path: Path) -> None:
    kept = MKDOCS_YML.replace("rolebook]", "rolebook: {cache_dir: .cache}]")
    assert "Vacant" in home_of(write(tmp_path, with_settings(kept)))
    (tmp_path / "mkdocs.yml").write_text(kept.replace("font: false", "font: false, language: de"))
    assert "Vacant" not in home_of(tmp_path)


def test_documents_and_charts_are_in_the_language_of_the_handbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path, with_settings(GERMAN)))
    commands = (
        ["pack", "shop", "--format", "html,txt"],
        ["pack", "--leaving", "ada"],
        ["chart", "--to", "chart.svg"],
        ["export", "--format", "markdown", "--to", "out"],
    )
    for command in commands:
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        assert current().code == "en"
    assert '<html lang="de"' in (tmp_path / "packs/shop-pack.html").read_text(encoding="utf-8")
    assert "8,5 ĥ" in (tmp_path / "packs/shop-pack.txt").read_text(encoding="utf-8")
    assert '<html lang="de"' in (tmp_path / "packs/ada-leaving.html").read_text(encoding="utf-8")
    assert "8,5" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
    pages = "".join(each.read_text(encoding="utf-8") for each in (tmp_path / "out").rglob("*.md"))
    assert "Ṽàçàñţ" in pages and "Vacant" not in pages


def test_sections_that_others_see_are_known_by_the_headings_of_the_language(tmp_path: Path) -> None:
    german = opened(write(tmp_path / "de", with_settings(GERMAN))).organisation
    english = opened(write(tmp_path / "en", with_settings(MKDOCS_YML))).organisation
    assert german.section_audience("VORGEHEN") is Audience.CONTRACTOR
    assert german.section_audience("Procedure") is Audience.CONTRACTOR
    assert german.section_audience("So geht’s") is Audience.CONTRACTOR
    assert german.section_audience("Aufgaben") is Audience.PUBLIC
    for heading in ("Notizen", "Vorgehen intern", "Procedimiento", ""):
        assert german.section_audience(heading) is Audience.INTERNAL
    assert english.section_audience("Vorgehen") is Audience.INTERNAL


def test_a_document_says_in_which_direction_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_catalogue(TEMPLATE, tmp_path / "locale", "he")
    monkeypatch.setattr(languages, "FOLDER", tmp_path / "locale")
    language.cache_clear()
    settings = {"he": GERMAN.replace("de}", "he}"), "turned": GERMAN.replace("de}", "en, direction: rtl}")}
    for name, text in settings.items():
        monkeypatch.chdir(write(tmp_path / name, with_settings(text)))
        assert CliRunner().invoke(main, ["pack", "shop"]).exit_code == 0
        pack = Path("packs/shop-pack.html").read_text(encoding="utf-8")
        assert f'<html lang="{"he" if name == "he" else "en"}" dir="rtl">' in pack
        assert CliRunner().invoke(main, ["export", "--format", "mermaid"]).exit_code == 0
    language.cache_clear()


def test_what_changed_is_said_in_the_language_and_for_programs_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path, with_settings(GERMAN))
    monkeypatch.chdir(tmp_path)
    shop = tmp_path / "roles/shop.md"
    shop.write_text(shop.read_text(encoding="utf-8").replace("8.5", "1.5\nowner: Ada"), encoding="utf-8")
    texts = {}
    for form in ("text", "markdown", "json"):
        result = CliRunner().invoke(main, ["diff", "HEAD", "--format", form])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        texts[form] = result.output
    hours = {"text": "ĥöûŕš à ŵééķ····: 8,5", "markdown": "| ĥöûŕš à ŵééķ···· | 8,5"}
    for form, words in hours.items():
        assert words in texts[form].replace("\u2060", "")
        assert "hours a week" not in texts[form] and "vacant" not in texts[form]
    assert '"what": "hours a week"' in texts["json"]


@pytest.mark.parametrize("settings", [GERMAN, MKDOCS_YML], ids=["german", "english"])
def test_checks_know_the_words_of_the_language_and_no_others(tmp_path: Path, settings: str) -> None:
    role = "---\ntitle: Werbung und Buchhaltung\ndeliverable: Hilfe bei Anzeigen\nweekly_hours: 4\n---\n\n"
    files = {**with_settings(settings), "roles/shop.md": f"{role}## Vorgehen\n\nFolgt …\n"}
    root = write(tmp_path, files)
    handbook, found = opened(root), reported(root)
    shop = handbook.organisation.roles["shop"]
    is_german = settings == GERMAN
    assert ("'Hilfe bei'" in found and "[vague-deliverable]" in found) is is_german
    with written_in(handbook.project.language):
        assert bool(mixed_crafts(shop)) is is_german
        assert not has_procedure(shop)
        assert known_section("Vorgehen") == ("Procedure" if is_german else "")


def test_a_procedure_under_a_heading_of_the_language_is_one(tmp_path: Path) -> None:
    for name, settings in (("de", GERMAN), ("en", MKDOCS_YML)):
        handbook = opened(write(tmp_path / name, with_settings(settings)))
        with written_in(handbook.project.language):
            assert has_procedure(handbook.organisation.roles["shop"]) is (name == "de")


def test_messages_have_the_figures_of_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    role = "---\ntitle: {0}\nparent: top\nowner: Ada\nweekly_hours: 20.5\n---\n"
    files = {f"roles/{each}.md": role.format(each) for each in ("one", "two")}
    found = reported(write(tmp_path, {**with_settings(GERMAN), **files}))
    assert "48,5" in found and "48.5" not in found
    monkeypatch.chdir(tmp_path)
    lines = CliRunner().invoke(main, ["check"]).output.splitlines()
    # What was made here was labelled in English.
    assert [line.partition(" ")[2] for line in found.splitlines()] == [
        line.partition(" ")[2] for line in lines[:-1]
    ]
