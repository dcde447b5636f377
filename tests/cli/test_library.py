"""`rolebook library`: what it lists, finds and prints."""

import re

import pytest
from click.testing import CliRunner, Result

from rolebook.cli import main
from rolebook.library.role import library_role, role_ids


def library(*words: str) -> Result:
    result = CliRunner().invoke(main, ["library", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_all_roles_are_listed_below_their_functions() -> None:
    result = library()
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:4] == [
        "At the top",
        "  managing-director          3–6\N{NO-BREAK SPACE}h  Managing director",
        "  chair                      2–4\N{NO-BREAK SPACE}h  Chair",
        "",
    ]
    headings = [line for line in lines[:-1] if line and not line.startswith(" ")]
    assert headings[1:] == sorted(headings[1:]) and len(headings) == 14
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert sorted(listed) == [*role_ids()]
    at = lines.index("Marketing")
    functions = [line.split()[0] for line in lines[at + 1 : at + 4]]
    assert functions == ["marketing", "affiliate-programme", "e-zine"]
    assert lines[-2] == "" and lines[-1].startswith(f"{len(role_ids())} roles. To read one: rolebook library")


def test_roles_with_words_are_listed_with_their_purposes() -> None:
    result = library("PPC", "google")
    assert result.exit_code == 0
    role = library_role("paid-search")
    assert role
    assert result.output == (
        "Marketing\n"
        "  paid-search    5–10\N{NO-BREAK SPACE}h  Paid search\n"
        f"                         {role.file.fields.purpose}\n"
        "\n1 role. To read one: rolebook library --show ID. To take it over: rolebook new --like ID\n"
    )


def test_words_that_no_role_has_are_reported() -> None:
    result = library("ppc", "\x1b[31mzebra")
    assert result.exit_code == 1
    assert re.fullmatch(r"No role of the library has 'ppc .*zebra'. Try fewer words.\n", result.output)
    assert "\x1b" not in result.output


@pytest.mark.parametrize("name", ["paid-search", "paid search", "Paid search"])
def test_a_role_is_printed_as_its_file(name: str) -> None:
    result = library("--show", name)
    role = library_role("paid-search")
    assert role and (result.exit_code, result.output) == (0, role.text)


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("ppc", "It has paid-search."),
        ("payed search", "Did you mean 'Paid search'?"),
        ("advertising", "It has marketplace-listings, paid-search, paid-social."),
        ("zebra", "To list them: rolebook library"),
    ],
)
def test_a_role_that_is_not_there_is_not_printed(name: str, instead: str) -> None:
    result = library("--show", name)
    assert result.exit_code == 2
    assert (result.stdout, result.stderr) == ("", f"There is no role '{name}' in the library. {instead}\n")
