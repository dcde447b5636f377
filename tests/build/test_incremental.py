"""What is kept from one build for the next changes nothing: after any edit the site is that of a clean build.

Every file is compared byte for byte, and what was reported with it. The day and second of the builds are set,
so that not even dates differ. `make fuzz` (`--long`) tries hundreds of other edits, each by itself.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import damages
import edits
from edits_of_settings import copyright_line
from rebuilds import Build, Built, Order, Server
from small_handbook import CACHE, Book, Edit

State = dict[str, bytes]

EDITS = (*edits.EDITS, *damages.OF_CACHE)
KEEPING = ("warm", "served")
LIMITS: tuple[dict[str, int], ...] = (
    {},
    {
        "rolebook.pages.navigation.MAX_ROLES": 14,
        "rolebook.views.search.MAX_ROLES": 15,
        "rolebook.views.profiles.MAX_LISTED": 3,
        "rolebook.views.workload.MAX_LISTED": 3,
        "rolebook.pages.paging.MAX_ROWS": 6,
        "rolebook.pages.branches.MAX_ROWS": 8,
    },
)
"""From when on an organisation is shown as a large one: a role more or less crosses some of these."""
STEPS: tuple[tuple[Edit, ...], ...] = (
    # What changes few pages comes alone, so that nothing else has the others built anew.
    (edits.body_text,),
    (edits.anchor_renamed,),
    (edits.picture_deleted, edits.page_in_place),
    (edits.nothing, damages.cache_damaged),
    (copyright_line,),
    (edits.newer_markdown,),
    (
        *(edits.body_of_the_same_length, edits.link_broken, edits.purpose),
        *(edits.anchor_appears, edits.picture_embedded, edits.person_body, damages.cache_file_damaged),
    ),
    (
        *(edits.hours, edits.backup, edits.performers, edits.home_text, edits.tags, edits.deliverable),
        *(edits.posting, edits.aliases, edits.another_field, edits.seats, edits.person_field),
    ),
    (
        *(edits.owner, edits.status, edits.person_capacity, edits.picture_changed, edits.offer),
        *(edits.functions, edits.promise_added, edits.promise_renamed, edits.promise_removed),
        *(edits.link_added, edits.link_removed, edits.body_heading, edits.picture_added, edits.history),
        damages.cache_of_old,
    ),
    (edits.unreadable,),
    (
        *(edits.undone, edits.day, edits.commit, edits.new_role, edits.deleted_role, edits.new_person),
        *(edits.page_front, edits.docs_file, damages.cache_of_old),
    ),
    (
        *(edits.title, edits.parent, edits.person_name, edits.new_page, edits.moved_role, edits.renamed_role),
        *(edits.home_title, edits.deleted_superior, edits.deleted_person),
        *(edits.deleted_page, edits.home_heading),
    ),
    (edits.template_missing,),
    (edits.undone, edits.strict, damages.cache_deleted),
    (edits.strict, edits.newer_mkdocs, *edits.OF_OPTIONS),
    edits.OF_AUDIENCE,
    (edits.earlier, *edits.OF_SETTINGS, *edits.OF_THEME),
    edits.OF_OTHERS,
)
REFUSED = (9, 12, 13)
"""Which of them give no site."""
QUICK = 12
"""As many of them are tried each time; the rest has all pages built anew, and is for the long run."""


def state(folder: Path) -> State:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def differences(found: State, clean: State) -> Iterator[str]:
    """What a reader of `found` sees wrong."""
    for path in sorted(found.keys() | clean.keys()):
        if path not in found:
            yield f"{path} is missing"
        elif path not in clean:
            yield f"{path} should be gone"
        elif found[path] != clean[path]:
            here, there = _where_they_part(found[path], clean[path])
            yield f"{path} is stale: {here!r} instead of {there!r}"


def _where_they_part(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    parts = (at for at, (here, there) in enumerate(zip(one, other, strict=False)) if here != there)
    at = next(parts, min(len(one), len(other)))
    around = slice(max(0, at - 60), at + 60)
    return one[around], other[around]


class Judge:
    """Has a book built in three ways, in all of them again after each edit, and compares."""

    def __init__(self, book: Book, served_cache: str = "") -> None:
        """`served_cache` is the folder that `mkdocs serve` may keep its pages in, too."""
        self._book = book
        self._options = {
            "clean": {"cache_dir": ""},
            "warm": {"cache_dir": CACHE},
            "served": {"cache_dir": served_cache},
        }
        self._server: Server | None = None
        self._newer: tuple[str, ...] = ()
        self._told: list[str] = []
        self._last: dict[str, State] = {}
        self.pages: dict[str, tuple[str, ...]] = {}
        """The pages that MkDocs built one by one, by the way of building."""

    def __enter__(self) -> "Judge":
        return self

    def __exit__(self, *error: object) -> None:
        if self._server:
            self._server.end()

    @property
    def reported(self) -> str:
        """All edits up to now."""
        return "\n".join(f"{at + 1}. {line}" for at, line in enumerate(self._told))

    def edit(self, *changes: Edit) -> bool:
        """Make edits and compare; gives whether there was a site."""
        self._told.append("; ".join(f"{change.__name__}: {self._book.edit(change)}" for change in changes))
        return self.compare()

    def compare(self) -> bool:
        """Build in all ways, and compare; gives whether there was a site."""
        before = self._book.state()
        clean, warm = Build(self.order("clean")), Build(self.order("warm"))
        self._serve()
        built = clean.built()
        self.pages["clean"] = built.pages
        self._compare("warm", warm.built(), self._site("clean"), built)
        assert self._server is not None
        served = self._server.built()
        if self._book.is_served_as_built:
            self._compare("served", served, self._site("clean"), built)
        else:
            apart = Build(replace(self.order("clean"), site=self._site("apart"), served=True))
            self._compare("served", served, self._site("apart"), apart.built())
        assert self._book.state() == before, "a build wrote into the project"
        assert not (self._book.root / CACHE / damages.RAN).exists(), "a build ran a program from the cache"
        return not built.refused

    def _serve(self) -> None:
        """Ask the server that is there; a new one when it would have to know a newer library."""
        newer = self._book.surroundings.newer
        if self._server and self._newer != newer:
            self._server.end()
            self._server = None
        self._newer = newer
        self._server = self._server or Server()
        self._server.ask(self.order("served"))

    def order(self, way: str) -> Order:
        """A build in one of the three ways."""
        book = self._book
        return Order(book.root, self._site(way), book.surroundings, self._options[way], way == "served")

    def _site(self, way: str) -> Path:
        return self._book.root.parent / way / "site"

    def _compare(self, way: str, built: Built, model: Path, clean: Built) -> None:
        reported = f"{way} after\n{self.reported}"
        said, wanted = Counter(built.lines), Counter(clean.lines)
        more, less = sorted((said - wanted).elements()), sorted((wanted - said).elements())
        assert built.refused == clean.refused and not more and not less, "\n".join(
            [reported, f"{built.refused} for {clean.refused}", "too much:", *more, "missing:", *less]
        )
        site = self._site(way)
        found = state(site)
        # A refused build leaves the site that was there.
        wrong = list(differences(found, self._last.get(way, {}) if built.refused else state(model)))
        assert not wrong, "\n".join([reported, *wrong[:20]])
        assert {path.name for path in site.parent.glob("*")} <= {"site"}, reported
        self._last[way] = found
        self.pages[way] = built.pages


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.begun(tmp_path / "book", 5, {f"roles/{name}.md" for name in FEWER})


FEWER = ("marketing/letters", "shop/cleaning", "support/chat", "support/night/phone")
"""Roles that are left out, for the sake of time."""


def test_every_kind_of_edit(book: Book, long: bool) -> None:
    assert {edit for step in STEPS for edit in step} == set(EDITS)
    with Judge(book) as judge:
        assert judge.compare()
        for at, step in enumerate(STEPS if long else STEPS[:QUICK]):
            assert judge.edit(*step) == (at not in REFUSED), judge.reported
            if at == 0:
                assert all(len(judge.pages[way]) < 12 < 30 < len(judge.pages["clean"]) for way in KEEPING)
        assert not re.search(": (;|$)", judge.reported, re.MULTILINE), judge.reported
        book.restore(0)
        assert judge.compare()
        fresh = replace(judge.order("warm"), options={"cache_dir": f"{CACHE}/fresh"})
    before = size(book.root / CACHE)
    Build(fresh).built()
    assert before < 2 * size(book.root / CACHE / "fresh"), "old pages are kept for ever"


def size(folder: Path) -> int:
    return sum(len(content) for content in state(folder).values())


@pytest.mark.fuzz
def test_sequences_of_edits(tmp_path: Path, long: bool) -> None:
    """Edits one by one; what is refused is undone."""
    for _ in range(30 if long else 0):
        seed = random.randrange(2**32)
        print(f"\nedits of {seed}")
        edit_at_random(Book.begun(tmp_path / f"{seed}" / "book", seed), 40)


def edit_at_random(book: Book, times: int) -> None:
    book.surroundings = replace(book.surroundings, limits=book.dice.choice(LIMITS))
    with Judge(book, book.dice.choice(["", CACHE, ".cache/served"])) as judge:
        done = judge.compare()
        for _ in range(times):
            done = judge.edit(book.dice.choice(EDITS) if done else edits.undone)


@pytest.mark.fuzz
def test_a_process_keeps_pages_of_another(book: Book, long: bool) -> None:
    """Real ones, which order sets in different ways."""
    book.set_options(cache_dir=CACHE)
    command = [sys.executable, "-m", "mkdocs", "build", "--verbose"]
    shown = ""
    for _ in range(2 if long else 0):
        own = os.environ | {"SOURCE_DATE_EPOCH": str(book.surroundings.epoch), "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(command, cwd=book.root, env=own, capture_output=True, text=True, check=True)
        shown = done.stderr
        clean = book.root.parent / "clean"
        Build(Order(book.root, clean, book.surroundings, {"cache_dir": ""})).built()
        assert list(differences(state(book.root / "site"), state(clean))) == []
        edits.body_text(book)
    if shown:
        assert 0 < shown.count("Building page") < 15


def test_a_cache_that_cannot_be_written(book: Book) -> None:
    """There is a site all the same, whatever is reported about it."""
    sites = [book.root.parent / f"site-{at}" for at in range(2)]
    builds = [
        Build(Order(book.root, site, book.surroundings, {"cache_dir": place}))
        for site, place in zip(sites, ["", "mkdocs.yml/cache"], strict=True)
    ]
    assert [build.built().refused for build in builds] == ["", ""]
    assert list(differences(state(sites[1]), state(sites[0]))) == []


@pytest.mark.fuzz
def test_builds_that_were_ended(book: Book, long: bool) -> None:
    """Whenever a build is ended, the next one finds its way."""
    with Judge(book) as judge:
        for hundredth in range(2, 60, 3) if long else ():
            book.edit(edits.title)
            Build(judge.order("warm")).end_after(hundredth / 100)
            for left in (book.root.parent / "warm").glob(".*"):
                shutil.rmtree(left)
            judge.compare()


@pytest.mark.fuzz
def test_builds_at_the_same_time(book: Book, long: bool) -> None:
    """Two builds of different states that share a cache."""
    with Judge(book) as judge:
        for _ in range(15 if long else 0):
            book.edit(edits.title)
            order = replace(judge.order("warm"), site=book.root.parent / "beside" / "site")
            builds = [Build(order)]
            book.edit(edits.body_text)
            judge.compare()
            for build in builds:
                build.built()
            judge.compare()
