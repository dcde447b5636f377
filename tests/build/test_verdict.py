"""`rolebook check` passes exactly when a strict build does, whatever the settings say of links and files."""

import json
import logging
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import get_files

from linked import BASE, FORMS, LINKS, PLACES
from projects import opened, reported, write
from rolebook.pages.docs_dir import docs_dir
from rolebook.problems import Severity
from rolebook.site_config import SETTINGS, find_project, site_settings
from sites import build_site, refused_build

LEVELS = ("warn", "info", "ignore")
PATTERNS = (
    *("deep/", "*.md", "!index.md", "/index.md", "deep/page.md", "deep/*", "**/page.md", "roles/"),
    *("people/*", "README.md", "pic.png", "*.png", ".*", "!.hidden", "templates", "!/templates/"),
    *("index.*", "# none", "", "a[b.md", "jobs", "notes.markdown"),
)
MORE = (
    *("content/README.md", "content/deep/README.md", "content/deep/index.md", "content/.hidden/x.md"),
    *("content/templates/t.md", "content/notes.markdown", "content/index.html", "content/roles/index.md"),
    *("content/people/ann.md", "content/jobs/boss.md", "content/deep/page.html"),
    "content/deep/page/index.md",
)
ENTRIES = (
    *("index.md", "deep/page.md", "./deep/page.md", "deep/../index.md", "index.md#x", "gone.md"),
    *("/index.md", "/gone.md", "pic.png", "README.md", "roles/boss.md", "jobs/x.md", "people/gone.md"),
    *("notes.markdown", ".hidden/x.md", "rolebook", "rolebook:people", "rolebook:rolls"),
    *("https://example.org/", "mailto:a@b.c", "deep/", "templates/t.md", "deep/index.md"),
)
patterns = st.lists(st.sampled_from(PATTERNS), max_size=3).map("\n".join)
LINKED = (
    *LINKS,
    *("{}content/.hidden/x.md#y", "{}content/templates/t.md", "{}content/README.md", "{}content/deep"),
    *("{}content/notes.markdown#no", "/index.md", "/gone.md#x", "/gone", "/deep/page.md#own"),
    "/deep/page.md#n",
)


@st.composite
def configs(draw: st.DrawFn) -> dict[str, object]:
    """Settings of a site that decide what MkDocs warns of."""
    level, absolute = st.sampled_from(LEVELS), st.sampled_from((*LEVELS, "relative_to_docs"))
    links = {"not_found": level, "absolute_links": absolute, "unrecognized_links": level, "anchors": level}
    nav = {"omitted_files": level, "not_found": level, "absolute_links": absolute}
    both = {name: value for name, value in (links | nav).items() if name != "not_found"}
    some = {
        "validation": st.fixed_dictionaries(
            {},
            optional={
                "links": st.fixed_dictionaries({}, optional=links),
                "nav": st.fixed_dictionaries({}, optional=nav),
                **both,
            },
        ),
        "exclude_docs": patterns,
        "draft_docs": patterns,
        "not_in_nav": patterns,
        "use_directory_urls": st.booleans(),
        "site_nmae": st.just("x"),
        "nav": st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=5, unique=True),
    }
    return draw(st.fixed_dictionaries({}, optional=some))


CONFIG: dict[str, object] = {
    "site_name": "Test",
    "docs_dir": "content",
    "theme": {"name": "mkdocs"},
    "markdown_extensions": ["attr_list", "footnotes"],
    "plugins": [{"rolebook": {"disabled_checks": ["no-hours", "no-deliverable"]}}],
}
PUBLIC: dict[str, object] = {
    "plugins": [
        {
            "rolebook": {
                "audience": "public",
                "public_pages": ["index.md", "deep/*"],
                "disabled_checks": ["no-hours", "no-deliverable"],
            }
        }
    ]
}
written = st.lists(
    st.tuples(st.sampled_from([*PLACES, *MORE[:4]]), st.sampled_from(FORMS), st.sampled_from(LINKED)),
    max_size=3,
    unique=True,
)


def project(
    root: Path, config: dict[str, object], more: list[str], links: list[tuple[str, str, str]]
) -> Path:
    files = dict(BASE) | {path: f"# {path}\n\n## Some Part\n" for path in more}
    for place, form, link in links:
        if place in files:
            up = PLACES.get(place, "../" * place.count("/"))
            files[place] = f"{files[place]}\n\n{form.format(link.format(up))}\n"
    return write(root, files | {"mkdocs.yml": json.dumps(CONFIG | config)})


def passes(root: Path) -> bool:
    """Whether `check` does."""
    handbook = opened(root).with_dead_links(site_settings(root / "mkdocs.yml"))
    return all(each.rule.severity is Severity.ADVICE for each in handbook.problems)


def builds(root: Path) -> tuple[bool, list[str]]:
    """Whether a strict build goes through, and what is said meanwhile."""
    lines: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Lines(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        build_site(root, strict=True)
    except (Abort, UnicodeDecodeError):
        return False, lines
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    return True, lines


def test_check_passes_exactly_when_a_strict_build_does(
    tmp_path_factory: pytest.TempPathFactory, long: bool
) -> None:
    verdicts = set[bool]()

    @settings(max_examples=200 if long else 12, suppress_health_check=list(HealthCheck))
    @given(configs(), st.booleans(), st.lists(st.sampled_from(MORE), max_size=4, unique=True), written)
    def agree(
        config: dict[str, object], public: bool, more: list[str], links: list[tuple[str, str, str]]
    ) -> None:
        config = config | (PUBLIC if public else {})
        root = project(tmp_path_factory.mktemp("verdict"), config, more, links)
        passed, (built, lines) = passes(root), builds(root)
        assert passed == built, lines
        verdicts.add(built)

    agree()
    assert verdicts == {False, True}


@given(configs(), st.lists(st.sampled_from(MORE), max_size=len(MORE), unique=True))
@settings(max_examples=60)
def test_files_of_the_site_are_those_that_mkdocs_takes(
    tmp_path_factory: pytest.TempPathFactory, config: dict[str, object], more: list[str]
) -> None:
    root = project(tmp_path_factory.mktemp("documents"), config, more, [])
    site = load_config(str(root / "mkdocs.yml"))
    files = list(get_files(site))
    found, _ = find_project(root / "mkdocs.yml", frozenset({"no-hours", "no-deliverable"}))
    assert found is not None
    ours = docs_dir(found, site_settings(root / "mkdocs.yml"))
    pages = [file for file in files if file.is_documentation_page() and file.inclusion.is_included()]
    assert set(ours.known) == {file.src_uri for file in files}
    assert set(ours.pages) == {file.src_uri for file in pages}
    assert set(ours.expected) == {file.src_uri for file in pages if file.inclusion.is_in_nav()}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("# Caf\xe9\n".encode("latin-1"), "error: content/deep/page.md:1: "),
        (b"x" * 150_000 + b"\n[x](gone.md)\n", "warning: content/deep/page.md:2: "),
    ],
    ids=["encoding", "long"],
)
def test_pages_that_stop_a_build_are_reported(page: bytes, said: str, tmp_path: Path) -> None:
    root = project(tmp_path, {}, [], [])
    (root / "content/deep/page.md").write_bytes(page)
    assert reported(root).startswith(said)
    assert reported(root).count("\n") == 1
    assert not builds(root)[0]


@pytest.mark.parametrize("public", [False, True])
def test_a_page_in_another_encoding_stops_a_build_with_its_line(public: bool, tmp_path: Path) -> None:
    root = project(tmp_path, PUBLIC if public else {}, [], [])
    (root / "content/deep/page.md").write_bytes("# Page\n\nCaf\xe9\n".encode("latin-1"))
    said = "content/deep/page.md:3: "
    assert reported(root).startswith(f"error: {said}")
    assert any(said in line for line in refused_build(root))


def test_a_page_that_is_not_published_stops_no_build(tmp_path: Path) -> None:
    root = project(tmp_path, PUBLIC, [], [])
    (root / "content/inside.md").write_bytes("# Caf\xe9 [x](gone.md)\n".encode("latin-1"))
    assert reported(root) == ""
    build_site(root, strict=True)


def test_what_the_public_edition_warns_of_is_found(tmp_path: Path) -> None:
    links = [
        ("content/index.md", "[t]({})", each)
        for each in (
            "#here",
            "{}content/deep/page.md#no",
            "{}roles/team/x.md#no",
            "{}content/gone.md",
            "/gone.md",
        )
    ]
    config = PUBLIC | {"validation": {"links": {"anchors": "warn", "absolute_links": "warn"}}}
    config |= {"nav": ["index.md", "gone.md", "rolebook:rolls"]}
    root = project(tmp_path, config, ["content/README.md"], links)
    found = [re.findall(r"^\w+: (\S+): .* \[([a-z-]+)\]$", line) for line in reported(root).splitlines()]
    anchors = [[(f"content/index.md:{line}", "dead-anchor")] for line in (6, 9, 12)]
    same, nav = [("content/README.md", "same-address")], [("mkdocs.yml:1", "dead-nav")]
    assert sorted(found) == sorted([same, *anchors, nav])
    assert not builds(root)[0]


@pytest.mark.parametrize(
    ("more", "passed"),
    [
        (["deep.md", "deep/index.md"], False),
        (["a.md", "a/index.md"], False),
        (["a.md", "a/README.md"], False),
        (["a/index.html", "a.md"], False),
        (["a.md", "a/b.md"], True),
        (["people.md"], False),
        (["people/README.md"], False),
        (["people/index.md"], True),
        (["people/x.md"], True),
        (["roles/boss/index.md"], False),
        (["roles/boss.md"], True),
    ],
)
def test_pages_of_one_address_are_reported_and_refused(more: list[str], passed: bool, tmp_path: Path) -> None:
    root = project(tmp_path, {}, [f"content/{each}" for each in more], [])
    assert (passes(root), builds(root)[0]) == (passed, passed)
    without = project(tmp_path / "flat", {"use_directory_urls": False}, [f"content/{more[0]}"], [])
    assert passes(without) == builds(without)[0]


def test_the_settings_that_mkdocs_knows_are_those_of_mkdocs() -> None:
    refused = {"config_file_path", "google_analytics", "pages"}
    assert {name for name, _ in MkDocsConfig._schema} - refused == SETTINGS - {"INHERIT"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            "risk: {type: choice, choices: [yes, no]}",
            "'yes' in rolebook.fields.roles.risk is no text to YAML",
        ),
        ("a: text, a: date", "'a' appears twice"),
        ("a: {type: text, label: 012}", "'012' in rolebook.fields.roles.a is no text to YAML"),
    ],
)
def test_what_a_check_refuses_in_the_file_no_build_takes(tmp_path: Path, fields: str, said: str) -> None:
    """MkDocs reads it otherwise, and has nothing to say."""
    text = f"site_name: T\ndocs_dir: content\nplugins: [rolebook: {{fields: {{roles: {{{fields}}}}}}}]\n"
    files = {"mkdocs.yml": text, "content/index.md": "# Home\n", "roles/a.md": "---\ntitle: A\n---\n"}
    root = write(tmp_path, files)
    assert said in reported(root)
    assert any(said in line for line in refused_build(root))
