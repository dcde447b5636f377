"""Commands speak the language of the handbook, and write the same files in any."""

import re
from pathlib import Path

import pytest
from babel import Locale
from click.testing import CliRunner, Result

from projects import MKDOCS_YML, write
from pseudo import CODE
from rolebook.cli import changing, main
from rolebook.language import language
from ways_to_write import BLOCK, COMMANDS, FILES

ADVERTS = "roles/adverts.md"
_WORD = re.compile(r"(?<!\w)[A-Za-z]{3,}(?!\w)")
TYPED = " ".join(("rolebook PERSON ROLE published leaving", *main.commands))
"""What is typed, whatever the language."""
CHANGES = [*COMMANDS.values(), ["rename", "adverts", "ads"], ["rename", "ines", "Zoe Ode"]]
REFUSED = [
    ["assign", "advert", "ines"],
    ["assign", "adverts", "nobody-here"],
    ["vacate", "adverts", "--on", "soon"],
    ["move", "boss", "adverts"],
    ["split", "adverts", "E-zine"],
    ["rename", "adverts", "boss"],
    ["hire", "-"],
]
LENT = "kaj " + " ".join(name for names in Locale(CODE).months["format"].values() for name in names.values())
"""Words of the language that lends its dates and lists."""
WRITING = [
    ["new", "Shipping", "--parent", "boss", "--hours", "7.5"],
    ["chart", "--to", "chart.svg"],
    ["chart", "marketing", "--to", "team.svg", "--audience", "contractor"],
    ["pack", "adverts", "--to", "packs"],
    ["pack", "adverts", "--post", "--to", "packs", "--format", "md,txt"],
    ["pack", "--leaving", "ines", "--to", "packs"],
    ["export", "--format", "markdown", "--to", "site"],
    ["forms", "--host", "github", "--repo", "our-shop/handbook"],
]
"""Commands that write other files than those of roles and people."""
NOT_WRITTEN = [
    ["new", "Shipping", "--parent", "nobody"],
    ["new", "Shipping"],
    ["new", "Adverts", "--parent", "boss"],
    ["new", "Shipping", "--like", "no-such-role", "--parent", "boss"],
    ["pack", "no-such-role"],
    ["pack", "council"],
    ["pack", "--leaving", "no-such-person"],
    ["export", "--format", "markdown"],
    ["forms", "--host", "github", "--repo", "our-shop/handbook", "--sign-in", "x"],
]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800014400")


def handbook(root: Path, code: str) -> Path:
    settings = MKDOCS_YML.replace("rolebook:\n", f"rolebook:\n      language: {code}\n")
    return write(
        root,
        {
            **FILES,
            ADVERTS: re.sub(r"^x-own:.*\n(?: .*\n)*", "", BLOCK, flags=re.MULTILINE),
            "mkdocs.yml": settings,
        },
    )


def run(root: Path, *words: str, answer: str = "") -> Result:
    result = CliRunner().invoke(main, [words[0], "-f", str(root / "mkdocs.yml"), *words[1:]], input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def words_in(*texts: str) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.replace("_", " "))}


def without_codes(said: str) -> str:
    """What was said without what is the same in every language: codes of checks, and how severe each is."""
    return re.sub(r"\[[\w-]+\]$|^ *(?:error|warning|advice): ", "", said, flags=re.MULTILINE)


def texts(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "mkdocs.yml"
    }


@pytest.mark.parametrize("words", [*CHANGES, *REFUSED, *WRITING, *NOT_WRITTEN], ids=" ".join)
def test_a_command_says_no_english_word_of_the_program(
    words: list[str], made_up: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = handbook(tmp_path / "handbook", made_up)
    monkeypatch.chdir(root)
    before = texts(root)
    said = without_codes(run(root, *words).output).replace(str(tmp_path), "")
    written = [root / path for path in ("roles", "people")]
    files = [file for folder in written for file in folder.rglob("*.md")]
    names = (path.relative_to(root).as_posix() for path in root.rglob("*"))
    after = (file.read_text(encoding="utf-8") for file in files)
    own = words_in(*before.values(), *before, *names, *after, *words, TYPED, LENT)
    assert words_in(said) - own == set(), said
    assert any(not each.isascii() for each in said)


@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_a_command_writes_the_same_files_in_any_language(words: list[str], tmp_path: Path) -> None:
    written = []
    for code in ("en", "de"):
        root = handbook(tmp_path / code, code)
        run(root, *words, "--yes")
        written.append(texts(root))
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("answer", "is_written"), [("ja\n", True), ("j\n", True), ("y\n", True), ("\n", True), ("nein\n", False)]
)
def test_yes_and_no_are_words_of_the_language_or_english(
    answer: str, is_written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "is_terminal", lambda: True)
    german = {("answer", "yes"): "ja", ("answer", "no"): "nein"}
    texts_of = type(language("de").texts)
    monkeypatch.setattr(texts_of, "pgettext", lambda _, *key: german.get(key, key[1]))
    root = handbook(tmp_path, "de")
    before = texts(root)
    result = run(root, "rename", "adverts", "ads", answer=answer)
    assert "[J/n]" in result.output
    assert (result.exit_code, texts(root) != before) == ((0, True) if is_written else (2, False))


def test_an_answer_that_is_neither_yes_nor_no_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "is_terminal", lambda: True)
    result = run(handbook(tmp_path, "en"), "rename", "adverts", "ads", answer="perhaps\nyes\n")
    assert "Write yes or no." in result.output
    assert result.exit_code == 0


TABLE = """\
id,title,parent,owner,weekly_hours,fte,kind,members,Unused
1,Kiln,,Zoe Ode,10,,,,x
2,Glaze,1,Zoe Ode & Ben Hill,full-time,,,,
2,Clay,1,everybody,5,,,,
3,,1,me,,,,,
4,Shelf,Nowhere,"Hill, Ben",6,,,,
5,Cart,5,n/a,1/2 day,,,,
6,Sieve,Kiln,Ben Hill (Tuesdays),900,,,,
7,Guild,1,,,,team,"Ada Stone (12); nobody; Zoe Ode (chair, 3 h)",
8,Total,,,99,,,,
9,Wheel,10,Abe Orr,4,0.9,,,
10,Bench,9,#REF!,4,,,,beyond,more
"""
"""Cells of many kinds that cannot be used, or are read as something else."""


def imported(root: Path, *options: str) -> str:
    (root / "table.csv").write_text(TABLE, encoding="utf-8")
    words = ["import", str(root / "table.csv"), "--to", str(root / "roles/shop"), *options]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1, result.output
    return result.output.replace(str(root), "")


def test_an_import_says_no_english_word_of_the_program(made_up: str, tmp_path: Path) -> None:
    root = handbook(tmp_path, made_up)
    said = imported(root)
    codes = " ".join(re.findall(r"\[([\w-]+)\]", said) + re.findall(r"\d ([a-z-]+)[,.]", said))
    files = (file.name for file in (root / "roles/shop").iterdir())
    typed = "csv map keep-ids weekly_hours shop table roles Untitled post"
    own = words_in(TABLE, codes, *files, *texts(root), typed, TYPED, LENT)
    assert words_in(said) - own == set(), said
    assert len(said.splitlines()) > 20


def test_an_import_writes_the_same_files_in_any_language(tmp_path: Path, made_up: str) -> None:
    written = []
    for code in ("en", made_up):
        root = handbook(tmp_path / code, code)
        imported(root)
        written.append(texts(root))
    assert written[0] == written[1]
    assert "row 3 of table.csv: " in written[0]["roles/shop/2-2.md"]
