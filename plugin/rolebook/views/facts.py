"""The owner's own fields on pages: facts with their links, and columns of tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rolebook.organisation.facts import Fact, Said, is_figure, own_facts
from rolebook.pages.page import Link
from rolebook.pages.plan import Plan
from rolebook.schema.declarations import shown_name
from rolebook.schema.own_fields import TABLE, own_declarations


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value of a field, and where it leads."""

    said: Said
    link: Link | None


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A field as a page shows it."""

    label: str
    values: tuple[ShownValue, ...]
    is_searched: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    label: str
    is_figure: bool


def shown_facts(plan: Plan, record: Any, place: str) -> tuple[ShownFact, ...]:
    """What the own fields of `record` say that are shown in `place`."""
    return tuple(_shown(plan, fact) for fact in own_facts(plan.organisation, record, place))


def columns(records: Iterable[Any]) -> tuple[Column, ...]:
    """The own fields that a table of `records` has columns for, in the order of their declarations."""
    declared: dict[str, Column] = {}
    filled = set()
    for record in records:
        for name, each in own_declarations(type(record)).items():
            if TABLE in each.shown_in:
                declared.setdefault(name, Column(shown_name(name), each.label, is_figure(each)))
                if getattr(record, name) not in (None, "", ()):
                    filled.add(name)
    return tuple(column for name, column in declared.items() if name in filled)


def cells(plan: Plan, record: Any, heads: Sequence[Column]) -> tuple[ShownFact | None, ...]:
    """What `record` has for each column."""
    if not heads:
        return ()
    facts = {fact.name: fact for fact in own_facts(plan.organisation, record, TABLE)}
    return tuple(_shown(plan, facts[head.name]) if head.name in facts else None for head in heads)


def _shown(plan: Plan, fact: Fact) -> ShownFact:
    return ShownFact(
        fact.label, tuple(ShownValue(each, _link(plan, each)) for each in fact.values), fact.is_searched
    )


def _link(plan: Plan, said: Said) -> Link | None:
    if said.role in plan.roles:
        return plan.roles[said.role].link
    return plan.people[said.person].link if said.person in plan.people else None
