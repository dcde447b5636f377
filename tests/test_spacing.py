"""Pages lose the indents of templates, and nothing that anyone sees."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rolebook.mkdocs_plugin.spacing import without_indents

PAGE = """<head>
    <script>
      const text = `a

        b`;
    </script>


    <style>
      a {}
    </style>
</head>
  <nav>
    <pre>
      as it is
    </pre>

    <a href="x"
       title="y">X</a>
  </nav>
  <article class="a">
    <p>
      One

      two</p>
  </article>
  <textarea>
    as it is
  </textarea>
  <p>
      End</p>
"""


def test_space_goes_where_it_says_nothing() -> None:
    assert (
        without_indents(PAGE)
        == """<head>
<script>
      const text = `a

        b`;
    </script>
<style>
      a {}
    </style>
</head>
<nav>
<pre>
      as it is
    </pre>
<a href="x"
title="y">X</a>
</nav>
<article class="a">
    <p>
      One

      two</p>
  </article>
<textarea>
    as it is
  </textarea>
<p>
End</p>
"""
    )


_TAGS = ("<article>", "</article>", "<pre>", "</pre>", "<script>", "</script>")
_PIECES = st.sampled_from([*_TAGS, "\n", "  ", "\t", "x", "\N{NO-BREAK SPACE}"])


@given(st.lists(_PIECES).map("".join))
def test_nothing_but_space_after_a_line_goes(html: str) -> None:
    shorter = without_indents(html)
    assert re.sub(r"\n[ \t\n]*", "\n", shorter) == re.sub(r"\n[ \t\n]*", "\n", html)
    assert without_indents(shorter) == shorter


def test_a_page_without_an_article_stays() -> None:
    assert without_indents("<p>\n  x") == "<p>\n  x"


def test_a_space_that_is_seen_stays() -> None:
    seen = "\N{NO-BREAK SPACE}x<article></article>"
    assert without_indents(f"<p>\n  {seen}") == f"<p>\n{seen}"
