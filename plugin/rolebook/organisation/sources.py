"""Files of roles and people as they were parsed, before they are joined."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rolebook.body import ANY_SITE, Heading, Reader
from rolebook.schema.declarations import values_of
from rolebook.schema.kinds import Kind, ListOf
from rolebook.schema.own_fields import own_values
from rolebook.schema.records import PERSON, ROLE, PersonFields, RoleFields


@dataclass(frozen=True)
class RoleFile:
    """A role as its file gives it."""

    id: str
    path: str
    """The file, relative to the project's folder."""
    fields: RoleFields
    lines: Mapping[str, int]
    """Line of each value that was written, by its place: see `schema.kinds.Report`."""
    body: str = ""
    body_line: int = 1
    """Line of the body's first line in the file, from 1."""
    reader: Reader = field(default=ANY_SITE, compare=False)
    """Reads the body as the site's own page does."""
    unread: frozenset[str] = frozenset()
    """The fields that are meant to be written, and could not be read: that is reported of each."""

    @property
    def sections(self) -> tuple[Heading, ...]:
        """The headings of its body's sections."""
        return self.reader.headings(self.body)


def people_named(fields: RoleFields) -> Iterator[tuple[str, str]]:
    """The names that a role gives, each with its place."""
    yield "owner", fields.owner
    yield "backup", fields.backup
    yield from ((f"performed_by.{at}.person", work.person) for at, work in enumerate(fields.performed_by))
    yield from ((f"lead.{at}", name) for at, name in enumerate(fields.lead))
    yield from ((f"members.{at}.person", each.person) for at, each in enumerate(fields.members))
    if fields.outsource:
        yield "outsource.to", fields.outsource.to
    yield from ((f"tools.{at}.admin", tool.admin) for at, tool in enumerate(fields.tools))
    yield from named_in_own(fields, PERSON)


def roles_named(fields: RoleFields) -> Iterator[tuple[str, str]]:
    """The ids of other roles that a role gives, each with its place; what receives its work is in words."""
    return values_of(fields, ROLE)


def named_in_own(record: Any, kind: Kind[Any]) -> Iterator[tuple[str, str]]:
    """The roles or people, by their `kind`, that the owner's fields of `record` name, each with its place."""
    for name, each, value in own_values(record):
        if isinstance(each.kind, ListOf) and each.kind.kind == kind:
            yield from ((f"{name}.{at}", item) for at, item in enumerate(value))
        elif each.kind == kind:
            yield name, value


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person as their file gives them."""

    id: str
    path: str
    fields: PersonFields
    lines: Mapping[str, int]
    body: str = ""
    body_line: int = 1
    """Line of the body's first line in the file, from 1."""
