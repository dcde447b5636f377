"""A page of the site, and a link to one."""

import msgspec

from rolebook.organisation import Person, Role
from rolebook.pages.kinds import PageKind


class Link(msgspec.Struct, frozen=True):
    """What a page needs to know of another one to link to it."""

    title: str
    uri: str


class Page(msgspec.Struct, frozen=True):
    """A page of the site."""

    uri: str
    """Its Markdown file's path below the site's root, with `/`."""
    title: str
    kind: PageKind
    subject: Role | Person | int | None = None
    """What it is about; for a list, which part of it, from 0."""
    source: str = ""
    """The file it can be edited in, relative to the project's folder; empty when generated throughout."""

    @property
    def link(self) -> Link:
        return Link(self.title, self.uri)
