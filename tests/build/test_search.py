"""What search finds: every role and person once, in a large organisation by short entries."""

import json
from pathlib import Path

import pytest

from projects import TODAY, write
from rolebook.options import Options
from rolebook.organisation import RoleFile, organise
from rolebook.pages.plan import Plan
from rolebook.project import Project
from rolebook.schema.records import RoleFields
from rolebook.views.search import FIELDS, MAX_ROLES, complete, entry
from sites import HOME, MKDOCS_YML, SAMPLE, build_site

Index = dict[str, dict[str, str]]

ROLES = {
    "roles/owner.md": "---\ntitle: Owner\nowner: Ada\ndeliverable: A plan for the year\n---\n",
    "roles/ppc.md": "---\ntitle: PPC & more\nparent: owner\nowner: Bo\nperformed_by: [{person: Cy}]\n"
    "purpose: Buyers\n---\n\n## Procedure\n\nWrite twenty adverts.\n",
}


def index_of(root: Path, search: str = "") -> tuple[Path, Index]:
    """The folder of a site that was built, and its search index by address."""
    config = MKDOCS_YML.replace("rolebook]", f"rolebook: {{{search}}}]")
    site, _ = build_site(write(root, HOME | ROLES | {"mkdocs.yml": config}))
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert {name: index["config"]["fields"][name]["boost"] for name in FIELDS} == FIELDS
    docs = index["docs"]
    assert len({doc["location"] for doc in docs}) == len(docs)
    return site, {doc["location"]: doc for doc in docs}


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Index]:
    return index_of(tmp_path_factory.mktemp("short"), "search: titles")


def test_a_role_is_one_entry_with_its_title_who_holds_it_and_what_it_produces(
    short: tuple[Path, Index],
) -> None:
    found = {address: doc for address, doc in short[1].items() if address.startswith("roles/")}
    assert found.keys() == {"roles/", "roles/owner/", "roles/ppc/"}
    assert found["roles/ppc/"]["title"] == "PPC &amp; more · Bo, Cy"
    assert found["roles/ppc/"]["text"] == "<p>Buyers</p>"
    assert found["roles/owner/"]["title"] == "Owner · Ada"
    assert found["roles/owner/"]["text"] == "<p>A plan for the year</p>"


def test_what_stands_on_a_roles_page_is_not_found_a_second_time(short: tuple[Path, Index]) -> None:
    addresses = short[1].keys()
    assert not any(address.startswith("jobs/") and address != "jobs/" for address in addresses)
    assert "org-chart/owner/" not in addresses
    assert {"people/ada/", "people/bo/", "people/", "org-chart/"} <= addresses
    lists = {f"decisions/{each}/" for each in ("hats", "hand-over", "promises-and-risks", "attention")}
    assert {each for each in addresses if each.partition("#")[0] in lists} == lists


def test_the_pages_themselves_are_whole(short: tuple[Path, Index]) -> None:
    assert "Write twenty adverts." in (short[0] / "roles/ppc/index.html").read_text(encoding="utf-8")
    assert "A plan for the year" in (short[0] / "jobs/owner/index.html").read_text(encoding="utf-8")


def test_a_small_organisation_is_searched_in_full(tmp_path: Path) -> None:
    _, index = index_of(tmp_path)
    assert index["roles/ppc/#procedure"]["text"] == "<p>Write twenty adverts.</p>"
    assert "Bo" in index["roles/ppc/"]["text"]
    assert "jobs/ppc/" not in index
    assert index["roles/ppc/"]["words"] == "PPC PPC & & & Bo, Cy"[4:], "who holds it, and short words"
    assert "words" not in index["roles/ppc/#procedure"], "once for each page"


def test_pages_are_found_by_what_they_answer(short: tuple[Path, Index]) -> None:
    words = {address: doc["words"].split() for address, doc in short[1].items() if "words" in doc}
    risks = words["decisions/promises-and-risks/"]
    assert {"covers", "cover", "failure"} <= {*risks}
    assert "overloaded" in words["decisions/hats/"] and not {"covers", "failure"} & {
        *words["decisions/hats/"]
    }
    assert {"vacant", "apply"} <= {*words["jobs/"]}
    assert "outsource" in words["decisions/hand-over/"] and "stale" in words["decisions/attention/"]
    assert not any("#" in address for address in words)


def test_a_page_of_its_owner_is_found_without_accents(tmp_path: Path) -> None:
    page = "# Crème brûlée\n\n## Sauté\n\nVoilà, déjà <b title='é'>vu</b>.\n"
    (tmp_path / "content").mkdir(parents=True)
    (tmp_path / "content/dessert.md").write_text(page, encoding="utf-8")
    _, index = index_of(tmp_path)
    assert index["dessert/"] == {
        "location": "dessert/",
        "title": "Crème brûlée",
        "text": "",
        "title_folded": "creme brulee",
    }
    assert index["dessert/#saute"]["title_folded"] == "saute"
    assert index["dessert/#saute"]["text_folded"] == "voila deja"


@pytest.mark.parametrize(
    ("title", "folded"),
    [
        ("Inês Carvalho", "ines"),
        ("Ine\u0302s", "ines"),
        ("INÊS inês", "ines"),
        ("Müller Straße", "muller mueller strasse"),
        ("Ørsted Łódź", "oersted orsted łodz lodz"),
        ("Ada King 7", ""),
        ("漢字", ""),
        ("Grüße, (Ärger)", "grusse gruesse arger aerger"),
        ("Zoe O’Brien", "o'brien"),
        ("Dʼémile l‘été-là", "emile ete la d'émile d'emile l'été l'ete"),
        ("a ’b’ O'Brien é", "e"),
    ],
)
def test_accented_words_are_found_as_they_are_typed_without(title: str, folded: str) -> None:
    doc = {"title": title, "text": ""}
    complete(doc)
    assert doc.get("title_folded", "").split() == folded.split()
    other = {"title": "", "text": title}
    complete(other, title)
    assert other.get("text_folded", "") == doc.get("title_folded", "")
    assert other["words"] == f"{title} {folded}".strip()


def test_the_owner_s_own_weights_stay(tmp_path: Path) -> None:
    config = MKDOCS_YML.replace("search", "search: {fields: {words: {boost: 5.0}}}")
    site, _ = build_site(write(tmp_path, HOME | ROLES | {"mkdocs.yml": config}))
    fields = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["config"]["fields"]
    assert fields["words"] == {"boost": 5.0} and fields["text_folded"] == {"boost": 1}


def test_the_guide_is_found_below_everything_else() -> None:
    for page in (SAMPLE / "content/guide").glob("*.md"):
        assert page.read_text(encoding="utf-8").startswith("---\nsearch:\n  boost: 0.0001 #"), page.name


@pytest.mark.parametrize(
    ("mode", "roles", "whole"),
    [
        ("auto", MAX_ROLES, True),
        ("auto", MAX_ROLES + 1, False),
        ("text", MAX_ROLES + 1, True),
        ("titles", 1, False),
    ],
)
def test_size_decides_unless_the_owner_does(mode: str, roles: int, whole: bool) -> None:
    files = (RoleFile(f"r{n}", f"roles/r{n}.md", RoleFields(title=f"R {n}"), {}) for n in range(roles))
    project = Project(Path("/nowhere"), "docs", "Us", Options(search=mode))
    plan = Plan(project, organise(files, today=TODAY))
    assert (entry(plan, plan.roles["r0"]) is None) == whole
