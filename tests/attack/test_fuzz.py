"""Arbitrary bytes and twisted role files through reading, checking and building: only problems come out.

The same few seconds' worth each time; `make fuzz` (`--long`) tries others for minutes.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mkdocs.exceptions import Abort, ConfigurationError

from hostile import bodies, every_field, labels, page
from projects import MKDOCS_YML, opened, write
from rolebook import front_matter, problems
from rolebook.problems import Problem
from rolebook.schema.records import RoleFields
from rolebook.spreadsheet.columns import parse_map
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.files import parse_table
from rolebook.spreadsheet.rows import import_tables
from rolebook.spreadsheet.table import Table
from sites import HOME, SAMPLE, build_site

pytestmark = pytest.mark.fuzz

SEEDS = [file.read_bytes() for file in sorted((SAMPLE / "roles").rglob("*.md"))]
PIECES = [
    b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b"\xc3", b"\r\n", b"\r", b"\t", b"---\n",
    b"\n---", b"...", b"title: x\n", b"parent: ppc\n", b"parent: a\n", b"owner: [\n", b"owner: {\n",
    b"'", b'"', b"|\n", b">-\n", b"? ", b": ", b"- ", b"&a ", b"*a",
    b"!!python/object/apply:os.system [x]", b"!!binary x", b"!!set {a}", b"!x ", b"<<: *a\n",
    b"%YAML 1.3\n", b"# c\n", b"a: &a [*a]\n", b"2027-02-30", b"012", b"0o17", b"0x1f", b"1:30",
    b"1_000", b".nan", b".inf", b"1e400", b"-0", b"~", b"null", b"yes", b"no", b"on", "\u202e".encode(),
    "\u200b".encode(), "e\u0301".encode(), "é".encode(), "👩‍💻".encode(), "עברית".encode(),
    "\u2028".encode(), "\ufffe".encode(), b"[" * 30, b"{a: " * 30, b"- " * 30, b"    " * 60, b"> " * 60,
    b"<!--", b"<script>", b"```\n", b"~~~\n", b"## Purpose\n", b"\n## x\n" * 20,
    b"weekly_hours: {min: 9, max: 1}\n", b"weekly_hours: 1e9\n", b"x" * 3000, b"deliverable:\n  - \n",
]  # fmt: skip


def twisted(data: bytes, dice: random.Random) -> bytes:
    """`data` with a few things wrong that happen to files, or that somebody does to them."""
    for _ in range(dice.randint(1, 5)):
        at, end = sorted((dice.randint(0, len(data)), dice.randint(0, len(data))))
        lines = data.split(b"\n")
        match dice.randint(0, 7):
            case 0:
                data = data[:at] + data[end:]
            case 1:
                data = data[:end] + data[at:]
            case 2:
                data = data[:at] + dice.choice(PIECES) + data[at:]
            case 3:
                data = data[:at] + dice.randbytes(dice.randint(1, 4)) + data[at + 1 :]
            case 4:
                dice.shuffle(lines)
                data = b"\n".join(lines)
            case 5:
                data = b"\n".join(dice.choice(lines) if dice.random() < 0.1 else line for line in lines)
            case 6:
                data = data.replace(b": ", b": " + dice.choice(PIECES), dice.randint(1, 3))
            case _:
                data = data.replace(b"\n", dice.choice([b"\r\n", b"\r", b"\n\n", b"\n ", b"\n\t"]))
    return data


def enough(long: bool, few: int, many: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(
        max_examples=many if long else few,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        database=None,
    )


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return write(tmp_path / "project", {"mkdocs.yml": MKDOCS_YML, "roles/a.md": "---\ntitle: A\n---\n"})


def as_told(root: Path) -> None:
    """Reads and checks the project, and tells of it in all forms."""
    found = opened(root).problems
    for form in (problems.as_text, problems.as_json, problems.as_github):
        lines = [line.removeprefix("::") for line in form(found).split("\n")]  # GitHub's own command
        assert all(problems.printable(line) == line for line in lines)


def test_bytes(sample: Path, long: bool) -> None:
    @enough(long, 60, 20_000)
    @given(st.binary(max_size=400), st.sampled_from([b"", b"---\ntitle: ", b"---\n", b"\xef\xbb\xbf---\n"]))
    def run(data: bytes, before: bytes) -> None:
        (sample / "roles/x.md").write_bytes(before + data)
        as_told(sample)

    run()


def test_front_matter_of_any_characters(sample: Path, long: bool) -> None:
    @enough(long, 60, 20_000)
    @given(st.dictionaries(st.sampled_from([*every_field(RoleFields, "")]), st.text(max_size=60), max_size=6))
    def run(fields: dict[str, str]) -> None:
        (sample / "roles/x.md").write_bytes(page(fields).encode(errors="replace"))
        as_told(sample)

    run()


def test_twisted_role_files(sample: Path, long: bool) -> None:
    dice = random.Random(None if long else 8)
    for _ in range(20_000 if long else 150):
        seed = dice.randrange(2**32)
        data = twisted(random.Random(seed).choice(SEEDS), random.Random(seed))
        (sample / "roles/x.md").write_bytes(data)
        try:
            as_told(sample)
        except Exception as error:
            pytest.fail(f"twisted with {seed}: {error!r} for {data!r}")


EXTREMES = {
    "a-million-characters": "title: " + "x" * 990_000,
    "a-hundred-thousand-keys": "\n".join(f"k{at}: 1" for at in range(100_000)),
    "aliases": "a0: &a0 [x]\n" + "\n".join(f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]" for at in range(1, 40)),
    "deep-brackets": "title: " + "[" * 100_000,
    "deep-braces": "title: " + "{a: " * 50_000,
    "deep-dashes": "title:\n  " + "- " * 100_000,
    "deep-questions": "? " * 100_000,
    "deep-indentation": "\n".join(" " * at + "a:" for at in range(1000)),
    "python": "title: !!python/object/apply:os.system ['exit 1']",
    "merge": "<<: {title: x}\ntitle: y",
    "many-anchors": "\n".join(f"k{at}: &a{at} x" for at in range(5000)),
    "tags": "!!map {!!str title: !!int x}",
    "two-documents": "title: x\n--- y\ntitle: z",
    "directive": "%TAG ! tag:x,2000:\n--- x",
    "null-key": "? \n: x\n~: y\n[a]: z\n{b: c}: d",
}  # fmt: skip


@pytest.mark.parametrize("extreme", EXTREMES)
def test_extreme_front_matter(extreme: str, sample: Path) -> None:
    (sample / "roles/x.md").write_text(f"---\n{EXTREMES[extreme]}\n---\n", encoding="utf-8")
    as_told(sample)


@pytest.mark.parametrize(
    "name",
    ["index", "con", "README", "..", "a..b", "nul.x", "A", "e\u0301", "é", "x" * 200, "-", "%2e", "a b", "#"],
)
def test_names_of_files(name: str, sample: Path) -> None:
    (sample / f"roles/{name}.md").write_text("---\ntitle: X\nparent: a\n---\n", encoding="utf-8")
    (sample / "roles/é.md").write_text("---\ntitle: É\nparent: a\n---\n", encoding="utf-8")
    as_told(sample)


def built(root: Path) -> None:
    try:
        build_site(root)
    except Abort:
        pass
    except ConfigurationError as error:
        pytest.fail(str(error))


def test_builds_of_what_passes_the_check(tmp_path: Path, long: bool) -> None:
    """Twisted bodies and labels, many in one site: what is read can be built."""
    dice = random.Random(None if long else 8)
    for _ in range(60 if long else 1):
        seed = dice.randrange(2**32)
        own = random.Random(seed)
        files = {"roles/a.md": "---\ntitle: A\n---\n"}
        for at in range(40):
            body = own.choice(SEEDS).decode().split("---\n", 2)[2] + own.choice(bodies())
            front = every_field(RoleFields, own.choice(labels(400)))
            text = page(front | {"parent": "a"}, twisted(body.encode(), own).decode(errors="replace"))
            if isinstance(front_matter.split("x.md", text), front_matter.MarkdownFile):
                files[f"roles/x{at}.md"] = text
        (tmp_path / "seed").write_text(str(seed), encoding="utf-8")
        built(write(tmp_path / f"site-{seed}", HOME | {"mkdocs.yml": SITE} | files))


SITE = HOME["mkdocs.yml"].replace(
    "rolebook]", "rolebook: {disabled_checks: [missing-title, missing-field]}]"
) + (
    "markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, "
    "pymdownx.details, pymdownx.superfences, pymdownx.tasklist]\n"
)


def test_tables(long: bool) -> None:
    """Arbitrary bytes and twisted tables through the import."""
    mapped = parse_map(
        ["title=Seat", "parent=Reports to", "owner=Who", "weekly_hours=Hours", "fte=FTE", "id=Id"]
    )
    conventions = Conventions(frozenset(), frozenset(), frozenset(), frozenset(), 40)  # type: ignore[arg-type]
    rows = "".join(f"{at},Role {at},{at // 2},Ada,{at}.5,0.{at}\n" for at in range(12))
    table = f"Id,Seat,Reports to,Who,Hours,FTE\n{rows}".encode()
    dice = random.Random(None if long else 8)
    for _ in range(20_000 if long else 150):
        seed = dice.randrange(2**32)
        own = random.Random(seed)
        data = own.randbytes(own.randint(0, 300)) if seed % 5 == 0 else twisted(table, own)
        try:
            parsed = parse_table("x.csv", data)
            if isinstance(parsed, Table):
                imported = import_tables([parsed], mapped, conventions)
                if not isinstance(imported, Problem):
                    for name, text in imported.files.items():
                        assert re.fullmatch(r"[^/\0]+\.md", name)
                        assert isinstance(front_matter.split(name, text), front_matter.MarkdownFile)
        except Exception as error:
            pytest.fail(f"twisted with {seed}: {error!r} for {data!r}")
