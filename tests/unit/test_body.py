"""How a body is read: its sections, what of them others see, and where readers of Markdown disagree."""

import re
from pathlib import Path
from typing import Any

import pytest

from projects import write
from rolebook.body import ANY_SITE, Reader, Settings, lines
from rolebook.body.lines import Disagreement
from rolebook.body.plain import is_plain
from rolebook.body.settings import BUILT_IN
from rolebook.visibility.sections import MAX_PICTURES, visible_sections
from sites import HOME, MKDOCS_YML, build_site, refused_build

PLAIN = {
    "": (),
    "text\n\n## A\n\na\n\n### B\n\n# C\n\nc\n\n## D\n": (("A", True), ("D", False)),
    "## A\n\n```\n## B\n```\n\n## C\n\n<!-- later -->\n": (("A", True), ("C", False)),
    "## A\n## B\n\nb": (("A", False), ("B", True)),
    "## A: or B\n\n- one\n- two & three\n\n1. x\n": (("A: or B", True),),
}
OTHERS = {
    "## A ##\n\na": (("A", True),),
    "A\n-\n\na": (("A", True),),
    "<!--\n## A\n\na\n-->\n\n## B\n\n<!-- x\n## C\n-->": (("B", False),),
    "##A\n\n    ## B\n\n#### C\n\n\\## D": (("A", True),),
    "## *A* and [b](c)\n\na": (("A and b", True),),
    "## A {#x .y}\n\n![a picture](x.png)": (("A", True),),
    "> ## A\n\n- ## B\n\n## C\n\nc": (("C", True),),
    "````\n```\n## A": (("A", False),),
}


@pytest.mark.parametrize("body", PLAIN)
def test_sections_of_plain_bodies(body: str) -> None:
    assert is_plain(body)
    assert tuple((each.text, each.has_text) for each in ANY_SITE.headings(body)) == PLAIN[body]


@pytest.mark.parametrize("body", OTHERS)
def test_sections_of_other_bodies(body: str) -> None:
    assert not is_plain(body)
    assert tuple((each.text, each.has_text) for each in ANY_SITE.headings(body)) == OTHERS[body]


def shown(body: str, *headings: str) -> dict[str, str]:
    """What those see who may see the sections with these headings."""
    excerpts = ANY_SITE.excerpts(body, lambda heading: heading in headings)
    return {each.heading: each.html.strip() for each in excerpts}


ENDINGS = (
    "##Notes",
    "<br>\n## Notes",
    "</details>\n## Notes",
    "<h2>Notes</h2>",
    "<H1 class=x>Notes</H1>",
    "- x\n\n    ## Notes",
    "> ## Notes",
    "Notes\n-----",
    "Notes\n===",
    "# Notes",
    "text\n ## Notes",
    "a ~~~\n## Notes",
    "<?php\n\n## Notes",
    "<b>\n\n## Notes",
    "<select>\n\n## Notes",
    "```\ncode\n~~~\n\n## Notes",
    "````\ncode\n```\n## Notes",
)
"""What an internal section may begin with, whether it was meant to or is a slip."""


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_follows_an_unusual_heading_is_not_shown(ending: str, newline: str) -> None:
    body = f"## A\n\nfirst\n\n{ending}\n\nSECRET\n".replace("\n", newline)
    assert "SECRET" not in "".join(shown(body, "A").values())


@pytest.mark.parametrize(
    "heading", ["- ## A", "> ## A", "<div>\n<h2>A</h2>\n</div>", "# A", "### A", "<h2>A</h2>"]
)
def test_only_a_heading_in_nothing_else_begins_a_section(heading: str) -> None:
    assert shown(f"## B\n\nb\n\n{heading}\n\nSECRET\n", "A") == {}


def test_a_section_that_not_every_reader_counts_is_not_shown() -> None:
    body = "## A\n\nfirst\n\n## B\n\nsecret\n\n<br>\n## A\n\nthird\n"
    assert shown(body, "A") == {}
    found = ANY_SITE.difference(body)
    assert found is not None
    assert (found.line, "HTML" in found.cause) == (9, True)


def test_a_link_leads_only_to_addresses_that_its_readers_are_given() -> None:
    body = "## A\n\n[one][x] [two][y] [x]\n\n[x]: https://x.example\n\n## B\n\n[y]: https://y.example\n"
    html = shown(body, "A")["A"]
    assert '<a href="https://x.example">one</a>' in html
    assert "y.example" not in html
    assert "y.example" in shown(body, "A", "B")["A"]


@pytest.mark.parametrize("again", ["[x]: https://inside.example", "- a\n\n    [X]: https://inside.example"])
def test_an_address_that_an_internal_section_defines_again_is_nowhere(again: str) -> None:
    body = f"## A\n\n[one][x]\n\n[x]: https://x.example\n\n## B\n\n{again}\n"
    assert ".example" not in shown(body, "A")["A"]


def test_control_characters_are_not_read() -> None:
    assert shown("## A\x0c\n\na\x02\x03\ufdd0b\n", "A") == {"A": "<p>ab</p>"}


def test_an_extension_that_fails_shows_nothing() -> None:
    reader = Reader(Settings(extensions=("toc",), configs={"toc": {"toc_depth": "x"}}))
    assert reader.excerpts("## A\n\na", lambda heading: True) == ()


CAUSES = {
    "## A\n\n<!--\n## B\n": (3, "a comment begins here"),
    "## A\n\n##Notes\n": (3, "no space after the #"),
    "## A\n\n<h2>B</h2>\n": (3, "written as HTML"),
    "## A\n\n- x\n\n  ## B\n": (5, "in a list"),
    "## A\n\n```\nx\n\n## B\n": (3, "fenced code"),
    "## A\n\na\nb\n-\n": (5, "take the text above"),
    "## A\n\n<div>\n## B\n": (3, "HTML is next to a heading"),
    "## A\n\n<?\n\n## B\n": (3, "never shown"),
    "## A\n\n##\u00a0B\n\ntext": (3, "cannot be seen"),
}


@pytest.mark.parametrize("body", CAUSES)
def test_a_disagreement_is_explained(body: str) -> None:
    found = ANY_SITE.difference(body)
    assert found is not None
    line, words = CAUSES[body]
    assert found.line == line
    assert words in found.cause


@pytest.mark.parametrize("body", [*PLAIN, "<!--\n## A\n-->\n\n## B\n\nb", "## A ##\n\na", "A\n---\n\n## B"])
def test_readers_agree_about_usual_bodies(body: str) -> None:
    found = ANY_SITE.difference(body)
    assert found is None


def test_only_known_extensions_read_bodies() -> None:
    def owners() -> None: ...

    configs = {
        "pymdownx.superfences": {"custom_fences": [{"name": "x", "format": owners}], "preserve_tabs": True},
        "toc": {"permalink": True, "slugify": owners},
        "pymdownx.snippets": {"base_path": "."},
    }
    names = ["toc", "pymdownx.snippets", "pymdownx.superfences", "owners.extension", "admonition"]
    settings = Settings.allowed(names, configs)
    assert settings.extensions == ("toc", "pymdownx.superfences", "admonition", "pymdownx.highlight")
    assert settings.configs == {
        "toc": {"permalink": True},
        "pymdownx.superfences": {"preserve_tabs": True, "relaxed_headers": True},
        "pymdownx.highlight": {"use_pygments": False, "css_class": ""},
    }
    assert settings.left_out == ("pymdownx.snippets", "owners.extension")


NUMBERS = ("&#" + "1" * 5_000, "&#x" + "1" * 5_000, "\x00&\x00#" + "0" * 5_000 + "65")


@pytest.mark.parametrize("number", NUMBERS, ids=len)
@pytest.mark.parametrize("text", ["{};", "[a](b '{};')", "### {};", "<b title='{};'>x</b>"])
def test_a_number_that_no_character_has_is_text(number: str, text: str, tmp_path: Path) -> None:
    """Python refuses to read it."""
    body = f"---\ntitle: A\n---\n\n## Responsibilities\n\n{text.format(number)}\n"
    root = write(tmp_path, HOME | {"mkdocs.yml": MKDOCS_YML, "roles/a.md": body})
    site, _ = build_site(root)
    assert "Responsibilities" in (site / "roles/a/index.html").read_text(encoding="utf-8")


def test_a_text_that_an_extension_cannot_read_is_left_out_and_reported(tmp_path: Path) -> None:
    """Lists of definitions without blank lines: each is read within the one above."""
    config = MKDOCS_YML + "markdown_extensions: [def_list]\n"
    body = "---\ntitle: A\n---\n\n" + "a\n:   b\n" * 700
    root = write(
        tmp_path,
        HOME | {"mkdocs.yml": config, "roles/a.md": body, "roles/b.md": "---\ntitle: B\nparent: a\n---\n"},
    )
    site, said = build_site(root)
    assert [line for line in said if "roles/a.md: the text is left out" in line]
    assert (site / "roles/a/index.html").exists() and (site / "roles/b/index.html").exists()
    refused_build(root, strict=True)


COLOURED = ({}, {"codehilite": {}}, {"pymdownx.highlight": {"linenums": True}}, {"pymdownx.inlinehilite": {}})


@pytest.mark.parametrize("configs", COLOURED, ids=str)
def test_code_is_not_read_by_a_highlighter(configs: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of Pygments' 500 languages take hours for a page of the right letters."""
    monkeypatch.setattr("pygments.lexer.Lexer.get_tokens", lambda *_: pytest.fail("read"))
    reader = Reader(Settings.allowed((*BUILT_IN, *configs), configs))
    html = reader.html("```java\nint a;\n```\n\n`#!java int b;`\n\n    #!java\n    int c;\n")
    assert "".join(re.findall(r"int .;", html)) == "int a;int b;int c;"


@pytest.mark.parametrize("char", ["\xa0", "\u200b", "\u2028", "\x0c", "\ufeff"])
def test_a_body_with_characters_that_cannot_be_seen_is_not_plain(char: str) -> None:
    assert is_plain("## A\n\na b\n")
    assert not is_plain(f"## A\n\na{char}b\n")


def test_fenced_code_ends_with_the_signs_that_began_it() -> None:
    body = "```\n## A\n``` x\n## B\n~~~\n## C\n````\n\n## D\n"
    assert [name for _, name in lines.headings(body)] == ["D"]
    assert list(lines.headings("a\n\n## E ##\n\nF\n---\n")) == [(3, "E"), (5, "F")]


def test_signs_within_a_line_end_no_section() -> None:
    assert "four" in shown("## A\n\none <b>two</b> ##three four\n", "A")["A"]
    assert "four" in shown("## A\n\n`##x` four\n\n    ##code\n", "A")["A"]


def test_a_line_that_looks_like_a_heading_ends_a_section() -> None:
    assert shown("## A\n\none\n ## Notes\nSECRET\n", "A") == {}
    assert "SECRET" not in shown("## A ##\n\na\nNotes\n==\nSECRET\n", "A").get("A", "")


UNCLEAR = {
    "a fence that one reader closes": "## A\n\n```\nx\n ```\n\n## Notes\n\nSECRET\n\n```\n",
    "and two": "## A\n\n```\nx\n ```\n\n## Notes\n\nSECRET\n\n```\ny\n```\n\nend\n",
    "a fence of four": "## A\n\n```\nx\n````\n\n## Notes\n\nSECRET\n\n```\n",
    "an underline with blanks": "## A\n\none\n\nNotes\n --- \n\nSECRET\n",
    "an underline below two lines": "## A\n\none\nNotes\n---\n\nSECRET\n",
}


@pytest.mark.parametrize("body", UNCLEAR.values(), ids=UNCLEAR)
def test_what_is_reported_as_unclear_is_shown_to_nobody(body: str) -> None:
    """What readers agree on before it stays."""
    assert ANY_SITE.difference(body) is not None
    assert "SECRET" not in str(shown(body, "A"))
    before = f"## B\n\nFirst.\n\n{body}\n\n## C\n\nLast.\n"
    assert shown(before, "B", "A", "C").keys() <= {"B"}
    assert "First." in shown(before, "B")["B"]


def test_a_picture_that_is_not_to_be_had_leaves_nothing() -> None:
    body = "## A\n\n- ![one](a.png) text\n- [x] done ![two](b.png)\n"
    (section,) = visible_sections(ANY_SITE, body, lambda heading: True)
    assert section.html == '<ul>\n<li> text</li>\n<li class="rb-task">☑ done </li>\n</ul>'
    (section,) = visible_sections(ANY_SITE, body, lambda heading: True, lambda address: f"data:{address}")
    assert section.html.count("<img ") == 2
    assert 'alt="one"' in section.html


def test_pictures_of_a_section_are_bounded_and_their_marks_are_nobodys() -> None:
    body = "## A\n\n" + "![x](a.png)\n\n" * (MAX_PICTURES + 3) + "&#xfdd0;0&#xfdd1;\n"
    (section,) = visible_sections(ANY_SITE, body, lambda heading: True, lambda address: "data:x")
    assert section.html.count("<img ") == MAX_PICTURES


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", []),
        ("## A\n\na\n", []),
        ("<!-- a -->\n\n***\n\n## A\n\n### B\n\na\n", []),
        ("\na\nb\n\n## A\n", [(2, "", "")]),
        ("# A #\n\na\nb\n\n## B\n\nb\n", [(1, "# A #", "A")]),
        ("## A\n\na\n\n# B\n\n## C\n", []),
        (
            "a\n\n## A\n\na\n\n# B\n\nb\n\n# C\n\nc\n",
            [(1, "", ""), (7, "# B", "B"), (11, "# C", "C")],
        ),
        ("## A\n\n```\n# b\nc\n```\n\n    # d\n\n1 # e\n", []),
        ("A\n---\n\na\n", []),
        ("A\n===\n\na\n\n## B\n", [(1, "A", "A")]),
        ("## A\n\n1. # of orders\n2. b\n", [(3, "1. # of orders", "")]),
        ("## A\n\na\n# of orders\nb\n", [(4, "# of orders", "of orders")]),
        ("## A\n\n#1 of all\n", [(3, "#1 of all", "")]),
        ("## A\n\n- #1 of all\n", [(3, "- #1 of all", "")]),
        ("## A\n\n<h1>B</h1>\n", [(3, "<h1>B</h1>", "")]),
        (f"# {'b' * 80}\n\na\n", [(1, f"# {'b' * 58}…", f"{'b' * 60}…")]),
    ],
)
def test_text_in_no_section_is_found(body: str, found: list[tuple[int, str, str]]) -> None:
    assert [(each.line, each.written, each.heading) for each in ANY_SITE.outside(body)] == found


EVERYTHING = Reader(Settings(("tables", "attr_list", "admonition", "pymdownx.details")))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("a <the b> c", {1: "<the b>"}),
        ("a <b>c</b> `<d e>` \\<f g> <https://x.y> 1 < 2 > 1 </dl>", {}),
        ("```\n<a b>\n```\n\n    <c d>\n\n</who>", {7: "</who>"}),
        ("Dear {first}\n{last name}", {2: "{last name}"}),
        ("Dear {first}\n{last} there\n\n{alone}", {}),
        ("- Ask {who}\n- Ask *now*{today}!\n- `x`{y}", {2: "{today}", 3: "{y}"}),
        ("- Ask {who} now\n- Ask {.red}\n- Ask *now*{: title=x }", {}),
        ("- Ask {who}\n  again\n  {whom}", {3: "{whom}"}),
        ("### Write to {customer} ##\n", {1: "{customer}"}),
        ("| A {x} | B |\n| --- | --- |\n| c {y} | `{z}` |", {1: "{x}", 3: "{y}"}),
        ("| A | B |\n|---|---|\n| c | d | e | f |\n| `g | h` | i |\n| j \\| k | l |", {3: "e | f"}),
        ("A | B\n--- | ---\nc | d | e\n\nf | g | h", {3: "e"}),
        ("| A | B |\n|---|---|\n| c | d | |\n", {}),
        ("!!! warning Never above 300\n    a", {1: "Never above 300"}),
        (
            '??? tip Read this\n!!! tip "Read"\n!!! tip\n!!! tip inline end\n!!! tip inline "x"',
            {1: "Read this"},
        ),
        ("???+ tip Read\n", {1: "Read"}),
        ("! ! !\n!!! \n", {}),
    ],
)
def test_text_that_nobody_sees_is_found(body: str, found: dict[int, str]) -> None:
    reported = [*EVERYTHING.hidden(body)]
    assert {line: message.split("'")[1] for line, message, _ in reported} == found
    html = EVERYTHING.html(body)
    assert not any(f"{words}<" in html or f"{words} " in html for words in found.values())


def test_what_only_extensions_hide_is_shown_without_them() -> None:
    body = "- Ask\n{who}\n\n!!! tip Read\n\n| A |\n|---|\n| b | c |\n"
    assert [*Reader(Settings(("toc",))).hidden(body)] == []
    assert len([*Reader(Settings(("extra", "admonition"))).hidden(body)]) == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("| # | Task |\n| --- | --- |\n| 1 | x |", 0),
        ("[# of orders](x.md)", 0),
        ("a \\## b", 0),
        ("\\# of orders", 0),
        ("- \\# of orders", 0),
        ("a\n\n\\## b", 5),
        ("- a\n- &#35;# b", 4),
        ("**# of orders:** 3", 3),
        ("a\n\\--", 4),
    ],
)
def test_a_line_that_only_looks_like_a_heading_is_reported_if_it_ends_the_section(
    text: str, line: int
) -> None:
    body = f"## Purpose\n\n{text}\n\nThe end\n"
    (html,) = shown(body, "Purpose").values()
    assert ("The end" in html) == (not line)
    found = ANY_SITE.difference(body)
    assert (found.line if found else 0) == line
    assert not found or found.cause == "this line looks like a heading and is none, so the section ends here"


@pytest.mark.parametrize("settings", [Settings.of_a_new_handbook(), Settings(("fenced_code",)), Settings()])
def test_comments_in_a_chart_s_source_are_shown_nowhere(settings: Settings) -> None:
    body = (
        "## A\n\n```mermaid\nflowchart LR\n  %% fire Bob\na --> b\n%%{init: {}}%%\n```\n\n```\n%% 50\n```\n"
    )
    for html in (Reader(settings).html(body), *(each.html for each in Reader(settings).excerpts(body, bool))):
        assert "fire" not in html and "init" not in html
        assert "a --&gt; b" in html and "%% 50" in html


@pytest.mark.parametrize(
    "heading", ["## [Purpose](x.md)", "## Purpose<!-- x -->", "## Purpose&nbsp;", "## Purp&#111;se"]
)
def test_a_heading_of_more_than_words_is_named_with_its_line(heading: str) -> None:
    found = Reader(Settings()).difference(f"\n{heading}\n\nText\n")
    assert found == Disagreement(
        2, "a heading is more than plain words", "Write the heading as plain words, such as '## Purpose'"
    )


@pytest.mark.parametrize(
    "heading", ["## Purpose {#p}", "## Notes {.n}", "## **Purpose**", "## Q&A", "## P ##"]
)
def test_readers_agree_about_attributes_of_a_heading(heading: str) -> None:
    for settings in (Settings(), Settings.of_a_new_handbook()):
        assert Reader(settings).difference(f"\n{heading}\n\nText\n") is None
