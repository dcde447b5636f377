"""Joins the business model to the roles: an offer, its promises, and the roles that keep them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rolebook.organisation import Organisation, Person, Role, name_key
from rolebook.schema.records import BusinessDeliverable, Offer


@dataclass(frozen=True, slots=True)
class Promise:
    """A deliverable of the business model with the roles that produce it today."""

    number: int
    """Its place in the business model, from 1."""
    deliverable: BusinessDeliverable
    roles: tuple[Role, ...]

    @property
    def name(self) -> str:
        return self.deliverable.name or self.deliverable.id

    @property
    def rests_on(self) -> Person | None:
        """The one person who does all of the work for it, if nobody else covers any of it."""
        if any(role.is_team for role in self.roles):
            return None
        people = {person.id: person for role in self.roles for person in role.people}
        covers = {role.cover.id for role in self.roles if role.cover}
        return next(iter(people.values())) if len(people) == 1 and not covers - people.keys() else None

    @property
    def covers(self) -> tuple[Person, ...]:
        """Who covers some of the work for it, each once; not those who do all of a role that they cover."""
        named = [role.cover for role in self.roles if role.cover]
        return tuple({person.id: person for person in named}.values())

    @property
    def waits_for(self) -> tuple[Role, ...]:
        """The vacant roles that deliver it beside others; none if all of them are vacant."""
        return tuple(role for role in self.roles if role.vacant) if self.named else ()

    @property
    def named(self) -> bool:
        """Whether somebody's name stands against it."""
        return any(role.people and not role.vacant for role in self.roles)


@dataclass(frozen=True, slots=True)
class OfferPromises:
    """An offer with its promises. Without an offer, these are the promises that belong to none."""

    offer: Offer | None
    promises: tuple[Promise, ...]

    @property
    def name(self) -> str:
        return (self.offer.name or self.offer.id) if self.offer else ""


@dataclass(frozen=True, slots=True)
class Model:
    """The business model and its loose ends."""

    offers: tuple[OfferPromises, ...]
    """Every offer in its order. Promises without an offer come last."""
    promises: tuple[Promise, ...]
    """Every promise once, in the order of the business model."""
    internal_roles: tuple[Role, ...]
    """Roles that produce something, but nothing that a customer was promised."""
    roles_without_output: tuple[Role, ...]
    """Roles of which nothing says what they produce."""
    empty_functions: tuple[str, ...]
    """Functions that the business needs and no role fills."""

    @property
    def waiting(self) -> tuple[Promise, ...]:
        """Promises that have a holder, but need a vacant role as well."""
        return tuple(promise for promise in self.promises if promise.waits_for)

    @property
    def waited_for(self) -> tuple[Role, ...]:
        """The vacant roles that they need, each once."""
        return tuple({role.id: role for promise in self.waiting for role in promise.waits_for}.values())

    @property
    def without_role(self) -> tuple[Promise, ...]:
        """Promises that no role keeps."""
        return tuple(promise for promise in self.promises if not promise.roles)

    @property
    def without_holder(self) -> tuple[Promise, ...]:
        """Promises that a role keeps, but nobody is named for it."""
        return tuple(promise for promise in self.promises if promise.roles and not promise.named)


def business_model(organisation: Organisation) -> Model:
    """The business model of `organisation` as its roles keep it today."""
    producers: dict[str, dict[str, Role]] = {}
    for role in organisation.active_units:
        for deliverable in role.fields.deliverable:
            if deliverable.for_:
                producers.setdefault(deliverable.for_, {})[role.id] = role
    business = organisation.business
    promises = tuple(
        Promise(number, each, tuple(producers.get(each.id, {}).values()))
        for number, each in enumerate(business.deliverables, 1)
    )
    outward = {role.id for promise in promises for role in promise.roles}
    rest = [role for role in organisation.active_units if role.id not in outward]
    return Model(
        offers=tuple(_sold(business.offers, promises)),
        promises=promises,
        internal_roles=tuple(role for role in rest if role.fields.deliverable),
        roles_without_output=tuple(role for role in rest if not role.fields.deliverable and not role.is_team),
        empty_functions=_empty_functions(organisation),
    )


def _sold(offers: Iterable[Offer], promises: Iterable[Promise]) -> Iterable[OfferPromises]:
    by_id = {offer.id: offer for offer in offers}
    belonging: dict[str, list[Promise]] = {offer_id: [] for offer_id in by_id}
    loose: list[Promise] = []
    for promise in promises:
        belonging.get(promise.deliverable.offer, loose).append(promise)
    for offer_id, offer in by_id.items():
        yield OfferPromises(offer, tuple(belonging[offer_id]))
    if loose:
        yield OfferPromises(None, tuple(loose))


def _empty_functions(organisation: Organisation) -> tuple[str, ...]:
    known = {name_key(word) for role in organisation.active_units for word in (role.id, role.title)}
    return tuple(name for name in organisation.business.functions if name_key(name) not in known)
