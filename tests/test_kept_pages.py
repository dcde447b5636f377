"""What is kept from one build for the next changes nothing: after any edit the site is that of a clean build.

Every file is compared byte for byte, and what was told with it. The day and second of the builds are set, so
that not even dates differ. `make fuzz` (`--long`) tries hundreds of other edits, each by itself.
"""

import os
import pickle
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import edits
from mill import CACHE, Book, Edit
from rebuilds import Build, Built, Order, Server

State = dict[str, bytes]

LIMITS: tuple[dict[str, int], ...] = (
    {},
    {
        "rolebook.pages.navigation.MAX_ROLES": 14,
        "rolebook.pages.search.MAX_ROLES": 15,
        "rolebook.pages.render.SHOWN": 3,
        "rolebook.pages.plan.ROWS": 6,
        "rolebook.pages.branches.ROWS": 8,
    },
)
"""From when on an organisation is shown as a large one: a role more or less crosses some of these."""
STEPS: tuple[tuple[Edit, ...], ...] = (
    # What changes few pages comes first, so that nothing else has the others built anew.
    (edits.body_text, edits.body_of_the_same_length, edits.link_broken, edits.purpose),
    (edits.anchor_renamed, edits.anchor_appears, edits.picture_embedded, edits.person_body),
    (edits.hours, edits.backup, edits.performers, edits.home_text, edits.tags, edits.nothing),
    (
        *(edits.deliverable, edits.posting, edits.aliases, edits.another_field, edits.seats),
        *(edits.person_field, edits.owner, edits.status, edits.person_capacity, edits.picture_changed),
    ),
    (edits.unreadable,),
    (edits.undone, edits.day),
    (
        *(edits.offer, edits.functions, edits.promise_added, edits.promise_renamed, edits.promise_removed),
        *(edits.link_added, edits.link_removed, edits.body_heading, edits.picture_added),
    ),
    (edits.new_role, edits.new_person, edits.page_front, edits.picture_deleted, edits.docs_file),
    (edits.deleted_role, edits.title, edits.parent, edits.person_name, edits.new_page),
    (edits.moved_role, edits.renamed_role, edits.page_in_place, edits.home_title),
    (edits.deleted_superior, edits.deleted_person, edits.deleted_page, edits.home_heading),
    (edits.template_missing,),
    (edits.undone, edits.newer_markdown, edits.newer_mkdocs),
    (edits.history,),
    (edits.commit,),
    edits.OF_THEME,
    (edits.strict,),
    (edits.strict, *edits.OF_SETTINGS),
    (edits.earlier, *edits.OF_OPTIONS),
)
REFUSED = ({edits.unreadable}, {edits.template_missing}, {edits.strict})


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
    def told(self) -> str:
        """All edits up to now."""
        return "\n".join(f"{at + 1}. {line}" for at, line in enumerate(self._told))

    def edit(self, *changes: Edit) -> bool:
        """Make edits and compare; gives whether there was a site."""
        newer = self._book.surroundings.newer
        self._told.append("; ".join(f"{change.__name__}: {self._book.edit(change)}" for change in changes))
        if self._server and self._book.surroundings.newer != newer:
            self._server.end()
            self._server = None
        return self.compare()

    def compare(self) -> bool:
        """Build in all ways, and compare; gives whether there was a site."""
        before = self._book.state()
        clean, warm = Build(self.order("clean")), Build(self.order("warm"))
        self._server = self._server or Server()
        self._server.ask(self.order("served"))
        built = clean.built()
        self._compare("warm", warm.built(), self._site("clean"), built)
        served = self._server.built()
        if self._book.is_served_as_built:
            self._compare("served", served, self._site("clean"), built)
        else:
            apart = Build(replace(self.order("clean"), site=self._site("apart"), served=True))
            self._compare("served", served, self._site("apart"), apart.built())
        assert self._book.state() == before, "a build wrote into the project"
        return not built.refused

    def order(self, way: str) -> Order:
        """A build in one of the three ways."""
        book = self._book
        return Order(book.root, self._site(way), book.surroundings, self._options[way], way == "served")

    def _site(self, way: str) -> Path:
        return self._book.root.parent / way / "site"

    def _compare(self, way: str, built: Built, model: Path, clean: Built) -> None:
        told = f"{way} after\n{self.told}"
        assert built.refused == clean.refused, told
        assert built.lines == clean.lines, told
        site = self._site(way)
        found = state(site)
        # A refused build leaves the site that was there.
        wrong = list(differences(found, self._last.get(way, {}) if built.refused else state(model)))
        assert not wrong, "\n".join([told, *wrong[:20]])
        assert {path.name for path in site.parent.glob("*")} <= {"site"}, told
        self._last[way] = found
        self.pages[way] = built.pages


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.begun(tmp_path / "book", 5, {f"roles/{name}.md" for name in FEWER})


FEWER = ("marketing/letters", "support/chat", "support/night/phone")
"""Roles that are left out, for the sake of time."""


def test_every_kind_of_edit(book: Book) -> None:
    assert {edit for step in STEPS for edit in step} == set(edits.EDITS)
    with Judge(book) as judge:
        assert judge.compare()
        for step in STEPS:
            is_there = judge.edit(*step)
            assert is_there == (set(step) not in REFUSED), judge.told
        assert ": ;" not in judge.told, judge.told
        fresh = replace(judge.order("warm"), options={"cache_dir": ".cache-fresh"})
    Build(fresh).built()
    assert size(book.root / CACHE) < 2 * size(book.root / ".cache-fresh"), "old pages are kept for ever"


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
            done = judge.edit(book.dice.choice(edits.EDITS) if done else edits.undone)


def test_only_what_changed_is_built(book: Book) -> None:
    role, others = "marketing/seo", ("roles/", "people/", "jobs/", "org-chart/")
    with Judge(book) as judge:
        judge.compare()
        book.set_body(f"roles/{role}.md", "Another body.\n")
        judge.compare()
    for way in ("warm", "served"):
        built = {uri for uri in judge.pages[way] if uri.startswith(others)}
        assert built <= {f"roles/{role}.md", "jobs/seo.md"}, way


def test_a_real_process_keeps_pages_of_another(book: Book) -> None:
    """Another one orders sets in another way."""
    book.set_options(cache_dir=CACHE)
    order = Order(book.root, book.root / "site", book.surroundings)
    Build(order).built()
    book.set_body("roles/marketing/seo.md", "Another body.\n")
    shown = os.environ | {"SOURCE_DATE_EPOCH": str(book.surroundings.epoch), "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--verbose"]
    done = subprocess.run(command, cwd=book.root, env=shown, capture_output=True, text=True, check=True)
    assert "Building page roles/marketing/seo.md" in done.stderr
    assert "Building page roles/shop/baking.md" not in done.stderr
    warm = state(book.root / "site")
    shutil.rmtree(book.root / CACHE)
    Build(order).built()
    assert list(differences(warm, state(book.root / "site"))) == []


def truncate(file: Path, others: list[Path]) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path, others: list[Path]) -> None:
    file.write_bytes(b"")


def fill_with_noise(file: Path, others: list[Path]) -> None:
    file.write_bytes(random.Random(3).randbytes(3000))


def change_a_letter(file: Path, others: list[Path]) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) * 2 // 3] ^= 1
    file.write_bytes(data)


def lengthen(file: Path, others: list[Path]) -> None:
    file.write_bytes(file.read_bytes() + b"more")


def exchange(file: Path, others: list[Path]) -> None:
    file.write_bytes(others[0].read_bytes())


def delete(file: Path, others: list[Path]) -> None:
    file.unlink()


def put_a_folder(file: Path, others: list[Path]) -> None:
    file.unlink()
    file.mkdir()


def put_a_program(file: Path, others: list[Path]) -> None:
    """Reading it as Python objects would run it."""
    file.write_bytes(pickle.dumps(_Program(file.parents[3] / "ran")))


class _Program:
    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, ...]]:
        return os.mkdir, (str(self._mark),)


DAMAGES = (
    truncate, empty, fill_with_noise, change_a_letter, lengthen, exchange, delete, put_a_folder,
    put_a_program,
)  # fmt: skip


def test_damaged_caches(book: Book, long: bool) -> None:
    """All kinds of damage in one cache; each by itself, in every file, where there is time."""
    with Judge(book) as judge:
        judge.compare()
        whole = book.root.parent / "whole"
        shutil.copytree(book.root / CACHE, whole)
        names = sorted(state(whole))
        rounds = [dict.fromkeys(names, each) for each in DAMAGES] if long else []
        for damages in [{name: DAMAGES[at % len(DAMAGES)] for at, name in enumerate(names)}, *rounds]:
            shutil.rmtree(book.root / CACHE)
            shutil.copytree(whole, book.root / CACHE)
            for name, damage in damages.items():
                damage(book.root / CACHE / name, [whole / other for other in names if other != name])
            judge.compare()
        assert not list(book.root.parent.rglob("ran"))


def test_foreign_and_old_caches(book: Book, tmp_path: Path) -> None:
    other = Book.begun(tmp_path / "other" / "book", 6)
    other.set_front("roles/owner.md", title="Somebody")
    Build(Order(other.root, tmp_path / "other" / "site", other.surroundings, {"cache_dir": CACHE})).built()
    shutil.copytree(other.root / CACHE, book.root / CACHE)
    with Judge(book) as judge:
        judge.compare()
        shutil.copytree(book.root / CACHE, tmp_path / "old")
        judge.edit(edits.title, edits.body_text)
        shutil.rmtree(book.root / CACHE)
        shutil.copytree(tmp_path / "old", book.root / CACHE)
        judge.compare()


@pytest.mark.parametrize("place", ["mkdocs.yml", "mkdocs.yml/cache", "/proc/cache"])
def test_a_cache_that_cannot_be_written(book: Book, place: str) -> None:
    """There is a site all the same, whatever is told about it."""
    clean, other = book.root.parent / "clean", book.root.parent / "other"
    builds = [
        Build(Order(book.root, clean, book.surroundings)),
        Build(Order(book.root, other, book.surroundings, {"cache_dir": place})),
    ]
    assert [build.built().refused for build in builds] == ["", ""]
    assert list(differences(state(other), state(clean))) == []


@pytest.mark.fuzz
def test_builds_that_were_ended(book: Book, long: bool) -> None:
    """Whenever a build is ended, the next one finds its way."""
    with Judge(book) as judge:
        judge.compare()
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
        judge.compare()
        for _ in range(15 if long else 0):
            book.edit(edits.title)
            order = replace(judge.order("warm"), site=book.root.parent / "beside" / "site")
            builds = [Build(order)]
            book.edit(edits.body_text)
            judge.compare()
            for build in builds:
                build.built()
            judge.compare()
