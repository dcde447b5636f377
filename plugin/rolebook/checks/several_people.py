"""What to write for a text that names somebody with their hours, or several people."""

import re
from collections.abc import Iterator

from rolebook.language import gettext
from rolebook.organisation import Organisation
from rolebook.yaml_text import scalar

_AND = re.compile(r"\s*(?:,|;|/|\+|&|\band\b)\s*", re.IGNORECASE)
_LISTED = ("performed_by", "members", "lead")
"""Fields that name several people, each an entry of a list."""
_ALONE = ("backup", "outsource", "tools")
"""Fields that name one person, and whoever else is named there does none of the work."""
_NOTE = re.compile(r"(.*?\S)\s+(//|/\*|--|<!--)\s*(\S.*?)\s*(?:\*/|-->)?")
"""What people begin notes with who do not know #."""
_LONGEST = 500
"""Characters in a text that is looked at."""
_PART = re.compile(
    r"(?P<name>[^\d,;]+)(?:,\s*)?(?P<low>\d+(?:\.\d+)?)(?:\s*(?:-|–|—|to)\s*(?P<high>\d+(?:\.\d+)?))?"
    r"\s*(?:h|hrs?|hours?)\b\.?(?:\s*(?:/|per|a|each)\s*(?:week|wk?)\b)?\)?",
    re.IGNORECASE,
)
"""Somebody with their hours, such as `Maya Brennan, 3 hours` or `Maya (3-5 h a week)`."""


def hint(organisation: Organisation, field: str, name: str) -> str:
    """What to write for `name` in the field at the place `field`; empty where it is one name."""
    return _hours_apart(field, name) or _names_apart(organisation, field, name)


def note_apart(text: str) -> tuple[str, str, str]:
    """A name, the sign behind it, and the note that follows; empty for a text without one."""
    found = _NOTE.fullmatch(text)
    return (found[1], found[2], found[3]) if found else ("", "", "")


def names_hours(name: str) -> bool:
    """Whether a text is nothing but somebody, or several people, with their hours."""
    return bool(list(_parts(name)))


def _hours_apart(field: str, text: str) -> str:
    parts = list(_parts(text))
    if not parts:
        return ""
    if field.startswith(("performed_by", "members")):
        named = (
            f"{{person: {scalar(who, in_brackets=True)}, weekly_hours: {hours}}}" for who, hours in parts
        )
        entries = ", ".join(named)
        return gettext("Write a list of people with their hours, here [%(entries)s]", entries=entries)
    return gettext("Write the name alone, here %(name)s: hours are in a field of their own", name=parts[0][0])


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Split a text that is nothing but people with their hours; nothing where it is something else."""
    found, rest = [], text if len(text) <= _LONGEST else ""
    while part := _PART.match(rest):
        hours = part["low"] if part["high"] is None else f"{{min: {part['low']}, max: {part['high']}}}"
        found.append((part["name"].strip(" :(–—-"), hours))
        rest = re.sub(r"^\s*(?:[,;/+&]|and\b)?\s*", "", rest[part.end() :])
    if not rest and all(who for who, _ in found):
        yield from found


def _names_apart(organisation: Organisation, field: str, text: str) -> str:
    # A share beside a name is nobody.
    names = [part for part in _AND.split(text) if part and not part[0].isdigit()]
    people = [organisation.named(part) for part in names]
    if len(names) < 2 or not any(person and person.file for person in people):
        return ""
    if field.startswith(_LISTED) or field.rpartition(".")[2].isdigit():
        listed = ", ".join(scalar(name, in_brackets=True) for name in names)
        return gettext("These are several people: write a list, here [%(entries)s]", entries=listed)
    if field.startswith(_ALONE):
        return gettext("These are several people: write one")
    if field != "owner":
        return gettext("These are several people: write one, or add 'list: yes' to the field in mkdocs.yml")
    others = ", ".join(names[1:])
    return gettext(
        "These are several people: write '%(name)s', and '%(others)s' under %(field)s",
        name=names[0],
        others=others,
        field="performed_by",
    )
