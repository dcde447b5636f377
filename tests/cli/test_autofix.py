"""`rolebook check --fix` fixes what can only mean one thing, and leaves every other byte alone."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from projects import MKDOCS_YML, opened, reported, write
from rolebook import atomic_file
from rolebook.autofix import fixed_files
from rolebook.cli import main
from rolebook.organisation import slug
from rolebook.schema.typos import Known
from sites import HOME, build_site

FILES = {
    "mkdocs.yml": MKDOCS_YML.replace("no-deliverable]", "no-deliverable, unkept-promise]"),
    "roles/owner.md": "---\ntitle: Owner\nowner: ada\n---\n",
    "roles/marketing.md": "---\ntitle: Marketing\nparent: owner\n---\n",
    "people/ada.md": "---\nname: Ada King\nemail: ada@example.org\n---\n",
    "people/grace.md": '---\nname: "Grace O\'Neil, PhD"\n---\n',
    "content/business-model.md": "---\ntitle: Model\ndeliverables: [{id: letter}, {id: parcel}]\n---\n",
}


def check(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml"), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


# --- what is fixed ---------------------------------------------------------------------------------

FIXABLE = [
    ("titel: X\nparent: owner", "title: X\nparent: owner"),
    ("title: X\nparent: Marketing", "title: X\nparent: marketing"),
    ("title: X\nparent: 'markting'", "title: X\nparent: 'marketing'"),
    ("title: X\nparent: owner\nowner: aad", "title: X\nparent: owner\nowner: aad"),  # three letters
    ("title: X\nparent: owner\nowner: Ada-King", "title: X\nparent: owner\nowner: Ada King"),
    ("title: X\nparent: owner\nbackup: Ada-King", "title: X\nparent: owner\nbackup: Ada King"),
    (
        "title: X\nparent: owner\nowner: Grace-O'Neil, PhD",
        'title: X\nparent: owner\nowner: "Grace O\'Neil, PhD"',
    ),
    (
        "title: X\nparent: owner\nperformed_by: [ada, {person: ADA-KING, since: 2026-01-01}]",
        "title: X\nparent: owner\nperformed_by: [ada, {person: Ada King, since: 2026-01-01}]",
    ),
    (
        'title: X\nparent: owner\noutsource:\n  to: "Ada-King" # soon\n  fit: nxet',
        'title: X\nparent: owner\noutsource:\n  to: "Ada King" # soon\n  fit: next',
    ),
    ("title: X\nparent: owner\nstatus: 'oppen'", "title: X\nparent: owner\nstatus: 'open'"),
    (
        "title: X\nparent: owner\ndeliverable:\n- {outcome: Two a day, for: lettre}",
        "title: X\nparent: owner\ndeliverable:\n- {outcome: Two a day, for: letter}",
    ),
    (
        "title: X\nparent: owner\ntools:\n- {name: Mail, acess: all}",
        "title: X\nparent: owner\ntools:\n- {name: Mail, access: all}",
    ),
    (
        "title: X\nparent: owner\ntools:\n- {name: Mail, admin: Ada-King}",
        "title: X\nparent: owner\ntools:\n- {name: Mail, admin: Ada King}",
    ),
    ("titel: X\nparnet: ownr\nonwer: Ada-King", "title: X\nparent: owner\nowner: Ada King"),
]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("before", "after"), FIXABLE)
def test_slips_are_mended_once(before: str, after: str, ending: str, tmp_path: Path) -> None:
    def file(front: str) -> bytes:
        lines = f"--- \n# é 漢\n{front}\n---  \n\nowner: Ada-King\n\n---\nparent: ownr"
        return b"\xef\xbb\xbf" + lines.replace("\n", ending).encode()

    write(tmp_path, FILES | {"roles/x.md": file(before)})
    first = check(tmp_path, "--fix")
    assert (tmp_path / "roles/x.md").read_bytes() == file(after)
    assert ("fixed: roles/x.md:" in first.output) is (before != after)
    second = check(tmp_path, "--fix")
    assert "fixed:" not in second.output
    assert (tmp_path / "roles/x.md").read_bytes() == file(after)
    if before != after:
        assert second.exit_code == 0
        assert sorted(path.name for path in (tmp_path / "roles").iterdir()) == [
            *("marketing.md", "owner.md", "x.md"),
        ]


def test_people_and_the_business_model_are_mended_too(tmp_path: Path) -> None:
    files = FILES | {
        "people/ada.md": "---\nnmae: Ada King\nkind: preson\n---\n",
        "content/business-model.md": "---\ntitle: Model\ndeliverabels: [{id: letter, promis: x}]\n---\n",
        "roles/x.md": "---\ntitle: X\nparent: owner\nowner: Ada-King\n---\n",
    }
    write(tmp_path, files)
    assert check(tmp_path, "--fix").exit_code == 0
    assert reported(tmp_path) == ""
    assert (tmp_path / "people/ada.md").read_text(
        encoding="utf-8"
    ) == "---\nname: Ada King\nkind: person\n---\n"
    model = (tmp_path / "content/business-model.md").read_text(encoding="utf-8")
    assert model == "---\ntitle: Model\ndeliverables: [{id: letter, promise: x}]\n---\n"


UNTOUCHED = {
    "two can be meant": "title: X\nparent: sales-x",
    "another number": "title: X\nparent: team-4",
    "itself": "title: X\nparent: myselff",
    "a circle": "title: X\nparent: below-mee",
    "no near word": "title: X\nparent: nowhere",
    "the right name is there": "title: X\ntitel: Y\nparent: owner",
    "a block of text": "title: X\nparent: |\n  ownr",
    "two lines": 'title: X\nparent: "own\\\n  r"',
    "a tag": "title: X\nparent: !!str ownr",
    "broken": "title: [X\nparent: ownr",
}


@pytest.mark.parametrize("front", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_could_be_something_else_is_left(front: str, tmp_path: Path) -> None:
    text = f"---\n{front}\n---\n"
    others = {
        "roles/sales-a.md": "---\ntitle: A\nparent: owner\n---\n",
        "roles/sales-b.md": "---\ntitle: B\nparent: owner\n---\n",
        "roles/team-3.md": "---\ntitle: B\nparent: owner\n---\n",
        "roles/below-me.md": "---\ntitle: B\nparent: myself\n---\n",
        "roles/myself.md": text,
    }
    write(tmp_path, FILES | others)
    result = check(tmp_path, "--fix")
    assert result.exit_code == 1
    assert "fixed:" not in result.output
    assert (tmp_path / "roles/myself.md").read_text(encoding="utf-8") == text


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["", "# note é\n", "tags: [a, 'b: c', \"d\\ne\"]\n", "purpose: >-\n  Onwer\n  onwer\n"]),
    st.sampled_from(["", " # ownr"]),
)
def test_every_other_byte_stays(
    tmp_path_factory: pytest.TempPathFactory, body: str, more: str, comment: str
) -> None:
    root = write(tmp_path_factory.mktemp("x"), FILES)
    before, after = (
        f"---\n{more}title: X\nparent: {parent}{comment}\n---\n{body}" for parent in ("ownr", "owner")
    )
    (root / "roles/x.md").write_bytes(before.encode())
    check(root, "--fix")
    assert (root / "roles/x.md").read_bytes() == after.encode()


WORDS = st.text("abcde12", min_size=1, max_size=7)


@given(st.lists(WORDS, max_size=6, unique=True), WORDS)
def test_the_index_finds_what_comparing_all_finds(known: list[str], word: str) -> None:
    def slip(one: str, other: str) -> bool:
        swaps = {one[:at] + one[at : at + 2][::-1] + one[at + 2 :] for at in range(len(one))}
        less = {one[:at] + one[at + 1 :] for at in range(len(one))}
        more = {other[:at] + other[at + 1 :] for at in range(len(other))}
        other_letter = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        return one == other or other in swaps | less or one in more or other_letter

    def digits(text: str) -> str:
        return "".join(char for char in text if char.isdigit())

    near = [
        each
        for each in known
        if each == word
        or (slip(word, each) and digits(word) == digits(each) and max(len(word), len(each)) >= 4)
    ]
    expected = word if word in near else near[0] if len(near) == 1 else ""
    assert Known((each, each) for each in known).meant(word) == expected


def test_ten_thousand_roles_are_no_burden(tmp_path: Path) -> None:
    known = Known((f"role-number-{'abcdefghij'[n % 10]}-{n}", str(n)) for n in range(10_000))
    begun = time.process_time()
    for number in range(1_000):
        assert known.meant(f"role-numbr-{'abcdefghij'[number % 10]}-{number}").endswith(f"-{number}")
    assert time.process_time() - begun < 5


# --- how files are changed -------------------------------------------------------------------------


def test_a_file_that_changes_meanwhile_is_left(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(b"new")
    with pytest.raises(OSError, match="changed meanwhile"):
        atomic_file.replace(file, b"fixed", before=b"old")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_permissions_stay_and_links_are_not_followed(tmp_path: Path) -> None:
    text = "---\ntitel: X\nparent: owner\n---\n"
    write(tmp_path, FILES | {"roles/x.md": text, "elsewhere.md": text})
    (tmp_path / "roles/x.md").chmod(0o640)
    (tmp_path / "roles/y.md").symlink_to("../elsewhere.md")
    assert check(tmp_path, "--fix").exit_code == 1
    assert "title: X" in (tmp_path / "roles/x.md").read_text(encoding="utf-8")
    assert (tmp_path / "roles/x.md").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "elsewhere.md").read_text(encoding="utf-8") == text


def test_nothing_is_read_that_has_no_slip(tmp_path: Path) -> None:
    handbook = opened(write(tmp_path, FILES))
    assert list(fixed_files(handbook.organisation, handbook.problems, lambda path: pytest.fail(path))) == []


def test_programs_get_their_form_alone(tmp_path: Path) -> None:
    write(tmp_path, FILES | {"roles/x.md": "---\ntitel: X\nparent: owner\n---\n"})
    result = check(tmp_path, "--fix", "--format", "json")
    assert result.stdout == "[]\n"
    assert result.stderr == "fixed: roles/x.md:2: 'titel' is now 'title'\n"


# --- on a terminal ---------------------------------------------------------------------------------


def test_colours_are_for_a_terminal(tmp_path: Path) -> None:
    write(tmp_path, FILES | {"roles/x.md": "---\ntitel: X\nparent: owner\n---\n"})
    words = ["check", "-f", str(tmp_path / "mkdocs.yml")]
    assert "\x1b" not in CliRunner().invoke(main, words).output
    assert "\x1b[31m\x1b[1merror:\x1b[0m" in CliRunner().invoke(main, words, color=True).output


def test_watching_tells_each_change_until_interrupted(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    command = [sys.executable, "-c", "from rolebook.cli import main; main()", "check", "--watch"]
    watching = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs tests in the background has its children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    too_long = threading.Timer(300, watching.kill)
    too_long.start()
    try:
        assert watching.stdout is not None
        assert watching.stdout.readline() == "2 roles, 2 people: no issues\n"
        (tmp_path / "roles/x.md").write_text("---\nparent: owner\n---\n", encoding="utf-8")
        assert watching.stdout.readline().startswith("error: roles/x.md:1: there is no title")
        assert watching.stdout.readline() == "3 roles, 2 people: 1 error\n"
        (tmp_path / "mkdocs.yml").write_text("a: [", encoding="utf-8")
        (tmp_path / "mkdocs.yml").unlink()
        time.sleep(1.2)
        write(tmp_path, FILES | {"roles/x.md": "---\ntitle: X\nparent: owner\n---\n"})
        assert watching.stdout.readline() == "3 roles, 2 people: no issues\n"
    finally:
        os.kill(watching.pid, signal.SIGINT)
        _, told_last = watching.communicate(timeout=60)
        too_long.cancel()
    assert watching.returncode == 0
    assert "Traceback" not in told_last


LINES = ("date: 45", "date: 2026-01-01", "late: yes", "source: no", "start: open", "position: x")


@pytest.mark.parametrize("line", LINES)
def test_a_field_of_another_program_is_no_slip(line: str, tmp_path: Path) -> None:
    text = f"---\ntitle: X\nparent: owner\n{line}\n---\n"
    write(tmp_path, FILES | {"roles/x.md": text})
    result = check(tmp_path, "--fix")
    assert (tmp_path / "roles/x.md").read_text(encoding="utf-8") == text
    assert f"there is no field '{line.split(':')[0]}'" in result.output
    assert "Did you mean" not in result.output


@pytest.mark.parametrize("words", [["check"], ["export", "--format", "csv"]])
def test_a_pipe_that_knows_few_letters_gets_all(words: list[str], tmp_path: Path) -> None:
    """As on Windows, where a pipe takes the letters of western Europe only."""
    roles = {
        "roles/a.md": "---\ntitle: 销售\nparent: b\n---\n",
        "roles/b.md": "---\ntitle: B\nparent: a\n---\n",
    }
    if "export" in words:
        roles["roles/b.md"] = "---\ntitle: 会计\n---\n"
    write(tmp_path, roles)
    environment = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    run = subprocess.run(
        [Path(sys.executable).with_name("rolebook"), *words],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
    )
    assert b"Traceback" not in run.stderr
    assert ("→" if words == ["check"] else "会计").encode() in run.stdout


VAGUE = (
    "Tasks done",
    "Various reports",
    "Manages the shop",
    "Managed accounts",
    "Did the books",
    "Reports etc",
)
SOUND = (
    "Every etching shipped",
    "Stuffed toys delivered",
    "Taskset list",
    "Miscarriage group held",
    "Doe hides tanned",
)


@pytest.mark.parametrize("outcome", (*VAGUE, *SOUND))
def test_words_are_whole_words(outcome: str, tmp_path: Path) -> None:
    text = f"---\ntitle: X\nparent: owner\ndeliverable: {outcome}\n---\n"
    write(tmp_path, FILES | {"roles/x.md": text})
    assert ("vague-deliverable" in reported(tmp_path)) == (outcome in VAGUE)


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("fresh-loafs", "fresh-loaves", True),
        ("Fresh loafs", "fresh-loaves", True),
        ("custommer-servce", "customer-service", True),
        ("sales-team", "sales-lead", False),
        ("export-manager", "import-manager", False),
        ("marketing-us", "marketing-uk", False),
        ("loafs", "loaves", False),
        ("marketing-12", "marketing-21", False),
    ],
)
def test_two_letters_may_be_wrong_in_a_long_word(word: str, known: str, meant: bool) -> None:
    assert (Known([(known, known)]).meant(word) == known) is meant


def test_what_is_suggested_is_done_or_it_is_said_why_not(tmp_path: Path) -> None:
    x = """\
---
title: X
parent: sales-ac
owner: Ada Kink Jr
backup: Gracee ONeil PhD
status: paussd
fit: next
delivrables: letter
weekly: 5
performed_by:
- |
  Ada-King
deliverable: {outcome: Two a day, for: parsels-fresh}
---
[a](../roles/ownr.md) [b](../roles/sales-c.md)
"""
    others = {
        "roles/sales-ab.md": "---\ntitle: A\nparent: owner\n---\n",
        "roles/sales-ad.md": "---\ntitle: B\nparent: ada king\n---\n",
        "roles/ada-kink.md": "---\ntitle: C\nparent: owner\n---\n",
        "roles/x.md": x,
        "mkdocs.yml": FILES["mkdocs.yml"] + "nav: [index.md, 'rolebook:rols']\n",
        "content/index.md": "# Home\n",
        "content/business-model.md": "---\ntitle: M\ndeliverables: [{id: parcels-fresh}]\n---\n",
    }
    write(tmp_path, FILES | others)
    first = check(tmp_path, "--fix")
    said = [line for line in first.output.splitlines() if line.startswith(("fixed", "not changed"))]
    assert said == SAID
    suggested = first.output.count("Did you mean")
    assert suggested == sum(line.startswith("not changed") for line in said)


SAID = [
    "fixed: roles/x.md:6: 'paussd' is now 'paused'",
    "fixed: roles/x.md:15: '../roles/ownr.md' is now '../roles/owner.md'",
    "not changed: roles/sales-ad.md:3: 'ada king': it is somebody's name",
    "not changed: roles/x.md:3: 'sales-ac': 'sales-ad' is more than a slip away",
    "not changed: roles/x.md:4: 'Ada Kink Jr': 'Ada King' is more than a slip away",
    "not changed: roles/x.md:5: 'Gracee ONeil PhD': 'Grace O'Neil, PhD' is more than a slip away",
    "not changed: roles/x.md:8: 'delivrables': there is a field 'deliverable' already",
    "not changed: roles/x.md:9: 'weekly': 'weekly_hours' is more than a slip away",
    "not changed: roles/x.md:11: 'Ada-King': 'Ada King' is meant, but the word is not written plainly on one "
    "line",
    "not changed: roles/x.md:13: 'parsels-fresh': correct it yourself if 'parcels-fresh' is meant",
    "not changed: roles/x.md:15: '../roles/sales-c.md': 'sales-ad' is more than a slip away",
    "not changed: 1 suggestion for mkdocs.yml: of settings, --fix changes only former names of options",
]


def test_names_that_are_no_words_are_passed_by(tmp_path: Path) -> None:
    text = "---\ntitle: X\n? [a, b]\n: c\n? {d: e}\n: f\nparnt: boss\n---\n"
    root = write(tmp_path, {"roles/x.md": text, "roles/boss.md": "---\ntitle: Boss\n---\n"})
    result = CliRunner().invoke(main, ["check", "--fix", "-f", str(root / "mkdocs.yml")])
    assert result.exit_code == 1
    assert (root / "roles/x.md").read_text("utf-8") == text.replace("parnt", "parent")


@pytest.mark.parametrize(
    "options",
    [
        "plugins:\n  - search\n  - rolebook:\n      {0}: yes  # two\n      {1}: [no-hours]\n",
        "plugins:\n  - rolebook: {{'{1}': [no-hours], {0}: yes}}\n",
        'plugins:\n  rolebook:\n    {0}: yes\n    "{1}": no-hours\n',
    ],
)
def test_options_get_todays_names(options: str, tmp_path: Path) -> None:
    rest = "site_name: several_roots, switched_off\ndocs_dir: content\nextra: {several_roots: yes}\n"
    former, now = ("several_roots", "switched_off"), ("allow_multiple_roots", "disabled_checks")
    role = {"roles/x.md": "---\ntitle: X\n---\n"}
    root = write(tmp_path, HOME | role | {"mkdocs.yml": rest + options.format(*former)})
    result = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml")])
    said = "'rolebook.several_roots' is now called 'allow_multiple_roots'"
    assert result.exit_code == 0 and said in result.stdout
    _, logged = build_site(root, strict=True)
    assert any(said in line for line in logged)
    fixed = CliRunner().invoke(main, ["check", "--fix", "-f", str(root / "mkdocs.yml")])
    assert "'several_roots' is now 'allow_multiple_roots'" in fixed.stdout
    assert "is now called" not in fixed.stdout
    assert (root / "mkdocs.yml").read_text("utf-8") == rest + options.format(*now)


def test_both_names_of_an_option_are_reported(tmp_path: Path) -> None:
    config = HOME["mkdocs.yml"].replace(
        "rolebook]", "{rolebook: {several_roots: yes, allow_multiple_roots: no}}]"
    )
    root = write(tmp_path, HOME | {"mkdocs.yml": config, "roles/x.md": "---\ntitle: X\n---\n"})
    result = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml")])
    assert result.exit_code == 2 and "'rolebook.allow_multiple_roots' appears twice" in result.stderr
    fixed = CliRunner().invoke(main, ["check", "--fix", "-f", str(root / "mkdocs.yml")])
    assert fixed.exit_code == 2 and (root / "mkdocs.yml").read_text("utf-8") == config


@pytest.mark.parametrize(
    ("written", "is_fixed"),
    [
        ("Jan Novak", False), ("Mario Lopez", False), ("Joan Smith", False), ("Anna Lee", False),
        ("Jnaa Novak", False), ("Janna Novak", False), ("Jana Novick", False), ("Luis Barker", False),
        ("Ruth Martin", False), ("Peter Johnston", False), ("Olga Heart", False), ("Priya Dennis", False),
        ("Ruth Cohn", False), ("JanaNovak", True), ("Anna Wiese", False), ("Max Kiel", False),
        ("Zed Muller", False), ("Eva Back", False), ("Noël Grey", False), ("Zed-Müller", True),
        ("Luis Baekr", False), ("Peter Johnsn", False), ("Ruth Marinn", False),
        ("jana novak", True), ("Jana Novka", False), ("JANA_NOVAK", True), ("Jana Nvak", False),
        ("jana-novak", True),
    ],
)  # fmt: skip
def test_the_name_of_somebody_else_is_not_fixed(written: str, is_fixed: bool, tmp_path: Path) -> None:
    people = ("Jana Novak", "Maria Lopez", "John Smith", "Ann Lee", "Luis Baker", "Ruth Marin")
    people += ("Peter Johnson", "Olga Hart", "Priya Denis", "Ruth Cohen", "Anna Weise", "Max Keil")
    people += ("Zed Müller", "Eva Bäck", "Noel Grey")
    files = {f"people/{slug(name)}.md": f"---\nname: {name}\n---\n" for name in people}
    role = f"---\ntitle: Zed\nowner: {written}\n---\n"
    root = write(tmp_path, files | {"mkdocs.yml": "plugins: [rolebook]\n", "roles/zz.md": role})
    CliRunner().invoke(main, ["check", "--fix", "-f", f"{root}/mkdocs.yml"])
    owner = yaml.safe_load((root / "roles/zz.md").read_text("utf-8").split("---")[1])["owner"]
    assert (slug(owner) in map(slug, people)) == is_fixed, owner


@pytest.mark.parametrize(
    ("field", "is_fixed"),
    [
        *(("engagement: employer", False), ("engagement: contract", False), ("engagement: employeee", True)),
        *(("status: filed", False), ("status: retried", False), ("status: Filed", False)),
        *(("status: filld", True), ("status: retirde", True), ("kind: rule", False), ("kind: roel", True)),
        *(("outsource: text", False), ("outsource: nxet", True), ("outsource: {fit: text}", False)),
        *(("posing: {opens: 2026-10-01}", False), ("potsing: {opens: 2026-10-01}", True)),
        *(("pose: x", False), ("locating: Bonn", False), ("locaton: Bonn", True), ("tag: [a]", True)),
        *(("posing: {ponse: 2026-10-01}", False), ("skill: [x]", True), ("purposes: x", True)),
    ],
)
def test_a_word_in_place_of_a_field_or_a_choice_is_not_fixed(
    field: str, is_fixed: bool, tmp_path: Path
) -> None:
    text = f"---\ntitle: X\nparent: owner\n{field}\n---\n"
    root = write(tmp_path, FILES | {"roles/x.md": text})
    result = check(root, "--fix")
    assert ((root / "roles/x.md").read_text("utf-8") != text) == is_fixed
    assert is_fixed or "roles/x.md:4" in result.output
    word = re.split(r"\W+", field)[-1 if field.partition(":")[0] in ("status", "engagement", "kind") else 0]
    assert (
        is_fixed
        or field.startswith(("outsource", "pose"))
        or f"'{word}' is a word of its own" in result.output
    )


WORDS = [
    ("parking", "packing", False), ("posting", "hosting", False), ("pakcing", "packing", True),
    ("packng", "packing", True), ("packings", "packing", False), ("fund", "found", False),
    ("fuond", "found", False), ("fonud", "found", False), ("ownr", "owner", True), ("owwner", "owner", False),
    ("planer", "planner", False), ("suport", "support", False), ("markting", "marketing", True),
    ("conservation", "conversation", False), ("diary", "dairy", False), ("redesign", "resign", False),
    ("fright", "freight", False), ("vent", "event", False), ("casual", "causal", False),
    ("black-office", "back-office", False), ("pots-room", "post-room", False),
    ("front-desk", "frontdesk", True), ("frontdesk", "front-desk", True),
    ("black-ofifce", "black-office", True), ("hrbp-diary", "hrbp-dairy", False),
]  # fmt: skip


@pytest.mark.parametrize(("word", "known", "is_fixed"), WORDS)
def test_a_word_for_a_promise_is_not_fixed_to_another_word(
    word: str, known: str, is_fixed: bool, tmp_path: Path
) -> None:
    role = f"---\ntitle: Zed\ndeliverable: [{{outcome: x, for: {word}}}]\n---\n"
    model = f"---\ndeliverables: [{{id: {known}}}]\n---\n"
    files = {"roles/z.md": role, "mkdocs.yml": "plugins: [rolebook]\n", "content/business-model.md": model}
    root = write(tmp_path, files | {"mkdocs.yml": "docs_dir: content\nplugins: [rolebook]\n"})
    said = CliRunner().invoke(main, ["check", "--fix", "-f", f"{root}/mkdocs.yml"]).output
    assert (f"for: {known}}}" in (root / "roles/z.md").read_text("utf-8")) == is_fixed
    assert is_fixed or f"Did you mean '{known}'?" in said


@pytest.mark.parametrize(
    ("parent", "is_fixed"),
    [
        *(("parking", False), ("posting", False), ("pakcing", True), ("packng", True)),
        *(("pecking", False), ("contract-care", False), ("contatc-care", True), ("contct-care", True)),
        ("contatc-crae", True),
        *(("adaption", False), ("adaptaton", False)),
        # Words that no role of the library has, and a field of this handbook has.
        *(("barnd", False), ("bradn", True), ("wlof", False), ("wofl", True)),
        *(("tohrn", False), ("thonr", True)),
    ],
)
def test_a_word_is_not_fixed_to_another_word(parent: str, is_fixed: bool, tmp_path: Path) -> None:
    def role(title: str, parent: str = "") -> str:
        return f"---\ntitle: {title}\n{f'parent: {parent}' if parent else ''}\n---\n"

    files = {
        f"roles/{each}.md": role(each, "boss")
        for each in ("packing", "hosting", "contact-care", "adaptation", "brand", "wolf", "thorn")
    }
    boss = "---\ntitle: Boss, Wlof\npurpose: Work for Barnd\ndeliverable: Letters of Tohrn\n---\n"
    more = {"mkdocs.yml": "plugins: [rolebook]\n", "roles/boss.md": boss}
    root = write(tmp_path, files | more | {"roles/z.md": role("Zed", parent)})
    CliRunner().invoke(main, ["check", "--fix", "-f", f"{root}/mkdocs.yml"])
    assert (f"parent: {parent}\n" not in (root / "roles/z.md").read_text("utf-8")) == is_fixed


@pytest.mark.parametrize("file", ["maria", "maria-muller"])
@pytest.mark.parametrize(
    ("owner", "meant"),
    [("Maria Muller", "Maria Müller"), ("María  MÜLLER", "Maria Müller"), ("Maria Mueller", "Maria Müller")],
)
def test_a_name_is_meant_whatever_its_file_is_called(
    file: str, owner: str, meant: str, tmp_path: Path
) -> None:
    people = {f"people/{file}.md": f"---\nname: {meant}\n---\n"}
    role = {"roles/z.md": f"---\ntitle: Zed\nowner: {owner}\n---\n"}
    root = write(tmp_path, {"mkdocs.yml": "plugins: [rolebook]\n"} | people | role)
    said = CliRunner().invoke(main, ["check", "--fix", "-f", f"{root}/mkdocs.yml"]).output
    assert f"no person is called '{' '.join(owner.split())}'. Did you mean '{meant}'?" in said
    assert f"owner: {owner}\n" in (root / "roles/z.md").read_text("utf-8")


LINKED = {
    "mkdocs.yml": "docs_dir: content\nplugins: [rolebook]\n",
    "roles/cook.md": "---\ntitle: Cook\nowner: ada-king\n---\n",
    "roles/ada-kink.md": "---\ntitle: C\nparent: cook\n---\n",
    "roles/warehouse-north.md": "---\ntitle: North\nparent: cook\n---\n",
    "roles/sub/driver.md": "---\ntitle: Driver\nparent: cook\n---\n",
    "people/jana-novak.md": "---\nname: Jana Novak\n---\n",
    "content/index.md": "# Home\n",
    "content/parking.md": "# Parking\n",
}
OF_LINKS = [
    ("book.md", "correct it yourself if 'cook' is meant"),
    ("cooks.md", "correct it yourself if 'cook' is meant"),
    ("warehouse-sorth.md", "correct it yourself if 'warehouse-north' is meant"),
    ("warehouse-nroth.md", "warehouse-north.md"),
    ("warehouse-noth.md", "correct it yourself if 'warehouse-north' is meant"),
    ("warehouse-nrth.md#purpose", "warehouse-north.md#purpose"),
    ("Cook.md", "cook.md"),
    ("ada-king.md", "it is somebody's name"),
    ("../people/jan-novak.md", "it may be somebody else's name"),
    ("../people/jana-novka.md", "it may be somebody else's name"),
    ("../content/packing.md", "correct it yourself if 'parking' is meant"),
    ("../content/pakring.md", "../content/parking.md"),
    ("../contnet/parking.md", "a file of this name is in another folder"),
    ("driver-2.md", ""),
    ("drivers.md", ""),
    ("driver.md", "sub/driver.md"),
    ("cok.txt", ""),
]


@pytest.mark.parametrize(("link", "said"), OF_LINKS)
def test_a_link_is_fixed_where_a_field_would_be(link: str, said: str, tmp_path: Path) -> None:
    role = "---\ntitle: Zed\nparent: cook\n---\n\n[x]({})\n"
    root = write(tmp_path, LINKED | {"roles/zed.md": role.format(link)})
    result = check(root, "--fix")
    is_fixed = ".md" in said
    assert (root / "roles/zed.md").read_text("utf-8") == role.format(said if is_fixed else link)
    if said and not is_fixed:
        assert f"not changed: roles/zed.md:6: '{link}': {said}\n" in result.output
    assert ("not changed" in result.output) == ("Did you mean" in result.output)


def test_a_link_that_is_not_written_plainly_is_left_with_the_reason(tmp_path: Path) -> None:
    role = "---\ntitle: Zed\nparent: cook\n---\n[x](warehouse-nroth\\.md)\n"
    root = write(tmp_path, LINKED | {"roles/zed.md": role})
    said = "'warehouse-nroth.md': 'warehouse-north.md' is meant, but the link is not written plainly"
    assert f"not changed: roles/zed.md:5: {said}" in check(root, "--fix").output
    quiet = "docs_dir: content\nplugins:\n  - rolebook:\n      disabled_checks: [dead-link]\n"
    write(root, {"mkdocs.yml": quiet})
    assert "not changed" not in check(root, "--fix").output
