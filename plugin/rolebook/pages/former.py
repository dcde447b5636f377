"""Chooses the former ids of roles that outsiders may read; their addresses then lead on to the new ones.

An address was public if the role was; but nobody knows what it was then. So in doubt there is none.
"""

from collections.abc import Iterator, Mapping

from rolebook.diff.pairs import alias_id
from rolebook.history import History
from rolebook.organisation import KnownNames, Organisation, handles, slug, spellings, words_of


def former_ids(organisation: Organisation, history: History | None) -> Mapping[str, str]:
    """Today's active role for each former id, unless that id names a person or a hidden role."""
    roles, names = organisation.roles, _PrivateNames(organisation, history)
    paths = [*history.moved.items()] if history else []
    paths += [(alias, role.id) for role in roles.values() for alias in role.fields.aliases]
    former = {alias_id(path): role_id for path, role_id in paths if roles[role_id].active}
    return {old_id: role_id for old_id, role_id in former.items() if not names.may_be_in(old_id)}


class _PrivateNames:
    """Names that no public address may contain."""

    def __init__(self, organisation: Organisation, history: History | None) -> None:
        people = [*_people(organisation), *(history.names if history else ())]
        hidden = [*_hidden(organisation), *(history.hidden if history else ())]
        self._words = {word for name in people for word in _words(name) if len(word) > 1}
        self._words |= {word for name in people for word in handles(name)}
        self._whole = KnownNames(" ".join(words_of(name)) for name in (*people, *hidden))

    def may_be_in(self, former_id: str) -> bool:
        """Whether `former_id` has a word of somebody's name, or the name of a hidden role."""
        words = " ".join(words_of(former_id))
        return not self._words.isdisjoint(_words(former_id)) or bool(self._whole.whole(words))


def _words(text: str) -> Iterator[str]:
    for words in spellings(text):
        yield from words


def _people(organisation: Organisation) -> Iterator[str]:
    """What the people are and were called, and their files."""
    for person in organisation.people.values():
        yield person.name
        if person.file:
            yield person.id
            yield from map(alias_id, person.fields.aliases)
    yield from organisation.founders


def _hidden(organisation: Organisation) -> Iterator[str]:
    for role in organisation.roles.values():
        if not role.active:
            yield from (role.id, slug(role.title), *map(alias_id, role.fields.aliases))
