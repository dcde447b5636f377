"""What `rolebook init` makes of a folder: a handbook without a problem, and never over what is there."""

import html
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config

from projects import opened, reported
from rolebook.cli import main
from rolebook.cli.import_ import _examples_in_words
from rolebook.cli.starter import GUIDE, GUIDE_PICTURES
from rolebook.escaping import printable
from rolebook.library.kind import kind, kind_ids
from rolebook.organisation import name_key, names_nobody
from rolebook.spreadsheet.holders import ME
from sites import SAMPLE, build_site, dead_links, outside_addresses


def init(folder: Path, *words: str, answers: str = "") -> Result:
    result = CliRunner().invoke(main, ["init", str(folder), *words], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def codes(root: Path) -> list[str]:
    """The checks that report something."""
    return [line.rpartition("[")[2].rstrip("]") for line in reported(root).splitlines()]


def test_a_new_handbook_has_no_problems_and_builds(tmp_path: Path) -> None:
    root = tmp_path / "our handbook"
    result = init(root, "--yes", "--host", "github")
    assert result.exit_code == 0
    assert codes(root) == ["no-business-name", "placeholder"]
    assert "12 facts are still the examples from 'rolebook init', in roles/accounting.md, " in reported(root)
    assert ", people/owner.md and content/business-model.md. Replace" in reported(root)
    site, lines = build_site(root, strict=True)
    assert [line for line in lines if not line.startswith("INFO")] == []
    assert list(dead_links(site)) == []
    assert outside_addresses(site) == set()


def test_a_folder_is_named_and_the_one_that_is_stood_in_is_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("--business", "Bread", "--owner", "Ada", "--yes")
    for folder, said in (("shop", "A handbook is in shop: "), (".", "A handbook is in this folder: ")):
        assert said in CliRunner().invoke(main, ["init", folder, *words]).output


def test_four_questions_are_asked(tmp_path: Path) -> None:
    result = init(tmp_path / "new", answers="Brot & Salz\nInês Carvalho\ngitlab\ncolleagues\n")
    assert result.exit_code == 0
    assert result.output.count("]: ") == 4
    handbook = opened(tmp_path / "new")
    assert handbook.project.name == "Brot & Salz"
    assert [(each.id, each.name) for each in handbook.organisation.people.values()] == [
        ("inês-carvalho", "Inês Carvalho")
    ]
    assert (tmp_path / "new/.gitlab-ci.yml").is_file()
    assert not (tmp_path / "new/.github").exists()
    assert "# Brot &#38; Salz" in (tmp_path / "new/content/index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["--owner", "me"], ["--owner", "Myself", "--guided"]])
def test_a_word_for_the_owner_is_no_name(words: list[str], tmp_path: Path) -> None:
    result = init(tmp_path / "new", *words, *([] if "--guided" in words else ["--yes"]))
    assert result.exit_code == 2 and "Write yours, such as --owner" in result.output
    assert not (tmp_path / "new").exists()
    assert init(tmp_path / "new", "--yes", "--owner", "Mel").exit_code == 0


@pytest.mark.parametrize("word", ["serve", "build"])
def test_a_command_of_mkdocs_is_named(word: str) -> None:
    result = CliRunner().invoke(main, [word])
    assert result.exit_code == 2
    assert f"The site is made by MkDocs: mkdocs {word}" in result.output


@pytest.mark.parametrize("host", ["github", "gitlab", "nowhere"])
@pytest.mark.parametrize("repository", ["", ".", ".."])
def test_the_first_push_is_explained_where_there_is_no_repository(
    host: str, repository: str, tmp_path: Path
) -> None:
    root = tmp_path / "a/new"
    if repository:
        (root / repository / ".git").mkdir(parents=True)
    said = init(root, "--yes", "--no-guide", "--host", host).output
    assert ("  git init -b main\n" in said and "git push -u origin main" in said) == (
        host != "nowhere" and not repository
    )
    assert ("repository on GitHub" in said) == (host == "github" and not repository)
    assert ("repository on GitLab" in said) == (host == "gitlab" and not repository)


def test_the_forms_of_a_host_are_included(tmp_path: Path) -> None:
    result = init(tmp_path / "new", "--yes", "--host", "gitlab", "--forms", "shop/book")
    assert result.exit_code == 0
    made = (tmp_path / "new/content/admin/handbook.json").read_text(encoding="utf-8")
    assert '"name": "gitlab",\n   "repo": "shop/book"' in made
    result = init(tmp_path / "other", "--yes", "--forms", "shop/book")
    assert result.exit_code == 2 and "Add --host github or --host gitlab." in result.output
    assert not (tmp_path / "other").exists()


def test_capitals_of_a_choice_do_not_count(tmp_path: Path) -> None:
    assert init(tmp_path / "new", "--yes", "--host", "GitHub", "--readers", "Colleagues").exit_code == 0
    workflow = (tmp_path / "new/.github/workflows/handbook.yml").read_text(encoding="utf-8")
    assert "deploy-pages" not in workflow


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/index.md").write_text("# Mine\n", encoding="utf-8")
    result = init(tmp_path, "--yes")
    assert result.exit_code == 0
    assert "README.md was there already and is as it was." in result.output
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "content/index.md").read_text(encoding="utf-8") == "# Mine\n"
    assert codes(tmp_path) == ["no-business-name", "placeholder"]


@pytest.mark.parametrize("there", ["mkdocs.yml", "roles/x.md"])
def test_a_second_handbook_is_refused(there: str, tmp_path: Path) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("", encoding="utf-8")
    result = init(tmp_path, "--yes")
    assert result.exit_code == 2
    assert result.output == (
        f"{tmp_path} has a handbook already ({there}). Name another folder.\nNothing was written.\n"
    )
    assert list(contents(tmp_path)) == [there]


def test_a_fact_that_was_changed_is_no_example(tmp_path: Path) -> None:
    root = tmp_path / "new"
    init(root, "--yes")
    (person,) = (root / "people").glob("*.md")
    text = person.read_text(encoding="utf-8")
    person.write_text(re.sub("weekly_capacity: .*", "weekly_capacity: 31", text), encoding="utf-8")
    assert "11 facts are still the examples from 'rolebook init'" in reported(root)
    person.write_text("---\nname: Ann\nfounder: yes\n---\n\nKnits.\n", encoding="utf-8")
    assert "10 facts are still the examples from 'rolebook init'" in reported(root)


def test_examples_can_be_left_out(tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert init(root, "--yes", "--no-examples").exit_code == 0
    assert [*opened(root).organisation.roles] == ["managing-director"]
    assert opened(root).organisation.business.offers == ()
    build_site(root, strict=True)


@pytest.mark.parametrize(
    ("words", "answer", "removed"),
    [(["--remove-examples"], "", True), (["--keep-examples"], "", False), ([], "", False)],
)
@pytest.mark.parametrize("update", [[], ["--update"]])
def test_an_import_into_an_untouched_starter_can_remove_the_examples(
    words: list[str], answer: str, removed: bool, update: list[str], tmp_path: Path
) -> None:
    root, table = tmp_path / "new", tmp_path / "a.csv"
    init(root, "--yes", "--owner", "Ada")
    examples = {path.name for path in (root / "roles").iterdir()}
    table.write_text("title,parent,owner\nBoss,,Bo\nSales,Boss,Bo\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["import", str(table), "--to", str(root / "roles"), *words, *update])
    left = {path.name for path in (root / "roles").iterdir()} - {".imported.json"}
    assert left == {"boss.md", "sales.md"} | (set() if removed else examples)
    assert ("4 example roles removed." in result.output) == removed
    named = (
        "Delete them if they are not yours: accounting.md, delivery.md, managing-director.md, marketing.md"
    )
    assert (f"4 example roles of rolebook init stay. {named}\n" in result.output) == (not words)


def test_a_dry_run_names_the_option_that_removes_the_examples(tmp_path: Path) -> None:
    root, table = tmp_path / "new", tmp_path / "a.csv"
    init(root, "--yes", "--no-guide", "--kind", "web-shop")
    table.write_text("title,parent,owner\nBoss,,Bo\n", encoding="utf-8")
    words = ["import", str(table), "--to", str(root / "roles")]
    said = CliRunner().invoke(main, [*words, "--dry-run"]).output
    assert "18 example roles of rolebook init stay. Add --remove-examples to remove them." in said
    assert "tax-filing.md" in CliRunner().invoke(main, words).output


def test_at_most_twenty_examples_are_named() -> None:
    names = [f"{number}.md" for number in range(21)]
    for most in (20, 21):
        (line,) = _examples_in_words(names[:most], (), None, dry_run=False)
        assert line.endswith("19.md" if most == 20 else "19.md, …")


def test_an_imported_role_takes_the_place_of_an_example(tmp_path: Path) -> None:
    root, table = tmp_path / "new", tmp_path / "a.csv"
    init(root, "--yes")
    table.write_text("title,parent\nBoss,\nMarketing,Boss\n", encoding="utf-8")
    words = ["import", str(table), "--to", str(root / "roles"), "--remove-examples"]
    assert CliRunner().invoke(main, [*words, "--dry-run"]).exit_code == 0
    assert len([*(root / "roles").iterdir()]) == 4
    assert CliRunner().invoke(main, words).exit_code == 0
    assert "parent: boss" in (root / "roles/marketing.md").read_text(encoding="utf-8")


def test_examples_that_somebody_changed_or_that_others_are_below_stay(tmp_path: Path) -> None:
    for number, (name, text) in enumerate({"marketing": "Ours.\n", "own": "---\ntitle: Own\n---\n"}.items()):
        root, table = tmp_path / str(number), tmp_path / "a.csv"
        init(root, "--yes")
        with (root / f"roles/{name}.md").open("a", encoding="utf-8") as file:
            file.write(text)
        table.write_text("title,parent\nBoss,\n", encoding="utf-8")
        words = ["import", str(table), "--to", str(root / "roles"), "--remove-examples"]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 2
        assert "is not as 'rolebook init' wrote it" in result.output
        assert f"{name}.md" in result.output
        assert not (root / "roles/boss.md").exists()


def test_a_table_for_an_untouched_starter_is_led_to_import(tmp_path: Path) -> None:
    init(tmp_path / "new", "--yes")
    table = tmp_path / "a.csv"
    table.write_text("title,parent\nBoss,\n", encoding="utf-8")
    result = init(tmp_path / "new", "--yes", "--from", str(table))
    assert result.exit_code == 2
    assert "--remove-examples" in result.output


def test_roles_come_from_a_spreadsheet(tmp_path: Path) -> None:
    table = tmp_path / "seats.csv"
    table.write_text("Seat,Reports to,Who\nHead,,Ann\nSales,Head,Ben\nBoard,,\n", encoding="utf-8")
    result = init(
        tmp_path / "new", "--yes", "--from-csv", str(table), "--map", "title=Seat",
        "--map", "parent=Reports to", "--map", "owner=Who",
    )  # fmt: skip
    assert result.exit_code == 0
    handbook = opened(tmp_path / "new")
    assert set(handbook.organisation.roles) == {"head", "sales", "board"}
    assert {problem.rule.severity for problem in handbook.problems} <= {"advice"}


def test_several_roots_are_those_of_the_table_and_are_reported(tmp_path: Path) -> None:
    table = tmp_path / "roles.csv"
    for rows, several in (("Head,,me\nBoard,,\n", True), ("Head,,Ann\nSales,Hed,\n", False)):
        table.write_text(f"title,parent,owner\n{rows}", encoding="utf-8")
        folder = tmp_path / str(several)
        result = init(folder, "--yes", "--from-csv", str(table), "--owner", "Ruth Wren")
        assert ("2 roles report to nobody" in result.output) == several
        for config in ("mkdocs.yml", "mkdocs.public.yml"):
            assert ("allow_multiple_roots: yes" in (folder / config).read_text(encoding="utf-8")) == several
    role = (tmp_path / "True/roles/head.md").read_text(encoding="utf-8")
    assert "owner: Ruth Wren\n" in role
    people = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "True/people").iterdir()}
    assert people == {"ruth-wren.md": "---\nname: Ruth Wren\nfounder: yes\n---\n"}


def test_findings_of_the_spreadsheet_are_reported(tmp_path: Path) -> None:
    table = tmp_path / "seats.csv"
    table.write_text("title,parent,hours\nHead,,\nSales,Hed,\n", encoding="utf-8")
    result = init(tmp_path / "new", "--yes", "--from-csv", str(table))
    assert result.exit_code == 1
    assert "seats.csv:3: parent is 'Hed'" in result.output


def test_a_spreadsheet_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    table = tmp_path / "seats.csv"
    table.write_text("Seat\nHead\n", encoding="utf-8")
    result = init(tmp_path / "new", "--yes", "--from-csv", str(table))
    assert result.exit_code == 2
    assert "No column is called 'title'." in result.output
    assert not (tmp_path / "new").exists()


def test_a_handbook_that_began_with_a_table_can_be_updated(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("title,parent,owner\nHead,,Ann\nClerk,Head,Bo\n", encoding="utf-8")
    init(tmp_path / "h", "--yes", "--no-guide", "--from", str(table))
    table.write_text("title,parent,owner\nHead,,Ann\nClerk,Head,Cy\n", encoding="utf-8")
    words = ["import", str(table), "--to", str(tmp_path / "h/roles"), "--update"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1 and "no person's file has the name 'Cy'" in result.output
    assert "1 issue to review: 1 no-person-file." in result.output
    assert "owner: Cy" in (tmp_path / "h/roles/clerk.md").read_text(encoding="utf-8")
    assert not list(build_site(tmp_path / "h")[0].rglob(".imported.json"))


@settings(max_examples=25)
@given(st.text(max_size=20), st.text(max_size=20))
def test_any_name_stays_a_name(tmp_path_factory: pytest.TempPathFactory, business: str, owner: str) -> None:
    assume(
        not owner or (name_key(owner) not in ME and not names_nobody(owner) and any(map(str.isalpha, owner)))
    )
    root = tmp_path_factory.mktemp("x") / "new"
    result = init(root, f"--business={business}", f"--owner={owner}", "--yes", "--no-guide")
    assert result.exit_code == 0
    # A name such as "A" is a word of the starter's own texts.
    about_names = ("name-in-public-text", "no-business-name", "placeholder")
    assert [
        line for line in reported(root).splitlines() if not any(each in line for each in about_names)
    ] == []
    handbook = opened(root)
    assert handbook.project.name == (" ".join(printable(business).split()) or "Our business")
    (person,) = handbook.organisation.people.values()
    assert person.name == unicodedata.normalize("NFC", " ".join(printable(owner).split()) or "Owner")


@pytest.mark.parametrize("owner", ["me", "vacant", "Nobody", "TBD", "---", "42"])
def test_what_is_nobodys_name_is_refused(owner: str, tmp_path: Path) -> None:
    result = init(tmp_path / "new", f"--owner={owner}", "--yes", "--no-guide")
    assert (result.exit_code, [*tmp_path.iterdir()]) == (2, [])
    assert f"'{owner}' would be a person of this name. Write yours, such as --owner" in result.output


@pytest.mark.parametrize("name", ["Our handbook", "Häuser & Gärten", "it's $HOME", "plain"])
def test_the_next_commands_can_be_pasted(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = init(Path(name), "--yes", "--no-guide").output
    change = re.search(r"^  (cd .*)$", said, re.MULTILINE)
    assert change and ("'" in change[1]) == (name != "plain")
    there = subprocess.run(["sh", "-c", f"{change[1]} && pwd"], capture_output=True, text=True, check=True)
    assert Path(there.stdout.strip()) == tmp_path / name


def test_the_editor_knows_the_fields(tmp_path: Path) -> None:
    init(tmp_path / "new", "--yes")
    folder = tmp_path / "new/.vscode"
    schemas = json.loads((folder / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    for schema, pattern in schemas.items():
        validator = jsonschema.Draft7Validator(
            json.loads((tmp_path / "new" / schema).read_text(encoding="utf-8"))
        )
        files = list((tmp_path / "new").glob(pattern))
        assert files
        for file in files:
            front = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
            assert [each.message for each in validator.iter_errors(front)] == []
    assert json.loads((folder / "rolebook.code-snippets").read_text(encoding="utf-8"))


def test_the_guide_is_that_of_the_sample(tmp_path: Path) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        paths = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}

    guide = files(SAMPLE / "content/guide")
    init(tmp_path / "with", "--yes")
    assert files(tmp_path / "with/content/guide") == guide
    assert set(guide) == {*GUIDE, *(f"img/{name}" for name in GUIDE_PICTURES)}
    init(tmp_path / "without", "--yes", "--no-guide")
    assert not (tmp_path / "without/content/guide").exists()


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_what_is_published_is_for_everyone_unless_the_owner_says_otherwise(host: str, tmp_path: Path) -> None:
    name = {"github": ".github/workflows/handbook.yml", "gitlab": ".gitlab-ci.yml"}[host]
    for folder, words in {"a": (), "b": ("--readers", "colleagues")}.items():
        init(tmp_path / folder, "--yes", "--owner", "Maya Brennan", "--host", host, "--no-guide", *words)
    open_to_all, inside = ((tmp_path / each / name).read_text(encoding="utf-8") for each in ("a", "b"))
    assert "mkdocs.public.yml" in open_to_all and "mkdocs.public.yml" not in inside
    assert ("deploy-pages" in open_to_all) == (host == "github")
    assert "deploy-pages" not in inside
    assert ("--site-dir public" in inside) == (host == "gitlab")
    assert "--site-dir public" not in open_to_all
    assert ">>>" not in open_to_all + inside
    assert yaml.safe_load(open_to_all) and yaml.safe_load(inside)


def test_the_public_edition_of_a_new_handbook_names_nobody(tmp_path: Path) -> None:
    init(tmp_path, "--yes", "--owner", "Maya Brennan", "--host", "github", "--no-guide")
    config = load_config(str(tmp_path / "mkdocs.public.yml"), strict=True)
    build(config)
    assert (tmp_path / "public/index.html").is_file()
    pages = [
        path for path in (tmp_path / "public").rglob("*") if path.suffix in (".html", ".json", ".xml", ".svg")
    ]
    assert [path for path in pages if re.search("maya|brennan", path.read_text(encoding="utf-8"), re.I)] == []


def test_the_wheel_in_a_handbook_installs_and_is_whole(tmp_path: Path) -> None:
    init(tmp_path / "new", "--yes", "--no-guide")
    (wheel,) = (tmp_path / "new/wheels").iterdir()
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(tmp_path / "x"),
    ]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    assert (tmp_path / "x/rolebook/assets/vendor/mermaid.min.js").is_file()
    assert (tmp_path / "x/rolebook/starter/requirements-locked.txt").is_file()
    for folder in ("roles", "kinds/web-shop"):
        shipped = {path.name for path in (tmp_path / "x/rolebook/library" / folder).iterdir()}
        assert shipped == {path.name for path in (SAMPLE / "plugin/rolebook/library" / folder).iterdir()}
    locked = (tmp_path / "new/requirements-locked.txt").read_text(encoding="utf-8")
    assert locked == (SAMPLE / "locks/site.txt").read_text(encoding="utf-8")


def test_the_word_for_teams_that_is_advised_is_taken(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("title,kind,owner\nTop,tribal,Ada Stone\n", encoding="utf-8")
    assert 'add --team "tribal"' in init(tmp_path / "a", "--yes", "--from", str(table)).output
    result = init(tmp_path / "b", "--yes", "--from", str(table), "--team", "tribal")
    assert result.exit_code == 0, result.output
    assert "kind: team\n" in (tmp_path / "b/roles/top.md").read_text(encoding="utf-8")


def test_a_table_is_read_as_import_reads_it(tmp_path: Path) -> None:
    table = tmp_path / "roles.csv"
    table.write_text(
        "title_owner_fte_parent\nBoss_Ruth Wren_1_none\nCook_gone away_0.5_Boss\n", encoding="utf-8"
    )
    words = ["--vacant", "gone away", "--full-week", "40", "--root", "none", "--delimiter", "_"]
    result = init(tmp_path / "new", "--yes", "--from", str(table), *words)
    assert result.exit_code == 0, result.output
    roles = opened(tmp_path / "new").organisation.roles
    assert (roles["cook"].vacant, roles["cook"].hours.max, roles["boss"].hours.max) == (True, 20, 40)


@pytest.fixture(scope="module", params=kind_ids())
def of_a_kind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A handbook that began with a kind of business."""
    root = tmp_path_factory.mktemp(request.param) / "new"
    result = init(root, "--yes", "--owner", "Maya Brennan", "--kind", request.param, "--no-guide")
    assert result.exit_code == 0, result.output
    known = kind(request.param)
    assert result.output.split("mkdocs serve\n")[1] == (
        f"\nThe roles are those of the kind '{known.title}', and you hold all of them.\n"
        "  Delete those that your business does not have, and correct the hours of the others.\n"
        "  Fill in content/business-model.md.\n"
        f"  To hand over first: {known.first.title}. {known.hand_over[known.first.id]['reason']}\n"
    )
    return request.param, root


def test_a_kind_of_business_begins_without_problems_and_says_what_to_hand_over(
    of_a_kind: tuple[str, Path],
) -> None:
    kind_id, root = of_a_kind
    assert "error" not in reported(root) and "warning" not in reported(root)
    roles = {path.relative_to(root / "roles").as_posix() for path in (root / "roles").rglob("*.md")}
    assert roles == {*kind(kind_id).role_files("maya-brennan")}
    assert {role.owner.name for role in opened(root).organisation.roles.values() if role.owner} == {
        "Maya Brennan"
    }
    site, lines = build_site(root, strict=True)
    assert [line for line in lines if not line.startswith("INFO")] == []
    summary = (site / "decisions/index.html").read_text(encoding="utf-8")
    first = kind(kind_id).first
    assert re.search(rf"Planned next: <a href=[^>]*{first.id}/\"?>{first.title}</a>", summary)
    assert kind(kind_id).hand_over[first.id]["reason"] in html.unescape(summary)


def test_an_import_can_take_the_place_of_a_kind_of_business(
    of_a_kind: tuple[str, Path], tmp_path: Path
) -> None:
    shutil.copytree(of_a_kind[1], tmp_path / "new")
    table = tmp_path / "a.csv"
    table.write_text("title,parent\nBoss,\nSales,Boss\n", encoding="utf-8")
    words = ["import", str(table), "--to", str(tmp_path / "new/roles"), "--remove-examples"]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert {path.name for path in (tmp_path / "new/roles").rglob("*.md")} == {"boss.md", "sales.md"}


def test_a_kind_of_business_is_known_by_its_title_and_none_is_todays_four(tmp_path: Path) -> None:
    init(tmp_path / "a", "--yes", "--no-guide", "--kind", "Web Shop")
    assert "shipping" in opened(tmp_path / "a").organisation.roles
    for words in ([], ["--kind", "none"], ["--kind", "None"]):
        init(tmp_path / str(words), "--yes", "--no-guide", *words)
        roles = opened(tmp_path / str(words)).organisation.roles
        assert {*roles} == {"managing-director", "marketing", "delivery", "accounting"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--kind", "webshop"], "There is no kind of business 'webshop'. Did you mean 'web-shop'?"),
        (["--kind", "bakery"], "There is no kind of business 'bakery'. Write one of these."),
        (["--kind", ""], "There is no kind of business ''. Write one of these."),
        (
            ["--kind", "club", "--no-examples"],
            "The roles of a kind of business are examples. Leave out --kind or --no-examples.",
        ),
        (
            ["--kind", "club", "--from", "x.csv"],
            "The roles come from --kind or from a spreadsheet. Leave out --kind or --from.",
        ),
    ],
)
def test_a_kind_that_cannot_be_is_refused(words: list[str], why: str, tmp_path: Path) -> None:
    result = init(tmp_path / "new", "--yes", *words)
    assert result.exit_code == 2
    assert not (tmp_path / "new").exists()
    assert result.stdout == ""
    *listed, reason, end = result.stderr.splitlines()
    assert (reason, end) == (why, "Nothing was written.")
    summaries = [f"{each:<17} {kind(each).summary}" for each in kind_ids()]
    rest = ["none              four roles that nearly every business has", ""]
    assert listed == ([*summaries, *rest] if "There is no" in why else [])
