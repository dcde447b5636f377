"""What the owner's own fields say, as people read it."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rolebook.language import gettext
from rolebook.organisation.model import Organisation
from rolebook.schema.declarations import Declaration
from rolebook.schema.kinds import EMAIL, PHONE, WEB_ADDRESS, Kind, ListOf, Number
from rolebook.schema.own_fields import SEARCH, own_values
from rolebook.schema.records import PERSON, ROLE
from rolebook.wording import day, exactly, price, with_currency


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field."""

    text: str
    role: str = ""
    """The id of the role that it names, if it is there."""
    person: str = ""
    """The same for a person."""
    address: str = ""
    """Where it leads outside of the handbook."""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the owner's own fields with what it says."""

    name: str
    """What files call it."""
    label: str
    values: tuple[Said, ...]
    is_searched: bool

    @property
    def text(self) -> str:
        """All that it says, on one line."""
        return ", ".join(each.text for each in self.values)


def own_facts(organisation: Organisation, record: Any, place: str = "") -> tuple[Fact, ...]:
    """What the own fields of `record` say that are shown in `place`, if one is given; empty ones are absent.

    A field is in it only if `organisation` is one whose readers may see it: see `visibility.view`.
    """
    return tuple(
        Fact(name, each.label, tuple(_said(organisation, each, value)), SEARCH in each.shown_in)
        for name, each, value in own_values(record, place)
    )


def is_figure(declaration: Declaration) -> bool:
    """Whether a field has one number, which stands on the right in a table."""
    return isinstance(declaration.kind, Number)


def _said(organisation: Organisation, declaration: Declaration, value: Any) -> Iterator[Said]:
    kind = declaration.kind
    if isinstance(kind, ListOf):
        yield from (_one(organisation, kind.kind, each, declaration.currency) for each in value)
    else:
        yield _one(organisation, kind, value, declaration.currency)


def _one(organisation: Organisation, kind: Kind[Any], value: Any, currency: str) -> Said:
    if kind == ROLE:
        role = organisation.roles.get(value)
        return Said(role.title, role=role.id) if role else Said(value)
    if kind == PERSON:
        person = organisation.named(value)
        return Said(person.name, person=person.id) if person else Said(value)
    match value:
        case bool():
            return Said(gettext("Yes") if value else gettext("No"))
        case dt.date():
            return Said(day(value), day=value)
        case float() if isinstance(kind, Number) and kind.is_amount:
            return Said(with_currency(currency, price(value)))
        case float():
            return Said(exactly(value))
    return Said(value, address=address_of(kind, value))


def address_of(kind: Kind[Any], value: str) -> str:
    """Where a link on `value` leads; empty for what is no address and no number to call."""
    if kind == PHONE:
        # What follows an x is for whoever answers, and (0) is left out by whoever dials the country's code.
        plus = "+" if value.startswith("+") else ""
        number = re.split("x|ext", value.lower())[0].replace("(0)", "" if plus else "0")
        return f"tel:{plus}{''.join(filter(str.isdigit, number))}"
    if kind == EMAIL:
        return f"mailto:{value}"
    return value if kind == WEB_ADDRESS else ""
