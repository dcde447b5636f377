"""The theme's templates, listed and compiled once for all builds of a process.

MkDocs begins each build with templates that are only text, and looks for them in a folder of ten thousand
icons. Of a quick build that is nearly half.
"""

from collections.abc import Callable
from types import CodeType

import jinja2
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig

from rolebook.mkdocs_plugin.look import is_stock


class Compiled(jinja2.BytecodeCache):
    """Keeps templates in memory for as long as their text is the same, and what there is in the theme."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}
        self._listed: dict[tuple[str, ...], list[str]] = {}

    def hand_to(self, config: MkDocsConfig) -> None:
        """Have a build get its templates with what is known of them."""
        theme = config.theme
        folders = tuple(theme.dirs) if is_stock(config) else ()

        def get_env(make: Callable[[], jinja2.Environment] = theme.get_env) -> jinja2.Environment:
            env = make()
            env.bytecode_cache = self
            if folders and env.loader:
                env.loader = _ListedOnce(env.loader, folders, self._listed)
            return env

        theme.get_env = get_env  # type: ignore[method-assign]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template what was made of it before."""
        text, code = self._known.get(bucket.key, ("", None))
        if text == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was made of a template."""
        if bucket.code is not None:
            self._known[bucket.key] = bucket.checksum, bucket.code


class _ListedOnce(jinja2.ChoiceLoader):
    """Templates in folders of installed packages, where nothing is added while a process runs."""

    def __init__(
        self, loader: jinja2.BaseLoader, folders: tuple[str, ...], listed: dict[tuple[str, ...], list[str]]
    ) -> None:
        super().__init__([loader])
        self._folders = folders
        self._listed = listed

    def list_templates(self) -> list[str]:
        """Their names."""
        if self._folders not in self._listed:
            self._listed[self._folders] = super().list_templates()
        return self._listed[self._folders]
