"""What happens to a folder that builds leave for each other: it is cleaned up, cut short or exchanged.

They are edits like others, though not of the handbook: no reader may ever see one.
"""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

from small_handbook import CACHE, Book, Edit

RAN = "ran"
"""A folder beside the cache that is there if something in the cache was run as a program."""


def cache_deleted(book: Book) -> str:
    shutil.rmtree(book.root / CACHE, ignore_errors=True)
    return "the cache: deleted"


def cache_damaged(book: Book) -> str:
    """Half of its files, each in its own way, but not the largest: without a list nothing may be kept."""
    files = sorted(_files(book), key=lambda file: file.stat().st_size)[:-1]
    damaged = book.dice.sample(files, k=len(files) // 2)
    for at, file in enumerate(damaged):
        _DAMAGES[at % len(_DAMAGES)](book, file)
    return f"the cache: {len(damaged)} files damaged"


def cache_file_damaged(book: Book) -> str:
    """One of it."""
    if not (files := _files(book)):
        return ""
    file, damage = book.dice.choice(files), book.dice.choice(_DAMAGES)
    damage(book, file)
    return f"the cache: {damage.__name__} {file.relative_to(book.root)}"


def cache_of_old(book: Book) -> str:
    """What was put aside before, as a machine does that fetches the cache of another branch."""
    aside, cache = book.root.parent / "aside", book.root / CACHE
    old = book.root.parent / "old"
    if aside.exists():
        aside.rename(old)
    if cache.exists():
        cache.rename(aside)
    if old.exists():
        old.rename(cache)
    return "the cache: changed for the one that was put aside"


def _files(book: Book) -> list[Path]:
    return sorted(path for path in (book.root / CACHE).rglob("*") if path.is_file())


def _cut_short(book: Book, file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _emptied(book: Book, file: Path) -> None:
    file.write_bytes(b"")


def _made_noise(book: Book, file: Path) -> None:
    file.write_bytes(book.dice.randbytes(3000))


def _one_letter_changed(book: Book, file: Path) -> None:
    data = bytearray(file.read_bytes() or b" ")
    data[book.dice.randrange(len(data))] ^= 1
    file.write_bytes(data)


def _lengthened(book: Book, file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"more")


def _exchanged(book: Book, file: Path) -> None:
    file.write_bytes(book.dice.choice([each for each in _files(book) if each.is_file()]).read_bytes())


def _deleted(book: Book, file: Path) -> None:
    file.unlink()


def _made_a_folder(book: Book, file: Path) -> None:
    file.unlink()
    file.mkdir()


def _made_a_program(book: Book, file: Path) -> None:
    """Who reads it as Python's objects runs it."""
    file.write_bytes(pickle.dumps(_Program(book.root / CACHE / RAN)))


class _Program:
    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, ...]]:
        return os.mkdir, (str(self._mark),)


_DAMAGES: tuple[Callable[[Book, Path], None], ...] = (
    _one_letter_changed, _exchanged, _cut_short, _made_a_program, _made_noise, _emptied, _lengthened,
    _deleted, _made_a_folder,
)  # fmt: skip
OF_CACHE: tuple[Edit, ...] = (cache_deleted, cache_damaged, cache_file_damaged, cache_of_old)
