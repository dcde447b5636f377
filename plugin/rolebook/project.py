"""A handbook's folders and options, as every room gets them."""

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rolebook import files
from rolebook.body import Settings
from rolebook.language import Language, english, in_direction, language_for, with_words
from rolebook.options import Options
from rolebook.schema.own_fields import Records, records_with


@dataclass(frozen=True, slots=True)
class ThemeLanguage:
    """The language of the site's theme."""

    code: str = ""
    """Empty where none is set."""
    direction: str = ""
    """`rtl` or `ltr`, if somebody has set in which direction the theme's pages are laid out."""
    path: str = ""
    line: int = 0
    """Where it is set; 0 where nobody knows."""


OWN_TEMPLATES = "rolebook"
"""The folder of a handbook's own templates, in the theme's `custom_dir`."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where a handbook's files are, and what its owner has set."""

    root: Path
    """The folder of `mkdocs.yml`; every path in a message is relative to it."""
    docs_dir: str
    """The folder of the hand-written pages, relative to `root` where it is below it, with `/`."""
    name: str
    options: Options
    url: str = ""
    """Where the site is published; empty when nobody has said."""
    has_password: bool = False
    """Whether another plugin asks for a password on the site's pages: then nothing may be beside them."""
    templates_dir: str = ""
    """The folder of the handbook's own templates, relative to `root`; empty without a theme of its own."""
    markdown: Settings = field(default_factory=Settings)
    """How the texts of role and person files are read."""

    theme_language: ThemeLanguage = ThemeLanguage()
    """The language of the rest of the site."""
    settings_path: str = "mkdocs.yml"
    """The file with the options."""
    option_lines: Mapping[str, int] = field(default_factory=dict)
    """The lines of the options there, and of their entries, such as `founders.2`."""

    tree: files.Tree | None = None
    """The files, where they are those of a commit and not those in the folder."""

    @property
    def source(self) -> files.Root:
        """Where the project's files are read."""
        return self.root if self.tree is None else self.tree

    @property
    def language_wanted(self) -> str:
        """The code of the language that the handbook is to be in; empty when nobody has said."""
        return self.options.language or self.theme_language.code

    @property
    def language(self) -> Language:
        """The language of its pages and documents."""
        found = with_words(self.language_of_messages, self.options.words)
        direction = self.theme_language.direction
        return in_direction(found, direction) if direction not in ("", found.direction) else found

    @property
    def language_of_messages(self) -> Language:
        """The language of what is reported: the words of fields and of the guide, not those of the owner."""
        return language_for(self.language_wanted) or english()

    @property
    def is_public(self) -> bool:
        """Whether the site is for outsiders."""
        return self.options.audience == "public"

    @property
    def chart_files(self) -> tuple[str, ...]:
        """The forms in which colleagues can download charts, besides SVG."""
        return () if self.is_public or self.has_password else self.options.chart_files

    @property
    def records(self) -> Records:
        """What declares the fields of the handbook's files, its own ones among them."""
        return records_with(self.options.fields)

    @property
    def business_path(self) -> str:
        return f"{self.docs_dir}/{self.options.business_model}"

    def option_line(self, place: str) -> int:
        """The line of an option, or of an entry of one; 0 where it is not known."""
        return self.option_lines.get(place) or self.option_lines.get(place.partition(".")[0], 0)

    def from_docs_dir(self, path: str) -> str:
        """The file at `path`, which is relative to `root`, as it is reached from `docs_dir`."""
        inside = path.removeprefix(f"{self.docs_dir}/")
        return posixpath.normpath(f"{_up(self.root, self.docs_dir)}/{path}") if inside == path else inside


def templates_dir(root: Path, custom_dir: str) -> str:
    """The folder of a handbook's own templates, relative to `root`, by the theme's `custom_dir`."""
    if not custom_dir or "\0" in custom_dir:
        return ""
    return posixpath.join(Path(os.path.relpath(root / custom_dir, root)).as_posix(), OWN_TEMPLATES)


@cache
def _up(root: Path, docs_dir: str) -> str:
    top = root.absolute().as_posix()
    return posixpath.relpath(top, posixpath.join(top, docs_dir))
