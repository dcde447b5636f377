"""Whoever follows what is said of `mkdocs.yml` to the letter ends with what they meant."""

from pathlib import Path

import pytest

from literal_reader import follow
from projects import write
from rolebook import checks
from rolebook.cli.site_check import checked_settings
from rolebook.handbook import open_handbook
from rolebook.problems import Problem, Severity
from rolebook.site_config import find_project

CONFIG = """\
site_name: Shop
site_url: https://shop.example
repo_url: https://github.com/me/x
docs_dir: content
theme:
  name: "material"
  palette:
    primary: indigo
    accent: deep purple
nav:
  - Overview: index.md
  - rolebook
plugins:
  - search
  - rolebook:
      disabled_checks: [no-hours, no-deliverable]
"""
FILES = {
    "roles/boss.md": "---\ntitle: Boss\nowner: tom\n---\n",
    "people/tom.md": "---\nname: Tom\n---\n",
    "people/ann.md": "---\nname: Ann Lee\nweekly_capacity: 1\n---\n",
    "content/index.md": "# Shop\n",
    "content/contact.md": "# Contact\n",
}


def said(config: str, tmp_path: Path) -> list[Problem]:
    """What is said of the settings, the first thing first."""
    root = write(tmp_path, {**FILES, "mkdocs.yml": config})
    project, wrong = find_project(root / "mkdocs.yml", checks.CODES)
    if project is None or wrong:
        return list(wrong)
    handbook = open_handbook(project).with_dead_links(checked_settings(root / "mkdocs.yml"))
    of_settings = [each for each in handbook.problems if each.path == "mkdocs.yml"]
    return [each for each in of_settings if each.rule.severity is not Severity.ADVICE]


def changed(before: str, after: str) -> str:
    assert before in CONFIG
    return CONFIG.replace(before, after, 1)


def test_the_settings_are_right(tmp_path: Path) -> None:
    assert said(CONFIG, tmp_path) == []


LINES = {
    "a quote that is not closed": ("site_name: Shop", 'site_name: "Shop', 'site_name: "Shop"', 1),
    "an entry without a dash": ("  - Overview:", "  Overview:", "  - Overview:", 11),
    "the last entry without a dash": (
        "  - rolebook\n",
        "  - rolebook\n  Contact: contact.md\n",
        "  - rolebook\n  - Contact: contact.md\n",
        13,
    ),
    "an option of ours beside its entry": (
        "      disabled_checks",
        "      history: no\n  language: en\n#",
        "      history: no\n      language: en\n#",
        17,
    ),
    "an address without its beginning": ("https://shop.example", "www.shop.com", "https://www.shop.com", 2),
    "an address with half of it": ("https://shop.example", "//shop.com", "https://shop.com", 2),
    "a repository": ("https://github.com/me/x", "github.com/me/x", "https://github.com/me/x", 3),
    "a dash without a space": ("  - search", "  -search", "  - search", 14),
    "a wide colon": ("docs_dir: content", "docs_dir\uff1a content", "docs_dir: content", 4),
    "the entry of ours with a colon": ("  - rolebook\n", "  - rolebook:\n", "  - rolebook\n", 12),
    "a part of the palette": ("primary: indigo", "color: indigo", "primary: indigo", 8),
}


@pytest.mark.parametrize("case", LINES)
def test_a_line_is_right_when_its_remedy_is_followed(case: str, tmp_path: Path) -> None:
    right, wrong, written, line = LINES[case]
    broken = changed(right, wrong)
    first, *_ = said(broken, tmp_path)
    assert first.line == line, first
    mended = follow(broken, first)
    assert mended == changed(right, written)
    assert said(mended, tmp_path) == []


LISTS = {
    "disabled_checks: no-hours, no-deliverable": 16,
    "founders: Tom, Ann Lee": 16,
    "static_charts: role, person": 16,
    "public_pages: index.md, contact.md": 16,
}


@pytest.mark.parametrize("option", LISTS)
def test_a_list_without_brackets_is_shown_with_them(option: str, tmp_path: Path) -> None:
    broken = changed("disabled_checks: [no-hours, no-deliverable]", option)
    first, *_ = said(broken, tmp_path)
    value = option.partition(": ")[2]
    assert (first.line, first.hint) == (LISTS[option], f"Write [{value}]")
    assert said(broken.replace(value, f"[{value}]"), tmp_path) == []


def test_a_code_that_no_check_has_is_answered_in_a_line(tmp_path: Path) -> None:
    broken = changed("[no-hours, no-deliverable]", "\n        - no-hours\n        - everything")
    (only,) = said(broken, tmp_path)
    assert (only.line, only.message) == (18, "there is no check 'everything'")
    assert len(str(only)) < 160


@pytest.mark.parametrize("entry", ["      audience: public", "      - audience: public"])
def test_options_below_the_entry_of_the_navigation_are_known(entry: str, tmp_path: Path) -> None:
    (only,) = said(changed("  - rolebook\n", f"  - rolebook:\n{entry}\n"), tmp_path)
    assert only.line == 12
    assert only.message == "'audience' is an option of the plugin, and this is the navigation"
    assert "under plugins" in only.hint


@pytest.mark.parametrize("colour", ["navy", '"#ff0000"', "#ff0000", "rebeccapurple"])
@pytest.mark.parametrize("name", ["primary", "accent"])
def test_a_colour_that_changes_nothing_is_reported(name: str, colour: str, tmp_path: Path) -> None:
    before = "primary: indigo" if name == "primary" else "accent: deep purple"
    (only,) = said(changed(before, f"{name}: {colour}"), tmp_path)
    assert only.rule.severity is Severity.WARNING
    assert only.hint == "Write a colour of Material's, such as indigo, teal or deep purple"


@pytest.mark.parametrize("colour", ["custom", "blue grey", "Teal", "black", "deep-orange"])
def test_a_colour_of_material_is_none_to_report(colour: str, tmp_path: Path) -> None:
    assert said(changed("primary: indigo", f"primary: {colour}"), tmp_path) == []


def test_a_colour_of_the_sites_own_styles_is_none_to_report(tmp_path: Path) -> None:
    write(tmp_path, {"content/own.css": '[data-md-color-primary="navy"] { --md-primary-fg-color: navy }'})
    config = changed("primary: indigo", "primary: navy").replace("nav:\n", "extra_css: [own.css]\nnav:\n", 1)
    assert said(config, tmp_path) == []


def test_a_section_that_is_called_as_the_plugin_is_a_section(tmp_path: Path) -> None:
    config = changed("  - rolebook\n", "  - rolebook:\n      - rolebook\n      - Contact: contact.md\n")
    assert said(config, tmp_path) == []


def test_a_list_as_far_in_as_its_name_hides_no_slip_below_it(tmp_path: Path) -> None:
    config = changed("  - rolebook\n", "  - rolebook\n").replace(
        "disabled_checks: [no-hours, no-deliverable]",
        "disabled_checks:\n      - no-hours\n      - no-deliverable\n      search: auto\n      first_charts",
    )
    first, *_ = said(config, tmp_path)
    assert first.line == 20 and "'- '" not in first.message


def test_two_palettes_are_right(tmp_path: Path) -> None:
    palettes = (
        "  palette:\n    - media: '(prefers-color-scheme)'\n      scheme: default\n      primary: blue grey\n"
        "      toggle:\n        icon: material/brightness-7\n        name: Dark\n"
    )
    config = changed("  palette:\n    primary: indigo\n    accent: deep purple\n", palettes)
    assert said(config, tmp_path) == []
