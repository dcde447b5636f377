"""Converts the texts of role and person files by MkDocs.

MkDocs checks and translates the links of a text while it converts it, so it converts these texts, too: with
the extensions that are allowed for them only, and out of reach of other plugins.
"""

import copy

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import AnchorLink, TableOfContents

from rolebook.body import Settings
from rolebook.body.cleaning import clean
from rolebook.body.events import Open, TextRun, events, heading
from rolebook.body.settings import SUPERFENCES
from rolebook.language import N_, gettext_html

_BOX = '<input type="checkbox" '
_BOXES = {
    f"{_BOX}disabled checked/>": (N_("Done"), " disabled checked/>"),
    f"{_BOX}disabled/>": (N_("To do"), " disabled/>"),
}
"""The boxes that `pymdownx.tasklist` writes, and what each means."""
_LEVELS = {f"h{level}": level for level in range(1, 7)}


class Bodies:
    """Converts the texts of role and person files on one site."""

    def __init__(self, settings: Settings, is_trusted: bool) -> None:
        self._settings = settings
        self.is_trusted = is_trusted
        """Whether other plugins and all extensions get hold of them."""
        self._config: MkDocsConfig | None = None

    def config(self, config: MkDocsConfig) -> MkDocsConfig:
        """`config` with the Markdown extensions for these texts."""
        if self.is_trusted:
            return config
        if self._config is None:
            ours = [each for each in config.markdown_extensions if not isinstance(each, str)]
            fences = [each for each in config.mdx_configs[SUPERFENCES]["custom_fences"] if _is_ours(each)]
            configs = {name: dict(each) for name, each in self._settings.configs.items()}
            configs.setdefault(SUPERFENCES, {})["custom_fences"] = fences
            self._config = copy.copy(config)
            self._config["markdown_extensions"] = [*self._settings.extensions, *ours]
            self._config["mdx_configs"] = configs
        return self._config

    def cleaned(self, html: str) -> str:
        """Make the converted text harmless, and name its boxes for a screen reader."""
        return clean(with_named_boxes(html))


def with_named_boxes(html: str) -> str:
    """Name the boxes of task lists in `html` for a screen reader."""
    for box, (label, end) in _BOXES.items():
        html = html.replace(box, f'{_BOX}aria-label="{gettext_html(label)}"{end}')
    return html


def _is_ours(fence: dict[str, object]) -> bool:
    return str(getattr(fence.get("format"), "__module__", "")).startswith("rolebook.")


def contents(html: str) -> TableOfContents:
    """List the headings of a finished page that have names; the theme prints their texts as HTML."""
    top: list[AnchorLink] = []
    above: list[AnchorLink] = []
    stream = events(html)
    for event in stream:
        if not (isinstance(event, Open) and event.tag in _LEVELS and event.attributes.get("id")):
            continue
        level = _LEVELS[event.tag]
        text, _ = heading(event, stream)
        link = AnchorLink(TextRun(text).markup, event.attributes["id"], level)
        while above and above[-1].level >= level:
            above.pop()
        (above[-1].children if above else top).append(link)
        above.append(link)
    if top:
        top[0].active = True  # type: ignore[attr-defined]
    return TableOfContents(top)
