"""Labels in a real browser: each is drawn as it was written, and none does anything.

A few hundred as one of the tests, thousands with --long (`make fuzz`).
"""

import json
import random
import re
import time
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import Reader
from rolebook.charts.mermaid import MAX_LABEL, flowchart
from rolebook.charts.model import Chart, LinkKind, Node, Style, Target

A_CHART = 40
"""Labels in a chart: as many boxes as one of ours has."""
CHARTS, MANY_CHARTS = 10, 300
MERMAID = files("rolebook") / "assets/vendor/mermaid.min.js"

HOSTILE = [
    '<img src=x onerror="window.hurt=1">',
    "<script>window.hurt=1</script>",
    "<svg/onload=window.hurt=1>",
    "</p></span></div></foreignObject><image href=/beacon />",
    "<style>*{display:none}</style>",
    "<a href='javascript:window.hurt=1'>x</a>",
    "<iframe srcdoc='<script>parent.hurt=1</script>'>",
    '"] click n0 call hurt()',
    '"]; n0 --> n1',
    "']; end",
    "end",
    "graph TD",
    "subgraph one",
    "style n0 fill:red",
    "classDef founder fill:red",
    "click n0 href javascript:alert(1)",
    "direction TB",
    "in direction LR and direction  RL",
    "%% comment",
    "%%{init: {'securityLevel': 'loose'}}%%",
    "---\nconfig: {}\n---",
    "#quot;&#35;&amp;&lt;b&gt; #35; #lt;",
    "ﬂ°°35¶ß ﬂ°lt¶ß",
    "$$\\sqrt{2}$$ $$$ $x$",
    "`**bold** _it_ ~~no~~`",
    "**bold** __bold__ `code` [a](b)",
    "- item",
    "1. item",
    "# heading",
    "> quote",
    "fa:fa-car B fa-user:x",
    "a\\nb \\n \\\\ \\u0041",
    "a<br>b<br/>c",
    "&nbsp;&#x3c;script&#x3e;",
    "@{ shape: circle }",
    "n0@{ img: '/beacon' }",
    ":::founder",
    "|x| ||y||",
    "{{ 7*7 }} ${7*7} <%= 7 %>",
    "__proto__ constructor toString",
    "👩‍💻 🏳️‍🌈 é ẞ ß",
    "עברית العربية 日本語 ไทย हिन्दी",
    "\u202eback\u202c \u2066x\u2069",
    "a\u200bb\u00adc\ufeffd",
    "\x00\x07\x1b\x85",
    "\ud800 lone \udfff",
    "x" * 300,
    "<" * 300,
    "",
    "   ",
]
SIGNS = "\"'`<>&;#%{}[]()|\\/:=-~*_$@!?.,^+ \n\tß"
PIECES = [*HOSTILE, *SIGNS, "direction ", "end ", "<br/>", "#35;"]


def texts(dice: random.Random) -> Iterator[str]:
    """The hostile ones, then ever new mixtures of their parts, of words and of any characters."""
    yield from HOSTILE
    while True:
        kind = dice.randrange(3)
        if kind == 0:
            yield "".join(dice.choice(PIECES)[: dice.randrange(1, 30)] for _ in range(dice.randrange(1, 6)))
        elif kind == 1:
            yield "".join(chr(dice.randrange(32, 127)) for _ in range(dice.randrange(1, 40)))
        else:
            yield "".join(chr(dice.randrange(0x30000)) for _ in range(dice.randrange(1, 20)))


def as_shown(text: str) -> str:
    """What a reader is to see of `text`, said once more in this test's own words."""
    text = unicodedata.normalize("NFC", text).replace("ﬂ", "fl").replace("¶", "")
    text = re.sub(r"[^\S\xa0]", " ", text)
    text = "".join(
        char for char in text if char in "\u200c\u200d" or not unicodedata.category(char).startswith("C")
    )
    text = re.sub(" +", " ", text).strip(" ")
    text = re.sub(r"\$(?=\$)", "$\N{ZERO WIDTH NON-JOINER}", text)
    return (text if len(text) <= MAX_LABEL else text[: MAX_LABEL - 1].rstrip() + "…") or "—"


def source(labels: list[str]) -> str:
    nodes = (
        Node(text, list(Style)[place % len(Style)], Target(LinkKind.ROLES), 0 if place else None)
        for place, text in enumerate(labels)
    )
    chart = Chart(f"Chart of {labels[0]}", f"Shows {labels[-1]}", tuple(nodes))
    return flowchart(chart, lambda node: "../roles/")


DRAW = """async sources => {
  const shown = []
  for (const source of sources) {
    const { svg } = await mermaid.render("chart", source)
    document.body.innerHTML = svg
    const nodes = [...document.querySelectorAll("g.node")]
    const place = node => Number(node.id.match(/-n(\\d+)-/)[1])
    nodes.sort((one, other) => place(one) - place(other))
    shown.push(nodes.map(node => node.querySelector(".nodeLabel").textContent))
  }
  return shown
}"""


@pytest.mark.fuzz
def test_every_label_is_drawn_as_it_was_written(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    long = request.config.getoption("long")
    seed = random.SystemRandom().randrange(10**6) if long else 3
    endless = texts(random.Random(seed))
    (tmp_path / "page.html").write_text("<!doctype html><title>Labels</title><body></body>", encoding="utf-8")
    reader = Reader(browser, f"{tmp_path.as_uri()}/")
    reader.page.goto(f"{reader.base}page.html")
    reader.page.add_script_tag(content=MERMAID.read_text(encoding="utf-8"))
    reader.page.evaluate("mermaid.initialize({ startOnLoad: false })")
    started = time.monotonic()
    for _ in range(MANY_CHARTS if long else CHARTS):
        labels = [next(endless) for _ in range(A_CHART)]
        (drawn,) = reader.page.evaluate(DRAW, [source(labels)])
        # A word wider than a box is broken inside it.
        shown = [text.replace("\N{ZERO WIDTH SPACE}", "") for text in drawn]
        wrong = [pair for pair in zip(map(as_shown, labels), shown, strict=True) if pair[0] != pair[1]]
        assert wrong == [], f"seed {seed}: {json.dumps(wrong)}"
    assert reader.page.evaluate("window.hurt") is None
    assert reader.complaints == []
    reader.close()
    if long:
        drawn = MANY_CHARTS * A_CHART
        print(f"{drawn:,} labels drawn in {time.monotonic() - started:.0f} s, seed {seed}: all as written")
