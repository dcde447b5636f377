"""Composes an organisation as one audience may see it, and says what of a role is internal."""

import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from rolebook.organisation import Holding, KnownNames, Organisation, Role, RoleFile, name_key
from rolebook.schema.audience import Audience, visible
from rolebook.schema.declarations import declarations
from rolebook.schema.kinds import ListOf
from rolebook.schema.own_fields import own_declarations
from rolebook.schema.records import PERSON, ROLE, BusinessModelFields, RoleFields
from rolebook.visibility.sections import Picture, Section, visible_sections


@dataclass(frozen=True, slots=True)
class AudienceView:
    """What `audience` may see. Whatever this audience reads is made from this view, and from nothing else."""

    audience: Audience
    organisation: Organisation
    """Roles with the fields that the audience may see, by role titles: without people, planned and retired
    roles, files and bodies. A role is vacant or filled; a team is a team."""
    sections: Callable[[str, Picture], tuple[Section, ...]]
    """The sections that the audience may see of the role with an id; a picture is asked for by its file,
    relative to the project's folder."""
    digest: Callable[[str], bytes | None]
    """The digest of the text behind a role's sections. It is None if the text may show a picture: then
    a file besides the role's own has a part in them."""

    def require(self, audience: Audience) -> None:
        """See that this may be shown to `audience`.

        Raises:
            ValueError: it holds what only a narrower audience may see.
        """
        if self.audience > audience:
            raise ValueError(f"what {self.audience.name.lower()} readers may see is not for {audience.name}")


def view_for(organisation: Organisation, audience: Audience) -> AudienceView:
    """Compose `organisation` as `audience` may see it."""
    above = _nearest_active(organisation)
    roles = {
        role.id: _seen(organisation, role, above.get(role.id), audience) for role in organisation.active_units
    }
    parents = {role_id: roles[parent.id] for role_id, parent in above.items()}
    reports: dict[str, list[Role]] = {}
    for role_id, parent in parents.items():
        reports.setdefault(parent.id, []).append(roles[role_id])
    composed = Organisation(
        roles=roles,
        people={},
        tops=tuple(role for role in roles.values() if role.id not in parents),
        reports={parent: tuple(below) for parent, below in reports.items()},
        parents=parents,
        business=BusinessModelFields(),
        business_path="",
        cycles=(),
        people_by_name={},
        founders=(),
        day=organisation.day,
        section_audiences=organisation.section_audiences,
    )

    def sections(role_id: str, picture: Picture) -> tuple[Section, ...]:
        file = organisation.roles[role_id].file
        return visible_sections(
            file.reader,
            file.body,
            lambda heading: organisation.section_audience(heading) <= audience,
            lambda address: picture(_beside(file.path, address)),
        )

    def digest(role_id: str) -> bytes | None:
        body = organisation.roles[role_id].file.body
        return None if "![" in body or "<img" in body.lower() else hashlib.blake2b(body.encode()).digest()

    return AudienceView(audience, composed, sections, digest)


def _nearest_active(organisation: Organisation) -> dict[str, Role]:
    """Find for each active role the nearest active one above it, by role id, in the order of titles."""
    above: dict[str, Role] = {}
    for _, role in organisation.tree:
        parent = organisation.parents.get(role.id)
        if parent is not None and not parent.active:
            parent = above.get(parent.id)
        if parent is not None:
            above[role.id] = parent
    return {role.id: above[role.id] for role in organisation.active_units if role.id in above}


def _seen(organisation: Organisation, role: Role, parent: Role | None, audience: Audience) -> Role:
    file = RoleFile(role.id, "", _fields(organisation, role, parent, audience), {})
    holding = role.holding if role.is_team else Holding.VACANT if role.vacant else Holding.FILLED
    return Role(
        file,
        owner=None,
        backup=None,
        performers=(),
        holding=holding,
        title=role.title,
        to_fill=role.to_fill,
    )


def _fields(organisation: Organisation, role: Role, parent: Role | None, audience: Audience) -> RoleFields:
    """Compose what may be seen of a role's fields: other roles by their titles, and nobody by name."""
    shown = visible(role.fields, audience)
    reporting = shown.reporting
    return replace(
        shown,
        parent=parent.id if parent else "",
        also_reports_to=tuple(
            each.id
            for each in organisation.also_above.get(role.id, ())
            if each.active and each.id != (parent.id if parent else "")
        ),
        deliverable=tuple(
            replace(each, for_="", receiver=_named(organisation, each.receiver)) for each in shown.deliverable
        ),
        reporting=reporting and replace(reporting, to=_named(organisation, reporting.to)),
        **_own(organisation, shown),
    )


def _own(organisation: Organisation, fields: RoleFields) -> dict[str, Any]:
    """What the owner's fields name: roles that are shown stay, and nobody is named."""

    def seen(role_id: str) -> bool:
        role = organisation.roles.get(role_id)
        return role is not None and role.active

    found: dict[str, Any] = {}
    for name, each in own_declarations(type(fields)).items():
        value = getattr(fields, name)
        kind = each.kind.kind if isinstance(each.kind, ListOf) else each.kind
        if kind == PERSON:
            found[name] = type(value)()
        elif kind == ROLE:
            found[name] = tuple(filter(seen, value)) if isinstance(value, tuple) else value * seen(value)
    return found


def _named(organisation: Organisation, name: str) -> str:
    """The title of the role called `name`; empty for a person or a role that is not shown."""
    if role := organisation.roles.get(name):
        return role.title if role.active else ""
    # In doubt it is not shown: a first name, an e-mail address and a handle say who it is, too.
    is_a_person = name_key(name) in organisation.people_by_name or organisation.known_names.part(name)
    return "" if is_a_person else name


def _beside(path: str, address: str) -> str:
    """The file that `address` in the file at `path` leads to; empty when it is on another host."""
    try:
        parts = urlsplit(address)
    except ValueError:  # not an address at all, such as http://[
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))


def names_in(organisation: Organisation, text: str) -> tuple[str, ...]:
    """The people whom `text` names in full or by their first names.

    What an author writes into a section is shown as it is; so it is reported to its owner.
    """
    words = set(_WORD.findall(text))
    return tuple(
        person.name
        for person in organisation.people.values()
        if person.name.split()[0] in words or KnownNames([person.name]).whole(text)
    )


_WORD = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True, slots=True)
class Withheld:
    """What of a role an audience does not see."""

    sections: tuple[str, ...]
    """Their headings."""
    outside: tuple[str, ...]
    """The lines from which on text is in no section; empty for text above all headings."""
    fields: tuple[str, ...]
    """Their names in the file."""


def withheld_from(organisation: Organisation, role: Role, audience: Audience) -> Withheld:
    """Find what `audience` does not see of `role`, so that its owner knows before it is sent."""
    file = role.file
    shown = {
        each.heading
        for each in file.reader.excerpts(
            file.body, lambda heading: organisation.section_audience(heading) <= audience
        )
    }
    kept = [each.text for each in file.sections if each.text not in shown]
    outside = tuple(each.written for each in file.reader.outside(file.body))
    return Withheld(tuple(kept), outside, tuple(_hidden(role.fields, audience)))


def _hidden(record: Any, audience: Audience) -> list[str]:
    """Names of the fields of `record` that say something and that `audience` may not see."""
    declared = declarations(type(record))
    return [
        each.name.rstrip("_")
        for each in fields(record)
        if getattr(record, each.name) != each.default
        and declared[each.name].audience_of(getattr(record, each.name)) > audience
    ]
