"""Finds links, anchors and entries of the navigation that lead nowhere, and pages that nothing leads to.

They are those of which MkDocs would warn, and a strict build is refused exactly if there is a warning here.
A body is converted only if something in it looks like such a link, so a check stays quick.

`site_files` knows what is on the site, `page_parts` what the parts of its pages are called. `search` finds
links that lead nowhere, `nav_entries` entries of the navigation, and `remedies` says what to write instead.
"""

from rolebook.dead_links.model import Suggestion
from rolebook.dead_links.search import DeadLinks, DeadLinkSearch

__all__ = ["DeadLinkSearch", "DeadLinks", "Suggestion"]
