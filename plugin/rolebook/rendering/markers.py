"""What authors ask for on a line of its own in their own pages."""

import re

from rolebook.rendering.renderer import Renderer

_MODEL = "business-model"
_BLOCKS = {"numbers": "numbers", "org-chart": "org_chart", _MODEL: "business_model"}
"""What an author names, and what of `Renderer` stands there on the site."""
_MARKER = re.compile(r"^[ \t]*<!-- rolebook: ([a-z-]+) -->[ \t]*$", re.MULTILINE)


def filled(markdown: str, renderer: Renderer, uri: str) -> str:
    """The text of the page at `uri` with its blocks filled.

    Who keeps which promise stands on the page of the business model also where its author has not said where.
    """
    if uri == renderer.business_uri and _MODEL not in _MARKER.findall(markdown):
        markdown = f"{markdown}\n\n<!-- rolebook: {_MODEL} -->\n"

    def block(found: re.Match[str]) -> str:
        name = _BLOCKS.get(found[1])
        return getattr(renderer, name)(uri) if name else found[0]

    return _MARKER.sub(block, markdown)
