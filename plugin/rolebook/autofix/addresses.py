"""Finds addresses of the site in texts, and says what they are after a rename."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

from rolebook.pages.branches import anchor_of


class Addresses:
    """Knows the addresses of the site's own pages before and after a rename."""

    def __init__(self, url: str, pages: Mapping[str, str], roles: Mapping[str, str]) -> None:
        self._base = f"{url.rstrip('/')}/" if url else ""
        self._pages, self._roles = pages, roles
        self._pattern = re.compile(rf"(?<![\w/]){re.escape(self._base)}[^\s<>()\[\]\"'`,;]*")

    def may_be_in(self, text: str) -> bool:
        return bool(self._base) and self._base in text

    def found(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Find each address in `text` that changes: where it begins, the address, the new address."""
        for address in self._pattern.finditer(text) if self.may_be_in(text) else ():
            old = address[0].rstrip(".:!?*_")
            new = self._moved(old)
            if new != old:
                yield address.start(), old, new

    def changed(self, text: str) -> str:
        """Write the new addresses into `text`."""
        parts, at = [], 0
        for start, old, new in self.found(text):
            parts += [text[at:start], new]
            at = start + len(old)
        return "".join((*parts, text[at:]))

    def _moved(self, address: str) -> str:
        place, sharp, fragment = address.partition("#")
        way, mark, query = place[len(self._base) :].partition("?")
        for ending in ("/", ".html", ".md", ""):
            page = unquote(way.removesuffix(ending))
            goal = self._pages.get(f"{page}.md") if way.endswith(ending) else None
            if goal:
                way = quote(goal.removesuffix(".md")) + ending
                break
        anchors = {anchor_of(old): anchor_of(new) for old, new in self._roles.items()}
        return f"{self._base}{way}{mark}{query}{sharp}{anchors.get(fragment, fragment)}"
