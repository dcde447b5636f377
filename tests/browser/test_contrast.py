"""Lines and text of charts stand out from what is behind them, whatever palette a site has chosen."""

import colorsys
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import material
import pytest
from playwright.sync_api import Browser

from browser import SCREENS, Reader, served
from contrast import Colour, contrast, over
from rolebook.charts.mermaid import flowchart
from rolebook.charts.model import Chart, LinkKind, Node, Style, Target
from sites import build_site, copy_sample, set_options

LINES, TEXT = 3.0, 4.5
"""What WCAG 2.2 asks for (1.4.11 and 1.4.3)."""
OURS = (files("rolebook") / "assets/rolebook.css").read_text(encoding="utf-8")
STYLESHEETS = Path(material.__file__).parent / "templates/assets/stylesheets"
(THEIRS,) = [file.read_text(encoding="utf-8") for file in STYLESHEETS.glob("palette.*.css")]


def colour(written: str) -> Colour:
    """A colour as Material's style sheet has it: `#rgb`, `#rrggbb` or `hsl(…)`."""
    if written.startswith("hsl"):
        hue, saturation, lightness = (float(number) for number in re.findall(r"[\d.]+", written)[:3])
        return colorsys.hls_to_rgb(hue / 360, lightness / 100, saturation / 100)
    digits = written.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


HUE = re.search(r"slate\]\{[^}]*--md-hue:(\d+)", THEIRS)
GROUNDS = {
    "light": colour("#fff"),
    "slate": colour(f"hsl({HUE[1] if HUE else 225}, 15%, 14%)"),
}
ACCENTS = {"black": colour("#000"), "white": colour("#fff")} | {
    found[1]: colour(found[2])
    for found in re.finditer(r"accent=([a-z-]+)\][^}]*?--md-accent-fg-color:([^;]+)", THEIRS)
}
"""Every accent that Material offers, and the two extremes that a site could choose itself."""


def strokes() -> set[str]:
    """The colours of all lines that tell the ways of holding a seat apart."""
    nodes = tuple(Node("A", style, Target(LinkKind.ROLES)) for style in Style)
    drawn = re.findall(r"stroke:(#\w+)", flowchart(Chart("", "", nodes), lambda node: ""))
    (lasting,) = re.findall(r"^:root \{(.*?)^\}", OURS, re.MULTILINE | re.DOTALL)
    return {*drawn, *re.findall(r"--rb-[a-z-]+: (#\w+)", lasting), *re.findall(r"stroke: (#\w+)", OURS)}


CARDS = re.compile(r'^(?:html|  \[data-md-color-scheme="slate"\]) \{$', re.MULTILINE)


@pytest.mark.parametrize("ground", GROUNDS)
def test_cards_are_legible_and_their_lines_stand_out(ground: str) -> None:
    light, dark = (part.partition("}")[0] for part in CARDS.split(OURS)[1:3])
    found = dict(re.findall(r"--rb-([a-z0-9-]+): (#\w+)", light if ground == "light" else dark))
    holders = [name.removesuffix("-bg") for name in found if name.startswith("face-") and "-bg" in name]
    assert len(holders) == 5 and len(found) > 20
    pairs = {
        **{(name, f"{name}-bg"): 4.5 for name in holders},
        ("soft", "card"): 4.5, ("soft", "canvas"): 4.5, ("face-vacant", "card"): 4.5,
        ("amber", "amber-bg"): 4.5, ("amber", "card"): 4.5,
        ("rule", "canvas"): 3, ("focus", "card"): 3, ("focus", "canvas"): 3,
        **{(f"f{at}", "card"): 3 for at in range(1, 6)},
    }  # fmt: skip
    figures = {pair: contrast(colour(found[pair[0]]), colour(found[pair[1]])) for pair in pairs}
    assert {pair: figure for pair, figure in figures.items() if figure < pairs[pair]} == {}


def test_what_is_measured_was_found() -> None:
    assert len(ACCENTS) > 15
    assert len(strokes()) >= 5
    assert "14%, 1)" in THEIRS


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("stroke", sorted(strokes()))
def test_lines_stand_out_from_the_page_and_from_every_box(stroke: str, ground: str) -> None:
    tint = re.search(r"node-bg-color: color-mix\(in srgb, var\(--md-accent-fg-color\) (\d+)%", OURS)
    assert tint
    behind = {"page": GROUNDS[ground]}
    behind |= {name: over(accent, int(tint[1]) / 100, GROUNDS[ground]) for name, accent in ACCENTS.items()}
    pale = {name: contrast(colour(stroke), box) for name, box in behind.items()}
    assert {name: ratio for name, ratio in pale.items() if ratio < LINES} == {}


PALETTES = {
    "indigo": {},
    "yellow": {"data-md-color-accent": "yellow", "data-md-color-primary": "lime"},
    "lime": {"data-md-color-accent": "lime", "data-md-color-primary": "yellow"},
    "own": {"style": "--md-accent-fg-color: #f0e6ff; --md-accent-fg-color--transparent: #f0e6ff1a"},
    "own dark": {"style": "--md-accent-fg-color: #101820; --md-primary-fg-color: #101820"},
}
PAINTED = """([which, palette]) => {
  for (const [name, value] of Object.entries(palette)) document.body.setAttribute(name, value)
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const mixed = (...layers) => {
    for (const layer of layers) { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1) }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
  }
  const page = getComputedStyle(document.body).backgroundColor
  const box = (shape, ink) => {
    const { fill, stroke } = getComputedStyle(shape)
    const authors = getComputedStyle(shape).getPropertyValue("--md-mermaid-node-fg-color")
    return { page: mixed(page), box: mixed(page, fill), line: mixed(page, fill, stroke),
             text: mixed(page, fill, ink), authors: mixed(page, authors) }
  }
  const ink = (element, property) => getComputedStyle(element)[property]
  if (which === "built")
    return [...document.querySelectorAll(".rb-drawing .rb-box")].flatMap(shape => {
      let text = shape
      while (text.localName !== "text") text = text.nextElementSibling
      return [...text.children].map(part => box(shape, ink(part, "fill")))
    })
  const svg = document.querySelector("div.mermaid").shadowRoot
  return [...svg.querySelectorAll(".node")].map(node =>
    box(node.querySelector("rect, polygon, path"), ink(node.querySelector(".nodeLabel p"), "color")))
}"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample with its chart drawn when it is built."""
    root = copy_sample(tmp_path_factory.mktemp("drawn") / "handbook")
    set_options(root, static_charts=["overview"])
    with served(build_site(root)[0]) as address:
        yield address


@pytest.mark.parametrize("screen", ["light", "dark"])
@pytest.mark.parametrize("which", ["drawn by Mermaid", "built"])
def test_text_and_lines_of_charts_stand_out(
    browser: Browser, base: str, drawn: str, screen: str, which: str
) -> None:
    reader = Reader(browser, drawn if which == "built" else base, **SCREENS[screen])
    page = reader.open("org-chart/")
    for name, palette in PALETTES.items():
        boxes = page.evaluate(PAINTED, [which, palette])
        assert len(boxes) > 5
        for box in boxes:
            assert contrast(box["text"], box["box"]) >= TEXT, (name, box)
            assert contrast(box["line"], box["box"]) >= LINES, (name, box)
            assert contrast(box["line"], box["page"]) >= LINES, (name, box)
            assert contrast(box["authors"], box["page"]) >= LINES, (name, box)
    reader.close()
