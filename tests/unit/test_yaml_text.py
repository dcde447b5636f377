"""Text becomes YAML that reads back as that text."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from rolebook.yaml_text import quoted, scalar


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Head of sales & more (EMEA)", "Head of sales & more (EMEA)"),
        ("Sales: EMEA", '"Sales: EMEA"'),
        ('the "best"', "'the \"best\"'"),
        ("https://example.org/a", "https://example.org/a"),
        ("no", '"no"'),
        ("y", '"y"'),
        ("1e3", '"1e3"'),
        ("2026-11-26", '"2026-11-26"'),
        ("🚀 #1", "'🚀 #1'"),
        ("a\x07b", '"a\\ab"'),
        ("", '""'),
        ("word " * 60, '"' + "word " * 60 + '"'),
    ],
)
def test_a_text_is_quoted_where_a_reader_would_take_it_for_something_else(text: str, written: str) -> None:
    assert scalar(text) == written


@given(st.text())
@example("A?")
@example("a ?b")
def test_every_text_reads_back(text: str) -> None:
    for written in (scalar(text), quoted(text, '"'), quoted(text, "'")):
        assert yaml.safe_load(f"- {written}\n") == [text]
    assert yaml.safe_load(f"[a, {scalar(text, in_brackets=True)}]") == ["a", text]
