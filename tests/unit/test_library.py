"""The library: what its files have, and how roles are found and written for a handbook."""

import re
from collections import Counter
from pathlib import Path

import pytest

from projects import opened, reported, write
from rolebook.analysis.readiness import readiness
from rolebook.library.role import (
    FOR_A_HANDBOOK,
    ORDER,
    LibraryRole,
    library_role,
    library_roles,
    named,
    role_ids,
    with_words,
)
from rolebook.organisation import RESERVED_IDS, slug

ROLES = Path(__file__).parents[2] / "plugin/rolebook/library/roles"
SITE = """\
site_name: Test
docs_dir: content
plugins:
  - rolebook: {allow_multiple_roots: yes}
"""
HANDED_OVER = """
    search-optimisation paid-search paid-social e-zine email-sequences social-content
    affiliate-programme press-and-outreach marketplace-listings sales-copy graphics brand
    photography video-production video-editing podcast course-production product-sourcing shipping
    returns customer-support community-moderation live-events sales-calls appointment-setting
    lead-research crm-care bookkeeping accounting payroll tax-filing legal contracts hiring
    staff-onboarding customer-onboarding website-care web-shop hosting-and-backups analytics
    data-entry translation transcription quality-testing software-maintenance it-support facilities
    procurement reporting
    """.split()  # noqa: SIM905 (a literal would be a page long)
"""What small businesses hand over."""


def role(role_id: str) -> LibraryRole:
    known = library_role(role_id)
    assert known is not None
    return known


# --- the files -----------------------------------------------------------------------------------


def test_the_library_is_in_the_package() -> None:
    assert role_ids() == tuple(sorted(file.stem for file in ROLES.iterdir()))
    assert all(role(each).text == (ROLES / f"{each}.md").read_text("utf-8") for each in role_ids())


def test_what_small_businesses_hand_over_is_there_below_a_function() -> None:
    functions = {each.parent for each in library_roles()} - {"", "managing-director"}
    assert {each.parent for each in map(role, functions)} == {"managing-director"}
    assert {role(each).parent for each in HANDED_OVER} <= functions
    assert len([each for each in library_roles() if each.parent in functions]) >= 48
    assert [each.id for each in library_roles() if not each.parent] == ["chair", "managing-director"]


@pytest.mark.parametrize("posting", ["", "posting: {opens: 2027-01-04, apply_email: a@example.com}\n"])
def test_a_handbook_of_the_library_has_no_problems(posting: str, tmp_path: Path) -> None:
    texts = {
        f"roles/{each.id}.md": each.text.replace("\nskills:\n", f"\n{posting}skills:\n", 1)
        for each in library_roles()
    }
    site = SITE.replace("s: yes", "s: yes, disabled_checks: [placeholder, posting-not-listed]")
    assert reported(write(tmp_path, {"mkdocs.yml": site, **texts})) == ""


@pytest.mark.parametrize("role_id", role_ids())
def test_a_role_of_the_library_is_complete(role_id: str, tmp_path: Path) -> None:
    known = role(role_id)
    fields = known.file.fields
    front, body = known.text.removeprefix("---\n").split("---\n", 1)
    written = re.findall(r"^(\w+):", front, re.MULTILINE)
    expected = [each for each in ORDER if each not in FOR_A_HANDBOOK and (each != "parent" or known.parent)]
    assert written == expected
    assert "#" not in front
    assert role_id not in RESERVED_IDS and role_id == slug(role_id)
    assert 1 <= len(fields.deliverable) <= 3
    assert all(each.measure for each in fields.deliverable)
    assert any(each.acceptance for each in fields.deliverable)
    assert fields.weekly_hours and 0 < fields.weekly_hours.min < fields.weekly_hours.max < 30
    assert fields.skills.must and fields.skills.nice and fields.out_of_scope and fields.tags
    assert fields.trial_task and fields.trial_task.hours and fields.trial_task.pass_
    text = write(tmp_path, {"mkdocs.yml": SITE, "roles/x.md": known.written({"parent": ""}, ())})
    missing = [each.name for each in readiness(opened(text).organisation.roles["x"]) if not each.done]
    assert missing == ["cover"]
    headings = [each.text for each in known.file.sections]
    assert headings[-1] == "Done when" and headings[-2] in ("Procedure", "How to do it")
    procedure = re.split(r"^## .*\n", body, flags=re.MULTILINE)[-2]
    first_week = procedure.split("### First week\n")[1].split("\n###")[0]
    assert 2 <= first_week.count("- [ ] ") <= 6
    assert 100 < len(body.split()) < 450


def test_no_two_roles_share_a_sentence() -> None:
    """They are not from one mould."""
    bodies = [re.split(r"(?<=[.?!:])\s+|\n\n", each.file.body) for each in library_roles()]
    counted = Counter(sentence for body in bodies for sentence in {" ".join(each.split()) for each in body})
    assert [each for each, times in counted.items() if times > 1 and len(each) > 20] == []


# --- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "role_id"),
    [
        (["vehicles"], "equipment-care"),  # title
        (["lenders"], "accounting"),  # purpose
        (["PPC"], "paid-search"),  # tags
        (["reconciles"], "bookkeeping"),  # skills needed
        (["subscriptions"], "accounting"),  # skills that are welcome
        (["commissions", "paid"], "affiliate-programme"),  # deliverables
        (["commissions paid"], "affiliate-programme"),
        (["crm-care"], "crm-care"),  # id
        (["transcri"], "transcription"),  # the beginning of a word
        (["ranscription"], ""),  # not its middle
        (["vehicles", "lenders"], ""),  # all of them
        (["!!"], ""),
        ([""], ""),
        ([], ""),
    ],
)
def test_roles_are_found_by_words(words: list[str], role_id: str) -> None:
    assert [each.id for each in with_words(words)] == ([role_id] if role_id else [])


@pytest.mark.parametrize(
    ("name", "role_id"),
    [
        ("paid-search", "paid-search"),
        ("Paid-Search", "paid-search"),
        ("Social  advertising", "paid-social"),
        ("paid", ""),
        ("", ""),
    ],
)
def test_a_role_is_named_by_its_id_or_title(name: str, role_id: str) -> None:
    known = named(name)
    assert (known.id if known else "") == role_id


@pytest.mark.parametrize("role_id", ["", "nothing", "../kinds", "paid-search.md"])
def test_what_is_not_there_is_no_role(role_id: str) -> None:
    assert library_role(role_id) is None


# --- writing -------------------------------------------------------------------------------------


def test_only_what_is_given_differs_in_a_written_role() -> None:
    known = role("paid-search")
    plan = "outsource:\n  fit: next\n"
    fields = {"parent": "parent: growth\n", "owner": "owner: ada\n", "outsource": plan}
    text = known.written(fields, ["marketing"], "found")
    assert text.splitlines()[:4] == ["---", "title: Paid search", "parent: growth", "owner: ada"]
    back = text.replace("parent: growth", "parent: marketing").replace("owner: ada\n", "").replace(plan, "")
    assert text.count("    for: found\n") == 1
    assert text.index("    for: found\n") < text.index("    cadence:")
    assert text.index(plan) == text.index("skills:") - len(plan)
    assert back.replace("    for: found\n", "") == known.text
    assert known.written({}, ["marketing"]) == known.text


def test_a_role_delivers_to_none_that_the_handbook_lacks(tmp_path: Path) -> None:
    known = role("shipping")
    assert known.written({}, ["customer-support"]) == known.text
    alone = known.written({}, [])
    assert alone == known.text.replace("    receiver: customer-support\n", "") != known.text
    assert known.is_written_as(alone)


def test_receivers_are_roles_of_the_library() -> None:
    receivers = {each.receiver for known in library_roles() for each in known.file.fields.deliverable}
    assert receivers - {""} <= set(role_ids()) and len(receivers) > 10


def test_a_field_can_be_left_out_or_replaced() -> None:
    known = role("paid-search")
    text = known.written(
        {"parent": "", "weekly_hours": "weekly_hours: 4\n", "deliverable": "deliverable: X\n"}, ()
    )
    assert "parent:" not in text and "acceptance" not in text
    assert "\nweekly_hours: 4\npurpose: " in text and "\ndeliverable: X\nskills:\n" in text
