"""Files that cannot be written as text in a golden, and how a file is split."""

import json
import os
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from projects import MKDOCS_YML, opened, reported, write
from repositories import commit
from rolebook import attachments, files, front_matter
from rolebook.cli import main
from rolebook.problems import Problem
from sites import HOME, build_site, refused_build

OWNER = "---\ntitle: Owner\n---\n"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        pytest.param(b"---\ntitle: Caf\xe9\n---\n", ":2", id="Latin-1"),
        pytest.param(OWNER.encode() + b"\n\xc3", ":5", id="cut-off"),
        pytest.param(b"---\ntitle: \xed\xa0\x80\n---\n", ":2", id="a-surrogate"),
        pytest.param(b"\x89PNG\r\n\x1a\n", ":1", id="a-picture"),
    ],
)
def test_bytes_that_are_not_text(content: bytes, place: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, "roles/ppc.md": content})
    assert reported(root) == (
        f"error: roles/ppc.md{place}: a letter in this line is not saved as UTF-8. "
        "Save the file with the encoding UTF-8. [unreadable-file]\n"
    )


LINK = "this is a link, and links are not followed. Put the file or folder itself here. [unreadable-file]\n"


@pytest.mark.parametrize(
    "target", ["../../secret.md", "../drafts/ppc.md", "gone.md", "ppc.md", "/etc/passwd"]
)
def test_no_link_is_followed(target: str, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\n", encoding="utf-8")
    role = "---\ntitle: PPC\nparent: owner\n---\n"
    root = write(tmp_path / "project", {"roles/owner.md": OWNER, "drafts/ppc.md": role})
    (root / "roles/ppc.md").symlink_to(target)
    assert reported(root) == f"error: roles/ppc.md: {LINK}"
    assert isinstance(files.read_text(root, "roles/ppc.md"), Problem)


@pytest.mark.parametrize("folder", ["roles/more", "roles"])
def test_no_linked_folder_is_followed(folder: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"elsewhere/ppc.md": "---\ntitle: PPC\n---\n", "content/x.md": ""})
    (root / folder).parent.mkdir(exist_ok=True)
    (root / folder).symlink_to(root / "elsewhere")
    assert f"error: {folder}: {LINK}" in reported(root)
    assert list(files.below(root, folder)) == []
    assert isinstance(files.read_text(root, f"{folder}/ppc.md"), Problem)


def test_links_beside_role_files_are_reported_and_not_published(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, ".env": "SECRET", "plan.txt": "x"})
    for name, target in {"notes.txt": "../.env", "plan.txt": "../plan.txt"}.items():
        (root / "roles" / name).symlink_to(target)
    assert reported(root) == f"error: roles/notes.txt: {LINK}error: roles/plan.txt: {LINK}"
    assert list(files.below(root, "roles")) == ["roles/owner.md"]


def test_a_folder_named_like_a_page_is_a_folder(tmp_path: Path) -> None:
    role = "---\ntitle: PPC\nparent: ownr\n---\n"
    root = write(tmp_path, {"roles/owner.md": OWNER, "roles/marketing.md/ppc.md": role})
    assert reported(root).startswith("error: roles/marketing.md/ppc.md:3: ")


def test_a_folder_in_place_of_the_business_model(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, "content/business-model.md/x.md": ""})
    assert reported(root) == (
        "error: content/business-model.md: not a regular file. "
        "Rename it so that it does not end in .md. [unreadable-file]\n"
    )


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER})
    os.mkfifo(root / "roles/pipe.md")
    assert reported(root).startswith("error: roles/pipe.md: not a regular file. ")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is played: the administrator, who runs tests in containers, may read anything."""
    root = write(tmp_path, {"roles/owner.md": OWNER, "roles/ppc.md": OWNER})
    read_bytes = Path.read_bytes

    def refuse(file: Path) -> bytes:
        if file.name == "ppc.md":
            raise PermissionError(13, "Permission denied")
        return read_bytes(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert reported(root) == (
        "error: roles/ppc.md: the file cannot be read (Permission denied). "
        "Check its permissions. [unreadable-file]\n"
    )


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    edge = OWNER + "x" * (files.MAX_BYTES - len(OWNER))
    root = write(tmp_path, {"roles/owner.md": edge, "roles/ppc.md": edge + "x"})
    assert reported(root) == (
        "error: roles/ppc.md: the file is larger than 100 kB. "
        "Put pictures and data into files of their own. [unreadable-file]\n"
    )


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        (
            "- a\n" + "    " * 51 + "- b",
            "roles/ppc.md:6: lists and quotes are nested more than 50",
        ),
        ("> " * 51 + "a", "roles/ppc.md:5: lists and quotes"),
        ("1. " * 51 + "a", "roles/ppc.md:5: lists and quotes"),
        ("\t" * 51 + "a", "roles/ppc.md:5: lists and quotes"),
        ("[a" * 2900, "roles/ppc.md: the page has too many of the characters [ and <"),
        ("<a" * 2900, "roles/ppc.md: the page has too many of the characters [ and <"),
        ("a\n" * 2000, "roles/ppc.md: the page has more than 1,500 lines"),
    ],
)
def test_a_body_that_no_page_can_be_made_of(body: str, told_of: str, tmp_path: Path) -> None:
    role = "---\ntitle: PPC\nparent: owner\n---\n"
    root = write(tmp_path, {"roles/owner.md": OWNER, "roles/ppc.md": role + body})
    assert reported(root).startswith(f"error: {told_of}")
    half = body.replace("    " * 51, "    " * 49) if body.startswith("- a") else body[: len(body) // 2]
    assert reported(write(root, {"roles/ppc.md": role + half})) == ""


def test_what_is_a_file_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "outside.md").touch()
    root = write(tmp_path / "project", {"roles/owner.md": OWNER})
    (root / "in.md").symlink_to("roles/owner.md")
    (root / "linked").symlink_to("roles")
    assert files.is_own_file(root, "roles/owner.md")
    names = [
        "in.md",
        "linked/owner.md",
        "../outside.md",
        "roles/../../outside.md",
        "gone.md",
        "roles",
        "/etc/passwd",
    ]
    assert [name for name in names if files.is_own_file(root, name)] == []


@pytest.mark.parametrize("name", ["évaluation", "日本", "x.y", "e\u0301", "หัวหน้า", "a_b-2"])
def test_a_file_s_name_has_letters_of_any_script(name: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, f"roles/{name}.md": "---\ntitel: X\n---\n"})
    assert f"error: roles/{name}.md:2: " in reported(root)


ODD_NAMES = {
    "a b": "a-b",
    'x" onfocus="alert(1)" autofocus y="': "x-onfocus-alert-1-autofocus-y",
    "<img src=x>": "img-src-x",
    "a&b": "a-b",
    "it's": "it-s",
    "\x1b[31mred\n": "31mred",
    "\u202eevil": "evil",
    "📦": "file",
    "a%2e": "a-2e",
    "a\u00a0b": "a-b",
    "c:d": "c-d",
    "a\u3164": "a",
    "a\ufe0f": "a",
}


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("place", ["roles/{}.md", "roles/{}/x.md", "people/{}.md", "roles/{}.png"])
def test_any_other_name_is_refused_and_a_better_one_proposed(name: str, place: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, place.format(name): "---\ntitle: X\nname: X\n---\n"})
    line = next(each for each in reported(root).splitlines() if "odd-name" in each)
    assert line.startswith("error: ")
    assert line.endswith(f"Name it {place.format(ODD_NAMES[name])}. [odd-name]")
    assert line.replace("\xa0", " ").isprintable()
    assert {role.id for role in opened(root).organisation.roles.values()} == {"owner"}


@pytest.mark.parametrize(
    ("path", "better"),
    [
        ("roles/con/x.md", "roles/file-con/x.md"),
        ("roles/Com1.x/x.md", "roles/file-Com1.x/x.md"),
        ("roles/nul.png", "roles/file-nul.png"),
        ("roles/lpt9.a.md", "roles/file-lpt9.a.md"),
        ("people/e./f.md", "people/e/f.md"),
    ],
)
def test_a_name_that_windows_cannot_have_is_refused(path: str, better: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, path: "---\ntitle: X\nname: X\n---\n"})
    (line,) = [each for each in reported(root).splitlines() if "odd-name" in each]
    assert f"Windows. Name it {better}. [" in line or f"leaves out. Name it {better}. [" in line


def test_a_name_that_windows_can_have(tmp_path: Path) -> None:
    role = "---\ntitle: X\nparent: owner\n---\n"
    names = ("console/auxiliary", "x.con", "com10", "a..b")
    root = write(tmp_path, {"roles/owner.md": OWNER} | {f"roles/{name}.md": role for name in names})
    assert reported(root) == ""


def test_accents_apart_from_their_letters_make_no_other_name(tmp_path: Path) -> None:
    """macOS and Linux may write the same name in two ways."""
    apart, together = "cafe\u0301", "caf\u00e9"
    texts = {
        "roles/owner.md": OWNER + f"[x]({together}.md) [y](<{apart}.md>) ![z]({together}.png)\n",
        f"roles/{apart}.md": "---\ntitle: Caf\u00e9\nparent: owner\n---\n",
        f"roles/{apart}.png": b"\x89PNG\r\n\x1a\n",
        "roles/waiter.md": f"---\ntitle: Waiter\nparent: {together}\n---\n",
        "roles/cook.md": f"---\ntitle: Cook\nparent: {apart}\n---\n",
    }
    root = write(tmp_path, texts)
    assert reported(root) == ""
    assert set(opened(root).organisation.roles) == {"owner", together, "waiter", "cook"}
    site, logged = build_site(write(root, HOME), strict=True)
    assert (site / f"roles/{together}/index.html").is_file()
    assert (site / f"roles/{together}.png").is_file()
    assert [line for line in logged if "Doc file" in line] == []
    both = write(root, {f"roles/more/{together}.md": "---\ntitle: Bar\nparent: owner\n---\n"})
    assert "duplicate-id" in reported(both)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.m4a", b"<!--ftyp--><script>alert(1)</script>"),
        ("a.avif", b"<!--ftypavif--><script>alert(1)</script>"),
        ("a.html.opus", b"OggS<script>alert(1)</script>"),
        ("a.SVG.png", b"\x89PNG\r\n\x1a\n"),
        ("a.php5.jpg", b"\xff\xd8\xff<?php"),
        ("a.txt", b"---\ntitle: A\n---\n"),
        ("a.txt", b"\xef\xbb\xbf--- \r\ntitle: A\r\n---\r\n"),
        ("a.txt", b"\xef\xbb\xbf \n<svg>"),
        ("a.csv", b"a\0b"),
        ("#a.md#", b"---\ntitle: A\n---\n"),
        ("~$a.docx", b"PK\x03\x04"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("docx", b"PK\x03\x04"),
        ("a.docm", b"PK\x03\x04"),
    ],
)
def test_what_could_run_or_was_left_is_not_published(name: str, content: bytes, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, f"roles/{name}": content})
    assert reported(root).startswith(f"warning: roles/{name}: ")
    assert list(attachments.published(root, "roles")) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.m4a", b"\0\0\0\x20ftypM4A "),
        ("v1.2.png", b"\x89PNG\r\n\x1a\n"),
        ("a.final.txt", b"-- \na < b"),
        ("html.png", b"\x89PNG\r\n\x1a\n"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_is_published_beside_role_files(name: str, content: bytes, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": f"{OWNER}\n[A file]({name})\n", f"roles/{name}": content})
    assert reported(root) == ""
    assert list(attachments.published(root, "roles")) == [f"roles/{name}"]


def test_a_folder_of_another_case_is_reported(tmp_path: Path) -> None:
    role = "---\ntitle: X\nparent: owner\n---\n"
    root = write(
        tmp_path, {"roles/owner.md": OWNER, "Roles/x.md": role, "PEOPLE/README.md": "", "Rules/x.md": role}
    )
    assert reported(root) == (
        "warning: Roles: 1 page here cannot be found: capitals count, and 'roles' is read. "
        "Move them to roles/. [not-published]\n"
    )
    config = MKDOCS_YML.replace("disabled_checks", "roles_dir: hr/roles\n      disabled_checks")
    deeper = write(
        tmp_path / "deeper", {"mkdocs.yml": config, "hr/roles/owner.md": OWNER, "hr/ROLES/x.md": role}
    )
    assert "hr/ROLES: 1 page here cannot be found" in reported(deeper)
    tree = files.Tree({"roles/owner.md": b"", "Roles/x.md": b"", "x.md": b""}, frozenset(), frozenset())
    assert list(files.folders_beside(tree, "roles")) == ["Roles"]


STRAYS = {
    "content/cook.md": "---\ntitle: Cook\nparent: owner\nweekly_hours: 3\n---\n",
    "content/more/cook.md": "---\nskills: [a]\npurpose: X\n---\n",
    "cook.md": "---\ntitle: Cook\ntools: []\nbackup: ''\n---\n",
}
NO_STRAYS = {
    "content/page.md": "---\ntitle: Page\nparent: Home\ntags: [a]\nowner: Ada\n---\n",
    "content/text.md": "parent: x\nweekly_hours: 3\n",
    "content/below.md": "---\ntitle: Page\n---\n\nparent: x\nweekly_hours: 3\n",
    "content/README.md": "---\nparent: x\nweekly_hours: 3\n---\n",
    "README.md": "---\nparent: x\nweekly_hours: 3\n---\n",
}


def test_a_role_among_other_pages_is_reported(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, **STRAYS, **NO_STRAYS})
    assert [line.split(": ")[1] for line in reported(root).splitlines()] == sorted(STRAYS)
    assert "has the fields of a role but is not in the folder of roles. Move it to roles/." in reported(root)


@pytest.mark.parametrize("ending", ["docx", "DOC", "odt", "rtf", "pdf", "html"])
def test_a_role_that_a_word_processor_saved_is_not_to_be_deleted(ending: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, f"roles/packer.md.{ending}": b"PK\x03\x04 text"})
    assert "only plain text is read. Save its text as packer.md. [not-published]" in reported(root)


@pytest.mark.parametrize(
    ("path", "front", "is_stray"),
    [
        ("roles/README.md", "title: Extra\nparent: owner\nowner: Bo Li", True),
        ("roles/sub/README.md", "title: Extra\nowner: Bo Li", True),
        ("roles/README.md", "title: How our roles are written", False),
        ("roles/README.md", "", False),
        ("people/README.md", "name: Bo Li", True),
        ("people/README.md", "title: Extra\nparent: owner", False),
    ],
)
def test_a_role_or_a_person_in_a_readme_is_reported(
    path: str, front: str, is_stray: bool, tmp_path: Path
) -> None:
    text = f"---\n{front}\n---\n\nText.\n" if front else "# Our roles\n\nparent: x\nowner: y\n"
    root = write(tmp_path, {"mkdocs.yml": MKDOCS_YML, "roles/owner.md": OWNER, path: text})
    said = f"warning: {path}: a README.md is what git hosts show for a folder, and is not read as a role"
    assert (said in reported(root)) == is_stray
    assert is_stray or reported(root) == ""


def test_roles_in_the_folder_of_pages_are_no_strays(tmp_path: Path) -> None:
    config = MKDOCS_YML.replace("disabled_checks", "roles_dir: content/roles/\n      disabled_checks")
    texts = {"content/roles/owner.md": OWNER, "content/roles/cook.md": STRAYS["content/cook.md"]}
    assert reported(write(tmp_path, {"mkdocs.yml": config, **texts})) == ""


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "x/" * 2100])
def test_a_name_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    assert isinstance(files.read_text(tmp_path, f"{name}.md"), Problem)
    assert list(files.below(tmp_path, name)) == []
    for option in ("roles_dir", "people_dir", "business_model"):
        options = json.dumps({"plugins": [{"rolebook": {option: name}}], "docs_dir": "x"})
        reported(write(tmp_path, {"mkdocs.yml": options, "roles/owner.md": OWNER}))


def test_a_shared_base_may_stand_above_the_project(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("plugins: [{rolebook: {roles_dir: seats}}]", encoding="utf-8")
    root = write(
        tmp_path / "project", {"mkdocs.yml": "INHERIT: ../base.yml\nsite_name: Test\ndocs_dir: content\n"}
    )
    assert reported(root).startswith("error: seats: ")


def test_files_are_found_in_the_order_of_their_names(tmp_path: Path) -> None:
    names = ["roles/b.md", "roles/a/z.md", "roles/B/a.md", "roles/c/a.md", "roles/a.md"]
    write(tmp_path, dict.fromkeys(names, ""))
    found = list(files.markdown_files(tmp_path, "roles"))
    assert found == ["roles/a.md", "roles/b.md", "roles/B/a.md", "roles/a/z.md", "roles/c/a.md"]


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert list(files.below(tmp_path, "people")) == []


FRONT = st.lists(
    st.sampled_from(["title: Owner", "# a remark", "", "tags:", "  - a", "--- x", " ---", "é: 1"])
).map("\n".join)
BODY = st.lists(st.sampled_from(["", "---", "# Head", "text", "...", "\ttabbed"])).map("\n".join)


@given(FRONT, st.sampled_from(["---", "---  ", "...", "---\t"]), BODY)
def test_a_file_is_split_at_its_first_closing_line(front: str, fence: str, body: str) -> None:
    text = f"---\n{front}\n{fence}\n{body}"
    document = front_matter.split("x.md", text)
    if isinstance(document, front_matter.MarkdownFile):
        assert document.body == body
        assert text.split("\n")[document.body_line - 1 :] == body.split("\n")
    else:
        assert 1 <= document.line <= front.count("\n") + 3


@given(st.text())
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    text = "x" + text
    assert front_matter.split("x.md", text) == front_matter.MarkdownFile("x.md", None, 0, text, 1)


def test_nodes_know_their_lines() -> None:
    document = front_matter.split("x.md", "---\n\ntitle: Owner\ntags:\n  - a\n---\n")
    assert isinstance(document, front_matter.MarkdownFile)
    assert isinstance(document.front, yaml.MappingNode)
    lines = [value.start_mark.line + 1 + document.front_line for _, value in document.front.value]
    assert lines == [3, 5]


@pytest.mark.parametrize(
    "text", ["\x00", "a: \x07", "a: [", "%", "\ufffe", "&", "--- a\n--- b", "a: !<", "? [", "a: |x"]
)
def test_broken_yaml_is_a_problem(text: str) -> None:
    problem = front_matter.compose("x.yml", text)
    assert isinstance(problem, Problem)
    assert problem.rule is front_matter.INVALID_FRONT_MATTER
    assert problem.path == "x.yml"


def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, whom no folder refuses.
    root = write(tmp_path, {"roles/owner.md": OWNER, "roles/shut/ppc.md": OWNER})
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert "roles/shut: the folder cannot be read (Permission denied)" in reported(root)


NO_TEXT = [b"roles/\xff.md", b"people/\xff\xfe.md", b"content/\xff.md", b"content/\xff.png"]


@pytest.mark.parametrize("path", NO_TEXT)
def test_a_name_that_is_no_text_is_reported(path: bytes, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, "people/ada.md": "---\nname: Ada\n---\n", **HOME})
    file = Path(os.fsdecode(os.fsencode(root) + b"/" + path))
    file.write_text("---\ntitle: X\nname: X\n---\n", encoding="utf-8")
    (line,) = [each for each in reported(root).splitlines() if "odd-name" in each]
    assert line.startswith("error: ")
    assert refused_build(root)


def test_a_branch_with_a_name_that_is_no_text_is_compared(tmp_path: Path) -> None:
    first = commit(tmp_path, {"mkdocs.yml": MKDOCS_YML, "roles/owner.md": OWNER})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/roles/\xff.md")).write_text(OWNER, encoding="utf-8")
    second = commit(tmp_path, {"roles/owner.md": OWNER + "Text.\n"})
    result = CliRunner().invoke(main, ["diff", f"{first}..{second}", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    assert "odd-name" in result.output


def test_a_link_among_pages_is_reported_and_not_published(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET", encoding="utf-8")
    root = write(tmp_path / "project", {"roles/owner.md": OWNER, **HOME})
    (root / "content/s.txt").symlink_to("../../secret.txt")
    assert reported(root).startswith(
        "warning: content/s.txt: this is a link, and links are not followed. "
        "Put the file or folder itself here. [not-published]\n"
    )
    site, _ = build_site(root)
    assert not (site / "s.txt").exists()


def test_a_pipe_among_the_pages_is_named_without_a_line(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": OWNER, "content/index.md": "# Home\n"})
    os.mkfifo(root / "content/x.png")
    assert "content/x.png: this is a pipe or a device, not a file. Remove it." in reported(root)


COPIES = ("ads copy", "ads (1)", "Copy of ads", "ads - Kopie", "ads copy 2", "Kopie von ads")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_a_file_is_not_to_be_named_as_a_role_of_its_own(name: str, tmp_path: Path) -> None:
    ads = "---\ntitle: Ads\nparent: owner\n---\n"
    root = write(tmp_path, {"roles/owner.md": OWNER, "roles/ads.md": ads, f"roles/{name}.md": ads})
    (only,) = reported(root).splitlines()
    assert only.startswith(f"error: roles/{name}.md: this looks like a copy of roles/ads.md. Delete it, or")


def test_a_name_with_a_space_is_no_copy_of_nothing(tmp_path: Path) -> None:
    ads = "---\ntitle: Ads\nparent: owner\n---\n"
    written = {"roles/owner.md": OWNER, "roles/ads-copy.md": ads, "roles/Web copy.md": ads}
    (only,) = reported(write(tmp_path, {**written, "roles/ads.md": ads})).splitlines()
    assert "the name 'Web copy.md' has a space. Name it roles/web-copy.md." in only


@pytest.mark.parametrize(("number", "end"), [(8, "'r7'."), (9, "'r7' ….")])
def test_of_many_roots_eight_are_named(number: int, end: str, tmp_path: Path) -> None:
    roles = {f"roles/r{at}.md": f"---\ntitle: R{at}\n---\n" for at in range(number)}
    said = reported(write(tmp_path, roles))
    named = ", ".join(f"'r{at}'" for at in range(8)) + end.removeprefix("'r7'")
    assert f"{number} roles report to nobody: {named} Write 'parent: r0', or another" in said


def test_a_file_that_a_commit_lacks_is_reported() -> None:
    tree = files.Tree({"roles/owner.md": b"x"}, frozenset(), frozenset())
    assert files.read_text(tree, "roles/owner.md") == "x"
    missing = files.read_text(tree, "content/business-model.md")
    assert isinstance(missing, Problem)
    assert (missing.path, missing.message) == ("content/business-model.md", "the file is not there")


def test_what_is_beside_a_folder_of_a_commit_and_at_its_top() -> None:
    held = dict.fromkeys(["hr/roles/a.md", "hr/Roles/b.md", "hr/c.md", "d.md", "README.md", "e.txt"], b"")
    tree = files.Tree(held, frozenset(), frozenset())
    assert list(files.folders_beside(tree, "hr/roles")) == ["hr/Roles"]
    assert list(files.folders_beside(tree, "people")) == ["hr"]
    assert list(files.pages_at_top(tree)) == ["d.md"]
