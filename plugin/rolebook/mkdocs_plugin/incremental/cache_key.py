"""Keeps the secret that proves that an earlier build has written what is in `cache_dir`.

It is nowhere in the repository, so that nobody who can write there can have a page of their own put into the
site: on a person's machine it is a file of that person, in a workflow it is a secret of the repository.
"""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from platformdirs import user_state_path

from rolebook import atomic_file

VARIABLE = "ROLEBOOK_CACHE_KEY"
"""The environment variable with the secret."""
_SIZE = 32


def cache_key() -> bytes | None:
    """Read the secret of 32 bytes, or make it; None if it can neither be read nor written."""
    if given := os.environ.get(VARIABLE):
        return hashlib.blake2b(given.encode(), digest_size=_SIZE).digest()
    folder = user_state_path("rolebook", appauthor=False)
    try:
        # Of a user without a home, as containers have, the folder's name begins with ~.
        return _read_or_make(folder / "cache-key") if folder.is_absolute() else None
    except OSError:
        return None


def _read_or_make(file: Path) -> bytes | None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):
        atomic_file.create(file, secrets.token_bytes(_SIZE), 0o600)
    secret = file.read_bytes()
    return secret if len(secret) == _SIZE else None
