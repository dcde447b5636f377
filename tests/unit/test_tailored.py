"""A kind of business made that of one owner, answer by answer."""

import pytest

from rolebook.library.kind import Kind, general, kind
from rolebook.library.role import LibraryRole, library_role
from rolebook.library.tailored import Price, Sale, promises, with_first, with_holders, with_roles, with_sale
from rolebook.parse import business_model
from rolebook.schema.records import BusinessModelFields

SHOP = kind("web-shop")


def model(known: Kind) -> BusinessModelFields:
    found = business_model("x.md", known.business_model.encode())
    assert found is not None
    return found


def role(role_id: str) -> LibraryRole:
    found = library_role(role_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sale", "name", "customer", "price"),
    [
        (Sale(name="Wool"), "Wool", "", None),
        (Sale(customer="Knitters"), "A first order", "Knitters", None),
        (Sale(price=Price("4.5")), "A first order", "", 4.5),
    ],
)
def test_one_answer_is_enough_for_an_offer_of_ones_own(
    sale: Sale, name: str, customer: str, price: float | None
) -> None:
    found = model(with_sale(SHOP, sale))
    (offer,) = found.offers
    assert (offer.id, offer.name, offer.customer, offer.price) == ("first-order", name, customer, price)
    assert offer.unit == ("per order" if price is None else "")
    assert [each.id for each in found.deliverables] == [each.id for each in promises(SHOP)]
    assert {each.offer for each in found.deliverables} == {"first-order"}


def test_without_answers_nothing_changes() -> None:
    assert with_sale(SHOP, Sale()) == SHOP


def test_promises_that_are_not_made_are_nobodys() -> None:
    found = with_sale(SHOP, Sale(left_out={"found"}, own_promises=("🎉", "🎉")))
    assert [each.id for each in model(found).deliverables][-2:] == ["promise", "promise-2"]
    assert "found" not in found.promises and "in-stock" in found.promises
    assert len(model(found).offers) == 2
    none = with_sale(SHOP, Sale(left_out={each.id for each in promises(SHOP)}))
    assert model(none).deliverables == () and none.promises == {}
    assert "for:" not in none.role_files("ada")["marketing/paid-search.md"]


def test_a_function_stays_for_its_roles_and_may_be_alone() -> None:
    found = with_roles(SHOP, [role("shipping"), role("product")])
    assert found.roles == {"product": [], "fulfilment": ["shipping"]}
    assert {*found.role_files("ada")} == {
        "managing-director.md",
        "product.md",
        "fulfilment/fulfilment.md",
        "fulfilment/shipping.md",
    }
    assert {*found.hand_over} == {"shipping", "product"}
    assert model(found).functions == ("Product", "Fulfilment")
    assert model(with_roles(SHOP, [])).functions == ()


def test_a_role_of_the_library_goes_below_its_function_if_that_is_there() -> None:
    found = with_roles(SHOP, [role("marketing"), role("paid-social"), role("payroll")])
    assert found.roles == {"marketing": ["paid-social"], "payroll": []}


def test_what_somebody_else_does_is_not_planned() -> None:
    found = with_holders(SHOP, {"shipping": "Ann", "bookkeeping": ""})
    assert found.first is None and "bookkeeping" in found.hand_over and "shipping" not in found.hand_over
    files = found.role_files("ada")
    assert "\nowner: Ann\n" in files["fulfilment/shipping.md"]
    assert "\nowner:" not in files["administration/bookkeeping.md"]
    assert "\nowner: ada\n" in files["fulfilment/returns.md"]


@pytest.mark.parametrize(
    ("role_id", "reason"),
    [
        ("shipping", SHOP.hand_over["shipping"]["reason"]),
        ("bookkeeping", SHOP.hand_over["bookkeeping"]["reason"]),
        ("product", "The owner would give these hours away first."),
        ("returns", "The owner would give these hours away first."),
    ],
)
def test_the_owner_says_what_goes_first(role_id: str, reason: str) -> None:
    found = with_first(SHOP, role_id)
    assert found.hand_over[role_id] == {"fit": "next", "reason": reason}
    assert [each for each, plan in found.hand_over.items() if plan["fit"] == "next"] == [role_id]
    assert {*found.hand_over} == {*SHOP.hand_over, role_id}
    assert role_id == "product" or found.hand_over["product"]["fit"] == "no"


def test_the_general_kind_is_none_of_those_to_choose_by_name() -> None:
    assert general().title == "Another kind of business"
    assert general().first == role("bookkeeping")
