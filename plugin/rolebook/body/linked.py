"""Finds what a text links to and what its parts are called, as MkDocs does when it converts the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown, htmlparser
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from rolebook.body.settings import Settings

# MkDocs' own processors have these priorities.
_ADDRESSES, _NAMES, _RAW_NAMES = 0, 5, 21


@dataclass(frozen=True, slots=True)
class Linked:
    """Where a text's links lead, and to which of its parts a link can lead."""

    addresses: tuple[str, ...]
    """Where its links and pictures lead; HTML in the text does not count, since MkDocs leaves it as it is."""
    names: frozenset[str]
    """The names of its parts, to which a link can lead."""
    html: str


class LinkReader:
    """Reads the links of texts with the extensions of one site."""

    def __init__(self, settings: Settings) -> None:
        self._notes = _Notes()
        configs = {name: dict(config) for name, config in settings.configs.items()}
        try:
            self._markdown = Markdown(
                extensions=[*settings.extensions, self._notes], extension_configs=configs
            )
        except Exception:  # of an extension with options that it does not have, which is reported elsewhere
            self._markdown = Markdown(extensions=[self._notes])

    def read(self, text: str) -> Linked:
        """The links of `text`; none where an extension fails, which is reported elsewhere."""
        self._notes.addresses, self._notes.names = [], set()
        try:
            html = self._markdown.reset().convert(text)
        except Exception:  # of an extension; they raise what they like
            return Linked((), frozenset(), "")
        return Linked(tuple(self._notes.addresses), frozenset(self._notes.names), html)


class _Notes(Extension):
    """Notes where links lead, and the names of parts."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.names: set[str] = set()

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_RawNames(self), "rolebook-raw-names", _RAW_NAMES)
        md.treeprocessors.register(_Names(self), "rolebook-names", _NAMES)
        md.treeprocessors.register(_Addresses(self), "rolebook-addresses", _ADDRESSES)


class _Addresses(Treeprocessor):
    def __init__(self, notes: _Notes) -> None:
        super().__init__()
        self._notes = notes

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            if name and (link := element.get(name)):
                self._notes.addresses.append(link)


class _Names(Treeprocessor):
    def __init__(self, notes: _Notes) -> None:
        super().__init__()
        self._notes = notes

    def run(self, root: Element) -> None:
        for element in root.iter():
            self._notes.names.update(_names(element.tag, element.items()))


class _RawNames(Preprocessor):
    """Notes the names in the text's own HTML, which Python-Markdown then leaves out of the tree."""

    def __init__(self, notes: _Notes) -> None:
        super().__init__()
        self._notes = notes

    def run(self, lines: list[str]) -> list[str]:
        tags = _Tags(self._notes)
        tags.feed("\n".join(lines))
        tags.close()
        return lines


class _Tags(htmlparser.htmlparser.HTMLParser):  # type: ignore[name-defined, misc]
    def __init__(self, notes: _Notes) -> None:
        super().__init__()
        self._notes = notes

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self._notes.names.update(_names(tag, attrs))


def _names(tag: object, attributes: Iterable[tuple[str, str | None]]) -> list[str]:
    return [value for key, value in attributes if value and (key == "id" or (key, tag) == ("name", "a"))]
