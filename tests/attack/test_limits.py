"""The limits that the guide states are those that hold."""

import multiprocessing
import re
import resource
import sys
import tempfile
from pathlib import Path

import pytest

from projects import reported, write
from rolebook import files, front_matter, organisation
from rolebook.body import ANY_SITE, cleaning, limits, lines
from rolebook.charts import mermaid, reporting
from rolebook.cli import tables
from rolebook.pages import navigation, paging
from rolebook.schema import kinds
from rolebook.spreadsheet import sheets, table
from rolebook.spreadsheet.workbook import MAX_UNPACKED
from rolebook.views import profiles
from rolebook.visibility import sections

PATIENCE = 60
"""Seconds; the work takes less than one."""
GUIDE = (Path(__file__).parents[2] / "content/guide/safety.md").read_text(encoding="utf-8")
LIMITS = {
    "Size of a role, person or business model file": f"{files.MAX_BYTES // 1000:,} kB",
    "Lists and quotes inside each other in a text": f"{limits.MAX_BODY_NESTING} deep",
    "Lines of a text": f"{limits.MAX_LINES:,}",
    "Characters of a text that mean something in Markdown, such as `*`": f"{limits.MAX_MARKS:,}",
    "Cells of a text's tables": f"{limits.MAX_CELLS:,}",
    "Signs of lists and quotes at the beginnings of a text's lines": f"{limits.MAX_MARKERS:,}",
    "Abbreviations that a text explains": f"{limits.MAX_ABBREVIATIONS}",
    "Lines of a text that begin with `///`": f"{limits.MAX_BLOCKS}",
    "Tables of contents (`[TOC]`) in a text": f"{limits.MAX_CONTENTS}",
    "Marks on one letter of a text, such as accents": f"{limits.MAX_ACCENTS}",
    "Spaces in a row in a text": f"{limits.MAX_BLANKS:,}",
    "Of the characters `[` and `<` in a paragraph, times its length": f"{limits.MAX_SEARCHED:,}",
    "Pictures of one section in a document": f"{sections.MAX_PICTURES}",
    "Fields inside each other": f"{front_matter.MAX_NESTING} deep",
    "One field": f"{kinds.MAX_TEXT:,} characters",
    "Entries of one list": f"{kinds.MAX_ITEMS}, of `lead` and `performed_by` {kinds.MAX_NAMED}",
    "Name of a file": f"{organisation.MAX_ID_BYTES} bytes, about as many letters",
    "Problems reported for one file": f"{kinds.MAX_PROBLEMS}",
    "A table to import": f"{tables.MAX_BYTES // 10**6} MB, as a workbook {MAX_UNPACKED // 10**6} MB unpacked",
    "Rows and columns of a table to import": f"{table.MAX_ROWS:,} and {table.MAX_COLUMNS:,}; "
    f"{sheets.MAX_CELLS:,} cells in the sheets of a workbook",
    "Reading a workbook, which another process does": f"{sheets.MAX_SECONDS} seconds, and "
    f"{sheets.MAX_MEMORY // 10**9} GB of memory if the system can bound it",
    "Roles in the navigation": f"{navigation.MAX_ROLES}",
    "Roles in a chart": f"{reporting.EASY_NODES}, or {reporting.MAX_NODES} on two levels",
    "Lines and arrows of the charts that a text draws itself": f"{cleaning.MAX_CHART_WORK}",
    "One line in a chart": f"{mermaid.MAX_LABEL} characters",
    "Direct reports and roles on one page": f"{profiles.MAX_LISTED}",
    "Rows of a list": f"{paging.MAX_ROWS}",
}
ROWS = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", GUIDE, re.MULTILINE))


def test_the_guide_states_every_limit() -> None:
    del ROWS["what"], ROWS["---"]
    assert ROWS == LIMITS


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a", "---\ntitle: A\n---\n" + "x" * files.MAX_BYTES, "unreadable-file"),
        ("a", f"---\ntitle: {'x' * (kinds.MAX_TEXT + 1)}\n---\n", "out-of-range"),
        ("a", f"---\ntitle: {'[' * 21}x{']' * 21}\n---\n", "invalid-front-matter"),
        ("a", f"---\ntitle: A\naliases: [{'a, ' * (kinds.MAX_ITEMS + 1)}]\n---\n", "out-of-range"),
        (
            "a",
            f"---\ntitle: A\nperformed_by: [{'{person: a}, ' * (kinds.MAX_NAMED + 1)}]\n---\n",
            "out-of-range",
        ),
        (
            "a",
            f"---\ntitle: A\nkind: team\nlead: [{'a, ' * (kinds.MAX_NAMED + 1)}]\n---\n",
            "out-of-range",
        ),
        ("x" * 121, "---\ntitle: A\n---\n", "reserved-id"),
    ],
)
def test_what_is_beyond_a_limit_is_reported(name: str, text: str, code: str, tmp_path: Path) -> None:
    assert f"[{code}]" in reported(write(tmp_path, {f"roles/{name}.md": text}))


TOO_MUCH = {
    "|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "|b|\n" * 1000: "cells in tables",
    "***\n" * 20_000: "lines",
    "## a\n\n" * 6_000: "lines",
    "```\n" * 24_000: "lines",
    '??? note "x"\n' * 7_000: "lines",
    "\\*" * 40_000: "characters such as * and `",
    "_a_*" * 24_000: "characters such as * and `",
    "&amp;" * 16_000: "characters such as * and `",
    "\"a' " * 20_000: "characters such as * and `",
    "Www.a " * 16_000: "characters such as * and `",
    "[" * 1_500 + "a" * 90_000: "[ and <",
    "<" * 1_500 + "a" * 90_000: "[ and <",
    "*\t" * 20_000: "nested",
    "-\x01 " * 20_000: "nested",
    "*[a]: b\n" * 101: "100 abbreviations",
    "/// note\n" * 501: "begin with ///",
    ("- " * 20 + "a\n") * 1_450: "signs of lists",
    ">>>>> a\n" * 1_450: "signs of lists",
    ("1. " * 10 + "a\n") * 1_450: "signs of lists",
    "[TOC]\n\n" * 5 + "### a\n\n" * 300 + "[T\x00OC]\n": "[TOC]",
    "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|\n" * 200: "cells in tables",
    "|a" * 100 + "|\n" + "|-\x02" * 100 + "|\n" + "|b|\n" * 200: "cells in tables",
    "## a" + " " * 1_001 + "b": "1,000 spaces in a row",
    "a" + "\t" * 1_001: "1,000 spaces in a row",
    "a" + "\u00a0\u2003" * 501: "1,000 spaces in a row",
    "a" + "\u0301\u0316" * 16: "30 marks on one letter",
    "x" * 100_001: "larger than 100 kB",
}


@pytest.mark.parametrize("body", TOO_MUCH, ids=lambda body: repr(body[:12]))
def test_a_body_that_costs_too_much_is_refused(body: str, tmp_path: Path) -> None:
    written = reported(write(tmp_path, {"roles/a.md": f"---\ntitle: A\n---\n{body}"}))
    assert TOO_MUCH[body] in written
    assert "unreadable-file" in written


HEAVY = (
    "***\n",
    "# a\n",
    "#a\n",
    '??? note "x"\n',
    "```\n",
    "a\n-\n\n",
    "- a\n\nb\n\n",
    "> a\n",
    "a  \n",
    '=== "a"\n\n    b\n\n',
    "<div>\n\n",
    "a [b](c) *d* `e`\n",
    "a | b | c\n- | - | -\n1 | 2 | 3\n\n",
    "- - - - - - - - a\n",
    "> - > - > - a\n",
    "[a]: x\n\n[a]\n\n",
)


@pytest.mark.parametrize("part", HEAVY)
def test_the_heaviest_body_that_is_read_is_not_heavy(part: str) -> None:
    """Counted in steps of the interpreter, not in seconds, which say more of the machine."""
    body = part
    while len(body) < 90_000 and not limits.problem(
        front_matter.MarkdownFile("x", None, 0, f"{body}{body}", 1)
    ):
        body += body
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        ANY_SITE.excerpts(f"## A ##\n\n{body}", lambda heading: True)
    finally:
        sys.setprofile(None)
    assert steps < 6_000_000


SIGNS = (" ", "\t", "-", "- ", ">", "> ", "1. ", "#", "*", "`", "<", "=", "|", "\\", "a ")


def read_all_lines() -> None:
    for first in SIGNS:
        for again in SIGNS:
            body = f"## Purpose\n\n{first}{again * 3_000}x\n\n# {again * 3_000}#\n"
            list(lines.headings(body))
            lines.difference(body)


def test_no_line_is_tried_in_ever_more_ways() -> None:
    """Where a pattern can take a piece of a line in two ways, the time doubles with each piece."""
    reading = multiprocessing.get_context("fork").Process(target=read_all_lines)
    reading.start()
    reading.join(PATIENCE)
    reading.kill()
    assert reading.exitcode == 0


LONG_RUNS = ("## Purpose\n\n" + "a.a" * 32_000 + "@", "[a](../x.md)\n\n" * 400, "a-" * 40_000, "a " * 40_000)
PATIENCE_OF_A_PROCESSOR = 15
"""Seconds; the work takes about one."""


LET_THROUGH = ("a" + "\u0301\u0316" * 15, "\u2713" * 40, "\u4eba" * 40, "\N{EM DASH}" * 40)


@pytest.mark.parametrize("body", LET_THROUGH, ids=ascii)
def test_signs_that_cost_nothing_are_let_through(body: str) -> None:
    assert limits.problem(front_matter.MarkdownFile("x", None, 0, body, 1)) is None


def read_long_runs() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE_OF_A_PROCESSOR, PATIENCE_OF_A_PROCESSOR))
    person = "---\nname: Ann\nemail: a@b.example\n---\n"
    for each in LONG_RUNS:
        written = {"roles/a.md": f"---\ntitle: A\n---\n{each}", "people/ann.md": person}
        with tempfile.TemporaryDirectory() as folder:
            reported(write(Path(folder), written))


def test_no_letter_of_a_body_is_looked_at_from_everywhere() -> None:
    """An address is looked for from its beginning; hundreds of links are found in one reading."""
    reading = multiprocessing.get_context("fork").Process(target=read_long_runs)
    reading.start()
    reading.join()
    assert reading.exitcode == 0
