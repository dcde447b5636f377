"""Makes a kind of business that of one owner: with the offer, promises, roles and holders that they named."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rolebook.library.kind import Kind
from rolebook.library.role import LibraryRole, library_role
from rolebook.organisation import slug
from rolebook.parse import business_model
from rolebook.schema.records import BusinessDeliverable, Hours, Offer
from rolebook.wording import numbered
from rolebook.yaml_text import scalar

_BLOCK = r"^{}:.*\n(?:[ ].*\n)*"
_FIRST = "The owner would give these hours away first."
_OWN_PROMISE = "promise"
"""The id of a promise in whose words is no letter."""


@dataclass(frozen=True, slots=True)
class Price:
    """What is paid for an offer."""

    amount: str
    """In digits."""
    currency: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """What the owner says of the business; what they left out is empty."""

    name: str = ""
    customer: str = ""
    price: Price | None = None
    own_promises: Sequence[str] = ()
    left_out: Collection[str] = field(default_factory=frozenset)
    """Promises of the kind that the owner does not make, by their ids."""


def promises(known: Kind) -> tuple[BusinessDeliverable, ...]:
    """The promises of a kind of business."""
    model = business_model("", known.business_model.encode())
    return model.deliverables if model else ()


def with_sale(known: Kind, sale: Sale) -> Kind:
    """The kind with what the owner sells and promises."""
    fields = business_model("", known.business_model.encode())
    if fields is None:
        return known
    text = known.business_model
    offers = fields.offers
    if sale.name or sale.customer or sale.price:
        offers = offers[:1]
        text = _replaced(text, "offers", _offer(offers[0], sale))
    there = {each.id for each in offers}
    kept = [each for each in fields.deliverables if each.id not in sale.left_out]
    kept = [each if each.offer in there else replace(each, offer=offers[0].id) for each in kept]
    taken = {each.id for each in fields.deliverables}
    for words in sale.own_promises:
        free = next(each for each in numbered(slug(words) or _OWN_PROMISE) if each not in taken)
        taken.add(free)
        kept.append(BusinessDeliverable(id=free, name=words, offer=offers[0].id))
    if tuple(kept) != fields.deliverables:
        block = "".join(["deliverables:\n", *map(_promise, kept)]) if kept else ""
        text = _replaced(text, "deliverables", block)
    made = {each.id for each in kept}
    delivered = {each: roles for each, roles in known.promises.items() if each in made}
    return replace(known, business_model=text, promises=delivered)


def with_roles(known: Kind, wanted: Iterable[LibraryRole]) -> Kind:
    """The kind with these roles, below the functions that they need."""
    ids = {role.id: role for role in wanted}
    roles: dict[str, list[str]] = {}
    for function, below in known.roles.items():
        chosen = [each for each in below if each in ids]
        if chosen or function in ids:
            roles[function] = chosen
    placed = {known.top, *roles, *(each for below in roles.values() for each in below)}
    for role in ids.values():
        if role.id not in placed:
            roles.setdefault(role.parent if role.parent in roles else role.id, [])
            if role.parent in roles:
                roles[role.parent].append(role.id)
    titles = [known_role.title for each in roles if (known_role := library_role(each))]
    functions = f"functions: [{', '.join(scalar(each, in_brackets=True) for each in titles)}]\n"
    model = _replaced(known.business_model, "functions", functions if titles else "")
    found = replace(known, roles=roles, business_model=model)
    return replace(found, hand_over=_plans(known.hand_over, found.role_ids))


def with_holders(known: Kind, holders: Mapping[str, str]) -> Kind:
    """The kind with these people in some of its roles; what they do is planned for nobody else."""
    mine = [each for each in known.role_ids if not holders.get(each)]
    return replace(known, holders=holders, hand_over=_plans(known.hand_over, mine))


def with_hours(known: Kind, hours: Mapping[str, Hours]) -> Kind:
    """The kind with these hours for some of its roles."""
    return replace(known, own_hours=hours)


def with_first(known: Kind, role_id: str) -> Kind:
    """The kind with `role_id` as the role that is handed over first."""
    others = {
        each: dict(plan) | ({"fit": "maybe"} if plan["fit"] == "next" else {})
        for each, plan in known.hand_over.items()
    }
    own = known.hand_over.get(role_id, {})
    reason = own["reason"] if own.get("fit") in ("next", "maybe") else _FIRST
    return replace(known, hand_over={role_id: {"fit": "next", "reason": reason}} | _without(others, role_id))


def _without(plans: Mapping[str, Mapping[str, str]], role_id: str) -> dict[str, Mapping[str, str]]:
    return {each: plan for each, plan in plans.items() if each != role_id}


def _plans(plans: Mapping[str, Mapping[str, str]], roles: Collection[str]) -> Mapping[str, Mapping[str, str]]:
    return {each: plan for each, plan in plans.items() if each in roles}


def _replaced(model: str, name: str, block: str) -> str:
    """The page with `block` in place of the field `name` of its front matter."""
    front, mark, body = model.removeprefix("---\n").partition("\n---\n")
    changed = re.sub(_BLOCK.format(name), lambda _: block, f"{front}\n", count=1, flags=re.MULTILINE)
    return f"---\n{changed.removesuffix(chr(10))}{mark}{body}"


def _offer(known: Offer, sale: Sale) -> str:
    price = sale.price or Price("# such as 45", "# such as EUR", known.unit)
    lines = [
        f"  - id: {known.id}",
        f"    name: {scalar(sale.name or known.name)}",
        f"    customer: {scalar(sale.customer) if sale.customer else '# who buys it, and what for'}",
        f"    price: {price.amount}",
        f"    currency: {price.currency or '# such as EUR'}",
        f"    unit: {scalar(price.unit) if price.unit else '# what the price is for, such as per order'}",
        "    monthly_value: # price times what is sold in a normal month",
    ]
    return "".join(["offers:\n", *(f"{line}\n" for line in lines)])


def _promise(known: BusinessDeliverable) -> str:
    named = {"id": known.id, "name": known.name, "promise": known.promise, "offer": known.offer}
    lines = [f"{name}: {scalar(text)}" for name, text in named.items() if text]
    lines += [f"standard: {scalar(known.standard)}"] if known.standard else []
    return "".join(f"  {'  ' if at else '- '}{line}\n" for at, line in enumerate(lines))
