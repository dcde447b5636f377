"""`rolebook rename` changes every reference and nothing else; a rename by hand is recognised."""

import os
import random
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import opened, write
from repositories import commit
from rolebook import atomic_file
from rolebook.cli import main, new_files
from rolebook.organisation import Organisation
from sites import HOME, build_site
from small_handbook import FILES as SMALL

MKDOCS = """\
site_name: Test
docs_dir: content
theme: {name: mkdocs}
nav:
  - Home: index.md
  - roles/market/seo.md # the best
  - jobs/market.md
  - rolebook
plugins:
  - rolebook:
      disabled_checks: [no-hours, no-deliverable, all-rounder]
      founders: [Ann Ek, bob]
"""
FILES: dict[str, str] = {
    "mkdocs.yml": MKDOCS,
    "content/index.md": """\
# Home

[Market](../roles/market/market.md) and [SEO][s], `[no](../roles/market/seo.md)`,
[Ann](<../people/ann.md> "x") [made](roles/market/seo.md#purpose) [job](jobs/market.md)
[row](tree/index.md#seat-market)
[all](org-chart/index.md)

```
[no](../roles/market/market.md)
```

[s]: ../roles/market/seo.md?plain=1#x
""",
    "content/guide/more.md": "[up](../index.md) [seo](../../roles/market/seo.md) [no](../../roles/no.md)\r\n",
    "content/business-model.md": "---\ntitle: Model\nfunctions: [Market]\n---\n\n# Model\n",
    "roles/boss.md": "---\ntitle: Boss\nowner: Ann Ek\nreporting: {to: market}\n---\n",
    "roles/market/market.md": """\
---
title: Market   # not 'Markets'
parent: "boss"
owner: ann
backup: 'ANN  EK'
deliverable:
- outcome: A plan
  receiver: Market
aliases:
  - old/place
---

[here](market.md) [seo](seo.md) [boss](../boss.md) ![x](pic.png) [home](../../content/index.md)
""",
    "roles/market/seo.md": """\
---
title: SEO
parent: market
tools: [{name: Mail, admin: bob}]
---
[b](../boss.md)
""".replace("\n", "\r\n"),
    "roles/market/pic.png": "png",
    "people/ann.md": "---\nname: Ann Ek\n---\n[market](../roles/market/market.md)\n",
    "people/bob.md": "---\nname: Bob\naliases: robert\n---\n",
}


def run(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, [words[0], "-f", str(root / "mkdocs.yml"), *words[1:]])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def files(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode(errors="replace")
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts and "site" not in path.parts
    }


def after(
    before: Mapping[str, str], moved: Mapping[str, str], *changed: tuple[str, str, str]
) -> dict[str, str]:
    """`before` with words changed (path, word, new word) and then files moved."""
    texts = dict(before)
    for path, old, new in changed:
        assert old in texts[path], (path, old)
        texts[path] = texts[path].replace(old, new)
    return {moved.get(path, path): text for path, text in texts.items()}


DEPARTMENT = (
    ("content/index.md", "[Market](../roles/market/market.md)", "[Market](../roles/growth/growth.md)"),
    ("content/index.md", "(roles/market/seo.md#", "(roles/growth/seo.md#"),
    ("content/index.md", "jobs/market.md", "jobs/growth.md"),
    ("content/index.md", "#seat-market", "#seat-growth"),
    ("content/index.md", "../roles/market/seo.md?", "../roles/growth/seo.md?"),
    ("content/guide/more.md", "roles/market/seo.md", "roles/growth/seo.md"),
    ("roles/boss.md", "to: market", "to: growth"),
    ("roles/market/market.md", "(market.md)", "(growth.md)"),
    ("roles/market/market.md", "  - old/place\n", "  - old/place\n  - roles/market/market.md\n"),
    ("roles/market/seo.md", "parent: market", "parent: growth"),
    ("roles/market/seo.md", "}]\r\n", "}]\r\naliases: [roles/market/seo.md]\r\n"),
    ("people/ann.md", "roles/market/market.md", "roles/growth/growth.md"),
    ("mkdocs.yml", "roles/market/seo.md", "roles/growth/seo.md"),
    ("mkdocs.yml", "jobs/market.md", "jobs/growth.md"),
)
TITLE = (
    ("roles/market/market.md", "title: Market ", "title: Growth team "),
    ("roles/market/market.md", "receiver: Market", "receiver: Growth team"),
    ("content/business-model.md", "[Market]", "[Growth team]"),
)
MOVED = {
    "roles/market/market.md": "roles/growth/growth.md",
    "roles/market/seo.md": "roles/growth/seo.md",
    "roles/market/pic.png": "roles/growth/pic.png",
}


@pytest.mark.parametrize("old", ["market", "Market", "roles/market/market.md", "MARKET"])
def test_a_department_is_renamed_everywhere_and_nothing_else_is_changed(old: str, tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    result = run(root, "rename", old, "growth")
    assert result.exit_code == 0, result.output
    assert files(root) == after(FILES, MOVED, *DEPARTMENT)
    assert "The title is still 'Market'" in result.output
    assert not (root / "roles/market").exists()


def test_a_title_brings_its_file_s_name_along(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    result = run(root, "rename", "market", "Growth team", "--id", "growth")
    assert result.exit_code == 0, result.output
    assert files(root) == after(FILES, MOVED, *DEPARTMENT, *TITLE)
    assert run(root, "rename", "growth", "Sales  & more").exit_code == 0
    assert "title: Sales & more " in (root / "roles/sales-more/sales-more.md").read_text("utf-8")


@pytest.mark.parametrize("new", ["Ann Berg", "Ann  Berg"])
def test_a_person_is_renamed_everywhere(new: str, tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    result = run(root, "rename", "Ann Ek", new)
    assert result.exit_code == 0, result.output
    assert files(root) == after(
        FILES,
        {},  # the file is called by the first name, which stays
        ("people/ann.md", "Ann Ek", "Ann Berg"),
        ("roles/boss.md", "Ann Ek", "Ann Berg"),
        ("roles/market/market.md", "'ANN  EK'", "'Ann Berg'"),
        ("mkdocs.yml", "Ann Ek", "Ann Berg"),
    )


def test_a_person_s_file_is_renamed(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    assert run(root, "rename", "bob", "rob").exit_code == 0
    assert files(root) == after(
        FILES,
        {"people/bob.md": "people/rob.md"},
        ("people/bob.md", "aliases: robert", "aliases: [robert, people/bob.md]"),
        ("roles/market/seo.md", "admin: bob", "admin: rob"),
        ("mkdocs.yml", "bob]", "rob]"),
    )
    site, _ = build_site(root)
    for former in ("bob", "robert"):
        assert 'url=../rob/"' in (site / f"people/{former}/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("front", "after"),
    [
        ("{title: M, parent: boss}", "{title: M, parent: boss, aliases: [m.md]}"),
        ("{title: M, parent: boss,}", "{title: M, parent: boss,aliases: [m.md]}"),
        ("{title: M,\n parent: boss\n}", "{title: M,\n parent: boss, aliases: [m.md]}"),
        ("{title: M, aliases: [a]}", "{title: M, aliases: [a, roles/m.md]}"),
        ("title: M\nparent: boss", "title: M\nparent: boss\naliases: [m.md]"),
    ],
)
def test_a_file_with_its_fields_in_braces_is_renamed(front: str, after: str, tmp_path: Path) -> None:
    after = after.replace("[m.md]", "[roles/m.md]")
    root = write(tmp_path, FILES | {"roles/m.md": f"---\n{front}\n---\n"})
    assert run(root, "rename", "m", "n").exit_code == 0
    assert files(root)["roles/n.md"] == f"---\n{after}\n---\n"


def test_a_file_that_cannot_get_an_alias_says_what_to_write(tmp_path: Path) -> None:
    text = "---\n{title: M,\n parent: boss # the boss\n}\n---\n"
    root = write(tmp_path, FILES | {"roles/m.md": text})
    result = run(root, "rename", "m", "n")
    assert "roles/m.md: write each field on a line of its own first." in result.output
    assert files(root)["roles/m.md"] == text


def test_every_edition_s_configuration_is_changed(tmp_path: Path) -> None:
    root = write(tmp_path, FILES | {"mkdocs-public.yml": "INHERIT: mkdocs.yml\nnav: [jobs/market.md]\n"})
    assert run(root, "rename", "market", "growth").exit_code == 0
    assert files(root)["mkdocs-public.yml"] == "INHERIT: mkdocs.yml\nnav: [jobs/growth.md]\n"


def test_somebody_without_a_file_is_renamed(tmp_path: Path) -> None:
    named = {"roles/a.md": "---\ntitle: A\nowner: Cy\nbackup: cy\n---\n[c](../people/cy.md)\n"}
    root = write(tmp_path, HOME | named | {"content/index.md": "[c](people/cy.md)\n"})
    assert run(root, "rename", "cy", "Cyril Ek").exit_code == 0
    assert files(root)["roles/a.md"] == (
        "---\ntitle: A\nowner: Cyril Ek\nbackup: Cyril Ek\n---\n[c](../people/cyril-ek.md)\n"
    )
    assert files(root)["content/index.md"] == "[c](people/cyril-ek.md)\n"
    build_site(root, strict=True)


def test_old_addresses_of_a_department_redirect(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    assert run(root, "rename", "market", "growth").exit_code == 0
    site, _ = build_site(root)
    for old, new in (
        ("roles/market/market", "../../growth/growth/"),
        ("roles/market/seo", "../../growth/seo/"),
        ("jobs/market", "../growth/"),
        ("org-chart/market", "../growth/"),
        ("roles/old/place", "../../growth/growth/"),
    ):
        assert f'url={new}"' in (site / old / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nobody", "x"), "No role and no person is called 'nobody'"),
        (("markte", "x"), "Did you mean 'market'?"),
        (("mark", "x"), "Did you mean 'market'?"),
        (("market", "seo"), "There is 'roles/market/seo.md' already"),
        (("market", "SEO"), "There is 'roles/market/seo.md' already"),
        (("market", "index"), "cannot be the name of a file"),
        (("market", "?"), "cannot be the name of a file"),
        (("market", "x", "--id", "a/b"), "cannot be the name of a file"),
        (("market", "market"), "called 'market' already"),
        (("ann", "Bob"), "There is somebody called 'Bob' already"),
        (("ann", "bob"), "There is 'people/bob.md' already"),
        (("ann", "Ann Ek"), "called 'Ann Ek' already"),
        (("boss", "x", "-f", "nowhere.yml"), "There is no nowhere.yml"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    root = write(tmp_path, FILES)
    result = run(root, "rename", *words)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert files(root) == FILES


HARD = {
    "on one line first": "---\ntitle: X\nparent: >-\n  market\n---\n",
    "Correct this first": "---\ntitle: X\nparent: [market\n---\n",
}


@pytest.mark.parametrize("said", HARD)
def test_what_cannot_be_changed_safely_is_left_to_its_author(said: str, tmp_path: Path) -> None:
    before = FILES | {"roles/x.md": HARD[said]}
    root = write(tmp_path, before)
    result = run(root, "rename", "market", "growth")
    assert (result.exit_code, said in result.output, "roles/x.md" in result.output) == (2, True, True)
    assert files(root) == before


def test_a_name_of_a_role_and_a_person_is_asked_about(tmp_path: Path) -> None:
    root = write(tmp_path, FILES | {"people/boss.md": "---\nname: Bo\n---\n"})
    result = run(root, "rename", "boss", "chief")
    assert "roles/boss.md, people/boss.md" in result.output
    assert run(root, "rename", "people/boss.md", "chief").exit_code == 0
    assert (root / "people/chief.md").exists()
    assert (root / "roles/boss.md").exists()


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    result = run(root, "rename", "market", "growth", "--dry-run")
    assert result.exit_code == 0
    assert "roles/boss.md:4: 'market' would be 'growth'" in result.output
    assert files(root) == FILES


@pytest.mark.parametrize("at", [1, 3])
@pytest.mark.parametrize(("where", "what"), [(atomic_file, "replace"), (new_files, "_rename")])
def test_a_failure_on_the_way_leaves_everything_as_it_was(
    at: int, where: ModuleType, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, FILES)
    whole, times = getattr(where, what), 0

    def fails(*words: object) -> None:
        nonlocal times
        times += 1
        if times == at:
            raise OSError(28, "No space left", "x")
        whole(*words)

    monkeypatch.setattr(where, what, fails)
    result = run(root, "rename", "market", "growth")
    assert (result.exit_code, "No space left" in result.output) == (2, True)
    assert files(root) == FILES
    assert sorted(path.name for path in (root / "roles").iterdir()) == ["boss.md", "market"]


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))


@pytest.mark.parametrize("text", [BOMB, "nav: &a [*a, roles/market/seo.md]\n", "[" * 3000 + "]" * 3000])
def test_no_configuration_keeps_a_rename_from_its_end(text: str, tmp_path: Path) -> None:
    root = write(tmp_path, FILES | {"mkdocs.other.yml": f"nav: [roles/market/market.md]\n{text}"})
    assert run(root, "rename", "market", "growth").exit_code == 0


def test_only_files_of_the_handbook_are_read_and_changed(tmp_path: Path) -> None:
    root = write(tmp_path / "book", FILES)
    outside = tmp_path / "outside.yml"
    outside.write_text("nav: [roles/market/market.md]\n", encoding="utf-8")
    (root / "mkdocs.other.yml").symlink_to(outside)
    for name in ("mkdocs.pipe.yml", "content/pipe.md"):
        os.mkfifo(root / name)  # whoever reads it waits for ever
    assert run(root, "rename", "market", "growth").exit_code == 0
    assert outside.read_text(encoding="utf-8") == "nav: [roles/market/market.md]\n"


def test_what_stays_the_same_is_not_reported(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    result = run(root, "rename", "market", "Market", "--id", "growth")
    assert result.exit_code == 0
    assert "'Market' is now" not in result.output
    assert files(root) == after(FILES, MOVED, *DEPARTMENT)


def test_a_former_name_of_two_roles_stands_for_neither(tmp_path: Path) -> None:
    alias = "---\ntitle: {}\nparent: boss\naliases: [old]\n---\n"
    more = {"roles/a.md": alias.format("A"), "roles/b.md": alias.format("B")}
    root = write(tmp_path, FILES | more | {"roles/c.md": "---\ntitle: C\nparent: old\n---\n"})
    said = run(root, "check").output
    assert "there is no role 'old'" in said
    assert "is called" not in said


def test_a_folder_that_is_in_the_way_stays(tmp_path: Path) -> None:
    root = write(tmp_path, FILES | {"roles/growth/other.md": "---\ntitle: Other\nparent: boss\n---\n"})
    assert run(root, "rename", "market", "growth").exit_code == 0
    assert sorted(path.name for path in (root / "roles/market").iterdir()) == [
        "growth.md",
        "pic.png",
        "seo.md",
    ]


# --- any handbook ----------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_rename_changes_nothing_but_the_name(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(seed)
    root = write(tmp_path_factory.mktemp("any"), SMALL)
    before = opened(root)
    old = chance.choice([*before.organisation.roles])
    new = f"{old[:-1]}-zz"
    problems = sorted((each.rule.code, each.line) for each in before.problems)
    texts = files(root)
    assert run(root, "rename", before.organisation.roles[old].file.path, new).exit_code == 0
    now = opened(root)
    assert sorted((each.rule.code, each.line) for each in now.problems) == problems
    changed = {
        line
        for path in {*texts} & {*files(root)}
        for line in {*files(root)[path].splitlines()} ^ {*texts[path].splitlines()}
    }
    assert [line for line in changed if old not in line and new not in line] == []
    assert shape(now.organisation, {}) == shape(before.organisation, {old: new})


def shape(organisation: Organisation, names: Mapping[str, str]) -> dict[str, object]:
    """Who reports to whom and holds what, with `names` for what is called otherwise."""
    return {
        names.get(role.id, role.id): (
            role.title,
            (above := organisation.parents.get(role.id)) and names.get(above.id, above.id),
            role.owner and role.owner.id,
            role.fields.reporting and names.get(role.fields.reporting.to, role.fields.reporting.to),
        )
        for role in organisation.roles.values()
    }


# --- by hand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("twice", [False, True])
def test_a_rename_by_hand_is_recognised_and_completed(committed: bool, twice: bool, tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    steps = [("market", "middle"), ("middle", "growth")] if twice else [("market", "growth")]
    for old, new in steps:
        (tmp_path / f"roles/market/{old}.md").rename(tmp_path / f"roles/market/{new}.md")
        if committed or twice:
            commit(tmp_path, {"mkdocs.yml": MKDOCS})
    said = run(tmp_path, "check").output
    assert "roles/market/seo.md:3: there is no role 'market'. It is now called 'growth'" in said
    assert "roles/boss.md:4: there is no role 'market' to report to. It is now called 'growth'" in said
    fixed = run(tmp_path, "check", "--fix").output
    assert "roles/market/seo.md:3: 'market' is now 'growth'" in fixed
    assert "roles/boss.md:4: 'market' is now 'growth'" in fixed
    assert "unknown" not in run(tmp_path, "check").output


def test_a_former_name_that_a_file_gives_needs_no_git(tmp_path: Path) -> None:
    grown = FILES["roles/market/market.md"].replace("old/place", "roles/market/market.md")
    root = write(tmp_path, {**FILES, "roles/growth.md": grown})
    (root / "roles/market/market.md").unlink()
    assert "unknown" in run(root, "check").output
    run(root, "check", "--fix")
    assert "unknown" not in run(root, "check").output


def test_a_person_s_new_name_is_recognised(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    (tmp_path / "people/ann.md").unlink()
    (tmp_path / "people/bob.md").unlink()
    write(tmp_path, FILES | {
        "people/ann-berg.md": "---\nname: Ann Berg\n---\n[market](../roles/market/market.md)\n",
        "people/ann.md": "---\nname: Anna Ek\n---\n",
        "people/robert.md": "---\nname: Bob\naliases: robert\n---\n",
    })  # fmt: skip
    (tmp_path / "people/bob.md").unlink()
    said = run(tmp_path, "check").output
    assert "roles/boss.md:3: no person is called 'Ann Ek'. It is now called 'Anna Ek'" in said
    run(tmp_path, "check", "--fix")
    assert "owner: Anna Ek" in (tmp_path / "roles/boss.md").read_text("utf-8")


def test_a_person_s_other_name_is_written_in_every_field(tmp_path: Path) -> None:
    """However different it is: git knows that the file is the same."""
    ann = "---\nname: Ann Ek\nemail: ann@example.org\n---\nAnn bakes bread, and has for many years.\n"
    team = "---\ntitle: Crew\nparent: boss\nkind: team\nlead: Ann Ek\nmembers: [{person: Ann Ek}]\n---\n"
    role = "---\ntitle: X\nparent: boss\nbackup: 'Ann Ek'\nperformed_by: [{person: \"Ann Ek\"}]\n---\n"
    commit(tmp_path, FILES | {"people/ann.md": ann, "roles/crew.md": team, "roles/x.md": role})
    (tmp_path / "people/ann.md").unlink()
    write(tmp_path, {
        "mkdocs.yml": MKDOCS, "people/oberholzer.md": ann.replace("Ann Ek", "Annette Oberholzer-O'Dea")
    })  # fmt: skip
    run(tmp_path, "check", "--fix")
    said = run(tmp_path, "check").output
    assert re.findall(".*Ann Ek.*", said) == re.findall(".*unknown-founder.*", said)
    assert "[unknown-person]" not in said
    for name, count in {"crew": 2, "x": 2, "boss": 1}.items():
        text = (tmp_path / f"roles/{name}.md").read_text("utf-8")
        assert "Ann Ek" not in text
        fields = str(yaml.safe_load(text.split("---")[1]))
        assert fields.count("Annette Oberholzer-O'Dea") == count, text


def test_links_to_what_keeps_its_name_stay_as_they_are_written(tmp_path: Path) -> None:
    odd = "[a](./../roles/./boss.md) [b](./notes.txt) [c](../roles/market/../boss.md#x) [d](./gone.md)\n"
    root = write(tmp_path, FILES | {"people/zoe.md": f"---\nname: Zoe\n---\n{odd}"})
    assert run(root, "rename", "market", "growth").exit_code == 0
    assert (root / "people/zoe.md").read_text("utf-8").endswith(odd)


def test_somebody_who_has_left_has_no_new_name(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    (tmp_path / "people/ann.md").unlink()
    commit(tmp_path, {"mkdocs.yml": MKDOCS})
    said = run(tmp_path, "check").output
    assert "no person is called 'Ann Ek'. Correct the name" in said
    assert "owner: Ann Ek" in (tmp_path / "roles/boss.md").read_text("utf-8")


def test_what_was_never_there_is_not_taken_for_a_former_name(tmp_path: Path) -> None:
    commit(tmp_path, FILES | {"roles/x.md": "---\ntitle: X\nparent: nowhere\n---\n"})
    (tmp_path / "roles/market/seo.md").unlink()
    write(tmp_path, {"mkdocs.yml": MKDOCS, "roles/y.md": "---\ntitle: Y\nparent: seo\n---\n"})
    said = run(tmp_path, "check").output
    assert said.count("unknown-parent") == 2
    assert "is called" not in said


URL = "https://example.org/handbook/"
ADDRESSES: dict[str, str] = {
    "mkdocs.yml": MKDOCS.replace("site_name: Test", f"site_name: Test\nsite_url: {URL}").replace(
        "  - rolebook\n", f"  - SEO: {URL}roles/market/seo/\n  - rolebook\n", 1
    ),
    "content/index.md": f"""\
# Home
[a]({URL}roles/market/market/#purpose), <{URL}jobs/market/>, {URL}roles/market/seo/. [b][b]
`{URL}jobs/market/`
{URL}roles/marketing/ https://example.org/roles/market/market/ ({URL}tree/#seat-market)

[b]: {URL}org-chart/market/?x=1
""",
    "roles/boss.md": f"---\ntitle: Boss\npurpose: 'See {URL}roles/market/market/.'\n---\n",
    "people/ann.md": f"---\nname: Ann Ek\n---\n{URL}roles/market/market.html\n",
}


def test_addresses_of_the_site_are_changed_wherever_they_stand(tmp_path: Path) -> None:
    before = FILES | ADDRESSES
    root = write(tmp_path, before)
    result = run(root, "rename", "market", "growth")
    assert result.exit_code == 0, result.output
    home = ("/market/market/#", "jobs/market/>", "/market/seo/", "seat-market", "org-chart/market/")
    others = (("roles/boss.md", "/market/market/"), ("people/ann.md", "/market/market.html"))
    changed = [("content/index.md", each, each.replace("market", "growth")) for each in home]
    changed += [(path, old, old.replace("market", "growth")) for path, old in others]
    changed += [("mkdocs.yml", f"{URL}roles/market/", f"{URL}roles/growth/")]
    rest = [each for each in DEPARTMENT if each[0] not in ADDRESSES or each[0] == "mkdocs.yml"]
    assert files(root) == after(before, MOVED, *changed, *rest)


def role_text(purpose: str, text: str) -> str:
    return f"---\ntitle: Market\nowner: Ann\npurpose: {purpose}\n---\n\n{text}\n"


def test_what_is_not_changed_is_listed(tmp_path: Path) -> None:
    """A configuration that others inherit, and prose: only its author knows what is meant."""
    named = {
        "handbook/roles/a.md": role_text("Market well.", "The Market opens."),
        "handbook/content/index.md": "# Home\n\nMarket day. Markets. [Market](../roles/a.md)\n",
        "base.yml": "docs_dir: content\nextra:\n  a: 1\nnav:\n  - index.md\n  - roles/a.md\n",
        "handbook/mkdocs.yml": "INHERIT: ../base.yml\nsite_name: T\nplugins: [rolebook]\n",
    }  # fmt: skip
    root = write(tmp_path, {"mkdocs.yml": "", **named}) / "handbook"
    result = run(root, "rename", "a", "Growth", "--id", "growth")
    assert result.exit_code == 0, result.output
    _, _, left = result.output.partition("Not changed")
    assert [line.strip() for line in left.splitlines()[1:]] == [
        "../base.yml:6: 'roles/a.md'",
        "content/index.md:3: 'Market'",
        "roles/growth.md:4: 'Market'",
        "roles/growth.md:8: 'Market'",
    ]
    assert "roles/a.md" in (root.parent / "base.yml").read_text("utf-8")


def test_long_lists_of_what_is_not_changed_are_cut(tmp_path: Path) -> None:
    root = write(tmp_path, FILES | {"content/x.md": "Bob\n\n" * 100})
    result = run(root, "rename", "Bob", "Rob Ek")
    assert "and 80 more." in result.output


def test_the_former_address_of_a_person_without_a_file_is_kept_by_the_file_that_is_advised(
    tmp_path: Path,
) -> None:
    root = write(tmp_path, FILES)
    seo = root / "roles/market/seo.md"
    seo.write_text("---\ntitle: SEO\nparent: market\nowner: Cy Poe\n---\n", encoding="utf-8")
    said = run(root, "rename", "Cy Poe", "Cy Roe").output
    assert "No file keeps the former address of their page, people/cy-poe/." in said
    assert "people/cy-roe.md with 'name: Cy Roe' and 'aliases: [cy-poe.md]'" in said
    write(root, {"people/cy-roe.md": "---\nname: Cy Roe\naliases: [cy-poe.md]\n---\n"})
    site, _ = build_site(root)
    assert 'url=../cy-roe/"' in (site / "people/cy-poe/index.html").read_text(encoding="utf-8")
