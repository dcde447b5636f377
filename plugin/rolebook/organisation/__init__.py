"""Joins roles, people and deliverables into one organisation: the tree, who holds what, hours and load.

Built once from parsed records; everything in it is frozen. It stands for whatever was written, mistakes
included: a role whose parent is unknown or that is part of a cycle is shown at the top, and `checks`
says so.
"""

from rolebook.organisation.join import organise
from rolebook.organisation.model import FormerNames, Organisation
from rolebook.organisation.names import (
    FORMS_OF_ADDRESS,
    MAX_ID_BYTES,
    RESERVED_IDS,
    KnownNames,
    cut_id,
    handles,
    id_in_path,
    name_key,
    names_nobody,
    plain,
    slug,
    spellings,
    words_like,
    words_of,
)
from rolebook.organisation.role import NOT_TODAY, Holding, Membership, Person, Role, Share
from rolebook.organisation.sources import PersonFile, RoleFile, named_in_own, people_named, roles_named

__all__ = [
    "FORMS_OF_ADDRESS",
    "MAX_ID_BYTES",
    "NOT_TODAY",
    "RESERVED_IDS",
    "FormerNames",
    "Holding",
    "KnownNames",
    "Membership",
    "Organisation",
    "Person",
    "PersonFile",
    "Role",
    "RoleFile",
    "Share",
    "cut_id",
    "handles",
    "id_in_path",
    "name_key",
    "named_in_own",
    "names_nobody",
    "organise",
    "people_named",
    "plain",
    "roles_named",
    "slug",
    "spellings",
    "words_like",
    "words_of",
]
