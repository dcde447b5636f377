"""Charts of the business model: from an offer to what was promised, the roles that produce it, the people.

A role stands under each promise that it keeps. Each offer has a chart of its own; where that is still too
large to read, first the people move into the roles' boxes, then the roles are folded, then the promises.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from rolebook.analysis.promises import OfferPromises, Promise
from rolebook.charts.model import Chart, LinkKind, Node, Style, Target, collapsed_node, role_node
from rolebook.charts.reporting import MAX_NODES
from rolebook.language import gettext, ngettext
from rolebook.organisation import Organisation, Person, Role
from rolebook.wording import hours_text

FEW_ROLES = 3
"""A promise shows so many roles where all would be too many."""
MAX_PROMISES = MAX_NODES // 2 - 1
"""Of one chart, each with a box for its roles."""


def promises(organisation: Organisation, sold: OfferPromises) -> Chart:
    """Chart an offer, its promises and who keeps them; or the promises that belong to no offer."""
    shown = sold.promises[:MAX_PROMISES]
    hidden = len(sold.promises) - len(shown)
    everyone = max((len(promise.roles) for promise in shown), default=0)
    most, with_people = next(
        choice
        for choice in ((everyone, True), (everyone, False), (FEW_ROLES, False), (0, False))
        if choice == (0, False) or sum(1 + _size(each, *choice) for each in shown) < MAX_NODES
    )
    nodes = [Node(sold.name or gettext("Without an offer"), Style.OFFER, Target(LinkKind.PROMISE))]
    for promise in shown:
        nodes.append(_promise(promise))
        nodes.extend(_roles(organisation, promise, most, with_people, len(nodes) - 1))
    if hidden:
        nodes.append(collapsed_node(hidden, Target(LinkKind.PROMISE), 0))
    offer = sold.name or gettext("promises outside any offer")
    return Chart(gettext("Who delivers %(offer)s", offer=offer), _summary(sold), tuple(nodes))


def _size(promise: Promise, most: int, with_people: bool) -> int:
    """How many boxes stand below a promise."""
    shown = promise.roles[:most]
    people = sum(len(_holders(role)) for role in shown) if with_people else 0
    return len(shown) + people + (len(promise.roles) > most)


def _promise(promise: Promise) -> Node:
    detail = "" if promise.roles else gettext("No role yet")
    return Node(promise.name, Style.DELIVERABLE, Target(LinkKind.PROMISE, str(promise.number)), 0, detail)


def _roles(
    organisation: Organisation, promise: Promise, most: int, with_people: bool, parent: int
) -> Iterator[Node]:
    place = parent
    for role in promise.roles[:most]:
        node, place = role_node(organisation, role, parent), place + 1
        if not with_people or role.vacant or role.is_team:
            yield node
            continue
        yield replace(node, detail=hours_text(role.hours) if role.hours else "", over=False)
        above = place
        for person in _holders(role):
            place += 1
            yield Node(person.name, Style.PERSON, Target(LinkKind.PERSON, person.id), above)
    if len(promise.roles) > most:
        hidden = len(promise.roles) - most
        yield collapsed_node(hidden, Target(LinkKind.PROMISE, str(promise.number)), parent)


def _holders(role: Role) -> tuple[Person, ...]:
    return () if role.vacant or role.is_team else role.people


def _summary(sold: OfferPromises) -> str:
    number = len(sold.promises)
    named = sum(1 for promise in sold.promises if promise.named)
    if named < number:
        return ngettext(
            "%(number)s promise, %(named)s of them with a role and a holder.",
            "%(number)s promises, %(named)s of them with a role and a holder.",
            number,
            named=named,
        )
    if number == 2:
        return gettext("2 promises, both with a role and a holder.")
    return ngettext(
        "%(number)s promise, with a role and a holder.",
        "%(number)s promises, all with a role and a holder.",
        number,
    )
