"""Pages that are kept from one build for the next, and what MkDocs must know of them.

Between the builds of one `mkdocs serve` their files lie in the site. From one process to the next they lie in
a folder, a file a page, with a list of them; whatever is wrong with a file there, its page is built anew.
"""

import contextlib
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from rolebook.rendering.fingerprints import SIZE, Key

_LIST = "pages.list"
_PAGES = "pages"
_DIGEST = 16
"""Bytes of a digest."""
_OURS = re.compile(f"[0-9a-f]{{{2 * SIZE}}}")
Digest = bytes
Tag = tuple[str, bool, str | None]
"""Its name, whether it is only for the page's author, and where it leads."""


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What MkDocs must know of a page that it does not build, and what else than its key has a part in it."""

    html: Digest
    """Stands for the page as it was written."""
    asked: dict[str, bool]
    """Paths in the sources that it led to, and whether there was something."""
    anchors: list[str]
    """Its parts that others can lead to."""
    leads: dict[str, dict[str, str]]
    """Parts of other pages that it leads to, by their path, each with the link as its author wrote it."""
    entries: list[dict[str, Any]]
    """What the search index has of it."""
    tags: list[Tag]
    """What the theme shows of its tags."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A page as it was built; there are as many as pages, so what is told of each is packed."""

    key: Key
    """Stands for what it was made of: see `pages.keys`."""
    packed: bytes

    @classmethod
    def of(cls, key: Key, told: Told) -> "Kept":
        return cls(key, msgspec.msgpack.encode(told))

    @property
    def told(self) -> Told:
        """What is told of it, unpacked."""
        return _UNPACK.decode(self.packed)


_UNPACK = msgspec.msgpack.Decoder(Told)


@dataclass(frozen=True, slots=True)
class KeptPages:
    """All pages of a build that can be kept."""

    look: Key
    """Stands for what they share: see `look`."""
    facts: Key = b""
    """Stands for what they were made of, but for bodies: see `pages.keys`."""
    bodies: dict[str, Key] = field(default_factory=dict)
    """Stand for the bodies of role files, by the roles' ids."""
    pages: dict[str, Kept] = field(default_factory=dict)
    """By their path in the sources."""


NONE = KeptPages(b"")
_FORM = repr([each.__annotations__ for each in (KeptPages, Kept, Told)]).encode()
"""What a list is made of; another version's may be of another form."""


def digest(*written: bytes | memoryview) -> Digest:
    """Stands for what was written."""
    found = hashlib.blake2b(digest_size=_DIGEST)
    for part in written:
        found.update(part)
    return found.digest()


class Cache:
    """A folder with the pages of the last build."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder = folder
        self._secret = secret
        self.failed: OSError | None = None
        """What kept a page from being put there."""

    def read(self) -> KeptPages:
        """The pages of the last build; none when they cannot be told."""
        try:
            written = memoryview((self._folder / _LIST).read_bytes())
            begin, packed = written[:_DIGEST], written[_DIGEST:]
            # What is said of a page goes into the site as it is, so nobody may have written it but us.
            if not hmac.compare_digest(begin, self._seal(packed)):
                return NONE
            return msgspec.msgpack.decode(packed, type=KeptPages)
        except (OSError, msgspec.MsgspecError):
            return NONE

    def html(self, kept: Kept) -> bytes | None:
        """A page as it was written; None when it is not there any more."""
        try:
            with open(self._file(kept.key), "rb") as file:  # noqa: PTH123 (a `Path` takes longer than the reading)
                html = file.read()
        except OSError:
            return None
        return html if digest(html) == kept.told.html else None

    def put(self, key: Key, html: bytes) -> None:
        """Keep a page."""
        if self.failed:
            return
        file = Path(self._file(key))
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(html)
        except OSError as error:
            self.failed = error

    def close(self, kept: KeptPages) -> None:
        """Make these the pages of the last build, and take away all others."""
        if self.failed:
            return
        fresh = self._folder / f"{_LIST}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            packed = msgspec.msgpack.encode(kept)
            with fresh.open("wb") as file:
                file.writelines((self._seal(packed), packed))
            fresh.replace(self._folder / _LIST)
            self._clear(kept.pages)
        except OSError as error:
            self.failed = error

    def _seal(self, packed: bytes | memoryview) -> Digest:
        """Shows that whoever wrote the list knew the secret (a keyed BLAKE2b: RFC 7693)."""
        seal = hashlib.blake2b(_FORM, digest_size=_DIGEST, key=self._secret)
        seal.update(packed)
        return seal.digest()

    def _clear(self, pages: Mapping[str, Kept]) -> None:
        wanted = {kept.key.hex() for kept in pages.values()}
        for folder in filter(Path.is_dir, (self._folder / _PAGES).glob("*")):
            for name in os.listdir(folder):  # noqa: PTH208 (there are as many as pages)
                key = folder.name + name
                # Whoever names a folder with files of their own in it keeps these.
                if key not in wanted and _OURS.fullmatch(key):
                    with contextlib.suppress(OSError):
                        (folder / name).unlink()

    def _file(self, key: Key) -> str:
        name = key.hex()
        return f"{self._folder}/{_PAGES}/{name[:2]}/{name[2:]}"
