"""`rolebook init --guided`: twelve plain questions, and a handbook of the answers or nothing at all."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import opened, reported
from rolebook.cli import main
from rolebook.cli.answers import chosen, price
from rolebook.library.kind import general, kind, kind_ids
from rolebook.library.tailored import Price
from rolebook.organisation import Organisation

ALL = (
    "Wool & Clay",
    "Ruth Wren",
    "6",
    "Hand-dyed wool",
    "Knitters",
    "1,250.50 € per order",
    "not 2; A tasting every month; A tasting every month",
    "not 6; payroll, Social advertising",
    "4: Aoife; 7,8: Ben Ode; 9: nobody; 10: me; 11: ruth  wren; 12: aoife",
    "1: 3; 4, 5: 2,5-3",
    "10",
    "GitLab",
)
SKIPPED = ("",) * 12


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wheel is made: what a handbook requires is tried elsewhere."""
    monkeypatch.setattr("rolebook.cli.starter.requirement", lambda: ("x", {}))


def guided(folder: Path, answers: Sequence[str], *words: str) -> Result:
    text = "".join(f"{answer}\n" for answer in answers)
    result = CliRunner().invoke(main, ["init", str(folder), "--guided", "--no-guide", *words], input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def with_answer(number: int, *answers: str, others: Sequence[str] = SKIPPED) -> list[str]:
    return [*others[: number - 1], *answers, *others[number:]]


def organisation(root: Path) -> Organisation:
    assert re.findall("error|warning", reported(root)) == []
    return opened(root).organisation


def test_a_handbook_is_made_of_the_answers(tmp_path: Path) -> None:
    root = tmp_path / "new"
    result = guided(root, ALL)
    assert result.exit_code == 0, result.output
    assert re.findall(r"^(\d+)\. ", result.output, re.MULTILINE) == [*map(str, range(1, 13))]
    found = organisation(root)
    assert opened(root).project.name == "Wool & Clay"
    assert {each.name: each.founder for each in found.people.values()} == {
        "Ruth Wren": True,
        "Aoife": False,
        "Ben Ode": False,
    }
    roles = {each.id: each for each in found.roles.values()}
    assert "social-content" not in roles and "photography" in roles
    assert roles["payroll"].fields.parent == "managing-director"
    assert roles["paid-social"].fields.parent == "marketing"
    held = {each.id: each.owner.name for each in roles.values() if each.owner}
    assert (held["search-optimisation"], held["fulfilment"]) == ("Aoife", "Aoife")
    assert (held["paid-social"], held["product"]) == ("Ben Ode", "Ben Ode")
    assert roles["product-sourcing"].vacant
    assert held["stock-keeping"] == held["web-shop"] == held["managing-director"] == "Ruth Wren"
    hours = {each.id: (each.hours.min, each.hours.max) for each in roles.values()}
    assert hours["managing-director"] == (3, 3) and hours["e-zine"] == (2.5, 3)
    assert hours["shipping"] == (4, 12)
    plans = {each.id: each.fields.outsource for each in roles.values() if each.fields.outsource}
    assert [each for each, plan in plans.items() if plan.fit == "next"] == ["stock-keeping"]
    assert plans["stock-keeping"].reason == "The owner would give these hours away first."
    shipping = kind("web-shop").hand_over["shipping"]["reason"]
    assert (plans["shipping"].fit, plans["shipping"].reason) == ("maybe", shipping)
    assert "product" not in plans  # Ben holds it
    (offer,) = found.business.offers
    assert (offer.name, offer.customer, offer.price) == ("Hand-dyed wool", "Knitters", 1250.5)
    assert (offer.currency, offer.unit) == ("EUR", "per order")
    promises = {each.id: each for each in found.business.deliverables}
    assert "as-shown" not in promises and "found" in promises
    assert {each.offer for each in promises.values()} == {offer.id}
    assert promises["a-tasting-every-month"].name == promises["a-tasting-every-month-2"].name
    assert found.business.functions == ("Marketing", "Product", "Fulfilment", "Administration", "Payroll")
    assert (root / ".gitlab-ci.yml").is_file()


def test_the_chart_grows(tmp_path: Path) -> None:
    said = guided(tmp_path / "new", ALL).output
    roles, holders, hours, first, last = (said.split(f"\n{number}. ")[0] for number in (8, 9, 10, 11, 12))
    assert roles.splitlines()[-1] == "  18        Tax filing, 0.5–2\N{NO-BREAK SPACE}h"
    assert "\n   4        Search optimisation: Ruth Wren, 4–8" in holders
    assert "\n   4        Search optimisation: Aoife, 4–8" in hours
    assert "\n   9        Product sourcing: vacant, 3–7" in hours
    assert "\n   4        Search optimisation: Aoife, 2.5–3" in first
    assert re.search(r"\n  13        Shipping: .*<- hand over first\n", first)
    after = last.split("\n11. ")[1]
    assert re.search(r"\n  10        Stock keeping: .*<- hand over first\n", after)
    assert not re.search(r"Shipping: .*<-", after)
    assert re.search(r"In total 4\d.*, 3\d.* of it yours\.", after)


@pytest.mark.parametrize("number", range(1, len(kind_ids()) + 2))
def test_every_question_can_be_skipped(number: int, tmp_path: Path) -> None:
    known = [*map(kind, kind_ids()), general()][number - 1]
    root = tmp_path / "new"
    result = guided(root, with_answer(3, str(number)))
    assert result.exit_code == 0, result.output
    found = organisation(root)
    assert {*found.roles} == {*known.role_ids}
    assert {each.owner.name for each in found.roles.values() if each.owner} == {"Owner"}
    assert known.first and f"To hand over first: {known.first.title}." in result.output
    assert [each.id for each in found.business.deliverables] == [*known.promises]
    assert (root / "content/business-model.md").read_text("utf-8") == known.business_model


def test_what_options_say_is_not_asked(tmp_path: Path) -> None:
    words = ("--business", "B", "--owner", "Ada", "--kind", "none", "--host", "nowhere")
    result = guided(tmp_path / "new", [""] * 8, *words)
    assert result.exit_code == 0, result.output
    assert len(re.findall(r"^\d+\. ", result.output, re.MULTILINE)) == 8
    assert {*organisation(tmp_path / "new").roles} == {*general().role_ids}


@pytest.mark.parametrize("number", range(12))
def test_the_end_of_the_answers_leaves_nothing(number: int, tmp_path: Path) -> None:
    result = guided(tmp_path / "a/new", ALL[:number])
    assert result.exit_code == 2
    assert result.stderr == "Interrupted.\nNothing was written.\n"
    assert [*tmp_path.iterdir()] == []


def test_ctrl_c_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def pressed(text: str, *_: object, **__: object) -> str:
        calls.append(text)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return ""

    monkeypatch.setattr("click.termui.visible_prompt_func", pressed)
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--guided"])
    assert (result.exit_code, [*tmp_path.iterdir()]) == (2, [])


WRONG = [
    (2, "nobody", "'nobody' is no name"),
    (2, "Me", "'Me' is no name"),
    (3, "0", "Write a number from 1 to 7."),
    (3, "8", "Write a number from 1 to 7."),
    (3, "web-shpo", "Did you mean 'web-shop'?"),
    (4, "x" * 201, "at most 200 characters"),
    (6, "a lot", "Write one number with its currency"),
    (6, "-5 EUR", "Write one number with its currency"),
    (6, "40-50 EUR", "Write one number with its currency"),
    (6, "1234567890123", "more than anybody pays"),
    (7, "6", "'6' is not on the list. Write numbers from 1 to 5."),
    (7, "0", "'0' is not on the list."),
    (7, "4-2", "'4-2' is not on the list."),
    (7, "1-99999999999999999999", "is not on the list."),
    (8, "; juggling", "There is no role 'juggling' in the library."),
    (9, "4", "'4' is not clear. Write the number, a colon and the rest: 4: Aoife"),
    (9, "4:", "'4:' is not clear."),
    (9, "Aoife: 4", "is not clear."),
    (9, "not 4: Aoife", "is not clear."),
    (9, "19: Aoife", "'19' is not on the list. Write numbers from 1 to 18."),
    (8, "only juggling", "There is no role 'juggling' in the library."),
    (8, "not payroll", "Payroll is not on the list."),
    (8, "not 1", "Role 1 is at the top of the chart and stays."),
    (8, "not managing director", "Role 1 is at the top of the chart and stays."),
    (9, "4: 🎉", "'🎉' has no letter. Write a name, or nobody."),
    (9, "4: 10; 5: 3", "'10' has no letter. Write a name, or nobody. Hours are asked for next."),
    (9, "4: 10 h", "'10 h' are hours, which are asked for next. Write a name, or nobody."),
    (9, "4: Tom (freelancer)", "Write the name alone: Tom."),
    (9, "4: Anna and Tom", "'Anna and Tom' seems to be more than one person."),
    (9, "4: Tom & Anna", "seems to be more than one person. Write who answers for it"),
    (9, "4: Tom/Anna", "seems to be more than one person."),
    (10, "4: many", "'many' are no hours of a week."),
    (10, "4: 169", "'169' are no hours of a week."),
    (11, "1", "Write one number from 2 to 18."),
    (11, "19", "Write one number from 2 to 18."),
    (11, "five", "Write one number from 2 to 18."),
    (12, "ftp", "Write github or gitlab, or press Enter."),
]


@pytest.mark.parametrize(("number", "wrong", "said"), WRONG)
def test_what_is_not_clear_is_asked_again(number: int, wrong: str, said: str, tmp_path: Path) -> None:
    result = guided(tmp_path / "new", with_answer(number, wrong, ""))
    assert said in result.output
    assert result.exit_code == 0
    assert opened(tmp_path / "new").organisation.roles.keys() == {*general().role_ids}


@pytest.mark.parametrize(
    ("number", "answer"), [(4, "x" * 200), (7, "1-5"), (9, "18: Ann"), (10, "4: 168"), (11, "2"), (11, "18")]
)
def test_what_is_just_within_the_limits_is_taken(number: int, answer: str, tmp_path: Path) -> None:
    result = guided(tmp_path / "new", with_answer(number, answer))
    assert (result.exit_code, "Error" in result.output) == (0, False), result.output
    organisation(tmp_path / "new")


def test_whoever_does_it_already_is_not_the_first_to_hand_over_to(tmp_path: Path) -> None:
    result = guided(tmp_path / "new", [*SKIPPED[:8], "15: Ann", "", "15", ""])
    assert "Ann does this already." in result.output
    assert result.exit_code == 2  # no answer is left for the question that follows
    result = guided(tmp_path / "new", [*SKIPPED[:8], "15: Ann", "", "", ""])
    assert result.exit_code == 0
    assert "Enter to decide later" in result.output and "To hand over first" not in result.output
    assert organisation(tmp_path / "new").roles["bookkeeping"].fields.outsource is None


def test_a_business_may_have_one_role(tmp_path: Path) -> None:
    result = guided(tmp_path / "new", [*SKIPPED[:7], "1", "", "", ""])
    assert result.exit_code == 0, result.output
    assert {*organisation(tmp_path / "new").roles} == {"managing-director"}
    assert "Which hours would you give away" not in result.output


PRICES = {
    "45 EUR a month": Price("45", "EUR", "a month"),
    "€45": Price("45", "EUR", ""),
    "45": Price("45", "", ""),
    "about 12,50 USD, per box": Price("12.50", "USD", "per box"),
    "1,250": Price("1250", "", ""),
    "1.250,5 eur": Price("1250.5", "EUR", ""),
    "CHF 12'500 for all": Price("12500", "CHF", "for all"),
    "45 ABC": Price("45", "", "ABC"),
    "45 EUR for 3 months": Price("45", "EUR", "for 3 months"),
    "123456789012": Price("123456789012", "", ""),
    "29 euros per kit": Price("29", "EUR", "per kit"),
    "29 pounds a box": Price("29", "GBP", "a box"),
    "29 Euro": Price("29", "EUR", ""),
    "300 kroner a month": Price("300", "", "kroner a month"),
}


@pytest.mark.parametrize("text", PRICES)
def test_a_price_is_read_as_people_write_it(text: str) -> None:
    assert price(text) == PRICES[text]


@pytest.mark.parametrize(
    ("text", "kept", "own"),
    [
        ("", {1, 2, 3, 4, 5}, ()),
        ("2", {2}, ()),
        ("1-2, 5", {1, 2, 5}, ()),
        ("1 – 2 4", {1, 2, 4}, ()),
        ("not 2", {1, 3, 4, 5}, ()),
        ("Not 1-4", {5}, ()),
        ("; Ours ;", {1, 2, 3, 4, 5}, ("Ours",)),
        ("2; 2 tastings; 3", {2, 3}, ("2 tastings",)),
        ("not 2; not 3", {1, 4, 5}, ()),
        ("1-3; not 2", {1, 3}, ()),
    ],
)
def test_numbers_and_own_words_are_told_apart(text: str, kept: set[int], own: tuple[str, ...]) -> None:
    assert chosen(text, 5) == (kept, own)


ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ['"', "'", ": ", "a: b #c", "# x", "- x", "1,5", "{x}", "🎉", "null", "---", "\\", "%x", "@"]
    ),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(ODD, min_size=6, max_size=6), st.sampled_from(["", "6"]))
def test_odd_answers_are_kept_as_they_are_or_asked_again(
    tmp_path_factory: pytest.TempPathFactory, odd: list[str], number: str
) -> None:
    business, owner, sells, customer, promise, holder = (" ".join(each.split()) for each in odd)
    root = tmp_path_factory.mktemp("x") / "new"
    answers = [business, owner, number, sells, customer, "", f";{promise}", "", f"4: {holder}", "", "", ""]
    result = guided(root, answers)
    if result.exit_code:
        assert result.exit_code == 2 and not root.exists()
        return
    organisation(root)


@pytest.mark.parametrize(
    ("answer", "kept", "added"),
    [
        ("shipping, customer support, bookkeeping", {"shipping", "customer-support", "bookkeeping"}, set()),
        ("only shipping and Bookkeeping", {"shipping", "bookkeeping"}, set()),
        ("shipping; payroll", {"shipping"}, {"payroll"}),
        ("Hosting and backups, shipping and payroll", {"shipping"}, {"hosting-and-backups", "payroll"}),
        ("payroll, shipping; 4", {"shipping", "search-optimisation"}, {"payroll"}),
    ],
)
def test_roles_are_kept_by_their_names_as_by_their_numbers(
    answer: str, kept: set[str], added: set[str], tmp_path: Path
) -> None:
    chosen = guided(tmp_path / "new", with_answer(8, answer, others=["", "", "6", *SKIPPED[3:]]))
    assert chosen.exit_code == 0, chosen.output
    functions = {"managing-director", "marketing", "product", "fulfilment", "administration"}
    assert {*organisation(tmp_path / "new").roles} - functions == kept | added


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        ("", set()),
        ("all", set()),
        ("payroll", set()),
        ("not shipping; without bookkeeping", {"shipping", "bookkeeping"}),
    ],
)
def test_all_roles_are_kept_but_those_that_are_left_out(
    answer: str, missing: set[str], tmp_path: Path
) -> None:
    guided(tmp_path / "new", with_answer(8, answer, others=["", "", "6", *SKIPPED[3:]]))
    assert {*kind("web-shop").role_ids} - {*organisation(tmp_path / "new").roles} == missing


def test_one_person_has_one_file_however_the_name_is_written(tmp_path: Path) -> None:
    holders = "4: maya; 5: Maya; 6: MAYA BRENNAN; 7: Jörg Müller; 8: jorg muller; 9: Maya Jones; 10: nobody"
    result = guided(tmp_path / "new", ["", "Maya Brennan", "6", *SKIPPED[3:8], holders, *SKIPPED[9:]])
    assert result.exit_code == 0, result.output
    found = organisation(tmp_path / "new")
    assert {each.name for each in found.people.values()} == {"Maya Brennan", "Jörg Müller", "Maya Jones"}
    assert len([role for role in found.roles.values() if role.vacant]) == 1


def test_bytes_of_another_encoding_are_no_traceback(tmp_path: Path) -> None:
    command = [
        Path(sys.executable).parent / "rolebook",
        "init",
        str(tmp_path / "new"),
        "--guided",
        "--no-guide",
    ]
    run = subprocess.run(command, input=b"Caf\xe9\x00\n" + b"\n" * 11, capture_output=True)
    assert run.returncode == 0, run.stderr
    assert opened(tmp_path / "new").project.name == "Caf\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("words", [("--yes",), ("--no-examples",), ("--from", "x.csv")])
def test_what_would_answer_otherwise_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    result = guided(tmp_path / "new", ALL, *words)
    assert result.exit_code == 2
    assert f"--guided asks for what {words[0]} leaves out." in result.output
    assert not (tmp_path / "new").exists()


def test_nothing_is_asked_where_there_is_a_handbook(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("", encoding="utf-8")
    result = guided(tmp_path, ALL)
    assert "has a handbook already" in result.output and "1. " not in result.output
