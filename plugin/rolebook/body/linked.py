"""Finds what a text links to and what its parts are called, as MkDocs does when it converts the text."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from rolebook.body.settings import Settings

_AS_MKDOCS = 0
"""MkDocs' own link processor has this priority."""
_NAME = re.compile(r"""<[a-z][^<>]*?\s(?:id|name)=["']([^"'<>]+)["']""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Linked:
    """Where a text's links lead, and to which of its parts a link can lead."""

    addresses: tuple[str, ...]
    """Where its links and pictures lead; HTML in the text does not count, since MkDocs leaves it as it is."""
    names: frozenset[str]
    """The names of its parts, to which a link can lead."""


class LinkReader:
    """Reads the links of texts with the extensions of one site."""

    def __init__(self, settings: Settings) -> None:
        self._addresses = _AddressReader()
        self._markdown = Markdown(
            extensions=[*settings.extensions, self._addresses],
            extension_configs={name: dict(config) for name, config in settings.configs.items()},
        )

    def read(self, text: str) -> Linked:
        """The links of `text`; none where an extension fails, which is reported elsewhere."""
        self._addresses.found = []
        try:
            html = self._markdown.reset().convert(text)
        except Exception:  # of an extension; they raise what they like
            return Linked((), frozenset())
        return Linked(tuple(self._addresses.found), frozenset(_NAME.findall(html)))


class _AddressReader(Extension):
    """Notes where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Note(self), "rolebook-addresses", _AS_MKDOCS)


class _Note(Treeprocessor):
    def __init__(self, addresses: _AddressReader) -> None:
        super().__init__()
        self._addresses = addresses

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            if name and (link := element.get(name)):
                self._addresses.found.append(link)
