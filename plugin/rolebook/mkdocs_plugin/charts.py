"""Makes Mermaid charts work on a MkDocs site, also beside mkdocs-mermaid2-plugin.

Material draws `<pre class="mermaid">`, in the colours of the palette, with whatever `mermaid` object it
finds. Ours is a small loader that fetches the script from the site itself when the first chart is drawn.
"""

import re
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from rolebook.charts.mermaid import figure, words_for_scripts
from rolebook.language import gettext
from rolebook.mkdocs_plugin.internals import use_local_mermaid

_SCRIPT = "assets/rolebook/mermaid.min.js"
_SUPERFENCES = "pymdownx.superfences"

# mermaid2 takes every page apart in which it finds the word, at 12–166 ms a page. The charts get their class
# after it has run. A plugin that makes pages smaller leaves out quotes where HTML needs none.
_UNMARKED = re.compile(r'(<pre(?: id=(?:"[^"]*"|[^\s">]+))? class="?)rolebook-chart\b')

_FIGURE = re.compile(r'<figure class="?rb-chart"?(?=[\s>])')


def fence(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **more: Any
) -> str:
    """Turn a ```` ```mermaid ```` block into escaped HTML that the search index leaves out."""
    return figure(source)


def mark(html: str) -> str:
    """Mark the charts of the finished page for Material, and give them the words of our script."""
    if "rb-chart" not in html:
        return html
    words = words_for_scripts()
    html = _FIGURE.sub(lambda found: f"{found[0]} {words}", html)
    return _UNMARKED.sub(r"\1mermaid", html)


log = get_plugin_logger("rolebook")

_NEEDS_A_SERVER = "navigation.instant"
"""A feature of Material; opened from a disk, a page with it draws no chart."""


def set_up(config: MkDocsConfig) -> None:
    """Make charts work on this site: the fence, the script and the styles."""
    _add_fence(config)
    if not config.use_directory_urls:
        _work_without_a_server(config)
    use_local_mermaid(config, _SCRIPT)
    # Before the owner's, which may change its colours.
    config.extra_css.insert(0, "assets/rolebook/rolebook.css")
    config.extra_javascript.extend(f"assets/rolebook/{name}.js" for name in ("charts", "copy", "landmarks"))


def _work_without_a_server(config: MkDocsConfig) -> None:
    """Switch off what keeps charts from being drawn when somebody opens a page's file."""
    features = config.theme.get("features") or []
    if any(str(each).startswith(_NEEDS_A_SERVER) for each in features):
        config.theme["features"] = [each for each in features if not str(each).startswith(_NEEDS_A_SERVER)]
        message = gettext(
            "With 'use_directory_urls: false', pages can be opened without a server: '%(feature)s' is "
            "left out, since no chart could be drawn with it.",
            feature=_NEEDS_A_SERVER,
        )
        log.info(message)


def _add_fence(config: MkDocsConfig) -> None:
    if _SUPERFENCES not in config.markdown_extensions:
        config.markdown_extensions.append(_SUPERFENCES)
    settings = config.mdx_configs.setdefault(_SUPERFENCES, {})
    others = [each for each in settings.get("custom_fences", []) if each.get("name") != "mermaid"]
    ours = {"name": "mermaid", "class": "mermaid", "format": fence}
    settings["custom_fences"] = [*others, ours]
