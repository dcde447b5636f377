"""What the internal page shows under a heading that is not public is in nothing that others get.

Bodies are random lines, pairs and triples of what Markdown, HTML and usual extensions know. They go through
real builds of both editions and through `rolebook pack`; the page itself says where each word belongs.
"""

import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from projects import write
from rolebook.body import ANY_SITE
from rolebook.cli import main
from rolebook.visibility.sections import visible_sections

PUBLIC, CONTRACTOR, INTERNAL = ("Responsibilities", "Done when"), ("Procedure",), ("Notes about pay", "Money")
SETTINGS = """\
site_name: Test
docs_dir: content
theme: {name: mkdocs, nav_style: light}
plugins:
  - rolebook: {navigation: none, static_charts: [], disabled_checks: [unclear-sections, section-stays-inside]}
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
"""
RICH = """\
  - abbr
  - def_list
  - footnotes
  - md_in_html
  - pymdownx.blocks.admonition
  - pymdownx.blocks.tab
  - pymdownx.keys
  - pymdownx.mark
  - smarty
"""
LINES = """\
<br>|<hr>|</details>|</div>|<div>|<div markdown>|<div markdown="1">|<details>|<details markdown>
<summary>x</summary>|```|````|~~~|``` end|```python|    ```|<?php|<!--|-->|<!-- a -->|<!-- a --!>
<!-->|<b>|<i>|<code>|<select>|<button>|<table>|<tr><td>|</td></tr></table>|<p>|</p>|<pre>|</pre>
<ul><li>|</li></ul>|<title>|<h2>Notes</h2>|<h1>Notes</h1>|<h3>Notes</h3>|<img src=x>|- x|1. x|> q
> ## Notes|!!! note "t"|!!! note|??? note "x"|???+ tip "y"|=== "Tab"|    text|\ttext|term|: def
[^1]: foot|text[^1]|*[HTML]: abbr|[board]: https://intranet.example/x|see [board]|***|---|===|Notes
\\|&nbsp;|\u00a0|\u200b|\u2028|\x0c|\x0b|\x85|# x|#x|#|##|## |##x|##Notes|## Notes|### Notes
   ## Notes|    ## Notes|\t## Notes|- ## Notes|## Notes ##|## *Notes*|## [Notes](x)|## Notes {#x}
## Notes { .a }|{: .x }|{ .x data-pay="T" }|- [ ] task|/// note|///|$$|==m==|<script>|</script>
<style>|</style>|<textarea>|<noscript>|<template>|<svg>|<math>|<svg><title>|<![CDATA[|]]>
<!DOCTYPE x>|</|<a href="x">|</a>|`|``|**|_|~~|<span>|</span>|<center>|<dl><dt>|<section>|<h2>|</h2>
<h2 id=a>Notes|<H2>Notes</H2>|::: x|[TOC]|##\u00a0Notes|##\tNotes|--|-|=|- -|+ x|* x|10) x
<br/>## Notes|text ## Notes|\\## Notes|&#35;&#35; Notes|</summary>|## Done when|## Procedure
Done when|- ## Done when|<h2>Done when</h2>"""
ODD = [line for row in LINES.split("\n") for line in row.split("|")] + [
    "| a | b |\n| - | - |\n| c | d |",
    "a | b\n--|--",
]
TOKEN = re.compile(r"tok\d+z")


class Bodies:
    """Makes bodies with a word of its own in every part."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._last = 0

    def token(self) -> str:
        self._last += 1
        return f"tok{self._last}z"

    def __iter__(self) -> Iterator[str]:
        choose = self._random.choice
        while True:
            names = [choose(PUBLIC), choose(INTERNAL), choose(CONTRACTOR), choose(PUBLIC + INTERNAL)]
            self._random.shuffle(names)
            body = f"{self._odd()}\n\n" if self._random.random() < 0.3 else ""
            for name in names[: self._random.randint(2, 4)]:
                forms = (f"##{name}", f"<h2>{name}</h2>", f"{name}\n---", f"## {name} ##", f"  ## {name}")
                heading = choose((*[f"## {name}"] * 7, *forms))
                gap, below = choose(("\n", "\n\n", "\n\n")), choose(("\n", "\n\n"))
                body += f"{heading}{gap}{self.token()}{gap}{self._odd()}{below}{self.token()}{below}"
            yield body.replace("\n", "\r\n") if self._random.random() < 0.1 else body

    def _odd(self) -> str:
        lines = (self._random.choice(ODD) for _ in range(self._random.choice((1, 1, 2, 2, 3))))
        return "\n".join(f"{line} {self.token()}" if self._random.random() < 0.35 else line for line in lines)


class Shown(HTMLParser):
    """Under which headings of the first two levels a page shows each word, a heading's own among them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.under: dict[str, set[str]] = {}
        self._heading, self._open, self._text = "", "", ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h1", "h2"):
            self._open, self._text = tag, ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2") and self._open:
            self._heading, self._open = re.sub("[^a-z ]", "", self._text.lower()).strip(), ""

    def handle_data(self, data: str) -> None:
        self._text += data
        for word in TOKEN.findall(data):
            self.under.setdefault(word, set()).add("" if self._open else self._heading)


def text_of(folder: Path) -> set[str]:
    """The words of all files below `folder`."""
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".html", ".json", ".md", ".txt")
    )
    return {
        word for file in files for word in TOKEN.findall(file.read_text(encoding="utf-8", errors="replace"))
    }


def leaks(given: set[str], pages: list[Shown], allowed: tuple[str, ...]) -> list[str]:
    """Words that others get though a page shows them under no heading that is allowed, or not at all."""
    keys = {name.lower() for name in allowed}
    under = {word: headings for page in pages for word, headings in page.under.items()}
    return sorted(word for word in given if not under.get(word, set()) & keys)


@pytest.mark.parametrize("more", ["", RICH], ids=["usual", "rich"])
def test_nothing_internal_leaves(more: str, tmp_path: Path, long: bool) -> None:
    count = 25_000 if long else 500
    bodies = [body for body, _ in zip(Bodies(len(more)), range(count), strict=False)]
    head = "---\ntitle: Role\nparent: boss\nstatus: open\n---\n\n"
    roles = {f"roles/r{number}.md": (head + body).encode() for number, body in enumerate(bodies)}
    files = {
        "mkdocs.yml": SETTINGS + more,
        "content/index.md": "# Home\n",
        "roles/boss.md": "---\ntitle: Boss\n---\n",
    }
    public = files["mkdocs.yml"].replace("{navig", "{audience: public, navig") + "site_dir: public\n"
    root = write(tmp_path, files | {"public.yml": public} | roles)
    for name in ("mkdocs.yml", "public.yml"):
        build(load_config(str(root / name)))
    words = ["pack", "--all", "--format", "md", "-f", str(root / "mkdocs.yml"), "--to", str(root / "packs")]
    assert CliRunner().invoke(main, words).exit_code in (0, 1)
    pages = [Shown(path.read_text(encoding="utf-8")) for path in (root / "site/roles").glob("r*/index.html")]
    assert len(pages) == count
    outside = text_of(root / "public") | text_of(root / "site/jobs")
    inside = text_of(root / "packs")
    assert leaks(outside, pages, PUBLIC) == []
    assert leaks(inside, pages, PUBLIC + CONTRACTOR) == []
    # The bodies that say nothing would prove nothing.
    assert len(outside) > count // 4 and len(inside) > count // 3


@pytest.mark.fuzz
def test_the_reader_alone_lets_nothing_out(long: bool) -> None:
    count = 1_000_000 if long else 2_000
    allowed = {name.lower() for name in PUBLIC}
    for body, _ in zip(Bodies(7), range(count), strict=False):
        under = Shown(ANY_SITE.html(body)).under
        for each in visible_sections(ANY_SITE, body, lambda heading: heading.lower() in allowed):
            for word in TOKEN.findall(each.html):
                assert under.get(word, set()) & allowed, body


def test_levels_that_a_site_shifts_shift_no_section(tmp_path: Path) -> None:
    body = "## History\n\ntok1z\n\n# Purpose\n\ntok2z\n\n## Notes\n\ntok3z\n\n## Responsibilities\n\ntok4z\n"
    files = {
        "mkdocs.yml": SETTINGS.replace("permalink: true", "permalink: true, baselevel: 2"),
        "content/index.md": "# Home\n",
        "roles/boss.md": "---\ntitle: Boss\n---\n",
        "roles/x.md": f"---\ntitle: X\nparent: boss\nstatus: open\n---\n\n{body}",
    }
    public = files["mkdocs.yml"].replace("{navig", "{audience: public, navig") + "site_dir: public\n"
    root = write(tmp_path, files | {"public.yml": public})
    for name in ("mkdocs.yml", "public.yml"):
        build(load_config(str(root / name)))
    words = ["pack", "x", "--format", "md", "-f", str(root / "mkdocs.yml"), "--to", str(root / "packs")]
    assert CliRunner().invoke(main, words).exit_code in (0, 1)
    for folder in ("public", "site/jobs", "packs"):
        assert text_of(root / folder) == {"tok4z"}
