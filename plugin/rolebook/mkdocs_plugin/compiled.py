"""The theme's templates, compiled once for all builds of a process.

MkDocs begins each build with templates that are only text, and a third of a quick build is to compile them.
"""

from types import CodeType

import jinja2
from jinja2.bccache import Bucket


class Compiled(jinja2.BytecodeCache):
    """Keeps templates in memory for as long as their text is the same."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template what was made of it before."""
        text, code = self._known.get(bucket.key, ("", None))
        if text == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was made of a template."""
        if bucket.code is not None:
            self._known[bucket.key] = bucket.checksum, bucket.code
