"""What is read of mkdocs.yml without MkDocs: folders, options, extensions, navigation."""

from pathlib import Path

import pytest

from projects import write
from rolebook import checks, problems
from rolebook.options import Options
from rolebook.project import Project
from rolebook.site_config import find_project, plain_settings, site_settings

CONFIG = """\
INHERIT: base.yml
site_name: Ours
docs_dir: content/
plugins:
  - search
  - rolebook: {people_dir: team}
markdown_extensions:
  - tables
  - pymdownx.tasklist: {custom_checkbox: true, clickable_checkbox: false}
  - toc:
      permalink: true
      slugify: !!python/name:pymdownx.slugs.uslugify
  - attr_list:
nav: [{Start: index.md}, {More: [a.md, {Here: b.md}]}]
"""


def test_a_project_is_what_its_files_say(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": CONFIG, "base.yml": "site_url: https://book.example/\nsite_name: Base\n"})
    project, found = find_project(tmp_path / "mkdocs.yml", checks.CODES)
    assert project is not None, problems.as_text(found)
    assert not found
    assert (project.name, project.docs_dir, project.url) == ("Ours", "content", "https://book.example/")
    assert project.options == Options(people_dir="team")
    assert project.business_path == "content/business-model.md"
    assert not project.has_password and project.tree is None and not project.is_public
    configs = dict(project.markdown.configs)
    assert dict(configs["pymdownx.tasklist"]) == {"custom_checkbox": True, "clickable_checkbox": False}
    assert {"tables", "attr_list"} <= set(project.markdown.extensions)
    nav = plain_settings(tmp_path / "mkdocs.yml")["nav"]
    assert nav == [{"Start": "index.md"}, {"More": ["a.md", {"Here": "b.md"}]}]


def test_settings_that_are_not_understood_are_reported_and_nothing_is_made_of_them(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "site_name: [\n"})
    project, found = find_project(tmp_path / "mkdocs.yml", checks.CODES)
    assert project is None
    assert "mkdocs.yml" in problems.as_text(found)
    assert plain_settings(tmp_path / "mkdocs.yml")["nav"] is None


@pytest.mark.parametrize(("text", "said"), [("site_name: [\n", 1), ("", 0), ("- a\n", 0)])
def test_settings_that_are_no_group_say_nothing_of_the_site(text: str, said: int, tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": text})
    settings = site_settings(tmp_path / "mkdocs.yml")
    assert (settings.nav, settings.structure, settings.others_may_add) == ((), None, False)
    assert len(settings.problems) == said


@pytest.mark.parametrize(
    ("docs_dir", "path", "reached"),
    [
        ("content", "content/a/b.md", "a/b.md"),
        ("content", "roles/a.md", "../roles/a.md"),
        ("content", "contents/a.md", "../contents/a.md"),
        ("deep/docs", "roles/a.md", "../../roles/a.md"),
        ("deep/docs", "deep/docs/a.md", "a.md"),
        ("deep/docs", "deep/a.md", "../../deep/a.md"),
    ],
)
def test_a_file_is_reached_from_the_hand_written_pages(docs_dir: str, path: str, reached: str) -> None:
    assert Project(Path("/x"), docs_dir, "Us", Options()).from_docs_dir(path) == reached


@pytest.mark.parametrize(
    ("plugins", "said"),
    [
        (
            "  - tags\n  - rolebook:\n  history: yes\n",
            "4: this line is not below 'rolebook'. Begin it with four",
        ),
        ("  - tags\n  -rolebook\nextra: {}\n", "3: there is no space after '-'. Write '- rolebook'"),
    ],
)
def test_slips_in_a_list_of_plugins_are_named(plugins: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"plugins:\n{plugins}", encoding="utf-8")
    _, (problem, *_) = find_project(tmp_path / "mkdocs.yml", frozenset())
    assert str(problem).startswith(f"mkdocs.yml:{said}")
