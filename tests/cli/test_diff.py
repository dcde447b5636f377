"""What `rolebook diff` says of two states of an organisation, and what it leaves alone."""

import datetime as dt
import functools
import hashlib
import json
import os
import re
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from projects import MKDOCS_YML, TODAY, opened, write
from repositories import commit, git
from rolebook import checks
from rolebook.cli import main
from rolebook.diff.compare import compare
from rolebook.diff.formats import MAX_MARKDOWN, as_json, as_markdown, as_text, plain
from rolebook.diff.model import State
from rolebook.files import MAX_BYTES
from rolebook.git import _FIXED, GitError, object_ids, repository
from rolebook.handbook import open_handbook
from rolebook.organisation import RoleFile, organise
from rolebook.parse import role_file
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.records import RoleFields
from rolebook.site_config import find_project


def role(title: str, *more: str, body: str = "") -> str:
    return "---\n" + "".join(f"{line}\n" for line in (f"title: {title}", *more)) + f"---\n{body}"


FILES = {
    "roles/owner.md": role("Owner", "owner: ada", "weekly_hours: 5"),
    "roles/marketing.md": role("Marketing", "parent: owner", "owner: ada", "weekly_hours: 10"),
    "roles/ppc.md": role("PPC", "parent: marketing", "weekly_hours: 8", "deliverable: [Ten leads, A report]"),
    "roles/seo.md": role("SEO", "parent: marketing", "owner: ben"),
    "roles/books.md": role(
        "Books", "parent: owner", "owner: ada", "weekly_hours: 3", body="Do.\nThe.\nBooks.\n"
    ),
    "people/ada.md": "---\nname: Ada\n---\n",
    "people/ben.md": "---\nname: Ben\n---\n",
}
CHANGED: dict[str, str | bytes | None] = {
    "roles/marketing.md": role(
        "Marketing", "parent: owner", "owner: ben", "weekly_hours: {min: 10, max: 12}"
    ),
    "roles/ppc.md": None,
    "roles/ads/paid-search.md": role(
        "PPC", "parent: owner", "owner: carl", "weekly_hours: 8", "deliverable: [Ten leads, A plan]"
    ),
    "roles/seo.md": role("SEO", "parent: marketing", "status: retired"),
    "roles/books.md": None,
    "roles/accounts.md": role(
        "Accounts", "parent: owner", "owner: ada", "weekly_hours: 3", body="Do.\nThe.\nBooks.\n"
    ),
    "roles/hiring.md": role("Hiring", "parent: owner", "weekly_hours: 2"),
    "people/ada.md": "---\nnmae: Ada\n---\n",
}


def diff(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["diff", "-f", str(root / "mkdocs.yml"), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two commits, in a folder of a repository that holds more."""
    top = tmp_path_factory.mktemp("repository")
    commit(top, {"other.md": "x"})
    first = {f"team/handbook/{path}": text for path, text in FILES.items()}
    write(top / "team/handbook", {})
    commit(top, first)
    git(top, "tag", "first")
    commit(top, {f"team/handbook/{path}": text for path, text in CHANGED.items()})
    return top / "team/handbook"


SAID = """
New roles
  + Hiring (reports to Owner, Vacant, 2 h)

Retired roles
  - SEO (reports to Marketing, Ben)

Changed roles
  Accounts
      title: Books → Accounts
      file name: books → accounts
  Marketing
      owner: Ada → Ben
      hours a week: 10 h → 10–12 h
  PPC
      file name: ppc → paid-search
      reports to: Marketing → Owner
      owner: vacant → carl
      - deliverable: A report
      + deliverable: A plan

Hours a week
  Ben: none → 10–12 h (+11)
  carl: none → 8 h (+8)
  ada: 18 h → 8 h (−10)

New problems
  error: people/ada.md:2: there is no field 'nmae'. Did you mean 'name'?
  warning: roles/ads/paid-search.md:4: no person is called 'carl'. Correct the name, or …
"""


def test_everything_that_changed_is_said(handbook: Path) -> None:
    result = diff(handbook, "first..HEAD")
    assert result.exit_code == 0
    said = result.output.replace("\N{NO-BREAK SPACE}", " ")
    for line in SAID.strip().splitlines():
        wanted = line.removesuffix(" …")
        assert any(each.startswith(wanted) for each in said.splitlines()), line
    assert result.output.startswith(f"From {git(handbook, 'rev-parse', 'first')[:10]} to ")


def test_the_same_is_said_of_the_files_and_in_the_other_direction(handbook: Path) -> None:
    def body(*words: str) -> str:
        return diff(handbook, *words).output.partition("\n")[2]

    assert body("first") == body("first..HEAD") == body("first...HEAD")
    assert body() == body("HEAD..") == "\nNothing changed in the organisation.\n"
    back = json.loads(diff(handbook, "HEAD..first", "--format", "json").output)
    assert [each["title"] for each in back["added"]] == ["SEO"]
    assert [each["title"] for each in back["retired"]] == ["Hiring"]
    assert back["renamed"] == {"accounts": "books", "paid-search": "ppc"}
    assert {each["code"] for each in back["mended_problems"]} == {
        "unknown-field", "unknown-person",
    }  # fmt: skip


@pytest.mark.parametrize("until", ["HEAD", ""])
def test_another_language_is_no_new_problem(until: str, tmp_path: Path) -> None:
    plugin = "plugins:\n  - rolebook:\n      language: "
    role_without_hours = "---\ntitle: Boss\nowner: ada\n---\n"
    person = "---\nnmae: Ada\n---\n"
    write(tmp_path, {})
    commit(
        tmp_path, {"mkdocs.yml": f"{plugin}en\n", "roles/x.md": role_without_hours, "people/ada.md": person}
    )
    commit(tmp_path, {"mkdocs.yml": f"{plugin}de\n"})
    said = json.loads(diff(tmp_path, f"HEAD~1..{until}" if until else "HEAD~1", "--format", "json").output)
    assert (said["new_problems"], said["mended_problems"]) == ([], [])


def test_the_work_tree_and_the_index_are_not_touched(handbook: Path) -> None:
    top = handbook.parents[1]

    def everything() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes())
            for path in top.rglob("*")
            if path.is_file()
        }

    before = everything()
    for words in (["first"], ["first..HEAD"], ["first...HEAD", "--format", "markdown"]):
        assert diff(handbook, *words).exit_code == 0
    assert everything() == before


def test_before_its_first_handbook_an_organisation_is_empty(handbook: Path) -> None:
    reported = json.loads(diff(handbook, "first~1..first", "--format", "json").output)
    assert {each["id"] for each in reported["added"]} == {"owner", "marketing", "ppc", "seo", "books"}
    assert reported["retired"] == reported["changed"] == []


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "first..nowhere", "HEAD:roles", "a\x1b[2Jb"])
def test_a_revision_that_is_none(revision: str, handbook: Path) -> None:
    result = CliRunner().invoke(main, ["diff", "-f", str(handbook / "mkdocs.yml"), "--", revision])
    assert result.exit_code == 2
    assert result.output.startswith("Git knows no '")
    assert "\x1b" not in result.output
    assert not (handbook / "x").exists()


def test_without_a_repository_that_is_said(tmp_path: Path) -> None:
    result = diff(write(tmp_path, FILES))
    said = "This folder is in no git repository. To begin one, run: git init -b main\n"
    assert (result.exit_code, result.output) == (2, said)


def test_git_s_own_reason_and_remedy_are_said(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = handbook.parents[1]
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr("rolebook.git._KEPT", ("GIT_TEST_", "GIT_CONFIG"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    result = diff(handbook)
    assert result.exit_code == 2
    assert "dubious ownership" in result.output
    assert f"Run: git config --global --add safe.directory {top}" in result.output


def test_without_git_that_is_said(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = diff(handbook)
    assert (result.exit_code, result.output) == (2, "Git cannot be started (No such file or directory).\n")


def test_what_a_shallow_clone_lacks_is_said(handbook: Path, tmp_path: Path) -> None:
    source = handbook.parents[1].as_uri()
    git(tmp_path, "clone", "-q", "--depth", "1", source, "clone")
    result = diff(tmp_path / "clone/team/handbook", "HEAD~1")
    assert result.exit_code == 2
    assert "only part of the history was fetched (a shallow clone)" in result.output


TRAPS = (
    *("core.fsmonitor", "core.pager", "pager.log", "core.sshCommand", "core.gitProxy", "core.askPass"),
    *("credential.helper", "diff.external", "diff.trap.command", "diff.trap.textconv", "gpg.program"),
    *("filter.trap.smudge", "filter.trap.clean", "filter.trap.process", "uploadpack.packObjectsHook"),
)
HOOKS = ("post-index-change", "post-checkout", "reference-transaction")


def trap_in(folder: Path) -> Path:
    """A program that leaves a file `sprung` beside itself."""
    trap = folder / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {folder}/sprung\nexit 1\n", encoding="utf-8")
    trap.chmod(0o755)
    return trap


def sign(root: Path) -> None:
    """Let the last commit look as if it were signed, so that git wants a program to check that."""
    text = git(root, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n\n", 1
    )
    command = ("git", "hash-object", "-t", "commit", "-w", "--stdin")
    made = subprocess.run(command, cwd=root, input=text, text=True, capture_output=True, check=True)
    git(root, "update-ref", "HEAD", made.stdout.strip())


def test_no_program_that_the_repository_names_is_run(tmp_path: Path) -> None:
    trap, root = trap_in(tmp_path), tmp_path / "r"
    config = MKDOCS_YML.replace("- rolebook:", "- rolebook:\n      history: true")
    commit(root, FILES | {"mkdocs.yml": config, ".gitattributes": "*.md diff=trap filter=trap\n"})
    sign(root)
    (root / "roles/new.md").write_text(role("New", "parent: owner"), encoding="utf-8")
    settings = {"log.showSignature": "true", "core.hooksPath": str(tmp_path / "hooks")}
    (tmp_path / "hooks").mkdir()
    for name in HOOKS:
        (tmp_path / "hooks" / name).symlink_to(trap)
    for name, value in (dict.fromkeys(TRAPS, str(trap)) | {"alias.log": f"!{trap}"} | settings).items():
        git(root, "config", name, value)
    subprocess.run(("git", "log"), cwd=root, capture_output=True, check=False)
    (tmp_path / "sprung").unlink()  # git alone has run into one of them
    assert "+ New (reports to Owner" in diff(root).output
    assert opened(root).with_history().history is not None
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("git_knows", ["GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL"])
def test_nothing_is_fetched(git_knows: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git would ask the program that its configuration names for what a partial clone lacks."""
    monkeypatch.setattr("rolebook.git._FIXED", {git_knows: _FIXED[git_knows]})
    root, trap = tmp_path / "r", trap_in(tmp_path)
    last = commit(root, FILES)
    gone = git(root, "rev-parse", f"{last}:roles/owner.md")
    (root / ".git/objects" / gone[:2] / gone[2:]).unlink()
    settings = {
        "protocol.ext.allow": "always",
        "remote.origin.url": f"ext::{trap}",
        "remote.origin.promisor": "true",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }
    for name, value in settings.items():
        git(root, "config", name, value)
    subprocess.run(("git", "cat-file", "-p", gone), cwd=root, capture_output=True, check=False)
    (tmp_path / "sprung").unlink()  # git alone has asked it
    result = diff(root)
    assert (result.exit_code, "a partial clone" in result.output) == (2, True)
    assert not (tmp_path / "sprung").exists()


def test_a_few_objects_that_stand_for_billions_of_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rolebook.git.MAX_ANSWER", 1_000_000)
    commit(tmp_path, FILES)
    mode, each, made = "100644", git(tmp_path, "rev-parse", "HEAD:roles/owner.md"), ""
    for _ in range(12):
        made = tree_of(tmp_path, *((mode, f"{name}", each) for name in range(10)))
        mode, each = "40000", git(tmp_path, "rev-parse", f"{made}^{{tree}}")
    result = diff(tmp_path, f"HEAD..{made}")
    assert (result.exit_code, result.output) == (
        2,
        "The list of the repository's files is longer than 1 MB.\n",
    )


def tree_of(root: Path, *entries: tuple[str, str, str]) -> str:
    """A commit of a tree that git itself refuses to make: mode, name and content or tree of each entry."""
    raw = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(each) for mode, name, each in entries)
    made = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
        cwd=root, input=raw, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    return git(root, "commit-tree", made, "-p", "HEAD", "-m", "x")


def files_below(folder: Path) -> dict[Path, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path: path.read_bytes() for path in paths}


HOSTILE = ("..", ".git", ".GIT", "twice", "file and folder")


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_tree_that_no_disk_can_hold_is_refused_and_nothing_is_written(kind: str, tmp_path: Path) -> None:
    root, victim = tmp_path / "r", tmp_path / "victim"
    commit(root, FILES)
    victim.mkdir()
    (victim / "mkdocs.yml").write_text("mine", encoding="utf-8")
    blob = git(root, "rev-parse", "HEAD:roles/owner.md")
    config = git(root, "rev-parse", "HEAD:mkdocs.yml")
    link = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], cwd=root, input=str(victim), text=True, capture_output=True
    ).stdout.strip()
    inner = git(root, "rev-parse", f"{tree_of(root, ('100644', 'mkdocs.yml', config))}^{{tree}}")
    entries = {
        "twice": [("100644", "zz.yml", blob), ("100644", "zz.yml", config)],
        "file and folder": [("120000", "zz.yml", link), ("40000", "zz.yml", inner)],
    }.get(kind, [("40000", kind, inner)])
    evil = tree_of(root, ("100644", "mkdocs.yml", config), *entries)
    before = files_below(tmp_path)
    result = diff(root, f"HEAD..{evil}")
    assert result.exit_code == 2, result.output
    assert "no disk can hold" in result.output or "file and a folder of one name" in result.output
    assert files_below(tmp_path) == before


def test_a_link_in_a_commit_is_reported_and_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "r"
    commit(root, FILES)
    (root / "roles/more.md").symlink_to("owner.md")
    after = commit(root, {})
    tree = repository(root).tree(after, (".md", ".yml"))
    assert tree.links == {"roles/more.md"}
    assert "roles/more.md" not in tree.contents
    assert "this is a link" in diff(root, "HEAD~1..HEAD").output


def test_a_folder_that_looks_like_a_repository_hides_nothing(tmp_path: Path) -> None:
    """Git would take it for one, and find in it that nothing has changed."""
    commit(
        tmp_path / "r",
        {f"book/{path}": text for path, text in FILES.items()} | {"book/mkdocs.yml": MKDOCS_YML},
    )
    head = git(tmp_path / "r", "rev-parse", "HEAD")
    bare = {"HEAD": head, "config": "[core]\n\tbare = true\n", "refs/x": "", "objects/x": ""}
    for path, text in bare.items():
        (tmp_path / "r/book" / path).parent.mkdir(exist_ok=True)
        (tmp_path / "r/book" / path).write_text(text, encoding="utf-8")
    result = diff(tmp_path / "r/book")
    assert (result.exit_code, "bareRepository" in result.output) == (2, True)


def test_a_hook_s_variables_lead_nowhere_else(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = diff(handbook).output
    monkeypatch.setenv("GIT_DIR", str(handbook.parents[1] / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", "/")
    for name in ("GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_SHALLOW_FILE"):
        monkeypatch.setenv(name, "/nowhere")
    assert diff(handbook).output == before


def test_a_large_page_of_a_commit_is_not_read(tmp_path: Path) -> None:
    root = tmp_path / "r"
    large = commit(root, FILES | {"roles/large.md": b"x" * (MAX_BYTES + 1)})
    tree = repository(root).tree(large, (".md",))
    assert tree.too_large == {"roles/large.md"}
    assert "larger than" in diff(root, f"{commit(root, {'roles/large.md': None})}..{large}").output


def test_of_a_commit_no_more_is_read_than_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = commit(tmp_path, {"roles/a.md": b"x" * 600, "roles/b.md": b"x" * 400, "notes.txt": b"x" * 900})
    monkeypatch.setattr("rolebook.git.MAX_TREE", 1000)
    assert sorted(repository(tmp_path).tree(there, (".md",)).contents) == ["roles/a.md", "roles/b.md"]
    monkeypatch.setattr("rolebook.git.MAX_TREE", 999)
    with pytest.raises(GitError, match="more than 0 MB of text"):
        repository(tmp_path).tree(there, (".md",))


def test_an_object_that_is_not_there_is_reported(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    with pytest.raises(GitError, match="not fetched"):
        list(repository(tmp_path).contents(["0" * 40]))


# --- what is compared ------------------------------------------------------------------------------


def state(*files: tuple[str, dict[str, Any]]) -> State:
    roles = [RoleFile(name, f"roles/{name}.md", RoleFields(**values), {}) for name, values in files]
    return State(organise(roles, today=TODAY))


@pytest.mark.parametrize(
    ("before", "after", "renamed"),
    [
        (("a", {"title": "X"}), ("b", {"title": "X"}), {"a": "b"}),
        (("a", {"title": "X"}), ("b", {"title": "Y", "aliases": ("roles/old/a.md",)}), {"a": "b"}),
        (("a", {"title": "X"}), ("b", {"title": "Y", "aliases": ("a/",)}), {"a": "b"}),
        (("a", {"title": "X", "tags": ("o", "p"), "owner": "o", "backup": "p"}),
         ("b", {"title": "Y", "tags": ("o", "p"), "owner": "o", "backup": "p"}), {"a": "b"}),
        (("a", {"title": "X", "owner": "o"}), ("b", {"title": "Y", "owner": "p"}), {}),
    ],
)  # fmt: skip
def test_renamed_files_are_recognised(before: Any, after: Any, renamed: dict[str, str]) -> None:
    changes = compare(state(before), state(after))
    assert changes.renamed == renamed
    assert [each.id for each in changes.added] == ([] if renamed else ["b"])


def test_reporting_to_a_renamed_role_is_no_move() -> None:
    before = state(("boss", {"title": "B"}), ("x", {"title": "X", "parent": "boss"}))
    after = state(("head", {"title": "B"}), ("x", {"title": "X", "parent": "head"}))
    (change,) = compare(before, after).changed
    assert (change.role.id, [each.what for each in change.differences]) == ("head", ["file name"])


def test_ten_thousand_new_files_are_compared_in_a_moment() -> None:
    before = state(*((f"a{n}", {"title": f"A {n}"}) for n in range(10_000)))
    after = state(*((f"b{n}", {"title": f"B {n}"}) for n in range(10_000)))
    changes = compare(before, after)
    assert len(changes.added) == len(changes.retired) == 10_000
    assert "19,600 more lines are left out" in as_markdown(changes)
    assert len(as_markdown(changes)) < 65_536


def test_a_small_comparison_is_whole_in_markdown() -> None:
    before = state(("a", {"title": "A", "owner": "o"}), ("gone", {"title": "Gone"}))
    after = state(
        ("a", {"title": "A2", "owner": "p", "backup": "o"}),
        ("n1", {"title": "N 1"}),
        ("n2", {"title": "N 2"}),
    )
    marked = as_markdown(compare(before, after))
    assert "left out" not in marked
    (only,) = compare(before, after).changed
    assert marked.partition("Changed roles")[2].count("\n| ") == 2 + len(only.differences)
    for title in ("A2", "N 1", "N 2", "Gone"):
        assert f"**{title}**" in marked or f"| {title} |" in marked


TITLES = st.text(st.sampled_from("ab @#!|`*_[]()<>&:/\n\x1b\x9b\u202e\\") | st.characters(), max_size=20)


@given(TITLES, TITLES)
def test_hostile_words_stay_words(one: str, other: str) -> None:
    changes = compare(
        state(("a", {"title": one or "x"})), state(("a", {"title": other or "y", "owner": one}))
    )
    for text in (as_text(changes), as_markdown(changes), as_json(changes)):
        assert not any(char in text for char in "\x1b\x9b\u202e\x00\r")
    assert json.loads(as_json(changes))["changed"] or not changes.changed


@given(TITLES)
def test_markdown_shows_the_words_and_nothing_else(text: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(f"| {plain(text)} |\n| --- |\n")
    inside = html.partition("<th>")[2].partition("</th>")[0]
    assert "<" not in inside
    assert "@" not in plain(text) and "#" not in plain(text).replace("&#", "")


@pytest.mark.parametrize(
    "text", ["@all", "a#1", "!1", "https://x.org", "www.x.org", "~bug", "&1", "%1", "$1"]
)
def test_references_of_git_hosts_are_parted(text: str) -> None:
    assert "\u2060" in plain(text)


def test_the_files_of_commits_are_read_as_those_on_disk(handbook: Path) -> None:
    there = repository(handbook)
    tree = there.tree(there.commit("HEAD"), (".md", ".yml"))
    project, _ = find_project(handbook / "mkdocs.yml", checks.CODES, tree)
    assert project is not None
    exported, now = open_handbook(project, TODAY), opened(handbook)
    assert exported.organisation == now.organisation
    assert exported.problems == now.problems


def test_nothing_is_pushed_out_of_a_comment(tmp_path: Path) -> None:
    """A change of an owner is seen however much else has changed."""
    commit(tmp_path, FILES)
    noise = {f"roles/n{at}.md": role("!" * 9000, "parent: owner") for at in range(300)}
    owner = {"roles/owner.md": role("Owner", "owner: Eve"), "roles/books.md": None}
    wrong = {"roles/seo.md": role("SEO", "parent: marketing", "ownr: ben")}
    commit(tmp_path, noise | owner | wrong)
    text = diff(tmp_path, "HEAD~1..HEAD", "--format", "markdown").output
    assert len(text) <= MAX_MARKDOWN + 200
    assert text.index("Eve") < text.index("New roles")
    assert "**Books**" in text.partition("Retired roles")[2]
    assert "error, roles/" in text.partition("New issues")[2]
    assert re.search(r"\*\*[\d,]+ more lines are left out here", text)


# --- what is said once, in words, or not at all ------------------------------------------------------

MODEL = """\
---
offers: [{id: box, name: Box, price: 20, currency: EUR}]
deliverables:
  - {id: parcel, name: Parcels, promise: Sent within a day, offer: box}
functions: [Marketing]
---
"""


def said_of(root: Path, before: dict[str, str], after: dict[str, str | bytes | None], *words: str) -> str:
    """What `diff` says of the change, without its first line."""
    base = {path: text for path, text in FILES.items() if path != "roles/books.md"}
    commit(root, {**base, **before})
    commit(root, {"mkdocs.yml": MKDOCS_YML, **after})
    said = diff(root, "HEAD~1..HEAD", *words).output
    said = said.partition("\n")[2].replace("\N{NO-BREAK SPACE}", " ").strip()
    return said if words else re.split(r"\n\n(?:New|Fixed) problems\n", said)[0]


@pytest.mark.parametrize("file", ["people/ada.md", "people/ada-ek.md"])
def test_a_person_s_new_name_is_one_line(file: str, tmp_path: Path) -> None:
    named = {path: text.replace("owner: ada", "owner: Ada") for path, text in FILES.items()}
    named |= {
        f"roles/{name}.md": role(name, "parent: owner", "owner: Ada", "backup: Ben", "outsource: {to: Ada}")
        for name in "xyz"
    }
    named["people/ada.md"] = "---\nname: Ada\nemail: a@b.example\n---\n"
    after: dict[str, str | bytes | None] = {
        path: text.replace(": Ada", ": Ada Ek") for path, text in named.items() if path != "people/ada.md"
    }
    after |= {"people/ada.md": None, file: named["people/ada.md"].replace("Ada", "Ada Ek")}
    assert said_of(tmp_path, named, after) == "People\n  Ada → Ada Ek"


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (["status: planned"], ["owner: ada"], ["+ owner: Ada", "status: planned → filled"]),
        (["owner: ada"], ["owner: ada", "status: paused"], ["status: filled → paused"]),
        (["status: planned"], ["status: open"], ["status: planned → open"]),
        (["status: open"], ["owner: ada"], ["owner: vacant → Ada", "status: open → filled"]),
        (["owner: ada"], [], ["owner: Ada → vacant"]),
        ([], ["owner: ada"], ["owner: vacant → Ada"]),
        (["status: filled"], ["status: filled", "owner: ada"], ["owner: not named → Ada"]),
    ],
)
def test_statuses_are_said_in_words(
    before: list[str], after: list[str], lines: list[str], tmp_path: Path
) -> None:
    seat = {"roles/x.md": role("X", "parent: owner", *before)}
    said = said_of(tmp_path, seat, {"roles/x.md": role("X", "parent: owner", *after)})
    assert said.splitlines() == ["Changed roles", "  X", *(f"      {line}" for line in lines)]


def test_offers_promises_and_functions_are_compared(tmp_path: Path) -> None:
    changed = (
        MODEL.replace("a day", "a week").replace("20", "25.5").replace("[Marketing]", "[Marketing, SEO]")
    )
    changed = changed.replace("functions", "  - {id: letter, name: Letters, offer: box}\nfunctions")
    said = said_of(tmp_path, {"content/business-model.md": MODEL}, {"content/business-model.md": changed})
    part = said.partition("\n\n")[0]
    assert part.splitlines() == [
        "Business model",
        "  offer Box: price: 20 → 25.5",
        "  promise Parcels: promise: Sent within a day → Sent within a week",
        "  + promise: Letters",
        "  + function: SEO",
    ]
    back = json.loads(diff(tmp_path, "HEAD..HEAD~1", "--format", "json").output)
    assert back["business"][-2:] == [
        {"what": "promise Parcels: promise", "before": "Sent within a week", "after": "Sent within a day"},
        {"what": "function", "before": "SEO", "after": ""},
    ]
    marked = diff(tmp_path, "HEAD~1..HEAD", "--format", "markdown").output
    assert "| promise | – | Letters |" in marked


def test_hours_that_nobody_does_are_counted(tmp_path: Path) -> None:
    seat = {"roles/x.md": role("X", "parent: owner", "weekly_hours: 12")}
    said = said_of(tmp_path, seat, {"roles/x.md": role("X", "parent: owner", "weekly_hours: 14")})
    assert "Hours a week\n  Vacant hours: 20 h → 22 h (+2)" in said
    assert json.loads(diff(tmp_path, "HEAD~1", "--format", "json").output)["uncovered"] == [
        {"min": 20.0, "max": 20.0}, {"min": 22.0, "max": 22.0}
    ]  # fmt: skip
    assert "| Vacant hours | 20" in diff(tmp_path, "HEAD~1", "--format", "markdown").output


def test_a_problem_with_other_figures_is_the_same_problem(tmp_path: Path) -> None:
    people = {"people/ada.md": "---\nname: Ada\nweekly_capacity: 3\n---\n"}
    more = {"roles/marketing.md": FILES["roles/marketing.md"].replace("10", "12")}
    section = {"roles/b.md": role("B", "parent: owner", body="## My notes\nx\n")}
    said_of(tmp_path, people, {**more, **section})
    found = json.loads(diff(tmp_path, "HEAD~1..HEAD", "--format", "json").output)
    assert [each["code"] for each in found["new_problems"]] == ["section-stays-inside"]
    assert found["mended_problems"] == []


def test_advice_is_counted_in_markdown(tmp_path: Path) -> None:
    seats: dict[str, str | bytes | None] = {
        f"roles/{name}.md": role(name, "parent: owner", "review_by: 2020-01-01") for name in "xyz"
    }
    wrong = {"roles/w.md": role("W", "parent: nobody")}
    said = said_of(tmp_path, {}, {**seats, **wrong}, "--format", "markdown")
    assert "- advice: 3 stale-page" in said
    assert "- error, roles" in said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Somebody leaves one team, and another joins another.
        ({"title": "Member", "parent": "s", "owner": "o"}, {"title": "Member", "parent": "t", "owner": "p"}),
        ({"title": "Member", "parent": "s", "owner": "o"}, {"title": "Member", "parent": "t", "owner": "o"}),
        (
            {"title": "X", "parent": "s", "tags": ("a", "b")},
            {"title": "Y", "parent": "t", "tags": ("a", "b")},
        ),
    ],
)
def test_alike_is_not_the_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    others = [("s", {"title": "S"}), ("t", {"title": "T"}), ("m", {"title": "Member", "parent": "s"})]
    found = compare(state(("a", before), *others), state(("b", after), *others))
    assert found.renamed == {}
    assert [each.id for each in found.added] == ["b"]


def test_a_role_of_a_renamed_department_is_the_same() -> None:
    member = {"title": "Member", "owner": "o"}
    others = ("m", {"title": "Member", "parent": "top"}), ("top", {"title": "Top"})
    before = state(("dep", {"title": "Dep"}), ("a", {**member, "parent": "dep"}), *others)
    after = state(("dpt", {"title": "Dep"}), ("b", {**member, "parent": "dpt"}), *others)
    assert compare(before, after).renamed == {"dep": "dpt", "a": "b"}


def test_advice_on_a_file_is_the_same_whatever_it_names() -> None:
    def found(severity: Severity, *messages: str) -> list[str]:
        states = [
            State(state().organisation, (Problem(Rule("x", severity, ""), "a.md", 1, message),))
            for message in messages
        ]
        return [each.message for each in compare(*states).new_problems]

    assert found(Severity.ADVICE, "one, two", "one, two, three") == []
    assert found(Severity.WARNING, "one, two", "one, two, three") == ["one, two, three"]
    assert found(Severity.WARNING, "takes 3.5 h of 'b' and 'a'", "takes 12 h of 'a' and 'b'") == []


ADA = "---\nname: Ada\nweekly_capacity: 30\nrate: {amount: 50, currency: EUR, per: hour}\n---\nSails.\n"


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (ADA.replace("30", "20.5"), ["weekly capacity: 30 h → 20.5 h"]),
        (ADA.replace("weekly_capacity: 30\n", ""), ["- weekly capacity: 30 h"]),
        (ADA.replace("50", "62.5"), ["rate: EUR 50 an hour → EUR 62.50 an hour"]),
        (ADA.replace("---\nS", "ends: 2026-10-31\n---\nS"), ["+ ends: 31 October 2026"]),
        (ADA.replace("---\nS", "founder: yes\n---\nS"), ["+ founder: yes"]),
        (ADA.replace("---\nS", "email: a@b.example\n---\nS"), ["+ email: a@b.example"]),
        (ADA.replace("Sails", "Rows"), ["also changed: the text of the page"]),
    ],
)  # fmt: skip
def test_what_changed_about_a_person_is_said_in_words(after: str, lines: list[str], tmp_path: Path) -> None:
    said = said_of(tmp_path, FILES | {"people/ada.md": ADA}, {"people/ada.md": after})
    people = said.partition("People\n")[2].partition("\n\n")[0]
    assert [line.strip() for line in people.splitlines()] == ["Ada", *lines]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            "roles/seo.md",
            "roles/web/seo.md",
            "Changed roles\n  SEO\n      file: roles/seo.md → roles/web/seo.md",
        ),
        (
            "people/ben.md",
            "people/shop/ben.md",
            "People\n  Ben\n      file: people/ben.md → people/shop/ben.md",
        ),
        ("people/ben.md", "people/benny.md", "People\n  Ben\n      file: people/ben.md → people/benny.md"),
    ],
)
def test_a_file_that_only_moved_says_so(was: str, now: str, said: str, tmp_path: Path) -> None:
    before = FILES | {"people/ben.md": "---\nname: Ben\n---\n", "roles/seo.md": role("SEO", "owner: Ben")}
    assert said_of(tmp_path, before, {was: None, now: before[was]}) == said


def test_a_retired_role_whose_file_is_deleted_is_no_loss_again(tmp_path: Path) -> None:
    before = FILES | {"roles/seo.md": role("SEO", "parent: marketing", "status: retired")}
    assert said_of(tmp_path, before, {"roles/seo.md": None}) == "Nothing changed in the organisation."


PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"people/ada.png": PICTURE}, "+ file: people/ada.png"),
        ({"people/ada.png": PICTURE}, {"people/ada.png": None}, "- file: people/ada.png"),
        (
            {"people/ada.png": PICTURE},
            {"people/ada.png": PICTURE + b"2"},
            "changed file: people/ada.png",
        ),
        (
            {"roles/a.png": PICTURE},
            {"roles/a.png": None, "roles/img/a.png": PICTURE},
            "file: roles/a.png → roles/img/a.png",
        ),
        ({"content/a.png": PICTURE}, {"content/a.png": None}, ""),
    ],
)
@pytest.mark.parametrize("committed", [True, False])
def test_files_beside_roles_and_people_are_compared(
    committed: bool,
    before: dict[str, bytes],
    after: dict[str, bytes | None],
    said: str,
    tmp_path: Path,
) -> None:
    write(tmp_path, {})
    commit(tmp_path, {**FILES, **before})
    for path, data in after.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).unlink(missing_ok=True)
        if data is not None:
            (tmp_path / path).write_bytes(data)
    if committed:
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", "x")
    words = diff(tmp_path, *(["HEAD~1..HEAD"] if committed else [])).output.partition("\n\n")[2].strip()
    assert words == (f"Files\n  {said}" if said else "Nothing changed in the organisation.")
    reported = json.loads(diff(tmp_path, *(["HEAD~1..HEAD"] if committed else []), "--format", "json").output)
    assert len(reported["files"]) == bool(said)


def test_a_file_that_git_keeps_in_another_form_is_the_same(tmp_path: Path) -> None:
    """Line ends that git changes, and pictures of which git keeps a pointer (Git LFS)."""
    write(tmp_path, {})
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize {}\n"
    pointer = pointer.format(hashlib.sha256(PICTURE).hexdigest(), len(PICTURE))
    commit(tmp_path, {**FILES, "people/ada.png": pointer, "people/ada.csv": "a\nb\n"})
    (tmp_path / "people/ada.png").write_bytes(PICTURE)
    (tmp_path / "people/ada.csv").write_bytes(b"a\r\nb\r\n")
    assert "Nothing changed" in diff(tmp_path).output


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("x" * 200, "x" * 200 + "more", f"…{'x' * 20} | …{'x' * 20}more |"),
        ("x" * 170 + "a" + "y" * 900, "x" * 170 + "b", f"…{'x' * 20}a{'y' * 137}… | …{'x' * 20}b |"),
        ("", "x" * 200, f"– | {'x' * 159}… |"),
        ("Sales", "Sal\u200bes", "Sales | Sales (differs in what cannot be seen) |"),
        ("Sales", "Sale", "Sales | Sale |"),
    ],
)
def test_what_differs_in_long_texts_is_in_the_comment(before: str, after: str, shown: str) -> None:
    states = [
        state(("a", {"title": "A"}), ("x", {"title": "X", "parent": "a", "purpose": text}))
        for text in (before, after)
    ]
    assert f"purpose | {shown}\n" in as_markdown(compare(*states))


def test_a_large_file_is_compared_in_pieces(tmp_path: Path) -> None:
    file, size = tmp_path / "a.mp4", 24_000_000
    file.write_bytes(b"x" * size)
    tracemalloc.start()
    first, *_ = object_ids(file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < size // 4
    commit(tmp_path, {"x": ""})
    assert first == git(tmp_path, "hash-object", "a.mp4")


def test_a_pipe_beside_roles_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {})
    commit(tmp_path, FILES)
    os.mkfifo(tmp_path / "roles/x.png")
    said = diff(tmp_path).output
    assert "roles/x.png" in said and "Files\n" not in said


WORK = "{{person: ann, weekly_hours: 2, since: {since}, until: {until}}}"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("performed_by: [{}]", "work with a first or last day"),
        ("kind: team\nmembers: [{}]", "members with a first or last day"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("2026-01-01", "2027-12-01"), ("2026-01-01", "2026-12-31")),
        (("2026-01-01", "2027-12-01"), ("2026-02-01", "2027-12-01")),
        (("2031-01-01", "2031-12-01"), ("2031-01-01", "2032-12-01")),
        (("2031-01-01", "2031-12-01"), None),
        (None, ("2020-01-01", "2020-12-01")),
    ],
)
def test_days_of_work_that_change_are_no_secret(
    field: str, words: str, before: tuple[str, str] | None, after: tuple[str, str] | None, tmp_path: Path
) -> None:
    texts = [
        role("X", "parent: owner", field.format(WORK.format(since=days[0], until=days[1]) if days else ""))
        for days in (before, after)
    ]
    said = said_of(tmp_path, {"roles/x.md": texts[0]}, {"roles/x.md": texts[1]})
    assert f"      also changed: {words}" in said.splitlines()


def test_an_alias_that_no_rename_explains_is_no_secret(tmp_path: Path) -> None:
    before = {
        "roles/x.md": role("X", "parent: owner", "aliases: [old/x]"),
        "roles/y.md": role("Y", "parent: x"),
    }
    after = role("X", "parent: owner", "aliases: [old/x, ceo]")
    assert said_of(tmp_path, before, {"roles/x.md": after}).endswith("also changed: Former paths")
    kept = role("X", "parent: owner", "aliases: [old/x, y.md]")
    said = said_of(tmp_path / "merged", before, {"roles/x.md": kept, "roles/y.md": None})
    assert "Former paths" not in said


WHOLE_ROLE = """
title: Whole
parent: a
owner: Ann
performed_by: [{person: Bea, weekly_hours: 2, since: 2026-01-02, until: 2027-01-02}]
backup: Cy
weekly_hours: {min: 4, max: 6}
seats: 2
deliverable: [{outcome: O, cadence: daily, measure: M, acceptance: [A], for: p, receiver: R}]
purpose: P
status: open
outsource: {fit: maybe, reason: R, by: 2027-03-03, to: Dee}
engagement: agency
skills: {must: [S], nice: [T], languages: [L]}
tools: [{name: N, access: A, admin: Eve}]
rate: {min: 10, max: 12, currency: EUR, per: hour, show: true}
location: {remote: true, countries: [Ireland], place: P, timezone_overlap: Z}
reporting: {to: a, cadence: C, channel: D, format: F}
out_of_scope: [O]
trial_task: {brief: B, hours: 2, paid: true, pass: P}
posting: {opens: 2026-01-01, closes: 2026-02-02, apply_url: "https://a.example/", apply_email: a@b.example,
          questions: [Q]}
review_by: 2027-05-05
tags: [t]
aliases: [old]
"""
WHOLE_TEAM = """
title: Whole
kind: team
parent: a
lead: [Ann]
members: [{person: Bea, as: clerk, weekly_hours: 2, since: 2026-01-02, until: 2027-01-02}]
"""
OTHER_CHOICES = {
    "open": "paused",
    "maybe": "no",
    "agency": "contractor",
    "hour": "month",
    "team": "role",
    "a": "b",
}


def leaves(value: Any, *way: str | int) -> Iterator[tuple[str | int, ...]]:
    """The ways to everything in `value` that has no parts."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [each for key, part in parts for each in leaves(part, *way, key)]
    yield from found or [way]


def changed_at(text: str, way: tuple[str | int, ...], *, gone: bool) -> str:
    """The fields in `text` without the one at `way`, or with another value for it."""
    fields = yaml.safe_load(text)
    *above, last = way
    place = functools.reduce(lambda part, key: part[key], above, fields)
    was = place[last]
    if gone:
        del place[last]
    elif isinstance(was, bool):
        place[last] = not was
    elif isinstance(was, dt.date):
        place[last] = was + dt.timedelta(days=1)
    else:
        place[last] = OTHER_CHOICES.get(was, f"{was}x") if isinstance(was, str) else was + 1
    return str(yaml.safe_dump(fields, sort_keys=False))


@pytest.mark.parametrize("gone", [False, True], ids=["another value", "gone"])
@pytest.mark.parametrize(
    ("text", "way"),
    [(text, way) for text in (WHOLE_ROLE, WHOLE_TEAM) for way in leaves(yaml.safe_load(text))],
    ids=lambda each: ".".join(map(str, each)) if isinstance(each, tuple) else "",
)
def test_no_field_changes_in_secret(text: str, way: tuple[str | int, ...], gone: bool) -> None:
    others = [role_file(f"roles/{name}.md", f"---\ntitle: {name}\n---\n".encode()) for name in "ab"]
    states = []
    for fields in (text, changed_at(text, way, gone=gone)):
        files = [*others, role_file("roles/x.md", f"---\n{fields}---\n".encode())]
        states.append(State(organise([each for each in files if each], today=TODAY)))
    assert compare(*states).changed, as_text(compare(*states))


def test_a_commit_is_read_with_its_own_options(tmp_path: Path) -> None:
    before = {"mkdocs.yml": MKDOCS_YML.replace("disabled_checks", "roles_dir: hr\n      disabled_checks")}
    commit(tmp_path, before | {"hr/owner.md": role("Owner"), "hr/seo.md": role("SEO", "parent: owner")})
    gone = dict.fromkeys(["hr/owner.md", "hr/seo.md"])
    now = {
        "mkdocs.yml": MKDOCS_YML,
        "roles/owner.md": role("Owner"),
        "roles/shop.md": role("Shop", "parent: owner"),
    }
    commit(tmp_path, {**gone, **now})
    for revision in ("HEAD~1", "HEAD~1..HEAD"):
        words = ["diff", revision, "-f", str(tmp_path / "mkdocs.yml"), "--format", "json"]
        said = json.loads(CliRunner().invoke(main, words).stdout)
        assert [each["id"] for each in said["added"]] == ["shop"]
        assert [each["id"] for each in said["retired"]] == ["seo"]


def test_people_who_come_and_go_are_named_in_every_form(tmp_path: Path) -> None:
    """With how they work for the organisation; who was named before a file was written is not new."""
    before = {
        "people/ann.md": "---\nname: Ann Ek\nengagement: employee\nweekly_capacity: 20\n---\n",
        "roles/x.md": role("X", "parent: owner", "owner: Bo Dahl"),
    }
    after = {
        "people/ann.md": None,
        "people/bo.md": "---\nname: Bo Dahl\n---\n",
        "people/cy.md": "---\nname: Cy *Day*\nengagement: contractor\n---\n",
    }
    said = said_of(tmp_path / "text", before, after)
    assert said.split("People\n")[1] == "  + Cy *Day* (Contractor)\n  - Ann Ek (Employee, 20 h a week)"
    words = diff(tmp_path / "text", "HEAD~1..HEAD", "--format", "markdown").output
    assert "#### New people\n\n- Cy &#42;Day&#42; (Contractor)\n" in words
    assert "#### People gone\n\n- Ann Ek" in words
    found = json.loads(diff(tmp_path / "text", "HEAD~1..HEAD", "--format", "json").output)
    assert found["added_people"] == [{"id": "cy", "name": "Cy *Day*"}]
    assert found["removed_people"] == [{"id": "ann", "name": "Ann Ek"}]
