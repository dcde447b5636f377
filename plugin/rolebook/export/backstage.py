"""Writes roles and people as `Group` and `User` entities of a Backstage catalog.

Form: Backstage's "Descriptor Format of Catalog Entities" (backstage.io/v1alpha1).
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

import yaml

from rolebook.organisation import Holding, Organisation, Person, Role

_MAX_NAME = 63
"""Characters of an entity's name."""
_DIGEST = 8


def as_backstage(organisation: Organisation) -> str:
    """One YAML document for each role that is not retired, then one for each person."""
    roles = [role for _, role in organisation.tree if role.holding is not Holding.RETIRED]
    groups = _names((role.id for role in roles), "role")
    users = _names(organisation.people, "person")
    entities = [
        *(_group(role, organisation, groups, users) for role in roles),
        *(_user(person, organisation, groups, users) for person in organisation.people.values()),
    ]
    text: str = yaml.safe_dump_all(
        entities, explicit_start=True, sort_keys=False, allow_unicode=True, width=1000
    )
    return text


def _group(
    role: Role, organisation: Organisation, groups: dict[str, str], users: dict[str, str]
) -> dict[str, Any]:
    reports = organisation.reports.get(role.id, ())
    parent = organisation.parents.get(role.id)
    holders = [role.owner.id] if role.owner else []
    holders += [person.id for person, _ in role.performers]
    holders += [each.person.id for each in role.members]
    spec: dict[str, Any] = {
        "type": "team" if reports or role.is_team else "role",
        "profile": {"displayName": role.title},
    }
    if parent and parent.id in groups:
        spec["parent"] = groups[parent.id]
    spec["children"] = [groups[each.id] for each in reports if each.id in groups]
    spec["members"] = [users[each] for each in dict.fromkeys(holders)]
    metadata = {"name": groups[role.id], "title": role.title}
    if role.fields.purpose:
        metadata["description"] = role.fields.purpose
    return _entity("Group", metadata, spec)


def _user(
    person: Person, organisation: Organisation, groups: dict[str, str], users: dict[str, str]
) -> dict[str, Any]:
    profile = {"displayName": person.name}
    if person.fields.email:
        profile["email"] = person.fields.email
    held = [
        *organisation.owned.get(person.id, ()),
        *(share.role for share in organisation.shares.get(person.id, ())),
        *(team for team, _ in organisation.memberships.get(person.id, ())),
    ]
    member_of = dict.fromkeys(groups[role.id] for role in held if role.id in groups)
    return _entity("User", {"name": users[person.id]}, {"profile": profile, "memberOf": list(member_of)})


def _entity(kind: str, metadata: dict[str, str], spec: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec}


def _names(ids: Iterable[str], otherwise: str) -> dict[str, str]:
    """Find a name that Backstage accepts for each of `ids`, none twice: it disregards case.

    Ids that make the same name get a digest of the id, not a number, so that no name is ever another's later.
    """
    plain = {each: _plain(each) for each in ids}
    times = Counter(name.casefold() for name in plain.values())
    return {
        each: name
        if name and (times[name.casefold()] == 1 or name == each)
        else _digested(each, name or otherwise)
        for each, name in plain.items()
    }


def _plain(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_text).strip("-")[: _MAX_NAME - _DIGEST - 1].strip("-")


def _digested(text: str, name: str) -> str:
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]}"
