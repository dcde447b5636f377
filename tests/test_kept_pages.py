"""What is kept from one build for the next changes nothing: after any edit the site is that of a clean build.

Every file is compared byte for byte, and what was told with it. The day and second of the builds are set, so
that not even dates differ. `make fuzz` (`--long`) tries hundreds of other edits.
"""

import random
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

import edits
from edits import CACHE, Book, Edit
from rebuilds import Build, Built, Order, Server
from rolebook.options import Options

KEPT_ON_DISK = "cache_dir" in {field.name for field in fields(Options)}
KEPT_IN_MEMORY = True

State = dict[str, bytes]


def state(site: Path) -> State:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def differences(found: State, clean: State) -> Iterator[str]:
    """What a reader of `found` sees wrong."""
    for path in sorted(found.keys() | clean.keys()):
        if path not in found:
            yield f"{path} is missing"
        elif path not in clean:
            yield f"{path} should be gone"
        elif found[path] != clean[path]:
            yield f"{path} is stale: {_first_difference(found[path], clean[path])}"


def _first_difference(one: bytes, other: bytes) -> str:
    at = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"{one[max(0, at - 60) : at + 60]!r} instead of {other[max(0, at - 60) : at + 60]!r}"


class Judge:
    """Has a book built in three ways after each edit, and compares."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._folder = book.root.parent
        self._server: Server | None = None
        self._told: list[str] = []
        self._kept: dict[str, State] = {}
        self.pages: dict[str, tuple[str, ...]] = {}
        """The pages that MkDocs built one by one, by the way of building."""

    def __enter__(self) -> "Judge":
        return self

    def __exit__(self, *error: object) -> None:
        if self._server:
            self._server.end()

    def edit(self, *changes: Edit) -> bool:
        """Make edits and compare; gives whether there is a site."""
        newer = self._book.surroundings.newer
        told = [f"{change.__name__}: {self._book.edit(change)}" for change in changes]
        self._told.append("; ".join(told))
        if self._server and self._book.surroundings.newer != newer:
            self._server.end()
            self._server = None
        return self.compare()

    def compare(self) -> bool:
        """Build in all ways, and compare; gives whether there is a site."""
        clean = Build(self._order("clean"))
        warm = Build(self._order("warm", cache_dir=CACHE)) if KEPT_ON_DISK else None
        self._server = self._server or Server()
        self._server.ask(self._order("served"))
        served = self._server.built()
        built = clean.built()
        if warm:
            self._same("warm", warm.built(), "clean", built)
        if self._book.is_served_as_built:
            self._same("served", served, "clean", built)
        else:
            apart = Build(replace(self._order("apart"), served=True)).built()
            self._same("served", served, "apart", apart)
        return not built.refused

    def _order(self, name: str, **options: Any) -> Order:
        site = self._folder / name / "site"
        return Order(self._book.root, site, self._book.surroundings, options, served=name == "served")

    def _same(self, name: str, built: Built, model: str, clean: Built) -> None:
        said = "\n".join(f"{at + 1}. {line}" for at, line in enumerate(self._told))
        assert (name, built.refused, built.lines) == (name, clean.refused, clean.lines), said
        site = state(self._folder / name / "site")
        # A refused build leaves the site that was there.
        wanted = self._kept.get(name, {}) if built.refused else state(self._folder / model / "site")
        wrong = list(differences(site, wanted))
        assert not wrong, "\n".join([f"{name} after", said, *wrong[:20]])
        assert [path.name for path in (self._folder / name).glob("*")] in ([], ["site"])
        self._kept[name] = site
        self.pages[name] = built.pages


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.begun(tmp_path / "book", 5)


STEPS: tuple[tuple[Edit, ...], ...] = (
    # What changes few pages comes alone, so that nothing else has the others built anew.
    (edits.body_text, edits.body_of_the_same_length, edits.link_broken, edits.purpose),
    (edits.anchor_renamed, edits.anchor_appears, edits.picture_embedded, edits.person_body),
    (edits.hours, edits.backup, edits.performers, edits.home_text, edits.tags, edits.nothing),
    (edits.deliverable, edits.posting, edits.aliases, edits.another_field, edits.seats, edits.person_field),
    (edits.owner, edits.status, edits.person_capacity, edits.offer, edits.functions, edits.picture_changed),
    (edits.promise_added, edits.promise_renamed, edits.link_added, edits.body_heading, edits.picture_added),
    (edits.new_role, edits.new_person, edits.page_front, edits.picture_deleted),
    (edits.deleted_role, edits.docs_file, edits.promise_removed, edits.link_removed),
    (edits.title, edits.parent, edits.person_name, edits.new_page),
    (edits.moved_role, edits.renamed_role, edits.page_in_place, edits.home_title),
    (edits.deleted_superior, edits.deleted_person, edits.deleted_page, edits.home_heading),
    (edits.unreadable,),
    (edits.undone,),
    (edits.day,),
    (edits.newer_markdown, edits.newer_mkdocs),
    (edits.history,),
    (edits.commit, edits.title),
    edits.OF_OPTIONS,
    edits.OF_SETTINGS,
    edits.OF_THEME,
    (edits.strict,),
    (edits.earlier,),
)


def test_every_kind_of_edit(book: Book) -> None:
    assert {edit for step in STEPS for edit in step} == set(edits.EDITS)
    with Judge(book) as judge:
        assert judge.compare()
        for step in STEPS:
            judge.edit(*step)


@pytest.mark.fuzz
def test_sequences_of_edits(tmp_path: Path, long: bool) -> None:
    """Each edit by itself."""
    for _ in range(30 if long else 0):
        seed = random.randrange(2**32)
        print(f"\nedits of {seed}")
        run(Book.begun(tmp_path / f"{seed}" / "book", seed), 40)


def run(book: Book, edits_wanted: int) -> None:
    """Make random edits, each followed by the comparison; what is refused is mostly undone."""
    book.surroundings = replace(book.surroundings, limits=book.dice.choice(LIMITS))
    with Judge(book) as judge:
        done = judge.compare()
        for _ in range(edits_wanted):
            done = judge.edit(book.dice.choice(edits.EDITS) if done else edits.undone)


LIMITS: tuple[dict[str, int], ...] = (
    {},
    {
        "rolebook.pages.navigation.MAX_ROLES": 14,
        "rolebook.pages.search.MAX_ROLES": 15,
        "rolebook.pages.profiles.SHOWN": 3,
        "rolebook.pages.render.SHOWN": 3,
        "rolebook.pages.plan.ROWS": 6,
        "rolebook.pages.branches.ROWS": 8,
    },
)
"""How large an organisation is shown in another way: a role more or less crosses these."""
