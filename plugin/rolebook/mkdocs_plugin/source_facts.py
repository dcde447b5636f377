"""Keeps the link to the repository, and stops the theme's question to the git host.

With `repo_url`, the theme's script asks the git host for stars and releases whenever a page is viewed, and
the host learns who reads the handbook. It does so for the link that is marked for it; here the mark goes.
"""

from collections.abc import Callable
from pathlib import Path

import jinja2
import material

_LINK = "partials/source.html"
_MARK = ' data-md-component="source"'
_THEME = Path(material.__file__).parent

_Found = tuple[str, str | None, Callable[[], bool] | None]


def leave_out(env: jinja2.Environment) -> None:
    """Have pages ask no git host; a link that the owner has written into the theme stays as it is."""
    if env.loader is not None:
        env.loader = _Unasked(env.loader)


class _Unasked(jinja2.ChoiceLoader):
    """Loads the templates of another loader, and takes the mark off the theme's own link."""

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        super().__init__([loader])

    def get_source(self, environment: jinja2.Environment, template: str) -> _Found:
        text, place, is_current = super().get_source(environment, template)
        if template == _LINK and place and Path(place).is_relative_to(_THEME):
            text = text.replace(_MARK, "")
        return text, place, is_current

    def load(self, environment: jinja2.Environment, name: str, globals: object = None) -> jinja2.Template:
        # A ChoiceLoader asks its loaders for the finished template, and so for the text that they have.
        return jinja2.BaseLoader.load(self, environment, name, globals)  # type: ignore[arg-type]
