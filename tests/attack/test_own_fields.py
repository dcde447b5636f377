"""A field of the owner's own is where its audience and its declaration let it be, and nowhere else.

A handbook has a field of every type for every audience, whose label and value are in nothing else. All bytes
of what is made from it are searched for both.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from canaries import CONTRACTOR, INTERNAL, PUBLIC, Canaries, below, project, readable
from projects import opened, write
from rolebook.documents import FORMS
from rolebook.documents.order import Order
from rolebook.documents.pictures import Pictures
from rolebook.rendering.document_page import DocumentPages
from rolebook.schema.audience import Audience
from rolebook.schema.own_fields import PLACES
from rolebook.site_config import find_project
from rolebook.visibility.view import view_for
from sites import build_site

TYPES = (
    *("text", "long text", "number", "amount", "date", "yes/no", "choice", "web address", "e-mail", "role"),
    *("telephone", "person"),
)
SITE = """\
theme: {{name: material, font: false}}
plugins: [search, rolebook: {options}]
"""
_NAMED = {"role": "above", "yes/no": True}


class Own:
    """The declarations of fields whose names say what they are, and the values that need one of a kind."""

    def __init__(self, canaries: Canaries) -> None:
        self._canaries = canaries
        self.values: dict[str, Any] = {}
        self.fields = {
            "roles": dict(self._of_roles()),
            "people": {each: self._field("person", each, each, INTERNAL) for each in map(_name, TYPES)},
            "offers": {
                each: self._field("business.offers", each, each, INTERNAL)
                for each in map(_name, ("text", "role"))
            },
            "promises": {
                each: self._field("business.deliverables", each, each, INTERNAL)
                for each in map(_name, ("text", "date"))
            },
        }

    def _of_roles(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for kind in TYPES:
            for audience in (INTERNAL,) if kind == "person" else Audience:
                name = f"{_name(kind)}_{audience.name.lower()}"
                yield name, self._field("role", name, _name(kind), audience)
        for place in PLACES:
            name = f"only_{place}"
            yield name, self._field("role", name, _name("text"), PUBLIC) | {"show": place}
        yield "own_many", self._field("role", "own_many", _name("text"), CONTRACTOR) | {"list": True}

    def _field(self, record: str, name: str, kind: str, audience: Audience) -> dict[str, Any]:
        kind = next(each for each in TYPES if _name(each) == kind)
        token, at = self._canaries.token, f"{record}.{name}"
        declared = {
            "type": kind,
            "label": token(f"label of {at}", audience),
            "audience": audience.name.lower(),
            "show": [*PLACES],
        }
        if kind == "choice":
            declared["choices"] = [token(f"choice of {at}", audience), "another"]
        for where in (record, *(("team", "planned") if record == "role" else ())):
            if kind in _NAMED:
                self.values[f"{where}.{name}"] = _NAMED[kind]
        return declared


def _name(kind: str) -> str:
    return "own_" + re.sub(r"\W", "_", kind)


def handbook(folder: Path, audience: str = "internal") -> tuple[Path, Canaries]:
    canaries = Canaries()
    own = Own(canaries)
    options = {"audience": audience, "public_pages": ["index.md"], "fields": own.fields}
    folder.mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(
        f"site_name: Us\n{SITE.format(options=json.dumps(options))}", encoding="utf-8"
    )
    known, wrong = find_project(folder / "mkdocs.yml", frozenset())
    assert known is not None
    assert not wrong
    site = SITE.format(options=json.dumps(options))
    return project(folder, canaries, site, known.records, own.values), canaries


def is_own(name: str) -> bool:
    """Whether a canary stands for a label, a choice or a value of an own field of a role that is shown."""
    return bool(re.search(r"(?:^|of )(?:role|person|business\.\w+)\.(?:own_|only_)", name))


def own_canaries(canaries: Canaries, *audiences: Audience) -> set[str]:
    return {name for name, of in canaries.audiences.items() if is_own(name) and of in audiences}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Canaries]:
    return handbook(tmp_path_factory.mktemp("own"))


def documents(root: Path, audience: Audience, form: str) -> str:
    seen = view_for(opened(root).organisation, audience)
    order = Order(
        seen, "Us", Pictures(root), (form,), DocumentPages(), post=audience is PUBLIC, statement=True
    )
    return readable(file for file in order.files("seat"))


def is_elsewhere(name: str) -> bool:
    """Whether a field is declared not to be among the facts, which documents have."""
    return "only_" in name and "only_facts" not in name


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("audience", [PUBLIC, CONTRACTOR], ids=["post", "pack"])
def test_a_document_has_the_fields_of_its_audience_and_no_other(
    root: tuple[Path, Canaries], audience: Audience, form: str
) -> None:
    folder, canaries = root
    found = {name for name in canaries.found(documents(folder, audience, form)) if is_own(name)}
    may_be = own_canaries(canaries, *(each for each in Audience if each <= audience))
    wanted = {name for name in may_be if not is_elsewhere(name)}
    assert found == wanted
    assert len(wanted) >= 20


def built(folder: Path, audience: str) -> tuple[Canaries, Mapping[str, str]]:
    """What is in each file of a site but for the theme's."""
    root, canaries = handbook(folder, audience)
    site, _ = build_site(root)
    theme = ("assets/images", "assets/javascripts", "assets/stylesheets")
    return canaries, {
        name: readable([(name, data)]) for name, data in below(site) if not name.startswith(theme)
    }


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> tuple[Canaries, Mapping[str, str]]:
    return built(tmp_path_factory.mktemp("public"), "public")


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Canaries, Mapping[str, str]]:
    return built(tmp_path_factory.mktemp("internal"), "internal")


def test_a_public_site_has_public_fields_and_no_other(public: tuple[Canaries, Mapping[str, str]]) -> None:
    canaries, files = public
    found = {name for text in files.values() for name in canaries.found(text)}
    assert found & canaries.beyond(PUBLIC) == set()
    wanted = {name for name in own_canaries(canaries, PUBLIC) if "only_export" not in name}
    assert wanted - found == {"label of role.only_search"}  # of such a field only the value is found
    assert "rolebook.json" not in files


def test_a_site_for_colleagues_has_all_fields(internal: tuple[Canaries, Mapping[str, str]]) -> None:
    canaries, files = internal
    found = {name for text in files.values() for name in canaries.found(text)}
    missing = own_canaries(canaries, *Audience) - found
    assert missing == {"label of role.only_search", "label of role.only_export"}


HURT = "<img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}"
"""What a file may say, and a page only shows."""
LEAKS = {
    "content/index.md": "# Us\n",
    "roles/boss.md": "---\ntitle: Boss\nowner: ann\n---\n",
    "roles/later.md": "---\ntitle: Laterseat\nparent: boss\nstatus: planned\n---\n",
    "roles/shop.md": f"---\ntitle: Shop\nparent: boss\nweekly_hours: 3\nnote: '{HURT}'\n"
    f"page: https://e.example/?{{{{x}}}}='onclick='alert(1)\nnext: [later, boss]\nbuddy: ann\n---\n",
    "people/ann.md": "---\nname: Annabel Nobody\n---\n",
}
_SHOWN = {"audience": "public", "show": [*PLACES]}
_DECLARED = {
    "note": {"type": "text", **_SHOWN},
    "page": {"type": "web address", **_SHOWN},
    "next": {"type": "role", "list": True, "label": "Next seats", **_SHOWN},
    "buddy": {"type": "person", **_SHOWN},
}


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_a_value_is_shown_and_does_nothing_and_names_nobody_outside(tmp_path: Path, audience: str) -> None:
    options = {"audience": audience, "public_pages": ["index.md"], "fields": {"roles": _DECLARED}}
    config = f"site_name: Us\ndocs_dir: content\n{SITE.format(options=json.dumps(options))}"
    site, _ = build_site(write(tmp_path, LEAKS | {"mkdocs.yml": config}))
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    text = "".join(pages.values())
    assert "onerror=alert(1)&gt;" in text
    assert not re.search(r"<img[^>]*onerror|<a[^>]* onclick=|\{\{ 7|>49<", text)
    shop, job = (pages[site / f"{folder}/shop/index.html"] for folder in ("roles", "jobs"))
    assert "<dt>Next seats</dt>" in shop
    job = job.partition("<article")[2].partition("</article")[0]
    assert "Boss" in job
    assert "Laterseat" not in job
    whole = readable(below(site))
    assert ("Laterseat" in whole) == ("Annabel" in whole) == (audience == "internal")
    assert "Annabel" not in job


ROLE, CHART, TABLE, EXPORT, SEARCH = (
    "roles/{path}/seat/index.html",
    "org-chart/index.html",
    "roles/index.html",
    "rolebook.json",
    "search/search_index.json",
)


def test_a_field_is_in_the_places_that_its_declaration_names(
    internal: tuple[Canaries, Mapping[str, str]],
) -> None:
    canaries, files = internal
    path = canaries.forms["folder"][0]
    seat = ROLE.format(path=path)
    # Job descriptions are made of the same facts; cards of neighbours and of people are on their pages.
    job = "jobs/seat/index.html"

    def places(name: str) -> set[str]:
        return {file for file, text in files.items() if name in canaries.found(text)}

    assert places("role.only_facts") == {seat, job}
    assert places("role.only_table") == {TABLE}
    assert places("role.only_export") == {EXPORT}
    assert places("role.only_search") == {SEARCH}
    cards = places("role.only_card")
    assert {CHART, seat} <= cards
    assert not cards & {TABLE, EXPORT, SEARCH, job}
