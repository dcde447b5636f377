"""Kinds of business: what they are made of, and the handbooks that begin with them."""

import re
from collections import Counter
from pathlib import Path

import pytest

from projects import opened, reported, write
from rolebook.analysis.handover import rank
from rolebook.examples import is_untouched
from rolebook.library.kind import Kind, general, kind, kind_ids
from rolebook.library.role import LibraryRole, library_role, role_ids
from rolebook.parse import business_model

KINDS = Path(__file__).parents[2] / "plugin/rolebook/library/kinds"
SITE = """\
site_name: Test
docs_dir: content
plugins: [rolebook]
"""


def role(role_id: str) -> LibraryRole:
    known = library_role(role_id)
    assert known is not None
    return known


def handbook_of(root: Path, known: Kind) -> Path:
    """What `rolebook init` writes about such a business."""
    roles = {f"roles/{path}": text for path, text in known.role_files("ada").items()}
    person = "---\nname: Owner\nfounder: yes\nweekly_capacity: 40\n---\n"
    pages = {"mkdocs.yml": SITE, "people/ada.md": person, "content/business-model.md": known.business_model}
    return write(root, pages | roles)


def test_the_kinds_are_in_the_package() -> None:
    assert kind_ids() == tuple(sorted(folder.name for folder in KINDS.iterdir()))
    assert len(kind_ids()) == 6
    for folder in KINDS.iterdir():
        assert {file.name for file in folder.iterdir()} == {"business-model.md", "roles.yml"}


WRITTEN = role("e-zine").written(
    {"owner": "owner: ada\n", "outsource": "outsource:\n  fit: maybe\n"}, (), "found"
)


@pytest.mark.parametrize(
    ("before", "after", "untouched"),
    [
        ("owner: ada", "owner: ben", True),
        ("parent: marketing", "parent: content", True),
        ("    for: found\n", "    for: other\n", True),
        ("fit: maybe", "fit: next\n  reason: So", True),
        ("\n", "\r\n", True),
        ("---\ntitle: E-zine", "\n---\ntitle: E-zine", False),
        ("title: E-zine", "title: Letter", False),
        ("owner: ada\n", "owner: ada\nbackup: ben\n", False),
        ("owner: ada\n", "# new\nowner: ada\n", False),
        ("{min: 3, max: 6}", "4", False),
        ("\n## Done when\n", "\nowner: ada\n\n## Done when\n", False),
        ("\n## Done when\n", "\n    for: me\n\n## Done when\n", False),
    ],
)
def test_a_role_is_untouched_while_only_a_handbooks_decisions_differ(
    before: str, after: str, untouched: bool
) -> None:
    assert before in WRITTEN
    text = WRITTEN.replace(before, after)
    assert is_untouched("marketing/e-zine.md", text) == untouched
    assert not is_untouched("marketing/letter.md", text)


@pytest.mark.parametrize("known", [*map(kind, kind_ids()), general()], ids=lambda known: known.title)
def test_a_kind_of_business_is_complete(known: Kind) -> None:
    files = known.role_files("ada")
    ids = [Path(path).stem for path in files]
    assert 12 <= len(files) <= 20
    assert len({*ids}) == len(ids) and {*ids} <= {*role_ids()}
    assert ids[0] == known.top and "marketing" in known.roles
    assert [path for path, text in files.items() if "\nparent:" not in text] == [f"{known.top}.md"]
    delivered = [each for roles in known.promises.values() for each in roles]
    assert len({*delivered}) == len(delivered) and {*delivered} <= {*ids}
    model = business_model("x.md", known.business_model.encode())
    assert [each.id for each in model.deliverables] == [*known.promises]
    assert {each.offer for each in model.deliverables} == {each.id for each in model.offers}
    assert model.functions == tuple(role(each).title for each in known.roles)
    assert all(each.name and each.customer and each.price is None for each in model.offers)
    assert {*known.hand_over} <= {*ids} - {known.top}
    fits = Counter(plan["fit"] for plan in known.hand_over.values())
    assert fits["next"] == 1 and fits["maybe"] >= 2 and fits["no"] >= 1
    assert all(plan.keys() == {"fit", "reason"} for plan in known.hand_over.values())


@pytest.mark.parametrize("known", [*map(kind, kind_ids()), general()], ids=lambda known: known.title)
def test_a_handbook_of_a_kind_says_what_to_hand_over_first(known: Kind, tmp_path: Path) -> None:
    root = handbook_of(tmp_path, known)
    assert set(re.findall(r"\[([\w-]+)\]$", reported(root), re.MULTILINE)) <= {"placeholder", "over-capacity"}
    organisation = opened(root).organisation
    assert all(each.owner and each.owner.id == "ada" for each in organisation.roles.values())
    candidates = rank(organisation, opened(root).project.options.hand_over_weights)
    order = [each.role.id for each in candidates]
    assert known.first and order[0] == known.first.id
    first, second = candidates[:2]
    assert first.points > second.points
    possible = {each for each, plan in known.hand_over.items() if plan["fit"] == "maybe"}
    assert {*order[1 : len(possible) + 1]} == possible
    assert not {each for each, plan in known.hand_over.items() if plan["fit"] == "no"} & {*order}
    roles = {path.name: path.read_text("utf-8") for path in (root / "roles").rglob("*.md")}
    assert all(is_untouched(name, text) for name, text in roles.items())


def test_facts_of_a_kind_are_examples_until_they_are_changed(tmp_path: Path) -> None:
    known = kind("club")
    root = handbook_of(tmp_path, known)
    number = 2 * len(known.role_files("ada")) + 2
    assert f"{number} facts are still the examples from 'rolebook init' or the library" in reported(root)
    file = root / "roles/chair.md"
    file.write_text(file.read_text("utf-8").replace("{min: 2, max: 4}", "3"), encoding="utf-8")
    page = root / "content/business-model.md"
    page.write_text(page.read_text("utf-8").replace("price: #", "price: 90 #"), encoding="utf-8")
    assert f"{number - 3} facts are still" in reported(root)
    page.write_text("---\ntitle: X\n---\n", encoding="utf-8")
    assert f"{number - 4} facts are still" in reported(root)


@pytest.mark.parametrize("kind_id", kind_ids())
@pytest.mark.parametrize("field", ["offers", "deliverables"])
def test_a_part_of_a_business_model_is_an_example_by_itself(kind_id: str, field: str, tmp_path: Path) -> None:
    others = {"offers": "deliverables", "deliverables": "offers"}[field]
    page = re.sub(rf"^{others}:\n(?: .*\n)+", "", kind(kind_id).business_model, flags=re.MULTILINE)
    roles = {"roles/top.md": "---\ntitle: Top\nweekly_hours: 5\ndeliverable: A plan each month\n---\n"}
    root = write(tmp_path, {"mkdocs.yml": SITE, "content/business-model.md": page, **roles})
    expected = "1 fact is still the example from 'rolebook init', in content/business-model.md. "
    assert expected in reported(root)
