"""Lists and compiles the theme's templates once for all builds of a process.

MkDocs begins each build with templates that are only text, and lists a folder of ten thousand icons.
"""

from types import CodeType

import jinja2
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig

from rolebook.mkdocs_plugin.incremental.site_fingerprint import uses_stock_theme
from rolebook.mkdocs_plugin.internals import with_environment


class TemplateCache(jinja2.BytecodeCache):
    """Compiled templates by name, as long as their text is the same; and the theme's list of them."""

    def __init__(self) -> None:
        self._compiled: dict[str, tuple[str, CodeType]] = {}
        self._names: dict[tuple[str, ...], list[str]] = {}

    def install(self, config: MkDocsConfig) -> None:
        """Have the build of `config` use this cache."""
        folders = tuple(config.theme.dirs) if uses_stock_theme(config) else ()

        def use_cache(env: jinja2.Environment) -> None:
            env.bytecode_cache = self
            if folders and env.loader:
                env.loader = _CachingLoader(env.loader, folders, self._names)

        with_environment(config, use_cache)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it was compiled from the same text."""
        text, code = self._compiled.get(bucket.key, ("", None))
        if text == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of a template."""
        if bucket.code is not None:
            self._compiled[bucket.key] = bucket.checksum, bucket.code


class _CachingLoader(jinja2.ChoiceLoader):
    """Lists templates once: they are in folders of installed packages, which do not change meanwhile."""

    def __init__(
        self, loader: jinja2.BaseLoader, folders: tuple[str, ...], names: dict[tuple[str, ...], list[str]]
    ) -> None:
        super().__init__([loader])
        self._folders = folders
        self._names = names

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        if self._folders not in self._names:
            self._names[self._folders] = super().list_templates()
        return self._names[self._folders]
