"""Fills the blocks for which authors ask on a line of their own pages."""

from rolebook import blocks
from rolebook.rendering.renderer import Renderer


def filled(markdown: str, renderer: Renderer, uri: str) -> str:
    """Fill the blocks in the text of the page at `uri`.

    Who keeps which promise stands on the page of the business model also where its author has not said where.
    """
    if uri == renderer.business_uri and blocks.BUSINESS_MODEL not in blocks.asked(markdown):
        markdown = f"{markdown}\n\n<!-- rolebook: {blocks.BUSINESS_MODEL} -->\n"

    def block(name: str) -> str:
        fill = {"numbers": renderer.numbers, "org-chart": renderer.org_chart}
        return fill.get(name, renderer.business_model)(uri)

    return blocks.filled(markdown, block)
