"""Keeps pages that a later build can reuse, in a folder from one process to the next.

Between the builds of one `mkdocs serve` their files lie in the site. The folder has a file a page and a list
of them; if anything is wrong with a file there, its page is built anew.
"""

import contextlib
import errno
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from rolebook import atomic_file
from rolebook.language import gettext
from rolebook.mkdocs_plugin.internals import SearchEntry, Tag
from rolebook.rendering.fingerprints import SIZE, Key

_LIST = "pages.list"
_PAGES = "pages"
_DIGEST = 16
"""Bytes of a digest."""
_OURS = re.compile(f"[0-9a-f]{{{2 * SIZE}}}")
Digest = bytes


class PageMetadata(msgspec.Struct, frozen=True, array_like=True):
    """What MkDocs must know of a page that it does not build."""

    html: Digest
    """The digest of the page's file."""
    link_targets: dict[str, bool]
    """Paths in the sources that its links were resolved against, and whether there was a file at each."""
    anchors: list[str]
    """Its parts that links can lead to."""
    anchor_links: dict[str, dict[str, str]]
    """Parts of pages that it leads to, by the pages' paths, each with the link as its author wrote it."""
    entries: list[SearchEntry]
    """Its entries in the search index."""
    tags: list[Tag]
    """The tags that the theme shows on it."""


class CachedPage(msgspec.Struct, frozen=True, array_like=True):
    """The record of one page that was built. The metadata is encoded, which takes a fifth of the memory."""

    key: Key
    """The key of what the page was made of: see `rendering.fingerprints`."""
    encoded: bytes

    @classmethod
    def of(cls, key: Key, metadata: PageMetadata) -> "CachedPage":
        return cls(key, msgspec.msgpack.encode(metadata))

    @property
    def metadata(self) -> PageMetadata:
        return _DECODER.decode(self.encoded)


_DECODER = msgspec.msgpack.Decoder(PageMetadata)


@dataclass(frozen=True, slots=True)
class CachedSite:
    """All pages of a build that a later one can reuse, and the keys of what they were made of."""

    site: Key
    """The key of what all pages share: see `site_fingerprint`."""
    facts: Key = b""
    """The key of all that pages are made of, except bodies: see `rendering.fingerprints`."""
    bodies: dict[str, Key] = field(default_factory=dict)
    """The keys of the bodies of role files, by the roles' ids."""
    pages: dict[str, CachedPage] = field(default_factory=dict)
    """The pages by their paths in the sources."""


EMPTY = CachedSite(b"")
_CACHE_SCHEMA = repr([each.__annotations__ for each in (CachedSite, CachedPage, PageMetadata)]).encode()
"""Names the records and their fields: a list from a version with other ones is not read."""


def digest(*written: bytes | memoryview) -> Digest:
    """The digest of these bytes, one part after the other."""
    found = hashlib.blake2b(digest_size=_DIGEST)
    for part in written:
        found.update(part)
    return found.digest()


class BuildCache:
    """The folder with the pages of the last build."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder = folder
        self._secret = secret
        self.failed: OSError | None = _link_in(folder)
        """Why the pages of this build cannot be written there; None as long as they can."""

    def read(self) -> CachedSite:
        """The pages of the last build; `EMPTY` if their list is missing, damaged or forged."""
        try:
            with open(self._folder / _LIST, "rb", opener=_opened) as file:
                written = memoryview(file.read())
            begin, packed = written[:_DIGEST], written[_DIGEST:]
            # Metadata goes into the site as it is, so nobody may have written it but this program.
            if not hmac.compare_digest(begin, self._seal(packed)):
                return EMPTY
            return msgspec.msgpack.decode(packed, type=CachedSite)
        except (OSError, msgspec.MsgspecError):
            return EMPTY

    def html(self, cached: CachedPage) -> bytes | None:
        """The file of a page; None if it is gone or is not the one that was written."""
        try:
            with open(self._file(cached.key), "rb", opener=_opened) as file:
                html = file.read()
        except OSError:
            return None
        return html if digest(html) == cached.metadata.html else None

    def put(self, key: Key, html: bytes) -> None:
        """Write the file of a page; one of which only a part is written is recognised by its digest."""
        if self.failed:
            return
        file = Path(self._file(key))
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.is_dir():
                _make_room(file)
            with open(file, "wb", opener=_opened) as opened:
                opened.write(html)
        except OSError as error:
            self.failed = error

    def close(self, site: CachedSite) -> None:
        """Write the list of these pages, and remove the files of all others."""
        if self.failed:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            packed = msgspec.msgpack.encode(site)
            _make_room(self._folder / _LIST)
            atomic_file.replace(self._folder / _LIST, self._seal(packed) + packed)
            self._clear(site.pages)
        except OSError as error:
            self.failed = error

    def _seal(self, packed: bytes | memoryview) -> Digest:
        """Proves that the writer of the list knew the secret: a keyed BLAKE2b, see RFC 7693."""
        seal = hashlib.blake2b(_CACHE_SCHEMA, digest_size=_DIGEST, key=self._secret)
        seal.update(packed)
        return seal.digest()

    def _clear(self, pages: Mapping[str, CachedPage]) -> None:
        wanted = {page.key.hex() for page in pages.values()}
        for folder in filter(Path.is_dir, (self._folder / _PAGES).glob("*")):
            for name in os.listdir(folder):  # noqa: PTH208 (there are as many as pages)
                key = folder.name + name
                # An owner may have named a folder with other files in it, which stay.
                if key not in wanted and _OURS.fullmatch(key):
                    with contextlib.suppress(OSError):
                        (folder / name).unlink()

    def _file(self, key: Key) -> str:
        name = key.hex()
        return f"{self._folder}/{_PAGES}/{name[:2]}/{name[2:]}"


def _make_room(file: Path) -> None:
    """Remove an empty folder where a file is to be: with it, no build could ever keep anything."""
    with contextlib.suppress(OSError):
        file.rmdir()


_KIND = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _opened(path: str, flags: int) -> int:
    """An opener that follows no link and waits for no pipe: somebody else may have put them there."""
    return os.open(path, flags | _KIND)


def _link_in(folder: Path) -> OSError | None:
    """Why the folder, or its list of pages, cannot be used: it is a link; None if neither is."""
    pages = folder / _PAGES
    links = [each for each in (folder / _LIST, pages, *pages.glob("*")) if each.is_symlink()]
    if not links:
        return None
    why = gettext("it is a link, and links are not followed: %(path)s", path=links[0])
    return OSError(errno.ELOOP, why)
