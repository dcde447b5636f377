"""What a chart shows: boxes in the order of a tree, how each looks, where each leads.

The same model gives the picture, in Mermaid or as SVG, and cards, so all say the same.
"""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from rolebook.language import N_, gettext, ngettext
from rolebook.organisation import Holding, Organisation, Person, Role
from rolebook.organisation.words import HOLDINGS, detail, titles
from rolebook.schema.records import Hours
from rolebook.wording import initials


class Style(enum.StrEnum):
    """What a box stands for. It decides the shape and the line of the box."""

    FOUNDER = "founder"
    IN_HOUSE = "in-house"
    OUTSOURCED = "outsourced"
    FILLED = "filled"
    TEAM = "team"
    VACANT = "vacant"
    PLANNED = "planned"
    RETIRED = "retired"
    PERSON = "person"
    OFFER = "offer"
    DELIVERABLE = "deliverable"
    FOLD = "fold"

    @classmethod
    def of(cls, holding: Holding) -> "Style":
        """The style of a role with this `Holding`."""
        return _STYLES[holding]


_STYLES = {holding: Style(holding.value) for holding in Holding}
WORDS = {
    **{style: HOLDINGS[holding] for holding, style in _STYLES.items()},
    Style.PERSON: N_("Person"),
    Style.OFFER: N_("Offer"),
    Style.DELIVERABLE: N_("Promise to a customer"),
}
"""The words of the legend. A fold is not in it: it says itself what it is."""


def words_of(style: Style) -> str:
    """What the legend says of a style."""
    return gettext(WORDS[style])


SYMBOLS = {Style.VACANT: "+", Style.TEAM: "◦", Style.PLANNED: "…", Style.RETIRED: "–", Style.FILLED: "✓"}
"""In place of the initials of whoever holds a role."""


class LinkKind(enum.StrEnum):
    """What a box can lead to."""

    ROLE = "role"
    """A role's own page."""
    CHART = "chart"
    """The chart of a role and all below it."""
    REPORTS = "reports"
    """The list of a role's direct reports, on its page."""
    ROLES = "roles"
    """The list of all roles."""
    PERSON = "person"
    """A person's page."""
    PEOPLE = "people"
    """The list of all people."""
    JOBS = "jobs"
    """The list of job descriptions, which begins with the vacant roles."""
    PROMISE = "promise"
    """A promise on the page of the business model, by its number; without one, all of them."""


class Target(msgspec.Struct, frozen=True):
    """Where a box leads: a kind of place, and the id of what it is about."""

    kind: LinkKind
    id: str = ""


class Node(msgspec.Struct, frozen=True):
    """A box in a chart; there are a dozen for each role, so they are of the quickest kind."""

    title: str
    style: Style
    target: Target
    parent: int | None = None
    """Place of the node above it among the chart's nodes."""
    detail: str = ""
    """A second line, such as who holds the role and how many hours a week it takes."""
    hidden: int = 0
    """For a fold, how many roles it stands for; 0 for any other box."""
    here: bool = False
    """Whether the chart is about this box."""
    over: bool = False
    """Whether its detail marks somebody as over capacity."""
    face: str = ""
    """On a card, the initials of whoever holds the role, or a sign in their place."""
    share: float = 0.0
    """The length of a card's bar of hours, as a part of the longest."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Nodes in the order of the tree, each after the one above it."""

    title: str
    description: str
    nodes: tuple[Node, ...]
    dotted: tuple[tuple[int, int], ...] = ()
    """Who reports to whom besides the tree: the places of the one above and of the one below."""

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """The style and the words of every kind of box and mark that occurs in the chart."""
        found = {node.style for node in self.nodes}
        keys = [(style.value, words_of(style)) for style in WORDS if style in found]
        if any(node.over for node in self.nodes):
            keys.append(("over", gettext("Over capacity")))
        if self.dotted:
            keys.append(("dotted", gettext("Also reports to")))
        return tuple(keys)

    @property
    def holdings(self) -> tuple[tuple[str, str], ...]:
        """The style and the words of every way of holding a role that occurs in the chart."""
        found = {node.style for node in self.nodes}
        return tuple((style.value, words_of(style)) for style in _STYLES.values() if style in found)

    def below(self, place: int | None) -> Iterator[tuple[int, Node]]:
        """The nodes right below the one at `place`, or at the top, with their places."""
        return ((at, node) for at, node in enumerate(self.nodes) if node.parent == place)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is folded."""
        return not any(node.hidden for node in self.nodes)


def role_node(organisation: Organisation, role: Role, parent: int | None = None, here: bool = False) -> Node:
    """The box of a role."""
    over = role.active and role.owner is not None and role.owner.id in organisation.overloaded
    return Node(
        role.title,
        Style.of(role.holding),
        Target(LinkKind.ROLE, role.id),
        parent,
        detail(role, over),
        here=here,
        over=over,
    )


def card_node(organisation: Organisation, role: Role, parent: int | None = None, here: bool = False) -> Node:
    """The box of a role as a card: with a face, a bar of its hours, and to whom it reports besides.

    Its dotted line may lead to another sheet.
    """
    node = role_node(organisation, role, parent, here)
    above = titles(organisation.also_above.get(role.id, ()))
    also = gettext("Also reports to %(roles)s", roles=above) if above else ""
    words = " · ".join(filter(None, (node.detail, also)))
    return replace(node, detail=words, face=face(role, node.style), share=length(organisation, role.hours))


def face(role: Role, style: Style) -> str:
    """The initials of whoever holds the role, or leads the team; a sign in place of nobody."""
    person = shown_person(role, style)
    return initials(person.name) if person else SYMBOLS.get(style, "")


def shown_person(role: Role, style: Style) -> Person | None:
    """Whose face a role has; None where nobody holds it."""
    person = role.owner or next(iter(role.leads or role.people), None)
    return None if style in (Style.VACANT, Style.PLANNED, Style.RETIRED) else person


def length(organisation: Organisation, hours: Hours | None) -> float:
    """The length of the bar of `hours`, as a part of the longest."""
    longest = organisation.longest
    return hours.max / longest if hours and longest else 0


def dotted_lines(organisation: Organisation, nodes: Sequence[Node]) -> tuple[tuple[int, int], ...]:
    """The dotted lines between the roles of `nodes`, by their places."""
    places = {node.target.id: at for at, node in enumerate(nodes) if node.target.kind is LinkKind.ROLE}
    return tuple(
        (places[above.id], at)
        for role_id, at in places.items()
        for above in organisation.also_above.get(role_id, ())
        if above.id in places
    )


def collapsed_node(hidden: int, target: Target, parent: int | None = None) -> Node:
    """A box that stands for `hidden` roles and leads to where they are shown."""
    words = ngettext("+%(number)s more", "+%(number)s more", hidden)
    return Node(words, Style.FOLD, target, parent, hidden=hidden)
