"""What `rolebook check` finds in settings and pages is what stops a strict build, and in the same words."""

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from projects import reported, write
from sites import logged

USUAL = {
    "site_name": "site_name: Test",
    "docs_dir": "docs_dir: content",
    "theme": "theme: {name: material, font: false}",
    "plugins": "plugins: [search, tags, rolebook: {disabled_checks: [no-hours, no-deliverable]}]",
}
OURS = "rolebook: {disabled_checks: [no-hours, no-deliverable]}"
FILES = {
    "content/index.md": "# Home\n",
    "roles/boss.md": "---\ntitle: Boss\n---\n",
    "own/main.html": '{% extends "base.html" %}',
    "own/.icons/our/logo.svg": "<svg/>",
}

REFUSED_BY_MKDOCS = [
    "exclude_docs: [a]",
    "use_directory_urls: maybe",
    "dev_addr: nope",
    "extra: foo",
    "copyright: [a]",
    "copyright: 2026-02-31",
    "repo_url: https://example.org/x\nedit_uri_template: '{nope}'",
    "extra_javascript: [{path: a.js, foo: 1}]",
    "site_url: http://[x",
    "site_name:",
    "site_name: !ENV THIS_IS_SET_NOWHERE",
    "site_name: !unknown x",
    "site_dir: content",
    "site_dir: .",
    "docs_dir: gone",
    "theme: mkdocs",
    "theme: 5",
    "theme: {name: material, custom_dir: }",
    f"plugins: [5, {OURS}]",
    f"plugins: [admonition, {OURS}]",
    f"plugins: [search: {{separator: 5}}, {OURS}]",
    f"plugins: [search: {{nope: 5}}, {OURS}]",
    f"plugins: [search: {{lang: [5]}}, {OURS}]",
    f"plugins: [tags: {{tags_allowed: 5}}, {OURS}]",
    f"theme: mkdocs\nplugins: [search: {{min_search_length: a}}, {OURS}]",
    "markdown_extensions: [{toc: {permalinc: true}}]",
    "markdown_extensions: [{toc: {toc_depth: a}}]",
    "markdown_extensions: [{toc: 5}]",
    "markdown_extensions: [{pymdownx.emoji: {emoji_generator: !!python/name:pymdownx.emoji.nope }}]",
    "validation: {anchors: loud}",
    "nav: [5]",
    "INHERIT: gone.yml",
    "INHERIT: [gone.yml]",
    "INHERIT:",
    "INHERIT: roles",
    "site_url: 'http://[x'",
]
REFUSED_BY_US = [
    "site_dir: roles",
    'site_name: Test\ncopyright: "\\ud800"',
    "theme: {name: material, language: xx}",
    "theme: {name: material, language: [en]}",
    "theme: {name: material, features: yes}",
    "theme: {name: material, palette: [{toggle: {icon: material/nope}}]}",
    "theme: {name: material, icon: {logo: nope}}",
    "theme: {name: material, icon: {admonition: {note: nope}}}",
    "theme: {name: material, static_templates: [5]}",
    "extra: {social: [{icon: nope, link: x}]}",
    "extra: {social: 5}",
    "extra_css: [5]",
    "extra_templates: [gone.html]",
    f"plugins: [search, {OURS.replace('}', ', cache_dir: roles/x}')}]",
    f"plugins: [search, {OURS.replace('}', ', founders: [Nobody]}')}]",
]
TAKEN = [
    "site_url: ''",
    "site_author: '5'",
    "dev_addr: localhost:80",
    "theme: {name: material, font: false, language: de, features: [navigation.top], icon: {repo: }}",
    "theme: {name: material, font: false, custom_dir: own, icon: {logo: our/logo}}",
    "theme: {name: material, font: false, palette: [{toggle: {icon: material/library}}, {scheme: slate}]}",
    f"plugins: [search: {{lang: de, fields: {{title: {{boost: 2}}}}}}, tags: {{tags_allowed: [a]}}, {OURS}]",
    f"plugins: [tags: {{enabled: false}}, {OURS}]",
    f"plugins: [meta, {OURS}]",
    f"theme: mkdocs\nplugins: [search: {{min_search_length: 2}}, {OURS}]",
    "markdown_extensions: [{toc: {toc_depth: 3}}, {pymdownx.tabbed: {alternate_style: true}}]",
    "markdown_extensions: [{pymdownx.emoji: {emoji_generator: !!python/name:pymdownx.emoji.to_svg }}]",
    "extra: {social: [{icon: fontawesome/brands/github, link: https://example.org}]}",
    "site_dir: public",
]


def project(root: Path, setting: str, page: str = "# Home\n") -> Path:
    own = {line.partition(":")[0] for line in setting.split("\n")}
    lines = [line for name, line in USUAL.items() if name not in own]
    config = "\n".join([*lines, setting])
    return write(root, {**FILES, "mkdocs.yml": f"{config}\n", "content/index.md": page})


def serious(root: Path) -> list[str]:
    """What `check` finds, without its severity."""
    lines = [line.partition(": ") for line in reported(root).splitlines()]
    return [said for severity, _, said in lines if severity != "advice"]


def build_strictly(root: Path) -> None:
    """Build the site where its settings say."""
    config = load_config(str(root / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def refused(root: Path) -> list[str]:
    """What a strict build says when it stops in a sentence."""
    with logged() as lines, pytest.raises(Abort):
        build_strictly(root)
    return lines


@pytest.mark.parametrize("setting", REFUSED_BY_MKDOCS)
def test_what_mkdocs_refuses_is_found(setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THIS_IS_SET_NOWHERE", raising=False)
    root = project(tmp_path, setting)
    (line, *_) = serious(root)
    number = len((root / "mkdocs.yml").read_text(encoding="utf-8").splitlines())
    places = ("mkdocs.yml:2: ", f"mkdocs.yml:{number}: ", f"mkdocs.yml:{number - 1}: ")
    assert line.startswith(places)
    assert str(tmp_path) not in line
    assert "attribute" not in line and "argument" not in line
    with pytest.raises((Abort, ConfigurationError, ValueError, TypeError, AttributeError, OSError)):
        build_strictly(root)


@pytest.mark.parametrize("setting", REFUSED_BY_US)
def test_what_would_be_a_traceback_stops_a_build_in_the_words_of_check(setting: str, tmp_path: Path) -> None:
    root = project(tmp_path, setting)
    found = serious(root)
    assert found and all(re.match(r"mkdocs\.yml:[45]: ", line) for line in found)
    lines = refused(root)
    assert [line for line in found if not any(line in said for said in lines)] == []


@pytest.mark.parametrize("setting", TAKEN)
def test_what_mkdocs_takes_is_not_reported(setting: str, tmp_path: Path) -> None:
    root = project(tmp_path, setting, "---\nhide: [toc]\n---\n# Home\n")
    assert serious(root) == []
    build_strictly(root)


@pytest.mark.parametrize(
    ("page", "is_wrong"),
    [
        ("---\ntemplate: gone.html\n---\n", True),
        ("---\ntemplate: main.html\n---\n", False),
        ("---\ntemplate:\n---\n", True),
        ("---\nicon: nope/nope\n---\n", True),
        ("---\nicon: material/library\n---\n", False),
        ("---\nhide: 5\n---\n", True),
        ("---\nhide: toc\n---\n", False),
        ("---\nsearch: nope\n---\n", True),
        ("---\nsearch: {boost: 2}\n---\n", False),
        ("---\ntags: 5\n---\n", True),
        ("---\ntags: [{a: b}]\n---\n", True),
        ("---\ntags: [a, 5]\n---\n", False),
        ("---\ntitle: [a\n---\n", True),
        ("---\ntitle: [a, 5]\n---\n", False),
        ("Tags: a\n\n", True),
        ("Note: a\n\n", False),
    ],
)
def test_a_page_stops_a_build_in_the_words_of_check(page: str, is_wrong: bool, tmp_path: Path) -> None:
    root = project(tmp_path, "nav: [index.md, rolebook]", f"{page}# Home\n")
    found = serious(root)
    assert all(re.match(r"content/index\.md:[12]: ", line) for line in found)
    assert len(found) == is_wrong
    if is_wrong:
        assert any(found[0] in line for line in refused(root))
    else:
        build_strictly(root)


def test_a_setting_that_is_not_there_is_reported_in_the_first_line(tmp_path: Path) -> None:
    lines = [line for name, line in USUAL.items() if name != "site_name"]
    root = write(tmp_path, {**FILES, "mkdocs.yml": "\n".join(lines)})
    assert serious(root) == ["mkdocs.yml:1: there is no site_name. Write 'site_name: …'. [wrong-setting]"]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (
            "extra_css: [2026-02-31]",
            "'2026-02-31' is a day that does not exist. Correct it, or put it in quotes.",
        ),
        ("extra_css: [2026-02-28]", "'2026-02-28' is no text. Write a text, in quotes."),
    ],
)
def test_a_day_among_names_is_reported_once(setting: str, said: str, tmp_path: Path) -> None:
    (line,) = serious(project(tmp_path, setting))
    assert said in line


def test_a_wrong_option_of_an_extension_makes_no_dead_anchors(tmp_path: Path) -> None:
    page = "# Home\n\n## Part\n\n[x](#part_2) [y](gone.md)\n"
    anchors = "validation: {links: {anchors: warn}}"
    root = project(tmp_path, f"{anchors}\nmarkdown_extensions: [{{toc: {{permalinc: true}}}}]", page)
    assert [line.rpartition("[")[2] for line in serious(root)] == ["dead-link]", "wrong-setting]"]
    root = project(tmp_path, f"{anchors}\nmarkdown_extensions: [{{toc: {{permalink: true}}}}]", page)
    assert [line.rpartition("[")[2] for line in serious(root)] == ["dead-anchor]", "dead-link]"]


def test_no_code_of_others_runs_in_a_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It checks what strangers propose: a hook, an extension, a named function, a theme's template."""
    code = "from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\ndef f(*_): f.ran = 1\n"
    setting = (
        "hooks: [evil.py]\ntheme: {name: material, custom_dir: own}\n"
        "markdown_extensions: [evil, {toc: {slugify: !!python/name:evil.f }}, "
        "{pymdownx.emoji: {emoji_index: !!python/object/apply:evil.f [] }}]\n"
        f"plugins: [tags: {{tags_slugify: !!python/name:evil.f }}, evil: {{a: b}}, {OURS}]"
    )
    root = project(tmp_path, setting)
    write(
        root,
        {"evil.py": code, "own/main.html": "{{ evil() }}", "own/mkdocs_theme.yml": "static_templates: 5"},
    )
    monkeypatch.syspath_prepend(str(root))
    assert serious(root) == []
    assert not (root / "evil.ran").exists()


def test_what_an_environment_holds_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "hunter2")
    root = project(tmp_path, "dev_addr: !ENV A_SECRET")
    (line,) = serious(root)
    assert "dev_addr" in line and "hunter2" not in line
