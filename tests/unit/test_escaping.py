"""Text from files, for each place in which it lands."""

import json
import unicodedata

import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from rolebook import escaping


@given(st.text())
def test_front_matter_takes_any_text(text: str) -> None:
    held = yaml.safe_load(f"title: {json.dumps(escaping.in_front_matter(text))}")
    assert isinstance(held["title"], str)
    assert "<" not in held["title"] and "{" not in held["title"]


# Numbers of no character are no letters in Markdown: CommonMark puts U+FFFD in their place.
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"))))
def test_markdown_shows_the_text(text: str) -> None:
    html = MarkdownIt().renderInline(str(escaping.in_markdown(f"x{text}x")))
    assert "<" not in html
    assert Markup(html).unescape() == f"x{text}x"


def test_braces_are_no_macro() -> None:
    assert escaping.in_html("{{ <a> }}") == "&#123;&#123; &lt;a&gt; &#125;&#125;"
    assert escaping.in_html("}") == "&#125;"
    assert escaping.in_html("{") == "&#123;"
    assert escaping.in_html("<a> & b") == "&lt;a&gt; &amp; b"
    assert escaping.without_braces(Markup("<b>{x}</b>")) == "<b>&#123;x&#125;</b>"


@given(st.text())
def test_a_terminal_gets_nothing_that_it_obeys(text: str) -> None:
    shown = escaping.printable(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "##[" not in shown


def test_what_can_be_printed_is_printed_as_it_is() -> None:
    assert escaping.printable("a\u00a0é 😀 #[x]") == "a\u00a0é 😀 #[x]"
    assert escaping.printable("two\nlines,\ta tab\x1b[31m\u202e\u2028") == "two lines, a tab[31m"
    assert escaping.printable("a ##[error] b") == "a ## [error] b"
    assert escaping.printable("a ##vso[task.x]b") == "a ## vso[task.x]b"
    assert escaping.printable(" ::error::b :: c::d") == " : :error::b :: c::d"


def test_json_is_for_people_and_programs() -> None:
    assert escaping.in_json({"a": ["é", "##[error]"]}) == (
        '{\n  "a": [\n    "\\u00e9",\n    "\\u0023#[error]"\n  ]\n}\n'
    )
    assert json.loads(escaping.in_json("###")) == "###"
