"""Fills the blocks for which authors ask on a line of their own pages."""

import re

from rolebook.rendering.renderer import Renderer

_MODEL = "business-model"
_BLOCKS = {"numbers": "numbers", "org-chart": "org_chart", _MODEL: "business_model"}
"""The method of `Renderer` that fills each block, by what an author writes."""
_MARKER = re.compile(r"^[ \t]*<!-- rolebook: ([a-z-]+) -->[ \t]*$", re.MULTILINE)


def filled(markdown: str, renderer: Renderer, uri: str) -> str:
    """Fill the blocks in the text of the page at `uri`.

    Who keeps which promise stands on the page of the business model also where its author has not said where.
    """
    if uri == renderer.business_uri and _MODEL not in _MARKER.findall(markdown):
        markdown = f"{markdown}\n\n<!-- rolebook: {_MODEL} -->\n"

    def block(found: re.Match[str]) -> str:
        name = _BLOCKS.get(found[1])
        return getattr(renderer, name)(uri) if name else found[0]

    return _MARKER.sub(block, markdown)
