"""Makes fingerprints of pages. They show whether a page would come out as before, without rendering it.

A key stands for all that a page's template gets. So whatever changes the page changes its key; what changes
neither the page nor its looks may change it, too, and costs no more than making the page once.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from rolebook.analysis.readiness import has_procedure
from rolebook.body import Reader
from rolebook.organisation import Role
from rolebook.pages.plan import Plan

Key = bytes
SIZE = 16
"""Bytes of a key: with so many, no two of all pages ever made are alike by chance."""


def key(*made_of: Any) -> Key:
    """Make one key of values: records, numbers, text, and collections of them."""
    encoded = msgspec.msgpack.encode(made_of, enc_hook=_text)
    return hashlib.blake2b(encoded, digest_size=SIZE).digest()


def facts(plan: Plan) -> Key:
    """Make one key of all that the pages of `plan` show, except the bodies of role files.

    A body stands on the role's own pages only; others know no more of it than whether a procedure is there.
    Empty if they depend on git: a history is too long for a key.
    """
    if plan.history:
        return b""
    organisation = plan.organisation
    roles = [
        (role.file.path, role.id, role.title, role.file.fields, *_readiness(role))
        for role in organisation.roles.values()
    ]
    people = list(organisation.people.values())
    return key(roles, people, organisation.business, organisation.day, plan.problems, plan.photos)


def _readiness(role: Role) -> tuple[object, ...]:
    return role.owner, role.backup, role.performers, role.members, role.holding, has_procedure(role)


def bodies(roles: Iterable[Role]) -> dict[str, Key]:
    """Make a key of each role's body, by the role's id."""
    return {role.id: key(role.file.body) for role in roles}


def _text(value: object) -> str:
    if isinstance(value, str):  # such as Markup
        return str(value)
    if isinstance(value, Reader):  # the same for all pages of a site
        return ""
    raise TypeError(f"A page made of a {type(value).__name__} has no fingerprint.")
