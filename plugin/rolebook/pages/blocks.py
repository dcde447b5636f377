"""What authors ask for on a line of its own in their own pages."""

from rolebook.pages.render import Renderer

_BLOCKS = {"<!-- rolebook: numbers -->": "numbers", "<!-- rolebook: org-chart -->": "org_chart"}
"""What an author writes, and what of `Renderer` stands there on the site."""


def filled(markdown: str, renderer: Renderer, uri: str) -> str:
    """The text of the page at `uri` with its blocks filled."""
    if "<!-- rolebook:" in markdown:
        for marker, block in _BLOCKS.items():
            if marker in markdown:
                markdown = markdown.replace(marker, getattr(renderer, block)(uri))
    return markdown
