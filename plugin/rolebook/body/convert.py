"""Converts bodies to HTML, by Python-Markdown with the extensions of the site, and cleans it."""

from collections.abc import Set
from functools import cached_property
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from rolebook.body.cleaning import clean
from rolebook.body.settings import Settings

NOWHERE = "#"
BEFORE_INLINE = 25
"""Python-Markdown reads what is within lines at priority 20, when all definitions of links are known."""


class Converter:
    """Converts bodies for whoever is not a page of the site."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._definitions = _Definitions()

    def html(self, body: str, known: Set[str]) -> str:
        """Convert `body` to cleaned HTML. Links such as `[text][name]` work if the name is `known`.

        Nothing where an extension fails: what cannot be read cannot be shown.
        """
        self._definitions.known = known
        try:
            html = self._markdown.reset().convert(body)
        except Exception:  # of an extension; they raise what they like
            return ""
        return clean(html)

    @cached_property
    def _markdown(self) -> Markdown:
        return Markdown(
            extensions=[*self._settings.extensions, self._definitions],
            extension_configs={name: dict(config) for name, config in self._settings.configs.items()},
        )


class _Definitions(Extension):
    """Takes away the addresses of links such as `[text][name]`, unless the name is `known`."""

    known: Set[str] = frozenset()

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Forget(md, self), "rolebook-definitions", BEFORE_INLINE)


class _Forget(Treeprocessor):
    def __init__(self, md: Markdown, definitions: _Definitions) -> None:
        super().__init__(md)
        self._definitions = definitions

    def run(self, root: Element) -> None:
        for name in self.md.references.keys() - self._definitions.known:
            self.md.references[name] = NOWHERE, ""
