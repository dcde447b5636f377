"""Chooses the Markdown extensions for bodies from an allowlist, since bodies come from many hands.

An extension or a setting that reads files, runs code or asks another host is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

BUILT_IN = ("toc", "tables", "fenced_code")
"""What MkDocs switches on for every site (its option `markdown_extensions`)."""
SUPERFENCES = "pymdownx.superfences"

_PYTHON_MARKDOWN = (
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em"
    " md_in_html meta nl2br sane_lists smarty tables toc wikilinks"
)
_PYMDOWNX = (
    "arithmatex betterem blocks.admonition blocks.caption blocks.definition blocks.details blocks.html"
    " blocks.tab caret critic details emoji escapeall extra fancylists highlight inlinehilite keys magiclink"
    " mark progressbar quotes saneheaders smartsymbols striphtml superfences tabbed tasklist tilde"
)
ALLOWED = frozenset(
    (
        *_PYTHON_MARKDOWN.split(),
        *(f"markdown.extensions.{name}" for name in _PYTHON_MARKDOWN.split()),
        *(f"pymdownx.{name}" for name in _PYMDOWNX.split()),
    )
)
HIGHLIGHT = "pymdownx.highlight"
_COLOURS_CODE = (HIGHLIGHT, "codehilite", "markdown.extensions.codehilite")
"""Extensions that have Pygments read code: for some texts it takes hours."""
_CONTENTS = frozenset(("toc", "markdown.extensions.toc"))
"""Write a table of contents, and give headings their levels and ids."""
_FIXED_IN_CONTENTS = frozenset(("marker", "baselevel"))
"""`limits.MAX_CONTENTS` counts the usual marker; and a section begins at `##`, not at a shifted level."""
_PLAIN = {"use_pygments": False, "css_class": ""}
_RELAXED = {"relaxed_headers": True}
"""Without colours, a title or numbers of lines beside a fence mean nothing, and it would be no fence."""
_CALLS_CODE = frozenset(("custom_fences", "custom_inline"))
"""Settings that hand the text of a fence to functions of the owner."""
_TRUSTED_FUNCTIONS = ("markdown.", "material.", "pymdownx.")
"""Functions from these modules only change how a text looks."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of extensions and their settings, as Python-Markdown takes them."""

    extensions: tuple[str, ...] = (*BUILT_IN, SUPERFENCES, HIGHLIGHT)
    configs: Mapping[str, Mapping[str, Any]] = field(
        default_factory=lambda: {SUPERFENCES: _RELAXED, HIGHLIGHT: _PLAIN}
    )
    left_out: tuple[str, ...] = ()
    """Extensions that the owner has switched on and that bodies are read without."""

    @classmethod
    def allowed(cls, names: Iterable[object], configs: Mapping[str, Any]) -> "Settings":
        """Keep those of a site's extensions that bodies may be read with."""
        wanted = dict.fromkeys(str(name) for name in names if isinstance(name, str))
        kept = [name for name in wanted if name in ALLOWED]
        # Superfences brings the highlighter along, with its own settings unless it is named.
        kept += [name for name in (SUPERFENCES, HIGHLIGHT) if name not in kept]
        settings = {name: _harmless(configs.get(name) or {}) for name in kept}
        for name in _CONTENTS & settings.keys():
            settings[name] = {
                key: each for key, each in settings[name].items() if key not in _FIXED_IN_CONTENTS
            }
        settings |= {name: {**settings[name], **_PLAIN} for name in _COLOURS_CODE if name in settings}
        settings[SUPERFENCES] |= _RELAXED
        left_out = tuple(name for name in wanted if name not in ALLOWED)
        return cls(tuple(kept), {name: each for name, each in settings.items() if each}, left_out)

    @classmethod
    def of_a_new_handbook(cls) -> "Settings":
        """What `rolebook init` switches on."""
        configs = {
            "pymdownx.tabbed": {"alternate_style": True},
            "pymdownx.tasklist": {"custom_checkbox": True},
        }
        names = ("admonition", "attr_list", "pymdownx.details", SUPERFENCES, *configs)
        return cls.allowed((*BUILT_IN, *names), configs)


def _harmless(value: Any) -> Any:
    """Reduce a setting to plain data and functions of known packages, so that none calls the owner's code."""
    if isinstance(value, Mapping):
        kept = {name: each for name, each in value.items() if name not in _CALLS_CODE}
        return {name: _harmless(each) for name, each in kept.items() if _is_harmless(each)}
    if isinstance(value, list | tuple):
        return [_harmless(each) for each in value if _is_harmless(each)]
    return value


def _is_harmless(value: Any) -> bool:
    if not callable(value):
        return isinstance(value, str | int | float | bool | list | tuple | Mapping | None)
    function = getattr(value, "func", value)
    return f"{getattr(function, '__module__', '')}.".startswith(_TRUSTED_FUNCTIONS)
