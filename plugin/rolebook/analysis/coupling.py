"""How many other roles a role exchanges deliverables with."""

from collections.abc import Mapping

from rolebook.organisation import Organisation, Role, name_key


def ties(organisation: Organisation) -> Mapping[str, int]:
    """Count, by role id, the other active roles that receive from a role or hand something to it.

    The role it reports to does not count: a report is owed to it whoever does the work. Receivers are
    found by id and by title; a title that several roles have names none of them.
    """
    by_name = _by_name(organisation)
    tied: dict[str, set[str]] = {}
    for role in organisation.active_roles:
        for deliverable in role.fields.deliverable:
            receiver = by_name.get(name_key(deliverable.receiver))
            if receiver and not _reports(organisation, role, receiver):
                tied.setdefault(role.id, set()).add(receiver.id)
                tied.setdefault(receiver.id, set()).add(role.id)
    return {role_id: len(others) for role_id, others in tied.items()}


def _reports(organisation: Organisation, role: Role, receiver: Role) -> bool:
    """Whether two roles are the same one, or one reports to the other."""
    parents = organisation.parents
    return receiver is role or parents.get(role.id) is receiver or parents.get(receiver.id) is role


def _by_name(organisation: Organisation) -> Mapping[str, Role]:
    titles: dict[str, Role | None] = {}
    for role in organisation.active_roles:
        key = name_key(role.title)
        titles[key] = None if key in titles else role
    ids = {name_key(role.id): role for role in organisation.active_roles}
    return {key: role for key, role in titles.items() if role} | ids
